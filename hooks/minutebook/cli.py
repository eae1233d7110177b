"""The command `minutebook`: what the files say (`parse`), what each line was taken for (`explain`), what is wrong with
them (`check`), what they may be about (`topics`), the addresses that are published already (`addresses`), all of it for
other site generators (`export`).
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import sys
import textwrap
from collections.abc import Sequence
from pathlib import Path

from minutebook import build, settings
from minutebook.diagnostics import ERROR, SEVERITIES, Diagnostic, annotation

FOLDER = Path("minutes_src")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; the result is its exit status."""
    parser = argparse.ArgumentParser(prog="minutebook", description="Meeting minutes to a public record.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    p = verbs.add_parser(
        "parse",
        help="print what each file says, one JSON object a line",
        description="Print what each file says by itself: one JSON object a line, in the order given. "
        "Exit status 2 if a file cannot be read, after the others were printed.",
    )
    p.add_argument("files", nargs="+", type=Path, metavar="FILE")
    p.set_defaults(run=_parse)
    x = verbs.add_parser(
        "explain",
        help="say what each line was taken for, and by which rule",
        description="Say for each line of a file what it was taken for and by which rule. With --line, say all that is "
        "known of a few lines, and why they are no action, no decision and no item. Exit status 2 if a file cannot be "
        "read, after the others were printed.",
    )
    x.add_argument("files", nargs="+", type=Path, metavar="FILE")
    x.add_argument("--line", type=_lines, metavar="N", help="one line, or some: N-M")
    x.add_argument(
        "--format", choices=("text", "json"), default="text", help="text, or one JSON object a line (default: text)"
    )
    x.set_defaults(run=_explain)
    c = verbs.add_parser(
        "check",
        help="say what is wrong with the minutes, with file and line",
        description="Read the whole archive and say what was not understood, with file, line and remedy. "
        "Exit status 1 if there are errors.",
    )
    c.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="the folder of minutes (default: minutes_src)")
    c.add_argument("--quiet", action="store_true", help="errors and warnings only")
    c.add_argument(
        "--format",
        choices=("text", "github"),
        default="text",
        help="text, or the annotations of a workflow on GitHub (default: text)",
    )
    c.set_defaults(run=_check)
    t = verbs.add_parser(
        "topics",
        help="propose topics, as entries for topics.yml",
        description="Propose topics from the text: phrases of several words that recur in items of business, that no "
        "topic covers yet, and that hold nobody's name, the most typical first. They are printed as entries for "
        "topics.yml, each with how many items it stands in and one of them. Nothing is written. Exit status 1 if "
        "there are errors in the minutes.",
    )
    t.add_argument("folder", nargs="?", type=Path, default=FOLDER, help="the folder of minutes (default: minutes_src)")
    t.add_argument("--most", type=_number, default=20, metavar="N", help="how many are proposed (default: 20)")
    t.add_argument("--least", type=_number, default=2, metavar="N", help="how many items it must stand in (default: 2)")
    t.set_defaults(run=_topics)
    a = verbs.add_parser(
        "addresses",
        help="take up the addresses that are published",
        description="Take up the addresses that FILE holds, data/addresses.tsv as it was fetched from the published "
        "site: join them to minutes_src/addresses.tsv, so that the next build keeps them. Exit status 2, and nothing "
        "changed, if one of the two cannot be read.",
    )
    a.add_argument("file", type=Path, metavar="FILE")
    a.set_defaults(run=_addresses)
    e = verbs.add_parser(
        "export",
        help="write the finished Markdown and data, for other site generators",
        description="Write the whole site as Markdown, data and a plain mkdocs.yml, which MkDocs builds without our "
        "hooks. DIR is new, empty, or an earlier export, of which nothing is left behind. Exit status 1 if something "
        "is left out or leads nowhere, 2 if nothing could be written.",
    )
    e.add_argument("out", type=Path, metavar="DIR", help="the folder to write to")
    e.add_argument("--quiet", action="store_true", help="errors and warnings only")
    e.set_defaults(run=_export)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except ValueError as error:
        print(f"{settings.CONFIG}: error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stderr.close()
        return 0


def _parse(options: argparse.Namespace) -> int:
    status, site = 0, settings.load()
    for file in options.files:
        try:
            data = file.read_bytes()
        except OSError as error:
            print(f"{file}: error: cannot be read: {error.strerror}", file=sys.stderr)
            status = 2
            continue
        print(json.dumps(build.extract(data, _name(file), site), ensure_ascii=False))
    return status


def _lines(text: str) -> range:
    """The lines that `--line` asks for."""
    first, _, last = text.partition("-")
    if not re.fullmatch(r"[0-9]{1,9}(?:-[0-9]{1,9})?", text) or not 0 < int(first) <= int(last or first):
        raise argparse.ArgumentTypeError(f"“{text}” is no line: write its number, or the first and the last as 10-14")
    return range(int(first), int(last or first) + 1)


def _number(text: str) -> int:
    """A number of `--most` and `--least`."""
    if not re.fullmatch(r"[0-9]{1,6}", text) or not int(text):
        raise argparse.ArgumentTypeError(f"“{text}” is no number: write 1 or more")
    return int(text)


def _topics(options: argparse.Namespace) -> int:
    text, archive = build.proposed_topics(options.folder, settings.load(), options.most, options.least)
    errors = [d for d in archive.diagnostics if d.severity == ERROR]
    for d in errors:
        print(in_folder(d, options.folder), file=sys.stderr)
    met = f"{len(archive.meetings)} meeting{'' if len(archive.meetings) == 1 else 's'}"
    if text:
        print(f"# Proposed from {met}. Keep what is a topic, and put it into {options.folder.as_posix()}/topics.yml.\n")
        print(text, end="")
    else:
        print(f"# Nothing to propose from {met}: no phrase stands in {options.least} items that is no topic yet.")
    return int(bool(errors))


def _explain(options: argparse.Namespace) -> int:
    status, site = 0, settings.load()
    gap, width = "", shutil.get_terminal_size((100, 24)).columns
    for file in options.files:
        try:
            data = file.read_bytes()
        except OSError as error:
            print(f"{file}: error: cannot be read: {error.strerror}", file=sys.stderr)
            status = 2
            continue
        told = build.explained(data, _name(file), site)
        asked = [x for x in told.lines if options.line is None or x.line in options.line]
        if options.format == "json":
            for x in told.objects(asked):
                print(json.dumps({"file": str(file), **x}, ensure_ascii=False))
            continue
        print(f"{gap}{file}\n")
        gap = "\n"
        if options.line is None:
            print(told.text(width))
        else:
            print(told.details(asked, width) or f"There is no such line: the file has {len(told.lines)}.")
    return status


def _name(file: Path) -> str:
    """A file's path below the folder of minutes, where it stands in it."""
    parts = file.parts
    return "/".join(parts[parts.index(FOLDER.name) + 1 :]) if FOLDER.name in parts[:-1] else "/".join(parts[-2:])


def _check(options: argparse.Namespace) -> int:
    archive, _ = build.load(options.folder, settings.load())
    shown = _shown(archive.diagnostics, options.quiet)
    told: set[str] = set()
    for d in shown:
        if options.format == "github":
            print(annotation(d, _from_here(options.folder)))
            continue
        print(in_folder(d, options.folder))
        if (
            d.entry and d.entry not in told and not options.quiet
        ):  # once, however often the same words stand in one meeting
            told.add(d.entry)
            print(textwrap.indent(d.entry, "    "))
    counts = [(sum(d.severity == s for d in archive.diagnostics), s) for s in SEVERITIES]
    said = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in [(len(archive.meetings), "meeting"), *counts])
    print(f"Read: {said}.")
    return int(any(d.severity == ERROR for d in archive.diagnostics))


def _from_here(folder: Path) -> str:
    """A folder as the repository knows it, whose root is where the command runs."""
    whole, here = folder.resolve(), Path.cwd()
    return (whole.relative_to(here) if whole.is_relative_to(here) else folder).as_posix()


def _addresses(options: argparse.Namespace) -> int:
    try:
        published, own = build.take_up(FOLDER, options.file)
    except OSError as error:
        print(f"{error.filename}: error: {error.strerror}", file=sys.stderr)
        return 2
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{FOLDER}: {published} addresses are published; {own} more stood only here.")
    return 0


def _export(options: argparse.Namespace) -> int:
    config, out = settings.configuration(), options.out
    docs = Path(str(config.get("docs_dir") or "docs"))
    for folder in (FOLDER, docs):
        if out.resolve().is_relative_to(folder.resolve()):
            print(f"{out}: error: stands in {folder}, which is what is exported. Name another folder.", file=sys.stderr)
            return 2
    try:
        made = build.export(FOLDER, docs, config, settings.from_config(config))
        archive = made.site.archive
        for found, folder in ((archive.diagnostics, FOLDER), (made.diagnostics, docs)):
            for d in _shown(found, options.quiet):
                print(in_folder(d, folder), file=sys.stderr)
        build.write_export(out, made.files)
        if not any(d.severity == ERROR for d in archive.diagnostics):
            build.save_ledger(FOLDER, made.site.ledger)  # what goes out is promised, as what a build publishes is
    except build.Unpublishable as error:
        print(f"error: {error} {out} was left as it is.", file=sys.stderr)
        return 2
    except build.Refused as error:
        print(f"{out}: error: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename or out}: error: cannot be read or written: {error.strerror}.", file=sys.stderr)
        return 2
    failed = any(d.severity == ERROR for d in (*archive.diagnostics, *made.diagnostics))
    meetings = len(archive.meetings)
    print(f"Exported to {out}: {meetings} meeting{'' if meetings == 1 else 's'}, {len(made.files)} files.")
    return int(failed)


def _shown(found: Sequence[Diagnostic], quiet: bool) -> list[Diagnostic]:
    return [d for d in found if not quiet or d.severity in SEVERITIES[:2]]


def in_folder(diagnostic: Diagnostic, folder: Path) -> str:
    """A finding as a line of text, with the file's whole path."""
    return f"{folder.as_posix()}/{diagnostic}" if diagnostic.source else f"{folder.as_posix()}{diagnostic}"


if __name__ == "__main__":
    sys.exit(main())

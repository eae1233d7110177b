"""The command `minutebook`: what the files say (`parse`), what is wrong with them (`check`), and the addresses that are
published already (`addresses`)."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

from minutebook import build, lexicon
from minutebook.diagnostics import ERROR, SEVERITIES, Diagnostic, annotation
from minutebook.model import Settings

FOLDER = Path("minutes_src")
CONFIG = Path("mkdocs.yml")


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
    a = verbs.add_parser(
        "addresses",
        help="take up the addresses that are published",
        description="Take up the addresses that FILE holds, data/addresses.tsv as it was fetched from the published "
        "site: join them to minutes_src/addresses.tsv, so that the next build keeps them. Exit status 2, and nothing "
        "changed, if one of the two cannot be read.",
    )
    a.add_argument("file", type=Path, metavar="FILE")
    a.set_defaults(run=_addresses)
    options = parser.parse_args(arguments)
    try:
        status: int = options.run(options)
        sys.stdout.flush()
        return status
    except ValueError as error:
        print(f"{CONFIG}: error: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # whoever read our output has seen enough
        sys.stderr.close()
        return 0


def settings(config: Path = CONFIG) -> Settings:
    """The site's settings from mkdocs.yml; the defaults where there is none."""
    return from_config(yaml.load(config.read_text("utf-8"), _ConfigLoader) or {}) if config.is_file() else Settings()


def from_config(config: Mapping[str, object]) -> Settings:
    """The settings that a site's configuration holds (`site_name` and `extra.minutebook`).

    ValueError, in plain words, for a setting that cannot be used.
    """
    extra = config.get("extra")
    ours = extra.get("minutebook") if isinstance(extra, Mapping) else None
    known = ("language", "licence", "licence_url")
    given = {k: str(v) for k, v in (ours or {}).items() if k in known and v is not None}
    if given.get("language", "en") not in lexicon.languages():
        there = ", ".join(lexicon.languages())
        raise ValueError(
            f"extra.minutebook.language: there are no words for “{given['language']}”; there are: {there}."
        )
    return Settings(site_name=str(config.get("site_name") or Settings.site_name), **given)


class _ConfigLoader(yaml.SafeLoader):
    """Safe YAML that knows MkDocs' `!ENV`, and passes over other tags."""


def _from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """`!ENV NAME` or `!ENV [NAME, default]`, as MkDocs reads them."""
    if isinstance(node, yaml.SequenceNode):
        *named, default = loader.construct_sequence(node) or [""]
        return next((os.environ[n] for n in named if n in os.environ), default)
    return os.environ.get(str(node.value))


_ConfigLoader.add_multi_constructor("!", lambda loader, suffix, node: None)
_ConfigLoader.add_constructor("!ENV", _from_environment)
_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)


def _parse(options: argparse.Namespace) -> int:
    status, site = 0, settings()
    for file in options.files:
        try:
            data = file.read_bytes()
        except OSError as error:
            print(f"{file}: error: cannot be read: {error.strerror}", file=sys.stderr)
            status = 2
            continue
        print(json.dumps(build.extract(data, _name(file), site), ensure_ascii=False))
    return status


def _name(file: Path) -> str:
    """A file's path below the folder of minutes, where it stands in it."""
    parts = file.parts
    return "/".join(parts[parts.index(FOLDER.name) + 1 :]) if FOLDER.name in parts[:-1] else "/".join(parts[-2:])


def _check(options: argparse.Namespace) -> int:
    archive, _ = build.load(options.folder, settings())
    shown = [d for d in archive.diagnostics if not options.quiet or d.severity in SEVERITIES[:2]]
    for d in shown:
        print(annotation(d, _from_here(options.folder)) if options.format == "github" else in_folder(d, options.folder))
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


def in_folder(diagnostic: Diagnostic, folder: Path) -> str:
    """A finding as a line of text, with the file's whole path."""
    return f"{folder.as_posix()}/{diagnostic}" if diagnostic.source else f"{folder.as_posix()}{diagnostic}"


if __name__ == "__main__":
    sys.exit(main())

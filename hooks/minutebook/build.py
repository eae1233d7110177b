"""The stages, composed: read -> parse -> resolve -> render -> publish. The only module that knows more than one."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from pathspec import GitIgnoreSpec

from minutebook import importers, lexicon, parse, redact, register, render, resolve, source
from minutebook.diagnostics import ERROR, Diagnostic, in_order
from minutebook.model import AddressEntry, Archive, Document, Minutes, Page, Redaction, Register, Removed, Settings
from minutebook.publish import describe, files, handwritten, heads, ledger, record, redirects, search
from minutebook.publish.export import tree
from minutebook.publish.folder import Refused as Refused
from minutebook.publish.folder import write_export as write_export
from minutebook.render import explain
from minutebook.render.explain import Explanation
from minutebook.render.why import Trial
from minutebook.resolve import propose
from minutebook.resolve.numbering import fingerprint

REGISTER = (*register.FILES, ledger.NAME)
"""Files beside the minutes that are not minutes."""

_LEFTOVER = re.compile(r"~$|^#.*#$")
"""What editors put beside a file: `2021-05-03.md~`, `#2021-05-03.md#`."""

SUFFIXES = (*source.SUFFIXES, *importers.SUFFIXES)
"""The file names that are read as minutes."""

_MARK = re.compile(r"<!--\s*minutebook:\s*([\w-]+)\s*-->")


@dataclass(frozen=True)
class Site:
    """Everything that is to be published."""

    archive: Archive
    pages: Mapping[str, Page]
    """Address -> generated page."""
    files: Mapping[str, bytes]
    """Path -> file that is published as it is."""
    fragments: Mapping[str, str]
    """Name -> the computed part of hand-written pages."""
    redirects: Mapping[str, str]
    """Path -> HTML of a page that only leads on."""
    ledger: str
    """The ledger of addresses, for the next build."""
    redacted: redact.Plan | None = None
    """Who was removed from all this, if anybody was."""
    heads: Mapping[str, heads.Head] = field(default_factory=dict)
    """Address -> what the page's head says to programs; what every page says stands under ""."""


class Unpublishable(Exception):
    """Nothing may be published, since the name of somebody who is to be removed would be; the message says why."""


@dataclass(frozen=True)
class Exported:
    """A site as files that other generators build."""

    site: Site
    files: Mapping[str, bytes]
    """Path below the folder of the export -> content."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with the hand-written pages; `source` is a path below theirs."""


def make(folder: Path, settings: Settings) -> Site:
    """Make the whole site of a folder of minutes; what is wrong with the input stands in the archive's diagnostics.

    `Unpublishable` where it cannot be known who is to be removed from it.
    """
    loaded = _load(folder, settings)
    if loaded.stop:
        raise Unpublishable(" ".join(f"{folder.as_posix()}/{d}" for d in loaded.stop))
    archive = loaded.archive
    published = files.data(archive, settings, loaded.originals)
    return Site(
        archive,
        render.render(archive, settings),
        published,
        render.fragments(archive, settings) | describe.fragments(),
        redirects.pages(archive.redirects, settings.language),
        ledger.write(archive.addresses),
        loaded.redacted,
        heads.heads(archive, settings, published),
    )


@dataclass(frozen=True)
class _Loaded:
    archive: Archive
    originals: dict[str, bytes]
    redacted: redact.Plan | None = None
    stop: tuple[Diagnostic, ...] = ()
    """Findings for which nothing may be published."""


def load(folder: Path, settings: Settings) -> tuple[Archive, dict[str, bytes]]:
    """(the archive of a folder, the bytes of each file of minutes by its path below the folder).

    Whoever is to be removed is removed from both; an archive in which that cannot be known is empty but for what is
    wrong with it.
    """
    loaded = _load(folder, settings)
    return loaded.archive, loaded.originals


def _load(folder: Path, settings: Settings) -> _Loaded:
    originals: dict[str, bytes] = {}
    found: list[Diagnostic] = []
    minutes: list[Minutes] = []
    if not folder.is_dir():
        found.append(
            Diagnostic(
                "no-folder", ERROR, "", 0, "There is no folder of this name.", "Make it, and put minutes into it."
            )
        )
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = path.relative_to(folder).as_posix()
        if wrong_name := _like_redactions(path, name):
            found.append(wrong_name)
            continue
        hidden = any(part.startswith(".") for part in Path(name).parts)
        if not path.is_file() or name in REGISTER or hidden or _LEFTOVER.search(path.name):
            continue
        if (shown := name.encode("utf-8", "backslashreplace").decode()) != name:
            found.append(
                Diagnostic("file-name", ERROR, shown, 1, "The file's name is not in UTF-8.", "Give it a new name.")
            )
            continue
        if path.suffix.lower() not in SUFFIXES:
            found.append(
                Diagnostic(
                    "unknown-kind",
                    ERROR,
                    name,
                    1,
                    f"“{path.name}” is not read as minutes: its name ends in none of {', '.join(SUFFIXES)}.",
                    "Save it as plain text or Markdown, or move it elsewhere.",
                )
            )
            continue
        try:
            originals[name] = path.read_bytes()
        except OSError as error:
            found.append(
                Diagnostic(
                    "unreadable",
                    ERROR,
                    name,
                    1,
                    f"The file cannot be read: {error.strerror}.",
                    "Look at its permissions.",
                )
            )
            continue
        minutes.append(parse.parse(read(originals[name], name), settings.language))
    entries, wrong = _addresses(folder)
    said, unsaid = _register(folder)
    found += [*wrong, *unsaid]
    if stop := redact.mistaken(found, said.redactions):
        return _Loaded(Archive(diagnostics=tuple(in_order(found))), {}, stop=tuple(in_order(stop)))
    archive = resolve.resolve(minutes, settings, entries, said)
    if not said.redactions:
        archive = replace(archive, diagnostics=tuple(in_order([*found, *archive.diagnostics])))
        return _Loaded(archive, originals)
    plan = redact.plan(archive, said.redactions, settings.language)
    now, originals = _redacted(plan, minutes, originals)
    without = resolve.resolve(now.values(), settings, plan.ledger(entries, now, fingerprint), plan.register(said))
    archive = plan.joined(without)
    rest = plan.rewriter.anything(found)
    return _Loaded(replace(archive, diagnostics=tuple(in_order([*rest, *archive.diagnostics]))), originals, plan)


def _redacted(
    plan: redact.Plan, minutes: Iterable[Minutes], originals: Mapping[str, bytes]
) -> tuple[dict[str, Minutes], dict[str, bytes]]:
    """(source as it was -> minutes without those who are removed, what is published of their files by source)."""
    now: dict[str, Minutes] = {}
    published: dict[str, bytes] = {}
    for m in minutes:
        made, data = plan.minutes(m), originals[m.source]
        if m.source in plan.rewritten:
            held = plan.held(m.source, data)  # also what no text shows: the author of a Word file
            if made.removed or held:
                data = plan.text(m.source, _text(data, m.source)).encode()
                removed = made.removed or tuple(Removed(d, 0) for d in sorted({r.added for r in held}))
                made = replace(made, removed=removed, digest=hashlib.sha256(data).hexdigest())
            published[made.source] = data
        now[m.source] = made
    return now, published


def _text(data: bytes, name: str) -> str:
    """The text that was read of a file."""
    importer = importers.BY_SUFFIX.get(Path(name).suffix.lower())
    return _decoded(importer(data) if importer else data, {d.code for d in read(data, name).diagnostics})


def _like_redactions(path: Path, name: str) -> Diagnostic | None:
    """An error for a file of redactions that would not be read, since it is called otherwise or cannot be opened."""
    if not _REDACTIONS.fullmatch(path.name):
        return None
    if name != redact.FILE:
        message, hint = f"This file would not be read: redactions stand in {redact.FILE}.", "Rename or move it."
    elif not path.is_file():
        message, hint = "This is no file that can be read.", "Put a file there, or take it away."
    else:
        return None
    return Diagnostic("redaction-file", ERROR, name, 1, message, hint)


_REDACTIONS = re.compile(r"\.?redactions?\.(?:ya?ml|ya?ml\.txt|json)", re.I)


def _register(folder: Path) -> tuple[Register, list[Diagnostic]]:
    """(what the register files beside the minutes say, what is wrong with them)."""
    data, found = dict[str, bytes](), list[Diagnostic]()
    for name in register.FILES:
        path = folder / name
        if path.is_file():
            try:
                data[name] = path.read_bytes()
            except OSError as error:
                message, hint = f"The file cannot be read: {error.strerror}.", "Look at its permissions."
                found.append(Diagnostic("unreadable", ERROR, name, 1, message, hint))
    said, wrong = register.read(data)
    return said, [*found, *wrong]


def proposed_topics(folder: Path, settings: Settings, most: int, least: int) -> tuple[str, Archive]:
    """(entries for `topics.yml` that the minutes of a folder suggest, as its text; the archive)."""
    archive = _load(folder, settings).archive
    never = [said for e in _register(folder)[0].topics if not e.is_topic for said in (e.name, *e.phrases)]
    return propose.written(propose.proposals(archive, settings, most, least, never)), archive


def _addresses(folder: Path) -> tuple[list[AddressEntry], list[Diagnostic]]:
    path = folder / ledger.NAME
    return ledger.read(path.read_text("utf-8-sig", "replace")) if path.is_file() else ([], [])


def take_up(folder: Path, file: Path) -> tuple[int, int]:
    """Join a ledger of addresses that was fetched from the published site to the folder's own.

    (how many addresses are published, how many only the folder's own has). ValueError, in plain words, where what was
    fetched is no ledger, or the folder's own cannot be read; OSError; nothing is written then.
    """
    try:
        published = ledger.fetched(file.read_text("utf-8-sig", "replace"))
    except ValueError as error:
        raise ValueError(f"{file}: error: {error}.") from error
    own, wrong = _addresses(folder)
    if wrong:
        raise ValueError(f"{folder.as_posix()}/{wrong[0]}")
    merged = ledger.merge(own, published)
    save_ledger(folder, ledger.write(merged))
    return len(published), len(merged) - len(published)


def read(data: bytes, name: str) -> Document:
    """One file of minutes as a document, whichever kind of file it is. Never raises on content."""
    importer = importers.BY_SUFFIX.get(Path(name).suffix.lower())
    if importer is None:
        return source.read(data, name)
    return replace(source.read(importer(data), name), digest=hashlib.sha256(data).hexdigest())


def extract(data: bytes, name: str, settings: Settings) -> record.Json:
    """What one file says by itself: the object that `minutebook parse` prints. Never raises on content."""
    document = read(data, name)
    minutes = parse.parse(document, settings.language)
    # A meeting without a date is not published; by itself it can say the rest.
    whole = replace(minutes, diagnostics=(), date=minutes.date or dt.date.min)
    archive = resolve.resolve([whole], settings)
    return record.parsed(minutes, archive, in_order([*minutes.diagnostics, *archive.diagnostics]))


def explained(data: bytes, name: str, settings: Settings) -> Explanation:
    """What each line of a file was taken for, and why. Never raises on content."""
    document = read(data, name)
    minutes = parse.parse(document, settings.language)
    printed = _printed(data, document)

    def again(line: int, text: str) -> Minutes:
        changed = "\n".join([*printed[: line - 1], text, *printed[line:]])
        return parse.parse(source.read(changed.encode("utf-8", "replace"), name), settings.language)

    return explain.explain(printed, document, minutes, Trial(minutes, lexicon.load(minutes.language), again))


def _printed(data: bytes, document: Document) -> list[str]:
    """The lines of a file as they stand in it, numbered as `source` numbers them; none where it is no text."""
    found = {d.code for d in document.diagnostics}
    if found & {"binary", "too-large"}:
        return []
    text = _decoded(data, found)
    lines = re.split(r"\r\n|\r|\n|\f", text)
    return lines[:-1] if not lines[-1] else lines


def _decoded(data: bytes, found: set[str]) -> str:
    """The text of bytes, as `source` reads them; `found` are the codes of what it found."""
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data.decode("utf-16" if utf_16 else "cp1252" if "encoding" in found else "utf-8-sig", "replace")


def fill(markdown: str, fragments: Mapping[str, str], path: str, *, exported: bool = False) -> tuple[str, list[str]]:
    """(a hand-written page with its computed parts put in, names of parts that do not exist).

    `<!-- minutebook: latest-meetings -->` is such a part. Links in it start at the site's root and are made to fit the
    page, which stands at `path` below the folder of such pages. What stands between `<!-- minutebook: site-only -->`
    and `<!-- minutebook: /site-only -->` is taken out of what is `exported`.
    """
    unknown: list[str] = []
    up = "../" * path.count("/")

    def put(m: re.Match[str]) -> str:
        if m[1] not in fragments:
            unknown.append(m[1])
            return m[0]
        return re.sub(r"(?<!\\)\]\((?![a-z]+:|#|/)", f"]({up}", fragments[m[1]])

    return _MARK.sub(put, handwritten.SITE_ONLY.sub("" if exported else r"\1", markdown)), unknown


def hand_written(docs: Path, exclude: str = "") -> dict[str, bytes]:
    """Path -> content of everything in the folder of hand-written pages that belongs to the site.

    `exclude` holds patterns as .gitignore has them. MkDocs leaves out hidden files and `templates` besides.
    """
    ignored = GitIgnoreSpec.from_lines([".*", "/templates/", *exclude.splitlines()])
    found = (Path(folder, name) for folder, _, names in os.walk(docs, followlinks=True) for name in names)
    paths = {path.relative_to(docs).as_posix(): path for path in found}
    return {name: paths[name].read_bytes() for name in sorted(paths) if not ignored.match_file(name)}


def export(folder: Path, docs: Path, config: Mapping[str, object], settings: Settings) -> Exported:
    """The finished tree that other site generators build, of a folder of minutes and a folder of hand-written pages.

    `config` is what mkdocs.yml holds. Nothing is written. `Unpublishable` where a name that is removed would be in it.
    """
    settings = replace(settings, portable=True)
    site = make(folder, settings)
    excluded = "\n".join(str(config.get(key) or "") for key in ("exclude_docs", "draft_docs"))
    written = hand_written(docs, excluded)
    look_by_hand(site, ((f"{docs.name}/{name}", data) for name, data in written.items()))
    whole = tree(
        site.pages,
        site.files,
        site.redirects,
        written,
        lambda text, path: fill(text, site.fragments, path, exported=True),
        config,
        settings,
    )
    _search(site, whole.files.items())
    return Exported(site, whole.files, whole.diagnostics)


def last_look(site: Site, out: Path) -> None:
    """Search every file of the site that stands finished in `out` for the names of those who are removed.

    `Unpublishable` where one is left, naming the files. Nothing is changed.
    """
    if site.redacted:
        paths = (p for p in sorted(out.rglob("*")) if p.is_file())
        _search(site, ((p.relative_to(out).as_posix(), p.read_bytes()) for p in paths))


def look_by_hand(site: Site, written: Iterable[tuple[str, bytes]]) -> None:
    """Search what was written by hand for the names of those who are removed, before anything is made of it.

    `written` are files with what they are called in a message. `Unpublishable` names each place with its line: nothing
    is rewritten that somebody wrote for this site.
    """
    if site.redacted is None:
        return
    plan, left = site.redacted, []
    for path, data in written:
        held = plan.held(path, data)
        found = plan.lines(data.decode("utf-8", "replace")) if held and b"\0" not in data else []
        left += [f"{plan.rewriter.path(path)}:{n}: holds what {_entry(r)} removes" for n, r in found]
        left += [f"{plan.rewriter.path(path)}: holds what {_entry(r)} removes" for r in held if not found]
    if left:
        raise Unpublishable(f"A name that is to be removed stands in what was written by hand: {_some(left)}. {_MEND}")


def _entry(r: Redaction) -> str:
    return f"{redact.FILE}:{r.ref.first_line}"


def _some(left: list[str]) -> str:
    more = [f"and {len(left) - _SHOWN} more"] if len(left) > _SHOWN else []
    return "; ".join([*left[:_SHOWN], *more])


_SHOWN = 20
"""Places that a refusal names."""
_MEND = f"Take it out there; where the words mean something else, put them below “keep” in {redact.FILE}."


def _search(site: Site, published: Iterable[tuple[str, bytes]]) -> None:
    if site.redacted is None:
        return
    plan, left = site.redacted, []
    for path, data in published:
        if held := plan.held(path, data):
            left.append(f"{plan.rewriter.path(path)} holds what {' and '.join(map(_entry, held))} removes")
    if left:
        raise Unpublishable(
            f"A name that is to be removed is left, so nothing may be published: {_some(left)}. "
            "Take it out of what these files are made from; where the words mean something else, put them below "
            f"“keep” in {redact.FILE}."
        )


def index(
    site: Site, written: Iterable[search.WrittenPage], settings: Settings, out: Path, cache: Path | None = None
) -> None:
    """Write the search index of a site that stands finished in `out`, with the pages written by hand among it.

    In the folder `cache` stays what the next build need not find out again. OSError where something cannot be written.
    """
    groups = chain(search.groups(site.archive, site.pages), search.written(written))
    said = lexicon.load(settings.language)
    search.write(groups, settings.language, said.list("stop_words"), out, cache, titles=said.list("honorifics"))


def save_ledger(folder: Path, text: str) -> bool:
    """Write the ledger of addresses where the next build finds it; whether anything changed."""
    path = folder / ledger.NAME
    if path.is_file() and path.read_text("utf-8", "replace") == text:
        return False
    path.write_text(text, "utf-8")
    return True

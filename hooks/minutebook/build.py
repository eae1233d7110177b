"""The stages, composed: read -> parse -> resolve -> render -> publish. The only module that knows more than one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from minutebook import parse, render, resolve, source
from minutebook.diagnostics import ERROR, Diagnostic, in_order
from minutebook.model import AddressEntry, Archive, Document, Minutes, Page, Settings
from minutebook.publish import files, ledger, record, redirects, search

REGISTER = (
    "people.yml",
    "organisations.yml",
    "topics.yml",
    "glossary.yml",
    "actions.yml",
    "redactions.yml",
    ledger.NAME,
)
"""Files beside the minutes that are not minutes."""

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


def make(folder: Path, settings: Settings) -> Site:
    """Make the whole site of a folder of minutes; what is wrong with the input stands in the archive's diagnostics."""
    archive, originals = load(folder, settings)
    return Site(
        archive,
        render.render(archive, settings),
        files.data(archive, settings, originals),
        render.fragments(archive, settings),
        redirects.pages(archive.redirects, settings.language),
        ledger.write(archive.addresses),
    )


def load(folder: Path, settings: Settings) -> tuple[Archive, dict[str, bytes]]:
    """(the archive of a folder, the bytes of each file of minutes by its path below the folder)."""
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
        if not path.is_file() or name in REGISTER or any(part.startswith(".") for part in Path(name).parts):
            continue
        if (shown := name.encode("utf-8", "backslashreplace").decode()) != name:
            found.append(
                Diagnostic("file-name", ERROR, shown, 1, "The file's name is not in UTF-8.", "Give it a new name.")
            )
            continue
        if path.suffix.lower() not in source.SUFFIXES:
            found.append(
                Diagnostic(
                    "unknown-kind",
                    ERROR,
                    name,
                    1,
                    f"“{path.name}” is not read as minutes: its name ends in none of {', '.join(source.SUFFIXES)}.",
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
        minutes.append(parse.parse(source.read(originals[name], name), settings.language))
    entries, wrong = _addresses(folder)
    archive = resolve.resolve(minutes, settings, entries)
    return replace(archive, diagnostics=tuple(in_order([*found, *wrong, *archive.diagnostics]))), originals


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


def extract(data: bytes, name: str, settings: Settings) -> record.Json:
    """What one file says by itself: the object that `minutebook parse` prints. Never raises on content."""
    document: Document = source.read(data, name)
    minutes = parse.parse(document, settings.language)
    # A meeting without a date is not published; by itself it can say the rest.
    whole = replace(minutes, diagnostics=(), date=minutes.date or dt.date.min)
    archive = resolve.resolve([whole], settings)
    return record.parsed(minutes, archive, in_order([*minutes.diagnostics, *archive.diagnostics]))


def fill(markdown: str, fragments: Mapping[str, str], address: str) -> tuple[str, list[str]]:
    """(a hand-written page with its computed parts put in, names of parts that do not exist).

    `<!-- minutebook: latest-meetings -->` is such a part. Links in it start at the site's root and are made to fit.
    """
    unknown: list[str] = []
    up = "../" * address.count("/")

    def put(m: re.Match[str]) -> str:
        if m[1] not in fragments:
            unknown.append(m[1])
            return m[0]
        return re.sub(r"\]\((?![a-z]+:|#|/)", f"]({up}", fragments[m[1]])

    return _MARK.sub(put, markdown), unknown


def index(site: Site, written: Iterable[search.WrittenPage], settings: Settings, out: Path) -> None:
    """Write the search index of a site that stands finished in `out`, with the pages written by hand among it.

    RuntimeError, in plain words, where the index cannot be made.
    """
    search.write(search.records(site.archive, site.pages), written, settings.language, out)


def save_ledger(folder: Path, text: str) -> bool:
    """Write the ledger of addresses where the next build finds it; whether anything changed."""
    path = folder / ledger.NAME
    if path.is_file() and path.read_text("utf-8", "replace") == text:
        return False
    path.write_text(text, "utf-8")
    return True

"""The ledger of addresses as a file: tab-separated, one line for each address, sorted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from minutebook.diagnostics import ERROR, Diagnostic
from minutebook.model import AddressEntry

HEAD = "address\tkind\tkey\tdetail"
NAME = "addresses.tsv"
REDIRECT, GONE, PARAGRAPHS = "redirect", "gone", "paragraphs"
BY_HAND = (REDIRECT, GONE)
"""Kinds that people write, to say what became of a page that is no longer made from anything."""


def write(entries: Iterable[AddressEntry]) -> str:
    """The file's text."""
    rows = ["\t".join(_cell(c) for c in (e.address, e.kind, e.key, e.detail)).rstrip("\t") for e in entries]
    return "\n".join([HEAD, *rows]) + "\n"


def read(text: str) -> tuple[list[AddressEntry], list[Diagnostic]]:
    """(entries, what is wrong with which line). A line that cannot be read is passed over, and is an error."""
    entries, found = [], []
    # Not splitlines: names of files may hold what it takes for the end of a line, and `write` lets them.
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if (number == 1 and line.startswith("address\t")) or not line.strip():
            continue
        cells = line.split("\t")
        if len(cells) == 1 and line.split()[1:2] in ([REDIRECT], [GONE]):
            cells = line.split()  # written by hand, in an editor that gives spaces for the tab key
        if len(cells) < 2 or not cells[0].strip() or len(cells) > 4:
            found.append(
                Diagnostic(
                    "ledger-line",
                    ERROR,
                    NAME,
                    number,
                    "This line of the ledger of addresses cannot be read.",
                    "Bring it back from the history of the file, or from /data/addresses.tsv of the published site.",
                )
            )
            continue
        address, kind, key, detail = cells + [""] * (4 - len(cells))
        if kind in BY_HAND:  # perhaps as a browser shows it
            address = f"{address.strip('/ ')}/"
        if kind == REDIRECT:
            key = f"{key.strip('/ ')}/"
        entries.append(AddressEntry(address, kind, key, detail, number))
    return entries, found


def fetched(text: str) -> list[AddressEntry]:
    """The entries of a ledger that came from the published site.

    ValueError, in plain words, for anything but a whole one: a page that says "not found", half a file.
    """
    if text.partition("\n")[0].rstrip("\r") != HEAD:
        raise ValueError("this is not a ledger of addresses: its first line does not name the columns")
    if not text.endswith("\n"):
        raise ValueError("this ledger of addresses is not whole: its last line has no end")
    entries, wrong = read(text)
    if wrong:
        raise ValueError(f"this ledger of addresses is not whole: line {wrong[0].line} cannot be read")
    return entries


def merge(own: Iterable[AddressEntry], published: Iterable[AddressEntry]) -> list[AddressEntry]:
    """One ledger for the next build out of the folder's own and the published one; (own, published) in that order.

    - Every published address is in it, with what is published: readers have that, and each publication began with the
      folder's own ledger of its day, so it is the later of the two.
    - Except for pages which the own ledger leads on or gives up (`redirect`, `gone`): that is what people write, and
      nothing else says so. Where the published one leads back, the line of the own ledger for that page stands too.
    - What only the own ledger has is kept, behind the rest; but for what stood on a page that has moved since.
    - A number of a paragraph that only the own ledger has keeps its place behind the one that it follows there.
    """
    ours = {e.address: e for e in sorted(own, key=lambda e: e.kind in BY_HAND)}
    theirs = {e.address: e for e in published}
    moved = {e.address for e in theirs.values() if e.kind == REDIRECT}
    merged = dict(theirs)
    for address, entry in ours.items():
        there = theirs.get(address)
        if there is None:
            left_behind = "#" in address and address.partition("#")[0] in moved
            merged |= {} if left_behind else {address: entry}
        elif entry.kind in BY_HAND:
            merged[address] = entry
        elif entry.kind == there.kind == PARAGRAPHS:
            merged[address] = replace(there, detail=_joined(entry.detail.split(), there.detail.split()))
    merged |= {a: ours[a] for a in _in_circles(merged) if a in ours}
    while back := {a: theirs[a] for a in _in_circles(merged) if merged[a] != theirs.get(a, merged[a])}:
        merged |= back
    return list(merged.values())


def _joined(own: Sequence[str], published: Sequence[str]) -> str:
    """The published list of "number:mark", with the numbers that only the own list has put in where they follow."""
    if own == published:
        return " ".join(published)
    out, numbers = list(published), [part.partition(":")[0] for part in published]
    before = -1
    for part in own:
        number = part.partition(":")[0]
        if number in numbers:
            before = numbers.index(number)
            continue
        before += 1
        out.insert(before, part)
        numbers.insert(before, number)
    return " ".join(out)


def _in_circles(entries: Mapping[str, AddressEntry]) -> list[str]:
    """The addresses of redirects that lead back to themselves."""
    to = {e.address: e.key for e in entries.values() if e.kind == REDIRECT}
    found = []
    for start in to:
        address, seen = to[start], set[str]()
        while address in to and address != start and address not in seen:
            seen.add(address)
            address = to[address]
        if address == start:
            found.append(start)
    return found


def _cell(text: str) -> str:
    return text.translate({9: " ", 10: " ", 13: " "})

"""The ledger of addresses as a file: tab-separated, one line for each address, sorted."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.diagnostics import ERROR, Diagnostic
from minutebook.model import AddressEntry

HEAD = "address\tkind\tkey\tdetail"
NAME = "addresses.tsv"


def write(entries: Iterable[AddressEntry]) -> str:
    """The file's text."""
    rows = ["\t".join(_cell(c) for c in (e.address, e.kind, e.key, e.detail)).rstrip("\t") for e in entries]
    return "\n".join([HEAD, *rows]) + "\n"


def read(text: str) -> tuple[list[AddressEntry], list[Diagnostic]]:
    """(entries, what is wrong with which line). A line that cannot be read is passed over, and is an error."""
    entries, found = [], []
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        if (number == 1 and line.startswith("address\t")) or not line.strip():
            continue
        cells = line.split("\t")
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
        if kind == "redirect":  # perhaps written by hand, and as a browser shows it
            address, key = f"{address.strip('/ ')}/", f"{key.strip('/ ')}/"
        entries.append(AddressEntry(address, kind, key, detail, number))
    return entries, found


def _cell(text: str) -> str:
    return text.translate({9: " ", 10: " ", 13: " "})

"""On which page of the glossary a term stands: the glossary's own, or where that is long the page of its letter."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from minutebook import names
from minutebook.model import ONE_PAGE, Archive, GlossaryEntry
from minutebook.render.alphabet import Named, fold, in_order, parts

GLOSSARY = "glossary/"
Entries = tuple[GlossaryEntry, ...]


def is_long(archive: Archive) -> bool:
    """Whether the glossary has a page for each letter."""
    return len(archive.glossary) > ONE_PAGE


def named(entry: GlossaryEntry) -> Named[GlossaryEntry]:
    """A term with its place in the alphabet."""
    return Named((fold(entry.term), ""), entry)


def term_page(archive: Archive, anchor: str) -> str:
    """The address of the page on which a term is explained, by its anchor there."""
    return _pages(_Same(archive.glossary)).get(anchor, GLOSSARY) if is_long(archive) else GLOSSARY


class _Same:
    """A glossary that is equal to itself alone, so that to look it up does not compare all that it holds."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.entries is other.entries

    def __hash__(self) -> int:
        return id(self.entries)


@lru_cache(maxsize=2)
def _pages(glossary: _Same) -> Mapping[str, str]:
    pages = parts(GLOSSARY, in_order(named(e) for e in glossary.entries))
    address = {id(e): part.address for part in pages for e in part.rows}
    out: dict[str, str] = {}
    for e in glossary.entries:
        if e.meaning:  # of several with one anchor the first has it
            out.setdefault(names.term_anchor(e.term), address[id(e)])
    return out

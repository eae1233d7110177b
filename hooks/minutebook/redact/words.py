"""The words by which removed people are looked for, and the search for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from slugify import slugify

from minutebook import names
from minutebook.redact.fold import fold, readings, traced

_COMPACT = 6
"""Letters: a shorter name without its spaces ("@annlee") may be part of anything."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_APOSTROPHE = re.compile("['\u2019\u2018\u02bc\u00b4`]")
_HYPHEN = re.compile("[-\u2010-\u2013\u2212]")


@dataclass(frozen=True)
class Word:
    """Folded words that name a removed person."""

    folded: str
    entry: int
    """Which entry of `redactions.yml` asks for it, from 0."""
    lone: bool = False
    """Whether it is a surname by itself."""


@dataclass(frozen=True)
class Words:
    """Words to look for, and words that hold some of them and mean something else."""

    wanted: frozenset[Word] = frozenset()
    kept: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    def found(self, text: str) -> set[Word]:
        """Which of them stand in a text, in any of its readings."""
        return {word for reading in readings(text) for _, _, word in self._matches(reading)} if self else set()

    def places(self, text: str) -> list[tuple[int, int, Word]]:
        """(start, end, which) of each that stands in a text."""
        if not self.found(text):
            return []
        return sorted(
            {(*f.place(a, b), word) for f in traced(text) for a, b, word in self._matches(f.text)},
            key=lambda x: (x[0], -x[1], x[2].entry),
        )

    def with_(self, more: Iterable[Word]) -> Words:
        return Words(self.wanted | frozenset(more), self.kept)

    @cached_property
    def _by_text(self) -> dict[str, Word]:
        return {w.folded: w for w in sorted(self.wanted, key=lambda w: (-w.entry, w.lone))}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        every = sorted({*self._by_text, *self.kept}, key=lambda w: (-len(w), w))
        return re.compile(f"(?<= )(?:{'|'.join(map(re.escape, every))})(?= )")

    def _matches(self, folded: str) -> Iterator[tuple[int, int, Word]]:
        for m in self._pattern.finditer(folded):
            if word := self._by_text.get(m.group()):
                yield m.start(), m.end(), word


@dataclass(frozen=True)
class Names:
    """The words that one name gives."""

    full: frozenset[str] = field(default_factory=frozenset)
    surname: frozenset[str] = field(default_factory=frozenset)


def of(printed: str, language: str) -> Names:
    """The words of a printed name: whole, without middle names, "Lee, Ann", as an address; and its surname by itself.

    Nothing for initials, which mean somebody only where a roll call gives them.
    """
    if is_initials(printed):
        return Names()
    n = names.parse(printed, language)
    given = n.given.split()
    if not n.family or not given:  # a title and a surname, or one word
        return Names(_spellings(printed), _surnames(n.family) if n.honorific else frozenset())
    if all(len(w.strip(".")) == 1 for w in given):  # "A. Lee", which in small letters is anything
        return Names(frozenset(), _surnames(n.family))
    full: set[str] = set()
    for first in {n.given, given[0]}:
        if len(first.strip(".")) > 1:
            full |= _spellings(f"{first} {n.family}")
            full |= {f"{w}s" for w in _spellings(f"{first} {n.family}", False)}  # "Ann Lee's" in an address
            full |= {f"{b} , {a}" for a in _spellings(first, False) for b in _spellings(n.family, False)}
    return Names(frozenset(full), _surnames(n.family))


def is_initials(printed: str) -> bool:
    """Whether a printed form is initials: one short word with more capitals than other letters."""
    letters = [c for c in printed if c.isalpha()]
    return " " not in printed and 1 < len(letters) < 6 and 2 * sum(c.isupper() for c in letters) > len(letters)


def _surnames(family: str) -> frozenset[str]:
    words = family.split()
    while len(words) > 1 and words[0].casefold() in names.PARTICLES:
        words = words[1:]
    return frozenset(w for f in {family, " ".join(words)} if len(f) > 1 for w in _spellings(f, False))


def _spellings(name: str, compact: bool = True) -> frozenset[str]:
    """Every way in which words of a name come out, folded."""
    plain = {name, name.translate(_GERMAN), slugify(name)}
    plain |= {_APOSTROPHE.sub("", n) for n in plain} | {
        _HYPHEN.sub("", name),
        _HYPHEN.sub("", _APOSTROPHE.sub("", name)),
    }
    out = {fold(n).strip() for n in plain} - {""}
    if compact and " " in name:
        out |= {joined for w in out if len(joined := w.replace(" ", "")) >= _COMPACT}
    return frozenset(w for w in out if "," not in w)

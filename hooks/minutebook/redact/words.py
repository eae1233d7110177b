"""The words by which removed people are looked for, and the search for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from slugify import slugify

from minutebook import names
from minutebook.model import PersonName
from minutebook.redact.fold import fold, readings, traced

_COMPACT = 6
"""Letters: a shorter name without its spaces ("@annlee") may be part of anything."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_ENDS = re.compile(r"[:!?…]\s|['\u2019]s\s|\w{3}\.\s")
"""The end of a sentence: "... thanked Ann. Lee Valley Trust ..." names no Ann Lee; "A. Lee" does."""
_SHOUTED = re.compile(r"(?:[^\W\d_a-z][^\W\d_a-z'\u2019-]+ )+[^\W\d_a-z][\w'\u2019-]*[a-z][\w'\u2019-]*")
"""A surname in capitals in front of a first name: "LEE Ann"."""
_APOSTROPHE = re.compile("['\u2019\u2018\u02bc\u00b4`]")
_HYPHEN = re.compile("[-\u2010-\u2013\u2212]")


@dataclass(frozen=True)
class Word:
    """Folded words that name a removed person."""

    folded: str
    entry: int
    """Which entry of `redactions.yml` asks for it, from 0."""
    lone: bool = False
    """Whether it is a surname by itself, or a handle."""
    only: str = ""
    """The shape that it must have: `shouted` ("LEE Ann"), `mail` ("a.lee@...")."""
    word: bool = False
    """Whether it reads as plain words in small letters: "to mark church feasts", "in short, Will"."""
    pointed: bool = False
    """Whether it is printed with a point within ("Chas. Lee"), which so ends no sentence."""

    def stands(self, text: str, start: int, end: int) -> bool:
        """Whether these words of a text, as they are written there, are the name."""
        said = text[start:end]
        if _ENDS.search(said) and not self.pointed:
            return False
        if self.word and " " in said and (said.islower() or ("," in said and said[0].islower())):
            return False
        if not self.only or (text[end : end + 1] == "@" and not re.search(r"[\s<>]", said)):
            return True
        return self.only == "shouted" and bool(_SHOUTED.fullmatch(said))


@dataclass(frozen=True)
class Words:
    """Words to look for, and words that hold some of them and mean something else."""

    wanted: frozenset[Word] = frozenset()
    kept: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.wanted)

    def found(self, text: str) -> set[Word]:
        """Which of them stand in a text, in any of its readings."""
        if not (read := self._read(text)):
            return read
        seen: dict[Word, bool] = {}
        for start, end, word in self._seen(text):
            seen[word] = seen.get(word, False) or word.stands(text, start, end)
        # What is encoded twice has no place that could be looked at.
        return {word for word in read if seen.get(word, not word.only)}

    def places(self, text: str) -> list[tuple[int, int, Word]]:
        """(start, end, which) of each that stands in a text."""
        found = {x for x in self._seen(text) if x[2].stands(text, *x[:2])} if self._read(text) else ()
        return sorted(found, key=lambda x: (x[0], -x[1], x[2].entry))

    def _read(self, text: str) -> set[Word]:
        return {word for reading in readings(text) for _, _, word in self._matches(reading)} if self else set()

    def _seen(self, text: str) -> Iterator[tuple[int, int, Word]]:
        for f in traced(text):
            for a, b, word in self._matches(f.text):
                yield (*f.place(a, b), word)

    def with_(self, more: Iterable[Word]) -> Words:
        return Words(self.wanted | frozenset(more), self.kept)

    @cached_property
    def _by_text(self) -> dict[str, Word]:
        return {w.folded: w for w in sorted(self.wanted, key=lambda w: (-w.entry, w.lone))}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        every = sorted({*self._by_text, *self.kept}, key=lambda w: (-len(w), w))
        whole = {w.folded for w in self.wanted if not w.lone and not w.only} - self.kept
        alternatives = (_with_middle_initials(w) if w in whole else re.escape(w) for w in every)
        return re.compile(f"(?<= )(?:{'|'.join(alternatives)})(?= )")

    def _matches(self, folded: str) -> Iterator[tuple[int, int, Word]]:
        for m in self._pattern.finditer(folded):
            said = m.group()
            first, *rest = said.split(" ")
            tried = (said, *(" ".join([first, *rest[n:]]) for n in (1, 2) if len(rest) > n))
            if said not in self.kept and (word := next(filter(None, map(self._by_text.get, tried)), None)):
                yield m.start(), m.end(), word


def _with_middle_initials(folded: str) -> str:
    """A pattern for a whole name, with up to two initials between the first name and the rest: "ann m lee"."""
    first, _, rest = folded.partition(" ")
    if len(first) < 2 or not rest or rest.startswith(","):
        return re.escape(folded)
    return rf"{re.escape(first)} (?:[^\W\d_] ){{0,2}}{re.escape(rest)}"


@dataclass(frozen=True)
class Names:
    """The words that one name gives."""

    full: frozenset[str] = field(default_factory=frozenset)
    surname: frozenset[str] = field(default_factory=frozenset)
    shouted: frozenset[str] = field(default_factory=frozenset)
    """Surname and first name, which in this order must be written so: "LEE Ann"."""
    mail: frozenset[str] = field(default_factory=frozenset)
    """What stands in front of an "@" only: "a lee", "alee", "lee a"."""

    pointed: frozenset[str] = field(default_factory=frozenset)
    """Those of `full` that are printed with a point within: "Chas. Lee"."""

    def with_(self, other: Names) -> Names:
        return Names(*(getattr(self, f.name) | getattr(other, f.name) for f in fields(self)))


def parsed(printed: str, language: str) -> PersonName:
    """A printed name taken apart, the surname in front too where its capitals tell: "LEE Ann"."""
    n = names.parse(printed, language)
    words = n.given.split()
    capitals = [w for w in words if len(w) > 2 and w.isupper()]
    if not words or words[: len(capitals)] != capitals or not capitals or n.family.isupper():
        return n
    return replace(n, given=" ".join([*words[len(capitals) :], n.family]), family=" ".join(capitals))


def of(printed: str, language: str) -> Names:
    """The words of a printed name: whole, without middle names, "Lee, Ann", as an address; and its surname by itself.

    Nothing for initials, which mean somebody only where a roll call gives them.
    """
    if is_initials(printed):
        return Names()
    n = parsed(printed, language)
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
    pairs = [(a, b) for a in _spellings(given[0], False) for b in _spellings(n.family, False)]
    shouted = {f"{b} {a}" for a, b in pairs}
    parts = [(x, b) for a, b in pairs for x in (a[0], a)]
    mail = {said for a, b in parts for said in (f"{a} {b}", f"{a}{b}", f"{b} {a}", f"{b}{a}")}
    pointed = full if _ENDS.search(f"{n.full} ") else ()
    return Names(frozenset(full), _surnames(n.family), frozenset(shouted), frozenset(mail), frozenset(pointed))


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

"""Under which words a record is found, how much each weighs in it, and which stand beside one another.

Apostrophes and hyphens count either way: "Children's multi-agency work" is found by "childrens", "children", "multi",
"agency" and "multiagency". Initials in capitals are words of their own besides (`=it`), since "IT" is somebody and
"it" is nobody.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from minutebook.publish.search.pieces import Named, Piece, is_short
from minutebook.publish.words import fold

_RUN = re.compile(r"[^\W_]+(?:['’ʼ‘\-‐][^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"['’ʼ‘]")
_HYPHEN = re.compile(r"[-‐]")

TITLE = 4.0
"""How much more a word of the title counts than one of the text."""
ASIDE = 0.5
"""How much one counts that is not printed, where the name is."""
BEST = 9
"""The greatest impact."""
_MIDDLING = 60
"""Words of a record of ordinary length; of a fixed one, so that what a word weighs here depends on no other record."""
_SATURATION, _LENGTH = 1.2, 0.5
"""BM25's k1 and b (Robertson and Zaragoza, The Probabilistic Relevance Framework, 2009, section 3.5)."""


@dataclass(frozen=True)
class Word:
    """A word of a text, folded, and in what other ways it may be typed."""

    word: str
    also: tuple[str, ...] = ()


@dataclass
class Terms:
    """What a record is found by."""

    words: dict[str, int] = field(default_factory=dict)
    """Word -> impact, from 1 to `BEST`."""
    pairs: set[str] = field(default_factory=set)
    """Two words that stand beside one another, with a space between."""
    accents: dict[str, str] = field(default_factory=dict)
    """Folded word -> the word in small letters, where that is another one."""


def words(text: str) -> Iterator[Word]:
    """The words of a text in order: "Children's multi-agency" -> childrens (children), multi (multiagency), agency."""
    for run in _RUN.finditer(fold(text)):
        parts = _HYPHEN.split(run[0])
        for k, part in enumerate(parts):
            bits = _APOSTROPHE.split(part)
            also = [b for b in bits if len(b) > 1] if len(bits) > 1 else []
            if k == 0 and len(parts) > 1:
                also.append(_APOSTROPHE.sub("", "".join(parts)))
            yield Word("".join(bits), tuple(also))


def terms(title: str, text: Iterable[Sequence[Piece]]) -> Terms:
    """The terms of a record: of its title, and of its text by paragraph."""
    gathered = _Gathered()
    gathered.paragraph([title], TITLE)
    for paragraph in text:
        gathered.paragraph(paragraph, 1.0)
    return Terms(gathered.impacts(), gathered.pairs, gathered.accents)


class _Gathered:
    def __init__(self) -> None:
        self.weights: dict[str, float] = defaultdict(float)
        self.pairs: set[str] = set()
        self.accents: dict[str, str] = {}
        self.length = 0

    def paragraph(self, pieces: Iterable[Piece], weight: float) -> None:
        """Take up words that follow one another.

        Where initials stand, the full name is a second way from the words before to those behind.
        """
        ends: list[str] = []  # the last words so far, one for each way
        for piece in pieces:
            printed = self._words(piece.text if isinstance(piece, Named) else piece, weight)
            ways = [printed]
            if isinstance(piece, Named):
                ways += self._others(piece, weight)
            ways = [w for w in ways if w]
            for way in ways:
                self.pairs.update(f"{end} {way[0]}" for end in ends)
                self.pairs.update(f"{a} {b}" for a, b in pairwise(way))
            ends = [way[-1] for way in ways] or ends

    def _words(self, text: str, weight: float) -> list[str]:
        out = []
        for w in words(text):
            for word in (w.word, *w.also):
                self.weights[word] += weight
            out.append(w.word)
        self.length += len(out)
        if not text.isascii():
            self.accents |= {fold(w): w for w in _PART.findall(text.lower()) if not w.isascii()}
        for short in filter(is_short, _PART.findall(text)):
            self.weights[f"={fold(short)}"] += weight
        return out

    def _others(self, named: Named, weight: float) -> list[list[str]]:
        """The words that are not printed; those of the full name where they may stand in place of what is printed."""
        there = {w.word for w in words(named.text)}
        share = weight if named.stands_for else weight * ASIDE
        full = list(words(named.name))
        for w in [*full, *(w for short in named.short for w in words(short))]:
            for word in (w.word, *w.also):
                if w.word not in there:
                    self.weights[word] += share
        for short in filter(is_short, named.short):
            if short != named.text:
                self.weights[f"={fold(short)}"] += share
        return [[w.word for w in full]] if named.stands_for else []

    def impacts(self) -> dict[str, int]:
        """What each word weighs: more the oftener it stands there, less the longer the record is."""
        k = _SATURATION * (1 - _LENGTH + _LENGTH * self.length / _MIDDLING)
        return {word: max(1, round(BEST * w / (w + k))) for word, w in self.weights.items()}

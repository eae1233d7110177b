"""Which earlier action a line speaks of: by the number it is called by, or by the words that it repeats.

Words are the same words or they are others: nothing is taken for a misspelling, and a line that says a thing in other
words is not matched.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Generic, TypeVar

from minutebook import names

T = TypeVar("T")

_SMALL = 3
"""Letters: shorter words say nothing of what an action is about, and are mostly initials, articles, prepositions."""
_FEWEST = 3
"""Words of an action, small ones left out: with fewer it is known by its number only."""
_WHOLE = 0.85
"""The part of an action's words that a line must hold, in their order: it may leave out one of seven."""
_CLOSE = 0.1
"""Of two actions that a line could repeat the better one must be better by this."""
_LEAD = 2
"""Words in front of what a line repeats in part: "Ann Lee to ..."."""


def words(text: str) -> tuple[str, ...]:
    """A text as the words to compare it by."""
    return tuple(w for w in re.findall(r"[^\W_]+", names.key(text)) if len(w) >= _SMALL or w.isdigit())


def number_key(number: str) -> tuple[str, str]:
    """(letters in front, the rest) of a printed number, to compare by: "AP-03" and "ap3" are one."""
    m = re.fullmatch(r"([a-z]*)[\s./-]*(.*)", number.casefold().strip())
    assert m
    return m[1], re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[^\w]+", "/", m[2]))


@dataclass
class Known(Generic[T]):
    """Things that were said, to be found again by number and by words."""

    all: list[tuple[T, tuple[str, ...]]] = field(default_factory=list)
    _by_number: dict[str, list[tuple[str, int]]] = field(default_factory=lambda: defaultdict(list))
    _least: list[float] = field(default_factory=list)
    """Of each, how many different words a line must hold to repeat it as a whole."""
    _by_word: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: T, said: tuple[str, ...], number: str) -> None:
        at = len(self.all)
        self.all.append((one, said))
        self._least.append(len(set(said)) - (1 - _WHOLE) * len(said) - 1e-9)
        if number:
            letters, rest = number_key(number)
            self._by_number[rest].append((letters, at))
        for w in set(said):
            self._by_word[w].append(at)

    def called(self, number: str) -> list[T]:
        """Those that a number may mean, the earliest first. One without letters may have had them left out."""
        letters, rest = number_key(number)
        return [
            self.all[at][0] for own, at in self._by_number.get(rest, ()) if own == letters or not own or not letters
        ]

    def repeated(self, line: str, quoted: str) -> list[T]:
        """Those whose words a line repeats, or of whose words it has quoted a part; only the most alike of them."""
        said, part = words(line), words(quoted)
        alike = [(likeness, at) for at in self._near(said, part) if (likeness := like(said, part, self.all[at][1]))]
        best = max((x for x, _ in alike), default=0.0)
        return [self.all[at][0] for x, at in sorted(alike, key=lambda a: a[1]) if x > best - _CLOSE]

    def _near(self, said: Sequence[str], part: Sequence[str]) -> list[int]:
        """Those that share enough words with a line for `like` to be worth its time: it is slow, and what a body deals
        with every month shares some words with most of what it ever said."""
        shared: Counter[int] = Counter()
        for w in {*said, *part}:
            shared.update(self._by_word.get(w, ()))
        quoted = len(set(part)) - _LEAD if len(part) > _FEWEST else len(said) + 1
        return [at for at, n in shared.items() if n >= _FEWEST and (n >= self._least[at] or n >= quoted)]


def like(line: Sequence[str], part: Sequence[str], action: Sequence[str]) -> float:
    """How much of an action's words a line repeats, from 0 to 1; 0 where that is too little to know it by."""
    if len(action) < _FEWEST:
        return 0.0
    held = max(_held(line, action), _held(part, action))
    if held >= _WHOLE:
        return held
    inside = SequenceMatcher(None, part, action, autojunk=False).find_longest_match()
    whole = inside.a <= _LEAD and inside.a + inside.size == len(part) and inside.size > _FEWEST
    return 0.5 + inside.size / len(action) / 4 if whole else 0.0


def _held(line: Sequence[str], action: Sequence[str]) -> float:
    """The part of an action's words that a line holds, in their order; 0 if it says others in their place."""
    blocks = SequenceMatcher(None, line, action, autojunk=False).get_matching_blocks()
    for one, other in pairwise(b for b in blocks if b.size):
        instead, left_out = line[one.a + one.size : other.a], action[one.b + one.size : other.b]
        if any(map(_tells, instead)) and any(map(_tells, left_out)):
            return 0.0  # "the south mole" is not the north mole
    return sum(b.size for b in blocks) / len(action)


def _tells(word: str) -> bool:
    """Whether a word is long enough to tell one thing from another, or a figure."""
    return len(word) > _SMALL or word.isdigit()

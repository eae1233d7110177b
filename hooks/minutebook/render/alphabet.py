"""From A to Z: the order of names, the letters that they stand under, and on which page of a long list each stands.

A list of up to `ONE_PAGE` names is one page with a heading for each letter. A longer one has a first page that leads to
a page for each letter, and a letter with more than `PART` names is cut into parts of about the same size. No page grows
with the archive. The address of a letter, and of a part by its number, stays; which names stand in a part may change
when names are added, as in any list from A to Z.

Accents do not matter to the order, so that É stands under E and Ö under O: thus the dictionaries of English, of French
and of German (DIN 5007-1). Other letters stand where their transcription does, as in the addresses of pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil
from typing import Generic, TypeVar

from slugify import slugify

from minutebook import lexicon, names

PART = 250
"""Names on a page of one letter, at most."""
LETTERS = {
    **{letter: letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    "0\N{EN DASH}9": "0-9",
    "Other": "other",
}
"""What a name stands under -> the same in addresses, in order. The languages of the lexicon share one alphabet."""

T = TypeVar("T")


@dataclass(frozen=True)
class Named(Generic[T]):
    """Something with its place in the alphabet."""

    key: tuple[str, str]
    """Folded words to sort by: those that come first, as a family name does, and the rest."""
    row: T

    @property
    def letter(self) -> str:
        """What it stands under."""
        first = "".join(self.key)[:1]
        return first.upper() if first.isalpha() else "0\N{EN DASH}9" if first else "Other"


def person(name: str, row: T, language: str) -> Named[T]:
    """Somebody by family name.

    Small words in front of it count when they begin with a capital, as in "De Luca", and not in "van der Meer". A name
    of one word is sorted by that.
    """
    parsed = names.parse(name, language)
    words, given = parsed.family.split(), parsed.given
    if not words:
        words, given = given.split(), ""
    while len(words) > 1 and words[0].islower() and words[0] in names.PARTICLES:
        given = f"{given} {words.pop(0)}"
    return Named((fold(" ".join(words)), fold(given)), row)


def words(text: str, row: T, language: str) -> Named[T]:
    """Something by its words, without an article in front."""
    articles = lexicon.load(language).set("definite_articles")
    plain = _ELIDED.sub("", text.strip()) if "le" in articles else text
    first, _, rest = plain.strip().partition(" ")
    return Named((fold(rest if rest and first.casefold() in articles else plain), ""), row)


_ELIDED = re.compile(r"l['\u2019](?=\w)", re.I)
"""The article of "l'Association"."""


def fold(text: str) -> str:
    """Words to sort by: small letters of ASCII, and digits, parted by single spaces."""
    key = names.key(text)
    return key if key.isascii() else str(slugify(key, separator=" "))


@dataclass(frozen=True)
class Part(Generic[T]):
    """A page of names that stand under one letter."""

    address: str
    letter: str
    number: int
    """From 1."""
    of: int
    """Parts of the letter."""
    rows: Sequence[T]
    span: str
    """From where to where, in as many letters as it takes to tell: "Ba to Bel"; of a letter in one part, the letter."""


def in_order(named: Iterable[Named[T]]) -> list[Named[T]]:
    """From A to Z, with what begins with no letter behind that."""
    rank = {letter: i for i, letter in enumerate(LETTERS)}
    return sorted(named, key=lambda n: (rank[n.letter], n.key))


def parts(base: str, rows: Sequence[Named[T]]) -> list[Part[T]]:
    """The pages of a long list that stands at `base`; its rows are in order."""
    return [part for _, run in groupby(rows, key=lambda n: n.letter) for part in _parts(base, list(run))]


def _parts(base: str, rows: Sequence[Named[T]]) -> list[Part[T]]:
    """What stands under one letter, in parts of about the same size."""
    letter = rows[0].letter
    address, n = f"{base}a-z/{LETTERS[letter]}/", ceil(len(rows) / PART)
    cuts = [len(rows) * i // n for i in range(n + 1)]
    pieces = [rows[a:b] for a, b in pairwise(cuts)]
    edges = [_label(rows[0].key, 2), *(x for a, b in pairwise(pieces) for x in _apart(a[-1].key, b[0].key))]
    edges.append(_label(rows[-1].key, 2))
    pairs = zip(edges[::2], edges[1::2], strict=True)
    spans = [f"{a} to {b}" if a != b else a for a, b in pairs] if n > 1 else [letter]
    return [
        Part(address + (f"{i}/" if i > 1 else ""), letter, i, n, [x.row for x in piece], span)
        for i, (piece, span) in enumerate(zip(pieces, spans, strict=True), 1)
    ]


def _apart(before: tuple[str, str], after: tuple[str, str]) -> tuple[str, str]:
    """Two neighbours in as many letters as tell them apart, and at least two."""
    a, b = _whole(before), _whole(after)
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return _label(before, max(2, same + 1)), _label(after, max(2, same + 1))


def _label(key: tuple[str, str], letters: int) -> str:
    text = _whole(key)[:letters].rstrip(", ")
    return text.title() if key[1] else text[:1].upper() + text[1:]


def _whole(key: tuple[str, str]) -> str:
    return ", ".join(filter(None, key))

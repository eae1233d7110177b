"""Phrases in a text: all in one pass, in the singular and plural, with or without apostrophe and hyphen.

A text is folded before it is searched: small letters, no accents, no apostrophes, hyphens as spaces. Every word looked
for is an entry of one automaton (Aho and Corasick's, from pyahocorasick), so that the cost is that of the text, however
many there are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import NamedTuple

import ahocorasick  # type: ignore[import-not-found]  # has no types

from minutebook import lexicon
from minutebook.lexicon import Lexicon
from minutebook.names import plainly

_SPACES = str.maketrans("-\n\t\u00a0", "    ")
_MOST_WORDS = 4
"""Words of a phrase each of which is looked for in the singular and the plural; of a longer one only the last is."""


class Wanted(NamedTuple):
    """What is looked for under one number."""

    phrases: tuple[str, ...]
    not_when: tuple[str, ...] = ()
    bodies: frozenset[str] = frozenset()
    """Ids of the bodies in whose minutes it is looked for; all where there is none."""


class Found(NamedTuple):
    """A phrase in a text, by its place there."""

    start: int
    end: int
    which: int
    phrase: str


class _Form(NamedTuple):
    which: int
    phrase: str
    counts: bool
    """False for words that take away what they hold."""


class Phrases:
    """All phrases of an archive. `lexicons` are those of its languages."""

    def __init__(self, wanted: Sequence[Wanted], lexicons: Iterable[Lexicon]) -> None:
        self.wanted = wanted
        used = tuple(lexicons)
        forms: dict[str, dict[_Form, None]] = defaultdict(dict)
        for n, w in enumerate(wanted):
            for counts, said in ((True, w.phrases), (False, w.not_when)):
                for phrase in said:
                    for form in written(phrase, used):
                        forms[form][_Form(n, phrase, counts)] = None
        self._automaton = ahocorasick.Automaton()
        for form, of in forms.items():
            self._automaton.add_word(form, (len(form), tuple(of)))
        self._automaton.make_automaton()

    def find(self, text: str, body: str = "") -> list[Found]:
        """Every phrase that stands in a text as whole words, from left to right, the longest first."""
        if not len(self._automaton):
            return []
        folded, cuts = fold(text)
        found: list[Found] = []
        never: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for last, (length, forms) in self._automaton.iter(folded):
            start, end = last + 1 - length, last + 1
            if folded[end : end + 1].isalnum() or (start and folded[start - 1].isalnum()):
                continue
            a, b = _place(start, cuts), _place(end - 1, cuts) + 1
            for form in forms:
                if (bodies := self.wanted[form.which].bodies) and body not in bodies:
                    continue
                if not form.counts:
                    never[form.which].append((a, b))
                elif _as_written(form.phrase, text[a:b]):
                    found.append(Found(a, b, form.which, form.phrase))
        if never:
            found = [f for f in found if not any(a < f.end and f.start < b for a, b in never.get(f.which, ()))]
        return sorted(found, key=lambda f: (f.start, -f.end, f.which))


def fold(text: str) -> tuple[str, Sequence[int]]:
    """(a text as it is searched, the places in it behind which an apostrophe was taken out)."""
    small = plainly(text).lower()
    if len(small) != len(text):  # a few capitals have small letters that are two
        small = "".join(low if len(low := c.lower()) == 1 else c for c in plainly(text))
    small = small.translate(_SPACES)
    if "'" not in small:
        return small, ()
    signs = [i for i, c in enumerate(small) if c == "'"]
    return small.replace("'", ""), [i - n for n, i in enumerate(signs)]


def _place(at: int, cuts: Sequence[int]) -> int:
    return at + bisect_right(cuts, at)


def _as_written(phrase: str, said: str) -> bool:
    """Whether words are those of a phrase: one in capitals is meant in capitals, "SEND" and not "send"."""
    if any(c.islower() for c in phrase) or not any(c.isupper() for c in phrase):
        return True
    return re.sub(r"['\u2019]?s$", "", said).isupper()


def written(phrase: str, lexicons: Sequence[Lexicon]) -> Iterator[str]:
    """Every way in which a phrase is looked for, folded: each of its words in the singular and the plural; with a space
    for its hyphens, and without."""
    for said in dict.fromkeys((phrase, phrase.replace("-", "").replace("\u2010", "").replace("\u2011", ""))):
        words = fold(said)[0].split()
        several = [
            sorted({word, *(form for lex in lexicons for form in _numbers(word, lex.language))})
            if len(words) <= _MOST_WORDS or n == len(words) - 1
            else [word]
            for n, word in enumerate(words)
        ]
        for each in product(*several) if words else ():
            yield " ".join(each)


@lru_cache(maxsize=65536)
def _numbers(word: str, language: str) -> tuple[str, ...]:
    """A word in the singular and in the plural, as far as its ending tells."""
    words = lexicon.load(language)
    if not word.isalpha() or word in words.set("stop_words"):
        return (word,)
    one = singular(word, words)
    for ending, several in words.mapping("plurals").items():
        if one.endswith(ending):
            return (one, *(one[: len(one) - len(ending)] + s for s in several.split()))
    return (one,)


def singular(word: str, words: Lexicon) -> str:
    """A word in the singular, as far as its ending tells; words of three letters and fewer stay."""
    if len(word) < 4 or word.endswith(tuple(words.list("no_plurals"))):
        return word
    for ending, several in words.mapping("plurals").items():
        for s in several.split():
            stem = word[: len(word) - len(s)]
            if word.endswith(s) and len(stem) > 1 and (ending or not stem.endswith(("s",) if s == "s" else ())):
                return stem + ending
    return word

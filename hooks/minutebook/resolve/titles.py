"""What the title of an item says that it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from minutebook import lexicon, names
from minutebook.lexicon import Lexicon
from minutebook.resolve.phrases import singular


def is_procedural(title: str, words: Lexicon) -> bool:
    """Whether every meeting has an item like this: "Welcome from the Chair"."""
    return bool(_procedural(words.list("procedural_items")).fullmatch(names.key(title)))


@cache
def _procedural(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(re.escape(names.key(p)) for p in phrases)})(?: (?:from|by|and|of) .*)?")


@lru_cache(maxsize=65536)
def core(title: str, language: str) -> str:
    """What titles that say the same have in common: "data sharing" of "Update on data sharing" and "Data Sharing".

    Without the words that only say how it is dealt with, at either end, and with each word in the singular. Nothing
    where a title holds no other words.
    """
    words = lexicon.load(language)
    return " ".join(singular(w, words) for w in _kept(title, words))


def plain(title: str, language: str) -> str:
    """The words of a title that `core` is made of, as printed: "Data sharing" of "Data sharing: next steps"."""
    said, kept = title.split(), _kept(title, lexicon.load(language))
    for length in range(len(said), 0, -1):
        for start in range(len(said) - length + 1):
            part = " ".join(said[start : start + length])
            if names.key(part).split() == list(kept):
                part = part.strip(" ,;:.-\u2013\u2014")
                return part[:1].upper() + part[1:]
    return title


def _kept(title: str, words: Lexicon) -> Sequence[str]:
    """The words of a title, comparable, without those at either end that only say how something is dealt with."""
    fillers = _phrases(words.list("title_fillers"))
    shouted = () if title.isupper() else {names.key(w) for w in title.split() if len(w) > 1 and w.isupper()}
    stop = _small(words.list("stop_words")).difference(shouted)  # "IT update" is about something
    kept = _without_small(names.key(title).split(), stop)
    while kept:
        cut = _first(kept, fillers)
        if cut:
            kept = kept[cut:]
        elif cut := _first(kept[::-1], tuple(p[::-1] for p in fillers)):
            kept = kept[:-cut]
        else:
            break
        kept = _without_small(kept, stop)
    return kept


@cache
def _small(said: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(names.key, said))


@cache
def _phrases(said: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Phrases as their words, the longest first."""
    return tuple(sorted({tuple(names.key(p).split()) for p in said}, key=lambda p: (-len(p), p)))


def _first(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> int:
    """How many words the phrase has that words begin with; 0 where they begin with none."""
    return next((len(p) for p in phrases if tuple(words[: len(p)]) == p), 0)


def _without_small(words: Sequence[str], stop: frozenset[str]) -> Sequence[str]:
    """Words without the small ones at either end, unless there are no others: "IT" is none."""
    large = [n for n, w in enumerate(words) if w not in stop]
    return words[large[0] : large[-1] + 1] if large else words

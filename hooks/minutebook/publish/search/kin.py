"""Which words of an archive are forms of one word: "attend", "attends", "attended".

By the stemmers of Snowball (snowballstem.org) in the site's language; a language that has none there, as Welsh, goes
without. Browsers need no stemmer: beside each word stand its kin.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

import snowballstemmer  # type: ignore[import-untyped]

from minutebook.publish.words import in_browsers_order

_ALGORITHMS = {"de": "german", "en": "english", "es": "spanish", "fr": "french"}


def kin(words: Iterable[str], accents: Mapping[str, str], language: str) -> dict[str, list[str]]:
    """Word -> its other forms among `words`, for each that has any.

    `accents` are folded words as they are written: stemmers look at the accents. `language` is ISO 639-1.
    """
    stem = stemmer(language)
    families: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if word.isalpha() and len(word) > 2:
            families[stem(accents.get(word, word))].append(word)
    out: dict[str, list[str]] = {}
    for family in families.values():
        if len(family) > 1:
            family.sort(key=in_browsers_order)
            out |= {word: [w for w in family if w != word] for word in family}
    return out


def stemmer(language: str) -> Callable[[str], str]:
    """What gives the stem of a word in small letters; the word itself in a language without a stemmer."""
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return str
    stem: Callable[[str], str] = snowballstemmer.stemmer(algorithm).stemWord
    return stem

"""The words of rows, and an index of them in which the beginning of a word is enough.

Words are folded alike here and in the browser (`assets/javascripts/listing/words.js`): compatibility forms taken apart
(Unicode's NFKD), marks dropped, small letters, and the few letters of `FOLD`, which Unicode does not take apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

FOLD = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}
"""What stands in place of letters that have no simpler form; in the manifest too, so that browsers do the same."""
_LETTERS = str.maketrans(FOLD)
_WORD = re.compile(r"[^\W_]+")

PAGE = 32_768
"""Bytes of a file of words at which the next one begins; a very common word may make one longer."""
_SHARED = "0123456789abcdefghijklmnopqrstuvwxyz"

Index = list[tuple[str, list[int]]]
"""(word, the rows that hold it, ascending), in the order of the words."""


def words(text: str) -> set[str]:
    """The folded words of a text: "L'Été à 10:30" -> {"l", "ete", "a", "10", "30"}."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M")
    return set(_WORD.findall(plain.lower().translate(_LETTERS)))


def index(texts: Iterable[str]) -> Index:
    """The index of texts, numbered from 0."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        for word in words(text):
            found[word].append(row)
    return sorted(found.items(), key=lambda entry: entry[0].encode("utf-16-be"))  # as browsers compare


def pages(whole: Index) -> list[tuple[str, list[object]]]:
    """The index cut into files: (first word, [coded word, coded rows, coded word, coded rows ...]).

    A coded word is one sign for how many letters it shares with the word before it (base 36), then the rest. So no
    word stands there alone: that of a name which is kept beside one that is removed would read as the latter, and
    the words can be looked through where they stand together, in the rows. Coded rows are the steps from one to the
    next, the first from -1; a lone one stands without a list.
    """
    out: list[tuple[str, list[object]]] = []
    size, before = PAGE, ""
    for word, rows in whole:
        if size >= PAGE:
            out.append((word, []))
            size, before = 0, ""
        steps = [b - a for a, b in zip([-1, *rows], rows, strict=False)]
        coded = _coded(word, before)
        out[-1][1].extend([coded, steps[0] if len(steps) == 1 else steps])
        size += len(coded) + 4 + sum(2 if s < 10 else len(str(s)) + 1 for s in steps)
        before = word
    return out


def _coded(word: str, before: str) -> str:
    shared = 0
    for a, b in zip(word, before[: len(_SHARED) - 1], strict=False):
        if a != b or a > "\uffff":  # which browsers count as two
            break
        shared += 1
    return _SHARED[shared] + word[shared:]


def decoded(page: Sequence[object]) -> Index:
    """What a file of words holds."""
    out: Index = []
    before = ""
    for coded, steps in zip(page[::2], page[1::2], strict=True):
        assert isinstance(coded, str)
        before = before[: _SHARED.index(coded[0])] + coded[1:]
        rows, at = [], -1
        for step in steps if isinstance(steps, list) else [steps]:
            assert isinstance(step, int)
            rows.append(at := at + step)
        out.append((before, rows))
    return out

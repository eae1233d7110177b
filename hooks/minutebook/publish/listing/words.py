"""An index of the words of rows, in which the beginning of a word is enough."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from minutebook.publish.words import coded, decoded_words, folded, in_browsers_order, steps

PAGE = 32_768
"""Bytes of a file of words at which the next one begins; a very common word may make one longer."""

Index = list[tuple[str, list[int]]]
"""(word, the rows that hold it, ascending), in the order of the words."""


def index(texts: Iterable[str]) -> Index:
    """The index of texts, numbered from 0."""
    found: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        for word in set(folded(text)):
            found[word].append(row)
    return sorted(found.items(), key=lambda entry: in_browsers_order(entry[0]))


def pages(whole: Index) -> list[tuple[str, list[object]]]:
    """The index cut into files: (first word, [coded word, coded rows, coded word, coded rows ...]).

    Words are coded as `publish.words.coded` says. Coded rows are the steps from one to the next, the first from -1; a
    lone one stands without a list.
    """
    out: list[tuple[str, list[object]]] = []
    size, before = PAGE, ""
    for word, rows in whole:
        if size >= PAGE:
            out.append((word, []))
            size, before = 0, ""
        there, sign = steps(rows), coded(word, before)
        out[-1][1].extend([sign, there[0] if len(there) == 1 else there])
        size += len(sign) + 4 + sum(2 if s < 10 else len(str(s)) + 1 for s in there)
        before = word
    return out


def decoded(page: Sequence[object]) -> Index:
    """What a file of words holds."""
    out: Index = []
    for word, found in zip(decoded_words(page[::2]), page[1::2], strict=True):
        rows, at = [], -1
        for step in found if isinstance(found, list) else [found]:
            assert isinstance(step, int)
            rows.append(at := at + step)
        out.append((word, rows))
    return out

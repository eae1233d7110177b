"""Words, pairs of words and facets, each with the records that have it, cut into files in the order of the words."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence

from minutebook.publish.words import coded, in_browsers_order, steps

PAGE = 40_000
"""Bytes of a file at which the next one begins; one that holds a very common word may be longer."""
IMPACT = 16
"""A number of a record is kept together with the impact of a word in it: `record * IMPACT + impact`."""

Entry = list[object]


class Postings:
    """Key -> the records that have it, as groups are taken up in the order of their records."""

    def __init__(self) -> None:
        self._found: dict[str, array[int]] = {}

    def add(self, key: str, numbers: Iterable[int]) -> None:
        """Numbers of records, ascending, and greater than those before."""
        if key not in self._found:
            self._found[key] = array("L")
        self._found[key].extend(numbers)

    def keys(self) -> list[str]:
        """Every key, in the order in which browsers compare."""
        return sorted(self._found, key=in_browsers_order)

    def __iter__(self) -> Iterator[str]:
        return iter(self.keys())

    def __getitem__(self, key: str) -> Sequence[int]:
        return self._found[key]


def weighed(postings: Postings, kin: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Entry]]:
    """(word, [coded records, their impacts, its kin]) of each word.

    Coded records are the steps from one to the next, the first from -1; a lone one stands without a list. Impacts are
    a digit each. The kin are coded each behind the word; 0 where there are none.
    """
    for key in postings:
        numbers = postings[key]
        impacts = "".join([str(n % IMPACT) for n in numbers])
        yield key, [_steps([n // IMPACT for n in numbers]), impacts, [coded(w, key) for w in kin.get(key, ())] or 0]


def plain(postings: Postings) -> Iterator[tuple[str, Entry]]:
    """(key, [coded records]) of each key."""
    for key in postings:
        yield key, [_steps(postings[key])]


def _steps(rows: Sequence[int]) -> object:
    found = steps(rows)
    return found[0] if len(found) == 1 else found


def pages(entries: Iterable[tuple[str, Entry]]) -> Iterator[tuple[str, list[object]]]:
    """The entries cut into files: (first key, [coded key, *entry, coded key, *entry ...])."""
    first, page, size, before = "", list[object](), 0, ""
    for key, entry in entries:
        if size >= PAGE:
            yield first, page
            page, size, before = [], 0, ""
        first = key if not page else first
        sign = coded(key, before)
        page += [sign, *entry]
        size += len(sign) + sum(_length(x) for x in entry)
        before = key
    if page:
        yield first, page


def _length(x: object) -> int:
    """About how many bytes a part of an entry has."""
    if isinstance(x, list):
        return 2 + sum(2 if isinstance(s, int) and s < 10 else len(str(s)) + 1 for s in x)
    return len(str(x)) + 3

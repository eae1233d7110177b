"""What it costs to read a text grows with its length and no faster, whatever the text is much of.

Counted is work, not time: the calls of functions, Python's own and those written in C, which are the same on every
machine. What a pattern does inside, or the copying of a long list, is no call; `make bench` has the times of the same
texts for that.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from minutebook import build
from tests.archives import SETTINGS
from tests.hostile import TEXTS

SIZE = 2_000
"""Characters."""


def calls(work: Callable[[], object]) -> int:
    """How many calls a piece of work takes."""
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event.endswith("call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def grows_faster(counts: Sequence[int]) -> bool:
    """Whether the work for 1, 2 and 4 times a size grows faster than the size does.

    What is the same for every size falls out of the differences; a few calls more or less are nobody's fault.
    """
    once, twice, four_times = counts
    return four_times - twice > 2.3 * (twice - once) + 500


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    def read(size: int) -> None:
        build.explained(TEXTS[name](size).encode(), "forum/2021-05-03.txt", SETTINGS)

    read(SIZE)  # patterns are compiled once, and lexicons are read once
    counts = [calls(partial(read, k * SIZE)) for k in (1, 2, 4)]
    if grows_faster(counts):  # once more: Python forgets all compiled patterns whenever there are 512
        counts = [calls(partial(read, k * SIZE)) for k in (1, 2, 4)]
    assert not grows_faster(counts), counts


def test_work_that_grows_faster_would_be_noticed() -> None:
    def work(size: int) -> int:
        return sum(len(str(k)) for j in range(size) for k in range(j))

    assert grows_faster([calls(partial(work, size)) for size in (40, 80, 160)])
    assert not grows_faster([calls(partial(sorted, map(str, range(size)))) for size in (4_000, 8_000, 16_000)])

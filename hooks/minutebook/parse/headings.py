"""A line that may be a heading of business, and what all kinds of them share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import takewhile

from minutebook.model import Block

LONGEST_TITLE = 160


MOST_WORDS = 24
FEW_WORDS = 9


@dataclass(frozen=True)
class Heading:
    """A line that may be a heading of business."""

    index: int
    style: str
    """`heading`, `numbered`, `bold`, `capitals`, `plain` or `topic` (a bullet with a link or bold words)."""
    level: int
    number: str
    value: tuple[int, ...]
    start: int
    """Where the title begins in the block's text, and where it ends."""
    end: int
    title: str
    weight: float
    shape: str = ""
    """How the number is printed: numbers of one shape count up together."""


def is_bold(block: Block, start: int, end: int) -> bool:
    """Whether a stretch of a block is all bold."""
    return any(m.kind == "strong" and m.start <= start + 1 and m.end >= end - 2 for m in block.text.marks)


def is_title(text: str) -> bool:
    text = text.strip()
    return (
        0 < len(text) <= LONGEST_TITLE
        and not text.endswith((".", ";", ",", "?"))
        and len(text.split()) <= MOST_WORDS
        and not re.search(r"(?<![\W\d]\d)(?<!\d\d)[.;]\s+[A-Z]\w{3}", text)
    )


def children(blocks: tuple[Block, ...], i: int) -> list[Block]:
    """The entries of a list that stand below one of its entries, at any depth."""
    # Not a slice: a copy of all that follows, for every entry, makes a long list cost its length squared.
    below = (blocks[j] for j in range(i + 1, len(blocks)))
    return list(takewhile(lambda b: b.kind in ("bullet", "numbered") and b.level > blocks[i].level, below))

"""Printed lines and logical ones: how they are put together, and what a line is by its looks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from minutebook.model import Line, Piece

LIST = re.compile(
    r"\s*(?:[-*+•‣◦▪·–—]|\(?(?:\d{1,4}[a-z]?|[A-Za-z]\d{0,2}|[ivxlc]{1,5}|[IVXLC]{1,5})[.)]|\d+(?:\.\d+)+)\s"
)
"""A bullet or a number before an entry of a list."""

STRUCTURE = re.compile(r"\s*(?:#{1,6}\s|[|>]|```|~~~)")
"""A heading, a row, a quotation, the fence of a block of code."""

RULE = re.compile(r"\s*(?:-[-\s]{2,}|\*[*\s]{2,}|_[_\s]{2,}|=[=\s]{2,}|—[—\s]{2,})")
"""A printed rule, where it is all of a line."""

_TAG = re.compile(r"<(?!https?:|mailto:)[^<>]{0,200}>")


def merged(lines: Sequence[Line]) -> Line:
    """Logical lines as one, in which each of them begins behind a line end."""
    pieces: list[Piece] = []
    at = 0
    for line in lines:
        pieces += [Piece(p.offset + at, p.line) for p in line.pieces]
        at += len(line.text) + 1
    return Line("\n".join(line.text for line in lines), tuple(pieces)) if len(lines) > 1 else lines[0]


def is_rule(text: str) -> bool:
    """Whether a line is a printed rule and nothing else."""
    return bool(RULE.fullmatch(text))


def bare(text: str) -> str:
    """The words of a line without emphasis and tags around them."""
    return _TAG.sub("", text).strip().strip("*_ ").strip() if text else ""


def is_plain(text: str) -> bool:
    """Whether a line is running text: no heading, row, quotation, rule or entry of a list."""
    return not STRUCTURE.match(text) and not LIST.match(text) and not is_rule(text)


def ends(text: str) -> bool:
    """Whether a line ends as a sentence, a heading with a colon or a bracketed remark does."""
    return text.rstrip().rstrip("*_").rstrip().endswith((".", ":", ";", "?", "!", "”", '"', ")", "]"))


def filled(lines: Iterable[Line]) -> list[int]:
    """The indices of the lines that hold something."""
    return [i for i, line in enumerate(lines) if line.text.strip()]

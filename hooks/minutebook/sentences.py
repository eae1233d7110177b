"""A text to its sentences: the point behind "Mr.", "No." or an initial ends none."""

from __future__ import annotations

import re
from itertools import pairwise

from minutebook.lexicon import Lexicon

_END = re.compile(r"(?<=[\w)\]%”\"])[.!?;][”\"'’)\]]{0,4}(?:\s+|$)")
_WORD = re.compile(r"[^\W\d_]+$")
_ENDS = re.compile(r"[.!?;]")
_BRACKET = re.compile(r"\([^()]{1,90}\)")
"""No sentence ends in one that is short: "(Chair for items 1. and 2.)"."""
_ORDINAL = re.compile(r"(?:^|[(\[,:|])\s*\d{1,2}$")
"""In front of a point, a number that opens what it counts: "(1. Vorsitzende)"."""
_LONGEST = 24
"""Letters of a word in front of a point that may be an abbreviation."""


def spans(text: str, lexicon: Lexicon) -> list[tuple[int, int]]:
    """(start, end) of each sentence, the space behind it included."""
    if not _ENDS.search(text):
        return [(0, len(text))] if text.strip() else []
    short = lexicon.set("abbreviations") | lexicon.set("honorifics") | lexicon.set("plural_honorifics")
    edges = [0]
    closed = {i for m in _BRACKET.finditer(text) for i in range(*m.span())} if "(" in text else ()
    for m in _END.finditer(text):
        if m.start() in closed:
            continue
        last = _WORD.search(text[max(0, m.start() - _LONGEST) : m.start()])
        word, after = last.group() if last else "", text[m.end() : m.end() + 1]
        if m.end() < len(text) and (
            (word.casefold() in short) or (len(word) == 1 and word.isalpha()) or after.islower()
        ):
            continue
        if _ORDINAL.search(text[max(0, m.start() - 5) : m.start()]):
            continue
        edges.append(m.end())
    if edges[-1] != len(text):
        edges.append(len(text))
    return [(a, b) for a, b in pairwise(edges) if text[a:b].strip()]


def split(text: str, lexicon: Lexicon) -> list[str]:
    """The sentences, without the point at their end."""
    return [text[a:b].strip().rstrip(".;") for a, b in spans(text, lexicon)]

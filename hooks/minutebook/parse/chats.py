"""What was written in a chat, as programs print it: "<ann> yes", "[12:03] <ann> yes", "12:03 [bo] no"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from minutebook.model import Line

CLOCK = r"\[?\d{1,2}:\d{2}(?::\d{2})?\]?"
LINE = rf"\s*(?:(?:{CLOCK}\s+)?<[^<>\s]{{1,30}}>|{CLOCK}\s+\[[^\[\]\s]{{1,30}}\])\s+"
"""A pattern of what stands in front of what somebody wrote: who, and perhaps when."""
WRITTEN = re.compile(LINE)
STAMP = re.compile(r"\s*\([^\s,()]{1,30}, \d{1,2}:\d{2}:\d{2}\)\s*$")
"""Behind what a program notes of a chat, who wrote it and when (https://wiki.debian.org/MeetBot): "(ann, 18:03:21)"."""
_FEWEST = 3
"""Lines that make a chat: one may be a quotation."""


def lines(lines: Sequence[Line]) -> frozenset[int]:
    """The lines (by identity) of a text that somebody wrote in a chat: each is a paragraph of its own."""
    found = frozenset(id(line) for line in lines if WRITTEN.match(line.text))
    return found if len(found) >= _FEWEST else frozenset()

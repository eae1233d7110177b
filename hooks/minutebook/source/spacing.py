"""Text in which a conversion has put an empty line between all printed lines: put together to paragraphs again."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from minutebook.model import Change, Line, SourceRef
from minutebook.source.lines import LIST, STRUCTURE, bare, ends, filled, is_plain, is_rule, merged

_FEWEST = 12
"""Lines: fewer say nothing about how a document is set."""
_ALONE = 0.8
"""The share of lines that stand between empty ones."""
_WIDTH = range(50, 121)
"""Characters to the printed line: no less on a page, and no more."""
_FULL = 0.85
"""Of the width, with the first word of the next line: a line that is shorter was ended by whoever wrote it."""
_RUNNING_ON = 0.3
"""The share of lines that must run on into the next, before anything is put together."""
_LABEL = re.compile(r"[*_]{0,3}[A-ZÀ-Þ][^\s:.]*(?: [^\s:.]+){0,4}:[*_]{0,3}(?:\s|$)")
_ABBREVIATION = re.compile(r"(?:^|[\s(])[A-ZÀ-Þ][a-z]{0,3}\.$")
"""“Mr.”, “J.”: a full stop that ends no sentence, at the end of a full line."""


def joined(lines: list[Line], path: str, changes: list[Change]) -> list[Line]:
    """The lines with those of each paragraph put together, if the document is double-spaced; noted as one change."""
    there = filled(lines)
    width = _width(lines, there)
    if not width:
        return lines
    on = {b for a, b in pairwise(there) if b - a > 1 and _runs_on(lines[a].text, lines[b].text, width)}
    if len(on) < _RUNNING_ON * len(there):
        return lines
    out: list[Line] = []
    parts: list[Line] = []
    gap: list[Line] = []
    for i, line in enumerate(lines):
        if not line.text.strip():
            gap.append(line)
            continue
        if i not in on:
            out += [*([merged(parts)] if parts else []), *gap]
            parts = []
        parts.append(line)
        gap = []
    first = min(on)
    before = lines[there[bisect_left(there, first) - 1]].text
    words = f"{len(on)} lines: … {' '.join(before.split()[-2:])} / {' '.join(lines[first].text.split()[:2])} …"
    last = lines[max(on)].pieces[-1].line
    changes.append(Change("joined", words, SourceRef(path, lines[first].pieces[0].line, last)))
    return [*out, merged(parts), *gap]


def _width(lines: Sequence[Line], there: Sequence[int]) -> int:
    """How many characters the printed lines of a double-spaced document have; 0 for any other document."""
    if len(there) < _FEWEST:
        return 0
    filled_ = set(there)
    alone = [i for i in there if i - 1 not in filled_ and i + 1 not in filled_]
    if len(alone) < _ALONE * len(there):
        return 0
    sizes = sorted(len(lines[i].text) for i in alone)
    width, median = sizes[len(sizes) * 9 // 10], sizes[len(sizes) // 2]
    too_long = sum(size > width * 1.3 for size in sizes)  # paragraphs in one line each are no printed lines
    return width if width in _WIDTH and median >= width // 2 and too_long <= len(sizes) // 20 else 0


def _runs_on(before: str, after: str, width: int) -> bool:
    """Whether a line goes on in the next: it is full, and ends no sentence."""
    if not is_plain(before) or STRUCTURE.match(after) or is_rule(after) or _LABEL.match(after):
        return False
    wide = sum(c.isupper() for c in before) // 5  # capitals take up more of a line
    if len(before) + wide + 1 + len(after.split()[0]) < _FULL * width:
        return False
    if before.count("(") > before.count(")") or _ABBREVIATION.search(before.rstrip()):
        return True
    return not ends(before) and not LIST.match(after) and bool(bare(after))

"""The file of a meeting as it is published for download: the text that was read, without those who are removed.

Lines stay lines: what the data say of a line is true of this text too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.model import Mention
from minutebook.redact import places
from minutebook.redact.minutes import changed
from minutebook.redact.places import Edit, Places
from minutebook.redact.who import Who

_LINE_END = re.compile(r"\r\n|\r|\n|\f")


def without(text: str, here: Places, who: Who, language: str) -> str:
    """The text of one file of minutes without those who are removed."""
    starts = [0, *(m.end() for m in _LINE_END.finditer(text))]
    edits = [*places.literal(text, who.words_in(here.meeting.id), places.around(language), who)]
    for x, by in here.mentions:
        edits += _mention(text, starts, here, x, who.redactions[by].words)
    for a in here.listed:
        start, end = _lines(text, starts, a.entry.ref.first_line, a.entry.ref.last_line)
        if a.entry.rule == "front matter":
            edits += _front_matter(text, a.entry.initials)
        else:
            edits += [Edit(start + e.start, start + e.end, e.words) for e in places.in_entry(text[start:end], a, here)]
    for i, b in enumerate(here.meeting.minutes.blocks):
        for e in places.outside(here, i, b.text.plain):
            line = b.text.line_at(e.start)
            said = b.text.plain[e.start : e.end]
            edits += _said(text, _lines(text, starts, line, line), said, None, e.words)
    return changed(text, places.merged(edits))


def _lines(text: str, starts: list[int], first: int, last: int) -> tuple[int, int]:
    """Where some lines stand in the text, from 1."""
    end = starts[last] if last < len(starts) else len(text)
    return starts[min(first, len(starts)) - 1], end


def _mention(text: str, starts: list[int], here: Places, x: Mention, instead: str) -> Iterator[Edit]:
    """A mention, by its words: the one among several on its line that the block has there."""
    block = here.meeting.minutes.blocks[x.block].text
    lines = places.mention_lines(here.meeting, x)
    first = next((p.offset for p in reversed(block.pieces) if p.offset <= x.start), 0)
    before = len(_tolerant(x.text).findall(block.plain[first : x.start]))
    yield from _said(text, _lines(text, starts, lines[0], lines[-1]), x.text, before, instead)


def _said(text: str, where: tuple[int, int], said: str, number: int | None, instead: str) -> Iterator[Edit]:
    """Words on some lines: the one of that number (from 0), or all of them where there is no such."""
    found = [m.span() for m in _tolerant(said).finditer(text, *where)]
    if number is not None and number < len(found):
        found = found[number : number + 1]
    yield from (Edit(a, b, instead) for a, b in found)


def _tolerant(said: str) -> re.Pattern[str]:
    """Words, whatever stands between them: emphasis, the end of a line."""
    words = r"[\W_]+".join(map(re.escape, re.findall(r"\w+", said)))
    return re.compile(rf"(?<!\w){words}(?!\w)")


def _front_matter(text: str, initials: str) -> Iterator[Edit]:
    """The values `initials: AL` of front matter."""
    if initials:
        pattern = rf"(\binitials[\"']?\s*[:=][ \t]*)[\"']?{re.escape(initials)}[\"']?(?=\s*(?:[,}}\r\n]|$))"
        for m in re.finditer(pattern, text):
            yield Edit(m.end(1), m.end(), '""')

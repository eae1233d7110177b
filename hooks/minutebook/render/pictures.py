"""The two small pictures of profiles, as HTML: a person's strip of meetings, and a row of a seat's timeline.

Both are told in words too: each square of the strip is a link that says its meeting, and a row has a label. Shape says
what shade says, so that neither needs colour.
"""

from __future__ import annotations

import html
from collections.abc import Collection

from minutebook.model import Meeting
from minutebook.render.attendance import HOW, Record, Seat
from minutebook.render.links import relative
from minutebook.render.markdown import attribute
from minutebook.render.page import count, day
from minutebook.render.timeline import Holder, Timeline


def said(seat: Seat) -> str:
    """How somebody stood to a meeting, in words: "by substitute: Di Orr", "present, for Cy Fox"."""
    words = HOW[seat.how]
    if seat.how == "by_substitute":
        name = seat.came.substitute_name if seat.came else seat.listed.represented_by if seat.listed else ""
        return f"{words}: {name}" if name else words
    return f"{words}, for {seat.came_for.member_name}" if seat.came_for else words


def strip(record: Record, here: str, label: str) -> str:
    """A person's meetings of one body as squares, a row for each year, for the page at `here`.

    HTML in one block: Markdown has no list with a class, and reading 250 links as Markdown takes four times as long.
    """
    rows = []
    for year, seats in record.years:
        squares = " ".join(_square(s, here) for s in seats)
        rows.append(f"<li><strong>{year}</strong> <span>{squares}</span></li>")
    return f'<ul class="mb-strip" aria-label="{html.escape(label)}">\n' + "\n".join(rows) + "\n</ul>"


def _square(seat: Seat, here: str) -> str:
    return (
        f'<a class="mb-at mb-at--{seat.how}" href="{_href(seat.meeting, here)}">'
        f"<span>{day(seat.meeting.date)}, {html.escape(said(seat))}</span></a>"
    )


def _href(m: Meeting, here: str) -> str:
    """The address of a meeting as the site has it: in HTML nobody makes it of the Markdown file's."""
    return relative(here, m.address).removesuffix("index.md") + ("#attendance" if m.minutes.attendance else "")


def key(hows: Collection[str]) -> str:
    """What the squares mean, for those that a page has."""
    shown = [_sign(f"mb-at mb-at--{how}", words) for how, words in HOW.items() if how in hows]
    return f"<small>{' '.join(shown)}</small>"


def _sign(classes: str, words: str) -> str:
    return f'<span class="mb-sign"><span class="{classes}"></span>&nbsp;{words}</span>'


_HEIGHT = 15
_HEIGHTS = {"there": 15, "away": 7, "between": 3}
_STATES = {
    "there": "attended",
    "away": "apologies, absent or by substitute",
    "between": "not listed",
    "came": "came as a substitute",
}


def bar(timeline: Timeline, row: Holder) -> str:
    """A row of the timeline, every meeting as wide as the next: high, half as high, a line; a substitute's are dots.

    Heights and no outlines: of a hundred meetings each is two pixels wide.
    """
    width = 100 / len(timeline.meetings)
    shapes = [_rect(0, 100, 1, "mb-when__all")]
    for start, end, state in timeline.runs(row):
        if state == "came":
            centre = (start + end) / 2 * width
            shapes.append(f'<circle cx="{centre:.4g}%" cy="{_HEIGHT / 2:g}" r="4"></circle>')
        else:
            shapes.append(_rect(start * width, (end - start) * width, _HEIGHTS[state]))
    return (
        f'<svg class="mb-when" role="img" aria-label="{attribute(told(timeline, row))}" width="100%" '
        f'height="{_HEIGHT}" fill="currentColor">{"".join(shapes)}</svg>'
    )


def _rect(x: float, width: float, height: int, cls: str = "") -> str:
    marked = f' class="{cls}"' if cls else ""
    y = (_HEIGHT - height) / 2
    return f'<rect{marked} x="{x:.4g}%" y="{y:g}" width="{width:.4g}%" height="{height}"></rect>'


def told(timeline: Timeline, row: Holder) -> str:
    """A row of the timeline in words."""
    listed, span = len(row.listed), f"{day(row.first.date)} to {day(row.last.date)}"
    when = f"on {day(row.first.date)}" if listed == 1 else span
    if row.is_substitute:
        return f"came as a substitute to {count(listed, 'meeting')}, {when}"
    there = f", there at {row.attended}" if row.attended < listed else ""
    return f"listed at {listed} of {count(len(timeline.meetings), 'meeting')}, {when}{there}"


def marks(timeline: Timeline) -> str:
    """What the shapes of a timeline mean, for those that it has."""
    there = {state for row in timeline.rows for _, _, state in timeline.runs(row)}
    return " ".join(_sign(f"mb-mark mb-mark--{state}", words) for state, words in _STATES.items() if state in there)

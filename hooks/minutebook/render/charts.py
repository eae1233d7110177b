"""The two charts of the index of actions: opened and closed by quarter, and who has most that are open.

Both are HTML in one block. The first is a picture with a label that says what it comes to, and a table of its figures
folded behind it; the second is a list whose figures stand beside the bars. What is filled was opened, what is only
outlined was closed, so that neither needs colour.
"""

from __future__ import annotations

import datetime as dt
import html
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutebook.model import Archive, Meeting, Owner, ResolvedAction
from minutebook.render.links import relative
from minutebook.render.markdown import attribute
from minutebook.render.page import count

QUARTERS = 20
"""In the picture; what is older stands in the table, by year."""
OWNERS = 12
_FEWEST = 8
"""The picture has room for at least so many quarters, so that two are no towers."""
_HEIGHT, _TOP, _BOTTOM = 168, 14, 18
"""Pixels: of the picture, above the highest bar, and below all for the years."""

Quarter = tuple[int, int]
"""(year, 1 to 4)."""
Actions = Sequence[tuple[Meeting, ResolvedAction]]


@dataclass(frozen=True)
class Period:
    """A quarter, or a year, and how many actions were opened and closed in it."""

    name: str
    opened: int
    closed: int


@dataclass(frozen=True)
class Bar:
    """An owner, and how many open actions are theirs."""

    name: str
    address: str
    number: int


@dataclass(frozen=True)
class Charts:
    """What the charts show."""

    quarters: tuple[Period, ...]
    """The oldest first."""
    older: tuple[Period, ...]
    """Years before them."""
    owners: tuple[Bar, ...]
    others: int
    """Owners that are not shown."""
    theirs: int
    """Open actions of theirs."""

    def picture(self) -> str:
        """The first chart, as HTML."""
        return _picture(self.quarters)

    def bars(self, here: str) -> str:
        """The second chart, as HTML for the page at `here`; nothing where nothing is open."""
        return _bars(self, here)


def of(archive: Archive, actions: Actions) -> Charts:
    """What the charts show of actions."""
    opened = Counter(quarter(m.date) for m, _ in actions)
    closed = Counter(quarter(a.ended) for _, a in actions if a.ended)
    every = sorted({*opened, *closed})
    shown, before = every[-QUARTERS:], every[:-QUARTERS]
    years = sorted({year for year, _ in before})
    older = [
        Period(
            f"{y}",
            sum(opened[q] for q in before if q[0] == y),
            sum(closed[q] for q in before if q[0] == y),
        )
        for y in years
    ]
    # Part of a year may be in the picture: then the line says which part it is of.
    if before and shown and before[-1][0] == shown[0][0]:
        older[-1] = Period(f"{years[-1]}, until quarter {before[-1][1]}", older[-1].opened, older[-1].closed)
    whose = _by_owner(archive, (a for _, a in actions if a.is_open))
    return Charts(
        tuple(Period(f"{y} quarter {q}", opened[y, q], closed[y, q]) for y, q in shown),
        tuple(older),
        tuple(whose[:OWNERS]),
        len(whose[OWNERS:]),
        sum(b.number for b in whose[OWNERS:]),
    )


def quarter(date: dt.date) -> Quarter:
    """The quarter of a day."""
    return date.year, (date.month + 2) // 3


def _by_owner(archive: Archive, actions: Iterable[ResolvedAction]) -> list[Bar]:
    """Who has how many, the most first. An action of two counts for both."""
    found: Counter[tuple[str, str]] = Counter()
    for a in actions:
        found.update({_owner(archive, o) for o in a.owners} or {("nobody named", "")})
    ranked = sorted(found.items(), key=lambda entry: (-entry[1], entry[0]))
    return [Bar(name, address, number) for (name, address), number in ranked]


def _owner(archive: Archive, o: Owner) -> tuple[str, str]:
    if o.person:
        return archive.person[o.person].name, archive.person[o.person].address
    if o.organization:
        return archive.organization[o.organization].name, archive.organization[o.organization].address
    return o.name, ""


def told(quarters: Sequence[Period]) -> str:
    """The first chart in words."""
    opened, closed = sum(q.opened for q in quarters), sum(q.closed for q in quarters)
    most = max(quarters, key=lambda q: q.opened)
    when = quarters[0].name if len(quarters) == 1 else f"{quarters[0].name} to {quarters[-1].name}"
    peak = f"; most were opened in {most.name}, {most.opened:,}" if len(quarters) > 1 else ""
    return f"{when}: {count(opened, 'action')} opened, {closed:,} closed{peak}"


def _picture(quarters: Sequence[Period]) -> str:
    highest = max(max(q.opened, q.closed) for q in quarters)
    slot = 100 / max(len(quarters), _FEWEST)
    floor = _HEIGHT - _BOTTOM
    scale = (floor - _TOP) / highest
    shapes = [_rect(0, floor, 100, 1, "mb-chart__line"), _rect(0, _TOP, 100, 1, "mb-chart__line")]
    firsts = [k for k, q in enumerate(quarters) if not k or q.name[:4] != quarters[k - 1].name[:4]]
    room = 0.09 * len(quarters)  # that a year's number takes, in quarters
    years = [k for k, after in zip(firsts, [*firsts[1:], len(quarters) + _FEWEST], strict=True) if after - k > room]
    for k, q in enumerate(quarters):
        for n, (number, cls) in enumerate(((q.opened, "mb-chart__opened"), (q.closed, "mb-chart__closed"))):
            if number:
                tall = max(2.0, number * scale)
                shapes.append(_rect((k + 0.12 + 0.4 * n) * slot, floor - tall, 0.36 * slot, tall, cls))
        if k in years:
            shapes.append(f'<text x="{(k + 0.12) * slot:.4g}%" y="{_HEIGHT - 3}">{q.name[:4]}</text>')
    shapes.append(f'<text x="0" y="{_TOP - 4}">{highest:,}</text>')
    return (
        f'<svg class="mb-chart__bars" role="img" aria-label="{attribute(told(quarters))}" width="100%" '
        f'height="{_HEIGHT}">{"".join(shapes)}</svg>'
    )


def _rect(x: float, y: float, width: float, height: float, cls: str) -> str:
    return f'<rect class="{cls}" x="{x:.4g}%" y="{y:.4g}" width="{width:.4g}%" height="{height:.4g}"></rect>'


def _bars(charts: Charts, here: str) -> str:
    if not charts.owners:
        return ""
    longest = charts.owners[0].number
    rows = []
    for b in charts.owners:
        name = html.escape(b.name)
        who = f'<a href="{relative(here, b.address).removesuffix("index.md")}">{name}</a>' if b.address else name
        rows.append(f"<li><span>{who}</span> {_bar(b.number / longest)} <span>{b.number:,}</span></li>")
    if charts.others:
        rows.append(
            f"<li><span>{count(charts.others, 'other')}</span> <span></span> <span>{charts.theirs:,}</span></li>"
        )
    return f'<ol class="mb-chart__owners">{"".join(rows)}</ol>'


def _bar(share: float) -> str:
    inner = f'<rect class="mb-chart__opened" x="0" y="0" width="{100 * share:.4g}%" height="10"></rect>'
    return f'<svg width="100%" height="10" aria-hidden="true">{inner}</svg>'

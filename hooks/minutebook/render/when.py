"""The small chart on a topic's page: in which quarters, or years, items were about it, the silent ones among them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from minutebook.render.charts import quarter
from minutebook.render.markdown import attribute
from minutebook.render.page import count

QUARTERS = 24
"""More are drawn as years."""
YEARS = 48
"""The newest; what is older is told in words only."""
_FEWEST = 8
_HEIGHT, _TOP, _BOTTOM = 96, 14, 18
"""Pixels, as in `charts`."""


@dataclass(frozen=True)
class Period:
    """A quarter ("2021 quarter 2") or a year, and how many items it has."""

    name: str
    number: int


@dataclass(frozen=True)
class When:
    """When items were about something."""

    periods: tuple[Period, ...]
    """From the first with an item to the newest meeting of the archive, none left out."""
    years: tuple[tuple[int, int], ...]
    """(year, items) of those that have any, the newest first."""

    def told(self) -> str:
        """The chart in words."""
        total = sum(p.number for p in self.periods)
        most = max(self.periods, key=lambda p: p.number)
        when = f"{self.periods[0].name} to {self.periods[-1].name}"
        return f"{when}: {count(total, 'item')}; most in {most.name}, {most.number:,}"

    def picture(self) -> str:
        """The chart as HTML; nothing where all items fall into one period."""
        return _picture(self) if sum(p.number > 0 for p in self.periods) > 1 else ""


def of(days: Sequence[dt.date], newest: dt.date) -> When:
    """When items of these days (at least one) came up; `newest` is the day of the archive's last meeting."""
    by_year = Counter(d.year for d in days)
    first, last = quarter(min(days)), quarter(max(newest, *days))
    span = 4 * (last[0] - first[0]) + last[1] - first[1] + 1
    if span <= QUARTERS:
        by_quarter = Counter(map(quarter, days))
        found = [divmod(4 * first[0] + first[1] - 1 + n, 4) for n in range(span)]
        periods = [Period(f"{y} quarter {q + 1}", by_quarter[y, q + 1]) for y, q in found]
    else:
        periods = [Period(f"{y}", by_year[y]) for y in range(max(first[0], last[0] - YEARS + 1), last[0] + 1)]
    return When(tuple(periods), tuple(sorted(by_year.items(), reverse=True)))


def _picture(when: When) -> str:
    periods = when.periods
    slot, floor = 100 / max(len(periods), _FEWEST), _HEIGHT - _BOTTOM
    highest = max(1, *(p.number for p in periods))
    shapes = [_rect(0, floor, 100, 1, "mb-chart__line"), f'<text x="0" y="{_TOP - 4}">{highest:,}</text>']
    room = 0.09 * len(periods)  # that a year's number takes, in periods
    labelled = -room
    for k, p in enumerate(periods):
        if p.number:
            tall = max(2.0, p.number * (floor - _TOP) / highest)
            shapes.append(_rect((k + 0.14) * slot, floor - tall, 0.72 * slot, tall, "mb-chart__opened"))
        if (not k or p.name[:4] != periods[k - 1].name[:4]) and k - labelled >= room:
            shapes.append(f'<text x="{(k + 0.14) * slot:.4g}%" y="{_HEIGHT - 3}">{p.name[:4]}</text>')
            labelled = k
    return (
        f'<svg class="mb-chart__bars" role="img" aria-label="{attribute(when.told())}" width="100%" '
        f'height="{_HEIGHT}">{"".join(shapes)}</svg>'
    )


def _rect(x: float, y: float, width: float, height: float, cls: str) -> str:
    return f'<rect class="{cls}" x="{x:.4g}%" y="{y:.4g}" width="{width:.4g}%" height="{height:.4g}"></rect>'

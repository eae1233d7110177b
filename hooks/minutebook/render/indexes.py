"""The indexes of all actions and of all decisions: a page with the newest, and pages for each year with all of them.

None of these pages grows with the archive: a year is cut into parts of about 250 rows, numbered from its oldest, so
that what a part holds stays there when more is added. With scripts the first page filters and sorts all rows
(`assets/javascripts/listing/`), of data that `publish.listing` writes. That makes rows as the templates here do: a
change of one is a change of both, and a test in the browser compares them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from minutebook.model import Archive, Meeting, Owner, Settings
from minutebook.render import charts, lives
from minutebook.render.meeting import owners
from minutebook.render.page import Sheet, count, day, write

NEWEST = 50
"""Rows on the first page."""
PART = 250
"""Rows on a page of a year, unless one meeting has more."""

T = TypeVar("T")
Row = tuple[Meeting, T]


@dataclass(frozen=True)
class Part(Generic[T]):
    """A page of a year."""

    address: str
    year: int
    number: int
    rows: Sequence[Row[T]]
    """The newest first."""

    @property
    def dates(self) -> str:
        """From when to when: "3 May 2021 to 7 June 2021"."""
        last, first = self.rows[0][0].date, self.rows[-1][0].date
        return day(first) if first == last else f"{day(first)} to {day(last)}"


def actions(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of actions and its years. What only prints an earlier one again is left out."""
    rows = [(m, a) for m in archive.meetings for a in m.actions if not a.restates]
    still_open = sum(a.is_open for _, a in rows)
    return _pages(
        archive,
        settings,
        "actions",
        "action",
        rows,
        said=f"{still_open:,} open, {len(rows) - still_open:,} closed",
        key=lambda m, a: f"{m.id}/action-{a.number}",
        description=f"{count(len(rows), 'action')} of {count(len(archive.meetings), 'meeting')}: what, who, when.",
        charts=charts.of(archive, rows) if rows else None,
        status=lambda a, here: lives.status(archive, a, here),
    )


def decisions(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of decisions and its years."""
    rows = [(m, d) for m in archive.meetings for d in m.decisions]
    kinds = Counter(d.decision.kind for _, d in rows)
    others = kinds.pop("decision", 0)
    parts = [count(kinds[k], k) for k in ("resolution", "motion", "election") if kinds[k]]
    if parts and others:
        parts.append(count(others, "other"))
    return _pages(
        archive,
        settings,
        "decisions",
        "decision",
        rows,
        said=", ".join(parts),
        key=lambda m, d: f"{m.id}/decision-{d.number}",
        description=f"{count(len(rows), 'decision')} that the minutes set apart as such.",
        votes=lives.votes,
    )


def _pages(
    archive: Archive,
    settings: Settings,
    name: str,
    noun: str,
    rows: Sequence[Row[T]],
    *,
    said: str,
    key: Callable[[Meeting, T], str],
    description: str,
    **values: object,
) -> list[Sheet]:
    """The pages of an index: the first, then those of the years, the newest first."""
    parts = in_parts(f"{name}/", rows)
    several = len({m.body for m, _ in rows}) > 1
    shared: dict[str, Any] = {"noun": noun, "name": name, "owners": _owners(archive), "several": several, **values}

    def matter(shown: Sequence[Row[T]]) -> dict[str, object]:
        return {name: [key(*row) for row in shown]}

    years = [(year, f"{name}/{year}/", sum(len(p.rows) for p in of)) for year, of in _by_year(parts)]
    title = name.capitalize()
    first = write(
        archive,
        name,
        f"{name}/",
        title,
        tab=f"{name}/",
        portable=settings.portable,
        description=description,
        matter=matter(rows[:NEWEST]),
        rows=rows[:NEWEST],
        total=len(rows),
        said=said,
        years=years,
        **shared,
    )
    out = [first]
    for k, part in enumerate(parts):
        siblings = [p for p in parts if p.year == part.year]
        which = f", part {part.number}" if len(siblings) > 1 else ""
        out.append(
            write(
                archive,
                name,
                part.address,
                f"{title} of {part.year}{which}",
                tab=f"{name}/",
                trail=((title, f"{name}/"),),
                template=f"{name}_of_a_year",
                portable=settings.portable,
                description=f"{count(len(part.rows), noun)}, {part.dates}.",
                matter=matter(part.rows),
                part=part,
                siblings=siblings,
                later=parts[k - 1] if k else None,
                earlier=parts[k + 1] if k + 1 < len(parts) else None,
                **shared,
            )
        )
    return out


def in_parts(base: str, rows: Sequence[Row[T]]) -> list[Part[T]]:
    """All rows (the newest first) in parts, the newest first; a meeting's stay together."""
    out: list[Part[T]] = []
    for year, run in groupby(rows, key=lambda row: row[0].date.year):
        cut: list[list[Row[T]]] = [[]]
        for _, group in groupby(list(run)[::-1], key=lambda row: row[0].id):
            more = list(group)
            if cut[-1] and len(cut[-1]) + len(more) > PART:
                cut.append([])
            cut[-1] += more
        made = (
            Part(f"{base}{year}/" + (f"{n}/" if n > 1 else ""), year, n, piece[::-1]) for n, piece in enumerate(cut, 1)
        )
        out += reversed(list(made))
    return out


def _by_year(parts: Sequence[Part[T]]) -> list[tuple[int, list[Part[T]]]]:
    return [(year, list(of)) for year, of in groupby(parts, key=lambda p: p.year)]


def _owners(archive: Archive) -> Callable[[Sequence[Owner], str], str]:
    return lambda named, here: owners(named, archive, here)

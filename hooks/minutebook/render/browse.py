"""The ways to every meeting: a page with the newest, a page for each year, and a page for each body.

None of these pages grows with the archive: the first shows the newest `NEWEST`, years are cut into parts as those of
actions are (`indexes.in_parts`), and a body with more meetings than such a part has years of its own. They stand at
`meetings/2021/`, `meetings/harbour-forum/` and `meetings/harbour-forum/2021/`; a body that is called by a number
stands at `meetings/2021/body/`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from minutebook.model import Archive, Meeting, Settings, series_address
from minutebook.render.indexes import NEWEST, PART, Part, in_parts
from minutebook.render.page import Sheet, Step, count, write

BODIES = 200
"""Bodies that the first page names, those that met last; each stands among the organisations as well."""

Years = list[tuple[int, list[Meeting]]]


@dataclass(frozen=True)
class Series:
    """The meetings of a body, as far as their addresses begin alike; a body that was renamed may have several."""

    id: str
    name: str
    meetings: Sequence[Meeting]
    """The newest first."""

    @property
    def address(self) -> str:
        return series_address(self.id)

    @property
    def anchor(self) -> str:
        """On the first page; nothing for what would be taken for one of its own ("by-year", "year-2021")."""
        return "" if self.id.startswith(("by-", "year-")) else self.id


@dataclass(frozen=True)
class _Writer:
    """Writes pages with what all of them share."""

    archive: Archive
    settings: Settings
    values: Mapping[str, Any]

    def page(self, address: str, title: str, description: str, **values: Any) -> Sheet:
        return write(
            self.archive,
            "meetings",
            address,
            title,
            tab="meetings/",
            portable=self.settings.portable,
            description=description,
            **{"noun": "meeting", "part": None, "series": None, **self.values, **values},
        )

    def parts(self, parts: Sequence[Part[Meeting]], title: str, **values: Any) -> list[Sheet]:
        """The pages of years. `title` ends in front of the year."""
        out = []
        for k, part in enumerate(parts):
            siblings = [p for p in parts if p.year == part.year]
            which = f", part {part.number}" if len(siblings) > 1 else ""
            out.append(
                self.page(
                    part.address,
                    f"{title} {part.year}{which}",
                    f"{title} {part.year}: {count(len(part.rows), 'meeting')}, {part.dates}.",
                    part=part,
                    rows=[m for m, _ in part.rows],
                    siblings=siblings,
                    years=_years(parts, part),
                    later=parts[k - 1] if k else None,
                    earlier=parts[k + 1] if k + 1 < len(parts) else None,
                    **values,
                )
            )
        return out


def meetings(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of meetings, its years, and the pages of the bodies."""
    every = series(archive)
    pages = _Writer(archive, settings, {"several": len(every) > 1, "names": {s.id: s for s in every}})
    parts = in_parts("meetings/", [(m, m) for m in archive.meetings])
    total = len(archive.meetings)
    first = pages.page(
        "meetings/",
        "Meetings",
        f"The minutes of {count(total, 'meeting')}, newest first.",
        rows=archive.meetings[:NEWEST],
        total=total,
        groups=_grouped(archive.meetings[:NEWEST]),
        years=_years(parts),
        bodies=sorted(every[:BODIES], key=lambda s: (s.name, s.id)),
        all_bodies=len(every),
    )
    trail = (("Meetings", "meetings/"),)
    years = pages.parts(parts, "Meetings in", trail=trail)
    return [first, *years, *(sheet for s in every for sheet in _of_body(pages, s))]


def _of_body(pages: _Writer, s: Series) -> list[Sheet]:
    """The page of a body, and those of its years where it has many meetings."""
    trail = (("Meetings", "meetings/"),)
    title, total = f"Meetings of {s.name}", len(s.meetings)
    parts = in_parts(s.address, [(m, m) for m in s.meetings]) if total > PART else []
    rows = s.meetings[:NEWEST] if parts else s.meetings
    groups = _grouped(rows)
    within = [Step(f"{year}", s.address, f"year-{year}") for year, _ in groups] if len(groups) > 1 else []
    first = pages.page(
        s.address,
        title,
        f"The minutes of {count(total, 'meeting')} of {s.name}, newest first.",
        trail=trail,
        series=s,
        rows=rows,
        total=total,
        groups=groups,
        years=_years(parts) if parts else within,
    )
    return [first, *pages.parts(parts, f"{title} in", series=s, trail=(*trail, (s.name, s.address)))]


def series(archive: Archive) -> list[Series]:
    """All series of meetings, the one that met last first, each with a name of its own."""
    found: dict[str, list[Meeting]] = {}
    for m in archive.meetings:
        found.setdefault(m.series, []).append(m)
    taken: set[str] = set()
    out = []
    for id_, rows in found.items():
        name = archive.organization[rows[0].body].name
        choices = (name, rows[0].minutes.body, f"{name} ({id_})")
        called = next((c for c in choices if c and c not in taken), id_)
        taken.add(called)
        out.append(Series(id_, called, rows))
    return out


def _grouped(rows: Sequence[Meeting]) -> Years:
    return [(year, list(run)) for year, run in groupby(rows, key=lambda m: m.date.year)]


def _years(parts: Sequence[Part[Meeting]], here: Part[Meeting] | None = None) -> list[Step]:
    """All years, the newest first; from a first page with how many meetings each has."""
    sizes = Counter[int]()
    for p in parts:
        sizes[p.year] += len(p.rows)
    first = {p.year: p for p in reversed(parts) if p.number == 1}
    return [
        Step(
            f"{year}",
            first[year].address,
            number=0 if here else n,
            here=here is first[year],
            within=here is not None and here.year == year,
        )
        for year, n in sizes.items()
    ]

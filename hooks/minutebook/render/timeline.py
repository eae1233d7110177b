"""The timeline of an organisation's seat: who sat for it on which body, and when; substitutes told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from minutebook import names
from minutebook.model import Archive, Attendance, Meeting
from minutebook.render.attendance import RollCalls, StandIn


@dataclass
class Holder:
    """A row of the timeline: one person in one role, or as a substitute."""

    person: str
    role: str
    """As last printed."""
    is_substitute: bool = False
    listed: list[tuple[Meeting, bool]] = field(default_factory=list)
    """The meetings that list them so, the earliest first, and whether they were there."""
    stood_in: list[StandIn] = field(default_factory=list)
    """A substitute's: in whose place they came."""

    @property
    def first(self) -> Meeting:
        return self.listed[0][0]

    @property
    def last(self) -> Meeting:
        return self.listed[-1][0]

    @property
    def stood_for(self) -> list[tuple[str, str]]:
        """(id, name) of each for whom a substitute came."""
        return list(dict.fromkeys((x.member, x.member_name) for x in self.stood_in))

    @property
    def attended(self) -> int:
        return sum(there for _, there in self.listed)


@dataclass(frozen=True)
class Timeline:
    """An organisation on one body."""

    body: str
    meetings: tuple[Meeting, ...]
    """From the first to the last that list somebody for it, the earliest first."""
    rows: tuple[Holder, ...]
    """Role by role, in the order in which they took over; substitutes behind those for whom they came."""
    handed_on: tuple[tuple[Holder, ...], ...]
    """The posts that changed hands: their holders, none of whom is listed before the one before left."""

    def runs(self, row: Holder) -> Iterator[tuple[int, int, str]]:
        """(first meeting, the one behind the last, state) of each stretch of a row: places among the meetings.

        `there`, `away` (listed, and not there), `between` (not listed, and listed later); a substitute has `came` only.
        """
        at = {m.id: i for i, m in enumerate(self.meetings)}
        if row.is_substitute:
            yield from ((at[m.id], at[m.id] + 1, "came") for m, _ in row.listed)
            return
        states = {at[m.id]: "there" if there else "away" for m, there in row.listed}
        span = range(at[row.first.id], at[row.last.id] + 1)
        for state, run in groupby(span, key=lambda i: states.get(i, "between")):
            places = list(run)
            yield places[0], places[-1] + 1, state


class Seats:
    """Who sat for which organisation, of all meetings."""

    def __init__(self, archive: Archive, calls: RollCalls) -> None:
        self.calls = calls
        self._rows: dict[str, dict[tuple[str, str, str | None], Holder]] = defaultdict(dict)
        for m in reversed(archive.meetings):
            self._gather(m)

    def _gather(self, m: Meeting) -> None:
        there = frozenset(self.calls.there[m.id])
        came: dict[str, list[StandIn]] = defaultdict(list)
        for x in self.calls.substitutions[m.id]:
            came[x.substitute].append(x)
        shown = set()
        for a, person, organization in zip(m.minutes.people, m.people, m.organizations, strict=True):
            stood_in = came.get(person, [])
            # Who is listed for the seat that they kept warm is no second holder of it.
            instead = [x for x in stood_in if x.organization == organization or x.member_name == a.represents]
            if organization:
                self._add(organization, m, a, person, person in there, instead, bool(instead or a.represents))
                shown.add((person, organization))
            for x in stood_in:
                if x.organization and (person, x.organization) not in shown:
                    self._add(x.organization, m, a, person, True, [x], True)
                    shown.add((person, x.organization))

    def _add(
        self,
        seat: str,
        m: Meeting,
        a: Attendance,
        person: str,
        there: bool,
        stood_in: list[StandIn],
        is_substitute: bool,
    ) -> None:
        key = (m.body, person, None if is_substitute else names.key(a.role))
        row = self._rows[seat].setdefault(key, Holder(person, a.role, is_substitute))
        row.role = a.role or row.role
        row.listed.append((m, there))
        row.stood_in += stood_in

    def of(self, organization: str) -> list[Timeline]:
        """The timelines of an organisation, one for each body that lists somebody for it, the longest first."""
        bodies: dict[str, list[Holder]] = defaultdict(list)
        for (body, _, _), row in self._rows.get(organization, {}).items():
            bodies[body].append(row)
        found = [self._timeline(body, rows) for body, rows in bodies.items()]
        return sorted(found, key=lambda t: (-len(t.meetings), t.body))

    def _timeline(self, body: str, rows: list[Holder]) -> Timeline:
        ends = [(row.first, row.last) for row in rows]
        first = min((a for a, _ in ends), key=lambda m: (m.date, m.id))
        last = max((z for _, z in ends), key=lambda m: (m.date, m.id))
        posts: dict[str, list[Holder]] = defaultdict(list)
        for row in sorted(rows, key=lambda r: (r.first.date, r.last.date, r.person)):
            if not row.is_substitute:
                posts[names.key(row.role)].append(row)
        home = {row.person: key for key, holders in posts.items() for row in holders}
        behind: dict[str, list[Holder]] = defaultdict(list)
        for row in rows:
            if row.is_substitute:
                member = row.stood_in[0].member if row.stood_in else ""
                behind[home.get(member, "")].append(row)
        ordered = [row for key, holders in posts.items() for row in (*holders, *behind.pop(key, ()))]
        ordered += [row for others in behind.values() for row in others]
        handed = [tuple(holders) for key, holders in posts.items() if key and _in_turn(holders)]
        return Timeline(body, tuple(self.calls.between(body, first, last)), tuple(ordered), tuple(handed))

    def people(self, organization: str) -> list[str]:
        """Everybody who sat for an organisation, the last first; substitutes behind those who held a seat."""
        rows = sorted(self._rows.get(organization, {}).values(), key=lambda r: (r.last.date, r.last.id), reverse=True)
        return list(dict.fromkeys(r.person for r in sorted(rows, key=lambda r: r.is_substitute)))

    def now(self, organization: str) -> list[Holder]:
        """Who held its seats at the last meeting that lists somebody for it."""
        rows = [r for r in self._rows.get(organization, {}).values() if not r.is_substitute]
        last = max((r.last for r in rows), key=lambda m: (m.date, m.id), default=None)
        return [r for r in rows if r.last is last]


def _in_turn(holders: Iterable[Holder]) -> bool:
    """Whether a role went from one to the next, rather than being held by several at a time."""
    row = list(holders)
    return len(row) > 1 and all(a.last.date < b.first.date for a, b in pairwise(row))

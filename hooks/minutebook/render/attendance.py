"""Who stood how to which meeting: the seats of a person, who came for whom, and with whom somebody sat.

Gathered in one pass over the roll calls of all meetings; each question then costs what its own answer holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from minutebook.model import Archive, Attendance, Meeting

HOW = {
    "present": "present",
    "in_attendance": "in attendance",
    "by_substitute": "by substitute",
    "apologies": "apologies",
    "absent": "absent",
    "not_listed": "not listed",
    "no_list": "no list of who was there",
}
"""How a person may stand to a meeting, and what readers see; where a list holds a person twice, the first counts."""

IN_PERSON = ("present", "in_attendance")
COMPANIONS = 12
"""How many of the people with whom somebody sat are named."""
LOOKED_THROUGH = 50_000
"""Entries of roll calls that are counted at most for one person's company: where hundreds of members sit, the newest
meetings are enough."""


@dataclass(frozen=True)
class StandIn:
    """Somebody who came to a meeting in another's place; no id where the name could be two people's."""

    meeting: Meeting
    member: str
    member_name: str
    substitute: str
    substitute_name: str
    organization: str
    """Id of the organisation whose seat it is: the member's."""


@dataclass(frozen=True)
class Seat:
    """How a person stood to one meeting: `listed` is None where they were not on its roll call."""

    meeting: Meeting
    how: str
    """A key of `HOW`."""
    listed: Attendance | None = None
    came: StandIn | None = None
    """Who came in their place."""
    came_for: StandIn | None = None
    """In whose place they came."""


@dataclass(frozen=True)
class Record:
    """A person on one body: its meetings between the first and the last that list them, the earliest first."""

    body: str
    seats: tuple[Seat, ...]

    @cached_property
    def hows(self) -> Counter[str]:
        return Counter(s.how for s in self.seats)

    @property
    def attended(self) -> int:
        return sum(self.hows[how] for how in IN_PERSON)

    @property
    def for_others(self) -> int:
        """Of the meetings attended, those to which they came in somebody's place."""
        return sum(1 for s in self.seats if s.came_for and s.how in IN_PERSON)

    @property
    def years(self) -> list[tuple[int, list[Seat]]]:
        return [(year, list(seats)) for year, seats in groupby(self.seats, key=lambda s: s.meeting.date.year)]


@dataclass(frozen=True)
class Company:
    """With whom somebody sat: (person id, at how many of the same meetings), the most frequent first."""

    most: tuple[tuple[str, int], ...] = ()
    others: int = 0
    """People besides."""
    meetings: int = 0
    """That were counted, the newest ones."""
    of: int = 0
    """That the person attended."""


class RollCalls:
    """The roll calls of an archive, by person and by body."""

    def __init__(self, archive: Archive) -> None:
        self.meetings: dict[str, list[Meeting]] = defaultdict(list)
        """Of a body, the earliest first."""
        self.there: dict[str, tuple[str, ...]] = {}
        """Meeting id -> the people who attended."""
        self.stood_in: dict[str, list[StandIn]] = defaultdict(list)
        """By those who came and by those for whom they came, the newest first."""
        self.substitutions: dict[str, list[StandIn]] = {}
        """Meeting id -> who came for whom."""
        self._listed: dict[str, list[tuple[Meeting, Attendance]]] = defaultdict(list)
        self._records: dict[str, list[Record]] = {}
        for m in archive.meetings:
            self.meetings[m.body].append(m)
            self._gather(m)
        self._place: dict[str, int] = {}
        for met in self.meetings.values():
            met.reverse()
            self._place |= {m.id: i for i, m in enumerate(met)}

    def _gather(self, m: Meeting) -> None:
        found = self.substitutions[m.id] = list(stand_ins(m))
        for x in found:
            for person in {x.member, x.substitute} - {""}:
                self.stood_in[person].append(x)
        away = {x.member for x in found}
        there = []
        for a, person in zip(m.minutes.people, m.people, strict=True):
            self._listed[person].append((m, a))
            if a.status in IN_PERSON and person not in away and not a.represented_by:
                there.append(person)
        self.there[m.id] = tuple(dict.fromkeys(there))

    def between(self, body: str, first: Meeting, last: Meeting) -> list[Meeting]:
        """The meetings of a body from one to another, both included."""
        return self.meetings[body][self._place[first.id] : self._place[last.id] + 1]

    def records(self, person: str) -> list[Record]:
        """The record of a person on each body, the one that listed them last first."""
        if person not in self._records:
            self._records[person] = list(self._read(person))
        return self._records[person]

    def _read(self, person: str) -> Iterator[Record]:
        entries: dict[str, list[tuple[Meeting, Attendance]]] = defaultdict(list)
        for m, a in self._listed.get(person, ()):
            entries[m.body].append((m, a))
        for body, listed in entries.items():
            found: dict[str, list[Attendance]] = defaultdict(list)
            for m, a in listed:
                found[m.id].append(a)
            met = self.between(body, listed[-1][0], listed[0][0])
            yield Record(body, tuple(self._seat(person, m, found.get(m.id, ())) for m in met))

    def _seat(self, person: str, m: Meeting, entries: list[Attendance] | tuple[()]) -> Seat:
        changed = [x for x in self.substitutions[m.id] if person in (x.member, x.substitute)]
        came = next((x for x in changed if x.member == person), None)
        came_for = next((x for x in changed if x.substitute == person), None)
        if not entries and not came:
            return Seat(m, "not_listed" if m.minutes.people else "no_list")
        order = list(HOW)
        hows = ["by_substitute" if came or a.represented_by else a.status for a in entries] or ["by_substitute"]
        best = min(range(len(hows)), key=lambda i: order.index(hows[i]))
        return Seat(m, hows[best], entries[best] if entries else None, came, came_for)

    def company(self, person: str) -> Company:
        """With whom a person sat: who attended the same meetings in person, of any body."""
        attended = [s.meeting for r in self.records(person) for s in r.seats if s.how in IN_PERSON]
        attended.sort(key=lambda m: (m.date, m.id), reverse=True)
        met: Counter[str] = Counter()
        looked = counted = 0
        for m in attended:
            if looked >= LOOKED_THROUGH:
                break
            met.update(self.there[m.id])
            looked += len(self.there[m.id])
            counted += 1
        met.pop(person, None)
        most = sorted(met.items(), key=lambda pair: (-pair[1], pair[0]))[:COMPANIONS]
        return Company(tuple(most), len(met) - len(most), counted, len(attended))


def stand_ins(m: Meeting) -> Iterator[StandIn]:
    """Who came to a meeting for whom, in the order of its list: as the member's entry has it, or the substitute's."""
    entries = list(zip(m.minutes.people, m.people, m.organizations, strict=True))
    came: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, (a, _, _) in enumerate(entries):
        if a.name and a.represents:
            came[a.represents, a.name.full].append(i)
    told = set()
    for a, person, organization in entries:
        if not a.name or not a.represented_by:
            continue
        found = came.get((a.name.full, a.represented_by), [])
        told |= set(found)
        own = found[0] if len(found) == 1 else None
        substitute = m.person_of.get(a.represented_by, "") if own is None else m.people[own]
        seat = organization or ("" if own is None else m.organizations[own])
        yield StandIn(m, person, a.name.full, substitute, a.represented_by, seat)
    for i, (a, person, organization) in enumerate(entries):
        if a.name and a.represents and i not in told:
            yield StandIn(m, m.person_of.get(a.represents, ""), a.represents, person, a.name.full, organization)

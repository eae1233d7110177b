"""Who belonged to what, from when to when: the memberships of `popolo.json`, which says what stands in them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from minutebook import names
from minutebook.model import Archive, Person

MEMBERS = ("present", "apologies", "absent")
"""The statuses of those who are on a body's list of members."""


@dataclass
class Membership:
    """A membership in the making: from the first to the last day on which it was seen, or as the register has it."""

    person: str
    organization: str
    post: str = ""
    on_behalf_of: str = ""
    role: str = ""
    label: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    meetings: tuple[str, ...] = ()
    """The first and the last that list it; none where the register says it."""
    suffix: str = ""

    @property
    def id(self) -> str:
        behalf = f"/for/{self.on_behalf_of}" if self.on_behalf_of else ""
        return f"{self.person}/{self.post or self.organization}{behalf}{self.suffix}"

    def seen(self, day: dt.date, meeting: str) -> None:
        if self.first is None or day < self.first:
            self.first, self.meetings = day, (meeting, *self.meetings[1:])
        if self.last is None or day >= self.last:
            self.last, self.meetings = day, (self.meetings[0], meeting)


def memberships(whole: Archive) -> Iterator[Membership]:
    """Person by person: the register's posts, the roles that minutes list somebody in, the seats on bodies."""
    post_of = {(names.key(x.role), x.organization): p.id for p in whole.posts for x in p.holders}
    called = _organizations_by_name(whole)
    seats = _seats(whole)
    for p in whole.people:
        said = list(_register_posts(p, called, post_of))
        yield from said
        seen: dict[str, Membership] = {}
        for x in p.memberships:
            if x.organization:
                post = post_of.get((names.key(x.role), x.organization), "") if x.role else ""
                made = Membership(p.id, x.organization, post, role=x.role)
                made = seen.setdefault(made.id, made)
                for day, meeting in _ends(x.meetings, x.first, x.last, whole):
                    made.seen(day, meeting)
        yield from (x for x in seen.values() if not any(_holds(s, x) for s in said))
        yield from (x for x in seats.get(p.id, {}).values() if x.id not in seen)


def _ends(meetings: Iterable[str], first: dt.date, last: dt.date, whole: Archive) -> Iterator[tuple[dt.date, str]]:
    """(day, meeting) of the first and of the last meeting that list a role."""
    days = {whole.meeting[m].date: m for m in meetings if m in whole.meeting}
    yield first, days.get(first, "")
    yield last, days.get(last, "")


def _holds(said: Membership, seen: Membership) -> bool:
    """Whether what was seen is the post that the register has a period for."""
    same = (said.organization, names.key(said.role)) == (seen.organization, names.key(seen.role))
    begun = said.first is None or (seen.first is not None and said.first <= seen.first)
    return same and begun and (said.last is None or (seen.last is not None and seen.last <= said.last))


def _register_posts(
    p: Person, called: Mapping[str, frozenset[str]], post_of: Mapping[tuple[str, str], str]
) -> Iterator[Membership]:
    """The posts that the register gives somebody, of organisations that exactly one is called by that name."""
    for n, held in enumerate(p.entry.posts if p.entry else (), 1):
        ids = called.get(names.organization_key(held.organization), frozenset())
        if held.organization and len(ids) == 1:
            organization = next(iter(ids))
            post = post_of.get((names.key(held.role), organization), "")
            period = held.period
            yield Membership(
                p.id, organization, post, "", held.role, "", period.first, period.last, suffix=f"/register-{n}"
            )


def _organizations_by_name(whole: Archive) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for o in whole.organizations:
        for name in (o.name, *o.other_names, *o.acronyms, *((o.entry.name,) if o.entry else ())):
            found[names.organization_key(name)].add(o.id)
    return {name: frozenset(ids) for name, ids in found.items()}


def _seats(whole: Archive) -> dict[str, dict[str, Membership]]:
    """Person -> their memberships of bodies by id: those on the list of members, the earliest meeting first."""
    out: dict[str, dict[str, Membership]] = defaultdict(dict)
    for m in reversed(whole.meetings):
        for a, person, organization in zip(m.minutes.people, m.people, m.organizations, strict=True):
            if a.status not in MEMBERS or a.represents:
                continue
            seat = Membership(person, m.body, on_behalf_of=organization if organization != m.body else "")
            seat = out[person].setdefault(seat.id, seat)
            seat.label = ", ".join(filter(None, (a.role, a.organization))) or seat.label
            seat.seen(m.date, m.id)
    return out

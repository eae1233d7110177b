"""The pages of people, organisations and topics: what the record holds on each, newest first, with its addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from minutebook.model import Archive, Meeting, Organization, Person, Settings
from minutebook.render import alphabet, atoz, browse, known_as, lives, pictures
from minutebook.render.attendance import HOW, IN_PERSON, Record
from minutebook.render.holdings import Holdings
from minutebook.render.meeting import action_text
from minutebook.render.page import Sheet, count, write
from minutebook.render.topics import pages as pages_of_topics

ACTIONS = 50
"""Open actions, and closed ones, on a profile: some body's secretariat has thousands."""
NAMED = 3
"""How many of an organisation's people the index names."""


def people(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of people, and a page for each."""
    held = Holdings(archive)
    total = count(len(archive.people), "person", "people")
    records = {p.id: held.calls.records(p.id) for p in archive.people}
    index = atoz.pages(
        archive,
        settings,
        "people",
        "People",
        (alphabet.person(p.name, p, settings.language) for p in archive.people),
        nouns=("person", "people"),
        first=sorted((p for p in archive.people if held.mentions[p.id]), key=lambda p: (-held.mentions[p.id], p.id)),
        why="Named most often",
        attended={id_: sum(r.attended for r in found) for id_, found in records.items()},
        of={id_: sum(len(r.seats) for r in found) for id_, found in records.items()},
        mentions=held.mentions,
        description=f"{total} in these minutes: who attended, what they said, what they were asked to do.",
    )
    return [*index, *(person(archive, p, held, settings.portable) for p in archive.people)]


def person(archive: Archive, p: Person, held: Holdings, portable: bool = False) -> Sheet:
    """The page of one person; `portable` without the strips of meetings, which are nothing without our theme."""
    records = held.calls.records(p.id)
    organisations = [archive.organization[x.organization].name for x in p.memberships if x.organization]
    role = ", ".join(filter(None, [*(x.role for x in p.memberships[:1]), *organisations[:1]]))
    return write(
        archive,
        "person",
        p.address,
        p.styled,
        tab="people/",
        trail=(("People", "people/"),),
        description=f"{p.name} in the minutes{': ' + role if role else ''}",
        matter={
            "name": p.name,
            "organisations": list(dict.fromkeys(organisations)),
            "topics": [t.name for t, _ in held.topics_of(p.id)],
            "actions": [f"{m.id}/action-{a.number}" for m, a in held.actions[p.id]],
        },
        portable=portable,
        person=p,
        known=known_as.person(p),
        memberships=[
            (x, archive.organization.get(x.organization), archive.organization[x.body]) for x in p.memberships
        ],
        posts=[
            (p, x, held.organization_called(x.organization), known_as.period(x.period))
            for x in (p.entry.posts if p.entry else ())
        ],
        bodies=len(held.meetings),
        owned=held.actions[p.id],
        led=held.items[p.id],
        entries=held.entries(p.id, p.address),
        topics=held.topics_of(p.id),
        company=held.calls.company(p.id),
        status=lives.status,
        MOST=ACTIONS,
        action_text=action_text,
        **_attendance(records),
        **_substitutes(p.id, held),
    )


def _attendance(records: list[Record]) -> dict[str, Any]:
    """What a person's page says of the meetings of each body, and what it draws them with."""
    seats = [s for r in records for s in r.seats]
    return {
        "records": records,
        "attended": sum(r.attended for r in records),
        "of": len(seats),
        "hows": {s.how for s in seats},
        "split": [how for how in HOW if how not in IN_PERSON],
        "how_words": HOW,
        "seats": sorted(seats, key=lambda s: (s.meeting.date, s.meeting.id), reverse=True),
        "strip": pictures.strip,
        "key": pictures.key,
    }


def _substitutes(id_: str, held: Holdings) -> dict[str, Any]:
    """Who came for a person, and for whom they came: (person id, name, meetings), the newest first."""
    came: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    came_for: dict[tuple[str, str], list[Meeting]] = defaultdict(list)
    for x in held.calls.stood_in.get(id_, ()):
        if x.member == id_:
            came[x.substitute, x.substitute_name].append(x.meeting)
        if x.substitute == id_:
            came_for[x.member, x.member_name].append(x.meeting)
    return {"came": [(*who, met) for who, met in came.items()], "came_for": [(*w, met) for w, met in came_for.items()]}


def organisations(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of organisations, and a page for each."""
    held = Holdings(archive)
    series: dict[str, list[browse.Series]] = defaultdict(list)
    for s in browse.series(archive):
        series[s.meetings[0].body].append(s)
    total = count(len(archive.organizations), "organisation")
    index = atoz.pages(
        archive,
        settings,
        "organisations",
        "Organisations",
        (alphabet.words(o.name, o, settings.language) for o in archive.organizations),
        nouns=("organisation", "organisations"),
        first=sorted(
            (o for o in archive.organizations if held.mentions[o.id]), key=lambda o: (-held.mentions[o.id], o.id)
        ),
        why="Named most often",
        people={o.id: held.seats.people(o.id) for o in archive.organizations},
        named=NAMED,
        mentions=held.mentions,
        description=f"{total} in these minutes: who represented them, and what they are to do.",
    )
    return [*index, *(organisation(archive, o, held, series[o.id], settings.portable) for o in archive.organizations)]


def organisation(
    archive: Archive, o: Organization, held: Holdings, series: Sequence[browse.Series] = (), portable: bool = False
) -> Sheet:
    """The page of one organisation, and of its `series` of meetings; `portable` without the picture of its seat."""
    people = held.seats.people(o.id)
    return write(
        archive,
        "organisation",
        o.address,
        o.name,
        tab="organisations/",
        trail=(("Organisations", "organisations/"),),
        description=f"{o.name} in the minutes: who represented it, its actions, and where it is mentioned.",
        matter={
            "name": o.name,
            "people": [archive.person[id_].name for id_ in people],
            "topics": [t.name for t, _ in held.topics_of(o.id)],
            "actions": [f"{m.id}/action-{a.number}" for m, a in held.actions[o.id]],
        },
        portable=portable,
        organization=o,
        known=known_as.organization(o),
        parent=archive.organization.get(o.parent),
        parts=sorted(held.parts[o.id], key=lambda x: alphabet.fold(x.name)),
        people=people,
        now=held.seats.now(o.id),
        timelines=held.seats.of(o.id),
        bar=pictures.bar,
        marks=pictures.marks,
        posts=[(p, x, o, known_as.period(x.period)) for p, x in held.posts[o.id]],
        bodies=len(held.meetings),
        owned=held.actions[o.id],
        led=held.items[o.id],
        met=held.meetings.get(o.id, []),
        series=series,
        entries=held.entries(o.id, o.address),
        topics=held.topics_of(o.id),
        status=lives.status,
        MOST=ACTIONS,
        action_text=action_text,
    )


def topics(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of topics, and a page for each."""
    last = {t.id: max(archive.meeting[m].date for m, _ in t.items) for t in archive.topics}
    index = atoz.pages(
        archive,
        settings,
        "topics",
        "Topics",
        (alphabet.words(t.name, t, settings.language) for t in archive.topics),
        nouns=("topic", "topics"),
        first=sorted(archive.topics, key=lambda t: (last[t.id], len(t.items), t.id), reverse=True),
        why="Heard of last",
        began={t.id: min(archive.meeting[m].date for m, _ in t.items) for t in archive.topics},
        last=last,
        description=f"{count(len(archive.topics), 'topic')} that these meetings dealt with.",
    )
    return [*index, *pages_of_topics(archive, settings)]

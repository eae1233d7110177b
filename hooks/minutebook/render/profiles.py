"""The pages of people, organisations and topics: what the record holds on each, newest first, with its addresses."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from minutebook.model import Archive, Attendance, Meeting, Membership, Organization, Person, Settings, Topic
from minutebook.render.markdown import Inline
from minutebook.render.meeting import action_text, owners, since
from minutebook.render.page import Sheet, count, write

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """A paragraph of the record, shown elsewhere: where it stands, and its words with links."""

    meeting: Meeting
    item: str
    anchor: str
    label: str
    words: str


@dataclass(frozen=True)
class Seat:
    """How a person stood to one meeting: `listed` is None where they were not on its roll call."""

    meeting: Meeting
    listed: Attendance | None

    @property
    def how(self) -> str:
        if self.listed is None:
            return "not_listed"
        return "by_substitute" if self.listed.represented_by else self.listed.status


HOW = {
    "present": "present",
    "in_attendance": "in attendance",
    "by_substitute": "by substitute",
    "apologies": "apologies",
    "absent": "absent",
    "not_listed": "not listed",
}


def people(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of people, and a page for each."""
    counts = Counter(x.person for m in archive.meetings for x in m.mentions if x.person)
    rows = sorted(archive.people, key=lambda p: sort_name(p.name))
    index = write(
        archive,
        "people",
        "people/",
        "People",
        tab="people/",
        groups=by_letter((sort_name(p.name), p) for p in rows),
        total=len(rows),
        attended={p.id: sum(s.how in ("present", "in_attendance") for s in seats(archive, p)) for p in rows},
        mentions=counts,
        description=f"{count(len(rows), 'person', 'people')} in these minutes: who attended, what they said, what they were asked to do.",
    )
    record = _Record(archive)
    return [index, *(person(archive, p, record) for p in archive.people)]


def person(archive: Archive, p: Person, record: _Record) -> Sheet:
    """The page of one person."""
    sat = seats(archive, p)
    hows = Counter(s.how for s in sat)
    listed = len(sat) - hows["not_listed"]
    owned = [(m, a) for m in archive.meetings for a in m.actions if any(o.person == p.id for o in a.owners)]
    led = [(m, i) for m in archive.meetings for i in m.items if any(o.person == p.id for o in i.owners)]
    entries = record.of(p.id, f"people/{p.id}/")
    stood_in = [(m, a.represented_by) for m, a in _listed(archive, p) if a.represented_by]
    stood_for = [(m, a.represents) for m, a in _listed(archive, p) if a.represents]
    organisations = list(
        dict.fromkeys(archive.organization[x.organization].name for x in p.memberships if x.organization)
    )
    return write(
        archive,
        "person",
        p.address,
        p.styled,
        tab="people/",
        trail=(("People", "people/"),),
        description=f"{p.name} in the minutes: {', '.join(filter(None, [m.role for m in p.memberships[:1]] + organisations[:1]))}".rstrip(
            ": "
        ),
        matter={
            "name": p.name,
            "organisations": organisations,
            "actions": [f"{m.id}/action-{a.number}" for m, a in owned],
        },
        person=p,
        memberships=[
            (x, archive.organization.get(x.organization), archive.organization[x.body]) for x in p.memberships
        ],
        seats=sorted(sat, key=lambda s: (s.meeting.date, s.meeting.id)),
        hows=hows,
        listed=listed,
        how_words=HOW,
        owned=owned,
        led=led,
        entries=entries,
        stood_in=stood_in,
        stood_for=stood_for,
        since=since,
        action_text=action_text,
    )


def seats(archive: Archive, p: Person) -> list[Seat]:
    """The meetings of each body between the first and the last that list a person, with how they are listed."""
    listed = dict(_by_meeting(archive, p))
    spans: dict[str, tuple[dt.date, dt.date]] = {}
    for meeting in listed:
        m = archive.meeting[meeting]
        first, last = spans.get(m.body, (m.date, m.date))
        spans[m.body] = min(first, m.date), max(last, m.date)
    return [
        Seat(m, listed.get(m.id))
        for m in archive.meetings
        if m.body in spans and spans[m.body][0] <= m.date <= spans[m.body][1]
    ]


def _by_meeting(archive: Archive, p: Person) -> Iterator[tuple[str, Attendance]]:
    for x in p.appearances:
        yield x.meeting, x.attendance


def _listed(archive: Archive, p: Person) -> Iterator[tuple[Meeting, Attendance]]:
    for meeting, attendance in _by_meeting(archive, p):
        yield archive.meeting[meeting], attendance


def organisations(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of organisations, and a page for each."""
    seats_of: dict[str, list[Membership]] = defaultdict(list)
    for p in archive.people:
        for x in p.memberships:
            if x.organization:
                seats_of[x.organization].append(x)
    rows = sorted(archive.organizations, key=lambda o: sort_words(o.name))
    counts = Counter(x.organization for m in archive.meetings for x in m.mentions if x.organization)
    index = write(
        archive,
        "organisations",
        "organisations/",
        "Organisations",
        tab="organisations/",
        total=len(rows),
        groups=by_letter((sort_words(o.name), o) for o in rows),
        seats=seats_of,
        mentions=counts,
        description=f"{count(len(rows), 'organisation')} in these minutes: who represented them, and what they are to do.",
    )
    record = _Record(archive)
    return [index, *(organisation(archive, o, seats_of[o.id], record) for o in archive.organizations)]


def organisation(archive: Archive, o: Organization, held: Sequence[Membership], record: _Record) -> Sheet:
    """The page of one organisation."""
    owned = [(m, a) for m in archive.meetings for a in m.actions if any(x.organization == o.id for x in a.owners)]
    led = [(m, i) for m in archive.meetings for i in m.items if any(x.organization == o.id for x in i.owners)]
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
            "people": [archive.person[x.person].name for x in held],
            "actions": [f"{m.id}/action-{a.number}" for m, a in owned],
        },
        organization=o,
        held=sorted(held, key=lambda x: (x.first, x.last, x.person)),
        owned=owned,
        led=led,
        since=since,
        action_text=action_text,
        met=[m for m in archive.meetings if m.body == o.id],
        entries=record.of(o.id, o.address),
    )


def topics(archive: Archive, settings: Settings) -> list[Sheet]:
    """The index of topics, and a page for each."""
    last = {t.id: max(archive.meeting[m].date for m, _ in t.items) for t in archive.topics}
    index = write(
        archive,
        "topics",
        "topics/",
        "Topics",
        tab="topics/",
        groups=by_letter((sort_words(t.name), t) for t in archive.topics),
        total=len(archive.topics),
        last=last,
        description=f"{count(len(archive.topics), 'topic')} that these meetings dealt with.",
    )
    return [index, *(topic(archive, t) for t in archive.topics)]


def topic(archive: Archive, t: Topic) -> Sheet:
    """The page of one topic."""
    found = sorted(((archive.meeting[m], i) for m, i in t.items), key=lambda x: (x[0].date, x[0].id), reverse=True)
    actions = [(m, a) for m, i in found for a in m.actions if a.item == i]
    decisions = [(m, d) for m, i in found for d in m.decisions if d.item == i]
    spoke: Counter[str] = Counter()
    for m, i in found:
        item = m.items[i].item
        spoke.update(x.person for x in m.mentions if x.person and item.heading <= x.block < item.end)
    return write(
        archive,
        "topic",
        t.address,
        t.name,
        tab="topics/",
        trail=(("Topics", "topics/"),),
        description=f"{t.name}: {count(len(found), 'item')} of business, {count(len(actions), 'action')}.",
        matter={
            "people": [archive.person[p].name for p, _ in spoke.most_common()],
            "actions": [f"{m.id}/action-{a.number}" for m, a in actions],
        },
        topic=t,
        found=[(m, m.items[i]) for m, i in found],
        actions=actions,
        decisions=decisions,
        people=spoke.most_common(),
        openings=[_opening(archive, t.address, m, i) for m, i in found],
        owners=owners,
        since=since,
        action_text=action_text,
    )


def _opening(archive: Archive, here: str, m: Meeting, i: int) -> str:
    """The first paragraph of an item, which says what it was about."""
    item = m.items[i].item
    first = next((b for b in range(item.heading, item.end) if b in m.paragraphs), None)
    if first is None:
        return ""
    return Inline(archive, here).write(m.minutes.blocks[first].text, [x for x in m.mentions if x.block == first])


class _Record:
    """The paragraphs in which each person and organisation is mentioned."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.places: dict[str, list[tuple[Meeting, int]]] = defaultdict(list)
        for m in archive.meetings:
            for x in m.mentions:
                for id_ in (x.person, x.organization):
                    if id_ and (m, x.block) not in self.places[id_][-1:]:
                        self.places[id_].append((m, x.block))

    def of(self, id_: str, here: str) -> list[Entry]:
        """What is recorded of somebody, newest first; headings and owner lines stand under the items they lead."""
        inline = Inline(self.archive, here)
        out = []
        for m, block in self.places.get(id_, ()):
            b = m.minutes.blocks[block]
            anchor, label = _place(m, block)
            if not anchor:
                continue
            at = m.minutes.item_of(block)
            title = m.items[at].item if at is not None else None
            item = f"{title.number}. {title.title}" if title and title.number else title.title if title else ""
            words = inline.write(b.text, [x for x in m.mentions if x.block == block], marked=id_)
            out.append(Entry(m, item, anchor, label, words))
        return out


def _place(m: Meeting, block: int) -> tuple[str, str]:
    """(anchor, what to call it) of a paragraph, an action or a decision."""
    if number := m.paragraphs.get(block):
        return "p-" + number.lower().replace(".", "-"), number
    for a in m.actions:
        if a.action.block == block:
            return f"action-{a.number}", f"action {a.number}"
    for d in m.decisions:
        if d.decision.block == block:
            return f"decision-{d.number}", f"decision {d.number}"
    return "", ""


def sort_name(name: str) -> str:
    """A person's name to sort by: the surname first."""
    words = name.split()
    return sort_words(f"{words[-1]} {' '.join(words[:-1])}") if words else ""


def sort_words(text: str) -> str:
    """A text to sort by, without articles and case."""
    folded = text.casefold()
    return folded.removeprefix("the ")


def by_letter(rows: Iterable[tuple[str, T]]) -> list[tuple[str, list[T]]]:
    """Rows under the letter that they are sorted by; what begins with none stands under "#"."""
    out: dict[str, list[T]] = defaultdict(list)
    for key, row in sorted(rows, key=lambda r: r[0]):
        out[key[0].upper() if key[:1].isalpha() else "#"].append(row)
    return list(out.items())

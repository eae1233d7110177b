"""What the record holds on each person, organisation and topic, gathered in one pass over all meetings.

A profile then looks up what is its own, so that no page costs more because the archive grew elsewhere.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from minutebook.model import (
    Archive,
    Attendance,
    Meeting,
    Membership,
    Person,
    ResolvedAction,
    ResolvedItem,
    Topic,
    paragraph_anchor,
)
from minutebook.render.markdown import Inline

HOW = {
    "present": "present",
    "in_attendance": "in attendance",
    "by_substitute": "by substitute",
    "apologies": "apologies",
    "absent": "absent",
    "not_listed": "not listed",
}
"""How a person may stand to a meeting, and what readers see."""


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


@dataclass
class Holdings:
    """Lists by the id of a person or an organisation, newest meeting first."""

    archive: Archive
    actions: dict[str, list[tuple[Meeting, ResolvedAction]]] = field(default_factory=lambda: defaultdict(list))
    items: dict[str, list[tuple[Meeting, ResolvedItem]]] = field(default_factory=lambda: defaultdict(list))
    meetings: dict[str, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    """Of a body."""
    represented: dict[str, list[Membership]] = field(default_factory=lambda: defaultdict(list))
    """An organisation's, by whoever sat for it."""
    mentions: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[tuple[Meeting, int]]] = field(default_factory=lambda: defaultdict(list))
    """Blocks with a mention."""
    topics: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    """How often somebody is named under each topic."""

    def __post_init__(self) -> None:
        for m in self.archive.meetings:
            self.meetings[m.body].append(m)
            for a in m.actions:
                for owner in dict.fromkeys(o.person or o.organization for o in a.owners):
                    self.actions[owner].append((m, a))
            for i in m.items:
                for owner in dict.fromkeys(o.person or o.organization for o in i.owners):
                    self.items[owner].append((m, i))
            for x in m.mentions:
                if id_ := x.person or x.organization:
                    self.mentions[id_] += 1
                    at = m.minutes.item_of(x.block)
                    if at is not None and m.items[at].topic:
                        self.topics[id_][m.items[at].topic] += 1
                    if not self.places[id_] or self.places[id_][-1] != (m, x.block):
                        self.places[id_].append((m, x.block))
        for p in self.archive.people:
            for held in p.memberships:
                if held.organization:
                    self.represented[held.organization].append(held)

    def topics_of(self, id_: str) -> list[tuple[Topic, int]]:
        """The topics under which somebody is named, the most frequent first, with how often."""
        found = ((self.archive.topic[t], n) for t, n in self.topics[id_].items())
        return sorted(found, key=lambda pair: (-pair[1], pair[0].name))

    def seats(self, p: Person) -> list[Seat]:
        """The meetings of each body between the first and the last that list a person, newest first."""
        listed = {x.meeting: x.attendance for x in p.appearances}
        dates: dict[str, list[dt.date]] = defaultdict(list)
        for id_ in listed:
            dates[self.archive.meeting[id_].body].append(self.archive.meeting[id_].date)
        out = []
        for body, on in dates.items():
            oldest_first = self.meetings[body][::-1]
            first = bisect_left(oldest_first, min(on), key=lambda m: m.date)
            last = bisect_right(oldest_first, max(on), key=lambda m: m.date)
            out += [Seat(m, listed.get(m.id)) for m in oldest_first[first:last]]
        return sorted(out, key=lambda s: (s.meeting.date, s.meeting.id), reverse=True)

    def entries(self, id_: str, here: str) -> list[Entry]:
        """What is recorded of somebody, newest first; headings and owner lines stand under the items they lead."""
        inline = Inline(self.archive, here)
        out = []
        for m, block in self.places.get(id_, ()):
            anchor, label = place(m, block)
            if anchor:
                words = inline.write(m.minutes.blocks[block].text, m.mentions_in[block], marked=id_)
                out.append(Entry(m, item_title(m, m.minutes.item_of(block)), anchor, label, words))
        return out


def place(m: Meeting, block: int) -> tuple[str, str]:
    """(anchor, what to call it) of a paragraph, an action or a decision; nothing for any other block."""
    if number := m.paragraphs.get(block):
        return paragraph_anchor(number), number
    for a in m.actions:
        if a.action.block == block:
            return f"action-{a.number}", f"action {a.number}"
    for d in m.decisions:
        if d.decision.block == block:
            return f"decision-{d.number}", f"decision {d.number}"
    return "", ""


def item_title(m: Meeting, index: int | None) -> str:
    """An item's number and title: "3. Budget"; nothing outside of items."""
    if index is None:
        return ""
    item = m.items[index].item
    return f"{item.number}. {item.title}" if item.number else item.title

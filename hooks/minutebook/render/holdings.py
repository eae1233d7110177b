"""What the record holds on each person, organisation and topic, gathered in one pass over all meetings.

A profile then looks up what is its own, so that no page costs more because the archive grew elsewhere.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from minutebook import names
from minutebook.model import (
    Archive,
    Meeting,
    Organization,
    Person,
    PostHeld,
    ResolvedAction,
    ResolvedItem,
    Topic,
    paragraph_anchor,
)
from minutebook.render.attendance import RollCalls
from minutebook.render.markdown import Inline
from minutebook.render.timeline import Seats


@dataclass(frozen=True)
class Entry:
    """A paragraph of the record, shown elsewhere: where it stands, and its words with links."""

    meeting: Meeting
    item: str
    anchor: str
    label: str
    words: str


@dataclass
class Holdings:
    """Lists by the id of a person or an organisation, newest meeting first."""

    archive: Archive
    actions: dict[str, list[tuple[Meeting, ResolvedAction]]] = field(default_factory=lambda: defaultdict(list))
    items: dict[str, list[tuple[Meeting, ResolvedItem]]] = field(default_factory=lambda: defaultdict(list))
    meetings: dict[str, list[Meeting]] = field(default_factory=lambda: defaultdict(list))
    """Of a body."""
    parts: dict[str, list[Organization]] = field(default_factory=lambda: defaultdict(list))
    """Of an organisation."""
    posts: dict[str, list[tuple[Person, PostHeld]]] = field(default_factory=lambda: defaultdict(list))
    """An organisation's, as the register has them, the earliest first."""
    mentions: Counter[str] = field(default_factory=Counter)
    places: dict[str, list[tuple[Meeting, int]]] = field(default_factory=lambda: defaultdict(list))
    """Blocks with a mention."""
    topics: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(int)))
    """How often somebody is named under each topic."""

    def __post_init__(self) -> None:
        for m in self.archive.meetings:
            self.meetings[m.body].append(m)
            for a in m.tasks:
                for owner in dict.fromkeys(o.person or o.organization for o in a.owners):
                    self.actions[owner].append((m, a))
            for i in m.items:
                for owner in dict.fromkeys(o.person or o.organization for o in i.owners):
                    self.items[owner].append((m, i))
            for x in m.mentions:
                if id_ := x.person or x.organization:
                    self.mentions[id_] += 1
                    at = m.minutes.item_of(x.block)
                    for e in m.items[at].evidence if at is not None else ():
                        if e.in_title or x.block in e.blocks:
                            self.topics[id_][e.topic] += 1
                    if not self.places[id_] or self.places[id_][-1] != (m, x.block):
                        self.places[id_].append((m, x.block))
        self.calls = RollCalls(self.archive)
        self.seats = Seats(self.archive, self.calls)
        for o in self.archive.organizations:
            if o.parent:
                self.parts[o.parent].append(o)
        for p in self.archive.people:
            for post in p.entry.posts if p.entry else ():
                if held := self.organization_called(post.organization):
                    self.posts[held.id].append((p, post))
        for posts in self.posts.values():
            posts.sort(key=lambda x: (x[1].period.first or dt.date.min, x[0].id))

    @cached_property
    def _by_name(self) -> Mapping[str, frozenset[str]]:
        """Comparable name, or acronym -> the organisations that it may stand for."""
        out: dict[str, set[str]] = defaultdict(set)
        for o in self.archive.organizations:
            others = (*o.other_names, *o.acronyms)
            if o.entry:
                others += (o.entry.name, *(x.name for x in o.entry.other_names), *o.entry.acronyms)
            for name in (o.name, *others):
                out[names.organization_key(name)].add(o.id)
        return {name: frozenset(ids) for name, ids in out.items()}

    def organization_called(self, printed: str) -> Organization | None:
        """The one organisation that the register means by a name; None where there is none, or several."""
        ids = self._by_name.get(names.organization_key(printed), frozenset())
        return self.archive.organization[next(iter(ids))] if printed and len(ids) == 1 else None

    def topics_of(self, id_: str) -> list[tuple[Topic, int]]:
        """The topics under which somebody is named, the most frequent first, with how often."""
        found = ((self.archive.topic[t], n) for t, n in self.topics[id_].items())
        return sorted(found, key=lambda pair: (-pair[1], pair[0].name))

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

"""What a search can find: one record for each meeting, item, action, decision, person, organisation and topic.

Each sentence of the minutes stands in one record, so that it is found once, and each record's address is the place
where it stands. Hand-written pages are found too, by section (`written`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from minutebook.model import Archive, Meeting, Membership, Mention, Organization, Owner, Page, Person, Topic
from minutebook.publish.search.pieces import Piece, pieces

OF_MEETINGS = ("meeting", "item", "action", "decision")
"""The kinds of records that a meeting has, in this order. `meeting` is what stands outside every item: header, roll
call, foot."""
PROFILES = ("person", "organisation", "topic")
OTHERS = (*PROFILES, "page")
"""The kinds of those that belong to no meeting; a `page` is a section of one that was written by hand."""


@dataclass(frozen=True)
class Record:
    """Something to be found: a place on a page."""

    kind: str
    """One of `OF_MEETINGS` or `OTHERS`."""
    title: str
    text: tuple[tuple[Piece, ...], ...]
    """By paragraph."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """`person`, `organisation`, `topic` -> the values that the record has; of a profile, `body` too."""
    anchor: str = ""
    item: str = ""
    """The title of the item that it stands in, where it is no item itself."""
    about: str = ""
    """Of a profile, what a result says besides the name."""
    forms: int = 0
    """Of a profile, how many of the paragraphs are forms of the name; the others are roles."""


@dataclass(frozen=True)
class Group:
    """The records of one page."""

    address: str
    title: str
    records: tuple[Record, ...]
    body: str = ""
    """Whose meeting it is, as the facet calls it."""
    date: str = ""
    """ISO 8601; of a profile, when it was last heard of."""


@dataclass
class _Named:
    """Who and what a record names, for its facets."""

    people: set[str] = field(default_factory=set)
    organizations: set[str] = field(default_factory=set)

    def add(self, found: Iterable[Mention | Owner]) -> None:
        for x in found:
            self.people |= {x.person} - {""}
            self.organizations |= {x.organization} - {""}


class _Labels:
    """What facets call people, organisations and topics: by name; a later namesake by the end of the address too.

    The first keeps the name alone, so that a search that was kept still means the same.
    """

    def __init__(self, archive: Archive) -> None:
        self.person = self._of(archive.people)
        self.organization = self._of(archive.organizations)
        self.topic = self._of(archive.topics)

    @staticmethod
    def _of(nouns: Sequence[Person | Organization | Topic]) -> dict[str, str]:
        first: dict[str, str] = {}
        for n in sorted(nouns, key=lambda n: n.id):
            first.setdefault(n.name, n.id)
        return {n.id: n.name if first[n.name] == n.id else f"{n.name} ({n.id})" for n in nouns}


def groups(archive: Archive, pages: Mapping[str, Page]) -> Iterator[Group]:
    """Every record of an archive by page: meetings from the oldest on, then each kind of profile, last heard of last.

    `pages` are the generated ones, by address.
    """
    labels = _Labels(archive)
    for m in reversed(archive.meetings):
        title = pages[m.address].title
        found = tuple(_Minutes(archive, m, labels, title).records())
        yield Group(m.address, title, found, labels.organization[m.body], str(m.date))
    yield from _profiles(archive, labels)


class _Minutes:
    """The records of one meeting."""

    def __init__(self, archive: Archive, m: Meeting, labels: _Labels, title: str) -> None:
        self.archive, self.meeting, self.labels, self.title = archive, m, labels, title
        self.initials = {p: a.initials for a, p in zip(m.minutes.people, m.people, strict=True) if a.initials}

    def records(self) -> Iterator[Record]:
        """The meeting's own record, then those of its items, actions and decisions."""
        m = self.meeting
        apart = {a.action.block for a in m.actions} | {d.decision.block for d in m.decisions}
        apart |= {i.item.heading for i in m.items}
        blocks: dict[int | None, list[int]] = defaultdict(list)
        for b in range(len(m.minutes.blocks)):
            if b not in apart:
                blocks[m.minutes.item_of(b)].append(b)
        there = _Named(set(m.people) | {p for _, p in m.chairs if p}, {m.body, *m.organizations} - {""})
        yield self._record("", "meeting", self.title, blocks[None], there)
        for k, i in enumerate(m.items):
            named = _Named()
            named.add(i.owners)
            named.add(m.mentions_in.get(i.item.heading, ()))
            yield self._record(f"item-{i.key}", "item", i.item.title, blocks[k], named, k)
        for a in m.actions:
            named = _Named()
            named.add(a.owners)
            yield self._record(f"action-{a.number}", "action", f"Action {a.number}", [a.action.block], named, a.item)
        for d in m.decisions:
            title = f"Decision {d.number}"
            yield self._record(f"decision-{d.number}", "decision", title, [d.decision.block], _Named(), d.item)

    def _record(
        self, anchor: str, kind: str, title: str, blocks: list[int], named: _Named, item: int | None = None
    ) -> Record:
        m = self.meeting
        text = []
        for b in blocks:
            mentions = m.mentions_in.get(b, ())
            named.add(mentions)
            text.append(tuple(pieces(m.minutes.blocks[b].text.plain, mentions, self.archive, self.initials)))
        within = m.items[item] if item is not None else None
        # an action is about what its own words or the item's title say, and not about all else that the item comes to
        topics = [t for t in within.topics if kind == "item" or within.deals_with(t, blocks[0])] if within else []
        facets = {
            "person": tuple(sorted(self.labels.person[p] for p in named.people)),
            "organisation": tuple(sorted(self.labels.organization[o] for o in named.organizations)),
            "topic": tuple(sorted(self.labels.topic[t] for t in topics)),
        }
        heading = within.item.title if within and kind != "item" else ""
        return Record(kind, title, tuple(text), {k: v for k, v in facets.items() if v}, anchor, heading)


def _profiles(archive: Archive, labels: _Labels) -> Iterator[Group]:
    """The records of people, organisations and topics: who or what they are, and every form of the name."""
    heard: dict[str, str] = {}
    bodies: dict[str, set[str]] = defaultdict(set)
    for m in reversed(archive.meetings):
        topics = (t for i in m.items for t in i.topics)
        named = (n for x in m.mentions for n in (f"p/{x.person}", f"o/{x.organization}"))
        listed = [*(f"p/{p}" for p in m.people), *(f"o/{o}" for o in (m.body, *m.organizations))]
        for key in (*named, *listed, *(f"t/{t}" for t in topics)):
            heard[key] = str(m.date)
            bodies[key].add(labels.organization[m.body])

    def profile(
        kind: str,
        key: str,
        address: str,
        name: str,
        label: str,
        names: Sequence[str],
        roles: Sequence[str] = (),
        about: str = "",
    ) -> Group:
        facets = {kind: (label,), "body": tuple(sorted(bodies[key]))}
        forms = list(dict.fromkeys(filter(None, names)))
        text = tuple((x,) for x in [*forms, *dict.fromkeys(filter(None, roles))])
        record = Record(kind, name, text, {k: v for k, v in facets.items() if v}, about=about, forms=len(forms))
        return Group(address, name, (record,), date=heard.get(key, ""))

    found = []
    for p in archive.people:
        roles = [_role(x, archive) for x in sorted(p.memberships, key=lambda x: x.last, reverse=True)]
        names = (p.styled, *p.other_names, *(a.attendance.initials for a in p.appearances))
        about = roles[0] if roles else ""
        found.append(profile("person", f"p/{p.id}", p.address, p.name, labels.person[p.id], names, roles, about))
    for o in archive.organizations:
        names = (o.name, *o.acronyms, *o.other_names)
        about = ", ".join(o.acronyms)
        label = labels.organization[o.id]
        found.append(profile("organisation", f"o/{o.id}", o.address, o.name, label, names, (), about))
    for t in archive.topics:
        names = (t.name, *t.other_names)
        found.append(profile("topic", f"t/{t.id}", t.address, t.name, labels.topic[t.id], names))
    found.sort(key=lambda g: (PROFILES.index(g.records[0].kind), g.date))
    yield from found


def _role(x: Membership, archive: Archive) -> str:
    organization = archive.organization.get(x.organization)
    return ", ".join(filter(None, (x.role, organization.name if organization else "")))

"""A meeting by whom and what it names: its paragraphs, actions and items for each person and organisation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from minutebook.model import (
    Archive,
    Attendance,
    Meeting,
    Owner,
    ResolvedAction,
    ResolvedItem,
    paragraph_anchor,
)
from minutebook.publish.sayings import actions


@dataclass
class About:
    """What one meeting holds on one person or organisation."""

    listed: list[Attendance] = field(default_factory=list)
    """Entries of the roll call: a person's own, or those who came for an organisation."""
    items: list[ResolvedItem] = field(default_factory=list)
    """Led by them."""
    actions: list[ResolvedAction] = field(default_factory=list)
    """Theirs."""
    blocks: dict[int, str] = field(default_factory=dict)
    """Block that names them -> its anchor; without those of their actions, which are told already."""


def told(archive: Archive, m: Meeting) -> dict[str, About]:
    """Address of a person or an organisation -> what the meeting holds on them, for those on whom it holds anything."""
    out: dict[str, About] = defaultdict(About)
    for a, person, organization in zip(m.minutes.people, m.people, m.organizations, strict=True):
        out[archive.person[person].address].listed.append(a)
        if organization:
            out[archive.organization[organization].address].listed.append(a)
    for i in m.items:
        for address in addresses(archive, i.owners):
            out[address].items.append(i)
    own: set[tuple[str, int]] = set()
    for action in actions(m):
        for address in addresses(archive, action.owners):
            out[address].actions.append(action)
            own.add((address, action.action.block))
    anchors = dict(_anchors(m))
    # There are hundreds of mentions in every meeting, and many of one name.
    named = {(x.person, x.organization, x.block) for x in m.mentions if x.block in anchors}
    for person, organization, block in sorted(named, key=lambda n: n[2]):
        for address in addresses(archive, (Owner("", person, organization),)):
            if (address, block) not in own:
                out[address].blocks[block] = anchors[block]
    return dict(out)


def addresses(archive: Archive, named: Iterable[Owner]) -> list[str]:
    """The addresses of those who are named, each once."""
    found = []
    for x in named:
        if x.person:
            found.append(archive.person[x.person].address)
        elif x.organization:
            found.append(archive.organization[x.organization].address)
    return list(dict.fromkeys(found))


def _anchors(m: Meeting) -> Iterator[tuple[int, str]]:
    """(block, its anchor on the meeting's page): of each paragraph, action and decision."""
    # Of a block that is several things, a paragraph counts before an action, and the first action before others.
    yield from ((d.decision.block, f"decision-{d.number}") for d in reversed(m.decisions))
    yield from ((a.action.block, f"action-{a.number}") for a in reversed(m.actions))
    yield from ((block, paragraph_anchor(number)) for block, number in m.paragraphs.items())

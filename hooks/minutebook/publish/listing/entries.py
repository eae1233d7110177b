"""What the lists hold: each action and each decision as a row, with what it is filtered by, sorted by and shown as.

Rows are numbered from the oldest, so that the newest first is this order backwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from minutebook.model import CLOSED, STATE_WORDS, STATES, Archive, Meeting, Owner, ResolvedAction, ResolvedDecision

Json = dict[str, object]
Value = tuple[str, str]
"""(what stands in the address of a search, what readers see): of somebody without a page the name is both."""

NOBODY: Value = ("nobody", "nobody named")


@dataclass(frozen=True)
class Entry:
    """One row."""

    meeting: Meeting
    shown: Json
    """What the row shows."""
    text: str
    """The words under which it is found."""
    facets: Mapping[str, Sequence[Value]]
    """Facet -> its values for this row; body and year come from the meeting."""
    due: dt.date | None = None
    heard: dt.date | None = None
    """When it was last heard of, where that is later than its meeting."""


@dataclass(frozen=True)
class Facet:
    """Something to filter by, and how it is asked for."""

    name: str
    """In addresses, and of the column."""
    label: str
    any: str
    """What its field says while it filters nothing."""
    kind: str
    """`one` (a list to choose from) or `name` (a field that suggests names)."""
    options: tuple[Value, ...] = ()
    """All that may be chosen, where that is known beforehand."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Options that stand for several values."""


@dataclass(frozen=True)
class Listing:
    """A list: what it is called, what it can be filtered by, and its rows, the oldest first."""

    name: str
    noun: tuple[str, str]
    facets: tuple[Facet, ...]
    entries: Sequence[Entry]
    past: Mapping[str, str] = field(default_factory=dict)
    """A filter by the reader's own day: its `name`, its `label`, and with `open` the group of states that it is of."""


_BODY = Facet("body", "Body", "All", "one")
_YEAR = Facet("year", "Year", "All", "one")
_OWNER = Facet("owner", "Owner", "Anyone", "name")
_ORGANISATION = Facet("organisation", "Organisation", "Any", "name")
_STATUS = Facet(
    "status",
    "Status",
    "Any",
    "one",
    (("open", "open"), ("closed", "closed"), *((s, STATE_WORDS[s]) for s in STATES)),
    {"open": tuple(s for s in STATES if s not in CLOSED), "closed": tuple(s for s in STATES if s in CLOSED)},
)
_KINDS = ("resolution", "motion", "election", "decision")
_KIND = Facet("kind", "Kind", "Any", "one", tuple((k, k) for k in _KINDS))
_MOVER = Facet("mover", "Moved or seconded by", "Anyone", "name")


def listings(archive: Archive) -> list[Listing]:
    """All lists of an archive."""
    oldest = list(reversed(archive.meetings))
    actions = [_action(archive, m, a) for m in oldest for a in reversed(m.actions) if not a.restates]
    decisions = [_decision(archive, m, d) for m in oldest for d in reversed(m.decisions)]
    overdue = {"name": "overdue", "label": "Overdue", "of": "status", "open": "open"}
    return [
        Listing("actions", ("action", "actions"), (_OWNER, _ORGANISATION, _BODY, _STATUS, _YEAR), actions, overdue),
        Listing("decisions", ("decision", "decisions"), (_MOVER, _BODY, _KIND, _YEAR), decisions),
    ]


def _action(archive: Archive, m: Meeting, a: ResolvedAction) -> Entry:
    item = _item(m, a.item)
    last = a.evidence
    shown = _given(
        n=a.number,
        called=a.action.number,
        item=item,
        text=a.action.text,
        owners=[_who(archive, o) for o in a.owners],
        due=str(a.action.due or ""),
        status=a.status,
        silent=a.silent_for,
        heard=_given(
            date=str(last.date),
            at=f"{archive.meeting[last.meeting].address}#{last.anchor}" if last.meeting in archive.meeting else "",
            by=_address(archive, last.by),
            text=last.text,
        )
        if last
        else {},
    )
    return Entry(
        m,
        shown,
        " ".join([a.action.number, a.action.text, item, *(o.name for o in a.owners)]),
        {
            "owner": [_value(archive, o) or (o.name, o.name) for o in a.owners] or [NOBODY],
            "organisation": _organisations(archive, m, a.owners),
            "status": [(a.status, STATE_WORDS[a.status])],
        },
        a.action.due,
        a.news[-1].date if a.news and a.news[-1].date > m.date else None,
    )


def _decision(archive: Archive, m: Meeting, d: ResolvedDecision) -> Entry:
    item = _item(m, d.item)
    votes = d.decision.votes
    who = (*d.movers, *d.seconders, *d.elected)
    shown = _given(
        n=d.number,
        item=item,
        text=d.decision.text,
        kind=d.decision.kind,
        movers=[_who(archive, o) for o in d.movers],
        seconders=[_who(archive, o) for o in d.seconders],
        elected=[_who(archive, o) for o in d.elected],
        result=d.decision.result,
        votes=[votes.in_favour, votes.against, votes.abstained] if votes else [],
    )
    return Entry(
        m,
        shown,
        " ".join([d.decision.text, item, d.decision.result, *(o.name for o in who)]),
        {
            "mover": [_value(archive, o) or (o.name, o.name) for o in (*d.movers, *d.seconders)],
            "kind": [(d.decision.kind, d.decision.kind)],
        },
    )


def _who(archive: Archive, o: Owner) -> list[str]:
    """[the name as printed, the address of its page]; the name alone where it has none."""
    value = _value(archive, o)
    return [o.name, f"{value[0]}/"] if value else [o.name]


def _value(archive: Archive, o: Owner) -> Value | None:
    if o.person:
        return f"people/{o.person}", archive.person[o.person].name
    if o.organization:
        return f"organisations/{o.organization}", archive.organization[o.organization].name
    return None


def _organisations(archive: Archive, m: Meeting, owners: Sequence[Owner]) -> list[Value]:
    """The organisations among the owners, and those with which the others are listed in this meeting."""
    listed = {o.person for o in owners if o.person}
    found = {o.organization for o in owners}
    found |= {o for p, o in zip(m.people, m.organizations, strict=False) if p in listed}
    return [(f"organisations/{o}", archive.organization[o].name) for o in sorted(found - {""})]


def _item(m: Meeting, index: int | None) -> str:
    """The heading of an item, with its number."""
    if index is None:
        return ""
    item = m.items[index].item
    return f"{item.number}. {item.title}" if item.number else item.title


def _address(archive: Archive, action: str) -> str:
    """The address of an action by its id; nothing where there is none."""
    if action not in archive.action:
        return ""
    m, a = archive.action[action]
    return f"{m.address}#action-{a.number}"


def _given(**values: object) -> Json:
    """The values without those that are not given."""
    return {k: v for k, v in values.items() if v not in ("", 0, None) and v not in ([], {})}

"""The tables of decisions, and of who moved, seconded or was elected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from minutebook.model import Meeting, Owner, ResolvedDecision, Votes
from minutebook.publish.tables.shape import (
    Cell,
    Column,
    Facts,
    Party,
    Table,
    ids,
    item_address,
    item_id,
    item_name,
    joined,
)


class Made(NamedTuple):
    """A decision of a meeting."""

    meeting: Meeting
    decision: ResolvedDecision

    @property
    def id(self) -> str:
        return f"{self.meeting.id}/decision-{self.decision.number}"


PARTS: dict[str, Callable[[ResolvedDecision], Sequence[Owner]]] = {
    "mover": lambda d: d.movers,
    "seconder": lambda d: d.seconders,
    "elected": lambda d: d.elected,
}
"""How somebody may have to do with a decision."""


def _votes(count: Callable[[Votes], int | None]) -> Callable[[Facts, Made], Cell]:
    def value(f: Facts, r: Made) -> Cell:
        votes = r.decision.decision.votes
        n = count(votes) if votes else None
        # SQLite's numbers have 64 bits; one that needs more, as only nonsense does, is kept as its digits.
        return n if n is None or n.bit_length() < 64 else str(n)

    return value


_COUNTED = "A count of votes beside it"
_NAMED = "Words beside it, such as “moved by”"

DECISIONS = Table[Made](
    "decisions",
    "A decision that the minutes set apart as such.",
    (
        Column(
            "id",
            "id",
            "The decision, as `<meeting>/decision-<n>`",
            "The meeting, and its place there",
            lambda f, r: r.id,
        ),
        Column(
            "address",
            "address",
            "Where it stands",
            "Its id",
            lambda f, r: f.address(f"{r.meeting.address}#decision-{r.decision.number}"),
        ),
        Column("meeting", "id", "The meeting", "The file", lambda f, r: r.meeting.id, references="meetings"),
        Column("body", "text", "Who met", "The meeting's", lambda f, r: f.body(r.meeting)),
        Column("body_id", "id", "Who met", "The meeting's", lambda f, r: r.meeting.body, references="organizations"),
        Column("date", "date", "The day of the meeting", "The meeting's", lambda f, r: str(r.meeting.date), index=True),
        Column(
            "item",
            "text",
            "The item of business it stands in: its number, or its title where it has none",
            "The heading above it",
            lambda f, r: item_name(r.meeting, r.decision.item),
        ),
        Column(
            "item_id",
            "id",
            "That item",
            "`item`",
            lambda f, r: item_id(r.meeting, r.decision.item),
            references="items",
        ),
        Column(
            "item_address", "address", "That item", "`item`", lambda f, r: item_address(f, r.meeting, r.decision.item)
        ),
        Column(
            "text", "text", "What was decided", "Its words, without the marker", lambda f, r: r.decision.decision.text
        ),
        Column(
            "kind",
            "text",
            "`resolution`, `motion`, `election`, or `decision` for any other",
            "Its marker and its words",
            lambda f, r: r.decision.decision.kind,
            index=True,
        ),
        Column("movers", "list", "Who proposed it", _NAMED, lambda f, r: joined(o.name for o in r.decision.movers)),
        Column(
            "mover_ids",
            "list",
            "Those of them who have a page: `people/<id>` or `organisations/<id>`",
            "`movers`, where exactly one can be meant",
            lambda f, r: ids(r.decision.movers),
        ),
        Column(
            "seconders", "list", "Who seconded it", _NAMED, lambda f, r: joined(o.name for o in r.decision.seconders)
        ),
        Column("seconder_ids", "list", "In the same way", "`seconders`", lambda f, r: ids(r.decision.seconders)),
        Column(
            "elected",
            "list",
            "Who was elected or appointed",
            "Its words",
            lambda f, r: joined(o.name for o in r.decision.elected),
        ),
        Column("elected_ids", "list", "In the same way", "`elected`", lambda f, r: ids(r.decision.elected)),
        Column("votes_for", "number", "Votes in favour", _COUNTED, _votes(lambda v: v.in_favour)),
        Column("votes_against", "number", "Votes against", _COUNTED, _votes(lambda v: v.against)),
        Column("votes_abstained", "number", "Abstentions", _COUNTED, _votes(lambda v: v.abstained)),
        Column(
            "result",
            "text",
            "The words that say how it went, as printed",
            "Behind it, or below it",
            lambda f, r: r.decision.decision.result or None,
        ),
        Column("source", "text", "The file", "Its name", lambda f, r: r.meeting.minutes.source),
        Column("line", "number", "Its line there, from 1", "The file", lambda f, r: r.decision.decision.ref.first_line),
        Column("rule", "text", "How it was found", "The rule that found it", lambda f, r: r.decision.decision.rule),
    ),
    lambda f: (Made(m, d) for m in f.archive.meetings for d in m.decisions),
    searched=("text", "result"),
)


class Taken(NamedTuple):
    made: Made
    part: str
    place: int
    party: Party


def _taken(f: Facts) -> Iterator[Taken]:
    for m in f.archive.meetings:
        for d in m.decisions:
            for part, who in PARTS.items():
                for place, party in enumerate(f.parties(m, who(d)), 1):
                    yield Taken(Made(m, d), part, place, party)


DECISION_PEOPLE = Table[Taken](
    "decision_people",
    "Somebody who moved or seconded a decision, or was elected by it.",
    (
        Column("decision", "id", "The decision", "Its id", lambda f, r: r.made.id, references="decisions"),
        Column("part", "text", "`mover`, `seconder` or `elected`", "The words beside the name", lambda f, r: r.part),
        Column("place", "number", "First, second ... of them", "The order of the words", lambda f, r: r.place),
        Column("name", "text", "Their name", "As in the table of decisions", lambda f, r: r.party.owner.name),
        Column("person", "id", "Who", "The name", lambda f, r: r.party.owner.person or None, references="people"),
        Column(
            "organization",
            "id",
            "The organisation that did so, or that the person is listed with",
            "The name, or the roll call of that meeting",
            lambda f, r: r.party.organization or None,
            references="organizations",
        ),
    ),
    _taken,
)

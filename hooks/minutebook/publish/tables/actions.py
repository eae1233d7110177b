"""The tables of actions: what, who, and what was heard of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minutebook.model import News
from minutebook.publish.record import evidence, last_heard
from minutebook.publish.tables.shape import (
    Column,
    Facts,
    Kept,
    Party,
    Table,
    ids,
    item_address,
    item_id,
    item_name,
    joined,
    unique,
)

_NEWS = "Later minutes, or `actions.yml`"
_NOTHING = "Nothing where nothing was heard of it"


def _last(k: Kept) -> News | None:
    return k.action.evidence


def _closed(f: Facts, k: Kept) -> str | None:
    return str(k.action.ended) if k.action.ended else None


def _evidence(f: Facts, k: Kept) -> str | None:
    last = _last(k)
    return f.address(evidence(last)) if last and last.meeting else None


def _superseded_by(f: Facts, k: Kept) -> str | None:
    last = _last(k)
    return f.counted(last.by) if last else None


def _organizations(f: Facts, k: Kept) -> list[str]:
    return unique(p.organization for p in f.parties(k.meeting, k.action.owners))


ACTIONS = Table[Kept](
    "actions",
    "An action. One that a log only prints again has no row.",
    (
        Column(
            "id", "id", "The action, as `<meeting>/action-<n>`", "The meeting, and its place there", lambda f, k: k.id
        ),
        Column(
            "address",
            "address",
            "Where it stands",
            "Its id",
            lambda f, k: f.address(f"{k.meeting.address}#action-{k.action.number}"),
        ),
        Column(
            "number",
            "text",
            "What the minutes call it by, as printed: “AP3”",
            "In front of its words, or a column of a log",
            lambda f, k: k.action.action.number or None,
        ),
        Column(
            "meeting", "id", "The meeting that set it", "The file", lambda f, k: k.meeting.id, references="meetings"
        ),
        Column("body", "text", "Who met", "The meeting's", lambda f, k: f.body(k.meeting)),
        Column("body_id", "id", "Who met", "The meeting's", lambda f, k: k.meeting.body, references="organizations"),
        Column("date", "date", "The day of the meeting", "The meeting's", lambda f, k: str(k.meeting.date), index=True),
        Column(
            "item",
            "text",
            "The item of business it stands in: its number, or its title where it has none",
            "The heading above it",
            lambda f, k: item_name(k.meeting, k.action.item),
        ),
        Column(
            "item_id",
            "id",
            "That item",
            "`item`",
            lambda f, k: item_id(k.meeting, k.action.item),
            references="items",
        ),
        Column(
            "item_address", "address", "That item", "`item`", lambda f, k: item_address(f, k.meeting, k.action.item)
        ),
        Column(
            "text", "text", "What is to be done", "Its words, without the marker", lambda f, k: k.action.action.text
        ),
        Column(
            "owners",
            "list",
            "Who is to do it",
            "Words in it, in front of it, or in a column of a log",
            lambda f, k: joined(o.name for o in k.action.owners),
        ),
        Column(
            "owner_ids",
            "list",
            "Those of them who have a page: `people/<id>` or `organisations/<id>`",
            "`owners`, where exactly one can be meant",
            lambda f, k: ids(k.action.owners),
        ),
        Column(
            "organizations",
            "list",
            "Organisations that own it, or that its owners are listed with",
            "`owners`, and the roll call of that meeting",
            lambda f, k: f.names(_organizations(f, k)),
        ),
        Column("organization_ids", "list", "Their ids", "`organizations`", lambda f, k: joined(_organizations(f, k))),
        Column("due", "date", "Until when", "A whole date in it", lambda f, k: str(k.action.action.due or "") or None),
        Column(
            "status",
            "text",
            "`new`, `reported`, `carried_forward`, `done`, `dropped` or `superseded`",
            "The last row of `action_news`; `new` where there is none",
            lambda f, k: k.action.status,
            index=True,
        ),
        Column(
            "open",
            "yes/no",
            "Whether it is neither done nor dropped nor superseded",
            "`status`",
            lambda f, k: int(k.action.is_open),
        ),
        Column("closed", "date", "When that was written", _NEWS, _closed),
        Column(
            "last_heard",
            "date",
            "When it was last spoken of: the day of its meeting, if never since",
            _NEWS,
            lambda f, k: str(last_heard(k.meeting, k.action)),
        ),
        Column(
            "silent_for",
            "number",
            "Later meetings of the body since then",
            "Counted",
            lambda f, k: k.action.silent_for,
        ),
        Column("evidence", "address", f"Where its status is written. {_NOTHING}", "Later minutes", _evidence),
        Column(
            "evidence_text",
            "text",
            f"The words that say so, as printed. {_NOTHING}",
            _NEWS,
            lambda f, k: last.text if (last := _last(k)) else None,
        ),
        Column("superseded_by", "id", "The action that took its place", _NEWS, _superseded_by, references="actions"),
        Column("source", "text", "The file", "Its name", lambda f, k: k.meeting.minutes.source),
        Column("line", "number", "Its line there, from 1", "The file", lambda f, k: k.action.action.ref.first_line),
        Column("rule", "text", "How it was found", "The rule that found it", lambda f, k: k.action.action.rule),
    ),
    lambda f: f.actions,
    searched=("text", "owners"),
)


class Owned(NamedTuple):
    kept: Kept
    place: int
    party: Party


def _owned(f: Facts) -> Iterator[Owned]:
    for k in f.actions:
        for place, party in enumerate(f.parties(k.meeting, k.action.owners), 1):
            yield Owned(k, place, party)


ACTION_OWNERS = Table[Owned](
    "action_owners",
    "An owner of an action.",
    (
        Column("action", "id", "The action", "Its id", lambda f, r: r.kept.id, references="actions"),
        Column("place", "number", "First, second ... owner", "The order of the words", lambda f, r: r.place),
        Column("name", "text", "Their name", "As `owners` of actions", lambda f, r: r.party.owner.name),
        Column("person", "id", "Who", "The name", lambda f, r: r.party.owner.person or None, references="people"),
        Column(
            "organization",
            "id",
            "The organisation that owns it, or that the person is listed with",
            "The name, or the roll call of that meeting",
            lambda f, r: r.party.organization or None,
            references="organizations",
        ),
    ),
    _owned,
)


class Heard(NamedTuple):
    kept: Kept
    place: int
    news: News


def _heard(f: Facts) -> Iterator[Heard]:
    return (Heard(k, place, n) for k in f.actions for place, n in enumerate(k.action.news, 1))


ACTION_NEWS = Table[Heard](
    "action_news",
    "Something that was heard of an action later: the evidence for its status.",
    (
        Column("action", "id", "The action", "Its id", lambda f, r: r.kept.id, references="actions"),
        Column("place", "number", "First, second ... news of it", "The order of the days", lambda f, r: r.place),
        Column("date", "date", "The day", "The meeting's, or the register's", lambda f, r: str(r.news.date)),
        Column("status", "text", "How it stood then", "The words", lambda f, r: r.news.state, index=True),
        Column("text", "text", "The words, as printed; of the register, its note", _NEWS, lambda f, r: r.news.text),
        Column(
            "meeting",
            "id",
            "The meeting whose minutes say so; nothing where the register does",
            "Those minutes",
            lambda f, r: r.news.meeting or None,
            references="meetings",
        ),
        Column(
            "address",
            "address",
            "Where the words stand",
            "Those minutes",
            lambda f, r: f.address(evidence(r.news)) if r.news.meeting else None,
        ),
        Column(
            "superseded_by",
            "id",
            "The action that took its place",
            _NEWS,
            lambda f, r: f.counted(r.news.by),
            references="actions",
        ),
        Column("source", "text", "The file", "Its name", lambda f, r: r.news.ref.path if r.news.ref else None),
        Column(
            "line", "number", "The line there", "The file", lambda f, r: r.news.ref.first_line if r.news.ref else None
        ),
        Column("rule", "text", "How the words were matched to the action", "That rule", lambda f, r: r.news.rule),
    ),
    _heard,
)

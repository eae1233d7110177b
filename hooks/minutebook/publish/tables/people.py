"""The tables of people, of organisations, and of who was what where."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from minutebook.model import Membership, Organization, Person
from minutebook.publish.tables.shape import Cell, Column, Facts, Table, joined, unique

_EVERY = "Roll calls of all meetings"


def _identifiers(given: Mapping[str, str]) -> str | None:
    return joined(f"{scheme}:{identifier}" for scheme, identifier in given.items())


def _listed(p: Person) -> dict[str, str]:
    """Meeting -> how they are listed; where a list holds a person twice, the first counts."""
    found: dict[str, str] = {}
    for a in p.appearances:
        found.setdefault(a.meeting, a.attendance.status)
    return found


def _times(*status: str) -> Callable[[Facts, Person], Cell]:
    return lambda f, p: sum(s in status for s in _listed(p).values())


def _day(choose: Callable[[list[str]], str]) -> Callable[[Facts, Person], Cell]:
    def value(f: Facts, p: Person) -> Cell:
        days = [str(f.archive.meeting[a.meeting].date) for a in p.appearances]
        return choose(days) if days else None

    return value


PEOPLE = Table[Person](
    "people",
    "A person, under whatever names. A person whom only the text names has a row, too.",
    (
        Column(
            "id", "id", "The person: the end of their address", "The name they first appeared under", lambda f, p: p.id
        ),
        Column("address", "address", "Their page", "Their id", lambda f, p: f.address(p.address)),
        Column("name", "text", "Their name", "`people.yml`, or as last printed", lambda f, p: p.name),
        Column("honorific", "text", "Title: “Dr”", "As last printed", lambda f, p: p.honorific or None),
        Column(
            "postnominals", "text", "Letters behind the name", "As last printed", lambda f, p: p.postnominals or None
        ),
        Column(
            "other_names", "list", "Other forms of the name", "As printed anywhere", lambda f, p: joined(p.other_names)
        ),
        Column("roles", "list", "Roles they had", _EVERY, lambda f, p: joined(unique(x.role for x in p.memberships))),
        Column(
            "organizations",
            "list",
            "Organisations they were listed with",
            _EVERY,
            lambda f, p: f.names(x.organization for x in p.memberships),
        ),
        Column(
            "organization_ids",
            "list",
            "Their ids",
            "`organizations`",
            lambda f, p: joined(unique(x.organization for x in p.memberships)),
        ),
        Column("first_listed", "date", "The first meeting that lists them", _EVERY, _day(min)),
        Column("last_listed", "date", "The last one", _EVERY, _day(max)),
        Column("meetings", "number", "Meetings that list them", "Counted", lambda f, p: len(_listed(p))),
        Column(
            "attended", "number", "Of these, as present or in attendance", "Counted", _times("present", "in_attendance")
        ),
        Column("apologies", "number", "Of these, with apologies", "Counted", _times("apologies")),
        Column("absent", "number", "Of these, as absent", "Counted", _times("absent")),
        Column(
            "actions", "number", "Actions they own", "Counted", lambda f, p: f.held_by.get(f"people/{p.id}", (0, 0))[0]
        ),
        Column(
            "open_actions",
            "number",
            "Of these, open",
            "Counted",
            lambda f, p: f.held_by.get(f"people/{p.id}", (0, 0))[1],
        ),
        Column(
            "identifiers",
            "list",
            "What they are called elsewhere: `wikidata:Q42`",
            "`people.yml`",
            lambda f, p: _identifiers(p.entry.identifiers) if p.entry else None,
        ),
    ),
    lambda f: f.archive.people,
)

ORGANIZATIONS = Table[Organization](
    "organizations",
    "A body that meets, an organisation that people are listed with, or one that is only mentioned.",
    (
        Column("id", "id", "The organisation: the end of its address", "The name it first had", lambda f, o: o.id),
        Column("address", "address", "Its page", "Its id", lambda f, o: f.address(o.address)),
        Column("name", "text", "Its name", "`organisations.yml`, or as printed", lambda f, o: o.name),
        Column(
            "acronyms", "list", "Its acronyms", "As printed, or `organisations.yml`", lambda f, o: joined(o.acronyms)
        ),
        Column(
            "other_names",
            "list",
            "Other names",
            "As printed, or `organisations.yml`",
            lambda f, o: joined(o.other_names),
        ),
        Column(
            "is_body", "yes/no", "Whether it met, and these are its minutes", "The minutes", lambda f, o: int(o.is_body)
        ),
        Column(
            "parent",
            "id",
            "The organisation that it is part of",
            "`organisations.yml`",
            lambda f, o: o.parent or None,
            references="organizations",
        ),
        Column(
            "actions",
            "number",
            "Actions that it owns, or somebody who is listed with it",
            "Counted",
            lambda f, o: f.held_by.get(f"organisations/{o.id}", (0, 0))[0],
        ),
        Column(
            "open_actions",
            "number",
            "Of these, open",
            "Counted",
            lambda f, o: f.held_by.get(f"organisations/{o.id}", (0, 0))[1],
        ),
        Column(
            "identifiers",
            "list",
            "What it is called elsewhere",
            "`organisations.yml`",
            lambda f, o: _identifiers(o.entry.identifiers) if o.entry else None,
        ),
    ),
    lambda f: f.archive.organizations,
)


MEMBERSHIPS = Table[Membership](
    "memberships",
    "A person in a role, from the first to the last meeting that lists them in it.",
    (
        Column("person", "id", "Who", _EVERY, lambda f, x: x.person, references="people"),
        Column("role", "text", "The role, as printed", _EVERY, lambda f, x: x.role or None),
        Column(
            "organization", "id", "With which", _EVERY, lambda f, x: x.organization or None, references="organizations"
        ),
        Column("body", "id", "The body whose minutes say so", _EVERY, lambda f, x: x.body, references="organizations"),
        Column("first_listed", "date", "The first of these meetings", _EVERY, lambda f, x: str(x.first)),
        Column("last_listed", "date", "The last one", _EVERY, lambda f, x: str(x.last)),
        Column("meetings", "number", "How many", "Counted", lambda f, x: len(x.meetings)),
    ),
    lambda f: (x for p in f.archive.people for x in p.memberships),
)

"""The tables of meetings, and of who was there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minutebook.model import Attendance, Meeting
from minutebook.publish.tables.shape import Column, Facts, Table, joined

_HEADER = "Header of the minutes, or front matter"

MEETINGS = Table[Meeting](
    "meetings",
    "A meeting, that is one file of minutes. The newest comes first.",
    (
        Column("id", "id", "The meeting, as `<body>/<yyyy-mm-dd>`", "Made of the body and the date", lambda f, m: m.id),
        Column("address", "address", "Its page", "Its id", lambda f, m: f.address(m.address)),
        Column("body", "text", "Who met", "Title, front matter, or the folder of the file", lambda f, m: f.body(m)),
        Column("body_id", "id", "Who met", "`body`", lambda f, m: m.body, references="organizations"),
        Column("date", "date", "The day", f"{_HEADER}, or the name of the file", lambda f, m: str(m.date), index=True),
        Column("start_time", "time", "When it began", _HEADER, lambda f, m: m.minutes.start or None),
        Column(
            "end_time", "time", "When it ended", f"{_HEADER}, or the last lines", lambda f, m: m.minutes.end or None
        ),
        Column("place", "text", "Where, as printed", _HEADER, lambda f, m: m.minutes.place or None),
        Column("printed_title", "text", "What the minutes are headed", _HEADER, lambda f, m: m.minutes.title or None),
        Column("status", "text", "`draft`, `approved` or `corrected`", _HEADER, lambda f, m: m.minutes.status or None),
        Column(
            "language",
            "text",
            "In which they were read, as `en`",
            "The words they use",
            lambda f, m: m.minutes.language,
        ),
        Column("chair", "list", "Who chaired", "Roll call", lambda f, m: joined(name for name, _ in m.chairs)),
        Column(
            "chair_ids",
            "list",
            "Ids of those in the chair who are known, in the table of people",
            "`chair`",
            lambda f, m: joined(person for _, person in m.chairs if person),
        ),
        Column(
            "listed",
            "number",
            "How many people the roll call names, those who sent apologies too",
            "Counted in the roll call",
            lambda f, m: len(m.people),
        ),
        Column("items", "number", "Items of business", "Counted", lambda f, m: len(m.items)),
        Column(
            "actions", "number", "Actions that it set", "Counted", lambda f, m: sum(not a.restates for a in m.actions)
        ),
        Column("decisions", "number", "Decisions", "Counted", lambda f, m: len(m.decisions)),
        Column("source", "text", "The file, below the folder of minutes", "Its name", lambda f, m: m.minutes.source),
        Column(
            "source_address",
            "address",
            "The file as it is published",
            "The file",
            lambda f, m: f.address(m.address + m.original),
        ),
    ),
    lambda f: f.archive.meetings,
)


class Listed(NamedTuple):
    """An entry of a roll call."""

    meeting: Meeting
    entry: Attendance
    person: str
    organization: str


def _listed(f: Facts) -> Iterator[Listed]:
    for m in f.archive.meetings:
        who = zip(m.people, m.organizations, strict=True)
        for a in m.minutes.attendance:
            person, organization = next(who) if a.name else ("", "")
            yield Listed(m, a, person, organization)


_ENTRY = "The entry in the roll call"

ATTENDANCE = Table[Listed](
    "attendance",
    "An entry of a meeting's roll call: a person, or a group or a post that nobody is named for.",
    (
        Column("meeting", "id", "The meeting", "The file", lambda f, r: r.meeting.id, references="meetings"),
        Column("meeting_address", "address", "Its page", "Its id", lambda f, r: f.address(r.meeting.address)),
        Column("body", "text", "Who met", "The meeting's", lambda f, r: f.body(r.meeting)),
        Column(
            "body_id",
            "id",
            "Who met",
            "The meeting's",
            lambda f, r: r.meeting.body,
            references="organizations",
            index=False,
        ),
        Column("date", "date", "The day", "The meeting's", lambda f, r: str(r.meeting.date)),
        Column(
            "name",
            "text",
            "The name in this entry, without titles; nothing for a group",
            _ENTRY,
            lambda f, r: r.entry.name.full if r.entry.name else None,
        ),
        Column(
            "person",
            "id",
            "Who that is",
            "`name`, compared over all meetings and with the register",
            lambda f, r: r.person or None,
            references="people",
        ),
        Column(
            "status",
            "text",
            "`present`, `in_attendance`, `apologies` or `absent`",
            "The heading above the entry, or words in it",
            lambda f, r: r.entry.status,
            index=True,
        ),
        Column("role", "text", "Role or post, as printed", _ENTRY, lambda f, r: r.entry.role or None),
        Column("organization", "text", "Organisation, as printed", _ENTRY, lambda f, r: r.entry.organization or None),
        Column(
            "organization_id",
            "id",
            "Which that is",
            "`organization`, compared over all meetings and with the register",
            lambda f, r: r.organization or None,
            references="organizations",
        ),
        Column("initials", "text", "Initials in this meeting", _ENTRY, lambda f, r: r.entry.initials or None),
        Column(
            "represented_by",
            "text",
            "Who came instead",
            "Words such as “represented by”",
            lambda f, r: r.entry.represented_by or None,
        ),
        Column("represents", "text", "For whom they came", "The same words", lambda f, r: r.entry.represents or None),
        Column(
            "chair", "yes/no", "Whether they chaired", "A heading, a mark or words", lambda f, r: int(r.entry.chair)
        ),
        Column(
            "listed_under", "text", "The heading of the list, as printed", _ENTRY, lambda f, r: r.entry.group or None
        ),
        Column("text", "text", "The whole entry, as printed", _ENTRY, lambda f, r: r.entry.text),
        Column("source", "text", "The file", "Its name", lambda f, r: r.meeting.minutes.source),
        Column("line", "number", "Its line there, from 1", "The file", lambda f, r: r.entry.ref.first_line),
        Column("rule", "text", "How the entry was read", "The rule that read it", lambda f, r: r.entry.rule or None),
    ),
    _listed,
)

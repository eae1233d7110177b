"""One file, understood by itself: header, roll call, business, actions, decisions; what front matter sets right."""

from __future__ import annotations

import datetime as dt

import pytest

from minutebook import parse, source
from minutebook.diagnostics import ERROR, NOTE
from minutebook.model import Minutes
from tests.cases import Case, block_lines, cases, parse_lines


def read(text: str, path: str = "forum/2021-05-03.txt") -> Minutes:
    return parse.parse(source.read(text.encode(), path))


@pytest.mark.parametrize("case", cases("parse"))
def test_case(case: Case) -> None:
    assert parse_lines(case.given) == case.expected


@pytest.mark.parametrize("case", cases("blocks"))
def test_blocks(case: Case) -> None:
    assert block_lines(case.given) == case.expected


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("2021-05-03.txt", dt.date(2021, 5, 3)),
        ("20210503-forum.md", dt.date(2021, 5, 3)),
        ("forum_2021.05.03.txt", dt.date(2021, 5, 3)),
        ("2021-02-30.txt", None),
        ("12021-05-031.txt", None),
        ("forum.txt", None),
    ],
)
def test_date_of_the_file_name(name: str, date: dt.date | None) -> None:
    m = read("Harbour Forum\n\n1. Tides\n", name)
    assert m.date == date
    expected = [("date-from-name", NOTE, 1)] if date else [("no-date", ERROR, 1)]
    assert [(d.code, d.severity, d.line) for d in m.diagnostics] == expected


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("3rd May 2021", "2021-05-03"),
        ("1st of June, 2021", "2021-06-01"),
        ("May 3, 2021", "2021-05-03"),
        ("Sept. 2nd, 2021", "2021-09-02"),
        ("22nd sept 2021", "2021-09-22"),
        ("03/05/2021", "2021-05-03"),
        ("3.5.2021", "2021-05-03"),
        ("2021-05-03", "2021-05-03"),
        ("29 February 2020", "2020-02-29"),
    ],
)
def test_dates(printed: str, date: str) -> None:
    assert str(read(f"Harbour Forum\n\nMeeting held on {printed}\n").date) == date


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("11:30-12:30", "11:30", "12:30"),
        ("11.30 – 12.30", "11:30", "12:30"),
        ("2-4pm", "14:00", "16:00"),
        ("11-1pm", "11:00", "13:00"),
        ("9am to 10.15am", "09:00", "10:15"),
        ("12 noon", "12:00", ""),
        ("12am", "00:00", ""),
        ("12.30pm", "12:30", ""),
        ("9:05 until 10:00", "09:05", "10:00"),
        ("7 p.m.", "19:00", ""),
        ("Room 12", "", ""),
        ("25:00", "", ""),
    ],
)
def test_times(printed: str, start: str, end: str) -> None:
    m = read(f"Harbour Forum\n\nMeeting held on 3 May 2021, {printed}\n")
    assert (m.start, m.end) == (start, end)


FRONT = "---\n{}\n---\nHarbour Forum\n\nHeld on 3 May 2021\n\n1. Tides\n"


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("body: Pier Forum", "body", "Pier Forum"),
        ("title: An extra meeting", "title", "An extra meeting"),
        ("date: 2022-01-02", "date", dt.date(2022, 1, 2)),
        ("start: 9:05", "start", "09:05"),
        ('end: "10:30"', "end", "10:30"),
        ("place: The  Hall", "place", "The Hall"),
        ("status: approved", "status", "approved"),
        ("chair: Dame Ann Lee", "chair", ("Ann Lee",)),
        ("chair: [Ann Lee, Bo Ray]", "chair", ("Ann Lee", "Bo Ray")),
    ],
)
def test_front_matter_stands_above_what_was_read(line: str, field: str, value: object) -> None:
    m = read(FRONT.format(line))
    assert getattr(m, field) == value
    assert m.diagnostics == ()


@pytest.mark.parametrize(
    "line",
    [
        "date: 2021-02-30",
        "date: tomorrow",
        "start: 25:00",
        "end: late",
        "status: final",
        "body: ''",
        "body: [a, b]",
        "place: true",
        "chair: true",
        "chair: {a: b}",
        "people: Ann Lee",
        "people: [Ann Lee]",
        "people: [{role: Clerk}]",
        "people: [{name: Ann Lee, status: late}]",
    ],
)
def test_a_wrong_value_in_front_matter_is_an_error_with_its_line(line: str) -> None:
    m = read(FRONT.format(f"x: y\n{line}"))
    found = [d for d in m.diagnostics if d.severity == ERROR]
    assert [(d.code, d.line) for d in found] == [("front-matter-value", 3)]
    assert line.partition(":")[0] in found[0].message and found[0].hint.startswith("Write ")


def test_an_unknown_key_is_kept_and_noted() -> None:
    m = read(FRONT.format("layout: post\nitems: []"))
    assert m.front_matter["layout"] == "post"
    assert [(d.code, d.severity, d.line) for d in m.diagnostics] == [
        ("front-matter-key", NOTE, 2),
        ("front-matter-key", NOTE, 3),
    ]


def test_people_in_front_matter_take_the_place_of_the_roll_call() -> None:
    m = read(FRONT.format("people:\n- name: Ann Lee\n  role: Clerk\n- {name: Bo Ray, status: apologies}"))
    assert [(a.name.full, a.status, a.role, a.ref.first_line) for a in m.people if a.name] == [
        ("Ann Lee", "present", "Clerk", 2),
        ("Bo Ray", "apologies", "", 2),
    ]


def test_a_date_in_front_matter_mends_a_date_that_cannot_be() -> None:
    text = "---\ndate: 2021-06-30\n---\nHarbour Forum\n\nHeld on 31st June 2021\n"
    m = read(text)
    assert m.date == dt.date(2021, 6, 30) and m.diagnostics == ()


def test_every_node_says_where_it_comes_from() -> None:
    m = read(
        "Harbour Forum\n\nAttendees\n\n- Ann Lee (Director)\n\n"
        "1. Tides\n\nThey were\ncounted.\n\nAction: Ann Lee to go.\n"
    )
    assert [str(a.ref) for a in m.attendance] == ["forum/2021-05-03.txt:5"]
    assert [str(a.ref) for a in m.actions] == ["forum/2021-05-03.txt:12"]
    assert [str(b.ref) for b in m.blocks if b.text.plain.startswith("They")] == ["forum/2021-05-03.txt:9-10"]
    counted = next(b.text for b in m.blocks if b.text.plain.startswith("They"))
    assert [counted.line_at(counted.plain.index(w)) for w in ("were", "counted")] == [9, 10]

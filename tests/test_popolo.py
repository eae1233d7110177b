"""popolo.json: what it says of the minutes, and that it is Popolo."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT3

from minutebook import build
from minutebook.model import Archive, Owner, Settings, Span, Votes
from minutebook.publish.files import as_json
from minutebook.publish.popolo import popolo
from tests.accuracy import SHARED
from tests.archives import make
from tests.harbour import HOSTILE, JUNE, MEETINGS, SPRING

SCHEMAS = SHARED / "schemas" / "popolo"
CLASSES = {
    "persons": "person",
    "organizations": "organization",
    "posts": "post",
    "memberships": "membership",
    "events": "event",
    "motions": "motion",
    "vote_events": "vote_event",
}
SETTINGS = Settings("Harbour Forum", site_url="https://example.org/repo/", time_zone="Europe/London")
PEOPLE = """- name: Bo Ray
  other_names: [{name: Bo Marsh, from: 2001, until: 2005}]
  posts:
  - {role: Chief Executive, organisation: Northport Ferry Trust, from: 2019-01-01}
  - {role: Pilot, organisation: Guild of Pilots, from: 2001-02-03, until: 2005-03-04}
  - {role: Cook, organisation: Nowhere Inn}
  identifiers: {wikidata: Q1}
"""
ORGANISATIONS = """- name: Guild of Pilots
  parent: Harbour Forum
"""
FILES = {
    **MEETINGS,
    "board/2021-06-01.txt": JUNE,
    "forum/2021-03-01.txt": SPRING,
    "people.yml": PEOPLE,
    "organisations.yml": ORGANISATIONS,
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return voted(make(tmp_path_factory.mktemp("m"), FILES, SETTINGS).archive)


def voted(whole: Archive) -> Archive:
    """The archive, with what the minutes could have said of its decision: who moved it, and the votes."""
    out = []
    for m in whole.meetings:
        span = Span(0, 0, 2, "BR")
        decisions = tuple(
            replace(
                d,
                decision=replace(
                    d.decision, kind="motion", movers=(span,), votes=Votes(5, 0), result="Carried, 5 votes to none"
                ),
                movers=(Owner("Bo Ray", "bo-ray"),),
            )
            for d in m.decisions
        )
        out.append(replace(m, decisions=decisions))
    return replace(whole, meetings=tuple(out))


@pytest.fixture(scope="module")
def data(archive: Archive) -> Any:
    return json.loads(as_json(popolo(archive, SETTINGS)))


def named(things: list[dict[str, Any]], **what: str) -> dict[str, Any]:
    """The one thing that has these values."""
    found = [x for x in things if all(x.get(k) == v for k, v in what.items())]
    assert len(found) == 1, found
    return found[0]


def nodes(value: Any) -> Iterator[Any]:
    """Every value within a value of JSON, and itself."""
    yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(child)


def flaws(data: dict[str, Any]) -> list[str]:
    """What Popolo's own schemas find wrong with a file."""
    loaded = [json.loads(path.read_text("utf-8")) for path in sorted(SCHEMAS.glob("*.json"))]
    registry: Registry[Any] = Registry().with_resources(
        (s["id"].rstrip("#"), Resource(contents=s, specification=DRAFT3)) for s in loaded
    )
    checker = jsonschema.FormatChecker()
    checker.checks("date-time", ValueError)(lambda x: not isinstance(x, str) or "T" in x)
    checker.checks("uri", ValueError)(lambda x: not isinstance(x, str) or bool(re.match(r"https?://[!-~]+$", x)))
    out = []
    for key, name in CLASSES.items():
        schema = next(s for s in loaded if s["id"].endswith(f"/{name}.json#"))
        validator = jsonschema.Draft3Validator(schema, registry=registry, format_checker=checker)
        out += [f"{key}: {e.message}" for thing in data[key] for e in validator.iter_errors(thing)]
    return out


schemas = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="Popolo's schemas are not there: ../shared/schemas/popolo")


@schemas
def test_every_object_is_what_its_schema_says(data: Any) -> None:
    assert all(data[key] for key in CLASSES)
    assert flaws(data) == []


@schemas
def test_the_schemas_find_what_is_wrong(data: Any) -> None:
    """Else the test above could not fail: references between the schemas are followed, and formats are looked at."""
    person, event, motion = data["persons"][0], data["events"][0], data["motions"][0]
    wrong = {
        **data,
        "persons": [{**person, "links": [{"url": "people/ann-lee/"}]}, {**person, "identifiers": [{}]}],
        "events": [{**event, "start_date": "2021-05-04T10:00"}],
        "motions": [{**motion, "date": "2021-05-04"}],
    }
    assert len(flaws(wrong)) == 4


@schemas
@pytest.mark.parametrize("files", [HOSTILE, {}], ids=["minutes that mean harm", "no minutes"])
def test_so_are_those_of_other_archives(files: dict[str, str], tmp_path: Path) -> None:
    assert flaws(json.loads(make(tmp_path, files).files["data/popolo.json"])) == []


def test_it_is_published(tmp_path: Path) -> None:
    assert list(json.loads(make(tmp_path, MEETINGS).files["data/popolo.json"])) == ["meta", *CLASSES]


def test_every_id_is_one_thing_and_every_reference_leads_to_it(data: Any) -> None:
    ids = {key: [x["id"] for x in data[key]] for key in CLASSES}
    for key, there in ids.items():
        assert len(there) == len(set(there)), key
    leads = {
        "person_id": "persons",
        "creator_id": "persons",
        "organization_id": "organizations",
        "on_behalf_of_id": "organizations",
        "parent_id": "organizations",
        "post_id": "posts",
        "legislative_session_id": "events",
        "motion_id": "motions",
    }
    used = set()
    for node in nodes(data):
        for key in leads.keys() & (node.keys() if isinstance(node, dict) else ()):
            assert node[key] in ids[leads[key]], node
            used.add(key)
    assert used == set(leads)
    assert {a["id"] for e in data["events"] for a in e["attendees"]} <= set(ids["persons"])
    assert all(x.get("person_id") and x.get("organization_id") for x in data["memberships"])


def test_nothing_in_it_is_empty(data: Any) -> None:
    assert not [x for key in CLASSES for x in nodes(data[key]) if x is None or x in ("", [], {})]


def test_every_date_is_a_day_or_a_moment(data: Any) -> None:
    dates = [node[key] for node in nodes(data) if isinstance(node, dict) for key in node if key.endswith("_date")]
    assert len(dates) > 10
    for date in dates:
        moment = dt.datetime.fromisoformat(date)
        assert "T" not in date or moment.utcoffset() is not None


def test_a_person_under_all_names(data: Any) -> None:
    bo = named(data["persons"], id="bo-ray")
    assert (bo["given_name"], bo["family_name"], bo["name"]) == ("Bo", "Ray", "Bo Ray")
    assert {"name": "Bo Marsh", "start_date": "2001-01-01", "end_date": "2005-12-31"} in bo["other_names"]
    assert bo["identifiers"] == [{"scheme": "wikidata", "identifier": "Q1"}]
    assert bo["links"] == [{"url": "https://example.org/repo/people/bo-ray/"}]
    ann = named(data["persons"], honorific_suffix="MBE")
    assert (ann["name"], ann["honorific_prefix"]) == ("Ann Lee", "Dr")


def test_an_organisation_with_its_short_name_and_what_it_is_part_of(data: Any) -> None:
    guild = named(data["organizations"], id="guild-of-pilots")
    assert guild["parent_id"] == "harbour-forum" and {"name": "GOP", "note": "acronym"} in guild["other_names"]
    assert {o["id"] for o in data["organizations"] if o.get("classification") == "body"} == {
        "harbour-forum",
        "northport-schools-board",
    }


def test_a_role_from_the_first_to_the_last_meeting_that_lists_it(data: Any) -> None:
    treasurer = named(data["memberships"], person_id="dan-okoro", organization_id="tidewater-trust")
    assert treasurer["post_id"] == "tidewater-trust/treasurer" and treasurer["role"] == "Treasurer"
    assert (treasurer["start_date"], treasurer["end_date"]) == ("2021-05-04", "2021-07-06")
    pages = [(x["url"].rpartition("forum/")[2], x["note"]) for x in treasurer["sources"]]
    assert pages == [("2021-05-04/", "first listed so here"), ("2021-07-06/", "last listed so here")]
    seat = named(data["memberships"], person_id="dan-okoro", organization_id="harbour-forum")
    assert seat["on_behalf_of_id"] == "tidewater-trust" and seat["label"] == "Treasurer, Tidewater Trust"


def test_the_register_s_dates_stand_above_what_was_seen(data: Any) -> None:
    mine = [x for x in data["memberships"] if x["person_id"] == "bo-ray"]
    chief = named(mine, organization_id="northport-ferry-trust")
    assert chief["start_date"] == "2019-01-01" and "end_date" not in chief and "sources" not in chief
    pilot = named(mine, organization_id="guild-of-pilots")
    assert (pilot["role"], pilot["start_date"], pilot["end_date"]) == ("Pilot", "2001-02-03", "2005-03-04")
    assert not [x for x in mine if x.get("role") == "Cook"]  # of an organisation that nobody knows


def test_neither_officials_nor_substitutes_are_members_of_the_body(data: Any) -> None:
    members = {x["person_id"] for x in data["memberships"] if x["organization_id"] == "harbour-forum"}
    assert {"bo-ray", "cleo-marsh", "dan-okoro"} <= members
    assert members.isdisjoint({"eve-stone"})
    finn = [x for x in data["events"] if {"id": "finn-holt"} in x["attendees"]]
    assert [x["id"] for x in finn] == ["harbour-forum/2021-03-01", "harbour-forum/2021-05-04"]


def test_a_meeting_with_its_time_and_who_was_there(data: Any) -> None:
    may = named(data["events"], id="harbour-forum/2021-05-04")
    assert (may["start_date"], may["end_date"]) == ("2021-05-04T10:00:00+01:00", "2021-05-04T11:30:00+01:00")
    assert may["location"] == "Customs House, Northport" and may["organization_id"] == "harbour-forum"
    there = {x["id"] for x in may["attendees"]}
    assert {"ann-lee", "eve-stone", "finn-holt"} <= there and "dan-okoro" not in there
    assert may["sources"][0]["note"] == "forum/2021-05-04.txt"


@pytest.mark.parametrize(
    ("zone", "day", "end", "expected"),
    [
        ("", dt.date(2021, 5, 4), "11:30", ("2021-05-04", "2021-05-04")),
        ("Europe/London", dt.date(2021, 5, 4), "", ("2021-05-04T10:00:00+01:00", None)),
        ("Europe/London", dt.date(2021, 5, 4), "00:30", ("2021-05-04T10:00:00+01:00", None)),
        ("Europe/London", dt.date(1840, 5, 4), "11:30", ("1840-05-04", "1840-05-04")),
    ],
    ids=["no time zone", "no end", "an end behind midnight", "before time zones"],
)
def test_no_time_that_the_minutes_do_not_give(
    archive: Archive, zone: str, day: dt.date, end: str, expected: tuple[str, str | None]
) -> None:
    meeting = next(m for m in archive.meetings if m.id == "harbour-forum/2021-05-04")
    meeting = replace(meeting, date=day, minutes=replace(meeting.minutes, end=end))
    made = popolo(replace(archive, meetings=(meeting,)), replace(SETTINGS, time_zone=zone))
    event = json.loads(as_json(made["events"]))[0]
    assert (event["start_date"], event.get("end_date")) == expected


def test_a_decision_with_its_mover_and_the_votes(data: Any) -> None:
    motion = named(data["motions"], id="harbour-forum/2021-05-04/decision-1")
    assert motion["text"] == "Night sailings go on until September."
    assert (motion["creator_id"], motion["classification"]) == ("bo-ray", "motion")
    assert motion["result"] == "Carried, 5 votes to none" and "date" not in motion
    vote = named(data["vote_events"], motion_id=motion["id"])
    assert vote["counts"] == [{"option": "yes", "value": 5}, {"option": "no", "value": 0}]


def test_two_movers_are_nobody_s_motion_and_no_count_no_vote(archive: Archive) -> None:
    m = next(m for m in archive.meetings if m.decisions)
    two = replace(m.decisions[0], movers=(Owner("Bo Ray", "bo-ray"), Owner("Cleo Marsh", "cleo-marsh")))
    two = replace(two, decision=replace(two.decision, votes=Votes()))
    made = popolo(replace(archive, meetings=(replace(m, decisions=(two,)),)), SETTINGS)
    assert "creator_id" not in json.loads(as_json(made["motions"]))[0] and made["vote_events"] == []


def test_without_an_address_of_the_site_there_are_no_links(archive: Archive) -> None:
    made = json.loads(as_json(popolo(archive, replace(SETTINGS, site_url=""))))
    assert not [x for x in nodes(made) if isinstance(x, dict) and x.keys() & {"links", "sources"}]


def test_the_same_archive_gives_the_same_bytes(tmp_path: Path) -> None:
    first = build.make(make_folder(tmp_path), SETTINGS).files["data/popolo.json"]
    assert build.make(tmp_path, SETTINGS).files["data/popolo.json"] == first


def make_folder(folder: Path) -> Path:
    make(folder, FILES, SETTINGS)
    return folder

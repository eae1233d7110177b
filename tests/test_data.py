"""The data files: they say what their schema says, and where in the minutes each thing stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from minutebook import build
from minutebook.model import Settings
from minutebook.publish import record
from tests import whole
from tests.archives import make, minutes
from tests.test_render import MINUTES

EXTRA = """---
status: draft
layout: post
---
Harbour Forum

Notes of meeting held on 7 June 2021

Present: Ann Lee, Bo Ray
Absent: Cy Fox

1. Tides

The Director and the Minister left. They are finalising the promise that they will make at the next meeting, which is

not far away. Local Harbours (LHs) came.

RESOLVED that it be so.
"""

PEOPLE = """- name: Ann Lee
  other_names: [{name: Ann Marsh, from: 2001, until: 2005, bodies: [Harbour Forum]}]
  posts: [{role: Pilot, organisation: Pier Trust, from: 2001, until: 2005}]
  identifiers: {wikidata: Q1}
"""
ORGANISATIONS = """- name: Society of Harbour Pilots
  acronyms: [SHP]
  parent: Harbour Forum
"""
TOPICS = """- {name: Promises, phrases: [promise], not_when: [promise well], narrower: Tides, description: Kept or not.}
- {name: Tides, phrases: [tide]}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> build.Site:
    settings = Settings("Harbour Forum", licence="Free", licence_url="https://example.org/")
    register = {"people.yml": PEOPLE, "organisations.yml": ORGANISATIONS, "topics.yml": TOPICS}
    return make(tmp_path_factory.mktemp("m"), {"a/a.txt": MINUTES, "a/b.md": EXTRA, **register}, settings)


@pytest.fixture(scope="module")
def archive(site: build.Site) -> Any:
    return json.loads(site.files["data/archive.json"])


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The record of an archive that holds whatever can be in one."""
    made = record.archive(whole.archive(tmp_path_factory.mktemp("whole")), whole.SETTINGS)
    return json.loads(json.dumps(made))


@pytest.fixture(scope="module")
def schema(site: build.Site) -> Any:
    return json.loads(site.files["data/archive.schema.json"])


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a value of JSON."""
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(child)


def test_the_archive_is_what_its_schema_says(archive: Any, schema: Any) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(archive)


def test_so_is_one_with_everything_in_it(everything: Any, schema: Any) -> None:
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(everything)


def test_an_action_says_how_it_stands_and_what_says_so(everything: Any) -> None:
    actions = {a["id"]: a for m in everything["meetings"] for a in m["actions"]}
    done = actions[f"{whole.MAY}/action-4"]
    assert (done["status"], done["last_heard"], done["silent_for"]) == ("done", "2021-07-06", 0)
    assert [(n["state"], n["text"]) for n in done["news"]] == [("reported", "Begun"), ("done", "Complete")]
    evidence = {"meeting": whole.JULY, "address": f"meetings/{whole.JULY}/#p-2-1", "line": 22, "rule": "by its number"}
    assert evidence.items() <= done["news"][1].items()
    assert actions[f"{whole.MAY}/action-6"]["news"][0]["by"] == f"{whole.JULY}/action-2"
    assert actions[f"{whole.MAY}/action-5"]["news"] == [
        {"date": "2021-07-06", "state": "dropped", "text": "Of no use any more", "rule": "register"}
    ]
    assert (actions[f"{whole.MAY}/action-2"]["status"], actions[f"{whole.MAY}/action-2"]["silent_for"]) == ("new", 1)
    assert actions[f"{whole.MAY}/action-2"]["last_heard"] == "2021-05-04"  # its own meeting, as nobody spoke of it


def test_an_action_that_is_only_printed_again_has_no_life_of_its_own(everything: Any) -> None:
    again = next(a for m in everything["meetings"] for a in m["actions"] if a["id"] == f"{whole.JULY}/action-3")
    assert again["restates"] == f"{whole.MAY}/action-3"
    assert not again.keys() & {"status", "news", "last_heard", "silent_for"}


def test_a_decision_says_who_moved_it_and_how_it_went(everything: Any) -> None:
    decisions = {d["id"]: d for m in everything["meetings"] for d in m["decisions"]}
    resolved = decisions[f"{whole.MAY}/decision-2"]
    said = {"kind": "resolution", "movers": ["Bo Ray"], "mover_ids": ["people/bo-ray"], "seconders": ["the Clerk"]}
    assert said.items() <= resolved.items() and resolved["seconder_ids"] == []
    assert resolved["votes"] == {"in_favour": 5, "against": 0, "abstained": 2}  # nobody against is not nothing said
    assert decisions[f"{whole.MAY}/decision-3"]["elected_ids"] == ["people/bo-ray", "people/ann-lee"]
    assert not decisions[f"{whole.MAY}/decision-1"].keys() & {"votes", "movers", "seconders", "elected", "result"}


def test_a_meeting_holds_what_it_says_of_earlier_actions(everything: Any) -> None:
    reports = everything["meetings"][0]["reports"]
    assert reports[0] == {"text": "AP1 half done", "number": "AP1", "rule": "by its number", "line": 22}
    assert (reports[1]["of_last"], reports[1]["by"], reports[1]["state"]) == (True, "AP2", "superseded")
    assert (reports[2]["quoted"], reports[2]["raised"], reports[2]["state"]) == ("Paint", "2021-05-04", "done")


def test_so_is_one_whose_actions_are_said_to_stand_in_every_way(schema: Any, tmp_path: Path) -> None:
    given = "\n\n".join(
        f"Action 21/{n}: AL to mend the {what}." for n, what in enumerate(("net", "pier", "boat", "gate", "lamp"))
    )
    states = ("Ongoing", "Carried forward", "Done", "No longer needed", "Superseded by 21/0")
    said = "## Review of actions\n\n" + "\n".join(f"- 21/{n}: {state}" for n, state in enumerate(states))
    texts = {"forum/2021-01-11.txt": minutes(given), "forum/2021-02-08.txt": minutes(said)}
    texts["actions.yml"] = "- action: forum/2021-01-11/action-1\n  status: done\n  date: 2021-03-01\n"
    found = json.loads(make(tmp_path, texts).files["data/archive.json"])
    assert len({r["state"] for m in found["meetings"] for r in m["reports"]}) == len(states)
    jsonschema.Draft202012Validator(schema).validate(found)


def test_an_empty_archive_is_too(schema: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = json.loads(make(tmp_path_factory.mktemp("empty")).files["data/archive.json"])
    jsonschema.validate(empty, schema)
    assert empty["meetings"] == empty["people"] == []


def test_every_object_of_the_schema_lists_its_keys_and_allows_no_other(schema: Any) -> None:
    free = {"What the file's front matter holds, as written."}
    for node in nodes(schema):
        if node.get("type") == "object" and node.get("description") not in free:
            assert node["properties"] and node["additionalProperties"] is False, node
            assert set(node.get("required", ())) <= set(node["properties"])


def test_every_key_that_the_schema_lists_is_used(archive: Any, everything: Any, schema: Any) -> None:
    listed = {k for node in nodes(schema) if "properties" in node for k in node["properties"]}
    used = {k for read in (archive, everything) for node in nodes(read) for k in node}
    assert listed - used <= {"candidates", "explained", "places"}  # not in these minutes


def test_every_line_is_one_of_its_file(archive: Any) -> None:
    length = {"a/a.txt": len(MINUTES.splitlines()), "a/b.md": len(EXTRA.splitlines())}
    for meeting in archive["meetings"]:
        found = [(n, n.get("lines", [n["line"], n["line"]])) for n in nodes(meeting) if "line" in n]
        assert len(found) >= 10
        for node, (first, last) in found:
            assert 1 <= first <= last <= length[meeting["source"]] and first == node["line"], node


def test_what_is_said_to_stand_on_a_line_stands_there(archive: Any) -> None:
    text = {"a/a.txt": MINUTES.splitlines(), "a/b.md": EXTRA.splitlines()}
    for meeting in archive["meetings"]:
        lines = text[meeting["source"]]
        for mention in meeting["mentions"]:
            assert mention["text"] in lines[mention["line"] - 1]
        for person in meeting["people"]:
            assert person["name"] in lines[person["line"] - 1]
        for item in meeting["items"]:
            assert item["title"] in lines[item["line"] - 1]


def test_every_id_within_the_archive_leads_to_something_in_it(archive: Any) -> None:
    people = {p["id"] for p in archive["people"]}
    organizations = {o["id"] for o in archive["organizations"]}
    topics = {t["id"] for t in archive["topics"]}
    pages = {f"people/{p}" for p in people} | {f"organisations/{o}" for o in organizations}
    for meeting in archive["meetings"]:
        assert {p["id"] for p in meeting["people"]} <= people
        assert {m["person"] for m in meeting["mentions"]} - {None} <= people
        assert {m["organization"] for m in meeting["mentions"]} - {None} <= organizations
        assert {o for x in meeting["items"] + meeting["actions"] for o in x.get("owner_ids", ())} <= pages
        assert {t for i in meeting["items"] for t in i["topics"]} <= topics
    for topic in archive["topics"]:
        assert {*topic["broader"], *topic["narrower"]} <= topics
        assert [e["item"] for e in topic["evidence"]] == topic["items"]
    assert any(t["narrower"] for t in archive["topics"])
    for person in archive["people"]:
        assert {m["organization"] for m in person["memberships"] if "organization" in m} <= organizations
    assert {h["person"] for post in archive["posts"] for h in post["holders"]} <= people


def test_each_meeting_has_its_data_and_its_original_beside_it(site: build.Site, archive: Any) -> None:
    for meeting in archive["meetings"]:
        assert json.loads(site.files[meeting["address"] + "index.json"]) == meeting
    assert site.files["meetings/harbour-forum/2021-05-03/a.txt"].decode() == MINUTES
    assert site.files["meetings/harbour-forum/2021-06-07/b.md.txt"].decode() == EXTRA


def test_the_licence_and_the_ledger_are_published(site: build.Site, archive: Any) -> None:
    assert archive["licence"] == {"name": "Free", "url": "https://example.org/"}
    assert site.files["data/addresses.tsv"].decode() == site.ledger

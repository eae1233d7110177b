"""What pages say to programs in their heads: other forms of themselves, and what they are about."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from minutebook import build
from minutebook.model import Settings
from minutebook.publish import heads
from tests import pages
from tests.archives import make, minutes
from tests.harbour import MAY
from tests.pages import target
from tests.sites import BASE, ENVIRONMENT, Built

SITE = ENVIRONMENT["SITE_URL"]
MEETING = "meetings/harbour-forum/2021-05-04/"
EVERY = {("application/atom+xml", "feed.xml"), ("text/calendar", "meetings.ics")}
ATOM, CALENDAR = "application/atom+xml", "text/calendar"


def alternates(built: Built, address: str) -> set[tuple[str, str]]:
    """(type, path) of the other forms that a page names; each has a title."""
    found = pages.read(built.file(address)).all("link", rel="alternate")
    assert all(e.attributes["title"] for e in found)
    return {(e.attributes["type"], target(address, e.attributes["href"], BASE)) for e in found}


def linked(path: Path) -> Any:
    """The JSON-LD of a page, taken out as a program does that knows HTML; None where it has none."""
    scripts = pages.read(path).all("script", type="application/ld+json")
    return json.loads("".join(str(c) for c in scripts[0].children)) if scripts else None


# --- alternates ---


@pytest.mark.parametrize(
    "address, own",
    [
        ("", set()),
        ("about/", set()),
        ("glossary/", set()),
        ("actions/", {(ATOM, "actions/feed.xml")}),
        ("decisions/", {(ATOM, "decisions/feed.xml")}),
        ("data/", {("application/json", "data/archive.json")}),
        ("people/bo-ray/", {(ATOM, "people/bo-ray/feed.xml")}),
        ("topics/night-sailings/", {(ATOM, "topics/night-sailings/feed.xml")}),
        ("organisations/guild-of-pilots/", {(ATOM, "organisations/guild-of-pilots/feed.xml")}),
        (
            "organisations/harbour-forum/",
            {
                (ATOM, "organisations/harbour-forum/feed.xml"),
                (CALENDAR, "meetings/harbour-forum/meetings.ics"),
            },
        ),
        (
            "meetings/",
            {(ATOM, "meetings/harbour-forum/feed.xml"), (CALENDAR, "meetings/harbour-forum/meetings.ics")},
        ),
        (
            MEETING,
            {
                (ATOM, "meetings/harbour-forum/feed.xml"),
                (CALENDAR, "meetings/harbour-forum/meetings.ics"),
                (CALENDAR, f"{MEETING}meeting.ics"),
                ("application/json", f"{MEETING}index.json"),
                ("text/markdown", f"{MEETING}index.md"),
            },
        ),
    ],
)
def test_a_page_names_its_other_forms(forum: Built, address: str, own: set[tuple[str, str]]) -> None:
    found = alternates(forum, address)
    assert EVERY | own <= found
    beside = {(type_, f"{MEETING}{name}") for type_, _, name in heads.BESIDE}
    assert found <= EVERY | own | beside  # what is published beside a meeting besides
    for _, path in found:
        assert (forum.site / path).is_file(), path


def test_a_page_that_is_not_there_names_what_every_page_does(forum: Built) -> None:
    found = pages.read(forum.site / "404.html").all("link", rel="alternate")
    assert {e.attributes["href"] for e in found} == {f"{BASE}feed.xml", f"{BASE}meetings.ics"}


@pytest.mark.parametrize(
    "address, words",
    [
        ("meetings/", {"Feed": "feed.xml", "Calendar": "meetings.ics"}),
        (MEETING, {"Calendar": f"{MEETING}meeting.ics"}),
        ("people/bo-ray/", {"Feed": "people/bo-ray/feed.xml"}),
        ("topics/night-sailings/", {"Feed": "topics/night-sailings/feed.xml"}),
        ("organisations/guild-of-pilots/", {"Feed": "organisations/guild-of-pilots/feed.xml"}),
        ("organisations/harbour-forum/", {"Calendar": "meetings/harbour-forum/meetings.ics"}),
        ("actions/", {"Feed": "actions/feed.xml"}),
        ("decisions/", {"Feed": "decisions/feed.xml"}),
    ],
)
def test_a_reader_finds_feed_and_calendar_on_the_page(forum: Built, address: str, words: dict[str, str]) -> None:
    there = pages.read(forum.file(address)).one("article").all("a")
    found = {a.text: target(address, a.attributes["href"], BASE) for a in there if a.text in ("Feed", "Calendar")}
    assert words.items() <= found.items()


# --- linked data ---


def test_a_meeting_is_an_event_with_its_facts(forum: Built) -> None:
    event = linked(forum.file(MEETING))
    body = {"@type": "Organization", "name": "Harbour Forum", "url": f"{SITE}organisations/harbour-forum/"}
    assert event["@context"] == "https://schema.org" and event["@type"] == "Event"
    assert event["name"] == "Harbour Forum, 4 May 2021" and event["url"] == f"{SITE}{MEETING}"
    assert event["startDate"] == "2021-05-04T10:00+01:00" and event["endDate"] == "2021-05-04T11:30+01:00"
    assert event["location"] == {"@type": "Place", "name": "Customs House, Northport"}
    assert event["organizer"] == body
    there = {a["name"]: a for a in event["attendee"]}
    assert there.keys() == {"Ann Lee", "Bo Ray", "Cleo Marsh", "Eve Stone", "Finn Holt"}  # Dan Okoro sent apologies
    assert there["Bo Ray"] == {
        "@type": "Person",
        "name": "Bo Ray",
        "jobTitle": "Chief Executive",
        "affiliation": {
            "@type": "Organization",
            "name": "Northport Ferry Trust",
            "url": f"{SITE}organisations/northport-ferry-trust/",
        },
        "url": f"{SITE}people/bo-ray/",
    }
    assert [(t["name"], t["url"]) for t in event["about"]] == [
        ("Night sailings", f"{SITE}topics/night-sailings/"),
        ("Charts", f"{SITE}topics/charts/"),
    ]
    record = event["subjectOf"]
    assert record["@type"] == "DigitalDocument" and record["inLanguage"] == "en"
    assert record["license"].startswith("https://")
    assert linked(forum.file("meetings/harbour-forum/2021-07-06/"))["subjectOf"]["creativeWorkStatus"] == "Draft"


def test_every_address_in_linked_data_is_a_page_of_the_site(forum: Built) -> None:
    found = {p: linked(p) for p in forum.site.rglob("index.html")}
    urls = {u for d in found.values() if d for u in re.findall(r'"url": "([^"]*)"', json.dumps(d))}
    assert len([d for d in found.values() if d]) > 10 and len(urls) > 10
    for url in urls:
        assert forum.file(url.removeprefix(SITE)).is_file(), url


def test_people_and_organisations_are_what_they_are(tmp_path: Path) -> None:
    register = {
        "people.yml": "- name: Bo Ray\n  identifiers: {wikidata: Q42}\n",
        "organisations.yml": "- name: Guild of Pilots\n  parent: Harbour Forum\n",
    }
    site = make(tmp_path, {"forum/a.txt": MAY, **register}, Settings("Forum", site_url=SITE))
    ann, bo = (json.loads(site.heads[f"people/{x}/"].script) for x in ("ann-lee", "bo-ray"))
    assert ann["@type"] == "Person" and ann["honorificPrefix"] == "Dr" and ann["honorificSuffix"] == "MBE"
    assert bo["identifier"] == [{"@type": "PropertyValue", "propertyID": "wikidata", "value": "Q42"}]
    assert [o["name"] for o in bo["affiliation"]] == ["Northport Ferry Trust"]
    guild = json.loads(site.heads["organisations/guild-of-pilots/"].script)
    assert guild["alternateName"] == ["GOP"] and guild["parentOrganization"]["name"] == "Harbour Forum"


def test_times_are_as_far_as_they_are_known(tmp_path: Path) -> None:
    def event(head: str, zone: str = "") -> Any:
        files = {"a.md": f"---\nbody: Pier\n{head}\n---\n{minutes('Tide.')}"}
        site: build.Site = make(tmp_path / head[:16], files, Settings("Pier", time_zone=zone))
        [m] = site.archive.meetings
        return json.loads(site.heads[m.address].script)

    (tmp_path / "date: 2021-12-31").mkdir()
    assert event("date: 2021-12-31")["startDate"] == "2021-12-31"
    day = event('date: 2021-12-31\nstart: "22:00"')
    assert day["startDate"] == "2021-12-31T22:00" and "endDate" not in day
    night = event('date: 2021-12-31\nstart: "22:00"\nend: "00:30"', "America/New_York")
    assert (night["startDate"], night["endDate"]) == ("2021-12-31T22:00-05:00", "2022-01-01T00:30-05:00")
    # Without an address of the site, addresses start at the page.
    assert day["url"] == "./" and day["organizer"]["url"] == "../../../organisations/pier/"


def test_minutes_cannot_end_the_script(hostile: Built) -> None:
    said = []
    for path in hostile.site.rglob("index.html"):
        html = path.read_text("utf-8")
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
            assert not re.search("[<>&\u2028\u2029]", text)
            said.append(json.dumps(json.loads(text)))
        assert html.count("application/ld+json") <= 1
    assert sum("<script>window.harm = 1</script>" in x for x in said) > 3  # it is there, as text

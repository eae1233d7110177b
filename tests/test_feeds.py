"""Feeds: what a reader of feeds gets, that a program made of feeds takes them, and that entries stay as they are."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser
import pytest

from minutebook import build
from minutebook.model import Archive, News, Settings, SourceRef, paragraph_anchor
from minutebook.publish import feeds
from tests.archives import make, minutes
from tests.harbour import HOSTILE, JULY, JUNE, MAY, MEETINGS, SPRING

SITE = "https://minutes.example/repo/"
SETTINGS = Settings("Harbour Forum", site_url=SITE, licence="Free", licence_url="https://example.org/free/")
LONDON = replace(SETTINGS, time_zone="Europe/London")
MAY_ID, JULY_ID = "harbour-forum/2021-05-04", "harbour-forum/2021-07-06"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> build.Site:
    return make(tmp_path_factory.mktemp("m"), MEETINGS, SETTINGS)


def only_feeds(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path.endswith("feed.xml")}


def served(path: str) -> dict[str, str]:
    """What a server says of a feed."""
    return {"content-location": SITE + path, "content-type": "application/atom+xml"}


def read(files: Any, path: str) -> Any:
    """A feed as feedparser reads it, from where it stands."""
    found = feedparser.parse(files[path], response_headers=served(path))
    assert not found.bozo, (path, found.get("bozo_exception"))
    return found


def entry(files: Any, path: str, link: str) -> Any:
    [found] = [e for e in read(files, path).entries if e.link == SITE + link]
    return found


def entries(files: dict[str, bytes]) -> dict[tuple[str, str], str]:
    """(feed, id) -> the entry, as it is written."""
    out = {}
    for path, data in only_feeds(files).items():
        for text in re.findall(r"<entry.*?</entry>", data.decode(), re.S):
            out[path, re.findall("<id>(.*?)</id>", text)[0]] = text
    return out


def words(entry: Any) -> str:
    """What an entry says to whoever reads it."""
    return " ".join(re.sub("<[^>]+>", " ", entry.content[0].value).split())


# --- what there is ---


def test_there_is_a_feed_of_everything_and_beside_each_page_that_gathers(site: build.Site) -> None:
    beside = {"", "actions/", "decisions/", "meetings/harbour-forum/"}
    a = site.archive
    beside |= {x.address for x in (*a.people, *a.organizations, *a.topics)}
    assert {f"{x}feed.xml" for x in beside} == only_feeds(dict(site.files)).keys()
    for path in sorted(beside):
        found = read(site.files, f"{path}feed.xml")
        links = {link.rel: link.href for link in found.feed.links}
        assert links["self"] == f"{SITE}{path}feed.xml"
        assert links["license"] == "https://example.org/free/" and found.feed.rights == "Free"
        address = urlsplit(links["alternate"].removeprefix(SITE)).path
        assert address in site.pages
        assert found.feed.updated == max((e.updated for e in found.entries), default="1970-01-01T00:00:00+00:00")
    feed_ids = [read(site.files, path).feed.id for path in only_feeds(dict(site.files))]
    assert len(set(feed_ids)) == len(feed_ids)


def test_every_entry_leads_to_a_page_of_the_site_and_says_something(site: build.Site) -> None:
    anchors = set()
    for m in site.archive.meetings:
        ids = [f"item-{i.key}" for i in m.items] + [paragraph_anchor(n) for n in m.paragraphs.values()]
        ids += [f"action-{a.number}" for a in m.actions] + [f"decision-{d.number}" for d in m.decisions]
        anchors |= {f"{m.address}#{id_}" for id_ in ids}
    for path in only_feeds(dict(site.files)):
        for e in read(site.files, path).entries:
            there = e.link.removeprefix(SITE)
            assert there in anchors or there in site.pages, there
            assert e.title and e.summary and words(e) and e.author
            inner = re.findall('href="([^"]*)"', e.content[0].value)
            assert {x.removeprefix(SITE) for x in inner} <= anchors, path


def test_a_meeting_says_what_was_decided_who_is_to_do_what_and_who_was_there(site: build.Site) -> None:
    e = entry(site.files, "feed.xml", f"meetings/{MAY_ID}/")
    assert e.title == "Harbour Forum, 4 May 2021"
    assert e.summary == "2 actions, 1 decision. 1. Welcome; 2. Night sailings; 3. Charts"
    said = words(e)
    assert "Tuesday 4 May 2021, 10:00 to 11:30; Customs House, Northport; chaired by Ann Lee." in said
    assert "Decided Night sailings go on until September." in said
    assert "Bo Ray : BR to write to the Tidewater Trust about lights." in said
    assert "Present : Dr Ann Lee MBE, Bo Ray, Cleo Marsh" in said
    assert "Apologies : Dan Okoro (represented by Eve Stone)" in said
    assert f'<a href="{SITE}meetings/{MAY_ID}/#decision-1">' in e.content[0].value
    assert [t.term for t in e.tags] == ["night-sailings", "charts"]


def test_a_person_sees_what_they_are_recorded_as_saying_and_are_to_do(site: build.Site) -> None:
    e = entry(site.files, "people/bo-ray/feed.xml", f"meetings/{MAY_ID}/")
    assert e.title == "Bo Ray: Harbour Forum, 4 May 2021" and e.summary == "1 item led, 1 action, 1 paragraph"
    said = words(e)
    assert said.startswith("Present, Chief Executive, Northport Ferry Trust Items led 2. Night sailings To do Bo Ray :")
    assert (
        "In the minutes BR said that night sailings doubled in spring. CM asked for more pilots after dark. 2.1" in said
    )
    away = entry(site.files, "people/cleo-marsh/feed.xml", f"meetings/{JULY_ID}/")
    assert words(away) == "Apologies, Secretary, Guild of Pilots" and away.summary == "Listed in the attendance"


def test_an_organisation_sees_who_came_for_it_and_a_body_its_meetings(site: build.Site) -> None:
    guild = entry(site.files, "organisations/guild-of-pilots/feed.xml", f"meetings/{MAY_ID}/")
    assert words(guild).startswith("Cleo Marsh, Present, Secretary To do Guild of Pilots : ")
    assert "is to count its night pilots" in words(guild)
    own = entries(dict(site.files))
    for path in ("feed.xml", "meetings/harbour-forum/feed.xml", "organisations/harbour-forum/feed.xml"):
        assert [e.title[-11:] for e in read(site.files, path).entries] == [" 4 May 2021", "6 July 2021"]  # a later note
    alike = [x for (path, _), x in own.items() if path in ("feed.xml", "meetings/harbour-forum/feed.xml")]
    assert len(alike) == 4 and len(set(alike)) == 2  # the same bytes in both


def test_a_topic_sees_its_items(site: build.Site) -> None:
    e = entry(site.files, "topics/night-sailings/feed.xml", f"meetings/{MAY_ID}/#item-2")
    assert e.title == "Night sailings: Harbour Forum, 4 May 2021"
    assert "Decided Night sailings go on until September." in words(e) and "ES would like lights" in words(e)


# --- actions: how they stand ---


def followed(archive: Archive) -> Archive:
    """The archive, in which the first action was heard of twice, and the second is only another's words again."""
    july, may = archive.meetings
    first, second = may.actions
    there = SourceRef("forum/2021-07-06.md", 3, 3)
    news = (
        News(dt.date(2021, 7, 6), "reported", "BR said <it> is under way", "", JULY_ID, "p-1-1", there),
        News(dt.date(2022, 1, 9), "done", "the letter was sent", "register"),
    )
    changed = replace(first, news=news), replace(second, restates="harbour-forum/2021-03-01/action-1")
    return replace(archive, meetings=(july, replace(may, actions=changed)))


def test_an_action_says_how_it_stands_in_the_words_of_the_evidence(site: build.Site) -> None:
    files = feeds.files(followed(site.archive), SETTINGS)
    found = read(files, "actions/feed.xml").entries
    assert [e.link.removeprefix(SITE) for e in found] == [
        f"meetings/{MAY_ID}/#action-1",  # the latest news come first
        f"meetings/{JULY_ID}/#action-1",
    ]
    done, new = found
    assert done.published[:10] == "2021-05-04" and done.updated[:10] == "2022-01-09"
    assert done.title == "Bo Ray: BR to write to the Tidewater Trust about lights."
    said = words(done)
    assert "Owner: Bo Ray; set by Harbour Forum on 4 May 2021; 2. Night sailings. How it stands: done ." in said
    assert "9 January 2022, the register of this archive: done the letter was sent" in said
    assert "6 July 2021, Harbour Forum : reported on again BR said &lt;it&gt; is under way" in said
    assert f'<a href="{SITE}meetings/{JULY_ID}/#p-1-1">' in done.content[0].value
    assert "due 30 July 2021" in words(new) and "How it stands: not heard of since ." in words(new)


def test_an_action_that_is_only_printed_again_stands_in_no_feed(site: build.Site) -> None:
    again = "is to count its night pilots."
    said = [text for text in entries(dict(site.files)).values() if again in text]
    assert said
    files = feeds.files(followed(site.archive), SETTINGS)
    left = [text for text in entries(files).values() if again in text]
    # as a paragraph, where somebody is named in it, or among those of its item; as an action nowhere
    assert not any(re.search(r"To do(?:(?!h2).)*" + again, text, re.S) for text in left)


def test_a_decision_says_who_moved_it_and_how_it_went(site: build.Site) -> None:
    e = entry(site.files, "decisions/feed.xml", f"meetings/{MAY_ID}/#decision-1")
    assert e.title == "Night sailings go on until September."
    assert "Harbour Forum; 4 May 2021; 2. Night sailings" in words(e)


# --- that entries stay ---


def test_an_entry_changes_only_when_its_own_meeting_does(tmp_path: Path) -> None:
    before = entries(dict(make(tmp_path, MEETINGS, SETTINGS).files))
    corrected = JULY.replace("the lamps have come", "the lamps have come, and work")
    later = {"forum/2021-07-06.md": corrected, "forum/2021-03-01.txt": SPRING, "board/2021-06-01.txt": JUNE}
    after = entries(dict(make(tmp_path, later, SETTINGS).files))
    assert before.keys() <= after.keys()
    changed = {key for key in before if before[key] != after[key]}
    assert changed and all(f"meetings/{JULY_ID}/" in after[key] for key in changed)
    assert all("and work" in after[key] for key in changed)
    assert sum("2021-05-04T00:00:00" in before[key] for key in before.keys() - changed) > 10


def test_entries_are_the_same_wherever_the_site_stands(tmp_path: Path, site: build.Site) -> None:
    moved = entries(feeds.files(site.archive, replace(SETTINGS, site_url="https://other.example/")))
    assert {k: x.replace("https://other.example/", SITE) for k, x in moved.items()} == entries(dict(site.files))


def test_a_later_note_and_a_removed_name_are_an_update(tmp_path: Path) -> None:
    noted = MAY.replace("1. Welcome", "The list of officials was corrected [9 March 2023]\n\n1. Welcome")
    redactions = "- name: Cleo Marsh\n  date: 2024-02-03\n"
    files = make(tmp_path, {"forum/a.txt": noted, "forum/b.md": JULY.replace("Cleo Marsh", "Hal Dean")}, LONDON).files
    assert entry(files, "feed.xml", f"meetings/{MAY_ID}/").updated == "2023-03-09T00:00:00+00:00"
    assert entry(files, "feed.xml", f"meetings/{JULY_ID}/").updated == "2021-07-06T00:00:00+01:00"  # summer time
    files = make(tmp_path, {"redactions.yml": redactions}, LONDON).files
    assert entry(files, "feed.xml", f"meetings/{MAY_ID}/").updated == "2024-02-03T00:00:00+00:00"
    assert not any(b"Marsh" in data for data in only_feeds(dict(files)).values())


def test_a_person_who_is_merged_is_followed_at_the_old_feed_too(tmp_path: Path) -> None:
    two = {"forum/a.txt": MAY, "forum/b.md": JULY.replace("Bo Ray", "Robert Ray").replace("[BR]", "[RR]")}
    first = make(tmp_path, two, SETTINGS)
    assert {"people/bo-ray/feed.xml", "people/robert-ray/feed.xml"} <= first.files.keys()
    files = make(tmp_path, {"people.yml": "- name: Bo Ray\n  other_names: [Robert Ray]\n"}, SETTINGS).files
    assert files["people/robert-ray/feed.xml"] == files["people/bo-ray/feed.xml"]
    assert len(read(files, "people/bo-ray/feed.xml").entries) == 2


def test_a_feed_is_bounded_and_holds_what_changed_last(site: build.Site) -> None:
    july, may = site.archive.meetings
    many = [
        replace(may, id=f"harbour-forum/{day}", date=day)
        for day in (dt.date(2000, 1, 1) + dt.timedelta(days=n) for n in range(80, 0, -1))
    ]
    whole = replace(site.archive, meetings=(july, *many))
    files = feeds.files(replace(whole, topics=tuple(replace(t, items=()) for t in whole.topics)), SETTINGS)
    assert len(read(files, "feed.xml").entries) == len(read(files, "actions/feed.xml").entries) == feeds.MOST
    assert len(read(files, "people/bo-ray/feed.xml").entries) == feeds.MOST_OF_ONE
    newest = [e.link for e in read(files, "feed.xml").entries[:2]]
    assert newest == [f"{SITE}meetings/harbour-forum/2000-03-2{n}/" for n in (1, 0)]  # each with a note of 2023
    assert read(files, "feed.xml").feed.subtitle == "The 50 meetings that changed last, the latest first."


# --- where it is not known where the site stands, and what means harm ---


def test_without_an_address_of_the_site_links_start_at_the_feed(site: build.Site) -> None:
    files = feeds.files(site.archive, replace(SETTINGS, site_url=""))
    for path in files:
        found = feedparser.parse(files[path], response_headers=served(path))
        assert not found.bozo
        assert {link.href for link in found.feed.links if link.rel == "self"} == {SITE + path}
        for e in found.entries:
            assert e.link.startswith(f"{SITE}meetings/harbour-forum/2021-0"), e.link
            for href in re.findall('href="([^"]*)"', e.content[0].value):
                assert urljoin(e.link, href).startswith(f"{SITE}meetings/harbour-forum/2021-0")


def test_what_minutes_say_stays_text(tmp_path: Path) -> None:
    files = make(tmp_path, {**HOSTILE, "yard/x.md": '---\nplace: "a\\x01b \\uFFFE"\n---\n' + MAY}, SETTINGS).files
    raw = [x for path in only_feeds(dict(files)) for x in read(files, path).entries]
    assert len(raw) > 10
    for text in entries(dict(files)).values():
        [content] = re.findall(r'<content type="html">(.*?)</content>', text, re.S)
        html = content.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert set(re.findall(r"<\s*/?\s*(\w+)", html)) <= {"p", "em", "strong", "h2", "ul", "li", "a", "blockquote"}
        assert all(x.startswith(SITE) for x in re.findall(r'<a href="([^"]*)">', html))
        assert not re.findall(r"<[^>]*\son\w+=", html)
    assert any(
        "&lt;script&gt;" in re.findall("<title>(.*?)</title>", text)[0] for text in entries(dict(files)).values()
    )
    assert any("a\N{REPLACEMENT CHARACTER}b \N{REPLACEMENT CHARACTER}" in words(e) for e in raw)


def test_an_archive_without_meetings_has_a_feed_without_entries(tmp_path: Path) -> None:
    files = make(tmp_path, {}, SETTINGS).files
    found = read(files, "feed.xml")
    assert found.entries == [] and found.feed.updated == "1970-01-01T00:00:00+00:00"


def test_a_decision_tells_its_result_and_the_figures_that_stand_elsewhere(tmp_path: Path) -> None:
    text = minutes("Motion: That the pier be lit.", "Ayes: 5\nNays: 2", "Motion carried.")
    feed = make(tmp_path, {"forum/2021-01-11.txt": text}, SETTINGS).files["decisions/feed.xml"].decode()
    assert "Motion carried; 5 in favour, 2 against" in feed

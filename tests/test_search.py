"""What a search can find, under which words, and the files that browsers ask."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from minutebook.build import Site
from minutebook.publish import search
from minutebook.publish.search.index import made
from minutebook.publish.search.records import Record
from minutebook.publish.search.words import MARK
from tests import harbour, pages, sites
from tests.archives import make, minutes
from tests.sites import Built

PEOPLE = "Ann Lee (Master, Guild of Pilots (GOP)) [AL]; Bo O'Neill (Clerk, Tide Trust) [BOn]; Eve Fox-Marsh [EFM]"
PEOPLE += "; Zoë McDonald [ZMD]"
ABOUT = search.WrittenPage("about/", "About", "<h1>About</h1><p>A lighthouse keeps this.</p>")


def records(site: Site) -> list[Record]:
    return search.records(site.archive, site.pages)


def at(site: Site, anchor: str) -> Record:
    """The record of a place."""
    return next(r for r in records(site) if r.address.endswith(anchor))


def printed(content: str) -> str:
    """The content without the words that were hung on others: what the minutes say."""
    return re.sub(rf"\[{MARK}\+[^\]\s]*\]|\{{{MARK}\+[^}}\s]*\}}", "", content)


# --- under which words ---------------------------------------------------------------------------------------------

SAID = {
    # what the minutes say -> what is searched
    "AL asked for lamps.": "AL[+Ann+Lee] asked for lamps.",
    "Ann Lee asked for lamps.": "Ann Lee{+AL} asked for lamps.",
    "AL, BOn and EFM left.": "AL[+Ann+Lee], BOn[+bon+Bo+O'Neill+oneill] and EFM[+Eve+Fox-Marsh+foxmarsh] left.",
    "The Clerk agreed.": "The Clerk{+Bo+O'Neill+BOn+oneill+bon} agreed.",
    "GOP will ask.": "GOP[+Guild+of+Pilots] will ask.",
    "The Guild of Pilots will ask.": "The Guild of Pilots{+GOP} will ask.",
    "The Guild will ask.": "The Guild will ask.",
    "XY asked again.": "XY asked again.",
    "A note [+a+b] and one{+c}.": "A note [+a+b] and one{+c}.",
    "Ms McDonald left.": "Ms McDonald{+Zoë+ZMD} left.",
}


@pytest.mark.parametrize("said", SAID)
def test_names_are_found_by_their_initials_and_initials_by_the_name(said: str, tmp_path: Path) -> None:
    site = make(tmp_path, {"forum/2021-05-03.md": minutes(said, people=PEOPLE)})
    assert at(site, "#item-1").content.replace(MARK, "") == SAID[said]


# --- what is found -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def forum_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make(tmp_path_factory.mktemp("minutes"), harbour.MEETINGS)


def test_every_word_of_the_minutes_is_in_one_record(forum_site: Site) -> None:
    for m in forum_site.archive.meetings:
        found: Counter[str] = Counter()
        for r in records(forum_site):
            if r.address.partition("#")[0] == m.address:
                title = r.meta["title"] if r.filters["kind"] == ["item"] else ""
                found.update(pages.words(f"{printed(r.content)} {title}"))
        said = Counter(w for b in m.minutes.blocks for w in pages.words(b.text.plain))
        assert found == said


def test_there_is_a_record_for_each_thing_at_its_address(forum_site: Site) -> None:
    archive = forum_site.archive
    expected = {x.address for x in (*archive.meetings, *archive.people, *archive.organizations, *archive.topics)}
    for m in archive.meetings:
        expected |= {f"{m.address}#item-{i.key}" for i in m.items}
        expected |= {f"{m.address}#action-{a.number}" for a in m.actions}
        expected |= {f"{m.address}#decision-{d.number}" for d in m.decisions}
    found = [r.address for r in records(forum_site)]
    assert sorted(found) == sorted(expected)


def test_a_record_has_the_facets_of_what_it_holds(forum_site: Site) -> None:
    item = at(forum_site, "2021-05-04/#item-2")
    assert item.meta == {"title": "Night sailings", "meeting": "Meeting of 4 May 2021"}
    assert item.date == "2021-05-04"
    assert item.filters == {
        "kind": ["item"],
        "body": ["Harbour Forum"],
        "year": ["2021"],
        "person": ["Bo Ray", "Cleo Marsh", "Eve Stone", "Finn Holt"],
        "organisation": ["Guild of Pilots"],
        "topic": ["Night sailings"],
    }
    action = at(forum_site, "2021-05-04/#action-1")
    assert action.meta["item"] == "Night sailings"
    assert action.filters["kind"] == ["action"]
    assert action.filters["person"] == ["Bo Ray"]
    assert action.filters["topic"] == ["Night sailings"]


def test_whoever_came_to_a_meeting_is_a_facet_of_it(forum_site: Site) -> None:
    meeting = at(forum_site, "2021-07-06/")
    assert meeting.filters["kind"] == ["meeting"]
    assert {"Ann Lee", "Bo Ray", "Cleo Marsh", "Dan Okoro"} <= set(meeting.filters["person"])


def test_a_person_is_found_by_every_form_of_the_name_and_by_role(forum_site: Site) -> None:
    person = at(forum_site, "people/ann-lee/")
    assert person.meta == {"title": "Ann Lee", "about": "Chair, Harbour Master"}
    assert "Dr Ann Lee MBE" in person.content
    assert person.date == "2021-07-06"


def test_namesakes_are_two_values_of_the_facet(tmp_path: Path) -> None:
    site = make(tmp_path, {**harbour.MEETINGS, "board/2021-06-01.txt": harbour.JUNE})
    named = [p for p in site.archive.people if p.name == "Ann Lee"]
    assert len(named) == 2
    values = {r.filters["person"][0] for r in records(site) if r.address in {p.address for p in named}}
    first, second = sorted(p.id for p in named)
    assert values == {"Ann Lee", f"Ann Lee ({second})"}  # a search for the first that was kept still finds the first
    of_the_first = next(r for r in records(site) if r.address == f"people/{first}/")
    assert of_the_first.filters["person"] == ["Ann Lee"]


# --- the files -----------------------------------------------------------------------------------------------------


def test_the_same_records_give_the_same_files(forum_site: Site) -> None:
    one, other = (made(records(forum_site), [ABOUT], "en") for _ in range(2))
    assert one == other
    assert any(name.startswith("filter/") for name in one)


def test_the_files_are_named_by_what_they_hold(forum_site: Site) -> None:
    found = records(forum_site)
    one, other = made(found, [], "en"), made(found[:-1], [], "en")
    assert all(one[name] == other[name] for name in one.keys() & other.keys() if name != "pagefind-entry.json")


def test_nothing_of_an_earlier_index_stays(tmp_path: Path, forum_site: Site) -> None:
    search.write(records(forum_site), [ABOUT], "en", tmp_path)
    search.write(records(forum_site)[:3], [], "en", tmp_path)
    left = {p.relative_to(tmp_path / "pagefind").as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert left == set(made(records(forum_site)[:3], [], "en"))


def test_only_what_the_pages_load_is_published(seeds: Built) -> None:
    folder = seeds.site / "pagefind"
    assert {p.name for p in folder.iterdir() if p.suffix == ".js"} == {"pagefind.js", "pagefind-worker.js"}
    assert not (seeds.site / "search" / "search_index.json").exists()


def test_without_pagefind_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("minutebook.publish.search.index.get_executable", lambda: None)
    with pytest.raises(RuntimeError, match=r"install `pagefind\[bin\]`"):
        search.write([], [], "en", tmp_path)


@pytest.mark.parametrize("mode", [0o644, 0o755], ids=["not to be run", "ends at once"])
def test_a_pagefind_that_does_not_run_is_told(mode: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\nexit 3\n", "utf-8")
    program.chmod(mode)
    monkeypatch.setattr("minutebook.publish.search.index.get_executable", lambda: program)
    with pytest.raises(RuntimeError, match=r"^Pagefind"):
        search.write([], [ABOUT], "en", tmp_path)


def test_an_archive_of_nothing_can_be_searched(tmp_path: Path) -> None:
    files = made(records(make(tmp_path)), [ABOUT], "en")
    assert len([name for name in files if name.startswith("fragment/")]) == 1


def test_a_page_may_ask_to_be_left_out(tmp_path: Path) -> None:
    project = sites.project(tmp_path, {})
    about = project / "docs" / "about.md"
    about.write_text(
        about.read_text("utf-8").replace("---\n", "---\nsearch:\n  boost: 2\n  exclude: true\n", 1), "utf-8"
    )
    with_it = sites.build(sites.project(tmp_path / "other", {}))
    without = sites.build(project)
    fragments = [len(list((b.site / "pagefind" / "fragment").iterdir())) for b in (with_it, without)]
    assert fragments[0] == fragments[1] + 1

"""What a search can find, under which words, and the files that browsers ask."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.build import Site
from minutebook.publish import search
from minutebook.publish.search import index
from minutebook.publish.search.index import FOLDER, write
from minutebook.publish.search.kin import kin
from minutebook.publish.search.pieces import Named
from minutebook.publish.search.postings import PAGE, Postings, pages, plain, weighed
from minutebook.publish.search.records import Group, Record
from minutebook.publish.search.terms import terms, words
from minutebook.publish.words import decoded_words
from tests import harbour, sites
from tests import pages as printed_pages
from tests.archives import make, minutes
from tests.sites import Built

PEOPLE = "Ann Lee (Master, Guild of Pilots (GOP)) [AL]; Bo O'Neill (Clerk, Tide Trust) [BOn]; Eve Fox-Marsh [EFM]"
PEOPLE += "; Zoë McDonald [ZMD]"
ABOUT = search.WrittenPage(
    "about/",
    "About",
    "<h1>About</h1><p>A lighthouse keeps this.</p><h2 id='why'>Why, and <em>how</em></h2><p>For <b>all</b>.",
)


def groups(site: Site) -> list[Group]:
    return list(search.groups(site.archive, site.pages))


def at(site: Site, address: str) -> tuple[Group, Record]:
    """The record at an address, with the group that it is of."""
    return next(
        (g, r) for g in groups(site) for r in g.records if f"{g.address}#{r.anchor}".rstrip("#").endswith(address)
    )


def printed(record: Record) -> str:
    """The text of a record as the minutes have it."""
    return "\n".join("".join(x.text if isinstance(x, Named) else x for x in paragraph) for paragraph in record.text)


def found_by(record: Record) -> set[str]:
    return set(terms(record.title, record.text).words)


# --- under which words ---------------------------------------------------------------------------------------------

SAID = {
    # what the minutes say -> other words under which it is found, and what is no other word of it
    "AL asked for lamps.": ({"ann", "lee", "al", "=al"}, {"=ann"}),
    "Ann Lee asked for lamps.": ({"al", "=al"}, {"master"}),
    "BOn and EFM left.": ({"bo", "oneill", "neill", "fox", "marsh", "foxmarsh", "=bon"}, set()),
    "The Clerk agreed.": ({"bo", "oneill", "bon"}, set()),
    "GOP will ask.": ({"guild", "of", "pilots"}, set()),
    "The Guild of Pilots will ask.": ({"gop", "=gop"}, set()),
    "The Guild will ask.": (set(), {"pilots", "gop"}),
    "Ms McDonald left.": ({"zoe", "zmd"}, set()),
    "It was late.": ({"it"}, {"=it"}),
    "Children's multi-agency work": (
        {"childrens", "children", "multi", "agency", "multiagency"},
        {"s", "multi-agency"},
    ),
    "L’été à Łódź": ({"lete", "ete", "lodz"}, {"été"}),
}


@pytest.mark.parametrize("said", SAID)
def test_a_place_is_found_by_other_words_too(said: str, tmp_path: Path) -> None:
    site = make(tmp_path, {"forum/2021-05-03.md": minutes(said, people=PEOPLE)})
    _, item = at(site, "#item-1")
    there, absent = SAID[said]
    assert printed(item) == said  # nothing is put in between
    assert there <= found_by(item)
    assert not absent & found_by(item)


def test_a_phrase_may_have_the_name_for_the_initials(tmp_path: Path) -> None:
    site = make(tmp_path, {"forum/2021-05-03.md": minutes("Then AL asked for lamps.", people=PEOPLE)})
    _, item = at(site, "#item-1")
    pairs = terms("", item.text).pairs
    assert {"then al", "al asked", "then ann", "ann lee", "lee asked", "for lamps"} <= pairs
    assert "al ann" not in pairs


def test_a_word_weighs_more_in_a_title_and_in_a_short_text() -> None:
    long = terms("Lamps", [["lamps " + "and more " * 200]]).words
    assert terms("Lamps", [["nothing"]]).words["lamps"] > terms("", [["lamps"]]).words["lamps"] > long["more"] // 2
    assert terms("", [["lamps and lamps"]]).words["lamps"] > terms("", [["lamps and masts"]]).words["lamps"]
    assert set(map(int, long.values())) <= set(range(1, 10))


def test_forms_of_a_word_are_kin_in_the_language_of_the_site() -> None:
    there = ["attend", "attendance", "attended", "lamps", "lamp", "a", "10"]
    assert kin(there, {}, "en")["attended"] == ["attend", "attendance"]
    assert kin(["ecole", "ecoles"], {"ecole": "école", "ecoles": "écoles"}, "fr") == {
        "ecole": ["ecoles"],
        "ecoles": ["ecole"],
    }
    assert kin(["sitzung", "sitzungen"], {}, "de")["sitzung"] == ["sitzungen"]
    assert kin(["llyfr", "llyfrau"], {}, "cy") == {}


@given(st.text())
def test_words_are_letters_and_digits_in_small_and_never_empty(text: str) -> None:
    for word in words(text):
        assert all(w and not any(c.isspace() for c in w) and w == w.lower() for w in (word.word, *word.also))


# --- what is found -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def forum_site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return make(tmp_path_factory.mktemp("minutes"), harbour.MEETINGS)


def test_every_word_of_the_minutes_is_in_one_record(forum_site: Site) -> None:
    for m in forum_site.archive.meetings:
        found: Counter[str] = Counter()
        for r in (r for g in groups(forum_site) if g.address == m.address for r in g.records):
            found.update(printed_pages.words(f"{printed(r)} {r.title if r.kind == 'item' else ''}"))
        said = Counter(w for b in m.minutes.blocks for w in printed_pages.words(b.text.plain))
        assert found == said


def test_there_is_a_record_for_each_thing_at_its_address(forum_site: Site) -> None:
    archive = forum_site.archive
    expected = {x.address for x in (*archive.meetings, *archive.people, *archive.organizations, *archive.topics)}
    for m in archive.meetings:
        expected |= {f"{m.address}#item-{i.key}" for i in m.items}
        expected |= {f"{m.address}#action-{a.number}" for a in m.actions}
        expected |= {f"{m.address}#decision-{d.number}" for d in m.decisions}
    found = [f"{g.address}#{r.anchor}".rstrip("#") for g in groups(forum_site) for r in g.records]
    assert sorted(found) == sorted(expected)


def test_a_record_has_the_facets_of_what_it_holds(forum_site: Site) -> None:
    meeting, item = at(forum_site, "2021-05-04/#item-2")
    assert (meeting.title, meeting.date, meeting.body) == ("Meeting of 4 May 2021", "2021-05-04", "Harbour Forum")
    assert (item.title, item.item) == ("Night sailings", "")
    assert item.facets == {
        "person": ("Bo Ray", "Cleo Marsh", "Eve Stone", "Finn Holt"),
        "organisation": ("Guild of Pilots",),
        "topic": ("Night sailings",),
    }
    _, action = at(forum_site, "2021-05-04/#action-1")
    assert (action.kind, action.item) == ("action", "Night sailings")
    assert action.facets["person"] == ("Bo Ray",)
    assert action.facets["topic"] == ("Night sailings",)


def test_whoever_came_to_a_meeting_is_a_facet_of_it(forum_site: Site) -> None:
    _, meeting = at(forum_site, "2021-07-06/")
    assert meeting.kind == "meeting"
    assert {"Ann Lee", "Bo Ray", "Cleo Marsh", "Dan Okoro"} <= set(meeting.facets["person"])


def test_a_person_is_found_by_every_form_of_the_name_and_by_role(forum_site: Site) -> None:
    group, person = at(forum_site, "people/ann-lee/")
    assert (person.title, person.about, group.date) == ("Ann Lee", "Chair, Harbour Master", "2021-07-06")
    forms = printed(person).split("\n")[: person.forms]
    assert "Dr Ann Lee MBE" in forms
    assert "Chair, Harbour Master" not in forms
    assert {"harbour", "master"} <= found_by(person)


def test_a_profile_is_of_every_body_that_heard_of_it_and_as_new_as_the_last(tmp_path: Path) -> None:
    given = {"forum/2021-05-03.md": minutes("AL asked for lamps."), "board/2022-05-03.md": minutes("Lamps came.")}
    site = make(tmp_path, given)
    group, record = at(site, "topics/tides/")
    assert record.facets["body"] == ("Board", "Forum")
    assert group.date == "2022-05-03"


def test_an_action_is_about_what_it_says_and_not_all_that_its_item_comes_to(tmp_path: Path) -> None:
    lines = ("A late ferry came.", "Action: Bo Ray to paint the pier.", "Action: Ann Lee to meet each late ferry.")
    topics = "- name: Night sailings\n  phrases: [late ferry]\n"
    given = {"forum/2021-05-03.md": minutes(*lines, people="Bo Ray; Ann Lee"), "topics.yml": topics}
    site = make(tmp_path, given)
    about = [at(site, f"#{anchor}")[1].facets["topic"] for anchor in ("item-1", "action-1", "action-2")]
    assert about == [("Night sailings", "Tides"), ("Tides",), ("Night sailings", "Tides")]


def test_namesakes_are_two_values_of_the_facet(tmp_path: Path) -> None:
    site = make(tmp_path, {**harbour.MEETINGS, "board/2021-06-01.txt": harbour.JUNE})
    named = sorted(p.id for p in site.archive.people if p.name == "Ann Lee")
    assert len(named) == 2
    # a search for the first that was kept still finds the first
    values = [at(site, f"people/{id_}/")[1].facets["person"] for id_ in named]
    assert values == [("Ann Lee",), (f"Ann Lee ({named[1]})",)]


def test_sections_of_a_written_page_are_found_at_their_headings() -> None:
    (group,) = search.written([ABOUT])
    assert [(r.anchor, r.title, printed(r)) for r in group.records] == [
        ("", "About", "A lighthouse keeps this."),
        ("why", "Why, and how", "For all."),
    ]


# --- the files -----------------------------------------------------------------------------------------------------


def files(
    site: Site, out: Path, pages_: Iterable[search.WrittenPage] = (), cache: Path | None = None
) -> dict[str, bytes]:
    """The files of an index, by path below its folder."""
    write(chain(groups(site), search.written(pages_)), "en", ["the", "of"], out, cache)
    folder = out / FOLDER
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_records_give_the_same_files(forum_site: Site, tmp_path: Path) -> None:
    one, other = (files(forum_site, tmp_path / name, [ABOUT]) for name in ("one", "other"))
    assert one == other
    assert {"manifest.json"} < one.keys()


def test_what_changes_has_another_address_and_nothing_earlier_stays(forum_site: Site, tmp_path: Path) -> None:
    one = files(forum_site, tmp_path, [ABOUT])
    other = files(forum_site, tmp_path, [])
    assert one.keys() & other.keys() == {"manifest.json"}


def test_a_cache_changes_nothing_but_the_time(forum_site: Site, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    anew = files(forum_site, tmp_path / "anew", [ABOUT])
    first, again = (files(forum_site, tmp_path / str(k), [ABOUT], cache) for k in range(2))
    assert anew == first == again
    (cache / "search.sqlite").write_bytes(b"no database")
    assert files(forum_site, tmp_path / "damaged", [ABOUT], cache) == anew


def test_a_cache_that_another_build_writes_or_that_is_damaged_is_none(
    forum_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("minutebook.publish.search.cache._PATIENCE", 0)
    cache = tmp_path / "cache"
    anew = files(forum_site, tmp_path / "anew", [ABOUT])
    files(forum_site, tmp_path / "before", [], cache)
    other = sqlite3.connect(cache / "search.sqlite")
    other.execute("BEGIN IMMEDIATE")
    assert files(forum_site, tmp_path / "locked", [ABOUT], cache) == anew
    other.execute("UPDATE kept SET data = x'00' || substr(data, 2)")
    other.commit()
    other.close()
    assert files(forum_site, tmp_path / "damaged", [ABOUT], cache) == anew


def test_another_way_of_finding_out_words_leaves_nothing_of_the_one_before(
    forum_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    before = files(forum_site, tmp_path / "before", [ABOUT], cache)
    made = index.MAKERS
    assert {Path(file).name for file in made} == {"terms.py", "pieces.py", "words.py"}
    changed = tmp_path / "terms.py"
    changed.write_text(Path(made[0]).read_text("utf-8").replace("TITLE = 4.0", "TITLE = 1.0"), "utf-8")
    monkeypatch.setattr(index, "MAKERS", (str(changed), *made[1:]))
    monkeypatch.setattr("minutebook.publish.search.terms.TITLE", 1.0)
    anew = files(forum_site, tmp_path / "anew", [ABOUT])
    assert anew != before
    assert files(forum_site, tmp_path / "again", [ABOUT], cache) == anew


def test_only_what_changed_is_looked_at_again(
    forum_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    monkeypatch.setattr(
        "minutebook.publish.search.index.terms", lambda title, text: looked.append(title) or terms(title, text)
    )
    cache = tmp_path / "cache"
    files(forum_site, tmp_path, [], cache)
    assert looked
    looked.clear()
    files(forum_site, tmp_path, [ABOUT], cache)
    assert looked == ["About", "Why, and how"]
    # what is no longer there is forgotten
    files(forum_site, tmp_path, [], cache)
    with sqlite3.connect(cache / "search.sqlite") as kept:
        (number,) = kept.execute("SELECT count(*) FROM kept").fetchone()
    assert number == len(groups(forum_site))


def test_an_alphabet_in_several_stretches_gives_the_same_words(
    forum_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(made: dict[str, bytes]) -> dict[str, object]:
        out: dict[str, object] = {}
        for name, data in made.items():
            if "/words-" in name:
                page = json.loads(data)
                entries = zip(page[1::4], page[2::4], map(str, page[3::4]), strict=True)
                out |= dict(zip(decoded_words(page[::4]), entries, strict=True))
        return out

    whole = held(files(forum_site, tmp_path / "whole"))
    monkeypatch.setattr("minutebook.publish.search.index._AT_ONCE", 3)
    assert held(files(forum_site, tmp_path / "parts")) == whole
    assert len(whole) > 100


ROWS = st.dictionaries(
    st.text("abcdéſ𝒜", min_size=1, max_size=6), st.lists(st.integers(0, 400), min_size=1, unique=True).map(sorted)
)


@given(ROWS)
def test_a_file_of_words_gives_back_what_was_put_in(there: dict[str, list[int]]) -> None:
    postings, weights = Postings(), Postings()
    for key, numbers in there.items():
        postings.add(key, numbers)
        weights.add(key, [n * 16 + n % 9 + 1 for n in numbers])

    def back(cut: Iterable[tuple[str, list[object]]], width: int) -> dict[str, tuple[object, ...]]:
        out = {}
        for first, page in cut:
            read = json.loads(json.dumps(page))
            keys = list(decoded_words(read[::width]))
            assert keys[0] == first
            out |= dict(zip(keys, zip(*(read[k::width] for k in range(1, width)), strict=True), strict=True))
        return out

    def rows(steps: object) -> list[int]:
        out, at = [], -1
        for step in steps if isinstance(steps, list) else [steps]:
            out.append(at := at + step)
        return out

    assert {key: rows(steps) for key, (steps,) in back(pages(plain(postings)), 2).items()} == there
    for key, (steps, impacts, none) in back(pages(weighed(weights, {})), 4).items():
        assert rows(steps) == there[key]
        assert [int(i) for i in str(impacts)] == [n % 9 + 1 for n in there[key]]
        assert none == 0


def test_a_file_ends_where_it_is_long_enough() -> None:
    postings = Postings()
    for k in range(4000):
        postings.add(f"word{k:05}", range(k % 7 + 1))
    sizes = [len(json.dumps(page, separators=(",", ":"))) for _, page in pages(plain(postings))]
    assert len(sizes) > 1
    assert max(sizes) < 1.3 * PAGE


def test_only_what_the_pages_load_is_published(seeds: Built) -> None:
    folders = [p.name for p in (seeds.site / "search" / "data").iterdir() if p.is_dir()]
    assert len(folders) == 1
    assert not (seeds.site / "search" / "search_index.json").exists()


def test_an_archive_of_nothing_can_be_searched(tmp_path: Path) -> None:
    made = files(make(tmp_path), tmp_path / "out", [ABOUT])
    assert json.loads(made["manifest.json"])["count"] == 2


def test_a_page_may_ask_to_be_left_out(tmp_path: Path) -> None:
    def count(project: Path) -> int:
        built = sites.build(project)
        return int(json.loads((built.site / "search" / "data" / "manifest.json").read_text("utf-8"))["count"])

    project, other = sites.project(tmp_path / "one", {}), sites.project(tmp_path / "other", {})
    about = project / "docs" / "about.md"
    sections = about.read_text("utf-8").count("\n## ")
    about.write_text(
        about.read_text("utf-8").replace("---\n", "---\nsearch:\n  boost: 2\n  exclude: true\n", 1), "utf-8"
    )
    assert count(other) - count(project) == sections + 1

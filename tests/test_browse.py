"""The ways through an archive by links alone: from the home page to every page, in few clicks, at any size."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from itertools import pairwise, product
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import markdown
import pytest

from minutebook import render
from minutebook.model import Archive, GlossaryEntry, Meeting, Minutes, Organization, Person, Topic
from minutebook.render import alphabet, browse, indexes, lists, profiles
from minutebook.render.headings import HeadingIds
from tests import archives, pages, sites
from tests.archives import SETTINGS
from tests.pages import Element, target
from tests.sites import Built
from tests.test_render import body

MOST = 250
"""Rows on a page of an index."""
CLICKS = 4
"""From the home page to any page of a meeting, a person, an organisation, a topic or the glossary."""


def clicks(lead: Callable[[str], Iterable[str]]) -> dict[str, int]:
    """Address -> how many links are to be followed from the home page; `lead` gives where those of a page lead."""
    found, waiting = {"": 0}, deque([""])
    while waiting:
        here = waiting.popleft()
        for there in lead(here):
            if there not in found:
                found[there] = found[here] + 1
                waiting.append(there)
    return found


# --- a built site ---------------------------------------------------------------------------------------------------


def links(built: Built, address: str) -> Iterable[str]:
    """Where the links of a page lead within the site, to pages."""
    for href in pages.read(built.file(address)).links():
        there = target(address, href, sites.BASE).partition("#")[0]
        if (not there or there.endswith("/")) and ":" not in there:
            yield there


@pytest.mark.parametrize("name", ["seeds", "forum"])
def test_every_page_of_a_site_is_reached_by_links(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    found = clicks(lambda address: links(built, address))
    there = {p.parent.relative_to(built.site).as_posix() + "/" for p in built.site.rglob("index.html")} - {"./"}
    assert len(there) > 20
    wanted = {a for a in there if not pages.is_redirect(pages.read(built.file(a)))}
    assert wanted - found.keys() == set()
    assert max(found.values()) <= CLICKS


# --- a large archive, made by hand ----------------------------------------------------------------------------------

BODIES = [*(f"board-{c}" for c in "abcd"), *(f"panel-{i}" for i in range(300))]


def names(n: int) -> list[str]:
    """So many names, as unevenly spread as names are: every fourth family name begins with S."""
    firsts = ("Ann", "Bo", "Cy", "Élodie")
    families = [
        f"{'S' if k % 4 == 0 else ''}{first}{b}{c}er".title()
        for k, (b, c, first) in enumerate(product("aeiou", ascii_lowercase, ascii_lowercase))
    ]
    return [f"{first} {family}" for family in families for first in firsts][:n]


def sitting(i: int) -> Meeting:
    """The n-th of many meetings, three a week: most are those of four bodies."""
    where = BODIES[i % 4] if i >= len(BODIES) else BODIES[i]
    date = dt.date(1950, 1, 2) + dt.timedelta(days=i * 7 // 3)
    return Meeting(f"{where}/{date}", Minutes(f"{i}.txt"), where, date)


@pytest.fixture(scope="module")
def large() -> Archive:
    held = tuple(sitting(i) for i in reversed(range(10_000)))
    others = tuple(Organization(f"o-{i}", f"{name} Trust") for i, name in enumerate(names(300)))
    return Archive(
        held,
        tuple(Person(f"p-{i}", name) for i, name in enumerate(names(1500))),
        (*(Organization(b, b.replace("-", " ").title(), is_body=True) for b in BODIES), *others),
        topics=tuple(Topic(f"t-{i}", f"{name} street", ((held[i].id, 0),)) for i, name in enumerate(names(260))),
        glossary=tuple(
            GlossaryEntry("".join(x), f"Words {i}" if i % 3 else "", uses=((held[i].id, 1),))
            for i, x in enumerate(product(ascii_uppercase, repeat=2))
        ),
    )


@pytest.fixture(scope="module", params=[False, True], ids=["site", "export"])
def made(large: Archive, request: pytest.FixtureRequest) -> dict[str, Any]:
    """Address -> page, of the large archive; meetings, people and so on have only what is needed to be led to."""
    settings = replace(SETTINGS, portable=request.param)
    sheets = [*browse.meetings(large, settings), *lists.glossary(large, settings), *indexes.actions(large, settings)]
    with pytest.MonkeyPatch.context() as patch:
        # A page for each of thousands is what other tests are for, and takes a minute.
        patch.setattr(profiles, "person", lambda *_: None)
        patch.setattr(profiles, "pages_of_topics", lambda *_: [])
        for of in (profiles.people, profiles.organisations, profiles.topics):
            sheets += [s for s in of(large, settings) if s]
    return {s.address: s for s in sheets}


def led(made: Mapping[str, Any], address: str) -> Iterable[str]:
    """Where the links of a page lead; those of the home page are the tabs."""
    if not address:
        yield from ("meetings/", "people/", "organisations/", "topics/", "glossary/", "actions/")
    elif address in made:
        text = made[address].markdown
        for href in re.findall(r"(?:\]\(|href=\")([^)\"\s]*)", text):
            there = target(address, href, "/").partition("#")[0].removesuffix("index.md")
            if there.endswith("/"):
                yield there


def test_everything_in_a_large_archive_is_few_clicks_away(large: Archive, made: dict[str, Any]) -> None:
    found = clicks(lambda address: led(made, address))
    things = [*large.meetings, *large.people, *large.organizations, *large.topics]
    assert len(things) > 12_000
    assert [x.address for x in things if found.get(x.address, CLICKS + 1) > CLICKS] == []
    assert made.keys() - found.keys() == set()
    assert [a for a in made if a.startswith("glossary/") and found[a] > CLICKS] == []
    assert found.keys() - made.keys() - {"", *(x.address for x in things)} == set(), "a link leads nowhere"


def test_no_page_of_an_index_grows_with_the_archive(made: dict[str, Any]) -> None:
    rows = {a: len(re.findall(r"^\| (?!---|Name|Topic|Term|Date|Body)", s.markdown, re.M)) for a, s in made.items()}
    assert max(rows.values()) <= MOST and sum(rows.values()) > 20_000
    assert max(len(s.markdown) for s in made.values()) < 60_000


def test_pages_of_an_index_have_titles_and_descriptions_of_their_own(made: dict[str, Any]) -> None:
    for key in ("title", "description"):
        said = Counter(s.front_matter[key] for s in made.values())
        assert [text for text, n in said.items() if n > 1] == []


def test_pages_say_where_they_belong(made: dict[str, Any]) -> None:
    parts = {a: s.front_matter for a, s in made.items() if "/a-z/" in a or re.search(r"/\d{4}/", a)}
    assert len(parts) > 100
    for address, matter in parts.items():
        tab = "about/" if address.startswith("glossary/") else address.split("/")[0] + "/"
        above = [crumb["address"] for crumb in matter["breadcrumbs"]]
        assert (matter["tab"], above[0]) == (tab, address.split("/")[0] + "/")
        assert all(address.startswith(a) and a in made for a in above)


def html(made: Mapping[str, Any], address: str) -> Element:
    return pages.parse(markdown.markdown(made[address].markdown, extensions=["tables", "toc", HeadingIds()]))


@pytest.mark.parametrize("made", [False], ids=["site"], indirect=True)
def test_a_page_of_a_letter_marks_it_and_leads_on(made: dict[str, Any]) -> None:
    first, part = html(made, "people/"), html(made, "people/a-z/s/2/")
    [letters] = first.all("nav", "mb-letters", aria_label="By letter")
    numbers = {a.text.split()[0]: int(a.text.split()[1]) for a in letters.all("a")}
    assert numbers["S"] > 250 and sum(numbers.values()) == 1500
    letters, siblings = part.all("nav", "mb-letters")
    assert [(a.text, a.attributes["href"]) for a in letters.all("a", aria_current="true")] == [("S", "../")]
    assert siblings.attributes["aria-label"] == "Parts of S"
    [here] = siblings.all(aria_current="page")
    assert (here.tag, siblings.links()[0]) == ("strong", "../")
    assert [e.text for e in html(made, "people/a-z/s/").all("nav")[0].all(aria_current="page")] == ["S"]
    assert part.text.split("Before: ")[1].split(" · After: ")[0] == siblings.all("a")[0].text


@pytest.mark.parametrize("made", [False], ids=["site"], indirect=True)
def test_pages_of_letters_hold_everybody_once_in_order(large: Archive, made: dict[str, Any]) -> None:
    rows = [
        address
        for a, s in made.items()
        if a.startswith("people/a-z/")
        for address in re.findall(r"^\| \[[^]]*\]\((?:\.\./)+(p-\d+)/index\.md\)", s.markdown, re.M)
    ]
    assert sorted(rows) == sorted(p.id for p in large.people)
    family = [large.person[id_].name.split()[1] for id_ in rows]
    assert family == sorted(family)


# --- the alphabet ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "letter", "key"),
    [
        ("Ann Lee", "L", ("lee", "ann")),
        ("Ann Lee Jr", "L", ("lee", "ann")),
        ("Zoë Émile", "E", ("emile", "zoe")),
        ("Bo Ørsted", "O", ("orsted", "bo")),
        ("Cy Łask", "L", ("lask", "cy")),
        ("Di Weiß", "W", ("weiss", "di")),
        ("Jan van der Meer", "M", ("meer", "jan van der")),
        ("Ann De Luca", "D", ("de luca", "ann")),
        ("Eve O'Hara", "O", ("ohara", "eve")),
        ("tideman", "T", ("tideman", "")),
        ("3dock", "0\N{EN DASH}9", ("3dock", "")),
        ("\N{CYRILLIC CAPITAL LETTER ZHE}ukov", "Z", ("zhukov", "")),
        ("!!!", "Other", ("", "")),
    ],
)
def test_people_stand_under_their_family_names(name: str, letter: str, key: tuple[str, str]) -> None:
    found = alphabet.person(name, name, "en")
    assert (found.letter, found.key) == (letter, key)


@pytest.mark.parametrize(
    ("text", "language", "letter"),
    [
        ("The Harbour Trust", "en", "H"),
        ("The", "en", "T"),
        ("Der Hafenverein", "de", "H"),
        ("Ärztekammer", "de", "A"),
        ("Le Port", "fr", "P"),
        ("L’Écluse", "fr", "E"),
        ("2020 Vision", "en", "0\N{EN DASH}9"),
    ],
)
def test_articles_and_accents_do_not_matter(text: str, language: str, letter: str) -> None:
    assert alphabet.words(text, text, language).letter == letter


def people(*names: str) -> list[alphabet.Named[str]]:
    return alphabet.in_order(alphabet.person(n, n, "en") for n in names)


def test_parts_say_from_where_to_where_in_as_few_letters_as_tell_them_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "PART", 2)
    named = people(
        "Ann Baker", "Di Bates", "Bo Bell", "Cy Bennett", "Ann Brown", "Bo Brown", "Cy Brown", "Ida Byrne", "Di Dee"
    )
    parts = alphabet.parts("people/", named)
    assert [(p.address, p.span) for p in parts] == [
        ("people/a-z/b/", "Ba"),
        ("people/a-z/b/2/", "Be"),
        ("people/a-z/b/3/", "Br to Brown, B"),
        ("people/a-z/b/4/", "Brown, C to By"),
        ("people/a-z/d/", "D"),
    ]
    assert [n for p in parts for n in p.rows] == [n.row for n in named]


def test_a_letter_stays_where_it_is_when_names_are_added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(alphabet, "PART", 3)
    few = [f"Ann {a}{b}x" for a, b in product("BDF", "aei")]
    many = [*few, *(f"Bo {a}{b}x" for a, b in product("ABCDEFG", "aeiou"))]
    before, after = ({p.address for p in alphabet.parts("people/", people(*x))} for x in (few, many))
    assert before < after


# --- meetings -------------------------------------------------------------------------------------------------------


def test_a_body_that_is_called_like_a_year_is_safe(tmp_path: Any) -> None:
    files = {
        f"a/{date}.txt": archives.minutes(f"It ebbed on {date}.", people="Ann Lee", head=head)
        for date, head in (("2021-05-03", "---\nbody: '2021'\n---"), ("2021-06-07", "Harbour Forum"))
    }
    site = archives.make(tmp_path, files)
    assert site.pages["meetings/2021/"].title == "Meetings in 2021"
    assert "2 meetings, 3 May 2021 to 7 June 2021" in body(site.pages["meetings/2021/"])
    [ours] = [m for m in site.archive.meetings if m.series == "2021"]
    assert ours.address == "meetings/2021/2021-05-03/"
    page = site.pages["meetings/2021/body/"]
    assert page.title == "Meetings of 2021" and "(../2021-05-03/index.md)" in body(page)
    assert site.pages[ours.address].front_matter["breadcrumbs"][1] == {
        "title": "2021",
        "address": "meetings/2021/body/",
    }
    assert "(../../meetings/2021/body/index.md)" in body(site.pages[f"organisations/{ours.body}/"])


def test_a_body_whose_name_changed_has_a_page_at_each_of_its_addresses(tmp_path: Any) -> None:
    files = {
        f"a/{date}.txt": archives.minutes(f"It ebbed on {date}.", people="Ann Lee", head=head)
        for date, head in (("2021-05-03", "Tide Committee"), ("2022-06-07", "Tide Board"))
    }
    register = {"organisations.yml": "- name: Tide Board\n  other_names: [Tide Committee]\n"}
    site = archives.make(tmp_path, files | register)
    [body_] = {m.body for m in site.archive.meetings}
    titles = {a: p.title for a, p in site.pages.items() if re.fullmatch(r"meetings/tide-\w+/", a)}
    assert titles == {
        "meetings/tide-board/": "Meetings of Tide Board",
        "meetings/tide-committee/": "Meetings of Tide Committee",
    }
    for address in titles:
        assert f"(../../{address}index.md)" in body(site.pages[f"organisations/{body_}/"])


def test_feeds_and_calendars_of_a_body_are_named_on_its_page(tmp_path: Any) -> None:
    site = archives.make(tmp_path, {"a/2021-05-03.txt": archives.minutes("It ebbed.", head="Harbour Forum")})
    files = {f"meetings/harbour-forum/{name}" for name in ("feed.xml", "meetings.ics")}
    assert files <= site.files.keys()
    assert "[Feed](feed.xml) · [Calendar](meetings.ics)" in body(site.pages["meetings/harbour-forum/"])
    assert files <= {x.path for x in site.heads["meetings/harbour-forum/"].alternates}


def test_parts_of_a_year_lead_to_each_other(large: Archive) -> None:
    made = {s.address: s for s in browse.meetings(large, SETTINGS)}
    years = [a for a in made if re.fullmatch(r"meetings/board-a/\d{4}/", a)]
    assert len(years) > 50 and years == sorted(years, reverse=True)
    for later, earlier in pairwise(years):
        assert "[Earlier: " in made[later].markdown and earlier in led(made, later)
        assert "[Later: " in made[earlier].markdown and later in led(made, earlier)


# --- the glossary ---------------------------------------------------------------------------------------------------


def test_terms_of_a_long_glossary_are_linked_on_the_page_of_their_letter(tmp_path: Any) -> None:
    terms = ["".join(x) for x in product("ABTXYZ", repeat=3)][:210]
    entries = "".join(f"- {{term: {t}, meaning: words of {t.lower()}}}\n" for t in terms)
    said = [f"The {t} was seen." for t in terms]
    text = archives.minutes(*said, people="Ann Lee", head="Harbour Forum")
    site = archives.make(tmp_path, {"a/2021-05-03.txt": text, "glossary.yml": entries})
    assert len(site.archive.glossary) > 200
    page = site.pages["meetings/harbour-forum/2021-05-03/"]
    assert "(../../../glossary/a-z/b/index.md#term-bat)" in body(page)
    assert '<a id="term-bat"></a>BAT' in body(site.pages["glossary/a-z/b/"])
    ids = {a: set(re.findall(r'id="([^"]+)"', p.markdown)) for a, p in site.pages.items()}
    for address, p in site.pages.items():
        for href in re.findall(r"\]\(([^)\s]*glossary/[^)\s]*#[^)\s]+)\)", p.markdown):
            there, _, anchor = target(address, href, "/").partition("#")
            assert anchor in ids[there.removesuffix("index.md")], f"{address}: {href}"


def test_every_page_of_an_archive_is_rendered(large: Archive) -> None:
    few = replace(large, meetings=large.meetings[:3], people=large.people[:3], topics=(), glossary=())
    assert {"people/p-0/", "meetings/", "people/"} <= render.render(few, SETTINGS).keys()

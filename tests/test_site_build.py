"""The site as MkDocs builds it: what stands where, what leads where, and what bad input gets."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests import harbour, pages, sites
from tests.pages import Element, target
from tests.sites import BASE, ROOT, Built

OWN = ("mb-box", "mb-search", "mb-when", "mb-charts")
"""What a page holds that no minutes can bring in: the search, the picture of a seat, the charts of actions."""
INDEXES = {
    "": "Home",
    "meetings/": "Meetings",
    "people/": "People",
    "organisations/": "Organisations",
    "topics/": "Topics",
    "actions/": "Actions",
    "decisions/": "Decisions",
    "glossary/": "About",
    "data/": "About",
    "unresolved/": "About",
    "about/": "About",
    "reading/": "About",
    "search/": "",
}
"""The pages that every site has -> the tab under which each is found, if it is under one."""
DEVICES = {
    "": '<html lang="en"><title>t</title><h1>t</h1>',
    "two-titles": '<html lang="en"><title>t</title><h1>t</h1><h1>u</h1>',
    "no-language": "<title>t</title><h1>t</h1>",
    "no-title": '<html lang="en"><title></title><h1>t</h1>',
    "twice": '<html lang="en"><title>t</title><h1 id="a">t</h1><p id="a">',
    "dead-link": '<html lang="en"><title>t</title><h1>t</h1><a href="../nowhere/">x</a>',
    "dead-fragment": '<html lang="en"><title>t</title><h1>t</h1><a href="../#nothing">x</a>',
    "outside": '<html lang="en"><title>t</title><h1>t</h1><a href="/meetings/">x</a>',
    "script-link": '<html lang="en"><title>t</title><h1>t</h1><a href="javascript:x">x</a>',
    "elsewhere": '<html lang="en"><title>t</title><h1>t</h1><script src="https://elsewhere.example/x.js"></script>',
}


@pytest.fixture(scope="module")
def grown(forum: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The forum's site after an earlier meeting, one between the two, another body and namesakes have come."""
    later = {"forum/2021-03-01.txt": harbour.SPRING, "board/2021-06-01.txt": harbour.JUNE}
    return sites.build(sites.again(forum, tmp_path_factory.mktemp("grown") / "project", later))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of an archive that nothing was put into yet."""
    return sites.build(sites.project(tmp_path_factory.mktemp("empty"), {}))


def page(built: Built, address: str) -> Element:
    return pages.read(built.file(address))


def article(built: Built, address: str) -> Element:
    return page(built, address).one("article")


def led_to(element: Element, address: str) -> list[str]:
    """Where the links in a part of the page at `address` lead, from the site's root."""
    return [target(address, href, BASE) for href in element.links()]


def rows(element: Element) -> list[Element]:
    """The rows of the tables in it, without their headings."""
    return [row for body in element.all("tbody") for row in body.all("tr")]


# --- the whole -----------------------------------------------------------------------------------------------------


def test_committed_minutes_build_without_a_warning(seeds: Built) -> None:
    assert seeds.status == 0, seeds.log
    assert seeds.problems() == []
    assert seeds.archive["meetings"]


def test_minutes_in_plain_text_and_in_markdown_build_without_a_warning(forum: Built) -> None:
    assert forum.status == 0, forum.log
    assert forum.problems() == []


def test_the_committed_ledger_of_addresses_is_the_one_that_a_build_writes(seeds: Built) -> None:
    assert seeds.ledger == (ROOT / "minutes_src" / "addresses.tsv").read_text("utf-8")
    assert seeds.ledger == (seeds.site / "data" / "addresses.tsv").read_text("utf-8")


@pytest.mark.parametrize("name", ["seeds", "forum", "grown", "hostile", "empty"])
def test_every_link_leads_somewhere_and_every_page_is_whole(name: str, request: pytest.FixtureRequest) -> None:
    assert pages.faults(request.getfixturevalue(name).site, BASE) == []


def test_a_broken_page_would_be_noticed(tmp_path: Path) -> None:
    for name, html in DEVICES.items():
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name / "index.html").write_text(html, "utf-8")
    (tmp_path / "x.css").write_text(
        "a { background: url(gone.png) } @import 'https://elsewhere.example/x.css';", "utf-8"
    )
    found = {fault.partition("/index.html")[0].partition(":")[0] for fault in pages.faults(tmp_path, BASE)}
    assert found == set(DEVICES) - {""} | {"x.css"}


def test_the_same_minutes_give_the_same_bytes(forum: Built, tmp_path: Path) -> None:
    # Elsewhere, from outside the project, with sets in another order, and with the ledger that the first build wrote.
    copy = sites.again(forum, tmp_path / "elsewhere")
    second = sites.build(copy, cwd=tmp_path, PYTHONHASHSEED="2")
    assert second.status == forum.status, second.log
    one, other = forum.tree(), second.tree()
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert second.ledger == forum.ledger


# --- what stands where ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["seeds", "forum", "grown", "empty"])
def test_every_kind_of_page_is_at_its_address(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    data = built.archive
    titles = dict.fromkeys(INDEXES, "")
    for kind, below in (("people", "people"), ("organizations", "organisations"), ("topics", "topics")):
        titles |= {thing["address"]: thing["name"] for thing in data[kind]}
        assert all(re.fullmatch(rf"{below}/[a-z0-9-]+/", thing["address"]) for thing in data[kind])
    for m in data["meetings"]:
        assert re.fullmatch(r"meetings/[a-z0-9-]+/" + m["date"] + r"(-\d+)?/", m["address"])
        titles[m["address"]] = m["date"][:4]
    for address, words in titles.items():
        assert built.file(address).is_file(), address
        assert words.casefold() in article(built, address).one("h1").text.casefold()
    published = {p.parent.relative_to(built.site).as_posix() + "/" for p in built.site.rglob("index.html")}
    years = {f"{kind}/{m['date'][:4]}/" for m in data["meetings"] for kind in ("actions", "decisions") if m[kind]}
    years |= {f"meetings/{m['date'][:4]}/" for m in data["meetings"]}
    bodies = {"/".join(m["address"].split("/")[:2]) + "/" for m in data["meetings"]}
    ledger = (line.split("\t") for line in (built.site / "data/addresses.tsv").read_text("utf-8").splitlines())
    led_on = {address for address, kind, *_ in ledger if kind == "redirect"}
    assert published - {"./"} == (titles.keys() | years | bodies | led_on) - {""}


@pytest.mark.parametrize("name", ["seeds", "forum"])
def test_items_paragraphs_actions_and_decisions_have_their_anchors(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    for m in built.archive["meetings"]:
        text = article(built, m["address"])
        for item in m["items"]:
            assert text.one("h2", id=item["id"]).text == f"{item['number']}. {item['title']}"
        for kind in ("actions", "decisions"):
            for thing in m[kind]:
                mark = text.one("a", id=thing["address"].partition("#")[2])
                assert thing["text"] in mark.closest("blockquote").text
        assert m["paragraphs"]
        for paragraph in m["paragraphs"]:
            mark = text.one("a", id=paragraph["id"])
            assert mark.attributes["data-number"] == paragraph["number"]  # shown by the style sheet
            assert mark.attributes["href"] == f"#{paragraph['id']}"
            there = pages.words(mark.closest("li", "p", "tr").text.removeprefix(mark.text))
            wanted = pages.words(paragraph["text"])
            assert there[: len(wanted)] == wanted  # a list in a list stands in the paragraph above it


@pytest.mark.parametrize("name", ["seeds", "forum"])
def test_every_word_of_the_source_stands_on_its_page_in_order(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    for m in built.archive["meetings"]:
        source = (built.project / "minutes_src" / m["source"]).read_text("utf-8")
        source = re.sub(r"\A---\n.*?\n---\n", "", source, flags=re.S)  # front matter is not minutes
        source = re.sub(r"\]\([^)]*\)", "]", source)  # where a link leads is not among the words
        everything = article(built, m["address"]).text
        there = iter(pages.words(everything[everything.index("Header and attendance as printed") :][32:]))
        missing = [word for word in pages.words(source) if word not in there]
        assert missing == [], f"{m['source']}: from {missing[0]!r} on"


def test_a_meetings_page_names_its_source_and_offers_it(forum: Built) -> None:
    for m in forum.archive["meetings"]:
        whole = page(forum, m["address"])
        assert whole.one("meta", name="minutebook:source").attributes["content"] == m["source"]
        original = (forum.project / "minutes_src" / m["source"]).read_bytes()
        offered = {a.text: target(m["address"], a.attributes["href"], BASE) for a in whole.one("article").all("a")}
        assert (forum.site / offered["Original text"]).read_bytes() == original
        assert (forum.site / offered["Data"]).is_file()
        assert (forum.site / offered["Markdown"]).read_text("utf-8").startswith("---\n")


def test_the_card_of_a_meeting_says_when_where_who_and_how_it_stands(forum: Built) -> None:
    card = {
        li.text.split()[0]: li for li in article(forum, "meetings/harbour-forum/2021-07-06/").all("ul")[0].all("li")
    }
    assert card["When"].text == "When Tuesday 6 July 2021, 10:00 to 11:00"
    assert card["Where"].text == "Where Customs House, Northport"
    assert card["Chair"].text == "Chair Dr Ann Lee MBE"
    assert card["Status"].text == "Status Draft"


def test_the_roll_call_stands_in_its_groups_with_whoever_came_instead(forum: Built) -> None:
    text = article(forum, "meetings/harbour-forum/2021-05-04/")
    assert [h.text for h in text.all("h3")][:4] == ["Chair", "Attendees", "Apologies", "Officials in attendance"]
    cells = [[cell.text for cell in row.all("td")] for row in rows(text)]
    assert ["Bo Ray", "Chief Executive", "Northport Ferry Trust", "BR"] in cells
    assert ["Finn Holt", "Deputy Director, Dredging Division", "", "FH"] in cells
    assert ["Officials from the Buoys and Beacons Team", "", "", ""] in cells
    instead = "Dan Okoro represented by Eve Stone, Deputy Treasurer, Tidewater Trust (ES)"
    assert [instead, "Treasurer", "Tidewater Trust", ""] in cells


# --- from page to page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["seeds", "forum"])
def test_the_actions_index_lists_every_action(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    actions = [(m, a) for m in built.archive["meetings"] for a in m["actions"]]
    table = article(built, "actions/").all("table")[0]
    listed = {target("actions/", row.links()[0], BASE): row for row in rows(table)}
    assert list(listed) == [a["address"] for _, a in actions]
    titles = {(m["id"], i["number"]): f"{i['number']}. {i['title']}" for m, _ in actions for i in m["items"]}
    for m, a in actions:
        row = listed[a["address"]]
        assert pages.words(a["text"]) == pages.words(row.all("td")[1].text)
        assert titles[m["id"], a["item"]] in row.text
        assert a["owners"]
        assert row.all("td")[2].text == ", ".join(a["owners"])
        assert led_to(row.all("td")[2], "actions/") == [f"{owner}/" for owner in a["owner_ids"]]


def test_an_action_says_whose_it_is_wherever_it_stands(forum: Built) -> None:
    action = "meetings/harbour-forum/2021-05-04/#action-2"
    owner = article(forum, "organisations/guild-of-pilots/")
    assert action in led_to(owner, "organisations/guild-of-pilots/")
    assert "is to count its night pilots" in owner.text
    there = article(forum, "meetings/harbour-forum/2021-05-04/").one("a", id="action-2").closest("blockquote")
    assert there.text.startswith("Action 2 Guild of Pilots")
    assert "organisations/guild-of-pilots/" in led_to(there, "meetings/harbour-forum/2021-05-04/")


def test_the_decisions_index_lists_every_decision(forum: Built) -> None:
    [row] = rows(article(forum, "decisions/"))
    assert led_to(row, "decisions/") == ["meetings/harbour-forum/2021-05-04/#decision-1"]
    assert "2. Night sailings" in row.text
    assert "Night sailings go on until September." in row.text


@pytest.mark.parametrize("name", ["seeds", "forum", "grown"])
def test_people_and_what_names_them_link_to_each_other(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    there, back = set(), set()
    for m in built.archive["meetings"]:
        for mark in article(built, m["address"]).all("a"):
            anchor = mark.attributes.get("id", "")
            if re.match(r"p-|action-|decision-", anchor):
                block = mark.closest("li", "p", "tr")
                who = [to for to in led_to(block, m["address"]) if re.fullmatch(r"people/[^/]+/", to)]
                there |= {(person, m["address"] + "#" + anchor) for person in who}
    for p in built.archive["people"]:
        record = article(built, p["address"])
        heading = record.one("h2", id="in-the-minutes")
        assert heading.parent
        below = heading.parent.children[heading.parent.children.index(heading) :]
        cited = [to for e in below if isinstance(e, Element) for to in led_to(e, p["address"])]
        back |= {(p["address"], to) for to in cited if re.search(r"#(p|action|decision)-", to)}
    # Who is named beside an action as its owner need not be named in its words.
    owned = {
        (f"{owner}/", a["address"]) for m in built.archive["meetings"] for a in m["actions"] for owner in a["owner_ids"]
    }
    assert there
    assert there - owned == back - owned


def test_a_persons_page_gathers_what_the_minutes_hold_on_them(forum: Built) -> None:
    text = article(forum, "people/bo-ray/")
    assert "Chief Executive, Northport Ferry Trust" in text.text
    assert "2 of 2 meetings attended" in text.text
    assert "2. Night sailings" in text.text  # led
    assert "BR said that night sailings doubled in spring." in text.text
    assert text.one("h1").text == "Bo Ray"
    quoted = text.text
    assert quoted.index("BR thanked the TWT") < quoted.index("BR said that night sailings")  # newest first
    stood_in = article(forum, "people/eve-stone/").text
    assert "Came for Dan Okoro on 4 May 2021" in stood_in
    assert "Eve Stone came instead on 4 May 2021" in article(forum, "people/dan-okoro/").text


def test_initials_are_explained_where_they_stand(forum: Built) -> None:
    address = "meetings/harbour-forum/2021-05-04/"
    abbreviations = {e.text: e for e in article(forum, address).all("abbr")}
    assert abbreviations["ES"].attributes["title"] == "Eve Stone"
    assert target(address, abbreviations["ES"].closest("a").attributes["href"], BASE) == "people/eve-stone/"
    assert "FH" not in abbreviations  # only in the list
    acronym = {e.text: e for e in article(forum, "meetings/harbour-forum/2021-07-06/").all("abbr")}["TWT"]
    assert acronym.attributes["title"] == "Tidewater Trust"


def test_all_initials_of_the_committed_minutes_are_explained(seeds: Built) -> None:
    names = {p["id"]: p["name"] for p in seeds.archive["people"]}
    for m in seeds.archive["meetings"]:
        shown = {(e.text, e.attributes["title"]) for e in article(seeds, m["address"]).all("abbr")}
        wanted = {(x["text"], names[x["person"]]) for x in m["mentions"] if x["rule"].startswith("initials")}
        assert wanted <= shown


@pytest.mark.parametrize("name", ["seeds", "grown"])
def test_meetings_lead_to_the_ones_before_and_after(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    series: dict[str, list[str]] = {}
    for m in sorted(built.archive["meetings"], key=lambda m: m["date"]):
        series.setdefault(m["body"], []).append(m["address"])
    assert any(len(addresses) > 1 for addresses in series.values())
    for addresses in series.values():
        for before, address, after in zip(["", *addresses], addresses, [*addresses[1:], ""], strict=False):
            card = {li.text.split()[0]: li for li in article(built, address).all("ul")[0].all("li")}
            assert led_to(card["Before"], address) == [before] * bool(before)
            assert led_to(card["After"], address) == [after] * bool(after)


@pytest.mark.parametrize("name", ["seeds", "grown"])
def test_every_page_says_where_it_belongs(name: str, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(name)
    data = built.archive
    tabs = dict(INDEXES)
    for m in data["meetings"]:
        tabs[m["address"]] = "Meetings"
        _, body = page(built, m["address"]).one("nav", "mb-crumbs").all("a")
        assert body.text == m["body"]
        section = target(m["address"], body.attributes["href"], BASE)
        assert section == "/".join(m["address"].split("/")[:2]) + "/"
        assert article(built, section).one("h1").text == f"Meetings of {m['body']}"
        assert page(built, "meetings/").one(id=section.split("/")[1])  # where it stood before it had a page
    for kind in ("people", "organizations", "topics"):
        tabs |= {thing["address"]: INDEXES[thing["address"].split("/")[0] + "/"] for thing in data[kind]}
    for address, tab in tabs.items():
        whole = page(built, address)
        if address not in INDEXES:
            crumb = whole.one("nav", "mb-crumbs", aria_label="Breadcrumbs").all("a")[0]
            assert (crumb.text, target(address, crumb.attributes["href"], BASE)) == (tab, address.split("/")[0] + "/")
        if not tab:
            assert whole.all("li", "md-tabs__item--active") == []
            continue
        active = whole.one("li", "md-tabs__item--active").one("a")
        assert (active.text, active.attributes["aria-current"]) == (tab, "true"), address
        in_drawer = whole.one("a", "md-nav__link--active")
        assert (in_drawer.text, in_drawer.attributes["aria-current"]) == (tab, "true"), address


def test_hand_written_pages_hold_their_computed_parts(forum: Built) -> None:
    home = article(forum, "")
    assert {m["address"] for m in forum.archive["meetings"]} <= set(led_to(home, ""))
    assert {a["address"] for m in forum.archive["meetings"] for a in m["actions"]} <= set(led_to(home, ""))
    assert {t["address"] for t in forum.archive["topics"]} <= set(led_to(home, ""))
    assert all("minutebook:" not in forum.file(address).read_text("utf-8") for address in ("", "about/", "data/"))


def test_the_data_page_offers_every_file_of_the_data(forum: Built) -> None:
    offered = {urlsplit(to).path for to in led_to(article(forum, "data/"), "data/")}
    published = {f"data/{p.name}" for p in (forum.site / "data").iterdir() if p.name != "index.html"}
    assert published <= offered


def test_the_licence_of_the_minutes_stands_on_every_page(forum: Built) -> None:
    licence = forum.archive["licence"]
    for path in forum.site.rglob("*.html"):
        footer = pages.read(path).one("footer")
        assert licence["name"] in footer.text
        assert licence["url"] in footer.links()


# --- as an archive grows -------------------------------------------------------------------------------------------


def test_what_is_added_moves_no_address(forum: Built, grown: Built) -> None:
    assert grown.status == 0, grown.log
    before, after = forum.addresses(), grown.addresses()
    assert before.keys() < after.keys()
    assert {a: key for a, key in after.items() if a in before} == before
    for kind in ("people", "organizations", "topics"):
        names = {thing["address"]: thing["name"] for thing in grown.archive[kind]}
        assert all(names[thing["address"]] == thing["name"] for thing in forum.archive[kind])


def test_namesakes_have_pages_of_their_own(grown: Built) -> None:
    addresses = [p["address"] for p in grown.archive["people"] if p["name"] in ("Bo Ray", "Ann Lee")]
    assert sorted(addresses) == ["people/ann-lee-2/", "people/ann-lee/", "people/bo-ray-2/", "people/bo-ray/"]
    ours, theirs = article(grown, "people/bo-ray/").text, article(grown, "people/bo-ray-2/").text
    assert "BR said that night sailings doubled" in ours
    assert "seasick" not in ours
    assert "BR said that pupils are seasick" in theirs
    assert "doubled" not in theirs
    [board] = [m for m in grown.archive["meetings"] if m["body"] == "Northport Schools Board"]
    assert {"people/bo-ray-2/", "people/ann-lee-2/"} <= set(led_to(article(grown, board["address"]), board["address"]))


def test_a_moved_file_stays_and_a_corrected_date_leaves_a_page_that_leads_on(forum: Built, tmp_path: Path) -> None:
    folder = sites.again(forum, tmp_path / "project")
    minutes = folder / "minutes_src"
    (minutes / "forum" / "2021-05-04.txt").rename(minutes / "first-meeting.txt")
    july = minutes / "forum" / "2021-07-06.md"
    july.write_text(july.read_text("utf-8").replace("6th July", "7th July"), "utf-8")
    built = sites.build(folder)
    assert built.status == 0, built.log
    addresses = [m["address"] for m in built.archive["meetings"]]
    assert addresses == ["meetings/harbour-forum/2021-07-07/", "meetings/harbour-forum/2021-05-04/"]
    old = page(built, "meetings/harbour-forum/2021-07-06/")
    assert pages.is_redirect(old)
    assert led_to(old, "meetings/harbour-forum/2021-07-06/") == [addresses[0]]
    assert old.one("link", rel="canonical").attributes["href"] == old.links()[0]
    assert built.addresses()["meetings/harbour-forum/2021-07-06/"] == f"redirect {addresses[0]}"
    assert pages.faults(built.site, BASE) == []


def test_a_strict_build_fails_when_a_published_address_would_be_lost(forum: Built, tmp_path: Path) -> None:
    folder = sites.again(forum, tmp_path / "project")
    (folder / "minutes_src" / "forum" / "2021-07-06.md").unlink()
    built = sites.build(folder)
    assert built.status != 0
    [lost] = [line for line in built.problems() if "meetings/harbour-forum/2021-07-06/" in line]
    assert re.search(r"addresses\.tsv:\d+: error: ", lost)


# --- what bad input gets -------------------------------------------------------------------------------------------

BAD = {
    "empty.txt": (b"", "no minutes in this file"),
    "binary.txt": (b"Harbour\x00\x01\x02\xff\xfe\x00", "not a text file"),
    "broken.md": ("---\ndate: 2021-08-01\ntitle: [unclosed\n---\nNotes\n", "not valid YAML"),
    "undated.txt": ("Harbour Forum\n\nAttendees\n\n- Bo Ray [BR]\n\n1. Tides\n\nBR spoke.\n", "date"),
    "never.md": ("---\ndate: 2021-02-31\n---\n1. Tides\n\nNobody spoke.\n", "2021-02-31"),
    "sheet.xlsx": (b"PK\x03\x04", ".xlsx"),
    "later-copy/2021-05-04.txt": (harbour.MAY, "the same"),
}
"""File -> what it holds, and words of the reason that the log must give."""


@pytest.fixture(scope="module")
def flawed(forum: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site with bad files beside the good ones, built without --strict."""
    bad = {name: content for name, (content, _) in BAD.items()}
    return sites.build(sites.again(forum, tmp_path_factory.mktemp("flawed") / "project", bad), strict=False)


def test_bad_files_do_not_keep_the_others_from_being_published(forum: Built, flawed: Built) -> None:
    assert flawed.status == 0, flawed.log
    assert {m["date"] for m in flawed.archive["meetings"]} == {m["date"] for m in forum.archive["meetings"]}
    for address in forum.addresses():
        assert flawed.file(address.partition("#")[0]).is_file()
    assert pages.faults(flawed.site, BASE) == []


@pytest.mark.parametrize("name", BAD)
def test_each_bad_file_is_named_with_line_reason_and_remedy(flawed: Built, name: str) -> None:
    _, reason = BAD[name]
    of_file = [line for line in flawed.problems() if f"minutes_src/{name}:" in line]
    found = [m for line in of_file if (m := re.search(r":(?P<line>\d+): error: (?P<words>.*) \[[a-z-]+\]$", line))]
    assert found, "\n".join(of_file) or f"{name} is not named:\n{flawed.log}"
    told = found[0]["words"]
    assert reason in told
    assert len(re.findall(r"[.:]\s+[A-Z]\w+", told)) >= 1, f"no remedy: {told}"
    listed = article(flawed, "unresolved/")
    assert name in [h.text for h in listed.all("h3")]
    assert reason in listed.text


def test_a_strict_build_fails_on_bad_files(flawed: Built, tmp_path: Path) -> None:
    for name in ("empty.txt", "undated.txt"):
        folder = sites.project(tmp_path / name, {**harbour.MEETINGS, name: BAD[name][0]})
        built = sites.build(folder)
        assert built.status != 0, f"{name}\n{built.log}"
        assert f"minutes_src/{name}" in "\n".join(built.problems())


def test_an_empty_archive_has_useful_pages(empty: Built) -> None:
    assert empty.status == 0, empty.log
    assert empty.problems() == []
    assert empty.archive["meetings"] == []
    for address in ("meetings/", "people/", "organisations/", "topics/", "actions/", "decisions/", "glossary/"):
        text = article(empty, address)
        said = " ".join(p.text for p in text.all("p"))
        assert re.search(r"None yet|Nobody yet|mark none", said), f"/{address}: {said}"
        assert text.all("table") == []
        assert not re.search(r"\b0 (?!of)", said), f"/{address}: {said}"
    assert "minutes_src/" in article(empty, "").text


# --- minutes that try to be more than text -------------------------------------------------------------------------


def test_minutes_cannot_bring_in_elements_attributes_or_addresses(hostile: Built) -> None:
    assert hostile.status == 0, hostile.log
    assert len(hostile.archive["meetings"]) == 2
    assert {p["name"][:2] for p in hostile.archive["people"]} >= {"An", "Bo"}  # the names are on pages of their own
    plain = page(hostile, "reading/")
    for path in sorted(hostile.site.rglob("*.html")):
        whole = pages.read(path)
        where = path.relative_to(hostile.site).as_posix()
        if pages.is_redirect(whole):
            continue
        data = whole.all("script", type="application/ld+json")  # no script, and parsed in tests/test_heads.py
        assert len(data) <= 1 and len(whole.all("script")) - len(data) == len(plain.all("script")), where
        assert len(whole.all("style")) == len(plain.all("style")), where
        assert len(whole.all("main")) == len(whole.all("article")) == len(whole.all("title")) == 1, where
        assert [e.tag for e in whole.walk() if any(name.startswith("on") for name in e.attributes)] == [], where
        for e in whole.walk():
            for name in ("href", "src", "action", "data", "content"):
                value = e.attributes.get(name, "").replace("\t", "").strip().casefold()
                assert not re.match(r"(javascript|vbscript|data):", value), f"{where}: {value}"
        content = whole.one("article")
        ours = {id(e) for box in [e for c in OWN for e in content.all(cls=c)] for e in (box, *box.walk())}
        tags = {e.tag for e in content.walk() if id(e) not in ours}
        assert not tags & {"script", "style", "iframe", "svg", "img", "form", "input", "button", "meta", "object"}, (
            where
        )
        # Nothing but what our own templates and Markdown's tables write.
        assert {e.attributes["style"] for e in content.walk() if "style" in e.attributes} <= {"text-align: right;"}, (
            where
        )
        for e in content.walk():
            assert "harmful" not in (e.attributes.get("class", "") + e.attributes.get("id", "")).split(), where


def test_what_minutes_may_not_contain_is_shown_as_text(hostile: Built) -> None:
    [m] = [m for m in hostile.archive["meetings"] if m["date"] == "2021-05-04"]
    marks = article(hostile, m["address"]).all("a", "mb-p")
    paragraphs = {mark.closest("li", "p", "tr").text.removeprefix(mark.text).strip() for mark in marks}
    decoded = {"&lt;script&gt; &#60;script&#62; &amp;lt;": "<script> <script> &lt;"}
    decoded |= {line: "a box" for line in harbour.HOSTILE_LINES if line.startswith("<div")}  # a box is only layout
    for line in harbour.HOSTILE_LINES:
        if not line.startswith("`"):
            assert decoded.get(line, line) in paragraphs
    assert harbour.SCRIPT in paragraphs  # in backticks it is code, and the same text
    everything = article(hostile, m["address"]).text
    assert "1337" not in everything  # 7 * 191: no template of ours reads what minutes say
    assert "to press <button" in everything


def test_titles_breadcrumbs_and_names_are_text_too(hostile: Built) -> None:
    body = f"Yard {harbour.SCRIPT}"
    [m] = [m for m in hostile.archive["meetings"] if m["date"] == "2021-06-04"]
    assert page(hostile, m["address"]).one("nav", "mb-crumbs").all("a")[1].text == body
    [ann] = [p for p in hostile.archive["people"] if p["name"].startswith("Ann")]
    whole = page(hostile, ann["address"])
    assert whole.one("title").text.startswith(f"Ann {harbour.SCRIPT} Lee")
    assert whole.one("h1").text == f"Ann {harbour.SCRIPT} Lee"
    assert f"Head {harbour.IMAGE}" in whole.one("article").text
    explained = {e.text: e.attributes["title"] for e in article(hostile, m["address"]).all("abbr")}
    assert explained == {"AL": f"Ann {harbour.SCRIPT} Lee", "BR": 'Bo "onfocus="window.harm=1 Ray'}
    contents = page(hostile, hostile.archive["meetings"][1]["address"]).one("nav", "md-nav--secondary")
    assert f"Item {harbour.SCRIPT}" in contents.text

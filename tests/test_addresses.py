"""Addresses are permanent: whatever is added, moved or corrected, what was published stays or leads on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutebook import build
from minutebook.model import AddressEntry
from minutebook.publish import ledger
from tests.archives import SETTINGS, make, minutes

FIRST = {
    "forum/2021-05-03.txt": minutes("Tides were counted.", "Action: Ann Lee to go.", people="Ann Lee (Director)"),
    "forum/2021-07-05.txt": minutes("Piers were counted.", people="Ann Lee (Director); Bo Ray"),
}


def addresses(site: build.Site) -> dict[str, str]:
    """Every published page and what it shows, by its heading."""
    return {address: page.title for address, page in site.pages.items()}


def anchors(page: str) -> list[str]:
    return re.findall(r'id="([^"]+)"', page)


def record(site: build.Site, meeting: str = "meetings/forum/2021-05-03/") -> list[str]:
    """The paragraphs and actions of a meeting's page: "p-1-1 Tides were counted."."""
    text = site.pages[meeting].markdown
    found = re.findall(r'id="(p-[^"]+)" href[^>]*>[^<]*</a> (.*)', text)
    found += re.findall(r'id="(action-[^"]+)"[^>]*>[^\n]*<br>\n> (.*)', text)
    return [f"{anchor} " + re.sub(r"[\[\]]|[(][^)]*[)]", "", words) for anchor, words in found]


@pytest.mark.parametrize(
    "added",
    [
        pytest.param({"forum/2021-04-01.txt": minutes("Early.", people="Ann Lee; Cy Fox")}, id="an earlier meeting"),
        pytest.param({"forum/2021-06-01.txt": minutes("Between.", people="Bo Ray; Cy Fox")}, id="a meeting between"),
        pytest.param({"forum/2021-05-03-a.txt": minutes("Again.", people="Bo Ray")}, id="a second one that day"),
        pytest.param({"forum/0.txt": "---\ndate: 2021-05-03\n---\n1. Tides\n"}, id="a second one that sorts first"),
        pytest.param({"council/2020-01-01.txt": minutes(people="Ann Lee; Bo Ray")}, id="namesakes in an older body"),
        pytest.param(
            {"forum/2021-04-01.txt": minutes(people="Ann Lee (Pilot, Pier Trust); Ann Lee (Pilot, Harbour Trust)")},
            id="namesakes in one room",
        ),
    ],
)
def test_what_is_added_moves_nothing(added: dict[str, str], tmp_path: Path) -> None:
    before = make(tmp_path, FIRST)
    after = make(tmp_path, added)
    assert len(after.archive.meetings) == 3
    for address, title in addresses(before).items():
        assert addresses(after)[address] == title
        assert address not in after.redirects
    for m in before.archive.meetings:
        assert record(after, m.address) == record(before, m.address)
        assert after.archive.meeting[m.id].minutes.source == m.minutes.source
    for p in before.archive.people:
        mine = {a.meeting for a in p.appearances}
        assert mine <= {a.meeting for a in after.archive.person[p.id].appearances}


def test_a_second_meeting_on_a_day_has_a_number_and_is_told(tmp_path: Path) -> None:
    make(tmp_path, FIRST)
    site = make(tmp_path, {"forum/2021-05-03-b.txt": minutes("Again.")})
    assert site.archive.meeting["forum/2021-05-03-2"].minutes.source == "forum/2021-05-03-b.txt"
    told = [str(d) for d in site.archive.diagnostics if d.code == "same-day"]
    assert len(told) == 1 and "forum/2021-05-03.txt" in told[0] and "forum/2021-05-03-b.txt" in told[0]


def test_a_moved_file_keeps_its_address(tmp_path: Path) -> None:
    before = make(tmp_path, {n: "Harbour Forum\n\n" + t for n, t in FIRST.items()})
    (tmp_path / "old").mkdir()
    (tmp_path / "forum/2021-05-03.txt").rename(tmp_path / "old/first of 2021-05-03.txt")
    after = make(tmp_path)
    assert after.pages.keys() == before.pages.keys() and not after.redirects
    assert record(after, "meetings/harbour-forum/2021-05-03/") == record(before, "meetings/harbour-forum/2021-05-03/")
    assert not [d for d in after.archive.diagnostics if d.severity == "error"]


def test_a_corrected_date_leaves_a_redirect(tmp_path: Path) -> None:
    make(tmp_path, {"forum/a.txt": "---\ndate: 2021-05-03\n---\n" + minutes("Tides.", "Action: Ann Lee to go.")})
    site = make(tmp_path, {"forum/a.txt": "---\ndate: 2021-05-04\n---\n" + minutes("Tides.", "Action: Ann Lee to go.")})
    assert "meetings/forum/2021-05-04/" in site.pages and "meetings/forum/2021-05-03/" not in site.pages
    page = site.redirects["meetings/forum/2021-05-03/index.html"]
    assert (
        'href="../2021-05-04/"' in page
        and "../2021-05-04/" in re.findall(r'http-equiv="refresh" content="([^"]+)', page)[0]
    )
    assert record(site, "meetings/forum/2021-05-04/") == ["p-1-1 Tides.", "action-1 Action: Ann Lee to go."]
    again = make(
        tmp_path, {"forum/a.txt": "---\ndate: 2021-05-05\n---\n" + minutes("Tides.", "Action: Ann Lee to go.")}
    )
    assert again.archive.redirects == {
        "meetings/forum/2021-05-03/": "meetings/forum/2021-05-05/",
        "meetings/forum/2021-05-04/": "meetings/forum/2021-05-05/",
    }


def test_a_date_that_is_corrected_back_has_its_old_address(tmp_path: Path) -> None:
    text = "---\ndate: 2021-05-0{}\n---\n" + minutes("Tides.")
    make(tmp_path, {"forum/a.txt": text.format(3)})
    make(tmp_path, {"forum/a.txt": text.format(4)})
    site = make(tmp_path, {"forum/a.txt": text.format(3)})
    assert site.archive.meetings[0].address == "meetings/forum/2021-05-03/"
    assert site.archive.redirects == {"meetings/forum/2021-05-04/": "meetings/forum/2021-05-03/"}


def test_a_body_that_is_renamed_leaves_redirects(tmp_path: Path) -> None:
    make(tmp_path, {"a/2021-05-03.txt": "Harbour Forum\n\n" + minutes("Tides.")})
    site = make(tmp_path, {"a/2021-05-03.txt": "Pier Forum\n\n" + minutes("Tides.")})
    assert site.archive.redirects["meetings/harbour-forum/2021-05-03/"] == "meetings/pier-forum/2021-05-03/"


PARAGRAPHS = ("One is high.", "Two is low.", "Three is wide.")
EDITS = (
    ("nothing", PARAGRAPHS, ["p-1-1 One is high.", "p-1-2 Two is low.", "p-1-3 Three is wide."], []),
    (
        "edited in place",
        ("One is high.", "Two is very low.", "Three is wide."),
        ["p-1-1 One is high.", "p-1-2 Two is very low.", "p-1-3 Three is wide."],
        [],
    ),
    (
        "inserted",
        ("One is high.", "Two is low.", "New.", "Newer.", "Three is wide."),
        ["p-1-1 One is high.", "p-1-2 Two is low.", "p-1-2a New.", "p-1-2b Newer.", "p-1-3 Three is wide."],
        [],
    ),
    (
        "inserted first",
        ("New.", *PARAGRAPHS),
        ["p-1-0a New.", "p-1-1 One is high.", "p-1-2 Two is low.", "p-1-3 Three is wide."],
        [],
    ),
    (
        "added at the end",
        (*PARAGRAPHS, "New."),
        ["p-1-1 One is high.", "p-1-2 Two is low.", "p-1-3 Three is wide.", "p-1-4 New."],
        [],
    ),
    ("deleted", ("One is high.", "Three is wide."), ["p-1-1 One is high.", "p-1-3 Three is wide."], ["p-1-2"]),
    ("deleted last", ("One is high.", "Two is low."), ["p-1-1 One is high.", "p-1-2 Two is low."], ["p-1-3"]),
)


@pytest.mark.parametrize(("edited", "expected", "gone"), [e[1:] for e in EDITS], ids=[e[0] for e in EDITS])
def test_a_paragraph_keeps_its_number(
    edited: tuple[str, ...], expected: list[str], gone: list[str], tmp_path: Path
) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes(*PARAGRAPHS)})
    for _ in range(2):  # the second time nothing has changed
        site = make(tmp_path, {"forum/2021-05-03.txt": minutes(*edited)})
        assert record(site) == expected
        assert site.archive.meetings[0].withdrawn == tuple(gone)
        assert set(gone) <= set(anchors(site.pages["meetings/forum/2021-05-03/"].markdown))


def test_a_withdrawn_number_is_not_given_again(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes(*PARAGRAPHS)})
    make(tmp_path, {"forum/2021-05-03.txt": minutes(*PARAGRAPHS[:2])})
    site = make(tmp_path, {"forum/2021-05-03.txt": minutes(*PARAGRAPHS[:2], "Four.")})
    assert record(site)[-1] == "p-1-4 Four."


def test_a_paragraph_inserted_twice_at_one_place(tmp_path: Path) -> None:
    for lines in (
        PARAGRAPHS,
        (*PARAGRAPHS[:2], "New.", PARAGRAPHS[2]),
        (*PARAGRAPHS[:2], "Newest.", "New.", PARAGRAPHS[2]),
    ):
        site = make(tmp_path, {"forum/2021-05-03.txt": minutes(*lines)})
    assert record(site) == [
        "p-1-1 One is high.",
        "p-1-2 Two is low.",
        "p-1-2za Newest.",
        "p-1-2a New.",
        "p-1-3 Three is wide.",
    ]


def test_a_paragraph_that_is_moved_takes_its_number_along(tmp_path: Path) -> None:
    one, two, three = PARAGRAPHS
    make(tmp_path, {"forum/2021-05-03.txt": minutes(*PARAGRAPHS)})
    site = make(tmp_path, {"forum/2021-05-03.txt": minutes(three, one, two)})
    assert record(site) == [f"p-1-3 {three}", f"p-1-1 {one}", f"p-1-2 {two}"]


def test_actions_keep_their_numbers(tmp_path: Path) -> None:
    one, two, new = "Action: Ann Lee to go.", "Action: Bo Ray to stay.", "Action: Cy Fox to write."
    make(tmp_path, {"forum/2021-05-03.txt": minutes(one, two)})
    site = make(tmp_path, {"forum/2021-05-03.txt": minutes(new, one, two)})
    assert record(site) == [f"action-3 {new}", f"action-1 {one}", f"action-2 {two}"]
    site = make(tmp_path, {"forum/2021-05-03.txt": minutes(new, two)})
    assert record(site) == [f"action-3 {new}", f"action-2 {two}"]
    assert "action-1" in anchors(site.pages["meetings/forum/2021-05-03/"].markdown)


def test_items_keep_their_addresses(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": "# Forum\n\n## Tides\n\nHigh.\n\n## Piers\n\nLow.\n"})
    site = make(
        tmp_path, {"forum/2021-05-03.txt": "# Forum\n\n## Boats\n\nNew.\n\n## Tides\n\nHigh.\n\n## Piers\n\nLow.\n"}
    )
    items = {i.item.title: i.key for i in site.archive.meetings[0].items}
    assert (items["Tides"], items["Piers"]) == ("1", "2")
    assert len(set(items.values())) == 3
    assert [x for x in record(site) if "New" not in x] == ["p-1-1 High.", "p-2-1 Low."]


def test_a_page_that_nothing_stands_for_any_more_is_an_error_with_its_line(tmp_path: Path) -> None:
    make(tmp_path, FIRST)
    (tmp_path / "forum/2021-07-05.txt").unlink()
    site = make(tmp_path)
    lost = [d for d in site.archive.diagnostics if d.code == "address-lost"]
    lines = (tmp_path / "addresses.tsv").read_text().splitlines()
    assert [lines[d.line - 1].split("\t")[0] for d in lost] == ["meetings/forum/2021-07-05/", "people/bo-ray/"]
    assert {(d.source, d.severity) for d in lost} == {("addresses.tsv", "error")}
    assert all("redirect" in d.hint and "gone" in d.hint for d in lost)
    assert "meetings/forum/2021-05-03/" in site.pages


def test_the_remedy_of_a_lost_page_a_redirect_written_by_hand(tmp_path: Path) -> None:
    make(tmp_path, FIRST)
    (tmp_path / "forum/2021-07-05.txt").unlink()
    book = tmp_path / "addresses.tsv"
    rows = [
        "people/bo-ray/\tredirect\tpeople/ann-lee/" if row.startswith("people/bo-ray/") else row
        for row in book.read_text().splitlines()
        if not row.startswith("meetings/forum/2021-07-05/\t")
    ]
    book.write_text("\n".join(rows) + "\n")
    site = make(tmp_path)
    assert not [d for d in site.archive.diagnostics if d.code == "address-lost"]
    assert 'url=../ann-lee/"' in site.redirects["people/bo-ray/index.html"]


def test_a_build_without_changes_keeps_the_ledger(tmp_path: Path) -> None:
    site = make(tmp_path, FIRST)
    assert build.save_ledger(tmp_path, site.ledger) is False
    assert make(tmp_path).ledger == site.ledger


def test_ledger_round_trip() -> None:
    entries = [
        AddressEntry("meetings/a/2021-05-03/", "meeting", "a/2021-05-03.txt", "abc"),
        AddressEntry("meetings/a/2021-05-03/#action-1", "action", "ff00ff"),
        AddressEntry("meetings/a/2021-05-03/#paragraphs", "paragraphs", "", "1.1:abcdef 1.2:-"),
        AddressEntry("people/ann-lee/", "person", "ann lee@a"),
        AddressEntry("people/zoë/", "redirect", "people/zoe/"),
    ]
    assert ledger.read(ledger.write(entries)) == (entries, [])


@pytest.mark.parametrize("line", ["nonsense", "\tmeeting\tkey", "a\tb\tc\td\te", "<<<<<<< HEAD"])
def test_a_broken_line_of_the_ledger_is_an_error_and_the_rest_is_read(line: str, tmp_path: Path) -> None:
    make(tmp_path, FIRST)
    book = tmp_path / "addresses.tsv"
    rows = book.read_text().splitlines()
    book.write_text("\n".join([*rows[:2], line, *rows[2:]]) + "\n")
    site = build.make(tmp_path, build.Settings(site_name="Harbour Forum"))
    told = [d for d in site.archive.diagnostics if d.severity == "error"]
    assert [(d.code, d.source, d.line) for d in told] == [("ledger-line", "addresses.tsv", 3)]
    assert told[0].hint
    assert site.ledger.splitlines() == rows


def test_lines_of_a_lost_page_are_counted_with_a_broken_line_before_them(tmp_path: Path) -> None:
    make(tmp_path, FIRST)
    book = tmp_path / "addresses.tsv"
    book.write_text(book.read_text().replace("\n", "\nnonsense\n\n", 1) + "people/di-orr/\tperson\tdi orr@forum\n")
    site = build.make(tmp_path, build.Settings(site_name="Harbour Forum"))
    lost = [d.line for d in site.archive.diagnostics if d.code == "address-lost"]
    assert lost == [len(book.read_text().splitlines())]


def test_a_file_renamed_and_corrected_at_once_keeps_its_address(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes("The tide was high.")})
    (tmp_path / "forum/2021-05-03.txt").unlink()
    site = make(tmp_path, {"forum/2021-05-03-corrected.txt": minutes("The tide was low.")})
    assert [m.address for m in site.archive.meetings] == ["meetings/forum/2021-05-03/"]
    assert "address-lost" not in {d.code for d in site.archive.diagnostics}


def test_a_redirect_to_where_nothing_is_published_is_an_error_with_its_line(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes("The tide was high.")})
    with (tmp_path / ledger.NAME).open("a") as file:
        file.write("people/zoe-zay/\tredirect\tpeople/nobody/\n")
    lines = (tmp_path / ledger.NAME).read_text().splitlines()
    found = [d for d in build.make(tmp_path, SETTINGS).archive.diagnostics if d.code == "redirect-nowhere"]
    assert [(d.source, lines[d.line - 1]) for d in found] == [
        (ledger.NAME, "people/zoe-zay/\tredirect\tpeople/nobody/")
    ]
    assert "/people/nobody/" in found[0].message


def test_of_two_copies_the_published_one_stays(tmp_path: Path) -> None:
    text = minutes("The tide was high.")
    make(tmp_path, {"forum/2021-05-03.txt": text})
    site = make(tmp_path, {"forum/2021-05-03 copy.txt": text, "a/2021-05-03.txt": text})
    assert [m.minutes.source for m in site.archive.meetings] == ["forum/2021-05-03.txt"]
    told = sorted(d.source for d in site.archive.diagnostics if d.code == "same-minutes")
    assert told == ["a/2021-05-03.txt", "forum/2021-05-03 copy.txt"]


def items(*titles: str) -> str:
    """The text of a meeting with these items."""
    return "".join(f"{n}. {title}\n\nWords on {title}.\n\n" for n, title in enumerate(titles, 1))


def test_a_topic_keeps_its_page_when_items_are_put_in_taken_out_or_renamed(tmp_path: Path) -> None:
    name = "forum/2021-05-03.txt"
    make(tmp_path, {name: items("Budget", "Staffing")})
    site = make(tmp_path, {name: items("Finance", "Budget", "Staffing")})
    assert {t.name: t.id for t in site.archive.topics} == {
        "Budget": "budget",
        "Finance": "finance",
        "Staffing": "staffing",
    }
    site = make(tmp_path, {name: items("Finance", "The budget", "Staffing")})
    assert {t.name: t.id for t in site.archive.topics} == {
        "The budget": "budget",
        "Finance": "finance",
        "Staffing": "staffing",
    }


def test_a_body_whose_name_is_corrected_keeps_its_people(tmp_path: Path) -> None:
    text = minutes("Ann Lee spoke.", people="Ann Lee; Bo Ray", head="{}")
    make(tmp_path, {"forum/2021-05-03.txt": text.format("Harbor Forum")})
    site = make(tmp_path, {"forum/2021-05-03.txt": text.format("Harbour Forum")})
    assert [p.id for p in site.archive.people] == ["ann-lee", "bo-ray"]
    assert site.archive.redirects == {"meetings/harbor-forum/2021-05-03/": "meetings/harbour-forum/2021-05-03/"}
    assert "address-lost" not in {d.code for d in site.archive.diagnostics}


def test_an_acronym_that_is_explained_later_leaves_a_redirect(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes("SHP met.", people="Ann Lee (Director, SHP)")})
    full = minutes("SHP met.", people="Bo Ray (Director, Society of Harbour Pilots (SHP))")
    site = make(tmp_path, {"forum/2021-06-07.txt": full})
    assert [o.address for o in site.archive.organizations if "Pilots" in o.name] == ["organisations/shp/"]
    assert "address-lost" not in {d.code for d in site.archive.diagnostics}


def test_somebody_known_by_title_keeps_the_page_when_a_list_gives_the_whole_name(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes("Baroness Dunn came.", people="Ann Lee")})
    site = make(tmp_path, {"forum/2021-06-07.txt": minutes("Words.", people="Baroness Mary Dunn; Ann Lee")})
    assert "people/baroness-dunn/" in site.pages
    assert "address-lost" not in {d.code for d in site.archive.diagnostics}


def test_a_namesake_who_comes_into_the_room_moves_nobody(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes("Words.", people="Ann Lee (Director, Harbour Trust)")})
    make(tmp_path, {"forum/2021-06-07.txt": minutes("Words.", people="Ann Lee (Director, Pier Academy)")})
    both = "Ann Lee (Director, Pier Academy); Ann Lee (Clerk, Port Authority)"
    site = make(tmp_path, {"forum/2021-07-05.txt": minutes("Words.", people=both)})
    listed = {p.id: [x.meeting[-10:] for x in p.appearances] for p in site.archive.people}
    assert listed == {"ann-lee": ["2021-05-03"], "ann-lee-2": ["2021-07-05", "2021-06-07"], "ann-lee-3": ["2021-07-05"]}
    site = make(tmp_path, {"forum/2001-05-07.txt": minutes("Words.", people="Ann Lee (Clerk, Port Authority)")})
    listed = {p.id: [x.meeting[-10:] for x in p.appearances] for p in site.archive.people}
    assert listed["ann-lee-3"] == ["2021-07-05"] and listed["ann-lee-4"] == ["2001-05-07"]


def test_what_was_withdrawn_and_is_brought_back_has_its_number_again(tmp_path: Path) -> None:
    name, one, two = "forum/2021-05-03.txt", "The tide was high.", "The mole is lit."
    make(tmp_path, {name: minutes(one, two)})
    make(tmp_path, {name: minutes(two)})
    site = make(tmp_path, {name: minutes(one, two)})
    assert record(site) == [f"p-1-1 {one}", f"p-1-2 {two}"]
    assert "withdrawn" not in site.pages["meetings/forum/2021-05-03/"].markdown


def test_a_corrected_action_keeps_its_number_beside_one_that_is_put_in(tmp_path: Path) -> None:
    name = "forum/2021-05-03.txt"
    one, two = "Action: Bo Ray to count the tides.", "Action: Cy Fox to write a long letter on creating a pier."
    make(tmp_path, {name: minutes(one, two)})
    new, corrected = "Action: Ann Lee to sing.", "Action: Cy Fox to write a long letter about creating a pier."
    site = make(tmp_path, {name: minutes(one, new, corrected)})
    assert record(site) == [f"action-1 {one}", f"action-3 {new}", f"action-2 {corrected}"]


def test_a_ledger_from_a_spreadsheet_and_addresses_as_a_browser_shows_them(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes("Words.", people="Ann Lee")})
    path = tmp_path / ledger.NAME
    path.write_text(path.read_text() + "/people/an-lee\tredirect\t/people/ann-lee/\n", "utf-8-sig")
    site = make(tmp_path)
    assert "people/an-lee/index.html" in site.redirects
    assert [d.code for d in site.archive.diagnostics if d.severity == "error"] == []


def test_redirects_in_a_circle_make_no_pages(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": minutes("Words.")})
    path = tmp_path / ledger.NAME
    path.write_text(path.read_text() + "people/a/\tredirect\tpeople/b/\npeople/b/\tredirect\tpeople/a/\n")
    site = build.make(tmp_path, SETTINGS)
    assert site.redirects == {}
    assert [d.code for d in site.archive.diagnostics if d.severity == "error"] == ["redirect-nowhere"] * 2


def test_a_topic_that_other_meetings_still_have_is_not_taken_by_a_new_title_in_its_first_place(tmp_path: Path) -> None:
    make(tmp_path, {"forum/2021-05-03.txt": items("Budget"), "forum/2021-06-07.txt": items("Budget", "Lights")})
    site = make(tmp_path, {"forum/2021-05-03.txt": items("Finance")})
    assert {t.name: t.id for t in site.archive.topics} == {"Budget": "budget", "Finance": "finance", "Lights": "lights"}

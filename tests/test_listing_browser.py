"""The lists of actions and decisions in a real browser, below a sub-path: filters, sorting, address, download, keys."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from tests import browser as browsers
from tests import lists, sites
from tests.lists import ANN, action, archive, every_state, meeting
from tests.sites import Built
from tests.watching import Watched, found_by_axe, look_at, watched

pytestmark = pytest.mark.browser

PAINT, LIGHT, WRITE = "Ann Lee to paint the lighthouse.", "Zoë to light the mole.", "AL to write about lights."
HOLD, MOOR, MARKUP = "=The Guild to hold a réunion.", "Moor the ferry.", "Paint | *it* <b>."
COUNT = "Bo Ray to count the buoys."
ALL = [PAINT, LIGHT, WRITE, HOLD, MOOR, MARKUP, COUNT]
"""The newest meeting's first."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of an archive in which actions stand in every state."""
    made = lists.site(tmp_path_factory.mktemp("lists") / "project", every_state())
    assert made.status == 0, made.log
    return made


@pytest.fixture(scope="module")
def served_lists(built: Built) -> Iterator[str]:
    with browsers.serve(built.site, sites.BASE) as address:
        yield address


@pytest.fixture
def wide(contexts: Any, served_lists: str) -> Iterator[Watched]:
    with watched(contexts(1280, 900, "light", True), served_lists) as it:
        yield it


@pytest.fixture
def narrow(contexts: Any, served_lists: str) -> Iterator[Watched]:
    with watched(contexts(390, 844, "light", True), served_lists) as it:
        yield it


@pytest.fixture(scope="module")
def served_many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with more actions than a page shows, of which every third is in a meeting of its own year."""
    many = [
        meeting(f"harbour-forum/{2000 + k}-02-01", [action(n, f"Do {n} of {k}.", [ANN]) for n in (1, 2, 3)])
        for k in range(40)
    ]
    made = lists.site(tmp_path_factory.mktemp("many") / "project", archive(*many))
    assert made.status == 0, made.log
    with browsers.serve(made.site, sites.BASE) as address:
        yield address


def ready(page: Page) -> Page:
    """The page, once its filters are there and what they were asked is answered."""
    expect(page.locator(".mb-filters__said")).not_to_be_empty()
    expect(page.locator("tbody[aria-busy]")).to_have_count(0)
    return page


def table(page: Page) -> Locator:
    return page.locator(".md-content table").first


def shown(page: Page) -> list[str]:
    """The words of the rows that are shown."""
    ready(page)
    if not table(page).is_visible():
        return []
    return [cell.inner_text().split("\n")[0] for cell in table(page).locator("tbody td:nth-child(2)").all()]


def field(page: Page, name: str) -> Locator:
    role = "combobox" if name != "Contains" else "searchbox"
    return page.get_by_role(role, name=name, exact=True)  # type: ignore[arg-type]


def count(page: Page, words: str) -> None:
    """What is said of how many there are; it is said when the rows are there."""
    expect(page.locator(".mb-filters__said")).to_have_text(words)


def asked(page: Page) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(page.url).query))


def pick(page: Page, name: str, words: str, option: str) -> None:
    """Type into a field for names, and take a suggestion."""
    field(page, name).fill(words)
    page.get_by_role("option", name=option).click()


# --- each filter ---


def test_without_a_filter_the_page_stays_as_it_came_and_no_rows_are_fetched(wide: Watched) -> None:
    asked_for: list[str] = []
    wide.page.on("request", lambda request: asked_for.append(urlsplit(request.url).path.rpartition("actions/")[2]))
    page = ready(wide.go("actions/"))
    assert shown(page) == ALL
    count(page, "7 actions")
    assert [path for path in asked_for if path.startswith("data/")] == ["data/manifest.json"]
    expect(page.get_by_role("link", name="Download all (CSV)")).to_have_attribute(
        "href", f"{wide.address}data/actions.csv"
    )
    expect(page.get_by_role("button", name="Clear all")).to_be_hidden()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("paint", [PAINT, MARKUP]),
        ("PAI", [PAINT, MARKUP]),
        ("reunion", [HOLD]),
        ("Réu guild", [HOLD]),
        ("aron", [LIGHT]),
        ("light", [PAINT, LIGHT, WRITE]),
        ("li mo", [LIGHT]),
        ("ap1", [WRITE]),
        ("the ferry harbour", []),
        ("…", ALL),
    ],
)
def test_words_are_found_by_their_beginnings(words: str, expected: list[str], wide: Watched) -> None:
    page = ready(wide.go("actions/"))
    field(page, "Contains").fill(words)
    if expected != ALL:
        count(page, f"{len(expected)} of 7")
    else:
        page.wait_for_url("**/?q=*")
    assert shown(page) == expected
    expect(page.get_by_text("No action fits all of this.")).to_be_visible(visible=not expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("owner=people/ann-lee", [PAINT, WRITE]),
        ("owner=people/bo-ray/", [HOLD, COUNT]),
        ("owner=organisations/guild-of-pilots", [HOLD]),
        ("owner=the+warden", [MOOR]),
        ("owner=nobody", [MARKUP]),
        ("owner=people/nobody-at-all", []),
        ("organisation=organisations/guild-of-pilots", [HOLD, COUNT]),
        ("body=tide-board", [COUNT]),
        ("status=open", [PAINT, LIGHT, HOLD, COUNT]),
        ("status=closed", [WRITE, MOOR, MARKUP]),
        ("status=new", [PAINT, COUNT]),
        ("status=reported", [HOLD]),
        ("status=carried_forward", [LIGHT]),
        ("status=done", [WRITE]),
        ("status=dropped", [MOOR]),
        ("status=superseded", [MARKUP]),
        ("year=2020", [COUNT]),
        ("overdue=yes", [PAINT, HOLD, COUNT]),
        ("q=paint&owner=people/ann-lee&status=open&year=2021", [PAINT]),
        ("sort=meeting", [COUNT, WRITE, HOLD, MOOR, MARKUP, LIGHT, PAINT]),
        ("sort=due", [COUNT, HOLD, PAINT, LIGHT, WRITE, MOOR, MARKUP]),
        ("sort=-due", [LIGHT, PAINT, HOLD, COUNT, WRITE, MOOR, MARKUP]),
        ("sort=status", [PAINT, COUNT, HOLD, LIGHT, WRITE, MOOR, MARKUP]),
        ("sort=owner&status=open", [PAINT, COUNT, HOLD, LIGHT]),
        ("sort=nothing&nothing=1", ALL),
    ],
)
def test_a_link_with_filters_shows_what_it_says(query: str, expected: list[str], wide: Watched) -> None:
    page = ready(wide.go(f"actions/?{query}"))
    assert shown(page) == expected
    count(page, "7 actions" if len(expected) == 7 else f"{len(expected)} of 7")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mover=people/bo-ray", ["That fees rise."]),
        ("mover=the+warden", ["RESOLVED that charts are free."]),
        ("kind=election", ["To elect a warden."]),
        ("kind=decision", ["The quay opens in June."]),
        ("year=2021&q=charts", ["RESOLVED that charts are free."]),
        ("q=zoe", ["To elect a warden."]),
        ("body=tide-board", ["The quay opens in June."]),
    ],
)
def test_decisions_are_filtered_by_the_same_means(query: str, expected: list[str], wide: Watched) -> None:
    page = ready(wide.go(f"decisions/?{query}"))
    assert shown(page) == expected
    count(page, f"{len(expected)} of 4")


def test_what_is_chosen_in_the_bar_is_in_the_address_and_back_again(wide: Watched) -> None:
    page = ready(wide.go("actions/"))
    pick(page, "Owner", "lee", "Ann Lee")
    count(page, "2 of 7")
    field(page, "Status").select_option("open")
    count(page, "1 of 7")
    assert shown(page) == [PAINT]
    assert page.url.endswith("/actions/?owner=people/ann-lee&status=open")
    expect(field(page, "Owner")).to_have_value("Ann Lee")
    page.go_back()
    count(page, "2 of 7")
    assert asked(page) == {"owner": "people/ann-lee"}
    expect(field(page, "Status")).to_have_value("")
    page.go_back()
    count(page, "7 actions")
    assert shown(page) == ALL and asked(page) == {}
    expect(field(page, "Owner")).to_have_value("")
    page.go_forward()
    count(page, "2 of 7")
    expect(field(page, "Owner")).to_have_value("Ann Lee")
    page.reload()
    count(page, "2 of 7")
    assert shown(page) == [PAINT, WRITE]
    expect(field(page, "Owner")).to_have_value("Ann Lee")


def test_typing_is_one_step_back(wide: Watched) -> None:
    page = ready(wide.go("actions/"))
    for sign in "paint":
        field(page, "Contains").press(sign)
    count(page, "2 of 7")
    page.go_back()
    count(page, "7 actions")
    expect(field(page, "Contains")).to_have_value("")


def test_all_filters_are_cleared_at_once(wide: Watched) -> None:
    page = ready(wide.go("actions/?q=paint&status=open&overdue=yes&sort=due"))
    count(page, "1 of 7")
    page.get_by_role("button", name="Clear all").click()
    count(page, "7 actions")
    expect(field(page, "Contains")).to_be_focused()
    assert asked(page) == {"sort": "due"}
    expect(page.get_by_role("checkbox", name="Overdue")).not_to_be_checked()


def test_each_choice_says_how_many_it_would_leave(wide: Watched) -> None:
    page = ready(wide.go("actions/?owner=people/ann-lee"))
    options = field(page, "Status").locator("option")
    words = "Any, open (1), closed (1), new (1), reported on again (0), carried forward (0), done (1), dropped (0)"
    expect(options).to_have_text([*words.split(", "), "superseded (0)"])
    expect(field(page, "Year").locator("option")).to_have_text(["All", "2021 (2)", "2020 (0)"])
    field(page, "Owner").click()
    said = [option.inner_text().split("\n") for option in page.get_by_role("option").all() if option.is_visible()]
    assert ["Bo Ray", "2"] in said and ["nobody named", "1"] in said and len(said) == 6


def test_a_field_for_names_takes_only_a_name(wide: Watched) -> None:
    page = ready(wide.go("actions/?owner=people/ann-lee"))
    owner = field(page, "Owner")
    owner.fill("nobody of this name")
    expect(page.get_by_role("listbox")).to_have_count(0)
    owner.press("Tab")
    expect(owner).to_have_value("Ann Lee")
    owner.fill("")
    owner.press("Tab")
    count(page, "7 actions")
    owner.fill("bo ray")
    owner.press("Tab")
    count(page, "2 of 7")
    expect(owner).to_have_value("Bo Ray")


# --- the table ---


def test_rows_made_in_the_browser_are_those_of_the_page(wide: Watched) -> None:
    rows = """table => [...table.tBodies[0].rows].map(tr => [...tr.cells].map(td => [
        td.innerText, td.dataset.label ?? "", td.getAttribute("role"),
        ...Array.from(td.querySelectorAll("a"), a => a.href),
    ]))"""
    for kind in ("actions", "decisions"):
        page = ready(wide.go(f"{kind}/"))
        expect(table(page).locator("tbody tr").first).to_have_attribute("role", "row")
        brought = table(page).evaluate(rows)
        field(page, "Year").select_option("2020")
        count(page, "1 of 7" if kind == "actions" else "1 of 4")
        page.get_by_role("button", name="Clear all").click()
        count(page, "7 actions" if kind == "actions" else "4 decisions")
        assert table(page).evaluate(rows) == brought
        assert len(brought) == (7 if kind == "actions" else 4)


def test_what_is_open_and_past_is_said_to_be_overdue_on_the_readers_day(wide: Watched) -> None:
    page = ready(wide.go("actions/"))
    overdue = [
        row.locator("td").nth(1).inner_text()
        for row in table(page).locator("tbody tr").all()
        if "overdue" in row.inner_text()
    ]
    assert overdue == [PAINT, HOLD, COUNT]
    page.get_by_role("checkbox", name="Overdue").check()
    count(page, "3 of 7")
    assert asked(page) == {"overdue": "yes"}
    page.clock.set_fixed_time("2020-06-01T12:00:00")
    page.reload()
    count(page, "0 of 7")
    page.clock.set_fixed_time("2020-06-02T00:30:00")
    page.reload()
    count(page, "1 of 7")
    assert shown(page) == [COUNT]


def test_headings_sort_and_say_so(wide: Watched) -> None:
    page = ready(wide.go("actions/"))
    heading = page.get_by_role("columnheader", name="Due")
    expect(page.get_by_role("columnheader", name="Meeting")).to_have_attribute("aria-sort", "descending")
    expect(heading).to_have_attribute("aria-sort", "none")
    heading.get_by_role("button").click()
    expect(heading).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("columnheader", name="Meeting")).to_have_attribute("aria-sort", "none")
    expect(table(page).locator("tbody td:nth-child(2)").first).to_have_text(COUNT)
    assert shown(page) == [COUNT, HOLD, PAINT, LIGHT, WRITE, MOOR, MARKUP]
    expect(heading.get_by_role("button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    expect(table(page).locator("tbody td:nth-child(2)").first).to_have_text(LIGHT)
    assert asked(page) == {"sort": "-due"}
    expect(page.get_by_role("columnheader", name="Action").get_by_role("button")).to_have_count(0)


def test_more_rows_come_when_they_are_asked_for(contexts: Any, served_many: str) -> None:
    fetched: list[str] = []

    def noted(request: Request) -> None:
        if "/rows-" in request.url:
            fetched.append(request.url)

    with watched(contexts(1280, 900, "light", True), served_many) as it:
        it.page.on("request", noted)
        page = ready(it.go("actions/"))
        assert len(shown(page)) == 50 and fetched == []
        more = page.get_by_role("button", name="More actions")
        more.click()
        expect(table(page).locator("tbody tr")).to_have_count(75)
        expect(table(page).locator("tbody tr").nth(50).get_by_role("link").first).to_be_focused()
        assert len(shown(page)) == len(set(shown(page))) and shown(page)[74] == "Do 3 of 15."
        more.click()
        more.click()
        expect(table(page).locator("tbody tr")).to_have_count(120)
        expect(more).to_be_hidden()
        ready(it.go("actions/?q=2&sort=meeting"))
        count(page, "62 of 120")
        assert len(shown(page)) == 25 and shown(page)[0] == "Do 2 of 0."


# --- the download ---


def downloaded(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as found:
        page.get_by_role("button", name="Download this view (CSV)").click()
    text = found.value.path().read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_download_holds_the_lines_of_the_file_that_match(wide: Watched, built: Built) -> None:
    whole = (built.site / "data" / "actions.csv").read_bytes().decode("utf-8-sig")
    lines = {row["text"]: row for row in csv.DictReader(io.StringIO(whole, newline=""))}
    page = ready(wide.go("actions/?owner=people/bo-ray&sort=due"))
    count(page, "2 of 7")
    assert downloaded(page) == [lines[COUNT], lines[f"'{HOLD}"]]  # and no cell starts a formula


def test_the_download_holds_all_that_match_and_not_only_what_is_shown(contexts: Any, served_many: str) -> None:
    with watched(contexts(1280, 900, "light", True), served_many) as it:
        page = ready(it.go("actions/?q=do&year="))
        count(page, "120 of 120")
        assert len(shown(page)) == 25
        assert len({row["id"] for row in downloaded(page)}) == 120


# --- for everybody ---


def test_with_the_keyboard_alone(wide: Watched) -> None:
    page = ready(wide.go("actions/"))
    field(page, "Contains").focus()
    page.keyboard.type("light")
    count(page, "3 of 7")
    page.keyboard.press("Tab")
    owner = field(page, "Owner")
    expect(owner).to_be_focused()
    page.keyboard.type("z")
    expect(owner).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(owner).to_have_attribute("aria-expanded", "false")
    expect(owner).to_have_value("z")
    page.keyboard.press("Escape")
    expect(owner).to_have_value("")
    page.keyboard.type("zo")
    expect(owner).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    option = page.get_by_role("option", name="Zoë Årøn")
    expect(option).to_have_attribute("aria-selected", "true")
    assert owner.get_attribute("aria-activedescendant") == option.get_attribute("id")
    page.keyboard.press("Enter")
    count(page, "1 of 7")
    expect(owner).to_be_focused()
    expect(owner).to_have_attribute("aria-expanded", "false")
    assert asked(page) == {"q": "light", "owner": "people/zoe-aron"}
    for name in ("Organisation", "Body", "Status", "Year"):
        page.keyboard.press("Tab")
        expect(field(page, name)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("checkbox", name="Overdue")).to_be_focused()
    page.keyboard.press("Space")
    count(page, "0 of 7")
    expect(page.get_by_role("checkbox", name="Overdue")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # clears all
    count(page, "7 actions")
    assert asked(page) == {}


def test_what_changes_is_said_politely(wide: Watched) -> None:
    page = ready(wide.go("actions/"))
    said = page.get_by_role("search", name="Filter the actions").get_by_role("status")
    expect(said).to_have_text("7 actions")
    field(page, "Year").select_option("2020")
    expect(said).to_have_text("1 of 7")
    expect(page.get_by_role("table").first.get_by_role("row")).to_have_count(2)  # with the headings


def test_on_a_phone_the_filters_are_folded_and_rows_are_blocks_with_labels(narrow: Watched) -> None:
    page = ready(narrow.go("actions/"))
    expect(field(page, "Owner")).to_be_hidden()
    expect(page.locator("th button")).to_have_count(0)  # nobody would see them
    fold = page.get_by_role("button", name="Filter and sort")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    field(page, "Status").select_option("closed")
    count(page, "3 of 7")
    expect(fold).to_have_text("Filter and sort (1 chosen)")
    field(page, "Order").select_option("meeting")
    expect(page).to_have_url(re.compile("sort=meeting"))
    cells = table(page).locator("tbody tr").first.locator("td")
    tops = [box["y"] for cell in cells.all() if (box := cell.bounding_box())]
    assert tops == sorted(tops) and len(tops) == 4  # it is not due
    label = cells.nth(2).evaluate("e => getComputedStyle(e, '::before').content")
    assert label == '"Owner"'


@pytest.mark.parametrize("query", ["", "?q=nothing", "?sort=due&owner=people/bo-ray"])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (820, "dark"), (390, "dark"), (390, "light")])
def test_nothing_is_too_wide_or_not_accessible(
    width: int, scheme: str, query: str, contexts: Any, served_lists: str
) -> None:
    with watched(contexts(width, 900, scheme, True), served_lists) as it:
        for kind in ("actions", "decisions"):
            look_at(it, f"{kind}/{query}")
            ready(it.page)
            if width == 390:
                it.page.get_by_role("button", name="Filter and sort").click()
            field(it.page, "Owner" if kind == "actions" else "Moved or seconded by").click()
            expect(field(it.page, "Body")).to_be_visible()
            assert found_by_axe(it.page, {}) == []
            assert it.page.evaluate("document.documentElement.scrollWidth - innerWidth") < 1


@pytest.mark.parametrize("address", ["actions/2021/", "decisions/2021/"])
def test_the_pages_of_the_years_are_accessible(address: str, narrow: Watched) -> None:
    look_at(narrow, address)


def test_without_scripts_the_newest_and_the_years_can_be_read(contexts: Any, served_many: str) -> None:
    with watched(contexts(1280, 900, "light", False), served_many) as it:
        page = it.go("actions/")
        expect(page.get_by_role("search", name="Filter the actions")).to_have_count(0)
        expect(table(page).locator("tbody tr")).to_have_count(50)
        page.get_by_role("link", name="2003", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Actions of 2003")
        expect(table(page).locator("tbody tr")).to_have_count(3)
        page.get_by_role("link", name="Earlier: 1 February 2002").click()
        expect(page).to_have_url(f"{it.address}actions/2002/")


def test_what_cannot_be_loaded_is_said(contexts: Any, served_lists: str) -> None:
    with watched(contexts(1280, 900, "light", True), served_lists) as it:
        page = ready(it.go("actions/"))
        page.route("**/columns.json", lambda route: route.fulfill(status=404))
        field(page, "Year").select_option("2020")
        count(page, "The site was published again since this page was opened. Load the page again.")
        assert shown(page) == ALL
        page.unroute("**/columns.json")
        field(page, "Year").select_option("2021")
        count(page, "6 of 7")
        it.wrong.clear()  # the 404, which the console tells too

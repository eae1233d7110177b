"""The built site in a real browser: every kind of page at two widths, light and dark, and what a reader does there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import browser as browsers
from tests import sites
from tests.sites import Built
from tests.watching import Watched, found_by_axe, look_at, watched

pytestmark = pytest.mark.browser

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
MAY = "meetings/harbour-forum/2021-05-04/"
KINDS = {
    "home": "",
    "meetings": "meetings/",
    "meeting": MAY,
    "people": "people/",
    "person": "people/bo-ray/",
    "organisations": "organisations/",
    "organisation": "organisations/guild-of-pilots/",
    "topics": "topics/",
    "topic": "topics/night-sailings/",
    "actions": "actions/",
    "decisions": "decisions/",
    "glossary": "glossary/",
    "data": "data/",
    "unresolved": "unresolved/",
    "about": "about/",
    "reading": "reading/",
    "search": "search/",
    "no page": "nowhere/at/all/",
}
"""Kind of page -> the address of one, in the forum's site."""


# --- every kind of page --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_quiet_fits_and_is_accessible_in_light_and_dark(
    kind: str, size: dict[str, int], contexts: Any, served: str
) -> None:
    with watched(contexts(*size.values(), "light", True), served) as it:
        look_at(it, KINDS[kind])
        # Of all that axe looks at, only contrast depends on the colours; and loading the page again takes longest.
        it.page.get_by_title("Switch to dark").click()
        assert darkness(it.page)
        assert found_by_axe(it.page, {"runOnly": ["color-contrast"]}) == []
        it.page.evaluate("localStorage.clear()")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_committed_minutes_are_quiet_fit_and_are_accessible(
    size: dict[str, int], contexts: Any, seeds: Built
) -> None:
    data = seeds.archive
    linked = [x["person"] for m in data["meetings"] for x in m["mentions"]]
    most = max(data["people"], key=lambda p: linked.count(p["id"]))
    with (
        browsers.serve(seeds.site, sites.BASE) as address,
        watched(contexts(*size.values(), "light", True), address) as it,
    ):
        for page in (data["meetings"][-1]["address"], most["address"], "actions/"):
            look_at(it, page)


def test_a_square_of_the_strip_says_its_meeting_when_it_is_wanted(contexts: Any, served: str) -> None:
    for size in (DESKTOP, PHONE):
        with watched(contexts(*size.values(), "light", True), served) as it:
            page = it.go("people/dan-okoro/")
            square = page.get_by_role("link", name="4 May 2021, by substitute: Eve Stone")
            words = square.locator("span")
            assert words.evaluate("e => e.offsetWidth") == 1
            page.keyboard.press("Tab")  # so that the focus is shown as for the keyboard
            square.focus()
            assert words.evaluate("e => e.offsetWidth") > 100
            assert page.evaluate("document.documentElement.scrollWidth") == size["width"]
            square.press("Enter")
            expect(page).to_have_url(f"{served}{MAY}#attendance")


def test_the_picture_of_a_seat_is_as_wide_as_its_place(contexts: Any, served: str) -> None:
    for size, least in ((DESKTOP, 150), (PHONE, 340)):
        with watched(contexts(*size.values(), "dark", True), served) as it:
            pictures = it.go("organisations/tidewater-trust/").get_by_role("img", name=re.compile("meeting"))
            expect(pictures).to_have_count(2)  # the treasurer's, and the substitute's
            edges = {tuple(p.evaluate("e => [e.getBoundingClientRect().x, e.clientWidth]")) for p in pictures.all()}
            assert len(edges) == 1 and edges.pop()[1] > least


# --- light and dark ------------------------------------------------------------------------------------------------


def darkness(page: Page) -> bool:
    """Whether what a reader sees is light on dark."""
    red = "e => Number(getComputedStyle(e).%s.match(/\\d+/)[0])"
    body = page.locator("body")
    return bool(body.evaluate(red % "backgroundColor") < body.evaluate(red % "color"))


def test_the_colours_follow_the_system(contexts: Any, served: str) -> None:
    for scheme in ("light", "dark"):
        with watched(contexts(1280, 900, scheme, True), served) as it:
            assert darkness(it.go(MAY)) == (scheme == "dark")


def test_the_colours_can_be_switched_and_stay_switched(chromium: Browser, served: str) -> None:
    context = chromium.new_context(color_scheme="light", viewport={"width": 1280, "height": 900})
    with watched(context, served) as it:
        page = it.go(MAY)
        page.get_by_title("Switch to dark").click()
        assert darkness(page)
        it.go("people/")
        assert darkness(page)
        page.get_by_title("Switch to light").click()
        assert not darkness(page)
    context.close()


# --- a paragraph's number ------------------------------------------------------------------------------------------


def test_a_paragraphs_number_stands_out_when_it_is_wanted(desktop: Watched) -> None:
    page = desktop.go(MAY)
    number = page.locator("#p-2-1")
    colour = "e => getComputedStyle(e).color"
    quiet = number.evaluate(colour)
    page.locator("p:has(> #p-2-1)").hover()
    expect(number).not_to_have_css("color", quiet)
    page.mouse.move(0, 0)
    expect(number).to_have_css("color", quiet)
    page.keyboard.press("Tab")  # so that the focus is shown as for the keyboard
    number.focus()
    expect(number).not_to_have_css("color", quiet)
    expect(number).to_have_css("outline-style", "solid")
    assert number.evaluate("e => e.getBoundingClientRect().left") >= 0  # in the margin, and on the screen


def test_a_paragraphs_number_is_its_address_and_copies_a_citation(desktop: Watched) -> None:
    page = desktop.go(MAY)
    page.locator("#p-2-1").click()
    expect(page).to_have_url(f"{desktop.address}{MAY}#p-2-1")
    expect(page.get_by_role("status")).to_have_text("Citation copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"Harbour Forum, meeting of 4 May 2021, paragraph 2.1, {desktop.address}{MAY}#p-2-1"
    page.locator("#action-2").click()
    expect(page).to_have_url(f"{desktop.address}{MAY}#action-2")
    expect(page.locator("#action-2")).to_be_in_viewport()
    page.wait_for_function("navigator.clipboard.readText().then(text => text.includes(', action 2, '))")


def test_an_address_of_a_paragraph_opens_at_it(phone: Watched) -> None:
    page = phone.go(f"{MAY}#p-3-1")
    paragraph = page.locator("p:has(> #p-3-1)")
    expect(paragraph).to_be_in_viewport()
    header = page.locator(".md-header").bounding_box()
    place = paragraph.bounding_box()
    assert header and place and place["y"] >= header["y"] + header["height"] - 1  # not below the header


def test_the_header_as_printed_is_folded_and_opens(desktop: Watched) -> None:
    page = desktop.go(MAY)
    printed = page.get_by_text("Notes of meeting held on 4th May 2021")
    expect(printed).to_be_hidden()
    page.get_by_text("Header and attendance as printed").click()
    expect(printed).to_be_visible()


def test_initials_lead_to_the_person(desktop: Watched) -> None:
    page = desktop.go(MAY)
    page.locator("p:has(> #p-2-1)").get_by_role("link", name="CM").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Cleo Marsh")
    page.get_by_role("link", name="2.1", exact=True).click()
    expect(page).to_have_url(f"{desktop.address}{MAY}#p-2-1")


# --- on a phone, with the keyboard, on paper, without scripts ------------------------------------------------------


def test_on_a_phone_the_drawer_holds_the_tabs(phone: Watched) -> None:
    page = phone.go(MAY)
    drawer = page.get_by_role("navigation", name="Navigation")
    people = drawer.get_by_role("link", name="People", exact=True)
    expect(people).not_to_be_in_viewport()
    page.locator("label.md-header__button[for=__drawer]").click()
    expect(people).to_be_in_viewport()
    tabs = ["Home", "Meetings", "Actions", "Decisions", "People", "Organisations", "Topics", "About"]
    assert [link.inner_text().strip() for link in drawer.get_by_role("link").all()] == tabs
    assert drawer.locator("[aria-current]").inner_text().strip() == "Meetings"
    people.click()
    expect(page).to_have_url(f"{phone.address}people/")


def test_on_a_phone_each_row_is_a_block_with_its_labels(phone: Watched) -> None:
    page = phone.go("actions/")
    row = page.locator("tbody tr").first
    cells = row.locator("td").all()
    boxes = [cell.bounding_box() for cell in cells]
    tops = [box["y"] for box in boxes if box]
    assert len(tops) > 3
    assert tops == sorted(set(tops))  # each below the one before
    label = "e => getComputedStyle(e, '::before').content + ' ' + getComputedStyle(e, '::before').display"
    assert [cell.evaluate(label).split('"')[1] for cell in cells[2:]] == ["Owner", "Due", "Status"]
    expect(page.get_by_role("columnheader")).to_have_count(5)  # for screen readers


def test_on_a_desktop_a_table_is_a_table(desktop: Watched) -> None:
    page = desktop.go("actions/")
    expect(page.get_by_role("search", name="Filter the actions")).to_be_visible()  # after it nothing moves any more
    cells = page.locator("tbody tr").first.locator("td").all()
    assert len({box["y"] for cell in cells if (box := cell.bounding_box())}) == 1


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(desktop: Watched) -> None:
    page = desktop.go(MAY)
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_text("Skip to content")
    expect(focused).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.rpartition("#")[2] == page.locator("h1").get_attribute("id")
    for _ in range(3):
        page.keyboard.press("Tab")
        expect(focused).to_have_css("outline-style", "solid")
        expect(focused).to_have_css("outline-width", "2px")
    assert focused.evaluate("e => Boolean(e.closest('article'))")


def test_on_paper_there_is_the_record_and_no_navigation(desktop: Watched) -> None:
    page = desktop.go(MAY)
    address = page.get_by_text(f"http://127.0.0.1{sites.BASE}{MAY}")
    expect(address).to_be_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    for part in ("header.md-header", "nav.md-tabs", "footer", ".md-sidebar--secondary", ".mb-crumbs"):
        expect(page.locator(part)).to_be_hidden()
    expect(address).to_be_visible()
    expect(page.locator("#p-2-1")).to_be_visible()
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    page.emulate_media(media="screen")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_without_scripts_the_record_can_be_read(size: dict[str, int], contexts: Any, served: str) -> None:
    with watched(contexts(*size.values(), "light", False), served) as it:
        page = it.go(MAY)
        expect(page.get_by_text("BR said that night sailings doubled in spring.")).to_be_visible()
        expect(page.get_by_role("link", name="Print")).to_have_count(0)  # it needs the script
        page.get_by_text("Header and attendance as printed").click()
        expect(page.get_by_text("Notes of meeting held on 4th May 2021")).to_be_visible()
        page.locator("#p-2-1").click()
        expect(page).to_have_url(f"{it.address}{MAY}#p-2-1")
        it.go("actions/")
        expect(page.locator("tbody").first.locator("tr")).to_have_count(3)
        expect(page.locator("tbody tr").first).to_be_visible()
        assert not darkness(page)


def test_an_address_that_is_not_there_leads_on(desktop: Watched) -> None:
    page = desktop.go("meetings/harbour-forum/1900-01-01/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Not in the archive")
    links = {a.inner_text(): str(a.get_attribute("href")) for a in page.locator("article a").all()}
    assert links
    for words, href in links.items():
        answer = page.request.get(desktop.address.partition(sites.BASE)[0] + href)
        assert answer.ok, f"{words}: {href}"
    page.get_by_role("article").get_by_role("link", name="meetings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Meetings")


def test_a_page_that_moved_leads_to_the_paragraph(contexts: Any, tmp_path: Path, forum: Built) -> None:
    folder = sites.again(forum, tmp_path / "project")
    may = folder / "minutes_src" / "forum" / "2021-05-04.txt"
    may.write_text(may.read_text("utf-8").replace("4th May", "5th May"), "utf-8")
    built = sites.build(folder)
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go(f"{MAY}#p-2-1")
        expect(page).to_have_url(f"{address}meetings/harbour-forum/2021-05-05/#p-2-1")
        expect(page.locator("#p-2-1")).to_be_in_viewport()


def test_nothing_in_minutes_is_run(contexts: Any, hostile: Built) -> None:
    data = hostile.archive
    things = [thing for kind in ("meetings", "people", "organizations", "topics") for thing in data[kind]]
    with (
        browsers.serve(hostile.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        for place in [t["address"] for t in things] + ["", "meetings/", "people/", "actions/", "unresolved/"]:
            page = it.go(place)
            for summary in page.locator("summary").all():
                summary.click()
            assert page.evaluate("window.harm") is None
            assert page.title()
            expect(page.locator("h1")).to_be_visible()

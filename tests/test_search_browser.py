"""The search in a real browser, below a sub-path: the boxes, the page, the facets, the address, the keyboard."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from minutebook.publish.search.terms import words
from minutebook.publish.words import FOLD
from tests import browser as browsers
from tests import harbour, sites
from tests.archives import minutes
from tests.sites import Built
from tests.watching import Watched, found_by_axe, watched

pytestmark = pytest.mark.browser

MAY, JULY = "meetings/harbour-forum/2021-05-04/", "meetings/harbour-forum/2021-07-06/"
SAILINGS = "BR said that night sailings doubled in spring."


@pytest.fixture(scope="module")
def served_seeds(seeds: Built) -> Iterator[str]:
    with browsers.serve(seeds.site, sites.BASE) as address:
        yield address


def results(page: Page) -> Locator:
    """The places that were found, once the search has ended."""
    expect(page.locator(".mb-search__head [role=status]")).to_have_text(re.compile(r"\d+ results?"))
    expect(page.locator(".mb-found[aria-busy]")).to_have_count(0)
    return page.locator(".mb-found li li")


def all_results(page: Page) -> Locator:
    """Every place that was found: "More results" is pressed until there are no more."""
    found, more = results(page), page.get_by_role("button", name="More results")
    while more.is_visible():
        shown = found.count()
        more.click()
        expect(found.nth(shown)).to_be_attached()  # what it brings, and whether there is more, come at once
    return found


def suggestions(page: Page, q: str) -> Locator:
    """What the box offers, once it offers it for all of `q`."""
    options = page.get_by_role("listbox").get_by_role("option")
    expect(options.last).to_have_text(f"All results for “{q}”")
    return options


def found_pages(page: Page) -> set[str]:
    """The addresses of the pages on which something was found, below the site's root."""
    hrefs = page.locator(".mb-found a, .mb-offers a").evaluate_all("links => links.map(a => a.pathname)")
    return {href.removeprefix(sites.BASE) for href in hrefs}


def asked(page: Page) -> dict[str, list[str]]:
    """What the address asks."""
    return parse_qs(urlsplit(page.url).query)


def choose(page: Page, facet: str, value: str) -> None:
    """Choose a value of a facet with the keyboard: to the field, then down to the box, then Space."""
    box = page.get_by_role("group", name=facet, exact=True).get_by_role("checkbox", name=value)
    for _ in range(80):
        page.keyboard.press("Tab")
        if box.evaluate("box => box === document.activeElement"):
            break
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(box).to_be_focused()


# --- to the item -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "q", ["BR", "Bo Ray", "bo ray", "ray", "doubl", '"sailings doubled in spring"', '"BR said that"']
)
def test_the_box_leads_to_the_item_by_initials_name_word_and_phrase(q: str, desktop: Watched) -> None:
    page = desktop.go("people/")
    page.keyboard.press("/")
    page.keyboard.type(q)
    options = suggestions(page, q)
    hit = options.filter(has=page.locator(".mb-box__words", has_text="doubled in spring"))
    expect(hit).to_have_count(1)
    for _ in range(options.count()):
        page.keyboard.press("ArrowDown")
        if hit.get_attribute("aria-selected") == "true":
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desktop.address}{MAY}#item-2")
    expect(page.get_by_text(SAILINGS)).to_be_in_viewport()


def test_initials_in_a_snippet_are_explained_and_its_words_are_the_minutes(desktop: Watched) -> None:
    page = desktop.go("search/?q=Bo+Ray+sailings")
    hit = results(page).filter(has=page.get_by_role("link", name="Night sailings")).filter(has_text="doubled")
    expect(hit.locator("p")).to_contain_text(SAILINGS)
    expect(hit.locator("mark abbr").first).to_have_attribute("title", "Bo Ray")


def test_a_name_offers_the_persons_page_first(desktop: Watched) -> None:
    page = desktop.go("")
    page.keyboard.press("Control+k")
    page.keyboard.type("Cleo Marsh")
    expect(suggestions(page, "Cleo Marsh").first).to_have_text(
        re.compile(r"Cleo Marsh\s*Person · Secretary, Guild of Pilots")
    )
    page.keyboard.press("Enter")  # without a choice: all results
    expect(page).to_have_url(f"{desktop.address}search/?q=Cleo+Marsh")
    results(page)
    expect(page.locator(".mb-offers a").first).to_have_text("Cleo Marsh")


def test_the_committed_minutes_are_found_by_initials_and_by_name(
    contexts: Any, served_seeds: str, seeds: Built
) -> None:
    """For everybody whose initials stand in an item: either form finds that item."""
    tried = 0
    with watched(contexts(1280, 900, "light", True), served_seeds) as it:
        for m in seeds.archive["meetings"]:
            starts = [(i["line"], i["id"]) for i in m["items"]]
            paragraphs = {x["line"]: x["text"] for x in m["paragraphs"]}
            known = {p["id"]: p for p in m["people"] if p.get("initials")}
            for x in m["mentions"]:
                person = known.get(x["person"])
                if not person or x["text"] != person["initials"] or x["line"] not in paragraphs or tried >= 6:
                    continue
                tried += 1
                item = max(s for s in starts if s[0] <= x["line"])[1]
                for q in (x["text"], person["name"]):
                    page = it.go(f"search/?q={q}")
                    all_results(page)
                    link = page.locator(f'.mb-found a[href$="{m["address"]}#{item}"]')
                    expect(link).to_have_count(1)
    assert tried


# --- facets and the address ------------------------------------------------------------------------------------


def test_a_person_alone_gives_every_meeting(desktop: Watched) -> None:
    page = desktop.go("search/?person=Bo+Ray")
    results(page)
    assert {MAY, JULY, "people/bo-ray/"} <= found_pages(page)
    expect(page.get_by_role("checkbox", name="Bo Ray")).to_be_checked()
    # what is shown of a place is where the person is named, there by initials
    hit = results(page).filter(has=page.get_by_role("link", name="Night sailings")).filter(has_text="doubled")
    expect(hit.locator("mark abbr")).to_have_attribute("title", "Bo Ray")


def test_a_person_of_the_committed_minutes_alone_gives_every_meeting(
    contexts: Any, served_seeds: str, seeds: Built
) -> None:
    came = {m["address"]: {p["id"] for p in m["people"]} for m in seeds.archive["meetings"]}
    both = set.intersection(*came.values())
    with watched(contexts(1280, 900, "light", True), served_seeds) as it:
        for person in [p for p in seeds.archive["people"] if p["id"] in both][:4]:
            page = it.go(f"search/?person={person['name']}")
            results(page)
            assert came.keys() <= found_pages(page), person["name"]


def test_a_topic_and_a_word_with_the_keyboard_alone(desktop: Watched) -> None:
    page = desktop.go("search/")
    page.keyboard.press("/")
    page.keyboard.type("BR")
    page.keyboard.press("Enter")
    before = results(page).count()
    choose(page, "Topic", "Night sailings")
    expect(page).to_have_url(f"{desktop.address}search/?q=BR&topic=Night+sailings")
    assert 0 < results(page).count() < before
    assert found_pages(page) == {MAY, JULY}
    page.locator(".mb-found h2 a").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/meetings/harbour-forum/[\d-]+/#(item|action)-\d"))


def test_two_kinds_are_either_and_two_people_are_both(desktop: Watched) -> None:
    page = desktop.go("search/?kind=action&kind=decision")
    assert set(results(page).locator("a").all_inner_texts()) == {"Action 1", "Action 2", "Decision 1"}
    page = desktop.go("search/?person=Bo+Ray&person=Finn+Holt&kind=item")
    expect(results(page)).to_have_count(1)
    # the other kinds can still be chosen, with what they would give
    kinds = page.get_by_role("group", name="What", exact=True)
    expect(kinds.get_by_role("checkbox", name="Meeting")).to_be_visible()


@pytest.mark.parametrize("q", ["lee", "lamps"])
def test_each_choice_leaves_as_many_results_as_stand_beside_it(q: str, contexts: Any, tmp_path: Path) -> None:
    texts = {
        "forum/2021-05-04.md": minutes("AL asked for lamps.", people="Ann Lee [AL]"),
        "forum/2022-05-04.md": minutes("AL had lamps.", people="Ann Lee [AL]"),
        "board/2022-06-04.md": minutes("Lamps went.", "Action: Eve Lee to buy lamps.", people="Ann Lee; Eve Lee"),
    }
    built = sites.build(sites.project(tmp_path / "project", texts))
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        tried = 0
        for facet in ("What", "Body"):
            page = it.go(f"search/?q={q}")
            results(page)
            for k in range(page.get_by_role("group", name=facet, exact=True).locator("li").count()):
                page = it.go(f"search/?q={q}")
                choice = page.get_by_role("group", name=facet, exact=True).locator("li").nth(k)
                number = choice.locator("small").inner_text()
                choice.get_by_role("checkbox").check()
                expect(page).to_have_url(re.compile("&"))
                expect(page.locator(".mb-search__head [role=status]")).to_have_text(re.compile(f"^{number} result"))
                tried += 1
        assert tried >= 4


def test_reload_and_back_keep_the_search(desktop: Watched) -> None:
    page = desktop.go("search/?q=lights")
    first = results(page).all_inner_texts()
    page.get_by_role("checkbox", name="Action", exact=False).first.check()
    expect(page).to_have_url(f"{desktop.address}search/?q=lights&kind=action")
    expect(results(page)).to_have_count(1)
    page.reload()
    expect(results(page)).to_have_count(1)
    expect(page.locator("#mb-q-page")).to_have_value("lights")
    results(page).get_by_role("link").first.click()
    expect(page).to_have_url(f"{desktop.address}{MAY}#action-1")
    page.go_back()
    expect(results(page)).to_have_count(1)
    page.go_back()
    expect(page).to_have_url(f"{desktop.address}search/?q=lights")
    expect(results(page)).to_have_count(len(first))
    expect(page.get_by_role("checkbox", name="Action", exact=False).first).not_to_be_checked()


def test_what_is_typed_stands_in_the_address_and_clearing_empties_it(desktop: Watched) -> None:
    page = desktop.go("search/?person=Bo+Ray&sort=newest")
    results(page)
    page.locator("#mb-q-page").fill("mole")
    expect(page).to_have_url(f"{desktop.address}search/?q=mole&person=Bo+Ray&sort=newest")
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(f"{desktop.address}search/?q=mole&sort=newest")
    page.get_by_label("Order").select_option("best match first")
    expect(page).to_have_url(f"{desktop.address}search/?q=mole")
    page.locator("#mb-q-page").fill("")
    expect(page).to_have_url(f"{desktop.address}search/")
    expect(page.get_by_text("Or look among")).to_be_visible()


def test_what_is_typed_while_the_page_loads_is_searched(contexts: Any, served: str) -> None:
    page = contexts(1280, 900, "light", True).new_page()
    held: list[Any] = []
    page.route("**/search/page.js", lambda route: held.append(route))
    page.goto(f"{served}search/", wait_until="commit")
    page.locator("#mb-q-page").fill("mole")
    while not held:
        page.wait_for_event("request")
    held[0].continue_()
    results(page)
    expect(page.locator("#mb-q-page")).to_have_value("mole")
    expect(page).to_have_url(f"{served}search/?q=mole")
    page.close()


def test_a_choice_takes_along_what_was_typed_a_moment_ago(desktop: Watched) -> None:
    page = desktop.go("search/?q=sailings")
    results(page)
    page.evaluate(
        """() => {
            const input = document.querySelector("#mb-q-page");
            input.value = "sailings doubled";
            input.dispatchEvent(new Event("input"));
            document.querySelector(".mb-facets [type=checkbox]").click();
        }"""
    )
    expect(page).to_have_url(re.compile(r"\?q=sailings\+doubled&kind=\w+$"))
    expect(page.locator("#mb-q-page")).to_have_value("sailings doubled")


def test_back_goes_from_one_search_to_the_one_before(desktop: Watched) -> None:
    page = desktop.go("search/?q=mole")
    results(page)
    page.locator("#mb-q-page").fill("")
    page.locator("#mb-q-page").press_sequentially("lamps")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desktop.address}search/?q=lamps")
    results(page)
    page.go_back()
    expect(page).to_have_url(f"{desktop.address}search/?q=mole")
    expect(page.locator("#mb-q-page")).to_have_value("mole")
    results(page)


def test_a_range_of_years(contexts: Any, tmp_path: Path) -> None:
    sources = {f"forum/{year}-05-04.md": minutes(f"In {year} AL asked for lamps.") for year in (2018, 2019, 2020, 2021)}
    built = sites.build(sites.project(tmp_path / "project", sources))
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go("search/?q=lamps&kind=item")
        expect(results(page)).to_have_count(4)
        years = page.get_by_role("group", name="Years", exact=True)
        years.get_by_label("from").select_option("2019")
        expect(results(page)).to_have_count(3)
        years.get_by_label("to").select_option("2020")
        expect(results(page)).to_have_count(2)
        expect(page).to_have_url(f"{address}search/?q=lamps&kind=item&from=2019&to=2020")
        years.get_by_label("from").select_option("2021")  # a range that would end before it begins
        expect(page).to_have_url(f"{address}search/?q=lamps&kind=item&from=2021&to=2021")
        expect(results(page)).to_have_count(1)
        page = it.go("search/?q=lamps&kind=item&year=2018")  # as addresses had it before
        expect(results(page)).to_have_count(1)


def test_brackets_of_the_minutes_stay_what_they_are(contexts: Any, tmp_path: Path) -> None:
    odd = harbour.MAY.replace("CM asked for more pilots", "CM said [+a+b] and c{+d} of more pilots")
    project = sites.project(tmp_path / "project", {"forum/2021-05-04.txt": odd})
    (project / "docs" / "notes.md").write_text("# Notes\n\n## One\n\nA zebra[+x+y].\n\n## Two\n\nA zebra.\n", "utf-8")
    built = sites.build(project)
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go('search/?q="of more pilots"')
        expect(results(page).first).to_contain_text("CM said [+a+b] and c{+d} of more pilots")
        page = it.go("search/?q=zebra")  # each section of a page that has the word
        results(page)
        hrefs = page.locator(".mb-found li li a").evaluate_all("links => links.map(a => a.hash)")
        assert sorted(hrefs) == ["#one", "#two"]
        expect(page.locator(".mb-found li li").filter(has_text="A zebra[+x+y].")).to_have_count(1)


def test_newest_first(desktop: Watched) -> None:
    page = desktop.go("search/?q=sailings&kind=item&sort=newest")
    results(page)
    assert page.locator(".mb-found h2").all_inner_texts() == ["Meeting of 6 July 2021", "Meeting of 4 May 2021"]


def test_anybody_is_found_for_the_facet_by_a_part_of_the_name(contexts: Any, served_seeds: str, seeds: Built) -> None:
    someone = sorted(p["name"] for p in seeds.archive["people"])[-1]
    with watched(contexts(1280, 900, "light", True), served_seeds) as it:
        page = it.go("search/")
        field = page.get_by_role("group", name="Person", exact=True).get_by_role("combobox")
        field.focus()
        page.keyboard.type(someone.split()[-1][:4].lower())
        option = page.get_by_role("option", name=re.compile(f"^{re.escape(someone)}"))
        expect(option).to_be_visible()
        while option.get_attribute("aria-selected") != "true":
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        results(page)
        assert asked(page) == {"person": [someone]}
        expect(field).to_be_focused()
        box = page.get_by_role("group", name="Person", exact=True).get_by_role("checkbox", name=someone)
        expect(box).to_be_checked()
        box.click()
        expect(page).to_have_url(f"{it.address}search/")


def test_a_name_that_nobody_has_is_told_in_the_field(desktop: Watched) -> None:
    page = desktop.go("search/")
    field = page.get_by_label("Find an organisation")
    field.press_sequentially("zyzzyva")
    expect(page.get_by_role("option")).to_have_text("Nothing is called “zyzzyva”")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desktop.address}search/")


# --- every page, every width -----------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["", MAY, "people/bo-ray/", "actions/", "about/", "unresolved/", "search/"])
@pytest.mark.parametrize("key", ["/", "Control+k"])
def test_a_key_goes_to_the_box_from_any_page(address: str, key: str, desktop: Watched) -> None:
    page = desktop.go(address)
    page.keyboard.press(key)
    expect(page.locator(".mb-box input:focus")).to_have_count(1)
    expect(page.locator(".mb-box input:focus")).to_have_value("")


def test_the_box_works_on_a_page_that_is_not_there(desktop: Watched) -> None:
    page = desktop.go("nowhere/at/all/")
    page.keyboard.press("/")
    page.keyboard.type("mole")
    suggestions(page, "mole")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desktop.address}search/?q=mole")
    assert MAY in (results(page) and found_pages(page))


def test_a_slash_that_is_typed_is_a_slash(desktop: Watched) -> None:
    page = desktop.go("search/")
    page.locator("#mb-q-page").focus()
    page.keyboard.type("and/or")
    expect(page.locator("#mb-q-page")).to_have_value("and/or")


def test_on_a_phone_the_box_opens_over_the_header(phone: Watched) -> None:
    page = phone.go(MAY)
    box = page.locator(".mb-box--header")
    page.locator(".mb-box--header label").click()
    field = box.locator("input")
    expect(field).to_be_focused()
    size = field.bounding_box()
    assert size and size["width"] == 390
    page.keyboard.type("mole")
    options = suggestions(page, "mole")
    assert all((b := o.bounding_box()) and b["x"] >= 0 and b["x"] + b["width"] <= 390 for o in options.all())
    options.first.click()
    expect(page).not_to_have_url(f"{phone.address}{MAY}")


def test_on_a_phone_the_facets_open_on_demand(phone: Watched) -> None:
    page = phone.go("search/?q=BR")
    results(page)
    expect(page.get_by_role("checkbox").first).to_be_hidden()
    page.get_by_role("button", name="Narrow the search").click()
    page.get_by_role("checkbox", name="Cleo Marsh").check()
    expect(page.get_by_role("button", name="Narrow the search (1 chosen)")).to_be_visible()
    assert asked(page) == {"q": ["BR"], "person": ["Cleo Marsh"]}


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)], ids=["desktop", "phone"])
def test_results_and_suggestions_are_accessible_and_fit(size: tuple[int, int], contexts: Any, served: str) -> None:
    with watched(contexts(*size, "dark", True), served) as it:
        page = it.go("search/?q=sailings&person=Bo+Ray")
        results(page)
        if size[0] < 960:
            page.get_by_role("button", name="Narrow the search").click()
        page.evaluate(Axe().axe_script)
        assert found_by_axe(page, {}) == []
        page.locator(".mb-box--header input").focus()
        page.keyboard.type("sail")
        suggestions(page, "sail")
        run = "() => axe.run('.md-header').then(f => f.violations.map(v => v.id + ' ' + v.nodes[0].html))"
        assert page.evaluate(run) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


# --- what else is found, and what is not -----------------------------------------------------------------------


def test_a_word_of_a_hand_written_page_is_found_at_its_section(desktop: Watched) -> None:
    page = desktop.go("search/?q=rewritten")
    expect(results(page)).to_have_count(1)
    assert found_pages(page) == {"about/"}
    page = desktop.go("search/?q=permanent+addresses&kind=page")
    results(page)
    link = page.locator('.mb-found a[href*="about/#what-you-can-rely-on"]')
    expect(link).to_have_count(1)


def test_nothing_found_says_what_to_try(desktop: Watched) -> None:
    page = desktop.go("search/?q=zyzzyva&topic=Night+sailings")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()
    expect(page.locator(".mb-ways").get_by_role("link", name="Topics")).to_be_visible()
    expect(page.get_by_role("button", name="Clear all")).to_be_visible()


def test_minutes_come_out_of_the_index_as_text(contexts: Any, hostile: Built) -> None:
    with (
        browsers.serve(hostile.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        for q in ("script", "onerror"):
            page = it.go(f"search/?q={q}")
            results(page)
            tags = page.locator(":is(.mb-found, .mb-offers) *").evaluate_all("all => all.map(e => e.localName)")
            assert set(tags) <= {"li", "ul", "div", "h2", "a", "small", "p", "mark", "abbr", "time"}
        assert "<" in page.locator(".mb-search__results").inner_text()


def test_nothing_is_fetched_for_the_search_before_it_is_wanted(desktop: Watched) -> None:
    urls: list[str] = []
    desktop.page.on("request", lambda request: urls.append(request.url))
    page = desktop.go("people/")
    assert [u for u in urls if "/search/" in u] == []
    page.keyboard.press("/")
    page.keyboard.type("mole")
    suggestions(page, "mole")
    assert any("/search/data/" in u for u in urls)


def test_without_scripts_the_box_leads_to_where_to_look(contexts: Any, served: str) -> None:
    with watched(contexts(1280, 900, "light", False), served) as it:
        page = it.go(MAY)
        page.locator(".mb-box--header input").fill("mole")
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{it.address}search/?q=mole")
        assert (
            "The search needs JavaScript" in page.locator("noscript").inner_text()
        )  # which Chromium cannot be made to show
        page.locator(".mb-ways").get_by_role("link", name="Meetings").click()
        expect(page).to_have_url(f"{it.address}meetings/")


def test_a_search_that_cannot_be_loaded_says_so(contexts: Any, served: str) -> None:
    page = contexts(1280, 900, "light", True).new_page()
    page.route("**/search/data/manifest.json", lambda route: route.abort())
    page.goto(f"{served}search/?q=mole")
    expect(page.get_by_text("The search could not be loaded.")).to_be_visible()
    expect(page.locator(".mb-ways")).to_be_visible()
    page.close()


def test_a_question_that_overtakes_another_shows_all_of_its_own_results(desktop: Watched) -> None:
    page = desktop.go("search/?q=pilots")
    alone = results(page).all_inner_texts()
    assert len(alone) > 1
    page = desktop.go("search/")
    held: list[Any] = []
    page.route("**/words-*.json", lambda route: held.append(route))
    for typed in ("mole", "pilots"):
        page.locator("#mb-q-page").fill(typed)
        expect(page).to_have_url(re.compile(f"q={typed}$"))  # it is asked, and waits for the words
    assert held
    for route in held:
        route.continue_()
    expect(page.locator(".mb-search__head [role=status]")).to_have_text(re.compile("for “pilots”"))
    page.unroute("**/words-*.json")
    assert results(page).all_inner_texts() == alone


def test_an_answer_that_comes_late_does_not_take_the_place_of_a_later_one(desktop: Watched) -> None:
    page = desktop.go("search/")
    held: list[Any] = []
    page.route("**/places/person-0.json", lambda route: held.append(route))
    with page.expect_request("**/places/person-0.json"):
        page.locator("#mb-q-page").fill("Cleo Marsh")
    page.locator("#mb-q-page").fill("swell")
    said = page.locator(".mb-search__head [role=status]")
    expect(said).to_have_text(re.compile("for “swell”"))
    with page.expect_response("**/places/person-0.json"):
        for route in held:
            route.continue_()
    page.unroute("**/places/person-0.json")
    page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 0))")
    expect(page.locator(".mb-offers")).to_be_hidden()
    expect(said).to_have_text(re.compile("for “swell”"))


def test_suggestions_that_come_late_are_not_shown_for_what_is_typed_now(desktop: Watched) -> None:
    page = desktop.go("people/")
    held: list[Any] = []
    page.route("**/places/person-0.json", lambda route: held.append(route))
    page.keyboard.press("/")
    with page.expect_request("**/places/person-0.json"):
        page.keyboard.type("Cleo Marsh")
    page.keyboard.press("Control+a")
    page.keyboard.type("swell")
    suggestions(page, "swell")
    with page.expect_response("**/places/person-0.json"):
        for route in held:
            route.continue_()
    page.unroute("**/places/person-0.json")
    page.evaluate("() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 0))")
    suggestions(page, "swell")


def test_a_page_without_a_date_is_of_no_year(desktop: Watched) -> None:
    page = desktop.go("search/?q=searching")
    results(page)
    assert "reading/" in found_pages(page)
    page = desktop.go("search/?q=searching&to=2030")
    results(page)
    assert "reading/" not in found_pages(page)


# --- what readers ask of the committed minutes ------------------------------------------------------------------

QUESTIONS = [
    line.split("\t")
    for line in (Path(__file__).parent / "fixtures" / "search" / "questions.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def test_what_readers_ask_of_the_committed_minutes_is_found_first(contexts: Any, served_seeds: str) -> None:
    """Of twenty questions, each with what should be first, at least nineteen: what is offered comes before results."""
    assert len(QUESTIONS) == 20
    missed = {}
    with watched(contexts(1280, 900, "light", True), served_seeds) as it:
        for q, expected in QUESTIONS:
            page = it.go(f"search/?{urlencode({'q': q})}")
            results(page)
            first = page.locator(":is(.mb-search__results > .mb-offers a, .mb-found li li > a, .mb-found h2 a)")
            hrefs = first.evaluate_all("links => links.map(a => [a.closest('li li, .mb-offers') ? 1 : 0, a.href])")
            places = [href for place, href in hrefs if place] or [href for _, href in hrefs]
            if places[0] != f"{it.address}{expected}":
                missed[q] = places[0]
    assert len(missed) <= 1, missed


def test_a_page_that_stays_open_while_the_site_is_published_again_finds_what_is_new(
    contexts: Any, tmp_path: Path
) -> None:
    project = sites.project(tmp_path / "project", {"forum/2021-05-04.md": minutes("AL asked for lamps.")})
    built = sites.build(project)
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go("search/")
        expect(
            page.get_by_role("group", name="Person", exact=True)
        ).to_be_visible()  # the manifest and the columns are there
        (project / "minutes_src" / "forum" / "2021-06-04.md").write_text(minutes("BR asked for buoys."), "utf-8")
        sites.build(project)
        page.locator("#mb-q-page").fill("buoys")
        expect(results(page).filter(has_text="BR asked for buoys.")).to_have_count(1)
        it.wrong[:] = [x for x in it.wrong if "404" not in x]  # what is gone is asked for once


# --- no dead end -----------------------------------------------------------------------------------------------


def test_a_word_that_is_spelt_nearly_right_leads_to_the_right_one(desktop: Watched) -> None:
    page = desktop.go("search/?q=salings")
    expect(page.get_by_text("No place has “salings”.")).to_be_visible()
    page.get_by_role("link", name="sailings", exact=True).click()
    expect(page).to_have_url(f"{desktop.address}search/?q=sailings")
    expect(page.locator("#mb-q-page")).to_be_focused()
    results(page)


def test_a_word_is_put_right_where_it_stands_and_not_within_another(contexts: Any, tmp_path: Path) -> None:
    built = sites.build(
        sites.project(tmp_path / "project", {"forum/2021-05-04.md": minutes("A sparrow and a parrot.")})
    )
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go("search/?q=sparrow+parrow")
        expect(page.get_by_role("link", name="sparrow parrot", exact=True)).to_be_visible()


def test_names_that_are_nearly_what_was_typed_are_listed(desktop: Watched) -> None:
    page = desktop.go("search/?q=Cleo+Marhs&kind=decision")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()
    expect(page.locator(".mb-nothing .mb-offers").get_by_role("link", name="Cleo Marsh", exact=True)).to_have_attribute(
        "href", f"{desktop.address}people/cleo-marsh/"
    )


def test_where_no_place_has_every_word_those_with_most_of_them_are_shown(desktop: Watched) -> None:
    page = desktop.go("search/?q=sailings+doubled+zyzzyva")
    expect(page.get_by_text("No place has all of these words.")).to_be_visible()
    expect(results(page).filter(has_text="doubled in spring")).to_have_count(1)


def test_choices_that_leave_nothing_can_be_given_up(desktop: Watched) -> None:
    page = desktop.go("search/?q=mole&person=Nobody+Of+This+Name")
    page.get_by_role("link", name=re.compile(r"\d+ results? without these choices")).click()
    expect(page).to_have_url(f"{desktop.address}search/?q=mole")
    assert results(page).count()


def test_a_question_in_words_that_no_minutes_say_is_understood(desktop: Watched) -> None:
    page = desktop.go("search/?q=what+was+said+about+the+night+sailings")
    expect(results(page).get_by_role("link", name="Night sailings").first).to_be_visible()


# --- at the place ------------------------------------------------------------------------------------------------

MARKED = "[...CSS.highlights.get('minutebook') ?? []].map(range => range.toString())"


def test_the_words_are_marked_at_the_place_and_the_address_stays_plain(desktop: Watched) -> None:
    page = desktop.go("search/?q=Bo+Ray+doubled")
    results(page).filter(has_text="doubled in spring").get_by_role("link").first.click()
    expect(page).to_have_url(f"{desktop.address}{MAY}#item-2")
    page.wait_for_function("CSS.highlights.has('minutebook')")
    marked = page.evaluate(MARKED)
    assert {"BR", "doubled"} <= set(marked)
    page.reload()
    page.wait_for_load_state()
    assert page.evaluate(MARKED) == []  # once: the page is not the search's


def test_words_are_taken_apart_alike_here_and_in_the_browser(desktop: Watched) -> None:
    signs = "abcXYZéÉßſıŁØæ'’ʼ‘-‐‑–_ .,10½²٣漢字かな₨﷼Σσς\u0301\u0308ﬁǅ№™ⅷ\u00ad𝒜हिन्दीไทย"
    chance = random.Random(1)
    texts = ["".join(chance.choices(signs, k=chance.randint(1, 12))) for _ in range(1500)]
    desktop.go("search/")
    taken = desktop.page.evaluate(
        """async ([root, texts, letters]) => {
            const { words } = await import(root + "assets/javascripts/search/words.js");
            return texts.map((text) => words(text, letters).map(({ word, also }) => [word, also]));
        }""",
        [desktop.address, texts, FOLD],
    )
    for text, there in zip(texts, taken, strict=True):
        assert there == [[w.word, list(w.also)] for w in words(text)], text


def test_apostrophes_and_hyphens_count_either_way(contexts: Any, tmp_path: Path) -> None:
    said = minutes("The pilots' multi-agency work and the harbour-master’s ferry’s lamps.")
    built = sites.build(sites.project(tmp_path / "project", {"forum/2021-05-04.md": said}))
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        for q in (
            "multiagency",
            "multi agency",
            "multi-agency",
            "pilots'",
            "ferrys",
            "ferry",
            "harbourmaster",
            '"ferry\'s lamps"',
        ):
            page = it.go(f"search/?{urlencode({'q': q})}")
            expect(results(page).filter(has_text="multi-agency work")).to_have_count(1)
            expect(page.locator(".mb-found mark").first).to_be_visible()


def test_initials_in_capitals_are_not_a_word_that_reads_alike(contexts: Any, tmp_path: Path) -> None:
    people = "Ida Trent (Master, Guild of Pilots) [IT]; Bo Ray [BR]"
    said = minutes("IT asked for lamps.", people=people)
    other = minutes("BR said that it was late. LAMPS were lit.", people=people)
    built = sites.build(
        sites.project(tmp_path / "project", {"forum/2021-05-04.md": said, "forum/2021-06-04.md": other})
    )
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go("search/?q=IT&kind=item")
        expect(results(page)).to_have_count(1)
        expect(results(page)).to_contain_text("IT asked for lamps.")
        page = it.go("search/?q=LAMPS&kind=item")  # which somebody may type for the word as well
        expect(results(page)).to_have_count(2)


def test_a_phrase_is_found_only_where_it_stands_as_it_is(contexts: Any, tmp_path: Path) -> None:
    said = minutes("Night ferry after night. The ferry after dark.", "A night ferry.")
    other = minutes("The night ferry after dark left.")
    built = sites.build(
        sites.project(tmp_path / "project", {"forum/2021-05-04.md": said, "forum/2021-06-04.md": other})
    )
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go('search/?q="night+ferry+after+dark"')  # each two of these words stand side by side in both
        expect(results(page)).to_have_count(1)
        expect(page.locator(".mb-search__head [role=status]")).to_have_text(re.compile("^1 result for"))
        expect(results(page).locator("mark")).to_have_text(["night", "ferry", "after", "dark"])


def test_a_phrase_whose_words_stand_apart_only_is_no_dead_end(contexts: Any, tmp_path: Path) -> None:
    said = minutes("The old pier was shut. The new pier was old.")
    built = sites.build(sites.project(tmp_path / "project", {"forum/2021-05-04.md": said}))
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go('search/?q="old+pier+was+old"')
        expect(results(page)).to_have_count(0)
        expect(page.locator(".mb-search__head [role=status]")).to_have_text(re.compile("^0 results"))
        expect(page.get_by_text("No place has “old pier was old”.")).to_be_visible()


def test_more_results_of_an_index_that_is_gone_are_those_of_the_new_one(contexts: Any, tmp_path: Path) -> None:
    """Numbers of places mean something in their own index only."""
    texts = {f"forum/2021-{n:02}-04.md": minutes(f"AL asked for lamps and {word}.") for n, word in enumerate(WORDS, 1)}
    project = sites.project(tmp_path / "project", texts)
    built = sites.build(project)
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        page = it.go("search/?q=lamps")
        expect(results(page)).to_have_count(10)
        for n in range(1, 8):
            (project / "minutes_src" / "forum" / f"2019-{n:02}-04.md").write_text(minutes("Nothing was said."), "utf-8")
        sites.build(project)
        page.get_by_placeholder("Find a topic").fill("tides")  # which asks the new index
        expect(page.get_by_role("listbox", name="Topic").get_by_role("option")).to_have_count(1)
        page.locator(".mb-found").evaluate("e => e.firstElementChild.id = 'former'")
        with page.expect_response(lambda answer: answer.status == 404):
            page.get_by_role("button", name="More results").click()
        expect(page.locator("#former")).to_have_count(0)  # it was asked anew
        expect(all_results(page)).to_have_count(len(WORDS))
        said = results(page).all_inner_texts()
        assert all(any(f"lamps and {word}" in text for text in said) for word in WORDS)
        it.wrong[:] = [x for x in it.wrong if "404" not in x]


WORDS = ["masts", "sails", "oars", "nets", "ropes", "chains", "bells", "flags", "maps", "boats", "piers", "docks"]


# --- as people type --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """Two meetings of each of two bodies."""
    people = "Geoffrey Barrow (Master, Guild of Pilots) [GB]; Dame Ida Trent (Clerk) [IT]; Peter Trent (Porter) [PT]"
    sources = {
        "forum/2021-05-04.md": minutes("GB asked for lamps.", "COVID closed the lampposts.", people=people),
        "forum/2021-06-01.md": minutes("IT goes on. The wages were 19 crowns.", people=people, head="Lamp Forum"),
        "club/2021-07-06.md": minutes("Mr Bell asked for a lamppost by 01/02/2023.", head="Lamp Club"),
        "club/2020-04-05.md": minutes("Ropes were bought.", head="Lamp Club"),
    }
    yield sites.build(sites.project(tmp_path_factory.mktemp("lamps") / "project", sources))


@pytest.fixture
def among_lamps(contexts: Any, lamps: Built) -> Iterator[Watched]:
    with (
        browsers.serve(lamps.site, sites.BASE) as address,
        watched(contexts(1280, 900, "light", True), address) as it,
    ):
        yield it


def asks(it: Watched, q: str, **more: str) -> Page:
    return it.go(f"search/?{urlencode({'q': q} | more)}")


@pytest.mark.parametrize("q", ["Mr Barrow", "dr geoffrey barrow", "Cllr. Barrow"])
def test_a_title_that_the_minutes_do_not_print_is_no_obstacle(q: str, among_lamps: Watched) -> None:
    page = asks(among_lamps, q)
    assert results(page).count() >= 2
    expect(page.locator(".mb-offers a").first).to_have_text("Geoffrey Barrow")
    expect(results(page).filter(has_text="GB asked for lamps.")).to_have_count(1)
    expect(page.locator(".mb-nothing")).to_be_hidden()


def test_a_title_that_the_minutes_print_tells_two_people_apart(among_lamps: Watched) -> None:
    page = asks(among_lamps, "Dame Trent")
    results(page)
    assert set(page.locator(".mb-offers a").all_inner_texts()) == {"Ida Trent"}
    assert "people/peter-trent/" not in found_pages(page)


@pytest.mark.parametrize("q", ["2021-07-06", "6/7/2021", "06.07.2021", "7/6/2021"])
def test_a_date_in_figures_finds_the_meeting_of_that_day(q: str, among_lamps: Watched) -> None:
    page = asks(among_lamps, q)
    results(page)
    expect(page.locator(".mb-found h2").first).to_have_text("Meeting of 6 July 2021")
    expect(page.locator(".mb-found h2")).to_have_count(1)


def test_a_date_in_figures_narrows_words_and_is_found_where_it_is_printed(among_lamps: Watched) -> None:
    page = asks(among_lamps, "lamps 2021-05-04")
    expect(results(page)).to_have_count(1)
    expect(results(page)).to_contain_text("GB asked for lamps.")
    expect(results(asks(among_lamps, "01/02/2023"))).to_contain_text(["by 01/02/2023"])
    page = asks(among_lamps, "2021-02-30")  # a date that no calendar has is digits
    expect(page.get_by_text("No place has", exact=False).first).to_be_visible()


def test_words_that_are_printed_as_one_are_found_apart(among_lamps: Watched) -> None:
    page = asks(among_lamps, "lamp post", kind="item")
    expect(results(page)).to_have_count(2)
    expect(page.locator(".mb-nothing")).to_be_hidden()
    expect(results(page).locator("mark")).to_have_text(["lamppost", "lampposts"])


def test_parts_are_looked_for_where_nothing_has_what_a_hyphen_joins(among_lamps: Watched) -> None:
    page = asks(among_lamps, "COVID-21", kind="item")
    expect(results(page).filter(has_text="COVID closed")).to_have_count(1)


def test_a_correction_is_the_nearest_word_though_its_beginning_differs(among_lamps: Watched) -> None:
    page = asks(among_lamps, "Goeffrey Barrow")
    results(page)
    expect(page.get_by_role("link", name="Geoffrey Barrow", exact=True).first).to_be_visible()
    expect(page.locator(".mb-nothing")).to_contain_text("Did you mean Geoffrey Barrow?")


def test_the_same_word_over_and_over_asks_for_no_more_than_once(among_lamps: Watched) -> None:
    page = asks(among_lamps, "lamps " * 300, kind="item")
    assert results(page).count()
    expect(page.locator(".mb-nothing")).to_be_hidden()
    page = asks(among_lamps, "zyzzyva lamps zyzzyva")
    expect(page.get_by_text("No place has “zyzzyva”.", exact=True)).to_be_visible()


def test_where_words_are_together_outside_the_choices_it_is_said(among_lamps: Watched) -> None:
    page = asks(among_lamps, "lamps asked", body="Lamp Club", kind="item")
    expect(page.get_by_text("No place among these choices has all of these words.")).to_be_visible()
    page.get_by_role("link", name="without these choices").click()
    expect(page.locator(".mb-nothing")).to_be_hidden()
    expect(results(page).filter(has_text="GB asked for lamps.")).to_have_count(1)
    page = asks(among_lamps, "asked ropes lamps", **{"from": "2020", "to": "2020"})
    expect(page.get_by_text("No place among these choices has all of these words.")).to_be_visible()
    expect(page.get_by_role("link", name="without these choices")).to_have_count(0)  # nor has one elsewhere


def test_an_address_with_the_years_the_wrong_way_round_is_understood(among_lamps: Watched) -> None:
    page = among_lamps.go("search/?q=lamps&kind=item&kind=nonsense&from=2021&to=2019")
    assert results(page).count()
    years = page.get_by_role("group", name="Years", exact=True)
    expect(years.get_by_label("to")).to_have_value("2021")
    expect(page.get_by_role("group", name="What", exact=True).get_by_role("checkbox", checked=True)).to_have_count(1)


def test_a_suggestion_says_of_which_body_it_is_where_there_are_several(among_lamps: Watched) -> None:
    page = among_lamps.go("people/")
    page.keyboard.press("/")
    page.keyboard.type("lamppost")
    expect(suggestions(page, "lamppost").filter(has_text="Mr Bell")).to_contain_text("Lamp Club")


# --- where the reader is -----------------------------------------------------------------------------------------


def test_whoever_clears_the_choices_with_the_keyboard_stays_beside_them(desktop: Watched) -> None:
    page = desktop.go("search/?q=lights&kind=action")
    results(page)
    page.get_by_role("button", name="Clear all").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{desktop.address}search/?q=lights")
    assert page.evaluate("document.querySelector('.mb-facets').contains(document.activeElement)")


def test_back_from_a_result_leads_to_where_it_stood(contexts: Any, tmp_path: Path) -> None:
    sources = {
        f"forum/20{y}-05-04.md": minutes(f"In 20{y} AL asked for lamps.", head="Lamp Forum") for y in range(10, 50)
    }
    built = sites.build(sites.project(tmp_path / "project", sources))
    with (
        browsers.serve(built.site, sites.BASE) as address,
        watched(contexts(1280, 700, "light", True), address) as it,
    ):
        page = it.go("search/?q=asked&kind=item")
        for times in (20, 30):
            page.get_by_role("button", name="More results").click()
            expect(results(page)).to_have_count(times)
        there = results(page).nth(25)
        there.scroll_into_view_if_needed()
        before = there.bounding_box()
        there.get_by_role("link").click()
        expect(page).to_have_url(re.compile("/meetings/"))
        page.go_back()
        expect(results(page)).to_have_count(30)
        expect(there).to_be_in_viewport()
        assert there.bounding_box() == before
        page.get_by_role("button", name="More results").click()
        expect(results(page)).to_have_count(40)


def test_a_search_that_takes_its_time_says_so(contexts: Any, served: str) -> None:
    page = contexts(1280, 900, "light", True).new_page()
    held: list[Any] = []
    page.route("**/manifest.json", lambda route: held.append(route))
    with page.expect_request("**/manifest.json"):
        page.goto(f"{served}search/?q=mole", wait_until="domcontentloaded")
    expect(page.locator("#mb-q-page")).to_have_value("mole")
    expect(page.locator(".mb-search [role=status]")).to_have_text("Searching …")
    for route in held:
        route.continue_()
    page.unroute("**/manifest.json")
    results(page)
    page.close()


def test_a_search_whose_program_does_not_come_says_so(contexts: Any, served: str) -> None:
    page = contexts(1280, 900, "light", True).new_page()
    page.route("**/search/page.js", lambda route: route.abort())
    page.goto(f"{served}search/?q=mole")
    expect(page.locator(".mb-search [role=status]")).to_contain_text("The search could not be loaded.")
    page.close()


def test_the_chosen_suggestion_is_seen_where_colours_are_forced(contexts: Any, desktop: Watched) -> None:
    page = desktop.page
    page.emulate_media(forced_colors="active")
    desktop.go("people/")
    page.keyboard.press("/")
    page.keyboard.type("mole")
    options = suggestions(page, "mole")
    page.keyboard.press("ArrowDown")
    outline = "option => getComputedStyle(option).outlineStyle"
    assert options.first.evaluate(outline) == "solid"
    assert options.last.evaluate(outline) == "none"
    page.emulate_media(forced_colors="none")

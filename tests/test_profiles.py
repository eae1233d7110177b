"""The pages of people and organisations: what their figures count, what their pictures show, and in which words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from string import ascii_uppercase

import markdown
import pytest

from minutebook import build, render
from minutebook.model import (
    Archive,
    OrganizationEntry,
    OtherName,
    Period,
    PersonEntry,
    PostHeld,
    SourceRef,
)
from minutebook.render import attendance, profiles
from minutebook.render.headings import HeadingIds
from tests import pages
from tests.archives import SETTINGS, make
from tests.pages import Element
from tests.test_cost import calls, grows_faster
from tests.test_render import body, github_html, site_html

ANN = "Ann Lee (Harbour Master, Port Authority)"
BO = "Bo Ray (President, Guild of Pilots)"
HAL = "Hal Dean (President, Guild of Pilots)"
DI_FOR_BO = f"{BO} represented by Di Orr, Secretary, Guild of Pilots"


def meeting(present: str, apologies: str = "", absent: str = "", body: str = "Harbour Forum") -> str:
    """The text of a meeting; entries of its lists are parted by semicolons."""
    out = f"{body}\n\n"
    for heading, people in (("Attendees", present), ("Apologies", apologies), ("Absent", absent)):
        listed = "".join(f"- {p.strip()}\n" for p in people.split(";") if p.strip())
        out += f"{heading}\n\n{listed}\n" * bool(listed)
    return f"{out}1. Tides\n\nThe tides were counted.\n"


def differing(files: Mapping[str, str]) -> dict[str, str]:
    """The same files, none of which is another's copy: those are left out."""
    return {path: f"{text}\nTide {n} was high.\n" for n, (path, text) in enumerate(files.items(), 1)}


FORUM = {
    "forum/2021-01-04.txt": meeting(ANN),
    "forum/2021-02-01.txt": meeting(f"{ANN}; {BO}"),  # joins
    "forum/2021-03-01.txt": meeting(ANN, apologies=BO),
    "forum/2021-11-01.txt": meeting(ANN, apologies=DI_FOR_BO),
    "forum/2022-01-10.txt": meeting(ANN),
    "forum/2022-02-07.txt": meeting(ANN, absent=BO),
    "forum/2022-03-07.txt": "Harbour Forum\n\n1. Tides\n\nNobody wrote down who came.\n",
    "forum/2022-04-04.txt": meeting(f"{ANN}; {BO}"),  # leaves
    "forum/2022-05-02.txt": meeting(f"{ANN}; {HAL}"),
}
"""A forum that somebody joins late and leaves early."""


@pytest.fixture(scope="module")
def forum(tmp_path_factory: pytest.TempPathFactory) -> build.Site:
    return make(tmp_path_factory.mktemp("forum"), differing(FORUM))


def page(site: build.Site, address: str) -> Element:
    """A page as the site's own reader of Markdown makes it."""
    return pages.parse(markdown.markdown(body(site.pages[address]), extensions=["tables", "toc", HeadingIds()]))


def rows(table: Element) -> list[list[str]]:
    """The cells of a table's rows, without its head."""
    return [[cell.text for cell in row.all("td")] for row in table.all("tr") if row.all("td")]


def under(whole: Element, anchor: str) -> list[Element]:
    """What stands below a heading, up to the next of its rank."""
    heading = whole.one("h2", id=anchor)
    assert heading.parent
    after = [e for e in heading.parent.children if isinstance(e, Element)]
    after = after[after.index(heading) + 1 :]
    end = next((i for i, e in enumerate(after) if e.tag == "h2"), len(after))
    return after[:end]


def text_under(whole: Element, anchor: str) -> str:
    return " ".join(e.text for e in under(whole, anchor))


def squares(whole: Element) -> list[list[str]]:
    """The strips of a page: what is said of each meeting, a list for each row behind its year."""
    [strip] = whole.all("ul", "mb-strip")
    return [[row.all("strong")[0].text, *(a.text for a in row.all("a"))] for row in strip.all("li")]


# --- how attendance is counted -------------------------------------------------------------------------------------


def test_attendance_is_counted_between_the_first_and_the_last_meeting_that_list_somebody(forum: build.Site) -> None:
    bo = page(forum, "people/bo-ray/")
    assert "2 of 7 meetings attended" in bo.text
    assert (
        "2 of 7 meetings in person · 1 by substitute · 1 apologies · 1 absent · 1 not listed · "
        "1 no list of who was there "
        "Counted from 1 February 2021 to 4 April 2022, the first and the last that list Bo Ray."
    ) in text_under(bo, "attendance")
    assert "8 of 9 meetings attended" in page(forum, "people/ann-lee/").text


def test_the_strip_says_every_meeting_in_words_a_year_a_row(forum: build.Site) -> None:
    assert squares(page(forum, "people/bo-ray/")) == [
        ["2021", "1 February 2021, present", "1 March 2021, apologies", "1 November 2021, by substitute: Di Orr"],
        [
            "2022",
            "10 January 2022, not listed",
            "7 February 2022, absent",
            "7 March 2022, no list of who was there",
            "4 April 2022, present",
        ],
    ]


def test_every_way_of_not_being_there_has_a_shape_of_its_own_and_the_key_names_it(forum: build.Site) -> None:
    bo = page(forum, "people/bo-ray/")
    shapes = {a.attributes["class"].split()[1]: a.text.split(", ")[1].split(":")[0] for a in bo.all("a", "mb-at")}
    assert len(shapes) == 6
    keyed = {s.all("span")[0].attributes["class"].split()[1]: s.text for s in bo.all("span", "mb-sign")}
    assert keyed == shapes
    styles = Path(build.__file__).with_name("theme") / "assets" / "stylesheets" / "pages.css"
    drawn = dict(re.findall(r"^\.mb-at--(\w+) \{ background: (.+); \}$", styles.read_text(), re.M))
    drawn["absent"] = re.search(r"a\.mb-at--absent \{.*?background: (.+?);\n", styles.read_text(), re.S)[1]  # type: ignore[index]
    filled = [drawn.get(shape.removeprefix("mb-at--"), "none") for shape in shapes]
    assert len(set(filled)) == 6


def test_each_meeting_is_a_row_the_newest_first(forum: build.Site) -> None:
    [table] = [e for e in under(page(forum, "people/bo-ray/"), "each-meeting") if e.tag == "table"]
    assert rows(table)[0] == ["4 April 2022", "present", "Attendees"]
    assert rows(table)[4] == ["1 November 2021", "by substitute: Di Orr", "Apologies"]
    assert len(rows(table)) == 7


def test_each_body_is_counted_for_itself(tmp_path: Path) -> None:
    schools = {
        f"schools/2021-0{n}-09.txt": meeting(
            "Ann Lee (Trustee, Port Authority)" if n != 6 else "Gil Moss", body="Schools"
        )
        for n in (5, 6, 7)
    }
    ann = page(make(tmp_path, differing({**FORUM, **schools})), "people/ann-lee/")
    assert [h.text for h in under(ann, "attendance") if h.tag == "h3"] == ["Harbour Forum", "Schools"]
    assert "10 of 12 meetings attended" in ann.text
    assert "8 of 9 meetings in person" in ann.text and "2 of 3 meetings in person · 1 not listed" in ann.text
    labels = [ul.attributes["aria-label"] for ul in ann.all("ul", "mb-strip")]
    assert labels == [f"Ann Lee, meetings of {b}, the earliest first" for b in ("Harbour Forum", "Schools")]
    assert ["Trustee", "Port Authority", "Schools", "9 May 2021", "9 July 2021"] in rows(under(ann, "roles")[0])


# --- substitutes and company -----------------------------------------------------------------------------------------


def test_who_came_for_whom_stands_on_both_pages(forum: build.Site) -> None:
    assert text_under(page(forum, "people/bo-ray/"), "substitutes") == "Di Orr came instead on 1 November 2021"
    di = page(forum, "people/di-orr/")
    assert text_under(di, "substitutes") == "Came for Bo Ray on 1 November 2021"
    assert "1 of 1 meeting in person, for somebody else The one that lists Di Orr" in di.text
    assert squares(di) == [["2021", "1 November 2021, present, for Bo Ray"]]


def test_days_of_one_substitute_stand_together(tmp_path: Path) -> None:
    site = make(tmp_path, differing({f"forum/2021-0{n}-01.txt": meeting(ANN, apologies=DI_FOR_BO) for n in (1, 2, 3)}))
    days = "1 March 2021, 1 February 2021 and 1 January 2021"
    assert text_under(page(site, "people/bo-ray/"), "substitutes") == f"Di Orr came instead on {days}"
    assert "3 of 3 meetings in person, all for somebody else" in page(site, "people/di-orr/").text


def test_company_counts_the_meetings_that_both_attended(forum: build.Site) -> None:
    ann = page(forum, "people/ann-lee/")
    assert text_under(ann, "sat-with") == (
        "Bo Ray 2 meetings Di Orr 1 meeting Hal Dean 1 meeting "
        "The number of meetings that both attended, of the 8 of Ann Lee."
    )
    # Whoever sent a substitute sat with nobody that day.
    assert "Di Orr" not in text_under(page(forum, "people/bo-ray/"), "sat-with")


def crowd(n: int) -> str:
    """So many people, with names of their own."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return "; ".join(f"Ida F{letters[i // 26]}{letters[i % 26]}er (Member, Port Authority)" for i in range(n))


def test_company_and_lists_of_people_are_bounded(tmp_path: Path) -> None:
    site = make(tmp_path, {"forum/2021-01-04.txt": meeting(f"{ANN}; {crowd(40)}")})
    [company] = [e for e in under(page(site, "people/ann-lee/"), "sat-with") if e.tag == "ul"]
    assert len(company.all("li")) == 12
    assert "Who attended the same meeting; 28 other people besides." in page(site, "people/ann-lee/").text
    assert re.search(r"Port Authority (\w+ \w+, ){2}\w+ \w+ and 38 more", page(site, "organisations/").text)
    [letters] = page(site, "people/").all("nav", "mb-letters")
    assert (letters.text, letters.links()) == (" ".join(ascii_uppercase), ["#letter-f", "#letter-l"])


def test_company_is_counted_over_the_newest_meetings_where_rooms_are_full(
    forum: build.Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attendance, "LOOKED_THROUGH", 3)
    company = attendance.RollCalls(forum.archive).company("ann-lee")
    assert (company.most, company.meetings, company.of) == ((("bo-ray", 1), ("hal-dean", 1)), 2, 8)


# --- the seat of an organisation -------------------------------------------------------------------------------------


def test_a_post_that_changes_hands_is_seen_on_the_organisations_page(forum: build.Site) -> None:
    guild = page(forum, "organisations/guild-of-pilots/")
    assert "Last represented by Hal Dean (President) on 2 May 2022" in guild.text
    assert "President: Bo Ray until 4 April 2022, then Hal Dean from 2 May 2022." in text_under(guild, "represented-by")
    [table] = [e for e in under(guild, "represented-by") if e.tag == "table"]
    assert rows(table) == [
        ["Bo Ray", "President", "", "1 February 2021 to 4 April 2022"],
        ["Hal Dean", "President", "", "2 May 2022"],
        ["Di Orr substitute for Bo Ray", "Secretary", "", "1 November 2021"],
    ]


def test_the_picture_of_a_seat_is_told_to_whoever_cannot_see_it(forum: build.Site) -> None:
    guild = page(forum, "organisations/guild-of-pilots/")
    assert [svg.attributes["aria-label"] for svg in guild.all("svg", role="img")] == [
        "listed at 5 of 8 meetings, 1 February 2021 to 4 April 2022, there at 2",
        "listed at 1 of 8 meetings, on 2 May 2022",
        "came as a substitute to 1 meeting, on 1 November 2021",
    ]
    bo, hal, di = guild.all("svg")
    shapes = [(r.attributes["x"], r.attributes["width"], r.attributes["height"]) for r in bo.all("rect")[1:]]
    assert shapes == [
        ("0%", "12.5%", "15"),  # there
        ("12.5%", "25%", "7"),  # apologies, and by substitute
        ("37.5%", "12.5%", "3"),  # not listed
        ("50%", "12.5%", "7"),  # absent
        ("62.5%", "12.5%", "3"),  # no list
        ("75%", "12.5%", "15"),
    ]
    assert hal.all("rect")[1].attributes["x"] == "87.5%"
    assert [c.attributes["cx"] for c in di.all("circle")] == ["31.25%"]
    key = [s.text for s in guild.all("span", "mb-sign")]
    assert key == ["attended", "apologies, absent or by substitute", "not listed", "came as a substitute"]


def test_a_substitute_who_is_listed_apart_is_no_holder_of_the_seat(tmp_path: Path) -> None:
    people = f"{ANN}; Di Orr (Secretary, Guild of Pilots)"
    site = make(tmp_path, {"forum/2021-01-04.txt": meeting(people, apologies=f"{BO} represented by Di Orr")})
    guild = page(site, "organisations/guild-of-pilots/")
    assert "Last represented by Bo Ray (President)" in guild.text
    assert "substitute for Bo Ray" in guild.text and guild.text.count("Di Orr") == 1


def test_posts_that_several_hold_at_a_time_did_not_change_hands(tmp_path: Path) -> None:
    pair = {f"forum/2021-0{n}-01.txt": meeting(f"{BO}; {HAL}") for n in (1, 2)}
    guild = page(make(tmp_path, differing(pair)), "organisations/guild-of-pilots/")
    assert "until" not in guild.text
    assert "Last represented by Bo Ray (President), Hal Dean (President) on 1 February 2021" in guild.text


# --- what the register adds ------------------------------------------------------------------------------------------

REF = SourceRef("people.yml", 1, 1)
ENTRY = PersonEntry(
    "Ann Lee",
    REF,
    other_names=(
        OtherName("Ann Marsh", REF, Period(dt.date(2015, 1, 1), dt.date(2021, 6, 30))),
        OtherName("Nan Lee", REF, Period(None, dt.date(2010, 12, 31))),
    ),
    posts=(
        PostHeld("Harbour Master", REF, "PA", Period(dt.date(2019, 4, 1), dt.date(2022, 3, 31))),
        PostHeld("Pilot", REF, "Ferries | Boats", Period(dt.date(2001, 5, 7))),
    ),
    identifiers={"wikidata": "Q42", "orcid": "0000-0002-1825-0097", "isni": "0000 0001"},
)
AUTHORITY = OrganizationEntry(
    "Port Authority",
    REF,
    acronyms=("PA",),
    other_names=(OtherName("Harbour Board", REF, Period(None, dt.date(2018, 12, 31))),),
    identifiers={"wikidata": "Q1"},
)


def with_register(archive: Archive) -> Mapping[str, object]:
    """The pages of the forum as a register would have them: Ann Lee was Ann Marsh, and the authority has a parent."""
    people = [
        replace(p, entry=ENTRY, other_names=("Dame Ann Marsh", "Annie Lee", "ANN LEE")) if p.id == "ann-lee" else p
        for p in archive.people
    ]
    organizations = [
        replace(o, entry=AUTHORITY, parent="guild-of-pilots") if o.id == "port-authority" else o
        for o in archive.organizations
    ]
    changed = replace(archive, people=tuple(people), organizations=tuple(organizations))
    return render.render(changed, SETTINGS)


@pytest.fixture(scope="module")
def registered(forum: build.Site) -> build.Site:
    return replace(forum, pages=with_register(forum.archive))


def test_other_names_have_their_dates_and_identifiers_lead_out(registered: build.Site) -> None:
    ann = page(registered, "people/ann-lee/")
    assert (
        "Also printed as Dame Ann Marsh (2015 to June 2021); Annie Lee in these minutes. "
        "Other name, from the register: Nan Lee (until 2010). "
        "Wikidata Q42 · ORCID 0000-0002-1825-0097 · isni 0000 0001"
    ) in ann.text
    assert {"https://www.wikidata.org/wiki/Q42", "https://orcid.org/0000-0002-1825-0097"} <= set(ann.links())


def test_posts_of_the_register_are_told_apart_from_the_minutes(registered: build.Site) -> None:
    ann = page(registered, "people/ann-lee/")
    [table] = [e for e in under(ann, "roles") if e.tag == "table"]
    assert rows(table) == [
        ["Harbour Master", "Port Authority", "April 2019 to March 2022"],
        ["Pilot", "Ferries | Boats", "from 7 May 2001"],
    ]
    assert "These posts stand in the register of this archive, and not in the minutes." in ann.text
    authority = page(registered, "organisations/port-authority/")
    assert "Harbour Master Ann Lee April 2019 to March 2022" in text_under(authority, "posts")


def test_an_organisation_says_where_it_belongs_and_what_it_was_called(registered: build.Site) -> None:
    authority = page(registered, "organisations/port-authority/")
    assert "Part of Guild of Pilots." in authority.text
    assert "Other names, from the register: PA; Harbour Board (until 2018). Wikidata Q1" in authority.text
    guild = page(registered, "organisations/guild-of-pilots/")
    assert text_under(guild, "parts") == "Port Authority"


# --- the pages as a whole --------------------------------------------------------------------------------------------


def test_every_reader_of_markdown_shows_the_same_words(forum: build.Site, registered: build.Site) -> None:
    for site in (forum, registered):
        for address, written in site.pages.items():
            if address.startswith(("people/", "organisations/")):
                assert github_html(body(written)).text == site_html(body(written)).text, address


def test_without_our_theme_the_words_and_figures_stay(forum: build.Site) -> None:
    portable = render.render(forum.archive, replace(SETTINGS, portable=True))
    bo, guild = (body(portable[a]) for a in ("people/bo-ray/", "organisations/guild-of-pilots/"))
    assert "mb-at" not in bo and "<svg" not in guild and "mb-" not in guild
    for words in (
        "**2** of 7 meetings in person · **1** by substitute",
        "| by substitute: [Di Orr]",
        "came instead on",
    ):
        assert words in bo
    assert "| [Hal Dean](../../people/hal-dean/index.md) | President | [2 May 2022]" in guild


def monthly(meetings: int) -> dict[str, str]:
    months = [dt.date(2000 + n // 12, n % 12 + 1, 4) for n in range(meetings)]
    people = f"{ANN}; {HAL}; {crowd(6)}"
    return differing({f"forum/{d}.txt": meeting(people, apologies=DI_FOR_BO) for d in months})


def test_twice_the_meetings_are_twice_the_work(tmp_path: Path) -> None:
    def drawn(archive: Archive) -> Sequence[object]:
        return [*profiles.people(archive, SETTINGS), *profiles.organisations(archive, SETTINGS)]

    archives = [make(tmp_path / str(n), monthly(n)).archive for n in (10, 20, 40)]
    drawn(archives[-1])  # what is kept for the next page is kept for all
    counts = [calls(partial(drawn, archive)) for archive in archives]
    assert not grows_faster(counts), counts

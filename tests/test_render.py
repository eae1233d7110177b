"""Pages as Markdown: what minutes say is shown as text, whatever it looks like, to every reader of Markdown."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from markdown_it import MarkdownIt

from minutebook import build
from minutebook.render.headings import HeadingIds
from minutebook.render.markdown import attribute, escape
from tests import archives
from tests.archives import make, minutes
from tests.cases import Case, cases, render_lines


@pytest.mark.parametrize("case", cases("render"))
def test_case(case: Case) -> None:
    assert render_lines(case.given) == case.expected


class Page(HTMLParser):
    """A page of HTML: its elements with their attributes, and the text that a reader sees."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, Mapping[str, str]]] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.parts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {k: v or "" for k, v in attrs}))
        said = dict(attrs).get("data-said") or ""  # shown by the style sheet
        if tag not in ("br", "hr", "img"):
            self.open.append(tag)
        self.parts.append("" if tag in ("em", "strong", "a", "abbr", "code", "mark", "span", "small", "time") else " ")
        self.parts.append(said)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)
        self.parts.append("" if tag in ("em", "strong", "a", "abbr", "code", "mark", "span", "small", "time") else " ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.parts).split())

    @property
    def tags(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.elements)


def site_html(text: str) -> Page:
    """As the site's own reader of Markdown makes it."""
    return Page(markdown.markdown(text, extensions=["tables", "toc", "sane_lists", HeadingIds()]))


def github_html(text: str) -> Page:
    """As CommonMark with GitHub's tables makes it, which other readers of the exported files do."""
    return Page(MarkdownIt("commonmark").enable("table").render(text))


def body(page: build.Page) -> str:
    """A page without its front matter."""
    return page.markdown.split("\n---\n", 1)[1]


PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="https://example.org/" onclick="alert(1)">tides</a>',
    "<svg/onload=alert(1)>",
    "</div></main><h1>tides",
    "<!-- tides",
    "--> tides",
    "<![CDATA[ tides ]]>",
    "<?php tides ?>",
    "[tides](javascript:alert(1))",
    "[tides](JaVaScRiPt:alert(1))",
    "[tides](data:text/html,x)",
    "![tides](https://example.org/x.png)",
    "{{ 7 * 7 }} {% raw %} {# tides #}",
    "tides {: .x #y onclick=alert(1) }",
    "tides { .x }",
    "tides | piers || boats",
    "tides \\",
    "tides ] [ ( ) ](x y)[",
    "tides_piers_ 2 * 3 * 4 ~~boats~~ ==ports==",
    "\"tides\" 'piers' <",
    "tides & piers &copy &",
    "[^1]: tides [^1]",
    "$tides$ :smile: @ann #7",
)
"""None of them is Markdown that minutes may use."""

LINE_STARTS = (
    "# tides",
    "#7 tides",
    "#tides",
    "- tides",
    "+ tides",
    "* tides",
    "1. tides",
    "1) tides",
    "> tides",
    "=== tides",
    "--- tides",
)
LINE_STARTS += ("| tides |", "~~~ tides", "[tides]: https://example.org/", "*[tides]: x", ": tides", "!!! tides")
"""Signs that open something at the start of a line: harmless where a value of front matter begins with them."""

ELEMENTS = frozenset(
    [
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "ul",
        "ol",
        "li",
        "a",
        "em",
        "strong",
        "code",
        "abbr",
        "mark",
        "br",
        "hr",
        "small",
        "span",
        "time",
        "blockquote",
    ]
)
ELEMENTS |= frozenset(
    [
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "details",
        "summary",
        "nav",
        "svg",
        "rect",
        "circle",
        "text",
        "time",
        "div",
        "pre",
    ]
)
OURS = re.compile(r"(?:\.\./)*(?:[\w%.-]+/)*[\w%.-]*(?:#[\w-]*)?")
"""A link that stays on the site."""
ATTRIBUTES = frozenset(
    [
        "id",
        "href",
        "class",
        "title",
        "datetime",
        "style",
        "data-minutebook-ledger",
        "data-number",
        "data-said",
        "aria-current",
        "aria-label",
        "role",
    ]
)
ATTRIBUTES |= frozenset(["fill", "width", "height", "x", "y", "cx", "cy", "r", "aria-hidden", "data-listing"])


def hostile(payload: str) -> str:
    """Minutes that hold the payload wherever a text can stand."""
    front = {
        "body": payload,
        "title": payload,
        "place": payload,
        "people": [
            {"name": f"Ann {payload}", "role": payload, "organization": payload, "initials": "AT"},
            {"name": "Bo Ray", "role": f"x {payload}", "organization": f"x {payload}", "represented_by": payload},
        ],
        payload: payload,
    }
    return (
        f"---\n{json.dumps(front)}\n---\n\nHeld on 3 May 2021\n\n"
        f"1. Tides of {payload}\n\nOwner: {payload}\n\nAnn said {payload}\n\nAction: Bo Ray to say {payload}\n\n"
        f"- Action The Clerk is to say {payload}\n\nDecision: to say {payload}\n\nThey said {payload} [May 2021]\n\n"
        f"- said {payload}\n\n> said {payload}\n\n| said | {payload.replace('|', '/')} |\n\n"
        f"Office of Tides (OT) {payload}\n\n2. Said {payload}\n\n```\n{payload}\n```\n"
    )


@pytest.fixture(scope="module", params=[*PAYLOADS, *LINE_STARTS])
def bad(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, build.Site]:
    """(a payload, the site of minutes that hold it)."""
    return request.param, archives.make(tmp_path_factory.mktemp("bad"), {"forum/a.txt": hostile(request.param)})


@pytest.fixture(scope="module")
def harmless(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counter[str]]:
    """What elements the gathering pages have where a plain word stands in the payload's place, by address."""
    site = archives.make(tmp_path_factory.mktemp("good"), {"forum/a.txt": hostile("tides")})
    return {p.address: site_html(body(p)).tags for p in site.pages.values()}


def test_what_minutes_may_not_hold_comes_out_as_text(
    bad: tuple[str, build.Site], harmless: dict[str, Counter[str]]
) -> None:
    payload, site = bad
    assert [d for d in site.archive.diagnostics if d.severity == "error"] == []
    shown = re.sub(r"\s+", " ", payload)
    for address, page in site.pages.items():
        html = site_html(body(page))
        assert html.wrong == [] and html.open == [], address
        assert html.tags["h1"] == 1, address
        for tag, attributes in html.elements:
            assert tag in ELEMENTS and set(attributes) <= ATTRIBUTES, f"{address}: <{tag} {attributes}>"
            assert OURS.fullmatch(attributes.get("href", "#")), f"{address}: {attributes}"
            assert all(c.startswith("mb-") for c in attributes.get("class", "").split()), f"{address}: {attributes}"
        if page.front_matter["kind"] in ("meetings", "topics", "actions", "decisions"):
            # Links apart: which words name a page of their own is not the same for both.
            plain = harmless[address if address in harmless else "meetings/tides/"]  # that of the body
            assert {t: n for t, n in html.tags.items() if t != "a"} == {t: n for t, n in plain.items() if t != "a"}
    meeting = site_html(body(site.pages[site.archive.meetings[0].address])).text
    said = ("Tides of", "Ann said", "Bo Ray to say", "They said", "- said", "> said", "2. Said", "Decision: to say")
    for words in said:
        assert f"{words.lstrip('->. ')} {shown}" in meeting, words
    for kind in ("topics", "actions", "decisions", "meetings"):
        assert shown in site_html(body(next(p for p in site.pages.values() if p.front_matter["kind"] == kind))).text


def test_every_reader_of_markdown_shows_the_same_words(bad: tuple[str, build.Site]) -> None:
    for address, page in bad[1].pages.items():
        assert github_html(body(page)).text == site_html(body(page)).text, address


@pytest.mark.parametrize(
    "text", [*PAYLOADS, *LINE_STARTS, "&lt;b&gt; &amp; &#35;", "`x` *y* **z** <https://example.org/>"]
)
@pytest.mark.parametrize("place", ["{}", "x {}", "- {}", "| a |\n| --- |\n| {} |", "# {}", "[{}](x.md)", "> {}"])
def test_escaped_text_is_shown_as_it_is(text: str, place: str) -> None:
    for html in (site_html, github_html):
        page = html(place.format(escape(text)))
        assert page.text.endswith(" ".join(text.split())), html.__name__
        assert page.tags == html(place.format("x")).tags, html.__name__


@pytest.mark.parametrize("text", ['a "b" <c> & [d](e) *f* `g` _h_ {i} | ~j~ \\', "&lt; &amp; &#35;"])
def test_an_attribute_holds_the_text_and_nothing_reads_it(text: str) -> None:
    for html in (site_html, github_html):
        page = html(f'an <abbr title="{attribute(text)}">A</abbr> is')
        assert page.elements == [("p", {}), ("abbr", {"title": text})] and page.text == "an A is", html.__name__


# --- pages ---

MINUTES = """Harbour Forum

Notes of meeting held on 3rd May 2021, 11:30-12:30, Pilot House

Chair

Dame Ann Lee MP, Minister for Harbours

Attendees

- Bo Ray OBE (Director, Society of Harbour Pilots (SHP)) [BR]

Apologies

- Cy Fox (Clerk) *represented by* Di Orr, Deputy Clerk [DO]

Officials in attendance

The list was updated [February 2024]

- Officials from the Tides Unit

1. Welcome

Owner: Ann Lee (Chair)

The Minister welcomed BR and *the* SHP. The Treasurer was absent.

2. Tides

Owner: All

The XYZ were [counted](https://example.org/tides).

Action – BR to count them.

Decision: to count them.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> build.Site:
    later = archives.minutes("It ebbed.", people="Bo Ray (Director, Society of Harbour Pilots)", head="Harbour Forum")
    return archives.make(tmp_path_factory.mktemp("m"), {"a/a.txt": MINUTES, "a/2021-06-07.txt": later})


INDEXES = {f"{kind}/" for kind in ("meetings", "people", "organisations", "topics", "actions", "decisions")}
INDEXES |= {"glossary/", "unresolved/"}


def test_the_pages(site: build.Site) -> None:
    assert set(site.pages) == INDEXES | {
        "actions/2021/",
        "decisions/2021/",
        "meetings/2021/",
        "meetings/harbour-forum/",
        *(f"meetings/harbour-forum/{date}/" for date in ("2021-05-03", "2021-06-07")),
        *(f"people/{p}/" for p in ("ann-lee", "bo-ray", "cy-fox", "di-orr")),
        *(f"organisations/{o}/" for o in ("harbour-forum", "society-of-harbour-pilots")),
        "topics/tides/",
    }


def test_every_link_within_the_pages_leads_to_a_page_and_a_place_in_it(site: build.Site) -> None:
    ids = {a: {e.get("id") for _, e in site_html(body(p)).elements} for a, p in site.pages.items()}
    files = {*site.files, *(p.path for p in site.pages.values())}
    for address, page in site.pages.items():
        for href in re.findall(r"(?<=\]\()[^)\s]+", body(page)):
            if href.startswith("https:"):
                continue
            path, _, anchor = href.partition("#")
            target = str(Path("/", address, path).resolve())[1:] if path else page.path
            assert target in files, f"{address}: {href}"
            there = target.removesuffix("index.md")
            assert not anchor or anchor in ids[there], f"{address}: {href}"


def test_the_ids_of_a_page_are_unique(site: build.Site) -> None:
    for address, page in site.pages.items():
        ids = [e["id"] for _, e in site_html(body(page)).elements if "id" in e]
        assert len(ids) == len(set(ids)), address


def test_headings_are_the_places_of_their_items(site: build.Site) -> None:
    elements = site_html(body(site.pages["meetings/harbour-forum/2021-05-03/"])).elements
    assert [a["id"] for tag, a in elements if tag == "h2"] == ["attendance", "item-1", "item-2", "not-understood"]


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("meetings/harbour-forum/2021-05-03/", "When Monday 3 May 2021, 11:30 to 12:30"),
        ("meetings/harbour-forum/2021-05-03/", "Where Pilot House"),
        ("meetings/harbour-forum/2021-05-03/", "Chair Dame Ann Lee MP"),
        ("meetings/harbour-forum/2021-05-03/", "Status Corrected editorial note of February 2024"),
        ("meetings/harbour-forum/2021-05-03/", "After 7 June 2021"),
        ("meetings/harbour-forum/2021-05-03/", "represented by Di Orr, Deputy Clerk (DO)"),
        ("meetings/harbour-forum/2021-05-03/", "Officials from the Tides Unit"),
        (
            "meetings/harbour-forum/2021-05-03/",
            "Action 1 Bo Ray silent for 1 meeting Action – BR to count them.",
        ),
        ("meetings/harbour-forum/2021-05-03/", "Decision 1 Decision: to count them."),
        ("meetings/harbour-forum/2021-05-03/", "Line 27: “Treasurer” is linked to nobody."),
        ("meetings/harbour-forum/2021-06-07/", "Before 3 May 2021"),
        ("people/bo-ray/", "Director, Society of Harbour Pilots seen in this role from 3 May 2021 to 7 June 2021"),
        ("people/bo-ray/", "2 of 2 meetings attended"),
        ("people/bo-ray/", "Topics Tides named "),
        ("people/cy-fox/", "by substitute: Di Orr"),
        ("people/di-orr/", "present, for Cy Fox"),
        ("organisations/society-of-harbour-pilots/", "Also called SHP in these minutes."),
        ("topics/tides/", "First heard of on 3 May 2021, last on 7 June 2021."),
        ("actions/", "BR to count them. Bo Ray"),
        ("decisions/", "to count them."),
        ("glossary/", "SHP Society of Harbour Pilots 3 May 2021"),
        ("glossary/", "XYZ 3 May 2021"),
        ("unresolved/", "“Treasurer” stands for nobody who is listed"),
        ("meetings/", "3 May 2021 Ann Lee Tides 1 1"),
    ],
)
def test_what_a_reader_finds(site: build.Site, address: str, words: str) -> None:
    assert words in site_html(body(site.pages[address])).text


def test_initials_and_acronyms_say_whose_they_are(site: build.Site) -> None:
    elements = site_html(body(site.pages["meetings/harbour-forum/2021-05-03/"])).elements
    titles = [a["title"] for tag, a in elements if tag == "abbr"]
    assert titles == ["Bo Ray", "Society of Harbour Pilots", "Bo Ray"]


def test_the_same_archive_gives_the_same_bytes(site: build.Site, tmp_path: Path) -> None:
    later = archives.minutes("It ebbed.", people="Bo Ray (Director, Society of Harbour Pilots)", head="Harbour Forum")
    again = archives.make(tmp_path, {"a/2021-06-07.txt": later, "a/a.txt": MINUTES})
    assert again.pages == site.pages and again.files == site.files and again.ledger == site.ledger


def test_an_empty_archive_has_useful_pages(tmp_path: Path) -> None:
    tmp_path.joinpath("m").mkdir()
    site = archives.make(tmp_path / "m")
    assert set(site.pages) == INDEXES
    for address, page in site.pages.items():
        assert len(site_html(body(page)).text) > len(page.title) + 10, address


def test_fill_puts_computed_parts_into_hand_written_pages() -> None:
    parts = {"latest": "[May](meetings/a/index.md), [b](https://example.org/), [c](#d)"}
    page = "Here: <!-- minutebook: latest --> and <!-- minutebook: nothing --> <!-- a comment -->"
    assert build.fill(page, parts, "about/us/") == (
        "Here: [May](../../meetings/a/index.md), [b](https://example.org/), [c](#d) "
        "and <!-- minutebook: nothing --> <!-- a comment -->",
        ["nothing"],
    )


def test_an_empty_cell_leaves_the_others_in_their_columns(tmp_path: Path) -> None:
    table = "| Name | Vote | Reason |\n|---|---|---|\n| Ann |  | ill \\| away |\n| Bo | yes |\n"
    site = make(tmp_path, {"forum/2021-05-03.txt": f"1. Tides\n\n{table}"})
    html = markdown.markdown(body(site.pages["meetings/forum/2021-05-03/"]), extensions=["tables"])
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S) for row in re.findall(r"<tr>(.*?)</tr>", html, re.S)]
    words = [[re.sub(r"<a .*?</a>|<[^>]+>", "", cell).strip() for cell in row] for row in rows]
    assert words == [["Name", "Vote", "Reason"], ["Ann", "", "ill | away"], ["Bo", "yes", ""]]


def test_a_substitute_is_the_one_on_the_line_and_not_a_namesake_in_the_room(tmp_path: Path) -> None:
    people = "Bo Ray (Clerk, Port Authority); Ann Lee (Director) represented by Bo Ray, Deputy Director, Harbour Trust"
    site = make(tmp_path, {"forum/2021-05-03.txt": minutes("Words.", people=people)})
    page = body(site.pages["meetings/forum/2021-05-03/"])
    linked = re.search(r"represented by \[Bo Ray\]\(\.\./\.\./\.\./people/([\w-]+)/index\.md\), Deputy Director", page)
    assert linked
    roles = {p.id: p.memberships[0].role for p in site.archive.people if p.name == "Bo Ray"}
    assert roles[linked[1]] == "Deputy Director"


@pytest.mark.parametrize(
    "matter",
    [
        "+++\ntags = [2022-03-31]\nscore = nan\n+++\n",
        "---\nx: &a [*a]\n---\n",
        '---\ntitle: "\\ud800"\n---\n',
        "---\n? [a]\n: b\n---\n",
    ],
)
def test_no_front_matter_stops_the_build(matter: str, tmp_path: Path) -> None:
    files = {"forum/2021-05-03.txt": minutes("Words."), "forum/2021-06-07.txt": matter + minutes("More.")}
    site = make(tmp_path, files)
    assert "meetings/forum/2021-05-03/" in site.pages
    shown = "meetings/forum/2021-06-07/" in site.pages
    assert shown or [d.source for d in site.archive.diagnostics if d.severity == "error"] == ["forum/2021-06-07.txt"]


def test_the_chair_that_front_matter_gives_is_the_chair_everywhere(tmp_path: Path) -> None:
    matter = "---\nchair: Bo Ray\n---\n"
    text = matter + minutes("The Chair spoke.", people="Ann Lee (Chair); Bo Ray (Clerk)")
    site = make(tmp_path, {"forum/2021-05-03.txt": text})
    page = body(site.pages["meetings/forum/2021-05-03/"])
    assert "**Chair** [Bo Ray]" in page and "The [Chair](../../../people/bo-ray/index.md) spoke." in page

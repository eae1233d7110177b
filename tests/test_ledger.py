"""The published ledger of addresses is taken up again: what is published stays, what people wrote stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook import build, cli
from minutebook.model import AddressEntry
from minutebook.publish import ledger
from tests.archives import SETTINGS, make, minutes, write

NAME = "forum/2021-05-03.txt"
AT = "meetings/forum/2021-05-03/"
Rows = list[tuple[str, ...]]


def entries(rows: Rows) -> list[AddressEntry]:
    return [AddressEntry(*row) for row in rows]


@pytest.mark.parametrize(
    ("own", "published", "expected"),
    [
        pytest.param([("a/", "person", "ann")], [], [("a/", "person", "ann")], id="nothing published"),
        pytest.param([], [("a/", "person", "ann")], [("a/", "person", "ann")], id="no ledger here"),
        pytest.param(
            [("a/", "person", "old", "x"), ("c/", "person", "cy")],
            [("b/", "person", "bo"), ("a/", "person", "new", "y")],
            [("b/", "person", "bo"), ("a/", "person", "new", "y"), ("c/", "person", "cy")],
            id="the published line stands, and what only stood here is behind it",
        ),
        pytest.param(
            [("a/", "redirect", "b/"), ("z/", "redirect", "a/")],
            [("a/", "person", "ann"), ("b/", "person", "bo")],
            [("a/", "redirect", "b/"), ("b/", "person", "bo"), ("z/", "redirect", "a/")],
            id="a redirect written by hand",
        ),
        pytest.param([("a/", "gone", "")], [("a/", "person", "ann")], [("a/", "gone", "")], id="given up by hand"),
        pytest.param(
            [("a/", "redirect", "b/"), ("a/", "person", "ann"), ("b/", "person", "bo")],
            [("a/", "person", "ann"), ("b/", "person", "bo")],
            [("a/", "redirect", "b/"), ("b/", "person", "bo")],
            id="the line by hand was added, and the other left",
        ),
        pytest.param(
            [("a/", "redirect", "b/"), ("b/", "person", "bo")],
            [("a/", "person", "bo"), ("b/", "redirect", "a/")],
            [("a/", "redirect", "b/"), ("b/", "person", "bo")],
            id="the published ledger leads the other way",
        ),
        pytest.param(
            [("a/", "redirect", "b/")],
            [("a/", "person", "bo"), ("b/", "redirect", "a/")],
            [("a/", "person", "bo"), ("b/", "redirect", "a/")],
            id="a redirect to what leads back, and nothing else here",
        ),
        pytest.param(
            [("a/", "redirect", "b/")],
            [("a/", "redirect", "c/"), ("b/", "redirect", "c/"), ("c/", "person", "cy")],
            [("a/", "redirect", "b/"), ("b/", "redirect", "c/"), ("c/", "person", "cy")],
            id="moved on since",
        ),
        pytest.param(
            [("m/1/", "meeting", "f"), ("m/1/#action-1", "action", "ff"), ("m/2/#action-1", "action", "ee")],
            [("m/1/", "redirect", "m/2/"), ("m/2/", "meeting", "f")],
            [("m/1/", "redirect", "m/2/"), ("m/2/", "meeting", "f"), ("m/2/#action-1", "action", "ee")],
            id="parts of a page that has moved since",
        ),
    ],
)
def test_two_ledgers_become_one(own: Rows, published: Rows, expected: Rows) -> None:
    assert ledger.merge(entries(own), entries(published)) == entries(expected)


@pytest.mark.parametrize(
    ("own", "published", "expected"),
    [
        ("1.1:aa 1.2:bb", "1.1:aa 1.2:bb 1.2A:cc", "1.1:aa 1.2:bb 1.2A:cc"),
        ("1.1:aa 1.1A:xx 1.2:bb 2.0A:yy 2.1:cc", "1.1:aa 1.2:-bb 2.1:dd", "1.1:aa 1.1A:xx 1.2:-bb 2.0A:yy 2.1:dd"),
        ("1.0A:xx 1.1:aa", "1.1:aa", "1.0A:xx 1.1:aa"),
        ("1.2:bb 1.1:aa 1.3:cc 1.4:dd", "1.1:aa 1.2:bb", "1.1:aa 1.3:cc 1.4:dd 1.2:bb"),
    ],
)
def test_of_paragraphs_every_number_is_kept_where_it_belongs(own: str, published: str, expected: str) -> None:
    [joined] = ledger.merge(
        [AddressEntry("m/#paragraphs", "paragraphs", "", own)],
        [AddressEntry("m/#paragraphs", "paragraphs", "", published)],
    )
    assert joined.detail == expected


PLACES = ("a/", "b/", "c/", "d/")
NUMBERS = st.lists(st.sampled_from(["1.1", "1.2", "1.2A", "2.1", "2.2"]), unique=True, min_size=1)
MARKS = st.sampled_from(["aa", "bb", "-cc"])
LINES = {
    place: st.sampled_from([("person", "ann"), ("person", "bo"), ("gone", "")])
    | st.sampled_from(PLACES).map(lambda to: ("redirect", to))
    for place in PLACES
}
PARAGRAPHS = NUMBERS.flatmap(lambda ns: st.tuples(*(MARKS.map(lambda m, n=n: f"{n}:{m}") for n in ns))).map(" ".join)


@st.composite
def ledgers(draw: st.DrawFn) -> list[AddressEntry]:
    """A ledger of a few pages, one of which has paragraphs."""
    places = draw(st.lists(st.sampled_from(PLACES), unique=True))
    rows = [AddressEntry(place, *draw(LINES[place])) for place in places]
    if draw(st.booleans()):
        rows.append(AddressEntry("a/#paragraphs", "paragraphs", "", draw(PARAGRAPHS)))
    return rows


def circles(book: list[AddressEntry]) -> bool:
    return bool(ledger._in_circles({e.address: e for e in book}))


@settings(max_examples=300)
@given(ledgers(), ledgers())
def test_nothing_published_is_lost_and_what_people_wrote_stands(
    own: list[AddressEntry], published: list[AddressEntry]
) -> None:
    merged = ledger.merge(own, published)
    at = {e.address: e for e in merged}
    assert len(at) == len(merged)
    for e in published:
        if at[e.address].kind not in ("redirect", "gone"):
            kept = at[e.address].detail.split()
            assert [part for part in kept if part in e.detail.split()] == e.detail.split()
    by_hand = [e for e in own if e.kind in ("redirect", "gone")]
    for e in own:
        if e.kind == "gone" or (e.kind == "redirect" and not circles([*published, *by_hand])):
            assert at[e.address] == e
        if "#" not in e.address:
            assert e.address in at
    numbers = {p.partition(":")[0] for e in merged for p in e.detail.split()}
    if not any(e.kind == "redirect" and e.address == "a/" for e in published):
        assert numbers == {p.partition(":")[0] for e in (*own, *published) for p in e.detail.split()}
    pages = {e.address for e in published}
    if all(e.key in pages for e in published if e.kind == "redirect") and not circles(own) and not circles(published):
        assert not circles(merged)
    assert ledger.merge(merged, published) == merged
    assert ledger.merge(merged, merged) == merged


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not a ledger"),
        ("<!doctype html>\n<title>Not found</title>\n", "not a ledger"),
        ("address\tkind\tkey\tdetail\npeople/ann-lee/\tpers", "its last line has no end"),
        ("address\tkind\tkey\tdetail\npeople/ann-lee/\tperson\tann lee\n<html>\n", "line 3 cannot be read"),
    ],
)
def test_what_is_no_whole_ledger_is_refused_and_nothing_is_written(
    text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    make(tmp_path / "minutes_src", {NAME: minutes("Words.")})
    before = (tmp_path / "minutes_src" / ledger.NAME).read_text()
    write(tmp_path, {"fetched.tsv": text})
    assert cli.main(["addresses", "fetched.tsv"]) == 2
    told = capsys.readouterr().err
    assert told.startswith("fetched.tsv: error: this ") and words in told
    assert (tmp_path / "minutes_src" / ledger.NAME).read_text() == before


def test_a_broken_ledger_of_one_s_own_is_told_with_its_line_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    site = make(tmp_path / "minutes_src", {NAME: minutes("Words.")})
    broken = ledger.HEAD + "\n<<<<<<< here\n"
    write(tmp_path, {"fetched.tsv": site.ledger, "minutes_src/addresses.tsv": broken})
    assert cli.main(["addresses", "fetched.tsv"]) == 2
    assert capsys.readouterr().err.startswith("minutes_src/addresses.tsv:2: error: ")
    assert (tmp_path / "minutes_src" / ledger.NAME).read_text() == broken


def test_addresses_without_a_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["addresses", "missing.tsv"]) == 2
    assert capsys.readouterr().err == "missing.tsv: error: No such file or directory\n"


# --- one publication after the other, by somebody who commits no ledger, or an old one ---


def publish(folder: Path, published: str, **files: str) -> build.Site:
    """The next publication of a folder: the published ledger is taken up, then the site is built."""
    write(folder, {n.replace("__", "/") + ".txt": text for n, text in files.items()})
    if published:
        (folder.parent / "fetched.tsv").write_text(published)
        build.take_up(folder, folder.parent / "fetched.tsv")
    return make(folder)


def numbered(site: build.Site) -> list[str]:
    """The marks and numbers of the paragraphs of the one meeting."""
    return next(e.detail for e in site.archive.addresses if e.kind == "paragraphs").split()


@pytest.mark.parametrize("committed", ["never", "once"])
def test_a_number_holds_for_whoever_does_not_commit_the_ledger(committed: str, tmp_path: Path) -> None:
    folder = tmp_path / "minutes_src"
    book = folder / ledger.NAME
    one, two, three, four = "One is high.", "Two is low.", "Three is wide.", "Four is new."
    site = publish(folder, "", **{"forum__2021-05-03": minutes(one, three)})
    first = site.ledger
    for lines, expected in (
        ((one, two, three), ["1.1", "1.1A", "1.2"]),
        ((one, four, two, three), ["1.1", "1.1ZA", "1.1A", "1.2"]),
    ):
        book.unlink()
        if committed == "once":
            book.write_text(first)
        site = publish(folder, site.ledger, **{"forum__2021-05-03": minutes(*lines)})
        assert [part.partition(":")[0] for part in numbered(site)] == expected
    assert not [d for d in site.archive.diagnostics if d.severity == "error"]


def test_a_date_that_is_corrected_back_under_an_old_committed_ledger(tmp_path: Path) -> None:
    folder = tmp_path / "minutes_src"
    text = "---\ndate: 2021-05-0{}\n---\n" + minutes("One is high.", "{}", "Three is wide.")
    publish(folder, "", forum__a=text.format(3, "Two is low."))
    site = publish(folder, "", forum__a=text.format(4, "Two is low."))
    old = site.ledger
    for day in (3, 4, 3):
        (folder / ledger.NAME).write_text(old)
        site = publish(folder, site.ledger, forum__a=text.format(day, "Two is low." + "\n\nNew." * (day == 3)))
        here, other = f"meetings/forum/2021-05-0{day}/", f"meetings/forum/2021-05-0{7 - day}/"
        assert site.archive.meetings[0].address == here
        assert site.archive.redirects == {other: here}
        assert not [d for d in site.archive.diagnostics if d.severity == "error"]
    assert [p.partition(":")[0] for p in numbered(site)] == ["1.1", "1.2", "1.2A", "1.3"]


@pytest.mark.parametrize(
    ("line", "redirects"),
    [
        ("people/bo-ray/\tredirect\tpeople/bo-rae/", {"people/bo-ray/": "people/bo-rae/"}),
        ("/people/bo-ray redirect /people/bo-rae", {"people/bo-ray/": "people/bo-rae/"}),
        ("people/bo-ray/ gone", {}),
        ("/people/bo-ray\tgone", {}),
    ],
)
def test_one_line_by_hand_settles_a_lost_page_for_good(line: str, redirects: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "minutes_src"
    book = folder / ledger.NAME
    site = publish(folder, "", **{"forum__2021-05-03": minutes(people="Bo Ray")})
    published = site.ledger
    corrected = {"forum__2021-05-03": minutes(people="Bo Rae")}
    book.unlink()
    write(folder, {NAME: corrected["forum__2021-05-03"]})
    (tmp_path / "fetched.tsv").write_text(published)
    build.take_up(folder, tmp_path / "fetched.tsv")
    lost = [d for d in build.make(folder, SETTINGS).archive.diagnostics if d.severity == "error"]
    assert [d.code for d in lost] == ["address-lost"]
    for _ in range(2):
        book.write_text(line + "\n")  # the only one that was ever committed
        site = publish(folder, published, **corrected)
        assert site.archive.redirects == redirects
        assert not [d for d in site.archive.diagnostics if d.severity == "error"]
        assert "people/bo-rae/" in site.pages
        published = site.ledger


def test_a_page_that_was_given_up_and_comes_back_has_its_address_again(tmp_path: Path) -> None:
    folder = tmp_path / "minutes_src"
    make(folder, {NAME: minutes("One is high.", people="Bo Ray")})
    text = (folder / ledger.NAME).read_text().replace("people/bo-ray/\tperson", "people/bo-ray/\tgone")
    (folder / ledger.NAME).write_text(text)
    away = make(folder, {NAME: minutes("One is high.", people="Ann Lee")})
    assert not [d for d in away.archive.diagnostics if d.severity == "error"]
    assert "people/bo-ray/\tgone" in away.ledger
    back = make(folder, {NAME: minutes("One is high.", people="Ann Lee; Bo Ray")})
    assert {"people/ann-lee/", "people/bo-ray/"} <= back.pages.keys()
    assert "gone" not in back.ledger


@pytest.mark.parametrize("sign", ["\u2028", "\x0b", "\x85", "\x1c"], ids=repr)
def test_a_file_s_name_that_some_would_part_is_read_as_it_was_written(sign: str) -> None:
    written = [AddressEntry("a/", "meeting", f"forum/a{sign}b.txt", "x")]
    assert ledger.fetched(ledger.write(written)) == written

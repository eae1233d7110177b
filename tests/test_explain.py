"""`minutebook explain`: every line once, with what it was taken for, by which rule, and why it was not more."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from minutebook import build, cli
from minutebook.model import Action, Block, Change, Document, Minutes, Piece, SourceRef, Text
from minutebook.render import reading
from minutebook.render.explain import explain
from minutebook.render.why import Trial
from tests.archives import SETTINGS
from tests.harbour import MAY

FILE = """\
---
status: draft
---
Harbour Forum

Notes of meeting held on 6 October 2026, 10:00-11:15

Attendees

- Ann Lee (Chair) [AL]
- Bo Ray (Director, Pilots' Society) [BR]

Apologies

- Dan Okoro (Treasurer) represented by Eve Stone, Clerk [ES]

1. Night sailings

Owner: Bo Ray

BR said that night sailings had
doubled since the spring.

Action: BR to count them by 3 March 2027.

Decision: Night sailings go on.

<p></p>

Actions Ltd sends a bill.
"""
WHAT = {
    1: "front matter",
    2: "front matter: “status”",
    3: "front matter",
    4: "header",
    6: "header",
    8: "attendance",
    10: "entry of the list “Attendees”: Ann Lee, present, in the chair",
    11: "entry of the list “Attendees”: Bo Ray, present",
    13: "attendance",
    15: "entry of the list “Apologies”: Dan Okoro, apologies, represented by Eve Stone",
    17: "heading of item 1",
    19: "who leads item 1",
    21: "text of item 1",
    22: "text of item 1",
    24: "action, owner BR, due 2027-03-03",
    26: "decision",
    28: "layout",
    30: "text of item 1",
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a file in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    Path("2026-10-06.md").write_text(FILE, "utf-8")
    return "2026-10-06.md"


def run(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> str:
    assert cli.main(["explain", *arguments]) == status
    return capsys.readouterr().out


def test_every_line_is_told_once_with_what_it_is(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    got = [json.loads(line) for line in run(capsys, file, "--format", "json").splitlines()]
    assert [x["line"] for x in got] == list(range(1, len(FILE.splitlines()) + 1))
    assert [x["text"] for x in got] == FILE.splitlines()
    assert {x["line"]: x["readings"][0]["what"] for x in got if x["text"]} == WHAT
    assert {x["readings"][0]["part"] for x in got if not x["text"]} == {"blank"}
    assert [r["what"] for r in got[14]["readings"]][1:] == [
        "entry of the list “Apologies”: Eve Stone, present, for Dan Okoro"
    ]


def test_the_rule_of_an_action_is_the_one_that_parse_gives(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    [got] = map(json.loads, run(capsys, file, "--line", "24", "--format", "json").splitlines())
    told = build.extract(FILE.encode(), file, SETTINGS)
    assert got["readings"][0]["rule"] == told["actions"][0]["rule"] != ""


@pytest.mark.parametrize("columns", [60, 80, 132])
def test_the_table_fits_the_terminal_and_leaves_out_empty_lines(
    columns: int, file: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    out = run(capsys, file)
    assert max(map(len, out.splitlines())) <= columns
    numbers = [int(row[:4]) for row in out.splitlines()[3:] if row[:4].strip().isdecimal()]
    assert numbers == sorted(WHAT)
    [action] = [row for row in out.splitlines() if row.startswith("  24 ")]
    assert "action, owner BR, due 2027-03-03" in action or columns == 60
    assert action.endswith("Action: BR to count them by 3 March 2027.") or action.endswith("…")
    figures = " ".join(out.split())
    assert "18 lines, and 12 empty ones: 3 front matter, 2 header, 5 attendance, 1 heading of an item" in figures


def test_wide_signs_keep_the_columns_and_control_characters_reach_no_terminal(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(file).write_text(
        "1. 潮汐\n\n潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐潮汐\n\n\x1b[31mred\x07\n", "utf-8"
    )
    out = run(capsys, file)
    assert "\x1b" not in out and "\x07" not in out and "�[31mred�" in out
    [row] = [row for row in out.splitlines() if row.startswith("   3 ")]
    assert sum(2 if c > "\u2fff" else 1 for c in row) <= 100 and row.endswith("…")


def test_a_line_of_text_says_why_it_is_no_action_and_what_would_make_it_one(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = " ".join(run(capsys, file, "--line", "21-22").split())
    assert "line 21 words BR said that night sailings had taken for text of item 1" in out
    assert out.count("no action No marker of the lexicon stands at its beginning (“Action”, “Actions”") == 2
    tried = "Written as “Action: doubled since the spring.”, it would be: action, no owner named"
    assert f"{tried} (a marker with a sign behind it)" in out
    assert "no decision No marker of the lexicon stands at its beginning (“Decision”" in out


def test_a_line_of_text_says_what_would_make_it_an_item(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(file).write_text(FILE.replace("Actions Ltd sends a bill.", "- Lights on the mole"), "utf-8")
    out = " ".join(run(capsys, file, "--line", "30").split())
    tried = "Written as “2. Lights on the mole”, it would be: heading of item 2 (numbered heading of business)."
    assert f"no item It is read as a bullet. {tried}" in out


def test_a_marker_that_was_not_enough_is_named(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = " ".join(run(capsys, file, "--line", "30").split())
    assert "The marker “Actions” stands at its beginning, but was not enough with what follows." in out
    assert "Written as “Actions: Ltd sends a bill.”, it would be: action" in out


def test_where_a_marker_does_not_help_it_says_so(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Ann Lee and Bo Ray walked along the mole before anything was on the agenda, and saw that it was good.\n"
    Path(file).write_text(f"{text}\n1. Tides\n", "utf-8")
    out = " ".join(run(capsys, file, "--line", "1").split())
    assert "taken for text in no item" in out
    assert "“Action: Ann Lee and Bo Ray walked" in out and "it would not be one either" in out


@pytest.mark.parametrize("line", ["24", "8", "2", "5", "28"])
def test_what_was_taken_for_more_than_text_needs_no_reasons(
    line: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "no action" not in run(capsys, file, "--line", line)


def test_lines_that_were_joined_or_left_out_are_told(tmp_path: Path) -> None:
    """Made by hand, so that it holds for whatever `source` comes to do."""
    ref = SourceRef("a.txt", 1, 5)
    block = Block("paragraph", Text("high tide", (), (Piece(0, 1), Piece(5, 5))), ref, part="protocol_item")
    changes = (
        Change("joined", "high / tide", ref),
        Change("dropped", "Page 2", SourceRef("a.txt", 3, 3)),
        Change("unprintable", "1 control character", SourceRef("a.txt", 5, 5)),
        Change("polished", "x", SourceRef("a.txt", 1, 1)),
    )
    minutes = Minutes("a.txt", blocks=(block,), changes=changes)
    document = Document("a.txt", ())
    trial = Trial(minutes, None, lambda line, text: minutes)  # type: ignore[arg-type]
    got = explain(["high", "", "Page 2", "left over", "tide"], document, minutes, trial).lines
    assert [[r.what for r in x.readings if r.part != "front_matter"] for x in got] == [
        ["protocol item", "goes on in line 5", "changed in reading"],
        [],
        ["left out of the text"],
        [],
        ["protocol item", "goes on from line 1", "changed in reading"],
    ]
    assert reading.changed("dropped") in got[2].readings[0].rule


def test_a_word_that_nothing_was_taken_from_is_called_unread(tmp_path: Path) -> None:
    minutes = Minutes("a.txt")
    trial = Trial(minutes, None, lambda line, text: minutes)  # type: ignore[arg-type]
    document = build.source.read(b"tide", "a.txt")
    [line] = explain(["tide"], document, minutes, trial).lines
    assert line.readings[0].part == "unread"


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"---\na: [\n---\n", b"---\nbody: x\n---"])
def test_a_file_that_holds_no_minutes_says_what_is_wrong_and_exits_0(
    data: bytes, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(file).write_bytes(data)
    assert ": error: " in run(capsys, file)


def test_a_file_in_another_encoding_is_shown_as_it_was_read(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        Path(file).write_bytes("1. Été\r\n\r\nAction: Zoë to go.\r\n".encode(encoding))
        got = [json.loads(x) for x in run(capsys, file, "--format", "json").splitlines()]
        assert [x["text"] for x in got] == ["1. Été", "", "Action: Zoë to go."], encoding


def test_a_file_that_cannot_be_read_is_named_after_the_others_and_exits_2(
    file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["explain", "missing.txt", file]) == 2
    out, err = capsys.readouterr()
    assert err == f"missing.txt: error: cannot be read: {os.strerror(2)}\n"
    assert out.startswith(f"{file}\n\nline  taken for")


@pytest.mark.parametrize("lines", ["0", "x", "3-2", "1-", "-1", "1-2-3"])
def test_lines_that_cannot_be_are_refused(lines: str, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["explain", file, f"--line={lines}"])
    assert end.value.code == 2
    assert f"“{lines}” is no line: write its number" in capsys.readouterr().err


def test_a_line_behind_the_last_is_told(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "There is no such line: the file has 30." in run(capsys, file, "--line", "31-40")


def test_every_part_that_the_parser_gives_has_words() -> None:
    told = build.explained(MAY.encode(), "forum/2021-05-04.txt", SETTINGS)
    parts = {r.part for x in told.lines for r in x.readings}
    assert parts <= set(reading.PARTS) and {"note", "header", "action", "decision", "text"} <= parts


def test_the_foot_of_the_page_has_the_same_words(tmp_path: Path) -> None:
    from tests.archives import make
    from tests.test_render import body, site_html

    site = make(tmp_path, {"forum/2021-05-04.txt": MAY})
    told = build.explained(MAY.encode(), "forum/2021-05-04.txt", SETTINGS)
    covered = [x.readings for x in told.lines if x.readings[0].part not in ("blank", "layout", "front_matter")]
    page = site_html(body(site.pages["meetings/harbour-forum/2021-05-04/"])).text
    assert f"How this page was read Lines of the file, by what they were taken for: {reading.tally(covered)}." in page
    assert "Each line with its rule: minutebook explain minutes_src/forum/2021-05-04.txt" in page
    assert " 2 actions, 1 decision, " in page


def test_an_action_without_an_owner_says_so() -> None:
    block = Block("paragraph", Text("go", (), (Piece(0, 1),)), SourceRef("a", 1, 1), part="action", rule="a marker")
    minutes = Minutes("a", blocks=(block,), actions=(Action("go", 0, 0, 2, (), block.ref, "a marker"),))
    assert reading.readings(minutes) == {1: (reading.Reading("action", "action, no owner named", "a marker"),)}

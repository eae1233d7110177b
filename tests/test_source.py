"""Bytes to lines: encodings, line ends, front matter, layout tags, sentences that a page break has cut."""

from __future__ import annotations

import hashlib

import pytest

from minutebook import source
from tests.cases import Case, cases, source_lines


@pytest.mark.parametrize("case", cases("source"))
def test_case(case: Case) -> None:
    assert source_lines(case.given) == case.expected


TEXT = "Réunion – “d’été”\nNotes"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(TEXT.encode(), id="UTF-8"),
        pytest.param(TEXT.encode("utf-8-sig"), id="UTF-8 with a mark"),
        pytest.param(TEXT.encode("utf-16"), id="UTF-16"),
        pytest.param(TEXT.encode("utf-16-be").join([b"\xfe\xff", b""]), id="UTF-16, the other way round"),
        pytest.param(TEXT.encode("cp1252"), id="Windows-1252"),
        pytest.param(TEXT.replace("\n", "\r\n").encode(), id="line ends of Windows"),
        pytest.param(TEXT.replace("\n", "\r").encode(), id="line ends of old Macs"),
        pytest.param(TEXT.replace("\n", "\f").encode(), id="a page break"),
        pytest.param(TEXT.replace(" ", "\u00a0").encode(), id="spaces that do not break"),
        pytest.param(TEXT.replace("n", "\u00adn").encode(), id="soft hyphens"),
    ],
)
def test_the_same_text_however_it_was_saved(data: bytes) -> None:
    document = source.read(data, "a.txt")
    assert [(line.text, line.pieces[0].line) for line in document.lines] == [("Réunion – “d’été”", 1), ("Notes", 2)]


def test_windows_1252_is_said_with_its_line() -> None:
    document = source.read("Forum\n\nRéunion".encode("cp1252"), "a.txt")
    assert [(d.code, d.severity, d.line) for d in document.diagnostics] == [("encoding", "warning", 3)]
    assert "UTF-8" in document.diagnostics[0].hint


def test_control_characters_are_left_out_and_listed() -> None:
    document = source.read(b"Har\x07bour\x1b Forum\n" + b"Tides\n" * 99, "a.txt")
    assert document.lines[0].text == "Harbour Forum"
    assert [(c.kind, c.text, str(c.ref)) for c in document.changes] == [
        ("unprintable", "2 control characters", "a.txt:1")
    ]


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        pytest.param(b"", "empty", 1, id="empty"),
        pytest.param(b" \n\t\n\xef\xbb\xbf", "empty", 1, id="nothing but white space"),
        pytest.param(b"---\nbody: Forum\n---\n", "empty", 1, id="nothing but front matter"),
        pytest.param(b"PK\x03\x04\n\n\x00\x00", "binary", 3, id="a file of an office program"),
        pytest.param(bytes(range(1, 9)) * 9, "binary", 1, id="bytes that are no text"),
        pytest.param(b"x" * (source.LARGEST + 1), "too-large", 1, id="huge"),
    ],
)
def test_a_file_that_is_no_text_is_an_error_that_says_what_to_do(data: bytes, code: str, line: int) -> None:
    document = source.read(data, "a.txt")
    assert [(d.code, d.severity, d.source, d.line) for d in document.diagnostics] == [(code, "error", "a.txt", line)]
    assert document.diagnostics[0].message.endswith(".") and document.diagnostics[0].hint.endswith(".")


def test_the_digest_is_that_of_the_bytes() -> None:
    assert source.read(b"Forum", "a.txt").digest == hashlib.sha256(b"Forum").hexdigest()


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<p>Tides</p>\n<p>Piers</p>", id="paragraphs"),
        pytest.param("Tides<br><br>Piers", id="two breaks"),
        pytest.param("<h2>Tides</h2>Piers", id="a heading"),
        pytest.param("<ul><li>Tides</li></ul>Piers", id="a list"),
        pytest.param("<table><tr><td>Tides</td><td>a</td></tr></table><p>Piers</p>", id="a table"),
        pytest.param("<div>Tides</div>Piers", id="a box"),
    ],
)
def test_what_tags_keep_apart_has_an_empty_line_between(text: str) -> None:
    lines = [line.text for line in source.read(text.encode(), "a.md").lines]
    assert len(lines) == 3 and "Tides" in lines[0] and lines[1] == "" and lines[2] == "Piers"


def test_entries_of_a_list_stand_together() -> None:
    text = "<p>Present:</p><ul>\n<li><p>Ann Lee</p></li>\n<li>\n<p>Bo Ray</p></li>\n</ul>"
    lines = source.read(text.encode(), "a.md").lines
    assert [line.text for line in lines if line.text or line is not lines[-1]] == [
        "Present:",
        "",
        "- Ann Lee",
        "- Bo Ray",
    ]

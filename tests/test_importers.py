"""HTML files: the words and the structure of their body, line for line, and nothing of them that runs."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook import build, importers
from minutebook.model import Document, Settings

PAGE = """\
<!DOCTYPE html>
<!--#include virtual="head.html" -->
<html><head>
<title>Harbour Forum</title>
<style>p { color: red }</style>
</head>
<body onload="harm()">
<script>var a = "<p>harm</p>";</script>
<p>Notes of meeting held on 3rd May 2021, 10:00-11:30, Customs House</p>
<h2 class="x">Attendees</h2>
<ul>
  <li>Ann Lee (Harbour Master) [AL]</li>
  <li>Bo Ray (Clerk)</li>
</ul>
<h2>1. Tides</h2>
<p>
  AL said that the <a href="https://example.org/a(b)?x=1&amp;y=2">tide <b>table</b></a>
  is at <a href="../old.html">the pier</a>.
</p>
<p><strong>Action:</strong> Bo Ray to count 2 * 3 * 4 boats_of_the_pier.</p>
</body></html>
"""


def read(text: str | bytes, name: str = "forum/2021-05-03.html") -> Document:
    return build.read(text.encode() if isinstance(text, str) else text, name)


def shown(text: str | bytes) -> list[str]:
    """The lines that hold something, each with the number of the source line on which it begins."""
    return [f"{line.pieces[0].line}: {line.text}" for line in read(text).lines if line.text]


def test_a_page_is_read_line_by_line_without_head_scripts_and_comments() -> None:
    assert shown(PAGE) == [
        "4: # Harbour Forum",
        "9: Notes of meeting held on 3rd May 2021, 10:00-11:30, Customs House",
        "10: ## Attendees",
        "12: - Ann Lee (Harbour Master) [AL]",
        "13: - Bo Ray (Clerk)",
        "15: ## 1. Tides",
        "17: AL said that the [tide <strong>table</strong>](https://example.org/a%28b%29?x=1&y=2)\nis at the pier.",
        "20: <strong>Action:</strong> Bo Ray to count 2 * 3 * 4 boats_of_the_pier.",
    ]


def test_the_digest_is_that_of_the_file_itself() -> None:
    assert read(PAGE).digest == hashlib.sha256(PAGE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("given", "lines"),
    [
        pytest.param("<title>Forum</title><h1>Tides</h1>", ["1: # Tides"], id="a heading stands for the title"),
        pytest.param("<title>Forum</title><h1><!--#echo--></h1><p>a", ["1: # Forum", "1: a"], id="an empty one"),
        pytest.param("<head><title>Forum</title><p>Tides", ["1: # Forum", "1: Tides"], id="a head left open"),
        pytest.param("<p>Tides</p><!-- piers", ["1: Tides", "1: &lt;!-- piers"], id="a comment left open"),
        pytest.param("<p>a<!-- \n --> b</p>\n<p>c</p>", ["1: a\nb", "3: c"], id="a comment over two lines"),
        pytest.param("<p\n class='x>y'>Tides</p>\nPiers", ["2: Tides", "3: Piers"], id="a tag over two lines"),
        pytest.param("<p>3 < 4 and 5 > 4</p>", ["1: 3 &lt; 4 and 5 > 4"], id="signs that open no tag"),
        pytest.param("<p>*a* `b` [c](d) e\\*</p>", ["1: \\*a* \\`b` [c\\](d) e\\\\\\*"], id="signs of Markdown"),
        pytest.param("<div>Ann</div><div>Bo</div>", ["1: Ann", "1: Bo"], id="boxes"),
        pytest.param("<dl><dt>Chair</dt><dd>Ann</dd></dl>", ["1: Chair", "1: Ann"], id="a list of definitions"),
        pytest.param("<h2>Tides<p>High</h2>.", ["1: ## Tides", "1: High."], id="a heading left open"),
        pytest.param("<pre>Ann\n  Bo</pre>", ["1: Ann", "2: Bo"], id="set line by line"),
        pytest.param("<p>to <del>build</del> paint</p>", ["1: to ~~build~~ paint"], id="what was struck out stays so"),
        pytest.param(
            "<a href='javascript:x'>a</a> <a href='http://b.example'></a>b", ["1: a b"], id="links that are none"
        ),
        pytest.param("<a href='http://b.example'><p>a</p></a>", ["1: a"], id="a link over a paragraph"),
        pytest.param("<img src='x.png' alt='The pier'>", ["1: The pier"], id="a picture's words"),
        pytest.param("<custom-tag>a</custom-tag><o:p>b</o:p>", ["1: ab"], id="tags of nobody's"),
        pytest.param("---\nbody: Forum_\n---\n<p>a</p>", ["4: a"], id="front matter above it"),
        pytest.param(b"<meta charset=koi8-r><p>" + "Пирс".encode("koi8-r"), ["1: Пирс"], id="its own encoding"),
        pytest.param("<p>Réunion".encode("utf-16"), ["1: Réunion"], id="UTF-16"),
        pytest.param("<p>Réunion".encode("cp1252"), ["1: Réunion"], id="an encoding that nobody named"),
    ],
)
def test_what_becomes_of_html(given: str | bytes, lines: list[str]) -> None:
    assert shown(given) == lines


def test_front_matter_is_read() -> None:
    assert read("---\nbody: Forum_\n---\n<p>a</p>").front_matter == {"body": "Forum_"}


def test_a_picture_with_the_wrong_name_is_no_text() -> None:
    assert [d.code for d in read(b"<p>\0\0").diagnostics] == ["binary"]


def test_the_meeting_offers_the_file_as_text_and_never_as_html(tmp_path: Path) -> None:
    (tmp_path / "index.HTML").write_text(PAGE, "utf-8")
    site = build.make(tmp_path, Settings())
    [meeting] = site.archive.meetings
    assert [p.full for p in (a.name for a in meeting.minutes.people) if p] == ["Ann Lee", "Bo Ray"]
    assert [a.ref.first_line for a in meeting.minutes.actions] == [20]
    assert site.files[f"{meeting.address}index.HTML.txt"] == PAGE.encode()
    assert "](index.HTML.txt)" in site.pages[meeting.address].markdown
    assert not [path for path in site.files if path.lower().endswith((".html", ".htm"))]


TAGS = "<p> </p> <li> <ul> </ul> <td> <tr> <table> </table> <br> <h1> </h1> <a\thref=http://x> </a> <pre> < \" ' >"
HIDING = "<!-- --> <script> </script> <head> </head> <title> </title>"
BITS = [*TAGS.split(" "), *HIDING.split(" "), "\n", "\n\n", "\f", "tide", "pier ", "* ", "---"]
ANY = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
LIKE_HTML = st.lists(st.sampled_from(BITS) | ANY, max_size=25).map("".join)
LAYOUT = [t for pair in ("p", "ul", "li", "table", "tr", "td", "h2", "u") for t in (f"<{pair}>", f"</{pair}>")]
LAYOUT += ["<br>", "<tbody>"]


@given(LIKE_HTML.map(str.encode) | st.binary(max_size=100))
@settings(max_examples=200, derandomize=True, deadline=None, database=None)
def test_any_bytes_are_read_and_no_line_moves(data: bytes) -> None:
    document = read(data)
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        end = re.compile(rb"\r\n|[\r\n\f]")
        reduced = importers.BY_SUFFIX[".html"](data)
        assert len(end.findall(reduced)) == len(end.findall(data))
    assert all(d.source == "forum/2021-05-03.html" for d in document.diagnostics)


@given(st.lists(st.sampled_from([*LAYOUT, "\n", "\n\n", "ab ", "cd", "| ", "- "]), max_size=40))
@settings(max_examples=300, derandomize=True, deadline=None, database=None)
def test_layout_tags_lose_no_word_and_keep_their_order(parts: list[str]) -> None:
    document = read("".join(parts), "forum/2021-05-03.md")
    assert re.findall("ab|cd", "".join(line.text for line in document.lines)) == [
        p.strip() for p in parts if p.strip() in ("ab", "cd")
    ]
    for line in document.lines:
        starts = [0, *(m.end() for m in re.finditer("\n", line.text))]
        assert [p.offset for p in line.pieces] == starts
        for piece, text in zip(line.pieces, line.text.split("\n"), strict=True):
            for word in re.findall("ab|cd", text):
                assert word in "".join(parts).split("\n")[piece.line - 1]

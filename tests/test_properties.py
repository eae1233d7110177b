"""What holds for every text: nothing raises, no word is lost, every place is where it is said to be."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from minutebook import build, parse, render, resolve, source
from minutebook.model import Archive, Document, Minutes, SourceRef
from minutebook.render.markdown import escape
from minutebook.resolve.numbering import _between, _next, align
from tests.archives import SETTINGS
from tests.generated import MINUTES as WHOLE
from tests.generated import SPOILT
from tests.test_render import MINUTES, body, github_html, site_html

SIGNS = "*_`[]()<>|#-+=~!\\&;:.,'\"{}/@^$%“”–—’ \t\n"
WORDS = [
    "Action:",
    "Owner:",
    "Present:",
    "Apologies",
    "Attendees",
    "1.",
    "2.",
    "[AL]",
    "Ann Lee",
    "AL",
    "(Director",
    "---",
]
WORDS += [
    "represented by",
    "| a | b |",
    "<br>",
    "<p>",
    "<script>",
    "</td><td>",
    "```",
    "> ",
    "- ",
    "# ",
    "The Department",
]
WORDS += [
    "Held on 3 May 2021",
    "11:30-12:30",
    "http://example.org/",
    "{{ x }}",
    "tide",
    "\n\n",
    "[May 2021]",
    "Decision:",
]
ALPHABET = st.characters(codec="utf-8", exclude_categories=["Cs"])
ANY = st.text(ALPHABET, max_size=200)
SIGNED = st.text(st.sampled_from(SIGNS + "aZ1é"), max_size=60)
LIKE_MINUTES = st.lists(st.sampled_from(WORDS) | SIGNED, max_size=25).map(" ".join)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Minutes with a few lines taken out, doubled, moved or spoilt."""
    lines = MINUTES.splitlines()
    for _ in range(draw(st.integers(1, 4))):
        i, j = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        lines[i : i + draw(st.integers(0, 2))] = draw(
            st.sampled_from([[], [lines[j]], [lines[j]] * 2, [draw(LIKE_MINUTES)]])
        )
        lines = lines or [""]
    return "\n".join(lines)


def read(text: str) -> Minutes:
    return parse.parse(source.read(text.encode(), "forum/2021-05-03.txt"))


def archive_of(m: Minutes) -> Archive:
    return resolve.resolve([replace(m, diagnostics=())], SETTINGS)


def printed_lines(text: str) -> list[str]:
    """The lines of a file, as an editor counts them."""
    return re.split(r"\r\n|\r|\n|\f", text)


def letters(text: str) -> str:
    """A text's letters and digits: where signs of Markdown stand between two words, they become one."""
    return "".join(words(_LAYOUT.sub(" ", text)))


def words(text: str) -> list[str]:
    """The words of a text, without signs."""
    return re.findall(r"[^\W_]+", text)


@given(st.binary(max_size=300) | ANY.map(str.encode) | LIKE_MINUTES.map(str.encode) | SPOILT.map(str.encode))
@settings(max_examples=200)
def test_any_bytes_are_read_and_explained_without_raising(data: bytes) -> None:
    m = parse.parse(source.read(data, "a.txt"))
    assert all(d.message and d.source == "a.txt" for d in m.diagnostics)
    build.extract(data, "a.txt", SETTINGS)
    lines = build.explained(data, "a.txt", SETTINGS).lines
    assert [x.line for x in lines] == list(range(1, len(lines) + 1)) and all(x.readings for x in lines)


_LAYOUT = re.compile(
    r"</?(?:p|br|td|th|tr|table|thead|tbody|tfoot|ul|ol|li|b|i|u|em|strong|ins|sup|sub|small|span|font|center|div|hr|h[1-6])\b[^<>]*>",
    re.I,
)


@given(WHOLE | SPOILT | LIKE_MINUTES | mutated())
@settings(max_examples=250)
def test_no_word_is_lost_and_their_order_is_kept(text: str) -> None:
    assume("](" not in text and "&" not in text)  # an address and an entity are no words
    document = source.read(text.encode(), "forum/2021-05-03.txt")
    m = parse.parse(document)
    kept = "".join(letters(f"{b.label} {b.text.plain}") for b in m.blocks)
    assert kept == "".join(letters(line.text) for line in document.lines)
    # What source takes out it names: of the letters that are printed none is missing without a word.
    dropped = "".join(letters(c.text) for c in m.changes if c.kind == "dropped")
    printed = printed_lines(text)[first_line(document, text) - 1 :]
    assert not Counter(letters("\n".join(printed))) - Counter(kept + dropped)


def first_line(document: Document, text: str) -> int:
    """The first line behind the front matter."""
    return document.lines[0].pieces[0].line if document.lines else len(printed_lines(text)) + 1


@given(WHOLE | SPOILT | mutated())
@settings(max_examples=250)
def test_places_are_where_they_are_said_to_be(text: str) -> None:
    m = read(text)
    printed = printed_lines(text)
    for meeting in archive_of(m).meetings:
        for x in meeting.mentions:
            assert m.blocks[x.block].text.plain[x.start : x.end] == x.text
            assert m.blocks[x.block].ref.first_line <= x.line <= m.blocks[x.block].ref.last_line
            assert words(x.text)[0] in printed[x.line - 1]
    for block in m.blocks:
        assert 1 <= block.ref.first_line <= block.ref.last_line <= len(printed)
        for mark in block.text.marks:
            assert 0 <= mark.start <= mark.end <= len(block.text.plain)
        for piece in block.text.pieces:
            assert 0 <= piece.offset <= len(block.text.plain)
            assert block.ref.first_line <= piece.line <= block.ref.last_line
    for d in m.diagnostics:
        assert 0 <= d.line <= len(printed)


def at(ref: SourceRef, text: str) -> str:
    """The letters of the lines that a thing is said to stand on."""
    return letters(" ".join(printed_lines(text)[ref.first_line - 1 : ref.last_line]))


@given(WHOLE | SPOILT | mutated())
@settings(max_examples=300)
def test_what_was_read_stands_where_it_is_said_to_stand(text: str) -> None:
    assume("&" not in text)
    m = read(text)
    for a in m.attendance:
        if a.rule != "front matter":
            said = a.name.printed if a.name else a.text  # "LEE, Ann" is Ann Lee
            assert all(letters(w).casefold() in at(a.ref, text).casefold() for w in words(said)), a
    for item in m.items:
        heading = m.blocks[item.heading]
        assert letters(item.title) in letters(heading.text.plain)
        assert letters(item.number) in letters(f"{heading.label} {heading.text.plain}")
        assert item.heading < item.end <= len(m.blocks)
        for owner in item.owners:
            assert item.heading <= owner.block < item.end
            assert m.blocks[owner.block].text.plain[owner.start : owner.end] == owner.text, item
    assert [i.heading for i in m.items] == sorted({i.heading for i in m.items})
    for action in m.actions:
        block = m.blocks[action.block]
        assert not Counter(words(action.text)) - Counter(words(block.text.plain)), action
        assert block.text.plain[action.start : action.end] == action.text, action
        for owner in action.owners:
            assert m.blocks[owner.block].text.plain[owner.start : owner.end] == owner.text, action
        assert block.ref.first_line <= action.ref.first_line <= action.ref.last_line <= block.ref.last_line
        assert all(letters(w) in at(action.ref, text) for w in words(action.text)), action
    for decision in m.decisions:
        assert decision.text and all(letters(w) in at(decision.ref, text) for w in words(decision.text)), decision
    for note in m.notes:
        assert all(letters(w) in at(note.ref, text) for w in words(note.text)), note


@given(WHOLE | SPOILT | LIKE_MINUTES | mutated())
@settings(max_examples=200)
def test_each_line_is_explained_once_and_none_with_words_is_forgotten(text: str) -> None:
    told = build.explained(text.encode(), "forum/2021-05-03.txt", SETTINGS).lines
    printed = printed_lines(text)
    assert [x.words for x in told] == (printed if printed[-1] else printed[:-1])
    assert [x.line for x in told] == list(range(1, len(told) + 1))
    for x in told:
        parts = {r.part for r in x.readings}
        assert parts and ("blank" in parts) == (not x.words.strip())
        assert "unread" not in parts, x
        assert all(r.what for r in x.readings)


@given(WHOLE | SPOILT | mutated() | LIKE_MINUTES.map(lambda t: f"Forum\n\n1. Tides\n\n{t}"))
@settings(max_examples=80)
def test_a_meeting_s_page_shows_every_word_to_every_reader(text: str) -> None:
    m = read(text)
    archive = archive_of(m)
    pages = render.render(archive, SETTINGS)
    for meeting in archive.meetings:
        markdown = body(pages[meeting.address])
        shown = site_html(markdown)
        kept = Counter(w for b in m.blocks for w in words(f"{b.label} {b.text.plain}"))
        assert not kept - Counter(words(shown.text))
        assert not kept - Counter(words(github_html(markdown).text))
        assert shown.wrong == []


@given(SIGNED | LIKE_MINUTES | ANY)
@settings(max_examples=200)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    text = source.read(text.encode(), "a").lines[0].text if source.read(text.encode(), "a").lines else ""
    for html in (site_html, github_html):
        page = html(escape(text))
        assert page.text == " ".join(text.split()) and set(page.tags) <= {"p"}


FINGERPRINTS = st.lists(st.integers(0, 12).map(str), max_size=9, unique=True)


@given(st.lists(FINGERPRINTS, min_size=1, max_size=4), st.sampled_from([_between, _next]))
@settings(max_examples=200)
def test_numbers_are_never_given_twice_and_what_is_unchanged_keeps_its_own(editions: list[list[str]], fresh) -> None:  # type: ignore[no-untyped-def]
    ever: dict[str, str] = {}
    old: list[tuple[str, str]] = []
    for edition in editions:
        numbers, withdrawn = align(old, edition, fresh)
        assert len(set(numbers)) == len(edition) == len(numbers)
        live = {n for n, mark in old if not mark.startswith("-")}
        gone = {n for n, _ in withdrawn}
        assert live <= {*numbers, *gone} and not set(numbers) & gone
        before = {mark: n for n, mark in old if not mark.startswith("-")}
        kept = [mark for mark in before if mark in edition]
        assert [numbers[edition.index(mark)] for mark in kept] == [before[mark] for mark in kept]
        for n, mark in zip(numbers, edition, strict=True):
            assert ever.get(n, "")[:1] != "-" or ever[n] == f"-{mark}", f"{n} was withdrawn, and stood for another text"
            ever[n] = mark
        ever |= dict(withdrawn)
        old = [*zip(numbers, edition, strict=True), *withdrawn]

"""Layout tags that a conversion left in the text (`p br h1 ul ol li table tr td ...`), read as the structure they are.

What comes out are logical lines as if the minutes had been written in Markdown: a paragraph is a line with an empty
one beside it, an entry of a list begins with "- " or its number, a heading with "#", the row of a table is one line
with strokes. A line end within one of them is a joint: "\\n" in the line, and a new piece. Text outside such tags stays
line by line as it is. Of emphasis (`strong b em i`) whoever reads the lines makes something; tags that only say how
something looks (`u sup span font ...`) go, and leave their words; all others are no layout, and stay as
text. So does half a pair: "</div>" alone is something that somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutebook.model import Line, Piece
from minutebook.source import table

INVISIBLE = frozenset(("u", "small", "big", "span", "font", "ins"))
"""Tags that go without a trace."""

BOXES = frozenset(("div", "center", "blockquote"))
"""Tags that only keep apart what stands before, in and behind them."""

PARTS = frozenset(("thead", "tbody", "tfoot", "colgroup", "col"))
"""Parts of a table, which say nothing of its rows."""

HEADINGS = {f"h{n}": n for n in range(1, 7)}
LISTS = ("ul", "ol")
CELLS = ("td", "th")
KNOWN = INVISIBLE | BOXES | PARTS | {*HEADINGS, *LISTS, *CELLS, "li", "p", "br", "hr", "table", "tr", "caption"}

ALIKE = {"dl": "div", "dt": "p", "dd": "li"}
"""A list of terms is a label, and below it the entries that it labels."""

# Possessive, and never beyond the next "<": a file of nothing but "<p" is read in one pass.
TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)(?P<rest>(?:[\s/][^<>]*+)?)>")
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")
EMPTY = re.compile(r"(?:\s|&nbsp;|</?(?:strong|b|em|i)(?:\s[^<>]*+)?>)*+", re.I)
"""Words that are none: white space, and emphasis with nothing in it."""

_DEEPEST = 9
"""Lists within lists that are told apart by their indent."""
_NUMBER = re.compile(r"\b(?P<key>start|value)\s*+=\s*+[\"']?(?P<n>\d{1,4})\b", re.I)


@dataclass(frozen=True)
class Tag:
    """A layout tag at its place in the text."""

    name: str
    closes: bool
    rest: str
    start: int
    end: int


@dataclass
class _List:
    ordered: bool
    next: int = 1


@dataclass
class _Reader:
    """What is open while the text is gone through, and the lines that are finished."""

    out: list[Line] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)
    """(source line, text) of the logical line that is being gathered."""
    in_row: bool = False
    """What is being gathered begins with a stroke: a row as Markdown has it."""
    open: list[str] = field(default_factory=list)
    """`p`, `h` and `li` that are open: within them a line end is a space."""
    entries: int = 0
    """How many of them are `li`."""
    lists: list[_List] = field(default_factory=list)
    mark: str = ""
    """What the next line begins with: "- ", "2. ", "## "."""
    table: table.Table | None = None

    @property
    def in_cell(self) -> bool:
        return self.table is not None and self.table.cell is not None

    def put(self, number: int, text: str) -> None:
        """Add words of one source line."""
        if self.table is not None and self.table.cell is not None:
            self.table.put(number, text)
        elif text.strip() or self.words:
            self.in_row = self.in_row or (not self.words and text.lstrip()[:1] == "|")
            self.words.append((number, text))

    def flush(self, number: int) -> bool:
        """Finish the logical line; whether there was one."""
        words, self.words, self.in_row = self.words, [], False
        if not self.open:
            text = "".join(text for _, text in words).rstrip()
            if not EMPTY.fullmatch(text):
                self.out.append(Line(text, (Piece(0, words[0][0]),)))
                return True
            return False
        parts = table.by_line(words)
        if EMPTY.fullmatch("".join(text for _, text in parts)):
            return False
        mark, self.mark = self.mark, ""
        pieces, at = [], 0
        for n, text in parts:
            pieces.append(Piece(at, n))
            at += len(text) + 1 + (len(mark) if not pieces[1:] else 0)
        self.out.append(Line(mark + "\n".join(text for _, text in parts), tuple(pieces)))
        return True

    def gap(self, number: int) -> None:
        """An empty line, unless there is one."""
        if self.out and self.out[-1].text:
            self.out.append(Line("", (Piece(0, number),)))

    def boundary(self, number: int) -> None:
        """Finish the line, and keep what comes apart from it; within an entry that has no words yet nothing is."""
        self.flush(number)
        if not self.mark:
            self.gap(number)

    def close_to(self, *names: str) -> None:
        """Close what is open down to one of these, and that one too."""
        while self.open:
            name = self.open.pop()
            self.entries -= name == "li"
            if name in names:
                break
        self.mark = ""

    def leave_lists(self) -> None:
        """Close everything that a line end does not end."""
        self.open.clear()
        self.entries = 0
        self.lists.clear()
        self.mark = ""


def read(lines: Sequence[tuple[int, str]]) -> list[Line]:
    """The logical lines of printed ones, which are given with their numbers."""
    whole = "\n".join(text for _, text in lines)
    tags = [
        Tag(ALIKE.get(m["name"].lower(), m["name"].lower()), bool(m["close"]), m["rest"], m.start(), m.end())
        for m in TAG.finditer(whole)
        if (m["name"].lower() in KNOWN or m["name"].lower() in ALIKE) and not _BLANK_LINE.search(m["rest"])
    ]
    tags = _paired(tags)
    if not tags:
        return [Line(text.rstrip(), (Piece(0, number),)) for number, text in lines]
    closed = _closed(tags)
    tables = table.grids(tags)
    last_list = max((i for i, tag in enumerate(tags) if tag.closes and tag.name in LISTS), default=-1)
    reader = _Reader()
    row = 0  # index of the printed line
    at = 0
    fresh = True  # nothing but white space stands on the printed line so far
    for i, tag in enumerate([*tags, Tag("", False, "", len(whole), len(whole))]):
        for k, text in enumerate(whole[at : tag.start].split("\n")):
            if k:
                _line_end(reader, lines[row], fresh, more=i <= last_list)
                row, fresh = row + 1, True
            if not k and at and not reader.words:
                text = text.lstrip()
            reader.put(lines[row][0], text)
            fresh = fresh and not text.strip()
        at = tag.end
        if not tag.name:
            break
        number = lines[row][0]
        row += whole.count("\n", tag.start, tag.end)
        fresh = False
        if tag.name in INVISIBLE:
            continue
        if reader.in_row and not reader.open:  # a cell of a Markdown table may hold <br>; no other tag means anything
            reader.put(number, "<br>" if tag.name == "br" else " ")
        else:
            _step(reader, tag, number, closed[i], tables.get(i))
    _end_table(reader, lines[-1][0])
    reader.flush(lines[-1][0])
    while len(reader.out) > 1 and not reader.out[-1].text:
        reader.out.pop()
    return reader.out or [Line("", (Piece(0, lines[-1][0]),))]


def _paired(tags: Sequence[Tag]) -> list[Tag]:
    """The tags without those of headings, boxes and looks that are opened and never closed, or the other way round."""
    alone: set[int] = set()
    open_: dict[str, list[int]] = {}
    for i, tag in enumerate(tags):
        if tag.name not in INVISIBLE and tag.name not in BOXES and tag.name not in HEADINGS:
            continue
        if not tag.closes:
            open_.setdefault(tag.name, []).append(i)
        elif before := open_.get(tag.name):
            before.pop()
        else:
            alone.add(i)
    alone.update(i for left in open_.values() for i in left)
    return [tag for i, tag in enumerate(tags) if i not in alone] if alone else list(tags)


def _closed(tags: Sequence[Tag]) -> list[bool]:
    """For each tag whether the next one that makes a block closes it: a `<p>` may also only part two paragraphs."""
    out = [False] * len(tags)
    following: Tag | None = None
    for i in range(len(tags) - 1, -1, -1):
        tag = tags[i]
        out[i] = following is not None and following.closes and following.name == tag.name
        if tag.name != "br" and tag.name not in INVISIBLE:
            following = tag
    return out


def _line_end(reader: _Reader, line: tuple[int, str], fresh: bool, more: bool) -> None:
    """A printed line ends; `fresh`: it was empty, `more`: lists are closed further on."""
    number = line[0]
    if reader.in_cell:
        if fresh and reader.table is not None and not reader.table.closed:
            _end_table(reader, number)
    elif reader.open:
        if fresh:
            reader.boundary(number)
            if not more and reader.lists:
                reader.leave_lists()
    elif not reader.flush(number) and fresh:
        reader.out.append(Line("", (Piece(0, number),)))


def _step(reader: _Reader, tag: Tag, number: int, closed: bool, grid: table.Grid | None) -> None:
    """One tag: what it finishes, and what it begins."""
    if tag.name in ("table", "tr", *CELLS):
        _table(reader, tag, number, grid)
    elif tag.name in PARTS:
        _row(reader)
    elif reader.in_cell:
        assert reader.table is not None
        reader.table.part(number)
    elif tag.name == "br":
        if "h" in reader.open:
            reader.put(number, " ")
        elif not reader.flush(number) and not reader.mark:
            reader.gap(number)
    elif tag.name == "hr":
        reader.flush(number)
        reader.gap(number)
        reader.out += [Line("---", (Piece(0, number),)), Line("", (Piece(0, number),))]
    elif tag.name == "li":
        _entry(reader, tag, number)
    elif tag.name in LISTS:
        _list(reader, tag, number)
    elif tag.name in HEADINGS or tag.name in ("p", "caption"):
        _paragraph(reader, tag, number, closed)
    else:
        reader.boundary(number)


def _paragraph(reader: _Reader, tag: Tag, number: int, closed: bool) -> None:
    if tag.closes and reader.entries:
        reader.flush(number)  # the next entry stands directly below
    else:
        reader.boundary(number)
    kind = "h" if tag.name in HEADINGS else "p"
    if reader.open and reader.open[-1] in ("p", "h"):
        reader.close_to("p", "h")
    if not tag.closes and closed:
        reader.open.append(kind)
        if kind == "h" and "li" not in reader.open:
            reader.mark = "#" * HEADINGS[tag.name] + " "


def _list(reader: _Reader, tag: Tag, number: int) -> None:
    reader.flush(number)
    if reader.open and reader.open[-1] in ("p", "h"):
        reader.close_to("p", "h")
    if not reader.lists:
        reader.gap(number)
    if not tag.closes:
        m = _NUMBER.search(tag.rest)
        reader.lists.append(_List(tag.name == "ol", int(m["n"]) if m and m["key"].lower() == "start" else 1))
    elif reader.lists:
        reader.lists.pop()
        depth = len(reader.lists)
        while reader.entries > depth:
            reader.close_to("li")
    if not reader.lists:
        reader.leave_lists()
        reader.gap(number)


def _entry(reader: _Reader, tag: Tag, number: int) -> None:
    reader.flush(number)
    depth = max(1, len(reader.lists))
    while reader.entries >= depth or (reader.open and reader.open[-1] != "li"):
        reader.close_to("li", "p", "h")
    reader.mark = ""
    if tag.closes:
        return
    indent, mark = "  " * min(depth - 1, _DEEPEST), "- "
    if reader.lists and reader.lists[-1].ordered:
        current = reader.lists[-1]
        if (m := _NUMBER.search(tag.rest)) and m["key"].lower() == "value":
            current.next = int(m["n"])
        mark, current.next = f"{current.next}. ", current.next + 1
    reader.open.append("li")
    reader.entries += 1
    reader.mark = indent + mark


def _table(reader: _Reader, tag: Tag, number: int, grid: table.Grid | None) -> None:
    """A tag of a table; in one that only arranges the page, what stands in a cell is text like other text."""
    if grid is None:
        reader.boundary(number)
        return
    if tag.name in CELLS and not tag.closes:
        if reader.table is None:
            reader.boundary(number)
            reader.leave_lists()
            reader.table = table.Table(grid.closed)
        reader.table.begin(tag.rest)
    elif tag.name in CELLS:
        if reader.table is not None:
            reader.table.cell = None
    elif tag.name == "tr" and reader.table is not None:
        _row(reader)
    elif tag.name == "table":
        _end_table(reader, number)


def _row(reader: _Reader) -> None:
    if reader.table is not None and (line := reader.table.end_row(EMPTY)):
        reader.out.append(line)


def _end_table(reader: _Reader, number: int) -> None:
    if reader.table is not None:
        _row(reader)
        reader.table = None
        reader.flush(number)
    reader.boundary(number)

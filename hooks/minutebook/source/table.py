"""Tables in HTML: which of them are tables, and their rows as lines with strokes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from minutebook.model import Line, Piece

_SPAN = re.compile(r"\b(?P<key>colspan|rowspan)\s*+=\s*+[\"']?(?P<n>\d{1,2})\b", re.I)
_WIDEST, _LARGEST = 20, 60
"""Columns, and places in all, that one cell can take up: more is a slip, or meant to fill a screen."""
_STROKE = re.compile(r"(?<!\\)\|")


class _Tag(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def closes(self) -> bool: ...


@dataclass
class Grid:
    """A table of the source, before it is read."""

    closed: bool = False
    layout: bool = False
    """It holds headings or other tables, or a single column: it arranges the page, and tabulates nothing."""
    width: int = 0


def grids(tags: Sequence[_Tag]) -> dict[int, Grid]:
    """For each tag of a table, by its index, the table that it belongs to; none for one that only arranges the page.

    Cells that stand in no table are given one that is not closed.
    """
    out: dict[int, Grid] = {}
    loose = Grid()
    open_: list[tuple[Grid, int]] = []
    for i, tag in enumerate(tags):
        if tag.name == "table" and not tag.closes:
            for grid, _ in open_[-1:]:
                grid.layout = True
            open_.append((Grid(), 0))
        grid, cells = open_[-1] if open_ else (loose, 2)
        if tag.name in ("table", "tr", "td", "th"):
            out[i] = grid
        if tag.name in ("td", "th") and not tag.closes:
            cells += 1
            grid.width = max(grid.width, cells)
        elif tag.name == "tr":
            cells = 0
        elif tag.name[:1] == "h" and tag.name[1:].isdigit():
            grid.layout = grid is not loose
        if open_:
            open_[-1] = (grid, cells)
        if tag.name == "table" and tag.closes and open_:
            open_.pop()[0].closed = True
    return {i: grid for i, grid in out.items() if grid is loose or not (grid.layout or grid.width == 1)}


def by_line(words: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Words gathered by the source line on which they stand, without white space around them; none that are empty."""
    lines: dict[int, list[str]] = {}
    for number, text in words:
        lines.setdefault(number, []).append(text)
    return [(number, text) for number, parts in lines.items() if (text := "".join(parts).strip())]


@dataclass
class Table:
    """A table while it is read."""

    closed: bool
    row: list[list[tuple[int, str]]] = field(default_factory=list)
    cell: list[tuple[int, str]] | None = None
    below: dict[int, int] = field(default_factory=dict)
    """Column -> how many further rows a cell from above stands in."""

    def begin(self, attributes: str) -> None:
        """A cell begins."""
        spans = {m["key"].lower(): int(m["n"]) for m in _SPAN.finditer(attributes)}
        wide = min(spans.get("colspan", 1), _WIDEST)
        deep = min(spans.get("rowspan", 1), _LARGEST // max(1, wide))
        self._from_above()
        self.cell = []
        for cell in [self.cell, *([] for _ in range(wide - 1))]:
            if deep > 1:
                self.below[len(self.row)] = deep - 1
            self.row.append(cell)

    def _from_above(self) -> None:
        while self.below.get(len(self.row), 0) > 0:
            self.below[len(self.row)] -= 1
            self.row.append([])

    def put(self, number: int, text: str) -> None:
        """Words within the cell."""
        if self.cell is not None and (text.strip() or (self.cell and self.cell[-1][1] != "<br>")):
            self.cell.append((number, text))

    def part(self, number: int) -> None:
        """A line, paragraph or entry ends within the cell."""
        if self.cell and self.cell[-1][1] != "<br>":
            self.cell.append((number, "<br>"))

    def end_row(self, empty: re.Pattern[str]) -> Line | None:
        """The row as one line; None where it has no words."""
        if self.row:
            self._from_above()
        row, self.row, self.cell = self.row, [], None
        cells = [by_line(_trimmed(cell)) for cell in row]
        if all(empty.fullmatch("".join(text for _, text in cell)) for cell in cells):
            return None
        now = next(number for cell in cells for number, _ in cell)
        text, pieces = "", [Piece(0, now)]
        parts: list[str] = []
        length = 0
        for cell in cells:
            for number, words in [(cell[0][0] if cell else now, "|"), *((n, _STROKE.sub(r"\|", w)) for n, w in cell)]:
                if parts:
                    parts.append("\n" if number > now else " ")
                    length += 1
                if number > now:
                    pieces.append(Piece(length, number))
                    now = number
                parts.append(words)
                length += len(words)
        text = "".join([*parts, " |"])
        return Line(text, tuple(pieces))


def _trimmed(cell: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """A cell without line breaks and white space at its end."""
    end = len(cell)
    while end and (cell[end - 1][1] == "<br>" or not cell[end - 1][1].strip()):
        end -= 1
    return cell[:end]

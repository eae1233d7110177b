"""A file of minutes line by line: what each was taken for, and why; as a table for a terminal."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from minutebook.diagnostics import Diagnostic, in_order
from minutebook.model import Block, Document, Minutes
from minutebook.render import reading
from minutebook.render.reading import Reading
from minutebook.render.why import Trial

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"[^\W_]")
FEW = 20
"""Lines of which it is tried what would have made them something else; for each the file is read some times again."""
_NARROWEST = 60
"""Columns: in a narrower terminal the table is as wide as this."""


@dataclass(frozen=True)
class Explained:
    """One line of a file."""

    line: int
    words: str
    """The line as it is printed, without what ends it."""
    readings: tuple[Reading, ...]
    """What it was taken for; never empty."""
    findings: tuple[Diagnostic, ...] = ()
    """What `parse` has to say about it."""

    @property
    def blank(self) -> bool:
        return self.readings[0].part == "blank"


@dataclass(frozen=True)
class Explanation:
    """A file, line by line."""

    lines: tuple[Explained, ...]
    """Every line once, in order."""
    findings: tuple[Diagnostic, ...]
    """What `parse` has to say about the file."""
    trial: Trial
    """Finds out why a line is no action, no decision, no item."""

    def text(self, width: int) -> str:
        """The whole file as a table that fits a width, with figures and findings below it."""
        figures = "\n".join(_wrapped(summary(self.lines), max(width, _NARROWEST)))
        parts = [table(self.lines, width), figures, "\n".join(map(str, self.findings))]
        return "\n\n".join(filter(None, parts if self.lines else parts[2:]))

    def details(self, asked: Sequence[Explained], width: int) -> str:
        """A few lines with all that is known of them."""
        return "\n\n".join(details(x, self._why(x, asked), width) for x in asked)

    def objects(self, asked: Sequence[Explained]) -> Iterator[dict[str, object]]:
        """The lines as JSON has them; `asked` are all, or a few, which then say why they are no action."""
        for x in asked:
            why = self._why(x, asked) if len(asked) < len(self.lines) else []
            yield {
                "line": x.line,
                "text": x.words,
                "readings": [{"part": r.part, "what": r.what, "rule": r.rule} for r in x.readings],
                "findings": [{"code": d.code, "severity": d.severity, "message": d.message} for d in x.findings],
                **({"why": dict(why)} if why else {}),
            }

    def _why(self, x: Explained, asked: Sequence[Explained]) -> list[tuple[str, str]]:
        if len(asked) <= FEW:
            return self.trial.why(x.line)
        return []


def explain(printed: Sequence[str], document: Document, minutes: Minutes, trial: Trial) -> Explanation:
    """Every line of a file, explained.

    `printed` are its lines as they stand in it, `document` and `minutes` what was read from them.
    """
    found = reading.readings(minutes)
    said: dict[int, list[Diagnostic]] = {}
    for d in in_order(minutes.diagnostics):
        said.setdefault(d.line, []).append(d)
    around = {n: b for b in minutes.blocks for n in range(b.ref.first_line, b.ref.last_line + 1)}
    first = document.lines[0].pieces[0].line if document.lines else len(printed) + 1
    keys = {line: key for key, line in document.front_matter_lines.items()}
    out = []
    for number, words in enumerate(printed, 1):
        readings = found.get(number, ())
        if number < first and not any(r.part == "dropped" for r in readings):
            readings = (_front_matter(keys.get(number, "")), *readings)
        readings = readings or (_wordless(words, around.get(number)),)
        out.append(Explained(number, words, readings, tuple(said.get(number, ()))))
    return Explanation(tuple(out), tuple(in_order(minutes.diagnostics)), trial)


def _front_matter(key: str) -> Reading:
    called = reading.name("front_matter")
    rule = "between the marks at the top"
    return Reading("front_matter", f"{called}: “{key}”" if key else called, rule)


def _wordless(words: str, around: Block | None) -> Reading:
    """What a line is of which the minutes say nothing; `around` is the block that it stands in the middle of."""
    if not words.strip():
        return Reading("blank", reading.name("blank"))
    if not _WORD.search(_TAG.sub("", words)):
        return Reading("layout", reading.name("layout"), "there are no words in it")
    if around:
        rule = f"within lines {around.ref.first_line} to {around.ref.last_line}, which belong together"
        return Reading("layout", reading.name("layout"), rule)
    return Reading("unread", reading.name("unread"), "nothing was taken from it")


def summary(lines: Sequence[Explained]) -> str:
    """How many lines were taken for what: "31 lines: 2 header, 9 attendance, …"."""
    shown = [x for x in lines if not x.blank]
    blank = len(lines) - len(shown)
    empty = f", and {blank:,} empty {'one' if blank == 1 else 'ones'}" if blank else ""
    if not shown:
        return f"No lines with words{empty}."
    counts = reading.tally(x.readings for x in shown)
    return f"{len(shown):,} {'line' if len(shown) == 1 else 'lines'}{empty}: {counts}."


def table(lines: Sequence[Explained], width: int) -> str:
    """The lines as a table that fits a width: number, what it is with its rule, the words; empty ones are left out.

    The words are shortened to one row, what a line was taken for is wrapped.
    """
    width = max(width, _NARROWEST)
    number = max([4, *(len(str(x.line)) for x in lines)])
    what = (width - number - 4) * 11 // 20
    words = width - number - 4 - what
    rows = [(f"{'line':>{number}}", _fit("taken for", what), "words")]
    for x in lines:
        if x.blank:
            continue
        said = [row for r in x.readings for row in _wrapped(_told(r), what)]
        for k, (row, text) in enumerate(zip_longest(said, [_short(visible(x.words), words)], fillvalue="")):
            rows.append((f"{x.line if k == 0 else '':>{number}}", _fit(row, what), text))
    return "\n".join("  ".join(row).rstrip() for row in rows)


def details(x: Explained, why: Sequence[tuple[str, str]], width: int) -> str:
    """One line with all that is known of it; `why` are labelled sentences besides."""
    rows = [("words", visible(x.words).strip())]
    for r in x.readings:
        rows += [("taken for", r.what), *([("by the rule", r.rule)] if r.rule else [])]
    rows += [(d.severity, f"{d.message} {d.hint}".strip()) for d in x.findings]
    out = [f"line {x.line}"]
    for label, text in [*rows, *why]:
        wrapped = _wrapped(text, max(width, _NARROWEST) - 17) or [""]
        out += [f"  {label if k == 0 else '':13}  {row}".rstrip() for k, row in enumerate(wrapped)]
    return "\n".join(out)


def _told(r: Reading) -> str:
    return f"{r.what} · {r.rule}" if r.rule and r.rule != reading.NO_RULE else r.what


def visible(text: str) -> str:
    """A text that does nothing to a terminal: what cannot be printed becomes a sign that it was there."""
    return "".join(c if c.isprintable() else " " if c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes up."""
    return sum(_column(c) for c in text)


def _column(c: str) -> int:
    return 0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1


def _fit(text: str, width: int) -> str:
    return text + " " * (width - _columns(text))


def _short(text: str, width: int) -> str:
    """The beginning of a text that fits; an ellipsis says that there is more."""
    text = text.strip()
    if _columns(text) <= width:
        return text
    room = width - 1
    for k, c in enumerate(text):
        room -= _column(c)
        if room < 0:
            return f"{text[:k].rstrip()}…"
    return text


def _wrapped(text: str, width: int) -> list[str]:
    """A text in rows that fit, whatever its signs take up."""
    return [row for line in textwrap.wrap(visible(text), width) for row in _parted(line, width)]


def _parted(text: str, width: int) -> Iterator[str]:
    """A row cut where wide signs make it too long."""
    row, room = "", width
    for c in text:
        if (room := room - _column(c)) < 0:
            yield row
            row, room = "", width - _column(c)
        row += c
    yield row

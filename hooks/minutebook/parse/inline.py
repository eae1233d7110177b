"""The Markdown inside a line: a plain text, with its formatting beside it as marks.

The grammar is CommonMark's, read by markdown-it-py. Of HTML only what a conversion leaves (strong, em, br) counts;
everything else, other schemes than http, https and mailto, and images are shown as the text that they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from minutebook.model import Line, Mark, Piece, Text

_MARKDOWN = MarkdownIt("commonmark")
_WITHOUT_LINKS = MarkdownIt("commonmark").disable(["link", "image"])
"""For texts in which no link can be: looking for the end of every bracket would take long in a text of brackets."""
_SPECIAL = re.compile(r"[*_`\[\]<&\\]")
_JOINT = "\u2005"
"""Stands for the end of a printed line while the Markdown is read: white space to CommonMark, and in no minutes."""
_JOIN = re.compile(r"(?<! ) *+\n *+")
_LAYOUT = re.compile(r"<(?P<close>/?)(?P<tag>strong|b|em|i|sup|sub|br|p|ul|ol|li)\b[^<>]*>", re.I)
_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "sup": "sup", "sub": "sub"}
_SAFE = re.compile(r"(?:https?://|mailto:)", re.I)


def read(lines: Iterable[Line], literally: bool = False) -> Text:
    """The text of some logical lines, joined by spaces; every printed line begins a piece.

    `literally`: no Markdown is read in them.
    """
    lines = list(lines)
    numbers = [p.line for line in lines for p in line.pieces]
    raw = "\n".join(_JOIN.sub("\n", line.text.strip()) for line in lines).replace(_JOINT, " ")
    raw = raw.replace("\n", _JOINT)
    plain, marks = (raw, []) if literally or not _SPECIAL.search(raw) else _read_markdown(raw)
    starts = [0, *(m.end() for m in re.finditer(_JOINT, plain))]
    pieces = tuple(Piece(o, n) for o, n in zip(starts, numbers, strict=False))
    return Text(plain.replace(_JOINT, " "), tuple(marks), pieces)


def _read_markdown(raw: str) -> tuple[str, list[Mark]]:
    out: list[str] = []
    marks: list[Mark] = []
    length = 0
    open_: list[tuple[str, int, str]] = []

    def close(kind: str) -> None:
        for i in range(len(open_) - 1, -1, -1):
            if open_[i][0] == kind:
                _, start, href = open_.pop(i)
                if kind == "link" and href and not _SAFE.match(href):
                    return  # a dead link keeps its words
                if start < length:
                    marks.append(Mark(start, length, kind, href))
                return

    for text, event, href in _events((_MARKDOWN if "](" in raw else _WITHOUT_LINKS).parseInline(raw)[0].children or []):
        if event.startswith("+"):
            open_.append((event[1:], length, href))
        elif event.startswith("-"):
            close(event[1:])
        elif event in ("code", "break"):
            marks.append(Mark(length, length + len(text), event))
        out.append(text)
        length += len(text)
    # What closes last stands outside: of two over the same words it comes first.
    marks.reverse()
    return "".join(out), sorted(marks, key=lambda m: (m.start, -m.end))


def _events(tokens: list[Token]) -> Iterator[tuple[str, str, str]]:
    """(text, event, href): `+em` opens emphasis, `-em` closes it, `code` and `break` are whole."""
    literal: list[str] = []
    for t in tokens:
        kind, _, edge = t.type.rpartition("_")
        href = str(t.attrs.get("href", "")).replace("%E2%80%85", "")
        if t.type == "html_inline" and (tag := _LAYOUT.fullmatch(t.content)):
            name = tag["tag"].lower()
            if name in _MARKS:
                yield "", ("-" if tag["close"] else "+") + _MARKS[name], ""
            else:
                yield " ", "break" if name == "br" else "", ""
        elif t.type == "code_inline":
            yield t.content, "code", ""
        elif t.type == "image":
            yield f"![{t.content}]({t.attrs.get('src', '')})", "", ""
        elif kind == "link" and edge == "open":
            shown = bool(href) and not href.startswith("#") and not _SAFE.match(href)  # ftp:, ../other.md as they stand
            literal.append(f"]({href})" if shown else "")
            yield "[" if shown else "", "+link", href
        elif kind == "link" and edge == "close":
            yield "", "-link", ""
            yield literal.pop() if literal else "", "", ""
        elif kind in ("em", "strong"):
            yield "", ("+" if edge == "open" else "-") + kind, ""
        elif t.type in ("softbreak", "hardbreak"):
            yield " ", "", ""
        else:
            yield t.content, "", ""

"""Text to Markdown: escaped, so that it shows what the minutes say; with its formatting, its links and its initials.

What comes out is CommonMark with inline HTML, the same to Python-Markdown and to GitHub.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from minutebook import names
from minutebook.model import Archive, Mark, Mention, Text
from minutebook.render.links import relative, safe
from minutebook.render.term_pages import term_page

_SIGNS = re.compile(r"([\\`*_\[\]|])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_START = re.compile(r"^(#|[+-](?=\s|$|-))")
_START_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_ATTRIBUTE = re.compile(r"[\\`*_\[\]()!|<>&\"{}~]")


@lru_cache(maxsize=65536)
def escape(text: str) -> str:
    """Text as Markdown that shows exactly this text, wherever in a line it stands."""
    text = _ENTITY.sub("&amp;", " ".join(text.split()))
    text = _SIGNS.sub(r"\\\1", text).replace("<", "&lt;").replace(">", "&gt;").replace("~", "&#126;")
    text = _START_NUMBER.sub(r"\1\\\2", _START.sub(r"\\\1", text))
    return "&#61;" + text[1:] if text.startswith("=") else text


def attribute(text: str) -> str:
    """Text as the value of an HTML attribute that no Markdown reader looks into."""
    return _ATTRIBUTE.sub(lambda m: f"&#{ord(m.group())};", " ".join(text.split()))


def raw(text: str) -> str:
    """Text for a place from which it is put into HTML as it is: only what would be a tag, or end an attribute, changes.

    "Standards & Testing" stays, for whoever reads the same place as text.
    """
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


_TAGS = ("em", "strong", "sup", "sub")
"""Formatting that is the same in HTML and, as inline HTML, in Markdown."""


def inline_html(text: Text, start: int = 0, end: int | None = None) -> str:
    """Text with its emphasis as HTML, for places where no Markdown is read."""
    end = len(text.plain) if end is None else end
    tags: list[tuple[int, int, str]] = []
    for m in text.marks:
        if m.kind in _TAGS and start <= m.start < m.end <= end:
            tags += [(m.start, 1, f"<{m.kind}>"), (m.end, 0, f"</{m.kind}>")]
    out, at = [], start
    for place, _, tag in sorted(tags, key=lambda t: (t[0], t[1])):
        out += [html.escape(text.plain[at:place], quote=False), tag]
        at = place
    return "".join([*out, html.escape(text.plain[at:end], quote=False)])


@dataclass(frozen=True)
class _Sign:
    """What stands for a stretch of text, or (between two places that are one) a tag."""

    start: int
    end: int
    markdown: str
    order: tuple[int, int] = (2, 0)


class Inline:
    """Writes running text for one page."""

    def __init__(self, archive: Archive, here: str, terms: str = "") -> None:
        """For the page at `here`; its terms are explained on the page at `terms`, or else in the glossary."""
        self.archive = archive
        self.here = here
        self.terms = terms

    def write(
        self, text: Text, mentions: Sequence[Mention] = (), start: int = 0, end: int | None = None, marked: str = ""
    ) -> str:
        """The text from `start` to `end` as Markdown, its mentions linked; those of the person `marked` are marked."""
        end = len(text.plain) if end is None else end
        while start < end and text.plain[start].isspace():
            start += 1
        out, at = [], start
        for sign in [*self._signs(text, mentions, start, end, marked), _Sign(end, end, "")]:
            piece = text.plain[at : sign.start]
            lead = " " if piece[:1].isspace() and at > start else ""
            trail = " " if piece[-1:].isspace() and piece.strip() else ""
            written = escape(piece) if at == start else _inner(piece)
            out.append(f"{lead}{written}{trail}" if piece.strip() else (" " if piece else ""))
            out.append(sign.markdown)
            at = sign.end
        return re.sub(r" {2,}", " ", "".join(out)).strip()

    def _signs(self, text: Text, mentions: Sequence[Mention], start: int, end: int, marked: str) -> list[_Sign]:
        """Everything in a stretch of text that is not plain, in order, none over another."""
        whole: list[_Sign] = []

        def free(a: int, b: int) -> bool:
            return start <= a <= b <= end and all(b <= s.start or s.end <= a for s in whole)

        for m in text.marks:
            if m.kind in ("link", "code", "break", "removed") and free(m.start, m.end):
                whole.append(_Sign(m.start, m.end, self._mark(text, m)))
        for x in mentions:
            if x.resolved and free(x.start, x.end):
                whole.append(_Sign(x.start, x.end, self._mention(x, marked)))
        tags: list[_Sign] = []
        for m in text.marks:
            apart = all(s.end <= m.start or m.end <= s.start or m.start <= s.start <= s.end <= m.end for s in whole)
            if m.kind in _TAGS and start <= m.start < m.end <= end and apart:
                # At one place what closes comes first, the inner before the outer; then what opens, the outer first.
                tags = [_Sign(m.end, m.end, f"</{m.kind}>", (0, -m.start)), *tags]
                tags.append(_Sign(m.start, m.start, f"<{m.kind}>", (1, -m.end)))
        return sorted([*tags, *whole], key=lambda s: (s.start, s.order))

    def _mark(self, text: Text, m: Mark) -> str:
        words = text.plain[m.start : m.end]
        if m.kind == "break":
            return "<br>"
        if m.kind == "removed":
            return f'<span class="mb-removed">{_inner(words)}</span>'
        if m.kind == "code":
            return f"<code>{attribute(words)}</code>"
        return f"[{_inner(words)}]({safe(m.href)})"

    def _mention(self, x: Mention, marked: str) -> str:
        words = _inner(x.text)
        if x.person:
            person = self.archive.person[x.person]
            if x.rule.startswith("initials"):
                words = f'<abbr title="{attribute(person.name)}">{words}</abbr>'
            if x.person == marked:
                return f"<mark>{words}</mark>"
            return f"[{words}]({relative(self.here, person.address)})"
        if x.organization:
            organization = self.archive.organization[x.organization]
            if x.rule == "acronym" and x.text != organization.name:
                words = f'<abbr title="{attribute(organization.name)}">{words}</abbr>'
            if x.organization == marked:
                return f"<mark>{words}</mark>"
            return f"[{words}]({relative(self.here, organization.address)})"
        # A link, as a title alone shows itself to a mouse only: neither to a finger nor to a keyboard.
        words = f'<abbr title="{attribute(x.term)}">{words}</abbr>'
        anchor = names.term_anchor(x.text)
        return f"[{words}]({relative(self.here, self.terms or term_page(self.archive, anchor), anchor)})"


def _inner(piece: str) -> str:
    """Text inside a line, where no sign can stand for a heading or a list."""
    return escape(f"x{piece.strip()}")[1:]

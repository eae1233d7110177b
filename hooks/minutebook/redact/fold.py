"""Text in the one form in which names are looked for, whatever a text was written as.

Small letters without accents, words parted by one space, and a comma or semicolon as a word of its own, so that
"Lee, Ann" is not "Lee Ann": `O&#39;Brien`, `O%E2%80%99Brien`, `O\\u2019Brien`, `o-brien` and `O'BRIEN` are all
"o brien".
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

# As HTML, addresses and JSON write what they do not write plainly.
_UNIT = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});|(?:%[0-9A-Fa-f]{2})+|\\u[0-9a-fA-F]{4}|\\[nrt\"/\\]"
)
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "þ": "th", "Þ": "th", "ı": "i"}
    | {"æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
)
"""Letters that Unicode does not take apart, as addresses spell them."""
_INVISIBLE = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]")
_BETWEEN = re.compile(r"[\W_]+")
_TAG = re.compile(r"<[/!?a-zA-Z][^<>]{0,2000}>")
_CUT = re.compile(r"(?<=\w)[-\u2010\u00ad][ \t]*(?:\r\n|\r|\n)[ \t>]*(?=\w)")
"""A hyphen at the end of a line, within a word."""
_POINT = re.compile(r"[\r\n]\s*[-*+\u2022\u2013]\s")
"""A new entry of a list: what stands before it is no part of what stands behind."""


def fold(text: str) -> str:
    """The whole text, folded, with a space at both ends."""
    for _ in range(2):  # what is JSON within HTML, or an address within either, is written so twice
        if "&" in text or "%" in text or "\\" in text:
            text = _UNIT.sub(lambda m: _decoded(m.group()), text)
    if "\n" in text:
        text = _POINT.sub(" ; ", text)
    return f" {_BETWEEN.sub(_gap, _letters(text)).strip()} "


def readings(text: str) -> Iterator[str]:
    """Every way in which a text may be read, folded: as it stands, without its tags, with cut words put together."""
    yield fold(text)
    if "<" in text:
        yield fold(_TAG.sub(" ", text))
        yield fold(_TAG.sub("", text))
    if _CUT.search(text):
        yield fold(_CUT.sub("", text))


@dataclass(frozen=True)
class Folded:
    """A folded text that knows where each of its characters stood."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the folded text stands in the text."""
        return self.starts[start], self.ends[end - 1]


def traced(text: str) -> Iterator[Folded]:
    """The same readings as `readings`, each with its places."""
    yield _traced(text, ())
    if "<" in text:
        yield _traced(text, ((_TAG, " "),))
        yield _traced(text, ((_TAG, ""),))
    if _CUT.search(text):
        yield _traced(text, ((_CUT, ""),))


def _traced(text: str, instead: tuple[tuple[re.Pattern[str], str], ...]) -> Folded:
    taken = {m.start(): (m.end(), _decoded(m.group())) for m in _UNIT.finditer(text)}
    for pattern, words in (*instead, (_POINT, " ; ")):
        taken |= {m.start(): (m.end(), words) for m in pattern.finditer(text)}
    out, starts, ends = [" "], [0], [0]
    gap, at = "", 0
    while at < len(text):
        end, chars = taken.get(at, (at + 1, text[at]))
        for c in _letters(chars):
            if c.isalnum():
                if gap:
                    for g in gap if len(out) > 1 else "":
                        out.append(g)
                        starts.append(at)
                        ends.append(at)
                    gap = ""
                out.append(c)
                starts.append(at)
                ends.append(end)
            else:
                gap = " , " if c in ",;" or gap == " , " else " "
        at = end
    return Folded("".join([*out, " "]), (*starts, len(text)), (*ends, len(text)))


def _gap(m: re.Match[str]) -> str:
    return " , " if "," in m.group() or ";" in m.group() else " "


def _letters(text: str) -> str:
    if text.isascii():
        return text.casefold()
    return _INVISIBLE.sub("", unicodedata.normalize("NFKD", text.translate(_LETTERS))).casefold()


def _decoded(unit: str) -> str:
    if unit[0] == "&":
        return html.unescape(unit)
    if unit[0] == "%":
        try:
            return unquote_to_bytes(unit).decode("utf-8")
        except UnicodeDecodeError:
            return unit
    return chr(int(unit[2:], 16)) if unit[1] == "u" else " "

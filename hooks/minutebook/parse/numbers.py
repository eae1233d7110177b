"""The number in front of a line: "3.", "3)", "3.2", "128/20", "Item 3:", "IV.", and its value to count by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutebook.lexicon import Lexicon, load

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_SIGNED = r"(?P<{0}>\d{{1,3}}(?:\.\d{{1,3}}){{0,3}})"


@dataclass(frozen=True)
class Number:
    """A printed number of business."""

    printed: str
    """As written, without the sign behind it and without a word in front ("Item")."""
    value: tuple[int, ...]
    """To count by; one figure a level."""
    style: str
    """`signed` ("3."), `bare` ("3 Title"), `word` ("Item 3"), `minute` ("128/20"), `roman`, `letter`."""
    end: int
    """Where the number and its sign end in the text."""


def read(text: str, lexicon: Lexicon) -> Number | None:
    """The number that a text begins with, and words behind it; None where it begins with none."""
    return _read(text[:60], lexicon.language)


@lru_cache(maxsize=65536)
def _read(head: str, language: str) -> Number | None:
    lexicon = load(language)
    for style, pattern in _patterns(lexicon):
        if m := pattern.match(head):
            printed = m["number"]
            return Number(printed, _value(printed, style), style, m.end())
    return None


def _value(printed: str, style: str) -> tuple[int, ...]:
    if style == "roman":
        values = [_ROMAN[c] for c in printed]
        return (sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)),)
    if style == "letter":
        return (ord(printed.upper()) - ord("A") + 1,)
    if style == "minute":
        first, second, *_ = re.split(r"[/.-]", printed.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ -"))
        # "128/20" counts in front of the year, "2020/128" and "20/128" behind it.
        if "." in first:
            return tuple(int(n) for n in first.split("."))
        front = len(second) in (2, 4) and not (len(first) == 4 and len(second) == 2) and int(first) < 1900
        return (int(first if front else second),)
    value = tuple(int(n) for n in printed.split("."))
    return value[:1] if value[1:] == (0,) else value  # "2.0" is the second, and "2.1" below it


def _patterns(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    if lexicon.language not in _COMPILED:
        words = lexicon.any_of("item_words")
        figure = _SIGNED.format("number")
        sign = r"(?:\s*[:.)–—]|\s+-)?\s+"
        _COMPILED[lexicon.language] = (
            ("word", re.compile(rf"{words}\s*(?:no\.?\s*|nr\.?\s*|n°\s*|#\s*)?{figure}{sign}(?=\S)", re.I)),
            (
                "minute",
                re.compile(
                    rf"{words}\s*(?:n[or]\.?\s*|n[°º]\s*|#\s*)?(?P<number>\d{{4}}[-/.]\d{{1,4}}){sign}(?=\S)", re.I
                ),
            ),
            (
                "minute",
                re.compile(
                    rf"(?:(?i:{words})\.?\s*)?(?:[A-Z]{{1,4}}[ /-]?)?"
                    r"(?P<number>\d{1,4}(?:\.\d{1,2})?/\d{2,4}|\d{2,4}-\d{1,3})(?:/\d{2,4})?[.:)]?\s+(?=\S)"
                ),
            ),
            ("minute", re.compile(r"(?P<number>[A-Z]{1,4}[ -]?\d{2,4}/\d{1,4})[.:)]?\s+(?=\S)")),
            ("signed", re.compile(rf"\(?{figure}\s?[.):°](?:\s*[–—-])?\s*(?=[^\W\d_]|[\"'“‘«(\[£$€])")),
            ("signed", re.compile(r"\(?(?P<number>\d{1,3}(?:\.\d{1,3}){1,3})\s+(?=[^\W\d_\"'“‘(]|\S)")),
            ("dash", re.compile(rf"{figure}\s+[–—-]\s+(?=\S)")),
            ("bare", re.compile(rf"{figure}\s+(?=[^\W\d_])")),
            ("roman", re.compile(r"(?P<number>[IVXL]{1,6})(?:[.):]|\s+[–—-](?=\s))\s+(?=\S)")),
            ("letter", re.compile(r"(?P<number>[A-Z])[.)]\s+(?=\S)")),
        )
    return _COMPILED[lexicon.language]


_COMPILED: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}

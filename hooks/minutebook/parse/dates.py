"""Dates and times as minutes print them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from minutebook.lexicon import Lexicon, load


@dataclass(frozen=True)
class Found:
    """A date in a text; `date` is None where the words name a day that no calendar has."""

    start: int
    end: int
    date: dt.date | None


@cache
def _forms(language: str) -> tuple[re.Pattern[str], ...]:
    month = rf"(?P<month>{'|'.join(sorted(map(re.escape, load(language).months), key=len, reverse=True))})\.?"
    day, year = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?", r"(?P<year>\d{4})"
    return tuple(
        re.compile(form, re.I)
        for form in (
            rf"\b{day}\s+(?:of\s+)?{month},?\s+{year}\b",
            rf"\b{month}\s+{day},?\s+{year}\b",
            r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b",
            r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})\b",
        )
    )


def find(text: str, lexicon: Lexicon) -> Iterator[Found]:
    """The dates in a text, in its order: "31st March 2022", "March 31, 2022", "2022-03-31", "31/03/2022"."""
    found = []
    for form in _forms(lexicon.language):
        for m in form.finditer(text):
            month = lexicon.months.get(m["month"].casefold()) or (int(m["month"]) if m["month"].isdigit() else 0)
            try:
                date = dt.date(int(m["year"]), month, int(m["day"]))
            except ValueError:
                date = None
            found.append(Found(m.start(), m.end(), date))
    yield from sorted(found, key=lambda f: f.start)


_TIME = r"(?P<h{0}>[01]?\d|2[0-3])(?:[:.](?P<m{0}>[0-5]\d))?\s*(?P<half{0}>[ap]\.?m\.?)?"


@cache
def _range(language: str) -> re.Pattern[str]:
    joins = load(language).any_of("time_joins")
    return re.compile(rf"(?<![\d.:]){_TIME.format(1)}(?:\s*{joins}\s*{_TIME.format(2)})?(?![\d:]|\.\d)", re.I)


def times(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, "HH:MM", "HH:MM" or "") of each time or range of times in a text.

    A number alone is no time: it needs minutes or am/pm. In "2-4pm" the first half is the second's.
    """
    for m in _range(lexicon.language).finditer(text):
        halves = m["half1"] or m["half2"], m["half2"]
        ranged = m["h2"] is not None
        dotted = "." in m.group() and not (ranged or m["half1"])  # "3.15" may be a room
        if dotted or not (m["m1"] or m["half1"] or (ranged and (m["m2"] or m["half2"]))):
            continue
        first = _clock(m["h1"], m["m1"], halves[0])
        second = _clock(m["h2"], m["m2"], halves[1]) if ranged else ""
        if second and not m["half1"] and m["half2"] and first > second:
            first = _clock(m["h1"], m["m1"], "am")
        yield m.start(), m.end(), first, second


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    h = int(hour)
    if half and h <= 12:
        h = h % 12 + (12 if half[0] in "pP" else 0)
    return f"{h:02}:{minute or '00'}"

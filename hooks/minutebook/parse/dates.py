"""Dates and times as minutes print them."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from minutebook.lexicon import Lexicon, alternatives, load


@dataclass(frozen=True)
class Found:
    """A date in a text; `date` is None where the words name a day that no calendar has, or give no year."""

    start: int
    end: int
    date: dt.date | None
    day: int = 0
    month: int = 0
    """Of a date without a year, which `Found.date` does not hold."""


@cache
def _forms(language: str) -> tuple[re.Pattern[str], ...]:
    lexicon = load(language)
    month = rf"(?P<month>{'|'.join(sorted(map(re.escape, lexicon.months), key=len, reverse=True))})\.?"
    # A scanned ordinal may have turned into a sign: "17™ May", "17\" April".
    day = rf"(?<![\d/.:-])(?P<day>\d{{1,2}})\s?(?:\^?{lexicon.any_of('ordinal_endings')}\^?|[™\"°*'’.º])?"
    # Of a range the first day counts: "12-14 May", "12 and 13 May".
    more = rf"(?:\s*(?:[-–/&]|{lexicon.any_of('range_joins')})\s*\d{{1,2}}(?:{lexicon.any_of('ordinal_endings')})?\.?)?"
    year = r"(?P<year>\d{4})(?!\d)"
    of = rf"(?:\s*{lexicon.any_of('date_joins')})?"
    return tuple(
        re.compile(form, re.I)
        for form in (
            rf"{day}{more}{of}[\s,]*\s*{month}(?:{of}[\s,]*{year}|,?\s+['’]?(?P<short>\d{{2}})(?![\d:.]|,?\s+\d{{4}}|\s*(?:[ap]\.?m|[:h])))",
            rf"\b{month}\s+(?P<day>\d{{1,2}})(?:{lexicon.any_of('ordinal_endings')})?{more},?\s+{year}",
            r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
            r"(?<![\d/.-])(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>\d{4})(?!\d)",
            r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<short>\d{2})(?![\d/.-])",
        )
    )


@cache
def _yearless(language: str) -> tuple[re.Pattern[str], ...]:
    lexicon = load(language)
    month = rf"(?P<month>{'|'.join(sorted(map(re.escape, lexicon.months), key=len, reverse=True))})(?![\w])"
    ordinal = lexicon.any_of("ordinal_endings")
    of = rf"(?:\s*{lexicon.any_of('date_joins')})?"
    return (
        re.compile(rf"(?<![\d/.:-])(?P<day>\d{{1,2}})\s?(?:{ordinal}|\.)?{of}\s+{month}", re.I),
        re.compile(rf"\b{month}\.?\s+(?P<day>\d{{1,2}})(?:{ordinal})?(?![\d:.]\d)", re.I),
        re.compile(r"(?<![\d/.:-])(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.(?!\d)"),
    )


def find(text: str, lexicon: Lexicon, *, yearless: bool = False, american: bool = False) -> Iterator[Found]:
    """The dates in a text, in its order: "31st March 2022", "March 31, 2022", "2022-03-31", "31/03/2022", "31.3.22".

    `yearless` adds days without a year; `american` reads 3/4/2022 as the fourth of March.
    """
    found: list[Found] = []
    for form in _forms(lexicon.language):
        for m in form.finditer(text):
            groups = m.groupdict()
            named = lexicon.months.get(m["month"].casefold())
            month, day = named or (int(m["month"]) if m["month"].isdigit() else 0), int(m["day"])
            year = int(groups["year"]) if groups.get("year") else _CENTURY[int(m["short"]) >= 69] + int(m["short"])
            if not named and "/" in m.group() and (month > 12 >= day or (american and day <= 12)):
                month, day = day, month
            try:
                date = dt.date(year, month, day)
            except ValueError:
                date = None
            if not any(f.start < m.end() and m.start() < f.end for f in found):
                found.append(Found(m.start(), m.end(), date))
    if yearless:
        for form in _yearless(lexicon.language):
            for m in form.finditer(text):
                named = lexicon.months.get(m["month"].casefold())
                month, day = named or int(m["month"]), int(m["day"])
                if (
                    1 <= month <= 12
                    and 1 <= day <= 31
                    and not any(f.start < m.end() and m.start() < f.end for f in found)
                ):
                    found.append(Found(m.start(), m.end(), None, day, month))
    yield from sorted(found, key=lambda f: f.start)


_CENTURY = {False: 2000, True: 1900}
"""Years of two digits, as POSIX reads them: 69 to 99 are of the last century
(https://pubs.opengroup.org/onlinepubs/9799919799/functions/strptime.html)."""


def in_year(found: Found, year: int) -> dt.date | None:
    """A date without a year in a year; None where that year has no such day."""
    try:
        return dt.date(year, found.month, found.day)
    except ValueError:
        return None


# --- times

_TIME = (
    r"(?P<h{0}>[01]?\d|2[0-4])(?:\s?(?:[:.]|h|{1})\s?(?P<m{0}>[0-5]\d)(?!\d))?"
    r"(?:\s*(?P<half{0}>{2}\b\.?)|\s?(?P<hour{0}>{1})(?!\w))?"
)


@cache
def _range(language: str) -> re.Pattern[str]:
    lexicon = load(language)
    joins, hours = lexicon.any_of("time_joins"), lexicon.any_of("hour_words")
    halves = lexicon.any_of("half_days")
    first, second = (_TIME.replace("{0}", n).replace("{1}", hours).replace("{2}", halves) for n in "12")
    zone = r"(?:\s*\(?(?-i:UTC|GMT|[A-Z]{2,4}T)\)?)?,?"
    return re.compile(rf"(?<![\d.:/£$€-]){first}(?:{zone}\s*{joins}\s*{second})?(?![\d:/%]|\.\d)", re.I)


def times(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, "HH:MM", "HH:MM" or "") of each time or range of times in a text.

    A number alone is no time: it needs minutes, am/pm or a word for hours. In "2-4pm" the first half is the second's.
    """
    words = lexicon.mapping("clock_words")
    found = []
    for m in _range(lexicon.language).finditer(text):
        halves = m["half1"] or m["half2"], m["half2"]
        ranged = m["h2"] is not None
        marked = m["half1"] or m["hour1"] or m["half2"] or m["hour2"]
        zoned = re.match(r"\s*\(?(?:UTC|GMT|[A-Z]{2,4}T)\b", text[m.end() : m.end() + 8])
        dotted = "." in m.group() and not (ranged or marked or zoned)  # "3.15" may be a room
        if dotted or not (m["m1"] or marked or (ranged and m["m2"])):
            continue
        first = _clock(m["h1"], m["m1"], halves[0])
        second = _clock(m["h2"], m["m2"], halves[1]) if ranged else ""
        if second and not m["half1"] and m["half2"] and first > second:
            first = _clock(m["h1"], m["m1"], "am")
        found.append((m.start(), m.end(), first, second))
    for m in lexicon.pattern(r"\b(?:12\s+)?(?P<word><<clock_words>>)\b", re.I).finditer(text):
        found.append((m.start(), m.end(), words[m["word"].casefold()], ""))
    for m in lexicon.pattern(r"(?<!\d)(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)\s*(?:<<military_words>>)\b", re.I).finditer(
        text
    ):
        found.append((m.start(), m.end(), f"{m['h']}:{m['m']}", ""))
    yield from sorted(found)


def _clock(hour: str, minute: str | None, half: str | None) -> str:
    h = int(hour) % 24
    if half and h <= 12:
        h = h % 12 + (12 if half[0] in "pP" else 0)
    return f"{h:02}:{minute or '00'}"


# --- by when


def due(text: str, lexicon: Lexicon, met: dt.date | None, *, bare: bool = False) -> dt.date | None:
    """The date by which something is to be done, where a text gives one: "by 3 March", "by the end of May".

    What has no year is the first such day after the meeting. `bare`: the text is nothing but the date.
    """
    words = rf"(?:^|\b){lexicon.any_of('due_words')}\s+" if not bare else r"^"
    for m in re.finditer(words, text, re.I):
        rest = text[m.end() : m.end() + 48]
        rest = lexicon.pattern(r"^(?:<<articles>>|<<weekdays>>)[\s,]+", re.I).sub("", rest)
        first = next(find(rest, lexicon, yearless=True), None)
        if first and not rest[: first.start].strip(" ,:"):
            return first.date or (_after(met, first.month, first.day) if met else None)
        if end := re.match(
            rf"{lexicon.any_of('end_of')}\s+(?P<month>{alternatives(lexicon.months)})\b(?:\s+(?P<year>\d{{4}}))?",
            rest,
            re.I,
        ):
            month = lexicon.months[end["month"].casefold()]
            if end["year"]:
                return dt.date(int(end["year"]), month, calendar.monthrange(int(end["year"]), month)[1])
            return _after(met, month, 0) if met else None
    return None


_AHEAD = 340
"""Days: a day without a year that would be further off has rather just gone by, in the weeks before the meeting."""


def _after(met: dt.date, month: int, day: int) -> dt.date | None:
    """The first such day (0: the month's last) on or after the meeting; None where it has just gone by."""
    for year in (met.year, met.year + 1):
        try:
            date = dt.date(year, month, day or calendar.monthrange(year, month)[1])
        except ValueError:
            continue
        if date >= met:
            return date if (date - met).days <= _AHEAD else None
    return None

"""Ids that stay, and moments: what feeds and calendars need of a meeting, made from its content alone.

No clock is asked: the same minutes give the same bytes, whenever and wherever the site is built.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from functools import lru_cache
from zoneinfo import ZoneInfo

from minutebook import lexicon
from minutebook.model import EditorialNote, Meeting, ResolvedAction, Settings

_NAMESPACE = uuid.UUID("2753f796-a02b-402b-ae91-8a6c958a4fbb")
"""Ours, drawn once (RFC 9562, section 5.5). Another one would change every id that feed readers and calendars keep."""

ZONED = range(1970, 2101)
"""Years in which a zone is used. The IANA database vouches for none before 1970 (its file `theory.html`), and what laws
will say of summer time in the far future nobody knows."""


def permanent(id_: str) -> uuid.UUID:
    """The UUID of something with a permanent id ("harbour-forum/2021-05-04/action-4"), wherever the site stands."""
    return uuid.uuid5(_NAMESPACE, id_)


def revised(m: Meeting) -> dt.date:
    """The day on which what is known of a meeting last changed: its own, or that of a later note or removal in it."""
    added = (_added(n, m.minutes.language or "en") for n in m.minutes.notes)
    return max([m.date, *(d for d in added if d), *removals(m)])


def followed(m: Meeting, a: ResolvedAction) -> dt.date:
    """The day of the latest news of an action; its meeting's where there is none."""
    return max([m.date, *(n.date for n in a.news), *removals(m)])


def removals(m: Meeting) -> list[dt.date]:
    """When names were removed from the minutes, which changes the words of what they say."""
    return [r.added for r in m.minutes.removed]


def _added(note: EditorialNote, language: str) -> dt.date | None:
    """When a note was added; the first of the month where it does not give the day."""
    found = re.fullmatch(r"(?:(?P<day>\d{1,2})\s+)?(?P<month>.+?)\.?\s+(?P<year>\d{4})", note.added.strip())
    month = lexicon.load(language).months.get(found["month"].casefold()) if found else None
    if not found or not month:
        return None
    try:
        return dt.date(int(found["year"]), month, int(found["day"] or 1))
    except ValueError:
        return None


def zone(day: dt.date, settings: Settings) -> ZoneInfo | None:
    """The zone that the times of a day are in; None where it is not known."""
    return _zone(settings.time_zone) if settings.time_zone and day.year in ZONED else None


@lru_cache(maxsize=8)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def midnight(day: dt.date, settings: Settings) -> dt.datetime:
    """The first moment of a day: in the site's zone, else in UTC."""
    start = dt.datetime.combine(day, dt.time(), zone(day, settings) or dt.UTC)
    # RFC 3339 writes offsets in whole minutes; a zone or two had seconds in theirs.
    return start.astimezone(dt.UTC) if (start.utcoffset() or dt.timedelta()).seconds % 60 else start


def begins(m: Meeting, settings: Settings) -> dt.date | dt.datetime:
    """When a meeting began: a day where no time is given, a local time without a zone where none is known."""
    return _at(m.date, m.minutes.start, settings) or m.date


def ends(m: Meeting, settings: Settings) -> dt.datetime | None:
    """When it ended, if both times are given; on the next day if it went past midnight."""
    start, end = _at(m.date, m.minutes.start, settings), _at(m.date, m.minutes.end, settings)
    if start is None or end is None or m.minutes.end == m.minutes.start:
        return None
    if m.minutes.end > m.minutes.start:
        return end
    return _at(m.date + dt.timedelta(days=1), m.minutes.end, settings) if m.date < dt.date.max else None


def _at(day: dt.date, time: str, settings: Settings) -> dt.datetime | None:
    if not re.fullmatch(r"(?:[01]\d|2[0-3]):[0-5]\d", time):
        return None
    return dt.datetime.combine(day, dt.time.fromisoformat(time), zone(day, settings))

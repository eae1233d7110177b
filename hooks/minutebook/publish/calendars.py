"""Calendars as RFC 5545 has them: every meeting, and every day on which an action is due. `icalendar` writes them.

A due action is an event of the whole day, and no VTODO: of the programs that people subscribe to calendars with, most
show events only. An event cannot be COMPLETED (section 3.8.1.11), so what is done says so in its title; what was
dropped, or has another in its place, is CANCELLED.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from icalendar import Calendar, Event, Timezone

from minutebook.model import Archive, Meeting, ResolvedAction, Settings
from minutebook.publish import feeds, sayings
from minutebook.publish.moments import begins, ends, followed, midnight, permanent, revised, zone
from minutebook.publish.sayings import clean, short

NAME = "meetings.ics"
ONE = "meeting.ics"
MEDIA_TYPE = "text/calendar"
MOST = 500
"""Meetings in a calendar, and due actions, the latest: programs fetch it again and again, and whole each time."""
_LINE = 100
_LINES = 5
"""Of the decisions, and of the actions, that a description gives: how much of each, and how many."""
_DESCRIPTION = 1000


@dataclass(frozen=True)
class Made:
    """An event as it stands in every calendar that holds it."""

    day: dt.date
    ical: bytes
    zoned: bool = False
    """Whether its times are in the site's zone."""


def files(archive: Archive, settings: Settings) -> dict[str, bytes]:
    """Path -> bytes of every calendar: of all meetings, of each body, of each meeting by itself."""
    made = _Calendars(archive, settings)
    out = {NAME: made.of(archive.meetings, settings.site_name, NAME)}
    for part, meetings in feeds.bodies(archive).items():
        path = f"meetings/{part}/{NAME}"
        out[path] = made.of(meetings, sayings.body(archive, meetings[0]), path)
    for m in archive.meetings:
        out[m.address + ONE] = made.alone(m)
    return out | feeds.moved(archive, out, NAME) | feeds.moved(archive, out, ONE)


@dataclass(frozen=True)
class _Calendars:
    archive: Archive
    settings: Settings
    _zones: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def of(self, meetings: Sequence[Meeting], name: str, path: str) -> bytes:
        """The calendar of some meetings, newest first, and of what is due from them, the latest due first."""
        due = sorted((d for m in meetings for d in self.due[m.id]), key=lambda d: d.day, reverse=True)
        held = [self.events[m.id] for m in meetings[:MOST]]
        return self._calendar([*held, *due[:MOST]], clean(name), path)

    def alone(self, m: Meeting) -> bytes:
        """A calendar with nothing but one meeting, to be put into somebody's own."""
        return self._calendar([self.events[m.id]])

    @cached_property
    def events(self) -> dict[str, Made]:
        """Id of a meeting -> its event; made once, as three calendars hold it."""
        return {m.id: self._meeting(m) for m in self.archive.meetings}

    @cached_property
    def due(self) -> dict[str, list[Made]]:
        """Id of a meeting -> the events of its actions that are due on a day."""
        return {m.id: [self._due(m, a) for a in sayings.actions(m) if a.action.due] for m in self.archive.meetings}

    def _calendar(self, made: Sequence[Made], name: str = "", path: str = "") -> bytes:
        calendar = Calendar()
        calendar.add("prodid", "-//Minutebook//Minutebook//EN")
        calendar.add("version", "2.0")
        if name:  # one to subscribe to: RFC 7986, sections 5.1, 5.7 and 5.8; X- is what programs read before
            calendar.add("name", name)
            calendar.add("x-wr-calname", name)
            calendar.add("refresh-interval", dt.timedelta(days=1), parameters={"VALUE": "DURATION"})
            if self.settings.site_url:
                calendar.add("source", self.settings.site_url + path, parameters={"VALUE": "URI"})
        # The parts are put between its first and its last line as they are: each is written once.
        head, end, _ = calendar.to_ical().rpartition(b"END:VCALENDAR")
        parts = [self._zone([m.day for m in made if m.zoned]), *(m.ical for m in made)]
        return b"".join([head, *parts, end, b"\r\n"])

    def _zone(self, days: Sequence[dt.date]) -> bytes:
        """The VTIMEZONE for the years of some days (RFC 5545, section 3.6.5); nothing where there is none."""
        known = zone(max(days), self.settings) if days else None
        if known is None:
            return b""
        years = min(days).year, max(days).year
        if years not in self._zones:
            # From the end of the year before: a meeting that goes on past midnight ends in the next.
            first, last = dt.date(years[0] - 1, 12, 31), dt.date(years[1] + 1, 1, 2)
            self._zones[years] = Timezone.from_tzinfo(known, self.settings.time_zone, first, last).to_ical()
        return self._zones[years]

    def _meeting(self, m: Meeting) -> Made:
        event = self._event(m.id, sayings.body(self.archive, m), revised(m), m.address)
        event.add("dtstart", begins(m, self.settings))
        if end := ends(m, self.settings):
            event.add("dtend", end)
        if m.minutes.place:
            event.add("location", clean(m.minutes.place))
        event.add("description", self._about(m))
        event.add("categories", [sayings.body(self.archive, m)])
        ical = event.to_ical()
        return Made(m.date, ical, b"\r\nDTSTART;TZID=" in ical)  # times in UTC name no zone

    def _due(self, m: Meeting, a: ResolvedAction) -> Made:
        assert a.action.due
        id_, owners = f"{m.id}/action-{a.number}", sayings.called(m, a.owners)
        words = short(f"{owners}: {a.action.text}" if owners else a.action.text, _LINE)
        title = f"{'Due' if a.is_open else sayings.STATES[a.status].capitalize()}: {words}"
        event = self._event(id_, title, followed(m, a), f"{m.address}#action-{a.number}")
        event.add("dtstart", a.action.due)
        event.add("transp", "TRANSPARENT")  # nobody is busy for it
        if a.status in ("dropped", "superseded"):
            event.add("status", "CANCELLED")
        told = [
            short(a.action.text, _DESCRIPTION),
            f"Owner: {owners}" if owners else "No owner is named",
            f"Set by {sayings.body(self.archive, m)} on {sayings.day(m.date)}",
            f"How it stands: {sayings.STATES[a.status]}",
            *(f"{sayings.day(n.date)}: “{short(n.text, 3 * _LINE)}”" for n in a.news[-1:]),
        ]
        event.add("description", "\n".join(told))
        return Made(a.action.due, event.to_ical())

    def _event(self, id_: str, title: str, changed: dt.date, address: str) -> Event:
        """An event with what every one has. DTSTAMP says when it was last revised (RFC 5545, section 3.8.7.2)."""
        event = Event()
        event.add("uid", str(permanent(id_)))  # RFC 7986, section 5.3
        event.add("dtstamp", midnight(changed, self.settings).astimezone(dt.UTC))
        event.add("summary", clean(title))
        if self.settings.site_url:  # a calendar has nothing that an address could start from
            event.add("url", self.settings.site_url + address)
        return event

    def _about(self, m: Meeting) -> str:
        """What came of a meeting, in a few lines."""
        decided = [short(d.decision.text, _LINE) for d in m.decisions]
        actions = sayings.actions(m)
        to_do = [short(f"{sayings.called(m, a.owners) or 'nobody named'}: {a.action.text}", _LINE) for a in actions]
        parts = [
            f"Chair: {', '.join(map(clean, m.minutes.chair))}" if m.minutes.chair else "",
            f"Business: {short('; '.join(sayings.business(m)), 3 * _LINE)}" if m.items else "",
            *_some("Decided", decided),
            *_some("To do", to_do),
        ]
        whole = "\n".join(filter(None, parts))
        return whole if len(whole) <= _DESCRIPTION else whole[: _DESCRIPTION - 1].rpartition("\n")[0] + "\n…"


def _some(heading: str, lines: Sequence[str]) -> Iterable[str]:
    if lines:
        more = f" (the first {_LINES} of {len(lines)})" if len(lines) > _LINES else ""
        yield f"{heading}{more}:"
        yield from (f"- {line}" for line in lines[:_LINES])

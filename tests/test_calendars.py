"""Calendars, read back by `icalendar`: when meetings are, in which zone, and what is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event

from minutebook import build, cli, settings
from minutebook.model import Action, Archive, News, Settings
from minutebook.publish import calendars
from minutebook.publish.moments import permanent
from tests.archives import make, minutes
from tests.harbour import HOSTILE, JULY, JUNE, MAY, MEETINGS, SPRING

SITE = "https://minutes.example/repo/"
SETTINGS = Settings("Harbour Forum", site_url=SITE)
LONDON = replace(SETTINGS, time_zone="Europe/London")
BODY = "meetings/harbour-forum/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> build.Site:
    return make(tmp_path_factory.mktemp("m"), MEETINGS, LONDON)


def read(files: Mapping[str, bytes], path: str) -> Calendar:
    """A calendar, as it is written: lines of at most 75 bytes that end with CR LF (RFC 5545, section 3.1)."""
    data = files[path]
    assert data.endswith(b"END:VCALENDAR\r\n") and data.count(b"\n") == data.count(b"\r\n")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar) and not calendar.errors
    assert not any(e.errors for e in calendar.events)
    return calendar


def events(files: Mapping[str, bytes], path: str) -> dict[str, Event]:
    """Summary -> event."""
    return {str(e["summary"]): e for e in read(files, path).events}


def meeting(folder: Path, head: str, settings: Settings = LONDON) -> Event:
    """The event of a meeting whose front matter holds `head`."""
    text = f"---\nbody: Pier Board\n{head}\n---\n" + minutes("The tide came.")
    site = make(folder, {"pier/minutes.md": text}, settings)
    [event] = read(site.files, "meetings.ics").events
    return event


# --- meetings ---


def test_there_is_a_calendar_of_all_of_each_body_and_of_each_meeting(tmp_path: Path) -> None:
    files = make(tmp_path, {**MEETINGS, "board/2021-06-01.txt": JUNE}, LONDON).files
    assert {path for path in files if path.endswith(".ics")} == {
        "meetings.ics",
        f"{BODY}meetings.ics",
        "meetings/northport-schools-board/meetings.ics",
        f"{BODY}2021-05-04/meeting.ics",
        f"{BODY}2021-07-06/meeting.ics",
        "meetings/northport-schools-board/2021-06-01/meeting.ics",
    }
    whole, body = read(files, "meetings.ics"), read(files, f"{BODY}meetings.ics")
    assert whole["x-wr-calname"] == whole["name"] == body["name"] == "Harbour Forum"
    assert whole["source"] == f"{SITE}meetings.ics" and body["source"] == f"{SITE}{BODY}meetings.ics"
    assert [len(c.events) for c in (whole, body, read(files, f"{BODY}2021-07-06/meeting.ics"))] == [4, 3, 1]


def test_a_meeting_says_when_where_and_what_came_of_it(site: build.Site) -> None:
    [event] = read(site.files, f"{BODY}2021-05-04/meeting.ics").events
    zone = ZoneInfo("Europe/London")
    assert event["summary"] == "Harbour Forum"
    assert event.start == dt.datetime(2021, 5, 4, 10, 0, tzinfo=zone)
    assert event.end == dt.datetime(2021, 5, 4, 11, 30, tzinfo=zone)
    assert event["dtstart"].params["TZID"] == "Europe/London"
    assert event["location"] == "Customs House, Northport"
    assert event["url"] == f"{SITE}{BODY}2021-05-04/"
    assert event["description"].splitlines() == [
        "Chair: Ann Lee",
        "Business: 1. Welcome; 2. Night sailings; 3. Charts",
        "Decided:",
        "- Night sailings go on until September.",
        "To do:",
        "- Bo Ray: BR to write to the Tidewater Trust about lights.",
        "- Guild of Pilots: The Guild of Pilots is to count its night pilots.",
    ]
    # When it was last revised: by a note of March 2023, which is the content's, and no clock's.
    assert event["dtstamp"].dt == dt.datetime(2023, 3, 1, tzinfo=dt.UTC)
    assert event["uid"] == str(permanent("harbour-forum/2021-05-04"))


def test_a_program_that_knows_no_zones_finds_them_in_the_calendar(tmp_path: Path) -> None:
    days = {"2020-12-31": 0, "2021-03-27": 0, "2021-03-28": 1, "2021-07-01": 1, "2021-10-31": 0, "2022-06-01": 1}
    texts = {f"pier/{d}.md": f"---\nbody: Pier\nstart: '12:00'\nend: '12:30'\n---\n{minutes('Tide.')}" for d in days}
    calendar = read(make(tmp_path, texts, LONDON).files, "meetings.ics")
    [zone] = calendar.timezones
    known = zone.to_tz(lookup_tzid=False)  # made from the calendar alone
    for event in calendar.events:
        local = event.start.replace(tzinfo=None)
        hours = days[str(local.date())]
        assert known.utcoffset(local) == event.start.utcoffset() == dt.timedelta(hours=hours), local


def test_a_meeting_in_the_night_of_summer_time_lasts_as_long_as_it_did(tmp_path: Path) -> None:
    event = meeting(tmp_path, 'date: 2021-03-28\nstart: "00:30"\nend: "02:30"')
    start, end = (event[key].dt.astimezone(dt.UTC) for key in ("dtstart", "dtend"))
    assert (start.hour, end.hour) == (0, 1) and end - start == dt.timedelta(hours=1)


def test_a_meeting_past_midnight_ends_on_the_next_day(tmp_path: Path) -> None:
    event = meeting(tmp_path, 'date: 2021-12-31\nstart: "22:00"\nend: "00:15"')
    assert event.end == dt.datetime(2022, 1, 1, 0, 15, tzinfo=ZoneInfo("Europe/London"))


def test_a_meeting_without_an_end_has_none(tmp_path: Path) -> None:
    event = meeting(tmp_path, 'date: 2021-12-31\nstart: "22:00"')
    assert event["dtstart"].dt.hour == 22 and "dtend" not in event


def test_a_meeting_without_times_takes_a_day(tmp_path: Path) -> None:
    event = meeting(tmp_path, "date: 2021-12-31")
    assert event["dtstart"].dt == dt.date(2021, 12, 31) and "dtend" not in event
    assert event["dtstart"].params["VALUE"] == "DATE"


@pytest.mark.parametrize(
    "zone, year", [("", 2021), ("Europe/London", 1921), ("Europe/London", 9999)], ids=["none", "before zones", "typo"]
)
def test_without_a_zone_that_holds_times_are_those_of_whoever_looks(tmp_path: Path, zone: str, year: int) -> None:
    head = f'date: {year}-12-31\nstart: "22:00"\nend: "00:15"'
    site = make(
        tmp_path, {"a.md": f"---\nbody: Pier\n{head}\n---\n{minutes('Tide.')}"}, replace(LONDON, time_zone=zone)
    )
    calendar = read(site.files, "meetings.ics")
    assert calendar.events[0].start == dt.datetime(year, 12, 31, 22, 0)
    assert calendar.events[0].start.tzinfo is None and not calendar.timezones
    assert ("dtend" in calendar.events[0]) == (year < 9999)  # there is no day after that one


def test_a_zone_that_is_utc_needs_no_table(tmp_path: Path) -> None:
    text = f"---\nbody: Pier\ndate: 2021-07-01\nstart: '12:00'\n---\n{minutes('Tide.')}"
    calendar = read(make(tmp_path, {"a.md": text}, replace(LONDON, time_zone="UTC")).files, "meetings.ics")
    assert calendar.events[0].start == dt.datetime(2021, 7, 1, 12, tzinfo=dt.UTC) and not calendar.timezones


def test_without_an_address_of_the_site_there_are_no_addresses(site: build.Site) -> None:
    files = calendars.files(site.archive, replace(LONDON, site_url=""))
    calendar = read(files, "meetings.ics")
    assert "source" not in calendar and all("url" not in e for e in calendar.events)


# --- what is due ---


def test_a_due_action_is_a_day_of_its_own(site: build.Site) -> None:
    event = events(site.files, f"{BODY}meetings.ics")["Due: Dan Okoro: DO to fix the lamps by 30 July 2021."]
    assert event["dtstart"].dt == dt.date(2021, 7, 30)
    assert event["transp"] == "TRANSPARENT" and "status" not in event
    assert event["url"] == f"{SITE}{BODY}2021-07-06/#action-1"
    assert event["uid"] == str(permanent("harbour-forum/2021-07-06/action-1"))
    assert event["description"].splitlines()[1:] == [
        "Owner: Dan Okoro",
        "Set by Harbour Forum on 6 July 2021",
        "How it stands: not heard of since",
    ]


def with_action(archive: Archive, state: str = "", **changes: str) -> Archive:
    """The archive, in which the action of July was heard of."""
    july, may = archive.meetings
    [action] = july.actions
    news = (News(dt.date(2021, 9, 1), state, "the lamps burn", "", by=""),) if state else ()
    return replace(archive, meetings=(replace(july, actions=(replace(action, news=news, **changes),)), may))


@pytest.mark.parametrize(
    "state, title, status",
    [
        ("reported", "Due: ", None),
        ("carried_forward", "Due: ", None),
        ("done", "Done: ", None),
        ("dropped", "Dropped: ", "CANCELLED"),
        ("superseded", "Superseded: ", "CANCELLED"),
    ],
)
def test_a_due_action_says_how_it_stands(site: build.Site, state: str, title: str, status: str | None) -> None:
    files = calendars.files(with_action(site.archive, state), LONDON)
    [event] = [e for name, e in events(files, "meetings.ics").items() if "lamps" in name]
    assert event["summary"].startswith(f"{title}Dan Okoro: DO to fix the lamps")
    assert event.get("status") == status
    assert event["description"].splitlines()[-1] == "1 September 2021: “the lamps burn”"
    assert event["dtstamp"].dt == dt.datetime(2021, 8, 31, 23, tzinfo=dt.UTC)  # midnight in London


def test_an_action_that_is_only_printed_again_is_due_once(site: build.Site) -> None:
    files = calendars.files(with_action(site.archive, restates="harbour-forum/2021-05-04/action-1"), LONDON)
    assert [str(e["summary"]) for e in read(files, "meetings.ics").events] == ["Harbour Forum"] * 2


# --- that they stay as they are, and small ---


def test_an_event_changes_only_when_its_meeting_does(tmp_path: Path) -> None:
    def parts(site: build.Site) -> dict[str, bytes]:
        found = site.files["meetings.ics"].split(b"BEGIN:VEVENT")[1:]
        return {x.split(b"UID:")[1][:36].decode(): x.partition(b"END:VEVENT")[0] for x in found}

    before = parts(make(tmp_path, MEETINGS, LONDON))
    later = {
        "forum/2021-07-06.md": JULY.replace("11:00", "11:20"),
        "forum/2021-03-01.txt": SPRING,
        "board/2021-06-01.txt": JUNE,
    }
    after = parts(make(tmp_path, later, LONDON))
    assert before.keys() < after.keys() and len(after) == 5
    assert [uid for uid in before if before[uid] != after[uid]] == [str(permanent("harbour-forum/2021-07-06"))]


def test_a_calendar_holds_the_latest_meetings(site: build.Site) -> None:
    july, may = site.archive.meetings
    due = replace(july.actions[0].action, due=dt.date(2030, 1, 1))
    assert isinstance(due, Action)
    many = [
        replace(july, id=f"harbour-forum/{day}", date=day, actions=july.actions * 2)
        for day in (dt.date(2029, 12, 31) - dt.timedelta(days=n) for n in range(calendars.MOST + 20))
    ]
    data = calendars.files(replace(site.archive, meetings=(*many, may)), LONDON)["meetings.ics"]
    starts = [e.start for e in Calendar.from_ical(data).events]
    assert len(starts) == 2 * calendars.MOST
    assert min(x.date() for x in starts if isinstance(x, dt.datetime)) == many[calendars.MOST - 1].date


def test_long_minutes_make_a_short_description(tmp_path: Path) -> None:
    actions = "\n\n".join(f"Action: BR to count boats, of the {n}th kind, {'and others ' * 30}" for n in range(40))
    site = make(tmp_path, {"forum/a.txt": MAY.replace("Action: BR to", f"{actions}\n\nAction: BR to")}, LONDON)
    [event] = read(site.files, f"{BODY}2021-05-04/meeting.ics").events
    assert "To do (the first 5 of 42):" in event["description"] and len(event["description"]) <= 1000


def test_what_minutes_say_stays_text(tmp_path: Path) -> None:
    broken = '---\nplace: "Pier\\r\\nATTACH:https://harm.example/x\\nEND:VEVENT, a;b"\n---\n' + MAY
    site = make(tmp_path, {**HOSTILE, "forum/a.md": broken}, LONDON)
    for path in (p for p in site.files if p.endswith(".ics")):
        for event in read(site.files, path).events:
            assert not {"attach", "alarm", "attendee", "organizer"} & {key.lower() for key in event}
    [event] = read(site.files, f"{BODY}2021-05-04/meeting.ics").events
    assert event["location"] == "Pier ATTACH:https://harm.example/x END:VEVENT, a;b"


def test_a_zone_that_there_is_not_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("extra:\n  minutebook:\n    time_zone: London\n", "utf-8")
    assert cli.main(["check"]) == 2
    wrong = "extra.minutebook.time_zone: “London” is no time zone; one is called “Europe/London”."
    assert wrong in capsys.readouterr().err
    (tmp_path / "mkdocs.yml").write_text("extra:\n  minutebook:\n    time_zone: Europe/Paris\n", "utf-8")
    assert settings.load().time_zone == "Europe/Paris"

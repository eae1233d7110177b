"""Front matter: what a person wrote above the minutes stands above what was read from them.

A known key with a wrong value is an error with its line; a key that nobody knows is kept, and noted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from minutebook import names
from minutebook.diagnostics import ERROR, NOTE
from minutebook.model import Attendance, SourceRef
from minutebook.parse.draft import Draft

STATUSES = ("draft", "approved", "corrected")
ATTENDANCES = ("present", "in_attendance", "apologies", "absent")
FROM_THE_TEXT = ("items", "actions", "decisions")
"""Keys of a meeting's record that stand for places in the text, and so can only be changed there."""


def apply(draft: Draft) -> Draft:
    """The draft with its front matter applied."""
    for key, value in draft.document.front_matter.items():
        line = draft.document.front_matter_lines.get(key, 1)
        if key in KNOWN:
            reader, wanted = KNOWN[key]
            try:
                draft = draft.with_(**reader(value, draft, line))
            except (ValueError, TypeError, KeyError, AttributeError):
                draft = draft.say(
                    "front-matter-value",
                    ERROR,
                    line,
                    f"The value of “{key}” cannot be used: {value!r}.",
                    f"Write {wanted}.",
                )
        elif key in FROM_THE_TEXT:
            draft = draft.say(
                "front-matter-key", NOTE, line, f"“{key}” in front matter changes nothing: the text itself says it."
            )
        else:
            draft = draft.say(
                "front-matter-key",
                NOTE,
                line,
                f"“{key}” in front matter means nothing here; it is kept in the page's data.",
            )
    return draft


def _date(value: object, draft: Draft, line: int) -> Mapping[str, object]:
    # With a time of day it is the stamp of whatever system published the file, and gives way to the minutes' own date.
    date, stamp = dt.date.fromisoformat(str(value)[:10]), len(str(value).strip()) > 10
    read = draft.minutes.date
    # So is a later one beside keys of such a system ("categories", "layout").
    foreign = any(k not in KNOWN and k not in FROM_THE_TEXT for k in draft.document.front_matter)
    published = stamp or (foreign and read is not None and read != date)
    return {} if published and read else {"date": date}


def _time(key: str) -> Callable[[object, Draft, int], Mapping[str, object]]:
    def read(value: object, draft: Draft, line: int) -> Mapping[str, object]:
        m = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?", str(value).strip())
        if not m:
            raise ValueError
        return {key: f"{int(m[1]):02}:{m[2]}"}

    return read


def _text(key: str) -> Callable[[object, Draft, int], Mapping[str, object]]:
    def read(value: object, draft: Draft, line: int) -> Mapping[str, object]:
        if not isinstance(value, str) or not value.strip():
            raise ValueError
        return {key: " ".join(value.split())}

    return read


def _status(value: object, draft: Draft, line: int) -> Mapping[str, object]:
    if value not in STATUSES:
        raise ValueError
    return {"status": value}


def _chair(value: object, draft: Draft, line: int) -> Mapping[str, object]:
    chairs = [value] if isinstance(value, str) else value
    if not isinstance(chairs, list) or not all(isinstance(c, str) and c.strip() for c in chairs):
        raise ValueError
    full = tuple(names.parse(c, draft.lexicon.language).full for c in chairs)
    entries = (replace(a, chair=a.name is not None and a.name.full in full) for a in draft.minutes.attendance)
    return {"chair": full, "attendance": tuple(entries)}


def _people(value: object, draft: Draft, line: int) -> Mapping[str, object]:
    if not isinstance(value, list):
        raise ValueError
    out = []
    for entry in value:
        if not isinstance(entry["name"], str):
            raise ValueError
        name = names.parse(entry["name"], draft.lexicon.language)
        status = entry.get("status", "present")
        if status not in ATTENDANCES or not name.full:
            raise ValueError
        words = {k: str(entry.get(k) or "") for k in ("role", "organization", "initials", "represented_by")}
        out.append(
            Attendance(
                name.printed,
                status,
                status.replace("_", " ").capitalize(),
                SourceRef(draft.document.path, line, line),
                name,
                chair=name.full in draft.minutes.chair,
                rule="front matter",
                **words,
            )
        )
    return {"attendance": tuple(out)}


Reader = Callable[[object, Draft, int], Mapping[str, object]]
KNOWN: Mapping[str, tuple[Reader, str]] = {
    "body": (_text("body"), "the name of the body that met"),
    "title": (_text("title"), "a text"),
    "date": (_date, "a date as 2022-03-31"),
    "start": (_time("start"), 'a time as "11:30"'),
    "end": (_time("end"), 'a time as "12:30"'),
    "place": (_text("place"), "a text"),
    "status": (_status, "draft, approved or corrected"),
    "chair": (_chair, "a name, or a list of names"),
    "people": (
        _people,
        "a list of entries with a name and, if you like, status, role, organization, initials, represented_by",
    ),
}

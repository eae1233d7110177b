"""What feeds and calendars say of a meeting in the same words: text, to be escaped by whoever writes it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from minutebook.model import (
    STATE_WORDS,
    Archive,
    Attendance,
    Decision,
    Meeting,
    Owner,
    ResolvedAction,
    ResolvedDecision,
)

STATES = {**STATE_WORDS, "new": "not heard of since"}
"""How an action stands, in a sentence."""
LISTS = {
    "present": "Present",
    "in_attendance": "In attendance",
    "apologies": "Apologies",
    "absent": "Absent",
}
"""Who was there, and who was not, in the order in which it is said."""

# XML 1.0, section 2.2: what may stand in a document at all. A calendar and a page lose nothing by it either.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Text in one line, with a sign in place of each character that XML cannot hold."""
    return _NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def short(text: str, most: int) -> str:
    """Clean text of at most so many characters, cut between words."""
    text = clean(text)
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(" ,;:.") + "…"


def day(date: dt.date) -> str:
    """A date in words: "3 May 2021"."""
    return f"{date.day} {date:%B} {date.year}"


def when(m: Meeting) -> str:
    """Day and times in words."""
    times = f", {m.minutes.start}" if m.minutes.start else ""
    return f"{m.date:%A} {day(m.date)}{times}" + (f" to {m.minutes.end}" if m.minutes.start and m.minutes.end else "")


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 action", "2 actions"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def actions(m: Meeting) -> list[ResolvedAction]:
    """The actions that a meeting set: without those that it only prints again."""
    return [a for a in m.actions if not a.restates]


def called(m: Meeting, owners: Sequence[Owner]) -> str:
    """Who is named, as the meeting's own roll call has them.

    So it stays the same when another meeting comes to the archive that calls them otherwise.
    """
    here = {p: a.name.full for a, p in zip(m.minutes.people, m.people, strict=True) if a.name} if owners else {}
    return ", ".join(clean(here.get(o.person, o.name)) for o in owners)


def item(m: Meeting, index: int | None) -> str:
    """An item's number and title: "3. Budget"; nothing outside of items."""
    if index is None:
        return ""
    found = m.items[index].item
    return clean(f"{found.number}. {found.title}" if found.number else found.title)


def business(m: Meeting) -> list[str]:
    """The items of a meeting that are not part of another."""
    return [item(m, i) for i, x in enumerate(m.items) if x.item.level == 1]


def in_brief(m: Meeting) -> str:
    """A meeting in a line: what came of it, and what it was about."""
    made = [count(len(actions(m)), "action")] if actions(m) else []
    made += [count(len(m.decisions), "decision")] if m.decisions else []
    return short(". ".join(filter(None, [", ".join(made), "; ".join(business(m))])), 300)


def voted(m: Meeting, d: ResolvedDecision) -> str:
    """Who moved, seconded and was elected, and how it went; nothing where the minutes do not say."""
    named = [
        f"{words} {called(m, owners)}"
        for words, owners in (("proposed by", d.movers), ("seconded by", d.seconders), ("elected:", d.elected))
        if owners
    ]
    return "; ".join([*named, *_outcome(d.decision)])


def _outcome(d: Decision) -> Iterator[str]:
    if d.result:
        yield clean(d.result)
    if d.votes and not any(c.isdigit() for c in d.result):
        figures = ((d.votes.in_favour, "in favour"), (d.votes.against, "against"), (d.votes.abstained, "abstained"))
        yield ", ".join(f"{n} {words}" for n, words in figures if n is not None)


def lists(m: Meeting) -> dict[str, list[str]]:
    """Who was present, in attendance ...: heading -> names as printed, groups and posts as they stand."""
    out: dict[str, list[str]] = {}
    for a in m.minutes.attendance:
        out.setdefault(LISTS[a.status], []).append(_listed(a))
    return {heading: out[heading] for heading in LISTS.values() if heading in out}


def _listed(a: Attendance) -> str:
    who = a.name.printed if a.name else a.removed or a.text
    return clean(f"{who} (represented by {a.represented_by})" if a.represented_by else who)


def body(archive: Archive, m: Meeting) -> str:
    """The name of the body that met."""
    return clean(archive.organization[m.body].name)

"""How an action stands, in words, and what says so; and how a vote went."""

from __future__ import annotations

from itertools import groupby

from minutebook.model import CLOSED, STATE_WORDS, Archive, News, ResolvedAction, Votes
from minutebook.render.links import relative
from minutebook.render.markdown import escape
from minutebook.render.page import count, day


def silence(a: ResolvedAction) -> str:
    """How long nothing was heard of an action that is open; empty where that is not so."""
    return f"silent for {count(a.silent_for, 'meeting')}" if a.is_open and a.silent_for else ""


def status(archive: Archive, a: ResolvedAction, here: str) -> str:
    """How an action stands and what says so, as Markdown for a cell: "done", and the day, which leads to the words."""
    said = [words(archive, a.evidence, here)] if a.evidence else []
    said += filter(None, [silence(a)])
    return STATE_WORDS[a.status] + (f"<br><small>{', '.join(said)}</small>" if said else "")


def standing(archive: Archive, a: ResolvedAction, here: str) -> tuple[str, str]:
    """(how an action stands, in one line; where the words stand that say so, or empty): "done 3 May 2021"."""
    if a.restates in archive.action:
        m, first = archive.action[a.restates]
        anchor = f"action-{first.number}"
        return f"given on {day(m.date)}, and printed again here", relative(here, m.address, anchor)
    n = a.evidence
    if n is None:
        return silence(a) or "no meeting since", ""
    said = ", ".join(filter(None, [f"{STATE_WORDS[a.status]} {day(n.date)}", silence(a)]))
    there = archive.meeting.get(n.meeting)
    return said, relative(here, there.address, n.anchor) if there else ""


def heard(archive: Archive, a: ResolvedAction, here: str) -> list[str]:
    """What was heard of an action, the earliest first, as Markdown with the words that say it.

    A log that is printed again at each meeting says one thing many times: of a run of the same words, or of words that
    say again that it has ended, the first are quoted and the last named.
    """
    out = []
    for _, run in groupby(a.news, key=lambda n: n.state if n.state in CLOSED else (n.state, n.text)):
        n, *again = run
        there = archive.meeting.get(n.meeting)
        said = f" “{escape(printed(n))}”" if n.text else ""
        source = "" if there else " <small>(from the register of this archive)</small>"
        times = f"The same {count(len(again), 'time')} more" if again else ""
        more = f" <small>{times}, last {_day(archive, again[-1], here)}.</small>" if again else ""
        how = f"{STATE_WORDS[n.state]}{instead(archive, n, here)}"
        out.append(f"{_day(archive, n, here)}: {how}.{said}{source}{more}")
    return out


def words(archive: Archive, n: News, here: str) -> str:
    """Where something was heard of an action, as Markdown: the day as a link, or the register's note."""
    note = f": {escape(n.text)}" if n.text and n.meeting not in archive.meeting else ""
    return f"{_day(archive, n, here)}{note}{instead(archive, n, here)}"


def _day(archive: Archive, n: News, here: str) -> str:
    """The day on which something was heard, as a link to the words."""
    there = archive.meeting.get(n.meeting)
    return f"[{day(n.date)}]({relative(here, there.address, n.anchor)})" if there else day(n.date)


def instead(archive: Archive, n: News, here: str) -> str:
    """The action that took the place of one that was superseded, as a link; empty where none is known."""
    if n.by not in archive.action:
        return ""
    m, a = archive.action[n.by]
    return f", by [a later one]({relative(here, m.address, f'action-{a.number}')})"


def printed(n: News) -> str:
    """The words of the minutes, or of the register, in one line: the cells of a table's row parted by points."""
    return " · ".join(part for part in (x.strip() for x in n.text.replace("\u2005", " ").split(" | ")) if part)


def votes(v: Votes | None) -> str:
    """Who voted how, in figures: "5 for, 2 against"."""
    if v is None:
        return ""
    given = ((v.in_favour, "for"), (v.against, "against"), (v.abstained, "abstained"))
    return ", ".join(f"{n} {how}" for n, how in given if n is not None)

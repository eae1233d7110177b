"""The life of an action: what the later meetings of its body say of it, and what somebody wrote into the register.

Nothing is guessed. A line speaks of an earlier action by a number that only this one can be meant by, or by its words;
where two can be meant it speaks of neither, and is reported. Only what a line says beside an action ends it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from minutebook.diagnostics import ERROR, NOTE, WARNING, Diagnostic
from minutebook.model import CLOSED, ActionEntry, Meeting, News, Report, ResolvedAction, paragraph_anchor
from minutebook.resolve.likeness import Known, like, words

_FRONT = 3
"""Signs that may stand before the first name of a report."""
_TABLE, _LIST = "a row of a table of actions", "a line of a list of actions"
"""Rules of actions in a list, which a body may carry from meeting to meeting."""
_ROW = "a row"
"""How the rules of reports begin that a table's row gave: its cell for the action holds the action, and no more."""

_SHORT_WORD = 3
"""Letters: words that are no longer name nothing."""


@dataclass
class Followed:
    """An action, and what was heard of it so far."""

    id: str
    place: int
    """Of its meeting among those of the body."""
    action: ResolvedAction
    said: tuple[str, ...]
    """The words to know it by."""
    news: list[News] = field(default_factory=list)

    @property
    def now(self) -> ResolvedAction:
        return replace(self.action, news=tuple(self.news))


def follow(meetings: Sequence[Meeting], entries: Iterable[ActionEntry]) -> tuple[list[Meeting], list[Diagnostic]]:
    """(the meetings with what became of their actions, what could not be told).

    `meetings` stand in the order of their dates; `entries` are those of `actions.yml`.
    """
    said = _Said(entries)
    series: dict[str, list[int]] = defaultdict(list)
    for i, m in enumerate(meetings):
        series[m.body].append(i)
    out, found = list(meetings), list[Diagnostic]()
    for places in series.values():
        one = _Series([meetings[i] for i in places], said)
        for i, m in zip(places, one.followed(), strict=True):
            out[i] = m
        found += one.found
    return out, [*found, *said.wrong(out)]


class _Said:
    """What the register says of actions."""

    def __init__(self, entries: Iterable[ActionEntry]) -> None:
        self.of: dict[str, list[ActionEntry]] = defaultdict(list)
        for e in sorted(entries, key=lambda e: (e.date, e.ref)):
            self.of[e.action].append(e)

    def joined(self, id_: str, news: Sequence[News]) -> tuple[News, ...]:
        """News from the minutes with the register's, by date; on one day the register has the last word.

        "New" takes back what was heard before: somebody knows that it did not mean this action.
        """
        out = list(news)
        for e in self.of.get(id_, ()):
            if str(e.date) < _day(id_):
                continue  # see `wrong`
            before = [n for n in out if n.date <= e.date]
            if e.status == "new":
                out = out[len(before) :]
                continue
            out.insert(len(before), News(e.date, e.status, e.note, "the register", ref=e.ref, by=e.by))
        return tuple(out)

    def wrong(self, meetings: Iterable[Meeting]) -> Iterable[Diagnostic]:
        """Entries for actions that there are not, or that only print an earlier one again."""
        if not self.of:
            return
        there = {f"{m.id}/action-{a.number}": a for m in meetings for a in m.actions}
        for id_, entries in self.of.items():
            for e in entries:
                for name in sorted({id_, e.by} - {""} - there.keys()):
                    yield _entry(e, f"There is no action “{name}”.", "Copy its id, or its address, from the site.")
                if e.by == id_:
                    yield _entry(e, f"“{id_}” cannot take its own place.", "Write behind “by:” which action did.")
                if id_ in there and str(e.date) < _day(id_):
                    message = f"“{id_}” was not yet given on {e.date}."
                    yield _entry(e, message, "Write the day since when it stands so; it was left out of account.")
                if id_ in there and (first := there[id_].restates):
                    yield _entry(e, f"“{id_}” only prints “{first}” again.", f"Write “action: {first}”.")


def _day(id_: str) -> str:
    """The day of the meeting that gave an action, of its id: "forum/2021-01-11-2/action-1" -> "2021-01-11"."""
    return "/".join(id_.split("/")[1:2])[:10]


def _entry(e: ActionEntry, message: str, hint: str) -> Diagnostic:
    return Diagnostic("register", ERROR, e.ref.path, e.ref.first_line, message, hint)


class _Series:
    """The meetings of one body, in the order of their dates."""

    def __init__(self, meetings: Sequence[Meeting], said: _Said) -> None:
        self.meetings, self.said = meetings, said
        self.found: list[Diagnostic] = []
        self.known = Known[Followed]()
        self.every: dict[str, Followed] = {}
        self.restated: dict[str, str] = {}
        self.dates = [m.date for m in meetings]
        self.numbers = set[str]()
        self.restarts = False
        """Whether this body has begun to count again, so that a number means little by itself."""

    def followed(self) -> list[Meeting]:
        """The meetings with what was heard of their actions."""
        for k, m in enumerate(self.meetings):
            news = [(r.block, self._meant(k, r), self._of_report(m, i, r)) for i, r in enumerate(m.minutes.reports)]
            own = [Followed(f"{m.id}/action-{a.number}", k, a, _own_words(a)) for a in m.actions]
            for f in own:
                first = self._restated(f)
                self.every[f.id] = f
                if first:
                    self.restated[f.id] = first.id
                if first or f.action.action.state in {*CLOSED, "carried_forward"}:
                    news.append((f.action.action.block, first or f, self._of_action(m, f, bool(first))))
            for f in own:
                if f.id not in self.restated:
                    number = f.action.action.number
                    self.known.add(f, f.said, number)
                    self.restarts |= number in self.numbers
                    self.numbers |= {number} - {""}
            for _, meant, one in sorted(news, key=lambda n: n[0]):
                if meant and not any((n.meeting, n.state) == (one.meeting, one.state) for n in meant.news):
                    meant.news.append(self._replaced(one, m))
        return [self._with(k, m) for k, m in enumerate(self.meetings)]

    def _with(self, k: int, m: Meeting) -> Meeting:
        out = []
        for a in m.actions:
            f = self.every[f"{m.id}/action-{a.number}"]
            first = self.restated.get(f.id, "")
            if first:
                out.append(replace(a, restates=first, silent_for=0))
                continue
            news = self.said.joined(f.id, _in_order(f.news))
            last = max([m.date, *(n.date for n in news)])
            since = max(k + 1, bisect_right(self.dates, last))
            out.append(replace(a, news=news, silent_for=len(self.dates) - since))
        return replace(m, actions=tuple(out))

    # --- what is heard

    def _of_report(self, m: Meeting, i: int, r: Report) -> News:
        number = m.paragraphs.get(r.block)
        anchor = (
            paragraph_anchor(number)
            if number
            else next((f"action-{a.number}" for a in m.actions if a.action.block == r.block), "")
        )
        return News(m.date, r.state or "reported", r.text, r.rule, m.id, anchor, r.ref, r.by, report=i)

    def _of_action(self, m: Meeting, f: Followed, again: bool) -> News:
        a = f.action.action
        state = a.state or "reported"
        rule = f"{a.rule}, printed again" if again else a.rule
        said = m.minutes.blocks[a.block].text.plain if a.rule.startswith(_TABLE) else a.text
        return News(m.date, state, said, rule, m.id, f"action-{f.action.number}", a.ref)

    def _replaced(self, n: News, m: Meeting) -> News:
        """The news that an action was superseded, with the id of the one that took its place, if that can be told."""
        if n.state != "superseded" or not n.by:
            return replace(n, by="")
        called = self.known.called(n.by)
        here = [f for f in called if f.id.startswith(f"{m.id}/")] or called
        return replace(n, by=here[0].id if len(here) == 1 else "")

    # --- which action is meant

    def _meant(self, k: int, r: Report) -> Followed | None:
        """The action that a report of meeting `k` speaks of; None, and a finding, where that cannot be told."""
        if r.number:
            among = self._named(k, r)
        else:
            theirs = [f for f in self.known.repeated(r.text, r.quoted) if not self._of_somebody_else(k, r, f)]
            among = self._narrowed(k, r, theirs)
        if len(among) == 1:
            return among[0]
        if r.number or (r.state in CLOSED and among):
            self.found.append(self._unsure(k, r, among))
        return None

    def _named(self, k: int, r: Report) -> list[Followed]:
        """Those that the number of a report may mean."""
        among = self._of_its_day(k, r, self.known.called(r.number))
        said, part = words(r.text), words(r.quoted)
        alike = [f for f in among if like(said, part, f.said)]
        if r.rule.startswith(_ROW) and r.quoted:
            return self._narrowed(k, r, alike)  # a number with other words is another action's
        if r.state in CLOSED and part and (named := _title(r)) and not any(named & set(f.said) for f in among):
            return []  # "AP1 – Survey of the roof: done" is about no action that says neither survey nor roof
        if len(among) == 1 and not (r.of_last and self.restarts and among[0].place != k - 1):
            return among
        return self._narrowed(k, r, alike or among)

    def _narrowed(self, k: int, r: Report, among: Sequence[Followed]) -> list[Followed]:
        """Those of several that can be meant: by the day that the line gives, the last meeting, or as they are open."""
        among = self._of_its_day(k, r, among)
        if len(among) > 1 and r.of_last:
            among = [f for f in among if f.place == k - 1] or among
        if len(among) > 1:
            among = [f for f in among if f.now.is_open] or among
        return list(among)

    def _of_somebody_else(self, k: int, r: Report, f: Followed) -> bool:
        """Whether a report begins with people of whom none was to do the action: "CM to order lamps: done" says nothing
        of what AL was to order."""
        there = self.meetings[k].mentions_in.get(r.block, ())
        named = {x.person for x in there if r.start <= x.start <= r.start + _FRONT} - {""}
        owners = {o.person for o in f.action.owners}
        return bool(named) and "" not in owners and bool(owners) and not named & owners

    def _of_its_day(self, k: int, r: Report, among: Sequence[Followed]) -> list[Followed]:
        """Those that were given on the day that a report names, where this body met then."""
        if r.raised and r.raised in self.dates[:k]:
            return [f for f in among if self.dates[f.place] == r.raised]
        return list(among)

    def _restated(self, f: Followed) -> Followed | None:
        """The earlier action that one of a list only prints again: of the same number, or in a list that says how each
        stands; and in the same words, of which a log with numbers may print a part."""
        a = f.action.action
        if not a.rule.startswith((_TABLE, _LIST)) or not (a.number or a.state):
            return None
        if a.number:
            among = [x for x in self.known.called(a.number) if f.said == x.said or like(f.said, f.said, x.said)]
        else:
            among = self.known.repeated(a.text, a.text)
        among = [x for x in among if x.place < f.place]
        among = [x for x in among if x.now.is_open] or among
        return among[0] if len(among) == 1 else None

    def _unsure(self, k: int, r: Report, among: Sequence[Followed]) -> Diagnostic:
        name = f"“Action {r.number}”" if r.number else f"“{_short(r.text)}”"
        if not among:
            message = f"{name} is no earlier action of this body that the archive knows."
            return Diagnostic("unknown-action", NOTE, r.ref.path, r.ref.first_line, message)
        ids = " or ".join(f.id for f in among[:3])
        entry = "\n".join(
            [
                "# actions.yml",
                f"- action: {among[-1].id}",
                f"  status: {(r.state or 'reported').replace('_', ' ')}",
                f"  date: {self.meetings[k].date}",
            ]
        )
        return Diagnostic(
            "unsure-action",
            WARNING,
            r.ref.path,
            r.ref.first_line,
            f"{name} may be {ids}, so nothing is said of either.",
            "Give the day of its meeting in brackets, or say in actions.yml which is meant.",
            entry,
        )


def _title(r: Report) -> set[str]:
    """The words between the number and how the action stands, "AP3 – Survey of the roof: done", that name an action.

    Empty where no such title stands there: what is reported need not say a word of the action again.
    """
    number, title = r"\W*(?:\w+\s)?[\w/.-]*\d[\w/.-]*", r"(?P<title>[^:–—|]{8,80}?)"
    m = re.fullmatch(rf"{number}\s*[–—:|-]\s*{title}\s*[:–—|]\s*\S[^:–—|]*", r.text)
    return {w for w in words(m["title"]) if len(w) > _SHORT_WORD} if m else set()


def _own_words(a: ResolvedAction) -> tuple[str, ...]:
    """The words of an action without those that say whose it is."""
    text, start = a.action.text, a.action.start
    for o in sorted(a.action.owners, key=lambda o: -o.start):
        if o.block == a.action.block and start <= o.start and o.end <= a.action.end:
            text = f"{text[: o.start - start]} {text[o.end - start :]}"
    return words(text)


def _in_order(news: Sequence[News]) -> list[News]:
    """News by date. Where one meeting says that an action has ended and also that it has not, it has not."""
    closed = {n.meeting for n in news if n.state in CLOSED}
    open_ = {n.meeting for n in news if n.state == "carried_forward"}
    return sorted(news, key=lambda n: (n.date, n.meeting in closed & open_ and n.state not in CLOSED))


def _short(text: str) -> str:
    return text if len(text) < 60 else f"{text[:59].rstrip()}…"

"""What each line of a file was taken for, in words for whoever reads minutes and no program.

Everything here is told from `Minutes`: the parser's rules stand in the parser alone. The words stand in two tables,
`PARTS` and `CHANGES`; the page of a meeting and `minutebook explain` both take them from there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minutebook.model import STATE_WORDS, Attendance, Block, Change, Minutes, Report

PARTS: Mapping[str, tuple[str, str]] = {
    "front_matter": ("front matter", "front matter"),
    "header": ("header", "header"),
    "roll_call": ("attendance", "attendance"),
    "agenda": ("list of the agenda", "list of the agenda"),
    "item": ("heading of an item", "headings of items"),
    "owner": ("who leads an item", "who leads an item"),
    "label": ("label", "labels"),
    "text": ("text of an item", "text of items"),
    "action": ("action", "actions"),
    "decision": ("decision", "decisions"),
    "note": ("note by a later hand", "notes by a later hand"),
    "signature": ("signature", "signatures"),
    "colophon": ("notice of copyright", "notices of copyright"),
    "loose": ("text in no item", "text in no item"),
    "furniture": ("head or foot of a printed page", "heads and feet of printed pages"),
    "dropped": ("left out of the text", "left out of the text"),
    "joined": ("joined to another line", "joined to other lines"),
    "layout": ("layout", "layout"),
    "unread": ("not read", "not read"),
    "blank": ("empty", "empty"),
}
"""What a line may be -> how one is called, and how many are, in the order in which a summary counts them.

The keys are those of `Block.part`, except that `body` is told apart into `text` and `loose`, and that the lines of no
block have keys of their own. A part that is not here is called by its own name.
"""

CHANGES: Mapping[str, str] = {
    "joined": "a sentence that a page break had cut was joined",
    "unhyphenated": "a word that was cut at the end of a line was put together",
    "unprintable": "left out, because it cannot be printed",
    "dropped": "left out, because it belongs to the printed page and not to the minutes",
}
"""The kinds of `Change` -> what was done."""

NO_RULE = "no rule took it for more"

_STATUS = {"in_attendance": "in attendance"}
_LONGEST_TITLE = 40


@dataclass(frozen=True)
class Reading:
    """What a line, or a part of it, was taken for."""

    part: str
    """A key of `PARTS`, or a part that is not in it."""
    what: str
    """In plain words: "entry of the list “Present”: Ann Lee, present"."""
    rule: str = ""


def name(part: str, number: int = 1) -> str:
    """How a part is called."""
    one, many = PARTS.get(part, (part.replace("_", " "),) * 2)
    return one if number == 1 else many


def changed(kind: str) -> str:
    """What was done, for a kind of `Change`."""
    return CHANGES.get(kind, kind.replace("_", " "))


def readings(minutes: Minutes) -> dict[int, tuple[Reading, ...]]:
    """What each line was taken for: line -> its readings, in their order; without the lines of which nothing is said.

    A line that holds parts of several blocks has several; those that say the same are given once.
    """
    out: dict[int, list[Reading]] = defaultdict(list)
    about = _About(minutes)
    for index, block in enumerate(minutes.blocks):
        for line in lines(block):
            out[line] += about.line(index, block, line)
    for change in minutes.changes:
        for line in _ends(change):
            out[line].append(Reading("dropped" if change.kind == "dropped" else "joined", *_change(change, line)))
    return {line: tuple(dict.fromkeys(found)) for line, found in out.items()}


def lines(block: Block) -> tuple[int, ...]:
    """The source lines on which the words of a block begin or go on."""
    return tuple(dict.fromkeys(p.line for p in block.text.pieces)) or (block.ref.first_line,)


def tally(found: Iterable[Sequence[Reading]]) -> str:
    """How many lines were taken for what, in words: "2 header, 9 attendance, 1 action".

    `found` are the readings of each line; it counts once, as what its first reading says.
    """
    counts = Counter(readings[0].part for readings in found if readings)
    order = {part: k for k, part in enumerate(PARTS)}
    parts = sorted(counts, key=lambda part: (order.get(part, len(order)), part))
    return ", ".join(f"{counts[part]:,} {name(part, counts[part])}" for part in parts)


class _About:
    """The things that minutes hold, by block and by line."""

    def __init__(self, minutes: Minutes) -> None:
        self.minutes = minutes
        self.listed: dict[int, list[Attendance]] = defaultdict(list)
        for a in minutes.attendance:
            self.listed[a.ref.first_line].append(a)
        self.items = {item.heading: item for item in minutes.items}
        self.actions = {a.block: a for a in minutes.actions}
        self.decisions = {d.block: d for d in minutes.decisions}
        self.notes = {n.block: n for n in minutes.notes}
        self.reports: dict[int, list[Report]] = defaultdict(list)
        for r in minutes.reports:
            self.reports[r.block].append(r)

    def line(self, index: int, block: Block, line: int) -> list[Reading]:
        """What one line of a block was taken for."""
        if block.part == "roll_call":
            return self._listed(block, line)
        reading = Reading(*self._block(index, block), block.rule)
        if reading.part in ("text", "loose") and not block.rule:
            reading = Reading(reading.part, reading.what, NO_RULE)
        people = [Reading("roll_call", f"attendance: {_person(a)}", a.rule) for a in self.listed.get(line, ())]
        told = (r for r in self.reports.get(index, ()) if r.ref.first_line <= line <= r.ref.last_line)
        return [reading, *people, *(Reading(reading.part, _report(r), r.rule) for r in told)]

    def _listed(self, block: Block, line: int) -> list[Reading]:
        groups: dict[tuple[str, str], list[str]] = defaultdict(list)
        for a in self.listed.get(line, ()):
            groups[a.group, a.rule or block.rule].append(_person(a))
        return [
            Reading(
                "roll_call",
                f"{'entry' if len(people) == 1 else 'entries'} of the list “{group}”: {'; '.join(people)}",
                rule,
            )
            for (group, rule), people in groups.items()
        ] or [Reading("roll_call", name("roll_call"), block.rule)]

    def _block(self, index: int, block: Block) -> tuple[str, str]:
        """(part, what it is in words)."""
        if index in self.items:
            item = self.items[index]
            return block.part, f"heading of item {item.number}" if item.number else name("item")
        if index in self.actions:
            a = self.actions[index]
            due = f", due {a.due.isoformat()}" if a.due else ""
            return "action", f"action, {f'owner {a.owner}' if a.owner else 'no owner named'}{due}"
        if index in self.decisions:
            return "decision", name("decision")
        if index in self.notes:
            return "note", f"{name('note')}, {self.notes[index].added}"
        within = self._item(index)
        if block.part == "owner":
            return "owner", f"who leads {within}" if within else name("owner")
        if block.part == "body":
            part = "text" if within else "loose"
            return part, f"text of {within}" if within else name("loose")
        return block.part, name(block.part)

    def _item(self, index: int) -> str:
        """The item in which a block stands: "item 3"; its title where it has no number."""
        at = self.minutes.item_of(index)
        if at is None:
            return ""
        item = self.minutes.items[at]
        title = item.title if len(item.title) <= _LONGEST_TITLE else f"{item.title[:_LONGEST_TITLE].rstrip()}…"
        return f"item {item.number}" if item.number else f"“{title}”"


def _report(r: Report) -> str:
    number = f" {r.number}" if r.number else ""
    return f"on an earlier action{number}: {STATE_WORDS[r.state or 'reported']}"


def _person(a: Attendance) -> str:
    who = a.name.titled if a.name else f"{a.text} (nobody by name)"
    said = ", in the chair" if a.chair else f", for {a.represents}" if a.represents else ""
    instead = f", represented by {a.represented_by}" if a.represented_by else ""
    return f"{who}, {_STATUS.get(a.status, a.status)}{said}{instead}"


def _ends(change: Change) -> Iterable[int]:
    """The lines that a change is told of: all that were dropped; where something was joined, its two ends."""
    first, last = change.ref.first_line, change.ref.last_line
    return range(first, last + 1) if change.kind == "dropped" else sorted({first, last})


def _change(change: Change, line: int) -> tuple[str, str]:
    """(what the line is, what was done)."""
    first, last = change.ref.first_line, change.ref.last_line
    if change.kind == "dropped":
        return name("dropped"), changed(change.kind)
    if first == last:
        return "changed in reading", f"{change.text}: {changed(change.kind)}"
    return (f"goes on in line {last}" if line == first else f"goes on from line {first}"), changed(change.kind)

"""The page of a meeting: what, when, where and who; then the record itself, paragraph by paragraph."""

from __future__ import annotations

import html
import posixpath
import shlex
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from minutebook import names
from minutebook.model import (
    Archive,
    Attendance,
    Block,
    Meeting,
    Owner,
    ResolvedAction,
    ResolvedDecision,
    ResolvedItem,
    Settings,
    paragraph_anchor,
    series_address,
)
from minutebook.render import lives, reading, terms
from minutebook.render.links import relative
from minutebook.render.markdown import Inline, escape, inline_html
from minutebook.render.page import Sheet, count, day, write
from minutebook.render.term_pages import term_page

T = TypeVar("T")
TOPICS = 8
"""Topics of a meeting that stand out among the others."""
STATUS = {"draft": "Draft", "approved": "Approved", "corrected": "Corrected", "": "As published"}


@dataclass(frozen=True)
class Row:
    """One line of an attendance table."""

    entry: Attendance
    person: str = ""
    organization: str = ""
    substitute: Attendance | None = None
    substitute_person: str = ""
    substitute_organization: str = ""


def pages(archive: Archive, settings: Settings) -> list[Sheet]:
    """The pages of all meetings."""
    return [page(archive, m, settings.portable) for m in archive.meetings]


def page(archive: Archive, m: Meeting, portable: bool = False) -> Sheet:
    """The page of one meeting; `portable` without what needs our theme, our script or our hooks."""
    body = archive.organization[m.body]
    record = Record(archive, m, portable)
    people = sorted({archive.person[p].name for p in m.people})
    matter = {
        "date": m.date.isoformat(),
        "body": body.name,
        "citation": f"{body.name}, meeting of {day(m.date)}",
        "source": m.minutes.source,
        **({"status": m.minutes.status} if m.minutes.status else {}),
        "chair": list(m.minutes.chair),
        "people": people,
        "organisations": sorted({archive.organization[x.organization].name for x in m.mentions if x.organization}),
        "topics": [archive.topic[t].name for t in topics_of(m)],
        "actions": [f"{m.id}/action-{a.number}" for a in m.tasks],
        "decisions": [f"{m.id}/decision-{d.number}" for d in m.decisions],
    }
    return write(
        archive,
        "meeting",
        m.address,
        f"Meeting of {day(m.date)}",
        tab="meetings/",
        trail=(("Meetings", "meetings/"), (body.name, series_address(m.series))),
        description=f"Minutes of {body.name}, {day(m.date)}: {'; '.join(i.item.title for i in m.items)}"[:300],
        matter=matter,
        portable=portable,
        meeting=m,
        minutes=m.minutes,
        body=body,
        status=STATUS[m.minutes.status],
        groups=groups(m),
        figures=figures(m),
        printed=printed(m),
        record=record.lines(),
        topics=[archive.topic[t] for t in topics_of(m)],
        few=TOPICS,
        lives=[(a, lives.heard(archive, a, m.address)) for a in m.tasks if a.news],
        terms=terms.explained(archive, m),
        term_page=term_page,
        tally=reading.tally(reading.readings(m.minutes).values()),
        command=f"minutebook explain {shlex.quote(f'minutes_src/{m.minutes.source}')}",
        unlinked=[x for x in m.mentions if not x.resolved],
        findings=[d for d in m.minutes.diagnostics if d.code in ("no-name", "whose-initials")],
    )


def topics_of(m: Meeting) -> list[str]:
    """Ids of everything that the items of a meeting are about: what their titles say, in their order; then what
    their sentences speak of most."""
    found = [e for i in m.items for e in i.evidence]
    titled = dict.fromkeys(e.topic for e in found if e.in_title)
    times: dict[str, int] = defaultdict(int)
    for e in found:
        times[e.topic] += e.times
    return [*titled, *sorted(times.keys() - titled.keys(), key=lambda t: (-times[t], t))]


def groups(m: Meeting) -> list[tuple[str, list[Row]]]:
    """The roll call as printed: (heading of a list, its rows); a substitute stands in the row of whom they came for."""
    known = {id(a): (p, o) for a, p, o in zip(m.minutes.people, m.people, m.organizations, strict=True)}
    out: dict[str, list[Row]] = defaultdict(list)
    for a in m.minutes.attendance:
        if a.rule == "represented by":
            continue
        other = substitute(m, a)
        out[a.group].append(Row(a, *known.get(id(a), ("", "")), other, *known.get(id(other), ("", ""))))
    return list(out.items())


def substitute(m: Meeting, a: Attendance) -> Attendance | None:
    """The entry of whoever came for somebody; None where two could be meant."""
    found = [
        x
        for x in m.minutes.people
        if x.name and x.represents == (a.name.full if a.name else a.removed or None) and x.name.full == a.represented_by
    ]
    return found[0] if len(found) == 1 else None


def figures(m: Meeting) -> dict[str, int]:
    """How many were there, and what came of it."""
    listed = [a for a in m.minutes.attendance if a.name or a.removed]
    statuses = [a.status for a in listed]
    return {
        "present": statuses.count("present"),
        "apologies": statuses.count("apologies"),
        "represented": sum(1 for a in listed if a.represented_by),
        "in_attendance": statuses.count("in_attendance"),
        "absent": statuses.count("absent"),
        "actions": len(m.tasks),
        "open": sum(a.is_open for a in m.tasks),
        "decisions": len(m.decisions),
    }


def folded(m: Meeting) -> int:
    """How many blocks at the top are header and roll call, with the notes among them, and nothing else.

    They stand folded on the page, as the cards above say what they say. A list of people further down stays where it is
    printed: the order of the minutes is the order of the page.
    """
    blocks = m.minutes.blocks
    end = next((i for i, b in enumerate(blocks) if b.part not in ("header", "roll_call", "note")), len(blocks))
    return max((i + 1 for i in range(end) if blocks[i].part != "note"), default=0)


def printed(m: Meeting) -> list[str]:
    """The lines of header and roll call as they are printed, as HTML, with the notes that stand among them."""
    out = []
    for b in m.minutes.blocks[: folded(m)]:
        starts = [p.offset for p in b.text.pieces]
        for a, z in zip(starts, [*starts[1:], len(b.text.plain)], strict=True):
            mark = f"{b.label} " if b.label else "– " if b.kind == "bullet" and a == starts[0] else ""
            if line := inline_html(b.text, a, z).strip():
                out.append(html.escape(mark) + line)
    return out


class Record:
    """The record itself: every block behind the header, in its order, as Markdown."""

    def __init__(self, archive: Archive, meeting: Meeting, portable: bool = False) -> None:
        self.archive = archive
        self.meeting = meeting
        self.portable = portable
        self.inline = Inline(archive, meeting.address, terms=meeting.address)
        self.items = {i.item.heading: i for i in meeting.items}
        self.actions = _by_block((a.action.block, a) for a in meeting.actions)
        self.decisions = _by_block((d.decision.block, d) for d in meeting.decisions)
        self.notes = {n.block: k for k, n in enumerate(meeting.minutes.notes, 1)}

    def lines(self) -> str:
        """The whole record."""
        top = folded(self.meeting)
        # A note is shown at its place even among the folded lines: it may correct them.
        shown = [(i, b) for i, b in enumerate(self.meeting.minutes.blocks) if i >= top or b.part == "note"]
        widths = _widths([b for _, b in shown])
        out: list[str] = []
        kind = ""
        depth = 0
        for (i, block), width in zip(shown, widths, strict=True):
            text, new = self._row(i, block, width) if block.kind == "row" else self._block(i, block)
            if new == "bullet":
                depth = min(block.level, depth + 1) if kind == "bullet" else 1
                text = "    " * (depth - 1) + f"- {text}"
            elif new == "row" and kind != "row":
                text += "\n|" + " --- |" * width
            if kind == new == "quote":
                text = f"<!-- -->\n\n{text}"  # else the two would be one quotation
            out.append(("\n" if kind == new and new in ("bullet", "row") else "\n\n") + text)
            kind = new
        return "".join(out).strip()

    def _block(self, i: int, block: Block) -> tuple[str, str]:
        """(Markdown, what it is as a block of Markdown)."""
        # A heading is a place to link to, and not a sentence about somebody: its mentions are not linked.
        words = self.inline.write(block.text, () if i in self.items else self.meeting.mentions_in.get(i, ()))
        label = f"{escape(block.label)} " if block.label else ""
        if i in self.items:
            item = self.items[i]
            level = "#" * min(6, item.item.level + 1)
            title = f"{label and block.label + ' '}{words}"
            # Elsewhere a heading's id is made of its words, and the script of MkDocs' theme stops at "3-budget".
            what = "Item " if self.portable and not title[:1].isalpha() else ""
            return f'{level} <a id="item-{item.key}"></a>{what}{title}{self._returning(item)}', "heading"
        if block.part == "owner":
            return f'<span class="mb-owner">{label}{words}</span>', "owner"
        if i in self.actions or i in self.decisions:
            # What is marked stands above the words, all of it: the words themselves stay one run.
            marks = [*map(self._action, self.actions.get(i, ())), *map(self._decision, self.decisions.get(i, ()))]
            return "".join(f"> {mark}<br>\n" for mark in marks) + f"> {label}{words}", "quote"
        if i in self.notes:
            n = self.notes[i]
            opened = f'<a class="mb-note" id="note-{n}" href="#note-{n}"'
            mark = f"{opened}>Editorial note</a>" if self.portable else f"{opened} {_said('Editorial note')}></a>"
            return f"> {mark} {words}", "quote"
        if block.part == "colophon":
            return f"<small>{words}</small>", "paragraph"
        if block.kind == "heading":
            return f"### {words}", "heading"
        if block.kind == "break":
            return "***", "break"
        number = self.meeting.paragraphs.get(i, "")
        at = self._number(number) + label
        words += self._heard(paragraph_anchor(number)) if number else ""
        if block.kind == "code":
            return f"{at}<code>{'<br>'.join(escape(line) for line in _lines(block))}</code>", "paragraph"
        return (f"> {at}{words}" if block.kind == "quote" else f"{at}{words}"), block.kind

    def _row(self, i: int, block: Block, width: int) -> tuple[str, str]:
        """A row of a table, each cell written for itself; its number, action or decision stands in the first."""
        strokes = [m for m in block.text.marks if m.kind == "cell"]
        edges = [0, *(x for m in strokes for x in (m.start, m.end)), len(block.text.plain)]
        mentions = self.meeting.mentions_in.get(i, ())
        cells = [self.inline.write(block.text, mentions, a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        if i in self.actions:
            cells[0] = "".join(f"{self._reference('action', a.number)}<br>" for a in self.actions[i]) + cells[0]
        elif i in self.decisions:
            cells[0] = "".join(f"{self._decision(d)}<br>" for d in self.decisions[i]) + cells[0]
        else:
            number = self.meeting.paragraphs.get(i, "")
            cells[0] = self._number(number) + cells[0]
            cells[-1] += self._heard(paragraph_anchor(number)) if number else ""
        return "| " + " | ".join(cells + [""] * (width - len(cells))) + " |", "row"

    def _number(self, number: str) -> str:
        if not number:
            return ""
        anchor, name = paragraph_anchor(number), f"Paragraph {number}"
        if self.portable:
            return f'<a class="mb-p" id="{anchor}" href="#{anchor}" title="{name}">{number}</a> '
        # The number is ours, and no word of the minutes: the style sheet shows it, and whoever copies the text, or
        # compares it with its source, has what the minutes say.
        said = f'data-number="{number}" aria-label="{name}" title="{name}"'
        return f'<a class="mb-p" id="{anchor}" href="#{anchor}" {said}></a> '

    def _action(self, a: ResolvedAction) -> str:
        due = f"due {day(a.action.due)} · " if a.action.due else ""
        said, there = lives.standing(self.archive, a, self.meeting.address)
        mark = self._reference("action", a.number)
        if self.portable:
            who = f"**{owners(a.owners, self.archive, self.meeting.address)}**" if a.owners else _NOBODY
            return f"{mark} {who} <small>{due}{f'[{said}]({there})' if there else said}</small>"
        who = " ".join(map(self._owner, a.owners)) or '<small data-said="no owner named"></small>'
        stands = self._away(said, there) if there else _shown(said)
        return f"{mark} {who} {_shown(due)}{stands}"

    def _returning(self, item: ResolvedItem) -> str:
        """The topics that come back with an item after meetings that said nothing of them, as a line below its heading;
        each at the first item that is about it."""
        out = []
        for t in item.topics:
            silent = self.archive.returns.get((self.meeting.id, t))
            if silent and next(i for i in self.meeting.items if t in i.topics) is item:
                topic, after = self.archive.topic[t], f"returning after {count(silent, 'meeting')}"
                there = relative(self.meeting.address, topic.address)
                said = f"{topic.name}, {after}"
                if names.key(topic.name) == names.key(item.item.title):
                    said = after.capitalize()
                out.append(f"[{escape(said)}]({there})" if self.portable else self._away(said, there))
        return f"\n\n<small>{' · '.join(out) if self.portable else ' '.join(out)}</small>" if out else ""

    def _heard(self, anchor: str) -> str:
        """The earlier actions that the words at a place speak of, as links behind them."""
        out = []
        for m, a in self.archive.heard.get((self.meeting.id, anchor), ()) if anchor else ():
            said = f"on action {a.number} of {day(m.date)}"
            there = relative(self.meeting.address, m.address, f"action-{a.number}")
            out.append(f" <small>[{said}]({there})</small>" if self.portable else f" {self._away(said, there)}")
        return "".join(out)

    def _away(self, said: str, there: str) -> str:
        """A link to another page whose words are ours."""
        return f'<a class="mb-heard" href="{html.escape(there.replace("index.md", ""))}" {_said(said)}></a>'

    def _owner(self, o: Owner) -> str:
        address = ""
        if o.person:
            address = self.archive.person[o.person].address
        elif o.organization:
            address = self.archive.organization[o.organization].address
        if not address:
            return f'<strong class="mb-who" data-said="{html.escape(o.name)}"></strong>'
        href = posixpath.relpath(f"/{address}", f"/{self.meeting.address}") + "/"
        return f'<a class="mb-who" href="{href}" {_said(o.name)}></a>'

    def _decision(self, d: ResolvedDecision) -> str:
        """Who moved, and how it went, as far as that is given."""
        mark = self._reference("decision", d.number)
        votes = lives.votes(d.decision.votes)
        told = [self._named(words, who) for words, who in (("moved by", d.movers), ("seconded by", d.seconders)) if who]
        told += [self._named(d.decision.kind, d.elected)] if d.elected else []
        told += [f"<small>{votes}</small>" if self.portable else _shown(votes)] if votes else []
        return " ".join([mark, *told])

    def _named(self, words: str, who: Sequence[Owner]) -> str:
        if self.portable:
            return f"<small>{words}</small> **{owners(who, self.archive, self.meeting.address)}**"
        return f"{_shown(words)} {' '.join(map(self._owner, who))}"

    def _reference(self, kind: str, number: str) -> str:
        words, anchor = f"{kind.capitalize()} {number}", f"{kind}-{number}"
        opened = f'<a class="mb-{kind} mb-ref" id="{anchor}" href="#{anchor}"'
        return f"{opened}>{words}</a>" if self.portable else f"{opened} {_said(words)}></a>"


def _shown(said: str) -> str:
    """Words of ours that the style sheet shows."""
    return f'<small data-said="{html.escape(said)}"></small>' if said else ""


_NOBODY = "<small>no owner named</small>"


def _said(words: str) -> str:
    """The attributes of a link whose words are ours, and no words of the minutes: the style sheet shows them.

    So the record's own text stays one run, for whoever copies a passage of it or compares it with its source.
    """
    words = html.escape(words)
    return f'data-said="{words}" aria-label="{words}"'


def _by_block(found: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    out: dict[int, list[T]] = {}
    for block, one in found:
        out.setdefault(block, []).append(one)
    return out


def action_text(m: Meeting, a: ResolvedAction, archive: Archive, here: str) -> str:
    """What is to be done, without the marker, with its links."""
    block = m.minutes.blocks[a.action.block]
    return Inline(archive, here).write(block.text, m.mentions_in.get(a.action.block, ()), a.action.start, a.action.end)


def owners(named: Sequence[Owner], archive: Archive, here: str) -> str:
    """The owners as links, in the order given."""
    return ", ".join(_owner(o, archive, here) for o in named)


def _owner(o: Owner, archive: Archive, here: str) -> str:
    if o.person:
        return f"[{escape(o.name)}]({relative(here, archive.person[o.person].address)})"
    if o.organization:
        return f"[{escape(o.name)}]({relative(here, archive.organization[o.organization].address)})"
    return escape(o.name)


def _widths(blocks: Sequence[Block]) -> list[int]:
    """How many columns the table has in which each block is a row: those of its widest row. 0 for other blocks."""
    out: list[int] = []
    for is_row, run in groupby(blocks, key=lambda b: b.kind == "row"):
        rows = list(run)
        width = 1 + max(sum(m.kind == "cell" for m in b.text.marks) for b in rows) if is_row else 0
        out += [width] * len(rows)
    return out


def _lines(block: Block) -> Iterator[str]:
    starts = [p.offset for p in block.text.pieces]
    for a, z in zip(starts, [*starts[1:], len(block.text.plain)], strict=True):
        yield block.text.plain[a:z]

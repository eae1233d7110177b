"""One meeting's minutes without those who are removed: the same blocks, items, actions and decisions, in other words.

Nothing is parsed again: without its initials a line might no longer read as somebody's action, and the numbers of a
page would move. So the words are changed where they stand, and every place that is counted in characters moves along.
A text that no rule below knows goes through `Rewriter.words`, wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from minutebook.diagnostics import Diagnostic
from minutebook.model import (
    Action,
    AgendaItem,
    Attendance,
    Block,
    Decision,
    EditorialNote,
    Mark,
    Minutes,
    Piece,
    Removed,
    Report,
    SourceRef,
    Span,
    Text,
)
from minutebook.redact import places
from minutebook.redact.places import Edit, Places
from minutebook.redact.who import Who
from minutebook.redact.words import Words

KEPT = re.compile(r"\r\n|\r|\n|\f|\||\t|<[^<>]*>")
"""What parts lines, cells and runs of text, and stays where a name went over it."""


class Rewriter:
    """Takes names out of texts that stand anywhere: `wanted` are the words to look for."""

    def __init__(self, who: Who, language: str, wanted: Words | None = None, here: Places | None = None) -> None:
        self.who = who
        self.wanted = who.words if wanted is None else wanted
        self.around = places.around(language)
        self.here = here

    def words(self, text: str, lines: range = range(0)) -> str:
        """A text without the names; `lines` are those of the minutes from which it was taken."""
        if self.here:
            for line in lines:
                for said, instead in self.here.on_line.get(line, ()):
                    text = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", lambda m: instead, text)  # noqa: B023
        return changed(text, places.merged(places.literal(text, self.wanted, self.around, self.who)))

    def path(self, path: str) -> str:
        """A path of a file without the names in it."""
        edits = places.merged(Edit(a, b, "name-removed") for a, b, _ in self.who.words.places(path))
        return changed(path, edits, re.compile("/"))

    def anything(self, x: Any, lines: range = range(0)) -> Any:
        """Whatever passes between the stages: each text in it without the names, and each path."""
        if isinstance(x, str):
            return self.words(x, lines)
        if isinstance(x, SourceRef):
            return replace(x, path=self.path(x.path))
        if isinstance(x, Diagnostic):
            near = range(x.line, x.line + 1)
            message, hint, entry = (self.words(said, near) for said in (x.message, x.hint, x.entry))
            return replace(x, source=self.path(x.source), message=message, hint=hint, entry=entry)
        if isinstance(x, tuple) and hasattr(x, "_fields"):
            return type(x)(*(self.anything(y, lines) for y in x))
        if isinstance(x, tuple | list):
            return type(x)(self.anything(y, lines) for y in x)
        if isinstance(x, Mapping):
            return {self.anything(k, lines): self.anything(v, lines) for k, v in x.items()}
        if is_dataclass(x) and not isinstance(x, type):
            if isinstance(ref := getattr(x, "ref", None), SourceRef):
                lines = range(ref.first_line, ref.last_line + 1)
            return replace(x, **{f.name: self.anything(getattr(x, f.name), lines) for f in fields(x) if f.init})
        return x


def changed(text: str, edits: Sequence[Edit], kept: re.Pattern[str] = KEPT) -> str:
    """The text with its edits made; line ends and strokes of tables within one stay behind the words."""
    out, at = [], 0
    for e in edits:
        out += [text[at : e.start], e.words, *kept.findall(text[e.start : e.end])]
        at = e.end
    return "".join([*out, text[at:]])


class Edited:
    """A text with its edits made, and where each place of it went."""

    def __init__(self, text: Text, edits: list[Edit]) -> None:
        self.before, self.edits = text, edits
        self.text = self._made() if edits else text

    def at(self, offset: int) -> int:
        """Where a place went: one within a stretch that was changed, behind the words in its stead."""
        moved = 0
        for e in self.edits:
            if offset <= e.start:
                break
            if offset < e.end:
                return e.start + moved + len(e.words)
            moved += len(e.words) - (e.end - e.start)
        return offset + moved

    def touched(self, start: int, end: int) -> bool:
        """Whether words of this stretch were changed."""
        return any(e.start < end and start < e.end for e in self.edits)

    def carried(self, part: str, rewrite: Rewriter, near: int = 0) -> str:
        """What became of words that were taken from this text."""
        at = self.before.plain.find(part, near) if part else -1
        at = self.before.plain.find(part) if at < 0 and part else at
        if at >= 0:
            return self.text.plain[self._from(at) : self.at(at + len(part))].strip()
        for e in self.edits:  # they were put together of several places
            said = self.before.plain[e.start : e.end].strip()
            if said:
                part = re.sub(rf"(?<!\w){re.escape(said)}(?!\w)", lambda m: e.words, part)  # noqa: B023
        return rewrite.words(part)

    def _from(self, offset: int) -> int:
        inside = next((e for e in self.edits if e.start < offset < e.end), None)
        return self.at(inside.start if inside else offset)

    def _made(self) -> Text:
        t = self.before
        plain = changed(t.plain, self.edits, re.compile("(?!)"))
        marks = [replace(m, start=self._from(m.start), end=self.at(m.end)) for m in t.marks]
        marks = [m for m in marks if m.start < m.end]
        for e in self.edits:
            if e.words:
                start = self.at(e.start)
                marks.append(Mark(start, start + len(e.words), "removed"))
        pieces = tuple(Piece(self.at(p.offset), p.line) for p in t.pieces)
        return Text(plain, tuple(sorted(marks, key=lambda m: (m.start, -m.end))), pieces)


@dataclass(frozen=True)
class Rewritten:
    """The minutes of a meeting without those who are removed, and how they became so."""

    minutes: Minutes
    places: Places
    texts: tuple[Edited, ...]
    """The text of each block."""


def without(here: Places, who: Who, language: str) -> Rewritten:
    """The minutes of a meeting without those who are removed."""
    made = _Minutes(here, Rewriter(who, language, who.words_in(here.meeting.id), here))
    return Rewritten(made.made(), here, tuple(made.texts))


class _Minutes:
    def __init__(self, here: Places, rewrite: Rewriter) -> None:
        m = here.meeting.minutes
        self.m, self.here, self.rewrite = m, here, rewrite
        self.who = rewrite.who
        self.bare = Rewriter(rewrite.who, here.language, rewrite.wanted)
        """Without what stands on single lines: the initials on an entry's line are no word of its role."""
        self.texts = [Edited(b.text, self._edits(i, b)) for i, b in enumerate(m.blocks)]

    def made(self) -> Minutes:
        m, any_ = self.m, self.rewrite.anything
        told = ("items", "actions", "decisions", "reports", "notes", "front_matter", "removed")
        own = {"source", "blocks", "attendance", "chair", *told}
        rest = {f.name: any_(getattr(m, f.name)) for f in fields(m) if f.name not in own}
        people = tuple(self._attendance(a) for a in m.attendance)
        removed = {a.entry.name.full: self.who.redactions[a.by].words for a in self.here.listed if a.entry.name}
        entries = Counter(r.added for e in self.texts for r in map(self._by, e.edits) if r)
        return replace(
            m,
            **rest,
            source=self.rewrite.path(m.source),
            blocks=tuple(
                replace(any_(replace(b, text=Text(""))), text=_safe(self.texts[i].text, self.rewrite))
                for i, b in enumerate(m.blocks)
            ),
            attendance=people,
            chair=tuple(removed.get(name) or self.rewrite.words(name) for name in m.chair),
            items=tuple(self._item(x) for x in m.items),
            actions=tuple(self._action(x) for x in m.actions),
            decisions=tuple(self._decision(x) for x in m.decisions),
            reports=tuple(self._report(x) for x in m.reports),
            notes=tuple(self._of_block(x) for x in m.notes),
            front_matter=without_initials(any_(m.front_matter), m.front_matter),
            removed=tuple(Removed(added, n) for added, n in sorted(entries.items())) or self._elsewhere(people),
        )

    def _by(self, e: Edit) -> Any:
        return next((r for r in self.who.redactions if e.words == r.words), None)

    def _elsewhere(self, people: tuple[Attendance, ...]) -> tuple[Removed, ...]:
        """What is told where no block holds a name, and front matter did."""
        dates = {self.who.redactions[a.by].added for a in self.here.listed}
        return tuple(Removed(d, sum(bool(a.removed) for a in people)) for d in sorted(dates))

    def _edits(self, i: int, b: Block) -> list[Edit]:
        plain = b.text.plain
        edits = [*places.literal(plain, self.rewrite.wanted, self.rewrite.around, self.who)]
        edits += [Edit(x.start, x.end, self.who.redactions[by].words) for x, by in self.here.in_block.get(i, ())]
        edits += places.outside(self.here, i, plain)
        for a in self.here.listed:
            for start, end in _on_lines(b.text, a.entry.ref.first_line, a.entry.ref.last_line):
                inside = places.in_entry(plain[start:end], a, self.here)
                edits += [Edit(start + e.start, start + e.end, e.words) for e in inside]
        cells = [(m.start, m.end) for m in b.text.marks if m.kind in ("cell", "break")]
        return [part for e in places.merged(edits) for part in _apart(e, cells)]

    # --- what stands in blocks

    def _item(self, x: AgendaItem) -> AgendaItem:
        title = self.texts[x.heading].carried(x.title, self.rewrite)
        made: AgendaItem = self.rewrite.anything(replace(x, owners=()))
        return replace(made, title=title, owners=self._spans(x.owners))

    def _action(self, x: Action) -> Action:
        e = self.texts[x.block]
        made: Action = self.rewrite.anything(replace(x, owners=()))
        start, end = e.at(x.start), e.at(x.end)
        return replace(
            made, text=e.carried(x.text, self.rewrite, x.start), start=start, end=end, owners=self._spans(x.owners)
        )

    def _decision(self, x: Decision) -> Decision:
        made: Decision = self._of_block(replace(x, movers=(), seconders=(), elected=()))
        return replace(
            made,
            movers=self._spans(x.movers),
            seconders=self._spans(x.seconders),
            elected=self._spans(x.elected),
            result=self.texts[x.block].carried(x.result, self.rewrite),
        )

    def _report(self, x: Report) -> Report:
        e, made = self.texts[x.block], self._of_block(x)
        above = (t for t in self.texts[x.block :: -1] if x.quoted in t.before.plain)  # it may be the line above's
        quoted = next(above, e).carried(x.quoted, self.rewrite)
        words = e.carried(x.text, self.rewrite, x.start)
        made_: Report = replace(made, text=words, quoted=quoted, start=e.at(x.start), end=e.at(x.end))
        return made_

    def _of_block(self, x: Any) -> Any:
        made = self.rewrite.anything(x)
        assert isinstance(x, Decision | EditorialNote | Report)
        return replace(made, text=self.texts[x.block].carried(x.text, self.rewrite))

    def _spans(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        out = []
        for s in spans:
            e = self.texts[s.block]
            start, end = e.at(s.start), e.at(s.end)
            out.append(Span(s.block, start, end, e.text.plain[start:end]))
        return tuple(out)

    # --- the roll call

    def _attendance(self, a: Attendance) -> Attendance:
        gone = next((x for x in self.here.listed if x.entry is a), None)
        lines = range(a.ref.first_line, a.ref.last_line + 1)
        if gone is None:
            made: Attendance = self.bare.anything(a)
            return replace(
                made,
                text=self.rewrite.words(a.text, lines),
                name=a.name,
                initials=a.initials,
                represented_by=self._called(a.represented_by) or made.represented_by,
                represents=self._called(a.represents) or made.represents,
            )
        words = self.who.redactions[gone.by].words
        text = changed(a.text, places.merged(places.in_entry(a.text, gone, self.here)))
        made = self.bare.anything(replace(a, name=None, initials="", text=""))
        return replace(
            made,
            text=self.rewrite.words(text, lines),
            removed=words,
            represented_by=self._called(a.represented_by) or made.represented_by,
            represents=self._called(a.represents) or made.represents,
        )

    def _called(self, name: str) -> str:
        """The words in place of a name of this roll call, if it is removed."""
        return next(
            (self.who.redactions[x.by].words for x in self.here.listed if x.entry.name and x.entry.name.full == name),
            "",
        )


def without_initials(matter: Any, before: Any) -> Any:
    """Front matter without the initials that stand beside a name which was removed."""
    if isinstance(matter, list) and isinstance(before, list):
        return [without_initials(a, b) for a, b in zip(matter, before, strict=True)]
    if isinstance(matter, dict) and isinstance(before, Mapping):
        gone = "name" in before and matter.get("name") != before["name"]
        pairs = zip(matter.items(), before.values(), strict=False)
        return {k: without_initials(a, b) for (k, a), b in pairs if not (gone and k == "initials")}
    return matter


def _safe(text: Text, rewrite: Rewriter) -> Text:
    """The text without links to addresses that hold a name."""
    marks = tuple(m for m in text.marks if not (m.href and rewrite.wanted.found(m.href)))
    return text if len(marks) == len(text.marks) else replace(text, marks=marks)


def _on_lines(text: Text, first: int, last: int) -> list[tuple[int, int]]:
    """The stretches of a text that stand on some lines."""
    ends = [p.offset for p in text.pieces[1:]] + [len(text.plain)]
    found = [(p.offset, end) for p, end in zip(text.pieces, ends, strict=True) if first <= p.line <= last]
    return [(found[0][0], found[-1][1])] if found else []


def _apart(e: Edit, cells: Sequence[tuple[int, int]]) -> list[Edit]:
    """An edit without the strokes of a table within it."""
    out, start = [], e.start
    words = e.words
    for a, b in cells:
        if start < b and a < e.end:
            if start < a:
                out.append(Edit(start, a, words))
                words = ""
            start = b
    if start < e.end:
        out.append(Edit(start, e.end, words))
    return out

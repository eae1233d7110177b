"""Actions: what someone is to do, where the minutes mark it as an action.

A marker ("Action: ...", "AP3 – ...", a checkbox), a list or table that holds nothing else ("Action items"), or a form
that these minutes use for nothing else (a name in capitals, an asterisk). A bare "Action" is a marker only if the words
behind it read as somebody's task, so that a name which begins so stays a name.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from minutebook.model import Action, SourceRef, Span
from minutebook.parse import chats, dates, forms, numbers, references, states, tables, tasklists, tasktables
from minutebook.parse.draft import Draft
from minutebook.parse.markers import Markers
from minutebook.parse.owners import Owners, phrase

_BOX = re.compile(r"\s*\[(?P<done>[ xX]?)\]\s+(?=\S)")
_IN_LIST, _IN_TABLE = "a line of a list of actions", "a row of a table of actions"
_RECENT = 60
"""Actions that a closing list is compared with: no meeting has more."""
_EDGES = " \t\n\u2005*_"
_SIGNS = frozenset(":-–—([")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3})[.;]\s+(?=[A-Z])")
_LONGEST_NAMES = 200
"""Characters of a marker's text that may be nothing but names."""
_NUMBERED = re.compile(r"[A-Z]{2,3}\d+\s")
"""A marker that opens a line also within a paragraph: "AP1 Clerk to ..."."""
_NOT = ("heading", "code", "break")


def find(draft: Draft) -> Draft:
    """The draft with its actions."""
    finder = _Finder(draft)
    found = _once(sorted(_apart(finder.all()), key=lambda a: (a.block, a.start)))
    parts = {a.block: ("action", a.rule) for a in found}
    parts |= {i: ("section", "label of a list of actions") for i in finder.labels if i not in parts}
    parts = {i: p for i, p in parts.items() if draft.blocks[i].part in ("body", "section")}
    return draft.taken(parts).with_(actions=tuple(found))


def _apart(found: Iterable[Action]) -> Iterator[Action]:
    """Actions without those within the words of one before: what is bold may be in italics too."""
    taken: dict[int, list[tuple[int, int]]] = {}
    for a in found:
        places = taken.setdefault(a.block, [])
        k = bisect(places, (a.start, a.end))
        if not any(start < a.end and a.start < end for start, end in places[max(0, k - 1) : k + 1]):
            places.insert(k, (a.start, a.end))
            yield a


def _once(found: list[Action]) -> list[Action]:
    """Actions without those that a closing list says again."""
    out: list[Action] = []
    seen = list[tuple[frozenset[str], Action]]()
    for a in found:
        words = frozenset(re.findall(r"\w+", a.text.casefold()))
        if a.rule in (_IN_LIST, _IN_TABLE):
            before = (b for w, b in seen[-_RECENT:] if len(w & words) >= 0.8 * max(min(len(w), len(words)), 3))
            if any(b.block != a.block for b in before):
                continue
        seen.append((words, a))
        out.append(a)
    return out


class _Finder:
    """Looks for the actions of one file."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.blocks, self.lexicon = draft, draft.blocks, draft.lexicon
        self.owners = Owners(draft)
        self.markers = Markers(draft.lexicon, self.owners)
        self.moved = draft.lexicon.pattern(r"(?:<<moved_labels>>|<<moved_words>>|<<motion_nouns>>)(?!\w)", re.I)
        self.lists = tasklists.of(draft)
        self.labels = set(self.lists.labels)

    def all(self) -> Iterator[Action]:
        kinds = self.lists.kinds
        first = self.draft.begun
        i = 0
        while i < len(self.blocks):
            block, kind = self.blocks[i], kinds[i]
            if kind == "earlier" or block.kind in _NOT or block.part not in ("body", "section", "item"):
                i += 1
                continue
            if block.kind == "row":
                table = tables.rows(self.blocks, i)
                if len(table) > 1:
                    yield from self._table(table, kind)
                    i = table.stop
                    continue
            if block.part == "item":
                yield from self._in_title(i)
            elif kind == "actions":
                yield from self._listed(i)
            elif i >= first:
                yield from self._marked(i)
            i += 1
        for i, start, end, form in forms.systematic(self.draft, self.owners, self._business(first, kinds)):
            yield self._made(i, start, end, f"a form that stands for actions here: {form}")

    def _business(self, first: int, kinds: Sequence[str]) -> list[int]:
        """The blocks of text in which a form may stand for actions: in no list and no table."""
        blocks = enumerate(self.blocks)
        return [
            i for i, b in blocks if i >= first and b.part == "body" and b.kind not in (*_NOT, "row") and not kinds[i]
        ]

    # --- markers

    def _marked(self, i: int) -> Iterator[Action]:
        """The actions that markers in a block begin."""
        block = self.blocks[i]
        plain = block.text.plain
        if m := _BOX.match(plain):
            yield self._made(i, m.end(), len(plain), "a box to tick", listed=True)
            return
        said = chats.WRITTEN.match(plain)  # "<ann> ACTION: Bo to buy lamps"
        starts = [said.end() if said else 0, *(m.end() for m in self.markers.inner.finditer(plain))]
        starts = sorted({*starts, *(m.start for m in block.text.marks if m.kind == "strong")})
        lines = (p.offset for p in block.text.pieces)
        starts = sorted({*starts, *(at for at in lines if _NUMBERED.match(plain, at))})
        # A marker may be seen with its bracket and without: the last place counts.
        seen = {found[0]: (at, *found) for at in starts if (found := self.markers.at(plain, at))}
        begun = sorted(seen.values())
        for k, (at, text, who, rule) in enumerate(begun):
            end = begun[k + 1][0] if k + 1 < len(begun) else self.markers.end(block, at, text)
            if plain[text:end].strip(" .()[]–-").casefold() in self.lexicon.set("nobody"):
                continue  # "Action: None"
            if self.moved.match(plain, text):
                continue  # "Action: Motion by Ann Lee to light the pier. Carried"
            if states.alone(plain[text:end], self.lexicon) or self._of_earlier(i, plain[at:text], plain[text:end]):
                continue  # "Action 3: complete"
            if self.markers.only_names(plain[text : min(end, text + _LONGEST_NAMES)]):
                yield from self._before(i, at, text, end, begun[k - 1][1] if k else 0)
            else:
                number = references.references(plain[at:text], self.lexicon)
                yield replace(self._made(i, text, end, rule, who), number=number[0].number if number else "")
        if self.markers.alone.match(plain) and i + 1 < len(self.blocks):
            below = self.blocks[i + 1]
            self.labels.add(i)
            if below.kind == "paragraph" and below.part == "body" and not self.markers.at(below.text.plain, 0):
                yield self._made(i + 1, 0, len(below.text.plain), "below a marker on a line of its own")

    def _of_earlier(self, i: int, marker: str, text: str) -> bool:
        """Whether an item about earlier minutes says what came of an action: "Action 3: Ann reported that ..." """
        item = self.draft.minutes.item_of(i)
        if item is None or not references.references(marker, self.lexicon):
            return False
        matters = self.lexicon.pattern(r"(?<!\w)<<matters_words>>(?!\w)", re.I)
        return bool(matters.search(self.draft.minutes.items[item].title)) and not phrase(text, self.lexicon)

    def _before(self, i: int, at: int, text: int, end: int, since: int) -> Iterator[Action]:
        """The action whose marker stands behind it and names only who is to do it.

        `since`: where the one before ends.
        """
        plain = self.blocks[i].text.plain
        who = plain[text:end].strip(" .()[]*_")
        begin = text + plain[text:end].index(who)
        span = Span(i, begin, begin + len(who), who)
        before = plain[since:at].rstrip(" ([*_-–—.")
        rule = "the words in front of a marker that names who"
        if before:
            start = since + max((m.end() for m in _SENTENCE.finditer(before)), default=0)
            stop = since + len(plain[since:at].rstrip(" ([*_-–—"))
            yield self._put(i, start, stop, tuple(self.owners.each(span)), rule)
        elif i and self.blocks[i - 1].part == "body" and self.blocks[i - 1].kind not in _NOT:
            above = self.blocks[i - 1].text.plain
            start = max((m.end() for m in _SENTENCE.finditer(above.rstrip(" ."))), default=0)
            yield self._put(i - 1, start, len(above), tuple(self.owners.each(span)), rule)

    def _in_title(self, i: int) -> Iterator[Action]:
        """The action that a heading of business holds: "3. Hall hire (ACTION: Clerk)" is too little to be one."""
        plain = self.blocks[i].text.plain
        for m in self.markers.inner.finditer(plain):
            if (found := self.markers.at(plain, m.end())) and not self.markers.only_names(plain[found[0] :]):
                yield self._made(i, found[0], len(plain), found[2], found[1])
                return

    # --- lists and tables of actions

    def _listed(self, i: int) -> Iterator[Action]:
        """The actions of a list that holds nothing else: one a bullet, one a line."""
        if i in self.labels:
            return
        block = self.blocks[i]
        plain = block.text.plain
        if plain.strip(" .-–").casefold() in self.lexicon.set("nobody") or (plain.isupper() and len(plain.split()) < 7):
            return  # nothing, or the words of a form that was not filled in
        if plain.startswith("{:") or states.beside(block.text, self.lexicon):
            return  # a mark of another system; an earlier action, and how it stands
        rule = _IN_LIST
        if block.kind == "bullet" and (parent := self._parent(i)) is not None:
            if parent[1] is None:
                return  # a bullet below one says more of it
            found = self._made(i, _box(plain), len(plain), rule, listed=True)
            yield found if found.owners else replace(found, owners=(parent[1],))
            return
        if (
            block.kind == "bullet"
            and self.markers.only_names(plain.rstrip(":"))
            and tasklists.has_children(self.blocks, i)
        ):
            return
        if block.kind == "paragraph":
            if any(
                self.blocks[j].kind in ("bullet", "numbered", "row")
                for j in (i - 1, i + 1)
                if 0 <= j < len(self.blocks)
            ) and not self.markers.at(plain, 0):
                return
            if not self.markers.at(plain, 0) and not self.owners.of(plain, i, 0, len(plain), listed=True).spans:
                return
            pieces = [p.offset for p in block.text.pieces]
            ends = [*pieces[1:], len(plain)]
            each = [self.owners.of(plain, i, a, b, listed=True).spans for a, b in zip(pieces, ends, strict=True)]
            if len(pieces) > 1 and all(each):
                for a, b in zip(pieces, ends, strict=True):
                    yield self._made(i, a, b, rule, listed=True)
                return
        start, who = _box(plain), None
        number = block.label.strip(" .)(:")
        if found_ := self.markers.at(plain, start):
            told = references.references(plain[start : found_[0]], self.lexicon)
            number = told[0].number if told else number
            start, who = found_[0], found_[1]
        elif block.kind == "paragraph" and (n := numbers.read(plain, self.lexicon)):
            start, number = n.end, n.printed
        elif front := references.in_front(plain, self.lexicon):
            start, number = front.end, front.number
        yield replace(self._made(i, start, len(plain), rule, who, listed=True), number=number)

    def _parent(self, i: int) -> tuple[int, Span | None] | None:
        """(the bullet above that a bullet belongs to, the words that name its owner if it is but a name)."""
        for j in range(i - 1, max(-1, i - 40), -1):
            b = self.blocks[j]
            if b.kind not in ("bullet", "numbered") or j in self.labels:
                return None
            if b.level < self.blocks[i].level:
                plain = b.text.plain.rstrip(" :")
                return j, Span(j, 0, len(plain), plain) if self.owners.is_somebody(plain, alone=True) else None
        return None

    def _table(self, table: range, kind: str) -> Iterator[Action]:
        """The rows of a table of actions, but for those of earlier meetings."""
        for row in tasktables.rows(self.draft, table, kind):
            start, end, text = row.action
            if row.earlier or not text or text.casefold() in self.lexicon.set("nobody"):
                continue
            a, b, who = row.owner
            made = self._made(row.block, start, end, _IN_TABLE, listed=True)
            spans = tuple(self.owners.each(Span(row.block, a, b, who))) if who.strip(" -–") else made.owners
            due = dates.due(row.due[2], self.lexicon, self._when(), bare=True)
            number = references.bare(row.number) or made.number
            yield replace(made, owners=spans, due=due or made.due, number=number, state=row.state)

    # --- putting it together

    def _made(
        self, i: int, start: int, end: int, rule: str, who: tuple[int, int] | None = None, *, listed: bool = False
    ) -> Action:
        plain = self.blocks[i].text.plain
        if who:
            made = self._put(i, start, end, tuple(self.owners.each(Span(i, *who, plain[slice(*who)]))), rule)
            within = dates.due(plain[who[1] : start], self.lexicon, self._when())  # "Action Ann Lee, by 7 June: ..."
            return replace(made, due=made.due or within)
        found = self.owners.of(plain, i, start, end, listed=listed)
        return self._put(i, found.start, end, found.spans or self._set_apart(i, start, end), rule)

    def _set_apart(self, i: int, start: int, end: int) -> tuple[Span, ...]:
        """Whose an action is, where bold words behind a sign at its end say so: "... on the lamps: **Bo**"."""
        plain = self.blocks[i].text.plain
        for m in self.blocks[i].text.marks:
            who = plain[m.start : m.end].strip(" .:()")
            before = plain[start : m.start].rstrip()[-1:]
            last = not plain[m.end : end].strip(" .)]")
            if (
                m.kind == "strong"
                and m.start > start
                and last
                and before in _SIGNS
                and self.owners.is_somebody(who, alone=True)
            ):
                at = plain.index(who, m.start)
                return tuple(self.owners.each(Span(i, at, at + len(who), who)))
        return ()

    def _put(self, i: int, start: int, end: int, spans: tuple[Span, ...], rule: str) -> Action:
        block = self.blocks[i]
        text = block.text.plain[start:end]
        start += len(text) - len(text.lstrip(_EDGES))
        text = text.strip(_EDGES)
        due = dates.due(text, self.lexicon, self._when()) or self._due_in(text) or self._due_below(i)
        ref = SourceRef(
            block.ref.path, block.text.line_at(start), block.text.line_at(max(start, start + len(text) - 1))
        )
        return Action(text, i, start, start + len(text), spans, ref, rule, due)

    def _due_in(self, text: str) -> dt.date | None:
        """The date behind a label at the end of an action: "... Deadline: 7 June"."""
        m = self.lexicon.pattern(r"[.;,(–—-]\s*<<due_labels>>\s*:\s*(?P<when>[^:]{3,40})$", re.I).search(text)
        return dates.due(m["when"], self.lexicon, self._when(), bare=True) if m else None

    def _due_below(self, i: int) -> dt.date | None:
        """The date on a line of its own below an action: "Due: end of March"."""
        if i + 1 >= len(self.blocks):
            return None
        m = self.lexicon.pattern(r"[\W_]*<<due_labels>>\s*:\s*(?P<when>\S.*)", re.I).match(
            self.blocks[i + 1].text.plain
        )
        return dates.due(m["when"], self.lexicon, self._when(), bare=True) if m else None

    def _when(self) -> dt.date | None:
        return self.draft.minutes.date


def _box(plain: str) -> int:
    m = _BOX.match(plain)
    return m.end() if m else 0

"""What minutes say of actions of earlier meetings: in a review of them, in a log, under matters arising.

Which earlier action is meant takes the other minutes to know. Here each line that speaks of one is found, with what it
calls the action by, the words in which it repeats it, and how it says that the action stands.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from minutebook import sentences
from minutebook.model import Block, Report, SourceRef
from minutebook.parse import dates, states, tables, tasklists, tasktables
from minutebook.parse.draft import Draft
from minutebook.parse.markers import Markers
from minutebook.parse.owners import Owners
from minutebook.parse.references import NUMBER, Reference, bare, in_front, references

_QUOTED = re.compile(r"[“\"„«‘](?P<words>[^“”\"„«»]{12,400})[”\"“»’]")
_SIGN = re.compile(r"\s+[–—-]+>?\s+|\s*(?:→|=>|\|)\s*|[:;]\s+|\n|\s*\u2005\s*|(?<=[^\W\d_]{2})[.!?]\s+(?=[^a-z])")
_ENTRIES = ("bullet", "numbered", "paragraph")
_NEAR = 24
"""Characters in front of a number in which the day of its meeting may stand."""
_LONGEST_HEAD = 60
"""Characters of a line that may be a heading."""
_LOOK = 2_000
"""Characters: no longer paragraph speaks of nothing but how an action stands."""
_FEWEST = 4
"""Words that repeat an action: fewer could be anything's."""


def find(draft: Draft) -> Draft:
    """The draft with what it says of earlier actions."""
    return draft.with_(reports=tuple(_Finder(draft).all()))


class _Finder:
    """Looks through one file."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.blocks, self.lexicon = draft, draft.blocks, draft.lexicon
        self.lists = tasklists.of(draft)
        self.markers = Markers(draft.lexicon, Owners(draft))
        self.head = ""
        """The words of the heading or label that the block stands below which is looked at."""
        self.last = draft.lexicon.pattern(r"(?<!\w)<<last_meeting_words>>(?!\w)", re.I)
        words = r"(?:<<new_labels>>|<<action_nouns>>|<<action_references>>|AP|AI)"
        self.instead = draft.lexicon.pattern(rf"(?<!\w)<<superseded_by>>\s+(?:{words}\W*){{0,2}}$", re.I)
        self.day_of = draft.lexicon.pattern(
            r"\s*[(\[,]?\s*(?:<<date_joins>>|<<date_openings>>)?\s*[^.:;)\]]{4,30}", re.I
        )
        self.others = draft.lexicon.pattern(r"(?:^|(?<!\w))<<others_own>>\W*(?:\w+\W*)?$", re.I)
        self.of_what = draft.lexicon.pattern(r"\s+<<of_the>>\s+(?P<what>[^.,;:()\n]{1,80})", re.I)
        self.papers = draft.lexicon.pattern(r"<<own_papers>>", re.I)
        self.matters = draft.lexicon.pattern(r"(?<!\w)<<matters_words>>(?!\w)", re.I)

    def all(self) -> Iterator[Report]:
        ended = ""
        for i, block in enumerate(self.blocks):
            if block.kind == "heading" or block.part in ("item", "section") or i in self.lists.labels:
                ended, self.head = self._ended(block), block.text.plain
                continue
            if block.part != "body" or block.kind in ("code", "break"):
                continue
            if len(block.text.plain) < _LONGEST_HEAD and self.matters.search(block.text.plain):
                self.head = block.text.plain  # a heading that is set as text
            kind = self.lists.kinds[i]
            if block.kind == "row":
                if len(table := tables.rows(self.blocks, i)) > 1:
                    yield from self._rows(table, kind)
            elif kind == "earlier":
                yield from self._line(i, ended)
            elif kind == "actions":
                yield from self._logged(i)
            else:
                yield from self._arising(i)

    def _ended(self, block: Block) -> str:
        """The state that a heading gives all that stand below it: "Completed actions"."""
        state = states.alone(block.text.plain, self.lexicon)
        return state if state and self.lexicon.pattern(r"\b<<action_nouns>>\b", re.I).search(block.text.plain) else ""

    # --- a review: each entry of it

    def _line(self, i: int, ended: str) -> Iterator[Report]:
        block = self.blocks[i]
        plain = block.text.plain
        if self._nothing(plain) or self._below(i) is not None:
            return
        said = states.beside(block.text, self.lexicon)
        if (
            said
            and not plain[: said.start].strip(" .-–")
            and not plain[said.end :].strip(" .")
            and not self._numbered(plain)
        ):
            return  # it says how the entry above stands, or all of them
        below = None if said else self._state_below(i)
        if below:
            j, state = below
            number = next((r.number for r in references(plain, self.lexicon)), "")
            rule = "below a line of a review of actions"
            yield self._put(j, 0, len(self.blocks[j].text.plain), rule, state, number, _repeated(plain))
            return
        rule = "a line of a review of actions"
        if not said and ended:
            rule = f"{rule}, below a heading that says how they stand"
        yield from self._each(i, said.state if said else ended, rule)

    def _nothing(self, plain: str) -> bool:
        words = plain.strip(" .()[]-–:*_")
        if words.casefold() in self.lexicon.set("nobody") or not words:
            return True
        return ": " not in words and self.markers.only_names(plain)  # "@ann: close the tracker" says more than who

    def _below(self, i: int) -> int | None:
        """The entry that a block only says more of: one that stands less far in, or that it gives the state of."""
        block = self.blocks[i]
        if block.kind in ("bullet", "numbered"):
            for j in range(i - 1, max(-1, i - 40), -1):
                b = self.blocks[j]
                if b.kind not in ("bullet", "numbered") or self.lists.kinds[j] != "earlier":
                    return None
                if b.level < block.level:
                    return None if j in self.lists.labels or self._nothing(b.text.plain) else j
            return None
        alone = states.alone(block.text.plain, self.lexicon)
        before = i and self.blocks[i - 1].kind in _ENTRIES and self.lists.kinds[i - 1] == "earlier"
        return i - 1 if alone and before and not self._numbered(block.text.plain) else None

    def _numbered(self, plain: str) -> bool:
        """Whether words call an action by a number, and so say how that one stands: "22/14 not yet complete"."""
        return bool(references(plain, self.lexicon) or in_front(plain, self.lexicon))

    def _state_below(self, i: int) -> tuple[int, str] | None:
        """(the block below an entry that says how it stands, the state): a bullet further in, or a line that says no
        more."""
        for j in range(i + 1, len(self.blocks)):
            b = self.blocks[j]
            deeper = b.kind in ("bullet", "numbered") and b.level > self.blocks[i].level and b.kind != "paragraph"
            line = b.kind == "paragraph" and b.part == "body" and j == i + 1
            if self.lists.kinds[j] != "earlier" or not (deeper or line):
                return None
            if self._numbered(b.text.plain):
                return None
            if state := states.alone(b.text.plain, self.lexicon) or (
                states.of_cell(b.text.plain, self.lexicon) if deeper else ""
            ):
                return j, state
            if line:
                return None
        return None

    # --- a list of actions that holds earlier ones too, and its table

    def _logged(self, i: int) -> Iterator[Report]:
        """A line of a list of actions that says how its action stands."""
        block = self.blocks[i]
        said = states.beside(block.text, self.lexicon)
        if said and not self._nothing(block.text.plain):
            yield from self._each(i, said.state, "a line of a list of actions, and its state")

    def _rows(self, table: range, kind: str) -> Iterator[Report]:
        for row in tasktables.rows(self.draft, table, kind):
            if row.earlier and (row.action[2] or row.number):
                plain = self.blocks[row.block].text.plain
                rule = "a row of a review of actions" if kind == "earlier" else "a row of a table of actions"
                yield self._put(row.block, 0, len(plain), rule, row.state, row.number, row.action[2], row.raised)

    # --- matters arising, and anywhere else

    def _arising(self, i: int) -> Iterator[Report]:
        """What an item about earlier minutes says of their actions; elsewhere only sentences that say no more."""
        block = self.blocks[i]
        item = self.draft.minutes.item_of(i)
        title = self.draft.minutes.items[item].title if item is not None else ""
        if self.matters.search(title) or self.matters.search(self.head):
            said = states.beside(block.text, self.lexicon)
            yield from self._each(i, said.state if said else "", "words of an item about earlier minutes")
            return
        m = _QUOTED.match(block.text.plain)
        quoted = m and len(m["words"].split()) >= _FEWEST
        if quoted and (said := states.beside(block.text, self.lexicon)):
            yield from self._each(i, said.state, "words in quotation marks, and how the action stands")
            return
        plain = block.text.plain
        if not references(plain[:_LOOK], self.lexicon):
            return
        for a, b in sentences.spans(plain, self.lexicon):
            state = states.alone(plain[a:b], self.lexicon)
            named = references(plain[a:b], self.lexicon) if state else []
            for r in (r for r in named if self._is_ours(plain[a:b], r)):
                yield self._put(i, a, b, "a sentence that says how an action stands", state, r.number, "")

    # --- putting it together

    def _each(self, i: int, state: str, rule: str) -> Iterator[Report]:
        """A report for each action that a block calls by its number, with the words from there to the next; else one
        for the block."""
        block = self.blocks[i]
        plain = block.text.plain
        found = [r for r in references(plain, self.lexicon) if self._is_ours(plain, r)]
        places = sorted({r.start for r in found})
        if len(places) > 1:
            edges = [0, *places[1:], len(plain)]
            for k, at in enumerate(places):
                a, b = edges[k], edges[k + 1]
                said = states.beside_plain(plain[a:b], self.lexicon)
                for r in (r for r in found if r.start == at):
                    yield self._put(i, a, b, rule, said.state if said else "", r.number, _repeated(plain[r.end : b]))
            return
        start = found[0].end if found and not plain[: found[0].start].strip(" (*_[") else 0
        if not found and (front := in_front(f"{block.label} {plain}".lstrip(), self.lexicon)):
            found, start = [front], max(0, front.end - (len(block.label) + 1 if block.label else 0))
        quoted = _repeated(plain[start:])
        for r in found:
            yield self._put(i, 0, len(plain), rule, state, r.number, quoted)
        if not found and len(plain.split()) >= _FEWEST:
            yield self._put(i, 0, len(plain), rule, state, "", quoted)

    def _is_ours(self, plain: str, r: Reference) -> bool:
        """Whether a number is that of an action which a text is about: not of the one in its place, or of others."""
        of = self.of_what.match(plain, r.end)
        if of and not self.papers.search(of["what"]) and not self._earlier(of["what"]):
            return False  # "action 2 of the county plan"
        return not (
            self.instead.search(plain[: r.start])
            or self.others.search(plain[: r.start])
            or self.others.search(plain[r.end :][:_NEAR].partition("(")[0])
        )

    def _day(self, plain: str) -> dt.date | None:
        """The day that an action is from: in brackets, "AL to count the pilots (3 May 2021)", or in the heading."""
        inside = [m["inside"] for m in re.finditer(r"[(\[](?P<inside>[^()\[\]]{6,40})[)\]]", plain)]
        for words in [*inside, self.head]:
            if day := self._earlier(words):
                return day
        for r in references(plain, self.lexicon):
            near = self.day_of.match(plain, r.end)
            if day := self._earlier(near.group() if near else plain[max(0, r.start - _NEAR) : r.start]):
                return day
        return None

    def _earlier(self, words: str) -> dt.date | None:
        """The day before this meeting that words name; one without a year is the last of that name."""
        when = self.draft.minutes.date
        if not when:
            return None
        for found in dates.find(words, self.lexicon, yearless=True):
            years = [found.date] if found.date else [dates.in_year(found, when.year - n) for n in (0, 1)]
            if before := [d for d in years if d and d < when]:
                return before[0]
        return None

    def _put(
        self,
        i: int,
        start: int,
        end: int,
        rule: str,
        state: str,
        number: str,
        quoted: str,
        raised: dt.date | None = None,
    ) -> Report:
        block = self.blocks[i]
        text = block.text.plain[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip()
        ref = SourceRef(
            block.ref.path, block.text.line_at(start), block.text.line_at(max(start, start + len(text) - 1))
        )
        instead = [m.group().strip() for m in NUMBER.finditer(text) if self.instead.search(text[: m.start()])]
        return Report(
            text,
            i,
            start,
            start + len(text),
            ref,
            rule,
            bare(number),
            quoted,
            raised or self._day(text),
            bool(self.last.search(self.head) or self.last.search(text)),
            instead[0] if instead and state == "superseded" else "",
            state,
        )


def _repeated(plain: str) -> str:
    """The words that may repeat an action: those in quotation marks, else those in front of the first sign."""
    if m := _QUOTED.search(plain):
        return m["words"].strip()
    words = plain.strip(" .:;–—-()[]*_")
    first = next(
        (words[: m.start()] for m in _SIGN.finditer(words) if len(words[: m.start()].split()) >= _FEWEST), words
    )
    return first.strip(" .:;–—-()[]*_")

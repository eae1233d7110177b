"""Decisions: resolutions, agreed motions and votes that the minutes set apart as such.

Set apart by a marker ("RESOLVED that ...", "Decision: ..."), by standing in a list of outcomes, or by a result that is
recorded behind a motion ("Proposed by Cllr Lee, seconded by Cllr Ray. Carried."). That something "was agreed" within a
paragraph is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from minutebook.lexicon import alternatives
from minutebook.model import Block, Decision, SourceRef
from minutebook.parse import chats, headings, indexes, labels, sections, tables, tallies
from minutebook.parse.draft import Draft
from minutebook.parse.elections import Elections
from minutebook.parse.motions import Motions
from minutebook.parse.recorded import Recorded
from minutebook.parse.subjects import Subjects
from minutebook.sentences import spans

_RESULT_CELL = 4
"""Words of a cell that says how a motion fared."""
_OPENING = 20
"""Characters by which the end of a decision is found in its block."""
_CHAT = re.compile(rf"\s*(?:{chats.CLOCK}\s*)?<[^<>\s]{{1,30}}>\s")
"""In front of what somebody wrote in a chat, as programs for it print who did."""
_LEAD = re.compile(rf"(?:{chats.LINE}|{chats.CLOCK}\s+|[^\w\s<\[(]{{1,3}}\s+)?")
"""In front of a marker: who wrote it in a chat and when, or a sign."""
_ENTRIES = ("bullet", "numbered", "quote")
_NUMBER = r"(?:\s+(?:n[or]\.?\s*|n[°º]\s*|#\s*)?(?:[A-Z]{1,3}[-/ ]?)?\d[\w./-]*)?"


def find(draft: Draft) -> Draft:
    """The draft with its decisions."""
    finder = _Finder(draft)
    found: dict[tuple[int, int, str], Decision] = {}
    for d in finder.all():
        found.setdefault((d.block, d.ref.first_line if d.text else 0, d.text), d)
    told = sorted((d for d in found.values() if d.text), key=lambda d: d.block)
    items = {d.block: draft.minutes.item_of(d.block) for d in told}
    kept = indexes.once(told, {b: draft.minutes.items[i].title for b, i in items.items() if i is not None})
    parts = {d.block: ("decision", d.rule) for d in kept if draft.blocks[d.block].part == "body"}
    parts |= {
        i: ("section", "label of a decision")
        for i in finder.labels
        if draft.blocks[i].part == "body" and i not in parts
    }
    return draft.taken(parts).with_(decisions=tuple(kept))


def _same_list(one: str, other: str) -> bool:
    """Whether two labels count the same list: "(1)" and "(2)", and not "3."."""
    figures = re.compile(r"\d+|[A-Za-z]+")
    return (
        figures.sub("n", one) == figures.sub("n", other) and one.strip("(.)").isdigit() == other.strip("(.)").isdigit()
    )


class _Finder:
    """Looks for the decisions of one file."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.blocks, self.lexicon = draft, draft.blocks, draft.lexicon
        self.labels: set[int] = set()
        self.table, self.recorded = 0, False
        """Where the table begins that is being read, and whether it told its result."""
        self.decided = draft.lexicon.pattern(r"\b<<decided_words>>\b", re.I)
        self.speaker = re.compile(r"[^:.]{1,40}:\s")
        self.keys = draft.lexicon.pattern(r"<<status_labels>>$", re.I)
        lex = draft.lexicon
        markers = lex.any_of("decision_markers")
        intro = lex.any_of("decision_intros")
        small = alternatives(w.lower() for w in lex.list("decision_markers") if not w.isupper())  # as scribes write
        ways = ("unanimous_words", "by_consent", "result_words")
        votes = "|".join(lex.any_of(key) for key in ways)
        self.marker = re.compile(
            rf"[\[(]?(?:{intro}\s+)?(?P<word>{markers}|{small}(?=\s*:))(?:\s+(?i:{votes}))?{_NUMBER}[\])]?(?:\s*\([^()]{{1,40}}\)(?=\s*:))?"
            rf"(?:\s*:\s*|\s+[–—-]+\s+|,?\s+(?P<that>{lex.any_of('decision_joins')})\s+)(?=\S)"
        )
        capitals = (
            "|".join(sorted((re.escape(w) for w in lex.list("decision_markers") if w.isupper()), key=len, reverse=True))
            or "(?!)"
        )
        self.capital = re.compile(
            rf"\b(?:{capitals})\b(?:\s+(?i:{votes}))?(?:\s*\([^()]{{1,90}}\))?\s*(?::|(?:,|,\s[^.;:]{{1,120}},)?\s+(?i:{lex.any_of('decision_joins')})\b)\s*"
        )
        self.boxed = re.compile(rf"[\[(](?P<word>{capitals})[\])]\s*[:–-]?\s*(?=\S)")
        """A marker in brackets needs no sign: "[RESOLUTION] light the pier"."""
        self.alone = re.compile(rf"[\W_]*(?:{intro}\s+)?(?:{markers})\s*:?\s*[–—-]*\s*$", re.I)
        self.not_yet = lex.pattern(r"(?<!\w)<<not_yet_words>>\s*$", re.I)
        self.fell = lex.pattern(r"(?<!\w)<<lost_words>>\s*$", re.I)
        """In front of a marker: "FAILED RESOLUTION: ..."."""
        self.own_fall = lex.pattern(r"[\W_]*<<lost_words>>\s*:\s+\S+\s+\S", re.I)
        """What a line says to have failed itself: "REJECTED: keep the boat"."""
        self.subjects = Subjects(draft)
        self.motions = Motions(draft, self.subjects)
        self.votes = Recorded(draft, self.subjects)
        self.elections = Elections(draft)
        self.capitals = lex.pattern(r"\b<<decided_capitals>>\b")
        self.decides = lex.pattern(
            r"^[\W_]*(?:\w{1,3}[.)]\s*)?$|\b(?:<<voting_bodies>>|<<passives>>)\s+(?:\w+ly\s+)?$", re.I
        )
        """In front of a verb in capitals: nothing, who decides, or that it was so decided."""
        self.negated = lex.pattern(r"(?<!\w)(?:<<negations>>|<<not_yet_words>>|<<open_questions>>)(?!\w)", re.I)

    def all(self) -> Iterator[Decision]:
        first = self.draft.begun
        listed, lasting = tuple[str, ...](), True
        for i, block in enumerate(self.blocks):
            if block.kind == "heading" or block.part in ("item", "section"):
                listed, lasting = self._listed(i), block.kind == "heading"
                continue
            if not lasting and block.kind == "paragraph":
                listed, lasting = (), True  # a list below a label ends with the next paragraph
            if block.part not in ("body", "action") or block.kind in ("code", "break"):
                continue
            if listed and block.kind == "row":
                yield from self._indexed(i)
                continue
            if listed:
                if block.kind in listed and block.level <= 1 and not self._nothing(block):
                    yield self._entry(i)
                continue
            if i in self.subjects.told:
                continue  # an entry of the list above
            if i >= first and block.part == "body":
                for found in self._one(i):
                    if one := self.subjects.of_what(found):
                        self.subjects.told.add(one.block)
                        yield self._with_entries(one)

    def _listed(self, i: int) -> tuple[str, ...]:
        """The kinds of blocks that are each a decision below a heading: entries of a list, or else paragraphs."""
        if sections.kind(self.blocks[i].text.plain, self.lexicon) != "outcomes":
            return ()
        below = takewhile(lambda j: self.blocks[j].kind != "heading", range(i + 1, len(self.blocks)))
        entries = any(self.blocks[j].kind in _ENTRIES for j in below)
        return _ENTRIES if entries else ("paragraph",)

    def _entry(self, i: int) -> Decision:
        """An entry of a list of decisions, with what stands below it where it only opens that."""
        plain = self.blocks[i].text.plain
        return self._with_entries(self.subjects.put(i, self._intro(plain), len(plain), indexes.LISTED))

    def _with_entries(self, one: Decision) -> Decision:
        """A decision, with the list below it that it opens: "Ann Lee moved to:"."""
        opens = one.text.endswith(":") and self.blocks[one.block].text.plain.rstrip().endswith(one.text[-_OPENING:])
        below = headings.children(self.blocks, one.block) if opens else []
        if not below:
            return one
        self.subjects.told.update(range(one.block + 1, one.block + 1 + len(below)))
        last = SourceRef(one.ref.path, one.ref.first_line, below[-1].ref.last_line)
        joint = self.subjects.words.joint
        said = "; ".join(joint.sub("", b.text.plain).strip(" ;") for b in below)
        return replace(one, text=f"{one.text} {said}", ref=last)

    def _indexed(self, i: int) -> Iterator[Decision]:
        """The decisions of a table in a list of decisions: the cells of its column for them, one a row."""
        table = tables.rows(self.blocks, i)
        heads = [labels.folded(c) for c in tables.cells(self.blocks[i])] if len(table) > 1 else []
        column = next((k for k, head in enumerate(heads) if head in self.lexicon.set("columns.decision")), None)
        for j in table[1:] if column is not None else ():
            cells = tables.spans(self.blocks[j])
            others = (text for k, (_, _, text) in enumerate(cells) if k != column)
            if any(len(text.split()) < _RESULT_CELL and self.subjects.words.lost.search(text) for text in others):
                continue
            if column is not None and column < len(cells) and cells[column][2]:
                yield self.subjects.put(j, *cells[column][:2], indexes.LISTED)

    def _nothing(self, block: Block) -> bool:
        return block.text.plain.strip(" .-–").casefold() in self.lexicon.set("nobody")

    def _is_nothing(self, text: str) -> bool:
        """Whether what stands behind a marker says that nothing was decided, "none", or but how the vote went."""
        said = text.strip(" .-–*_").casefold()
        none = text.startswith("___") or said in self.lexicon.set("nobody") | self.lexicon.set("answers")
        none = none or not re.search(r"[^\W\d_]{2}", said)
        return none or (len(said.split()) < _RESULT_CELL and tallies.votes(text, self.lexicon) is not None)

    def _printed_apart(self, i: int) -> int:
        """Where the decision begins behind a marker that stands in brackets, or alone in bold capitals; else 0."""
        block, plain = self.blocks[i], self.blocks[i].text.plain
        if m := self.boxed.match(plain):
            return m.end()
        bold = next((s for s in block.text.marks if s.kind == "strong" and s.start < 3), None)
        words = plain[bold.start : bold.end] if bold else ""
        apart = bold and words.isupper() and self.alone.match(words) and len(plain[bold.end :].split()) > 1
        return bold.end if bold and apart else 0

    def _intro(self, plain: str) -> int:
        """Where a decision of a list begins: behind "Resolution #3:", or "agreed that"."""
        agreed = self.lexicon.pattern(r"(?:<<agreed_words>>)\s+(?:<<decision_joins>>)\s+", re.I)
        m = self.marker.match(plain) or agreed.match(plain)
        return m.end() if m else 0

    def _one(self, i: int) -> Iterator[Decision]:
        block = self.blocks[i]
        plain = block.text.plain
        if self.subjects.words.proposal.match(plain):  # "PROPOSED RESOLUTION: ..." is none yet
            yield from self.motions.of(i, [])
            return
        lead = _LEAD.match(plain)
        m = self.marker.match(plain, lead.end() if lead else 0)
        said = spans(plain, self.lexicon)
        if m and self._is_nothing(plain[m.end() :]):
            return
        *_, last = block.text.lines
        if m and last[0] > m.end() and self.motions.words.falls_alone(plain[slice(*last)]):
            return  # "RESOLUTION 4: ban kites", and on the next line "Defeated 3-6."
        if m and len(said) > 1 and self.subjects.words.lost.search(plain[said[-1][0] :]):
            return
        if m and (not m["that"] or m["word"].isupper()):  # "Agreed to ..." in prose is not set apart; "AGREED to" is
            if self._lost_below(i):
                return
            rule = "a marker with a sign behind it" if not m["that"] else "a marker in capitals"
            yield self.subjects.put(i, m.end(), len(plain), rule)
            return
        if begins := self._printed_apart(i):
            yield self.subjects.put(i, begins, len(plain), "a marker in capitals, in brackets or bold")
            return
        word = plain.strip(" *_.").casefold()  # "CARRIED" tells of what stands above, "RESOLVED" of what stands below
        told = word in self.lexicon.set("result_words") - self.lexicon.set("resolution_words")
        if self.alone.match(plain) and len(plain) < 60 and not told and (below := list(self._below(i))):
            self.labels.add(i)
            yield from below
            return
        m = self.capital.search(plain)
        front = plain[: m.start()] if m else ""
        if m and (self.not_yet.search(front) or self.fell.search(front) or self._lost_below(i)):
            return
        if m and plain[m.end() :].strip(" .:"):
            yield self.subjects.put(i, m.end(), len(plain), "a marker in capitals")
            return
        if m:  # "It was proposed by Ann Lee, seconded by Bo Ray, and RESOLVED:"
            yield from self._below(i)
            return
        if not _CHAT.match(plain) and (apart := list(self._in_capitals(i, said))):
            yield from apart
            return
        if (
            block.kind == "quote"
            and len(plain.split()) < 45
            and self.decided.search(plain)
            and not self.speaker.match(plain)
            and not self.subjects.spoken(i)
        ):
            yield self.subjects.put(i, 0, len(plain), "a quotation that says what was decided")
            return
        if block.kind == "row":
            yield from self._status(i)
            return
        bold = [s for s in block.text.marks if s.kind == "strong" and s.end - s.start > 25]
        for s in bold:
            if m := self.marker.match(plain, s.start):
                yield self.subjects.put(i, m.end(), s.end, "a marker in bold words")
                return
        if self.motions.tells_of_above(i):
            return
        said_so = self.subjects.spoken(i) and not self.subjects.words.moves_and_seconds(plain)
        if not _CHAT.match(plain) and not said_so:  # "<ann> the motion passed, I think" is what somebody says
            yield from self._told(i, [(s.start, s.end) for s in bold])

    def _told(self, i: int, bold: list[tuple[int, int]]) -> Iterator[Decision]:
        """The decisions that the sentences of a block tell of, by the first way of telling it that fits."""
        yield from (
            list(self.votes.on_motions(i))
            or list(self.elections.lists(i))
            or list(self.elections.above(i))
            or list(self.elections.chosen(i))
            or list(self.motions.of(i, bold))
            or list(self.elections.of(i))
            or list(self.votes.of(i))
        )

    def _in_capitals(self, i: int, said: list[tuple[int, int]]) -> Iterator[Decision]:
        """The sentences that set apart in capitals what was decided: "The Senate APPROVED the amendments"."""
        block = self.blocks[i]
        plain = block.text.plain
        if block.kind in ("row", "heading") or plain.isupper():
            return
        for a, b in said:
            m = self.capitals.search(plain, a, b)
            around = plain[a:b].replace(m.group(), "", 1) if m else ""
            if not m or sum(c.islower() for c in around) < sum(c.isupper() for c in around):
                continue  # all of it is in capitals
            if not self.decides.search(plain[a : m.start()]):
                continue  # "HTTPS is RECOMMENDED" decides nothing
            if self.negated.search(plain, a, m.start()) or self.subjects.words.lost.search(plain, a, b):
                continue
            yield self.subjects.put(i, a, b, "a verb in capitals")

    def _below(self, i: int) -> Iterator[Decision]:
        """What stands below a marker that has nothing behind it: a paragraph, or each entry of a list."""
        below = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        if below and below.part == "body" and below.kind in ("paragraph", "quote", "bullet", "numbered"):
            for j in self._entries(i + 1):
                yield self.subjects.put(j, 0, len(self.blocks[j].text.plain), "below a marker on a line of its own")

    def _entries(self, j: int) -> Iterator[int]:
        """A block, and where it is the entry of a list those behind it that stand as far in."""
        first = self.blocks[j]
        yield j
        if first.kind not in ("bullet", "numbered"):
            return
        for k in range(j + 1, len(self.blocks)):
            b = self.blocks[k]
            if b.kind not in ("bullet", "numbered") or b.part != "body" or b.level < first.level:
                return
            if first.label and not _same_list(first.label, b.label) and b.level == first.level:
                return
            if b.kind == first.kind and b.level == first.level:
                yield k

    def _status(self, i: int) -> Iterator[Decision]:
        """The decision of a table that says how a motion fared ("Status | Accepted"): the bullets above it, else the
        heading that they would stand under."""
        if i and self.blocks[i - 1].kind != "row":
            self.table, self.recorded = i, False
        cells = [c for c in tables.cells(self.blocks[i]) if c]
        if len(cells) == 2 and self.alone.match(cells[0]) and self._tells_itself(cells[1]):
            start, end, _ = tables.spans(self.blocks[i])[-1]
            yield self.subjects.put(i, start, end, "a cell beside a marker")
            return
        if self.recorded or len(cells) != 2 or not self.keys.match(cells[0].rstrip(" :")):
            return
        if not self.subjects.words.result.search(cells[1]) or self.subjects.words.lost.search(cells[1]):
            return
        first, above = self.table, list[Block]()
        self.recorded = True
        while first and self.blocks[first - 1].kind == "bullet" and self.blocks[first - 1].part == "body":
            first -= 1
            b = self.blocks[first]
            if b.level == 1 and not (b.text.plain.isupper() and len(b.text.plain.split()) == 1):
                above.append(b)
        above.reverse()
        item = self.draft.minutes.item_of(i)
        if above:
            text = "; ".join(b.text.plain.strip() for b in above)
        elif item is not None:
            above, text = [self.blocks[self.draft.minutes.items[item].heading]], self.draft.minutes.items[item].title
        else:
            return
        ref = SourceRef(above[0].ref.path, above[0].ref.first_line, self.blocks[i].ref.last_line)
        yield Decision(text, i, ref, "a table that records the result")

    def _tells_itself(self, text: str) -> bool:
        """Whether a cell says what was decided, and not how what stands above it fared."""
        return len(text.split()) > 2 and not self.subjects.words.result.match(text) and not self._is_nothing(text)

    def _lost_below(self, i: int) -> bool:
        """Whether the next lines say that what was put did not pass."""
        for b in self.blocks[i + 1 : i + 3]:
            another = self.motions.begins_another(b.text.plain) or self.subjects.words.moving.search(b.text.plain)
            another = another or self.own_fall.match(b.text.plain)
            if b.part != "body" or another:
                return False
            if len(b.text.plain.split()) < 25 and self.subjects.words.lost.search(b.text.plain):
                return True
        return False

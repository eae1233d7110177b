"""What a result is of: the motion above that waits for it, what stands below a motion's heading, an entry, a title.

A line that only says how something fared ("Vote passed") or who moved it ("Moved: Ann Lee, seconded: Bo Ray") is no
decision by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, takewhile

from minutebook.model import Decision, SourceRef
from minutebook.parse.draft import Draft
from minutebook.parse.motion_words import MotionWords
from minutebook.parse.owners import Owners

_NEAR = 7
"""Blocks between a decision and a line that says how it went: who moved it, who seconded it, who was for it."""
_FAR = 14
"""Blocks between a motion and its result: what was said of it."""
_MOST_OPEN = 4
"""Motions that wait for their result: one, and what would amend it."""
_FEWEST_WORDS = 6
"""Words of what is moved: fewer name who moves it, or what it is about."""
_OUTERMOST = 7
"""A level of headings above which there is none."""
_SPEAKER = re.compile(r"[\W_]*(?P<who>[^\W\d_][^:\n]{0,40}?)\s*:\s")


class Subjects:
    """Keeps in mind what one file has told of so far, and finds what a result is of."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.blocks, self.lexicon = draft, draft.blocks, draft.lexicon
        self.words, self.owners = MotionWords(draft.lexicon), Owners(draft)
        self.told: set[int] = set()
        """Blocks that hold a decision."""
        self.open: list[tuple[int, int, int, int | None]] = []
        """Motions whose result is still to come: (block, start, end, item), the last one on top."""

    def put(self, i: int, start: int, end: int, rule: str) -> Decision:
        """The decision that the words of a block between two places are."""
        block = self.blocks[i]
        text = self.words.trimmed(block.text.plain[start:end], rule)
        ref = SourceRef(block.ref.path, block.text.line_at(start), block.text.line_at(max(start, end - 1)))
        return Decision(text, i, ref, rule)

    def spoken(self, i: int) -> bool:
        """Whether a block is what somebody of the roll call says: "Ann Lee: +1 to the motion."."""
        m = _SPEAKER.match(self.blocks[i].text.plain)
        return m is not None and self.owners.is_listed(m["who"].strip(" *_"))

    def opens(self, i: int, start: int, end: int) -> None:
        """Keeps in mind a motion whose result may stand further below."""
        if self.words.lost.search(self.blocks[i].text.plain[start:end]):
            return
        item = self.draft.minutes.item_of(i)
        self.open = [o for o in self.open if o[3] == item and i - o[0] <= _FAR][-_MOST_OPEN:]
        if not self.open or self.open[-1][:2] != (i, start):
            self.open.append((i, start, end, item))

    def falls(self, i: int, *, own: bool) -> bool:
        """Whether a motion waits in the item of a block that says that one was lost; it waits no longer, unless the one
        that was lost is the block's own."""
        if not self.open or self.open[-1][3] != self.draft.minutes.item_of(i):
            return False
        if self.open[-1][0] == i or not own:
            self.open.pop()
        return True

    def waiting(self, i: int) -> Decision | None:
        """The last motion above a block, in its item, that waits for its result; it waits no longer."""
        item = self.draft.minutes.item_of(i)
        while self.open and self.open[-1][3] != item:
            self.open.pop()
        if not self.open or i - self.open[-1][0] > _FAR:
            return None
        j, start, end, _ = self.open.pop()
        if any(b.kind == "heading" for b in self.blocks[j + 1 : i]):
            return None
        return replace(self.put(j, start, end, "a motion whose result stands further below"), fared=i)

    def of_what(self, d: Decision) -> Decision | None:
        """A decision, and where its words say no more than how something fared, what that was: the motion above that
        waits for it, what stands below the heading of a motion, the title directly above. None where it was lost, or
        is told already."""
        if self.words.only_names(d.text) or self.words.only_names(self.blocks[d.block].text.plain):
            return self._named(d) if d.block - 1 not in self.told else None
        if not self.words.tells_only_how(d.text):
            return d
        waiting = self.waiting(d.block)
        if self.words.lost.search(d.text):
            return None
        if waiting := self.below_heading(d.block) or waiting:
            return waiting
        item, lines = self.draft.minutes.item_of(d.block), range(d.block - 1, max(-1, d.block - _NEAR), -1)
        if any(j in self.told and self.draft.minutes.item_of(j) == item for j in lines):
            return None
        return d

    def _another(self, i: int) -> bool:
        """Whether a line tells how an amendment fared, or one below it that the motion was lost: "The amendment passed.
        The motion failed."."""
        below = takewhile(lambda b: b.kind != "heading", (self.blocks[j] for j in range(i + 1, len(self.blocks))))
        near = islice(below, _NEAR)
        fell = any(self.words.falls(b.text.plain) for b in near)
        return fell or bool(self.words.amendment.match(self.blocks[i].text.plain))

    def _named(self, d: Decision) -> Decision:
        """What a decision is of whose words say no more than who moved and seconded it: the paragraph above, else the
        title of its item."""
        above = self.blocks[d.block - 1] if d.block else None
        says = above is not None and len(re.findall(r"\b[^\W\d_]{2,}\b", above.text.plain)) >= _FEWEST_WORDS
        says = says and above is not None and bool(self.words.moved.search(above.text.plain))  # and reports nothing
        if says and above is not None and above.kind == "paragraph" and above.part == "body":
            one = self.put(d.block - 1, 0, len(above.text.plain), "a paragraph, and below it who moved it")
            return replace(one, fared=d.block)
        title = self._title(d.block)
        return replace(d, text=title, fared=d.block) if title else d

    def _title(self, i: int) -> str:
        item = self.draft.minutes.item_of(i)
        return self.draft.minutes.items[item].title if item is not None else ""

    def heading(self, i: int) -> Decision | None:
        """The heading that says what is moved, of which a line below it says how it fared: "## Motion to light the
        pier"."""
        level = _OUTERMOST
        if self._another(i):
            return None
        for j in range(i - 1, max(-1, i - _FAR), -1):
            if j in self.told or self.words.lost.search(self.blocks[j].text.plain):
                return None
            if self.blocks[j].kind != "heading" or self.blocks[j].level >= level:
                continue
            level = self.blocks[j].level
            if self.words.only_adjourns(self.blocks[i].text.plain, self.blocks[j].text.plain):
                return None
            if self.words.moving.match(self.blocks[j].text.plain):
                one = self.put(
                    j, 0, len(self.blocks[j].text.plain), "a heading that puts a motion, and its result below it"
                )
                return replace(one, block=i, fared=i)
        return None

    def below_heading(self, i: int) -> Decision | None:
        """The first paragraph below a heading that calls a motion by its number, "Motion 3", of which a block further
        down says how it fared."""
        head = next((j for j in range(i - 1, max(-1, i - _FAR), -1) if self.blocks[j].part != "body"), None)
        if head is None or head == i - 1 or not self.words.numbered.match(self.blocks[head].text.plain):
            return None
        if self._another(i):
            return None
        rule = "what stands below the heading of a motion"
        for j in range(head + 1, i):
            if m := self.words.wording.match(self.blocks[j].text.plain):
                return replace(self.put(j, m.end(), len(self.blocks[j].text.plain), rule), fared=i)
        paragraphs = [j for j in range(head + 1, i) if not self.words.only_names(self.blocks[j].text.plain)]
        said = paragraphs if len(paragraphs) == 1 else [j for j in paragraphs if self._resolves(j)][:1]
        if not said:
            return None
        return replace(self.put(said[0], 0, len(self.blocks[said[0]].text.plain), rule), fared=i)

    def _resolves(self, j: int) -> bool:
        return bool(self.lexicon.pattern(r"(?<!\w)<<resolution_words>>(?!\w)", re.I).search(self.blocks[j].text.plain))

    def entry(self, i: int) -> Decision | None:
        """The entry of a list directly above a line in capitals that says how it fared: "2. Edit to Rule 4: ..." and
        below it "PASSED"."""
        above = self.blocks[i - 1] if i else None
        if above is None or not above.label or above.part != "body" or not self.blocks[i].text.plain.isupper():
            return None
        one = self.put(i - 1, 0, len(above.text.plain), "an entry of a list, and its result below")
        return replace(one, fared=i) if i - 1 not in self.told and len(one.text.split()) >= _FEWEST_WORDS else None

    def text_of_motion(self, i: int) -> int | None:
        """The paragraph above a result that says what the meeting resolves, under a heading that calls it a motion."""
        item = self.draft.minutes.item_of(i)
        title = self.draft.minutes.items[item].title if item is not None else ""
        if item is None or not self.lexicon.pattern(r"\b<<motion_nouns>>\b", re.I).search(title):
            return None
        resolves = self.lexicon.pattern(r"(?<!\w)<<resolution_words>>(?!\w)", re.I)
        places = range(self.draft.minutes.items[item].heading + 1, i)
        return next(
            (j for j in places if self.blocks[j].part == "body" and resolves.search(self.blocks[j].text.plain)), None
        )

    def title_of_motion(self, i: int) -> str:
        """What a heading calls a motion that is numbered: "Motion 3: Light the pier"."""
        item = self.draft.minutes.item_of(i)
        title = self.draft.minutes.items[item].title if item is not None else ""
        m = self.lexicon.pattern(r"<<motion_nouns>>\s+\d[\w./-]*\s*[:–-]\s*(?P<said>\S.*)", re.I).match(title)
        return m["said"] if m else ""

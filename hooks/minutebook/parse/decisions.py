"""Decisions: resolutions, agreed motions and votes that the minutes set apart as such.

Set apart by a marker ("RESOLVED that ...", "Decision: ..."), by standing in a list of outcomes, or by a result that is
recorded behind a motion ("Proposed by Cllr Lee, seconded by Cllr Ray. Carried."). That something "was agreed" within a
paragraph is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from minutebook.model import Block, Decision, SourceRef
from minutebook.parse import headings, sections, tables
from minutebook.parse.draft import Draft
from minutebook.parse.sentences import spans

_BEFORE_A_MOTION = 8
"""Words that may stand in front of "the motion was carried": more of them tell what somebody said of it."""
_LINE_OF_A_MOTION = 8
"""Words of a line that says who moved something, or that it passed, and no more."""
_RESULT_WORDS = 14
"""Words of a line that says no more than how a motion fared: "Unanimous consent, the motion carries, ..."."""
_ENTRIES = ("bullet", "numbered", "quote")
_LINES_OF_A_MOTION = 5
"""Lines between a motion and its result: who moved it, who seconded it, how many were for and against it."""
_NUMBER = r"(?:\s+(?:n[or]\.?\s*|n[°º]\s*)?\d[\w./-]*)?"


def find(draft: Draft) -> Draft:
    """The draft with its decisions."""
    finder = _Finder(draft)
    found: dict[tuple[int, int], Decision] = {}
    for d in finder.all():
        found.setdefault((d.block, d.ref.first_line if d.text else 0), d)
    kept = _once(sorted(found.values(), key=lambda d: d.block))
    parts = {d.block: ("decision", d.rule) for d in kept if draft.blocks[d.block].part == "body"}
    parts |= {
        i: ("section", "label of a decision")
        for i in finder.labels
        if draft.blocks[i].part == "body" and i not in parts
    }
    return draft.taken(parts).with_(decisions=tuple(kept))


def _once(found: list[Decision]) -> list[Decision]:
    out: list[Decision] = []
    for d in found:
        if not any(d.block == o.block and (d.text in o.text or o.text in d.text) for o in out[-3:]):
            out.append(d)
    return out


class _Finder:
    """Looks for the decisions of one file."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.blocks, self.lexicon = draft, draft.blocks, draft.lexicon
        self.labels: set[int] = set()
        self.told: set[int] = set()
        """Blocks that hold a decision."""
        self.decided = draft.lexicon.pattern(r"\b<<decided_words>>\b", re.I)
        self.speaker = re.compile(r"[^:.]{1,40}:\s")
        self.keys = draft.lexicon.pattern(r"<<status_labels>>$", re.I)
        lex = draft.lexicon
        markers = lex.any_of("decision_markers")
        intro = lex.any_of("decision_intros")
        self.marker = re.compile(
            rf"[\[(]?(?:{intro}\s+)?(?P<word>{markers}){_NUMBER}[\])]?(?:\s*\([^()]{{1,40}}\)(?=\s*:))?"
            rf"(?:\s*:\s*|\s+[–—-]+\s+|,?\s+(?P<that>{lex.any_of('decision_joins')})\s+)(?=\S)"
        )
        capitals = (
            "|".join(sorted((re.escape(w) for w in lex.list("decision_markers") if w.isupper()), key=len, reverse=True))
            or "(?!)"
        )
        self.capital = re.compile(
            rf"\b(?:{capitals})\b(?:\s+[A-Za-z]+ly)?\s*(?::|(?:,|,\s[^.;:]{{1,120}},)?\s+(?:{lex.any_of('decision_joins')})\b)\s*"
        )
        self.alone = re.compile(rf"[\W_]*(?:{intro}\s+)?(?:{markers})\s*:?\s*$", re.I)
        self.moved = lex.pattern(r"\b<<moved_words>>\b", re.I)
        self.seconded = lex.pattern(r"\b<<seconded_words>>\b", re.I)
        self.result = lex.pattern(r"(?<!\w)<<result_words>>(?!\w)", re.I)
        self.lost = lex.pattern(r"(?<!\w)<<lost_words>>(?!\w)", re.I)
        self.vote = lex.pattern(r"\b<<motion_nouns>>\b[^.;]{0,60}?<<result_words>>(?!\w)", re.I)
        self.proposal = lex.pattern(r"[\W_]*<<proposal_labels>>\s*:\s*(?=\S)", re.I)
        self.motion_label = lex.pattern(r"[\W_]*<<motion_labels>>\s*:\s*", re.I)
        self.outcome = lex.pattern(r"(?:<<joins>>\s+)?(?:<<said_to_be>>\s+)?<<result_words>>(?!\w)", re.I)
        self.made = lex.pattern(r"\b<<motion_nouns>>\s+<<said_to_be>>\s+<<made_words>>\b", re.I)
        self.fared = lex.pattern(
            r"(?P<what>\w(?:(?!\s<<said_to_be>>\s)[^.:;?!]){3,40}?)\s+(?:<<said_to_be>>\s+)?<<carried_words>>[.)]?",
            re.I,
        )
        self.by_vote = lex.pattern(
            r"^with\s+<<vote_words>>|(?:[(:,;]|\s[–-])\s*(?:\w+\s+){0,4}<<vote_words>>[\s).]*$", re.I
        )

    def all(self) -> Iterator[Decision]:
        items = self.draft.minutes.items
        first = items[0].heading if items else 0
        listed, lasting = tuple[str, ...](), True
        for i, block in enumerate(self.blocks):
            if block.kind == "heading" or block.part in ("item", "section"):
                listed, lasting = self._listed(i), block.kind == "heading"
                continue
            if not lasting and block.kind == "paragraph":
                listed, lasting = (), True  # a list below a label ends with the next paragraph
            if block.part not in ("body", "action") or block.kind in ("code", "break"):
                continue
            if listed:
                if block.kind in listed and block.level <= 1 and not self._nothing(block):
                    yield self._entry(i)
                continue
            if i >= first and block.part == "body":
                for one in self._one(i):
                    self.told.add(one.block)
                    yield one

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
        one = self._put(i, self._intro(plain), len(plain), "a line of a list of decisions")
        below = headings.children(self.blocks, i) if plain.rstrip().endswith(":") else []
        if not below:
            return one
        last = SourceRef(one.ref.path, one.ref.first_line, below[-1].ref.last_line)
        said = "; ".join(b.text.plain.strip() for b in below)
        return replace(one, text=f"{one.text} {said}", ref=last)

    def _nothing(self, block: Block) -> bool:
        return block.text.plain.strip(" .-–").casefold() in self.lexicon.set("nobody")

    def _intro(self, plain: str) -> int:
        """Where a decision of a list begins: behind "agreed that"."""
        m = self.lexicon.pattern(r"(?:<<agreed_words>>)\s+(?:<<decision_joins>>)\s+", re.I).match(plain)
        return m.end() if m else 0

    def _one(self, i: int) -> Iterator[Decision]:
        block = self.blocks[i]
        plain = block.text.plain
        m = self.marker.match(plain)
        if m and self.lost.search(plain[spans(plain, self.lexicon)[-1][0] :]) and len(spans(plain, self.lexicon)) > 1:
            return
        if m and (not m["that"] or m["word"].isupper()):  # "Agreed to ..." in prose is not set apart; "AGREED to" is
            if self._lost_below(i):
                return
            rule = "a marker with a sign behind it" if not m["that"] else "a marker in capitals"
            yield self._put(i, m.end(), len(plain), rule)
            return
        if self.alone.match(plain) and len(plain) < 60 and i + 1 < len(self.blocks):
            below = self.blocks[i + 1]
            if below.part == "body" and below.kind in ("paragraph", "quote", "bullet", "numbered"):
                self.labels.add(i)
                for j in self._entries(i + 1):
                    yield self._put(j, 0, len(self.blocks[j].text.plain), "below a marker on a line of its own")
                return
        if (m := self.capital.search(plain)) and self._lost_below(i):
            return
        if m:
            yield self._put(i, m.end(), len(plain), "a marker in capitals")
            return
        if (
            block.kind == "quote"
            and len(plain.split()) < 45
            and self.decided.search(plain)
            and not self.speaker.match(plain)
        ):
            yield self._put(i, 0, len(plain), "a quotation that says what was decided")
            return
        if block.kind == "row":
            yield from self._status(i)
            return
        bold = [s for s in block.text.marks if s.kind == "strong" and s.end - s.start > 25]
        for s in bold:
            if m := self.marker.match(plain[s.start :]):
                yield self._put(i, s.start + m.end(), s.end, "a marker in bold words")
                return
        yield from self._motion(i, block, [(s.start, s.end) for s in bold])

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
            if b.kind == first.kind and b.level == first.level:
                yield k

    def _status(self, i: int) -> Iterator[Decision]:
        """The decision of a table that says how a motion fared ("Status | Accepted"): the bullets above it, else the
        heading that they would stand under."""
        cells = [c for c in tables.cells(self.blocks[i]) if c]
        if len(cells) != 2 or not self.keys.match(cells[0].rstrip(" :")):
            return
        if not self.result.search(cells[1]) or self.lost.search(cells[1]):
            return
        first = i
        while first and self.blocks[first - 1].kind == "row":
            first -= 1
        above = []
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

    def _lost_below(self, i: int) -> bool:
        """Whether the next lines say that what was put did not pass."""
        for b in self.blocks[i + 1 : i + 3]:
            if b.part != "body":
                return False
            if len(b.text.plain.split()) < 25 and self.lost.search(b.text.plain):
                return True
        return False

    # --- motions

    def _motion(self, i: int, block: Block, bold: list[tuple[int, int]]) -> Iterator[Decision]:
        plain = block.text.plain
        sentences = spans(plain, self.lexicon)
        both = [
            k
            for k, (a, b) in enumerate(sentences)
            if self.moved.search(plain[a:b]) and self.seconded.search(plain[a:b])
        ]
        for k, (a, b) in sorted(enumerate(sentences), key=lambda s: s[0] not in both):
            words = plain[a:b]
            if self.moved.search(words) and (
                self.seconded.search(words) or self._next(plain, sentences, k, self.seconded)
            ):
                last = k if self.seconded.search(words) else k + 1
                start = self._begins(plain, sentences, k)
                apart = any(x <= a + 2 and y >= sentences[last][1] - 2 for x, y in bold)
                result = self._result(i, plain, sentences, last)
                if result is not None and not self.lost.search(plain[result:][:60]):
                    yield self._put(
                        i,
                        start,
                        max(result, start + 10) if result > start else len(plain),
                        "a motion with a result behind it",
                    )
                elif apart:
                    stop = next(y for x, y in bold if x <= a + 2 and y >= sentences[last][1] - 2)
                    yield self._put(i, start, stop, "a motion that is set apart")
                else:
                    continue
                return
        if i - 1 in self.told and len(plain.split()) < _RESULT_WORDS and self.vote.search(plain):
            return  # the result of the decision above
        above = next((x for x in reversed(self.blocks[max(0, i - 30) : i]) if x.kind != "row"), None)
        if (
            above is not None
            and len(plain.split()) < _RESULT_WORDS
            and self.vote.search(plain)
            and self.seconded.search(above.text.plain)
        ):
            return  # the result of the motion above, which is told there
        starts = [p.offset for p in block.text.pieces]
        put = [(m.end(), k) for k, at in enumerate(starts) if (m := self.proposal.match(plain, at))]
        if put:
            for start, k in put:
                yield from self._put_to_vote(i, start, [*starts[k + 1 :], len(plain)])
            return
        if by_lines := self._by_lines(i):
            yield by_lines
            return
        for (a, b), (c, d) in pairwise(sentences):
            if self.made.search(plain[a:b]) and self._only_result(plain[c:d]) and not self.lost.search(plain[c:d]):
                yield self._put(i, a, b, "a motion, and a sentence that says that it passed")
                return
        for k, (a, b) in enumerate(sentences):
            words = plain[a:b]
            vote = self.vote.search(words)
            if self.lost.search(words) or not vote or (k and len(words[: vote.start()].split()) > _BEFORE_A_MOTION):
                continue
            yield self._voted(i, plain, sentences, k)
            return
        if self._only_result(plain):
            return
        for a, b in zip(starts, [*starts[1:], len(plain)], strict=True):
            line = plain[a:b].strip()
            if m := self.fared.fullmatch(line):
                yield self._put(
                    i,
                    a,
                    a + len(plain[a:b]) - len(plain[a:b].lstrip()) + m.end("what"),
                    "a short line that says how something fared",
                )
            elif len(line.split()) < 26 and self.by_vote.search(line) and not self.lost.search(line):
                yield self._put(i, a, b, "a short line that records a vote")

    def _by_lines(self, i: int) -> Decision | None:
        """The decision of lines that say no more than who moved, who seconded, and that it passed: what they are of is
        the paragraph above, or else the title of the item."""
        lines = [b.text.plain for b in self.blocks[i : i + 3]]
        short = len(lines) == 3 and all(len(line.split()) < _LINE_OF_A_MOTION for line in lines)
        if not short or not (self.moved.match(lines[0]) and self.seconded.match(lines[1])):
            return None
        if not self.result.search(lines[2]) or self.lost.search(lines[2]) or lines[2].rstrip().endswith(":"):
            return None
        item = self.draft.minutes.item_of(i)
        above = self.blocks[i - 1] if i else None
        rule = "who moved, who seconded and that it passed, each on a line"
        if above is not None and above.kind == "paragraph" and above.part == "body" and i - 1 not in self.told:
            return self._put(i - 1, 0, len(above.text.plain), rule)
        if item is None:
            return None
        ref = SourceRef(self.blocks[i].ref.path, self.blocks[i].ref.first_line, self.blocks[i + 2].ref.last_line)
        return Decision(self.draft.minutes.items[item].title, i, ref, rule)

    def _put_to_vote(self, i: int, start: int, lines: list[int]) -> Iterator[Decision]:
        """ "Motion: That the pier be lit. Carried unanimously.": a labelled motion with its result behind it.

        `lines`: where the lines behind that of the label begin, and where the block ends.
        """
        plain = self.blocks[i].text.plain
        for a, b in spans(plain[start : lines[0]], self.lexicon)[1:]:
            words = plain[start + a : start + b]
            if len(words.split()) < 9 and self.result.search(words):
                if not self.lost.search(words):
                    yield self._put(i, start, start + a, "a motion with a result behind it")
                return
        for a, b in pairwise(lines):
            if self._only_result(plain[a:b]):
                yield self._put(i, start, a, "a motion with a result below it")
                return
        for below in self.blocks[i + 1 : i + 2 + _LINES_OF_A_MOTION]:
            words = below.text.plain
            if below.part != "body" or self.lost.search(words):
                return
            labelled = self.motion_label.match(words)
            if self._only_result(words) or (labelled and self.result.search(words, labelled.end())):
                yield self._put(i, start, len(plain), "a motion with a result below it")
                return
            if not labelled:
                return

    def _only_result(self, plain: str) -> bool:
        """Whether a line is but the result of what stands above it: "Carried by 2 votes to 1."."""
        m = self.outcome.match(plain.lstrip(" (*_–>=→-"))
        return bool(m) and len(plain.split()) < _LINE_OF_A_MOTION + 1

    def _next(self, plain: str, sentences: list[tuple[int, int]], k: int, pattern: re.Pattern[str]) -> bool:
        return k + 1 < len(sentences) and bool(pattern.search(plain[slice(*sentences[k + 1])]))

    def _begins(self, plain: str, sentences: list[tuple[int, int]], k: int) -> int:
        """Where a motion begins: "Proposed by Ann Lee" follows what was proposed."""
        words = plain[slice(*sentences[k])]
        m = self.moved.search(words)
        if m and not words[: m.start()].strip(" (*_–-") and k:
            return sentences[k - 1][0]
        return sentences[k][0]

    def _result(self, i: int, plain: str, sentences: list[tuple[int, int]], last: int) -> int | None:
        """Where the result of a motion stands in the block; its end where the next line gives it; None without one."""
        a, b = sentences[last]
        m = list(self.seconded.finditer(plain[a:b]))
        behind = a + (m[-1].end() if m else 0)
        found = next((m for m in self.result.finditer(plain, behind, b) if self._at_end(plain, m, b)), None)
        if found:
            cut = re.search(r"[\s,;–—*_-]*$", plain[: found.start()])
            return cut.start() if cut else found.start()
        for x, y in sentences[last + 1 : last + 4]:
            short = len(plain[x:y].split()) < 9 and "to" not in plain[x:y].split()
            if self.result.search(plain[x:y]) and (short or self.vote.search(plain[x:y])):
                return x
        j = next((j for j in range(i + 1, len(self.blocks)) if self.blocks[j].kind != "row"), len(self.blocks))
        if j < len(self.blocks) and all(len(plain[x:y].split()) < 5 for x, y in sentences[last + 1 :]):
            below = self.blocks[j]
            if (
                below.part == "body"
                and len(below.text.plain.split()) < 14
                and self.result.search(below.text.plain)
                and not self.lost.search(below.text.plain)
            ):
                return len(plain)
        return None

    def _at_end(self, plain: str, m: re.Match[str], end: int) -> bool:
        """Whether a word of a result closes its sentence, and is no part of what was moved ("be accepted and ...")."""
        parted = re.search(
            r"(?:[,;:–—(]|\s-|\band|\bwas|\bwere|\*)\s*\w*\s*$", plain[max(0, m.start() - 24) : m.start()]
        )
        return len(plain[m.end() : end].split()) < 4 and (bool(parted) or plain[m.start()].isupper())

    def _voted(self, i: int, plain: str, sentences: list[tuple[int, int]], k: int) -> Decision:
        """The decision that a recorded result stands for: the proposal above it, the sentence before, or itself."""
        item = self.draft.minutes.item_of(i)
        start = self.draft.minutes.items[item].heading + 1 if item is not None else max(0, i - 8)
        for j in range(i - 1, max(start, i - 12) - 1, -1):
            if m := self.proposal.match(self.blocks[j].text.plain):
                return self._put(j, m.end(), len(self.blocks[j].text.plain), "a proposal whose approval is recorded")
        for j in range(i - 1, max(start, i - 8) - 1, -1):
            if self.blocks[j].kind == "quote" and self.blocks[j].part == "body":
                return self._put(j, 0, len(self.blocks[j].text.plain), "a motion in quotation, and its result below")
        a, b = sentences[k]
        if k and len(plain[a:b].split()) < 9:
            return self._put(i, sentences[k - 1][0], sentences[k - 1][1], "a result, and what it is of in front")
        return self._put(i, a, b, "a sentence that records a vote")

    def _put(self, i: int, start: int, end: int, rule: str) -> Decision:
        block = self.blocks[i]
        text = block.text.plain[start:end].strip(" \u2005*_")
        if (m := re.search(r"\s*\((?P<inside>[^()]*)\)[.\s]*$", text)) and self.moved.search(m["inside"]):
            text = text[: m.start()]  # who moved it
        if (m := re.search(r"[“\"„«](?P<said>That\s[^“”\"„»]{20,})[”\"“»]?", text)) and "motion" in rule:
            text = m["said"]
        if m := self.proposal.match(text):
            text = text[m.end() :]
        if text[:1] in '“"„«' and text.count("“") >= text.count("”"):
            text = text.strip('“”"„«» ')
        ref = SourceRef(block.ref.path, block.text.line_at(start), block.text.line_at(max(start, end - 1)))
        return Decision(text, i, ref, rule)

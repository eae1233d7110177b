"""Motions: what was moved, and the result that is recorded behind it, in its sentence, its block or further below."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, takewhile

from minutebook.model import Block, Decision, SourceRef
from minutebook.parse import tallies
from minutebook.parse.draft import Draft
from minutebook.parse.subjects import Subjects
from minutebook.sentences import spans

_BEFORE_A_MOTION = 8
"""Words that may stand in front of "the motion was carried": more of them tell what somebody said of it."""
_LINE_OF_A_MOTION = 8
"""Words of a line that says who moved something, or that it passed, and no more."""
_RESULT_WORDS = 14
"""Words of a line that says no more than how a motion fared: "Unanimous consent, the motion carries, ..."."""
_LINES_OF_A_MOTION = 5
"""Lines between a motion and its result: who moved it, who seconded it, how many were for and against it."""
_SECONDER_WORDS = 5
"""Words of whoever seconds: more of them tell what is moved."""
_ROWS = 30
"""Rows of a table that may stand between a motion and its result."""
_SHORT_LINE = 26
"""Words of a line that records a vote."""
_WHO_MOVES = 20
"""Words that say who moves and who seconds."""
_MOVER_WORDS = 7
"""Words of whoever moves: "General Manager Lee of the Harbour Trust"."""
_END_OF_A_SENTENCE = 7
"""Words: "... but failed for lack of a second"."""


class Motions:
    """Looks for the motions of one file that passed."""

    def __init__(self, draft: Draft, subjects: Subjects) -> None:
        self.draft, self.blocks, self.lexicon = draft, draft.blocks, draft.lexicon
        self.subjects, self.words = subjects, subjects.words
        self.told, self.put = subjects.told, subjects.put

    def of(self, i: int, bold: list[tuple[int, int]]) -> Iterator[Decision]:
        """The decisions of a block that tells of a motion, or of how one fared; `bold`: its stretches in bold."""
        plain = self.blocks[i].text.plain
        if not self.words.any.search(plain) or self._says_who_moved_above(i):
            return
        if below := self._put_below(i):
            yield below
            return
        sentences = spans(plain, self.lexicon)
        if called := list(self._called(i, sentences)):
            yield from called
            return
        if moved := list(self._moved_and_seconded(i, sentences, bold)):
            yield from moved
            return
        told = self._closed(i, plain, sentences)
        yield from told or ()
        if told is not None:
            return
        self._opens(i, plain, sentences)
        if self._result_of_above(i):
            return
        starts = [a for a, _ in self.blocks[i].text.lines]
        put = [(m.end(), k) for k, at in enumerate(starts) if (m := self.words.proposal.match(plain, at))]
        for start, k in put:
            yield from self._put_to_vote(i, start, [*starts[k + 1 :], len(plain)])
        if put:
            return
        if by_lines := self._by_lines(i):
            yield by_lines
        else:
            yield from self._recorded(i, sentences)

    def _says_who_moved_above(self, i: int) -> bool:
        """Whether a line says who moved what stands above it: "Moved: Ann Lee / Seconded: Bo Ray"."""
        plain = self.blocks[i].text.plain
        if i - 1 in self.told and self.words.only_names(plain[slice(*self.blocks[i].text.lines[0])]):
            return True
        short = len(plain.split()) < _LINE_OF_A_MOTION and self.words.only_says_who(plain)
        opens = self.words.motion_label.match(plain) or self.words.moved.match(plain)
        return short and i - 1 in self.told and bool(opens) and not self.words.clause.search(plain)

    def _moved_and_seconded(
        self, i: int, sentences: list[tuple[int, int]], bold: list[tuple[int, int]]
    ) -> Iterator[Decision]:
        """The motions of a block that say who moved and who seconded; keeps in mind what has no result yet."""
        plain, words = self.blocks[i].text.plain, self.words
        both = [k for k, (a, b) in enumerate(sentences) if words.moves_and_seconds(plain[a:b])]
        taken: list[tuple[int, int]] = []
        for k, (a, b) in sorted(enumerate(sentences), key=lambda s: s[0] not in both):
            seconded = words.seconded.search(plain[a:b])
            if not words.moved.search(plain[a:b]) or not (seconded or self._next(plain, sentences, k, words.seconded)):
                continue
            if not k and self.subjects.open and words.only_seconds(plain[a:b]):
                continue  # what is seconded stands above
            last, start = k if seconded else k + 1, self._begins(plain, sentences, k)
            end = sentences[last][1]
            if any(x < end and start < y for x, y in taken):
                continue
            if self._falls_behind(plain, sentences, last):
                continue  # "Ann Lee moved to light it. Bo Ray seconded. The motion was withdrawn."
            result = self._result(i, plain, sentences, last)
            if result is not None and self._only_opens(i, plain[start:]):
                continue
            apart = next((y for x, y in bold if x <= a + 2 and y >= end - 2), 0)
            if result is not None and not words.lost.search(plain[result:][:60]):
                stop = max(result, start + 10) if result > start else len(plain)
                yield self.put(i, start, stop, "a motion with a result behind it")
                taken.append((start, max(result, end)))
            elif apart:
                yield self.put(i, start, apart, "a motion that is set apart")
                taken.append((start, apart))
            elif words.lost.search(plain[b:end]):
                continue  # "Ann Lee moved the budget. It failed for want of a seconder."
            elif (
                words.moving.search(plain[a:b])
                or words.says_what(plain[a:b])
                or (not seconded and words.tells_what(plain[a:b]))
            ):
                self.subjects.opens(i, start, b)

    def _lost_next(self, i: int) -> bool:
        below = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        return below is not None and below.part == "body" and self.words.falls(below.text.plain)

    def _falls_behind(self, plain: str, sentences: list[tuple[int, int]], last: int) -> bool:
        """Whether what stands behind a motion, in front of the next one, says that it was lost."""
        words = (plain[a:b] for a, b in sentences[last + 1 :])
        another = self.words.moves_and_seconds
        own = takewhile(lambda said: not self.words.moving.search(said) and not another(said), words)
        return any(self.words.falls(said) and not self.words.amendment.match(said) for said in own)

    def _called(self, i: int, sentences: list[tuple[int, int]]) -> Iterator[Decision]:
        """The motions of a block whose vote is called name by name, and that more were for than against: "Ann makes a
        motion to light it, Bo second, Ann aye, Bo aye."."""
        plain, begin = self.blocks[i].text.plain, 0
        for a, b in sentences:
            ayes, noes = self.words.called_votes(plain[a:b])
            if self.words.moved.search(plain[a:b]) and not self.words.only_seconds(plain[a:b]):
                begin = a
            if not ayes:
                continue
            words = plain[begin:b]
            against = self.words.against(plain[b:]) or self._lost_next(i)
            if (
                ayes > noes
                and self.words.moves_and_seconds(words)
                and not self.words.lost.search(words)
                and not against
            ):
                yield self.put(i, begin, b, "a motion whose vote is called name by name")
            begin = b

    def _result_of_above(self, i: int) -> bool:
        """Whether a short block says no more than how the motion above it fared, which is told there."""
        plain = self.blocks[i].text.plain
        short = len(plain.split()) < _RESULT_WORDS and self.words.vote.search(plain)
        if not short or self.words.moving.search(plain) or self.words.puts(plain):
            return False
        above = next((x for x in reversed(self.blocks[max(0, i - _ROWS) : i]) if x.kind != "row"), None)
        return i - 1 in self.told or bool(above is not None and self.words.seconded.search(above.text.plain))

    def _recorded(self, i: int, sentences: list[tuple[int, int]]) -> Iterator[Decision]:
        """What a sentence, or a line, records of a motion: that it was made and passed, or how the vote went."""
        text, words = self.blocks[i].text, self.words
        plain = text.plain
        passed = words.tells_only_how(plain) and not words.lost.search(plain)
        if passed and (of := self.subjects.heading(i) or self.subjects.below_heading(i) or self.subjects.entry(i)):
            yield of
            return
        for (a, b), (c, d) in pairwise(sentences):
            passed = words.only_result(plain[c:d]) and not words.lost.search(plain[c:d])
            if passed and words.made.search(plain[a:b]):
                yield self.put(i, a, b, "a motion, and a sentence that says that it passed")
                return
        for k, (a, b) in enumerate(sentences):
            vote = words.vote.search(plain[a:b])
            if not vote or words.lost.search(plain[a:b]) or words.asked.search(plain[a:b], 0, vote.start()):
                continue
            if words.amendment.match(plain[a:b]) and any(words.falls(plain[x:y]) for x, y in sentences[k + 1 :]):
                continue  # "The amendment was carried. The motion as amended was defeated."
            if not k or len(plain[a:b][: vote.start()].split()) <= _BEFORE_A_MOTION:
                yield self._voted(i, plain, sentences, k)
                return
        if words.only_result(plain) or words.asked.search(plain):
            return
        for a, b in text.lines:
            line = plain[a:b].strip()
            if len(text.lines) == 1 and (m := words.fared.fullmatch(line)):
                begin = a + len(plain[a:b]) - len(plain[a:b].lstrip())
                yield self.put(i, a, begin + m.end("what"), "a short line that says how something fared")
            elif len(line.split()) < _SHORT_LINE and words.by_vote.search(line) and not words.lost.search(line):
                yield self.put(i, a, b, "a short line that records a vote")

    def _put_below(self, i: int) -> Decision | None:
        """The motion whose paragraphs stand between who moved it and how it fared: "MOVED by Ann Lee / THAT the pier be
        lit; / THAT the mole be lit. / CARRIED"."""
        plain = self.blocks[i].text.plain
        if not self.words.moved.match(plain.lstrip(" (*_")) or len(plain.split()) >= _WHO_MOVES:
            return None
        end = next((j for j in range(i + 1, min(i + 2 + _LINES_OF_A_MOTION, len(self.blocks))) if self._ends(j)), 0)
        first = i + 1
        while first < end and self.words.only_seconds(self.blocks[first].text.plain):
            first += 1
        between = self.blocks[first:end]
        if not between or not self.words.that.match(between[0].text.plain.lstrip(' (*_“"')):
            return None
        words = self.blocks[end].text.plain
        if self.words.lost.search(words) or any(b.part != "body" for b in between):
            return None
        one = self.put(first, 0, len(between[0].text.plain), "a motion with a result below it")
        text = " ".join([one.text, *(b.text.plain.strip() for b in between[1:])])
        return replace(one, text=text, ref=SourceRef(one.ref.path, one.ref.first_line, between[-1].ref.last_line))

    def _ends(self, j: int) -> bool:
        """Whether a block is no more of a motion: it says how it fared, begins another, or is a heading."""
        block = self.blocks[j]
        fared = self.words.only_result(block.text.plain) or self.words.falls_alone(block.text.plain)
        return fared or block.part == "item" or bool(self.words.moved.match(block.text.plain))

    def begins_another(self, plain: str) -> bool:
        """Whether a block puts something itself, so that it says nothing of what stands above it: "Motion: That ...",
        "Moved by Ann Lee, seconded by Bo Ray, that ..."."""
        m = self.words.proposal.match(plain)
        if m and len(plain[m.end() :].split()) > _SECONDER_WORDS:
            return True
        return bool(self.words.moved.search(plain) and self.words.seconded.search(plain)) or bool(
            self.words.joined.search(plain)
        )

    def tells_of_above(self, i: int) -> bool:
        """Whether every line says who voted how, or how it went, and a decision stands close above."""
        if not self._only_votes(i):
            return False
        for j in range(i - 1, max(-1, i - _LINES_OF_A_MOTION), -1):
            if j in self.told:
                return not self._only_votes(j)  # "For: 3. Carried" below its like is of another motion
            if self.blocks[j].part == "item" or len(self.blocks[j].text.plain.split()) > _LINE_OF_A_MOTION:
                return False
        return False

    def _only_votes(self, i: int) -> bool:
        text = self.blocks[i].text
        return all(self.words.of_a_vote(text.plain[a:b].strip()) for a, b in text.lines)

    def _only_opens(self, i: int, words: str) -> bool:
        """Whether a motion only opens the resolution below it: "Ann Lee moved, seconded by Bo Ray, the following:"."""
        below = self.blocks[i + 1].text.plain if i + 1 < len(self.blocks) else ""
        return words.rstrip().endswith(":") and bool(self.words.joined.search(below))

    def _only_seconds(self, plain: str, sentence: tuple[int, int]) -> bool:
        words = plain[slice(*sentence)]
        return bool(self.words.seconded.search(words)) and not self.words.moved.search(words) and len(words.split()) < 9

    def _only_counts(self, plain: str, sentence: tuple[int, int]) -> bool:
        return tallies.votes(plain[slice(*sentence)], self.lexicon) is not None

    def _opens(self, i: int, plain: str, sentences: list[tuple[int, int]]) -> None:
        """Keeps in mind what a sentence moves, as its result may stand blocks below: "Ann Lee moved to light it"."""
        for a, b in sentences:
            if self.words.declared.match(plain[a:b]):
                continue
            m = self.words.moving.search(plain[a:b]) or self.words.made.search(plain[a:b])
            below = self.blocks[i + 1].text.plain if i + 1 < len(self.blocks) else ""
            if self.words.voted_on.search(plain[a:b]) and self.words.counts.match(below):
                self.subjects.opens(i, a, b)
                continue
            fell = any(self.words.falls(plain[x:y]) for x, y in sentences if x > a)
            if not m or fell:
                continue
            line = max((x for x, _ in self.blocks[i].text.lines if a <= x <= a + m.start()), default=a)
            begin = a if not plain[line:][:1].isupper() else line  # a title may stand in front, without a sign
            if len(plain[begin : a + m.start()].split()) < _MOVER_WORDS:
                self.subjects.opens(i, begin if len(plain[a : a + m.start()].split()) >= _MOVER_WORDS else a, b)

    def _closed(self, i: int, plain: str, sentences: list[tuple[int, int]]) -> list[Decision] | None:
        """The motion further above that a line says to have passed: "There was no opposition, motion carried."; empty
        where its figures say that it did not, None where no line says anything of one."""
        if self.words.puts(plain):
            return None
        lines = self.blocks[i].text.lines
        for a, b in (*sentences, *(lines if len(lines) > 1 else ())):
            words = plain[a:b]
            if self.words.falls(words) and self.subjects.falls(i, own=bool(self.words.moving.search(plain, 0, a))):
                continue
            found = self.words.vote.search(words)
            short = len(words.split()) < _RESULT_WORDS or (found and len(words[: found.start()].split()) < 2)
            figures = tallies.votes(words, self.lexicon) if self.words.counts.match(words) else None
            if not short or not (found or figures or self.words.only_result(words)):
                continue
            if self.words.moving.search(words) and not self.words.declared.match(words):
                continue
            if own := self._put_before(i, a, sentences):
                return [own]
            waiting = self.subjects.waiting(i)
            if waiting and self.words.only_adjourns(words, waiting.text):
                return None
            if waiting is None or self.words.lost.search(words):
                return None
            passed = not figures or (figures.in_favour or 0) > (figures.against or 0)
            return [waiting] if passed else []
        return None

    def _put_before(self, i: int, at: int, sentences: list[tuple[int, int]]) -> Decision | None:
        """The motion that a sentence of the same block puts, in front of its result: "A motion was made to adjourn.
        There were no objections. Meeting adjourned."."""
        plain = self.blocks[i].text.plain
        put = [(a, b) for a, b in sentences if b <= at and self.words.made.search(plain[a:b])]
        return self.put(i, *put[-1], "a motion with a result behind it") if put else None

    def _moves_in(self, plain: str, sentences: list[tuple[int, int]]) -> tuple[int, int] | None:
        """The last of the sentences that moves something itself: "Motion to close the pier. No objections."."""
        return next((s for s in reversed(sentences) if self.words.moving.search(plain[slice(*s)])), None)

    def _by_lines(self, i: int) -> Decision | None:
        """The decision of lines that say no more than who moved, who seconded, and that it passed: what they are of is
        the paragraph above, or else the title of the item."""
        if not (last := self._result_line(i)):
            return None
        item = self.draft.minutes.item_of(i)
        if waiting := self.subjects.waiting(i):
            return replace(waiting, fared=last)
        above = self.blocks[i - 1] if i else None
        rule = "who moved, who seconded and that it passed, each on a line"
        if above is not None and above.kind == "paragraph" and above.part == "body" and i - 1 not in self.told:
            return self.put(i - 1, 0, len(above.text.plain), rule)
        if item is None or i - 1 in self.told:
            return None
        ref = SourceRef(self.blocks[i].ref.path, self.blocks[i].ref.first_line, self.blocks[last].ref.last_line)
        return Decision(self.draft.minutes.items[item].title, i, ref, rule)

    def _result_line(self, i: int) -> int:
        """The block whose line says that what a line moves has passed; 0 where none does: "Proposed by: Ann Lee"."""
        first = self.blocks[i].text.plain
        if len(first.split()) >= _LINE_OF_A_MOTION or not self.words.moved.match(first):
            return 0
        labelled = self.words.motion_label.match(first)
        for j in range(i + 1, min(i + 2 + _LINES_OF_A_MOTION, len(self.blocks))):
            words = self.blocks[j].text.plain
            if self.blocks[j].part != "body" or self.words.lost.search(words) or words.rstrip().endswith(":"):
                return 0
            if self.words.joined.search(words):
                return 0  # "RESOLVED that the pier be lit" is a decision, and no result of what stands above
            if len(words.split()) < _RESULT_WORDS and self.words.outcome.match(words.lstrip(" (*_–>=→-")):
                return j
            if self.words.seconded.match(words) and len(words.split()) < _LINE_OF_A_MOTION:
                below = self.blocks[j + 1] if j + 1 < len(self.blocks) else None
                if below is None or below.part != "body" or below.text.plain.rstrip().endswith(":"):
                    return 0
                own = self.words.motion_label.match(below.text.plain) and self.words.that.search(below.text.plain)
                if own or self.words.joined.search(below.text.plain):
                    return 0  # "Motion: That the pier be lit. Carried" says itself what passed
                said, lost = self.words.result.search(below.text.plain), self.words.lost.search(below.text.plain)
                short = len(below.text.plain.split()) < _LINE_OF_A_MOTION
                return j + 1 if said and short and not lost else 0
            if not labelled:
                return 0
        return 0

    def _put_to_vote(self, i: int, start: int, lines: list[int]) -> Iterator[Decision]:
        """ "Motion: That the pier be lit. Carried unanimously.": a labelled motion with its result behind it.

        `lines`: where the lines behind that of the label begin, and where the block ends.
        """
        plain = self.blocks[i].text.plain
        if boxed := self.words.boxed.search(plain, start, lines[0]):
            end = start + len(plain[start : boxed.start()].rstrip(" :–-*_"))
            yield self.put(i, start, end, "a motion with a result behind it")
            return
        for a, b in spans(plain[start : lines[0]], self.lexicon)[1:]:
            words = plain[start + a : start + b]
            said = self.words.outcome.match(words.lstrip(" (*_–>=→-")) and tallies.votes(words, self.lexicon)
            if (len(words.split()) < 9 and self.words.result.search(words)) or said:
                if not self.words.lost.search(words):
                    yield self.put(i, start, start + a, "a motion with a result behind it")
                return
        for a, b in pairwise(lines):
            if self.words.only_result(plain[a:b]):
                yield self.put(i, start, a, "a motion with a result below it")
                return
        figures = tallies.votes(plain[lines[0] :], self.lexicon) if len(lines) > 1 else None
        if figures:
            if (figures.in_favour or 0) > (figures.against or 0):
                yield self.put(i, start, lines[0], "a motion with a result below it")
            return
        last, passed, votes = i + len(self._quoted_below(i)), False, ""
        for below in self.blocks[last + 1 : last + 2 + _LINES_OF_A_MOTION]:
            words = below.text.plain
            if below.part != "body" or self.words.lost.search(words):
                return
            if self.words.puts(words):
                break
            labelled = self.words.motion_label.match(words)
            if self.words.only_result(words) or (labelled and self.words.result.search(words, labelled.end())):
                yield self._with_quoted(i, start)
                return
            says_who = labelled or self.words.only_says_who(words)
            votes = f"{votes}\n{words}"
            figures = tallies.votes(votes, self.lexicon)  # "For: 3", and below it "Against: 1"
            if figures:
                passed = (figures.in_favour or 0) > (figures.against or 0)
            if not says_who and figures is None:
                break
        if passed:
            yield self._with_quoted(i, start)

    def _quoted_below(self, i: int) -> list[Block]:
        """The paragraphs in quotation marks below a motion that they are part of."""
        marks = (*self.lexicon.list("quotation_marks"), '"')
        quoted = takewhile(lambda b: b.part == "body" and b.text.plain.lstrip()[:1] in marks, self.blocks[i + 1 :])
        return list(quoted)

    def _with_quoted(self, i: int, start: int) -> Decision:
        one = self.put(i, start, len(self.blocks[i].text.plain), "a motion with a result below it")
        quoted = self._quoted_below(i)
        if not quoted:
            return one
        self.told.update(range(i + 1, i + 1 + len(quoted)))
        text = " ".join([one.text, *(b.text.plain.strip() for b in quoted)])
        return replace(one, text=text, ref=SourceRef(one.ref.path, one.ref.first_line, quoted[-1].ref.last_line))

    def _next(self, plain: str, sentences: list[tuple[int, int]], k: int, pattern: re.Pattern[str]) -> bool:
        return k + 1 < len(sentences) and bool(pattern.search(plain[slice(*sentences[k + 1])]))

    def _begins(self, plain: str, sentences: list[tuple[int, int]], k: int) -> int:
        """Where a motion begins: "Proposed by Ann Lee" follows what was proposed."""
        words = plain[slice(*sentences[k])]
        m, seconded = self.words.moved.search(words), self.words.seconded.search(words)
        tells = (
            seconded and len(words[seconded.end() :].split()) > _SECONDER_WORDS
        )  # "..., second by Bo Ray to light it"
        says_what = m and self.words.moving.match(words, m.start()) and not self.words.by_whom.match(words, m.start())
        whose = m and self.words.mover_label.match(words, m.start())  # "Motion by: Ann Lee 2nd by: Bo Ray Vote: ..."
        alone = m and not words[: m.start()].strip(" (*_–-") and (whose or not (tells or says_what))
        noun = m and seconded and seconded.start() < m.start()  # "Bo Ray seconded the motion"
        if k and noun and (own := self._moves_in(plain, sentences[:k])):
            return own[0]  # "Ann Lee moved to draft it. They will send it. Bo Ray seconded the motion."
        if k and (self.words.so_moved.search(words) or alone or noun):
            return sentences[k - 1][0]
        return sentences[k][0]

    def _result(self, i: int, plain: str, sentences: list[tuple[int, int]], last: int) -> int | None:
        """Where the result of a motion stands in the block; its end where the next line gives it; None without one."""
        a, b = sentences[last]
        if self.words.lost.search(" ".join(plain[a:b].split()[-_END_OF_A_SENTENCE:])):
            return None
        m = list(self.words.seconded.finditer(plain[a:b]))
        behind = a + (m[-1].end() if m else 0)
        if self.words.fulfils.search(plain, behind, b):
            return b
        found = next((m for m in self.words.result.finditer(plain, behind, b) if self._at_end(plain, m, b)), None)
        if found:
            if (clause := plain.find("; ", behind, found.start())) >= 0:
                return clause  # "... seconded the motion; vote was 4-0, unanimous in favor"
            cut = self.words.ending.search(plain[: found.start()])
            return cut.start() if cut else found.start()
        for x, y in sentences[last + 1 : last + 4]:
            short = len(plain[x:y].split()) < 9 and "to" not in plain[x:y].split()
            if self.words.result.search(plain[x:y]) and (short or self.words.vote.search(plain[x:y])):
                return x
        after = next((j for j in range(i + 1, len(self.blocks)) if self.blocks[j].kind != "row"), len(self.blocks))
        near = range(after, min(after + _LINES_OF_A_MOTION, len(self.blocks)))
        told = (j for j in near if self.words.result.search(self.blocks[j].text.plain) or not self._only_votes(j))
        j = next(told, after)  # behind "For: Ann Lee, Bo Ray. Against: Cleo Marsh."
        if j < len(self.blocks) and all(len(plain[x:y].split()) < 5 for x, y in sentences[last + 1 :]):
            below = self.blocks[j]
            if (
                below.part == "body"
                and len(below.text.plain.split()) < 14
                and self._tells_result(below.text.plain)
                and not self.words.lost.search(below.text.plain)
                and not self.words.joined.search(below.text.plain)  # the next decision, and no result of this one
                and not self.words.moving.search(below.text.plain)
            ):
                return len(plain)
        return None

    def _tells_result(self, plain: str) -> bool:
        """Whether a short block says how what stands above it fared, and not what became of something else: "Planning:
        a porch in Mill Lane - approved"."""
        words = self.words
        of_this = words.vote.search(plain) or words.motion_label.match(plain) or words.side.match(plain)
        another = re.match(r"[^\W\d_][^:;.]{2,40}:\s+\S+\s+\S+\s+\S", plain)
        return bool(words.result.search(plain)) and not (another and not of_this)

    def _at_end(self, plain: str, m: re.Match[str], end: int) -> bool:
        """Whether a word of a result closes its sentence, and is no part of what was moved ("be accepted and ...")."""
        parted = re.search(
            r"(?:[,;:–—(]|\s-|\band|\bwas|\bwere|\*)\s*\w*\s*$", plain[max(0, m.start() - 24) : m.start()]
        )
        return len(plain[m.end() : end].split()) < 4 and (bool(parted) or plain[m.start()].isupper())

    def _voted(self, i: int, plain: str, sentences: list[tuple[int, int]], k: int) -> Decision:
        """The decision that a recorded result stands for: the proposal above it, the sentence before, or itself."""
        if (own := self._moves_in(plain, sentences[: k + 1])) and not self.words.lost.search(plain[slice(*own)]):
            return self.put(i, *own, "a motion with a result behind it")
        item = self.draft.minutes.item_of(i)
        start = self.draft.minutes.items[item].heading + 1 if item is not None else max(0, i - 8)
        for j in range(i - 1, max(start, i - 12) - 1, -1):
            if j not in self.told and (m := self.words.proposal.match(self.blocks[j].text.plain)):
                return self.put(j, m.end(), len(self.blocks[j].text.plain), "a proposal whose approval is recorded")
        for j in range(i - 1, max(start, i - 8) - 1, -1):
            if self.blocks[j].kind == "quote" and self.blocks[j].part == "body" and not self.subjects.spoken(j):
                return self.put(j, 0, len(self.blocks[j].text.plain), "a motion in quotation, and its result below")
        a, b = sentences[k]
        if sum(w[0].isalpha() for w in plain[a:b].split()) < 9:
            # "Bo Ray seconded. No discussion. No objections. Motion passed.": what it is of stands further in front.
            long = (s for s in sentences[:k] if len(plain[slice(*s)].split()) > 4)
            told = [s for s in long if not self._only_seconds(plain, s) and not self._only_counts(plain, s)]
            if told:
                return self.put(i, *told[-1], "a result, and what it is of in front")
            if (at := self.subjects.text_of_motion(i)) is not None:
                return self.put(at, 0, len(self.blocks[at].text.plain), "a motion, and its result further down")
            if title := self.subjects.title_of_motion(i):
                ref = SourceRef(self.blocks[i].ref.path, self.blocks[i].ref.first_line, self.blocks[i].ref.last_line)
                return Decision(title, i, ref, "the title of a motion, and its result below it")
            above = self.blocks[i - 1].text.plain if i else ""
            if self.words.moved.search(above) and i - 1 not in self.told and not self.words.lost.search(above):
                return self.put(i - 1, 0, len(above), "a motion, and its result below it")
        return self.put(i, a, b, "a sentence that records a vote")

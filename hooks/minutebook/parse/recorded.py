"""Decisions that a sentence or a short line records by itself: what was done on whose motion, that a body voted to do
something, how many were for it, and what an item's title names and one word approves.

What is said of how a meeting voted counts only where it is this body that did: another council's vote is news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.model import Decision, SourceRef
from minutebook.parse import tallies
from minutebook.parse.draft import Draft
from minutebook.parse.subjects import Subjects
from minutebook.sentences import spans

_LONGEST = 60
"""Words of a sentence that records a vote: a longer one tells of more."""
_SIGNS = " \t*_>(–-"
_NAME = r"[^\W\d_a-z][\w.'’-]*"
_NAMES = rf"[\s:(–-]*{_NAME}(?:\s+{_NAME})?\s*(?:/|,|&|\band\b)\s*{_NAME}[)\s,:;.–-]*"
"""Who moved and who seconded, behind the word for both: "Lee/Ray"."""


class Recorded:
    """Looks for the decisions of one file that a sentence records by itself."""

    def __init__(self, draft: Draft, subjects: Subjects) -> None:
        self.draft, self.subjects, lex = draft, subjects, draft.lexicon
        self.on_motion = lex.pattern(r"<<on_motion>>\s", re.I)
        self.acts = lex.pattern(r"(?<!\bbe\s)(?<!\bbeing\s)(?<!\bto\s)\b<<acts_of_a_body>>(?!\w)", re.I)
        self.shorthand = lex.pattern(rf"(?<![\w/])<<moved_and_carried>>(?![\w/])(?:{_NAMES})?")
        self.votes = lex.pattern(
            r"[\W_]*(?:<<articles>>\s+)?(?P<whose>(?:[\w'’-]+\s+){0,6}?)<<voting_bodies>>\s+(?:\w+ly\s+|then\s+|also\s+)?"
            r"(?:<<voting_verbs>>)\s+(?:[^\s.;:]+\s+){0,5}?<<vote_objects>>\s",
            re.I,
        )
        self.agreed = lex.pattern(r"(?<!\w)(?:<<acts_of_a_body>>)(?!\w)", re.I)
        self.sure = lex.pattern(r"(?<!\w)(?:<<vote_words>>|<<by_consent>>)(?!\w)", re.I)
        self.label = lex.pattern(r"[\W_]*<<vote_labels>>\s*:\s*", re.I)
        self.names_only = lex.pattern(
            r"[\W_]*(?:<<moved_labels>>|<<seconded_labels>>|<<moved_words>>|<<seconded_words>>)\s*:", re.I
        )
        self.open = lex.pattern(r"(?<!\w)(?:<<open_questions>>|<<relative_words>>)(?!\w)", re.I)
        self.reported = lex.pattern(r"(?<!\w)<<reporting_verbs>>\s+(?:<<decision_joins>>\s|[“\"‘])", re.I)
        own = re.findall(r"[\w'’-]+", draft.minutes.body.casefold())
        self.own = frozenset(own) | lex.set("small_words") | lex.set("articles") | lex.set("voting_bodies")

    def on_motions(self, i: int) -> Iterator[Decision]:
        """The decisions of a block whose words say at once who moved and that it passed."""
        plain = self.draft.blocks[i].text.plain
        if not self.on_motion.search(plain) and not self.shorthand.search(plain):
            return
        said = spans(plain, self.draft.lexicon)
        for k, (a, b) in enumerate(said):
            words = plain[a:b]
            if self.subjects.words.lost.search(words) or self._fell(words):
                continue
            if m := self.shorthand.search(words):
                yield from self._in_short(i, said, k, m)
            elif (m := self.on_motion.match(words.lstrip(_SIGNS))) and self.acts.search(words, m.end()):
                yield self.subjects.put(i, a, b, "a sentence that says what was done on a motion")

    def _fell(self, words: str) -> bool:
        """Whether the figures of a sentence say that more were against it than for it."""
        votes = tallies.votes(words, self.draft.lexicon)
        return votes is not None and (votes.in_favour or 0) < (votes.against or 0)

    def _in_short(self, i: int, said: list[tuple[int, int]], k: int, m: re.Match[str]) -> Iterator[Decision]:
        """ "M/S/C Lee/Ray to light the pier", "To light the pier. M/S/C Lee/Ray": what it is of stands behind, or in
        front."""
        plain, rule = self.draft.blocks[i].text.plain, "a word for moved, seconded and carried"
        a, b = said[k]
        if plain[a + m.end() : b].strip(" .;:"):
            yield self.subjects.put(i, a + m.end(), b, rule)
        elif plain[a : a + m.start()].strip(" (*_–-"):
            yield self.subjects.put(i, a, len(plain[: a + m.start()].rstrip(" (*_–-:")), rule)
        elif k:
            yield self.subjects.put(i, *said[k - 1], rule)
        else:
            yield from self._title(i, rule)

    def of(self, i: int) -> Iterator[Decision]:
        """The decisions of a block that record a vote: a sentence of its own, or a result behind what it is of."""
        block = self.draft.blocks[i]
        plain = block.text.plain
        if block.kind in ("row", "heading", "quote"):
            return
        said = spans(plain, self.draft.lexicon)
        while len(said) > 1 and self.names_only.match(plain[slice(*said[-1])]):
            said.pop()  # "Accepted unanimously. Proposed: Ann Lee. Seconded: Bo Ray"
        if said and self._passed(plain[slice(*said[-1])]):
            rule = "a result that stands by itself"
            *lines, last = block.text.lines
            entry = (
                lines and block.kind in ("bullet", "numbered") and self.subjects.words.only_result(plain[slice(*last)])
            )
            if entry and (plain[slice(*last)].isupper() or plain[: last[0]].rstrip()[-1:] in '.;!?)”"'):
                yield self.subjects.put(i, 0, last[0], rule)  # an entry of a list, and its result on a line of its own
            elif of := self._of_what(plain, said[:-1]):
                yield self.subjects.put(i, *of, rule)
            elif len(said) == 1 and (self.agreed.search(plain) or tallies.votes(plain, self.draft.lexicon)):
                yield from self._title(i, rule)
            return
        for a, b in said:
            words = plain[a:b]
            if len(words.split()) > _LONGEST or self.subjects.words.lost.search(words) or self._fell(words):
                continue
            if self.subjects.words.amendment.match(words):
                continue  # what became of the motion itself is said behind it
            voted = self.votes.match(words)
            own = voted is not None and all(w.casefold() in self.own for w in voted["whose"].split())
            told = self.open.search(words) or self.reported.search(words)  # "Ann said that it was approved (3 for)"
            counted = not voted and self.agreed.search(words) and not told
            if own or (counted and tallies.votes(words, self.draft.lexicon)):
                yield self.subjects.put(i, a, b, "a sentence that records a vote")

    def _of_what(self, plain: str, said: list[tuple[int, int]]) -> tuple[int, int] | None:
        """Of the sentences in front of a result what it is of: behind "Vote:", else the last that is no figures."""
        if said and (m := self.label.match(plain)) and self._says(plain[m.end() : said[0][1]]):
            return m.end(), said[0][1]
        return next((s for s in reversed(said) if self._says(plain[slice(*s)])), None)

    def _says(self, words: str) -> bool:
        return (
            len(words.split()) > 2
            and not re.match(r"\s*[+-−]\s?[01]\b", words)
            and tallies.votes(words, self.draft.lexicon) is None
            and not self.names_only.match(words)
        )

    def _passed(self, words: str) -> bool:
        """Whether words say that something passed, with figures or a word for how, and nothing else."""
        said = self.subjects.words.outcome.match(words.lstrip(" (*_–>=→-"))
        if not said or self.subjects.words.lost.search(words):
            return False
        figures = tallies.votes(words, self.draft.lexicon)
        return bool(figures and len(words.split()) < 25) or bool(self.sure.search(words) and len(words.split()) < 9)

    def _title(self, i: int, rule: str) -> Iterator[Decision]:
        """The title of the item that a line directly below it approves."""
        item = self.draft.minutes.item_of(i)
        if item is not None and self.draft.minutes.items[item].heading == i - 1:
            ref = SourceRef(
                self.draft.blocks[i].ref.path, self.draft.blocks[i].ref.first_line, self.draft.blocks[i].ref.last_line
            )
            yield Decision(self.draft.minutes.items[item].title, i, ref, rule)

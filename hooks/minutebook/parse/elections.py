"""Elections that no marker sets apart: "Cllr Lee was elected Chair", "Bo Ray was elected unopposed"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook import sentences
from minutebook.lexicon import alternatives
from minutebook.model import Decision, SourceRef, Span
from minutebook.parse.draft import Draft
from minutebook.parse.owners import Owners

_SHORT_LINE = 7
"""Words of a line that was not broken for want of room."""
_WORDS_OF_A_POST = 3
"""Words of a title that is a post: "Vice President", and not "Report of the Treasurer"."""
_LONGEST = 45
"""Words of a sentence that records an election: a longer one tells of more."""


class Elections:
    """Looks for the elections of one file: sentences that name who was elected, below a title that speaks of an
    election, or with a word for how it was done."""

    def __init__(self, draft: Draft) -> None:
        self.draft, lex = draft, draft.lexicon
        self.owners = Owners(draft)
        self.word = lex.pattern(r"(?<!\w)<<elected_words>>(?!\w)")
        self.nominates = lex.pattern(r"(?<!\w)<<nominated_words>>(?!\w)", re.I)
        self.lost = lex.pattern(r"(?<!\w)<<lost_words>>(?!\w)", re.I)
        self.proposes = lex.pattern(r"(?<!\w)(?:<<motion_nouns>>|<<nominations>>)(?!\w)", re.I)
        self.choice = lex.pattern(r"(?<!\w)(?:<<nominated_words>>|<<result_words>>)(?!\w)", re.I)
        self.title = lex.pattern(r"(?<!\w)<<election_titles>>(?!\w)", re.I)
        self.said = lex.pattern(
            r"(?P<who>[^\W\d_a-z][^,;:()]{1,60}?)\s+<<elected_auxiliaries>>\s+(?P<how><<elected_adverbs>>\s+)?"
            r"(?:<<elected_to>>\s[^.;:,]{2,60}?\s)?"
            r"(?:<<elected_words>>)(?P<too>\s+<<elected_adverbs>>)?(?!\w)"
        )
        self.put = lex.pattern(
            r"(?P<who>[^\W\d_a-z][^,;:()]{1,60}?)\s+(?:was|were)\s+<<moved_words>>.{3,160}?<<seconded_words>>.{3,80}?"
            r"<<joins>>\s+(?:<<elected_adverbs>>\s+)?<<elected_words>>(?!\w)"
        )
        self.result = lex.pattern(
            r"(?:<<articles>>\s+)?(?:[^:;()]{2,40}:\s*)?(?P<who>[^\W\d_a-z][^,;:()–—]{1,60}?)\s*(?:\([^()]*\))?\s*[,:–—-]?\s*"
            r"(?P<how><<elected_adverbs>>\s+)?<<elected_words>>(?P<too>\s+<<elected_adverbs>>)?[\s.;)]*$"
        )
        """A line that says who holds a post from now on: "Secretary: Bo Ray (proposed Ann Lee) elected unopposed"."""
        self.following = lex.pattern(
            r"<<following_words>>[^.;:]{0,60}<<elected_words>>[^.;:]{0,40}(?P<sign>[:.])\s*", re.I
        )
        still = alternatives(sorted(lex.set("obligations") - lex.set("obligation_particles")))
        self.otherwise = lex.pattern(rf"(?<!\w)(?:{still}|<<nominations>>|<<earlier_words>>|<<negations>>)(?!\w)", re.I)
        """It is still to come, or came about at another meeting."""
        self.entry = lex.pattern(
            r"\s*(?:[^:;\n–—]{2,40}(?::|\s[–—-])\s*)?(?P<who>[^\W\d_a-z][^,;:()\n–—]{1,60}?)\s*(?:[(,–—-].*|\.\s.*)?[.;]?\s*$"
        )
        """A line of such a list: "President: Ann Lee", "Bo Ray (Captain)"."""
        self.posts = lex.set("role_words") | lex.set("owner_posts")
        self.clause = lex.pattern(r"[,;]\s+|\s<<joins>>\s", re.I)
        self.nominated = lex.pattern(r"(?<!\w)<<nominations>>(?!\w)", re.I)
        self.alone = lex.pattern(
            r"[\W_]*(?:<<elected_adverbs>>\s+)?<<elected_words>>(?:\s+(?:<<joins>>\s+)?<<elected_adverbs>>){0,3}[\s.;)*_]*",
            re.I,
        )
        """That whoever stands above it was elected: "Elected unanimously and unopposed"."""
        self.nominee = lex.pattern(
            r"[\W_]*(?:[^:;\n–—]{2,40}:\s*)?(?P<who>[^\W\d_a-z][^,;:().\n–—]{1,60}?)\s+(?i:(?:<<said_to_be>>\s+)?<<nominated_words>>)(?!\w)"
        )
        """Whom a sentence nominates: "Treasurer: Ann Lee nominated by Bo Ray."."""
        self.passed = lex.pattern(
            r"[\W_]*[^:;\n–—]{2,40}:\s*(?P<who>[^\W\d_a-z][^;:()\n–—]{1,120}?)\s*[–—(-]+\s*(?i:<<chosen_results>>)[\s.)*_]*$"
        )
        """A line that says how a choice fared, below a title that speaks of an election: "Clerk: Bo Ray - Passed"."""
        passed = r"<<by_consent>>|<<carried_words>>|<<elected_adverbs>>"  # "Accepted" says that the nominee does
        self.outcome = lex.pattern(rf"[\W_]*(?:{passed})(?:\s\S+){{0,3}}[\s.)*_]*", re.I)
        self.bodies = lex.single_words("voting_bodies") | lex.single_words("part_bodies")
        self.past = lex.pattern(r"(?<!\w)(?:<<long_ago>>|<<open_questions>>)(?!\w)", re.I)
        self.open = lex.pattern(r"(?<!\w)(?:<<negations>>|<<relative_words>>)(?!\w)", re.I)
        """What did not come about, or is told of somebody."""

    def lists(self, i: int) -> Iterator[Decision]:
        """The elections of a list that a block opens, "The following were elected:", each with its line, and those that
        its sentences behind the list tell of."""
        opens = self.following.search(self.draft.blocks[i].text.plain)
        if not opens or self.otherwise.search(opens.group()):
            return
        # behind a full stop more may be said, and the list is that of the next blocks
        told = opens.end() if opens["sign"] == ":" else len(self.draft.blocks[i].text.plain)
        listed = list(self._entries(i, told))
        for j, a, b, m in listed:
            block = self.draft.blocks[j]
            ref = SourceRef(block.ref.path, block.text.line_at(a), block.text.line_at(b - 1))
            who = self.owners.each(Span(j, m.start("who"), m.end("who"), m["who"]))
            yield Decision(block.text.plain[a:b].strip(), j, ref, "a list of who was elected", elected=tuple(who))
        if listed:
            yield from self.of(listed[-1][0], listed[-1][2])

    def _entries(self, i: int, start: int) -> Iterator[tuple[int, int, int, re.Match[str]]]:
        """(block, start, end, what it says) of each line that gives a post to somebody, from a place on."""
        for j in range(i, len(self.draft.blocks)):
            block = self.draft.blocks[j]
            near = block.kind in ("bullet", "numbered") or (j == i + 1 and block.kind == "paragraph")
            if j > i and block.kind == "paragraph" and block.part == "body" and _opens_list(block.text.plain):
                continue  # "Officers:"
            if j > i and not (near and block.part == "body"):
                return
            for a, b in block.text.lines:
                a = max(a, start) if j == i else a
                if not block.text.plain[a:b].strip():
                    continue
                m = self.entry.match(block.text.plain, a, b)
                if not m or not self.owners.is_somebody(m["who"].strip()):
                    return
                yield j, a, b, m

    def above(self, i: int) -> Iterator[Decision]:
        """Those of the list directly above a line that says no more than that they were elected."""
        if not self.alone.fullmatch(self.draft.blocks[i].text.plain):
            return
        first = i
        while first and self.draft.blocks[first - 1].kind in ("bullet", "numbered"):
            first -= 1
        if i - first != 1:
            return  # of several nominees nobody knows who it was
        for j in range(first, i):
            plain, ref = self.draft.blocks[j].text.plain, self.draft.blocks[j].ref
            if (m := self.entry.match(plain)) and self.owners.is_somebody(m["who"].strip()):
                who = self.owners.each(Span(j, m.start("who"), m.end("who"), m["who"]))
                yield Decision(plain.strip(), j, ref, "a list of who was elected", elected=tuple(who))

    def of(self, i: int, begin: int = 0) -> Iterator[Decision]:
        """The elections that the sentences of a block tell of, from `begin` on."""
        block = self.draft.blocks[i]
        plain = block.text.plain
        if block.kind in ("row", "heading", "quote"):
            return
        if not self.word.search(plain, begin):
            return
        titled = self._titled(i)
        whole = [(max(a, begin), b) for a, b in sentences.spans(plain, self.draft.lexicon) if b > begin]
        lines = [(max(a, begin), b) for a, b in block.text.lines if b > begin]
        told = [(a, b, m) for a, b in whole if (m := self._records(plain, a, b, titled))]
        own = [(a, b) for a, b in lines if _begins(plain, a)] if titled else []
        told = told or [(a, b, m) for a, b in own if (m := self._records(plain, a, b, titled))]
        for a, b, m in told:
            if m.re is self.result:  # "Treasurer: Ann Lee 24, Bo Ray 18. Ann Lee elected."
                a = max(start for start, _ in lines if start <= a)
            ref = SourceRef(block.ref.path, block.text.line_at(a), block.text.line_at(b - 1))
            start = self._first_name(plain, a, m)
            who = self.owners.each(Span(i, start, m.end("who"), plain[start : m.end("who")]))
            yield Decision(plain[a:b].strip(), i, ref, "a sentence that records an election", elected=tuple(who))

    def chosen(self, i: int) -> Iterator[Decision]:
        """The election of a block that says how a choice fared: whom its first sentence nominates, and whose name
        stands in front of "- Passed"."""
        block = self.draft.blocks[i]
        plain = block.text.plain
        if block.kind in ("row", "heading", "quote") or not self.choice.search(plain):
            return
        said = list(sentences.spans(plain, self.draft.lexicon))
        m, end = self._nominee(plain, said), said[-1][0] if said else 0
        if not m and self._titled(i) and (passed := self.passed.match(plain)):
            named = plain[: passed.start("who")]
            m, end = (
                passed if not self.proposes.search(named) and self.owners.is_somebody(passed["who"]) else None,
                len(plain),
            )
        if m:
            ref = SourceRef(block.ref.path, block.ref.first_line, block.ref.last_line)
            who = self.owners.each(Span(i, m.start("who"), m.end("who"), m["who"]))
            yield Decision(plain[:end].strip(), i, ref, "a choice, and how it fared", elected=tuple(who))

    def _titled(self, i: int) -> bool:
        """Whether a block stands below a title that speaks of an election, or is a post: "Treasurer"."""
        item = self.draft.minutes.item_of(i)
        title = self.draft.minutes.items[item].title if item is not None else ""
        words = title.split()
        post = 0 < len(words) < _WORDS_OF_A_POST and words[-1].casefold() in self.posts
        return post or bool(self.title.search(title))

    def _nominee(self, plain: str, said: list[tuple[int, int]]) -> re.Match[str] | None:
        """Whom the first sentence of a block nominates, where its last says that they were elected: "Treasurer: Ann Lee
        nominated by Bo Ray. Accepted. Elected unopposed."."""
        a, b = said[-1]
        m = self.nominee.match(plain, *said[0]) if len(said) > 1 else None
        if len(self.nominates.findall(plain)) != 1 or self.lost.search(plain):
            return None  # somebody declined, or was chosen among several
        chosen = self.alone.fullmatch(plain[a:b]) or self.outcome.fullmatch(plain[a:b])
        return m if m and chosen and self.owners.is_somebody(m["who"], alone=True) else None

    def _records(self, plain: str, a: int, b: int, titled: bool) -> re.Match[str] | None:
        """Who holds a post from now on, by a sentence or a line. `titled`: it stands below "Elections"."""
        if len(plain[a:b].split()) > _LONGEST or self.past.search(plain, a, b):
            return None
        titled = titled or bool(self.nominated.search(plain, a, b))
        clauses = [a, *(m.end() for m in self.clause.finditer(plain, a, b))]
        said = (m for at in clauses if (m := self.said.match(plain, at, b)) and (titled or m["how"] or m["too"]))
        results = (m for at in clauses if (m := self.result.match(plain, at, b)) and (titled or m["how"] or m["too"]))
        others = (self.put.match(plain, a, b), *results)
        return next((m for m in (*said, *others) if m and self._is(plain, m, b)), None)

    def _is(self, plain: str, m: re.Match[str], end: int) -> bool:
        thing = m["who"].split()[-1].casefold() in self.bodies | self.posts  # "The Chair was elected" names nobody
        somebody = self.owners.is_somebody(m["who"]) and not thing
        return somebody and not self.open.search(plain[m.start() : end])

    def _first_name(self, plain: str, a: int, m: re.Match[str]) -> int:
        """Where the names begin of those who were elected: "Ann Lee, Bo Ray and Cy Dee were elected"."""
        start = a + len(plain[a:]) - len(plain[a:].lstrip(" *_–-"))
        parts = re.split(r"\s*,\s*", plain[start : m.start("who")].rstrip(" ,"))
        several = all(self.owners.is_listed(p) or (len(p.split()) > 1 and self.owners.is_somebody(p)) for p in parts)
        return start if several else m.start("who")


def _opens_list(plain: str) -> bool:
    return plain.rstrip().endswith(":") and len(plain.split()) < _SHORT_LINE


def _begins(plain: str, at: int) -> bool:
    """Whether a printed line begins a sentence, and does not go on with that of the line above."""
    above = plain[:at].rstrip(" *_\n").rpartition("\n")[2]
    return not above or above[-1] in ".;:!?)" or len(above.split()) < _SHORT_LINE

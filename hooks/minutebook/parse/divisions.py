"""How each decision came about: who moved and seconded it, who was elected, how many voted how, what came of it.

Read from the words of the decision and from the lines around it that say nothing else. What is not printed is not
known: "unanimously" gives no figure, and a name that could be anything's is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from minutebook import sentences
from minutebook.lexicon import Lexicon, alternatives
from minutebook.model import Decision, Span, Votes
from minutebook.parse import tallies
from minutebook.parse.draft import Draft
from minutebook.parse.owners import Owners

_ABOVE, _BELOW = 2, 4
"""Blocks above and below a decision that may tell of it, as long as they tell of nothing else."""
_NAMES = 12
"""Words of several names."""
_LISTED = 12
"""Entries of a list that one line resolves."""
_SHORT = 16
"""Words of a line that only says who moved, or how the vote went."""
_LONGEST_NAME = 48
_TAIL = 40
"""Characters at a decision's end, to find where its words end in the block."""
_RESULT = 90
"""Characters of the words that say how it went."""


def read(draft: Draft) -> Draft:
    """The draft with its decisions told in full."""
    if not draft.minutes.decisions:
        return draft
    reader = _Reader(draft)
    return draft.with_(decisions=tuple(reader.told(d) for d in draft.minutes.decisions))


@dataclass(frozen=True)
class _Place:
    """A stretch of a block in which something may be told of a decision."""

    block: int
    start: int
    end: int


class _Reader:
    """Reads around the decisions of one file."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.blocks, self.lexicon = draft, draft.blocks, draft.lexicon
        self.owners = Owners(draft)
        lex = draft.lexicon
        self.names = {key: _Names(lex, key) for key in ("moved", "seconded")}
        self.elected = lex.pattern(r"(?<!\w)<<elected_words>>(?!\w)", re.I)
        self.electing = lex.pattern(r"(?<!\w)<<electing_words>>(?!\w)", re.I)
        self.open = lex.pattern(r"(?<!\w)(?:<<negations>>|<<open_questions>>)(?!\w)", re.I)
        """Nobody was elected: it did not come about, or it is asked whether it did."""
        around = r"<<elected_auxiliaries>>|<<elected_adverbs>>|be|being|to be"
        self.auxiliary = lex.pattern(rf"(?:\s+(?:{around}))+\s*$", re.I)
        self.posts = lex.single_words("owner_posts") | lex.single_words("role_words")
        self.another = lex.pattern(
            r"(?<!\w)(?:<<articles>>\s+)?<<motion_nouns>>\s+<<said_to_be>>\s+<<made_words>>\s+<<decision_joins>>\s",
            re.I,
        )
        self.nominated = lex.pattern(r"(?<!\w)<<nominated_words>>(?!\w)", re.I)
        self.titles = lex.set("member_titles")
        self.that = lex.pattern(r"<<decision_joins>>\s+", re.I)
        said = r"(?:<<articles>>\s+)?<<motion_nouns>>\s+(?:<<said_to_be>>\s+)?"  # "The motion was carried, 3-1"
        self.result = lex.pattern(
            rf"(?<!\w)(?:<<joins>>\s+|{said})?<<result_words>>(?!\w)(?:nem\. con\.?|\bN[or]\.\s?\d+|[^.;\n])*", re.I
        )
        self.small = lex.set("small_words") | lex.set("articles")
        self.lost = lex.pattern(r"(?<!\w)<<lost_words>>(?!\w)", re.I)
        self.amendment = lex.pattern(r"(?:<<articles>>\s+)?<<amendment_nouns>>(?!\w)", re.I)
        self.opens_vote = lex.pattern(r"[\W_]*(?:<<motion_labels>>|<<vote_labels>>)\s*:[\W_]*", re.I)
        self.resolution = lex.pattern(r"(?<!\w)<<resolution_words>>(?!\w)", re.I)
        self.motion = lex.pattern(r"(?<!\w)<<motion_nouns>>(?!\w)", re.I)
        self.shared: dict[int, list[Decision]] = {}
        for d in draft.minutes.decisions:
            self.shared.setdefault(d.block, []).append(d)
        self.leading: dict[int | None, bool] = {}
        self.taken = {d.block for d in draft.minutes.decisions} | {a.block for a in draft.minutes.actions}
        sign = rf"(?:\(|(?<![\w/]){lex.any_of('moved_and_carried')}[\s:(–-]*)"
        name = r"[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,3}"
        self.pair = re.compile(rf"{sign}(?P<moved>{name})\s*(?:/|,|&|\band\b)\s*(?P<seconded>{name})(?![\w/])")

    def told(self, d: Decision) -> Decision:
        """A decision with what its words and the lines around it say."""
        places = [self._stretch(d), *self._below(d), *self._around(d)]
        said = [self._own(d), *places]
        movers, seconders = self._who("moved", said), self._who("seconded", said)
        if [s.text for s in movers] == [s.text for s in seconders]:
            movers, seconders = (), ()  # nobody seconds what they move: the words are of something else
        if not movers and not seconders:
            movers, seconders = self._pair(places[0])
        if self._says_how(d.text):
            places = places[:1]  # it says itself how it went, and what stands around it is of others
        votes = next((v for p in places if (v := tallies.votes(self._words(p), self.lexicon))), None)
        if votes is None:  # "Ayes: 5", and below it "Nays: 2"
            sides = (line for p in places[1:] for line in self._lines(p) if self._is_side(line))
            votes = tallies.votes("\n".join(sides), self.lexicon)
        if votes and _lost(votes):
            votes = None  # they are of another motion: this one passed
        elected = d.elected or self._elected(self._own(d))
        return replace(
            d,
            movers=movers,
            seconders=seconders,
            elected=elected,
            votes=votes,
            result=self._result(d, places),
            kind=self._kind(d, bool(elected), bool(movers or seconders)),
        )

    def _stretch(self, d: Decision) -> _Place:
        """Where in its block a decision is told of: all of it, but for the sentences of its other decisions."""
        plain = self.blocks[d.block].text.plain
        start, end, at = 0, len(plain), plain.find(d.text)
        begins = [a for a, _ in sentences.spans(plain, self.lexicon)]
        for other in self.shared.get(d.block, ()) if at >= 0 else ():
            place = plain.find(other.text)
            if other is d or place < 0 or place == at:
                continue
            if place > at:
                end = min(end, max(a for a in begins if a <= place))
                continue
            own, behind = max(a for a in begins if a <= at), place + len(other.text)
            start = max(
                start, own if own > behind and self.names["moved"].any.search(plain, own, at + len(d.text)) else behind
            )
        return _Place(d.block, start, max(end, at + len(d.text)))

    def _below(self, d: Decision) -> Iterator[_Place]:
        """The block further below that says how it went."""
        if d.fared is not None and d.fared not in self.taken:
            yield _Place(d.fared, 0, len(self.blocks[d.fared].text.plain))

    def _own(self, d: Decision) -> _Place:
        """The stretch of its block that a decision was taken from; all of it where its words stand elsewhere."""
        plain = self.blocks[d.block].text.plain
        start = plain.find(d.text)
        return _Place(d.block, start, start + len(d.text)) if start >= 0 else _Place(d.block, 0, len(plain))

    def _words(self, p: _Place) -> str:
        return self.blocks[p.block].text.plain[p.start : p.end]

    def _lines(self, p: _Place) -> list[str]:
        """The printed lines of a block."""
        text = self.blocks[p.block].text
        return [text.plain[a:b] for a, b in text.lines]

    def _around(self, d: Decision) -> Iterator[_Place]:
        """The lines below a decision and above it that tell of it and of nothing else, the nearest first."""
        block = end = d.block
        while end + 1 < len(self.blocks) and self.blocks[end + 1].ref.last_line <= d.ref.last_line:
            end += 1  # its last paragraph
        item = self.draft.minutes.item_of(block)
        head = next((i for i in range(block - 1, max(-1, block - _LISTED), -1) if i not in self.taken), None)
        if head is not None and head < block - 1 and self.resolution.search(self.blocks[head].text.plain):
            yield _Place(head, 0, len(self.blocks[head].text.plain))  # "..., and RESOLVED:", above a list
        below, above = (end, 1, _BELOW), (block, -1, _ABOVE)
        leads = self._leads(item)
        for start, step, most in (above, below) if leads else (below, above):
            found = list[_Place]()
            for i in range(start + step, start + step * (most + 1), step):
                if i in self.taken and step < 0 and not leads:
                    found.clear()  # they stand below another decision, and tell of that
                if not 0 <= i < len(self.blocks) or self.draft.minutes.item_of(i) != item or i in self.taken:
                    break
                plain = self.blocks[i].text.plain
                if self.blocks[i].part == "body" and self.opens_vote.fullmatch(plain.strip()):
                    continue  # "Roll call vote:"
                own = any(self._is_side(line) for line in self._lines(_Place(i, 0, len(plain))))
                if self.blocks[i].part != "body" or not (own or self._tells(plain)) or self.amendment.match(plain):
                    break
                if self.nominated.search(plain) or (step > 0 and self.another.search(plain)):
                    break  # it tells of somebody else, or puts another motion
                if leads and self._moves(plain) != (step < 0):
                    break  # how it went stands below it, and above it that of the one before
                found.append(_Place(i, 0, len(plain)))
            yield from found

    def _leads(self, item: int | None) -> bool:
        """Whether who moved stands above the decisions of an item: it does above the first of them."""
        if item not in self.leading:
            own = self.draft.minutes.item_of
            first = min(d.block for d in self.draft.minutes.decisions if own(d.block) == item)
            above = self.blocks[first - 1] if first else None
            free = above is not None and above.part == "body" and own(first - 1) == item
            self.leading[item] = free and above is not None and self._moves(above.text.plain)
        return self.leading[item]

    def _moves(self, plain: str) -> bool:
        short = len(plain.split()) <= _SHORT * (1 + plain.count("\n"))
        said = plain.lstrip(" (*_")
        return short and not self.result.match(said) and any(n.any.match(said) for n in self.names.values())

    def _tells(self, plain: str) -> bool:
        if len(plain.split()) > _SHORT * (1 + plain.count("\n")) or self.lost.search(plain):
            return False
        told = any(n.any.search(plain) for n in self.names.values())
        told = told or self._is_side(plain)
        behind = label.end() if (label := self.opens_vote.match(plain)) else 0  # "Vote: unanimous"
        return (
            told
            or bool(self.result.match(plain[behind:].lstrip(" (*_–>=→-")))
            or bool(tallies.votes(plain, self.lexicon))
        )

    def _is_side(self, plain: str) -> bool:
        return tallies.is_side(plain.strip(), self.lexicon)

    # --- who

    def _who(self, key: str, places: Iterable[_Place]) -> tuple[Span, ...]:
        """The first words that say who moved, or seconded."""
        nouns = self.lexicon.single_words("motion_nouns") | self.lexicon.set("resolution_words")
        nouns |= self.lexicon.single_words("decision_joins") | self.lexicon.set("clause_words")
        for p in places:
            for start, end in self.names[key].places(self._words(p)):
                end = self._line_of(p, start, end)
                words = self._words(p)[start:end]
                if words.casefold() not in nouns and self._is_one(words):
                    span = Span(p.block, p.start + start, p.start + end, words)
                    return tuple(self.owners.each(span))
        return ()

    def _says_how(self, text: str) -> bool:
        """Whether a decision says itself how it went: "the minutes were accepted", and not "that they be accepted"."""
        passive = self.lexicon.set("passive_words")
        return any(
            (text[: m.start()].split() or [""])[-1].casefold() not in passive for m in self.result.finditer(text)
        )

    def _line_of(self, p: _Place, start: int, end: int) -> int:
        """Where a name ends: with its printed line, if what stands there is one already: "Seconded: Bo" above "Ann to
        write to the club"."""
        if self._words(p)[:start].rstrip()[-1:] != ":":
            return end
        for _, b in self.blocks[p.block].text.lines:
            first = self._words(p)[start : b - p.start].strip()
            if p.start + start < b < p.start + end and first and self.owners.is_listed(first):
                return start + len(first)
        return end

    def _is_one(self, words: str) -> bool:
        """Whether words may name whoever moved: one word alone must be on the list, a handle, or a post."""
        post = words.split()[-1].casefold() in self.posts
        if words.split()[-1].casefold() in self.small:
            return False  # "Moved: approval of the accounts"
        if self.names["moved"].any.match(words) or self.names["seconded"].any.match(words):
            return False  # "Moved Ann Lee" in front of "Seconded Bo Ray"
        if sign := _CALL_SIGN.search(words):
            return self.owners.is_somebody(words[: sign.start()], alone=True)
        if not post and len(words.split()) > 1 and words.split()[0].casefold() in self.titles:
            return self.owners.is_somebody(words.split(maxsplit=1)[1], alone=True)  # "Director Lee"
        alone = len(words.split()) == 1 and not words.startswith("@")
        return self.owners.is_listed(words) or post or (not alone and self.owners.is_somebody(words, alone=True))

    def _pair(self, p: _Place) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
        """Who moved and who seconded, of "(Lee/Ray)" behind a decision: both must be on the list of people."""
        m = self.pair.search(self._words(p))
        if not m or not all(self.owners.is_listed(m[key]) for key in ("moved", "seconded")):
            return (), ()
        one, other = (Span(p.block, p.start + m.start(k), p.start + m.end(k), m[k]) for k in ("moved", "seconded"))
        return (one,), (other,)

    def _elected(self, p: _Place) -> tuple[Span, ...]:
        """Who was elected or appointed: the names in front of the word, or behind it."""
        plain = self._words(p)
        for a, b in sentences.spans(plain, self.lexicon):
            if self.open.search(plain, a, b):
                continue
            if m := self.elected.search(plain, a, b):
                front = self.auxiliary.search(plain, a, m.start())
                stop = front.start() if front else m.start()
                found = [(a, stop), *_last_words(plain, a, stop), *_first_words(plain, m.end(), b)]
            elif m := self.electing.search(plain, a, b):
                found = list(_first_words(plain, m.end(), b))
            else:
                continue
            for start, end in found:
                if that := self.that.match(plain, start, end):
                    start = that.end()  # "That Ann Lee be elected"
                if self._are_people(words := plain[start:end].strip()):
                    at = p.start + plain.index(words, start)
                    return tuple(self.owners.each(Span(p.block, at, at + len(words), words)))
        return ()

    def _are_people(self, words: str) -> bool:
        """Whether words are names and nothing else: no post, and no body."""
        if self.owners.is_listed(words):
            return bool(words)
        post = any(w.casefold() in self.posts for w in words.split())
        return 1 < len(words.split()) < _NAMES and not post and self.owners.is_somebody(words)

    # --- how it went

    def _result(self, d: Decision, places: Sequence[_Place]) -> str:
        """The words that say how it went, where they stand apart from the decision's own."""
        for p in places:
            if p.block < d.block:
                continue
            plain = self._words(p)
            own = plain.find(d.text[-_TAIL:]) if p.block == d.block else -1
            apart = p.block != d.block or d.fared == d.block
            behind = own + len(d.text[-_TAIL:]) if own >= 0 else 0 if apart else len(plain)
            for m in self.result.finditer(plain, behind):
                words = m.group().strip(" .,;:*_()–-")
                words += ")" * (words.count("(") - words.count(")"))
                opens = self.that.search(f"{words} ")  # "RESOLVED that", of the next one
                if self.amendment.match(words):
                    continue  # which says nothing of the motion itself
                apart = p.block == d.fared or _apart(plain, m)
                if words and not opens and len(words) <= _RESULT and apart:
                    return words
        return ""

    def _kind(self, d: Decision, elected: bool, moved: bool) -> str:
        plain = self.blocks[d.block].text.plain
        head = plain[: plain.find(d.text[:20])] if d.text[:20] in plain else ""
        if elected:
            return "election"
        if self.resolution.search(head) or self.resolution.match(d.text):
            return "resolution"
        above = next((i for i in range(d.block - 1, -1, -1) if i not in self.taken), None)
        said = self.blocks[above].text.plain.strip(" *_#>") if above is not None else ""
        if "below" in d.rule and self.resolution.search(said):
            return "resolution"
        if len(said.split()) < _SHORT // 2 and self.resolution.match(said):
            return "resolution"
        return "motion" if moved or "motion" in d.rule or self.motion.search(head) else "decision"


_ACTS = {"moved": ("so_moved", "moving_words")}
"""What else whoever moves does: "Ann Lee made a motion", "Bo Ray so moved"."""


class _Names:
    """Finds the names behind and in front of the words for moving, or for seconding."""

    def __init__(self, lexicon: Lexicon, key: str) -> None:
        self.moves = key == "moved"
        words = lexicon.any_of(f"{key}_words")
        front = lexicon.set("mover_in_front")
        called = alternatives(w for w in lexicon.list(f"{key}_words") if w.casefold() not in front)
        acts = "|".join([words, *(lexicon.any_of(k) for k in _ACTS.get(key, ()))])
        labels = lexicon.any_of(f"{key}_labels")
        aside = lexicon.any_of("seconded_labels")  # "Ann Lee, seconded by Bo Ray, moved to light the pier"
        by = lexicon.any_of("by_words")
        keys = ("moved_words", "seconded_words", "clause_words", "resolution_words", "result_words", "agreed_words")
        more = ("elected_words", "elected_adverbs", "vote_labels")
        ends = alternatives(w for k in (*keys, *more) for w in lexicon.list(k))
        part = r"[^.,;:()/\n–—]*?"
        self.join = re.compile(rf"\s+{lexicon.any_of('joins')}$", re.I)
        article = rf"(?:(?![A-Z]\s)(?i:{lexicon.any_of('articles')})\s+)?"  # "A Lee" has no article
        after = rf"(?=\s*(?:(?<!\b[A-Z])\.|[,;:()/\n–—]|\s-|$|\s(?i:{ends})\b))"
        titled = rf"(?:{lexicon.any_of('honorifics')}\.?\s+){{0,2}}"
        name = rf"{article}(?P<who>{titled}[^\W_a-z@]{part}(?:\.\s?[A-Z]{part})*?|@[\w-]+){after}"
        self.any = re.compile(rf"(?<!\w)(?i:{words}|{labels})(?!\w)")
        gap = rf"(?:\s+(?i:{by}))?\s*[:–-]?\s*"
        self.labelled = re.compile(rf"(?<!\w)(?i:{labels}){gap}{name}")
        self.behind = re.compile(rf"(?<!\w)(?i:{called}){gap}{name}")
        to = rf"(?i:{lexicon.any_of('motion_nouns')}\s+{lexicon.any_of('decision_joins')})\s[^.;:\n]{{3,120}}?"
        self.noun = re.compile(rf"(?<!\w){to}\s(?i:{by})\s+{name}")
        """Whose motion it is, behind what it is to do: "Motion to close the pier by Bo Ray"."""
        self.front = re.compile(
            rf"(?:^|(?<=[.;:(\n])|(?<=[.;:,]\s)|(?<=[.;:,]\s\s))(?P<who>@[\w-]+|[^\W\d_a-z][\w'’.-]*(?:\s+[^\W\d_a-z][\w'’.-]*){{0,4}})(?:,\s(?i:{aside})\s[^,.;\n]{{3,40}},)?\s+(?i:{acts})(?!\w|\s+(?i:{by})(?!\w))"
        )

    def places(self, plain: str) -> Iterator[tuple[int, int]]:
        """(start, end) of what may be a name, the likeliest first."""
        for pattern in (self.labelled, self.front, self.behind, *((self.noun,) if self.moves else ())):
            for m in pattern.finditer(plain):
                start, end = m.span("who")
                if join := self.join.search(m["who"]):
                    end = start + join.start()  # "by Ann Lee and seconded by Bo Ray"
                if end - start <= _LONGEST_NAME:
                    yield start, end


_CALL_SIGN = re.compile(r"\s+\(?[A-Z\d]{1,2}\d[A-Z]{1,4}\)?$")
"""Behind the name of a radio amateur (ITU Radio Regulations, article 19, section III)."""
_CAPITALS = re.compile(r"[^\W\d_a-z][\w'’.-]*(?:\s+(?:[^\W\d_a-z][\w'’.-]*|de|van|von|der|of|the))*")


def _last_words(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    found = [m.span() for m in _CAPITALS.finditer(plain, start, end)]
    if found and not plain[found[-1][1] : end].strip():
        yield found[-1]


def _first_words(plain: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    m = _CAPITALS.match(plain, start + len(plain[start:end]) - len(plain[start:end].lstrip(" :")), end)
    if m:
        yield m.span()


def _lost(votes: Votes) -> bool:
    return votes.in_favour is not None and votes.against is not None and votes.in_favour < votes.against


def _apart(plain: str, m: re.Match[str]) -> bool:
    """Whether words of a result stand by themselves: at the beginning of a line or sentence, or behind a sign."""
    before = plain[: m.start()].rstrip(" *_")
    return not before or before[-1] in ".;:,()\n–—-|\u2005" or plain[: m.start()].endswith("\n")

"""How an earlier action stands, where the words beside it say so: "done", "(in progress)", "Carried forward."

Only words about the action itself count. "The survey is complete" speaks of a survey, "to be closed" of what is to
come, and "complete but for the north mole" of something that is not; none of them ends an action.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from minutebook import sentences
from minutebook.lexicon import Lexicon, alternatives, load
from minutebook.model import CLOSED, Text

KINDS = ("done", "dropped", "superseded", "carried_forward", "reported")
"""The states that words can give, and the keys under which the lexicon has them."""

_SIGN = re.compile(r"\s+[–—-]+>?\s+|\s*[:;]\s+|\s*(?:→|=>|>>|\|)\s*|\s[–—]|\n|\s*\u2005\s*")
_BRACKET = re.compile(r"[(\[]\s*(?P<inside>[^()\[\]]{1,80}?)\s*[)\]]")
_WORD = re.compile(r"[^\W_]+(?:['’./-][^\W_]+)*|%|\?")
_QUOTATION = re.compile(r"\s*[“\"„«][^“”\"„»]{12,400}[”\"“»]")
_NUMBERED = re.compile(r"(?P<letters>[^\W\d_]*)[./-]?\d[\w./-]*")
_EDGES = " \t\n*_.,;:!–—-=>→|()[]"
_LONGEST = 12
"""Words of a sentence that says nothing but how an action stands."""


@dataclass(frozen=True)
class Said:
    """How an action stands, and where the words that say so stand in the text."""

    state: str
    start: int
    end: int


def of_cell(cell: str, lexicon: Lexicon) -> str:
    """The state that a cell of a column "Status" gives: what it begins with. Empty where it begins with none."""
    first = sentences.split(cell, lexicon)[:1]
    return _States.of(lexicon).opening(first[0]) if first and first[0].strip() else ""


def alone(words: str, lexicon: Lexicon) -> str:
    """The state that words give which say nothing else: "DONE", "This is now complete." """
    return _States.of(lexicon).whole(words)


def beside(text: Text, lexicon: Lexicon) -> Said | None:
    """How the action stands that a line speaks of, by words at its ends, in brackets, or in a sentence of their own.

    None where nothing says so, or where different words say different things.
    """
    known = _States.of(lexicon)
    plain = text.plain
    found = [*_marked(text, known), *_bracketed(plain, known), *_parted(plain, known), *_said(plain, known, lexicon)]
    states = {s.state for s in found}
    if len(states) > 1 and states & CLOSED and states - CLOSED:
        return None  # "done – to be carried forward"
    if any(s.state in CLOSED and known.taken_back(plain[s.end :]) for s in found):
        return None  # "Done. But the north mole is still to do."
    ends = [s for kind in KINDS[::-1] for s in found if s.state == kind]
    return max(ends, key=lambda s: (s.state in CLOSED, s.start)) if ends else None


def beside_plain(words: str, lexicon: Lexicon) -> Said | None:
    """As `beside`, of words without formatting."""
    return beside(Text(words), lexicon)


def _marked(text: Text, known: _States) -> Iterable[Said]:
    """Words in bold or italics at an end of the line."""
    for m in text.marks:
        if m.kind in ("strong", "em") and (state := known.whole(text.plain[m.start : m.end])):
            front, behind = text.plain[: m.start], text.plain[m.end :]
            if not front.strip(_EDGES) or (not behind.strip(_EDGES) and not known.limited(_last(front))):
                yield Said(state, m.start, m.end)


def _bracketed(plain: str, known: _States) -> Iterable[Said]:
    for m in _BRACKET.finditer(plain):
        at_end = not plain[m.end() :].strip(_EDGES)
        inside = m["inside"]
        state = known.opening(inside) if at_end else known.whole(inside)
        if state and (at_end or not plain[: m.start()].strip(_EDGES) or known.whole(inside)):
            yield Said(state, m.start(), m.end())


def _parted(plain: str, known: _States) -> Iterable[Said]:
    """What stands between signs, "... – DONE – ..."; in capitals at the end it needs no sign."""
    edges = [0, *(x for m in _SIGN.finditer(plain) for x in m.span()), len(plain)]
    parts = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if plain[a:b].strip(_EDGES)]
    for k, (a, b) in enumerate(parts):
        last = k == len(parts) - 1 and k > 0
        if state := known.whole(plain[a:b]) or (known.opening(plain[a:b]) if last else ""):
            yield Said(state, a, b)
    if (m := _QUOTATION.match(plain)) and (state := known.opening(plain[m.end() :])):
        yield Said(state, m.end(), len(plain))
    if m := known.last.search(plain):  # behind what may end no sentence: "... as Appendix B. Closed."
        yield Said(known.kind[_key(m["state"])], m.start("state"), m.end("state"))
    if m := known.capitals.search(plain):
        before = _last(plain[: m.start()])
        part_of = known.to_be.search(plain[: m.start()])  # "find why the road was CLOSED"
        if not known.limited(before) and not before.isupper() and not part_of:
            yield Said(known.kind[_key(m["state"])], m.start("state"), m.end("state"))


def _said(plain: str, known: _States, lexicon: Lexicon) -> Iterable[Said]:
    for k, (a, b) in enumerate(sentences.spans(plain, lexicon)):
        begins = _begins(plain[a:b], known) if k == 0 else False
        if state := known.whole(plain[a:b]) if begins else known.opening(plain[a:b]):
            yield Said(state, a, b)


def _begins(words: str, known: _States) -> bool:
    """Whether words begin with those of a state, which in front of a line may be what is to be done: "Complete the
    lamps, ..."."""
    return bool(known.first.match(words.lstrip(_EDGES)))


def _last(words: str) -> str:
    found = _WORD.findall(words)
    return found[-1] if found else ""


def _key(words: str) -> str:
    return " ".join(words.casefold().split())


class _States:
    """The words of one language that say how an action stands."""

    def __init__(self, lexicon: Lexicon) -> None:
        lists = {kind: lexicon.list(f"action_states.{kind}") for kind in KINDS}
        self.kind = {_key(w): kind for kind, words in reversed(lists.items()) for w in words}
        any_ = alternatives(w for words in lists.values() for w in words)
        self.first = re.compile(rf"(?i:{any_})(?!\w)")
        self.anywhere = re.compile(rf"(?<!\w)(?i:{any_})(?!\w)")
        capitals = alternatives(w.upper() for words in lists.values() for w in words)
        self.capitals = re.compile(rf"\s(?P<state>{capitals})\W*$")
        self.last = re.compile(rf"(?<=[.;])\s+(?P<state>(?=[^\Wa-z])(?i:{any_}))\W*$")
        limits = alternatives(lexicon.list("state_limits"))
        self.limits = re.compile(rf"(?:(?<!\w)(?i:{limits})(?!\w)|\?|\d\s*%)")
        self.fillers = lexicon.single_words("state_fillers") | frozenset(lexicon.months)
        self.fillers |= lexicon.single_words("action_markers") | lexicon.set("ordinal_endings")
        self.exceptions = re.compile(rf"(?<!\w)(?i:{alternatives(lexicon.list('state_exceptions'))})(?!\w)")
        nouns = alternatives(lexicon.list("action_nouns"))
        self.instead = re.compile(rf"\s+(?i:{alternatives(lexicon.list('superseded_by'))})\s[^,.;]*(?:\d|{nouns})")
        denial = rf"[\s:;,(–—-]*(?:(?i:{lexicon.any_of('negations')}|{limits})|\d+\s*%)\W*$"
        self.denied = re.compile(denial)
        """Behind a word that ends an action: that it is not so."""
        self.ahead = re.compile(rf"\s*(?i:{lexicon.any_of('state_deadlines')})(?!\w)|{denial}")
        """The same, or by when it is to be so."""
        self.to_be = lexicon.pattern(r"(?<!\w)<<said_to_be>>\s*$", re.I)
        goes_on = alternatives(lexicon.list("state_continuations"))
        self.goes_on = re.compile(rf"\s*(?:$|[,.;:!(–—-]|(?i:{goes_on})(?!\w)|\d)")

    @staticmethod
    @cache
    def _of(language: str) -> _States:
        return _States(load(language))

    @classmethod
    def of(cls, lexicon: Lexicon) -> _States:
        return cls._of(lexicon.language)

    def limited(self, words: str) -> bool:
        """Whether words take back what they stand beside: "not", "to be"."""
        return bool(self.limits.search(words))

    def taken_back(self, behind: str) -> bool:
        """Whether what stands behind a state begins by taking it back: "But ...", "Except ...", "no"."""
        m = self.exceptions.search(behind.lstrip(_EDGES))
        return bool(m and m.start() == 0) or bool(self.denied.match(behind))

    def whole(self, words: str) -> str:
        """The state of words that say nothing else, but for small words, days and numbers."""
        words = words.strip(_EDGES)
        if not words or len(words.split()) > _LONGEST:
            return ""
        found = list(self.anywhere.finditer(words))
        rest = self.anywhere.sub(" ", words)
        if not found or not all(self._fills(w) for w in _WORD.findall(rest)):
            return ""
        kinds = {self.kind[_key(m.group())] for m in found}
        closed = kinds & CLOSED
        if closed and (kinds - CLOSED or self.limited(rest) or self.exceptions.search(rest)):
            return ""  # "done and ongoing", "to be closed"
        if "done" in closed and any(self.ahead.match(words, m.end()) for m in found):
            return ""  # "complete by June", "completed: no"
        return next(k for k in ("superseded", "dropped", "done", "carried_forward", "reported") if k in kinds)

    def _fills(self, word: str) -> bool:
        return word.casefold() in self.fillers or self._counts(word)

    def _counts(self, word: str) -> bool:
        """Whether a word is a number, a day, or the number of an action: "3", "22/14", "AP3", "3rd"."""
        m = _NUMBERED.fullmatch(word)
        return m is not None and (len(m["letters"]) < 4 or m["letters"].casefold() in self.fillers)

    def opening(self, words: str) -> str:
        """The state that words begin with, where nothing behind it takes it back."""
        words = words.strip(_EDGES)
        if state := self.whole(words):
            return state
        m = self.anywhere.search(words)
        if not m or not all(self._fills(w) for w in _WORD.findall(words[: m.start()])):
            return ""
        kind = self.kind[_key(m.group())]
        if kind not in CLOSED:
            return kind
        sentence = re.split(r"[.!?](?:\s|$)", words[m.end() :])[0]
        if kind == "superseded" and not self.instead.match(sentence) and "," not in sentence[:1]:
            return ""  # "replaced" may be said of a lamp
        behind = words[m.end() :]
        if behind.lstrip().startswith("?") or (kind == "done" and self.ahead.match(behind)):
            return ""  # "done?", "complete by June", "completed: no"
        clause = next((c for c in re.split(r"[,;:(–—]", sentence) if c.strip()), "")  # "done; partly", "complete: 50%"
        more = {self.kind[_key(x.group())] for x in self.anywhere.finditer(sentence)}
        limited = self.limited(words[: m.start()]) or self.limited(clause) or self.exceptions.search(sentence)
        if self.taken_back(behind[len(sentence) :]):
            return ""
        goes_on = kind == "superseded" or self.goes_on.match(sentence)
        return kind if goes_on and not limited and "carried_forward" not in more else ""

"""The glossary: every short word of the archive with what it stands for, where that is said, and where it is used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import GlossaryEntry, GlossaryTerm, Meeting, Mention
from minutebook.resolve.occurrences import Sitting
from minutebook.resolve.terms import Given, Terms, sense, term

_NO_TEXT = ("header", "roll_call", "note")
"""Parts of minutes whose capitals are names and posts."""


def entries(meetings: Sequence[tuple[Meeting, Sitting]], terms: Terms, lexicon: Lexicon) -> tuple[GlossaryEntry, ...]:
    """Every acronym of the archive with what it stands for, and where it is used; people's initials are none.

    What the minutes use and nobody explains has an entry without a meaning.
    """
    gathered = _Entries(terms)
    printed = {o.id: o.name for o in terms.organizations.all}
    for m, s in meetings:
        for word, senses in terms.here[m.id].items():
            for given in senses.values():
                gathered.define(s, word, given)
        for x in m.mentions:
            if x.term:
                gathered.use(s, x, x.term)
            elif x.organization and x.rule == "acronym" and names.key(printed[x.organization]) != names.key(x.text):
                gathered.use(s, x, printed[x.organization])
    known = lexicon.set("postnominals") | {name.casefold() for name in printed.values()}
    for m, s in meetings:
        for word, line in _unexplained(m, s):
            verdict = terms.verdict(s, term(word))
            open_ = not verdict.none and not verdict.given and not gathered.knows(m.body, word)
            if open_ and word.casefold() not in known:
                gathered.unexplained(m, word, line)
    return gathered.all()


def _unexplained(m: Meeting, s: Sitting) -> Iterator[tuple[str, int]]:
    """(word, line) of what reads as an acronym and is nobody's initials, and no mention."""

    @cache
    def people() -> set[str]:
        return {i for a in m.minutes.people if a.name for i in (a.initials.casefold(), *names.initials(a.name)) if i}

    for i, start, word in s.acronyms:
        block = m.minutes.blocks[i]
        if any(x.start <= start < x.end for x in m.mentions_in.get(i, ())) or block.part in _NO_TEXT:
            continue
        if word.casefold() not in people() and not block.text.plain.isupper():
            yield word, block.text.line_at(start)


class _Entries:
    """Entries of the glossary as they are gathered."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._made: dict[tuple[str, str], _Made] = {}
        self._explained: set[tuple[str, str]] = set()

    def define(self, s: Sitting, word: str, given: Given) -> None:
        """A definition; one that the register overrules holds nowhere."""
        entry = self.terms.entry(s, word)
        if entry is None or (entry.meaning and sense(entry.meaning) == sense(given.meaning)):
            made = self._of(s.body, word, entry.meaning if entry else given.meaning, entry)
            made.term = made.term if made.defined else given.printed
            made.defined.add((s.id, given.line))
            made.uses.add((s.id, given.line))

    def use(self, s: Sitting, x: Mention, meaning: str) -> None:
        word = term(x.text)
        given = self.terms.verdict(s, word).meaning
        made = self._of(s.body, word, given.meaning if given else meaning, given.entry if given else None)
        made.organization = made.organization or x.organization
        made.uses.add((s.id, x.line))

    def unexplained(self, m: Meeting, word: str, line: int) -> None:
        made = self._made.setdefault((word, ""), _Made(word, ""))
        made.uses.add((m.id, line))
        made.bodies.setdefault(m.body)

    def knows(self, body: str, word: str) -> bool:
        return (body, term(word)) in self._explained

    def _of(self, body: str, word: str, meaning: str, entry: GlossaryTerm | None) -> _Made:
        self._explained.add((body, word))
        made = self._made.setdefault((word, sense(meaning)), _Made(word, meaning))
        made.organization = made.organization or self.terms.organization(meaning)
        made.entry = made.entry or entry
        made.bodies.setdefault(body)
        return made

    def all(self) -> tuple[GlossaryEntry, ...]:
        found = sorted(self._made.values(), key=lambda e: (names.key(e.term), e.term, e.meaning))
        return tuple(
            GlossaryEntry(
                e.entry.term if e.entry else e.term,
                e.entry.meaning if e.entry else e.meaning,
                e.organization,
                tuple(sorted(e.uses)),
                tuple(sorted(e.defined, key=_by_date)),
                tuple(e.bodies),
                e.entry,
            )
            for e in found
        )


class _Made:
    """One entry, as far as it is known."""

    def __init__(self, word: str, meaning: str) -> None:
        self.term, self.meaning, self.organization = word, meaning, ""
        self.uses: set[tuple[str, int]] = set()
        self.defined: set[tuple[str, int]] = set()
        self.bodies: dict[str, None] = {}
        self.entry: GlossaryTerm | None = None


def _by_date(place: tuple[str, int]) -> tuple[str, str, int]:
    """The order of places: by the date at the end of a meeting's id."""
    return (place[0].partition("/")[2], place[0], place[1])

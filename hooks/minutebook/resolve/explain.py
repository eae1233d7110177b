"""Short words explained where they stand.

All terms of the archive are found in one pass over each text, as names are (`forms.py`); what a term means in these
minutes is asked of `Terms`. A term that may mean two things is explained as neither, and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import ahocorasick  # type: ignore[import-not-found]  # has no types

from minutebook import names
from minutebook.diagnostics import WARNING, Diagnostic
from minutebook.model import Candidate, GlossaryTerm, Mention, Person
from minutebook.resolve import around
from minutebook.resolve.forms import edge, plainly
from minutebook.resolve.organizations import Organizations
from minutebook.resolve.people import Sitting
from minutebook.resolve.terms import Given, Terms, term

HERE, ELSEWHERE, REGISTER = (
    "term that these minutes explain",
    "term that other minutes of this body explain",
    "term of glossary.yml",
)


class Explainer:
    """The terms of one archive, found in its minutes."""

    def __init__(
        self,
        sittings: Sequence[Sitting],
        organizations: Organizations,
        people: Iterable[Person],
        register: Sequence[GlossaryTerm],
    ) -> None:
        self.terms = Terms(sittings, organizations, people, register)
        self._register = register
        self._automaton = self._forms(sittings)
        self._used: dict[tuple[str, str], list[tuple[Sitting, int]]] = defaultdict(list)
        """(body, term) -> (meeting, line) of the first use in each."""
        self._found: dict[str, dict[int, list[tuple[int, int, str]]]] = {s.id: self._find(s) for s in sittings}

    def _forms(self, sittings: Sequence[Sitting]) -> ahocorasick.Automaton:
        automaton = ahocorasick.Automaton()
        printed = {d.term for s in sittings for d in s.minutes.definitions}
        for form in printed | {e.term for e in self._register}:
            word = term(form)
            plural = [f"{word}s"] if word[-1:].isupper() else []
            for each in {plainly(form), word, word[:1].upper() + word[1:], *plural} - {""}:
                automaton.add_word(each, (len(each), word))
        automaton.make_automaton()
        return automaton

    def _find(self, s: Sitting) -> dict[int, list[tuple[int, int, str]]]:
        """Block -> (start, end, term) of every term that stands there as a whole word."""
        out: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        met: set[str] = set()
        for i, block in enumerate(s.minutes.blocks if len(self._automaton) else ()):
            text = plainly(block.text.plain)
            for last, (length, word) in self._automaton.iter(text):
                start, end = last - length + 1, last + 1
                if edge(text, start - 1, start) and edge(text, end - 1, end):
                    out[i].append((start, end, word))
                    if word not in met:
                        met.add(word)
                        self._used[s.body, word].append((s, block.text.line_at(start)))
        return out

    # --- in one meeting

    def explain(self, s: Sitting, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """The mentions of one meeting with its terms explained; those that terms put in doubt are linked no more."""
        kept: dict[int, list[Mention]] = defaultdict(list)
        for x in mentions:
            if judged := self._judged(s, x):
                kept[x.block].append(judged)
        for i, block in around.business(s.minutes):
            here = kept[i]
            for start, end, word in sorted(self._found[s.id].get(i, ()), key=lambda f: (f[0], -f[1])):
                if word in self.terms.initials[s.id] or any(x.start < end and start < x.end for x in here):
                    continue
                if given := self.terms.verdict(s, word).meaning:
                    text = block.text
                    plain = Mention(i, start, end, text.plain[start:end], text.line_at(start), "")
                    here.append(self._explained(s, plain, given))
            here.sort(key=lambda x: x.start)
        return tuple(x for i in sorted(kept) for x in kept[i])

    def _judged(self, s: Sitting, x: Mention) -> Mention | None:
        """A mention as the terms of these minutes leave it: as it is, with another meaning, or unlinked; or none."""
        word = term(x.text)
        if x.rule.startswith("initials"):
            in_register = self.terms.entry(s, word)
            if x.person and ((in_register and in_register.meaning) or word in self.terms.clashes[s.id]):
                person = self.terms.people[x.person]
                rule = f"initials, and a {REGISTER if in_register else HERE}"
                return replace(x, person="", candidates=(Candidate(person.name, person.address),), rule=rule)
            return x
        if not (x.term or x.rule.startswith("acronym")):
            return x
        verdict = self.terms.verdict(s, word)
        if given := verdict.meaning:
            return self._explained(s, x, given)
        return None if x.term or verdict.given else x

    def _explained(self, s: Sitting, x: Mention, given: Given) -> Mention:
        """A mention of a term with what it means here: an organisation, or words."""
        rule = REGISTER if given.entry else HERE if given.meeting == s.id else ELSEWHERE
        elsewhere = given.meeting if given.meeting != s.id else ""
        plain = replace(x, organization="", person="", term="", candidates=(), explained=elsewhere)
        if organization := self.terms.organization(given.meaning):
            return replace(plain, organization=organization, rule="acronym")
        return replace(plain, term=given.meaning, rule=rule)

    # --- of all meetings

    def findings(self) -> Iterator[Diagnostic]:
        """What is wrong with the register's entries, and what may mean two things."""
        yield from self.terms.diagnostics
        bodies_of: dict[str, set[str]] = defaultdict(set)
        for body, word in self._used:
            bodies_of[word].add(body)
        told = {d.line for d in self.terms.diagnostics}
        for e in self._register:
            where = {self.terms.organizations.by_key.get(names.organization_key(b), "") for b in e.bodies}
            met = bodies_of.get(term(e.term), set())
            if e.ref.first_line not in told and not (met & where if where else met):
                yield from self.terms.unused([e])
        for (_, word), used in self._used.items():
            yield from self._two_meanings(word, used)

    def _two_meanings(self, word: str, used: Sequence[tuple[Sitting, int]]) -> Iterator[Diagnostic]:
        """One finding for all minutes of a body in which a term may mean two things."""
        doubtful = [(s, line) for s, line in used if len(self.terms.verdict(s, word).given) > 1]
        if not doubtful:
            return
        s, line = doubtful[0]
        sources = {x.id: x.minutes.source for x, _ in used}
        given = self.terms.verdict(s, word).given
        may = " or ".join(f"“{g.meaning}” ({sources[g.meeting]}:{g.line})" for g in given)
        others = f"{len(doubtful) - 1} other meeting{'s' if len(doubtful) > 2 else ''}"
        more = f", here and in {others} of this body" if len(doubtful) > 1 else ""
        body = next(o.name for o in self.terms.organizations.all if o.id == s.body)
        hint = f"Say which in glossary.yml: “- {{term: {word}, meaning: ..., bodies: [{body}]}}”."
        yield Diagnostic(
            "two-meanings",
            WARNING,
            s.minutes.source,
            line,
            f"“{word}” may stand for {may}, and is explained as neither{more}.",
            hint,
        )

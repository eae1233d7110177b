"""What a short word stands for in the minutes of one meeting: the register first, then what minutes themselves say.

A definition holds in the meeting that gives it. In another meeting of the same body it holds only if that body's
minutes never give another: `verdict` says which, or that it is open.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from minutebook import names
from minutebook.diagnostics import ERROR, WARNING, Diagnostic
from minutebook.model import Definition, GlossaryTerm, Meeting, Person
from minutebook.names import plainly
from minutebook.resolve import remedies
from minutebook.resolve.occurrences import Sitting
from minutebook.resolve.organizations import Organizations

HERE, ELSEWHERE, IN_REGISTER = (
    "term that these minutes explain",
    "term that other minutes of this body explain",
    "term of glossary.yml",
)
"""The rules by which a term is explained."""


@dataclass(frozen=True)
class Given:
    """A meaning, and where it is given: in the minutes of a meeting, or in the register."""

    meaning: str
    meeting: str = ""
    line: int = 0
    printed: str = ""
    """The term as it stands there: "LAs"."""
    entry: GlossaryTerm | None = None

    def rule(self, meeting: str) -> str:
        """The rule by which a term is explained in the minutes of a meeting."""
        return IN_REGISTER if self.entry else HERE if self.meeting == meeting else ELSEWHERE


@dataclass(frozen=True)
class Verdict:
    """All that a term may stand for somewhere; explained only if that is one thing."""

    given: tuple[Given, ...] = ()
    none: bool = False
    """Whether the register says that it is no acronym."""

    @property
    def meaning(self) -> Given | None:
        return self.given[0] if len(self.given) == 1 else None


OPEN = Verdict()


def term(text: str) -> str:
    """The form under which a short word is looked up: "LAs" and "LA" are one."""
    return names.singular(plainly(text))


@lru_cache(maxsize=4096)
def sense(meaning: str) -> str:
    """The form to compare meanings by: "Local Authorities" and "local authority" are one."""
    words = names.organization_key(meaning).split()
    return " ".join(w if len(w) < 4 else re.sub(r"s$", "", re.sub(r"ies$", "y", w)) for w in words)


class Terms:
    """All that the minutes and the register explain."""

    def __init__(
        self,
        sittings: Sequence[Sitting],
        organizations: Organizations,
        people: Iterable[Person],
        register: Sequence[GlossaryTerm],
    ) -> None:
        self.organizations = organizations
        self.bodies = {s.body for s in sittings}
        self.people = {p.id: p for p in people}
        self._persons = {names.key(names.parse(n).full) for p in self.people.values() for n in (p.name, *p.other_names)}
        self.initials = {s.id: frozenset(a.initials for a in s.minutes.people if a.initials) for s in sittings}
        self.here: dict[str, dict[str, dict[str, Given]]] = {}
        self.clashes: dict[str, frozenset[str]] = {}
        """Meeting -> the terms that its minutes explain, and that are somebody's initials in them."""
        self.of_body: dict[str, dict[str, dict[str, Given]]] = defaultdict(lambda: defaultdict(dict))
        for s in sittings:
            found = [d for d in s.minutes.definitions if names.key(d.meaning) not in self._persons]
            self.clashes[s.id] = frozenset(term(d.term) for d in found) & self.initials[s.id]
            self._take(s, [d for d in found if term(d.term) not in self.clashes[s.id]])
        self._register = register
        self._verdicts: dict[tuple[str, str], Verdict] = {}
        self._wrong: list[Diagnostic] = []
        self.registered = self._registered(register)
        printed = {d.term for s in sittings for d in s.minutes.definitions} | {e.term for e in register}
        self.forms = frozenset(form for each in printed for form in _forms(each))
        """How the terms of all minutes may be written, all made plain."""
        self._sittings = sittings

    def _take(self, s: Sitting, definitions: Iterable[Definition]) -> None:
        here = self.here[s.id] = defaultdict(dict)
        for d in definitions:
            given = Given(d.meaning, s.id, d.ref.first_line, d.term)
            here[term(d.term)].setdefault(sense(d.meaning), given)
            self.of_body[s.body][term(d.term)].setdefault(sense(d.meaning), given)

    def _registered(self, register: Sequence[GlossaryTerm]) -> Mapping[tuple[str, str], GlossaryTerm]:
        """(body's id, or nothing for all; term) -> the one entry that says what it is there."""
        entries: dict[tuple[str, str], list[GlossaryTerm]] = defaultdict(list)
        for e in register:
            for body in self._bodies(e) if e.bodies else [""]:
                if e not in entries[body, term(e.term)]:
                    entries[body, term(e.term)].append(e)
        for found in entries.values():
            for other in found[1:]:
                both = f"line {found[0].ref.first_line} and on line {other.ref.first_line}"
                self._tell(
                    other, f"“{other.term}” stands on {both}, for the same minutes.", "Keep one of the two.", ERROR
                )
        return {key: found[0] for key, found in entries.items() if len(found) == 1}

    def _bodies(self, e: GlossaryTerm) -> list[str]:
        """The ids of the bodies that an entry names; each that there is not is told."""
        known = {self._body(b): b for b in e.bodies}
        named = {o.id: o.name for o in self.organizations.all if o.id in self.bodies}
        for id_, printed in known.items():
            if id_ not in self.bodies:
                near = difflib.get_close_matches(printed, list(named.values()), 1)
                hint = f"Is “{near[0]}” meant?" if near else "Write the body's name as its minutes do."
                self._tell(e, f"No minutes here are those of “{printed}”.", hint)
        return [id_ for id_ in known if id_ in self.bodies]

    def _body(self, printed: str) -> str:
        return self.organizations.by_key.get(names.organization_key(printed), "")

    def _tell(self, e: GlossaryTerm, message: str, hint: str, severity: str = WARNING) -> None:
        code = "glossary-twice" if severity == ERROR else "glossary-unused"
        self._wrong.append(Diagnostic(code, severity, e.ref.path, e.ref.first_line, message, hint))

    def entry(self, s: Sitting, word: str) -> GlossaryTerm | None:
        """What the register says of a term in these minutes; an entry for their body goes before one for all."""
        return self.registered.get((s.body, word)) or self.registered.get(("", word))

    def verdict(self, s: Sitting, word: str) -> Verdict:
        """What a term may stand for in these minutes."""
        found = self._verdicts.get((s.id, word))
        if found is None:
            found = self._verdicts[s.id, word] = self._judged(s, word)
        return found

    def _judged(self, s: Sitting, word: str) -> Verdict:
        if e := self.entry(s, word):
            return Verdict((Given(e.meaning, entry=e),)) if e.meaning else Verdict(none=True)
        given = self.here[s.id].get(word) or self.of_body[s.body].get(word, {})
        return Verdict(tuple(given.values())) if given else OPEN

    def organization(self, meaning: str) -> str:
        """The id of the organisation that a meaning names; empty where it names none."""
        return self.organizations.by_key.get(names.organization_key(meaning), "")

    # --- of all meetings

    def findings(self, meetings: Sequence[Meeting]) -> Iterator[Diagnostic]:
        """What is wrong with the register's entries, and which terms may mean two things in the minutes of a body."""
        yield from self._wrong
        wrong = {d.line for d in self._wrong}
        linked = {term(x.text) for m in meetings for x in m.mentions if x.rule == IN_REGISTER or x.rule == "acronym"}
        for e in self._register:
            if e.ref.first_line not in wrong and not (term(e.term) in linked and not e.bodies) and not self._stands(e):
                yield self._unused(e)
        for body, terms_ in self.of_body.items():
            for word, senses in terms_.items():
                if len(senses) > 1:
                    yield from self._two_meanings(body, word)

    def _stands(self, e: GlossaryTerm) -> bool:
        """Whether a term of the register stands in minutes that its entry is for."""
        bodies = {self._body(b) for b in e.bodies} or self.bodies
        return any(next(_uses(s, term(e.term)), 0) for s in self._sittings if s.body in bodies)

    def _unused(self, e: GlossaryTerm) -> Diagnostic:
        where = f"the minutes of {' or '.join(e.bodies)}" if e.bodies else "any minutes here"
        return Diagnostic(
            "glossary-unused",
            WARNING,
            e.ref.path,
            e.ref.first_line,
            f"“{e.term}” does not stand in {where}.",
            "Write it as the minutes do, capitals included, or take the entry out.",
        )

    def _two_meanings(self, body: str, word: str) -> Iterator[Diagnostic]:
        """One finding for all minutes of a body in which a term may mean two things."""
        doubtful = [s for s in self._sittings if s.body == body and len(self.verdict(s, word).given) > 1]
        used = [(s, line) for s in doubtful if (line := next(_uses(s, word), 0))]
        if not used:
            return
        s, line = used[0]
        sources = {x.id: x.minutes.source for x in self._sittings}
        given = self.verdict(s, word).given
        may = " or ".join(f"“{g.meaning}” ({sources[g.meeting]}:{g.line})" for g in given)
        others = f"{len(used) - 1} other meeting{'s' if len(used) > 2 else ''}"
        more = f", here and in {others} of this body" if len(used) > 1 else ""
        name = next(o.name for o in self.organizations.all if o.id == body)
        yield Diagnostic(
            "two-meanings",
            WARNING,
            s.minutes.source,
            line,
            f"“{word}” may stand for {may}, and is explained as neither{more}.",
            "Write into glossary.yml which it is.",
            entry=remedies.one_meaning(word, [g.meaning for g in given], name),
        )


def _forms(printed: str) -> Iterator[str]:
    """How a term may be written: as it is, in the singular and plural, with a capital where it begins a sentence."""
    word = term(printed)
    yield from {plainly(printed), word, word[:1].upper() + word[1:], f"{word}s" if word[-1:].isupper() else word}


def _uses(s: Sitting, word: str) -> Iterator[int]:
    """The lines of a file on which a term stands as a whole word."""
    for block, plain in zip(s.minutes.blocks, s.plain, strict=True):
        if word in plain:
            for m in re.finditer(rf"(?<![\w@-]){re.escape(word)}s?(?![\w@]|-\w)", plain):
                yield block.text.line_at(m.start())

"""What may be a topic before anything is heard of it: entries of `topics.yml`, and terms that minutes explain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minutebook import names
from minutebook.model import GlossaryEntry, TopicEntry
from minutebook.resolve.phrases import Wanted
from minutebook.resolve.terms import sense, term
from minutebook.resolve.titles import core

NOTHING = Wanted(())
REGISTER, TERM, TITLE = "register", "term", "title"


@dataclass(frozen=True, eq=False)
class Subject:
    """Something that items may be about, with all by which it is known. Each is itself only."""

    name: str
    source: str
    """`register`, `term` or `title`."""
    wanted: Wanted = NOTHING
    other_names: tuple[str, ...] = ()
    entry: TopicEntry | None = None
    term: str = ""
    """The short form of an explained term, in the singular."""
    cores: frozenset[str] = field(default_factory=frozenset)
    """What titles come to that say the same."""

    @property
    def is_topic(self) -> bool:
        return self.entry is None or self.entry.is_topic

    @property
    def key(self) -> str:
        """The name under which the ledger of addresses knows it first."""
        return names.key(self.name)

    def meant_in(self, body: str) -> bool:
        """Whether it is looked for in the minutes of a body."""
        return not self.wanted.bodies or body in self.wanted.bodies

    def rule(self, phrase: str, in_title: bool) -> str:
        """How words are said to have been found."""
        where = " in the title" if in_title else ""
        if self.source == REGISTER:
            return f"words of topics.yml{where}: “{phrase}”"
        return f"term that the minutes explain{where}: “{phrase}”"


def of_register(entries: Iterable[TopicEntry], bodies: Mapping[str, str], language: str) -> list[Subject]:
    """The entries of `topics.yml`; `bodies` are ids by comparable name. One for unknown bodies only is left out."""
    out = []
    for e in entries:
        ids = frozenset(bodies[k] for b in e.bodies if (k := names.organization_key(b)) in bodies)
        if e.bodies and not ids:
            continue
        cores = frozenset(filter(None, (core(said, language) for said in (e.name, *e.phrases))))
        # What is said to be no topic is looked for nowhere: it is only not made one.
        wanted = Wanted(e.phrases if e.is_topic else (), e.not_when if e.is_topic else (), ids)
        others = tuple(p for p in e.phrases if names.key(p) != names.key(e.name))
        out.append(Subject(e.name, REGISTER, wanted, others, e, cores=cores))
    return out


def of_terms(glossary: Iterable[GlossaryEntry], known: Sequence[Subject], language: str) -> list[Subject]:
    """The terms that minutes explain, without organisations and what an entry of the register covers."""
    out = []
    for e in glossary:
        if not e.meaning or e.organization:
            continue
        cores = frozenset(filter(None, (core(said, language) for said in (e.meaning, term(e.term)))))
        bodies = frozenset(e.bodies)
        if any(cores & s.cores and (not s.wanted.bodies or bodies <= s.wanted.bodies) for s in known):
            continue
        wanted = Wanted((e.meaning,), (), bodies)
        name = e.meaning[:1].upper() + e.meaning[1:]
        out.append(Subject(name, TERM, wanted, (e.term,), term=term(e.term), cores=cores))
    return out


def by_term(subjects: Sequence[Subject]) -> dict[tuple[str, str], int]:
    """(short form, sense) -> the number of the subject that it stands for."""
    return {(s.term, sense(s.name)): n for n, s in enumerate(subjects) if s.source == TERM}

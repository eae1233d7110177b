"""Whom each entry of `redactions.yml` means, in which meetings, and by which words they are known there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from minutebook import lexicon, names
from minutebook.diagnostics import WARNING, Diagnostic
from minutebook.model import Archive, Meeting, Person, Redaction, Where
from minutebook.redact import words
from minutebook.redact.fold import fold
from minutebook.redact.words import Word, Words


@dataclass(frozen=True)
class Who:
    """Everybody who is removed."""

    redactions: tuple[Redaction, ...]
    entry_of: Mapping[str, Mapping[str, int]]
    """Meeting -> person -> the entry that removes them there, by its place in the list."""
    gone: frozenset[str]
    """Ids of those who are removed wherever they stand."""
    words: Words
    """What is removed from every file, and may stand nowhere in what is published."""
    in_meeting: Mapping[str, Words] = field(default_factory=dict)
    """Meeting -> what is removed from its file, where that is more."""
    diagnostics: tuple[Diagnostic, ...] = ()

    def words_in(self, meeting: str) -> Words:
        return self.in_meeting.get(meeting, self.words)

    def instead(self, word: Word) -> str:
        return self.redactions[word.entry].words


def find(archive: Archive, redactions: tuple[Redaction, ...], language: str) -> Who:
    """Find all who are removed in an archive that still names them."""
    entry_of, matched = _entries(archive, redactions, language)
    gone = frozenset(matched - {p for m in archive.meetings for p in _named(m) - entry_of.get(m.id, {}).keys()})
    others = _Others(archive, [p for p in archive.people if p.id not in gone], language)
    people = _people(archive, entry_of)
    found: list[Diagnostic] = []
    wanted: set[Word] = set()
    scoped: dict[str, set[Word]] = defaultdict(set)
    for i, r in enumerate(redactions):
        full, surnames = _words(r, [archive.person[p] for p in people[i]], language)
        for w in full:
            holders = others.called(w)
            if not holders and _everywhere(r, w, archive):
                wanted.add(Word(w, i))
                continue
            for m in archive.meetings:
                if i in entry_of.get(m.id, {}).values() or (not holders and _within(r.where, m, archive)):
                    scoped[m.id] |= {Word(w, i)} if not holders & _named(m) else set()
        for w in surnames - full:
            if others.bear(w) or not _everywhere(r, w, archive):
                continue
            if others.say(w):
                found.append(_plain_word(r))
            else:
                wanted.add(Word(w, i, lone=True))
        mine = Words(frozenset(Word(w, i) for w in full))
        if not people[i] and not any(_say(m, mine) for m in archive.meetings):
            found.append(_unused(r))
    kept = others.names_near({w.folded for w in wanted} | {w.folded for ws in scoped.values() for w in ws})
    kept |= {fold(k).strip() for r in redactions for k in r.keep}
    all_words = Words(frozenset(wanted), frozenset(kept) - {w.folded for w in wanted})
    return Who(
        redactions,
        entry_of,
        gone,
        all_words,
        {m: all_words.with_(ws) for m, ws in scoped.items() if ws},
        tuple(dict.fromkeys(found)),
    )


def _entries(
    archive: Archive, redactions: tuple[Redaction, ...], language: str
) -> tuple[dict[str, dict[str, int]], set[str]]:
    """(meeting -> person -> entry, everybody who is called as an entry says and is not kept apart by it)."""
    matched: set[str] = set()
    known: dict[str, set[str]] = defaultdict(set)
    for p in archive.people:
        for printed in _printed(p):
            for k in _keys(printed, language):
                known[k].add(p.id)
    out: dict[str, dict[str, int]] = defaultdict(dict)
    for i, r in enumerate(redactions):
        called = [(r.name, None), *((o.name, o.period) for o in r.other_names if not words.is_initials(o.name))]
        for printed, period in called:
            meant = {p for k in _keys(printed, language) for p in known[k]}
            matched |= meant if r.where == Where() and not period else set()
            for m in archive.meetings if meant else ():
                if period and not period.covers(m.date):
                    continue
                for id_ in meant & _named(m):
                    if _within(r.where, m, archive, archive.person[id_]):
                        out[m.id].setdefault(id_, i)
    return dict(out), matched | {p for removed in out.values() for p in removed}


def _printed(p: Person) -> Iterator[str]:
    yield from (p.name, *p.other_names)
    if p.entry:
        yield p.entry.name
        yield from (o.name for o in p.entry.other_names if not words.is_initials(o.name))


def _keys(printed: str, language: str) -> set[str]:
    """The forms by which a name is compared: a title counts only where there is no first name."""
    n = names.parse(printed, language)
    return {names.key(printed), *([names.key(n.full)] if n.given and n.family else [])} - {""}


def _named(m: Meeting) -> set[str]:
    """Everybody who is listed in a meeting, or whom a mention is linked to."""
    return {*m.people, *(x.person for x in m.mentions if x.person), *(o.person for a in m.actions for o in a.owners)}


def _people(archive: Archive, entry_of: Mapping[str, Mapping[str, int]]) -> dict[int, set[str]]:
    out: dict[int, set[str]] = defaultdict(set)
    for people in entry_of.values():
        for p, i in people.items():
            out[i].add(p)
    return out


def _within(where: Where, m: Meeting, archive: Archive, person: Person | None = None) -> bool:
    """Whether an entry that is about some occurrences only is about a meeting (and a person of it)."""
    if not where.period.covers(m.date):
        return False
    body = archive.organization[m.body]
    if where.bodies and not _same(where.bodies, (body.name, *body.other_names, *body.acronyms)):
        return False
    if not where.organizations or person is None:
        return True
    here = {o for p, o in zip(m.people, m.organizations, strict=True) if p == person.id}
    for id_ in here or {x.organization for x in person.memberships}:
        o = archive.organization.get(id_)
        if o and _same(where.organizations, (o.name, *o.other_names, *o.acronyms)):
            return True
    return False


def _same(wanted: Iterable[str], called: Iterable[str]) -> bool:
    return bool({names.organization_key(w) for w in wanted} & {names.organization_key(c) for c in called})


def _words(r: Redaction, people: list[Person], language: str) -> tuple[set[str], set[str]]:
    """(folded words of the whole names, of the surnames) of an entry and of the people whom it removes."""
    full: set[str] = set()
    surnames: set[str] = set()
    for printed in [r.name, *(o.name for o in r.other_names), *(x for p in people for x in _printed(p))]:
        n = words.of(printed, language)
        full |= n.full
        surnames |= n.surname
    for p in people:
        for a in (a.attendance for a in p.appearances):
            full |= {fold(mail).strip() for mail in MAIL.findall(a.text)}
    return full, surnames


MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""An address of electronic mail."""


def _everywhere(r: Redaction, word: str, archive: Archive) -> bool:
    """Whether an entry that is about some meetings only may look for a word in all: where no other meeting has it."""
    if r.where == Where():
        return True
    one = Words(frozenset({Word(word, 0)}))
    outside = (m for m in archive.meetings if not _within(r.where, m, archive))
    return not any(_say(m, one) for m in outside)


def _say(m: Meeting, wanted: Words) -> bool:
    return bool(wanted.found("\n".join(b.text.plain for b in m.minutes.blocks)))


class _Others:
    """Everybody and everything else that the words of a name may stand for."""

    def __init__(self, archive: Archive, people: list[Person], language: str) -> None:
        self.archive, self.language = archive, language
        self.names: dict[str, set[str]] = defaultdict(set)
        for p in people:
            for printed in _printed(p):
                for name in {printed, names.parse(printed, language).full}:
                    self.names[fold(name).strip()].add(p.id)
        self.organizations = {fold(n).strip() for o in archive.organizations for n in (o.name, *o.other_names)}

    def called(self, word: str) -> set[str]:
        """Ids of those who are called so."""
        return set(self.names.get(word, ()))

    def bear(self, surname: str) -> bool:
        """Whether somebody else has a surname as part of their name."""
        return any(f" {surname} " in f" {name} " for name in self.names)

    def say(self, word: str) -> bool:
        """Whether a surname is also a word of the language, of these minutes, or of the site's own pages."""
        if " " in word:
            return False
        lex = lexicon.load(self.language)
        if word in lex.months or word in lex.set("ambiguous_surnames") or word in _of_the_site():
            return True
        titles = lex.any_of("honorifics")
        given = "|".join(re.escape(n.split()[0]) for n in sorted(self.names) if n) or "-"
        alone = re.compile(rf"(?<![\w@./#'’-]){re.escape(word)}(?![\w@/-]|\.\w)")
        behind = re.compile(rf"(?:{titles}\.?|\b(?:{given})|\b\w\.?)\s+$", re.I)
        return any(
            not behind.search(b.text.plain[max(0, m.start() - 40) : m.start()])
            for meeting in self.archive.meetings
            for b in meeting.minutes.blocks
            for m in alone.finditer(b.text.plain)
        )

    def names_near(self, wanted: set[str]) -> set[str]:
        """Names of others that share a word with those that are looked for, and of organisations with a surname."""
        parts = {p for w in wanted for p in w.split()}
        whole = {w for w in wanted if " " in w}
        near = {n for n in self.names if " " in n and parts & set(n.split())}
        return near | {
            o
            for o in self.organizations
            if " " in o and parts & set(o.split()) and not any(f" {w} " in f" {o} " for w in whole)
        }


@cache
def _of_the_site() -> frozenset[str]:
    """The words in small letters that stand on every site, whatever its minutes: those of our templates."""
    found: set[str] = set()
    for folder in ("render", "theme", "publish"):
        for path in files("minutebook").joinpath(folder).rglob("*"):  # type: ignore[attr-defined]
            if path.suffix in (".jinja", ".html", ".json"):
                found |= set(re.findall(r"(?<![\w./@-])[a-z]{2,}(?![\w/-])", path.read_text("utf-8")))
    return frozenset(found)


def _unused(r: Redaction) -> Diagnostic:
    return Diagnostic(
        "redaction-unused",
        WARNING,
        r.ref.path,
        r.ref.first_line,
        "The minutes name nobody whom this entry removes.",
        "Write the name as the minutes print it, or give other forms as “other_names”.",
    )


def _plain_word(r: Redaction) -> Diagnostic:
    return Diagnostic(
        "redaction-word",
        WARNING,
        r.ref.path,
        r.ref.first_line,
        "The surname of this entry is also an ordinary word here, and is removed only where it means the person.",
        "Look through the pages for places where it stands alone.",
    )

"""Whom each entry of `redactions.yml` means, in which meetings, and by which words they are known there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from minutebook import names
from minutebook.diagnostics import WARNING, Diagnostic
from minutebook.model import Archive, Meeting, Person, Redaction, Where
from minutebook.redact import words
from minutebook.redact.fold import fold
from minutebook.redact.others import Others, printed_names
from minutebook.redact.words import Names, Word, Words


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
    shared: Words = field(default_factory=Words)
    """Surnames that others bear too, which by themselves may mean either."""
    titled: Words = field(default_factory=Words)
    """Surnames that are ordinary words too, and mean somebody behind a title."""
    diagnostics: tuple[Diagnostic, ...] = ()

    def words_in(self, meeting: str) -> Words:
        return self.in_meeting.get(meeting, self.words)

    def instead(self, word: Word) -> str:
        return self.redactions[word.entry].words


def find(archive: Archive, redactions: tuple[Redaction, ...], language: str) -> Who:
    """Find all who are removed in an archive that still names them."""
    entry_of, matched = _entries(archive, redactions, language)
    gone = frozenset(matched - {p for m in archive.meetings for p in _named(m) - entry_of.get(m.id, {}).keys()})
    people = _people(archive, entry_of)
    removed = [_words(r, [archive.person[p] for p in people[i]], language) for i, r in enumerate(redactions)]
    every = reduce(Names.with_, removed, Names())
    others = Others(archive, [p for p in archive.people if p.id not in gone], every, language)
    found: list[Diagnostic] = []
    wanted: set[Word] = set()
    scoped: dict[str, set[Word]] = defaultdict(set)
    shared: set[str] = set()
    plain: set[Word] = set()
    for i, (r, n) in enumerate(zip(redactions, removed, strict=True)):
        everywhere, by_meeting = _where(i, r, n, archive, entry_of, others)
        wanted |= everywhere
        for m, ws in by_meeting.items():
            scoped[m] |= ws
        if not people[i] and not _stand(everywhere, by_meeting, archive):
            found.append(_unused(r))
        for surname in n.surname - n.full:
            lone = Word(surname, i, lone=True)
            if others.bear(surname):
                shared.add(surname)
            elif not _everywhere(r, lone, archive):
                continue
            elif others.say(surname):
                found.append(_plain_word(r))
                plain.add(lone)
            else:
                wanted.add(lone)
        wanted |= {Word(h, i, lone=True) for h in _handles(archive, people[i]) if not (others.bear(h) or others.say(h))}
    kept = others.names_near({w.folded for w in wanted} | {w.folded for ws in scoped.values() for w in ws} | shared)
    kept |= {fold(k).strip() for r in redactions for k in r.keep}
    all_words = Words(frozenset(wanted), frozenset(kept) - {w.folded for w in wanted})
    return Who(
        redactions,
        entry_of,
        gone,
        all_words,
        {m: all_words.with_(ws) for m, ws in scoped.items() if ws},
        Words(frozenset(Word(w, 0, lone=True) for w in shared), frozenset(kept) - shared),
        Words(frozenset(plain)),
        tuple(dict.fromkeys(found)),
    )


def _where(
    entry: int, r: Redaction, n: Names, archive: Archive, entry_of: Mapping[str, Mapping[str, int]], others: Others
) -> tuple[set[Word], dict[str, set[Word]]]:
    """(the words of whole names that are looked for everywhere, those that are in some meetings only)."""
    everywhere: set[Word] = set()
    by_meeting: dict[str, set[Word]] = defaultdict(set)
    plain = any(others.say(s) for s in n.surname)
    for w in _whole(n, entry):
        w = replace(w, word=plain and w.folded.split(" ")[0] in others.small)
        holders = others.called(w.folded)
        if not holders and _everywhere(r, w, archive):
            everywhere.add(w)
            continue
        for m in archive.meetings:
            meant = entry in entry_of.get(m.id, {}).values() or (not holders and _within(r.where, m, archive))
            if meant and not holders & _named(m):
                by_meeting[m.id].add(w)
    return everywhere, by_meeting


def _stand(everywhere: set[Word], by_meeting: Mapping[str, set[Word]], archive: Archive) -> bool:
    """Whether any of the words stand where they are looked for."""
    words_in = ((m, Words(frozenset(everywhere | by_meeting.get(m.id, set())))) for m in archive.meetings)
    return any(_say(m, ws) for m, ws in words_in)


def _whole(n: Names, entry: int) -> Iterator[Word]:
    """The words of the whole names of an entry, plain first: of two that read alike it stands for both."""
    seen = set(n.full)
    yield from (Word(w, entry, pointed=w in n.pointed) for w in n.full)
    for only, said in (("shouted", n.shouted), ("mail", n.mail)):
        yield from (Word(w, entry, only=only) for w in said - seen)
        seen |= said


def _entries(
    archive: Archive, redactions: tuple[Redaction, ...], language: str
) -> tuple[dict[str, dict[str, int]], set[str]]:
    """(meeting -> person -> entry, everybody who is called as an entry says and is not kept apart by it)."""
    matched: set[str] = set()
    known: dict[str, set[str]] = defaultdict(set)
    for p in archive.people:
        for printed in printed_names(p):
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


def _keys(printed: str, language: str) -> set[str]:
    """The forms by which a name is compared: a title counts only where there is no first name."""
    n = words.parsed(printed, language)
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
    # As the list prints it: "Cook, Tide Inn" may be read as an organisation, and "Tide Inn" is none then.
    printed = [a.text for p, a in zip(m.people, m.minutes.people, strict=True) if p == person.id]
    known = (n for o in archive.organizations for n in (o.name, *o.other_names, *o.acronyms))
    if _same(where.organizations, known):
        return False
    return any(f" {fold(w).strip()} " in fold(text) for w in where.organizations for text in printed)


def _same(wanted: Iterable[str], called: Iterable[str]) -> bool:
    return bool({names.organization_key(w) for w in wanted} & {names.organization_key(c) for c in called})


def _words(r: Redaction, people: list[Person], language: str) -> Names:
    """The words of an entry and of the people whom it removes."""
    printed = [r.name, *(o.name for o in r.other_names), *(x for p in people for x in printed_names(p))]
    n = reduce(Names.with_, (words.of(x, language) for x in printed), Names())
    mails = (mail for p in people for a in p.appearances for mail in MAIL.findall(a.attendance.text))
    return n.with_(Names(frozenset(fold(mail).strip() for mail in mails)))


def _handles(archive: Archive, people: Iterable[str]) -> set[str]:
    """The handles that lists give for some people, folded."""
    printed = (a.attendance.text for p in people for a in archive.person[p].appearances)
    return {h for text in printed for said in HANDLE.findall(text) if len(h := fold(said).strip()) > 2}


MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
"""An address of electronic mail."""
HANDLE = re.compile(r"(?<![\w.@-])@[\w-]+(?:\.[\w-]+)*")
"""What somebody is called on the web: "@annlee"."""


def _everywhere(r: Redaction, word: Word, archive: Archive) -> bool:
    """Whether an entry that is about some meetings only may look for a word in all: where no other meeting has it."""
    if r.where == Where():
        return True
    one = Words(frozenset({word}))
    outside = (m for m in archive.meetings if not _within(r.where, m, archive))
    return not any(_say(m, one) for m in outside)


def _say(m: Meeting, wanted: Words) -> bool:
    return bool(wanted.found("\n".join(b.text.plain for b in m.minutes.blocks)))


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

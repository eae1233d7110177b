"""What the words of one meeting can mean: its roll call, its legend of initials, its posts, its acronyms."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from minutebook import names
from minutebook.model import Attendance, Person
from minutebook.names import plainly
from minutebook.resolve.claims import Claim
from minutebook.resolve.identity import AWAY
from minutebook.resolve.occurrences import Sitting
from minutebook.resolve.organizations import Organizations
from minutebook.resolve.people import People


@dataclass(frozen=True)
class Everyone:
    """All people, by the forms of their names."""

    by_id: Mapping[str, Person]
    by_full: Mapping[str, frozenset[str]]
    by_family: Mapping[str, frozenset[str]]
    honorifics: Mapping[str, frozenset[str]]
    """Person -> the words of all titles that they are printed with."""
    generations: Mapping[str, frozenset[str]]
    """Person -> which of several of one name they are printed to be."""
    who: People

    def at_home(self, person: str, sitting: Sitting) -> bool:
        """Whether the minutes of a body know a person about that time, and the register does not speak against it."""
        known, day = self.who.known.get(person), sitting.minutes.date
        assert day
        entry = self.by_id[person].entry
        return (
            known is not None
            and sitting.body in known.bodies
            and known.first - day <= AWAY
            and day - known.last <= AWAY
            and (entry is None or entry.where.period.covers(day))
        )

    def registered(self, form: str, sitting: Sitting) -> tuple[Claim, ...]:
        """What the register says of a comparable form of a name in some minutes."""
        assert sitting.minutes.date
        return self.who.claims.meant(form, sitting.body, sitting.minutes.date)


@dataclass
class Context:
    """One meeting. Sets of ids: who or what a form may stand for here."""

    sitting: Sitting
    listed: set[str] = field(default_factory=set)
    entries: list[tuple[Attendance, str]] = field(default_factory=list)
    """The entries of the roll call, each with the person."""
    legend: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    only_capitals: bool = True
    """Whether all initials of the legend hold two capitals."""
    handles: bool = False
    """Whether the list gives what somebody is called in a chat."""
    folded: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    full: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    family: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    given: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    held: list[tuple[str, str, bool]] = field(default_factory=list)
    """(role as printed, person, whether they were there)."""
    chairs: set[str] = field(default_factory=set)
    organizations: dict[str, str] = field(default_factory=dict)
    """Names of organisations in these minutes -> id."""
    acronyms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    terms: dict[str, str] = field(default_factory=dict)

    @cached_property
    def by_organization_key(self) -> Mapping[str, frozenset[str]]:
        """Comparable name of an organisation in these minutes -> ids."""
        out: dict[str, set[str]] = defaultdict(set)
        for name, id_ in self.organizations.items():
            out[names.organization_key(name)].add(id_)
        return _frozen(out)


def everyone(who: People) -> Everyone:
    """The index of all people."""
    full: dict[str, set[str]] = defaultdict(set)
    family: dict[str, set[str]] = defaultdict(set)
    titles: dict[str, set[str]] = defaultdict(set)
    which: dict[str, set[str]] = defaultdict(set)
    for person, known in who.known.items():
        for name in known.names:
            if name.given and name.family:
                full[names.key(name.full)].add(person)
            family[names.key(name.family)].add(person)
            titles[person] |= set(names.titles(name.honorific))
            which[person].add(names.generation(name))
    by_id = {p.id: p for p in who.all}
    return Everyone(by_id, _frozen(full), _frozen(family), _frozen(titles), _frozen(which), who)


def _frozen(table: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(found) for key, found in table.items()}


def of(sitting: Sitting, everyone: Everyone, organizations: Organizations) -> Context:
    """The context of one meeting."""
    c = Context(sitting)
    for i, a in enumerate(sitting.minutes.people):
        assert a.name
        person = everyone.who.of_entry[sitting.id, i]
        c.listed.add(person)
        c.entries.append((a, person))
        if a.initials:
            c.legend[plainly(a.initials)].add(person)
            c.folded[plainly(a.initials).casefold()].add(person)
            c.handles |= a.initials.startswith("@")
            c.only_capitals &= a.initials.startswith("@") or sum(letter.isupper() for letter in a.initials) > 1
        c.full[names.key(a.name.full)].add(person)
        c.family[names.key(a.name.family)].add(person)
        if a.name.given:
            c.given[names.key(a.name.given.split()[0])].add(person)
        c.held += [(role, person, _was_there(a)) for role in _posts(a, everyone.by_id[person], sitting)]
        if a.chair:
            c.chairs.add(person)
        _know(c, a.organization, a.acronym, organizations)
    legend_of = {(a.ref.first_line, a.initials) for a in sitting.minutes.people if a.initials}
    for o in sitting.minutes.organizations:  # "Goods Board [GB]" at the end of somebody's line is that person's
        _know(c, o.name, "" if (o.ref.first_line, o.acronym) in legend_of else o.acronym, organizations)
    if sitting.minutes.body:
        _know(c, sitting.minutes.body, "", organizations)
    for d in sitting.minutes.definitions:
        if (d.ref.first_line, d.term) in legend_of:
            continue
        c.terms[plainly(d.term)] = d.meaning
    return c


def _was_there(a: Attendance) -> bool:
    return a.status in ("present", "in_attendance") and not a.represented_by


def _posts(a: Attendance, person: Person, sitting: Sitting) -> list[str]:
    """The posts that somebody holds at a meeting: the register's of that day; the list's, unless the register has it
    at another time."""
    said = person.entry.posts if person.entry else ()
    now = {held.role for held in said if held.period.covers(sitting.minutes.date or dt.date.min)}
    roles = {*now, *({a.role} - {held.role for held in said} if a.role else ())}
    return sorted(plainly(role) for role in roles)


def by_form(c: Context) -> dict[str, str]:
    """Comparable form of a name -> person: what only one person of the roll call can be called by, without regard to
    case ("@annlee", "ann")."""
    out: dict[str, str] = {}
    called: dict[str, set[str]] = defaultdict(set)
    for i in c.full:
        for person in c.full[i]:
            for form in _with_initial(i):
                called[form].add(person)
    for forms in (called, c.given, c.family, c.full, {names.key(k): v for k, v in c.folded.items()}):
        out |= {form: next(iter(ids)) for form, ids in forms.items() if form and len(ids) == 1}
    return out


def _with_initial(name: str) -> tuple[str, ...]:
    """A first name with the initials of what follows it: "kevin lee-ray" -> "kevinl", "kevinlr"."""
    first, *rest = name.split()
    return (f"{first}{rest[0][0]}", f"{first}{''.join(w[0] for w in rest)}", f"{first}{rest[-1][0]}") if rest else ()


def _know(c: Context, name: str, acronym: str, organizations: Organizations) -> None:
    id_ = organizations.of(c.sitting.minutes, name)
    if id_:
        c.organizations[plainly(name)] = id_
        if acronym:
            c.acronyms[plainly(acronym)].add(id_)

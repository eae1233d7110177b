"""What the words of one meeting can mean: its roll call, its legend of initials, its posts, its acronyms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Person
from minutebook.resolve.forms import plainly
from minutebook.resolve.organizations import Organizations
from minutebook.resolve.people import People, Sitting


@dataclass(frozen=True)
class Everyone:
    """All people, by the forms of their names."""

    by_id: Mapping[str, Person]
    by_full: Mapping[str, frozenset[str]]
    by_family: Mapping[str, frozenset[str]]
    bodies: Mapping[str, frozenset[str]]
    """Person -> the bodies in whose minutes they are named."""


@dataclass
class Context:
    """One meeting. Sets of ids: who or what a form may stand for here."""

    sitting: Sitting
    legend: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    folded: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    full: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    family: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    given: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    posts: list[tuple[str, str]] = field(default_factory=list)
    """(role as printed, person)."""
    chairs: set[str] = field(default_factory=set)
    organizations: dict[str, str] = field(default_factory=dict)
    """Names of organisations in these minutes -> id."""
    acronyms: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    terms: dict[str, str] = field(default_factory=dict)


def everyone(who: People, lexicon: Lexicon) -> Everyone:
    """The index of all people."""
    full, family = defaultdict(set), defaultdict(set)
    for p in who.all:
        for printed in (p.name, *p.other_names):
            name = names.parse(printed, lexicon.language)
            if name.given and name.family:
                full[names.key(name.full)].add(p.id)
            family[names.key(name.family)].add(p.id)
    frozen = [{k: frozenset(v) for k, v in d.items()} for d in (full, family)]
    return Everyone({p.id: p for p in who.all}, frozen[0], frozen[1], who.bodies)


def of(sitting: Sitting, of_entry: Mapping[tuple[str, int], str], organizations: Organizations) -> Context:
    """The context of one meeting."""
    c = Context(sitting)
    for i, a in enumerate(sitting.minutes.people):
        assert a.name
        person = of_entry[sitting.id, i]
        if a.initials:
            c.legend[a.initials].add(person)
            c.folded[a.initials.casefold()].add(person)
        c.full[names.key(a.name.full)].add(person)
        c.family[names.key(a.name.family)].add(person)
        if a.name.given:
            c.given[names.key(a.name.given.split()[0])].add(person)
        if a.role and a.status in ("present", "in_attendance") and not a.represented_by:
            c.posts.append((plainly(a.role), person))
        if a.chair:
            c.chairs.add(person)
        _know(c, a.organization, a.acronym, organizations)
    for o in sitting.minutes.organizations:
        _know(c, o.name, o.acronym, organizations)
    if sitting.minutes.body:
        _know(c, sitting.minutes.body, "", organizations)
    for d in sitting.minutes.definitions:
        c.terms[plainly(d.term)] = d.meaning
    return c


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

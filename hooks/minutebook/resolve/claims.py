"""What the register says of who is who: which entry of `people.yml` a printed name belongs to, and when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from minutebook import names
from minutebook.diagnostics import ERROR, WARNING, Diagnostic
from minutebook.lexicon import Lexicon
from minutebook.model import Minutes, OtherName, PersonEntry
from minutebook.resolve.occurrences import Occurrence
from minutebook.resolve.organizations import Organizations

PEOPLE = "people.yml"


@dataclass(frozen=True)
class Claim:
    """One form of a name in one entry, with when and where it holds."""

    entry: int
    form: OtherName
    preferred: bool = False

    def holds(self, body: frozenset[str], day: dt.date) -> bool:
        """Whether the form means this person in the minutes of a body, given by its comparable names, of a day."""
        bodies = {names.organization_key(b) for b in self.form.bodies}
        return self.form.period.covers(day) and (not bodies or bool(bodies & body))

    @property
    def pinned(self) -> bool:
        """Whether the form is said to hold at a time and place, and so needs no roll call to speak for it."""
        return bool(self.form.bodies) and self.form.period.first is not None and self.form.period.last is not None


@dataclass(frozen=True)
class Claims:
    """All entries of `people.yml`, by the comparable forms of their names."""

    entries: Sequence[PersonEntry]
    organizations: Organizations
    lexicon: Lexicon

    @cached_property
    def by_form(self) -> Mapping[str, tuple[Claim, ...]]:
        """Comparable form of a name -> the claims to it."""
        out: dict[str, list[Claim]] = defaultdict(list)
        for i, entry in enumerate(self.entries):
            for form in (OtherName(entry.name, entry.ref), *entry.other_names):
                out[self.key(form.name)].append(Claim(i, form, form.ref is entry.ref))
        return {key: tuple(claims) for key, claims in out.items()}

    def key(self, printed: str) -> str:
        """The comparable form of a printed name."""
        return names.identity_key(names.parse(printed, self.lexicon.language))

    def limited(self, entry: int) -> frozenset[str]:
        """The comparable forms of a name that an entry gives for a time or for some bodies only."""
        names_ = self.entries[entry].other_names
        return frozenset(self.key(x.name) for x in names_ if x.bodies or x.period.first or x.period.last)

    def of(self, o: Occurrence) -> tuple[int, ...]:
        """The entries that claim an occurrence: those that say which bearer they mean before those that do not."""
        day, body = o.sitting.minutes.date, self.body_names(o.sitting.body)
        assert day
        found = [c for key in {o.key, names.key(o.name.printed)} for c in self.by_form.get(key, ())]
        fit = {c.entry for c in found if c.holds(body, day) and self._here(c.entry, body, day, o.organization)}
        narrow = {i for i in fit if _is_narrow(self.entries[i])}
        return tuple(sorted(narrow or fit))

    def _here(self, entry: int, body: frozenset[str], day: dt.date, organization: str) -> bool:
        """Whether what an entry is restricted to holds for a body, a day and an organisation's id."""
        where = self.entries[entry].where
        bodies = {names.organization_key(b) for b in where.bodies}
        organizations = {self.organizations.named(x) for x in where.organizations}
        return (
            where.period.covers(day)
            and (not bodies or bool(bodies & body))
            and (not organizations or organization in organizations)
        )

    def meant(self, form: str, body: str, day: dt.date) -> tuple[Claim, ...]:
        """The claims to a form, as a text has it, in the minutes of a body (an id) of a day.

        A text does not say of which organisation somebody is: entries restricted to one count only where the form is
        said to hold at this time and place.
        """
        known = self.body_names(body)
        return tuple(
            c
            for c in self.by_form.get(form, ())
            if c.holds(known, day)
            and (c.pinned or (not self.entries[c.entry].where.organizations and self._here(c.entry, known, day, "")))
        )

    def body_names(self, body: str) -> frozenset[str]:
        """The comparable names of a body."""
        return self.organizations.keys_of.get(body, frozenset())

    @cached_property
    def nobody(self) -> frozenset[str]:
        """The comparable forms that are said to be no person's."""
        return frozenset(
            names.key(form)
            for e in self.entries
            if not e.is_person
            for form in (e.name, *(x.name for x in e.other_names))
        )

    def without_nobody(self, minutes: Minutes) -> Minutes:
        """Minutes in whose roll call what is said to be no person is none."""
        if not self.nobody or not any(a.name and names.key(a.name.printed) in self.nobody for a in minutes.people):
            return minutes
        entries = (
            replace(a, name=None) if a.name and names.key(a.name.printed) in self.nobody else a
            for a in minutes.attendance
        )
        return replace(minutes, attendance=tuple(entries))

    def contested(self) -> Iterable[Diagnostic]:
        """Two entries with one form of a name, and nothing that tells which is meant."""
        for claims in self.by_form.values():
            bare = [c for c in claims if not _is_narrow(self.entries[c.entry]) and self.entries[c.entry].is_person]
            if len({c.entry for c in bare}) > 1 and _overlap(bare[0], bare[1]):
                one, other = bare[0].form, bare[1].form
                yield Diagnostic(
                    "register",
                    ERROR,
                    PEOPLE,
                    other.ref.first_line,
                    f"“{other.name}” is also a name of the person on line {one.ref.first_line}.",
                    "Say with “only:” in both entries which bearer of the name each means, or with “from:” and “until:”"
                    " when.",
                )

    def unused(self, used: Iterable[int]) -> Iterable[Diagnostic]:
        """Entries that matched nothing in any minutes."""
        for i in sorted({i for i, e in enumerate(self.entries) if e.is_person} - set(used)):
            entry = self.entries[i]
            yield Diagnostic(
                "register-unused",
                WARNING,
                PEOPLE,
                entry.ref.first_line,
                f"No minutes name “{entry.name}” where this entry looks.",
                "Look at the spelling, and at what “only:” restricts it to; or take the entry out.",
            )


def _is_narrow(entry: PersonEntry) -> bool:
    where = entry.where
    return bool(where.bodies or where.organizations or where.period.first or where.period.last)


def _overlap(a: Claim, b: Claim) -> bool:
    one, other = a.form.period, b.form.period
    apart = set(map(names.organization_key, a.form.bodies)).isdisjoint(map(names.organization_key, b.form.bodies))
    if a.form.bodies and b.form.bodies and apart:
        return False
    return (one.last or dt.date.max) >= (other.first or dt.date.min) and (other.last or dt.date.max) >= (
        one.first or dt.date.min
    )

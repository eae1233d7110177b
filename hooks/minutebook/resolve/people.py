"""Who is who: the people of all roll calls, and those whom a text makes known, each with one page.

What the register says comes first; what it leaves open, `identity` decides from the minutes alone. Nothing is guessed:
what stays open is reported, with the entry of the register that would settle it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from minutebook import names
from minutebook.diagnostics import ERROR, Diagnostic
from minutebook.model import Appearance, Membership, Person, PersonEntry, PersonName
from minutebook.resolve import doubts, identity
from minutebook.resolve.addresses import Ledger, slug
from minutebook.resolve.claims import PEOPLE, Claims
from minutebook.resolve.identity import Cluster
from minutebook.resolve.occurrences import Occurrence, Sitting, listed, told
from minutebook.resolve.organizations import Organizations


@dataclass(frozen=True)
class Known:
    """Where and when the minutes know a person."""

    names: tuple[PersonName, ...]
    """Every form of the name that the minutes print, once."""
    bodies: frozenset[str]
    """The bodies in whose minutes they are named."""
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class People:
    """All people, and who each entry of each roll call is."""

    all: tuple[Person, ...]
    of_entry: Mapping[tuple[str, int], str]
    """(meeting id, index among the meeting's people) -> person id."""
    known: Mapping[str, Known]
    """Person id -> where the minutes know them; nothing for those whom the register alone names."""
    by_entry: Mapping[int, str]
    """Index of an entry of the register -> person id."""
    claims: Claims
    diagnostics: tuple[Diagnostic, ...]


def gather(sittings: Sequence[Sitting], organizations: Organizations, ledger: Ledger, claims: Claims) -> People:
    """The people of all sittings, which come oldest first."""
    in_lists = list(listed(sittings, organizations))
    found = [
        *in_lists,
        *(o for o in told(sittings, in_lists, claims.of) if names.key(o.name.printed) not in claims.nobody),
    ]
    known: list[Occurrence] = []
    contested: list[Diagnostic] = []
    for o in found:
        entries = claims.of(o)
        known.append(replace(o, entry=entries[0]) if len(entries) == 1 else o)
        if len(entries) > 1:
            contested.append(_contested(o, claims, entries))
    return _People(organizations, ledger, claims).of(identity.clusters(known), [*contested, *claims.contested()])


@dataclass(frozen=True)
class _People:
    """Makes the people of groups of occurrences."""

    organizations: Organizations
    ledger: Ledger
    claims: Claims

    def of(self, clusters: Sequence[Cluster], found: Sequence[Diagnostic]) -> People:
        bearers: Counter[tuple[str, str]] = Counter()
        for cluster in clusters:
            bearers.update({(o.key, o.sitting.body) for o in cluster})
        people: list[Person] = []
        of_entry: dict[tuple[str, int], str] = {}
        known: dict[str, Known] = {}
        by_entry: dict[int, str] = {}
        for cluster in clusters:
            i = identity.entry_of(cluster)
            entry = self.claims.entries[i] if i is not None else None
            person = self._person(cluster, entry, bearers)
            people.append(person)
            of_entry |= {(o.sitting.id, o.index): person.id for o in cluster if o.attendance}
            known[person.id] = _known(cluster, self.claims.limited(i) if i is not None else frozenset())
            if i is not None:
                by_entry[i] = person.id
        for i, entry in enumerate(self.claims.entries):
            if entry.is_person and i not in by_entry:
                person = self._only_registered(entry)
                people.append(person)
                by_entry[i] = person.id
        of_id = [(person.id, cluster) for person, cluster in zip(people, clusters, strict=False)]
        doubtful = doubts.of(of_id, set(by_entry.values()))
        return People(tuple(people), of_entry, known, by_entry, self.claims, (*found, *doubtful))

    def _person(self, cluster: Cluster, entry: PersonEntry | None, bearers: Mapping[tuple[str, str], int]) -> Person:
        shared = any(bearers[o.key, o.sitting.body] > 1 for o in cluster)
        first, last = cluster[0].name, _usual(cluster)
        # Of two of one name in one body, the ledger knows each by where they came from and when; what it held before it
        # had the years was the organisation alone.
        tokens = {f"{o.organization}:{identity.day(o).year}" for o in cluster}
        chosen = entry.address if entry else ""
        address = self.ledger.claim(
            "person",
            _keys(cluster),
            f"people/{chosen or slug(first.titled)}",
            detail=";".join(sorted(tokens)),
            evidence=frozenset(tokens | {o.organization for o in cluster}) if shared else None,
            follows=bool(chosen),
        )
        id_ = address.split("/")[1]
        newest = cluster[::-1]
        name = entry.name if entry else names.called(last)
        return Person(
            id_,
            name,
            next((o.name.honorific for o in newest if o.name.honorific), ""),
            _postnominals(newest),
            tuple(dict.fromkeys(o.name.printed for o in cluster if o.name.printed != name)),
            tuple(_memberships(id_, cluster)),
            tuple(Appearance(o.sitting.id, o.attendance) for o in newest if o.attendance),
            entry,
        )

    def _only_registered(self, entry: PersonEntry) -> Person:
        """Whoever the register names and no list does; a text may."""
        key = self.claims.key(entry.name)
        chosen = entry.address
        address = self.ledger.claim("person", [f"{key}@"], f"people/{chosen or slug(entry.name)}", follows=bool(chosen))
        return Person(address.split("/")[1], entry.name, entry=entry)


def _postnominals(newest: Sequence[Occurrence]) -> str:
    for o in newest:
        words = [w for w in o.name.postnominals.split() if not names.generation(PersonName(w, postnominals=w))]
        if words:
            return " ".join(words)
    return ""


def _usual(cluster: Cluster) -> PersonName:
    """The form to call a person by: whole names before others, then the most frequent, as it was printed last."""
    often = Counter(o.key for o in cluster)
    best = max(often, key=lambda key: (_is_whole(key, cluster), often[key], len(key)))
    return next(o.name for o in reversed(cluster) if o.key == best)


def _is_whole(key: str, cluster: Cluster) -> bool:
    name = next(o.name for o in cluster if o.key == key)
    first = names.key(name.given.replace(".", ". ")).split()[:1]
    return bool(first and name.family) and len(first[0]) > 1


def _keys(cluster: Cluster) -> list[str]:
    """The names under which the ledger may know a person, the first published first."""
    keys = [f"{o.key}@{o.sitting.body}" for o in cluster]
    # Whoever was known by title and surname only has that page still, now that a list gives the whole name.
    for o in cluster:
        if o.attendance and o.name.given:
            keys += [
                f"{names.key(f'{title} {o.name.family}')}@{o.sitting.body}" for title in names.titles(o.name.honorific)
            ]
        elif o.name.honorific:  # as it was kept before titles were spelled out, and before they belonged to it
            keys += [f"{names.key(o.name.titled)}@{o.sitting.body}", f"{names.key(o.name.full)}@{o.sitting.body}"]
    return list(dict.fromkeys(keys))


def _known(cluster: Cluster, limited: Set[str]) -> Known:
    """`limited` are the forms that the register says when to take for this person, and so no rule else."""
    forms = {(o.name.full, o.name.honorific, names.generation(o.name)): o.name for o in cluster if o.key not in limited}
    days = [identity.day(o) for o in cluster]
    return Known(tuple(forms.values()), frozenset(o.sitting.body for o in cluster), min(days), max(days))


def _memberships(person: str, group: Cluster) -> list[Membership]:
    """The roles in which a person is listed, each from its first to its last meeting, the newest first."""
    runs: dict[tuple[str, str, str], list[Occurrence]] = {}
    for o in group:
        if o.attendance and (o.attendance.role or o.organization):
            runs.setdefault((names.key(o.attendance.role), o.organization, o.sitting.body), []).append(o)
    out = []
    for (_, organization, body), held in runs.items():
        dates = [identity.day(o) for o in held]
        role = held[-1].attendance.role if held[-1].attendance else ""
        meetings = tuple(o.sitting.id for o in held)
        out.append(Membership(person, role, organization, body, min(dates), max(dates), meetings))
    return sorted(out, key=lambda m: (m.last, m.first), reverse=True)


def _contested(o: Occurrence, claims: Claims, entries: Sequence[int]) -> Diagnostic:
    lines = " and ".join(str(claims.entries[i].ref.first_line) for i in entries)
    return Diagnostic(
        "register",
        ERROR,
        o.sitting.minutes.source,
        o.line,
        f"“{o.name.printed}” may be either of the people on lines {lines} of {PEOPLE}.",
        "Say with “only:” in both entries which bearer of the name each means.",
    )

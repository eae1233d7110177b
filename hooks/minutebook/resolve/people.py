"""Who is who: the people of all roll calls, and those whom a text names with a title.

One name in one body is one person. The same name in two bodies is one person only if an organisation links them; two
entries with one name in one roll call are two people. Nothing is guessed: what stays open is reported.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutebook import names
from minutebook.diagnostics import NOTE, Diagnostic
from minutebook.lexicon import Lexicon
from minutebook.model import Appearance, Attendance, Membership, Minutes, Person, PersonName
from minutebook.resolve.addresses import Ledger, slug
from minutebook.resolve.organizations import Organizations


@dataclass(frozen=True)
class Sitting:
    """One file of minutes with its meeting's id and body."""

    id: str
    body: str
    minutes: Minutes


@dataclass(frozen=True)
class Occurrence:
    """A person in one roll call, or (without attendance) a name in a text."""

    sitting: Sitting
    name: PersonName
    organization: str
    attendance: Attendance | None = None
    line: int = 0


@dataclass(frozen=True)
class People:
    """All people, and who each entry of each roll call is."""

    all: tuple[Person, ...]
    of_entry: dict[tuple[str, int], str]
    """(meeting id, index among the meeting's people) -> person id."""
    bodies: dict[str, frozenset[str]]
    """Person id -> the bodies in whose minutes they are named."""
    diagnostics: tuple[Diagnostic, ...]


def gather(sittings: Sequence[Sitting], organizations: Organizations, lexicon: Lexicon, ledger: Ledger) -> People:
    """The people of all sittings, which come oldest first."""
    by_name: dict[str, list[Occurrence]] = defaultdict(list)
    entries: dict[int, tuple[str, int]] = {}
    for s in sittings:
        for i, a in enumerate(s.minutes.people):
            assert a.name
            occurrence = Occurrence(s, a.name, organizations.of(s.minutes, a.organization), a, a.ref.first_line)
            entries[id(occurrence)] = (s.id, i)
            by_name[names.key(a.name.full)].append(occurrence)
    for occurrence in titled(sittings, by_name, lexicon):
        by_name[names.key(occurrence.name.titled)].append(occurrence)
    clusters = [(key, group) for key, found in by_name.items() for group in _apart(key, found, ledger)]
    clusters.sort(key=lambda c: (c[1][0].sitting.minutes.date, c[1][0].sitting.id, c[1][0].line))
    people: list[Person] = []
    of_entry: dict[tuple[str, int], str] = {}
    for key, group in clusters:
        person = _person(key, group, by_name[key], organizations, ledger)
        people.append(person)
        of_entry |= {entries[id(o)]: person.id for o in group if id(o) in entries}
    bodies = {p.id: frozenset(o.sitting.body for o in group) for p, (_, group) in zip(people, clusters, strict=True)}
    return People(tuple(people), of_entry, bodies, tuple(_namesakes(clusters)))


def titled(sittings: Iterable[Sitting], known: dict[str, list[Occurrence]], lexicon: Lexicon) -> list[Occurrence]:
    """People whom a text names with a title and who are in no roll call: "Baroness Example"."""
    word = r"(?:(?:de|da|del|van|von|der|la|al|el|bin)\s+)*[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*"
    pattern = re.compile(rf"(?<!\w)(?:{lexicon.any_of('honorifics')}\.?\s+){{1,4}}(?P<name>{word}(?:\s+{word}){{0,2}})")
    bearers = {
        (o.sitting.body, names.key(o.name.family), title)
        for found in known.values()
        for o in found
        for title in names.key(o.name.honorific).split()
    }
    out: dict[tuple[str, str], Occurrence] = {}
    for s in sittings:
        first = s.minutes.items[0].heading if s.minutes.items else len(s.minutes.blocks)
        for block in s.minutes.blocks[first:]:
            for m in pattern.finditer(block.text.plain):
                printed = re.sub(r"['’]s?$", "", m.group())
                name = names.parse(printed, lexicon.language)
                titles = names.key(name.honorific).split()
                if names.key(name.full) in known or _is_listed(name, s.minutes):
                    continue
                if not name.given and any((s.body, names.key(name.family), t) in bearers for t in titles):
                    continue
                if not names.looks_like_name(printed, lexicon.language) or followed_by_institution(
                    block.text.plain, m.end(), lexicon
                ):
                    continue
                out.setdefault(
                    (s.body, names.key(name.titled)), Occurrence(s, name, "", None, block.text.line_at(m.start()))
                )
    return list(out.values())


def _is_listed(name: PersonName, minutes: Minutes) -> bool:
    """Whether a name with a title may be part of one on the roll call: "Dame Ruth", "Lord Lee", "Mrs Van der Berg"."""
    said = names.key(name.full)
    return any(a.name and f" {said} " in f" {names.key(a.name.full)} " for a in minutes.people)


def followed_by_institution(plain: str, end: int, lexicon: Lexicon) -> bool:
    """Whether a name is part of an institution's: "Sir John Example free school"."""
    between = rf"(?:\s+{lexicon.any_of('institution_qualifiers')})*"
    return bool(re.match(rf"{between}\s+{lexicon.any_of('institution_words')}\b", plain[end : end + 80], re.I))


def _apart(key: str, found: list[Occurrence], ledger: Ledger) -> list[list[Occurrence]]:
    """The occurrences of one name, a group for each person; whom the ledger holds as one person stays one."""
    bodies: dict[str, list[Occurrence]] = defaultdict(list)
    for o in found:
        bodies[o.sitting.body].append(o)
    groups: list[list[Occurrence]] = []
    for inside in bodies.values():
        seats = [(o.sitting.id, o.attendance is not None) for o in inside if o.attendance]
        if len(set(seats)) == len(seats):
            groups.append(inside)
            continue
        together = ledger.details("person", f"{key}@{inside[0].sitting.body}")
        parted: dict[str, list[Occurrence]] = defaultdict(list)
        for o in inside:
            parted[next((min(one) for one in together if o.organization in one), o.organization)].append(o)
        groups += parted.values()
    merged: list[list[Occurrence]] = []
    for group in groups:
        mine = {o.organization for o in group} - {""}
        same = next(
            (
                g
                for g in merged
                if mine & {o.organization for o in g}
                and {o.sitting.body for o in g}.isdisjoint(o.sitting.body for o in group)
            ),
            None,
        )
        if same is None:
            merged.append(group)
        else:
            same += group
    for group in merged:
        group.sort(key=lambda o: (str(o.sitting.minutes.date), o.sitting.id, o.line))
    return merged


def _person(
    key: str, group: list[Occurrence], all_of_name: list[Occurrence], organizations: Organizations, ledger: Ledger
) -> Person:
    bodies = list(dict.fromkeys(o.sitting.body for o in group))
    shared = {o.sitting.body for o in all_of_name if o not in group} & set(bodies)
    evidence = frozenset(o.organization for o in group)
    first, last = group[0].name, group[-1].name
    # Whoever was known by title and surname only has that page still, now that a list gives the whole name.
    titled_keys = [
        f"{names.key(f'{title} {o.name.family}')}@{o.sitting.body}"
        for o in group
        if o.attendance and o.name.given
        for title in o.name.honorific.split()
    ]
    address = ledger.claim(
        "person",
        [*(f"{key}@{b}" for b in bodies), *dict.fromkeys(titled_keys)],
        f"people/{slug(first.titled)}",
        detail=";".join(sorted(evidence)),
        evidence=evidence if shared else None,
    )
    id_ = address.split("/")[1]
    newest = list(reversed(group))
    return Person(
        id_,
        last.titled,
        next((o.name.honorific for o in newest if o.name.honorific), ""),
        next((o.name.postnominals for o in newest if o.name.postnominals), ""),
        tuple(dict.fromkeys(o.name.printed for o in group if o.name.printed != last.titled)),
        tuple(_memberships(id_, group)),
        tuple(Appearance(o.sitting.id, o.attendance) for o in newest if o.attendance),
    )


def _memberships(person: str, group: list[Occurrence]) -> list[Membership]:
    """The roles in which a person is listed, each from its first to its last meeting, the newest first."""
    runs: dict[tuple[str, str, str], list[Occurrence]] = {}
    for o in group:
        if o.attendance and (o.attendance.role or o.organization):
            runs.setdefault((names.key(o.attendance.role), o.organization, o.sitting.body), []).append(o)
    out = []
    for (_, organization, body), listed in runs.items():
        dates = [o.sitting.minutes.date for o in listed if o.sitting.minutes.date]
        role = listed[-1].attendance.role if listed[-1].attendance else ""
        meetings = tuple(o.sitting.id for o in listed)
        out.append(Membership(person, role, organization, body, min(dates), max(dates), meetings))
    return sorted(out, key=lambda m: (m.last, m.first), reverse=True)


def _namesakes(clusters: Iterable[tuple[str, list[Occurrence]]]) -> Iterable[Diagnostic]:
    seen: dict[str, Occurrence] = {}
    for key, group in clusters:
        if key in seen:
            o, other = group[0], seen[key]
            yield Diagnostic(
                "namesakes",
                NOTE,
                o.sitting.minutes.source,
                o.line,
                f"“{o.name.full}” is kept apart from the “{other.name.full}” of "
                f"{other.sitting.minutes.source}:{other.line}: no body and no organisation links the two.",
            )
        seen.setdefault(key, group[0])

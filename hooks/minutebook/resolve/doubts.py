"""What identity leaves open, said: people of one name who are kept apart, and names that are nearly one.

Nothing here links anybody. Each finding gives both forms, where they stand, and the entry of the register that would
make one person of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations, pairwise

from minutebook import names
from minutebook.diagnostics import NOTE, WARNING, Diagnostic
from minutebook.resolve import identity, remedies
from minutebook.resolve.identity import Cluster
from minutebook.resolve.occurrences import Occurrence

_MANY = 30
"""Bearers of one surname in one body: among more, forms of a name are not compared."""


def of(clusters: Sequence[tuple[str, Cluster]], settled: Collection[str]) -> list[Diagnostic]:
    """The doubts about people, given by id and occurrences; `settled` are those of whom the register speaks."""
    told = set(settled)
    apart = [d for d, pair in _namesakes(clusters) if not pair & told]
    return apart + [d for d, pair in chain(_forms(clusters), _near(clusters)) if not pair <= told]


Found = tuple[Diagnostic, frozenset[str]]


def _namesakes(clusters: Sequence[tuple[str, Cluster]]) -> Iterator[Found]:
    """Two people of one name: told once for each but the first."""
    bearers: dict[str, list[tuple[str, Cluster]]] = defaultdict(list)
    for id_, cluster in clusters:
        for key in {o.key for o in cluster}:
            bearers[key].append((id_, cluster))
    told = set()
    for found in bearers.values():
        for (one, a), (other, b) in pairwise(found):
            if one != other and (pair := frozenset((one, other))) not in told:
                told.add(pair)
                o, before = b[0], a[0]
                one_body = o.sitting.body == before.sitting.body
                name = names.called(o.name)
                why = f"“{name}” is kept apart from the “{names.called(before.name)}” of {_at(before)}: {_why(a, b)}."
                entry = remedies.one_person(name)
                yield _finding("namesakes", WARNING if one_body else NOTE, o, why, entry), pair


def _why(a: Cluster, b: Cluster) -> str:
    if {o.sitting.body for o in a}.isdisjoint(o.sitting.body for o in b):
        return "no body and no organisation links the two"
    if {o.sitting.id for o in a if o.attendance} & {o.sitting.id for o in b if o.attendance}:
        return "one list holds both"
    if min(map(identity.day, b)) - max(map(identity.day, a)) > identity.AWAY:
        return "more than five years lie between the two"
    return "no organisation links the two"


def _forms(clusters: Sequence[tuple[str, Cluster]]) -> Iterator[Found]:
    """Forms of a name that say less, and that fit somebody whom they were not joined to."""
    families: dict[tuple[str, str], list[tuple[str, Cluster]]] = defaultdict(list)
    for id_, cluster in clusters:
        for body, family in {(o.sitting.body, names.key(o.name.family)) for o in cluster}:
            families[body, family].append((id_, cluster))
    told = set()
    for found in families.values():
        for (one, a), (other, b) in combinations(found, 2) if 1 < len(found) <= _MANY else ():
            pair = frozenset((one, other))
            keys = {o.key for o in a} & {o.key for o in b}
            first, second = identity.fullest(a), identity.fullest(b)
            if pair in told or len(pair) < 2 or keys:
                continue
            if identity.same_name(first.name, second.name, first.sitting.lexicon):
                told.add(pair)
                yield _pair("name-forms", first, second, pair)


def _near(clusters: Sequence[tuple[str, Cluster]]) -> Iterator[Found]:
    """Names of one body that differ by a letter, by two letters that changed places, or by a shortened first name."""
    spelt: dict[tuple[str, str], list[tuple[str, Occurrence]]] = defaultdict(list)
    for id_, cluster in clusters:
        whole = {(o.sitting.body, o.key): o for o in reversed(cluster) if o.name.given and o.name.family}
        for (body, key), o in whole.items():
            for form in _shortened(key):
                spelt[body, form].append((id_, o))
    told = set()
    for found in spelt.values():
        for (one, a), (other, b) in pairwise(found):
            pair = frozenset((one, other))
            if len(pair) == 2 and pair not in told and a.key != b.key:
                told.add(pair)
                yield _pair("near-names", a, b, pair)
    yield from _near_surnames(clusters, told)


def _near_surnames(clusters: Sequence[tuple[str, Cluster]], told: Collection[frozenset[str]]) -> Iterator[Found]:
    """A title and a surname, and somebody of the body whose surname differs by a letter: "Dr Leee" and "Ann Lee"."""
    alone: dict[tuple[str, str], list[tuple[str, Occurrence]]] = defaultdict(list)
    for id_, cluster in clusters:
        for body, o in {o.sitting.body: o for o in reversed(cluster) if not o.name.given}.items():
            for form in _one_letter_out(names.key(o.name.family)):
                alone[body, form].append((id_, o))
    done = set(told)
    for id_, cluster in clusters if alone else ():
        for body, o in {o.sitting.body: o for o in reversed(cluster) if o.name.given and o.name.family}.items():
            for form in _one_letter_out(names.key(o.name.family)):
                for other, b in alone.get((body, form), ()):
                    pair = frozenset((id_, other))
                    if len(pair) == 2 and pair not in done and names.key(b.name.family) != names.key(o.name.family):
                        done.add(pair)
                        yield _pair("near-names", o, b, pair)


def _one_letter_out(surname: str) -> set[str]:
    """A surname, and it with each of its letters left out; a short one as it is."""
    return {surname} | {surname[:i] + surname[i + 1 :] for i in range(len(surname)) if len(surname) > 3}


def _shortened(key: str) -> Iterable[str]:
    """Forms that two names share if they differ by one letter or have two letters changed, or by a first name that
    is the beginning of the other: each name with one letter taken out (Garbe's symmetric deletes, distance one)."""
    first, _, rest = key.partition(" ")
    yield from {key[:i] + key[i + 1 :] for i in range(len(key)) if len(key) > 7} | {key}
    yield f"{first[:3]}~{rest}"


def _pair(code: str, a: Occurrence, b: Occurrence, pair: frozenset[str]) -> Found:
    return (
        _finding(
            code,
            NOTE,
            b,
            f"“{names.called(b.name)}” and the “{names.called(a.name)}” of {_at(a)} are read as two people.",
            remedies.one_person(names.called(a.name), names.called(b.name)),
        ),
        pair,
    )


def _at(o: Occurrence) -> str:
    return f"{o.sitting.minutes.source}:{o.line}"


def _finding(code: str, severity: str, o: Occurrence, message: str, entry: str) -> Diagnostic:
    hint = "If they are one person, say so in people.yml."
    return Diagnostic(code, severity, o.sitting.minutes.source, o.line, message, hint, entry)

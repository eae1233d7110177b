"""Which occurrences of names are one person, from the minutes alone. Refuses when unsure.

One comparable name in one body is one person, but: two entries of one roll call are two; organisations that differ,
and a long time without being listed, keep apart. Forms that say less ("A. Lee", "Dr Lee") join the one whole name of
their body that they fit. Across bodies only an organisation or a handle in common joins. Everything is decided on
groups of occurrences and not in the order in which they come, so that minutes that are added later change as little as
can be.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations, pairwise

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import PersonName
from minutebook.resolve.occurrences import Occurrence

AWAY = dt.timedelta(days=5 * 366)
"""Whoever is on no list of a body for longer may be another of the same name: a child, say. Longer than any usual term
of office, so that missing one term parts nobody."""

_MANY = 60
"""Clusters of one surname in one body, or of one name in all bodies: among more, forms of a name are not compared."""

Cluster = list[Occurrence]


def day(o: Occurrence) -> dt.date:
    """When the meeting was whose minutes hold an occurrence."""
    assert o.sitting.minutes.date
    return o.sitting.minutes.date


def clusters(occurrences: Iterable[Occurrence]) -> list[Cluster]:
    """The occurrences, a list for each person, the earliest first; the persons by their first occurrence.

    What an entry of the register claims is one person, whatever the minutes say; other forms may join it.
    """
    inside: dict[tuple[str, str, int | None], Cluster] = defaultdict(list)
    for o in occurrences:
        inside[o.sitting.body, "" if o.entry is not None else o.key, o.entry].append(o)
    families: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for (body, _, entry), found in inside.items():
        ordered = sorted(found, key=place)
        for cluster in [ordered] if entry is not None else _of_one_name(ordered):
            families[body, names.key(fullest(cluster).name.family)].append(cluster)
    of_bodies = [c for family in families.values() for c in _joined(family, _is_form_of)]
    namesakes: dict[Hashable, list[Cluster]] = defaultdict(list)
    registered: dict[int, Cluster] = defaultdict(list)
    for c in of_bodies:
        if (i := entry_of(c)) is not None:
            registered[i] += c
        else:
            namesakes[fullest(c).key].append(c)
    everywhere = [c for found in namesakes.values() for c in _joined(found, _same_elsewhere)]
    everywhere += [sorted(c, key=place) for c in registered.values()]
    return sorted(everywhere, key=lambda c: place(c[0]))


def entry_of(cluster: Cluster) -> int | None:
    """The entry of the register that claims a cluster."""
    return next((o.entry for o in cluster if o.entry is not None), None)


def fullest(cluster: Cluster) -> Occurrence:
    """The occurrence that says most of a name, the earliest of those."""
    return max(reversed(cluster), key=lambda o: (bool(o.name.given and o.name.family), len(names.key(o.name.full))))


def place(o: Occurrence) -> tuple[dt.date, str, int, int]:
    return day(o), o.sitting.id, o.line, o.index


def _of_one_name(found: Sequence[Occurrence]) -> list[Cluster]:
    """The occurrences of one name in one body, oldest first, a list for each person."""
    if len(found) == 1:
        return [list(found)]
    tell = _told_apart_by(found)
    parts: dict[Hashable, Cluster] = defaultdict(list)
    for o in found:
        parts[tell(o)].append(o)
    nowhere = parts.pop(None, [])
    apart = _of_one_rank(parts.values())
    if len(apart) == 1 and _fit_one_roll_call(apart[0], nowhere):
        apart, nowhere = [apart[0] + nowhere], []
    apart = [c for part in apart for c in _without_gaps(part)]
    for c in _without_gaps(nowhere):
        fit = [a for a in apart if _in_reach(a, c) and _fit_one_roll_call(a, c)]
        if len(fit) == 1:
            fit[0] += c
        else:
            apart.append(c)
    return [sorted(c, key=place) for c in apart]


def _told_apart_by(found: Sequence[Occurrence]) -> Callable[[Occurrence], Hashable]:
    """What tells the bearers of one name apart, None where an entry does not have it: the organisation; and the role
    as well where one roll call holds the name twice without an organisation to tell them apart."""
    seats = Counter((o.sitting.id, o.organization) for o in found if o.attendance)
    roles: dict[tuple[str, str], set[str]] = defaultdict(set)
    for o in found:
        if o.attendance and seats[o.sitting.id, o.organization] > 1:
            roles[o.sitting.id, o.organization].add(names.key(o.attendance.role))
    if not any(len(told - {""}) > 1 for told in roles.values()):
        return lambda o: o.organization or None
    return lambda o: (o.organization, names.key(o.attendance.role)) if o.attendance and o.attendance.role else None


def _of_one_rank(parts: Iterable[Cluster]) -> list[Cluster]:
    """The parts, those put together whose bearers have a rank in common that few have, or a handle."""
    out: list[Cluster] = []
    for part in parts:
        mine = {t for o in part for t in _titles(o)} & part[0].sitting.lexicon.set("ranks")
        same = [c for c in out if mine & {t for o in c for t in _titles(o)} or _handles(c) & _handles(part)]
        if len(same) == 1 and _fit_one_roll_call(same[0], part):
            same[0] += part
        else:
            out.append(list(part))
    return out


def _handles(cluster: Cluster) -> set[str]:
    """What the bearers of a name are called in a chat, "@annlee": nobody else of the name is."""
    said = (o.attendance.initials for o in cluster if o.attendance)
    return {handle.casefold() for handle in said if handle.startswith("@")}


def _titles(o: Occurrence) -> tuple[str, ...]:
    return names.titles(o.name.honorific)


def _without_gaps(found: Sequence[Occurrence]) -> list[Cluster]:
    """The occurrences parted where too much time lies between two of them."""
    ordered = sorted(found, key=place)
    out: list[Cluster] = [ordered[:1]] if ordered else []
    for before, o in pairwise(ordered):
        if day(o) - day(before) > AWAY:
            out.append([])
        out[-1].append(o)
    return out


def _in_reach(a: Cluster, b: Cluster) -> bool:
    """Whether no long time lies between two clusters."""
    (first, last), (start, end) = ((min(map(day, c)), max(map(day, c))) for c in (a, b))
    return start - last <= AWAY and first - end <= AWAY


def _fit_one_roll_call(a: Cluster, b: Cluster) -> bool:
    """Whether no roll call lists both."""
    return {o.sitting.id for o in a if o.attendance}.isdisjoint(o.sitting.id for o in b if o.attendance)


def _joined(found: list[Cluster], fits: Callable[[Cluster, Cluster], bool]) -> list[Cluster]:
    """The clusters, with those joined that all fit each other; where one fits two that do not, nobody is joined."""
    if not 1 < len(found) <= _MANY:
        return found
    near: dict[int, set[int]] = {i: set() for i in range(len(found))}
    for i, j in combinations(range(len(found)), 2):
        if fits(found[i], found[j]):
            near[i].add(j)
            near[j].add(i)
    out, seen = [], set[int]()
    for i in near:
        if i in seen:
            continue
        group, todo = {i}, [i]
        while todo:
            new = near[todo.pop()] - group
            group |= new
            todo += new
        seen |= group
        agree = all(near[a] >= group - {a} for a in group)
        out += [sorted((o for a in group for o in found[a]), key=place)] if agree else [found[a] for a in sorted(group)]
    return out


def _is_form_of(a: Cluster, b: Cluster) -> bool:
    """Whether two names of one body and surname may be forms of one person's name, and nothing speaks against it."""
    return (
        a[0].key != b[0].key
        and (entry_of(a) is None or entry_of(b) is None)
        and same_name(fullest(a).name, fullest(b).name, a[0].sitting.lexicon)
        and _fit_one_roll_call(a, b)
        and _organizations_agree(a, b)
        and _in_reach(a, b)
    )


def _organizations_agree(a: Cluster, b: Cluster) -> bool:
    one, other = ({o.organization for o in c} - {""} for c in (a, b))
    return not one or not other or bool(one & other)


def _same_elsewhere(a: Cluster, b: Cluster) -> bool:
    """Whether an organisation, or a handle, links two of one name in two bodies."""
    one, other = ({o.organization for o in c} - {""} for c in (a, b))
    bodies = ({o.sitting.body for o in c} for c in (a, b))
    return bool(one & other or _handles(a) & _handles(b)) and set.isdisjoint(*bodies) and _in_reach(a, b)


def same_name(a: PersonName, b: PersonName, lexicon: Lexicon) -> bool:
    """Whether two names with one surname may be one: initials stand for names that begin with them, names in the
    middle may be left out, a surname alone needs a title that both bear."""
    if names.key(a.family) != names.key(b.family) or names.generation(a) != names.generation(b):
        return False
    if contradict(a.honorific, b.honorific, lexicon):
        return False
    one, other = (names.key(_apart(x.given)).split() for x in (a, b))
    if not one or not other:
        return bool(set(names.titles(a.honorific)) & set(names.titles(b.honorific)))
    if _called_otherwise(a, b) or _called_otherwise(b, a):
        return False
    (first, *middle), (start, *between) = sorted((one, other), key=len)
    if not _stands_for(first, start):
        return False
    rest = iter(between)
    return all(any(_stands_for(m, x) for x in rest) for m in middle)


def _called_otherwise(a: PersonName, b: PersonName) -> bool:
    """Whether a name in brackets behind an initial is not the other's first name: "W. (Bill) Lee", "Wendy Lee"."""
    m = _CALLED.search(a.printed)
    first = names.key(b.given).split()[0]
    return m is not None and len(names.key(a.given).split()[0]) == 1 and len(first) > 1 and names.key(m[1]) != first


_CALLED = re.compile(r"\(([^\W\d_]{2,})\)\s")


def _apart(given: str) -> str:
    """Initials written together, apart: "J.P." -> "J. P."."""
    return given.replace(".", ". ")


def _stands_for(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def contradict(said: str, other: str, lexicon: Lexicon) -> bool:
    """Whether two titles cannot be one person's: "Mr" and "Dame"."""
    kinds = (lexicon.set("honorifics_of.men"), lexicon.set("honorifics_of.women"))
    first, second = (set(names.key(x).split()) for x in (said, other))
    return any(first & one and second & another for one, another in (kinds, kinds[::-1]))

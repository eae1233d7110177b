"""Organisations: the bodies that meet, whom members come from, and those that a text names in full."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from minutebook import names
from minutebook.diagnostics import Diagnostic
from minutebook.model import Minutes, Organization, OrganizationEntry
from minutebook.resolve.addresses import Ledger, slug
from minutebook.resolve.said import Said


@dataclass
class _Group:
    """Everything printed that is one organisation."""

    printed: Counter[str] = field(default_factory=Counter)
    acronyms: Counter[str] = field(default_factory=Counter)
    keys: set[str] = field(default_factory=set)
    """Comparable names under which it stands in minutes."""
    shorts: set[str] = field(default_factory=set)
    """Comparable acronyms under which some minutes list it."""
    met: list[str] = field(default_factory=list)
    """Files of the minutes of its own meetings."""


@dataclass(frozen=True)
class Organizations:
    """All organisations, and how to find one by a printed name."""

    all: tuple[Organization, ...]
    by_key: Mapping[str, str]
    """Comparable name -> id."""
    aliases: Mapping[str, Mapping[str, str]]
    """Comparable name of a body -> acronym that its minutes explain -> comparable name."""
    site_name: str
    said: Said
    diagnostics: tuple[Diagnostic, ...] = ()

    def of(self, minutes: Minutes, printed: str) -> str:
        """The id of the organisation that minutes mean by a printed name; empty where there is none."""
        if not printed:
            return ""
        held = (body_name(minutes, self.site_name), printed, minutes.date)
        if held not in self._found:
            key = names.organization_key(printed)
            same = self._aliases(minutes).get(key, key)
            self._found[held] = self.by_key.get(self.said.canonical(same, minutes.date), "")
        return self._found[held]

    @cached_property
    def _found(self) -> dict[tuple[str, str, dt.date | None], str]:
        return {}

    def named(self, printed: str) -> str:
        """The id of the organisation of a name, whichever minutes print it; empty where there is none."""
        return self.by_key.get(self.said.canonical(names.organization_key(printed), None), "")

    @cached_property
    def keys_of(self) -> Mapping[str, frozenset[str]]:
        """Id -> all comparable names."""
        out: dict[str, set[str]] = defaultdict(set)
        for o in self.all:
            forms = (o.name, *o.other_names, *((x.name for x in o.entry.other_names) if o.entry else ()))
            out[o.id] |= {names.organization_key(form) for form in forms}
        return {id_: frozenset(keys) for id_, keys in out.items()}

    def acronyms(self, minutes: Minutes) -> dict[str, str]:
        """The acronyms that the minutes of this body explain, comparable -> id."""
        return {short: self.by_key[key] for short, key in self._aliases(minutes).items() if key in self.by_key}

    def _aliases(self, minutes: Minutes) -> Mapping[str, str]:
        return self.aliases.get(names.organization_key(body_name(minutes, self.site_name)), {})


def gather(
    all_minutes: Sequence[Minutes], site_name: str, ledger: Ledger, entries: Sequence[OrganizationEntry] = ()
) -> Organizations:
    """The organisations of all minutes, in the order in which they first appear.

    An acronym counts within the minutes of the body that explains it: elsewhere it may be another's. `entries` are
    those of the register.
    """
    said = Said(entries)
    aliases = _aliases(all_minutes, site_name)
    groups: dict[str, _Group] = {}
    used: set[int] = set()

    def see(m: Minutes, printed: str, acronym: str = "") -> None:
        short = names.organization_key(printed)
        full = aliases[names.organization_key(body_name(m, site_name))].get(short, short)
        if (i := said.entry(full, m.date)) is not None:
            used.add(i)
        key = said.canonical(full, m.date)
        if not key:
            return
        group = groups.setdefault(key, _Group())
        group.keys.add(full)
        if full != short:
            group.shorts.add(short)
        else:
            group.printed[printed.removeprefix("the ").removeprefix("The ")] += 1
        if acronym and acronym != printed:
            group.acronyms[acronym] += 1

    for m in all_minutes:
        body = body_name(m, site_name)
        see(m, body)
        if group := groups.get(said.canonical(names.organization_key(body), m.date)):
            group.met.append(m.source)
        for name, acronym in (
            *((o.name, o.acronym) for o in m.organizations),
            *((a.organization, a.acronym) for a in m.attendance),
        ):
            if names.organization_key(name):
                see(m, name, acronym)
    for i in sorted(used):
        if parent := said.entries[i].parent:
            groups.setdefault(said.canonical(names.organization_key(parent), None), _Group()).printed[parent] += 0
    ids = _addresses(groups, said, ledger)
    found = []
    for key, group in groups.items():
        entry = said.registered(key)
        name = _name(group, entry)
        acronyms = [*(entry.acronyms if entry else ()), *(a for a, _ in group.acronyms.most_common())]
        found.append(
            Organization(
                ids[key],
                name,
                tuple(dict.fromkeys(acronyms)),
                tuple(sorted(p for p in group.printed if p != name)),
                bool(group.met),
                ids.get(said.canonical(names.organization_key(entry.parent), None), "") if entry else "",
                entry,
            )
        )
    wrong = [*said.contested(), *said.unused(used)]
    return Organizations(tuple(found), ids, aliases, site_name, said, tuple(wrong))


def _addresses(groups: Mapping[str, _Group], said: Said, ledger: Ledger) -> dict[str, str]:
    """The id of each organisation, by its comparable name."""
    out = {}
    published = sorted(
        groups.items(), key=lambda g: not any(ledger.knows("organization", k) for k in (g[0], *g[1].keys))
    )
    for key, group in published:
        entry = said.registered(key)
        # A body whose name was corrected is known by its minutes, an organisation by the acronym it was listed under.
        keys = [key, *sorted(group.keys - {key}), *sorted(group.shorts - groups.keys())]
        chosen = entry.address if entry else ""
        address = ledger.claim(
            "organization",
            keys,
            f"organisations/{chosen or slug(_name(group, entry))}",
            detail=(group.met or [""])[0],
            again=group.met,
            follows=bool(chosen),
        )
        out[key] = address.split("/")[1]
    return out


def _name(group: _Group, entry: OrganizationEntry | None) -> str:
    return entry.name if entry else group.printed.most_common(1)[0][0]


def _aliases(all_minutes: Iterable[Minutes], site_name: str) -> dict[str, dict[str, str]]:
    """Body -> acronym -> what its minutes explain it to be, where they explain it in one way."""
    meant: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for m in all_minutes:
        body = names.organization_key(body_name(m, site_name))
        pairs = [(o.acronym, o.name) for o in m.organizations] + [(a.acronym, a.organization) for a in m.attendance]
        for short, name in pairs:
            if short and names.organization_key(name) not in ("", names.organization_key(short)):
                meant[body][names.organization_key(short)].add(names.organization_key(name))
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for body, shorts in meant.items():
        out[body] = {short: next(iter(full)) for short, full in shorts.items() if len(full) == 1}
    return out


def body_name(minutes: Minutes, site_name: str) -> str:
    """The body that met: as the minutes have it, else their folder, else the site's name."""
    if minutes.body and names.organization_key(minutes.body):
        return minutes.body
    folder = minutes.source.rpartition("/")[0].rpartition("/")[2].replace("-", " ").replace("_", " ").title()
    return next(name for name in (minutes.body, folder, site_name, "Minutes") if names.organization_key(name))


_SPELLED = 4
"""Letters: a shorter acronym may spell the beginnings of an organisation's name by chance."""


def spelled(organizations: Iterable[Organization], unexplained: Iterable[str]) -> dict[str, frozenset[str]]:
    """Acronyms that nobody explains, and that spell exactly one organisation's name: "NSEO", "National Society ..."."""
    letters: dict[str, set[str]] = {}
    for o in organizations:
        words = [w for w in re.split(r"[\s-]+", o.name) if w[:1].isupper()]
        letters.setdefault("".join(w[0] for w in words), set()).add(o.id)
    return {t: frozenset(letters[t]) for t in unexplained if len(t) >= _SPELLED and len(letters.get(t, ())) == 1}

"""Organisations: the bodies that meet, whom members come from, and those that a text names in full."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from minutebook import names
from minutebook.model import Minutes, Organization
from minutebook.resolve.addresses import Ledger, slug


@dataclass
class _Group:
    """Everything printed that is one organisation."""

    printed: Counter[str] = field(default_factory=Counter)
    acronyms: Counter[str] = field(default_factory=Counter)
    is_body: bool = False


@dataclass(frozen=True)
class Organizations:
    """All organisations, and how to find one by a printed name."""

    all: tuple[Organization, ...]
    by_key: dict[str, str]
    """Comparable name -> id."""

    def id_of(self, printed: str) -> str:
        """The id of the organisation with this printed name; empty where there is none."""
        return self.by_key.get(names.organization_key(printed), "")


def gather(minutes: Iterable[Minutes], site_name: str, ledger: Ledger) -> Organizations:
    """The organisations of all minutes, in the order in which they first appear."""
    groups: dict[str, _Group] = {}
    acronym_of: dict[str, set[str]] = defaultdict(set)

    def see(printed: str, acronym: str = "", is_body: bool = False) -> None:
        key = names.organization_key(printed)
        if not key:
            return
        group = groups.setdefault(key, _Group())
        group.printed[printed.removeprefix("the ").removeprefix("The ")] += 1
        group.is_body |= is_body
        if acronym and acronym != printed:
            group.acronyms[acronym] += 1
            acronym_of[names.organization_key(acronym)].add(key)

    for m in minutes:
        see(body_name(m, site_name), is_body=True)
        for o in m.organizations:
            see(o.name, o.acronym)
        for a in m.attendance:
            see(a.organization, a.acronym)
    for short, owners in acronym_of.items():  # "of the CST" in one line, "Confederation ... (CST)" in another
        if short in groups and len(owners) == 1 and short not in owners:
            groups[next(iter(owners))].is_body |= groups.pop(short).is_body
    found, by_key = [], {}
    for key, group in groups.items():
        name = group.printed.most_common(1)[0][0]
        address = ledger.claim("organization", [key], f"organisations/{slug(name)}")
        id_ = address.split("/")[1]
        others = tuple(sorted(p for p in group.printed if p != name))
        found.append(Organization(id_, name, tuple(a for a, _ in group.acronyms.most_common()), others, group.is_body))
        by_key[key] = id_
    for short, owners in acronym_of.items():
        if len(owners) == 1:
            by_key.setdefault(short, by_key[next(iter(owners))])
    return Organizations(tuple(found), by_key)


def body_name(minutes: Minutes, site_name: str) -> str:
    """The body that met: as the minutes have it, else their folder, else the site's name."""
    folder = minutes.source.rpartition("/")[0].rpartition("/")[2].replace("-", " ").replace("_", " ").title()
    return next(name for name in (minutes.body, folder, site_name, "Minutes") if names.organization_key(name))

"""Under which names and numbers somebody is known: as printed, and as the register adds; and its dates in words."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from minutebook import names
from minutebook.model import Organization, OrganizationEntry, OtherName, Period, Person, PersonEntry
from minutebook.render.links import safe
from minutebook.render.markdown import escape
from minutebook.render.page import day

SCHEMES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
}
"""Scheme of identifiers -> (what it is called, the address of one). Those of other schemes are text."""


@dataclass(frozen=True)
class Known:
    """Other names, each with its dates where the register gives them: "Ann Marsh (2015 to 30 June 2021)"."""

    printed: tuple[str, ...] = ()
    """In these minutes."""
    register: tuple[str, ...] = ()
    """In the register only."""
    identifiers: tuple[str, ...] = ()
    """As Markdown."""


def person(p: Person) -> Known:
    """The other names of a person; what is only their name with its titles, or in other signs, is none."""
    own = {names.key(p.name), names.key(p.styled)}
    printed = [x for x in p.other_names if names.key(x) not in own]
    return _known(printed, p.entry, lambda x: names.key(names.parse(x).full) or names.key(x), p.name)


def organization(o: Organization) -> Known:
    """The other names and acronyms of an organisation."""
    acronyms = o.entry.acronyms if o.entry else ()
    others = [x for x in o.other_names if names.key(x) != names.key(o.name)]  # an apostrophe makes no other name
    return _known([*o.acronyms, *others], o.entry, names.organization_key, o.name, acronyms)


def _known(
    printed: Iterable[str],
    entry: PersonEntry | OrganizationEntry | None,
    key: Callable[[str], str],
    name: str,
    acronyms: Iterable[str] = (),
) -> Known:
    given: dict[str, list[OtherName]] = {}
    for x in entry.other_names if entry else ():
        given.setdefault(key(x.name), []).append(x)
    shown = list(dict.fromkeys(printed))
    told = {key(name), *map(key, shown)}
    others = [x for x in acronyms if key(x) not in told]
    others += [xs[0].name + _dated(xs) for k, xs in given.items() if k not in told]
    return Known(
        tuple(x + _dated(given.get(key(x), ())) for x in shown),
        tuple(others),
        tuple(_identifier(scheme, text) for scheme, text in (entry.identifiers if entry else {}).items()),
    )


def _dated(found: Iterable[OtherName]) -> str:
    dates = [words for x in found if (words := period(x.period))]
    return f" ({', '.join(dates)})" if dates else ""


def _identifier(scheme: str, text: str) -> str:
    if scheme not in SCHEMES:
        return escape(f"{scheme} {text}")
    label, address = SCHEMES[scheme]
    return f"[{escape(f'{label} {text}')}]({safe(address.format(text))})"


def period(p: Period) -> str:
    """A period in words: "2015 to 30 June 2021", "from April 2019", "until 2018"; nothing for all time."""
    first = _beginning(p.first) if p.first else ""
    last = _end(p.last) if p.last else ""
    if first and last:
        return first if first == last else f"{first} to {last}"
    return f"from {first}" if first else f"until {last}" if last else ""


def _beginning(d: dt.date) -> str:
    """The first day of a period as the register may have written it: "2019" and "2019-01-01" are one day to it."""
    return _month(d, d.month == 1) if d.day == 1 else day(d)


def _end(d: dt.date) -> str:
    whole = d.day == calendar.monthrange(d.year, d.month)[1]
    return _month(d, d.month == 12) if whole else day(d)


def _month(d: dt.date, is_year: bool) -> str:
    return str(d.year) if is_year else f"{d:%B} {d.year}"

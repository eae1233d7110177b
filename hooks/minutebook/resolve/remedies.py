"""The entries of a register file that would settle what is open, written out, ready to copy.

Each is a comment that names the file, and YAML below it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import yaml

from minutebook import names
from minutebook.model import Candidate, Organization, Period, Person
from minutebook.resolve.claims import PEOPLE
from minutebook.resolve.said import ORGANISATIONS

GLOSSARY = "glossary.yml"
WHOEVER = "..."
"""Where a name has to be filled in."""


@dataclass(frozen=True)
class Remedies:
    """Writes the entries that settle mentions, from what is known of the candidates."""

    people: Mapping[str, Person]
    """By address."""
    organizations: Mapping[str, Organization]
    """By address."""
    known: Mapping[str, Period]
    """From when to when the minutes know a person, by id."""

    @cached_property
    def _bearers(self) -> Counter[str]:
        """How many people each name has."""
        return Counter(names.key(p.name) for p in self.people.values())

    def of_mention(self, said: str, body: str, day: dt.date, candidates: Sequence[Candidate]) -> str:
        """What to write so that words mean one of the candidates in the minutes of a body's meeting of a day.

        `said` is the words as the register has to hold them. The first candidate stands in the entry, the others in
        comments.
        """
        who = [c for c in candidates if c.address in self.people]
        if candidates and not who:
            return _written(ORGANISATIONS, {"name": candidates[0].name, "acronyms": [said]}, candidates[1:])
        first = self.people[who[0].address] if who else None
        entry: dict[str, object] = {"name": first.name if first else WHOEVER}
        if first and names.key(said) == names.key(first.name) and len(who) == 1:
            return _written(PEOPLE, entry, candidates[1:], "or, if it is no person: not_a_person: true")
        if first and self._bearers[names.key(first.name)] > 1:
            entry["only"] = self._where(first)
        entry["other_names"] = [_OnOneLine({"name": said, "from": day, "until": day, "bodies": [body]})]
        return _written(PEOPLE, entry, candidates[1:])

    def _where(self, person: Person) -> dict[str, object]:
        """What tells a person from others of the name: an organisation, else the days on which they were listed."""
        ids = {m.organization for m in person.memberships} - {""}
        known = [o.name for o in self.organizations.values() if o.id in ids]
        if known:
            return {"organisations": sorted(known)}
        days = self.known.get(person.id)
        return {"from": days.first, "until": days.last} if days else {"from": WHOEVER}


def one_person(name: str, *others: str) -> str:
    """What to write so that several names are one person's."""
    entry: dict[str, object] = {"name": name}
    if told := [o for o in dict.fromkeys(others) if o != name]:
        entry["other_names"] = told
    return _written(PEOPLE, entry)


def one_meaning(term: str, meanings: Sequence[str], body: str) -> str:
    """What to write so that a term stands for one of several things in the minutes of a body."""
    entry = {"term": term, "meaning": meanings[0], "bodies": [body]}
    return _written(GLOSSARY, entry, (), *(f"or meaning: {m}" for m in meanings[1:]))


class _OnOneLine(dict[str, object]):
    """A mapping that is written in braces."""


class _Dumper(yaml.SafeDumper):
    """Writes every value out, where YAML would point to an equal one above."""

    def ignore_aliases(self, data: object) -> bool:
        return True


_Dumper.add_representer(
    _OnOneLine, lambda dumper, data: dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)
)


def _written(file: str, entry: Mapping[str, object], others: Sequence[Candidate] = (), *comments: str) -> str:
    text = yaml.dump(
        [dict(entry)],
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=1_000_000,  # a line that is broken could be taken for something else in a page
    )
    notes = [*(f"or: {c.name} ({c.address})" for c in others), *comments]
    return "\n".join([f"# {file}", text.strip(), *(f"# {n}" for n in notes)])

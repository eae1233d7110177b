"""What a table and a column are, and what their cells are made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from minutebook.model import Archive, Meeting, Owner, ResolvedAction, Settings

Cell = str | int | None
"""None where the minutes do not say."""
Row = TypeVar("Row")

TYPES: Mapping[str, str] = {
    "text": "words",
    "id": "a permanent name, by which rows are joined",
    "address": "the address of a page or a place on it; whole where the site says where it stands, else from its root",
    "list": "words, or ids, parted by a semicolon and a space",
    "date": "a day, as 2021-05-04 (ISO 8601)",
    "time": "24 hours, local, as 09:30",
    "number": "a whole number, never below 0",
    "yes/no": "1 or 0",
}
"""Each type of a column, and how its cells are written."""
NUMBERS = frozenset({"number", "yes/no"})


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column of a table."""

    name: str
    type: str
    """A key of `TYPES`."""
    description: str
    """What it holds, in Markdown without links."""
    source: str
    """Where that comes from: what in the minutes, or which rule."""
    value: Callable[[Facts, Row], Cell]
    references: str = ""
    """The table whose `id` it holds."""
    index: bool | None = None
    """Whether the database is to find rows by it quickly; where nobody says, if it references another table."""

    @property
    def indexed(self) -> bool:
        return bool(self.references) if self.index is None else self.index


@dataclass(frozen=True)
class Table(Generic[Row]):
    """One table. Where it has a column `id`, that is its key."""

    name: str
    description: str
    """What one row is."""
    columns: tuple[Column[Row], ...]
    rows: Callable[[Facts], Iterable[Row]]
    searched: tuple[str, ...] = ()
    """The columns whose words the database's full-text search finds."""


class Kept(NamedTuple):
    """An action of a meeting that counts."""

    meeting: Meeting
    action: ResolvedAction

    @property
    def id(self) -> str:
        return f"{self.meeting.id}/action-{self.action.number}"


class Party(NamedTuple):
    """Who owns an action, or moved, seconded or was elected, with the organisation that they stand for there."""

    owner: Owner
    organization: str
    """Id; empty where the minutes name none."""


@dataclass(frozen=True)
class Facts:
    """What tables are made from."""

    archive: Archive
    settings: Settings

    def address(self, path: str) -> str:
        """An address that still leads there from a file that was saved elsewhere, if the site says where it stands."""
        return self.settings.site_url + path

    def body(self, m: Meeting) -> str:
        return self.archive.organization[m.body].name

    @cached_property
    def actions(self) -> tuple[Kept, ...]:
        """All actions that count, in the order of the archive: not those that only print an earlier one again."""
        return tuple(Kept(m, a) for m in self.archive.meetings for a in m.actions if not a.restates)

    @cached_property
    def _original(self) -> Mapping[str, str]:
        again = {Kept(m, a).id: a.restates for m in self.archive.meetings for a in m.actions if a.restates}
        return {**again, **{k.id: k.id for k in self.actions}}

    def counted(self, action: str) -> str | None:
        """The id of the action that counts, given its own or that of one that prints it again."""
        found = self._original.get(action)
        return found if found is None or found == action else self._original.get(found)

    def parties(self, m: Meeting, owners: Iterable[Owner]) -> list[Party]:
        """Owners with their organisations: their own, or those that the meeting's roll call lists them with."""
        listed: dict[str, str] = {}
        for person, organization in zip(m.people, m.organizations, strict=True):
            listed[person] = listed.get(person) or organization
        return [Party(o, o.organization or listed.get(o.person, "")) for o in owners]

    @cached_property
    def held_by(self) -> Mapping[str, tuple[int, int]]:
        """`people/<id>` or `organisations/<id>` -> (actions, open actions), of those who have any."""
        every, still = Counter[str](), Counter[str]()
        for m, a in self.actions:
            parties = self.parties(m, a.owners)
            theirs = {f"people/{p.owner.person}" for p in parties if p.owner.person}
            theirs |= {f"organisations/{p.organization}" for p in parties if p.organization}
            every.update(theirs)
            still.update(theirs if a.is_open else ())
        return {x: (n, still[x]) for x, n in every.items()}

    def names(self, organizations: Iterable[str]) -> str | None:
        """The names of organisations, each once, given their ids."""
        return joined(self.archive.organization[o].name for o in unique(organizations))


def unique(values: Iterable[str]) -> list[str]:
    """The values that are not empty, each once, in their order."""
    return [v for v in dict.fromkeys(values) if v]


def joined(values: Iterable[str]) -> str | None:
    """Several values in one cell."""
    return "; ".join(values) or None


def ids(owners: Sequence[Owner]) -> str | None:
    """The addresses of those who have a page, as `archive.json` gives them."""
    pages = (f"people/{o.person}" if o.person else f"organisations/{o.organization}" for o in owners if named(o))
    return joined(pages)


def named(o: Owner) -> bool:
    return bool(o.person or o.organization)


def item_id(m: Meeting, index: int | None) -> str | None:
    """The id of an item of business, given its place among them."""
    return None if index is None else f"{m.id}#item-{m.items[index].key}"


def item_name(m: Meeting, index: int | None) -> str | None:
    """What an item is called by: its number, or its title where it has none."""
    if index is None:
        return None
    item = m.minutes.items[index]
    return item.number or item.title or None


def item_address(f: Facts, m: Meeting, index: int | None) -> str | None:
    return None if index is None else f.address(f"{m.address}#item-{m.items[index].key}")

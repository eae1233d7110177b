"""What results show, and what they are narrowed and sorted by: the rows and the columns of the index."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from minutebook.publish.search.pieces import Named, Piece
from minutebook.publish.search.records import OF_MEETINGS, OTHERS, Group

CHUNK = 50
"""Profiles, or pages written by hand, in a file of rows; a meeting has a file of its own."""

Json = dict[str, object]


@dataclass(frozen=True)
class Rows:
    """A file of rows: those of a meeting, or of some groups of another kind."""

    name: str
    groups: Sequence[Group]

    def as_json(self) -> Json:
        """`pages` are [address, title, date, body]; `places` as `_place` gives them; `names` are the facets' values."""
        names: dict[str, int] = {}
        places = [_place(k, g, n, names) for k, g in enumerate(self.groups) for n in range(len(g.records))]
        pages = [[g.address, g.title, g.date, g.body] for g in self.groups]
        return {"pages": pages, "places": places, "names": list(names)}


def files(groups: Iterable[Group]) -> Iterator[Rows]:
    """The files of rows, in the order in which records are numbered."""
    meetings = 0
    for kind, same in groupby(groups, key=lambda g: g.records[0].kind):
        if kind in OF_MEETINGS:
            for group in same:
                yield Rows(str(meetings), [group])
                meetings += 1
        else:
            held = list(same)
            for k in range(0, len(held), CHUNK):
                yield Rows(f"{kind}-{k // CHUNK}", held[k : k + CHUNK])


def _place(page: int, group: Group, n: int, names: dict[str, int]) -> list[object]:
    """[number of its page, anchor, kind, title, item, about, paragraphs, [people], [organisations], [topics], forms].

    A paragraph is its text, or a list of texts and of [text, what it stands for, other words] (see `_piece`). People,
    organisations and topics are numbers of names.
    """
    r = group.records[n]
    facets = [
        [names.setdefault(value, len(names)) for value in r.facets.get(facet, ())]
        for facet in ("person", "organisation", "topic")
    ]
    return [page, r.anchor, r.kind, r.title, r.item, r.about, [_paragraph(p) for p in r.text], *facets, r.forms]


def _paragraph(pieces: Sequence[Piece]) -> object:
    if all(isinstance(p, str) for p in pieces):
        return "".join(p for p in pieces if isinstance(p, str))
    return [p if isinstance(p, str) else _piece(p) for p in pieces]


def _piece(named: Named) -> list[str]:
    """[text, what it stands for if it is initials or an acronym, the other words under which it is found]."""
    if named.stands_for:
        return [named.text, named.name, named.name]
    return [named.text, "", " ".join([named.name, *named.short])]


class Columns:
    """The columns, as groups are taken up in the order of their records."""

    def __init__(self) -> None:
        self._bodies: dict[str, int] = {}
        self._meetings: list[list[int]] = []
        self._others: dict[str, list[list[int]]] = {kind: [] for kind in OTHERS}
        self._before = 0

    def add(self, group: Group) -> None:
        """Take up a group, which is later than those of its kind before it."""
        kinds = [r.kind for r in group.records]
        day = dt.date.fromisoformat(group.date).toordinal() - dt.date(1970, 1, 1).toordinal() if group.date else 0
        if kinds[0] in OF_MEETINGS:
            body = self._bodies.setdefault(group.body, len(self._bodies))
            self._meetings.append([day - self._before, body, *(kinds.count(k) for k in OF_MEETINGS[1:])])
            self._before = day
            return
        runs = self._others[kinds[0]]
        if kinds[0] != "page" and runs and runs[-1][0] == day:
            runs[-1][1] += 1
        else:
            runs.append([day, len(kinds)])

    def as_json(self) -> Json:
        """What a browser needs to know of every record.

        `meetings` are [days since the one before (since 1970), body, items, actions, decisions]; each has one record
        more, its own, which comes first. `others` are by kind [day, records that have it] in runs; of pages, the
        sections of each.
        """
        return {"bodies": list(self._bodies), "meetings": self._meetings, "others": self._others}

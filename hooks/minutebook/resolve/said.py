"""What the register says of organisations: which names and acronyms are one organisation's, and when."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from minutebook import names
from minutebook.diagnostics import ERROR, WARNING, Diagnostic
from minutebook.model import OrganizationEntry, Period

ORGANISATIONS = "organisations.yml"


@dataclass(frozen=True)
class Said:
    """What `organisations.yml` says: which names are one organisation's, and when."""

    entries: Sequence[OrganizationEntry] = ()

    @cached_property
    def _forms(self) -> Mapping[str, tuple[tuple[Period, int], ...]]:
        """Comparable name or acronym -> (when it holds, index of the entry)."""
        out: dict[str, list[tuple[Period, int]]] = defaultdict(list)
        for i, e in enumerate(self.entries):
            for form, period in (
                (e.name, Period()),
                *((x.name, x.period) for x in e.other_names),
                *((a, Period()) for a in e.acronyms),
            ):
                out[names.organization_key(form)].append((period, i))
        return {key: tuple(found) for key, found in out.items()}

    def entry(self, key: str, day: dt.date | None) -> int | None:
        """Index of the one entry that a comparable name belongs to on a day."""
        found = {i for period, i in self._forms.get(key, ()) if day is None or period.covers(day)}
        return found.pop() if len(found) == 1 else None

    def canonical(self, key: str, day: dt.date | None) -> str:
        """The comparable name by which an organisation is kept; empty where it is said to be none."""
        i = self.entry(key, day)
        if i is None:
            return key
        return names.organization_key(self.entries[i].name) if self.entries[i].is_organization else ""

    def registered(self, key: str) -> OrganizationEntry | None:
        """The entry that a comparable name belongs to, at whatever time."""
        i = self.entry(key, None)
        return self.entries[i] if i is not None else None

    def contested(self) -> Iterable[Diagnostic]:
        """Two entries with one name at one time."""
        for found in self._forms.values():
            for (one, i), (other, j) in pairwise(found):
                if i != j and _overlap(one, other):
                    first, second = self.entries[i], self.entries[j]
                    yield Diagnostic(
                        "register",
                        ERROR,
                        ORGANISATIONS,
                        second.ref.first_line,
                        f"“{second.name}” shares a name with the entry on line {first.ref.first_line}.",
                        "Make one entry of the two, or give dates with “from:” and “until:”.",
                    )

    def unused(self, used: set[int]) -> Iterable[Diagnostic]:
        """Entries that matched nothing in any minutes."""
        for i, e in enumerate(self.entries):
            if i not in used and e.is_organization:
                yield Diagnostic(
                    "register-unused",
                    WARNING,
                    ORGANISATIONS,
                    e.ref.first_line,
                    f"No minutes name “{e.name}”.",
                    "Look at the spelling, or take the entry out.",
                )


def _overlap(a: Period, b: Period) -> bool:
    return (a.last or dt.date.max) >= (b.first or dt.date.min) and (b.last or dt.date.max) >= (a.first or dt.date.min)

"""The register files beside the minutes, read: what people say of who is who. Knows nothing of any minutes.

`people.yml`, `organisations.yml`, `glossary.yml`, `actions.yml`, `redactions.yml` and `topics.yml` each hold a list of
entries; which keys an entry may have stands in `shapes.py`. An entry that cannot be used is left out and said; the
others count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from minutebook.diagnostics import Diagnostic
from minutebook.model import Register
from minutebook.register import hierarchy, shapes
from minutebook.register.entries import Entry, entries


def _each(make: Callable[[Entry], object]) -> Callable[[Iterable[Entry]], tuple[object, ...]]:
    """Each entry made by itself, those that cannot be used left out."""
    return lambda entries: tuple(x for x in map(make, entries) if x is not None)


FILES: Mapping[str, tuple[str, Callable[[Iterable[Entry]], tuple[object, ...]]]] = {
    "people.yml": ("people", _each(shapes.person)),
    "organisations.yml": ("organizations", _each(shapes.organization)),
    "glossary.yml": ("glossary", _each(shapes.term)),
    "actions.yml": ("actions", _each(shapes.action)),
    "redactions.yml": ("redactions", _each(shapes.redaction)),
    "topics.yml": ("topics", hierarchy.topics),
}
"""File -> (the part of the register that it holds, what makes its entries)."""


def read(files: Mapping[str, bytes]) -> tuple[Register, list[Diagnostic]]:
    """(the register, what is wrong with its files), of the files that there are, by name. Never raises on content."""
    found: list[Diagnostic] = []
    parts: dict[str, Any] = {}
    for name, (part, make) in FILES.items():
        if name in files:
            parts[part] = make(entries(files[name], name, found))
    return Register(**parts), found

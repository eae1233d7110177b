"""The register files beside the minutes, read: what people say of who is who. Knows nothing of any minutes.

`people.yml`, `organisations.yml`, `glossary.yml`, `actions.yml` and `redactions.yml` each hold a list of entries; which
keys an entry may have stands in `shapes.py`. An entry that cannot be used is left out and said; the others count.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minutebook.diagnostics import Diagnostic
from minutebook.model import Register
from minutebook.register import shapes
from minutebook.register.entries import Entry, entries

FILES: Mapping[str, tuple[str, Callable[[Entry], object]]] = {
    "people.yml": ("people", shapes.person),
    "organisations.yml": ("organizations", shapes.organization),
    "glossary.yml": ("glossary", shapes.term),
    "actions.yml": ("actions", shapes.action),
    "redactions.yml": ("redactions", shapes.redaction),
}
"""File -> (the part of the register that it holds, what makes one of its entries)."""


def read(files: Mapping[str, bytes]) -> tuple[Register, list[Diagnostic]]:
    """(the register, what is wrong with its files), of the files that there are, by name. Never raises on content."""
    found: list[Diagnostic] = []
    parts: dict[str, Any] = {}
    for name, (part, make) in FILES.items():
        if name in files:
            made = [make(entry) for entry in entries(files[name], name, found)]
            parts[part] = tuple(x for x in made if x is not None)
    return Register(**parts), found

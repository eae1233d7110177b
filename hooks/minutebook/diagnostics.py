"""What Minutebook has to say about its input: in plain words, with file and line, and with what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)


@dataclass(frozen=True)
class Diagnostic:
    """One finding.

    An `error` stops a strict build; a `warning` is something that a secretary should look at; a `note` says what was
    done with something unusual.
    """

    code: str
    """A word to search for: `no-date`."""
    severity: str
    source: str
    """File, relative to the folder of minutes."""
    line: int
    """From 1; 0 where the whole file is meant."""
    message: str
    hint: str = ""
    """What to do about it."""

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}: {self.severity}: {self.message}{hint} [{self.code}]"


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings without repeats, by file and line, the gravest first where they share a line."""
    return sorted(set(found), key=lambda d: (d.source, d.line, SEVERITIES.index(d.severity), d.code, d.message))

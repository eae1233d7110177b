"""What Minutebook has to say about its input: in plain words, with file and line, and with what to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

ERROR, WARNING, NOTE = "error", "warning", "note"
SEVERITIES = (ERROR, WARNING, NOTE)

_COMMANDS = {ERROR: "error", WARNING: "warning", NOTE: "notice"}
_IN_MESSAGE = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTY = _IN_MESSAGE | str.maketrans({":": "%3A", ",": "%2C"})


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
    entry: str = ""
    """What to write in a register file to settle it, ready to copy: a comment that names the file, and YAML."""

    def __str__(self) -> str:
        place = f"{self.source}:{self.line}" if self.line else self.source
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}: {self.severity}: {self.message}{hint} [{self.code}]"


def annotation(diagnostic: Diagnostic, folder: str) -> str:
    """A finding as a workflow command, which GitHub shows beside the line of the file; `folder` is that of the minutes.

    The form is that of docs.github.com, "Workflow commands for GitHub Actions"; what has to be escaped, that of
    `command.ts` in actions/toolkit.
    """
    d = diagnostic
    path = f"{folder}/{d.source}" if d.source else ""
    given = {"file": path, "line": str(d.line) if path and d.line else "", "title": d.code}
    properties = ",".join(f"{k}={v.translate(_IN_PROPERTY)}" for k, v in given.items() if v)
    words = " ".join(filter(None, ("" if path else f"{folder}:", d.message, d.hint)))
    words += f"\n{d.entry}" if d.entry else ""
    return f"::{_COMMANDS[d.severity]} {properties}::{words.translate(_IN_MESSAGE)}"


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings without repeats, by file and line, the gravest first where they share a line."""
    return sorted(set(found), key=lambda d: (d.source, d.line, SEVERITIES.index(d.severity), d.code, d.message))

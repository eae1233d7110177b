"""How the parts of this stage say what is wrong with a file."""

from __future__ import annotations

from typing import Protocol


class Say(Protocol):
    """Notes a finding: its code, its severity, the line, what is wrong, what to do."""

    def __call__(self, code: str, severity: str, line: int, message: str, hint: str = "") -> None: ...

"""What the stages of reading hand on to each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from minutebook.diagnostics import Diagnostic
from minutebook.lexicon import Lexicon
from minutebook.model import Block, Document, Minutes


@dataclass(frozen=True)
class Draft:
    """The document, its language's words, and the minutes as far as they are understood."""

    document: Document
    lexicon: Lexicon
    minutes: Minutes

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.minutes.blocks

    def with_(self, **changes: object) -> Draft:
        """The draft with these fields of the minutes changed."""
        return replace(self, minutes=replace(self.minutes, **changes))  # type: ignore[arg-type]

    def taken(self, parts: Mapping[int, tuple[str, str]]) -> Draft:
        """The draft with blocks marked: index -> (what it was taken for, by which rule)."""
        blocks = tuple(
            replace(b, part=parts[i][0], rule=parts[i][1]) if i in parts else b for i, b in enumerate(self.blocks)
        )
        return self.with_(blocks=blocks)

    def say(self, code: str, severity: str, line: int, message: str, hint: str = "") -> Draft:
        """The draft with one more finding."""
        found = Diagnostic(code, severity, self.document.path, line, message, hint)
        return self.with_(diagnostics=(*self.minutes.diagnostics, found))

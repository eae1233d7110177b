"""Why a line of text is no action, no decision and no heading of an item.

Two things are said, and both are found out, not remembered: whether one of the lexicon's words stands at the line's
beginning; and what the line would be if it were written otherwise, for which the file is read again with the line so
written. So there is no second copy of the parser's rules here that could come to say something else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from minutebook.lexicon import Lexicon
from minutebook.model import Block, Minutes
from minutebook.render import reading

MARKED = (("action", "action_markers"), ("decision", "decision_markers"))
"""(part, key of the lexicon) of what a marker sets apart."""

_KINDS = {
    "bullet": "bullet",
    "numbered": "numbered line",
    "row": "row of a table",
    "quote": "quotation",
    "code": "text that was typed to stand as it is",
}
_SHOWN = 6
"""Markers that are named; the others stand in the lexicon."""
_LONGEST = 60
"""Characters of a line that are repeated in what was tried."""


@dataclass(frozen=True)
class Trial:
    """What is needed to find out why."""

    minutes: Minutes
    lexicon: Lexicon
    again: Callable[[int, str], Minutes]
    """Reads the file again with one line (its number) written otherwise."""

    def why(self, number: int) -> list[tuple[str, str]]:
        """(label, sentence) for a line that is plain text; nothing for a line that was taken for more."""
        for block in self.minutes.blocks:
            if block.part == "body" and block.kind not in ("break", "heading") and number in reading.lines(block):
                words = _on_line(block, number)
                said = [(f"no {part}", self._unmarked(part, key, words, number)) for part, key in MARKED]
                return [*said, ("no item", self._no_item(block, words, number))] if words else []
        return []

    def _unmarked(self, part: str, key: str, words: str, number: int) -> str:
        markers = self.lexicon.list(key)
        if not markers:
            return "The lexicon has no markers for it."
        if begun := max((m for m in markers if _begins(words, m)), key=len, default=""):
            rest = words[len(begun) :].lstrip(" :.–—-*")
            said = f"The marker “{begun}” stands at its beginning, but was not enough with what follows."
            return f"{said} {self._tried(part, [f'{begun}: {rest}'], number)}"
        names = ", ".join(f"“{m}”" for m in markers[:_SHOWN])
        more = f" and {len(markers) - _SHOWN} more in the lexicon" if len(markers) > _SHOWN else ""
        said = f"No marker of the lexicon stands at its beginning ({names}{more})."
        return f"{said} {self._tried(part, [f'{markers[0]}: {words}'], number)}"

    def _no_item(self, block: Block, words: str, number: int) -> str:
        items = [i for i in self.minutes.items if self.minutes.blocks[i.heading].ref < block.ref]
        numbers = [int(i.number) for i in items if i.number.isdecimal()]
        following = numbers[-1] + 1 if numbers else 1
        said = f"It is read as a {_KINDS.get(block.kind, block.kind)}."
        return f"{said} {self._tried('item', [f'{following}. {words}', f'## {words}'], number)}"

    def _tried(self, part: str, texts: Sequence[str], number: int) -> str:
        """What becomes of the line if it is written in one of these ways."""
        for text in texts:
            for r in reading.readings(self.again(number, text)).get(number, ()):
                if r.part == part:
                    rule = f" ({r.rule})" if r.rule else ""
                    return f"Written as “{_short(text)}”, it would be: {r.what}{rule}."
        tried = " or ".join(f"“{_short(text)}”" for text in texts)
        return f"Written as {tried}, it would not be one either: its length, or what stands around it, decides."


def _on_line(block: Block, number: int) -> str:
    """The words of a block that stand on one of its lines."""
    start = next((p.offset for p in block.text.pieces if p.line == number), 0)
    end = next((p.offset for p in block.text.pieces if p.offset > start and p.line != number), None)
    return block.text.plain[start:end].strip()


def _begins(words: str, marker: str) -> bool:
    """Whether a text begins with a marker as a word, in whatever case."""
    behind = words[len(marker) : len(marker) + 1]
    return words[: len(marker)].casefold() == marker.casefold() and not behind.isalnum()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip()}…"

"""What the stages of reading hand on to each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from minutebook.diagnostics import Diagnostic
from minutebook.lexicon import Lexicon
from minutebook.model import Block, Document, Minutes, Piece, SourceRef, Text


@dataclass(frozen=True)
class Draft:
    """The document, its language's words, and the minutes as far as they are understood."""

    document: Document
    lexicon: Lexicon
    minutes: Minutes

    @property
    def blocks(self) -> tuple[Block, ...]:
        return self.minutes.blocks

    @property
    def begun(self) -> int:
        """Index of the first block that can hold business: the first item, or what follows the lists of people."""
        items = self.minutes.items
        first = items[0].heading if items else 0
        listed = next((i for i in reversed(range(first)) if self.blocks[i].part == "roll_call"), None)
        return first if listed is None else listed + 1

    def with_(self, **changes: object) -> Draft:
        """The draft with these fields of the minutes changed."""
        return replace(self, minutes=replace(self.minutes, **changes))  # type: ignore[arg-type]

    def taken(self, parts: Mapping[int, tuple[str, str]]) -> Draft:
        """The draft with blocks marked: index -> (what it was taken for, by which rule)."""
        blocks = tuple(
            replace(b, part=parts[i][0], rule=parts[i][1]) if i in parts else b for i, b in enumerate(self.blocks)
        )
        return self.with_(blocks=blocks)

    def parted(self, cuts: Mapping[int, int]) -> tuple[Draft, list[int]]:
        """(the draft with blocks cut in two, the new index of each old block): index -> where its text is cut.

        What stands behind the cut is a paragraph of its own; no word and no sign is lost.
        """
        blocks: list[Block] = []
        moved = []
        for i, block in enumerate(self.blocks):
            moved.append(len(blocks))
            at = cuts.get(i, 0)
            blocks += _cut(block, at) if 0 < at < len(block.text.plain) else [block]
        notes = tuple(replace(n, block=moved[n.block]) for n in self.minutes.notes)
        return self.with_(blocks=tuple(blocks), notes=notes), moved

    def tell(self, findings: Iterable[tuple[str, str, int, str, str]]) -> Draft:
        """The draft with more findings: (code, severity, line, message, hint) of each."""
        found = tuple(Diagnostic(code, how, self.document.path, line, *said) for code, how, line, *said in findings)
        return self.with_(diagnostics=(*self.minutes.diagnostics, *found))

    def say(self, code: str, severity: str, line: int, message: str, hint: str = "") -> Draft:
        """The draft with one more finding."""
        found = Diagnostic(code, severity, self.document.path, line, message, hint)
        return self.with_(diagnostics=(*self.minutes.diagnostics, found))


def _cut(block: Block, at: int) -> list[Block]:
    text = block.text
    line = text.line_at(at)
    head = Text(
        text.plain[:at],
        tuple(replace(m, end=min(m.end, at)) for m in text.marks if m.start < at),
        tuple(p for p in text.pieces if p.offset < at),
    )
    marks = tuple(replace(m, start=max(0, m.start - at), end=m.end - at) for m in text.marks if m.end > at)
    pieces = tuple(Piece(p.offset - at, p.line) for p in text.pieces if p.offset >= at)
    if not pieces or pieces[0].offset > 0:
        pieces = (Piece(0, line), *pieces)
    tail = Text(text.plain[at:], marks, pieces)
    path, last = block.ref.path, block.ref.last_line
    return [
        replace(block, text=head, ref=SourceRef(path, block.ref.first_line, max(p.line for p in head.pieces))),
        replace(block, kind="paragraph", label="", level=0, text=tail, ref=SourceRef(path, line, last)),
    ]

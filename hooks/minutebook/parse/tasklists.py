"""Which blocks stand in a list of actions, and which in a review of earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minutebook.model import Block
from minutebook.parse import labels, sections
from minutebook.parse.draft import Draft


@dataclass(frozen=True)
class Lists:
    """The lists of actions in one file."""

    kinds: Sequence[str]
    """For each block `actions` in a list of actions, `earlier` in a review of earlier ones, else empty."""
    labels: frozenset[int]
    """The blocks that only open such a list."""


def of(draft: Draft) -> Lists:
    """The lists of actions in a draft whose business is known."""
    finder = _Finder(draft)
    kinds = finder.kinds()
    return Lists(kinds, frozenset(finder.labels))


def has_children(blocks: Sequence[Block], i: int) -> bool:
    """Whether a bullet has others below it."""
    below = blocks[i + 1] if i + 1 < len(blocks) else None
    return below is not None and below.kind == "bullet" and below.level > blocks[i].level


class _Finder:
    def __init__(self, draft: Draft) -> None:
        self.blocks, self.lexicon = draft.blocks, draft.lexicon
        self.labels: set[int] = set()

    def kinds(self) -> list[str]:
        """For each block, whether it stands in a list of actions, or in a review of earlier ones."""
        out: list[str] = []
        now, level, label = "", 0, -1
        contents = sections.contents(self.blocks, self.lexicon)
        for i, b in enumerate(self.blocks):
            if i in contents:
                out.append("")
                continue
            if b.part == "roll_call":
                now = ""
            elif (
                label >= 0
                and self.blocks[label].kind == "bullet"
                and b.kind == "bullet"
                and b.level <= self.blocks[label].level
            ):
                now, label = "", -1
            elif b.part == "section" and b.kind != "heading" and (kind := sections.kind(b.text.plain, self.lexicon)):
                now, level, label = kind if kind in ("actions", "earlier") else "", 0, -1
                self.labels.add(i)
            elif b.kind == "heading":
                if not now or not level or b.level <= level:
                    kind = sections.kind(b.text.plain, self.lexicon)
                    now, level, label = kind if kind in ("actions", "earlier") else "", b.level, -1
            elif self._closes(i, level, label):
                now = ""
            elif (
                label >= 0
                and now
                and b.kind == "paragraph"
                and i > label + 1
                and self.blocks[i - 1].kind in ("bullet", "numbered", "row")
            ):
                now = ""  # a list below a label ends with the next paragraph
            if b.kind in ("paragraph", "bullet", "numbered") and b.part == "body" and (kind := self._label(i)):
                now, level, label = kind, 0, i
                self.labels.add(i)
            if now == "actions" and labels.folded(b.text.plain[:40]) in self.lexicon.set("new_labels"):
                self.labels.add(i)
                begun = next((j for j in reversed(range(i)) if out[j] != "actions"), -1)
                out[begun + 1 :] = ["earlier"] * (i - begun - 1)  # what stands above is no longer new
            out.append(now)
        return out

    def _closes(self, i: int, level: int, label: int) -> bool:
        """Whether a block ends a list of actions: an item below a label, a printed rule with no list behind it."""
        b = self.blocks[i]
        if b.part == "item":
            return label >= 0 or (b.kind != "heading" and level == 0)
        last = i + 1 >= len(self.blocks)
        return b.kind == "break" and (last or self.blocks[i + 1].kind in ("heading", "paragraph"))

    def _label(self, i: int) -> str:
        """Whether a line by itself opens a list of actions: "Action items:", in bold or with a colon."""
        block = self.blocks[i]
        plain = block.text.plain.strip()
        if len(plain) > 60:
            return ""
        bold = any(m.kind == "strong" and m.end - m.start >= len(plain) - 2 for m in block.text.marks)
        kind = sections.kind(plain, self.lexicon)
        below = self.blocks[i + 1].kind if i + 1 < len(self.blocks) else ""
        opens = has_children(self.blocks, i) if block.kind == "bullet" else below in ("bullet", "numbered", "row")
        return (
            kind if kind in ("actions", "earlier") and (bold or opens or plain.endswith(":") or plain.isupper()) else ""
        )

"""The business: numbered or headed items, who leads them, and where each begins and ends."""

from __future__ import annotations

import re

from minutebook.model import AgendaItem, Block
from minutebook.parse.draft import Draft

_LONGEST_TITLE = 160
_NUMBER = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})*)[.)]?\s+(?P<title>\S.*)", re.S)
_GAP = 3
"""How many numbers may be missing between two items: minutes leave out what was not discussed."""


def read(draft: Draft) -> Draft:
    """The draft with its items of business."""
    headings = _numbered(draft) or _headed(draft)
    first = min(headings, default=0)
    parts = {
        i: ("item", "numbered heading of business" if number else "heading") for i, (number, _, _) in headings.items()
    }
    items = []
    order = sorted(headings)
    owner = _owner(draft)
    for i, end in zip(order, [*order, len(draft.blocks)][1:], strict=True):
        number, title, level = headings[i]
        owners = []
        for j in range(i + 1, end):
            if not owner.match(draft.blocks[j].text.plain):
                break
            owners.append(j)
            parts[j] = ("owner", "label of an owner below a heading")
        items.append(AgendaItem(number, title, i, end, tuple(owners), level))
    colophon = re.compile(rf"[\W_]*{draft.lexicon.any_of('colophon')}\b", re.I)
    for i, block in enumerate(draft.blocks):
        if i >= first and block.part == "body" and colophon.match(block.text.plain) and len(block.text.plain) < 200:
            parts.setdefault(i, ("colophon", "notice of copyright"))
    return draft.taken(parts).with_(items=tuple(items))


def _owner(draft: Draft) -> re.Pattern[str]:
    """A line that names who leads an item."""
    return re.compile(rf"\s*{draft.lexicon.any_of('owner_labels')}\s*:\s*\S", re.I)


def _numbered(draft: Draft) -> dict[int, tuple[str, str, int]]:
    """Headings with numbers that count up: index -> (number, title, level)."""
    out: dict[int, tuple[str, str, int]] = {}
    owner = _owner(draft)
    at: tuple[int, ...] = (0,)
    for i, block in enumerate(draft.blocks):
        found = _number(block)
        if not found or block.part != "body" or not _is_title(found[1]):
            continue
        number = tuple(map(int, found[0].split(".")))
        next_top = len(number) == 1 and at[0] < number[0] <= at[0] + _GAP
        next_below = len(number) > 1 and number[:-1] == at[: len(number) - 1] and number > at
        led = i + 1 < len(draft.blocks) and owner.match(draft.blocks[i + 1].text.plain)
        if next_top or next_below or led:  # numbers are mistyped; nobody leads a line of a list
            out[i] = (*found, len(number))
            at = number
    return out if any(level == 1 for _, _, level in out.values()) else {}


def _number(block: Block) -> tuple[str, str] | None:
    """(number, title) of a block that begins with a number."""
    if block.kind == "numbered" and block.label[0].isdigit() and block.level == 1:
        return block.label.rstrip(".)"), block.text.plain
    if block.kind in ("heading", "paragraph") and (m := _NUMBER.fullmatch(block.text.plain)):
        whole = block.kind == "heading" or any(
            k.kind == "strong" and k.end - k.start >= len(block.text.plain) - 1 for k in block.text.marks
        )
        return (m["number"], m["title"]) if whole else None
    return None


def _is_title(text: str) -> bool:
    return len(text) <= _LONGEST_TITLE and not text.rstrip().endswith((".", ";", ",")) and len(text.split()) <= 24


def _headed(draft: Draft) -> dict[int, tuple[str, str, int]]:
    """Headings without numbers: those below the roll call, or all but the first, which is the title."""
    blocks = draft.blocks
    behind = max((i for i, b in enumerate(blocks) if b.part == "roll_call"), default=-1)
    found = [i for i, b in enumerate(blocks) if b.kind == "heading" and b.part == "body" and i > behind]
    if behind < 0:
        found = found[1:]
    top = min((blocks[i].level for i in found), default=1)
    return {i: ("", blocks[i].text.plain, blocks[i].level - top + 1) for i in found}

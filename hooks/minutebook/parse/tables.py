"""Tables: their cells, and what the words above their columns say of what stands below."""

from __future__ import annotations

import re
from dataclasses import dataclass

from minutebook.lexicon import Lexicon
from minutebook.model import Block
from minutebook.parse import entries, labels


@dataclass(frozen=True)
class People:
    """A table of people: (block, label, words of one entry) for each, and the index behind its last row."""

    entries: tuple[tuple[int, labels.Label, str], ...]
    end: int


def cells(block: Block) -> list[str]:
    """The texts of a row's cells, in order, the empty ones too."""
    return [text for _, _, text in spans(block)]


def spans(block: Block) -> list[tuple[int, int, str]]:
    """(start, end, text) of each cell of a row, in the row's text."""
    strokes = [m for m in block.text.marks if m.kind == "cell"]
    starts = [0, *(m.end for m in strokes)]
    ends = [*(m.start for m in strokes), len(block.text.plain)]
    out = []
    for a, b in zip(starts, ends, strict=True):
        text = block.text.plain[a:b]
        lead = len(text) - len(text.lstrip())
        out.append((a + lead, a + lead + len(text.strip()), text.strip()))
    return out


def lines(block: Block) -> list[tuple[int, str, int]]:
    """(index of the cell, text, source line) of the lines of a row's cells: a new line may begin within a cell."""
    out = []
    for k, (start, end, _) in enumerate(spans(block)):
        breaks = (m for m in block.text.marks if m.kind == "break" and start < m.start < end)
        edges = [start, *(x for m in breaks for x in (m.start, m.end)), end]
        for a, b in zip(edges[::2], edges[1::2], strict=True):
            if text := block.text.plain[a:b].strip():
                out.append((k, text, block.text.line_at(a)))
    return out


def rows(blocks: tuple[Block, ...], i: int) -> range:
    """The rows of the table that begins at a block; empty where none does."""
    if blocks[i].kind != "row" or (i and blocks[i - 1].kind == "row"):
        return range(0)
    end = i
    while end < len(blocks) and blocks[end].kind == "row":
        end += 1
    return range(i, end)


def columns(block: Block, lexicon: Lexicon) -> dict[str, int]:
    """What the columns of a table hold, by the words of its first row: `name`, `role`, `action`, `due` ... -> index."""
    out: dict[str, int] = {}
    for i, cell in enumerate(cells(block)):
        said = labels.folded(cell)
        for kind in (
            "name",
            "given",
            "family",
            "role",
            "organization",
            "initials",
            "status",
            "action",
            "owner",
            "due",
            "number",
        ):
            if said in lexicon.set(f"columns.{kind}"):
                out.setdefault(kind, i)
    # Of two columns that may say what is to be done, "Item" is the number of the other.
    tasks = [i for i, cell in enumerate(cells(block)) if labels.folded(cell) in lexicon.set("columns.action")]
    sure = [i for i in tasks if labels.folded(cells(block)[i]) not in lexicon.set("columns.number")]
    return {**out, "action": sure[0]} if sure else out


def people(blocks: tuple[Block, ...], i: int, lexicon: Lexicon) -> People | None:
    """The people of the table that begins at a block: a column of names, or a column for each status."""
    table = rows(blocks, i)
    if len(table) < 2:
        return None
    heads = cells(blocks[i])
    if any(labels.folded(h) in lexicon.set("vote_columns") for h in heads):
        return None
    by_status = [labels.of(h, lexicon) for h in heads]
    told = [x for x in by_status if x]
    if len(told) > 1 and all(x or not h for x, h in zip(by_status, heads, strict=True)):
        by_status = [x or next((y for y in reversed(by_status[:k]) if y), None) for k, x in enumerate(by_status)]
    if len(told) > 1 and all(x and x.status not in ("chair", "officer") for x in by_status):
        found = [
            (j, label, text)
            for j in table[1:]
            for k, text, _ in lines(blocks[j])
            if k < len(by_status) and (label := by_status[k])
        ]
        return People(tuple(found), table.stop)
    what = columns(blocks[i], lexicon)
    if "status" not in what and (signs := _signed(blocks, table, lexicon)) is not None:
        what["status"] = signs
    if "given" in what and "family" not in what and "name" in what:
        what["family"] = what.pop("name")  # "Name | Vorname"
    named = "name" in what or {"given", "family"} <= what.keys()
    told_too = {"role", "organization", "status", "initials", "given"} & what.keys()
    if not named or not told_too or "action" in what:
        return None
    out = []
    for j in table[1:]:
        row = cells(blocks[j])
        read = {key: row[k] for key, k in what.items() if k < len(row)}
        name = read.get("name") or f"{read.get('given', '')} {read.get('family', '')}".strip()
        name = entries.turned(name, lexicon)
        if not name or not entries.is_name(entries.bare(name, lexicon), lexicon):
            continue
        said = ", ".join(filter(None, (read.get("role"), read.get("organization"))))
        legend = f" [{read['initials']}]" if read.get("initials") else ""
        sign, _, more = read.get("status", "").partition("(")  # "Ap (proxy: Ann Lee)"
        stand_in = f" ({more}" if lexicon.pattern(r"<<represented_by>>\b", re.I).match(more) else ""
        text = f"{name} ({said}){legend}" if said else f"{name}{legend}"
        out.append((j, _status(sign, lexicon), text + stand_in))
    return People(tuple(out), table.stop) if out else None


def _signed(blocks: tuple[Block, ...], table: range, lexicon: Lexicon) -> int | None:
    """The column that holds nothing but signs of attendance ("P", "Ap", "A"), if one does."""
    signs = frozenset().union(
        *(lexicon.set(f"attendance_signs.{s}") for s in ("present", "apologies", "absent", "in_attendance"))
    )
    read = [cells(blocks[j]) for j in table[1:]]
    for k in range(min(map(len, read))):
        said = [row[k].partition("(")[0].strip(" .").casefold() for row in read]
        given = [s for s in said if s]
        if len(given) > 1 and len(given) * 3 >= len(said) * 2 and all(s in signs for s in given):
            return k
    return None


def signed(sign: str, lexicon: Lexicon) -> labels.Label | None:
    """The label that a sign of attendance stands for ("P", "Ap"); None where it is none."""
    kinds = ("present", "apologies", "absent", "in_attendance")
    known = any(sign.strip(" .").casefold() in lexicon.set(f"attendance_signs.{s}") for s in kinds)
    return _status(sign, lexicon) if known else None


def lasting_signs(blocks: tuple[Block, ...], run: list[int], lexicon: Lexicon) -> bool:
    """Whether the last cell of all rows is a sign of attendance, or empty: a table of people without a head."""
    last = [cells(blocks[k])[-1] for k in run if len(cells(blocks[k])) > 1]
    given = [c for c in last if c]
    return len(last) == len(run) > 1 and len(given) * 2 >= len(last) and all(signed(c, lexicon) for c in given)


def _status(cell: str, lexicon: Lexicon) -> labels.Label:
    """The label that a cell of the column "Attendance" gives: a word of attendance, or a sign for it."""
    said = cell.strip(" .").casefold()
    for status in ("apologies", "absent", "in_attendance", "present"):
        if said in lexicon.set(f"attendance_signs.{status}"):
            return labels.Label(status, cell)
    return labels.of(cell, lexicon) or labels.Label("present", cell)

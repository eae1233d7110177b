"""What the tables hold, in words: the computed parts of the data page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minutebook.publish.tables import SHEETS, TABLES, TYPES, Column, Table


def fragments() -> dict[str, str]:
    """The parts of hand-written pages that list tables and columns: name -> Markdown."""
    return {
        "types": _rows(("Type", "How it is written"), [(name, words) for name, words in TYPES.items()]),
        "csv-columns": "\n\n".join(_table(t, f"`data/{t.name}.csv`, and `{t.name}` in the database") for t in SHEETS),
        "sqlite-columns": "\n\n".join(_table(t, f"`{t.name}` in the database") for t in TABLES if t not in SHEETS),
    }


def _table(table: Table[Any], where: str) -> str:
    """One table below a heading with its name."""
    columns = [(f"`{c.name}`", _type(c), c.description, c.source) for c in table.columns]
    searched = " and ".join(f"`{name}`" for name in table.searched)
    finds = f" The words of {searched} are found with `{table.name}_fts`." if searched else ""
    listed = _rows(("Column", "Type", "What it holds", "Where that comes from"), columns)
    return f"### {table.name}\n\n{where}. A row is {_lower(table.description)}{finds}\n\n{listed}"


def _type(c: Column[Any]) -> str:
    return f"{c.type} of `{c.references}`" if c.references else c.type


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _rows(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))

"""The tables in which the database says what it holds, and under which terms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from minutebook.publish.tables.shape import TYPES, Column, Facts, Table

VERSION = 1
"""Of the tables, as `PRAGMA user_version` has it too: changes when a column changes its meaning or goes."""

Said = tuple[str, str]


def _metadata(f: Facts) -> Iterator[Said]:
    s = f.settings
    yield "name", s.site_name
    yield "address", s.site_url
    yield "licence", s.licence
    yield "licence_url", s.licence_url
    yield "version", str(VERSION)


METADATA = Table[Said](
    "metadata",
    "Something that is said of the whole.",
    (
        Column("name", "text", "`name`, `address`, `licence`, `licence_url`, `version`", "—", lambda f, r: r[0]),
        Column("value", "text", "What it is", "The settings of the site", lambda f, r: r[1] or None),
    ),
    _metadata,
)


def listing(tables: Callable[[], Sequence[Table[Any]]]) -> tuple[Table[Any], Table[Any]]:
    """The tables that list all tables, and all columns; `tables` is called when they are filled."""
    every = Table[Table[Any]](
        "tables",
        "A table of this database.",
        (
            Column("name", "text", "Its name", "This page", lambda f, t: t.name),
            Column("description", "text", "What one of its rows is", "This page", lambda f, t: t.description),
        ),
        lambda f: tables(),
    )
    columns = Table[tuple[Table[Any], Column[Any]]](
        "columns",
        "A column of this database.",
        (
            Column("table_name", "text", "The table", "This page", lambda f, r: r[0].name),
            Column("name", "text", "Its name", "This page", lambda f, r: r[1].name),
            Column("type", "text", "Its type", "This page", lambda f, r: f"{r[1].type}: {TYPES[r[1].type]}"),
            Column("description", "text", "What it holds", "This page", lambda f, r: r[1].description),
            Column("source", "text", "Where that comes from", "This page", lambda f, r: r[1].source),
        ),
        lambda f: ((t, c) for t in tables() for c in t.columns),
    )
    return every, columns

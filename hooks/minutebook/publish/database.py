"""All tables as one SQLite database, made in memory.

The same archive gives the same bytes: nothing in it comes from a clock, rows are written in the order of the archive,
and each index for the full-text search is merged into one part. Two figures in the header depend on the library that
writes: its version (offset 96, "The SQLite Database File Format", section 1.3) is replaced by that of the oldest one
that can read all of this. Another version of SQLite may still lay out pages in another way.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing
from typing import Any

from minutebook.publish.tables import TABLES, VERSION, Column, Facts, Table
from minutebook.publish.tables.shape import NUMBERS

_WORDS = "unicode61 remove_diacritics 2"
"""How the search parts words: by letters and digits of any script, without accents, in either case."""
_OLDEST = 3_027_000
"""SQLite 3.27, the first whose FTS5 knows `remove_diacritics 2`."""
_WRITTEN_BY = 96


def database(facts: Facts) -> bytes:
    """The database of an archive."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("BEGIN")
        for table in TABLES:
            connection.execute(_table(table))
        for table in TABLES:
            _fill(connection, table, facts)
        for table in TABLES:
            _index(connection, table)
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
        connection.execute("VACUUM")
        made = bytearray(connection.serialize())
    struct.pack_into(">I", made, _WRITTEN_BY, _OLDEST)
    return bytes(made)


def _table(table: Table[Any]) -> str:
    columns = ",\n  ".join(_column(c) for c in table.columns)
    return f"CREATE TABLE {table.name} (\n  {columns}\n)"


def _column(c: Column[Any]) -> str:
    """A column's definition. An `id` is the key of its table."""
    key = " PRIMARY KEY NOT NULL" if c.name == "id" else ""
    reference = f" REFERENCES {c.references}(id)" if c.references else ""
    return f"{c.name} {'INTEGER' if c.type in NUMBERS else 'TEXT'}{key}{reference}"


def _fill(connection: sqlite3.Connection, table: Table[Any], facts: Facts) -> None:
    values = [c.value for c in table.columns]
    rows = ([value(facts, row) for value in values] for row in table.rows(facts))
    connection.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(values))})", rows)


def _index(connection: sqlite3.Connection, table: Table[Any]) -> None:
    """What finds rows: by the columns that join or are filtered by, and by words."""
    for c in table.columns:
        if c.indexed:
            connection.execute(f"CREATE INDEX {table.name}_{c.name} ON {table.name}({c.name})")
    if table.searched:
        # With its content in the table itself; by this form of words Datasette knows that the table can be searched.
        name, columns = f"{table.name}_fts", ", ".join(table.searched)
        connection.execute(
            f'CREATE VIRTUAL TABLE {name} USING fts5({columns}, content="{table.name}", tokenize="{_WORDS}")'
        )
        for command in ("rebuild", "optimize"):
            connection.execute(f"INSERT INTO {name}({name}) VALUES ('{command}')")

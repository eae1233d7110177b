"""The archive as tables: each with its rows and its columns, what they hold, and where that comes from.

The one description of them. `sheets` makes CSV files of it, `database` the SQLite file, `describe` the lists on the
data page; a column that is added here is added to all of them.
"""

from __future__ import annotations

from typing import Any

from minutebook.publish.tables.about import METADATA, VERSION, listing
from minutebook.publish.tables.actions import ACTION_NEWS, ACTION_OWNERS, ACTIONS
from minutebook.publish.tables.decisions import DECISION_PEOPLE, DECISIONS
from minutebook.publish.tables.meetings import ATTENDANCE, MEETINGS
from minutebook.publish.tables.people import MEMBERSHIPS, ORGANIZATIONS, PEOPLE
from minutebook.publish.tables.shape import TYPES, Cell, Column, Facts, Table
from minutebook.publish.tables.words import GLOSSARY, ITEMS, MENTIONS, PARAGRAPHS, TOPIC_ITEMS, TOPICS

__all__ = ["SHEETS", "TABLES", "TYPES", "VERSION", "Cell", "Column", "Facts", "Table"]

SHEETS: tuple[Table[Any], ...] = (MEETINGS, ATTENDANCE, ACTIONS, DECISIONS, PEOPLE)
"""Those that are CSV files as well."""

TABLES: tuple[Table[Any], ...] = (
    *SHEETS,
    ACTION_OWNERS,
    ACTION_NEWS,
    DECISION_PEOPLE,
    ORGANIZATIONS,
    MEMBERSHIPS,
    ITEMS,
    PARAGRAPHS,
    MENTIONS,
    TOPICS,
    TOPIC_ITEMS,
    GLOSSARY,
    METADATA,
    *listing(lambda: TABLES),
)
"""All that the database holds."""

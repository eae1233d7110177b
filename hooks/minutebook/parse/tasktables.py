"""Tables of actions: what each row holds, and whether it speaks of an earlier meeting's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from minutebook.lexicon import Lexicon
from minutebook.model import CLOSED, Block
from minutebook.parse import dates, labels, states, tables
from minutebook.parse.draft import Draft

Cell = tuple[int, int, str]
"""Start and end in the row's text, and the words."""
_EMPTY: Cell = (0, 0, "")


@dataclass(frozen=True)
class Row:
    """One row of a table of actions."""

    block: int
    action: Cell
    owner: Cell
    due: Cell
    number: str
    """What the action is called by, as printed."""
    state: str
    """As the row says, or empty."""
    raised: dt.date | None
    """The day of the meeting that it is from."""
    earlier: bool
    """Whether it is from an earlier meeting: by that day, by the heading of the table, or as it is at an end."""


def rows(draft: Draft, table: range, kind: str) -> Iterator[Row]:
    """The rows of a table of actions, and none of another table. `kind` is what the table stands in: a list of
    `actions`, a review of `earlier` ones, or neither."""
    blocks, lexicon = draft.blocks, draft.lexicon
    what = _columns(blocks[table[0]], lexicon)
    heads = {labels.folded(c) for c in tables.cells(blocks[table[0]])}
    business = bool(heads & lexicon.set("columns.discussion"))  # "Topic | Discussion | Action"
    known = {"owner", "due", "name", "progress"} if kind else {"owner", "due", "name"}
    if "action" not in what or not (known & what.keys() or kind or business):
        return
    for i in table[1:]:
        cells = tables.spans(blocks[i])
        row = {key: cells[k] for key, k in what.items() if k < len(cells)}
        action = row.get("action", _EMPTY)
        state = states.of_cell(row.get("progress", _EMPTY)[2], lexicon)
        if not state and (said := states.beside_plain(action[2], lexicon)):
            state = said.state
        raised, when = _day(row.get("raised", _EMPTY)[2], lexicon), draft.minutes.date
        before, now = bool(raised and when and raised < when), bool(raised and raised == when)
        yield Row(
            i,
            action,
            row.get("owner" if "owner" in what else "name", _EMPTY),
            row.get("due", _EMPTY),
            row.get("number", _EMPTY)[2],
            state,
            raised,
            before or (not now and (kind == "earlier" or state in CLOSED or state == "carried_forward")),
        )


def _columns(head: Block, lexicon: Lexicon) -> dict[str, int]:
    """What the columns of a table hold: as `tables.columns`, with those that only tables of actions have."""
    what = tables.columns(head, lexicon)
    taken = {k for key, k in what.items() if key in ("action", "owner", "due", "number")}
    for key in ("progress", "raised"):
        said = [labels.folded(c) in lexicon.set(f"columns.{key}") for c in tables.cells(head)]
        if free := [k for k, told in enumerate(said) if told and k not in taken]:
            what[key] = free[0]
            taken.add(free[0])
    return what


def _day(words: str, lexicon: Lexicon) -> dt.date | None:
    found = next(dates.find(words, lexicon), None) if words else None
    return found.date if found else None

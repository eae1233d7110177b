"""Tables as CSV files that are safe to open in a spreadsheet.

RFC 4180: commas, every cell of words in quotation marks, lines that end in CR LF, a header. In UTF-8 with the mark
U+FEFF in front: without it Excel takes a file that is opened by a double click for one of an older encoding, and shows
"ZoÃ«" (Microsoft's support page "Opening CSV UTF-8 files correctly in Excel"). LibreOffice, pandas and Python's
`utf-8-sig` leave the mark out.

A spreadsheet works out a cell that begins with = + - or @, and may do harm by it (OWASP, "CSV Injection"). As it says
there, such a cell gets an apostrophe in front. Where a list of the system's settings is parted by semicolons, Excel
parts a file there too, and then what follows one begins a cell; so an apostrophe comes behind those as well, and what
would begin another row or cell (a line's end, a tab) is written as a space.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from minutebook.publish.tables import Cell, Facts, Table

MARK = "\ufeff"
SIGNS = "=+\\-@＝＋－＠"
"""What begins a formula, within a class of a pattern: the forms of full width as well, which some versions take so."""
# Spaces, quotation marks and what cannot be seen do not keep a program from looking at what comes behind them; an
# apostrophe that is there already gets another, so that one can be taken away again.
_UNSEEN = "\\s\"'\u00ad\u200b-\u200f\u2060\ufeff"
_FORMULA = re.compile(rf"(^|;)(?=[{_UNSEEN}]*[{SIGNS}])")
_BREAKS = re.compile(r"\r\n|[\x00-\x1f\x7f\x85\u2028\u2029]")


def safe(cell: Cell) -> Cell:
    """A cell that no spreadsheet takes for a formula. Numbers stay, and of words all that are not like one."""
    return _FORMULA.sub(r"\1'", _BREAKS.sub(" ", cell)) if isinstance(cell, str) else cell


def sheet(table: Table[Any], facts: Facts) -> bytes:
    """A table as a CSV file."""
    out = io.StringIO(newline="")
    out.write(MARK)
    write = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    write.writerow(c.name for c in table.columns)
    values = [c.value for c in table.columns]
    for row in table.rows(facts):
        write.writerow([safe(value(facts, row)) for value in values])
    return out.getvalue().encode("utf-8", "replace")

"""Bytes to a `Document`: encoding, line ends, front matter, layout tags, and the damage that a conversion has done.

Pure and total: whatever the bytes are, the result is a document, and what is wrong with them stands in its
diagnostics. An error among them means that nothing should be published from this file before it is mended. Each step
takes one pass over the text; what it changes in the words it notes as a `Change`.
"""

from __future__ import annotations

import hashlib
import re

from minutebook.diagnostics import ERROR, Diagnostic
from minutebook.model import Change, Document, SourceRef
from minutebook.source import characters, decode, joins, layout, matter, pages, spacing
from minutebook.source.decode import LARGEST as LARGEST

SUFFIXES = (".txt", ".md", ".markdown", ".rst", ".tex", ".text")
"""The names of files that are minutes as they stand."""

_LINE_END = re.compile(r"(\r\n|\r|\n|\f)")


def read(data: bytes, path: str) -> Document:
    """Read one file of minutes.

    `data` is its bytes, `path` its place relative to the folder of minutes. Never raises on content.
    """
    digest = hashlib.sha256(data).hexdigest()
    found: list[Diagnostic] = []
    changes: list[Change] = []

    def say(code: str, severity: str, line: int, message: str, hint: str = "") -> None:
        found.append(Diagnostic(code, severity, path, line, message, hint))

    text = decode.text_of(data, say)
    if text is None:
        return Document(path, (), diagnostics=tuple(found), digest=digest)
    parts = _LINE_END.split(text)
    printed = parts[::2]
    fed = {number for number, end in enumerate(parts[1::2], 2) if end == "\f"}
    values, where, first = matter.read(printed, say)
    numbered = [
        (number, characters.printable(raw, SourceRef(path, number, number), changes))
        for number, raw in enumerate(printed[first:], first + 1)
    ]
    lines = layout.read(numbered) if numbered else []
    if not found and not any(line.text for line in lines):
        say(
            "empty",
            ERROR,
            1,
            "There are no minutes in this file.",
            "Put the text of the minutes into it, or delete it.",
        )
    lines, ended = pages.dropped(lines, fed, path, changes)
    lines = spacing.joined(lines, path, changes)
    lines = joins.sentences(lines, ended, path, changes)
    lines = joins.words(lines, path, changes)
    changes.sort(key=lambda c: c.ref)
    return Document(path, tuple(lines), values, where, tuple(changes), tuple(found), digest)

"""Bytes to text: what is no text is an error, what is in another encoding is read and said."""

from __future__ import annotations

from minutebook.diagnostics import ERROR, WARNING
from minutebook.source.say import Say

LARGEST = 5_000_000
"""Bytes. Two hundred times a long day's minutes: more is some other file."""


def text_of(data: bytes, say: Say) -> str | None:
    """The text of the bytes, or None where they are no text."""
    if len(data) > LARGEST:
        say(
            "too-large",
            ERROR,
            1,
            f"This file has {len(data):,} bytes, more than minutes can have.",
            f"Split it, a meeting to a file; the most that is read is {LARGEST:,} bytes.",
        )
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    controls = sum(data.count(bytes([c])) for c in (*range(9), *range(14, 27)))
    if b"\0" in data or controls > len(data) // 50:
        line = data[: data.find(b"\0") + 1].count(b"\n") + 1 if b"\0" in data else 1
        say(
            "binary",
            ERROR,
            line,
            "This is not a text file: it holds bytes that no text has.",
            "Save the minutes as plain text or Markdown, in UTF-8.",
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        say(
            "encoding",
            WARNING,
            line,
            "The file is not in UTF-8 from here on; it was read as Windows-1252.",
            "Look whether names with accents are right, and save the file as UTF-8.",
        )
        return data.decode("cp1252", "replace")

"""The last look at what is published: no file may hold the name of somebody who is removed, in any form."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing

from minutebook.redact.words import Word, Words

_CODE = (".js", ".css", ".map", ".wasm", ".woff2", ".woff", ".ttf", ".png", ".ico", ".svg")
"""Files of the theme and of the search engine, whose words are many a surname: only whole names are looked for."""
_SHORT = 6
"""Letters: in a file that is no text, a shorter surname stands by chance."""
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_SHOWN = re.compile(rb"\(((?:\\.|[^()\\])*)\)", re.S)
"""A string within a page of a PDF."""
_CHUNK = 1 << 16
_DEEPEST = 3
"""Archives within archives."""
_DATABASE = b"SQLite format 3\0"
_CALENDAR = b"BEGIN:VCALENDAR"
_FOLD = re.compile(rb"\r?\n[ \t]")
"""Where a line of a calendar goes on, also in the middle of a word (RFC 5545, section 3.1)."""
_ROWS = 500
"""Rows of a database that are read at once."""


def held(path: str, data: bytes, words: Words) -> list[int]:
    """Which entries of `redactions.yml` a published file goes against, by their place in the list."""
    if not words:
        return []
    found: set[Word] = set(words.found(path))
    for text, plain in _texts(data):
        now = words.found(text)
        if path.lower().endswith(_CODE):
            now = {w for w in now if not w.lone}
        elif not plain:
            now = {w for w in now if not w.lone or len(w.folded) >= _SHORT}
        found |= now
    return sorted({w.entry for w in found})


def _texts(data: bytes, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Everything in a file that can be read, with whether it is text: what is compressed in it, too."""
    if data.startswith(_CALENDAR):
        data = _FOLD.sub(b"", data)
    if depth < _DEEPEST:
        for part in _inside(data):
            yield from _texts(part, depth + 1)
        if data.startswith(_DATABASE) and _only_rows(data):
            return
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", "replace"), True
        return
    text = data.decode("utf-8", "replace")
    yield text, b"\0" not in data[:8192]
    if b"\0" in data:
        for encoding in ("utf-16-be", "utf-16-le"):
            yield data.decode(encoding, "replace"), False
    elif "\ufffd" in text:  # "Zo\xeb", as older programs write it
        yield data.decode("cp1252", "replace"), True


def _inside(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"\x1f\x8b"):
        yield from _unzipped(data)
    elif data.startswith(b"PK\x03\x04"):
        yield from _unpacked(data)
    elif data.startswith(_DATABASE):
        yield from _rows(data)
    elif data.startswith(b"%PDF"):
        for m in _STREAM.finditer(data):
            content = _inflated(m[1], zlib.MAX_WBITS)[0]
            yield content
            yield b"".join(_SHOWN.findall(content))  # "(An) -20 (n Lee)": letters are set apart by their widths


def _unzipped(data: bytes) -> Iterator[bytes]:
    """Every member of a file of gzip, as far as each can be read."""
    while data.startswith(b"\x1f\x8b"):
        content, data = _inflated(data, 16 + zlib.MAX_WBITS)
        yield content
    yield data


def _inflated(data: bytes, bits: int) -> tuple[bytes, bytes]:
    """(what was compressed, as far as it can be read; what stands behind it)."""
    stream, out = zlib.decompressobj(bits), []
    try:
        for at in range(0, len(data), _CHUNK):
            out.append(stream.decompress(data[at : at + _CHUNK]))
            if stream.eof:
                return b"".join(out), stream.unused_data + data[at + _CHUNK :]
    except zlib.error:
        pass  # it only looks compressed, or is cut; its bytes are searched as they are
    return b"".join(out), b""


def _unpacked(data: bytes) -> Iterator[bytes]:
    """The names and the contents of what is packed. One that cannot be read does not hide the others."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return
    with packed:
        yield packed.comment
        for member in packed.infolist():
            yield member.filename.encode("utf-8", "replace")
            yield member.comment
            try:
                yield packed.read(member)
            except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError):
                continue


def _rows(data: bytes) -> Iterator[bytes]:
    """What the rows of a database hold. In the file itself the words of two cells touch each other.

    A figure stands between two cells, so that they are not read as one name.
    """
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.text_factory = bytes
        try:
            connection.deserialize(data)
            tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")
            for (name,) in [(b"sqlite_schema",), *tables.fetchall()]:
                quoted = name.decode().replace('"', '""')
                rows = connection.execute(f'SELECT * FROM "{quoted}"')
                while some := rows.fetchmany(_ROWS):
                    cells = [cell for row in some for cell in row if isinstance(cell, bytes)]
                    yield b"\n0\n".join(cell for cell in cells if b"\0" not in cell)
                    yield from (cell for cell in cells if b"\0" in cell)
        except (sqlite3.Error, UnicodeDecodeError, OverflowError):
            return  # it only looks like one, or is cut; its bytes are searched as they are


def _only_rows(data: bytes) -> bool:
    """Whether a database holds nothing but its rows: no page that was given up, no remains of what was deleted.

    It does not if it is the same when it is written anew, but for what counts how often and by whom that was done
    ("The SQLite Database File Format", section 1.3: bytes 24 to 27, 40 to 43 and 92 to 99).
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        try:
            connection.deserialize(data)
            connection.execute("VACUUM")
            anew = connection.serialize()
        except (sqlite3.Error, OverflowError):
            return False
    same = ((0, 24), (28, 40), (44, 92), (100, max(len(data), len(anew))))
    return all(memoryview(data)[a:b] == memoryview(anew)[a:b] for a, b in same)

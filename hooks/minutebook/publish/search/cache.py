"""What was found out of each page for an earlier index, so that only what changed is looked at again."""

from __future__ import annotations

import sqlite3
import zlib
from pathlib import Path
from types import TracebackType

_NAME = "search.sqlite"
_PATIENCE = 5.0
"""Seconds to wait for another build."""


class Cache:
    """Key -> bytes, in a file of a folder; what nobody asked for is gone at the end.

    A cache that cannot be read or written, as while another build writes it, is none: everything is then found out
    again. What is kept stands behind its checksum, so that a damaged file gives nothing rather than something else.
    """

    def __init__(self, folder: Path | None) -> None:
        self._asked: set[str] = set()
        self._kept: dict[str, bytes] = {}
        self._file = _opened(folder)
        self._writable = True

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._file is None:
            return
        try:
            if kind is None and self._writable:
                there = {key for (key,) in self._file.execute("SELECT key FROM kept")}
                self._file.executemany("DELETE FROM kept WHERE key = ?", [(k,) for k in sorted(there - self._asked)])
                self._file.commit()
        except sqlite3.Error:
            pass
        finally:
            self._file.close()

    def get(self, key: str) -> bytes | None:
        """What was kept under a key, now or by an earlier build."""
        self._asked.add(key)
        if key in self._kept or self._file is None:
            return self._kept.get(key)
        try:
            row = self._file.execute("SELECT data FROM kept WHERE key = ?", (key,)).fetchone()
        except sqlite3.Error:
            return None
        return _unsealed(row[0]) if row else None

    def put(self, key: str, data: bytes) -> None:
        """Keep something."""
        self._asked.add(key)
        if self._file is not None and self._writable:
            try:
                self._file.execute("INSERT OR REPLACE INTO kept VALUES (?, ?)", (key, _sealed(data)))
                return
            except sqlite3.Error:
                self._writable = False  # each further try would wait for the other build again
        self._kept[key] = data


def _sealed(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big") + data


def _unsealed(kept: object) -> bytes | None:
    if not isinstance(kept, bytes) or _sealed(kept[4:]) != kept:
        return None
    return kept[4:]


def _opened(folder: Path | None) -> sqlite3.Connection | None:
    if folder is None:
        return None
    for again in (False, True):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file = sqlite3.connect(folder / _NAME, timeout=_PATIENCE)
            file.execute("PRAGMA secure_delete = ON")  # what a name was removed from is not to stay on the disk
            file.execute("CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID")
        except sqlite3.OperationalError:
            return None  # another build has it, or it may not be written
        except sqlite3.DatabaseError:
            if again:
                return None
            (folder / _NAME).unlink(missing_ok=True)  # not what it should be: begin anew
        except OSError:
            return None
        else:
            return file
    return None

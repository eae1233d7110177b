"""The last look at what is published: no file may hold the name of somebody who is removed, in any form."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from minutebook.redact.words import Word, Words

_CODE = (".js", ".css", ".map", ".wasm", ".woff2", ".woff", ".ttf", ".png", ".ico", ".svg")
"""Files of the theme and of the search engine, whose words are many a surname: only whole names are looked for."""
_SHORT = 6
"""Letters: in a file that is no text, a shorter surname stands by chance."""
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
_DEEPEST = 3
"""Archives within archives."""


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
    if depth < _DEEPEST:
        for part in _inside(data):
            yield from _texts(part, depth + 1)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield data.decode("utf-16", "replace"), True
        return
    yield data.decode("utf-8", "replace"), b"\0" not in data[:8192]
    if b"\0" in data:
        for encoding in ("utf-16-be", "utf-16-le"):
            yield data.decode(encoding, "replace"), False


def _inside(data: bytes) -> Iterator[bytes]:
    try:
        if data.startswith(b"\x1f\x8b"):
            yield gzip.decompress(data)
        elif data.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for name in packed.namelist():
                    yield name.encode()
                    yield packed.read(name)
        elif data.startswith(b"%PDF"):
            for m in _STREAM.finditer(data):
                try:
                    yield zlib.decompress(m[1])
                except zlib.error:
                    continue  # pictures, and what is compressed in another way
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return  # it only looks compressed; its bytes are searched as they are

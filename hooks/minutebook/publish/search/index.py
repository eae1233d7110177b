"""The index that browsers ask, made by Pagefind; the same records give the same files.

Pagefind's own Python interface waits a tenth of a second for each record. So this talks to the same program as that
does, `pagefind --service`: JSON in Base64, a comma after each message, an answer to each question. The files are asked
for and written here: when the program says that it has written them, some are still empty.

Metadata and filters are CBOR behind twelve bytes of heading, compressed with gzip. The program keeps filters in hash
maps, so their order, and with it names and bytes of files, differs between two runs over the same records. They are put
in order here, and named by what they hold.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import cbor2
from pagefind.service import get_executable

from minutebook.publish.search.records import Record, WrittenPage

FOLDER = "pagefind"
_ENTRY = "pagefind-entry.json"
_HEADING = b"pagefind_dcd"
_OWN_INTERFACES = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""What Pagefind brings besides: interfaces of its own, which our pages do not load."""

Files = dict[str, bytes]
"""Path below the folder of the index -> what the file holds."""


def write(records: Iterable[Record], pages: Iterable[WrittenPage], language: str, site: Path) -> None:
    """Write the index of a finished site into its folder `pagefind`; nothing of an earlier one stays.

    `language` is ISO 639-1. RuntimeError, in plain words, where Pagefind is missing or refuses.
    """
    files = made(records, pages, language)
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    for path, data in files.items():
        (site / FOLDER / path).parent.mkdir(parents=True, exist_ok=True)
        (site / FOLDER / path).write_bytes(data)


def made(records: Iterable[Record], pages: Iterable[WrittenPage], language: str) -> Files:
    """The files of an index. RuntimeError as of `write`."""
    try:
        with _service() as ask:
            index = ask(type="NewIndex", config={})["index_id"]
            for r in records:
                ask(type="AddRecord", index_id=index, **_record(r, language))
            for p in pages:
                ask(type="AddFile", index_id=index, url=p.address or "/", file_contents=_html(p, language))
            found = ask(type="GetFiles", index_id=index)["files"]
    except OSError as error:  # it cannot be started, or went away
        raise RuntimeError(
            f"Pagefind's program does not run: {error.strerror}. Install `pagefind[bin]` again."
        ) from error
    files = {f["path"]: base64.b64decode(f["content"]) for f in found if not f["path"].startswith(_OWN_INTERFACES)}
    return _settled(files)


def _record(r: Record, language: str) -> dict[str, object]:
    return {
        "url": r.address,
        "content": r.content or r.meta.get("title") or r.address,  # without a word there would be no page
        "language": language,
        "meta": dict(r.meta),
        "filters": dict(r.filters),
        "sort": {"date": r.date or "0"},  # without one it would be left out of a sorted list
    }


def _html(page: WrittenPage, language: str) -> str:
    head = f'<html lang="{escape(language)}"><head><title>{escape(page.title)}</title></head>'
    # Once one page has it, Pagefind reads only pages that do.
    body = '<body data-pagefind-body data-pagefind-filter="kind:page"><i data-pagefind-sort="date:0"></i>'
    return f"{head}{body}{page.html}</body></html>"


@contextmanager
def _service() -> Iterator[Any]:
    """A function that asks the program one thing and gives its answer."""
    program = get_executable()
    if program is None:
        raise RuntimeError("Pagefind's program is not there: install `pagefind[bin]`, or put `pagefind` on the PATH.")
    process = subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    asked = 0

    def ask(**payload: object) -> dict[str, Any]:
        nonlocal asked
        assert process.stdin and process.stdout
        asked += 1
        message = json.dumps({"message_id": asked, "payload": payload})
        process.stdin.write(base64.b64encode(message.encode()) + b",")
        process.stdin.flush()
        said = [b""]
        while not said[-1].endswith(b","):
            said.append(os.read(process.stdout.fileno(), 1 << 20))
            if not said[-1]:
                raise RuntimeError("Pagefind stopped before the index was made.")
        answer: dict[str, Any] = json.loads(base64.b64decode(b"".join(said)[:-1]))["payload"]
        if answer["type"] == "Error":
            raise RuntimeError(f"Pagefind refused to index {payload.get('url', 'the site')}: {answer['message']}")
        return answer

    with process:
        try:
            yield ask
        finally:
            process.terminate()


def _settled(files: Files) -> Files:
    """The files with filters in order; these, and the metadata that list them, named by what they hold."""
    out = dict(files)
    entry = json.loads(out[_ENTRY])
    for code, language in entry["languages"].items():
        meta = _read(out.pop(f"pagefind.{language['hash']}.pf_meta"))
        for name_and_hash in meta[3]:
            name, values = _read(out.pop(f"filter/{name_and_hash[1]}.pf_filter"))
            name_and_hash[1], data = _named(code, [name, sorted(values)])
            out[f"filter/{name_and_hash[1]}.pf_filter"] = data
        meta[3].sort()
        language["hash"], data = _named(code, meta)
        out[f"pagefind.{language['hash']}.pf_meta"] = data
    out[_ENTRY] = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return out


def _read(data: bytes) -> Any:
    raw = gzip.decompress(data)
    if not raw.startswith(_HEADING):
        raise RuntimeError("Pagefind's files are not of the kind that this version of Minutebook knows.")
    return cbor2.loads(raw[len(_HEADING) :])


def _named(code: str, value: object) -> tuple[str, bytes]:
    """(what to call a file that holds a value, the file's bytes)."""
    raw = _HEADING + cbor2.dumps(value)
    return f"{code}_{hashlib.sha256(raw).hexdigest()[:10]}", gzip.compress(raw, mtime=0)

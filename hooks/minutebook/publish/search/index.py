"""The index that browsers ask, written by Pagefind; the same records give the same files.

Pagefind's own Python interface waits a tenth of a second for each record. So this talks to the same program as that
does, `pagefind --service`: JSON in Base64, a comma after each message, an answer to each question.

Files: https://pagefind.app/docs/ describes what a browser fetches. Metadata and filters are CBOR behind twelve bytes of
heading, compressed with gzip. The program keeps filters in hash maps, so their order, and with it names and bytes of
files, differs between two runs over the same records. They are put in order here, and named by what they hold.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import cbor2
from pagefind.service import get_executable

from minutebook.publish.search.records import Record, WrittenPage

FOLDER = "pagefind"
_HEADING = b"pagefind_dcd"
_OWN_INTERFACES = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""What Pagefind writes besides: interfaces of its own, which our pages do not load."""


def write(records: Iterable[Record], pages: Iterable[WrittenPage], language: str, site: Path) -> None:
    """Write the index of a finished site into its folder `pagefind`; nothing of an earlier one stays.

    `language` is ISO 639-1. RuntimeError, in plain words, where Pagefind is missing or refuses.
    """
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / FOLDER
        with _service() as ask:
            index = ask(type="NewIndex", config={})["index_id"]
            for r in records:
                ask(type="AddRecord", index_id=index, **_record(r, language))
            for p in pages:
                ask(type="AddFile", index_id=index, url=p.address or "/", file_contents=_html(p, language))
            ask(type="WriteFiles", index_id=index, output_path=str(made))
        for file in made.iterdir():
            if file.name.startswith(_OWN_INTERFACES):
                file.unlink()
        _settle(made)
        out = site / FOLDER
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(made, out)


def _record(r: Record, language: str) -> dict[str, object]:
    return {
        "url": r.address,
        "content": r.content or r.meta["title"],  # without a word there would be no page
        "language": language,
        "meta": dict(r.meta),
        "filters": dict(r.filters),
        "sort": {"date": r.date or "0"},  # without one it would be left out of a sorted list
    }


def _html(page: WrittenPage, language: str) -> str:
    head = f'<html lang="{escape(language)}"><head><title>{escape(page.title)}</title></head>'
    body = '<body data-pagefind-filter="kind:page"><i data-pagefind-sort="date:0"></i>'
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
        said = b""
        while not said.endswith(b","):
            if not (more := os.read(process.stdout.fileno(), 1 << 16)):
                raise RuntimeError("Pagefind stopped before the index was written.")
            said += more
        answer: dict[str, Any] = json.loads(base64.b64decode(said[:-1]))["payload"]
        if answer["type"] == "Error":
            raise RuntimeError(f"Pagefind refused to index {payload.get('url', 'the site')}: {answer['message']}")
        return answer

    with process:
        try:
            yield ask
        finally:
            process.terminate()


def _settle(made: Path) -> None:
    """Put filters in order and name them, and the metadata that list them, by what they hold."""
    entry_file = made / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text("utf-8"))
    for code, language in entry["languages"].items():
        meta_file = made / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(meta_file)
        filters = meta[3]
        for name_and_hash in filters:
            file = made / "filter" / f"{name_and_hash[1]}.pf_filter"
            name, values = _read(file)
            file.unlink()
            name_and_hash[1] = _write(made / "filter", f"{code}_", ".pf_filter", [name, sorted(values)])
        filters.sort()
        meta_file.unlink()
        language["hash"] = _write(made, f"pagefind.{code}_", ".pf_meta", meta).removeprefix("pagefind.")
    entry_file.write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True), "utf-8")


def _read(file: Path) -> Any:
    data = gzip.decompress(file.read_bytes())
    if not data.startswith(_HEADING):
        raise RuntimeError(f"Pagefind's {file.name} is not of the kind that this version of Minutebook knows.")
    return cbor2.loads(data[len(_HEADING) :])


def _write(folder: Path, start: str, end: str, value: object) -> str:
    """Write a value; the name of its file, without `end`."""
    data = _HEADING + cbor2.dumps(value)
    name = f"{start}{hashlib.sha256(data).hexdigest()[:10]}"
    (folder / f"{name}{end}").write_bytes(gzip.compress(data, mtime=0))
    return name

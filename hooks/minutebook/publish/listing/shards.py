"""Rows as files: shards of columns, chunks of rows, stretches of words, and the manifest that lists them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeVar

from minutebook.model import Archive
from minutebook.publish.listing.entries import Entry, Facet, Listing, Value, listings
from minutebook.publish.listing.words import index, pages
from minutebook.publish.words import FOLD

FORMAT = 1
SHARD = 10_000
CHUNK = 50
LINES = 200
"""Of the CSV file, in a file."""

Json = dict[str, object]
T = TypeVar("T")


def files(archive: Archive, sheets: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path -> bytes of every file of every list. A list without rows has none.

    `sheets` are the CSV files of the same archive, by path, from which downloads take their lines.
    """
    out: dict[str, bytes] = {}
    for listing in listings(archive):
        if not listing.entries:
            continue
        header, *lines = (f"{x}\r\n" for x in sheets[f"data/{listing.name}.csv"].decode().split("\r\n")[:-1])
        lines.reverse()  # the file begins with the newest
        shards = []
        for n, entries in enumerate(_cut(listing.entries, SHARD)):
            made, starts = shard(entries, archive, [f.name for f in listing.facets])
            theirs = lines[n * SHARD : (n + 1) * SHARD]
            made |= {f"lines-{k}.json": _bytes(cut) for k, cut in enumerate(_cut(theirs, LINES))}
            digest = hashlib.sha256(b"".join(made[name] for name in sorted(made))).hexdigest()[:12]
            out |= {f"{listing.name}/data/{digest}/{name}": data for name, data in made.items()}
            shards.append([len(entries), digest, starts])
        out[f"{listing.name}/data/manifest.json"] = _bytes(manifest(listing, archive, header, shards))
    return out


def manifest(listing: Listing, archive: Archive, header: str, shards: Sequence[object]) -> Json:
    """What a browser reads first. `shards` are [rows, folder, first words of its files of words], the oldest first."""
    meetings = list({e.meeting.id: e.meeting for e in listing.entries}.values())
    bodies = sorted({(m.body, archive.organization[m.body].name) for m in meetings}, key=lambda v: (v[1], v[0]))
    years = sorted({m.date.year for m in meetings}, reverse=True)
    fixed = {"body": bodies, "year": [(str(y), str(y)) for y in years]}
    return {
        "format": FORMAT,
        "noun": listing.noun,
        "count": len(listing.entries),
        "chunk": CHUNK,
        "lines": LINES,
        "header": header,
        "fold": FOLD,
        "facets": [_facet(f, fixed.get(f.name, f.options)) for f in listing.facets],
        **({"past": listing.past} if listing.past else {}),
        "shards": shards,
    }


def _facet(f: Facet, options: Sequence[Value]) -> Json:
    groups = {"groups": f.groups} if f.groups else {}
    return {"name": f.name, "label": f.label, "any": f.any, "kind": f.kind, "options": options, **groups}


def shard(entries: Sequence[Entry], archive: Archive, facets: Sequence[str]) -> tuple[dict[str, bytes], list[str]]:
    """(the files of one shard by name, the first word of each of its files of words)."""
    out = {"columns.json": _bytes(columns(entries, facets))}
    for k, rows in enumerate(_cut(entries, CHUNK)):
        out[f"rows-{k}.json"] = _bytes(chunk(rows, archive))
    cut = pages(index(e.text for e in entries))
    out |= {f"words-{k}.json": _bytes(page) for k, (_, page) in enumerate(cut)}
    return out, [first for first, _ in cut]


def columns(entries: Sequence[Entry], facets: Sequence[str]) -> Json:
    """What filters and sorts look at.

    `meetings` are [date, body, how many rows in a run are its], in the order of the rows. A facet has its `values`,
    [id, name], and for each row the place of its value there, a list of places, or null; body and year are those of the
    meeting. `due` and `heard` are days after the meeting, or null.
    """
    meetings = [[str(m.date), m.body, len(list(run))] for m, run in groupby(e.meeting for e in entries)]
    named = [name for name in facets if name not in ("body", "year")]
    dated = {
        "due": [_days(e.meeting.date, e.due) for e in entries],
        "heard": [_days(e.meeting.date, e.heard) for e in entries],
    }
    return {
        "meetings": meetings,
        "facets": {name: _column([e.facets.get(name, ()) for e in entries]) for name in named},
        **{name: days for name, days in dated.items() if any(d is not None for d in days)},
    }


def _column(rows: Sequence[Sequence[Value]]) -> Json:
    values = sorted({v for row in rows for v in row})
    places = {v: k for k, v in enumerate(values)}
    return {"values": values, "rows": [_one([places[v] for v in dict.fromkeys(row)]) for row in rows]}


def _one(places: list[int]) -> object:
    return places if len(places) > 1 else places[0] if places else None


def _days(since: dt.date, until: dt.date | None) -> int | None:
    return (until - since).days if until else None


def chunk(entries: Sequence[Entry], archive: Archive) -> Json:
    """Rows as they are shown: `meetings` are [id, date, body's name], and each of `rows` says with `m` which is its."""
    meetings = {e.meeting.id: e.meeting for e in entries}
    places = {id_: k for k, id_ in enumerate(meetings)}
    return {
        "meetings": [[m.id, str(m.date), archive.organization[m.body].name] for m in meetings.values()],
        "rows": [{"m": places[e.meeting.id], **e.shown} for e in entries],
    }


def _cut(entries: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (entries[at : at + size] for at in range(0, len(entries), size))


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

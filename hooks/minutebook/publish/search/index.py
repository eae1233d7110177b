"""The index that browsers ask: static files, of which one fetches only the few that its question needs.

Records are numbered: those of meetings from the oldest on, then people, organisations, topics and sections of pages
written by hand. Below `search/data/` stand

    manifest.json             what there is, and the first key of each file of the next three kinds
    <digest>/columns.json     what every record is of: meeting, date, body, kind (`rows.Columns`)
    <digest>/words-<k>.json   a stretch of the words, each with its records and its weight in them (`postings.weighed`)
    <digest>/pairs-<k>.json   a stretch of the pairs of words that stand side by side, for phrases (`postings.plain`)
    <digest>/facets-<k>.json  a stretch of the people, organisations, topics and bodies, likewise
    <digest>/places/<n>.json  what is shown of the records of a meeting, or of some profiles (`rows.Rows`)

The folder is named by what is in it, so a browser may keep its files for ever; only the manifest has a name that stays.
A question costs the files of its words: about one each, whatever else the archive holds. What grows with the archive is
the manifest (by 12 bytes for 40 kB of words), the columns (by 10 bytes for a meeting), and what a word that stands in
many records has to say of each (less than half a byte, compressed).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from minutebook.publish import words as letters
from minutebook.publish.search import pieces, rows
from minutebook.publish.search import terms as weights
from minutebook.publish.search.cache import Cache
from minutebook.publish.search.kin import kin
from minutebook.publish.search.postings import IMPACT, Entry, Postings, pages, plain, weighed
from minutebook.publish.search.records import Group
from minutebook.publish.search.terms import terms
from minutebook.publish.words import FOLD, coded, folded

FORMAT = 1
FOLDER = "search/data"
_AT_ONCE = 2_000
"""Pages whose words are held in memory at once; for more of them the words are gone through in several stretches."""

MAKERS = (weights.__file__, pieces.__file__, letters.__file__)
"""What finds out the words of a page, besides Python's letters: where it was changed, what was kept is out of date."""

Stretch = tuple[str, str]
"""From which key on, and below which; an empty one is none."""


def write(
    groups: Iterable[Group],
    language: str,
    stop_words: Sequence[str],
    site: Path,
    cache: Path | None,
    *,
    titles: Sequence[str] = (),
) -> None:
    """Write the index of a finished site below it; nothing of an earlier one stays.

    `groups` come in the order of their records. `language` is ISO 639-1; `stop_words` are words that a question is not
    about, `titles` what stands in front of names. `cache` is a folder in which what was found out of each page is kept
    for the next time. OSError.
    """
    folder = site / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    out = _Out(folder / "new")
    columns, facets, keys = rows.Columns(), Postings(), list[str]()
    first = 0
    with Cache(cache) as kept:
        starts, maker = [], _maker()
        for file in rows.files(groups):
            out.put(f"places/{file.name}", file.as_json())
            for group in file.groups:
                columns.add(group)
                _facets(group, first, facets)
                keys.append(_learnt(group, maker, kept))
                starts.append(first)
                first += len(group.records)
        out.put("columns", columns.as_json())
        found = {"facets": out.pages("facets", plain(facets)), **_words(keys, starts, language, kept, out)}
    digest = out.named()
    manifest = {
        "format": FORMAT,
        "folder": digest,
        "count": first,
        "chunk": rows.CHUNK,
        "fold": FOLD,
        "stop": sorted({w for phrase in stop_words for w in folded(phrase)}),
        "titles": sorted({w for title in titles for w in folded(title)}.difference(*map(folded, stop_words))),
        **{name: _firsts(keys_) for name, keys_ in found.items()},
    }
    (folder / "manifest.json").write_bytes(_bytes(manifest))


def _facets(group: Group, first: int, facets: Postings) -> None:
    for n, r in enumerate(group.records):
        for facet, values in r.facets.items():
            for key in dict.fromkeys(" ".join([facet, *folded(value)]) for value in values):
                facets.add(key, [first + n])


# --- words ---------------------------------------------------------------------------------------------------------


def _maker() -> str:
    """What tells one way of finding out words from another."""
    code = b"".join(Path(file).read_bytes() for file in MAKERS)
    return f"{unicodedata.unidata_version} {hashlib.sha256(code).hexdigest()}"


def _learnt(group: Group, maker: str, kept: Cache) -> str:
    """The key under which the words of a page are kept, found out if they were not."""
    key = hashlib.sha256(f"{FORMAT} {maker} {group!r}".encode("utf-8", "replace")).hexdigest()
    if kept.get(key) is None:
        words: dict[str, list[int]] = {}
        pairs: dict[str, list[int]] = {}
        accents: dict[str, str] = {}
        for n, r in enumerate(group.records):
            found = terms(r.title, r.text)
            for word, impact in found.words.items():
                words.setdefault(word, []).append(n * IMPACT + impact)
            for pair in found.pairs:
                pairs.setdefault(pair, []).append(n)
            accents |= found.accents
        kept.put(key, zlib.compress(_bytes([words, pairs, accents]), 1))
    return key


def _words(keys: Sequence[str], starts: Sequence[int], language: str, kept: Cache, out: _Out) -> dict[str, list[str]]:
    """Write the files of words and of pairs: the first key of each."""
    firsts: dict[str, list[str]] = {"words": [], "pairs": []}
    family = kin(*_vocabulary(keys, kept), language)  # of all words: forms of one may stand in two stretches
    for stretch in _stretches(keys, kept):
        words, pairs = _gathered(keys, starts, stretch, kept)
        for name, found in (("words", weighed(words, family)), ("pairs", plain(pairs))):
            firsts[name] += out.pages(name, found, len(firsts[name]))
    return firsts


def _kept(key: str, kept: Cache) -> tuple[dict[str, list[int]], dict[str, list[int]], dict[str, str]]:
    """(words, pairs, accents) of a page, as `_learnt` has kept them."""
    data = kept.get(key)
    assert data is not None
    words, pairs, accents = json.loads(zlib.decompress(data))
    return words, pairs, accents


def _vocabulary(keys: Sequence[str], kept: Cache) -> tuple[set[str], dict[str, str]]:
    """(words, accents) of all pages."""
    words, accents = set[str](), dict[str, str]()
    for key in keys:
        theirs, _, written = _kept(key, kept)
        words |= theirs.keys()
        accents |= written
    return words, accents


def _gathered(keys: Sequence[str], starts: Sequence[int], stretch: Stretch, kept: Cache) -> tuple[Postings, Postings]:
    """(words, pairs) of every page, of one stretch of the alphabet."""
    low, high = stretch
    words, pairs = Postings(), Postings()
    for key, start in zip(keys, starts, strict=True):
        theirs, beside, _ = _kept(key, kept)
        for word, found in theirs.items():
            if low <= word and (not high or word < high):
                words.add(word, [n + start * IMPACT for n in found])
        for pair, found in beside.items():
            if low <= pair and (not high or pair < high):
                pairs.add(pair, [n + start for n in found])
    return words, pairs


def _stretches(keys: Sequence[str], kept: Cache) -> list[Stretch]:
    """The alphabet in as many stretches as there are `_AT_ONCE` pages, each with about as many pairs of words."""
    parts = -(-len(keys) // _AT_ONCE)
    if parts < 2:
        return [("", "")]
    some = keys[:: max(1, len(keys) // 200)]
    sample = sorted(pair for key in some for pair in _kept(key, kept)[1])
    cuts = [sample[len(sample) * k // parts].split(" ")[0] for k in range(1, parts)]
    edges = ["", *sorted(set(cuts) - {""}), ""]
    return list(pairwise(edges))


# --- files ---------------------------------------------------------------------------------------------------------


@dataclass
class _Out:
    """A folder that is named, when all is in it, by what it holds."""

    folder: Path
    _hash: Any = field(default_factory=hashlib.sha256)

    def put(self, name: str, value: object) -> None:
        path, data = self.folder / f"{name}.json", _bytes(value)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        self._hash.update(f"{name} {len(data)} ".encode() + data)

    def pages(self, name: str, entries: Iterable[tuple[str, Entry]], first: int = 0) -> list[str]:
        """Write entries as numbered files; the first key of each."""
        firsts: list[str] = []
        for key, page in pages(entries):
            self.put(f"{name}-{first + len(firsts)}", page)
            firsts.append(key)
        return firsts

    def named(self) -> str:
        digest: str = self._hash.hexdigest()[:12]
        self.folder.rename(self.folder.with_name(digest))
        return digest


def _firsts(keys: Sequence[str]) -> list[str]:
    """The keys, each coded behind the one before."""
    return [coded(key, before) for before, key in zip(["", *keys], keys, strict=False)]


def _bytes(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()

"""Numbers that stay: of a meeting's items, paragraphs, actions and decisions.

A corrected edition is laid beside the list of hashes that the ledger kept of the last one. What is the same keeps its
number; what was changed in place keeps it too; what was put in between paragraphs gets a letter, as in statutes (3.2A);
what is new at the end gets the next number; a number that was withdrawn is not given again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count

from minutebook import names
from minutebook.model import Minutes, paragraph_anchor
from minutebook.resolve.addresses import Ledger, slug

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WITHDRAWN = "-"
"""Before the mark of a number that was given once, and stands for nothing any more."""


@dataclass(frozen=True)
class Numbers:
    """What a meeting's parts are called."""

    items: tuple[str, ...]
    paragraphs: Mapping[int, str]
    actions: tuple[str, ...]
    decisions: tuple[str, ...]
    withdrawn: tuple[str, ...]


def number(minutes: Minutes, address: str, ledger: Ledger) -> Numbers:
    """Number one meeting's parts, and note the numbers in the ledger."""
    items, gone_items = _items(minutes, address, ledger)
    paragraphs, gone_paragraphs = _paragraphs(minutes, items, address, ledger)
    actions, gone_actions = _listed("action", [a.text for a in minutes.actions], address, ledger)
    decisions, gone_decisions = _listed("decision", [d.text for d in minutes.decisions], address, ledger)
    return Numbers(
        items, paragraphs, actions, decisions, (*gone_items, *gone_paragraphs, *gone_actions, *gone_decisions)
    )


def fingerprint(text: str) -> str:
    """Twelve hexadecimal figures: six of all the words, three of the first five, three of the last five.

    Case and punctuation do not count. The ends tell a text that was edited from another that was put beside it.
    """
    words = names.comparable(text)
    ends = " ".join(words.split(" ", 5)[:5]), " ".join(words.rsplit(" ", 5)[-5:])
    return _hash(words)[:6] + _hash(ends[0])[:3] + _hash(ends[1])[:3]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def alike(a: str, b: str) -> bool:
    """Whether two fingerprints share one of their ends: of a text and its corrected edition."""
    return a[6:9] == b[6:9] or a[9:] == b[9:]


def align(old: Sequence[tuple[str, str]], new: Sequence[str], fresh: Fresh) -> tuple[list[str], list[tuple[str, str]]]:
    """(numbers of the new, (number, mark) of what is withdrawn).

    `old` are (number, mark) in the order of the last edition: a fingerprint, behind the sign WITHDRAWN where the number
    stood for nothing any more. `new` are the fingerprints of this edition. `fresh` makes a number from the one before
    it, from whether an older one follows, and from all ever given.
    """
    if not old:
        return [str(n) for n in range(1, len(new) + 1)], []
    given = Given(n for n, _ in old)
    standing = [(n, mark) for n, mark in old if not mark.startswith(WITHDRAWN)]
    withdrawn = [(n, mark[len(WITHDRAWN) :]) for n, mark in old if mark.startswith(WITHDRAWN)]
    numbers = _known(standing, withdrawn, new)
    given.live.update(n for n in numbers if n is not None)
    last_known = max((i for i, n in enumerate(numbers) if n is not None), default=-1)
    out: list[str] = []
    for i, n in enumerate(numbers):
        if n is None:
            n = fresh(out[-1] if out else "0", i < last_known, given)
            given.add(n)
            given.live.add(n)
        out.append(n)
    gone = [(n, f"{WITHDRAWN}{mark}") for n, mark in (*withdrawn, *standing) if n not in given.live]
    return out, gone


def _known(
    standing: Sequence[tuple[str, str]], withdrawn: Sequence[tuple[str, str]], new: Sequence[str]
) -> list[str | None]:
    """The number that each of the new had before, if it had one.

    First what stands unchanged in its order; then what was moved, or withdrawn and brought back, unchanged; then what
    was changed in its place: as much as is like it, and the rest only where nothing was put in or taken out there.
    """
    numbers: list[str | None] = [None] * len(new)
    if not standing and not withdrawn:
        return numbers
    codes = SequenceMatcher(None, [mark for _, mark in standing], list(new), autojunk=False).get_opcodes()
    for _, a, b, c, d in (code for code in codes if code[0] == "equal"):
        numbers[c:d] = [n for n, _ in standing[a:b]]
    used = {n for n in numbers if n is not None}
    elsewhere: dict[str, list[str]] = {}
    for n, mark in (*standing, *withdrawn):
        if n not in used:
            elsewhere.setdefault(mark, []).append(n)
    for k, mark in enumerate(new):
        if numbers[k] is None and elsewhere.get(mark):
            number = numbers[k] = elsewhere[mark].pop(0)
            used.add(number)
    for _, a, b, c, d in (code for code in codes if code[0] == "replace"):
        free = [(n, mark) for n, mark in standing[a:b] if n not in used]
        for k in range(c, d):
            match = next((i for i, (_, mark) in enumerate(free) if alike(mark, new[k])), None)
            if numbers[k] is None and match is not None:
                numbers[k] = free[match][0]
                free = free[match + 1 :] if match else free[1:]
        places = [k for k in range(c, d) if numbers[k] is None]
        if len(places) == len(free):
            for k, (n, _) in zip(places, free, strict=True):
                numbers[k] = n
    return numbers


class Given:
    """All numbers that were ever given, those that still stand, and the highest of them without its letters."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self.all: set[str] = set()
        self.live: set[str] = set()
        self.highest = 0
        for n in numbers:
            self.add(n)

    def add(self, number: str) -> None:
        self.all.add(number)
        if m := re.match(r"\d+", number):
            self.highest = max(self.highest, int(m.group()))


Fresh = Callable[[str, bool, Given], str]


def _next(before: str, followed: bool, given: Given) -> str:
    return str(given.highest + 1)


def _between(before: str, followed: bool, given: Given) -> str:
    """Behind 2 comes 2A, then 2B. Between 2A and 2B comes 2AA, and between 2 and 2A comes 2ZA, as in statutes."""
    if not followed:
        return _next(before, followed, given)
    base = before.rstrip(LETTERS)
    letters = before[len(base) :]
    if len(letters) < 2:
        for letter in LETTERS[LETTERS.index(letters) + 1 if letters else 0 :]:
            if f"{base}{letter}" in given.live:
                break  # it stands further on: something must go before it
            if f"{base}{letter}" not in given.all:
                return f"{base}{letter}"
    stem = before if letters else f"{before}Z"
    tails = (f"{'Z' * n}{letter}" for n in count() for letter in LETTERS[:-1])
    return next(f"{stem}{tail}" for tail in tails if f"{stem}{tail}" not in given.all)


def _items(minutes: Minutes, address: str, ledger: Ledger) -> tuple[tuple[str, ...], list[str]]:
    entries = sorted(ledger.anchors("item", address), key=lambda e: int(e.detail) if e.detail.isdigit() else 0)
    old = {e.address.partition("#item-")[2]: e.key for e in entries}
    standing = [(key, mark) for key, mark in old.items() if not mark.startswith(WITHDRAWN)]
    withdrawn = [(key, mark[len(WITHDRAWN) :]) for key, mark in old.items() if mark.startswith(WITHDRAWN)]
    titles = [fingerprint(item.title) for item in minutes.items]
    keys: list[str] = []
    known = _known(standing, withdrawn, titles)
    for place, (item, title, key) in enumerate(zip(minutes.items, titles, known, strict=True), 1):
        if key is None:
            wanted = slug(item.number.replace(".", "-")) if item.number else str(place)
            free = (f"{wanted}-{n}" if n > 1 else wanted for n in count(1))
            key = next(k for k in free if k not in old and k not in keys)
        keys.append(key)
        ledger.record("item", f"{address}#item-{key}", title, str(place))
    given = set(keys)
    gone = [(key, mark) for key, mark in (*standing, *withdrawn) if key not in given]
    for key, mark in gone:
        ledger.record("item", f"{address}#item-{key}", WITHDRAWN + mark)
    return tuple(keys), [f"item-{key}" for key, _ in gone]


def _paragraphs(
    minutes: Minutes, items: tuple[str, ...], address: str, ledger: Ledger
) -> tuple[dict[int, str], list[str]]:
    old: dict[str, list[tuple[str, str]]] = {}
    for entry in ledger.anchors("paragraphs", address):
        for part in entry.detail.split():
            label, _, mark = part.partition(":")
            item, _, n = label.rpartition(".")
            old.setdefault(item, []).append((n, mark))
    blocks: dict[str, list[int]] = {item: [] for item in old}
    for i in range(len(minutes.blocks)):
        if is_paragraph(minutes, i):
            at = minutes.item_of(i)
            blocks.setdefault(items[at] if at is not None else "0", []).append(i)
    out: dict[int, str] = {}
    withdrawn: list[str] = []
    listed: list[str] = []
    for item, indices in blocks.items():
        marks = [fingerprint(minutes.blocks[i].text.plain) for i in indices]
        numbers, gone = align(old.get(item, []), marks, _between)
        out |= {i: f"{item}.{n}" for i, n in zip(indices, numbers, strict=True)}
        withdrawn += [paragraph_anchor(f"{item}.{n}") for n, _ in gone]
        listed += [f"{item}.{n}:{m}" for n, m in (*zip(numbers, marks, strict=True), *gone)]
    if listed:
        ledger.record("paragraphs", f"{address}#paragraphs", "", " ".join(listed))
    return dict(sorted(out.items())), withdrawn


def is_paragraph(minutes: Minutes, index: int) -> bool:
    """Whether a block is a numbered paragraph: running text of the business, or of what stands before it."""
    block = minutes.blocks[index]
    return block.part == "body" and block.kind not in ("heading", "break")


def _listed(kind: str, texts: list[str], address: str, ledger: Ledger) -> tuple[tuple[str, ...], list[str]]:
    # The detail is the place on the page, which numbers stop telling once something was put in between.
    entries = sorted(ledger.anchors(kind, address), key=lambda e: int(e.detail) if e.detail.isdigit() else 0)
    old = [(e.address.partition(f"#{kind}-")[2], e.key) for e in entries]
    marks = [fingerprint(t) for t in texts]
    numbers, gone = align(old, marks, _next)
    for place, (n, mark) in enumerate(zip(numbers, marks, strict=True), 1):
        ledger.record(kind, f"{address}#{kind}-{n}", mark, str(place))
    for n, mark in gone:
        ledger.record(kind, f"{address}#{kind}-{n}", mark)
    return tuple(numbers), [f"{kind}-{n}" for n, _ in gone]

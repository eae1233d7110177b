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
from minutebook.model import Minutes
from minutebook.resolve.addresses import Ledger, slug

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WITHDRAWN = "-"
"""The mark of a number that was given once, and stands for nothing any more."""


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


def anchor(paragraph: str) -> str:
    """The anchor of a paragraph's number: "3.2A" -> "p-3-2a"."""
    return "p-" + paragraph.lower().replace(".", "-")


def fingerprint(text: str) -> str:
    """Six hexadecimal figures that stay the same while only case and punctuation change."""
    return hashlib.sha256(names.key(text).encode()).hexdigest()[:6]


def align(old: Sequence[tuple[str, str]], new: Sequence[str], fresh: Fresh) -> tuple[list[str], list[str]]:
    """(numbers of the new, numbers that are withdrawn).

    `old` are (number, fingerprint or WITHDRAWN) in the order of the last edition, `new` the fingerprints of this one.
    `fresh` makes a number from the one before it, from whether an older one follows, and from all ever given.
    """
    given = Given(n for n, _ in old)
    withdrawn = [n for n, mark in old if mark == WITHDRAWN]
    old = [(n, mark) for n, mark in old if mark != WITHDRAWN]
    numbers = _known(old, new)
    withdrawn += [n for n, _ in old if n not in numbers]
    given.live.update(n for n in numbers if n is not None)
    last_known = max((i for i, n in enumerate(numbers) if n is not None), default=-1)
    out: list[str] = []
    for i, n in enumerate(numbers):
        if n is None:
            n = fresh(out[-1] if out else "0", i < last_known, given)
            given.add(n)
            given.live.add(n)
        out.append(n)
    return out, withdrawn


def _known(old: Sequence[tuple[str, str]], new: Sequence[str]) -> list[str | None]:
    """The number that each of the new had before, if it had one.

    First what stands unchanged in its order, then what was moved unchanged, then what was changed in its place.
    """
    numbers: list[str | None] = [None] * len(new)
    codes = SequenceMatcher(None, [mark for _, mark in old], list(new), autojunk=False).get_opcodes()
    for _, a, b, c, d in (code for code in codes if code[0] == "equal"):
        numbers[c:d] = [n for n, _ in old[a:b]]
    used = {n for n in numbers if n is not None}
    moved: dict[str, list[str]] = {}
    for n, mark in old:
        if n not in used:
            moved.setdefault(mark, []).append(n)
    for k, mark in enumerate(new):
        if numbers[k] is None and moved.get(mark):
            numbers[k] = moved[mark].pop(0)
            used.add(numbers[k] or "")
    for _, a, b, c, d in (code for code in codes if code[0] == "replace"):
        free = [n for n, _ in old[a:b] if n not in used]
        places = [k for k in range(c, d) if numbers[k] is None]
        for k, n in zip(places, free, strict=False):
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
    old = {e.address.partition("#item-")[2]: e.key for e in ledger.anchors("item", address)}
    by_title: dict[str, list[str]] = {}
    for key, title in old.items():
        by_title.setdefault(title, []).append(key)
    titles = [fingerprint(item.title) for item in minutes.items]
    standing = set(titles)
    keys: dict[str, None] = {}
    for i, (item, title) in enumerate(zip(minutes.items, titles, strict=True), 1):
        wanted = slug(item.number.replace(".", "-")) if item.number else str(i)
        known = [k for k in by_title.get(title, []) if k not in keys]
        key, n = (wanted if wanted in known else known[0]) if known else wanted, 1
        while not known and (key in keys or old.get(key) in standing - {title} or old.get(key) == WITHDRAWN):
            n += 1
            key = f"{wanted}-{n}"
        keys[key] = None
        ledger.record("item", f"{address}#item-{key}", title)
    gone = [k for k in old if k not in keys]
    for k in gone:
        ledger.record("item", f"{address}#item-{k}", WITHDRAWN)
    return tuple(keys), [f"item-{k}" for k in gone]


def _paragraphs(
    minutes: Minutes, items: tuple[str, ...], address: str, ledger: Ledger
) -> tuple[dict[int, str], list[str]]:
    old: dict[str, list[tuple[str, str]]] = {}
    for entry in ledger.anchors("paragraphs", address):
        for part in entry.detail.split():
            label, _, mark = part.partition(":")
            item, _, n = label.rpartition(".")
            old.setdefault(item, []).append((n, mark))
    blocks: dict[str, list[int]] = {}
    for i in range(len(minutes.blocks)):
        if is_paragraph(minutes, i):
            at = minutes.item_of(i)
            blocks.setdefault(items[at] if at is not None else "0", []).append(i)
    out: dict[int, str] = {}
    withdrawn = [f"{item}.{n}" for item in old if item not in blocks for n, _ in old[item]]
    listed: list[str] = []
    for item, indices in blocks.items():
        marks = [fingerprint(minutes.blocks[i].text.plain) for i in indices]
        numbers, gone = align(old.get(item, []), marks, _between)
        withdrawn += [f"{item}.{n}" for n in gone]
        out |= {i: f"{item}.{n}" for i, n in zip(indices, numbers, strict=True)}
        listed += [f"{item}.{n}:{m}" for n, m in zip(numbers, marks, strict=True)]
    listed += [f"{label}:{WITHDRAWN}" for label in withdrawn]
    if listed:
        ledger.record("paragraphs", f"{address}#paragraphs", "", " ".join(listed))
    return out, [anchor(p) for p in withdrawn]


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
    for n in gone:
        ledger.record(kind, f"{address}#{kind}-{n}", WITHDRAWN)
    return tuple(numbers), [f"{kind}-{n}" for n in gone]

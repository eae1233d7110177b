"""Terms: the list of those that a meeting uses, and what the glossary shows of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from minutebook import names
from minutebook.model import Archive, GlossaryEntry, Meeting, paragraph_anchor
from minutebook.render.page import day

SHOWN = 3
"""Meetings that the glossary names of all that use a term, the newest."""


@dataclass(frozen=True)
class Explained:
    """A term of one meeting, with what it means there and where that is said."""

    term: str
    meaning: str
    anchor: str
    """On the meeting's page; empty where the text leads to an organisation's page instead."""
    address: str = ""
    """The organisation's page."""
    here: bool = True
    where: str = ""
    """The place in words; empty where the register explains the term."""
    page: str = ""
    at: str = ""


def explained(archive: Archive, m: Meeting) -> list[Explained]:
    """The terms of a meeting's page by letter: all that are words only, and organisations that it does not explain."""
    lines: dict[str, int] = {}
    for d in reversed(m.minutes.definitions):
        lines[names.singular(d.term)] = d.ref.first_line
    out: dict[str, Explained] = {}
    taken: set[str] = set()
    for x in m.mentions:
        word = names.singular(x.text)
        if not x.term and not (x.organization and x.explained):
            continue
        anchor, address, meaning = names.term_anchor(x.text), "", x.term
        if x.organization:
            organization = archive.organization[x.organization]
            anchor, address, meaning = "", organization.address, organization.name
        where = page = at = ""
        if x.explained:
            other = archive.meeting[x.explained]
            where, page = day(other.date), other.address
            at = next((place(other, d.ref.first_line)[0] for d in other.minutes.definitions if _is(d.term, word)), "")
        elif word in lines and not x.rule.endswith(".yml"):
            (at, where), page = place(m, lines[word]), m.address
        if word not in out:
            # Of two terms with one anchor ("LA", "La") only the first can have it.
            anchor = "" if anchor in taken else anchor
            taken.add(anchor)
            out[word] = Explained(x.text, meaning, anchor, address, page == m.address, where, page, at)
    return [out[word] for word in sorted(out, key=lambda w: (names.key(w), w))]


def _is(term: str, word: str) -> bool:
    return names.singular(term) == word


def place(m: Meeting, line: int) -> tuple[str, str]:
    """(anchor, words) of the place on a meeting's page where a line of its file stands."""
    blocks = m.minutes.blocks
    i = bisect_right(blocks, line, key=lambda b: b.ref.first_line) - 1
    if i >= 0 and i in m.paragraphs:
        return paragraph_anchor(m.paragraphs[i]), f"paragraph {m.paragraphs[i]}"
    for kind, number, block in (
        *(("action", a.number, a.action.block) for a in m.actions),
        *(("decision", d.number, d.decision.block) for d in m.decisions),
    ):
        if block == i:
            return f"{kind}-{number}", f"{kind} {number}"
    for item in m.items:
        if item.item.heading == i:
            return f"item-{item.key}", f"item {item.item.number or item.item.title}"
    in_lists = i >= 0 and blocks[i].part in ("header", "roll_call") and bool(m.minutes.attendance)
    return ("attendance", "the attendance") if in_lists else ("", "these minutes")


def anchors(entries: Sequence[GlossaryEntry]) -> dict[tuple[str, str], str]:
    """(term, meaning) -> the entry's anchor; of several entries of one term the first has it."""
    out: dict[str, tuple[str, str]] = {}
    for e in entries:
        out.setdefault(names.term_anchor(e.term), (e.term, e.meaning))
    return {entry: anchor for anchor, entry in out.items()}


def defined(archive: Archive, e: GlossaryEntry) -> tuple[Meeting, str] | None:
    """(the meeting that explains a term first, the anchor there); None where none does."""
    if not e.defined:
        return None
    m = archive.meeting[e.defined[0][0]]
    return m, place(m, e.defined[0][1])[0]


def newest(archive: Archive, e: GlossaryEntry) -> tuple[list[Meeting], int]:
    """(the newest meetings that use a term, how many more do)."""
    used = sorted({m for m, _ in e.uses}, key=lambda m: (archive.meeting[m].date, m), reverse=True)
    return [archive.meeting[m] for m in used[:SHOWN]], len(used[SHOWN:])

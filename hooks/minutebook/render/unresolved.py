"""The page of what was not understood, or is linked to nobody: with file and line, and with what would settle it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from minutebook.diagnostics import ERROR, NOTE, WARNING, Diagnostic
from minutebook.model import Archive, Candidate, Meeting, Settings, paragraph_anchor
from minutebook.render.page import Sheet, write


@dataclass(frozen=True)
class Open:
    """A form of words that is linked to nobody in one meeting, with all places where it stands."""

    text: str
    rule: str
    candidates: tuple[Candidate, ...]
    remedy: str
    places: tuple[tuple[int, str], ...]
    """(source line, anchor on the meeting's page)."""


WHO = ("namesakes", "name-forms", "near-names", "two-meanings")
"""Findings about who is who, and what is meant, that have a part of the page of their own."""

NOTES = 300
"""How many notes the page shows; each stands on its meeting's page as well."""


def pages(archive: Archive, settings: Settings) -> list[Sheet]:
    """What was not understood, by file and line; with the entry of the register that would settle it."""
    of_source: dict[str, list[Diagnostic]] = defaultdict(list)
    for d in archive.diagnostics:
        if d.code not in (*WHO, "unlinked"):
            of_source[d.source].append(d)
    address = {m.minutes.source: m for m in archive.meetings}
    kinds = {
        s: [(source, [d for d in found if d.severity == s]) for source, found in of_source.items()]
        for s in (ERROR, WARNING)
    }
    notes = [d for found in of_source.values() for d in found if d.severity == NOTE]
    shown: dict[str, list[Diagnostic]] = defaultdict(list)
    for d in notes[:NOTES]:
        shown[d.source].append(d)
    kinds[NOTE] = list(shown.items())
    still = [(m, found) for m in archive.meetings if (found := _open(m))]
    return [
        write(
            archive,
            "unresolved",
            "unresolved/",
            "What was not understood",
            tab="about/",
            pages=address,
            open=still,
            total=sum(len(o.places) for _, found in still for o in found),
            who=[d for d in archive.diagnostics if d.code in WHO],
            more=max(0, len(notes) - NOTES),
            kinds={s: [(source, found) for source, found in groups if found] for s, groups in kinds.items()},
            description="What was found in these minutes and not understood, or not linked, with file and line.",
        )
    ]


def _open(m: Meeting) -> list[Open]:
    """What one meeting names and is linked to nobody, each form of words once."""
    groups: dict[tuple[str, str, tuple[Candidate, ...], str], list[tuple[int, str]]] = defaultdict(list)
    for x in m.mentions:
        if not x.resolved:
            number, item = m.paragraphs.get(x.block), m.minutes.item_of(x.block)
            anchor = paragraph_anchor(number) if number else f"item-{m.items[item].key}" if item is not None else ""
            groups[x.text, x.rule, x.candidates, x.remedy].append((x.line, anchor))
    return [Open(*key, tuple(dict.fromkeys(places))) for key, places in groups.items()]

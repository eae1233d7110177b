"""One `Document` to one `Minutes`: what a single file says, and nothing that takes another file to know.

The stages stand in `STAGES`, in the order in which they run; each takes the draft and gives back a fuller one. They
never raise on content, and they lose nothing: the blocks of the result hold every word of the document, in order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from minutebook import lexicon
from minutebook.model import Document, Minutes
from minutebook.parse import (
    actions,
    agenda,
    blocks,
    decisions,
    definitions,
    divisions,
    header,
    notes,
    overrides,
    reports,
    rollcall,
)
from minutebook.parse.draft import Draft


@dataclass(frozen=True)
class Stage:
    """One step of reading: a name to speak of it, and what it does."""

    name: str
    run: Callable[[Draft], Draft]


STAGES = (
    Stage("blocks", blocks.split),
    Stage("notes", notes.find),  # before the roll call, which a note may stand in the middle of
    Stage("roll call", rollcall.read),
    Stage("agenda", agenda.read),
    Stage("header", header.read),  # what stands before both
    Stage("definitions", definitions.find),
    Stage("actions", actions.find),
    Stage("decisions", decisions.find),
    Stage("divisions", divisions.read),  # who moved, and how the vote went
    Stage("reports", reports.find),  # of what is neither: what is said of earlier actions
    Stage("overrides", overrides.apply),  # last: what a person wrote stands above what was read
)


def parse(document: Document, language: str = "en") -> Minutes:
    """Understand one document as far as it can be by itself; never raises on content.

    It is read in its own language, where front matter (`lang`) or its words say which that is, else in `language`.
    """
    own = language_of(document, language)
    draft = Draft(
        document,
        lexicon.load(own),
        Minutes(
            document.path,
            document.digest,
            language=own,
            changes=document.changes,
            front_matter=document.front_matter,
            diagnostics=document.diagnostics,
        ),
    )
    for stage in STAGES:
        draft = stage.run(draft)
    return draft.minutes


def language_of(document: Document, default: str) -> str:
    """The code of the language that a document is written in."""
    for key in ("lang", "language"):
        said = str(document.front_matter.get(key) or "").casefold()[:2]
        if said in lexicon.languages():
            return said
    return lexicon.detect("\n".join(line.text for line in document.lines[:400]), default)

"""Editorial notes: a later hand in the minutes, told by the date that it sets behind its words in brackets."""

from __future__ import annotations

import re

from minutebook.diagnostics import NOTE
from minutebook.model import EditorialNote
from minutebook.parse.draft import Draft


def find(draft: Draft) -> Draft:
    """The draft with its editorial notes."""
    months = "|".join(sorted(map(re.escape, draft.lexicon.months), key=len, reverse=True))
    dated = re.compile(rf"\[(?P<added>(?:\d{{1,2}}\s+)?(?:{months})\.?\s+\d{{4}})\]\s*$", re.I)
    revision = draft.lexicon.pattern(r"\b<<revision_words>>\b", re.I)
    found, parts = [], {}
    for i, block in enumerate(draft.blocks):
        if block.kind in ("paragraph", "quote") and (m := dated.search(block.text.plain)):
            revises = bool(revision.search(block.text.plain))
            found.append(EditorialNote(block.text.plain, m["added"], revises, i, block.ref))
            parts[i] = ("note", "ends with a month in square brackets")
    draft = draft.taken(parts).with_(notes=tuple(found))
    return draft.tell(
        ("editorial-note", NOTE, n.ref.first_line, f"Taken for an editorial note of {n.added}.", "") for n in found
    )

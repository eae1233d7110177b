"""Decisions: resolutions and agreements that a marker at the start of a line sets apart."""

from __future__ import annotations

import re

from minutebook.model import Decision
from minutebook.parse.draft import Draft


def find(draft: Draft) -> Draft:
    """The draft with its decisions: "Decision: ...", "RESOLVED that ..."."""
    markers = draft.lexicon.any_of("decision_markers")
    marker = re.compile(
        rf"(?P<word>{markers})(?:\s+(?:no\.?\s*)?\d[\w./-]*)?(?:\s*:\s*|\s+[–—-]\s+|\s+(?P<that>that|to)\s+)(?=\S)"
    )
    first = draft.minutes.items[0].heading if draft.minutes.items else 0
    found, parts = [], {}
    for i, block in enumerate(draft.blocks):
        if i < first or block.part != "body" or block.kind in ("heading", "code", "break"):
            continue
        m = marker.match(block.text.plain)
        if m and (not m["that"] or m["word"].isupper()):  # "Agreed to ..." in prose is not set apart; "AGREED to" is
            rule = "a marker with a sign behind it" if not m["that"] else "a marker in capitals"
            found.append(Decision(block.text.plain[m.end() :].strip(), i, block.ref, rule))
            parts[i] = ("decision", rule)
    return draft.taken(parts).with_(decisions=tuple(found))

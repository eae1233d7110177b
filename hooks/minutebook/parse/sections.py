"""What a heading is about: business, or a part that only holds or lists things ("Agenda", "Action items", "Links")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from minutebook.lexicon import Lexicon, load
from minutebook.model import Block
from minutebook.parse import dates, labels, numbers

CLOCK = re.compile(r"^\s*\d{1,2}[:.h]\d{2}(?:\s*[–-]\s*\d{1,2}[:.h]\d{2})?(?:\s*(?:Uhr|[ap]m))?\s*[:–-]?\s+")
"""The time at which an item was called, in front of its title."""

_LONGEST = 120
"""Characters: no heading of a part that only holds others is longer."""

KINDS = ("actions", "outcomes", "toc", "links", "annex", "meta", "holder")
"""`actions` lists what is to be done, `outcomes` what was decided, `toc` what stands below, `links` papers, `annex` is
no part of the minutes, `meta` says when and where, `holder` only holds the business."""


def kind(title: str, lexicon: Lexicon) -> str:
    """What a heading's words say of the section below it; empty for business. `earlier` for a review of actions."""
    return _kind(title, lexicon.language) if len(title) <= _LONGEST else ""


def contents(blocks: Sequence[Block], lexicon: Lexicon) -> frozenset[int]:
    """The blocks that list what stands below, "Contents": their words label nothing."""
    out = set[int]()
    for i, b in enumerate(blocks):
        if b.kind in ("heading", "paragraph") and kind(b.text.plain, lexicon) == "toc":
            j = i + 1
            while j < len(blocks) and blocks[j].kind in ("bullet", "numbered"):
                out.add(j)
                j += 1
    return frozenset(out)


@lru_cache(maxsize=65536)
def _kind(title: str, language: str) -> str:
    lexicon = load(language)
    title = CLOCK.sub("", title)
    number = numbers.read(title, lexicon)
    said = labels.folded(title[number.end :] if number else title)
    found = next(dates.find(title[:60], lexicon), None)
    if found and found.start < 12 and len(title.split()) < 16:
        return "meta"  # a heading that is the day of the meeting
    if not said or len(said) > 90:
        return ""
    if said in lexicon.set("sections.earlier") or _is_review(said, lexicon):
        return "earlier"
    for one in KINDS:
        if said in lexicon.set(f"sections.{one}"):
            return one
    if all(p in lexicon.set("sections.holder") | lexicon.set("meeting_of") for p in re.split(r"\s*/\s*", said)):
        return "holder"  # "Minutes / Discussion"
    parts = lexicon.pattern(r"\s*[/&+]\s*|\s+<<joins>>\s+").split(said)
    tasks = lexicon.set("sections.actions") | lexicon.set("sections.outcomes")
    if len(parts) == 2 and tasks.issuperset(parts):
        return "actions"  # "Actions/Resolutions", "Decisions and actions"
    if set(said.replace("&", " and ").replace("/", " ").split()) <= lexicon.set("meta_words"):
        return "meta"
    said = re.sub(r"\s+\d+$", "", said)  # "Actions 47"
    if said in lexicon.set("sections.actions"):
        return "actions"
    for one in ("actions", "outcomes", "annex"):
        # "Annex A: the accounts" is one; "Action: the Clerk to ..." is an action.
        sign = r"\s*[:–-]|" if one == "annex" else ""
        if lexicon.pattern(rf"<<sections.{one}>>(?:{sign}\s+<<section_joins>>\b)").match(said):
            return one
    return ""


def _is_review(said: str, lexicon: Lexicon) -> bool:
    """Whether words speak of actions of earlier meetings, and not of their minutes as well."""
    actions = lexicon.pattern(r"\b<<action_nouns>>\b").search(said)
    earlier = lexicon.pattern(r"\b<<earlier_words>>\b").search(said)
    return bool(
        actions and earlier and len(said.split()) < 8 and not lexicon.pattern(r"\b<<minutes_words>>\b").search(said)
    )

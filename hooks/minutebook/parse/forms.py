"""Forms that some minutes use for actions and for nothing else: a name in capitals, an asterisk, a handle with a colon.

Told by being used more than once, and for tasks: "Omar to merge" once in a discussion is no action.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from minutebook.model import Text
from minutebook.parse.draft import Draft
from minutebook.parse.owners import Owners, phrase

Place = tuple[int, int, int]
"""A stretch of a block: its index, and where the words begin and end."""

_HANDLE = re.compile(r"@[\w-]+(?:\s*[,&]\s*@[\w-]+)*\s*:\s+\S")
_ASTERISK = re.compile(r"(?:^|(?<=[.;:!?]\s))\*\s?(?=[^\W\d_])[^*]*?(?:[.!?](?=\s|$)|$)")
_FEWEST_BULLETS = 3


def systematic(draft: Draft, owners: Owners, where: Sequence[int]) -> Iterator[tuple[int, int, int, str]]:
    """(block, start, end, form) of each action that a form of these minutes stands for, in the blocks given."""
    forms: Mapping[str, list[Place]] = {
        "bullets": _bullets(draft, owners, where),
        "handle": [(i, 0, len(_text(draft, i).plain)) for i in where if _HANDLE.match(_text(draft, i).plain)],
        "asterisk": _asterisks(draft, owners, where),
        "capitals": _capitals(draft, owners, where),
        "bold": _marked(draft, owners, where, "strong"),
        "italics": _marked(draft, owners, where, "em"),
    }
    for form, places in forms.items():
        if len(places) > 1:
            yield from ((*place, form) for place in places)


def _text(draft: Draft, i: int) -> Text:
    return draft.blocks[i].text


def _bullets(draft: Draft, owners: Owners, where: Sequence[int]) -> list[Place]:
    """Bullets, where nearly all of them begin with somebody of these minutes and what they are "to" do."""
    bullets = [i for i in where if draft.blocks[i].kind == "bullet"]
    tasks = [i for i in bullets if _is_task(_text(draft, i).plain, owners)]
    if len(tasks) < _FEWEST_BULLETS or len(tasks) * 10 < len(bullets) * 9:
        return []
    return [(i, 0, len(_text(draft, i).plain)) for i in tasks]


def _is_task(plain: str, owners: Owners) -> bool:
    who = phrase(plain, owners.lexicon)
    said = plain[len(who) :].split()[:1]
    return bool(who) and said[0] in owners.lexicon.set("task_particles") and owners.is_somebody(who)


def _asterisks(draft: Draft, owners: Owners, where: Sequence[int]) -> list[Place]:
    """Sentences behind an asterisk, where half of them at least say who is to do something."""
    found = [(i, m.start() + 1, m.end()) for i in where for m in _ASTERISK.finditer(_text(draft, i).plain)]
    told = sum(1 for i, start, end in found if owners.of(_text(draft, i).plain, i, start, end).spans)
    return found if told * 2 >= len(found) else []


def _capitals(draft: Draft, owners: Owners, where: Sequence[int]) -> list[Place]:
    """Sentences that begin with a name in capitals; not where initials are how these minutes call people."""
    lexicon = draft.lexicon
    name = r"[A-Z]{2,}(?:(?:\s*[,/&]\s*|\s+(?:<<joins>>\s+)?)[A-Z]{2,})*"
    task = lexicon.pattern(rf"(?:^|(?<=[.;:!?]\s)|(?<=\s[–-]\s))(?P<who>{name})\s+(?:<<obligations>>)\s[^.]*\.?")
    initials = {a.initials for a in draft.minutes.people}
    found = []
    for i in where:
        for m in task.finditer(_text(draft, i).plain):
            if not owners.is_somebody(m["who"]) or m["who"].casefold() in lexicon.set("short_organization_nouns"):
                continue
            if m["who"].split()[0].strip(",/&") in initials:
                return []
            found.append((i, m.start(), m.end()))
    return found


def _marked(draft: Draft, owners: Owners, where: Sequence[int], kind: str) -> list[Place]:
    """Bold words, or italic ones, that begin with whoever is to do something."""
    found = []
    for i in where:
        text = _text(draft, i)
        for mark in text.marks:
            who = phrase(text.plain[mark.start : mark.end], owners.lexicon) if mark.kind == kind else ""
            if who and owners.is_somebody(who, alone=kind == "em"):
                found.append((i, mark.start, mark.end))
    return found

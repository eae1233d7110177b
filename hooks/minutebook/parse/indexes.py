"""What a list of decisions repeats: the index that minutes print of the resolutions in their text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from minutebook.model import Decision

LISTED = "a line of a list of decisions"
"""The rule of decisions that stand in such a list."""
_ALIKE = 0.8
"""The part of the shorter one's words that two decisions share if one says the other again."""
_FEWEST = 3
"""Words that a decision must have to be known again by them, small ones left out."""
_SMALL = 3
_NEAR = 400
"""Decisions of the text that a line of a list is compared with."""


def once(found: Sequence[Decision], titles: Mapping[int, str]) -> list[Decision]:
    """The decisions without those that a list only says again, wherever it stands, and without repeats in one block.

    What stands in the text stays: there a reader sees how it came about. `titles` has the title of the item in which
    the block of each decision stands: an index may name a decision by that.
    """
    told = [(_words(d.text), d) for d in found if d.rule != LISTED][:_NEAR]
    out: list[Decision] = []
    listed = set[frozenset[str]]()
    later = {_words(d.text): d.block for d in found if d.block in titles}
    for d in found:
        if d.block not in titles and later.get(_words(d.text), -1) > d.block:
            continue  # a summary in front of the business says it first
        if d.rule == LISTED:
            words = _words(d.text)
            named = {_words(titles[o.block]) for _, o in told if titles.get(o.block)}
            if words in listed or words in named or any(o.block != d.block and _again(words, w) for w, o in told):
                continue
            listed.add(words)
        elif any(d.block == o.block and (d.text in o.text or o.text in d.text) for o in out[-3:]):
            continue
        out.append(d)
    return out


def _words(text: str) -> frozenset[str]:
    words = re.findall(r"\w+", text.casefold())
    return frozenset(w for w in words if len(w) > _SMALL or w.isdigit()) or frozenset(words)


def _again(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two decisions are one. Figures tell apart what is else alike: "close issue 12", "close issue 13"."""
    shorter = min(len(one), len(other))
    figures = {w for w in one ^ other if w.isdigit()}
    both = bool(figures & one) and bool(figures & other)
    return shorter >= min(_FEWEST, len(one)) and not both and len(one & other) >= _ALIKE * shorter

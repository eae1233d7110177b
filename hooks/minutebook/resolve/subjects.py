"""Topics: what the archive is about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Meeting, Topic
from minutebook.resolve.addresses import Ledger, slug


def is_procedural(title: str, lexicon: Lexicon) -> bool:
    """Whether every meeting has an item like this: "Welcome from the Chair"."""
    return bool(_procedural(lexicon.list("procedural_items")).fullmatch(names.key(title)))


@cache
def _procedural(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(re.escape(names.key(p)) for p in phrases)})(?: (?:from|by|and|of) .*)?")


def topics(meetings: Sequence[Meeting], lexicon: Lexicon, ledger: Ledger) -> tuple[Topic, ...]:
    """The topics: for now the titles of the items that are not procedure, from the oldest meeting on."""
    groups: dict[str, list[tuple[Meeting, int]]] = defaultdict(list)
    for m in meetings:
        for i, item in enumerate(m.items):
            if not is_procedural(item.item.title, lexicon) and names.key(item.item.title):
                groups[names.key(item.item.title)].append((m, i))
    out = []
    # A topic that was published under its title has its page before a new title can be taken for a corrected one.
    for key, found in sorted(groups.items(), key=lambda g: not ledger.knows("topic", g[0])):
        first, i = found[0]
        name, place = first.items[i].item.title, f"{first.id}#item-{first.items[i].key}"
        again = [] if ledger.knows("topic", key) else [place]
        address = ledger.claim("topic", [key], f"topics/{slug(name)}", detail=place, again=again)
        out.append(Topic(address.split("/")[1], name, tuple((m.id, n) for m, n in found)))
    return tuple(sorted(out, key=lambda t: names.key(t.name)))

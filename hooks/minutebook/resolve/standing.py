"""Where the page of each topic stands: at the address that it had, also when the register calls it otherwise now.

A title that an entry of `topics.yml` covers has no page of its own any more; the one that it had leads to the entry's.
So does that of a title whose item is now called otherwise, and that of an entry under a name that is one of its
phrases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from minutebook import lexicon, names
from minutebook.model import Evidence, Meeting, ResolvedItem
from minutebook.resolve.addresses import Ledger, slug
from minutebook.resolve.hearing import Place
from minutebook.resolve.subject import TITLE, Subject
from minutebook.resolve.titles import is_procedural

KIND = "topic"


def addresses(
    found: Mapping[Subject, Mapping[Place, Evidence]],
    meetings: Sequence[Meeting],
    subjects: Sequence[Subject],
    ledger: Ledger,
    languages: Collection[str],
) -> dict[Subject, str]:
    """Topic -> the last part of its address. `subjects` also holds what is said to be no topic; `languages` are those
    of the minutes."""
    own = {s.key for s in found}
    items = {(m.id, n): i for m in meetings for n, i in enumerate(m.items)}
    covers: dict[Subject, dict[str, None]] = defaultdict(dict)
    for s, places in found.items():
        for place, e in places.items():
            if e.in_title:
                covers[s].setdefault(names.key(items[place].item.title))
    keys = {s: [s.key, *(k for k in (*map(names.key, s.other_names), *covers[s]) if k and k not in own)] for s in found}

    def published(s: Subject) -> tuple[bool, bool]:
        return not ledger.knows(KIND, s.key), not any(ledger.knows(KIND, k) for k in keys[s])

    out = {}
    # What was published under its own name, or another, has its page before anything new can be taken for it.
    for s in sorted(found, key=published):
        first = _anchor(items, next(iter(found[s])))
        again = [] if any(ledger.knows(KIND, k) for k in keys[s]) else [first]
        stem = f"topics/{slug(s.name)}"
        follows = s.source != TITLE or ledger.leads(f"{stem}/")
        address = ledger.claim(KIND, keys[s], stem, detail=first, again=again, follows=follows)
        out[s] = address.split("/")[1]
    _lead_on(found, items, subjects, out, ledger, languages)
    return out


def _anchor(items: Mapping[Place, ResolvedItem], place: Place) -> str:
    return f"{place[0]}#item-{items[place].key}"


def _lead_on(
    found: Mapping[Subject, Mapping[Place, Evidence]],
    items: Mapping[Place, ResolvedItem],
    subjects: Sequence[Subject],
    at: Mapping[Subject, str],
    ledger: Ledger,
    languages: Collection[str],
) -> None:
    """Let what is published and no topic any more lead to the topic of its item's title; what the register says to be
    no topic, or what is an item of every meeting by now, leads to the meeting where it stood."""
    titled = {_anchor(items, p): s for s, places in found.items() for p, e in places.items() if e.in_title}
    never = {names.key(n) for s in subjects if not s.is_topic and s.entry for n in (s.name, *s.entry.phrases)}
    meetings = {_anchor(items, p): f"meetings/{p[0]}/" for p in items}
    every = [lexicon.load(code) for code in languages]
    for e in ledger.unclaimed(KIND):
        if s := titled.get(e.detail):
            ledger.lead(e.address, f"topics/{at[s]}/")
        elif e.detail in meetings and (e.key in never or any(is_procedural(e.key, w) for w in every)):
            ledger.lead(e.address, meetings[e.detail])

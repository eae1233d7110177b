"""Topics and the glossary: what the archive is about, and what its short words stand for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import GlossaryEntry, Meeting, Organization, Topic
from minutebook.resolve.addresses import Ledger, slug

_CAPITALS = re.compile(r"[A-Z](?:[A-Z]{1,6}|[A-Za-z]?[A-Z]{1,5})(?=s?(?![\w@/-]))")


def acronyms(text: str) -> Iterator[re.Match[str]]:
    """What reads as an acronym: capitals, which may enclose a small letter ("DfE"), with or without a plural's s."""
    for m in _CAPITALS.finditer(text):  # begins with a capital, so that these are searched for by themselves
        if not (m.start() and (text[m.start() - 1].isalnum() or text[m.start() - 1] in "_'’@/.-")):
            yield m


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


def glossary(
    meetings: Sequence[Meeting], organizations: Mapping[str, Organization], lexicon: Lexicon
) -> tuple[GlossaryEntry, ...]:
    """Every acronym of the archive with what it stands for, and where it is used; people's initials are none."""
    uses: dict[tuple[str, str, str], list[tuple[str, int]]] = defaultdict(list)
    by_name = {names.organization_key(o.name): o.id for o in organizations.values()}
    no_acronyms = lexicon.set("postnominals") | {o.name.casefold() for o in organizations.values()}
    explained: set[str] = set()
    for m in meetings:
        for d in m.minutes.definitions:
            explained.add(d.term.removesuffix("s"))
            uses[d.term, d.meaning, by_name.get(names.organization_key(d.meaning), "")].append((m.id, d.ref.first_line))
        for x in m.mentions:
            if x.rule == "acronym" and x.organization:
                o = organizations[x.organization]
                if names.key(o.name) != names.key(x.text):
                    explained.add(x.text)
                    meaning = next((d.meaning for d in m.minutes.definitions if d.term == x.text), o.name)
                    uses[x.text, meaning, o.id].append((m.id, x.line))
            elif x.term:
                term = next((d.term for d in m.minutes.definitions if d.meaning == x.term), x.text)
                uses[term, x.term, by_name.get(names.organization_key(x.term), "")].append((m.id, x.line))
    for m in meetings:
        linked = defaultdict(list)
        for x in m.mentions:
            if x.resolved:
                linked[x.block].append(x)
        for i, block in enumerate(m.minutes.blocks):
            if block.part in ("header", "roll_call", "note") or block.text.plain.isupper():
                continue
            for hit in acronyms(block.text.plain):
                inside = any(x.start <= hit.start() < x.end for x in linked[i])
                if not inside and hit.group() not in explained and hit.group().casefold() not in no_acronyms:
                    uses[hit.group(), "", ""].append((m.id, block.text.line_at(hit.start())))
    merged: dict[tuple[str, str], tuple[str, str, list[tuple[str, int]]]] = {}
    for (term, meaning, organization), where in uses.items():
        _, _, all_ = merged.setdefault((term, names.key(meaning)), (meaning, organization, []))
        all_ += where
    entries = [
        GlossaryEntry(t, meaning, o, tuple(sorted(set(where)))) for (t, _), (meaning, o, where) in merged.items()
    ]
    return tuple(sorted(entries, key=lambda e: (names.key(e.term), e.meaning)))

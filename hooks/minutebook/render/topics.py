"""The page of a topic: when it came up, what was said and done, who spoke; and by which words all that was found.

The page holds the newest of everything. A topic with more items has them all on pages of about 200 besides, numbered
from the oldest, so that no page grows with the archive, and what a part holds stays there when more is added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from minutebook.model import Archive, Evidence, Meeting, ResolvedItem, Settings, Topic
from minutebook.render import lives, when
from minutebook.render.holdings import place
from minutebook.render.markdown import Inline
from minutebook.render.meeting import action_text, owners
from minutebook.render.page import Sheet, count, day, write

NEWEST = 50
"""Items, and decisions, people and actions, on the first page."""


PART = 200
"""Items on a page of a part, unless one meeting has more."""

Found = tuple[Meeting, int]
"""An item, by its index."""


@dataclass(frozen=True)
class Part:
    """A page with some of the items."""

    address: str
    number: int
    """From 1, the oldest."""
    rows: Sequence[Found]
    """The newest meeting first."""

    @property
    def dates(self) -> str:
        """From when to when: "3 May 2021 to 7 June 2021"."""
        last, first = self.rows[0][0].date, self.rows[-1][0].date
        return day(first) if first == last else f"{day(first)} to {day(last)}"


@dataclass(frozen=True)
class Row:
    """An item about a topic, as its page shows it."""

    item: ResolvedItem
    evidence: Evidence
    words: str
    """The sentence that says so, or the beginning of an item whose title does; as Markdown."""
    anchor: str
    """Where the sentence stands on the meeting's page, and what to call that; empty for an item's title."""
    label: str
    silent: int
    """Meetings of its body before this one that said nothing of it, since it was heard of last; 0 where that is no
    matter."""


def pages(archive: Archive, settings: Settings) -> list[Sheet]:
    """The pages of all topics."""
    return [sheet for t in archive.topics for sheet in topic(archive, t, settings.portable)]


def topic(archive: Archive, t: Topic, portable: bool = False) -> list[Sheet]:
    """The page of one topic, and its parts where it has more items than that shows."""
    found = sorted(((archive.meeting[m], i) for m, i in t.items), key=lambda x: (x[0].date, x[0].id), reverse=True)
    # An item that only mentions something has actions that are about other things.
    actions = [(m, a) for m, i in found for a in m.tasks if a.item == i and m.items[i].deals_with(t.id, a.action.block)]
    decisions = [
        (m, d) for m, i in found for d in m.decisions if d.item == i and m.items[i].deals_with(t.id, d.decision.block)
    ]
    spoke = _spoke(t, found)
    parts = _in_parts(t.address, found) if len(found) > NEWEST else []
    newest = max(m.date for m in archive.meetings)
    first = write(
        archive,
        "topic",
        t.address,
        t.name,
        tab="topics/",
        trail=(("Topics", "topics/"),),
        description=f"{t.name}: {count(len(found), 'item')} of business, {count(len(actions), 'action')}.",
        matter=_matter(archive, t, spoke, [f"{m.id}/action-{a.number}" for m, a in actions[:NEWEST]]),
        portable=portable,
        topic=t,
        last=found[0][0].date,
        first=found[-1][0].date,
        total=len(found),
        meetings=len({m.id for m, _ in found}),
        when=when.of([m.date for m, _ in found], newest),
        parts=parts,
        rows=[(m, _row(archive, t, t.address, m, i)) for m, i in found[:NEWEST]],
        broader=[archive.topic[x] for x in t.broader],
        narrower=[archive.topic[x] for x in t.narrower],
        actions=actions,
        decisions=decisions,
        people=spoke,
        owners=owners,
        status=lives.status,
        MOST=NEWEST,
        action_text=action_text,
    )
    return [first, *(_part(archive, t, parts, k, portable) for k in range(len(parts)))]


def _part(archive: Archive, t: Topic, parts: Sequence[Part], k: int, portable: bool) -> Sheet:
    """A page with all items of a part."""
    part = parts[k]
    return write(
        archive,
        "topic",
        part.address,
        f"{t.name}, part {part.number}",
        tab="topics/",
        trail=(("Topics", "topics/"), (t.name, t.address)),
        template="topic_part",
        description=f"{t.name}: {count(len(part.rows), 'item')}, {part.dates}.",
        portable=portable,
        part=part,
        parts=len(parts),
        later=parts[k - 1] if k else None,
        earlier=parts[k + 1] if k + 1 < len(parts) else None,
        rows=[(m, _row(archive, t, part.address, m, i)) for m, i in part.rows],
        owners=owners,
    )


def _in_parts(base: str, found: Sequence[Found]) -> list[Part]:
    """All items (the newest first) in parts, the newest first; those of a meeting stay together."""
    cut: list[list[Found]] = [[]]
    for _, run in groupby(found[::-1], key=lambda x: x[0].id):
        more = list(run)
        if cut[-1] and len(cut[-1]) + len(more) > PART:
            cut.append([])
        cut[-1] += more
    # Within a part as on the first page: the newest meeting first, its items in their order.
    whole = {id(x): n for n, x in enumerate(found)}
    return [Part(f"{base}part-{n}/", n, sorted(rows, key=lambda x: whole[id(x)])) for n, rows in enumerate(cut, 1)][
        ::-1
    ]


def _matter(archive: Archive, t: Topic, spoke: Sequence[tuple[str, int]], actions: list[str]) -> dict[str, object]:
    """What the front matter holds: everything that the archive says of a topic, but for its items."""
    given = {
        "also": list(t.other_names),
        "phrases": list(t.phrases),
        "broader": [archive.topic[x].name for x in t.broader],
        "narrower": [archive.topic[x].name for x in t.narrower],
    }
    people = [archive.person[p].name for p, _ in spoke[:NEWEST]]
    return {**{k: v for k, v in given.items() if v}, "people": people, "actions": actions}


def _spoke(t: Topic, found: Sequence[Found]) -> list[tuple[str, int]]:
    """(person id, mentions) of everybody who is named where items deal with a topic, the most often first."""
    spoke: Counter[str] = Counter()
    for m, i in found:
        item, e = m.items[i].item, m.items[i].about[t.id]
        for b in range(item.heading, item.end) if e.in_title else e.blocks:
            spoke.update(x.person for x in m.mentions_in.get(b, ()) if x.person)
    return sorted(spoke.items(), key=lambda x: (-x[1], x[0]))


def _row(archive: Archive, t: Topic, here: str, m: Meeting, i: int) -> Row:
    item = m.items[i]
    e = item.about[t.id]
    first = next((x for x in range(len(m.items)) if t.id in m.items[x].topics), i)
    silent = archive.returns.get((m.id, t.id), 0) if first == i else 0
    inline = Inline(archive, here)
    if e.in_title:
        opening = next((b for b in range(item.item.heading, item.item.end) if b in m.paragraphs), None)
        words = inline.write(m.minutes.blocks[opening].text, m.mentions_in.get(opening, ())) if opening else ""
        return Row(item, e, words, "", "", silent)
    text, mentions = m.minutes.blocks[e.block].text, m.mentions_in.get(e.block, ())
    start, end = e.at, e.at + len(e.words)
    pieces = ((e.start, start, "{}"), (start, end, "<mark>{}</mark>"), (end, e.end, "{}"))
    words = ""
    for a, z, around in pieces:
        said = inline.write(text, mentions, a, z) if a < z else ""
        gap = " " if words and text.plain[a - 1 : a + 1] != text.plain[a - 1 : a + 1].strip() else ""
        words += f"{gap}{around.format(said)}" if said else ""
    return Row(item, e, words, *place(m, e.block), silent)

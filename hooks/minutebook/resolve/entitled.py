"""Topics that titles of items give: what says the same is one, and what the register or a term has is theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from minutebook import lexicon, names
from minutebook.model import Evidence, Meeting
from minutebook.resolve.hearing import Place, title_span
from minutebook.resolve.subject import REGISTER, TITLE, Subject
from minutebook.resolve.titles import core, is_procedural, plain

Heard = Mapping[Place, Evidence]


def gather(
    meetings: Sequence[Meeting], known: Mapping[Subject, Heard], all_subjects: Collection[Subject], language: str
) -> dict[Subject, dict[Place, Evidence]]:
    """What titles are about that nothing else has, and titles that say no more than the name of what is known.

    `known` are the topics that there are already, `all_subjects` those and what is said to be none.
    """
    out: dict[Subject, dict[Place, Evidence]] = defaultdict(dict)
    covered = {place for s, heard in known.items() if s.source == REGISTER for place, e in heard.items() if e.in_title}
    same: dict[str, list[Subject]] = defaultdict(list)
    for s in all_subjects:
        if s in known or not s.is_topic or s.source == REGISTER:
            for c in s.cores:
                same[c].append(s)
    groups: dict[str, dict[Place, tuple[str, str]]] = defaultdict(dict)
    whole = {m.id: m for m in meetings}
    for m, n, title, says in _titles(meetings, language):
        place = m.id, n
        of = [s for s in same.get(says, ()) if s.meant_in(m.body)]
        for s in of:
            if s.is_topic:
                out[s][place] = _evidence(m, n, s)
        if not of and place not in covered:
            groups[says][place] = title, m.minutes.language or language
    for titles in groups.values():
        made = _subject([title for title, _ in titles.values()], next(iter(titles.values()))[1])
        out[made] = {(id_, n): _evidence(whole[id_], n, made) for id_, n in titles}
    return out


def _titles(meetings: Sequence[Meeting], language: str) -> Iterator[tuple[Meeting, int, str, str]]:
    """(meeting, index, title, what it says that it is about) of each item that not every meeting has."""
    for m in meetings:
        code = m.minutes.language or language
        for n, i in enumerate(m.items):
            title = i.item.title
            procedural = any(is_procedural(title, lexicon.load(c)) for c in {code, language})
            if not procedural and (says := core(title, code)):
                yield m, n, title, says


def _subject(titles: Sequence[str], language: str) -> Subject:
    """The topic of titles that say the same, the earliest first: called by the words that all of them have."""
    every: dict[str, str] = {}
    for t in titles:
        every.setdefault(names.key(t), t)
    bare = (t for t in every.values() if names.key(plain(t, language)) == names.key(t))
    name = next(bare, plain(titles[0], language)) if len(every) > 1 else titles[0]
    return Subject(name, TITLE, other_names=tuple(t for t in every.values() if t != name))


def _evidence(m: Meeting, n: int, s: Subject) -> Evidence:
    item = m.items[n].item
    block = m.minutes.blocks[item.heading]
    start, end = title_span(block, item)
    return Evidence(
        s.key,
        "title",
        item.heading,
        start,
        end,
        item.title,
        item.title,
        start,
        block.text.line_at(start),
        in_title=True,
        blocks=(item.heading,),
    )

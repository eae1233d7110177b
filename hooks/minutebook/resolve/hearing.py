"""Which subjects each item of business speaks of: in its title, or in a sentence under it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from minutebook import sentences
from minutebook.lexicon import Lexicon
from minutebook.model import AgendaItem, Block, Evidence, Meeting, Mention
from minutebook.resolve.phrases import Found, Phrases
from minutebook.resolve.subject import Subject, by_term
from minutebook.resolve.terms import sense, term

SPEAKS = ("body", "action", "decision")
"""Parts of minutes whose sentences say what an item is about; lists of people, owner lines and notes do not."""

Place = tuple[str, int]
"""(meeting id, index of the item)."""
_Sentence = tuple[int, int, int]
"""(block, where it begins, where it ends)."""


class Hearing:
    """What is heard of each subject, meeting by meeting."""

    def __init__(self, subjects: Sequence[Subject], lexicons: Iterable[Lexicon]) -> None:
        self.subjects = subjects
        self.heard: dict[Subject, dict[Place, Evidence]] = {s: {} for s in subjects}
        """Subject -> the evidence on each item that speaks of it, in the order of the meetings."""
        self._phrases = Phrases([s.wanted for s in subjects], lexicons)
        self._terms = by_term(subjects)

    def meeting(self, m: Meeting, words: Lexicon) -> None:
        """Hear the items of a meeting; `words` are those of its language."""
        if not self.subjects:
            return
        ends = [*(i.item.heading for i in m.items[1:]), len(m.minutes.blocks)]
        for n, (i, end) in enumerate(zip(m.items, ends, strict=False)):
            found: dict[Subject, dict[_Sentence, Found]] = defaultdict(dict)
            title = title_span(m.minutes.blocks[i.item.heading], i.item)
            for b in range(i.item.heading, min(end, i.item.end)):
                for f, sentence in self._in_block(m, b, i.item, title, words):
                    found[self.subjects[f.which]].setdefault(sentence, f)
            for s, places in found.items():
                heading = {p: f for p, f in places.items() if p == (i.item.heading, *title)}
                sentence, f = next(iter((heading or places).items()))
                blocks = tuple(dict.fromkeys(p[0] for p in places))
                self.heard[s][m.id, n] = _evidence(m, s, sentence, f, len(places), bool(heading), blocks)

    def _in_block(
        self, m: Meeting, b: int, item: AgendaItem, title: tuple[int, int], words: Lexicon
    ) -> Iterator[tuple[Found, _Sentence]]:
        """Each phrase and term of a block, with the sentence that it stands in; the title of an item is one."""
        block = m.minutes.blocks[b]
        heads = b == item.heading
        if not heads and block.part not in SPEAKS:
            return
        found = self._found(m, b, block)
        if not found:
            return
        spans = sentences.spans(block.text.plain, words)
        for f in found:
            if heads and title[0] <= f.start and f.end <= title[1]:
                yield f, (b, *title)
            elif not (heads and any(o.block == b and o.start < f.end and f.start < o.end for o in item.owners)):
                a, z = next((s for s in spans if s[0] <= f.start < s[1]), (0, len(block.text.plain)))
                yield f, (b, a, z)

    def _found(self, m: Meeting, b: int, block: Block) -> list[Found]:
        mentions = m.mentions_in.get(b, ())
        ours = [k for k in block.text.marks if k.kind == "removed"]
        found = [f for f in self._phrases.find(block.text.plain, m.body) if not _within_name(f, mentions)]
        found = [f for f in found if not any(k.start < f.end and f.start < k.end for k in ours)]
        for x in mentions:
            n = self._terms.get((term(x.text), sense(x.term))) if x.term else None
            if n is not None and self.subjects[n].meant_in(m.body):
                found.append(Found(x.start, x.end, n, x.text))
        return sorted(found, key=lambda f: (f.start, -f.end, f.which))


def title_span(block: Block, item: AgendaItem) -> tuple[int, int]:
    """Where an item's title stands in the text of its heading: all of it where that cannot be told."""
    at = block.text.plain.find(item.title) if item.title else -1
    return (at, at + len(item.title)) if at >= 0 else (0, len(block.text.plain))


def _within_name(f: Found, mentions: Sequence[Mention]) -> bool:
    """Whether words are part of what somebody, or an organisation, is called."""
    return any(
        (x.person or x.organization or x.candidates)
        and x.start <= f.start
        and f.end <= x.end
        and (x.start, x.end) != (f.start, f.end)
        for x in mentions
    )


def _evidence(
    m: Meeting, s: Subject, sentence: _Sentence, f: Found, times: int, in_title: bool, blocks: tuple[int, ...]
) -> Evidence:
    b, a, z = sentence
    text = m.minutes.blocks[b].text
    said = text.plain[a:z]
    start = a + len(said) - len(said.lstrip())
    return Evidence(
        s.key,
        s.rule(f.phrase, in_title),
        b,
        start,
        start + len(said.strip()),
        said.strip(),
        text.plain[f.start : f.end],
        f.start,
        text.line_at(f.start),
        times,
        in_title,
        blocks,
    )


def counts(s: Subject, heard: Mapping[Place, Evidence]) -> bool:
    """Whether a subject is one of the archive's topics.

    An entry of the register is wherever it is heard; a term where it stands in two items, or in the title of one.
    """
    return bool(heard) if s.entry else len(heard) > 1 or any(e.in_title for e in heard.values())

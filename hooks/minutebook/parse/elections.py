"""Elections that no marker sets apart: "Cllr Lee was elected Chair", "Bo Ray was elected unopposed"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook import sentences
from minutebook.model import Decision, SourceRef
from minutebook.parse.draft import Draft
from minutebook.parse.owners import Owners

_LONGEST = 45
"""Words of a sentence that records an election: a longer one tells of more."""


class Elections:
    """Looks for the elections of one file: sentences that name who was elected, below a title that speaks of an
    election, or with a word for how it was done."""

    def __init__(self, draft: Draft) -> None:
        self.draft, lex = draft, draft.lexicon
        self.owners = Owners(draft)
        self.title = lex.pattern(r"(?<!\w)<<election_titles>>(?!\w)", re.I)
        self.said = lex.pattern(
            r"(?P<who>[^\W\d_a-z][^,;:()]{1,60}?)\s+<<elected_auxiliaries>>\s+(?P<how><<elected_adverbs>>\s+)?"
            r"(?:<<elected_words>>)(?P<too>\s+<<elected_adverbs>>)?(?!\w)"
        )
        self.open = lex.pattern(r"(?<!\w)(?:<<negations>>|<<relative_words>>)(?!\w)", re.I)
        """What did not come about, or is told of somebody."""

    def of(self, i: int) -> Iterator[Decision]:
        """The elections that a block tells of."""
        block = self.draft.blocks[i]
        plain = block.text.plain
        if block.kind in ("row", "heading", "quote") or not self.said.search(plain):
            return
        item = self.draft.minutes.item_of(i)
        titled = item is not None and bool(self.title.search(self.draft.minutes.items[item].title))
        for a, b in sentences.spans(plain, self.draft.lexicon):
            m = self.said.match(plain, a, b)
            if not m or not (titled or m["how"] or m["too"]) or len(plain[a:b].split()) > _LONGEST:
                continue
            if self.owners.is_somebody(m["who"]) and not self.open.search(plain[a:b]):
                text = plain[a:b].strip()
                ref = SourceRef(block.ref.path, block.text.line_at(a), block.text.line_at(b - 1))
                yield Decision(text, i, ref, "a sentence that records an election")

"""The text of the minutes with the other words under which it is to be found.

"AL suggested" is to be found by "Ann Lee", and "Ann Lee said" by "AL", without a word in the text moving: a phrase in
quotation marks must still be found as it is printed, and a snippet must read as the minutes do. So a text is cut into
pieces, and those that name somebody or something know by what else that is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from minutebook.model import Archive, Mention
from minutebook.publish.words import folded


@dataclass(frozen=True)
class Named:
    """A stretch of text that names somebody or something."""

    text: str
    """As printed."""
    name: str
    """What it is called in full."""
    short: tuple[str, ...] = ()
    """What it is called in short."""

    @property
    def stands_for(self) -> bool:
        """Whether what is printed is initials or an acronym, of which a reader may ask what it stands for."""
        return self.text in self.short or is_short(self.text)


Piece = str | Named


def pieces(text: str, mentions: Iterable[Mention], archive: Archive, initials: Mapping[str, str]) -> Iterator[Piece]:
    """A text in pieces, which together are the text.

    `mentions` are those of this text, `initials` the initials that the meeting's roll call gives, by person.
    """
    at = 0
    for x in sorted(mentions, key=lambda x: x.start):
        named = _named(x, archive, initials) if x.start >= at else None
        if named:
            if x.start > at:
                yield text[at : x.start]
            yield named
            at = x.end
    if at < len(text):
        yield text[at:]


def _named(x: Mention, archive: Archive, initials: Mapping[str, str]) -> Named | None:
    """What a mention names, where that is known and called otherwise too."""
    name, short = "", tuple[str, ...]()
    if x.person:
        name, short = archive.person[x.person].name, tuple(filter(None, [initials.get(x.person, "")]))
    elif x.organization:
        organization = archive.organization[x.organization]
        # Not on "the Department": every search for a word of its name would find every such sentence.
        if x.text.casefold() == organization.name.casefold() or is_short(x.text):
            name, short = organization.name, organization.acronyms
    else:
        name = x.term
    there = set(folded(x.text))
    return Named(x.text, name, short) if name and set(folded(" ".join([name, *short]))) - there else None


def is_short(printed: str) -> bool:
    """Whether this reads as initials or an acronym, and not as "McDonald": one word, mostly of capitals."""
    letters = [c for c in printed if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return len(printed.split()) == 1 and capitals > 1 and 2 * capitals >= len(letters)

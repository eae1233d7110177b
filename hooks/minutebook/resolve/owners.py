"""Who owns an item or an action: the people named in the words that say so, else the organisations, else the words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Action, AgendaItem, Mention, Organization, Owner, Person, Span

_FIRST_AND_INITIAL = re.compile(r"[A-Z][a-z]+ ?[A-Z]{1,2}\.?")
"""“Kevin H”, “KevinH”: one of several of a first name."""


@dataclass(frozen=True)
class Namer:
    """Names the owners of one meeting's items and actions."""

    mentions: Mapping[int, Sequence[Mention]]
    """Those of each block."""
    people: Mapping[str, Person]
    organizations: Mapping[str, Organization]
    lexicon: Lexicon
    here: Mapping[str, str] = field(default_factory=dict)
    """Comparable form of a name -> the one person of this roll call who can be meant by it."""

    def of_item(self, item: AgendaItem) -> tuple[Owner, ...]:
        """The owners of an item, in the order given."""
        out: list[Owner] = []
        for span in item.owners:
            out += self._owners(span.text, self._inside(span), span.start, labelled=True)
        return tuple(dict.fromkeys(out))

    def of_action(self, action: Action) -> tuple[Owner, ...]:
        """The owners of an action, in the order given; none where no words say whose it is."""
        out: list[Owner] = []
        for span in action.owners:
            out += self._owners(span.text, self._inside(span), span.start, labelled=False)
        return tuple(dict.fromkeys(out))

    def of_spans(self, spans: Sequence[Span]) -> tuple[Owner, ...]:
        """Whom words name that say who moved, seconded or was elected, in the order given."""
        out: list[Owner] = []
        for span in spans:
            out += self._owners(span.text, self._inside(span), span.start, labelled=True)
        return tuple(dict.fromkeys(out))

    def _inside(self, span: Span) -> list[Mention]:
        return [m for m in self.mentions.get(span.block, ()) if m.start < span.end and m.end > span.start]

    def _owners(self, text: str, mentions: Sequence[Mention], offset: int, labelled: bool) -> tuple[Owner, ...]:
        """`labelled`: the words stand behind a label, and so name an owner whatever they are."""
        if not labelled and self._left_over(text, mentions, offset):
            mentions = [m for m in mentions if not m.resolved]
        if named := [Owner(self.people[m.person].name, person=m.person) for m in mentions if m.person]:
            return tuple(dict.fromkeys(named))
        words = names.key(text.strip(" .,:"))
        if (labelled or text[:1] == "@" or text.islower()) and words in self.here:
            return (Owner(self.people[self.here[words]].name, person=self.here[words]),)
        short = words.replace(" ", "")
        if _FIRST_AND_INITIAL.fullmatch(text.strip(" .,:")) and short in self.here:
            return (Owner(self.people[self.here[short]].name, person=self.here[short]),)
        head = re.split(r"\s+[–—-]\s+|\s*[–—;(]", text, maxsplit=1)[0]  # what follows says more of the first
        bodies = [m.organization for m in mentions if m.organization and m.start - offset <= len(head)]
        if bodies:
            return tuple(Owner(self.organizations[o].name, organization=o) for o in dict.fromkeys(bodies))
        words = " ".join(head.split()).strip(" .,:")
        unsure = any(not m.resolved for m in mentions)
        return (Owner(words),) if words and (labelled or unsure or self._is_somebody(words)) else ()

    def _left_over(self, text: str, mentions: Sequence[Mention], offset: int) -> bool:
        """Whether the words that should say who hold more than those who are named: "Clerk and Ann Lee"."""
        rest = text
        for m in sorted(mentions, key=lambda m: -m.start):
            rest = rest[: max(0, m.start - offset)] + " " + rest[max(0, m.end - offset) :]
        words = re.sub(r"\([^)]*\)|['\u2019]s\b", " ", rest).replace(",", " ").replace("/", " ").split()
        fillers = self.lexicon.set("determiners") | self.lexicon.set("joins")
        return any(w.casefold() not in fillers for w in words)

    def _is_somebody(self, words: str) -> bool:
        """Whether words that are linked to nothing can be an owner: "All members", "Budget Team", "XY"; not "Write"."""
        kinds = ("organization_words", "role_words", "group_words", "unit_words")
        known = any(self.lexicon.pattern(rf"(?:^|\s)<<{k}>>(?=\W|$)").search(words) for k in kinds)
        initials = words.isupper() and len(words) < 6
        named = words[:1].isupper() or words[:1] == "@"  # what reads as somebody's task begins with who
        return known or initials or self.is_everybody(words) or named or len(words.split()) > 1

    def is_everybody(self, words: str) -> bool:
        """Whether words stand for all who were there."""
        return words.casefold() in self.lexicon.set("everybody")

"""Who owns an item or an action: the people named in the words that say so, else the organisations, else the words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from minutebook.lexicon import Lexicon
from minutebook.model import Action, AgendaItem, Mention, Minutes, Organization, Owner, Person


def of_item(
    item: AgendaItem,
    minutes: Minutes,
    mentions: Mapping[int, Sequence[Mention]],
    people: Mapping[str, Person],
    organizations: Mapping[str, Organization],
    lexicon: Lexicon,
) -> tuple[Owner, ...]:
    """The owners of an item, in the order given."""
    out: list[Owner] = []
    for i in item.owners:
        plain = minutes.blocks[i].text.plain
        start = plain.index(":") + 1
        out += _owners(
            plain[start:],
            [m for m in mentions.get(i, ()) if m.start >= start],
            start,
            people,
            organizations,
            lexicon,
            said=True,
        )
    return tuple(dict.fromkeys(out))


def of_action(
    action: Action,
    mentions: Mapping[int, Sequence[Mention]],
    people: Mapping[str, Person],
    organizations: Mapping[str, Organization],
    lexicon: Lexicon,
) -> tuple[Owner, ...]:
    """The owners of an action, in the order given; none where no words say whose it is."""
    if not action.owner:
        return ()
    start, end = action.owner_start, action.owner_start + len(action.owner)
    inside = [m for m in mentions.get(action.block, ()) if m.start < end and m.end > start]
    return _owners(action.owner, inside, start, people, organizations, lexicon, said=False)


def _owners(
    text: str,
    mentions: Sequence[Mention],
    offset: int,
    people: Mapping[str, Person],
    organizations: Mapping[str, Organization],
    lexicon: Lexicon,
    said: bool,
) -> tuple[Owner, ...]:
    """`said`: the words stand behind a label and so name an owner whatever they are."""
    if named := [Owner(people[m.person].name, person=m.person) for m in mentions if m.person]:
        return tuple(dict.fromkeys(named))
    head = re.split(r"\s+[–—-]\s+|\s*[–—;(]", text, maxsplit=1)[0]  # what follows says more of the first
    bodies = [m for m in mentions if m.organization and m.start - offset <= len(head)]
    if bodies:
        return tuple(
            dict.fromkeys(Owner(organizations[m.organization].name, organization=m.organization) for m in bodies)
        )
    words = " ".join(head.split()).strip(" .,:")
    if not words:
        return ()
    if words.casefold() in lexicon.set("everybody"):
        return (Owner(words),)
    kinds = ("organization_words", "role_words", "group_words", "unit_words")
    known = any(re.search(rf"(?:^|\s){lexicon.any_of(k)}(?=\W|$)", words) for k in kinds)
    return (Owner(words),) if said or known or len(words.split()) > 1 or any(not m.resolved for m in mentions) else ()

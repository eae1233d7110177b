"""Acronyms where the text explains them, and organisations where it names them in full."""

from __future__ import annotations

import re

from minutebook import names
from minutebook.model import Definition, NamedOrganization
from minutebook.parse.draft import Draft

_ACRONYM = re.compile(r"[(\[](?P<term>[A-Z][A-Za-z&]{0,9}[A-Z][A-Za-z&]{0,3})[)\]]")
_WORD = re.compile(r"[\w'’&-]+")
_SMALL = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with", "&"])
WINDOW = 240
"""Characters in front of an acronym in which its words must stand."""
_LONGEST = 10
"""Words: no organisation's acronym stands for more."""


def find(draft: Draft) -> Draft:
    """The draft with the acronyms that it explains and the organisations that it names."""
    definitions: dict[tuple[str, str], Definition] = {}
    organizations: dict[tuple[str, str], NamedOrganization] = {}
    people = {names.key(a.name.full) for a in draft.minutes.people if a.name}
    for block in draft.blocks:
        plain = block.text.plain
        for m in _ACRONYM.finditer(plain):
            meaning = expansion(m["term"], plain[max(0, m.start() - WINDOW) : m.start()])
            if meaning and names.key(meaning) not in people:  # "Ann Lee [AL]" is a legend
                definitions.setdefault((m["term"], meaning), Definition(m["term"], meaning, block.ref))
        for m in _named(draft).finditer(plain):
            organizations.setdefault((m.group(), ""), NamedOrganization(m.group(), block.ref))
    for a in draft.minutes.people:
        if a.organization and a.acronym:
            definitions.setdefault((a.acronym, a.organization), Definition(a.acronym, a.organization, a.ref))
    is_organization = draft.lexicon.pattern(r"\b<<organization_words>>\b")
    for d in definitions.values():
        if is_organization.search(d.meaning):
            organizations[d.meaning, d.term] = NamedOrganization(d.meaning, d.ref, d.term)
    return draft.with_(definitions=tuple(definitions.values()), organizations=tuple(organizations.values()))


def expansion(term: str, before: str) -> str:
    """What an acronym stands for, if the words in front of it spell it; else nothing.

    Each word gives its first letter or more ("ATtendance Programme"), small words may be passed over, and so may one
    word in lower case between the name and the acronym ("... Office official (TPMO)").
    """
    words = list(_WORD.finditer(before))[-_LONGEST - 1 :]
    letters = term.removesuffix("s") if len(term) > 2 else term
    for skip in (0, 1):
        tail = words[: len(words) - skip]
        if skip and (len(words) < 2 or not words[-1].group().islower()):
            break
        for start in range(len(tail) - 1, -1, -1):
            if _spells([w.group() for w in tail[start:]], letters.casefold()):
                return before[tail[start].start() : tail[-1].end()]
    return ""


def _spells(words: list[str], letters: str) -> bool:
    """Whether the words' beginnings, one after the other, make up the letters, beginning with the first word."""
    if not words:
        return not letters
    word = words[0].casefold()
    if word in _SMALL and _spells(words[1:], letters):
        return True
    return any(
        letters[:n] == word[:n] and _spells(words[1:], letters[n:])
        for n in range(1, min(len(word), len(letters), 3) + 1)
    ) and (words[0][0].isupper() or word in _SMALL)


def _named(draft: Draft) -> re.Pattern[str]:
    heads, joins = draft.lexicon.any_of("organization_heads"), draft.lexicon.any_of("organization_joins")
    capital = r"[A-Z][\w'’-]*"
    return re.compile(rf"\b{heads}\s+{joins}\s+{capital}(?:\s+(?:(?:and|&|of|for)\s+)?{capital})*(?=\W|$)")

"""The text of the minutes with the other words under which it is to be found.

"AL suggested" is to be found by "Ann Lee", and "Ann Lee said" by "AL", without a word in the text moving: a phrase in
quotation marks must still be found as it is printed, and a snippet must read as the minutes do. Pagefind gives the
parts of a word with signs in it ("mental-health") the place of the whole word. So other words are hung on the word that
they belong to, and whoever shows a snippet takes them off again (`assets/javascripts/search/snippet.js`):

    AL[+Ann+Lee]     stands for: shown as an abbreviation with that title
    Lee{+Ann+AL}     is also: not shown
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from minutebook.model import Archive, Mention

_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
MARK = "\u2063"
"""Stands behind a bracket of ours, and nowhere else: invisible, and no part of a word."""


def findable(text: str, mentions: Iterable[Mention], archive: Archive, initials: Mapping[str, str]) -> str:
    """A text with other words hung on those that name somebody or something.

    `mentions` are those of this text, `initials` the initials that the meeting's roll call gives, by person.
    """
    out, at = [], 0
    for x in sorted(mentions, key=lambda x: x.start):
        if x.start < at:
            continue
        out += [text[at : x.end].replace(MARK, ""), _hung(x, archive, initials)]
        at = x.end
    return "".join([*out, text[at:].replace(MARK, "")])


def _hung(x: Mention, archive: Archive, initials: Mapping[str, str]) -> str:
    """The other words for what a mention names."""
    if x.person:
        return _beside(x.text, archive.person[x.person].name, initials.get(x.person, ""))
    if x.organization:
        organization = archive.organization[x.organization]
        # Not on "the Department": every search for a word of its name would find every such sentence.
        if x.text.casefold() == organization.name.casefold() or _is_short(x.text):
            return _beside(x.text, organization.name, *organization.acronyms)
    return _beside(x.text, x.term) if x.term else ""


def _beside(printed: str, name: str, *short: str) -> str:
    """What to hang on `printed`, which is `name` whole or in part, one of its short forms, or a post."""
    there = {w.casefold() for w in _WORD.findall(printed)}
    others = [w for w in _WORD.findall(" ".join([name, *short])) if w.casefold() not in there]
    if not others:
        return ""
    if _is_short(printed) or printed in short:
        full = _WORD.findall(name)
        return f"[{MARK}+{'+'.join([*_twins([printed]), *full, *_twins(full)])}]"
    return f"{{{MARK}+{'+'.join([*others, *_twins(others)])}}}"


def _is_short(printed: str) -> bool:
    """Whether this reads as initials or an acronym, and not as "McDonald": one word, mostly of capitals."""
    letters = [c for c in printed if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return len(_WORD.findall(printed)) == 1 and capitals > 1 and 2 * capitals >= len(letters)


def _twins(words: Sequence[str]) -> list[str]:
    """The words that Pagefind would cut where signs, digits and capitals meet ("PWh", "O'Brien"), in one piece."""
    whole = ["".join(c for c in w if c.isalnum()).lower() for w in words]
    return [t for t, w in zip(whole, words, strict=True) if t != w.lower() or _is_cut(w)]


def _is_cut(word: str) -> bool:
    mixed = word[1:] != word[1:].lower() and not word.isupper()
    return mixed or (any(c.isdigit() for c in word) and not word.isdigit())

"""Every form of words by which the archive's people, organisations and terms may be named, in one automaton.

The automaton (Aho and Corasick's, from pyahocorasick) finds all forms of the whole archive in one pass over a text;
whose form it is in these minutes, if anybody's, is decided afterwards.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

import ahocorasick  # type: ignore[import-not-found]  # has no types

from minutebook.model import Organization
from minutebook.names import plainly
from minutebook.resolve.occurrences import Sitting
from minutebook.resolve.people import People

_HEAD = re.compile(r"^(?P<head>\S+(?:\s+\S+)+?)\s+(?:for|of|to)\s")


KINDS = ("alias", "legend", "name", "organization", "acronym", "post", "family", "given", "short", "term", "guess")
"""What a form may be of, the surest first."""


_START = itemgetter(0)


class Hit(NamedTuple):
    """A form found in a text."""

    start: int
    end: int
    form: str
    kinds: tuple[str, ...]
    """Of what it is a form, as `KINDS` orders them."""


class Forms:
    """All forms of one archive."""

    def __init__(
        self, who: People, organizations: Iterable[Organization], sittings: Sequence[Sitting], terms: Iterable[str]
    ) -> None:
        kinds: dict[str, set[str]] = defaultdict(set)
        for name in {name for known in who.known.values() for name in known.names}:
            if name.given and name.family:
                for form in _spellings(name.full):
                    kinds[form].add("name")
            if name.given:
                kinds[name.given.split()[0]].add("given")
            for form in _spellings(name.family) if name.family else ():
                kinds[form].add("family")
        self.aliases = {
            plainly(form): key
            for key, claims in who.claims.by_form.items()
            for c in claims
            for form in (c.form.name, c.form.name[:1].upper() + c.form.name[1:])  # "the Clerk", also at a beginning
        }
        """What the register calls people -> the comparable form."""
        for form in self.aliases:
            kinds[form].add("alias")
        for e in who.claims.entries:
            for held in e.posts:
                kinds[held.role].add("post")
        lexicons = list({s.lexicon.language: s.lexicon for s in sittings}.values())
        for role in {a.role for s in sittings for a in s.minutes.people if a.role}:
            if len(role.split()) > 1:
                kinds[role].add("post")
                if head := post_head(role):
                    kinds[head].add("post")
            elif any(role.casefold() in lexicon.set("role_words") for lexicon in lexicons):
                kinds[role].add("post")
        for said in {said for lexicon in lexicons for said, _ in lexicon.post_classes}:
            kinds[said].add("post")
        for o in organizations:
            for printed in (o.name, *o.other_names, *((x.name for x in o.entry.other_names) if o.entry else ())):
                kinds[printed].add("acronym" if printed.isupper() and " " not in printed else "organization")
            for acronym in o.acronyms:
                kinds[acronym].add("acronym")
        for noun in {noun for lexicon in lexicons for noun in lexicon.list("short_organization_nouns")}:
            kinds[noun].add("short")
        for form in terms:
            kinds[form].add("term")
        self._automaton = ahocorasick.Automaton()
        merged: dict[str, set[str]] = defaultdict(set)
        for printed, what in kinds.items():
            merged[plainly(printed)] |= what
        for form, what in merged.items():
            if len(form) > 1:
                self._automaton.add_word(form, (form, tuple(k for k in KINDS if k in what)))
        self._automaton.make_automaton()

    def find(self, text: str) -> list[Hit]:
        """The forms in a text, made plain, that stand there as whole words, from left to right, the longest first."""
        hits = []
        if len(self._automaton):
            for last, (form, kinds) in self._automaton.iter(text):
                start, end = last - len(form) + 1, last + 1
                after = text[end : end + 1]
                if after.isalnum() or (after in _JOINS and after and not _edge(text, end)):
                    continue
                before = text[start - 1] if start else " "
                if before.isalnum() or (before in "-_@" and not (before == "@" and _is_handle(text, start))):
                    continue
                hits.append(Hit(start, end, form, kinds))
        hits.reverse()  # the automaton gives them by their ends
        hits.sort(key=_START)
        return hits


_JOINS = "-_@"
"""Signs that may join what stands behind them to the word in front."""


def _edge(text: str, end: int) -> bool:
    """Whether a word ends in front of a sign; "Ann-Marie" is one word, "Ann's" are two, and so are "Ann -"."""
    return text[end] == "-" and not text[end + 1 : end + 2].isalnum()


def _spellings(name: str) -> Iterable[str]:
    """A name as it may be spelt elsewhere: without its apostrophe or hyphen, with a hyphen between two surnames, with
    a capital where it begins a sentence."""
    yield name
    if "'" in name or "\u2019" in name:
        yield name.replace("'", "").replace("\u2019", "")
    if "-" in name:
        yield name.replace("-", " ")
    elif len(name.split()) > 2:
        first, _, last = name.rpartition(" ")
        yield f"{first}-{last}"
    if name[0].islower():
        yield name[0].upper() + name[1:]


def _is_handle(text: str, start: int) -> bool:
    """Whether a sign in front makes a word a handle: "@annlee", but not "post@annlee"."""
    return text[start - 1] == "@" and (start < 2 or text[start - 2].isspace() or text[start - 2] in "(,;:")


def post_head(role: str) -> str:
    """What people call a post for short: "Chief Examiner" of "Chief Examiner for Schools"; nothing where it is all."""
    m = _HEAD.match(role)
    return m["head"] if m and "," not in m["head"] else ""

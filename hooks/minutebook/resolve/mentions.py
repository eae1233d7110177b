"""Mentions: who, or what, is meant by each name, title, post and pair of initials in the text.

One rule at a time, from the surest to the least sure, and each gives one candidate or none. Whatever was found and
may stand for two is linked to neither and kept with its candidates. Finding comes first, annotation last: no text is
changed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Block, Candidate, Mention, Organization
from minutebook.resolve import around
from minutebook.resolve.context import Context, Everyone
from minutebook.resolve.forms import Forms, Hit, plainly, post_head
from minutebook.resolve.people import followed_by_institution

_INITIALS = re.compile(r"(?<![\w'’@/-])[A-Z][A-Za-z]{0,4}(?![\w@-])")
_CAPITAL_BEHIND = re.compile(r"\s+(?:[A-Z][\w'-]*)")
_OF_SOMETHING = re.compile(r"\s+(?:for|of)\s+(?:the\s+)?[A-Z]")


@dataclass(frozen=True)
class Meant:
    """What a form stands for: at most one of person, organisation and term, or candidates."""

    rule: str
    person: str = ""
    organization: str = ""
    term: str = ""
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finder:
    """Finds the mentions of one meeting."""

    context: Context
    everyone: Everyone
    forms: Forms
    organizations: Mapping[str, Organization]
    by_name: Mapping[str, frozenset[str]]
    """Comparable name -> organisations."""
    acronyms: Mapping[str, frozenset[str]]
    """Acronym -> organisations that the archive gives it to."""
    lexicon: Lexicon

    def all(self) -> tuple[Mention, ...]:
        """The mentions in the business, headings and owner lines included."""
        return tuple(m for i, b in around.business(self.context.sitting.minutes) for m in self.in_block(i, b))

    def in_block(self, index: int, block: Block) -> Iterator[Mention]:
        plain = plainly(block.text.plain)
        hits = sorted([*self._initials(plain), *self.forms.find(plain)], key=lambda h: (h.start, -h.end))
        end = 0
        for hit in hits:
            if hit.start < end:
                continue
            meant = self.meant(hit, plain)
            if meant is None:
                continue
            start, end = around.with_title(hit, plain, end, self.lexicon) if meant.person else (hit.start, hit.end)
            yield Mention(
                index,
                start,
                end,
                block.text.plain[start:end],
                block.text.line_at(hit.start),
                meant.rule,
                meant.person,
                meant.organization,
                meant.term,
                tuple(self._candidate(c) for c in meant.candidates),
            )

    def meant(self, hit: Hit, plain: str) -> Meant | None:
        """What a form stands for; None where it is only a word."""
        # A window, so that the cost of a long paragraph is not its length squared; the sign says that it was cut.
        cut = hit.start - around.WINDOW
        before, behind = plain[max(0, cut) : hit.start], plain[hit.end : hit.end + around.WINDOW]
        before = f"\u2026{before}" if cut > 0 else before
        rules = (
            ("legend", self._legend),
            ("name", self._full),
            ("organization", self._organization),
            ("acronym", self._acronym),
            ("post", self._post),
            ("family", self._family),
            ("given", self._given),
            ("short", self._short),
            ("term", self._term),
        )
        for kind, rule in rules:
            if kind in hit.kinds and (meant := rule(hit, before, behind)):
                return meant
        return None

    # --- people

    def _initials(self, plain: str) -> Iterator[Hit]:
        for m in _INITIALS.finditer(plain):
            if m.group().casefold() in self.context.folded:
                yield Hit(m.start(), m.end(), m.group(), frozenset({"legend", "acronym", "term"}))

    def _legend(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if re.search(rf"(?:^|\W){self.lexicon.any_of('articles')}\s+$", before, re.I):
            return None  # "the IT system" is nobody's
        if re.search(r"\d\s*$", before):
            return None  # "10 AM", "5 MB"
        if hit.form in self.context.legend and hit.form in self.context.terms:
            return Meant(
                "initials, and a term that these minutes explain",
                candidates=tuple(sorted(self.context.legend[hit.form])),
            )
        if hit.form in self.context.legend:
            return _one("initials", self.context.legend[hit.form])
        if sum(c.isupper() for c in hit.form) < 2:  # "It" is no "IT"
            return None
        return _one("initials in another case", self.context.folded[hit.form.casefold()])

    def _full(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if followed_by_institution(behind, 0, self.lexicon) or around.within_name(before, behind, self.lexicon):
            return None
        key = names.key(hit.form)
        here = self.context.full.get(key)
        if here:
            return _one("full name", here)
        everywhere = self.everyone.by_full.get(key, frozenset())
        known_here = {p for p in everywhere if self._of_this_body(p)}
        if known_here:
            return _one("full name", known_here)
        # The same name in another body's minutes is kept apart there too, until something links the two.
        return Meant("full name, known from other minutes only", candidates=tuple(sorted(everywhere)))

    def _family(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if followed_by_institution(behind, 0, self.lexicon) or hit.form.casefold() in self.lexicon.months:
            return None
        key = names.key(hit.form)
        here = self.context.family.get(key, set())
        title = re.search(rf"(?<!\w)(?P<title>(?:{self.lexicon.any_of('honorifics')}\.?\s+)+)$", before)
        if title:
            said = title["title"]
            fits = {p for p in here if not self._contradicts(said, p)}
            if here:
                return (
                    _one("surname with honorific", fits)
                    if fits
                    else Meant("surname with another honorific", candidates=tuple(sorted(here)))
                )
            elsewhere = {
                p
                for p in self.everyone.by_family.get(key, frozenset())
                if self._of_this_body(p) and self._bears(said, p)
            }
            return _one("surname with honorific", elsewhere) if elsewhere else None
        if re.search(rf"(?:^|\W){self.lexicon.any_of('articles')}\s+$", before, re.I):
            return None  # "the King"
        starts = around.starts_sentence(before)
        if (
            here
            and not around.within_name(before, behind, self.lexicon)
            and not (starts and hit.form.casefold() in self.lexicon.set("ambiguous_surnames"))
        ):
            return _one("surname in the roll call", here)
        return None

    def _of_this_body(self, person: str) -> bool:
        return self.context.sitting.body in self.everyone.bodies.get(person, ())

    def _bears(self, title: str, person: str) -> bool:
        """Whether a person is printed with one of the words of a title."""
        return bool(set(names.key(title).split()) & set(names.key(self.everyone.by_id[person].honorific).split()))

    def _contradicts(self, title: str, person: str) -> bool:
        """Whether a title cannot be this person's: "Mr" of somebody who is printed as "Dame"."""
        kinds = (self.lexicon.set("honorifics_of.men"), self.lexicon.set("honorifics_of.women"))
        said, printed = (set(names.key(x).split()) for x in (title, self.everyone.by_id[person].honorific))
        return any(said & one and printed & other for one, other in (kinds, kinds[::-1]))

    def _given(self, hit: Hit, before: str, behind: str) -> Meant | None:
        here = self.context.given.get(names.key(hit.form))
        starts = around.starts_sentence(before)
        if hit.form.casefold() in self.lexicon.months or re.match(r"\s+of\s", behind):
            return None  # "in April", "Eve of war"
        if (
            not here
            or around.within_name(before, behind, self.lexicon)
            or (starts and hit.form.casefold() in self.lexicon.set("ambiguous_given_names"))
        ):
            return None
        return _one("first name in the roll call", here)

    def _post(self, hit: Hit, before: str, behind: str) -> Meant | None:
        article = re.search(r"(?:^|\W)the\s+$", before, re.I)
        starts = around.starts_sentence(before)
        if re.match(r"'s?\b", behind) or around.named_in_front(before):
            return None  # the office's ("the Commissioner's report"), or what the person before it is
        if not article and (
            around.name_before(before, self.lexicon)
            or re.search(r"\w\s+to\s+$", before)
            or (" " not in hit.form and not starts)
        ):
            return None
        if article and re.search(r"[A-Z]\w*\s+(?:to|of|for)\s+the\s+$", before):
            return None  # "Private Secretary to the Minister"
        if _OF_SOMETHING.match(behind) or (_CAPITAL_BEHIND.match(behind) and not starts):
            return None  # another post, of something else
        whole = {p for role, p in self.context.posts if role == hit.form}
        titles = next((t for said, t in self.lexicon.post_classes if said == hit.form), (hit.form,))
        if set(titles) & set(self.lexicon.list("roll_call.chair")):
            holders = self.context.chairs or {p for role, p in self.context.posts if role in titles}
        elif whole and (" " in hit.form or article):
            return _one("post", whole)
        else:
            holders = {
                p
                for role, p in self.context.posts
                for t in titles
                if role == t or re.match(rf"{re.escape(t)}\s+(?:for|of|to)\s", role) or post_head(role) == t
            }
        if len(holders) != 1 and not any(said == hit.form for said, _ in self.lexicon.post_classes):
            return None
        return _one("post held by one in the roll call", holders) if article or starts or " " in hit.form else None

    # --- organisations and terms

    def _organization(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if around.within_name(before, behind, self.lexicon):  # "Harbour Trust Secretariat" is not the Harbour Trust
            return None
        key = names.organization_key(hit.form)
        found = {i for name, i in self.context.organizations.items() if names.organization_key(name) == key}
        found = found or set(self.by_name.get(key, ()))
        return Meant("name of an organisation", organization=found.pop()) if len(found) == 1 else None

    def _acronym(self, hit: Hit, before: str, behind: str) -> Meant | None:
        here = self.context.acronyms.get(hit.form) or {
            i for n, i in self.context.organizations.items() if n == hit.form
        }
        if not here and hit.form in self.context.terms:
            return None
        found = here or self.acronyms.get(hit.form, frozenset())
        return _one("acronym", found, organization=True) if found else None

    def _short(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if not re.search(r"(?:^|\W)[Tt]he\s+$", before) or _CAPITAL_BEHIND.match(behind) or _OF_SOMETHING.match(behind):
            return None
        edge = re.compile(rf"{re.escape(hit.form)}\b|.*\b{re.escape(hit.form)}$")
        found = {i for name, i in self.context.organizations.items() if edge.match(name)}
        return _one("short form of an organisation in these minutes", found, organization=True) if found else None

    def _term(self, hit: Hit, before: str, behind: str) -> Meant | None:
        singular = hit.form.removesuffix("s")
        meaning = next(
            (self.context.terms[t] for t in (hit.form, singular, f"{singular}s") if t in self.context.terms), ""
        )
        return Meant("term that these minutes explain", term=meaning) if meaning else None

    def _candidate(self, id_: str) -> Candidate:
        if id_ in self.everyone.by_id:
            return Candidate(self.everyone.by_id[id_].name, self.everyone.by_id[id_].address)
        return Candidate(self.organizations[id_].name, self.organizations[id_].address)


def _one(rule: str, found: Iterable[str], organization: bool = False) -> Meant:
    """One candidate, or none and all the candidates."""
    found = sorted(found)
    if len(found) == 1:
        return Meant(rule, organization=found[0]) if organization else Meant(rule, person=found[0])
    return Meant(f"{rule}: {len(found)} candidates" if found else f"{rule}: nobody", candidates=tuple(found))

"""Acronyms where the text explains them, and organisations where it names them in full.

    the Local Authorities (LAs)        Harbour Trust ("HT")       Harbour Trust, hereafter HT
    the MCC (Mental Care Commission)   Local Authorities/LAs      der Hafenverein (kurz: HV)

Each is a definition only if the words spell the acronym (`spelling.py`), and if they are nobody's name: "Bo Ray (BR)"
may give a person's initials, and is told instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from minutebook import names
from minutebook.diagnostics import NOTE
from minutebook.lexicon import Lexicon
from minutebook.model import Attendance, Block, Definition, NamedOrganization, SourceRef
from minutebook.parse import spelling
from minutebook.parse.draft import Draft

_QUOTE = "[\"'“”„«»‘’*]*"
_TERM = rf"(?<![^\W_]){spelling.TERM}(?![^\W_])"
_BRACKET = (
    r"[(\[]\s*(?:(?i:<<hereafter>>)[\s:,]*)*(?:(?i:<<articles>>)\s+)?"
    rf"{_QUOTE}\s?(?P<terms>{_TERM}(?:\s?/\s?{_TERM})?)(?:['’]s?)?\s?{_QUOTE}\s*[)\]]"
)
"""An acronym behind its words: "(HT)", "(the “HT”)", "(hereafter HT)", "(HT/HTr)"."""
_HEREAFTER = rf",\s+(?i:<<hereafter>>)[\s:,]*(?:(?i:<<articles>>)\s+)?{_QUOTE}(?P<terms>{_TERM}){_QUOTE}"
_SLASH = rf"(?<=[^\W_]{{2}})\s?/\s?(?P<terms>{_TERM})(?!\s?/)"
_FIRST = rf"(?P<term>{_TERM})['’\"”]?\s{{1,2}}[(\[](?P<meaning>[^()\[\]]{{3,200}})[)\]]"
"""An acronym in front of its words: "MCC (Mental Care Commission)"."""
_SLASH_FIRST = rf"(?<![\w/])(?P<term>{_TERM})\s?/\s?(?=[^\W_]{{2}})"
_SURE = 3
"""Letters: names of persons that are given with their initials are two, unless one of them is known here."""


@dataclass(frozen=True)
class _Explained:
    """An acronym and the words beside it that spell it."""

    term: str
    meaning: str
    start: int
    end: int
    in_front: str
    """The word in front of both, if only a space parts them."""
    cut: bool = False
    """Whether that word may be the first of the name."""


def find(draft: Draft) -> Draft:
    """The draft with the acronyms that it explains and the organisations that it names."""
    definitions: dict[tuple[str, str], Definition] = {}
    organizations: dict[tuple[str, str], NamedOrganization] = {}
    doubts: dict[str, tuple[str, str, int, str, str]] = {}
    people = _People(draft)
    for block in draft.blocks:
        for x in _explained(block.text.plain, draft.lexicon):
            ref = _ref(block, x)
            if people.listed(x):
                continue  # "Ann Lee [AL]" is a legend
            if names.key(x.meaning) == names.key(x.term):
                continue  # "R&D / R&D" explains nothing
            if not x.cut and not people.may_be(x):
                definitions.setdefault((x.term, x.meaning), Definition(x.term, x.meaning, ref))
            elif block.part not in ("roll_call", "header"):
                doubts.setdefault(x.term, _doubt(x, ref.first_line))
        for m in _named(draft).finditer(block.text.plain):
            organizations.setdefault((m.group(), ""), NamedOrganization(m.group(), block.ref))
    for a in draft.minutes.people:
        if a.organization and a.acronym and not people.misread(a, draft.lexicon):
            definitions.setdefault((a.acronym, a.organization), Definition(a.acronym, a.organization, a.ref))
    is_organization = draft.lexicon.pattern(r"\b<<organization_words>>\b")
    for d in definitions.values():
        if is_organization.search(d.meaning) and d.meaning[0].isupper():
            organizations[d.meaning, d.term] = NamedOrganization(d.meaning, d.ref, d.term)
    sure = {d.term for d in definitions.values()}
    draft = draft.tell(doubt for term, doubt in doubts.items() if term not in sure)
    return draft.with_(definitions=tuple(definitions.values()), organizations=tuple(organizations.values()))


def expansion(term: str, before: str, lexicon: Lexicon) -> str:
    """The proper name that the words in front of an acronym spell; empty where they spell none."""
    found = spelling.meaning(term, before, lexicon.set("small_words"), proper=True)
    return found.text if found else ""


def _explained(plain: str, lexicon: Lexicon) -> Iterator[_Explained]:
    """Every acronym of a text that words beside it spell."""
    small = lexicon.set("small_words")
    for pattern in (_BRACKET, _HEREAFTER, _SLASH):
        for m in lexicon.pattern(pattern).finditer(plain):
            terms = [t.strip() for t in m["terms"].split("/")]
            offset = max(0, m.start() - spelling.WINDOW)
            before = plain[offset : m.start()]
            for n, term in enumerate(reversed(terms)):
                # Of "Tides Office/Pier Office (TO/PO)" the first acronym is that of what stands in front of the stroke.
                apart = before.rpartition("/")[0] if n and "/" in before else before
                found = spelling.is_term(term) and spelling.meaning(term, apart, small)
                if found:
                    start = offset + found.start
                    yield _Explained(term, found.text, start, m.end(), found.in_front, _is_cut(term, found, lexicon))
    for pattern, whole in ((_FIRST, True), (_SLASH_FIRST, False)):
        for m in lexicon.pattern(pattern).finditer(plain):
            words = m["meaning"] if whole else plain[m.end() : m.end() + spelling.WINDOW]
            if spelling.is_term(m["term"]) and (said := spelling.behind(m["term"], words, small, whole=whole)):
                in_front = re.search(r"([^\W\d_][\w'’-]*)\s+$", plain[max(0, m.start() - 40) : m.start()])
                yield _Explained(m["term"], said, m.start(), m.end(), in_front[1] if in_front else "")


def _is_cut(term: str, found: spelling.Found, lexicon: Lexicon) -> bool:
    """Whether the word in front of a proper name belongs to it: "Health Trust" of "Harbour Health Trust (HT)"."""
    word = found.in_front.casefold()
    if not found.in_front[:1].isupper() or not found.text[0].isupper():
        return False
    known = ("small_words", "articles", "role_words", "sentence_openers", "contracted_articles", "honorifics")
    several = names.singular(term) != term  # "Many Local Authorities (LAs)"
    opens = found.opens and (several or word.endswith(lexicon.list("opener_endings")))
    return not opens and not any(word in lexicon.set(key) for key in known)


class _People:
    """Whose initials an acronym could be."""

    def __init__(self, draft: Draft) -> None:
        self.lexicon = draft.lexicon
        self.names = [a.name for a in draft.minutes.people if a.name]
        self.full = {names.key(n.full) for n in self.names}
        self.family = {names.key(n.family) for n in self.names}
        self.words = {w for n in self.names for w in names.key(n.full).split()}
        self.initials = {i for n in self.names for i in names.initials(n)}

    def listed(self, x: _Explained) -> bool:
        """Whether the words name somebody on the list of people, or somebody with a title."""
        key = names.key(x.meaning)
        titles = self.lexicon.set("honorifics")
        titled = any(
            said.split()[0].casefold() in titles and names.looks_like_name(said, self.lexicon.language)
            for said in (x.meaning, f"{x.in_front} {x.meaning}".strip())
        )
        return key in self.full or key in self.family or titled

    def misread(self, a: Attendance, lexicon: Lexicon) -> bool:
        """Whether an entry's organisation and acronym are in truth a name, or the person's own initials."""
        if expansion(a.acronym, a.organization, lexicon):
            return False
        own = a.name is not None and names.could_be_initials(a.acronym, a.name)
        return own or names.looks_like_name(a.organization, lexicon.language)

    def may_be(self, x: _Explained) -> bool:
        """Whether the words may be a person's name, or the letters those of somebody who is meant in their place."""
        if x.meaning[0].islower():
            return x.term.casefold() in self.initials  # "to write letters (WL)": Wyn Lowe is to
        letters = names.singular(x.term)
        determined = x.in_front.casefold() in self.lexicon.set("articles") | self.lexicon.set("contracted_articles")
        known = self.words & set(names.key(x.meaning).split())
        if letters != x.term or determined or (len(letters) >= _SURE and not known):
            return False
        return names.looks_like_name(x.meaning, self.lexicon.language)


def _doubt(x: _Explained, line: int) -> tuple[str, str, int, str, str]:
    said = f"“{x.meaning}” beside “{x.term}” may be what it stands for, a person's name, or the end of a longer one."
    return ("doubtful-term", NOTE, line, said, "It is read as none of them. A term can be explained in glossary.yml.")


def _ref(block: Block, x: _Explained) -> SourceRef:
    last = max(x.start, x.end - 1)
    return SourceRef(block.ref.path, block.text.line_at(x.start), block.text.line_at(last))


def _named(draft: Draft) -> re.Pattern[str]:
    heads, joins = draft.lexicon.any_of("organization_heads"), draft.lexicon.any_of("organization_joins")
    capital = r"[A-Z][\w'’-]*"
    return re.compile(rf"\b{heads}\s+{joins}\s+{capital}(?:\s+(?:(?:and|&|of|for)\s+)?{capital})*(?=\W|$)")

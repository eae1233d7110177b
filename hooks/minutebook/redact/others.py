"""Everybody and everything else that the words of a removed name may stand for: they stay unharmed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files

from minutebook import lexicon
from minutebook.model import Archive, Person
from minutebook.redact import words
from minutebook.redact.fold import fold

UNLISTED = ""
"""In the place of an id: somebody whom no list names."""
_NAME = re.compile(r"(?<![\w'\u2019.@-])(?P<name>[^\W\d_a-z][\w'\u2019-]*)\.?\s+$")
_LISTED = re.compile(r", (?P<name>[^\W\d_a-z][^\W\d_A-Z]+)(?=\s*(?:[\n(\[,;]|$))")
_LINE_START = re.compile(r"(?:^|\n)[ *+-]*$")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+(?![\w-])")


def printed_names(p: Person) -> Iterator[str]:
    """Every form under which somebody stands in minutes or the register, but for initials."""
    yield from (p.name, *p.other_names)
    if p.entry:
        yield p.entry.name
        yield from (o.name for o in p.entry.other_names if not words.is_initials(o.name))


class Others:
    """Everybody and everything else that the words of a name may stand for."""

    def __init__(self, archive: Archive, people: list[Person], removed: words.Names, language: str) -> None:
        self.archive, self.language = archive, language
        self.names: dict[str, set[str]] = defaultdict(set)
        for p in people:
            for printed in printed_names(p):
                for name in {printed, words.parsed(printed, language).full}:
                    self.names[fold(name).strip()].add(p.id)
        self._unlisted(removed)
        self.organizations = {fold(n).strip() for o in archive.organizations for n in (o.name, *o.other_names)}

    def _unlisted(self, removed: words.Names) -> None:
        """Take up those whom no list names: "Kim" in front of the surname of somebody else."""
        surnames = words.Words(frozenset(words.Word(w, 0, lone=True) for w in removed.surname))
        mine = {w.split()[0] for w in removed.full if " " in w}
        for text in self.texts:
            for start, end, _ in surnames.places(text):
                if (m := _NAME.search(text, max(0, start - 40), start)) and self._first_name(m, text, mine):
                    called = f"{m['name']} {text[start:end]}"
                elif (m := _LISTED.match(text, end)) and _LINE_START.search(text, 0, start):  # "- Lee, Bo (Cook)"
                    called = f"{text[start:end]}, {m['name']}"
                    if fold(m["name"]).strip() in mine | self.small:
                        continue
                else:
                    continue
                self.names[fold(called).strip()].add(UNLISTED)

    def _first_name(self, m: re.Match[str], text: str, mine: set[str]) -> bool:
        """Whether a word with a capital in front of a surname is a first name, and not of those who are removed."""
        word = fold(m["name"]).strip()
        if len(word) == 1:
            return word not in {w[0] for w in mine}
        if "." in m.group() and len(word) > 2:  # the end of a sentence
            return False
        if not word or word in mine or word in self.small or m["name"].isupper():
            return False
        titles = lexicon.load(self.language).any_of("honorifics")
        if re.fullmatch(titles, m["name"], re.I):
            return False
        starts = not re.search(r"[\w,)\]] $", text[: m.start()])
        return not starts or word in self.first_names

    @cached_property
    def texts(self) -> list[str]:
        return [b.text.plain for m in self.archive.meetings for b in m.minutes.blocks]

    @cached_property
    def small(self) -> set[str]:
        """Words that stand somewhere in small letters, or in a role: they are no first names."""
        roles = (a.role for m in self.archive.meetings for a in m.minutes.people)
        small = {w for text in self.texts for w in re.findall(r"(?<![\w.@-])[^\W\d_A-Z]{2,}(?!\w)", text)}
        return {w for said in (*roles, *small) for w in fold(said).split()} | self._openers | _of_the_site()

    @property
    def _openers(self) -> set[str]:
        return {w.casefold() for w in lexicon.load(self.language).list("sentence_openers")}

    @cached_property
    def first_names(self) -> set[str]:
        """First names of those who are listed, and words that have a capital within a sentence."""
        listed = {w for name in self.names for w in name.split()[:1]}
        return listed | {fold(w).strip() for text in self.texts for w in _CAPITAL.findall(text)}

    def called(self, word: str) -> set[str]:
        """Ids of those who are called so."""
        return set(self.names.get(word, ()))

    def bear(self, surname: str) -> bool:
        """Whether somebody else has a surname as part of their name."""
        return any(f" {surname} " in f" {name} " for name in self.names)

    def say(self, word: str) -> bool:
        """Whether a surname is also a word of the language, of these minutes, or of the site's own pages."""
        if " " in word:
            return False
        lex = lexicon.load(self.language)
        if word in lex.months or word in lex.set("ambiguous_surnames") or word in _of_the_site():
            return True
        titles = lex.any_of("honorifics")
        given = "|".join(re.escape(n.split()[0]) for n in sorted(self.names) if n) or "-"
        alone = re.compile(rf"(?<![\w@./#'’-]){re.escape(word)}(?![\w@/-]|\.\w)")
        behind = re.compile(rf"(?:{titles}\.?|\b(?:{given})|\b\w\.?)\s+$", re.I)
        return any(
            not behind.search(b.text.plain[max(0, m.start() - 40) : m.start()])
            for meeting in self.archive.meetings
            for b in meeting.minutes.blocks
            for m in alone.finditer(b.text.plain)
        )

    def names_near(self, wanted: set[str]) -> set[str]:
        """Names of others that share a word with those that are looked for, and of organisations with a surname."""
        parts = {p for w in wanted for p in w.split()}
        whole = {w for w in wanted if " " in w}
        near = {n for n in self.names if " " in n and parts & set(n.split())}
        return near | {
            o
            for o in self.organizations
            if " " in o and parts & set(o.split()) and not any(f" {w} " in f" {o} " for w in whole)
        }


@cache
def _of_the_site() -> frozenset[str]:
    """The words in small letters that stand on every site, whatever its minutes: those of our templates."""
    found: set[str] = set()
    for folder in ("render", "theme", "publish"):
        for path in files("minutebook").joinpath(folder).rglob("*"):  # type: ignore[attr-defined]
            if path.suffix in (".jinja", ".html", ".json"):
                found |= set(re.findall(r"(?<![\w./@-])[a-z]{2,}(?![\w/-])", path.read_text("utf-8")))
    return frozenset(found)

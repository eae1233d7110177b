"""Where in one file of minutes those who are removed stand, besides under their whole names.

Initials, first names, surnames that others have too, titles: what the rules of `resolve` linked to the person, and what
the roll call's entry of the person holds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from minutebook import lexicon
from minutebook.model import Archive, Attendance, Meeting, Mention, Person, PersonName
from minutebook.redact import words
from minutebook.redact.fold import fold
from minutebook.redact.who import HANDLE, MAIL, Who
from minutebook.redact.words import Word, Words

_UNSEARCHED = ("header", "roll_call", "note", "colophon")
"""Parts of minutes in which no mentions are looked for."""


@dataclass(frozen=True)
class Around:
    """What goes with a name: the titles in front of it, the post-nominals behind."""

    titles: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def around(language: str) -> Around:
    lex = lexicon.load(language)
    titles = lexicon.alternatives([form for t in lex.list("honorifics") for form in (t, t.upper())])
    return Around(
        re.compile(rf"(?<!\w)(?:{titles}\.?\s+)+$"),
        re.compile(rf"(?:,?[ \t]+{lex.any_of('postnominals')}\b)+"),
    )


@dataclass(frozen=True)
class Edit:
    """Words that take the place of a stretch of a text; none where the stretch only goes."""

    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Listed:
    """An entry of the roll call that is removed."""

    entry: Attendance
    by: int
    """The entry of `redactions.yml`."""


@dataclass(frozen=True)
class Places:
    """Where they stand in the minutes of one meeting."""

    meeting: Meeting
    mentions: tuple[tuple[Mention, int], ...]
    """Those that name somebody who is removed, with the entry of `redactions.yml`."""
    listed: tuple[Listed, ...]
    initials: tuple[tuple[str, int], ...]
    """Initials that here stand for nobody else."""
    legend: tuple[tuple[str, int], ...]
    """Initials that stand in brackets behind a name that no list has."""
    given: frozenset[str]
    """First names that here nobody else has."""
    language: str
    who: Who

    @cached_property
    def in_block(self) -> dict[int, list[tuple[Mention, int]]]:
        out: dict[int, list[tuple[Mention, int]]] = defaultdict(list)
        for x, by in self.mentions:
            out[x.block].append((x, by))
        return out

    @cached_property
    def on_line(self) -> dict[int, list[tuple[str, str]]]:
        """Line -> (words that stood on it, the words in their place)."""
        out: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for x, by in self.mentions:
            for line in mention_lines(self.meeting, x):
                out[line].append((x.text, self.who.redactions[by].words))
        for a in self.listed:
            for line in range(a.entry.ref.first_line, a.entry.ref.last_line + 1):
                instead = self.who.redactions[a.by].words
                out[line] += [(said, instead) for said in (a.entry.initials, _printed(a.entry)) if said]
        return out


def of(m: Meeting, archive: Archive, who: Who, language: str) -> Places:
    """Where those who are removed stand in the minutes of a meeting."""
    here = who.entry_of.get(m.id, {})
    listed = tuple(Listed(a, here[p]) for a, p in zip(m.minutes.people, m.people, strict=True) if p in here and a.name)
    of_others = {a.initials for a, p in zip(m.minutes.people, m.people, strict=True) if p not in here}
    own = {a.entry.initials: a.by for a in listed if a.entry.initials}
    forms = {p: _forms(archive, p, listed) for p in here}
    mentions = tuple((x, here[p]) for x in m.mentions for p in _meant(x, here) if _names(x, *forms[p], own))
    initials = tuple((i, by) for i, by in own.items() if i not in of_others and words.is_initials(i))
    legend = tuple((i, by) for i, by in _given_behind(m, who).items() if i not in of_others and i not in own)
    people = [(p, a.name) for a, p in zip(m.minutes.people, m.people, strict=True) if a.name]
    first = {n.split()[0] for p in here for n in _given(archive.person[p], language)}
    others = (words.parsed(n.printed, language) for p, n in people if p not in here)
    first -= {n.given.split()[0] for n in others if n.given}
    return Places(m, mentions, listed, initials, legend, frozenset(first), language, who)


def _given_behind(m: Meeting, who: Who) -> dict[str, int]:
    """Initials in brackets right behind a whole name, and that of the name: of somebody who was read as no person."""
    wanted, out = who.words_in(m.id), dict[str, int]()
    for plain in (b.text.plain for b in m.minutes.blocks):
        for start, end, word in wanted.places(plain) if _BRACKET.search(plain) else ():
            found = _BRACKET.match(plain, end)
            own = "".join(part[0] for part in fold(plain[start:end]).split())
            if found and not word.lone and len(own) > 1 and found["initials"].casefold() == own:
                out[found["initials"]] = word.entry
    return out


_BRACKET = re.compile(r"[ \t]*[*_]*[\[(](?P<initials>[A-Z][A-Za-z]{1,4})[\])][*_]*")


def _given(p: Person, language: str) -> Iterator[str]:
    """The first names of somebody, without initials and those that are words of the language."""
    words_ = lexicon.load(language).set("ambiguous_given_names")
    for printed in (p.name, *p.other_names):
        given = words.parsed(printed, language).given
        if len(given.split(" ")[0].strip(".")) > 1 and given.casefold() not in words_:
            yield given


def candidates(x: Mention) -> set[str]:
    """Ids of the people whom a mention may mean, where it is linked to nobody."""
    return {c.address.split("/")[1] for c in x.candidates if c.address.startswith("people/")}


def _meant(x: Mention, removed: Iterable[str]) -> list[str]:
    """Whom of those who are removed a mention means; one of them, where it may mean several and nobody else."""
    if "other initials" in x.rule:  # "B. Lee" is no Ann, whoever it is
        return []
    meant = {x.person} if x.person else candidates(x)
    return sorted(meant)[:1] if meant and len(meant) >= len(x.candidates) and meant <= set(removed) else []


def mention_lines(m: Meeting, x: Mention) -> range:
    """The source lines on which a mention stands."""
    text = m.minutes.blocks[x.block].text
    return range(text.line_at(x.start), text.line_at(max(x.start, x.end - 1)) + 1)


def _forms(archive: Archive, person: str, listed: Iterable[Listed]) -> tuple[frozenset[str], frozenset[str]]:
    """(the folded words of which the names of a person are made, those words and what else their list entries say)."""
    p = archive.person[person]
    own = {w for n in (p.name, *p.other_names) for w in fold(n).split()}
    return frozenset(own), frozenset(own | {w for a in listed for w in fold(a.entry.text).split()})


def _names(x: Mention, own: frozenset[str], forms: frozenset[str], initials: Iterable[str]) -> bool:
    """Whether a mention holds a name or initials; a post ("the Chair") may stay where it stands."""
    said = set(fold(x.text).split())
    if "post" in x.rule and "initials" not in x.rule:
        return bool(own & said)
    return bool(forms & said) or x.rule.startswith("initials") or x.text in initials


def _printed(a: Attendance) -> str:
    return a.name.printed if a.name else ""


def words_of(name: PersonName, language: str, by: int, kept: frozenset[str]) -> Words:
    """The words of one entry's name, to be looked for where it stands; `kept` hold some and mean something else."""
    n = words.of(name.printed, language)
    whole = {fold(name.printed).strip(), fold(name.full).strip(), *n.full, *n.surname}
    return Words(frozenset(Word(w, by) for w in whole if w), kept - whole)


def in_entry(text: str, listed: Listed, places: Places) -> Iterator[Edit]:
    """The name, the initials and the address of mail of a roll call's entry, in the lines on which it is printed."""
    a, instead = listed.entry, places.who.redactions[listed.by].words
    assert a.name
    at = text.find(a.text)
    start, end = (at, at + len(a.text)) if at >= 0 else (0, len(text))
    inside = text[start:end]
    found = words_of(a.name, places.language, listed.by, places.who.words.kept).places(inside)
    if not found:  # "Bob and Ann Lee": of the one only the first name is printed
        first = Words(frozenset(Word(fold(w).strip(), listed.by) for w in a.name.full.split()[:1]))
        found = first.places(inside)
    yield from (Edit(start + x, start + y, instead) for x, y, _ in found)
    for m in MAIL.finditer(inside) if at >= 0 else ():
        yield Edit(start + m.start(), start + m.end(), instead)
    for m in HANDLE.finditer(inside):
        yield Edit(start + m.start(), start + m.end(), instead)
    if a.initials:
        yield from (Edit(x, y, "") for x, y in _legend(text, a.initials))


def _legend(text: str, initials: str) -> Iterator[tuple[int, int]]:
    """Where a roll call's line gives initials: with brackets and emphasis around them, or with the dash behind."""
    own = re.escape(initials)
    bracketed = re.compile(rf"[ \t]*[*_]*[\[(]\s*[*_]*{own}[*_]*\s*[\])][*_]*")
    leading = re.compile(rf"(?<![\w@]){own}\s+[–—-]\s+")
    alone = re.compile(rf"(?<![\w@]){own}(?!\w)")
    for pattern in (bracketed, leading, alone):
        if found := [m.span() for m in pattern.finditer(text)]:
            yield from found
            return


def literal(text: str, wanted: Words, around: Around, who: Who) -> Iterator[Edit]:
    """Every occurrence of the words, with the titles in front of it and what stands behind a name.

    A name within an address, of mail or of a page, or within a handle takes the whole address with it.
    """
    found = wanted.places(text)
    titled = who.titled.places(text) if who.titled else []
    found += [x for x in titled if around.titles.search(text, max(0, x[0] - 60), x[0])]
    addresses = [m.span() for p in (MAIL, HANDLE, _ADDRESS) for m in p.finditer(text)] if found else []
    for start, end, word in found:
        for a, z in addresses:
            if a <= start and end <= z:
                start, end = a, z
        if m := around.titles.search(text, max(0, start - 60), start):
            start = m.start()
        if m := around.behind.match(text, end):
            end = m.end()
        yield Edit(start, end, who.instead(word))


_ADDRESS = re.compile(r"(?:https?://|mailto:|www\.)[^\s<>()\[\]\"']*[^\s<>()\[\]\"',.;:!?]")


def outside(places: Places, block: int, plain: str) -> Iterator[Edit]:
    """Initials in parts of the minutes where no mentions are looked for; "A.L." and "ALs" in all."""
    b = places.meeting.minutes.blocks[block]
    for own, by in places.legend:
        bracketed = rf"[ \t]*[*_]*[\[(]{own}[\])][*_]*"
        yield from (Edit(*m.span(), "") for m in re.finditer(bracketed, plain))
        for m in re.finditer(rf"(?<![\w'’@/.-]){own}(?![\w@-])", plain):
            yield Edit(m.start(), m.end(), places.who.redactions[by].words)
    for own, by in places.initials:
        patterns = [r"\.\s?".join(own) + r"(?:\.|(?!\w))", rf"{own}(?=s(?!\w))"] if own.isalpha() else []
        if b.part in _UNSEARCHED or b.kind == "code":
            patterns.append(rf"{re.escape(own)}(?![\w@-])")
        for pattern in patterns:
            for m in re.finditer(rf"(?<![\w'’@/.-]){pattern}", plain):
                yield Edit(m.start(), m.end(), places.who.redactions[by].words)


def merged(edits: Iterable[Edit]) -> list[Edit]:
    """The edits in their order, those that overlap put together."""
    out: list[Edit] = []
    for e in sorted(edits, key=lambda e: (e.start, -e.end)):
        if out and e.start < out[-1].end:
            last = out.pop()
            inside = e.end <= last.end  # initials within their brackets, which go as a whole
            e = Edit(last.start, max(last.end, e.end), last.words if inside else last.words or e.words)
        out.append(e)
    return out

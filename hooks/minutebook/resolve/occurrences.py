"""Every place where the minutes name a person: the entries of all roll calls, and names in a text that stand alone.

A text makes somebody known who is on no list where it gives a title ("Baroness Example") or says who they are ("Ann
Lee, Director of Tides"); everything else in a text is a mention of somebody known.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Attendance, Block, Minutes, PersonName
from minutebook.names import plainly
from minutebook.resolve.organizations import Organizations

_WORD = r"[^\W\d_a-z][\w'’]+(?:-[^\W\d_a-z][\w'’]+)*"
_NAME = rf"{_WORD}(?:\s+(?:{_WORD}|[A-Z]\.?|de|da|del|van|von|der|den|la|al|el|bin)){{0,3}}?\s+{_WORD}"
_NAME_AT_END = re.compile(rf"(?<![\w'’-])(?P<name>{_NAME})\s*$")
_CAPITALS = re.compile(r"[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,6}(?![\w@])")
"""Words with two capitals near their beginning. It looks at nothing in front, so that capitals are searched for by
themselves."""
_ACRONYM = re.compile(r"([A-Z](?:[A-Z]{1,6}|[A-Za-z]?[A-Z]{1,5}))s?")
"""What reads as an acronym: capitals, which may enclose a small letter ("DfE"), with or without a plural's s."""
_LONG = 60
"""Characters that a name may have."""


@dataclass(frozen=True)
class Sitting:
    """One file of minutes with its meeting's id and body, and the words of its language."""

    id: str
    body: str
    minutes: Minutes
    lexicon: Lexicon

    @cached_property
    def plain(self) -> Sequence[str]:
        """The text of each block, made plain."""
        return [plainly(b.text.plain) for b in self.minutes.blocks]

    @cached_property
    def capitals(self) -> Mapping[int, Sequence[tuple[int, str]]]:
        """Block -> (place in it, word) of each word with two capitals, made plain: acronyms, and most initials."""
        out: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for i, plain in enumerate(self.plain):
            for m in _CAPITALS.finditer(plain):
                start = m.start()
                if not start or not (plain[start - 1].isalnum() or plain[start - 1] in "_'@/-"):
                    out[i].append((start, m.group()))
        return out

    @cached_property
    def acronyms(self) -> Sequence[tuple[int, int, str]]:
        """(block, place in it, letters in the singular) of each word that reads as an acronym."""
        return [
            (i, start, m[1])
            for i, words in self.capitals.items()
            for start, word in words
            if (m := _ACRONYM.fullmatch(word))
            and not (text := self.minutes.blocks[i].text.plain).startswith(("/", "-"), start + len(word))
            and not (start and text[start - 1] == ".")
        ]


@dataclass(frozen=True, eq=False)
class Occurrence:
    """A person in one roll call, or (without attendance) a name in a text."""

    sitting: Sitting
    name: PersonName
    organization: str
    attendance: Attendance | None = None
    line: int = 0
    index: int = -1
    """Of the entry among the meeting's people."""
    entry: int | None = None
    """Index of the entry of the register that claims it."""

    @cached_property
    def key(self) -> str:
        """The comparable form of the name: of the whole name, or of title and surname where that is all there is."""
        return names.identity_key(self.name)


def listed(sittings: Sequence[Sitting], organizations: Organizations) -> Iterator[Occurrence]:
    """Each entry of each roll call that names a person."""
    for s in sittings:
        for i, a in enumerate(s.minutes.people):
            assert a.name
            yield Occurrence(s, a.name, organizations.of(s.minutes, a.organization), a, a.ref.first_line, i)


def told(
    sittings: Iterable[Sitting], known: Iterable[Occurrence], claimed: Callable[[Occurrence], Hashable]
) -> list[Occurrence]:
    """People whom a text names with a title, or with who they are, and who are on no list: the first place in a body.

    `known` are the entries of the roll calls; `claimed` says which entries of the register an occurrence belongs to.
    """
    bearers, full = set(), set()
    for o in known:
        full.add(names.key(o.name.full))
        bearers |= {(o.sitting.body, names.key(o.name.family), t) for t in names.titles(o.name.honorific)}
    out: dict[Hashable, Occurrence] = {}
    for s in sittings:
        here: set[str] = set()
        for line, name in _named(s):
            if (key := names.key(name.full)) in full or _is_thing(name, s.lexicon):
                continue
            here = here or {f" {names.key(a.name.full)} " for a in s.minutes.people if a.name}
            if any(f" {key} " in h for h in here):
                continue
            titles = names.titles(name.honorific)
            if not name.given and any((s.body, names.key(name.family), t) in bearers for t in titles):
                continue
            found = Occurrence(s, name, "", None, line)
            out.setdefault((s.body, found.key, claimed(found)), found)
    return list(out.values())


def _named(s: Sitting) -> list[tuple[int, PersonName]]:
    """(line, name) of each name that the business of a meeting gives with a title or a post, the first time.

    Without "Ms Lee" and "Dame Ann" where it has "Ann Lee" too: they are nobody besides.
    """
    found: list[tuple[int, PersonName]] = []
    seen: set[str] = set()
    first = s.minutes.items[0].heading if s.minutes.items else len(s.minutes.blocks)
    for block in s.minutes.blocks[first:]:
        for start, printed in chain(_titled(block, s.lexicon, seen), _introduced(block, s.lexicon)):
            if printed not in seen and names.looks_like_name(printed, s.lexicon.language):
                seen.add(printed)
                found.append((block.text.line_at(start), names.parse(printed, s.lexicon.language)))
    whole = {names.key(w) for _, n in found if n.given for w in (n.family, n.given.split()[0])}
    return [(line, n) for line, n in found if n.given or names.key(n.family) not in whole]


def _is_thing(name: PersonName, lexicon: Lexicon) -> bool:
    """Whether a word of a name is one of units or the calendar: "Strategic Group", "Workshop Wednesday"; a surname
    alone behind a title ("Cllr May") is a name whatever it is."""
    words = {w.casefold() for w in name.full.split()} if name.given else set()
    things = (lexicon.set(k) for k in ("unit_words", "body_nouns", "weekdays", "institution_words"))
    return any(words & kind for kind in things) or any(w in lexicon.months for w in words)


def _titled(block: Block, lexicon: Lexicon, seen: Set[str]) -> Iterator[tuple[int, str]]:
    """(offset, words) of each name with a title in front, "Baroness Example", that was not yet seen."""
    plain = block.text.plain
    # A pattern that begins with words is searched for by their first letters; what stands in front is looked at then.
    for m in lexicon.pattern(_TITLED).finditer(plain):
        if m.start() and (plain[m.start() - 1].isalnum() or plain[m.start() - 1] == "_"):
            continue
        printed = re.sub(r"['’]s?$", "", _without_business(m, lexicon))
        if printed not in seen and not followed_by_institution(plain, m.end(), lexicon):
            yield m.start(), printed


def says_of_motion(word: str, lexicon: Lexicon) -> bool:
    """Whether a word behind a name says what became of a motion, mostly on the next line: "Cllr Ray / Seconded by"."""
    folded = word.strip(":.,;").casefold()
    keys = ("moved_words", "seconded_words", "carried_words")
    joins = word.isupper() and folded in lexicon.set("decision_joins")
    return joins or any(folded in lexicon.set(key) for key in keys)


def _without_business(m: re.Match[str], lexicon: Lexicon) -> str:
    """A titled name without what the next line says of a motion: "Cllr Ray / Seconded by Cllr Marsh / THAT ..."."""
    words = list(re.finditer(r"\S+", m["name"]))
    stop = next((w.start() for w in words[1:] if says_of_motion(w.group(), lexicon)), len(m["name"]))
    return m.group()[: m.start("name") - m.start() + stop].rstrip()


_PART = r"(?:(?:de|da|del|van|von|der|la|al|el|bin)\s+)*[A-Z][\w'’]+(?:-[A-Z][\w'’]+)*"
_TITLED = rf"<<honorifics>>\.?\s+(?:<<honorifics>>\.?\s+){{0,3}}(?P<name>{_PART}(?:\s+{_PART}){{0,2}})"


_INTRODUCED = r"[^\W\d_a-z][\w'’-]*\s*(?P<post>[,(]\s*(?:<<articles>>\s+)?(?:[A-Z][\w-]*\s+){0,2}<<role_words>>\b)"
"""Begins with the last word of a name, so that few places are looked at: a comma stands in every line."""


def _introduced(block: Block, lexicon: Lexicon) -> Iterator[tuple[int, str]]:
    """(offset, words) of each name of two words or more behind which the text says what post its bearer has.

    "Ann Lee, Director of Tides at the Harbour Trust"; "Ann Lee (Chief Pilot)". A post names a person only where one of
    its words stands in the lexicon; what could be an organisation's name or begins a sentence with another word is
    left alone.
    """
    plain = block.text.plain
    for behind in lexicon.pattern(_INTRODUCED).finditer(plain):
        end = behind.start("post")
        start = max(0, end - _LONG)
        if not (m := _NAME_AT_END.search(plain[start:end])):
            continue
        printed = m["name"]
        before = re.search(r"(\w+)\s+$", plain[max(0, start + m.start() - _LONG) : start + m.start()])
        if before and before[1][:1].isupper():
            continue
        words = printed.split()
        shouted = words[0].isupper() and len(words[0]) > 1 and not printed.isupper()  # initials, not a first name
        if words[0].casefold() in lexicon.set("sentence_openers") or len(words) > 4 or shouted:
            continue
        yield start + m.start(), printed


def followed_by_institution(plain: str, end: int, lexicon: Lexicon) -> bool:
    """Whether a name is part of an institution's: "Sir John Example free school"."""
    if not plain[end : end + 1].isspace():
        return False
    pattern = lexicon.pattern(r"(?:\s+<<institution_qualifiers>>)*\s+<<institution_words>>\b", re.I)
    return bool(pattern.match(plain, end, end + 80))

"""A person's name taken apart, and the forms to compare names by.

The grammar of names is the library nameparser's; the vocabulary of honorifics and post-nominals is the lexicon's,
added to the library's own. Nothing here decides that two names are one person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache

import nameparser

from minutebook import lexicon
from minutebook.model import PersonName

APOSTROPHES = str.maketrans("\u2019\u2018\u02bc\u00b4`", "'''''")
HYPHENS = str.maketrans("\u2010\u2011\u2012\u2013\u2212", "-----")
_LATIN = map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))
ACCENTS = {
    ord(c): base
    for c in _LATIN
    if (base := unicodedata.normalize("NFD", c)[0]) != c and base.isascii() and base.isalpha()
}
"""Letter with an accent -> the letter alone, one for one, so that every character of a text keeps its place."""
_SMALL = "de da di do dos du del della den der van von la le el al ap ab bin ibn ben ten ter zu"
PARTICLES = frozenset(_SMALL.split())
"""Small words inside a name."""
_INITIAL = r"[^\W\d_]\.?"
_WORD = r"(?:[dDlLO]')?[^\W\d_][^\W\d_]*(?:['\u2019][^\W\d_]+)*(?:-[^\W\d_]+(?:['\u2019][^\W\d_]+)*)*\.?"


@cache
def _parser(language: str) -> nameparser.Parser:
    lex = lexicon.load(language)
    # The library's own titles hold words of posts ("Chief", "Secretary"), which here end a name.
    words = {w.casefold().rstrip(".") for phrase in lex.list("honorifics") for w in phrase.split()} - {"the"}
    # The library compares word by word: of "e. V." it knows the words.
    suffixes = frozenset(w for p in lex.list("postnominals") for w in [p.casefold()] if " " not in w)
    default = nameparser.Lexicon.default()
    ours = replace(default, titles=frozenset(words), given_name_titles=default.given_name_titles & words)
    return nameparser.Parser(ours.add(suffix_acronyms=suffixes))


@lru_cache(maxsize=65536)
def parse(printed: str, language: str = "en") -> PersonName:
    """Take a printed name apart: "Professor Dame Ann Lee CBE" -> honorific, given, family, post-nominals.

    Middle names count as given names. Never raises; what cannot be told apart is left in `family`.
    """
    printed = " ".join(printed.split())
    plain, nickname = _without_nickname(printed)
    if not nickname and (m := _SIMPLE.fullmatch(plain)) and not {m[1].casefold(), m[2].casefold()} & _special(language):
        return PersonName(printed, "", m[1], m[2], "")  # as the library would say, which takes its time
    n = _parser(language).parse(plain.removeprefix("The "))
    given = " ".join(filter(None, (n.given, n.middle)))
    family = n.family
    if nickname and given:
        given = f"{nickname} {given}" if printed.startswith(nickname) else f"{given} {nickname}"  # as printed
    given, family = _with_particles(given, family)
    if given and not family:  # one word alone: a surname after an honorific, a first name or a handle else
        given, family = ("", given) if n.title else (given, "")
    return PersonName(printed, n.title, given, family, n.suffix)


def _with_particles(given: str, family: str) -> tuple[str, str]:
    """First names and surname, the small words in front of the surname where they belong: "ap" of "Siân ap Rhys".

    One with a capital belongs there only in front of another: "Van der Meer", but "Ben Ray".
    """
    words = given.split()
    while words and family and words[-1].casefold() in PARTICLES:
        if not (words[-1].islower() or (len(words) == 1 and family.split()[0] in PARTICLES)):
            break
        family = f"{words.pop()} {family}"
    return " ".join(words), family


_SIMPLE = re.compile(r"([A-Z][a-zé]+) ([A-Z][a-zé]{2,})")


@cache
def _special(language: str) -> frozenset[str]:
    """Words that are more to the library than a first name or a surname."""
    default = nameparser.Lexicon.default()
    before = ("titles", "given_name_titles", "after_given_titles", "bound_given_names", "conjunctions", "particles")
    behind = ("suffix_words", "suffix_acronyms", "suffix_acronyms_ambiguous", "maiden_markers", "honorific_tails")
    known = {str(w).casefold() for kind in before + behind for w in getattr(default, kind)}
    own = lexicon.load(language)
    mine = {w.casefold().rstrip(".") for k in ("honorifics", "postnominals") for p in own.list(k) for w in p.split()}
    return frozenset(known | mine | PARTICLES | {"the", "and", "of"})


_NICKNAME = re.compile(r"(?:^|\s)(?P<nickname>[\"“”„'‘][^\W\d_][\w'’ -]{0,20}[\"“”'’])(?=\s)")


def _without_nickname(printed: str) -> tuple[str, str]:
    """(a name without what somebody is called in quotation marks, that)."""
    m = _NICKNAME.search(printed)
    return ((printed[: m.start()] + printed[m.end() :]).strip(), m["nickname"]) if m else (printed, "")


@lru_cache(maxsize=65536)
def key(name: str) -> str:
    """The form to compare names by: without case, accents, apostrophes, and with hyphens as spaces."""
    return comparable(name)


def comparable(name: str) -> str:
    """As `key`, for what is asked once: a long text would only push names out of what is remembered."""
    if name.isascii():  # most are, and need none of what takes time
        return " ".join(name.casefold().translate(_ASCII_SIGNS).split())
    text = unicodedata.normalize("NFKD", name.translate(HYPHENS)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c)).translate(APOSTROPHES)
    return _SIGNS.sub(" ", text.replace("'", "")).strip()


_SIGNS = re.compile(r"[\W_]+")
_ASCII_SIGNS = {i: None if chr(i) in "'`" else " " for i in range(128) if not chr(i).isalnum()}


@cache
def _spelled_out() -> dict[str, str]:
    """Short forms of titles in all languages -> the title: "cllr" -> "councillor"."""
    tables = [lexicon.load(language).mapping("honorific_forms") for language in lexicon.languages()]
    return {key(short): key(whole) for table in tables for short, whole in table.items()}


@lru_cache(maxsize=4096)
def titles(honorific: str) -> tuple[str, ...]:
    """The words of a title to compare by, each spelled out: "Cllr Dr" and "Councillor Dr." are one."""
    return tuple(_spelled_out().get(word, word) for word in key(honorific).split())


@cache
def _generations() -> dict[str, str]:
    """Words of all languages that tell several of one name apart -> the word to compare by."""
    tables = [lexicon.load(language).mapping("generations") for language in lexicon.languages()]
    return {key(word): same for table in tables for word, same in table.items()}


def generation(name: PersonName) -> str:
    """Which of several of one name a name says it is: `jr`, `sr`, `ii` ...; empty where it does not say."""
    if not name.postnominals:
        return ""
    found = (_generations().get(key(word)) for word in name.postnominals.split())
    return next((same for same in found if same), "")


@cache
def generation_behind() -> re.Pattern[str]:
    """A pattern for a word behind a name that tells several of one name apart."""
    return re.compile(rf",?\s+(?P<word>{lexicon.alternatives(_generations())})\b", re.I)


def called(name: PersonName) -> str:
    """What to call a person: the name without title, but with what tells a father from a son."""
    which = next((w for w in name.postnominals.split() if generation(PersonName(w, postnominals=w))), "")
    return f"{name.titled} {which}".strip()


def identity_key(name: PersonName) -> str:
    """The comparable form of a whole name: "Dr Ann Lee OBE" is "ann lee"; a father and a son stay apart.

    Where a surname is all that there is, its title belongs to it: "Cllr May" and "Mrs May" may be two people.
    """
    whole = key(name.full)
    if not (name.given and name.family):
        whole = " ".join((*titles(name.honorific), whole))
    return f"{whole} {generation(name)}".strip()


@lru_cache(maxsize=65536)
def organization_key(name: str) -> str:
    """The form to compare organisations by: "The Department of X" and "Department for X" are one name."""
    words = key(name.replace("&", " and ")).split()
    return " ".join(w for i, w in enumerate(words) if w not in ("of", "for") and not (i == 0 and w == "the"))


@lru_cache(maxsize=65536)
def looks_like_name(text: str, language: str = "en", alone: bool = False) -> bool:
    """Whether a text could be a person's name and nothing else: two to six words, each a name's.

    One word alone is a name only behind an honorific, or where it stands in a list of people (`alone`). Words of
    posts and organisations rule it out.
    """
    if len(text) > 90:
        return False
    lex = lexicon.load(language)
    name, comma, rest = _without_nickname(text)[0].partition(",")
    if comma and not is_post_nominal(rest, language):
        return False
    n = parse(name, language)
    words = n.full.split()
    if not words or len(words) > 6 or (len(words) == 1 and not n.honorific and not alone):
        return False
    if len(words) == 1 and (len(words[0].strip(".")) < 2 or words[0].casefold() in lex.set("not_names")):
        return False
    if words[-1].casefold() in lex.set("not_names") and not n.honorific:
        return False
    if any(w.casefold() in lex.set("firm_words") for w in words[1:]):
        return False
    avoid = lex.set("role_words") | lex.set("organization_words") | lex.set("group_words")
    if n.given and all(re.fullmatch(_INITIAL, w) for w in n.given.split()):
        avoid = lex.set("role_words") | lex.set("group_words")  # "B. Church" is a person, "St Ann's Church" is none
    return (
        all(
            (re.fullmatch(_WORD, w) or re.fullmatch(rf"(?:{_INITIAL}|(?:[^\W\d_]\.){{2,4}})", w))
            and (
                w[0].isupper()
                or w in PARTICLES
                or w in ("y", "e")
                or (w == "of" and n.honorific)
                or re.match(r"[dl]['\u2019]", w)
            )
            and w.casefold().rstrip(".") not in avoid
            and not (w.isupper() and len(w) > 1 and w.casefold() in lex.set("small_words") - PARTICLES)
            for w in words
        )
        and words[-1][0].isupper()
    )


def initials(name: PersonName) -> frozenset[str]:
    """The initials that a roll call may give for a name, folded: with and without honorific and small words."""
    parts = re.split(r"[\s-]+", name.full)
    plain = "".join(w[0] for w in parts if w)
    capitals = "".join(w[0] for w in parts if w and w[0].isupper())
    titles = "".join(w[0] for w in name.honorific.split())
    last_title = titles[-1:]
    ends = "".join(w[0] for w in name.full.split()[:1] + name.full.split()[-1:])
    forms = {plain, capitals, ends}
    return frozenset(f.casefold() for f in forms | {titles + f for f in forms} | {last_title + f for f in forms} if f)


def could_be_initials(printed: str, name: PersonName) -> bool:
    """Whether printed initials ("ALe") can be this person's: letters of the surname may follow."""
    folded = re.sub(r"[\W_]", "", printed).casefold()
    if folded in initials(name):
        return True
    surname = key(name.family).replace(" ", "")
    return any(folded[: i + 1] in initials(name) and surname.startswith(folded[i:]) for i in range(1, len(folded)))


def is_post_nominal(text: str, language: str = "en") -> bool:
    """Whether a text is nothing but post-nominals: "OBE", "MP"."""
    known = lexicon.load(language).set("postnominals")
    return bool(text.split()) and all(w.strip(".,").casefold() in known for w in text.split())


def _letters(table: Mapping[int, int | str]) -> Iterator[tuple[int, str]]:
    """The pairs of a table for `str.translate`, whatever they are written as."""
    return ((c, to if isinstance(to, str) else chr(to)) for c, to in table.items())


_PLAIN = {chr(c): to for table in (APOSTROPHES, HYPHENS, ACCENTS) for c, to in _letters(table)}
_UNPLAIN = re.compile(f"[{re.escape(''.join(_PLAIN))}]")


def plainly(text: str) -> str:
    """The text with one kind of apostrophe and hyphen and without accents, every character in its place."""
    return text if text.isascii() else _UNPLAIN.sub(lambda m: _PLAIN[m.group()], text)


def singular(acronym: str) -> str:
    """An acronym without the s of a plural: "LAs" -> "LA"."""
    return acronym[:-1] if len(acronym) > 2 and acronym[-1] == "s" and not acronym[-2].islower() else acronym


def term_anchor(term: str) -> str:
    """The anchor of an acronym, in the plural or not, on the pages that explain it: "LAs" -> "term-la"."""
    return f"term-{key(singular(term)).replace(' ', '-')}"

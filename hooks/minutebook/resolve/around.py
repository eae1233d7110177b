"""What stands around a form of words, and says whether it is a name by itself or part of another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Block, Minutes
from minutebook.resolve.forms import Hit
from minutebook.resolve.occurrences import says_of_motion

WINDOW = 120
"""Characters to either side of a form that decide what it means."""

_PARTICLE = f"(?:{'|'.join(sorted(names.PARTICLES))})"
_NAME_GOES_ON = re.compile(
    rf"\s+(?:(?!I\b)[^\W\d_a-z][^\W\d_A-Z]|[A-Z]\.|[A-Z]{{1,4}}-?\d|[A-Z]'[A-Z]|{_PARTICLE}\s+[^\W\d_a-z])"
)
"""Behind a name: another word of a name, an initial, "O'...", or a particle with a name behind it."""
_ENDS = (".", "!", "?", ":", ";")
_CLOSES = "'\")]\u201d\u2019"
_OPENS = "(['\"\u201c\u2018"
_NAMED_IN_FRONT = re.compile(r"[A-Z][\w'-]+(?:\s+[A-Z]{2,})?,\s+(?:the\s+)?$")


def business(minutes: Minutes) -> Iterator[tuple[int, Block]]:
    """The blocks in which a form of words may be a mention, with their indexes: behind header and roll call."""
    behind = max((i for i, b in enumerate(minutes.blocks) if b.part in ("roll_call", "header")), default=-1)
    first = min([i.heading for i in minutes.items] + [behind + 1]) if minutes.items else behind + 1
    for i, b in enumerate(minutes.blocks):
        if i >= first and b.part not in ("header", "roll_call", "note", "colophon") and b.kind != "code":
            yield i, b


def starts_sentence(before: str) -> bool:
    """Whether a sentence begins behind a text."""
    bare = before.rstrip(_OPENS)
    if bare != before and bare.rstrip() != before and (before[-1] != "(" or starts_sentence(bare)):
        return True  # a quotation begins
    text = before.rstrip()
    if not text or (len(text) < len(before) and text.rstrip(_CLOSES).endswith(_ENDS)):
        return True
    return len(before) < 8 and not any(c.isalnum() for c in before)  # a bullet, a bracket


@lru_cache(maxsize=8)
def word_before(before: str) -> str:
    """The word in front, as it stands there with its signs; empty where none stands apart from what follows."""
    words = before.rsplit(None, 1) if before[-1:].isspace() else ()
    return words[-1] if words else ""


def behind_article(before: str, lexicon: Lexicon, kind: str = "articles") -> bool:
    """Whether an article stands in front, of all or of one `kind` ("definite_articles")."""
    return word_before(before).lstrip(_OPENS).casefold() in lexicon.set(kind)


_TITLES_LONG = 60
"""Characters of all the titles in front of a name: "The Rt Hon Professor Dame"."""


def title_before(before: str, lexicon: Lexicon) -> str:
    """The honorifics in front, as printed: "Rt Hon Dame "; empty where there are none."""
    word = word_before(before).lstrip(_OPENS).rstrip(".")
    if word.casefold() not in lexicon.single_words("honorifics"):
        return f"{lexicon.mapping('plural_honorifics')[word]} " if word in lexicon.mapping("plural_honorifics") else ""
    m = lexicon.pattern(r"(?<!\w)(?:<<honorifics>>\.?\s+)+$").search(before, max(0, len(before) - _TITLES_LONG))
    return m.group() if m else ""


def speaks(behind: str, lexicon: Lexicon) -> bool:
    """Whether what stands in front does what people do in minutes: "asked", "has reported", "also thanked"."""
    return bool(lexicon.pattern(r"\s+(?:\w+ly\s+|also\s+|then\s+)?<<reporting_verbs>>\b").match(behind))


def within_name(before: str, behind: str, lexicon: Lexicon) -> bool:
    """Whether a word in front or behind makes a form part of another name."""
    if name_before(before, lexicon):
        return True
    return bool(_NAME_GOES_ON.match(behind)) and not says_of_motion(next(iter(behind[:24].split(None, 1)), ""), lexicon)


def name_before(before: str, lexicon: Lexicon) -> bool:
    """Whether the word in front is one of a name: "Mary" of "Mary Ann Lee", "van" of "Jan van Lee"; not a title."""
    word = word_before(before).lstrip(_OPENS)
    if not word or not (word[0].isalpha() and word.replace("'", "").replace("-", "").isalnum()):
        return False
    if not word[0].isupper():
        return word in names.PARTICLES
    if is_post(word, lexicon):
        return False  # "Mayor Ann Lee"
    folded = word.casefold()
    if (
        word in lexicon.mapping("plural_honorifics")
        or folded in lexicon.single_words("honorifics")
        or folded in lexicon.set("definite_articles")
    ):
        return False
    if not starts_sentence(before[: before.rstrip().rfind(word)]):
        return True
    # "Later Ann Lee ..." begins a sentence, "Mary Ann Lee ..." is somebody else.
    opens = folded in lexicon.set("sentence_openers") or folded in lexicon.set("role_words")
    return not opens and not folded.endswith(lexicon.list("opener_endings"))


def within_firm(behind: str, lexicon: Lexicon) -> bool:
    """Whether a surname is one of several that together are not people: "Bell and Hart Solicitors", "Bell et al."."""
    first = next(iter(behind[:24].split(None, 1)), "")
    joins = lexicon.set("joins") | lexicon.single_words("and_others") if first[:1].islower() else frozenset()
    if not first or not (first[0].isupper() or first[0] in ",&" or first in joins):
        return False
    if lexicon.pattern(
        r"(?:(?:\s+[A-Z][\w'-]+){0,2}\s+|\s*(?:<<joins>>|,)\s*)(?:<<firm_words>>|<<and_others>>)\b"
    ).match(behind):
        return True
    others = r"(?:\s*(?:<<joins>>|,)\s*[A-Z][\w'-]+)+"
    return bool(lexicon.pattern(rf"{others}\s+<<firm_words>>\b").match(behind))


def is_couple(before: str, lexicon: Lexicon) -> bool:
    """Whether two titles stand in front of one surname: "Mr and Mrs Lee"."""
    words = before.rsplit(None, 3)[-3:]
    titles = lexicon.single_words("honorifics")
    return (
        len(words) == 3
        and words[1] in lexicon.list("joins")
        and all(w.lstrip(_OPENS).rstrip(".").casefold() in titles for w in (words[0], words[2]))
    )


def is_late(before: str, lexicon: Lexicon) -> bool:
    """Whether somebody is said to be dead, and so is nobody of a list: "the late Ann Lee"."""
    words = before.rsplit(None, 4)[-4:]  # as many titles as people have
    titles = lexicon.single_words("honorifics")
    while words and words[-1].rstrip(".").casefold() in titles:
        words.pop()
    return bool(words) and words[-1].casefold() in lexicon.set("late_words")


def is_cited(behind: str) -> bool:
    """Whether years stand behind a name, as behind an author's or a dead person's: "Lee (2019)", "Lee (1921-1944)"."""
    return "(" in behind[:16] and bool(_YEARS.match(behind))


_YEARS = re.compile(r"(?:,\s*(?:[A-Z]\.\s*)+)?\s*\(\s*(?:1[5-9]|20)\d\d[a-z]?\s*(?:[-\u2013]\s*\d{4}\s*)?[),]")


def given_in_front(before: str, surname: str, lexicon: Lexicon) -> str:
    """The first name with which a surname was last given in front: "Tom" of "Tom Lee spoke. Mr Lee"; else empty."""
    at = before.rfind(f" {surname}")
    if at < 0 or before[at + len(surname) + 1 : at + len(surname) + 2].isalnum():
        return ""
    word = word_before(before[: at + 1]).lstrip(_OPENS)
    kinds = (
        "role_words",
        "sentence_openers",
        "articles",
        "joins",
        "organization_words",
        "unit_words",
        "title_prefixes",
    )
    other = is_post(word, lexicon) or any(word.casefold() in lexicon.set(kind) for kind in kinds)
    other = (
        other or word.casefold() in lexicon.single_words("honorifics") or word in lexicon.mapping("plural_honorifics")
    )
    return word if _GIVEN.fullmatch(word) and not other else ""


_GIVEN = re.compile(r"[A-Z][a-z][\w'-]*")


def within_quotation(before: str, lexicon: Lexicon) -> bool:
    """Whether a quotation was begun in front and not ended; a straight sign may be either, and is not asked."""
    opens, closes = lexicon.list("quotation_marks")
    return before.rfind(opens) > before.rfind(closes)


def is_party(before: str, behind: str, lexicon: Lexicon) -> bool:
    """Whether a surname is one of the parties to a case: "Lee v Ray"."""
    if behind[1:2] == "v" and lexicon.pattern(r"\s+<<versus>>\.?\s+[A-Z]").match(behind):
        return True
    return word_before(before).rstrip(".") in lexicon.list("versus")


def post_before(before: str, lexicon: Lexicon) -> str:
    """The post in front of a surname, "Commissioner" of "Commissioner Lee"; empty where there is none."""
    word = word_before(before).lstrip(_OPENS)
    return word if is_post(word, lexicon) else ""


def is_post(word: str, lexicon: Lexicon) -> bool:
    """Whether a word is a post as it stands in front of a name."""
    return word in lexicon.last_words("titles") or word in lexicon.list("spoken_titles")


def behind_thing(before: str, lexicon: Lexicon) -> bool:
    """Whether an article and a word in small letters stand in front: "a new DC" is more of a thing than of a person."""
    words = before.rsplit(None, 2) if before[-1:].isspace() else []
    if len(words) < 2 or not words[-1][0].islower():
        return False
    article = words[-2].lstrip(_OPENS).casefold()
    return article in lexicon.set("definite_articles") or article in lexicon.set("indefinite_articles")


def is_to(before: str, behind: str, lexicon: Lexicon) -> bool:
    """Whether somebody is asked to do something: "Action: Grace to write"."""
    asked = lexicon.pattern(r"<<action_markers>>[\W_]*$").search(before)
    return bool(asked and lexicon.pattern(r"\s+<<obligations>>\s+(?!<<passive_words>>\b)").match(behind))


def is_of_somewhere(behind: str, lexicon: Lexicon) -> bool:
    """Whether a text says what somebody is of: "Mr Lee of the Harbour Office"."""
    return bool(lexicon.pattern(r"\s+<<organization_joins>>\s+(?:<<definite_articles>>\s+)?[A-Z]").match(behind))


def named_in_front(before: str) -> bool:
    """Whether a name and a comma stand in front: what follows says who the person is."""
    return bool(_NAMED_IN_FRONT.search(before))


_INITIALS_IN_FRONT = re.compile(r"(?<![\w'.-])(?P<initials>(?:[A-Z]\.[ -]?){1,3}|[A-Z]) ?$")


_INITIALS_LONG = 16
"""Characters of three initials with their stops and spaces, and what stands in front."""


def initials_in_front(before: str) -> str:
    """The initials in front of a surname, "A. B." of "A. B. Lee"; empty where there are none."""
    m = _INITIALS_IN_FRONT.search(before[-_INITIALS_LONG:])
    return m["initials"].strip() if m else ""


def with_title(hit: Hit, plain: str, floor: int, lexicon: Lexicon) -> tuple[int, int]:
    """(start, end) of a name with the honorifics and initials in front of it, from `floor` on, and the post-nominals
    behind."""
    start, end = hit.start, hit.end
    floor = max(floor, start - WINDOW)
    if "family" in hit.kinds and (m := _INITIALS_IN_FRONT.search(plain, max(floor, start - _INITIALS_LONG), start)):
        start = m.start()
    front = plain[floor:start]
    if front.endswith(title := title_before(front, lexicon)):  # "Cllrs Lee and Ray" stays
        start -= len(title)
    if plain[end : end + 3].lstrip(" ,")[:1].isupper():
        m = lexicon.pattern(r"(?:,?\s+<<postnominals>>\b)+").match(plain, end)
        end = m.end() if m else end
    return start, end

"""What stands around a form of words, and says whether it is a name by itself or part of another."""

from __future__ import annotations

import re

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.resolve.forms import Hit

WINDOW = 120
"""Characters to either side of a form that decide what it means."""

_WORD_BEFORE = re.compile(r"(?<![\w'-])(?P<word>[^\W\d_][\w'-]*)\s+$")
_PARTICLE = f"(?:{'|'.join(sorted(names.PARTICLES))})"
_NAME_GOES_ON = re.compile(rf"\s+(?:(?!I\b)[^\W\d_a-z][^\W\d_A-Z]|[A-Z]\.|[A-Z]'[A-Z]|{_PARTICLE}\s+[^\W\d_a-z])")
"""Behind a name: another word of a name, an initial, "O'...", or a particle with a name behind it."""
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]['\")\]]*\s+|^\W+)$")
_NAMED_IN_FRONT = re.compile(r"[A-Z][\w'-]+(?:\s+[A-Z]{2,})?,\s+(?:the\s+)?$")


def starts_sentence(before: str) -> bool:
    """Whether a sentence begins behind a text."""
    return bool(_SENTENCE_START.search(before))


def speaks(behind: str, lexicon: Lexicon) -> bool:
    """Whether what stands in front does what people do in minutes: "asked", "has reported", "also thanked"."""
    return bool(lexicon.pattern(r"\s+(?:\w+ly\s+|also\s+|then\s+)?<<reporting_verbs>>\b").match(behind))


def within_name(before: str, behind: str, lexicon: Lexicon) -> bool:
    """Whether a word in front or behind makes a form part of another name."""
    return name_before(before, lexicon) or bool(_NAME_GOES_ON.match(behind))


def name_before(before: str, lexicon: Lexicon) -> bool:
    """Whether the word in front is one of a name: "Mary" of "Mary Ann Lee", "van" of "Jan van Lee"; not a title."""
    m = _WORD_BEFORE.search(before)
    if m is None or not m["word"][0].isupper():
        return m is not None and m["word"] in names.PARTICLES
    word = m["word"].casefold()
    titles = {word for title in lexicon.set("honorifics") for word in title.split()} | {"the"}
    if word in titles:
        return False
    if not starts_sentence(before[: m.start("word")]):
        return True
    # "Later Ann Lee ..." begins a sentence, "Mary Ann Lee ..." is somebody else.
    opens = word in lexicon.set("sentence_openers") | lexicon.set("role_words")
    return not opens and not word.endswith(lexicon.list("opener_endings"))


def named_in_front(before: str) -> bool:
    """Whether a name and a comma stand in front: what follows says who the person is."""
    return bool(_NAMED_IN_FRONT.search(before))


_INITIALS_IN_FRONT = re.compile(r"(?<![\w'.-])(?P<initials>(?:[A-Z]\.[ -]?){1,3}|[A-Z]) ?$")


def initials_in_front(before: str) -> str:
    """The initials in front of a surname, "A. B." of "A. B. Lee"; empty where there are none."""
    m = _INITIALS_IN_FRONT.search(before)
    return m["initials"].strip() if m else ""


def with_title(hit: Hit, plain: str, floor: int, lexicon: Lexicon) -> tuple[int, int]:
    """(start, end) of a name with the honorifics and initials in front of it, from `floor` on, and the post-nominals
    behind."""
    start, end = hit.start, hit.end
    floor = max(floor, start - WINDOW)
    if "family" in hit.kinds and (m := _INITIALS_IN_FRONT.search(plain[floor:start])):
        start = floor + m.start()
    if m := re.search(rf"(?<!\w)(?:{lexicon.any_of('honorifics')}\.?\s+)+$", plain[floor:start]):
        start = floor + m.start()
    if m := re.match(rf"(?:,?\s+{lexicon.any_of('postnominals')}\b)+", plain[end:]):
        end += m.end()
    return start, end

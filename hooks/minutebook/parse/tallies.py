"""The figures of a vote: "7 for, 2 against, 1 abstention", "For: 7 Against: 2", "Carried 5-2-1", "by 7 votes to 2".

A figure counts only beside a word for how people voted, or directly behind a word for how it went: the numbers of
minutes, days and amounts are none.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

from minutebook.lexicon import Lexicon, alternatives, load
from minutebook.model import Votes

_SIDES = ("in_favour", "against", "abstained")
_GAP = r"[\s:=()–.-]{0,4}"
"""Signs between a figure and its word."""


def votes(text: str, lexicon: Lexicon) -> Votes | None:
    """How many voted how, of the words of a decision or of the line below it; None where they give no figures."""
    sides, behind, plainly, counted, further = _patterns(lexicon.language)
    if found := _by_words(text, sides, further, lexicon):
        return Votes(**found)
    results = next((r for p in (behind, plainly, counted) if (r := list(p.finditer(text)))), [])
    if len({m.group("first", "second") for m in results}) != 1:
        return None  # none, or those of an amendment and of the motion: "Amendment carried 3-2. Motion carried 5-0."
    m = results[0]
    third = m.groupdict().get("third")
    return Votes(int(m["first"]), int(m["second"]), int(third) if third else None)


def is_side(text: str, lexicon: Lexicon) -> bool:
    """Whether a line gives the figure of one side and nothing else: "Ayes: 5"."""
    found = list(_patterns(lexicon.language)[0].finditer(text))
    kinds = [m.lastgroup for m in found]
    return (
        len(found) == 2
        and "number" in kinds
        and kinds != ["number"] * 2
        and not re.sub(r"[\s:=()–.-]+", "", text.replace(found[0].group(), "", 1).replace(found[1].group(), "", 1))
    )


def _figure(printed: str, lexicon: Lexicon) -> int:
    """A figure, also one that is spelt: "two", "none"."""
    return int(printed) if printed.isdigit() else int(lexicon.mapping("counting")[printed.casefold()])


def _by_words(text: str, sides: re.Pattern[str], further: re.Pattern[str], lexicon: Lexicon) -> dict[str, int]:
    """Side -> figure. Words and figures alternate, and what stands first tells which belongs to which.

    A figure behind a word is none where a word that it counts follows (`further`): "for 5 nights, against 3 last year".
    """
    tokens = [(m.lastgroup or "", m) for m in sides.finditer(text)]
    out: dict[str, int] = {}
    for first_word in (True, False):
        found: dict[str, int] = {}
        for (kind, a), (other, b) in pairwise(tokens):
            side, figure, number = (kind, other, b) if first_word else (other, kind, a)
            near = re.fullmatch(_GAP, text[a.end() : b.start()])
            counts = side in _SIDES and figure == "number" and near
            if counts and side not in found and not (first_word and further.match(text, b.end())):
                found[side] = _figure(number.group(), lexicon)
        if len(found) > len(out):
            out = found
        if len(out) > 1:
            break
    # One side alone may be anything: "close issue 12 with no change".
    return out if len(out) > 1 else {}


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    lexicon = load(language)
    words = "|".join(
        rf"(?P<{side}>(?<!\w)(?i:{lexicon.any_of(f'votes.{side}')})(?!\w)(?:\s+(?i:{lexicon.any_of('votes.word')}))?)"
        for side in _SIDES
    )
    spelt = alternatives(lexicon.mapping("counting"))
    number = (
        r"(?P<number>(?<![\w£$€/.,-])(?<![-+=]\s)\d{1,4}(?![\w%]|[/.,-]\d|\s*[-+=]\s*\d)"
        rf"|(?<![\w-])(?i:{spelt})(?![\w-]))"
    )
    result = lexicon.any_of("result_words")
    gap = rf"[\s:(,–-]{{0,4}}(?:(?i:{lexicon.any_of('by_words')})\s+)?(?:(?i:{lexicon.any_of('votes.word')})\s*)?"
    joined = rf"\s*(?:(?i:{lexicon.any_of('votes.word')})\s*)?(?:[-–/:]|(?i:{lexicon.any_of('votes.to')}))\s*"
    behind = (
        rf"(?<!\w)(?i:{result}){gap}(?P<first>\d{{1,3}}){joined}(?P<second>\d{{1,3}})"
        rf"(?:{joined}(?P<third>\d{{1,3}}))?(?![\w%]|[-–/.,]\d)"
    )
    plainly = (  # "by 7 votes to 2", whatever went so
        rf"(?<!\w)(?i:{lexicon.any_of('by_words')}|{lexicon.any_of('votes.word')})\s+(?P<first>\d{{1,3}})\s+"
        rf"(?i:{lexicon.any_of('votes.word')})\s+(?i:{lexicon.any_of('votes.to')})\s+(?P<second>\d{{1,3}})(?![\w%/.,]\d)"
    )
    counted = (  # "the board voted 4-0", "by a vote of 5-2"
        rf"(?<!\w)(?i:{lexicon.any_of('voting_verbs')}|{lexicon.any_of('votes.word')})(?:\s+(?i:{lexicon.any_of('votes.of')}|{lexicon.any_of('said_to_be')}))?"
        rf"[\s:(]{{1,3}}(?P<first>\d{{1,3}})\s?[-–/]\s?(?P<second>\d{{1,3}})(?:\s?[-–/]\s?(?P<third>\d{{1,3}}))?(?![\w%]|[-–/.,]\d)"
    )
    own = "|".join(lexicon.any_of(key) for key in (*(f"votes.{s}" for s in _SIDES), "votes.word", "joins"))
    further = rf"[ \t]+(?!(?i:{own})(?!\w))[^\W\d_A-Z]{{2,}}"
    return (
        re.compile(f"{words}|{number}"),
        re.compile(behind),
        re.compile(plainly),
        re.compile(counted),
        re.compile(further),
    )

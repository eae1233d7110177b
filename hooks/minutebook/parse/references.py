"""What minutes call an action by: "Action 22/14", "AP3", "actions 3, 5 and 7", "A3" in front of a line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from minutebook.lexicon import Lexicon, alternatives, load
from minutebook.parse import dates

_NUMBER = r"[A-Z]{0,4}[-/.]?\d+[A-Za-z]?(?:[/.-]\d+[A-Za-z]?)*(?![\w%])"
NUMBER = re.compile(_NUMBER)
"""A number that an action may be called by."""
_FRONT = re.compile(
    r"[\s(\[*_]*(?P<number>[A-Z]{1,4}[-/.]?\d{1,4}(?:[./-]\d{1,4})*|\d{1,4}(?:[/-]\d{1,4}){1,2})(?:\s*[.:)\]–—-]+)?\s+(?=\S)"
)
_LONGEST_RUN = 30
"""Actions that "1 to 30" may stand for."""


@dataclass(frozen=True)
class Reference:
    """A place where a text calls an action by its number; `number` is as printed."""

    number: str
    start: int
    end: int


def references(text: str, lexicon: Lexicon) -> list[Reference]:
    """The numbers behind a word for actions, in the order of the text; of "actions 3 and 5" both."""
    out = []
    for m in _pattern(lexicon.language).finditer(text):
        found = list(re.finditer(_NUMBER, m["numbers"]))
        at = m.start("numbers")
        if _is_day(text, at + found[-1].start(), lexicon):
            found.pop()
        numbers = [x.group() for x in found]
        if len(numbers) == 2 and re.fullmatch(
            rf"{_NUMBER}\s*(?:[–—-]|{lexicon.any_of('range_joins')})\s*{_NUMBER}", m["numbers"]
        ):
            numbers = _run(*numbers)
        out += [Reference(n, m.start(), m.end()) for n in numbers]
    return out


def in_front(text: str, lexicon: Lexicon) -> Reference | None:
    """The number that a line begins with, where it is one that only actions or minutes have: "A3", "22/14"."""
    m = _FRONT.match(text)
    return (
        Reference(m["number"], m.start("number"), m.end())
        if m and not _is_day(text, m.start("number"), lexicon)
        else None
    )


def bare(number: str) -> str:
    """A number without what only says that it is one: "No. 3" -> "3", "#3." -> "3"."""
    m = re.search(_NUMBER, number)
    return m.group() if m else ""


def _is_day(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a number begins a day: "Action 3 May 2021"."""
    return any(f.start == 0 for f in dates.find(text[at : at + 30], lexicon, yearless=True))


def _run(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit() and 0 < int(last) - int(first) < _LONGEST_RUN:
        return [str(n) for n in range(int(first), int(last) + 1)]
    return [first, last]


@cache
def _pattern(language: str) -> re.Pattern[str]:
    lexicon = load(language)
    short = alternatives(w for w in lexicon.list("action_markers") if w.isupper() and len(w) < 4)
    nouns = alternatives([*lexicon.list("action_nouns"), *lexicon.list("action_references")])
    words = rf"{lexicon.any_of('joins')}|{lexicon.any_of('range_joins')}"
    joins = rf"\s*(?:[,;&/–—-]|{words})\s*(?:(?:{words})\s*)?"
    return re.compile(
        rf"(?<![\w-])(?:(?i:{nouns})|{short})(?:\s*(?i:no\.?|nos\.?|nr\.?|n[°º]|number|numbers|#))?[\s#-]*"
        rf"(?P<numbers>{_NUMBER}(?:{joins}{_NUMBER})*)"
    )

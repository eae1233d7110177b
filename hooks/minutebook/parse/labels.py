"""What the words of a heading or label say of what stands below: who was there, who was not, who did what.

The lexicon holds the words; here they are put together. "Transparency Board members in attendance" is a list of people
because "members" and "in attendance" are words of such lists, and the words around them are a body's or fill in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from minutebook.lexicon import Lexicon, load

_EDGES = " \t:*_.–—-|=#"
_BRACKETED = re.compile(r"(?<!\s)\s*+[(\[][^()\[\]]*+[)\]]")
_WORDS = re.compile(r"[^\W_]+(?:['’·.-][^\W_]+)*")
_LONGEST = 14
"""Words: what is longer is a sentence."""
_STRANGERS = 3
"""Words that no lexicon knows, capital ones: the name of the body whose members are listed."""


@dataclass(frozen=True)
class Label:
    """A heading or label of a list of people."""

    status: str
    """`present`, `in_attendance`, `apologies`, `absent`, or `chair` for who presided."""
    words: str
    """As printed."""
    role: str = ""
    """What those behind it are by it: "Clerk", "Scribe"."""
    exact: bool = False
    """Whether the lexicon holds the words whole: such a label counts also where nobody stands below it."""


@lru_cache(maxsize=65536)
def folded(words: str) -> str:
    """Words to compare labels by: without signs, brackets, and case."""
    return " ".join(_BRACKETED.sub("", words.replace("·", "").replace("’", "'")).strip(_EDGES).casefold().split())


def of(words: str, lexicon: Lexicon) -> Label | None:
    """The label of a list of people that words are, if they are one."""
    return _of(words, lexicon.language) if len(words) <= 120 else None


@lru_cache(maxsize=65536)
def _of(words: str, language: str) -> Label | None:
    lexicon = load(language)
    printed = " ".join(words.strip(_EDGES).split())
    said = folded(words)
    if not said:
        return None
    if status := lexicon.roll_call.get(said):
        return Label(status, printed, exact=True)
    if said in lexicon.set("officer_labels"):
        return Label("officer", printed, role=_BRACKETED.sub("", printed).strip(_EDGES), exact=True)
    acting, _, post = said.partition(" ")
    if acting in lexicon.set("acting") and post in lexicon.set("roll_call.chair"):
        return Label("chair", printed, exact=True)
    tokens = _WORDS.findall(said)
    if not tokens or len(tokens) > _LONGEST or tokens[-1] in lexicon.set("articles") or re.search(r":\s*\S|,.*,", said):
        return None  # a label and what it labels
    away = {w for k in ("apologies", "absent") for w in lexicon.set(f"attendance.{k}")}
    fillers = lexicon.set("roll_call_fillers")
    for status, pattern in _cores(lexicon):
        if m := pattern.search(said):
            before, after = _WORDS.findall(said[: m.start()]), _WORDS.findall(said[m.end() :])
            if status in ("present", "in_attendance") and away & {*before, *after}:
                continue  # "Absent Board members"
            if status in ("apologies", "absent") and after and after[-1] in lexicon.set("member_words"):
                after = [w for w in after if w in fillers] if len(after) < _STRANGERS + 1 else after
            if _fits(before, after, printed, lexicon):
                sits = status == "in_attendance" and set(before) & lexicon.set("member_words")
                return Label("present" if sits else status, printed)  # "Board members in attendance"
    return None


def _fits(before: list[str], after: list[str], printed: str, lexicon: Lexicon) -> bool:
    """Whether the words around the chief word of a label leave it one."""
    fillers = lexicon.set("roll_call_fillers")
    strangers = [w for w in before if w not in fillers and not w.isdigit()]
    if any(w not in fillers and not w.isdigit() for w in after):
        return False
    if strangers and any(w in lexicon.set("role_joins") for w in before):
        return False  # "Updates from members" says what is done, and not who is there
    capital = {w.casefold() for w in _WORDS.findall(printed.replace("’", "'")) if w[0].isupper()}
    return len(strangers) <= _STRANGERS and all(w in capital for w in strangers)


def _cores(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    if lexicon.language not in _CORES:
        _CORES[lexicon.language] = tuple(
            (status, re.compile(rf"(?<!\w){lexicon.any_of(f'attendance.{status}')}(?!\w)", re.I))
            for status in ("apologies", "absent", "in_attendance", "present")
        )
    return _CORES[lexicon.language]


_CORES: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {}


def split(text: str, lexicon: Lexicon) -> tuple[Label, int] | None:
    """(the label that a text begins with, where what it labels begins): "Present: Ann Lee" -> ("Present", 9)."""
    for m in _SIGN.finditer(text[:140]):
        if label := of(text[: m.start()], lexicon):
            return label, m.end()
        if m.group().strip() == ":":
            break
    # "PRESENT Ann Lee, Bo Ray", "In attendance Cy Fox": the sign has got lost; the words must be the lexicon's own.
    if lost := _opening(lexicon).match(text):
        label = of(lost["label"], lexicon)
        if label and label.exact:
            return label, lost.end()
    return None


_SIGN = re.compile(r"\s*:(?![a-z])\s*|\s+[–—-]+\s+|\s*[–—]\s*")


def _opening(lexicon: Lexicon) -> re.Pattern[str]:
    if lexicon.language not in _OPENINGS:
        # "Council comments" and "Staff reports" are business: what may be a body needs its sign.
        sure = [
            w
            for w, status in lexicon.roll_call.items()
            if w not in lexicon.set("body_nouns") | lexicon.set("group_words")
            and (status != "in_attendance" or " " in w)
        ]
        heads = "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(sure, key=len, reverse=True)) or "(?!)"
        prose = lexicon.any_of("label_verbs")
        _OPENINGS[lexicon.language] = re.compile(
            rf"(?P<label>(?i:{heads}))(?:\s+(?i:{prose}))?(?:\s{{2,}}|\s+(?=[^\W\d_a-z]))"
        )
    return _OPENINGS[lexicon.language]


_OPENINGS: dict[str, re.Pattern[str]] = {}

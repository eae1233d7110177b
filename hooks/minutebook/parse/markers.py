"""Markers of actions, wherever they stand: "Action: ...", "AP3 (Ann): ...", "ACTION Ann to ..."."""

from __future__ import annotations

import re

from minutebook.lexicon import Lexicon
from minutebook.model import Block
from minutebook.parse import chats
from minutebook.parse.owners import Owners, phrase

_SIGN = r"(?:\s*[:：]\s*|\s+[–—-]+>?\s+|\s*[–—→]\s*)"
_LOOK = 200
"""Characters behind a marker that tell whether it is one."""
_NUMBER = r"(?:\s*(?:no\.?\s*|#)?\d[\w./-]*|-\d+)?"


class Markers:
    """Knows the markers of one language, and who may stand in them."""

    def __init__(self, lexicon: Lexicon, owners: Owners) -> None:
        self.lexicon, self.owners = lexicon, owners
        decided = rf"(?!{lexicon.any_of('decision_markers')}(?!\w))"  # "ACTION TAKEN: Approved the plan"
        marker = rf"{decided}{lexicon.any_of('action_markers')}(?![^\W\d_])"  # "AP" is none in "APPROVED"
        self.signed = re.compile(rf"[\[(]?{marker}{_NUMBER}[\])]?(?:{_SIGN})(?=\S)")
        self.boxed = re.compile(rf"[\[(]{marker}{_NUMBER}[\])]\s*(?=\S)")
        self.bare = re.compile(rf"[\[(]?{marker}{_NUMBER}[\])]?\s+(?=\S)")
        self.alone = re.compile(rf"[\[(]?{marker}{_NUMBER}[\])]?\s*[:：]?\s*$")
        self.to = re.compile(
            rf"[\[(]?{marker}{_NUMBER}[\])]?\s*(?:{lexicon.any_of('action_prepositions')}\s+)?[(\[]?"
            rf"(?P<who>[^:()\[\]\n]{{1,60}}?)[)\]]?\s*(?:[:：]\s*|\s[–—-]+\s+)(?=\S)"
        )
        capitals = _capitals(lexicon)
        self.behind = re.compile(rf"(?P<who>[A-Z][^:.;()]{{1,40}}?)\s+(?:{capitals})\s*[:–-]\s*(?=\S)")
        self.inner = re.compile(
            rf"(?:(?<=[.;:!?)\]”\"])\s+|\n|(?<=\s)[–—-]\s+|(?<=\s)[(\[])(?=[\[(]?(?:{marker}{_NUMBER}[\])]?\s*[:：]|(?-i:{capitals})\b))"
        )

    def at(self, plain: str, at: int) -> tuple[int, tuple[int, int] | None, str] | None:
        """(where the text begins, where a name within the marker stands, the rule) of a marker at a place."""
        lead = re.match(r"[\s(\[*_]*", plain[at : at + 12])
        at += lead.end() if lead and self.signed.match(plain, at + lead.end()) else 0
        if m := self.signed.match(plain, at) or self.boxed.match(plain, at):
            return m.end(), None, "a marker with a sign behind it"
        if m := self.to.match(plain, at):
            who = self.lexicon.pattern(r",?\s*<<due_words>>\s.*$", re.I).sub("", m["who"]).strip()
            if who and self.owners.is_somebody(who, alone=True):
                return m.end(), (m.start("who"), m.start("who") + len(who)), "a marker with a name in it"
        if m := self.bare.match(plain, at):
            rest = plain[m.end() : m.end() + _LOOK]
            who = phrase(rest, self.lexicon)
            numbered = re.fullmatch(r"[\W_]*[A-Z]{2,3}\d+[\W_]*", m.group())  # "AP1 Clerk of Works to ..."
            if who and (
                numbered
                or self.lexicon.pattern(r"<<determiners>>\s").match(who)
                or self.owners.known.match(who)
                or self.owners.is_listed(who)
            ):
                return m.end(), None, "a bare marker, and behind it somebody's task"
            capital = m.group().strip(" []()").rstrip("0123456789.").strip()
            if capital.isupper() and len(capital) > 3 and self.only_names(rest):
                return m.end(), None, "a marker with a name behind it"
        before = self.behind.match(plain[at : at + 90])
        if before and self.owners.is_somebody(before["who"]):
            return at + before.end(), (at, at + before.end("who")), "a name, and the marker behind it"
        return None

    def end(self, block: Block, at: int, text: int) -> int:
        """Where an action ends in its block: with the bold words that hold marker and action, else with the block."""
        plain = block.text.plain
        for m in block.text.marks:
            if m.kind in ("strong", "em") and m.start <= at + 2 and m.end > text + 8 and m.end < len(plain) - 3:
                return m.end
        if at and plain[at - 1 : at] in "([" and (close := plain.find(")" if plain[at - 1] == "(" else "]", text)) > 0:
            return close
        stamp = chats.STAMP.search(plain, text)
        return stamp.start() if stamp else len(plain)

    def only_names(self, words: str) -> bool:
        """Whether nothing stands behind a marker but who is to do it: "ACTION: Clerk"."""
        words = words.strip(" .()[]*_")
        return bool(words) and len(words.split()) < 8 and self.owners.is_somebody(words, alone=False)


def _capitals(lexicon: Lexicon) -> str:
    """The markers that are printed in capitals, which stand out also in the middle of a line."""
    return (
        "|".join(
            sorted(
                (re.escape(w) for w in lexicon.list("action_markers") if w.isupper() and len(w) > 3),
                key=len,
                reverse=True,
            )
        )
        or "(?!)"
    )

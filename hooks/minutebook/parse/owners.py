"""Whose task it is: the words in, in front of, and behind the text of an action that say who is to do it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from minutebook import names
from minutebook.lexicon import Lexicon, alternatives
from minutebook.model import Span
from minutebook.parse.draft import Draft

_LONGEST_OWNER = 12
"""Words."""
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2})[.;]\s+(?=[A-Z@])")


@dataclass(frozen=True)
class Found:
    """Whose an action is, and where its words begin: behind a name that stands in front with a sign."""

    start: int
    spans: tuple[Span, ...]


class Owners:
    """Finds the owners of the actions of one file."""

    def __init__(self, draft: Draft) -> None:
        self.lexicon = draft.lexicon
        self._draft = draft
        people = [a for a in draft.minutes.people if a.name]
        self.forms = {names.key(f) for a in people for f in (a.name.full, a.name.printed, a.initials) if f}  # type: ignore[union-attr]
        self.forms |= {names.key(w) for a in people for w in (*a.name.given.split()[:1], a.name.family) if w}  # type: ignore[union-attr]

    @cached_property
    def known(self) -> re.Pattern[str]:
        """Whoever and whatever these minutes know by name; put together when first asked for: lists may be long."""
        return _known(self._draft)

    def of(self, plain: str, block: int, start: int, end: int, *, listed: bool = False) -> Found:
        """The owners of the action at plain[start:end]. `listed`: it stands in a list of actions, where a name in
        front ("Ann: call the Guild") needs no other evidence."""
        text = plain[start:end]
        spans: list[Span] = []
        if m := self._in_front(text, listed):
            spans.append(Span(block, start + m.start("who"), start + m.end("who"), m["who"]))
            start += m.end()
            text = plain[start:end]
        else:
            spans += self._phrases(text, block, start) or self._first_words(text, block, start)
        if not spans and (behind := self._behind(text)):
            a, b = behind
            spans.append(Span(block, start + a, start + b, text[a:b]))
        return Found(start, tuple(one for s in spans for one in self.each(s)))

    def each(self, span: Span) -> list[Span]:
        """The words of each owner, where several stand together: "Ann/Bo and Cy"."""
        joins = rf"\s*[,;/&+]\s*(?:{self.lexicon.any_of('joins')}\s+)?|\s+{self.lexicon.any_of('joins')}\s+"
        edges = [0, *(x for m in re.finditer(joins, span.text) for x in m.span()), len(span.text)]
        parts = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if span.text[a:b].strip()]
        if len(parts) < 2 or not all(self.is_somebody(span.text[a:b], alone=True) for a, b in parts):
            return [span]
        return [Span(span.block, span.start + a, span.start + b, span.text[a:b]) for a, b in parts]

    def _in_front(self, text: str, listed: bool) -> re.Match[str] | None:
        """ "Ann Lee: ...", "[AL] ...", "@cyfox ...", "Ann (Clerk) – ..."."""
        m = re.match(
            r"(?P<who>[^:\n]{1,60}?(?:\s*\([^()]*\))?)\s*(?::\s+|\s[–—-]+\s+)(?=\S)|\[(?P<round>[^\[\]]{1,40})\]\s*[:–-]?\s*(?=\S)",
            text,
        )
        if m and m["round"]:
            m = re.match(r"\[(?P<who>[^\[\]]{1,40})\]\s*[:–-]?\s*(?=\S)", text)
        if not m and listed:
            m = re.match(rf"(?P<who>@[\w-]+)\s+(?!{self.lexicon.any_of('obligations')}\s)(?=\S)", text)
        if not m:
            m = re.match(r"(?P<who>@[\w-]+(?:(?:\s*[,/&]\s*|\s+and\s+)@[\w-]+)*)\s*:\s+(?=\S)", text)
        if not m:
            return None
        who = re.sub(r"\s*\([^()]*\)", "", m["who"]).strip()
        if re.search(r"[.!?;]\s", who):
            return None  # a sentence, and a label behind it
        return m if who and self.is_somebody(who, alone=listed) and len(who.split()) < 9 else None

    def _phrases(self, text: str, block: int, start: int) -> list[Span]:
        """What stands in front of "to", "will", "is to": of the first sentence, and of others that name somebody."""
        out = []
        begins = [0, *(m.end() for m in _SENTENCE.finditer(text))]
        for k, at in enumerate(begins):
            words = phrase(text[at:], self.lexicon) or self._called(text[at:])
            if words and (k == 0 or self.is_somebody(words)):
                out.append(Span(block, start + at, start + at + len(words), words))
        return out

    def _first_words(self, text: str, block: int, start: int) -> list[Span]:
        """People of the roll call in front of what they do: "JD publish the figures", "NB, MK move the fans"."""
        m = re.match(r"(?P<who>[\w'’.-]+(?:(?:\s*[,/&+]\s*|\s+and\s+)[\w'’.-]+){0,5}?)\s+(?=[^\W\d_])", text)
        if not m or not self.is_listed(m["who"]):
            return []
        return [Span(block, start, start + len(m["who"]), m["who"])]

    def _called(self, text: str) -> str:
        """What somebody is called in a chat, in small letters: "asa to draft the text"."""
        m = self.lexicon.pattern(r"(?P<who>[\w.-]+)\s+<<obligations>>\s").match(text)
        return m["who"] if m and names.key(m["who"]) in self.forms else ""

    def _behind(self, text: str) -> tuple[int, int] | None:
        """ "... (AL)", "... [Ann Lee]", "... – Ann Lee", "... Owner: Ann"."""
        label = self.lexicon.any_of("owner_labels")
        for pattern in (
            rf"\b(?i:{label})\s*:\s*(?P<who>[^.;()\[\]]{{1,60}})[.)\]]*\s*$",
            r"[(\[](?P<who>[^()\[\]]{1,60})[)\]]\s*\.?\s*$",
            r"\s[–—-]+\s+(?P<who>[^–—;:()]{1,60}?)\s*\.?\s*$",
            r"(?P<who>@[\w-]+)\s*\.?\s*$",
            r"[.,]\s+(?P<who>[A-Z]{2,4}(?:\s*[/,&]\s*[A-Z]{2,4})*)\s*\.?\s*$",
        ):
            m = re.search(pattern, text)
            if m and self.is_somebody(m["who"].strip(), behind=True):
                return m.start("who"), m.end("who")
        return None

    def is_somebody(self, words: str, *, alone: bool = False, behind: bool = False) -> bool:
        """Whether words name people, posts or bodies, and nothing else. `alone`: one capital word is enough."""
        parts = [p.strip(" .") for p in self.lexicon.pattern(r"\s*[,;/&+]\s*|\s+<<joins>>\s+").split(words)]
        parts = [p for p in parts if p]
        return bool(parts) and all(self._one(p, alone, behind) for p in parts)

    def is_listed(self, words: str) -> bool:
        """Whether words name people of the roll call, and nothing else."""
        parts = self.lexicon.pattern(r"\s*[,;/&+]\s*|\s+<<joins>>\s+").split(words)
        return all(names.key(p) in self.forms for p in parts if p)

    def _one(self, part: str, alone: bool, behind: bool) -> bool:
        lexicon = self.lexicon
        if part.startswith("@"):
            return True
        bare = lexicon.pattern(r"^<<articles>>\s+", re.I).sub("", part)
        if names.key(bare) in self.forms or bare.casefold() in lexicon.set("everybody") or self.known.fullmatch(bare):
            return True
        words = bare.split()
        if not words or len(words) > 5 or any(w.casefold() in lexicon.set("obligations") for w in words):
            return False
        kinds = ("role_words", "organization_words", "unit_words", "owner_posts")
        last = words[-1].casefold()
        post = any(last in lexicon.set(k) or bare.casefold() in lexicon.set(k) for k in kinds)
        if post and words[0].casefold() not in lexicon.set("task_verbs"):
            return True
        if names.looks_like_name(bare, lexicon.language, alone=alone) and words[0].casefold() not in lexicon.set(
            "task_verbs"
        ):
            return not behind or len(words) > 1 or alone
        return False


def phrase(text: str, lexicon: Lexicon) -> str:
    """The words that say whose task it is: what stands before "to", "will", "is to"; nothing where none do."""
    masked = lexicon.pattern(r"\b(<<honorifics>>)\.").sub(r"\1 ", text[:300])  # "Mrs. Lee and Mr. Ray to ..."
    m = lexicon.pattern(
        r"(?P<owner>(?:[^.;:?!()]|\([^()]*\)|(?<=\b[A-Z])\.){1,120}?)\s*(?<=[\s)])(?P<said><<obligations>>)\s"
    ).match(masked)
    if not m:
        return ""
    owner = re.sub(r"\s*\([^()]*\)$", "", m["owner"].rstrip())
    owner = lexicon.pattern(r"^<<request_words>>\s+", re.I).sub("", owner)
    words = owner.replace(",", " ").replace("/", " ").split()
    if not words or len(words) > _LONGEST_OWNER or words[0].casefold() in lexicon.set("task_verbs"):
        return ""
    if words[0].casefold() in lexicon.set("no_owners"):
        return ""
    first = words[0].casefold()
    everyone = first in lexicon.set("determiners") and first not in lexicon.set("articles")
    small = lexicon.set("small_words") | lexicon.set("joins")
    last = words[-1].casefold()
    posts = ("owner_posts", "role_words", "unit_words", "organization_words", "short_organization_nouns", "group_words")
    post = any(last in lexicon.set(k) for k in posts)
    said = everyone or (first in lexicon.set("articles") and (post or words[-1][0].isupper()))
    if (
        len(words) == 1
        and not post
        and not said
        and not words[0].isupper()
        and m["said"].casefold() in lexicon.set("obligation_particles")
    ):
        # "Ann to call" names somebody, "Escalate to board" does not.
        after = re.match(r"[\w'’-]+", text[m.end() :])
        thing = after and any(after.group().casefold() in lexicon.set(k) for k in (*posts, "articles"))
        if not after or not after.group()[0].islower() or thing:
            return ""
    if m["said"].casefold() in lexicon.set("obligation_particles") and lexicon.pattern(r"<<passive_words>>\s").match(
        text[m.end() :]
    ):
        return ""  # "The terms to be sent round" says nothing of who
    named = (
        said
        or post
        or all(w[0].isupper() or w[0] == "@" or w.casefold() in small or i == 0 for i, w in enumerate(words))
    )
    if not owner or not named or owner not in m["owner"]:
        return ""
    at = m["owner"].rindex(owner)
    return text[at : at + len(owner)].rstrip()


def _known(draft: Draft) -> re.Pattern[str]:
    """Whoever and whatever these minutes know by name, at the start of a text."""
    people = [a for a in draft.minutes.people if a.name]
    forms = {form for a in people for form in (a.name.printed, a.name.full, a.name.family, a.initials) if form}  # type: ignore[union-attr]
    forms |= {a.name.given.split()[0] for a in people if a.name and a.name.given}
    forms |= {form for a in people for form in (a.organization, a.acronym) if form}
    forms |= {form for o in draft.minutes.organizations for form in (o.name, o.acronym) if form}
    forms |= {draft.minutes.body, *draft.lexicon.list("everybody")} - {""}
    return re.compile(
        rf"(?:(?:{draft.lexicon.any_of('honorifics')}|{draft.lexicon.any_of('titles')})\.?\s+)*{alternatives(forms)}(?!\w)"
    )

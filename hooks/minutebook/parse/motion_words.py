"""The words that minutes use of motions: who moves, who seconds, how it fared; and what a line says in such words."""

from __future__ import annotations

import re

from minutebook.lexicon import Lexicon, alternatives
from minutebook.parse import chats

_LINE = 8
"""Words of a line that says who moved something, or that it passed, and no more."""
_RESULT = 14
"""Words of a line that says no more than how a motion fared: "Unanimous consent, the motion carries, ..."."""
_WHO = 20
"""Words that say who moves and who seconds."""


class MotionWords:
    """Knows the words of one language; of one line or sentence it tells what it says, and never of those around it."""

    def __init__(self, lex: Lexicon) -> None:
        self.lexicon = lex
        keys = ("moved", "seconded", "result", "moving", "vote", "carried")
        words = "|".join(f"<<{key}_words>>" for key in keys)
        self.any = lex.pattern(rf"(?<!\w)(?:{words}|<<proposal_labels>>|<<voted_on>>|<<vote_labels>>\s*:)", re.I)
        """What tells of a motion: most blocks hold nothing of it."""
        self.moved = lex.pattern(r"\b<<moved_words>>\b", re.I)
        self.seconded = lex.pattern(r"\b<<seconded_words>>\b", re.I)
        self.result = lex.pattern(r"(?<!\w)<<result_words>>(?!\w)", re.I)
        self.lost = lex.pattern(r"(?<!\w)<<lost_words>>(?!\w)", re.I)
        self.counts = lex.pattern(r"[\W_]*<<vote_labels>>\s*:\s", re.I)
        self.numbered = lex.pattern(r"[\W_]*<<motion_nouns>>\s+(?:no\.?\s*|#\s*)?\d[\w./-]*[\W_]*$", re.I)
        """A heading that calls a motion by its number."""
        self.wording = lex.pattern(r"[\W_]*<<wording_labels>>\s*:\s*", re.I)
        self.clause = lex.pattern(r"\s<<decision_joins>>\s", re.I)
        name = r"(?<!\w)[A-Z][\w'’]+\s?[:–-]?\s{1,3}[-–]?\s*"
        self.noes = lex.pattern(r"(?<!\w)(?:<<called_noes>>|<<counted_noes>>)(?!\w)", re.I)
        self.adjourned = lex.pattern(r"(?<!\w)<<adjourned_words>>(?!\w)", re.I)
        self.aye = lex.pattern(rf"{name}(?i:<<called_ayes>>)(?!\w)")
        self.nay = lex.pattern(rf"{name}(?i:<<called_noes>>)(?!\w)")
        self.who = lex.pattern(r"(?<!\w)(?:<<moved_words>>|<<seconded_words>>|<<by_words>>|<<joins>>)(?!\w)", re.I)
        self.fares = lex.pattern(r"(?<!\w)(?:<<result_words>>|<<lost_words>>)(?!\w)", re.I)
        self.vote = lex.pattern(r"\b<<motion_nouns>>\b[^.;]{0,60}?<<result_words>>(?!\w)", re.I)
        number = r"(?:\s+(?:no\.?\s*|#\s*)?\d[\w./-]*)?"
        self.proposal = lex.pattern(
            rf"[\W_]*<<proposal_labels>>(?:\s+<<motion_origins>>)?{number}(?:\s*\([^()]{{1,40}}\))?\s*:\s*(?=\S)", re.I
        )
        self.boxed = lex.pattern(
            r"[\[(](?:<<result_words>>|<<boxed_results>>)(?:[\s,]+\d[\d–/:-]*)?[\])][\s*_.]*$", re.I
        )
        """How it fared, in brackets behind a motion: "Motion: light the pier [PASS]"."""
        self.motion_label = lex.pattern(r"[\W_]*<<motion_labels>>\s*:\s*", re.I)
        self.outcome = lex.pattern(r"(?:<<joins>>\s+)?(?:<<said_to_be>>\s+)?<<result_words>>(?!\w)", re.I)
        single = [w for w in lex.list("decision_joins") if " " not in w]
        joins = alternatives([*(w.capitalize() for w in single), *(w.upper() for w in single if len(w) > 2)])
        self.that = re.compile(rf"(?<!\w){joins}\s(?=\S.{{12}})")
        self.joined = lex.pattern(
            r"(?<!\w)(?:<<decision_markers>>,?\s+(?i:<<decision_joins>>)\s|(?i:<<resolution_words>>)\s*:\s*[^\W\d_])"
        )
        self.moving = lex.pattern(
            r"\b<<moving_words>>\b|\b<<motion_nouns>>\s*\([^()]{3,40}\)\s+<<decision_joins>>\b", re.I
        )
        self.fulfils = lex.pattern(r"(?<!\bbe)\s+<<result_words>>\s+<<decision_joins>>\s", re.I)
        """Carried to do what follows: "moved by Ann Lee, seconded by Bo Ray, and carried to light the pier"."""
        self.voted_on = lex.pattern(r"(?<!\w)<<voted_on>>(?!\w)", re.I)
        self.made = lex.pattern(r"\b<<motion_nouns>>\s+<<said_to_be>>\s+<<made_words>>\b", re.I)
        self.fared = lex.pattern(
            r"(?P<what>\w(?:(?!\s<<said_to_be>>\s)[^.:;?!]){3,40}?)\s+(?:<<said_to_be>>\s+)?<<carried_words>>[.)]?",
            re.I,
        )
        self.ending = lex.pattern(r"(?:[\s,;–—*_-]|\b<<joins>>\b(?:\s+<<carried_pronouns>>\b)?)*$", re.I)
        """What stands between a motion and its result: ", and it" of "..., and it carried"."""
        self.so_moved = lex.pattern(r"(?<!\w)<<so_moved>>(?!\w)", re.I)
        self.side = lex.pattern(r"[\W_]*(?:<<votes.in_favour>>|<<votes.against>>|<<votes.abstained>>)\s*:", re.I)
        self.asked = lex.pattern(r"(?<!\w)<<open_questions>>(?!\w)", re.I)
        self.who_label = lex.pattern(r"(?<![\s(])[\s(]+(?:<<who_labels>>)\s*:\s", re.I)
        self.joint = lex.pattern(r"[;,]\s+<<joins>>\s*$", re.I)
        self.called = lex.pattern(r"\s*:\s+[^:;.]{1,60};$")
        """How the first voted, where a vote is called name by name: "... by a roll call vote: Ann Lee - aye;"."""
        self.by_whom = lex.pattern(r"<<moved_labels>>", re.I)
        self.mover_label = lex.pattern(r"<<moved_labels>>\s*:", re.I)
        self.it = lex.pattern(r"\s*(?:<<carried_pronouns>>)\s", re.I)
        self.amendment = lex.pattern(r"\s*(?:<<articles>>\s+)?<<amendment_nouns>>(?!\w)", re.I)
        self.declared = lex.pattern(
            r"[\W_]*(?:[^\s:;.]+\s+){1,4}?<<declaring_words>>\s+(?=.{0,20}?<<motion_nouns>>)", re.I
        )
        """Who says how a vote went: "The chair declared the motion carried"."""
        # fmt: off
        how = (
            "result_words", "lost_words", "vote_words", "vote_labels", "vote_manners", "by_consent", "unanimous_words",
            "votes.in_favour", "votes.against", "votes.abstained", "votes.word", "votes.to", "votes.of", "counting",
            "motion_nouns", "by_words", "said_to_be", "passives", "joins", "articles", "carried_pronouns",
        )
        # fmt: on
        self.how = lex.pattern(rf"(?<!\w)(?:{'|'.join(f'<<{key}>>' for key in how)})(?!\w)", re.I)
        self.nouns = lex.pattern(r"(?<!\w)<<motion_nouns>>(?!\w)", re.I)
        self.by_vote = lex.pattern(
            r"^with\s+<<vote_words>>|(?:[(:,;]|\s[–-])\s*(?:\w+\s+){0,4}<<vote_words>>[\s).]*$", re.I
        )

    def only_result(self, plain: str) -> bool:
        """Whether a line is but the result of what stands above it: "Carried by 2 votes to 1."."""
        m = self.outcome.match(plain.lstrip(" (*_–>=→-"))
        return bool(m) and len(plain.split()) < _LINE + 1

    def called_votes(self, words: str) -> tuple[int, int]:
        """How many are said to have been for something, and against it, each by name; none where it is but one."""
        ayes, noes = len(self.aye.findall(words)), len(self.nay.findall(words))
        return (ayes, noes) if ayes + noes > 1 else (0, 0)

    def against(self, words: str) -> bool:
        """Whether more words of a vote tell of some that were against it: "Marsh and Pike voted nay"."""
        return bool(self.noes.search(words))

    def only_adjourns(self, words: str, motion: str) -> bool:
        """Whether words say that the meeting ended, and a motion is about something else."""
        return bool(self.adjourned.search(words)) and not self.adjourned.search(motion)

    def only_names(self, words: str) -> bool:
        """Whether words say who moves and who seconds, and nothing of what: "Moved: Ann Lee; Seconded: Bo Ray"."""
        words = words.lstrip(" (*_–-")
        if len(words.split()) >= _RESULT or not (self.moved.match(words) and self.seconded.search(words)):
            return False
        rest = re.findall(r"[^\W\d_]+", self.how.sub(" ", self.who.sub(" ", words)))
        return all(w[0].isupper() for w in rest)

    def puts(self, plain: str) -> bool:
        """Whether a block says what is moved behind a label: "Motion: light the pier", and not "Motion: carried"."""
        m = self.proposal.match(plain)
        return m is not None and not self.tells_only_how(plain[m.end() :])

    def tells_only_how(self, words: str) -> bool:
        """Whether words say how something fared, and nothing of what it was: "Vote passed", "5 in favour, none
        against", "The chair declared the motion carried"."""
        if len(words.split()) >= _RESULT or (not re.search(r"\d", words) and not self.fares.search(words)):
            return False
        declared = self.declared.match(words)
        return not re.search(r"[^\W\d_]", self.how.sub(" ", words[declared.end() if declared else 0 :]))

    def falls(self, words: str) -> bool:
        """Whether a sentence says no more than that a motion was lost: "The motion failed for lack of a second."."""
        moves = self.moving.search(words) and not self.declared.match(words)
        short = len(words.split()) < _RESULT and not moves
        about = self.nouns.search(words) or self.it.match(words) or self.lost.match(words)
        return short and bool(self.lost.search(words)) and bool(about)

    def falls_alone(self, words: str) -> bool:
        """Whether a line says but that what stands above it was lost: "LOST (Vote 4)", "DEFEATED"."""
        return bool(self.lost.match(words.lstrip(" (*_–>=→-"))) and len(words.split()) < _RESULT

    def only_seconds(self, words: str) -> bool:
        """Whether a sentence says who seconds, and nothing else: "Bo Ray seconded the motion."."""
        m = self.seconded.search(words)
        return m is not None and len(words.split()) < _LINE + 1 and not self.moved.search(words[: m.start()])

    def of_a_vote(self, line: str) -> bool:
        """Whether a line says who voted how, or how it went, and nothing else: "Yes: Ann Lee, Bo Ray"."""
        label = self.motion_label.match(line)
        short = len(line.split()) < _LINE and self.vote.match(line) and not self.moving.search(line)
        return bool(short or self.only_result(line) or self.side.match(line) or (label and label.end() == len(line)))

    def says_what(self, words: str) -> bool:
        """Whether what is moved stands between who moves and who seconds: "Ann: move to light it, Bo seconds"."""
        moved, seconded = self.moved.search(words), self.seconded.search(words)
        between = words[moved.end() : seconded.start()].split() if moved and seconded else []
        return len(between) > 3 and between[0].casefold() not in self.lexicon.set("by_words")

    def tells_what(self, words: str) -> bool:
        """Whether a sentence that somebody seconds in the next says what is moved: "Ann proposed to light it all"."""
        moved = self.moved.search(words)
        return moved is not None and len(words[moved.end() :].split()) > 3

    def moves_and_seconds(self, words: str) -> bool:
        return bool(self.moved.search(words) and self.seconded.search(words))

    def only_says_who(self, words: str) -> bool:
        """Whether words in front of a motion say who moves and seconds it, and perhaps its number."""
        return self.moves_and_seconds(words) and len(words.split()) < _WHO

    def trimmed(self, text: str, rule: str) -> str:
        """The words of a decision without its label, without who moved it. `rule`: how it was found."""
        text = chats.STAMP.sub("", text).strip(" \u2005*_•")
        if "result behind" in rule:
            text = text.rstrip(" ;")  # "Ann Lee proposed approval; Bo Ray seconded; Carried"
        if (m := re.search(r"\s*\((?P<inside>[^()]*)\)[.\s]*$", text)) and self.moved.search(m["inside"]):
            text = text[: m.start()]  # who moved it
        if (m := re.search(r"[“\"„«](?P<said>That\s[^“”\"„»]{20,})[”\"“»]?", text)) and "motion" in rule:
            text = m["said"]
        if "motion" in rule and (m := self.that.search(text)) and self.only_says_who(text[: m.start()]):
            text = text[m.start() :]  # "Moved Ann Lee, seconded Bo Ray / That the pier be lit"
        label = self.proposal.match(text) or self.motion_label.match(text)
        if label and len(text[label.end() :].split()) > 2:
            text = text[label.end() :]
        if "motion" in rule and (m := self.who_label.search(text)) and len(text[: m.start()].split()) > 2:
            text = text[: m.start()].rstrip(" \u2005*_(")  # "Light the pier. MOVED: Ann Lee SECONDED: Bo Ray"
        if text.count("(") > text.count(")") and self.moved.search(text, text.rfind("(")):
            text = text[: text.rfind("(")].rstrip()  # "... were accepted (moved Ann Lee, seconded Bo Ray, unanimous)"
        text = self.joint.sub("", text)  # "(a) to note the report; and"
        if "vote" in rule:
            text = self.called.sub("", text)
        if text[:1] in '“"„«' and text.count("“") >= text.count("”"):
            text = text.strip('“”"„«» ')
        return text

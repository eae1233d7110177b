"""Mentions: who, or what, is meant by each name, title, post and pair of initials in the text.

One rule at a time, from the surest to the least sure, and each gives one candidate or none. Whatever was found and
may stand for two is linked to neither and kept with its candidates. Finding comes first, annotation last: no text is
changed here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Block, Candidate, Mention, Organization, PersonName
from minutebook.names import plainly
from minutebook.resolve import around
from minutebook.resolve.context import Context, Everyone
from minutebook.resolve.forms import Forms, Hit, post_head
from minutebook.resolve.identity import contradict, same_name
from minutebook.resolve.occurrences import followed_by_institution
from minutebook.resolve.remedies import Remedies
from minutebook.resolve.terms import Terms, Verdict, term

_INITIALS = re.compile(r"[A-Z][A-Za-z]{0,4}(?![\w@])")
_NO_INITIALS = re.compile(r"-|/\d")
"""What stands behind a part of a word, or of a number: "SE-5", "AL/2021/3"."""
_HANDLE = re.compile(r"(?<!\S)@[\w-]+(?:\.[\w-]+)*|(?<=[(\[,;:/])@[\w-]+(?:\.[\w-]+)*")
_CAPITAL_BEHIND = re.compile(r"\s+(?:[A-Z][\w'-]*)")
_WORD_BEHIND = re.compile(r"\s+([A-Z][\w'-]*)")
_OF_SOMETHING = r"\s+<<organization_joins>>\s+(?:<<definite_articles>>\s+)?[A-Z]"


class Meant(NamedTuple):
    """What a form stands for: at most one of person, organisation and term, or candidates."""

    rule: str
    person: str = ""
    organization: str = ""
    term: str = ""
    candidates: tuple[str, ...] = ()
    """People."""
    organizations: tuple[str, ...] = ()
    """Candidates that are organisations."""
    explained: str = ""
    """The meeting whose minutes explain the term."""


_RULES = {
    "alias": "_alias",
    "legend": "_legend",
    "name": "_full",
    "organization": "_organization",
    "acronym": "_acronym",
    "post": "_post",
    "family": "_family",
    "given": "_given",
    "short": "_short",
    "term": "_term",
    "guess": "_undeclared",
}
"""Kind of form -> the rule that says what it stands for."""

NOBODY = Meant("not a person")
"""What the register says to be no person: the words are passed over whole, so that no part of them is somebody's."""


@dataclass(frozen=True)
class Finder:
    """Finds the mentions of one meeting."""

    context: Context
    everyone: Everyone
    forms: Forms
    organizations: Mapping[str, Organization]
    by_name: Mapping[str, frozenset[str]]
    """Comparable name -> organisations."""
    acronyms: Mapping[str, frozenset[str]]
    """Acronym -> organisations that the archive gives it to."""
    terms: Terms
    lexicon: Lexicon
    remedies: Remedies

    def all(self) -> tuple[Mention, ...]:
        """The mentions in the business, headings and owner lines included."""
        out: list[Mention] = []
        for i, block in around.business(self.context.sitting.minutes):
            out += self.in_block(i, block)
        return tuple(out)

    def in_block(self, index: int, block: Block) -> list[Mention]:
        """The mentions in one block, from left to right."""
        out = []
        plain = self.context.sitting.plain[index]
        hits = self.forms.find(plain)
        if initials := list(self._initials(index, plain)):
            hits = sorted([*initials, *hits], key=lambda h: (h.start, -h.end))
        end = 0
        for hit in hits:
            if hit.start < end:
                continue
            meant = self.meant(hit, plain)
            if meant is None:
                continue
            named = (meant.person and meant.rule != "initials") or (meant.candidates and "family" in hit.kinds)
            start, end = around.with_title(hit, plain, end, self.lexicon) if named else (hit.start, hit.end)
            if meant is NOBODY:
                continue
            found = Mention(
                index,
                start,
                end,
                block.text.plain[start:end],
                block.text.line_at(hit.start),
                meant.rule,
                meant.person,
                meant.organization,
                meant.term,
                self._candidates(meant) if meant.candidates or meant.organizations else (),
                meant.explained,
            )
            linked = meant.person or meant.organization or meant.term
            out.append(found if linked else found._replace(remedy=self._remedy(found, plain)))
        return out

    def _remedy(self, x: Mention, plain: str) -> str:
        """What to write in the register so that a mention is linked."""
        sitting = self.context.sitting
        article = re.search(r"(?:^|\W)(the\s)\s*$", plain[: x.start], re.I)
        said = f"the {x.text}" if article and x.rule.startswith("post") else x.text
        assert sitting.minutes.date
        return self.remedies.of_mention(said, self.organizations[sitting.body].name, sitting.minutes.date, x.candidates)

    def meant(self, hit: Hit, plain: str) -> Meant | None:
        """What a form stands for; None where it is only a word."""
        # A window, so that the cost of a long paragraph is not its length squared; the sign says that it was cut.
        cut = hit.start - around.WINDOW
        before, behind = plain[max(0, cut) : hit.start], plain[hit.end : hit.end + around.WINDOW]
        before = f"\u2026{before}" if cut > 0 else before
        for kind in hit.kinds:
            if meant := getattr(self, _RULES[kind])(hit, before, behind):
                return meant  # type: ignore[no-any-return]
        return None

    # --- people

    def _alias(self, hit: Hit, before: str, behind: str) -> Meant | None:
        """Whom the register means by a form: a whole name anywhere, one word only of somebody on this roll call."""
        if around.within_name(before, behind, self.lexicon) or followed_by_institution(behind, 0, self.lexicon):
            return None
        if " " not in hit.form and (around.initials_in_front(before) or around.title_before(before, self.lexicon)):
            return None  # more of a name than the form
        claims = self.everyone.registered(self.forms.aliases[hit.form], self.context.sitting)
        who = self.everyone.who
        if any(not who.claims.entries[c.entry].is_person for c in claims):
            return NOBODY
        alone = " " not in hit.form
        found = {
            person for c in claims if (person := who.by_entry[c.entry]) in self.context.listed or c.pinned or not alone
        }
        if not found or (alone and self._is_word(hit, before, behind)):
            return None
        if alone and not any(c.pinned for c in claims):
            here = self.context.legend.get(hit.form, set()) | self.context.given.get(names.key(hit.form), set())
            found |= here
        return _one("name in the register", found)

    def _is_word(self, hit: Hit, before: str, behind: str) -> bool:
        """Whether a name that is also a word is used as one: it begins a sentence, and nobody in it speaks."""
        form = hit.form.casefold()
        ambiguous = (
            form in self.lexicon.set("ambiguous_given_names")
            or form in self.lexicon.set("ambiguous_surnames")
            or form in self.lexicon.set("sentence_openers")
            or form in self.lexicon.months
            or form in self.lexicon.set("weekdays")
        )
        if not ambiguous:
            return False
        starts = around.starts_sentence(before) and not around.is_to(before, behind, self.lexicon)
        if form in self.lexicon.months or form in self.lexicon.set("weekdays"):
            return not (starts and around.speaks(behind, self.lexicon))
        return starts and not around.speaks(behind, self.lexicon)

    def _initials(self, block: int, plain: str) -> Iterator[Hit]:
        for m in _HANDLE.finditer(plain) if self.context.handles else ():
            if m.group() in self.context.legend:
                yield Hit(m.start(), m.end(), m.group(), ("legend",))
        for start, form in self._capitals(block, plain):
            end = start + len(form)
            if len(form) > 7 or _NO_INITIALS.match(plain, end):
                continue
            if form.casefold() in self.context.folded:
                known = ("alias",) if form in self.forms.aliases else ()
                yield Hit(start, end, form, (*known, "legend", "acronym", "term"))
            elif (
                form.isupper()
                and 1 < len(form) < 5
                and form not in self.forms.aliases
                and around.speaks(plain[end : end + 40], self.lexicon)
            ):
                yield Hit(start, end, form, ("guess",))

    def _capitals(self, block: int, plain: str) -> Iterator[tuple[int, str]]:
        """(place, word) of what may be initials: words with two capitals, unless the list gives others too."""
        if self.context.only_capitals:
            yield from self.context.sitting.capitals.get(block, ())
            return
        for m in _INITIALS.finditer(plain):
            start = m.start()
            if not start or not (plain[start - 1].isalnum() or plain[start - 1] in "_'@/-"):
                yield start, m.group()

    def _legend(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if around.behind_article(before, self.lexicon):
            return None  # "the IT system" is nobody's
        if before.rstrip()[-1:].isdigit():
            return None  # "10 AM", "5 MB"
        thing = hit.form[0] != "@" and around.behind_thing(before, self.lexicon)
        qualifies = thing and not self._as_somebody(before, behind)
        here = self.context.legend.get(hit.form, set())
        others = self._organizations_of(hit.form)
        if here and (others or hit.form in self.context.terms or self._in_glossary(hit.form)):
            return _either("initials, and an acronym in these minutes", here, others)
        if here and qualifies:
            return Meant("initials, or what a thing is called", candidates=tuple(sorted(here)))
        if here:
            if hit.form.casefold() in self.lexicon.set("ordinary_initials") and not self._as_somebody(before, behind):
                return Meant("initials that are also a word", candidates=tuple(sorted(here)))
            return _one("initials", here)
        if sum(c.isupper() for c in hit.form) < 2 or others:  # "It" is no "IT"
            return None
        return _one("initials in another case", self.context.folded[hit.form.casefold()])

    def _as_somebody(self, before: str, behind: str) -> bool:
        """Whether a text treats a word as a person: who speaks, who owns, or one of a list of initials."""
        if around.speaks(behind, self.lexicon) or re.match(r"'s?\b", behind):
            return True
        acts = self.lexicon.pattern(r"\s+(?:<<auxiliaries>>\s+)?[a-z]+<<verb_endings>>\b").match(behind)
        if acts and (around.starts_sentence(before) or around.behind_thing(before, self.lexicon)):
            return True
        beside = (
            re.match(r"(?:\s*,\s*|\s+\w+\s+)([A-Z][A-Za-z]{0,4})\b", behind),
            re.search(r"\b([A-Z][A-Za-z]{0,4})(?:\s*,\s*|\s*,?\s+\w+\s+)$", before),
        )
        if any(m and m[1] in self.context.legend for m in beside):
            return True
        owes = self.lexicon.pattern(r"(?:^|<<action_markers>>)[\W_]*$")
        return bool(owes.search(before))

    def _undeclared(self, hit: Hit, before: str, behind: str) -> Meant | None:
        """Initials of somebody who speaks, and whom no list gives them: whose they could be is said, and no more."""
        if hit.form in self.context.terms or self._organizations_of(hit.form) or hit.form in self.acronyms:
            return None
        fits = {
            person
            for a, person in self.context.entries
            if a.name and not a.initials and names.could_be_initials(hit.form, a.name)
        }
        return Meant("initials that no list declares", candidates=tuple(sorted(fits))) if fits else None

    def _organizations_of(self, acronym: str) -> set[str]:
        """The organisations that these minutes give an acronym to."""
        named = self.context.organizations.get(acronym)
        return set(self.context.acronyms.get(acronym, ())) | ({named} if named else set())

    def _full(self, hit: Hit, before: str, behind: str) -> Meant | None:
        which = names.generation_behind().match(behind)
        behind = behind[which.end() :] if which else behind
        if followed_by_institution(behind, 0, self.lexicon) or around.within_name(before, behind, self.lexicon):
            return None
        if around.within_firm(behind, self.lexicon) or around.is_cited(behind):
            return None
        key = names.key(hit.form)
        listed: Set[str] = self.context.full.get(key, frozenset())
        here = self._of_generation(listed, which)
        everywhere = self._of_generation(self.everyone.by_full.get(key, frozenset()), which)
        if listed and (
            not here or around.is_late(before, self.lexicon) or self._is_titled_otherwise(hit, before, here)
        ):
            return Meant("full name, perhaps of another", candidates=tuple(sorted(listed)))
        if len(key.split()[0]) == 1 and not here:  # "A. Lee"
            return self._with_initials(hit.form)
        namesakes = self.by_name.get(names.organization_key(hit.form), frozenset())
        if namesakes:
            return _either("name of a person, and of an organisation", everywhere, namesakes)
        if here:
            return _one("full name", self._of_organization(here, behind))
        linked = self._of_organization(everywhere, behind, only=True)
        if len(linked) == 1:
            return _one("full name with the organisation", linked)
        # Of two of one name, in whichever minutes, none is meant until the register says which.
        if len(everywhere) == 1 and all(self.everyone.at_home(p, self.context.sitting) for p in everywhere):
            return _one("full name", everywhere)
        rule = "full name, known from other minutes only" if len(everywhere) == 1 else "full name of several"
        return _either(rule, everywhere, ())

    def _of_generation(self, found: Set[str], which: re.Match[str] | None) -> Set[str]:
        """Of people of one name, those who are the one that the word behind it says: "Jr"."""
        if which is None:
            return found
        said = names.generation(PersonName("", postnominals=which["word"]))
        return {p for p in found if said in self.everyone.generations.get(p, ())}

    def _is_titled_otherwise(self, hit: Hit, before: str, here: Set[str]) -> bool:
        """Whether a title in front is another's, whose name it fits: "Dr David Lee", where there is a "Dr D. Lee"."""
        title = around.title_before(before, self.lexicon)
        if not title or any(self._bears(title, p) for p in here):
            return False
        said = names.parse(f"{title}{hit.form}", self.lexicon.language)
        others = self.everyone.by_family.get(names.key(said.family), frozenset()) - here
        known = self.everyone.who.known
        return any(
            self._bears(title, p) and any(same_name(said, n, self.lexicon) for n in known[p].names)
            for p in others
            if self.everyone.at_home(p, self.context.sitting)
        )

    def _of_organization(self, found: Set[str], behind: str, only: bool = False) -> Set[str]:
        """Of several of one name, those whose organisation is named behind it: "Ann Lee (Harbour Trust)".

        All of them where none is; nobody then with `only`.
        """
        if len(found) < 2 and not only:
            return found
        m = self.lexicon.pattern(r"\s*(?:[,(]|<<role_joins>>\b)\s*(?:<<articles>>\s+)?", re.I).match(behind)
        rest = behind[m.end() :] if m else ""
        told = {p for p in found if rest and any(self._begins_with(rest, o) for o in self._organizations(p))}
        return told or (frozenset() if only else found)

    def _organizations(self, person: str) -> set[str]:
        return {m.organization for m in self.everyone.by_id[person].memberships if m.organization}

    def _begins_with(self, text: str, organization: str) -> bool:
        o = self.organizations[organization]
        return any(
            re.match(rf"{re.escape(plainly(form))}(?!\w)", text) for form in (o.name, *o.other_names, *o.acronyms)
        )

    def _family(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if followed_by_institution(behind, 0, self.lexicon):
            return None
        key = names.key(hit.form)
        here = self.context.family.get(key, set())
        if around.is_party(before, behind, self.lexicon):
            return None  # "the case of Lee v Ray"
        title = around.title_before(before, self.lexicon)  # first: "M." is French for "Mr"
        if not title and (initials := around.initials_in_front(before)):
            if around.within_firm(behind, self.lexicon):
                return None  # "A. Lee Fencing Ltd"
            return self._with_initials(f"{initials} {hit.form}")
        if title:
            if around.within_name("", behind, self.lexicon) or around.is_cited(behind):
                return None
            if around.is_couple(before, self.lexicon) or around.is_late(before, self.lexicon):
                return Meant("surname of somebody else", candidates=tuple(sorted(here))) if here else None
            return self._behind_another(hit, key, before, here) or self._with_title(title, key, here)
        if post := around.post_before(before, self.lexicon):
            return None if around.within_name("", behind, self.lexicon) else self._with_post(post, here)
        if around.behind_article(before, self.lexicon):
            return None  # "the King"
        if not here or around.within_name(before, behind, self.lexicon) or self._is_word(hit, before, behind):
            return None
        if around.within_firm(behind, self.lexicon) or around.is_cited(behind):
            return None
        meant = self._behind_another(hit, key, before, here)
        return meant or _one("surname in the roll call", here | self.context.given.get(key, set()))

    def _behind_another(self, hit: Hit, key: str, before: str, here: Set[str]) -> Meant | None:
        """A surname that was last given to somebody who is not on the list: "Tom Lee spoke. Mr Lee ..."."""
        given = around.given_in_front(before, hit.form, self.lexicon) if here else ""
        if not given:
            return None
        listed = (a.name for a, _ in self.context.entries if a.name and names.key(a.name.family) == key)
        letters = {w[0] for n in listed for w in names.key(n.given).split() or [given.casefold()]}
        if given[0].casefold() in letters:
            return None
        return Meant("surname, behind somebody else's name", candidates=tuple(sorted(here)))

    def _with_post(self, post: str, here: Set[str]) -> Meant | None:
        """Whom a post and a surname mean, "Commissioner Lee": who is listed with that post, or with none."""
        entries = [(a, p) for a, p in self.context.entries if p in here]
        hold = {p for a, p in entries if post.casefold() in f"{a.role} {a.group}".casefold()}
        without = {p for a, p in entries if not a.role}
        if hold or without:
            return _one("surname with a post", hold or without)
        return Meant("surname with another post", candidates=tuple(sorted(here))) if here else None

    def _with_initials(self, printed: str) -> Meant | None:
        """Whom initials and a surname mean: on this roll call, else known to this body; they must fit one person."""
        said = names.parse(printed, self.lexicon.language)
        key = names.key(said.family)
        here = self.context.family.get(key, set())
        at_home = {
            p for p in self.everyone.by_family.get(key, frozenset()) if self.everyone.at_home(p, self.context.sitting)
        }
        fits, elsewhere = (
            {p for p in found if any(same_name(said, n, self.lexicon) for n in self.everyone.who.known[p].names)}
            for found in (here, at_home)
        )
        if found := fits or elsewhere:
            return _one("initials with a surname", found)
        return Meant("surname with other initials", candidates=tuple(sorted(here))) if here else None

    def _with_title(self, said: str, key: str, here: set[str]) -> Meant | None:
        """Whom a title and a surname mean: on this roll call, else known to this body with that title."""
        fits = {p for p in here if not self._contradicts(said, p)}
        at_home = {
            p for p in self.everyone.by_family.get(key, frozenset()) if self.everyone.at_home(p, self.context.sitting)
        }
        elsewhere = {p for p in at_home - here if self._bears(said, p)}
        fits = {p for p in fits if not self._outranks(said, p)}
        if fits:
            # Somebody absent who bears the title is as likely as somebody present who is never printed with it.
            bear = {p for p in fits if self._bears(said, p)}
            others = {p for p in elsewhere if any(n.given for n in self.everyone.who.known[p].names)}
            return _one("surname with honorific", bear or fits | others)
        if here:
            return Meant("surname with another honorific", candidates=tuple(sorted(here)))
        if elsewhere:
            return _one("surname with honorific", elsewhere)
        fits = {p for p in at_home if not self._contradicts(said, p)}
        return Meant("surname with a title, of nobody on the list", candidates=tuple(sorted(fits))) if fits else None

    def _bears(self, title: str, person: str) -> bool:
        """Whether a person is printed with one of the words of a title."""
        return bool(set(names.titles(title)) & self.everyone.honorifics.get(person, frozenset()))

    def _contradicts(self, title: str, person: str) -> bool:
        """Whether a title cannot be this person's: "Mr" of somebody who is printed as "Dame"."""
        return contradict(title, self.everyone.by_id[person].honorific, self.lexicon)

    def _outranks(self, title: str, person: str) -> bool:
        """Whether this list prints somebody with more than the "Mr" that a text says."""
        courtesy = {names.key(c) for c in self.lexicon.list("courtesy_titles")}
        if not courtesy.issuperset(names.titles(title)):
            return False
        printed = (a.name.honorific for a, p in self.context.entries if p == person and a.name)
        borne = {t for honorific in printed for t in names.titles(honorific)} | self._titles_of_roles(person)
        return bool(borne) and not borne & courtesy

    def _titles_of_roles(self, person: str) -> set[str]:
        """The titles among the words of somebody's role: "Cllr" of "County Cllr"."""
        words = {w for role, p, _ in self.context.held if p == person for w in role.split()}
        return {t for w in words if w.casefold() in self.lexicon.single_words("honorifics") for t in names.titles(w)}

    def _given(self, hit: Hit, before: str, behind: str) -> Meant | None:
        here = self.context.given.get(names.key(hit.form))
        if behind.startswith(" of "):
            return None  # "Eve of war"
        if not here or around.within_name(before, behind, self.lexicon) or self._is_word(hit, before, behind):
            return None
        return _one("first name in the roll call", here)

    def _post(self, hit: Hit, before: str, behind: str) -> Meant | None:
        article = around.behind_article(before, self.lexicon, "definite_articles")
        starts = around.starts_sentence(before)
        if re.match(r"'s?\b", behind) or around.named_in_front(before):
            return None  # the office's ("the Commissioner's report"), or what the person before it is
        if around.within_quotation(before, self.lexicon):
            return None  # of a rule that is quoted: “The Chair shall appoint two tellers”
        if not article and (
            around.name_before(before, self.lexicon)
            or around.word_before(before) in self.lexicon.set("post_joins")
            or (" " not in hit.form and not starts)
        ):
            return None
        if article and self.lexicon.pattern(r"[A-Z]\w*\s+<<post_joins>>\s+<<definite_articles>>\s+$").search(before):
            return None  # "Private Secretary to the Minister"
        if self._is_of_something(behind) or (_CAPITAL_BEHIND.match(behind) and not starts):
            return None  # another post, of something else
        if (m := _WORD_BEHIND.match(behind)) and (key := names.key(m[1])) and self._begins_name(key):
            return None  # the name's: "Mayor Lee"
        titles = next((t for said, t in self.lexicon.post_classes if said == hit.form), (hit.form,))
        if set(titles) & set(self.lexicon.list("roll_call.chair")):
            holders = self.context.chairs or self._holders(lambda role: role in titles)
            absent = {
                p
                for role, p, was_there in self.context.held
                if not was_there and names.key(role) == names.key(hit.form)
            }
            holders = holders | absent  # whoever presides in place of the one who is listed as just that
        else:
            # Of a post in full, somebody who sent apologies is as clearly the holder as somebody in the room.
            absent = {p for role, p, _ in self.context.held if role == hit.form}
            whole = self._holders(lambda role: role == hit.form) or absent
            if whole and (" " in hit.form or article):
                return _one("post", whole)
            holders = self._holders(
                lambda role: any(role == t or self._goes_on(role, t) or post_head(role) == t for t in titles)
            )
        if not holders and not any(said == hit.form for said, _ in self.lexicon.post_classes):
            return None
        return _one("post held by one in the roll call", holders) if article or starts or " " in hit.form else None

    def _begins_name(self, key: str) -> bool:
        return key in self.everyone.by_family or key in self.context.given

    def _holders(self, is_meant: Callable[[str], bool]) -> set[str]:
        """Who of those who were there holds a post."""
        return {p for role, p, was_there in self.context.held if was_there and is_meant(role)}

    def _is_of_something(self, behind: str) -> bool:
        """Whether what follows says of what a post or an organisation is: "Minister for Harbours"."""
        return bool(self.lexicon.pattern(_OF_SOMETHING).match(behind))

    def _goes_on(self, role: str, title: str) -> bool:
        """Whether a role is a title with what it is of: "Minister" of "Minister for Harbours"."""
        return role.startswith(f"{title} ") and role[len(title) :].split()[0] in self.lexicon.set("post_joins")

    # --- organisations and terms

    def _organization(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if around.within_name(before, behind, self.lexicon):  # "Harbour Trust Secretariat" is not the Harbour Trust
            return None
        key = names.organization_key(hit.form)
        found = self.context.by_organization_key.get(key) or self.by_name.get(key, frozenset())
        return _one("name of an organisation", found, organization=True) if len(found) == 1 else None

    def _acronym(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if explained := self._term(hit, before, behind):
            return explained
        here = self._organizations_of(hit.form)
        if hit.form in self.context.terms or self._verdict(hit.form).given:  # it may stand for two things
            return None
        found = here or self.acronyms.get(hit.form, frozenset())
        return _one("acronym", found, organization=True) if found else None

    def _short(self, hit: Hit, before: str, behind: str) -> Meant | None:
        if (
            not around.behind_article(before, self.lexicon, "definite_articles")
            or _CAPITAL_BEHIND.match(behind)
            or self._is_of_something(behind)
        ):
            return None
        edge = re.compile(rf"{re.escape(hit.form)}\b|.*\b{re.escape(hit.form)}$")
        found = {i for name, i in self.context.organizations.items() if edge.match(name)}
        return _one("short form of an organisation in these minutes", found, organization=True) if found else None

    def _term(self, hit: Hit, before: str, behind: str) -> Meant | None:
        """What a short word stands for, which may be an organisation; nothing where it may stand for two things."""
        given = self._verdict(hit.form).meaning
        if not given or (term(hit.form) in self.context.legend and not given.entry):
            return None
        meeting = self.context.sitting.id
        elsewhere = given.meeting if given.meeting != meeting else ""
        if organization := self.terms.organization(given.meaning):
            return Meant("acronym", organization=organization, explained=elsewhere)
        return Meant(given.rule(meeting), term=given.meaning, explained=elsewhere)

    def _verdict(self, form: str) -> Verdict:
        return self.terms.verdict(self.context.sitting, term(form))

    def _in_glossary(self, form: str) -> bool:
        """Whether the register says what a short word stands for in these minutes."""
        entry = self.terms.entry(self.context.sitting, term(form))
        return bool(entry and entry.meaning)

    def _candidates(self, meant: Meant) -> tuple[Candidate, ...]:
        people = [self.everyone.by_id[p] for p in meant.candidates]
        bodies = [self.organizations[o] for o in meant.organizations]
        return (*(Candidate(p.name, p.address) for p in people), *(Candidate(o.name, o.address) for o in bodies))


def _one(rule: str, found: Set[str], organization: bool = False) -> Meant:
    """One candidate, or none and all the candidates."""
    if len(found) == 1:
        (one,) = found
        return _linked(rule, "", one) if organization else _linked(rule, one)
    rule = f"{rule}: {len(found)} candidates" if found else f"{rule}: nobody"
    return _either(rule, (), found) if organization else _either(rule, found, ())


@lru_cache(maxsize=4096)
def _linked(rule: str, person: str, organization: str = "") -> Meant:
    """One person or organisation; the same few are meant again and again."""
    return Meant(rule, person, organization)


def _either(rule: str, people: Iterable[str], organizations: Iterable[str]) -> Meant:
    """Nobody, and all who may be meant."""
    return Meant(rule, candidates=tuple(sorted(people)), organizations=tuple(sorted(organizations)))

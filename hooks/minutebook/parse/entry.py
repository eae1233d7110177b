"""One entry of a roll call: who it is, in which role, of which organisation, and who stood in for them.

    Ann Lee OBE (Chief Executive, Society of Examples (SoE)) represented by Bo Ray, Deputy Chief Executive [BR]

The entry is taken apart from the outside in: the substitute, the initials, the name, and last what is said of the
person. What does not begin with a name is a group or a post, and is kept as the text that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import PersonName
from minutebook.parse import definitions

_LEGEND = re.compile(r"\s*\[(?P<initials>[A-Za-z][A-Za-z.]{0,5})\]")
_ROUND_LEGEND = re.compile(r"\s*\((?P<initials>[A-Z][A-Za-z.]{1,4})\)\s*$")
_EARLY_LEGEND = re.compile(
    r"(?P<name>[^\[(,;:]+?)\s*(?:\[(?P<square>[A-Za-z][A-Za-z.]{0,5})\]|\((?P<round>[A-Z][A-Za-z]{1,4})\))"
    r"(?P<rest>\s*[(,;:–—].*|\s+-\s.*)",
    re.S,
)
"""Initials directly behind the name, and the role behind them."""
_ACRONYM = re.compile(r"\s*\((?P<acronym>[A-Z][A-Za-z&]{1,9})\)\s*$")
_SEPARATOR = re.compile(r"\s+[–—-]+\s+|\s*[,;:–—]\s*")
_WHOLE_ACRONYM = re.compile(r"(?:the\s+)?[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*")
_OF = re.compile(r"\s+(?:of|at|for|from)\s+(?:the\s+)?")


@dataclass(frozen=True)
class Entry:
    """What one entry says of one person, or (without a name) of a group."""

    text: str
    name: PersonName | None = None
    role: str = ""
    organization: str = ""
    acronym: str = ""
    initials: str = ""
    rule: str = ""


def read(text: str, lexicon: Lexicon) -> tuple[Entry, Entry | None, str]:
    """(who was listed, who stood in for them or None, initials that fit neither) of an entry's text."""
    text = text.strip().rstrip(";")
    cut = re.search(rf"[\s(,;*]+{lexicon.any_of('represented_by')}[\s:]+", text, re.I)
    if cut:
        whose, legend = _initials_at_end(text)
        before, own = _initials_at_end(text[: cut.start()].rstrip(" *_"))
        listed = _person(_balanced(before), lexicon)
        listed = replace(listed, initials=own or listed.initials) if listed.name else listed
        substitute = _person(_balanced(whose[cut.end() :]), lexicon)
        if listed.name and substitute.name:
            fits = [names.could_be_initials(legend, n) for n in (listed.name, substitute.name)] if legend else []
            listed = replace(listed, initials=listed.initials or legend if fits == [True, False] else listed.initials)
            if fits == [False, True]:
                substitute = replace(substitute, initials=legend)
            return listed, substitute, legend if fits and fits[0] == fits[1] else ""
    whose, legend = _initials_at_end(text)
    listed = _person(whose, lexicon)
    return (
        (replace(listed, initials=legend or listed.initials) if listed.name else replace(listed, text=text)),
        None,
        "",
    )


def _initials_at_end(text: str) -> tuple[str, str]:
    m = list(_LEGEND.finditer(text))
    if m and not text[m[-1].end() :].strip(" .,;"):
        return text[: m[-1].start()], m[-1]["initials"]
    return text, ""


def _balanced(text: str) -> str:
    """The text with a bracket closed that was left open, and without a closing one that nothing opened."""
    text = text.strip(" ,;")
    missing = text.count("(") - text.count(")")
    while missing < 0 and text.endswith(")"):
        text, missing = text[:-1].rstrip(), missing + 1
    return text + ")" * max(0, missing)


def _person(text: str, lexicon: Lexicon) -> Entry:
    text = _balanced(text)
    if early := _early_legend(text, lexicon):
        rest, initials = early
        entry = _person(rest, lexicon)
        return replace(entry, text=text, initials=initials) if entry.name else entry
    for split, rule in ((_bracketed, "name (role)"), (_separated, "name, role"), (_run_on, "name role")):
        if found := split(text, lexicon):
            name, said = found
            entry = Entry(text, names.parse(name, lexicon.language), rule=rule)
            if (m := _ROUND_LEGEND.fullmatch(f" ({said})")) and names.could_be_initials(m["initials"], entry.name):  # type: ignore[arg-type]
                return replace(entry, initials=m["initials"])
            return _said_of(said, entry, lexicon)
    if names.looks_like_name(text, lexicon.language):
        return Entry(text, names.parse(text, lexicon.language), rule="name")
    return Entry(text, rule="no name")


def _early_legend(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """(the entry without them, the initials) where they stand directly behind the name."""
    m = _EARLY_LEGEND.match(text)
    if not m or not names.looks_like_name(m["name"], lexicon.language):
        return None
    fits = m["square"] or names.could_be_initials(m["round"], names.parse(m["name"], lexicon.language))
    return (f"{m['name']}{m['rest']}", m["square"] or m["round"]) if fits else None


def _bracketed(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    head, bracket, inside = text.partition("(")
    if not bracket or not names.looks_like_name(head.strip(), lexicon.language):
        return None
    depth = 1
    for i, c in enumerate(inside):
        depth += (c == "(") - (c == ")")
        if depth == 0:
            rest = inside[i + 1 :].strip(" ,;.–-")
            return head.strip(), ", ".join(filter(None, (inside[:i].strip(), rest)))
    return head.strip(), inside.strip()


def _separated(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    m = _SEPARATOR.search(text)
    if not m or not names.looks_like_name(text[: m.start()], lexicon.language):
        return None
    name, said = text[: m.start()], text[m.end() :]
    while (n := _SEPARATOR.search(said)) and names.is_post_nominal(said[: n.start()], lexicon.language):
        name, said = f"{name}, {said[: n.start()]}", said[n.end() :]
    return (f"{name}, {said}", "") if names.is_post_nominal(said, lexicon.language) else (name, said)


def _run_on(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """A name that runs into the role without a sign: it ends where a word of posts begins."""
    m = re.search(rf"\s(?={lexicon.any_of('role_words')}(?:\W|$))", text)
    return (
        (text[: m.start()], text[m.end() :])
        if m and names.looks_like_name(text[: m.start()], lexicon.language)
        else None
    )


def _said_of(said: str, entry: Entry, lexicon: Lexicon) -> Entry:
    """The entry with what is said of the person told apart into role, organisation and its acronym."""
    acronym = ""
    if m := _ACRONYM.search(said):
        said, acronym = said[: m.start()], m["acronym"]
    head, comma, last = said.rpartition(",")
    sure = bool(acronym)
    if comma and _is_organization(last.strip(), lexicon, sure):
        return replace(entry, role=head.strip(), organization=last.strip(), acronym=acronym)
    for of in reversed(list(_OF.finditer(said))):  # "Head of Policy of the Guild": the last one in front of a body
        role, organization = said[: of.start()], said[of.end() :]
        spelled = bool(acronym) and definitions.expansion(acronym, organization) == organization
        if _is_role(role, lexicon) and _is_organization(organization, lexicon, spelled):
            return replace(entry, role=role.strip(), organization=organization.strip(), acronym=acronym)
    if _is_organization(said, lexicon, sure) and not _is_role(said, lexicon):
        return replace(entry, organization=said.strip(), acronym=acronym)
    return replace(entry, role=f"{said} ({acronym})" if acronym else said.strip())


def _is_organization(text: str, lexicon: Lexicon, sure: bool) -> bool:
    """Whether a text is an organisation's name: its chief noun says so, or it is one acronym, or it was given one."""
    units = lexicon.set("unit_words")
    if not text or text.split()[-1].casefold() in units or not (text[0].isupper() or text.startswith("the ")):
        return False
    words, openings = lexicon.any_of("organization_words"), lexicon.any_of("organization_openings")
    return bool(
        sure
        or _WHOLE_ACRONYM.fullmatch(text)
        or re.match(rf"{openings}\s", text)
        or re.search(rf"\b{words}(?=\s+(?:of|for|on|in)\b|\s*$|\s*\()", text)
    )


def _is_role(text: str, lexicon: Lexicon) -> bool:
    return bool(re.search(rf"(?:^|\s){lexicon.any_of('role_words')}(?=\W|$)", text))

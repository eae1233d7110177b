"""What is said of a person in a roll call, told apart: the role, the organisation, and the organisation's acronym."""

from __future__ import annotations

import re

from minutebook.lexicon import Lexicon
from minutebook.parse import definitions

_ACRONYM = re.compile(r"\s*\((?P<acronym>[A-Z][A-Za-z&]{1,9})\)\s*$")
_WHOLE_ACRONYM = re.compile(r"(?:the\s+)?[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*")


def of(words: str, lexicon: Lexicon) -> dict[str, str]:
    """`role`, `organization` and `acronym` of the words behind (or in front of) a name, as far as they are sure."""
    words = words.strip(" ,;.–—-")
    if m := lexicon.pattern(r"<<stands_in_for>>\s+(?P<whom>\S.*)", re.I).fullmatch(words):
        whom = re.sub(r"^the\s+(?=[A-Z])", "", m["whom"])
        if is_organization(whom, lexicon, False) or _is_proper(whom, lexicon):
            return {"organization": whom}  # "representing the Harbour Trust"
    acronym = ""
    if (m := _ACRONYM.search(words)) and m["acronym"].casefold() not in lexicon.set("roll_call.chair"):
        words, acronym = words[: m.start()], m["acronym"]
    sure = bool(acronym)
    head, comma, last = words.rpartition(",")
    if comma and is_organization(last.strip(), lexicon, sure):
        return {"role": head.strip(), "organization": last.strip(), "acronym": acronym}
    first, comma, rest = words.partition(",")
    if comma and is_role(rest, lexicon) and is_organization(first.strip(), lexicon, False):
        return {"role": rest.strip(), "organization": first.strip(), "acronym": ""}
    joins = lexicon.pattern(r"\s+<<role_joins>>\s+(?:<<articles>>\s+)?")
    for of_ in reversed(list(joins.finditer(words))):  # "Head of Policy of the Guild": the last one in front of a body
        role, organization = words[: of_.start()], words[of_.end() :]
        spelled = bool(acronym) and definitions.expansion(acronym, organization, lexicon) == organization
        if is_role(role, lexicon) and is_organization(organization, lexicon, spelled):
            return {"role": role.strip(), "organization": organization.strip(), "acronym": acronym}
    if not is_role(words, lexicon) and (is_organization(words, lexicon, sure) or _is_proper(words, lexicon)):
        return {"organization": words.strip(), "acronym": acronym}
    return {"role": f"{words} ({acronym})" if acronym else words.strip()}


def is_organization(text: str, lexicon: Lexicon, sure: bool) -> bool:
    """Whether a text is an organisation's name: its chief noun says so, or it is one acronym, or it was given one."""
    units = lexicon.set("unit_words")
    if not text or text.split()[-1].casefold() in units or not (text[0].isupper() or text.startswith("the ")):
        return False
    words, openings = lexicon.any_of("organization_words"), lexicon.any_of("organization_openings")
    return bool(
        sure
        or _WHOLE_ACRONYM.fullmatch(text)
        or re.match(rf"{openings}\s", text)
        or re.search(rf"\b{words}(?=\s+{lexicon.any_of('role_joins')}\b|\s*$|\s*\()", text)
    )


def _is_proper(text: str, lexicon: Lexicon) -> bool:
    """Whether words that name no role are a proper name: "Talk About Local", "ELGIN", "No. 10", "Example.com"."""
    words = text.split()
    small = lexicon.set("small_words")
    capital = all(w[0].isupper() or w[0].isdigit() or w.casefold() in small or w in "&-–" for w in words)
    alone = len(words) == 1 and text.istitle()  # "Planner" is more often a post than a body
    return bool(words) and words[0][0].isupper() and len(words) <= 6 and capital and not alone


def is_role(text: str, lexicon: Lexicon) -> bool:
    """Whether a word of posts stands in a text."""
    return bool(lexicon.pattern(r"(?:^|[\s/])<<role_words>>(?=\W|$)", re.I).search(text))

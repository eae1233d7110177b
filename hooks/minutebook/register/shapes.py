"""Which keys the entries of each register file may have, and what is made of them.

Each function takes one entry and gives its noun, or None where it cannot be used; what is wrong is said by the entry.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from minutebook import names
from minutebook.model import (
    STATES,
    ActionEntry,
    GlossaryTerm,
    OrganizationEntry,
    PersonEntry,
    PostHeld,
    Redaction,
    TopicEntry,
    Where,
)
from minutebook.register.entries import Entry

PERSON = ("name", "address", "other_names", "only", "posts", "identifiers", "not_a_person")
ORGANIZATION = ("name", "address", "acronyms", "other_names", "parent", "identifiers", "not_an_organisation")
TERM = ("term", "meaning", "bodies", "not_an_acronym")
ACTION = ("action", "status", "date", "note", "by")
REDACTION = ("name", "date", "other_names", "only", "replace_with", "keep")

TOPIC = ("name", "phrases", "not_when", "broader", "narrower", "description", "bodies", "not_a_topic")


def person(e: Entry) -> PersonEntry | None:
    """An entry of `people.yml`."""
    e.known(*PERSON)
    name = e.text("name", required=True)
    if not name:
        return None
    return PersonEntry(
        name,
        e.ref,
        e.slug("address"),
        e.other_names(),
        _where(e),
        e.each("posts", _post),
        _identifiers(e),
        not e.flag("not_a_person"),
    )


def organization(e: Entry) -> OrganizationEntry | None:
    """An entry of `organisations.yml`."""
    e.known(*ORGANIZATION)
    name = e.text("name", required=True)
    if not name:
        return None
    return OrganizationEntry(
        name,
        e.ref,
        e.slug("address"),
        e.texts("acronyms"),
        e.other_names(),
        e.text("parent") if "parent" in e.values else "",
        _identifiers(e),
        not e.flag("not_an_organisation"),
    )


def term(e: Entry) -> GlossaryTerm | None:
    """An entry of `glossary.yml`."""
    e.known(*TERM)
    word, none = e.text("term", required=True), e.flag("not_an_acronym")
    meaning = "" if none else e.text("meaning", required=True)
    return GlossaryTerm(word, e.ref, meaning, e.texts("bodies")) if word and (meaning or none) else None


def action(e: Entry) -> ActionEntry | None:
    """An entry of `actions.yml`."""
    e.known(*ACTION)
    id_, said, date = e.text("action", required=True), e.text("status", required=True), e.day("date", whole=True)
    if "date" not in e.values:
        e.wrong(e.node, "“date” must say since when this is so.", "Write “date: 2024-05-31”: the page will show it.")
    status = said.casefold().replace(" ", "_").replace("-", "_")
    if said and status not in STATES:
        words = ", ".join(s.replace("_", " ") for s in STATES)
        e.wrong(e.values["status"], f"“{said}” is not how an action can stand.", f"Write one of: {words}.")
        return None
    if not id_ or not said or not date:
        return None
    note, by = (e.text(key) if key in e.values else "" for key in ("note", "by"))
    return ActionEntry(_action_id(id_), status, date, e.ref, note, _action_id(by))


def _action_id(text: str) -> str:
    """An action's id, of what people copy for it: its address as a browser shows it, or the id itself."""
    address = text.strip().partition("/meetings/")[2] or text.strip().removeprefix("meetings/")
    return address.replace("/#action-", "/action-").strip("/")


def redaction(e: Entry) -> Redaction | None:
    """An entry of `redactions.yml`."""
    e.known(*REDACTION)
    name, added = e.text("name", required=True), e.day("date", whole=True)
    if "date" not in e.values:
        e.wrong(e.node, "“date” must say when this was removed.", "Write “date: 2024-05-31”: the page will show it.")
    if not name or not added:
        return None
    words = e.text("replace_with") if "replace_with" in e.values else ""
    return Redaction(name, e.ref, added, e.other_names(), _where(e), words, e.texts("keep"))


def topic(e: Entry) -> TopicEntry | None:
    """An entry of `topics.yml`. "not when" and `body` are read as `not_when` and `bodies`."""
    e.alias("not when", "not_when")
    e.alias("body", "bodies")
    e.known(*TOPIC)
    name, none = e.text("name", required=True), e.flag("not_a_topic")
    phrases, not_when = e.texts("phrases"), e.texts("not_when")
    description = e.text("description") if "description" in e.values else ""
    sides = e.texts("broader"), e.texts("narrower")
    if not name:
        return None
    folded = [f" {names.key(p)}" for p in phrases or (name,)]
    for said in (*phrases, *((name,) if not phrases else ())):
        if not names.key(said):
            e.wrong(e.values["phrases" if phrases else "name"], f"“{said}” holds no word.", "Write words to look for.")
            return None
    for said in not_when:
        if not any(f in f" {names.key(said)} " for f in folded):
            e.wrong(
                e.values["not_when"],
                f"“{said}” holds none of the phrases, so it can be no exception to them.",
                "Write the longer words that hold a phrase and mean something else, as “tide tables” for “tide”.",
            )
    return TopicEntry(name, e.ref, phrases or (name,), not_when, *sides, description, e.texts("bodies"), not none)


def _where(e: Entry) -> Where:
    inner = e.within("only")
    if inner is None:
        return Where()
    inner.known("bodies", "organisations", "from", "until")
    return Where(inner.texts("bodies"), inner.texts("organisations"), inner.period())


def _post(e: Entry) -> PostHeld | None:
    e.known("role", "organisation", "from", "until")
    role = e.text("role", required=True)
    organization = e.text("organisation") if "organisation" in e.values else ""
    return PostHeld(role, e.ref, organization, e.period()) if role else None


def _orcid(text: str) -> bool:
    """Whether an ORCID iD is one: its last character is a checksum of the others (ISO 7064, MOD 11-2).

    The rule is that of support.orcid.org, "Structure of the ORCID Identifier".
    """
    if not re.fullmatch(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", text):
        return False
    total = 0
    for digit in text.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    return text[-1] == "0123456789X"[(12 - total % 11) % 11]


SCHEMES: Mapping[str, tuple[Callable[[str], object], str]] = {
    "wikidata": (re.compile(r"Q[1-9]\d*").fullmatch, "Q42"),
    "orcid": (_orcid, "0000-0002-1825-0097"),
}
"""Scheme of identifiers -> (whether a text is one, an example). Others are taken as they are."""


def _identifiers(e: Entry) -> Mapping[str, str]:
    given = dict(e.mapping("identifiers"))
    for scheme, text in list(given.items()):
        fits, like = SCHEMES.get(scheme, (bool, ""))
        if not fits(text):
            inner = e.within("identifiers")
            at = inner.values[scheme] if inner else e.node
            e.wrong(at, f"“{text}” is no identifier of {scheme}.", f"One looks like this: {like}.")
            del given[scheme]
    return given

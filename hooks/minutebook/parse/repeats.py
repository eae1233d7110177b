"""The same person in two entries of a roll call: put together where they must be one, left apart where they may not."""

from __future__ import annotations

from dataclasses import replace

from minutebook import names
from minutebook.model import Attendance

_NAMESAKES = 12
"""Entries of one name that are compared: nobody's list holds more."""


_ALONE = {"represented by", "name", "a sentence says so"}
"""Rules by which an entry may be a surname or a first name alone."""


def completed(found: list[Attendance]) -> list[Attendance]:
    """The entries with a surname or first name alone spelled out, where one fuller name of the roll call fits it."""
    full = {a.name.full: a.name for a in found if a.name and a.name.given and a.name.family}
    titles = {f: set(names.titles(n.honorific)) for f, n in full.items()}
    forms: dict[str, set[str]] = {}
    for f, n in full.items():
        for w in (n.family, n.given.split()[0]):
            forms.setdefault(names.key(w), set()).add(f)

    def whole(name: str, honorific: str = "") -> str:
        fits = forms.get(names.key(name), set()) if name not in full else set()
        said = set(names.titles(honorific))
        fits = {f for f in fits if not said or not titles[f] or said & titles[f]}  # "Mr Lee" is not Mrs Ann Lee
        return next(iter(fits)) if len(fits) == 1 else name

    out = []
    for a in found:
        if (a.name and (meant := whole(a.name.full, a.name.honorific)) != a.name.full and a.rule in _ALONE) or (
            a.name and a.rule == "a name of one word" and meant != a.name.full
        ):
            a = replace(a, name=replace(full[meant], printed=a.name.printed))
        out.append(replace(a, represented_by=whole(a.represented_by), represents=whole(a.represents)))
    return out


def turned(found: list[Attendance]) -> list[Attendance]:
    """The entries with the first name in front of the surname, in lists that print surnames first and in capitals.

    "LEE Ann" and "RAY B." of one list tell; one alone could begin with letters that are no name.
    """
    names_: dict[str, list[Attendance]] = {}
    for a in found:
        if a.name:
            names_.setdefault(a.group, []).append(a)
    lists = {g for g, them in names_.items() if (k := sum(bool(_reversed(a)) for a in them)) > 1 and 2 * k > len(them)}
    whole = {a.name.full: _reversed(a) for a in found if a.name and a.group in lists and _reversed(a)}
    out = []
    for a in found:
        if a.name and (n := whole.get(a.name.full)):
            a = replace(a, name=replace(a.name, given=n[0], family=n[1]))
        away, for_ = (" ".join(whole.get(x) or (x,)) for x in (a.represented_by, a.represents))
        out.append(replace(a, represented_by=away, represents=for_))
    return out


def _reversed(a: Attendance) -> tuple[str, str] | None:
    """(first name, surname) of "VAN DER LEE Ann"; None of a name that begins otherwise."""
    words = a.name.full.split() if a.name else []
    first = next((i for i, w in enumerate(words) if not (w.isupper() and len(w.strip(".")) > 1)), len(words))
    rest = words[first:]
    if not 0 < first < len(words) or any(w.isupper() and len(w.strip(".")) > 1 for w in rest):
        return None
    family = (w.casefold() if w.casefold() in names.PARTICLES else w.title() for w in words[:first])
    return " ".join(rest), " ".join(family)


def called(found: list[Attendance]) -> list[Attendance]:
    """The entries with what a list says that somebody is called by, where it says so of several: "Robert Lee (Bob)".

    One word in brackets may also be an organisation ("Ann Lee (Kestrel)"): two that begin like the person's own first
    name tell that this list gives what people are called.
    """
    said: dict[str, list[Attendance]] = {}
    for a in found:
        if a.name and a.rule == "name (role)" and len(_nickname(a).split()) == 1:
            said.setdefault(a.group, []).append(a)
    lists = {group for group, them in said.items() if sum(map(_is_short, them)) >= _FEWEST_SHORT}
    chosen = {id(a) for group in lists for a in said[group]}
    return [
        replace(a, initials=a.initials or _nickname(a), role="", organization="") if id(a) in chosen else a
        for a in found
    ]


_FEWEST_SHORT = 2


def _nickname(a: Attendance) -> str:
    return f"{a.role} {a.organization}".strip()


def _is_short(a: Attendance) -> bool:
    """Whether what stands behind a name is its first name, or begins as that does: "Frederick Lee (Fred)"."""
    assert a.name
    given, word = names.key(a.name.given), names.key(_nickname(a))
    return len(word) > 2 and given.startswith(word[:3])


def _two(one: Attendance, other: Attendance) -> bool:
    """Whether two entries of one name say that they are two: "Mr Lee" and "Mrs Lee", "Bo Ray Jr" and "Bo Ray Sr"."""
    assert one.name and other.name
    titles = [set(names.titles(a.name.honorific)) for a in (one, other) if a.name and not a.name.given]
    which = {names.generation(one.name), names.generation(other.name)}
    return len(which) > 1 or (len(titles) == 2 and all(titles) and not titles[0] & titles[1])


def merged(found: list[Attendance]) -> tuple[Attendance, ...]:
    """The roll call with everybody once: who is listed twice keeps the first entry, with what the second adds.

    Two entries with one name and two organisations, or with two roles in two lists, are two people.
    """
    out: list[Attendance] = []
    at: dict[str, list[int]] = {}
    for new in found:
        key = names.key(new.name.full) if new.name else ""
        for i in at.get(key, ())[-_NAMESAKES:] if key else ():
            old = out[i]
            a, b = names.organization_key(old.organization), names.organization_key(new.organization)
            stands_in = "represented by" in (old.rule, new.rule)
            roles = {names.key(x.role) for x in (old, new) if x.role and not x.chair}
            if (old.status, new.status) == ("in_attendance", "present") and old.role == old.group:
                old = replace(old, status="present")  # the scribe is one of the members
            if {old.status, new.status} & {"apologies"} and old.status == "absent":
                old = replace(old, status="apologies")  # a list says that somebody was away, and another why
            one_list = old.group == new.group and (old.ref, old.text) != (new.ref, new.text)
            said_so = {"represented by", "a sentence says so"} & {old.rule, new.rule}
            if one_list and not said_so and not old.chair and not new.chair and old.status == new.status:
                continue  # nobody writes a person twice into one list
            two_posts = len(roles) > 1 and not stands_in and (a != b or not (a or old.group == new.group))
            if (a and b and a != b) or two_posts or _two(old, new):
                continue
            out[i] = replace(
                old,
                role=new.role if new.role and old.chair and old.role == old.group else old.role or new.role,
                organization=old.organization or new.organization,
                acronym=old.acronym or new.acronym,
                initials=old.initials or new.initials,
                chair=old.chair or new.chair,
                represents=old.represents or new.represents,
                represented_by=old.represented_by or new.represented_by,
            )
            break
        else:
            if key:
                at.setdefault(key, []).append(len(out))
            out.append(new)
    return tuple(out)

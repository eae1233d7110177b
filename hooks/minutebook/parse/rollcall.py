"""The roll call: who was there, who was not, and who came instead.

A list begins with a heading that the lexicon knows ("Apologies") and ends with whatever cannot be an entry of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutebook import names
from minutebook.diagnostics import NOTE, WARNING
from minutebook.lexicon import Lexicon
from minutebook.model import Attendance, Block, SourceRef
from minutebook.parse import entry
from minutebook.parse.draft import Draft

_COUNT = re.compile(r"\s?\(\d{1,4}\)$")
_LONGEST_ENTRY = 400
"""Characters: longer than any name with role, organisation and substitute; a paragraph beyond it is prose."""


@dataclass(frozen=True)
class _Group:
    """The list that is being read."""

    status: str
    heading: str


def read(draft: Draft) -> Draft:
    """The draft with its roll call."""
    group: _Group | None = None
    found: list[Attendance] = []
    parts: dict[int, tuple[str, str]] = {}
    findings: list[tuple[str, str, int, str, str]] = []
    for i, block in enumerate(draft.blocks):
        if block.part == "note":
            continue
        heading, entries = _heading(block, draft.lexicon)
        if heading:
            group = heading
        elif block.kind in ("heading", "break"):
            group = None
        if group is None:
            continue
        read_ = [_entry(text, line, block, group, draft.lexicon) for text, line in entries]
        named = [r for r in read_ if r.attendance and r.attendance[0].name]
        if not heading and not (block.kind in ("bullet", "row") or all(r.fits for r in read_)):
            group = None  # prose: the list is over
            continue
        if block.kind == "numbered" and len(named) < len(read_):
            group = None  # a number in front of what is no name begins the business
            continue
        parts[i] = ("roll_call", "heading of a list of people" if heading else f"entry under “{group.heading}”")
        for r in read_:
            found += r.attendance
            findings += r.findings
    draft = draft.taken(parts).with_(attendance=_without_repeats(found))
    for finding in findings:
        draft = draft.say(*finding)
    return _with_chair(draft)


def _heading(block: Block, lexicon: Lexicon) -> tuple[_Group | None, list[tuple[str, int]]]:
    """The list that a block opens, if it does, and the entries in the block: (text, line)."""
    lines = _printed(block)
    first, line = lines[0]
    if block.kind in ("heading", "paragraph", "bullet"):
        label, colon, rest = first.partition(":")
        for words, entries in ((first, []), (label if colon else "", _listed(rest, line, lexicon))):
            folded = _COUNT.sub("", words.strip(" :*_")).strip(" :*_").casefold()
            if (status := lexicon.roll_call.get(folded)) and (block.kind != "bullet" or entries):
                return _Group(status, words.strip(" :*_")), entries + lines[1:]
    if block.kind == "bullet":
        return None, [(block.text.plain, block.ref.first_line)]
    return None, lines


def _printed(block: Block) -> list[tuple[str, int]]:
    """The printed lines of a block, with their numbers."""
    starts = [p.offset for p in block.text.pieces]
    ends = [*starts[1:], len(block.text.plain)]
    lines = [(block.text.plain[a:b].strip(), p.line) for a, b, p in zip(starts, ends, block.text.pieces, strict=True)]
    return [line for line in lines if line[0]] or [(block.text.plain, block.ref.first_line)]


def _listed(text: str, line: int, lexicon: Lexicon) -> list[tuple[str, int]]:
    """The entries of a list on one line: "Ann Lee, Bo Ray and Cy Fox"; one entry where it is no list of names."""
    text = text.strip()
    parts = [p.strip() for p in re.split(r"\s*;\s*", text) if p.strip()]
    if len(parts) < 2:
        by_comma = [p.strip() for p in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+|\s+&\s+", text) if p.strip()]
        if len(by_comma) > 1 and all(names.looks_like_name(p, lexicon.language) for p in by_comma):
            parts = by_comma
    return [(p, line) for p in parts]


@dataclass(frozen=True)
class _Read:
    attendance: list[Attendance]
    findings: list[tuple[str, str, int, str, str]]
    fits: bool
    """Whether this can be an entry, and not a paragraph that follows the list."""


def _entry(text: str, line: int, block: Block, group: _Group, lexicon: Lexicon) -> _Read:
    ref = SourceRef(block.ref.path, line, block.ref.last_line if block.kind == "bullet" else line)
    if text.strip(" .").casefold() in lexicon.set("nobody"):
        return _Read([], [], True)
    if len(text) > _LONGEST_ENTRY:
        return _Read([], [], False)
    listed, substitute, homeless = entry.read(text, lexicon)
    status = "present" if group.status == "chair" else group.status
    first = replace(_attendance(listed, group, ref), text=text, status=status)
    if listed.name is None:
        return _unnamed(first, lexicon)
    presides = _is_chair(listed.role, lexicon) and not listed.organization  # "Chair, Harbour Trust" chairs the trust
    first = replace(first, chair=status in ("present", "in_attendance") and (group.status == "chair" or presides))
    findings = []
    if homeless:
        said = f"The initials “{homeless}” fit both names on this line, or neither."
        hint = "They are linked to nobody; write them behind the name that they stand for."
        findings.append(("whose-initials", WARNING, line, said, hint))
    if substitute is None or substitute.name is None:
        return _Read([first], findings, True)
    # Whoever is represented was not there, whatever list the line stands in.
    away = "apologies" if status in ("present", "in_attendance") else status
    first = replace(first, status=away, chair=False, represented_by=substitute.name.full)
    second = replace(_attendance(substitute, group, ref), text=text, represents=listed.name.full, rule="represented by")
    return _Read([first, second], findings, True)


def _attendance(read_: entry.Entry, group: _Group, ref: SourceRef) -> Attendance:
    return Attendance(
        text=read_.text,
        status="present",
        group=group.heading,
        ref=ref,
        name=read_.name,
        role=read_.role,
        organization=read_.organization,
        acronym=read_.acronym,
        initials=read_.initials,
        rule=read_.rule,
    )


def _unnamed(read_: Attendance, lexicon: Lexicon) -> _Read:
    """An entry without a name: a group or a post, or something that was not understood and is reported."""
    groups, posts = lexicon.any_of("group_words"), lexicon.any_of("role_words")
    if re.match(rf"(?:\d+\s(?i:{groups})|{groups}|{posts})\b", read_.text):
        return _Read([read_], [], not read_.text.endswith("."))
    said = f"No name was found in this entry of the list “{read_.group}”: “{read_.text}”."
    finding = ("no-name", NOTE, read_.ref.first_line, said, "It stands on the page as printed.")
    return _Read([read_], [finding], False)


def _is_chair(role: str, lexicon: Lexicon) -> bool:
    """Whether a role says that somebody chairs this meeting."""
    *before, last = role.casefold().split() or [""]
    return last in lexicon.set("roll_call.chair") and all(w in lexicon.set("acting") for w in before)


def _without_repeats(found: list[Attendance]) -> tuple[Attendance, ...]:
    """The roll call with everybody once: who is listed twice keeps the first entry, with what the second adds.

    Two entries with one name and two organisations are two people.
    """
    out: list[Attendance] = []
    for new in found:
        for i, old in enumerate(out):
            if new.name and old.name and names.key(new.name.full) == names.key(old.name.full):
                a, b = names.organization_key(old.organization), names.organization_key(new.organization)
                stands_in = "represented by" in (old.rule, new.rule)
                roles = {names.key(x.role) for x in (old, new) if x.role and not x.chair}
                if (a and b and a != b) or (len(roles) > 1 and a != b and not stands_in):
                    continue
                out[i] = replace(
                    old,
                    role=old.role or new.role,
                    organization=old.organization or new.organization,
                    acronym=old.acronym or new.acronym,
                    initials=old.initials or new.initials,
                    chair=old.chair or new.chair,
                    represents=old.represents or new.represents,
                    represented_by=old.represented_by or new.represented_by,
                )
                break
        else:
            out.append(new)
    return tuple(out)


def _with_chair(draft: Draft) -> Draft:
    return draft.with_(chair=tuple(a.name.full for a in draft.minutes.attendance if a.chair and a.name))

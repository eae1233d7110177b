"""The cases of tests/fixtures: a title, what goes in, what comes out, each closed by a line that holds only a dot.

One case for each quirk of minutes. What comes out is written as lines that a person can check by eye; the functions
below write them. A new layout of minutes is a new case here and, if need be, a word in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from minutebook import parse, source
from minutebook.model import Archive, Attendance, Document, Minutes
from minutebook.render.markdown import Inline

FIXTURES = Path(__file__).parent / "fixtures"
NAME = "forum/2021-05-03.txt"
"""The file that every case is taken for: its name gives the date where the text of the case has none."""


@dataclass(frozen=True)
class Case:
    """One case, with the place where it can be mended."""

    title: str
    given: str
    expected: str
    place: str


def cases(stage: str) -> list[object]:
    """The cases of one stage, for pytest.mark.parametrize."""
    found = [c for path in sorted((FIXTURES / stage).glob("*.md")) for c in _read(path)]
    return [pytest.param(c, id=f"{c.place} {c.title}") for c in found]


def _read(path: Path) -> Iterator[Case]:
    part, title, parts, start = 0, "", ["", ""], 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(keepends=True), 1):
        if line.rstrip("\n") == ".":
            part += 1
            if part == 3:
                yield Case(title, parts[0], parts[1], f"{path.name}:{start}")
                part, title, parts = 0, "", ["", ""]
        elif part:
            parts[part - 1] += line
        elif line.strip():
            title, start = line.strip(), number
    assert part == 0, f"{path}: the last case is not closed with a line that holds only a dot"


def source_lines(given: str) -> str:
    """What `source` makes of a text: its logical lines with their numbers, and what was found and changed."""
    document = source.read(given.encode(), NAME)
    out = [_logical(line.text, [p.line for p in line.pieces]) for line in document.lines if line.text]
    out += [
        f"front matter {key}: {value!r} (line {document.front_matter_lines[key]})"
        for key, value in document.front_matter.items()
    ]
    out += [f"{c.kind} {c.ref.first_line}-{c.ref.last_line}: {c.text}" for c in document.changes]
    return _lines([*out, *_findings(document)])


def _logical(text: str, numbers: list[int]) -> str:
    return " / ".join(f"{n}: {part}" for n, part in zip(numbers, text.split("\n"), strict=True))


def parse_lines(given: str) -> str:
    """What `parse` makes of a text: one line for each thing that was understood. The date of the file's name is not
    written; a case is about the rest."""
    m = parse.parse(source.read(given.encode(), NAME))
    by_name = any(d.code == "date-from-name" for d in m.diagnostics)
    header = {"body": m.body, "date": "" if by_name else m.date, "start": m.start, "end": m.end, "place": m.place}
    out = [f"{key}: {value}" for key, value in {**header, "status": m.status}.items() if value]
    out += [_attendance(a) for a in m.attendance]
    for item in m.items:
        level = "  " * (item.level - 1)
        out.append(f"{level}item {item.number or '-'}: {item.title}")
        out += [f"{level}  led by: {o.text}" for o in item.owners]
    out += [
        f"action {a.ref.first_line}, {a.owner or 'nobody'}: {a.text}" + f"; due {a.due}" * bool(a.due)
        for a in m.actions
    ]
    out += [f"decision {d.ref.first_line}: {d.text}" for d in m.decisions]
    out += [f"note {n.ref.first_line}, {n.added}{', revises' if n.revises else ''}: {n.text}" for n in m.notes]
    out += [f"{d.term}: {d.meaning}" for d in m.definitions]
    out += [f"organisation: {o.name}{f' ({o.acronym})' if o.acronym else ''}" for o in m.organizations]
    return _lines([*out, *(f for f in _findings(m) if "date-from-name" not in f)])


def _attendance(a: Attendance) -> str:
    if a.name is None:
        return f"{a.status}: nobody by name, “{a.text}”"
    said = [
        f"{a.status}: {a.name.titled}",
        f"title {a.name.honorific}" if a.name.honorific else "",
        f"letters {a.name.postnominals}" if a.name.postnominals else "",
        f"role {a.role}" if a.role else "",
        f"of {a.organization}" if a.organization else "",
        f"short {a.acronym}" if a.acronym else "",
        f"initials {a.initials}" if a.initials else "",
        "chair" if a.chair else "",
        f"represented by {a.represented_by}" if a.represented_by else "",
        f"represents {a.represents}" if a.represents else "",
    ]
    return "; ".join(filter(None, said))


def division_lines(given: str) -> str:
    """Each decision that `parse` finds, in full: who moved and seconded it, who was elected, the votes, the result."""
    out = []
    for d in parse.parse(source.read(given.encode(), NAME)).decisions:
        votes = (
            (("for", d.votes.in_favour), ("against", d.votes.against), ("abstained", d.votes.abstained))
            if d.votes
            else ()
        )
        said = (
            *(f"moved by {s.text}" for s in d.movers),
            *(f"seconded by {s.text}" for s in d.seconders),
            *(f"elected {s.text}" for s in d.elected),
            *(f"{n} {how}" for how, n in votes if n is not None),
            f"“{d.result}”" if d.result else "",
        )
        out.append("; ".join(filter(None, (f"{d.kind} {d.ref.first_line}: {d.text}", *said))))
    return _lines(out)


def block_lines(given: str) -> str:
    """What `parse` takes each block for: part, kind, lines, words."""
    m = parse.parse(source.read(given.encode(), NAME))
    return _lines(
        f"{b.part} {b.kind}{b.level if b.kind == 'heading' else ''} {b.ref.first_line}-{b.ref.last_line}: "
        f"{f'{b.label} ' if b.label else ''}{b.text.plain}"
        for b in m.blocks
    )


def render_lines(given: str) -> str:
    """What `render` writes for the running text of each block."""
    m = parse.parse(source.read(given.encode(), NAME))
    inline = Inline(Archive(), "")
    return _lines(inline.write(b.text) for b in m.blocks)


def _findings(of: Document | Minutes) -> list[str]:
    return [f"{d.severity} {d.line} {d.code}: {d.message}" for d in of.diagnostics]


def _lines(lines: object) -> str:
    return "".join(f"{line}\n" for line in lines)  # type: ignore[attr-defined]


def life_lines(archive: Archive) -> str:
    """How each action stands, and what says so: an action a line, and below it each thing that was heard of it."""
    out = []
    for m in reversed(archive.meetings):
        for a in m.actions:
            silent = f", silent for {a.silent_for}" if a.silent_for else ""
            said = f"prints {a.restates} again" if a.restates else f"{a.status}{silent}"
            out.append(f"{m.id}/action-{a.number}{f' ({a.action.number})' * bool(a.action.number)}: {said}")
            for n in a.news:
                place = f"{n.meeting}#{n.anchor}" if n.meeting else f"{n.ref.path}:{n.ref.first_line}" if n.ref else ""
                out.append(f"  {n.state} {n.date} {place} “{n.text}”{f' by {n.by}' if n.by else ''}")
    out += [f"{d.severity} {d.source}:{d.line} {d.code}" for d in archive.diagnostics if d.code in _OF_LIVES]
    return _lines(out)


def topic_lines(archive: Archive) -> str:
    """Each topic with what made it one, and below it each item that is about it, with the evidence."""
    out = []
    for t in archive.topics:
        sides = (("broader", t.broader), ("narrower", t.narrower))
        also = f": also {'; '.join(t.other_names)}" if t.other_names else ""
        linked = "".join(f"; {side} {', '.join(ids)}" for side, ids in sides if ids)
        out.append(f"topic {t.name} ({t.address}, {t.source}){also}{linked}")
        for id_, n in t.items:
            item = archive.meeting[id_].items[n]
            e = item.about[t.id]
            times = f" {e.times} times" if e.times > 1 else ""
            out.append(f"  {id_}#item-{item.key} {e.rule} {e.line} “{e.text}”{times}")
    out += [f"{d.severity} {d.source}:{d.line} {d.code}" for d in archive.diagnostics if d.source == "topics.yml"]
    return _lines(out)


_OF_LIVES = ("unknown-action", "unsure-action", "register")


def files(given: str) -> dict[str, str]:
    """The files of a case of `resolve`: each begins with a line "== path"."""
    parts = re.split(r"^== (.+)\n", given, flags=re.M)
    return dict(zip(parts[1::2], parts[2::2], strict=True))

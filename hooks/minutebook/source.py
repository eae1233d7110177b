"""Bytes to a `Document`: encoding, line ends, front matter, layout tags, sentences that a page break has cut.

Pure and total: whatever the bytes are, the result is a document, and what is wrong with them stands in its
diagnostics. An error among them means that nothing should be published from this file before it is mended.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from minutebook.diagnostics import ERROR, WARNING, Diagnostic
from minutebook.model import Change, Document, Line, Piece, SourceRef

LARGEST = 5_000_000
"""Bytes. Two hundred times a long day's minutes: more is some other file."""

SUFFIXES = (".txt", ".md", ".markdown", ".rst", ".tex", ".text")
"""The file names that are read as minutes."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ue000-\uf8ff]")
_INVISIBLE = re.compile(r"[\u200b\u2060\ufeff\u00ad]")
_LIST = re.compile(r"\s*(?:[-*+•‣◦▪]|\(?\w{1,4}[.)])\s")
_BLOCK_TAG = re.compile(r"</?(?:p|br|ul|ol|table|thead|tbody|tr)\b[^<>]*>", re.I)
_LI = re.compile(r"<li\b[^<>]*>", re.I)
_CELL = re.compile(r"</t[dh]\s*>\s*<t[dh]\b[^<>]*>", re.I)
_CELL_EDGE = re.compile(r"</?(?:t[dh]|li)\b[^<>]*>", re.I)
_SHORTEST_CUT = 40
"""Characters: a shorter line without a full stop is a heading, not the first half of a sentence."""


class _FrontMatterLoader(yaml.SafeLoader):
    """Safe YAML in which `11:30` is a time and not 690, and a date stays as it is written."""


_FrontMatterLoader.yaml_implicit_resolvers = {
    first: [(tag, rx) for tag, rx in rules if tag.rpartition(":")[2] not in ("int", "timestamp", "float")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(data: bytes, path: str) -> Document:
    """Read one file of minutes.

    `data` is its bytes, `path` its place relative to the folder of minutes. Never raises on content.
    """
    digest = hashlib.sha256(data).hexdigest()
    found: list[Diagnostic] = []
    changes: list[Change] = []

    def say(code: str, severity: str, line: int, message: str, hint: str = "") -> None:
        found.append(Diagnostic(code, severity, path, line, message, hint))

    text = _decode(data, say)
    if text is None:
        return Document(path, (), diagnostics=tuple(found), digest=digest)
    printed = re.split(r"\r\n|\r|\n|\f", text)
    matter, where, first = _front_matter(printed, say)
    lines: list[Line] = []
    for number, raw in enumerate(printed[first:], first + 1):
        for part in _layout(_printable(raw, SourceRef(path, number, number), changes)):
            lines.append(Line(part.rstrip(), (Piece(0, number),)))
    if not found and not any(line.text for line in lines):
        say(
            "empty",
            ERROR,
            1,
            "There are no minutes in this file.",
            "Put the text of the minutes into it, or delete it.",
        )
    joined = _join(lines, path, changes)
    return Document(path, tuple(joined), matter, where, tuple(changes), tuple(found), digest)


def _decode(data: bytes, say) -> str | None:  # type: ignore[no-untyped-def]
    """The text of the bytes, or None where they are no text."""
    if len(data) > LARGEST:
        say(
            "too-large",
            ERROR,
            1,
            f"This file has {len(data):,} bytes, more than minutes can have.",
            f"Split it, a meeting to a file; the most that is read is {LARGEST:,} bytes.",
        )
        return None
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    controls = sum(data.count(bytes([c])) for c in (*range(9), *range(14, 27)))
    if b"\0" in data or controls > len(data) // 50:
        line = data[: data.find(b"\0") + 1].count(b"\n") + 1 if b"\0" in data else 1
        say(
            "binary",
            ERROR,
            line,
            "This is not a text file: it holds bytes that no text has.",
            "Save the minutes as plain text or Markdown, in UTF-8.",
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        say(
            "encoding",
            WARNING,
            line,
            "The file is not in UTF-8 from here on; it was read as Windows-1252.",
            "Look whether names with accents are right, and save the file as UTF-8.",
        )
        return data.decode("cp1252", "replace")


def _front_matter(lines: list[str], say) -> tuple[Mapping[str, object], Mapping[str, int], int]:  # type: ignore[no-untyped-def]
    """The values above the text, the line of each, and how many lines they take up with their fences."""
    fence = lines[0].rstrip() if lines else ""
    if fence not in ("---", "+++"):
        return {}, {}, 0
    close = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    if close is None:
        if len(lines) > 1 and re.match(r"[A-Za-z_][\w -]*\s*[:=]", lines[1]):
            say(
                "front-matter",
                ERROR,
                1,
                "The front matter opens here and is never closed.",
                f"Write a line with only {fence} behind its last value.",
            )
        return {}, {}, 0  # a printed rule
    body = "\n".join(lines[1:close])
    try:
        values = _FRONT_MATTER[fence](body)
    except tomllib.TOMLDecodeError as error:
        line = int(m.group(1)) + 1 if (m := re.search(r"line (\d+)", str(error))) else 1
        say("front-matter", ERROR, line, f"The front matter is not valid TOML: {error}.", "Mend it, or take it out.")
        return {}, {}, close + 1
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        say(
            "front-matter",
            ERROR,
            mark.line + 2 if mark else 1,
            f"The front matter is not valid YAML: {reason}.",
            "Mend it, or take it out; put a value with a colon or a bracket in it into quotes.",
        )
        return {}, {}, close + 1
    if not isinstance(values, dict):
        if values is not None:
            say("front-matter", ERROR, 2, "The front matter is not a list of keys with values.", "Write `key: value`.")
        return {}, {}, close + 1
    try:
        values = _plain(values)
    except ValueError as error:
        say(
            "front-matter",
            ERROR,
            1,
            f"The front matter holds {error}.",
            "Write texts, numbers, dates and lists of them.",
        )
        return {}, {}, close + 1
    where: dict[str, int] = {}
    for number, text in enumerate(lines[1:close], 2):
        if (m := re.match(r"[\"']?([^\s\"':=][^\"':=]*?)[\"']?\s*[:=]", text)) and m.group(1) in values:
            where.setdefault(m.group(1), number)
    return values, where, close + 1


_FRONT_MATTER = {"---": lambda text: yaml.load(text, _FrontMatterLoader), "+++": tomllib.loads}


def _plain(value: Any, depth: int = 0) -> Any:
    """A value as JSON has it: dates become texts. ValueError, with what it is, for what has no such form."""
    if depth > 8:
        raise ValueError("lists within lists without end")
    if isinstance(value, dict):
        return {str(_plain(k, depth + 1)): _plain(v, depth + 1) for k, v in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(v, depth + 1) for v in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a character is none
    if isinstance(value, (dt.date, dt.time)):
        return value.isoformat()
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 2**53:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    raise ValueError("bytes" if isinstance(value, bytes) else "a number that is too large")


def _printable(raw: str, ref: SourceRef, changes: list[Change]) -> str:
    """The line without what cannot be seen; control characters are noted."""
    text, n = _CONTROL.subn("", raw)
    if n:
        changes.append(Change("unprintable", f"{n} control character{'s' if n > 1 else ''}", ref))
    return _INVISIBLE.sub("", text).replace("\u00a0", " ").replace("\t", "    ")


def _layout(line: str) -> list[str]:
    """A line parted at the layout tags that a conversion left; everything else in it stays as it is."""
    if "<" not in line:
        return [line]
    line = _CELL.sub(" | ", line)
    if line.lstrip().startswith("|"):
        return [line]  # a cell of a Markdown table may hold <br>
    line = _LI.sub("<br>- ", line)
    if not _BLOCK_TAG.search(line) and not _CELL_EDGE.search(line):
        return [line]
    parts = [_CELL_EDGE.sub("", part) for part in _BLOCK_TAG.split(line)]
    parts = [f"| {p.strip()} |" if " | " in p and "</t" in line else p for p in parts]
    return [p for p in parts if p.strip()] or [""]


def _join(lines: list[Line], path: str, changes: list[Change]) -> list[Line]:
    """Put sentences together that a page break has cut: no full stop, a gap, and a line that begins in lower case."""
    out: list[Line] = []
    gap = 0
    for line in lines:
        if not line.text.strip():
            gap += 1
            out.append(line)
            continue
        before = out[-gap - 1] if gap and len(out) > gap else None
        if before is not None and _is_cut(before.text, line.text):
            joint = before.pieces[-1].line
            words = f"… {' '.join(before.text.split()[-3:])} / {' '.join(line.text.split()[:3])} …"
            changes.append(Change("joined", words, SourceRef(path, joint, line.pieces[0].line)))
            shift = len(before.text) + 1
            pieces = before.pieces + tuple(Piece(p.offset + shift, p.line) for p in line.pieces)
            out[-gap - 1 :] = [Line(f"{before.text}\n{line.text}", pieces)]
        else:
            out.append(line)
        gap = 0
    return out


def _is_cut(before: str, after: str) -> bool:
    end = before.rstrip().rstrip("*_")
    return (
        len(end) >= _SHORTEST_CUT
        and (end[-1].isalnum() or end[-1] in ",-–")
        and after[:1].islower()
        and not _LIST.match(after)
        and "|" not in before
    )

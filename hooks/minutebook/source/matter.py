"""Front matter: the values above the text, in YAML between `---` or in TOML between `+++`."""

from __future__ import annotations

import datetime as dt
import math
import re
import tomllib
from collections.abc import Mapping
from typing import Any

import yaml

from minutebook.diagnostics import ERROR
from minutebook.source.say import Say


class _FrontMatterLoader(yaml.SafeLoader):
    """Safe YAML in which `11:30` is a time and not 690, and a date stays as it is written."""


_FrontMatterLoader.yaml_implicit_resolvers = {
    first: [(tag, rx) for tag, rx in rules if tag.rpartition(":")[2] not in ("int", "timestamp", "float")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(lines: list[str], say: Say) -> tuple[Mapping[str, object], Mapping[str, int], int]:
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

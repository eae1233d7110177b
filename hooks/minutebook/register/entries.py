"""A register file as entries that know their lines: YAML whose every value is read as what an entry's key asks for.

Scalars are taken as they are written: YAML 1.1 would read a bare `NO` as false and `2021-06` as a text, but `2021` as a
number. Each reader below gives the value, or says what is wrong, with line and remedy, and gives its default.
"""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import yaml

from minutebook.diagnostics import ERROR, Diagnostic
from minutebook.model import OtherName, Period, SourceRef

T = TypeVar("T")

_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass
class Entry:
    """A mapping in a register file: its keys' nodes, and where to say what is wrong."""

    source: str
    node: yaml.Node
    found: list[Diagnostic]
    values: dict[str, yaml.Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, value in self.node.value:
            name = str(key.value)
            if name in self.values:
                self.wrong(key, f"The key “{name}” stands twice.", "Keep one of the two.")
            self.values[name] = value

    @property
    def ref(self) -> SourceRef:
        return SourceRef(self.source, line(self.node), max(line(self.node), self.node.end_mark.line))

    def wrong(self, node: yaml.Node, message: str, hint: str) -> None:
        self.found.append(Diagnostic("register", ERROR, self.source, line(node), message, hint))

    def alias(self, other: str, key: str) -> None:
        """Take another way to write a key for that key."""
        for node, value in self.node.value:
            if str(node.value) == other:
                if key in self.values:
                    self.wrong(node, f"“{other}” and “{key}” are one key.", "Keep one of the two.")
                node.value, self.values[key] = key, value

    def known(self, *keys: str) -> None:
        """Say of each other key that there is none such; `note`, for whoever reads the file, is always one."""
        for key, _ in self.node.value:
            if str(key.value) not in (*keys, "note"):
                near = difflib.get_close_matches(str(key.value), keys, 1)
                hint = f"Write “{near[0]}”." if near else f"There are: {', '.join(keys)}, note."
                self.wrong(key, f"“{key.value}” is no key of such an entry.", hint)

    def text(self, key: str, *, required: bool = False) -> str:
        node = self.values.get(key)
        if isinstance(node, yaml.ScalarNode) and node.value.strip():
            return " ".join(node.value.split())
        if required or node is not None:
            self.wrong(node or self.node, f"“{key}” must be given, as a text.", f"Write “{key}: ...”.")
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        node = self.values.get(key)
        if node is None:
            return ()
        nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
        if all(isinstance(n, yaml.ScalarNode) and n.value.strip() for n in nodes):
            return tuple(" ".join(n.value.split()) for n in nodes)
        self.wrong(node, f"“{key}” must be a text, or a list of texts.", f"Write “{key}: [..., ...]”.")
        return ()

    def flag(self, key: str) -> bool:
        node = self.values.get(key)
        if node is None or node.value == "false":
            return False
        if node.value != "true":
            self.wrong(node, f"“{key}” is true or false.", f"Write “{key}: true”, or take the line out.")
        return bool(node.value == "true")

    def slug(self, key: str) -> str:
        """The last part of an address."""
        text = self.text(key) if key in self.values else ""
        if text and not _SLUG.fullmatch(text):
            self.wrong(
                self.values[key], f"“{text}” cannot be part of an address.", "Use small letters, digits and hyphens."
            )
            return ""
        return text

    def day(self, key: str, *, last: bool = False, whole: bool = False) -> dt.date | None:
        """A day, or the first (or `last`) day of a year or month: `2021`, `2021-06`, `2021-06-30`.

        What is `whole` has to be a day: it is shown as one, and nobody may make one up.
        """
        text = self.text(key) if key in self.values else ""
        if not text:
            return None
        m = _DAY.fullmatch(text)
        if whole and m and not m["day"]:
            self.wrong(self.values[key], f"“{text}” is no day, and the page will show one.", "Write it as 2021-06-30.")
            return None
        try:
            if m is None:
                raise ValueError
            year, month = int(m["year"]), int(m["month"] or (12 if last else 1))
            return dt.date(year, month, int(m["day"] or (calendar.monthrange(year, month)[1] if last else 1)))
        except (ValueError, calendar.IllegalMonthError):
            self.wrong(self.values[key], f"“{text}” is no date.", "Write it as 2021, 2021-06 or 2021-06-30.")
            return None

    def period(self) -> Period:
        """`from` and `until`, both included."""
        first, last = self.day("from"), self.day("until", last=True)
        if first and last and last < first:
            self.wrong(self.values["until"], "“until” lies before “from”.", "Mend one of the two.")
            return Period()
        return Period(first, last)

    def within(self, key: str) -> Entry | None:
        """A mapping within this one."""
        node = self.values.get(key)
        if isinstance(node, yaml.MappingNode):
            return Entry(self.source, node, self.found)
        if node is not None:
            self.wrong(node, f"There must be keys below “{key}”.", "Indent them, one on each line.")
        return None

    def each(self, key: str, make: Callable[[Entry], T | None]) -> tuple[T, ...]:
        """A list of mappings, made into something."""
        node = self.values.get(key)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(n, yaml.MappingNode) for n in node.value):
            self.wrong(node, f"“{key}” must be a list, with keys in each of its entries.", "Begin each with a hyphen.")
            return ()
        made = [make(Entry(self.source, n, self.found)) for n in node.value]
        return tuple(x for x in made if x is not None)

    def other_names(self) -> tuple[OtherName, ...]:
        """Names, each a text, or a mapping of `name`, `from`, `until` and `bodies`."""
        node = self.values.get("other_names")
        if node is None:
            return ()
        out = []
        for n in node.value if isinstance(node, yaml.SequenceNode) else [node]:
            if isinstance(n, yaml.MappingNode):
                inner = Entry(self.source, n, self.found)
                inner.known("name", "from", "until", "bodies")
                if name := inner.text("name", required=True):
                    out.append(OtherName(name, inner.ref, inner.period(), inner.texts("bodies")))
            elif isinstance(n, yaml.ScalarNode) and n.value.strip():
                out.append(OtherName(" ".join(n.value.split()), SourceRef(self.source, line(n), line(n))))
            else:
                self.wrong(n, "Another name must be a text.", "Write it behind a hyphen.")
        return tuple(out)

    def mapping(self, key: str) -> Mapping[str, str]:
        """Keys and texts."""
        inner = self.within(key)
        return {name: text for name in inner.values if (text := inner.text(name))} if inner else {}


def entries(data: bytes, source: str, found: list[Diagnostic]) -> Iterator[Entry]:
    """The entries of one register file: a list of mappings. What is wrong with it is added to `found`."""

    def wrong(at: int, message: str, hint: str) -> None:
        found.append(Diagnostic("register", ERROR, source, at, message, hint))

    try:
        root = yaml.compose(data.decode("utf-8-sig"), yaml.SafeLoader)
    except UnicodeDecodeError as error:
        wrong(data[: error.start].count(b"\n") + 1, "The file is not in UTF-8.", "Save it as UTF-8.")
        return
    except yaml.MarkedYAMLError as error:
        # Where a text is never closed, the end of the file is where it is noticed, and its beginning what is to mend.
        mark = error.context_mark if "end of stream" in str(error.problem) else error.problem_mark
        at = mark.line + 1 if mark else 1
        wrong(at, f"This is not valid YAML: {error.problem}.", "Mend the line, or put quotation marks around the text.")
        return
    except (yaml.YAMLError, RecursionError) as error:
        wrong(1, f"This is not valid YAML: {str(error).splitlines()[0]}.", "Mend the file.")
        return
    if root is None:
        return
    for text in _texts(root):
        if any("\ud800" <= c <= "\udfff" for c in text.value):  # which nothing that is published can hold
            wrong(line(text), "This holds half of a sign.", "Write the sign itself, in place of “\\u” and digits.")
            return
    if not isinstance(root, yaml.SequenceNode):
        wrong(line(root), "The file must hold a list.", "Begin each entry with a hyphen: “- name: ...”.")
        return
    for node in root.value:
        if isinstance(node, yaml.MappingNode):
            yield Entry(source, node, found)
        else:
            wrong(line(node), "An entry must have keys.", "Write “- name: ...”, and further keys below it.")


def _texts(root: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Every text of a file, each once, as nodes may hold one another."""
    todo, seen = [root], set[int]()
    while todo:
        node = todo.pop()
        if isinstance(node, yaml.ScalarNode):
            yield node
        elif id(node) not in seen:
            seen.add(id(node))
            pairs = node.value if isinstance(node, yaml.MappingNode) else [(n, n) for n in node.value]
            todo += [n for pair in pairs for n in dict.fromkeys(pair)]


def line(node: yaml.Node) -> int:
    """The line of the file on which a node begins, from 1."""
    return int(node.start_mark.line) + 1

"""The words that minutes use: one YAML file a language, one loader.

A new dialect of minutes is an entry there, and a fixture in the tests. Nothing in these files may name a body or a
person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import yaml

_KEY = re.compile(r"<<(?P<key>[\w.]+)>>")


@dataclass(frozen=True)
class Lexicon:
    """The vocabulary of one language. Words are compared without regard to case unless said otherwise."""

    language: str
    words: Mapping[str, object]

    def list(self, key: str) -> tuple[str, ...]:
        """The words under a dotted key ("roll_call.present"); empty where the language has none."""
        node: object = self.words
        for part in key.split("."):
            node = node.get(part, ()) if isinstance(node, Mapping) else ()
        return tuple(str(x) for x in node) if isinstance(node, (list, tuple, Mapping)) else ()

    def set(self, key: str) -> frozenset[str]:
        """The same, folded for comparison."""
        if key not in self._sets:
            self._sets[key] = frozenset(w.casefold() for w in self.list(key))
        return self._sets[key]

    def single_words(self, key: str) -> frozenset[str]:
        """Every word of the phrases under the key, folded and without a point: "rt", "hon" of "Rt Hon."."""
        held = f"{key} word by word"
        if held not in self._sets:
            self._sets[held] = frozenset(w.rstrip(".") for phrase in self.set(key) for w in phrase.split())
        return self._sets[held]

    def last_words(self, key: str) -> frozenset[str]:
        """The last word of every phrase under the key, as it is written: "Attorney" of "City Attorney"."""
        held = f"{key} last words"
        if held not in self._sets:
            self._sets[held] = frozenset(phrase.split()[-1] for phrase in self.list(key))
        return self._sets[held]

    @cached_property
    def _sets(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _patterns(self) -> dict[str, str]:
        return {}

    def any_of(self, key: str) -> str:
        """A regular expression (a group without a name) for any of the words under the key, the longest first."""
        if key not in self._patterns:
            self._patterns[key] = alternatives(self.list(key))
        return self._patterns[key]

    def pattern(self, template: str, flags: int = 0) -> re.Pattern[str]:
        """A regular expression with words of this lexicon in it: `<<months>>` stands for any of those under that key.

        Each is put together and compiled once.
        """
        found = self._compiled.get((template, flags))
        if found is None:
            whole = _KEY.sub(lambda m: self.any_of(m["key"]), template)
            found = self._compiled[template, flags] = re.compile(whole, flags)
        return found

    @cached_property
    def _compiled(self) -> dict[tuple[str, int], re.Pattern[str]]:
        return {}

    def mapping(self, key: str) -> Mapping[str, str]:
        """What the words under a dotted key stand for: "Councillors" -> "Councillor"."""
        if key not in self._mappings:
            node: object = self.words
            for part in key.split("."):
                node = node.get(part, {}) if isinstance(node, Mapping) else {}
            self._mappings[key] = {str(k): str(v) for k, v in node.items()} if isinstance(node, Mapping) else {}
        return self._mappings[key]

    @cached_property
    def _mappings(self) -> dict[str, dict[str, str]]:
        return {}

    @cached_property
    def months(self) -> Mapping[str, int]:
        """Every name and short form of a month -> 1 to 12."""
        table = self.words.get("months", [])
        assert isinstance(table, list)
        return {str(name).casefold(): i for i, names in enumerate(table, 1) for name in names}

    @cached_property
    def roll_call(self) -> Mapping[str, str]:
        """Heading of a list of people, folded -> the status of those below it (`chair` for who presided)."""
        table = self.words.get("roll_call", {})
        assert isinstance(table, Mapping)
        return {str(w).casefold(): str(status) for status, words in table.items() for w in words}

    @cached_property
    def post_classes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(what people say, the titles of posts that it may stand for): "Minister" for "Minister of State ..."."""
        table = self.words.get("posts", {})
        assert isinstance(table, Mapping)
        return tuple((str(k), tuple(str(v) for v in values)) for k, values in table.items())


def alternatives(words: Iterable[str]) -> str:
    """A group that matches any of the words literally; one that matches nothing where there are none."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in ordered) + ")" if ordered else "(?!)"


def languages() -> tuple[str, ...]:
    """The codes of the languages that there is a lexicon for."""
    return tuple(sorted(f.name.removesuffix(".yml") for f in files(__name__).iterdir() if f.name.endswith(".yml")))


def detect(text: str, default: str = "en") -> str:
    """The language that a text is written in, of those that there is a lexicon for; `default` where that is open.

    Told by the small words that a language cannot do without, and by the labels that its minutes use: the lexicon whose
    words the text holds most of, if they are clearly more than the default's.
    """
    words = re.findall(r"[^\W\d_]+", text[:20_000].casefold())
    held = {code: sum(w in load(code).set("common") for w in words) + _labelled(text, code) for code in languages()}
    best = max(held, key=lambda code: (held[code], code == default), default=default)
    return best if held.get(best, 0) > 1.3 * held.get(default, 0) + 4 else default


_LABEL = 4
"""Small words that a label at the beginning of a line counts for: there are few of those in short minutes."""


def _labelled(text: str, code: str) -> int:
    """How much the labels and titles of a text speak for a language."""
    found = len(_label_pattern(code).findall(text[:4_000]))
    return _LABEL * min(found, 5)


@cache
def _label_pattern(code: str) -> re.Pattern[str]:
    lexicon = load(code)
    labels = [*lexicon.roll_call, *lexicon.list("officer_labels")]
    labels += [w for key in ("date", "time", "start", "end", "place") for w in lexicon.list(f"header_labels.{key}")]
    others = {
        w.casefold() for o in languages() if o != code for w in (*load(o).roll_call, *load(o).list("officer_labels"))
    }
    own = [w for w in labels if w.casefold() not in others]
    return re.compile(rf"^[\W_]*(?:{alternatives(own)}\s*:|{lexicon.any_of('meeting_of')}\s)", re.I | re.M)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader in C, where PyYAML has it: ten times as fast."""


@cache
def load(language: str = "en") -> Lexicon:
    """The lexicon of a language by its code; raises FileNotFoundError where there is none."""
    text = files(__name__).joinpath(f"{language}.yml").read_text("utf-8")
    return Lexicon(language, yaml.load(text, _LOADER))

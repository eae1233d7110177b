"""`topics.yml` as a whole: each name once, and what is broader and narrower said on both sides."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import yaml

from minutebook import names
from minutebook.model import TopicEntry
from minutebook.register.entries import Entry, line
from minutebook.register.shapes import topic

_SIDES = ("broader", "narrower")


def topics(entries: Iterable[Entry]) -> tuple[TopicEntry, ...]:
    """The entries of `topics.yml`, each with the names of its broader and narrower ones; what is wrong is told.

    A name that stands twice counts the first time. Where broader ones lead round in a circle, none of its links counts.
    """
    made: dict[str, tuple[Entry, TopicEntry]] = {}
    for e in entries:
        t = topic(e)
        if t is None:
            continue
        if first := made.get(names.key(t.name)):
            at = first[1].ref.first_line
            e.wrong(e.values["name"], f"“{t.name}” stands on line {at} already.", "Make one entry of the two.")
            continue
        made[names.key(t.name)] = e, t
    links = dict(_links(made))
    broader = _without_circles(made, links)
    out = []
    for key, (_, t) in made.items():
        above = tuple(made[k][1].name for k in sorted(broader[key]))
        below = tuple(made[k][1].name for k in sorted(broader) if key in broader[k])
        out.append(replace(t, broader=above, narrower=below))
    return tuple(out)


Link = tuple[str, str]
"""(the narrower, the broader), by comparable name."""


def _links(made: Mapping[str, tuple[Entry, TopicEntry]]) -> Iterator[tuple[Link, tuple[Entry, yaml.Node]]]:
    """Each link that an entry gives, with where it stands; a name that no entry has is told."""
    for key, (e, _) in made.items():
        for side in _SIDES:
            for node in _scalars(e.values.get(side)):
                other = names.key(node.value)
                if other == key:
                    e.wrong(node, f"“{node.value}” is {side} than itself here.", "Take it out.")
                elif other not in made:
                    e.wrong(node, f"No entry is called “{node.value}”.", _near(node.value, made))
                elif not (made[other][1].is_topic and made[key][1].is_topic):
                    e.wrong(node, "What is not a topic has none above or below it.", "Take it out.")
                else:
                    yield (key, other) if side == "broader" else (other, key), (e, node)


def _scalars(node: yaml.Node | None) -> Sequence[yaml.ScalarNode]:
    """The texts of a list, or the one text; what is neither was told when the entry was read."""
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return [n for n in nodes if isinstance(n, yaml.ScalarNode) and n.value.strip()]


def _near(name: str, made: Mapping[str, tuple[Entry, TopicEntry]]) -> str:
    near = difflib.get_close_matches(names.key(name), list(made), 1)
    known = made[near[0]][1].name if near else ""
    return f"Is “{known}” meant?" if known else f"Write an entry for it: “- name: {name}”."


def _without_circles(
    made: Mapping[str, tuple[Entry, TopicEntry]], links: Mapping[Link, tuple[Entry, yaml.Node]]
) -> dict[str, set[str]]:
    """Name -> broader names. A link that closes a circle is told at its place, and left out."""
    above: dict[str, set[str]] = defaultdict(set, {key: set() for key in made})
    for (low, high), (e, node) in links.items():
        if low in (way := _way(above, high, low)):
            said = " → ".join(f"“{made[k][1].name}”" for k in [low, *way])
            e.wrong(
                node,
                f"These are broader than each other: {said}.",
                f"Take one of the links out, here or {_others(way, low, links)}.",
            )
            continue
        above[low].add(high)
    return above


def _way(above: Mapping[str, set[str]], start: str, goal: str) -> list[str]:
    """The names from one up to another, both included; nothing where no way leads there."""
    come: dict[str, str] = {start: ""}
    todo = [start]
    while todo:
        here = todo.pop()
        if here == goal:
            way = [here]
            while come[way[-1]]:
                way.append(come[way[-1]])
            return way[::-1]
        for up in sorted(above[here], reverse=True):
            if up not in come:
                come[up] = here
                todo.append(up)
    return []


def _others(way: Sequence[str], low: str, links: Mapping[Link, tuple[Entry, yaml.Node]]) -> str:
    """The lines on which the other links of a circle stand."""
    lines = sorted({line(links[pair][1]) for pair in pairwise(way) if pair in links})
    return f"on line {' or '.join(map(str, lines))}"

"""Page furniture: page numbers, and what every page has at its head or foot. Dropped, and listed as dropped.

A line is furniture only where a page ends: beside a form feed, beside a printed rule that is known to part pages, or
beside a page number. "Agreed." may stand there often as well, so what comes back has to come back on at least half of
the pages, without a full stop, and never anywhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from minutebook.model import Change, Line, SourceRef
from minutebook.source.lines import bare, ends, filled, is_plain, is_rule

_PAGE = r"(?:page|pg|p|seite|blatt|página|pagina|tudalen)"
_OF = r"(?:of|von|sur|de|/|o)"
_NUMBER = re.compile(
    rf"(?:[-–—|~]\s?)?(?P<word>{_PAGE}\b\.?\s?[|:]?\s?)?(?P<n>\d{{1,3}})(?P<of>\s?{_OF}\s?\d{{1,4}})?"
    rf"(?P<behind>\s?\|\s?{_PAGE})?(?:\s?[-–—|~])?",
    re.I,
)
"""“2”, “- 2 -”, “Page 2”, “Page 2 of 5”, “2/5”, “2 | Page”; the words in the languages of the lexicons, and kin."""
_DIGITS = re.compile(r"\d+")
_LONGEST = 120
"""Characters: what is longer is no head of a page."""
_PER_PAGE = 600
"""Characters that at least stand on a page, where nothing but its number says that it is one."""
_TIMES = 3
"""How often a line comes back before it is taken for the head or foot of pages."""
_FEWEST_WORDS = 3
"""Words of a head or foot where only printed rules part the pages: “Decision” may stand below many a rule."""
_HIGHEST = 3
"""Lines that a head or foot can have."""
_CUT = 40
"""Characters: a shorter line without a full stop is a heading, and not what the end of a page has cut."""


@dataclass(frozen=True)
class _Number:
    """A line that may be a page number."""

    at: int
    n: int
    named: bool
    """It says “page”."""
    of: bool
    """It says of how many."""


def dropped(
    lines: list[Line], breaks: Collection[int], path: str, changes: list[Change]
) -> tuple[list[Line], set[int]]:
    """(the lines without page furniture, the numbers of those before which a page certainly ends).

    `breaks` are the numbers of the printed lines that follow a form feed. What is dropped is noted in `changes`.
    """
    there = filled(lines)
    if not breaks and not any(is_rule(lines[i].text) or _number(lines[i].text) for i in there):
        return lines, set()
    first = {there[k] for k in range(1, len(there)) if any(b in breaks for b in _between(lines, there, k))}
    numbers = _page_numbers(lines, there, first)
    furniture = numbers | _heads(lines, there, first, numbers)
    furniture -= {i for i in furniture if _attached(lines, i)}
    if not furniture:
        return lines, set()
    gone = furniture | _rules_beside(lines, there, furniture)
    for i in sorted(furniture):
        words = " ".join(lines[i].text.split())
        changes.append(Change("dropped", words, SourceRef(path, lines[i].pieces[0].line, lines[i].pieces[-1].line)))
    out: list[Line] = []
    ended: set[int] = set()
    here = False
    for i, line in enumerate(lines):
        if i in gone:
            here = True
            if out and out[-1].text:
                out.append(Line("", line.pieces[:1]))
            continue
        out.append(line)
        if here and line.text.strip():
            ended.add(line.pieces[0].line)
            here = False
    return out, ended


def _between(lines: Sequence[Line], there: Sequence[int], k: int) -> range:
    """The numbers of the printed lines behind the line before the k-th that holds something, up to that one."""
    return range(lines[there[k - 1]].pieces[-1].line + 1, lines[there[k]].pieces[0].line + 1)


def _number(text: str) -> re.Match[str] | None:
    return _NUMBER.fullmatch(words) if len(text) <= _LONGEST and len(words := bare(text)) <= 40 else None


def _attached(lines: Sequence[Line], i: int) -> bool:
    """Whether a number by itself stands directly below the end of a sentence, rules apart: it is shown as it stands."""
    if len(re.sub(r"[\W_]", "", lines[i].text)) > 2:
        return False
    above = i - 1
    while above >= 0 and is_rule(lines[above].text):
        above -= 1
    return above >= 0 and lines[above].text.rstrip("*_ ").endswith((".", "!", "?"))


def _page_numbers(lines: Sequence[Line], there: Sequence[int], first: Collection[int]) -> set[int]:
    """The lines that are page numbers."""
    found = []
    sizes = [0]
    for k, i in enumerate(there):
        sizes.append(sizes[-1] + len(lines[i].text))
        if m := _number(lines[i].text):
            named = bool(m["word"] or m["behind"])
            found.append(_Number(k, int(m["n"]), named, bool(m["of"])))
    out: set[int] = set()
    for shape in {(x.named, x.of) for x in found}:
        run: list[_Number] = []
        for x in [*(x for x in found if (x.named, x.of) == shape), None]:
            apart = x is not None and run and sizes[x.at] - sizes[run[-1].at] >= (0 if x.named else _PER_PAGE)
            if x is not None and run and apart and x.n == run[-1].n + 1:
                run.append(x)
                continue
            out |= {there[y.at] for y in run if _is_page_number(y, run, lines, there, first)}
            run = [x] if x is not None else []
    return out


def _is_page_number(
    x: _Number, run: Sequence[_Number], lines: Sequence[Line], there: Sequence[int], first: Collection[int]
) -> bool:
    """Whether one of a run of numbers that count up is a page's."""
    beside = there[x.at : x.at + 2]
    feed = any(i in first for i in beside) or (x.at + 1 == len(there) and bool(first))
    around = [lines[there[k]].text for k in (x.at - 1, x.at + 1) if 0 <= k < len(there)]
    ruled = any(is_rule(text) for text in around)
    if x.named:
        return feed or ruled or len(run) > 1 or x.of
    return feed or (len(run) > 1 and ruled) or len(run) >= _TIMES


def _heads(lines: Sequence[Line], there: Sequence[int], first: Collection[int], numbers: set[int]) -> set[int]:
    """The lines that come back, but for their digits, at the head or the foot of pages."""
    keys = ["" if i in numbers else _key(lines[i].text) for i in there]
    everywhere = Counter(keys)
    sure = bool(first or numbers)  # else there are only printed rules, which part sections as well
    ruled = sure or _parts_pages(lines, there, keys)
    marks = [k for k, i in enumerate(there) if i in numbers or (ruled and is_rule(lines[i].text))]
    edges = _edges(marks, [k for k, i in enumerate(there) if i in first])
    out: set[int] = set()
    inwards = [(before, -1) for before, _ in edges] + [(after, 1) for _, after in edges]
    inwards += [(len(keys) - 1, -1)] if edges else []  # the last page has a foot as well
    for _ in range(_HIGHEST):
        inwards = [(k, step) for k, step in inwards if 0 <= k < len(keys)]
        heads = {
            key
            for key, n in Counter(keys[k] for k in {k for k, _ in inwards}).items()
            if key
            and n >= _TIMES
            and 2 * n >= len(edges)
            and everywhere[key] <= n + 1  # the first page has it as its title
            and (sure or key.count(" ") + 1 >= _FEWEST_WORDS)
        }
        inwards = [(k, step) for k, step in inwards if keys[k] in heads]
        out |= {there[k] for k, _ in inwards}
        inwards = [(k + step, step) for k, step in inwards]
    return out


def _edges(marks: Sequence[int], feeds: Sequence[int]) -> list[tuple[int, int]]:
    """(the last place before, the first behind) each end of a page: rules and numbers beside one another are one."""
    out: list[tuple[int, int]] = []
    for k in marks:
        if out and k <= out[-1][1]:
            out[-1] = (out[-1][0], k + 1)
        else:
            out.append((k - 1, k + 1))
    taken = {k for before, after in out for k in range(before + 1, after + 1)}
    return sorted([*out, *((k - 1, k) for k in feeds if k not in taken)])


def _key(text: str) -> str:
    """What of a line comes back; empty for a line that is no head or foot of a page."""
    if len(text) > _LONGEST or not is_plain(text):
        return ""
    words = bare(text)
    if not words or words.endswith((".", ":", ";", "?", "!", ",")):
        return ""
    key = _DIGITS.sub("#", " ".join(words.split()).casefold())
    return key if any(c.isalpha() for c in key) else ""


def _parts_pages(lines: Sequence[Line], there: Sequence[int], keys: Sequence[str]) -> bool:
    """Whether printed rules part pages and not sections: one stands in the middle of a sentence."""
    times = Counter(keys)
    kept = [lines[i].text for i, key in zip(there, keys, strict=True) if not key or times[key] < _TIMES]
    return any(
        is_rule(rule) and is_cut(before, after) for before, rule, after in zip(kept, kept[1:], kept[2:], strict=False)
    )


def is_cut(before: str, after: str) -> bool:
    """Whether a page that ends between two lines has cut a sentence."""
    end = before.rstrip().rstrip("*_")
    return (
        len(end) >= _CUT
        and not ends(before)
        and is_plain(before.rpartition("\n")[2])
        and is_plain(after)
        and bare(after)[:1].isalpha()
    )


def _rules_beside(lines: Sequence[Line], there: Sequence[int], furniture: Collection[int]) -> set[int]:
    """The printed rules directly beside what is dropped."""
    out: set[int] = set()
    for order in (there, there[::-1]):
        near = False
        for i in order:
            rule = is_rule(lines[i].text)
            if rule and near:
                out.add(i)
            near = i in furniture or (rule and near)
    return out

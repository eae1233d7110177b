"""Headings with a number: of all numbered lines those that count up through the minutes, and the titles below them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise

from minutebook import sentences
from minutebook.lexicon import Lexicon
from minutebook.model import Block
from minutebook.parse import headings, numbers, sections
from minutebook.parse.draft import Draft
from minutebook.parse.headings import Heading

_SHORT_LINE = 62
"""Characters: a title that is shorter ended where its line ended."""
_LONGEST_SENTENCE = 500
"""Characters in which the first sentence of a numbered line ends."""
_GAP = 4
"""How far a number may be from the one before: minutes leave out what was not discussed."""


def _candidate(block: Block, i: int, lexicon: Lexicon) -> Heading | None:
    """A block as a numbered heading, with its weight, if it begins with a number."""
    plain = block.text.plain
    if block.kind == "numbered":
        number = numbers.read(f"{block.label} {plain}", lexicon)
        offset = len(block.label) + 1
        if number is None or number.style == "letter":
            return None
    elif block.kind == "paragraph":
        number, offset = numbers.read(plain, lexicon), 0
    else:
        return None
    if number is None:
        return None
    start = max(0, number.end - offset)
    if number.style == "minute" and lexicon.pattern(r"<<moved_labels>>\s|<<moved_words>>\s+\w", re.I).match(
        plain, start
    ):
        return None  # the number of a resolution: "R2022-102 MOVED by Cllr Lee"
    end, run_in = _title_end(block, start, lexicon)
    title = plain[start:end].strip(" :–—-*_")
    if not title or len(title) > 400:
        return None
    weight = 1.0
    if number.style in ("word", "minute"):
        weight += 2
    bold = headings.is_bold(block, start, end)
    if bold or title.isupper():
        weight += 2
    elif headings.is_title(title):
        weight += 1 if run_in or end == len(plain) or plain[end : end + 1] in ":–-" else 0.7
    else:
        weight -= 0.4
    if block.kind == "numbered" and block.level > 1:
        weight -= 0.5
    shape = number.style + ")" * (plain[: number.end] if not offset else block.label).rstrip().endswith(")")
    return Heading(i, "numbered", len(number.value), number.printed, number.value, start, end, title, weight, shape)


def _title_end(block: Block, start: int, lexicon: Lexicon) -> tuple[int, bool]:
    """(where the title of a numbered line ends, whether text of the item follows in the same block)."""
    plain = block.text.plain
    bold = next((m.end for m in block.text.marks if m.kind == "strong" and m.start <= start + 1 and m.end > start), 0)
    if bold and bold < len(plain) and headings.is_title(plain[start:bold].strip(" :.–-")):
        return bold, True
    lines = [p.offset for p in block.text.pieces if p.offset > start]
    if lines and headings.is_title(plain[start : lines[0]]) and _begins_text(plain, start, lines[0]):
        longest = max(b - a for a, b in pairwise([0, *lines, len(plain)]))
        # A line that had room for the next word was ended on purpose.
        if lines[0] - start < _SHORT_LINE or lines[0] + len(plain[lines[0] :].split(maxsplit=1)[0]) < longest:
            return lines[0], True
    if m := re.search(
        r"\s*:\s+(?=\S)|\s+[–—-]\s+(?=[A-Z])|\s{2,}|(?<![\W\d]\d)(?<!\d\d)\.\s+(?=[A-Z])", plain[start : start + 130]
    ):
        head, rest = plain[start : start + m.start()], plain[start + m.end() :]
        few = len(head.split()) <= headings.FEW_WORDS + 3 * (":" in m.group())
        said = len(rest.split()) > 4 or rest.rstrip().endswith(".")
        if few and ((":" in m.group() and said) or m.group().isspace() or len(rest.split()) > 7):
            return start + m.start() + (1 if m.group()[0] in ":." else 0), True
    if m := re.match(r"(?P<title>[^()]{4,90}?)\s+\((?=(?:[^()\s]+\s+){6})", plain[start:]):
        return start + m.end("title"), True  # a bracket of many words is no part of a title
    first = sentences.spans(plain[start : start + _LONGEST_SENTENCE], lexicon)
    if len(first) > 1 and plain[start + first[1][0]].isupper():
        return start + len(plain[start : start + first[0][1]].rstrip()), True
    return len(plain), False


def _begins_text(plain: str, start: int, at: int) -> bool:
    """Whether a line opens the text below a title: it begins with a capital, or below capitals with a figure."""
    return plain[at].isupper() or (plain[at].isdigit() and plain[start:at].isupper())


def counted(draft: Draft, where: list[int]) -> list[Heading]:
    """Numbered lines that count up: of all ways to count through the text the one that weighs most."""
    found = [h for i in where if (h := _candidate(draft.blocks[i], i, draft.lexicon))]
    found = _lighter(found, draft)
    chains = [_chain([h for h in found if h.shape == s and len(h.value) == 1]) for s in Counter(h.shape for h in found)]
    best: list[Heading] = []
    for chain in chains:
        if _inside(chain, best) or any(_reviewed(chain, other, draft.lexicon) for other in chains):
            continue
        if sum(h.weight for h in chain) > sum(h.weight for h in best) or _inside(best, chain):
            best = chain
    alone = len(best) == 1 and best[0].value == (1,) and best[0].weight >= 1.7  # the only item of a short meeting
    if not alone and (len(best) < 2 or sum(h.weight for h in best) < 1.2):
        return []
    below = [*_sub_items(best, found, draft.blocks), *_lettered(best, draft)]
    return sorted([*best, *below], key=lambda h: h.index)


def _inside(chain: list[Heading], other: list[Heading]) -> bool:
    """Whether letters stand within a run of numbers, and so are parts of what these count."""
    if not chain or len(other) < 2 or not chain[0].shape.startswith("letter") or other[0].shape.startswith("letter"):
        return False
    return other[0].index < chain[0].index and sum(h.weight for h in other) >= len(other)


def _reviewed(chain: list[Heading], other: list[Heading], lexicon: Lexicon) -> bool:
    """Whether lines are the actions that an item about earlier minutes goes through: "2. Matters arising" above
    "22/14: complete" and "22/15: to be done", and "3. Lights" below."""
    matters = lexicon.pattern(r"(?<!\w)<<matters_words>>(?!\w)", re.I)
    return any(
        a.index < chain[0].index and chain[-1].index < b.index and matters.search(a.title)
        for a, b in (pairwise(other) if chain else ())
    )


def _lettered(tops: list[Heading], draft: Draft) -> list[Heading]:
    """Lettered titles with text of their own below a numbered item: "A. Treasurer", and the report under it."""
    out = []
    ends = [*(h.index for h in tops[1:]), len(draft.blocks)]
    for top, end in zip(tops, ends, strict=True):
        expected = 1
        for i in range(top.index + 1, end):
            block = draft.blocks[i]
            if block.kind != "paragraph" or len(block.text.plain) > 120:
                continue
            number = numbers.read(block.text.plain, draft.lexicon)
            if number is None or number.style != "letter" or number.value != (expected,) or i + 1 >= end:
                continue
            title = block.text.plain[number.end :].strip()
            below = draft.blocks[i + 1]
            apart = below.level > block.level or headings.is_bold(block, 0, len(block.text.plain))
            if headings.is_title(title) and below.kind in ("paragraph", "bullet", "row", "quote") and apart:
                expected += 1
                plain = block.text.plain
                out.append(
                    Heading(
                        i, "numbered", 2, number.printed, (*top.value, *number.value), number.end, len(plain), title, 2
                    )
                )
    return out


def _lighter(found: list[Heading], draft: Draft) -> list[Heading]:
    """The lines of a list weigh little: numbered lines above and below, and no text between them.

    So does the whole of a list that a line above it opens ("The heights were:"); one of actions counts for nothing.
    """
    blocks = draft.blocks
    out = []
    opened, aside, last = -1, False, 0
    for h in found:
        i = h.index
        bold = headings.is_bold(blocks[i], h.start, h.end)
        if i and blocks[i - 1].kind == "paragraph" and blocks[i - 1].part == "body" and h.value == (1,):
            aside = _is_aside(blocks[i - 1], draft.lexicon)
            opened = i if aside or blocks[i - 1].text.plain.rstrip(" *_").endswith(":") else opened
        elif opened >= 0 and not (all(blocks[j].kind == "numbered" for j in (i - 1, i)) and h.value == (last + 1,)):
            opened = -1
        last = h.value[0]
        near = [blocks[j] for j in (i - 1, i + 1) if 0 <= j < len(blocks)]
        listed = len(near) == 2 and all(b.kind == "numbered" for b in near) and blocks[i].kind == "numbered"
        inside = opened >= 0 and i >= opened
        if inside and aside:
            continue
        light = (listed or inside) and not h.shape.startswith("word") and not bold
        out.append(replace(h, weight=h.weight * 0.3) if light else h)
    return out


def _is_aside(block: Block, lexicon: Lexicon) -> bool:
    """Whether a line by itself is the heading of a list that is no business: of actions, decisions, papers."""
    return sections.kind(block.text.plain, lexicon) in ("actions", "earlier", "outcomes", "links")


def _chain(found: list[Heading]) -> list[Heading]:
    """The heaviest run of numbers that count up, with gaps where minutes leave some out."""
    links: list[tuple[float, int | None]] = []
    at: dict[int, int] = {}
    for k, h in enumerate(found):
        n = h.value[0]
        before = [
            (links[at[m]][0] - (0.6 * (n - m - 1) if m < n else 0.8), at[m])
            for m in range(n - _GAP, n + 1)
            if m in at and (m < n or h.weight >= 2)
        ]
        score, link = max(before, default=(0.0, None), key=lambda x: x[0])
        if score <= 0 or link is None:
            score, link = -0.2 * (n - 1 if n < 6 else 3), None
        links.append((score + h.weight, link))
        if n not in at or links[at[n]][0] <= score + h.weight:
            at[n] = k
    if not links:
        return []
    last: int | None = max(range(len(links)), key=lambda i: links[i][0])
    out = []
    while last is not None:
        out.append(found[last])
        last = links[last][1]
    return out[::-1]


def _sub_items(tops: list[Heading], found: list[Heading], blocks: tuple[Block, ...]) -> list[Heading]:
    """Numbered lines below the top ("8.1"), where they are titles with text of their own."""
    out: list[Heading] = []
    ends = [*(h.index for h in tops[1:]), len(blocks)]
    for top, end in zip(tops, ends, strict=True):
        inside = [h for h in found if top.index < h.index < end and len(h.value) > 1 and h.value[0] == top.value[0]]
        bare = not _text_between(blocks, top.index, inside[0].index) if inside else False
        for h in inside:
            plain = blocks[h.index].text.plain
            below = h.index + 1 < end and blocks[h.index + 1].kind in ("paragraph", "bullet", "quote")
            whole = plain[h.start :].strip().rstrip(" :")
            lettered = (
                h.index + 1 < end
                and blocks[h.index + 1].kind == "numbered"
                and not blocks[h.index + 1].label[:1].isdigit()
            )
            below = below or lettered
            if below and headings.is_title(whole) and h.end < len(plain.rstrip(" :")) and len(whole.split()) > 5:
                h = replace(h, end=len(plain), title=whole)
            titled = headings.is_title(h.title) and len(h.title.split()) <= headings.MOST_WORDS
            text = len(plain[h.end :].split())
            alone = h.end >= len(plain.rstrip(" :")) and below
            run_in = bare and text >= 20 and len(h.title.split()) <= 6
            sibling = bare and out and out[-1].value[:-1] == h.value[:-1] and h.end >= len(plain.rstrip(" :"))
            if titled and (alone or run_in or sibling):
                out.append(h)
    return out


def _text_between(blocks: tuple[Block, ...], a: int, b: int) -> bool:
    return any(len(x.text.plain.split()) > 3 for x in blocks[a + 1 : b])


def is_list(found: list[Heading], blocks: tuple[Block, ...]) -> bool:
    """Whether numbered lines are but a list inside the text: no text stands between any of them."""
    between = (blocks[i].kind for a, b in pairwise(found) for i in range(a.index + 1, b.index))
    return all(kind in ("numbered", "break") for kind in between) and not any(
        headings.is_bold(blocks[h.index], h.start, h.end) for h in found
    )


def is_weak(found: list[Heading], blocks: tuple[Block, ...]) -> bool:
    """Whether numbered lines are rather lists inside the text: nothing between them, or sentences all."""
    return is_list(found, blocks) or sum(h.weight for h in found) < len(found)

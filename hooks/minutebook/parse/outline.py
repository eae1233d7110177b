"""Lines that may be headings of business, and which of them are.

Minutes write headings in one or two ways, and use the same signs for other things. So every line that may be one is
collected with its style, and then the styles are weighed against each other: headings of Markdown, numbers that count
up, bold lines, capitals, short lines that stand alone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest

from minutebook.lexicon import Lexicon
from minutebook.model import Block
from minutebook.parse import dates, labels, lone, numbered, numbers, sections, topics
from minutebook.parse.draft import Draft
from minutebook.parse.headings import Heading


def business(draft: Draft) -> list[Heading]:
    """The headings of business, in order."""
    blocks, lexicon = draft.blocks, draft.lexicon
    end = min(_annex(draft), _index(draft))
    above = _governing(draft)
    begin = _full(draft)
    marked = [h for h in _marked(draft) if begin <= h.index < end]
    listed = sections.contents(blocks, lexicon)
    open_ = [i for i in range(end) if blocks[i].part == "body" and above[i] in ("", "title", "holder", "meta")]
    open_ = [i for i in open_ if i not in listed and i >= begin]
    counted = numbered.counted(draft, open_)
    short = lone.lone(draft, open_)
    called = lone.called(draft, open_)
    first = lone.first_lines(draft, open_)
    short["first"] = first if len(first) >= lone.FEWEST else []
    short["run_in"] = lone.run_in(draft, open_)
    if counted and not any(b.part == "roll_call" for b in blocks[: counted[0].index]):
        # What stands in front of the first number, where no list of people parts the two, is the header.
        short["plain"] = [h for h in short["plain"] if h.index > counted[0].index]
    if called and len(called) >= len(marked):
        chosen = [*marked, *called]
    elif len(marked) > 1 or (marked and not counted and len(short["bold"]) < 2):
        counted = [] if numbered.is_list(counted, blocks) else counted
        chosen = [*marked, *counted, *topics.topics(draft, above, end)]
    elif counted and not (
        numbered.is_weak(counted, blocks) and any(len(short[s]) > 1 for s in ("bold", "capitals", "plain"))
    ):
        chosen = [*marked, *counted, *lone.between(draft, counted, short)]
    else:
        best = next((s for s in ("bold", "capitals", "plain", "first", "run_in") if len(short[s]) > 1), "")
        if not best and not marked and not topics.topics(draft, above, end):
            return _without_agenda(topics.tree(draft, end), blocks, lexicon)
        below = [replace(h, level=2) for h in short["plain"]] if best == "capitals" else []
        below += first if best in ("capitals", "plain") else []
        chosen = [*marked, *short.get(best, ()), *below, *topics.topics(draft, above, end)]
    chosen = sorted({h.index: h for h in reversed(chosen)}.values(), key=lambda h: h.index)
    return _without_agenda(chosen, blocks, lexicon)


def _annex(draft: Draft) -> int:
    """Where the business is over: an annex, or the place for a signature."""
    for i, b in enumerate(draft.blocks):
        if i > 2 and b.kind in ("heading", "paragraph") and sections.kind(b.text.plain[:90], draft.lexicon) == "annex":
            return i
    return len(draft.blocks)


def _full(draft: Draft) -> int:
    """Where the full minutes begin, below a summary of them: "===== FULL MINUTES BELOW ====="; 0 where none stands."""
    said = draft.lexicon.pattern(r"[\W_]*<<full_minutes>>[\W_]*$", re.I)
    blocks = enumerate(draft.blocks)
    return next((i for i, b in blocks if b.kind in ("heading", "paragraph") and said.match(b.text.plain)), 0)


def _index(draft: Draft) -> int:
    """Where a closing list of the decisions begins, whose lines have numbers of their own; the end where none does."""
    blocks = draft.blocks
    for i in range(len(blocks) - 1, 2, -1):
        plain = blocks[i].text.plain
        lines = len(blocks[i].text.pieces) or 1
        if len(plain.split()) > _LINE_OF_INDEX * lines:
            return len(blocks)
        if sections.kind(plain.partition("\n")[0][:60], draft.lexicon) == "outcomes":
            return len(blocks) if _numbers_go_on(draft, i) else i
    return len(blocks)


def _numbers_go_on(draft: Draft, i: int) -> bool:
    """Whether the numbers above a line go on below it: then it is the label of one decision, in the middle."""
    read = ((j, numbers.read(f"{b.label} {b.text.plain}".strip(), draft.lexicon)) for j, b in enumerate(draft.blocks))
    found = [(j, n.value) for j, n in read if n and n.style in ("signed", "bare", "word") and len(n.value) == 1]
    last = next((value[0] for j, value in reversed(found) if j < i), 0)
    below = [value[0] for j, value in found if j > i]
    follows = (n for before, n in zip([0, *below], below, strict=False) if before != last)
    return bool(last) and last + 1 in follows  # a list of its own would count there from its own first on


def _governing(draft: Draft) -> list[str]:
    """For each block, what the headings of Markdown above it say it belongs to; "business" below one of business."""
    out, stack = [], list[tuple[int, str]]()
    titles = _titles(draft)
    for i, b in enumerate(draft.blocks):
        if b.kind == "heading":
            while stack and stack[-1][0] >= b.level:
                stack.pop()
            what = sections.kind(b.text.plain, draft.lexicon) or ("title" if i in titles else "business")
            what = "business" if what == "holder" and _is_one_of_several(draft, i) else what
            what = "roll_call" if b.part == "roll_call" else what
            strongest = next((k for _, k in stack if k in ("actions", "earlier", "links", "outcomes")), "")
            stack.append((b.level, strongest or what))
        elif b.part == "roll_call" and stack and stack[-1][1] == "roll_call":
            out.append("roll_call")
            continue
        elif stack and stack[-1][1] == "roll_call":
            stack.pop()  # what stands behind the list is no part of it
        out.append(stack[-1][1] if stack else "")
    return out


def _is_one_of_several(draft: Draft, i: int) -> bool:
    """Whether a heading is numbered among others and holds no headings itself: "1. Minutes", above "2. Lamps"."""
    own, order = draft.blocks[i], range(len(draft.blocks))
    after = next((j for j in order[i + 1 :] if draft.blocks[j].kind == "heading"), i)
    if not numbers.read(own.text.plain, draft.lexicon) or draft.blocks[after].level > own.level:
        return False
    others = (draft.blocks[j] for j in (*order[i + 1 :], *order[:i]) if draft.blocks[j].kind == "heading")
    return any(b.level == own.level and numbers.read(b.text.plain, draft.lexicon) for b in others)


def words_of(draft: Draft, i: int) -> str:
    """The words of a block."""
    return draft.blocks[i].text.plain


_LINE_OF_INDEX = 24
"""Words of a line of an index."""
_SAMPLE = 60
"""Headings that are looked at to tell whether headings have numbers."""
_OPENING = 3
"""Blocks that may stand in front of the title: a letterhead, the path of a site."""
_DATED, _DATE_ALONE = 30, 12
"""Words of a line that dates the meeting, and of one that holds little but a date."""


def _is_title(words: str, lexicon: Lexicon) -> bool:
    """Whether a heading says that these are minutes, and of which day: "Minutes of the AGM, 5 May 2021"."""
    minutes = lexicon.pattern(r"\b(?:<<meeting_of>>|<<title_words>>)\b", re.I).search(words)
    return bool(minutes and next(dates.find(words, lexicon), None))


def _titles(draft: Draft) -> set[int]:
    """The headings of Markdown that are the title of the whole."""
    heads = [i for i, b in enumerate(draft.blocks) if b.kind == "heading"]
    if not heads:
        return set()
    first = heads[0]
    out = set[int]()
    text = (
        i for i, b in enumerate(draft.blocks) if i > first and b.kind not in ("heading", "break") and b.part == "body"
    )
    begun = next(text, len(draft.blocks))
    listed = next((i for i, b in enumerate(draft.blocks) if b.part == "roll_call"), 0)
    for i in heads:
        if i > begun and not (i < listed and _is_title(words_of(draft, i), draft.lexicon)):
            continue
        words = re.sub(r"\([^()]*\)", "", words_of(draft, i))  # "(45 minutes)" makes no title
        said = draft.lexicon.pattern(r"\b<<title_words>>\b", re.I).search(words)
        dated = next(dates.find(words, draft.lexicon, yearless=True), None)
        if (said and not _is_one_of_several(draft, i)) or dated:
            out |= {j for j in heads if j <= i}  # what stands above a line of the title is one too
    opening = [i for i in heads if i < begun]
    listed = any(b.part == "roll_call" for b in draft.blocks[:first])
    if first < _OPENING and not listed and begun < len(draft.blocks) and draft.blocks[begun].kind == "paragraph":
        words = words_of(draft, begun)
        held = draft.lexicon.pattern(r"\b<<held_on>>\b", re.I).search(words)
        dated = next(dates.find(words, draft.lexicon, yearless=True), None)
        if dated and len(words.split()) < (_DATED if held else _DATE_ALONE):
            out |= set(opening)  # the line that dates the meeting is part of the title
    levels = [draft.blocks[i].level for i in heads[1:]]
    if not levels and first == 0 and draft.blocks[0].level == 1 and not numbers.read(words_of(draft, 0), draft.lexicon):
        out.add(first)
    alone = bool(levels) and draft.blocks[first].level < min(levels)
    following = draft.blocks[first + 1] if first + 1 < len(draft.blocks) else None
    empty = following is not None and (following.kind == "heading" or following.part in ("roll_call", "header"))
    if (alone or empty) and not sections.kind(draft.blocks[first].text.plain, draft.lexicon):
        out.add(first)
    return out


def _marked(draft: Draft) -> list[Heading]:
    """Headings of Markdown that are business."""
    out, titles = [], _titles(draft)
    above = _governing(draft)
    heads = [i for i, b in enumerate(draft.blocks) if b.kind == "heading"]
    found = [i for i in heads if draft.blocks[i].part == "body" and i not in titles and above[i] == "business"]
    found = [i for i in found if not _only_links(draft, i)]
    found = found[: _foot(draft, found)]
    top = min((draft.blocks[i].level for i in found), default=1)
    for i in found:
        plain = draft.blocks[i].text.plain
        clock = sections.CLOCK.match(plain)
        number = None if clock else numbers.read(plain, draft.lexicon)
        titles_ = [draft.blocks[j].text.plain for j in found[:_SAMPLE]]
        if number and "." in number.printed and not _others_numbered(plain, titles_, draft.lexicon):
            number = None  # "3.0 release"
        if number and number.style == "letter" and not _counts_on(number, [draft.blocks[j].text.plain for j in found]):
            number = None
        start = number.end if number else clock.end() if clock else 0
        level = draft.blocks[i].level - top + 1
        out.append(
            Heading(i, "heading", level, number.printed if number else "", (), start, len(plain), plain[start:], 3)
        )
    return out


def _others_numbered(own: str, titles: list[str], lexicon: Lexicon) -> bool:
    """Whether another heading begins with a number too; a figure with a point is else part of the title."""
    return any(t != own and numbers.read(t, lexicon) for t in titles)


def _counts_on(number: numbers.Number, titles: list[str]) -> bool:
    """Whether a letter in front counts: "A. Finance", "B. Staff"; "A" alone is a word."""
    letters = {t[0] for t in titles if t[1:2] in (".", ")")}
    return {"A", "B"} <= letters


def _only_links(draft: Draft, i: int) -> bool:
    """Whether nothing but links stands below a heading, up to the next: a list of papers."""
    below = []
    for b in draft.blocks[i + 1 :]:
        if b.kind in ("heading", "break"):
            break
        below.append(b)
    if not below:
        return False
    linked = [sum(m.end - m.start for m in b.text.marks if m.kind == "link") for b in below]
    return all(n >= 0.8 * len(b.text.plain.strip()) for n, b in zip(linked, below, strict=True))


def _foot(draft: Draft, found: list[int]) -> int:
    """How many headings stand in front of the foot of a form: a printed rule, and none but deeper headings behind."""
    top = min((draft.blocks[j].level for j in found), default=0)
    last = max((k for k, j in enumerate(found) if draft.blocks[j].level == top), default=-1)
    for k in range(last + 1, len(found)):
        if k and any(b.kind == "break" for b in draft.blocks[found[k - 1] : found[k]]):
            return k
    return len(found)


def _comes_again(h: Heading, after: Heading | None) -> bool:
    """Whether the next heading has the same number and words: the first is a line of the list in front."""
    return after is not None and bool(h.number) and (h.number, h.title) == (after.number, after.title)


def _behind_agenda(chosen: list[Heading], blocks: tuple[Block, ...], lexicon: Lexicon) -> list[Heading]:
    """The headings without those below "Agenda", where most of them come again below a heading like "Minutes"."""
    holders = [
        i
        for i, b in enumerate(blocks)
        if b.kind == "heading" and sections.kind(b.text.plain, lexicon) in ("holder", "toc")
    ]
    if len(holders) < 2:
        return chosen
    first, second = holders[:2]
    listed = [h for h in chosen if first < h.index < second]
    later = {labels.folded(h.title) for h in chosen if h.index > second}
    again = sum(labels.folded(h.title) in later for h in listed)
    return [h for h in chosen if h not in listed] if len(listed) > 1 and again * 2 >= len(listed) else chosen


def _without_agenda(chosen: list[Heading], blocks: tuple[Block, ...], lexicon: Lexicon) -> list[Heading]:
    """The headings without a list of them that stands in front: most of its lines come again as headings."""
    chosen = [h for h, after in zip_longest(chosen, chosen[1:]) if not _comes_again(h, after)]
    chosen = _behind_agenda(chosen, blocks, lexicon)
    said = [labels.folded(re.sub(r"[^\w\s]", " ", h.title)) for h in chosen]
    run = 0
    while run + 1 < len(chosen) and chosen[run + 1].index - chosen[run].index == 1:
        run += 1
    first = said[: run + 1]
    later = set(said[run + 1 :])
    if run and sum(s in later for s in first) * 2 >= len(first):
        return chosen[run + 1 :]
    return chosen

"""Lines that may be headings of business, and which of them are.

Minutes write headings in one or two ways, and use the same signs for other things. So every line that may be one is
collected with its style, and then the styles are weighed against each other: headings of Markdown, numbers that count
up, bold lines, capitals, short lines that stand alone.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Block
from minutebook.parse import dates, labels, numbers, sections
from minutebook.parse.draft import Draft

_LONGEST_TITLE = 160
_MOST_WORDS = 24
_FEW_WORDS = 9
_GAP = 4
"""How far a number may be from the one before: minutes leave out what was not discussed."""


@dataclass(frozen=True)
class Heading:
    """A line that may be a heading of business."""

    index: int
    style: str
    """`heading`, `numbered`, `bold`, `capitals`, `plain` or `topic` (a bullet with a link or bold words)."""
    level: int
    number: str
    value: tuple[int, ...]
    start: int
    """Where the title begins in the block's text, and where it ends."""
    end: int
    title: str
    weight: float
    shape: str = ""
    """How the number is printed: numbers of one shape count up together."""


def business(draft: Draft) -> list[Heading]:
    """The headings of business, in order."""
    blocks, lexicon = draft.blocks, draft.lexicon
    end = _annex(draft)
    above = _governing(draft)
    marked = [h for h in _marked(draft) if h.index < end]
    open_ = [i for i in range(end) if blocks[i].part == "body" and above[i] in ("", "title", "holder", "meta")]
    counted = _counted(draft, open_)
    lone = {style: _lone(draft, open_, style) for style in ("bold", "capitals", "plain")}
    if len(marked) > 1 or (marked and not counted and len(lone["bold"]) < 2):
        counted = [] if _is_list(counted, blocks) else counted
        chosen = [*marked, *counted, *_topics(draft, above, end)]
    elif counted and not (_is_weak(counted, blocks) and any(len(lone[s]) > 1 for s in lone)):
        chosen = [*marked, *counted, *_between(draft, counted, lone)]
    else:
        best = next((s for s in ("bold", "capitals", "plain") if len(lone[s]) > 1), "")
        if not best and not marked and not _topics(draft, above, end):
            return _without_agenda(_tree(draft, end), blocks, lexicon)
        below = [replace(h, level=2) for h in lone["plain"]] if best == "capitals" else []
        chosen = [*marked, *lone.get(best, ()), *below, *_topics(draft, above, end)]
    chosen = sorted({h.index: h for h in reversed(chosen)}.values(), key=lambda h: h.index)
    return _without_agenda(chosen, blocks, lexicon)


def _annex(draft: Draft) -> int:
    """Where the business is over: an annex, or the place for a signature."""
    for i, b in enumerate(draft.blocks):
        if i > 5 and b.kind in ("heading", "paragraph") and sections.kind(b.text.plain[:90], draft.lexicon) == "annex":
            return i
    return len(draft.blocks)


def _governing(draft: Draft) -> list[str]:
    """For each block, what the headings of Markdown above it say it belongs to; "business" below one of business."""
    out, stack = [], list[tuple[int, str]]()
    titles = _titles(draft)
    for i, b in enumerate(draft.blocks):
        if b.kind == "heading":
            while stack and stack[-1][0] >= b.level:
                stack.pop()
            what = sections.kind(b.text.plain, draft.lexicon) or ("title" if i in titles else "business")
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
    for i in heads:
        if i > begun:
            break
        words = draft.blocks[i].text.plain
        said = draft.lexicon.pattern(r"\b<<title_words>>\b", re.I).search(words)
        if said or next(dates.find(words, draft.lexicon, yearless=True), None):
            out |= {j for j in heads if j <= i}  # what stands above a line of the title is one too
    levels = [draft.blocks[i].level for i in heads[1:]]
    if not levels and first == 0:
        out.add(first)
    alone = bool(levels) and draft.blocks[first].level < min(levels)
    following = draft.blocks[first + 1] if first + 1 < len(draft.blocks) else None
    empty = following is not None and (following.kind == "heading" or following.part in ("roll_call", "header"))
    if (alone or empty) and not sections.kind(draft.blocks[first].text.plain, draft.lexicon):
        out.add(first)
    return out


# --- each style


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
        if number and number.style == "letter" and not _counts_on(number, [draft.blocks[j].text.plain for j in found]):
            number = None
        start = number.end if number else clock.end() if clock else 0
        level = draft.blocks[i].level - top + 1
        out.append(
            Heading(i, "heading", level, number.printed if number else "", (), start, len(plain), plain[start:], 3)
        )
    return out


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
    end, run_in = _title_end(block, start)
    title = plain[start:end].strip(" :–—-*_")
    if not title or len(title) > 400:
        return None
    weight = 1.0
    if number.style in ("word", "minute"):
        weight += 2
    bold = _bold(block, start, end)
    if bold or title.isupper():
        weight += 2
    elif _is_title(title):
        weight += 1 if run_in or end == len(plain) or plain[end : end + 1] in ":–-" else 0.7
    else:
        weight -= 0.4
    if block.kind == "numbered" and block.level > 1:
        weight -= 0.5
    return Heading(
        i, "numbered", len(number.value), number.printed, number.value, start, end, title, weight, number.style
    )


def _title_end(block: Block, start: int) -> tuple[int, bool]:
    """(where the title of a numbered line ends, whether text of the item follows in the same block)."""
    plain = block.text.plain
    bold = next((m.end for m in block.text.marks if m.kind == "strong" and m.start <= start + 1 and m.end > start), 0)
    if bold and bold < len(plain) and _is_title(plain[start:bold].strip(" :.–-")):
        return bold, True
    lines = [p.offset for p in block.text.pieces if p.offset > start]
    if lines and lines[0] - start < 62 and _is_title(plain[start : lines[0]]) and plain[lines[0]].isupper():
        return lines[0], True
    if m := re.search(
        r"\s*:\s+(?=\S)|\s+[–—-]\s+(?=[A-Z])|\s{2,}|(?<![\W\d]\d)(?<!\d\d)\.\s+(?=[A-Z])", plain[start : start + 130]
    ):
        head, rest = plain[start : start + m.start()], plain[start + m.end() :]
        few = len(head.split()) <= _FEW_WORDS + 3 * (":" in m.group())
        said = len(rest.split()) > 4 or rest.rstrip().endswith(".")
        if few and ((":" in m.group() and said) or m.group().isspace() or len(rest.split()) > 7):
            return start + m.start() + (1 if m.group()[0] in ":." else 0), True
    if m := re.match(r"(?P<title>[^()]{4,90}?)\s+\((?=(?:[^()\s]+\s+){6})", plain[start:]):
        return start + m.end("title"), True  # a bracket of many words is no part of a title
    if m := re.search(r"(?<![\W\d]\d)(?<!\d\d)[.;]\s+(?=[A-Z\"“])", plain[start:]):
        return start + m.start() + 1, True
    return len(plain), False


def _bold(block: Block, start: int, end: int) -> bool:
    """Whether a stretch of a block is all bold."""
    return any(m.kind == "strong" and m.start <= start + 1 and m.end >= end - 2 for m in block.text.marks)


def _is_title(text: str) -> bool:
    text = text.strip()
    return (
        0 < len(text) <= _LONGEST_TITLE
        and not text.endswith((".", ";", ",", "?"))
        and len(text.split()) <= _MOST_WORDS
        and not re.search(r"(?<![\W\d]\d)(?<!\d\d)[.;]\s+[A-Z]\w{3}", text)
    )


def _counted(draft: Draft, where: list[int]) -> list[Heading]:
    """Numbered lines that count up: of all ways to count through the text the one that weighs most."""
    found = [h for i in where if (h := _candidate(draft.blocks[i], i, draft.lexicon))]
    found = [_lighter(h, draft.blocks) for h in found]
    shapes = Counter(h.shape for h in found)
    best: list[Heading] = []
    for shape in shapes:
        tops = [h for h in found if h.shape == shape and len(h.value) == 1]
        chain = _chain(tops)
        if sum(h.weight for h in chain) > sum(h.weight for h in best):
            best = chain
    alone = len(best) == 1 and best[0].value == (1,) and best[0].weight >= 1.7  # the only item of a short meeting
    if not alone and (len(best) < 2 or sum(h.weight for h in best) < 1.2):
        return []
    below = [*_sub_items(best, found, draft.blocks), *_lettered(best, draft)]
    return sorted([*best, *below], key=lambda h: h.index)


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
            apart = below.level > block.level or _bold(block, 0, len(block.text.plain))
            if _is_title(title) and below.kind in ("paragraph", "bullet", "row", "quote") and apart:
                expected += 1
                plain = block.text.plain
                out.append(
                    Heading(
                        i, "numbered", 2, number.printed, (*top.value, *number.value), number.end, len(plain), title, 2
                    )
                )
    return out


def _lighter(h: Heading, blocks: tuple[Block, ...]) -> Heading:
    """A line of a list weighs little: numbered lines above and below it, and no text between them."""
    near = [blocks[j] for j in (h.index - 1, h.index + 1) if 0 <= j < len(blocks)]
    listed = len(near) == 2 and all(b.kind == "numbered" for b in near) and blocks[h.index].kind == "numbered"
    return (
        replace(h, weight=h.weight * 0.3)
        if listed and h.style != "word" and not _bold(blocks[h.index], h.start, h.end)
        else h
    )


def _chain(found: list[Heading]) -> list[Heading]:
    """The heaviest run of numbers that count up, with gaps where minutes leave some out."""
    best: dict[int, tuple[float, Heading, int | None]] = {}
    links: list[tuple[float, int | None]] = []
    at: dict[int, int] = {}
    for k, h in enumerate(found):
        n = h.value[0]
        before = [
            (links[at[m]][0] - 0.6 * (n - m - 1) - (0.8 if m == n else 0), at[m])
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
    k: int | None = max(range(len(links)), key=lambda k: links[k][0])
    out = []
    while k is not None:
        out.append(found[k])
        k = links[k][1]
    del best
    return out[::-1]


def _sub_items(tops: list[Heading], found: list[Heading], blocks: tuple[Block, ...]) -> list[Heading]:
    """Numbered lines below the top ("8.1"), where they are titles with text of their own."""
    out = []
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
            if below and _is_title(whole) and h.end < len(plain.rstrip(" :")) and len(whole.split()) > 5:
                h = replace(h, end=len(plain), title=whole)
            titled = _is_title(h.title) and len(h.title.split()) <= _MOST_WORDS
            text = len(plain[h.end :].split())
            alone = h.end >= len(plain.rstrip(" :")) and below
            run_in = bare and text >= 20 and len(h.title.split()) <= 6
            sibling = bare and out and out[-1].value[:-1] == h.value[:-1] and h.end >= len(plain.rstrip(" :"))
            if titled and (alone or run_in or sibling):
                out.append(h)
    return out


def _text_between(blocks: tuple[Block, ...], a: int, b: int) -> bool:
    return any(len(x.text.plain.split()) > 3 for x in blocks[a + 1 : b])


def _is_list(found: list[Heading], blocks: tuple[Block, ...]) -> bool:
    """Whether numbered lines are but a list inside the text: no text stands between any of them."""
    between = (blocks[i].kind for a, b in zip(found, found[1:], strict=False) for i in range(a.index + 1, b.index))
    return all(kind in ("numbered", "break") for kind in between) and not any(
        _bold(blocks[h.index], h.start, h.end) for h in found
    )


def _is_weak(found: list[Heading], blocks: tuple[Block, ...]) -> bool:
    """Whether numbered lines are rather lists inside the text: nothing between them, or sentences all."""
    return _is_list(found, blocks) or sum(h.weight for h in found) < len(found)


def _tree(draft: Draft, end: int) -> list[Heading]:
    """The outermost bullets of minutes that are nothing but bullets: those with others below, or by themselves."""
    blocks, lexicon = draft.blocks, draft.lexicon
    out = []
    i = 0
    while i < end:
        if blocks[i].kind != "bullet":
            i += 1
            continue
        stop = next((j for j in range(i, end) if blocks[j].kind not in ("bullet", "numbered")), end)
        depth = min(b.level for b in blocks[i:stop] if b.kind == "bullet")
        for j in range(i, stop):
            block = blocks[j]
            plain = block.text.plain
            if block.kind != "bullet" or block.level > depth or block.part != "body" or _is_label(plain, lexicon):
                continue
            m = re.match(r"(?P<title>[^:]{3,60}?)(?:\s*:\s.*)?$", plain, re.S)
            title = m["title"].strip() if m else ""
            parted = ":" in plain.rstrip(" :")
            short = len(title.split()) < 8 and _is_title(title) and title[:1].isupper()
            if short and (_children(blocks, j) or (len(title.split()) < 4 and not re.search(r"\d", plain))):
                meant = parted and labels.folded(title) not in lexicon.set("procedural_items")
                if not (
                    meant
                    and not _children(blocks, j)
                    and not lexicon.pattern(r"\b<<minutes_words>>\b", re.I).search(title)
                ):
                    out.append(Heading(j, "tree", 1, "", (), 0, m.end("title"), title, 1))  # type: ignore[union-attr]
        i = stop
    return out if len(out) > 2 else []


def _lone(draft: Draft, where: list[int], style: str) -> list[Heading]:
    """Short lines that stand by themselves: bold, in capitals, or plain with capital words, and with text below."""
    blocks, lexicon = draft.blocks, draft.lexicon
    out = []
    top = _header_end(draft)
    inside = set(where)
    people = {names.key(n) for a in draft.minutes.people if a.name for n in (a.name.full, a.name.given.split(" ")[0])}
    said = Counter(labels.folded(blocks[i].text.plain[:80]) for i in where if blocks[i].kind == "paragraph")
    for i in where:
        block = blocks[i]
        plain = block.text.plain.strip()
        if block.kind != "paragraph" or i < top or not plain or len(plain) > 120:
            continue
        if (
            names.key(plain) in people
            or plain.startswith("{:")
            or said[labels.folded(plain[:80])] > 1
            or _is_label(plain, lexicon)
        ):
            continue
        bold = _bold(block, 0, len(re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", block.text.plain)))
        if style != ("bold" if bold else "capitals" if plain.isupper() and len(plain) > 3 else "plain"):
            continue
        number = numbers.read(block.text.plain, lexicon)
        number = number if number and number.style in ("word", "minute", "signed", "bare") and bold else None
        number = (
            number if number and (len(number.value) == 1 or plain[number.end - 2 : number.end - 1] in ".)") else None
        )
        start = number.end if number else 0
        title = block.text.plain[start:].strip()
        day = next(dates.find(title, lexicon, yearless=True), None)
        if day and day.end - day.start > 0.4 * len(title) and not re.search(r"[:–-]", title[: day.start]):
            continue  # a day, of this meeting or the next
        if not _is_title(title.rstrip(":")) or len(title.split()) > (14 if bold else _FEW_WORDS + 1):
            continue
        after = next((j for j in range(i + 1, len(blocks)) if blocks[j].kind != "break"), None)
        if style == "plain" and not _stands_alone(block, after, blocks, lexicon):
            continue
        if style == "capitals" and (after is None or after not in inside or block.level > 16):
            continue
        out.append(Heading(i, style, 1, number.printed if number else "", (), start, len(block.text.plain), title, 2))
    return out


def _stands_alone(block: Block, after: int | None, blocks: tuple[Block, ...], lexicon: Lexicon) -> bool:
    """Whether a plain line reads as a title: capital words (or an item that every meeting has), and text below it."""
    plain = block.text.plain.strip()
    if after is None or len(block.text.pieces) > 1 or not plain[0].isupper():
        return False
    usual = labels.folded(plain) in lexicon.set("procedural_items")
    deeper = blocks[after].kind in ("paragraph", "quote") and blocks[after].level > block.level
    if deeper and block.level < 12 and len(plain.split()) < 11 and not re.search(r"[.:;,]$|^[<@\[|]|://", plain):
        return True
    small = lexicon.set("small_words")
    capital = all(
        w[0].isupper() or w.casefold() in small or not w[0].isalpha() for w in re.findall(r"\w[\w'’()/-]*", plain)
    )
    if re.search(r"[£$€%]|\d{3}|\s[–—-]\s*$|[(\[]?@", plain) and not usual:
        return False
    follows = blocks[after]
    if follows.text.plain.startswith("("):
        return False
    text = len(follows.text.plain.split()) > 6 or follows.kind in ("numbered", "bullet", "row")
    return text and (usual or (capital and len(plain.split()) < 9))


def _is_label(plain: str, lexicon: Lexicon) -> bool:
    """Whether a line is a label of something else: of an action, a vote, a signature, a list of people."""
    words = "|".join(
        lexicon.any_of(k)
        for k in (
            "action_markers",
            "decision_markers",
            "owner_labels",
            "motion_labels",
            "due_labels",
            "signature",
            "colophon",
        )
    )
    if re.match(rf"[\W_]*(?:{words})\b(?:\s*[:–—-]|\s*$|\s+\S+\s*:)", plain, re.I):
        return True
    return labels.of(plain, lexicon) is not None or bool(sections.kind(plain, lexicon))


def _header_end(draft: Draft) -> int:
    """Where the title is over: behind the first list of people if it stands near the top, else the first sentence."""
    for i, b in enumerate(draft.blocks[:30]):
        if b.part == "roll_call":
            while i < len(draft.blocks) and draft.blocks[i].part in ("roll_call", "note"):
                i += 1
            return i
        if len(b.text.plain.split()) > 14:
            return i
    return 1


def _between(draft: Draft, counted: list[Heading], lone: dict[str, list[Heading]]) -> list[Heading]:
    """Headings without a number among those that have one."""
    blocks = draft.blocks
    bold = sum(_bold(blocks[h.index], h.start, h.end) for h in counted) * 2 >= len(counted)
    capital = sum(h.title.isupper() for h in counted) * 2 >= len(counted)
    usual = draft.lexicon.set("procedural_items")
    taken = {h.index for h in counted}
    out = [h for h in lone["bold"] if bold or labels.folded(h.title) in usual]
    out += [h for h in lone["capitals"] if capital or len(h.title.split()) < 6 or labels.folded(h.title) in usual]
    out += lone["plain"] if not bold else [h for h in lone["plain"] if labels.folded(h.title) in usual]
    return [h for h in out if h.index not in taken]


def _topics(draft: Draft, above: list[str], end: int) -> list[Heading]:
    """Bullets that are each a topic: a title with a link to its matter, or one whose leader is named below it."""
    out = []
    blocks = draft.blocks
    lead = draft.lexicon.pattern(r".{0,40}\b<<led_by>>\b", re.I)
    depth = min((b.level for b in blocks if b.kind == "bullet"), default=1)
    for i, b in enumerate(blocks[:end]):
        if b.kind != "bullet" or b.part != "body":
            continue
        if b.level > depth and not (
            i + 1 < len(blocks) and blocks[i + 1].kind == "paragraph" and blocks[i + 1].level >= 2 * b.level
        ):
            continue
        if above[i] not in ("", "title", "holder", "business"):
            continue
        plain = b.text.plain
        children = _children(blocks, i)
        link = next(
            (m for m in b.text.marks if m.kind == "link" and _NUMBERED_LINK.search(plain[m.start : m.end])), None
        )
        bold = next((m for m in b.text.marks if m.kind == "strong" and m.start == 0), None)
        led = any(lead.match(c.text.plain) for c in children)
        under = i + 1 < len(blocks) and blocks[i + 1].kind == "paragraph" and blocks[i + 1].level >= 2 * b.level
        if link and link.start and not plain[link.end :].strip(" .:)]"):
            stop = link.start
        elif under and len(plain.split()) < 12:
            stop = len(plain)
        elif led:
            stop = link.start if link and link.start else len(plain)
        elif bold and children and not re.sub(r"[(\[][^()\[\]]*[)\]]", "", plain[bold.end :]).strip(" :.–-"):
            stop = len(plain)
        else:
            continue
        title = plain[:stop].rstrip(" :([–-—")
        if _is_title(title.rstrip("?")) and title:
            out.append(Heading(i, "topic", 2, "", (), 0, len(title), title, 2))
    return out if len(out) > 1 else []


_NUMBERED_LINK = re.compile(r"#\d+\s*$")


def _children(blocks: tuple[Block, ...], i: int) -> list[Block]:
    out = []
    for b in blocks[i + 1 :]:
        if b.kind not in ("bullet", "numbered") or b.level <= blocks[i].level:
            break
        out.append(b)
    return out


# --- the agenda in front


def _without_agenda(chosen: list[Heading], blocks: tuple[Block, ...], lexicon: Lexicon) -> list[Heading]:
    """The headings without a list of them that stands in front: most of its lines come again as headings."""
    said = [labels.folded(re.sub(r"[^\w\s]", " ", h.title)) for h in chosen]
    run = 0
    while run + 1 < len(chosen) and chosen[run + 1].index - chosen[run].index == 1:
        run += 1
    first = said[: run + 1]
    later = set(said[run + 1 :])
    if run and sum(s in later for s in first) * 2 >= len(first):
        return chosen[run + 1 :]
    return chosen

"""The business: items with their titles, who leads them, and where each begins and ends."""

from __future__ import annotations

import re
from dataclasses import replace

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import AgendaItem, Span
from minutebook.parse import entries, headings, labels, outline, sections
from minutebook.parse.draft import Draft

_RULES = {
    "heading": "heading",
    "numbered": "numbered heading of business",
    "bold": "bold line that stands by itself",
    "capitals": "line in capitals that stands by itself",
    "plain": "short line with text below it",
    "called": "line by which a scribe calls an item",
    "run_in": "title in front of a colon, as most of the text has",
    "first": "short line directly above its text",
    "tree": "outermost bullet of minutes that are nothing but bullets",
    "topic": "bullet that is a topic: with a link, or with who leads it",
}


def read(draft: Draft) -> Draft:
    """The draft with its items of business."""
    everything = outline.business(draft)
    aside = {h.index: kind for h in everything if (kind := _aside(h, draft))}
    listed = {a.ref.first_line for a in draft.minutes.attendance}
    found = [_without_list(h, draft, listed) for h in everything if h.index not in aside and re.search(r"\w", h.title)]
    cuts = {h.index: h.end for h in found if draft.blocks[h.index].text.plain[h.end :].strip(" .:–—-*_")}
    draft, moved = draft.parted({i: _behind_sign(draft.blocks[i].text.plain, end) for i, end in cuts.items()})
    parts: dict[int, tuple[str, str]] = {}
    items = []
    order = [moved[h.index] for h in found]
    closing = sorted({*_closings(draft, set(order)), *(moved[i] for i in aside)})
    parts |= {moved[i]: ("section", _SECTIONS[kind]) for i, kind in aside.items()}
    known = _known(draft)
    for h, i, end in zip(found, order, [*order, len(draft.blocks)][1:], strict=True):
        end = next((c for c in closing if i < c < end), end)
        parts[i] = ("item", _RULES[h.style])
        title, owners = _owners_in(draft, i, h.start, min(h.end, len(draft.blocks[i].text.plain)), known)
        below = list(_owners_below(draft, i, end, h.style))
        parts |= {span.block: ("owner", "says who leads the item") for span, whole in below if whole}
        spans = [one for s in (*owners, *(s for s, _ in below)) for one in _each(s, known, draft.lexicon)]
        items.append(AgendaItem(h.number, title, i, end, tuple(spans), h.level, _RULES[h.style]))
    first = min(order, default=len(draft.blocks) // 2)
    for i, kind in _sections(draft, set(order)):
        parts.setdefault(i, ("section", kind))
    for i, what in _tail(draft, first):
        parts.setdefault(i, what)
    return draft.taken(parts).with_(items=tuple(items))


def _without_list(h: headings.Heading, draft: Draft, listed: set[int]) -> headings.Heading:
    """A heading that a list of people follows on its line, cut behind its label: "2. Apologies: Ann Lee, Bo Ray"."""
    block = draft.blocks[h.index]
    plain = block.text.plain
    cut = labels.split(plain[h.start : h.end], draft.lexicon) if block.text.line_at(h.start) in listed else None
    if not cut or cut[0].status not in ("apologies", "absent"):
        return h
    end = h.start + len(plain[h.start : h.start + cut[1]].rstrip(" :–—-"))
    return replace(h, end=end, title=plain[h.start : end])


def _is_one(words: str, known: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether words are one person's name, or the initials of somebody of the roll call."""
    return names.key(words) in known or (entries.is_name(words, lexicon) and not words.isupper())


def _each(span: Span, known: frozenset[str], lexicon: Lexicon) -> list[Span]:
    """The words of each who leads, where all of them are names: "Ann + Bo"."""
    joins = rf"\s*[,;/&+]\s*|\s+{lexicon.any_of('joins')}\s+"
    edges = [0, *(x for m in re.finditer(joins, span.text) for x in m.span()), len(span.text)]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    parts_ = [span.text[a:b] for a, b in parts]
    handles = all(p.startswith("@") for p in parts_)
    if len(parts) < 2 or not (handles or all(_is_one(p, known, lexicon) for p in parts_)):
        return [span]
    return [Span(span.block, span.start + a, span.start + b, span.text[a:b]) for a, b in parts]


def _behind_sign(plain: str, end: int) -> int:
    """Where the text behind a title begins: behind the colon or dash."""
    m = re.match(r"[\s:–—*_-]*", plain[end:])
    return end + (m.end() if m else 0)


def _closings(draft: Draft, items: set[int]) -> list[int]:
    """Headings that end an item without being one: lists of actions or links, lists of people, annexes."""
    return [
        i
        for i, b in enumerate(draft.blocks)
        if i not in items
        and (
            (
                b.kind == "heading"
                and sections.kind(b.text.plain, draft.lexicon)
                in ("actions", "earlier", "links", "annex", "outcomes", "toc")
            )
            or b.part == "roll_call"
            or (b.kind == "paragraph" and i > 2 and sections.kind(b.text.plain[:90], draft.lexicon) == "annex")
        )
    ]


_SIGNS = 8
"""Signs in a title behind which somebody who leads may stand."""
_SECTIONS = {
    "actions": "heading of a list of actions",
    "earlier": "heading of a review of earlier actions",
    "outcomes": "heading of a list of decisions",
    "toc": "heading of a list of what follows",
    "links": "heading of a list of links",
    "annex": "heading of an annex",
    "meta": "heading of details of the meeting",
    "holder": "heading that holds the business",
}


def _aside(h: headings.Heading, draft: Draft) -> str:
    """What a line is that looks like a heading of business and is none: of a list of actions, links, decisions."""
    kind = sections.kind(h.title, draft.lexicon)
    return kind if kind in ("actions", "earlier", "outcomes", "toc", "links", "annex") else ""


def _sections(draft: Draft, items: set[int]) -> list[tuple[int, str]]:
    return [
        (i, _SECTIONS[kind])
        for i, b in enumerate(draft.blocks)
        if i not in items and b.part == "body" and b.kind == "heading"
        if (kind := sections.kind(b.text.plain, draft.lexicon))
    ]


def _tail(draft: Draft, first: int) -> list[tuple[int, tuple[str, str]]]:
    """Notices of copyright, and the place for a signature."""
    notice = draft.lexicon.pattern(r"[\W_]*<<colophon>>\b", re.I)
    signed = draft.lexicon.pattern(r"[\W_]*<<signature>>\s*[:.…_\s-]*$", re.I)
    out = []
    for i, b in enumerate(draft.blocks):
        plain = b.text.plain
        if i < first or b.part != "body" or len(plain) > 200:
            continue
        if i and draft.blocks[i - 1].kind == "break" and re.fullmatch(r"\W*\d{1,3}\W*", plain):
            out.append((i, ("colophon", "page number")))
        elif notice.match(plain):
            out.append((i, ("colophon", "notice of copyright")))
        elif signed.match(plain):
            out.append((i, ("signature", "place for a signature")))
    return out


# --- who leads an item


_HANDLES = re.compile(
    r"\s*(?:[–—:-]|[(\[])\s*(?P<who>@[\w-]++(?:(?:\s*[,&/]\s*|\s+)@[\w-]++)*)[)\]]?[\s\u200b-\u200d\ufeff]*$"
)
"""What those who lead are called in a chat, behind a title: "Import maps – @cyfox, @alee"."""


def _owners_in(draft: Draft, i: int, start: int, end: int, known: frozenset[str]) -> tuple[str, list[Span]]:
    """(title, who leads) of a heading: "Budget (Ann Lee)", "Budget – Ann Lee", "Question submitted by Cllr Ray"."""
    plain, lexicon = draft.blocks[i].text.plain, draft.lexicon
    if m := _HANDLES.search(plain[start:end]):
        at = start + m.start("who")
        return plain[start : start + m.start()].strip().rstrip(" :–—-*_"), [Span(i, at, start + m.end("who"), m["who"])]
    text = plain[start:end]
    if day := lexicon.pattern(r"\s+[–—-]+\s+<<weekdays>>\.?\s*$", re.I).search(text):
        text = text[: day.start()]  # "(Ann) – Saturday": when it was on, at a meeting of several days
    title = text.strip().rstrip(" :–—-*_")
    if m := re.search(r"\s*[(\[](?P<who>[^()\[\]]+)[)\]]\s*[:.]?$", text):
        words = lexicon.pattern(r"^<<led_by>>\s*:?\s*", re.I).sub("", m["who"])
        words = lexicon.pattern(r",?\s*\d+\s*-?\s*<<minute_words>>\.?$", re.I).sub("", words)
        named = _named(words, known, lexicon)
        if named:
            at = start + m.start("who") + m["who"].index(words)
            return text[: m.start()].strip().rstrip(" :–—-"), [Span(i, at, at + len(words), words)]
    for m in reversed(list(re.finditer(r"\s+[–—-]+\s+|\s*[–—:]\s*|\s*,\s+", text))[-_SIGNS:]):
        words = text[m.end() :].strip(" .:")
        if words and _all_known(words, known, lexicon):
            at = start + m.end()
            return text[: m.start()].strip(" :"), [Span(i, at, at + len(words), words)]
    if m := lexicon.pattern(r"\b<<led_by>>\s*:?\s+(?P<who>[^()]+)$", re.I).search(text):
        words = m["who"].strip(" .:")
        if entries.begins_entry(words, lexicon) or entries.is_name(words, lexicon):
            at = start + m.start("who")
            return title, [Span(i, at, at + len(words), words)]
    return title.rstrip("."), []


def _owners_below(draft: Draft, i: int, end: int, style: str) -> list[tuple[Span, bool]]:
    """Lines below a heading that name who leads: (the words, whether the line says nothing else)."""
    lexicon = draft.lexicon
    label = lexicon.pattern(r"\s*[(\[]?<<owner_labels>>\s*(?::|\s[–—-]\s)\s*(?=\S)", re.I)
    said = lexicon.pattern(r"\s*(?:\w+\s+)?<<led_by>>\s*:?\s+(?=\S)", re.I)
    out: list[tuple[Span, bool]] = []
    for j in range(i + 1, min(end, i + 5)):
        plain = draft.blocks[j].text.plain
        m = label.match(plain) or (said.match(plain) if len(plain.split()) < 12 else None)
        if m:
            words = plain[m.end() :].rstrip(" .]")
            words = words.rstrip(")") if words.count(")") > words.count("(") else words
            out.append((Span(j, m.end(), m.end() + len(words), words), True))
        elif out or style != "topic":
            break
    return out


def _known(draft: Draft) -> frozenset[str]:
    """The names and initials of the roll call, folded."""
    out = set()
    for a in draft.minutes.people:
        assert a.name
        out |= {names.key(a.name.full), names.key(a.name.printed)}
        if a.initials:
            out.add(names.key(a.initials))
        if a.name.given and a.name.family:
            out |= {names.key(a.name.given), names.key(a.name.given.split()[0])}
    return frozenset(out)


def _parts(words: str, lexicon: Lexicon) -> list[str]:
    return [p for p in lexicon.pattern(r"\s*[,;/&+]\s*|\s+<<joins>>\s+").split(words) if p and p.strip()]


def _named(words: str, known: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether words in brackets name people, and nothing else."""
    length = lexicon.pattern(r"\d+\s*-?\s*<<minute_words>>\.?", re.I)
    parts = [re.sub(r"^@", "", p).strip(" .") for p in _parts(words, lexicon)]
    parts = [p for p in parts if not length.fullmatch(p)]
    if not parts or len(words) > 120:
        return False
    sure = [names.key(p) in known or p.casefold() in lexicon.set("roll_call.chair") for p in parts]
    return all(
        ok or (names.looks_like_name(p, lexicon.language) and (any(sure) or len(p.split()) < 4))
        for ok, p in zip(sure, parts, strict=True)
    )


def _all_known(words: str, known: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether words behind a dash are people of the roll call, and nothing else."""
    parts = _parts(words, lexicon)
    return bool(parts) and all(names.key(_bare(p, lexicon)) in known for p in parts)


def _bare(text: str, lexicon: Lexicon) -> str:
    return names.parse(text, lexicon.language).full or text

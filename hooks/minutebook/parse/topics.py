"""Bullets that are business: a topic with a link or a leader, or the outermost bullets of minutes without headings."""

from __future__ import annotations

import re

from minutebook.parse import chats, headings, labels, lone
from minutebook.parse.draft import Draft
from minutebook.parse.headings import Heading


def tree(draft: Draft, end: int) -> list[Heading]:
    """The outermost bullets of minutes that are nothing but bullets: those with others below, or by themselves.

    Most minutes of that kind tell by their bullets who said what; two in five must read as titles.
    """
    blocks, lexicon = draft.blocks, draft.lexicon
    out, outermost = [], 0
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
            if block.kind != "bullet" or block.level > depth or block.part != "body" or lone.is_label(plain, lexicon):
                continue
            outermost += 1
            m = re.match(r"(?P<title>[^:]{3,60}?)(?:\s*:\s.*)?$", plain, re.S)
            title = m["title"].strip() if m else ""
            parted = ":" in plain.rstrip(" :")
            if parted and title.isupper() and len(title) < 6:
                continue  # the initials of whoever speaks
            short = len(title.split()) < 8 and headings.is_title(title) and title[:1].isupper()
            if short and (headings.children(blocks, j) or (len(title.split()) < 4 and not re.search(r"\d", plain))):
                meant = parted and labels.folded(title) not in lexicon.set("procedural_items")
                if not (
                    meant
                    and not headings.children(blocks, j)
                    and not lexicon.pattern(r"\b<<minutes_words>>\b", re.I).search(title)
                ):
                    out.append(Heading(j, "tree", 1, "", (), 0, m.end("title"), title, 1))  # type: ignore[union-attr]
        i = stop
    return out if len(out) > 2 and len(out) * 5 >= outermost * 2 else []


def topics(draft: Draft, above: list[str], end: int) -> list[Heading]:
    """Bullets that are each a topic: a title with a link to its matter, or one whose leader is named below it."""
    out = []
    blocks = draft.blocks
    lead = draft.lexicon.pattern(r".{0,40}\b<<led_by>>\b", re.I)
    marked = draft.lexicon.pattern(r"[\W_]*(?:<<decision_markers>>|<<action_markers>>)\s*:", re.I)
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
        children = headings.children(blocks, i)
        link = next(
            (m for m in b.text.marks if m.kind == "link" and _NUMBERED_LINK.search(plain[m.start : m.end])), None
        )
        bold = next((m for m in b.text.marks if m.kind == "strong" and m.start == 0), None)
        led = any(lead.match(c.text.plain) for c in children)
        under = i + 1 < len(blocks) and blocks[i + 1].kind == "paragraph" and blocks[i + 1].level >= 2 * b.level
        stamp = chats.STAMP.search(plain)
        if stamp and b.level == depth and not marked.match(plain):
            stop = stamp.start()
        elif link and link.start and not plain[link.end :].strip(" .:)]"):
            stop = link.start
        elif under and len(plain.split()) < 12:
            stop = len(plain)
        elif led:
            stop = link.start if link and link.start else len(plain)
        elif bold and children and not re.sub(r"[(\[][^()\[\]]*[)\]]", "", plain[bold.end :]).strip(" :.–-"):
            stop = len(plain)
        else:
            continue
        title = plain[:stop].rstrip(" ,:([–-—")
        if headings.is_title(title.rstrip("?")) and title:
            out.append(Heading(i, "topic", 2, "", (), 0, len(title), title, 2))
    return out if len(out) > 1 else []


_NUMBERED_LINK = re.compile(r"#\d+\s*$")

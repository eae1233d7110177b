"""Headings that are told by standing alone: bold, in capitals, or plain, with capital words and text below."""

from __future__ import annotations

import re
from collections import Counter

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import Block
from minutebook.parse import chats, dates, headings, labels, numbers, sections
from minutebook.parse.draft import Draft
from minutebook.parse.headings import Heading

_SAYS = re.compile(r"\w:\s+[\da-z£$€]")


STYLES = ("bold", "capitals", "plain")


def lone(draft: Draft, where: list[int]) -> dict[str, list[Heading]]:
    """Style -> the short lines that stand by themselves: bold, in capitals, or plain with capital words, and with text
    below."""
    blocks, lexicon = draft.blocks, draft.lexicon
    out: dict[str, list[Heading]] = {style: [] for style in STYLES}
    top = header_end(draft)
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
            or is_label(plain, lexicon)
            or lexicon.pattern(r"<<result_words>>\s*:?\s*\d", re.I).match(plain)  # "Passed: 6-0"
            or _only_result(plain, lexicon)
        ):
            continue
        bold = headings.is_bold(block, 0, len(re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*$", "", block.text.plain)))
        style = "bold" if bold else "capitals" if plain.isupper() and len(plain) > 3 else "plain"
        number = numbers.read(block.text.plain, lexicon)
        number = number if number and number.style in ("word", "minute", "signed", "bare") and bold else None
        number = (
            number if number and (len(number.value) == 1 or plain[number.end - 2 : number.end - 1] in ".)") else None
        )
        start = number.end if number else 0
        title = block.text.plain[start:].strip()
        if style == "plain" and (next(dates.times(title, lexicon), None) or _SAYS.search(title)):
            continue  # a line of the header; a label and what it says
        if labels.folded(title) in lexicon.set("nobody") or not re.search(r"[^\W\d_]", title):
            continue  # "None"; a page number
        day = next(dates.find(title, lexicon, yearless=True), None)
        if day and day.end - day.start > 0.4 * len(title) and not re.search(r"[:–-]", title[: day.start]):
            continue  # a day, of this meeting or the next
        if not headings.is_title(title.rstrip(":")) or len(title.split()) > (14 if bold else headings.FEW_WORDS + 1):
            continue
        after = next((j for j in range(i + 1, len(blocks)) if blocks[j].kind != "break"), None)
        if style == "plain" and not _stands_alone(block, after, blocks, lexicon):
            continue
        if style == "capitals" and (after is None or after not in inside or block.level > 16):
            continue
        printed = number.printed if number else ""
        out[style].append(Heading(i, style, 1, printed, (), start, len(block.text.plain), title, 2))
    return out


def _only_result(plain: str, lexicon: Lexicon) -> bool:
    """Whether a line says but how the motion above it fared: "CARRIED UNANIMOUSLY", "Motion defeated"."""
    said = lexicon.pattern(
        r"[\W_]*(?:<<articles>>\s+)?(?:<<motion_nouns>>\s+)?(?:<<said_to_be>>\s+)?(?:<<result_words>>|<<lost_words>>)"
        r"(?:\s+(?:<<result_words>>|<<unanimous_words>>|<<vote_words>>))*[\W_]*$",
        re.I,
    )
    return bool(said.match(plain))


FEWEST = 3
"""Lines directly above or beside their text that must look like titles, before they are."""


def first_lines(draft: Draft, where: list[int]) -> list[Heading]:
    """Titles that stand directly above their text, without an empty line: "Call to Order", and what was said below."""
    lexicon, out = draft.lexicon, []
    usual, small = lexicon.set("procedural_items"), lexicon.set("small_words")
    for i in where:
        block = draft.blocks[i]
        if block.kind != "paragraph" or len(block.text.pieces) < 2:
            continue
        end = block.text.pieces[1].offset
        title, rest = block.text.plain[:end].strip(), block.text.plain[end:].strip()
        words = re.findall(r"\w[\w'’()/-]*", title)
        capital = all(w[0].isupper() or w.casefold() in small for w in words)
        short = 0 < len(words) < 7 and headings.is_title(title) and (capital or labels.folded(title) in usual)
        told = rest[:1].isupper() and len(rest.split()) > 3 and (title.isupper() or rest.endswith((".", "!", "?")))
        bare = re.sub(r"\s*\([^()]*\)$", "", title)  # "Minutes approved (D-1)"
        kinds = {w.casefold() for w in words} <= lexicon.set("meeting_kinds") | lexicon.set("meeting_nouns")
        signs = re.search(r"[:£$€@]" if title.isupper() else r"[:\d£$€@]", bare)
        label = is_label(title, lexicon) and not lexicon.pattern(r"<<election_titles>>\b", re.I).match(title)
        if short and told and not kinds and not signs and not label:
            out.append(Heading(i, "first", 1, "", (), 0, end, title, 2))
    return out


def called(draft: Draft, where: list[int]) -> list[Heading]:
    """Lines by which a scribe calls an item: "Topic: Lamps", also in a chat, "<ann> Topic: Lamps"."""
    lexicon = draft.lexicon
    called = lexicon.pattern(
        rf"(?:{chats.LINE})?[*_]*(?:(?P<topic><<topic_labels>>)|<<subtopic_labels>>)\s*(?:#?\d+\s*)?:[*_]*\s*(?=\S)",
        re.I,
    )
    out = []
    for i in where:
        block = draft.blocks[i]
        m = called.match(block.text.plain) if block.kind == "paragraph" else None
        if m:
            end = next((p.offset for p in block.text.pieces if p.offset > m.end()), len(block.text.plain))
            title = block.text.plain[m.end() : end].strip(" *_")
            out.append(Heading(i, "called", 1 if m["topic"] else 2, "", (), m.end(), end, title, 2))
    return out if len(out) > 1 else []


_RUN_IN = re.compile(r"(?P<title>[^\W\d_a-z][^:.;!?()\n]{2,60}?)\s*:[*_]*\s+(?=\S)")
_DETAILS = ("date", "time", "place", "start", "end")


def run_in(draft: Draft, where: list[int]) -> list[Heading]:
    """Titles in front of a colon at the beginning of their text, where most of the text has one: "Landscaping: The
    board discussed three bids."."""
    lexicon, top = draft.lexicon, header_end(draft)
    paragraphs = [i for i in where if i >= top and draft.blocks[i].kind == "paragraph"]
    people = {names.key(n) for a in draft.minutes.people if a.name for n in (a.name.full, a.name.given, a.name.family)}
    details = {word for key in _DETAILS for word in lexicon.set(f"header_labels.{key}")}
    out = []
    for i in paragraphs:
        plain = draft.blocks[i].text.plain
        m = _RUN_IN.match(plain)
        if not m or len(m["title"].split()) > headings.FEW_WORDS or len(plain[m.end() :].split()) < FEWEST:
            continue
        title = m["title"].strip()
        told = labels.folded(title) in details or is_label(f"{title}:", lexicon)
        named = names.key(title) in people or names.looks_like_name(title, lexicon.language)
        if labels.folded(title) in lexicon.set("procedural_items") or not (told or named):
            out.append(Heading(i, "run_in", 1, "", (), 0, m.end("title"), title, 2))
    said = {title for title, n in Counter(labels.folded(h.title) for h in out).items() if n > 1}  # who speaks
    out = [h for h in out if labels.folded(h.title) not in said]
    return out if len(out) >= FEWEST and 2 * len(out) > len(paragraphs) else []


def _stands_alone(block: Block, after: int | None, blocks: tuple[Block, ...], lexicon: Lexicon) -> bool:
    """Whether a plain line reads as a title: capital words (or an item that every meeting has), and text below it."""
    plain = block.text.plain.strip()
    if after is None or len(block.text.pieces) > 1 or not plain[0].isupper():
        return False
    usual = labels.folded(plain) in lexicon.set("procedural_items")
    if plain.endswith(":") and not usual and blocks[after].text.plain.rstrip()[-1:] not in ".!?)":
        return False  # it opens a list
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
    text = text or (usual and follows.kind == "paragraph" and follows.text.plain.rstrip().endswith("."))
    return text and (usual or (capital and len(plain.split()) < 9))


def is_label(plain: str, lexicon: Lexicon) -> bool:
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


def header_end(draft: Draft) -> int:
    """Where the title is over: behind the first list of people if it stands near the top, else the first sentence."""
    for i, b in enumerate(draft.blocks[:30]):
        if b.part == "roll_call":
            while i < len(draft.blocks) and draft.blocks[i].part in ("roll_call", "note"):
                i += 1
            return i
        if len(b.text.plain.split()) > 14:
            return i
    return 1


def between(draft: Draft, counted: list[Heading], lone: dict[str, list[Heading]]) -> list[Heading]:
    """Headings without a number among those that have one."""
    blocks = draft.blocks
    bold = sum(headings.is_bold(blocks[h.index], h.start, h.end) for h in counted) * 2 >= len(counted)
    capital = sum(h.title.isupper() for h in counted) * 2 >= len(counted)
    usual = draft.lexicon.set("procedural_items")
    taken = {h.index for h in counted}
    out = [h for h in lone["bold"] if bold or labels.folded(h.title) in usual]
    out += [h for h in lone["capitals"] if capital or len(h.title.split()) < 6 or labels.folded(h.title) in usual]
    out += lone["plain"] if not bold else [h for h in lone["plain"] if labels.folded(h.title) in usual]
    return [h for h in out if h.index not in taken]

"""Which body met: the name in the title, without what kind of meeting it was, when, and that these are minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from minutebook import sentences
from minutebook.lexicon import Lexicon, alternatives, load
from minutebook.parse import dates, labels, sections
from minutebook.parse.definitions import expansion
from minutebook.parse.draft import Draft

_EDGES = ' \t,;:.–—-|*_#"“”'
_LONGEST_LINE = 300
_DEEPEST = 40
"""Blocks among which a title may stand."""
_ZONE = re.compile(r"\s*\(?(?:UTC|GMT|BST|[A-Z]{1,3}[SD]?T)\b")
"""Behind a time, the zone that it is of."""
_LONGEST_NAME = 14
"""Words."""


@dataclass(frozen=True)
class Named:
    """A body's name, and the block that gives it; None where front matter does."""

    name: str
    block: int | None
    weight: float


def find(draft: Draft, ahead: list[int], dated: int | None) -> Named | None:
    """The body that the title names: of all lines of the header the one that most reads like a body's name."""
    found = []
    mail = re.compile(r"(?:From|To|Subject|Date|Sent|Cc|Von|An|Betreff|De|Objet|À):\s")
    keys = ("action_markers", "decision_markers", "owner_labels", "motion_labels")
    labelled = re.compile(rf"(?:{'|'.join(draft.lexicon.any_of(k) for k in keys)})\b[^:]{{0,20}}:", re.I)
    top_level = min((draft.blocks[i].level for i in ahead if draft.blocks[i].kind == "heading"), default=1)
    for k, i in enumerate(ahead[:_DEEPEST]):
        block = draft.blocks[i]
        plain = block.text.plain
        if block.kind in ("row", "code", "break") or len(plain) > _LONGEST_LINE or plain.startswith("{:"):
            continue
        what = sections.kind(plain, draft.lexicon)
        dated_ = next(dates.find(plain[:60], draft.lexicon), None)
        moved = draft.lexicon.pattern(r"<<motion_labels>>\s", re.I).match(plain)
        if labels.folded(plain) in draft.lexicon.set("procedural_items"):
            continue  # "Call to order"
        if labelled.match(plain) or mail.match(plain) or moved or (what and not (what == "meta" and dated_)):
            continue
        if block.kind == "heading" and block.level > top_level and block.part == "section":
            continue
        lines = [(plain, 0.0)]
        if block.kind == "paragraph" and len(block.text.pieces) > 1 and not plain.rstrip().endswith("."):
            starts = [p.offset for p in block.text.pieces]
            whole = draft.lexicon.pattern(r"\W*<<meeting_of>>\s+<<role_joins>>\s", re.I).match(plain)
            each = [(plain[a:b], 0.0) for a, b in zip(starts, [*starts[1:], len(plain)], strict=True)][:3]
            # Two lines may be one name ("Quay", "Parish Council"), but not with "minutes" between them.
            mixed = draft.lexicon.pattern(r"\b<<title_words>>\b", re.I).search(of(plain, draft.lexicon)[0])
            lines = each if mixed and not whole else [*lines, *each]
        for line, less in lines:
            if line[:1].islower() or "://" in line:
                continue  # the middle of a sentence, or an address
            name, weight = of(line, draft.lexicon)
            weight += less
            if name:
                sub_heading = block.kind == "heading" and block.level > top_level and weight < 1
                top = -1.0 if sub_heading else 1.0 if block.kind == "heading" else 0.6 if k == 0 else 0.0
                bullet = -1.5 if block.kind in ("bullet", "numbered", "quote") else 0.0
                found.append(Named(name, i, weight + top + bullet - 0.1 * k))
    found += _explained(draft, ahead)
    title = draft.document.front_matter.get("title")
    if isinstance(title, str):
        name, weight = of(title, draft.lexicon)
        if name:
            found.append(Named(name, None, weight + 0.5))
    best = max(found, key=lambda n: n.weight, default=None)
    if best is None or best.weight <= 0:
        return None
    name = _spelled_out(_whole(best, found, draft), draft)
    return Named(_as_in_text(name, draft), best.block, best.weight)


def _explained(draft: Draft, ahead: list[int]) -> list[Named]:
    """A body that the first sentences give with its letters: "the Northport Harbour Club (NHC)"."""
    out = []
    for i in ahead[:3]:
        plain = draft.blocks[i].text.plain
        for m in re.finditer(r"[(\[](?P<term>[A-Z]{2,8})[)\]]", plain):
            before = plain[max(0, m.start() - 200) : m.start()]
            if meaning := expansion(m["term"], before, draft.lexicon):
                out.append(Named(meaning, None, 0.9))
    return out


def _whole(best: Named, found: list[Named], draft: Draft) -> str:
    """A body's name with what another line of the title adds: the place's ("Parish Council"), or the organisation's."""
    said = set(re.findall(r"\w+", best.name.casefold()))
    noun = draft.lexicon.pattern(r"(?:^|\s)<<body_nouns>>(?=\W|$)", re.I)
    for other in sorted(found, key=lambda n: -n.weight):
        words = set(re.findall(r"\w+", other.name.casefold()))
        longer, shorter = other.name.casefold(), best.name.casefold()
        if said < words and len(words) <= 8 and longer.endswith(f" {shorter}"):
            return other.name
        lines = [
            n.block
            for n in (best, other)
            if n.block is not None and draft.blocks[n.block].kind in ("heading", "paragraph")
        ]
        near = len(lines) == 2 and abs(lines[0] - lines[1]) <= 2 and max(lines) < 5
        short = len(best.name.split()) < 7 and len(other.name.split()) < 7
        apart = not words & said - draft.lexicon.set("small_words")
        held = draft.lexicon.pattern(r"^<<held_on>>\b", re.I).match(other.name)
        if (
            near
            and short
            and apart
            and not held
            and noun.search(best.name)
            and noun.search(other.name)
            and other.weight > 0.8
        ):
            first, second = (best, other) if lines[0] < lines[1] else (other, best)
            return f"{first.name}, {second.name}"
    return best.name


def _as_in_text(name: str, draft: Draft) -> str:
    """A name that the title prints in capitals, as the text writes it."""
    if not name.isupper() or len(name.split()) < 2:
        return name
    for block in draft.blocks:
        for m in re.finditer(re.escape(name), block.text.plain, re.I):
            if not m.group().isupper():
                return m.group()
    return name


def of(line: str, lexicon: Lexicon) -> tuple[str, float]:
    """(the body that a line names, how much it reads like one); an empty name where it names none."""
    text = " ".join(line.split())
    labelled = "|".join(lexicon.any_of(f"header_labels.{k}") for k in ("date", "time", "start", "end", "place"))
    if re.match(rf"[\W_]*(?:{labelled})\s*:", text, re.I):
        return "", 0.0
    weight = 0.0
    if m := lexicon.pattern(r"(?:^|\b)<<meeting_of>>\s*(?:<<role_joins>>\b|[:–—-])", re.I).search(text):
        weight += 1.5 if m.start() < 30 else 0.0
    m = lexicon.pattern(r"(?<=\s)<<meeting_of>>\b", re.I).search(text)
    if m and len(text[: m.start()].split()) > 1 and text[: m.start()].strip(" :–—-|,").isupper():
        text = text[: m.start()]  # "HARBOUR FORUM Minutes of the meeting held ..."
    text, explicit = _meeting_of(text, lexicon)
    weight += 1.0 if explicit else 0.0
    days = list(dates.find(text, lexicon, yearless=True))
    if days and days[0].start > 12 and len(re.findall(r"[^\W\d_]{3,}", text[: days[0].start])) > 1:
        text, days = text[: days[-1].end], [d for d in days if d.end <= len(text)]  # behind the day stands the place
    for f in reversed(days):
        opens = rf"(?:\s+(?:{lexicon.any_of('date_openings')}|{lexicon.any_of('weekdays')})[,.]?)+\s*$"
        text = f"{re.sub(opens, '', text[: f.start], flags=re.I)} | {text[f.end :]}"
        weight += 0.6
    for a, b, *_ in reversed(list(dates.times(text, lexicon))):
        text = f"{text[:a]} | {_ZONE.sub('', text[b:])}"
    text = lexicon.pattern(r"[\s,:(–—-]*\b<<held_on>>\b", re.I).split(text)[0] or text
    text = re.split(rf"\s*{lexicon.any_of('meeting_nouns')}\s+{lexicon.any_of('time_said.start')}", text, flags=re.I)[0]
    month = rf"(?:{_months(lexicon.language)})\.?"
    text = re.sub(rf"\b(?:{month},?\s+(?:19|20)\d\d|(?:19|20)\d\d\s+{month})(?!\w)", " | ", text, flags=re.I)
    parts = [p for p in re.split(r"\s*[|:;]\s*|\s+[–—-]+\s+|\s*[–—]\s*|,\s+", text) if p.strip(_EDGES)]
    # "in the Town Hall" is where, and no body.
    where = lexicon.pattern(r"\s*<<place_prepositions>>\s")
    parts = [p for p in parts if not where.match(p)] or parts
    noun = lexicon.pattern(r"(?:^|\s)<<body_nouns>>(?=\W|$)", re.I)
    cleaned = [(c, p) for p in parts if (c := _clean(p, lexicon)) and (not c[0].islower() or noun.search(c))]
    if not cleaned:
        return "", 0.0
    bodies = [c for c, _ in cleaned if noun.search(c)]
    name = ", ".join(bodies[:2]) if _is_part(bodies, lexicon) else next(iter(bodies), cleaned[0][0])
    words = name.split()
    if len(words) > _LONGEST_NAME or _is_sentence(name, lexicon):
        return "", 0.0
    generic = " ".join(words).casefold() in lexicon.set("body_nouns")
    weight += 0.4 if generic else 1.2 if noun.search(name) else -1.0 if len(words) == 1 and not explicit else 0.0
    weight += 0.5 if lexicon.pattern(r"\b<<title_words>>\b", re.I).search(line) else 0.0
    small = lexicon.set("small_words")
    capital = sum(w[0].isupper() or w.casefold() in small or not w[0].isalpha() for w in words)
    weight += 0.5 if capital == len(words) else -1.5 if capital * 2 < len(words) else -0.2
    return name, weight + 0.2


def _is_part(bodies: list[str], lexicon: Lexicon) -> bool:
    """Whether the second of two names is a body of the first: "Harbour Trust – Finance Committee"."""
    return len(bodies) > 1 and bool(lexicon.pattern(r"(?:^|\s)\w*<<part_bodies>>(?!\w)", re.I).search(bodies[1]))


def _meeting_of(text: str, lexicon: Lexicon) -> tuple[str, bool]:
    """(what stands behind "minutes of the meeting of", whether the text says that)."""
    article, kinds = lexicon.any_of("articles"), lexicon.any_of("meeting_kinds")
    joins = lexicon.any_of("role_joins")
    head = rf"(?:{article}\s+)?(?:{lexicon.any_of('status.draft')}\s+)?{lexicon.any_of('meeting_of')}"
    inner = rf"(?:\s+(?:{joins})\s+(?:{article}\s+)?(?:(?:{kinds})\s+)*(?:{lexicon.any_of('meeting_nouns')}))?"
    m = re.match(rf"{head}{inner}\s*(?:\s{joins}\s+(?:{article}\s+)?|[:–—-]\s*)(?P<rest>\S.*)", text, re.I)
    return (m["rest"], True) if m else (text, False)


def _clean(text: str, lexicon: Lexicon) -> str:
    """A part of a title without articles, kinds of meetings, numbers, weekdays, and what stands in brackets."""
    kinds = lexicon.any_of("meeting_kinds")
    nouns = lexicon.any_of("meeting_nouns")
    minutes = lexicon.any_of("meeting_of")
    statuses = f"(?:{lexicon.any_of('status.draft')}|{lexicon.any_of('status.approved')})"
    figure = rf"(?:\d+\S{{0,3}}|#\d+|n[o°º]\.?\s?\d+|{lexicon.any_of('ordinals')})"
    before = "^"
    while before != text:
        before = text
        text = re.sub(r"\s*[(\[]$", "", text.strip(_EDGES)).strip(_EDGES)  # what stood in brackets was a date
        text = (
            re.sub(r"^\(?(?:the|le|la|les|l'|die|der|das|des)\s+|\s*[(\[][^()\[\]]*[)\]]$", "", text, flags=re.I)
            or text
        )
        text = re.sub(
            rf"^(?:{minutes}|{statuses}|{figure}|{kinds}\s+{nouns}|{lexicon.any_of('weekdays')})(?:\s+(?:{lexicon.any_of('role_joins')})\b)?(?:\s+|$)",
            "",
            text,
            flags=re.I,
        )
        text = re.sub(rf"^{nouns}\s+{lexicon.any_of('role_joins')}\s+", "", text, flags=re.I)
        text = re.sub(
            rf"(?:^|\s+)(?:{minutes}|{nouns}|{statuses}|{figure}|{lexicon.any_of('weekdays')}|{lexicon.any_of('held_on')})$",
            "",
            text,
            flags=re.I,
        )
        text = re.sub(rf"(?:^|\s+){kinds}$", "", text, flags=re.I)
        text = lexicon.pattern(r"\s+<<role_joins>>$", re.I).sub("", text)
        text = re.sub(
            rf"\s+{minutes}\s+(?:{_months(lexicon.language)})$", "", text, flags=re.I
        )  # "Harbour Council Minutes July"
        text = re.sub(
            rf"\s+{kinds}\s+(?={lexicon.any_of('body_nouns')}|\S+\s+{lexicon.any_of('body_nouns')}$)",
            " ",
            text,
            flags=re.I,
        )
        text = re.sub(rf"^{kinds}\s+(?=\S+\s+\S)", "", text, flags=re.I)
    return text if re.search(r"[^\W\d_]{2}", text) else ""


@cache
def _months(language: str) -> str:
    return alternatives(load(language).months)


def _is_sentence(name: str, lexicon: Lexicon) -> bool:
    return (
        bool(lexicon.pattern(r"\s<<sentence_verbs>>\s", re.I).search(f" {name} "))
        or bool(re.search(r"https?://|@", name))
        or len(sentences.split(name, lexicon)) > 1
    )


def _spelled_out(name: str, draft: Draft) -> str:
    """A body known by its letters by its full name, where the first lines give it: "Example Sailing Society (ESS)"."""
    if not re.fullmatch(r"[A-Z][A-Za-z&]{1,7}", name) or not name[-1].isupper():
        return name
    for block in draft.blocks[:20]:
        plain = block.text.plain
        for m in re.finditer(rf"[(\[]{re.escape(name)}[)\]]", plain):
            before = plain[max(0, m.start() - 200) : m.start()]
            if meaning := expansion(name, before, draft.lexicon):
                return meaning
    return name

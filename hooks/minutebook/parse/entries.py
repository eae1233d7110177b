"""A list of people on one line, or over a few, to its entries: "Cllrs Lee, Ray and Fox; the Clerk (Ms A Dee)".

Only brackets, commas, semicolons and joining words are looked at, and whether a part could be a person's name. What
is said of a person ("Ann Lee, Director, Guild of Examples") stays with the person.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from minutebook import names
from minutebook.lexicon import Lexicon

_OPEN, _CLOSE = "([", ")]"
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*")
LONGEST = 120
"""Characters: an entry without brackets beyond it is a sentence."""


@dataclass(frozen=True)
class Part:
    """One entry's words, where they begin in the text, and the honorific that a plural in front gives them."""

    text: str
    start: int
    honorific: str = ""
    group: str = ""
    """An organisation or role that stands once behind, or in front of, the whole list."""
    family: str = ""
    """The surname that stands once behind two first names: "Bob and Ann Lee"."""


def split(text: str, lexicon: Lexicon, *, bullet: bool = False) -> list[Part]:
    """The entries of a list. `bullet`: the text is one bullet, and so one entry unless all in it are names."""
    text, shared = _shared_tail(turned(text, lexicon), lexicon)
    found = _lone(text, 0, lexicon) if bullet else None
    pieces = _semicolons(text)
    apart = len(pieces) > 1 and _said_behind(pieces, lexicon)
    parts = found or [p for piece in pieces for p in ([piece] if apart else _commas(piece, lexicon, bullet))]
    parts = _families(_plural(parts, lexicon), text, lexicon)
    return [replace(p, group=shared) for p in parts] if shared else parts


def _said_behind(pieces: list[Part], lexicon: Lexicon) -> bool:
    """Whether the commas between semicolons part a person from what is said of them, and not two people."""
    pairs = [p.text.split(",") for p in pieces if p.text.count(",") == 1]
    told = [is_name(bare(a, lexicon), lexicon) and not is_name(bare(b, lexicon), lexicon) for a, b in pairs]
    return any(told) and all(p.text.count(",") < 2 for p in pieces)


def scan(text: str, marks: str) -> list[tuple[int, int]]:
    """The stretches of a text between signs that stand in no bracket."""
    out, depth, start = [], 0, 0
    for i, c in enumerate(text):
        if c in _OPEN:
            depth += 1
        elif c in _CLOSE:
            depth = max(0, depth - 1)
        elif c in marks and not depth:
            out.append((start, i))
            start = i + 1
    return [*out, (start, len(text))]


def _semicolons(text: str) -> list[Part]:
    spans = scan(text, ";\n") if text.count("(") == text.count(")") else scan_flat(text)
    return [_part(text, a, b, 0) for a, b in spans if text[a:b].strip(" ,.")]


def scan_flat(text: str) -> list[tuple[int, int]]:
    """The same where a bracket was never closed: no sign is inside one."""
    edges = [m.start() for m in re.finditer("[;\n]", text)]
    return list(zip([0, *(e + 1 for e in edges)], [*edges, len(text)], strict=True))


def _part(text: str, a: int, b: int, offset: int) -> Part:
    inside = text[a:b]
    return Part(inside.strip(" ,"), offset + a + len(inside) - len(inside.lstrip(" ,")))


def _lone(text: str, offset: int, lexicon: Lexicon) -> list[Part] | None:
    """The bullet as one entry, unless three or more names and nothing else stand in it."""
    parts = [text[a:b].strip() for a, b in scan(text, ",;") if text[a:b].strip()]
    joined = [w for p in parts for w in _joined(p, lexicon)]
    letters = all(w.isupper() for w in joined)
    legend = len(parts) > 1 and "(" in parts[0] and not any("(" in p for p in parts[1:])
    every = len(joined) > 2 and all(is_name(w, lexicon) and (letters or not w.isupper()) for w in joined)
    every = every and not legend  # "Ann Lee (AL), Guild, Tide Office" is one person
    many = ";" in text or any(lexicon.pattern(r"<<plural_honorifics>>\s").match(p) for p in parts)
    return None if every or many else [Part(text.strip(" ,;"), offset + len(text) - len(text.lstrip(" ,;")))]


def _joined(part: str, lexicon: Lexicon) -> list[str]:
    joins = lexicon.any_of("joins")
    return [w for w in re.split(rf"\s+{joins}\s+|\s*/\s*", part) if w and w.strip()]


def _commas(piece: Part, lexicon: Lexicon, bullet: bool) -> list[Part]:
    """The entries between commas: a part that is a name begins one, another part goes on with the one before."""
    piece = replace(piece, text=turned(piece.text, lexicon))
    text = piece.text
    if held := _held(piece, lexicon):
        return held
    spans = [(a, b) for a, b in scan(text, ",") if text[a:b].strip()]
    spans = [s for span in spans for s in _cut_at_joins(text, span, lexicon)]
    plain = [bare(text[a:b], lexicon) for a, b in spans]
    names_ = [is_name(p, lexicon) and not names.is_post_nominal(p, lexicon.language) for p in plain]
    out: list[Part] = []
    for (a, b), named in zip(spans, names_, strict=True):
        group = lexicon.pattern(r"\s*<<joins>>\s+(?=<<articles>>\s)", re.I).match(text, a, b)
        if group and not named:
            out.append(_part(text, group.end(), b, piece.start))  # "... and the usual visitors"
            continue
        lone = _BRACKETED.fullmatch(text, a, b)  # "Ann, (Bo), Cy"
        starts = named or not out or begins_entry(text[a:b].strip(), lexicon) or _another(text[a:b], out[-1], lexicon)
        starts = starts and not (out and lexicon.pattern(r"\s*<<represented_by>>\s", re.I).match(text, a, b))
        if lone and out and is_name(lone[1], lexicon):
            out.append(_part(text, lone.start(1), lone.end(1), piece.start))
            continue
        if starts:
            out.append(_part(text, a, b, piece.start))
        else:
            before = out[-1]
            out[-1] = replace(before, text=text[before.start - piece.start : b].strip(" ,"))
    return out


def turned(text: str, lexicon: Lexicon) -> str:
    """An entry with the first name in front of the surname: "LEE, Ann (Pilot)" -> "Ann Lee (Pilot)".

    Only where the surname is in capitals: "Lee, Pilot" says what somebody is. Two letters in front of a whole name are
    the initials of somebody: "AL, Bo Ray".
    """
    m = _SURNAME_FIRST.match(text)
    if not m or (len(m["family"]) < 3 and " " in m["given"]):
        return text
    if lexicon.pattern(r"<<role_words>>\b|<<organization_words>>\b").search(m["given"]):
        return text
    name = f"{m['given']} {m['family'].title()}"
    return name + text[m.end() :] if names.looks_like_name(name, lexicon.language) else text


_CAPITALS = r"[^\W\d_a-z][^\W\d_a-zß-öø-ÿ'’-]*(?:['’-][^\W\d_a-zß-öø-ÿ]+)*"
_SURNAME_FIRST = re.compile(
    rf"(?P<family>{_CAPITALS}(?:\s+{_CAPITALS})*),\s+(?P<given>[^\W\d_a-z][\w'’-]*[^\W\dA-Z_][\w'’-]*(?:\s+[A-Z][\w.'’-]*)*)"
    r"(?=\s*(?:$|[,;:(\[|–—]|-\s))"
)


def _another(part: str, before: Part, lexicon: Lexicon) -> bool:
    """Whether a handle between commas is somebody else's than the name in front of it: "Ann Lee, @bob"."""
    m = re.fullmatch(r"\s*@([\w.-]+)\s*", part)
    if not m:
        return False
    handle, name = names.key(m[1]), names.parse(bare(before.text, lexicon), lexicon.language)
    short = [names.key(w)[:3] for w in (name.given.split(" ")[0], name.family) if w]
    return not any(w in handle for w in short) and not names.could_be_initials(m[1], name)


def _held(piece: Part, lexicon: Lexicon) -> list[Part]:
    """The entries of a list of posts, the holder behind each: "Director, Works (Mr. A. Lee), Clerk (Ms B. Ray)"."""
    ends = [
        m.end()
        for m in re.finditer(r"\((?P<name>[^()]+)\)", piece.text)
        if lexicon.pattern(r"<<honorifics>>\.?\s+\w").match(m["name"])
    ]
    head = piece.text.split("(")[0]
    if not ends or is_name(head.strip(" ,"), lexicon) or (len(ends) == 1 and "," in piece.text[ends[0] :]):
        return []
    if any(
        is_name(p.strip(" ,"), lexicon) and lexicon.pattern(r"<<honorifics>>").match(p.strip()) for p in head.split(",")
    ):
        return []
    edges = [0, *ends]
    out = [_part(piece.text, a, b, piece.start) for a, b in zip(edges, ends, strict=False)]
    if piece.text[ends[-1] :].strip(" ,."):
        out.append(_part(piece.text, ends[-1], len(piece.text), piece.start))
    joins = lexicon.pattern(r"^<<joins>>\s+")
    return [replace(p, text=joins.sub("", p.text)) for p in out]


def _cut_at_joins(text: str, span: tuple[int, int], lexicon: Lexicon) -> list[tuple[int, int]]:
    """A part at "and", where a name stands on both sides; "Policy and Research" stays whole."""
    a, b = span
    depth, joins = 0, list[tuple[int, int]]()
    for m in lexicon.pattern(r"[(\[]|[)\]]|(?:^|(?<=\s))(?P<join><<joins>>)\s+").finditer(text[a:b]):
        depth += (m.group() in _OPEN) - (m.group() in _CLOSE)
        if m["join"] and not depth:
            joins.append((a + m.start(), a + m.end()))
    out, start = [], a
    for k, (left, right) in enumerate(joins):
        until = joins[k + 1][0] if k + 1 < len(joins) else b
        before, after = text[start:left].strip(), text[right:until].strip()
        if (not before or _may_be(before, lexicon)) and _may_be(after, lexicon):
            out += [(start, left)] if before else []
            start = right
    return [*out, (start, b)]


def _may_be(text: str, lexicon: Lexicon) -> bool:
    """Whether an entry may begin (and end) with this: a name, with or without words in brackets behind it."""
    plural = rf"^(?:{lexicon.any_of('articles')}\s+)?{lexicon.any_of('plural_honorifics')}(?:\.|\s*:)?\s+"
    text = re.sub(plural, "", text)
    return is_name(bare(text, lexicon), lexicon) or begins_entry(text, lexicon)


def bare(text: str, lexicon: Lexicon) -> str:
    """A part without its brackets and without a plural honorific in front."""
    text = re.sub(r"\s*[(\[][^()\[\]]*(?:[)\]]|$)", "", text.strip())
    text = lexicon.pattern(r"^<<plural_honorifics>>(?:\.|\s*:)?\s+").sub("", text)
    text = re.split(r"\s+[–—-]\s+|\s*[–—:]\s*", text)[0]
    return text.strip(" .*†‡")


def is_name(text: str, lexicon: Lexicon) -> bool:
    """Whether a part could be a person's name, a single word or a handle included."""
    return names.looks_like_name(text, lexicon.language, alone=True)


def begins_entry(text: str, lexicon: Lexicon) -> bool:
    """Whether a part that is no name begins an entry nevertheless: "the Clerk (Ms Dee)", "6 members of the public"."""
    if lexicon.pattern(r"(?:<<title_prefixes>>[\s-]+){0,3}<<titles>>\.?\s+[^\W\d_a-z]").match(text):
        m = lexicon.pattern(r"(?:<<title_prefixes>>[\s-]+){0,3}<<titles>>\.?\s+").match(text)
        name = re.sub(r"\s*[(\[].*$", "", text[m.end() :]) if m else ""
        if is_name(name.strip(" ."), lexicon):
            return True
    if lexicon.pattern(r"(?:\d+|<<numerals>>)\s+(?:\w+\s+)?(?i:<<group_words>>)\b").match(text):
        return True
    held = re.search(r"\(([^()]+)\)?$", text)
    if held and lexicon.pattern(r"<<honorifics>>\.?\s+\w").match(held[1]):
        return True
    titled = lexicon.pattern(r"(?:^|\s)<<honorifics>>\.?\s+[^\W\d_a-z]").search(text)
    return bool(titled and names.looks_like_name(text[titled.start() :].strip(), lexicon.language))


def _plural(parts: list[Part], lexicon: Lexicon) -> list[Part]:
    """The parts with what "Councillors" or "Messrs" in front of the first says of those behind it."""
    singular = lexicon.mapping("plural_honorifics")
    pattern = lexicon.pattern(r"(?:<<articles>>\s+)?(?P<word><<plural_honorifics>>)(?:\.|\s*:)?\s+", re.I)
    out, now = [], ""
    for p in parts:
        if m := pattern.match(p.text):
            now = next(v for k, v in singular.items() if k.casefold() == m["word"].casefold())
            p = Part(p.text[m.end() :], p.start + m.end())
        elif lexicon.pattern(r"<<honorifics>>\.?\s").match(p.text) or not is_name(bare(p.text, lexicon), lexicon):
            now = ""
        out.append(replace(p, honorific=now))
    return out


def _families(parts: list[Part], text: str, lexicon: Lexicon) -> list[Part]:
    """The parts with a surname that two share ("Bob and Ann Lee"), where the others of the list are named in full."""
    full = sum(len(bare(p.text, lexicon).split()) > 1 for p in parts)
    out = list(parts)
    for k, (a, b) in enumerate(pairwise(parts)):
        words = bare(b.text, lexicon).split()
        between = text[a.start + len(a.text) : b.start].strip().casefold()
        others = full > 2 or (full > 1 and len(parts) == full + 1)
        alone = len(a.text.split()) == 1 and a.text[:1].isupper() and len(words) == 2 and others
        if alone and between in lexicon.set("joins") and not a.honorific and is_name(" ".join(words), lexicon):
            out[k] = replace(a, family=words[-1])
    return out


def _shared_tail(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """(the list without it, the organisation) where one stands behind all: "Ann Lee, Bo Ray – all Guild"."""
    m = lexicon.pattern(r"\s+[–—-]\s+<<all_of>>\s+(?P<group>[^,;()]{2,60}?)[.\s]*$", re.I).search(text)
    return (text[: m.start()], m["group"].strip()) if m else (text, "")

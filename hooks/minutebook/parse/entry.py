"""One entry of a roll call: who it is, in which role, of which organisation, and who stood in for them.

    Ann Lee OBE (Chief Executive, Society of Examples (SoE)) represented by Bo Ray, Deputy Chief Executive [BR]
    Director of Works (Mr. C. Fox)          Secretary: Dee Moss          Cy Fox @cyfox (for Ann Lee, Guild)

The entry is taken apart from the outside in: how far the person took part, the substitute, the initials, the name, and
last what is said of the person. What holds no name is a group or a post, and is kept as the text that it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutebook import names
from minutebook.lexicon import Lexicon
from minutebook.model import PersonName
from minutebook.parse import definitions, said

_LEGEND = re.compile(r"\s*\[(?P<initials>[A-Za-z][A-Za-z.]{0,5})\]")
_LEGEND_DASH = re.compile(r"(?P<initials>[A-Z][A-Za-z]{1,3})\s+[–—-]\s+(?P<rest>\S.*)", re.S)
_ROUND_LEGEND = re.compile(r"\s*\((?P<initials>[A-Z][A-Za-z.]{1,4})\)\s*$")
_DASHED_LEGEND = re.compile(r"(?<=\))\s+[–—-]\s+(?P<initials>[A-Z][A-Za-z]{1,4})\s*$")
"""Initials behind a bracket and a dash: "Ann Lee (Pilot) – AL"."""
_LEGEND_FIRST = re.compile(r"(?P<initials>[A-Z][A-Za-z.]{1,4})\s*[,;–—-]\s*(?P<what>\S.*)", re.S)
"""Initials in front of the role, in one bracket: "Ann Lee (AL, Pilot)"."""
_EARLY_LEGEND = re.compile(
    r"(?P<name>[^\[(,;:]+?)\s*(?:\[(?P<square>[A-Za-z][A-Za-z.]{0,5})\]|\((?P<round>[A-Z][A-Za-z]{1,4})\))"
    r"(?P<rest>\s*[(,;:–—].*|\s+-\s.*)",
    re.S,
)
"""Initials directly behind the name, and the role behind them."""
_HANDLE = re.compile(r"\s*(?:[(\[<]\s*(?P<alone>@[\w.-]*\w)\s*[)\]>]|(?P<handle>@[\w.-]*\w)(?:\s*,\s*)?)")
_MAIL = re.compile(r"\s*[(\[<]?[\w.+-]+@[\w-]+(?:\.[\w-]+)+[)\]>]?")
"""An address of electronic mail, which is not who somebody is."""
_FOOTNOTE = re.compile(r"(?<=\w)[*†‡]+(?=[\s,;)]|$)")
_SEPARATOR = re.compile(r"\s+[–—-]+\s+|\s*[,;:–—]\s*|\s{2,}")
_LONGEST = 400
"""Characters: longer than any name with role, organisation and substitute."""


@dataclass(frozen=True)
class Entry:
    """What one entry says of one person, or (without a name) of a group."""

    text: str
    name: PersonName | None = None
    role: str = ""
    organization: str = ""
    acronym: str = ""
    initials: str = ""
    chair: bool = False
    """Whether a bracket of its own says that the person is in the chair: "Ann Lee (chair), Guild"."""
    rule: str = ""


def read(text: str, lexicon: Lexicon) -> tuple[Entry, Entry | None, str]:
    """(who was listed, who stood in for them or None, initials that fit neither) of an entry's text."""
    text = whole = text[:_LONGEST].strip().rstrip(";")
    text = lexicon.pattern(r",\s+<<relative_words>>\s.*$", re.S).sub("", text)
    text = without_notes(_FOOTNOTE.sub("", _MAIL.sub("", text)).lstrip("*"), lexicon)
    if m := re.fullmatch(r"\[(?P<initials>[A-Za-z][A-Za-z.]{0,5})\]\s+(?P<rest>\S.*)", text, re.S):
        text = f"{m['rest']} [{m['initials']}]"  # the legend in front
    elif (m := _LEGEND_DASH.fullmatch(text)) and _leads(m["initials"], m["rest"], lexicon):
        text = f"{m['rest']} [{m['initials']}]"
    text, chairs = _in_the_chair(text, lexicon)
    text, handle = _handle(text)
    for way in (_represented, _standing_in):
        if found := way(text, lexicon):
            return found
    bare, legend = _initials_at_end(text)
    listed = _with_round_legend(bare, lexicon) or _person(bare, lexicon)
    if listed.name is None and handle:
        words = bare.strip(" ,;-–")
        named = words if names.looks_like_name(words, lexicon.language, alone=True) else handle
        listed = Entry(text, names.parse(named, lexicon.language), rule="a handle")
    if listed.name is None and names.looks_like_name(bare.strip(" ."), lexicon.language, alone=True):
        listed = Entry(whole, names.parse(bare.strip(" ."), lexicon.language), rule="a name of one word")
    if listed.name is None:
        return replace(listed, text=whole), None, ""
    listed = replace(listed, initials=legend or listed.initials or handle, chair=chairs or listed.chair)
    return listed, None, ""


def _in_the_chair(text: str, lexicon: Lexicon) -> tuple[str, bool]:
    """(an entry without "(Chair)" at its end, whether it stood there behind something else that is said)."""
    m = lexicon.pattern(r"\s*\(<<roll_call.chair>>\)\s*(?P<legend>\[[^\[\]]*\])?\s*$", re.I).search(text)
    if not m or not re.search(r"[,(:–—]|\s-\s", text[: m.start()]):
        return text, False
    return f"{text[: m.start()]} {m['legend'] or ''}".strip(), True


def without_notes(text: str, lexicon: Lexicon) -> str:
    """An entry without how, and how long, somebody took part: "(by phone)", ", until 3pm", "- joined at 10:15"."""
    notes = rf"{lexicon.any_of('presence_notes')}|{lexicon.any_of('presence_from')}\s+\d+"
    text = re.sub(rf"\s*[(\[](?:{notes})\b[^()\[\]]*[)\]]", "", text, flags=re.I)
    text = re.sub(rf",\s*(?:for\s+)?(?:{notes})\b[^,;()]*(?=\))", "", text, flags=re.I)
    text = re.sub(rf"\s*[(\[]{lexicon.any_of('pronouns')}(?:\s*/\s*\w+)+[)\]]", "", text, flags=re.I)
    text = re.sub(r"\s*[(\[]\s*\d{1,2}\s?[:.h]\s?\d{2}(?!\d)[^()\[\]]*[)\]]", "", text)
    text = lexicon.pattern(r"\s*\(<<address_words>>\.?\s*\d+\w?\)", re.I).sub("", text)
    text = re.sub(rf"(?:\s+[–—-]+\s+|\s*[,–—]\s*)(?:{notes})\b[^,;()]*$", "", text, flags=re.I)
    return lexicon.pattern(r"\s+<<was_there>>\b[^,;()]*$", re.I).sub("", text)


def _handle(text: str) -> tuple[str, str]:
    m = _HANDLE.search(text)
    if not m:
        return text, ""
    return f"{text[: m.start()]} {text[m.end() :]}".strip(" ,"), m["alone"] or m["handle"]


def _represented(text: str, lexicon: Lexicon) -> tuple[Entry, Entry | None, str] | None:
    """ "Ann Lee (Guild) represented by Bo Ray": whoever is listed was away."""
    cut = lexicon.pattern(r"[\s(,;*–—-]+<<represented_by>>[\s:]+", re.I).search(text)
    if cut is None:
        return None
    whose, legend = _initials_at_end(text)
    before, own = _initials_at_end(text[: cut.start()].rstrip(" *_"))
    listed = _person(_balanced(before), lexicon)
    listed = replace(listed, initials=own or listed.initials) if listed.name else listed
    substitute = _person(_balanced(whose[cut.end() :]), lexicon)
    lone = whose[cut.end() :].strip(" .)")
    if not substitute.name and names.looks_like_name(lone, lexicon.language, alone=True):
        substitute = Entry(lone, names.parse(lone, lexicon.language), rule="a name of one word")
    if not listed.name or not substitute.name:
        return None
    if listed.acronym and substitute.organization.removeprefix("the ") == listed.acronym:
        substitute = replace(substitute, organization=listed.organization, acronym=listed.acronym)
    both = [n for n in (listed.name, substitute.name) if n]
    fits = [names.could_be_initials(legend, n) for n in both] if legend else []
    listed = replace(listed, initials=listed.initials or legend if fits == [True, False] else listed.initials)
    if fits == [False, True]:
        substitute = replace(substitute, initials=legend)
    return listed, substitute, legend if fits and fits[0] == fits[1] else ""


def _standing_in(text: str, lexicon: Lexicon) -> tuple[Entry, Entry | None, str] | None:
    """ "Bo Ray (for Ann Lee, Guild)": whoever is listed came instead."""
    cut = lexicon.pattern(r"\s*[(\[,–—-]\s*<<stands_in_for>>[\s:]+", re.I).search(text) or lexicon.pattern(
        r"\s+<<stands_in_for_alone>>[\s:]+", re.I
    ).search(text)
    if not cut:
        return None
    substitute, away = _person(_balanced(text[: cut.start()]), lexicon), _person(_balanced(text[cut.end() :]), lexicon)
    if not substitute.name or not away.name:
        return None
    if not away.organization and not away.role:
        away = replace(away, organization=substitute.organization, acronym=substitute.acronym)
    if not substitute.organization:
        substitute = replace(substitute, organization=away.organization, acronym=away.acronym)
    return replace(away, text=text), substitute, ""


def _with_round_legend(text: str, lexicon: Lexicon) -> Entry | None:
    """ "Ann Lee (Pilot) (AL)", "Ann Lee, Tide Officer (AL)": initials at the end, unless words before spell them."""
    m = _ROUND_LEGEND.search(text) or _DASHED_LEGEND.search(text)
    if not m or not re.search(r"[(,;:–—]|\s-\s", text[: m.start()]):
        return None
    listed = _person(text[: m.start()], lexicon)
    letters = m["initials"]
    mine = listed.name is not None and not listed.initials and names.could_be_initials(letters, listed.name)
    spelt = any(definitions.expansion(letters, x, lexicon) for x in (listed.organization, listed.role) if x)
    return replace(listed, text=text, initials=letters) if mine and not spelt else None


def _initials_at_end(text: str) -> tuple[str, str]:
    m = list(_LEGEND.finditer(text))
    if m and not text[m[-1].end() :].strip(" .,;"):
        return text[: m[-1].start()], m[-1]["initials"]
    return text, ""


def _balanced(text: str) -> str:
    """The text with a bracket closed that was left open, and without a closing one that nothing opened."""
    text = text.strip(" ,;")
    missing = text.count("(") - text.count(")")
    while missing < 0 and text.endswith(")"):
        text, missing = text[:-1].rstrip(), missing + 1
    return text + ")" * max(0, missing)


def _person(text: str, lexicon: Lexicon) -> Entry:
    text = _balanced(text)
    if early := _early_legend(text, lexicon):
        rest, initials = early
        entry = _person(rest, lexicon)
        return replace(entry, text=text, initials=initials) if entry.name else entry
    if m := _TWICE.fullmatch(text):
        name, title = f"{m['family']} ({m['initial']})", (m["title"] or "").strip()
        if title and not lexicon.pattern(r"<<honorifics>>\.?").fullmatch(title):
            return Entry(text, rule="no name")
        return Entry(text, PersonName(text, title, "", name), rule="a surname, and an initial to tell it from another")
    for split, rule in _WAYS:
        if found := split(text, lexicon):
            name, what = found
            if split is _titled:
                return Entry(text, names.parse(name, lexicon.language), role=what, rule=rule)
            entry = Entry(text, names.parse(name, lexicon.language), rule=rule)
            if (m := _ROUND_LEGEND.fullmatch(f" ({what})")) and _is_legend(m["initials"], entry.name):  # type: ignore[arg-type]
                return replace(entry, initials=m["initials"])
            if (m := _LEGEND_FIRST.fullmatch(what)) and _is_legend(m["initials"], entry.name):  # type: ignore[arg-type]
                entry, what = replace(entry, initials=m["initials"]), m["what"]
            alone = split is _bracketed and re.search(r"\((?P<role>[^()]*)\)", text)
            chairs = bool(alone) and alone["role"].strip().casefold() in lexicon.set("roll_call.chair")  # type: ignore[index]
            return replace(entry, chair=chairs, **said.of(what, lexicon))  # type: ignore[arg-type]
    if names.looks_like_name(text.rstrip(" ."), lexicon.language):
        return Entry(text, names.parse(text.rstrip(" ."), lexicon.language), rule="name")
    return Entry(text, rule="no name")


_TWICE = re.compile(r"(?P<title>[^\W\d_]+\.?\s+)?(?P<family>[^\W\d_][\w'’-]+)\s+\((?P<initial>[A-Z])\.?\)")
""" "Collins (B)": one of two of a surname."""


def _leads(letters: str, rest: str, lexicon: Lexicon) -> bool:
    """Whether letters in front of a dash are the initials of the name behind it: "AL – Ann Lee, Guild"."""
    head = re.split(r"\s*[,(–—]\s*|\s-\s", rest)[0]
    return names.looks_like_name(head, lexicon.language) and names.could_be_initials(
        letters, names.parse(head, lexicon.language)
    )


def _is_legend(letters: str, name: PersonName) -> bool:
    """Whether letters in brackets are initials: of the name, or of a first name and a surname that is not given."""
    alone = " " not in name.full and letters.isupper() and len(letters) == 2 and letters[0] == name.full[:1].upper()
    return alone or names.could_be_initials(letters, name)


def _early_legend(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """(the entry without them, the initials) where they stand directly behind the name."""
    m = _EARLY_LEGEND.match(text)
    if not m or not names.looks_like_name(m["name"], lexicon.language):
        return None
    fits = m["square"] or names.could_be_initials(m["round"], names.parse(m["name"], lexicon.language))
    return (f"{m['name']}{m['rest']}", m["square"] or m["round"]) if fits else None


def _bracketed(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """ "Ann Lee (Director, Guild)"."""
    head, bracket, inside = text.partition("(")
    head = head.strip(" ,")
    if not bracket or not names.looks_like_name(head, lexicon.language, alone=True):
        return None
    depth = 1
    for i, c in enumerate(inside):
        depth += (c == "(") - (c == ")")
        if depth == 0:
            rest = inside[i + 1 :].strip(" ,;.–-")
            return head, ", ".join(filter(None, (inside[:i].strip(), rest)))
    return head, inside.strip()


def _separated(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """ "Ann Lee, Director", "Ann Lee – Guild"."""
    m = _SEPARATOR.search(text)
    if not m or not names.looks_like_name(text[: m.start()], lexicon.language):
        return None
    name, what = text[: m.start()], text[m.end() :]
    while (n := _SEPARATOR.search(what)) and names.is_post_nominal(what[: n.start()], lexicon.language):
        name, what = f"{name}, {what[: n.start()]}", what[n.end() :]
    return (f"{name}, {what}", "") if names.is_post_nominal(what, lexicon.language) else (name, what)


def _run_on(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """A name that runs into the role without a sign: it ends where a word of posts begins."""
    m = lexicon.pattern(r"\s(?=<<role_words>>(?:\W|$))").search(text)
    if m and names.looks_like_name(text[: m.start()], lexicon.language):
        return text[: m.start()], text[m.end() :]
    m = lexicon.pattern(
        r"\s(?=(?:The\s+)?<<organization_openings>>\s|The\s+[A-Z]|[A-Z&]{3,8}$|[A-Z][a-z]?[A-Z]+\w*$)"
    ).search(text)
    if m and names.is_post_nominal(text[m.end() :], lexicon.language):
        return None
    name = names.parse(text[: m.start()], lexicon.language) if m else None
    if m and text[: m.start()].split()[-1].islower():
        return None  # "Ann de FOX"
    if m and name and len(name.full.split()) > 1 and names.looks_like_name(text[: m.start()], lexicon.language):
        return text[: m.start()], text[m.end() :]
    return None


def _held(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """ "Director of Works (Mr. C. Fox)"."""
    m = re.fullmatch(r"(?P<what>[^()]+?)\s*\((?P<name>[^()]+)\)", text)
    if not m or not names.looks_like_name(m["name"], lexicon.language):
        return None
    if lexicon.pattern(r"<<honorifics>>\.?\s", re.I).match(m["what"]):
        return None
    titled = lexicon.pattern(r"<<honorifics>>\.?\s", re.I).match(m["name"])
    first = said.is_role(m["what"].split()[0], lexicon) or m["what"][0].islower()
    return (m["name"], m["what"]) if titled or (first and said.is_role(m["what"], lexicon)) else None


def _led_by_post(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """ "Deputy Mayor, Councillor D. Lee": the honorific says where the name begins."""
    m = lexicon.pattern(
        r"(?P<what>[^,:;()]+?)(?:\s*[,:–—]\s*|\s+-\s+)(?P<name><<honorifics>>\.?\s+[^,:;()]+?)\.?"
    ).fullmatch(text)
    if not m or not names.looks_like_name(m["name"], lexicon.language):
        return None
    return None if lexicon.pattern(r"<<honorifics>>\.?\s", re.I).match(m["what"]) else (m["name"], m["what"])


def _led(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """ "Secretary: Dee Moss", "Guild – Cy Fox", "Deputy Mayor, Councillor D. Lee": what is said stands in front."""
    for m in _SEPARATOR.finditer(text):
        name, what = text[m.end() :].strip(" ."), text[: m.start()].strip()
        if names.looks_like_name(name, lexicon.language) or (
            m.group().strip() == ":" and names.looks_like_name(name, lexicon.language, alone=True)
        ):
            return (name, what) if what else None
    return None


def _titled(text: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """ "Chairman Ann Lee", "County Councillor M Storey": a post in front of the name without a sign."""
    posts = rf"(?:the\s+)?(?:{lexicon.any_of('title_prefixes')}[\s-]+){{0,3}}"
    m = re.match(rf"(?P<what>{posts}{lexicon.any_of('titles')}\.?)\s+(?P<name>[^\W\d_a-z].*)$", text)
    if m and names.looks_like_name(m["name"].rstrip(" ."), lexicon.language, alone=True):
        return m["name"].rstrip(" ."), m["what"]
    return None


_WAYS = (
    (_held, "role (name)"),
    (_titled, "post name"),
    (_led_by_post, "role, name"),
    (_bracketed, "name (role)"),
    (_separated, "name, role"),
    (_run_on, "name role"),
    (_led, "role, name"),
)
"""The ways in which an entry says who and what, the first that fits."""

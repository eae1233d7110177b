"""The header: which body met, when and where; what stands before the roll call and the business."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from minutebook.diagnostics import ERROR, NOTE, WARNING
from minutebook.parse import dates
from minutebook.parse.draft import Draft

LONGEST = 12
"""Blocks in which a header stands where neither a roll call nor an item ends it."""
_LONGEST_TITLE = 120
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?!\w)")
_HOW = "give the date in front matter, as `date: YYYY-MM-DD`"
_EDGES = " \t,;:.–—-|*_"


def read(draft: Draft) -> Draft:
    """The draft with its header."""
    end = next((i for i, b in enumerate(draft.blocks) if b.part in ("roll_call", "item")), LONGEST)
    ahead = [i for i, b in enumerate(draft.blocks[:end]) if b.part == "body"]
    dated, date, impossible = _date(draft, ahead)
    found: dict[str, object] = {}
    parts: dict[int, tuple[str, str]] = {}
    if dated is not None:
        parts[dated] = ("header", "the meeting's date")
        found.update(_around(draft, dated))
    for i in ahead:
        for key, value in _labelled(draft, i):
            found.setdefault(key, value)
            parts.setdefault(i, ("header", f"label of the {key}"))
    status = ""
    for i in ahead:
        if said := _status(draft, i):
            status = status or said
            parts.setdefault(i, ("header", "how the minutes stand"))
    named = _titled(draft, [i for i in ahead if dated is None or i <= dated], parts)
    if named is not None:
        found["body"] = _body(draft, named)
        parts.setdefault(named, ("header", "the first line names the body"))
        for i in ahead:
            if draft.blocks[i].kind == "heading" and (dated is None or i < dated):
                parts.setdefault(i, ("header", "a line of the title"))
    if not status and any(n.revises for n in draft.minutes.notes):
        status = "corrected"
    draft, date = _settled(draft, dated, date, impossible)
    draft = draft.taken(parts).with_(date=date, status=status, **found)
    return _complain(draft, dated, impossible)


def _settled(draft: Draft, dated: int | None, date: dt.date | None, impossible: str) -> tuple[Draft, dt.date | None]:
    """The date of text and file name, with a word where the two differ or only one speaks."""
    named = _from_path(draft.document.path)
    overridden = "date" in draft.document.front_matter
    if date is None and not impossible:
        if named and draft.blocks and not overridden:
            said = f"The date, {named}, is the file name's; the text gives none."
            draft = draft.say("date-from-name", NOTE, 1, said)
        return draft, named
    if date and named and named != date and not overridden:
        line = draft.blocks[dated].ref.first_line if dated is not None else 1
        said = f"The text says {date}, and the file's name {named}; the text was believed."
        draft = draft.say("two-dates", WARNING, line, said, f"Correct one of the two, or {_HOW}.")
    return draft, date


def _titled(draft: Draft, ahead: list[int], parts: Mapping[int, tuple[str, str]]) -> int | None:
    """The first line that can name the body: not how the minutes stand, nor only that they are minutes."""
    for i in ahead:
        plain = draft.blocks[i].text.plain.strip()
        labelled = i in parts and parts[i][1].startswith("label")
        if len(plain) <= _LONGEST_TITLE and not plain.endswith(".") and not labelled and _body(draft, i):
            return i
    return None


def _date(draft: Draft, ahead: list[int]) -> tuple[int | None, dt.date | None, str]:
    """(block, date, the words of a date that cannot be): the line that says "meeting held on" first, else the first."""
    lexicon = draft.lexicon
    meeting = rf"(?:{lexicon.any_of('meeting_of')}\b.{{0,120}}?)?"
    held = re.compile(
        rf"\W*{meeting}\b{lexicon.any_of('held_on')}\b|\W*{lexicon.any_of('header_labels.date')}\s*:", re.I
    )
    another = re.compile(rf"\b{lexicon.any_of('another_meeting')}\b", re.I)
    for must in (held, re.compile("")):
        for i in ahead:
            plain = draft.blocks[i].text.plain
            m = must.match(plain)
            if m and not another.search(plain) and (found := next(dates.find(plain[m.start() :], lexicon), None)):
                words = plain[m.start() :][found.start : found.end]
                return i, found.date, "" if found.date else words
    return None, None, ""


def _around(draft: Draft, dated: int) -> dict[str, object]:
    """Times and place from the line that holds the date: "held on 3rd May 2021, 10:00-11:30, The Hall"."""
    plain = draft.blocks[dated].text.plain
    rest = plain[next(dates.find(plain, draft.lexicon)).end :]
    found: dict[str, object] = {}
    for start, end, first, second in dates.times(rest, draft.lexicon):
        found["start"], found["end"] = first, second
        rest = rest[end:] if rest[end:].strip(_EDGES) else rest[:start]
        break
    # A place stands behind a comma, a dash or "at"; what follows a date without a sign goes on with the sentence.
    sign = re.match(rf"\s*(?:[,;–—|(-]|{draft.lexicon.any_of('place_prepositions')}\s)", rest)
    place = re.sub(rf"^{draft.lexicon.any_of('place_prepositions')}\s+", "", rest.strip(_EDGES)).strip(_EDGES)
    states = any(_stands(draft, place, status) for status in ("draft", "approved"))
    if sign and place and len(place) < 200 and not place.endswith(".") and not states and not _CLOCK.match(place):
        found["place"] = place
    return found


def _labelled(draft: Draft, index: int) -> list[tuple[str, str]]:
    """Values behind labels: "Place: The Hall"."""
    out = []
    for key in ("place", "time"):
        label = rf"\s*{draft.lexicon.any_of(f'header_labels.{key}')}\s*:\s*(?P<value>\S.*)"
        if m := re.match(label, draft.blocks[index].text.plain, re.I | re.S):
            value = m["value"].strip()
            if key == "place":
                out.append(("place", value))
            else:
                for _, _, first, second in dates.times(value, draft.lexicon):
                    out += [("start", first), ("end", second)]
                    break
    return out


def _body(draft: Draft, index: int) -> str:
    """The body that a line of the title names; nothing where it names none."""
    plain = draft.blocks[index].text.plain.strip(_EDGES)
    if found := next(dates.find(plain, draft.lexicon), None):
        plain = plain[: found.start]
    words = draft.lexicon.any_of("meeting_of")
    article, draft_ = draft.lexicon.any_of("articles"), draft.lexicon.any_of("status.draft")
    before = rf"(?:{article}\s+)?(?:{draft_}\s+)?{words}\s*(?:of\s+(?:the\s+)?|[:–-]\s*)"
    said = re.match(rf"{before}(?P<body>\S.*)", plain, re.I)
    name = said["body"] if said else plain
    statuses = f"(?:{draft.lexicon.any_of('status.draft')}|{draft.lexicon.any_of('status.approved')})"
    tails = (
        rf"[\s,:(–—-]*\b{draft.lexicon.any_of('held_on')}$",
        rf"[\s,:(–—-]+{statuses}\)?$",
        rf"\s+(?:{words}|meeting)$",
    )
    for tail in tails:
        name = re.sub(tail, "", name.strip(_EDGES), flags=re.I)
    name = name.strip(_EDGES)
    nothing = re.fullmatch(rf"(?:{statuses}|{words}|meeting|\s)+", name, re.I)
    return "" if nothing else name


def _status(draft: Draft, index: int) -> str:
    """`draft` or `approved`, where a line says so by itself, at its end, or in front of "minutes"."""
    plain = draft.blocks[index].text.plain.strip(_EDGES)
    return next((status for status in ("draft", "approved") if _stands(draft, plain, status)), "")


def _stands(draft: Draft, plain: str, status: str) -> bool:
    words, minutes = draft.lexicon.any_of(f"status.{status}"), draft.lexicon.any_of("meeting_of")
    return bool(
        re.fullmatch(rf"[(\[]?{words}[)\]]?(?:\s+{minutes})?", plain, re.I)
        or re.match(rf"{words}\s+{minutes}\b", plain, re.I)
        or re.search(rf"(?:[,;:(\[–—]|\s-)\s*{words}(?:\s+{minutes})?[)\]]?$", plain, re.I)
        or re.search(rf"(?:^|[,;:(\[–—]|\s-)\s*{words}\s+(?:on\s+)?\d", plain, re.I)  # "approved on 5 May 2022"
    )


def _from_path(path: str) -> dt.date | None:
    """The date in a file's name: `2022-03-31.txt`, `20220331-board.md`."""
    for m in re.finditer(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)", PurePosixPath(path).name):
        try:
            return dt.date(*map(int, m.groups()))
        except ValueError:
            continue
    return None


def _complain(draft: Draft, dated: int | None, impossible: str) -> Draft:
    told = {d.severity for d in draft.minutes.diagnostics}
    overridden = "date" in draft.document.front_matter
    if impossible and not overridden:
        line = draft.blocks[dated].ref.first_line if dated is not None else 1
        said = f"“{impossible}” is a date that no calendar has."
        return draft.say("impossible-date", ERROR, line, said, f"Correct it here, or {_HOW}.")
    if draft.minutes.date is None and ERROR not in told and not overridden:
        said = "Nothing here says on which day the meeting was held."
        hint = f"Begin the file's name with the date (YYYY-MM-DD), or {_HOW}; or move the file, if it holds no minutes."
        return draft.say("no-date", ERROR, 1, said, hint)
    return draft

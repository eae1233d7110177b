"""The header: which body met, when and where; what stands before the roll call and the business."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import PurePosixPath

from minutebook.diagnostics import ERROR, NOTE, WARNING
from minutebook.parse import dates
from minutebook.parse.draft import Draft

_EDGES = " \t,;:.–—-|*_"


def read(draft: Draft) -> Draft:
    """The draft with its header."""
    end = next((i for i, b in enumerate(draft.blocks) if b.part in ("roll_call", "item")), len(draft.blocks))
    ahead = [i for i in range(end) if draft.blocks[i].part == "body"]
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
    titled = [
        i for i in ahead if i not in parts and (dated is None or i < dated) and len(draft.blocks[i].text.plain) <= 120
    ]
    if titled and not draft.blocks[titled[0]].text.plain.endswith("."):
        found["body"], parts[titled[0]] = _body(draft, titled[0]), ("header", "the first line names the body")
        for i in titled[1:]:
            if draft.blocks[i].kind == "heading":
                parts[i] = ("header", "a line of the title")
    status = _status(draft, [i for i in ahead if i in parts])
    if not status and any(n.revises for n in draft.minutes.notes):
        status = "corrected"
    named = _from_path(draft.document.path)
    settled = "date" in draft.document.front_matter
    if date is None and not impossible:
        date = named
        if date and draft.blocks and not settled:
            draft = draft.say("date-from-name", NOTE, 1, f"The date, {date}, is the file name's; the text gives none.")
    elif date and named and named != date and not settled:
        draft = draft.say(
            "two-dates",
            WARNING,
            draft.blocks[dated].ref.first_line if dated is not None else 1,
            f"The text says {date}, and the file's name {named}; the text was believed.",
            "Correct one of the two, or give the date in front matter: `date: 2022-03-31`.",
        )
    draft = draft.taken(parts).with_(date=date, status=status, **found)
    return _complain(draft, dated, impossible)


def _date(draft: Draft, ahead: list[int]) -> tuple[int | None, dt.date | None, str]:
    """(block, date, the words of a date that cannot be): a date that says "held on" first, else the first one."""
    held = re.compile(rf"{draft.lexicon.any_of('held_on')}|{draft.lexicon.any_of('header_labels.date')}\s*:", re.I)
    impossible = ""
    for must in (held, re.compile("")):
        for i in ahead:
            plain = draft.blocks[i].text.plain
            if m := must.search(plain):
                for f in dates.find(plain[m.start() :], draft.lexicon):
                    if f.date:
                        return i, f.date, ""
                    impossible = impossible or plain[m.start() :][f.start : f.end]
                    return i, None, impossible
    return None, None, impossible


def _around(draft: Draft, dated: int) -> dict[str, object]:
    """Times and place from the line that holds the date: "held on 3rd May 2021, 10:00-11:30, The Hall"."""
    plain = draft.blocks[dated].text.plain
    rest = plain[next(dates.find(plain, draft.lexicon)).end :]
    found: dict[str, object] = {}
    for start, end, first, second in dates.times(rest, draft.lexicon):
        found["start"], found["end"] = first, second
        rest = rest[end:] if rest[end:].strip(_EDGES) else rest[:start]
        break
    place = re.sub(r"^(?:at|in)\s+", "", rest.strip(_EDGES))
    if place and len(place) < 200 and not place.endswith("."):
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
    plain = draft.blocks[index].text.plain.strip(_EDGES)
    said = re.match(
        rf"(?:the\s+)?(?:draft\s+)?{draft.lexicon.any_of('meeting_of')}\s*(?:of\s+(?:the\s+)?|[:–-]\s*)(?P<body>\S.*)",
        plain,
        re.I,
    )
    name = said["body"] if said else plain
    statuses = f"(?:{draft.lexicon.any_of('status.draft')}|{draft.lexicon.any_of('status.approved')})"
    for tail in (rf"[\s,:(–—-]+{statuses}\)?$", rf"\s+(?:{draft.lexicon.any_of('meeting_of')}|meeting)$"):
        name = re.sub(tail, "", name.strip(_EDGES), flags=re.I)
    return name.strip(_EDGES)


def _status(draft: Draft, header: list[int]) -> str:
    text = " ".join(draft.blocks[i].text.plain for i in header)
    for status in ("draft", "approved"):
        if re.search(rf"(?<!\w){draft.lexicon.any_of(f'status.{status}')}(?!\w)", text, re.I):
            return status
    return ""


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
    if impossible and "date" not in draft.document.front_matter:
        line = draft.blocks[dated].ref.first_line if dated is not None else 1
        return draft.say(
            "impossible-date",
            ERROR,
            line,
            f"“{impossible}” is a date that no calendar has.",
            "Correct it here, or give the right one in front matter: `date: 2022-03-31`.",
        )
    if draft.minutes.date is None and ERROR not in told and "date" not in draft.document.front_matter:
        return draft.say(
            "no-date",
            ERROR,
            1,
            "Nothing here says on which day the meeting was held.",
            "Begin the file's name with the date (2022-03-31), or give it in front matter: `date: 2022-03-31`.",
        )
    return draft

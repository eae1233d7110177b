"""The header: which body met, when and where; what stands before the roll call and the business."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from minutebook.diagnostics import ERROR, NOTE, WARNING
from minutebook.parse import body, dates
from minutebook.parse.draft import Draft

_SHORT = 15
"""Words of a line that may be part of a header."""
LONGEST = 14
"""Blocks in which a header stands where neither a roll call nor an item ends it."""
_TITLE = 3
"""Blocks of a title."""
_TOP = 8
"""Blocks among which a date that can be read in one way only goes before another."""
_ANY = re.compile("")
_TWO_DIGITS = re.compile(r"\d{1,2}\D\d{1,2}\D\d{2}")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?!\w)")
_HOW = "give the date in front matter, as `date: YYYY-MM-DD`"
_EDGES = " \t,;:.–—-|*_"


def read(draft: Draft) -> Draft:
    """The draft with its header."""
    ends = (i for i, b in enumerate(draft.blocks) if b.part in ("roll_call", "item"))
    end = next(ends, LONGEST)
    ahead = [i for i, b in enumerate(draft.blocks[: max(end, 1)]) if b.part in ("body", "section") and i < end]
    lists = [i for i, b in enumerate(draft.blocks) if b.part == "roll_call"]
    first = next((i for i, b in enumerate(draft.blocks) if b.part == "item"), max(2 * LONGEST, *lists, 0) + 1)
    around = [i for i, b in enumerate(draft.blocks[: min(first, 60)]) if b.part in ("body", "roll_call", "section")]
    dated, date, impossible = _date(draft, [*ahead, *around])
    found: dict[str, object] = {}
    parts: dict[int, tuple[str, str]] = {}
    if dated is not None:
        parts[dated] = ("header", "the meeting's date")
        found.update(_around(draft, dated))
    for i in around:
        for key, value in _labelled(draft, i):
            found.setdefault(key, value)
            parts.setdefault(i, ("header", f"label of the {key}"))
    for key, said in _opened(draft):
        found.setdefault(key, said)
    for i in ahead[:8]:
        if "start" not in found and not _is_mail(draft.blocks[i].text.plain) and len(draft.blocks[i].text.plain) < 160:
            for _, _, begun, ended in dates.times(draft.blocks[i].text.plain, draft.lexicon):
                found |= {"start": begun, "end": ended} if ended else {"start": begun}
                parts.setdefault(i, ("header", "the meeting's time"))
                break
    status = ""
    for i in ahead:
        if stands := _status(draft, i):
            status = status or stands
            parts.setdefault(i, ("header", "how the minutes stand"))
    named = body.find(draft, [i for i in ahead if not parts.get(i, ("", ""))[1].startswith("label")], dated)
    if named:
        found["body"] = named.name
        if named.block is not None:
            parts.setdefault(named.block, ("header", "the line names the body"))
            for i in ahead:
                if draft.blocks[i].kind == "heading" and (dated is None or i <= max(dated, named.block)):
                    parts.setdefault(i, ("header", "a line of the title"))
    if not status and any(n.revises for n in draft.minutes.notes):
        status = "corrected"
    draft, date = _settled(draft, dated, date, impossible)
    parts = {i: p for i, p in parts.items() if draft.blocks[i].part in ("body", "section") and i < end}
    parts |= _among(draft, parts, first)
    draft = draft.taken(parts).with_(date=date, status=status, **found)
    return _complain(draft, dated, impossible)


def _among(draft: Draft, parts: Mapping[int, tuple[str, str]], first: int) -> dict[int, tuple[str, str]]:
    """Short lines that stand between those of the header and the lists of people: they go with them, in order."""
    taken = [i for i, b in enumerate(draft.blocks[:first]) if i in parts or b.part == "roll_call"]
    return {
        i: ("header", "stands among the lines of the header")
        for i in range(max(taken, default=0))
        if i not in parts
        and draft.blocks[i].part in ("body", "section", "signature")
        and len(draft.blocks[i].text.plain.split()) <= _SHORT
    }


# --- the date


def _date(draft: Draft, ahead: list[int]) -> tuple[int | None, dt.date | None, str]:
    """(block, date, the words of a date that cannot be): the line that says "meeting held on" first, else the first."""
    lexicon = draft.lexicon
    meeting = rf"(?:{lexicon.any_of('meeting_of')}\b.{{0,160}}?)?"
    held = re.compile(
        rf"\W*{meeting}\b{lexicon.any_of('held_on')}\b|\W*{lexicon.any_of('header_labels.date')}\s*:", re.I | re.S
    )
    another = lexicon.pattern(r"\b<<another_meeting>>\b", re.I)
    hint = _from_path(draft.document.path)
    lone: tuple[int, dates.Found] | None = None
    stamp = re.compile(r"[\s,T]*\d{1,2}:\d{2}:\d{2}")
    titled = lexicon.pattern(r"(?s:.{0,160})\b<<title_words>>\b", re.I)
    for must, loose in ((held, True), (titled, False), (_ANY, False), (_ANY, True)):
        for i in ahead:
            plain = draft.blocks[i].text.plain
            m = must.match(plain[:400])
            if not loose and (i > _TOP or len(plain.split()) > 25):
                continue
            if any(_is_mail(b.text.plain) for b in draft.blocks[max(0, i - 2) : i + 3]) and i < 6:
                continue
            if not m or _is_another(draft, i, another) or (must is not held and len(plain.split()) > 45):
                continue
            for found in dates.find(
                plain[m.start() : 400], lexicon, yearless=True, american=_american(plain, hint, lexicon)
            ):
                if stamp.match(plain[m.start() : 400], found.end) or _in_address(plain, m.start() + found.start):
                    continue  # of some system; part of an address
                if found.month:
                    fits = hint is None or must is held or (found.month, found.day) == (hint.month, hint.day)
                    lone = lone or ((i, found) if fits else None)  # of some other day, where the file's name has one
                    continue
                words = plain[m.start() : 400][found.start : found.end]
                if not loose and _TWO_DIGITS.fullmatch(words):
                    continue  # "03.09.11" may be read in three ways: a date that can be read in one goes first
                return i, found.date, "" if found.date else words
    if lone:
        i, found = lone
        if year := _year(draft, found):
            return i, dates.in_year(found, year), ""
    title = str(draft.document.front_matter.get("title") or "")
    for found in dates.find(title, lexicon):
        return None, found.date, ""
    return None, None, ""


def _is_another(draft: Draft, i: int, another: re.Pattern[str]) -> bool:
    """Whether a line speaks of another meeting; "Minutes of 5 May" as a line of the title speaks of this one."""
    text = draft.blocks[i].text
    m = another.search(text.plain[:200])
    titled = m and i < _TITLE and draft.lexicon.pattern(r"<<meeting_of>>\s", re.I).match(text.plain, m.start())
    return bool(m) and not (titled and any(p.offset == m.start() for p in text.pieces))  # type: ignore[union-attr]


def _in_address(plain: str, at: int) -> bool:
    """Whether a place in a text is within an address of the web."""
    before = re.split(r"\s", plain[:at])[-1]
    return "://" in before or before.startswith(("www.", "/"))


def _is_mail(plain: str) -> bool:
    """Whether a block is the head of a letter: its date is that of the sending."""
    return bool(re.match(r"(?:From|To|Subject|Sent|Cc|Von|An|Betreff|De|Objet|À):\s", plain))


def _american(plain: str, hint: dt.date | None, lexicon: object) -> bool:
    """Whether 3/4/2022 is the fourth of March: the file's name says so."""
    return hint is not None and any(
        int(m[1]) == hint.month and int(m[2]) == hint.day
        for m in re.finditer(r"(?<!\d)(\d{1,2})/(\d{1,2})/\d{2,4}", plain)
    )


def _year(draft: Draft, day: dates.Found) -> int | None:
    """The year of a day that is printed without: from the title, the file's name, or a year that stands near."""
    matter = draft.document.front_matter
    for text in (
        str(matter.get("title") or ""),
        str(matter.get("date") or ""),
        PurePosixPath(draft.document.path).name,
    ):
        for found in dates.find(text, draft.lexicon, yearless=True):
            if found.date:
                return found.date.year
        if m := re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text):
            return int(m.group())
    if date := _from_path(draft.document.path):
        return date.year
    for block in draft.blocks[:LONGEST]:
        if m := re.search(r"(?<![\d/.-])(?:19|20)\d{2}(?![\d/-])", block.text.plain):
            return int(m.group())
    for key in ("created", "published", "revised"):
        for found in dates.find(str(matter.get(key) or ""), draft.lexicon):
            if found.date:  # published in the weeks behind the meeting
                return found.date.year - ((found.date.month, found.date.day) < (day.month, day.day))
    return None


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


def _from_path(path: str) -> dt.date | None:
    """The date in a file's name: `2022-03-31.txt`, `20220331-board.md`."""
    name = re.sub(r"[\u2010-\u2015]", "-", PurePosixPath(path).name)
    for m in re.finditer(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)", name):
        try:
            return dt.date(*map(int, m.groups()))
        except ValueError:
            continue
    return None


# --- times and place


def _around(draft: Draft, dated: int) -> dict[str, object]:
    """Times and place from the line that holds the date: "held on 3rd May 2021, 10:00-11:30, The Hall"."""
    plain, lexicon = draft.blocks[dated].text.plain, draft.lexicon
    at = next(dates.find(plain, lexicon, yearless=True), None)
    found: dict[str, object] = {}
    if at is None:
        return found
    rest, before = plain[at.end :], plain[: at.start]
    for text in (rest, before):
        for start, end, first, second in dates.times(text, lexicon):
            found["start"] = first
            if second:
                found["end"] = second
            if text is rest:
                rest = rest[end:] if rest[end:].strip(_EDGES) else rest[:start]
            break
        if found:
            break
    # A place stands behind a comma, a dash or "at"; what follows a date without a sign goes on with the sentence.
    opens = f"(?:{lexicon.any_of('date_openings')}|{lexicon.any_of('weekdays')})"
    sign = lexicon.pattern(r"\s*(?:[,;–—|(-]|<<place_prepositions>>\s)").match(rest)
    place = _place(lexicon.pattern(r"^<<place_prepositions>>\s+", re.I).sub("", rest.strip(_EDGES)), draft)
    if sign and place:
        found["place"] = place
    elif m := re.search(
        rf"\b{lexicon.any_of('held_on')}\s+(?:{lexicon.any_of('place_prepositions')}\s+)?(?P<place>(?!{opens}\b).{{3,120}}?)(?=,?\s+(?:{opens})\b|,?\s*$)",
        before,
        re.I | re.S,
    ):
        found |= {"place": place} if (place := _place(m["place"], draft)) else {}
    return found


def _place(words: str, draft: Draft) -> str:
    words = " ".join(words.split()).strip(_EDGES)
    words = draft.lexicon.pattern(r"^(?:<<place_prepositions>>(?:\s+|$))+", re.I).sub("", words)
    states = any(_stands(draft, words, status) for status in ("draft", "approved"))
    fits = words and len(words) < 200 and not re.search(r"\.\s|[£$€]", words) and not states and not _CLOCK.match(words)
    return words if fits and len(words.split()) < 16 and (not words[0].islower() or _article(words, draft)) else ""


def _article(words: str, draft: Draft) -> bool:
    return words.split()[0] in draft.lexicon.set("articles")


def _labelled(draft: Draft, index: int) -> Iterator[tuple[str, str]]:
    """Values behind labels: "Place: The Hall"."""
    plain, lexicon = draft.blocks[index].text.plain, draft.lexicon
    starts = [0, *(p.offset for p in draft.blocks[index].text.pieces if p.offset)]
    lines = [plain[a:b] for a, b in zip(starts, [*starts[1:], len(plain)], strict=True)]
    if draft.blocks[index].kind == "row":
        lines = [re.sub(r":?\s+\|\s+", ": ", plain.strip(" |"), count=1)]
    labels_ = "|".join(lexicon.any_of(f"header_labels.{k}") for k in ("date", "place", "time", "start", "end"))
    several = re.compile(rf"(?:\s{{2,}}|[,;|]\s+)(?=(?:{labels_})\s*:)", re.I)
    lines = [part for line in lines for part in several.split(line)]
    for line in lines:
        for key in ("place", "time", "start", "end"):
            label = rf"[\W_]*{lexicon.any_of(f'header_labels.{key}')}(?:\s*(?::|\s[–—-])\s*|\s+(?=\d))(?P<value>\S.*)"
            if not (m := re.match(label, line, re.I | re.S)):
                continue
            value = m["value"].strip()
            if key == "place":
                yield "place", value
                break
            for _, _, first, second in dates.times(value, lexicon):
                yield ("end" if key == "end" else "start"), first
                if second:
                    yield "end", second
                break
            break


def _opened(draft: Draft) -> Iterator[tuple[str, str]]:
    """Times that sentences give: "called to order at 7:04 p.m.", "The meeting closed at 21.15"."""
    for key in ("start", "end"):
        said = re.compile(rf"(?<![\w-]){draft.lexicon.any_of(f'time_said.{key}')}\b", re.I)
        blocks = draft.blocks if key == "start" else reversed(draft.blocks)
        for block in blocks:
            m = said.search(block.text.plain)
            if not m:
                continue
            tail = block.text.plain[m.start() : m.end() + (60 if m.group().endswith(("at", "by", "order")) else 25)]
            tail = tail if m.group().endswith(("at", ":")) else re.split(r"(?<=\w{3})\.\s", tail)[0]
            if t := next(dates.times(tail, draft.lexicon), None):
                yield key, t[2]
                break


# --- how the minutes stand


def _status(draft: Draft, index: int) -> str:
    """`draft` or `approved`, where a line says so by itself, at its end, or in front of "minutes"."""
    plain = draft.blocks[index].text.plain.strip(_EDGES)
    if len(plain) > 300:
        return ""
    return next((status for status in ("draft", "approved") if _stands(draft, plain, status)), "")


def _stands(draft: Draft, plain: str, status: str) -> bool:
    words, minutes = draft.lexicon.any_of(f"status.{status}"), draft.lexicon.any_of("meeting_of")
    return bool(
        re.fullmatch(rf"[(\[]?{words}[)\]]?(?:\s+{minutes})?", plain, re.I)
        or re.match(rf"(?:status\s*:\s*)?{words}\s+{minutes}\b", plain, re.I)
        or re.search(rf"(?:[,;:(\[–—]|\s-)\s*{words}(?:\s+{minutes})?[)\]]?$", plain, re.I)
        or re.search(rf"(?:^|[,;:(\[–—]|\s-)\s*{words}\s+(?:on\s+)?\d", plain, re.I)  # "approved on 5 May 2022"
    )


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

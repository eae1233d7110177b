"""What sentences say of the roll call: "Apologies were received from Ann Lee", "Bo Ray took the chair"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from minutebook import names, sentences
from minutebook.lexicon import Lexicon
from minutebook.model import Attendance, Block, SourceRef
from minutebook.parse import entries, entry, headings, labels, said
from minutebook.parse.draft import Draft

_TITLE = 7
"""Words of a title that stands directly above its text."""
_LABEL = 80
"""Characters of a label in front of "were"."""
_FIRST = 60
"""Blocks in which a sentence may say who was there and who was in the chair."""


def sentence(text: str, line: int, block: Block, label: labels.Label, lexicon: Lexicon) -> list[Attendance]:
    """Whom a sentence of the roll call says to have been there, or not."""
    ref = SourceRef(block.ref.path, line, line)
    return [a for status, name in _said(text, lexicon) for a in _people(name, status, label.words, ref, lexicon)]


def stated(draft: Draft, parts: Mapping[int, tuple[str, str]], known: list[Attendance]) -> Iterator[Attendance]:
    """Whom sentences outside the lists say to have been absent: those of the first blocks, and below "Apologies"."""
    for i, block in enumerate(draft.blocks[:_FIRST]):
        if i in parts or block.part != "body" or block.kind not in ("paragraph", "bullet", "numbered"):
            continue
        for status, words in _said(block.text.plain, draft.lexicon):
            told = words in block.text.plain and not block.text.plain.startswith(words)
            if status in ("apologies", "absent") or (status in ("present", "in_attendance") and told):
                yield from _people(words, status, _heading(status, draft.lexicon), block.ref, draft.lexicon)


def _heading(status: str, lexicon: Lexicon) -> str:
    """What a list of those would be headed with, where a sentence stands for the list."""
    return next((w.capitalize() for w, meant in lexicon.roll_call.items() if meant == status), "")


def _said(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """(status, the words that name people) of what a text says of attendance."""
    if not re.search(lexicon.any_of("presence_words"), text, re.I):
        return
    for one in sentences.split(text, lexicon):
        # "Board members present were Ann Lee and Bo Ray": what stands in front of the verb is a label.
        if (m := lexicon.pattern(r"\s<<was_words>>:?\s+(?=\S)").search(one[:_LABEL])) and (
            (label := labels.of(one[: m.start()], lexicon)) and label.status in ("present", "in_attendance")
        ):
            yield label.status, one[m.end() :]
            continue
        m = lexicon.pattern(r"\b<<apology_words>>\b[^:.]{0,90}?\s<<from>>[\s:]+", re.I).search(one)
        if m and not lexicon.pattern(r"\b<<negations>>\b", re.I).search(one[: m.end()]):
            yield "apologies", one[m.end() :]
            continue
        for status in ("apologies", "absent", "present"):
            m = re.search(rf"\s(?:{lexicon.any_of(f'said_of.{status}')})\b", one, re.I)
            if m and m.start() < 160:
                yield status, one[: m.start()]
                break


def _people(words: str, status: str, group: str, ref: SourceRef, lexicon: Lexicon) -> Iterator[Attendance]:
    """The people that words name; nobody where anything else stands among them."""
    found = []
    for part in entries.split(words, lexicon):
        text = f"{part.honorific} {part.text}".strip() if part.honorific else part.text
        listed, _, _ = entry.read(lexicon.pattern(r"^<<articles>>\s+", re.I).sub("", text), lexicon)
        if listed.name is None and entries.is_name(text.strip(" ."), lexicon):
            listed = replace(listed, name=names.parse(text.strip(" ."), lexicon.language), rule="a name of one word")
        found.append((listed, part.text))
    if not any(x.name for x, _ in found) or sum(not x.name for x, _ in found) > len(found) // 2:
        return
    for listed, text in found:
        if listed.name:
            why = listed.role.islower() and not said.is_role(listed.role, lexicon)  # "(holiday)" is why, and not who
            yield Attendance(
                text,
                status,
                group,
                ref,
                listed.name,
                role="" if why else listed.role,
                organization=listed.organization,
                acronym=listed.acronym,
                initials=listed.initials,
                rule="a sentence says so",
            )


# --- who was in the chair


def is_chair(role: str, lexicon: Lexicon) -> bool:
    """Whether a role says that somebody chairs this meeting."""
    words = [w for w in re.split(r"[^\w'’-]+", role.casefold()) if w]
    *before, last = words or [""]
    chairs = lexicon.set("roll_call.chair")
    if last in chairs and all(w in lexicon.set("acting") for w in before):
        return True
    if lexicon.pattern(r"<<chair_nouns>>\s+(?:<<role_joins>>)\s.*\b<<item_words>>", re.I).match(role):
        return True  # "Chair for items 1 and 2"
    return any(p.strip() in chairs for p in re.split(r"[,/&;]|\sand\s", role.casefold()))


def with_chair(draft: Draft) -> Draft:
    """The draft with who chaired: marked in the roll call, else said in a sentence, else known by their post."""
    attendance = draft.minutes.attendance
    if not any(a.chair for a in attendance):
        attendance = _marked(draft, attendance)
    chairs = tuple(a.name.full for a in attendance if a.chair and a.name)
    return draft.with_(attendance=attendance, chair=chairs)


def _marked(draft: Draft, attendance: tuple[Attendance, ...]) -> tuple[Attendance, ...]:
    for i, words in _in_the_chair(draft):
        held = [a for a in attendance if a.role and a.role.casefold() == re.sub(r"^the\s+", "", words.casefold())]
        if len(held) == 1 and held[0].status == "present":  # "Captain in the chair"
            return tuple(replace(a, chair=a is held[0]) for a in attendance)
        found = list(_people(words, "present", "", draft.blocks[i].ref, draft.lexicon))
        if not found:
            continue
        out = list(attendance)
        for one in found:
            at = _same(one, out)
            if at is None:
                out.append(
                    replace(
                        one,
                        chair=True,
                        group=_heading("chair", draft.lexicon),
                        rule="a sentence says who was in the chair",
                    )
                )
            else:
                out[at] = replace(out[at], chair=True)
        return tuple(out)
    posts = draft.lexicon.set("presiding_posts")
    heads = [k for k, a in enumerate(attendance) if a.status == "present" and a.role.casefold() in posts]
    return tuple(replace(a, chair=k in heads[:1]) for k, a in enumerate(attendance))


def _in_the_chair(draft: Draft) -> Iterator[tuple[int, str]]:
    """(block, the words that name whoever took the chair)."""
    lexicon = draft.lexicon
    by = lexicon.pattern(r"\b<<chaired_by>>\s+", re.I)
    verbs = lexicon.pattern(r"(?:\s|^)<<chaired>>(?!\w)", re.I)
    order = lexicon.pattern(r"\b<<order_called>>\b.{0,60}?\s<<by_words>>\s+", re.I | re.S)
    for i, block in enumerate(draft.blocks[:_FIRST]):
        if block.kind in ("heading", "code", "break"):
            continue
        plain = _without_title(block)
        if m := order.search(plain[:400]):
            yield i, _leading_name(plain[m.end() : m.end() + 90], lexicon)
            continue
        for one in sentences.split(plain, lexicon):
            if m := by.search(one):
                yield i, re.split(r"\s+(?:at|on|in)\s+|,?\s+who\s|\s*\(", one[m.end() :])[0]
            elif m := verbs.search(one):
                yield i, _ending_name(one[: m.start()], lexicon) or one[: m.start()].strip(" ,")


def _without_title(block: Block) -> str:
    """The text of a block without a title that stands directly above it: "I. Call to order", and what was done."""
    plain, starts = block.text.plain, [p.offset for p in block.text.pieces]
    if len(starts) < 2:
        return plain
    first = re.sub(r"^\W*\w{1,4}[.)]\s+", "", plain[: starts[1]])  # its number
    if len(first.split()) < _TITLE and headings.is_title(first) and plain[starts[1]].isupper():
        return plain[starts[1] :]
    return plain


def _leading_name(text: str, lexicon: Lexicon) -> str:
    """The longest name at the beginning of a text: "Mayor Ann Lee in the Hall" -> "Mayor Ann Lee"."""
    words = re.split(r"[,;(]|\.\s", text)[0].split()
    found = [head for n in range(1, min(8, len(words)) + 1) if _names_one(head := " ".join(words[:n]), lexicon)]
    if found or not words:
        return found[-1] if found else ""
    # "Coordinator in Chief Ann Lee": a post of words that no lexicon knows.
    capital = next(
        (k for k, w in enumerate(words) if w[:1].islower() and w not in lexicon.set("small_words")), len(words)
    )
    tails = [" ".join(words[k:capital]) for k in range(1, min(5, capital))]
    return next((t for t in tails if len(t.split()) == 2 and _names_one(t, lexicon)), "")


def _ending_name(text: str, lexicon: Lexicon) -> str:
    """The longest name at the end of a text: "Received to Ann Lee" -> "Ann Lee"; what a comma adds is passed over."""
    for cut in (text.rstrip(" ,"), re.sub(r",\s*(?:\w+\s+){0,3}\w+,?\s*$", "", text)):
        words = cut.split()
        found = [tail for n in range(1, min(7, len(words)) + 1) if _names_one(tail := " ".join(words[-n:]), lexicon)]
        if found:
            return found[-1]
    return ""


def _names_one(words: str, lexicon: Lexicon) -> bool:
    if not words.rstrip(".")[-1:].isalpha() or "," in words:
        return False
    return entries.is_name(words, lexicon) or entries.begins_entry(words, lexicon)


def _same(one: Attendance, others: list[Attendance]) -> int | None:
    """Index of the only entry that can be the person: the same name, the only one of that surname, or first name."""
    assert one.name
    key, initial = names.key(one.name.full), names.key(one.name.given)[:1]
    alone = not one.name.given or not one.name.family
    family = names.key(one.name.family or one.name.given)
    forms = [(k, a.name, names.key(a.name.full)) for k, a in enumerate(others) if a.name]
    whole = [k for k, _, form in forms if form == key]
    surname = [
        k
        for k, name, form in forms
        if f" {form}".endswith(f" {family}")
        and (alone or not (name.given and name.family) or names.key(name.given)[:1] == initial)
    ]
    first = [k for k, _, form in forms if alone and form.split()[:1] == [key]]
    for found in (whole, surname, first):
        if len(found) == 1:
            return found[0]
        if found:
            here = [k for k in found if others[k].status == "present"]
            return here[0] if len(here) == 1 else None
    return None

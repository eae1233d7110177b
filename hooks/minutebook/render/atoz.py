"""The pages of a list from A to Z: one, or a first page and those of its letters (`alphabet` says which)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, TypeVar

from minutebook.model import ONE_PAGE, Archive, Settings
from minutebook.render import alphabet
from minutebook.render.alphabet import LETTERS, Named, Part
from minutebook.render.page import Sheet, Step, count, write

FIRST = 25
"""Names that the first page of a long list shows, as those that matter most."""
FEW = 25
"""Names below which a page needs no way to its letters."""

T = TypeVar("T")


@dataclass(frozen=True)
class Group(Generic[T]):
    """A letter, with what stands under it."""

    name: str
    slug: str
    rows: Sequence[T]


@dataclass(frozen=True)
class Place(Generic[T]):
    """What a page of a list from A to Z is, and how to go on from it."""

    letters: Sequence[Step]
    """All letters."""
    groups: Sequence[Group[T]] = ()
    """Of a list on one page."""
    first: Sequence[T] = ()
    """Of the first page of a long list: those that matter most."""
    why: str = ""
    """As what they do."""
    part: Part[T] | None = None
    """Of a page of a letter."""
    parts: Sequence[Step] = ()
    """Those of its letter, where there are several."""
    before: Part[T] | None = None
    after: Part[T] | None = None


def pages(
    archive: Archive,
    settings: Settings,
    kind: str,
    title: str,
    named: Iterable[Named[T]],
    /,
    *,
    description: str,
    nouns: tuple[str, str],
    tab: str = "",
    first: Sequence[T] = (),
    why: str = "",
    long: bool | None = None,
    **values: object,
) -> list[Sheet]:
    """The pages of a list that stands at `kind`: one, or the first and those of the letters.

    `nouns` is what one of its names is called, and several; `first` are the names that matter most, and `why` says as
    what they do. `long` says whether it takes several pages, where the number of its names does not. The template
    `kind` gets `place` and `values`.
    """
    rows = alphabet.in_order(named)
    base = f"{kind}/"
    shared: dict[str, Any] = {"tab": tab or base, "portable": settings.portable, "total": len(rows), **values}

    def page(address: str, title: str, description: str, place: Place[T], **more: Any) -> Sheet:
        return write(archive, kind, address, title, description=description, place=place, **shared, **more)

    if not (len(rows) > ONE_PAGE if long is None else long):
        return [page(base, title, description, Place(_within(base, rows), _groups(rows)))]
    parts = alphabet.parts(base, rows)
    siblings = {name: list(run) for name, run in groupby(parts, key=lambda p: p.letter)}
    out = [page(base, title, description, Place(_letters(siblings), first=first[:FIRST], why=why))]
    for i, part in enumerate(parts):
        of = siblings[part.letter]
        place = Place(
            _letters(siblings, part),
            part=part,
            parts=[Step(p.span, p.address, here=p is part) for p in of] if len(of) > 1 else (),
            before=parts[i - 1] if i else None,
            after=parts[i + 1] if i + 1 < len(parts) else None,
        )
        which = f", part {part.number}" if part.number > 1 else ""
        up = ((part.letter, of[0].address),) if part.number > 1 else ()
        told = f"{title} from A to Z: {count(len(part.rows), *nouns)} under {part.span}."
        out.append(page(part.address, f"{title}: {part.letter}{which}", told, place, trail=((title, base), *up)))
    return out


def _groups(rows: Sequence[Named[T]]) -> list[Group[T]]:
    """The rows by letter."""
    found = groupby(rows, key=lambda n: n.letter)
    return [Group(letter, LETTERS[letter], [n.row for n in run]) for letter, run in found]


def _within(base: str, rows: Sequence[Named[T]]) -> list[Step]:
    """All letters, as places on one page; nothing where that is short, or has only one."""
    used = {n.letter for n in rows}
    if len(rows) < FEW or len(used) < 2:
        return []
    return [Step(x, base if x in used else "", f"letter-{slug}") for x, slug in _shown(used)]


def _letters(siblings: Mapping[str, Sequence[Part[T]]], here: Part[T] | None = None) -> list[Step]:
    """All letters, as pages; from the first page, with how much stands under each."""
    steps = []
    for letter, slug in _shown(siblings):
        of = siblings.get(letter)
        if not of:
            steps.append(Step(letter))
        elif here:
            steps.append(Step(letter, of[0].address, here=of[0] is here, within=letter == here.letter))
        else:
            number = sum(len(p.rows) for p in of)
            steps.append(Step(letter, of[0].address, number=number, name=f"letter-{slug}"))
    return steps


def _shown(used: Container[str]) -> list[tuple[str, str]]:
    """Every letter, and what is none where something stands under it."""
    return [(name, slug) for name, slug in LETTERS.items() if len(name) == 1 or name in used]

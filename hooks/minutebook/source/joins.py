"""What the end of a line or of a page has cut: sentences and words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from minutebook.model import Change, Line, Piece, SourceRef
from minutebook.source import pages
from minutebook.source.characters import SOFT
from minutebook.source.lines import LIST, is_plain, merged

_SHORTEST_CUT = 40
"""Characters: a shorter line without a full stop is a heading, not the first half of a sentence."""
_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’][^\W\d_]+)*")
_CUT_WORD = re.compile(r"(?P<head>[^\W\d_]+(?:['’][^\W\d_]+)*)(?P<hyphen>[-‐\u00ad])$")
_REST = re.compile(r"\s*(?P<rest>[^\W\d_]+(?:[-‐'’][^\W\d_]+)*)(?P<signs>[^\w\s]*)(?P<space>\s*)")
_LONGEST = 80
"""Characters of a word, and of what is looked at for it."""
_AND = frozenset(["and", "or", "to", "und", "oder", "bis", "et", "ou", "y", "o", "a", "ac", "neu", "nor"])
"""Behind “short-” these begin no second half: “short- and long-term”."""


def sentences(lines: list[Line], ended: Collection[int], path: str, changes: list[Change]) -> list[Line]:
    """Put sentences together that a page break has cut: no full stop, a gap, and a line that begins in lower case.

    Before the lines whose numbers are in `ended` a page ends for certain, and the second may begin with a capital.
    """
    out: list[Line] = []
    parts: list[Line] = []
    gap: list[Line] = []
    for line in lines:
        if not line.text.strip():
            gap.append(line)
            continue
        before = parts[-1] if parts else None
        cut = before is not None and bool(gap) and _is_cut(before.text, line.text)
        if before is not None and line.pieces[0].line in ended:
            cut = cut or pages.is_cut(before.text, line.text)
        if before is not None and cut:
            words = f"… {' '.join(before.text.split()[-3:])} / {' '.join(line.text.split()[:3])} …"
            changes.append(Change("joined", words, SourceRef(path, before.pieces[-1].line, line.pieces[0].line)))
        elif parts:
            out += [merged(parts), *gap]
            parts = []
        else:
            out += gap
        parts.append(line)
        gap = []
    return [*out, *([merged(parts)] if parts else []), *gap]


def _is_cut(before: str, after: str) -> bool:
    end = before.rstrip().rstrip("*_")
    return (
        len(end) >= _SHORTEST_CUT
        and (end[-1].isalnum() or end[-1] in ",-–" + SOFT)
        and after[:1].islower()
        and not LIST.match(after)
        and "|" not in before
        and not before.lstrip().startswith("#")
    )


def words(lines: list[Line], path: str, changes: list[Change]) -> list[Line]:
    """Put words together that a hyphen at the end of a line has cut.

    The hyphen goes if the whole word stands elsewhere in the document and the hyphenated one does not, or if it is a
    soft one; else it stays, and only the space goes.
    """
    if not any(_CUT_WORD.search(part[-_LONGEST:]) for line in lines for part in line.text.split("\n")):
        return [_without_soft(line) for line in lines]
    known = {w.casefold() for line in lines for w in _WORD.findall(line.text)}
    out: list[Line] = []
    parts: list[Line] = []
    for line in lines:
        if parts and _is_cut_word(parts[-1].text, line.text) and is_plain(line.text) and _goes_on(parts[-1].text):
            parts.append(line)
            continue
        out += [merged(parts)] if parts else []
        parts = [line]
    out += [merged(parts)] if parts else []
    return [_without_soft(_mended(line, known, path, changes)) for line in out]


def _goes_on(text: str) -> bool:
    return not text.lstrip().startswith(("#", "|"))


def _is_cut_word(before: str, after: str) -> bool:
    """Whether a word ends in one line and goes on in the next."""
    if not (head := _CUT_WORD.search(before[-_LONGEST:])) or not (rest := _REST.match(after[:_LONGEST])):
        return False
    return rest["rest"][0].islower() and (head["hyphen"] == SOFT or rest["rest"].casefold() not in _AND)


def _mended(line: Line, known: Collection[str], path: str, changes: list[Change]) -> Line:
    """A logical line with the words put together that its line ends have cut."""
    printed = line.text.split("\n")
    if len(printed) == 1 or len(printed) != len(line.pieces):
        return line
    out: list[tuple[int, list[str]]] = []
    tail = ""  # of what stands before, as much as a word can have
    for piece, text in zip(line.pieces, printed, strict=True):
        if not out or not _is_cut_word(tail, text):
            out.append((piece.line, [text]))
            tail = text[-_LONGEST:]
            continue
        head, rest = _CUT_WORD.search(tail), _REST.match(text)
        assert head and rest
        whole, cut = head["head"] + rest["rest"], f"{head['head']}-{rest['rest']}"
        goes = head["hyphen"] == SOFT or (whole.casefold() in known and cut.casefold() not in known)
        number, parts = out[-1]
        parts[-1] = parts[-1][:-1]
        parts += ["" if goes else "-", rest["rest"] + rest["signs"]]
        tail = (tail[:-1] + "".join(parts[-2:]))[-_LONGEST:]
        changes.append(Change("unhyphenated", f"{head['head']}- / {rest['rest']}", SourceRef(path, number, piece.line)))
        if left := text[rest.end() :]:
            out.append((piece.line, [left]))
            tail = left[-_LONGEST:]
    return _line((number, "".join(parts)) for number, parts in out)


def _line(printed: Iterable[tuple[int, str]]) -> Line:
    pieces, at, texts = [], 0, []
    for number, text in printed:
        pieces.append(Piece(at, number))
        texts.append(text)
        at += len(text) + 1
    return Line("\n".join(texts), tuple(pieces))


def _without_soft(line: Line) -> Line:
    """A line without soft hyphens that cut no word."""
    if SOFT not in line.text:
        return line
    numbers = [p.line for p in line.pieces]
    return _line(zip(numbers, (text.rstrip(SOFT) for text in line.text.split("\n")), strict=False))

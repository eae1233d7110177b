"""Characters that are not what they seem: those that cannot be seen, and white space in its many kinds."""

from __future__ import annotations

import re

from minutebook.model import Change, SourceRef

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff]")
# Zero-width space, word joiner, byte-order mark, marks and overrides of writing direction. The joiners between the
# letters of some scripts (U+200C, U+200D) stay. Unicode 15, chapter 23, "Special Areas and Format Characters".
_INVISIBLE = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[\x0b\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
"""Spaces that do not break, are of another width, or are line ends of word processors within a paragraph."""
SOFT = "\u00ad"
"""A hyphen that is printed only at the end of a line."""
_ALIGNED = re.compile(r"(?<=\S) {4,}+(?=\S)")


def printable(raw: str, ref: SourceRef, changes: list[Change]) -> str:
    """The line without what cannot be seen; control characters are noted. A soft hyphen stays at the end of a line."""
    if raw.isascii() and raw.isprintable():
        return _spaced(raw)
    text, n = _CONTROL.subn("", raw.replace("\t", "    "))
    if n:
        changes.append(Change("unprintable", f"{n} control character{'s' if n > 1 else ''}", ref))
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text))
    if SOFT in text:
        cut = text.rstrip().endswith(SOFT)
        text = text.replace(SOFT, "")
        text = text.rstrip() + SOFT if cut else text
    return _spaced(text)


def _spaced(text: str) -> str:
    """The line with little of the space that put words below one another; in the row of a table that is its layout.

    What is left still tells that words stood in columns, and costs whoever reads on no more than a few characters.
    """
    return _ALIGNED.sub("   ", text) if "    " in text and "|" not in text else text

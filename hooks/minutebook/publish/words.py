"""Words as browsers look for them: folded, in order, and written so that many of them are short.

Words are folded alike here and in the browser (`assets/javascripts/listing/words.js`): compatibility forms taken apart
(Unicode's NFKD), marks dropped, small letters, and the few letters of `FOLD`, which Unicode does not take apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

FOLD = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ς": "σ"}
"""What stands in place of letters that have no simpler form; in the manifests too, so that browsers do the same."""
_LETTERS = str.maketrans(FOLD)
_WORD = re.compile(r"[^\W_]+")
_SHARED = "0123456789abcdefghijklmnopqrstuvwxyz"


def fold(text: str) -> str:
    """A text as it is compared: "L'Été, straße" -> "l'ete, strasse"."""
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M")
    return plain.lower().translate(_LETTERS)


def folded(text: str) -> list[str]:
    """The folded words of a text: "L'Été à 10:30" -> ["l", "ete", "a", "10", "30"]."""
    return _WORD.findall(fold(text))


def in_browsers_order(word: str) -> bytes:
    """To sort words by as scripts compare them: by UTF-16."""
    return word.encode("utf-16-be")


def coded(word: str, before: str) -> str:
    """A word as it stands in a file behind another one: how many letters it shares with that (base 36), and the rest.

    So no word stands there alone: that of a name which is kept beside one that is removed would read as the latter,
    and words can be looked through where they stand together, in the minutes.
    """
    shared = 0
    for a, b in zip(word, before[: len(_SHARED) - 1], strict=False):
        if a != b or a > "\uffff":  # which browsers count as two
            break
        shared += 1
    return _SHARED[shared] + word[shared:]


def decoded_words(page: Iterable[object]) -> Iterator[str]:
    """The words of a file, of what `coded` made of each."""
    before = ""
    for sign in page:
        assert isinstance(sign, str)
        before = before[: _SHARED.index(sign[0])] + sign[1:]
        yield before


def steps(rows: Sequence[int]) -> list[int]:
    """Ascending numbers as the steps from one to the next, the first from -1."""
    return [b - a for a, b in zip([-1, *rows], rows, strict=False)]

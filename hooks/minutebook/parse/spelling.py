"""Whether the words in front of an acronym spell it, and where they begin.

The idea of looking for the shortest run of words beside a bracket that holds the acronym's letters in order, and the
bound on its length, are those of A. S. Schwartz and M. A. Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (Pacific Symposium on Biocomputing, 2003). The rule here is stricter. There, a letter
may stand anywhere in the words; here every word gives its first letter, so that no word of the meaning is left over:

- the first word begins with the first letter, and the words give the letters in order, all of them;
- a small word ("of", "und", "de") and what follows a hyphen may give their first letter, or be passed over;
- a word in capitals may give two or three letters of its beginning ("ATtendance"), if the first word has a capital;
- a long word may give letters from where its parts can begin ("ArbeitsGruppe", "HyperText"); one word alone must;
- a number gives all its digits, and a digit may count the letter in front of it ("World Wide Web", "W3");
- "&" is "&", or a small word in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from minutebook import names

TERM = r"(?=[^\W_]{0,10}[A-ZÀ-ÖØ-Þ0-9&])[A-ZÀ-ÖØ-Þ](?:[^\W_]|&(?=[^\W_])|-(?=[A-Z0-9])){0,11}[^\W_]"
"""How an acronym is written: "LAs", "DfP", "R&D", "KS4"; `is_term` asks the rest."""
WINDOW = 240
"""Characters in front of an acronym in which its words must stand."""
_COMPOUND, _PART = 8, 3
"""Letters: of a word that may be made of several, and of the least of its parts."""
_TOKEN = re.compile(r"[^\W\d_]{1,2}['’](?=[^\W\d_]{3})|[^\W_](?:[\w'’]|-(?=\w))*|[&+]")
_SOFT = re.compile(r"\s+|\s*[/–-]\s*|,\s+|\s*\x00[\s\x00]*|\.\s")
"""What may stand between two words of a meaning; \\x00 is in place of brackets that are closed again."""


def is_term(text: str) -> bool:
    """Whether a word is written as an acronym: two capitals, or a capital and a digit or sign."""
    return bool(re.fullmatch(TERM, text)) and sum(c.isupper() or c.isdigit() or c == "&" for c in text) > 1


@dataclass(frozen=True)
class Found:
    """The words that spell an acronym."""

    start: int
    end: int
    text: str
    in_front: str
    """The word in front of them, if nothing but a space stands between."""
    opens: bool
    """Whether that word begins its sentence."""


def meaning(term: str, before: str, small: frozenset[str], *, proper: bool = False) -> Found | None:
    """What the end of a text spells of an acronym, the shortest run of words that does; None where it spells nothing.

    `small` are the words that count only if their letter is wanted. With `proper`, all others must have a capital. One
    word in lower case may stand between the meaning and the acronym ("... Office official (TPMO)"), and so may one that
    closes a bracket within the meaning.
    """
    flat = _without_brackets(before)
    words = _last_words(flat, min(len(term) + 5, 2 * len(term)) + 1)
    for skip in (0, 1):
        tail = words[: len(words) - skip]
        if skip and not (len(words) > 1 and (words[-1].group().islower() or "\x00" in flat[words[-1].end() :])):
            break
        end = (words[-1] if skip and not words[-1].group().islower() else tail[-1]).end() if tail else 0
        for first in range(len(tail) - 1, -1, -1):
            run = [w.group() for w in tail[first:]]
            if skip and run[0].islower():
                continue
            if spells(run, term, small, proper=proper):
                return _found(before, flat, tail[first].start(), end)
    return None


def behind(term: str, text: str, small: frozenset[str], *, whole: bool) -> str:
    """What the beginning of a text (or the `whole` text) spells of the acronym in front of it; else nothing.

    Words that cannot begin a meaning ("the") are passed over. A run that goes on in capitals ("HT/Harbour Trust Board")
    is cut out of a longer name, and is none.
    """
    flat = _without_brackets(text)
    words = list(_TOKEN.finditer(flat))
    first = next((i for i, w in enumerate(words) if w.group().rstrip("'’").casefold() not in small), len(words))
    run: list[str] = []
    for i, w in enumerate(words[first:], first):
        if (run and not _soft(flat[words[i - 1].end() : w.start()])) or len(run) > 2 * len(term):
            return ""
        run.append(w.group())
        rest = flat[w.end() :]
        if (not rest.strip(" \t\n\"'“”„«»") or not whole) and spells(run, term, small):
            goes_on = re.match(r"[ -](?=[^\W\d_a-zß-ÿ])", rest)
            return "" if goes_on else " ".join(text[words[first].start() : w.end()].split())
    return ""


def spells(words: Sequence[str], term: str, small: frozenset[str], *, proper: bool = False) -> bool:
    """Whether words, from the first to the last, spell an acronym."""
    parts = [p for w in words for p in _parts(w, small)]
    if not parts or parts[0].optional or (proper and any(not p.optional and p.text[0].islower() for p in parts)):
        return False
    if len(parts) == 1 and not parts[0].text[0].isupper():
        return False
    return any(_spells(tuple(parts), letters) for letters in _readings(term))


def _readings(term: str) -> Iterator[str]:
    """The letters that an acronym may stand for: all, without a plural's s, with counted letters written out."""
    for printed in dict.fromkeys((term, names.singular(term))):
        letters = _fold(printed.replace("-", ""))
        yield letters
        counted = re.sub(r"([a-z])([2-4])", lambda m: m[1] * int(m[2]), letters)
        if counted != letters:
            yield counted


@dataclass(frozen=True)
class _Part:
    text: str
    optional: bool
    small: bool = False


def _parts(word: str, small: frozenset[str]) -> Iterator[_Part]:
    """A word as what may give letters: "Public-Private" is two, of which the second may be passed over."""
    if word.rstrip("'’").casefold() in small or word in "&+":
        yield _Part(word, True, True)
        return
    first, *others = [p for p in word.split("-") if p]
    yield _Part(first, False)
    for part in others:
        yield _Part(part, True, part.casefold() in small)


def _spells(parts: tuple[_Part, ...], letters: str) -> bool:
    titled = not parts[0].text[0].islower()

    @cache
    def rest(i: int, at: int) -> bool:
        if i == len(parts):
            return at == len(letters)
        if parts[i].optional and i and rest(i + 1, at):
            return True
        alone = len(parts) == 1
        return any(rest(i + 1, at + n) for n in _gives(parts[i], letters[at:], titled, alone))

    return rest(0, 0)


def _gives(part: _Part, letters: str, titled: bool, alone: bool) -> Iterator[int]:
    """How many of the next letters a part of the words can give."""
    text = _fold(part.text)
    if part.small and letters[:1] == "&":
        yield 1
    if not letters or not text or text[0] != letters[0]:
        return
    if text.isdigit():
        if letters.startswith(text):
            yield len(text)
        return
    if not alone:
        yield 1
    if part.small:
        return
    if titled and not alone:
        yield from (n for n in (2, 3) if n <= len(letters) and text.startswith(letters[:n]))
    if len(text) >= _COMPOUND and part.text[0].isupper():
        at = 0
        for n, letter in enumerate(letters[1:4], 2):
            at = text.find(letter, at + _PART, len(text) - _PART + 1)
            if at < 0:
                return
            yield n


@cache
def _fold(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c))


def _without_brackets(text: str) -> str:
    """The text, as long as it was, with \\x00 for brackets that are closed again, and for an acronym between them."""
    out, open_ = list(text), []
    for i, c in enumerate(text):
        if c in "([":
            open_.append(i)
        elif c in ")]" and open_:
            start = open_.pop()
            whole = is_term(text[start + 1 : i])
            for k in range(start, i + 1) if whole else (start, i):
                out[k] = "\x00"
    return "".join(out)


def _last_words(flat: str, most: int) -> list[re.Match[str]]:
    """The last words of a text that only soft signs part, from each other and from its end."""
    words = list(_TOKEN.finditer(flat))
    behind = len(flat)
    kept: list[re.Match[str]] = []
    for w in reversed(words):
        gap = flat[w.end() : behind]
        last = not kept
        soft = not gap.strip(" \t\n\x00\"'“”„«»‘’") if last else _soft(gap)
        if not soft or len(kept) == most or (gap[:1] == "." and len(w.group()) > 3):
            break
        kept.append(w)
        behind = w.start()
    return kept[::-1]


def _soft(gap: str) -> bool:
    return not gap or bool(_SOFT.fullmatch(gap))


def _found(before: str, flat: str, start: int, end: int) -> Found:
    kept = []
    for i in range(start, len(before)):
        if i >= end and flat[i] != "\x00":
            break
        kept.append(before[i] if flat[i] != "\x00" or before[i] in "()[]" else "\x00")
    text = re.sub(r"[(\[]\x00+[)\]]", "", "".join(kept))
    while text.count("(") < text.count(")") or text.count("[") < text.count("]"):
        text = text[:-1]  # a bracket that is opened in front of the words
    text = " ".join(re.sub(r"\s+([)\]])", r"\1", text).split())
    text = re.sub(r"(?:['’]s|(?<=s)['’])$", "", text)
    in_front = re.search(r"(?:(?P<opens>^|[.!?:;]\s+|\n)?)(?P<word>[^\W\d_][\w'’-]*)\s+$", flat[:start])
    word, opens = (in_front["word"], in_front["opens"] is not None) if in_front else ("", False)
    return Found(start, end, text, word, opens)

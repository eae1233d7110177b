"""What acronyms stand for: the promise that the words spell them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from minutebook import lexicon, names, parse, source
from minutebook.parse import spelling

SMALL = lexicon.load("en").set("small_words")
PLAIN = st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzéö"), min_size=2, max_size=9)
NAMED = st.lists(PLAIN.filter(lambda w: w not in SMALL).map(str.title), min_size=2, max_size=6)
PIECES = ["Harbour", "harbour", "Pier", "of", "and", "the", "Trust", "(HT)", "(HaT)", "[PT]", "HT", "(", ")", "4"]
PIECES += [
    "Sea-Wall",
    "(SW)",
    "“HPT”",
    "/",
    ", ",
    ". ",
    "Ann",
    "Lee",
    "(AL)",
    "R&D",
    "(LAs)",
    "hereafter",
    "l'eau",
    "\n",
]


def folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if c.isalnum())


def in_order(few: str, many: str) -> bool:
    """Whether all of the few letters stand among the many, in their order."""
    rest = iter(many)
    return all(letter in rest for letter in few)


def is_spelled(term: str, meaning: str) -> bool:
    """Whether the letters all come from the words in order, and every word that counts gives its first."""
    firsts = [folded(w)[0] for w in re.findall(r"[^\W_][\w'’-]*", meaning) if w.casefold() not in SMALL]
    counted = re.sub(r"([^\W\d_])([2-4])", lambda m: m[1] * int(m[2]), term)
    letters = [folded(t) for t in (term, counted, names.singular(term), names.singular(counted))]
    return any(
        in_order(x, folded(meaning)) and in_order("".join(firsts), x) and x[0] == folded(meaning)[0] for x in letters
    )


def test_the_check_itself_tells_what_is_spelled() -> None:
    assert is_spelled("LAs", "Local Authorities") and is_spelled("ATP", "ATtendance of Pilots")
    assert (
        not is_spelled("HT", "Harbour Health Trust") and not is_spelled("HT", "Harbour") and not is_spelled("T", "Ht")
    )


@given(NAMED)
def test_the_first_letters_of_words_are_found_to_spell(words: Sequence[str]) -> None:
    term = "".join(w[0] for w in words)
    found = spelling.meaning(term, f"they met the {' '.join(words)} ", SMALL)
    assert found is not None and is_spelled(term, found.text)
    assert " ".join(words).endswith(found.text)


@given(NAMED, st.data())
def test_no_word_is_passed_over(words: list[str], data: st.DataObject) -> None:
    term = "".join(w[0] for w in words)
    words.insert(data.draw(st.integers(1, len(words))), "Zwrx")
    found = spelling.meaning(term, " ".join(words) + " ", SMALL)
    assert found is None or "Zwrx" not in found.text or "Z" in term


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES) | PLAIN, max_size=16).map(" ".join))
@example("R&D harbour / R&D")
def test_whatever_is_written_the_words_spell_the_term(text: str) -> None:
    minutes = parse.parse(source.read(f"1. Tides\n\nAs {text} then".encode(), "forum/2021-05-03.txt"))
    for d in minutes.definitions:
        assert is_spelled(d.term, d.meaning), d
        assert d.term not in d.meaning.split()

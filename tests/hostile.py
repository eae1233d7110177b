"""Texts that mean harm to whoever reads them line by line: much of one thing, where a pattern may look again and again.

`TEXTS` makes each of them at any length, so that what it costs to read them can be compared: by work done in
tests/test_cost.py, by time in tests/bench.py.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

HEAD = "Harbour Forum\n\nHeld on 3 May 2021\n\nPresent: Ann Lee [AL], Bo Ray\n\n1. Tides\n\n"
"""Some texts stand below a roll call and an item, where actions and names are looked for."""


def _much(unit: str, head: str = "", end: str = "") -> Callable[[int], str]:
    return lambda size: head + unit * (size // len(unit)) + end


def _numbered(form: str) -> Callable[[int], str]:
    return lambda size: "".join(form.format(i) for i in range(1, size // len(form) + 1))


def _people(form: str, head: str) -> Callable[[int], str]:
    """Lists in which every name is another."""

    def name(k: int) -> str:
        letters = "abcdefghij"
        return f"Ann {''.join(letters[int(digit)] for digit in str(k)).capitalize()}"

    return lambda size: head + "".join(form.format(name(k)) for k in range(size // (len(form) + 8)))


TEXTS: Mapping[str, Callable[[int], str]] = {
    "spaces": _much(" ", end="x"),
    "spaces behind a word": _much(" ", HEAD + "tide"),
    "empty lines": _much("\n", "tide", "tide"),
    "tabs": _much("\t", end="x"),
    "no-break spaces": _much("\u00a0 ", end="x"),
    "opening brackets": _much("("),
    "brackets, opened and closed": _much("()"),
    "square brackets": _much("["),
    "links never closed": _much("[tide]("),
    "initials in brackets": _much("[AL] ", HEAD),
    "digits": _much("1"),
    "digits with full stops": _much("1."),
    "numbers": _much("1. "),
    "items that count up": _numbered("{}. Tides\n\n"),
    "items that do not": _much("1. Tides\n"),
    "dates": _much("3 May 2021 "),
    "times": _much("10:00-11:00 "),
    "hyphens": _much("-"),
    "hyphens with spaces": _much("- "),
    "a heading of hyphens": _much("- ", "# Tide\n\n## Mole "),
    "a heading of commas": _much(" , Mole", "# Tide\n\n## Mole"),
    "a title of hyphens": _much("- ", "2. Mole "),
    "a row that ends in tabs": _much("\t", HEAD + "| a"),
    "markers in round brackets": _much("(Action: Ann) ", HEAD),
    "markers in square brackets": _much("[ACTION: Ann] ", HEAD),
    "markers in a paragraph": _much("Tide. ACTION y ", HEAD),
    "markers in italics": _much("*ACTION* b. ", HEAD),
    "motions and results": _much("Ann moved to light it.\n\nBo Ray seconded.\n\nMotion carried.\n\n", HEAD),
    "bullets, and rows of results": lambda size: (
        HEAD + "- tide\n" * (size // 14) + "\n" + "| Status | Accepted |\n" * (size // 42)
    ),
    "lists of people, one after another": _people("Present: {}\n\n", ""),
    "lists of those who sent apologies": _people("Apologies: {}\n\n", ""),
    "tables of people, one after another": _people("| Name | Role |\n| {} | Clerk |\n\n", ""),
    "underlined lines": _much("Tide\n~~~~\n", HEAD),
    "bullets": _much("- tide\n"),
    "bullets below a list of people": _much("- tide\n", "Present\n\n"),
    "words cut by hyphens": _much("har-\nbour "),
    "dashes": _much("– "),
    "stars": _much("*"),
    "stars around letters": _much("*a "),
    "bold, opened only": _much("**a "),
    "underscores": _much("_"),
    "underscores and letters": _much("a_b_"),
    "backticks": _much("`"),
    "backticks of growing length": lambda size: " ".join("`" * k for k in range(1, int((2 * size) ** 0.5))),
    "quotation marks of Markdown": _much("> "),
    "strokes": _much("|"),
    "rows of a table": _much("| tide | mole |\n"),
    "tags opened": _much("<"),
    "tags of a list": _much("<li>"),
    "tags of cells": _much("</td><td>"),
    "tags never closed": _much("<p "),
    "comments never closed": _much("<!-- "),
    "ampersands": _much("&amp"),
    "backslashes": _much("\\"),
    "commas": _much(",", "Present: "),
    "names in a list by commas": _much("Ann Lee, ", "Present: "),
    "names joined by and": _much("Ann Lee and ", "Present: "),
    "names line by line": _numbered("Ann Lee{}\n"),
    "many people": _people("- {}\n", "Present\n\n"),
    "many people on one line": _people("{}, ", "Present: "),
    "many owners": _people("Action: {} to go.\n\n", HEAD),
    "entries with brackets": _much("- Ann Lee (Clerk, Guild of Pilots (GOP)) [AL]\n", "Present\n\n"),
    "represented by": _much("represented by ", "Present\n\n- Ann Lee "),
    "words in capitals": _much("TIDE "),
    "words with capitals": _much("Tide ", HEAD),
    "organisations": _much("Department for Tides and ", HEAD),
    "acronyms": _much("(TT) ", HEAD),
    "acronyms and small words": _much("the Tide of the Tide (TOTT) ", HEAD),
    "and": _much("and ", HEAD),
    "one line of words": _much("tide ", HEAD),
    "one word": _much("tide"),
    "lines of words": _much("tide is high\n", HEAD),
    "paragraphs": _much("Tide is high.\n\n", HEAD),
    "markers": _much("Action ", HEAD),
    "actions": _much("Action: AL to go.\n\n", HEAD),
    "owners": _much("Owner: AL\n", HEAD),
    "decisions": _much("RESOLVED that tides are high\n", HEAD),
    "headings": _much("# Tides\n\n"),
    "signs of headings": _much("#"),
    "notes in brackets": _much("tide [May 2021]\n\n", HEAD),
    "form feeds": _much("tide\f"),
    "carriage returns": _much("tide\r"),
    "colons": _much("a: "),
    "full stops": _much("."),
    "front matter": lambda size: "---\n" + "a: " * (size // 3),
    "front matter never closed": _much("a: b\n", "---\n"),
    "handles": _much("@ann ", "Present: "),
    "slashes": _much("Ann Lee / "),
    "equals signs": _much("="),
    "tildes": _much("~"),
}
"""What it is much of -> a text of about so many characters."""

"""What a secretary should know of a resolved archive: what stayed unlinked, or was read by an unusual rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from minutebook import names
from minutebook.diagnostics import NOTE, WARNING, Diagnostic
from minutebook.lexicon import Lexicon
from minutebook.model import Meeting


def unlinked(meetings: Iterable[Meeting]) -> Iterable[Diagnostic]:
    for m in meetings:
        for x in m.mentions:
            if not x.resolved:
                may = " or ".join(c.name for c in x.candidates)
                what = f"may be {may}" if may else "stands for nobody who is listed as there"
                yield Diagnostic(
                    "unlinked",
                    WARNING if may else NOTE,
                    m.minutes.source,
                    x.line,
                    f"“{x.text}” {what}, and is linked to nobody ({x.rule}).",
                    "It stays text until the minutes or the register say more.",
                    x.remedy,
                )
            elif x.rule == "initials in another case":
                yield Diagnostic(
                    "initials-case",
                    NOTE,
                    m.minutes.source,
                    x.line,
                    f"“{x.text}” was taken for the only initials that differ in case alone.",
                )


def unknown_owners(meetings: Iterable[Meeting], lexicon: Lexicon) -> Iterable[Diagnostic]:
    """Actions whose words say who is to do them, and whose words are nobody that the archive knows."""
    for m in meetings:
        for a in m.actions:
            told = any(not x.resolved for x in m.mentions_in.get(a.action.block, ()))  # as a mention
            known = told or any(
                o.person or o.organization or o.name.casefold() in lexicon.set("everybody") for o in a.owners
            )
            if a.action.owner and not known:
                yield Diagnostic(
                    "unknown-owner",
                    NOTE,
                    m.minutes.source,
                    a.action.ref.first_line,
                    f"“{a.action.owner}” reads as the owner of action {a.number}, and is nobody listed here.",
                    "It is shown as text.",
                )


def two_acronyms(meetings: Iterable[Meeting]) -> Iterable[Diagnostic]:
    for m in meetings:
        given: dict[str, dict[str, int]] = defaultdict(dict)
        for d in m.minutes.definitions:
            given[names.organization_key(d.meaning)].setdefault(d.term, d.ref.first_line)
        for d in m.minutes.definitions:
            terms = given[names.organization_key(d.meaning)]
            if len(terms) > 1 and d.term == list(terms)[-1]:
                both = " and ".join(f"{term} (line {line})" for term, line in terms.items())
                yield Diagnostic(
                    "two-acronyms",
                    NOTE,
                    m.minutes.source,
                    d.ref.first_line,
                    f"“{d.meaning}” has two acronyms here: {both}.",
                    "Both are read as the same.",
                )


def same_day(meetings: Sequence[Meeting]) -> Iterable[Diagnostic]:
    first: dict[tuple[str, object], Meeting] = {}
    for m in meetings:
        if (other := first.setdefault((m.body, m.date), m)) is not m:
            yield Diagnostic(
                "same-day",
                WARNING,
                m.minutes.source,
                1,
                f"The same body met on the same day in {other.minutes.source}.",
                "If both are one meeting, keep one file; else nothing needs doing: each has its page.",
            )

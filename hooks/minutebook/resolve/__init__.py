"""All `Minutes` to one `Archive`: who is who, what is meant, what everything is called.

`resolve` is pure: the ledger of addresses comes in as entries and goes out as entries.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from minutebook import lexicon, names
from minutebook.diagnostics import ERROR, Diagnostic, in_order
from minutebook.model import AddressEntry, Archive, Meeting, Membership, Minutes, Person, Post, Register, Settings
from minutebook.resolve import findings, glossary, lives, meetings, organizations, people, subjects
from minutebook.resolve.addresses import Ledger, slug
from minutebook.resolve.claims import Claims
from minutebook.resolve.occurrences import Sitting
from minutebook.resolve.terms import Terms

SILENT = Register()
"""A register that says nothing: who is who is then as the minutes alone give it."""


@contextmanager
def _no_collection() -> Iterator[None]:
    """Nothing that is made here refers to itself: looking for such things costs a sixth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.unfreeze()  # together they call all that was made old, which spares looking it through at once
            gc.enable()


@_no_collection()
def resolve(
    minutes: Iterable[Minutes],
    settings: Settings,
    ledger: Iterable[AddressEntry] = (),
    register: Register = SILENT,
) -> Archive:
    """Make one archive of all minutes, with what the `register` says of who is who.

    Minutes with an error, or without a date, are left out: what they say is in the archive's diagnostics. `ledger` is
    what earlier builds published.
    """
    read = list(minutes)
    found = [d for m in read for d in m.diagnostics]
    whole = [m for m in read if m.date and not any(d.severity == ERROR for d in m.diagnostics)]
    entries = tuple(ledger)
    published = {e.key for e in entries if e.kind == "meeting"}
    whole.sort(key=lambda m: (m.date, m.source not in published, m.source))  # of two copies the published one stays
    whole, twice = _without_copies(whole)
    lex, book = lexicon.load(settings.language), Ledger(entries)
    orgs = organizations.gather(whole, settings.site_name, book, register.organizations)
    claims = Claims(register.people, orgs, lex)
    sittings = _sittings([claims.without_nobody(m) for m in whole], settings, orgs, book)
    who = people.gather(sittings, orgs, book, claims)
    terms = Terms(sittings, orgs, who.all, register.glossary)
    gathered = meetings.gather(sittings, who, orgs, terms, book)
    gathered, unheard = lives.follow(gathered, register.actions)
    explained = glossary.entries(list(zip(gathered, sittings, strict=True)), terms, lex)
    about = subjects.gather(gathered, register.topics, explained, orgs.all, settings, book)
    gathered = about.meetings
    known = _mentioned(who.all, gathered)
    for address in {p.address for p in who.all} - {p.address for p in known}:
        book.release(address)
    found += [
        *twice,
        *orgs.diagnostics,
        *who.diagnostics,
        *claims.unused(i for i, id_ in who.by_entry.items() if id_ in {p.id for p in known}),
        *findings.unlinked(gathered),
        *findings.unknown_owners(gathered, lex),
        *findings.two_acronyms(gathered),
        *findings.same_day(gathered),
        *terms.findings(gathered),
        *unheard,
        *about.diagnostics,
        *book.lost(),
    ]
    return Archive(
        meetings=tuple(sorted(gathered, key=lambda m: (m.date, m.id), reverse=True)),
        people=known,
        organizations=orgs.all,
        posts=_posts(who.all),
        topics=about.topics,
        glossary=explained,
        addresses=book.entries(),
        redirects=book.redirects(),
        diagnostics=tuple(in_order(found)),
    )


def _sittings(
    whole: Sequence[Minutes], settings: Settings, orgs: organizations.Organizations, book: Ledger
) -> list[Sitting]:
    digests = frozenset(m.digest for m in whole)
    sources = frozenset(m.source for m in whole)
    out = []
    for m in whole:
        name = organizations.body_name(m, settings.site_name)
        address = book.claim(
            "meeting",
            [m.source],
            f"meetings/{slug(name)}/{m.date}",
            detail=m.digest,
            again=[m.digest],
            of_others=digests - {m.digest},
            standing=sources,
            follows=True,
        )
        words = lexicon.load(m.language or settings.language)
        out.append(Sitting(address.removeprefix("meetings/").rstrip("/"), orgs.of(m, name), m, words))
    return out


def _without_copies(whole: Sequence[Minutes]) -> tuple[list[Minutes], list[Diagnostic]]:
    """The minutes without those whose bytes another file holds too."""
    first: dict[str, Minutes] = {}
    found = []
    for m in whole:
        if m.digest and m.digest in first:
            found.append(
                Diagnostic(
                    "same-minutes",
                    ERROR,
                    m.source,
                    1,
                    f"This file is the same as {first[m.digest].source}.",
                    "Delete one of the two.",
                )
            )
        else:
            first[m.digest or m.source] = m
    return list(first.values()), found


def _posts(all_people: Iterable[Person]) -> tuple[Post, ...]:
    """Roles of organisations, with all who held them, in order."""
    groups: dict[tuple[str, str], list[Membership]] = defaultdict(list)
    for p in all_people:
        for m in p.memberships:
            if m.role and m.organization:
                groups[names.key(m.role), m.organization].append(m)
    return tuple(
        Post(
            f"{organization}/{slug(held[0].role)}",
            held[0].role,
            organization,
            tuple(sorted(held, key=lambda m: (m.first, m.person))),
        )
        for (_, organization), held in sorted(groups.items(), key=lambda g: (g[0][1], g[0][0]))
    )


def _mentioned(all_people: tuple[Person, ...], meetings: Iterable[Meeting]) -> tuple[Person, ...]:
    """The people who were listed, or whom a mention is linked to, or may mean."""
    found = [x for m in meetings for x in m.mentions]
    linked = {x.person for x in found} | {c.address for x in found for c in x.candidates}
    return tuple(p for p in all_people if p.appearances or p.id in linked or p.address in linked)

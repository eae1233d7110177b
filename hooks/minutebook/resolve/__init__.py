"""All `Minutes` to one `Archive`: who is who, what is meant, what everything is called.

`resolve` is pure: the ledger of addresses comes in as entries and goes out as entries.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from minutebook import lexicon, names
from minutebook.diagnostics import ERROR, NOTE, WARNING, Diagnostic, in_order
from minutebook.model import (
    AddressEntry,
    Archive,
    Meeting,
    Membership,
    Minutes,
    Organization,
    Person,
    Post,
    ResolvedAction,
    ResolvedDecision,
    ResolvedItem,
    Settings,
)
from minutebook.resolve import context, mentions, numbering, organizations, owners, people, subjects
from minutebook.resolve.addresses import Ledger, slug
from minutebook.resolve.forms import Forms
from minutebook.resolve.people import Sitting


def resolve(minutes: Iterable[Minutes], settings: Settings, ledger: Iterable[AddressEntry] = ()) -> Archive:
    """Make one archive of all minutes.

    Minutes with an error, or without a date, are left out: what they say is in the archive's diagnostics. `ledger` is
    what earlier builds published.
    """
    read = list(minutes)
    found = [d for m in read for d in m.diagnostics]
    whole = [m for m in read if m.date and not any(d.severity == ERROR for d in m.diagnostics)]
    whole.sort(key=lambda m: (m.date, m.source))
    whole, twice = _without_copies(whole)
    lex, book = lexicon.load(settings.language), Ledger(ledger)
    orgs = organizations.gather(whole, settings.site_name, book)
    sittings = [_sitting(m, settings, orgs, book) for m in whole]
    who = people.gather(sittings, orgs, lex, book)
    meetings = _meetings(sittings, who, orgs, lex, book)
    topics = subjects.topics(
        ((s.id, i, item.title) for s in sittings for i, item in enumerate(s.minutes.items)), lex, book
    )
    topic_of = {place: t.id for t in topics for place in t.items}
    meetings = [
        replace(m, items=tuple(replace(x, topic=topic_of.get((m.id, i), "")) for i, x in enumerate(m.items)))
        for m in meetings
    ]
    by_id = {o.id: o for o in orgs.all}
    known = _mentioned(who.all, meetings)
    for p in who.all:
        if p not in known:
            book.release(p.address)
    found += [
        *twice,
        *who.diagnostics,
        *_unlinked(meetings),
        *_two_acronyms(meetings, by_id),
        *_same_day(meetings),
        *book.lost(),
    ]
    return Archive(
        tuple(sorted(meetings, key=lambda m: (m.date, m.id), reverse=True)),
        known,
        orgs.all,
        _posts(who.all),
        topics,
        subjects.glossary(meetings, by_id, lex),
        book.entries(),
        book.final_redirects(),
        tuple(in_order(found)),
    )


def _sitting(m: Minutes, settings: Settings, orgs: organizations.Organizations, book: Ledger) -> Sitting:
    body = orgs.id_of(organizations.body_name(m, settings.site_name))
    stem = f"meetings/{slug(organizations.body_name(m, settings.site_name))}/{m.date}"
    address = book.claim("meeting", [m.source], stem, detail=m.digest, again=m.digest, follows=True)
    return Sitting(address.removeprefix("meetings/").rstrip("/"), body, m)


def _meetings(
    sittings: Sequence[Sitting],
    who: people.People,
    orgs: organizations.Organizations,
    lex: lexicon.Lexicon,
    book: Ledger,
) -> list[Meeting]:
    everyone = context.everyone(who.all, sittings, who.of_entry, lex)
    by_id = {o.id: o for o in orgs.all}
    acronyms: dict[str, set[str]] = defaultdict(set)
    for o in orgs.all:
        for acronym in (*o.acronyms, *((o.name,) if " " not in o.name else ())):
            acronyms[acronym].add(o.id)
    used = {h.group() for s in sittings for b in s.minutes.blocks for h in subjects.UNEXPLAINED.finditer(b.text.plain)}
    explained = {d.term for s in sittings for d in s.minutes.definitions}
    spelled = mentions.spelled(orgs.all, used - explained - acronyms.keys())
    known = {a: frozenset(i) for a, i in acronyms.items()} | spelled
    named = [replace(o, acronyms=(*o.acronyms, *(a for a, i in spelled.items() if o.id in i))) for o in orgs.all]
    forms = Forms(who.all, named, sittings, lex)
    series: dict[str, list[str]] = defaultdict(list)
    for s in sittings:
        series[s.body].append(s.id)
    out = []
    for s in sittings:
        m = s.minutes
        mentioned = mentions.Finder(context.of(s, who.of_entry, orgs), everyone, forms, by_id, known, lex).all()
        in_block = defaultdict(list)
        for x in mentioned:
            in_block[x.block].append(x)
        numbers = numbering.number(m, f"meetings/{s.id}/", book)
        later = len(series[s.body]) - 1 - series[s.body].index(s.id)
        before, after = _beside(series[s.body], s.id)
        out.append(
            Meeting(
                s.id,
                m,
                s.body,
                m.date,  # type: ignore[arg-type]
                tuple(
                    ResolvedItem(k, i, owners.of_item(i, m, in_block, everyone.by_id, by_id, lex))
                    for k, i in zip(numbers.items, m.items, strict=True)
                ),
                tuple(
                    ResolvedAction(
                        n, a, owners.of_action(a, in_block, everyone.by_id, by_id, lex), m.item_of(a.block), later
                    )
                    for n, a in zip(numbers.actions, m.actions, strict=True)
                ),
                tuple(
                    ResolvedDecision(n, d, m.item_of(d.block))
                    for n, d in zip(numbers.decisions, m.decisions, strict=True)
                ),
                mentioned,
                numbers.paragraphs,
                tuple(who.of_entry[s.id, i] for i in range(len(m.people))),
                tuple(orgs.id_of(a.organization) for a in m.people),
                numbers.withdrawn,
                before,
                after,
            )
        )
    return out


def _beside(series: Sequence[str], id_: str) -> tuple[str, str]:
    at = series.index(id_)
    return series[at - 1] if at else "", series[at + 1] if at + 1 < len(series) else ""


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
                    0,
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
    """The people who were listed, or whom a mention is linked to."""
    linked = {x.person for m in meetings for x in m.mentions}
    return tuple(p for p in all_people if p.appearances or p.id in linked)


def _unlinked(meetings: Iterable[Meeting]) -> Iterable[Diagnostic]:
    for m in meetings:
        for x in m.mentions:
            if not x.resolved:
                may = " or ".join(c.name for c in x.candidates) or "nobody in these minutes"
                yield Diagnostic(
                    "unlinked",
                    WARNING,
                    m.minutes.source,
                    x.line,
                    f"“{x.text}” may be {may}, and is linked to nobody ({x.rule}).",
                    "It stays text until the minutes say more.",
                )
            elif x.rule == "initials in another case":
                yield Diagnostic(
                    "initials-case",
                    NOTE,
                    m.minutes.source,
                    x.line,
                    f"“{x.text}” was taken for the only initials that differ in case alone.",
                )


def _two_acronyms(meetings: Iterable[Meeting], by_id: dict[str, Organization]) -> Iterable[Diagnostic]:
    for m in meetings:
        terms: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for o in m.minutes.organizations:
            if o.acronym:
                terms[names.organization_key(o.name)].append((o.acronym, o.ref.first_line))
        for d in m.minutes.definitions:
            key = names.organization_key(d.meaning)
            if key in terms and d.term not in [t for t, _ in terms[key]]:
                terms[key].append((d.term, d.ref.first_line))
        for d in m.minutes.definitions:
            given = terms.get(names.organization_key(d.meaning), [])
            if len(given) > 1 and d.term == max(given, key=lambda g: g[1])[0]:
                yield Diagnostic(
                    "two-acronyms",
                    NOTE,
                    m.minutes.source,
                    d.ref.first_line,
                    f"“{d.meaning}” has two acronyms here: {' and '.join(f'{t} (line {n})' for t, n in sorted(given, key=lambda g: g[1]))}.",
                    "Both are read as this organisation.",
                )


def _same_day(meetings: Sequence[Meeting]) -> Iterable[Diagnostic]:
    first: dict[tuple[str, object], Meeting] = {}
    for m in meetings:
        if (other := first.setdefault((m.body, m.date), m)) is not m:
            yield Diagnostic(
                "same-day",
                WARNING,
                m.minutes.source,
                0,
                f"The same body met on the same day in {other.minutes.source}.",
                "If both are one meeting, keep one file; else nothing needs doing: each has its page.",
            )

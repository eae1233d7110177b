"""Topics: what each item of business is about, and the title or the sentence that says so.

Three things make a topic, the surest first: an entry of `topics.yml`; a term that the minutes explain and that is no
organisation, where it stands in two items or in the title of one; and what is left of the titles. Nothing is a topic
of an item without words in its title, or in a sentence under it: lists of people, owner lines and notes are no such
words, nor is what stands within a name.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from minutebook import lexicon, names
from minutebook.diagnostics import WARNING, Diagnostic
from minutebook.model import Evidence, GlossaryEntry, Meeting, Organization, Settings, Topic, TopicEntry
from minutebook.resolve import entitled, hearing
from minutebook.resolve.addresses import Ledger
from minutebook.resolve.hearing import Place
from minutebook.resolve.standing import addresses
from minutebook.resolve.subject import Subject, of_register, of_terms


@dataclass(frozen=True)
class Gathered:
    """What the archive is about."""

    meetings: list[Meeting]
    """Each with the evidence on its items."""
    topics: tuple[Topic, ...]
    """By name."""
    diagnostics: tuple[Diagnostic, ...]


def gather(
    meetings: Sequence[Meeting],
    register: Sequence[TopicEntry],
    glossary: Iterable[GlossaryEntry],
    organizations: Sequence[Organization],
    settings: Settings,
    ledger: Ledger,
) -> Gathered:
    """The topics of all items, of meetings in the order of time."""
    met = {m.body for m in meetings}
    bodies = {names.organization_key(n): o.id for o in organizations if o.id in met for n in (o.name, *o.other_names)}
    subjects = of_register(register, bodies, settings.language)
    subjects += of_terms(glossary, subjects, settings.language)
    codes = {settings.language, *(m.minutes.language for m in meetings if m.minutes.language)}
    heard = hearing.Hearing(subjects, [lexicon.load(code) for code in sorted(codes)])
    for m in meetings:
        heard.meeting(m, lexicon.load(m.minutes.language or settings.language))
    found = {s: dict(heard.heard[s]) for s in subjects if s.is_topic and (s.entry or hearing.counts(s, heard.heard[s]))}
    for s, titles in entitled.gather(meetings, found, subjects, settings.language).items():
        found[s] = dict(sorted({**titles, **found.get(s, {})}.items(), key=lambda e: _when(e[0])))
    whole = {s: places for s, places in found.items() if places}
    at = addresses(whole, meetings, subjects, ledger, codes)
    return Gathered(
        _with_evidence(meetings, whole, at),
        _topics(whole, at),
        tuple(_unused(register, subjects, whole, [o.name for o in organizations if o.id in met], bodies)),
    )


def _when(place: Place) -> tuple[str, str, int]:
    return place[0].rpartition("/")[2], *place


def _with_evidence(
    meetings: Sequence[Meeting], found: Mapping[Subject, Mapping[Place, Evidence]], at: Mapping[Subject, str]
) -> list[Meeting]:
    """The meetings, each item with what says what it is about."""
    of: dict[Place, list[Evidence]] = defaultdict(list)
    for s, places in found.items():
        for place, e in places.items():
            of[place].append(replace(e, topic=at[s]))
    for each in of.values():
        each.sort(key=lambda e: (not e.in_title, -e.times, e.topic))
    return [
        replace(m, items=tuple(replace(x, evidence=tuple(of.get((m.id, n), ()))) for n, x in enumerate(m.items)))
        for m in meetings
    ]


def _topics(found: Mapping[Subject, Mapping[Place, Evidence]], at: Mapping[Subject, str]) -> tuple[Topic, ...]:
    """The topics that there are; of broader and narrower ones those that items are about too."""
    id_of = {names.key(s.name): at[s] for s in found if s.entry}

    def linked(said: Sequence[str]) -> tuple[str, ...]:
        return tuple(id_of[k] for n in said if (k := names.key(n)) in id_of)

    made = [
        Topic(
            at[s],
            s.name,
            tuple(places),
            s.other_names,
            s.wanted.phrases,
            s.wanted.not_when,
            linked(s.entry.broader) if s.entry else (),
            linked(s.entry.narrower) if s.entry else (),
            s.source,
            s.entry,
        )
        for s, places in found.items()
    ]
    return tuple(sorted(made, key=lambda t: (names.key(t.name), t.id)))


def _unused(
    register: Sequence[TopicEntry],
    subjects: Sequence[Subject],
    found: Mapping[Subject, object],
    named: Sequence[str],
    bodies: Mapping[str, str],
) -> Iterator[Diagnostic]:
    """What entries of `topics.yml` have that no minutes have: bodies that never met, words that stand nowhere."""
    used = {id(s.entry) for s in found}
    for e in register:
        unknown = [b for b in e.bodies if names.organization_key(b) not in bodies]
        for body in unknown:
            near = difflib.get_close_matches(body, named, 1)
            hint = f"Is “{near[0]}” meant?" if near else "Write the body's name as its minutes do."
            yield _told(e, f"No minutes here are those of “{body}”.", hint)
        if e.is_topic and id(e) not in used and not unknown:
            said = " or ".join(f"“{p}”" for p in e.phrases[:3]) + (" ..." if len(e.phrases) > 3 else "")
            yield _told(
                e,
                f"No item of business is about “{e.name}”: nothing says {said}, so there is no page for it.",
                "Write its phrases as the minutes do, or take the entry out.",
            )


def _told(e: TopicEntry, message: str, hint: str) -> Diagnostic:
    return Diagnostic("topic-unused", WARNING, e.ref.path, e.ref.first_line, message, hint)

"""Meetings: each file of minutes with its mentions resolved, its owners named and its parts numbered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from minutebook.model import (
    Meeting,
    Mention,
    Organization,
    Period,
    ResolvedAction,
    ResolvedDecision,
    ResolvedItem,
)
from minutebook.resolve import context, mentions, numbering, owners
from minutebook.resolve.addresses import Ledger
from minutebook.resolve.forms import Forms
from minutebook.resolve.occurrences import Sitting
from minutebook.resolve.organizations import Organizations, spelled
from minutebook.resolve.people import People
from minutebook.resolve.remedies import Remedies
from minutebook.resolve.terms import Terms


@dataclass(frozen=True)
class _Gatherer:
    """What every meeting needs to know of all of them."""

    sittings: Sequence[Sitting]
    who: People
    organizations: Organizations
    terms: Terms
    ledger: Ledger

    @cached_property
    def by_id(self) -> Mapping[str, Organization]:
        return {o.id: o for o in self.organizations.all}

    @cached_property
    def everyone(self) -> context.Everyone:
        return context.everyone(self.who)

    @cached_property
    def remedies(self) -> Remedies:
        people = {p.address: p for p in self.who.all}
        known = {id_: Period(k.first, k.last) for id_, k in self.who.known.items()}
        return Remedies(people, {o.address: o for o in self.organizations.all}, known)

    @cached_property
    def acronyms(self) -> Mapping[str, Mapping[str, frozenset[str]]]:
        """Body -> acronym -> the organisations it may stand for: as its minutes give it, else as it spells one name."""
        given: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        used: dict[str, set[str]] = defaultdict(set)
        named: dict[str, set[str]] = defaultdict(set)
        for s in self.sittings:
            m = s.minutes
            pairs = [(o.name, o.acronym) for o in m.organizations] + [(a.organization, a.acronym) for a in m.people]
            for name, acronym in pairs:
                named[s.body].add(self.organizations.of(m, name))
                if acronym:
                    given[s.body][acronym].add(self.organizations.of(m, name))
            used[s.body] |= {letters for _, _, letters in s.acronyms}
            used[s.body] -= {d.term for d in m.definitions}
        registered: dict[str, set[str]] = defaultdict(set)
        for o in self.organizations.all:
            for acronym in o.entry.acronyms if o.entry else ():
                registered[acronym].add(o.id)
        out = {}
        for body, acronyms in used.items():
            for acronym, ids in registered.items():
                given[body].setdefault(acronym, ids)
            here = [self.by_id[id_] for id_ in sorted(named[body] - {""})]
            for o_ in here:
                if " " not in o_.name:
                    given[body][o_.name].add(o_.id)
            by_letters = spelled(here, acronyms - given[body].keys())
            out[body] = {a: frozenset(ids) for a, ids in given[body].items()} | by_letters
        return out

    @cached_property
    def forms(self) -> Forms:
        of: dict[str, set[str]] = defaultdict(set)
        for acronyms in self.acronyms.values():
            for acronym, ids in acronyms.items():
                for id_ in ids:
                    of[id_].add(acronym)
        known = [replace(o, acronyms=tuple(sorted(of[o.id]))) for o in self.organizations.all]
        return Forms(self.who, known, self.sittings, self.terms.forms)

    @cached_property
    def by_name(self) -> Mapping[str, frozenset[str]]:
        out: dict[str, set[str]] = defaultdict(set)
        for o in self.organizations.all:
            for key in self.organizations.keys_of[o.id]:
                out[key].add(o.id)
        return {k: frozenset(v) for k, v in out.items()}

    def meeting(self, s: Sitting, before: str, after: str) -> Meeting:
        """One meeting, between two others of its body."""
        m = s.minutes
        assert m.date
        here = context.of(s, self.everyone, self.organizations)
        finder = mentions.Finder(
            here,
            self.everyone,
            self.forms,
            self.by_id,
            self.by_name,
            self.acronyms.get(s.body, {}),
            self.terms,
            s.lexicon,
            self.remedies,
        )
        found = finder.all()
        in_block: dict[int, list[Mention]] = defaultdict(list)
        for x in found:
            in_block[x.block].append(x)
        names_ = owners.Namer(in_block, self.everyone.by_id, self.by_id, s.lexicon, context.by_form(here))
        numbers = numbering.number(m, f"meetings/{s.id}/", self.ledger)
        items = zip(numbers.items, m.items, strict=True)
        actions = zip(numbers.actions, m.actions, strict=True)
        decisions = zip(numbers.decisions, m.decisions, strict=True)
        return Meeting(
            id=s.id,
            minutes=m,
            body=s.body,
            date=m.date,
            items=tuple(ResolvedItem(key, item, names_.of_item(item)) for key, item in items),
            actions=tuple(ResolvedAction(n, a, names_.of_action(a), m.item_of(a.block)) for n, a in actions),
            decisions=tuple(
                ResolvedDecision(
                    n,
                    d,
                    m.item_of(d.block),
                    names_.of_spans(d.movers),
                    names_.of_spans(d.seconders),
                    names_.of_spans(d.elected),
                )
                for n, d in decisions
            ),
            mentions=found,
            paragraphs=numbers.paragraphs,
            people=tuple(self.who.of_entry[s.id, i] for i in range(len(m.people))),
            organizations=tuple(self.organizations.of(m, a.organization) for a in m.people),
            withdrawn=numbers.withdrawn,
            previous=before,
            next=after,
        )


def gather(
    sittings: Sequence[Sitting], who: People, organizations: Organizations, terms: Terms, ledger: Ledger
) -> list[Meeting]:
    """The meetings of all sittings, in their order; each knows the one before and after it of its body."""
    gatherer = _Gatherer(sittings, who, organizations, terms, ledger)
    series: dict[str, list[str]] = defaultdict(list)
    for s in sittings:
        series[s.body].append(s.id)
    place = {id_: i for ids in series.values() for i, id_ in enumerate(ids)}
    out = []
    for s in sittings:
        ids, i = ["", *series[s.body], ""], place[s.id] + 1
        out.append(gatherer.meeting(s, ids[i - 1], ids[i + 1]))
    return out

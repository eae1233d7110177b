"""What is put together of the archive with everybody in it and of the one that was made without those who are removed.

Who is meant was settled with all of them in the room. Without them "the Secretary" might be the only one who is left,
and words of the one would become words of the other: so the links are those of before, less those that are gone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from minutebook.diagnostics import ERROR, WARNING, Diagnostic, in_order
from minutebook.model import AddressEntry, Archive, Meeting, Mention, Minutes, News, Owner, ResolvedAction
from minutebook.redact import places
from minutebook.redact.minutes import Edited, Rewriter, Rewritten

Mark = Callable[[str], str]
"""The fingerprint of a text in the ledger of addresses."""

REDIRECT = "redirect"
OF_THE_LEDGER = ("address-lost", "redirect-nowhere")
"""Findings that are made anew, of the ledger without those who are removed."""


def ledger(
    own: Iterable[AddressEntry],
    before: Archive,
    now: Mapping[str, Minutes],
    rewrite: Rewriter,
    mark: Mark,
) -> list[AddressEntry]:
    """The ledger of addresses for an archive without those who are removed.

    `own` is the ledger of earlier builds, `now` the rewritten minutes by the source of those before. Pages have the
    addresses that they have with everybody in the archive, so that nobody moves into the place of another; what stands
    on a page has the numbers that it had, its fingerprints being those of the words as they are now.
    """
    marks = _marks(before, now, mark)
    gone = {f"people/{p}/" for p in rewrite.who.gone} | _retitled(before, now)
    pages = [e for e in before.addresses if "#" not in e.address]
    entries = [*pages, *(e for e in own if "#" in e.address)]
    out = []
    for e in entries:
        if e.address in gone or (e.kind == REDIRECT and e.key in gone):
            continue
        if e.kind == "meeting" and e.key in now:
            e = replace(e, key=now[e.key].source, detail=now[e.key].digest)
        elif "#" in e.address:
            e = replace(e, key=_marked(e.key, marks), detail=_list(e.detail, marks))
        if not rewrite.wanted.found(f"{e.address} ; {e.key} ; {e.detail}"):
            out.append(e)
    return out


def _retitled(before: Archive, now: Mapping[str, Minutes]) -> set[str]:
    """The addresses of topics that are made of titles, one of which held a name: "ann-lees-report" still does."""
    return {
        t.address
        for t in before.topics
        if t.source == "title"
        for id_, n in t.items
        if (m := before.meeting[id_].minutes).items[n].title != now.get(m.source, m).items[n].title
    }


def _marks(before: Archive, now: Mapping[str, Minutes], mark: Mark) -> dict[str, str]:
    """Fingerprint of words that were changed -> that of the words in their place."""
    pairs: list[tuple[str, str]] = []
    for m in before.meetings:
        a, b = m.minutes, now.get(m.minutes.source, m.minutes)
        for x, y in (
            *((x.text.plain, y.text.plain) for x, y in zip(a.blocks, b.blocks, strict=True)),
            *((x.title, y.title) for x, y in zip(a.items, b.items, strict=True)),
            *((x.text, y.text) for x, y in zip(a.actions, b.actions, strict=True)),
            *((x.text, y.text) for x, y in zip(a.decisions, b.decisions, strict=True)),
        ):
            pairs.append((mark(x), mark(y)))
    same = {x for x, y in pairs if x == y}
    return {x: y for x, y in pairs if x not in same}


def _marked(key: str, marks: Mapping[str, str]) -> str:
    sign = "-" if key.startswith("-") else ""
    return sign + marks.get(key.removeprefix("-"), key.removeprefix("-"))


def _list(detail: str, marks: Mapping[str, str]) -> str:
    """A list of "number:mark", or a detail that is none."""
    parts = (part.partition(":") for part in detail.split())
    return " ".join(f"{n}:{_marked(m, marks)}" if colon else n for n, colon, m in parts)


def joined(before: Archive, without: Archive, rewritten: Mapping[str, Rewritten], rewrite: Rewriter) -> Archive:
    """The archive that is published. `rewritten` are the meetings' minutes, by their source as it is now."""
    who = rewrite.who
    known = {p.id for p in before.people} - who.gone
    people = tuple(p for p in without.people if p.id in known)
    new = {p.address for p in without.people} - {p.address for p in people}
    links = _Links(replace(without, people=people), rewrite)
    found = [now for d in before.diagnostics if d.code not in OF_THE_LEDGER and (now := _said(d, rewritten, rewrite))]
    found += [d for d in without.diagnostics if d.code in OF_THE_LEDGER]
    found += [rewrite.anything(d) for d in who.diagnostics]
    found += [_unclear(r, line) for r in rewritten.values() for line in _unsure(r)]
    return replace(
        without,
        meetings=tuple(links.meeting(m, rewritten[m.minutes.source]) for m in without.meetings),
        people=people,
        addresses=tuple(e for e in without.addresses if e.address not in new),
        diagnostics=tuple(in_order(found)),
    )


def _said(d: Diagnostic, rewritten: Mapping[str, Rewritten], rewrite: Rewriter) -> Diagnostic | None:
    """A finding without names; None for one that is about somebody who is removed, and no error."""
    r = rewritten.get(rewrite.path(d.source))
    who = rewrite.who
    mine = Rewriter(who, r.places.language, who.words_in(r.places.meeting.id), r.places) if r else rewrite
    now: Diagnostic = mine.anything(d)
    about = (now.message, now.hint, now.entry) != (d.message, d.hint, d.entry) or (
        r is not None and d.code == "unlinked" and d.line in _unsure(r)
    )
    return None if about and d.severity != ERROR else now


def _unsure(r: Rewritten) -> list[int]:
    """The lines with words that may mean somebody who is removed, or somebody else: what several may be meant by, and
    first names that nobody else there has."""
    here = r.places
    removed = here.who.entry_of.get(here.meeting.id, {}).keys()
    settled = {id(x) for x, _ in here.mentions}
    unlinked = (x for x in here.meeting.mentions if not x.person and id(x) not in settled)
    lines = [x.line for x in unlinked if places.candidates(x) & removed]
    if here.given:
        first = re.compile(rf"(?<![\w@.-])(?:{'|'.join(map(re.escape, sorted(here.given)))})(?![\w-]|\s+[A-Z])")
        for i, text in enumerate(r.texts):
            others = [x for x in here.meeting.mentions_in.get(i, ()) if x.resolved]
            for m in first.finditer(text.before.plain):
                if not text.touched(*m.span()) and not any(x.start < m.end() and m.start() < x.end for x in others):
                    lines.append(text.before.line_at(m.start()))
    for i, text in enumerate(r.texts):
        settled_ = [x for x in here.meeting.mentions_in.get(i, ()) if x.resolved]
        for start, end, _ in here.who.shared.places(text.before.plain):
            if not text.touched(start, end) and not any(x.start < end and start < x.end for x in settled_):
                lines.append(text.before.line_at(start))
    return list(dict.fromkeys(lines))


def _unclear(r: Rewritten, line: int) -> Diagnostic:
    return Diagnostic(
        "redaction-unclear",
        WARNING,
        r.minutes.source,
        line,
        "Words on this line may mean somebody who was removed, or somebody else; they were left, linked to nobody.",
        "Look at the line in the file; where it means the one who was removed, put other words there.",
    )


class _Links:
    """Whom and what the words of each meeting mean: as before, less those who are gone."""

    def __init__(self, without: Archive, rewrite: Rewriter) -> None:
        self.people, self.organizations, self.meetings = without.person, without.organization, without.meeting
        self.who = rewrite.who
        self.rewrite = rewrite

    def meeting(self, now: Meeting, r: Rewritten) -> Meeting:
        before = r.places.meeting
        gone = self.who.entry_of.get(before.id, {})
        items = zip(before.items, now.items, strict=True)
        actions = zip(before.actions, now.actions, strict=True)
        decisions = zip(before.decisions, now.decisions, strict=True)
        return replace(
            now,
            mentions=tuple(y for x in before.mentions if (y := self._mention(x, gone, r.texts[x.block]))),
            items=tuple(replace(b, owners=self._owners(a.owners, gone)) for a, b in items),
            actions=tuple(self._action(a, b, gone) for a, b in actions),
            decisions=tuple(
                replace(
                    b,
                    movers=self._owners(a.movers, gone),
                    seconders=self._owners(a.seconders, gone),
                    elected=self._owners(a.elected, gone),
                )
                for a, b in decisions
            ),
        )

    def _action(self, before: ResolvedAction, now: ResolvedAction, gone: Mapping[str, int]) -> ResolvedAction:
        """What was heard of it stays as it was, also where without a name two actions read alike."""
        return replace(
            now,
            owners=self._owners(before.owners, gone),
            news=tuple(self._news(n) for n in before.news),
            silent_for=before.silent_for,
            restates=before.restates,
        )

    def _news(self, n: News) -> News:
        there = self.meetings.get(n.meeting)
        made: News = self.rewrite.anything(n)
        if there is None:
            return made
        if n.report is not None:
            return replace(made, text=there.minutes.reports[n.report].text)
        told = next((a.action for a in there.actions if f"action-{a.number}" == n.anchor), None)
        if told is None:
            return made
        row = there.minutes.blocks[told.block]
        return replace(made, text=row.text.plain if row.kind == "row" else told.text)

    def _mention(self, x: Mention, gone: Mapping[str, int], text: Edited) -> Mention | None:
        if x.person in gone or text.touched(x.start, x.end):
            return None
        if (x.person and x.person not in self.people) or (x.organization and x.organization not in self.organizations):
            return None
        if gone.keys() & places.candidates(x):
            return None  # `redaction-unclear` says so, without the name
        start, end = text.at(x.start), text.at(x.end)
        kept = x._replace(start=start, end=end, text=text.text.plain[start:end], remedy=self.rewrite.words(x.remedy))
        names = {p.address: p.name for p in self.people.values()} if x.candidates else {}
        made = tuple(replace(c, name=names.get(c.address, self.rewrite.words(c.name))) for c in kept.candidates)
        return kept._replace(term=self.rewrite.words(kept.term), candidates=made)

    def _owners(self, owners: tuple[Owner, ...], gone: Mapping[str, int]) -> tuple[Owner, ...]:
        out = []
        for o in owners:
            if o.person in gone:
                out.append(Owner(self.who.redactions[gone[o.person]].words))
            elif o.person and o.person in self.people:
                out.append(Owner(self.people[o.person].name, person=o.person))
            elif o.organization and o.organization in self.organizations:
                out.append(Owner(self.organizations[o.organization].name, organization=o.organization))
            else:
                out.append(Owner(self.rewrite.words(o.name)))
        return tuple(dict.fromkeys(out))

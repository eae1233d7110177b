"""The entries of feeds: what a reader of feeds sees of a meeting, an item, an action, a decision, a profile.

Each is made from its own meeting, and of an action from what was heard of it; so it stays the same to the byte while
others come and go. All words of minutes are escaped, and long ones cut: the rest stands where the entry leads.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from minutebook.model import Archive, Meeting, Organization, Person, ResolvedAction, ResolvedDecision, Settings
from minutebook.publish import sayings
from minutebook.publish.feeds.atom import Entry
from minutebook.publish.feeds.told import About
from minutebook.publish.moments import followed, midnight, permanent, removals, revised
from minutebook.publish.sayings import clean, short

TITLE = 120
PASSAGE = 600
"""Characters of a title, and of a paragraph, an action or a decision."""
PASSAGES = 12
"""Paragraphs of one entry, and lines of each of its lists."""
NAMES = 60
"""Names in each list of who attended."""


@dataclass(frozen=True)
class Entries:
    """Makes the entries of one archive's feeds."""

    archive: Archive
    settings: Settings

    def meeting(self, m: Meeting) -> Entry:
        """A meeting: what was decided, who is to do what, what it was about, who attended."""
        made = m.minutes
        about = [
            sayings.when(m),
            clean(made.place),
            f"chaired by {', '.join(map(clean, made.chair))}" * bool(made.chair),
        ]
        content = [
            f"<p>{escape('; '.join(filter(None, about)))}.</p>",
            *(f"<p><em>{escape(short(n.text, PASSAGE))}</em></p>" for n in made.notes[:PASSAGES]),
            *self._list("Decided", (self._decision(m, d) for d in m.decisions), len(m.decisions)),
            *self._list("To do", (self._action(m, a) for a in sayings.actions(m)), len(sayings.actions(m))),
            *self._list("Business", map(escape, sayings.business(m)), len(sayings.business(m))),
            *self._attended(m),
        ]
        title = f"{sayings.body(self.archive, m)}, {sayings.day(m.date)}"
        topics = {t: self.archive.topic[t].name for i in m.items for t in i.topics}
        categories = tuple((id_, clean(name)) for id_, name in topics.items())
        return self._entry(m, m.id, title, "", sayings.in_brief(m) or title, content, revised(m), categories)

    def profile(self, who: Person | Organization, m: Meeting, about: About) -> Entry:
        """What one meeting holds on a person or an organisation."""
        name = clean(who.name)
        blocks = [(m.minutes.blocks[b].text.plain, anchor) for b, anchor in sorted(about.blocks.items())]
        passages = (f"<blockquote>{escape(short(t, PASSAGE))}{self._mark(m, at)}</blockquote>" for t, at in blocks)
        led = [sayings.item(m, m.items.index(i)) for i in about.items]
        content = [
            *self._listed(who, about),
            *self._list("Items led", map(escape, led), len(led)),
            *self._list("To do", (self._action(m, a) for a in about.actions), len(about.actions)),
            *self._some("In the minutes", passages, len(blocks)),
        ]
        counted = [
            sayings.count(len(led), "item led", "items led") if led else "",
            sayings.count(len(about.actions), "action") if about.actions else "",
            sayings.count(len(blocks), "paragraph") if blocks else "",
        ]
        summary = ", ".join(filter(None, counted)) or "Listed in the attendance"
        title = f"{name}: {sayings.body(self.archive, m)}, {sayings.day(m.date)}"
        return self._entry(m, f"{who.address}{m.id}", title, "", summary, content, revised(m))

    def item(self, m: Meeting, index: int) -> Entry:
        """An item of business: its paragraphs, what was decided under it, who is to do what."""
        i = m.items[index]
        blocks = [b for b in range(i.item.heading, i.item.end) if b in m.paragraphs]
        actions = [a for a in sayings.actions(m) if a.item == index]
        decisions = [d for d in m.decisions if d.item == index]
        passages = [short(m.minutes.blocks[b].text.plain, PASSAGE) for b in blocks]
        content = [
            *([f"<p>{escape(sayings.called(m, i.owners))}</p>"] if i.owners else []),
            *self._list("Decided", (self._decision(m, d) for d in decisions), len(decisions)),
            *self._list("To do", (self._action(m, a) for a in actions), len(actions)),
            *self._some("In the minutes", (f"<p>{escape(p)}</p>" for p in passages), len(passages)),
        ]
        title = f"{short(i.item.title, TITLE)}: {sayings.body(self.archive, m)}, {sayings.day(m.date)}"
        summary = short(passages[0], 300) if passages else title
        anchor = f"item-{i.key}"
        return self._entry(m, f"{m.id}/{anchor}", title, anchor, summary, content, revised(m))

    def action(self, m: Meeting, a: ResolvedAction) -> Entry:
        """An action: whose it is, when it is due, how it stands, and the words that say so."""
        owners = sayings.called(m, a.owners)
        state = sayings.STATES[a.status]
        facts = [f"Owner: {owners}" if owners else "No owner is named"]
        facts += [f"due {sayings.day(a.action.due)}"] if a.action.due else []
        facts += [f"set by {sayings.body(self.archive, m)} on {sayings.day(m.date)}"]
        facts += [sayings.item(m, a.item)] if a.item is not None else []
        news = [
            f"{sayings.day(n.date)}, {self._source(n.meeting, n.anchor)}: {escape(sayings.STATES[n.state])}"
            f"<blockquote>{escape(short(n.text, PASSAGE))}</blockquote>"
            for n in reversed(a.news)
        ]
        content = [
            f"<blockquote>{escape(short(a.action.text, PASSAGE))}</blockquote>",
            f"<p>{escape('; '.join(facts))}.</p>",
            f"<p>How it stands: <strong>{escape(state)}</strong>.</p>",
            *self._list("What was heard of it", news, len(news)),
        ]
        title = short(f"{owners}: {a.action.text}" if owners else a.action.text, TITLE)
        anchor = f"action-{a.number}"
        summary = short(f"{state}; {'; '.join(facts)}", 300)
        return self._entry(m, f"{m.id}/{anchor}", title, anchor, summary, content, followed(m, a), ((a.status, state),))

    def decision(self, m: Meeting, d: ResolvedDecision) -> Entry:
        """A decision: its words, who moved it and how it went."""
        how, within = sayings.voted(m, d), sayings.item(m, d.item)
        content = [
            f"<blockquote>{escape(short(d.decision.text, PASSAGE))}</blockquote>",
            *([f"<p>{escape(how)}</p>"] if how else []),
            f"<p>{escape('; '.join(filter(None, [sayings.body(self.archive, m), sayings.day(m.date), within])))}</p>",
        ]
        anchor = f"decision-{d.number}"
        title, summary = short(d.decision.text, TITLE), short(how or d.decision.text, 300)
        day = max([m.date, *removals(m)])
        kind = ((d.decision.kind, d.decision.kind),)
        return self._entry(m, f"{m.id}/{anchor}", title or anchor, anchor, summary, content, day, kind)

    def _entry(
        self,
        m: Meeting,
        id_: str,
        title: str,
        anchor: str,
        summary: str,
        content: Iterable[str],
        updated: dt.date,
        categories: tuple[tuple[str, str], ...] = (),
    ) -> Entry:
        return Entry(
            permanent(id_),
            title,
            self._url(m, anchor),
            midnight(m.date, self.settings),
            midnight(updated, self.settings),
            summary,
            "\n".join(content),
            sayings.body(self.archive, m),
            m.minutes.language,
            categories,
        )

    def _url(self, m: Meeting, anchor: str = "") -> str:
        return self.settings.site_url + m.address + (f"#{anchor}" if anchor else "")

    def _mark(self, m: Meeting, anchor: str) -> str:
        kind, _, number = anchor.partition("-")
        words = number.replace("-", ".") if kind == "p" else f"{kind} {number}"
        return f' <a href="{escape(self._url(m, anchor))}">{escape(words)}</a>'

    def _source(self, meeting: str, anchor: str) -> str:
        """Where news of an action stand: a place in the minutes of a meeting, or the register."""
        if meeting not in self.archive.meeting:
            return "the register of this archive"
        m = self.archive.meeting[meeting]
        return f'<a href="{escape(self._url(m, anchor))}">{escape(sayings.body(self.archive, m))}</a>'

    def _action(self, m: Meeting, a: ResolvedAction) -> str:
        owners = escape(sayings.called(m, a.owners) or "nobody named")
        due = f", due {sayings.day(a.action.due)}" if a.action.due else ""
        return f"<strong>{owners}</strong>{due}: {self._words(m, f'action-{a.number}', a.action.text)}"

    def _decision(self, m: Meeting, d: ResolvedDecision) -> str:
        how = sayings.voted(m, d)
        return self._words(m, f"decision-{d.number}", d.decision.text) + (f" ({escape(how)})" if how else "")

    def _words(self, m: Meeting, anchor: str, text: str) -> str:
        return f'<a href="{escape(self._url(m, anchor))}">{escape(short(text, PASSAGE)) or anchor}</a>'

    def _attended(self, m: Meeting) -> Iterator[str]:
        for heading, names in sayings.lists(m).items():
            more = f" and {len(names) - NAMES} more" if len(names) > NAMES else ""
            shown = ", ".join(short(n, TITLE) for n in names[:NAMES])
            yield f"<p><strong>{heading}</strong>: {escape(shown)}{more}</p>"

    def _listed(self, who: Person | Organization, about: About) -> Iterator[str]:
        """How a person is listed; who came for an organisation."""
        for a in about.listed[:PASSAGES]:
            said = [a.name.printed] if a.name and isinstance(who, Organization) else []
            said += [sayings.LISTS[a.status], a.role, a.organization if isinstance(who, Person) else ""]
            said += [f"represented by {a.represented_by}" if a.represented_by else ""]
            said += [f"for {a.represents}" if a.represents else ""]
            yield f"<p>{escape(short(', '.join(filter(None, said)), PASSAGE))}</p>"

    def _list(self, heading: str, lines: Iterable[str], number: int) -> Iterator[str]:
        shown = "".join(f"<li>{x}</li>" for _, x in zip(range(PASSAGES), lines, strict=False))
        yield from self._some(heading, [f"<ul>{shown}</ul>"], number)

    @staticmethod
    def _some(heading: str, parts: Iterable[str], number: int) -> Iterator[str]:
        """Parts below a heading; how many more there are, where not all are shown."""
        if number:
            yield f"<h2>{heading}</h2>"
            yield from (x for _, x in zip(range(PASSAGES), parts, strict=False))
            if number > PASSAGES:
                yield f"<p>And {number - PASSAGES} more.</p>"

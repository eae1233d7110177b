"""Which feeds there are, where each stands, and what is in it: never more than so many entries, the latest first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from minutebook.model import Archive, Meeting, Organization, Person, Settings, Topic, series_address
from minutebook.publish import sayings
from minutebook.publish.feeds.atom import Entry, Feed, write
from minutebook.publish.feeds.entries import Entries
from minutebook.publish.feeds.told import About, told
from minutebook.publish.moments import followed, removals, revised

NAME = "feed.xml"
EVERYTHING = NAME
MOST = 50
"""Entries of the feeds of all meetings, of a body, and of actions and decisions."""
MOST_OF_ONE = 20
"""Entries of the feed of a person, an organisation or a topic: there are thousands of such feeds."""

Day = tuple[dt.date, dt.date]
"""When something changed, and when its meeting was: what entries are put in order by."""
Made = tuple[Day, Callable[[], Entry]]
"""An entry that is written only if it is among the latest."""


def files(archive: Archive, settings: Settings) -> dict[str, bytes]:
    """Path -> bytes of every feed; also where pages stood before, as feed readers follow no page that leads on."""
    out = {feed.path: write(feed, settings) for feed in _feeds(archive, settings)}
    return out | moved(archive, out, NAME)


def moved(archive: Archive, files: dict[str, bytes], name: str) -> dict[str, bytes]:
    """The files called `name` once more, beside the pages that now lead on to the page that they stand beside."""
    out: dict[str, bytes] = {}
    for old, new in archive.redirects.items():
        pairs = [(old, new)]
        if old.startswith("meetings/") and new.startswith("meetings/"):
            pairs.append((_folder(old), _folder(new)))
        for before, now in pairs:
            if f"{before}{name}" not in files and f"{now}{name}" in files:
                out[f"{before}{name}"] = files[f"{now}{name}"]
    return out


def _folder(address: str) -> str:
    return "/".join(address.split("/")[:2]) + "/"


def bodies(archive: Archive) -> dict[str, list[Meeting]]:
    """First part of the meetings' addresses -> the meetings of its body, newest first.

    A body whose name changed may have several such parts; each has all its meetings, so that a feed goes on.
    """
    of: dict[str, list[Meeting]] = defaultdict(list)
    there: dict[str, dict[str, None]] = defaultdict(dict)
    for m in archive.meetings:
        of[m.body].append(m)
        there[m.series][m.body] = None
    return {
        part: [m for body in ids for m in of[body]] if len(ids) == 1 else [m for m in archive.meetings if m.body in ids]
        for part, ids in there.items()
    }


def _feeds(archive: Archive, settings: Settings) -> Iterator[Feed]:
    entries = Entries(archive, settings)
    # A meeting's entry stands in several feeds, and is made once.
    whole: dict[str, Made] = {
        m.id: ((revised(m), m.date), cache(partial(entries.meeting, m))) for m in archive.meetings
    }
    of: dict[str, list[Made]] = defaultdict(list)
    name = settings.site_name
    yield _feed(EVERYTHING, name, "meetings", "meetings/", whole.values())
    for part, meetings in bodies(archive).items():
        title, page = sayings.body(archive, meetings[0]), series_address(part)
        yield _feed(f"meetings/{part}/{NAME}", title, "meetings", page, (whole[m.id] for m in meetings))
    yield _feed(f"actions/{NAME}", f"Actions: {name}", "actions", "actions/", _actions(archive, entries))
    yield _feed(f"decisions/{NAME}", f"Decisions: {name}", "decisions", "decisions/", _decisions(archive, entries))
    found: dict[str, list[tuple[Meeting, About]]] = defaultdict(list)
    for m in archive.meetings:
        of[m.body].append(whole[m.id])
        for address, about in told(archive, m).items():
            found[address].append((m, about))
    for p in archive.people:
        yield _profile(p, found[p.address], [], whole, entries, name)
    for o in archive.organizations:
        # A body's own meetings stand there as a whole, beside what others say of it.
        others = [(m, about) for m, about in found[o.address] if m.body != o.id]
        yield _profile(o, others, of[o.id], whole, entries, name)
    for t in archive.topics:
        yield _topic(t, archive, entries, name)


def _feed(path: str, title: str, what: str, page: str, made: Iterable[Made], most: int = MOST) -> Feed:
    chosen = sorted(made, key=lambda x: x[0], reverse=True)[:most]  # of one day, in the order given
    subtitle = f"The {most} {what} that changed last, the latest first."
    return Feed(path, title, subtitle, page, [write_entry() for _, write_entry in chosen])


def _actions(archive: Archive, entries: Entries) -> Iterator[Made]:
    for m in archive.meetings:
        for a in sayings.actions(m):
            yield (followed(m, a), m.date), partial(entries.action, m, a)


def _decisions(archive: Archive, entries: Entries) -> Iterator[Made]:
    for m in archive.meetings:
        for d in m.decisions:
            yield (max([m.date, *removals(m)]), m.date), partial(entries.decision, m, d)


def _profile(
    who: Person | Organization,
    found: Sequence[tuple[Meeting, About]],
    own: Sequence[Made],
    whole: Mapping[str, Made],
    entries: Entries,
    site: str,
) -> Feed:
    """The feed of a person or an organisation: an entry for each meeting that holds something on them."""
    made = [(whole[m.id][0], partial(entries.profile, who, m, about)) for m, about in found]
    title = f"{sayings.clean(who.name)}: {site}"
    return _feed(f"{who.address}{NAME}", title, "meetings", who.address, [*own, *made], MOST_OF_ONE)


def _topic(t: Topic, archive: Archive, entries: Entries, site: str) -> Feed:
    made = []
    for id_, index in t.items:
        m = archive.meeting[id_]
        made.append(((revised(m), m.date), partial(entries.item, m, index)))
    return _feed(f"{t.address}{NAME}", f"{sayings.clean(t.name)}: {site}", "items", t.address, made, MOST_OF_ONE)

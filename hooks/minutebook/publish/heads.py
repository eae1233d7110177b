"""What the head of each page says to programs: where its feeds, its calendars and its data are, and what it is about.

The theme prints it, so that addresses fit the page.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from minutebook.model import Archive, Meeting, Settings, series_address
from minutebook.publish import calendars, feeds, sayings
from minutebook.publish.feeds import atom
from minutebook.publish.linked_data import scripts

BESIDE = (
    ("application/json", "Data of this meeting", "index.json"),
    ("text/markdown", "This page as Markdown", "index.md"),
    ("application/akn+xml", "This meeting as Akoma Ntoso", "minutes.akn.xml"),
)
"""Other forms of a meeting, by the name of the file beside its page; those that are not published are not offered."""
ALWAYS = ("index.md",)
"""Of these, what MkDocs would take for a page, so that it is no file among the others."""
BODIES = 20
"""Bodies whose feeds and calendars the index of meetings offers."""


@dataclass(frozen=True)
class Alternate:
    """Another form of a page, or of what it lists: `<link rel="alternate">` (HTML Standard, section 4.6.7.1)."""

    type: str
    title: str
    path: str
    """From the site's root."""


@dataclass(frozen=True)
class Head:
    """What one page says."""

    alternates: tuple[Alternate, ...]
    script: str = ""
    """JSON-LD, to stand as it is within a script's element."""


def heads(archive: Archive, settings: Settings, files: Container[str]) -> dict[str, Head]:
    """Address -> head; what every page says stands under "". `files` are the paths that are published."""
    every = (
        Alternate(atom.MEDIA_TYPE, f"{settings.site_name}: meetings", feeds.EVERYTHING),
        Alternate(calendars.MEDIA_TYPE, f"{settings.site_name}: meetings", calendars.NAME),
    )
    data = scripts(archive, settings)
    own: dict[str, list[Alternate]] = {
        "": [],
        "actions/": [Alternate(atom.MEDIA_TYPE, "Actions", f"actions/{feeds.NAME}")],
        "decisions/": [Alternate(atom.MEDIA_TYPE, "Decisions", f"decisions/{feeds.NAME}")],
        "data/": [Alternate("application/json", "The whole archive", "data/archive.json")],
    }
    bodies = {part: list(_of_body(archive, part, ms[0])) for part, ms in feeds.bodies(archive).items()}
    own["meetings/"] = [x for found in list(bodies.values())[:BODIES] for x in found]
    own |= {series_address(part): found for part, found in bodies.items()}
    for m in archive.meetings:
        own[m.address] = [*bodies[m.series], *_of_meeting(m, files)]
    named = [(p.address, p.name) for p in archive.people]
    named += [(o.address, o.name) for o in archive.organizations]
    named += [(t.address, t.name) for t in archive.topics]
    for address, name in named:
        own[address] = [Alternate(atom.MEDIA_TYPE, sayings.clean(name), f"{address}{feeds.NAME}")]
    for part, meetings in feeds.bodies(archive).items():
        own[archive.organization[meetings[0].body].address].append(bodies[part][1])
    return {address: Head((*every, *found), data.get(address, "")) for address, found in own.items()}


def _of_body(archive: Archive, part: str, newest: Meeting) -> Iterator[Alternate]:
    name = sayings.body(archive, newest)
    yield Alternate(atom.MEDIA_TYPE, name, f"meetings/{part}/{feeds.NAME}")
    yield Alternate(calendars.MEDIA_TYPE, name, f"meetings/{part}/{calendars.NAME}")


def _of_meeting(m: Meeting, files: Container[str]) -> Iterator[Alternate]:
    yield Alternate(calendars.MEDIA_TYPE, "This meeting", m.address + calendars.ONE)
    for type_, title, name in BESIDE:
        if name in ALWAYS or m.address + name in files:
            yield Alternate(type_, title, m.address + name)

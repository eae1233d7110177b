"""The glossary; and the computed parts of pages that are written by hand."""

from __future__ import annotations

from minutebook.model import Archive, Meeting, ResolvedAction, Settings
from minutebook.render import atoz, lives, term_pages, terms
from minutebook.render.markdown import escape
from minutebook.render.meeting import action_text, owners
from minutebook.render.page import Sheet, fragment

LATEST = 5
"""Meetings, and actions, on the home page."""
PILLS = 24
"""Topics there."""


def every_action(archive: Archive) -> list[tuple[Meeting, ResolvedAction]]:
    """All actions, the newest meeting's first, in its order; what only prints an earlier one again is none."""
    return [(m, a) for m in archive.meetings for a in m.tasks]


def glossary(archive: Archive, settings: Settings) -> list[Sheet]:
    """The glossary; a long one has what nobody explains under its letters too."""
    explained = [e for e in archive.glossary if e.meaning]
    long = term_pages.is_long(archive)
    return atoz.pages(
        archive,
        settings,
        "glossary",
        "Glossary",
        map(term_pages.named, archive.glossary if long else explained),
        nouns=("term", "terms"),
        long=long,
        tab="about/",
        explained=len(explained),
        unexplained=[] if long else [e for e in archive.glossary if not e.meaning],
        anchor=terms.anchors(explained).get,
        defined=lambda e: terms.defined(archive, e),
        newest=lambda e: terms.newest(archive, e),
        several=sum(o.is_body for o in archive.organizations) > 1,
        description="The acronyms of these minutes, with what they stand for where the minutes say so.",
    )


def figures(archive: Archive, settings: Settings) -> str:
    """What the archive holds, in numbers."""
    return fragment(
        archive, "figures", people=len(archive.people), decisions=sum(len(m.decisions) for m in archive.meetings)
    )


def latest_meetings(archive: Archive, settings: Settings) -> str:
    """The newest meetings."""
    return fragment(archive, "latest_meetings", rows=archive.meetings[:LATEST])


def latest_actions(archive: Archive, settings: Settings) -> str:
    """The newest actions that are open."""
    every = every_action(archive)
    going = [(m, a) for m, a in every if a.is_open]
    return fragment(
        archive,
        "latest_actions",
        rows=going[:LATEST],
        total=len(every),
        going=len(going),
        status=lives.status,
        owners=owners,
        action_text=action_text,
    )


def topic_pills(archive: Archive, settings: Settings) -> str:
    """The topics that came up most, by name."""
    most = sorted(archive.topics, key=lambda t: -len(t.items))[:PILLS]
    rows = [t for t in archive.topics if t in most]
    return fragment(archive, "topic_pills", rows=rows, total=len(archive.topics))


def licence(archive: Archive, settings: Settings) -> str:
    """Under which terms the minutes may be used."""
    if not settings.licence:
        return "The minutes name no licence."
    return f"[{escape(settings.licence)}]({settings.licence_url})" if settings.licence_url else escape(settings.licence)

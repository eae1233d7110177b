"""The archive to pages: Markdown with front matter, written by the templates beside this file.

Pure: the same archive gives the same pages. `render` makes whole pages, `fragments` the parts of hand-written pages
that are computed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import yaml

from minutebook.model import Archive, Page, Settings
from minutebook.render import browse, indexes, lists, meeting, profiles, unresolved
from minutebook.render.markdown import raw
from minutebook.render.page import Sheet

PAGES: tuple[Callable[[Archive, Settings], list[Sheet]], ...] = (
    meeting.pages,
    browse.meetings,
    indexes.actions,
    indexes.decisions,
    profiles.people,
    profiles.organisations,
    profiles.topics,
    lists.glossary,
    unresolved.pages,
)
"""Each kind of page, by the function that makes all pages of the kind."""

FRAGMENTS: Mapping[str, Callable[[Archive, Settings], str]] = {
    "figures": lists.figures,
    "latest-meetings": lists.latest_meetings,
    "latest-actions": lists.latest_actions,
    "topics": lists.topic_pills,
    "licence": lists.licence,
}
"""What a hand-written page may hold as `<!-- minutebook: NAME -->`; links are relative to the site's root."""


def render(archive: Archive, settings: Settings) -> dict[str, Page]:
    """All generated pages: address -> page."""
    sheets = [sheet for pages in PAGES for sheet in pages(archive, settings)]
    if settings.portable:
        sheets = [replace(s, front_matter=_plain(s.front_matter)) for s in sheets]
    return {s.address: Page(s.address, s.title, _with_front_matter(s), s.front_matter) for s in sheets}


def fragments(archive: Archive, settings: Settings) -> dict[str, str]:
    """The computed parts of hand-written pages: name -> Markdown."""
    return {name: write(archive, settings).strip() for name, write in FRAGMENTS.items()}


def _plain(matter: Mapping[str, object]) -> dict[str, object]:
    """Front matter for any theme: without what only ours reads, and with nothing in it that a page could take for HTML.

    The themes of MkDocs print `title` and `description` as they are, which ours escapes; and one of them takes `source`
    for a list of files of code.
    """
    printed = {k: raw(str(matter[k])) for k in ("title", "description") if k in matter}
    other = {"source": "source_file"}
    return {other.get(k, k): printed.get(k, v) for k, v in matter.items() if k not in ("tab", "breadcrumbs")}


def _with_front_matter(sheet: Sheet) -> str:
    matter = yaml.safe_dump(dict(sheet.front_matter), allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{matter}---\n\n{sheet.markdown.strip()}\n"

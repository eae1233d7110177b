"""Atom as RFC 4287 has it, written with the standard library's XML."""

from __future__ import annotations

import datetime as dt
import posixpath
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from minutebook.model import Settings
from minutebook.publish.moments import permanent
from minutebook.publish.sayings import clean

MEDIA_TYPE = "application/atom+xml"
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When a feed without entries was last changed: it must say something (RFC 4287, section 4.1.1)."""


@dataclass(frozen=True)
class Entry:
    """One entry: the same bytes in whichever feed it stands (RFC 4287, section 4.1.2)."""

    id: uuid.UUID
    title: str
    link: str
    """Where it leads, as the feed writes it: absolute, or from the site's root."""
    published: dt.datetime
    updated: dt.datetime
    summary: str
    content: str
    """HTML, in which everything from minutes is escaped."""
    author: str
    language: str = ""
    categories: tuple[tuple[str, str], ...] = ()
    """(term, label)."""

    @cached_property
    def xml(self) -> str:
        """The entry as XML; made once, as several feeds hold it."""
        parts = [
            _element("id", self.id.urn),
            _element("title", self.title),
            _element("link", rel="alternate", type="text/html", href=self.link),
            _element("published", self.published.isoformat()),
            _element("updated", self.updated.isoformat()),
            _author(self.author),
            *(_element("category", term=term, label=label) for term, label in self.categories),
            _element("summary", self.summary),
            _element("content", self.content, type="html"),
        ]
        return _written("entry", {"xml:lang": self.language} if self.language else {}, parts)


@dataclass(frozen=True)
class Feed:
    """A feed: where it stands, what it is about, and its entries, already chosen and in order."""

    path: str
    title: str
    subtitle: str
    page: str
    """Address of the page that it goes with."""
    entries: Sequence[Entry]


def write(feed: Feed, settings: Settings) -> bytes:
    """A feed as XML in UTF-8.

    Where it is not known where the site will stand, links start at the site's root, and `xml:base` says how to get
    there from the feed (RFC 4287, section 2).
    """
    up = posixpath.relpath(".", posixpath.dirname(feed.path) or ".")
    base = {} if settings.site_url else {"xml:base": f"{up}/"}
    latest = max((e.updated for e in feed.entries), default=_EPOCH)
    parts = [
        _element("id", permanent(f"{settings.site_name}: {feed.path}").urn),
        _element("title", clean(feed.title)),
        _element("subtitle", clean(feed.subtitle)),
        _element("updated", latest.isoformat()),
        _element("link", rel="self", type=MEDIA_TYPE, href=settings.site_url + feed.path),
        _element("link", rel="alternate", type="text/html", href=(settings.site_url + feed.page) or "./"),
        # RFC 4946
        *([_element("link", rel="license", href=settings.licence_url)] if settings.licence_url else []),
        *([_element("rights", clean(settings.licence))] if settings.licence else []),
        _author(clean(settings.site_name)),
        _element("generator", "Minutebook"),
    ]
    attributes = {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": settings.language, **base}
    head, end, _ = _written("feed", attributes, parts).rpartition("</feed>")
    # Entries are put in as they are: each is written once, for all feeds that hold it.
    entries = "".join(f"{e.xml}\n" for e in feed.entries)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head}{entries}{end}\n'.encode()


def _element(tag: str, text: str = "", /, **attributes: str) -> ElementTree.Element:
    element = ElementTree.Element(tag, attributes)
    element.text = text or None
    return element


def _author(name: str) -> ElementTree.Element:
    element = _element("author")
    element.append(_element("name", name))
    return element


def _written(tag: str, attributes: Mapping[str, str], parts: Sequence[ElementTree.Element]) -> str:
    """An element as XML, each of its parts on a line of its own."""
    element = ElementTree.Element(tag, dict(attributes))
    element.text = "\n"
    for part in parts:
        part.tail = "\n"
        element.append(part)
    return ElementTree.tostring(element, encoding="unicode")

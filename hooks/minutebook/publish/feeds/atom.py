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
            _tag("id", self.id.urn),
            _tag("title", self.title),
            _tag("link", rel="alternate", type="text/html", href=self.link),
            _tag("published", self.published.isoformat()),
            _tag("updated", self.updated.isoformat()),
            _within("author", _element("name", self.author)),
            *(_tag("category", term=term, label=label) for term, label in self.categories),
            _tag("summary", self.summary),
            _tag("content", self.content, type="html"),
        ]
        opened = f'<entry xml:lang="{self.language}">' if self.language else "<entry>"
        return "\n".join([opened, *filter(None, parts), "</entry>"])


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
    base = "" if settings.site_url else f' xml:base="{up}/"'
    latest = max((e.updated for e in feed.entries), default=_EPOCH)
    parts = [
        _tag("id", permanent(f"{settings.site_name}: {feed.path}").urn),
        _tag("title", clean(feed.title)),
        _tag("subtitle", clean(feed.subtitle)),
        _tag("updated", latest.isoformat()),
        _tag("link", rel="self", type=MEDIA_TYPE, href=settings.site_url + feed.path),
        _tag("link", rel="alternate", type="text/html", href=(settings.site_url + feed.page) or "./"),
        # RFC 4946
        _tag("link", rel="license", href=settings.licence_url) if settings.licence_url else "",
        _tag("rights", clean(settings.licence)) if settings.licence else "",
        _within("author", _element("name", clean(settings.site_name))),
        _tag("generator", "Minutebook"),
        *(e.xml for e in feed.entries),
    ]
    opened = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{settings.language}"{base}>'
    head = '<?xml version="1.0" encoding="utf-8"?>'
    return ("\n".join([head, opened, *filter(None, parts), "</feed>"]) + "\n").encode()


def _element(tag: str, text: str = "", attributes: Mapping[str, str] = {}) -> ElementTree.Element:
    element = ElementTree.Element(tag, dict(attributes))
    element.text = text or None
    return element


def _tag(tag: str, text: str = "", /, **attributes: str) -> str:
    return ElementTree.tostring(_element(tag, text, attributes), encoding="unicode")


def _within(tag: str, child: ElementTree.Element) -> str:
    element = _element(tag)
    element.append(child)
    return ElementTree.tostring(element, encoding="unicode")

"""Pages written by hand, as records: one for each section, and one for what stands above the first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

from minutebook.publish.search.records import Group, Record

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = (*_HEADINGS, "p", "li", "dt", "dd", "td", "th", "pre", "blockquote", "figcaption", "summary")
_UNREAD = ("script", "style", "template", "svg")


@dataclass(frozen=True)
class WrittenPage:
    """A page written by hand, whose HTML was made without the parts that are computed."""

    address: str
    title: str
    html: str


def groups(pages: Iterable[WrittenPage]) -> Iterator[Group]:
    """The records of each page, in the order of the addresses."""
    for page in sorted(pages, key=lambda p: p.address):
        reader = _Sections(page.title)
        reader.feed(page.html)
        reader.close()
        yield Group(page.address, page.title, tuple(reader.records()))


class _Sections(HTMLParser):
    """The sections of a page: (anchor, heading, paragraphs)."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.sections: list[tuple[str, list[str], list[list[str]]]] = [("", [title], [[]])]
        self._heading = self._unread = 0

    def records(self) -> Iterator[Record]:
        """The first section is there for the page's name; the others where they say something."""
        for k, (anchor, heading, paragraphs) in enumerate(self.sections):
            text = [" ".join("".join(p).split()) for p in paragraphs]
            title = " ".join("".join(heading).split())
            if k == 0 or title or any(text):
                yield Record("page", title, tuple((t,) for t in text if t), anchor=anchor)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        anchor = dict(attrs).get("id") or ""
        if tag in _HEADINGS and tag != "h1" and anchor:
            self.sections.append((anchor, [], [[]]))
            self._heading += 1
        elif tag == "h1":
            self._unread += 1  # the page's name, which it has already
        elif tag in _BLOCKS:
            self.sections[-1][2].append([])
        elif tag == "br":
            self.handle_data(" ")
        self._unread += tag in _UNREAD

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS and self._heading:
            self._heading -= 1
        if tag in (*_UNREAD, "h1") and self._unread:
            self._unread -= 1

    def handle_data(self, data: str) -> None:
        if not self._unread:
            (self.sections[-1][1] if self._heading else self.sections[-1][2][-1]).append(data)

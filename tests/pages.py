"""Built pages read as a browser would, as far as the tests ask; and what a crawler would find wrong with a site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
INLINE = frozenset(
    ["a", "abbr", "b", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "time"]
)
UNSEEN = frozenset(["script", "style", "template"])
LOADS = {"script": "src", "img": "src", "iframe": "src", "source": "src", "embed": "src", "object": "data"}
LOADING_RELS = frozenset(["stylesheet", "icon", "preload", "modulepreload", "manifest"])


@dataclass(eq=False)
class Element:
    """One element of a page."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: Element | None = None
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """The elements below this one, in the order of the page."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def all(self, tag: str = "", cls: str = "", **attributes: str) -> list[Element]:
        """Those below this one that have this tag, class and attributes."""
        return [
            e
            for e in self.walk()
            if (not tag or e.tag == tag)
            and (not cls or cls in e.attributes.get("class", "").split())
            and all(e.attributes.get(k.replace("_", "-")) == v for k, v in attributes.items())
        ]

    def one(self, tag: str = "", cls: str = "", **attributes: str) -> Element:
        """The only such element."""
        found = self.all(tag, cls, **attributes)
        assert len(found) == 1, f"{len(found)} elements <{tag}> {cls} {attributes}"
        return found[0]

    def closest(self, *tags: str) -> Element:
        """The nearest element around this one with one of these tags."""
        e = self.parent
        while e is not None and e.tag not in tags:
            e = e.parent
        assert e is not None, f"no {tags} around <{self.tag}>"
        return e

    @property
    def text(self) -> str:
        """What a reader sees, in one line."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        edge = "" if self.tag in INLINE else " "
        yield edge
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in UNSEEN:
                yield from child._texts()
        yield edge

    def links(self) -> list[str]:
        """Where the links in it lead, as they are written."""
        return [a.attributes["href"] for a in self.all("a") if "href" in a.attributes]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.at = Element("")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        e = Element(tag, {k: v or "" for k, v in attrs}, self.at)
        self.at.children.append(e)
        if said := e.attributes.get("data-said"):  # shown by the style sheet
            e.children.append(said)
        if tag not in VOID:
            self.at = e

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        e: Element | None = self.at
        while e is not None and e.tag != tag:
            e = e.parent
        if e is not None and e.parent is not None:
            self.at = e.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def parse(html: str) -> Element:
    """A page, or a piece of one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


@cache
def read(path: Path) -> Element:
    """A page. What is read is kept: built sites do not change under the tests."""
    return parse(path.read_text("utf-8"))


def words(text: str) -> list[str]:
    """The words of a text, without case and signs."""
    return re.findall(r"[^\W_]+", text.replace("\u00ad", "").casefold())


def target(page: str, href: str, base: str) -> str:
    """Where a link on the page at `page` (an address below the site's root) leads: an address, with its fragment."""
    whole = urljoin(f"http://site{base}{page}", href)
    return whole.removeprefix(f"http://site{base}")


def is_redirect(page: Element) -> bool:
    return bool(page.all("meta", http_equiv="refresh"))


def faults(site: Path, base: str) -> list[str]:
    """Everything that a crawler finds wrong: links and fragments that lead nowhere, loads from other hosts, ids twice,
    pages without language, title or exactly one first heading."""
    out: list[str] = []
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        out += [f"{name}: {fault}" for fault in _faults(site, path, name.removesuffix("index.html"), base)]
    for path in sorted(site.rglob("*.css")):
        name = path.relative_to(site).as_posix()
        for href in re.findall(r"(?:url\(|@import)\s*[\"']?((?!data:)[^\"')\s]+)", path.read_text("utf-8")):
            out += [f"{name}: {fault}" for fault in _link(site, name, href, base, loads=True)]
    return out


def _faults(site: Path, path: Path, address: str, base: str) -> Iterator[str]:
    page = read(path)
    html = page.all("html")
    if not html or not html[0].attributes.get("lang"):
        yield "no language"
    if not any(t.text for t in page.all("title")[:1]):
        yield "no title"
    first = len(page.all("h1"))
    if first != 1 and not is_redirect(page):
        yield f"{first} first headings"
    ids = Counter(e.attributes["id"] for e in page.walk() if "id" in e.attributes)
    yield from (f"id {i!r} {n} times" for i, n in ids.items() if n > 1)
    for e in page.walk():
        if e.tag in ("a", "area") and "href" in e.attributes:
            yield from _link(site, address, e.attributes["href"], base)
        elif e.tag == "link" and "href" in e.attributes:
            loads = bool(LOADING_RELS & set(e.attributes.get("rel", "").split()))
            yield from _link(site, address, e.attributes["href"], base, loads=loads)
        elif e.tag == "meta" and e.attributes.get("http-equiv", "").lower() == "refresh":
            yield from _link(site, address, e.attributes["content"].partition("url=")[2], base)
        elif e.tag in LOADS and LOADS[e.tag] in e.attributes:
            yield from _link(site, address, e.attributes[LOADS[e.tag]], base, loads=True)


def _link(site: Path, page: str, href: str, base: str, *, loads: bool = False) -> Iterator[str]:
    parts = urlsplit(urljoin(f"http://site{base}{page}", href))
    if parts.scheme not in ("http", "https", "mailto"):
        yield f"a link with the scheme {parts.scheme}: {href[:60]}"
    elif parts.netloc != "site":
        if loads:
            yield f"loads {href} from another host"
    elif not parts.path.startswith(base):
        yield f"{href} leads out of {base}"
    else:
        file = site / unquote(parts.path.removeprefix(base))
        if parts.path.endswith("/"):
            file /= "index.html"
        if not file.is_file():
            yield f"{href} leads nowhere"
        elif parts.fragment and file.suffix == ".html":
            ids = {e.attributes.get("id") for e in read(file).walk()}
            if unquote(parts.fragment) not in ids:
                yield f"{href}: nothing on that page has this id"

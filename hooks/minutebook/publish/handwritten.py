"""Pages that somebody wrote by hand, as far as an export has to understand them: front matter, and where links lead."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

SUFFIXES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""The names that MkDocs takes for pages (its `utils.markdown_extensions`)."""

SITE_ONLY = re.compile(r"<!--\s*minutebook:\s*site-only\s*-->(.*?)<!--\s*minutebook:\s*/site-only\s*-->", re.S)
"""What of a page is for our own site, because it needs our scripts or a page that is not exported."""

# As MkDocs has it (`utils/meta.py`): what it does not take for front matter, it shows as text.
_MATTER = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.S)
_LOADS = ("href", "src", "action")


@dataclass(frozen=True)
class Link:
    """A link, an image, or whatever else of a page names another file."""

    href: str
    line: int
    html: bool
    """Written as HTML: it is relative to the address of the page, not to its file."""


def front_matter(text: str) -> Mapping[str, object]:
    """What stands above a page; ValueError, with the line, if it is no YAML."""
    found = _MATTER.match(text)
    try:
        matter = yaml.safe_load(found[1]) if found else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ValueError(f"{line}: {error.problem}") from error
    except (yaml.YAMLError, ValueError) as error:  # a character, or a date, that cannot be
        raise ValueError(f"1: {str(error).splitlines()[0]}") from error
    return matter if isinstance(matter, Mapping) else {}


def links(text: str) -> list[Link]:
    """Everything in a page that leads somewhere, in order, but for what is for our own site."""
    text = SITE_ONLY.sub(lambda m: "\n" * m[0].count("\n"), text)  # lines keep their numbers
    found = _MATTER.match(text)
    above = text[: found.end()].count("\n") if found else 0
    reader = MarkdownIt("commonmark").enable("table")
    out: list[Link] = []
    for token in reader.parse(text[found.end() :] if found else text):
        line = above + (token.map[0] if token.map else 0) + 1
        out += _links_of(token, line)
    return out


def _links_of(token: Token, line: int) -> Iterator[Link]:
    if token.type == "html_block":
        yield from _in_html(token.content, line)
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            line += 1
        elif child.type == "html_inline":
            yield from _in_html(child.content, line)
            line += child.content.count("\n")
        elif href := child.attrs.get("href") or child.attrs.get("src"):
            yield Link(str(href), line, False)


def _in_html(html: str, line: int) -> list[Link]:
    out: list[Link] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            at = line + self.getpos()[0] - 1
            out.extend(Link(value, at, True) for name, value in attrs if name in _LOADS and value)

    Reader().feed(html)
    return out


def address(path: str) -> str:
    """Where a file of the tree stands on the site: `about.md` at `about/`, `index.md` at the address of its folder."""
    stem, suffix = posixpath.splitext(path)
    folder, _, name = stem.rpartition("/")
    if suffix in SUFFIXES and name not in ("index", "README"):
        return f"{stem}/"
    if suffix in SUFFIXES or (name, suffix) == ("index", ".html"):
        return f"{folder}/" if folder else ""
    return path


def leads_to(path: str, link: Link) -> str | None:
    """What a link on the page at `path` names: a path of the tree, an address if it is HTML, None if it leads out."""
    try:
        parts = urlsplit(link.href)
    except ValueError:  # no address at all, such as "http://[": the generator's to judge
        return None
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    there = unquote(parts.path)
    here = address(path) if link.html else posixpath.dirname(path)
    end = "/" if link.html and there.endswith(("/", ".")) else ""
    whole = posixpath.normpath(posixpath.join(here, there))
    return "" if whole == "." else whole + end

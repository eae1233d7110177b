"""An HTML document to the text and the few tags that `source` reads in Markdown, line by line where they stood.

Comments (also those of server-side includes), scripts, styles and the head go; the title of the head stays where the
body has no heading of the first level. A link to the web becomes one of Markdown; signs that Markdown would read are
escaped. Python's own html.parser is not used: in Python 3.11 it takes time that grows with the square of some broken
files. Here everything goes forward, and no pattern looks beyond the next "<".
"""

from __future__ import annotations

import codecs
import re
from html import unescape
from itertools import islice
from urllib.parse import quote

_DROPPED = frozenset(("script", "style", "template", "head", "svg", "math", "object", "iframe", "noframes"))
"""Elements that go with everything in them: what no reader of the page sees as text."""

_HEADINGS = tuple(f"h{n}" for n in range(1, 7))
_AS = {
    **{
        name: name for name in ("p", "br", "hr", "ul", "ol", "li", "table", "tr", "td", "th", "caption", "strong", "em")
    },
    **{name: name for name in _HEADINGS},
    **{"b": "strong", "i": "em", "cite": "em", "menu": "ul", "dir": "ul", "dt": "p", "dd": "p", "summary": "p"},
    **dict.fromkeys(
        (
            *("div", "section", "article", "main", "header", "footer", "nav", "aside", "body", "form", "fieldset"),
            *("legend", "figure", "figcaption", "address", "details", "blockquote", "center", "dl", "pre", "select"),
        ),
        "p",
    ),
}
"""What `source` is given for an element; what is not here goes, and leaves its words."""

_KEPT = re.compile(r"\b(?:start|value|colspan|rowspan)\s*=\s*[\"']?\d{1,4}", re.I)
_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*+)(?P<rest>(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+'|[\"'])*+)>"
)
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_HREF = re.compile(r"(?:^|\s)href\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<c>[^\s\"'>]+))", re.I)
_WEB = re.compile(r"(?:https?://|mailto:)", re.I)
_CHARSET = re.compile(rb"<meta\b[^<>]{0,200}?charset\s*=\s*[\"']?([A-Za-z0-9_.:-]{1,40})", re.I)
_H1 = re.compile(r"<h1\b[^<>]*+>", re.I)
_FRONT = re.compile(r"(?P<fence>---|\+\+\+)[ \t]*+\r?\n")
_LINE_END = re.compile(r"\r\n|[\r\n\f]")
_SIGNS = re.compile(r"[\\`*](?![ \t])|(?<![A-Za-z0-9\x80-\U0010ffff])_|_(?![A-Za-z0-9\x80-\U0010ffff])|~~~|\](?=\()|<")
_TITLES = 20
"""Headings of the first level that are looked at for words: a document has one or two."""
_STRUCK = frozenset(("s", "strike", "del"))


def reduced(data: bytes) -> bytes:
    """The bytes of an HTML document as text with few tags, in as many lines; what is no text is given back as it is."""
    if b"\0" in data and not data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return data
    text, encoding = _decoded(data)
    front = _front_matter(text)
    return (text[:front] + _Writer(text[front:]).written()).encode(encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """(the text, in which encoding it can be given on); bytes of an unknown encoding pass through one by one."""
    if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return data.decode("utf-16", "replace"), "utf-8"
    m = _CHARSET.search(data[:2048])
    for name in ("utf-8-sig", m[1].decode() if m else ""):
        try:
            return data.decode(name), "utf-8"
        except (LookupError, ValueError):
            continue
    return data.decode("latin-1"), "latin-1"


def _front_matter(text: str) -> int:
    """How many characters the front matter takes up that a site generator has put above the HTML."""
    if not (m := _FRONT.match(text)):
        return 0
    close = re.compile(rf"^{re.escape(m['fence'])}[ \t]*\r?$", re.M).search(text, m.end())
    return close.end() if close else 0


class _Writer:
    """Goes through a document once and writes what is kept of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.out: list[str] = []
        self.hidden = ""
        """The element that is being dropped."""
        self.link: tuple[int, str] | None = None
        """Where a link begins in `out`, and where it leads."""
        self.heading = ""
        """The heading that is open."""
        self.lines = 0
        """Depth of `pre`: within it, line ends count."""
        self.around = ""
        """What was being dropped around the title."""
        self.comments = True
        """Comments may still be closed further on."""
        self.title = not any(_has_words(text, m.end(), "</h1") for m in islice(_H1.finditer(text), _TITLES))

    def written(self) -> str:
        text, at, end = self.text, 0, len(self.text)
        while at < end:
            start = text.find("<", at)
            start = end if start < 0 else start
            self._words(text[at:start])
            if start == end:
                break
            at = self._markup(start)
        return "".join(self.out)

    def _markup(self, start: int) -> int:
        """Read what begins with "<"; where the next begins."""
        text = self.text
        if self.comments and text.startswith("<!--", start):
            if (stop := text.find("-->", start + 4)) >= 0:
                self._line_ends(text[start : stop + 3])
                return stop + 3
            self.comments = False  # what follows is shown: a slip must not swallow the minutes
        if m := _DECLARATION.match(text, start):
            self._line_ends(m[0])
            return m.end()
        if not (m := _TAG.match(text, start)):
            self._words("<")
            return start + 1
        name, closes = m["name"].lower(), bool(m["close"])
        if not closes and name in _DROPPED and name != "head":
            stop = _end_of(text, name, m.end())
            self._line_ends(text[start:stop])
            return stop
        if name == "head":
            self.hidden = "" if closes else "head"
        elif name == "title":
            self._title(closes, m.end())
        elif self.hidden == "head" and name in _AS:
            self.hidden = ""  # the head was not closed
        if not self.hidden:
            self._tag(name, closes, m["rest"])
        self._line_ends(m[0])
        return m.end()

    def _title(self, closes: bool, at: int) -> None:
        if closes and self.hidden in ("title", "dropped title"):
            self.out += ["</h1>"] if self.hidden == "title" else []
            self.hidden = self.around
        elif not closes and _has_words(self.text, at, "</title"):
            self.around, self.hidden = self.hidden, "title" if self.title else "dropped title"
            self.out += ["<h1>"] if self.title else []

    def _tag(self, name: str, closes: bool, rest: str) -> None:
        if name == "pre":
            self.lines = max(0, self.lines + (-1 if closes else 1))
        if name == "a":
            self._link(closes, rest)
        elif name in _STRUCK:
            self.out.append("~~")  # shown as it stands: what was struck out must not read as if it held
        elif name == "img" and (m := re.search(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", rest, re.I)):
            self._words(" ".join((m[1] or m[2] or "").split()))
        elif kept := _AS.get(name):
            if kept not in ("strong", "em", "br"):
                self.link = None  # a link over several paragraphs is none in Markdown
                if self.heading and not (closes and kept == self.heading):
                    self.out.append(f"</{self.heading}>")
                    self.heading = ""
                if kept in _HEADINGS:
                    if closes and not self.heading:
                        return
                    self.heading = "" if closes else kept
            given = "".join(f" {x}" for x in _KEPT.findall(rest)) if kept in ("ol", "li", "td", "th") else ""
            self.out.append(f"<{'/' * closes}{kept}{'' if closes else given}>".replace('"', "").replace("'", ""))

    def _link(self, closes: bool, rest: str) -> None:
        if not closes:
            m = _HREF.search(rest)
            href = unescape(next((x for x in m.groups() if x), "")).strip() if m else ""
            self.link = (len(self.out), href) if _WEB.match(href) else None
        elif self.link:
            start, href = self.link
            self.link = None
            if any(part.strip() for part in self.out[start:]):
                self.out.insert(start, "[")
                self.out.append(f"]({quote(href, safe=_SAFE)})")

    def _words(self, text: str) -> None:
        if self.hidden and self.hidden != "title":
            self._line_ends(text)
            return
        text = _SIGNS.sub(lambda m: "&lt;" if m[0] == "<" else f"\\{m[0]}", text)
        text = re.sub(r"(?<=[\r\n\f])[ \t]++", "", text)  # an indent says nothing in HTML
        self.out.append(_LINE_END.sub(lambda m: f"<br>{m[0]}", text) if self.lines else text)

    def _line_ends(self, text: str) -> None:
        self.out += _LINE_END.findall(text)


_SAFE = "!#$%&'*+,/:;=?@~._-"
"""Signs of an address that stay as they are; brackets and white space would end it in Markdown."""


def _end_of(text: str, name: str, at: int) -> int:
    """Behind the element's closing tag; the end of the text where there is none."""
    m = re.compile(rf"</{name}\b[^<>]*+>", re.I).search(text, at)
    return m.end() if m else len(text)


def _has_words(text: str, at: int, end: str) -> bool:
    """Whether words stand between a place and a tag, which is near."""
    part = text[at : at + 2000]
    stop = part.lower().find(end)
    return stop >= 0 and bool(re.sub(r"<!--.*?(?:-->|$)|<[^<>]*>", "", part[:stop], flags=re.S).strip())

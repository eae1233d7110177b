"""What all pages share: the sheet, the templates, dates in words, numbers in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

import jinja2

from minutebook import names
from minutebook.model import Archive
from minutebook.render.links import relative
from minutebook.render.markdown import Inline, attribute, escape
from minutebook.render.reading import changed


@dataclass(frozen=True)
class Sheet:
    """A page before its front matter is written above it."""

    address: str
    title: str
    markdown: str
    front_matter: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One of a row of ways to go on, such as the letters of a list: where it leads, or text where it leads nowhere."""

    words: str
    address: str = ""
    """Empty where there is nothing to go to."""
    anchor: str = ""
    number: int = 0
    """How much is there, where that is to be said."""
    here: bool = False
    """Whether it is the page that the reader is on."""
    within: bool = False
    """Whether that page belongs to it."""
    name: str = ""
    """An anchor of its own."""


@cache
def _environment() -> jinja2.Environment:
    # Markdown is no HTML: what is printed is escaped by `md`, or written by `Inline`, which escapes too.
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("minutebook.render"),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )
    env.filters |= {
        "md": escape,
        "attr": attribute,
        "day": day,
        "weekday": weekday,
        "count": count,
        "changed": changed,
        "term_anchor": names.term_anchor,
    }
    return env


def write(
    archive: Archive,
    kind: str,
    address: str,
    title: str,
    *,
    tab: str,
    trail: tuple[tuple[str, str], ...] = (),
    description: str = "",
    template: str = "",
    matter: Mapping[str, object] | None = None,
    portable: bool = False,
    **values: object,
) -> Sheet:
    """One page.

    `tab` is the address of the tab it belongs to, `trail` the pages above it as (title, address), `matter` what its
    front matter holds besides; `portable` is that of `Settings`.
    """
    front = {
        "title": title,
        "kind": kind,
        "tab": tab,
        **({"breadcrumbs": [{"title": t, "address": a} for t, a in trail]} if trail else {}),
        **({"description": description} if description else {}),
        **(matter or {}),
    }
    markdown = _write(archive, template or kind, address, {"title": title, **values}, portable)
    return Sheet(address, title, markdown, front)


def _write(archive: Archive, template: str, here: str, values: Mapping[str, object], portable: bool = False) -> str:
    def link(words: str, there: str, anchor: str = "") -> str:
        """A link whose words are text, to be escaped."""
        return f"[{escape(words)}]({relative(here, there, anchor)})"

    def anchored(anchor: str, words: str) -> str:
        """A heading's words behind its anchor, unless every reader of Markdown makes that of the words themselves."""
        if portable and re.fullmatch("[A-Za-z ]+", words) and words.lower().replace(" ", "-") == anchor:
            return words
        return f'<a id="{anchor}"></a>{escape(words)}'

    text = (
        _environment()
        .get_template(f"{template}.md.jinja")
        .render(
            archive=archive,
            here=here,
            portable=portable,
            link=link,
            anchored=anchored,
            url=lambda there, anchor="": relative(here, there, anchor),
            inline=Inline(archive, here),
            **values,
        )
    )
    return re.sub(r"\n{3,}", "\n\n", text)


def fragment(archive: Archive, template: str, **values: object) -> str:
    """A part of a hand-written page; its links start at the site's root."""
    return _write(archive, template, "", values)


def day(date: dt.date) -> str:
    """A date in words: "3 May 2021"."""
    return f"{date.day} {date:%B} {date.year}"


def weekday(date: dt.date) -> str:
    """A date in words with its day of the week."""
    return f"{date:%A} {day(date)}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 meeting", "2 meetings"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

"""The finished tree for other site generators, as `minutebook export` writes it: Markdown, data, a plain `mkdocs.yml`.

Pure: pages, files and hand-written pages in; path -> bytes out, the same for the same input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from importlib.resources import files as resources

import yaml

from minutebook.diagnostics import ERROR, WARNING, Diagnostic, in_order
from minutebook.model import Page, Settings
from minutebook.publish.handwritten import SUFFIXES, address, front_matter, leads_to, links

CONFIG = "mkdocs.yml"
ZENSICAL = "zensical.yml"
DOCS = "docs"
STYLE = "assets/minutebook.css"
_HEAD = """\
# Written by `minutebook export`, and again by the next one. What you want otherwise, a theme for example, goes into a
# file of your own beside this one, which begins with `INHERIT: mkdocs.yml`: `mkdocs build --config-file yours.yml`.
"""
_FOR_ZENSICAL = f"""\
# Written by `minutebook export`. Zensical has no theme “mkdocs”: `zensical build --config-file {ZENSICAL}`.
INHERIT: {CONFIG}
theme:
  name: zensical
"""
_KEPT = ("site_description", "site_author", "site_url", "copyright")
"""Settings of the site that mean the same everywhere."""
_SAME: Mapping[str, object] = {
    # MkDocs would take this theme anyway, ProperDocs asks for its name. It fetches highlighting from another host;
    # Material and Zensical, which may inherit from this file, fetch fonts.
    "theme": {"name": "mkdocs", "highlightjs": False, "font": False},
    # What our pages are written in: CommonMark with tables. Lists as CommonMark has them.
    "markdown_extensions": ["tables", {"toc": {"title": "Contents"}}, "sane_lists"],
    # Not every page is in the navigation; a link that leads nowhere is to be noticed.
    "validation": {
        "nav": {"omitted_files": "ignore"},
        "links": {"not_found": "warn", "anchors": "warn", "unrecognized_links": "warn"},
    },
    "extra_css": [STYLE],
}


@dataclass(frozen=True)
class Tree:
    """What an export consists of."""

    files: Mapping[str, bytes]
    """Path below the folder of the export -> content."""
    diagnostics: tuple[Diagnostic, ...]
    """What is wrong with the hand-written pages; `source` is a path below theirs."""


def tree(
    pages: Mapping[str, Page],
    files: Mapping[str, bytes],
    redirects: Mapping[str, str],
    written: Mapping[str, bytes],
    fill: Callable[[str, str], tuple[str, list[str]]],
    config: Mapping[str, object],
    settings: Settings,
) -> Tree:
    """The whole tree.

    `pages`, `files` and `redirects` are what was made from minutes, `written` what stands in the folder of hand-written
    pages. `fill` puts the computed parts into such a page, given with its path, and names parts that do not exist.
    `config` is the site's own configuration.
    """
    by_hand, left_out, found = _by_hand(written)
    docs = {
        STYLE: resources("minutebook.publish").joinpath("export.css").read_bytes(),
        **{path: data for path, data in written.items() if path not in left_out},
    }
    for path, text in by_hand.items():
        filled, unknown = fill(text, path)
        docs[path] = filled.encode()
        found += [
            Diagnostic("no-part", WARNING, path, 0, f"There is no computed part “{x}”.", "Correct its name.")
            for x in unknown
        ]
    docs |= files
    docs |= {path: html.encode() for path, html in redirects.items()}
    docs |= {page.path: page.markdown.encode() for page in pages.values()}
    for path, text in by_hand.items():
        found += _dead_links(path, text, docs.keys(), left_out)
    nav, missing = _nav(config.get("nav"), docs.keys(), left_out)
    configs = {CONFIG: _configuration(nav, config, settings), ZENSICAL: _FOR_ZENSICAL.encode()}
    out = {**configs, **{f"{DOCS}/{path}": data for path, data in docs.items()}}
    return Tree(dict(sorted(out.items())), tuple(in_order([*found, *missing])))


def _configuration(nav: object, config: Mapping[str, object], settings: Settings) -> bytes:
    """The `mkdocs.yml` of the export."""
    given = {"site_name": settings.site_name, **{k: str(config[k]) for k in _KEPT if config.get(k)}}
    if settings.licence:
        given.setdefault("copyright", footer(settings))
    ours = {**given, **({"nav": nav} if nav else {}), **_SAME}
    return (_HEAD + yaml.safe_dump(ours, allow_unicode=True, sort_keys=False, width=10_000)).encode()


def footer(settings: Settings) -> str:
    """Under which licence the minutes are, as HTML for the foot of every page."""
    url, words = settings.licence_url, settings.licence
    return f'Minutes: <a href="{url}">{words}</a>' if url else f"Minutes: {words}"


def _by_hand(written: Mapping[str, bytes]) -> tuple[dict[str, str], set[str], list[Diagnostic]]:
    """(the text of the hand-written pages, those that are left out of the export, what is wrong with them)."""
    texts: dict[str, str] = {}
    out: set[str] = set()
    found: list[Diagnostic] = []
    for path, data in written.items():
        if not path.endswith(SUFFIXES):
            continue
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            at = data[: error.start].count(b"\n") + 1
            wrong = "This page is not in UTF-8, and is left out."
            found.append(Diagnostic("page-encoding", ERROR, path, at, wrong, "Save it as UTF-8."))
            out.add(path)
            continue
        try:
            matter = front_matter(text)
        except ValueError as error:
            line, _, why = str(error).partition(": ")
            wrong, hint = (
                f"This front matter is not valid YAML: {why}.",
                "A value with a colon or a bracket needs quotes.",
            )
            found.append(Diagnostic("page-front-matter", ERROR, path, int(line), wrong, hint))
            matter = {}
        if matter.get("export") is False:
            out.add(path)
        else:
            texts[path] = text
    return texts, out, found


def _dead_links(path: str, text: str, docs: Set[str], left_out: Set[str]) -> Iterator[Diagnostic]:
    """The links of a hand-written page that lead to nothing in the tree."""
    addresses = {address(p) for p in docs}
    left_out_at = {address(p): p for p in left_out}
    for link in links(text):
        there = leads_to(path, link)
        if there is None or there in docs or (link.html and there in addresses):
            continue
        gone = left_out_at.get(there) if link.html else there if there in left_out else None
        if gone:
            yield Diagnostic(
                "link-left-out",
                ERROR,
                path,
                link.line,
                f"This page links to {gone}, which is left out of the export (it says `export: false`).",
                "Take the link out, or put the words around it between `<!-- minutebook: site-only -->` and "
                "`<!-- minutebook: /site-only -->`.",
            )
        else:
            yield Diagnostic(
                "link-nowhere",
                ERROR,
                path,
                link.line,
                f"The link to “{link.href}” leads to nothing in the export.",
                "Correct it, or take it out.",
            )


def _nav(entry: object, docs: Set[str], left_out: Set[str]) -> tuple[object, list[Diagnostic]]:
    """(the navigation, or a part of it, without pages that are left out; None where nothing stays, what is wrong)."""
    if isinstance(entry, list):
        parts = [_nav(x, docs, left_out) for x in entry]
        return [x for x, _ in parts if x] or None, [d for _, found in parts for d in found]
    if isinstance(entry, Mapping):
        named = {str(k): _nav(x, docs, left_out) for k, x in entry.items()}
        return {k: x for k, (x, _) in named.items() if x} or None, [d for _, found in named.values() for d in found]
    if not isinstance(entry, str) or entry in left_out:
        return None, []
    if entry in docs or not entry.endswith(SUFFIXES):
        return entry, []
    wrong = f"`nav` in {CONFIG} names this page, and there is none."
    return None, [Diagnostic("nav-nowhere", ERROR, entry, 0, wrong, "Correct it.")]

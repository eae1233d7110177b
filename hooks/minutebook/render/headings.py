"""The ids of headings, for Python-Markdown: `## <a id="item-3"></a>3. Budget` is a heading with the id `item-3`.

Written so, a heading has its anchor on GitHub too; without this, the table of contents would point to another.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

_ANCHOR = re.compile(r'<a id="([^"]+)">')


class _Ids(Treeprocessor):
    def run(self, root: etree.Element) -> None:
        for heading in root.iter():
            if not re.fullmatch(r"h[1-6]", heading.tag) or not heading.text:
                continue
            first = HTML_PLACEHOLDER_RE.match(heading.text)
            second = HTML_PLACEHOLDER_RE.match(heading.text, first.end()) if first else None
            if not first or not second:
                continue
            stash = self.md.htmlStash.rawHtmlBlocks
            anchor = _ANCHOR.fullmatch(str(stash[int(first.group(1))]))
            if anchor and stash[int(second.group(1))] == "</a>":
                heading.set("id", anchor.group(1))
                heading.text = heading.text[second.end() :]


class HeadingIds(Extension):
    """Gives a heading the id of the empty anchor at its start."""

    def extendMarkdown(self, md: Markdown) -> None:
        # Behind `inline` (20), which reads the anchor; before `toc` (5), which keeps an id that is there.
        md.treeprocessors.register(_Ids(md), "minutebook_heading_ids", 6)

"""Links between pages, relative, so that they hold below any address and in the exported files alike."""

from __future__ import annotations

import posixpath
from functools import lru_cache
from urllib.parse import quote


@lru_cache(maxsize=65536)
def relative(here: str, there: str, anchor: str = "") -> str:
    """From one page's address to another's, as a link between Markdown files: `../../people/ann-lee/index.md`."""
    fragment = f"#{anchor}" if anchor else ""
    if here == there and fragment:
        return fragment
    return posixpath.relpath(f"/{there}index.md", f"/{here}".rstrip("/") or "/") + fragment


def safe(href: str) -> str:
    """A link from the minutes, with everything quoted that Markdown would read as a sign."""
    return quote(href, safe="/:?&=#%@+,;~$-.!")

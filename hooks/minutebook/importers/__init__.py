"""Files that are no text, made into text that can be read as minutes: one module for each kind of file.

An importer takes bytes and gives back bytes that `source` reads. It keeps every word, and every line where it stands,
so that whatever is found later still names the line of the file that was handed in. It never raises on content.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from minutebook.importers import html

BY_SUFFIX: Mapping[str, Callable[[bytes], bytes]] = MappingProxyType(dict.fromkeys((".html", ".htm"), html.reduced))
"""How the file name ends -> what makes text of such a file."""

SUFFIXES = tuple(BY_SUFFIX)

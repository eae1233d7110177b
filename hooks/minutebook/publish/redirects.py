"""Pages that lead from an address that was published to the one where its content stands now."""

from __future__ import annotations

import html
import posixpath
from collections.abc import Mapping

_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<title>Moved</title>
<link rel="canonical" href="{to}">
<meta http-equiv="refresh" content="0; url={to}">
<script>location.replace({script} + location.hash)</script>
</head>
<body><p>This page has moved: <a href="{to}">{to}</a>.</p></body>
</html>
"""


def pages(redirects: Mapping[str, str], language: str) -> dict[str, str]:
    """Path of the file -> its HTML, for each page that moved; anchors move with their pages."""
    out = {}
    for old, new in redirects.items():
        if "#" in old:
            continue
        to = html.escape(posixpath.relpath(f"/{new}", f"/{old}") + "/", quote=True)
        out[f"{old}index.html"] = _PAGE.format(lang=language, to=to, script=f'"{to}"')
    return out

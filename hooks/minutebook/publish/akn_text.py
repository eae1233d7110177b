"""Running text as Akoma Ntoso: the words as they stand, in elements for what is known of stretches of them.

Text in, mixed content out. No word is lost, none is added and none is moved, whatever stretches cross each other.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from urllib.parse import quote
from xml.etree import ElementTree as ET

DEPTH = 24
"""How deep stretches may stand in each other; readers of XML refuse what is nested without end."""

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_SAFE = "%/:=&?~+!$,;'@()*"
_WEB = re.compile(r"(?:https?://[\w.-]+(?::\d+)?(?:[/?#]|$)|mailto:[^\s@]+@)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Stretch:
    """What is known of a stretch of a block's text: the element that it becomes, with its attributes."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    order: int = 0
    """Of two that are one stretch, the lower one holds the other."""


def clean(text: str) -> str:
    """Text with a replacement character for each that XML 1.0 (section 2.2) does not allow: as long as it was."""
    return _FORBIDDEN.sub("\ufffd", text) if _FORBIDDEN.search(text) else text


def web_link(href: str) -> str:
    """A link to the web or to a mailbox, as a URI that every reader takes; nothing for any other."""
    if not _WEB.match(href):
        return ""
    page, sign, place = _PERCENT.sub("%25", clean(href)).partition("#")
    return quote(page, safe=_SAFE) + sign + quote(place, safe=_SAFE)


def fill(element: ET.Element, text: str, stretches: Iterable[Stretch], start: int, end: int, used: set[str]) -> None:
    """Write `text` from `start` to `end` into an element that holds nothing yet but text.

    Where two stretches cross, the second is cut in two. An `eId` stands on the first piece only; `used` holds those
    that the document has, and gets the new ones.
    """
    queue = [
        (max(s.start, start), -min(s.end, end), s.order, n, s)
        for n, s in enumerate(stretches)
        if s.start < end and s.end > start
    ]
    heapq.heapify(queue)
    open_: list[tuple[ET.Element, int]] = [(element, end)]
    at = start
    count = len(queue)
    while queue:
        begin, stop, order, _, s = heapq.heappop(queue)
        stop = -stop
        while open_[-1][1] <= begin:
            _write(open_[-1][0], text[at : open_[-1][1]])
            at = open_.pop()[1]
        _write(open_[-1][0], text[at:begin])
        at = begin
        if stop > open_[-1][1]:
            count += 1
            rest = replace(s, attributes={k: v for k, v in s.attributes.items() if k != "eId"})
            heapq.heappush(queue, (open_[-1][1], -stop, order, count, rest))
            stop = open_[-1][1]
        own = s.attributes
        if "eId" in own and own["eId"] in used:
            own = {k: v for k, v in own.items() if k != "eId"}
        if len(open_) > DEPTH and "eId" not in own:
            continue
        used.add(own.get("eId", ""))
        made = ET.SubElement(open_[-1][0], s.tag, own)
        if len(open_) <= DEPTH:
            open_.append((made, stop))
    while open_:
        _write(open_[-1][0], text[at : open_[-1][1]])
        at = open_.pop()[1]


def _write(element: ET.Element, words: str) -> None:
    if not words:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + words
    else:
        element.text = (element.text or "") + words

"""Each meeting as Akoma Ntoso 3.0 (OASIS LegalDocML), the XML of parliaments: `minutes.akn.xml` beside its page.

Namespace and schema: "Akoma Ntoso Version 1.0, Part 2: Specifications" (OASIS Standard, 29 August 2018); a document is
conformant at its level 1, valid against the schema. What stands for what, and why (docs/adr has the alternatives):

- The document is a `debate` named `minutes`: the type for the record of a meeting, and the only one with a roll call.
- Nobody speaks in it. Minutes tell what was said; a `speech` is what somebody said. A paragraph is a `narrative`, in
  the schema's words a description in the third person of events taking place in the meeting.
- `preface`: the printed header. `rollCall`: lists of people. `debateSection name="item"`: an item of business, one
  behind the other as on the page, `mb:level` says how deep. `debateSection name="other"`: what stands outside of
  items. `conclusions`: signatures and the like at the end.
- An `eId` is the anchor of the same thing on the meeting's page (`item-3`, `p-3-12`, `action-4`, `decision-2`), so
  that one citation holds for both; the naming convention's own (`dbsect_3__para_12`) would be a second set of numbers.
- Actions, and decisions (the schema's `decision` is a judge's), are `inline` with that name.
- `mb:` is ours: `mb:line` is where in the source something stands, `mb:rule` why it was taken for what it is.

No word is lost, added or moved: the text is that of the blocks, in their order, written with the standard library.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from minutebook.model import Archive, Block, Meeting, Settings, paragraph_anchor
from minutebook.publish.akn_marked import Marked, refers
from minutebook.publish.akn_meta import References, lines, meta
from minutebook.publish.akn_text import Stretch, clean, fill

NAME = "minutes.akn.xml"
"""What the document is called beside a meeting's page."""
NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
OWN = "urn:x-minutebook:akoma-ntoso:1"
_BRANCHES = frozenset(
    (
        "akomaNtoso",
        "debate",
        "meta",
        "identification",
        "FRBRWork",
        "FRBRExpression",
        "FRBRManifestation",
        "references",
        "analysis",
        "parliamentary",
        "voting",
        "proprietary",
        "mb:attendance",
        "preface",
        "debateBody",
        "rollCall",
        "debateSection",
        "conclusions",
        "ul",
        "blockList",
        "table",
        "tr",
    )
)
"""Elements that hold elements and no text: only there may be line breaks of ours."""
_NAMED = {"owner": "owner", "heading": "heading", "code": "code", "quote": "quote", "break": "rule"}
_LISTS = 12
"""How deep lists may stand in each other."""
_END = ("signature", "colophon")


def documents(whole: Archive, settings: Settings) -> Iterator[tuple[str, bytes]]:
    """(path below the site, document) for each meeting."""
    for m in whole.meetings:
        yield m.address + NAME, document(m, whole, settings)


def document(m: Meeting, whole: Archive, settings: Settings) -> bytes:
    """One meeting's document: UTF-8, the same for the same meeting."""
    refs = References(m, whole, settings)
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE, "xmlns:mb": OWN})
    debate = ET.SubElement(root, "debate", name="minutes")
    debate.extend(_Record(m, refs).parts())
    debate.insert(0, meta(m, refs))
    _indent(root, "\n")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'.encode()


def _indent(element: ET.Element, margin: str) -> None:
    """A line for each element that stands among elements; no space where text stands."""
    for child in element:
        if child.tag in _BRANCHES:
            _indent(child, margin + " ")
        elif child.tag == "li" and len(child) and child[-1].tag == "ul":
            _indent(child[-1], margin + " ")
        child.tail = margin + " "
    if len(element):
        element.text, element[-1].tail = margin + " ", margin


class _Record:
    """The text of one meeting, block by block."""

    def __init__(self, m: Meeting, refs: References) -> None:
        self.m, self.refs = m, refs
        self.blocks = m.minutes.blocks
        self.used: set[str] = set()
        self.items = {item.item.heading: i for i, item in enumerate(m.items)}
        self.notes = {note.block: k for k, note in enumerate(m.minutes.notes, 1)}
        self.marked = Marked(m, refs)
        self.lists: list[ET.Element] = []
        """The open list, with those that it stands in, or the open table."""

    def parts(self) -> list[ET.Element]:
        """`preface`, `debateBody`, `conclusions`: those that there are, and always a body."""
        n, headings = len(self.blocks), self.items.keys()
        top = next((i for i, b in enumerate(self.blocks) if b.part not in ("header", "note") or i in headings), n)
        end = next((i for i in range(n, top, -1) if self.blocks[i - 1].part not in _END or i - 1 in headings), top)
        preface, body, conclusions = ET.Element("preface"), ET.Element("debateBody"), ET.Element("conclusions")
        for i in range(top):
            self._block(preface, i)
        self._body(body, top, end)
        self.lists = []
        for i in range(end, n):
            self._block(conclusions, i)
        return [part for part in (preface, body, conclusions) if part is body or len(part)]

    def _body(self, body: ET.Element, top: int, end: int) -> None:
        """The blocks between header and end, in sections; a list of people within an item stands within its section."""
        counts = {"rollCall": 0, "debateSection": 0}
        item, section, key = body, body, (-2, False)
        for i in range(top, end):
            b, index = self.blocks[i], self.m.minutes.item_of(i)
            if i in self.items:
                item = section = self._item(body, i)
                key, self.lists = (self.items[i], False), []
                continue
            call = b.part == "roll_call" or (key[1] and b.part in ("header", "note"))
            now = (-1 if index is None else index, call)
            if now != key:
                key, self.lists = now, []
                home = body if index is None else item
                section = home if home is not body and not call else self._section(home, call, counts)
            self._block(section, i)
        if not len(body):
            self._section(body, False, counts)

    def _section(self, home: ET.Element, call: bool, counts: dict[str, int]) -> ET.Element:
        """A new list of people, or a new section of what stands outside of items."""
        tag = "rollCall" if call else "debateSection"
        counts[tag] += 1
        if call:
            return ET.SubElement(home, tag, eId="attendance" if counts[tag] == 1 else f"attendance-{counts[tag]}")
        return ET.SubElement(home, tag, name="other", eId=f"part-{counts[tag]}")

    def _item(self, body: ET.Element, i: int) -> ET.Element:
        """An item of business with its number and heading."""
        item, b = self.m.items[self.items[i]], self.blocks[i]
        eid = re.sub(r"\s", "-", f"item-{item.key}")
        self.used.add(eid)
        section = ET.SubElement(body, "debateSection", {"name": "item", "eId": eid, "mb:line": lines(b.ref)})
        section.set("mb:level", str(item.item.level))
        section.set("mb:rule", clean(item.item.rule))
        if item.owners:
            section.set("refersTo", refers(item.owners, self.refs))
        plain = b.text.plain
        start = plain.find(item.item.title)
        if start < 1 or not item.item.number or item.item.number not in plain[:start]:
            start = 0
        if number := f"{b.label} {plain[:start]}".strip():
            ET.SubElement(section, "num").text = clean(number)
        self._words(ET.SubElement(section, "heading"), i, start)
        return section

    def _block(self, parent: ET.Element, i: int) -> None:
        b = self.blocks[i]
        at = self._attributes(i, b)
        if b.kind == "bullet":
            self._words(ET.SubElement(self._list(parent, "ul", b.level), "li", at), i, label=b.label)
        elif b.kind == "row":
            self._row(ET.SubElement(self._list(parent, "table", 1), "tr", at), i)
        elif b.kind == "numbered" and b.label and b.part not in ("action", "decision"):
            item = ET.SubElement(self._list(parent, "blockList", 1), "item", at)
            ET.SubElement(item, "num").text = clean(b.label)
            self._words(ET.SubElement(item, "p"), i)
        else:
            self.lists = []
            self._words(self._leaf(parent, i, b, at), i, label=b.label)

    def _leaf(self, parent: ET.Element, i: int, b: Block, at: dict[str, str]) -> ET.Element:
        """The element of a block that is no part of a list or table."""
        if i in self.notes:
            return ET.SubElement(ET.SubElement(parent, "p", at), "remark")
        name = b.part if b.part in ("owner", "action", "decision") else _NAMED.get(b.kind)
        if name:
            return ET.SubElement(parent, "block", {"name": name, **at})
        told = parent.tag == "debateSection" and b.part not in ("header", *_END)
        return ET.SubElement(parent, "narrative" if told else "p", at)

    def _attributes(self, i: int, b: Block) -> dict[str, str]:
        """Where a block stands: its anchor on the page, and its lines in the source."""
        eid = paragraph_anchor(self.m.paragraphs[i]) if i in self.m.paragraphs else ""
        eid = eid or (f"note-{self.notes[i]}" if i in self.notes else "")
        at = {"mb:line": lines(b.ref), **({"class": b.part} if b.part in _END else {})}
        if not eid or eid in self.used:
            return at
        self.used.add(eid)
        return {"eId": eid, **at}

    def _list(self, parent: ET.Element, tag: str, level: int) -> ET.Element:
        """The open list of this kind at a level, opened where there is none."""
        if not self.lists or self.lists[0].tag != tag:
            self.lists = [ET.SubElement(parent, tag)]
        if tag == "ul":
            depth = min(max(level, 1), len(self.lists) + bool(len(self.lists[-1])), _LISTS)
            del self.lists[depth:]
            if depth > len(self.lists):
                self.lists.append(ET.SubElement(self.lists[-1][-1], tag))
        return self.lists[-1]

    def _row(self, tr: ET.Element, i: int) -> None:
        """The cells of a table's row: what stands between its strokes."""
        block = self.blocks[i]
        strokes = [k for k in block.text.marks if k.kind == "cell"]
        edges = [0, *(x for k in strokes for x in (k.start, k.end)), len(block.text.plain)]
        text, label = clean(block.text.plain), f"{clean(block.label)} " if block.label else ""
        waiting = deque(sorted(self.marked.stretches(i), key=lambda s: s.start))
        there: list[Stretch] = []
        for a, z in zip(edges[::2], edges[1::2], strict=True):
            there = [s for s in there if s.end > a]
            while waiting and waiting[0].start < z:
                there.append(waiting.popleft())
            td = ET.SubElement(tr, "td")
            if text[a:z].strip() or label:
                cell = ET.SubElement(td, "p")
                cell.text, label = label or None, ""
                fill(cell, text, there, a, z, self.used)

    def _words(self, element: ET.Element, i: int, start: int = 0, label: str = "") -> None:
        """The words of a block from `start` on, behind its printed number."""
        if label:
            element.text = f"{clean(label)} "
        text = clean(self.blocks[i].text.plain)
        fill(element, text, self.marked.stretches(i), start, len(text), self.used)

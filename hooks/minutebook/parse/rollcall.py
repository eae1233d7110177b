"""The roll call: who was there, who was not, and who came instead.

A list begins with a label that the lexicon knows ("Apologies"), wherever it stands, and ends with whatever cannot be
an entry of it. What a sentence says of somebody's absence, or of who took the chair, is read by `presence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.model import Attendance, Block
from minutebook.parse import labels, listed, numbers, presence, repeats, tables
from minutebook.parse.draft import Draft

_HEADER = 25
"""Blocks in which "Clerk: Ann Lee" says who was there, where no list has begun yet."""
_LIST = 40
"""Entries of a list of those who were elected, at most."""
_NEAR = 6
"""Blocks behind a list in which it still does."""


_SAMPLE = 40
"""Entries of a list, of which one at least must hold somebody."""


def read(draft: Draft) -> Draft:
    """The draft with its roll call."""
    reader = _Reader(draft)
    reader.run()
    listed = repeats.turned(reader.found)
    found = repeats.called([*listed, *presence.stated(draft, reader.parts, listed)])
    draft = draft.taken(reader.parts).with_(attendance=repeats.merged(repeats.completed(found)))
    return presence.with_chair(draft.tell(reader.findings))


class _Reader:
    """Walks over the blocks, and takes the lists of people out."""

    def __init__(self, draft: Draft) -> None:
        self.blocks = draft.blocks
        self.lexicon = draft.lexicon
        self.found: list[Attendance] = []
        self.listed = listed.Listed(draft.lexicon, self.found)
        self.parts: dict[int, tuple[str, str]] = {}
        self.findings: list[tuple[str, str, int, str, str]] = []
        self.last = -1
        self.elected = draft.lexicon.pattern(r"(?<!\w)<<elected_words>>(?!\w)")
        self.elections = draft.lexicon.pattern(r"(?<!\w)<<election_titles>>(?!\w)", re.I)
        self.chosen = draft.lexicon.pattern(
            r"(?<!\w)<<elected_auxiliaries>>\s+(?:<<elected_adverbs>>\s+)?<<elected_words>>(?!\w)"
        )
        self.outcome = draft.lexicon.pattern(
            r"[\W_]*(?:<<decision_markers>>|<<action_markers>>|<<proposal_labels>>|<<motion_labels>>)\s*:"
        )
        heads = (i for i, b in enumerate(self.blocks) if b.kind == "heading" and self._number(b))
        self.business = next(heads, len(self.blocks))
        """Where a heading with a number begins the business."""

    def run(self) -> None:
        i = 0
        while i < len(self.blocks):
            i = max(i + 1, self._table(i) or self._list(i))

    # --- one list

    def _list(self, i: int) -> int:
        """Takes the list that begins with a block, if one does; gives back where to go on."""
        block = self.blocks[i]
        if block.part != "body" or block.kind in ("break", "code"):
            return i
        segments = list(self._labelled(block, i))
        if not segments:
            return i
        end, label = i + 1, segments[-1][0]
        inside = [
            r
            for x, said in segments
            for text, line in said
            for r in self.listed.of_text(text, line, block, x, len(said) > 1 and all(t.count(",") < 3 for t, _ in said))
        ]
        if inside and not _believable(inside, strict=not label.exact or label.status in ("chair", "officer")):
            return i
        below: list[tuple[int, list[listed.Read]]] = []
        if not segments[-1][1] and label.status != "officer":
            below = list(self._below(i, label))
        elif label.status not in ("officer", "chair"):
            below = list(self._going_on(i, label))
        if not inside and not any(r.attendance for _, rows in below for r in rows) and not self._empty(i, label):
            return i
        numbered = self._number(block)
        stays = numbered and label.status in ("apologies", "absent")
        if stays and not any(r.named for _, rows in below for r in rows):
            below = []
        self._take(i, inside, "" if stays else "label of a list of people")
        for j, rows in below:
            self._take(j, rows, "" if stays else f"entry under “{label.words}”")
            end = j + 1
        self.last = max(self.last, end - 1)
        return end

    def _take(self, i: int, rows: list[listed.Read], rule: str) -> None:
        if rule:
            self.parts[i] = ("roll_call", rule)
        for r in rows:
            self.found.extend(r.attendance)
            self.findings += r.findings

    def _number(self, block: Block) -> bool:
        return bool(block.label) or numbers.read(block.text.plain, self.lexicon) is not None

    def _empty(self, i: int, label: labels.Label) -> bool:
        """Whether a label with nobody below it says so by itself: "Apologies: none", "Regrets:" in front of another."""
        block = self.blocks[i]
        if (
            not label.exact
            or label.status == "officer"
            or (label.status == "chair" and not block.text.plain.rstrip().endswith(":"))
        ):
            return False
        j = next((j for j in range(i + 1, min(i + 9, len(self.blocks))) if self.blocks[j].kind != "code"), i)
        after = self.blocks[j] if j > i else None
        near = self.last >= 0 and i - self.last <= _NEAR
        labelled = after is not None and any(self._labelled(after, j))
        if after is None or (after.kind in ("heading", "break") and not (block.kind == "heading" and labelled)):
            return near or block.kind != "heading"
        if self._number(block):
            return labelled and label.status == "present"
        return (block.kind == "heading" and labelled) or (
            near and (block.text.plain.rstrip().endswith(":") or labelled)
        )

    # --- labels

    def _labelled(self, block: Block, i: int) -> Iterator[tuple[labels.Label, list[tuple[str, int]]]]:
        """The labels in a block with the entries behind each: (text, line)."""
        plain, lexicon = block.text.plain, self.lexicon
        if block.kind == "row":
            yield from self._labelled_row(block, i)
            return
        start = 0
        if not block.label and (number := numbers.read(plain, lexicon)):
            start = number.end
        first_end = listed.line_end(block, start)
        label = labels.of(plain[start:first_end], lexicon) if first_end - start < 120 else None
        if label and self._counts(label, i):
            at = first_end
        else:
            cut = labels.split(plain[start:], lexicon)
            if not cut or not self._counts(cut[0], i):
                return
            label, at = cut[0], start + cut[1]
        inner = [m for m in self._inner(block, at) if self._counts(m[1], i)]
        for k, (_, one, begin) in enumerate([(start, label, at), *inner]):
            stop = inner[k][0] if k < len(inner) else len(plain)
            yield one, [(p, line) for p, line in listed.printed(block, begin, stop)]

    def _labelled_row(self, block: Block, i: int) -> Iterator[tuple[labels.Label, list[tuple[str, int]]]]:
        """The label that a row of a table begins with: alone in it, or with those whom it labels in the next cell."""
        cells = [c for c in tables.cells(block) if c]
        if not cells or len(cells) > 2:
            return
        label = labels.of(cells[0], self.lexicon)
        if label is None and len(cells) == 1 and (cut := labels.split(cells[0], self.lexicon)):
            if self._counts(cut[0], i):
                yield cut[0], [(cells[0][cut[1] :], block.ref.first_line)]
            return
        if label and self._counts(label, i):
            yield label, [(c, line) for _, c, line in tables.lines(block) if c != cells[0]] if len(cells) > 1 else []

    def _counts(self, label: labels.Label, i: int) -> bool:
        """Whether a label may stand here: "Clerk: Ann Lee" says who was there only near the top or the lists."""
        if self.blocks[i].kind == "heading" and any(
            self.chosen.search(b.text.plain) for b in self.blocks[i + 1 : i + 2]
        ):
            return False  # "Committee", above who was elected to it
        if self._below_election(i):
            return False
        if label.status not in ("chair", "officer"):
            # "Continuing members" among the business names who they are, and not who was there.
            weak = not label.exact and label.status in ("present", "in_attendance")
            return not (weak and i > self.business and self.blocks[i].kind != "heading")
        if self._number(self.blocks[i]):
            return False  # "A. Chairman" is a report
        opens = next((j for j in range(i, max(-1, i - _NEAR), -1) if self.blocks[j].kind != "bullet"), i)
        if self.elected.search(self.blocks[i].text.plain) or self.elected.search(self.blocks[opens].text.plain):
            return False  # "Treasurer: Ann Lee, elected unopposed" is business
        head = next((b for b in reversed(self.blocks[max(0, i - _NEAR) : i]) if b.kind == "heading"), None)
        if head is not None and self.elections.search(head.text.plain):
            return False
        if self.last >= 0:
            return i - self.last <= _NEAR
        return i < _HEADER and not self._begun(i)

    def _below_election(self, i: int) -> bool:
        """Whether a label stands in the list below a sentence that says that somebody was elected."""
        for j in range(i - 1, max(-1, i - _LIST), -1):
            b = self.blocks[j]
            if b.kind != "bullet" and not b.text.plain.rstrip().endswith(":"):
                return b.kind != "heading" and bool(self.chosen.search(b.text.plain))
        return False

    def _begun(self, i: int) -> bool:
        """Whether the business has begun above a block: a numbered line with text below, and no list of titles."""
        counts = [b.kind == "numbered" and b.label[:1].isdigit() for b in self.blocks[:i]]
        last = next((j for j in reversed(range(i)) if counts[j]), -1)
        if last < 0:
            return False
        agenda = last > 0 and counts[last - 1]
        texts = (j for j in range(1, last) if counts[j - 1] and not counts[j] and j not in self.parts)
        return not agenda or any(texts)

    def _inner(self, block: Block, begin: int) -> list[tuple[int, labels.Label, int]]:
        """Labels further on in a block: (where each begins, it, where what it labels begins)."""
        plain = block.text.plain
        bold = {m.start for m in block.text.marks if m.kind == "strong"}
        lines = {p.offset for p in block.text.pieces}
        after = {m.end() for m in re.finditer(r"(?:[.;)]|\s[–—-])\s+(?=[A-Z])", plain)}
        out, end = [], begin
        for at in sorted(x for x in bold | lines | after if x > begin):
            at += len(plain[at:]) - len(plain[at:].lstrip())
            if at < end or ":" not in plain[at : at + 60]:
                continue
            colon = plain.index(":", at)
            if any(at < line < colon for line in lines):
                continue  # "Cleo Marsh, Treasurer", and the label on the next line
            label = labels.of(plain[at:colon], self.lexicon)
            if label or plain[at:colon].casefold() in self.lexicon.set("roll_call_parts"):
                end = colon + 1
                out.append((at, label or labels.Label("present", plain[at:colon]), end))
        return out

    # --- what stands below a label

    def _below(self, i: int, label: labels.Label) -> Iterator[tuple[int, list[listed.Read]]]:
        """The blocks below a label that are its list, with their entries."""
        head = self.blocks[i]
        j, kind = i + 1, ""
        while j < len(self.blocks):
            block = self.blocks[j]
            if block.part == "note" or block.kind == "code":
                j += 1
                continue
            if block.part != "body" or block.kind in ("heading", "break") or self._opens(block, j):
                return
            if block.kind == "row" and tables.people(self.blocks, j, self.lexicon):
                return  # a table that says by itself what its columns hold
            if block.kind in ("bullet", "row"):
                run = self._run(j, head)
                self.listed.turned = self.listed.is_turned([self.blocks[k].text.plain for k in run[:_SAMPLE]])
                self.listed.signs = block.kind == "row" and tables.lasting_signs(self.blocks, run, self.lexicon)
                first = [(k, self.listed.of_block(self.blocks[k], label)) for k in run[:_SAMPLE]]
                if not any(r.named for _, found in first for r in found) and len(run) > _SAMPLE:
                    return
                rows = first + [(k, self.listed.of_block(self.blocks[k], label)) for k in run[_SAMPLE:]]
                if not run or not _believable([r for _, found in rows for r in found], strict=not label.exact):
                    return
                yield from rows
                j, kind = run[-1] + 1, block.kind
                continue
            if kind and kind != block.kind and label.status in ("chair",):
                return
            if block.kind == "paragraph" and self._is_heading(block):
                if (kind and kind not in ("bullet", "row")) or not self._is_group(j):
                    return
                yield j, []  # the body whose members follow
                j += 1
                continue
            rows_ = self.listed.of_block(block, label, self._is_stacked(j))
            if not rows_ or not all(r.fits for r in rows_):
                return
            goes_on = kind == "numbered" and block.label.strip("().") != "1"
            names = rows_[0].named and (goes_on or self._numbered_names(j, label))
            if block.kind == "numbered" and not names:
                return
            if block.kind == "paragraph" and _is_remark(block, rows_):
                return
            yield j, rows_
            kind = block.kind
            j += 1

    def _is_stacked(self, j: int) -> bool:
        """Whether a paragraph of one line is one of several: an entry each."""
        near = [self.blocks[k] for k in (j - 1, j + 1) if 0 <= k < len(self.blocks)]
        short = [
            b
            for b in (*near, self.blocks[j])
            if b.kind == "paragraph" and len(b.text.pieces) == 1 and len(b.text.plain) < 140
        ]
        return len(short) > 1 and self.blocks[j] in short and self.blocks[j].text.plain.count(",") < 3

    def _is_group(self, j: int) -> bool:
        """Whether a bold line in front of a list names a body, whose people they are."""
        below = self.blocks[j + 1] if j + 1 < len(self.blocks) else None
        named = self.lexicon.pattern(r"(?:^|\s)<<body_nouns>>\s*:?\s*$", re.I).search(self.blocks[j].text.plain)
        return bool(named and below is not None and below.kind in ("bullet", "row"))

    def _is_heading(self, block: Block) -> bool:
        """Whether a line below a list reads as a heading of business: numbered, or bold by itself."""
        whole = any(m.kind == "strong" and m.end - m.start >= len(block.text.plain) - 2 for m in block.text.marks)
        return numbers.read(block.text.plain, self.lexicon) is not None or (whole and len(block.text.pieces) == 1)

    def _opens(self, block: Block, j: int) -> bool:
        """Whether a block begins something else: another list (a bullet "Chair: Ann Lee" is an entry of the one it
        stands in), or what is business by its label, "DECISION: ..."."""
        if self.outcome.match(block.text.plain):
            return True
        for label, _ in self._labelled(block, j):
            return not (block.kind == "bullet" and label.status in ("chair", "officer"))
        return False

    def _numbered_names(self, j: int, label: labels.Label) -> bool:
        """Whether numbered lines are a list of people: nothing but names follows each other from here on."""
        run = []
        for b in self.blocks[j:]:
            if b.kind != "numbered":
                break
            run.append(b)
        rows = [r for b in run for r in self.listed.of_block(b, label)]
        told = any(a.role or a.organization or (a.name and a.name.honorific) for r in rows for a in r.attendance)
        return (len(run) > 1 or told) and all(r.named for r in rows)

    def _going_on(self, i: int, label: labels.Label) -> Iterator[tuple[int, list[listed.Read]]]:
        """Paragraphs that go on with a list which began beside its label: each must hold people, and nothing else."""
        held: list[tuple[int, list[listed.Read]]] = []
        for j in range(i + 1, len(self.blocks)):
            block = self.blocks[j]
            if block.kind != "paragraph" or block.part != "body" or any(self._labelled(block, j)):
                return
            if self._is_heading(block):
                return
            rows = self.listed.of_block(block, label)
            if not rows or not all(r.fits and r.attendance for r in rows):
                return
            if not any(r.named for r in rows):
                held.append((j, rows))  # "13 members of the public": said on if people follow
                continue
            yield from held
            held = []
            if not any(a.role or a.organization or (a.name and a.name.honorific) for r in rows for a in r.attendance):
                return
            yield j, rows

    def _run(self, j: int, head: Block) -> list[int]:
        """The bullets, or rows, that follow each other, up to one that stands as far out as the label's own."""
        out: list[int] = []
        for k in range(j, len(self.blocks)):
            b = self.blocks[k]
            if b.kind != self.blocks[j].kind or (b.kind == head.kind == "bullet" and b.level <= head.level):
                break
            if out and self._opens(b, k):
                break
            out.append(k)
        return out

    # --- entries

    def _table(self, i: int) -> int:
        """Takes a table of people, told by what stands above its columns; gives back where to go on."""
        table = tables.people(self.blocks, i, self.lexicon)
        if not table:
            return 0
        self.parts[i] = ("roll_call", "heads of a table of people")
        for j in range(i - 1, max(-1, i - 4), -1):
            if labels.of(self.blocks[j].text.plain[:120], self.lexicon) and not self._number(self.blocks[j]):
                self.parts[j] = ("roll_call", "label of a table of people")
                break
        for index, label, text in table.entries:
            block = self.blocks[index]
            self._take(
                index, self.listed.of_text(text, block.ref.first_line, block, label), f"row under “{label.words}”"
            )
        self.last = table.end - 1
        return table.end


def _is_remark(block: Block, rows: list[listed.Read]) -> bool:
    """Whether a paragraph is one word with a point behind it: a remark ("Agreed."), and no first name."""
    plain = block.text.plain.strip()
    return len(rows) == 1 and plain.endswith(".") and len(plain.split()) == 1


def _believable(rows: list[listed.Read], strict: bool) -> bool:
    """Whether entries are a list of people: half of them (all but a few, where the label is weak) hold somebody."""
    told = [r for r in rows if r.attendance or not r.fits]
    named = sum(r.named for r in told)
    groups = sum(1 for r in told if r.fits and not r.named)
    if not told:
        return True
    return (named + groups) * (4 if strict else 2) >= len(told) * (3 if strict else 1) and (named > 0 or groups > 0)

"""The roll call: who was there, who was not, and who came instead.

A list begins with a label that the lexicon knows ("Apologies"), wherever it stands, and ends with whatever cannot be
an entry of it. What a sentence says of somebody's absence, or of who took the chair, is read by `presence`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minutebook import names
from minutebook.diagnostics import NOTE, WARNING
from minutebook.lexicon import Lexicon
from minutebook.model import Attendance, Block, PersonName, SourceRef
from minutebook.parse import entries, entry, labels, numbers, presence, said, sentences, tables
from minutebook.parse.draft import Draft

_HEADER = 25
"""Blocks in which "Clerk: Ann Lee" says who was there, where no list has begun yet."""
_NEAR = 6
"""Blocks behind a list in which it still does."""
_LONGEST_ENTRY = 400
"""Characters: longer than any name with role, organisation and substitute; a paragraph beyond it is prose."""


_SAMPLE = 40
"""Entries of a list, of which one at least must hold somebody."""
_NAMESAKES = 12
"""Entries of one name that are compared: nobody's list holds more."""


@dataclass(frozen=True)
class _Read:
    """What one entry gave."""

    attendance: list[Attendance]
    findings: list[tuple[str, str, int, str, str]]
    named: bool
    fits: bool
    """Whether this can be an entry, and not a sentence that follows the list."""


def read(draft: Draft) -> Draft:
    """The draft with its roll call."""
    reader = _Reader(draft)
    reader.run()
    found = [*reader.found, *presence.stated(draft, reader.parts, reader.found)]
    draft = draft.taken(reader.parts).with_(attendance=_without_repeats(_completed(found)))
    return presence.with_chair(draft.tell(reader.findings))


class _Reader:
    """Walks over the blocks, and takes the lists of people out."""

    def __init__(self, draft: Draft) -> None:
        self.blocks = draft.blocks
        self.lexicon = draft.lexicon
        self.found: list[Attendance] = []
        self.parts: dict[int, tuple[str, str]] = {}
        self.findings: list[tuple[str, str, int, str, str]] = []
        self.last = -1

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
        read_ = [(x, [r for text, line in found for r in self._entry(text, line, block, x)]) for x, found in segments]
        inside = [r for _, rows in read_ for r in rows]
        if inside and not _believable(inside, strict=not label.exact or label.status in ("chair", "officer")):
            return i
        below: list[tuple[int, list[_Read]]] = []
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

    def _take(self, i: int, rows: list[_Read], rule: str) -> None:
        if rule:
            self.parts[i] = ("roll_call", rule)
        for r in rows:
            self.found += r.attendance
            self.findings += r.findings

    def _number(self, block: Block) -> bool:
        return bool(block.label) or numbers.read(block.text.plain, self.lexicon) is not None

    def _empty(self, i: int, label: labels.Label) -> bool:
        """Whether a label with nobody below it says so by itself: "Apologies: none", "Regrets:" in front of another."""
        block = self.blocks[i]
        if not label.exact or label.status == "officer":
            return False
        j = next((j for j in range(i + 1, min(i + 9, len(self.blocks))) if self.blocks[j].kind != "code"), i)
        after = self.blocks[j] if j > i else None
        near = self.last >= 0 and i - self.last <= _NEAR
        if after is None or after.kind in ("heading", "break"):
            return near or block.kind != "heading"
        labelled = any(self._labelled(after, j))
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
        first_end = _line_end(block, start)
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
            yield one, [(p, line) for p, line in _printed(block, begin, stop)]

    def _labelled_row(self, block: Block, i: int) -> Iterator[tuple[labels.Label, list[tuple[str, int]]]]:
        """The label that a row of a table begins with: alone in it, or with those whom it labels in the next cell."""
        cells = [c for c in tables.cells(block) if c]
        if not cells or len(cells) > 2:
            return
        label = labels.of(cells[0], self.lexicon)
        if label is None and len(cells) == 1 and (cut := labels.split(cells[0], self.lexicon)):
            label, cells = cut[0], [cells[0], cells[0][cut[1] :]]
        if label and self._counts(label, i):
            yield label, [(c, block.ref.first_line) for c in cells[1:]]

    def _counts(self, label: labels.Label, i: int) -> bool:
        """Whether a label may stand here: "Clerk: Ann Lee" says who was there only near the top or the lists."""
        if label.status not in ("chair", "officer"):
            return True
        return i - self.last <= _NEAR if self.last >= 0 else i < _HEADER

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
            label = labels.of(plain[at:colon], self.lexicon)
            if label or plain[at:colon].casefold() in self.lexicon.set("roll_call_parts"):
                end = colon + 1
                out.append((at, label or labels.Label("present", plain[at:colon]), end))
        return out

    # --- what stands below a label

    def _below(self, i: int, label: labels.Label) -> Iterator[tuple[int, list[_Read]]]:
        """The blocks below a label that are its list, with their entries."""
        head = self.blocks[i]
        j, kind = i + 1, ""
        while j < len(self.blocks):
            block = self.blocks[j]
            if block.part == "note" or block.kind == "code":
                j += 1
                continue
            if block.part != "body" or block.kind in ("heading", "break") or any(self._labelled(block, j)):
                return
            if block.kind in ("bullet", "row"):
                run = self._run(j, head)
                first = [(k, self._entries(self.blocks[k], label)) for k in run[:_SAMPLE]]
                if not any(r.named for _, found in first for r in found) and len(run) > _SAMPLE:
                    return
                rows = first + [(k, self._entries(self.blocks[k], label)) for k in run[_SAMPLE:]]
                if not run or not _believable([r for _, found in rows for r in found], strict=not label.exact):
                    return
                yield from rows
                j, kind = run[-1] + 1, block.kind
                continue
            if kind and kind != block.kind and label.status in ("chair",):
                return
            if block.kind == "paragraph" and self._is_heading(block):
                if kind or not self._is_group(j):
                    return
                yield j, []  # the body whose members follow
                j += 1
                continue
            rows_ = self._entries(block, label, self._is_stacked(j))
            if not rows_ or not all(r.fits for r in rows_):
                return
            if block.kind == "numbered" and not (rows_[0].named and self._numbered_names(j, label)):
                return
            yield j, rows_
            kind = block.kind
            j += 1

    def _names_chair(self, label: labels.Label) -> bool:
        """Whether a label is the role of whoever stands behind it: "Chair", and not "Chaired by"."""
        return label.status == "chair" and label.words.casefold() in self.lexicon.set("chair_nouns")

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

    def _numbered_names(self, j: int, label: labels.Label) -> bool:
        """Whether numbered lines are a list of people: nothing but names follows each other from here on."""
        run = []
        for b in self.blocks[j:]:
            if b.kind != "numbered":
                break
            run.append(b)
        rows = [r for b in run for r in self._entries(b, label)]
        told = any(a.role or a.organization or (a.name and a.name.honorific) for r in rows for a in r.attendance)
        return (len(run) > 1 or told) and all(r.named for r in rows)

    def _going_on(self, i: int, label: labels.Label) -> Iterator[tuple[int, list[_Read]]]:
        """Paragraphs that go on with a list which began beside its label: each must hold people, and nothing else."""
        held: list[tuple[int, list[_Read]]] = []
        for j in range(i + 1, len(self.blocks)):
            block = self.blocks[j]
            if block.kind != "paragraph" or block.part != "body" or any(self._labelled(block, j)):
                return
            if self._is_heading(block):
                return
            rows = self._entries(block, label)
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
        out = []
        for k in range(j, len(self.blocks)):
            b = self.blocks[k]
            if b.kind != self.blocks[j].kind or (b.kind == head.kind == "bullet" and b.level <= head.level):
                break
            if out and any(self._labelled(b, k)):
                break
            out.append(k)
        return out

    def _entries(self, block: Block, label: labels.Label, stacked: bool = False) -> list[_Read]:
        if block.kind == "row":
            cells = [c for c in tables.cells(block) if c.strip()]
            if len(cells) > 1 and (legend := re.fullmatch(r"[(\[]?(?P<initials>[A-Z][A-Za-z]{1,4})[)\]]?", cells[-1])):
                person = names.parse(cells[0], self.lexicon.language)
                if names.could_be_initials(legend["initials"], person):
                    cells = [f"{', '.join(cells[:-1])} [{legend['initials']}]"]
            listed = [c for c in cells if entries.is_name(c, self.lexicon)]
            texts = cells if len(listed) == len(cells) > 1 else [", ".join(cells)]
            return [r for t in texts for r in self._entry(t, block.ref.first_line, block, label, True)]
        lines = [(block.text.plain, block.ref.first_line)] if block.kind == "bullet" else _printed(block, 0, None)
        one = (
            stacked
            or block.kind != "paragraph"
            or (len(lines) > 1 and not any(text.count(",") > 2 for text, _ in lines))
        )
        found = [(text, line, self._entry(text, line, block, label, one)) for text, line in lines]
        if sum(len(rows) == 1 and _runs_on(rows[0]) for _, _, rows in found) > 2:
            # Here the organisation follows the name without a sign: so it does where no word of it is known.
            found = [(text, line, self._two_words(text, line, block, label) or rows) for text, line, rows in found]
        return [r for _, _, rows in found for r in rows]

    def _two_words(self, text: str, line: int, block: Block, label: labels.Label) -> list[_Read]:
        """An entry of three or more words and no sign, read as a name of two words and what is said of them."""
        words = text.split()
        if len(words) < 3 or re.search(r"[,;:(–—]|\s-\s", text):
            return []
        rows = self._entry(f"{words[0]} {words[1]} ({' '.join(words[2:])})", line, block, label)
        return rows if len(rows) == 1 and rows[0].named else []

    # --- entries

    def _entry(self, text: str, line: int, block: Block, label: labels.Label, one_a_line: bool = False) -> list[_Read]:
        """What the text of an entry, or of a list on one line, says."""
        lexicon = self.lexicon
        bare = text.strip(" \t.,;:–—-*_")
        if not bare or bare.casefold() in lexicon.set("nobody"):
            return [_Read([], [], False, True)]
        if len(text) > _LONGEST_ENTRY and text.count(",") + text.count(";") + text.count(" and ") < 3:
            return [_Read([], [], False, False)]
        out: list[_Read] = []
        if m := re.match(r"\s*\[(?P<box>[ xX])\]\s+", text):
            box = label if m["box"].strip() else replace(label, status="absent")
            return self._entry(text[m.end() :], line, block, box)
        if lone := self._handles(text, line, block, label):
            return lone
        if self._plain.fullmatch(text) and names.looks_like_name(text, lexicon.language):
            return [self._named(text, line, block, label)]
        for one in sentences.split(text, lexicon):
            if told := presence.sentence(one, line, block, label, lexicon):
                out.append(_Read(told, [], True, True))
                continue
            alone = one_a_line or (label.status == "chair" and one.count(",") < 2)
            if several := self._alternates(one, line, block, label):
                out += several
                continue
            parts = entries.split(one, lexicon, bullet=alone)
            out += [self._one(p, line, block, label) for p in parts]
        return out

    def _alternates(self, text: str, line: int, block: Block, label: labels.Label) -> list[_Read]:
        """ "Guild - Ann Lee / Bo Ray": a delegate and the alternate, both there, of one organisation."""
        m = re.fullmatch(r"(?:(?P<of>[^/]+?)\s(?:[–—-]+)\s+)?(?P<who>[^/;]+(?:\s/\s[^/;]+)+)", text)
        if not m:
            return []
        whose = [w.strip() for w in m["who"].split(" / ")]
        if not all(names.looks_like_name(re.sub(r"\s*\([^()]*\)", "", w), self.lexicon.language) for w in whose):
            return []
        return [self._one(entries.Part(w, 0, group=m["of"] or ""), line, block, label) for w in whose]

    _plain = re.compile(r"[A-Z][a-zé]+ [A-Z][a-zé]+")

    def _named(self, text: str, line: int, block: Block, label: labels.Label) -> _Read:
        """An entry that is a name of two words, and nothing else: most are."""
        ref = SourceRef(block.ref.path, line, block.ref.last_line if block.kind == "bullet" else line)
        return self._attended(
            entry.Entry(text, names.parse(text, self.lexicon.language), rule="name"), None, "", text, ref, label
        )

    def _handles(self, text: str, line: int, block: Block, label: labels.Label) -> list[_Read]:
        """A list of what people are called in a chat: words without a space, "asa, Borut_K, fpereira"."""
        parts = [p.strip() for p in re.split(r"[,;]", text.strip(" .")) if p.strip()]
        token = re.compile(r"@?[^\W\d_][\w.-]{1,24}\*?")
        known = {names.key(a.name.full) for a in self.found if a.name}
        if (
            not parts
            or not all(token.fullmatch(p) for p in parts)
            or all(p[0].isupper() and p.isalpha() for p in parts)
        ):
            return []
        sure = len(parts) > 1 or "_" in text or text.startswith("@") or names.key(parts[0]) in known
        if not label.exact or not sure or any(p.casefold() in self.lexicon.set("not_names") for p in parts):
            return []
        ref = SourceRef(block.ref.path, line, line)
        legends = {a.initials.casefold(): a.name.full for a in self.found if a.initials and a.name}
        out = []
        for p in parts:
            name = legends.get(p.casefold()) or legends.get(f"@{p}".casefold()) or p.rstrip("*")
            person = names.parse(name, self.lexicon.language) if " " in name else PersonName(name, "", "", name)
            listed = entry.Entry(p, person, rule="what somebody is called in a chat")
            out.append(self._attended(listed, None, "", p, ref, label))
        return out

    def _one(self, part: entries.Part, line: int, block: Block, label: labels.Label) -> _Read:
        last = block.ref.last_line if block.kind == "bullet" else line
        ref = SourceRef(block.ref.path, line, last)
        text = f"{part.honorific} {part.text}".strip() if part.honorific else part.text
        if part.family:
            text = f"{text} {part.family}"
        if label.status == "proxies":
            instead = self.lexicon.list("represented_by")[0]
            text = self.lexicon.pattern(r"\s+<<proxy_joins>>\s+|\s*(?:→|->|:)\s*").sub(f" {instead} ", text, count=1)
        listed, substitute, homeless = entry.read(text, self.lexicon)
        if listed.name is None and entries.is_name(listed.text.strip(" ."), self.lexicon):
            lone = listed.text.strip(" .")
            listed = replace(listed, name=names.parse(lone, self.lexicon.language), rule="a name of one word")
        if part.honorific and listed.name:
            listed = replace(listed, name=replace(listed.name, printed=listed.name.full))  # its title is not printed
        if part.group and listed.name and not listed.organization:
            listed = replace(listed, organization=part.group)
        return self._attended(listed, substitute, homeless, part.text, ref, label)

    def _attended(
        self,
        listed: entry.Entry,
        substitute: entry.Entry | None,
        homeless: str,
        text: str,
        ref: SourceRef,
        label: labels.Label,
    ) -> _Read:
        status = {"chair": "present", "officer": "in_attendance", "proxies": "apologies"}.get(
            label.status, label.status
        )
        first = replace(_attendance(listed, label, ref), text=text, status=status)
        if listed.name is None:
            return _unnamed(first, self.lexicon)
        role = listed.role or label.role or label.words * self._names_chair(label)
        bracketed = listed.rule == "name (role)" and role and f"({role}" in text
        if status in ("apologies", "absent") and bracketed and role.islower() and not said.is_role(role, self.lexicon):
            role = ""  # "(work commitments)" is why, and not who
        presides = listed.chair or (presence.is_chair(listed.role, self.lexicon) and not listed.organization)
        here = status in ("present", "in_attendance")
        first = replace(first, role=role, chair=here and (label.status == "chair" or presides))
        findings = []
        if homeless:
            told = f"The initials “{homeless}” fit both names on this line, or neither."
            hint = "They are linked to nobody; write them behind the name that they stand for."
            findings.append(("whose-initials", WARNING, ref.first_line, told, hint))
        if substitute is None or substitute.name is None:
            return _Read([first], findings, True, True)
        # Whoever is represented was not there, whatever list the line stands in.
        away = "apologies" if here else status
        first = replace(first, status=away, chair=False, represented_by=substitute.name.full)
        second = replace(
            _attendance(substitute, label, ref), text=text, represents=first.name.full, rule="represented by"
        )
        return _Read([first, second], findings, True, True)

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
            self._take(index, self._entry(text, block.ref.first_line, block, label), f"row under “{label.words}”")
        self.last = table.end - 1
        return table.end


def _believable(rows: list[_Read], strict: bool) -> bool:
    """Whether entries are a list of people: half of them (all but a few, where the label is weak) hold somebody."""
    told = [r for r in rows if r.attendance or not r.fits]
    named = sum(r.named for r in told)
    groups = sum(1 for r in told if r.fits and not r.named)
    if not told:
        return True
    return (named + groups) * (4 if strict else 2) >= len(told) * (3 if strict else 1) and (named > 0 or groups > 0)


def _runs_on(row: _Read) -> bool:
    """Whether an entry is a name of two words with what is said of it right behind."""
    a = row.attendance[0] if row.named else None
    return bool(
        a and a.name and (a.role or a.organization) and len(a.name.full.split()) == 2 and not re.search("[,;]", a.text)
    )


def _line_end(block: Block, at: int) -> int:
    ends = [p.offset for p in block.text.pieces if p.offset > at]
    return ends[0] if ends else len(block.text.plain)


def _printed(block: Block, begin: int, stop: int | None) -> list[tuple[str, int]]:
    """The printed lines of a stretch of a block, with their numbers; lines that only wrap a list are put together."""
    stop = len(block.text.plain) if stop is None else stop
    inside = [p for p in block.text.pieces if begin < p.offset < stop]
    starts = [begin, *(p.offset for p in inside)]
    lines = [
        (block.text.plain[a:b].strip(), block.text.line_at(a)) for a, b in zip(starts, [*starts[1:], stop], strict=True)
    ]
    lines = [(text, line) for text, line in lines if text]
    # A list that begins beside its label and is as wide as the page goes on below.
    wrapped = begin > starts_of(block, begin) and len(lines) > 1 and len(lines[0][0]) > 40 and "," in lines[0][0]
    out: list[tuple[str, int]] = []
    for text, line in lines:
        before = out[-1][0] if out else ""
        if out and wrapped:
            out[-1] = (f"{before} {text}", out[-1][1])
            continue
        goes_on = before.count("(") > before.count(")") or before.endswith((",", "&", " and", "-")) or text[0].islower()
        if out and (goes_on or text[0] == "("):
            out[-1] = (f"{before} {text}", out[-1][1])
        else:
            out.append((text, line))
    return out


def starts_of(block: Block, at: int) -> int:
    """Where the printed line begins in which a place stands."""
    return max((p.offset for p in block.text.pieces if p.offset <= at), default=0)


def _attendance(read_: entry.Entry, label: labels.Label, ref: SourceRef) -> Attendance:
    return Attendance(
        text=read_.text,
        status="present",
        group=label.words,
        ref=ref,
        name=read_.name,
        role=read_.role,
        organization=read_.organization,
        acronym=read_.acronym,
        initials=read_.initials,
        rule=read_.rule,
    )


def _unnamed(read_: Attendance, lexicon: Lexicon) -> _Read:
    """An entry without a name: a group or a post, or something that was not understood and is reported."""
    groups, posts = lexicon.any_of("group_words"), lexicon.any_of("role_words")
    figure = rf"(?:\d+|{lexicon.any_of('numerals')})"
    if re.match(rf"(?:{figure}\s+(?:\w+\s+)?(?i:{groups})|{groups}|{posts})\b", read_.text):
        return _Read([read_], [], False, not read_.text.endswith(".") or read_.text[0].isdigit())
    if lexicon.pattern(r"<<articles>>\s", re.I).match(read_.text) and len(read_.text.split()) < 7:
        return _Read([read_], [], False, True)
    told = f"No name was found in this entry of the list “{read_.group}”: “{read_.text}”."
    finding = ("no-name", NOTE, read_.ref.first_line, told, "It stands on the page as printed.")
    return _Read([read_], [finding], False, False)


def _completed(found: list[Attendance]) -> list[Attendance]:
    """The entries with a surname or first name alone spelled out, where one fuller name of the roll call fits it."""
    full = {a.name.full: a.name for a in found if a.name and a.name.given and a.name.family}
    forms: dict[str, set[str]] = {}
    for f, n in full.items():
        for w in (n.family, n.given.split()[0]):
            forms.setdefault(names.key(w), set()).add(f)

    def whole(name: str) -> str:
        fits = forms.get(names.key(name), set()) if name not in full else set()
        return next(iter(fits)) if len(fits) == 1 else name

    out = []
    for a in found:
        if (
            (a.name
            and (meant := whole(a.name.full)) != a.name.full
            and a.rule in _ALONE | {"represented by"})
            or (a.name
            and a.rule == "a name of one word"
            and meant != a.name.full)
        ):
            a = replace(a, name=replace(full[meant], printed=a.name.printed))
        out.append(replace(a, represented_by=whole(a.represented_by), represents=whole(a.represents)))
    return out


_ALONE = {"represented by", "name"}


def _without_repeats(found: list[Attendance]) -> tuple[Attendance, ...]:
    """The roll call with everybody once: who is listed twice keeps the first entry, with what the second adds.

    Two entries with one name and two organisations are two people.
    """
    out: list[Attendance] = []
    at: dict[str, list[int]] = {}
    for new in found:
        key = names.key(new.name.full) if new.name else ""
        for i in at.get(key, ())[-_NAMESAKES:] if key else ():
            old = out[i]
            a, b = names.organization_key(old.organization), names.organization_key(new.organization)
            stands_in = "represented by" in (old.rule, new.rule)
            roles = {names.key(x.role) for x in (old, new) if x.role and not x.chair}
            if {old.status, new.status} & {"apologies"} and old.status == "absent":
                old = replace(old, status="apologies")  # a list says that somebody was away, and another why
            if (a and b and a != b) or (len(roles) > 1 and a != b and not stands_in):
                continue
            out[i] = replace(
                old,
                role=new.role if new.role and old.chair and old.role == old.group else old.role or new.role,
                organization=old.organization or new.organization,
                acronym=old.acronym or new.acronym,
                initials=old.initials or new.initials,
                chair=old.chair or new.chair,
                represents=old.represents or new.represents,
                represented_by=old.represented_by or new.represented_by,
            )
            break
        else:
            if key:
                at.setdefault(key, []).append(len(out))
            out.append(new)
    return tuple(out)

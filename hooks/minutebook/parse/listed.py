"""The entries of a list of people: what each line, bullet or row of it says of whom."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from minutebook import names, sentences
from minutebook.diagnostics import NOTE, WARNING
from minutebook.lexicon import Lexicon
from minutebook.model import Attendance, Block, PersonName, SourceRef
from minutebook.parse import entries, entry, labels, presence, said, tables

_CHAT = "what somebody is called in a chat"
_LONGEST_ENTRY = 400
"""Characters: longer than any name with role, organisation and substitute; a paragraph beyond it is prose."""


_DASHED = re.compile(r"(?P<of>[^()]+?)\s+[–—-]+\s+(?P<name>[^()]+?)\s*")


_CAMEL = re.compile(r"[a-z][A-Z]")
_LINES_SAID = re.compile(r"\s+\(\d{1,4}\)$")
"""Behind what somebody is called in a chat: how many lines they wrote (https://wiki.debian.org/MeetBot)."""


@dataclass(frozen=True)
class Read:
    """What one entry gave."""

    attendance: list[Attendance]
    findings: list[tuple[str, str, int, str, str]]
    named: bool
    fits: bool
    """Whether this can be an entry, and not a sentence that follows the list."""


class Listed:
    """Reads the entries of the lists of one file."""

    def __init__(self, lexicon: Lexicon, found: list[Attendance]) -> None:
        self.lexicon = lexicon
        self.found = found
        """Who was read so far: short names point back at them."""
        self._known: set[str] = set()
        self._seen = 0
        self.signs = False
        """Whether the rows of this list end with a sign of attendance, or nothing for those who were away."""
        self.turned = False
        """Whether the entries of this list have the organisation in front: "Quayside Trust – Ann Lee"."""

    def is_turned(self, texts: list[str]) -> bool:
        """Whether the entries of a list have the organisation in front, as those show that can mean nothing else."""
        parts = [re.split(r"\s+[–—-]+\s+", t, maxsplit=1) for t in texts]
        pairs = [
            [entries.is_name(entries.bare(x, self.lexicon), self.lexicon) for x in p] for p in parts if len(p) == 2
        ]
        return pairs.count([False, True]) > pairs.count([True, False])

    def of_block(self, block: Block, label: labels.Label, stacked: bool = False) -> list[Read]:
        if block.kind == "row":
            if self.signs:
                *words, sign = tables.cells(block)
                absent = replace(label, status="absent")
                label = (tables.signed(sign, self.lexicon) or label) if sign else absent
                return self.of_text(", ".join(filter(None, words)), block.ref.first_line, block, label, True)
            cells = [c for c in tables.cells(block) if c.strip()]
            if len(cells) > 1 and (legend := re.fullmatch(r"[(\[]?(?P<initials>[A-Z][A-Za-z]{1,4})[)\]]?", cells[-1])):
                person = names.parse(cells[0], self.lexicon.language)
                if names.could_be_initials(legend["initials"], person):
                    cells = [f"{', '.join(cells[:-1])} [{legend['initials']}]"]
            listed = [c for c in cells if entries.is_name(c, self.lexicon)]
            texts = cells if len(listed) == len(cells) > 1 else [", ".join(cells)]
            return [r for t in texts for r in self.of_text(t, block.ref.first_line, block, label, True)]
        lines = [(block.text.plain, block.ref.first_line)] if block.kind == "bullet" else printed(block, 0, None)
        one = (
            stacked
            or block.kind != "paragraph"
            or (len(lines) > 1 and not any(text.count(",") > 2 for text, _ in lines))
        )
        found = [(text, line, self.of_text(text, line, block, label, one)) for text, line in lines]
        if sum(len(rows) == 1 and _runs_on(rows[0]) for _, _, rows in found) > 1 and len(found) > 2:
            # Here the organisation follows the name without a sign: so it does where no word of it is known.
            found = [(text, line, self._two_words(text, line, block, label) or rows) for text, line, rows in found]
        return [r for _, _, rows in found for r in rows]

    def _two_words(self, text: str, line: int, block: Block, label: labels.Label) -> list[Read]:
        """An entry of three or more words and no sign, read as a name of two words and what is said of them."""
        words = text.split()
        if len(words) < 3 or words[1].islower() or re.search(r"[,;:(–—]|\s-\s", text):
            return []
        rows = self.of_text(f"{words[0]} {words[1]} ({' '.join(words[2:])})", line, block, label)
        return rows if len(rows) == 1 and rows[0].named else []

    def of_text(self, text: str, line: int, block: Block, label: labels.Label, one_a_line: bool = False) -> list[Read]:
        """What the text of an entry, or of a list on one line, says."""
        lexicon = self.lexicon
        bare = text.strip(" \t.,;:–—-*_")
        if not bare or bare.casefold() in lexicon.set("nobody"):
            return [Read([], [], False, True)]
        if len(text) > _LONGEST_ENTRY and text.count(",") + text.count(";") + text.count(" and ") < 3:
            return [Read([], [], False, False)]
        out: list[Read] = []
        if m := re.match(r"\s*\[(?P<box>[ xX])\]\s+", text):
            box = label if m["box"].strip() else replace(label, status="absent")
            return self.of_text(text[m.end() :], line, block, box, one_a_line)
        if columns := self._columns(text, label):
            return [r for part, x in columns for r in self.of_text(part, line, block, x, True)]
        if lone := self._handles(text, line, block, label):
            return lone
        if self._plain.fullmatch(text) and names.looks_like_name(text, lexicon.language):
            return [self._named(text, line, block, label)]
        for one in sentences.split(text, lexicon):
            if told := presence.sentence(one, line, block, label, lexicon):
                out.append(Read(told, [], True, True))
                continue
            plural = label.words.casefold().rstrip(")").endswith("s")  # "Co-chairs", "Scribe(s)"
            one_post = label.status in ("chair", "officer") and not plural
            alone = one_a_line or (one_post and one.count(",") < 2)
            if several := self._alternates(one, line, block, label):
                out += several
                continue
            parts = entries.split(one, lexicon, bullet=alone)
            out += [self._one(p, line, block, label) for p in parts]
        return out

    def _columns(self, text: str, label: labels.Label) -> list[tuple[str, labels.Label]]:
        """(words, label) of the entries of a line that is set in columns: names side by side, or one with a sign of
        attendance at its end ("Ann Lee      Member      P")."""
        parts = [p for p in re.split(r"\s{3,}", text.strip()) if p]
        if len(parts) < 2:
            return []
        named = [entries.is_name(entries.bare(p.lstrip("* "), self.lexicon), self.lexicon) for p in parts]
        if named[0] and (sign := tables.signed(parts[-1], self.lexicon)):
            return [(", ".join(parts[:-1]), sign)]
        full = [len(entries.bare(p, self.lexicon).split()) > 1 for p in parts]
        return [(p, label) for p in parts] if all(named) and all(full) else []

    def _alternates(self, text: str, line: int, block: Block, label: labels.Label) -> list[Read]:
        """ "Guild - Ann Lee / Bo Ray": a delegate and the alternate, both there, of one organisation."""
        m = re.fullmatch(r"(?:(?P<of>[^/]+?)\s(?:[–—-]+)\s+)?(?P<who>[^/;]+(?:\s/\s[^/;]+)+)", text)
        if not m:
            return []
        whose = [w.strip() for w in m["who"].split(" / ")]
        if not all(names.looks_like_name(re.sub(r"\s*\([^()]*\)", "", w), self.lexicon.language) for w in whose):
            return []
        return [self._one(entries.Part(w, 0, group=m["of"] or ""), line, block, label) for w in whose]

    _plain = re.compile(r"[A-Z][a-zé]+ [A-Z][a-zé]+")

    def _named(self, text: str, line: int, block: Block, label: labels.Label) -> Read:
        """An entry that is a name of two words, and nothing else: most are."""
        ref = SourceRef(block.ref.path, line, block.ref.last_line if block.kind == "bullet" else line)
        return self._attended(
            entry.Entry(text, names.parse(text, self.lexicon.language), rule="name"), None, "", text, ref, label
        )

    def _handles(self, text: str, line: int, block: Block, label: labels.Label) -> list[Read]:
        """A list of what people are called in a chat: words without a space, "asa, Borut_K, fpereira"."""
        bare = _LINES_SAID.sub("", text)
        parts = [p.strip() for p in re.split(r"[,;]", bare.strip(" .")) if p.strip()]
        token = re.compile(r"@?[^\W\d_][\w.-]{1,24}\*?")
        called = [bool(token.fullmatch(p)) for p in parts]
        several = len(parts) > 3 and all(
            c or entries.is_name(p, self.lexicon) for c, p in zip(called, parts, strict=True)
        )
        odd = any(
            c and (p[0].islower() or not p.isalpha() or _CAMEL.search(p)) for c, p in zip(called, parts, strict=True)
        )
        if not odd or not (all(called) or several):
            return []
        chat = any(a.rule == _CHAT for a in self.found)
        sure = chat or bare != text or len(parts) > 1 or "_" in text or text.startswith("@") or self._is_known(parts[0])
        if not label.exact or not sure or any(p.casefold() in self.lexicon.set("not_names") for p in parts):
            return []
        ref = SourceRef(block.ref.path, line, line)
        legends = {a.initials.casefold(): a.name.full for a in self.found if a.initials and a.name}
        out = []
        for p in parts:
            name = legends.get(p.casefold()) or legends.get(f"@{p}".casefold()) or p.rstrip("*")
            person = names.parse(name, self.lexicon.language) if " " in name else PersonName(name, "", "", name)
            listed = entry.Entry(p, person, rule=_CHAT)
            out.append(self._attended(listed, None, "", p, ref, label))
        return out

    def _is_known(self, name: str) -> bool:
        """Whether a name is one of those read so far."""
        for a in self.found[self._seen :]:
            if a.name:
                self._known.add(names.key(a.name.full))
        self._seen = len(self.found)
        return names.key(name) in self._known

    def _one(self, part: entries.Part, line: int, block: Block, label: labels.Label) -> Read:
        last = block.ref.last_line if block.kind == "bullet" else line
        ref = SourceRef(block.ref.path, line, last)
        text = f"{part.honorific} {part.text}".strip() if part.honorific else part.text
        if part.family:
            text = f"{text} {part.family}"
        if label.status == "proxies":
            instead = self.lexicon.list("represented_by")[0]
            text = self.lexicon.pattern(r"\s+<<proxy_joins>>\s+|\s*(?:→|->|:)\s*").sub(f" {instead} ", text, count=1)
        if self.turned and (m := _DASHED.fullmatch(text)):
            text = f"{m['name']} – {m['of']}" if entries.is_name(m["name"], self.lexicon) else text
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
    ) -> Read:
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
            return Read([first], findings, True, True)
        # Whoever is represented was not there, whatever list the line stands in.
        away = "apologies" if here else status
        first = replace(first, status=away, chair=False, represented_by=substitute.name.full)
        second = replace(
            _attendance(substitute, label, ref), text=text, represents=listed.name.full, rule="represented by"
        )
        return Read([first, second], findings, True, True)

    def _names_chair(self, label: labels.Label) -> bool:
        """Whether a label is the role of whoever stands behind it: "Chair", and not "Chaired by"."""
        return label.status == "chair" and label.words.casefold() in self.lexicon.set("chair_nouns")


def _runs_on(row: Read) -> bool:
    """Whether an entry is a name of two words with what is said of it right behind."""
    a = row.attendance[0] if row.named else None
    return bool(
        a and a.name and (a.role or a.organization) and len(a.name.full.split()) == 2 and not re.search("[,;]", a.text)
    )


def line_end(block: Block, at: int) -> int:
    ends = [p.offset for p in block.text.pieces if p.offset > at]
    return ends[0] if ends else len(block.text.plain)


def printed(block: Block, begin: int, stop: int | None) -> list[tuple[str, int]]:
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


def _unnamed(read_: Attendance, lexicon: Lexicon) -> Read:
    """An entry without a name: a group or a post, or something that was not understood and is reported."""
    groups, posts = lexicon.any_of("group_words"), lexicon.any_of("role_words")
    figure = rf"(?:\d+|{lexicon.any_of('numerals')})"
    if re.match(rf"(?:(?i:{figure})\s+(?:\w+\s+)?(?i:{groups})|{groups}|{posts})\b", read_.text):
        return Read([read_], [], False, not read_.text.endswith(".") or read_.text[0].isdigit())
    says = lexicon.pattern(r"\s<<sentence_verbs>>\s", re.I).search(read_.text)
    if not says and lexicon.pattern(r"<<articles>>\s", re.I).match(read_.text) and len(read_.text.split()) < 7:
        return Read([read_], [], False, True)
    told = f"No name was found in this entry of the list “{read_.group}”: “{read_.text}”."
    finding = ("no-name", NOTE, read_.ref.first_line, told, "It stands on the page as printed.")
    return Read([read_], [finding], False, False)

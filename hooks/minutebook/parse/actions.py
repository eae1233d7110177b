"""Actions: what someone is to do, where the minutes mark it as an action.

A marker ("Action: ...", "AP3 – ...", a checkbox), a list or table that holds nothing else ("Action items"), or a form
that these minutes use for nothing else (a name in capitals, an asterisk). A bare "Action" is a marker only if the words
behind it read as somebody's task, so that a name which begins so stays a name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from minutebook.lexicon import Lexicon
from minutebook.model import Action, Block, SourceRef, Span
from minutebook.parse import dates, numbers, sections, tables
from minutebook.parse.draft import Draft
from minutebook.parse.owners import Owners, phrase

_SIGN = r"(?:\s*[:：]\s*|\s+[–—-]+>?\s+|\s*[–—→]\s*)"
_NUMBER = r"(?:\s*(?:no\.?\s*|#)?\d[\w./-]*)?"
_BOX = re.compile(r"\s*\[(?P<done>[ xX]?)\]\s+(?=\S)")
_RECENT = 60
"""Actions that a closing list is compared with: no meeting has more."""
_NOT = ("heading", "code", "break")


def find(draft: Draft) -> Draft:
    """The draft with its actions."""
    finder = _Finder(draft)
    found = sorted(finder.all(), key=lambda a: (a.block, a.start))
    found = _once(found)
    parts = {a.block: ("action", a.rule) for a in found}
    parts |= {i: ("section", "label of a list of actions") for i in finder.labels if i not in parts}
    parts = {i: p for i, p in parts.items() if draft.blocks[i].part in ("body", "section")}
    return draft.taken(parts).with_(actions=tuple(found))


def _once(found: list[Action]) -> list[Action]:
    """Actions without those that a closing list says again."""
    out: list[Action] = []
    seen = list[tuple[frozenset[str], Action]]()
    for a in found:
        words = frozenset(re.findall(r"\w+", a.text.casefold()))
        if "list" in a.rule or "table" in a.rule:
            before = (b for w, b in seen[-_RECENT:] if len(w & words) >= 0.8 * max(min(len(w), len(words)), 3))
            if any(b.block != a.block for b in before):
                continue
        seen.append((words, a))
        out.append(a)
    return out


class _Finder:
    """Looks for the actions of one file."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.blocks, self.lexicon = draft, draft.blocks, draft.lexicon
        self.owners = Owners(draft)
        self.labels: set[int] = set()
        marker = draft.lexicon.any_of("action_markers")
        self.signed = re.compile(rf"[\[(]?{marker}{_NUMBER}[\])]?(?:{_SIGN})(?=\S)")
        self.bare = re.compile(rf"[\[(]?{marker}{_NUMBER}[\])]?\s+(?=\S)")
        self.alone = re.compile(rf"[\[(]?{marker}{_NUMBER}[\])]?\s*[:：]?\s*$")
        self.to = re.compile(
            rf"[\[(]?{marker}{_NUMBER}[\])]?\s*(?:{draft.lexicon.any_of('action_prepositions')}\s+)?[(\[]?"
            rf"(?P<who>[^:()\[\]\n]{{1,60}}?)[)\]]?\s*(?:[:：]\s*|\s[–—-]+\s+)(?=\S)"
        )
        capitals = _capitals(draft.lexicon)
        self.behind = re.compile(rf"(?P<who>[A-Z][^:.;()]{{1,40}}?)\s+(?:{capitals})\s*[:–-]\s*(?=\S)")
        self.inner = re.compile(
            rf"(?:(?<=[.;:!?)\]”\"])\s+|\n|(?<=\s)[(\[])(?=[\[(]?(?:{marker}{_NUMBER}[\])]?\s*[:：]|(?-i:{capitals})\b))"
        )

    def all(self) -> Iterator[Action]:
        kinds = self._kinds()
        items = self.draft.minutes.items
        first = items[0].heading if items else 0
        i = 0
        while i < len(self.blocks):
            block, kind = self.blocks[i], kinds[i]
            if kind == "earlier" or block.kind in _NOT or block.part not in ("body", "section", "item"):
                i += 1
                continue
            if block.kind == "row":
                table = tables.rows(self.blocks, i)
                if len(table) > 1:
                    yield from self._table(table, kind)
                    i = table.stop
                    continue
            if block.part == "item":
                yield from self._in_title(i)
            elif kind == "actions":
                yield from self._listed(i)
            elif i >= first:
                yield from self._marked(i)
            i += 1
        yield from self._systematic(first, kinds)

    # --- what a block belongs to

    def _kinds(self) -> list[str]:
        """For each block, whether it stands in a list of actions, or in a review of earlier ones."""
        out = []
        now, level, label = "", 0, -1
        for i, b in enumerate(self.blocks):
            if b.part == "roll_call":
                now = ""
            elif (
                label >= 0
                and self.blocks[label].kind == "bullet"
                and b.kind == "bullet"
                and b.level <= self.blocks[label].level
            ):
                now, label = "", -1
            elif b.part == "section" and b.kind != "heading" and (kind := sections.kind(b.text.plain, self.lexicon)):
                now, level, label = kind if kind in ("actions", "earlier") else "", 0, -1
                self.labels.add(i)
            elif b.kind == "heading":
                if not now or b.level <= level:
                    kind = sections.kind(b.text.plain, self.lexicon)
                    now, level, label = kind if kind in ("actions", "earlier") else "", b.level, -1
            elif self._closes(i, level, label):
                now = ""
            elif (
                label >= 0
                and now
                and b.kind == "paragraph"
                and i > label + 1
                and self.blocks[i - 1].kind in ("bullet", "numbered", "row")
            ):
                now = ""  # a list below a label ends with the next paragraph
            if b.kind in ("paragraph", "bullet", "numbered") and b.part == "body" and (kind := self._label(i)):
                now, level, label = kind, 0, i
                self.labels.add(i)
            out.append(now)
        return out

    def _closes(self, i: int, level: int, label: int) -> bool:
        """Whether a block ends a list of actions: an item below a label, a printed rule with no list behind it."""
        b = self.blocks[i]
        if b.part == "item":
            return label >= 0 or (b.kind != "heading" and level == 0)
        last = i + 1 >= len(self.blocks)
        return b.kind == "break" and (last or self.blocks[i + 1].kind in ("heading", "paragraph"))

    def _label(self, i: int) -> str:
        """Whether a line by itself opens a list of actions: "Action items:", in bold or with a colon."""
        block = self.blocks[i]
        plain = block.text.plain.strip()
        if len(plain) > 60:
            return ""
        bold = any(m.kind == "strong" and m.end - m.start >= len(plain) - 2 for m in block.text.marks)
        kind = sections.kind(plain, self.lexicon)
        opens = block.kind == "bullet" and self._has_children(i)
        return (
            kind if kind in ("actions", "earlier") and (bold or opens or plain.endswith(":") or plain.isupper()) else ""
        )

    # --- markers

    def _marked(self, i: int) -> Iterator[Action]:
        """The actions that markers in a block begin."""
        block = self.blocks[i]
        plain = block.text.plain
        if m := _BOX.match(plain):
            yield self._made(i, m.end(), len(plain), "a box to tick", listed=True)
            return
        starts = [0, *(m.end() for m in self.inner.finditer(plain))]
        starts = sorted({*starts, *(m.start for m in block.text.marks if m.kind == "strong")})
        begun = [(at, *found) for at in starts if (found := self._at(plain, at))]
        for k, (at, text, who, rule) in enumerate(begun):
            end = begun[k + 1][0] if k + 1 < len(begun) else self._end(block, at, text)
            if self._only_names(plain[text:end]):
                yield from self._before(i, at, text, end)
            else:
                yield self._made(i, text, end, rule, who)
        if self.alone.match(plain) and i + 1 < len(self.blocks):
            below = self.blocks[i + 1]
            self.labels.add(i)
            if below.kind == "paragraph" and below.part == "body" and not self._at(below.text.plain, 0):
                yield self._made(i + 1, 0, len(below.text.plain), "below a marker on a line of its own")

    def _at(self, plain: str, at: int) -> tuple[int, tuple[int, int] | None, str] | None:
        """(where the text begins, where a name within the marker stands, the rule) of a marker at a place."""
        lead = re.match(r"[\s(\[*_]*", plain[at : at + 12])
        at += lead.end() if lead and self.signed.match(plain, at + lead.end()) else 0
        if m := self.signed.match(plain, at):
            return m.end(), None, "a marker with a sign behind it"
        if m := self.to.match(plain, at):
            who = self.lexicon.pattern(r",?\s*<<due_words>>\s.*$", re.I).sub("", m["who"]).strip()
            if who and self.owners.is_somebody(who, alone=True):
                return m.end(), (m.start("who"), m.start("who") + len(who)), "a marker with a name in it"
        if m := self.bare.match(plain, at):
            rest = plain[m.end() :]
            owner = self.owners._phrases(rest[:200], 0, 0)
            told = owner and (
                self.lexicon.pattern(r"<<determiners>>\s").match(owner[0].text)
                or self.owners.known.match(owner[0].text)
                or self.owners.is_listed(owner[0].text)
            )
            if told:
                return m.end(), None, "a bare marker, and behind it somebody's task"
            capital = m.group().strip(" []()").rstrip("0123456789.").strip()
            if capital.isupper() and len(capital) > 3 and self._only_names(rest):
                return m.end(), None, "a marker with a name behind it"
        before = self.behind.match(plain[at : at + 90])
        if before and self.owners.is_somebody(before["who"]):
            return at + before.end(), (at, at + before.end("who")), "a name, and the marker behind it"
        return None

    def _end(self, block: Block, at: int, text: int) -> int:
        """Where an action ends in its block: with the bold words that hold marker and action, else with the block."""
        plain = block.text.plain
        for m in block.text.marks:
            if m.kind in ("strong", "em") and m.start <= at + 2 and m.end > text + 8 and m.end < len(plain) - 3:
                return m.end
        if at and plain[at - 1 : at] in "([" and (close := plain.find(")" if plain[at - 1] == "(" else "]", text)) > 0:
            return close
        return len(plain)

    def _only_names(self, words: str) -> bool:
        """Whether nothing stands behind a marker but who is to do it: "ACTION: Clerk"."""
        words = words.strip(" .()[]*_")
        return bool(words) and len(words.split()) < 8 and self.owners.is_somebody(words, alone=False)

    def _before(self, i: int, at: int, text: int, end: int) -> Iterator[Action]:
        """The action whose marker stands behind it and names only who is to do it."""
        plain = self.blocks[i].text.plain
        who = plain[text:end].strip(" .()[]*_")
        begin = text + plain[text:end].index(who)
        span = Span(i, begin, begin + len(who), who)
        before = plain[:at].rstrip(" ([*_-–—.")
        rule = "the words in front of a marker that names who"
        if before:
            start = max((m.end() for m in re.finditer(r"(?<=[^\W\d_]{3})[.;]\s+(?=[A-Z])", before)), default=0)
            stop = at - (len(plain[:at]) - len(plain[:at].rstrip(" ([*_-–—")))
            yield self._put(i, start, stop, tuple(self.owners.each(span)), rule)
        elif i and self.blocks[i - 1].part == "body" and self.blocks[i - 1].kind not in _NOT:
            above = self.blocks[i - 1].text.plain
            start = max(
                (m.end() for m in re.finditer(r"(?<=[^\W\d_]{3})[.;]\s+(?=[A-Z])", above.rstrip(" ."))), default=0
            )
            yield self._put(i - 1, start, len(above), tuple(self.owners.each(span)), rule)

    def _in_title(self, i: int) -> Iterator[Action]:
        """The action that a heading of business holds: "3. Hall hire (ACTION: Clerk)" is too little to be one."""
        plain = self.blocks[i].text.plain
        for m in self.inner.finditer(plain):
            if (found := self._at(plain, m.end())) and not self._only_names(plain[found[0] :]):
                yield self._made(i, found[0], len(plain), found[2], found[1])
                return

    # --- lists and tables of actions

    def _listed(self, i: int) -> Iterator[Action]:
        """The actions of a list that holds nothing else: one a bullet, one a line."""
        if i in self.labels:
            return
        block = self.blocks[i]
        plain = block.text.plain
        if plain.strip(" .-–").casefold() in self.lexicon.set("nobody") or (plain.isupper() and len(plain.split()) < 7):
            return  # nothing, or the words of a form that was not filled in
        if plain.startswith("{:"):
            return
        rule = "a line of a list of actions"
        if block.kind == "bullet" and (parent := self._parent(i)) is not None:
            if parent[1] is None:
                return  # a bullet below one says more of it
            found = self._made(i, _box(plain), len(plain), rule, listed=True)
            yield found if found.owners else replace(found, owners=(parent[1],))
            return
        if block.kind == "bullet" and self._only_names(plain.rstrip(":")) and self._has_children(i):
            return
        if block.kind == "paragraph":
            if any(
                self.blocks[j].kind in ("bullet", "numbered", "row")
                for j in (i - 1, i + 1)
                if 0 <= j < len(self.blocks)
            ) and not self._at(plain, 0):
                return
            if not self._at(plain, 0) and not self.owners.of(plain, i, 0, len(plain), listed=True).spans:
                return
            pieces = [p.offset for p in block.text.pieces]
            ends = [*pieces[1:], len(plain)]
            told = [self.owners.of(plain, i, a, b, listed=True).spans for a, b in zip(pieces, ends, strict=True)]
            if len(pieces) > 1 and all(told):
                for a, b in zip(pieces, ends, strict=True):
                    yield self._made(i, a, b, rule, listed=True)
                return
        start, who = _box(plain), None
        if found_ := self._at(plain, start):
            start, who = found_[0], found_[1]
        elif block.kind == "paragraph" and (n := numbers.read(plain, self.lexicon)):
            start = n.end
        yield self._made(i, start, len(plain), rule, who, listed=True)

    def _parent(self, i: int) -> tuple[int, Span | None] | None:
        """(the bullet above that a bullet belongs to, the words that name its owner if it is but a name)."""
        for j in range(i - 1, max(-1, i - 40), -1):
            b = self.blocks[j]
            if b.kind not in ("bullet", "numbered"):
                return None
            if b.level < self.blocks[i].level:
                plain = b.text.plain.rstrip(" :")
                return j, Span(j, 0, len(plain), plain) if self.owners.is_somebody(plain, alone=True) else None
        return None

    def _has_children(self, i: int) -> bool:
        below = self.blocks[i + 1] if i + 1 < len(self.blocks) else None
        return below is not None and below.kind == "bullet" and below.level > self.blocks[i].level

    def _table(self, table: range, kind: str) -> Iterator[Action]:
        """The rows of a table of actions: one that has a column for them, or one in a list of actions."""
        what = tables.columns(self.blocks[table[0]], self.lexicon)
        if "action" not in what or not ({"owner", "due", "name"} & what.keys() or kind == "actions"):
            return
        for i in table[1:]:
            cells = tables.spans(self.blocks[i])
            get = lambda key, cells=cells: cells[what[key]] if key in what and what[key] < len(cells) else (0, 0, "")  # noqa: E731
            start, end, text = get("action")
            if not text or text.casefold() in self.lexicon.set("nobody"):
                continue
            a, b, who = get("owner") if "owner" in what else get("name")
            made = self._made(i, start, end, "a row of a table of actions", listed=True)
            spans = tuple(self.owners.each(Span(i, a, b, who))) if who.strip(" -–") else made.owners
            due = dates.due(get("due")[2], self.lexicon, self._when(), bare=True)
            yield replace(made, owners=spans, due=due or made.due)

    # --- forms that these minutes use for nothing else

    def _systematic(self, first: int, kinds: list[str]) -> Iterator[Action]:
        found: dict[str, list[tuple[int, int, int]]] = {
            f: [] for f in ("capitals", "asterisk", "bold", "handle", "bullets")
        }
        bullets = [
            i
            for i, b in enumerate(self.blocks)
            if i >= first and b.kind == "bullet" and b.part == "body" and not kinds[i]
        ]
        tasks = [i for i in bullets if self._is_task(self.blocks[i].text.plain)]
        if len(tasks) > 2 and len(tasks) * 10 >= len(bullets) * 9:
            found["bullets"] = [(i, 0, len(self.blocks[i].text.plain)) for i in tasks]
        for i, b in enumerate(self.blocks):
            if i < first or b.part != "body" or b.kind in (*_NOT, "row") or kinds[i]:
                continue
            plain = b.text.plain
            if re.match(r"@[\w-]+(?:\s*[,&]\s*@[\w-]+)*\s*:\s+\S", plain):
                found["handle"].append((i, 0, len(plain)))
            for m in re.finditer(r"(?:^|(?<=[.;:!?]\s))\*\s?(?=[^\W\d_])[^*]*?(?:[.!?](?=\s|$)|$)", plain):
                found["asterisk"].append((i, m.start() + 1, m.end()))
            for m in self.lexicon.pattern(
                r"(?:^|(?<=[.;:!?]\s)|(?<=\s[–-]\s))(?P<who>[A-Z]{2,}(?:(?:\s*[,/&]\s*|\s+(?:and\s+)?)[A-Z]{2,})*)\s+(?:<<obligations>>)\s[^.]*\.?"
            ).finditer(plain):
                if self.owners.is_somebody(m["who"]) and m["who"].casefold() not in self.lexicon.set(
                    "short_organization_nouns"
                ):
                    found["capitals"].append((i, m.start(), m.end()))
            for mark in b.text.marks:
                words = plain[mark.start : mark.end]
                if (
                    mark.kind == "strong"
                    and (who := self.owners._phrases(words, i, 0))
                    and self.owners.is_somebody(who[0].text)
                ):
                    found["bold"].append((i, mark.start, mark.end))
        told = [
            who for i, a, b in found["asterisk"] if (who := self.owners.of(self.blocks[i].text.plain, i, a, b).spans)
        ]
        if len(told) * 2 < len(found["asterisk"]):
            found["asterisk"] = []
        initials = {a.initials for a in self.draft.minutes.people}
        for form, places in found.items():
            if form == "capitals" and any(
                re.match(r"[A-Z]+", self.blocks[i].text.plain[a:])[0] in initials for i, a, _ in places
            ):  # type: ignore[index]
                continue  # initials are how these minutes call people, and mark nothing
            if len(places) > 1:
                for i, a, b in places:
                    yield self._made(i, a, b, f"a form that stands for actions here: {form}")

    def _is_task(self, plain: str) -> bool:
        """Whether a bullet begins with somebody of these minutes and what they are "to" do."""
        who = phrase(plain, self.lexicon)
        return bool(who) and plain[len(who) :].split()[:1] == ["to"] and self.owners.is_somebody(who)

    # --- putting it together

    def _made(
        self, i: int, start: int, end: int, rule: str, who: tuple[int, int] | None = None, *, listed: bool = False
    ) -> Action:
        plain = self.blocks[i].text.plain
        if who:
            spans: tuple[Span, ...] = tuple(self.owners.each(Span(i, who[0], who[1], plain[who[0] : who[1]])))
        else:
            found = self.owners.of(plain, i, start, end, listed=listed)
            start, spans = found.start, found.spans
        return self._put(i, start, end, spans, rule)

    def _put(self, i: int, start: int, end: int, spans: tuple[Span, ...], rule: str) -> Action:
        block = self.blocks[i]
        text = block.text.plain[start:end]
        start += len(text) - len(text.lstrip())
        text = text.strip(" \u2005*_")
        due = dates.due(text, self.lexicon, self._when()) or self._due_below(i)
        ref = SourceRef(
            block.ref.path, block.text.line_at(start), block.text.line_at(max(start, start + len(text) - 1))
        )
        return Action(text, i, start, start + len(text), spans, ref, rule, due)

    def _due_below(self, i: int) -> dt.date | None:
        """The date on a line of its own below an action: "Due: end of March"."""
        if i + 1 >= len(self.blocks):
            return None
        m = self.lexicon.pattern(r"[\W_]*<<due_labels>>\s*:\s*(?P<when>\S.*)", re.I).match(
            self.blocks[i + 1].text.plain
        )
        return dates.due(m["when"], self.lexicon, self._when(), bare=True) if m else None

    def _when(self) -> dt.date | None:
        return self.draft.minutes.date


def _box(plain: str) -> int:
    m = _BOX.match(plain)
    return m.end() if m else 0


def _capitals(lexicon: Lexicon) -> str:
    """The markers that are printed in capitals, which stand out also in the middle of a line."""
    return (
        "|".join(
            sorted(
                (re.escape(w) for w in lexicon.list("action_markers") if w.isupper() and len(w) > 3),
                key=len,
                reverse=True,
            )
        )
        or "(?!)"
    )

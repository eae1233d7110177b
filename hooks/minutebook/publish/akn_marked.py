"""What is known of stretches of a meeting's text, as elements of Akoma Ntoso."""

from __future__ import annotations

from collections.abc import Iterable

from minutebook.model import Attendance, Meeting, Owner
from minutebook.publish.akn_meta import References
from minutebook.publish.akn_text import Stretch, clean, web_link

_FORMS = {"em": "i", "strong": "b", "sup": "sup", "sub": "sub"}
_NEAR = 4_000
"""Characters."""


class Marked:
    """What is known of stretches of each block: who is named, what is to be done, what was decided, how it looks."""

    def __init__(self, m: Meeting, refs: References) -> None:
        self.m, self.refs = m, refs
        self.by_block: dict[int, list[Stretch]] = {}
        for d in m.decisions:
            said = d.decision
            at = {"name": "decision", "eId": f"decision-{d.number}", "class": said.kind, "mb:rule": clean(said.rule)}
            self._add(said.block, Stretch(0, len(m.minutes.blocks[said.block].text.plain), "inline", at))
            if said.result and (k := m.minutes.blocks[said.block].text.plain.find(said.result)) >= 0:
                self._add(said.block, Stretch(k, k + len(said.result), "outcome", {}, 2))
        for a in m.actions:
            todo = a.action
            at = {"name": "action", "eId": f"action-{a.number}", "mb:rule": clean(todo.rule), "mb:status": a.status}
            at |= {"refersTo": who} if (who := refers(a.owners, refs)) else {}
            at |= {"mb:due": str(todo.due)} if todo.due else {}
            at |= {"mb:restates": a.restates} if a.restates else {}
            self._add(todo.block, Stretch(todo.start, todo.end, "inline", at, 1))
        self._roll_call()

    def _add(self, block: int, stretch: Stretch) -> None:
        self.by_block.setdefault(block, []).append(stretch)

    def stretches(self, i: int) -> list[Stretch]:
        """All that is known of a block's text."""
        out = self.by_block.get(i, [])[:]
        there = [(s.start, s.end) for s in out if s.tag in ("person", "organization", "role")]
        for x in self.m.mentions_in.get(i, ()):
            if x.resolved and not any(x.start < b and a < x.end for a, b in there):
                if x.person:
                    tag, who = "person", self.refs.person(x.person)
                elif x.organization:
                    tag, who = "organization", self.refs.organization(x.organization)
                else:
                    tag, who = "term", self.refs.term(x.text, x.term)
                out.append(Stretch(x.start, x.end, tag, {"refersTo": who, "mb:rule": clean(x.rule)}, 4))
        for k in self.m.minutes.blocks[i].text.marks:
            if k.kind in _FORMS:
                out.append(Stretch(k.start, k.end, _FORMS[k.kind], {}, 5))
            elif k.kind == "link" and (href := web_link(k.href)):
                out.append(Stretch(k.start, k.end, "a", {"href": href}, 3))
            elif k.kind in ("code", "removed"):
                out.append(Stretch(k.start, k.end, "inline", {"name": k.kind}, 3))
        return out

    def _roll_call(self) -> None:
        """Names, roles and organisations of the roll call, where each entry's own line prints them."""
        by_line: dict[int, list[tuple[Attendance, str, str]]] = {}
        for entry in zip(self.m.minutes.people, self.m.people, self.m.organizations, strict=True):
            by_line.setdefault(entry[0].ref.first_line, []).append(entry)
        for i, b in enumerate(self.m.minutes.blocks):
            at = 0
            for line in range(b.ref.first_line, b.ref.last_line + 1) if b.part == "roll_call" else ():
                for a, person, organization in by_line.get(line, ()):
                    at = self._entry(i, b.text.plain, at, a, person, organization)

    def _entry(self, i: int, plain: str, at: int, a: Attendance, person: str, organization: str) -> int:
        """Mark one entry in a block from `at` on; where the next one may begin."""
        # Near the entry before: lists may be long, and a name that is not there is not to be sought in all of one.
        start = plain.find(a.name.printed, at, at + _NEAR) if a.name else -1
        if start < 0 or not a.name:
            return at
        end = start + len(a.name.printed)
        who = {"refersTo": self.refs.person(person), "mb:status": a.status, "mb:rule": clean(a.rule)}
        role = self.refs.role(a.role) if a.role else ""
        self._add(i, Stretch(start, end, "person", {**who, **({"as": role} if role else {})}, 4))
        for words, tag, to in (
            (a.role, "role", role),
            (a.organization, "organization", self.refs.organization(organization) if organization else ""),
        ):
            if words and to and (k := plain.find(words, end, end + len(a.text))) >= 0:
                self._add(i, Stretch(k, k + len(words), tag, {"refersTo": to}, 4))
        return end


def refers(owners: Iterable[Owner], refs: References) -> str:
    """Whose something is, as far as they are known: "#person-ann-lee #organization-guild"."""
    found = [
        refs.person(o.person) if o.person else refs.organization(o.organization)
        for o in owners
        if o.person or o.organization
    ]
    return " ".join(dict.fromkeys(found))

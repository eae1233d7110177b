"""Actions: what someone is to do, where a marker at the start of a line says so.

"Action: ...", "Action - ..." and "Action 3: ..." are markers by their sign. A bare "Action" is one only if the words
behind it read as somebody's task ("Action The Clerk is to ..."), so that a name which begins so stays a name.
"""

from __future__ import annotations

import datetime as dt
import re

from minutebook.lexicon import Lexicon, alternatives
from minutebook.model import Action
from minutebook.parse import dates
from minutebook.parse.draft import Draft

_SIGN = r"(?:\s*[:：]\s*|\s+[–—-]\s+|\s*[–—]\s*)"
_LONGEST_OWNER = 10
"""Words."""
_JOINING = frozenset(["and", "of", "for", "the", "to", "&", "with", "on"])


def find(draft: Draft) -> Draft:
    """The draft with its actions."""
    found: list[Action] = []
    parts = {}
    first = draft.minutes.items[0].heading if draft.minutes.items else 0
    known = _known(draft)
    for i, block in enumerate(draft.blocks):
        if i < first or block.part != "body" or block.kind in ("heading", "code", "break"):
            continue
        plain = block.text.plain
        if marked := _marked(plain, draft.lexicon, known):
            start, rule = marked
            owner = owner_phrase(plain[start:], draft.lexicon)
            text = plain[start:].strip()
            found.append(Action(text, i, owner, start, block.ref, rule, _due(text, draft.lexicon)))
            parts[i] = ("action", rule)
    return draft.taken(parts).with_(actions=tuple(found))


def _marked(plain: str, lexicon: Lexicon, known: re.Pattern[str]) -> tuple[int, str] | None:
    """(where the text of the action begins, by which rule) of a block that is one."""
    marker = lexicon.any_of("action_markers")
    if m := re.match(rf"{marker}(?:\s+(?:no\.?\s*)?\d[\w./-]*)?{_SIGN}(?=\S)", plain):
        return m.end(), "a marker with a sign behind it"
    if m := re.match(rf"{marker}\s+(?=\S)", plain):
        owner = owner_phrase(plain[m.end() :], lexicon)
        if re.match(rf"{lexicon.any_of('determiners')}\s", owner) or known.match(owner):
            return m.end(), "a bare marker, and behind it somebody's task"
    return None


def _due(text: str, lexicon: Lexicon) -> dt.date | None:
    """The date by which it is to be done, where the text gives one whole ("by 3 March 2027"); else None."""
    for m in re.finditer(rf"\b{lexicon.any_of('due_words')}\s+", text, re.I):
        first = next(dates.find(text[m.end() : m.end() + 40], lexicon), None)
        if first and not text[m.end() : m.end() + first.start].strip(" ,:"):
            return first.date
    return None


def _known(draft: Draft) -> re.Pattern[str]:
    """Whoever and whatever these minutes know by name, at the start of a text."""
    people = [a for a in draft.minutes.people if a.name]
    forms = {form for a in people for form in (a.name.printed, a.name.full, a.name.family, a.initials) if form}  # type: ignore[union-attr]
    forms |= {form for a in people for form in (a.organization, a.acronym) if form}
    forms |= {form for o in draft.minutes.organizations for form in (o.name, o.acronym) if form}
    forms |= {draft.minutes.body, *draft.lexicon.list("everybody")} - {""}
    return re.compile(rf"(?:{draft.lexicon.any_of('honorifics')}\.?\s+)*{alternatives(forms)}(?!\w)")


def owner_phrase(text: str, lexicon: Lexicon) -> str:
    """The words that say whose task it is: what stands before "to", "will", "is to"; nothing where none do."""
    m = re.match(rf"(?P<owner>[^.;:?!()]{{1,120}}?)\s+{lexicon.any_of('obligations')}\s", text)
    if not m:
        return ""
    words = m["owner"].replace(",", " ").split()
    if not words or len(words) > _LONGEST_OWNER or words[0].casefold() in lexicon.set("task_verbs"):
        return ""
    said = words[0].casefold() in lexicon.set("determiners")  # "The clerk", "All members"
    named = said or all(w[0].isupper() or w.casefold() in _JOINING or i == 0 for i, w in enumerate(words))
    return m["owner"] if named else ""

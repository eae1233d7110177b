"""Topics that a text suggests: phrases of several words that recur in items and that no topic covers yet.

A phrase is ranked by its C-value (K. Frantzi, S. Ananiadou and H. Mima, "Automatic recognition of multi-word terms: the
C-value/NC-value method", International Journal on Digital Libraries 3, 2000, section 2.1): the logarithm of its length
in words, times how often it stands, less how often that is on average within longer phrases. How often is counted in
items of business, as a topic is one of items. Words of verbs and the like, names of people and organisations, and what
topics are known by already belong to no phrase.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import yaml

from minutebook import lexicon, names
from minutebook.model import Archive, Evidence, Meeting, Settings, paragraph_anchor
from minutebook.resolve.hearing import SPEAKS, Hearing
from minutebook.resolve.phrases import Phrases, Wanted, singular
from minutebook.resolve.subject import REGISTER, Subject
from minutebook.resolve.titles import core, is_procedural

LONGEST = 6
"""Words of a phrase."""
_USUAL = 0.5
"""A phrase that stands in more of the items says nothing of any one of them, where there are many items."""
_MANY = 20
_RUN = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*(?: [^\W\d_]+(?:['-][^\W\d_]+)*)*")
"""Words with single spaces between them, and no other sign."""

Phrase = tuple[str, ...]
"""Words in small letters and the singular."""


@dataclass(frozen=True)
class Proposal:
    """A topic that might be one."""

    name: str
    phrase: str
    score: float
    """Its C-value."""
    items: int
    meetings: int
    example: Evidence
    source: str
    """The file of the example."""
    address: str
    """Where the example stands."""


def proposals(
    archive: Archive, settings: Settings, most: int = 20, least: int = 2, never: Iterable[str] = ()
) -> list[Proposal]:
    """The `most` topics that are proposed, the most typical first; each stands in at least `least` items.

    What the register says to be `never` one is not proposed.
    """
    meetings = archive.meetings[::-1]
    covered = _covered(archive, settings)
    runs = [list(_runs(m, item, covered, settings)) for m in meetings for item in range(len(m.items))]
    counted = _counted(runs, least, _edges(meetings, settings))
    if len(runs) >= _MANY:
        counted = {p: n for p, n in counted.items() if n <= _USUAL * len(runs)}
    called = (said for t in archive.topics for said in (t.name, *t.other_names, *t.phrases))
    known = {core(said, settings.language) for said in (*called, *never)}
    scores = ((score, p) for p, score in _scores(counted).items() if score > 0 and " ".join(p) not in known)
    chosen = sorted(scores, key=lambda x: (-x[0], x[1]))[: 2 * most]
    return _heard(chosen, meetings, settings, least)[:most]


def _covered(archive: Archive, settings: Settings) -> Phrases:
    """What topics are known by already, and what organisations are called."""
    wanted = [Wanted((*t.phrases, *t.not_when)) for t in archive.topics if t.phrases]
    # Also where it is only part of a name that nothing is known of: "Harbour Forum Secretariat".
    wanted.append(Wanted(tuple(n for o in archive.organizations for n in (o.name, *o.other_names) if " " in n)))
    return Phrases(wanted, [lexicon.load(code) for code in _languages(archive.meetings, settings)])


def _languages(meetings: Sequence[Meeting], settings: Settings) -> list[str]:
    return sorted({settings.language, *(m.minutes.language for m in meetings if m.minutes.language)})


def _runs(m: Meeting, index: int, covered: Phrases, settings: Settings) -> Iterator[Phrase]:
    """The runs of words under an item that may hold a phrase."""
    code = m.minutes.language or settings.language
    item = m.items[index].item
    end = m.items[index + 1].item.heading if index + 1 < len(m.items) else item.end
    for b in range(item.heading, min(end, item.end)):
        block = m.minutes.blocks[b]
        if block.part not in SPEAKS and (b != item.heading or is_procedural(item.title, lexicon.load(code))):
            continue
        text = names.plainly(block.text.plain)
        taken = [(x.start, x.end) for x in m.mentions_in.get(b, ()) if not x.term]
        taken += [(k.start, k.end) for k in block.text.marks if k.kind == "removed"]
        taken += [(f.start, f.end) for f in covered.find(block.text.plain, m.body)]
        for a, z in taken:
            text = text[:a] + "|" * (z - a) + text[z:]
        for run in _RUN.finditer(text):
            words: list[str] = []
            for word in run.group().split():
                if said := _word(word, code):
                    words.append(said)
                    continue
                if len(words) > 1:
                    yield tuple(words)
                words = []
            if len(words) > 1:
                yield tuple(words)


@lru_cache(maxsize=65536)
def _word(printed: str, code: str) -> str:
    """A word to count by; nothing for one that belongs to no phrase."""
    lex = lexicon.load(code)
    word = re.sub(r"'s$|s'$", "", printed.casefold())
    return "" if word in _breaks(code) else word if word in _joins(code) else singular(word, lex)


@lru_cache
def _joins(code: str) -> frozenset[str]:
    """Small words that may stand within a phrase: "children missing from education"."""
    return lexicon.load(code).set("phrase_joins")


@lru_cache
def _breaks(code: str) -> frozenset[str]:
    """Words that belong to no phrase: small words, verbs of minutes, days and months."""
    lex = lexicon.load(code)
    kinds = ("stop_words", "reporting_verbs", "sentence_verbs", "task_verbs", "weekdays", "articles", "honorifics")
    held = {w for kind in (*kinds, "numerals", "no_phrase_words") for w in lex.set(kind)} | set(lex.months)
    return frozenset(held - _joins(code))


def _edges(meetings: Sequence[Meeting], settings: Settings) -> frozenset[str]:
    """Words that no phrase begins or ends with."""
    return frozenset(w for code in _languages(meetings, settings) for w in _joins(code))


def _counted(runs: Sequence[Sequence[Phrase]], least: int, edges: Set[str]) -> dict[Phrase, int]:
    """Phrase -> in how many items it stands, of those that stand in enough.

    A phrase can stand in no more items than its parts do: so a longer one is only looked at where both shorter ones
    that it is made of were kept.
    """
    kept: dict[Phrase, int] = {}
    shorter: Set[Phrase] = set()
    for length in range(2, LONGEST + 1):
        found: Counter[Phrase] = Counter()
        for item in runs:
            here = {run[n : n + length] for run in item for n in range(len(run) - length + 1)}
            if length > 2:
                here = {p for p in here if p[:-1] in shorter and p[1:] in shorter}
            found.update(here)
        shorter = {p for p, n in found.items() if n >= least}
        kept |= {p: found[p] for p in shorter if p[0] not in edges and p[-1] not in edges}
    return kept


def _scores(counted: Mapping[Phrase, int]) -> dict[Phrase, float]:
    """The C-value of each phrase."""
    longer: dict[Phrase, list[int]] = defaultdict(list)
    for p, n in counted.items():
        for length in range(2, len(p)):
            for part in {p[k : k + length] for k in range(len(p) - length + 1)}:
                longer[part].append(n)
    nested = {p: sum(found) / len(found) for p, found in longer.items()}
    return {p: math.log2(len(p)) * (n - nested.get(p, 0.0)) for p, n in counted.items()}


def _heard(
    chosen: Sequence[tuple[float, Phrase]], meetings: Sequence[Meeting], settings: Settings, least: int
) -> list[Proposal]:
    """The proposals, each counted as an entry of `topics.yml` with its phrase would be."""
    subjects = [Subject(" ".join(p), REGISTER, Wanted((" ".join(p),))) for _, p in chosen]
    hearing = Hearing(subjects, [lexicon.load(code) for code in _languages(meetings, settings)])
    for m in meetings:
        hearing.meeting(m, lexicon.load(m.minutes.language or settings.language))
    whole = {m.id: m for m in meetings}
    out = []
    for (score, _), s in zip(chosen, subjects, strict=True):
        heard = hearing.heard[s]
        if len(heard) >= least:
            (id_, n), e = next(((place, e) for place, e in heard.items() if not e.in_title), next(iter(heard.items())))
            said = " ".join(w if w.isupper() else w.lower() for w in e.words.split())
            name = said[:1].upper() + said[1:]
            m, met = whole[id_], len({place[0] for place in heard})
            out.append(Proposal(name, said, score, len(heard), met, e, m.minutes.source, _address(m, n, e)))
    return out


def _address(m: Meeting, index: int, e: Evidence) -> str:
    number = m.paragraphs.get(e.block, "")
    anchor = paragraph_anchor(number) if number else f"item-{m.items[index].key}"
    return f"{m.address}#{anchor}"


def written(found: Sequence[Proposal]) -> str:
    """Proposals as entries of `topics.yml`, each below a comment that says what it is proposed for."""
    out = []
    for p in found:
        items, met = (f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((p.items, "item"), (p.meetings, "meeting")))
        entry = yaml.safe_dump(
            [{"name": p.name, "phrases": [p.phrase]}],
            allow_unicode=True,
            sort_keys=False,
            width=1_000_000,
            default_flow_style=None,  # a list of texts in brackets, as people write it
        )
        said = p.example.text if len(p.example.text) <= _SHOWN else f"{p.example.text[:_SHOWN].rsplit(' ', 1)[0]} ..."
        said = " ".join(said.split())
        out.append(f"# {items} in {met}. {p.source}:{p.example.line}: “{said}”\n# /{p.address}\n{entry}")
    return "\n".join(out)


_SHOWN = 200
"""Characters of an example."""

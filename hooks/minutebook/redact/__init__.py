"""People are removed from everything that is published: `redactions.yml` says who, when, and what stands instead.

Pure: `plan` finds in an archive that still names them everything that means them; `Plan` then makes minutes, files and
the ledger of addresses without them, from which the archive is made anew, and puts in the links of before. `Plan.held`
is the last look, at the bytes of each file of the finished site. docs/adr/0009 says why it is done so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from minutebook.diagnostics import ERROR, Diagnostic
from minutebook.model import AddressEntry, Archive, Minutes, Redaction, Register, TopicEntry
from minutebook.redact import after, gate, minutes, original, places, who
from minutebook.redact.minutes import Rewriter, Rewritten
from minutebook.redact.who import Who

FILE = "redactions.yml"


@dataclass(frozen=True)
class Plan:
    """Who is removed from an archive, and where they stand in it."""

    archive: Archive
    """With everybody in it."""
    who: Who
    language: str
    rewritten: Mapping[str, Rewritten]
    """Source of each meeting's minutes -> what they are without those who are removed."""

    @property
    def rewriter(self) -> Rewriter:
        return Rewriter(self.who, self.language)

    def minutes(self, m: Minutes) -> Minutes:
        """One file of minutes without those who are removed, also one that has no meeting in the archive."""
        if r := self.rewritten.get(m.source):
            return r.minutes
        made: Minutes = self.rewriter.anything(m)
        return made

    def text(self, source: str, text: str) -> str:
        """The text of the file of a meeting, for download."""
        r = self.rewritten[source]
        return original.without(text, r.places, self.who, self.language)

    def register(self, register: Register) -> Register:
        """The register without the entries of those who are removed."""
        gone = [p.entry for p in self.archive.people if p.id in self.who.gone and p.entry]
        kept = tuple(e for e in register.people if e not in gone and not self.who.words.found(e.name))
        without = replace(register, people=kept, redactions=(), topics=self._topics(register))
        made: Register = self.rewriter.anything(without)
        return made

    def _topics(self, register: Register) -> tuple[TopicEntry, ...]:
        """The entries of `topics.yml` without words that hold a name; one that has such a name, or no others, is left
        out."""
        found = self.who.words.found
        out = []
        for e in register.topics:
            phrases = tuple(p for p in e.phrases if not found(p))
            if phrases and not found(e.name):
                not_when = tuple(p for p in e.not_when if not found(p))
                said = "" if found(e.description) else e.description
                out.append(replace(e, phrases=phrases, not_when=not_when, description=said))
        return tuple(out)

    def ledger(self, own: Iterable[AddressEntry], now: Mapping[str, Minutes], mark: after.Mark) -> list[AddressEntry]:
        """The ledger for the archive without those who are removed; `now` are the minutes by their source of before."""
        return after.ledger(own, self.archive, now, self.rewriter, mark)

    def joined(self, without: Archive) -> Archive:
        """The archive that is published, of one that was made from minutes without those who are removed."""
        return after.joined(
            self.archive, without, {r.minutes.source: r for r in self.rewritten.values()}, self.rewriter
        )

    def held(self, path: str, data: bytes) -> list[Redaction]:
        """The entries against which a file that is to be published goes: none where it holds nobody's name."""
        return [self.who.redactions[i] for i in gate.held(path, data, self.who.words)]

    def lines(self, text: str) -> list[tuple[int, Redaction]]:
        """The lines of a text, from 1, on which an entry's name begins; each line once for an entry."""
        found = ((text.count("\n", 0, start) + 1, word.entry) for start, _, word in self.who.words.places(text))
        return [(line, self.who.redactions[i]) for line, i in dict.fromkeys(found)]


def plan(archive: Archive, redactions: tuple[Redaction, ...], language: str) -> Plan:
    """Find whom each redaction removes, and everywhere where they stand."""
    found = who.find(archive, redactions, language)
    made = {}
    for m in archive.meetings:
        made[m.minutes.source] = minutes.without(places.of(m, archive, found, language), found, language)
    return Plan(archive, found, language, made)


def mistaken(found: Iterable[Diagnostic], redactions: tuple[Redaction, ...]) -> list[Diagnostic]:
    """The findings for which nothing may be published, since a name might be.

    What is wrong with `redactions.yml`; and, where there are redactions, with `people.yml`, which says under which
    other names the same people stand.
    """
    files = (FILE, "people.yml") if redactions else (FILE,)
    return [d for d in found if d.severity == ERROR and (d.source in files or d.code == "redaction-file")]

"""The nouns: everything that passes from one stage to the next.

Frozen dataclasses without behaviour beyond derived properties. Names follow the field's standards where they have
one: Popolo (Person, Organization, Post, Membership), Akoma Ntoso (roll call, numbered and headed items of business).
Every node says where it comes from: a `SourceRef` names the file and its first and last line, counted from 1.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from minutebook.diagnostics import Diagnostic

# --- where things stand ------------------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class SourceRef:
    """A run of lines in one minutes file."""

    path: str
    """Relative to the folder of minutes, with forward slashes."""
    first_line: int
    last_line: int

    def __str__(self) -> str:
        lines = f"{self.first_line}" if self.first_line == self.last_line else f"{self.first_line}-{self.last_line}"
        return f"{self.path}:{lines}"


@dataclass(frozen=True)
class Piece:
    """Where a stretch of a text begins, and the source line on which it stands."""

    offset: int
    line: int


@dataclass(frozen=True)
class Line:
    """One logical line of a document: a printed line, or several that a page break had cut apart."""

    text: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Change:
    """What reading a file changed, so that the page can list it: nothing is dropped in silence."""

    kind: str
    """`joined` (lines that are one sentence), `unhyphenated` (a word that the end of a line had cut), `dropped` (page
    furniture), `unprintable` (control characters)."""
    text: str
    """The words as printed."""
    ref: SourceRef


@dataclass(frozen=True)
class Document:
    """A file of minutes as logical lines, before anyone asks what they mean."""

    path: str
    lines: tuple[Line, ...]
    front_matter: Mapping[str, object] = field(default_factory=dict)
    front_matter_lines: Mapping[str, int] = field(default_factory=dict)
    """On which line of the file each top-level key stands."""
    changes: tuple[Change, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    digest: str = ""
    """SHA-256 of the bytes, in hexadecimal: the same file is known again under another name."""


# --- one file of minutes -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mark:
    """Formatting over a stretch of text: `em`, `strong`, `sup`, `sub`, `code`, `link`, `break`, `cell` or `removed`.

    A `break` is a new line in a cell; a `cell` covers the stroke between two cells of a table's row; `removed` are
    words of ours that stand in place of somebody's name.
    """

    start: int
    end: int
    kind: str
    href: str = ""


@dataclass(frozen=True)
class Text:
    """Running text without its markup, which stands beside it as marks."""

    plain: str
    marks: tuple[Mark, ...] = ()
    pieces: tuple[Piece, ...] = ()

    def line_at(self, offset: int) -> int:
        """The source line of the character at `offset`; 0 for a text from nowhere."""
        if len(self.pieces) < 2:
            return self.pieces[0].line if self.pieces else 0
        return self.pieces[max(0, bisect_right(self._offsets, offset) - 1)].line

    @cached_property
    def lines(self) -> tuple[tuple[int, int], ...]:
        """(start, end) of each printed line."""
        return tuple(pairwise([*self._offsets, len(self.plain)]))

    @cached_property
    def _offsets(self) -> list[int]:
        return [p.offset for p in self.pieces]


@dataclass(frozen=True)
class Span:
    """A stretch of one block's text."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, bullet, row ... of the source, in the order of the source.

    Together the blocks of a file hold every word of it. `part` and `rule` say what the block was taken for, and why.
    """

    kind: str
    """`heading`, `paragraph`, `bullet`, `numbered`, `row`, `quote`, `code` or `break` (a printed rule)."""
    text: Text
    ref: SourceRef
    label: str = ""
    """The printed number of a `numbered` block ("1.", "2.3"), without which its words would not be whole."""
    level: int = 0
    """The level of a heading, the depth of a bullet (both from 1); the indent of a paragraph, in characters."""
    part: str = "body"
    """`body`, `header`, `roll_call`, `note`, `item` (a heading of business), `owner`, `action`, `decision`,
    `section` (a heading that only holds or lists others), `signature` or `colophon`."""
    rule: str = ""


@dataclass(frozen=True)
class PersonName:
    """A printed name, taken apart."""

    printed: str
    honorific: str = ""
    given: str = ""
    family: str = ""
    postnominals: str = ""

    @cached_property
    def full(self) -> str:
        """The name without honorifics and post-nominals: "Ann van Lee"; a surname alone where that is all."""
        return f"{self.given} {self.family}".strip()

    @property
    def titled(self) -> str:
        """What to call a person known by surname only ("Baroness Example"), else the full name."""
        return self.full if self.given and self.family else f"{self.honorific} {self.full}".strip()


@dataclass(frozen=True)
class Attendance:
    """One entry of a roll call: a person, or (without a name) a group or a post that nobody is named for."""

    text: str
    status: str
    """`present`, `in_attendance`, `apologies` or `absent`."""
    group: str
    """The heading of the list as printed: "Officials in attendance"."""
    ref: SourceRef
    name: PersonName | None = None
    role: str = ""
    organization: str = ""
    acronym: str = ""
    """The organisation's, where the list gives it: "... (NSE)"."""
    initials: str = ""
    represented_by: str = ""
    """Full name of the substitute, on whoever was absent."""
    represents: str = ""
    """Full name of whom this person stood in for."""
    chair: bool = False
    rule: str = ""
    removed: str = ""
    """The words in place of the name, where it was removed; `name` is None then, and the rest stays."""


@dataclass(frozen=True)
class AgendaItem:
    """An item of business: its heading is one block, what was said under it the blocks that follow."""

    number: str
    title: str
    heading: int
    """Index of the heading among the blocks."""
    end: int
    """Index behind the item's last block."""
    owners: tuple[Span, ...] = ()
    """The words that name who leads it: on a line of their own, or in the heading."""
    level: int = 1
    rule: str = ""


@dataclass(frozen=True)
class Action:
    """What someone is to do, where the minutes mark it as an action."""

    text: str
    """Without the marker, and without a name in front that is parted from it by a sign ("Ann: call the Guild")."""
    block: int
    start: int
    """Where the words of the action begin in the block's text, and where they end."""
    end: int
    owners: tuple[Span, ...]
    """The words that say who, as printed; none where none do."""
    ref: SourceRef
    rule: str
    due: dt.date | None = None
    number: str = ""
    """What these minutes call it by, as printed: "AP3", "22/14"; not the number of its address."""
    state: str = ""
    """How it stands, where these minutes say so beside it: one of `STATES`."""

    @property
    def owner(self) -> str:
        """All the words that say who."""
        return ", ".join(o.text for o in self.owners)


STATES = ("new", "reported", "carried_forward", "done", "dropped", "superseded")
"""How an action can stand: not heard of since, reported on again, carried forward, or ended in one of three ways."""

STATE_WORDS = {
    "new": "new",
    "reported": "reported on again",
    "carried_forward": "carried forward",
    "done": "done",
    "dropped": "dropped",
    "superseded": "superseded",
}
"""How each is said."""

CLOSED = frozenset({"done", "dropped", "superseded"})


@dataclass(frozen=True)
class Report:
    """What minutes say of an action of an earlier meeting: a line of a review, of a log, or of matters arising."""

    text: str
    """The words as printed."""
    block: int
    start: int
    """Where the words begin in the block's text, and where they end."""
    end: int
    ref: SourceRef
    rule: str
    number: str = ""
    """What it calls the action by, as printed."""
    quoted: str = ""
    """The words in which it repeats the action, where they can be told from what is said of it."""
    raised: dt.date | None = None
    """The day of the meeting that the action is from, where the line or its heading gives it."""
    of_last: bool = False
    """Whether the line or its heading says that the action is from the meeting before this one."""
    by: str = ""
    """What the line calls the action that took the place of this one."""
    state: str = ""
    """`reported` ("ongoing"), `carried_forward`, `done`, `dropped`, `superseded`; empty where it says no such thing."""


@dataclass(frozen=True)
class Votes:
    """How many voted, where the minutes count them; None where they do not say."""

    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None


@dataclass(frozen=True)
class Decision:
    """What was decided, where the minutes mark it as a decision."""

    text: str
    block: int
    ref: SourceRef
    rule: str
    kind: str = "decision"
    """`resolution`, `motion`, `election`, or `decision` for any other."""
    movers: tuple[Span, ...] = ()
    """The words that say who proposed it, and who seconded it."""
    seconders: tuple[Span, ...] = ()
    elected: tuple[Span, ...] = ()
    """The words that name who was elected or appointed."""
    votes: Votes | None = None
    result: str = ""
    """The words that say how it went, as printed: "Carried", "5 votes for, 2 against"."""
    fared: int | None = None
    """The block that says how it went, where that stands further below."""


@dataclass(frozen=True)
class EditorialNote:
    """A later hand in the minutes: what it says, and when it was added, as printed ("February 2024")."""

    text: str
    added: str
    revises: bool
    """Whether it says that the minutes themselves were changed."""
    block: int
    ref: SourceRef


@dataclass(frozen=True)
class Definition:
    """An acronym with what it stands for, as these minutes give it: "Local Authorities (LAs)"."""

    term: str
    meaning: str
    ref: SourceRef


@dataclass(frozen=True)
class NamedOrganization:
    """An organisation that the text names in full."""

    name: str
    ref: SourceRef
    acronym: str = ""


@dataclass(frozen=True)
class Removed:
    """That a name was removed from minutes: when, and from how many places."""

    added: dt.date
    places: int


@dataclass(frozen=True)
class Minutes:
    """One file of minutes, understood as far as it can be by itself."""

    source: str
    digest: str = ""
    body: str = ""
    title: str = ""
    date: dt.date | None = None
    start: str = ""
    """Local 24-hour HH:MM, as `end`."""
    end: str = ""
    place: str = ""
    status: str = ""
    """`draft`, `approved` or `corrected`, where the minutes say so."""
    language: str = ""
    """The language that the minutes were read in: `en`, `de` ..."""
    chair: tuple[str, ...] = ()
    attendance: tuple[Attendance, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    actions: tuple[Action, ...] = ()
    decisions: tuple[Decision, ...] = ()
    reports: tuple[Report, ...] = ()
    """What is said of actions of earlier meetings."""
    notes: tuple[EditorialNote, ...] = ()
    definitions: tuple[Definition, ...] = ()
    organizations: tuple[NamedOrganization, ...] = ()
    blocks: tuple[Block, ...] = ()
    changes: tuple[Change, ...] = ()
    front_matter: Mapping[str, object] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    removed: tuple[Removed, ...] = ()

    @cached_property
    def people(self) -> tuple[Attendance, ...]:
        """The roll call's entries that name a person."""
        return tuple(a for a in self.attendance if a.name)

    def item_of(self, block: int) -> int | None:
        """Index of the item in which a block stands."""
        i = bisect_right(self.items, block, key=lambda item: item.heading) - 1
        return i if i >= 0 and block < self.items[i].end else None


# --- the register: what people say of who is who -----------------------------------------------------------------


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included; open where there is None."""

    first: dt.date | None = None
    last: dt.date | None = None

    def covers(self, day: dt.date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class OtherName:
    """Another printed form of a name, valid for a time."""

    name: str
    ref: SourceRef
    period: Period = Period()
    bodies: tuple[str, ...] = ()
    """Printed names of the bodies in whose minutes it means this; all where there is none."""


@dataclass(frozen=True)
class Where:
    """Which occurrences of a name an entry of the register is about; what is empty restricts nothing."""

    bodies: tuple[str, ...] = ()
    """Printed names."""
    organizations: tuple[str, ...] = ()
    period: Period = Period()


@dataclass(frozen=True)
class PostHeld:
    """A post that somebody held, as the register has it."""

    role: str
    ref: SourceRef
    organization: str = ""
    """Printed name."""
    period: Period = Period()


@dataclass(frozen=True)
class PersonEntry:
    """One entry of `people.yml`: a person under all names, or a name that is no person's."""

    name: str
    """What to call them."""
    ref: SourceRef
    address: str = ""
    """The last part of the page's address, where it was chosen by hand."""
    other_names: tuple[OtherName, ...] = ()
    where: Where = Where()
    posts: tuple[PostHeld, ...] = ()
    identifiers: Mapping[str, str] = field(default_factory=dict)
    """Scheme -> identifier: `wikidata` -> `Q42`."""
    is_person: bool = True


@dataclass(frozen=True)
class OrganizationEntry:
    """One entry of `organisations.yml`."""

    name: str
    ref: SourceRef
    address: str = ""
    acronyms: tuple[str, ...] = ()
    other_names: tuple[OtherName, ...] = ()
    parent: str = ""
    """Printed name of the organisation that it is part of."""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    is_organization: bool = True


@dataclass(frozen=True)
class GlossaryTerm:
    """One entry of `glossary.yml`: a short word and what it stands for, or that it stands for nothing."""

    term: str
    ref: SourceRef
    meaning: str = ""
    """Empty where the term is said to be no acronym."""
    bodies: tuple[str, ...] = ()
    """Printed names of the bodies in whose minutes this is meant; all where there is none."""


@dataclass(frozen=True)
class ActionEntry:
    """One entry of `actions.yml`: how an action stands, as somebody knows who keeps the archive."""

    action: str
    """Its id: `harbour-forum/2021-05-03/action-2`."""
    status: str
    """One of `STATES`."""
    date: dt.date
    """Since when."""
    ref: SourceRef
    note: str = ""
    by: str = ""
    """Id of the action that took its place."""


@dataclass(frozen=True)
class Redaction:
    """One entry of `redactions.yml`: a person who is removed from everything that is published."""

    name: str
    ref: SourceRef
    added: dt.date
    """When it was removed."""
    other_names: tuple[OtherName, ...] = ()
    where: Where = Where()
    replace_with: str = ""
    """Words, such as a role, that stand in the name's place."""
    keep: tuple[str, ...] = ()
    """Words that hold the name and mean something else: "Lee Valley Trust"."""

    @property
    def words(self) -> str:
        """What stands in the name's place: "[name removed 31 May 2024]"."""
        said = f"name removed {self.added.day} {self.added:%B} {self.added.year}"
        return f"[{self.replace_with}; {said}]" if self.replace_with else f"[{said}]"


@dataclass(frozen=True)
class TopicEntry:
    """One entry of `topics.yml`: what items may be about, and the words by which that is known."""

    name: str
    ref: SourceRef
    phrases: tuple[str, ...] = ()
    """Words that say it; the name itself where the entry gives none."""
    not_when: tuple[str, ...] = ()
    """Longer words that hold one of the phrases and mean something else."""
    broader: tuple[str, ...] = ()
    """Names of other entries, said on either side."""
    narrower: tuple[str, ...] = ()
    description: str = ""
    bodies: tuple[str, ...] = ()
    """Printed names of the bodies in whose minutes this is meant; all where there is none."""
    is_topic: bool = True
    """Whether it is one; what is said to be none does not become one by a title or an explained term either."""


@dataclass(frozen=True)
class Register:
    """The register files beside the minutes, read."""

    people: tuple[PersonEntry, ...] = ()
    organizations: tuple[OrganizationEntry, ...] = ()
    glossary: tuple[GlossaryTerm, ...] = ()
    actions: tuple[ActionEntry, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    topics: tuple[TopicEntry, ...] = ()
    """Each with what the others say of it: broader and narrower are said on both sides."""


# --- all of them together ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Appearance:
    """A person in one meeting's roll call."""

    meeting: str
    attendance: Attendance


@dataclass(frozen=True)
class Membership:
    """A person in a role, from the first to the last meeting that lists them in it (Popolo's Membership)."""

    person: str
    role: str
    organization: str
    """Id, or empty where the role stands alone."""
    body: str
    first: dt.date
    last: dt.date
    meetings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody under all printed forms of their name. `id` is the last part of their address."""

    id: str
    name: str
    honorific: str = ""
    postnominals: str = ""
    other_names: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    entry: PersonEntry | None = None
    """What the register says of them."""

    @property
    def address(self) -> str:
        return f"people/{self.id}/"

    @property
    def styled(self) -> str:
        """The name as last printed, with title and post-nominals."""
        titled = self.name.startswith(f"{self.honorific} ")  # known by title and surname only
        return " ".join(filter(None, ("" if titled else self.honorific, self.name, self.postnominals)))


@dataclass(frozen=True)
class Organization:
    """An organisation that the minutes name: a body that meets, whom members represent, or one that is mentioned."""

    id: str
    name: str
    acronyms: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    is_body: bool = False
    parent: str = ""
    """Id of the organisation that it is part of."""
    entry: OrganizationEntry | None = None
    """What the register says of it."""

    @property
    def address(self) -> str:
        return f"organisations/{self.id}/"


@dataclass(frozen=True)
class Post:
    """A role that somebody holds, and that may change hands (Popolo's Post)."""

    id: str
    role: str
    organization: str
    holders: tuple[Membership, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """Who may be meant by a mention that is linked to nobody."""

    name: str
    address: str


class Mention(NamedTuple):
    """A stretch of a block that names somebody, or something; linked only where exactly one can be meant.

    A tuple, as there are hundreds in every meeting.
    """

    block: int
    start: int
    end: int
    text: str
    line: int
    rule: str
    person: str = ""
    organization: str = ""
    term: str = ""
    """What an acronym stands for, where it names neither."""
    candidates: tuple[Candidate, ...] = ()
    explained: str = ""
    """Id of the meeting whose minutes explain the term, where these do not."""
    remedy: str = ""
    """What to write in the register to settle it, where it is linked to nobody."""

    @property
    def resolved(self) -> bool:
        return bool(self.person or self.organization or self.term)


@dataclass(frozen=True)
class Owner:
    """Whose action or item it is: a person, an organisation, or words that stand for neither."""

    name: str
    person: str = ""
    organization: str = ""


@dataclass(frozen=True)
class News:
    """What was heard of an action after the meeting that set it: the evidence for how it stands."""

    date: dt.date
    state: str
    """One of `STATES`, but never `new`."""
    text: str
    """The words as printed; of the register, its note."""
    rule: str
    meeting: str = ""
    """Id of the meeting whose minutes say it; empty where the register does."""
    anchor: str = ""
    """Where on that meeting's page: `p-3-2`, `action-4`."""
    ref: SourceRef | None = None
    by: str = ""
    """Id of the action that took its place, of one that was superseded."""
    report: int | None = None
    """Index of the report in that meeting's minutes; None where it is one of their actions, or the register."""


@dataclass(frozen=True)
class ResolvedAction:
    """An action in its meeting; `number` is permanent, and so is the address that is made of it."""

    number: str
    action: Action
    owners: tuple[Owner, ...]
    item: int | None
    silent_for: int = 0
    """Later meetings of the body since it was last heard of."""
    news: tuple[News, ...] = ()
    """The earliest first."""
    restates: str = ""
    """Id of the earlier action that this one only prints again, as a log does that is carried from meeting to meeting.

    Such a one keeps its address, and is counted nowhere.
    """

    @property
    def status(self) -> str:
        """One of `STATES`. What has ended stays so though it is spoken of again, until something says otherwise."""
        said = [n.state for n in self.news if n.state != "reported"]
        if said and said[-1] in CLOSED:
            return said[-1]
        return self.news[-1].state if self.news else "new"

    @property
    def is_open(self) -> bool:
        return self.status not in CLOSED

    @property
    def evidence(self) -> News | None:
        """What says how it stands: of an action that has ended the first that says so, else the last that was heard."""
        if self.is_open:
            return self.news[-1] if self.news else None
        said = [n for n in self.news if n.state != "reported"]
        last_open = max((i for i, n in enumerate(said) if n.state not in CLOSED), default=-1)
        return said[last_open + 1]

    @property
    def ended(self) -> dt.date | None:
        """Since when it has been done, dropped or superseded; None while it is open."""
        return self.evidence.date if self.evidence and not self.is_open else None


@dataclass(frozen=True)
class ResolvedDecision:
    """A decision in its meeting; `number` is permanent."""

    number: str
    decision: Decision
    item: int | None
    movers: tuple[Owner, ...] = ()
    seconders: tuple[Owner, ...] = ()
    elected: tuple[Owner, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """What says that an item is about a topic: its title, or the first sentence under it that does."""

    topic: str
    """Id."""
    rule: str
    """Which words of which file or minutes were found, and where: "topics.yml: “mental health”"."""
    block: int
    start: int
    """Where the sentence begins in the block's text, and where it ends."""
    end: int
    text: str
    """The sentence, or the title."""
    words: str
    """The words in it, as printed."""
    at: int
    """Where the words begin in the block's text."""
    line: int
    times: int = 1
    """How often such words stand under the item, its title included."""
    in_title: bool = False
    blocks: tuple[int, ...] = ()
    """The blocks with such words."""


@dataclass(frozen=True)
class ResolvedItem:
    """An item in its meeting, with the numbers that its address and its paragraphs' addresses are made of."""

    key: str
    """`3`: the item is `#item-3`, its second paragraph `#p-3-2`."""
    item: AgendaItem
    owners: tuple[Owner, ...]
    evidence: tuple[Evidence, ...] = ()
    """One for each of its topics: those of its title first, then those that it names most often."""

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of everything that it is about, in the order of the evidence."""
        return tuple(e.topic for e in self.evidence)

    @property
    def about(self) -> Mapping[str, Evidence]:
        """Topic's id -> what says that it is about it."""
        return {e.topic: e for e in self.evidence}

    def deals_with(self, topic: str, block: int) -> bool:
        """Whether a block under the item is about one of its topics: every one where the title says so, else those that
        say it themselves."""
        e = self.about[topic]
        return e.in_title or block in e.blocks


@dataclass(frozen=True)
class Meeting:
    """Minutes in the archive: with an address, and with everybody in them known."""

    id: str
    """`harbour-forum/2021-05-03`, the end of its address."""
    minutes: Minutes
    body: str
    """Id of the organisation that met."""
    date: dt.date
    items: tuple[ResolvedItem, ...] = ()
    actions: tuple[ResolvedAction, ...] = ()
    decisions: tuple[ResolvedDecision, ...] = ()
    mentions: tuple[Mention, ...] = ()
    paragraphs: Mapping[int, str] = field(default_factory=dict)
    """Block index -> the paragraph's number, "3.2"."""
    people: tuple[str, ...] = ()
    """Person ids, parallel to `minutes.people`."""
    organizations: tuple[str, ...] = ()
    """Ids of the organisations that they are listed with, parallel to `minutes.people`; empty where there is none."""
    withdrawn: tuple[str, ...] = ()
    """Anchors that an earlier edition of the page had, and that must still lead here."""
    previous: str = ""
    next: str = ""

    @property
    def address(self) -> str:
        return f"meetings/{self.id}/"

    @property
    def series(self) -> str:
        """The part of its address that it shares with the other meetings of its body: "harbour-forum"."""
        return self.id.partition("/")[0]

    @property
    def original(self) -> str:
        """What the minutes file is called beside its page.

        Markdown gets `.txt` behind its name: as a `.md` it would be a page of its own, or the page itself. HTML does
        because it comes from elsewhere: it is to be read here, and not run. What a name was removed from is published
        as the text that was read, whatever it was before.
        """
        name = self.minutes.source.rpartition("/")[2]
        text = not name.lower().endswith((".md", ".markdown", ".html", ".htm"))
        return name if text and (not self.minutes.removed or name.lower().endswith(".txt")) else f"{name}.txt"

    @cached_property
    def tasks(self) -> tuple[ResolvedAction, ...]:
        """The actions that this meeting gave: without those that it only prints again."""
        return tuple(a for a in self.actions if not a.restates)

    @cached_property
    def mentions_in(self) -> Mapping[int, tuple[Mention, ...]]:
        """The mentions of each block that has any."""
        blocks: dict[int, list[Mention]] = {}
        for x in self.mentions:
            blocks.setdefault(x.block, []).append(x)
        return {block: tuple(found) for block, found in blocks.items()}

    @cached_property
    def person_of(self) -> Mapping[str, str]:
        """Full name in the roll call -> person id, for the names that only one person there has."""
        known: dict[str, set[str]] = {}
        for a, person in zip(self.minutes.people, self.people, strict=True):
            if a.name:
                known.setdefault(a.name.full, set()).add(person)
        return {name: next(iter(ids)) for name, ids in known.items() if len(ids) == 1}

    @cached_property
    def chairs(self) -> tuple[tuple[str, str], ...]:
        """(name, person id) of who chaired; no id where the roll call leaves it open who that is."""
        marked = {a.name.full: p for a, p in zip(self.minutes.people, self.people, strict=True) if a.name and a.chair}
        return tuple((name, marked.get(name) or self.person_of.get(name, "")) for name in self.minutes.chair)


@dataclass(frozen=True)
class Topic:
    """What items of business are about."""

    id: str
    name: str
    items: tuple[tuple[str, int], ...] = ()
    """(meeting id, index of the item), the earliest first."""
    other_names: tuple[str, ...] = ()
    """Other words for it: titles that say the same, or the short and the long form of a term."""
    phrases: tuple[str, ...] = ()
    """The words by which it is known in a text."""
    not_when: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    """Ids of other topics, as `narrower`."""
    narrower: tuple[str, ...] = ()
    source: str = "title"
    """What made it one: `register` (topics.yml), `term` (minutes explain it) or `title`."""
    entry: TopicEntry | None = None
    """What the register says of it."""

    @property
    def address(self) -> str:
        return f"topics/{self.id}/"


@dataclass(frozen=True)
class GlossaryEntry:
    term: str
    meaning: str
    """Empty where the minutes use the term and never say what it stands for."""
    organization: str = ""
    uses: tuple[tuple[str, int], ...] = ()
    """(meeting id, source line)."""
    defined: tuple[tuple[str, int], ...] = ()
    """Where the minutes explain it, the earliest first: (meeting id, source line)."""
    bodies: tuple[str, ...] = ()
    """Ids of the bodies in whose minutes it stands for this."""
    entry: GlossaryTerm | None = None
    """What the register says of it."""


@dataclass(frozen=True)
class AddressEntry:
    """One line of the ledger of addresses: what was published where, and what it stands for."""

    address: str
    kind: str
    key: str
    detail: str = ""
    line: int = field(default=0, compare=False)
    """Of the ledger's file, where it was read from one."""


@dataclass(frozen=True)
class Archive:
    """Everything, resolved: what the pages and the data are made from."""

    meetings: tuple[Meeting, ...] = ()
    """Newest first."""
    people: tuple[Person, ...] = ()
    organizations: tuple[Organization, ...] = ()
    posts: tuple[Post, ...] = ()
    topics: tuple[Topic, ...] = ()
    glossary: tuple[GlossaryEntry, ...] = ()
    addresses: tuple[AddressEntry, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)
    """Address that was published -> address where it stands now."""
    diagnostics: tuple[Diagnostic, ...] = ()

    @cached_property
    def meeting(self) -> Mapping[str, Meeting]:
        return {m.id: m for m in self.meetings}

    @cached_property
    def person(self) -> Mapping[str, Person]:
        return {p.id: p for p in self.people}

    @cached_property
    def organization(self) -> Mapping[str, Organization]:
        return {o.id: o for o in self.organizations}

    @cached_property
    def topic(self) -> Mapping[str, Topic]:
        return {t.id: t for t in self.topics}

    @cached_property
    def action(self) -> Mapping[str, tuple[Meeting, ResolvedAction]]:
        """Id of an action -> its meeting, and the action."""
        return {f"{m.id}/action-{a.number}": (m, a) for m in self.meetings for a in m.actions}

    @cached_property
    def returns(self) -> Mapping[tuple[str, str], int]:
        """(meeting, topic that comes back in it) -> how many meetings of the body said nothing of it before, two or
        more."""
        last: dict[tuple[str, str], int] = {}
        met: dict[str, int] = {}
        out: dict[tuple[str, str], int] = {}
        for m in reversed(self.meetings):
            n = met[m.body] = met.get(m.body, 0) + 1
            for t in {t: None for i in m.items for t in i.topics}:
                silent = n - last.get((m.body, t), n) - 1
                if silent >= 2:
                    out[m.id, t] = silent
                last[m.body, t] = n
        return out

    @cached_property
    def heard(self) -> Mapping[tuple[str, str], tuple[tuple[Meeting, ResolvedAction], ...]]:
        """(meeting, anchor on its page) -> the earlier actions that are spoken of there."""
        out: dict[tuple[str, str], list[tuple[Meeting, ResolvedAction]]] = {}
        for m in self.meetings:
            for a in m.tasks:
                places = dict.fromkeys((n.meeting, n.anchor) for n in a.news if n.meeting and n.anchor)
                for place in places:
                    if place != (m.id, f"action-{a.number}"):
                        out.setdefault(place, []).append((m, a))
        return {place: tuple(found) for place, found in out.items()}


def series_address(series: str) -> str:
    """The address of the page of all meetings below one part of the addresses, as a body's are: "harbour-forum".

    "2021" is that of the meetings of a year, so that those of a body that is called by a number stand one below.
    """
    return f"meetings/{series}/body/" if series.isdigit() else f"meetings/{series}/"


def paragraph_anchor(number: str) -> str:
    """The anchor of a paragraph's number: "3.2A" -> "p-3-2a"."""
    return "p-" + number.lower().replace(".", "-")


# --- what is published -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Settings:
    """What a site may choose (`extra.minutebook` in mkdocs.yml), and what its pages are made for."""

    site_name: str = "Minutes"
    language: str = "en"
    licence: str = ""
    """The licence of the minutes, in the words that the footer and the data show."""
    licence_url: str = ""
    site_url: str = ""
    """Where the site will stand, with a slash at its end; empty where that is not known."""
    time_zone: str = ""
    """In which the times of the minutes are, as IANA names it ("Europe/London"); empty where nobody said."""
    portable: bool = False
    """Whether the pages have to do without our theme, scripts and hooks, as those of `minutebook export` have."""


ONE_PAGE = 200
"""Names on one page of a list from A to Z; a longer list has a page for each letter."""


@dataclass(frozen=True)
class Page:
    """A finished page of Markdown with front matter. `address` ends with a slash; "" is the home page."""

    address: str
    title: str
    markdown: str
    front_matter: Mapping[str, object] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where the Markdown file stands in the tree of documents."""
        return f"{self.address}index.md"

"""The tables of what was said: items, paragraphs, mentions, topics, terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minutebook.model import Evidence, GlossaryEntry, Meeting, Mention, ResolvedItem, Topic, paragraph_anchor
from minutebook.publish.tables.shape import Column, Facts, Table, ids, item_id, joined, unique


class Business(NamedTuple):
    """An item of a meeting."""

    meeting: Meeting
    place: int
    item: ResolvedItem


ITEMS = Table[Business](
    "items",
    "An item of business.",
    (
        Column(
            "id",
            "id",
            "The item, as `<meeting>#item-<n>`",
            "The meeting, and its place there",
            lambda f, r: f"{r.meeting.id}#item-{r.item.key}",
        ),
        Column(
            "address",
            "address",
            "Where it stands",
            "Its id",
            lambda f, r: f.address(f"{r.meeting.address}#item-{r.item.key}"),
        ),
        Column("meeting", "id", "The meeting", "The file", lambda f, r: r.meeting.id, references="meetings"),
        Column("place", "number", "First, second ... item", "The order of the file", lambda f, r: r.place),
        Column("number", "text", "Its number, as printed", "Its heading", lambda f, r: r.item.item.number or None),
        Column("title", "text", "Its title", "Its heading", lambda f, r: r.item.item.title),
        Column("level", "number", "1, or more within another item", "Its heading", lambda f, r: r.item.item.level),
        Column(
            "owners",
            "list",
            "Who leads it",
            "A line below the heading, or words in it",
            lambda f, r: joined(o.name for o in r.item.owners),
        ),
        Column(
            "owner_ids",
            "list",
            "Those of them who have a page: `people/<id>` or `organisations/<id>`",
            "`owners`, where exactly one can be meant",
            lambda f, r: ids(r.item.owners),
        ),
        Column(
            "topics",
            "list",
            "What it is about; `topic_items` has these one a row, with what says so",
            "Its title, and the sentences under it",
            lambda f, r: joined(r.item.topics),
        ),
        Column("source", "text", "The file", "Its name", lambda f, r: r.meeting.minutes.source),
        Column(
            "line",
            "number",
            "The line of the heading there",
            "The file",
            lambda f, r: r.meeting.minutes.blocks[r.item.item.heading].ref.first_line,
        ),
        Column(
            "rule", "text", "How the heading was found", "The rule that found it", lambda f, r: r.item.item.rule or None
        ),
    ),
    lambda f: (Business(m, n, i) for m in f.archive.meetings for n, i in enumerate(m.items, 1)),
)


class Paragraph(NamedTuple):
    """A paragraph of a meeting."""

    meeting: Meeting
    block: int
    number: str

    @property
    def anchor(self) -> str:
        return paragraph_anchor(self.number)


PARAGRAPHS = Table[Paragraph](
    "paragraphs",
    "A numbered paragraph of a meeting's page: all the text of the minutes that can be cited.",
    (
        Column(
            "id",
            "id",
            "The paragraph, as `<meeting>#p-<n>`",
            "The meeting, and its number",
            lambda f, r: f"{r.meeting.id}#{r.anchor}",
        ),
        Column(
            "address", "address", "Where it stands", "Its id", lambda f, r: f.address(f"{r.meeting.address}#{r.anchor}")
        ),
        Column("meeting", "id", "The meeting", "The file", lambda f, r: r.meeting.id, references="meetings"),
        Column(
            "item",
            "id",
            "The item of business it stands in",
            "The heading above it",
            lambda f, r: item_id(r.meeting, r.meeting.minutes.item_of(r.block)),
            references="items",
        ),
        Column(
            "number", "text", "Its number on the page: “3.2”", "Counted in the item, and kept", lambda f, r: r.number
        ),
        Column(
            "part",
            "text",
            "What it was taken for: `body`, `action`, `decision`, `note` ...",
            "The rules",
            lambda f, r: r.meeting.minutes.blocks[r.block].part,
        ),
        Column("text", "text", "Its words", "The file", lambda f, r: r.meeting.minutes.blocks[r.block].text.plain),
        Column(
            "line",
            "number",
            "Its first line in the file of the meeting",
            "The file",
            lambda f, r: r.meeting.minutes.blocks[r.block].ref.first_line,
        ),
    ),
    lambda f: (Paragraph(m, b, n) for m in f.archive.meetings for b, n in m.paragraphs.items()),
    searched=("text",),
)


class Named(NamedTuple):
    """A mention in a meeting."""

    meeting: Meeting
    mention: Mention


def _paragraph(f: Facts, r: Named) -> str | None:
    number = r.meeting.paragraphs.get(r.mention.block)
    return f"{r.meeting.id}#{paragraph_anchor(number)}" if number else None


MENTIONS = Table[Named](
    "mentions",
    "A stretch of words that names a person, an organisation or a term; linked only where exactly one can be meant.",
    (
        Column(
            "meeting", "id", "The meeting", "The file", lambda f, r: r.meeting.id, references="meetings", index=False
        ),
        Column(
            "paragraph",
            "id",
            "The paragraph; nothing in a heading or the roll call",
            "Where the words stand",
            _paragraph,
            references="paragraphs",
        ),
        Column("line", "number", "The line in the file of the meeting", "The file", lambda f, r: r.mention.line),
        Column("text", "text", "The words, as printed", "The file", lambda f, r: r.mention.text),
        Column("person", "id", "Who is meant", "`rule`", lambda f, r: r.mention.person or None, references="people"),
        Column(
            "organization",
            "id",
            "Which organisation is meant",
            "`rule`",
            lambda f, r: r.mention.organization or None,
            references="organizations",
        ),
        Column(
            "term",
            "text",
            "What an acronym stands for that names neither",
            "The minutes' own explanation, or `glossary.yml`",
            lambda f, r: r.mention.term or None,
        ),
        Column(
            "candidates",
            "list",
            "Who may be meant, where it is linked to nobody",
            "`rule`",
            lambda f, r: joined(c.name for c in r.mention.candidates),
        ),
        Column("rule", "text", "By which rule it was linked, or why not", "That rule", lambda f, r: r.mention.rule),
    ),
    lambda f: (Named(m, x) for m in f.archive.meetings for x in m.mentions),
)

TOPICS = Table[Topic](
    "topics",
    "What items of business are about.",
    (
        Column("id", "id", "The topic: the end of its address", "Its name", lambda f, t: t.id),
        Column("address", "address", "Its page", "Its id", lambda f, t: f.address(t.address)),
        Column("name", "text", "Its name", "What made it one", lambda f, t: t.name),
        Column(
            "source",
            "text",
            "What made it one: `register`, `term` or `title`",
            "`topics.yml`; a term that the minutes explain; titles that are alike over the meetings",
            lambda f, t: t.source,
        ),
        Column("other_names", "list", "Other words for it", "What made it one", lambda f, t: joined(t.other_names)),
        Column("phrases", "list", "The words by which it is known", "What made it one", lambda f, t: joined(t.phrases)),
        Column("not_when", "list", "Words that are no such words", "`topics.yml`", lambda f, t: joined(t.not_when)),
        Column("broader", "list", "Ids of the topics above it", "`topics.yml`", lambda f, t: joined(t.broader)),
        Column("narrower", "list", "Ids of the topics below it", "`topics.yml`", lambda f, t: joined(t.narrower)),
        Column("items", "number", "How many items", "Counted", lambda f, t: len(t.items)),
    ),
    lambda f: f.archive.topics,
)


class About(NamedTuple):
    topic: Topic
    item: str
    meeting: Meeting
    evidence: Evidence


def _about(f: Facts) -> Iterator[About]:
    for t in f.archive.topics:
        for id_, i in t.items:
            m = f.archive.meeting[id_]
            yield About(t, item_id(m, i) or "", m, m.items[i].about[t.id])


TOPIC_ITEMS = Table[About](
    "topic_items",
    "An item of business that is about a topic, with what says so.",
    (
        Column("topic", "id", "The topic", "`rule`", lambda f, r: r.topic.id, references="topics"),
        Column("item", "id", "The item", "Its id", lambda f, r: r.item, references="items"),
        Column("rule", "text", "By which words it was found, and where", "That rule", lambda f, r: r.evidence.rule),
        Column("words", "text", "Those words", "As printed", lambda f, r: r.evidence.words),
        Column("text", "text", "The title, or the first sentence with them", "The file", lambda f, r: r.evidence.text),
        Column("in_title", "yes/no", "Whether its title says so", "`text`", lambda f, r: int(r.evidence.in_title)),
        Column(
            "times",
            "number",
            "Sentences with such words, the title among them",
            "Counted",
            lambda f, r: r.evidence.times,
        ),
        Column("source", "text", "The file", "Its name", lambda f, r: r.meeting.minutes.source),
        Column("line", "number", "The line of the words there", "The file", lambda f, r: r.evidence.line),
    ),
    _about,
)

GLOSSARY = Table[GlossaryEntry](
    "glossary",
    "A short word, and what it stands for in the minutes of some bodies, or of all.",
    (
        Column("term", "text", "The word", "The minutes", lambda f, e: e.term, index=True),
        Column(
            "meaning",
            "text",
            "What it stands for; nothing where the minutes never say",
            "The minutes' own explanation, or `glossary.yml`",
            lambda f, e: e.meaning or None,
        ),
        Column(
            "organization",
            "id",
            "The organisation that it names",
            "`meaning`",
            lambda f, e: e.organization or None,
            references="organizations",
        ),
        Column(
            "bodies",
            "list",
            "Ids of the bodies in whose minutes it stands for this",
            "The minutes",
            lambda f, e: joined(e.bodies),
        ),
        Column("uses", "number", "How often it is used", "Counted", lambda f, e: len(e.uses)),
        Column(
            "explained_in",
            "list",
            "Ids of the meetings whose minutes explain it",
            "The minutes",
            lambda f, e: joined(unique(m for m, _ in e.defined)),
        ),
    ),
    lambda f: f.archive.glossary,
)

"""Archives made by hand for the lists of actions and decisions: every state, owners of all kinds, votes, elections.

Their pages and data become a site by way of a second hook, which puts them in place of those of an empty archive.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from minutebook import render
from minutebook.model import (
    Action,
    AgendaItem,
    Archive,
    Attendance,
    Block,
    Decision,
    Meeting,
    Minutes,
    News,
    Organization,
    Owner,
    Page,
    Person,
    PersonName,
    ResolvedAction,
    ResolvedDecision,
    ResolvedItem,
    SourceRef,
    Text,
    Votes,
)
from minutebook.publish import files, listing
from minutebook.publish.sheets import sheet
from minutebook.publish.tables import Facts
from minutebook.publish.tables.actions import ACTIONS
from minutebook.publish.tables.decisions import DECISIONS
from minutebook.render import indexes
from tests import sites
from tests.archives import SETTINGS

REF = SourceRef("forum/a.txt", 1, 1)
PEOPLE = {"ann-lee": "Ann Lee", "bo-ray": "Bo Ray", "zoe-aron": "Zoë Årøn"}
ORGANIZATIONS = {"harbour-forum": "Harbour Forum", "tide-board": "Tide Board", "guild-of-pilots": "Guild of Pilots"}
ANN, BO, ZOE = (Owner(name, person=id_) for id_, name in PEOPLE.items())
GUILD = Owner("Guild of Pilots", organization="guild-of-pilots")
WARDEN = Owner("the warden")
"""Somebody without a page."""
LISTED = {"bo-ray": "guild-of-pilots"}
"""With which organisation people stand on every list."""


def action(
    number: int,
    text: str,
    owners: Sequence[Owner] = (),
    *,
    due: str = "",
    news: Sequence[News] = (),
    silent: int = 0,
    item: int | None = 0,
    restates: str = "",
    called: str = "",
) -> ResolvedAction:
    """An action in its meeting."""
    when = dt.date.fromisoformat(due) if due else None
    said = Action(text, 1, 0, len(text), (), REF, "made up", when, called)
    return ResolvedAction(str(number), said, tuple(owners), item, silent, tuple(news), restates)


def heard(state: str, date: str, meeting: str = "", text: str = "Done.", by: str = "") -> News:
    """What was heard of an action; of the register where no meeting is given."""
    anchor = "p-1-1" if meeting else ""
    return News(dt.date.fromisoformat(date), state, text, "made up", meeting, anchor, REF, by)


def decision(
    number: int,
    text: str,
    kind: str = "decision",
    *,
    movers: Sequence[Owner] = (),
    seconders: Sequence[Owner] = (),
    elected: Sequence[Owner] = (),
    result: str = "",
    votes: Votes | None = None,
) -> ResolvedDecision:
    """A decision in its meeting."""
    said = Decision(text, 1, REF, "made up", kind, votes=votes, result=result)
    return ResolvedDecision(str(number), said, 0, tuple(movers), tuple(seconders), tuple(elected))


def meeting(
    id_: str,
    actions: Sequence[ResolvedAction] = (),
    decisions: Sequence[ResolvedDecision] = (),
    title: str = "Tides",
) -> Meeting:
    """A meeting by the end of its address: `harbour-forum/2021-05-03`. It has one item, and everybody is there."""
    body, date = id_.split("/")
    item = AgendaItem("1", title, 0, 3)
    blocks = [
        Block(kind, Text(words), REF)
        for kind, words in (("heading", title), ("paragraph", "So."), ("paragraph", "Said."))
    ]
    listed = tuple(
        Attendance(name, "present", "Attendees", REF, PersonName(name, given=name.split()[0], family=name.split()[1]))
        for name in PEOPLE.values()
    )
    return Meeting(
        id_,
        Minutes(f"{id_}.txt", items=(item,), attendance=listed, blocks=tuple(blocks)),
        body,
        dt.date.fromisoformat(date[:10]),
        items=(ResolvedItem("1", item, ()),),
        actions=tuple(actions),
        decisions=tuple(decisions),
        paragraphs={2: "1.1"},
        people=tuple(PEOPLE),
        organizations=tuple(LISTED.get(p, "") for p in PEOPLE),
    )


def archive(*meetings: Meeting) -> Archive:
    """An archive of meetings, in any order."""
    return Archive(
        tuple(sorted(meetings, key=lambda m: (m.date, m.id), reverse=True)),
        tuple(Person(id_, name) for id_, name in PEOPLE.items()),
        tuple(Organization(id_, name, is_body=id_ != "guild-of-pilots") for id_, name in ORGANIZATIONS.items()),
    )


MAY, JUNE, JULY = "harbour-forum/2021-05-03", "harbour-forum/2021-06-07", "harbour-forum/2021-07-05"
APRIL = "tide-board/2020-04-06"


def every_state() -> Archive:
    """Four meetings of two bodies in two years, in which actions stand in every state."""
    return archive(
        meeting(
            APRIL,
            [action(1, "Bo Ray to count the buoys.", [BO], due="2020-06-01", silent=9)],
            [decision(1, "The quay opens in June.")],
            "Buoys",
        ),
        meeting(
            MAY,
            [
                action(1, "AL to write about lights.", [ANN], news=[heard("done", "2021-06-07", JUNE)], called="AP1"),
                action(
                    2,
                    "=The Guild to hold a réunion.",
                    [GUILD, BO],
                    due="2021-06-01",
                    news=[heard("reported", "2021-06-07", JUNE)],
                    silent=1,
                ),
                action(3, "Moor the ferry.", [WARDEN], news=[heard("dropped", "2021-06-20", text="Sold.")]),
                action(4, "Paint | *it* <b>.", news=[heard("superseded", "2021-07-05", JULY, by=f"{JULY}/action-1")]),
            ],
            [
                decision(
                    1, "That fees rise.", "motion", movers=[ANN], seconders=[BO], result="Carried", votes=Votes(5, 2)
                ),
                decision(2, "To elect a warden.", "election", elected=[ZOE], votes=Votes(7, 0, 1)),
            ],
        ),
        meeting(
            JUNE,
            [
                action(
                    1,
                    "Zoë to light the mole.",
                    [ZOE],
                    due="2999-01-01",
                    news=[heard("carried_forward", "2021-07-05", JULY)],
                ),
                action(2, "AL to write about lights.", [ANN], restates=f"{MAY}/action-1"),
            ],
            [decision(1, "RESOLVED that charts are free.", "resolution", movers=[WARDEN])],
        ),
        meeting(JULY, [action(1, "Ann Lee to paint the lighthouse.", [ANN], due="2021-09-01")], (), "Lights"),
    )


_HOOK = """\
from pathlib import Path
from mkdocs.structure.files import File, InclusionLevel

def on_files(files, config):
    made = Path(config.config_file_path).parent / "made"
    for path in sorted(p for p in made.rglob("*") if p.is_file()):
        name = path.relative_to(made).as_posix()
        if there := files.get_file_from_path(name):
            files.remove(there)
        level = InclusionLevel.INCLUDED if name.count("/") == 1 else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, name, content=path.read_bytes(), inclusion=level))
    return files
"""


def site(folder: Path, whole: Archive, *, first_page_only: bool = False) -> sites.Built:
    """The built site of an archive that was made by hand; or, of the lists' pages alone, the first of each."""
    pages = render.render(whole, SETTINGS).values() if not first_page_only else _first_pages(whole)
    sources = {m.minutes.source: b"Said." for m in whole.meetings}
    published = files.data(whole, SETTINGS, sources) if not first_page_only else data(whole)
    project = sites.project(folder, {})
    for name, content in {**{p.path: p.markdown.encode() for p in pages}, **published}.items():
        path = project / "made" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (project / "hooks" / "given.py").write_text(_HOOK, "utf-8")
    config = project / "mkdocs.yml"
    ours = "  - hooks/site_hooks.py\n"
    config.write_text(config.read_text("utf-8").replace(ours, f"{ours}  - hooks/given.py\n"), "utf-8")
    return sites.build(project, strict=not first_page_only)


def data(whole: Archive) -> dict[str, bytes]:
    """The data of the lists of an archive, with the CSV files of which downloads are made."""
    facts = Facts(whole, SETTINGS)
    csv = {f"data/{table.name}.csv": sheet(table, facts) for table in (ACTIONS, DECISIONS)}
    return {**csv, **listing.files(whole, csv)}


def _first_pages(whole: Archive) -> list[Page]:
    """The first page of each list, with the front matter that its look needs."""
    sheets = [of(whole, SETTINGS)[0] for of in (indexes.actions, indexes.decisions)]
    matter = "---\ntitle: {0}\nkind: {1}\ntab: {1}/\n---\n\n{2}"
    return [Page(s.address, s.title, matter.format(s.title, s.address[:-1], s.markdown)) for s in sheets]

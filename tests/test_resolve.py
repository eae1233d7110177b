"""All minutes together: who is who, who is meant, which posts change hands, whose actions, what terms stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook.model import Archive
from tests import archives
from tests.archives import make, minutes
from tests.cases import Case, cases, files


@pytest.mark.parametrize("case", cases("resolve"))
def test_mentions(case: Case, tmp_path: Path) -> None:
    archive = make(tmp_path, files(case.given)).archive
    assert archives.mentions(archive) == case.expected.splitlines()


def people(archive: Archive) -> list[tuple[str, list[str]]]:
    """(address, the meetings that list the person)."""
    return [(p.address, sorted(a.meeting for a in p.appearances)) for p in archive.people]


def owners(archive: Archive) -> list[list[str]]:
    """The owners of every action, the earliest meeting first: the address of a page, else the words."""
    return [
        [f"people/{o.person}/" if o.person else f"organisations/{o.organization}/" if o.organization else o.name]
        for m in reversed(archive.meetings)
        for a in m.actions
        for o in a.owners or ()
    ]


# --- people ---


def test_one_name_in_one_body_is_one_person_however_it_is_printed(tmp_path: Path) -> None:
    archive = make(
        tmp_path,
        {
            "forum/2021-05-03.txt": minutes(people="Dr Zoë O'Dell-Hill OBE (Director)"),
            "forum/2021-06-07.txt": minutes(people="Zoe O’Dell Hill (Chief Pilot)"),
        },
    ).archive
    assert people(archive) == [("people/zoe-odell-hill/", ["forum/2021-05-03", "forum/2021-06-07"])]
    assert archive.people[0].styled == "Dr Zoe O’Dell Hill OBE"
    assert "Dr Zoë O'Dell-Hill OBE" in archive.people[0].other_names


def test_namesakes_of_two_bodies_are_kept_apart_and_told(tmp_path: Path) -> None:
    archive = make(
        tmp_path,
        {
            "forum/2021-05-03.txt": minutes("One.", people="Ann Lee"),
            "council/2021-05-04.txt": minutes("Two.", people="Ann Lee"),
        },
    ).archive
    assert people(archive) == [("people/ann-lee/", ["forum/2021-05-03"]), ("people/ann-lee-2/", ["council/2021-05-04"])]
    told = [d for d in archive.diagnostics if d.code == "namesakes"]
    assert [(d.source, d.line) for d in told] == [("council/2021-05-04.txt", 3)]
    assert "forum/2021-05-03.txt:3" in told[0].message


def test_namesakes_of_one_roll_call_are_kept_apart(tmp_path: Path) -> None:
    listed = "Ann Lee (Director, Harbour Trust); Ann Lee (Director, Pier Trust)"
    archive = make(
        tmp_path,
        {
            "forum/2021-05-03.txt": minutes("One.", people=listed),
            "forum/2021-06-07.txt": minutes("Two.", people=listed),
        },
    ).archive
    both = ["forum/2021-05-03", "forum/2021-06-07"]
    assert people(archive) == [("people/ann-lee/", both), ("people/ann-lee-2/", both)]
    assert [[m.organization for m in p.memberships] for p in archive.people] == [["harbour-trust"], ["pier-trust"]]


def test_substitute_in_one_meeting_and_official_in_the_next(tmp_path: Path) -> None:
    archive = make(
        tmp_path,
        {
            "forum/2021-05-03.txt": "Apologies\n\n- Ann Lee (Director) represented by Bo Ray, Deputy Director\n",
            "forum/2021-06-07.txt": "Officials in attendance\n\n- Bo Ray, Chief Surveyor\n\n1. Tides\n",
        },
    ).archive
    bo = archive.person["bo-ray"]
    assert [(a.meeting, a.attendance.status, a.attendance.represents) for a in bo.appearances] == [
        ("forum/2021-06-07", "in_attendance", ""),
        ("forum/2021-05-03", "present", "Ann Lee"),
    ]
    assert [(m.role, str(m.first)) for m in bo.memberships] == [
        ("Chief Surveyor", "2021-06-07"),
        ("Deputy Director", "2021-05-03"),
    ]
    assert archive.person["ann-lee"].appearances[0].attendance.represented_by == "Bo Ray"


def test_only_mentioned_with_a_title_has_a_page_and_is_on_no_list(tmp_path: Path) -> None:
    archive = make(tmp_path, {"forum/2021-05-03.txt": minutes("Baroness Dunn will come.", people="Ann Lee")}).archive
    assert people(archive) == [("people/ann-lee/", ["forum/2021-05-03"]), ("people/baroness-dunn/", [])]


def test_a_name_that_belongs_to_an_institution_is_nobody(tmp_path: Path) -> None:
    archive = make(
        tmp_path, {"forum/2021-05-03.txt": minutes("They saw Sir Ivo Newt free school.", people="Ann Lee")}
    ).archive
    assert people(archive) == [("people/ann-lee/", ["forum/2021-05-03"])]


# --- posts and organisations ---


def test_a_post_that_changes_hands(tmp_path: Path) -> None:
    archive = make(
        tmp_path,
        {
            "forum/2021-05-03.txt": minutes(people="Ann Lee (Director, Harbour Trust)"),
            "forum/2021-06-07.txt": minutes("Tides.", people="Ann Lee (Director, Harbour Trust)"),
            "forum/2021-07-05.txt": minutes(
                people="Bo Ray (Director, Harbour Trust); Ann Lee (Trustee, Harbour Trust)"
            ),
        },
    ).archive
    posts = {p.id: [(h.person, str(h.first), str(h.last)) for h in p.holders] for p in archive.posts}
    assert posts == {
        "harbour-trust/director": [
            ("ann-lee", "2021-05-03", "2021-06-07"),
            ("bo-ray", "2021-07-05", "2021-07-05"),
        ],
        "harbour-trust/trustee": [("ann-lee", "2021-07-05", "2021-07-05")],
    }


@pytest.mark.parametrize(
    ("first", "second", "one"),
    [
        ("Department for Harbours", "Department of Harbours", True),
        ("Department for Harbours", "the Department for Harbours", True),
        ("Society of Tides & Piers", "Society of Tides and Piers", True),
        ("Pilots’ Society", "Pilots' Society", True),
        ("Department for Harbours", "Department for Piers", False),
        ("Harbour Trust", "Harbour Trusts", False),
    ],
)
def test_names_of_one_organisation(first: str, second: str, one: bool, tmp_path: Path) -> None:
    archive = make(
        tmp_path,
        {
            "forum/2021-05-03.txt": minutes(people=f"Ann Lee (Director, {first})"),
            "forum/2021-06-07.txt": minutes(people=f"Ann Lee (Director, {second})"),
        },
    ).archive
    assert len({m.organization for p in archive.people for m in p.memberships}) == (1 if one else 2)
    assert len(archive.people) == (1 if one else 2)  # nothing but the name links the two


def test_an_acronym_stands_for_the_organisation_that_another_line_gives_in_full(tmp_path: Path) -> None:
    archive = make(
        tmp_path,
        {
            "forum/2021-05-03.txt": "Apologies\n\n- Ann Lee (Director, Society of Harbour Pilots (SHP)) represented by "
            "Bo Ray, Deputy Director of the SHP\n\n1. Tides\n"
        },
    ).archive
    assert [(o.id, o.acronyms) for o in archive.organizations if not o.is_body] == [
        ("society-of-harbour-pilots", ("SHP",))
    ]
    assert archive.person["bo-ray"].memberships[0].organization == "society-of-harbour-pilots"


# --- owners ---

TABLE = (
    ("Action: Ann Lee to count them.", ["people/ann-lee/"]),
    ("Action – AL to count them.", ["people/ann-lee/"]),
    ("Action – AL and BR to count them.", ["people/ann-lee/", "people/bo-ray/"]),
    ("Action: The Department is to count them.", ["organisations/department-for-harbours/"]),
    ("Action: The Department will work with Ann Lee.", ["organisations/department-for-harbours/"]),
    ("Action: SHP to tell their members.", ["organisations/society-of-harbour-pilots/"]),
    ("- Action The Department is to count them", ["organisations/department-for-harbours/"]),
    ("Action: The Chair to write.", ["people/cy-fox/"]),
    ("Action: All to read it.", ["All"]),
    ("Action: Di Orr to count them.", ["Di Orr"]),
    ("Action: count them.", []),
    ("Action: Continue to count them.", []),
)


@pytest.mark.parametrize(("line", "expected"), TABLE, ids=[line for line, _ in TABLE])
def test_owners_of_an_action(line: str, expected: list[str], tmp_path: Path) -> None:
    text = minutes(
        line,
        head="Chair\n\nCy Fox",
        people="Ann Lee (Director, Department for Harbours) [AL]; "
        "Bo Ray (Director, Society of Harbour Pilots (SHP)) [BR]",
    )
    archive = make(tmp_path, {"forum/2021-05-03.txt": text}).archive
    assert [owner for each in owners(archive) for owner in each] == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Owner: Bo Ray MP, Minister for Harbours (Chair)", ["Bo Ray"]),
        ("Owner: Ann Lee and Professor Bo Ray", ["Ann Lee", "Bo Ray"]),
        ("Owner: Ann Lee, Harbour Trust", ["Ann Lee"]),
        ("Owner: Harbour Trust", ["Harbour Trust"]),
        ("Owner: Tide Office official (TO) – Tide Unit, Harbour Trust", ["Tide Office"]),
        ("Owner: All", ["All"]),
        ("Led by: the pilots", ["the pilots"]),
    ],
)
def test_owners_of_an_item(line: str, expected: list[str], tmp_path: Path) -> None:
    text = minutes(line, people="Ann Lee (Director, Harbour Trust); Bo Ray (Minister for Harbours)")
    archive = make(tmp_path, {"forum/2021-05-03.txt": text}).archive
    assert [o.name for o in archive.meetings[0].items[0].owners] == expected


# --- topics and glossary ---


def test_topics_are_the_titles_without_what_every_meeting_has(tmp_path: Path) -> None:
    titles = ["Welcome", "Welcome from the Chair", "Tides", "Matters arising", "Closing remarks", "AOB"]
    archive = make(
        tmp_path,
        {
            "forum/2021-05-03.txt": "\n\n".join(f"{i}. {t}" for i, t in enumerate(titles, 1)),
            "forum/2021-06-07.txt": "1. Introductions\n\n2. TIDES\n\n3. Welcome mats",
        },
    ).archive
    assert {t.name: t.items for t in archive.topics} == {
        "Tides": (("forum/2021-05-03", 2), ("forum/2021-06-07", 1)),
        "Welcome mats": (("forum/2021-06-07", 2),),
    }


def test_glossary(tmp_path: Path) -> None:
    text = minutes(
        "Local Harbours (LHs) met. Later an LH met the XYZ of the DfT, and SHP came. AL went.",
        people="Ann Lee OBE (Director, Society of Harbour Pilots (SHP)) [AL]",
    )
    archive = make(tmp_path, {"forum/2021-05-03.txt": text}).archive
    assert [(e.term, e.meaning, e.organization, [line for _, line in e.uses]) for e in archive.glossary] == [
        ("DfT", "", "", [7]),
        ("LHs", "Local Harbours", "", [7]),
        ("SHP", "Society of Harbour Pilots", "society-of-harbour-pilots", [3, 7]),
        ("XYZ", "", "", [7]),
    ]


def told(archive: Archive, *codes: str) -> list[str]:
    """The findings with these codes, as `check` prints them."""
    return [str(d).rpartition(" [")[0] for d in archive.diagnostics if d.code in codes]


def test_two_meanings_are_both_in_the_glossary_with_where_each_holds(tmp_path: Path) -> None:
    files = {
        "forum/2021-05-03.txt": minutes("Tide tables (TT) came. They met ABC."),
        "forum/2021-06-07.txt": minutes("TT it is."),
        "forum/2021-07-05.txt": minutes("Trusted tides (TT) came."),
        "forum/2021-08-02.txt": minutes("TT it was."),
        "council/2021-05-04.txt": minutes("The Tide Trust (TT) met. It left the TT."),
        "glossary.yml": "- {term: ABC, meaning: all boats come, bodies: [Council]}",
    }
    archive = make(tmp_path, files).archive
    assert [(e.term, e.meaning, e.organization, e.bodies, e.defined, e.uses) for e in archive.glossary] == [
        ("ABC", "", "", ("forum",), (), (("forum/2021-05-03", 3),)),
        (
            "TT",
            "Tide Trust",
            "tide-trust",
            ("council",),
            (("council/2021-05-04", 3),),
            (("council/2021-05-04", 3),),
        ),
        ("TT", "Tide tables", "", ("forum",), (("forum/2021-05-03", 3),), (("forum/2021-05-03", 3),)),
        ("TT", "Trusted tides", "", ("forum",), (("forum/2021-07-05", 3),), (("forum/2021-07-05", 3),)),
    ]
    assert told(archive, "two-meanings") == [
        "forum/2021-06-07.txt:3: warning: “TT” may stand for “Tide tables” (forum/2021-05-03.txt:3) or “Trusted tides”"
        " (forum/2021-07-05.txt:3), and is explained as neither, here and in 1 other meeting of this body. Write into"
        " glossary.yml which it is."
    ]
    entries = [d.entry for d in archive.diagnostics if d.code == "two-meanings"]
    assert entries == [
        "# glossary.yml\n- term: TT\n  meaning: Tide tables\n  bodies:\n  - Forum\n# or meaning: Trusted tides"
    ]


def test_one_entry_of_glossary_yml_settles_two_meanings(tmp_path: Path) -> None:
    files = {
        "forum/2021-05-03.txt": minutes("Tide tables (TT) came."),
        "forum/2021-07-05.txt": minutes("Trusted tides (TT) came."),
        "glossary.yml": "- {term: TT, meaning: tide tables}",
    }
    archive = make(tmp_path, files).archive
    assert [(e.term, e.meaning, len(e.uses)) for e in archive.glossary] == [("TT", "tide tables", 2)]
    assert told(archive, "two-meanings", "glossary-unused", "glossary-twice") == []


def test_what_is_wrong_with_an_entry_of_glossary_yml_is_told_with_its_line(tmp_path: Path) -> None:
    entries = [
        "- {term: TT, meaning: tide tables, bodies: [Forum]}",
        "- {term: TTs, meaning: trusted tides, bodies: [forum, Council]}",
        "- {term: ABC, meaning: all boats come}",
        "- {term: XY, meaning: X of Y, bodies: [Forun]}",
        "- {term: XY, not_an_acronym: true, bodies: [Council]}",
    ]
    files = {
        "forum/2021-05-03.txt": minutes("TT and XY came."),
        "council/2021-05-03.txt": minutes("TT came."),
        "glossary.yml": "\n".join(entries),
    }
    archive = make(tmp_path, files).archive
    assert told(archive, "glossary-unused", "glossary-twice") == [
        "glossary.yml:2: error: “TTs” stands on line 1 and on line 2, for the same minutes. Keep one of the two.",
        "glossary.yml:3: warning: “ABC” does not stand in any minutes here. Write it as the minutes do, capitals"
        " included, or take the entry out.",
        "glossary.yml:4: warning: No minutes here are those of “Forun”. Is “Forum” meant?",
        "glossary.yml:5: warning: “XY” does not stand in the minutes of Council. Write it as the minutes do, capitals"
        " included, or take the entry out.",
    ]
    explained = [x.term for m in archive.meetings for x in m.mentions]
    assert explained == ["trusted tides"]  # the Council's; for the Forum neither counts


def test_what_is_said_to_be_no_acronym_is_on_no_list(tmp_path: Path) -> None:
    files = {
        "forum/2021-05-03.txt": minutes("They met XYZ, and ABC of Ann Lee.", people="Ann Lee"),
        "forum/2021-06-07.txt": minutes("AL left.", people="Ann Lee"),  # initials, though no legend gives them
        "glossary.yml": "- {term: XYZ, not_an_acronym: true}",
    }
    assert [e.term for e in make(tmp_path, files).archive.glossary] == ["ABC"]


def test_initials_are_no_acronym_of_the_glossary(tmp_path: Path) -> None:
    archive = make(tmp_path, {"forum/2021-05-03.txt": minutes("AL went.", people="Ann Lee [AL]")}).archive
    assert archive.glossary == ()


def test_what_is_linked_to_nobody_is_reported_with_its_line_and_candidates(tmp_path: Path) -> None:
    text = minutes("They asked The Minister.", people="Ann Lee (Minister for Harbours); Bo Ray (Minister for Tides)")
    archive = make(tmp_path, {"forum/2021-05-03.txt": text}).archive
    told = [d for d in archive.diagnostics if d.code == "unlinked"]
    assert [(d.source, d.line, d.severity) for d in told] == [("forum/2021-05-03.txt", 8, "warning")]
    assert "Ann Lee or Bo Ray" in told[0].message


def test_two_acronyms_of_one_organisation_are_noted(tmp_path: Path) -> None:
    text = minutes("The Tide and Pier Office (TAPO) met. The Tide and Pier Office (TPO) left.")
    archive = make(tmp_path, {"forum/2021-05-03.txt": text}).archive
    told = [d.message for d in archive.diagnostics if d.code == "two-acronyms"]
    assert told == ["“Tide and Pier Office” has two acronyms here: TAPO (line 3) and TPO (line 3)."]

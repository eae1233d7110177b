"""Who is who over all meetings: which printed names are one person, what the register changes, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutebook import build
from minutebook.model import Archive
from tests.archives import make, minutes


def people(archive: Archive) -> dict[str, list[str]]:
    """Address -> the meetings that list the person, oldest first."""
    return {p.id: sorted(a.meeting for a in p.appearances) for p in archive.people}


def listed(*rolls: tuple[str, str]) -> dict[str, str]:
    """Files of one body with a roll call each: (date, entries)."""
    return {f"forum/{date}.txt": minutes(f"Tides of {date}.", people=entries) for date, entries in rolls}


def told(archive: Archive, *codes: str) -> list[str]:
    return [d.message for d in archive.diagnostics if d.code in codes]


ONE = (
    ("Dr Ann Lee", "Ann Lee OBE"),
    ("Zoë O'Dell", "Zoe O’Dell"),
    ("Rhys Evans-Pugh", "Rhys Evans Pugh"),
    ("Inês de Souza", "Ines de Souza"),
    ("A. Lee", "Ann Lee"),
    ("Ann Lee", "A Lee"),
    ("Ann M. Lee", "Ann Lee"),
    ("Ann Mary Lee", "A. M. Lee"),
    ("Cllr Lee", "Cllr Ann Lee"),
    ("Ann Lee (Director, Harbour Trust)", "Ann Lee"),
    ("Ann Lee (Director, Harbour Trust)", "Ann Lee (Chair, Harbour Trust)"),
    ("Dame Ann Lee (Director, Harbour Trust)", "Dame Ann Lee (Chair, Pier Trust)"),
)


@pytest.mark.parametrize(("first", "second"), ONE, ids=[" = ".join(pair) for pair in ONE])
def test_one_person_under_two_printed_forms(first: str, second: str, tmp_path: Path) -> None:
    archive = make(tmp_path, listed(("2021-05-03", first), ("2021-06-07", second))).archive
    assert list(people(archive).values()) == [["forum/2021-05-03", "forum/2021-06-07"]]


TWO = (
    ("Will Potter", "William Potter"),
    ("John Brown Jr", "John Brown Sr"),
    ("John Brown", "John Brown Jr"),
    ("Mr A. Lee", "Mrs Ann Lee"),
    ("B. Lee", "Ann Lee"),
    ("Ann B. Lee", "Ann C. Lee"),
    ("Mr Lee", "Ann Lee"),
    ("Cllr Lee", "Mrs Lee"),
    ("Ann Lee (Director, Harbour Trust)", "Ann Lee (Director, Pier Trust)"),
    ("Ann Lee-Ray", "Ann Lee"),
)


@pytest.mark.parametrize(("first", "second"), TWO, ids=[" ≠ ".join(pair) for pair in TWO])
def test_two_people_whom_nothing_but_a_likeness_links(first: str, second: str, tmp_path: Path) -> None:
    archive = make(tmp_path, listed(("2021-05-03", first), ("2021-06-07", second))).archive
    assert list(people(archive).values()) == [["forum/2021-05-03"], ["forum/2021-06-07"]]


def test_initials_that_fit_two_are_neither(tmp_path: Path) -> None:
    archive = make(tmp_path, listed(("2021-05-03", "Ann Lee; Abe Lee"), ("2021-06-07", "A. Lee"))).archive
    assert people(archive)["a-lee"] == ["forum/2021-06-07"]
    assert told(archive, "name-forms") == [
        "“A. Lee” and the “Abe Lee” of forum/2021-05-03.txt:4 are read as two people.",
        "“A. Lee” and the “Ann Lee” of forum/2021-05-03.txt:3 are read as two people.",
    ]


def test_a_father_and_a_son_of_one_name(tmp_path: Path) -> None:
    files = listed(("2009-05-04", "John Brown"), ("2011-05-02", "John Brown"), ("2019-05-06", "John Brown"))
    archive = make(tmp_path, files).archive
    assert people(archive) == {
        "john-brown": ["forum/2009-05-04", "forum/2011-05-02"],
        "john-brown-2": ["forum/2019-05-06"],
    }
    assert "more than five years lie between" in told(archive, "namesakes")[0]


def test_an_older_meeting_takes_nobody_s_address(tmp_path: Path) -> None:
    make(tmp_path, listed(("2019-05-06", "John Brown")))
    archive = make(tmp_path, listed(("2009-05-04", "John Brown"))).archive
    assert people(archive) == {"john-brown": ["forum/2019-05-06"], "john-brown-2": ["forum/2009-05-04"]}


def test_a_title_tells_two_of_one_surname_apart_in_one_roll_call(tmp_path: Path) -> None:
    archive = make(tmp_path, listed(("2021-05-03", "Mr Lee; Mrs Lee"), ("2021-06-07", "Mrs Lee"))).archive
    assert people(archive) == {"mr-lee": ["forum/2021-05-03"], "mrs-lee": ["forum/2021-05-03", "forum/2021-06-07"]}


def test_names_that_are_nearly_one_are_proposed_and_not_joined(tmp_path: Path) -> None:
    files = listed(("2021-05-03", "Catherine Vogel; Will Potter"), ("2021-06-07", "Katherine Vogel; William Potter"))
    archive = make(tmp_path, files).archive
    assert len(archive.people) == 4
    assert told(archive, "near-names") == [
        "“Katherine Vogel” and the “Catherine Vogel” of forum/2021-05-03.txt:3 are read as two people.",
        "“William Potter” and the “Will Potter” of forum/2021-05-03.txt:4 are read as two people.",
    ]
    proposed = next(d.entry for d in archive.diagnostics if "Potter" in d.message)
    assert proposed == "# people.yml\n- name: Will Potter\n  other_names:\n  - William Potter"
    archive = make(tmp_path, {"people.yml": proposed}).archive
    assert people(archive)["will-potter"] == ["forum/2021-05-03", "forum/2021-06-07"]


# --- the register ---


def test_a_person_who_changes_name(tmp_path: Path) -> None:
    files = listed(("2021-05-03", "Ann Marsh"), ("2021-06-07", "Ann Lee"), ("2022-01-10", "Ann Marsh"))
    files["people.yml"] = "- name: Ann Lee\n  other_names:\n  - {name: Ann Marsh, until: 2021-05}\n"
    archive = make(tmp_path, files).archive
    assert people(archive) == {
        "ann-marsh": ["forum/2021-05-03", "forum/2021-06-07"],
        "ann-marsh-2": ["forum/2022-01-10"],
    }
    assert archive.people[0].name == "Ann Lee" and archive.people[0].other_names == ("Ann Marsh",)


def test_a_merge_leaves_a_redirect_for_good(tmp_path: Path) -> None:
    make(tmp_path, listed(("2021-05-03", "Ann Marsh"), ("2021-06-07", "Ann Lee")))
    site = make(tmp_path, {"people.yml": "- name: Ann Lee\n  other_names: [Ann Marsh]\n"})
    assert list(people(site.archive)) == ["ann-marsh"]
    assert "../ann-marsh/" in site.redirects["people/ann-lee/index.html"]
    (tmp_path / "people.yml").write_text(
        "- name: Ann Lee\n  other_names: [Ann Marsh]\n  address: ann-lee-of-the-forum\n"
    )
    site = make(tmp_path)
    assert list(people(site.archive)) == ["ann-lee-of-the-forum"]
    assert set(site.redirects) == {"people/ann-lee/index.html", "people/ann-marsh/index.html"}
    assert all("../ann-lee-of-the-forum/" in page for page in site.redirects.values())
    assert [d for d in site.archive.diagnostics if d.severity == "error"] == []


def test_a_split_by_organisation_and_by_time(tmp_path: Path) -> None:
    files = listed(
        ("2021-05-03", "Ann Lee (Pilot, Harbour Trust)"),
        ("2021-06-07", "Ann Lee"),
        ("2021-07-05", "Ann Lee"),
    )
    files["people.yml"] = "- name: Ann Lee\n  only: {until: 2021-06}\n- name: Ann Lee\n  only: {from: 2021-07}\n"
    assert list(people(make(tmp_path, files).archive).values()) == [
        ["forum/2021-05-03", "forum/2021-06-07"],
        ["forum/2021-07-05"],
    ]


def test_an_entry_joins_the_namesakes_of_two_bodies(tmp_path: Path) -> None:
    files = {
        "forum/2021-05-03.txt": minutes("One.", people="Ann Lee"),
        "council/2021-06-07.txt": minutes("Two.", people="Ann Lee"),
    }
    assert len(make(tmp_path, files).archive.people) == 2
    archive = make(tmp_path, {"people.yml": "- name: Ann Lee\n"}).archive
    assert list(people(archive).values()) == [["council/2021-06-07", "forum/2021-05-03"]]
    assert told(archive, "namesakes") == []


def test_what_is_no_person_is_on_no_list_of_people(tmp_path: Path) -> None:
    files = listed(("2021-05-03", "Victoria Dock; Victoria Lee"))
    files["forum/2021-06-07.txt"] = minutes("Victoria Dock was dredged. Victoria asked why.", people="Victoria Lee")
    files["people.yml"] = "- name: Victoria Dock\n  not_a_person: true\n"
    archive = make(tmp_path, files).archive
    assert list(people(archive)) == ["victoria-lee"]
    assert [x.text for x in archive.meetings[0].mentions] == ["Victoria"]


def test_an_organisation_that_changed_its_name(tmp_path: Path) -> None:
    files = listed(("2017-05-03", "Ann Lee (Clerk, Harbour Board)"), ("2021-06-07", "Ann Lee (Clerk, Port Authority)"))
    files["organisations.yml"] = (
        "- name: Port Authority\n  acronyms: [PA]\n  parent: Department for Ports\n"
        "  other_names:\n  - {name: Harbour Board, until: 2018}\n"
    )
    archive = make(tmp_path, files).archive
    port = archive.organization["port-authority"]
    assert (port.name, port.acronyms, port.other_names) == ("Port Authority", ("PA",), ("Harbour Board",))
    assert archive.organization[port.parent].name == "Department for Ports"
    assert len(archive.people) == 1 and {m.organization for m in archive.people[0].memberships} == {"port-authority"}


def test_an_entry_that_matches_nothing_is_told(tmp_path: Path) -> None:
    files = {
        **listed(("2021-05-03", "Ann Lee")),
        "people.yml": "- name: Bo Ray\n- name: Ann Lee\n  only: {bodies: Council}\n",
        "organisations.yml": "- name: Pier Trust\n",
    }
    archive = make(tmp_path, files).archive
    unused = [(d.source, d.line, d.severity) for d in archive.diagnostics if d.code == "register-unused"]
    assert unused == [("organisations.yml", 1, "warning"), ("people.yml", 1, "warning"), ("people.yml", 2, "warning")]


def test_an_entry_for_somebody_who_is_only_named_in_a_text(tmp_path: Path) -> None:
    files = {
        "forum/2021-05-03.txt": minutes("We heard from Bo Ray.", people="Ann Lee"),
        "people.yml": "- name: Bo Ray\n",
    }
    archive = make(tmp_path, files).archive
    assert people(archive) == {"ann-lee": ["forum/2021-05-03"], "bo-ray": []}
    assert told(archive, "register-unused") == []


def test_two_entries_for_one_bearer_of_a_name_are_an_error(tmp_path: Path) -> None:
    files = {
        **listed(("2021-05-03", "Ann Lee")),
        "people.yml": "- name: Ann Lee\n\n- name: Anna Lee\n  other_names: [Ann Lee]\n",
    }
    archive = make(tmp_path, files).archive
    errors = [(d.source, d.line, d.message) for d in archive.diagnostics if d.severity == "error"]
    assert ("people.yml", 4, "“Ann Lee” is also a name of the person on line 1.") in errors


def test_the_entry_that_is_proposed_for_a_mention_settles_it(tmp_path: Path) -> None:
    text = minutes(
        "The Director spoke. AL said so. Peter asked why.",
        people="Ann Lee (Director, Harbour Trust) [AL]; Abe Lund (Director, Pier Trust) [AL]; Peter Smith; Peter Vogel",
    )
    archive = make(tmp_path, {"forum/2021-05-03.txt": text}).archive
    mentions = archive.meetings[0].mentions
    assert [(x.text, x.resolved) for x in mentions] == [("Director", False), ("AL", False), ("Peter", False)]
    entries = "\n".join(x.remedy for x in mentions[1:])
    archive = make(tmp_path, {"people.yml": entries}).archive
    assert [(x.text, x.person) for x in archive.meetings[0].mentions] == [
        ("Director", ""),
        ("AL", "abe-lund"),
        ("Peter", "peter-smith"),
    ]
    archive = make(tmp_path, {"people.yml": mentions[0].remedy}).archive
    assert next((x.text, x.person) for x in archive.meetings[0].mentions) == ("The Director", "abe-lund")


@pytest.mark.parametrize(
    ("entry", "line", "words"),
    [
        ("- nam: Ann Lee\n", 1, "“nam” is no key of such an entry. Write “name”."),
        ("- name:\n", 1, "“name” must be given"),
        ("name: Ann Lee\n", 1, "The file must hold a list."),
        (
            "- name: Ann Lee\n  posts:\n  - role: Pilot\n    from: May\n",
            4,
            "“May” is no date. Write it as 2021, 2021-06",
        ),
        ("- name: Ann Lee\n  posts:\n  - {role: Pilot, from: 2022, until: 2021}\n", 3, "“until” lies before “from”."),
        ("- name: Ann Lee\n  identifiers:\n    orcid: 0000-0002-1825-0098\n", 3, "no identifier of orcid"),
        ("- name: Ann Lee\n  identifiers: {wikidata: 42}\n", 2, "One looks like this: Q42."),
        ("- name: Ann Lee\n  not_a_person: maybe\n", 2, "is true or false"),
        ("- name: Ann Lee\n  only: Forum\n", 2, "There must be keys below “only”."),
        ("- name: Ann Lee\n  name: Bo Ray\n", 2, "The key “name” stands twice."),
        ("- name: 'Ann Lee\n", 1, "This is not valid YAML"),
        ("- name: Ann Lee\n  address: Ann Lee\n", 2, "cannot be part of an address"),
        ("- name: Ann Lee\n- Bo Ray\n", 2, "An entry must have keys."),
    ],
)
def test_a_register_file_with_a_mistake_is_told_and_costs_nothing_else(
    entry: str, line: int, words: str, tmp_path: Path
) -> None:
    archive = make(tmp_path, {**listed(("2021-05-03", "Ann Lee")), "people.yml": entry}).archive
    errors = [d for d in archive.diagnostics if d.source == "people.yml" and d.severity == "error"]
    assert [d.line for d in errors if words in str(d)] == [line]
    assert list(people(archive)) == ["ann-lee"]


def test_a_register_that_is_not_utf_8(tmp_path: Path) -> None:
    archive = make(
        tmp_path, {**listed(("2021-05-03", "Ann Lee")), "people.yml": b"- name: Ann Lee\n- name: Zo\xeb\n"}
    ).archive
    assert [d.line for d in archive.diagnostics if "not in UTF-8. Save it as UTF-8." in str(d)] == [2]


def test_every_reserved_file_is_read_or_left_alone(tmp_path: Path) -> None:
    files = {name: "" for name in build.REGISTER if name.endswith(".yml")}
    archive = make(tmp_path, {**listed(("2021-05-03", "Ann Lee")), **files}).archive
    assert [d for d in archive.diagnostics if d.severity == "error"] == []

"""The tables: CSV files that a spreadsheet may open, a database that holds together, and the page about both."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from minutebook import build
from minutebook.model import Archive, Votes
from minutebook.publish import files, sheets
from tests import archives, harbour, whole
from tests.sites import ROOT, Built

SHEETS = ("meetings", "attendance", "actions", "decisions", "people")
BOM = "\ufeff".encode()
FORMULA = re.compile(r"[\s\"\u00ad\u200b-\u200f\u2060\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]")
"""What a spreadsheet may take for the beginning of a formula, being generous about what stands before it."""

Data = dict[str, bytes]
Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return whole.archive(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def data(archive: Archive) -> Data:
    """The published files of an archive that holds whatever can be in one."""
    return files.data(archive, whole.SETTINGS, {})


@pytest.fixture(scope="module")
def database(data: Data) -> Iterator[sqlite3.Connection]:
    connection = opened(data["data/archive.sqlite"])
    yield connection
    connection.close()


def opened(file: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    connection.deserialize(file)
    return connection


def rows(file: bytes) -> Rows:
    text = io.StringIO(file.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, strict=True))


def of(data: Data, name: str) -> dict[str, dict[str, str]]:
    """The rows of a file by their id."""
    return {r["id"]: r for r in rows(data[f"data/{name}.csv"])}


# --- CSV ---


@pytest.mark.parametrize("name", SHEETS)
def test_a_file_has_a_mark_for_excel_and_a_row_on_each_line(data: Data, name: str) -> None:
    file = data[f"data/{name}.csv"]
    assert file.startswith(BOM) and file.count(BOM) == 1 + file.count(BOM, 3)
    lines = file.decode("utf-8-sig").split("\r\n")
    assert lines.pop() == "" and not any(re.search(r"[\x00-\x1f]", line) for line in lines)
    assert len(lines) == 1 + len(rows(file)) > 2


def test_an_action_has_all_that_is_known_of_it_in_its_row(data: Data) -> None:
    done = of(data, "actions")[f"{whole.MAY}/action-4"]
    there = f"{whole.SITE}meetings/{whole.MAY}/"
    assert done == {
        "id": f"{whole.MAY}/action-4",
        "address": f"{there}#action-4",
        "number": "",
        "meeting": whole.MAY,
        "body": "Harbour Forum",
        "body_id": "harbour-forum",
        "date": "2021-05-04",
        "item": "2",
        "item_id": f"{whole.MAY}#item-2",
        "item_address": f"{there}#item-2",
        "text": "Paint the rail",
        "owners": "Bo Ray; Guild of Pilots",
        "owner_ids": "people/bo-ray; organisations/guild-of-pilots",
        "organizations": "Northport Ferry Trust; Guild of Pilots",
        "organization_ids": "northport-ferry-trust; guild-of-pilots",
        "due": "",
        "status": "done",
        "open": "0",
        "closed": "2021-07-06",
        "last_heard": "2021-07-06",
        "silent_for": "0",
        "evidence": f"{whole.SITE}meetings/{whole.JULY}/#p-2-1",
        "evidence_text": "Complete",
        "superseded_by": "",
        "source": "forum/2021-05-04.txt",
        "line": "24",
        "rule": "a marker with a sign behind it",
    }


def test_how_actions_stand(data: Data) -> None:
    found = of(data, "actions")
    stand = {
        n: [found[f"{whole.MAY}/action-{n}"][k] for k in ("status", "open", "closed", "last_heard", "silent_for")]
        for n in range(1, 7)
    }
    assert stand == {
        1: ["reported", "1", "", "2021-07-06", "0"],
        2: ["new", "1", "", "2021-05-04", "1"],
        3: ["carried_forward", "1", "", "2021-07-06", "0"],
        4: ["done", "0", "2021-07-06", "2021-07-06", "0"],
        5: ["dropped", "0", "2021-07-06", "2021-07-06", "0"],
        6: ["superseded", "0", "2021-07-06", "2021-07-06", "0"],
    }
    dropped, superseded = found[f"{whole.MAY}/action-5"], found[f"{whole.MAY}/action-6"]
    assert (dropped["evidence"], dropped["evidence_text"]) == ("", "Of no use any more")  # the register says so
    assert superseded["superseded_by"] == f"{whole.JULY}/action-2"
    assert found[f"{whole.MAY}/action-1"]["number"] == "AP1"
    assert found[f"{whole.JULY}/action-1"]["due"] == "2021-07-30"
    assert found[f"{whole.JULY}/action-2"]["owners"] == "Zoë Ånström"


def test_an_action_that_is_only_printed_again_has_no_row_and_no_figure(data: Data) -> None:
    assert f"{whole.JULY}/action-3" not in of(data, "actions")
    counted = {r["id"]: int(r["actions"]) for r in rows(data["data/meetings.csv"])}
    assert counted == {whole.MAY: 6, whole.JULY: 2 + len(whole.FORMULAS)}
    bo = of(data, "people")["bo-ray"]
    assert (bo["actions"], bo["open_actions"]) == ("3", "2")


def test_a_decision_has_its_people_and_its_votes(data: Data) -> None:
    found = of(data, "decisions")
    keys = ("kind", "movers", "mover_ids", "seconders", "seconder_ids", "elected", "result")
    votes = ("votes_for", "votes_against", "votes_abstained")
    second = found[f"{whole.MAY}/decision-2"]
    assert [second[k] for k in keys] == [
        *("resolution", "Bo Ray", "people/bo-ray", "the Clerk", "", "", "Carried by 5 votes to 0"),
    ]
    assert [second[k] for k in votes] == ["5", "0", "2"]
    assert [found[f"{whole.MAY}/decision-4"][k] for k in votes] == ["3", "", ""]
    assert found[f"{whole.MAY}/decision-3"]["elected_ids"] == "people/bo-ray; people/ann-lee"
    assert found[f"{whole.MAY}/decision-1"]["text"] == "Night sailings go on until September."


def test_every_entry_of_a_roll_call_has_a_row(data: Data) -> None:
    listed = [r for r in rows(data["data/attendance.csv"]) if r["meeting"] == whole.MAY]
    shown = [(r["name"], r["status"], r["organization_id"], r["represented_by"], r["represents"]) for r in listed]
    assert shown == [
        ("Ann Lee", "present", "harbour-master", "", ""),
        ("Bo Ray", "present", "northport-ferry-trust", "", ""),
        ("Cleo Marsh", "present", "guild-of-pilots", "", ""),
        ("Dan Okoro", "apologies", "tidewater-trust", "Eve Stone", ""),
        ("Eve Stone", "present", "tidewater-trust", "", "Dan Okoro"),
        ("Finn Holt", "in_attendance", "", "", ""),
        ("", "in_attendance", "", "", ""),
    ]
    assert listed[-1]["text"] == "Officials from the Buoys and Beacons Team" and listed[0]["chair"] == "1"
    cleo = of(data, "people")["cleo-marsh"]
    assert [cleo[k] for k in ("meetings", "attended", "apologies", "first_listed")] == ["2", "1", "1", "2021-05-04"]


def test_addresses_start_at_the_root_where_the_site_does_not_say_where_it_stands(archive: Archive) -> None:
    apart = files.data(archive, replace(whole.SETTINGS, site_url=""), {})
    assert rows(apart["data/people.csv"])[0]["address"].startswith("people/")


def test_no_cell_is_a_formula(data: Data) -> None:
    for name in SHEETS:
        for row in rows(data[f"data/{name}.csv"]):
            assert not [v for v in row.values() if FORMULA.match(v)]
    written = [r["text"] for r in rows(data["data/actions.csv"]) if r["text"].strip("'\" ;tide").startswith(("=1+1",))]
    assert len(written) >= 10


def test_nor_is_one_where_a_program_parts_the_file_by_semicolons(data: Data) -> None:
    for name in SHEETS:
        text = io.StringIO(data[f"data/{name}.csv"].decode("utf-8-sig"), newline="")
        cells = [cell for row in csv.reader(text, delimiter=";") for cell in row]
        assert len(cells) > 2 and not [cell for cell in cells if FORMULA.match(cell)]


@pytest.mark.parametrize("words", whole.FORMULAS)
def test_what_kept_a_formula_out_can_be_taken_away_again(words: str) -> None:
    cell = str(sheets.safe(words))
    assert re.sub(r"(^|;)'", r"\1", cell) == re.sub(r"[\t\r\n]", " ", words)
    assert not any(FORMULA.match(part) for part in cell.split(";"))


@pytest.mark.parametrize(
    "cell",
    ["2021-05-04", "10:00", "3.1", "a - b", "1-2", "well; said", "'tis", "x=1", "a@example.org", 0, 7, None, ""],
)
def test_what_is_no_formula_stays_as_it_is(cell: str | int | None) -> None:
    assert sheets.safe(cell) == cell


def test_libreoffice_shows_words_and_works_nothing_out(data: Data, tmp_path: Path) -> None:
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if not soffice:
        pytest.skip("there is no LibreOffice here")
    given = {name: data[f"data/{name}.csv"] for name in SHEETS} | {"harm": b'"words","=1+1"\r\n'}
    for name, file in given.items():
        (tmp_path / f"{name}.csv").write_bytes(file)
    # As its dialog proposes for a file with this mark: commas, quotation marks, UTF-8 (76), from the first line.
    # Without the dialog it does not look for the mark.
    how = ["--infilter=Text - txt - csv (StarCalc):44,34,76,1", "--convert-to", "fods", "--outdir", str(tmp_path)]
    alone = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    paths = [str(tmp_path / f"{name}.csv") for name in given]
    subprocess.run([soffice, alone, "--headless", *how, *paths], check=True, capture_output=True, timeout=240)
    shown = {name: (tmp_path / f"{name}.fods").read_text("utf-8") for name in given}
    assert [name for name in given if "table:formula" in shown[name]] == ["harm"]
    for name in SHEETS:
        assert shown[name].count("<table:table-row") > len(rows(given[name]))
    assert "<text:p>Zoë Ånström</text:p>" in shown["actions"] and "<text:p>id</text:p>" in shown["actions"]
    assert 'office:date-value="2021-07-30"' in shown["actions"]


# --- the database ---


def test_the_database_holds_together(database: sqlite3.Connection) -> None:
    assert [tuple(r) for r in database.execute("PRAGMA integrity_check")] == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    references = [r for t in tables(database) for r in database.execute(f"PRAGMA foreign_key_list({t})")]
    assert len(references) > 25


def test_a_number_of_votes_that_nobody_could_count_is_kept_as_it_is_written(archive: Archive) -> None:
    first, *more = archive.meetings[1].decisions
    decision = replace(first.decision, votes=Votes(10**30, 2**63 - 1))
    meeting = replace(archive.meetings[1], decisions=(replace(first, decision=decision), *more))
    made = files.data(replace(archive, meetings=(archive.meetings[0], meeting)), whole.SETTINGS, {})
    counted = rows(made["data/decisions.csv"])[0]
    assert (counted["votes_for"], counted["votes_against"]) == (f"{10**30}", f"{2**63 - 1}")
    stored = opened(made["data/archive.sqlite"]).execute("SELECT votes_for, votes_against FROM decisions").fetchone()
    assert (float(stored[0]), stored[1]) == (1e30, 2**63 - 1)


@pytest.mark.parametrize("minutes", [harbour.HOSTILE, {"a/2021-05-04.txt": "x"}, {}], ids=["hostile", "bare", "empty"])
def test_any_archive_makes_a_database_that_holds_together(minutes: dict[str, str], tmp_path: Path) -> None:
    made = opened(archives.make(tmp_path, minutes).files["data/archive.sqlite"])
    assert made.execute("PRAGMA foreign_key_check").fetchall() == []
    counted = made.execute("SELECT count(*) FROM meetings").fetchone()[0]
    assert counted == len(minutes)


def tables(database: sqlite3.Connection) -> list[str]:
    """The tables that hold something, without those of the search."""
    named = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    return [r[0] for r in named if "_fts" not in r[0]]


@pytest.mark.parametrize("name", SHEETS)
def test_a_file_and_its_table_say_the_same(data: Data, database: sqlite3.Connection, name: str) -> None:
    kept = [dict(r) for r in database.execute(f"SELECT * FROM {name}")]
    shown = [{k: str(sheets.safe("" if v is None else v)) for k, v in r.items()} for r in kept]
    assert shown == rows(data[f"data/{name}.csv"])


def test_the_database_keeps_words_as_they_are(database: sqlite3.Connection) -> None:
    kept = [r[0] for r in database.execute("SELECT text FROM actions WHERE meeting = ? ORDER BY rowid", [whole.JULY])]
    assert kept[2:] == list(whole.FORMULAS)


def test_who_owns_what_can_be_asked(database: sqlite3.Connection) -> None:
    found = database.execute(
        "SELECT place, name, person, organization FROM action_owners WHERE action = ? ORDER BY place",
        [f"{whole.MAY}/action-4"],
    )
    assert [tuple(r) for r in found] == [
        (1, "Bo Ray", "bo-ray", "northport-ferry-trust"),
        (2, "Guild of Pilots", None, "guild-of-pilots"),
    ]
    guild = database.execute("SELECT actions, open_actions FROM organizations WHERE id = 'guild-of-pilots'").fetchone()
    assert tuple(guild) == (2, 1)


def test_the_evidence_can_be_asked(database: sqlite3.Connection) -> None:
    news = database.execute(
        "SELECT place, status, text, meeting, address, superseded_by FROM action_news WHERE action IN (?, ?, ?)"
        " ORDER BY action, place",
        [f"{whole.MAY}/action-{n}" for n in (4, 5, 6)],
    )
    there = f"{whole.SITE}meetings/{whole.JULY}/#p-2-1"
    assert [tuple(r) for r in news] == [
        (1, "reported", "Begun", whole.JULY, there, None),
        (2, "done", "Complete", whole.JULY, there, None),
        (1, "dropped", "Of no use any more", None, None, None),
        (1, "superseded", "See below", whole.JULY, there, f"{whole.JULY}/action-2"),
    ]
    parts = database.execute("SELECT part, name FROM decision_people WHERE decision = ?", [f"{whole.MAY}/decision-2"])
    assert [tuple(r) for r in parts] == [("mover", "Bo Ray"), ("seconder", "the Clerk")]


@pytest.mark.parametrize(
    ("table", "words", "found"),
    [
        (
            "paragraphs",
            "seasick OR doubled",
            ["BR said that night sailings doubled in spring. CM asked for more pilots"],
        ),
        ("actions", "zoe anstrom", ["Buy two rails"]),
        ("decisions", "SEPTEMBER", ["Night sailings go on until September."] * 4),
    ],
)
def test_words_are_found(database: sqlite3.Connection, table: str, words: str, found: list[str]) -> None:
    ask = f"SELECT t.text FROM {table}_fts JOIN {table} t ON t.rowid = {table}_fts.rowid WHERE {table}_fts MATCH ?"
    hits = [r[0] for r in database.execute(ask, [words])]
    assert len(hits) == len(found) and all(h.startswith(f) for h, f in zip(hits, found, strict=True))


def test_datasette_can_tell_which_tables_are_searched(database: sqlite3.Connection) -> None:
    # As it asks itself: `detect_fts_sql` in its utilities, "Full-text search" in its documentation.
    for table in ("actions", "decisions", "paragraphs"):
        like = f'%VIRTUAL TABLE%USING FTS%content="{table}"%'
        ask = "SELECT name FROM sqlite_master WHERE rootpage = 0 AND sql LIKE ?"
        assert [r[0] for r in database.execute(ask, [like])] == [f"{table}_fts"]


def test_the_database_says_what_it_holds_and_under_which_terms(database: sqlite3.Connection) -> None:
    said = dict(database.execute("SELECT name, value FROM metadata").fetchall())
    assert said == {
        "name": "Harbour Forum",
        "address": whole.SITE,
        "licence": "Free",
        "licence_url": "https://example.org/",
        "version": str(database.execute("PRAGMA user_version").fetchone()[0]),
    }
    listed = [tuple(r) for r in database.execute("SELECT table_name, name FROM columns")]
    there = [(t, r["name"]) for t in tables(database) for r in database.execute(f"PRAGMA table_info({t})")]
    assert sorted(listed) == sorted(there)
    assert sorted(r[0] for r in database.execute("SELECT name FROM tables")) == tables(database)


def test_the_same_archive_gives_the_same_bytes(archive: Archive, data: Data) -> None:
    again = files.data(archive, whole.SETTINGS, {})
    assert again == data
    # Which version of SQLite wrote it (offset 96 of the header) is not among them.
    assert struct.unpack_from(">I", data["data/archive.sqlite"], 96) == (3_027_000,)


# --- names that were removed ---

REDACTED = {
    "forum/2021-05-04.txt": harbour.MAY.replace("Bo Ray", "Zoe Quillfeather").replace("BR", "ZQ"),
    "forum/2021-07-06.md": harbour.JULY.replace("Bo Ray", "Zoe Quillfeather").replace("BR", "ZQ"),
}


def test_a_name_that_was_removed_is_in_no_data_file(tmp_path: Path) -> None:
    before = archives.make(tmp_path / "a", REDACTED).files
    entry = "- name: Zoe Quillfeather\n  date: 2024-05-31\n"
    after = archives.make(tmp_path / "b", {**REDACTED, "redactions.yml": entry}).files
    published = [name for name in before if re.fullmatch(r"data/[^/]+\.(csv|sqlite|json)", name)]
    assert len(published) >= 8
    told = [name for name in published if b"quillfeather" in before[name].lower()]
    assert {f"data/{name}" for name in ("attendance.csv", "actions.csv", "people.csv", "archive.sqlite")} <= set(told)
    for name in published:
        assert b"quillfeather" not in after[name].lower() and b"zoe-q" not in after[name].lower(), name


def test_a_name_within_a_database_stops_the_build(tmp_path: Path) -> None:
    # In the file the words of cells touch: "DrZoe Quill" would be no name of theirs.
    made = sqlite3.connect(tmp_path / "other.sqlite")
    made.execute("CREATE TABLE people (title TEXT, name TEXT, remark TEXT)")
    made.execute("INSERT INTO people VALUES ('Dr', 'Zoe Quill', 'keeps the light')")
    made.commit()
    shutil.copy(tmp_path / "other.sqlite", tmp_path / "deleted.sqlite")
    made.close()
    deleted = sqlite3.connect(tmp_path / "deleted.sqlite")
    deleted.execute("PRAGMA secure_delete = OFF")
    deleted.execute("INSERT INTO people VALUES ('', 'Zoe Quill', '')")
    deleted.execute("DELETE FROM people")
    deleted.commit()
    deleted.close()
    entry = "- name: Zoe Quill\n  date: 2024-05-31\n"
    minutes = {"forum/2021-05-04.txt": harbour.MAY.replace("Bo Ray", "Zoe Quill"), "redactions.yml": entry}
    site = archives.make(tmp_path / "minutes", minutes)
    (tmp_path / "site").mkdir()
    shutil.copy(tmp_path / "other.sqlite", tmp_path / "site")
    with pytest.raises(build.Unpublishable, match=r"other\.sqlite holds what redactions\.yml:1 removes"):
        build.last_look(site, tmp_path / "site")
    (tmp_path / "site" / "other.sqlite").unlink()
    shutil.copy(tmp_path / "deleted.sqlite", tmp_path / "site")  # what is deleted still stands in its pages
    with pytest.raises(build.Unpublishable, match=r"deleted\.sqlite holds what redactions\.yml:1 removes"):
        build.last_look(site, tmp_path / "site")
    (tmp_path / "site" / "deleted.sqlite").write_bytes(site.files["data/archive.sqlite"])
    build.last_look(site, tmp_path / "site")


# --- the page ---


class _Tables(HTMLParser):
    """The heading above each table of a page -> the first column of the table, and its head."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[list[str]]] = {}
        self._into: list[str] | None = None
        self._heading = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h1", "h2", "h3"):
            self._into = []
        elif tag == "tr":
            self.found.setdefault(self._heading, []).append([])
        elif tag in ("td", "th"):
            self._into = []

    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h1", "h2", "h3", "td", "th") and self._into is not None:
            words, self._into = "".join(self._into).strip(), None
            if tag.startswith("h"):
                self._heading = words.removesuffix("¶")
            else:
                self.found[self._heading][-1].append(words)


@pytest.fixture(scope="module")
def described(forum: Built) -> dict[str, list[list[str]]]:
    page = _Tables()
    page.feed(forum.file("data/").read_text("utf-8"))
    return page.found


def test_the_page_describes_the_columns_of_each_file_in_their_order(
    forum: Built, described: dict[str, list[list[str]]]
) -> None:
    for name in SHEETS:
        header = next(csv.reader(io.StringIO((forum.site / "data" / f"{name}.csv").read_text("utf-8-sig"), newline="")))
        assert [row[0] for row in described[name][1:]] == header


def test_the_page_describes_each_table_and_column_of_the_database(
    forum: Built, described: dict[str, list[list[str]]]
) -> None:
    database = opened((forum.site / "data" / "archive.sqlite").read_bytes())
    types = {row[0]: "INTEGER" if row[0] in ("number", "yes/no") else "TEXT" for row in described["Columns"][1:]}
    for table in tables(database):
        head, *columns = described[table]
        assert head == ["Column", "Type", "What it holds", "Where that comes from"]
        assert all(all(cells) and len(cells) == 4 for cells in columns)
        there = [(r["name"], r["type"]) for r in database.execute(f"PRAGMA table_info({table})")]
        assert [(c[0], types[c[1].partition(" of ")[0]]) for c in columns] == there
        references = {r["from"]: r["table"] for r in database.execute(f"PRAGMA foreign_key_list({table})")}
        assert {c[0]: c[1].partition(" of ")[2] for c in columns if " of " in c[1]} == references
    database.close()


def test_every_file_of_the_data_stands_on_its_page(forum: Built) -> None:
    page = forum.file("data/").read_text("utf-8")
    for path in sorted((forum.site / "data").glob("*.*")):
        assert path.name == "index.html" or f'href="{path.name}"' in page, path.name


def test_the_examples_of_the_page_do_what_they_say(forum: Built, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "data.md").read_text("utf-8")
    examples = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    shutil.copy(forum.site / "data" / "archive.sqlite", tmp_path)
    said = []
    for code in examples:
        here = code.replace("<this site>", forum.site.as_uri())
        done = subprocess.run([sys.executable, "-c", here], cwd=tmp_path, capture_output=True, text=True, check=True)
        said.append(done.stdout.splitlines())
    action = "2021-05-04 new The Guild of Pilots is to count its night pilots."
    assert said[0] == said[1] == [action]
    assert len(said[2]) == 1 and re.match(r"2021-05-04 \S+/#p-2-1 .*\[pilots\] after \[dark\]", said[2][0])
    assert len(said[3]) == 3

"""The command line; and what a secretary is told about files that are no minutes: file, line, reason, remedy."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from minutebook import build, cli, settings, source
from minutebook.diagnostics import ERROR, NOTE, WARNING
from minutebook.model import Settings
from tests.archives import minutes, write

GOOD = minutes("Tides were counted.", people="Ann Lee (Director)")
OTHER = minutes("Piers were counted.", people="Bo Ray")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, which is the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "minutes_src").mkdir()
    return tmp_path


# --- parse ---


def test_parse_prints_one_object_a_line_in_the_order_given(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "minutes_src", {"forum/2021-05-03.txt": GOOD, "forum/2021-06-07.txt": OTHER, "forum/x.txt": "?"})
    files = [f"minutes_src/forum/{n}.txt" for n in ("2021-06-07", "x", "2021-05-03")]
    assert cli.main(["parse", *files]) == 0
    out, err = capsys.readouterr()
    printed = [json.loads(line) for line in out.splitlines()]
    assert [p["source"] for p in printed] == ["forum/2021-06-07.txt", "forum/x.txt", "forum/2021-05-03.txt"]
    assert [p.get("date") for p in printed] == ["2021-06-07", None, "2021-05-03"]
    assert [[x["name"] for x in p["people"]] for p in printed] == [["Bo Ray"], [], ["Ann Lee"]]
    assert err == ""


def test_parse_gives_every_key_of_the_labels(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (
        "Harbour Forum\n\nNotes of meeting held on 3 May 2021, 10:00-11:00, Pilot House\n\n"
        "Chair\n\nAnn Lee MP, Minister\n\n"
        "Apologies\n\n- Bo Ray (Director, Pilots' Society) represented by Cy Fox, Deputy Director [CF]\n\n"
        "1. Tides\n\nOwner: Ann Lee\n\nAction: CF to count them.\n\nDecision: to count them.\n"
    )
    write(here, {"a.txt": text})
    assert cli.main(["parse", "a.txt"]) == 0
    got = json.loads(capsys.readouterr().out)
    assert {k: got[k] for k in ("body", "date", "start", "end", "place", "chair")} == {
        "body": "Harbour Forum",
        "date": "2021-05-03",
        "start": "10:00",
        "end": "11:00",
        "place": "Pilot House",
        "chair": ["Ann Lee"],
    }
    keys = ("name", "status", "role", "organization", "initials", "represented_by")
    assert [{k: p[k] for k in keys if k in p} for p in got["people"]] == [
        {"name": "Ann Lee", "status": "present", "role": "Minister"},
        {
            "name": "Bo Ray",
            "status": "apologies",
            "role": "Director",
            "organization": "Pilots' Society",
            "represented_by": "Cy Fox",
        },
        {"name": "Cy Fox", "status": "present", "role": "Deputy Director", "initials": "CF"},
    ]
    assert [(i["number"], i["title"], i["owners"]) for i in got["items"]] == [("1", "Tides", ["Ann Lee"])]
    assert [(a["text"], a["owners"], a["item"]) for a in got["actions"]] == [("CF to count them.", ["Cy Fox"], "1")]
    assert [d["text"] for d in got["decisions"]] == ["to count them."]


@pytest.mark.parametrize("missing", ["missing.txt", "minutes_src"])
def test_parse_of_an_unreadable_file_prints_the_others_and_exits_2(
    missing: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here, {"a.txt": GOOD, "b.txt": OTHER})
    assert cli.main(["parse", "a.txt", missing, "b.txt"]) == 2
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err.startswith(f"{missing}: error: cannot be read") and len(err.splitlines()) == 1


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"\xff\xfe\xff", b"---\na: [\n---\n", b"x" * (source.LARGEST + 1)])
def test_parse_exits_0_whatever_a_file_holds(data: bytes, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, {"a.txt": data})
    assert cli.main(["parse", "a.txt"]) == 0
    got = json.loads(capsys.readouterr().out)
    assert got["people"] == got["items"] == got["actions"] == got["decisions"] == []
    assert got["diagnostics"]


def test_parse_prints_what_minutes_without_a_date_say(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here, {"a.txt": "Harbour Forum\n\n" + minutes("Action: Ann Lee to go.", people="Ann Lee (Director)")})
    assert cli.main(["parse", "a.txt"]) == 0
    got = json.loads(capsys.readouterr().out)
    assert [p["name"] for p in got["people"]] == ["Ann Lee"]
    assert [i["title"] for i in got["items"]] == ["Tides"]
    assert [(a["text"], a["owners"]) for a in got["actions"]] == [("Ann Lee to go.", ["Ann Lee"])]


def test_the_installed_command(here: Path) -> None:
    write(here, {"2021-05-03.txt": GOOD.replace("Ann", "Zoë")})
    command = Path(sys.executable).with_name("minutebook")
    done = subprocess.run([command, "parse", "2021-05-03.txt"], capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout)["people"][0]["name"] == "Zoë Lee"


# --- check ---


def test_check_of_good_minutes_exits_0(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "minutes_src", {"forum/2021-05-03.txt": GOOD, "forum/2021-06-07.txt": OTHER})
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("Read: 2 meetings, 0 errors")


def test_check_takes_a_folder_and_can_be_quiet(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(here / "else", {"forum/2021-05-03.txt": minutes("AL left.", people="Ann Lee [AL]; Abe Lund [AL]")})
    assert cli.main(["check", "--quiet", "else"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 2 and lines[0].startswith(
        "else/forum/2021-05-03.txt:8: warning: “AL” may be Abe Lund or Ann Lee"
    )


def test_check_without_a_folder_is_an_error(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "nowhere"]) == 1
    assert capsys.readouterr().out.startswith("nowhere: error: There is no folder of this name. Make it")


FRONT = "---\n{}\n---\n" + GOOD
BAD = (
    ("empty", "forum/b.txt", b"", "forum/b.txt:1", ERROR, "There are no minutes"),
    ("binary", "forum/b.txt", b"PK\3\4\n\n\0\0", "forum/b.txt:3", ERROR, "not a text file"),
    ("huge", "forum/b.txt", b"x" * (source.LARGEST + 1), "forum/b.txt:1", ERROR, "5,000,001 bytes"),
    ("another encoding", "forum/2021-06-07.txt", "1. Été".encode("cp1252"), "forum/2021-06-07.txt:1", WARNING, "UTF-8"),
    (
        "broken YAML",
        "forum/b.txt",
        FRONT.format("a: b\nchair: [Ann").encode(),
        "forum/b.txt:3",
        ERROR,
        "not valid YAML",
    ),
    ("broken TOML", "forum/b.txt", b"+++\na = 1\nchair = Ann\n+++\n1. Tides", "forum/b.txt:3", ERROR, "not valid TOML"),
    (
        "unclosed front matter",
        "forum/b.txt",
        b"---\ndate: 2021-06-07\n1. Tides",
        "forum/b.txt:1",
        ERROR,
        "never closed",
    ),
    ("wrong value", "forum/b.txt", FRONT.format("a: b\ndate: 2021-13-01").encode(), "forum/b.txt:3", ERROR, "“date”"),
    ("unknown key", "forum/b.txt", FRONT.format("date: 2021-06-07\nx: y").encode(), "forum/b.txt:3", NOTE, "“x”"),
    ("impossible date", "forum/b.txt", b"Forum\n\nHeld on 31st June 2021", "forum/b.txt:3", ERROR, "“31st June 2021”"),
    ("no date", "forum/b.txt", b"Forum\n\n1. Tides", "forum/b.txt:1", ERROR, "on which day"),
    (
        "the same file twice",
        "forum/2021-05-03-b.txt",
        GOOD.encode(),
        "forum/2021-05-03.txt:1",
        ERROR,
        "2021-05-03-b.txt",
    ),
    ("the same day twice", "forum/2021-05-03-b.txt", OTHER.encode(), "forum/2021-05-03.txt:1", WARNING, "same day"),
    ("unknown kind", "forum/b.xlsx", b"PK\3\4", "forum/b.xlsx:1", ERROR, "“b.xlsx” is not read as minutes"),
    ("no ending", "forum/LICENCE", b"free", "forum/LICENCE:1", ERROR, "“LICENCE”"),
    (
        "a name in another encoding",
        os.fsdecode(b"forum/caf\xe9.txt"),
        b"1. Tides",
        "forum/caf\\udce9.txt:1",
        ERROR,
        "UTF-8",
    ),
    ("broken ledger", "addresses.tsv", b"address\tkind\tkey\tdetail\nnonsense\n", "addresses.tsv:2", ERROR, "ledger"),
)


@pytest.mark.parametrize(("name", "data", "place", "severity", "words"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_bad_input_is_named_with_line_reason_and_remedy_and_the_rest_is_built(
    name: str, data: bytes, place: str, severity: str, words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(here / "minutes_src", {"forum/2021-05-03.txt": GOOD, name: data})
    assert cli.main(["check"]) == (1 if severity == ERROR else 0)
    *lines, last = capsys.readouterr().out.splitlines()
    told = [line for line in lines if line.startswith(f"minutes_src/{place}: {severity}: ") and words in line]
    assert len(told) == 1, lines
    assert re.search(r"\. \[[a-z-]+\]$", told[0])
    if severity == ERROR:
        assert sum(": error: " in line for line in lines) == 1 and re.search(r"\. [A-Z“].*\. \[", told[0]), told
    assert last.startswith("Read: 1 meeting, 1 error" if severity == ERROR else "Read: 2 meetings, 0 errors")
    site = build.make(here / "minutes_src", settings.load())
    assert "meetings/forum/2021-05-03/" in site.pages
    assert words in site.pages["unresolved/"].markdown


def test_files_that_are_not_minutes_and_say_so_are_passed_over(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        here / "minutes_src",
        {
            "forum/2021-05-03.txt": GOOD,
            ".DS_Store": b"\0",
            "forum/.hidden/x.bin": b"\0",
            "people.yml": "",
            "topics.yml": "",
            "addresses.tsv": "address\tkind\tkey\tdetail\n",
        },
    )
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out.endswith("Read: 1 meeting, 0 errors, 0 warnings, 1 note.\n")


def test_settings_come_from_the_site_s_configuration(here: Path) -> None:
    (here / "mkdocs.yml").write_text(
        "site_name: Pier Forum\nsite_url: !ENV [SITE_URL, https://example.org/x]\n"
        "markdown_extensions:\n- a: !!python/name:b.c\n"
        "extra:\n  minutebook: {language: en, licence: Free, licence_url: 'https://example.org/', more: 1}\n"
    )
    expected = Settings("Pier Forum", "en", "Free", "https://example.org/", site_url="https://example.org/x/")
    assert settings.load() == expected
    (here / "mkdocs.yml").write_text("site_name: Pier Forum\n")
    assert settings.load() == Settings("Pier Forum")


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("extra:\n  minutebook: [a]\n", "extra.minutebook: there must be keys below it"),
        ("site_name: a\x01b\n", "this is not valid YAML"),
        ("site_name: [\n", "line 2: this is not valid YAML"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_told(
    config: str, said: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "mkdocs.yml").write_text(config)
    assert cli.main(["check"]) == 2
    assert f"mkdocs.yml: error: {said}" in capsys.readouterr().err


def test_an_environment_variable_that_is_not_set_is_nothing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PIER_NAME", raising=False)
    (here / "mkdocs.yml").write_text("site_name: !ENV [PIER_NAME]\n")
    assert settings.load() == Settings()

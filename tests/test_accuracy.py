"""The tables of docs/guide/accuracy.md: the same input gives the same bytes, and no name of a body gets in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests import accuracy
from tests.archives import minutes, write

SCORER = """
def score(gold, got):
    right = [x for x in gold["actions"] if x in [y["text"] for y in got["actions"]]]
    return {"actions": (len(right), len(gold["actions"]), len(got["actions"])), "decisions": (0, 0, 0)}

def prf(right, labelled, given):
    return (right / given if given else 0.0, right / labelled if labelled else 0.0, 0.5 if right else 0.0)
"""
PAGE = """\
# By hand

<!-- table: real -->
old
<!-- /table: real -->

<!-- table: invented -->
<!-- /table: invented -->
end
"""
LABELS = {
    "corpus/tern-council/a.txt": ["Ann Lee to count."],
    "corpus/wharf-council/b.txt": ["Bo Ray to go.", "Bo Ray to come."],
    "corpus/mole-club/c.txt": ["nothing of the kind"],
}


@pytest.fixture
def shared(tmp_path: Path) -> list[str]:
    """Labels, minutes, a scorer and a page, as arguments."""
    for name, actions in LABELS.items():
        text = minutes(*(f"Action: {a}" for a in actions if "nothing" not in a), head="Tern Council")
        label = json.dumps({"file": name, "actions": actions})
        write(tmp_path, {name: text, f"gold/{name}.json": label})
    kinds = {"tern-council/a.txt": "uk-parish-council", "wharf-council/b.txt": "uk-parish-council"}
    rows = [f"{file}\tSome Council\t{kind}" for file, kind in {**kinds, "mole-club/c.txt": "rowing-club"}.items()]
    own = {"01-tide-board.md": "1. Tides\n\nAction: Ann Lee to go.\n"}
    label = json.dumps({"file": "01-tide-board.md", "actions": ["Ann Lee to go."]})
    write(tmp_path / "bodies", {**own, "01-tide-board.json": label})
    write(
        tmp_path, {"corpus/SOURCES.tsv": "\n".join(["file\tbody\tgenre", *rows]), "score.py": SCORER, "page.md": PAGE}
    )
    given = {"labels": "gold", "invented": "bodies", "scorer": "score.py", "page": "page.md"}
    return [x for key, name in given.items() for x in (f"--{key}", str(tmp_path / name))]


def test_the_tables_hold_each_field_and_each_body_by_its_kind(shared: list[str], tmp_path: Path) -> None:
    assert accuracy.main(shared) == 0
    page = (tmp_path / "page.md").read_text()
    assert page.startswith("# By hand\n") and page.endswith("<!-- /table: invented -->\nend\n") and "old" not in page
    real, invented = page.split("<!-- /table: real -->")
    assert [line for line in real.splitlines() if line.startswith("|")] == [
        "| Field | Labelled | Given | Precision | Recall | F1 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| actions | 4 | 3 | 1.000 | 0.750 | 0.500 |",
        "| Body | Files | Mean F1 |",
        "| --- | ---: | ---: |",
        "| parish council 1 | 1 | 0.500 |",
        "| parish council 2 | 1 | 0.500 |",
        "| rowing club | 1 | 0.000 |",
        "| **all 3 bodies** | 3 | **0.333** |",
    ]
    assert "| tide board | 1 | 0.500 |" in invented
    assert not any(name in page for name in ("tern", "wharf", "mole", "Council"))


def test_the_same_input_gives_the_same_bytes(shared: list[str], tmp_path: Path) -> None:
    accuracy.main(shared)
    first = (tmp_path / "page.md").read_bytes()
    accuracy.main(shared)
    assert (tmp_path / "page.md").read_bytes() == first


def test_what_is_not_there_is_skipped_and_said(
    shared: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accuracy.main([*shared, "--labels", str(tmp_path / "nowhere")])
    assert "“real” is left as it is" in capsys.readouterr().out
    assert "old" in (tmp_path / "page.md").read_text() and "tide board" in (tmp_path / "page.md").read_text()
    assert accuracy.main([*shared, "--scorer", str(tmp_path / "nowhere.py")]) == 0
    assert "skipped, there is no scorer here" in capsys.readouterr().out


def test_the_page_in_the_guide_has_a_place_for_each_table() -> None:
    page = accuracy.PAGE.read_text("utf-8")
    for part in ("real", "invented"):
        assert f"({part})" in accuracy.put(page, part, f"({part})")


def test_minutes_that_are_not_there_are_named(shared: list[str], tmp_path: Path) -> None:
    (tmp_path / "corpus/mole-club/c.txt").unlink()
    with pytest.raises(SystemExit, match=r"c\.txt: error: cannot be read"):
        accuracy.main(shared)

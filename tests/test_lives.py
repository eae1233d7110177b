"""The life of an action: what later minutes say of it, what says so, and what pages and data show of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minutebook.model import STATES, Archive
from minutebook.resolve import likeness
from tests.archives import make, minutes
from tests.cases import Case, cases, files, life_lines
from tests.test_render import body, site_html

PEOPLE = "Ann Lee [AL]; Bo Ray [BR]"
GIVEN = "Action 21/1: AL to order lamps for the north mole before the spring."
SAID = "Action 21/1: complete."


@pytest.mark.parametrize("case", cases("lives"))
def test_lives(case: Case, tmp_path: Path) -> None:
    assert life_lines(make(tmp_path, files(case.given)).archive) == case.expected


def test_the_cases_reach_every_state() -> None:
    words = " ".join(c.values[0].expected for c in cases("lives"))  # type: ignore[attr-defined]
    assert [s for s in STATES if not re.search(rf": {s}\b", words)] == []


def _archive(tmp_path: Path, *later: str) -> Archive:
    given = {"forum/2021-01-11.txt": minutes(GIVEN, people=PEOPLE)}
    given |= {f"forum/2021-0{n}-08.txt": minutes(text, people=PEOPLE) for n, text in enumerate(later, 2)}
    return make(tmp_path, given).archive


def test_an_id_stays_when_an_action_is_corrected_and_others_are_added(tmp_path: Path) -> None:
    _archive(tmp_path, SAID)
    corrected = GIVEN.replace("lamps", "nine lamps")
    text = minutes("Action: BR to count them.", corrected, people=PEOPLE)
    archive = make(tmp_path, {"forum/2021-01-11.txt": text}).archive
    found = {a.number: a for m in archive.meetings for a in m.actions if m.id == "forum/2021-01-11"}
    assert (found["1"].action.number, found["1"].status) == ("21/1", "done")
    assert found["1"].news[0].anchor in ("p-1-1", "action-1")


def test_the_pages_say_how_an_action_stands_and_what_says_so(tmp_path: Path) -> None:
    given = {
        "forum/2021-01-11.txt": minutes(GIVEN, people=PEOPLE),
        "forum/2021-02-08.txt": minutes(SAID, people=PEOPLE),
    }
    site = make(tmp_path, given)
    first = site_html(body(site.pages["meetings/forum/2021-01-11/"]))
    there = "../2021-02-08/#p-1-1"
    assert ("a", there) in [(tag, a.get("href")) for tag, a in first.elements]
    assert "8 February 2021: done. “Action 21/1: complete.”" in first.text
    second = site.pages["meetings/forum/2021-02-08/"].markdown
    assert 'href="../2021-01-11/#action-1" data-said="on action 1 of 11 January 2021"' in second
    assert "done<br><small>[8 February 2021]" in site.pages["people/ann-lee/"].markdown


def test_what_is_printed_again_is_counted_once(tmp_path: Path) -> None:
    log = "Attendees\n\n- Ann Lee [AL]\n\n# Action log\n\n| No | Action | Owner |\n| --- | --- | --- |\n"
    row = "| A7 | order lamps for the north mole | AL |\n"
    site = make(tmp_path, {f"forum/2021-0{n}-01.md": log + row + f"\nBO {n}\n" for n in (1, 2, 3)})
    assert [len(m.tasks) for m in site.archive.meetings] == [0, 0, 1]
    assert [len(m.actions) for m in site.archive.meetings] == [1, 1, 1]
    page = site.pages["meetings/forum/2021-03-01/"].markdown
    assert 'id="action-1"' in page and site.pages["people/ann-lee/"].markdown.count("order lamps") < 5
    assert site.archive.action["forum/2021-01-01/action-1"][1].silent_for == 0


def test_a_finding_says_what_to_write_into_the_register(tmp_path: Path) -> None:
    same = GIVEN.replace("Action 21/1", "Action")
    given = {
        "forum/2021-01-11.txt": minutes(same, people=PEOPLE),
        "forum/2021-02-08.txt": minutes(same, "BR spoke.", people=PEOPLE),
        "forum/2021-03-08.txt": minutes(f"“{same[8:-1]}”: done.", people=PEOPLE),
    }
    [found] = [d for d in make(tmp_path, given).archive.diagnostics if d.code == "unsure-action"]
    assert "forum/2021-01-11/action-1 or forum/2021-02-08/action-1" in found.message
    assert found.entry.splitlines()[0] == "# actions.yml"
    (tmp_path / "actions.yml").write_text(found.entry)
    archive = make(tmp_path).archive
    assert [a.status for m in archive.meetings for a in m.actions] == ["done", "new"]


def test_a_removed_name_is_in_no_evidence(tmp_path: Path) -> None:
    text = "# Review of actions\n\n- AL to order lamps for the north mole before the spring – done, says Ann Lee\n"
    given = {
        "forum/2021-01-11.txt": minutes(GIVEN, people=PEOPLE),
        "forum/2021-02-08.md": f"Attendees\n\n- Ann Lee [AL]\n- Bo Ray [BR]\n\n{text}",
        "redactions.yml": "- name: Ann Lee\n  date: 2024-05-31\n",
    }
    site = make(tmp_path, given)
    a = site.archive.action["forum/2021-01-11/action-1"][1]
    assert a.status == "done" and "[name removed 31 May 2024] to order lamps" in a.news[0].text
    every = b"".join([*(p.markdown.encode() for p in site.pages.values()), *site.files.values()])
    assert b"Ann Lee" not in every and not re.search(rb"\bAL\b", every)


def test_a_profile_shows_the_newest_actions_and_leads_to_all_of_them(tmp_path: Path) -> None:
    lines = [f"Action: AL to count the boats of pier {n}." for n in range(60)]
    page = make(tmp_path, {"forum/2021-01-11.txt": minutes(*lines, people=PEOPLE)}).pages["people/ann-lee/"].markdown
    assert sum(line.startswith("| [11 January 2021]") for line in page.splitlines()) == 51  # one is the meeting's
    assert 'The newest 50 of 60. <a href="../../actions/?owner=people/ann-lee&amp;status=open">All of them</a>' in page


def test_a_line_is_compared_only_with_actions_that_it_can_repeat(monkeypatch: pytest.MonkeyPatch) -> None:
    known, said = likeness.Known[int](), "send the quarterly report on dredging to the county council"
    for n in range(200):
        words = likeness.words(f"send the quarterly report on matter{n} and on tide{n} to the harbour board")
        known.add(n, words, "")
    known.add(200, likeness.words(said), "")
    compared: list[object] = []
    plain = likeness.like
    monkeypatch.setattr(likeness, "like", lambda *given: compared.append(given) or plain(*given))
    assert known.repeated(f"Ann Lee to {said} – done", f"Ann Lee to {said}") == [200]
    assert len(compared) == 1

"""The committed minutes, end to end: facts that a reader can count, without knowing who is named in them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from minutebook import build, settings
from minutebook.diagnostics import ERROR
from minutebook.publish import ledger
from tests.archives import example

ROOT = Path(__file__).parents[1]
MINUTES = ROOT / "minutes_src"
SHARED = ROOT.parent / "shared"
pytestmark = example
labelled = pytest.mark.skipif(not SHARED.is_dir(), reason="no labels to measure with: ../shared is not there")


@pytest.fixture(scope="module")
def site() -> build.Site:
    return build.make(MINUTES, settings.load(ROOT / "mkdocs.yml"))


def test_both_are_read_without_an_error(site: build.Site) -> None:
    assert len(site.archive.meetings) == 2
    assert [str(d) for d in site.archive.diagnostics if d.severity == ERROR] == []


def test_both_are_of_one_body_with_time_place_and_chair(site: build.Site) -> None:
    assert len({m.body for m in site.archive.meetings}) == 1
    for m in site.archive.meetings:
        assert m.minutes.start and m.minutes.end and m.minutes.place and len(m.minutes.chair) == 1
        assert [i.item.number for i in m.items] == ["1", "2", "3", "4", "5"]
        assert all(set(i.item.owners) for i in m.items[:4])


def test_there_are_ten_actions_each_with_an_owner_who_has_a_page(site: build.Site) -> None:
    actions = [a for m in site.archive.meetings for a in m.actions]
    assert len(actions) == 10
    for action in actions:
        assert action.owners and action.item is not None
        for owner in action.owners:
            page = f"people/{owner.person}/" if owner.person else f"organisations/{owner.organization}/"
            assert page in site.pages


def test_everybody_listed_has_a_page_that_leads_to_the_meeting(site: build.Site) -> None:
    for m in site.archive.meetings:
        assert len(m.people) >= 20
        for person in m.people:
            assert f"{m.address}index.md" in site.pages[f"people/{person}/"].markdown


def test_every_initials_of_the_legend_are_linked_wherever_they_stand(site: build.Site) -> None:
    assert not [x for m in site.archive.meetings for x in m.mentions if x.rule.startswith("initials") and not x.person]


def test_substitutes_posts_without_a_name_notes_and_the_joined_sentence(site: build.Site) -> None:
    for m in site.archive.meetings:
        absent = [a for a in m.minutes.people if a.represented_by]
        assert len(absent) == 2 and all(a.status == "apologies" for a in absent)
        assert [a.represented_by for a in absent] == [a.name.full for a in m.minutes.people if a.represents and a.name]
        assert sum(a.name is None for a in m.minutes.attendance) == 2
        assert len(m.minutes.notes) == 1 and m.minutes.status == "corrected"
    assert {c.kind for m in site.archive.meetings for c in m.minutes.changes} == {"joined"}


def test_a_post_changes_hands(site: build.Site) -> None:
    chairs = {m.minutes.chair for m in site.archive.meetings}
    assert len(chairs) == 2
    assert any(len({h.person for h in p.holders}) > 1 for p in site.archive.posts)


def test_no_word_of_a_file_is_missing_from_its_page(site: build.Site) -> None:
    from tests.test_render import body, site_html

    for m in site.archive.meetings:
        page = site_html(body(site.pages[m.address])).text
        for block in m.minutes.blocks:
            if block.part != "roll_call":
                assert " ".join(block.text.plain.split()) in page, block.ref


def test_nothing_that_was_published_is_lost_or_moved(site: build.Site) -> None:
    committed, wrong = ledger.read((MINUTES / "addresses.tsv").read_text("utf-8"))
    assert committed and not wrong
    assert {e.address for e in committed} <= {e.address for e in site.archive.addresses}
    assert set(site.archive.redirects) == {e.address for e in committed if e.kind == "redirect"}


@labelled
def test_what_parse_prints_is_what_the_labels_hold() -> None:
    fields = [
        "body",
        "date",
        "start",
        "chair",
        "attendance",
        "represented",
        "roles",
        "items",
        "item_owners",
        "actions",
        "action_owners",
    ]
    command = f"{Path(sys.executable).with_name('minutebook')} parse"
    least = [f"--min={field}=1" for field in fields]
    done = subprocess.run(
        [sys.executable, SHARED / "bench/score.py", SHARED / "gold/seeds", "--show", "--parse", command, *least],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@labelled
def test_who_is_meant_is_what_the_labels_hold(site: build.Site, tmp_path: Path) -> None:
    file = tmp_path / "archive.json"
    file.write_bytes(site.files["data/archive.json"])
    assert json.loads(file.read_text("utf-8"))["meetings"]
    done = subprocess.run(
        [
            sys.executable,
            SHARED / "bench/score_mentions.py",
            file,
            "--show",
            "--min-precision",
            "1",
            "--min-recall",
            "0.97",
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr

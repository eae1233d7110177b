"""Decisions in full: who moved and seconded, who was elected, the figures, and what a closing index repeats."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archives import make, minutes
from tests.cases import Case, cases, division_lines
from tests.test_render import body, site_html


@pytest.mark.parametrize("case", cases("divisions"))
def test_divisions(case: Case) -> None:
    assert division_lines(case.given) == case.expected


def test_the_pages_say_who_moved_it_and_how_it_went(tmp_path: Path) -> None:
    said = "RESOLVED: That the pier be lit. Proposed by Bo Ray, seconded by Ann Lee. 7 for, 2 against."
    site = make(tmp_path, {"forum/2021-01-11.txt": minutes(said, people="Ann Lee; Bo Ray")})
    page = site_html(body(site.pages["meetings/forum/2021-01-11/"]))
    assert "Decision 1 moved by Bo Ray seconded by Ann Lee 7 for, 2 against" in page.text
    assert [a["href"] for _, a in page.elements if a.get("class") == "mb-who"] == [
        "../../../people/bo-ray/",
        "../../../people/ann-lee/",
    ]
    row = next(x for x in site.pages["decisions/"].markdown.splitlines() if "pier be lit" in x)
    assert "[Bo Ray]" in row and "seconded by [Ann Lee]" in row and "7 for, 2 against" in row

"""Topics: what makes one, what says that an item is about it, and what its page, the data and the command tell."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.archives import make
from tests.cases import Case, cases, files, topic_lines


@pytest.mark.parametrize("case", cases("topics"))
def test_what_items_are_about(case: Case, tmp_path: Path) -> None:
    assert topic_lines(make(tmp_path, files(case.given)).archive) == case.expected, case.place

"""What readers come for, done with the keyboard alone, in a real browser, below a sub-path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests import browser as browsers
from tests import sites
from tests.scenarios import SCENARIOS, Wanted
from tests.sites import Built
from tests.watching import Watched, watched

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("which", ["forum", "seeds"])
def test_a_reader_needs_the_keyboard_only(name: str, which: str, chromium: Any, request: pytest.FixtureRequest) -> None:
    built: Built = request.getfixturevalue(which)
    context = chromium.new_context(
        permissions=["clipboard-read", "clipboard-write"], viewport={"width": 1280, "height": 900}
    )
    done: Callable[[Watched, Wanted], object] = SCENARIOS[name]
    with browsers.serve(built.site, sites.BASE) as address, watched(context, address) as it:
        done(it, Wanted.of(built.archive))
        assert it.wrong == []
    context.close()

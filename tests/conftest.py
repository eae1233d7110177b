"""What several test files share: a built site of the committed minutes, sites of invented ones, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserContext

from tests import browser as browsers
from tests import harbour, sites
from tests.sites import Built
from tests.watching import Watched, watched

# How long an example takes depends on what else the machine is doing: no test fails for it.
settings.register_profile(
    "here", derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("here")


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of the committed minutes, built as `make site` builds it."""
    return sites.build(sites.project(tmp_path_factory.mktemp("seeds")))


@pytest.fixture(scope="session")
def forum(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of two invented meetings, which hold everything that a page can show."""
    return sites.build(sites.project(tmp_path_factory.mktemp("forum") / "project", harbour.MEETINGS))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The site of minutes that try to be more than text."""
    return sites.build(sites.project(tmp_path_factory.mktemp("hostile"), harbour.HOSTILE), strict=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    if why := browsers.no_chromium():
        pytest.skip(f"no browser tests: {why}")
    with browsers.launch() as browser:
        yield browser


@pytest.fixture(scope="session")
def served(forum: Built) -> Iterator[str]:
    with browsers.serve(forum.site, sites.BASE) as address:
        yield address


@pytest.fixture(scope="session")
def contexts(chromium: Browser) -> Iterator[Any]:
    """Makes browser contexts; one for each set of options, since a new one costs more than a page."""
    made: list[BrowserContext] = []

    @cache
    def make(width: int, height: int, scheme: str, scripts: bool) -> BrowserContext:
        made.append(
            chromium.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                java_script_enabled=scripts,
                reduced_motion="reduce",
                permissions=["clipboard-read", "clipboard-write"],
            )
        )
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def desktop(contexts: Any, served: str) -> Iterator[Watched]:
    with watched(contexts(1280, 900, "light", True), served) as it:
        yield it


@pytest.fixture
def phone(contexts: Any, served: str) -> Iterator[Watched]:
    with watched(contexts(390, 844, "light", True), served) as it:
        yield it


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line, whatever the verbosity, that pages were not looked at."""
    reasons = {str(r.longrepr[2]) for r in terminalreporter.stats.get("skipped", ()) if isinstance(r.longrepr, tuple)}
    for reason in sorted(r for r in reasons if "no browser tests" in r):
        terminalreporter.write_line(reason.removeprefix("Skipped: "), yellow=True)

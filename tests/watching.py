"""Pages in the browser, watched: whatever goes wrong while one is open fails the test that opened it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page, Request, Response, expect


@dataclass
class Watched:
    """A page in the browser, and everything about it that went wrong."""

    page: Page
    address: str
    """Of the site's root."""
    wrong: list[str] = field(default_factory=list)

    def go(self, address: str) -> Page:
        self.page.goto(self.address + address)
        return self.page


@contextmanager
def watched(context: BrowserContext, address: str) -> Iterator[Watched]:
    """A new page, which is closed again; nothing may go wrong while it is open."""
    page = context.new_page()
    it = Watched(page, address)

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            it.wrong.append(f"{response.status} for {response.url}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            it.wrong.append(f"request to {request.url}")

    def failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the page was left before its icon had come
            it.wrong.append(f"{request.failure} for {request.url}")

    page.on("console", lambda m: it.wrong.append(f"console: {m.text}") if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: it.wrong.append(f"error in a script: {error}"))
    page.on("dialog", lambda dialog: (it.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("response", answered)
    try:
        yield it
    finally:
        page.close()
    # A page that is not there is itself reported as an error; everything else is one.
    assert [w for w in it.wrong if "404 (" not in w] == []


def look_at(it: Watched, address: str) -> None:
    """What must hold on every page: nothing wider than the screen, and nothing that axe finds in the content."""
    page = it.go(address)
    expect(page.locator("h1")).to_have_count(1)
    wide = page.evaluate(
        """() => Array.from(document.querySelectorAll("article *"), e => e.getBoundingClientRect().right)
                     .concat(document.documentElement.scrollWidth).map(right => right - innerWidth)"""
    )
    assert max(wide) < 1, f"{max(wide)} pixels wider than the screen"
    page.evaluate(Axe().axe_script)
    found = found_by_axe(page, {})
    assert not found, "\n".join(found)


def found_by_axe(page: Page, options: dict[str, Any]) -> list[str]:
    """What the injected axe finds in the content: rule and element."""
    run = "options => axe.run('.md-content', options).then(found => found.violations)"
    violations = page.evaluate(run, {"resultTypes": ["violations"], **options})
    return [f"{v['id']}: {node['html'][:200]}" for v in violations for node in v["nodes"]]

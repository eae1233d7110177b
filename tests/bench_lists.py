"""What the lists of actions and decisions cost a reader: bytes before any filter, and the time that a filter takes.

    python tests/bench_lists.py SITE
    python tests/bench_lists.py --meetings 10000

SITE is the folder of a built site. With a number a site is made for the purpose, of invented meetings with eight
actions each; only the pages and the data of the lists are of so many. Bytes are those that a browser asks for when it
opens the page, each file compressed with gzip. Times are from the input, in Chromium, to the first rows being there and
to all being counted: on a page that was just opened, with all that is fetched for it, and then with what looks at a
list fetched before, as it is when a reader has gone to a filter.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import random
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, Page

from minutebook.model import Archive, Meeting
from tests import browser as browsers
from tests import lists, sites

LIMIT = 300
"""Kilobytes before any filter: more is too much on a slow line."""
TIMED = """async ([selector, value]) => {
    const said = document.querySelector(".mb-filters__said");
    const content = document.querySelector(".md-content"), body = content.querySelector("table").tBodies[0];
    const before = said.textContent, start = performance.now(), times = [];
    const ended = new Promise((done) => {
        const look = (seen) => {
            const rows = seen.some((one) => one.target === body && one.type === "childList");
            if (rows) times[0] ??= performance.now() - start;
            if (body.hasAttribute("aria-busy") || said.textContent === before) return;
            times[1] ??= performance.now() - start;
            done(times);
        };
        new MutationObserver(look).observe(content, { subtree: true, childList: true, attributes: true });
    });
    const control = document.querySelector(selector);
    control.value = value;
    control.dispatchEvent(new Event(control.tagName === "SELECT" ? "change" : "input", { bubbles: true }));
    if (control.type === "text") control.dispatchEvent(new FocusEvent("blur"));
    return Promise.race([ended, new Promise((_, fail) => setTimeout(() => fail(new Error("no answer")), 20000))]);
}"""
"""Puts a value into a control, and gives the milliseconds until the first rows and until all is counted."""
WORDS = ("tide", "buoy", "light", "quay", "ferry", "chart", "pilot", "mooring", "dredging", "swell", "berth", "signal")


def many(meetings: int) -> Archive:
    """An archive of that many meetings, each with eight actions, over forty years."""
    chance = random.Random(meetings)
    made: list[Meeting] = []
    for k in range(meetings):
        date = dt.date(1985, 1, 1) + dt.timedelta(days=14_600 * k // meetings)
        actions = []
        for n in range(1, 9):
            of = chance.choices([lists.ANN, lists.BO, lists.ZOE, lists.GUILD, lists.WARDEN], k=1)
            text = (
                f"To report on the {' and the '.join(chance.sample(WORDS, 3))} of berth {chance.randrange(meetings)}."
            )
            state = chance.choice(["new", "new", "done", "reported", "dropped"])
            news = [] if state == "new" else [lists.heard(state, str(date + dt.timedelta(days=30)))]
            due = str(date + dt.timedelta(days=60)) if chance.random() < 0.3 else ""
            actions.append(lists.action(n, text, of, due=due, news=news, silent=chance.randrange(5)))
        made.append(lists.meeting(f"harbour-forum/{date}" + (f"-{k}" if k else ""), actions))
    return lists.archive(*made)


def weighed(page: Page, address: str, site: Path) -> dict[str, int]:
    """Kind of file -> bytes, compressed, of all that the page asks for."""
    asked: dict[str, str] = {}
    page.on("request", lambda request: asked.setdefault(urlsplit(request.url).path, request.resource_type))
    page.goto(address)
    page.wait_for_selector(".mb-filters__said:not(:empty)")
    page.wait_for_load_state("networkidle")
    out: dict[str, int] = {}
    for path, kind in asked.items():
        file = site / path.removeprefix(sites.BASE)
        data = (file / "index.html" if file.is_dir() else file).read_bytes()
        compressed = data if path.endswith(".woff2") else gzip.compress(data, 9)
        out[kind] = out.get(kind, 0) + len(compressed)
    return out


def timed(browser: Browser, address: str, filters: list[tuple[str, str, str]]) -> None:
    """Print how long each filter takes on a page that was just opened, and again with another choice."""
    for what, control, query in filters:
        times: list[float] = []
        moved = asked = 0
        for again in (False, True):
            page = browser.new_page()
            page.goto(address)
            page.wait_for_selector(".mb-filters__said:not(:empty)")
            page.wait_for_load_state("networkidle")
            if again:  # as after a first filter: what is looked at has been fetched
                page.evaluate(
                    TIMED, ["select[id$=year]", page.locator("select[id$=year] option").last.get_attribute("value")]
                )
                page.evaluate(TIMED, ["select[id$=year]", ""])
            seen: list[int] = []
            page.on("response", lambda r, seen=seen: seen.append(1))  # type: ignore[misc]
            if control.startswith("input[role"):
                page.locator(control).first.focus()
                page.wait_for_selector("select[id$=year] option:has-text('(')", state="attached")
            times += page.evaluate(TIMED, [control, query])
            moved, asked = max(moved, len(seen)), len(seen)
            words = page.locator(".mb-filters__said").inner_text()
            page.close()
        shown = "".join(f"{t:9.0f}" for t in times)
        print(f"{what:34}{shown}{moved:9}{asked:9}   {words}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("site", nargs="?", type=Path, help="the folder of a built site")
    parser.add_argument("--meetings", type=int, default=1000, help="how many to make up, where no site is given")
    parser.add_argument("--owner", default="Bo Ray", help="whose actions are looked for")
    parser.add_argument("--word", default="light", help="the word that is looked for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        site = options.site or lists.site(Path(scratch, "project"), many(options.meetings), first_page_only=True).site
        with browsers.serve(site, sites.BASE) as address, browsers.launch() as browser:
            for kind in ("actions", "decisions"):
                if (site / kind / "data").is_dir():
                    found = weighed(browser.new_page(), f"{address}{kind}/", site)
                    parts = ", ".join(f"{name} {size / 1000:.1f}" for name, size in found.items())
                    print(f"/{kind}/ before any filter: {sum(found.values()) / 1000:.1f} kB of {LIMIT} ({parts})")
            print(f"\n{'milliseconds to':34}{'rows':>9}{'all':>9}{'rows':>9}{'all':>9}{'files':>9}{'later':>9}")
            status = "select[id$=status]"
            timed(
                browser,
                f"{address}actions/",
                [
                    ("status", status, "closed"),
                    ("owner", "input[role=combobox]", options.owner),
                    ("words (40 of it waits for keys)", ".mb-filters input[type=search]", options.word),
                ],
            )


if __name__ == "__main__":
    main()

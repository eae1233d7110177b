"""What a search costs a reader: bytes, requests and time.

    python tests/bench_search.py SITE
    python tests/bench_search.py SITE --material OTHER
    python tests/bench_search.py --index MINUTES [--times N]

SITE is the folder of a built site, OTHER that of the same pages built with Material's own search. Bytes are those that
a browser asks for, each file compressed with gzip, counted once as a browser keeps it. Words are taken from the index:
the rarest, the commonest and those between. The time of a word is that of the program alone, from the question to the
rows of the first ten results, with nothing of that word fetched before; what a reader waits for besides are 80
milliseconds after the last key.

With --index the time and the memory that making the index takes, in a process of its own: MINUTES is a folder of
minutes, of which each page is taken N times over.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import BrowserContext, Page

from minutebook import build
from minutebook.model import Settings
from minutebook.publish import search
from minutebook.publish.words import decoded_words
from tests import browser as browsers
from tests import sites

ASK = """async ([base, q]) => {
    const { find } = await import(base + "assets/javascripts/search/engine.js");
    const start = performance.now();
    const { results, read } = await find({ q });
    await read(results.from(0, 10));
    return [performance.now() - start, results.length];
}"""
LUNR = """async ([base, worker, q]) => {
    const start = performance.now();
    const { config, docs } = await (await fetch(base + "search/search_index.json")).json();
    const program = new Worker(base + worker);
    const answered = (type) => new Promise((done) => {
        program.addEventListener("message", ({ data }) => data.type === type && done(data));
    });
    const ready = answered(1);
    program.postMessage({ type: 0, data: { config, docs, options: { suggest: false } } });
    await ready;
    const loaded = performance.now() - start, result = answered(3);
    program.postMessage({ type: 2, data: q });
    await result;
    return [loaded, performance.now() - start - loaded];
}"""


class Counted:
    """What a page asks for, by path."""

    def __init__(self, page: Page, site: Path) -> None:
        self.site, self.asked = site, list[str]()
        page.on("request", lambda request: self.asked.append(urlsplit(request.url).path))

    def since(self) -> tuple[int, int]:
        """(files, compressed bytes) since the last time that this was asked."""
        paths, self.asked[:] = dict.fromkeys(self.asked), []
        size = 0
        for path in paths:
            file = self.site / path.removeprefix(sites.BASE)
            data = (file / "index.html" if file.is_dir() else file).read_bytes()
            size += len(data if path.endswith(".woff2") else gzip.compress(data, 6))
        return len(paths), size


@contextmanager
def opened(context: BrowserContext, site: Path) -> Iterator[tuple[Page, Counted]]:
    page = context.new_page()
    yield page, Counted(page, site)
    page.close()


def words(site: Path) -> list[tuple[str, int]]:
    """(word, places that have it), the commonest first."""
    found = {}
    for path in sorted((site / "search" / "data").glob("*/words-*.json")):
        page = json.loads(path.read_text("utf-8"))
        for word, impacts in zip(decoded_words(page[::4]), page[2::4], strict=True):
            if not word.startswith("="):
                found[word] = len(impacts)
    return sorted(found.items(), key=lambda x: (-x[1], x[0]))


def report(what: str, counted: tuple[int, int], more: str = "") -> None:
    print(f"{what:56}{counted[0]:6} files {counted[1] / 1000:9.1f} kB  {more}", flush=True)


def cost(site: Path, address: str, new: Callable[[], BrowserContext]) -> None:
    """Bytes and requests of a page, a first and a second search, and a facet alone, each in a browser that is new."""
    there = words(site)
    common, other = there[len(there) // 50][0], there[len(there) // 25][0]
    archive = json.loads((site / "data" / "archive.json").read_text("utf-8"))
    person = archive["people"][len(archive["people"]) // 2]["name"]
    with opened(new(), site) as (page, counted):
        page.goto(f"{address}{archive['meetings'][0]['address']}", wait_until="networkidle")
        ours = [p for p in counted.asked if "search" in p]
        report("a meeting's page", counted.since(), f"for the search: {', '.join(p.rpartition('/')[2] for p in ours)}")
        for which, q in (("first", common), ("second", other)):
            page.locator(".mb-box input").first.focus()
            page.wait_for_load_state("networkidle")
            start = time.perf_counter()
            page.locator(".mb-box input").first.fill(q)
            page.get_by_role("option").filter(has_text=f"All results for “{q}”").wait_for()
            took = (time.perf_counter() - start) * 1000
            page.wait_for_load_state("networkidle")
            report(f"  a {which} search in its box: {q}", counted.since(), f"suggestions after {took:.0f} ms")
    with opened(new(), site) as (page, counted):
        page.goto(f"{address}search/", wait_until="networkidle")
        report("the page of the search", counted.since())
        for which, q in (("first", common), ("second", other)):
            start = time.perf_counter()
            page.locator("#mb-q-page").fill(q)
            page.locator(".mb-search__head [role=status]").filter(has_text=f"“{q}”").wait_for()
            took = (time.perf_counter() - start) * 1000
            page.wait_for_load_state("networkidle")
            report(f"  a {which} search there: {q}", counted.since(), f"results after {took:.0f} ms")
    with opened(new(), site) as (page, counted):
        start = time.perf_counter()
        page.goto(f"{address}search/?person={quote_plus(person)}")
        page.locator(".mb-search__head [role=status]").filter(has_text="result").wait_for()
        took = (time.perf_counter() - start) * 1000
        page.wait_for_load_state("networkidle")
        alone = [p for p in counted.asked if "/search" in p or p.endswith(("words.js", "listbox.js"))]
        everything = counted.since()
        counted.asked[:] = alone
        report("a person alone, the page with it", everything, f"after {took:.0f} ms")
        report("  of it for the search", counted.since())


def timed(site: Path, address: str, new: Callable[[], BrowserContext]) -> None:
    """How long each of many words takes, with the program and its columns loaded."""
    there = words(site)
    chosen = [there[len(there) * k // 24][0] for k in range(24)] + [w for w, _ in there[:8]]
    several = [f"{there[k][0]} {there[-k][0]}" for k in (3, 9, 27)] + [" ".join(w for w, _ in there[40:44])]
    with opened(new(), site) as (page, _):
        page.goto(f"{address}search/", wait_until="networkidle")
        page.evaluate(ASK, [address, "zzzz"])
        times = []
        for q in [*chosen, *several, *(w[:2] for w, _ in there[100:104]), '"of the"']:
            took, number = page.evaluate(ASK, [address, q])
            times.append((took, q, number))
    spent = [t for t, _, _ in times]
    worst, q, number = max(times)
    slowest = f"the slowest {worst:.0f} ms ({q}: {number:,} results)"
    print(f"{len(times)} questions: median {statistics.median(spent):.0f} ms, {slowest}")


def beside(site: Path, new: Callable[[], BrowserContext]) -> None:
    """The same of Material's own search."""
    worker = next((site / "assets" / "javascripts" / "workers").glob("search.*.min.js")).relative_to(site).as_posix()
    with browsers.serve(site, sites.BASE) as address, opened(new(), site) as (page, counted):
        page.goto(f"{address}data/archive.schema.json")
        counted.since()
        loaded, answered = page.evaluate(LUNR, [address, worker, "attendance"])
        report(
            "Material's own search: a first search",
            counted.since(),
            f"after {loaded + answered:.0f} ms, a word then {answered:.0f} ms",
        )


def index(folder: Path, times: int) -> None:
    """Make the index of a folder of minutes, in a process that has read nothing else."""
    site = build.make(folder, Settings())
    with tempfile.TemporaryDirectory() as scratch:
        kept = Path(scratch, "groups")
        kept.write_bytes(pickle.dumps(list(search.groups(site.archive, site.pages))))
        subprocess.run([sys.executable, __file__, str(kept), "--groups", "--times", str(times)], check=True)


def make(kept: Path, times: int) -> None:
    """Time and memory of making an index: at first, with nothing changed, with one meeting changed."""
    read: list[search.Group] = pickle.loads(kept.read_bytes())
    groups = [replace(g, address=f"{k}/{g.address}") for g in read for k in range(times)]
    with tempfile.TemporaryDirectory() as scratch:
        out, cache = Path(scratch, "site"), Path(scratch, "cache")
        changed = [replace(groups[0], title="Changed"), *groups[1:]]
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for what, of in (("at first", groups), ("nothing changed", groups), ("one meeting changed", changed)):
            start = time.perf_counter()
            search.write(iter(of), "en", (), out, cache)
            took = time.perf_counter() - start
            size = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
            print(f"index of {sum(len(g.records) for g in of):,} places, {what}: {took:.1f} s, {size / 1e6:.0f} MB")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"memory: {peak / 1024:.0f} MB at most, {before / 1024:.0f} MB of it to hold the records themselves")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("site", type=Path, help="the folder of a built site; with --index of minutes")
    parser.add_argument("--material", type=Path, help="the folder of the same pages with Material's own search")
    parser.add_argument("--index", action="store_true", help="make the index only")
    parser.add_argument("--groups", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--times", type=int, default=1, help="with --index: how often each page is taken")
    options = parser.parse_args()
    if options.index or options.groups:
        (index if options.index else make)(options.site, options.times)
        return
    with browsers.launch() as browser, browsers.serve(options.site, sites.BASE) as address:
        made: list[BrowserContext] = []

        def new() -> BrowserContext:
            made.append(browser.new_context(viewport={"width": 1280, "height": 900}))
            return made[-1]

        cost(options.site, address, new)
        timed(options.site, address, new)
        if options.material:
            beside(options.material, new)


if __name__ == "__main__":
    main()

"""What a reader comes for, done with the keyboard alone, on any built site.

    python tests/scenarios.py SITE

A reader asks: What was decided on this? Who was to do it? Did they? What did she say? And wants the paragraph, in its
meeting, with an address to cite. What to ask for is taken from the site's own data: the topic of which most actions
speak, and the person who is mentioned most.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Locator, Page, expect

from minutebook.model import STATE_WORDS
from tests import browser as browsers
from tests.watching import Watched, watched

_FAR = 120
"""Presses of a key after which something that is not reached is out of reach."""


@dataclass(frozen=True)
class Wanted:
    """What to look for in an archive."""

    topic: str
    actions: Mapping[str, Any]
    """Address of each action on items of the topic -> the action, as the data have it."""
    person: Mapping[str, Any]

    @classmethod
    def of(cls, archive: Mapping[str, Any]) -> Wanted:
        """From `data/archive.json`: the topic of which most actions speak; where none does, the word that most have."""
        actions = {a["address"]: a for m in archive["meetings"] for a in m["actions"]}
        words = {w for a in actions.values() for w in re.findall(r"[a-z]{6,}", a["text"].casefold())}
        on = {
            name: {
                at: a
                for at, a in actions.items()
                if re.search(rf"\b{re.escape(name.casefold())}\b", a["text"].casefold())
            }
            for name in (*sorted(t["name"] for t in archive["topics"]), *sorted(words))
        }
        topics = [t["name"] for t in archive["topics"] if on[t["name"]]]
        topic = max(topics or words, key=lambda name: (len(on[name]), name))
        said = Counter(x["person"] for m in archive["meetings"] for x in m["mentions"] if x.get("person"))
        (who, _), *_ = said.most_common(1)
        return cls(topic, on[topic], next(p for p in archive["people"] if p["id"] == who))


def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press a key until the focus is on what is wanted."""
    expect(wanted.first).to_be_visible()
    for _ in range(_FAR):
        if wanted.evaluate_all("all => all.includes(document.activeElement)"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached with {key}")


def searched(page: Page, words: str) -> Locator:
    """Type words into the box of the page, and go to all results."""
    page.keyboard.press("/")
    page.keyboard.type(words)
    expect(page.get_by_role("listbox").get_by_role("option").last).to_have_text(f"All results for “{words}”")
    page.keyboard.press("Enter")
    expect(page.locator(".mb-search__head [role=status]")).to_have_text(re.compile(r"[\d,]+ results? for"))
    expect(page.locator(".mb-found[aria-busy]")).to_have_count(0)
    return page.locator(".mb-found li li > a")


def decided(it: Watched, wanted: Wanted) -> str:
    """What was decided on this? From the home page to an action; its address below the site's root."""
    page = it.go("")
    found = searched(page, wanted.topic)
    box = page.get_by_role("group", name="What", exact=True).get_by_role("checkbox", name="Action", exact=True)
    if not box.count():
        box = page.get_by_role("group", name="What", exact=True).get_by_label(re.compile("^Action"))
    reach(page, box)
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("kind=action"))
    expect(page.locator(".mb-found[aria-busy]")).to_have_count(0)
    expect(found.first).to_have_text(re.compile(r"^Action \d"))
    hrefs = found.evaluate_all("links => links.map(a => a.href)")
    known = next(href for href in hrefs if href.removeprefix(it.address) in wanted.actions)
    reach(page, page.locator(f'.mb-found a[href="{known}"]'))
    page.keyboard.press("Enter")
    expect(page).to_have_url(known)
    expect(page.locator(f"[id='{known.partition('#')[2]}']")).to_be_in_viewport()
    return known.removeprefix(it.address)


def who_and_whether(it: Watched, wanted: Wanted) -> None:
    """Who was to do it, and did they? Both stand at the action."""
    place = decided(it, wanted)
    action = wanted.actions[place]
    block = it.page.locator(f"blockquote:has([id='{place.partition('#')[2]}'])")
    said = block.locator("[data-said]").evaluate_all("all => all.map(one => one.dataset.said + ' ' + one.textContent)")
    told = " ".join([*said, block.inner_text()])
    for owner in action["owners"]:
        assert owner in told, (owner, told)
    silent = f"silent for {action['silent_for']}" if action.get("silent_for") else ""
    assert STATE_WORDS[action["status"]] in told or (silent and silent in told), (action["status"], told)


def said(it: Watched, wanted: Wanted) -> Page:
    """What did she say? The name offers the person's page, which holds it; from there to the paragraph."""
    page = it.go("")
    page.keyboard.press("/")
    page.keyboard.type(wanted.person["name"])
    first = page.get_by_role("listbox").get_by_role("option").first
    expect(first).to_have_text(re.compile(f"^{re.escape(wanted.person['name'])}"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{it.address}{wanted.person['address']}")
    reach(page, page.locator("a[href='#in-the-minutes']"))  # the figures at the head lead to what stands below
    page.keyboard.press("Enter")
    expect(page.locator("#in-the-minutes")).to_be_in_viewport()
    reach(page, page.locator("#in-the-minutes ~ * a[href*='#p-']"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/meetings/.+/#p-[\w-]+$"))
    expect(page.locator(f"[id='{page.url.partition('#')[2]}']")).to_be_in_viewport()
    return page


def cited(it: Watched, wanted: Wanted) -> None:
    """The paragraph, in its meeting, with an address to cite: its number is a link, and copies a citation."""
    page = said(it, wanted)
    anchor = page.url.partition("#")[2]
    reach(page, page.locator(f"a[id='{anchor}']"))
    page.keyboard.press("Enter")
    expect(page.locator(".mb-said")).to_have_text("Citation copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(page.url), copied
    assert copied.startswith("Meeting of ") or ", paragraph " in copied, copied


SCENARIOS = {
    "what was decided": decided,
    "who was to do it, and did they": who_and_whether,
    "what did she say": said,
    "where it stands, to cite it": cited,
}


def main(site: Path) -> None:
    """Go through every scenario below a sub-path, and say how it went."""
    wanted = Wanted.of(json.loads((site / "data" / "archive.json").read_text("utf-8")))
    print(f"topic: {wanted.topic}, {len(wanted.actions)} actions; person: {wanted.person['name']}")
    with browsers.launch() as browser, browsers.serve(site, "/repo/") as address:
        context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
        for name, done in SCENARIOS.items():
            with watched(context, address) as it:
                done(it, wanted)
                assert not it.wrong, it.wrong
            print(f"{name}: done")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""`mkdocs serve`, as `make serve` runs it: what is saved shows itself in the browser, and so does what is wrong."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
import pytest
from playwright.sync_api import Page, expect

from minutebook import preview
from minutebook.model import Settings
from tests import archives, harbour, sites

SECONDS = 30
"""How long a line or a page is waited for, at most."""
MAY = "meetings/harbour-forum/2021-05-04/"


class Server:
    """A running `mkdocs serve`, and what it prints."""

    def __init__(self, project: Path, port: int) -> None:
        self.project = project
        self.address = f"http://127.0.0.1:{port}{sites.BASE}"
        self._lines: list[str] = []
        self._new = threading.Condition()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=project,
            env=os.environ | sites.ENVIRONMENT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._new:
                self._lines.append(line)
                self._new.notify_all()

    def said(self, words: str) -> None:
        """Wait for a line that holds these words; what was printed up to it is forgotten."""

        def there() -> int | None:
            return next((k for k, line in enumerate(self._lines) if words in line), None)

        with self._new:
            assert self._new.wait_for(lambda: there() is not None, SECONDS), f"not said: {words}\n{self._lines}"
            del self._lines[: (there() or 0) + 1]

    def save(self, path: str, text: str) -> None:
        """Save a file as editors do: a new one, put in its place at once."""
        file = self.project / path
        new = file.with_name(f"{file.name}~")
        new.write_text(text, "utf-8")
        new.replace(file)

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.project / path).read_text("utf-8")
        assert old in text
        self.save(path, text.replace(old, new, 1))

    def stop(self) -> None:
        self.process.terminate()  # an interrupt does nothing where the tests run in the background
        self.process.wait(SECONDS)
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()


@contextmanager
def serving(project: Path) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(project, port)
    try:
        server.said("Serving on")
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, chromium: Any) -> Iterator[Server]:
    with serving(sites.project(tmp_path_factory.mktemp("served") / "project", harbour.MEETINGS)) as it:
        yield it


@pytest.fixture
def page(contexts: Any) -> Iterator[Page]:
    page: Page = contexts(1280, 900, "light", True).new_page()
    page.set_default_timeout(SECONDS * 1000)
    expect.set_options(timeout=SECONDS * 1000)
    yield page
    expect.set_options(timeout=5000)
    page.close()


@pytest.mark.browser
def test_a_saved_file_shows_itself_and_is_found(server: Server, page: Page) -> None:
    page.goto(server.address + "search/?q=xylophones")
    expect(page.get_by_text("Nothing was found.")).to_be_visible()
    server.edit("minutes_src/forum/2021-05-04.txt", "CM asked for more pilots", "CM asked for xylophones")
    expect(page.locator(".mb-found li li")).to_have_count(1)  # by itself
    page.goto(server.address + MAY)
    expect(page.get_by_text("asked for xylophones")).to_be_visible()
    server.edit("minutes_src/forum/2021-05-04.txt", "CM asked for xylophones", "CM asked for more pilots")
    expect(page.get_by_text("asked for more pilots")).to_be_visible()


@pytest.mark.browser
def test_a_new_file_and_a_deleted_one(server: Server, page: Page) -> None:
    page.goto(server.address + "meetings/")
    server.save("minutes_src/forum/2021-09-07.txt", harbour.MAY.replace("4th May 2021", "7th September 2021"))
    expect(page.get_by_role("link", name="7 September 2021")).to_be_visible()
    (server.project / "minutes_src" / "forum" / "2021-09-07.txt").unlink()
    expect(page.get_by_role("link", name="7 September 2021")).to_have_count(0)


@pytest.mark.browser
def test_a_hand_written_page_a_style_and_a_template(server: Server, page: Page) -> None:
    page.goto(server.address + "about/")
    server.edit("docs/about.md", "Nobody has rewritten them.", "Not a word was changed.")
    expect(page.get_by_text("Not a word was changed.")).to_be_visible()
    sheet = "hooks/minutebook/theme/assets/stylesheets/text.css"
    server.edit(sheet, ".md-typeset h1,", ".md-typeset h1 { color: rgb(1, 2, 3) !important; }\n.md-typeset h1,")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    page.goto(server.address + "people/")
    server.edit("hooks/minutebook/render/templates/people.md.jinja", "{{ title }}", "{{ title }} of the port")
    expect(page.locator("h1")).to_have_text("People of the port")
    server.edit("hooks/minutebook/render/templates/people.md.jinja", " of the port", "")
    expect(page.locator("h1")).to_have_text("People")


@pytest.mark.browser
def test_a_mistake_in_a_file_is_told_on_the_page_and_in_the_terminal(server: Server, page: Page) -> None:
    page.goto(server.address + MAY)
    expect(page.locator(".mb-preview")).to_have_count(0)
    server.edit("minutes_src/forum/2021-05-04.txt", "4th May 2021", "31st April 2021")
    alert = page.get_by_role("alert")  # the meeting has no page now; this one says why
    expect(alert).to_contain_text("minutes_src/forum/2021-05-04.txt:3: error:")
    expect(alert).to_contain_text("no calendar has")
    server.said("minutes_src/forum/2021-05-04.txt:3: error:")
    server.save("minutes_src/forum/<img src=x onerror=alert(1)>.txt", "")
    expect(alert).to_contain_text("minutes_src/forum/<img src=x onerror=alert(1)>.txt:1: error:")
    (server.project / "minutes_src" / "forum" / "<img src=x onerror=alert(1)>.txt").unlink()
    server.edit("minutes_src/forum/2021-05-04.txt", "31st April 2021", "4th May 2021")
    expect(page.locator("h1")).to_have_text("Meeting of 4 May 2021")  # by itself
    expect(page.locator(".mb-preview")).to_have_count(0)


@pytest.mark.browser
def test_a_mistake_in_the_ledger_is_told(server: Server, page: Page) -> None:
    page.goto(server.address)
    server.save("minutes_src/addresses.tsv", "address\tkind\tkey\tdetail\n<b>nonsense</b>\n")
    expect(page.get_by_role("alert")).to_contain_text("minutes_src/addresses.tsv:2: error:")
    (server.project / "minutes_src" / "addresses.tsv").unlink()
    expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.browser
def test_a_mistake_in_a_hand_written_page_is_told(server: Server, page: Page) -> None:
    page.goto(server.address)
    latin = server.project / "docs" / "latin.md"
    latin.write_bytes("# Caf\u00e9".encode("latin-1"))
    expect(page.get_by_role("alert")).to_contain_text("docs/latin.md:1: error: This page is not in UTF-8.")
    latin.unlink()
    expect(page.get_by_role("alert")).to_have_count(0)
    server.edit("docs/about.md", "<!-- minutebook: licence -->", "<!-- minutebook: license -->")
    expect(page.locator(".mb-preview")).to_contain_text("about.md: there is no part “license”")
    server.edit("docs/about.md", "<!-- minutebook: license -->", "<!-- minutebook: licence -->")
    expect(page.locator(".mb-preview")).to_have_count(0)


@pytest.mark.browser
def test_a_mistake_in_a_template_leaves_the_pages_as_they_were(server: Server, page: Page) -> None:
    template = "hooks/minutebook/render/templates/person.md.jinja"
    page.goto(server.address + "people/bo-ray/")
    server.edit(template, "{% if records %}", "{% if records %")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(re.compile(r"hooks/minutebook/render/templates/person\.md\.jinja:\d+: error:"))
    expect(page.locator("h1")).to_have_text("Bo Ray")
    server.said("person.md.jinja")
    server.edit(template, "{% if records %\n", "{% if nothing_like_this %}\n")
    expect(alert).to_contain_text("nothing_like_this")
    server.edit(template, "{% if nothing_like_this %}", "{% if records %}")
    expect(alert).to_have_count(0)


@pytest.mark.browser
def test_a_mistake_in_the_theme_is_told_in_place_of_the_page(server: Server, page: Page) -> None:
    page.goto(server.address + "people/")
    for wrong in ("{% block content %", "{{ page.nothing.like_this }}"):
        server.edit("hooks/minutebook/theme/main.html", "{% block content %}", wrong)
        expect(page.locator("h1")).to_have_text("The preview could not be built")
        expect(page.get_by_role("alert")).to_contain_text(re.compile(r"hooks/minutebook/theme/main\.html:\d+: error:"))
        server.said("hooks/minutebook/theme/main.html")
        server.edit("hooks/minutebook/theme/main.html", wrong, "{% block content %}")
        expect(page.locator("h1")).to_have_text("People")


@pytest.mark.browser
def test_changed_code_asks_for_a_new_start(server: Server, page: Page) -> None:
    page.goto(server.address)
    words = server.project / "hooks" / "minutebook" / "lexicon" / "en.yml"
    server.save("hooks/minutebook/lexicon/en.yml", words.read_text("utf-8") + "\n")
    expect(page.locator(".mb-preview")).to_contain_text("hooks/minutebook/lexicon/en.yml: was changed")
    expect(page.locator(".mb-preview")).to_contain_text("start it again")


@pytest.mark.browser
def test_a_server_starts_with_a_mistake_and_recovers(tmp_path: Path, page: Page) -> None:
    project = sites.project(tmp_path / "project", {**harbour.MEETINGS, "forum/2021-08-03.md": "---\ntitle: [\n---\n"})
    template = project / "hooks" / "minutebook" / "render" / "templates" / "person.md.jinja"
    good = template.read_text("utf-8")
    template.write_text("{% if %}", "utf-8")
    with serving(project) as server:
        page.goto(server.address)
        expect(page.get_by_role("alert")).to_contain_text("person.md.jinja:1: error:")
        server.save("hooks/minutebook/render/templates/person.md.jinja", good)
        expect(page.get_by_role("alert")).to_contain_text("minutes_src/forum/2021-08-03.md:")
        (project / "minutes_src" / "forum" / "2021-08-03.md").unlink()
        expect(page.get_by_role("alert")).to_have_count(0)
        expect(page.get_by_role("link", name="4 May 2021").first).to_be_visible()
        assert not (project / "minutes_src" / "addresses.tsv").exists()  # nothing was published


def test_what_editors_leave_behind_is_not_read(tmp_path: Path) -> None:
    left = {"forum/2021-05-04.txt~": "x", "forum/#2021-05-04.txt#": "x", "forum/.2021-05-04.txt.swp": b"\0"}
    site = archives.make(tmp_path, {**harbour.MEETINGS, **left})
    assert [d for d in site.archive.diagnostics if d.severity == "error"] == []
    assert len(site.archive.meetings) == 2


def test_a_site_that_is_published_says_nothing_of_a_preview(forum: sites.Built) -> None:
    for file in forum.site.rglob("*.html"):
        assert "mb-preview" not in file.read_text("utf-8")
        assert "livereload" not in file.read_text("utf-8")


def test_what_goes_wrong_is_told_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(folder: Path, settings: Settings) -> None:
        raise KeyError("<script>alert(1)</script>")

    it = preview.Preview()
    good = it.make(archives.write(tmp_path, harbour.MEETINGS), Settings())
    monkeypatch.setattr("minutebook.build.make", fails)
    assert it.make(tmp_path, Settings()) is good
    assert "KeyError" in it.findings[-1].text

    told: list[str] = []
    environment = jinja2.Environment(loader=jinja2.DictLoader({"main.html": "{{ page.a.b }}", "other.html": "{% x"}))
    get = it.guarded(environment.get_template, told.append)
    for name in ("main.html", "main.html", "other.html"):
        assert "The preview could not be built" in get(name).render(page="<script>")
    assert len(told) == 2  # each once
    with pytest.raises(jinja2.TemplateNotFound):
        get("none.html")
    assert "&lt;script&gt;" in get("main.html").failed(ValueError("<script>"))

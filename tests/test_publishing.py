"""Publishing: what the workflows may do and when, how the published addresses are fetched, annotations.

GitHub cannot be reached from a test. Its schema and the rules of `zizmor` are looked at offline; what a step runs is
taken out of the workflow and run here, against a server of ours.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from minutebook import cli
from minutebook.diagnostics import ERROR, NOTE, WARNING, Diagnostic, annotation
from minutebook.publish import ledger
from tests.archives import make, minutes, write
from tests.sites import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
COMMANDS = {"make", ".venv/bin/minutebook", "curl", "echo", "google-chrome"}
SHELL = {"case", "esac", "exit", "fi"}
FORUM = {"forum/2021-05-03.txt": minutes("Tides were counted.", people="Ann Lee (Director)")}


def load(name: str) -> dict[Any, Any]:
    """A workflow as YAML has it; its key `on` is true there."""
    found: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / f"{name}.yml").read_text("utf-8"))
    return found


def steps(workflow: dict[Any, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the tests' own environment."""
    command = [Path(sys.executable).with_name(tool), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


# --- the workflows ---


def test_there_are_two_workflows() -> None:
    assert [w.stem for w in WORKFLOWS] == ["ci", "pages"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.stem)
def test_a_workflow_is_what_github_reads(workflow: Path, tmp_path: Path) -> None:
    schema = ("--builtin-schema", "vendor.github-workflows")
    done = run("check-jsonschema", *schema, workflow)
    assert done.returncode == 0, done.stdout
    broken = tmp_path / workflow.name
    broken.write_text(workflow.read_text("utf-8").replace("runs-on:", "run-on:"), "utf-8")
    assert run("check-jsonschema", *schema, broken).returncode == 1


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.stem)
def test_a_workflow_has_no_known_weakness(workflow: Path, tmp_path: Path) -> None:
    zizmor = ("zizmor", "--offline", "--no-progress", "--persona", "pedantic")
    done = run(*zizmor, workflow)
    assert done.returncode == 0, done.stdout
    weak = tmp_path / ".github" / "workflows" / workflow.name
    weak.parent.mkdir(parents=True)
    weak.write_text(re.sub("@[0-9a-f]{40} # v", "@v", workflow.read_text("utf-8")), "utf-8")
    assert "unpinned-uses" in run(*zizmor, weak).stdout


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.stem)
def test_actions_are_github_s_own_each_at_one_commit(workflow: Path) -> None:
    used = re.findall(r"uses: *(.*)", workflow.read_text("utf-8"))
    assert used
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action), action
    both = "\n".join(w.read_text("utf-8") for w in WORKFLOWS)
    pins = set(re.findall(r"uses: *actions/([a-z-]+)@(\S+)", both))
    assert len(pins) == len({name for name, _ in pins}), "an action at two versions"


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.stem)
def test_a_copy_needs_no_edit(workflow: Path) -> None:
    text = re.sub(r"^\s*#.*", "", workflow.read_text("utf-8"), flags=re.M)
    assert not re.search(r"\b(main|master)\b|refs/heads/[^{]|https?://|github\.(com|io)|\bsecrets\.", text)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda w: w.stem)
def test_steps_run_what_the_documentation_knows(workflow: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M))
    scripts = [s["run"] for s in steps(load(workflow.stem)) if "run" in s]
    assert scripts
    for script in scripts:
        assert "${{" not in script, "what GitHub puts into a script is run; it goes through the environment"
        named = re.findall(r"^ *(?:if ! |\w+=\$\()?([./\w][./\w-]*)(?= |$)", script, re.M)
        assert named and set(named) <= COMMANDS | SHELL, named
        assert set(re.findall(r"\bmake (\w+)", script)) <= targets
        assert set(re.findall(r"bin/minutebook (\w+)", script)) <= {"check", "addresses"}
        assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0


def test_each_job_may_do_what_it_needs_and_no_more() -> None:
    pages, ci = load("pages"), load("ci")
    assert pages["permissions"] == ci["permissions"] == {}
    assert {name: job["permissions"] for name, job in (pages["jobs"] | ci["jobs"]).items()} == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "test": {"contents": "read"},
    }
    for workflow in (pages, ci):
        assert all(job["timeout-minutes"] for job in workflow["jobs"].values())
        assert "pull_request_target" not in workflow[True]
        checkouts = [s for s in steps(workflow) if "actions/checkout@" in s.get("uses", "")]
        assert checkouts and all(s["with"]["persist-credentials"] is False for s in checkouts)


def holds(condition: str, event: str, ref: str, default: str) -> bool:
    """What GitHub makes of a condition; Python reads the same signs, but for "and" and "or"."""
    github = SimpleNamespace(
        event_name=event, ref=ref, event=SimpleNamespace(repository=SimpleNamespace(default_branch=default))
    )
    names = {"github": github, "format": str.format}
    return bool(eval(condition.replace("&&", "and").replace("||", "or"), {"__builtins__": {}}, names))


@pytest.mark.parametrize("default", ["main", "trunk"])
@pytest.mark.parametrize(
    ("event", "ref", "builds", "publishes"),
    [
        ("push", "refs/heads/{}", True, True),
        ("push", "refs/heads/draft", False, False),
        ("push", "refs/heads/{}-2", False, False),
        ("pull_request", "refs/pull/7/merge", True, False),
        ("pull_request", "refs/heads/{}", True, False),
        ("workflow_dispatch", "refs/heads/{}", True, True),
        ("workflow_dispatch", "refs/heads/draft", True, False),
        ("workflow_dispatch", "refs/tags/{}", True, False),
    ],
)
def test_only_the_default_branch_is_published(
    event: str, ref: str, builds: bool, publishes: bool, default: str
) -> None:
    workflow, at = load("pages"), ref.format(default)
    assert workflow[True].keys() == {"push", "pull_request", "workflow_dispatch"}
    build, deploy = workflow["jobs"]["build"], workflow["jobs"]["deploy"]
    assert holds(build["if"], event, at, default) == builds
    assert holds(deploy["if"], event, at, default) == publishes
    assert deploy["needs"] == "build" and deploy["environment"]["name"] == "github-pages"
    uploads = {s["uses"].partition("@")[0]: s["if"] for s in build["steps"] if "upload" in s.get("uses", "")}
    assert {u: holds(c, event, at, default) for u, c in uploads.items()} == {
        "actions/upload-artifact": event == "pull_request",
        "actions/upload-pages-artifact": publishes,
    }


def test_the_addresses_are_fetched_unless_somebody_who_starts_it_by_hand_says_otherwise() -> None:
    pages = load("pages")
    [(name, choice)] = pages[True]["workflow_dispatch"]["inputs"].items()
    assert (choice["type"], choice["default"]) == ("boolean", False)
    [step] = [s for s in steps(pages) if "curl" in s.get("run", "")]
    assert step["if"] == f"${{{{ !inputs.{name} }}}}"
    guide = (ROOT / "docs" / "guide" / "publish.md").read_text("utf-8")
    assert choice["description"].partition(";")[0] in guide
    for title in (step["name"], "Ask where the site is served", "Build the site", "Show what was not understood"):
        assert title in guide and title in {s["name"] for s in steps(pages)}


def test_publications_follow_one_another() -> None:
    pages = load("pages")
    assert "github.ref" in pages["concurrency"]["group"]
    assert pages["concurrency"]["cancel-in-progress"] == "${{ github.event_name == 'pull_request' }}"


def test_the_steps_come_in_their_order_and_know_where_the_site_is_served() -> None:
    build = load("pages")["jobs"]["build"]["steps"]
    order = [s.get("uses", s.get("run", "")) for s in build]
    marks = ("checkout@", "setup-python@", "configure-pages@", "make env", "addresses.tsv", " check ", "make site")
    places = [next(i for i, text in enumerate(order) if mark in text) for mark in marks]
    assert places == sorted(places)
    served = [s["env"]["SITE_URL"] for s in build if "SITE_URL" in s.get("env", {})]
    assert served == ["${{ steps.pages.outputs.base_url }}/"] * 2
    [check] = [s for s in build if " check " in s.get("run", "")]
    assert check["continue-on-error"] is True and "if" not in check
    assert not any("continue-on-error" in s for s in build if s is not check)


# --- the step that fetches the published addresses ---


@dataclass
class Published:
    """A site on loopback: the answers that it gives, one after the other, and what it was asked for."""

    answers: list[tuple[int, str, str]]
    asked: list[str] = field(default_factory=list)
    url: str = ""


@pytest.fixture
def published() -> Iterator[Published]:
    site = Published([])

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            status, kind, text = site.answers[min(len(site.asked), len(site.answers)) - 1]
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        site.url = f"http://127.0.0.1:{server.server_port}/repo/"
        yield site
        server.shutdown()
        thread.join()


def fetch(project: Path, url: str, retries: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the step's own script as GitHub does, in a project."""
    [step] = [s for s in load("pages")["jobs"]["build"]["steps"] if "curl" in s.get("run", "")]
    assert int(step["env"]["RETRIES"]) >= 3
    (project / ".venv").mkdir(exist_ok=True)
    if not (project / ".venv" / "bin").exists():
        (project / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
    (project / "runner").mkdir(exist_ok=True)
    given = {
        "SITE_URL": url,
        "RETRIES": str(retries),
        "RUNNER_TEMP": str(project / "runner"),
        "GITHUB_RUN_ID": "123",
        "GITHUB_RUN_ATTEMPT": "1",
        "NO_PROXY": "127.0.0.1",
    }
    command = ["bash", "--noprofile", "--norc", "-e", "-c", step["run"]]
    return subprocess.run(
        command, cwd=project, env=os.environ | given, capture_output=True, text=True, timeout=120, check=False
    )


needs_curl = pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")


@needs_curl
def test_published_addresses_are_taken_up_where_none_are_committed(published: Published, tmp_path: Path) -> None:
    site = make(tmp_path / "minutes_src", FORUM)
    book = tmp_path / "minutes_src" / ledger.NAME
    book.unlink()
    published.answers = [(200, "text/tab-separated-values", site.ledger)]
    done = fetch(tmp_path, published.url)
    assert (done.returncode, done.stderr) == (0, "")
    assert book.read_text() == site.ledger
    assert published.asked == ["/repo/data/addresses.tsv?run=123-1"]
    rows = len(site.ledger.splitlines()) - 1
    assert done.stdout == f"minutes_src: {rows} addresses are published; 0 more stood only here.\n"


@needs_curl
def test_the_first_publication_goes_on_with_a_word(published: Published, tmp_path: Path) -> None:
    write(tmp_path / "minutes_src", FORUM)
    published.answers = [(404, "text/html", "<!doctype html>\n<title>Not found</title>\n")]
    done = fetch(tmp_path, published.url)
    assert done.returncode == 0 and done.stdout.startswith("::notice title=No published addresses yet::")
    assert not (tmp_path / "minutes_src" / ledger.NAME).exists()


@needs_curl
@pytest.mark.parametrize(
    ("status", "kind", "text", "words"),
    [
        (500, "text/plain", "oops", ": 500. Without them, published links might break"),
        (403, "text/plain", "no", ": 403. Without them"),
        (200, "text/html", "<!doctype html>\n<title>Log in</title>\n", "something else than a ledger of addresses"),
        (200, "text/plain", "", "something else than a ledger of addresses"),
    ],
    ids=["a server's error", "a closed door", "a page", "nothing"],
)
def test_whatever_else_is_answered_stops_the_workflow(
    status: int, kind: str, text: str, words: str, published: Published, tmp_path: Path
) -> None:
    site = make(tmp_path / "minutes_src", FORUM)
    published.answers = [(status, kind, text)]
    done = fetch(tmp_path, published.url)
    assert done.returncode == 1
    told = [line for line in done.stdout.splitlines() if line.startswith("::error title=")]
    assert len(told) == 1 and words in told[0] and "docs/guide/publish.md" in told[0]
    assert (tmp_path / "minutes_src" / ledger.NAME).read_text() == site.ledger


@needs_curl
def test_where_nobody_answers_the_workflow_stops(published: Published, tmp_path: Path) -> None:
    write(tmp_path / "minutes_src", FORUM)
    done = fetch(tmp_path, "http://127.0.0.1:1/repo/")
    assert done.returncode == 1 and "addresses.tsv: failed. Without them" in done.stdout


@needs_curl
def test_a_short_failure_is_tried_again(published: Published, tmp_path: Path) -> None:
    site = make(tmp_path / "minutes_src", FORUM)
    published.answers = [(503, "text/plain", "a page that is longer than the answer, " * 99), (200, "", site.ledger)]
    done = fetch(tmp_path, published.url, retries=1)
    assert done.returncode == 0, done.stdout
    assert len(published.asked) == 2


@needs_curl
def test_what_the_step_says_fits_on_one_line_each(published: Published, tmp_path: Path) -> None:
    make(tmp_path / "minutes_src", FORUM)
    published.answers = [(200, "", "<!doctype html>\n::error::written by the page\n")]
    done = fetch(tmp_path, published.url)
    assert len(done.stdout.splitlines()) == 1
    assert not any(line.startswith("::") for line in done.stderr.splitlines())


# --- annotations ---


@pytest.mark.parametrize(
    ("finding", "expected"),
    [
        (
            Diagnostic("no-date", ERROR, "forum/a.txt", 3, "No date.", "Give one."),
            "::error file=minutes_src/forum/a.txt,line=3,title=no-date::No date. Give one.",
        ),
        (
            Diagnostic("unlinked", WARNING, "a, b: 5%.txt", 12, "5%: two\r\nlines, ::error::", ""),
            "::warning file=minutes_src/a%2C b%3A 5%25.txt,line=12,title=unlinked::5%25: two%0D%0Alines, ::error::",
        ),
        (Diagnostic("x", NOTE, "a.txt", 0, "All of it."), "::notice file=minutes_src/a.txt,title=x::All of it."),
        (Diagnostic("no-folder", ERROR, "", 0, "None."), "::error title=no-folder::minutes_src: None."),
    ],
    ids=["an error", "signs that mean something", "a whole file", "no file"],
)
def test_an_annotation(finding: Diagnostic, expected: str) -> None:
    assert annotation(finding, "minutes_src") == expected


def test_check_for_github_names_files_as_the_repository_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "minutes_src", {**FORUM, "forum/b.txt": "Forum\n\nHeld on 31st June 2021"})
    told = []
    for folder in ([], [str(tmp_path / "minutes_src")], ["minutes_src/"]):
        assert cli.main(["check", *folder, "--format", "github", "--quiet"]) == 1
        told.append(capsys.readouterr().out)
    line, last = told[0].splitlines()
    assert told == [told[0]] * 3
    assert line.startswith("::error file=minutes_src/forum/b.txt,line=3,title=impossible-date::“31st June 2021” is ")
    assert last.startswith("Read: 1 meeting, 1 error, ")
    assert cli.main(["check", "--format", "text", "--quiet"]) == 1
    assert capsys.readouterr().out.startswith("minutes_src/forum/b.txt:3: error: “31st June 2021” is ")

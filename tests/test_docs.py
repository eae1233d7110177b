"""What the documentation names exists, what exists is documented, and no file gives away where it was made."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import textwrap
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import minutebook
from minutebook import parse, register, source
from minutebook.cli import main
from tests import archives
from tests.sites import ROOT

REQUIRED = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")
DOCUMENTS = [p for p in (*(ROOT / name for name in REQUIRED), *sorted(ROOT.glob("docs/**/*.md"))) if p.is_file()]
TARGETS = {"site", "serve", "test", "bench", "lint"}
"""What everybody needs; the other targets are for whoever reads the Makefile."""
LOCKS = ("requirements.txt", "requirements-dev.txt")
# Written so that the patterns do not match themselves.
REGISTRIES = re.compile(r"py[p]i\.org|python[h]osted\.org|npm[j]s\.(?:org|com)|crates[.]io|ruby[g]ems\.org")
MACHINES = re.compile(r"(?<![\w.~*:/$})>-])/(?:home|root|work|Users|mnt|private|tmp|var/folders)/[\w.-]+")


def code(document: Path) -> list[str]:
    """The code of a document: its fenced blocks and its code spans."""
    text = document.read_text("utf-8")
    fence = re.compile(r"^( *)(```|~~~)[^\n]*\n(.*?)^\1\2 *$", re.M | re.S)
    return [m[3] for m in fence.finditer(text)] + re.findall(r"`([^`\n]+)`", fence.sub("", text))


def commands(pattern: str) -> dict[str, str]:
    """What follows a command in the code of all documents -> a document that has it."""
    return {found: d.name for d in DOCUMENTS for text in code(d) for found in re.findall(pattern, text, re.M)}


def help_of(*arguments: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit) as end:
        main([*arguments, "--help"])
    assert end.value.code == 0
    return capsys.readouterr().out


def locked(name: str) -> dict[str, list[Requirement]]:
    """The requirements of a lock file; a package may have a version for each platform."""
    out: dict[str, list[Requirement]] = {}
    for line in logical_lines(name):
        requirement = Requirement(line.partition("--hash")[0].strip())
        out.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return out


def logical_lines(name: str) -> list[str]:
    text = (ROOT / name).read_text("utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def test_the_documents_are_there() -> None:
    assert {d.name for d in DOCUMENTS} >= {*REQUIRED, "index.md", "data.md"}
    assert list((ROOT / "docs" / "adr").glob("*.md"))


def test_documented_make_targets_exist_and_the_main_ones_are_documented() -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = commands(r"(?:^|&&|;|\$)[ \t]*make[ \t]+([a-z]+)\b(?!=)")
    assert {target: where for target, where in named.items() if target not in targets} == {}
    assert targets >= TARGETS
    assert named.keys() >= TARGETS


def test_documented_subcommands_and_options_exist_and_all_are_documented(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = re.search(r"\{([a-z,]+)\}", help_of(capsys=capsys, monkeypatch=monkeypatch))
    assert listed
    verbs = set(listed[1].split(","))
    named = commands(r"(?<!from )(?<!import )(?:(?<=[\s/`])|^)minutebook[ \t]+([a-z]+)\b")
    assert {verb: where for verb, where in named.items() if verb not in verbs} == {}
    assert named.keys() >= verbs
    for verb in sorted(verbs):
        options = commands(rf"\bminutebook[ \t]+{verb}\b[^\n|;&]*?(--[a-z-]+)")
        usage = help_of(verb, capsys=capsys, monkeypatch=monkeypatch)
        assert {option: where for option, where in options.items() if option not in usage} == {}


def test_every_key_of_the_archive_is_explained() -> None:
    schema: dict[str, Any] = json.loads((ROOT / "hooks/minutebook/publish/archive.schema.json").read_bytes())
    described = (ROOT / "docs" / "data.md").read_text("utf-8").casefold()
    for key, value in schema["properties"].items():
        in_words = re.search(rf"\b{key.replace('organizations', 'organi[sz]ations')}\b", described)
        assert in_words or value.get("description"), f"{key} is explained neither in docs/data.md nor in the schema"


def test_links_and_paths_in_the_documents_lead_somewhere() -> None:
    gone = []
    for document in DOCUMENTS:
        text = re.sub(r"^ *```.*?^ *```", "", document.read_text("utf-8"), flags=re.M | re.S)
        links = re.findall(r"\]\(<?([^)>\s]+)", re.sub(r"`[^`\n]+`", "", text))
        links += re.findall(r"^\[[^\]]+\]:\s*(\S+)", text, re.M)
        links += re.findall(r"<img\b[^>]*src=\"([^\"]+)", text)
        for link in links:
            path = link.partition("#")[0]
            if not path or re.match(r"[a-z]+:", path):
                continue
            if document.parent == ROOT / "docs":
                continue  # a page of the site, which links to generated ones: a strict build looks at it
            if not (document.parent / path).exists():
                gone.append(f"{document.name}: {link}")
        for span in re.findall(r"`((?:hooks|docs|tests|\.github|\.ci)/[\w./-]+)`", text):
            if not (ROOT / span).exists():
                gone.append(f"{document.name}: `{span}`")
    assert gone == []


def test_no_file_names_a_registry_or_a_path_of_some_machine() -> None:
    try:
        git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(git, capture_output=True, check=True).stdout.decode()
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a clone: nothing says which files belong to the repository")
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert "mkdocs.yml" in names
    here = re.compile(rf"{re.escape(str(ROOT))}(?![\w-])|{re.escape(str(Path.home()))}/")
    found = []
    for name in names:
        try:
            text = (ROOT / name).read_text("utf-8")
        except UnicodeDecodeError:
            continue  # fonts and pictures
        for pattern in (REGISTRIES, MACHINES, here):
            found += [f"{name}: {m.group()}" for m in pattern.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("https://py" + "pi.org/simple", True),
        ("see /ho" + "me/ann/minutes", True),
        ("`/tm" + "p/build`", True),
        ("/repo/meetings/", False),
        ("https://example.org/home/here", False),
        ("../home/page.md", False),
    ],
)
def test_such_names_would_be_noticed(text: str, wrong: bool) -> None:
    assert bool(REGISTRIES.search(text) or MACHINES.search(text)) == wrong


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_version_and_hashes(name: str) -> None:
    lines = logical_lines(name)
    assert lines
    for line in lines:
        assert re.match(r"[A-Za-z0-9._-]+==[^\s;]+[\s;]", line), line[:80]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}(\s|$)", line), line[:80]


def test_the_lock_files_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    site, dev = (locked(name) for name in LOCKS)
    groups = project["dependency-groups"]
    wanted = {
        LOCKS[0]: (site, [*project["project"]["dependencies"], *groups["build"]]),
        LOCKS[1]: (dev, [*project["project"]["dependencies"], *(r for r in groups["dev"] if isinstance(r, str))]),
    }
    for name, (lock, requirements) in wanted.items():
        for requirement in map(Requirement, requirements):
            pinned = lock.get(canonicalize_name(requirement.name), [])
            assert pinned, f"{name} has no {requirement.name}"
            for pin in pinned:
                [version] = pin.specifier
                assert requirement.specifier.contains(version.version), f"{name}: {pin} for {requirement}"
    # The tests may need one on more systems than the site does, but in no other version.
    assert {name: {str(r.specifier) for r in pins} for name, pins in site.items()} == {
        name: {str(r.specifier) for r in dev.get(name, [])} for name in site
    }


def test_the_version_is_the_same_everywhere_and_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert minutebook.__version__ == version
    assert re.search(rf"^## .*\b{re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)


def test_the_guide_explains_every_finding() -> None:
    code = "\n".join(p.read_text("utf-8") for p in (ROOT / "hooks" / "minutebook").rglob("*.py"))
    codes = set(re.findall(r'(?:Diagnostic|say)\(\s*"([a-z][a-z-]+)",\s*[A-Z]', code))
    guide = (ROOT / "docs" / "guide" / "your-own-minutes.md").read_text("utf-8")
    assert len(codes) > 20
    assert sorted(codes - set(re.findall(r"^\| `([a-z-]+)`", guide, re.M))) == []


@pytest.mark.parametrize("page", ["README.md", "docs/guide/your-own-minutes.md"])
def test_what_explain_is_shown_to_say_is_what_it_says(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    printed = readme[readme.index("**Put your files in,**") :].split("```")[1].split("\n", 1)[1]
    file = "minutes_src/harbour-forum/2026-10-06.md"
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(textwrap.dedent(printed), "utf-8")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")

    assert main(["explain", file, "--line=26"]) == 0

    shown = (ROOT / page).read_text("utf-8").split(f"explain {file} --line 26\n")[1].split("```")[0]
    assert capsys.readouterr().out == shown


def test_the_forms_of_the_guide_are_read_and_its_entries_do_what_it_says(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "guide" / "glossary.md").read_text("utf-8")
    forms = guide.split("```text\n")[1].split("```")[0].splitlines()
    head = {
        "die": "Sitzung vom 3. Mai 2021\n\nAnwesend: Anna Lehn\n\n",
        "le ": "Séance du 3 mai 2021\n\nPrésents : Anne\n\n",
    }
    found = []
    for f in forms:
        text = f"{head.get(f[:3], '')}1. X\n\nA {f}."
        found.append([d.term for d in parse.parse(source.read(text.encode(), "a/b.txt")).definitions])
    assert found == [["LAs"], ["HT", "PT"], ["MCC"], ["LHs"], ["HP", "DFPHP"], ["R&D", "KS4"], ["AG", "HV"], ["CA"]]
    entries = guide.split("```yaml\n")[1].split("```")[0]
    minutes = {"harbour-forum/2021-05-03.txt": "Harbour Forum\n\n1. Tides\n\nThey met ABC.\n"}
    archive = archives.make(tmp_path, {**minutes, "glossary.yml": entries}).archive
    said = guide.split("```text\nminutes_src/")[1].split("\n")[0]
    assert said in [str(d) for d in archive.diagnostics]


def test_every_register_file_that_the_guide_shows_can_be_read() -> None:
    shown = 0
    for page in sorted((ROOT / "docs" / "guide").glob("*.md")):
        part = ""
        for line in re.finditer(r"^## .*?`?(\w+\.yml)|^```yaml\n(.*?)^```", page.read_text("utf-8"), re.M | re.S):
            part = line[1] or part
            if line[2] and part in register.FILES:
                made, found = register.read({part: line[2].encode()})
                assert found == [] and made != register.read({})[0], line[2]
                shown += 1
    assert shown > 3

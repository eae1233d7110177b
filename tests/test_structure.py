"""How the code hangs together: which module knows which, and what no file of the repository may know."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import yaml

from minutebook import build, lexicon
from minutebook.model import Archive, Settings
from tests.archives import example

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "hooks" / "minutebook"
GROUND = ("model", "diagnostics", "lexicon", "names", "sentences")
STAGES = ("source", "importers", "parse", "register", "resolve", "redact", "render", "publish")
ABOVE = ("build", "cli", "preview", "settings")


def modules(part: str) -> list[Path]:
    """The modules of a part of the package: a file, or a folder of files."""
    return [PACKAGE / f"{part}.py"] if (PACKAGE / f"{part}.py").is_file() else sorted((PACKAGE / part).rglob("*.py"))


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it, by its full name."""
    out: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            out |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import"
            out |= {f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            out |= {str(ast.literal_eval(a)) for a in node.args}
    return out


def parts(path: Path) -> set[str]:
    """The parts of the package that a file imports."""
    return {n.split(".")[1] for n in imported(path) if n.startswith("minutebook.")}


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_other_stage_and_nothing_above(stage: str) -> None:
    for path in modules(stage):
        assert parts(path) <= {*GROUND, stage}, path


@pytest.mark.parametrize("noun", GROUND)
def test_the_ground_floor_imports_no_stage(noun: str) -> None:
    assert modules(noun)
    for path in modules(noun):
        assert parts(path) <= set(GROUND), path


def test_every_module_has_its_place() -> None:
    there = {
        p.name.removesuffix(".py") for p in PACKAGE.iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()
    }
    assert there - {"__init__"} <= {*GROUND, *STAGES, *ABOVE}


def test_only_build_knows_more_than_one_stage() -> None:
    assert parts(PACKAGE / "cli.py").isdisjoint(STAGES)
    assert len(parts(PACKAGE / "build.py") & set(STAGES)) > 1


def test_importing_a_noun_loads_no_stage() -> None:
    code = (
        "import sys, minutebook.model, minutebook.names; print(*[m for m in sys.modules if m.startswith('minutebook')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, timeout=60)
    assert {m.split(".")[1] for m in done.stdout.split() if "." in m} <= set(GROUND)


def test_only_the_hooks_know_mkdocs() -> None:
    for path in sorted((ROOT / "hooks").rglob("*.py")):
        known = any(re.match(r"(mkdocs|material)\b", name) for name in imported(path))
        assert known == (path.name == "site_hooks.py"), path


# --- the lexicon ---


class _Strict(yaml.SafeLoader):
    """YAML in which a key may stand only once."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        keys = [k.value for k, _ in node.value]
        assert len(keys) == len(set(keys)), f"{node.start_mark}: a key stands twice"
        return super().construct_mapping(node, deep)  # type: ignore[return-value]


LANGUAGES = sorted(p.stem for p in (PACKAGE / "lexicon").glob("*.yml"))


def lists(node: object, path: str = "") -> Iterator[tuple[str, list[object]]]:
    """(dotted key, words) of every list within a lexicon."""
    if isinstance(node, dict):
        for key, child in node.items():
            yield from lists(child, f"{path}.{key}" if path else str(key))
    elif isinstance(node, list) and any(isinstance(x, list) for x in node):
        for i, child in enumerate(node):
            yield from lists(child, f"{path}.{i}")
    elif isinstance(node, list):
        yield path, node


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_holds_words_and_each_once(language: str) -> None:
    text = (PACKAGE / "lexicon" / f"{language}.yml").read_text("utf-8")
    found = dict(lists(yaml.load(text, _Strict)))
    assert found
    for key, words in found.items():
        assert words and all(isinstance(w, str) and w.strip() == w and w for w in words), f"{key}: {words}"
        twice = {w for w in words if words.count(w) > 1}
        assert not twice, f"{key}: {twice}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heading_of_a_list_of_people_has_one_status(language: str) -> None:
    table = yaml.safe_load((PACKAGE / "lexicon" / f"{language}.yml").read_text("utf-8"))["roll_call"]
    words = [w.casefold() for status in table.values() for w in status]
    assert len(words) == len(set(words)) and set(table) <= {
        "chair",
        "present",
        "in_attendance",
        "apologies",
        "absent",
        "proxies",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_has_twelve_months(language: str) -> None:
    assert sorted(set(lexicon.load(language).months.values())) == list(range(1, 13))


# --- what code and tests may not know ---


@pytest.fixture(scope="module")
def archive() -> Archive:
    return build.load(ROOT / "minutes_src", Settings())[0]


def sources() -> Iterable[Path]:
    """The files of code and tests."""
    for folder, kinds in (
        ("hooks", ("*.py", "*.yml", "*.jinja", "*.html", "*.json", "*.js", "*.css")),
        ("tests", ("*",)),
    ):
        for kind in kinds:
            yield from (p for p in sorted((ROOT / folder).rglob(kind)) if p.is_file() and "__pycache__" not in p.parts)


@example
def test_code_and_tests_do_not_know_the_minutes_of_this_archive(archive: Archive) -> None:
    bodies = {o.name for o in archive.organizations} | {x for o in archive.organizations for x in o.other_names}
    names = {p.name for p in archive.people} | {b.removeprefix("the ") for b in bodies if " " in b}
    acronyms = {a for o in archive.organizations for a in (*o.acronyms, o.name) if a.isupper() and len(a) > 3}
    slugs = {x.id for x in (*archive.people, *archive.organizations) if "-" in x.id}
    assert len(names) > 40 and acronyms
    known = re.compile(
        rf"(?i:\b(?:{'|'.join(map(re.escape, sorted(names | slugs)))})\b)|\b(?:{'|'.join(map(re.escape, acronyms))})\b"
    )
    found = [
        f"{path.relative_to(ROOT)}:{number} knows “{m[0]}”"
        for path in sources()
        if path != ROOT / "tests" / "fixtures" / "search" / "questions.tsv"  # questions to these very minutes
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        for m in known.finditer(line)
    ]
    assert found == []

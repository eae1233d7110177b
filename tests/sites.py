"""Scratch projects: the repository's own configuration, pages and hooks over other minutes, built by MkDocs.

Standard library only, and nothing of ours: `tests/bench.py` runs as a script and uses it too.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BASE = "/repo/"
"""Where the built sites are served: below a sub-path, as on GitHub Pages."""
ENVIRONMENT = {
    "SITE_URL": f"http://127.0.0.1{BASE}",
    "SOURCE_DATE_EPOCH": "1600000000",
    "NO_MKDOCS_2_WARNING": "1",
    "NO_COLOR": "1",
    "PYTHONWARNINGS": "default",
}

Minutes = Mapping[str, str | bytes]
"""Path below the folder of minutes -> what the file holds."""


@dataclass(frozen=True)
class Built:
    """What a build left behind."""

    project: Path
    status: int
    log: str

    @property
    def site(self) -> Path:
        return self.project / "site"

    @property
    def ledger(self) -> str:
        """The ledger of addresses as the build left it in the folder of minutes."""
        return (self.project / "minutes_src" / "addresses.tsv").read_text("utf-8")

    @cached_property
    def archive(self) -> dict[str, Any]:
        """The published `data/archive.json`."""
        found: dict[str, Any] = json.loads((self.site / "data" / "archive.json").read_bytes())
        return found

    def problems(self) -> list[str]:
        """The lines of the log that `--strict` counts."""
        return [line for line in self.log.splitlines() if re.match(r"(WARNING|ERROR|CRITICAL)\b", line)]

    def file(self, address: str) -> Path:
        """The HTML file at an address of the site ("" is the first page)."""
        return self.site / address / "index.html"

    def tree(self) -> dict[str, bytes]:
        """Every published file with its bytes."""
        return {p.relative_to(self.site).as_posix(): p.read_bytes() for p in self.site.rglob("*") if p.is_file()}

    def addresses(self) -> dict[str, str]:
        """Address -> what the ledger says that it stands for."""
        rows = [line.split("\t") for line in self.ledger.splitlines()[1:]]
        return {row[0]: " ".join(row[1:3]) for row in rows}


def project(folder: Path, minutes: Minutes | None = None) -> Path:
    """Make a project in `folder`, with the committed minutes unless others are given."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    without = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "hooks", folder / "hooks", ignore=without)
    if minutes is None:
        shutil.copytree(ROOT / "minutes_src", folder / "minutes_src")
    else:
        (folder / "minutes_src").mkdir()
        write(folder, minutes)
    return folder


def write(folder: Path, minutes: Minutes) -> Path:
    """Put files into the project's folder of minutes."""
    for name, content in minutes.items():
        path = folder / "minutes_src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def again(built: Built, folder: Path, minutes: Minutes | None = None) -> Path:
    """A copy of a project as its last build left it, ledger included, with further minutes."""
    shutil.copytree(built.project, folder, ignore=shutil.ignore_patterns("site", "__pycache__"))
    return write(folder, minutes or {})


def build(folder: Path, *, strict: bool = True, cwd: Path | None = None, **environment: str) -> Built:
    """Run `mkdocs build` on a project, from inside it or from `cwd`. A failure is for the test to judge."""
    command = [sys.executable, "-m", "mkdocs", "build", "--clean", "--config-file", str(folder / "mkdocs.yml")]
    done = subprocess.run(
        [*command, *(["--strict"] if strict else [])],
        cwd=cwd or folder,
        env=os.environ | ENVIRONMENT | environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Built(folder, done.returncode, done.stdout)

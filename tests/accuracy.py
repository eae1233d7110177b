"""How well minutes are read: the parser beside labels made by hand, as the tables of docs/guide/accuracy.md.

    python tests/accuracy.py [--labels DIR] [--invented DIR] [--scorer FILE] [--page FILE]

Labels are JSON objects in the shape that `minutebook parse` prints, one for each file of minutes, which the label names
in `file`. What counts as the same is the scorer's to say, a script that is no part of this repository; it and the
labels of real minutes are looked for beside the repository, and what is not there is left as the page has it. Bodies
whose minutes are not ours are called by their kind. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MINUTEBOOK_SHARED", ROOT.parent / "shared"))
INVENTED = ROOT / "tests" / "fixtures" / "bodies"
PAGE = ROOT / "docs" / "guide" / "accuracy.md"
COMMAND = (str(Path(sys.executable).with_name("minutebook")), "parse")

FIELDS = {
    "body": "the body that met",
    "date": "date",
    "start": "beginning",
    "chair": "who chaired",
    "attendance": "who was there, and who was not",
    "represented": "substitutes",
    "roles": "roles and organisations",
    "items": "items of business",
    "item_owners": "who led an item",
    "actions": "actions",
    "action_owners": "whose action it is",
    "decisions": "decisions",
}
"""The scorer's fields -> what readers call them."""

KINDS = {
    "uk-public-body": "government board",
    "uk-parish-council": "parish council",
    "irish-local-council": "county council",
    "oss-foundation": "software foundation",
    "standards-wg": "standards group",
    "club-association": "association",
    "student-society": "student society",
    "professional-association": "professional association",
    "non-english": "body that does not write English",
}
"""The kinds of bodies in SOURCES.tsv -> what the page calls them. No name of a body gets into the page."""

Counts = tuple[int, int, int]
"""(right, labelled, given)."""


@dataclass
class Figures:
    """What was counted over some files, by field."""

    files: int = 0
    counts: dict[str, Counts] = field(default_factory=dict)

    def add(self, counted: Mapping[str, Counts]) -> None:
        self.files += 1
        for name, (right, labelled, given) in counted.items():
            a, b, c = self.counts.get(name, (0, 0, 0))
            self.counts[name] = (a + right, b + labelled, c + given)


def labels(folder: Path) -> list[dict[str, object]]:
    """The labels below a folder, in the order of their files; those of mentions in the text are another matter."""
    found = [json.loads(path.read_text("utf-8")) for path in sorted(folder.rglob("*.json"))]
    return [label for label in found if "file" in label and "mentions" not in label]


def parsed(files: Sequence[Path]) -> list[dict[str, object]]:
    """What the command says of the files."""
    done = subprocess.run([*COMMAND, *map(str, files)], capture_output=True, encoding="utf-8", cwd=ROOT)
    if done.returncode:
        sys.exit(f"accuracy: {done.stderr.strip()}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def measured(folder: Path, root: Path, score: ModuleType) -> tuple[Figures, dict[str, Figures]]:
    """(figures over all files, figures by body: the folder of a file, or the file where it stands in none)."""
    whole, bodies = Figures(), defaultdict[str, Figures](Figures)
    golds = labels(folder)
    for gold, got in zip(golds, parsed([(root / str(g["file"])).resolve() for g in golds]), strict=True):
        counted = score.score(gold, got)
        path = Path(str(gold["file"]))
        whole.add(counted)
        bodies[path.parent.as_posix() if path.parent != Path() else path.name].add(counted)
    return whole, dict(bodies)


def called(bodies: Sequence[str], sources: Path) -> dict[str, str]:
    """What each body is called: by its kind and a number where SOURCES.tsv has it, else by its own name."""
    kinds: dict[str, str] = {}
    if sources.is_file():
        with sources.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines, delimiter="\t"):
                path = Path(sources.parent.name, row["file"]).parent.as_posix()
                kinds[path] = KINDS.get(row["genre"], row["genre"].replace("-", " "))
    out: dict[str, str] = {}
    for body in sorted(bodies):
        kind = kinds.get(body)
        same = [b for b in sorted(bodies) if kinds.get(b) == kind]
        number = f" {same.index(body) + 1}" if len(same) > 1 else ""
        out[body] = f"{kind}{number}" if kind else own(body)
    return out


def own(body: str) -> str:
    """A body of ours by the name of its file or folder: "10-trust-board.md" is a trust board."""
    words = re.sub(r"^\d+-|\.\w+$", "", Path(body).name).replace("-", " ")
    return "the example of this repository" if body == "seeds" else words


def tables(whole: Figures, bodies: Mapping[str, Figures], names: Mapping[str, str], score: ModuleType) -> str:
    """Two tables in Markdown: by field over all files, and by body."""
    out = [
        "| Field | Labelled | Given | Precision | Recall | F1 |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, words in FIELDS.items():
        right, labelled, given = whole.counts.get(name, (0, 0, 0))
        if labelled or given:
            p, r, f = score.prf(right, labelled, given)
            out.append(f"| {words} | {labelled} | {given} | {p:.3f} | {r:.3f} | {f:.3f} |")
    means = {body: mean(figures, score) for body, figures in bodies.items()}
    out += ["", "| Body | Files | Mean F1 |", "| --- | ---: | ---: |"]
    for body in sorted(bodies, key=lambda b: names[b]):
        out.append(f"| {names[body]} | {bodies[body].files} | {means[body]:.3f} |")
    out.append(f"| **all {len(bodies)} bodies** | {whole.files} | **{sum(means.values()) / len(means):.3f}** |")
    return "\n".join(out)


def mean(figures: Figures, score: ModuleType) -> float:
    """The mean F1 of a body's fields; one that is neither labelled nor given earns nothing."""
    scored = [score.prf(*c)[2] for c in figures.counts.values() if c[1] or c[2]]
    return sum(scored) / len(scored) if scored else 0.0


def put(page: str, part: str, text: str) -> str:
    """A page with the text between the marks of a part: `<!-- table: PART -->` and `<!-- /table: PART -->`."""
    marks = re.compile(rf"(<!-- table: {part} -->\n).*?(<!-- /table: {part} -->)", re.S)
    filled, n = marks.subn(lambda m: f"{m[1]}\n{text}\n\n{m[2]}", page)
    if n != 1:
        raise ValueError(f"the page has no place for the table “{part}”")
    return filled


def load(scorer: Path) -> ModuleType:
    """The scorer, as a module."""
    spec = importlib.util.spec_from_file_location("minutebook_scorer", scorer)
    assert spec and spec.loader, scorer
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables that can be made here; the result is the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--labels", type=Path, default=SHARED / "gold", help="labels of real minutes")
    parser.add_argument("--invented", type=Path, default=INVENTED, help="invented minutes, with labels beside them")
    parser.add_argument("--scorer", type=Path, default=SHARED / "bench" / "score.py", help="what compares the two")
    parser.add_argument("--page", type=Path, default=PAGE, help="where the tables stand")
    options = parser.parse_args(arguments)
    if not options.scorer.is_file():
        print("accuracy: skipped, there is no scorer here; name one with --scorer")
        return 0
    score, page = load(options.scorer), options.page.read_text("utf-8")
    for part, folder, root in (
        ("real", options.labels, options.labels.parent),
        ("invented", options.invented, options.invented),
    ):
        if not folder.is_dir() or not labels(folder):
            print(f"accuracy: the table “{part}” is left as it is, there are no labels for it here")
            continue
        whole, bodies = measured(folder, root, score)
        names = called(list(bodies), root / "corpus" / "SOURCES.tsv")
        page = put(page, part, tables(whole, bodies, names, score))
        means = [mean(figures, score) for figures in bodies.values()]
        print(f"accuracy: {part}: mean F1 {sum(means) / len(means):.3f} over {len(means)} bodies, {whole.files} files")
    options.page.write_text(page, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

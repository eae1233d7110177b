"""How long a site takes: whole-process times of `mkdocs build`, of each stage by itself, and of texts that mean harm.

    python tests/bench.py [--meetings 100] [--keep FOLDER] [--only site|hostile] [--text WORD]

The minutes are made up, the same ones for the same number: read two runs of one machine beside each other, and no
figure by itself. Of the hostile texts the last column should be near 10, for ten times the text, and the first time
below a second; what takes longer than a minute is given up.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import hostile
import sites

from minutebook import parse, render, resolve, source
from minutebook.model import Settings
from minutebook.publish import files

GIVEN = (
    "Ann",
    "Bo",
    "Cleo",
    "Dan",
    "Eve",
    "Finn",
    "Gil",
    "Hal",
    "Ida",
    "Jon",
    "Kit",
    "Lou",
    "Mia",
    "Ned",
    "Oda",
    "Pia",
)
FAMILY = (
    "Lee",
    "Ray",
    "Marsh",
    "Okoro",
    "Stone",
    "Holt",
    "Moss",
    "Dean",
    "Frost",
    "Quay",
    "Reed",
    "Shore",
    "Tern",
    "Vane",
)
ROLES = ("Chief Executive", "Secretary", "Treasurer", "Director", "President", "Head of Policy")
PLACES = ("Northport", "Westhaven", "Tidewater", "Mole Street", "Greywater", "Sandbank", "Eastcliff", "Longshore")
KINDS = ("Trust", "Council", "Association", "School", "Society", "Institute")
SUBJECTS = ("Night sailings", "Dredging", "Charts", "Pilots", "Moorings", "Lights and buoys", "Fees", "Safety at sea")
SAID = (
    "{0} said that traffic had doubled since spring, and that {1} would have to be heard before anything changed.",
    "{0} thanked {1} for the report and asked what it would cost over three years.",
    "{1} disagreed with {0}: the figures of the {2} are those of last year, and say little about the season.",
    "Members noted the paper of the {2} and {0} explained its second part.",
)


def minutes(meetings: int) -> dict[str, str]:
    """Path -> text of that many meetings, of a body for every fifty."""
    chance = random.Random(meetings)
    people = [f"{given} {family}" for given in GIVEN for family in FAMILY]
    chance.shuffle(people)
    out = {}
    for i in range(meetings):
        body, at = divmod(i, 50)
        name = f"{PLACES[body % len(PLACES)]} Forum" + (f" {body // len(PLACES) + 1}" if body >= len(PLACES) else "")
        day = date(2000, 1, 10) + timedelta(days=28 * at)
        members = [people[(body * 12 + k) % len(people)] for k in range(16)]
        out[f"{name.lower().replace(' ', '-')}/{day}.txt"] = _meeting(name, day, members, chance)
    return out


def _meeting(name: str, day: date, members: list[str], chance: random.Random) -> str:
    present = chance.sample(members, 12)
    organizations = [f"{chance.choice(PLACES)} {chance.choice(KINDS)}" for _ in present]
    lines = [name, f"Notes of meeting held on {day.day} {day:%B %Y}, 10:00-12:00, Customs House", "Attendees"]
    lines += [
        f"- {person} ({chance.choice(ROLES)}, {organization}) [{_initials(person)}]"
        for person, organization in zip(present, organizations, strict=True)
    ]
    for number, subject in enumerate(chance.sample(SUBJECTS, 5), 1):
        lines += [f"{number}. {subject}", f"Owner: {chance.choice(present)}"]
        for _ in range(8):
            one, other = chance.sample(present, 2)
            lines.append(chance.choice(SAID).format(one, _initials(other), chance.choice(organizations)))
        lines.append(f"Action: {_initials(chance.choice(present))} to report on it at the next meeting.")
    return "\n\n".join(lines) + "\n"


def _initials(person: str) -> str:
    given, family = person.split()
    return given[:2] + family[:2]


def measured(folder: Path, texts: dict[str, str]) -> Iterator[tuple[str, float]]:
    """(what was done, seconds it took), one after the other."""
    settings = Settings(site_name="Harbour Forum")

    def timed(work: Callable[[], Any]) -> tuple[float, Any]:
        start = time.perf_counter()
        result = work()
        return time.perf_counter() - start, result

    seconds, documents = timed(lambda: [source.read(text.encode(), name) for name, text in texts.items()])
    yield "read", seconds
    seconds, read = timed(lambda: [parse.parse(document, settings.language) for document in documents])
    yield "parse", seconds
    seconds, archive = timed(lambda: resolve.resolve(read, settings))
    yield "resolve", seconds
    seconds, pages = timed(lambda: render.render(archive, settings))
    yield f"render {len(pages)} pages", seconds
    yield "data files", timed(lambda: files.data(archive, settings, {}))[0]
    project = sites.project(folder, texts)
    for kind in ("mkdocs build", "mkdocs build again"):
        seconds, built = timed(lambda: sites.build(project))
        if built.status:
            sys.exit(built.log)
        yield kind, seconds


SIZES = (100_000, 1_000_000)
"""Characters of a hostile text."""
PATIENCE = 60
"""Seconds after which a hostile text is given up."""


def hostile_times(word: str = "") -> Iterator[tuple[str, list[float | None]]]:
    """(what a text is much of, seconds to read and parse it at each size; None where it was given up).

    Each runs in a process of its own, which can be ended in the middle of a pattern.
    """
    for name in hostile.TEXTS:
        seconds: list[float | None] = []
        for size in SIZES if word in name else ():
            context = multiprocessing.get_context("fork")
            here, there = context.Pipe(duplex=False)
            process = context.Process(target=_read, args=(name, size, there))
            process.start()
            done = here.poll(PATIENCE)
            seconds.append(here.recv() if done else None)
            process.kill()
            process.join()
            if not done:
                break
        if seconds:
            yield name, seconds


def _read(name: str, size: int, out: Connection) -> None:
    data = hostile.TEXTS[name](size).encode()
    parse.parse(source.read(b"1. Tides", "a.txt"))  # patterns are compiled once
    start = time.perf_counter()
    parse.parse(source.read(data, "forum/2021-05-03.txt"))
    out.send(time.perf_counter() - start)


def show_hostile(word: str) -> None:
    """Print the times of the hostile texts."""
    print(f"{'seconds to read and parse':34}{'100 kB':>9}{'1 MB':>9}{'ratio':>9}")
    for name, seconds in hostile_times(word):
        shown = "".join(f"{s:9.2f}" if s is not None else f"{f'> {PATIENCE}':>9}" for s in seconds)
        first, last = seconds[0], seconds[-1]
        ratio = f"{last / first:9.1f}" if first and last and len(seconds) > 1 else ""
        print(f"{name:34}{shown}{ratio}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--meetings", type=int, default=100, help="how many (default: 100)")
    parser.add_argument("--keep", type=Path, help="leave the project in this folder, which must not exist")
    parser.add_argument("--only", choices=("site", "hostile"), help="measure this alone")
    parser.add_argument(
        "--text", default="", metavar="WORD", help="only the hostile texts with this word in their name"
    )
    options = parser.parse_args()
    if options.only != "hostile":
        show_site(options)
    if options.only != "site":
        show_hostile(options.text)


def show_site(options: argparse.Namespace) -> None:
    """Print the times of a site."""
    with tempfile.TemporaryDirectory() as scratch:
        texts = minutes(options.meetings)
        print(f"{len(texts)} meetings, {sum(map(len, texts.values())) / 1000:,.0f} kB\n")
        print(f"{'':24}{'seconds':>9}{'ms a meeting':>15}")
        for name, seconds in measured(options.keep or Path(scratch, "project"), texts):
            print(f"{name:24}{seconds:9.2f}{1000 * seconds / len(texts):15.2f}", flush=True)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
    print(f"\nmemory of mkdocs build  {most:,.0f} MB at most\n")


if __name__ == "__main__":
    main()

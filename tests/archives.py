"""Small archives in temporary folders, built as a site is: the ledger of one build is what the next one reads."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from minutebook import build
from minutebook.model import Archive, Mention, Settings

ROOT = Path(__file__).parents[1]
CHECKSUMS = {
    "6c597bea47f24f688fcab2d5f44c4322bed32dd4d82cff74a479c57df7426740",
    "9ffb4e765c43a45609bc900e999887cdc6f79304e7b849794765055f86382441",
}
"""Of the example's two files. Whoever puts their own minutes in their place has other facts to count."""
example = pytest.mark.skipif(
    not {hashlib.sha256(f.read_bytes()).hexdigest() for f in (ROOT / "minutes_src").rglob("*.txt")} >= CHECKSUMS,
    reason="the example was taken out of minutes_src",
)
SETTINGS = Settings(site_name="Harbour Forum")


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Put files into a folder of minutes."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def make(folder: Path, files: Mapping[str, str | bytes] = {}, settings: Settings = SETTINGS) -> build.Site:
    """The site of a folder, after `files` were put into it; its ledger is kept for the next build."""
    site = build.make(write(folder, files), settings)
    build.save_ledger(folder, site.ledger)
    return site


def minutes(*lines: str, people: str = "", head: str = "") -> str:
    """The text of a meeting: a roll call (entries parted by semicolons) and, below one item, paragraphs."""
    roll_call = "".join(f"- {p.strip()}\n" for p in people.split(";") if p.strip())
    business = "".join(f"{line}\n\n" for line in lines)
    return f"{head}\n\n" * bool(head) + f"Attendees\n\n{roll_call}\n" * bool(roll_call) + f"1. Tides\n\n{business}"


def meant(archive: Archive, x: Mention) -> str:
    """Who or what a mention is linked to, or its candidates."""
    if x.person:
        return archive.person[x.person].address
    if x.organization:
        return archive.organization[x.organization].address
    return x.term or "nobody: " + (" or ".join(sorted(c.address for c in x.candidates)) or "no candidate")


def mentions(archive: Archive) -> list[str]:
    """Every mention of an archive, the earliest meeting first: `forum/2021-05-03 5 “AL”: people/ann-lee/`."""
    return [f"{m.id} {x.line} “{x.text}”: {meant(archive, x)}" for m in reversed(archive.meetings) for x in m.mentions]

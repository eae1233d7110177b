"""A folder that an export writes into: which files in it are ours, so that nobody else's is touched.

Every export leaves a list of what it wrote, each file with its checksum. The next one deletes what is on that list and
no longer wanted, and refuses where a file is not as it was left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

LIST = ".minutebook-export.json"


@dataclass(frozen=True)
class Plan:
    """What is to be done in the folder."""

    write: tuple[str, ...]
    delete: tuple[str, ...]


class Refused(Exception):
    """The folder holds something that is not ours to change; the message says what, and what to do."""


def listing(files: Mapping[str, bytes]) -> str:
    """The list of an export."""
    sums = {path: checksum(data) for path, data in sorted(files.items())}
    return json.dumps({"written_by": "minutebook export", "files": sums}, ensure_ascii=False, indent=1) + "\n"


def listed(text: str) -> dict[str, str]:
    """Path -> checksum from the list of an earlier export. `Refused` if this is no such list."""
    try:
        found = json.loads(text)["files"]
        paths = {str(path): str(value) for path, value in found.items()}
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Refused(f"{LIST} cannot be read. Name another folder, or empty this one yourself.") from error
    if any(PurePosixPath(p).is_absolute() or ".." in PurePosixPath(p).parts for p in paths):
        raise Refused(f"{LIST} names files outside of the folder. Name another folder, or empty this one yourself.")
    return paths


def plan(files: Mapping[str, bytes], before: Mapping[str, str], there: Mapping[str, str]) -> Plan:
    """What to write and what to delete.

    `before` is the list of the earlier export, `there` the checksum of each file in the folder that stands where one
    of the old or the new export does. `Refused` if one of these was changed since, or is somebody else's.
    """
    new = {path: checksum(data) for path, data in files.items()}
    others = sorted(path for path, now in there.items() if now not in (before.get(path), new.get(path)))
    if others:
        more = f" and {len(others) - 3} more" if len(others) > 3 else ""
        raise Refused(
            f"{', '.join(others[:3])}{more} would be overwritten or deleted, and is not as an export left it. "
            "Move your changes elsewhere and delete the file, or name another folder."
        )
    write = tuple(path for path, want in sorted(new.items()) if there.get(path) != want)
    return Plan(write, tuple(sorted(there.keys() - new.keys())))


def checksum(data: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def write_export(out: Path, files: Mapping[str, bytes]) -> None:
    """Write an export into a folder: an empty or a new one, or that of an earlier export, which leaves nothing behind.

    `Refused` before anything is touched if there are files that are not ours; OSError.
    """
    known = out / LIST
    if out.exists() and not known.is_file() and (not out.is_dir() or any(out.iterdir())):
        raise Refused("is there already, and no earlier export. Name a new folder, or an empty one.")
    before = listed(known.read_text("utf-8", "replace")) if known.is_file() else {}
    for part in {Path(path).parent for path in (*before, *files)}:
        if not (out / part).resolve().is_relative_to(out.resolve()):
            raise Refused(f"{part.as_posix()} leads out of the folder. Name another folder, or take it away.")
    for path in sorted({LIST, *before, *files}):
        file = out / path
        in_the_way = [p for p in file.relative_to(out).parents if (out / p).exists() and not (out / p).is_dir()]
        if file.is_symlink() or (file.exists() and not file.is_file()) or in_the_way:
            raise Refused(
                f"{in_the_way[0] if in_the_way else path} is in the way. Name another folder, or take it away."
            )
    there = {p: checksum((out / p).read_bytes()) for p in {*before, *files} if (out / p).is_file()}
    todo = plan(files, before, there)
    for path in todo.delete:
        (out / path).unlink()
        for part in (out / path).relative_to(out).parents:
            if part != Path() and not any((out / part).iterdir()):
                (out / part).rmdir()
    for path in todo.write:
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(files[path])
    known.write_text(listing(files), "utf-8")

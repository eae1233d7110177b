"""A folder that an export writes into: which files in it are ours, so that nobody else's is touched.

Every export leaves a list of what it wrote, each file with its checksum. The next one deletes what is on that list and
no longer wanted, and refuses where a file is not as it was left.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

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

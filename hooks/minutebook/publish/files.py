"""The data files, each with the path below the site at which it is published."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from minutebook.model import Archive, Settings
from minutebook.publish import akoma_ntoso, calendars, feeds, ledger, listing, popolo, record
from minutebook.publish.database import database
from minutebook.publish.sheets import sheet
from minutebook.publish.tables import SHEETS, Facts


def data(whole: Archive, settings: Settings, originals: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path -> bytes of every file that is published as it is. `originals` are the minutes' own bytes, by source."""
    out = {
        "data/archive.json": as_json(record.archive(whole, settings)),
        "data/archive.schema.json": files("minutebook.publish").joinpath("archive.schema.json").read_bytes(),
        "data/popolo.json": as_json(popolo.popolo(whole, settings)),
        f"data/{ledger.NAME}": ledger.write(whole.addresses).encode(),
        **feeds.files(whole, settings),
        **calendars.files(whole, settings),
    }
    facts = Facts(whole, settings)
    out |= {f"data/{table.name}.csv": sheet(table, facts) for table in SHEETS}
    if not settings.portable:  # which has no scripts that would ask for it
        out |= listing.files(whole, out)
    out["data/archive.sqlite"] = database(facts)
    out |= akoma_ntoso.documents(whole, settings)
    for m in whole.meetings:
        out[f"{m.address}index.json"] = as_json(record.meeting(m, whole))
        if m.minutes.source in originals:
            out[m.address + m.original] = originals[m.minutes.source]
    return out


def as_json(value: object) -> bytes:
    """Indented JSON with a line end, characters as they are, keys in the order given."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()

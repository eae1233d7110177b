"""What a page is about, for programs that read schema.org: JSON-LD, to be put into its head.

A meeting is an Event, with its minutes as the document about it; people and organisations are what they are. Only what
the minutes say: that somebody was listed in a role on some days is no contract with dates, so roles stand on each
meeting, and nobody is said to hold one now.
"""

from __future__ import annotations

import datetime as dt
import json
import posixpath
from collections.abc import Mapping

from minutebook.model import Archive, Meeting, Organization, OrganizationEntry, Person, PersonEntry, Settings
from minutebook.publish.moments import begins, ends
from minutebook.publish.sayings import body, clean, day

Json = dict[str, object]
THERE = ("present", "in_attendance")
STATUS = {"draft": "Draft", "approved": "Approved", "corrected": "Corrected"}

# Nothing within a script's element may look like its end, or begin a comment (HTML Standard, section 4.12.1.3);
# JSON has another way to write each of these signs. The last two end a line in older JavaScript.
_SIGNS = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}


def scripts(archive: Archive, settings: Settings) -> dict[str, str]:
    """Address of a page -> JSON-LD, safe to stand in HTML as the content of a script's element."""
    made = LinkedData(archive, settings)
    out = {m.address: made.meeting(m) for m in archive.meetings}
    out |= {p.address: made.person(p) for p in archive.people}
    out |= {o.address: made.organization(o) for o in archive.organizations}
    return {address: _written({"@context": "https://schema.org", **found}) for address, found in out.items()}


def _written(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_SIGNS)


class LinkedData:
    """Writes the objects of one archive's pages."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self.archive = archive
        self.settings = settings

    def meeting(self, m: Meeting) -> Json:
        """A meeting as an Event."""
        here, made = m.address, m.minutes
        end = ends(m, self.settings)
        topics = {t: self.archive.topic[t] for i in m.items for t in i.topics}
        return _given(
            {
                "@type": "Event",
                "@id": self._url(here, here) + "#meeting",
                "name": f"{body(self.archive, m)}, {day(m.date)}",
                "url": self._url(here, here),
                "startDate": _iso(begins(m, self.settings)),
                "endDate": _iso(end) if end else "",
                "location": _given({"@type": "Place", "name": clean(made.place)}) if made.place else {},
                "organizer": self._organization(here, m.body),
                "attendee": [
                    _given(
                        {
                            "@type": "Person",
                            "name": clean(a.name.full),
                            "jobTitle": clean(a.role),
                            "affiliation": self._organization(here, o) if o else {},
                            "url": self._url(here, self.archive.person[p].address),
                        }
                    )
                    for a, p, o in zip(made.people, m.people, m.organizations, strict=True)
                    if a.name and a.status in THERE
                ],
                "about": [
                    {"@type": "Thing", "name": clean(t.name), "url": self._url(here, t.address)}
                    for t in topics.values()
                ],
                "subjectOf": self._minutes(m),
            }
        )

    def _minutes(self, m: Meeting) -> Json:
        """The minutes themselves, which is what a licence is for."""
        return _given(
            {
                "@type": "DigitalDocument",
                "name": f"Minutes of {body(self.archive, m)}, {day(m.date)}",
                "url": self._url(m.address, m.address),
                "inLanguage": m.minutes.language,
                "creativeWorkStatus": STATUS.get(m.minutes.status, ""),
                "license": self.settings.licence_url or clean(self.settings.licence),
            }
        )

    def person(self, p: Person) -> Json:
        """A person, under every form of the name, with the organisations that they are listed with."""
        listed = list(dict.fromkeys(x.organization for x in p.memberships if x.organization))
        return _given(
            {
                "@type": "Person",
                "@id": self._url(p.address, p.address) + "#person",
                "name": clean(p.name),
                "honorificPrefix": clean(p.honorific),
                "honorificSuffix": clean(p.postnominals),
                "alternateName": [clean(x) for x in p.other_names],
                "url": self._url(p.address, p.address),
                "affiliation": [self._organization(p.address, o) for o in listed],
                "identifier": _identifiers(p.entry),
            }
        )

    def organization(self, o: Organization) -> Json:
        """An organisation, with its acronyms and other names."""
        return _given(
            {
                "@type": "Organization",
                "@id": self._url(o.address, o.address) + "#organisation",
                "name": clean(o.name),
                "alternateName": [clean(x) for x in dict.fromkeys((*o.acronyms, *o.other_names))],
                "url": self._url(o.address, o.address),
                "parentOrganization": self._organization(o.address, o.parent) if o.parent else {},
                "identifier": _identifiers(o.entry),
            }
        )

    def _organization(self, here: str, id_: str) -> Json:
        o = self.archive.organization[id_]
        return {"@type": "Organization", "name": clean(o.name), "url": self._url(here, o.address)}

    def _url(self, here: str, there: str) -> str:
        """An absolute address; where the site will stand is not known, one from the page (JSON-LD 1.1, section 9.2)."""
        if self.settings.site_url:
            return self.settings.site_url + there
        return posixpath.relpath(f"/{there}", f"/{here}") + "/"


def _iso(moment: dt.date | dt.datetime) -> str:
    """ISO 8601, to the minute: with the offset where the zone is known, and of a day no time at all."""
    return moment.isoformat(timespec="minutes") if isinstance(moment, dt.datetime) else moment.isoformat()


def _identifiers(entry: PersonEntry | OrganizationEntry | None) -> list[Json]:
    """As the register has them."""
    return [
        {"@type": "PropertyValue", "propertyID": scheme, "value": value}
        for scheme, value in (entry.identifiers.items() if entry else ())
    ]


def _given(found: Mapping[str, object]) -> Json:
    """Without what the minutes do not give."""
    return {k: v for k, v in found.items() if v not in ("", [], {})}

"""The archive in Popolo's words: people, organisations, posts, memberships, meetings, motions and votes in one file.

Popolo (https://www.popoloproject.com/specs/) defines the objects and no file that holds them. The file has the shape
that EveryPolitician gave it (`ep-popolo-v1.0.json`): an object with a list for each class, named in the plural.
Ids are those of `archive.json`. What the minutes do not give is left out. Where Popolo has one place for two things,
this is what stands there:

- A membership's `start_date` and `end_date` are the first and the last meeting that list somebody so: Popolo has no
  other place for "seen from ... to ...". The `sources` say so beside each. Only a post that the register gives a
  period for has the dates on which it was taken up and left.
- Whoever is on a body's list of members (as present, with apologies or absent; neither in attendance nor in somebody's
  place) has a membership of the body, `on_behalf_of` the organisation that they are listed with; its `label` is how.
  A membership without an organisation is none (Popolo, Membership, section 4), so a role that stands alone is a label.
- Every decision is a motion; it has a vote event where the minutes count the votes. `result` is as printed, and no
  `pass` or `fail` of ours. The schema wants a moment for a motion's `date` and for a vote event's `start_date`, and
  minutes give a day: both are left out, and `legislative_session_id` names the meeting, which has the day.
- A motion has one `creator`: left out where several moved it. Popolo has no place for seconders.
- Nothing is a speech: minutes tell what was said, and a Speech is what somebody said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from urllib.parse import quote
from zoneinfo import ZoneInfo

from minutebook import names
from minutebook.model import (
    Archive,
    Meeting,
    Organization,
    OtherName,
    Person,
    PersonName,
    ResolvedDecision,
    Settings,
    Votes,
)
from minutebook.publish.memberships import Membership, memberships

Json = dict[str, object]


def popolo(whole: Archive, settings: Settings) -> Json:
    """The whole archive, as `popolo.json` holds it."""
    site = settings.site_url
    decisions = [(m, d) for m in reversed(whole.meetings) for d in m.decisions]
    posts = {p.id: p for p in whole.posts}
    return {
        "meta": _given(name=settings.site_name, licence=settings.licence, url=site),
        "persons": [_person(p, site) for p in whole.people],
        "organizations": [_organization(o, site) for o in whole.organizations],
        "posts": [_given(id=p.id, label=p.role, role=p.role, organization_id=p.organization) for p in posts.values()],
        "memberships": [_membership(x, whole, site) for x in memberships(whole)],
        "events": [_event(m, whole, settings) for m in reversed(whole.meetings)],
        "motions": [_motion(m, d, site) for m, d in decisions],
        "vote_events": [
            _vote_event(m, d, counts, site) for m, d in decisions if (counts := _counts(d.decision.votes or Votes()))
        ],
    }


def _person(p: Person, site: str) -> Json:
    name = _name(p)
    return _given(
        id=p.id,
        name=p.name,
        given_name=name.given,
        family_name=name.family,
        honorific_prefix=p.honorific,
        honorific_suffix=p.postnominals,
        other_names=_other_names(p.name, p.entry.other_names if p.entry else (), dict.fromkeys(p.other_names, "")),
        identifiers=_identifiers(p.entry.identifiers if p.entry else {}),
        links=_links(site, (p.address, "")),
    )


def _name(p: Person) -> PersonName:
    """The name taken apart as the minutes print it; as the name alone lets it be where they never list it."""
    listed = (a.attendance.name for a in p.appearances)
    return next((n for n in listed if n and n.full == p.name), None) or names.parse(p.name)


def _organization(o: Organization, site: str) -> Json:
    short = dict.fromkeys(o.acronyms, "acronym")
    return _given(
        id=o.id,
        name=o.name,
        classification="body" if o.is_body else "",
        parent_id=o.parent,
        other_names=_other_names(
            o.name, o.entry.other_names if o.entry else (), {**dict.fromkeys(o.other_names, ""), **short}
        ),
        identifiers=_identifiers(o.entry.identifiers if o.entry else {}),
        links=_links(site, (o.address, "")),
    )


def _other_names(name: str, dated: Iterable[OtherName], others: Mapping[str, str]) -> list[Json]:
    """The register's names with the time for which they hold, then those (with a note) that it does not have."""
    known = [
        _given(name=x.name, start_date=str(x.period.first or ""), end_date=str(x.period.last or ""))
        for x in dated
        if x.name
    ]
    there = {name, *(str(x["name"]) for x in known)}
    return [*known, *(_given(name=x, note=note) for x, note in others.items() if x and x not in there)]


def _identifiers(given: Mapping[str, str]) -> list[Json]:
    return [{"scheme": scheme, "identifier": identifier} for scheme, identifier in given.items() if identifier]


# --- memberships, meetings, and what they decided ---


def _membership(x: Membership, whole: Archive, site: str) -> Json:
    said = ("first listed so here", "last listed so here")
    pages = [(whole.meeting[m].address, note) for m, note in zip(x.meetings, said, strict=False) if m in whole.meeting]
    return _given(
        id=x.id,
        label=x.label,
        role=x.role,
        person_id=x.person,
        organization_id=x.organization,
        post_id=x.post,
        on_behalf_of_id=x.on_behalf_of,
        start_date=str(x.first or ""),
        end_date=str(x.last or ""),
        sources=_links(site, *pages),
    )


def _event(m: Meeting, whole: Archive, settings: Settings) -> Json:
    there = ("present", "in_attendance")
    listed = zip(m.minutes.people, m.people, strict=True)
    attended = dict.fromkeys(person for a, person in listed if a.status in there)
    start = _moment(m.date, m.minutes.start, settings.time_zone)
    end = _moment(m.date, m.minutes.end, settings.time_zone) if m.minutes.end >= m.minutes.start else ""
    return _given(
        id=m.id,
        name=f"{whole.organization[m.body].name}, {m.date}",
        classification="meeting",
        start_date=start,
        # Behind midnight it is another day, and which one the minutes do not say.
        end_date=end if m.minutes.end else "",
        location=m.minutes.place,
        organization_id=m.body,
        attendees=[{"id": person} for person in attended],
        sources=_links(settings.site_url, (m.address, m.minutes.source)),
    )


def _moment(day: dt.date, time: str, zone: str) -> str:
    """A local time as ISO 8601 with its offset, as the schema wants it; the day alone where either is not known."""
    if time and zone:
        try:
            moment = dt.datetime.combine(day, dt.time.fromisoformat(time), ZoneInfo(zone))
        except ValueError:
            return str(day)
        offset = moment.utcoffset()
        # Before time zones, a town's own time was off by seconds too, which the schema has no form for.
        if offset is not None and offset.total_seconds() % 60 == 0:
            return moment.isoformat(timespec="seconds")
    return str(day)


def _motion(m: Meeting, d: ResolvedDecision, site: str) -> Json:
    movers = {o.person for o in d.movers}
    return _given(
        id=f"{m.id}/decision-{d.number}",
        organization_id=m.body,
        legislative_session_id=m.id,
        creator_id=next(iter(movers)) if len(movers) == 1 else "",
        text=d.decision.text,
        classification=d.decision.kind,
        result=d.decision.result,
        sources=_links(site, (f"{m.address}#decision-{d.number}", str(d.decision.ref))),
    )


def _counts(votes: Votes) -> list[Json]:
    """The votes that were counted, by the options of Popolo's code list (Vote count, section 5)."""
    counted = (("yes", votes.in_favour), ("no", votes.against), ("abstain", votes.abstained))
    return [{"option": option, "value": n} for option, n in counted if n is not None]


def _vote_event(m: Meeting, d: ResolvedDecision, counts: list[Json], site: str) -> Json:
    return _given(
        id=f"{m.id}/decision-{d.number}/vote",
        organization_id=m.body,
        legislative_session_id=m.id,
        motion_id=f"{m.id}/decision-{d.number}",
        result=d.decision.result,
        counts=counts,
        sources=_links(site, (f"{m.address}#decision-{d.number}", str(d.decision.ref))),
    )


def _links(site: str, *pages: tuple[str, str]) -> list[Json]:
    """(address, note) of pages as Popolo's links, which want a whole URL: none where it is not known."""
    return [_given(url=site + quote(address, safe="/#"), note=note) for address, note in pages] if site else []


def _given(**values: object) -> Json:
    """The values without those that are not given."""
    return {k: v for k, v in values.items() if v not in ("", None) and v != [] and v != {}}

"""The archive as plain data: what `archive.json`, each meeting's `index.json` and `minutebook parse` hold.

The keys of a meeting are those of the labels that accuracy is measured with; names follow Popolo where it has them.
A field that the minutes do not give is left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from minutebook.diagnostics import Diagnostic
from minutebook.model import (
    Archive,
    Attendance,
    Meeting,
    Mention,
    Minutes,
    News,
    Organization,
    OrganizationEntry,
    OtherName,
    Owner,
    Period,
    PersonEntry,
    Report,
    ResolvedAction,
    ResolvedDecision,
    ResolvedItem,
    Settings,
    SourceRef,
    Votes,
    paragraph_anchor,
)

FORMAT = "1"
"""Changes when a key changes its meaning or goes."""

Json = dict[str, object]


def archive(whole: Archive, settings: Settings) -> Json:
    """Everything, as `archive.json` holds it."""
    return _given(
        format=FORMAT,
        name=settings.site_name,
        licence=_given(name=settings.licence, url=settings.licence_url),
        meetings=[meeting(m, whole) for m in whole.meetings],
        people=[
            _given(
                id=p.id,
                name=p.name,
                address=p.address,
                honorific=p.honorific,
                postnominals=p.postnominals,
                other_names=list(p.other_names),
                memberships=[
                    _given(
                        role=x.role,
                        organization=x.organization,
                        body=x.body,
                        first=str(x.first),
                        last=str(x.last),
                        meetings=list(x.meetings),
                    )
                    for x in p.memberships
                ],
                register=_person_entry(p.entry) if p.entry else {},
            )
            for p in whole.people
        ],
        organizations=[
            _given(
                id=o.id,
                name=o.name,
                address=o.address,
                acronyms=list(o.acronyms),
                other_names=list(o.other_names),
                is_body=o.is_body,
                parent=o.parent,
                register=_organization_entry(o.entry) if o.entry else {},
            )
            for o in whole.organizations
        ],
        posts=[
            {
                "id": p.id,
                "role": p.role,
                "organization": p.organization,
                "holders": [{"person": x.person, "first": str(x.first), "last": str(x.last)} for x in p.holders],
            }
            for p in whole.posts
        ],
        topics=[
            _given(
                id=t.id,
                name=t.name,
                address=t.address,
                source=t.source,
                other_names=list(t.other_names),
                phrases=list(t.phrases),
                not_when=list(t.not_when),
                broader=list(t.broader),
                narrower=list(t.narrower),
                description=t.entry.description if t.entry else "",
                items=[f"{m}#item-{whole.meeting[m].items[i].key}" for m, i in t.items],
                evidence=[_evidence(whole.meeting[m], i, t.id) for m, i in t.items],
            )
            for t in whole.topics
        ],
        glossary=[
            _given(
                term=e.term,
                meaning=e.meaning,
                organization=e.organization,
                uses=[{"meeting": m, "line": n} for m, n in e.uses],
                defined=[{"meeting": m, "line": n} for m, n in e.defined],
                bodies=list(e.bodies),
            )
            for e in whole.glossary
        ],
    )


def _person_entry(e: PersonEntry) -> Json:
    return _given(
        other_names=[_other_name(x) for x in e.other_names],
        posts=[_given(role=x.role, organization=x.organization, **_period(x.period)) for x in e.posts],
        identifiers=_identifiers(e.identifiers),
        line=e.ref.first_line,
    )


def _organization_entry(e: OrganizationEntry) -> Json:
    return _given(
        acronyms=list(e.acronyms),
        other_names=[_other_name(x) for x in e.other_names],
        identifiers=_identifiers(e.identifiers),
        line=e.ref.first_line,
    )


def _other_name(x: OtherName) -> Json:
    return _given(name=x.name, **_period(x.period), bodies=list(x.bodies))


def _period(p: Period) -> dict[str, str]:
    return {"from": str(p.first or ""), "until": str(p.last or "")}


def _identifiers(given: Mapping[str, str]) -> list[Json]:
    """As Popolo has them."""
    return [{"scheme": scheme, "identifier": identifier} for scheme, identifier in given.items()]


def meeting(m: Meeting, whole: Archive) -> Json:
    """One meeting, resolved."""
    return _given(
        id=m.id,
        address=m.address,
        source=m.minutes.source,
        body=whole.organization[m.body].name,
        title=m.minutes.title,
        date=str(m.date),
        start=m.minutes.start,
        end=m.minutes.end,
        place=m.minutes.place,
        status=m.minutes.status,
        chair=list(m.minutes.chair),
        people=[
            _person(a, p, whole.organization.get(o))
            for a, p, o in zip(m.minutes.people, m.people, m.organizations, strict=True)
        ],
        groups=[_given(text=a.text, status=a.status, **_lines(a.ref)) for a in m.minutes.attendance if a.name is None],
        items=[_agenda_item(m, i) for i in m.items],
        actions=[_action(m, a) for a in m.actions],
        decisions=[_decision(m, d) for d in m.decisions],
        reports=[_report(r) for r in m.minutes.reports],
        mentions=[_mention(x) for x in m.mentions],
        notes=[_given(text=n.text, added=n.added, **_lines(n.ref)) for n in m.minutes.notes],
        paragraphs=[
            {
                "id": paragraph_anchor(n),
                "number": n,
                "text": m.minutes.blocks[b].text.plain,
                **_lines(m.minutes.blocks[b].ref),
            }
            for b, n in m.paragraphs.items()
        ],
        definitions=[_given(term=d.term, meaning=d.meaning, **_lines(d.ref)) for d in m.minutes.definitions],
        front_matter=dict(m.minutes.front_matter),
        changes=[_given(kind=c.kind, text=c.text, **_lines(c.ref)) for c in m.minutes.changes],
        removed=[_given(date=str(r.added), places=r.places or None) for r in m.minutes.removed],
    )


def _evidence(m: Meeting, index: int, topic: str) -> Json:
    """What says that an item is about a topic."""
    e = m.items[index].about[topic]
    return _given(
        item=f"{m.id}#item-{m.items[index].key}",
        text=e.text,
        words=e.words,
        rule=e.rule,
        in_title=e.in_title,
        times=e.times,
        line=e.line,
    )


def _agenda_item(m: Meeting, i: ResolvedItem) -> Json:
    return _given(
        id=f"item-{i.key}",
        number=i.item.number,
        title=i.item.title,
        owners=[o.name for o in i.owners],
        owner_ids=_ids(i.owners),
        topics=list(i.topics),
        level=i.item.level,
        **_lines(m.minutes.blocks[i.item.heading].ref),
    )


def _action(m: Meeting, a: ResolvedAction) -> Json:
    return _given(
        id=f"{m.id}/action-{a.number}",
        address=f"{m.address}#action-{a.number}",
        text=a.action.text,
        number=a.action.number,
        owners=[o.name for o in a.owners],
        owner_ids=_ids(a.owners),
        due=str(a.action.due or ""),
        item=_item(m.minutes, a.item),
        **({"restates": a.restates} if a.restates else _life(m, a)),
        rule=a.action.rule,
        **_lines(a.action.ref),
    )


def _life(m: Meeting, a: ResolvedAction) -> Json:
    """How an action stands, and what says so."""
    return {
        "status": a.status,
        "news": [_news(n) for n in a.news],
        "last_heard": str(last_heard(m, a)),
        "silent_for": a.silent_for,
    }


def _news(n: News) -> Json:
    return _given(
        date=str(n.date),
        state=n.state,
        text=n.text,
        meeting=n.meeting,
        address=evidence(n),
        by=n.by,
        rule=n.rule,
        **(_lines(n.ref) if n.ref else {}),
    )


def last_heard(m: Meeting, a: ResolvedAction) -> dt.date:
    """The day on which an action of a meeting was last spoken of: the meeting's own, if never since."""
    return a.news[-1].date if a.news else m.date


def evidence(n: News) -> str:
    """Where on the site the words stand that say how an action stands; empty where the register says so."""
    return f"meetings/{n.meeting}/" + f"#{n.anchor}" * bool(n.anchor) if n.meeting else ""


def _report(r: Report) -> Json:
    return _given(
        text=r.text,
        number=r.number,
        quoted=r.quoted,
        raised=str(r.raised or ""),
        of_last=r.of_last,
        state=r.state,
        by=r.by,
        rule=r.rule,
        **_lines(r.ref),
    )


def _decision(m: Meeting, d: ResolvedDecision) -> Json:
    return _given(
        id=f"{m.id}/decision-{d.number}",
        address=f"{m.address}#decision-{d.number}",
        text=d.decision.text,
        kind=d.decision.kind,
        **_named("mover", d.movers),
        **_named("seconder", d.seconders),
        **({"elected": [o.name for o in d.elected], "elected_ids": _ids(d.elected)} if d.elected else {}),
        votes=_votes(d.decision.votes),
        result=d.decision.result,
        item=_item(m.minutes, d.item),
        rule=d.decision.rule,
        **_lines(d.decision.ref),
    )


def _named(part: str, who: Sequence[Owner]) -> Json:
    """Names and addresses of those who did something; nothing where the minutes name nobody."""
    return {f"{part}s": [o.name for o in who], f"{part}_ids": _ids(who)} if who else {}


def _votes(v: Votes | None) -> Json:
    """What was counted."""
    counted = {"in_favour": v.in_favour, "against": v.against, "abstained": v.abstained} if v else {}
    return {how: n for how, n in counted.items() if n is not None}


def _mention(x: Mention) -> Json:
    """Whom a mention means stands there also where it is nobody: that is what it says."""
    linked = {"person": x.person or None, "organization": x.organization or None}
    more = _given(term=x.term, candidates=[c.name for c in x.candidates], explained=x.explained)
    return {"line": x.line, "text": x.text, **linked, "rule": x.rule, **more}


def parsed(minutes: Minutes, alone: Archive, diagnostics: Sequence[Diagnostic]) -> Json:
    """What `minutebook parse` prints of one file: the only meeting of an archive, as far as it is understood.

    Of minutes without a date, what is made of the date is left out.
    """
    record = meeting(alone.meetings[0], alone)
    if minutes.date is None:
        for key in ("id", "address", "date"):
            del record[key]
        for action in record["actions"]:  # type: ignore[attr-defined]  # the list that `meeting` made
            action.pop("last_heard", None)
    found = [
        _given(code=d.code, severity=d.severity, line=d.line or None, message=d.message, hint=d.hint)
        for d in diagnostics
    ]
    return {**record, "diagnostics": found}


def _person(a: Attendance, person: str, organization: Organization | None) -> Json:
    assert a.name
    return _given(
        name=a.name.full,
        id=person,
        status=a.status,
        role=a.role,
        organization=a.organization,
        initials=a.initials,
        represented_by=a.represented_by,
        represents=a.represents,
        chair=a.chair,
        honorific=a.name.honorific,
        postnominals=a.name.postnominals,
        rule=a.rule,
        **_lines(a.ref),
    )


def _ids(owners: Sequence[Owner]) -> list[str]:
    return [
        f"people/{o.person}" if o.person else f"organisations/{o.organization}"
        for o in owners
        if o.person or o.organization
    ]


def _item(minutes: Minutes, index: int | None) -> str:
    if index is None:
        return ""
    return minutes.items[index].number or minutes.items[index].title


def _lines(ref: SourceRef) -> Json:
    return (
        {"line": ref.first_line}
        if ref.first_line == ref.last_line
        else {"line": ref.first_line, "lines": [ref.first_line, ref.last_line]}
    )


def _given(**values: object) -> Json:
    """The values without those that are not given; figures stay, 0 or not, and so do lists, empty or not."""
    return {k: v for k, v in values.items() if v not in ("", None, {}) and v is not False}

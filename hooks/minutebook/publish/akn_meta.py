"""The `<meta>` of a meeting's Akoma Ntoso: what the document is, whom it refers to, the votes, the roll call.

Names by the Akoma Ntoso Naming Convention 1.0 (OASIS Standard, 21 February 2019), chapter 4. What nobody said has an
honest value there:

- The country is `zz`, which ISO 3166-1 leaves to its users and Unicode's CLDR calls the unknown region: minutes do not
  say under which state's law a body meets, and a school's governors may meet under none that matters.
- The number of a work is `nn`, as the convention has it for what has none; `2` for a second meeting on a day.
- The version of an expression is left open (`eng@`). The only date that is known is the meeting's, and each
  `FRBRdate` says by its name that it is that one.
- What is published here is neither prescriptive nor authoritative: the body's own minutes are.
"""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree as ET

from minutebook import names
from minutebook.model import ONE_PAGE, Archive, Meeting, Settings, SourceRef
from minutebook.publish.akn_text import clean

LANGUAGES = {"en": "eng", "de": "deu", "fr": "fra", "es": "spa", "cy": "cym"}
"""ISO 639-1 -> ISO 639-2, the terminological codes; any other is `und`, undetermined."""
AUTHOR, TOOL, MEETING = "role-author", "minutebook", "meeting"


class References:
    """Whom and what the document refers to: each gets an `eId` when it is first asked for."""

    def __init__(self, m: Meeting, whole: Archive, settings: Settings) -> None:
        self.whole = whole
        self.site, self.here = settings.site_url, m.address
        self.root = self.site or "../" * m.address.count("/")
        self._found: dict[str, ET.Element] = {}
        self._roles: dict[str, str] = {}
        self._terms: dict[tuple[str, str], str] = {}

    def _add(self, kind: str, key: str, href: str, shown: str) -> str:
        self._found[key] = ET.Element(kind, {"eId": key, "href": href, "showAs": clean(shown)})
        return f"#{key}"

    def page(self, address: str) -> str:
        """The address of a page, whole where the site's is known, and else relative to the document."""
        return "./" if address == self.here and not self.site else self.root + quote(address, safe="/#")

    def person(self, id_: str) -> str:
        key = f"person-{id_}"
        if key in self._found:
            return f"#{key}"
        p = self.whole.person[id_]
        return self._add("TLCPerson", key, self.page(p.address), p.name)

    def organization(self, id_: str) -> str:
        key = f"organization-{id_}"
        if key in self._found:
            return f"#{key}"
        o = self.whole.organization[id_]
        return self._add("TLCOrganization", key, self.page(o.address), o.name)

    def role(self, printed: str) -> str:
        key = names.key(printed)
        if key in self._roles:
            return self._roles[key]
        href = f"/akn/ontology/role/{quote(key.replace(' ', '-'), safe='')}"
        return self._roles.setdefault(key, self._add("TLCRole", f"role-{len(self._roles) + 1}", href, printed))

    def term(self, printed: str, meaning: str) -> str:
        anchor = names.term_anchor(printed)
        if (anchor, meaning) in self._terms:
            return self._terms[anchor, meaning]
        # A long glossary has its terms on pages by letter, to which its first leads.
        place = f"#{quote(anchor)}" if len(self.whole.glossary) <= ONE_PAGE else ""
        href = self.page("glossary/") + place
        made = self._add("TLCTerm", f"term-{len(self._terms) + 1}", href, meaning)
        return self._terms.setdefault((anchor, meaning), made)

    def option(self, option: str) -> str:
        return self._add("TLCConcept", f"vote-{option}", f"/akn/ontology/concept/vote-{option}", option)

    def element(self, m: Meeting, name: str) -> ET.Element:
        """`<references>`, with all that was asked for until now."""
        self._add("TLCRole", AUTHOR, "/akn/ontology/role/author", "Author")
        self._add("TLCEvent", MEETING, self.page(m.address), name)
        self._add("TLCObject", TOOL, "/akn/ontology/object/minutebook", "Minutebook")
        out = ET.Element("references", source=f"#{TOOL}")
        out.extend(sorted(self._found.values(), key=lambda e: e.tag))
        return out


def meta(m: Meeting, refs: References) -> ET.Element:
    """The whole `<meta>`, once the text was written and `refs` knows all that it refers to."""
    body = refs.organization(m.body)
    out = ET.Element("meta")
    out.append(_identification(m, body, refs.page(m.address) if refs.site else ""))
    voting, attendance = _voting(m, refs), _attendance(m, refs)
    if voting is not None:
        out.append(voting)
    out.append(refs.element(m, f"{refs.whole.organization[m.body].name}, {m.date}"))
    own = ET.SubElement(out, "proprietary", source=f"#{TOOL}")
    minutes = m.minutes
    said = {"id": m.id, "date": str(m.date), "start": minutes.start, "end": minutes.end, "place": minutes.place}
    _own(own, "meeting", **said, status=minutes.status, source=minutes.source, digest=minutes.digest)
    own.append(attendance)
    for c in minutes.changes:
        _own(own, "change", kind=c.kind, line=lines(c.ref)).text = clean(c.text)
    return out


def lines(ref: SourceRef) -> str:
    """The lines of the source: "12" or "12-14"."""
    return str(ref).rpartition(":")[2]


def _own(parent: ET.Element, tag: str, **values: str) -> ET.Element:
    """An element of our own namespace, with the values that are given."""
    return ET.SubElement(parent, f"mb:{tag}", {k.replace("_", "-"): clean(v) for k, v in values.items() if v})


def _identification(m: Meeting, body: str, page: str) -> ET.Element:
    slug, _, day = m.id.rpartition("/")
    # What begins with a digit would be read as the date, which is next. No slug has an underscore.
    slug = f"_{slug}" if slug[:1].isdigit() else slug
    number = day.removeprefix(str(m.date)).strip("-") or "nn"
    language = LANGUAGES.get(m.minutes.language, "und")
    work = quote(f"/akn/zz/debate/minutes/{slug}/{m.date}/{number}")
    expression = f"{work}/{language}@"
    out = ET.Element("identification", source=f"#{TOOL}")
    _level(out, "FRBRWork", f"{work}/!main", work, m, page, body, f"#{AUTHOR}")
    for tag, value in (
        ("FRBRcountry", "zz"),
        ("FRBRsubtype", "minutes"),
        ("FRBRnumber", number),
        ("FRBRprescriptive", "false"),
        ("FRBRauthoritative", "false"),
    ):
        ET.SubElement(out[0], tag, value=value)
    _level(out, "FRBRExpression", f"{expression}/!main", expression, m, "", body, f"#{AUTHOR}")
    ET.SubElement(out[1], "FRBRlanguage", language=language)
    _level(out, "FRBRManifestation", f"{expression}/!main.xml", f"{expression}.xml", m, "", f"#{TOOL}", "")
    ET.SubElement(out[2], "FRBRformat", value="application/akn+xml")
    return out


def _level(out: ET.Element, tag: str, this: str, uri: str, m: Meeting, page: str, author: str, role: str) -> None:
    """What the three levels of FRBR have in common."""
    level = ET.SubElement(out, tag)
    ET.SubElement(level, "FRBRthis", value=this)
    ET.SubElement(level, "FRBRuri", value=uri)
    if page:
        ET.SubElement(level, "FRBRalias", value=page, name="page")
    ET.SubElement(level, "FRBRdate", date=str(m.date), name="meeting")
    ET.SubElement(level, "FRBRauthor", {"href": author, **({"as": role} if role else {})})


def _voting(m: Meeting, refs: References) -> ET.Element | None:
    """`<analysis>` with the votes that the minutes count."""
    out = ET.Element("analysis", source=f"#{TOOL}")
    all_ = ET.SubElement(out, "parliamentary")
    for d in m.decisions:
        v = d.decision.votes
        counted = (("yes", v.in_favour), ("no", v.against), ("abstain", v.abstained)) if v else ()
        given = [(option, n) for option, n in counted if n is not None]
        if given:
            eid = f"voting-{d.number}"
            voting = ET.SubElement(all_, "voting", eId=eid, href=f"#decision-{d.number}")
            for option, n in given:
                ET.SubElement(voting, "count", eId=f"{eid}-{option}", value=str(n), refersTo=refs.option(option))
    return out if len(all_) else None


def _attendance(m: Meeting, refs: References) -> ET.Element:
    """Every entry of the roll call as it was understood; the words themselves stand in the text."""
    out = ET.Element("mb:attendance")
    ids = {id(a): (p, o) for a, p, o in zip(m.minutes.people, m.people, m.organizations, strict=True)}
    for a in m.minutes.attendance:
        person, organization = ids.get(id(a), ("", ""))
        _own(
            out,
            "entry",
            person=refs.person(person) if person else "",
            name=a.name.printed if a.name else a.removed or a.text,
            status=a.status,
            role=refs.role(a.role) if a.role else "",
            organization=refs.organization(organization) if organization else "",
            initials=a.initials,
            represented_by=a.represented_by,
            represents=a.represents,
            chair="true" if a.chair else "",
            group=a.group,
            line=lines(a.ref),
            rule=a.rule,
        )
    return out

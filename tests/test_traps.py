"""Who is meant, in an invented archive that is full of traps: `trap_archive`, sixteen meetings of three bodies.

The labels beside the minutes say of every name on a list of people and of every mention in the business who it is, as
a careful clerk would. They were written from the rules, not from what the code makes of them; their first lines say how
to read them. Whatever is linked has to be right; whoever can be known has to be linked; every doubt has to stand on
the page of what was not understood. All of it with the register files, and without them.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest
import yaml

from minutebook import build, names
from minutebook.model import Attendance, Meeting, Mention, Person, Settings
from tests.archives import make, meant, minutes

FOLDER = Path(__file__).parent / "trap_archive"
REGISTERS = ("people.yml", "organisations.yml")
FILES = sorted(p.relative_to(FOLDER / "minutes").as_posix() for p in (FOLDER / "minutes").glob("*/*"))
GENERATIONS = {"jr", "sr"}
TITLES = re.compile(r"(?:(?:The|the|Mr|Mrs|Ms|Dr|Dame|Cllrs?|Baroness|Professor)\s+)+")


@dataclass(frozen=True)
class Label:
    """What a clerk says of some words in a file."""

    file: str
    line: int
    text: str
    span: tuple[int, int]
    """Where the words stand in the printed line, without article, title and possessive."""
    person: str = ""
    unresolved: tuple[str, ...] = ()
    nobody: bool = False
    unlinked: bool = False
    optional: bool = False

    def __str__(self) -> str:
        whom = self.person or " or ".join(self.unresolved) or "nobody"
        return f"{self.file}:{self.line} “{self.text}” is {whom}"


def bare(text: str) -> str:
    """The words that name somebody, without article, title, possessive, and what a son or a father is told by."""
    text = re.sub(r"(?: [JS]r)?(?:['’]s?)?$", "", text.strip())
    return text[m.end() :] if (m := TITLES.match(text)) else text


def places(words: str, line: str) -> list[int]:
    """Where words stand in a line, as words of their own."""
    return [m.start() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", line)]


@cache
def printed(file: str) -> tuple[str, ...]:
    return tuple((FOLDER / "minutes" / file).read_text("utf-8").splitlines())


@cache
def labels(part: str, register: bool) -> tuple[Label, ...]:
    """The labels of the lists of people (`listed`), or of the `business`, as they are with or without the register."""
    table = yaml.safe_load((FOLDER / "labels.yml").read_text("utf-8"))
    return tuple(label for file, parts in table.items() for label in _labels(file, parts[part], register))


def _labels(file: str, entries: list[dict[str, object]], register: bool) -> Iterator[Label]:
    """One file's labels; the words of those on one line are looked for in their order."""
    ends: dict[int, int] = defaultdict(int)
    for entry in entries:
        line, text, without = int(str(entry["line"])), str(entry["text"]), entry.get("without")
        at = next(p for p in places(text, printed(file)[line - 1]) if p >= ends[line])
        ends[line] = at + len(text)
        start = at + text.index(bare(text))
        said = entry if register or not isinstance(without, Mapping) else without
        yield Label(
            file,
            line,
            text,
            (start, start + len(bare(text))),
            str(said.get("person", "")),
            tuple(str(x) for x in said.get("unresolved", ())),  # type: ignore[attr-defined]
            bool(said.get("nobody")),
            bool(said.get("unlinked")),
            bool(said.get("optional")),
        )


@dataclass(frozen=True)
class Reading:
    """What was made of the archive, beside its labels."""

    site: build.Site
    register: bool

    def meeting(self, file: str) -> Meeting:
        return next(m for m in self.site.archive.meetings if m.minutes.source == file)

    def people(self, file: str) -> list[tuple[Attendance, str]]:
        """(entry, person) of everybody on a meeting's lists of people."""
        m = self.meeting(file)
        return [(a, p) for a, p in zip(m.minutes.people, m.people, strict=True) if p]

    @cached_property
    def listed(self) -> list[tuple[Label, str]]:
        """(label, the person whom that entry was taken for, or nobody)."""
        return [(x, self._entry(x)) for x in labels("listed", self.register)]

    def _entry(self, label: Label) -> str:
        words = set(names.key(bare(label.text)).split()) - GENERATIONS
        there = [(a, p) for a, p in self.people(label.file) if a.ref.first_line <= label.line <= a.ref.last_line]
        return next((p for a, p in there if a.name and set(names.key(a.name.full).split()) - GENERATIONS == words), "")

    @cached_property
    def pages(self) -> dict[str, set[str]]:
        """Label of a person -> who that is: by the lists of people, else by the first mention."""
        out: dict[str, set[str]] = defaultdict(set)
        for label, person in self.listed:
            out[label.person] |= {person} - {""}
        attending = {x.person for x, _ in self.listed}
        for label in labels("business", self.register):
            if label.person and label.person not in attending and not out[label.person]:
                out[label.person] |= {x.person for x in self.found(label) if x.person}
        return out

    def mentions(self, file: str) -> list[tuple[Mention, tuple[int, int]]]:
        """(mention in the business that names or may name a person, where its words stand in the printed line)."""
        last = max(x.line for x in labels("listed", self.register) if x.file == file)
        found = [x for x in self.meeting(file).mentions if x.line > last and not x.organization and not x.term]
        return [(x, self._span(file, x)) for x in found if x.person or x.candidates]

    def _span(self, file: str, x: Mention) -> tuple[int, int]:
        words = bare(x.text)
        plain = self.meeting(file).minutes.blocks[x.block].text.plain
        before = sum(p < x.start + x.text.index(words) for p in places(words, plain))
        start = places(words, printed(file)[x.line - 1])[before]
        return start, start + len(words)

    def found(self, label: Label) -> list[Mention]:
        """What was found where a label stands."""
        return [
            x
            for x, (start, end) in self.mentions(label.file)
            if x.line == label.line and start < label.span[1] and label.span[0] < end
        ]

    def candidates(self, label: Label) -> set[str]:
        """The addresses of those who may be meant."""
        org = {o.name: o.address for o in self.site.archive.organizations}
        return {
            address
            for c in label.unresolved
            for address in ([f"people/{p}/" for p in self.pages[c]] or [org.get(c, f"nobody is {c}")])
        }


@pytest.fixture(scope="module", params=["with the register", "without the register"])
def reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("traps") / "minutes"
    shutil.copytree(FOLDER / "minutes", folder)
    register = request.param == "with the register"
    for name in () if register else REGISTERS:
        (folder / name).unlink()
    return Reading(build.make(folder, Settings(site_name="Minutes of Northport")), register)


def told(wrong: list[str]) -> str:
    return "\n".join([f"{len(wrong)}:", *wrong])


# --- the archive itself ---


def test_the_archive_is_as_large_and_as_varied_as_it_should_be(reading: Reading) -> None:
    archive = reading.site.archive
    assert len(archive.meetings) == len(FILES) >= 15 and len({m.body for m in archive.meetings}) == 3
    assert len({x.person for x in labels("listed", reading.register) if x.person}) >= 50
    assert max(m.date.year for m in archive.meetings) - min(m.date.year for m in archive.meetings) >= 11
    assert len(labels("business", reading.register)) >= 250


# --- who is who ---


def test_everybody_on_a_list_of_people_is_found_there(reading: Reading) -> None:
    missed = [str(x) for x, person in reading.listed if x.person and not x.optional and not person]
    invented = [f"{x} and was taken for {person}" for x, person in reading.listed if x.nobody and person]
    assert not missed + invented, told(missed + invented)


def test_one_person_has_one_page(reading: Reading) -> None:
    several = [f"{label}: {sorted(pages)}" for label, pages in reading.pages.items() if len(pages) > 1]
    assert not several, told(several)


def test_two_people_never_share_a_page(reading: Reading) -> None:
    bearers: dict[str, set[str]] = defaultdict(set)
    for label, pages in reading.pages.items():
        for page in pages:
            bearers[page].add(label)
    shared = [f"{page}: {sorted(who)}" for page, who in bearers.items() if len(who) > 1]
    assert not shared, told(shared)


def test_nobody_else_has_a_page(reading: Reading) -> None:
    known = {page for pages in reading.pages.values() for page in pages}
    invented = [p.address for p in reading.site.archive.people if p.id not in known]
    assert not invented, told(invented)


# --- who is meant ---


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_linked_to_the_wrong_person(reading: Reading, file: str) -> None:
    """Every link is to whom the label of these words gives; what has no label is no mention of a person."""
    here = [x for x in labels("business", reading.register) if x.file == file]
    wrong = []
    for x, (start, end) in reading.mentions(file):
        there = [y for y in here if y.line == x.line and start < y.span[1] and y.span[0] < end]
        if x.person and not any(x.person in reading.pages[y.person] for y in there if y.person):
            says = "; ".join(map(str, there)) or f"{file}:{x.line} “{x.text}” is no mention"
            wrong.append(f"{says}, and was linked to {x.person} ({x.rule})")
    assert not wrong, told(wrong)


@pytest.mark.parametrize("file", FILES)
def test_everybody_who_can_be_known_is_linked(reading: Reading, file: str) -> None:
    here = [x for x in labels("business", reading.register) if x.file == file and x.person and not x.optional]
    missed = []
    for x in here:
        found = reading.found(x)
        if not any(y.person in reading.pages[x.person] and bare(y.text) == bare(x.text) for y in found):
            missed.append(f"{x}; found there: {[(y.text, y.rule, meant(reading.site.archive, y)) for y in found]}")
    assert not missed, f"recall {1 - len(missed) / len(here):.2f}, missed {told(missed)}"


@pytest.mark.parametrize("file", FILES)
def test_nothing_is_called_a_doubt_that_is_none(reading: Reading, file: str) -> None:
    """What is not linked and yet shown as found has to be a label's doubt."""
    here = [x for x in labels("business", reading.register) if x.file == file and not x.nobody]
    noise = [
        f"{file}:{x.line} “{x.text}” ({x.rule})"
        for x, (start, end) in reading.mentions(file)
        if not x.person and not any(y.line == x.line and start < y.span[1] and y.span[0] < end for y in here)
    ]
    assert not noise, told(noise)


# --- doubts ---


@dataclass(frozen=True)
class Passage:
    """A part of the page of what was not understood: an entry with all that belongs to it, and the headings above."""

    headings: str
    text: str


def passages(markdown: str) -> list[Passage]:
    """The entries of a page: each a paragraph, bullet or row, with what is indented below it."""
    above: dict[int, str] = {}
    out: list[list[str]] = []
    before = ""
    for line in markdown.splitlines():
        if m := re.match(r"(#+) (.*)", line):
            above = {k: v for k, v in above.items() if k < len(m[1])} | {len(m[1]): m[2]}
            out.append([" ".join(above.values()), m[2]])
        elif re.match(r"(?:[-*|]|\d+\.) ", line) or (re.match(r"\S", line) and not before) or not out:
            out.append([" ".join(above.values()), line])
        else:
            out[-1].append(line)
        before = line.strip()
    return [Passage(first, plainly("\n".join(rest))) for first, *rest in out]


def plainly(markdown: str) -> str:
    return re.sub(r"\\(?=\W)", "", markdown)


@pytest.mark.parametrize("file", FILES)
def test_every_doubt_stands_on_the_page_of_what_was_not_understood(reading: Reading, file: str) -> None:
    page = passages(reading.site.pages["unresolved/"].markdown)
    missing = []
    for label in (x for x in labels("business", reading.register) if x.file == file and x.unresolved):
        wanted = reading.candidates(label)
        if not any(_tells(p, label, wanted, reading) for p in page):
            found = [(x.rule, meant(reading.site.archive, x)) for x in reading.found(label)]
            missing.append(f"{label}; wanted {sorted(wanted)}, found there: {found}")
    assert not missing, told(missing)


def _tells(p: Passage, label: Label, wanted: set[str], reading: Reading) -> bool:
    """Whether an entry gives file and line, the words, and all who may be meant."""
    archive = reading.site.archive
    called = {x.address: x.name for x in (*archive.people, *archive.organizations)}
    words = {bare(quoted) for quoted in re.findall(r"“(.*?)”", p.text)}
    if not re.search(rf"(?:[Ll]ine |:){label.line}\b", p.text) or bare(label.text) not in words:
        return False
    if label.file not in plainly(p.headings) + p.text:
        return False
    one_name = len({called.get(a) for a in wanted}) < len(wanted)
    return all(a in p.text or (not one_name and a in called and called[a] in p.text) for a in wanted)


# --- the register ---


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> build.Site:
    return make(tmp_path_factory.mktemp("register"), _files())


@pytest.fixture(scope="module")
def unregistered(tmp_path_factory: pytest.TempPathFactory) -> build.Site:
    return make(tmp_path_factory.mktemp("unregistered"), _minutes())


def _minutes() -> dict[str, str]:
    return {name: text for name, text in _files().items() if name not in REGISTERS}


def _files() -> dict[str, str]:
    folder = FOLDER / "minutes"
    return {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*") if p.is_file()}


def test_every_entry_of_the_register_is_about_somebody(registered: build.Site) -> None:
    found = [str(d) for d in registered.archive.diagnostics if d.source in REGISTERS and d.severity != "note"]
    assert not found, told(found)


def test_what_is_no_person_has_no_page(registered: build.Site) -> None:
    assert not [a for a in registered.pages if "victoria" in a]


def test_an_organisation_has_its_former_name_its_acronym_and_its_parent(registered: build.Site) -> None:
    ports = [o for o in registered.archive.organizations if "Northport Port Authority" in (o.name, *o.other_names)]
    assert len(ports) == 1 and not [o for o in registered.archive.organizations if o.name == "Northport Harbour Board"]
    assert "NPA" in ports[0].acronyms and "Northport Harbour Board" in ports[0].other_names
    assert registered.archive.organization[ports[0].parent].name == "Ministry of Ports"


def _named(site: build.Site, name: str) -> list[Person]:
    return [p for p in site.archive.people if p.name == name]


def test_who_married_is_called_by_the_later_name_and_found_under_both(registered: build.Site) -> None:
    (aoife,) = _named(registered, "Aoife Kelleher")
    assert "Aoife Brennan" in aoife.other_names and len(aoife.appearances) == 5
    assert [len(p.appearances) for p in _named(registered, "Aoife Brennan")] == [1]


def test_namesakes_whom_only_the_body_tells_apart_are_reported(reading: Reading) -> None:
    """Two people of one name whom the minutes alone keep apart are a doubt, until the register says so."""
    said = [d for d in reading.site.archive.diagnostics if "Peter Smith" in d.message and d.code != "unlinked"]
    assert bool(said) != reading.register


@pytest.mark.parametrize("file", FILES)
def test_an_entry_copied_from_the_page_settles_the_doubt_and_changes_nothing_else(
    file: str, unregistered: build.Site, tmp_path: Path
) -> None:
    """Without the register, what is proposed for a doubt goes into the register as it stands on the page."""
    first = Reading(unregistered, False)
    doubts = [x for x in labels("business", False) if x.file == file and x.unresolved and first.found(x)]
    for n, label in enumerate(doubts):
        page = passages(first.site.pages["unresolved/"].markdown)
        told_of = [p for p in page if _tells(p, label, first.candidates(label), first)]
        assert told_of, f"{label}: is not on the page"
        told_of.sort(key=lambda p: f"“{label.text}”" not in p.text)  # "Mrs Lee" before "Lee"
        entry = "\n".join(line[4:] for line in told_of[0].text.splitlines() if line.startswith("    "))
        name = re.match(r"# (\w+\.yml)\n", entry)
        assert name, f"{label}: has no entry to copy: {told_of[0].text}"
        then = Reading(make(tmp_path / str(n), {**_minutes(), name[1]: entry}), False)
        assert not [str(d) for d in then.site.archive.diagnostics if d.source == name[1]]
        linked = [then.site.archive.person[x.person].name for x in then.found(label) if x.person]
        assert linked == [yaml.safe_load(entry)[0]["name"]], f"{label}: is linked to {linked} after\n{entry}"
        assert _others(then, label) == _others(first, label), f"{label}: more was changed by\n{entry}"


def _others(reading: Reading, label: Label) -> list[tuple[str, int, str, str]]:
    """All mentions but those that have the words of a label in its file, each with whoever is meant, by name."""
    called = {p.id: p.name for p in reading.site.archive.people}
    return [
        (m.minutes.source, x.line, bare(x.text), called.get(x.person, ""))
        for m in reading.site.archive.meetings
        for x in m.mentions
        if not (m.minutes.source == label.file and bare(x.text) == bare(label.text))
    ]


# --- short cases ---

CASES = (
    # (what it is about, files, what is right: `linked: to whom`, and `left open? between whom`)
    (
        "a company that is called like two of the people",
        {"f/2021-05-03.txt": minutes("Bell and Hart Solicitors wrote.", people="Ada Bell [AB]; Tom Hart [TH]")},
        [],
    ),
    (
        "a street, a prize and a paper that are called like one",
        {
            "f/2021-05-03.txt": minutes(
                "The Ada Bell Prize is given in Ada Bell Street; see Bell et al. (2019).", people="Ada Bell"
            )
        },
        [],
    ),
    (
        "initials inside a code, an address and a model number",
        {"f/2021-05-03.txt": minutes("Form AB-12, unit AB/3, AB12 3CD and AB1 were read.", people="Ada Bell [AB]")},
        [],
    ),
    (
        "what somebody else said of him",
        {
            "f/2021-05-03.txt": minutes(
                "Ada Bell said: “Hart is wrong.” Hart’s answer was “no”.", people="Ada Bell; Tom Hart"
            )
        },
        ["Ada Bell: ada-bell", "Hart: tom-hart", "Hart: tom-hart"],
    ),
    (
        "a surname that is the first name of another",
        {"f/2021-05-03.txt": minutes("They thanked Grant for it.", people="Ulysses Grant; Grant Moss")},
        ["Grant? grant-moss or ulysses-grant"],
    ),
    (
        "the wife of somebody who attends",
        {"f/2021-05-03.txt": minutes("They thanked Mrs Hart, who baked.", people="Mr Tom Hart; Ada Bell")},
        ["Hart? tom-hart"],
    ),
    (
        "a name longer than that on the list",
        {"f/2021-05-03.txt": minutes("They read of Tom Hart Bell and Tom Hart-Bell.", people="Tom Hart; Ada Bell")},
        [],
    ),
    (
        "somebody who holds the post elsewhere",
        {
            "f/2021-05-03.txt": minutes(
                "The Treasurer of the Rowing Club was ill. The Treasurer had sent a card.",
                people="Ada Bell (Treasurer); Tom Hart",
            )
        },
        ["Treasurer: ada-bell"],
    ),
    (
        "somebody who held the post before",
        {
            "f/2020-05-04.txt": minutes("The Treasurer spoke.", people="Ada Bell (Treasurer)"),
            "f/2021-05-03.txt": minutes("They thanked the former Treasurer.", people="Tom Hart (Treasurer)"),
        },
        ["Treasurer: ada-bell"],
    ),
    (
        "a list of first names, one of them shared",
        {"f/2021-05-03.txt": minutes("They thanked Ada, Tom and Una.", people="Ada Bell; Tom Hart; Tom Moss; Una Orr")},
        ["Ada: ada-bell", "Tom? tom-hart or tom-moss", "Una: una-orr"],
    ),
    (
        "a month, a weekday and a verb that are names here",
        {
            "f/2021-05-03.txt": minutes(
                "In June the tide rose. On Friday it fell. They grant that Mr Friday was right, and June Orr as well.",
                people="June Orr; Bo Friday; Sue Grant",
            )
        },
        ["Friday: bo-friday", "June Orr: june-orr"],
    ),
    (
        "initials that two could have, and of which only one is declared",
        {"f/2021-06-07.txt": minutes("AB spoke. ABr did not.", people="Ada Bell; Abel Brook [ABr]")},
        ["AB? ada-bell", "ABr: abel-brook"],
    ),
    (
        "two surnames behind one title",
        {"f/2021-05-03.txt": minutes("Drs Bell and Hart spoke.", people="Dr Ada Bell; Dr Tom Hart; Tom Moss")},
        ["Bell: ada-bell", "Hart: tom-hart"],
    ),
)


@pytest.mark.parametrize(("files", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_short_case(files: Mapping[str, str], expected: list[str], tmp_path: Path) -> None:
    archive = make(tmp_path, files).archive
    said = []
    for m in reversed(archive.meetings):
        for x in m.mentions:
            if x.person or (x.candidates and not x.organization and not x.term):
                whom = " or ".join(sorted(c.address.split("/")[1] for c in x.candidates))
                said.append(f"{bare(x.text)}: {x.person}" if x.person else f"{bare(x.text)}? {whom}")
    assert said == expected

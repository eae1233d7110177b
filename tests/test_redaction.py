"""Redaction: whoever `redactions.yml` removes stands nowhere in what is published, and everything else stays."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import shutil
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from minutebook import build
from minutebook.cli import main
from tests import archives, sites
from tests.archives import make, mentions, minutes

MAY = """\
Harbour Forum

Notes of meeting held on 4th May 2021, 10:00-11:30, Customs House, Northport

Chair

Dr Zoë O'Dowd-Kemp MBE, Harbour Master

Attendees

- Bo Ray (Chief Executive, Northport Ferry Trust) [BR]
- Ann Lee (Warden, Lee Valley Trust (LVT)) [AL]
- Zoë Ray (Pilot, Guild of Pilots) [ZR]
- Kim Lee (Pilot, Guild of Pilots) [KL]

Apologies

- Dan Okoro (Treasurer, Tidewater Trust) *represented by* Zoë O'Dowd-Kemp, Deputy of the Tidewater Trust [ZOK]

1. Welcome

Owner: Dr Zoë O'Dowd-Kemp (Chair)

Dr O’Dowd-Kemp's welcome was short. ZOK and BR had met. DR O'DOWD-KEMP spoke to ZR, and Zoë Ray to Zoe Odowd Kemp.

2. Report by Zoë O'Dowd-Kemp

AL asked Mr Lee of the Guild about the Lee Valley Trust; Ann Lee thanked Kim Lee, and Ann Leeson went. Lee said so.

The paper of O'Dowd-Kemp, Zoë is at https://example.org/zoe-odowd-kemp/paper, or ask zoe.odowd-kemp@example.org now.

Action: ZOK to count the buoys by 30 July 2021.

Action: BR and AL to paint them.

Agreed: that Dr O'Dowd-Kemp chairs the next meeting.
"""
JULY = """\
---
date: 2021-07-06
title: Meeting with Zoë O'Dowd-Kemp
---
# Harbour Forum

## Attendees

| Name | Role | Organisation | Initials |
| --- | --- | --- | --- |
| Dr Zoë O'Dowd-Kemp | Harbour Master | Harbour Office | ZOK |
| Bo Ray | Chief Executive | Northport Ferry Trust | BR |

## Night sailings

**Zoë O&#39;Dowd-Kemp** said that [her paper](https://example.org/people/zoe-odowd-kemp) is out. ZOK left. BR stayed.
"""
REDACTIONS = """\
- name: Zoë O'Dowd-Kemp
  date: 2024-05-31
- name: Ann Lee
  date: 2023-01-02
  replace_with: a warden
"""


SEPTEMBER = """\
<!doctype html>
<html><head><title>Harbour Forum</title><meta name="author" content="Zoë O'Dowd-Kemp"></head>
<body><h1>Harbour Forum</h1><h2>Attendees</h2><ul><li>Bo Ray (Pilot)</li><li>Dr Zo&euml; O&rsquo;Dowd-<b>Kemp</b></li>
</ul><h2>1. Tides</h2><p>High, said Bo Ray.</p></body></html>
"""


def packed(name: str, text: str) -> bytes:
    """An archive that holds one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


FILES = {
    "harbour-forum/2021-05-04.txt": MAY,
    "harbour-forum/2021-07-06.md": JULY,
    "harbour-forum/2021-09-07 zoe-odowd-kemp.html": SEPTEMBER,
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> sites.Built:
    """The site that names everybody."""
    return sites.build(sites.project(tmp_path_factory.mktemp("named") / "project", FILES), strict=False)


@pytest.fixture(scope="module")
def built(before: sites.Built, tmp_path_factory: pytest.TempPathFactory) -> sites.Built:
    """The next build, from which two people are removed."""
    folder = tmp_path_factory.mktemp("redacted") / "project"
    return sites.build(sites.again(before, folder, {"redactions.yml": REDACTIONS}), strict=False)


def texts(data: bytes) -> Iterator[str]:
    """Everything that the bytes of a file say, compressed or not, in the ways in which they may be read."""
    if data[:2] == b"\x1f\x8b":
        yield from texts(gzip.decompress(data))
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                yield from (name, *texts(packed.read(name)))
    text = data.decode("utf-8", "replace")
    yield from (text, html.unescape(text), unquote(text), re.sub(r"<[^<>]*>", "", text))
    yield re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text)


def plain(text: str) -> str:
    """A text without case, accents and signs."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in apart if not unicodedata.combining(c)))


def page(built: sites.Built, address: str) -> str:
    """The words of a page, as somebody reads them."""
    source = built.file(address).read_text("utf-8")
    article = source[source.index("<article") : source.index("</article>")]
    words = re.sub(r"</?(?:a|abbr|span|b|em|small|strong)\b[^<>]*>", "", article)
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", words)).split())


def test_the_name_is_in_no_byte_of_the_site_nor_of_the_ledger_in_any_form(built: sites.Built) -> None:
    tree = built.tree() | {"addresses.tsv": built.ledger.encode()}
    assert built.status == 0 and len(tree) > 50
    for path, data in tree.items():
        for text in (path, *texts(data)):
            if not path.startswith("assets/"):
                assert "odowdkemp" not in plain(text) and not re.search(r"\bZOK\b", text), path
            assert "zoeodowd" not in plain(text) and "annlee" not in plain(text).replace("annleeson", ""), path


def test_what_stood_there_before_is_what_the_test_looks_for(before: sites.Built) -> None:
    held = {p for p, data in before.tree().items() for t in texts(data) if "odowdkemp" in plain(t)}
    assert "people/zoe-odowd-kemp/index.html" in held and "data/archive.json" in held
    assert any("2021-09-07" in p for p in held) and any("search/data" in p for p in held)
    assert "odowd-kemp" in before.ledger


def test_the_rest_of_the_page_is_unharmed_and_a_mark_says_what_was_removed_and_when(built: sites.Built) -> None:
    text = page(built, "meetings/harbour-forum/2021-05-04")
    gone, warden = "[name removed 31 May 2024]", "[a warden; name removed 2 January 2023]"
    assert f"{gone}'s welcome was short. {gone} and BR had met. {gone} spoke to ZR, and Zoë Ray to {gone}." in text
    assert (
        f"{warden} asked Mr Lee of the Guild about the Lee Valley Trust; {warden} thanked Kim Lee, and Ann Leeson"
        in text
    )
    assert f"The paper of {gone} is at {gone}, or ask {gone} now." in text
    assert f"{gone} to count the buoys by 30 July 2021." in text
    assert f"that {gone} chairs the next meeting." in text
    assert f"{gone} Chair Harbour Master" in text and f"{warden} Warden Lee Valley Trust" in text
    assert "A name was removed from this page and its files on 2 January 2023" in text
    assert "on 31 May 2024, in " in text
    assert "Kim Lee Pilot Guild of Pilots KL" in text


def test_words_that_stay_stay_in_their_order(before: sites.Built, built: sites.Built) -> None:
    for meeting in ("2021-05-04", "2021-07-06"):
        was, now = (page(b, f"meetings/harbour-forum/{meeting}") for b in (before, built))
        now = now.replace("Text, with names removed", "Original text")
        now = re.sub(r"A name was removed from this page.*?nothing else was changed\.", "", now)
        now = re.sub(r"\[(?:a warden; )?name removed [^]]*\]", " ", now)
        left = iter(was.split())
        assert all(word in left for word in now.split() if re.fullmatch(r"\w{4,}", word)), meeting


def test_others_with_the_first_name_or_the_surname_keep_theirs_and_their_links(built: sites.Built) -> None:
    people = {p["name"] for p in built.archive["people"]}
    assert people == {"Bo Ray", "Zoë Ray", "Kim Lee", "Dan Okoro"}
    source = built.file("meetings/harbour-forum/2021-05-04").read_text("utf-8")
    assert re.search(r'people/zoe-ray/"[^>]*>(?:<[^>]*>)*ZR', source) and re.search(
        r'people/kim-lee/"[^>]*>Kim Lee', source
    )
    assert not (built.site / "people" / "ann-lee").exists()
    actions = page(built, "actions")
    assert "[name removed 31 May 2024] to count the buoys" in actions
    assert "Bo Ray" in actions and "a warden" in actions


def test_the_data_say_so_too_and_are_as_their_schema_has_them(built: sites.Built) -> None:
    schema = json.loads((built.site / "data" / "archive.schema.json").read_bytes())
    jsonschema.Draft202012Validator(schema).validate(built.archive)
    first = next(m for m in built.archive["meetings"] if m["date"] == "2021-05-04")
    assert [r["date"] for r in first["removed"]] == ["2023-01-02", "2024-05-31"]
    assert "[name removed 31 May 2024]" in first["actions"][0]["text"]


def test_the_files_for_download_are_texts_without_the_names(built: sites.Built) -> None:
    files = {p: d.decode("utf-8") for p, d in built.tree().items() if p.startswith("meetings/") and p.endswith(".txt")}
    first = next(t for p, t in files.items() if "2021-05-04" in p)
    assert "Dr" not in first.split("Attendees")[0] and "- Bo Ray (Chief Executive, Northport Ferry Trust) [BR]" in first
    assert len(first.splitlines()) == len(MAY.splitlines())
    third = next(t for p, t in files.items() if "2021-09-07" in p)
    assert "Bo Ray (Pilot)" in third and "author" not in third
    linked = built.file("meetings/harbour-forum/2021-07-06").read_text("utf-8")
    assert "2021-07-06.md.txt" in linked


def test_addresses_stay_and_only_those_of_the_removed_are_gone(before: sites.Built, built: sites.Built) -> None:
    def named(address: str) -> bool:
        return "odowd" in address or "ann-lee" in address

    was, now = before.addresses(), built.addresses()
    kept = {a for a in was if not named(a) and "2021-09-07" not in a}
    assert kept <= set(now) and not [a for a in now if named(a)]
    for address in kept:
        if "#" not in address and "." not in address:
            assert built.file(address).is_file(), address


def test_a_name_in_a_page_by_hand_stops_the_build_with_file_and_line(built: sites.Built, tmp_path: Path) -> None:
    folder = sites.again(built, tmp_path / "leak")
    about = folder / "docs" / "about.md"
    line = len(about.read_text("utf-8").splitlines()) + 2
    with about.open("a", encoding="utf-8") as file:
        file.write("\nThanks to Zo&euml; O'Dowd&#45;Kemp,\nand to Ann\nLee. Kim Lee and Lee Valley Trust stay.\n")
    failed = sites.build(folder, strict=False)
    assert failed.status != 0 and not list(failed.site.rglob("*.html"))
    said = failed.log[failed.log.index("stands in what was written by hand") :]
    assert (
        f"docs/about.md:{line}: holds what redactions.yml:1 removes; "
        f"docs/about.md:{line + 1}: holds what redactions.yml:3 removes. Take it out there;"
    ) in said
    assert "odowd" not in plain(said) and "annlee" not in plain(said)


def test_a_name_left_anywhere_stops_the_build_and_leaves_nothing(built: sites.Built, tmp_path: Path) -> None:
    folder = sites.again(built, tmp_path / "leak")
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("\ncopyright: Zo\u00eb O'Dowd-Kemp\n")
    failed = sites.build(folder, strict=False)
    assert failed.status != 0 and not list(failed.site.rglob("*.html"))
    said = failed.log[failed.log.index("A name that is to be removed is left") :]
    assert "about/index.html holds what redactions.yml:1 removes" in said and "was emptied" in said
    assert "Take it out of what these files are made from" in said and "odowd" not in plain(said)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.txt", "…Zoë O’Dowd‑Kemp…".encode()),
        ("a.html", b"<b>Zo&euml;</b> <i>O&#x27;Dowd</i>-Kemp"),
        ("a.json", rb'"Zo\u00eb O\u2019Dowd-Kemp"'),
        ("a.xml", b"https://example.org/?q=Zo%C3%AB%20O%27Dowd-Kemp"),
        ("a.txt", b"ZOE O'DOWD KEMP"),
        ("a.txt", b"zoe.odowd-kemp@example.org"),
        ("a.txt", "O'Dowd-Kemp, Zoë".encode()),
        ("a.txt", b"Dr O'Dowd-Kemp"),
        ("a.txt", "Zoë O'Dowd-\nKemp".encode()),
        ("a.bin", gzip.compress("Zoë O'Dowd-Kemp".encode(), mtime=0)),
        ("a.docx", packed("docProps/core.xml", "<creator>Zoë O'Dowd-Kemp</creator>")),
        ("a.txt", "Zoë O'Dowd-Kemp".encode("utf-16")),
        ("zoe-odowd-kemp/index.html", b""),
    ],
)
def test_the_last_look_finds_a_name_in_whatever_form(tmp_path: Path, path: str, data: bytes) -> None:
    site = make(tmp_path / "in", {"forum/2021-05-04.txt": MAY, "redactions.yml": REDACTIONS})
    out = tmp_path / "out"
    archives.write(out, {path: data, "other.txt": b"Kim Lee met Zo\xc3\xab Ray at the Lee Valley Trust"})
    with pytest.raises(build.Unpublishable, match=r"redactions.yml:1 removes"):
        build.last_look(site, out)
    shutil.rmtree(out)
    build.last_look(site, archives.write(out, {"other.txt": "Kim Lee met Zoë Ray; Dowd, and Kemp".encode()}))


def test_who_is_meant_does_not_move_to_somebody_else(tmp_path: Path) -> None:
    people = "Ann Lee (Secretary) [AL]; Bo Lee (Deputy Secretary) [BL]; Cleo Marsh [CM]"
    text = minutes("The Secretary asked CM. Ann and Ms Lee left. Lee stayed.", people=people)
    site = make(tmp_path, {"forum/2021-05-03.txt": text, "redactions.yml": "- {name: Ann Lee, date: 2024-05-31}"})
    assert "“Secretary”" not in " ".join(mentions(site.archive))
    assert not [x for x in mentions(site.archive) if "people/bo-lee/" in x and ("Secretary" in x or "Ms Lee" in x)]


def test_only_one_of_two_with_the_name(tmp_path: Path) -> None:
    files = {
        "forum/2021-05-03.txt": minutes("Ann Lee spoke.", people="Ann Lee (Pilot, Port Trust) [AL]"),
        "council/2021-05-04.txt": minutes("Ann Lee sang.", people="Ann Lee (Cook, Tide Inn) [AL]"),
        "redactions.yml": "- {name: Ann Lee, date: 2024-05-31, only: {bodies: [Council]}}",
    }
    site = make(tmp_path, files)
    assert [p.name for p in site.archive.people] == ["Ann Lee"]
    assert [m.id for m in site.archive.meetings if m.people] == ["forum/2021-05-03"]


def test_other_names_of_the_register_are_removed_too(tmp_path: Path) -> None:
    files = {
        "forum/2021-05-03.txt": minutes("Annie Marsh spoke to CM.", people="Annie Marsh; Cleo Moor [CM]"),
        "forum/2022-05-03.txt": minutes("Ann Lee spoke.", people="Ann Lee; Cleo Moor"),
        "people.yml": "- {name: Ann Lee, other_names: [Annie Marsh]}",
        "redactions.yml": "- {name: Ann Lee, date: 2024-05-31}",
    }
    site = make(tmp_path, files)
    whole = " ".join([*map(str, site.pages), *map(str, site.files.values()), site.ledger])
    assert "Marsh" not in whole and "Ann Lee" not in whole and "Cleo Moor" in whole


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ("- name: Ann Lee\n", "redactions.yml:1: error: “date” must say when this was removed."),
        ("- {name: Ann Lee, date: 2024-05-31\n", "redactions.yml:"),
        ("Ann Lee\n", "redactions.yml:1: error:"),
        ("- {name: Ann Lee, date: 2024-05-31, replace: x}\n", "redactions.yml:1: error: “replace”"),
    ],
)
def test_a_mistake_in_the_file_stops_everything(tmp_path: Path, entries: str, said: str) -> None:
    files = {"forum/2021-05-03.txt": minutes("Ann Lee spoke."), "redactions.yml": entries}
    with pytest.raises(build.Unpublishable, match=re.escape(said)):
        make(tmp_path, files)


def test_a_file_that_is_called_otherwise_stops_everything(tmp_path: Path) -> None:
    with pytest.raises(build.Unpublishable, match=r"redactions stand in redactions\.yml"):
        make(tmp_path, {"redaction.yaml": REDACTIONS, "forum/2021-05-03.txt": minutes("High.")})


def test_an_entry_that_removes_nobody_is_told(tmp_path: Path) -> None:
    site = make(tmp_path, {"forum/2021-05-03.txt": minutes("High."), "redactions.yml": REDACTIONS})
    assert [(d.code, d.line) for d in site.archive.diagnostics if d.source == "redactions.yml"] == [
        ("redaction-unused", 1),
        ("redaction-unused", 3),
    ]


def test_check_and_export_keep_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = sites.project(tmp_path / "project", FILES | {"redactions.yml": REDACTIONS})
    monkeypatch.chdir(folder)
    main(["check"])
    main(["export", str(tmp_path / "out")])
    said = capsys.readouterr()
    assert "odowd" not in plain(said.out + said.err)
    tree = {p: p.read_bytes() for p in (tmp_path / "out").rglob("*") if p.is_file()}
    assert tree and not [p for p, data in tree.items() for t in texts(data) if "odowdkemp" in plain(t)]


def test_words_that_may_mean_two_go_if_both_are_removed_and_else_are_told(tmp_path: Path) -> None:
    people = "Ann Lee (Pilot, Guild of Pilots) [AL]; Ann Lee (Cook, Tide Inn) [AL]; Bo Lee [BL]; Cleo Marsh [CM]"
    files = {
        "forum/2021-05-03.txt": minutes("AL asked CM.", "Ann thanked CM.", "Then Lee left.", people=people),
        "redactions.yml": "- {name: Ann Lee, date: 2024-05-31}",
    }
    site = make(tmp_path, files)
    text = " ".join(b.text.plain for b in site.archive.meetings[0].minutes.blocks)
    gone = "[name removed 31 May 2024]"
    assert f"{gone} asked CM. {gone} thanked CM. Then Lee left." in text
    told = [(d.code, d.line) for d in site.archive.diagnostics if d.severity != "note"]
    assert told == [("redaction-unclear", 14)]
    assert not [x for m in site.archive.meetings for x in m.mentions if not x.resolved]


def test_a_topic_named_after_somebody_gets_another_address(tmp_path: Path) -> None:
    before = minutes("High.").replace("1. Tides", "1. Ann Lee's report")
    site = make(
        tmp_path, {"forum/2021-05-03.txt": before, "forum/2021-06-07.txt": minutes("Ann Lee spoke.", people="Ann Lee")}
    )
    assert "topics/ann-lees-report/" in site.ledger
    site = make(tmp_path, {"redactions.yml": "- {name: Ann Lee, date: 2024-05-31}"})
    assert [t.address for t in site.archive.topics] == ["topics/name-removed-31-may-2024-s-report/", "topics/tides/"]
    assert "lee" not in site.ledger


def test_initials_with_points_and_names_cut_by_tags_go_and_a_first_name_alone_is_told(tmp_path: Path) -> None:
    files = {
        "forum/2021-05-03.md": minutes("A.L. asked. A<b>nn</b> L<i>ee</i> left.", people="Ann Lee [AL]; Cleo Marsh"),
        "forum/2021-06-07.txt": minutes("Lee spoke. Ann was well.", people="A. Lee; Cleo Marsh"),
        "redactions.yml": "- {name: Ann Lee, date: 2024-05-31}",
    }
    site = make(tmp_path, files)
    gone = "[name removed 31 May 2024]"
    last, first = (" ".join(b.text.plain for b in m.minutes.blocks) for m in site.archive.meetings)
    assert f"{gone} asked. {gone}" in first and f"{gone} spoke. Ann was well." in last
    told = [(d.source, d.line) for d in site.archive.diagnostics if d.code == "redaction-unclear"]
    assert told == [("forum/2021-06-07.txt", 8)]
    build.last_look(site, archives.write(tmp_path / "out", site.files))


def test_a_calendar_is_searched_as_its_lines_were_before_they_were_folded(tmp_path: Path) -> None:
    given = {
        "harbour-forum/2021-05-04.txt": archives.minutes(
            *(
                f"{'x' * n} Ann Lee asked about the tide.\n\nAction: Lee Valley Trust to dig by 1 June 2021."
                for n in range(1, 90, 4)
            ),
            people="Bo Ray [BR]; Ann Lee [AL]",
        ),
        "redactions.yml": "- {name: Ann Lee, date: 2024-05-31, keep: [Lee Valley Trust]}\n",
    }
    site = archives.make(tmp_path, given)
    assert site.redacted
    calendars = {path: data for path, data in site.files.items() if path.endswith(".ics")}
    assert calendars and not [p for p, data in calendars.items() if site.redacted.held(p, data)]
    folded = b"BEGIN:VCALENDAR\r\nSUMMARY:An\r\n n Lee\r\nEND:VCALENDAR\r\n"
    assert site.redacted.held("meetings.ics", folded)

"""Topics: what makes one, what says that an item is about it, and what its page, the data and the command tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from minutebook import build, cli, parse, register, resolve, source
from minutebook.redact import FILE
from tests.archives import SETTINGS, make, minutes, write
from tests.cases import Case, cases, files, topic_lines
from tests.generated import MINUTES as WHOLE
from tests.test_render import body, site_html

NIGHT = "- name: Night sailings\n  phrases: [night sailing, late ferry]\n"


def items(*titles: str, words: str = "Words.") -> str:
    """The text of a meeting with these items, and the same words under each."""
    return "".join(f"{n}. {title}\n\n{words}\n\n" for n, title in enumerate(titles, 1))


def month(n: int) -> str:
    """A file of the n-th month."""
    return f"forum/{2000 + n // 12}-{n % 12 + 1:02}-03.txt"


def shown(site: build.Site, address: str) -> str:
    """The words of a page."""
    return site_html(body(site.pages[address])).text


@pytest.mark.parametrize("case", cases("topics"))
def test_what_items_are_about(case: Case, tmp_path: Path) -> None:
    assert topic_lines(make(tmp_path, files(case.given)).archive) == case.expected, case.place


@given(WHOLE)
@settings(max_examples=40, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_item_is_about_anything_that_it_does_not_say(text: str) -> None:
    entries = [("the", "will", "2"), ("action", "Ann Lee", "Harbour"), ("tide", "budget", "pier", "agreed")]
    topics, _ = register.read(
        {"topics.yml": yaml.safe_dump([{"name": p[0], "phrases": list(p)} for p in entries]).encode()}
    )
    read = parse.parse(source.read(text.encode(), "forum/2021-05-03.txt"))
    archive = resolve.resolve([read], SETTINGS, register=topics)
    known = {t.id: t for t in archive.topics}
    for m in archive.meetings:
        for n, item in enumerate(m.items):
            assert len({e.topic for e in item.evidence}) == len(item.evidence)
            for e in item.evidence:
                assert (m.id, n) in known[e.topic].items and e.rule and e.times >= 1
                block = m.minutes.blocks[e.block]
                assert block.text.plain[e.start : e.end] == e.text and e.words in e.text and e.words
                assert item.item.heading <= e.block < item.item.end
                assert block.part in ("item", "body", "action", "decision") or e.block == item.item.heading
                assert block.ref.first_line <= e.line <= block.ref.last_line
    assert {(t.id, place) for t in archive.topics for place in t.items} == {
        (e.topic, (m.id, n)) for m in archive.meetings for n, i in enumerate(m.items) for e in i.evidence
    }


# --- topics.yml ---


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- phrases: [tide]", "1: “name” must be given, as a text. Write “name: ...”."),
        ("- name: Tides\n  phrase: [tide]", "2: “phrase” is no key of such an entry. Write “phrases”."),
        (
            "- name: Tides\n- name: TIDES",
            "2: “TIDES” stands on line 1 already. Make one entry of the two.",
        ),
        ("- name: Tides\n  broader: See\n- name: Sea", "2: No entry is called “See”. Is “Sea” meant?"),
        (
            "- name: Tides\n  narrower:\n  - Waves",
            "3: No entry is called “Waves”. Write an entry for it: “- name: Waves”.",
        ),
        ("- name: Tides\n  broader: tides", "2: “tides” is broader than itself here. Take it out."),
        (
            "- name: Sea\n  broader: Waves\n- name: Tides\n  broader: Sea\n- name: Waves\n  broader: [Tides]",
            "6: These are broader than each other: “Waves” → “Tides” → “Sea” → “Waves”. "
            "Take one of the links out, here or on line 2 or 4.",
        ),
        (
            "- name: Tides\n  phrases: [tide]\n  not when: [low water]",
            "3: “low water” holds none of the phrases, so it can be no exception to them. "
            "Write the longer words that hold a phrase and mean something else, as “tide tables” for “tide”.",
        ),
        ("- name: Tides\n  phrases: ['!']", "2: “!” holds no word. Write words to look for."),
        ("- name: Tides\n  body: Forum\n  bodies: Forum", "2: “body” and “bodies” are one key. Keep one of the two."),
        (
            "- name: Tides\n  phrases: {a: b}",
            "2: “phrases” must be a text, or a list of texts. Write “phrases: [..., ...]”.",
        ),
        (
            "- name: Tides\n  not_a_topic: true\n  broader: Sea\n- name: Sea",
            "3: What is not a topic has none above or below it. Take it out.",
        ),
        (
            '- name: Sea\n- name: Tides\n  phrases: ["tide \\ud83c"]',
            "3: This holds half of a sign. Write the sign itself, in place of “\\u” and digits.",
        ),
        ("name: Tides", "1: The file must hold a list. Begin each entry with a hyphen: “- name: ...”."),
    ],
)
def test_what_is_wrong_with_an_entry_is_told_with_its_line(text: str, told: str) -> None:
    _, found = register.read({"topics.yml": text.encode()})
    assert [f"topics.yml:{told}"] == [str(d).replace(": error", "").rpartition(" [")[0] for d in found]


def test_what_goes_round_in_a_circle_keeps_the_other_links() -> None:
    text = "- {name: Sea}\n- {name: Tides, broader: [Sea, Waves]}\n- {name: Waves, broader: Tides}\n"
    read, found = register.read({"topics.yml": text.encode()})
    assert [(t.name, t.broader, t.narrower) for t in read.topics] == [
        ("Sea", (), ("Tides",)),
        ("Tides", ("Sea", "Waves"), ()),
        ("Waves", (), ("Tides",)),
    ]
    assert [d.line for d in found] == [3]


def test_an_entry_that_no_item_is_about_and_a_body_that_never_met_are_told(tmp_path: Path) -> None:
    text = NIGHT + "- {name: Tides, bodies: [Harbour Forums]}\n"
    site = make(tmp_path, {"topics.yml": text, "harbour forum/2021-05-03.txt": "Harbour Forum\n\n" + items("Tides")})
    told = [str(d) for d in site.archive.diagnostics if d.code == "topic-unused"]
    assert told == [
        "topics.yml:1: warning: No item of business is about “Night sailings”: nothing says “night sailing” or "
        "“late ferry”, so there is no page for it. Write its phrases as the minutes do, or take the entry out. "
        "[topic-unused]",
        "topics.yml:3: warning: No minutes here are those of “Harbour Forums”. Is “Harbour Forum” meant? "
        "[topic-unused]",
    ]
    assert "topics/night-sailings/" not in site.pages


# --- addresses ---


def test_a_title_that_an_entry_covers_leads_to_it_and_comes_back_with_its_address(tmp_path: Path) -> None:
    make(tmp_path, {month(0): items("The new night sailings", "Lights")})
    site = make(tmp_path, {"topics.yml": NIGHT})
    assert [t.address for t in site.archive.topics] == ["topics/lights/", "topics/night-sailings/"]
    assert site.archive.redirects == {"topics/the-new-night-sailings/": "topics/night-sailings/"}
    site = make(tmp_path, {"topics.yml": ""})
    assert [t.address for t in site.archive.topics] == ["topics/lights/", "topics/the-new-night-sailings/"]
    assert site.archive.redirects == {"topics/night-sailings/": "topics/the-new-night-sailings/"}
    assert not [d for d in site.archive.diagnostics if d.severity == "error"]


def test_an_entry_that_is_called_otherwise_leaves_a_redirect(tmp_path: Path) -> None:
    make(tmp_path, {month(0): items("Lights", words="A late ferry came."), "topics.yml": NIGHT})
    site = make(tmp_path, {"topics.yml": "- {name: Sailing at night, phrases: [Night sailings, late ferry]}"})
    assert site.archive.redirects == {"topics/night-sailings/": "topics/sailing-at-night/"}
    assert not [d for d in site.archive.diagnostics if d.severity == "error"]


def test_what_is_said_to_be_no_topic_leads_to_its_meeting(tmp_path: Path) -> None:
    make(tmp_path, {month(0): items("Updates from members")})
    site = make(tmp_path, {"topics.yml": "- {name: Updates from members, not_a_topic: true}"})
    assert site.archive.topics == ()
    assert site.archive.redirects == {"topics/updates-from-members/": "meetings/forum/2000-01-03/"}
    assert "meetings/forum/2000-01-03/" in site.pages


def test_what_every_meeting_has_and_was_published_as_a_topic_leads_to_its_meeting(tmp_path: Path) -> None:
    make(tmp_path, {month(0): items("Lamps", "Tides")})
    ledger = (tmp_path / "addresses.tsv").read_text()
    assert "topics/lamps/" in ledger
    (tmp_path / "addresses.tsv").write_text(
        ledger.replace("topics/lamps/\ttopic\tlamps", "topics/adoption-of-minutes/\ttopic\tadoption of minutes")
    )
    site = make(tmp_path, {month(0): items("Adoption of minutes", "Tides")})
    assert [t.name for t in site.archive.topics] == ["Tides"]
    assert site.archive.redirects["topics/adoption-of-minutes/"] == "meetings/forum/2000-01-03/"
    assert not [d for d in site.archive.diagnostics if d.code == "address-lost"]


def test_titles_that_were_two_topics_are_one_now(tmp_path: Path) -> None:
    make(tmp_path, {month(0): items("Tide tables, part"), month(1): items("Lights")})
    ledger = (tmp_path / "addresses.tsv").read_text().replace("tide tables part", "update on tide tables")
    (tmp_path / "addresses.tsv").write_text(ledger.replace("tide-tables-part", "update-on-tide-tables"))
    site = make(tmp_path, {month(0): items("Update on tide tables"), month(1): items("Tide tables")})
    assert [(t.name, t.address) for t in site.archive.topics] == [("Tide tables", "topics/update-on-tide-tables/")]
    assert not [d for d in site.archive.diagnostics if d.code == "address-lost" and "tide" in d.message]


# --- pages ---


def test_a_topic_s_page_says_when_by_which_words_and_what_came_back(tmp_path: Path) -> None:
    spoken = minutes("Bo Ray said that a late ferry came. It was late.", "Bo Ray left.", people="Bo Ray")
    entries = NIGHT + "  description: After dark.\n- {name: Sailings in the dark, phrases: [sailing, late ferry]}\n"
    files_ = {month(n): minutes(f"Bo Ray spoke {n} times.", people="Bo Ray") for n in range(1, 5)}
    files_ |= {
        month(0): spoken,
        month(4): items("Night sailings", "Piers"),
        "topics.yml": entries,
    }
    site = make(tmp_path, files_)
    page = shown(site, "topics/night-sailings/")
    assert "First heard of on 3 January 2000, last on 3 May 2000. After dark." in page
    assert "3 May 2000 · returning after 3 meetings 1. Night sailings" in page
    assert "1. Tides Bo Ray said that a late ferry came. 1.1" in page and "It was late" not in page
    assert "holds “night sailing” or “late ferry”" in page
    assert "Bo Ray 1" in page  # once in that sentence, though the item names him twice
    markdown = site.pages["topics/night-sailings/"].markdown
    assert "a <mark>late ferry</mark> came" in markdown and "../../meetings/forum/2000-01-03/index.md#p-1-1" in markdown
    assert 'aria-label="2000 quarter 1 to 2000 quarter 2: 2 items; most in 2000 quarter 1, 1"' in markdown
    meeting = site.pages["meetings/forum/2000-05-03/"].markdown
    assert 'href="../../../topics/night-sailings/" data-said="Returning after 3 meetings"' in meeting
    assert 'data-said="Sailings in the dark, returning after 3 meetings"' in meeting
    assert "returning" not in site.pages["meetings/forum/2000-01-03/"].markdown


def test_a_topic_returns_after_two_silent_meetings_of_its_body_and_not_after_one(tmp_path: Path) -> None:
    about = ("Lamps", "Ropes", "Lamps", "Ropes", "Ropes", "Lamps")
    given = {month(n): f"1. {title}\n\nIt was day {n}.\n" for n, title in enumerate(about)}
    given |= {f"board/2000-0{n}-20.txt": f"1. Ropes\n\nThe board met {n}.\n" for n in (1, 2, 3)}
    page = shown(make(tmp_path, given), "topics/lamps/")
    assert page.count("eturning after") == page.count("eturning after 2 meetings") == 1


def test_an_item_that_only_mentions_a_topic_brings_the_actions_that_do_so_too(tmp_path: Path) -> None:
    lines = ("A late ferry came.", "Action: Bo Ray to paint the pier.", "Action: Ann Lee to meet each late ferry.")
    site = make(tmp_path, {month(0): minutes(*lines, people="Bo Ray; Ann Lee"), "topics.yml": NIGHT})
    page = shown(site, "topics/night-sailings/")
    assert "to meet each late ferry" in page and "paint the pier" not in page
    assert "paint the pier" in shown(site, "topics/tides/")


def test_the_words_that_say_so_are_marked_and_no_others_that_read_alike(tmp_path: Path) -> None:
    said = "The party saw art, then a mole-hill, then the mole."
    entries = "- name: Art\n- name: Mole\n  not_when: [mole-hill]\n"
    site = make(tmp_path, {month(0): minutes(said), "topics.yml": entries})
    assert "The party saw <mark>art</mark>, then a mole-hill, then the mole." in body(site.pages["topics/art/"])
    assert "The party saw art, then a mole-hill, then the <mark>mole</mark>." in body(site.pages["topics/mole/"])


def test_a_topic_with_many_items_has_them_in_parts(tmp_path: Path) -> None:
    site = make(tmp_path, {month(n): items("Night sailings", words=f"There were {n}.") for n in range(230)})
    first = body(site.pages["topics/night-sailings/"])
    assert first.count("1\\. Night sailings]") == 50
    assert {a for a in site.pages if a.startswith("topics/night-sailings/")} == {
        f"topics/night-sailings/{part}" for part in ("", "part-1/", "part-2/")
    }
    assert "200 items, 3 January 2000 to 3 August 2016, the newest first. Part 1 of 2." in shown(
        site, "topics/night-sailings/part-1/"
    )
    assert "30 items" in shown(site, "topics/night-sailings/part-2/")
    assert "(part-2/index.md)" in first and "(../part-1/index.md)" in body(site.pages["topics/night-sailings/part-2/"])


def test_broader_and_narrower_topics_link_to_each_other(tmp_path: Path) -> None:
    text = "- {name: Sea, phrases: [sea]}\n- {name: Tides, phrases: [tide], broader: Sea}\n"
    site = make(tmp_path, {month(0): items("Piers", words="The sea has a tide."), "topics.yml": text})
    assert "**With** [Tides](../tides/index.md)" in site.pages["topics/sea/"].markdown
    assert "**Part of** [Sea](../sea/index.md)" in site.pages["topics/tides/"].markdown
    assert site.pages["topics/tides/"].front_matter["broader"] == ["Sea"]


def test_a_term_s_page_leads_to_the_glossary(tmp_path: Path) -> None:
    site = make(tmp_path, {month(0): items("Piers", "Moles", words="Local Harbour Plans (LHPs) came.")})
    page = body(site.pages["topics/local-harbour-plans/"])
    assert "holds “LHPs” or “Local Harbour Plans”" in page and "(../../glossary/index.md#term-lhp)" in page


# --- data ---


def test_the_data_hold_what_says_so(tmp_path: Path) -> None:
    site = make(tmp_path, {month(0): items("Piers", words="A late ferry came."), "topics.yml": NIGHT})
    data = json.loads(site.files["data/archive.json"])
    piers, night = sorted(data["topics"], key=lambda t: str(t["id"]), reverse=True)
    assert (piers["source"], piers["items"]) == ("title", ["forum/2000-01-03#item-1"])
    assert night == {
        "id": "night-sailings",
        "name": "Night sailings",
        "address": "topics/night-sailings/",
        "source": "register",
        "other_names": ["night sailing", "late ferry"],
        "phrases": ["night sailing", "late ferry"],
        "not_when": [],
        "broader": [],
        "narrower": [],
        "items": ["forum/2000-01-03#item-1"],
        "evidence": [
            {
                "item": "forum/2000-01-03#item-1",
                "text": "A late ferry came.",
                "words": "late ferry",
                "rule": "words of topics.yml: “late ferry”",
                "times": 1,
                "line": 3,
            }
        ],
    }
    assert [i["topics"] for m in data["meetings"] for i in m["items"]] == [["piers", "night-sailings"]]


# --- redaction ---


def test_a_removed_name_goes_from_topics_too(tmp_path: Path) -> None:
    text = (
        "- {name: Ann Lee award}\n"
        "- {name: Prizes, phrases: [prize, Ann Lee award], description: What Ann Lee gave.}\n"
        "- {name: Piers, phrases: [pier, removed]}\n"
    )
    talk = minutes("The Ann Lee award is a prize.", "Ann Lee spoke of a pier.", people="Ann Lee; Bo Ray")
    site = make(tmp_path, {month(0): talk, "topics.yml": text})
    assert "topics/ann-lee-award/" in site.pages
    site = make(tmp_path, {FILE: "- {name: Ann Lee, date: 2024-05-31}"})
    assert [t.address for t in site.archive.topics] == ["topics/piers/", "topics/prizes/", "topics/tides/"]
    assert [t.phrases for t in site.archive.topics] == [("pier", "removed"), ("prize",), ()]
    assert [len(t.items) for t in site.archive.topics] == [1, 1, 1]
    assert not [path for path, data in site.files.items() if b"Ann Lee" in data]
    assert "Ann Lee" not in "".join(p.markdown for p in site.pages.values()) + site.ledger
    assert "[name removed 31 May 2024] spoke of a pier." in str(site.files["data/archive.json"], "utf-8")


# --- minutebook topics ---

TALK = "Bo Ray said that the tide gauge survey of the Harbour Trust was late. The tide gauge rusts."


@pytest.fixture
def talked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose items speak of two things, and name people and organisations."""
    monkeypatch.chdir(tmp_path)
    talk = minutes(TALK, people="Bo Ray (Director, Harbour Trust)") + "2. Piers\n\nNo tide gauge survey came.\n"
    write(
        tmp_path / "minutes_src",
        {month(0): talk, month(1): items("Moles", words="A night pilot rota, and a tide gauge.")},
    )
    return tmp_path / "minutes_src"


def test_topics_are_proposed_as_entries_that_the_next_build_reads(
    talked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["topics"]) == 0
    out = capsys.readouterr().out
    assert out == (
        "# Proposed from 2 meetings. Keep what is a topic, and put it into minutes_src/topics.yml.\n\n"
        "# 2 items in 1 meeting. forum/2000-01-03.txt:7: “Bo Ray said that the tide gauge survey of the Harbour Trust "
        "was late.”\n# /meetings/forum/2000-01-03/#p-1-1\n- name: Tide gauge survey\n  phrases: [tide gauge survey]\n\n"
        "# 3 items in 2 meetings. forum/2000-01-03.txt:7: “Bo Ray said that the tide gauge survey of the Harbour Trust "
        "was late.”\n# /meetings/forum/2000-01-03/#p-1-1\n- name: Tide gauge\n  phrases: [tide gauge]\n"
    )
    write(talked, {"topics.yml": out})
    made = {t.name: len(t.items) for t in build.make(talked, SETTINGS).archive.topics if t.source == "register"}
    assert made == {"Tide gauge": 3, "Tide gauge survey": 2}
    assert cli.main(["topics"]) == 0
    assert capsys.readouterr().out == (
        "# Nothing to propose from 2 meetings: no phrase stands in 2 items that is no topic yet.\n"
    )


def test_proposals_can_be_fewer_and_of_rarer_phrases(talked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["topics", "--least", "1", "--most", "5", "minutes_src"]) == 0
    names = [e["name"] for e in yaml.safe_load(capsys.readouterr().out)]
    assert "Night pilot rota" in names and len(names) <= 5 and not any("Ray" in n or "Trust" in n for n in names)
    assert cli.main(["topics", "--most", "1"]) == 0
    assert len(yaml.safe_load(capsys.readouterr().out)) == 1
    with pytest.raises(SystemExit):
        cli.main(["topics", "--most", "0"])
    assert "“0” is no number: write 1 or more" in capsys.readouterr().err


def test_the_words_in_place_of_a_name_are_not_proposed(talked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(
        talked, {FILE: "- {name: Bo Ray, date: 2024-05-31}", month(2): items("Ropes", words="Bo Ray spoke of ropes.")}
    )
    assert cli.main(["topics", "--least", "1"]) == 0
    out = capsys.readouterr().out
    assert "- name: Tide gauge\n" in out and "emoved]" not in out and "Ray" not in out
    assert not [e for e in yaml.safe_load(out) if "removed" in e["name"].casefold()]


def test_what_is_said_to_be_no_topic_is_not_proposed(talked: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(talked, {"topics.yml": "- {name: Tide gauges, not_a_topic: true}"})
    assert cli.main(["topics"]) == 0
    assert "- name: Tide gauge\n" not in capsys.readouterr().out

"""The indexes of actions and decisions without scripts, and the data of which scripts make them: nothing is lost."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook import render
from minutebook.model import STATES, Archive, Page, Settings
from minutebook.publish.listing import shards
from minutebook.publish.listing.words import PAGE, decoded, index, pages
from minutebook.publish.words import folded
from minutebook.render import indexes
from tests import lists
from tests.archives import SETTINGS, make, minutes
from tests.lists import ANN, BO, GUILD, JUNE, action, archive, every_state, heard, meeting

Json = dict[str, Any]


def body(page: Page) -> str:
    return page.markdown.split("---\n", 2)[2]


def table(page: Page) -> list[list[str]]:
    """The cells of the first table of a page, without its heading."""
    lines = [line for line in body(page).splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines if line.startswith("| [")]


@pytest.fixture(scope="module")
def made() -> dict[str, Page]:
    return render.render(every_state(), SETTINGS)


# --- the pages ---


def test_each_action_says_how_it_stands_and_where_that_is_written(made: dict[str, Page]) -> None:
    rows = {re.sub(r"<[^>]+>", "", row[1]): row[4] for row in table(made["actions/"])}
    june, july = "../meetings/harbour-forum/2021-06-07/index.md", "../meetings/harbour-forum/2021-07-05/index.md"
    assert rows == {
        "Ann Lee to paint the lighthouse.": "new",
        "Zoë to light the mole.": f"carried forward<br><small>[5 July 2021]({july}#p-1-1)</small>",
        "AL to write about lights.": f"done<br><small>[7 June 2021]({june}#p-1-1)</small>",
        "&#61;The Guild to hold a réunion.": "reported on again"
        f"<br><small>[7 June 2021]({june}#p-1-1), silent for 1 meeting</small>",
        "Moor the ferry.": "dropped<br><small>20 June 2021: Sold.</small>",
        r"Paint \| \*it\* &lt;b&gt;.": "superseded"
        f"<br><small>[5 July 2021]({july}#p-1-1), by [a later one]({july}#action-1)</small>",
        "Bo Ray to count the buoys.": "new<br><small>silent for 9 meetings</small>",
    }


def test_a_row_says_of_which_body_it_is_where_there_are_several(made: dict[str, Page]) -> None:
    places = {re.sub(r"<[^>]+>", "", row[1]): row[0].partition("<br>")[2] for row in table(made["actions/"])}
    assert "Tide Board" in places["Bo Ray to count the buoys."]
    assert "Harbour Forum" in places["Moor the ferry."]
    alone = render.render(archive(meeting("harbour-forum/2021-06-07", [action(1, "Moor the ferry.")])), SETTINGS)
    assert "Harbour Forum" not in table(alone["actions/"])[0][0]


def test_the_sentence_has_the_figures_and_what_is_printed_again_counts_nowhere(made: dict[str, Page]) -> None:
    assert "\n7 actions from 4 meetings: 4 open, 3 closed." in body(made["actions/"])
    assert "\n4 decisions from 4 meetings: 1 resolution, 1 motion, 1 election, 1 other." in body(made["decisions/"])
    assert sum("AL to write about lights." in row[1] for row in table(made["actions/"])) == 1
    assert not any(f"{JUNE}/index.md#action-2" in p.markdown for a, p in made.items() if a.startswith("actions/"))


def test_a_decision_says_who_moved_it_and_how_it_went(made: dict[str, Page]) -> None:
    rows = [row[1:] for row in table(made["decisions/"])]
    ann, bo, zoe = (f"[{o.name}](../people/{o.person}/index.md)" for o in (ANN, BO, lists.ZOE))
    assert rows == [
        ["RESOLVED that charts are free.<br><small>resolution</small>", "the warden", ""],
        [
            "That fees rise.<br><small>motion</small>",
            f"{ann}<br><small>seconded by {bo}</small>",
            "Carried<br><small>5 for, 2 against</small>",
        ],
        [f"To elect a warden.<br><small>election: {zoe}</small>", "", "<small>7 for, 0 against, 1 abstained</small>"],
        ["The quay opens in June.", "", ""],
    ]


def test_nothing_in_the_pages_depends_on_the_day_on_which_they_are_made(made: dict[str, Page]) -> None:
    said = [p.markdown for a, p in made.items() if a.startswith(("actions/", "decisions/"))]
    assert len(said) == 6 and not any("overdue" in text for text in said)
    due = {row[3] for row in table(made["actions/"])} - {""}
    assert due == {  # only what is open has its day in an element, in which a script can look
        f'<time datetime="{day}">{words}</time>'
        for day, words in {
            "2020-06-01": "1 June 2020",
            "2021-06-01": "1 June 2021",
            "2021-09-01": "1 September 2021",
            "2999-01-01": "1 January 2999",
        }.items()
    }


def test_the_years_hold_all_rows_and_what_a_part_holds_stays() -> None:
    def year(meetings: int) -> dict[str, Page]:
        start = dt.date(2021, 1, 1)
        days = (start + dt.timedelta(days=n) for n in range(meetings))
        many = [meeting(f"harbour-forum/{day}", [action(n, f"Do {n}.", [ANN]) for n in range(1, 61)]) for day in days]
        return {p.address: p for p in render.render(archive(*many), SETTINGS).values() if p.address.startswith("actio")}

    before, after = year(11), year(12)
    assert {a: len(table(p)) for a, p in after.items()} == {
        "actions/": 50,
        "actions/2021/": 240,
        "actions/2021/2/": 240,
        "actions/2021/3/": 240,
    }
    assert before.keys() == after.keys()
    assert table(before["actions/2021/"]) == table(after["actions/2021/"])
    assert len(table(before["actions/2021/3/"])) == 180
    # all of it can be reached by browsing, the newest first
    assert "[2021](2021/index.md)&nbsp;<small>720</small>" in body(after["actions/"])
    assert "The year has 3 parts: 1, [2](2/index.md), [3](3/index.md)." in body(after["actions/2021/"])
    assert "[Earlier: 1 January 2021 to 4 January 2021](../index.md)" in body(after["actions/2021/2/"])
    assert "[Later: 9 January 2021 to 12 January 2021](../3/index.md)" in body(after["actions/2021/2/"])
    assert len(after["actions/"].front_matter["actions"]) == 50  # type: ignore[arg-type]


def test_a_meeting_is_not_cut_unless_it_has_too_many_by_itself() -> None:
    sizes = [200, 100, 400, 10]
    many = [
        meeting(f"harbour-forum/2021-0{k}-01", [action(n, "Go.") for n in range(1, size + 1)])
        for k, size in enumerate(sizes, 1)
    ]
    rows = [(m, a) for m in archive(*many).meetings for a in m.actions]
    parts = indexes.in_parts("actions/", rows)
    assert [(p.address, len(p.rows)) for p in parts] == [
        ("actions/2021/4/", 10),
        ("actions/2021/3/", 400),
        ("actions/2021/2/", 100),
        ("actions/2021/", 200),
    ]
    assert [row for p in parts for row in p.rows] == rows


def test_the_charts_say_what_the_actions_come_to(made: dict[str, Page]) -> None:
    page = body(made["actions/"])
    said = "2020 quarter 2 to 2021 quarter 3: 7 actions opened, 3 closed; most were opened in 2021 quarter 2, 5"
    assert f'role="img" aria-label="{said}"' in page
    rows = re.findall(r"<tr><td>([^<]+)</td><td>(\d+)</td><td>(\d+)</td></tr>", page)
    assert rows == [("2021 quarter 3", "1", "1"), ("2021 quarter 2", "5", "2"), ("2020 quarter 2", "1", "0")]
    owners = re.findall(r"<li><span>(?:<a href=\"([^\"]+)\">)?([^<]+)(?:</a>)?</span> .*?<span>(\d+)</span></li>", page)
    assert owners == [
        ("../people/bo-ray/", "Bo Ray", "2"),
        ("../people/ann-lee/", "Ann Lee", "1"),
        ("../organisations/guild-of-pilots/", "Guild of Pilots", "1"),
        ("../people/zoe-aron/", "Zoë Årøn", "1"),
    ]


def test_charts_do_not_grow_with_the_years() -> None:
    many = [
        meeting(f"harbour-forum/{year}-0{month}-01", [action(1, "Go.")])
        for year in range(1990, 2020)
        for month in (2, 5, 8)
    ]
    [first, *_] = indexes.actions(archive(*many), SETTINGS)
    assert first.markdown.count('class="mb-chart__opened"') == 21  # and the bar of nobody
    rows = re.findall(r"<tr><td>([^<]+)</td><td>(\d+)</td>", first.markdown)
    assert rows[19:22] == [("2013 quarter 2", "1"), ("2013, until quarter 1", "1"), ("2012", "3")]
    assert sum(int(n) for _, n in rows) == 90


def test_an_export_has_the_years_and_the_figures_and_nothing_for_scripts() -> None:
    portable = render.render(every_state(), Settings(site_name="Harbour Forum", portable=True))
    page = body(portable["actions/"])
    assert "<svg" not in page and "<div" not in page and "| 2021 quarter 2 | 5 | 2 |" in page
    assert "| [Bo Ray](../people/bo-ray/index.md) | 2 |" in page
    assert {"actions/2020/", "actions/2021/", "decisions/2020/", "decisions/2021/"} <= portable.keys()


# --- the data ---


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=40), max_size=30))
def test_every_word_of_every_text_is_found_again(texts: list[str]) -> None:
    whole = index(texts)
    cut = pages(whole)
    back = json.loads(json.dumps([page for _, page in cut]))
    found = {word: rows for page in back for word, rows in decoded(page)}
    assert found == dict(whole)
    assert [first for first, _ in cut] == [decoded(page)[0][0] for _, page in cut]
    for row, text in enumerate(texts):
        for word in set(folded(text)):
            assert row in found[word]


def test_words_are_folded_and_parted() -> None:
    assert set(folded("L’Été à Straße, ŁÓDŹ 10:30 ﬁt Øre")) == {
        "l",
        "ete",
        "a",
        "strasse",
        "lodz",
        "10",
        "30",
        "fit",
        "ore",
    }
    assert folded("…—") == []


def test_files_of_words_are_of_one_size_however_many_words_there_are() -> None:
    chance = random.Random(1)
    texts = [" ".join(f"{chance.randrange(16**5):05x}" for _ in range(20)) for _ in range(2_000)]
    cut = pages(index(texts))
    sizes = [len(json.dumps(page, separators=(",", ":"))) for _, page in cut]
    assert len(cut) > 10 and max(sizes) < 1.1 * PAGE


def read(files: dict[str, bytes], name: str) -> tuple[Json, list[Json]]:
    """(the manifest of a list, its shards: columns, rows with their meetings, words)."""
    manifest = json.loads(files[f"{name}/data/manifest.json"])
    out = []
    for count, digest, firsts in manifest["shards"]:
        folder = f"{name}/data/{digest}"
        columns = json.loads(files[f"{folder}/columns.json"])
        chunks = [json.loads(files[f"{folder}/rows-{k}.json"]) for k in range(-(-count // manifest["chunk"]))]
        rows = [{**row, "meeting": chunk["meetings"][row["m"]]} for chunk in chunks for row in chunk["rows"]]
        found = {w: r for k in range(len(firsts)) for w, r in decoded(json.loads(files[f"{folder}/words-{k}.json"]))}
        assert len(rows) == count == sum(n for *_, n in columns["meetings"])
        out.append({"columns": columns, "rows": rows, "words": found})
    return manifest, out


def kept(shard: Json, facet: str, value: str) -> Iterator[int]:
    """The rows of a shard that a facet leaves."""
    columns = shard["columns"]
    if facet in ("body", "year"):
        meetings = [m for m in columns["meetings"] for _ in range(m[2])]
        yield from (r for r, m in enumerate(meetings) if value == (m[1] if facet == "body" else m[0][:4]))
        return
    values, rows = columns["facets"][facet]["values"], columns["facets"][facet]["rows"]
    for r, places in enumerate(rows):
        has = places if isinstance(places, list) else [] if places is None else [places]
        if value in [values[place][0] for place in has]:
            yield r


def actions_of(whole: Archive) -> list[tuple[Any, Any]]:
    return [(m, a) for m in reversed(whole.meetings) for a in reversed(m.actions) if not a.restates]


OWNERS = [ANN, BO, lists.ZOE, GUILD, lists.WARDEN]
STATE = st.sampled_from(STATES)
ACTION = st.tuples(
    st.lists(st.sampled_from(OWNERS), unique=True, max_size=3),
    STATE,
    st.none() | st.integers(1, 400),
    st.sampled_from(["Count the tides.", "Compter les marées", "Light tide-gauge 3", "Løs båden"]),
    st.booleans(),
)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["harbour-forum", "tide-board"]), st.integers(0, 1500)),
        st.lists(ACTION, max_size=4),
        max_size=8,
    )
)
def test_filtering_the_data_is_filtering_the_archive(drawn: dict[tuple[str, int], list[Any]]) -> None:
    day = dt.date(2019, 1, 1)
    many = []
    for (of, n), rows in drawn.items():
        date = day + dt.timedelta(days=n)
        made = [
            action(
                k,
                text,
                owners,
                due=str(date + dt.timedelta(days=due)) if due else "",
                news=[] if state == "new" else [heard(state, str(date + dt.timedelta(days=7)))],
                restates="a/action-1" if again else "",
            )
            for k, (owners, state, due, text, again) in enumerate(rows, 1)
        ]
        many.append(meeting(f"{of}/{date}", made))
    whole = archive(*many)
    expected = actions_of(whole)
    files = lists.data(whole)
    if not expected:
        assert not any(path.startswith("actions/") for path in files)
        return
    manifest, [shard] = read(files, "actions")
    assert manifest["count"] == len(expected)
    ids = [f"{row['meeting'][0]}/action-{row['n']}" for row in shard["rows"]]
    assert ids == [f"{m.id}/action-{a.number}" for m, a in expected]

    def rows_of(facet: str, value: str) -> list[int]:
        return list(kept(shard, facet, value))

    for o in OWNERS:
        id_ = f"people/{o.person}" if o.person else f"organisations/{o.organization}" if o.organization else o.name
        assert rows_of("owner", id_) == [r for r, (_, a) in enumerate(expected) if o in a.owners]
    assert rows_of("owner", "nobody") == [r for r, (_, a) in enumerate(expected) if not a.owners]
    assert rows_of("organisation", "organisations/guild-of-pilots") == [
        r for r, (_, a) in enumerate(expected) if {GUILD, BO} & set(a.owners)
    ]
    for state in STATES:
        assert rows_of("status", state) == [r for r, (_, a) in enumerate(expected) if a.status == state]
    for year in range(2019, 2024):
        assert rows_of("year", str(year)) == [r for r, (m, _) in enumerate(expected) if m.date.year == year]
    assert rows_of("body", "tide-board") == [r for r, (m, _) in enumerate(expected) if m.body == "tide-board"]
    due = shard["columns"].get("due", [None] * len(expected))
    assert due == [(a.action.due - m.date).days if a.action.due else None for m, a in expected]
    assert shard["words"].get("marees", []) == [r for r, (_, a) in enumerate(expected) if "marées" in a.action.text]
    for r, (m, a) in enumerate(expected):
        for word in folded(f"{a.action.text} {m.items[0].item.title} {' '.join(o.name for o in a.owners)}"):
            assert r in shard["words"][word]


def test_every_decision_is_a_row_with_its_facets() -> None:
    manifest, [shard] = read(lists.data(every_state()), "decisions")
    assert [f["name"] for f in manifest["facets"]] == ["mover", "body", "kind", "year"]
    assert [row["text"] for row in shard["rows"]] == [
        "The quay opens in June.",
        "To elect a warden.",
        "That fees rise.",
        "RESOLVED that charts are free.",
    ]
    assert list(kept(shard, "mover", "people/bo-ray")) == [2]
    assert list(kept(shard, "mover", "the warden")) == [3]
    assert list(kept(shard, "kind", "election")) == [1]
    assert shard["rows"][1]["votes"] == [7, 0, 1] and shard["words"]["aron"] == [1]


def test_a_new_meeting_changes_the_newest_shard_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "SHARD", 10)

    def many(meetings: int) -> dict[str, bytes]:
        days = (dt.date(2021, 1, 1) + dt.timedelta(days=n) for n in range(meetings))
        return lists.data(
            archive(*(meeting(f"harbour-forum/{d}", [action(k, f"Do {k}.") for k in (1, 2, 3)]) for d in days))
        )

    before, after = many(11), many(12)
    kept = {path for path in before.keys() & after.keys() if path.count("/") == 3}
    assert {path.split("/")[2] for path in before.keys() - after.keys()}.isdisjoint(p.split("/")[2] for p in kept)
    assert len({path.split("/")[2] for path in kept}) == 3 and all(after[path] == before[path] for path in kept)
    _, [*_, last] = read(after, "actions")
    assert [row["meeting"][0][-2:] for row in last["rows"]] == ["11"] * 3 + ["12"] * 3


def test_the_same_archive_gives_the_same_files_and_no_word_stands_alone_in_them() -> None:
    files = lists.data(every_state())
    assert files == lists.data(every_state())
    [coded] = [data.decode() for path, data in files.items() if "actions/" in path and "/words-" in path]
    assert '"0count"' in coded and not re.search(r"\W(ann|lee|guild)\W", coded)


def test_the_lines_for_downloads_are_those_of_the_files() -> None:
    files = lists.data(every_state())
    for name in ("actions", "decisions"):
        manifest = json.loads(files[f"{name}/data/manifest.json"])
        [[count, digest, _]] = manifest["shards"]
        lines = json.loads(files[f"{name}/data/{digest}/lines-0.json"])
        assert len(lines) == count
        assert "".join([manifest["header"], *reversed(lines)]).encode() == files[f"data/{name}.csv"]


def test_an_empty_archive_has_no_such_files() -> None:
    assert [path for path in lists.data(Archive()) if not path.startswith("data/")] == []


def test_a_word_that_is_kept_beside_a_name_that_is_removed_stops_no_build(tmp_path: Path) -> None:
    text = minutes(
        "Action: Lee Valley Trust to count.", "Action: Ann Lee to go.", people="Ann Lee (Lee Valley Trust) [AL]"
    )
    entry = "- {name: Ann Lee, date: 2024-05-31, keep: [Lee Valley Trust]}"
    site = make(tmp_path, {"forum/2021-05-03.txt": text, "redactions.yml": entry})
    _, [shard] = read(dict(site.files), "actions")
    assert shard["words"]["lee"] == [1] and shard["words"]["go"] == [0]
    assert site.redacted and site.redacted.held("a.json", b'"lee"')
    ours = {path: data for path, data in site.files.items() if path.startswith("actions/data/")}
    assert len(ours) == 5 and not [path for path, data in ours.items() if site.redacted.held(path, data)]

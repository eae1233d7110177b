"""`minutebook export`: a tree of which plain MkDocs makes a whole site without our hooks; and what it touches."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import unquote

import markdown
import pytest
import yaml
from markdown_it import MarkdownIt

from minutebook import cli
from tests import harbour, pages, sites
from tests.archives import minutes
from tests.sites import BASE, Built

MOVED = "address\tkind\tkey\tdetail\nmeetings/harbour-forum/2021-05-05/\tredirect\tmeetings/harbour-forum/2021-05-04/\n"
FORUM = {**harbour.MEETINGS, "addresses.tsv": MOVED}
MEETING = "meetings/harbour-forum/2021-05-04/"
SEARCH = "---\ntitle: Search\nkind: search\nexport: false\n---\n\n# Search\n"
PLAIN = "site_name: Pier Forum\n"
GOOD = minutes("Tides were counted.", people="Ann Lee (Director)")


@pytest.fixture(autouse=True)
def _site_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", sites.ENVIRONMENT["SITE_URL"])


def export(project: Path, *arguments: str) -> int:
    """Run the command in a project; it writes to `out` there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        patch.setenv("SITE_URL", sites.ENVIRONMENT["SITE_URL"])
        return cli.main(["export", *(arguments or ("out",))])


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def matter(page: str) -> dict[str, object]:
    """The front matter of a page of Markdown."""
    found = re.match(r"---\n(.*?\n)---\n\n", page, re.S)
    assert found, page[:60]
    loaded = yaml.safe_load(found[1])
    assert isinstance(loaded, dict)
    return loaded


def body(page: str) -> str:
    return page.split("\n---\n", 1)[1]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The export of the repository's own pages over the invented minutes, with a search page and a picture."""
    project = sites.project(tmp_path_factory.mktemp("export") / "project", FORUM)
    (project / "docs" / "search.md").write_text(SEARCH)
    (project / "docs" / "img").mkdir()
    (project / "docs" / "img" / "mole.svg").write_text("<svg/>")
    assert export(project) == 0
    return project / "out"


@pytest.fixture(scope="module")
def plain(out: Path) -> Built:
    """What plain MkDocs makes of it, with its own theme."""
    return sites.build(out)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project: one meeting, one hand-written page."""
    (tmp_path / "mkdocs.yml").write_text(PLAIN)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n[Meetings](meetings/index.md)\n")
    return sites.write(tmp_path, {"forum/2021-05-03.txt": GOOD})


# --- the tree ---


def test_the_tree_holds_pages_data_originals_and_nothing_of_ours(out: Path, forum: Built) -> None:
    files = tree(out)
    for address in ("", "about/", "reading/", "data/"):
        assert f"docs/{address.rstrip('/') or 'index'}.md" in files
    for address in ("people/", "actions/", "unresolved/", MEETING, "people/bo-ray/", "organisations/guild-of-pilots/"):
        assert f"docs/{address}index.md" in files
    assert files[f"docs/{MEETING}2021-05-04.txt"] == harbour.MAY.encode()
    assert files["docs/meetings/harbour-forum/2021-07-06/2021-07-06.md.txt"] == harbour.JULY.encode()
    for name in (
        "data/archive.json",
        "data/archive.schema.json",
        "data/people.csv",
        "data/popolo.json",
        f"{MEETING}index.json",
        f"{MEETING}minutes.akn.xml",
    ):
        assert files[f"docs/{name}"] == forum.tree()[name]
    assert files["docs/img/mole.svg"] == b"<svg/>"
    assert b"\nmeetings/harbour-forum/2021-05-05/\tredirect\t" in files["docs/data/addresses.tsv"]
    assert not [name for name in files if "/guide/" in name or "/adr/" in name or name.endswith((".js", ".woff2"))]


def test_every_address_of_the_site_is_in_the_tree(forum: Built, out: Path) -> None:
    published = {p.parent.relative_to(forum.site).as_posix() for p in forum.site.rglob("index.html")}
    there = {p.with_suffix("") for p in (out / "docs").rglob("*.md")}
    written = {(p.parent if p.name == "index" else p).relative_to(out / "docs").as_posix() for p in there}
    assert len(published) > 20
    assert published - written == {"search"}  # which needs our scripts; other generators bring their own


def test_front_matter_is_yaml_and_says_what_the_page_is(out: Path) -> None:
    found = {p.relative_to(out / "docs").as_posix(): p.read_text("utf-8") for p in (out / "docs").rglob("*.md")}
    for name, page in found.items():
        heading = re.search(r"^# (.+)$", body(page), re.M)
        assert heading and {"title", "kind"} <= matter(page).keys(), name
        assert name in ("index.md", "about.md", "data.md", "reading.md") or heading[1] == matter(page)["title"]
    meeting = matter(found[f"{MEETING}index.md"])
    assert {k: meeting[k] for k in ("title", "date", "body", "chair", "actions", "decisions")} == {
        "title": "Meeting of 4 May 2021",
        "date": "2021-05-04",
        "body": "Harbour Forum",
        "chair": ["Ann Lee"],
        "actions": ["harbour-forum/2021-05-04/action-1", "harbour-forum/2021-05-04/action-2"],
        "decisions": ["harbour-forum/2021-05-04/decision-1"],
    }
    assert {"Bo Ray", "Eve Stone"} <= set(meeting["people"])  # type: ignore[call-overload]
    assert "Guild of Pilots" in meeting["organisations"]  # type: ignore[operator]
    assert "Night sailings" in meeting["topics"]  # type: ignore[operator]
    person = matter(found["people/bo-ray/index.md"])
    assert person["organisations"] == ["Northport Ferry Trust"] and "Night sailings" in person["topics"]  # type: ignore[operator]
    assert person["actions"] == ["harbour-forum/2021-05-04/action-1"]


def test_the_configuration_is_ours_without_hooks_and_theme(out: Path) -> None:
    theirs = yaml.safe_load((out / "mkdocs.yml").read_text("utf-8"))
    assert theirs["site_url"] == sites.ENVIRONMENT["SITE_URL"]
    assert [list(entry) for entry in theirs["nav"]][:3] == [["Home"], ["Meetings"], ["Actions"]]
    assert not {"hooks", "plugins", "extra"} & theirs.keys() and "custom_dir" not in theirs["theme"]
    assert not (out / "docs" / "search.md").exists() and "search.md" not in str(theirs["nav"])


# --- what generators make of it ---


def test_plain_mkdocs_builds_it_without_a_warning_and_every_link_leads_somewhere(plain: Built) -> None:
    assert (plain.status, plain.problems()) == (0, []), plain.log
    assert pages.faults(plain.site, BASE) == []


def test_it_is_a_site_that_can_be_read(plain: Built) -> None:
    meeting = pages.read(plain.file(MEETING))
    assert meeting.one("h1").text == "Meeting of 4 May 2021"
    assert [h.text for h in meeting.all("h2")][1:3] == ["Item 1. Welcome", "Item 2. Night sailings"]
    assert meeting.one(id="action-1").closest("blockquote").text == (
        "Action 1 Bo Ray silent for 1 meeting Action: BR to write to the Tidewater Trust about lights."
    )
    assert meeting.one(id="p-2-1").closest("p").text.startswith("2.1 BR said that night sailings doubled")
    assert {"../../../people/bo-ray/", "2021-05-04.txt", "index.json", "meeting.ics", "minutes.akn.xml"} <= set(
        meeting.links()
    )
    person = pages.read(plain.file("people/bo-ray/"))
    assert "feed.xml" in person.links()
    feed = (plain.site / "people" / "bo-ray" / "feed.xml").read_text("utf-8")
    assert f'href="{sites.ENVIRONMENT["SITE_URL"]}{MEETING}"' in feed
    home = pages.read(plain.file(""))
    assert "6 July 2021" in home.text and "DO to fix the lamps" in home.text
    assert "Minutes: " in home.text  # the licence, at the foot


def test_no_heading_has_an_id_at_which_the_theme_of_mkdocs_stops(plain: Built) -> None:
    # Its script looks for each second-level heading with `#id`, and no selector begins with a digit.
    for path in plain.site.rglob("*.html"):
        assert [
            h.attributes["id"] for h in pages.read(path).all("h2") if h.attributes.get("id", "a")[0].isdigit()
        ] == []


def test_themes_take_nothing_in_front_matter_for_something_else(plain: Built) -> None:
    # That of MkDocs shows `source` as a row of labels, one for each letter.
    assert pages.read(plain.file(MEETING)).all(cls="source-links") == []


def test_nothing_in_it_needs_our_script_or_a_file_that_is_not_there(plain: Built, forum: Built) -> None:
    theirs, ours = (pages.read(built.file(MEETING)).links() for built in (plain, forum))
    assert {"index.md", "#print"} <= set(ours)
    assert {"index.md", "#print"} & set(theirs) == set()


def test_a_page_that_moved_leads_on(plain: Built) -> None:
    page = pages.read(plain.file("meetings/harbour-forum/2021-05-05/"))
    assert pages.is_redirect(page)
    assert pages.target("meetings/harbour-forum/2021-05-05/", page.links()[0], BASE) == MEETING


def test_links_lead_from_file_to_file_as_github_follows_them(out: Path) -> None:
    followed = 0
    for path in sorted((out / "docs").rglob("*.md")):
        for link in re.findall(r"(?<!\\)\]\(([^)\s]+)\)", body(path.read_text("utf-8"))):
            if not re.match(r"https?:|#", link):
                assert (path.parent / unquote(link.partition("#")[0])).is_file(), f"{path}: {link}"
                followed += 1
    assert followed > 200


def test_every_page_reads_the_same_to_a_commonmark_reader(out: Path) -> None:
    github = MarkdownIt("commonmark").enable("table")
    for path in sorted((out / "docs").rglob("*.md")):
        text = body(path.read_text("utf-8"))
        python = markdown.markdown(text, extensions=["tables", "toc", "sane_lists", "fenced_code"])
        shapes = [
            (page.text, [e.tag for e in page.walk() if e.tag not in ("p", "thead", "tbody")])
            for page in map(pages.parse, (python, github.render(text)))
        ]
        assert shapes[0] == shapes[1], path


def test_what_means_harm_is_text_in_another_theme_too(tmp_path: Path) -> None:
    project = sites.project(tmp_path / "project", harbour.HOSTILE)
    export(project, "--quiet", "out")
    built = sites.build(project / "out")
    assert (built.status, built.problems()) == (0, []), built.log
    harmed = 0
    for path in built.site.rglob("*.html"):
        page = pages.read(path)
        harmed += "window.harm" in page.text
        assert not [e for e in page.all("script") if "harm" in "".join(c for c in e.children if isinstance(c, str))], (
            path
        )
        assert not [e for e in page.walk() if any(k.startswith("on") for k in e.attributes)], path
    assert harmed > 5


# --- hand-written pages ---


def test_the_site_has_what_is_for_the_site_only_and_links_that_fit(tmp_path: Path) -> None:
    project = sites.project(tmp_path, harbour.MEETINGS)
    with (project / "docs" / "about.md").open("a") as about:
        about.write("\n<!-- minutebook: latest-meetings -->\n\n")
        about.write("<!-- minutebook: site-only -->Ours<!-- minutebook: /site-only -->\n")
    built = sites.build(project)
    assert (built.status, built.problems()) == (0, [])
    page = pages.read(built.file("about/"))
    assert page.text.count("Ours") == 1 and "../meetings/harbour-forum/2021-07-06/" in page.links()
    assert "site-only" not in built.file("about/").read_text("utf-8")


def test_a_link_to_a_page_that_is_left_out_is_told_with_file_line_and_remedy(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "docs" / "search.md").write_text(SEARCH)
    about = (
        "---\ntitle: About\n---\n\n# About\n\nSee\n[search](search.md#all), or <a href='../search/?q=x'>search</a>.\n"
    )
    (project / "docs" / "about.md").write_text(about)
    (project / "mkdocs.yml").write_text(PLAIN + "nav: [index.md, Find: [search.md], {About: about.md}]\n")
    assert export(project) == 1
    said = [line for line in capsys.readouterr().err.splitlines() if "[link-left-out]" in line]
    assert len(said) == 1 and said[0].startswith("docs/about.md:8: error: This page links to search.md")
    assert "<!-- minutebook: site-only -->" in said[0]
    assert yaml.safe_load((project / "out" / "mkdocs.yml").read_text())["nav"] == ["index.md", {"About": "about.md"}]

    marked = about.replace("[search]", "<!-- minutebook: site-only -->[search]").replace(
        "</a>.", "</a>.<!-- minutebook: /site-only -->"
    )
    (project / "docs" / "about.md").write_text(marked)
    assert export(project) == 0
    assert "search" not in (project / "out" / "docs" / "about.md").read_text()


@pytest.mark.parametrize(
    ("page", "place", "words"),
    [
        ("# P\n\n[x](meetings/nothing/index.md)", "p.md:3: error", "“meetings/nothing/index.md” leads to nothing"),
        ("# P\n\n<div>\n<img src='../no.png'>\n</div>", "p.md:4: error", "“../no.png” leads to nothing"),
        ("# P\n\n[gone](guide/x.md)", "p.md:3: error", "leads to nothing in the export"),
        ("---\ntitle: a: b\n---\n# P", "p.md:2: error", "is not valid YAML"),
        (b"# P\n\n\xff", "p.md:3: error", "not in UTF-8"),
        ("# P\n\n<!-- minutebook: nothing -->", "p.md: warning", "no computed part “nothing”"),
    ],
)
def test_what_is_wrong_with_a_page_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], page: str | bytes, place: str, words: str
) -> None:
    (project / "docs" / "p.md").write_bytes(page if isinstance(page, bytes) else page.encode())
    (project / "docs" / "guide").mkdir()
    (project / "docs" / "guide" / "x.md").write_text("# X")
    (project / "mkdocs.yml").write_text(PLAIN + "exclude_docs: /guide/\n")
    assert export(project) == (1 if "error" in place else 0)
    said = [line for line in capsys.readouterr().err.splitlines() if line.startswith(f"docs/{place}: ")]
    assert len(said) == 1 and words in said[0]
    assert (project / "out" / "docs" / MEETING.split("/")[0] / "index.md").is_file()


def test_links_that_lead_somewhere_are_not_complained_of(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "docs" / "more").mkdir()
    (project / "docs" / "more" / "a b.png").write_bytes(b"x")
    (project / "docs" / "more" / "p.md").write_text(
        "# P\n\n[a](../index.md) [b](../meetings/index.md#x) [c](#d) [e](https://example.org/nothing.md) "
        "[f](mailto:a@example.org) ![g](a%20b.png) `[h](no.md)` [i](../data/archive.json)\n\n"
        "<a href='../../people/'>j</a> <a href='../'>k</a> <a href='../../'>l</a> <img src='../a b.png'>\n\n"
        "    [m](no.md)\n\n<!-- minutebook: latest-meetings -->\n"
    )
    assert export(project) == 1
    said = [line for line in capsys.readouterr().err.splitlines() if "more/p.md" in line]
    assert len(said) == 1 and said[0].startswith("docs/more/p.md:5: error: The link to “../” leads to nothing")
    assert "](../meetings/index.md)" in (project / "out" / "docs" / "more" / "p.md").read_text()


def test_navigation_that_names_no_page_is_told_and_mended(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "mkdocs.yml").write_text(PLAIN + "nav: [index.md, {Gone: gone.md}, {Out: 'https://example.org/'}]\n")
    assert export(project) == 1
    assert "docs/gone.md: error: `nav` in mkdocs.yml names this page" in capsys.readouterr().err
    nav = yaml.safe_load((project / "out" / "mkdocs.yml").read_text())["nav"]
    assert nav == ["index.md", {"Out": "https://example.org/"}]


# --- minutes with errors ---


def test_bad_minutes_are_told_and_the_rest_is_exported(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sites.write(project, {"forum/b.txt": "Forum\n\nHeld on 31st June 2021"})
    assert export(project) == 1
    out, err = capsys.readouterr()
    assert "minutes_src/forum/b.txt:3: error: “31st June 2021”" in err
    assert out.startswith("Exported to out: 1 meeting, ")
    assert (project / "out" / "docs" / "meetings" / "forum" / "2021-05-03" / "index.md").is_file()
    assert not (project / "minutes_src" / "addresses.tsv").exists()


def test_what_is_exported_keeps_its_address(project: Path) -> None:
    assert export(project) == 0
    ledger = (project / "minutes_src" / "addresses.tsv").read_bytes()
    assert b"\nmeetings/forum/2021-05-03/\t" in ledger
    assert tree(project / "out")["docs/data/addresses.tsv"] == ledger


@pytest.mark.parametrize(("text", "words"), [("nav: [a\n", "line 2: this is not valid YAML"), ("- a\n", "")])
def test_a_broken_configuration_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    (project / "mkdocs.yml").write_text(text)
    assert export(project) == (2 if words else 0)
    assert capsys.readouterr().err.startswith(f"mkdocs.yml: error: {words}" if words else "")


# --- the folder ---


def test_the_same_input_gives_the_same_bytes(project: Path) -> None:
    assert export(project, "one") == export(project, "two") == export(project, "one") == 0
    assert tree(project / "one") == tree(project / "two")


def test_nothing_of_an_earlier_export_stays_behind_and_what_is_the_user_s_does(project: Path) -> None:
    second = sites.write(project, {"forum/2021-06-07.txt": minutes("Ebb.", people="Cy Fox (Clerk)")})
    assert export(project) == 0
    mine = second / "out" / "docs" / "people" / "cy-fox" / "notes.txt"
    mine.write_text("mine")
    (second / "out" / "theirs.yml").write_text("INHERIT: mkdocs.yml\n")
    assert (second / "out" / "docs" / "meetings" / "forum" / "2021-06-07").is_dir()
    (second / "minutes_src" / "forum" / "2021-06-07.txt").unlink()
    (second / "minutes_src" / "addresses.tsv").unlink()
    assert export(project) == 0
    assert not (second / "out" / "docs" / "meetings" / "forum" / "2021-06-07").exists()
    assert list(mine.parent.iterdir()) == [mine]
    again = tree(second / "out")
    assert again.pop("docs/people/cy-fox/notes.txt") == b"mine" and again.pop("theirs.yml")
    assert export(project, "fresh") == 0
    assert again == tree(second / "fresh")


def test_a_folder_of_somebody_else_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "out").mkdir()
    (project / "out" / "thesis.txt").write_text("years of work")
    assert export(project) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith("out: error: is there already, and no earlier export")
    assert tree(project / "out") == {"thesis.txt": b"years of work"}
    (project / "file").write_text("x")
    assert export(project, "file") == 2 and (project / "file").read_text() == "x"


def test_an_empty_folder_is_taken(project: Path) -> None:
    (project / "out").mkdir()
    assert export(project) == 0


@pytest.mark.parametrize(
    "name", ["mkdocs.yml", "docs/index.md", "docs/people/cy-fox/index.md", "docs/people/di-orr/index.md"]
)
def test_what_was_changed_since_is_not_overwritten(
    project: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    sites.write(project, {"forum/2021-06-07.txt": minutes("Ebb.", people="Cy Fox (Clerk)")})
    assert export(project) == 0
    changed = project / "out" / name
    changed.parent.mkdir(exist_ok=True)
    changed.write_text("mine")
    before = tree(project / "out")
    (project / "minutes_src" / "forum" / "2021-06-07.txt").unlink()
    (project / "minutes_src" / "addresses.tsv").unlink()
    sites.write(project, {"forum/2021-07-05.txt": minutes("Flood.", people="Di Orr (Clerk)")})
    assert export(project) == 2
    assert f"out: error: {name} would be overwritten or deleted" in capsys.readouterr().err
    assert tree(project / "out") == before


@pytest.mark.parametrize("inside", ["docs/out", "minutes_src/out", "docs"])
def test_an_export_does_not_go_into_what_is_exported(
    project: Path, capsys: pytest.CaptureFixture[str], inside: str
) -> None:
    before = tree(project)
    assert export(project, inside) == 2
    assert "is what is exported. Name another folder." in capsys.readouterr().err
    assert tree(project) == before


def test_a_list_that_names_files_elsewhere_deletes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(project) == 0
    listed = project / "out" / ".minutebook-export.json"
    held = json.loads(listed.read_text())
    held["files"]["../mkdocs.yml"] = "0" * 64
    for text in (json.dumps(held), "[]", "{"):
        listed.write_text(text)
        assert export(project) == 2
        assert "out: error: .minutebook-export.json" in capsys.readouterr().err
    assert (project / "mkdocs.yml").read_text() == PLAIN


def test_a_way_out_of_the_folder_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(project) == 0
    (project / "elsewhere").mkdir()
    people = project / "out" / "docs" / "people"
    people.rename(project / "elsewhere" / "people")
    people.symlink_to(project / "elsewhere" / "people")
    before = tree(project / "elsewhere")
    assert export(project) == 2
    assert "leads out of the folder" in capsys.readouterr().err
    assert tree(project / "elsewhere") == before


@pytest.mark.parametrize("name", ["mkdocs.yml", "docs/index.md", ".minutebook-export.json"])
def test_a_link_in_place_of_a_file_is_refused(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert export(project) == 0
    outside = project / "outside"
    (project / "out" / name).rename(outside)
    (project / "out" / name).symlink_to(outside)
    before = outside.read_bytes()
    (project / "docs" / "index.md").write_text("# Another home\n\n[Meetings](meetings/index.md)\n")
    assert export(project) == 2
    assert f"{name} is in the way" in capsys.readouterr().err
    assert outside.read_bytes() == before


def test_what_is_in_the_way_is_found_before_anything_is_touched(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(project) == 0
    (project / "out" / "docs" / "index.md").unlink()
    (project / "out" / "docs" / "index.md").mkdir()
    (project / "minutes_src" / "forum" / "2021-05-03.txt").unlink()
    sites.write(project, {"forum/2021-06-07.txt": GOOD})
    before = tree(project / "out")
    assert export(project) == 2
    assert "docs/index.md is in the way" in capsys.readouterr().err
    assert tree(project / "out") == before


def test_a_configuration_that_inherits_is_read_whole(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "base.yml").write_text("site_description: Of the pier\nexclude_docs: /drafts/\n")
    (project / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: Pier Forum\n")
    (project / "docs" / "drafts").mkdir()
    (project / "docs" / "drafts" / "secret.md").write_text("# Not yet\n")
    assert export(project) == 0
    assert "Of the pier" in (project / "out" / "mkdocs.yml").read_text()
    assert not [name for name in tree(project / "out") if "secret" in name]
    (project / "base.yml").unlink()
    assert export(project) == 2
    assert "INHERIT: there is no file base.yml" in capsys.readouterr().err

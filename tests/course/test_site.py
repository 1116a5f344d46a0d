"""The site as files: what is in it, what is not, and that a folder of somebody else is left alone."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import nbformat
import pytest

from myoteach import cli
from myoteach.course import CourseError
from myoteach.course._copies import is_for_instructor
from myoteach.course.site import build_site
from myoteach.course.site._build import MARK, POLICY, _write
from myoteach.course.site._plates import draw
from myoteach.course.site._polish import polish
from myoteach.course.site._text import section
from myoteach.figures import recording_figure
from myoteach.figures.plate import MIME
from myoteach.signals import simulate
from myoteach.widgets._lessons import lessons
from tests.conftest import ROOT

#: What a page of ours may name outside its folder: sources that a reader may press.
_LOADING = re.compile(r'<(?:script|img|link|iframe|audio|video|source|object|embed)\b[^>]*?(?:src|href|data)="([^"]*)"')


def pages(site: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in site.glob("*.html")}


def loaded(site: Path, page: str) -> set[str]:
    """The files that a page loads."""
    return {page, *_LOADING.findall((site / page).read_text(encoding="utf-8"))}


def test_every_lesson_is_a_page(built_site: Path) -> None:
    assert {lesson.file.replace(".ipynb", ".html") for lesson in lessons()} <= set(pages(built_site))
    assert (built_site / ".nojekyll").exists()


def test_every_page_is_a_whole_page_with_the_policy(built_site: Path) -> None:
    for name, text in pages(built_site).items():
        assert text.startswith("<!doctype html>") or text.startswith("<!DOCTYPE html>"), name
        assert '<html lang="en">' in text
        assert 'http-equiv="Content-Security-Policy"' in text, name
        assert POLICY in text, name
        assert text.count("<h1") == text.count("<main") == text.count("<title>") == 1, name
        assert 'class="skip" href="#text"' in text
        titles = re.findall(r"<title>(.*?)</title>", text)
        assert titles[0].endswith("myoteach") or "lessons" in titles[0]
    assert len({re.search(r"<title>(.*?)</title>", text)[1] for text in pages(built_site).values()}) == len(  # type: ignore[index]
        pages(built_site)
    )


def test_no_page_holds_a_script_of_its_own_or_loads_from_elsewhere(built_site: Path) -> None:
    for name, text in pages(built_site).items():
        inline = [attributes for attributes in re.findall(r"<script([^>]*)>", text) if "src=" not in attributes]
        assert all('type="application/json"' in attributes for attributes in inline), name
        assert not re.search(r"\son\w+=", text), name
        for address in loaded(built_site, name):
            assert "://" not in address, (name, address)
            assert (built_site / address).is_file(), (name, address)


def test_every_link_within_the_site_leads_somewhere(built_site: Path) -> None:
    every = pages(built_site)
    anchors = {name: set(re.findall(r'\sid="([^"]+)"', text)) for name, text in every.items()}
    links = [(name, link) for name, text in every.items() for link in re.findall(r'<a [^>]*?href="([^"]*)"', text)]
    for name, text in every.items():
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), name
    inside = [(name, link) for name, link in links if "://" not in link]
    assert len(inside) > 500
    for name, link in inside:
        file, _, anchor = link.replace("&amp;", "&").partition("#")
        assert (file or name) in every, (name, link)
        assert not anchor or anchor in anchors[file or name], (name, link)


def test_no_cell_of_the_instructor_is_in_it(built_site: Path) -> None:
    whole = " ".join(path.read_text(encoding="utf-8") for path in built_site.rglob("*") if path.is_file())
    secret = [
        line.lstrip("#*- ").strip()
        for path in (ROOT / "notebooks").glob("*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
        if "instructor" in cell.metadata.get("tags", [])
        for line in cell.source.splitlines()
    ]
    assert len(secret) > 50
    for line in secret:
        words = re.sub(r"[*`_]", "", line)[:60]
        assert words not in whole, words
    assert "For the instructor" not in whole


def test_nothing_of_the_machine_that_built_it_is_in_it(built_site: Path) -> None:
    for path in built_site.rglob("*.*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert str(Path.home()) not in text or str(Path.home()) == "/", path
            assert "/tmp/" not in text, path
            assert "0x7f" not in text, path


def test_a_page_with_questions_says_that_its_keys_travel_with_it(built_site: Path) -> None:
    for name, text in pages(built_site).items():
        assert ('"explorer":"quiz"' in text) == ("the keys of these practice questions travel with the page" in text), (
            name
        )


def test_weights(built_site: Path) -> None:
    def weight(page: str) -> int:
        return sum(len(gzip.compress((built_site / file).read_bytes(), 9)) for file in loaded(built_site, page))

    first = weight("00_start_here.html")
    heaviest = max(map(weight, pages(built_site)))
    whole = sum(path.stat().st_size for path in built_site.rglob("*") if path.is_file())
    assert first < 400_000
    assert heaviest < 400_000
    assert whole < 8_000_000


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    assert cli.main(["site", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said == f"myoteach site: {tmp_path} is not empty and not a site made by myoteach; name another folder.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_lesson_that_does_not_exist_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["site", str(tmp_path / "out"), "--lessons", "06", "77"]) == 1
    assert capsys.readouterr().err == "myoteach site: There is no lesson 77; there are 00 to 10.\n"
    assert not (tmp_path / "out").exists()


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(CourseError, match="is not empty and not a site"):
        build_site(tmp_path / "out")


def test_a_site_made_before_is_replaced_and_what_was_added_stays(tmp_path: Path) -> None:
    _write(tmp_path, {"old.html": "old", "data/a.js": "a"}, [])
    (tmp_path / "CNAME").write_text("example.org", encoding="utf-8")
    listed = json.loads((tmp_path / MARK).read_text(encoding="utf-8"))["files"]
    _write(tmp_path, {"new.html": "new"}, [*listed, "../outside"])
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert names == {"new.html", "CNAME", MARK}


def test_a_lesson_that_fails_leaves_the_earlier_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, {"old.html": "old"}, [])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1 / 0")])
    monkeypatch.setattr(nbformat, "reads", lambda *_args, **_named: notebook)
    with pytest.raises(
        CourseError, match=r"06_what_causes_it.ipynb cannot be run: ZeroDivisionError: division by zero"
    ):
        build_site(tmp_path, only=["06"])
    assert (tmp_path / "old.html").read_text(encoding="utf-8") == "old"


def test_sections_close_where_the_next_of_their_level_begins() -> None:
    cell = nbformat.v4.new_markdown_cell
    folded = {"jp-MarkdownHeadingCollapsed": True}
    notebook = nbformat.v4.new_notebook(
        cells=[
            cell("# T"),
            cell("## A"),
            cell("### a", metadata=folded),
            cell("text"),
            cell("## For you", metadata={"tags": ["instructor"]}),
            cell("## B"),
        ]
    )
    notebook.cells = [each for each in notebook.cells if not is_for_instructor(each)]
    section(notebook)
    around = [(each.metadata.site["before"], each.metadata.site["after"]) for each in notebook.cells]
    assert around == [
        ("", ""),
        ("<section>", ""),
        ('<details class="fold">', ""),
        ("", ""),
        ("</details></section><section>", "</section>"),
    ]


def test_polish_mends_links_tables_and_sources() -> None:
    page = (
        '<a href="https://doi.org/1">x</a><a href="07_no.ipynb">gone</a><a href="#source-a">a</a>'
        '<div class="prose"><h2>See</h2><code>progress()</code> <code>progress()</code><h2>See</h2></div>'
        "<style>b{}</style><table><tr><th></th><td>a, b</td></tr></table><ul><li><strong>[@a]</strong> A</li></ul>"
    )
    made = polish(page, files=["sources.html", "progress.html"], sources={"a": "A 2020", "b": "B 2021"})
    assert 'rel="noopener noreferrer" target="_blank"' in made
    assert "<span>gone</span>" in made
    assert '<a class="cite" href="#source-a" title="A 2020">a</a>' in made
    assert made.count('<a href="progress.html"><code>progress()</code></a>') == 2
    assert '<h2 id="See">' in made
    assert '<h2 id="See-2">' in made
    assert "<style>" not in made
    assert "<th>" not in made
    assert made.count('href="sources.html#source-') == 2
    assert '<li id="source-a"><strong>a</strong> A</li>' in made


def test_a_plate_becomes_a_picture_with_its_values() -> None:
    plate = recording_figure(simulate("cortical_action", 10, seed=1), ["ECR_R", "C3"], 2, 4)
    svg = draw(plate.picture[MIME], plate.caption)
    assert svg.count("<polyline") == 2
    assert plate.caption in svg
    assert ">ECR_R</text>" in svg
    assert "nan" not in svg.lower()
    spots = [float(spot) for line in re.findall(r'points="([^"]+)"', svg) for spot in re.split("[ ,]", line)]
    assert min(spots) >= 0
    assert max(spots) <= 860

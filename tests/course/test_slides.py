"""Slides as cells and as a file: which cell stands where, and that the file needs nothing but itself."""

from __future__ import annotations

import base64
import dis
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from myoteach import KnowledgeBase, cli
from myoteach.course import CourseError
from myoteach.course._sentences import SAFETY
from myoteach.course.site._text import FOLDED
from myoteach.course.slides import build_slides
from myoteach.course.slides._build import names_only
from myoteach.course.slides._derive import Deck, derive, slide_types
from myoteach.questions import read_bank
from tests.conftest import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
EACH = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
#: What a learner has alone, and lists that no room reads.
ALONE = re.compile(r"\b(progress|flashcards|glossary|terms)\(")


def cell(text: str, kind: str = "", **metadata: Any) -> Any:
    return new_markdown_cell(text, metadata=metadata | ({"slideshow": {"slide_type": kind}} if kind else {}))


def outline(deck: Deck) -> list[tuple[str, list[int], int]]:
    """Title, cells in each step, and notes of every slide."""
    return [(slide.title, [len(step) for step in slide.steps], len(slide.notes)) for slide in deck.slides]


def test_jupyters_own_types_make_the_slides() -> None:
    cells = [
        cell("# A", "slide"),
        cell("goes on"),
        cell("later", "fragment"),
        cell("still later"),
        cell("said", "notes"),
        cell("## Never seen", "skip"),
        cell("no heading of its own", "subslide"),
        cell("for the one who teaches", "notes", tags=["instructor"]),
    ]
    deck = derive(new_notebook(cells=cells))
    assert outline(deck) == [("A", [2, 2], 1), ("Never seen", [1], 0)]
    assert [each.source for each in deck.lesson_notes] == ["for the one who teaches"]


def test_a_lesson_without_types_makes_a_sane_deck(kb: KnowledgeBase) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "06_what_causes_it.ipynb", as_version=4)
    for each in notebook.cells:
        each.metadata.pop("slideshow", None)
    deck = derive(notebook)
    titles = [slide.title for slide in deck.slides]
    assert titles[:3] == ["6. What causes it?", "Safety line", "Before you begin"]
    assert {"See the whole", "Check yourself", "Take home"} <= set(titles)
    assert len(titles) < 14
    assert sum(len(slide.notes) for slide in deck.slides) >= 4
    assert len(deck.sources) == 1
    assert len(deck.lesson_notes) == 2


def test_a_picture_a_table_and_a_quiz_find_their_place_by_the_rule() -> None:
    view = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    shown = {**view, "data": {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}}}
    table = {**view, "data": {"text/html": "<table><caption>What decides (a note)</caption></table>"}}
    cells = [
        cell("## Before you begin"),
        new_code_cell('quiz("lesson-01/opening")', outputs=[shown]),
        new_code_cell("triage()", outputs=[shown]),
        new_code_cell('table("urgency")', outputs=[table]),
        new_code_cell("progress()", outputs=[shown]),
        cell("### For clinicians: more", **{FOLDED: True}),
        new_code_cell("triage()", outputs=[shown]),
        cell("## Take home"),
    ]
    assert slide_types(new_notebook(cells=cells)) == ["slide", "-", "slide", "skip", "skip", "skip", "skip", "slide"]
    cells[3].metadata["slideshow"] = {"slide_type": "slide"}
    assert derive(new_notebook(cells=cells[3:4])).slides[0].title == "What decides"


@EACH
def test_every_lesson_says_of_every_cell_where_it_stands(path: Path) -> None:
    """JupyterLab shows a cell without a type on the slide before it, so that one without must be meant."""
    notebook = nbformat.read(path, as_version=4)
    untyped = [each for each in notebook.cells if "slideshow" not in each.metadata]
    assert all(each.cell_type == "code" for each in untyped)
    assert len(untyped) <= 2
    deck = derive(notebook)
    shown = [each for slide in deck.slides for step in slide.steps for each in step]
    assert deck.slides[0].steps[0][0] is notebook.cells[0]
    assert any("not a diagnosis" in each.source for each in deck.slides[1].steps[0])
    assert not [each.source for each in shown if ALONE.search(each.source) or FOLDED in each.metadata]
    assert not [each.source for each in shown if "instructor" in each.metadata.get("tags", [])]
    assert len(deck.lesson_notes) == 2
    assert deck.sources
    assert deck.slides[-1].title == "Take home"
    quizzes = [each.source for each in shown if "quiz(" in each.source]
    assert [bool(re.search(place, text)) for place, text in zip(("opening", "closing"), quizzes, strict=True)] == [
        True
    ] * 2
    assert max(len(each.source.split()) for each in shown if each.cell_type == "markdown") <= 120
    assert any(slide.notes for slide in deck.slides)


def names(source: str) -> set[str]:
    """What a cell names for the cells after it."""
    return {
        step.argval for step in dis.get_instructions(compile(source, "cell", "exec")) if step.opname == "STORE_NAME"
    }


@EACH
def test_a_cell_that_is_not_shown_still_names_what_it_named(path: Path) -> None:
    cells = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert cells
    assert [source for source in cells if names(names_only(source)) != names(source)] == []


def test_a_file_holds_its_own_script_and_style_and_loads_nothing(built_slides: Path) -> None:
    files = sorted(built_slides.glob("*.html"))
    assert [path.name[:2] for path in files] == ["01"]
    for path in files:
        text = path.read_text(encoding="utf-8")
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        for name in ("script", "style"):
            (inside,) = re.findall(rf"<{name}>(.*?)</{name}>", text, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{name}-src 'sha256-{digest}'" in policy
        markup = re.sub(r"<(script|style)>.*?</\1>", "", text, flags=re.DOTALL)
        assert not re.search(r"<[^>]*\son\w+=", markup)
        assert not [each for each in re.findall(r'\ssrc="([^"]*)"', markup) if not each.startswith("data:")]
        links = re.findall(r'<a [^>]*href="([^"]*)"', markup)
        assert links
        assert all(link.startswith(("https://", "http://")) for link in links)
        assert "/tmp/" not in text
        assert path.stat().st_size < 1_000_000


def test_the_last_slide_says_what_this_is_not_as_the_site_does(built_slides: Path, kb: KnowledgeBase) -> None:
    text = next(built_slides.glob("01*")).read_text(encoding="utf-8")
    last = text[text.rindex('<section class="slide closing"') : text.index('<nav id="bar"')]
    assert SAFETY in last
    assert "the keys of these practice questions travel with the page" in last.lower()
    assert "Do not stop or change a prescribed medicine on your own" in last
    listed = set(re.findall(r"<strong>(\w+)</strong>", last)) & set(kb.sources)
    assert {"eberhardt2017", "riva2024", "latorre2025"} <= listed
    assert SAFETY in (ROOT / "src/myoteach/course/_sentences.py").read_text(encoding="utf-8")
    template = (ROOT / "src/myoteach/course/site/template/index.html.j2").read_text(encoding="utf-8")
    assert SAFETY not in template  # written once
    assert "page.safety" in template


def test_a_quiz_on_a_slide_is_a_vote_and_brings_only_what_it_asks(built_slides: Path) -> None:
    text = next(built_slides.glob("01*")).read_text(encoding="utf-8")
    views = [json.loads(found) for found in re.findall(r'class="view">(.*?)</script>', text)]
    quizzes = [view for view in views if view["explorer"] == "quiz"]
    assert [view["traits"]["data"]["vote"] for view in quizzes] == [True, True]
    asked = {name for view in quizzes for name in view["asked"]}
    there = {item.id for item in read_bank().items if f'"{item.id}":{{"parts"' in text}
    assert there == asked


def test_what_cannot_be_done_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["slides", "77", str(tmp_path / "a.html")]) == 1
    assert capsys.readouterr().err == "myoteach slides: There is no lesson 77; there are 00 to 10.\n"
    assert cli.main(["slides", "all", str(tmp_path / "a.html")]) == 1
    assert "a file holds one lesson" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_a_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("myoteach.course.slides._build.slides_of", lambda _lesson: "slides")
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(CourseError, match="cannot be written"):
        build_slides(tmp_path / "out", only=["06"])
    assert (tmp_path / "out").read_text(encoding="utf-8") == "a file"


def test_the_keys_of_the_help_are_those_of_the_guide() -> None:
    script = (ROOT / "src/myoteach/course/slides/_keys.js").read_text(encoding="utf-8")
    guide = (ROOT / "docs/instructors.md").read_text(encoding="utf-8")
    rows = re.findall(r'"([^"|]+)\|([^"]+)"\],', script)
    assert len(rows) == 12
    for keys, what in rows:
        named = ", ".join(f"`{key}`" for key in keys.split("  "))
        assert f"| {named} | {what} |" in guide, (named, what)

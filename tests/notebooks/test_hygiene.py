"""A committed lesson is thin, executed, clean, and sourced."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from myoteach import KnowledgeBase
from tests.conftest import ROOT

from .reading import cells, text

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: What one reviewer can still read in a diff.
BUDGET = 200_000
KEY = re.compile(r"\[@([a-z0-9_]+)\]")
#: Words that would give a blind clip away.
NAMES = re.compile(r"\b(myoc|tics?\b|tremor|chorea|fascicul|asterixis|clonus|myokymia|parkinson|spasm)", re.IGNORECASE)
EACH = pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)


def open_prose(path: Path) -> str:
    """Track A: the prose that is not folded away for clinicians or instructors."""
    kept, fold = [], 0
    for cell in cells(path, "markdown"):
        heading = re.match(r"(#+) ", text(cell))
        level = len(heading[1]) if heading else 0
        if fold and level and level <= fold:
            fold = 0
        if not fold and cell["metadata"].get("jp-MarkdownHeadingCollapsed"):
            fold = level
        if not fold:
            kept.append(text(cell))
    return "\n\n".join(kept)


def test_there_are_lessons() -> None:
    names = {path.stem for path in LESSONS}
    assert names >= {
        "00_start_here",
        "01_what_is_a_myoclonic_jerk",
        "02_jerk_twitch_tic_or_tremor",
        "06_what_causes_it",
    }


def test_the_start_page_links_every_lesson() -> None:
    start = open_prose(ROOT / "notebooks" / "00_start_here.ipynb")
    linked = set(re.findall(r"\]\((\w+\.ipynb)\)", start))
    assert linked == {path.name for path in LESSONS if path.stem != "00_start_here"}


@EACH
def test_every_code_cell_was_executed_in_order_and_without_error(path: Path) -> None:
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        assert not [out for out in cell["outputs"] if out["output_type"] == "error" or out.get("name") == "stderr"]


@EACH
def test_no_widget_state_and_no_machine_in_the_metadata(path: Path) -> None:
    metadata = json.loads(path.read_text(encoding="utf-8"))["metadata"]
    assert set(metadata) == {"kernelspec"}


@EACH
def test_size_budget(path: Path) -> None:
    assert path.stat().st_size < BUDGET


@EACH
def test_code_is_thin(path: Path) -> None:
    for cell in cells(path, "code"):
        lines = [line for line in text(cell).splitlines() if line.strip()]
        assert len(lines) <= 6, text(cell)
        assert not re.search(r"^\s*(def|class|for|while|if|try|with|%|!)", text(cell), re.MULTILINE), text(cell)


@EACH
def test_prose_holds_no_html(path: Path) -> None:
    for cell in cells(path, "markdown"):
        assert not re.search(r"</?[a-z]+[ />]", text(cell)), text(cell)


@EACH
def test_a_folded_heading_hides_all_of_its_section(path: Path) -> None:
    """JupyterLab hides the cells below a folded heading, and shows whatever else stands in the heading's own cell."""
    folded = [cell for cell in cells(path) if "jp-MarkdownHeadingCollapsed" in cell["metadata"]]
    assert folded
    if "Start here" not in text(cells(path)[0]):
        assert {"### More questions on this lesson", "### For the instructor"} <= {text(cell) for cell in folded}
    assert all(len(text(cell).splitlines()) == 1 for cell in folded)


@EACH
def test_every_key_resolves_and_is_listed(path: Path, kb: KnowledgeBase) -> None:
    """A key in the prose is a source; the list at the end holds exactly the keys of the prose."""
    keys = {key for cell in cells(path, "markdown") for key in KEY.findall(text(cell))}
    assert keys <= set(kb.sources), keys - set(kb.sources)
    call = next(text(cell) for cell in cells(path, "code") if "references(" in text(cell))
    assert set(re.findall(r'"([a-z0-9_]+)"', call)) == keys
    assert all(kb.sources[key].status == "complete" for key in keys)


@EACH
def test_it_says_what_it_is_not(path: Path) -> None:
    prose = open_prose(path)
    assert "not a diagnosis" in prose
    assert re.search(r"[Nn]o clinician has signed", prose)
    assert re.search(r"Do not stop or change a prescribed medicine on your own", prose)
    assert "Take home" in prose


@EACH
def test_first_frames_are_saved_for_viewers_without_widgets(path: Path) -> None:
    shown = [out for cell in cells(path, "code") for out in cell["outputs"] if out["output_type"] == "execute_result"]
    views = [out["data"] for out in shown if "application/vnd.jupyter.widget-view+json" in out["data"]]
    assert views
    assert all("<table" in "".join(data["text/html"]) for data in views)


def test_the_case_of_lesson_six_ranks_what_it_explains(kb: KnowledgeBase) -> None:
    """The antibiotic and the kidneys are among the first five, as the lesson promises."""
    answers = {"CL04": "yes", "CL06": "yes", "CL25": "yes", "CL08": "yes"}
    first = {match.cause.id for match in kb.causes(answers)[:5]}
    assert {"C066", "C051", "C122"} <= first
    box = {match.cause.id for match in kb.causes({"CL07": "no", "CL08": "yes"}) if match.fits}
    assert "C085" in box  # the instructor's second wrong answer


def test_the_blind_clips_of_lesson_two_keep_their_names() -> None:
    """Neither what is saved nor the order in the source gives a name away; the key is the order on screen."""
    path = ROOT / "notebooks" / "02_jerk_twitch_tic_or_tremor.ipynb"
    code = cells(path, "code")
    blind = [cell for cell in code if "blind=True" in text(cell) or "first_frame()" in text(cell)]
    assert len(blind) == 4
    for cell in blind:
        saved = [output["data"][kind] for output in cell["outputs"] for kind in ("text/html", "text/plain")]
        shown = " ".join(map("".join, saved))
        assert "Movement A" in shown
        assert not NAMES.search(shown)
    listed = [re.findall(r'"(\w+)"', text(cell)) for cell in blind if "blind=True" in text(cell)]
    assert all(names == sorted(names) for names in listed)
    key = next(cell["outputs"][0]["data"]["text/plain"] for cell in code if text(cell).startswith("dict(zip("))
    assert sorted(ast.literal_eval("".join(key)).values()) == listed[1]


@EACH
def test_every_lesson_tells_the_instructor_what_to_do(path: Path) -> None:
    said = "\n".join(text(cell) for cell in cells(path) if "instructor" in cell["metadata"].get("tags", ()))
    needed = (
        "Ask before play", "Wrong answer one", "Wrong answer two", "Minutes", "If the network dies", "kernel dies",
    )  # fmt: skip
    assert [words for words in needed if words not in said] == []
    assert re.search(r"\*\*(What is not known|Uncertainty)", said)

"""A learner's copy is the instructor's without the tagged cells, and holds no text of theirs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from myoteach.cli import main
from myoteach.course import CourseError, write_copies
from tests.conftest import ROOT

LESSONS = sorted(path.name for path in ROOT.glob("notebooks/*.ipynb"))


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course") / "copies"
    assert main(["copies", str(folder)]) == 0
    return folder


def read(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def is_tagged(cell: dict[str, Any]) -> bool:
    return "instructor" in cell["metadata"].get("tags", [])


def passages(lesson: str) -> set[str]:
    """Every line of an instructor's cell that is long enough to be nobody else's."""
    cells = [cell for cell in read(ROOT / "notebooks" / lesson)["cells"] if is_tagged(cell)]
    lines = {line.strip() for cell in cells for line in "".join(cell["source"]).splitlines()}
    return {line for line in lines if len(line) > 20}


def test_every_lesson_is_there_twice(copies: Path) -> None:
    assert sorted(path.name for path in copies.glob("learner/*")) == LESSONS
    assert sorted(path.name for path in copies.glob("instructor/*")) == LESSONS
    assert len(LESSONS) == 11


@pytest.mark.parametrize("lesson", LESSONS)
def test_both_agree(copies: Path, lesson: str) -> None:
    """Same cells in the same order with the same ids and outputs; nothing of the notebook is lost."""
    shipped = read(ROOT / "notebooks" / lesson)
    learner, instructor = (read(copies / name / lesson) for name in ("learner", "instructor"))
    assert any(map(is_tagged, instructor["cells"]))
    assert learner == {**instructor, "cells": [cell for cell in instructor["cells"] if not is_tagged(cell)]}
    assert [cell["id"] for cell in instructor["cells"]] == [cell["id"] for cell in shipped["cells"]]
    assert [cell.get("outputs") for cell in instructor["cells"]] == [cell.get("outputs") for cell in shipped["cells"]]
    assert not any("jp-MarkdownHeadingCollapsed" in cell["metadata"] for cell in instructor["cells"] if is_tagged(cell))


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_word_of_the_instructor_is_in_a_learners_copy(copies: Path, lesson: str) -> None:
    learner = read(copies / "learner" / lesson)
    whole = "\n".join("".join(cell["source"]) for cell in learner["cells"])
    assert len(passages(lesson)) >= 4
    assert [passage for passage in passages(lesson) if passage in whole] == []


def test_a_folder_in_use_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.ipynb").write_text("mine", encoding="utf-8")
    assert main(["copies", str(tmp_path)]) == 1
    assert "is not empty; name a new folder." in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.ipynb"]
    with pytest.raises(CourseError, match="cannot be written"):
        write_copies(tmp_path / "mine.ipynb")

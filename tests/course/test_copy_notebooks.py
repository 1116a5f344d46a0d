"""Copying never writes over what the learner changed, and says what it did."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from myoteach._content import content_folder
from myoteach.course import CourseError, _notebooks, copy_notebooks
from myoteach.course._notebooks import compare_notebooks


def notebook(text: str) -> str:
    """A lesson with a cell for everybody and one for the instructor."""
    cells = [
        {"cell_type": "markdown", "metadata": metadata, "source": [text]}
        for metadata in ({}, {"tags": ["instructor"], "jp-MarkdownHeadingCollapsed": True})
    ]
    return json.dumps({"cells": cells})


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "a.ipynb").write_text(notebook("one"), encoding="utf-8")
    (folder / "b.ipynb").write_text(notebook("two"), encoding="utf-8")
    monkeypatch.setattr(_notebooks, "content_folder", lambda _: folder)
    return folder


def test_first_time_everything_is_copied(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "deep" / "mine"
    said = copy_notebooks(mine)
    assert len(said) == 2
    assert all(line.endswith("copied.") for line in said)
    (only,) = json.loads((mine / "a.ipynb").read_text())["cells"]
    assert only == {"cell_type": "markdown", "metadata": {}, "source": ["one"]}
    assert copy_notebooks(mine) == []


def test_an_edited_notebook_is_left_and_said(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    copy_notebooks(mine)
    (mine / "a.ipynb").write_text("one, with my notes", encoding="utf-8")
    (source / "a.ipynb").write_text(notebook("one, corrected"), encoding="utf-8")
    (source / "b.ipynb").write_text(notebook("two, corrected"), encoding="utf-8")
    said = copy_notebooks(mine)
    assert (mine / "a.ipynb").read_text() == "one, with my notes"
    assert "two, corrected" in (mine / "b.ipynb").read_text()
    assert any("a.ipynb: left as it is, because you changed it" in line for line in said)
    assert any("b.ipynb: renewed" in line for line in said)


def test_an_instructor_gets_all_unfolded_and_may_change_over(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    copy_notebooks(mine)
    assert all("renewed" in line for line in copy_notebooks(mine, instructor=True))
    everybody, own = json.loads((mine / "a.ipynb").read_text())["cells"]
    assert everybody["metadata"] == {}
    assert own["metadata"] == {"tags": ["instructor"]}
    assert compare_notebooks(mine, source) == ([], [])
    assert len(copy_notebooks(mine)) == 2
    assert compare_notebooks(mine, source) == ([], [])


def test_a_file_that_was_there_before_is_never_overwritten(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "a.ipynb").write_text("somebody else's", encoding="utf-8")
    said = copy_notebooks(mine)
    assert (mine / "a.ipynb").read_text() == "somebody else's"
    assert any("left as it is" in line for line in said)


def test_a_damaged_record_loses_nothing(source: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    copy_notebooks(mine)
    (mine / ".myoteach-copied.json").write_text("[", encoding="utf-8")
    (mine / "a.ipynb").write_text("mine", encoding="utf-8")
    copy_notebooks(mine)
    assert (mine / "a.ipynb").read_text() == "mine"


def test_the_own_folder_is_used_in_place() -> None:
    assert copy_notebooks(content_folder("notebooks")) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, source: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way", encoding="utf-8")
    with pytest.raises(CourseError, match="cannot be written"):
        copy_notebooks(blocked)

"""The two copies of a lesson, from its one notebook: without the instructor's cells, and with them unfolded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_INSTRUCTOR = "instructor"
#: Marks a heading that JupyterLab shows folded.
FOLDED = "jp-MarkdownHeadingCollapsed"


def is_for_instructor(cell: Any) -> bool:
    """Whether a cell is the instructor's alone; the one place that says so.

    Parameters
    ----------
    cell
        A notebook's cell, as JSON or as nbformat reads it.

    Examples
    --------
    >>> is_for_instructor({"metadata": {"tags": ["instructor"]}}), is_for_instructor({"metadata": {}})
    (True, False)
    """
    return _INSTRUCTOR in cell["metadata"].get("tags", ())


def for_learners(cells: Iterable[Any]) -> list[Any]:
    """Return the cells that a learner gets, in their order and as they are."""
    return [cell for cell in cells if not is_for_instructor(cell)]


def copy_text(path: Path, *, instructor: bool = False) -> str:
    """Return a copy of a lesson as the text of its file.

    Parameters
    ----------
    path
        A notebook as it is shipped.
    instructor
        The copy with all cells, the instructor's unfolded; by default the learner's.

    Examples
    --------
    >>> from myoteach._content import content_folder
    >>> lesson = content_folder("notebooks") / "06_what_causes_it.ipynb"
    >>> "For the instructor" in copy_text(lesson), "For the instructor" in copy_text(lesson, instructor=True)
    (False, True)
    """
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = notebook["cells"]
    notebook["cells"] = [_unfolded(cell) for cell in cells] if instructor else for_learners(cells)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _unfolded(cell: dict[str, Any]) -> dict[str, Any]:
    if not is_for_instructor(cell):
        return cell
    metadata = {name: value for name, value in cell["metadata"].items() if name != FOLDED}
    return {**cell, "metadata": metadata}

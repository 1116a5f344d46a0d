"""The two copies of a lesson, from its one notebook: without the instructor's cells, and with them unfolded."""

from __future__ import annotations

import json
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
    notebook["cells"] = [_unfolded(cell) for cell in cells if instructor or not is_for_instructor(cell)]
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def learner_notebook(path: Path) -> Any:
    """Return a learner's copy of a lesson as nbformat reads it, which comes with JupyterLab.

    Examples
    --------
    >>> from myoteach._content import content_folder
    >>> copy = learner_notebook(content_folder("notebooks") / "06_what_causes_it.ipynb")
    >>> any(is_for_instructor(cell) for cell in copy.cells)
    False
    """
    import nbformat  # noqa: PLC0415  # what opens JupyterLab itself needs none

    return nbformat.reads(copy_text(path), as_version=4)


def _unfolded(cell: dict[str, Any]) -> dict[str, Any]:
    if not is_for_instructor(cell):
        return cell
    metadata = {name: value for name, value in cell["metadata"].items() if name != FOLDED}
    return {**cell, "metadata": metadata}

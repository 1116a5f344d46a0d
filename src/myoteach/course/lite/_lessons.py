"""The lessons as copies for a browser: without the instructor's cells, and with a word on what cannot run there."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Collection
from pathlib import Path
from typing import Any

from ..._content import content_folder
from .._copies import learner_notebook
from .._notebooks import CourseError
from ..site._text import heading_of

#: Seconds after which a cell is given up.
_TIMEOUT = 300
#: Stands in front of a lesson while it is tried: what the browser lacks cannot be imported.
_BLOCK = """
import sys


class _Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {absent!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)


sys.meta_path.insert(0, _Absent())
"""
_KEPT = (
    "What you answer is kept by this browser, for this site, in the folder `myoteach-progress` in the list of files. "
    "Clearing the browser's data takes it away, and a private window forgets it: `progress()` gives a code or a file "
    "to carry."
)


def learner_copy(file: str, absent: Collection[str]) -> Any:
    """Return a lesson as the browser's JupyterLab opens it.

    Parameters
    ----------
    file
        Name of the notebook.
    absent
        Packages that the browser's Python has not. The lesson is run once without them, and a note at its head names
        what then fails.

    Raises
    ------
    CourseError
        When a cell takes too long, or ends its kernel.
    """
    from nbformat.v4 import new_markdown_cell  # noqa: PLC0415  # comes with JupyterLab

    notebook = learner_notebook(content_folder("notebooks") / file)
    failing = _failing(notebook, file, absent) if absent else {}
    notebook.cells.insert(_place(notebook), new_markdown_cell(_note(notebook, failing, absent, file)))
    # Named as JupyterLite names its kernel, so that it does not ask which to take.
    notebook.metadata["kernelspec"] = {"name": "python", "display_name": "Python (Pyodide)", "language": "python"}
    return notebook


def _failing(notebook: Any, file: str, absent: Collection[str]) -> dict[int, str]:
    """Return the places of the cells that fail without `absent`, and what each said."""
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: PLC0415
    from nbformat.v4 import new_code_cell, new_notebook  # noqa: PLC0415

    cells = [
        new_code_cell(cell.source, metadata={"place": place})
        for place, cell in enumerate(notebook.cells)
        if cell.cell_type == "code"
    ]
    tried = new_notebook(cells=[new_code_cell(_BLOCK.format(absent=set(absent))), *cells])
    quiet = ["--log-level=ERROR"]
    client = NotebookClient(tried, timeout=_TIMEOUT, kernel_name="python3", allow_errors=True, extra_arguments=quiet)
    with tempfile.TemporaryDirectory(prefix="myoteach-", ignore_cleanup_errors=True) as scratch:
        own = {"MYOTEACH_PROGRESS_DIR": scratch, "IPYTHONDIR": scratch, "TMPDIR": scratch}
        try:
            client.execute(cwd=scratch, env={**os.environ, **own})
        except (CellTimeoutError, DeadKernelError) as error:
            raise CourseError(f"{file} cannot be run: {str(error).splitlines()[0]}") from error
    return {
        cell.metadata["place"]: output.evalue
        for cell in tried.cells[1:]
        for output in cell.outputs
        if output.output_type == "error"
    }


def _note(notebook: Any, failing: dict[int, str], absent: Collection[str], file: str) -> str:
    """Return the note at the head of a copy."""
    lines = ["> **This copy runs in your browser.** The first cell waits some seconds, until Python is there."]
    if failing:
        lacked = sorted({word for said in failing.values() for word in re.findall(r"\w+", said)} & set(absent))
        sections = dict.fromkeys(_section(notebook, place) for place in sorted(failing))
        page = Path(file).with_suffix(".html").name
        lines.append(
            f"> {len(failing)} of its cells cannot run here, because this Python is without {' and '.join(lacked)}. "
            f"They are under {', '.join(sections)}. The page `{page}` of the site shows what they print; to run them, "
            "open the lesson with a Python of your own: `python3 run.py lab`."
        )
    return "\n>\n".join([*lines, f"> {_KEPT}"])


def _place(notebook: Any) -> int:
    """Return where the note stands: before the first section, so that nothing comes before the word on help."""
    heads = enumerate(map(heading_of, notebook.cells))
    return next((place for place, head in heads if head is not None and head.level > 1), 1)


def _section(notebook: Any, place: int) -> str:
    """Return the heading above a cell."""
    heads = (heading_of(cell) for cell in reversed(notebook.cells[:place]))
    return next((f"*{head.text}*" for head in heads if head is not None), "the first")

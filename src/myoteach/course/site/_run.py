"""Run a lesson as its learner would, in a kernel of its own, and keep what its explorers hold."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from .._notebooks import CourseError
from ._harvest import STILLS

#: Seconds after which a cell is given up.
_TIMEOUT = 300
_HARVEST = "from myoteach.course.site._harvest import harvest\nharvest()"


def run(notebook: Any, name: str, scratch: Path) -> dict[str, Any]:
    """Execute a notebook in place, with the state of its widgets in its metadata.

    Parameters
    ----------
    notebook
        As nbformat reads it.
    name
        How messages call it.
    scratch
        An empty folder: the kernel's working folder, and where a lesson would keep progress.

    Returns
    -------
    dict
        Widget id to its stills, for what cannot be used without Python.

    Raises
    ------
    CourseError
        When a cell fails; the message names it.
    """
    import nbformat  # noqa: PLC0415  # comes with JupyterLab, and only the site needs it
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError  # noqa: PLC0415

    notebook.cells.append(nbformat.v4.new_code_cell(_HARVEST))
    own = {"MYOTEACH_PROGRESS_DIR": str(scratch / "progress"), "IPYTHONDIR": str(scratch / "ipython")}
    client = NotebookClient(notebook, timeout=_TIMEOUT, kernel_name="python3", extra_arguments=["--log-level=ERROR"])
    try:
        client.execute(cwd=str(scratch), env={**os.environ, **own, "TMPDIR": str(scratch)})
    except CellExecutionError as error:
        raise CourseError(f"{name} cannot be run: {error.ename}: {error.evalue}.") from error
    except (CellTimeoutError, DeadKernelError) as error:
        raise CourseError(f"{name} cannot be run: {str(error).splitlines()[0]}") from error
    last = notebook.cells.pop()
    shown = (output.get("data", {}).get(STILLS) for output in last.outputs)
    return next((dict(found) for found in shown if found is not None), {})

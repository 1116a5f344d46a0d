"""Build a file of slides: run the lesson, place its cells, put everything the file needs into it."""

from __future__ import annotations

import ast
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from ..._content import content_folder
from ...knowledge import load
from ...questions import read_bank
from ...widgets._lessons import Lesson
from .._notebooks import CourseError, chosen_lessons
from ..site._hosts import Hosts
from ..site._outputs import Page, widget_states
from ..site._questions import Marking
from ..site._run import run
from ..site._shelf import Shelf
from ..site._text import minutes
from ._derive import derive, slide_types
from ._page import Writer


def build_slides(
    out: Path, *, only: Collection[str] = (), progress: Callable[[int, int, str], None] = lambda *_: None
) -> list[Path]:
    """Write lessons as slides, each one HTML file that asks nothing of any network.

    Parameters
    ----------
    out
        A file that ends in ``.html``, for one lesson; else a folder, for several.
    only
        Numbers of lessons, for example ``["02"]``; by default all.
    progress
        Is told how many lessons are done, how many there are, and which comes next.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    CourseError
        When a lesson does not exist or cannot be run, OUT cannot be written, or what is needed is missing.
    """
    chosen = chosen_lessons(only)
    is_file = out.suffix == ".html"
    if is_file and len(chosen) != 1:
        raise CourseError(f"{out} is one file, and a file holds one lesson; name the lesson, or a folder for all.")
    written = []
    for done, lesson in enumerate(chosen):
        progress(done, len(chosen), lesson.file)
        path = out if is_file else out / lesson.file.replace(".ipynb", ".html")
        _write(path, slides_of(lesson))
        written.append(path)
    progress(len(chosen), len(chosen), "lessons written")
    return written


def slides_of(lesson: Lesson) -> str:
    """Return the text of a lesson's file of slides."""
    try:
        import nbclient  # noqa: F401, PLC0415
        import nbformat  # noqa: PLC0415  # with nbconvert, comes with JupyterLab, and only such files need it
    except ImportError as error:
        raise CourseError("Slides are built with nbconvert; install it with: pip install 'myoteach[site]'") from error
    notebook = nbformat.read(content_folder("notebooks") / lesson.file, as_version=4)
    for cell, kind in zip(notebook.cells, slide_types(notebook), strict=True):
        if kind == "skip" and cell.cell_type == "code":
            cell.source = names_only(cell.source)
    with tempfile.TemporaryDirectory(prefix="myoteach-", ignore_cleanup_errors=True) as scratch:
        stills = run(notebook, lesson.file, Path(scratch))
    shelf, kb = Shelf(), load()
    page = Page(lesson.file, shelf, widget_states(notebook), stills)
    hosts = Hosts(Marking(read_bank(), kb), shelf, {})
    return Writer(lesson, page, hosts, kb).text(derive(notebook), minutes(notebook))


def names_only(source: str) -> str:
    r"""Return what later cells may need of one that is not shown: all but expressions, unless they name something.

    Examples
    --------
    >>> names_only("from math import tau\n\nturns = 2\nprint(tau * turns)")
    'from math import tau\nturns = 2'
    >>> names_only("print(half := 0.5)\nprint(half)")
    'print((half := 0.5))'
    """
    tree = ast.parse(source)
    tree.body = [each for each in tree.body if not isinstance(each, ast.Expr) or _names_something(each)]
    return ast.unparse(tree)


def _names_something(statement: ast.stmt) -> bool:
    return any(isinstance(node, ast.NamedExpr) for node in ast.walk(statement))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise CourseError(f"{path} cannot be written ({error.strerror}); name another place.") from error

"""JupyterLite with the lessons, put together from what is on this machine."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ...widgets._lessons import Lesson
from .._notebooks import CourseError
from ._lessons import learner_copy
from ._pyodide import CORE, KERNEL, LOCK, Packages, opened, python_of

_KERNEL_EXTENSION = "@jupyterlite/pyodide-kernel-extension"
#: What JupyterLab needs to show an explorer, beside the kernel itself.
_EXTENSIONS = (_KERNEL_EXTENSION, "@jupyter-widgets/jupyterlab-manager", "anywidget")


def build_lite(
    given: Path, chosen: Iterable[Lesson], progress: Callable[[int, int, str], None] = lambda *_: None
) -> dict[str, bytes]:
    """Return JupyterLite with these lessons as files by their path.

    Parameters
    ----------
    given
        A Pyodide: its folder, or the archive of it. Packages in it are used; what it lacks is taken from this
        environment where that is Python alone.
    chosen
        The lessons.
    progress
        Is told how many lessons are done, how many there are, and which comes next.

    Raises
    ------
    CourseError
        When something is missing, each time with what and where.
    """
    try:
        importlib.import_module("jupyterlite_core")
        wanted = importlib.import_module("jupyterlite_pyodide_kernel.constants")
    except ImportError as error:
        raise CourseError("JupyterLite is not installed; install it with: pip install 'myoteach[lite]'") from error
    with opened(given) as pyodide, tempfile.TemporaryDirectory(prefix="myoteach-") as scratch:
        if python_of(pyodide) != wanted.PYODIDE_PYTHON_VERSION:
            raise CourseError(
                f"{given} is a Pyodide with Python {python_of(pyodide)}; JupyterLite's kernel here wants that of "
                f"Python {wanted.PYODIDE_PYTHON_VERSION}, Pyodide {wanted.PYODIDE_VERSION}."
            )
        packages = Packages(pyodide, _extension(_KERNEL_EXTENSION) / "static" / "pypi")
        place = Path(scratch)
        _lay_pyodide(place / "lite" / "static" / "pyodide", pyodide, packages)
        _lay_lessons(place / "lite" / "files", list(chosen), packages, progress)
        _lay_settings(place / "lite", packages)
        _run(place)
        built = place / "built"
        return {
            path.relative_to(built).as_posix(): path.read_bytes()
            for path in sorted(built.rglob("*"))
            if path.is_file() and path.name != ".jupyterlite.doit.db"
        }


def _extension(name: str) -> Path:
    """Return where this environment has an extension of JupyterLab."""
    from jupyter_core.paths import jupyter_path  # noqa: PLC0415

    for root in jupyter_path("labextensions"):
        if (Path(root) / name / "package.json").is_file():
            return Path(root) / name
    raise CourseError(f"JupyterLab's extension {name} is not installed; install it with: pip install 'myoteach[lite]'")


def _lay_pyodide(folder: Path, pyodide: Path, packages: Packages) -> None:
    folder.mkdir(parents=True)
    files = {name: (pyodide / name).read_bytes() for name in CORE if name != LOCK}
    for name, data in {**files, **packages.files, LOCK: packages.lock().encode()}.items():
        (folder / name).write_bytes(data)


def _lay_lessons(
    folder: Path, chosen: list[Lesson], packages: Packages, progress: Callable[[int, int, str], None]
) -> None:
    import nbformat  # noqa: PLC0415

    folder.mkdir(parents=True)
    for place, lesson in enumerate(chosen):
        progress(place, len(chosen), f"{lesson.file}, for the browser's Python")
        nbformat.write(learner_copy(lesson.file, packages.left_out), folder / lesson.file)
    progress(len(chosen), len(chosen), "lessons for the browser's Python")


def _lay_settings(folder: Path, packages: Packages) -> None:
    """Write what JupyterLite is told: load all from here, and never ask an index."""
    kernel: dict[str, Any] = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": sorted(set(KERNEL) | {"widgetsnbextension"} & set(packages.entries))},
    }
    config = {
        "appName": "myoteach",
        "exposeAppInBrowser": True,
        "litePluginSettings": {f"{_KERNEL_EXTENSION}:kernel": kernel},
    }
    lite = {"jupyter-lite-schema-version": 0, "jupyter-config-data": config}
    (folder / "jupyter-lite.json").write_text(json.dumps(lite), encoding="utf-8")


def _run(place: Path) -> None:
    """Let JupyterLite build itself from what was laid ready."""
    options = {
        "lite_dir": str(place / "lite"),
        "output_dir": str(place / "built"),
        "contents": [str(place / "lite" / "files")],
        "apps": ["lab"],
        "federated_extensions": [str(_extension(name)) for name in _EXTENSIONS],
        "ignore_sys_prefix": True,
        "no_libarchive": True,
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
    }
    config = place / "lite" / "jupyter_lite_config.json"
    config.write_text(json.dumps({"LiteBuildConfig": options}), encoding="utf-8")
    command = [sys.executable, "-m", "jupyterlite_core", "build"]
    done = subprocess.run(command, cwd=place / "lite", capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise CourseError(f"JupyterLite could not be built: {' '.join(last)}")

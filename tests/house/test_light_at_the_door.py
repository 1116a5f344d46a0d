"""Importing the package loads the standard library only; an explorer adds anywidget and nothing heavier."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("pandas", "numpy", "plotly", "IPython", "anywidget", "ipywidgets", "jupyterlab")


def loaded_after(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.split(".")[0] for name in run.stdout.split()}


@pytest.mark.parametrize("code", ["import myoteach", "import myoteach; myoteach.load().causes({'CL06': 'yes'})"])
def test_import_and_load_need_the_standard_library_only(code: str) -> None:
    assert not loaded_after(code) & set(HEAVY)


@pytest.mark.parametrize(
    "name",
    [
        "article_on_trial",
        "category_explorer",
        "cause_map",
        "clue_matrix",
        "glossary",
        "treatment_paths",
        "triage",
        "work_up",
    ],
)
def test_an_explorer_loads_no_numbers_and_no_figures(name: str) -> None:
    loaded = loaded_after(f"import myoteach; myoteach.{name}()")
    assert "anywidget" in loaded
    assert not loaded & {"pandas", "numpy", "plotly"}


@pytest.mark.parametrize("name", ["flashcards", "progress"])
def test_progress_loads_no_numbers_and_no_figures(name: str, tmp_path: Path) -> None:
    loaded = loaded_after(f"import myoteach; myoteach.{name}(folder={str(tmp_path)!r})")
    assert not loaded & {"pandas", "numpy", "plotly"}

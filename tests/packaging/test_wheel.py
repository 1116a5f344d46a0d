"""The built wheel is complete: installed elsewhere, it loads its tables and copies its notebooks."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fresh import environment, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of a fresh environment, in a folder with a space and an accent, with the wheel and what it needs."""
    return environment(tmp_path_factory.mktemp("ein Ordner é") / "env", wheel)


def test_the_wheel_carries_content_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("data/causes.csv", "data/datapackage.json", "notebooks/00_start_here.ipynb"):
        assert f"myoteach/_content/{needed}" in names
    assert {"LICENSE", "LICENSE-CONTENT"} <= {Path(name).name for name in names}
    assert {
        "clue_matrix.js",
        "_style.css",
        "py.typed",
        "site.js",
        "site.css",
        "index.html.j2",
        "conf.json",
        "deck.js",
        "frame.html",
    } <= {Path(name).name for name in names}
    assert not [name for name in names if "tests/" in name or "__pycache__" in name]


def test_the_wheel_loads_its_tables_elsewhere(elsewhere: Path) -> None:
    code = "import myoteach; kb = myoteach.load(); print(len(kb.all_causes), myoteach.clue_matrix())"
    assert "ClueMatrix" in run(elsewhere, "-c", code, cwd=elsewhere.parent)


def test_check_works_elsewhere(elsewhere: Path) -> None:
    assert "claims of the article judged: 65 of 65" in run(elsewhere, "-m", "myoteach", "check", cwd=elsewhere.parent)


@pytest.mark.parametrize(
    ("words", "extra"),
    [(["lab", "mine", "--no-browser"], "lab"), (["site", "out"], "site"), (["slides", "06", "out"], "site")],
)
def test_what_needs_more_says_what_to_install(elsewhere: Path, words: list[str], extra: str) -> None:
    command = [str(elsewhere), "-m", "myoteach", *words]
    done = subprocess.run(command, cwd=elsewhere.parent, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert f"pip install 'myoteach[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr

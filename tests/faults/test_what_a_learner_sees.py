"""In a notebook a mistyped name, a broken table, a lost folder or a full disk is a few lines, and never a traceback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from myoteach._content import content_folder
from tests.conftest import ROOT

#: Runs each cell in IPython, as a kernel does, over a copy of the package's content that is then spoilt step by step.
_NOTEBOOK = """
import contextlib, io, json, pathlib, shutil, sys
from IPython.core.interactiveshell import InteractiveShell
from myoteach import _content
home = pathlib.Path(sys.argv[1])
_content._PACKAGE = home / "src" / "myoteach"
shell = InteractiveShell(colors="NoColor")
for spoil, cell in json.load(sys.stdin):
    exec(spoil)  # the test's own words
    for name in [name for name in sys.modules if name.split(".")[0] == "myoteach" and name != "myoteach._content"]:
        del sys.modules[name]
    with contextlib.redirect_stdout(io.StringIO()) as said:
        shell.run_cell(cell)
    print(json.dumps(said.getvalue()))
"""
_BREAK = "(home / 'data' / {0!r}).write_text({1!r}, encoding='utf-8')"
_MEND = "shutil.copy(home / 'whole' / {0!r}, home / 'data' / {0!r})"
_CASES = {
    "a name of questions": ("", "quiz('lesson-06/openings')", "Did you mean 'lesson-06/opening'?"),
    "a number for questions": ("", "quiz(6)", "There are no questions '6'."),
    "answers that are none": ("", "clue_matrix('kidney')", "expected them by clue, as in {'CL06': 'yes'}"),
    "an answer that is none": ("", "clue_matrix({'CL06': 'perhaps'})", "expected one of 'yes', 'no', 'not sure'"),
    "a speed": ("", "movement_player('tic', speed=9)", "expected 0.05 to 1 of real speed"),
    "a kind of movement": ("", "movement_player('tik')", "Did you mean 'tic'?"),
    "one to compare": ("", "compare_movements(['tic'])", "expected two to eight"),
    "a seed": ("", "burst_lab(seed=-1)", "expected a whole number of zero or more"),
    "a level": ("", "neuraxis('cortx')", "Did you mean 'cortex'?"),
    "a path": ("", "treatment_paths('wait')", "The paths: cause, jerk, nothing."),
    "a length of a recording": ("", "signals.simulate('tic', duration=-1)", "expected a number of zero or more, in ms"),
    "a muscle": ("", "signals.simulate('tic', muscles=['x'])", "The map has MAS"),
    "a name of a cause": ("", "load().get('C0511')", "There is no id 'C0511'."),
    "a table": (_BREAK.format("causes.csv", "id,name\nC001,\n"), "clue_matrix()", "causes.csv, row 1, column"),
    "questions": (
        _MEND.format("causes.csv") + ";" + _BREAK.format("questions/lesson-06.yaml", "- id: [\n"),
        "quiz('lesson-06/opening')",
        "lesson-06.yaml, line 2",
    ),
    "progress needs the questions": ("", "progress()", "lesson-06.yaml, line 2"),
    "the schema": (
        _MEND.format("questions/lesson-06.yaml") + ";" + _BREAK.format("questions/schema.json", "{"),
        "quiz('lesson-06/opening')",
        "install myoteach again",
    ),
    "a missing table": (
        "(home / 'data' / 'clues.csv').unlink()",
        "clue_matrix()",
        "clues.csv: expected a readable file",
    ),
    "the descriptor": (_BREAK.format("datapackage.json", "{}"), "clue_matrix()", "install myoteach again"),
    "all tables": ("shutil.rmtree(home / 'data')", "clue_matrix()", "install the package again"),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("home")
    for name in ("data", "whole"):
        shutil.copytree(content_folder("data"), home / name)
    cells = [(spoil, f"import myoteach, myoteach.signals; myoteach.{call}") for spoil, call, _ in _CASES.values()]
    command = [sys.executable, "-c", _NOTEBOOK, str(home)]
    done = subprocess.run(command, cwd=ROOT, input=json.dumps(cells), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return dict(zip(_CASES, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("name", _CASES)
def test_it_is_told_in_a_few_lines(said: dict[str, str], name: str) -> None:
    assert _CASES[name][2] in said[name]
    assert "Traceback" not in said[name]
    assert "File " not in said[name]
    assert len(said[name].strip().splitlines()) <= 8


def test_the_message_of_an_error_stays_whole(tmp_path: Path) -> None:
    """What a notebook leaves out of a long message is in the error itself, and on the command line."""
    rows = "".join(f"C{number},x\n" for number in range(100, 140))
    (tmp_path / "causes.csv").write_text(f"id,group\n{rows}", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "myoteach", "check", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("myoteach check: ")
    assert done.stderr.count("causes.csv, row") >= 40
    assert "Traceback" not in done.stderr

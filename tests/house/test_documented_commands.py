"""Every command that a page names is run here, or in a test that is named here, or has a reason why not.

A command of `run.py` goes through its own `main`, with the environment taken for made; one of `myoteach` through its
own parser. What is cheap runs in a temporary folder; what is heavy is read by the same parser, and runs in the test
that is named.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest

from myoteach import KnowledgeBase
from myoteach.cli import _parser, main
from myoteach.questions import Bank, read_bank
from tests.conftest import ROOT
from tests.packaging.test_run import load_run
from tests.questions.samples import SINGLE, changed, dump

from .documented import commands, documented

COMMANDS = documented()
#: Too heavy to run twice: how the command begins, the test that runs it, and what that test does for it.
IN_ANOTHER_TEST = {
    "myoteach doctor": ("tests/course/test_doctor.py", "main(['doctor'])"),
    "myoteach lab*": ("tests/browser/conftest.py", '"lab"'),
    "myoteach app*": ("tests/browser/test_app.py", '"app"'),
    "myoteach site *--lite*": ("tests/course/test_lite.py", '"--lite"'),
    "myoteach site*": ("tests/conftest.py", 'built_once(tmp_path_factory, "site")'),
    "myoteach slides*": ("tests/conftest.py", 'built_once(tmp_path_factory, "slides"'),
    "python -m pytest*": ("run.py", '"-m", "pytest"'),
    "python tools/execute_notebooks.py*": ("tests/notebooks/test_strict.py", "--nbval"),
    "python tools/coverage_map.py": ("tests/notebooks/test_coverage_map.py", "page("),
    "python -m tests.notebooks.test_reading_level": ("tests/notebooks/test_reading_level.py", "__main__"),
    "python -m hatchling build": ("tests/packaging/test_wheel.py", '"hatchling", "build"'),
    "jupyterhub -f deploy/jupyterhub_config.py": ("tests/deploy/hub.py", '"jupyterhub", "-f", str(CONFIG)'),
    "deno fmt": ("run.py", '"fmt"'),
    "deno lint": ("run.py", '"lint"'),
    "deno check": ("run.py", '"check", "--quiet"'),
}
#: What cannot run here, and why. What it names of this project is looked up all the same, see `_names`.
NOT_HERE = {
    "pip install *": "asks a network",
    "python -m pip download *": "asks a network",
    "npm pack *": "asks a network",
    "uv pip compile *": "asks a network",
    "conda *": "needs conda and a network; tests/packaging/test_environments.py reads the file",
    "jupyter-repo2docker *": "needs Docker; tests/browser/test_binder.py does its steps without it",
    "docker push *": "needs Docker and somewhere to push to",
    "helm *": "needs a cluster; tests/deploy/test_z2jh.py holds the values against the chart's schema",
    "git tag *": "changes the repository; tests/house/test_one_version.py holds the tag's number",
    "python tests/bench/bench.py*": "measures for an hour; tests/deploy/test_scale.py reads what it wrote",
    "python -m http.server *": "serves until it is stopped",
}
#: A mark for something of the reader's own, and what stands for it here.
_MARKS = {"FORMAT": "moodle", "OUT": "out.pdf", "MINE": "my-folder"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A reader's folder, with a table and questions of their own."""
    own = tmp_path / "my-folder" / "questions"
    own.mkdir(parents=True)
    rows = (ROOT / "data" / "causes.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (own.parent / "causes.csv").write_text("".join(rows[:2]), encoding="utf-8")
    (own / "lesson-06.yaml").write_text(dump(changed(SINGLE, place="closing")), encoding="utf-8")
    other = changed(SINGLE, id="Q07-901", lesson="07", objective="O07-1", stem="Another question?")
    (own / "lesson-07.yaml").write_text(dump(other), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("myoteach.cli.read_bank", _read_once)
    return tmp_path


@cache
def _read_once(folder: Path | None, kb: KnowledgeBase) -> Bank:
    """Read a bank as the command does, the package's only once: most of the commands' time is that."""
    return read_bank(folder, kb)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_documented_command_works(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = f"`{command}` in {', '.join(sorted(set(COMMANDS[command])))}"
    for plain in _plain(command, monkeypatch):
        assert _names(plain) == [], f"{where} names what is not there"
        if plain.startswith("myoteach "):
            _parse(plain, where)
        if not _is_elsewhere(plain):
            assert _run(plain) == 0, f"{where} fails, or is new: run it here, or name the test that does"


def _plain(command: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a command as ``myoteach …`` or ``python …``; one of run.py as what run.py calls for it."""
    words = re.sub(r"^(?:\.venv/bin/)?(?:python3?|py) ", "python ", command).removeprefix(".venv/bin/")
    words = re.sub(r" ?\.\.\.$", "", words).removeprefix("python -m ") if " -m myoteach" in words else words
    if not words.startswith("python run.py"):
        return [words]
    called: list[str] = []
    run = load_run(ROOT)
    monkeypatch.setattr(run, "prepare", lambda _level: None)
    monkeypatch.setattr(run, "run", lambda *words: called.append(shlex.join(("python", *words))) or 0)
    monkeypatch.setattr(run, "start", lambda *_: SimpleNamespace(communicate=lambda: ("", None), returncode=0))
    assert run.main(shlex.split(words)[2:]) == 0, f"run.py does not know `{command}`"
    if words == "python run.py test":
        return []  # it is what runs now
    called = [line.replace(f"{ROOT}/", "") for line in called]
    return [line.removeprefix("python -m ") if "-m myoteach" in line else line for line in called]


def _names(command: str) -> list[str]:
    """Return what a command names of this project that is not there: an extra, or a file."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    installed = re.findall(r"\[([a-z,]+)\]", command) if command.startswith("pip ") else []
    asked = re.findall(r"--extra (\w+)", command) + ",".join(installed).split(",")
    files = re.findall(r"(?<!\S)(?:(?:tests|tools|deploy|data|docs)/\S+|\S+\.(?:lock|toml)|environment\.yml)", command)
    return [extra for extra in asked if extra and extra not in project["optional-dependencies"]] + [
        file for file in files if not (ROOT / file).exists()
    ]


def _arguments(command: str) -> list[str]:
    """Return the words after ``myoteach``, with something for each mark and what may be left out put in."""
    words = shlex.split(command.replace("[", "").replace("]", ""))[1:]
    return [_MARKS.get(word, word) for word in words]


def _parse(command: str, where: str) -> None:
    """Let the command's own parser read it; a command that is only named, without its arguments, must exist."""
    words = _arguments(command)
    named = len(words) == 1 and words[0] in ("export", "site", "slides")
    try:
        _parser().parse_args([*words, "--help"] if named else words)
    except SystemExit as left:
        if left.code:
            pytest.fail(f"{where}: the parser refuses it")


def _is_elsewhere(command: str) -> bool:
    """Whether a table says who runs a command, or why nobody can; a test that is named must do so."""
    for pattern, (file, done) in IN_ANOTHER_TEST.items():
        if fnmatchcase(command, pattern):
            assert done in (ROOT / file).read_text(encoding="utf-8"), f"{file} no longer runs {pattern}"
            return True
    return any(fnmatchcase(command, pattern) for pattern in NOT_HERE)


def _run(command: str) -> int:
    """Run a cheap command in the present folder."""
    words = shlex.split(command)
    if words[0] == "myoteach":
        return _main(_arguments(command))
    if words[:2] == ["python", "-c"]:
        return subprocess.run([sys.executable, *words[1:]], check=False).returncode
    return 127


def _main(words: list[str]) -> int:
    """Call the command; an export of the whole bank takes the end of one lesson instead, by the same code."""
    if words == ["export"]:
        words = ["export", "--help"]
    elif words[0] == "export" and "--lessons" not in words:
        words = [*words, "--lessons", "06", "--place", "closing"]
    try:
        return main(words)
    except SystemExit as left:
        return int(left.code or 0)


def test_the_tables_hold_nothing_that_no_page_says(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [plain for command in COMMANDS for plain in _plain(command, monkeypatch)]
    unsaid = [one for one in (*IN_ANOTHER_TEST, *NOT_HERE) if not any(fnmatchcase(plain, one) for plain in said)]
    assert unsaid == []


def test_a_page_is_read_to_its_last_command() -> None:
    block = "export A=b\nA=b myoteach x  # why\npip install \\\n  'a[b]'"
    page = f"Do `myoteach check\nfolder`.\n\n```\n{block}\n```\n`myoteach.load`"
    assert list(commands(page)) == ["myoteach x", "pip install 'a[b]'", "myoteach check folder"]
    with pytest.raises(AssertionError, match="make site"):
        list(commands("```\nmyoteach check\nmake site\n```\n"))


@pytest.mark.parametrize("wrong", ["myoteach checks", "myoteach export word out.docx", "myoteach site OUT --light p"])
def test_a_command_that_is_wrong_is_refused(wrong: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="refuses"):
        _parse(wrong, "here")


def test_a_command_that_is_in_no_table_fails() -> None:
    assert not _is_elsewhere("git push --force")
    assert _run("git push --force") != 0
    assert _names("pip install 'myoteach[nonesuch]'") == ["nonesuch"]

"""The doctor finds each planted fault, names it, gives a remedy, and asks nothing of the network."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from myoteach.cli import main
from myoteach.course import Finding, _doctor, copy_notebooks, examine
from myoteach.course._machine import (
    Machine,
    disabled_extensions,
    extension_folders,
    find_browser,
    free_bytes,
    is_free,
    kernels,
)
from tests.conftest import ROOT

FRONT_ENDS = {"anywidget": "0.11.0", "@jupyter-widgets/jupyterlab-manager": "5.0.16", "jupyterlab-plotly": "7.1.0"}
ASKED = ["anywidget>=0.9.18", "jupyterlab>=4.4.9; extra == 'lab'", "mne>=1.10; extra == 'bench'"]
HAD = {"anywidget": "0.11.0", "jupyterlab": "4.6.6", "packaging": "25.0"}


@pytest.fixture
def healthy(tmp_path: Path) -> Machine:
    """A machine with nothing wrong, made of folders of its own."""
    extensions = tmp_path / "labextensions"
    for name, version in FRONT_ENDS.items():
        (extensions / name).mkdir(parents=True)
        (extensions / name / "package.json").write_text(json.dumps({"version": version}), encoding="utf-8")
    copy_notebooks(tmp_path / "class")
    return Machine(
        folder=tmp_path / "class",
        progress=tmp_path / "progress",
        version=HAD.get,
        required=lambda: ASKED,
        extensions=lambda: [tmp_path / "none", extensions],
        disabled=list,
        brought=lambda _package, name: FRONT_ENDS[name],
        kernels=lambda: {"python3": sys.executable},
        browser=lambda: "/usr/bin/browser",
        is_free=lambda _: True,
        free_bytes=lambda _: 10**10,
    )


def look(machine: Machine, about: str) -> Finding:
    """The one finding of a check, without the slow ones."""
    checks = [check for check in _doctor._CHECKS if check is not _doctor._network]
    return next(finding for finding in (check(machine) for check in checks) if finding.about == about)


def test_a_healthy_machine_has_nothing_to_mend(healthy: Machine) -> None:
    findings = list(examine(machine=healthy))
    assert len(findings) == 12
    assert [str(finding) for finding in findings if not finding.ok] == []
    assert len({finding.about for finding in findings}) == len(findings)


def copied(machine: Machine, name: str) -> Path:
    folder = machine.folder.parent / name
    shutil.copytree(machine.extensions()[1], folder)
    return folder


@pytest.mark.parametrize(
    ("fault", "about", "says", "remedy"),
    [
        ({"python": (3, 10, 4)}, "Python", "3.10.4", "Python 3.11 or newer"),
        ({"version": {"packaging": "25"}.get}, "packages", "jupyterlab is missing", "pip install"),
        ({"version": {}.get}, "packages", "missing", "pip install"),
        (
            {"version": {**HAD, "anywidget": "0.9.2"}.get},
            "packages",
            "anywidget 0.9.2 (asked for >=0.9.18)",
            "pip install",
        ),
        ({"extensions": list}, "widgets in JupyterLab", "anywidget is missing", "labextension list"),
        (
            {"brought": lambda _package, _name: "9.9"},
            "widgets in JupyterLab",
            "anywidget is 0.11.0, but anywidget brought 9.9",
            "labextension list",
        ),
        ({"disabled": lambda: ["anywidget"]}, "widgets in JupyterLab", "anywidget is turned off", "labextension list"),
        ({"kernels": dict}, "kernel", "none called python3", "ipykernel install"),
        (
            {"kernels": lambda: {"python3": "/opt/other/python"}},
            "kernel",
            "starts /opt/other/python",
            "kernelspec remove",
        ),
        ({"browser": lambda: None}, "browser", "none found", "--no-browser"),
        ({"is_free": lambda _: False}, "port", "none free from 8888 to 8938", "Close other"),
        ({"free_bytes": lambda _: 10**6}, "disk", "1 MB free", "Make room"),
    ],
)
def test_a_planted_fault_is_found(healthy: Machine, fault: dict[str, Any], about: str, says: str, remedy: str) -> None:
    finding = look(replace(healthy, **fault), about)
    assert not finding.ok
    assert says in finding.said
    assert remedy in finding.remedy
    assert str(finding).startswith("LOOK HERE")
    assert look(healthy, about).ok


def test_an_older_front_end_before_the_right_one_is_found(healthy: Machine) -> None:
    """A front end in the user's own folder wins over the one the package brought."""
    own = copied(healthy, "own")
    (own / "anywidget" / "package.json").write_text('{"version": "0.6.0"}', encoding="utf-8")
    machine = replace(healthy, extensions=lambda: [own, healthy.extensions()[1]])
    assert "anywidget is 0.6.0, but anywidget brought 0.11.0" in look(machine, "widgets in JupyterLab").said


def test_a_requirement_of_another_extra_is_not_asked_for(healthy: Machine) -> None:
    assert look(healthy, "packages").said == "2 as asked for"


def test_a_taken_first_port_is_said_and_does_no_harm(healthy: Machine) -> None:
    finding = look(replace(healthy, is_free=lambda port: port > 8890), "port")
    assert finding.ok
    assert finding.said.startswith("8891 on 127.0.0.1 is free; 8888 is taken")


def test_a_wrong_table_is_found(healthy: Machine, tmp_path: Path) -> None:
    (tmp_path / "urgency.csv").write_text("id,order\nemergency,first\n", encoding="utf-8")
    finding = look(replace(healthy, tables=tmp_path), "tables and questions")
    assert not finding.ok
    assert "check" in finding.remedy


@pytest.mark.parametrize("text", ["", "{}", '{"cells": [{"cell_type": "code", "execution_count": null}]}'])
def test_a_lesson_that_is_not_whole_is_found(healthy: Machine, tmp_path: Path, text: str) -> None:
    shipped = tmp_path / "shipped"
    shutil.copytree(ROOT / "notebooks", shipped)
    assert look(replace(healthy, notebooks=shipped), "lessons in the package").ok
    (shipped / "01_what_is_a_myoclonic_jerk.ipynb").write_text(text, encoding="utf-8")
    finding = look(replace(healthy, notebooks=shipped), "lessons in the package")
    assert "not whole: 01_what_is_a_myoclonic_jerk.ipynb" in finding.said
    assert "none in" in look(replace(healthy, notebooks=tmp_path / "gone"), "lessons in the package").said


def test_an_edited_and_a_missing_notebook_are_found(healthy: Machine) -> None:
    (healthy.folder / "00_start_here.ipynb").write_text("{}", encoding="utf-8")
    (healthy.folder / "06_what_causes_it.ipynb").unlink()
    said = look(healthy, "notebooks of the class").said
    assert said == "missing: 06_what_causes_it.ipynb; not as in the package: 00_start_here.ipynb"
    absent = look(replace(healthy, folder=healthy.folder / "later"), "notebooks of the class")
    assert absent.ok
    assert not (healthy.folder / "later").exists()


def test_a_progress_folder_that_cannot_be_written_is_found(healthy: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert look(healthy, "progress").ok
    assert not healthy.progress.exists()  # looking changes nothing

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(_doctor.tempfile, "TemporaryFile", refuse)
    finding = look(healthy, "progress")
    assert "Permission denied" in finding.said
    assert "MYOTEACH_PROGRESS_DIR" in finding.remedy


def test_a_call_beyond_this_machine_is_found(healthy: Machine) -> None:
    ask = "\nimport socket\nsocket.getaddrinfo('example.org', 80)"
    finding = _doctor._network(healthy, _doctor._CUT_OFF.split("import myoteach")[0] + ask)
    assert "asked the network: socket.getaddrinfo" in finding.said
    assert not finding.ok


def test_the_facts_of_this_machine_are_read(tmp_path: Path) -> None:
    assert any((folder / "anywidget" / "package.json").is_file() for folder in extension_folders())
    assert isinstance(disabled_extensions(), list)
    assert "python3" in kernels()
    assert free_bytes(tmp_path / "not" / "there") > 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert not is_free(taken.getsockname()[1])


def test_a_browser_that_is_named_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("BROWSER", "")
    assert find_browser() is None
    (tmp_path / "mine").write_text("#!/bin/sh\n", encoding="utf-8")
    (tmp_path / "mine").chmod(0o755)
    monkeypatch.setenv("BROWSER", "mine %s")
    assert find_browser() == str(tmp_path / "mine")


def test_the_command_prints_every_line_and_says_by_its_status(
    healthy: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("myoteach.cli.examine", lambda folder: examine(machine=replace(healthy, folder=folder)))
    assert main(["doctor", str(healthy.folder)]) == 0
    assert "Ready for class" in capsys.readouterr().out
    (healthy.folder / "00_start_here.ipynb").unlink()
    assert main(["doctor", str(healthy.folder)]) == 1
    said = capsys.readouterr().out
    assert said.count("ok       ") == 11
    assert "LOOK HERE  notebooks of the class: missing: 00_start_here.ipynb\n           -> `myoteach lab" in said
    assert "1 to look at." in said


def test_the_whole_command_runs_where_every_call_beyond_this_machine_is_refused(tmp_path: Path) -> None:
    code = _doctor._CUT_OFF.split("import myoteach")[0] + "from myoteach.cli import main\nmain(['doctor'])\n"
    environment = {**os.environ, "MYOTEACH_PROGRESS_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert "asked the network" not in done.stdout + done.stderr
    assert "without a network: explorers draw" in done.stdout

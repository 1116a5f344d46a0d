"""What `myoteach app` asks Voila for, and what it gives it to show; `tests/browser/test_app.py` opens it."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import nbformat
import pytest

from myoteach.cli import main
from myoteach.course import _app
from myoteach.widgets._lessons import lessons

from .test_copies import passages


def test_without_voila_one_sentence_names_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "voila" else find(name))
    assert main(["app", "06"]) == 1
    said = capsys.readouterr().err
    assert said == "myoteach app: Voila is not installed; install it with: pip install 'myoteach[app]'\n"


def test_a_lesson_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["app", "12"]) == 1
    assert "There is no lesson 12; there are 00 to 10." in capsys.readouterr().err


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(_app, "is_free", lambda _port: False)
    assert main(["app", "6"]) == 1
    assert "No port is free from 8866 to 8915 on 127.0.0.1" in capsys.readouterr().err


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What would have been served, with the folder as it was while it was there."""
    calls = []

    def serve(arguments: list[str], address: str, *, browser: bool) -> int:
        folder = Path(arguments[0])
        notebooks = {path.name: nbformat.read(path, as_version=4) for path in folder.iterdir()}
        calls.append({"options": arguments[1:], "address": address, "browser": browser, "notebooks": notebooks})
        return 0

    monkeypatch.setattr(_app, "_serve", serve)
    return calls


def test_it_is_on_loopback_only_and_behind_a_token(served: list[dict[str, Any]]) -> None:
    assert main(["app", "6", "--no-browser"]) == main(["app", "06", "--dark"]) == 0
    light, dark = served
    address, token = light["address"].split("?token=")
    port = address.split(":")[2].split("/")[0]
    assert address == f"http://127.0.0.1:{port}/voila/render/06_what_causes_it.ipynb"
    assert len(token) >= 32
    assert token not in dark["address"]
    wanted = {"--Voila.ip=127.0.0.1", f"--Voila.port={port}", f"--Voila.token={token}", "--no-browser"}
    assert wanted <= set(light["options"])
    assert "--VoilaConfiguration.theme=light" in light["options"]
    assert "--VoilaConfiguration.theme=dark" in dark["options"]
    assert (light["browser"], dark["browser"]) == (False, True)


def test_learners_get_their_copies_in_sections(served: list[dict[str, Any]]) -> None:
    assert main(["app"]) == 0
    (only,) = served
    assert "/00_start_here.ipynb?" in only["address"]
    assert sorted(only["notebooks"]) == [lesson.file for lesson in lessons()]
    for lesson in lessons():
        cells = only["notebooks"][lesson.file].cells
        whole = "\n".join(cell.source for cell in cells)
        assert [passage for passage in passages(lesson.file) if passage in whole] == []
        around = "".join(cell.metadata.site.before + cell.metadata.site.after for cell in cells)
        for part in ("section", "details"):
            assert around.count(f"<{part}") == around.count(f"</{part}>") > 0


def test_only_a_lesson_with_figures_loads_plotly() -> None:
    page = {"baseUrl": "/", "federated_extensions": [{"name": "anywidget"}, {"name": "jupyterlab-plotly"}]}
    hook = _app._without_plotly(_app._with_figures())
    kept = hook(page, notebook_path="06_what_causes_it.ipynb", base_url="/")
    assert kept == {"baseUrl": "/", "federated_extensions": [{"name": "anywidget"}]}
    assert hook(page, notebook_path="10_neurophysiology_lab.ipynb", base_url="/") == page

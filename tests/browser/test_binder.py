"""The lesson works once with the versions Binder's base image has."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext

from tests.conftest import ROOT
from tests.packaging.test_environments import BINDER

from .conftest import Lab, Server, start_lab, visit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def binder_server(browser: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("binder")
    python = home / "env" / "bin" / "python"
    pins = [f"{name}=={version}" for name, version in BINDER.items()]
    uv = shutil.which("uv")
    if uv:
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(home / "env")], check=True)
        install = [uv, "pip", "install", "-q", "--python", str(python)]
    else:
        subprocess.run([sys.executable, "-m", "venv", str(home / "env")], check=True)
        install = [str(python), "-m", "pip", "install", "-q"]
    subprocess.run([*install, f"{ROOT}[lab]", *pins], check=True)
    yield from start_lab(home, str(python))


def test_lesson_six_runs_with_binders_versions(binder_server: Server, context: BrowserContext) -> None:
    lab = Lab(binder_server, visit(context))
    lab.open("06_what_causes_it.ipynb")
    found = lab.ask("import jupyterlab, ipywidgets; print(jupyterlab.__version__, ipywidgets.__version__)").split()
    assert found == list(BINDER.values())
    lab.run_all()
    matrix = lab.reveal(".cm")
    matrix.get_by_text("What came before").click()
    matrix.locator(".cm-clue", has_text="known kidney failure").get_by_label("Yes").check()
    assert "1 answer." in matrix.locator(".cm-status").inner_text()
    assert lab.kernel_errors() == []
    assert lab.visit.left_loopback == []

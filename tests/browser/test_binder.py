"""As Binder does it: the pip section in a fresh environment with its base image's versions, postBuild, two pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.conftest import ROOT
from tests.fresh import environment, run
from tests.packaging.test_environments import BINDER, pip_section

from .conftest import Lab, Server, start_lab, visit

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def binder_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Python of an environment made as Binder makes it, from the specification and then as its postBuild says."""
    home = tmp_path_factory.mktemp("binder")
    pins = home / "pins.txt"
    pins.write_text("".join(f"{name}=={version}\n" for name, version in BINDER.items()), encoding="utf-8")
    python = environment(home / "env", *pip_section(".binder/environment.yml"), pins=pins)
    shutil.copytree(ROOT, home / "repo", ignore=shutil.ignore_patterns(".git", ".venv", "*cache*", "site"))
    path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    run("bash", ".binder/postBuild", cwd=home / "repo", PATH=path, PYTHONPATH="")
    return python


@pytest.fixture(scope="module")
def binder_server(browser: object, binder_python: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    repository = binder_python.parents[2] / "repo"
    command = [str(binder_python), "-m", "jupyterlab", f"--ServerApp.root_dir={repository}", "--no-browser"]
    yield from start_lab(
        tmp_path_factory.mktemp("binder-lab"),
        command,
        BINDER_LAUNCH_HOST="https://mybinder.org/",
        BINDER_REPO_URL="https://github.com/myoteach/myoteach",
        PYTHONPATH="",
    )


def test_the_pip_section_holds_all_that_is_needed(binder_python: Path, tmp_path: Path) -> None:
    code = "import myoteach, jupyterlab, pandas, plotly, numpy, edfio; print(len(myoteach.load().all_causes))"
    done = subprocess.run([str(binder_python), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(done.stdout) > 100


def test_lesson_six_runs_with_binders_versions(binder_server: Server, context: BrowserContext) -> None:
    lab = Lab(binder_server, visit(context))
    lab.open("notebooks/06_what_causes_it.ipynb")
    found = lab.ask("import jupyterlab, ipywidgets; print(jupyterlab.__version__, ipywidgets.__version__)").split()
    assert found == list(BINDER.values())
    lab.run_all()
    matrix = lab.reveal(".cm")
    matrix.get_by_text("What came before").click()
    matrix.locator(".cm-clue", has_text="known kidney failure").get_by_label("Yes").check()
    assert "1 answer." in matrix.locator(".cm-status").inner_text()
    assert lab.kernel_errors() == []
    assert lab.visit.left_loopback == []


def test_the_badge_opens_the_start_page_which_says_that_it_forgets(
    binder_server: Server, context: BrowserContext
) -> None:
    (opens,) = re.findall(r"urlpath=lab/tree/([\w./]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    lab = Lab(binder_server, visit(context))
    lab.open(opens)
    lab.run_all()
    card = lab.reveal(".qz-card")
    assert lab.page.get_by_text("For the instructor").count() == 0
    card.locator(".qz-option input").first.check()
    card.locator(".qz-sureness input").first.check()
    card.locator("[data-key=check]").click()
    card.locator(".qz-verdict").wait_for()
    progress = lab.reveal(".pr")
    expect(progress.locator(".pr-banner")).to_contain_text("This server forgets you when it closes.")
    expect(progress.get_by_label("Your resume code")).to_have_value(re.compile("MYO1-.+"))
    assert lab.kernel_errors() == []
    assert lab.visit.left_loopback == []

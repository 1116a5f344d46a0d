"""What all tests share."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from myoteach import KnowledgeBase, load

#: The bench is a program of its own, with peers that only its own environment has.
collect_ignore = ["bench"]

ROOT = Path(__file__).resolve().parents[1]
UNDER_CI = os.environ.get("CI", "").lower() == "true"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly what was skipped: a skipped test looks like a passed one."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = {report.longrepr[-1] if isinstance(report.longrepr, tuple) else "" for report in skipped}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"NOT TESTED: {reason}", red=True, bold=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under CI nothing may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if UNDER_CI and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def run_apart(coroutine: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: a browser that other tests drive keeps the loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


@pytest.fixture(scope="session")
def kb() -> KnowledgeBase:
    """The package's own knowledge base."""
    return load()


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The offline site with every lesson."""
    return built_once(tmp_path_factory, "site")


@pytest.fixture(scope="session")
def built_slides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the slides of lesson 1."""
    return built_once(tmp_path_factory, "slides", "01")


def built_once(tmp_path_factory: pytest.TempPathFactory, *words: str) -> Path:
    """Return the folder that a command of ours writes, built once, whichever worker of the tests comes first."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"offline-{words[0]}"
    try:
        place.mkdir()
    except FileExistsError:
        deadline = time.monotonic() + 600
        while not (place / "done").exists() and time.monotonic() < deadline:
            time.sleep(0.5)
    else:
        command = [sys.executable, "-m", "myoteach", *words, str(place / "out")]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        (place / "done").write_text(f"{done.returncode}\n{done.stdout}\n{done.stderr}", encoding="utf-8")
    said = (place / "done").read_text(encoding="utf-8")
    assert said.startswith("0\n"), said
    return place / "out"

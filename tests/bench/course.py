"""What a person waits for and carries: installing, starting, the whole course run again, the site."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.explorers import RUN_AND_WAIT
from tests.bench.figure import Figure
from tests.browser.conftest import ARGUMENTS, ROOT, Lab, find_browser, start_lab, visit
from tests.notebooks.test_strict import compare


def rows() -> list[Figure]:
    """Measure them, one after the other."""
    return [*_install(), _start(), _again(), *_site()]


@contextmanager
def _timed(into: list[float]) -> Iterator[None]:
    start = time.perf_counter()
    yield
    into.append(time.perf_counter() - start)


def _install() -> list[Figure]:
    """A clone of what is committed, in an empty folder: the first `run.py check` makes its environment."""
    took: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        clone = Path(home) / "myoteach"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        with _timed(took):
            subprocess.run([sys.executable, "run.py", "check"], cwd=clone, check=True, stdout=subprocess.DEVNULL)
        held = _bytes(clone / ".venv")
    tool = "uv" if shutil.which("uv") else "pip"
    count = len(re.findall(r"^\S+==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE))
    how = f"`python3 run.py check` in a fresh clone, with {tool}; downloads depend on the network and its caches"
    words = f"{held / 1e6:.0f} MB in {count} packages"
    return [
        Figure("install: first command to its answer", f"{took[0]:.0f} s", "none stated", how),
        Figure(
            "install: size of the environment",
            words,
            "none stated",
            how,
            size=held,
        ),
    ]


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _start() -> Figure:
    """From the command to the first explorer of lesson 06, with nothing running before."""
    took: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        for _ in range(3):
            with tempfile.TemporaryDirectory() as home, _timed(took):
                servers = start_lab(Path(home), [sys.executable, str(ROOT / "run.py"), "lab", "--no-browser"])
                lab = Lab(next(servers), visit(browser.new_context()))
                lab.open("06_what_causes_it.ipynb")
                lab.page.evaluate(RUN_AND_WAIT, ".jp-OutputArea-output .cm-list")
                servers.close()
        browser.close()
    return Figure(
        "`run.py lab` to the first explorer of lesson 06",
        f"{sorted(took)[1]:.1f} s (of 3: {min(took):.1f} to {max(took):.1f})",
        "none stated",
        "server, JupyterLab in an empty browser, notebook, kernel, Run All, and stopping the server",
    )


def _again() -> Figure:
    took: list[float] = []
    with _timed(took):
        passed, failed, _ = compare(*sorted((ROOT / "notebooks").glob("*.ipynb")))
    return Figure(
        "whole course, strict nbval",
        f"{took[0]:.0f} s; {passed} cells the same, {failed} not",
        "under 120 s on two cores",
        "every lesson run again and compared with what is committed",
    )


def _site() -> list[Figure]:
    took: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        site = Path(home) / "site"
        with _timed(took):
            subprocess.run([sys.executable, "-m", "myoteach", "site", str(site)], check=True, stdout=subprocess.DEVNULL)
        whole = _bytes(site)
        first = _page_weight(site, "00_start_here.html")
    return [
        Figure("site: built", f"{took[0]:.0f} s", "none stated", "all lessons run once"),
        Figure("site: whole", f"{whole / 1e6:.2f} MB", "under 8 MB", "all files", size=whole),
        Figure("site: first page", f"{first / 1000:.0f} KB", "under 400 KB", "gzip, with all it loads", size=first),
    ]


def _page_weight(site: Path, name: str) -> int:
    """Bytes of a page and of every file it loads, each compressed."""
    text = (site / name).read_text(encoding="utf-8")
    loaded = re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^":]+)"', text)
    files = [site / name, *(site / path for path in dict.fromkeys(loaded) if (site / path).is_file())]
    return sum(len(gzip.compress(path.read_bytes())) for path in files)

"""How soon a lesson shows as an app: from opening the page, with a kernel that has still to start."""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from myoteach.widgets._lessons import lessons
from tests.bench.figure import Figure
from tests.browser.conftest import ARGUMENTS, PATIENCE, find_browser, visit
from tests.browser.test_app import start_app

_TIMES = 3
#: When the first heading and the first explorer stand in the page, in milliseconds since it was asked for.
_WATCH = """(() => {
  const stands = (what) => document.querySelector(what)?.getBoundingClientRect().height;
  const look = () => {
    if (stands("main h1")) window.prose ??= performance.now();
    if (stands(".jp-OutputArea-output .myo")) window.explorer = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""


def rows() -> list[Figure]:
    """Measure every lesson."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        apps = start_app(Path(home))
        try:
            address = next(apps)
            _open(browser, address, lessons()[0].file)  # Voila's first page reads its templates
            return [_row(browser, address, lesson.id, lesson.file) for lesson in lessons()]
        finally:
            apps.close()
            browser.close()


def _row(browser: Any, address: str, number: str, file: str) -> Figure:
    took = [_open(browser, address, file) for _ in range(_TIMES)]
    prose, explorer = ([1e-3 * pair[which] for pair in took] for which in (0, 1))
    return Figure(
        f"lesson {number} opened to first explorer in the page",
        f"{statistics.median(explorer):.1f} s (of {_TIMES}: {min(explorer):.1f} to {max(explorer):.1f}); prose after "
        f"{statistics.median(prose):.1f} s",
        "within 5 s",
        "from the request for the page; an empty browser cache each time",
    )


def _open(browser: Any, address: str, file: str) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = visit(context).page
    page.add_init_script(_WATCH)
    parts = urlsplit(address)
    page.goto(parts._replace(path=f"/voila/render/{file}").geturl(), wait_until="commit")
    page.wait_for_function("window.explorer", timeout=PATIENCE)
    took = page.evaluate("[prose, explorer]")
    page.wait_for_function("!document.querySelector('.voila-skeleton-container')")  # before the kernel is stopped
    page.close(run_before_unload=True)
    context.close()
    return took[0], took[1]

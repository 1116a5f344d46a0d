"""What axe finds, in every lesson and in every way to it: JupyterLab, app, site and slides.

The second theme is looked at by the rules of colour, for the others do not depend on it; an app has but one, so that it
is started in either and looked at by all rules.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from myoteach.widgets._lessons import lessons
from tests.bench.figure import Figure
from tests.browser.axe import COLOURS, look
from tests.browser.conftest import ARGUMENTS, WINDOW, Lab, find_browser, start_lab, visit
from tests.browser.test_app import start_app
from tests.browser.test_lessons import OUTPUTS, run
from tests.browser.test_site import PAGES, opened

#: A pandas frame writes an empty corner into its own table head.
_FRAMES = {"exclude": [[".dataframe"]]}


@dataclass
class Found:
    """What axe said of the pages of one way."""

    looks: int = 0
    passed: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)

    def look(self, page: Page, part: Any = None, **options: Any) -> None:
        """Look at a page as it is now."""
        said = look(page, part, **options)
        self.looks += 1
        self.passed.update(rule["id"] for rule in said["passes"])
        self.broken.update({rule["id"]: len(rule["nodes"]) for rule in said["violations"]})

    def row(self, way: str, how: str) -> Figure:
        """Say it."""
        worst = "".join(f"; {rule} {count}" for rule, count in self.broken.most_common())
        words = f"{sum(self.broken.values())} findings in {self.looks} looks, {len(self.passed)} rules applied{worst}"
        return Figure(f"axe: {way}", words, "0 findings", how)


def rows() -> list[Figure]:
    """Look at all of them."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        folders = {name: Path(home) / name for name in ("lab", "app", "site", "slides")}
        found = [
            _lab(browser, folders["lab"]),
            _app(browser, folders["app"]),
            _site(browser, folders["site"]),
            _slides(browser, folders["slides"]),
        ]
        browser.close()
        return found


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=WINDOW)
    yield visit(context).page
    context.close()


def _lab(browser: Browser, home: Path) -> Figure:
    found = Found()
    home.mkdir()
    with closing(start_lab(home)) as servers:
        server = next(servers)
        for lesson in lessons():
            context = browser.new_context(viewport=WINDOW)
            lab = Lab(server, visit(context))
            run(lab, lesson.file)
            lab.ask("pass")
            found.look(lab.page, OUTPUTS)
            lab.theme("JupyterLab Dark")
            found.look(lab.page, OUTPUTS, runOnly=list(COLOURS))
            context.close()
            server.stop_kernels()
    return found.row("the lessons in JupyterLab", "outputs of every lesson, run and unfolded, light and dark")


def _app(browser: Browser, home: Path) -> Figure:
    found = Found()
    for theme, options in {"light": (), "dark": ("--dark",)}.items():
        (home / theme).mkdir(parents=True)
        with closing(start_app(home / theme, *options)) as apps:
            parts = urlsplit(next(apps))
            for lesson in lessons():
                with _page(browser) as page:
                    page.goto(parts._replace(path=f"/voila/render/{lesson.file}").geturl())
                    page.locator(".jp-OutputArea-output .myo").first.wait_for(state="attached")
                    page.wait_for_function("!document.querySelector('.voila-skeleton-container')")  # the last has run
                    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
                    found.look(page, _FRAMES)
    return found.row("the lessons as apps", "whole page of every lesson in Voila, unfolded, light and dark")


def _both(found: Found, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    found.look(page)
    page.emulate_media(color_scheme="dark")
    found.look(page, runOnly=list(COLOURS))


def _site(browser: Browser, home: Path) -> Figure:
    found = Found()
    subprocess.run([sys.executable, "-m", "myoteach", "site", str(home)], check=True, stdout=subprocess.DEVNULL)
    for name in PAGES:
        context = browser.new_context(viewport=WINDOW)
        _both(found, opened(context, home, name, unfold=True).page)
        context.close()
    return found.row(
        "the pages of the site", "whole page of every lesson and the seven others, unfolded, light and dark"
    )


def _slides(browser: Browser, home: Path) -> Figure:
    found = Found()
    command = [sys.executable, "-m", "myoteach", "slides", "all", str(home)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    for deck in sorted(home.glob("*.html")):
        with _page(browser) as page:
            page.goto(deck.as_uri())
            for number in range(1, page.locator(".slide").count() + 1):
                page.evaluate(f"location.hash = '#{number}'")
                page.locator(".slide:visible").wait_for()
                found.look(page)
                page.keyboard.press("d")
                found.look(page, runOnly=list(COLOURS))
                page.keyboard.press("d")
    return found.row("the slides", "every slide of every lesson, light and dark")

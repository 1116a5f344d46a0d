"""JupyterLite beside the site, with a real Pyodide: a lesson runs in the browser, and nothing is asked of the network.

Collected only where `MYOTEACH_PYODIDE` names the folder or the archive; docs/lite.md says how to fetch one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext

from myoteach.course.lite import build_lite
from myoteach.widgets._lessons import lessons
from tests.hosts import served

from .conftest import Lab, Server, visit
from .test_lessons import state
from .test_quiz_lab import LOG, check, choose


@dataclass(frozen=True)
class Host(Server):
    """A host of files, as any is."""

    def url(self, path: str) -> str:
        return f"{self.address}/lab/index.html?path={path}"


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    folder = tmp_path_factory.mktemp("lite")
    for name, data in build_lite(Path(os.environ["MYOTEACH_PYODIDE"]), lessons()[:1]).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    with served(folder) as address:
        yield Host(address, "", folder, folder / "no-log")


def test_a_lesson_runs_in_the_browser_and_keeps_answers_over_a_reload(host: Host, context: BrowserContext) -> None:
    lite = Lab(host, visit(context))
    lite.page.set_default_timeout(240_000)  # Python itself is loaded, on a machine that tests share
    lite.open(lessons()[0].file)
    lite.run_all()
    lite.reveal(".myo.ce").get_by_role("radio").first.wait_for(state="attached")
    card = lite.reveal(".qz-card")
    for answered in (1, 2):
        choose(lite, card, 0, 1)
        check(lite, card)
        card.locator(".qz-verdict").wait_for()
        kept = state(lite, LOG)
        assert len(kept) == answered
        card.locator("[data-key=next]").press("Enter")
        card.locator(".qz-verdict").wait_for(state="detached")
    assert lite.kernel_errors() == []
    lite.reload()  # the kernel lives in the page, and is gone with it; what the browser keeps is not
    lite.ask("import myoteach")
    assert state(lite, LOG) == kept
    assert lite.visit.left_loopback == []

"""A lesson as an app in Voila: no code, no instructor, no network, and the answers in the learner's own log."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from myoteach.questions import read_log
from tests.course.test_copies import passages
from tests.hosts import at_home

from .axe import barriers
from .conftest import PATIENCE, visit

LESSON = "06_what_causes_it.ipynb"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("app")


@pytest.fixture(scope="module")
def address(home: Path, browser: Browser) -> Iterator[str]:
    yield from start_app(home)


def start_app(home: Path, *options: str) -> Iterator[str]:
    """Start lesson 6 as an app in an empty home, give its address, and stop it afterwards."""
    environment = at_home(home) | {"MYOTEACH_PROGRESS_DIR": str(home / "progress")}
    command = [sys.executable, "-m", "myoteach", "app", "06", "--no-browser", *options]
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=home, env=environment, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
        )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://127.0.0.1:" in line, (home / "log").read_text()
        yield line.split()[-1]
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


def status(address: str) -> int:
    deadline = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(address, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except urllib.error.URLError:  # it has said where it will be, and is not there yet
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_lesson_as_an_app(address: str, home: Path, context: BrowserContext) -> None:
    closed, token = address.split("?")
    base, _ = closed.split("/voila/")
    assert status(closed) == 200
    seen = visit(context)
    page = seen.page
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("6. What causes it?", timeout=PATIENCE)
    matrix = page.locator(".cm:not(.fold *)").first
    matrix.get_by_text("What came before").click()
    matrix.locator(".cm-clue", has_text="known kidney failure").get_by_label("Yes").check()
    expect(matrix.locator(".cm-status")).to_contain_text("1 answer.", timeout=PATIENCE)

    card = page.locator(".qz-card:not(.fold *)").first
    for choice in card.locator("select").all():
        choice.select_option(index=1)
    card.locator(".qz-sureness input").first.check()
    card.locator("[data-key=check]").click()
    expect(card.locator(".qz-verdict")).to_be_visible(timeout=PATIENCE)
    (attempt,) = read_log(home / "progress").attempts
    assert attempt.item.startswith("Q06-")

    expect(page.locator(".voila-skeleton-container")).to_have_count(0, timeout=PATIENCE)  # the last cell has run
    folds = page.locator("details.fold")
    assert folds.count() == 3
    folds.evaluate_all("all => all.forEach(fold => fold.open = true)")
    text = page.locator("body").inner_text()
    assert "For clinicians: two traps" in text
    assert [passage for passage in passages(LESSON) if passage in page.content()] == []
    assert "from myoteach import" not in page.content()
    assert page.locator("main .jp-InputArea-editor").count() == 0
    assert barriers(page, {"exclude": [[".dataframe"]]}) == []  # pandas' empty headings
    assert page.evaluate("document.getAnimations().length") == 0
    assert seen.errors == []
    assert seen.left_loopback == []

    kernel = page.evaluate("JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    assert status(f"{base}/api/kernels/{kernel}?{token}") == 200
    page.close(run_before_unload=True)
    deadline = time.monotonic() + 20
    while status(f"{base}/api/kernels/{kernel}?{token}") != 404:
        assert time.monotonic() < deadline, "the kernel of a closed page goes on"


def test_nobody_without_the_token_sees_it(address: str) -> None:
    closed, _ = address.split("?")
    with urllib.request.urlopen(closed, timeout=20) as answer:  # led to the form that asks for the token
        assert answer.url.split("?")[0].endswith("/login")
        assert "What causes it" not in answer.read().decode()
    base, _ = closed.split("/voila/")
    assert status(f"{base}/api/kernels/00000000-0000-0000-0000-000000000000") == 403
    assert status(f"{base}/voila/files/{LESSON}") == 403

"""Poisoned tables and questions in every explorer: what they say stands there as text, and nothing of it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

import myoteach
from myoteach import load
from myoteach.questions import AttemptLog, grade
from myoteach.widgets import _attempt_log
from myoteach.widgets._quiz_sets import QuizSet
from myoteach.widgets.progress import ProgressView
from myoteach.widgets.quiz import Quiz
from tests.faults.hostile import hostile_bank, hostile_tables
from tests.faults.test_markup import FRAMES

from .conftest import visit
from .kernel import Kernel
from .standalone import page_of

#: Opens every fold and presses what can be pressed, once each, as long as nothing leads away.
_PRESS = """() => {
  const root = document.getElementById("root");
  const seen = new Set();
  for (let round = 0; round < 20; round++) {
    for (const fold of root.querySelectorAll("details")) fold.open = true;
    const next = [...root.querySelectorAll("button, summary, input[type=radio], input[type=checkbox]")]
      .find((node) => !seen.has(node.textContent + node.name + node.value) && !node.disabled);
    if (!next) break;
    seen.add(next.textContent + next.name + next.value);
    next.click();
  }
}"""
_STATE = """() => {
  const root = document.getElementById("root");
  return {
    pwned: window.pwned ?? null,
    ran: root.querySelectorAll("script, img, iframe, object, embed, [onload], [onerror]").length,
    odd: [...root.querySelectorAll("a[href]")].map((link) => link.getAttribute("href"))
      .filter((address) => !/^(https?:\\/\\/|#)/.test(address)),
    shown: root.textContent.includes("<img src=x onerror="),
  };
}"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path / "progress"))
    monkeypatch.setattr(_attempt_log, "_log", None)
    return tmp_path / "progress"


def explorers() -> Iterator[tuple[str, Any]]:
    for name in FRAMES:
        yield name, getattr(myoteach, name)(kb=hostile_tables())


def test_no_explorer_takes_text_for_markup(context: BrowserContext) -> None:
    seen = visit(context)
    reached = []
    for name, widget in explorers():
        seen.page.set_content(page_of(widget))
        seen.page.wait_for_selector("#root > *")
        seen.page.evaluate(_PRESS)
        state = seen.page.evaluate(_STATE)
        assert (state["pwned"], state["ran"], state["odd"]) == (None, 0, []), name
        reached += [name] if state["shown"] else []
    assert len(reached) >= len(FRAMES) - 1, reached
    assert not seen.left_loopback
    assert not seen.errors


def test_no_question_and_no_list_of_mistakes_takes_text_for_markup(context: BrowserContext, folder: Path) -> None:
    bank = hostile_bank()
    seen = visit(context)
    widget = Quiz(QuizSet("Hostile", bank.items, "quiz"), bank=bank, kb=load())
    Kernel(seen.page, widget)
    seen.page.set_content(page_of(widget))
    for question in widget.data["questions"]:
        seen.page.evaluate("(slot) => model.set('at', slot)", question["first"]["id"])
        seen.page.get_by_role("button", name="I don’t know").click()
        seen.page.wait_for_selector(".qz-verdict")
        state = seen.page.evaluate(_STATE)
        assert (state["pwned"], state["ran"], state["odd"], state["shown"]) == (None, 0, [], True)
    log = AttemptLog(folder)
    item = bank.item("Q06-001")
    log.record(item, grade(item, "a"), order="abcd", confidence=3)
    assert not seen.errors
    seen = visit(context)
    view = ProgressView(hostile_tables(), bank, lambda: log)
    seen.page.set_content(page_of(view))
    seen.page.wait_for_selector("#root > *")
    seen.page.evaluate(_PRESS)
    state = seen.page.evaluate(_STATE)
    assert (state["pwned"], state["ran"], state["shown"]) == (None, 0, True)
    assert not seen.errors

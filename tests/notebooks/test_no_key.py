"""No shipped notebook holds a key, neither does one saved with its widgets; and the search for keys can find one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from myoteach import KnowledgeBase, quiz
from myoteach.questions import DONT_KNOW, leaks, read_bank
from myoteach.widgets import _attempt_log
from myoteach.widgets._quiz_payload import feedback_card
from myoteach.widgets._quiz_sets import set_names
from myoteach.widgets.quiz import Quiz, _running
from tests.conftest import ROOT

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
SETS = [name for name in set_names(read_bank()) if "drafts" not in name]


@pytest.fixture(autouse=True)
def nobody_answered_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path))
    monkeypatch.setattr(_attempt_log, "_log", None)
    _running.clear()
    yield
    _running.clear()


def saved_with(*quizzes: Quiz, planted: Any = None) -> dict[str, Any]:
    """A shipped notebook to which quizzes were added, saved with the state of their widgets."""
    notebook = json.loads((ROOT / "notebooks" / "06_what_causes_it.ipynb").read_text(encoding="utf-8"))
    for asked in quizzes:
        data = {"text/html": asked.first_frame(), "text/plain": repr(asked)}
        output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
        notebook["cells"].append({"cell_type": "code", "source": "", "metadata": {}, "outputs": [output]})
    state = {str(number): {"state": asked.get_state()} for number, asked in enumerate(quizzes)}
    notebook["metadata"]["widgets"] = {"state": json.loads(json.dumps(state)), "planted": planted}
    return dict(notebook)


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_shipped_notebook_holds_no_key(path: Path) -> None:
    assert list(leaks(json.loads(path.read_text(encoding="utf-8")), read_bank())) == []


@pytest.mark.parametrize("name", SETS)
def test_a_quiz_that_was_answered_and_saved_holds_no_key(name: str, kb: KnowledgeBase) -> None:
    """And the same quiz with what its page was told, planted into the notebook, is found for every question."""
    asked = quiz(name)
    for part in asked.session.parts:
        asked.session.answer(part.item.id, DONT_KNOW)
    assert list(leaks(saved_with(asked), read_bank())) == []
    told = {slot: feedback_card(asked.session, slot, kb) for slot in asked.session.answers}
    found = {item for item, _ in leaks(saved_with(asked, planted=told), read_bank())}
    assert found >= set(told)


def test_a_key_planted_into_a_printed_output_is_found() -> None:
    item = read_bank().item("Q06-003")
    planted = {"output_type": "stream", "name": "stdout", "text": [item.stem, "\n", item.feature]}
    notebook = {"cells": [{"cell_type": "code", "outputs": [planted]}]}
    assert [found for found, _ in leaks(notebook, read_bank())] == ["Q06-003"]

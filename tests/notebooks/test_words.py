"""Where a lesson links a word, the words of its page explain it, and there is a heading to land on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from myoteach import KnowledgeBase
from myoteach.widgets._terms import find_term
from myoteach.widgets.terms import HEADING
from tests.conftest import ROOT

from .reading import cells, text

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))
TARGET = HEADING.replace(" ", "-")
LINK = re.compile(rf"\[([^\]]+)\]\(#{TARGET}\)")


def linked(path: Path) -> list[str]:
    """The words of a lesson's prose that lead to its words."""
    found = [word for cell in cells(path, "markdown") for word in LINK.findall(text(cell))]
    return [word.strip("*") for word in found]


def explained(path: Path) -> list[str]:
    """The terms under the heading."""
    calls = [text(cell) for cell in cells(path, "code") if re.search(r"\bterms\(", text(cell))]
    return [name for call in calls for name in re.findall(r'"([^"]+)"', call)]


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_links_and_words_agree(path: Path, kb: KnowledgeBase) -> None:
    rows = {find_term(kb, name).id for name in explained(path)}
    for word in linked(path):
        assert find_term(kb, word).id in rows, f"{word} leads to the words of {path.name}, which do not explain it"
    headings = [text(cell).strip() for cell in cells(path, "markdown")]
    assert (f"### {HEADING}" in headings) == bool(explained(path))


def test_a_lesson_shows_how() -> None:
    assert any(linked(path) for path in LESSONS)

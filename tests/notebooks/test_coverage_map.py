"""Nothing is promised that no lesson teaches, and nothing in the tables waits where no learner comes by."""

from __future__ import annotations

import dataclasses
import importlib.util
import sys
from types import ModuleType

import pytest

from myoteach import KnowledgeBase
from myoteach.knowledge.records import Topic
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_map", ROOT / "tools" / "coverage_map.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def seen(tool: ModuleType):  # type: ignore[no-untyped-def]
    return tool.course()


def test_every_objective_has_a_section_something_that_shows_it_and_three_questions(seen) -> None:  # type: ignore[no-untyped-def]
    assert {(row.objective.id, "no section") for row in seen.served if not row.sections} == set()
    assert {(row.objective.id, "not shown") for row in seen.served if not row.shown_by} == set()
    assert {(row.objective.id, "few questions") for row in seen.served if len(row.questions) < 3} == set()
    assert {(row.objective.id, "no source") for row in seen.served if not row.sources} == set()


def test_an_objective_is_served_in_its_own_lesson(seen) -> None:  # type: ignore[no-untyped-def]
    elsewhere = {
        (row.objective.id, file) for row in seen.served for file, _ in row.sections if file[:2] != row.objective.lesson
    }
    assert elsewhere == set()
    tags = {tag for lesson in seen.lessons for cell in lesson.cells for tag in cell.objectives}
    assert tags <= {row.objective.id for row in seen.served}


def test_every_claim_of_the_article_has_a_home(seen) -> None:  # type: ignore[no-untyped-def]
    assert seen.homeless_claims == ()


def test_every_row_is_met_in_a_lesson(seen, tool: ModuleType) -> None:  # type: ignore[no-untyped-def]
    assert {name: seen.unmet(name) for name in tool.MET if seen.unmet(name)} == {}


def test_what_no_lesson_shows_is_found(seen) -> None:  # type: ignore[no-untyped-def]
    bare = dataclasses.replace(seen, lessons=(), bank=type(seen.bank)())
    assert len(bare.unmet("causes")) == len(seen.kb.all_causes)
    assert len(bare.homeless_claims) == len(seen.claims)
    assert all(not row.sections and not row.questions for row in bare.served)


def test_topics_have_a_home_or_a_reason(kb: KnowledgeBase) -> None:
    rows = {row.id for name in kb.tables for row in kb.table(name) if hasattr(row, "id")}
    topics = kb.records("topics", Topic)
    assert {(topic.id, home) for topic in topics for home in topic.home if home not in rows} == set()
    assert [topic.id for topic in topics if bool(topic.home) == bool(topic.why_not)] == []
    assert [topic.id for topic in topics if not topic.taught_by] == []


def test_the_page_is_what_the_tool_writes(seen, tool: ModuleType) -> None:  # type: ignore[no-untyped-def]
    assert tool.PAGE.read_text(encoding="utf-8") == tool.page(seen)

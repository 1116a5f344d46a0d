"""A bank that leaves out what it must ask is told so."""

from __future__ import annotations

from myoteach import KnowledgeBase
from myoteach.knowledge.records import Objective
from myoteach.questions import Bank, Case
from myoteach.questions._coverage import gaps
from tests.questions.samples import SINGLE, bank, changed


def said(found: Bank, kb: KnowledgeBase) -> set[str]:
    return {problem.value for problem in gaps(found, kb)}


def test_an_empty_bank_lacks_everything(kb: KnowledgeBase) -> None:
    found = said(Bank(), kb)
    assert {"RF01", "C001", "MIM01", "0 questions on O06-2"} <= found
    named = sum(cause.in_seed == "yes" for cause in kb.all_causes)
    assert len(found) == len(kb.red_flags) + len(kb.table("mimics")) + named + len(kb.records("objectives", Objective))


def test_a_covered_row_and_a_third_question_close_a_gap(kb: KnowledgeBase) -> None:
    items = [changed(SINGLE, id=f"Q06-{number:03}", covers=["RF01", "MIM01"]) for number in range(3)]
    assert "2 questions on O06-2" in said(bank(*items[:2]), kb)
    found = said(bank(*items), kb)
    assert not {"RF01", "MIM01"} & found
    assert not [gap for gap in found if gap.endswith("O06-2")]


def test_the_stages_of_a_case_count(kb: KnowledgeBase) -> None:
    case = bank().item("Q06-006")
    assert isinstance(case, Case)
    assert "2 questions on O06-2" in said(Bank((case,)), kb)

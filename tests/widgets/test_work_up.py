"""The work-up in Python: cases from the tables, how a step stands, the first frame, what it refuses."""

from __future__ import annotations

import html
import json

import pytest
import traitlets

from myoteach import KnowledgeBase, load, work_up
from myoteach.knowledge.records import Investigation
from myoteach.widgets.work_up import CASES, STEPS, TIERS, WorkUp

BEDSIDE = [section for sections in STEPS.values() for section in sections]


def test_data_holds_every_test_and_every_cause_with_sources(kb: KnowledgeBase) -> None:
    data = work_up().data
    tests = [data["first"], *data["tests"]]
    assert [row["id"] for row in tests] == [row.id for row in kb.records("investigations", Investigation)]
    assert {row["tier"] for row in tests} == set(TIERS)
    assert {clue.section for clue in kb.clues.values()} == set(BEDSIDE)
    assert [row["id"] for row in data["causes"]] == [cause.id for cause in kb.all_causes]
    assert all(set(row["sources"]) <= set(data["sources"]) for row in [*tests, *data["answers"].values()])
    assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize("case", CASES)
def test_the_list_of_causes_shrinks_and_a_test_can_show_the_case(kb: KnowledgeBase, case: str) -> None:
    shown = work_up([case])
    counts = []
    for section in BEDSIDE:
        shown.done = [*shown.done, section]
        counts.append(sum(match.score == shown.matches[0].score for match in shown.matches))
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] < counts[0]
    assert case in {match.cause.id for match in shown.matches if match.score == shown.matches[0].score}
    shown.done = [*shown.done, *(row["id"] for row in shown.data["tests"])]
    verdicts = shown.frame()["verdict"].tolist()
    assert {"found", "hit", "needless"} <= set(verdicts)
    assert "early" not in verdicts


def test_order_is_history_then_examination_then_tests() -> None:
    shown = work_up(["C051"])
    shown.done = ["what else is there", "IV03", "IV06", "how it began", "what came before", "what the jerks are like"]
    assert [shown.verdict(step) for step in shown.done] == ["early", "early", "fair", "found", "found", "found"]
    assert shown.frame()["when it comes"].tolist()[:3] == ["examination", "first line", "bedside"]


def test_a_needless_test_and_an_emergency_that_still_fits() -> None:
    shown = work_up(["C051"])
    shown.done = [*BEDSIDE, "IV19", "IV14", "IV03"]
    assert [shown.verdict(step) for step in ("IV19", "IV14", "IV03")] == ["needless", "fair", "hit"]


def test_state_is_all_in_the_traits() -> None:
    shown = work_up(["C015"], wording="clinical")
    shown.done = [*BEDSIDE, "IV10"]
    names = ("case", "done", "named", "looked", "tiers", "opened", "wording")
    copy = WorkUp(load(), ["C015"], **{name: getattr(shown, name) for name in names})
    assert copy.frame().equals(shown.frame())
    assert copy.matches == shown.matches


@pytest.mark.parametrize("wording", ["plain", "clinical"])
def test_first_frame_holds_every_test_in_words(kb: KnowledgeBase, wording: str) -> None:
    bundle, _ = work_up(wording=wording)._repr_mimebundle_()
    text = html.unescape(bundle["text/html"])
    for row in kb.records("investigations", Investigation):
        assert getattr(row, f"shows_{wording}") in text
        assert row.indication in text
    assert "part draft" in text
    assert text.index("History") < text.index("Examination") < text.index("Tests, each")


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match=r"no cause 'C0510' in causes\.csv\. Did you mean 'C051'"):
        work_up(["C0510"])
    with pytest.raises(ValueError, match="at least one case"):
        work_up([])
    with pytest.raises(ValueError, match="The step 'IV03' has not been taken"):
        work_up().verdict("IV03")
    with pytest.raises(traitlets.TraitError):
        work_up(wording="latin")


def test_a_cause_without_a_present_clue_is_no_case(kb: KnowledgeBase) -> None:
    present = {cause for (cause, _), cell in kb.cells.items() if cell.value == "yes"}
    silent = next(cause.id for cause in kb.all_causes if cause.id not in present)
    with pytest.raises(ValueError, match=f"no clue that is present in '{silent}'"):
        work_up([silent])

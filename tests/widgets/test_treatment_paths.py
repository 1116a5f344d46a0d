"""Treatment paths in Python: every row on its path, what is narrowed, the first frame, what it refuses."""

from __future__ import annotations

import html
import json
import re

import pytest

from myoteach import KnowledgeBase, load, treatment_paths
from myoteach.knowledge.records import Treatment
from myoteach.widgets.treatment_paths import PATHS, RULE, TreatmentPaths

DOSE = re.compile(r"\b\d+([.,]\d+)? ?(mg|g|µg|microgram|mcg|ml)\b(?!/l)", re.IGNORECASE)


def test_every_row_stands_on_a_path_with_its_sources(kb: KnowledgeBase) -> None:
    rows = kb.records("treatments", Treatment)
    data = treatment_paths().data
    assert [row["id"] for row in data["rows"]] == [row.id for row in rows]
    assert {path for row in rows for path in row.paths} == set(PATHS)
    parts = [*data["rows"], *data["generators"], *data["causes"]]
    assert all(set(row["sources"]) <= set(data["sources"]) for row in parts)
    assert json.loads(json.dumps(data)) == data
    found = {row.id for path in PATHS for row in treatment_paths(path).treatments}
    assert found == {row.id for row in rows}


def test_nothing_needed_is_said_of_no_jerk_before_a_doctor_has_seen_a_baby(kb: KnowledgeBase) -> None:
    for row in treatment_paths("nothing").treatments:
        if {"C002", "C004"} & set(row.cause_ids):
            assert "seen by a doctor the same day" in row.plain
    assert "once a doctor has said" in PATHS["nothing"][1]


def test_no_dose_and_no_word_to_stop_a_medicine(kb: KnowledgeBase) -> None:
    for row in kb.records("treatments", Treatment):
        assert not DOSE.search(row.plain)
        assert not DOSE.search(row.agents)
        for sentence in re.split(r"(?<=[.;:!?]) ", row.plain):
            if re.search(r"\bstop\b.*\b(medicine|on your own|suddenly)", sentence):
                assert re.search(r"\b(not|never)\b", sentence, re.IGNORECASE), sentence


@pytest.mark.parametrize("path", PATHS)
def test_a_cause_and_a_generator_narrow_a_path(kb: KnowledgeBase, path: str) -> None:
    shown = treatment_paths(path, cause="C101", generator="CAT20")
    for row in shown.treatments:
        assert not row.cause_ids or "C101" in row.cause_ids
    own = ["C101" in row.cause_ids for row in shown.treatments]
    assert own == sorted(own, reverse=True)
    assert shown.frame()["id"].tolist() == [row.id for row in shown.treatments]


def test_the_generator_counts_only_where_jerks_are_calmed() -> None:
    places = [place["id"] for place in treatment_paths().data["generators"]]
    assert places[0] == "CAT20"
    found = [[row.id for row in treatment_paths("jerk", generator=place).treatments] for place in places]
    assert len({tuple(rows) for rows in found}) == len([rows for rows in found if rows])
    assert all("TX02" in rows for rows in found)
    assert treatment_paths("cause", generator="CAT24").treatments == treatment_paths("cause").treatments


def test_state_is_all_in_the_traits() -> None:
    shown = treatment_paths("jerk", cause="C101", generator="CAT20", wording="clinical")
    names = ("path", "generator", "cause", "row", "opened", "wording")
    copy = TreatmentPaths(load(), **{name: getattr(shown, name) for name in names})
    assert copy.frame().equals(shown.frame())
    assert shown.row == "TX20"


@pytest.mark.parametrize("wording", ["plain", "clinical"])
def test_first_frame_holds_every_row_and_what_to_avoid_for_clinicians_only(kb: KnowledgeBase, wording: str) -> None:
    bundle, _ = treatment_paths(wording=wording)._repr_mimebundle_()
    text = html.unescape(bundle["text/html"])
    assert RULE in text
    for row in kb.records("treatments", Treatment):
        assert getattr(row, wording) in text
        assert (row.avoid in text) == (wording == "clinical")


def test_what_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError, match=r"No row of treatments\.csv names the cause 'C1010'"):
        treatment_paths(cause="C1010")
    with pytest.raises(KeyError, match=r"no generator 'CAT99'"):
        treatment_paths(generator="CAT99")
    with pytest.raises(KeyError, match="The paths: cause, jerk, nothing"):
        treatment_paths("surgery")

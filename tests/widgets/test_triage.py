"""Triage in Python: every warning sign, the word that decides, the first frame, what it refuses."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest
import traitlets

from myoteach import KnowledgeBase, load, triage
from myoteach.knowledge.records import Urgency
from myoteach.widgets.triage import NEVER_REASSURED, STATES, Triage

REASSURING = ("harmless", "all is well", "you are fine", "nothing to worry", "no visit is needed")


def test_every_warning_sign_is_there_with_its_sources(kb: KnowledgeBase) -> None:
    data = triage().data
    assert [flag["id"] for flag in data["flags"]] == [flag.id for flag in kb.red_flags]
    assert all(set(flag["sources"]) <= set(data["sources"]) for flag in data["flags"])
    assert {flag["section"] for flag in data["flags"]} == set(data["sections"])
    assert json.loads(json.dumps(data)) == data


def test_the_states_stand_for_the_defined_words_in_their_order(kb: KnowledgeBase) -> None:
    words = [word.id for word in sorted(kb.records("urgency", Urgency), key=lambda row: row.order)]
    assert [word for state in STATES.values() for word in state] == words[:-1]
    assert words[-1] == "none"


@pytest.mark.parametrize(
    ("chosen", "word", "decided"),
    [
        ([], "", ()),
        (["RF23"], "routine", ("RF23",)),
        (["RF23", "RF20", "RF19"], "soon", ("RF19", "RF20")),
        (["RF31", "RF20"], "urgent", ("RF31",)),
        (["RF10", "RF01", "RF02", "RF23"], "emergency", ("RF01", "RF02")),
    ],
)
def test_the_most_urgent_sign_decides(chosen: list[str], word: str, decided: tuple[str, ...]) -> None:
    shown = triage(chosen)
    assert (shown.urgency, shown.decided_by) == (word, decided)
    assert sorted(shown.frame()["id"]) == sorted(chosen)


def test_signs_that_are_never_reassured_are_those_of_babies_and_first_blackouts(kb: KnowledgeBase) -> None:
    signs = {flag.id: flag for flag in kb.red_flags}
    said = " ".join(signs[name].flag_plain for name in NEVER_REASSURED).lower()
    assert all(word in said for word in ("newborn", "baby", "first-ever seizure", "first blackout"))
    assert {signs[name].urgency for name in NEVER_REASSURED} <= {"emergency", "urgent"}


def test_state_is_all_in_the_traits() -> None:
    shown = triage(["RF02"], wording="clinical")
    names = ("chosen", "query", "sections", "opened", "wording")
    copy = Triage(load(), **{name: getattr(shown, name) for name in names})
    assert copy.frame().equals(shown.frame())
    assert copy.first_frame() == shown.first_frame()


@pytest.mark.parametrize("wording", ["plain", "clinical"])
def test_first_frame_holds_every_sign_in_words(kb: KnowledgeBase, wording: str) -> None:
    bundle, _ = triage(wording=wording)._repr_mimebundle_()
    text = html.unescape(bundle["text/html"])
    for flag in kb.red_flags:
        assert getattr(flag, f"flag_{wording}") in text
        assert getattr(flag, f"action_{wording}") in text
    assert "Not a diagnosis" in text
    assert "not yet reviewed by a clinician" in text


def test_nothing_chosen_reassures_nobody(kb: KnowledgeBase) -> None:
    """Whatever the module itself says, apart from the tables' own texts, holds no word of comfort."""
    shown = triage()
    own = shown._esm.lower()
    assert not [word for word in REASSURING if word in own]
    assert "no warning sign is chosen" in own
    assert triage(kb=kb).urgency == ""


def test_what_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match=r"no warning sign 'RF010' in red_flags\.csv\. Did you mean"):
        triage(["RF010"])
    with pytest.raises(traitlets.TraitError):
        triage(wording="latin")
    (tmp_path / "red_flags.csv").write_text("id,urgency\nRF01,none\n", encoding="utf-8")
    with pytest.raises(ValueError, match="RF01, urgency: 'none' is no state of a warning sign"):
        triage(kb=load(tmp_path))

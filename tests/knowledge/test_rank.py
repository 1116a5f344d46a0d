"""The ranking says why, never hides an emergency that fits, and lets a 'no' only lower."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myoteach import KnowledgeBase, load

KB = load()
ANSWERS = st.dictionaries(st.sampled_from(sorted(KB.clues)), st.sampled_from(["yes", "no", "not sure"]), max_size=12)


def test_two_clues_bring_the_cause_to_the_top(kb: KnowledgeBase) -> None:
    first = kb.causes(clues={"CL06": "yes", "CL25": "yes"})[0]
    assert first.cause.id == "C051"
    assert set(first.fits) == {"CL06", "CL25"}
    assert kb.clues["CL06"].positive_phrase in first.reason


def test_without_answers_the_most_urgent_come_first(kb: KnowledgeBase) -> None:
    ranked = kb.causes()
    assert len(ranked) == len(kb.all_causes)
    assert ranked[0].cause.urgency == "emergency"
    assert ranked[0].reason == "No answer given yet."


def test_true_and_false_are_answers(kb: KnowledgeBase) -> None:
    assert kb.causes(clues={"CL06": True}) == kb.causes(clues={"CL06": "yes"})
    assert kb.causes(clues={"CL06": False}) == kb.causes(clues={"CL06": "no"})


@settings(max_examples=200, deadline=None)
@given(
    answers=ANSWERS,
    audience=st.sampled_from([None, "public", "clinician"]),
    group=st.sampled_from([None, "drug", "physiological"]),
)
def test_an_emergency_that_fits_stays_in_view(answers: dict[str, str], audience: str | None, group: str | None) -> None:
    everything = KB.causes(answers)
    shown = {match.cause.id for match in KB.causes(answers, audience=audience, group=group)}
    must = {match.cause.id for match in everything if match.cause.urgency == "emergency" and match.fits}
    assert must <= shown


@settings(max_examples=200, deadline=None)
@given(answers=ANSWERS)
def test_an_answer_removes_no_cause(answers: dict[str, str]) -> None:
    assert {match.cause.id for match in KB.causes(answers)} == {cause.id for cause in KB.all_causes}


@settings(max_examples=100, deadline=None)
@given(answers=ANSWERS, clue=st.sampled_from(sorted(KB.clues)))
def test_a_no_never_raises_a_cause(answers: dict[str, str], clue: str) -> None:
    before = {match.cause.id: match.score for match in KB.causes(answers | {clue: "not sure"})}
    after = {match.cause.id: match.score for match in KB.causes(answers | {clue: "no"})}
    assert all(after[cause] <= before[cause] for cause in before)


@settings(max_examples=100, deadline=None)
@given(answers=ANSWERS)
def test_unknown_counts_for_nothing(answers: dict[str, str]) -> None:
    for match in KB.causes(answers):
        assert not set(match.silent) & (set(match.fits) | set(match.against))
        for clue in match.silent:
            assert (match.cause.id, clue) not in KB.cells or KB.cells[match.cause.id, clue].value == "unknown"


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"clues": {"CL99": "yes"}}, KeyError, "no clue 'CL99'"),
        (
            {"clues": {"CL06": "maybe"}},
            ValueError,
            "answer to CL06 is 'maybe'; expected one of 'yes', 'no', 'not sure'",
        ),
        ({"audience": "doctors"}, ValueError, "audience is 'doctors'"),
        ({"group": "metabolik"}, KeyError, "Did you mean 'metabolic'?"),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(
    kb: KnowledgeBase, arguments: dict[str, object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error) as raised:
        kb.causes(**arguments)  # type: ignore[arg-type]
    assert says in str(raised.value)

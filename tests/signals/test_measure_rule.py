"""The 45 ms rule on virtual patients, its limits, and the ranking of generators."""

from __future__ import annotations

import csv

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from myoteach._content import content_folder
from myoteach.signals.classify import RULES, Findings, classify
from myoteach.signals.duration_rule import CAVEATS, FEWEST_BURSTS, LIMIT_MS, rule_of_45_ms
from myoteach.signals.evoked import N20_P25_LIMIT, N33_LIMIT, P25_LIMIT

from .patients import CORTICAL, GROUPS, OTHER, expected, share_right, verdicts


def _table(name: str) -> dict[str, dict[str, str]]:
    with (content_folder("data") / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_the_rule_on_virtual_patients_is_as_good_as_the_groups_allow() -> None:
    """The 1.00 and .895 that are quoted for the rule cannot be had on every panel of patients.

    Normal groups with the published means and spreads put 1.9 % of cortical patients above 45 ms and 15.5 % of the
    others below it, and the jerks of one minute move a patient's own mean besides. What measuring owes is another
    thing: the verdict on the bursts that were found is that on the bursts that happened.
    """
    cortical, other = ([*verdicts(group, 0), *verdicts(group, 1)] for group in GROUPS)
    assert expected(CORTICAL) == pytest.approx(0.981, abs=1e-3)
    assert expected(OTHER) == pytest.approx(0.845, abs=1e-3)
    assert share_right(cortical) >= 0.95
    assert share_right(other) >= 0.80
    for verdict in (*cortical, *other):
        assert verdict.found == verdict.true or abs(verdict.true_mean_ms - LIMIT_MS) < 0.5
        assert verdict.mean_ms == pytest.approx(verdict.true_mean_ms, abs=1.5)


def test_limits_are_those_of_the_tables() -> None:
    rules, parameters = _table("ep_rules"), _table("ep_parameters")
    assert f"below {LIMIT_MS:.0f} ms" in rules["R1"]["if_a"]
    assert f"at least {FEWEST_BURSTS} random bursts" in rules["R1"]["measure"]
    assert float(parameters["EPP015"]["low"]) == P25_LIMIT
    assert float(parameters["EPP016"]["low"]) == N33_LIMIT
    assert float(parameters["EPP017"]["high"]) == N20_P25_LIMIT
    for row, numbers in {"EPP003": ("31.1", "6.7"), "EPP053": ("56.7", "11.5"), "EPP004": ("57.1",)}.items():
        for number in numbers:
            assert number in parameters[row]["text"]
            assert number in " ".join(CAVEATS)
    assert "89.5" in rules["R1"]["accuracy"]
    assert {rule.id for rule in RULES} == set(rules) - {"R14", "R15", "R16"}


def test_too_few_bursts_give_no_verdict_and_wrong_ones_an_error() -> None:
    assert rule_of_45_ms([0.03] * 9).problem.startswith("9 bursts are too few")
    assert rule_of_45_ms([]).verdict == ""
    with pytest.raises(ValueError, match="positive"):
        rule_of_45_ms([0.03] * 12 + [-1])


def test_a_mean_near_the_limit_is_not_certain() -> None:
    near = rule_of_45_ms(np.linspace(0.03, 0.059, 30))
    assert near.verdict == "cortical more likely"
    assert not near.certain
    assert rule_of_45_ms([0.031] * 30).certain


def test_what_is_unknown_counts_for_nothing() -> None:
    assert classify(Findings()).problem
    assert "excludes nothing" in classify(Findings(spike_before=False, readiness_potential=False)).problem
    few = classify(Findings(burst_ms=31, bursts=4, giant_sep=True))
    assert [rule.rule for rule in few.ranked[0].fits] == ["R4"]
    assert "left out" in few.note


def test_a_definition_goes_first() -> None:
    answer = classify(Findings(burst_ms=57.1, bursts=40, spike_before=True, readiness_potential=True, beta_loss=True))
    assert answer.ranked[0].generator == "cortex"
    assert answer.ranked[0].definite
    assert "(R1)" in answer.ranked[0].words


@pytest.mark.parametrize(
    ("findings", "generator"),
    [
        (Findings(burst_ms=31, bursts=30, giant_sep=True, c_reflex_at_rest=True), "cortex"),
        (Findings(fast_descent=True), "brainstem, reticular"),
        (Findings(early_blink=True, hand_and_foot_late=True, habituates=False, burst_ms=160), "brainstem, startle"),
        (
            Findings(
                midthoracic_start=True, fixed_order=True, face_involved=False, velocity=5.4, burst_ms=200, axial=True
            ),
            "spinal cord, propriospinal",
        ),
        (Findings(axial=True, fixed_order=False, readiness_potential=True), "functional"),
        (Findings(silences=True, silence_after_discharge=True), "cortex, epileptic negative myoclonus"),
        (Findings(silences=True, silence_after_discharge=False, illness=True), "asterixis"),
        (Findings(strong_8_30_eeg_leads=True), "cortex, cortical tremor"),
        (Findings(weak_20_and_tremor_peak=True), "essential tremor"),
        (Findings(rhythmic=True, alternating=False, bursts_lengthen=True, burst_ms=260), "clonic seizure"),
        (Findings(rhythmic=True, alternating=True, bursts_lengthen=False), "tremor"),
        (Findings(eye_and_mouth_together=True), "facial nerve"),
        (Findings(late_part_only=True), "tic"),
    ],
)
def test_each_picture_leads_to_its_generator(findings: Findings, generator: str) -> None:
    assert classify(findings).ranked[0].generator == generator


@given(st.floats(0, 1000), st.integers(0, 100))
def test_burst_length_alone_never_makes_anything_definite(burst_ms: float, count: int) -> None:
    answer = classify(Findings(burst_ms=burst_ms, bursts=count))
    assert not any(candidate.definite for candidate in answer.ranked)


def test_absurd_findings_are_refused() -> None:
    with pytest.raises(ValueError, match="burst_ms is -1"):
        Findings(burst_ms=-1)

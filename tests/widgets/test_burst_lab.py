"""The laboratory: marks agree with the truth, the model with the measurement, and nothing done is lost."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, Thread
from time import sleep

import numpy as np
import pytest

import myoteach
from myoteach.signals import KINDS, Recording, simulate
from myoteach.widgets import _lab_case as cases
from myoteach.widgets import _lab_report as reports
from myoteach.widgets import burst_lab as module
from myoteach.widgets._lab_steps import Threshold
from myoteach.widgets.burst_lab import BurstLab

#: One seed of each hidden kind.
SEEDS = {"cortical_action": 22, "myoclonus_dystonia": 14, "functional": 9, "reticular": 6, "propriospinal": 3}


@pytest.fixture
def lab() -> Iterator[BurstLab]:
    module._KEPT.clear()
    yield myoteach.burst_lab(22)
    module._KEPT.clear()


@pytest.mark.parametrize(("kind", "seed"), SEEDS.items())
def test_the_seeds_the_lesson_names_are_what_it_says(kind: str, seed: int) -> None:
    assert cases.open_case(seed).kind == kind
    assert set(SEEDS) == set(cases.HIDDEN)


def test_nothing_shown_before_the_report_names_the_kind(lab: BurstLab) -> None:
    shown = [lab.first_frame(), repr(lab)]
    for step in range(1, 7):
        lab.step = step
        shown += [lab._steps[step].marks.value, lab._steps[step].details.value, lab.companion.spoken]
    text = " ".join(shown)
    assert KINDS[lab.case.kind].label not in text
    assert lab.case.kind not in text
    assert KINDS[lab.case.kind].generator not in text


def test_the_true_edges_get_full_marks_and_wrong_ones_do_not(lab: BurstLab) -> None:
    case = lab.case
    onsets = [1e3 * (burst.onset - view) for burst, view in zip(case.by_hand, case.views, strict=True)]
    offsets = [onset + 1e3 * burst.duration for onset, burst in zip(onsets, case.by_hand, strict=True)]
    marks, said = cases.mark_edges(case, onsets, offsets)
    assert np.allclose(marks.onset_error_ms, 0, atol=1e-6)
    assert said == ["onset right to the millisecond, length right to the millisecond"] * 4
    onsets[1] += 7
    offsets[2] += 12
    onsets[3] = offsets[3] + 90
    marks, said = cases.mark_edges(case, onsets, [*offsets[:3], offsets[3] + 100])
    assert said[1] == "onset 7 ms late, 7 ms too short"
    assert said[2] == "onset right to the millisecond, 12 ms too long"
    assert said[3].startswith("missed")
    assert (marks.misses, len(marks.false_alarms)) == (1, 1)


def test_a_threshold_that_is_too_high_misses_and_one_too_low_invents() -> None:
    case = cases.open_case(14)
    counts = {}
    for threshold in (0, 80, 300):
        marks, rows = cases.mark_threshold(case, threshold)
        counts[threshold] = (marks.misses, len(marks.false_alarms))
        assert sum(int(row[3]) for row in rows) == marks.misses
        assert sum(int(row[4]) for row in rows) == len(marks.false_alarms)
    assert counts[0][1] > counts[0][0]
    assert counts[300][0] > counts[300][1]
    assert sum(counts[80]) < min(sum(counts[0]), sum(counts[300]))
    assert "higher" in cases.threshold_words(cases.mark_threshold(case, 0)[0])
    assert "lower" in cases.threshold_words(cases.mark_threshold(case, 300)[0])


def test_no_cut_parts_the_forty_and_the_labels_come_after_the_choice(lab: BurstLab) -> None:
    group = cases.group_of_forty()
    assert [group.labels.count(name) for name in (cases.CORTICAL, cases.OTHER)] == [20, 20]
    assert max(group.means[:20]) > min(group.means[20:])
    lab.step = 3
    shown = lab._steps[3]
    plate = shown.picture.frame.outputs[0]["data"]["application/vnd.plotly.v1+json"]
    assert len(plate["data"]) == 1
    assert cases.OTHER not in shown.marks.value + shown.picture.words.value
    lab.cut = 44
    shown._commit()
    plate = shown.picture.frame.outputs[0]["data"]["application/vnd.plotly.v1+json"]
    assert [trace["name"] for trace in plate["data"]] == [cases.CORTICAL, cases.OTHER]
    lab.cut = 70
    shown._commit()
    assert lab.committed == 44  # with the labels in sight it is no longer a prediction
    assert "what counts is 44 ms" in shown.marks.value


def test_a_spike_of_five_microvolt_needs_more_than_ten_jerks() -> None:
    case = cases.open_case(22)
    assert not cases.average(case, 40, 10, slow=False).significant.any()
    everything = cases.average(case, 40, 10_000, slow=False)
    assert everything.significant[everything.channels.index("C3")]
    assert "Right." in cases.eeg_words(case, cases.SPIKE, 100)
    assert "A fair answer." in cases.eeg_words(case, cases.TOO_FEW, 10)
    assert "can be answered" in cases.eeg_words(case, cases.TOO_FEW, 100)
    assert "Not so." in cases.eeg_words(case, cases.SLOW, 100)


@pytest.mark.parametrize(
    ("seed", "way"),
    [(22, cases.DOWN), (3, cases.BOTH), (6, cases.BOTH), (9, cases.NO_ORDER)],
)
def test_the_direction_is_read_as_it_was_simulated(seed: int, way: str) -> None:
    case = cases.open_case(seed)
    result = cases.measured_order(case)
    assert cases.direction(result) == way
    assert "Not so" not in cases.order_words(case, result.order[0], way)
    other = cases.DOWN if way != cases.DOWN else cases.NO_ORDER
    assert cases.order_words(case, result.order[0], other).startswith("Not so")


def test_the_model_answers_where_the_recording_does_and_only_there() -> None:
    answered = {kind: reports.model_report(cases.open_case(seed))[0] for kind, seed in SEEDS.items()}
    assert not answered["myoclonus_dystonia"].answered
    assert answered["myoclonus_dystonia"].text.startswith(reports.UNANSWERED)
    for kind, word in (("cortical_action", "cortex"), ("reticular", "brainstem"), ("propriospinal", "spinal cord")):
        assert answered[kind].answered
        assert answered[kind].text.startswith(word)
    assert "definition" in answered["cortical_action"].text
    assert "not proven" in answered["propriospinal"].text
    assert "velocity cannot be told" in reports.model_report(cases.open_case(9))[3].text


def test_the_model_length_is_near_the_truth() -> None:
    for seed in SEEDS.values():
        case = cases.open_case(seed)
        true = 1e3 * np.mean([burst.duration for burst in case.recording.truth.bursts if burst.channel == case.muscle])
        near = reports.model_report(case)[1].near
        assert near is not None
        assert near[0] < true < near[1]


@pytest.mark.parametrize(
    ("yours", "unanswered", "verdict"),
    [
        ("", False, "Nothing written yet."),
        ("Mean of 33,5 ms", False, "Agrees as far as words go."),
        ("Mean of 61 ms", False, "a number from 28 to 39"),
        ("anything", True, "The recording does say"),
    ],
)
def test_a_line_is_compared(yours: str, unanswered: bool, verdict: str) -> None:
    model = reports.Model("mean 33 ms", True, (), (28.0, 39.0))
    assert verdict in reports.compare(model, yours, unanswered)


def test_cannot_be_answered_is_right_where_it_is_true() -> None:
    open_question = reports.Model(reports.UNANSWERED, answered=False)
    assert reports.compare(open_question, "", True) == "Agrees: the recording does not say."
    assert reports.compare(open_question, "cortex", False).startswith("More than this recording can carry")


def test_a_change_takes_its_mark_away(lab: BurstLab) -> None:
    lab.threshold_marked = True
    assert lab._steps[1].marks.value
    lab.threshold = 50
    assert not lab.threshold_marked
    assert not lab._steps[1].marks.value


def test_running_the_cell_again_loses_nothing_and_start_again_everything(lab: BurstLab) -> None:
    lab.step = 6
    lab._steps[6]._lines[1].value = "33 ms"
    lab._steps[6]._skips[3].value = True
    again = myoteach.burst_lab(22)
    assert (again.step, again.lines[1], again.unanswered[3]) == (6, "33 ms", True)
    assert "2. Burst duration: 33 ms" in reports.as_text(again.case, again.lines, again.unanswered)
    again.start_again()
    assert again.lines == [""] * 5
    assert not any(again.unanswered)
    assert myoteach.burst_lab(14).lines == [""] * 5


def test_what_a_learner_writes_never_becomes_markup(lab: BurstLab) -> None:
    lab.step = 6
    lab.lines = ["<img src=x onerror=alert(1)>", '"><script>', "", "", ""]
    lab.compared = True
    for text in (lab._steps[6].details.value, lab._steps[6]._file.value):
        assert "<img" not in text
        assert "<script" not in text


@pytest.mark.parametrize("seed", [-1, 1.5, "a", True])
def test_a_seed_that_is_none_is_refused(seed: object) -> None:
    with pytest.raises(ValueError, match="whole number of zero or more"):
        myoteach.burst_lab(seed)  # type: ignore[arg-type]


def test_every_number_says_where_it_comes_from_or_that_it_does_not() -> None:
    recording = simulate("cortical_action", 5, seed=1)
    shown = myoteach.simulation_numbers(recording)
    assert len(shown.rows) == len(recording.provenance)
    for _, _, source, words in shown.rows:
        assert (source.startswith("EP") and words) or (source.endswith("unsourced") and not words)
    kept = myoteach.simulation_numbers(recording, sourced_only=True)
    assert 0 < len(kept.rows) < len(shown.rows)
    with pytest.raises(ValueError, match="was not simulated"):
        myoteach.simulation_numbers(Recording(recording.data, recording.fs, recording.channels))


def test_two_threads_of_a_kernel_end_in_one_picture(lab: BurstLab, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow drawing of the step before must not come back over the step that was chosen meanwhile."""
    slow, draw = Event(), Threshold.draw
    monkeypatch.setattr(Threshold, "draw", lambda step: (slow.set(), sleep(0.3), draw(step)))
    first = Thread(target=lambda: setattr(lab, "threshold", 70))
    first.start()
    slow.wait()
    lab.step = 2
    first.join()
    assert lab._stage.children == (lab._steps[2].box,)

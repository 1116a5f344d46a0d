"""Pictures of recordings: what they draw, what they say, and that both agree with what was measured."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from myoteach.figures import (
    Plate,
    back_average_figure,
    burst_histogram,
    c_reflex_figure,
    coherence_figure,
    evoked_figure,
    recording_figure,
    recruitment_figure,
)
from myoteach.figures.recordings import thinned
from myoteach.signals import (
    Bursts,
    Channel,
    Recording,
    back_average,
    bursts,
    c_reflex,
    coherence,
    evoked,
    recruitment,
    simulate,
)


@pytest.fixture(scope="module")
def cortical() -> Recording:
    return simulate("cortical_action", 60, seed=1, eeg=("C3", "C4"))


@pytest.fixture(scope="module")
def found(cortical: Recording) -> Bursts:
    return bursts(cortical)


def saved(plate: Plate) -> int:
    return len(json.dumps(plate.picture))


@pytest.mark.parametrize("count", [1, 2, 901, 1000, 12_345, 120_000])
def test_thinning_keeps_extremes_begin_and_end(count: int) -> None:
    samples = np.random.default_rng(count).normal(size=count)
    samples[count // 3] = 50.0
    values, step = thinned(samples)
    assert values.max() == 50.0
    assert values.min() == samples.min()
    assert count <= values.size * step < count + 2 * step + 1  # the picture reaches the end of the view
    assert values.size <= 900 or step == 1.0


def test_a_spike_is_drawn_where_it_was() -> None:
    samples = np.zeros(120_000)
    samples[90_000] = 1.0
    values, step = thinned(samples)
    assert abs(values.argmax() * step - 90_000) <= 2 * step


def test_a_minute_of_eight_channels_stays_small(cortical: Recording) -> None:
    names = [*cortical.of_kind("emg"), "C3"]
    assert len(names) == 8
    assert saved(recording_figure(cortical, names)) < 40_000


def test_units_and_scale_are_said(cortical: Recording) -> None:
    plate = recording_figure(cortical, ["ECR_R", "C3", "wrist_R"], 5, 10)
    assert [row[2] for row in plate.rows] == ["µV", "µV", "°"]
    labels = [note.text for note in plate.figure.layout.annotations]
    assert sum(text.endswith("µV") for text in labels) == 2  # one bar for muscles, one for the brain
    for text in labels:
        assert text in plate.caption
    assert plate.figure.layout.xaxis.title.text == "Time (s)"


def test_the_scale_bar_is_as_high_as_it_says() -> None:
    samples = np.zeros((1, 4000), np.float32)
    samples[0, 2000] = 100.0
    plate = recording_figure(Recording(samples, 2000.0, (Channel("APB_R", "emg", "uV"),)))
    bar = plate.figure.layout.shapes[-1]
    height = float(np.asarray(plate.figure.data[0].y, float).max())
    size = float(plate.figure.layout.annotations[-1].text.split()[0])
    assert (bar.y1 - bar.y0) / height == pytest.approx(size / 100, rel=0.01)


def test_bars_stand_where_bursts_were_found(cortical: Recording, found: Bursts) -> None:
    plate = recording_figure(cortical, ["ECR_R"], 10, 20, found=found)
    here = [(a, b) for a, b in zip(found["ECR_R"].onset, found["ECR_R"].offset, strict=True) if b > 10 and a < 20]
    drawn = [(shape.x0, shape.x1) for shape in plate.figure.layout.shapes if shape.xref != "paper"]
    assert np.allclose(drawn, here, atol=1e-3)
    assert plate.rows[0][-1] == str(len(here))


@pytest.mark.parametrize(("start", "stop"), [(5, 5), (-1, 3), (0, 61)])
def test_a_view_outside_is_refused(cortical: Recording, start: float, stop: float) -> None:
    with pytest.raises(ValueError, match="0 to 60 s"):
        recording_figure(cortical, ["C3"], start, stop)


def test_an_unknown_channel_is_refused_with_those_there_are(cortical: Recording) -> None:
    with pytest.raises(KeyError, match="ECR_R"):
        recording_figure(cortical, ["nose"], 0, 1)


@pytest.mark.parametrize(("cut", "below"), [(29, 1), (45, 2), (60, 2), (61, 3)])
def test_the_cut_moves_what_is_below_it(cut: float, below: int) -> None:
    plate = burst_histogram([28, 31, 60], cut)
    assert f"{below} {'is' if below == 1 else 'are'} shorter than the cut of {cut} ms" in plate.caption
    assert plate.figure.layout.shapes[0].x0 == cut
    assert sum(int(row[-1]) for row in plate.rows) == 3


def test_each_duration_is_counted_in_the_bar_that_stands_over_it() -> None:
    durations = [28, 31, 60]
    (bars, *_) = burst_histogram(durations, 45, bin_ms=5).figure.data
    spans = [(x - width / 2, x + width / 2) for x, width in zip(bars.x, [bars.width] * len(bars.x), strict=True)]
    counted = [(low, high) for (low, high), height in zip(spans, bars.y, strict=True) if height]
    assert counted == [(25, 30), (30, 35), (60, 65)]


def test_labels_differ_by_pattern_too() -> None:
    plate = burst_histogram([28, 31, 60], 45, labels=["cortical", "cortical", "other"])
    assert len({trace.marker.pattern.shape or "" for trace in plate.figure.data}) == 2
    assert "cortical: 2 of 2 below the cut, mean 29.5 ms." in plate.caption
    with pytest.raises(ValueError, match="one label for each"):
        burst_histogram([28, 31], 45, labels=["cortical"])


@pytest.mark.parametrize("wrong", [[0.0], [-3.0], [float("nan")]])
def test_a_duration_that_is_none_is_refused(wrong: list[float]) -> None:
    with pytest.raises(ValueError, match="positive number of milliseconds"):
        burst_histogram(wrong, 45)


def test_an_empty_histogram_says_so() -> None:
    assert burst_histogram([], 45).caption == "There are no bursts to count."


def test_the_average_says_what_leaves_the_band(cortical: Recording, found: Bursts) -> None:
    result = back_average(cortical, found["ECR_R"].onset)
    plate = back_average_figure(result)
    assert [row[-1] for row in plate.rows] == ["yes" if each else "no" for each in result.significant]
    assert "C3" in plate.caption
    bands = [shape for shape in plate.figure.layout.shapes if shape.type == "rect"]
    assert [band.y1 for band in bands] == pytest.approx(list(result.limit), abs=1e-3)
    quiet = back_average_figure(replace(result, significant=np.zeros(2, bool)))
    assert "does not exclude a cortical origin" in quiet.caption


def test_too_few_jerks_give_an_empty_sheet_with_the_reason(cortical: Recording) -> None:
    plate = back_average_figure(back_average(cortical, [1.0, 2.0]))
    assert plate.caption.startswith("2 jerks are too few")
    assert plate.rows == ()
    assert not plate.figure.data


def test_the_order_is_drawn_from_top_to_bottom() -> None:
    result = recruitment(simulate("propriospinal", 90, seed=1, eeg=False))
    plate = recruitment_figure(result)
    assert [row[1] for row in plate.rows] == list(result.order)
    assert list(plate.figure.data[0].y) == sorted(plate.figure.data[0].y, reverse=True)
    assert "m/s" in plate.caption


def test_shocks_and_coherence_say_their_values() -> None:
    shocks = simulate("cortical_reflex", 60, seed=1, eeg=("C3",))
    seen = evoked(shocks, "C3")
    assert f"P25 {seen.p25.value:.1f} µV" in evoked_figure(seen).caption
    assert c_reflex_figure(c_reflex(shocks, "APB_R")).rows[0][:3] == ("APB_R", "yes", "yes")
    shaky = coherence(simulate("cortical_tremor", 60, seed=1, eeg=("C3", "Pz")), [("C3", "APB_R"), ("Pz", "APB_R")])
    plate = coherence_figure(shaky)
    assert [row[-1] for row in plate.rows] == ["yes", "no"]
    assert len({trace.line.dash for trace in plate.figure.data}) == 2


def test_a_cell_of_a_table_is_text() -> None:
    import plotly.graph_objects as go  # noqa: PLC0415

    assert "&lt;b&gt;" in Plate(go.Figure(), "<b>", ("a",), (("<b>",),)).words
    assert "<b>" not in Plate(go.Figure(), "<b>", ("a",), (("<b>",),)).words

"""Silent periods, order of recruitment and rhythm."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from myoteach.signals import simulate
from myoteach.signals.bursts import bursts
from myoteach.signals.match import match_to_truth
from myoteach.signals.recording import Channel, Recording
from myoteach.signals.recruitment import recruitment
from myoteach.signals.rhythm import rhythm
from myoteach.signals.silence import silent_periods

from .synthetic import quiet, with_data


@pytest.mark.parametrize("kind", ["cortical_negative", "asterixis"])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_lapses_are_found(kind: str, seed: int) -> None:
    recording = simulate(kind, seconds=60, seed=seed, eeg=False)
    found = silent_periods(recording)
    marks = match_to_truth(recording, found)
    assert marks.misses <= 0.02 * len(marks.matched)
    assert len(marks.false_alarms) <= 0.02 * len(marks.matched)
    assert np.abs(marks.onset_error_ms).mean() < 2
    assert np.abs(marks.duration_error_ms).mean() < 3
    assert all((channel.depth > 0.6).all() for channel in found)


def test_a_resting_muscle_has_no_silence_and_says_why() -> None:
    found = silent_periods(quiet(3.0, 0, channels=1))
    assert len(found) == 0
    assert "at rest" in found["E0"].note


def test_jerks_at_rest_are_no_silent_periods() -> None:
    recording = simulate("spinal_segmental", seconds=60, seed=1, eeg=False)
    assert all(
        "silent most of the time" in channel.problem or not len(channel) for channel in silent_periods(recording)
    )


def test_lapses_filled_with_noise_are_refused() -> None:
    found = silent_periods(simulate("asterixis", seconds=60, seed=0, eeg=False, noise_uv=20))
    assert "too noisy" in found.problem
    assert len(found) == 0


def test_a_silence_after_a_burst_is_marked() -> None:
    rng = np.random.default_rng(0)
    trace = rng.normal(0, 50, (1, 40_000))
    for start in (10_000, 30_000):
        trace[0, start : start + 200] /= 40
    trace[0, 29_900:30_000] *= 6
    found = silent_periods(Recording(trace.astype(np.float32), 2000.0, (Channel("ECR", "emg", "uV"),)))["ECR"]
    assert found.after_burst.tolist() == [False, True]


@given(factor=st.floats(1e-4, 1e4))
def test_scaling_leaves_silences_where_they_are(factor: float) -> None:
    trace = np.random.default_rng(0).normal(0, 60, (1, 20_000)).astype(np.float32)
    trace[0, 10_000:10_200] /= 30
    recording = Recording(trace, 2000.0, (Channel("ECR", "emg", "uV"),))
    plain = silent_periods(recording)["ECR"]
    scaled = silent_periods(with_data(recording, factor * trace))["ECR"]
    np.testing.assert_allclose(scaled.onset, plain.onset, atol=1e-9)
    np.testing.assert_allclose(scaled.duration, plain.duration, atol=1e-9)


@pytest.mark.parametrize("seed", range(5))
def test_propriospinal_velocity_is_within_five_per_cent(seed: int) -> None:
    recording = simulate("propriospinal", seconds=120, seed=seed, eeg=False)
    found = recruitment(recording)
    value = next(item.value for item in recording.provenance if item.parameter == "velocity_up")
    true = float(value.split("here ")[1].split()[0])
    assert found.order[0] == "RA_R"
    assert found.up.value == pytest.approx(true, rel=0.05)
    assert found.down.value == pytest.approx(true, rel=0.05)
    assert found.origin.value == pytest.approx(0.28, abs=0.015)
    assert found.first_share > 0.95
    assert found.agreement > 0.95


def _staggered(delays: dict[str, float], jerks: int = 20, seed: int = 0) -> Recording:
    rng = np.random.default_rng(seed)
    data = rng.normal(0, 2, (len(delays), 2000 * (jerks + 2)))
    for jerk in range(1, jerks + 1):
        for row, late in enumerate(delays.values()):
            start = round((jerk + late) * 2000)
            data[row, start : start + 80] += 100 * rng.standard_normal(80)
    channels = tuple(Channel(name, "emg", "uV", name) for name in delays)
    return Recording(data.astype(np.float32), 2000.0, channels)


@given(order=st.permutations(["A", "B", "C"]))
def test_the_order_is_that_of_the_delays_whatever_the_order_of_channels(order: list[str]) -> None:
    delays = {"A": 0.0, "B": 0.012, "C": 0.030}
    found = recruitment(_staggered({name: delays[name] for name in order}))
    assert found.order == ("A", "B", "C")
    assert [round(latency.value, 3) for latency in found.latency] == pytest.approx([0, 0.012, 0.030], abs=0.0015)
    assert found.together == ()
    assert "three muscles" in found.note


def test_given_positions_make_the_velocity() -> None:
    places = {"A": 0.0, "B": 0.1, "C": 0.2, "D": 0.3}
    found = recruitment(_staggered({name: place / 10 for name, place in places.items()}), positions=places)
    assert found.down.value == pytest.approx(10, rel=0.05)
    assert not found.up.known


def test_muscles_that_fire_together_are_not_put_in_order() -> None:
    found = recruitment(_staggered({"A": 0.0, "B": 0.0, "C": 0.03}))
    assert found.together == ((found.order[0], found.order[1]),)
    assert found.agreement < 0.9


def test_recruitment_says_when_it_cannot_answer() -> None:
    assert "two muscles" in recruitment(_staggered({"A": 0.0})).problem
    assert recruitment(_staggered({"A": 0.0, "B": 0.02}, jerks=3)).problem
    tremor = simulate("cortical_tremor", seconds=30, seed=1, eeg=False)
    assert "cannot be told apart" in recruitment(tremor).problem


def test_rhythm_of_clock_and_chance() -> None:
    rng = np.random.default_rng(0)
    steady = rhythm(np.cumsum(rng.normal(0.5, 0.02, 60)))
    assert steady.rhythmic is True
    assert steady.rate.low < 2 < steady.rate.high
    chance = rhythm(np.cumsum(rng.exponential(0.5, 200)))
    assert chance.rhythmic is False
    assert chance.variation.value == pytest.approx(1, abs=0.2)
    assert rhythm(np.cumsum(rng.normal(0.5, 0.11, 400))).rhythmic is None


def test_a_missed_beat_is_noted() -> None:
    times = np.delete(np.arange(40) / 3, [7, 20])
    assert "2 of 37 intervals" in rhythm(times).note


def test_rhythm_says_when_it_cannot_answer() -> None:
    assert "too few" in rhythm([1, 2, 3]).problem
    assert "same time" in rhythm([1.0] * 9).problem
    with pytest.raises(ValueError, match="not numbers"):
        rhythm([1, 2, float("nan")])


@pytest.mark.parametrize(("kind", "rhythmic"), [("palatal", True), ("cortical_reflex", False)])
def test_rhythm_of_simulated_kinds(kind: str, rhythmic: bool) -> None:
    recording = simulate(kind, seconds=60, seed=1, eeg=False, stimuli=0)
    channel = max(bursts(recording), key=len)
    assert rhythm(channel.onset).rhythmic is rhythmic

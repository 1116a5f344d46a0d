"""Back-averages, evoked potentials, C-reflex and coherence."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myoteach.signals import simulate
from myoteach.signals.average import back_average, locked_mean, tops
from myoteach.signals.bursts import bursts
from myoteach.signals.coherence import coherence
from myoteach.signals.evoked import c_reflex, evoked, stimulus_times
from myoteach.signals.recording import Channel, Recording

ELECTRODES = ("C3", "Cz", "C4", "Pz")


def _noise(channels: int, seconds: float, seed: int, fs: float = 1000.0) -> Recording:
    data = np.random.default_rng(seed).normal(0, 10, (channels, int(seconds * fs))).astype(np.float32)
    return Recording(data, fs, tuple(Channel(f"E{row}", "eeg", "uV") for row in range(channels)))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_spike_is_found_where_it_is(seed: int) -> None:
    recording = simulate("cortical_action", seconds=240, seed=seed, rate=1.2, eeg=ELECTRODES)
    onsets = bursts(recording, "ECR_R")["ECR_R"].onset[:200]
    found = back_average(recording, onsets)
    latency = dict(recording.truth.latencies)["ECR_R"]
    assert found.events >= 190
    assert found.largest == "C3"
    assert found.significant[found.channels.index("C3")]
    assert found.latency("C3").value == pytest.approx(-latency, abs=0.0015)
    assert found.latency("C3").low < found.latency("C3").value < found.latency("C3").high


def test_random_times_are_beyond_the_limit_one_time_in_twenty() -> None:
    recording = simulate("cortical_action", seconds=120, seed=1, eeg=ELECTRODES)
    beyond = [
        back_average(recording, np.random.default_rng(seed).uniform(1, 119, 100), seed=seed).significant.any()
        for seed in range(40)
    ]
    assert np.mean(beyond) <= 0.15


def test_a_readiness_potential_is_seen_in_a_long_window() -> None:
    recording = simulate("functional", seconds=240, seed=1, eeg=ELECTRODES)
    muscle = max(recording.of_kind("emg"), key=lambda name: sum(b.channel == name for b in recording.truth.bursts))
    found = back_average(recording, bursts(recording, muscle)[muscle].onset, before=2.5, search=(-2.0, 0.0))
    assert found.largest == "Cz"
    assert found.significant[found.channels.index("Cz")]
    assert found.amplitude[found.channels.index("Cz")] < 0


def test_the_mean_is_the_mean() -> None:
    data = np.random.default_rng(0).normal(size=(3, 5000)).astype(np.float32)
    at = np.arange(200, 4800, 23)
    by_hand = np.mean([data[:, k - 50 : k + 51] for k in at], axis=0)
    np.testing.assert_allclose(locked_mean(data, at, -50, 51), by_hand, atol=1e-5)


@given(place=st.floats(5, 14), width=st.floats(1, 20))
def test_the_top_of_a_parabola_is_found(place: float, width: float) -> None:
    assert tops(-(((np.arange(20.0) - place) / width) ** 2)[None], 2)[0] == pytest.approx(place, abs=1e-6)


@given(factor=st.floats(1e-3, 1e3))
@settings(max_examples=10, deadline=None)
def test_scaling_the_brain_scales_the_average_and_leaves_the_latency(factor: float) -> None:
    recording = _noise(2, 60, 0)
    at = np.arange(1, 59, 0.5)
    for event in at:
        recording.data[0, int(event * 1000) - 21 : int(event * 1000) - 18] += 30
    scaled = Recording(recording.data * np.float32(factor), recording.fs, recording.channels)
    plain, other = back_average(recording, at), back_average(scaled, at)
    assert other.latency("E0").value == pytest.approx(plain.latency("E0").value, abs=1e-4)
    np.testing.assert_allclose(other.mean, factor * plain.mean, rtol=1e-3, atol=1e-4 * factor)
    np.testing.assert_allclose(other.limit, factor * plain.limit, rtol=1e-3)


def test_back_average_says_when_it_cannot_answer() -> None:
    recording = _noise(2, 60, 0)
    few = back_average(recording, np.arange(1, 5))
    assert "too few" in few.problem
    assert not few.latency("E0").known
    assert not few.significant.any()
    assert "no EEG channel" in back_average(recording, np.arange(1, 50), []).problem
    assert "Only 20 jerks" in back_average(recording, np.arange(1, 21)).note
    with pytest.raises(ValueError, match="search window"):
        back_average(recording, np.arange(1, 50), search=(-3, 0))
    with pytest.raises(KeyError, match="no channel"):
        back_average(recording, np.arange(1, 50), "C9")


def test_events_at_the_ends_are_left_out() -> None:
    assert back_average(_noise(1, 60, 0), np.linspace(0, 60, 61)).events == 59


def test_without_surrogates_there_is_an_average_but_no_claim() -> None:
    found = back_average(_noise(1, 60, 0), np.arange(1, 59), surrogates=0)
    assert np.isnan(found.limit).all()
    assert not found.significant.any()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_giant_potential_and_a_reflex_at_rest(seed: int) -> None:
    recording = simulate("cortical_reflex", seconds=120, seed=seed, eeg=ELECTRODES)
    found = evoked(recording, "C3")
    assert found.giant is True
    assert 15 < found.p25.value < 27
    assert found.p25_latency.value == pytest.approx(0.025, abs=0.001)
    assert found.n33_latency.value == pytest.approx(0.033, abs=0.0015)
    assert evoked(recording, "C4").giant is False
    reflex = c_reflex(recording, "APB_R")
    assert reflex.present is True
    assert reflex.at_rest is True
    assert reflex.latency.value == pytest.approx(0.050, abs=0.0015)
    assert reflex.share == pytest.approx(0.85, abs=0.1)


def test_a_normal_potential_is_not_giant_and_has_no_reflex() -> None:
    recording = simulate("propriospinal", seconds=120, seed=1, eeg=ELECTRODES, stimuli=1)
    assert evoked(recording, "C3").giant is False
    assert c_reflex(recording, recording.of_kind("emg")[0]).present is False


def test_an_early_answer_is_no_c_reflex() -> None:
    recording = simulate("reticular", seconds=120, seed=1, eeg=False, stimuli=0.5)
    assert not any(c_reflex(recording, name).present for name in ("SCM_R",))


def test_evoked_says_when_it_cannot_answer() -> None:
    recording = _noise(1, 60, 0)
    assert "too few" in evoked(recording, "E0").problem
    assert "too few" in c_reflex(recording, "E0", [1.0, 2.0]).problem
    slow = Recording(recording.data, 500.0, recording.channels)
    assert "500 samples a second are too few" in evoked(slow, "E0", np.arange(1, 50)).problem
    moved = Recording(recording.data, 1000.0, (Channel("wrist", "angle", "deg"),))
    assert "not in a unit of voltage" in evoked(moved, "wrist", np.arange(1, 50)).problem
    assert evoked(recording, "E0", np.arange(1, 50)).giant is False


def test_stimuli_are_read_from_their_channel() -> None:
    recording = simulate("cortical_reflex", seconds=30, seed=1, eeg=False)
    np.testing.assert_allclose(stimulus_times(recording), recording.truth.stimuli, atol=1 / recording.fs)


@pytest.mark.parametrize("seed", [0, 1])
def test_cortical_tremor_is_coherent_and_essential_tremor_is_not(seed: int) -> None:
    pairs = [("C3", "ECR_R"), ("C4", "ECR_R")]
    cortical = coherence(simulate("cortical_tremor", seconds=120, seed=seed, eeg=ELECTRODES), pairs)
    assert cortical.significant.tolist() == [True, False]
    assert cortical.lag[0].low > 0.005  # the EEG leads
    assert not cortical.lag[1].known
    essential = coherence(simulate("essential_tremor", seconds=120, seed=seed, eeg=ELECTRODES), pairs)
    assert not essential.significant.any()


@pytest.mark.parametrize("lag", [-0.03, 0.004, 0.02])
@pytest.mark.parametrize("fs", [1000.0, 2000.0])
def test_the_lag_is_that_of_the_delay(lag: float, fs: float) -> None:
    rng = np.random.default_rng(1)
    source = rng.normal(size=int(60 * fs))
    data = np.stack([source, np.roll(source, round(lag * fs)) + rng.normal(size=source.size)]).astype(np.float32)
    kinds = ("eeg", "emg")
    channels = tuple(Channel(name, kind, "uV") for name, kind in zip("AB", kinds, strict=True))
    found = coherence(Recording(data, fs, channels), [("A", "B")], rectify=False)
    assert found.lag[0].low <= lag + 1e-4
    assert found.lag[0].high >= lag - 1e-4
    assert found.lag[0].value == pytest.approx(lag, abs=0.001)


def test_unrelated_channels_are_not_coherent() -> None:
    recording = _noise(20, 60, 3)
    found = coherence(recording, [("E0", f"E{row}") for row in range(1, 20)])
    assert found.significant.sum() <= 3
    assert (found.coherence > found.level).mean() == pytest.approx(0.05, abs=0.02)
    assert (found.coherence <= 1 + 1e-6).all()


def test_coherence_agrees_with_the_textbook_estimate() -> None:
    recording = _noise(2, 60, 5)
    data = recording.data.copy()
    data[1] += data[0]
    found = coherence(Recording(data, 1000.0, recording.channels), [("E0", "E1")])
    pieces = data.astype(float).reshape(2, 60, 1000)
    spectra = np.fft.rfft((pieces - pieces.mean(axis=2, keepdims=True)) * np.hanning(1001)[:1000], axis=2)
    cross = (spectra[0] * spectra[1].conj()).sum(axis=0)
    by_hand = np.abs(cross) ** 2 / np.prod((np.abs(spectra) ** 2).sum(axis=1), axis=0)
    size = found.frequencies.size
    np.testing.assert_allclose(found.coherence[0, 3:], by_hand[4 : size + 1], atol=0.03)


def test_coherence_says_when_it_cannot_answer() -> None:
    recording = _noise(2, 10, 0)
    assert "too few for coherence" in coherence(recording, [("E0", "E1")]).problem
    assert "No pair" in coherence(_noise(2, 60, 0), []).problem
    with pytest.raises(ValueError, match="band"):
        coherence(recording, [("E0", "E1")], band=(5, 900))


def test_the_back_average_is_the_mean_of_its_pieces_less_what_stands_before_them() -> None:
    """The height of a peak is read from it; two jerks more in the divisor went unnoticed once."""
    recording = _noise(2, 60, 5)
    seconds = np.arange(1, 59, 1.0)
    found = back_average(recording, seconds, surrogates=0)
    before, after = round(found.times[0] * 1000), round(found.times[-1] * 1000) + 1
    pieces = np.stack([recording.data[:, int(1000 * at) + before : int(1000 * at) + after] for at in seconds])
    mean = pieces.mean(axis=0, dtype=np.float64)
    away = found.mean - mean
    assert np.allclose(away, away[:, :1], atol=1e-4)  # the same everywhere: the level that was taken away

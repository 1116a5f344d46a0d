"""Bursts in signals the simulator has no part in: real surface EMG, and noise made in quite another way."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myoteach.signals.bursts import bursts
from myoteach.signals.match import match_to_truth
from myoteach.signals.recording import Channel, Recording

from .synthetic import foreign

REAL = Path(__file__).parent / "real" / "surface_emg.npz"
#: First and last millisecond of each twitch of ``thumb``, read by eye from an enlarged trace before the detector ran.
TWITCHES = (
    (2505, 2680), (6616, 6725), (11962, 12090), (15645, 15855), (19132, 19370), (23195, 23463), (26495, 26680),
    (29565, 29790), (34955, 35115), (39938, 40065), (43500, 43655), (49885, 50000), (53412, 53530), (57248, 57395),
    (60293, 60425), (62255, 62430), (65530, 65650), (68663, 68830), (71872, 71990), (77705, 77880), (79697, 79840),
)  # fmt: skip


def real(name: str, gain: float = 1.0) -> Recording:
    with np.load(REAL) as file:
        data = (gain * file[name].astype(np.float32))[None]
    return Recording(data.astype(np.float32), 1000.0, (Channel("M", "emg", "mV"),))


def test_each_real_twitch_is_found_and_nothing_else() -> None:
    found = bursts(real("thumb"))["M"]
    seen = np.array(TWITCHES) / 1000
    assert len(found) == len(seen)
    # The eye is uncertain by some 50 ms where the muscle starts slowly, and by a few milliseconds where it does not.
    assert np.median(np.abs(found.onset - seen[:, 0])) < 0.010
    assert np.median(np.abs(found.offset - seen[:, 1])) < 0.010
    assert np.abs(found.onset - seen[:, 0]).max() < 0.080
    assert np.abs(found.offset - seen[:, 1]).max() < 0.090


def test_the_murmur_between_real_twitches_is_kept_on_request() -> None:
    assert len(bursts(real("thumb"), weakest=0.0)["M"]) > 100


def test_real_twitches_of_a_restless_muscle_at_8_bits() -> None:
    found = bursts(real("thumb_8_bit"), weakest=0.2)["M"]
    assert np.count_nonzero(found.duration > 0.1) == 10
    # What is left of the murmur; the eye sees these too, and would not call them twitches.
    assert len(found) - 10 <= 7


def test_real_slow_contractions_with_a_longer_gap() -> None:
    found = bursts(real("biceps"), gap=0.3)["M"]
    assert np.count_nonzero(found.duration > 0.5) == 9
    assert len(found) - 9 <= 2


@given(power=st.floats(-6, 3))
@settings(max_examples=10, deadline=None)
def test_the_unit_of_a_real_recording_does_not_matter(power: float) -> None:
    plain, scaled = bursts(real("thumb"))["M"], bursts(real("thumb", 10.0**power))["M"]
    np.testing.assert_allclose(scaled.onset, plain.onset, atol=1e-9)
    np.testing.assert_allclose(scaled.duration, plain.duration, atol=1e-9)


@pytest.mark.parametrize("unit", ["uV", "mV"])
@pytest.mark.parametrize("fs", [1000.0, 2000.0, 4000.0])
@pytest.mark.parametrize("clipped", [False, True])
def test_bursts_of_another_maker(fs: float, unit: str, clipped: bool) -> None:
    made = [foreign(seed, fs, unit, clipped=clipped) for seed in range(3)]
    marks = [match_to_truth(recording, bursts(recording)) for recording in made]
    assert sum(mark.misses for mark in marks) == 0
    assert sum(len(mark.false_alarms) for mark in marks) <= 1
    assert np.abs(np.concatenate([mark.onset_error_ms for mark in marks])).mean() < 1.5
    assert np.abs(np.concatenate([mark.duration_error_ms for mark in marks])).mean() < 3.0


@given(seed=st.integers(0, 10_000), fs=st.sampled_from([1000.0, 1259.0, 2048.0, 4000.0]))
@settings(max_examples=15, deadline=None)
def test_bursts_of_another_maker_whatever_the_seed(seed: int, fs: float) -> None:
    made = foreign(seed, fs, count=15, seconds=24)
    marks = match_to_truth(made, bursts(made))
    assert marks.misses <= 1
    assert len(marks.false_alarms) <= 1
    assert np.abs(marks.onset_error_ms).mean() < 2.5

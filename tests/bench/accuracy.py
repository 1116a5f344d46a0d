"""How true the measurements are: on our own simulation, on noise of another maker, on real recordings. Losses stay."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

import mne
import numpy as np

from myoteach.signals import KINDS, back_average, bursts, match_to_truth, recruitment, simulate, write_edf
from myoteach.signals.match import Marks
from myoteach.signals.recording import Recording
from tests.signals.patients import GROUPS, OTHER, expected, share_right, verdicts
from tests.signals.synthetic import foreign, quiet, synthetic
from tests.signals.test_real import TWITCHES, real

from .figure import Figure

SEEDS = (1, 2, 3)


def rows() -> list[Figure]:
    """Measure everything that has a truth."""
    return [*_short_bursts(), *_kinds(), *_strangers(), *_rule(), _quiet(), _velocity(), _spike(), _edf()]


def _judge(made: Iterable[Recording]) -> str:
    return _in_words([match_to_truth(recording, bursts(recording)) for recording in made])


def _in_words(marks: list[Marks]) -> str:
    onset = np.abs(np.concatenate([mark.onset_error_ms for mark in marks]))
    duration = np.abs(np.concatenate([mark.duration_error_ms for mark in marks]))
    missed, false = sum(mark.misses for mark in marks), sum(len(mark.false_alarms) for mark in marks)
    return (
        f"onset {onset.mean():.1f} ms, duration {duration.mean():.1f} ms (median {np.median(duration):.1f}); "
        f"{missed} missed and {false} false with {onset.size} found"
    )


def _short_bursts() -> list[Figure]:
    how = f"mean absolute error, 40 bursts of 31 ms in a minute, seeds {SEEDS}, noise that is not the simulator's"
    promise = {2.0: "onset 1.5, duration 2 ms", 20.0: "within 3 ms"}
    return [
        Figure(
            f"bursts of 31 ms, {fs / 1000:g} kHz, {noise:g} uV of noise, in {unit}",
            _judge(synthetic(fs=fs, noise=noise, unit=unit, seed=seed) for seed in SEEDS),
            promise[noise],
            how,
        )
        for noise in (2.0, 20.0)
        for fs, unit in ((1000.0, "mV"), (2000.0, "uV"), (4000.0, "mV"))
    ]


def _kinds() -> list[Figure]:
    positive = [name for name, kind in KINDS.items() if kind.sign > 0]
    return [
        Figure(
            f"{name}, {noise:g} uV of noise",
            _judge(simulate(name, 60, seed=seed, eeg=False, noise_uv=noise) for seed in SEEDS),
            "none stated",
            f"mean absolute error, three minutes (seeds {SEEDS}), the kind's own muscles",
        )
        for name in positive
        for noise in (2.5, 20.0)
    ]


def _strangers() -> list[Figure]:
    found = bursts(real("thumb"))["M"]
    seen = np.array(TWITCHES) / 1000
    late = 1000 * np.abs(found.onset[:, None] - seen[:, 0]).min(axis=0)
    return [
        *(
            Figure(
                f"bursts of another maker, {fs / 1000:g} kHz{', clipped' if clipped else ''}",
                _judge(foreign(seed, fs, "mV" if seed % 2 else "uV", clipped=clipped) for seed in SEEDS),
                "none stated",
                "1/f drift, mains with harmonics, heart, heavy tails, 12 bits; lengths 20 to 150 ms",
            )
            for fs in (1000.0, 2000.0, 4000.0)
            for clipped in (False, True)
        ),
        Figure(
            "real twitches of a thumb muscle",
            f"{len(found)} found where the eye sees {len(seen)}; onsets differ by "
            f"{np.median(late):.0f} ms (median; largest {late.max():.0f})",
            "none stated",
            "1 kHz, 16 bits, a healthy person; no truth, onsets read by eye; no recording of myoclonus with a known "
            "truth was to be had",
        ),
    ]


def _rule() -> list[Figure]:
    made = []
    for group in GROUPS:
        given = [verdict for panel in range(4) for verdict in verdicts(group, panel)]
        agree = np.mean([verdict.found == verdict.true for verdict in given])
        promise = "specificity at least 0.85" if group == OTHER else "sensitivity 1.00"
        made.append(
            Figure(
                f"45 ms rule, {promise.split(maxsplit=1)[0]}",
                f"{share_right(given):.3f} of {len(given)} patients; normal groups "
                f"allow {expected(group):.3f}; the verdict is that on the true bursts in {agree:.3f}",
                promise,
                f"four panels of 20, {', '.join(GROUPS[group][2])} in turn",
            )
        )
    return made


def _quiet() -> Figure:
    count = sum(
        len(bursts(quiet(noise, seed, fs=fs)))
        for noise in (1.0, 5.0, 20.0)
        for seed in SEEDS
        for fs in (1000.0, 2000.0, 4000.0)
    )
    return Figure("false bursts in quiet noise", f"{count} in 108 channel minutes", "none", "1 to 20 uV, 1 to 4 kHz")


def _velocity() -> Figure:
    errors = []
    for seed in range(1, 6):
        recording = simulate("propriospinal", 120, seed=seed, eeg=False)
        true = _true_velocity(recording)
        errors.append(100 * (recruitment(recording).up.value / true - 1))
    worst = max(errors, key=abs)
    return Figure(
        "propriospinal velocity upward",
        f"off by {np.mean(np.abs(errors)):.1f} % on average, {abs(worst):.1f} % at worst",
        "within 5 %",
        "five patients of 120 s",
    )


def _true_velocity(recording: Recording) -> float:
    text = next(item.value for item in recording.provenance if item.parameter == "velocity_up")
    return float(text.partition("here ")[2].split()[0])


def _spike() -> Figure:
    errors = []
    for seed in range(1, 6):
        recording = simulate("cortical_action", 240, seed=seed, rate=1.2, eeg=("C3", "Cz", "C4", "Pz"))
        found = back_average(recording, bursts(recording, "ECR_R")["ECR_R"].onset[:200])
        errors.append(1000 * (found.latency("C3").value + dict(recording.truth.latencies)["ECR_R"]))
    return Figure(
        "latency of the cortical spike at 200 jerks",
        f"off by {np.mean(np.abs(errors)):.2f} ms on average, {np.abs(errors).max():.2f} ms at worst",
        "within 1.5 ms",
        "five patients",
    )


def _edf() -> Figure:
    recording = simulate("cortical_reflex", 20, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "jerk.edf"
        write_edf(recording, path)
        raw = mne.io.read_raw_edf(path, preload=True, verbose="error")
    factor = np.array([1e6 if channel.unit == "uV" else 1.0 for channel in recording.channels])[:, None]
    step = np.ptp(recording.data, axis=1) / 65535
    off = float((np.abs(factor * raw.get_data() - recording.data).max(axis=1) / step).max())
    names = [label.split()[-1] for label in raw.ch_names] == [item.name.split()[-1] for item in recording.channels]
    truth = recording.truth
    notes = len(raw.annotations) == len(truth.jerks) + len(truth.stimuli) + len(truth.bursts)
    return Figure(
        "EDF+ of ours read by MNE",
        f"samples off by {off:.2f} steps at most; labels {'the same' if names else 'DIFFER'}; "
        f"annotations {'all there' if notes else 'MISSING'}",
        "the same to the step",
        f"{len(raw.ch_names)} channels, 20 s",
    )

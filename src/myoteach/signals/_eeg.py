"""The scalp: a background like a real one, and what each kind of jerk writes into it.

The background has power falling with frequency, an alpha rhythm at the back, a beta rhythm over the motor strip.
Voltages are positive upward in the data. Amplitudes and widths of all waves are defaults; their latencies are sourced
where the row is named.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from ._body import Floats, Montage
from ._plan import Plan
from ._scene import Scene

Samples = NDArray[np.float32]

#: Electrodes of the 10-20 system, and two above the sensory cortex: position to the right and to the front, head = 1.
ELECTRODES: dict[str, tuple[float, float]] = {
    "Fp1": (-0.3, 0.9), "Fp2": (0.3, 0.9), "F7": (-0.8, 0.55), "F3": (-0.45, 0.5), "Fz": (0.0, 0.45),
    "F4": (0.45, 0.5), "F8": (0.8, 0.55), "T7": (-1.0, 0.0), "C3": (-0.5, 0.0), "Cz": (0.0, 0.0),
    "C4": (0.5, 0.0), "T8": (1.0, 0.0), "CP3": (-0.48, -0.22), "CP4": (0.48, -0.22), "P7": (-0.8, -0.55),
    "P3": (-0.45, -0.5), "Pz": (0.0, -0.45), "P4": (0.45, -0.5), "P8": (0.8, -0.55), "O1": (-0.3, -0.9),
    "O2": (0.3, -0.9),
}  # fmt: skip
#: Share of the background that all electrodes have in common (the reference, and far sources).
_SHARED = 0.8
# Waves are sums of bells: height, middle (s) and width (s) of each.
Bells = tuple[tuple[float, float, float], ...]
#: A cortical spike of height 1: a sharp peak at the event, then a slower wave the other way.
_SPIKE: Bells = ((1.0, 0.0, 0.006), (-0.7, 0.024, 0.014))
#: One spike of a polyspike of height 1, how high the three are, and the slow wave after them.
_ONE_OF_MANY: Bells = ((1.0, 0.0, 0.009), (-0.4, 0.02, 0.012))
_POLYSPIKE_HEIGHTS = (0.45, 0.7, 1.0)
_SLOW_WAVE: Bells = ((0.8, 0.15, 0.055),)
#: The evoked potential after a shock to the wrist: N20 in microvolt; P25 and the late wave for a P25 of 1; N33 of 1.
_N20: Bells = ((-2.0, 0.020, 0.0017),)
_P25: Bells = ((1.0, 0.025, 0.0028), (0.3, 0.055, 0.012))
_N33: Bells = ((-1.0, 0.033, 0.0042),)


def record_scalp(scene: Scene, plan: Plan, electrodes: tuple[str, ...]) -> Samples:
    """Return the EEG in microvolt (electrodes x samples)."""
    patient, samples = scene.patient, scene.samples
    places = np.array([ELECTRODES[name] for name in electrodes])
    eeg = _background(scene, len(electrodes))
    eeg += _map(places, (0.0, -0.9), 0.5) * (np.float32(patient["alpha"]) * _rhythm(scene, 10.0, 0.7))
    eeg += _beta(scene, plan, places)
    for place, spread, times, wave in _waves(scene, plan):
        eeg += _map(places, place, spread) * _add_up(times, wave, samples, scene.fs)
    return eeg


def _map(places: Floats, centre: tuple[float, float], spread: float) -> Samples:
    """Return how much of a source below `centre` each electrode sees (electrodes x 1)."""
    distance = ((places - np.array(centre)) ** 2).sum(1)
    return np.asarray(np.exp(-distance / (2 * spread**2)).astype(np.float32)[:, None])


def _background(scene: Scene, count: int) -> Samples:
    """Return noise whose power falls as 1 / f^1.5, partly shared, equally strong in every channel."""
    samples, amount, rng = scene.samples, scene.patient["background"], scene.rng
    length = _even(samples)
    frequency = np.fft.rfftfreq(length, 1 / scene.fs)
    shape = np.maximum(frequency, 0.5) ** -0.75 / (1 + (frequency / 45) ** 2)
    shape[0] = 0
    shape = (shape * amount / (np.sqrt(1 + _SHARED**2) * _scale(shape, length))).astype(np.float32)
    shared = _shaped(shape, length, rng)[:samples]
    out = np.empty((count, samples), np.float32)
    for row in out:
        row[:] = _shaped(shape, length, rng)[:samples] + np.float32(_SHARED) * shared
    return out


def _even(samples: int) -> int:
    """Return an even length of at least `samples` and 2 s more, so that the end does not meet the beginning."""
    block = 1 << max(samples.bit_length() - 4, 4)
    return -(-(samples + samples // 8 + 64) // block) * block


def _scale(shape: NDArray[np.floating], length: int) -> float:
    """Return the standard deviation of noise made with this spectrum."""
    return float(np.sqrt(2 * np.sum(shape[1:] ** 2, dtype=float)) * np.sqrt(2) / length)


def _shaped(shape: NDArray[np.float32], length: int, rng: np.random.Generator) -> Samples:
    """Return noise with the given spectrum."""
    white = rng.standard_normal(2 * len(shape), np.float32).view(np.complex64)
    return np.fft.irfft(white * shape, length).astype(np.float32)


def _rhythm(scene: Scene, hertz: float, width: float) -> Samples:
    """Return a waxing and waning rhythm with standard deviation 1."""
    length = _even(scene.samples)
    shape = np.exp(-(((np.fft.rfftfreq(length, 1 / scene.fs) - hertz) / width) ** 2))
    return _shaped((shape / _scale(shape, length)).astype(np.float32), length, scene.rng)[: scene.samples]


def _beta(scene: Scene, plan: Plan, places: Floats) -> Samples:
    """Return the beta rhythm of the motor strip; before jerks that use the voluntary pathways it fades."""
    patient, samples, fs = scene.patient, scene.samples, scene.fs
    present = np.ones(samples, np.float32)
    if patient.has("beta_loss"):
        # From 1.2 s before the event to its moment, with soft edges; then a rebound to what it was.
        time = np.arange(-int(1.4 * fs), int(0.6 * fs)) / fs
        dip = np.clip((time + 1.2) / 0.4, 0, 1) * np.clip((0.5 - time) / 0.3, 0, 1)
        faded = np.minimum(_add_up(plan.jerks, (dip, int(1.4 * fs)), samples, fs), 1)
        present -= np.float32(patient["beta_loss"]) * faded
    present *= np.float32(patient["beta"])
    left, right = (_map(places, (side * 0.5, 0.0), 0.3) * (present * _rhythm(scene, 20.0, 4.0)) for side in (-1, 1))
    return np.asarray(left + right, np.float32)


Wave = tuple[Floats, int]


def _waves(scene: Scene, plan: Plan) -> Iterable[tuple[tuple[float, float], float, Floats, Wave]]:
    """Yield every wave the jerks and stimuli write: place and spread on the scalp, times, and wave with its middle."""
    kind, patient, montage, fs = scene.kind, scene.patient, scene.montage, scene.fs
    if patient.has("spike"):
        for place, mine in _foci(montage, plan):
            yield place, 0.28, plan.jerks[mine], _spike(patient["spike"], fs)
    if patient.has("polyspike"):
        yield (0.0, 0.4), 0.7, plan.jerks, _polyspike(patient["polyspike"], patient["polyspike_rate"], fs)
    if patient.has("readiness"):
        early, late = patient["readiness_early"], patient["readiness_late"]
        first = float(plan.delays.min()) if len(plan.delays) else 0.0
        yield (0.0, 0.0), 0.4, plan.jerks + first, _readiness(patient["readiness"], early, late, fs)
    if len(plan.stimuli) and kind.stimulus in ("nerve", ""):
        hand = -0.48 if montage.sides[0] == "R" else 0.48
        yield (hand, -0.22), 0.3, plan.stimuli, _evoked(patient["sep_p25"], patient["sep_n33"], fs)


def _foci(montage: Montage, plan: Plan) -> list[tuple[tuple[float, float], NDArray[np.bool_]]]:
    """Return where on the scalp the discharge of each jerk lies: opposite the muscle it reaches, the leg at the top."""
    region = [muscle.region for muscle in montage.muscles]
    reached = np.full(len(plan.jerks), -1)
    # The strongest statement is the hand's: a jerk that takes arm and leg starts over the arm.
    for row in sorted(range(len(montage)), key=lambda row: region[row] in ("arm", "hand")):
        reached[plan.bursts.jerk[plan.bursts.row == row]] = row
    foci: dict[tuple[float, float], NDArray[np.bool_]] = {}
    for jerk, row in enumerate(reached):
        side = montage.sides[row] if row >= 0 else plan.sides[jerk]
        lateral = {"leg": 0.05, "foot": 0.05, "trunk": 0.2}.get(region[row] if row >= 0 else "arm", 0.5)
        place = (-lateral if side == "R" else lateral, 0.0)
        foci.setdefault(place, np.zeros(len(plan.jerks), bool))[jerk] = True
    return list(foci.items())


def _grid(before: float, after: float, fs: float) -> tuple[Floats, int]:
    first = int(before * fs)
    return np.arange(-first, int(after * fs) + 1) / fs, first


def _bells(time: Floats, parts: Bells) -> Floats:
    """Return the sum of bells."""
    return np.asarray(sum(height * np.exp(-(((time - at) / width) ** 2)) for height, at, width in parts))


def _spike(amount: float, fs: float) -> Wave:
    """Return a cortical spike: a sharp positive peak at the event, then a slower negativity (EPP008, EPP009)."""
    time, middle = _grid(0.06, 0.12, fs)
    return amount * _bells(time, _SPIKE), middle


def _polyspike(amount: float, hertz: float, fs: float) -> Wave:
    """Return three negative spikes, the last at the event, and the slow wave after them (EPP037, EPP038)."""
    time, middle = _grid(0.25, 0.5, fs)
    spikes = [
        height * _bells(time - at, _ONE_OF_MANY)
        for height, at in zip(_POLYSPIKE_HEIGHTS, np.arange(-2, 1) / hertz, strict=True)
    ]
    return -amount * (np.sum(spikes, axis=0) + _bells(time, _SLOW_WAVE)), middle


def _readiness(amount: float, early: float, late: float, fs: float) -> Wave:
    """Return a readiness potential: a slow negativity from `early` seconds before, steeper from `late` seconds on."""
    time, middle = _grid(max(early, late) + 0.05, 0.6, fs)
    rise = 0.4 * np.clip(time / early + 1, 0, 1) + 0.6 * np.clip(time / late + 1, 0, 1)
    fall = np.where(time > 0, np.exp(-time / 0.1), 1.0)
    return -amount * rise * fall, middle


def _evoked(p25: float, n33: float, fs: float) -> Wave:
    """Return the evoked potential after a shock to the median nerve at the wrist: N20, P25, N33."""
    time, middle = _grid(0.0, 0.15, fs)
    return _bells(time, _N20) + p25 * _bells(time, _P25) + n33 * _bells(time, _N33), middle


def _add_up(times: Floats, wave: Wave, samples: int, fs: float) -> Samples:
    """Return a trace with the wave at every time; what reaches beyond the ends is cut."""
    shape, middle = wave[0].astype(np.float32), wave[1]
    out = np.zeros(samples, np.float32)
    for first in np.rint(times * fs).astype(int) - middle:
        start, stop = max(first, 0), min(first + len(shape), samples)
        if start < stop:
            out[start:stop] += shape[start - first : stop - first]
    return out

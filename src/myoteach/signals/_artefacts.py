"""What a recording holds besides muscle and brain: electrode noise, mains, heart, neighbours, movement of the cable."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ._body import Floats, Montage

Samples = NDArray[np.float32]

#: How much of the heart each region picks up.
_HEART = {"trunk": 1.0, "breathing": 1.0, "neck": 0.5}
#: Rate of the heart: mean and spread of the beat in seconds.
_BEAT = (0.85, 0.04)
#: P, Q, R, S and T of the heart: height, middle (s) and width (s).
_HEART_WAVES = (
    (0.12, -0.17, 0.025),
    (-0.12, -0.022, 0.008),
    (1.0, 0.0, 0.009),
    (-0.2, 0.024, 0.009),
    (0.25, 0.24, 0.05),
)


def heartbeats(seconds: float, rng: np.random.Generator) -> Floats:
    """Return the times of the heart's beats in seconds."""
    beats = np.cumsum(rng.normal(*_BEAT, int(seconds / 0.6) + 2)) - rng.random() * _BEAT[0]
    return beats[(beats > 0) & (beats < seconds)]


def heart_signal(beats: Floats, samples: int, fs: float) -> Samples:
    """Return an electrocardiogram with R waves of height 1."""
    time = np.arange(-int(0.3 * fs), int(0.5 * fs)) / fs
    complex_ = sum(height * np.exp(-(((time - centre) / width) ** 2) / 2) for height, centre, width in _HEART_WAVES)
    out = np.zeros(samples + 2 * len(time), np.float32)
    for beat in beats:
        first = round(beat * fs) + len(time) - int(0.3 * fs)
        out[first : first + len(time)] += complex_
    return np.asarray(out[len(time) : len(time) + samples])


def mix_neighbours(emg: Samples, montage: Montage, share: float) -> Samples:
    """Return the EMG with this share of every neighbour in it: muscles of the same region and side."""
    regions = np.array([muscle.region for muscle in montage.muscles])
    sides = np.array(montage.sides)
    near = (regions[:, None] == regions) & (sides[:, None] == sides) & ~np.eye(len(montage), dtype=bool)
    return np.asarray(emg + np.float32(share) * (near.astype(np.float32) @ emg))


def add_noise(signals: Samples, amount: float, rng: np.random.Generator) -> None:
    """Add white noise of this standard deviation, in place."""
    for number in range(len(signals)):
        noise = rng.standard_normal(signals.shape[1], np.float32)
        signals[number] += np.float32(amount) * noise


def add_mains(signals: Samples, amount: float, fs: float, rng: np.random.Generator, hertz: float = 50.0) -> None:
    """Add mains hum with its third harmonic, in place; each channel catches more or less of it."""
    phase = 2 * np.pi * hertz * np.arange(signals.shape[1]) / fs
    hum = np.sin(phase)
    if 3 * hertz < fs / 2:
        hum += 0.3 * np.sin(3 * phase + 1)
    hum = hum.astype(np.float32)
    for number, catch in enumerate(rng.uniform(0.3, 1.5, len(signals))):
        signals[number] += np.float32(amount * catch) * hum


def add_heart(emg: Samples, montage: Montage, heart: Samples, amount: float) -> None:
    """Add the heart to the muscles near it, in place."""
    for number, muscle in enumerate(montage.muscles):
        share = _HEART.get(muscle.region, 0.0)
        if share:
            emg[number] += np.float32(amount * share) * heart


def add_motion(emg: Samples, angles: Samples, joint_of_row: NDArray[np.int64], amount: float) -> None:
    """Add movement of electrodes and cables, in place: in step with the joint, `amount` for a swing of 10 degrees."""
    for number, joint in enumerate(joint_of_row):
        emg[number] += np.float32(amount / 10) * angles[joint]

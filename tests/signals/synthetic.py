"""Bursts with known edges that owe nothing to the simulator: band-limited noise, switched on and off."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from myoteach.signals.recording import Burst, Channel, Recording, Truth

Floats = NDArray[np.float64]


def emg_noise(rng: np.random.Generator, samples: int, fs: float) -> Floats:
    """Noise with unit power and the spectrum of surface EMG, centred on 95 Hz."""
    frequency = np.maximum(np.fft.rfftfreq(samples, 1 / fs), 1)
    spectrum = np.fft.rfft(rng.standard_normal(samples)) * np.exp(-((np.log(frequency / 95) / 0.8) ** 2))
    noise = np.fft.irfft(spectrum, samples)
    return np.asarray(noise / noise.std())


def synthetic(
    *,
    noise: float = 2.0,
    size: float = 150.0,
    duration: float = 0.031,
    count: int = 40,
    seconds: float = 60.0,
    fs: float = 2000.0,
    seed: int = 0,
    unit: str = "uV",
) -> Recording:
    """One channel with `count` bursts; its truth holds them."""
    rng = np.random.default_rng(seed)
    samples = int(seconds * fs)
    times = np.arange(samples) / fs
    onset = 0.5 + np.arange(count) * (seconds - 1) / max(count, 1) + rng.uniform(0, 0.3, count)
    active = np.zeros(samples)
    for start in onset:
        active[(times >= start) & (times < start + duration)] = 1
    trace = noise * rng.standard_normal(samples) + size * active * emg_noise(rng, samples, fs)
    factor = {"uV": 1.0, "mV": 1e-3}[unit]
    truth = Truth(bursts=tuple(Burst("APB", float(start), duration, row) for row, start in enumerate(onset)))
    return Recording((factor * trace)[None].astype(np.float32), fs, (Channel("APB", "emg", unit, "APB_R"),), truth)


def quiet(noise: float, seed: int, channels: int = 4, fs: float = 2000.0, seconds: float = 60.0) -> Recording:
    """Channels without any burst."""
    rng = np.random.default_rng(seed)
    data = (noise * rng.standard_normal((channels, int(seconds * fs)))).astype(np.float32)
    return Recording(data, fs, tuple(Channel(f"E{row}", "emg", "uV") for row in range(channels)))


def with_data(recording: Recording, data: NDArray[np.floating]) -> Recording:
    """The same recording with other samples."""
    return Recording(np.asarray(data, np.float32), recording.fs, recording.channels, recording.truth)

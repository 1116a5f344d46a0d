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


def foreign(
    seed: int, fs: float = 2000.0, unit: str = "uV", *, count: int = 40, seconds: float = 60.0, clipped: bool = False
) -> Recording:
    """One channel as other amplifiers and muscles make it, unlike anything the simulator does.

    Quiet: 1/f noise that drifts, white noise, mains with four harmonics, and a heart. Bursts: heavy-tailed
    noise instead of normal, each of another size (log-normal) and length (20 to 150 ms), with edges of 1 ms. Then 12
    bits, and if `clipped` an amplifier that is full at a third of the largest excursion.
    """
    rng = np.random.default_rng(seed)
    samples = int(seconds * fs)
    times = np.arange(samples) / fs
    onset = 0.6 + np.arange(count) * (seconds - 1.2) / count + rng.uniform(0, 0.5 * (seconds - 1.2) / count, count)
    duration = np.exp(rng.uniform(np.log(0.02), np.log(0.15), count))
    trace = _quiet_of_others(rng, times, fs)
    carrier = _band_limited(rng.standard_normal(samples), 20, min(400, 0.45 * fs), fs)
    carrier = np.sign(carrier) * np.abs(carrier) ** 1.4
    for start, length, size in zip(onset, duration, 120 * np.exp(rng.normal(0, 0.3, count)), strict=True):
        trace += size * carrier * np.clip(np.minimum(times - start, start + length - times) / 1e-3, 0, 1)
    full = np.abs(trace).max() / (3 if clipped else 1)
    step = 2 * full / 4096
    trace = step * np.round(np.clip(trace, -full, full) / step)
    truth = Truth(
        bursts=tuple(Burst("M", float(a), float(b), k) for k, (a, b) in enumerate(zip(onset, duration, strict=True)))
    )
    factor = {"uV": 1.0, "mV": 1e-3}[unit]
    return Recording((factor * trace)[None].astype(np.float32), fs, (Channel("M", "emg", unit, "APB_R"),), truth)


def _quiet_of_others(rng: np.random.Generator, times: Floats, fs: float) -> Floats:
    frequency = np.fft.rfftfreq(times.size, 1 / fs)
    pink = np.fft.irfft(np.fft.rfft(rng.standard_normal(times.size)) / np.sqrt(np.maximum(frequency, 0.1)), times.size)
    mains = rng.choice([50.0, 60.0]) * (1 + rng.normal(0, 2e-4))
    hum = sum(np.sin(2 * np.pi * k * mains * times + rng.uniform(0, 6)) / k for k in (1, 2, 3, 5) if k * mains < fs / 2)
    beats = np.cumsum(rng.normal(0.9, 0.05, int(times[-1] / 0.7)))
    heart = sum(np.exp(-(((times - beat) / 0.009) ** 2)) for beat in beats if beat < times[-1])
    return np.asarray(
        10 * pink / pink.std() + rng.normal(0, 3, times.size) + rng.uniform(0, 6) * hum + rng.uniform(0, 60) * heart
    )


def _band_limited(noise: Floats, low: float, high: float, fs: float) -> Floats:
    frequency = np.fft.rfftfreq(noise.size, 1 / fs)
    kept = np.fft.irfft(np.fft.rfft(noise) * ((frequency > low) & (frequency < high)), noise.size)
    return np.asarray(kept / kept.std())

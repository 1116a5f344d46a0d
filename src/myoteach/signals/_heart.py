"""Take the heartbeat out of muscle traces of the trunk, where it looks like a burst every second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._filters import Floats, Trace, box_sums, median, product, thin
from .recording import Recording

Samples = NDArray[np.intp]

#: What is averaged and taken away around each beat, in seconds.
_BEFORE, _AFTER = 0.06, 0.08
#: Rates between which something may be a heart, in beats a second.
_SLOWEST, _FASTEST = 0.5, 3.0
#: Beats resemble each other this closely; two bursts of many motor units never do.
_ALIKE = 0.9
#: A beat is a slow wave; the potential of a motor unit has its power above this (Hz).
_SLOW = 45.0
_FEWEST = 10
#: The typical wave of every other beat must resemble that of the rest this much.
_SAME = 0.8


@dataclass(frozen=True, slots=True)
class Beats:
    """When the heart beat, in seconds."""

    times: Floats


def recorded_beats(recording: Recording) -> Beats | None:
    """Return the beats in the ECG channel, or None when there is none to be trusted."""
    names = recording.of_kind("ecg")
    if not names:
        return None
    trace, fs = thin(recording.signal(names[0]), recording.fs, 500)
    steep = np.abs(np.diff(trace))
    if not np.isfinite(steep.sum()) or not steep.any():
        return None
    apart = round(0.3 * fs)
    blocks = steep[: steep.size // apart * apart].reshape(-1, apart)
    height = np.median(blocks[blocks.max(axis=1) > 0.3 * np.percentile(blocks.max(axis=1), 95)].max(axis=1))
    return _if_heart(_peaks(steep, 0.5 * float(height), apart) / fs, recording.seconds)


def suspected_beats(trace: Trace, fs: float, start: Samples, end: Samples) -> Beats | None:
    """Return the beats among the runs of a muscle trace: slow waves, all alike, at the rate of a heart."""
    if start.size < _FEWEST:
        return None
    width = round(0.004 * fs) | 1  # a beat is slow: the mean of some neighbours lifts it out of the noise
    waves, centre = _centred(trace, (start + end) // 2, round(0.03 * fs), width)
    waves -= waves.mean(axis=1, keepdims=True)
    waves /= np.sqrt((waves**2).sum(axis=1, keepdims=True)) + 1e-12
    alike = product(waves, waves.T) > _ALIKE
    family = np.flatnonzero(alike[alike.sum(axis=1).argmax()])
    pitch = np.sqrt((np.diff(waves[family], axis=1) ** 2).sum(axis=1).mean()) * fs / (2 * np.pi)
    return _if_heart(centre[family] / fs, trace.size / fs) if pitch < _SLOW else None


def without_heart(trace: Trace, fs: float, beats: Beats) -> Trace:
    """Take the median wave of the heart away at each beat, fitted in size, since it breathes, and in place."""
    at = np.rint(beats.times * fs).astype(np.intp)
    span = np.arange(-round(_BEFORE * fs), round(_AFTER * fs) + 1)
    at = at[(at + 2 * span[0] >= 0) & (at + 2 * span[-1] < trace.size)]
    if at.size < _FEWEST:
        return trace
    windows = trace[at[:, None] + span]
    if np.corrcoef(_typical(windows[::2]), _typical(windows[1::2]))[0, 1] < _SAME:
        return trace  # no heart is seen here, and what is seen must not be taken for one
    for _ in range(2):
        at = _aligned(trace, at, span, _typical(trace[at[:, None] + span]), round(0.01 * fs))
    windows = trace[at[:, None] + span]
    wave = _typical(windows).astype(np.float64)
    wave -= np.linspace(wave[:5].mean(), wave[-5:].mean(), wave.size)
    # Let the wave begin and end on nothing, so that taking it away leaves no step.
    wave *= np.minimum(1, np.minimum(np.arange(wave.size), np.arange(wave.size)[::-1]) / (0.01 * fs))
    parts = np.stack([wave, np.gradient(wave)])  # its slope moves it by a fraction of a sample
    fit = product(windows, np.linalg.pinv(parts))
    size = np.clip(fit[:, :1], 0.6, 1.6)
    shift = np.clip(fit[:, 1:], -1, 1)
    left = trace.copy()
    left[at[:, None] + span] -= np.asarray(size * parts[0] + shift * parts[1], np.float32)
    return left


def _typical(windows: Trace) -> Trace:
    """Return the median wave of the calmer half of the beats, which bursts have hardly touched."""
    steep = np.abs(np.diff(windows, axis=1)).mean(axis=1)
    return np.asarray(median(windows[steep <= np.median(steep)]))


def _centred(trace: Trace, centre: Samples, reach: int, width: int) -> tuple[Floats, Samples]:
    """Return smoothed windows around the largest excursion near each centre, and where that is."""
    around = reach + width // 2
    span = np.arange(-around, around + 1)
    inside = np.clip(centre, 2 * around, trace.size - 2 * around - 1)
    highest = inside + np.abs(box_sums(trace[inside[:, None] + span], width)).argmax(axis=1) - reach
    return box_sums(trace[highest[:, None] + span], width).astype(np.float64), highest


def _aligned(trace: Trace, at: Samples, span: Samples, wave: Trace, most: int) -> Samples:
    """Return the beats moved by at most `most` samples to where the wave fits best."""
    # One column for each shift holds the wave so far down: a single product tries them all on every beat.
    tries = np.zeros((span.size + 2 * most, 2 * most + 1), np.float32)
    wave = wave - wave.mean()
    for shift, column in enumerate(tries.T):
        column[shift : shift + span.size] = wave
    wide = trace[at[:, None] + np.arange(span[0] - most, span[-1] + most + 1)]
    return np.asarray(at + product(wide, tries).argmax(axis=1) - most)


def _peaks(values: Trace, height: float, apart: int) -> Samples:
    """Return the largest sample of each group above `height`; groups are at least `apart` samples from each other."""
    above = np.flatnonzero(values > height)
    if not above.size:
        return above
    groups = np.split(above, np.flatnonzero(np.diff(above) > apart) + 1)
    return np.array([group[values[group].argmax()] for group in groups], np.intp)


def _if_heart(times: Floats, seconds: float) -> Beats | None:
    """Return the beats when there are enough of them, at a rate and regularity a heart can have."""
    if times.size < _FEWEST:
        return None
    gaps = np.diff(times)
    usual = float(np.median(gaps))
    near = np.mean(np.abs(gaps - usual) < 0.25 * usual)
    is_heart = 1 / _FASTEST < usual < 1 / _SLOWEST and near > 0.6 and times.size > 0.4 * seconds * _SLOWEST
    return Beats(times) if is_heart else None

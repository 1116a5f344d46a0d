"""Where a burst begins and ends: the most likely change point in the samples around it.

All bursts of all channels are placed at once, onsets and, read backwards, ends. Each sample votes with the log
likelihood ratio of activity against quiet, both normal with mean zero; the edge lies where the sum of votes from there
into the burst is largest (Page's cumulative sum, read backwards). Activity does not begin at full height: motor-unit
potentials overlap into it, so the variance is let rise over the first milliseconds. A mere threshold would shorten
bursts in noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._filters import BASELINE, Floats, Trace, box_sums, product

Samples = NDArray[np.intp]

#: Where an edge may lie (s), seen from the edge of the smoothed trace.
_REACH = 0.020
#: Neighbouring samples of surface EMG say much the same; this many count as one.
_ALIKE = 2.0
#: Activity fainter than this share of the burst's own size is its fading tail, however clean the recording.
_FAINT = 0.03
#: The variance takes this long (s) to rise, about as long as a motor-unit potential lasts at the surface: half a period
#: and more at the median frequencies of 72 to 136 Hz in EPP107 to EPP110.
_RISE = 0.009
_RISE_SEEN = 0.001
#: In noise from this power on, the rise is inferred in full.
_HIDDEN = 60.0
#: Weights of neighbouring samples from 1.5 kHz on: white noise is halved, an edge blurs by a fraction of a millisecond.
_NEIGHBOURS = (0.0625, 0.25, 0.375, 0.25, 0.0625)
_PROBES = 32


@dataclass(frozen=True, slots=True)
class Runs:
    """The stretches in which one trace is above its limit: first and last sample, and the quiet power around each.

    `noise` is the standard deviation of the quiet in the whole trace.
    """

    trace: Trace
    start: Samples
    end: Samples
    quiet: Floats
    noise: float = 0.0

    @property
    def before(self) -> Samples:
        """The last sample of the run before each."""
        return np.append(-1, self.end)[:-1]

    @property
    def mirrored(self) -> Runs:
        """The same, with time running backwards."""
        last = self.trace.size - 1
        return Runs(self.trace[::-1], last - self.end[::-1], last - self.start[::-1], self.quiet[::-1])


@dataclass(frozen=True, slots=True)
class Edges:
    """First sample of each burst, first sample after it, and how well both are known (samples)."""

    first: Floats
    past: Floats
    first_sd: Floats
    past_sd: Floats


def place_edges(searched: Sequence[Runs], fs: float) -> tuple[Edges, ...]:
    """Place both edges of every run."""
    views = [view for runs in searched for view in (runs, runs.mirrored)]
    counts = [view.start.size for view in views]
    if not sum(counts):
        none = np.zeros(0)
        return tuple(Edges(none, none, none, none) for _ in searched)
    at, sd = _change_points(views, fs)
    splits = np.cumsum(counts)[:-1]
    places, spreads = np.split(at, splits), np.split(sd, splits)
    return tuple(
        Edges(
            places[2 * row], runs.trace.size - places[2 * row + 1][::-1], spreads[2 * row], spreads[2 * row + 1][::-1]
        )
        for row, runs in enumerate(searched)
    )


def quiet_power(trace: Trace, fs: float) -> float:
    """Return the typical power of a trace as this module sees it, to put the quiet level on the same scale."""
    centres = np.linspace(0.02 * fs, trace.size - 0.02 * fs - 1, _PROBES).astype(np.intp)
    return float(
        np.partition(_power(_windows(trace, centres, centres * 0, fs), fs).mean(axis=1), _PROBES // 2)[_PROBES // 2]
    )


def _change_points(views: Sequence[Runs], fs: float) -> tuple[Floats, Floats]:
    """Return the most likely onset of each run, and the standard deviation of what other onsets the samples allow."""
    reach = round(_REACH * fs)
    shift = np.arange(-reach, reach + 1, dtype=np.int32)
    start = np.concatenate([view.start for view in views])
    length = np.concatenate([view.end - view.start for view in views]).astype(np.int32)[:, None]
    room = np.concatenate([view.start - view.before for view in views]).astype(np.int32)[:, None]
    windows = [_windows(view.trace, view.start, view.before + 1, fs) for view in views]
    power = _power(np.concatenate(windows), fs)
    mine = shift <= length
    power *= mine
    active = power[:, reach:].sum(axis=1, keepdims=True) / mine[:, reach:].sum(axis=1, keepdims=True, dtype=np.float32)
    quiet = np.concatenate([view.quiet for view in views])[:, None].astype(np.float32)
    quiet = np.maximum(quiet, np.float32(_FAINT**2) * active)
    loud = np.maximum(active / quiet, np.float32(4))
    power /= quiet
    total = _votes(power, mine, np.minimum(length + reach, shift.size - 1), loud, _rise(loud) * np.float32(fs))
    np.copyto(total, -np.inf, where=~(mine & (shift > -room)))
    return _placed(total, start, shift)


def _placed(total: Trace, start: Samples, shift: NDArray[np.int32]) -> tuple[Floats, Floats]:
    """Return where the votes are highest, and the spread of the places that come near."""
    best = total.argmax(axis=1)
    total -= total.max(axis=1, keepdims=True)
    weight = np.exp(total, out=total)
    moments = product(weight, np.stack([shift**0, shift, shift**2], axis=1).astype(np.float32))
    at = shift[best]
    spread = (moments[:, 2] - 2 * at * moments[:, 1]) / moments[:, 0] + at**2.0
    return (start + at).astype(np.float64), np.sqrt(np.maximum(spread, 0) + 1 / 12).astype(np.float64)


def _rise(loud: Trace) -> Trace:
    """Return how long (s) activity of this power over the quiet is taken to rise.

    In a clean trace the first faint samples are there to be seen, and little needs to be taken for granted; in noise
    the foot of the rise is hidden and has to be inferred.
    """
    hidden = np.log(_FAINT**-2 / loud) / np.log(_FAINT**-2 / _HIDDEN)
    return np.asarray(_RISE_SEEN + (_RISE - _RISE_SEEN) * np.clip(hidden, 0, 1), np.float32)


def _votes(ratio: Trace, mine: NDArray[np.bool_], last: NDArray[np.int32], loud: Trace, rise: Trace) -> Trace:
    """Return the summed votes for an onset at each sample.

    `ratio` is the power where quiet is 1, nothing outside the run (`mine`, up to the sample `last`); `loud` is that of
    full activity, `rise` the samples it takes to get there.
    """
    full = ratio * (1 - 1 / loud)
    full -= np.log(loud)
    full *= mine
    total = np.ascontiguousarray(full[:, ::-1].cumsum(axis=1)[:, ::-1])
    # On the way up a sample votes with the power it should have by then instead of with full power.
    steps = np.arange(max(int(np.ceil(rise.max())), 1), dtype=np.float32)
    rising = 1 + (loud - 1) * np.sin(np.float32(np.pi / 2) * np.minimum((steps + np.float32(0.5)) / rise, 1)) ** 2
    gain, cost = 1 / loud - 1 / rising, np.log(loud / rising)
    milder = np.empty_like(ratio)
    for step in range(steps.size):
        count = ratio.shape[1] - step
        np.multiply(gain[:, step : step + 1], ratio[:, step:], out=milder[:, :count])
        total[:, :count] += milder[:, :count]
    costs = np.concatenate([np.zeros((len(loud), 1), np.float32), cost.cumsum(axis=1)], axis=1)
    left = np.clip(last + 1 - np.arange(ratio.shape[1], dtype=np.int32), 0, steps.size).astype(np.intp)
    total += np.take_along_axis(costs, left, axis=1)
    total *= np.float32(0.5 / _ALIKE)
    return np.asarray(total)


def _windows(trace: Trace, centres: Samples, first: Samples, fs: float) -> Trace:
    """Return the samples around each centre, with what `_power` needs on either side of the reach.

    What lies before `first` belongs to another burst; the sample there stands in for it.
    """
    half, reach = _half(fs), round(_REACH * fs)
    wide = centres[:, None] + np.arange(-2 * _width(fs) - half - reach, reach + half + 1)
    return np.asarray(trace.take(np.maximum(wide, first[:, None]), mode="clip"))


def _power(windows: Trace, fs: float) -> Trace:
    """Return the power of each sample less the straight line through the 10 ms before it, as in the envelope."""
    half, width = _half(fs), _width(fs)
    smooth = windows
    if half:
        inner = windows.shape[1] - 2 * half
        smooth = _NEIGHBOURS[half] * windows[:, half : half + inner]
        for lag in range(half):
            weight = np.float32(_NEIGHBOURS[lag])
            smooth += weight * (windows[:, lag : lag + inner] + windows[:, 2 * half - lag : 2 * half - lag + inner])
    means = box_sums(smooth, width) / np.float32(width)
    left = smooth[:, 2 * width :] - 1.5 * means[:, width:-1] + 0.5 * means[:, : -width - 1]
    left *= left
    return np.asarray(left)


def _half(fs: float) -> int:
    return len(_NEIGHBOURS) // 2 if fs >= 1500 else 0


def _width(fs: float) -> int:
    return max(round(BASELINE * fs), 3)

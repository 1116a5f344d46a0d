"""Jerk-locked back-averaging: what the brain does in the moments before each jerk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .._told import BadValueError
from ._estimate import UNKNOWN, Estimate
from ._filters import Floats, Trace, box_sums, product, why_unusable
from .recording import Recording

#: Fewer jerks than this give no average; below the second it comes with a warning. 50 to 200 are in use (EPP013).
FEWEST_JERKS, ENOUGH_JERKS = 10, 50
#: Jerks are summed in up to this many groups, and the groups are resampled; with fewer jerks each is its own group.
_GROUPS = 50
_SURROGATE_RATE = 500.0
_DRAWS = 200
#: A peak is placed by the parabola through this much (s) on either side; a cortical spike is some 15 ms wide.
_PARABOLA = 0.003


@dataclass(frozen=True, slots=True, eq=False)
class BackAverage:
    """The averages of the channels around the events.

    `times` (s, 0 is the event), `mean` (channels x times, in `units`), `limit` (channels: averages around random times
    stay below it, in all channels together, in 95 of 100 cases), `peak` (channels: latency in seconds of the largest
    excursion in the search window), `amplitude` (channels, at the peak) and `significant` (channels: beyond the limit).
    `events` were averaged. `problem` is empty or says why there is no answer.

    Examples
    --------
    >>> from myoteach.signals import Channel
    >>> data = np.random.default_rng(0).normal(0, 5, (1, 30_000)).astype(np.float32)
    >>> data[0, 980:30_000:500] += 30  # 20 ms before each event
    >>> found = back_average(Recording(data, 1000.0, (Channel("C3", "eeg", "uV"),)), np.arange(1, 29, 0.5))
    >>> found.largest, round(found.latency("C3").value, 3)
    ('C3', -0.02)
    """

    channels: tuple[str, ...]
    units: tuple[str, ...]
    times: Floats
    mean: Floats
    limit: Floats
    peak: tuple[Estimate, ...]
    amplitude: Floats
    significant: NDArray[np.bool_]
    events: int
    problem: str = ""
    note: str = ""

    def latency(self, channel: str) -> Estimate:
        """Return the latency of the peak of one channel in seconds; negative is before the event.

        Parameters
        ----------
        channel
            A name; one of `channels`.
        """
        return self.peak[self.channels.index(channel)]

    @property
    def largest(self) -> str:
        """The channel with the largest excursion."""
        return self.channels[int(np.argmax(np.abs(self.amplitude)))] if self.amplitude.size else ""


def back_average(
    recording: Recording,
    events: Sequence[float] | Floats,
    channels: str | Sequence[str] | None = None,
    *,
    before: float = 0.2,
    after: float = 0.2,
    search: tuple[float, float] = (-0.1, 0.0),
    surrogates: int = 200,
    seed: int = 0,
) -> BackAverage:
    """Average channels around events and say what of it could not be chance.

    Parameters
    ----------
    recording
        With EEG channels, or name others.
    events
        Onsets of the jerks in seconds, for example ``bursts(recording)["APB_R"].onset``.
    channels
        A name, several, or None for all EEG channels.
    before, after
        What is averaged around each event (s). For a Bereitschaftspotential take 2.5 s before and search from -2 s.
    search
        Where the peak is looked for (s); after the event the brain hears from the moving limb.
    surrogates
        Averages around as many random times as there were events that make the limit; 0 for none (quicker).
    seed
        For the random times and for the resampling behind the interval of the latency.

    Raises
    ------
    KeyError
        When there is no such channel.
    ValueError
        When the window is empty or the search window is outside it.

    Examples
    --------
    >>> from myoteach.signals.recording import Channel
    >>> rng = np.random.default_rng(0)
    >>> eeg, at = rng.normal(0, 5, (1, 60_000)).astype(np.float32), np.arange(1, 59, 0.5)
    >>> for event in at:
    ...     eeg[0, int(event * 1000) - 20] += 30
    >>> found = back_average(Recording(eeg, 1000.0, (Channel("C3", "eeg", "uV"),)), at)
    >>> round(found.latency("C3").value, 3), bool(found.significant[0])
    (-0.02, True)
    """
    if before + after <= 0 or not -before <= search[0] < search[1] <= after:
        raise BadValueError(f"The search window {search} must lie inside the average, from {-before:g} to {after:g} s.")
    names = (
        recording.of_kind("eeg") if channels is None else (channels,) if isinstance(channels, str) else tuple(channels)
    )
    rows = [recording.index(name) for name in names]
    low, high = -round(before * recording.fs), round(after * recording.fs) + 1
    at = inside(np.asarray(events, np.float64), recording, low, high)
    problem = _problem(recording, rows, at.size)
    if problem:
        return _no_answer(recording, rows, at.size, problem)
    data = recording.data if rows == list(range(len(recording.data))) else recording.data[rows]
    sums = locked_sums(data, at, low, high)
    mean = sums.sum(axis=0, dtype=np.float64) / at.size
    mean -= mean[:, : _base(high - low)].mean(axis=1, keepdims=True)
    times = np.arange(low, high) / recording.fs
    looked = np.flatnonzero((times >= search[0]) & (times <= search[1]))
    step = max(int(recording.fs // _SURROGATE_RATE), 1)
    limit = _limit(data, at.size, (high - low, looked), step, surrogates=surrogates, seed=seed)
    largest = np.abs(box_sums(mean[:, looked].astype(np.float32), step) / step).max(axis=1)
    beyond = ~(largest <= limit)  # without a limit, all
    peak = _latencies(sums[:, beyond], at.size, looked, first=low, fs=recording.fs, seed=seed)
    height = mean[np.arange(len(rows)), looked[0] + np.abs(mean[:, looked]).argmax(axis=1)]
    note = "" if at.size >= ENOUGH_JERKS else f"Only {at.size} jerks; {ENOUGH_JERKS} to 200 are usual."
    units = tuple(recording.channels[row].unit for row in rows)
    known = iter(peak)
    peak = tuple(next(known) if is_beyond else UNKNOWN for is_beyond in beyond)
    return BackAverage(names, units, times, mean, limit, peak, height, largest > limit, at.size, note=note)


def inside(events: Floats, recording: Recording, low: int, high: int) -> NDArray[np.intp]:
    """Return the samples of the events around which the recording reaches from `low` to `high` samples."""
    at = np.rint(events[np.isfinite(events)] * recording.fs).astype(np.intp)
    return np.asarray(at[(at + low >= 0) & (at + high <= recording.data.shape[1])])


def locked_sums(data: Trace, at: NDArray[np.intp], low: int, high: int) -> Trace:
    """Return the sums of the samples around the events, in groups of neighbours (groups x channels x window).

    Each sample is touched once, in single precision; a group is so small that its rounding stays below a part in a
    million.
    """
    groups = np.array_split(at, max(min(at.size, _GROUPS), 1))
    sums = np.zeros((len(groups), data.shape[0], high - low), np.float32)
    for row, group in enumerate(groups):
        for event in group:
            sums[row] += data[:, event + low : event + high]
    return sums


def locked_mean(data: Trace, at: NDArray[np.intp], low: int, high: int) -> Floats:
    """Return the mean of the samples around each event (channels x window)."""
    return np.asarray(locked_sums(data, at, low, high).sum(axis=0, dtype=np.float64) / max(at.size, 1))


def _problem(recording: Recording, rows: list[int], events: int) -> str:
    if not rows:
        return "There is no EEG channel to average."
    if events < FEWEST_JERKS:
        return (
            f"{events} jerks are too few to average; at least {FEWEST_JERKS} are needed, {ENOUGH_JERKS} to 200 usual."
        )
    return " ".join(filter(None, (why_unusable(recording, row, 200.0) for row in rows)))


def _no_answer(recording: Recording, rows: list[int], events: int, problem: str) -> BackAverage:
    names = tuple(recording.channels[row].name for row in rows)
    units = tuple(recording.channels[row].unit for row in rows)
    empty, unknown = np.zeros((len(rows), 0)), np.full(len(rows), np.nan)
    none = np.zeros(len(rows), bool)
    return BackAverage(
        names, units, np.zeros(0), empty, unknown, (UNKNOWN,) * len(rows), unknown, none, events, problem
    )


def _limit(
    data: Trace, events: int, window: tuple[int, NDArray[np.intp]], step: int, *, surrogates: int, seed: int
) -> Floats:
    """Return the height that averages around random times stay below, in all channels together, in 95 of 100 cases.

    One set of random times, moved along, gives an average at every shift: the correlation of the recording with a train
    of impulses, a few Fourier transforms instead of a thousand averages. A long recording is cut into parts, each moved
    within itself, no longer than so many averages need.
    """
    if surrogates == 0:
        return np.full(len(data), np.nan)
    length, looked = window[0] // step, np.unique(window[1] // step)
    looked = looked[looked < length]
    parts = _in_parts(_thinned(data, step), surrogates * length)
    count, size = parts.shape[1:]
    spectrum = np.fft.rfft(parts - parts.mean(axis=2, keepdims=True), axis=2)
    rng, per_train = np.random.default_rng(seed), max(size // length, 1)
    found = []
    for _ in range(-(-surrogates // per_train)):
        train = np.bincount(rng.integers(0, count * size, events), minlength=count * size).astype(np.float32)
        matched = (spectrum * np.fft.rfft(train.reshape(count, size), axis=1).conj()).sum(axis=1)
        means = np.fft.irfft(matched, size, axis=1) / events
        epochs = means[:, : per_train * length].reshape(len(data), per_train, length)
        base = epochs[:, :, : _base(length)].mean(axis=2, keepdims=True)
        found.append(np.abs(epochs[:, :, looked] - base).max(axis=2))
    heights = np.concatenate(found, axis=1)[:, :surrogates]
    usual = np.maximum(np.median(heights, axis=1, keepdims=True), 1e-30)
    return np.asarray(usual[:, 0] * np.percentile((heights / usual).max(axis=0), 95), np.float64)


def _thinned(data: Trace, step: int) -> Trace:
    """Average neighbouring samples."""
    whole = data.shape[1] // step * step
    thinned = data[:, :whole:step].copy()
    for shift in range(1, step):
        thinned += data[:, shift:whole:step]
    thinned /= np.float32(step)
    return thinned


def _in_parts(data: Trace, wanted: int) -> Trace:
    """Cut into parts (channels x parts x samples) a little longer than `wanted`, of a length that transforms fast."""
    count = max(int(data.shape[1] / (1.05 * wanted)), 1)
    size = _smooth_size(data.shape[1] // count)
    return data[:, : count * size].reshape(len(data), count, size)


def _smooth_size(size: int) -> int:
    """Return the largest number up to `size` that has no factors but 2, 3 and 5."""
    while True:
        rest = size
        for factor in (2, 3, 5):
            while rest % factor == 0 and rest > 1:
                rest //= factor
        if rest <= 1:
            return size
        size -= 1


def _latencies(
    sums: Trace, events: int, looked: NDArray[np.intp], *, first: int, fs: float, seed: int
) -> tuple[Estimate, ...]:
    """Return where the average of each channel peaks (s), with the interval that resampling the jerks gives."""
    inside = sums[:, :, looked] - sums[:, :, : _base(sums.shape[2])].mean(axis=2, keepdims=True)
    counts = np.array([group.size for group in np.array_split(np.arange(events), len(sums))])
    drawn = np.random.default_rng(seed).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), _DRAWS)
    weights = np.vstack([np.ones(len(sums)), drawn]).astype(np.float32)
    weights /= (weights @ counts)[:, None]
    found = []
    for channel in inside.swapaxes(0, 1):
        means = product(weights, channel)
        sign = np.sign(means[0, np.abs(means[0]).argmax()])
        places = (first + looked[0] + tops(sign * means, max(round(_PARABOLA * fs), 1))) / fs
        low, high = np.percentile(places[1:], (2.5, 97.5))
        found.append(Estimate(float(places[0]), float(low), float(high), events))
    return tuple(found)


def _base(size: int) -> int:
    """Return how many samples at the start of a window are the baseline: a fifth."""
    return max(size // 5, 1)


def tops(means: Floats, reach: int) -> Floats:
    """Return the place of the maximum of each row, from the parabola through `reach` samples on either side.

    Examples
    --------
    >>> tops(-((np.arange(20.0) - 7.3) ** 2)[None], 2).round(3).tolist()
    [7.3]
    """
    best = means.argmax(axis=1)
    middle = np.clip(best, reach, max(means.shape[1] - reach - 1, reach))
    steps = np.arange(-reach, reach + 1)
    if means.shape[1] < steps.size:
        return np.asarray(best, np.float64)
    near = np.take_along_axis(means, middle[:, None] + steps, axis=1)
    squares = steps**2 - np.mean(steps**2)
    slope, bend = near @ steps / (steps @ steps), near @ squares / (squares @ squares)
    shift = np.where(bend < 0, -slope / np.where(bend < 0, 2 * bend, 1), 0.0)
    return np.asarray(middle + np.clip(shift, -reach, reach))

"""Find bursts of muscle activity and say when each began, how long it lasted and how large it was.

Two steps. A smoothed power trace shows *that* there is a burst; `_edges` then places each edge where the samples stop
looking like quiet. A smoothed trace alone would shorten a 31 ms burst by a third or double it, and the 45 ms rule hangs
on that.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .._told import UnknownNameError
from ._edges import Edges, Runs, Samples, place_edges, quiet_power
from ._envelope import HIGHEST, mean_power
from ._filters import Floats, Trace, thin, what_is_clipped, why_unusable, without_mains
from ._heart import Beats, recorded_beats, suspected_beats, without_heart
from .recording import Recording

#: Standard deviations above the quiet level, on a scale on which the power of noise is about normal.
_ABOVE = 7.0
#: The quiet level is taken afresh in every stretch of this length (s), since electrodes dry and muscles tire.
_STRETCH = 10.0
#: The final limit may lie this far above the first one (on the scale of the cube root of the power).
_CAP = 1.25
#: Bursts (root mean square) less than this many times the noise have edges that cannot be trusted.
_CLEAR = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class ChannelBursts:
    """The bursts of one channel; one entry per burst in each array.

    Times are in seconds, `amplitude` (root mean square inside the burst), `peak` (largest excursion) and `noise` (quiet
    level) in `unit`. `onset_sd` and `offset_sd` say how well each edge is known. `problem` is empty, or says why there
    is no answer; `note` says what to keep in mind.

    Examples
    --------
    >>> from myoteach.signals import simulate
    >>> found = bursts(simulate("cortical_action", seconds=10, seed=1, eeg=False))["APB_R"]
    >>> bool((found.offset > found.onset).all())
    True
    """

    channel: str
    unit: str
    onset: Floats
    duration: Floats
    amplitude: Floats
    peak: Floats
    onset_sd: Floats
    offset_sd: Floats
    noise: float
    problem: str = ""
    note: str = ""
    sign: int = 1

    @property
    def offset(self) -> Floats:
        """The end of each burst."""
        return self.onset + self.duration

    def __len__(self) -> int:
        return self.onset.size


@dataclass(frozen=True, slots=True, eq=False)
class Bursts:
    """The bursts of a recording, by channel.

    Examples
    --------
    >>> import numpy as np
    >>> from myoteach.signals.recording import Channel, Recording
    >>> rng = np.random.default_rng(1)
    >>> trace = rng.normal(0, 2, (1, 20_000)).astype(np.float32)
    >>> trace[0, 10_000:10_060] += 100 * rng.standard_normal(60)
    >>> found = bursts(Recording(trace, 2000.0, (Channel("APB", "emg", "uV"),)))["APB"]
    >>> [round(float(found.onset[0]), 2), round(float(found.duration[0]), 2)]
    [5.0, 0.03]
    """

    channels: tuple[ChannelBursts, ...]

    def __getitem__(self, name: str) -> ChannelBursts:
        for channel in self.channels:
            if channel.channel == name:
                return channel
        raise UnknownNameError(f"No bursts were looked for in {name!r}, only in {', '.join(self.names)}.")

    def __iter__(self) -> Iterator[ChannelBursts]:
        return iter(self.channels)

    def __len__(self) -> int:
        return sum(len(channel) for channel in self.channels)

    @property
    def names(self) -> tuple[str, ...]:
        """The channels that were looked at."""
        return tuple(channel.channel for channel in self.channels)

    @property
    def problem(self) -> str:
        """Why channels gave no answer."""
        return " ".join(channel.problem for channel in self.channels if channel.problem)


def bursts(
    recording: Recording,
    channel: str | Sequence[str] | None = None,
    *,
    shortest: float = 0.005,
    gap: float = 0.016,
    weakest: float = 0.1,
) -> Bursts:
    """Find the bursts in one channel, in several, or in all EMG channels.

    Parameters
    ----------
    recording
        Any unit and any rate from 500 Hz; the quiet level is learnt from the trace itself.
    channel
        A name, several, or None for every channel of the kind ``emg``.
    shortest
        Bursts shorter than this (s) are left out; a single motor unit lasts 5 to 15 ms.
    gap
        Pieces closer than this (s) are one burst: in weak contraction the potentials of single units leave such gaps,
        and for trains of one unit (myokymia) it should be 0.05. Gaps below 15 ms are never seen, so repetitive cortical
        bursts that begin about 20 ms apart (EPP007) count as one. Slow voluntary contractions need 0.3.
    weakest
        Bursts below this share of the usual size are left out, as murmur between the jerks; 0 keeps everything. A
        muscle that is not at rest may need 0.2, which may cost the faintest jerks.

    Raises
    ------
    KeyError
        When there is no such channel.

    Examples
    --------
    >>> from myoteach.signals import simulate
    >>> found = bursts(simulate("cortical_action", seconds=10, seed=1, eeg=False), "APB_R")["APB_R"]
    >>> found.onset.size > 0, bool((found.duration < 0.1).all())
    (True, True)
    """
    names = recording.of_kind("emg") if channel is None else (channel,) if isinstance(channel, str) else tuple(channel)
    beats = recorded_beats(recording)
    searched = [_search(recording, recording.index(name), beats) for name in names]
    fs = recording.fs / (int(recording.fs / HIGHEST) + 1)
    edges = iter(place_edges([search.runs for search in searched if search.runs], fs))
    return Bursts(
        tuple(
            _measured(search, search.runs, next(edges), fs, shortest=shortest, gap=gap, weakest=weakest)
            if search.runs
            else _no_answer(search)
            for search in searched
        )
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """Where one channel stands between the two steps."""

    name: str
    unit: str
    problem: str
    note: str = ""
    runs: Runs | None = None


def _search(recording: Recording, row: int, beats: Beats | None) -> _Search:
    """Find the stretches of one channel that stand out of the quiet."""
    name, unit, trace = recording.channels[row].name, recording.channels[row].unit, recording.data[row]
    problem = why_unusable(recording, row)
    if problem:
        return _Search(name, unit, problem)
    notes = [what_is_clipped(name, trace)]
    trace, fs = thin(trace, recording.fs, HIGHEST)
    clean = without_mains(trace, fs)
    if beats:
        clean = without_heart(clean, fs, beats)
    runs = _runs(clean, fs)
    seen = None if beats else suspected_beats(clean, fs, runs.start, runs.end)
    if seen:
        notes.append(f"{name}: {seen.times.size} heartbeats were taken out.")
        runs = _runs(without_heart(clean, fs, seen), fs)
    return _Search(name, unit, "", " ".join(filter(None, notes)), runs)


def _no_answer(search: _Search) -> ChannelBursts:
    none = np.zeros(0)
    return ChannelBursts(search.name, search.unit, none, none, none, none, none, none, float("nan"), search.problem)


def _runs(trace: Trace, fs: float) -> Runs:
    """Return the stretches in which the smoothed power is above its limit."""
    envelope, step = mean_power(trace, fs)
    quiet, limit = _levels(envelope, fs / step)
    length = -(-envelope.size // limit.size)
    above = np.zeros(envelope.size + 2, np.int8)
    for stretch, height in enumerate(limit):
        part = slice(stretch * length, (stretch + 1) * length)
        above[1:-1][part] = envelope[part] > height
    steps = np.diff(above)
    start, past = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    usual = envelope[::7]
    scale = quiet_power(trace, fs) / max(float(np.partition(usual, usual.size // 2)[usual.size // 2]), 1e-30)
    noise = _noise(trace, above[1:-1], step)
    return Runs(trace, start * step, np.minimum(past * step, trace.size) - 1, quiet[start // length] * scale, noise)


def _noise(trace: Trace, above: NDArray[np.int8], step: int) -> float:
    """Return the standard deviation of the quiet, from neighbours 2 ms apart, so that slow waves do not count."""
    points = trace[::step]
    count = min(points.size, above.size) // 4 * 4
    calm = (above[:count:4] + above[1:count:4]) == 0
    change = (points[1:count:4] - points[:count:4])[calm]
    return float(change.std() / np.sqrt(2)) if change.size > 10 else float("nan")


def _levels(envelope: Trace, fs: float) -> tuple[Floats, Floats]:
    """Return the quiet power and the limit above it, in every stretch.

    The 5th and the 15th percentile give a first limit, so a trace may be active three quarters of the time; what lies
    below that gives the last one. The cube root of a mean power is nearly normal (Wilson and Hilferty).
    """
    sampled = envelope[:: max(round(0.006 * fs), 1)]
    count = max(round(envelope.size / fs / _STRETCH), 1)
    length = sampled.size // count
    ordered = np.sort(sampled[: length * count].reshape(count, length), axis=1)
    floor = 1e-4 * float(np.cbrt(ordered[:, -1].max())) + 1e-30
    low, high = _root(ordered[:, int(0.05 * length)]), _root(ordered[:, int(0.15 * length)])
    spread = np.maximum((high - low) / 0.608, floor)  # percentiles of a normal distribution: -1.645 and -1.036
    first = high + (1.036 + _ABOVE) * spread
    calm = (ordered < (first**3)[:, None]).sum(axis=1)
    rows = np.arange(count)
    middle, upper = _root(ordered[rows, calm // 2]), _root(ordered[rows, (0.85 * calm).astype(np.intp)])
    # A tremor leaves so little quiet that its own flanks would count as quiet, hence the cap.
    level = np.minimum(middle, high + 1.5 * spread)
    limit = np.clip(middle + _ABOVE * np.maximum(upper - middle, floor) / 1.036, first, _CAP * first)
    return level**3 + 3 * level * spread**2, limit**3


def _root(power: Trace) -> Floats:
    return np.cbrt(power).astype(np.float64)


def _measured(
    search: _Search, runs: Runs, edges: Edges, fs: float, *, shortest: float, gap: float, weakest: float
) -> ChannelBursts:
    """Join what belongs together, drop what is too short, and measure the rest."""
    apart = edges.first[1:] - edges.past[:-1] >= gap * fs
    opens = np.append(True, apart)[: edges.first.size]
    closes = np.append(apart, True)[apart.size + 1 - edges.first.size :] if edges.first.size else opens
    first, past = edges.first[opens], edges.past[closes]
    kept = past - first >= shortest * fs
    first, past = first[kept], past[kept]
    amplitude, peak = _sizes(first.astype(np.intp), past.astype(np.intp), runs.trace)
    strays = _strays(amplitude, (past - first) / fs, weakest)
    onset_sd, offset_sd = edges.first_sd[opens][kept] / fs, edges.past_sd[closes][kept] / fs
    found = (first / fs, (past - first) / fs, amplitude, peak, onset_sd, offset_sd)
    onset, duration, amplitude, peak, onset_sd, offset_sd = (values[~strays] for values in found)
    notes = [search.note, _what_is_stray(search.name, strays), _what_is_noisy(search.name, amplitude, runs.noise)]
    return ChannelBursts(
        search.name, search.unit, onset, duration, amplitude, peak, onset_sd, offset_sd, runs.noise,
        note=" ".join(filter(None, notes)),
    )  # fmt: skip


def _strays(amplitude: Floats, duration: Floats, weakest: float) -> NDArray[np.bool_]:
    """Return which bursts are but the murmur between the others: brief, and small beside them.

    The size of the others is that which half of the energy reaches: single potentials of a muscle that is not quite at
    rest may outnumber the jerks by far, so no percentile of the counts would do.
    """
    if not amplitude.size:
        return np.zeros(0, bool)
    order = np.argsort(amplitude)
    energy = np.cumsum((amplitude**2 * duration)[order])
    usual = amplitude[order][np.searchsorted(energy, energy[-1] / 2)]
    single = (amplitude < 0.25 * usual) & (duration < 0.015)
    return np.asarray((single | (amplitude < weakest * usual)) & (weakest > 0))


def _what_is_stray(name: str, strays: NDArray[np.bool_]) -> str:
    return f"{name}: {strays.sum()} brief or weak pieces were left out." if strays.any() else ""


def _what_is_noisy(name: str, amplitude: Floats, noise: float) -> str:
    """Say when the bursts stand so little out of the noise that their edges cannot be trusted."""
    if not amplitude.size or np.median(amplitude) > _CLEAR * noise:
        return ""
    times = np.median(amplitude) / noise
    return f"{name}: the bursts are only {times:.1f} times as large as the noise; their edges are uncertain."


def _sizes(first: Samples, past: Samples, clean: Trace) -> tuple[Floats, Floats]:
    """Return root mean square and largest excursion inside each burst."""
    if not first.size:
        return np.zeros(0), np.zeros(0)
    length = np.minimum(past, clean.size) - first
    begin = np.append(0, length.cumsum()[:-1])
    inside = np.abs(clean[np.repeat(first - begin, length) + np.arange(length.sum())])
    peak = np.maximum.reduceat(inside, begin)
    inside *= inside
    return np.sqrt(np.add.reduceat(inside, begin) / length).astype(np.float64), peak.astype(np.float64)

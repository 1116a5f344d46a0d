"""Find lapses in a steady contraction: the silent periods of negative myoclonus and asterixis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .._told import UnknownNameError
from ._edges import Edges, Runs, place_edges, quiet_power
from ._envelope import HIGHEST, mean_power
from ._filters import Floats, Trace, box_sums, thin, what_is_clipped, why_unusable, without_mains
from .recording import Recording

#: The quietest stretch has less than the first share of the steady power, or there is no lapse; above the second, noise
#: fills the lapses so far that their edges are lost.
_CONTRAST, _FILLED = 0.15, 0.06
#: The limit between steady and silent lies between these shares of the steady power.
_LIMITS = (0.02, 0.25)
#: A silence counts as following a burst when the power just before it was this many times the steady one.
_BURST = 4.0
_JUST_BEFORE = 0.05
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class ChannelSilences:
    """The silent periods of one channel; one entry per lapse in each array.

    Times are in seconds; `depth` is the share of the amplitude that is lost, `after_burst` whether a burst came just
    before, which the definition of negative myoclonus excludes (EPP069). `background` is the steady amplitude (root
    mean square) in `unit`. `problem` is empty, or says why there is no answer; `note` says what to keep in mind.
    """

    channel: str
    unit: str
    onset: Floats
    duration: Floats
    depth: Floats
    after_burst: NDArray[np.bool_]
    onset_sd: Floats
    offset_sd: Floats
    background: float
    problem: str = ""
    note: str = ""
    sign: int = -1

    def __len__(self) -> int:
        return self.onset.size


@dataclass(frozen=True, slots=True, eq=False)
class Silences:
    """The silent periods of a recording, by channel.

    Examples
    --------
    >>> trace = np.random.default_rng(0).normal(0, 60, (1, 20_000)).astype(np.float32)
    >>> from myoteach.signals import Channel
    >>> silent_periods(Recording(trace, 2000.0, (Channel("ECR", "emg", "uV"),))).problem
    ''
    """

    channels: tuple[ChannelSilences, ...]

    def __getitem__(self, name: str) -> ChannelSilences:
        for channel in self.channels:
            if channel.channel == name:
                return channel
        names = ", ".join(channel.channel for channel in self.channels)
        raise UnknownNameError(f"No silent periods were looked for in {name!r}, only in {names}.")

    def __iter__(self) -> Iterator[ChannelSilences]:
        return iter(self.channels)

    def __len__(self) -> int:
        return sum(len(channel) for channel in self.channels)

    @property
    def problem(self) -> str:
        """Why channels gave no answer."""
        return " ".join(channel.problem for channel in self.channels if channel.problem)


def silent_periods(
    recording: Recording,
    channel: str | Sequence[str] | None = None,
    *,
    shortest: float = 0.030,
    longest: float = 0.5,
) -> Silences:
    """Find the lapses in the steady contraction of one channel, of several, or of all EMG channels.

    Parameters
    ----------
    recording
        A recording in which the muscle holds a steady contraction; a resting muscle has no silence to show.
    channel
        A name, several, or None for every channel of the kind ``emg``.
    shortest, longest
        In seconds. Asterixis is said to last 35 to 200 ms (EPP071); by definition a silent period is below 500 ms
        (EPP073).

    Raises
    ------
    KeyError
        When there is no such channel.

    Examples
    --------
    >>> from myoteach.signals.recording import Channel
    >>> trace = np.random.default_rng(0).normal(0, 60, (1, 20_000)).astype(np.float32)
    >>> trace[0, 10_000:10_200] /= 30
    >>> found = silent_periods(Recording(trace, 2000.0, (Channel("ECR", "emg", "uV"),)))["ECR"]
    >>> found.onset.round(2).tolist(), found.duration.round(2).tolist()
    ([5.0], [0.1])
    """
    names = recording.of_kind("emg") if channel is None else (channel,) if isinstance(channel, str) else tuple(channel)
    return Silences(tuple(_in_channel(recording, recording.index(name), shortest, longest) for name in names))


@dataclass(frozen=True, slots=True)
class _View:
    """One channel without mains: the trace, its smoothed power every `step` samples, and two levels of that power."""

    trace: Trace
    fs: float
    power: Trace
    step: int
    steady: float
    silent: float

    @classmethod
    def of(cls, trace: Trace, fs: float, shortest: float) -> _View:
        """Look at a trace; the silent level is that of the quietest stretch as long as the shortest silence."""
        thinned, fs = thin(trace, fs, HIGHEST)
        clean = without_mains(thinned, fs)
        power, step = mean_power(clean, fs)
        bins = _bins(shortest, fs, step)
        silent = max(float(box_sums(power, bins).min()) / bins, 1e-12 * float(power.max()))
        return cls(clean, fs, power, step, float(np.median(power)), silent)

    @property
    def below(self) -> NDArray[np.bool_]:
        """Where the power is nearer to silence than to the steady contraction."""
        limit = np.clip(np.sqrt(self.steady * self.silent), _LIMITS[0] * self.steady, _LIMITS[1] * self.steady)
        return np.asarray(self.power < limit)


def _bins(shortest: float, fs: float, step: int) -> int:
    """Return how many values of the power a shortest silence holds that are free of its surroundings."""
    return max(round(shortest * fs / step) - 4, 1)


def _in_channel(recording: Recording, row: int, shortest: float, longest: float) -> ChannelSilences:
    name, unit = recording.channels[row].name, recording.channels[row].unit
    problem = why_unusable(recording, row)
    if problem:
        return _nothing(name, unit, problem=problem)
    view = _View.of(recording.data[row], recording.fs, shortest)
    if view.silent > _CONTRAST * view.steady:
        return _nothing(name, unit, note=f"{name}: no silent period; if the muscle was at rest there is none to see.")
    if view.silent > _FILLED * view.steady:
        why = f"{name}: too noisy; the quietest moments still have a quarter of the amplitude."
        return _nothing(name, unit, problem=why)
    if view.below.mean() > _MOSTLY:
        why = f"{name}: the muscle is silent most of the time; there is no steady contraction."
        return _nothing(name, unit, problem=why)
    runs = _active(view, _bins(shortest, view.fs, view.step))
    named = (name, unit, what_is_clipped(name, recording.data[row]))
    return _measured(named, view, place_edges([runs], view.fs)[0], (shortest, longest))


def _nothing(name: str, unit: str, problem: str = "", note: str = "") -> ChannelSilences:
    none = np.zeros(0)
    return ChannelSilences(name, unit, none, none, none, none.astype(bool), none, none, float("nan"), problem, note)


def _active(view: _View, shortest: int) -> Runs:
    """Return the stretches of activity between silences that may be long enough."""
    steps = np.diff(np.concatenate([[False], view.below, [False]]).astype(np.int8))
    start, past = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    lasting = (past - start >= shortest) & (start > 0) & (past < view.power.size)
    start, past = start[lasting] * view.step, past[lasting] * view.step
    size = view.trace.size
    first, last = np.append(0, past), np.minimum(np.append(start, size), size) - 1
    scale = quiet_power(view.trace, view.fs) / max(view.steady, 1e-30)
    return Runs(view.trace, first, last, np.full(first.size, view.silent * scale))


def _measured(named: tuple[str, str, str], view: _View, edges: Edges, limits: tuple[float, float]) -> ChannelSilences:
    """Return the gaps between active stretches that are as long as a silence may be."""
    name, unit, note = named
    onset, end = edges.past[:-1], edges.first[1:]
    length = (end - onset) / view.fs
    kept = (length >= limits[0]) & (length <= limits[1])
    long = np.count_nonzero(length > limits[1])
    onset, end, onset_sd, offset_sd = onset[kept], end[kept], edges.past_sd[:-1][kept], edges.first_sd[1:][kept]
    sums = np.append(0.0, np.cumsum(view.power, dtype=np.float64))
    inside = _mean(sums, onset / view.step + 2, end / view.step - 2) / view.steady
    before = _mean(sums, (onset - _JUST_BEFORE * view.fs) / view.step, onset / view.step - 2) / view.steady
    notes = [note, f"{name}: {long} pauses longer than {limits[1] * 1e3:.0f} ms were left out." if long else ""]
    return ChannelSilences(
        name, unit, onset / view.fs, (end - onset) / view.fs, 1 - np.sqrt(np.minimum(inside, 1)), before > _BURST,
        onset_sd / view.fs, offset_sd / view.fs, _amplitude(view.trace, onset, end), note=" ".join(filter(None, notes)),
    )  # fmt: skip


def _amplitude(trace: Trace, onset: Floats, end: Floats) -> float:
    """Return the root mean square of the trace outside the silences."""
    steady = np.ones(trace.size, bool)
    for first, past in zip(onset.astype(np.intp), end.astype(np.intp), strict=True):
        steady[first:past] = False
    return float(np.std(trace[steady]))


def _mean(sums: Floats, first: Floats, past: Floats) -> Floats:
    """Return means between bins, from running sums."""
    low = np.clip(np.rint(first), 0, sums.size - 2).astype(np.intp)
    high = np.clip(np.rint(past), low + 1, sums.size - 1).astype(np.intp)
    return np.asarray((sums[high] - sums[low]) / (high - low))

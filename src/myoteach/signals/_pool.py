"""The motor-unit pool: which units fire when, and the surface potential that their firing makes.

Sizes and recruitment thresholds are exponential over the pool [1]_. A motor-unit action potential is a mixture of the
first two Hermite-Gauss shapes, cut off smoothly so that it has a true beginning and a true end. Only two shapes in two
widths occur in a muscle, so the surface EMG is four trains of weighted impulses, each convolved once: the cost does not
grow with the number of discharges.

The median frequency of surface EMG is set by the shape of the potential, hardly by firing statistics (EPP111), so the
width of the shapes follows from the muscle's median frequency.

References
----------
.. [1] Fuglevand, Winter, Patla 1993, https://doi.org/10.1152/jn.1993.70.6.2470
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

UNITS = 100
RANGE = 30.0
#: Amplitude of the middle unit's potential in microvolt.
MIDDLE_UV = 28.0
#: Widths of a muscle's potentials relative to their mean; every second unit has the other one.
WIDTHS = np.array([0.85, 1.15])
#: Half-length of a potential in units of its width; from `_FLAT` on it is tapered to nothing.
HALF = 2.6
_FLAT = 2.1

_rank = np.arange(UNITS) / (UNITS - 1)
AMPLITUDE: Floats = MIDDLE_UV * RANGE ** (_rank - 0.5)
THRESHOLD: Floats = RANGE ** (_rank - 1.0)
#: What a unit's twitch adds to the force; all units together make 1.
FORCE: Floats = AMPLITUDE / AMPLITUDE.sum()
#: Samples that are convolved at a time.
_BLOCK = 2048
_PHASE = 2 * np.pi * (0.618034 * np.arange(UNITS) % 1.0)
_WIDTH_OF_UNIT = np.arange(UNITS) % 2
#: Units whose potentials start with a clear deflection, upward or downward, from the weakest to the strongest.
_UPWARD = np.flatnonzero(np.cos(_PHASE) > 0.5)
_DOWNWARD = np.flatnonzero(np.cos(_PHASE) < -0.5)
#: Steady firing: discharges a second at threshold, how many more at full drive, and how intervals vary.
_TONIC_RATE, _TONIC_RISE, _TONIC_CV = 8.0, 12.0, 0.15
#: Units that open and close a burst together.
_VOLLEY = 4


@dataclass(frozen=True, slots=True)
class Discharges:
    """Discharges of motor units: channel, time of the middle of the potential in seconds, and unit."""

    row: Ints
    time: Floats
    unit: Ints

    @classmethod
    def join(cls, parts: Sequence[Discharges]) -> Discharges:
        """Put several sets into one."""
        empty = Discharges(np.zeros(0, np.int64), np.zeros(0), np.zeros(0, np.int64))
        rows, times, units = zip(*((part.row, part.time, part.unit) for part in [empty, *parts]), strict=True)
        return cls(np.concatenate(rows), np.concatenate(times), np.concatenate(units))

    def keep(self, mask: NDArray[np.bool_]) -> Discharges:
        """Return those for which `mask` is true."""
        return Discharges(self.row[mask], self.time[mask], self.unit[mask])


def shapes(x: Floats) -> Floats:
    """Return the two shapes, each with peak 1, at `x` widths from their middle (2 x samples)."""
    bell = np.exp(-(x**2) / 2)
    taper = np.clip((HALF - np.abs(x)) / (HALF - _FLAT), 0, 1)
    window = np.sin(taper * np.pi / 2) ** 2
    return np.asarray(np.stack([-x * bell * np.exp(0.5), (1 - x**2) * bell]) * window)


@cache
def _median_at_width_one() -> float:
    """Return the median frequency, in cycles a width, of an average pool whose mean width is 1."""
    step, length = 1 / 32, 8192
    x = (np.arange(length) - length / 2) * step
    power = np.zeros(length // 2 + 1)
    for width in WIDTHS:
        power += (np.abs(np.fft.rfft(shapes(x / width))) ** 2).sum(0)
    total = np.cumsum(power)
    crossing = np.interp(total[-1] / 2, total, np.arange(len(total)))
    return float(crossing / (length * step))


def width_for(median_hz: float) -> float:
    """Return the mean width in seconds of the potentials in a muscle with this median frequency."""
    return _median_at_width_one() / median_hz


def half_lengths(widths: Floats, units: Ints) -> Floats:
    """Return half the visible length in seconds of the potentials of these units in muscles with these widths."""
    return np.asarray(HALF * widths * WIDTHS[_WIDTH_OF_UNIT[units]])


def longest(widths: Floats) -> Floats:
    """Return the length in seconds of the longest potential in muscles with these widths."""
    return np.asarray(2 * HALF * widths * WIDTHS.max())


@dataclass(frozen=True, slots=True)
class BurstTable:
    """Bursts (or lapses) in all channels: row, onset and duration in seconds, `gain` relative to the kind's usual."""

    row: Ints
    onset: Floats
    duration: Floats
    gain: Floats
    jerk: Ints

    @property
    def end(self) -> Floats:
        """Ends in seconds."""
        return self.onset + self.duration

    def take(self, which: NDArray[np.bool_] | Ints) -> BurstTable:
        """Return some of the bursts."""
        return BurstTable(self.row[which], self.onset[which], self.duration[which], self.gain[which], self.jerk[which])


@dataclass(frozen=True, slots=True)
class _Blocks:
    """How trains are cut: `count` blocks of `step` samples at rate `fs`, with room for half a kernel, `pad`, before."""

    count: int
    step: int
    pad: int
    fs: float

    @property
    def length(self) -> int:
        return self.count * self.step


def potentials(discharges: Discharges, widths: Floats, samples: int, fs: float) -> NDArray[np.float32]:
    """Return the surface EMG of all channels in microvolt (channels x samples).

    Parameters
    ----------
    discharges
        What fired.
    widths
        Mean width of a potential in each channel in seconds, see `width_for`.
    samples, fs
        Length and rate of the result.
    """
    pad = int(np.ceil(longest(widths).max() * fs / 2)) + 2
    step = _BLOCK - 2 * pad
    count = -(-(samples + 2 * pad) // step)
    trains, busy = _trains(discharges, len(widths), _Blocks(count, step, pad, fs))
    out = np.empty((len(widths), samples), np.float32)
    for row, width in enumerate(widths):
        out[row] = _convolve(trains[:, row], busy[row], _kernels(width, pad, fs))[2 * pad : 2 * pad + samples]
    return out


def _trains(discharges: Discharges, rows: int, blocks: _Blocks) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """Return the impulse trains in blocks (4 kernels x rows x blocks x step), and which blocks hold any.

    The kernels are shape 1 and 2 of the narrow, then of the wide potentials; sample 0 lies `pad` before the recording.
    """
    place = discharges.time * blocks.fs + blocks.pad
    inside = (place >= 0) & (place < blocks.length - 1)
    kept, place = discharges.keep(inside), place[inside]
    index = place.astype(np.int64)
    late = place - index
    trains = np.zeros((4, rows, blocks.length), np.float32)
    flat = trains.reshape(-1)
    base = (2 * _WIDTH_OF_UNIT[kept.unit] * rows + kept.row) * blocks.length + index
    for shape, part in enumerate((np.cos(_PHASE), np.sin(_PHASE))):
        weight = (AMPLITUDE * part)[kept.unit]
        start = base + shape * rows * blocks.length
        # A discharge between two samples is shared between them, so that onsets stay true at low rates.
        np.add.at(flat, start, (weight * (1 - late)).astype(np.float32))
        np.add.at(flat, start + 1, (weight * late).astype(np.float32))
    busy = np.zeros((rows, blocks.count), bool)
    busy[kept.row, index // blocks.step] = busy[kept.row, (index + 1) // blocks.step] = True
    return trains.reshape(4, rows, blocks.count, blocks.step), busy


def _kernels(width: float, pad: int, fs: float) -> NDArray[np.float32]:
    """Return the four potentials (4 x 2 pad + 1) on the grid of samples."""
    x = np.arange(-pad, pad + 1) / fs
    return np.concatenate([shapes(x / (width * relative)) for relative in WIDTHS]).astype(np.float32)


def _convolve(
    blocks: NDArray[np.float32], busy: NDArray[np.bool_], kernels: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the sum of all trains (kernels x blocks x step), each convolved with its own kernel.

    Blocks without an impulse cost nothing, which is most of them when bursts are rare.
    """
    _, count, step = blocks.shape
    spectra = np.fft.rfft(blocks[:, busy], _BLOCK) * np.fft.rfft(kernels, _BLOCK)[:, None]
    pieces = np.fft.irfft(spectra.sum(0), _BLOCK)
    out = np.zeros(count * step + _BLOCK, np.float32)
    for number, piece in zip(np.flatnonzero(busy), pieces, strict=True):
        out[number * step : number * step + _BLOCK] += piece
    return out


@dataclass(frozen=True, slots=True)
class Drive:
    """How hard and how fast units fire in a burst.

    `recruitment` is the share of the pool's thresholds that is reached, `interval` the shortest time in seconds between
    two discharges of a unit, `roundness` 0 for a burst that starts and stops at once, 1 for one that swells and fades.
    """

    recruitment: float
    interval: float
    roundness: float


def fire_bursts(rng: np.random.Generator, bursts: BurstTable, widths: Floats, drive: Drive) -> Discharges:
    """Return discharges that fill bursts exactly: the first potential starts at the onset, the last ends at the end.

    Parameters
    ----------
    rng
        Source of chance.
    bursts
        What to fill.
    widths
        Mean width of a potential in each channel in seconds.
    drive
        How units fire.
    """
    room = np.maximum(bursts.duration - longest(widths)[bursts.row], 0.0)
    volleys = np.maximum(np.ceil(room / drive.interval).astype(np.int64), 1)
    burst, number = _count_up(volleys)
    middle = (number + 0.5) / volleys[burst]
    level = drive.recruitment * bursts.gain[burst] * (1 - drive.roundness * (2 * middle - 1) ** 2)
    # Small units are recruited first (size principle), so a volley uses the units up to a rank.
    which, unit = _count_up(np.searchsorted(THRESHOLD, level))
    event = burst[which]
    share = (number[which] + rng.random(len(which))) / volleys[event]
    inner = _place(bursts.take(event), unit, share, widths)
    edge = np.searchsorted(THRESHOLD, drive.recruitment * bursts.gain * (1 - drive.roundness))
    return Discharges.join([inner, *_edges(rng, bursts, edge, widths)])


def _count_up(sizes: Ints) -> tuple[Ints, Ints]:
    """Return, for groups of these sizes, the group of each member and its number in the group."""
    group = np.repeat(np.arange(len(sizes)), sizes)
    return group, np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _place(bursts: BurstTable, unit: Ints, share: Floats, widths: Floats) -> Discharges:
    """Return one discharge in each burst, at `share` (0 to 1) of the room that its potential has there."""
    half = half_lengths(widths[bursts.row], unit)
    time = bursts.onset + half + share * np.maximum(bursts.duration - 2 * half, 0.0)
    return Discharges(bursts.row, time, unit)


def _edges(rng: np.random.Generator, bursts: BurstTable, top: Ints, widths: Floats) -> list[Discharges]:
    """Return the volleys that open and close each burst: the strongest units recruited there that start alike.

    They add up instead of cancelling, so a burst is visible from its true onset to its true end.
    """
    upward = rng.random(len(top)) < 0.5
    parts = []
    for rank in range(_VOLLEY):
        unit = np.where(upward, _pick(_UPWARD, top, rank), _pick(_DOWNWARD, top, rank))
        parts += [_place(bursts, unit, share, widths) for share in (np.zeros(len(top)), np.ones(len(top)))]
    return parts


def _pick(units: Ints, top: Ints, rank: int) -> Ints:
    """Return the strongest of `units` below `top`, or the next `rank` places down."""
    return units[np.maximum(np.searchsorted(units, top) - 1 - rank, (_VOLLEY - 1 - rank))]


def fire_tonic(rng: np.random.Generator, levels: Floats, start: float, stop: float) -> Discharges:
    """Return steady firing from `start` to `stop` seconds, each channel at its level of the pool's thresholds.

    Rates rise from that at threshold; intervals vary.
    """
    parts = []
    for row, level in enumerate(levels):
        units = np.flatnonzero(level > THRESHOLD)
        if not len(units):
            continue
        rate = _TONIC_RATE + _TONIC_RISE * (level - THRESHOLD[units])
        count = int((stop - start) * rate.max() * 1.1) + 10
        intervals = rng.standard_normal((len(units), count), np.float32) * np.float32(_TONIC_CV) + np.float32(1)
        time = np.cumsum(np.maximum(intervals, np.float32(0.3)), axis=1, dtype=np.float64) / rate[:, None]
        time += start - rng.random((len(units), 1)) / rate[:, None]
        unit = np.broadcast_to(units[:, None], time.shape)
        inside = (time >= start) & (time < stop)
        parts.append(Discharges(np.full(int(inside.sum()), row), time[inside], unit[inside]))
    return Discharges.join(parts)


def silence(
    rng: np.random.Generator, tonic: Discharges, lapses: BurstTable, levels: Floats, widths: Floats
) -> Discharges:
    """Return steady firing with lapses cut out: no potential reaches into a lapse, and one touches either edge of it.

    `levels` are those of `fire_tonic`, `widths` those of `fire_bursts`.
    """
    keep = np.ones(len(tonic.row), bool)
    half = half_lengths(widths[tonic.row], tonic.unit)
    for channel in sorted(set(lapses.row.tolist())):
        mine, here = lapses.take(lapses.row == channel), np.flatnonzero(tonic.row == channel)
        # The last lapse that starts before the potential ends is the only one it can reach into.
        last = np.searchsorted(mine.onset, tonic.time[here] + half[here]) - 1
        keep[here] = (last < 0) | (tonic.time[here] - half[here] >= mine.end[last])
    at_work = lapses.take(levels[lapses.row] > THRESHOLD[_UPWARD[_VOLLEY]])
    top = np.searchsorted(THRESHOLD, levels)[at_work.row]
    # A potential that ends where the lapse begins, and one that begins where it ends.
    second = np.ones(len(top))
    before = _edges(rng, replace(at_work, onset=at_work.onset - 1, duration=second), top, widths)[1]
    after = _edges(rng, replace(at_work, onset=at_work.end, duration=second), top, widths)[0]
    return Discharges.join([tonic.keep(keep), before, after])


def fire_one_unit(bursts: BurstTable, spikes: Ints, units: Ints, widths: Floats) -> Discharges:
    """Return discharges of a single unit in each burst: `spikes` of them, evenly from the onset to the end."""
    event, number = _count_up(spikes)
    share = number / np.maximum(spikes[event] - 1, 1)
    return _place(bursts.take(event), units[event], share, widths)

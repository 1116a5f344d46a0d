"""In which order muscles join a jerk, and how fast the jerk travels up and down the neuraxis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ._body import split_site
from ._estimate import UNKNOWN, Estimate, draws, interval
from ._filters import Floats
from .bursts import Bursts, bursts
from .recording import Recording

#: Onsets further apart than this (s) belong to different jerks; a startle needs up to 150 ms from face to leg (EPP047).
APART = 0.15
_FEWEST = 5
#: More bursts than this for each jerk in one muscle: it is not jerks that are looked at, but a train.
_CROWDED = 3
_DRAWS = 200
#: Where the jerk may have started is tried in steps this fine (m).
_STEP = 0.005


@dataclass(frozen=True, slots=True, eq=False)
class Recruitment:
    """Order and speed.

    `order` lists the channels from first to last, `latency` the median delay of each behind the first (s), in that
    order. `together` names neighbours in that order whose latencies cannot be told apart. `first_share` is the share of
    jerks that began in the first channel, `agreement` the share of pairs of muscles, over all jerks, that kept the
    order: 1 is a fixed order, 0.5 none at all. `up` and `down` are velocities in m/s from `origin` (m along the
    neuraxis, downward from the lower end of the medulla). `problem` is empty or says why there is no answer.

    Examples
    --------
    >>> from myoteach.signals import simulate
    >>> found = recruitment(simulate("cortical_action", seconds=20, seed=1, eeg=False))
    >>> len(found.order)
    4
    """

    order: tuple[str, ...]
    latency: tuple[Estimate, ...]
    together: tuple[tuple[str, str], ...]
    first_share: float
    agreement: float
    up: Estimate
    down: Estimate
    origin: Estimate
    jerks: int
    problem: str = ""
    note: str = ""


def recruitment(
    recording: Recording,
    found: Bursts | None = None,
    positions: Mapping[str, float] | None = None,
    peripheral: Mapping[str, float] | None = None,
    *,
    apart: float = APART,
    seed: int = 0,
) -> Recruitment:
    """Measure order and velocity of recruitment.

    Parameters
    ----------
    recording
        With several EMG channels.
    found
        The bursts, if they were looked for already.
    positions
        Place of each muscle's motor neurones in metres along the neuraxis; by default from the body map by channel
        site.
    peripheral
        Conduction time from the neuraxis to each muscle in seconds, taken off before the velocity is fitted; by default
        from the body map. Without it a long nerve would pass for slow spread.
    apart
        Onsets further apart than this (s) begin a new jerk.
    seed
        For the resampling behind the intervals.

    Examples
    --------
    >>> from myoteach.signals.recording import Channel
    >>> rng = np.random.default_rng(0)
    >>> data = rng.normal(0, 2, (2, 40_000)).astype(np.float32)
    >>> for jerk in range(1, 19):
    ...     for row, late in enumerate((0.050, 0.020)):
    ...         start = int((jerk + late) * 2000)
    ...         data[row, start : start + 80] += 100 * rng.standard_normal(80)
    >>> channels = (Channel("TA", "emg", "uV", "TA_R"), Channel("RA", "emg", "uV", "RA_R"))
    >>> recruitment(Recording(data, 2000.0, channels)).order
    ('RA', 'TA')
    """
    found = bursts(recording) if found is None else found
    channels = [channel for channel in found if len(channel) and not channel.problem]
    names = [channel.channel for channel in channels]
    onsets = _by_jerk([channel.onset for channel in channels], apart) if names else np.zeros((0, 0))
    crowded = len(onsets) > 0 and max(len(channel) for channel in channels) > _CROWDED * len(onsets)
    onsets = onsets[np.isfinite(onsets).sum(axis=1) >= 2] if len(names) > 1 else onsets[:0]
    often = np.isfinite(onsets).sum(axis=0) >= _FEWEST
    onsets, names = onsets[:, often], [name for name, kept in zip(names, often, strict=True) if kept]
    problem = found.problem or _problem(names, onsets, crowded, apart)
    if problem:
        return Recruitment((), (), (), float("nan"), float("nan"), UNKNOWN, UNKNOWN, UNKNOWN, len(onsets), problem)
    resampled = _latencies(onsets[draws(len(onsets), seed, _DRAWS)])
    latency = _latencies(onsets[None])[0]
    where, nerve = _places(recording, names, positions, peripheral)
    speeds, note = _speeds(latency, resampled, where, nerve)
    order = np.argsort(latency, kind="stable")
    low, high = interval(resampled - resampled[:, order[:1]])
    counts = np.isfinite(onsets).sum(axis=0)
    delay = latency - latency[order[0]]
    return Recruitment(
        tuple(names[row] for row in order),
        tuple(Estimate(float(delay[row]), float(low[row]), float(high[row]), int(counts[row])) for row in order),
        _together(names, order, resampled),
        float(np.mean(np.nanargmin(np.where(np.isfinite(onsets), onsets, np.inf), axis=1) == order[0])),
        _agreement(onsets[:, order]),
        *speeds,
        len(onsets),
        note=note,
    )


def _by_jerk(onsets: list[Floats], apart: float) -> Floats:
    """Return onsets by jerk and channel; a jerk ends where no muscle joins for `apart` seconds."""
    times = np.concatenate(onsets)
    rows = np.repeat(np.arange(len(onsets)), [part.size for part in onsets])
    sequence = np.argsort(times, kind="stable")
    times, rows = times[sequence], rows[sequence]
    jerk = np.concatenate([[0], np.cumsum(np.diff(times) > apart)]) if times.size else np.zeros(0, int)
    table = np.full((jerk[-1] + 1 if times.size else 0, len(onsets)), np.nan)
    # From the last to the first, so that the first onset of a muscle in a jerk stays.
    table[jerk[::-1], rows[::-1]] = times[::-1]
    return table


def _problem(names: list[str], onsets: Floats, crowded: bool, apart: float) -> str:
    if crowded:
        return (
            f"Bursts follow each other within {1e3 * apart:.0f} ms; jerks cannot be told apart. Try a smaller `apart`."
        )
    if len(names) < 2:
        return f"Order needs at least two muscles with {_FEWEST} bursts each in common jerks."
    if len(onsets) < _FEWEST:
        return f"{len(onsets)} jerks in several muscles are too few for an order; at least {_FEWEST} are needed."
    return ""


def _latencies(onsets: Floats) -> Floats:
    """Return the delay of each channel (sets x channels) from onsets (sets x jerks x channels), by median polish.

    Not every muscle takes part in every jerk; a plain median would let late jerks decide.
    """
    delay = np.zeros((len(onsets), 1, onsets.shape[2]))
    for _ in range(6):
        start = _middle(onsets - delay, axis=2)
        delay = _middle(onsets - start, axis=1)
    return np.asarray(delay[:, 0] - np.nanmin(delay[:, 0], axis=1, keepdims=True))


def _middle(values: Floats, axis: int) -> Floats:
    """Return the median of what is known, with the axis kept; where nothing is known, not a number."""
    ordered = np.sort(values, axis=axis)  # puts what is not a number last
    known = np.isfinite(values).sum(axis=axis, keepdims=True)
    lower = np.take_along_axis(ordered, np.maximum(known - 1, 0) // 2, axis)
    upper = np.take_along_axis(ordered, np.minimum(known // 2, ordered.shape[axis] - 1), axis)
    return np.asarray((lower + upper) / 2)


def _together(names: list[str], order: NDArray[np.intp], resampled: Floats) -> tuple[tuple[str, str], ...]:
    """Return neighbours in the order whose difference may be nothing."""
    pairs = []
    for first, second in pairwise(order):
        low, _ = interval(resampled[:, second] - resampled[:, first])
        if not low > 0:
            pairs.append((names[first], names[second]))
    return tuple(pairs)


def _agreement(onsets: Floats) -> float:
    """Return the share of pairs of muscles within jerks that follow the overall order."""
    kept = total = 0
    for first in range(onsets.shape[1]):
        gap = onsets[:, first + 1 :] - onsets[:, first : first + 1]
        kept += int(np.count_nonzero(gap > 0))
        total += int(np.count_nonzero(np.isfinite(gap)))
    return kept / total if total else float("nan")


def _places(
    recording: Recording,
    names: list[str],
    positions: Mapping[str, float] | None,
    peripheral: Mapping[str, float] | None,
) -> tuple[Floats, Floats]:
    """Return place on the neuraxis and conduction from there for each channel; not a number where unknown."""
    place, nerve = np.full(len(names), np.nan), np.zeros(len(names))
    for number, name in enumerate(names):
        site = recording.channels[recording.index(name)].site or name
        try:
            muscle = split_site(site)[0]
            place[number], nerve[number] = muscle.position, muscle.nerve_delay
        except ValueError:  # a muscle that the body map does not have: order, but no velocity
            pass
        if positions is not None:
            place[number] = positions.get(name, np.nan)
            nerve[number] = 0.0 if peripheral is None else peripheral.get(name, 0.0)
        elif peripheral is not None:
            nerve[number] = peripheral.get(name, nerve[number])
    return place, nerve


def _speeds(
    latency: Floats, resampled: Floats, where: Floats, nerve: Floats
) -> tuple[tuple[Estimate, Estimate, Estimate], str]:
    """Fit the velocities up and down and the place between them at which the jerk starts."""
    known = np.isfinite(where) & np.isfinite(latency)
    if known.sum() < 3 or np.unique(where[known]).size < 3:
        return (UNKNOWN, UNKNOWN, UNKNOWN), "Velocity needs three muscles at different, known levels."
    central = np.vstack([latency, resampled])[:, known] - nerve[known]
    fits = _fit(central, where[known])
    names = ("up", "down")
    shown, notes = [], []
    for column, name in enumerate(names):
        low, high = interval(fits[1:, column])
        value = fits[0, column]
        if np.isfinite(value) and np.isfinite(low) and low > 0 and high < 10 * value:
            shown.append(Estimate(float(value), float(low), float(high), int(known.sum())))
        else:
            shown.append(UNKNOWN)
            notes.append(
                f"The velocity {name} cannot be told: too few muscles on that side, or the spread is too fast."
            )
    low, high = interval(fits[1:, 2])
    origin = Estimate(float(fits[0, 2]), float(low), float(high), int(known.sum()))
    return (shown[0], shown[1], origin), " ".join(notes)


def _fit(central: Floats, where: Floats) -> Floats:
    """Return velocity up, velocity down and origin of each row of latencies.

    For each place that the jerk could come from, latency is a straight line in the distance above and in the distance
    below it (least squares); the place with the smallest error wins.
    """
    origins = np.arange(where.min(), where.max() + _STEP / 2, _STEP)
    best = np.full(len(central), np.inf)
    result = np.full((len(central), 3), np.nan)
    for origin in origins:
        above, below = np.maximum(origin - where, 0), np.maximum(where - origin, 0)
        design = np.stack([np.ones(where.size), above, below], axis=1)
        shown = np.array([True, _levels(above) > 0, _levels(below) > 0])
        slowness = np.full((len(central), 3), np.nan)
        slowness[:, shown] = central @ np.linalg.pinv(design[:, shown]).T
        error = ((central - np.nan_to_num(slowness) @ design.T) ** 2).sum(axis=1)
        error[(np.nan_to_num(slowness[:, 1:]) < 0).any(axis=1)] = np.inf  # no jerk arrives before it has started
        better = error < best - 1e-15
        best[better] = error[better]
        speed = 1 / np.where(np.abs(slowness[:, 1:]) > 1e-9, slowness[:, 1:], np.nan)
        enough = np.array([_levels(above) > 1, _levels(below) > 1])
        result[better, :2] = np.where(enough, speed, np.nan)[better]
        result[better, 2] = origin
    return result


def _levels(distance: Floats) -> int:
    """Return how many different levels lie on this side."""
    return int(np.unique(distance[distance > 0]).size)

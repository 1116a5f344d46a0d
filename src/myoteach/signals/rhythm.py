"""Whether events come by the clock, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .._told import BadValueError
from ._estimate import UNKNOWN, Estimate, draws, interval
from ._filters import Floats

#: Below the first a series is called rhythmic, above the second irregular, between them neither. OUR teaching choice:
#: no published cut-off was found. A single motor unit that fires on by itself varies by 3.5 % (EPP094); intervals that
#: are independent of each other vary by 100 %.
RHYTHMIC_BELOW, IRREGULAR_ABOVE = 0.15, 0.30
_FEWEST = 6


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Rate (events a second) and coefficient of variation of the intervals, each with its 95 % interval.

    `rhythmic` is True, False or None when it cannot be said; `problem` says why there is no number.

    Examples
    --------
    >>> rhythm([0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0]).rhythmic
    True
    """

    rate: Estimate
    variation: Estimate
    rhythmic: bool | None
    problem: str = ""
    note: str = ""


def rhythm(times: Sequence[float] | Floats, seed: int = 0) -> Rhythm:
    """Measure the rhythm of events.

    Parameters
    ----------
    times
        When they happened, in seconds.
    seed
        For the resampling behind the intervals.

    Raises
    ------
    ValueError
        When a time is not a number.

    Examples
    --------
    >>> found = rhythm(np.arange(20) / 2)
    >>> round(found.rate.value, 2), found.rhythmic
    (2.0, True)
    """
    at = np.sort(np.asarray(times, np.float64))
    if not np.isfinite(at).all():
        raise BadValueError("Some times of events are not numbers.")
    if at.size < _FEWEST:
        return Rhythm(UNKNOWN, UNKNOWN, None, f"{at.size} events are too few; a rhythm needs at least {_FEWEST}.")
    gaps = np.diff(at)
    if gaps.mean() == 0:
        return Rhythm(UNKNOWN, UNKNOWN, None, "All events have the same time.")
    drawn = gaps[draws(gaps.size, seed)]
    rate = _estimate(1 / gaps.mean(), 1 / np.maximum(drawn.mean(axis=1), 1e-12), gaps.size)
    spread = gaps.std(ddof=1) / gaps.mean()
    variation = _estimate(spread, drawn.std(axis=1, ddof=1) / np.maximum(drawn.mean(axis=1), 1e-12), gaps.size)
    return Rhythm(rate, variation, _verdict(variation), note=_note(gaps))


def _estimate(value: float, resampled: Floats, n: int) -> Estimate:
    low, high = interval(resampled)
    return Estimate(float(value), float(low), float(high), n)


def _verdict(variation: Estimate) -> bool | None:
    if variation.value < RHYTHMIC_BELOW:
        return True
    return False if variation.value > IRREGULAR_ABOVE else None


def _note(gaps: Floats) -> str:
    """Say when a few missed or extra events, not an unsteady clock, make the intervals vary."""
    usual = np.median(gaps)
    steady = np.abs(gaps - usual) < 0.15 * usual
    if steady.all() or steady.mean() < 0.7:
        return ""
    return (
        f"{np.count_nonzero(~steady)} of {gaps.size} intervals differ much from the others: an event missed or false?"
    )

"""A number with its uncertainty, and the resampling that gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ._filters import Floats

NAN = float("nan")
_DRAWS = 400


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with its 95 % confidence interval and the number of observations behind it.

    Examples
    --------
    >>> print(Estimate(31.2, 29.8, 32.6, 40))
    31.2 (29.8 to 32.6)
    """

    value: float
    low: float
    high: float
    n: int = 0

    @property
    def known(self) -> bool:
        """Whether there is a number at all."""
        return bool(np.isfinite(self.value))

    def __str__(self) -> str:
        return f"{self.value:.3g} ({self.low:.3g} to {self.high:.3g})" if self.known else "unknown"


#: What stands where the recording gave no answer.
UNKNOWN = Estimate(NAN, NAN, NAN)


def draws(n: int, seed: int, count: int = _DRAWS) -> NDArray[np.intp]:
    """Return `count` samples of n out of n, with replacement (count x n)."""
    return np.random.default_rng(seed).integers(0, n, (count, n))


def interval(resampled: NDArray[Any]) -> tuple[Floats, Floats]:
    """Return the 2.5th and the 97.5th percentile over the first axis; not a number where nothing is known."""
    known = np.isfinite(resampled).any(axis=0)
    low, high = np.where(known, np.nanpercentile(np.where(known, resampled, 0.0), (2.5, 97.5), axis=0), np.nan)
    return np.asarray(low, np.float64), np.asarray(high, np.float64)


def estimate(values: NDArray[Any], statistic: Callable[..., Any] = np.mean, seed: int = 0) -> Estimate:
    """Return a statistic of the values with its bootstrap interval.

    Examples
    --------
    >>> estimate(np.array([30.0, 32.0, 31.0, 33.0])).value
    31.5
    """
    seen = values[np.isfinite(values)]
    if seen.size < 2:
        return UNKNOWN
    low, high = interval(statistic(seen[draws(seen.size, seed)], axis=1))
    return Estimate(float(statistic(seen)), float(low), float(high), seen.size)

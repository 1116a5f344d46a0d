"""The 45 ms rule: whether the mean duration of bursts points to the cortex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .._told import BadValueError
from ._estimate import UNKNOWN, Estimate, estimate
from ._filters import Floats

#: R1: the mean of at least 10 random bursts, below 45 ms cortical.
LIMIT_MS, FEWEST_BURSTS = 45.0, 10
CAVEATS = (
    "The groups overlap: means 31.1 (SD 6.7) and 56.7 (SD 11.5) ms (EPP003, EPP053).",
    "As quoted: sensitivity 100 %, specificity 89.5 %; the primary paper was not found, no validation elsewhere (R1).",
    "One proven cortical patient averaged 57.1 ms (EPP004), and healthy limbs often give bursts below 50 ms (EPP106).",
    "It was made for surface EMG of the wrist flexors or extensors. Burst length alone never decides.",
)


@dataclass(frozen=True, slots=True)
class DurationVerdict:
    """Mean burst duration in milliseconds and what the rule makes of it.

    `verdict` is ``cortical more likely``, ``non-cortical more likely`` or empty; `certain` is whether the 95 % interval
    of the mean lies wholly on one side of the limit. `problem` says why there is no verdict.

    Examples
    --------
    >>> rule_of_45_ms([0.2] * 12).verdict
    'non-cortical more likely'
    """

    mean_ms: Estimate
    verdict: str
    certain: bool
    caveats: tuple[str, ...] = CAVEATS
    problem: str = ""


def rule_of_45_ms(durations: Sequence[float] | Floats, seed: int = 0) -> DurationVerdict:
    """Apply the rule (R1) to burst durations in seconds.

    Parameters
    ----------
    durations
        At least ten, in seconds, such as ``bursts(recording)["ECR_R"].duration``.
    seed
        For the resampling behind the interval.

    Raises
    ------
    ValueError
        When a duration is not a positive number.

    Examples
    --------
    >>> rule_of_45_ms([0.031] * 12).verdict
    'cortical more likely'
    """
    values = 1e3 * np.asarray(durations, np.float64)
    if values.size and not (np.isfinite(values).all() and values.min() > 0):
        raise BadValueError("Every burst duration must be a positive number of seconds.")
    if values.size < FEWEST_BURSTS:
        problem = f"{values.size} bursts are too few; the rule needs at least {FEWEST_BURSTS}."
        return DurationVerdict(UNKNOWN, "", False, problem=problem)
    mean = estimate(values, seed=seed)
    verdict = "cortical more likely" if mean.value < LIMIT_MS else "non-cortical more likely"
    return DurationVerdict(mean, verdict, mean.high < LIMIT_MS or mean.low >= LIMIT_MS)

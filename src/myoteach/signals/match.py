"""Hold what was found against what was simulated: the exercise is marked with this."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ._filters import Floats
from .recording import Burst, Recording


class FoundEvents(Protocol):
    """Events of one channel, as `bursts` and `silent_periods` return them."""

    @property
    def channel(self) -> str:
        """The channel."""
        ...

    @property
    def onset(self) -> Floats:
        """Onsets in seconds."""
        ...

    @property
    def duration(self) -> Floats:
        """Durations in seconds."""
        ...

    @property
    def sign(self) -> int:
        """1 for bursts, -1 for lapses."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """How the findings agree with the truth.

    `matched` are the true bursts that were found, with the error of onset and duration of each in milliseconds (found
    less true); `missed` the true bursts that were not; `false_alarms` the channel and onset of what is not in the
    truth. `problem` says why nothing could be marked.

    Examples
    --------
    >>> from myoteach.signals import bursts, simulate
    >>> recording = simulate("cortical_action", seconds=10, seed=1, eeg=False)
    >>> marks = match_to_truth(recording, bursts(recording))
    >>> marks.misses
    0
    """

    matched: tuple[Burst, ...]
    onset_error_ms: Floats
    duration_error_ms: Floats
    missed: tuple[Burst, ...]
    false_alarms: tuple[tuple[str, float], ...]
    problem: str = ""

    @property
    def misses(self) -> int:
        """How many true bursts were not found."""
        return len(self.missed)

    def __str__(self) -> str:
        if self.problem:
            return self.problem
        total = len(self.matched) + self.misses
        words = f"{len(self.matched)} of {total} found, {len(self.false_alarms)} false."
        if not self.matched:
            return words
        onset, duration = np.abs(self.onset_error_ms).mean(), np.abs(self.duration_error_ms).mean()
        return f"{words} On average onsets are off by {onset:.1f} ms, durations by {duration:.1f} ms."


def match_to_truth(recording: Recording, found: Iterable[FoundEvents], tolerance: float = 0.05) -> Marks:
    """Pair every true burst with the nearest found one in its channel, each used once.

    Parameters
    ----------
    recording
        A simulated recording.
    found
        What `bursts` or `silent_periods` returned; only the channels looked at are marked.
    tolerance
        Onsets further apart than this (s) are not the same event.

    Examples
    --------
    >>> import numpy as np
    >>> from myoteach.signals.bursts import bursts
    >>> from myoteach.signals.recording import Channel, Truth
    >>> rng = np.random.default_rng(1)
    >>> trace = rng.normal(0, 2, (1, 20_000)).astype(np.float32)
    >>> trace[0, 10_000:10_060] += 100 * rng.standard_normal(60)
    >>> truth = Truth(bursts=(Burst("APB", 5.0, 0.03, 0),))
    >>> recording = Recording(trace, 2000.0, (Channel("APB", "emg", "uV"),), truth)
    >>> match_to_truth(recording, bursts(recording)).misses
    0
    """
    none = np.zeros(0)
    if not recording.truth.bursts:
        return Marks((), none, none, (), (), "This recording carries no truth to be marked against.")
    matched: list[Burst] = []
    missed: list[Burst] = []
    false: list[tuple[str, float]] = []
    onset_error, duration_error = [], []
    for events in found:
        true = [
            burst for burst in recording.truth.bursts if (burst.channel, burst.sign) == (events.channel, events.sign)
        ]
        onset = np.array([burst.onset for burst in true])
        pairs = _pairs(onset, events.onset, tolerance)
        taken_true, taken_found = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
        for this, that in pairs:
            matched.append(true[this])
            onset_error.append(events.onset[that] - true[this].onset)
            duration_error.append(events.duration[that] - true[this].duration)
        missed += [burst for number, burst in enumerate(true) if number not in taken_true]
        false += [(events.channel, float(at)) for number, at in enumerate(events.onset) if number not in taken_found]
    return Marks(
        tuple(matched), 1e3 * np.array(onset_error), 1e3 * np.array(duration_error), tuple(missed), tuple(false)
    )


def _pairs(true: Floats, found: Floats, tolerance: float) -> list[tuple[int, int]]:
    """Return index pairs, nearest first, none used twice."""
    if not true.size or not found.size:
        return []
    order = np.argsort(found)
    first = np.searchsorted(found[order], true - tolerance)
    past = np.searchsorted(found[order], true + tolerance, side="right")
    near = [
        (abs(found[order[k]] - true[i]), i, int(order[k])) for i in range(true.size) for k in range(first[i], past[i])
    ]
    pairs: list[tuple[int, int]] = []
    used_true: set[int] = set()
    used_found: set[int] = set()
    for _, this, that in sorted(near):
        if this not in used_true and that not in used_found:
            pairs.append((this, that))
            used_true.add(this)
            used_found.add(that)
    return sorted(pairs)

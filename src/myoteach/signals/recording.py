"""What a recording is: samples, what each channel is, and, where it was simulated, the truth behind it.

The player, the figures and the laboratory read the same `Recording`, so that cursor, trace and limb cannot disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from .._told import BadValueError, UnknownNameError

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel.

    `kind` is ``emg``, ``eeg``, ``accelerometer``, ``angle``, ``ecg`` or ``stimulus``; `unit` is ``uV``, ``g``,
    ``deg`` or ``1``; `site` is a muscle of the body map (``APB_R``), an electrode (``C3``) or a joint (``wrist_R``).

    Examples
    --------
    >>> Channel("APB_R", "emg", "uV", site="APB_R").unit
    'uV'
    """

    name: str
    kind: str
    unit: str
    site: str = ""


@dataclass(frozen=True, slots=True)
class Burst:
    """One true event in one channel: a burst of activity (`sign` 1) or a lapse in it (`sign` -1), in seconds.

    Examples
    --------
    >>> Burst("APB_R", onset=1.2, duration=0.03, jerk=0).sign
    1
    """

    channel: str
    onset: float
    duration: float
    jerk: int
    sign: int = 1


@dataclass(frozen=True, slots=True)
class Truth:
    """What was simulated; empty for a real recording.

    `jerks` are the times of the central events in seconds (the discharge of the generator), `stimuli` those of stimuli,
    `latencies` the conduction from the central event to each channel in seconds, and `generator` and `kind` the answer.

    Examples
    --------
    >>> Truth(kind="cortical_action", jerks=(0.5, 1.5)).stimuli
    ()
    """

    kind: str = ""
    generator: str = ""
    jerks: tuple[float, ...] = ()
    stimuli: tuple[float, ...] = ()
    bursts: tuple[Burst, ...] = ()
    latencies: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where one number of a simulation comes from.

    `source` is a row of ``ep_parameters`` (EPP...) or ``ep_defaults`` (EPD...), or ``default`` where neither has it.

    Examples
    --------
    >>> Provenance("cortex_to_hand", "21.77 ms", "EPP010").source
    'EPP010'
    """

    parameter: str
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Recording:
    """Samples (channels x samples, float32) at `fs` samples a second, with what each channel is.

    Raises
    ------
    ValueError
        When the samples are not two-dimensional, do not fit the channels, or the rate is not a positive number.

    Examples
    --------
    >>> import numpy as np
    >>> recording = Recording(np.zeros((1, 2000), np.float32), 2000.0, (Channel("APB", "emg", "uV"),))
    >>> recording.seconds
    1.0
    """

    data: Samples
    fs: float
    channels: tuple[Channel, ...]
    truth: Truth = field(default_factory=Truth)
    provenance: tuple[Provenance, ...] = ()

    def __post_init__(self) -> None:
        if self.data.ndim != 2 or self.data.shape[0] != len(self.channels):
            expected = f"one row for each of {len(self.channels)} channels"
            raise BadValueError(f"The samples have the shape {self.data.shape}; expected {expected}.")
        if not np.isfinite(self.fs) or self.fs <= 0:
            raise BadValueError(f"The sampling rate is {self.fs}; expected a positive number of samples a second.")

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return float(self.data.shape[1] / self.fs)

    @property
    def times(self) -> NDArray[np.float64]:
        """Time of each sample in seconds."""
        return np.arange(self.data.shape[1]) / self.fs

    def index(self, name: str) -> int:
        """Return the row of a channel.

        Parameters
        ----------
        name
            Of a channel.

        Raises
        ------
        KeyError
            When there is none; the message lists those there are.
        """
        names = [channel.name for channel in self.channels]
        if name not in names:
            raise UnknownNameError(f"There is no channel {name!r}; this recording has {', '.join(names)}.")
        return names.index(name)

    def signal(self, name: str) -> Samples:
        """Return the samples of one channel.

        Parameters
        ----------
        name
            Of a channel.
        """
        row: Samples = self.data[self.index(name)]
        return row

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Return the names of the channels of one kind, for example ``emg``.

        Parameters
        ----------
        kind
            As a channel has it: ``eeg``, ``accelerometer``.
        """
        return tuple(channel.name for channel in self.channels if channel.kind == kind)

    def pick(self, names: Sequence[str]) -> Recording:
        """Return a recording with these channels only, in this order.

        Parameters
        ----------
        names
            Of channels, in the order wanted.
        """
        rows = [self.index(name) for name in names]
        kept = tuple(self.channels[row] for row in rows)
        return Recording(self.data[rows], self.fs, kept, self.truth, self.provenance)

"""What a recording must be before it is measured: rates, samples and units that can be true."""

from __future__ import annotations

from typing import Any

import numpy as np

from .._told import ToldError
from ._filters import clipped_share
from .recording import Channel, Recording, Truth

#: Rates (Hz) that a recording of muscle, brain or movement can have.
_SLOWEST, _FASTEST = 20.0, 50_000.0
#: The largest sample of EMG, EEG or ECG lies between these (uV); outside, the unit on the label is wrong.
_SMALLEST, _LARGEST = 1.0, 50_000.0
#: More than this share of clipped samples spoils a channel.
_CLIPPED = 0.01
#: Kinds of channels that are voltages.
VOLTAGES = ("emg", "eeg", "ecg")


class RecordingError(ToldError, ValueError):
    """A file or a recording that cannot be used; the message is one sentence for the person who chose it.

    Examples
    --------
    >>> from myoteach.signals import read_csv
    >>> try:
    ...     read_csv("no-such.csv")
    ... except RecordingError as error:
    ...     print(error)
    There is no file no-such.csv.
    """


def checked(
    data: Any,
    fs: float,
    channels: tuple[Channel, ...],
    name: str = "The recording",
    *,
    accept: tuple[str, ...] = (),
    truth: Truth | None = None,
) -> Recording:
    """Return a recording of samples that can be one, else say in one sentence why they cannot.

    Raises
    ------
    RecordingError
        No channels, an absurd rate, samples that are not numbers, a clipped channel, or a unit that cannot be right.

    Examples
    --------
    >>> checked(0.2 * np.sin(np.arange(2000.0))[None], 2000.0, (Channel("APB", "emg", "uV"),))
    Traceback (most recent call last):
    myoteach.signals.checks.RecordingError: The recording: APB never exceeds 0.2 uV; is its unit really uV, not mV?
    """
    samples = np.asarray(data, np.float32)
    if not channels or samples.size == 0:
        raise RecordingError(f"{name} holds no channels or no samples.")
    if not _SLOWEST <= fs <= _FASTEST:
        raise RecordingError(f"{name} claims {fs:g} samples a second; expected {_SLOWEST:g} to {_FASTEST:g}.")
    for channel, row in zip(channels, samples, strict=True):
        problem = _what_is_wrong(channel, row, accept)
        if problem:
            raise RecordingError(f"{name}: {problem}")
    return Recording(samples, fs, channels, truth or Truth())


def _what_is_wrong(channel: Channel, row: Any, accept: tuple[str, ...]) -> str:
    lost = int(np.count_nonzero(~np.isfinite(row)))
    if lost:
        return f"{channel.name} has {lost} samples that are not numbers."
    if "clipped" not in accept and channel.kind in VOLTAGES and (share := clipped_share(row)) > _CLIPPED:
        return f"{channel.name} is clipped in {share:.0%} of its samples; record it again with less gain."
    if "units" in accept or channel.kind not in VOLTAGES or channel.unit != "uV":
        return ""
    size = float(np.abs(row - np.median(row)).max())
    if 0 < size < _SMALLEST:
        return f"{channel.name} never exceeds {size:.2g} uV; is its unit really uV, not mV?"
    if size > _LARGEST:
        return f"{channel.name} reaches {size:.2g} uV; is its unit really what the file says?"
    return ""

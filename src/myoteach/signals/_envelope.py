"""The smoothed power of a muscle trace, the first look for activity and for its absence."""

from __future__ import annotations

import numpy as np

from ._filters import BASELINE, Trace, box_sums, thin

#: Faster recordings are averaged down below this rate (Hz) first: surface EMG has nothing above 500 Hz.
HIGHEST = 3000.0
#: The power is averaged over this long (s).
_ENVELOPE = 0.008


def mean_power(trace: Trace, fs: float) -> tuple[Trace, int]:
    """Return the mean power over 8 ms, every 2 ms, and how many samples lie between two of its values.

    The power is what is left when the straight line through the 10 ms before each sample, or that through the 10 ms
    after it, is taken away, whichever leaves less: a high-pass through which a burst leaks neither in front of its
    onset nor behind its end, and to which slow waves (movement, heart, sweat) are straight lines.
    """
    coarse, coarse_fs = thin(trace, fs, 1500)
    width, bin_size = max(round(BASELINE * coarse_fs), 3), max(round(0.002 * coarse_fs), 1)
    span = max(round(_ENVELOPE * coarse_fs / bin_size), 1)
    near = box_sums(coarse, width)
    far = near * np.float32(0.5 / width)
    near *= np.float32(1.5 / width)
    inner = coarse[2 * width : -2 * width]
    before = inner - near[width : -2 * width - 1]
    before += far[: -3 * width - 1]
    after = inner - near[2 * width + 1 : -width]
    after += far[3 * width + 1 :]
    before, after = _binned(before, bin_size), _binned(after, bin_size)
    power = np.minimum(box_sums(before, span), box_sums(after, span))
    # Between two loud bursts 20 ms apart neither side is free of them on average, but bin by bin one side always is.
    gap = np.minimum(before, after, out=before)
    np.minimum(power, span * _largest(gap, span), out=power)
    power /= np.float32(span * bin_size)
    lead, step = 2 * width // bin_size + span // 2, bin_size * round(fs / coarse_fs)
    return np.pad(power, (lead, max(trace.size // step + 1 - lead - power.size, 0)), mode="edge"), step


def _largest(values: Trace, width: int) -> Trace:
    """Return the largest of every `width` neighbours."""
    count = values.size - width + 1
    largest = values[:count].copy()
    for shift in range(1, width):
        np.maximum(largest, values[shift : shift + count], out=largest)
    return largest


def _binned(left: Trace, bin_size: int) -> Trace:
    """Return the sums of squares of every `bin_size` samples."""
    left *= left
    whole = left.size // bin_size * bin_size
    binned = left[:whole:bin_size].copy()
    for shift in range(1, bin_size):
        binned += left[shift:whole:bin_size]
    return binned

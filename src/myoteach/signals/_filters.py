"""What every measurement does to a trace first: bring it to a workable rate, take the mains out, find the quiet level.

Only running sums and small matrix products: a minute of eight channels must be ready before a slider has settled.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .recording import Recording

Floats = NDArray[np.float64]
Trace = NDArray[np.float32]
Table = NDArray[np.floating[Any]]

#: Microvolts in one of a unit. Files speak of mV or V; limits and plausible sizes are in microvolts.
MICROVOLTS = {"uV": 1.0, "µV": 1.0, "μV": 1.0, "nV": 1e-3, "mV": 1e3, "V": 1e6}
#: The baseline of a sample is the straight line through the means of two windows of this length (s) before it.
BASELINE = 0.005
_CALM_PRODUCT = 2**17
_MAINS = (50.0, 60.0)
_HARMONICS = (1, 2, 3)
#: Hum smaller than this share of the typical sample disturbs nothing.
_FAINT_HUM = 1.0
#: A line is removed when it stands this many times above what noise alone would put there.
_LINE = 4.0


def microvolts(unit: str) -> float | None:
    """Return how many microvolts one `unit` is, or None when it is not a voltage.

    Examples
    --------
    >>> microvolts("mV")
    1000.0
    """
    return MICROVOLTS.get(unit)


def clipped_share(trace: Table) -> float:
    """Return the share of samples that stand still at the highest or lowest value: the amplifier was full.

    A single peak touches its own maximum once; only runs of three and more count.

    Examples
    --------
    >>> bool(clipped_share(np.clip(np.sin(np.arange(200.0) / 5), -0.5, 0.5)) > 0.3)
    True
    >>> clipped_share(np.sin(np.arange(200.0) / 5))
    0.0
    """
    if trace.size < 3 or trace.max() == trace.min():
        return 0.0
    share = 0.0
    for limit in (trace.max(), trace.min()):
        at_limit = trace == limit
        if np.count_nonzero(at_limit) >= 3:
            full = np.flatnonzero(at_limit)
            share += 3 * np.count_nonzero(full[2:] - full[:-2] == 2) / trace.size
    return min(float(share), 1.0)


def why_unusable(recording: Recording, row: int, lowest_rate: float = 500.0) -> str:
    """Return one sentence when a channel can answer nothing at all, else an empty text."""
    trace, name = recording.data[row], recording.channels[row].name
    if recording.fs < lowest_rate:
        return f"{name}: {recording.fs:g} samples a second are too few; at least {lowest_rate:g} are needed."
    if trace.size < recording.fs / 2:
        return f"{name}: {recording.seconds:.2g} s are too short to measure anything in."
    height = float(trace.max()) - float(trace.min())  # not a number as soon as one sample is not
    if not np.isfinite(height):
        return f"{name}: some samples are not numbers."
    return f"{name}: the trace is flat; the electrode or the file is at fault." if height == 0 else ""


def what_is_clipped(name: str, trace: Table) -> str:
    """Return one sentence when more than a thousandth of a trace is clipped, else an empty text."""
    share = clipped_share(trace)
    return f"{name}: {share:.1%} of the samples are clipped; amplitudes are too small." if share > 1e-3 else ""


def box_sums(values: Trace, width: int) -> Trace:
    """Return the sums of every `width` neighbours along the last axis; a few additions are faster than a running sum.

    Examples
    --------
    >>> box_sums(np.array([1, 2, 3, 4], np.float32), 2).tolist()
    [3.0, 5.0, 7.0]
    """
    count = values.shape[-1] - width + 1
    sums = values[..., :count].copy()
    for shift in range(1, width):
        sums += values[..., shift : shift + count]
    return sums


def product(left: NDArray[Any], right: NDArray[Any]) -> NDArray[Any]:
    """Return the matrix product, a few rows at a time.

    The library behind numpy wakes its threads for products above about 2**18 multiplications. Ours are so small that
    waiting for a thread on a busy machine (a laptop in class, a shared server) takes a hundred times longer.

    Examples
    --------
    >>> product(np.eye(2), np.array([[1.0, 2.0], [3.0, 4.0]])).tolist()
    [[1.0, 2.0], [3.0, 4.0]]
    """
    rows = max(_CALM_PRODUCT // max(right.size, 1), 1)
    if len(left) <= rows:
        return np.asarray(left @ right)
    return np.concatenate([left[first : first + rows] @ right for first in range(0, len(left), rows)])


def thin(trace: Trace, fs: float, highest: float) -> tuple[Trace, float]:
    """Average neighbouring samples until the rate is below `highest`.

    Examples
    --------
    >>> thin(np.array([1, 3, 2, 4], np.float32), 2000.0, 1500.0)[0].tolist()
    [2.0, 3.0]
    """
    step = int(fs / highest) + 1
    if step == 1:
        return trace, fs
    whole = trace.size // step * step
    thinned = trace[:whole:step].copy()
    for shift in range(1, step):
        thinned += trace[shift:whole:step]
    thinned /= np.float32(step)
    return thinned, fs / step


def without_mains(trace: Trace, fs: float) -> Trace:
    """Take the mains hum (50 or 60 Hz and two harmonics) out of a trace, and leave the jerks whole.

    A narrow filter would ring around every burst. Here the hum is fitted second by second, as a wave of the frequency
    the mains really had; the median over five seconds keeps a burst from being taken for hum.
    """
    length = round(fs)
    if trace.size < 3 * length:
        return trace
    # A quarter of the samples show whether there is hum at all; in the clipped trace a burst weighs no more than hum.
    every = max(int(fs // 400), 1)
    typical = float(median(np.abs(trace[:: 4 * every])))
    limit = np.float32(6 * typical)
    seen = np.clip(trace[::every], -limit, limit)
    found = _mains_in(_in_seconds(seen, round(fs / every)), fs / every, typical)
    if not found:
        return trace
    pieces = _in_seconds(np.clip(trace, -limit, limit), round(fs))
    for mains in found:
        trace = trace - _hum(pieces, fs, mains)[: trace.size]
    return trace


def _in_seconds(trace: Trace, length: int) -> Trace:
    return trace[: trace.size // length * length].reshape(-1, length)


def _mains_in(pieces: Trace, fs: float, size: float) -> list[float]:
    """Return the mains frequencies that stand out of their neighbourhood and are more than half the quiet size."""
    probes = tuple(mains + shift for mains in _MAINS for shift in (0.0, -7.0, 7.0))
    heights = median(np.abs(_project(pieces, _waves(fs, pieces.shape[1], probes)))).reshape(-1, 3)
    beside = heights[:, 1:].max(axis=1)
    loud = heights[:, 0] > np.maximum(_LINE * beside, _FAINT_HUM * size)
    return [mains for mains, is_loud in zip(_MAINS, loud, strict=True) if is_loud]


def _hum(pieces: Trace, fs: float, mains: float) -> Trace:
    """Return the hum of one mains frequency and its harmonics, a second longer than the pieces."""
    length = pieces.shape[1]
    nominal = np.array([order * mains for order in _HARMONICS if order * mains < 0.45 * fs])
    ground = _in_step(_project(pieces, _waves(fs, length, (mains,))), fs, length, (mains,))[:, 0]
    drift = -np.angle(median(ground[1:] * ground[:-1].conj())) * fs / (2 * np.pi * length)
    lines = tuple(float(line) for line in nominal * (1 + drift / mains))
    basis = _waves(fs, length, lines)
    waves = _in_step(_project(pieces, basis), fs, length, lines)
    first = np.clip(np.arange(len(waves)) - 2, 0, max(len(waves) - 5, 0))
    near = np.minimum(first[:, None] + np.arange(5), len(waves) - 1)
    steady = median(waves[near].swapaxes(0, 1))
    steady = np.concatenate([steady, steady[-1:]])
    turned = steady * _turns(len(steady), fs, length, lines).conj()
    parts = np.concatenate([turned.real, turned.imag], axis=1).astype(np.float32)
    return product(parts, basis).ravel()


@lru_cache(maxsize=32)
def _waves(fs: float, length: int, lines: tuple[float, ...]) -> Trace:
    """Return cosines, then sines, of the lines (rows) over one second."""
    angles = 2 * np.pi * np.array(lines)[:, None] * np.arange(length) / fs
    return np.concatenate([np.cos(angles), np.sin(angles)]).astype(np.float32)


def _project(pieces: Trace, basis: Trace) -> NDArray[np.complex128]:
    """Return the amplitude of each line in each second: its cosine part, and its sine part as the imaginary part."""
    parts = product(pieces, basis.T).astype(np.float64) * (2 / pieces.shape[1])
    cosines, sines = np.split(parts, 2, axis=1)
    return cosines + 1j * sines


def _turns(count: int, fs: float, length: int, lines: tuple[float, ...]) -> NDArray[np.complex128]:
    """Return how far each line has turned at the start of each second."""
    turns: NDArray[np.complex128] = np.exp(2j * np.pi * np.arange(count)[:, None] * length / fs * np.array(lines)[None])
    return turns


def _in_step(waves: NDArray[np.complex128], fs: float, length: int, lines: tuple[float, ...]) -> NDArray[np.complex128]:
    """Refer the phase of every second to the start of the recording."""
    return waves * _turns(len(waves), fs, length, lines)


def median(values: NDArray[Any]) -> NDArray[Any]:
    """Return the (upper) median over the first axis, of real and imaginary parts apart; cheaper than numpy's."""
    if np.iscomplexobj(values):
        return np.asarray(median(values.real) + 1j * median(values.imag))
    middle = len(values) // 2
    return np.asarray(np.partition(values, middle, axis=0)[middle])

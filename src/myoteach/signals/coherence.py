"""How far brain and muscle, or two muscles, go together at each frequency, and which of them leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .._told import BadValueError
from ._estimate import UNKNOWN, Estimate
from ._filters import Floats, Trace, why_unusable
from .recording import Recording

Spectra = NDArray[np.complex64]

_FEWEST_SEGMENTS = 20
#: Channels other than EMG are brought down to this rate (Hz), if the band allows: their spectra end far below.
_SLOW_RATE = 500.0
#: A lag needs this many neighbouring frequencies with significant coherence.
_FEWEST_BINS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Coherence:
    """Magnitude-squared coherence of pairs of channels.

    `frequencies` in Hz; `coherence` and `phase` (rad) are pairs x frequencies; values above `level` are significant
    (5 in 100 for one frequency); `band_level` holds for the largest value in the band. `lag` is how long the second
    channel of each pair follows the first in seconds, negative when it leads; between a spike and a burst it runs to
    the body of the burst, and so is longer than the conduction time. `significant` says for each pair whether
    the largest value in the band is beyond chance.

    Examples
    --------
    >>> from myoteach.signals import Channel
    >>> data = np.random.default_rng(0).normal(size=(2, 60_000)).astype(np.float32)
    >>> channels = (Channel("C3", "eeg", "uV"), Channel("Cz", "eeg", "uV"))
    >>> bool(coherence(Recording(data, 1000.0, channels), [("C3", "Cz")]).significant[0])
    False
    """

    pairs: tuple[tuple[str, str], ...]
    frequencies: Floats
    coherence: Floats
    phase: Floats
    level: float
    band_level: float
    lag: tuple[Estimate, ...]
    significant: NDArray[np.bool_]
    segments: int
    problem: str = ""
    note: str = ""


def coherence(
    recording: Recording,
    pairs: Sequence[tuple[str, str]],
    *,
    band: tuple[float, float] = (5.0, 60.0),
    segment: float = 1.0,
    rectify: bool = True,
) -> Coherence:
    """Measure coherence and lag between channels.

    Parameters
    ----------
    recording
        A minute or more of steady contraction.
    pairs
        Names of two channels each, the presumed leader first: ``[("C3", "APB_R")]``.
    band
        Frequencies (Hz) in which coherence is judged and the lag is fitted.
    segment
        Length (s) of the pieces that are averaged, without overlap; its inverse is the resolution in Hz.
    rectify
        Rectify EMG, so that the grouping of potentials counts and not their shape.

    Notes
    -----
    The level is 1 - 0.05 ** (1 / (segments - 1)) (Rosenberg and others 1989). The lag is the slope of the phase over
    the significant frequencies, weighted by the inverse of its variance, (1 / coherence - 1) / (2 segments).

    Raises
    ------
    KeyError
        When there is no such channel.
    ValueError
        When the band is empty or reaches above half the sampling rate.

    Examples
    --------
    >>> from myoteach.signals.recording import Channel
    >>> rng = np.random.default_rng(0)
    >>> cortex = rng.normal(size=60_000)
    >>> data = np.stack([cortex, np.roll(cortex, 20) + rng.normal(size=60_000)]).astype(np.float32)
    >>> channels = (Channel("C3", "eeg", "uV"), Channel("Cz", "eeg", "uV"))
    >>> found = coherence(Recording(data, 1000.0, channels), [("C3", "Cz")])
    >>> round(found.lag[0].value, 3), bool(found.significant[0])
    (0.02, True)
    """
    if not 0 < band[0] < band[1] <= recording.fs / 2:
        raise BadValueError(f"The band {band} must lie between 0 and half the sampling rate, {recording.fs / 2:g} Hz.")
    names = list(dict.fromkeys(name for pair in pairs for name in pair))
    rows = [recording.index(name) for name in names]
    length = round(segment * recording.fs)
    segments = recording.data.shape[1] // length
    problem = _problem(recording, rows, segments)
    if problem or not pairs:
        return _no_answer(tuple(pairs), segments, problem or "No pair of channels was asked for.")
    top = min(int(max(1.5 * band[1], 60.0) * length / recording.fs), length // 2)
    spectra = {
        name: _spectrum(recording, row, length, segments, top=top, rectify=rectify)
        for name, row in zip(names, rows, strict=True)
    }
    power = {name: np.einsum("sf,sf->f", part, part.conj()).real for name, part in spectra.items()}
    frequencies = np.arange(1, top + 1) * recording.fs / length
    return _measured(tuple(pairs), spectra, power, frequencies, band=band, segments=segments)


def _problem(recording: Recording, rows: list[int], segments: int) -> str:
    problems = " ".join(filter(None, (why_unusable(recording, row, 100.0) for row in rows)))
    if problems or segments >= _FEWEST_SEGMENTS:
        return problems
    return f"{segments} segments are too few for coherence; at least {_FEWEST_SEGMENTS} are needed. Record longer."


def _no_answer(pairs: tuple[tuple[str, str], ...], segments: int, problem: str) -> Coherence:
    empty = np.zeros((len(pairs), 0))
    none = np.zeros(len(pairs), bool)
    lag = (UNKNOWN,) * len(pairs)
    return Coherence(
        pairs, np.zeros(0), empty, empty, float("nan"), float("nan"), lag, none, segments, problem
    )  # fmt: skip


def _spectrum(recording: Recording, row: int, length: int, segments: int, *, top: int, rectify: bool) -> Spectra:
    """Return the Fourier coefficients 1 to `top` of every segment, tapered (Hann)."""
    trace = recording.data[row, : segments * length]
    step = 1
    if recording.channels[row].kind == "emg":
        trace = np.abs(trace - trace.mean()) if rectify else trace
    else:
        while (
            recording.fs / (2 * step) >= max(_SLOW_RATE, 5 * top * recording.fs / length) and length % (2 * step) == 0
        ):
            trace, step = _halved(trace), 2 * step
    raw = np.fft.rfft(trace.reshape(segments, length // step), axis=1)[:, : top + 2]
    raw[:, 0] = 0  # a mean is no rhythm
    # The Hann taper is a weighing of neighbouring coefficients: far cheaper than multiplying every sample.
    tapered = raw[:, 1:-1] - 0.5 * (raw[:, :-2] + raw[:, 2:])
    if step > 1:  # the mean of `step` samples lies half of them later than the first
        tapered *= np.exp(-1j * np.pi * np.arange(1, tapered.shape[1] + 1) * (step - 1) / length).astype(np.complex64)
    return np.asarray(tapered)


def _halved(trace: Trace) -> Trace:
    """Return every second sample after weighing neighbours 1:3:3:1, which keeps what lies above from folding down."""
    halved = trace[::2] + trace[1::2]
    halved[1:-1] *= 3
    halved[1:-1] += trace[1:-3:2]
    halved[1:-1] += trace[4::2]
    halved[1:-1] *= 0.25
    return halved


def _measured(
    pairs: tuple[tuple[str, str], ...],
    spectra: dict[str, Spectra],
    power: dict[str, Floats],
    frequencies: Floats,
    *,
    band: tuple[float, float],
    segments: int,
) -> Coherence:
    size = min(part.shape[1] for part in spectra.values())
    cross = np.stack([np.einsum("sf,sf->f", spectra[a][:, :size], spectra[b][:, :size].conj()) for a, b in pairs])
    both = np.stack([power[a][:size] * power[b][:size] for a, b in pairs])
    frequencies = frequencies[:size]
    value = np.abs(cross) ** 2 / np.maximum(both, 1e-30)
    inside = np.flatnonzero((frequencies >= band[0]) & (frequencies <= band[1]))
    level = 1 - 0.05 ** (1 / (segments - 1))
    # The taper makes neighbours alike; two frequencies of three count as independent.
    band_level = 1 - (1 - 0.95 ** (1 / max(inside.size / 1.5, 1))) ** (1 / (segments - 1))
    phase = np.angle(cross)
    lag = tuple(
        _lag(frequencies, value[row], phase[row], inside, level=level, segments=segments) for row in range(len(pairs))
    )
    significant = value[:, inside].max(axis=1) > band_level
    lag = tuple(found if clear else UNKNOWN for found, clear in zip(lag, significant, strict=True))
    note = "Coherence shows that two signals go together, not that one drives the other."
    return Coherence(
        pairs, frequencies, value.astype(np.float64), phase.astype(np.float64), level, band_level, lag, significant,
        segments, note=note,
    )  # fmt: skip


def _lag(
    frequencies: Floats, value: Floats, phase: Floats, inside: NDArray[np.intp], *, level: float, segments: int
) -> Estimate:
    """Return the slope of the phase as a delay, from the longest run of significant frequencies in the band."""
    run = _longest(inside, value[inside] > level)
    if run.size < _FEWEST_BINS:
        return UNKNOWN
    angle = np.unwrap(phase[run])
    variance = (1 / np.minimum(value[run], 0.999) - 1) / (2 * segments)
    weight = 1 / variance
    omega = 2 * np.pi * frequencies[run]
    middle = (weight * omega).sum() / weight.sum()
    spread = (weight * (omega - middle) ** 2).sum()
    slope = (weight * (omega - middle) * angle).sum() / spread
    # Neighbours share half their information through the taper, hence the 1.5; a poor fit widens the interval further.
    left = angle - (weight * angle).sum() / weight.sum() - slope * (omega - middle)
    misfit = max(float((weight * left**2).sum()) / max(run.size - 2, 1), 1.0)
    sd = np.sqrt(1.5 * misfit / spread)
    return Estimate(float(slope), float(slope - 1.96 * sd), float(slope + 1.96 * sd), int(run.size))


def _longest(places: NDArray[np.intp], marked: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Return the longest run of marked places; a single gap does not end it."""
    kept = places[marked]
    if not kept.size:
        return kept
    groups = np.split(kept, np.flatnonzero(np.diff(kept) > 2) + 1)
    return max(groups, key=len)

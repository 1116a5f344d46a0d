"""Evoked potentials of the cortex after a shock at the wrist, and the C-reflex in the resting hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._estimate import NAN, UNKNOWN, Estimate
from ._filters import Floats, Trace, microvolts, product, what_is_clipped, why_unusable, without_mains
from .average import inside, locked_mean, tops
from .recording import Recording

#: Example limits in uV: P25 and N33 (EPP015, EPP016, as quoted), N20-P25 in the giant-SEP set-up (EPP017). Different
#: measurements; each laboratory needs its own (R4).
P25_LIMIT, N33_LIMIT, N20_P25_LIMIT = 8.6, 8.4, 10.0
#: Where the peaks are looked for (s). P25 and N33 are named after their usual latency; the windows are OUR choice.
_N20, _P25, _N33 = (0.016, 0.024), (0.020, 0.031), (0.028, 0.042)
_BASE = (-0.050, -0.005)
#: Where a long-latency reflex of the hand may begin (s): 40 and 50 ms are given (EPP018).
_REFLEX = (0.033, 0.065)
_FEWEST = 20
_DRAWS = 200
#: A trace is at rest when its power before the stimulus is below this many times its quietest, and this many uV.
_REST_RATIO, _REST_UV = 4.0, 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Evoked:
    """The averages and what was measured in them.

    `times` (s, 0 is the stimulus) and `mean` (uV) are of the EEG channel. Amplitudes are in uV from the mean of 50 to 5
    ms before the stimulus, `n20_p25` from peak to peak; latencies in seconds. `giant` is True, False or None when the
    interval holds the limit or nothing could be measured.

    Examples
    --------
    >>> from myoteach.signals import simulate
    >>> recording = simulate("cortical_reflex", seconds=60, seed=1)
    >>> evoked(recording, "C3").problem
    ''
    """

    channel: str
    times: Floats
    mean: Floats
    p25: Estimate
    n33: Estimate
    n20_p25: Estimate
    p25_latency: Estimate
    n33_latency: Estimate
    giant: bool | None
    stimuli: int
    problem: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class CReflex:
    """The rectified average of a muscle after the stimuli.

    `present` is True, False, or None when it cannot be said; `latency` in seconds; `at_rest` whether the muscle was
    silent before the stimuli, without which a long-latency reflex is normal (R5). `share` of the stimuli were followed
    by it.

    Examples
    --------
    >>> from myoteach.signals import simulate
    >>> recording = simulate("cortical_reflex", seconds=40, seed=1)
    >>> c_reflex(recording, recording.of_kind("emg")[0]).present
    True
    """

    channel: str
    times: Floats
    mean: Floats
    latency: Estimate
    share: float
    present: bool | None
    at_rest: bool | None
    stimuli: int
    problem: str = ""
    note: str = ""


def stimulus_times(recording: Recording) -> Floats:
    """Return when stimuli were given (s): from the stimulus channel, or from the truth of a simulation."""
    names = recording.of_kind("stimulus")
    if not names:
        return np.array(recording.truth.stimuli)
    trace = recording.signal(names[0])
    high = trace > (float(trace.min()) + float(trace.max())) / 2
    return np.flatnonzero(high[1:] & ~high[:-1]) / recording.fs + 1 / recording.fs


def evoked(
    recording: Recording, channel: str, stimuli: Sequence[float] | Floats | None = None, *, seed: int = 0
) -> Evoked:
    """Measure P25 and N33 in one EEG channel over the hand area, opposite to the stimulated wrist.

    Parameters
    ----------
    recording, channel
        The recording and an EEG channel in a unit of voltage.
    stimuli
        Times of the shocks in seconds; by default from the stimulus channel.
    seed
        For the resampling behind the intervals.

    Raises
    ------
    KeyError
        When there is no such channel.

    Examples
    --------
    >>> from myoteach.signals.recording import Channel
    >>> shocks, times = np.arange(1, 55, 0.5), np.arange(60_000) / 1000
    >>> eeg = np.random.default_rng(0).normal(0, 5, 60_000)
    >>> for shock in shocks:
    ...     eeg += 20 * np.exp(-(((times - shock - 0.025) / 0.003) ** 2))
    >>> found = evoked(Recording(eeg[None].astype(np.float32), 1000.0, (Channel("C3", "eeg", "uV"),)), "C3", shocks)
    >>> found.giant, round(found.p25_latency.value, 3)
    (True, 0.025)
    """
    row = recording.index(channel)
    times = stimulus_times(recording) if stimuli is None else np.asarray(stimuli, np.float64)
    low, high = round(_BASE[0] * recording.fs), round(0.2 * recording.fs) + 1
    at = inside(times, recording, low, high)
    problem = _problem(recording, row, at.size, 1000.0)
    if problem:
        empty = np.zeros(0)
        return Evoked(channel, empty, empty, *(UNKNOWN,) * 5, None, at.size, problem)
    factor = microvolts(recording.channels[row].unit) or 1.0
    axis = np.arange(low, high) / recording.fs
    epochs = factor * recording.data[row][at[:, None] + np.arange(low, high)].astype(np.float64)
    epochs -= epochs[:, (axis >= _BASE[0]) & (axis <= _BASE[1])].mean(axis=1, keepdims=True)
    drawn = np.random.default_rng(seed).multinomial(at.size, np.full(at.size, 1 / at.size), _DRAWS) / at.size
    means = np.vstack([epochs.mean(axis=0), product(drawn, epochs)])
    p25, p25_at = _peak(means, axis, _P25, 1, recording.fs)
    n33, n33_at = _peak(means, axis, _N33, -1, recording.fs)
    n20, _ = _peak(means, axis, _N20, -1, recording.fs)
    sized = [_as_estimate(values, at.size) for values in (p25, n33, n20 + p25, p25_at, n33_at)]
    giant = _is_giant(((sized[0], P25_LIMIT), (sized[1], N33_LIMIT)))
    note = f"Limits of {P25_LIMIT} (P25) and {N33_LIMIT} uV (N33) are examples; use the laboratory's own. "
    note += what_is_clipped(channel, recording.data[row])
    return Evoked(
        channel, axis, means[0], sized[0], sized[1], sized[2], sized[3], sized[4], giant, at.size, note=note.strip()
    )


def c_reflex(recording: Recording, channel: str, stimuli: Sequence[float] | Floats | None = None) -> CReflex:
    """Look for a long-latency reflex in a hand muscle, and whether the muscle was at rest.

    Parameters
    ----------
    recording, channel
        The recording and an EMG channel.
    stimuli
        Times of the shocks in seconds; by default from the stimulus channel.

    Raises
    ------
    KeyError
        When there is no such channel.

    Examples
    --------
    >>> from myoteach.signals import simulate
    >>> recording = simulate("cortical_reflex", seconds=40, seed=1)
    >>> found = c_reflex(recording, "APB_R")
    >>> found.present, found.at_rest
    (True, True)
    """
    row = recording.index(channel)
    times = stimulus_times(recording) if stimuli is None else np.asarray(stimuli, np.float64)
    low, high = round(-0.1 * recording.fs), round(0.15 * recording.fs) + 1
    at = inside(times, recording, low, high)
    problem = _problem(recording, row, at.size, 500.0)
    if problem:
        empty = np.zeros(0)
        return CReflex(channel, empty, empty, UNKNOWN, NAN, None, None, at.size, problem)
    trace = without_mains(recording.data[row], recording.fs)
    trace = trace - np.median(trace)
    axis = np.arange(low, high) / recording.fs
    single = np.abs(trace[at[:, None] + np.arange(low, high)]).astype(np.float64)
    quiet = single[:, axis < -0.005]
    window = (axis >= _REFLEX[0] - 0.005) & (axis <= _REFLEX[1] + 0.02)
    answered = _answers(single, axis, window, float(quiet.mean()))
    latency = _onset(single[answered], axis, quiet.mean(), recording.fs)
    share = float(answered.mean())
    rest = _is_at_rest(trace, quiet, microvolts(recording.channels[row].unit), recording.fs)
    present = share > 0.2 and latency.value >= _REFLEX[0]
    note = ""
    if share > 0.2 and latency.value < _REFLEX[0]:
        note = f"The answer begins after {1e3 * latency.value:.0f} ms, too early for a C-reflex of the hand."
    elif present and not rest:
        note = "The muscle was not at rest: a long-latency reflex is then normal (R5)."
    mean = locked_mean(np.abs(trace)[None], at, low, high)[0]
    return CReflex(channel, axis, mean, latency, share, present, rest, at.size, note=note)


def _problem(recording: Recording, row: int, stimuli: int, rate: float) -> str:
    if microvolts(recording.channels[row].unit) is None:
        return f"{recording.channels[row].name} is in {recording.channels[row].unit}, not in a unit of voltage."
    if stimuli < _FEWEST:
        return f"{stimuli} stimuli are too few; at least {_FEWEST} are needed."
    return why_unusable(recording, row, rate)


def _peak(means: Floats, axis: Floats, window: tuple[float, float], sign: int, fs: float) -> tuple[Floats, Floats]:
    """Return amplitude (in the direction looked for) and latency (s) of the peak in a window, for each average."""
    looked = np.flatnonzero((axis >= window[0]) & (axis <= window[1]))
    part = sign * means[:, looked]
    place = tops(part, max(round(0.001 * fs), 1))
    return part.max(axis=1), (place + looked[0]) / fs + axis[0]


def _as_estimate(values: Floats, n: int) -> Estimate:
    low, high = np.percentile(values[1:], (2.5, 97.5))
    return Estimate(float(values[0]), float(low), float(high), n)


def _is_giant(measured: Sequence[tuple[Estimate, float]]) -> bool | None:
    """Return True when one is surely above its limit, False when all are surely below, else None."""
    if any(size.low > limit for size, limit in measured):
        return True
    return False if all(size.high < limit for size, limit in measured) else None


def _answers(single: Floats, axis: Floats, window: NDArray[np.bool_], quiet: float) -> NDArray[np.bool_]:
    """Return which stimuli were followed by a burst in the window of the reflex."""
    width = max(int(0.008 / (axis[1] - axis[0])), 1)
    sums = np.cumsum(single[:, window], axis=1)
    strongest = (sums[:, width:] - sums[:, :-width]).max(axis=1) / width
    before = np.cumsum(single[:, axis < -0.005], axis=1)
    usual = (before[:, width:] - before[:, :-width]).max(axis=1) / width
    return np.asarray(strongest > np.maximum(1.5 * np.percentile(usual, 90), 2 * quiet))


def _onset(single: Floats, axis: Floats, quiet: float, fs: float) -> Estimate:
    """Return when the rectified average of the answers rises, with the interval over resampled answers."""
    if len(single) < 5:
        return UNKNOWN
    drawn = np.random.default_rng(0).multinomial(len(single), np.full(len(single), 1 / len(single)), _DRAWS)
    means = np.vstack([single.mean(axis=0), product(drawn, single) / len(single)])
    looked = np.flatnonzero((axis >= _REFLEX[0] - 0.015) & (axis <= _REFLEX[1]))
    top = means[:, looked].max(axis=1, keepdims=True)
    part = means[:, looked[0] :]
    level = quiet + 0.1 * (top - quiet)
    # The onset is the last sample below a tenth of the height before the average first passes half of it.
    half = (part > quiet + 0.5 * (top - quiet)).argmax(axis=1)
    below = (part < level) & (np.arange(part.shape[1]) < half[:, None])
    last = np.where(below.any(axis=1), part.shape[1] - 1 - below[:, ::-1].argmax(axis=1), 0)
    return _as_estimate((last + 1 + looked[0]) / fs + axis[0], len(single))


def _is_at_rest(trace: Trace, quiet: Floats, factor: float | None, fs: float) -> bool | None:
    """Return whether the muscle was silent before the stimuli; None when only the size would tell and is between."""
    length = round(0.1 * fs)
    pieces = np.abs(trace[: trace.size // length * length].reshape(-1, length)).mean(axis=1)
    quietest = float(np.percentile(pieces, 2))
    size = float(np.median(quiet.mean(axis=1)))
    if size * (factor or 1.0) > _REST_UV:
        return False
    return True if size < np.sqrt(_REST_RATIO) * quietest else None

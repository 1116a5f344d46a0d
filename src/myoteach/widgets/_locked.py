"""What is left of brain and muscle when many simulated jerks are laid on top of each other. Loads numpy."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..signals import KINDS, Recording, back_average, simulate
from ..signals.average import inside, locked_mean
from ._movement_payload import pack

_FS = 1000.0
#: Seconds simulated, and milliseconds shown before and after the onset.
SECONDS, BEFORE, AFTER = 180.0, 250, 350
#: Milliseconds over which the muscle's activity is smoothed; odd, so that the smoothing moves nothing.
_SMOOTH = 5
#: Microvolt of a full swing of the EEG, where no wave is higher: what is left of the background stays small.
_LEAST = 10.0


@cache
def locked(kind: str, site: str, electrode: str, seed: int) -> dict[str, Any]:
    """Return the averages around the onsets of one muscle, small enough to be sent, and when the brain wave peaks.

    The wave is looked for as in a clinic, in the tenth of a second before the onset (`signals.back_average`), and
    reported only where chance does not make one as high. ``lead`` is in milliseconds, None where no wave was found.

    Examples
    --------
    >>> found = locked("cortical_negative", "ECR_R", "C3", 8)
    >>> 20 <= found["lead"] <= 60, locked("asterixis", "ECR_R", "C3", 3)["lead"]
    (True, None)
    """
    recording = simulate(kind, SECONDS, _FS, seed, muscles=(site,), eeg=(electrode,), ecg_uv=0, mains_uv=0)
    onsets = _onsets(recording, site)
    brain = back_average(
        recording, onsets, electrode, before=BEFORE / 1000, after=AFTER / 1000, search=(-0.1, 0.0), surrogates=200
    )
    muscle = _activity(recording, onsets, site)
    lead = -1000 * float(brain.peak[0].value) if brain.significant[0] else None
    return {
        "events": brain.events,
        "site": site,
        "electrode": electrode,
        "lead": None if lead is None else round(lead),
        "eeg": _curve(brain.mean[0][: BEFORE + AFTER] - np.median(brain.mean[0]), _LEAST),
        "emg": _curve(muscle, 0.0),
    }


def _onsets(recording: Recording, site: str) -> NDArray[np.float64]:
    """Return when one muscle fires or falls silent.

    A silence is set at its generator's time and the muscle's mean delay: laid together at the last discharge before
    each, silences would seem to follow a burst, which by definition they do not (EPP069).
    """
    bursts = sorted((burst for burst in recording.truth.bursts if burst.channel == site), key=lambda one: one.onset)
    onsets = np.array([burst.onset for burst in bursts])
    if KINDS[recording.truth.kind].sign > 0:
        return onsets
    centres = np.array([recording.truth.jerks[burst.jerk] for burst in bursts])
    return np.asarray(centres + float(np.mean(onsets - centres)))


def _activity(recording: Recording, onsets: NDArray[np.float64], site: str) -> NDArray[np.float64]:
    """Return the mean of the rectified EMG around the onsets, smoothed over five milliseconds."""
    data = np.abs(recording.signal(site))[None].astype(np.float32)
    low, high = -BEFORE - _SMOOTH // 2, AFTER + _SMOOTH // 2
    mean = locked_mean(data, inside(onsets, recording, low, high), low, high)[0]
    return np.asarray(np.convolve(mean, np.ones(_SMOOTH) / _SMOOTH, "valid"))


def _curve(values: NDArray[np.float64], least: float) -> dict[str, Any]:
    """Return a curve of one sample a millisecond, and the microvolt of a full swing, at least `least`."""
    peak = max(float(np.abs(values).max()), least)
    return {"peak": round(peak, 1), "data": pack(values, peak / 127, "<i1")}

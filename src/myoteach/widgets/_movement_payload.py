"""What the movement player is sent: one recording, cut, made small, and put into words. Loads numpy."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..signals import KINDS, Burst, Recording, Truth, simulate
from ._movement_stages import Stage
from ._muscles import muscle_words

_FS = 1000.0
_ANGLE_RATE = 125
_EEG_RATE = 250
#: A muscle keeps a beat, for the words under a figure, when so many gaps or more are nearly equal: this share of them
#: within this part of the middle one. A gap so many times as long is a pause. Choices of wording, from no source.
_FEWEST_GAPS, _MOSTLY, _EVEN, _PAUSE = 5, 0.7, 0.25, 3
#: Degrees in one step of the angles sent.
_ANGLE_STEP = 0.1
#: Time to peak in seconds of the twitch that lifts the skin; a default of the drawing, as in `signals`.
_TWITCH = 0.05


@cache
def record(kind: str, stage: Stage, stimuli: tuple[float, ...] | None = None) -> Recording:
    """Simulate a kind as it is staged, and cut the piece that is shown; `stimuli` are those of `simulate`."""
    whole = simulate(
        kind,
        stage.start + stage.seconds,
        _FS,
        stage.seed,
        muscles=stage.muscles,
        eeg=stage.eeg or False,
        ecg_uv=0,
        mains_uv=0,
        stimuli=stimuli,
    )
    return cut(whole, stage.start)


def cut(recording: Recording, start: float) -> Recording:
    """Return the recording from `start` seconds on, with its truth moved along.

    A burst that has begun before is left out, for its beginning cannot be shown.
    """
    truth = recording.truth
    moved = Truth(
        truth.kind,
        truth.generator,
        tuple(time - start for time in truth.jerks if time >= start),
        tuple(time - start for time in truth.stimuli if time >= start),
        tuple(replace(burst, onset=burst.onset - start) for burst in truth.bursts if burst.onset >= start),
        truth.latencies,
    )
    first = round(start * recording.fs)
    return Recording(recording.data[:, first:], recording.fs, recording.channels, moved, recording.provenance)


def payload(recording: Recording, stage: Stage) -> dict[str, Any]:
    """Return what the module draws of one recording, as plain JSON; what its numbers rest on is added later."""
    kind = KINDS[recording.truth.kind]
    return {
        "kind": kind.name,
        "label": kind.label,
        "role": kind.role,
        "generator": kind.generator,
        "negative": kind.sign < 0,
        "seconds": recording.seconds,
        "window": stage.window,
        "pose": stage.pose,
        "view": stage.view,
        "inset": stage.inset,
        "nods": stage.nods,
        "asleep": stage.asleep,
        "look": stage.look,
        "tell": stage.tell,
        "said": describe(recording),
        "traces": [
            *(_eeg_trace(recording, name) for name in stage.eeg),
            *_emg_traces(recording, stage.traces),
        ],
        "angles": angles(recording),
        "skin": {"rate": _ANGLE_RATE, "sites": _skin(recording, stage.traces)} if kind.firing == "single" else None,
        "muscles": {name: muscle_words(name) for name in recording.of_kind("emg")},
        "events": events(recording),
        "stimuli": [round(time, 3) for time in recording.truth.stimuli],
        "stimulus": {"nerve": "shock", "sound": "sound", "tap": "tap"}.get(kind.stimulus, ""),
        "provenance": [],
    }


def events(recording: Recording) -> list[dict[str, Any]]:
    """Return the events in order: when each begins, and for each muscle that takes part its onset and duration.

    Times are in seconds from the start of what is shown, durations in milliseconds.
    """
    by_jerk: dict[int, list[Burst]] = {}
    for burst in recording.truth.bursts:
        if burst.onset < recording.seconds:
            by_jerk.setdefault(burst.jerk, []).append(burst)
    ordered = sorted(
        (sorted(group, key=lambda burst: burst.onset) for group in by_jerk.values()), key=lambda group: group[0].onset
    )
    return [
        {
            "time": round(group[0].onset, 5),
            "bursts": [[burst.channel, round(burst.onset, 5), round(burst.duration * 1000, 1)] for burst in group],
        }
        for group in ordered
    ]


def describe(recording: Recording) -> str:
    """Say how many events there are, how they come, and how long they last, from the truth.

    Examples
    --------
    >>> describe(simulate("asterixis", 6, seed=1, eeg=False))
    '9 lapses in 6 seconds, at irregular times. The muscles fall silent for 36 to 90 ms.'
    """
    kind = KINDS[recording.truth.kind]
    found = events(recording)
    noun = "lapse" if kind.sign < 0 else {"single": "flicker"}.get(kind.firing, "event")
    count = f"{len(found)} {noun}{'' if len(found) == 1 else 's'} in {recording.seconds:g} seconds"
    durations = [burst[2] for event in found for burst in event["bursts"]]
    if not durations:
        return f"{count}."
    low, high = round(min(durations)), round(max(durations))
    length = f"{low} ms" if low == high else f"{low} to {high} ms"
    does = "The muscles fall silent for" if kind.sign < 0 else "The muscle bursts last"
    return f"{count}{_when(recording, found)}. {does} {length}."


def _when(recording: Recording, found: Sequence[dict[str, Any]]) -> str:
    """Say how events come: after stimuli, to a beat, or at irregular times."""
    if len(found) < 3:
        return ""
    if len(recording.truth.stimuli) and KINDS[recording.truth.kind].numbers.get("reflex_probability"):
        return ", most of them after a stimulus"
    beat = _beat(found)
    if beat is None:
        return ", at irregular times"
    rate, in_runs = beat
    return f", {'in runs, each ' if in_runs else ''}to a beat of about {rate:.1f} a second"


def _beat(found: Sequence[dict[str, Any]]) -> tuple[float, bool] | None:
    """Return how many a second and whether with pauses between, if the busiest muscle keeps a beat."""
    times: dict[str, list[float]] = {}
    for event in found:
        for channel, onset, _ in event["bursts"]:
            times.setdefault(channel, []).append(onset)
    busiest: list[float] = max(times.values(), key=len)
    gaps = [later - before for before, later in pairwise(sorted(busiest))]
    if len(gaps) < _FEWEST_GAPS:
        return None
    middle = median(gaps)
    steady = sum(abs(gap - middle) <= _EVEN * middle for gap in gaps) / len(gaps)
    return (1 / middle, max(gaps) > _PAUSE * middle) if steady >= _MOSTLY else None


# ------------------------------------------------------------------------------------------------- samples


def pack(samples: NDArray[np.floating[Any]], step: float, dtype: str) -> str:
    """Return samples as whole steps, little-endian, in base64."""
    info = np.iinfo(dtype)
    whole = np.clip(np.rint(np.asarray(samples, float) / step), info.min + 1, info.max)
    return base64.b64encode(whole.astype(dtype).tobytes()).decode("ascii")


def _emg_traces(recording: Recording, sites: Sequence[str]) -> list[dict[str, Any]]:
    """Return the EMG of these sites on one common scale, so that a silent muscle looks silent."""
    signals = {site: recording.signal(site) for site in sites}
    peak = max(float(np.abs(signal).max()) for signal in signals.values())
    return [_trace(site, "emg", signal, peak, recording.fs) for site, signal in signals.items()]


def _eeg_trace(recording: Recording, name: str) -> dict[str, Any]:
    step = round(recording.fs / _EEG_RATE)
    signal = recording.signal(name)
    smooth = np.convolve(signal, np.ones(step) / step, "same")[::step]
    return _trace(name, "eeg", smooth, float(np.abs(smooth).max()), _EEG_RATE)


def _trace(site: str, kind: str, signal: NDArray[Any], peak: float, rate: float) -> dict[str, Any]:
    return {"site": site, "kind": kind, "rate": rate, "peak": round(peak), "data": pack(signal, peak / 127, "<i1")}


def angles(recording: Recording, first: int = 0, last: int | None = None) -> dict[str, Any]:
    """Return the joints that move between two samples, at a rate the eye cannot tell from the original."""
    step = round(recording.fs / _ANGLE_RATE)
    moving = {name: recording.signal(name)[first:last:step] for name in recording.of_kind("angle")}
    joints = {
        name: pack(angle, _ANGLE_STEP, "<i2") for name, angle in moving.items() if np.abs(angle).max() > _ANGLE_STEP
    }
    return {"rate": _ANGLE_RATE, "step": _ANGLE_STEP, "joints": joints}


def _skin(recording: Recording, sites: Sequence[str]) -> dict[str, str]:
    """Return how far single units lift the skin, 0 to 1: their potentials through a twitch, as with the joints."""
    time = np.arange(0, 8 * _TWITCH, 1 / recording.fs)
    twitch = time / _TWITCH * np.exp(1 - time / _TWITCH)
    step = round(recording.fs / _ANGLE_RATE)
    lifted = {}
    for site in sites:
        pulses = np.zeros(len(recording.times))
        for burst in recording.truth.bursts:
            if burst.channel == site and burst.onset < recording.seconds:
                first = round(burst.onset * recording.fs)
                pulses[first : first + max(round(burst.duration * recording.fs), 1)] += 1
        lift = np.convolve(pulses, twitch)[: len(pulses) : step]
        lifted[site] = pack(np.tanh(lift / 10), 1 / 127, "<i1")
    return {
        site: lift for site, lift in lifted.items() if any(burst.channel == site for burst in recording.truth.bursts)
    }

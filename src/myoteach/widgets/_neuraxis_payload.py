"""What the neuraxis is sent: of each level one simulated jerk, made small, and the rows about it. Loads numpy."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from ..knowledge import KnowledgeBase
from ..knowledge.records import Category, Mimic, Parameter, Rule, Sourced
from ..signals import KINDS, MUSCLES, Burst, Recording, simulate
from ._explorer import provenance, source_cards
from ._movement_payload import angles
from ._movement_stages import STAGES
from ._muscles import has_angle, joint_words, muscle_words
from ._neuraxis_levels import LEVELS, Level
from ._simulated import UNSOURCED, measurements, numbers_of, rests_on

_SECONDS, _FS = 20.0, 2000.0
#: What is shown before the discharge or the stimulus and after the last burst, in seconds.
_BEFORE, _AFTER = 0.015, 0.020
#: The movement is followed for so long after the discharge, in seconds: by then limbs have come back.
_SETTLED = 0.5
#: What moves less than this, in degrees, is not said to move.
_MOVES = 1.0
#: Onsets closer than this are called together, in milliseconds. A default of the drawing, as no source gives one.
_TOGETHER = 1.0


@dataclass(frozen=True, slots=True)
class Jerk:
    """One jerk of a recording: when it is discharged, its bursts by onset, and the piece shown; all in seconds.

    The traces end at `end`; the movement, which is slower, is followed until it is `still` or the next jerk begins.
    """

    time: float
    bursts: tuple[Burst, ...]
    stimulus: float | None
    start: float
    end: float
    still: float


@cache
def record(level: Level) -> Recording:
    """Simulate the kind of jerk that shows a level."""
    return simulate(level.kind, _SECONDS, _FS, level.seed, muscles=level.recorded, eeg=False, ecg_uv=0, mains_uv=0)


def clearest_jerk(recording: Recording) -> Jerk:
    """Return the first of the jerks in which the most muscles take part.

    Examples
    --------
    >>> [burst.channel for burst in clearest_jerk(record(LEVELS["unit"])).bursts]
    ['FDI_R']
    """
    bursts = recording.truth.bursts
    by_jerk: dict[int, list[Burst]] = {}
    for burst in bursts:
        by_jerk.setdefault(burst.jerk, []).append(burst)
    number = max(by_jerk, key=lambda jerk: (len(by_jerk[jerk]), -jerk))
    own = tuple(sorted(by_jerk[number], key=lambda burst: burst.onset))
    time = recording.truth.jerks[number]
    stimulus = max((at for at in recording.truth.stimuli if time - 0.2 < at < time), default=None)
    over = max(burst.onset + burst.duration for burst in own)
    another = (burst.onset for burst in bursts if burst.jerk != number and burst.onset > time)
    still = min(time + _SETTLED, min(another, default=recording.seconds))
    # A train goes on: the piece ends before its next burst.
    following = min((burst.onset for burst in bursts if burst.onset > over), default=recording.seconds)
    first = _whole_ms((stimulus or time) - time - _BEFORE)
    last = _whole_ms(min(over + _AFTER, following - 0.001) - time)
    return Jerk(time, own, stimulus, time + first, time + last, time + _whole_ms(still - time))


def _whole_ms(seconds: float) -> float:
    return round(seconds * 1000) / 1000


def payload(kb: KnowledgeBase) -> dict[str, Any]:
    """Return what the module shows of all levels, as plain JSON; times are in milliseconds after the discharge."""
    rules = {row.id: row for row in kb.records("ep_rules", Rule)}
    rows = measurements(kb)
    wanted = dict.fromkeys(name for level in LEVELS.values() for name in level.rules)
    measured = dict.fromkeys(name for level in LEVELS.values() for name in level.measured)
    named: list[Sourced] = [*(rules[name] for name in wanted), *(rows[name] for name in measured)]
    named += [about_row(level, kb) for level in LEVELS.values()]
    return {
        "levels": [_level(level, number, kb) for number, level in enumerate(LEVELS.values(), 1)],
        "rules": {name: _rule(rules[name]) for name in wanted},
        "measured": {name: _measurement(rows[name], kb) for name in measured},
        "sources": source_cards(kb, named),
    }


def _level(level: Level, number: int, kb: KnowledgeBase) -> dict[str, Any]:
    recording, kind = record(level), KINDS[level.kind]
    jerk = clearest_jerk(recording)
    return {
        "id": level.id,
        "number": number,
        "name": level.name,
        "generator": kind.generator,
        "label": kind.label,
        "role": kind.role,
        "firing": kind.firing,
        "kinds": [kind.label, *(KINDS[name].label for name in level.also)],
        "about": about(level, kb),
        "start": round((jerk.start - jerk.time) * 1000, 1),
        "end": round((jerk.end - jerk.time) * 1000, 1),
        "first": round((round(jerk.start * _FS) / _FS - jerk.time) * 1000, 2),
        "stimulus": None if jerk.stimulus is None else round((jerk.stimulus - jerk.time) * 1000, 1),
        "stimulus_name": kind.stimulus,
        "rate": _FS / 1000,
        "traces": _traces(recording, jerk, level, kb),
        "still": round((jerk.still - jerk.time) * 1000),
        "movement": _movement(recording, jerk, level),
        "moves": _moves(recording, jerk),
        "rules": list(level.rules),
        "measured": list(level.measured),
        "numbers": numbers_of(recording, kb),
    }


def about_row(level: Level, kb: KnowledgeBase) -> Category | Mimic:
    """Return the row that describes a level."""
    row = kb.get(level.about)
    assert isinstance(row, (Category, Mimic)), f"{level.about} describes no level"
    return row


def about(level: Level, kb: KnowledgeBase) -> dict[str, Any]:
    """Return what the tables say of a level, in both wordings.

    Examples
    --------
    >>> from myoteach import load
    >>> about(LEVELS["cord"], load())["status"]
    'concept disputed'
    """
    row = about_row(level, kb)
    if isinstance(row, Mimic):
        words = {"plain": row.discriminator_plain, "clinical": row.discriminator_clinical, "recordings": row.emg_eeg}
        return words | {"examples_plain": "", "examples_clinical": "", "status": "a look-alike"} | provenance(row)
    names = ("plain", "clinical", "examples_plain", "examples_clinical", "status")
    return {name: getattr(row, name) for name in names} | {"recordings": ""} | provenance(row)


# ---------------------------------------------------------------------------------------------------------- traces


def _traces(recording: Recording, jerk: Jerk, level: Level, kb: KnowledgeBase) -> list[dict[str, Any]]:
    """Return each muscle's EMG on one common scale and what is true of it; a silent muscle has no onset."""
    first, last = (round(time * recording.fs) for time in (jerk.start, jerk.end))
    peak = float(np.abs(recording.data[[recording.index(n) for n in level.muscles], first:last]).max())
    own = {burst.channel: burst for burst in jerk.bursts}
    ranks = _ranks([burst for burst in jerk.bursts if burst.channel in level.muscles])
    latencies = dict(recording.truth.latencies)
    return [
        {
            "site": site,
            **muscle_words(site),
            "delay": round(latencies[site] * 1000, 1),
            "nerve": round(MUSCLES[site.partition("_")[0]].nerve_delay * 1000, 1),
            "rests": _rests(site, recording, kb),
            "onset": round((own[site].onset - jerk.time) * 1000, 1) if site in own else None,
            "duration": round(own[site].duration * 1000, 1) if site in own else None,
            "rank": ranks.get(site),
            "peak": round(peak),
            "data": _pack(recording.signal(site)[first:last] / peak),
        }
        for site in level.muscles
    ]


def _pack(shares: np.ndarray[Any, Any]) -> str:
    """Return samples from -1 to 1 as signed bytes in base64."""
    whole = np.clip(np.rint(shares * 127), -127, 127).astype("<i1")
    return base64.b64encode(whole.tobytes()).decode("ascii")


def _ranks(bursts: Sequence[Burst]) -> dict[str, int]:
    """Return who comes first, second, ..., of bursts by onset; muscles that begin together share a place."""
    onsets = [burst.onset * 1000 for burst in bursts]
    ranks = [1]
    for before, after in pairwise(onsets):
        ranks.append(ranks[-1] + (after - before > _TOGETHER))
    return {burst.channel: rank for burst, rank in zip(bursts, ranks, strict=True)}


def _rests(site: str, recording: Recording, kb: KnowledgeBase) -> str:
    """Say what the delay to a muscle rests on."""
    measured = MUSCLES[site.partition("_")[0]].measured
    if measured and KINDS[recording.truth.kind].route == "corticospinal":
        return f"measured; {rests_on(measured.source, kb)}"
    return f"reckoned from distance and speed; distance: {UNSOURCED}"


# -------------------------------------------------------------------------------------------------------- movement


def _movement(recording: Recording, jerk: Jerk, level: Level) -> dict[str, Any]:
    """Return the jerk as the figure reads a movement, from the discharge on; the figure has no electrodes here."""
    stage = STAGES[level.kind]
    names = ("pose", "view", "inset", "nods", "asleep")
    first, last = (round(time * recording.fs) for time in (jerk.time, jerk.still))
    return {name: getattr(stage, name) for name in names} | {
        "seconds": round(jerk.still - jerk.time, 3),
        "events": [{"time": 0, "bursts": []}],
        "traces": [],
        "skin": None,
        "angles": angles(recording, first, last + 1),
    }


def _moves(recording: Recording, jerk: Jerk) -> list[dict[str, Any]]:
    """Return what the jerk moves: how far at most, in degrees from where it was, and when; the face comes last."""
    first, last = (round(time * recording.fs) for time in (jerk.time, jerk.still))
    rows = []
    for joint in recording.of_kind("angle"):
        way = recording.signal(joint)[first : last + 1].astype(float)
        way = np.abs(way - way[0])
        furthest = int(way.argmax())
        at = round(furthest / recording.fs * 1000)
        rows.append({"part": joint_words(joint), "degrees": round(way[furthest]), "at": at, "told": has_angle(joint)})
    return sorted((row for row in rows if row["degrees"] >= _MOVES), key=lambda row: (not row["told"], -row["degrees"]))


# ------------------------------------------------------------------------------------------------ numbers and rows


def _rule(row: Rule) -> dict[str, Any]:
    names = ("id", "rule", "plain", "measure", "if_a", "then_a", "if_b", "then_b", "accuracy", "status", "note")
    return {name: getattr(row, name) for name in names} | provenance(row)


def _measurement(row: Parameter, kb: KnowledgeBase) -> dict[str, Any]:
    words = {"id": row.id, "name": row.parameter, "value": value_words(row), "note": row.note}
    return words | {"rests": rests_on(row.id, kb)} | provenance(row)


def value_words(row: Parameter) -> str:
    """Put a measurement into words, as its kind of value asks for.

    Examples
    --------
    >>> from myoteach import load
    >>> value_words(load().get("EPP058"))
    '3.2 to 6.7 m/s; mean 5.4, SD 1.4'
    >>> value_words(load().get("EPP010"))
    'mean 21.77, SD 1.47, at 120 % of motor threshold (ms)'
    """
    if row.value_kind == "mean and sd":
        return f"{row.text} ({row.unit})"
    return "; ".join(part for part in (_figures(row), row.text) if part)


def _figures(row: Parameter) -> str:
    low, high = row.low, row.high
    if low is None and high is None:
        return ""
    if high is None:
        return f"{low:g} {row.unit} or more"
    if low is None:
        return f"up to {high:g} {row.unit}"
    between = {"two values": "and", "n of N": "of"}.get(row.value_kind, "to")
    return f"{high:g} {row.unit}" if low == high and between == "to" else f"{low:g} {between} {high:g} {row.unit}"

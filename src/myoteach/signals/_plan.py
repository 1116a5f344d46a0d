"""When jerks happen, in which muscles, how long each burst lasts: what is true before a sample exists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._body import Floats, Montage
from ._kinds import Kind
from ._numbers import Patient
from ._pool import THRESHOLD, BurstTable, longest
from ._scene import Scene

Mask = NDArray[np.bool_]

#: Bursts of one muscle closer than this would be one burst to the eye and to any detector.
_GAP = 0.020
#: A muscle with at least this many units steadily at work shows a lapse.
_AT_WORK = THRESHOLD[12]
#: A rhythmic burst leaves at least a third of its period silent.
_DUTY = 0.65


@dataclass(frozen=True, slots=True)
class Events:
    """Central events: time in seconds, the muscles each may reach (events x muscles), and the side it belongs to."""

    time: Floats
    may_reach: Mask
    side: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Plan:
    """What will happen in a recording."""

    jerks: Floats
    sides: NDArray[np.str_]
    stimuli: Floats
    delays: Floats
    bursts: BurstTable


def plan(scene: Scene, stimuli: float | Sequence[float] | None) -> Plan:
    """Plan a recording; `stimuli` are those of `simulate`."""
    delays = _delays(scene.kind, scene.patient, scene.montage)
    pulses = _stimulus_times(scene, stimuli)
    events = _add_reflexes(scene, _spontaneous(scene), pulses)
    inside = (events.time > 0.05) & (events.time < scene.seconds - 0.2)
    order = np.flatnonzero(inside)[np.argsort(events.time[inside], kind="stable")]
    events = Events(events.time[order], events.may_reach[order], events.side[order])
    bursts = _tidy(_bursts(scene, events, delays), longest(scene.widths), scene.seconds)
    return Plan(events.time, events.side, pulses, delays, bursts)


# ------------------------------------------------------------------------------------------------------ conduction


def _delays(kind: Kind, patient: Patient, montage: Montage) -> Floats:
    """Return the time in seconds from the central event to each muscle."""
    delays = montage.cortex_latencies
    match kind.route:
        case "locked":
            delays = delays + patient["lead"] - Montage.read([kind.reference]).cortex_latencies[0]
        case "neuraxis":
            delays = patient["synapse"] + _along_the_neuraxis(patient, montage) + montage.nerve_delays
        case "startle":
            delays = _startle(patient, montage)
        case "respiratory":
            delays = patient["synapse"] + np.where(montage.where(["LAR"]), patient["glottis_later"], 0.0)
        case "nerve":
            delays = montage.nerve_delays
        case "sequence":
            rank = np.argsort(np.argsort(montage.positions, kind="stable"), kind="stable")
            delays = delays + patient["sequence_step"] * rank
    return delays


def _along_the_neuraxis(patient: Patient, montage: Montage) -> Floats:
    distance = montage.positions - patient["origin"]
    up = patient["velocity_up"]
    down = patient["velocity_down"] if patient.has("velocity_down") else up
    return np.asarray(np.abs(distance) / np.where(distance < 0, up, down))


def _startle(patient: Patient, montage: Montage) -> Floats:
    """Return the delays of a startle after its discharge: blink, neck, jaw, then slowly down, hand and foot last.

    The stated latencies count from the sound; the discharge is set one synapse and one facial nerve before the blink.
    """
    blink = patient["synapse"] + Montage.read(["OO"]).nerve_delays[0]
    neck = blink + patient["startle_neck"] - patient["reflex_latency"]
    neck_muscle = Montage.read(["SCM"])
    below = np.maximum(montage.positions - neck_muscle.positions[0], 0.0)
    delays = neck + below / patient["velocity_down"] + montage.nerve_delays - neck_muscle.nerve_delays[0]
    delays = delays + patient["hand_foot_later"] * (montage.where(["hand", "foot"]) | montage.where(["TA", "SOL"]))
    delays = np.where(montage.where(["MAS"]), neck + patient["masseter_later"], delays)
    return np.asarray(np.where(montage.where(["OO", "OOR"]), blink, delays))


# ---------------------------------------------------------------------------------------------------------- events


def _spontaneous(scene: Scene) -> Events:
    """Return the events that come by themselves, from as many clocks as the kind has."""
    kind, patient, montage = scene.kind, scene.patient, scene.montage
    if not (patient.has("rate") or patient.has("interval")) or kind.timing == "stimulus":
        return Events(np.zeros(0), np.zeros((0, len(montage)), bool), np.zeros(0, "<U1"))
    parts = []
    for mask, side in _clocks(kind, montage):
        time = _clock(scene)
        names = np.full(len(time), side)
        reach = np.tile(mask, (len(time), 1))
        if kind.sides == "one":
            names = scene.rng.choice(sorted(set(montage.sides), reverse=True), len(time))
            reach = reach & (np.array(montage.sides) == names[:, None])
        parts.append(Events(time, reach, names))
    return _join(parts)


def _clocks(kind: Kind, montage: Montage) -> list[tuple[Mask, str]]:
    """Return the muscles and the side that each clock of the kind drives."""
    first = montage.sides[0]
    match kind.sides:
        case "same":
            return [(montage.on_side(first), first)]
        case "each":
            return [(montage.on_side(side), side) for side in dict.fromkeys(montage.sides)]
        case "muscle":
            part = _core(kind, montage)
            return [(np.arange(len(montage)) == row, montage.sides[row]) for row in np.flatnonzero(part)]
        case _:
            return [(np.ones(len(montage), bool), "B")]


def _core(kind: Kind, montage: Montage) -> Mask:
    """Return the muscles the kind takes first; where none of them is recorded, those it may spread to."""
    core = montage.where(kind.core)
    return core if core.any() else montage.where(kind.beyond)


def _clock(scene: Scene) -> Floats:
    """Return event times of one clock: single events or clusters, irregular or rhythmic."""
    patient, rng = scene.patient, scene.rng
    period = _period(patient)
    lead_in = 2.6 if patient.has("readiness") else 0.5
    start = lead_in + rng.random() * min(period, 1.5)
    count = int((scene.seconds + 2 * period) / period * 2) + 10
    if scene.kind.timing == "rhythmic":
        gaps = period * np.maximum(1 + patient["interval_cv"] * rng.standard_normal(count), 0.3)
    else:
        rest = min(patient["dead_time"], 0.6 * period)
        gaps = rest + rng.exponential(period - rest, count)
    first = start + np.r_[0.0, np.cumsum(gaps)]
    if patient["repeats"] > 1:
        first = _clusters(first, patient, rng)
    return np.asarray(first[first < scene.seconds])


def _period(patient: Patient) -> float:
    """Return the mean time between events in seconds, however the kind states it."""
    return patient["interval"] if patient.has("interval") else 1.0 / patient["rate"]


def _clusters(first: Floats, patient: Patient, rng: np.random.Generator) -> Floats:
    """Repeat each event; the next cluster waits until the one before is over."""
    size = np.maximum(np.rint(patient["repeats"] * (1 + 0.35 * rng.standard_normal(len(first)))), 1).astype(np.int64)
    step = 2 * patient["half_period"] if patient.has("half_period") else 1.0 / patient["repeat_rate"]
    # A cluster slower than its own bursts: the bursts set the pace.
    step = max(step, 1.25 * patient["duration"] + 2 * _GAP)
    first = first + np.r_[0.0, np.cumsum((size - 1) * step)[:-1]]
    cluster = np.repeat(np.arange(len(first)), size)
    number = np.arange(len(cluster)) - np.repeat(np.cumsum(size) - size, size)
    wobble = step * patient["interval_cv"] * rng.standard_normal(len(cluster))
    return np.asarray(first[cluster] + number * step + wobble * (number > 0))


def _stimulus_times(scene: Scene, stimuli: float | Sequence[float] | None) -> Floats:
    """Return the times of stimuli: as given, at a given rate, or as the kind is usually examined."""
    if stimuli is not None and not isinstance(stimuli, (int, float)):
        return np.sort(np.asarray(stimuli, float))
    usual = scene.patient["stimulus_rate"] if scene.kind.stimulus else 0.0
    rate = usual if stimuli is None else float(stimuli)
    if rate <= 0:
        return np.zeros(0)
    count = int(scene.seconds * rate) + 1
    time = 0.7 + (np.arange(count) + 0.1 * scene.rng.random(count)) / rate
    return time[time < scene.seconds - 0.6]


def _add_reflexes(scene: Scene, events: Events, pulses: Floats) -> Events:
    """Add the events that stimuli set off, and drop spontaneous ones that would fall on top of them."""
    kind, patient, montage, rng = scene.kind, scene.patient, scene.montage, scene.rng
    if not len(pulses) or not patient.has("reflex_probability"):
        return events
    answered = pulses[rng.random(len(pulses)) < patient["reflex_probability"]]
    # The stated latency is that of one muscle; the discharge comes earlier by the way to it.
    wait = patient["reflex_latency"] - _delays(kind, patient, Montage.read([kind.reference]))[0]
    scatter = patient["reflex_jitter"] * rng.standard_normal(len(answered))
    # No answer can come before the stimulus has arrived.
    time = answered + np.maximum(wait + scatter, 0.002)
    both, first = kind.sides == "both", montage.sides[0]
    reach = np.ones(len(montage), bool) if both else montage.on_side(first)
    near = (np.abs(events.time[:, None] - time) < 0.35).any(1)
    kept = Events(events.time[~near], events.may_reach[~near], events.side[~near])
    side = np.full(len(time), "B" if both else first)
    return _join([kept, Events(time, np.tile(reach, (len(time), 1)), side)])


def _join(parts: list[Events]) -> Events:
    return Events(
        np.concatenate([part.time for part in parts]),
        np.concatenate([part.may_reach for part in parts]),
        np.concatenate([part.side for part in parts]),
    )


# ---------------------------------------------------------------------------------------------------------- bursts


def _bursts(scene: Scene, events: Events, delays: Floats) -> BurstTable:
    """Return all bursts of all events, not yet tidied."""
    kind, patient, montage, rng = scene.kind, scene.patient, scene.montage, scene.rng
    shape = events.may_reach.shape
    core, beyond = _core(kind, montage), montage.where(kind.beyond)
    spreads = rng.random((shape[0], 1)) < patient["reach"]
    joins = (core & (rng.random(shape) < patient["take_part"])) | (~core & beyond & spreads)
    joins &= events.may_reach
    if kind.sign < 0:
        # Nothing can be seen to lapse in a muscle that hardly works.
        joins &= tonic_levels(scene) > _AT_WORK
    scatter = patient["jitter"] * rng.standard_normal(shape)
    scatter += patient["shared_jitter"] * rng.standard_normal((shape[0], 1))
    onset = events.time[:, None] + np.maximum(delays + scatter, 0.0)
    duration = _durations(scene, shape)
    gain = np.exp(patient["gain_cv"] * rng.standard_normal((shape[0], 1)) + 0.1 * rng.standard_normal(shape))
    gain = np.where(core, gain, 0.6 * gain)
    if kind.antagonists == "alternate":
        onset = onset + np.where(montage.pulls_back, 0.5 / patient["rate"], 0.0)
    jerk, row = np.nonzero(joins)
    table = BurstTable(row, onset[joins], duration[joins], gain[joins], jerk)
    return _triphasic(table, montage) if kind.antagonists == "triphasic" else table


def tonic_levels(scene: Scene) -> Floats:
    """Return how hard each muscle is steadily at work; only muscles that the kind is about hold the posture."""
    patient, montage = scene.patient, scene.montage
    if not patient.has("tonic"):
        return np.zeros(len(montage))
    share = np.where(montage.pulls_back, patient["tonic_antagonist"], 1.0)
    return np.asarray(patient["tonic"] * share * montage.where(scene.kind.core))


def _durations(scene: Scene, shape: tuple[int, ...]) -> Floats:
    """Return durations in seconds: this patient's mean, varying from jerk to jerk and a little between muscles."""
    patient, shortest = scene.patient, longest(scene.widths)
    between_jerks, between_muscles = scene.rng.standard_normal((shape[0], 1)), scene.rng.standard_normal(shape)
    if scene.kind.firing == "single":
        return _single_durations(patient, between_jerks, shortest)
    vary = 1 + patient["duration_cv"] * between_jerks + patient["muscle_duration_cv"] * between_muscles
    low, high = patient.bounds("duration")
    if scene.kind.timing == "rhythmic":
        high = min(high, _DUTY * _period(patient))
    duration = np.clip(patient["duration"] * vary, min(max(low, 0.3 * patient["duration"]), high), high)
    return np.maximum(duration, shortest)


def _single_durations(patient: Patient, deviates: Floats, potential: Floats) -> Floats:
    """Return durations of discharges of one unit: one potential, or a train of them."""
    if not patient.has("train_rate"):
        return np.broadcast_to(potential, (len(deviates), len(potential)))
    spikes = np.clip(np.rint(patient["spikes"] * (1 + 0.1 * deviates)), 2, 10)
    return np.asarray((spikes - 1) / patient["train_rate"] + potential)


def _triphasic(table: BurstTable, montage: Montage) -> BurstTable:
    """Let the antagonist follow the agonist and the agonist close the movement, as in a ballistic movement."""
    back = montage.pulls_back
    held = {muscle.joint for muscle, pulls_back in zip(montage.muscles, back, strict=True) if pulls_back}
    opposed = np.array([muscle.joint in held for muscle in montage.muscles])
    onset = table.onset + np.where(back[table.row], 0.95 * table.duration, 0.0)
    again = opposed[table.row] & ~back[table.row]
    closing = table.take(again)
    return BurstTable(
        np.r_[table.row, closing.row],
        np.r_[onset, closing.onset + 1.9 * closing.duration],
        np.r_[table.duration, 0.8 * closing.duration],
        np.r_[table.gain, 0.6 * closing.gain],
        np.r_[table.jerk, closing.jerk],
    )


def _tidy(bursts: BurstTable, shortest: Floats, seconds: float) -> BurstTable:
    """Keep bursts apart within a channel and inside the recording; sort them by onset.

    A burst that runs into the next one ends before it; one for which no room is left goes.
    """
    table = bursts.take((bursts.onset > 0.01) & (bursts.onset + bursts.duration < seconds - 0.01))
    table = table.take(np.lexsort((table.onset, table.row)))
    while True:
        same = np.r_[table.row[1:] == table.row[:-1], False]
        room = np.where(same, np.r_[table.onset[1:], np.inf] - table.onset - _GAP, np.inf)
        crowded = np.flatnonzero(room < np.minimum(shortest[table.row], table.duration))
        if not len(crowded):
            break
        # Of two that crowd each other the later goes; then look again.
        first = crowded[np.r_[True, np.diff(crowded) > 1]]
        table = table.take(~np.isin(np.arange(len(table.row)), first + 1))
    table = BurstTable(table.row, table.onset, np.minimum(table.duration, room), table.gain, table.jerk)
    return table.take(np.lexsort((table.row, table.onset)))

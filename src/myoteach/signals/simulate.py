"""Simulate a recording of one kind of jerk: EMG, EEG, movement, artefacts, and the truth behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from math import isfinite
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .._told import BadValueError
from . import _artefacts, _model, _pool
from ._body import Floats, Montage
from ._eeg import ELECTRODES, record_scalp
from ._kinds import KINDS, Kind
from ._limb import LEAD_IN, SENSORS, Joint, joints_of, move
from ._numbers import ARGUMENT, DEFAULT, Number, Patient
from ._plan import Plan, plan, tonic_levels
from ._pool import BurstTable, Discharges
from ._scene import Scene
from .recording import Burst, Channel, Provenance, Recording, Truth

_HEART_UV = 1000.0
_SENSOR_NOISE_G = 0.004


def simulate(
    kind: str,
    seconds: float = 60.0,
    fs: float = 2000.0,
    seed: int = 0,
    *,
    muscles: Sequence[str] | None = None,
    eeg: bool | Sequence[str] = True,
    noise_uv: float = 2.5,
    mains_uv: float = 1.5,
    ecg_uv: float = 15.0,
    crosstalk: float = 0.0,
    motion: float = 0.0,
    stimuli: float | Sequence[float] | None = None,
    **overrides: float | tuple[float, float],
) -> Recording:
    """Simulate one virtual patient with one kind of jerk.

    The same kind and seed give the same patient with the same jerks at the same times, whatever is recorded of them
    and however noisily. For teaching: nothing here is a patient's recording.

    Parameters
    ----------
    kind
        One of `KINDS`, for example ``cortical_action``.
    seconds, fs, seed
        Length (1 to 3600 s), samples a second (500 to 20 000), and which patient.
    muscles
        Sites such as ``("APB_R", "TA_L")``, by default the kind's own. Those the kind does not reach stay silent.
    eeg
        Record the scalp: true, false, or the names of electrodes.
    noise_uv, mains_uv, ecg_uv
        Electrode noise (standard deviation), mains and heart (peak near the heart) in the EMG, in microvolt.
    crosstalk, motion
        Share of each neighbour's EMG that a channel picks up (0 to 1); microvolt of slow artefact for a swing of
        10 degrees.
    stimuli
        Stimuli a second, or their times in seconds; by default as the kind is usually examined, 0 for none.
    **overrides
        Numbers of the kind in their own unit, for example ``duration=40`` (ms), or with a spread ``duration=(40, 5)``.

    Returns
    -------
    Recording
        Channels in this order: EMG, EEG, accelerometers (g), joint angles (degrees from rest), electrocardiogram,
        stimuli. `truth` holds what happened, `provenance` every number used with its source.

    Raises
    ------
    ValueError
        When a kind, muscle, electrode or number is unknown (the message names the nearest), or a value is absurd.

    Examples
    --------
    >>> recording = simulate("cortical_action", seconds=10, seed=1, eeg=False)
    >>> recording.of_kind("emg")
    ('ECR_R', 'FCR_R', 'APB_R', 'BIC_R', 'SCM_R', 'QUA_R', 'TA_R')
    >>> recording.data.dtype, recording.seconds, recording.truth.generator
    (dtype('float32'), 10.0, 'sensorimotor cortex')
    """
    spec = _with_overrides(_find_kind(kind), overrides)
    levels = {"noise_uv": noise_uv, "mains_uv": mains_uv, "ecg_uv": ecg_uv, "crosstalk": crosstalk, "motion": motion}
    _check(seconds, fs, seed, levels)
    _check_stimuli(stimuli, seconds)
    electrodes = _find_electrodes(eeg)
    montage = Montage.read(spec.muscles if muscles is None else muscles)
    rng = np.random.default_rng([crc32(kind.encode()), seed])
    patient = Patient(spec.all_numbers, rng)
    scene = Scene(spec, patient, montage, _widths(spec, patient, montage), seconds, fs, rng)
    course = plan(scene, stimuli)
    discharges = _fire(scene, course.bursts)

    emg = _pool.potentials(discharges, scene.widths, scene.samples, fs)
    joints = joints_of(montage)
    angles, accelerations = move(scene, discharges, joints)
    heart = _add_artefacts(scene, emg, joints, angles, levels)
    _artefacts.add_noise(accelerations, _SENSOR_NOISE_G, rng)
    blocks = [(emg, _emg_channels(montage))]
    if electrodes:
        scalp = record_scalp(scene, course, electrodes)
        blocks.append((scalp, [Channel(name, "eeg", "uV", name) for name in electrodes]))
    blocks += _movement_blocks(joints, angles, accelerations)
    if heart is not None:
        blocks.append((heart[None], [Channel("ECG", "ecg", "uV")]))
    if len(course.stimuli):
        blocks.append((_pulses(course.stimuli, scene.samples, fs)[None], [Channel("STIM", "stimulus", "1")]))
    return Recording(
        np.concatenate([block for block, _ in blocks]),
        float(fs),
        tuple(channel for _, channels in blocks for channel in channels),
        _truth(spec, montage, course),
        (*patient.provenance(), *montage.provenance(), *_settings(levels), *_model.provenance()),
    )


# ----------------------------------------------------------------------------------------------- arguments


def _find_kind(name: str) -> Kind:
    if name not in KINDS:
        near = get_close_matches(str(name), KINDS, 1, 0.0)[0]
        raise BadValueError(f"There is no kind {name!r}. Did you mean {near!r}? Kinds: {', '.join(KINDS)}.")
    return KINDS[name]


def _find_electrodes(eeg: bool | Sequence[str]) -> tuple[str, ...]:
    if isinstance(eeg, bool):
        return tuple(ELECTRODES) if eeg else ()
    for name in eeg:
        if name not in ELECTRODES:
            near = get_close_matches(str(name), ELECTRODES, 1, 0.0)[0]
            raise BadValueError(f"There is no electrode {name!r}. Did you mean {near!r}?")
    return tuple(eeg)


def _with_overrides(kind: Kind, overrides: dict[str, float | tuple[float, float]]) -> Kind:
    """Return the kind with some numbers replaced, each the same in every patient unless it is given with a spread."""
    numbers = dict(kind.all_numbers)
    for name, given in overrides.items():
        if name not in numbers:
            near = get_close_matches(name, numbers, 1, 0.0)[0]
            raise BadValueError(f"The kind {kind.name!r} has no number {name!r}. Did you mean {near!r}?")
        value, spread = given if isinstance(given, tuple) else (given, 0.0)
        if not isfinite(value) or not isfinite(spread) or spread < 0 or (value < 0 and name != "origin"):
            raise BadValueError(
                f"The {name} is {given}; expected a number of zero or more, in {numbers[name].unit or 'no unit'}."
            )
        numbers[name] = Number(float(value), numbers[name].unit, ARGUMENT, float(spread))
    return replace(kind, numbers=numbers) if overrides else kind


def _check(seconds: float, fs: float, seed: int, levels: dict[str, float]) -> None:
    if not (isfinite(seconds) and 1 <= seconds <= 3600):
        raise BadValueError(f"The length is {seconds} seconds; expected 1 to 3600.")
    if not (isfinite(fs) and 500 <= fs <= 20_000):
        raise BadValueError(f"The sampling rate is {fs} a second; expected 500 to 20000.")
    if isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0:
        raise BadValueError(f"The seed is {seed!r}; expected a whole number of zero or more.")
    for name, value in levels.items():
        high = 1.0 if name == "crosstalk" else 1e5
        if not (isfinite(value) and 0 <= value <= high):
            raise BadValueError(f"The {name} is {value}; expected 0 to {high:g}.")


def _check_stimuli(stimuli: float | Sequence[float] | None, seconds: float) -> None:
    if stimuli is None:
        return
    given = np.atleast_1d(np.asarray(stimuli, float))
    if not np.isfinite(given).all() or (given < 0).any():
        raise BadValueError("The stimuli hold a negative or missing number; expected a rate or times in seconds.")
    if np.ndim(stimuli) == 0:
        if given[0] > 20:
            raise BadValueError(f"The stimuli come {stimuli} times a second; expected at most 20.")
    elif (given >= seconds).any():
        raise BadValueError(f"A stimulus lies at {given.max():g} s, after the end at {seconds:g} s.")


# ------------------------------------------------------------------------------------------------- muscles


def _widths(kind: Kind, patient: Patient, montage: Montage) -> Floats:
    """Return the mean width in seconds of each muscle's potentials."""
    if kind.firing == "single" and patient.has("duration"):
        return np.full(len(montage), patient["duration"] / (2 * _pool.HALF * _pool.WIDTHS.max()))
    return np.array([_pool.width_for(muscle.median_hz) for muscle in montage.muscles])


def _fire(scene: Scene, bursts: BurstTable) -> Discharges:
    """Return every discharge: those of the bursts, and steady activity with its lapses."""
    patient, rng = scene.patient, scene.rng
    steady = tonic_levels(scene)
    tonic = _pool.fire_tonic(rng, steady, -LEAD_IN, scene.seconds + 0.1)
    if scene.kind.sign < 0:
        return _pool.silence(rng, tonic, bursts, steady, scene.widths)
    if scene.kind.firing == "single":
        return Discharges.join([tonic, _fire_single(scene, bursts)])
    interval = 1 / patient["train_rate"] if patient.has("train_rate") else patient["firing_interval"]
    drive = _pool.Drive(patient["recruitment"], interval, patient["roundness"])
    return Discharges.join([tonic, _pool.fire_bursts(rng, bursts, scene.widths, drive)])


def _fire_single(scene: Scene, bursts: BurstTable) -> Discharges:
    """Return the discharges of single units: every muscle has one large unit of its own that fires."""
    # Odd units have the wider potential, whose length is the one that was planned.
    units = (2 * scene.rng.integers(35, _pool.UNITS // 2, len(scene.montage)) + 1)[bursts.row]
    spikes = np.ones(len(bursts.row), np.int64)
    if scene.patient.has("train_rate"):
        room = bursts.duration - _pool.longest(scene.widths)[bursts.row]
        spikes += np.rint(room * scene.patient["train_rate"]).astype(np.int64)
    return _pool.fire_one_unit(bursts, spikes, units, scene.widths)


# ----------------------------------------------------------------------------------------------- recording


def _add_artefacts(
    scene: Scene,
    emg: NDArray[np.float32],
    joints: tuple[Joint, ...],
    angles: NDArray[np.float32],
    levels: dict[str, float],
) -> NDArray[np.float32] | None:
    """Add to the EMG, in place, what does not come from the muscle; return the electrocardiogram if the heart is on."""
    montage, fs, rng = scene.montage, scene.fs, scene.rng
    if levels["crosstalk"]:
        emg[:] = _artefacts.mix_neighbours(emg, montage, levels["crosstalk"])
    if levels["motion"]:
        joint_of_row = np.zeros(len(montage), np.int64)
        for number, joint in enumerate(joints):
            joint_of_row[joint.rows] = number
        _artefacts.add_motion(emg, angles, joint_of_row, levels["motion"])
    if levels["noise_uv"]:
        _artefacts.add_noise(emg, levels["noise_uv"], rng)
    if levels["mains_uv"]:
        _artefacts.add_mains(emg, levels["mains_uv"], fs, rng)
    if not levels["ecg_uv"]:
        return None
    heart = _artefacts.heart_signal(_artefacts.heartbeats(scene.seconds, rng), scene.samples, fs)
    _artefacts.add_heart(emg, montage, heart, levels["ecg_uv"])
    return heart * np.float32(_HEART_UV)


def _emg_channels(montage: Montage) -> list[Channel]:
    return [Channel(name, "emg", "uV", name) for name in montage.names]


def _movement_blocks(
    joints: tuple[Joint, ...], angles: NDArray[np.float32], accelerations: NDArray[np.float32]
) -> list[tuple[NDArray[np.float32], list[Channel]]]:
    sensed = [joint.name for joint in joints if joint.part in SENSORS]
    return [
        (accelerations, [Channel(f"ACC {name}", "accelerometer", "g", name) for name in sensed]),
        (angles, [Channel(joint.name, "angle", "deg", joint.name) for joint in joints]),
    ]


def _pulses(times: Floats, samples: int, fs: float) -> NDArray[np.float32]:
    """Return the stimulus channel: 1 for a millisecond at every stimulus."""
    out = np.zeros(samples, np.float32)
    for first in np.rint(times * fs).astype(int):
        out[first : first + max(round(fs / 1000), 1)] = 1
    return out


def _truth(kind: Kind, montage: Montage, course: Plan) -> Truth:
    names, table = montage.names, course.bursts
    columns = zip(table.row, table.onset, table.duration, table.jerk, strict=True)
    return Truth(
        kind.name,
        kind.generator,
        tuple(course.jerks.tolist()),
        tuple(course.stimuli.tolist()),
        tuple(Burst(names[row], float(at), float(length), int(jerk), kind.sign) for row, at, length, jerk in columns),
        tuple(zip(names, course.delays.tolist(), strict=True)),
    )


def _settings(levels: dict[str, float]) -> list[Provenance]:
    """Say what the recording's own settings were; none is sourced."""
    usual = {"noise_uv": 2.5, "mains_uv": 1.5, "ecg_uv": 15.0, "crosstalk": 0.0, "motion": 0.0}
    fixed = [
        Provenance("heart in its own channel", f"{_HEART_UV:g} uV", DEFAULT),
        Provenance("noise of the accelerometers", f"{_SENSOR_NOISE_G:g} g", DEFAULT),
    ]
    return fixed + [
        Provenance(name, f"{value:g}", DEFAULT if value == usual[name] else ARGUMENT) for name, value in levels.items()
    ]

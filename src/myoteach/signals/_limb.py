"""How the limb moves because the muscle fired: discharges -> twitches -> torque -> joint angle -> accelerometer.

Every discharge adds a critically damped twitch to the torque of its muscle; each joint is a damped mass on a spring,
whose resonance for the hand is measured (EPP146). Gravity pulls with what the muscle usually holds, so a lapse lets the
joint drop. All of it is slow, so it is computed at about 250 samples a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ._body import Floats, Montage
from ._pool import FORCE, Discharges, Ints
from ._scene import Scene

#: Seconds before the recording in which steady activity settles, and after it in which nothing wraps around.
LEAD_IN = 2.0
_RATE = 250.0
#: Time in seconds from the muscle's potential to the first pull (electromechanical delay); not sourced.
_PULL_DELAY = 0.012
_DAMPING = 0.35
#: Joints move at most about this many degrees either way before their ligaments stop them.
_STOP = 70.0
#: Resonance of a joint relative to the hand's; heavy parts are slower. Not sourced.
_SLOWNESS = {
    "shoulder": 0.4,
    "shoulder_girdle": 0.4,
    "elbow": 0.45,
    "knee": 0.35,
    "trunk": 0.3,
    "neck": 0.45,
    "ankle": 0.7,
    "abdomen": 0.3,
    "eyelid": 2.0,
    "thumb": 1.3,
    "finger": 1.5,
}
#: Joints that carry an accelerometer, with its distance from the axis in metres.
SENSORS = {"wrist": 0.08, "ankle": 0.12, "trunk": 0.30, "neck": 0.15}
_MIDLINE = ("neck", "trunk", "jaw", "palate", "glottis", "abdomen")
_GRAVITY = 9.81


@dataclass(frozen=True, slots=True)
class Joint:
    """One joint: its name (``wrist_R``), the channels that move it, and what their twitches do to it in degrees."""

    name: str
    rows: Ints
    pulls: Floats

    @property
    def part(self) -> str:
        """The joint without its side."""
        return self.name.partition("_")[0] if not self.name.startswith("shoulder_girdle") else "shoulder_girdle"


def joints_of(montage: Montage) -> tuple[Joint, ...]:
    """Return the joints that the recorded muscles move, in the order of the muscles."""
    names = [
        muscle.joint if muscle.joint in _MIDLINE else f"{muscle.joint}_{side}"
        for muscle, side in zip(montage.muscles, montage.sides, strict=True)
    ]
    return tuple(
        Joint(
            name,
            np.flatnonzero(np.array(names) == name),
            np.array([muscle.pull for muscle, own in zip(montage.muscles, names, strict=True) if own == name], float),
        )
        for name in dict.fromkeys(names)
    )


def move(
    scene: Scene, discharges: Discharges, joints: tuple[Joint, ...]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return joint angles in degrees from rest, and accelerations in g for joints with a sensor (joints x samples)."""
    patient, samples = scene.patient, scene.samples
    step = max(round(scene.fs / _RATE), 1)
    rate = scene.fs / step
    length = _even_length(int((scene.seconds + 2 * LEAD_IN) * rate))
    torque = _torque(discharges, len(scene.montage), length, rate, patient["twitch"])
    # Positions of the samples on the slow grid.
    place = np.arange(samples) / step + LEAD_IN * rate
    grid = np.arange(length)
    angles = np.empty((len(joints), samples), np.float32)
    accelerations = []
    for number, joint in enumerate(joints):
        angle = _angle(joint, torque * patient["sag"], rate, patient["limb_resonance"])
        angles[number] = np.interp(place, grid, angle)
        if joint.part in SENSORS:
            second = np.gradient(np.gradient(np.deg2rad(angle), 1 / rate), 1 / rate)
            accelerations.append(np.interp(place, grid, second * SENSORS[joint.part] / _GRAVITY))
    return angles, np.array(accelerations, np.float32).reshape(-1, samples)


def _even_length(length: int) -> int:
    """Return the next length whose Fourier transform is quick."""
    block = 1 << max(length.bit_length() - 4, 0)
    return -(-length // block) * block


def _torque(discharges: Discharges, rows: int, length: int, rate: float, contraction: float) -> NDArray[np.complex128]:
    """Return the spectrum of each muscle's force: impulses of the units' strength through the twitch."""
    # The bin after the discharge, never the one before: no effect precedes its cause.
    index = np.ceil((discharges.time + LEAD_IN + _PULL_DELAY) * rate).astype(np.int64)
    inside = (index >= 0) & (index < length)
    flat = discharges.row[inside] * length + index[inside]
    pulses = np.bincount(flat, FORCE[discharges.unit[inside]], rows * length).reshape(rows, length)
    time = np.arange(length) / rate
    twitch = time / contraction * np.exp(1 - time / contraction)
    return np.fft.rfft(pulses) * np.fft.rfft(twitch)


def _angle(joint: Joint, torque: NDArray[np.complex128], rate: float, hand_resonance: float) -> Floats:
    """Return the angle of one joint in degrees on the slow grid."""
    length = 2 * (torque.shape[1] - 1)
    omega = 2 * np.pi * hand_resonance * _SLOWNESS.get(joint.part, 1.0)
    time = np.arange(length) / rate
    damped = omega * np.sqrt(1 - _DAMPING**2)
    response = omega**2 / damped * np.exp(-_DAMPING * omega * time) * np.sin(damped * time) / rate
    pull = (torque[joint.rows] * joint.pulls[:, None]).sum(0)
    angle = np.fft.irfft(pull * np.fft.rfft(response), length)
    # Gravity balances what the muscles usually hold: the median is the posture.
    settled = angle[int(LEAD_IN * rate) : -int(LEAD_IN * rate)]
    angle = angle - _median(settled)
    return np.asarray(_STOP * np.tanh(angle / _STOP))


def _median(values: Floats) -> float:
    """Return the median of an even number of values.

    That of numpy loads its masked arrays first, which takes longer than to simulate a recording.
    """
    half = len(values) // 2
    return float(np.partition(values, (half - 1, half))[half - 1 : half + 1].mean())

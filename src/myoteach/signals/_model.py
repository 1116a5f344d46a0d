"""What the simulation takes for granted in every patient, named so that a learner can ask where a number comes from.

The values are read from the modules that use them. None has a row of its own in the tables; a test sees to it that no
constant of the model is missing here.
"""

from __future__ import annotations

from types import ModuleType

from . import _artefacts, _eeg, _limb, _plan, _pool
from ._numbers import DEFAULT
from .recording import Provenance

#: Module and constant, what it is, and its unit.
_TAKEN: tuple[tuple[ModuleType, str, str, str], ...] = (
    (_pool, "UNITS", "motor units of a muscle", ""),
    (_pool, "RANGE", "largest motor unit over the smallest, in threshold and size", ""),
    (_pool, "MIDDLE_UV", "potential of the middle motor unit", "uV"),
    (_pool, "WIDTHS", "widths of the potentials over their mean", ""),
    (_pool, "HALF", "half-length of a potential over its width", ""),
    (_pool, "_FLAT", "half-length from which a potential is tapered", ""),
    (_pool, "_VOLLEY", "motor units that open and close a burst together", ""),
    (_pool, "_TONIC_RATE", "steady firing at threshold", "Hz"),
    (_pool, "_TONIC_RISE", "steady firing at full drive, more than at threshold", "Hz"),
    (_pool, "_TONIC_CV", "variation of intervals in steady firing", ""),
    (_plan, "_GAP", "shortest pause between two bursts of a muscle", "s"),
    (_plan, "_AT_WORK", "steady drive from which a lapse is seen", ""),
    (_plan, "_DUTY", "longest share of its period that a rhythmic burst fills", ""),
    (_limb, "_PULL_DELAY", "from the potential to the first pull", "s"),
    (_limb, "_DAMPING", "damping of the joints", ""),
    (_limb, "_STOP", "furthest that joints move", "deg"),
    (_limb, "_SLOWNESS", "resonance of joints over that of the hand", ""),
    (_limb, "SENSORS", "distance of the accelerometer from the joint", "m"),
    (_artefacts, "_HEART", "share of the heart that a region picks up", ""),
    (_artefacts, "_BEAT", "heartbeat, mean and spread", "s"),
    (_artefacts, "_HEART_WAVES", "waves of the heart: height, middle, width", "1, s, s"),
    (_eeg, "ELECTRODES", "places of the electrodes, the head being 1", ""),
    (_eeg, "_SHARED", "share of the EEG background that electrodes have in common", ""),
    (_eeg, "_SPIKE", "waves of the cortical spike: height, middle, width", "1, s, s"),
    (_eeg, "_ONE_OF_MANY", "waves of one spike of a polyspike: height, middle, width", "1, s, s"),
    (_eeg, "_POLYSPIKE_HEIGHTS", "heights of the spikes of a polyspike", ""),
    (_eeg, "_SLOW_WAVE", "slow wave after a polyspike: height, middle, width", "1, s, s"),
    (_eeg, "_N20", "N20: height, middle, width", "uV, s, s"),
    (_eeg, "_P25", "P25 and the late wave: height, middle, width", "1, s, s"),
    (_eeg, "_N33", "N33: height, middle, width", "1, s, s"),
)
#: Constants that are about computing, or of physics, and say nothing of a patient.
COMPUTING = {"LEAD_IN", "_RATE", "_GRAVITY", "_BLOCK", "AMPLITUDE", "THRESHOLD", "FORCE", "_PHASE", "_WIDTH_OF_UNIT",
             "_UPWARD", "_DOWNWARD", "_MIDLINE"}  # fmt: skip


def provenance() -> list[Provenance]:
    """Say what is taken for granted.

    Examples
    --------
    >>> provenance()[0]
    Provenance(parameter='motor units of a muscle', value='100', source='default')
    """
    return [
        Provenance(words, f"{_plain(getattr(module, name))} {unit}".rstrip(), DEFAULT)
        for module, name, words, unit in _TAKEN
    ]


def named() -> set[str]:
    """Return the names of the constants that are told."""
    return {name for _, name, _, _ in _TAKEN}


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key} {_plain(item)}" for key, item in value.items())
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return "(" + ", ".join(_plain(item) for item in value) + ")"
    return f"{value:g}" if isinstance(value, float) else str(value)

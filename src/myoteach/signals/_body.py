"""The body map: where each muscle sits on the neuraxis, how long its nerve is, what it moves.

Distances are those of an adult of middling height and are not sourced; they are chosen so that the conduction to the
two muscles with a measured latency comes out right. Positions are metres along the neuraxis, downward from the lower
end of the medulla; cranial nuclei lie above it and are negative.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from .._told import BadValueError
from ._numbers import DEFAULT, Number, mean, point
from .recording import Provenance

Floats = NDArray[np.float64]

#: Measured conduction times and velocities on which the map rests.
BODY_NUMBERS: dict[str, Number] = {
    "cortex_to_hand": point(21.77, "ms", "EPP010"),
    "cortex_to_foot": point(37.14, "ms", "EPP011"),
    "cortex_to_forearm": point(14.0, "ms", "EPP012"),
    "nerve_velocity_arm": point(57.1, "m/s", "EPP147"),
    "nerve_velocity_leg": point(48.5, "m/s", "EPP148"),
    "median_frequency_tibialis": mean(116, 20, "Hz", "EPP107"),
    "median_frequency_biceps": mean(90, 18, "Hz", "EPP108"),
    "median_frequency_triceps": mean(85, 18, "Hz", "EPP109"),
    "median_frequency_deltoid": mean(87, 15, "Hz", "EPP110"),
    "median_frequency_other": point(95, "Hz"),
}


@dataclass(frozen=True, slots=True)
class Muscle:
    """One muscle of the map.

    `position` on the neuraxis and length of `nerve` are in metres. `pull` is what one full twitch does to `joint`,
    in degrees; antagonists have opposite signs. `spectrum` names the row of `BODY_NUMBERS` with its median frequency.

    Examples
    --------
    >>> hand = next(muscle for muscle in MUSCLES.values() if muscle.code == "APB")
    >>> hand.median_hz, hand.nerve_delay > 0
    (95, True)
    >>> hand.measured.source, hand.cortex_latency
    ('EPP010', 0.02177)
    """

    code: str
    name: str
    region: str
    position: float
    nerve: float
    joint: str
    pull: float
    spectrum: str = "median_frequency_other"

    @property
    def median_hz(self) -> float:
        """Median frequency of its surface EMG in steady contraction."""
        return BODY_NUMBERS[self.spectrum].value

    @property
    def nerve_delay(self) -> float:
        """Conduction from the motor neurone to the muscle in seconds."""
        limb = "leg" if self.region in ("leg", "foot") else "arm"
        return self.nerve / BODY_NUMBERS[f"nerve_velocity_{limb}"].value

    @property
    def measured(self) -> Number | None:
        """Conduction from the motor cortex where somebody measured it: to hand, foot and forearm; else nothing."""
        measured = {
            "APB": "cortex_to_hand",
            "EDB": "cortex_to_foot",
            "FCR": "cortex_to_forearm",
            "ECR": "cortex_to_forearm",
        }
        return BODY_NUMBERS[measured[self.code]] if self.code in measured else None

    @property
    def cortex_latency(self) -> float:
        """Conduction from the motor cortex in seconds: as measured, else by distance."""
        if self.measured:
            return self.measured.in_si(self.measured.value)
        return _central_delay(self.position) + self.nerve_delay


_TABLE = (
    Muscle("MAS", "masseter", "face", -0.045, 0.08, "jaw", 3.6),
    Muscle("OO", "orbicularis oculi", "face", -0.030, 0.10, "eyelid", 24),
    Muscle("OOR", "orbicularis oris", "face", -0.030, 0.11, "mouth", 9),
    Muscle("LVP", "levator veli palatini", "palate", -0.010, 0.12, "palate", 15),
    Muscle("LAR", "laryngeal adductors", "larynx", -0.005, 0.20, "glottis", 12),
    Muscle("SCM", "sternocleidomastoid", "neck", 0.030, 0.10, "neck", 7.2),
    Muscle("TRA", "trapezius", "neck", 0.040, 0.15, "shoulder_girdle", 6),
    Muscle("DIA", "diaphragm", "breathing", 0.050, 0.30, "abdomen", 4.8),
    Muscle("DEL", "deltoid", "arm", 0.070, 0.20, "shoulder", 8.4, "median_frequency_deltoid"),
    Muscle("BIC", "biceps brachii", "arm", 0.075, 0.32, "elbow", 13.2, "median_frequency_biceps"),
    Muscle("ECR", "extensor carpi radialis", "arm", 0.090, 0.50, "wrist", 18),
    Muscle("FCR", "flexor carpi radialis", "arm", 0.090, 0.50, "wrist", -10.8),
    Muscle("TRI", "triceps brachii", "arm", 0.100, 0.35, "elbow", -9.6, "median_frequency_triceps"),
    Muscle("PEC", "pectoralis major", "trunk", 0.100, 0.18, "shoulder", -6),
    Muscle("APB", "abductor pollicis brevis", "hand", 0.120, 0.72, "thumb", 15),
    Muscle("FDI", "first dorsal interosseous", "hand", 0.120, 0.74, "finger", 12),
    Muscle("RA", "rectus abdominis", "trunk", 0.280, 0.22, "trunk", 7.2),
    Muscle("PSP", "thoracic paraspinals", "trunk", 0.330, 0.12, "trunk", -4.8),
    Muscle("QUA", "quadriceps", "leg", 0.420, 0.40, "knee", 8.4),
    Muscle("TA", "tibialis anterior", "leg", 0.445, 0.80, "ankle", 10.8, "median_frequency_tibialis"),
    Muscle("HAM", "hamstrings", "leg", 0.450, 0.45, "knee", -7.2),
    Muscle("EDB", "extensor digitorum brevis", "foot", 0.460, 1.00, "toes", 9),
    Muscle("SOL", "soleus", "leg", 0.465, 0.85, "ankle", -9.6),
)
#: The map by code (``APB``), from the face down.
MUSCLES: dict[str, Muscle] = {muscle.code: muscle for muscle in _TABLE}
SIDES = ("R", "L")


def _central_delay(position: float) -> float:
    """Return the time from cortex to motor neurone, on the line through the hand's and the foot's measured latency."""
    hand, foot = MUSCLES["APB"], MUSCLES["EDB"]
    ends = [muscle.cortex_latency - muscle.nerve_delay for muscle in (hand, foot)]
    slope = (ends[1] - ends[0]) / (foot.position - hand.position)
    return ends[0] + slope * (position - hand.position)


def split_site(site: str) -> tuple[Muscle, str]:
    """Return muscle and side of a site; without a side it is the right one.

    Raises
    ------
    ValueError
        When there is no such muscle or side; the message names the nearest.

    Examples
    --------
    >>> muscle, side = split_site("APB_L")
    >>> muscle.name, side
    ('abductor pollicis brevis', 'L')
    """
    code, _, side = site.partition("_")
    if code not in MUSCLES:
        near = get_close_matches(code.upper(), MUSCLES, 1, 0.0)[0]
        raise BadValueError(f"There is no muscle {site!r}. Did you mean {near!r}? The map has {', '.join(MUSCLES)}.")
    if side not in ("", *SIDES):
        raise BadValueError(f"The muscle {site!r} has the side {side!r}; expected {code}_R or {code}_L.")
    return MUSCLES[code], side or "R"


@dataclass(frozen=True, slots=True)
class Montage:
    """The muscles of one recording, in the order of its channels."""

    muscles: tuple[Muscle, ...]
    sides: tuple[str, ...]

    @classmethod
    def read(cls, sites: Sequence[str]) -> Montage:
        """Read sites such as ``("APB_R", "TA_L")``.

        Raises
        ------
        ValueError
            When there is none, one is unknown, or one comes twice.
        """
        pairs = [split_site(site) for site in sites]
        montage = cls(tuple(muscle for muscle, _ in pairs), tuple(side for _, side in pairs))
        if not pairs:
            raise BadValueError("The list of muscles is empty; name at least one, for example 'APB_R'.")
        if len(set(montage.names)) < len(pairs):
            raise BadValueError(f"A muscle is named twice in {', '.join(montage.names)}; each can be recorded once.")
        return montage

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the channels, for example ``APB_R``."""
        return tuple(f"{muscle.code}_{side}" for muscle, side in zip(self.muscles, self.sides, strict=True))

    def __len__(self) -> int:
        return len(self.muscles)

    def where(self, regions: Sequence[str]) -> NDArray[np.bool_]:
        """Tell for each muscle whether it lies in one of the regions or is named by its code."""
        return np.array([muscle.region in regions or muscle.code in regions for muscle in self.muscles])

    def on_side(self, side: str) -> NDArray[np.bool_]:
        """Tell for each muscle whether it lies on this side."""
        return np.asarray(np.array(self.sides) == side)

    @property
    def positions(self) -> Floats:
        """Positions on the neuraxis in metres."""
        return np.array([muscle.position for muscle in self.muscles])

    @property
    def nerve_delays(self) -> Floats:
        """Conduction from motor neurone to muscle in seconds."""
        return np.array([muscle.nerve_delay for muscle in self.muscles])

    @property
    def cortex_latencies(self) -> Floats:
        """Conduction from motor cortex to muscle in seconds."""
        return np.array([muscle.cortex_latency for muscle in self.muscles])

    @property
    def pulls_back(self) -> NDArray[np.bool_]:
        """Tell for each muscle whether it is the antagonist at its joint (negative pull)."""
        return np.array([muscle.pull < 0 for muscle in self.muscles])

    def provenance(self) -> list[Provenance]:
        """Say what the map rests on: the measured numbers these muscles use, and that distances are defaults."""
        used = {muscle.spectrum for muscle in self.muscles} | {name for name in BODY_NUMBERS if "median" not in name}
        rows = [Provenance(name, BODY_NUMBERS[name].describe(), BODY_NUMBERS[name].source) for name in sorted(used)]
        distances = [
            Provenance(
                f"{muscle.code}: place on the neuraxis, length of the nerve, pull",
                f"{100 * muscle.position:g} cm, {100 * muscle.nerve:g} cm, {muscle.pull:g} deg",
                DEFAULT,
            )
            for muscle in dict.fromkeys(self.muscles)
        ]
        return [*rows, *distances]

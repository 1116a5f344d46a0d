"""The muscles and joints of the body map in the words of both audiences."""

from __future__ import annotations

_PLAIN = {
    "MAS": "jaw closer",
    "OO": "eye closer",
    "OOR": "mouth muscle",
    "LVP": "palate lifter",
    "LAR": "voice-box closer",
    "SCM": "neck turner",
    "TRA": "shoulder lifter",
    "DIA": "diaphragm",
    "DEL": "shoulder muscle",
    "BIC": "elbow bender",
    "ECR": "wrist straightener",
    "FCR": "wrist bender",
    "TRI": "elbow straightener",
    "PEC": "chest muscle",
    "APB": "thumb muscle",
    "FDI": "index-finger muscle",
    "RA": "belly muscle",
    "PSP": "back muscle",
    "QUA": "knee straightener",
    "TA": "foot lifter",
    "HAM": "knee bender",
    "EDB": "toe lifter",
    "SOL": "calf muscle",
}
#: Joints of the body map; what the figure does not draw says so.
_JOINTS = {
    "jaw": "jaw (not drawn)",
    "eyelid": "eyelid",
    "mouth": "corner of the mouth",
    "palate": "palate (not drawn)",
    "glottis": "voice box (not drawn)",
    "neck": "neck",
    "shoulder_girdle": "shoulder girdle",
    "abdomen": "belly",
    "shoulder": "shoulder",
    "elbow": "elbow",
    "wrist": "wrist",
    "thumb": "thumb",
    "finger": "index finger",
    "trunk": "trunk",
    "knee": "knee",
    "ankle": "ankle",
    "toes": "toes (not drawn)",
}
#: Parts of the face, of which an angle says nothing to a reader.
_WITHOUT_ANGLE = ("eyelid", "mouth")
_SIDES = {"R": "right", "L": "left"}


def muscle_words(site: str) -> dict[str, str]:
    """Name a muscle for both audiences; loads numpy, as the body map does.

    Examples
    --------
    >>> muscle_words("ECR_R")
    {'plain': 'right wrist straightener', 'clinical': 'right extensor carpi radialis'}
    """
    from ..signals import MUSCLES  # noqa: PLC0415  # numpy, which not every explorer needs

    code, _, side = site.partition("_")
    side = _SIDES[side or "R"]
    return {"plain": f"{side} {_PLAIN[code]}", "clinical": f"{side} {MUSCLES[code].name}"}


def joint_words(joint: str) -> str:
    """Name a joint of the body map.

    Examples
    --------
    >>> joint_words("wrist_R"), joint_words("neck")
    ('right wrist', 'neck')
    """
    part, _, side = joint.rpartition("_")
    return f"{_SIDES[side]} {_JOINTS[part]}" if side in _SIDES else _JOINTS[joint]


def has_angle(joint: str) -> bool:
    """Tell whether degrees say how far a joint has gone; of a lid or a corner of the mouth they do not.

    Examples
    --------
    >>> has_angle("wrist_R"), has_angle("eyelid_L")
    (True, False)
    """
    return not joint.startswith(_WITHOUT_ANGLE)

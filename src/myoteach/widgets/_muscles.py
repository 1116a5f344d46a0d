"""The muscles of the body map in the words of both audiences."""

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

"""Questions made to break a format: every sign that means something to one of them, in every text of every kind."""

from __future__ import annotations

import copy
from functools import lru_cache
from typing import Any

from myoteach.questions import Bank, read_bank
from tests.questions.samples import CLEAN, bank

TORTURE = r'<50 ms & >100 uV: {a=b} ~c #d %50% \frac "q" ]]> é → ±'
_TEXTS = ("stem", "text", "why", "feature", "tells", "why_right", "why_wrong")


def _tortured(value: Any, name: str = "", path: str = "") -> Any:
    """Put the torture in front of every text, each still different from its neighbours."""
    if isinstance(value, dict):
        return {key: _tortured(part, key, f"{path}.{key}") for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_tortured(part, name, f"{path}{place}") for place, part in enumerate(value)]
    return f"{TORTURE} {value}" if name in _TEXTS else value


def _renamed(item: dict[str, Any]) -> dict[str, Any]:
    item["id"] = item["id"].replace("-0", "-9")
    for stage in item.get("stages", []):
        _renamed(stage["item"])
    return item


@lru_cache(maxsize=1)
def planted() -> Bank:
    """The clean samples, one of each kind, tortured."""
    return bank(*(_renamed(_tortured(copy.deepcopy(item))) for item in CLEAN))


@lru_cache(maxsize=1)
def whole() -> Bank:
    """The package's own bank and the planted items."""
    return Bank((*read_bank().items, *planted().items))

"""Every fault is told in words or does no harm: nothing is lost in silence, and nobody meets a traceback."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable

import pytest

from .harness import tally

#: Module of each family, and how many cases a damage is given here; `run.py bench faults` tries more.
FAMILIES = {"tables": 1, "banks": 15, "logs": 4, "recordings": 25, "disks": 3, "places": 3, "stores": 30}


@pytest.mark.parametrize("name", FAMILIES)
def test_nothing_is_lost_and_nobody_meets_a_traceback(
    name: str, record_property: Callable[[str, object], None]
) -> None:
    if name == "disks" and os.name != "posix":
        pytest.skip("full disks and closed folders: this system has no such limits to set")
    found = tally(importlib.import_module(f"tests.faults.{name}"), seed=1, many=FAMILIES[name])
    record_property("faults", found.row)
    assert not found.lost, "\n".join(found.lost[:5])
    assert not found.tracebacks, "\n".join(found.tracebacks[:3])
    assert found.cases >= 19

"""What the bench plants still finds its place, in every layer of the house."""

from __future__ import annotations

import pytest

from tests.bench.planted import FAULTS, Fault
from tests.conftest import ROOT

LAYERS = ["knowledge", "signals", "questions", "figures", "widgets", "course", "cli.py"]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.what)
def test_a_fault_finds_its_place(fault: Fault) -> None:
    assert fault.old in (ROOT / fault.file).read_text(encoding="utf-8")
    assert fault.new not in (ROOT / fault.file).read_text(encoding="utf-8")
    assert all((ROOT / tests).exists() for tests in fault.tests.split())


def test_each_layer_has_one() -> None:
    files = " ".join(fault.file for fault in FAULTS)
    assert [layer for layer in LAYERS if f"src/myoteach/{layer}" not in files] == []

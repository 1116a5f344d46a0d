"""docs/scale.md calculates with what docs/benchmarks.json says was measured last."""

from __future__ import annotations

import json

from tests.bench import scale
from tests.bench.figure import Figure
from tests.conftest import ROOT

BODY = json.loads((ROOT / "docs" / "benchmarks.json").read_text(encoding="utf-8"))


def test_the_tables_are_those_of_the_last_measurement() -> None:
    page = scale.PAGE.read_text(encoding="utf-8")
    figures = [Figure(**figure) for figure in BODY["hub"]["figures"]]
    assert page.count("<!-- end -->") == 3
    assert scale.filled(page, figures) == page


def test_twice_the_memory_is_carried_to_the_page() -> None:
    figures = [Figure(**figure) for figure in BODY["hub"]["figures"]]
    changed = [
        Figure(f.what, f.measured.replace(f.measured.split()[0], "1000"), "", f.how)
        if f.what == "memory a learner"
        else f
        for f in figures
    ]
    assert "| memory: n × 1.00 GB | 20 GB | 500 GB | 5,000 GB |" in scale.filled(scale.PAGE.read_text(), changed)

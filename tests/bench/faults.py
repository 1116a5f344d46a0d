"""Faults by the hundred: what becomes of damaged tables, questions, logs, recordings, disks, places and storages."""

from __future__ import annotations

import importlib

from tests.bench.figure import Figure
from tests.faults.harness import tally

#: How many cases each damage of a family is given, and what the family does.
_MANY = {
    "tables": (20, "every table of the package with 19 kinds of damage, and random bytes"),
    "banks": (120, "tags and bombs of YAML, hostile texts, lines and bytes changed by chance"),
    "logs": (40, "cut at every byte of the last line, flipped, mixed, replaced while open, clocks that jump"),
    "recordings": (120, "EDF and CSV cut anywhere, fields of the header and cells replaced, bytes changed"),
    "disks": (20, "files limited by the operating system; folders closed, missing, in a circle"),
    "places": (12, "C, tr_TR and de_DE with terminals of few letters; odd names; line ends of Windows"),
    "stores": (300, "a page whose storage refuses at any call, or gives back a damaged round"),
}


def rows() -> list[Figure]:
    """Count, family by family."""
    return [_figure(name, many, how) for name, (many, how) in _MANY.items()]


def _figure(name: str, many: int, how: str) -> Figure:
    found = tally(importlib.import_module(f"tests.faults.{name}"), seed=2, many=many)
    family, cases, told, sound, lost, tracebacks = found.row
    measured = (
        f"{cases:,} cases: {told:,} told in a sentence, {sound:,} taken soundly, {lost} lost, {tracebacks} tracebacks"
    )
    return Figure(family, measured, "none lost, no traceback", how)

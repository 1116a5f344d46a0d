"""What is measured, as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured figure, beside what was promised."""

    what: str
    measured: str
    promised: str
    how: str

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
    #: How many times as good as the peer; it may fall with the machine, but not by a quarter.
    ratio: float | None = None
    #: Bytes; they may not grow past what `budget.py` states.
    size: float | None = None

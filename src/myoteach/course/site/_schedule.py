"""The numbers of the schedule by which questions come again, for the page's own host."""

from __future__ import annotations

from typing import Any


def schedule() -> dict[str, Any] | None:
    """Return what the library ``fsrs`` plans with, so that a page plans alike; None where it is not installed.

    Examples
    --------
    >>> len(schedule()["parameters"])
    21
    """
    try:
        from fsrs import Scheduler  # noqa: PLC0415  # an extra
    except ImportError:
        return None
    return dict(Scheduler(enable_fuzzing=False).to_dict())

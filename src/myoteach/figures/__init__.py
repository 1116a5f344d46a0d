"""Pictures of data: pure functions from records or a recording to plotly figures.

Loading this room loads neither plotly nor numpy; asking for a picture of a recording does.
"""

import importlib
from typing import TYPE_CHECKING

from .plate import Plate

if TYPE_CHECKING:
    from .averages import back_average_figure, c_reflex_figure, coherence_figure, evoked_figure
    from .durations import burst_histogram
    from .order import recruitment_figure
    from .recordings import recording_figure

__all__ = [
    "Plate",
    "back_average_figure",
    "burst_histogram",
    "c_reflex_figure",
    "coherence_figure",
    "evoked_figure",
    "recording_figure",
    "recruitment_figure",
]

#: Pictures of recordings, by the module they are in: they need numpy.
_LAZY = {
    "burst_histogram": "durations",
    "recording_figure": "recordings",
    "recruitment_figure": "order",
    "back_average_figure": "averages",
    "c_reflex_figure": "averages",
    "coherence_figure": "averages",
    "evoked_figure": "averages",
}


def __getattr__(name: str) -> object:
    """Load a picture of recordings when it is first asked for."""
    if name in _LAZY:
        return getattr(importlib.import_module(f".{_LAZY[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

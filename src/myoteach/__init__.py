"""myoteach: teaching notebooks on myoclonus, the sudden brief jerk.

``import myoteach`` loads the standard library only. An explorer loads anywidget when it is first asked for; a figure or
a frame loads plotly or pandas.

Examples
--------
>>> import myoteach
>>> kb = myoteach.load()
>>> kb.get("C001").plain_name
'Hiccups'
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from .knowledge import KnowledgeBase, KnowledgeError, load

if TYPE_CHECKING:
    from .widgets import (
        article_on_trial,
        category_explorer,
        cause_map,
        clue_matrix,
        compare_movements,
        glossary,
        movement_player,
        neuraxis,
        references,
        table,
        terms,
    )
    from .widgets.burst_lab import burst_lab
    from .widgets.simulation_numbers import simulation_numbers

__version__ = "0.1.0"

__all__ = [
    "KnowledgeBase",
    "KnowledgeError",
    "article_on_trial",
    "burst_lab",
    "category_explorer",
    "cause_map",
    "clue_matrix",
    "compare_movements",
    "glossary",
    "load",
    "movement_player",
    "neuraxis",
    "references",
    "simulation_numbers",
    "table",
    "terms",
]

#: Names that cost an import; see `__getattr__`.
_WIDGETS = (
    "article_on_trial",
    "category_explorer",
    "cause_map",
    "clue_matrix",
    "compare_movements",
    "glossary",
    "movement_player",
    "neuraxis",
    "references",
    "table",
    "terms",
)
_LAZY = dict.fromkeys(_WIDGETS, "widgets") | {
    # These need numpy and plotly, so that they are no part of what the room loads.
    "burst_lab": "widgets.burst_lab",
    "simulation_numbers": "widgets.simulation_numbers",
}


def __getattr__(name: str) -> object:
    """Load an explorer's module when the explorer is first asked for."""
    if name in _LAZY:
        return getattr(importlib.import_module(f".{_LAZY[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])

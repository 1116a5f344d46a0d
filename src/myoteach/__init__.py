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
    from .widgets.article_on_trial import article_on_trial
    from .widgets.body_map import body_map
    from .widgets.burst_lab import burst_lab
    from .widgets.category_explorer import category_explorer
    from .widgets.cause_map import cause_map
    from .widgets.clue_matrix import clue_matrix
    from .widgets.day_and_night import day_and_night
    from .widgets.epilepsy_player import epilepsy_player
    from .widgets.flashcards import flashcards
    from .widgets.glossary import glossary
    from .widgets.movement_player import compare_movements, movement_player
    from .widgets.neuraxis import neuraxis
    from .widgets.progress import progress
    from .widgets.quiz import quiz
    from .widgets.references import references
    from .widgets.simulation_numbers import simulation_numbers
    from .widgets.table import table
    from .widgets.terms import terms
    from .widgets.treatment_paths import treatment_paths
    from .widgets.triage import triage
    from .widgets.work_up import work_up

__version__ = "0.1.0"

__all__ = [
    "KnowledgeBase",
    "KnowledgeError",
    "article_on_trial",
    "body_map",
    "burst_lab",
    "category_explorer",
    "cause_map",
    "clue_matrix",
    "compare_movements",
    "day_and_night",
    "epilepsy_player",
    "flashcards",
    "glossary",
    "load",
    "movement_player",
    "neuraxis",
    "progress",
    "quiz",
    "references",
    "simulation_numbers",
    "table",
    "terms",
    "treatment_paths",
    "triage",
    "work_up",
]

#: Names that cost an import, and the module of each; see `__getattr__`.
_LAZY = {
    "article_on_trial": "widgets.article_on_trial",
    "body_map": "widgets.body_map",
    "burst_lab": "widgets.burst_lab",
    "category_explorer": "widgets.category_explorer",
    "cause_map": "widgets.cause_map",
    "clue_matrix": "widgets.clue_matrix",
    "compare_movements": "widgets.movement_player",
    "day_and_night": "widgets.day_and_night",
    "epilepsy_player": "widgets.epilepsy_player",
    "flashcards": "widgets.flashcards",
    "glossary": "widgets.glossary",
    "movement_player": "widgets.movement_player",
    "neuraxis": "widgets.neuraxis",
    "progress": "widgets.progress",
    "quiz": "widgets.quiz",
    "references": "widgets.references",
    "simulation_numbers": "widgets.simulation_numbers",
    "table": "widgets.table",
    "terms": "widgets.terms",
    "treatment_paths": "widgets.treatment_paths",
    "triage": "widgets.triage",
    "work_up": "widgets.work_up",
}


def __getattr__(name: str) -> object:
    """Load an explorer's module when the explorer is first asked for."""
    if name in _LAZY:
        return getattr(importlib.import_module(f".{_LAZY[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_LAZY])

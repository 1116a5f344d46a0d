"""Explorers: one Python file beside one ES module each. Loading this room loads anywidget and nothing heavier."""

from .category_explorer import category_explorer
from .cause_map import cause_map
from .clue_matrix import clue_matrix
from .flashcards import flashcards
from .movement_player import compare_movements, movement_player
from .neuraxis import neuraxis
from .progress import progress
from .references import references
from .table import table

__all__ = [
    "category_explorer",
    "cause_map",
    "clue_matrix",
    "compare_movements",
    "flashcards",
    "movement_player",
    "neuraxis",
    "progress",
    "references",
    "table",
]

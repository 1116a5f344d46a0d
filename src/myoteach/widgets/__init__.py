"""Explorers: one Python file beside one ES module each. Loading this room loads anywidget and nothing heavier."""

from .article_on_trial import article_on_trial
from .category_explorer import category_explorer
from .cause_map import cause_map
from .clue_matrix import clue_matrix
from .glossary import glossary
from .movement_player import compare_movements, movement_player
from .neuraxis import neuraxis
from .references import references
from .table import table
from .terms import terms

__all__ = [
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
]

"""What ``_ranking.js`` needs to rank the causes without a kernel."""

from __future__ import annotations

from typing import Any

from ..knowledge import KnowledgeBase
from ..knowledge.records import Cause, Clue
from ._explorer import cause_card

_LETTER = {"yes": "y", "no": "n", "unknown": "-"}


def clue_card(clue: Clue) -> dict[str, str]:
    """Return a clue as the modules read it."""
    names = ("id", "section", "short", "plain", "clinical")
    return {name: getattr(clue, name) for name in names} | {"yes": clue.positive_phrase, "no": clue.negative_phrase}


def ranked_card(kb: KnowledgeBase, cause: Cause) -> dict[str, Any]:
    """Return a cause with its cells, one letter a clue in order of show: y expected, n speaks against, - unknown."""
    found = (kb.cells.get((cause.id, clue)) for clue in kb.clues)
    return cause_card(cause) | {"cells": "".join(_LETTER[cell.value] if cell else "-" for cell in found)}

"""Explorers: one Python file beside one ES module each. Loading this room loads anywidget and nothing heavier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .clue_matrix import clue_matrix
from .references import references

if TYPE_CHECKING:
    from .category_explorer import category_explorer
    from .cause_map import cause_map

__all__ = ["category_explorer", "cause_map", "clue_matrix", "references"]


def __getattr__(name: str) -> object:
    """Load the other explorers when they are asked for, so that the first one paints sooner."""
    if name == "category_explorer":
        from .category_explorer import category_explorer  # noqa: PLC0415

        return category_explorer
    if name == "cause_map":
        from .cause_map import cause_map  # noqa: PLC0415

        return cause_map
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

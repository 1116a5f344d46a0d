"""The knowledge base: reads ``data/``, checks it, answers questions about it. Standard library only."""

from ._load import find_problems, load
from ._problems import KnowledgeError, Problem
from ._rank import Match
from ._report import count_tables, describe, describe_changes
from ._search import Hit
from .base import KnowledgeBase

__all__ = [
    "Hit",
    "KnowledgeBase",
    "KnowledgeError",
    "Match",
    "Problem",
    "count_tables",
    "describe",
    "describe_changes",
    "find_problems",
    "load",
]

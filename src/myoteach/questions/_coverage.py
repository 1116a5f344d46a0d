"""What the bank leaves unasked: an objective with too few questions, a row nobody may leave out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..knowledge import KnowledgeBase
from ..knowledge.records import Mimic, Objective
from ._problems import Problem
from .items import Bank

#: Questions every objective has at least.
_EACH = 3


def gaps(bank: Bank, kb: KnowledgeBase) -> Iterator[Problem]:
    """Yield the objectives with fewer than three questions, and the rows that must be asked about and are not.

    Those are every red flag, every look-alike, and every cause the source article names.

    Parameters
    ----------
    bank
        The whole bank.
    kb
        The tables.

    Examples
    --------
    >>> from myoteach import load
    >>> {problem.code for problem in gaps(Bank(), load())}
    {'coverage'}
    """
    asked = Counter(item.objective for item in bank.questions)
    for objective in kb.records("objectives", Objective):
        if asked[objective.id] < _EACH:
            found = f"{asked[objective.id]} questions on {objective.id}"
            yield Problem(file="objectives.csv", value=found, expected=f"at least {_EACH}", code="coverage")
    covered = {row for item in bank.by_id.values() for row in item.covers}
    for table, row_id in _needed(kb):
        if row_id not in covered:
            yield Problem(file=f"{table}.csv", value=row_id, expected="a question that covers it", code="coverage")


def _needed(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    yield from (("red_flags", flag.id) for flag in kb.red_flags)
    yield from (("causes", cause.id) for cause in kb.all_causes if cause.in_seed == "yes")
    yield from (("mimics", mimic.id) for mimic in kb.records("mimics", Mimic))

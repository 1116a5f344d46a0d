"""When an item is due again, by FSRS (the library ``fsrs``, without its optimiser)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING

from .attempts import Attempt
from .cards import is_card
from .progress import ItemProgress

if TYPE_CHECKING:
    from fsrs import Rating

#: Older attempts hardly move the next date and would make a log of 100,000 attempts slow.
_REPLAYED = 40
_SURE_ENOUGH = 2


def due_times(entries: Mapping[str, ItemProgress]) -> dict[str, float]:
    """Return for each item when it is due, in seconds since 1970.

    Parameters
    ----------
    entries
        Item id to its attempts, as `fold` gives them.

    Raises
    ------
    ImportError
        When ``fsrs`` is not installed; the message says how to install it.

    Examples
    --------
    >>> made = Attempt("0badcafe-1", 1000, "Q06-001", 1, (), ("a",), True)
    >>> due_times({"Q06-001": ItemProgress("Q06-001", (made,))})["Q06-001"] > 1
    True
    """
    try:
        from fsrs import Card, Scheduler  # noqa: PLC0415  # only a review needs it
    except ImportError as error:
        raise ImportError(
            "The review queue needs fsrs, which is not installed: pip install 'myoteach[quiz]'"
        ) from error
    scheduler = Scheduler(enable_fuzzing=False)  # the same log gives the same dates
    due = {}
    for item, entry in entries.items():
        made = entry.attempts[-_REPLAYED:]
        card = Card(card_id=1, due=_utc(made[0]))
        for attempt in made:
            card, _ = scheduler.review_card(card, rating(attempt), _utc(attempt))
        due[item] = card.due.timestamp()
    return due


def rating(attempt: Attempt) -> Rating:
    """Return what FSRS is told: wrong or not known Again, right and unsure Hard, right Good, Easy only by choice.

    A flashcard is rated as its learner says.

    Examples
    --------
    >>> rating(Attempt("0badcafe-1", 0, "Q06-001", 1, (), ("a",), True, confidence=1)).name
    'Hard'
    """
    from fsrs import Rating  # noqa: PLC0415

    if not attempt.correct:
        return Rating.Again
    if attempt.easy:
        return Rating.Easy
    is_unsure = attempt.confidence is not None and attempt.confidence < _SURE_ENOUGH
    return Rating.Hard if is_unsure or (is_card(attempt.item) and attempt.response == ("hard",)) else Rating.Good


def _utc(attempt: Attempt) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(attempt.time / 1000, datetime.UTC)

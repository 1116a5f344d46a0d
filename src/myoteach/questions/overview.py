"""What a learner may want to know of the own progress: by lesson and objective, what is due, what to read again."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..knowledge import KnowledgeBase
from ..knowledge.records import Objective
from ._queue import due_or_changed
from .attempts import Attempt
from .cards import DECKS, Card, cards, is_card
from .items import Bank, Item
from .progress import ItemProgress, Progress, fold

_DAY = 86_400
_UNSURE = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many there are, how many were met, are known, are due now.

    Examples
    --------
    >>> Tally(total=12, met=5, known=3, due=1).total
    12
    """

    total: int
    met: int
    known: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Progress, ready to be shown.

    `objectives` and `decks` are tallies by objective and by deck of flashcards; `wrong` the questions whose latest
    answer was wrong and sure, latest first; `due` how many questions are due ``"now"``, within a ``"day"``, within a
    ``"week"`` and ``"later"``; `gone` how many attempts name a question that this version does not have; `no_dates`
    says why there are no dates, and is empty when there are.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import read_bank
    >>> seen = overview(read_bank(), load(), [])
    >>> seen.wrong, seen.gone
    ((), 0)
    """

    questions: Progress
    objectives: Mapping[str, Tally]
    decks: Mapping[str, Tally]
    wrong: tuple[Item, ...]
    due: Mapping[str, int]
    gone: int
    no_dates: str = ""


def is_known(entry: ItemProgress) -> bool:
    """Whether the latest answer was right and not given as unsure.

    Parameters
    ----------
    entry
        All attempts at one question.

    Examples
    --------
    >>> guess = Attempt("0badcafe-1", 1000, "Q06-001", 1, (), ("a",), True, confidence=1)
    >>> is_known(ItemProgress("Q06-001", (guess,)))
    False
    """
    return entry.last.correct and entry.last.confidence != _UNSURE


def overview(bank: Bank, kb: KnowledgeBase, attempts: Iterable[Attempt], now: float | None = None) -> Overview:
    """Add up what was answered.

    Parameters
    ----------
    bank, kb
        The questions and the tables.
    attempts
        In order of time, each once, as `read_log` gives them; those at flashcards are counted by themselves.
    now
        Seconds since 1970; by default the present.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import read_bank
    >>> overview(read_bank(), load(), []).objectives["O06-1"].met
    0
    """
    moment = time.time() if now is None else now
    made = list(attempts)
    questions = fold((attempt for attempt in made if not is_card(attempt.item)), moment)
    rated = fold((attempt for attempt in made if is_card(attempt.item)), moment)
    items = {item.id: item for item in bank.questions}
    decks = {deck: {card.id: card for card in cards(kb, deck)} for deck in DECKS}
    every_card = {name: card for deck in decks.values() for name, card in deck.items()}
    due, no_dates = _dates(items, questions)
    due_cards, _ = _dates(every_card, rated)
    of_objective: dict[str, list[str]] = {row.id: [] for row in kb.records("objectives", Objective)}
    for item in items.values():
        of_objective.setdefault(item.objective, []).append(item.id)
    return Overview(
        questions=questions,
        objectives={name: _tally(inside, questions, due, moment) for name, inside in of_objective.items()},
        decks={deck: _tally(inside, rated, due_cards, moment) for deck, inside in decks.items()},
        wrong=tuple(items[name] for name in questions.confidently_wrong if name in items),
        due={"now": 0, "day": 0, "week": 0, "later": 0} | Counter(_when(date - moment) for date in due.values()),
        gone=sum(attempt.item not in items and attempt.item not in every_card for attempt in made),
        no_dates=no_dates,
    )


def _dates(known: Mapping[str, Item | Card], progress: Progress) -> tuple[dict[str, float], str]:
    """Return when each is due; without the library that says so, none and the reason."""
    try:
        return due_or_changed(known, progress), ""
    except ImportError as error:
        return {}, str(error)


def _tally(names: Iterable[str], progress: Progress, due: Mapping[str, float], moment: float) -> Tally:
    listed = list(names)
    met = [progress.items[name] for name in listed if name in progress.items]
    return Tally(
        total=len(listed),
        met=len(met),
        known=sum(map(is_known, met)),
        due=sum(name in due and due[name] <= moment for name in listed),
    )


def _when(seconds: float) -> str:
    if seconds <= 0:
        return "now"
    return "day" if seconds <= _DAY else "week" if seconds <= 7 * _DAY else "later"

"""Flashcards from the tables: a word and what it means, a look-alike and what tells it from a jerk."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .._told import UnknownNameError
from ..knowledge import KnowledgeBase
from ..knowledge._problems import nearest
from ..knowledge.records import Mimic, Sourced, Term

if TYPE_CHECKING:
    from .items import Bank
    from .progress import Progress

#: How a learner may say a card was known, worst first.
RATINGS = ("again", "hard", "good", "easy")
#: What the id of a card begins with in the log. An older reader finds no such question and leaves the attempt alone.
PREFIX = "card:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card; front and back each in plain and in clinical words. `row` is what it was made from.

    Examples
    --------
    >>> from myoteach import load
    >>> card = cards(load(), "look-alikes", only=["MIM02"])[0]
    >>> card.deck, card.row.id
    ('look-alikes', 'MIM02')
    """

    id: str
    deck: str
    asks: str
    front_plain: str
    front_clinical: str
    back_plain: str
    back_clinical: str
    row: Sourced
    version: int = 1


def cards(kb: KnowledgeBase, deck: str = "glossary", *, only: Collection[str] | None = None) -> tuple[Card, ...]:
    """Return the cards of a deck, in the order of its table.

    Parameters
    ----------
    kb
        The tables.
    deck
        ``"glossary"`` or ``"look-alikes"``.
    only
        Ids of rows; by default every row.

    Returns
    -------
    tuple of Card
        Only rows that rest on a source that can be identified, and whose back is no draft.

    Raises
    ------
    KeyError
        When there is no such deck; the message names the nearest one.

    Examples
    --------
    >>> from myoteach import load
    >>> cards(load(), "look-alikes", only=["MIM02"])[0].front_plain
    'Tic'
    """
    if deck not in DECKS:
        near = nearest(deck, list(DECKS))
        known = f"Did you mean {near!r}?" if near else f"There are {', '.join(map(repr, DECKS))}."
        raise UnknownNameError(f"There is no deck {deck!r}. {known}")
    made = (card for card in DECKS[deck](kb) if kb.is_supported(card.row))
    return tuple(card for card in made if only is None or card.id.rpartition(":")[2] in only)


def _terms(kb: KnowledgeBase) -> Iterator[Card]:
    for term in kb.records("glossary", Term):
        yield Card(
            id=f"{PREFIX}glossary:{term.id}",
            deck="glossary",
            asks="What does this word mean?",
            front_plain=term.term,
            front_clinical=term.term,
            back_plain=term.plain,
            back_clinical=term.clinical,
            row=term,
        )


def _look_alikes(kb: KnowledgeBase) -> Iterator[Card]:
    for mimic in kb.records("mimics", Mimic):
        if not {"discriminator_plain", "discriminator_clinical"} & set(mimic.draft_fields):
            yield Card(
                id=f"{PREFIX}look-alikes:{mimic.id}",
                deck="look-alikes",
                asks="By what do you know it, and what tells it from a myoclonic jerk?",
                front_plain=mimic.plain_name,
                front_clinical=mimic.name,
                back_plain=mimic.discriminator_plain,
                back_clinical=mimic.discriminator_clinical,
                row=mimic,
            )


#: Deck to what makes its cards.
DECKS: dict[str, Callable[[KnowledgeBase], Iterator[Card]]] = {"glossary": _terms, "look-alikes": _look_alikes}


def rows_of_lesson(bank: Bank, lesson: str) -> frozenset[str]:
    """Return ids of the rows that the questions of a lesson are about.

    Parameters
    ----------
    bank
        The questions.
    lesson
        Two digits, for example ``"02"``.

    Examples
    --------
    >>> from myoteach.questions import read_bank
    >>> "MIM02" in rows_of_lesson(read_bank(), "02")
    True
    """
    return frozenset(row for item in bank.questions if item.lesson == lesson for row in item.covers)


def is_card(item_id: str) -> bool:
    """Whether the id of an attempt's item is that of a card.

    Parameters
    ----------
    item_id
        An id as it stands in a log.

    Examples
    --------
    >>> is_card("card:glossary:myoclonus"), is_card("Q06-001")
    (True, False)
    """
    return item_id.startswith(PREFIX)


def card_queue(
    deck: Sequence[Card], progress: Progress, *, now: float | None = None, limit: int = 10
) -> tuple[Card, ...]:
    """Return which cards to show: those that are due, longest overdue first, then new ones.

    Parameters
    ----------
    deck, progress
        The cards, and what was rated so far.
    now
        Seconds since 1970; by default the present.
    limit
        At most so many.

    Raises
    ------
    ImportError
        When ``fsrs`` is not installed and a card was rated.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import fold
    >>> len(card_queue(cards(load()), fold([]), limit=5))
    5
    """
    from ._queue import pressing  # noqa: PLC0415  # the log knows cards and the queue knows the log's progress

    known = {card.id: card for card in deck}
    moment = time.time() if now is None else now
    return tuple(known[card] for card in pressing(known, progress, moment, new=limit)[:limit])

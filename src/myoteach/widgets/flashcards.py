"""Flashcards: a front, its back when asked for, and how well it was known; kept in the log and scheduled by it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from .._told import BadValueError, UnknownNameError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Objective
from ..questions import (
    RATINGS,
    AttemptLog,
    Card,
    card_queue,
    cards,
    due_times,
    fold,
    read_bank,
    rows_of_lesson,
)
from ._explorer import Explorer, html_table, provenance, source_cards
from ._lessons import lesson_name
from ._modules import module, style
from ._turns import in_turn
from .progress import which_log

#: Milliseconds; nobody looks at a card for longer.
_LONGEST = 3_600_000
_MOST = 100


class Flashcards(Explorer):
    """A session with some cards.

    `rated` is every rating of the session in order, each a card's id, a word and milliseconds: the module derives from
    it which card comes next, and Python writes it to the log. `kept` counts how many of them Python has taken.
    """

    _esm = module("flashcards.js")
    _css = style("flashcards.css")

    rated: traitlets.List[Any] = traitlets.List().tag(sync=True)
    shown = traitlets.Bool(False).tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)
    kept = traitlets.Int(0).tag(sync=True)
    memory = traitlets.Unicode("").tag(sync=True)
    ahead = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, kb: KnowledgeBase, chosen: Sequence[Card], log: Callable[[], AttemptLog], *, title: str, **traits: Any
    ) -> None:
        self._cards = {card.id: card for card in chosen}
        self._log, self._title = log, title
        super().__init__(data=deck_data(kb, chosen, title), memory=log().message, **traits)

    @traitlets.validate("rated")
    def _only_add(self, proposal: Mapping[str, Any]) -> list[list[Any]]:
        """Refuse what is no rating of this session, and a list that forgets what is in the log already."""
        ratings = list(proposal["value"])
        if ratings[: self.kept] != self.rated[: self.kept]:
            raise traitlets.TraitError("Ratings are only ever added: those before are in the log.")
        for entry in ratings[self.kept :]:
            if not _is_rating(entry) or entry[0] not in self._cards:
                raise traitlets.TraitError(
                    f"A rating is a card of this session, a word and milliseconds, not {entry!r}."
                )
        return ratings

    @traitlets.observe("rated")
    @in_turn
    def _keep(self, change: Mapping[str, Any]) -> None:
        for card, word, took in change["new"][self.kept :]:
            self._log().record_rating(self._cards[card], word, took=min(int(took), _LONGEST))
        self.kept = max(self.kept, len(change["new"]))
        self.memory = self._log().message
        if self._is_done:
            self.ahead = self._when()

    @property
    def _is_done(self) -> bool:
        last = {card: word for card, word, _ in self.rated}
        return len(last) == len(self._cards) and "again" not in last.values()

    def _when(self) -> str:
        """Say when the first of the cards comes again."""
        progress = fold(attempt for attempt in self._log().reading.attempts if attempt.item in self._cards)
        try:
            due = due_times(progress.items)
        except ImportError as error:
            return str(error)
        return f"The first of them comes again {_in_words(min(due.values()) - time.time())}." if due else ""

    def first_frame(self) -> str:
        """Return the fronts as plain HTML; the backs are for who has tried."""
        rows = ((card.front_plain, card.asks) for card in self._cards.values())
        return f"<p><strong>Flashcards.</strong> {_LIVE}</p>" + html_table(
            f"{len(self._cards)} cards.", ["Card", "It asks"], rows, left=True
        )

    def __repr__(self) -> str:
        return f"<Flashcards: {len(self._cards)} cards, {self._title}>"


_LIVE = "With a kernel this is live: answer in your head, show the back, and say how well you knew it."


def flashcards(
    lesson: str | int | None = None,
    deck: str = "glossary",
    *,
    count: int = 10,
    wording: str = "plain",
    folder: str | Path | None = None,
) -> Flashcards:
    """Show flashcards: first those that are due, then new ones.

    Parameters
    ----------
    lesson
        For example ``2`` or ``"02"``: only what the questions of that lesson are about. By default all.
    deck
        ``"glossary"``, the words of the field, or ``"look-alikes"``, what tells them from a jerk.
    count
        At most so many cards, 1 to 100.
    wording
        ``"plain"`` or ``"clinical"``.
    folder
        Where progress is kept; by default as `progress` says.

    Returns
    -------
    Flashcards
        A session. Only rows with a source that can be identified are cards.

    Raises
    ------
    KeyError
        When there is no such deck or lesson; the message names the nearest one.
    ValueError
        When the count is out of range, or the lesson has no cards in the deck; the message says where there are some.
    ImportError
        When cards were rated before and ``fsrs``, which schedules them, is not installed.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     flashcards(2, "look-alikes", count=5, folder=place)
    <Flashcards: 5 cards, look-alikes of lesson 2, Jerk, twitch, tic or tremor?>
    """
    if not 1 <= count <= _MOST:
        raise BadValueError(f"A session has 1 to {_MOST} cards, not {count}.")
    kb, title, rows = load(), deck, None
    if lesson is not None:
        number = _lesson(kb, lesson)
        name = lesson_name(number)
        title, rows = f"{deck} of {name[0].lower()}{name[1:]}", rows_of_lesson(read_bank(), number)
    whole = cards(kb, deck, only=rows)
    if not whole:
        raise BadValueError(f"There are no cards in the {title}. flashcards(deck={deck!r}) has those of all lessons.")
    log = which_log(folder)
    chosen = card_queue(whole, fold(log().reading.attempts), limit=count)
    return Flashcards(kb, chosen, log, title=title, wording=wording)


def _lesson(kb: KnowledgeBase, lesson: str | int) -> str:
    known = sorted({row.lesson for row in kb.records("objectives", Objective)})
    number = str(lesson).zfill(2)
    if number not in known:
        near = hint(number, known) or f" There are {known[0]} to {known[-1]}."
        raise UnknownNameError(f"There is no lesson {lesson!r}.{near}")
    return number


def _is_rating(entry: object) -> bool:
    if not isinstance(entry, list | tuple) or len(entry) != 3:
        return False
    card, word, took = entry
    return isinstance(card, str) and word in RATINGS and isinstance(took, int | float) and 0 <= took < float("inf")


def _in_words(seconds: float) -> str:
    """Return a time from now in words.

    Examples
    --------
    >>> _in_words(590), _in_words(2 * 86_400)
    ('in 10 minutes', 'in 2 days')
    """
    for unit, size in (("day", 86_400), ("hour", 3600), ("minute", 60)):
        number = round(seconds / size)
        if number >= 1:
            return f"in {number} {unit}{'' if number == 1 else 's'}"
    return "now"


def deck_data(kb: KnowledgeBase, chosen: Sequence[Card], title: str) -> dict[str, Any]:
    """Return what the module shows, as plain JSON.

    The backs are in the page from the start. A flashcard is a test of oneself, which looking ahead would only spoil for
    who looks; and so a card turns at once, in an offline page too.

    Examples
    --------
    >>> deck_data(load(), cards(load())[:1], "one card")["title"]
    'one card'
    """
    texts = ("id", "asks", "front_plain", "front_clinical", "back_plain", "back_clinical")
    # A row may hold drafts in other columns; what a card shows is none.
    rows = [{name: getattr(card, name) for name in texts} | provenance(card.row) | {"draft": []} for card in chosen]
    return {"title": title, "cards": rows, "sources": source_cards(kb, [card.row for card in chosen])}

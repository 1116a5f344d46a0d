"""What the attempts add up to. A fold: nothing is stored that the log does not say."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .attempts import Attempt
from .items import Bank
from .marking import POINTS

_DAY = 86_400_000
#: Confidence "high".
SURE = 3


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """The attempts at one item in order of time, none later than now.

    Examples
    --------
    >>> wrong = Attempt("0badcafe-1", 1000, "Q06-001", 1, (), ("b",), False, confidence=3)
    >>> entry = ItemProgress("Q06-001", (wrong,))
    >>> entry.last is wrong, entry.right, entry.confidently_wrong
    (True, 0, True)
    """

    item: str
    attempts: tuple[Attempt, ...]

    @property
    def last(self) -> Attempt:
        """The latest attempt."""
        return self.attempts[-1]

    @property
    def right(self) -> int:
        """How many attempts were right."""
        return sum(attempt.correct for attempt in self.attempts)

    @property
    def confidently_wrong(self) -> bool:
        """Whether the latest answer was wrong and sure."""
        return self.last.known and not self.last.correct and self.last.confidence == SURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Scores over all attempts.

    `calibration` is confidence to (right, answered); `days` the number of days in a row, up to today or yesterday, with
    an attempt; `from_future` counts attempts dated later than now, which a clock set wrong explains.

    Examples
    --------
    >>> wrong = Attempt("0badcafe-1", 1000, "Q06-001", 1, (), ("b",), False, confidence=3)
    >>> fold([wrong]).confidently_wrong
    ('Q06-001',)
    """

    items: Mapping[str, ItemProgress] = field(default_factory=dict)
    attempts: int = 0
    right: int = 0
    not_known: int = 0
    points: int = 0
    calibration: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    days: int = 0
    from_future: int = 0

    @property
    def confidently_wrong(self) -> tuple[str, ...]:
        """Ids of the items whose latest answer was wrong and sure, latest first."""
        # Of answers at the same time, which a clock set wrong makes, the one read last counts as the latest.
        wrong = [entry for entry in reversed(list(self.items.values())) if entry.confidently_wrong]
        return tuple(entry.item for entry in sorted(wrong, key=lambda entry: -entry.last.time))

    def by_lesson(self, bank: Bank) -> dict[str, tuple[int, int, int]]:
        """Return lesson to (items right at the latest attempt, items tried, items there are).

        Parameters
        ----------
        bank
            Says which question belongs to which lesson.

        Examples
        --------
        >>> fold([]).by_lesson(Bank())
        {}
        """
        table: dict[str, tuple[int, int, int]] = {}
        for item in bank.questions:
            right, tried, total = table.get(item.lesson, (0, 0, 0))
            entry = self.items.get(item.id)
            is_right = entry is not None and entry.last.correct
            table[item.lesson] = (right + is_right, tried + (entry is not None), total + 1)
        return table


def fold(attempts: Iterable[Attempt], now: float | None = None) -> Progress:
    """Add up attempts.

    Parameters
    ----------
    attempts
        In order of time, each once, as `read_log` gives them.
    now
        Seconds since 1970; by default the present. An attempt dated later counts as made now, so that a clock that
        once ran ahead does not postpone reviews by years.

    Examples
    --------
    >>> made = [Attempt("0badcafe-1", 1000, "Q06-001", 1, ("b", "a"), ("b",), False, confidence=3)]
    >>> progress = fold(made, now=2)
    >>> progress.confidently_wrong, progress.points
    (('Q06-001',), -6)
    """
    limit = int((time.time() if now is None else now) * 1000)
    grouped: dict[str, list[Attempt]] = {}
    days: set[int] = set()
    answered: dict[int | None, list[int]] = {}
    count = not_known = from_future = 0
    for attempt in attempts:
        made = attempt
        if made.time > limit:
            from_future += 1
            made = made._replace(time=limit)
        count += 1
        grouped.setdefault(made.item, []).append(made)
        days.add(made.time // _DAY)
        if made.known:
            answered.setdefault(made.confidence, []).append(made.correct)
        else:
            not_known += 1
    rated = {level: (sum(answers), len(answers)) for level, answers in answered.items()}
    calibration = {level: rated[level] for level in POINTS if level in rated}
    return Progress(
        items=MappingProxyType({item: ItemProgress(item, tuple(made)) for item, made in grouped.items()}),
        attempts=count,
        right=sum(right for right, _ in rated.values()),
        not_known=not_known,
        points=sum(_points(level, *counts) for level, counts in calibration.items()),
        calibration=MappingProxyType(calibration),
        days=_days_in_a_row(days, limit // _DAY),
        from_future=from_future,
    )


def _points(level: int, right: int, answered: int) -> int:
    gain, loss = POINTS[level]
    return right * gain + (answered - right) * loss


def _days_in_a_row(days: set[int], today: int) -> int:
    day = today if today in days else today - 1
    start = day
    while day in days:
        day -= 1
    return start - day

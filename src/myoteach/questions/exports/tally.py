"""What became of each question: written, changed, or left out; nothing is dropped without a word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from ..._told import ToldError
from .question import Question

Built = TypeVar("Built")
#: Called with how many of how many are done, and of what.
Progress = Callable[[int, int, str], None]


class UnfitError(Exception):
    """The format cannot hold this question; the message says why."""


class ExportError(ToldError):
    """The export cannot be made; the message says what to do."""


def silent(_done: int, _total: int, _what: str) -> None:
    """Show nothing."""


@dataclass(slots=True)
class Tally:
    """Counts of an export, and the reasons; `progress` is told how far it is."""

    items: int
    total: int
    progress: Progress = silent
    written: int = 0
    changed: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)

    def each(self, questions: Iterable[Question], build: Callable[[Question], Built]) -> Iterator[Built]:
        """Yield what is built of each question; count those that cannot be.

        Examples
        --------
        >>> tally = Tally(1, 1)
        >>> list(tally.each([], lambda question: question.name))
        []
        """
        for question in questions:
            try:
                built = build(question)
            except UnfitError as reason:
                self.left_out[str(reason)] += 1
            else:
                self.written += 1
                if question.item.picture is not None:
                    self.changed["a picture became its description in words"] += 1
                yield built
            self.progress(self.written + self.left_out.total(), self.total, "questions")

    def sentence(self) -> str:
        """Return the closing line.

        Examples
        --------
        >>> Tally(2, 4, written=4).sentence()
        '2 items (4 questions, a case asks several): 4 written, 0 left out.'
        """
        what = f"{self.items} item{'s' if self.items != 1 else ''}"
        if self.total != self.items:
            what += f" ({self.total} questions, a case asks several)"
        parts = [f"{self.written} written", f"{self.left_out.total()} left out{_reasons(self.left_out)}"]
        if self.changed:
            parts.insert(1, f"{self.changed.total()} of them changed{_reasons(self.changed)}")
        return f"{what}: {', '.join(parts)}."


def _reasons(counts: Counter[str]) -> str:
    if not counts:
        return ""
    return f" ({'; '.join(f'{count}: {reason}' for reason, count in sorted(counts.items()))})"

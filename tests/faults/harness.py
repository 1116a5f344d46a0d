"""Count what becomes of many faults: told in words, taken soundly, something lost, or a traceback."""

from __future__ import annotations

import traceback
import warnings
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Protocol

#: What a case says of itself. It says nothing else: whatever it raises is counted as lost or as a traceback.
TOLD, SOUND = "told in a sentence", "taken soundly"


class LostError(Exception):
    """Something a learner did, or a table held, is gone or is wrong, and nobody said so."""


Case = Callable[[], str]


class Family(Protocol):
    """A module of faults of one kind, made by seed."""

    NAME: str

    def cases(self, seed: int, many: int) -> Iterable[Case]:
        """Yield about `many` cases."""


@dataclass
class Tally:
    """What became of the cases of one family."""

    family: str
    counts: dict[str, int] = field(default_factory=lambda: {TOLD: 0, SOUND: 0})
    lost: list[str] = field(default_factory=list)
    tracebacks: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        """How many there were."""
        return sum(self.counts.values()) + len(self.lost) + len(self.tracebacks)

    @property
    def row(self) -> tuple[str, int, int, int, int, int]:
        """Family, cases, told, sound, lost, tracebacks."""
        return self.family, self.cases, self.counts[TOLD], self.counts[SOUND], len(self.lost), len(self.tracebacks)


def tally(family: Family, seed: int, many: int) -> Tally:
    """Run the cases of a family; a warning that a learner would see among the outputs counts as a traceback."""
    found = Tally(family.NAME)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for case in family.cases(seed, many):
            try:
                found.counts[case()] += 1
            except LostError as error:
                found.lost.append(str(error))
            except Exception:  # whatever it is, it is what this counts
                found.tracebacks.append(traceback.format_exc(limit=-4))
    return found


def sentence(error: BaseException, *, lines: int = 1) -> str:
    """Hold an error's message to what a learner can read; return `TOLD`."""
    text = str(error)
    if (
        not text.strip()
        or len(text.splitlines()) > lines
        or "Traceback" in text
        or not text.rstrip().endswith((".", "?", "]"))
    ):
        raise AssertionError(f"not a sentence: {text[:500]!r}")
    if max(map(len, text.splitlines())) > 2000:
        raise AssertionError(f"nobody reads {len(text)} characters: {text[:200]!r}")
    return TOLD

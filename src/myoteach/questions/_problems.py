"""What can be wrong with a question, said so that its author can mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .._told import ToldError
from ..knowledge._problems import shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend: where it is, what stands there, what was expected, and the nearest valid value.

    `level` is ``"E"`` for an error and ``"W"`` for a warning, which an item may answer with a reason under ``waive``.

    Examples
    --------
    >>> print(Problem(file="lesson-06.yaml", line=9, value="sing", expected="a kind", nearest="single"))
    lesson-06.yaml, line 9: 'sing' stands there; expected a kind. Did you mean 'single'? [E form]
    """

    file: str
    line: int | None = None
    item: str = ""
    field: str = ""
    value: str = ""
    expected: str
    nearest: str = ""
    code: str = "form"
    level: str = "E"

    def __str__(self) -> str:
        place = self.file
        place += f", line {self.line}" if self.line is not None else ""
        place += f", item {self.item}" if self.item else ""
        place += f", field {self.field}" if self.field else ""
        found = f" {shorten(self.value)!r} stands there;" if self.value else ""
        hint = f" Did you mean {self.nearest!r}?" if self.nearest else ""
        return f"{place}:{found} expected {self.expected}.{hint} [{self.level} {self.code}]"


class BankError(ToldError, ValueError):
    """The questions cannot be read; `problems` lists all that is wrong, not only the first thing.

    Examples
    --------
    >>> print(BankError([Problem(file="lesson-06.yaml", expected="a list of items")]))
    1 problem in the questions; none was loaded.
    lesson-06.yaml: expected a list of items. [E form]
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the questions; none was loaded."
        super().__init__("\n".join([head, *map(str, self.problems)]))

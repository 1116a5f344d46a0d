"""What can be wrong with a table, said so that the reader can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from .._told import ToldError

#: A cell is quoted in an error only up to this many characters.
_QUOTED = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is, what stands there, what was expected, and the nearest valid value.

    Examples
    --------
    >>> print(Problem("causes.csv", 3, "urgency", "sooon", "one of five words", "soon"))
    causes.csv, row 3, column urgency: 'sooon' stands there; expected one of five words. Did you mean 'soon'?
    """

    file: str
    row: int | None
    column: str
    value: str
    expected: str
    nearest: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        found = f" {shorten(self.value)!r} stands there;" if self.value else ""
        hint = f" Did you mean {self.nearest!r}?" if self.nearest else ""
        return f"{place}:{found} expected {self.expected}.{hint}"


class KnowledgeError(ToldError, ValueError):
    """The tables cannot be loaded; `problems` lists all that is wrong, not only the first thing.

    Examples
    --------
    >>> KnowledgeError([Problem("causes.csv", None, "", "", "a header")]).problems[0].expected
    'a header'
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = f"{count} problem{'s' if count != 1 else ''} in the tables; nothing was loaded."
        super().__init__("\n".join([head, *map(str, self.problems)]))


def shorten(text: str) -> str:
    """Cut a long cell for quoting.

    Examples
    --------
    >>> shorten("short")
    'short'
    >>> len(shorten("x" * 5_000_000)) < 100
    True
    """
    if len(text) <= _QUOTED:
        return text
    return f"{text[:_QUOTED]}… ({len(text)} characters)"


def nearest(value: str, valid: Iterable[str]) -> str:
    """Return the valid value most like `value`, or an empty string when none is alike.

    Examples
    --------
    >>> nearest("emergencey", ["emergency", "urgent"])
    'emergency'
    >>> nearest("xyz", ["emergency", "urgent"])
    ''
    """
    if len(value) > 10 * _QUOTED:  # comparing a giant cell with every id would take minutes
        return ""
    found = difflib.get_close_matches(value, list(valid), n=1, cutoff=0.5)
    return found[0] if found else ""


def hint(value: str, valid: Iterable[str]) -> str:
    """Name the valid value nearest to a wrong one, as the end of an error's sentence.

    Examples
    --------
    >>> hint("drugs", ["drug", "toxic"])
    " Did you mean 'drug'?"
    """
    near = nearest(value, valid)
    return f" Did you mean {near!r}?" if near else ""

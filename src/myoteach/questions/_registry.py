"""Where lints are registered. A lint is a small generator of `Flaw` whose docstring says what it holds an item to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeVar

from .items import Bank, Item


class Flaw(NamedTuple):
    """What a lint found: the field, what stands there, what was expected."""

    field: str
    value: str
    expected: str


@dataclass(frozen=True, slots=True)
class Lint:
    """One rule for items of the named kinds. A warning (``"W"``) may be waived on the item with a reason."""

    code: str
    level: str
    about: str
    kinds: tuple[type[Item], ...]
    check: Callable[[Any], Iterator[Flaw]]


@dataclass(frozen=True, slots=True)
class BankLint:
    """One rule for the bank as a whole; it yields the id of the item concerned, or an empty text, with each flaw."""

    code: str
    about: str
    check: Callable[[Bank], Iterator[tuple[str, Flaw]]]


LINTS: dict[str, Lint] = {}
BANK_LINTS: dict[str, BankLint] = {}

_Check = TypeVar("_Check", bound=Callable[[Any], Iterator[Flaw]])
_BankCheck = TypeVar("_BankCheck", bound=Callable[[Bank], Iterator[tuple[str, Flaw]]])


def lint(code: str, level: str, *kinds: type[Item]) -> Callable[[_Check], _Check]:
    """Register a rule for items; without kinds it holds for every item that can be answered."""

    def register(check: _Check) -> _Check:
        assert code not in LINTS, f"two lints are called {code}"
        LINTS[code] = Lint(code, level, (check.__doc__ or "").strip(), kinds or (Item,), check)
        return check

    return register


def bank_lint(code: str) -> Callable[[_BankCheck], _BankCheck]:
    """Register a rule for the bank as a whole; always an error."""

    def register(check: _BankCheck) -> _BankCheck:
        assert code not in BANK_LINTS, f"two lints are called {code}"
        BANK_LINTS[code] = BankLint(code, (check.__doc__ or "").strip(), check)
        return check

    return register

"""One message from a page after the other, whichever of the kernel's threads it comes to."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from threading import RLock
from typing import Concatenate, ParamSpec, TypeVar

_P = ParamSpec("_P")
_R = TypeVar("_R")
_S = TypeVar("_S")
_TURN = RLock()


def in_turn(method: Callable[Concatenate[_S, _P], _R]) -> Callable[Concatenate[_S, _P], _R]:
    """Let nobody else in while a method runs.

    JupyterLab sends a page's first messages to the kernel's main thread and later ones to another: what is drawn or
    kept for the one must not overwrite what is drawn or kept for the other.

    Examples
    --------
    >>> class Counter:
    ...     @in_turn
    ...     def add(self, number: int) -> int:
    ...         return number + 1
    >>> Counter().add(1)
    2
    """

    @wraps(method)
    def alone(self: _S, /, *args: _P.args, **kwargs: _P.kwargs) -> _R:
        with _TURN:
            return method(self, *args, **kwargs)

    return alone

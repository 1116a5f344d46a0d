"""Whatever is public says what it is, names its parameters and shows itself in an example, which the suite runs.

Public is what a room lists in `__all__`. A method or property may be shown by its class, and an explorer's by the
function that opens it.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from functools import cached_property
from importlib import import_module
from typing import Any

import pytest

import myoteach

ROOMS = ("", ".knowledge", ".questions", ".signals", ".figures", ".course")
#: Cannot be shown by an example, and why.
NOT_SHOWN = {"myoteach.course._lab.open_lab": "waits until JupyterLab is closed; tests/browser opens it"}
_EXAMPLE = ">>> "


def public() -> dict[str, Any]:
    """Return every public function and class by its full name; constants are left out."""
    rooms = [import_module(f"myoteach{room}") for room in ROOMS]
    things = [getattr(room, name) for room in rooms for name in room.__all__]
    return {
        f"{thing.__module__}.{thing.__qualname__}": thing
        for thing in things
        if inspect.isclass(thing) or inspect.isfunction(inspect.unwrap(thing))
    }


PUBLIC = public()


def _doc(thing: object) -> str:
    """Return a docstring; the one that a dataclass writes for itself is none."""
    text = getattr(thing, "__doc__", None) or ""
    return "" if inspect.isclass(thing) and text.startswith(f"{thing.__name__}(") else inspect.cleandoc(text)


def _undocumented(function: Callable[..., Any], doc: str) -> list[str]:
    """Return the parameters that the docstring does not name on a line of their own."""
    names = [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]
    listed = re.findall(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*)(?: : .*)?$", doc.partition("Parameters\n---")[2], re.MULTILINE)
    said = {name.strip(" *") for line in listed for name in line.split(",")}
    return [name for name in names if name not in said]


def _members(owner: type) -> Iterator[tuple[str, Callable[..., Any], bool]]:
    """Yield each public method or property that a class itself defines, and whether it is called."""
    for name, value in vars(owner).items():
        inner = getattr(value, "fget", None) or getattr(value, "func", None) or getattr(value, "__func__", value)
        if not name.startswith("_") and inspect.isfunction(inner):
            yield name, inner, not isinstance(value, property | cached_property)


def missing(thing: Any, name: str) -> list[str]:
    """Return what a public thing lacks, in words."""
    doc = _doc(thing)
    lacks = [f"{name}: no summary"] if not doc.split("\n\n")[0].strip() else []
    if _EXAMPLE not in doc and name not in NOT_SHOWN:
        lacks.append(f"{name}: no example")
    if not inspect.isclass(thing):
        return lacks + [f"{name}: says nothing of {one}" for one in _undocumented(thing, doc)]
    for member, function, is_called in _members(thing):
        own = _doc(function)
        lacks += [] if own else [f"{name}.{member}: no summary"]
        lacks += [] if _EXAMPLE in own + doc else [f"{name}.{member}: no example, and none in its class"]
        lacks += [f"{name}.{member}: says nothing of {one}" for one in _undocumented(function, own) if is_called]
    return lacks


def test_there_is_something_public() -> None:
    assert len(PUBLIC) > 140


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_public_is_documented_and_shown(name: str) -> None:
    assert missing(PUBLIC[name], name) == []


@pytest.mark.parametrize("name", sorted(myoteach._LAZY))
def test_what_an_explorer_offers_says_what_it_is(name: str) -> None:
    room = import_module(f"myoteach.{myoteach._LAZY[name]}")
    owner = getattr(room, inspect.signature(getattr(room, name)).return_annotation)
    assert _doc(owner)
    assert [member for member, function, _ in _members(owner) if not _doc(function)] == []


def test_the_search_finds_what_is_missing() -> None:
    def shown(kb: object, *, only: str) -> None:
        """Show it.

        Parameters
        ----------
        kb
            Tables.
        """

    assert missing(shown, "shown") == ["shown: no example", "shown: says nothing of only"]

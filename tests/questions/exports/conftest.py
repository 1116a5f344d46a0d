"""The whole bank with the planted items, exported once in a session."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from myoteach import KnowledgeBase, load
from myoteach.questions import Bank
from myoteach.questions.exports import FORMATS, Exported, export

from .planted import whole

Exports = Callable[[str], Exported]


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Exports:
    """Every question in a format, written once."""
    folder = tmp_path_factory.mktemp("exports")
    made: dict[str, Exported] = {}

    def write(name: str) -> Exported:
        if name not in made:
            made[name] = export(whole(), load(), name, folder / f"all-{name}{FORMATS[name].suffix}")
        return made[name]

    return write


@pytest.fixture(scope="session")
def sheets_bank() -> Bank:
    """A bank of every kind, small enough to be typeset often."""
    return Bank(tuple(item for item in whole().items if item.lesson == "10" or "-9" in item.id))


@pytest.fixture(scope="session")
def sheets(
    tmp_path_factory: pytest.TempPathFactory, sheets_bank: Bank, kb: KnowledgeBase
) -> Callable[[str], list[Path]]:
    """Forms A and B and their key in a paper format, written once."""
    folder = tmp_path_factory.mktemp("sheets")
    made: dict[str, list[Path]] = {}

    def write(name: str) -> list[Path]:
        if name not in made:
            made[name] = list(export(sheets_bank, kb, name, folder / f"test.{name}", seed=7, forms=2).paths)
        return made[name]

    return write

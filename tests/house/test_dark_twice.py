"""Dark is asked for by Jupyter's theme or by the system, so each sheet says it twice: both must say the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

BY_THEME, BY_SYSTEM = 'body[data-jp-theme-light="false"]', "body:not([data-jp-theme-light])"
SHEETS = [path for path in ROOT.glob("src/**/*.css") if BY_SYSTEM in path.read_text(encoding="utf-8")]


def rules(sheet: Path, dark: str) -> dict[str, list[str]]:
    """What a sheet declares for the dark, by the rest of the selector."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    found: dict[str, list[str]] = {}
    for selectors, body in re.findall(r"([^{};]+)\{([^{}]*)\}", text):
        for selector in selectors.split(","):
            if selector.strip().startswith(dark):
                declared = [line.strip() for line in body.split(";") if line.strip()]
                found.setdefault(selector.strip().removeprefix(dark).strip(), []).extend(declared)
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_both_ways_to_the_dark_lead_to_the_same(sheet: Path) -> None:
    by_theme, by_system = rules(sheet, BY_THEME), rules(sheet, BY_SYSTEM)
    if "" in by_theme:  # a whole page follows the system by its root's `color-scheme`, and a theme must say so itself
        by_theme[""].remove("color-scheme: dark")
    assert by_theme == by_system


def test_there_are_sheets_to_look_at() -> None:
    assert len(SHEETS) >= 3

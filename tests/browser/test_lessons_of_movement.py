"""What lessons 01 and 02 compare does not flash; and the search for names in them can fail."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from myoteach import compare_movements

from .movements import names_in
from .test_movement_player_flash import MOST, film, loaded, piece_at


def test_a_name_would_be_found() -> None:
    """The search for names finds one; what is seen, in the stages' words, holds none."""
    assert names_in("Movement B. It is: Tic.") == ["Tic", "tic"]
    assert names_in("A particular articulation.") == []


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(
    "kinds",
    [
        ("palatal", "cortical_action", "cortical_subcortical"),
        ("essential_tremor", "parkinsonian_tremor", "cortical_tremor"),
        ("asterixis", "tic", "myokymia", "clonus", "chorea", "essential_tremor", "cortical_action", "fasciculation"),
    ],
    ids=len,
)
def test_what_the_lessons_compare_does_not_flash(stage: BrowserContext, kinds: tuple[str, ...], dark: bool) -> None:
    widget = compare_movements(kinds)
    page = loaded(stage, widget, dark=dark)
    for speed in (1.0,) if dark else (1.0, 0.5):
        worst = film(page, piece_at(widget, speed))
        print(f"\nflash of {len(kinds)} {'dark' if dark else 'light'} {speed}: {worst}")
        assert max(worst["general"], worst["red"]) < MOST, speed

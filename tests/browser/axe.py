"""What axe finds in a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: Every violation in full; of what passes only the rules, which halves the time.
_OPTIONS = {"resultTypes": ["violations"]}


#: What another colour scheme can change.
COLOURS = ("color-contrast", "link-in-text-block")


def look(page: Page, part: Any = None, *, only: Sequence[str] = ()) -> dict[str, Any]:
    """Return all that axe says of a page, or of a part of it, or by some rules only."""
    rules = {"runOnly": list(only)} if only else {}
    return dict(Axe().run(page, context=part, options=_OPTIONS | rules).response)


def barriers(page: Page, part: Any = None, *, only: Sequence[str] = ()) -> list[str]:
    """Return a line for each place that breaks a rule."""
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:300]} {node.get('failureSummary', '')}"
        for rule in look(page, part, only=only)["violations"]
        for node in rule["nodes"]
    ]

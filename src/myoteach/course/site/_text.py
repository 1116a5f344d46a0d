"""A lesson's cells as a learner's page has them: without the instructor's, in sections, with links to sources."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from .._copies import FOLDED

_HEADING = re.compile(r"^(#{1,6})\s+(.+)$", re.MULTILINE)
_CITED = re.compile(r"\[@([\w-]+)\]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a page: its level, its text and its anchor."""

    level: int
    text: str
    anchor: str


def heading_of(cell: Any) -> Heading | None:
    """Return the heading that a cell of prose begins with."""
    found = _HEADING.match(cell.source.lstrip()) if cell.cell_type == "markdown" else None
    if found is None:
        return None
    text = _plain(found[2])
    return Heading(len(found[1]), text, anchor_of(text, set()))


def _plain(heading: str) -> str:
    return re.sub(r"[*`]", "", heading).strip()


def anchor_of(text: str, taken: set[str]) -> str:
    """Return what links call a heading, in a page as in JupyterLab, and take it; a second one of its name is numbered.

    Examples
    --------
    >>> taken = set()
    >>> anchor_of("Words of this page", taken), anchor_of("See", taken), anchor_of("See", taken)
    ('Words-of-this-page', 'See', 'See-2')
    """
    name = "-".join(text.split())
    numbered = (name if place == 1 else f"{name}-{place}" for place in count(1))
    anchor = next(each for each in numbered if each not in taken)
    taken.add(anchor)
    return anchor


def headings(notebook: Any) -> Iterator[Heading]:
    """Yield every heading of the prose, each with the anchor it has in the page."""
    taken: set[str] = set()
    for cell in notebook.cells:
        for found in _HEADING.finditer(cell.source) if cell.cell_type == "markdown" else ():
            text = _plain(found[2])
            yield Heading(len(found[1]), text, anchor_of(text, taken))


def section(notebook: Any) -> None:
    """Mark in every cell's metadata what opens and closes around it: a section a heading, folded as in JupyterLab."""
    opened: list[tuple[int, str]] = []
    for cell in notebook.cells:
        head = heading_of(cell)
        before = ""
        while head is not None and opened and opened[-1][0] >= head.level:
            before += opened.pop()[1]
        folded = head is not None and bool(cell.metadata.get(FOLDED))
        if head is not None and head.level > 1:
            opened.append((head.level, "</details>" if folded else "</section>"))
            before += '<details class="fold">' if folded else "<section>"
        cell.metadata["site"] = {"before": before, "folded": folded, "after": ""}
    if notebook.cells:
        notebook.cells[-1].metadata["site"]["after"] = "".join(close for _, close in reversed(opened))


def cite(notebook: Any, here: Collection[str]) -> None:
    """Make every source that the prose names a link to the list of the page, or to that of the site."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _CITED.sub(lambda found: _citation(found[1], here), cell.source)


def _citation(name: str, here: Collection[str]) -> str:
    page = "" if name in here else "sources.html"
    return f"[{name}]({page}#source-{name})"


def listed_sources(notebook: Any) -> set[str]:
    """Return the ids of the sources that a page lists in its outputs."""
    texts = (
        str(output.get("data", {}).get("text/html", ""))
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    )
    return {name for text in texts for name in re.findall(r"<strong>\[@([\w-]+)\]</strong>", text)}


def minutes(notebook: Any) -> str:
    """Return the line of a lesson's first cell that says how long it takes; empty where there is none."""
    found = re.search(r"^\*(Track [^*]+)\*$", notebook.cells[0].source, re.MULTILINE)
    return found[1] if found else ""


def question(notebook: Any) -> str:
    """Return the question a lesson opens with, which its first cell prints bold; empty where there is none."""
    found = re.search(r"^\*\*(.+)\*\*$", notebook.cells[0].source, re.MULTILINE)
    return found[1].replace("*", "") if found else ""

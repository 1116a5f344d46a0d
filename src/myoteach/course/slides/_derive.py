"""Which cells of a lesson make which slide: by Jupyter's own slide types, and in a lesson without any by a rule.

The types are those of nbconvert and of the slide shows in JupyterLab, in a cell's ``slideshow.slide_type``: *slide* and
*subslide* begin a slide, a *fragment* is shown at the next press of a key, *notes* are for the lecturer, *skip* is left
out, and a cell without a type goes on with what came before it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ...figures.plate import MIME as PLOTLY
from .._copies import FOLDED, is_for_instructor
from ..site._outputs import VIEW
from ..site._text import heading_of

_BEGINS = ("slide", "subslide")
#: A cell of prose with more words is for the lecturer to say, not for a wall.
LONGEST = 70
#: Explorers of one learner's own, and lists of words: nothing for a room.
_ALONE = re.compile(r"\b(progress|flashcards|glossary|terms)\(")
_QUIZ = re.compile(r"\bquiz\(")
#: The list of sources; its slide closes the deck.
_NOTICE = re.compile(r"> \*\*([^*]+)\*\*")
_CAPTION = re.compile(r"<caption>([^<(]+)")
_SOURCES = re.compile(r"\breferences\(")


@dataclass
class Slide:
    """One slide: its title, its cells in steps (the first is shown at once), and the lecturer's notes."""

    title: str
    steps: list[list[Any]] = field(default_factory=lambda: [[]])
    notes: list[Any] = field(default_factory=list)
    has_heading: bool = False


@dataclass
class Deck:
    """The slides of a lesson, its instructor's cells, and its list of sources."""

    slides: list[Slide]
    lesson_notes: list[Any]
    sources: list[Any]


def derive(notebook: Any) -> Deck:
    """Return the slides of an executed notebook.

    Parameters
    ----------
    notebook
        As nbformat reads it.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell as cell, new_notebook
    >>> deck = derive(new_notebook(cells=[cell("# A"), cell("## B"), cell("word " * 90), cell("## C")]))
    >>> [(slide.title, len(slide.notes)) for slide in deck.slides]
    [('A', 0), ('B', 1), ('C', 0)]
    """
    deck = Deck([], [], [])
    heading = ""
    for cell, kind in zip(notebook.cells, slide_types(notebook), strict=True):
        found = heading_of(cell)
        heading = found.text if found else heading
        if _SOURCES.search(cell.source) and cell.cell_type == "code":
            deck.sources.append(cell)
        elif kind == "notes" and is_for_instructor(cell):
            deck.lesson_notes.append(cell)
        elif kind != "skip" and not _heads_sources(found):
            _place(deck.slides, cell, kind, heading)
    return deck


def _place(slides: list[Slide], cell: Any, kind: str, heading: str) -> None:
    """Put a cell on a new slide, on the present one, or beside it."""
    if kind in _BEGINS or not slides:
        slides.append(Slide(_own_title(cell) or heading))
    slide = slides[-1]
    if kind == "notes":
        slide.notes.append(cell)
        return
    if kind == "fragment" and slide.steps != [[]]:
        slide.steps.append([])
    if heading_of(cell) and not slide.has_heading:
        slide.title, slide.has_heading = heading, True
    slide.steps[-1].append(cell)


def _own_title(cell: Any) -> str:
    """Return what a cell without a heading calls itself: a notice by its first bold words, a table by its caption."""
    if cell.cell_type == "markdown":
        found = _NOTICE.match(cell.source)
    else:
        texts = [str(output.get("data", {}).get("text/html", "")) for output in cell.outputs if not _shows(output)]
        found = _CAPTION.search("".join(texts))
    return html.unescape(found[1]).strip(" .") if found else ""


def _shows(output: Any) -> bool:
    """Whether an output is an explorer or a picture."""
    return any(kind in output.get("data", {}) for kind in (VIEW, PLOTLY))


def slide_types(notebook: Any) -> list[str]:
    """Return each cell's slide type, ``-`` where it goes on with the slide before it.

    Where no cell of the notebook has a type, a rule gives them: the first cell, the safety line and any short prose
    under a heading are slides; an explorer or a picture is one; a question set stands under its heading; long prose and
    the instructor's cells are notes; what is folded, tables and lists of words are left out.
    """
    given = [str(cell.metadata.get("slideshow", {}).get("slide_type") or "-") for cell in notebook.cells]
    return given if set(given) != {"-"} else list(_by_rule(notebook))


def _by_rule(notebook: Any) -> Iterator[str]:
    fold, last = 0, ""
    for cell in notebook.cells:
        head = heading_of(cell)
        if head and fold and head.level <= fold:
            fold = 0
        if head and not fold and cell.metadata.get(FOLDED):
            fold = head.level
        kind = (
            "notes" if is_for_instructor(cell) else "skip" if fold and not _heads_sources(head) else _rule(cell, last)
        )
        last = kind if kind != "-" else last
        yield kind


def _rule(cell: Any, last: str) -> str:
    """Return the type of an open cell; `last` is that of the cell before."""
    if cell.cell_type == "markdown":
        head, words = heading_of(cell), len(cell.source.split())
        opens = head is not None and (head.level == 1 or (head.level == 2 and words <= LONGEST))
        if opens or _heads_sources(head) or cell.source.startswith(">"):
            return "slide"
        return "skip" if head is not None and head.level > 2 else "notes"
    if _SOURCES.search(cell.source):
        return "-"
    if not any(map(_shows, cell.outputs)) or _ALONE.search(cell.source):
        return "skip"
    return "-" if _QUIZ.search(cell.source) and last == "slide" else "slide"


def _heads_sources(head: Any) -> bool:
    return head is not None and head.text.startswith("Sources")

"""What the lessons are called and what they say, read from the notebooks themselves."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .._content import content_folder

_NUMBER = re.compile(r"(\d{2})_\w+\.ipynb")
_LEADING = re.compile(r"^#\s+(?:\d+\.\s+)?")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: the two digits of its file, its file, its title and its prose."""

    id: str
    file: str
    title: str
    prose: str


def lessons(folder: Path | None = None) -> tuple[Lesson, ...]:
    """Return the lessons in order; a file that is no notebook of ours is passed over.

    Parameters
    ----------
    folder
        Holds the notebooks; by default the package's own.

    Examples
    --------
    >>> lessons()[0].title
    'Start here'
    """
    return _read(folder or content_folder("notebooks"))


@cache
def _read(folder: Path) -> tuple[Lesson, ...]:
    named = ((_NUMBER.fullmatch(path.name), path) for path in sorted(folder.glob("*.ipynb")))
    return tuple(_lesson(match[1], path) for match, path in named if match)


def _lesson(number: str, path: Path) -> Lesson:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    title = prose[0].partition("\n")[0] if prose else path.stem
    return Lesson(number, path.name, _LEADING.sub("", title).strip(), "\n\n".join(prose))


def lesson_name(number: str) -> str:
    """Name a lesson by its number, and by its title where its notebook is there.

    Examples
    --------
    >>> lesson_name("01")
    'Lesson 01: What is a myoclonic jerk?'
    """
    title = next((lesson.title for lesson in lessons() if lesson.id == number), "")
    return f"Lesson {number}: {title}" if title else f"Lesson {number}"

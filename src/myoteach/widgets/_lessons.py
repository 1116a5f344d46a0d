"""What the lessons are called and what they say, read from the notebooks themselves."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache

from .._content import content_folder

_HEADING = re.compile(r"#\s+(?:\d+\.\s+)?(.+)")


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: the two digits of its notebook, the notebook's name, its title and its prose."""

    id: str
    file: str
    title: str
    prose: str


@cache
def lessons() -> tuple[Lesson, ...]:
    """Return the lessons in order.

    Examples
    --------
    >>> lessons()[0].title
    'Start here'
    """
    found = []
    for path in sorted(content_folder("notebooks").glob("[0-9][0-9]_*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        prose = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        heading = _HEADING.match(prose)
        found.append(Lesson(path.name[:2], path.name, heading[1].strip() if heading else path.stem, prose))
    return tuple(found)


def titles() -> dict[str, tuple[str, str]]:
    """Return lesson to its title and its notebook; a lesson without a notebook is not among them.

    Examples
    --------
    >>> titles()["06"]
    ('What causes it?', '06_what_causes_it.ipynb')
    """
    return {lesson.id: (lesson.title, lesson.file) for lesson in lessons()}


def lesson_name(lesson: str) -> str:
    """Return a lesson's number and title.

    Examples
    --------
    >>> lesson_name("06")
    'Lesson 6, What causes it?'
    """
    title, _ = titles().get(lesson, ("", ""))
    number = lesson.lstrip("0") or "0"
    return f"Lesson {number}, {title}" if title else f"Lesson {number}"

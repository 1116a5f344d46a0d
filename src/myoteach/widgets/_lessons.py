"""What a lesson is called, and the notebook that holds it."""

from __future__ import annotations

import json
import re
from functools import cache

from .._content import content_folder

_HEADING = re.compile(r"#\s+(?:\d+\.\s+)?(.+)")


@cache
def titles() -> dict[str, tuple[str, str]]:
    """Return lesson to its title and its notebook; a lesson without a notebook is not among them.

    Examples
    --------
    >>> titles()["06"]
    ('What causes it?', '06_what_causes_it.ipynb')
    """
    found = {}
    for path in sorted(content_folder("notebooks").glob("[0-9][0-9]_*.ipynb")):
        first = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
        heading = _HEADING.match(first)
        found[path.name[:2]] = (heading[1].strip() if heading else path.stem, path.name)
    return found


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

"""Put an explorer's ES module together: what it imports from this folder, then the module itself.

The files are ordinary ES modules that import each other by a relative path. A widget's front end is one text without a
folder around it, so that each import is replaced by the text of the file, once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/(?:[a-z]+/)?_[a-z_]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)


@cache
def module(name: str, folder: Path = _HERE) -> str:
    """Return the module `name` with the files it imports in front and no import left.

    Examples
    --------
    >>> "import {" in module("clue_matrix.js")
    False
    """
    path = folder / name
    shared = "\n".join(_IMPORT.sub("", _EXPORT.sub("", _text(part))) for part in _parts(path))
    return f"{shared}\n{_IMPORT.sub('', _text(path))}"


def _parts(path: Path) -> list[Path]:
    """Files that a module imports, directly or not, each after those it needs itself."""
    found: list[Path] = []
    for name in _IMPORT.findall(_text(path)):
        part = (path.parent / name).resolve()
        found += [inner for inner in (*_parts(part), part) if inner not in found]
    return found


@cache
def style(*names: str) -> str:
    """Return the shared style sheet followed by those named."""
    return "\n".join(_text(_HERE / name) for name in ("_style.css", *names))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")

"""Put an explorer's ES module together: what it imports from this folder, then the module itself.

The files in this folder are ordinary ES modules that import each other by a relative path. A widget's front end is one
text without a folder around it, so that each import is replaced by the text of the file, once.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(_[a-z_]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)


@cache
def module(name: str, folder: Path = _HERE) -> str:
    """Return the module `name` with the files it imports in front and no import left.

    Examples
    --------
    >>> "import {" in module("clue_matrix.js")
    False
    """
    shared = "\n".join(_IMPORT.sub("", _EXPORT.sub("", _read(part, folder))) for part in _parts(name, folder))
    return f"{shared}\n{_IMPORT.sub('', _read(name, folder))}"


def _parts(name: str, folder: Path) -> list[str]:
    """Files that `name` imports, directly or not, each after those it needs itself."""
    found: list[str] = []
    for part in _IMPORT.findall(_read(name, folder)):
        found += [inner for inner in (*_parts(part, folder), part) if inner not in found]
    return found


@cache
def style(*names: str) -> str:
    """Return the shared style sheet followed by those named."""
    return "\n".join(_read(name) for name in ("_style.css", *names))


def _read(name: str, folder: Path = _HERE) -> str:
    return (folder / name).read_text(encoding="utf-8")

"""Put an explorer's ES module together: the shared prelude, then the module itself.

The files in this folder are ordinary ES modules that import the prelude by a relative path. A widget's front end is
one text without a folder around it, so that the import is replaced by the prelude's text.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_IMPORT = re.compile(r'^import \{[^}]*\} from "\./_[a-z_]+\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|let|class)\b)", re.MULTILINE)


@cache
def module(name: str) -> str:
    """Return the module `name` with the prelude in front and no import left.

    Examples
    --------
    >>> "import {" in module("clue_matrix.js")
    False
    """
    prelude = _EXPORT.sub("", _read("_prelude.js"))
    return f"{prelude}\n{_IMPORT.sub('', _read(name))}"


@cache
def style(*names: str) -> str:
    """Return the shared style sheet followed by those named."""
    return "\n".join(_read(name) for name in ("_style.css", *names))


def _read(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")

"""What pages share: explorers, their styles and their tables, each written once and loaded by a plain script."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

from ...widgets._modules import style

#: Traits of every widget that say nothing about an explorer.
_NOISE = {"layout", "tabbable", "tooltip"}
#: A value whose JSON is longer is written once for all pages.
_LONG = 12_000
#: The name under which a page finds what stands on the shelf.
SHARED = "$shared"
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)


def to_json(value: object) -> str:
    r"""Return a value as JSON that may stand in a script.

    Examples
    --------
    >>> to_json({"a": "</script>"})
    '{"a":"\\u003c/script>"}'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


class Shelf:
    """Files that pages share, by their path in the site.

    Examples
    --------
    >>> shelf = Shelf()
    >>> shelf.data([1, 2]) == shelf.data([1, 2])
    True
    >>> len(shelf.files)
    1
    """

    def __init__(self) -> None:
        self.files: dict[str, str] = {}

    def data(self, value: object) -> str:
        """Put a value on the shelf and return the path of its script; the path's stem is what a page calls it by."""
        text = to_json(value)
        name = hashlib.sha256(text.encode()).hexdigest()[:12]
        return self._put(f"data/{name}.js", f'myoteachSite.data["{name}"]={text};\n')

    def explorer(self, name: str, module: str, css: str) -> tuple[str, str]:
        """Put an explorer on the shelf; return the paths of its script and of what its style adds to the shared one.

        Its ES module becomes a function that is called at once, because a page opened from a file may not import one.
        """
        inner = _EXPORT.sub("", module).replace("export default", "return", 1)
        script = f'myoteachSite.explorers["{name}"]=(() => {{"use strict";\n{inner}\n}})();\n'
        own = css.removeprefix(style()).strip() + "\n"
        return self._put(f"explorers/{name}.js", script), self._put(f"explorers/{name}.css", own)

    def _put(self, path: str, text: str) -> str:
        if self.files.setdefault(path, text) != text:
            raise ValueError(f"Two different files of the site are called {path}.")
        return path


def explorer_name(state: Mapping[str, Any]) -> str:
    """Return the name of the module that an explorer's class stands in; empty for any other widget.

    Examples
    --------
    >>> explorer_name({"_anywidget_id": "myoteach.widgets.quiz.Quiz"})
    'quiz'
    """
    return str(state.get("_anywidget_id", "")).rpartition(".")[0].rpartition(".")[2]


def traits_of(state: Mapping[str, Any]) -> dict[str, Any]:
    """Return an explorer's own traits: what it shows and what the learner did."""
    return {name: value for name, value in state.items() if not name.startswith("_") and name not in _NOISE}


def lift(shelf: Shelf, value: Any, scripts: dict[str, None]) -> Any:
    """Return a value with every long part on the shelf, and note the scripts that bring those parts back.

    Examples
    --------
    >>> scripts = {}
    >>> lift(Shelf(), {"a": 1, "b": "long " * 9000}, scripts)["a"], len(scripts)
    (1, 1)
    """
    if isinstance(value, dict):
        value = {name: lift(shelf, each, scripts) for name, each in value.items()}
    elif isinstance(value, list):
        value = [lift(shelf, each, scripts) for each in value]
    if len(to_json(value)) <= _LONG:
        return value
    path = shelf.data(value)
    scripts[path] = None
    return {SHARED: path.removeprefix("data/").removesuffix(".js")}

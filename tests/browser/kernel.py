"""A widget's Python half behind a page of its own: messages go to the real widget, and what it does comes back."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from .conftest import expose


class Kernel:
    """Stands between a page made by `page_of` and its widget; `answers = False` is a kernel that died."""

    def __init__(self, page: Page, widget: Any) -> None:
        self.widget, self.answers = widget, True
        self.sent: list[Any] = []
        self._out: list[Any] = []
        widget.send = self._out.append
        expose(page, "kernel", self._receive)

    def _receive(self, call: dict[str, Any]) -> dict[str, Any]:
        if not self.answers:
            return {"messages": [], "changed": {}}
        self.sent.append(call["content"])
        before = {name: value for name, value in call["state"].items() if not name.startswith("_")}
        for name in set(before) - {"data", "layout", "tabbable", "tooltip"}:
            setattr(self.widget, name, before[name])
        self._out.clear()
        self.widget._receive(self.widget, call["content"], None)
        after = self.widget.get_state()
        changed = {name: after[name] for name in before if after[name] != before[name]}
        return {"messages": list(self._out), "changed": changed}

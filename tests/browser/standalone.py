"""An explorer in a page of its own, without a kernel: its module and a stand-in for the widget's model.

A test that needs a kernel gives the page one: `window.kernel` receives every custom message with the state of the page,
and returns the messages and the state that come back.
"""

from __future__ import annotations

import json
import re
from typing import Any

POLICY = "default-src 'none'; script-src 'unsafe-inline' blob:; style-src 'unsafe-inline'; img-src data:"

_MODEL = """
const listeners = {};
const model = {
  get: (name) => state[name],
  set(name, value) { state[name] = value; for (const call of [...(listeners[`change:${name}`] ?? [])]) call(); },
  save_changes() { window.saves = (window.saves ?? 0) + 1; },
  send(content) { window.kernel?.({ content, state }).then((reply) => reply && window.receive(reply)); },
  on: (event, call) => (listeners[event] ??= []).push(call),
  off: (event, call) => { listeners[event] = (listeners[event] ?? []).filter((other) => other !== call); },
};
window.model = model;
window.receive = ({ messages, changed }) => {
  for (const [name, value] of Object.entries(changed)) model.set(name, value);
  for (const message of messages) for (const call of [...(listeners["msg:custom"] ?? [])]) call(message);
};
window.listenerCount = () => Object.values(listeners).flat().length;
window.mount = () => explorer.render({ model, el: document.getElementById("root") });
window.unmount = window.mount();
"""


def page_of(widget: Any, *, dark: bool = False) -> str:
    """Return the page's text."""
    state = {name: value for name, value in widget.get_state().items() if not name.startswith("_")}
    text = json.dumps(state).replace("<", "\\u003c")
    module = re.sub(r"^export (?!default)", "", widget._esm, flags=re.MULTILINE).replace(
        "export default", "const explorer ="
    )
    exports = re.findall(r"^export (?:async )?(?:function|const) (\w+)", widget._esm, flags=re.MULTILINE)
    shared = f"window.module = {{ {', '.join(exports)} }};"
    theme = "false" if dark else "true"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>An explorer</title>'
        f'<meta name="viewport" content="width=device-width">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f"<style>body {{ margin: 0; }} {widget._css}</style></head>"
        f'<body data-jp-theme-light="{theme}"><main><h1 class="myo-sr">An explorer</h1><div id="root"></div></main>'
        f'<script type="module">const state = {text};\n{module}\n{shared}\n{_MODEL}</script></body></html>'
    )


def mount_fifty_times(page: Any) -> None:
    """Mount and unmount again and again: no node and no listener may stay behind."""
    count = "document.getElementsByTagName('*').length"
    before, listeners = page.evaluate(count), page.evaluate("listenerCount()")
    page.evaluate("() => { for (let i = 0; i < 50; i++) { unmount(); window.unmount = mount(); } }")
    assert page.evaluate(count) == before
    assert page.evaluate("listenerCount()") == listeners

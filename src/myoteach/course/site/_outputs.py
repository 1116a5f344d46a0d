"""What a cell shows, as HTML: an explorer with its state, a still picture, a table, or plain text."""

from __future__ import annotations

import hashlib
import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...figures.plate import MIME as PLOTLY
from ...widgets._explorer import html_table
from ._plates import draw
from ._shelf import Shelf, explorer_name, lift, to_json, traits_of

VIEW = "application/vnd.jupyter.widget-view+json"
_WIDGETS = "application/vnd.jupyter.widget-state+json"
#: How a part that needs Python is opened by who has it.
LIVE = (
    "This part computes while you use it, which needs Python. To open it live: install with "
    '<code>pip install "myoteach[lab]"</code>, then <code>myoteach lab</code>, and open <code>{file}</code>. '
    "Below is what it shows at each step."
)


@dataclass
class Page:
    """What is gathered while a page's outputs are rendered: explorers in order, the scripts and styles they need."""

    file: str
    shelf: Shelf
    widgets: Mapping[str, Any]
    stills: Mapping[str, Any]
    views: list[dict[str, Any]] = field(default_factory=list)
    scripts: dict[str, None] = field(default_factory=dict)
    styles: dict[str, None] = field(default_factory=dict)
    has_stills: bool = False


def widget_states(notebook: Any) -> Mapping[str, Any]:
    """Return the state of every widget of an executed notebook, by its id."""
    states: Mapping[str, Any] = notebook.metadata.get("widgets", {}).get(_WIDGETS, {}).get("state", {})
    return states


def render(output: Any, page: Page) -> str:
    """Return one output as HTML."""
    if output.output_type == "stream":
        return f"<pre>{html.escape(output.text)}</pre>" if output.name == "stdout" else ""
    data = output.data
    model = data.get(VIEW, {}).get("model_id", "")
    words = str(data.get("text/html", "")) or f"<pre>{html.escape(data.get('text/plain', ''))}</pre>"
    if explorer_name(page.widgets.get(model, {}).get("state", {})):
        return _explorer(page.widgets[model], words, page)
    if model in page.stills:
        return _stills(page.stills[model], page)
    if PLOTLY in data:
        return picture(data[PLOTLY], str(data.get("text/plain", "")), page.shelf)
    return words


def _explorer(widget: Mapping[str, Any], frame: str, page: Page) -> str:
    """Return the place of an explorer: its state for the page's own host, and its first frame for all others."""
    state = widget["state"]
    name = explorer_name(state)
    script, style = page.shelf.explorer(name, state["_esm"], state["_css"])
    view: dict[str, Any] = {"explorer": name, "place": len(page.views), "traits": traits_of(state)}
    if widget.get("buffers"):
        view["buffers"] = [[each["path"], each["data"]] for each in widget["buffers"]]
    page.views.append(view)
    page.scripts[script] = page.styles[style] = None
    return (
        f'<div class="explorer {name}" data-view="{view["place"]}"><div class="live" hidden></div>'
        f'<div class="frame">{frame}</div></div>'
    )


def view_script(view: Mapping[str, Any], page: Page) -> str:
    """Return a view's state as a block of data, its long traits as scripts that pages share."""
    traits = {name: lift(page.shelf, value, page.scripts) for name, value in view["traits"].items()}
    text = to_json({**view, "traits": traits})
    return f'<script type="application/json" class="view">{text}</script>'


def picture(figure: Mapping[str, Any], caption: str, shelf: Shelf) -> str:
    """Return a figure as a still picture; its caption and table stand beside it as they do in the lesson."""
    svg = draw(figure, caption)
    path = f"pictures/{hashlib.sha256(svg.encode()).hexdigest()[:12]}.svg"
    shelf.files[path] = svg
    alt = html.escape(caption, quote=True)
    height = int(figure["layout"].get("height", 360))
    image = f'<img src="{path}" alt="{alt}" width="860" height="{height}" loading="lazy">'
    return f'<div class="plate" tabindex="0" role="group" aria-label="Picture">{image}</div>'


def _stills(frames: Sequence[Mapping[str, Any]], page: Page) -> str:
    page.has_stills = True
    steps = "".join(_still(frame, page) for frame in frames)
    return f'<div class="stills"><p class="note">{LIVE.format(file=html.escape(page.file))}</p>{steps}</div>'


def _still(frame: Mapping[str, Any], page: Page) -> str:
    title, task, caption = (html.escape(frame[name]) for name in ("title", "task", "caption"))
    shown = picture(frame["figure"], frame["caption"], page.shelf) if frame["figure"] else ""
    rows = html_table("The same in figures", frame["columns"], frame["rows"]) if frame["rows"] else ""
    return f"<details><summary>{title}</summary><p>{task}</p>{shown}<p>{caption}</p>{rows}</details>"

"""The stock ipywidgets that the laboratory is made of, each in one line where it is used."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import anywidget
import ipywidgets
import traitlets

from ..figures import Plate
from ._explorer import html_table
from ._modules import module, style


class Companion(anywidget.AnyWidget):
    """Shows nothing: gives the laboratory's stock controls what they lack in the page."""

    _esm = module("burst_lab.js")
    _css = style("burst_lab.css")

    spoken = traitlets.Unicode("").tag(sync=True)


class Picture:
    """A figure with its caption and its table below."""

    def __init__(self, companion: Companion) -> None:
        self._companion = companion
        self.frame = ipywidgets.Output()
        self.frame.add_class("lab-picture")
        self.words = words("lab-table")
        self.plate: Plate | None = None

    def show(self, plate: Plate) -> None:
        """Show a plate."""
        self.plate = plate
        self.frame.layout.height = f"{plate.figure.layout.height}px"
        # Set as a trait, not printed into the output, so that it is there again when the page is reloaded.
        self.frame.outputs = ({"output_type": "display_data", "data": plate.picture, "metadata": {}},)
        self._companion.spoken = plate.caption
        self.words.value = paragraph(plate.caption) + table("The same in figures", plate.columns, plate.rows)


def words(*classes: str) -> Any:
    """Return a place for text."""
    part = ipywidgets.HTML()
    for name in classes:
        part.add_class(name)
    return part


def paragraph(text: str) -> str:
    """Return text as a paragraph; whatever it contains stays text."""
    return f"<p>{html.escape(text)}</p>" if text else ""


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table that a keyboard can reach, since it may scroll sideways; nothing where there are no rows."""
    listed = list(rows)
    if not listed:
        return ""
    opening = f'<div class="lab-scroll" tabindex="0" role="group" aria-label="{html.escape(caption)}" '
    return f'{opening}data-lm-suppress-shortcuts="true">{html_table(caption, columns, listed)}</div>'


def number(label: str, low: int, high: int, step: int = 1) -> Any:
    """Return a field for a whole number; the arrow keys change it by `step`."""
    return ipywidgets.BoundedIntText(description=label, min=low, max=high, step=step, style=_AUTO)


def chooser(label: str, options: Sequence[tuple[str, Any]]) -> Any:
    """Return a list to choose from."""
    return ipywidgets.Dropdown(description=label, options=options, style=_AUTO)


def button(label: str, press: Callable[[], None]) -> Any:
    """Return a button."""
    made = ipywidgets.Button(description=label)
    made.on_click(lambda _: press())
    return made


def bar(*parts: Any) -> Any:
    """Return controls in a row that wraps."""
    box = ipywidgets.Box(list(parts))
    box.add_class("lab-controls")
    return box


def link(owner: Any, trait: str, control: Any) -> None:
    """Let a trait and the value of a control follow each other."""
    traitlets.link((owner, trait), (control, "value"))


_AUTO = {"description_width": "auto"}

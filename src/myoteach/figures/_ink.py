"""How the pictures of recordings look: dark ink on a pale sheet, readable on a light page, a dark page and paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: Letters of the same widths are on every desktop system under one of these names.
FONT = 'Arial, "Liberation Sans", Helvetica, sans-serif'
INK, DIM, SHEET, GRID = "#16202b", "#4a5764", "#f7f8fb", "#d5dbe2"
#: One colour a kind of channel; all pairs differ under every colour vision, and the names stand beside the traces.
KIND_INK = {"emg": "#4F0E8A", "eeg": "#A4690C", "accelerometer": "#1F4639", "angle": "#1F4639"}
#: For what is told apart by dash, shape or pattern as well.
SERIES = ("#4F0E8A", "#A4690C", "#1F4639", "#767393")
DASHES = ("solid", "dash", "dot", "dashdot")
BAND = "#e4dcf0"
#: Bars of one kind alone, under the lines that are drawn over them.
PLAIN_BAR = "#9a86b8"
#: How the letters of a unit are printed.
UNITS = {"uV": "µV", "deg": "°", "g": "g", "1": ""}


def unit(name: str) -> str:
    """Return a unit as it is printed.

    Examples
    --------
    >>> unit("uV")
    'µV'
    """
    return UNITS.get(name, name)


def axis(title: str = "", **more: Any) -> dict[str, Any]:
    """Return an axis in the house's ink."""
    plain = {
        "title": {"text": title, "standoff": 8},
        "color": INK,
        "gridcolor": GRID,
        "zeroline": False,
        "linecolor": DIM,
        "ticks": "outside",
        "tickcolor": DIM,
        "fixedrange": True,
        "automargin": True,
    }
    return plain | more


def layout(height: int, **more: Any) -> dict[str, Any]:
    """Return what all pictures of recordings have in common."""
    return {
        "template": {},
        "height": height,
        "autosize": True,
        "margin": {"l": 12, "r": 16, "t": 14, "b": 12},
        "paper_bgcolor": SHEET,
        "plot_bgcolor": SHEET,
        "font": {"family": FONT, "size": 15, "color": INK},
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
    } | more


def note(text: str, x: float, y: float, **more: Any) -> dict[str, Any]:
    """Return a text on a ground of its own, so that no line runs through it."""
    plain = {"x": x, "y": y, "text": text, "showarrow": False, "bgcolor": SHEET, "borderpad": 2, "font": {"color": INK}}
    return plain | more


def upright(x: float, *, dash: str = "solid", width: float = 2, color: str = INK) -> dict[str, Any]:
    """Return a line over the whole height at `x`."""
    line = {"color": color, "width": width, "dash": dash}
    return {"type": "line", "x0": x, "x1": x, "y0": 0, "y1": 1, "yref": "paper", "line": line}


def packed(values: Sequence[float] | Any, digits: int) -> Any:
    """Return numbers with few digits as an array, which plotly stores as one short text.

    A list would take a line of the saved notebook for each number; rounding keeps it the same on every machine.

    Examples
    --------
    >>> packed([1.234, 2.0], 1).tolist()
    [1.2000000476837158, 2.0]
    """
    import numpy as np  # noqa: PLC0415  # the pictures of causes do without

    return np.round(np.asarray(values, np.float64), digits).astype(np.float32)

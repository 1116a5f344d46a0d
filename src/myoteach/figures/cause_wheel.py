"""The wheel of causes: at most nine equal wedges, each with its label on a card beside it.

Every text stands on a ground of its own, dark ink on a pale card, so that one and the same picture is readable on a
light page, a dark page and paper; around the cards it is transparent. Colour only repeats what a sign and a word say.
Where the page is too narrow for cards beside a wheel, the same cards stand under each other.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ._cards import BESIDE, STACKED, CardText, card_texts, escape
from ._cause_items import Item, count
from ._cause_view import CauseView
from ._lettering import FONT, LINE, wrap

if TYPE_CHECKING:
    import plotly.graph_objects as go

#: In font sizes: below this width the cards stand under each other.
NARROW = 46
MIME = "application/vnd.plotly.v1+json"
_INK, _LEADER, _HUB = "#16202b", "#808a94", "#efe6f8"
#: Ground, edge and plotly symbol of each urgency word. The ink reaches 4.5:1 on every ground.
_LOOK = {
    "emergency": ("#f9dccf", "#9b2d00", "triangle-up"),
    "urgent": ("#fcecc4", "#a86f00", "diamond"),
    "soon": ("#d6e9f6", "#0072b2", "circle"),
    "routine": ("#e6eaee", "#4a5764", "circle-open"),
    "none": ("#f4f6f8", "#4a5764", "line-ew-open"),
}
_PLAIN_LOOK = ("#f4f6f8", "#4a5764", "circle-dot")
# Measures in font sizes, chosen so that five cards of four lines stand on each side of the wheel.
_HEIGHT = 28.2
_RIM, _HUB_RIM = 8.2, 4.5
_LEADER_LENGTH = 1.4
_CARD, _TALLEST_CARD, _STACKED_LINES = 5.3, 8.2, 6.6
_FARTHEST, _TIGHT = 13.0, 0.1
_PAD, _GAP = 0.25, 0.3
_SMALL_PRINT = "Drawn equal: size says nothing about how often."


@dataclass(frozen=True, slots=True)
class _Box:
    """A place on the sheet, in pixels."""

    left: float
    right: float
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class _Text:
    """Some lines, already escaped, around the height `y`; `x` is their left edge, or their middle."""

    lines: Sequence[str]
    x: float
    y: float
    size: float = 1
    left: bool = False


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What has been drawn so far; one unit is one pixel at the width it is drawn for."""

    font: int
    traces: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    texts: list[_Text] = field(default_factory=list)

    @property
    def labels(self) -> dict[str, Any]:
        """All texts as one trace, which is drawn in half the time that as many annotations take."""
        return {
            "type": "scatter",
            "name": "labels",
            "mode": "text",
            "x": [text.x for text in self.texts],
            "y": [text.y for text in self.texts],
            "text": ["<br>".join(text.lines) for text in self.texts],
            "textposition": ["middle right" if text.left else "middle center" for text in self.texts],
            "textfont": {"size": [round(text.size * self.font) for text in self.texts]},
            "cliponaxis": False,
            "hoverinfo": "skip",
        }

    def panel(self, box: _Box, fill: str, edge: str) -> None:
        """Draw a card with round corners."""
        left, right, top, bottom, r = box.left, box.right, box.top, box.top - box.height, self.font * 0.4
        path = (
            f"M{left + r},{bottom} L{right - r},{bottom} Q{right},{bottom} {right},{bottom + r} "
            f"L{right},{top - r} Q{right},{top} {right - r},{top} L{left + r},{top} "
            f"Q{left},{top} {left},{top - r} L{left},{bottom + r} Q{left},{bottom} {left + r},{bottom} Z"
        )
        line = {"color": edge, "width": 1.5}
        self.shapes.append({"type": "path", "path": path, "fillcolor": fill, "line": line, "layer": "below"})


def cause_wheel(view: CauseView, width: int = 880, font: int = 18) -> go.Figure:
    """Draw what the map of causes shows at one place.

    Parameters
    ----------
    view
        From `cause_view`.
    width
        Width of the page in pixels. The picture fills its page whatever the width is; this decides where lines break.
    font
        Size of the text in pixels; on a projector at least 1/40 of the height of the screen.

    Returns
    -------
    plotly.graph_objects.Figure
        With a fixed height. Its text alternative is in ``figure.layout.meta["description"]``.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.figures import cause_view
    >>> figure = cause_wheel(cause_view(load(), group="drug"))
    >>> figure.layout.meta["description"].startswith("Drug-induced:")
    True
    """
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    sheet = _Sheet(font)
    x_axis: dict[str, Any]
    if width < NARROW * font:
        height = _draw_stack(sheet, view, width)
        x_axis, y_range = {"range": [0, width]}, [-height, 0]
    else:
        height = 2 * math.ceil(_HEIGHT * font / 2)
        _draw_wheel(sheet, view, width)
        # A page wider than planned shows more to the sides, so that the wheel stays round.
        x_axis = {"range": [-width / 2, width / 2], "scaleanchor": "y", "constrain": "range"}
        y_range = [-height // 2, height // 2]
    return go.Figure(data=[*sheet.traces, sheet.labels], layout=_layout(sheet, view.spoken, height, x_axis, y_range))


def mime_bundle(figure: go.Figure) -> dict[str, Any]:
    """Return what a notebook needs to show a figure: plain JSON, and no controls on the picture.

    plotly's own way does the same, but its first call imports nbformat and every renderer, which takes 2 s.

    Examples
    --------
    >>> import plotly.graph_objects as go
    >>> sorted(mime_bundle(go.Figure())[MIME])
    ['config', 'data', 'layout']
    """
    plain: dict[str, Any] = json.loads(json.dumps(figure.to_plotly_json()))
    plain["config"] = {"staticPlot": True, "displayModeBar": False, "responsive": True}
    description = (plain["layout"].get("meta") or {}).get("description", "A figure.")
    return {MIME: plain, "text/plain": description}


def sector(start: float, end: float, inner: float, outer: float) -> list[tuple[float, float]]:
    """Return the outline of a wedge between two shares of a turn, clockwise from the top.

    Examples
    --------
    >>> [(round(x), round(y)) for x, y in sector(0, 0.25, 1, 2)][0]
    (0, 2)
    """
    steps = max(2, round((end - start) * 120))
    turns = [start + (end - start) * step / steps for step in range(steps + 1)]
    rim = [_on_circle(turn, outer) for turn in turns] + [_on_circle(turn, inner) for turn in reversed(turns)]
    return [*rim, rim[0]]


def _layout(sheet: _Sheet, description: str, height: int, x_axis: dict[str, Any], y_range: list[int]) -> dict[str, Any]:
    hidden = {"visible": False, "fixedrange": True}
    return {
        "template": {},  # the default one would be half of all bytes and sets nothing that is used here
        "height": height,
        "autosize": True,
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": sheet.font, "color": _INK},
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "meta": {"description": description},
        "xaxis": x_axis | hidden,
        "yaxis": {"range": y_range} | hidden,
        "shapes": sheet.shapes,
    }


def _draw_wheel(sheet: _Sheet, view: CauseView, width: int) -> None:
    em, items = sheet.font, view.items
    right_rows = math.ceil(len(items) / 2)
    inner, outer = (_RIM + _LEADER_LENGTH) * em, width / 2 - 2
    room = min(_pitch(right_rows) - _GAP, _TALLEST_CARD)
    texts = card_texts(items, BESIDE, outer - inner - 4 * _PAD * em, room - _TIGHT, em)
    height = min(room, max(_CARD, *(text.height + 2 * _PAD for text in texts), 0)) * em
    leaders = ["M0,0"]
    for index, (item, text) in enumerate(zip(items, texts, strict=True)):
        start, end = _share_of_turn(index, len(items))
        _draw_wedge(sheet, item, start, end)
        side, row, rows = 1, index, right_rows
        if index >= right_rows:  # clockwise: down on the right, up on the left
            side, row, rows = -1, len(items) - 1 - index, len(items) - right_rows
        y = ((rows - 1) / 2 - row) * min(_pitch(rows), _FARTHEST) * em
        leaders.append(_leader((start + end) / 2, em, side * inner, y))
        left, right = sorted((side * inner, side * outer))
        _draw_card(sheet, item, text, _Box(left, right, y + height / 2, height))
    line = {"color": _LEADER, "width": 2}
    sheet.shapes.append({"type": "path", "path": " ".join(leaders), "line": line, "layer": "below"})
    _draw_signs(sheet, items)
    _draw_hub(sheet, view)


def _pitch(rows: int) -> float:
    """Return from card to card in font sizes."""
    return (_HEIGHT - 0.1) / max(1, rows)


def _share_of_turn(index: int, items: int) -> tuple[float, float]:
    """Return where a wedge begins and ends; a single one begins on the left, so that its middle faces its card."""
    return (-0.25, 0.75) if items == 1 else (index / items, (index + 1) / items)


def _draw_wedge(sheet: _Sheet, item: Item, start: float, end: float) -> None:
    fill, edge, _ = _LOOK.get(item.urgency, _PLAIN_LOOK)
    x, y = zip(*sector(start, end, _HUB_RIM * sheet.font, _RIM * sheet.font), strict=True)
    look = {"mode": "lines", "line": {"color": edge, "width": 2}, "fill": "toself", "fillcolor": fill}
    sheet.traces.append({"type": "scatter", "name": item.id, "x": x, "y": y, "hoverinfo": "skip", **look})


def _draw_signs(sheet: _Sheet, items: Sequence[Item]) -> None:
    """Put into every wedge the sign of its urgency and its number."""
    middles = [sum(_share_of_turn(index, len(items))) / 2 for index in range(len(items))]
    looks = [_LOOK.get(item.urgency, _PLAIN_LOOK) for item in items]
    edges, symbols = [edge for _, edge, _ in looks], [symbol for _, _, symbol in looks]
    x, y = zip(*(_on_circle(turn, 0.88 * _RIM * sheet.font) for turn in middles), strict=True) if items else ((), ())
    marker = {"symbol": symbols, "size": 0.85 * sheet.font, "color": edges, "line": {"color": edges, "width": 2}}
    sheet.traces.append(
        {"type": "scatter", "name": "signs", "mode": "markers", "x": x, "y": y, "marker": marker, "hoverinfo": "skip"}
    )
    for item, turn in zip(items, middles, strict=True):
        sheet.texts.append(_Text([f"<b>{item.number}</b>"], *_on_circle(turn, 0.67 * _RIM * sheet.font), 1.2))


def _on_circle(turn: float, radius: float) -> tuple[float, float]:
    return radius * math.sin(2 * math.pi * turn), radius * math.cos(2 * math.pi * turn)


def _leader(turn: float, em: float, x: float, y: float) -> str:
    """Return the path from a wedge to its card: first straight out, then across, so that it cuts no other wedge."""
    (x0, y0), (x1, y1) = (_on_circle(turn, radius * em) for radius in (_RIM, _RIM + 0.6))
    return f"M{x0},{y0} L{x1},{y1} L{x},{y}"


def _draw_card(sheet: _Sheet, item: Item, text: CardText, box: _Box) -> None:
    """Draw a card; its name and notes together stand in the middle of its height."""
    fill, edge, _ = _LOOK.get(item.urgency, _PLAIN_LOOK)
    em = sheet.font
    sheet.panel(box, fill, edge)
    x = box.left + 2 * _PAD * em
    first = box.top - (box.height - text.height * em) / 2
    name_height = len(text.name) * text.size * LINE * em
    sheet.texts.append(_Text(text.name, x, first - name_height / 2, text.size, left=True))
    sheet.texts.append(_Text(text.notes, x, first - name_height - len(text.notes) * LINE * em / 2, left=True))


def _draw_hub(sheet: _Sheet, view: CauseView) -> None:
    em = sheet.font
    radius = (_HUB_RIM - 0.3) * em
    corners = {"x0": -radius, "x1": radius, "y0": -radius, "y1": radius}
    sheet.shapes.append({"type": "circle", **corners, "fillcolor": _HUB, "line": {"width": 0}, "layer": "below"})
    sheet.texts.append(_Text(_hub_lines(view, 1.6 * radius, em), 0, 0))
    lines = wrap(_SMALL_PRINT, 2 * _RIM * em, em)
    bottom = 1 - _HEIGHT * em / 2
    _draw_band(sheet, lines, (-_RIM * em, _RIM * em), bottom + _band_height(lines, em))


def _hub_lines(view: CauseView, width: float, font: int) -> list[str]:
    title = wrap(view.title, width, font, bold=True, most=3)
    place = [f"Page {view.page} of {view.pages}"] if view.pages > 1 else []
    return [f"<b>{escape(line)}</b>" for line in title] + [count(view.total, "cause"), *place]


def _draw_stack(sheet: _Sheet, view: CauseView, width: int) -> int:
    """Draw the cards under each other, all as high as the fullest, and return the height of the picture."""
    em, sides = sheet.font, (1, width - 1)
    texts = card_texts(view.items, STACKED, width - 4 * _PAD * em, _STACKED_LINES, em)
    card = (max((text.height for text in texts), default=0) + 4 * _PAD) * em
    y = _draw_band(sheet, _hub_lines(view, width - 2 * em, em), sides, -1)
    for item, text in zip(view.items, texts, strict=True):
        _draw_card(sheet, item, text, _Box(*sides, y - _GAP * em, card))
        y -= _GAP * em + card
    y = _draw_band(sheet, wrap(_SMALL_PRINT, width - 2 * em, em), sides, y - _GAP * em)
    return math.ceil(1 - y)


def _draw_band(sheet: _Sheet, lines: Sequence[str], sides: tuple[float, float], top: float) -> float:
    """Draw lines in the middle of a band from `top` down and return where it ends."""
    height = _band_height(lines, sheet.font)
    sheet.panel(_Box(*sides, top, height), _HUB, _HUB)
    sheet.texts.append(_Text(lines, sum(sides) / 2, top - height / 2))
    return top - height


def _band_height(lines: Sequence[str], font: int) -> float:
    return (len(lines) * LINE + 2 * _PAD) * font

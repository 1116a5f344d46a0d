"""A figure of the laboratory as a still SVG picture: what of plotly's drawing language the project's figures use."""

from __future__ import annotations

import base64
import html
import math
import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_WIDTH = 860
_SIZE = 14
#: Pixels a letter takes at that size, on average and with a margin; nothing here knows the reader's font.
_LETTER = 7.4
_TYPES = {"f4": "f", "f8": "d", "i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I"}
_DASHES = {"dash": "8 5", "dot": "2 4", "dashdot": "8 4 2 4"}
_ANCHORS = {"left": "start", "right": "end"}
_TAG = re.compile(r"</?b>")


def draw(figure: Mapping[str, Any], title: str) -> str:
    """Return a figure as the text of an SVG file.

    Parameters
    ----------
    figure
        A figure as a notebook stores it, with ``data`` and ``layout``.
    title
        What the picture shows, in words.

    Examples
    --------
    >>> line = {"type": "scatter", "x0": 0, "dx": 1, "y": [0, 2, 1]}
    >>> svg = draw({"data": [line], "layout": {"height": 200}}, "Three values")
    >>> svg.count("<polyline"), "Three values" in svg
    (1, True)
    """
    return _Drawing(figure["data"], figure["layout"]).svg(title)


def numbers(value: Any) -> list[float]:
    """Return numbers as plotly stores them: a list, or the base64 text of an array.

    Examples
    --------
    >>> numbers({"dtype": "i2", "bdata": "AQACAA=="})
    [1.0, 2.0]
    """
    if isinstance(value, Mapping):
        packed = array(_TYPES[value["dtype"]], base64.b64decode(value["bdata"]))
        return [float(number) for number in packed]
    return [float(number) for number in value]


@dataclass
class _Axis:
    """Values from `low` to `high` at pixels from `start` to `end`."""

    spec: Mapping[str, Any]
    low: float
    high: float
    start: float = 0.0
    end: float = 0.0

    def at(self, value: float) -> float:
        return self.start + (value - self.low) / ((self.high - self.low) or 1.0) * (self.end - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        if "tickvals" in self.spec:
            return list(zip(numbers(self.spec["tickvals"]), map(str, self.spec["ticktext"]), strict=True))
        step = self.spec.get("dtick") or _round_step((self.high - self.low) / max(2, self.spec.get("nticks", 6)))
        first = math.ceil(self.low / step - 1e-9)
        values = [step * place for place in range(first, math.floor(self.high / step + 1e-9) + 1)]
        return [(value, f"{value:.6g}".replace("-", "\u2212")) for value in values]


def _round_step(rough: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at least `rough`.

    Examples
    --------
    >>> _round_step(3.1)
    5.0
    """
    power = 10.0 ** math.floor(math.log10(rough))
    return float(next(step for step in (1, 2, 5, 10) if step * power >= rough * (1 - 1e-9)) * power)


class _Drawing:
    """One picture; pixels count from its upper left corner."""

    def __init__(self, data: Sequence[Mapping[str, Any]], layout: Mapping[str, Any]) -> None:
        self.data, self.layout = data, layout
        self.height = float(layout.get("height", 360))
        self.ink = layout.get("font", {}).get("color", "#000000")
        self.points = [self._points(trace) for trace in data]
        names = sorted({trace.get("yaxis", "y") for trace in data} or {"y"})
        self.ys = {name: self._axis(f"yaxis{name[1:]}", self._values(name)) for name in names}
        self.x = self._axis("xaxis", [x for xs, _ in self.points for x in xs])
        self._place()

    def _points(self, trace: Mapping[str, Any]) -> tuple[list[float], list[float]]:
        ys = numbers(trace["y"])
        if "x" in trace:
            return numbers(trace["x"]), ys
        return [trace["x0"] + place * trace["dx"] for place in range(len(ys))], ys

    def _values(self, name: str) -> list[float]:
        chosen = [(trace, ys) for trace, (_, ys) in zip(self.data, self.points, strict=True)]
        bars = [ys for trace, ys in chosen if trace["type"] == "bar"]
        if bars:
            return [0.0, *(1.05 * sum(stack) for stack in zip(*bars, strict=True))]
        return [y for trace, ys in chosen if trace.get("yaxis", "y") == name for y in ys]

    def _axis(self, name: str, values: Sequence[float]) -> _Axis:
        spec = self.layout.get(name, {})
        if "range" in spec:
            return _Axis(spec, *map(float, spec["range"]))
        low, high = min(values, default=0.0), max(values, default=1.0)
        room = 0.06 * ((high - low) or 1.0)
        base = 0.0 if spec.get("rangemode") == "tozero" and low >= 0 else low - room
        return _Axis(spec, base, high + room)

    def _place(self) -> None:
        margin = self.layout.get("margin", {})
        labels = [len(text) for axis in self.ys.values() for _, text in axis.ticks()]
        has_title = any(_title(axis.spec) for axis in self.ys.values())
        left = 16 + 1.35 * _LETTER * max(labels, default=1) + (24 if has_title else 0)
        self.top, self.bottom = float(margin.get("t", 14)), self.height - 30 - (22 if _title(self.x.spec) else 0)
        self.x.start, self.x.end = left, _WIDTH - float(margin.get("r", 16))
        for axis in self.ys.values():
            low, high = axis.spec.get("domain", (0, 1))
            axis.start, axis.end = self._share(low), self._share(high)

    def _share(self, share: float) -> float:
        """Return the pixel of a share of the plot's height, counted from below."""
        return self.bottom - share * (self.bottom - self.top)

    def svg(self, title: str) -> str:
        """Return the picture's text."""
        sheet = self.layout.get("paper_bgcolor", "#ffffff")
        below = [shape for shape in self.layout.get("shapes", []) if shape.get("layer") == "below"]
        above = [shape for shape in self.layout.get("shapes", []) if shape not in below]
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {self.height:g}" role="img" '
            f'font-family="Arial, Liberation Sans, Helvetica, sans-serif" font-size="{_SIZE}" fill="{self.ink}">',
            f"<title>{html.escape(title)}</title>",
            f'<rect width="{_WIDTH}" height="{self.height:g}" fill="{sheet}"/>',
            *map(self._shape, below),
            *self._axes(),
            *self._traces(),
            *map(self._shape, above),
            *map(self._note, self.layout.get("annotations", [])),
            *self._legend(),
            "</svg>\n",
        ]
        return "".join(parts)

    def _axes(self) -> Iterator[str]:
        for value, text in self.x.ticks():
            at = self.x.at(value)
            if self.x.spec.get("showgrid", True):
                yield _line(at, self.top, at, self.bottom, self.x.spec.get("gridcolor", "#d5dbe2"))
            yield _line(at, self.bottom, at, self.bottom + 5, self.ink)
            yield _text(text, at, self.bottom + 20)
        yield _text(_title(self.x.spec), (self.x.start + self.x.end) / 2, self.height - 8)
        for axis in self.ys.values():
            for value, text in axis.ticks():
                at = axis.at(value)
                if axis.spec.get("showgrid", True):
                    yield _line(self.x.start, at, self.x.end, at, axis.spec.get("gridcolor", "#d5dbe2"))
                yield _text(text, self.x.start - 7, at + 5, "end")
            middle = (axis.start + axis.end) / 2
            yield _text(_title(axis.spec), 16, middle, turned=True)

    def _traces(self) -> Iterator[str]:
        floor = [0.0] * max((len(xs) for xs, _ in self.points), default=0)
        for trace, (xs, ys) in zip(self.data, self.points, strict=True):
            axis = self.ys[trace.get("yaxis", "y")]
            if trace["type"] == "bar":
                yield from self._bars(trace, xs, ys, floor)
            elif trace.get("mode") == "markers":
                yield from self._markers(trace, xs, ys, axis)
            else:
                points = " ".join(f"{self.x.at(x):.1f},{axis.at(y):.1f}" for x, y in zip(xs, ys, strict=True))
                yield f'<polyline points="{points}" fill="none" {_stroke(trace.get("line", {}))}/>'

    def _bars(self, trace: Mapping[str, Any], xs: list[float], ys: list[float], floor: list[float]) -> Iterator[str]:
        axis, marker = self.ys["y"], trace.get("marker", {})
        for place, (x, y) in enumerate(zip(xs, ys, strict=True)):
            left, right = self.x.at(x - trace["width"] / 2), self.x.at(x + trace["width"] / 2)
            low, high = axis.at(floor[place]), axis.at(floor[place] + y)
            floor[place] += y
            if not y:
                continue
            yield f'<rect x="{left:.1f}" y="{high:.1f}" width="{right - left - 1:.1f}" height="{low - high:.1f}" '
            yield f'fill="{marker.get("color", self.ink)}"/>'
            if marker.get("pattern", {}).get("shape"):  # told apart without colour: a light stroke through the bar
                yield _line(left, low, right - 1, high, marker["pattern"].get("fgcolor", "#ffffff"), 2)

    def _markers(self, trace: Mapping[str, Any], xs: list[float], ys: list[float], axis: _Axis) -> Iterator[str]:
        spread = trace.get("error_x", {})
        plus = numbers(spread["array"]) if spread else [0.0] * len(xs)
        minus = numbers(spread["arrayminus"]) if spread else plus
        for x, y, more, less in zip(xs, ys, plus, minus, strict=True):
            at = axis.at(y)
            yield _line(self.x.at(x - less), at, self.x.at(x + more), at, spread.get("color", self.ink), 2)
            radius = trace["marker"].get("size", 8) / 2
            yield f'<circle cx="{self.x.at(x):.1f}" cy="{at:.1f}" r="{radius:g}" fill="{trace["marker"]["color"]}"/>'

    def _spot(self, x: float, y: float, spec: Mapping[str, Any]) -> tuple[float, float]:
        """Return the pixels of a place that may count in shares of the plot."""
        across = self.x.start + x * (self.x.end - self.x.start) if spec.get("xref") == "paper" else self.x.at(x)
        axis = self.ys.get(spec.get("yref", "y"))
        return across, self._share(y) if axis is None else axis.at(y)

    def _shape(self, shape: Mapping[str, Any]) -> str:
        x0, y0 = self._spot(shape["x0"], shape["y0"], shape)
        x1, y1 = self._spot(shape["x1"], shape["y1"], shape)
        if shape["type"] == "rect":
            size = f'width="{abs(x1 - x0):.1f}" height="{abs(y1 - y0):.1f}"'
            return f'<rect x="{min(x0, x1):.1f}" y="{min(y0, y1):.1f}" {size} fill="{shape["fillcolor"]}"/>'
        return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" {_stroke(shape.get("line", {}))}/>'

    def _note(self, note: Mapping[str, Any]) -> str:
        x, y = self._spot(note["x"], note["y"], note)
        text = _TAG.sub("", note["text"])
        half = _LETTER * len(text) / 2
        arrow = ""
        if note.get("showarrow"):
            to_x, to_y = x + note.get("ax", 0), y + note.get("ay", 0)
            arrow, x, y = _line(x, y, to_x, to_y, self.ink, 2), to_x, to_y - 4
        anchor = note.get("xanchor", "center")
        if anchor not in _ANCHORS:  # kept inside the picture
            x = min(max(x, half + 4), _WIDTH - half - 4)
        lift = {"bottom": -5, "top": 16}.get(note.get("yanchor", "middle"), 5) - note.get("yshift", 0)
        ground = note.get("bgcolor")
        behind = ""
        if ground and arrow:
            behind = f'<rect x="{x - half:.1f}" y="{y - 12:.1f}" width="{2 * half:.1f}" height="20" fill="{ground}"/>'
        bold = "<b>" in note["text"]
        return arrow + behind + _text(text, x, y + lift, _ANCHORS.get(anchor, "middle"), bold=bold)

    def _legend(self) -> Iterator[str]:
        if not self.layout.get("showlegend"):
            return
        for row, trace in enumerate(self.data):
            y = self.top + 16 + 22 * row
            x = self.x.end - _LETTER * max(len(other.get("name", "")) for other in self.data) - 12
            if trace["type"] == "bar":
                color = trace["marker"].get("color", self.ink)
                yield f'<rect x="{x - 34:.1f}" y="{y - 11:.1f}" width="26" height="13" fill="{color}"/>'
                if trace["marker"].get("pattern", {}).get("shape"):
                    yield _line(x - 34, y + 2, x - 8, y - 11, "#ffffff", 2)
            else:
                yield f'<path d="M{x - 40:.1f} {y - 5:.1f}H{x - 8:.1f}" {_stroke(trace.get("line", {}))}/>'
            yield _text(trace.get("name", ""), x, y, "start")


def _title(spec: Mapping[str, Any]) -> str:
    return str(spec.get("title", {}).get("text", ""))


def _stroke(line: Mapping[str, Any]) -> str:
    dash = _DASHES.get(line.get("dash", "solid"))
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return f'stroke="{line.get("color", "#000000")}" stroke-width="{line.get("width", 2):g}"{dashes}'


def _line(x0: float, y0: float, x1: float, y1: float, color: str, width: float = 1) -> str:  # noqa: PLR0917
    return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="{color}" stroke-width="{width:g}"/>'


def _text(text: str, x: float, y: float, anchor: str = "middle", *, bold: bool = False, turned: bool = False) -> str:
    if not text:
        return ""
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if turned else ""
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{weight}{turn}>{html.escape(text)}</text>'

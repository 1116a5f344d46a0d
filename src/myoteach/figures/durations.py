"""How long bursts last: a histogram with a cut that can be moved."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from .._told import BadValueError
from ._ink import DIM, INK, PLAIN_BAR, SERIES, SHEET, axis, layout, note, upright
from .plate import Plate, plate

_PATTERNS = ("", "/", ".", "x")


def burst_histogram(
    durations_ms: Sequence[float] | Any,
    cut_ms: float,
    *,
    labels: Sequence[str] | None = None,
    what: str = "bursts",
    bin_ms: float = 5.0,
    mark_ms: float | None = None,
) -> Plate:
    """Draw durations with a cut.

    Parameters
    ----------
    durations_ms
        In milliseconds, for example ``1e3 * bursts(recording)["ECR_R"].duration``.
    cut_ms
        Where the cut stands, in milliseconds.
    labels
        What each duration truly belongs to; without them the bars are all alike.
    what
        What is counted.
    bin_ms
        Width of a bar in milliseconds.
    mark_ms
        One more value to point at, such as the mean of the recording at hand.

    Raises
    ------
    ValueError
        When a duration or the cut is not a positive number, or the labels are not as many as the durations.

    Examples
    --------
    >>> burst_histogram([28, 31, 60], 45).caption
    '3 bursts, mean 39.7 ms. 2 are shorter than the cut of 45 ms, 1 lasts as long or longer.'
    """
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    values = np.asarray(durations_ms, np.float64)
    if not (np.isfinite(cut_ms) and cut_ms > 0 and np.isfinite(values).all() and (values > 0).all()):
        raise BadValueError("Every duration and the cut must be a positive number of milliseconds.")
    groups = ["all"] * values.size if labels is None else list(labels)
    if len(groups) != values.size:
        raise BadValueError(f"There are {values.size} durations and {len(groups)} labels; expected one label for each.")
    names = list(dict.fromkeys(groups))
    last = max(float(values.max(initial=0.0)), cut_ms, mark_ms or 0.0)
    edges = np.arange(0, last + 2 * bin_ms, bin_ms)
    heights = {
        name: np.histogram([v for v, g in zip(values, groups, strict=True) if g == name], edges)[0] for name in names
    }
    tallest = float(np.sum([*heights.values()], axis=0).max())
    middles = (edges[:-1] + bin_ms / 2).tolist()
    traces = [
        {
            "type": "bar",
            "name": name,
            "x": middles,
            "y": heights[name].tolist(),
            "width": bin_ms,
            "marker": {
                "color": SERIES[number % 4] if labels is not None else PLAIN_BAR,
                "line": {"color": SHEET, "width": 1},
                "pattern": {
                    "shape": _PATTERNS[number % 4],
                    "fgcolor": SHEET,
                    "fillmode": "overlay",
                    "size": 8,
                    "solidity": 0.3,
                },
            },
        }
        for number, name in enumerate(names)
    ]
    shapes, notes = [upright(cut_ms, width=3)], [_above(f"<b>cut {cut_ms:g} ms</b>", cut_ms, last)]
    if mark_ms is not None:
        shapes.append(upright(mark_ms, dash="dot", color=DIM))
        notes.append(_above(f"this recording {mark_ms:.0f} ms", mark_ms, last, row=1))
    figure = go.Figure(
        data=traces,
        layout=layout(
            350,
            barmode="stack",
            margin={"l": 12, "r": 16, "t": 56 if mark_ms is not None else 34, "b": 12},
            xaxis=axis("Duration (ms)", range=[0, float(edges[-1])], showgrid=False),
            yaxis=axis(f"Number of {what}", rangemode="tozero", tick0=0, dtick=_step(tallest)),
            shapes=shapes,
            annotations=notes,
            showlegend=labels is not None,
            legend={"x": 1, "xanchor": "right", "y": 0.98, "bgcolor": SHEET, "traceorder": "normal"},
        ),
    )
    columns = ("Duration", "Side of the cut", *(names if labels is not None else ("Number",)))
    rows = [
        (f"{low:g} to {high:g} ms", _side(low, high, cut_ms), *(str(heights[name][place]) for name in names))
        for place, (low, high) in enumerate(pairwise(edges))
        if any(heights[name][place] for name in names)
    ]
    caption = _caption(values, groups, cut_ms, what, labelled=labels is not None, mark_ms=mark_ms)
    return plate(figure, caption, columns, rows)


def _step(highest: float) -> int:
    """Return whole steps of the axis that counts, about five of them.

    Examples
    --------
    >>> _step(3), _step(31)
    (1, 5)
    """
    return next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 10**6) if highest / step <= 7)


def _above(text: str, x: float, last: float, row: int = 0) -> dict[str, Any]:
    """Return a label above the plot, turned inward at its edges."""
    anchor = "left" if x < 0.25 * last else "right" if x > 0.75 * last else "center"
    return note(text, x, 1, yref="paper", yanchor="bottom", xanchor=anchor, yshift=22 * row, font={"color": INK})


def _side(low: float, high: float, cut: float) -> str:
    return "shorter" if high <= cut else "as long or longer" if low >= cut else "the cut is inside"


def _caption(
    values: Any, groups: Sequence[str], cut: float, what: str, *, labelled: bool, mark_ms: float | None
) -> str:
    if not values.size:
        return f"There are no {what} to count."
    below = int((values < cut).sum())
    above = int(values.size) - below
    parts = [
        f"{values.size} {what}, mean {values.mean():.1f} ms.",
        f"{below} {'is' if below == 1 else 'are'} shorter than the cut of {cut:g} ms, "
        f"{above} last{'s' if above == 1 else ''} as long or longer.",
    ]
    if labelled:
        for name in dict.fromkeys(groups):
            mine = values[[group == name for group in groups]]
            parts.append(f"{name}: {int((mine < cut).sum())} of {mine.size} below the cut, mean {mine.mean():.1f} ms.")
    if mark_ms is not None:
        side = "below" if mark_ms < cut else "not below"
        parts.append(f"The recording at hand averages {mark_ms:.1f} ms: {side} the cut.")
    return " ".join(parts)

"""Averages around jerks and around stimuli, and coherence: what of them could not be chance."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..signals import BackAverage, Coherence, CReflex, Evoked
from ..signals._estimate import Estimate
from ..signals.evoked import N33_LIMIT, P25_LIMIT
from ._ink import BAND, DASHES, DIM, INK, SERIES, SHEET, axis, layout, note, packed, unit, upright
from .plate import Plate, plate

#: Values drawn of each average; more than the pixels of a page.
_MOST = 400
_PANEL_PX = 150


def back_average_figure(result: BackAverage) -> Plate:
    """Draw a back-average with the band that chance stays in.

    Parameters
    ----------
    result
        As `back_average` returns it.

    Examples
    --------
    >>> from myoteach.signals import bursts, simulate, back_average
    >>> recording = simulate("cortical_action", 60, seed=1, eeg=("C3", "C4"))
    >>> plate = back_average_figure(back_average(recording, bursts(recording, "ECR_R")["ECR_R"].onset))
    >>> [(row[0], row[-1]) for row in plate.rows]
    [('C3', 'yes'), ('C4', 'no')]
    """
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    if result.problem:
        return nothing(result.problem)
    step = max(1, result.times.size // _MOST)
    times = 1e3 * result.times[::step]
    top = 1.15 * max(float(np.abs(result.mean).max()), float(np.nanmax(np.append(result.limit, 1e-9))))
    count = len(result.channels)
    traces, shapes, notes = [], [upright(0, dash="dash")], [_over("jerk begins", 0)]
    axes: dict[str, Any] = {}
    for row, name in enumerate(result.channels):
        tag = "" if row == 0 else str(row + 1)
        bottom, ceiling = 1 - (row + 1) / count + 0.03, 1 - row / count - 0.03
        axes[f"yaxis{tag}"] = axis(
            f"{name} ({unit(result.units[row])})", domain=[bottom, ceiling], range=[-top, top], nticks=5
        )
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x0": round(float(times[0]), 3),
                "dx": float(times[1] - times[0]),
                "y": packed(result.mean[row][::step], 2),
                "yaxis": f"y{tag}",
                "line": {"color": SERIES[1], "width": 2.2},
            }
        )
        if np.isfinite(result.limit[row]):
            shapes.append(_band(float(result.limit[row]), f"y{tag}"))
        if result.peak[row].known:
            at = 1e3 * result.peak[row].value
            arrow = {"showarrow": True, "arrowhead": 2, "ax": -64, "ay": -18, "arrowcolor": INK, "arrowwidth": 2}
            words = f"<b>{abs(at):.0f} ms before</b>" if at < 0 else f"<b>{at:.0f} ms after</b>"
            notes.append(note(words, at, float(result.amplitude[row]), yref=f"y{tag}", **arrow))
    figure = go.Figure(
        data=traces,
        layout=layout(
            _PANEL_PX * count + 90,
            margin={"l": 12, "r": 16, "t": 34, "b": 12},
            xaxis=axis("Time from the onset of the jerk (ms)", range=[float(times[0]), float(times[-1])],
                       anchor=f"y{count if count > 1 else ''}"),
            shapes=shapes,
            annotations=notes,
            **axes,
        ),
    )  # fmt: skip
    columns = ("Channel", "Jerks", "Height at the peak", "Chance stays within", "When", "Beyond chance")
    rows = [
        (
            name,
            str(result.events),
            f"{result.amplitude[row]:.1f} {unit(result.units[row])}",
            f"{result.limit[row]:.1f} {unit(result.units[row])}" if np.isfinite(result.limit[row]) else "not computed",
            _ms(result.peak[row]),
            "yes" if result.significant[row] else "no",
        )
        for row, name in enumerate(result.channels)
    ]
    return plate(figure, _average_caption(result), columns, rows)


def evoked_figure(result: Evoked) -> Plate:
    """Draw the evoked potential with its peaks and the example limits.

    Parameters
    ----------
    result
        As `evoked` returns it.

    Examples
    --------
    >>> from myoteach.signals import evoked, simulate
    >>> plate = evoked_figure(evoked(simulate("cortical_reflex", 60, seed=1), "C3"))
    >>> [row[0] for row in plate.rows]
    ['P25', 'N33', 'N20 to P25']
    """
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    if result.problem:
        return nothing(result.problem)
    seen = (result.times >= -0.02) & (result.times <= 0.1)
    times, mean = 1e3 * result.times[seen], result.mean[seen]
    peaks = [
        note(f"<b>{name}</b>", 1e3 * at.value, sign * size.value, showarrow=True, arrowhead=2, ax=38, ay=-12 * sign)
        for name, at, size, sign in (
            ("P25", result.p25_latency, result.p25, 1),
            ("N33", result.n33_latency, result.n33, -1),
        )
        if size.known
    ]
    limits = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": level, "y1": level,
         "line": {"color": DIM, "width": 2, "dash": "dot"}}
        for level in (P25_LIMIT, -N33_LIMIT)
    ]  # fmt: skip
    small = {"size": 13, "color": INK}
    shown = [  # without a ground, which would cover the curve on a narrow page
        note(f"limit {level:g} µV", 1, level, xref="paper", xanchor="right", yanchor="bottom", font=small, bgcolor=None)
        for level in (P25_LIMIT, -N33_LIMIT)
    ]
    figure = go.Figure(
        data=[_curve(times, mean, SERIES[1])],
        layout=layout(
            360,
            margin={"l": 12, "r": 16, "t": 34, "b": 12},
            xaxis=axis("Time after the shock (ms)", range=[float(times[0]), float(times[-1])]),
            yaxis=axis(f"{result.channel} (µV), positive up"),
            shapes=[upright(0, dash="dash"), *limits],
            annotations=[_over("shock", 0), *peaks, *shown],
        ),
    )
    giant = {
        True: "above an example limit (dotted): giant here",
        False: "below both example limits (dotted)",
        None: "too near to call",
    }
    caption = (
        f"Average of {result.stimuli} shocks at {result.channel}: P25 {result.p25.value:.1f} µV, N33 "
        f"{result.n33.value:.1f} µV, {giant[result.giant]}. {result.note}"
    )
    columns = ("What", "Size (95 % interval)", "When (95 % interval)", "Example limit")
    rows = (
        ("P25", f"{result.p25} µV", _ms(result.p25_latency), f"{P25_LIMIT:g} µV"),
        ("N33", f"{result.n33} µV", _ms(result.n33_latency), f"{N33_LIMIT:g} µV"),
        ("N20 to P25", f"{result.n20_p25} µV", "", "another measurement, another limit"),
    )
    return plate(figure, caption, columns, rows)


def c_reflex_figure(result: CReflex) -> Plate:
    """Draw the rectified average of a muscle after the shocks.

    Parameters
    ----------
    result
        As `c_reflex` returns it.

    Examples
    --------
    >>> from myoteach.signals import c_reflex, simulate
    >>> c_reflex_figure(c_reflex(simulate("cortical_reflex", 60, seed=1), "APB_R")).rows[0][1]
    'yes'
    """
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    if result.problem:
        return nothing(result.problem)
    seen = (result.times >= -0.05) & (result.times <= 0.12)
    times, mean = 1e3 * result.times[seen], result.mean[seen]
    shapes, notes = [upright(0, dash="dash")], [_over("shock", 0)]
    if result.latency.known:
        shapes.append(upright(1e3 * result.latency.value, dash="dot"))
        notes.append(_over(f"answer begins, {1e3 * result.latency.value:.0f} ms", 1e3 * result.latency.value, "left"))
    figure = go.Figure(
        data=[_curve(times, mean, SERIES[0])],
        layout=layout(
            300,
            margin={"l": 12, "r": 16, "t": 34, "b": 12},
            xaxis=axis("Time after the shock (ms)", range=[float(times[0]), float(times[-1])]),
            yaxis=axis(f"{result.channel}, rectified (µV)", rangemode="tozero"),
            shapes=shapes,
            annotations=notes,
        ),
    )
    caption = (
        f"{result.channel} after {result.stimuli} shocks, rectified and averaged. Late answer: "
        f"{_yes(result.present)}. Muscle at rest before the shocks: {_yes(result.at_rest)}. {result.note}"
    )
    columns = ("Muscle", "C-reflex", "At rest", "Begins (95 % interval)", "After how many shocks")
    share = f"{100 * result.share:.0f} % of {result.stimuli}"
    row = (result.channel, _yes(result.present), _yes(result.at_rest), _ms(result.latency), share)
    return plate(figure, caption.strip(), columns, [row])


def coherence_figure(result: Coherence) -> Plate:
    """Draw coherence against frequency with the level that chance stays below.

    Parameters
    ----------
    result
        As `coherence` returns it.

    Examples
    --------
    >>> from myoteach.signals import coherence, simulate
    >>> recording = simulate("cortical_tremor", 60, seed=1, eeg=("C3", "Pz"))
    >>> plate = coherence_figure(coherence(recording, [("C3", "APB_R"), ("Pz", "APB_R")]))
    >>> plate.columns[0]
    'Pair'
    """
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    if result.problem:
        return nothing(result.problem)
    kept = result.frequencies <= 60
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": " and ".join(pair),
            "x": packed(result.frequencies[kept], 2),
            "y": packed(result.coherence[row][kept], 3),
            "line": {"color": SERIES[row % 4], "width": 2.4, "dash": DASHES[row % 4]},
        }
        for row, pair in enumerate(result.pairs)
    ]
    level = result.band_level
    line = {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": level,
        "y1": level,
        "line": {"color": DIM, "width": 2},
    }
    text = note(
        "chance stays below this line",
        1,
        level,
        xref="paper",
        xanchor="right",
        yanchor="bottom",
        font={"size": 13, "color": INK},
    )
    highest = max(float(result.coherence[:, kept].max()), level)
    figure = go.Figure(
        data=traces,
        layout=layout(
            360,
            xaxis=axis("Frequency (Hz)", range=[0, 60]),
            yaxis=axis("Coherence (0 to 1)", range=[0, min(1.0, 1.2 * highest)]),
            shapes=[line],
            annotations=[text],
            showlegend=True,
            legend={"x": 1, "xanchor": "right", "y": 1, "bgcolor": SHEET},
        ),
    )
    rows = [_coherence_row(result, row) for row in range(len(result.pairs))]
    words = [
        f"{row[0]}: highest {row[1]} at {row[2]}, {'beyond' if row[4] == 'yes' else 'within'} chance." for row in rows
    ]
    caption = f"{result.segments} pieces of the recording. {' '.join(words)} {result.note}"
    return plate(figure, caption, ("Pair", "Highest", "Where", "Second follows by", "Beyond chance"), rows)


def nothing(problem: str) -> Plate:
    """Return an empty sheet that says why there is no answer."""
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    hidden = {"visible": False, "fixedrange": True, "range": [0, 1]}
    words = note("no answer from this recording", 0.5, 0.5, xref="paper", yref="paper")
    return plate(go.Figure(layout=layout(110, xaxis=hidden, yaxis=hidden, annotations=[words])), problem, (), ())


def _curve(times: Any, mean: Any, color: str) -> dict[str, Any]:
    step = max(1, times.size // _MOST)
    dx = float(times[step] - times[0])
    line = {"color": color, "width": 2.2}
    y = packed(mean[::step], 2)
    return {"type": "scatter", "mode": "lines", "x0": round(float(times[0]), 3), "dx": dx, "y": y, "line": line}


def _band(limit: float, y_axis: str) -> dict[str, Any]:
    line = {"color": DIM, "width": 1, "dash": "dot"}
    sides = {"xref": "paper", "x0": 0, "x1": 1, "yref": y_axis, "y0": -round(limit, 3), "y1": round(limit, 3)}
    return {"type": "rect", **sides, "fillcolor": BAND, "line": line, "layer": "below"}


def _over(text: str, x: float, anchor: str = "center") -> dict[str, Any]:
    return note(text, x, 1, yref="paper", yanchor="bottom", xanchor=anchor)


def _average_caption(result: BackAverage) -> str:
    beyond = [name for name, clear in zip(result.channels, result.significant, strict=True) if clear]
    parts = [f"{result.events} jerks averaged; the shaded band holds what chance gives in 95 of 100 cases."]
    if beyond:
        at = result.latency(result.largest if result.largest in beyond else beyond[0])
        parts.append(f"Beyond chance: {', '.join(beyond)}. The largest peak lies {_ms(at)} from the onset of the jerk.")
    else:
        parts.append("No channel leaves the band. That does not exclude a cortical origin.")
    return " ".join([*parts, result.note]).strip()


def _coherence_row(result: Coherence, row: int) -> tuple[str, ...]:
    inside = (result.frequencies >= 5) & (result.frequencies <= 60)
    best = int(np.argmax(np.where(inside, result.coherence[row], -1)))
    lag = result.lag[row]
    return (
        " and ".join(result.pairs[row]),
        f"{result.coherence[row][best]:.2f}",
        f"{result.frequencies[best]:g} Hz",
        _ms(lag) if lag.known else "cannot be told",
        "yes" if result.significant[row] else "no",
    )


def _ms(seconds: Estimate) -> str:
    """Print an estimate in milliseconds.

    Examples
    --------
    >>> _ms(Estimate(-0.0146, -0.0147, -0.0144, 50))
    '-14.6 ms (-14.7 to -14.4)'
    """
    if not seconds.known:
        return "cannot be told"
    return f"{1e3 * seconds.value:.1f} ms ({1e3 * seconds.low:.1f} to {1e3 * seconds.high:.1f})"


def _yes(value: bool | None) -> str:
    return {True: "yes", False: "no", None: "cannot be told"}[value]

"""Traces of a recording under each other, with units, a scale and what was found in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .._told import BadValueError
from ..signals import Channel, Recording
from ..signals.match import FoundEvents
from ._ink import DASHES, INK, KIND_INK, SERIES, axis, layout, note, unit, upright
from .plate import Plate, plate

#: Pairs of lowest and highest value drawn of each trace: more than a screen has room for, less than 5 kB a trace.
PAIRS = 450
#: A trace's lane in the units of the picture; whole numbers keep the saved picture small.
_LANE = 1000
#: Pixels: a lane, if there is room; the whole of them, at least and at most, unless there are very many.
_LANE_PX, _LEAST_PX, _MOST_PX, _NARROWEST_PX = 74, 200, 440, 34
_KINDS = {"emg": "muscle", "eeg": "brain", "accelerometer": "acceleration", "angle": "joint angle", "ecg": "heart"}


def thinned(samples: NDArray[Any], pairs: int = PAIRS) -> tuple[NDArray[np.float64], float]:
    """Return lowest and highest value of each stretch in the order they came, and samples per value returned.

    No burst disappears, however long the view.

    Examples
    --------
    >>> values, step = thinned(np.r_[np.zeros(500), 9.0, np.zeros(499)], 10)
    >>> values.max(), values.size, step
    (np.float64(9.0), 20, 50.0)
    """
    if samples.size <= 2 * pairs:
        return np.asarray(samples, np.float64), 1.0
    size = -(-samples.size // pairs)
    count = -(-samples.size // size)
    whole = np.pad(np.asarray(samples, np.float64), (0, count * size - samples.size), mode="edge")
    parts = whole.reshape(count, size)
    low, high = parts.argmin(axis=1), parts.argmax(axis=1)
    ends = np.sort(np.stack([low, high], axis=1), axis=1)
    return np.take_along_axis(parts, ends, axis=1).ravel(), size / 2


def recording_figure(
    recording: Recording,
    channels: Sequence[str] | None = None,
    start: float = 0.0,
    stop: float | None = None,
    *,
    found: Iterable[FoundEvents] = (),
    lines: Mapping[str, float] | None = None,
) -> Plate:
    """Draw channels under each other.

    Parameters
    ----------
    recording
        What to show.
    channels
        Names in the order of the lanes; by default all EMG channels.
    start, stop
        The stretch in seconds; by default the whole recording.
    found
        Bursts or silent periods, drawn as bars under their trace.
    lines
        Upright lines: a label and a time in seconds each.

    Raises
    ------
    KeyError
        When there is no such channel.
    ValueError
        When the stretch is empty or outside the recording.

    Examples
    --------
    >>> from myoteach.signals import simulate
    >>> plate = recording_figure(simulate("cortical_action", 10, seed=1), ["ECR_R", "C3"], 2, 4)
    >>> plate.rows[1][:3]
    ('C3', 'brain', 'µV')
    """
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    names = list(channels) if channels is not None else list(recording.of_kind("emg"))
    stop = recording.seconds if stop is None else stop
    if not 0 <= start < stop <= recording.seconds + 1e-9 or not names:
        whole = f"0 to {recording.seconds:g} s"
        raise BadValueError(f"The view {start:g} to {stop:g} s must lie within {whole} and name at least one channel.")
    view = _View.of(recording, names, start, stop)
    bars = _bars(found, names, start, stop)
    traces = [view.trace(lane) for lane in range(len(names))]
    drawn = layout(
        _height(len(names)) + 70 + 24 * bool(lines),
        margin={"l": 12, "r": 74, "t": 34 if lines else 10, "b": 12},
        xaxis=axis(view.axis_title, range=[view.place(start), view.place(stop)], showgrid=True),
        yaxis=axis(
            tickvals=[-lane * _LANE for lane in range(len(names))],
            ticktext=names,
            range=[-(len(names) - 0.42) * _LANE, 0.62 * _LANE],
            showgrid=False,
            ticks="",
        ),
        shapes=[*_found_shapes(view, bars), *_line_shapes(view, lines or {}), *(bar for bar, _ in view.scale_bars())],
        annotations=[*_line_notes(view, lines or {}), *(size for _, size in view.scale_bars())],
    )
    columns = ("Channel", "What", "Unit", "Lowest", "Highest", "Bars under it")
    caption = _caption(view, len(bars), lines or {}, simulated=bool(recording.truth.kind))
    return plate(go.Figure(data=traces, layout=drawn), caption, columns, view.rows([lane for lane, _ in bars]))


def _height(lanes: int) -> int:
    """Return pixels for this many lanes: few get more room, many share what a screen has.

    Examples
    --------
    >>> _height(1), _height(4), _height(11)
    (200, 296, 440)
    """
    return max(min(max(_LANE_PX * lanes, _LEAST_PX), _MOST_PX), _NARROWEST_PX * lanes)


@dataclass(frozen=True, slots=True)
class _View:
    """What is shown: the channels, their samples in the view, and for each kind the height of a lane and its scale."""

    channels: tuple[Channel, ...]
    samples: tuple[NDArray[np.float32], ...]
    fs: float
    start: float
    stop: float
    scales: Mapping[str, tuple[float, float]]

    @classmethod
    def of(cls, recording: Recording, names: Sequence[str], start: float, stop: float) -> _View:
        """Cut the view out of a recording."""
        channels = tuple(recording.channels[recording.index(name)] for name in names)
        first = round(start * recording.fs)
        last = max(round(stop * recording.fs), first + 2)
        samples = tuple(recording.signal(name)[first:last] for name in names)
        return cls(channels, samples, recording.fs, start, stop, _scales(channels, samples))

    @property
    def brief(self) -> bool:
        """Whether time counts in milliseconds from the left edge."""
        return self.stop - self.start <= 1.0

    @property
    def axis_title(self) -> str:
        """Name and unit of the time axis."""
        return f"Time from {self.start:.3f} s on (ms)" if self.brief else "Time (s)"

    def place(self, at: float) -> float:
        """Return where a time in seconds stands on the axis."""
        return round(1e3 * (at - self.start), 3) if self.brief else round(at, 4)

    def trace(self, lane: int) -> dict[str, Any]:
        """Return one channel as a line in its lane."""
        kind = self.channels[lane].kind
        values, step = thinned(self.samples[lane])
        heights = 0.9 * _LANE * (values - np.median(values)) / self.scales[kind][0] - lane * _LANE
        return {
            "type": "scatter",
            "mode": "lines",
            "x0": self.place(self.start),
            "dx": (1e3 if self.brief else 1.0) * step / self.fs,
            "y": np.round(heights).astype(np.int16),  # stored as one short text; a lane is 1000 high
            "line": {"color": KIND_INK.get(kind, SERIES[3]), "width": 1.2},
        }

    def scale_bars(self) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """Return the bar and its label for each kind of channel, at the right edge of its last lane."""
        made = []
        for kind, (height, size) in self.scales.items():
            lane = max(number for number, channel in enumerate(self.channels) if channel.kind == kind)
            y, half = -lane * _LANE, 0.45 * _LANE * size / height
            ends = {"xref": "paper", "x0": 1, "x1": 1, "y0": y - half, "y1": y + half}
            text = f"{size:g} {unit(self.channels[lane].unit)}"
            label = note(text, 1.004, y, xref="paper", xanchor="left", font={"size": 13, "color": INK}, bgcolor=None)
            made.append(({"type": "line", **ends, "line": {"color": INK, "width": 3}}, label))
        return made

    def rows(self, lanes_of_bars: Sequence[int]) -> list[tuple[str, ...]]:
        """Return the table: a row for each channel."""
        return [
            (
                channel.name,
                _KINDS.get(channel.kind, channel.kind),
                unit(channel.unit),
                f"{samples.min():.3g}",
                f"{samples.max():.3g}",
                str(list(lanes_of_bars).count(lane)),
            )
            for lane, (channel, samples) in enumerate(zip(self.channels, self.samples, strict=True))
        ]


def _scales(channels: Sequence[Channel], samples: Sequence[NDArray[np.float32]]) -> dict[str, tuple[float, float]]:
    """Return for each kind of channel the height of a lane and the size of the scale bar, both in its unit."""
    scales: dict[str, tuple[float, float]] = {}
    for kind in dict.fromkeys(channel.kind for channel in channels):
        parts = [part for channel, part in zip(channels, samples, strict=True) if channel.kind == kind]
        height = max(2 * float(np.abs(part - np.median(part)).max()) for part in parts) or 1.0
        scales[kind] = (height, _round_down(height / 3))
    return scales


def _round_down(value: float) -> float:
    """Return 1, 2 or 5 times a power of ten, at most `value`.

    Examples
    --------
    >>> _round_down(340.0)
    200.0
    """
    power = 10.0 ** np.floor(np.log10(value))
    return float(max(step for step in (1, 2, 5) if step * power <= value * (1 + 1e-9)) * power)


def _bars(
    found: Iterable[FoundEvents], names: Sequence[str], start: float, stop: float
) -> list[tuple[int, tuple[float, float]]]:
    """Return lane, begin and end of every event that reaches into the view."""
    bars = []
    for events in found:
        if events.channel in names:
            for onset, length in zip(events.onset, events.duration, strict=True):
                first, last = max(float(onset), start), min(float(onset + length), stop)
                if first < last:
                    bars.append((names.index(events.channel), (first, last)))
    return bars


def _found_shapes(view: _View, bars: Sequence[tuple[int, tuple[float, float]]]) -> list[dict[str, Any]]:
    shapes = []
    for lane, (first, last) in bars:
        y = -(lane + 0.46) * _LANE
        ends = {"x0": view.place(first), "x1": view.place(last), "y0": y, "y1": y}
        shapes.append({"type": "line", **ends, "line": {"color": INK, "width": 4}})
    return shapes


def _line_shapes(view: _View, lines: Mapping[str, float]) -> list[dict[str, Any]]:
    return [upright(view.place(at), dash=DASHES[order % 4]) for order, at in enumerate(lines.values())]


def _line_notes(view: _View, lines: Mapping[str, float]) -> list[dict[str, Any]]:
    """Return the labels of upright lines; the first of two stands to the left of its line, the other to the right."""
    sides = ("right", "left")
    return [
        note(label, view.place(at), 1, yref="paper", yanchor="bottom", xanchor=sides[order % 2])
        for order, (label, at) in enumerate(lines.items())
    ]


def _caption(view: _View, bars: int, lines: Mapping[str, float], *, simulated: bool) -> str:
    units = {channel.kind: unit(channel.unit) for channel in view.channels}
    scale = ", ".join(f"{size:g} {units[kind]} ({_KINDS.get(kind, kind)})" for kind, (_, size) in view.scales.items())
    count = len(view.channels)
    parts = [
        f"{'Simulated recording' if simulated else 'Recording'}: {count} channel{'s' * (count > 1)}, "
        f"{view.start:.2f} to {view.stop:.2f} s.",
        f"The bar at the right edge is {scale}.",
    ]
    if bars:
        parts.append(f"{bars} dark bar{'s mark' if bars > 1 else ' marks'} what was found.")
    parts += [f"{label.capitalize()} at {1e3 * (at - view.start):.0f} ms of this view." for label, at in lines.items()]
    return " ".join(parts)

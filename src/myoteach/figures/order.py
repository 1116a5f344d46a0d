"""In which order the muscles join a jerk, as a picture."""

from __future__ import annotations

from ..signals import Recruitment
from ._ink import INK, SERIES, axis, layout, packed
from .averages import _ms, nothing
from .plate import Plate, plate


def recruitment_figure(result: Recruitment) -> Plate:
    """Draw the delay of each muscle behind the first, with its interval.

    Parameters
    ----------
    result
        As `recruitment` returns it.

    Examples
    --------
    >>> from myoteach.signals import recruitment, simulate
    >>> recruitment_figure(recruitment(simulate("propriospinal", 60, seed=1, eeg=False))).rows[0][:2]
    ('1', 'RA_R')
    """
    import plotly.graph_objects as go  # noqa: PLC0415  # a third of a second, and only a picture needs it

    if result.problem:
        return nothing(result.problem)
    middle = [1e3 * each.value for each in result.latency]
    plus = [1e3 * (each.high - each.value) for each in result.latency]
    minus = [1e3 * (each.value - each.low) for each in result.latency]
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": packed(middle, 2),
        "y": list(range(len(middle), 0, -1)),
        "marker": {"size": 12, "color": SERIES[0]},
        "error_x": {
            "type": "data",
            "array": packed(plus, 2),
            "arrayminus": packed(minus, 2),
            "color": INK,
            "thickness": 2,
        },
    }
    figure = go.Figure(
        data=[points],
        layout=layout(
            36 * len(middle) + 90,
            xaxis=axis("Delay behind the first muscle (ms)"),
            yaxis=axis(
                showgrid=True,
                ticks="",
                tickvals=points["y"],
                ticktext=list(result.order),
                range=[0.4, len(middle) + 0.6],
            ),
        ),
    )
    together = {second for _, second in result.together}
    rows = [
        (str(place), name, _ms(delay), "not apart from the one above" if name in together else "")
        for place, (name, delay) in enumerate(zip(result.order, result.latency, strict=True), 1)
    ]
    return plate(figure, _caption(result), ("Place", "Muscle", "Delay (95 % interval)", "Remark"), rows)


def _caption(result: Recruitment) -> str:
    speeds = [
        f"{name} {speed.value:.1f} m/s ({speed.low:.1f} to {speed.high:.1f})"
        for name, speed in (("up", result.up), ("down", result.down))
        if speed.known
    ]
    speed = f"Speed along the neuraxis: {', '.join(speeds)}." if speeds else "A speed cannot be told."
    return (
        f"{result.jerks} jerks. {result.order[0]} began {100 * result.first_share:.0f} % of them, and "
        f"{100 * result.agreement:.0f} % of all pairs of muscles kept this order (50 % would be no order at all). "
        f"{speed} {result.note}"
    ).strip()

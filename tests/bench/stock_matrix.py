"""The clue matrix as one would build it from stock parts: ipywidgets controls and a plotly FigureWidget.

It asks the same questions, ranks by the same function and shows the same six causes with their reasons, and a picture
of how many clues fit the first twenty. It leaves out what ours has besides: sources, warnings, search, plain wording.
"""

from __future__ import annotations

from typing import Any

import ipywidgets
import plotly.graph_objects as go

from myoteach import load


def stock_matrix() -> ipywidgets.Widget:
    """Build it.

    >>> type(stock_matrix()).__name__
    'HBox'
    """
    kb = load()
    answers: dict[str, str] = {}
    shown = ipywidgets.HTML()
    figure = go.FigureWidget(go.Bar(orientation="h"))
    figure.update_layout(height=400, width=500, margin={"l": 200, "t": 20})

    def show() -> None:
        found = kb.causes(answers)
        first = "".join(
            f"<li><b>{match.cause.plain_name}</b> ({match.cause.urgency}): {match.reason}</li>" for match in found[:6]
        )
        told = f"{len(answers)} answers, {list(answers.values()).count('yes')} of them yes"
        shown.value = f"<p class='stock-status'>{told}</p><ol>{first}</ol>"
        with figure.batch_update():
            figure.data[0].x = [match.score for match in found[:20]]
            figure.data[0].y = [match.cause.plain_name for match in found[:20]]

    def answered(clue: str) -> Any:
        def change(event: dict[str, str]) -> None:
            answers[clue] = event["new"]
            show()

        return change

    questions = []
    for clue in kb.clues.values():
        control = ipywidgets.RadioButtons(options=["not sure", "yes", "no"], description=clue.plain)
        control.observe(answered(clue.id), "value")
        questions.append(control)
    show()
    return ipywidgets.HBox([ipywidgets.VBox(questions), ipywidgets.VBox([shown, figure])])

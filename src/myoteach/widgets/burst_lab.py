"""The laboratory: a simulated recording of a hidden kind, measured in six steps and marked against the truth."""

from __future__ import annotations

from typing import Any, ClassVar

import ipywidgets
import traitlets

from .._told import BadValueError
from ..figures.plate import MIME
from ._explorer import html_table
from ._lab_case import BY_HAND, HIDDEN, SECONDS, Case, open_case
from ._lab_parts import Companion, button, paragraph, words
from ._lab_report import LINES
from ._lab_steps import STEPS, Step
from ._turns import in_turn

_NOTICE = "Simulated recording {seed}, {seconds:.0f} s. No person was recorded, and nothing here is a diagnosis."
#: What was done in each recording, so that running a cell again loses nothing; gone with the kernel.
_KEPT: dict[int, dict[str, Any]] = {}


class BurstLab(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """Six steps over one hidden recording.

    Its traits are all it knows of what the learner did; whatever is seen is drawn from them.
    """

    step = traitlets.Int(1, min=1, max=len(STEPS)).tag(sync=True)
    threshold = traitlets.Int(200, min=0).tag(sync=True)
    view_start = traitlets.Int(10, min=0, max=int(SECONDS) - 1).tag(sync=True)
    view_seconds = traitlets.Float(5.0).tag(sync=True)
    threshold_marked = traitlets.Bool(False).tag(sync=True)
    burst = traitlets.Int(0, min=0, max=BY_HAND - 1).tag(sync=True)
    onsets = traitlets.List(traitlets.Int(), [10] * BY_HAND).tag(sync=True)
    offsets = traitlets.List(traitlets.Int(), [350] * BY_HAND).tag(sync=True)
    edges_marked = traitlets.Bool(False).tag(sync=True)
    cut = traitlets.Int(100, min=1).tag(sync=True)
    committed = traitlets.Int(0).tag(sync=True)
    jerks = traitlets.Int(10, min=1).tag(sync=True)
    slow = traitlets.Bool(False).tag(sync=True)
    eeg_answer = traitlets.Unicode("").tag(sync=True)
    eeg_marked = traitlets.Bool(False).tag(sync=True)
    jerk = traitlets.Int(1, min=1).tag(sync=True)
    first_muscle = traitlets.Unicode("").tag(sync=True)
    direction = traitlets.Unicode("").tag(sync=True)
    order_marked = traitlets.Bool(False).tag(sync=True)
    lines = traitlets.List(traitlets.Unicode(), [""] * len(LINES)).tag(sync=True)
    unanswered = traitlets.List(traitlets.Bool(), [False] * len(LINES)).tag(sync=True)
    compared = traitlets.Bool(False).tag(sync=True)

    #: What of it is the learner's work, and which mark each change takes away until it is asked for again.
    _WORK: ClassVar = {
        "threshold": "threshold_marked",
        "onsets": "edges_marked",
        "offsets": "edges_marked",
        "eeg_answer": "eeg_marked",
        "first_muscle": "order_marked",
        "direction": "order_marked",
        "lines": "compared",
        "unanswered": "compared",
    }
    _STATE = (
        *_WORK, "step", "view_start", "view_seconds", "threshold_marked", "burst", "edges_marked", "cut", "committed",
        "jerks", "slow", "eeg_marked", "jerk", "order_marked", "compared",
    )  # fmt: skip

    def __init__(self, case: Case) -> None:
        self.case = case
        self.companion = Companion()
        self._steps: dict[int, Step] = {}
        self._bar = [self._step_button(place, kind.title) for place, kind in enumerate(STEPS, 1)]
        head, self._stage = words(), ipywidgets.VBox()
        head.value = paragraph(_NOTICE.format(seed=case.seed, seconds=SECONDS))
        steps = ipywidgets.Box([*self._bar, button("Start again", self.start_again)])
        steps.add_class("lab-bar")
        super().__init__(children=[self.companion, head, steps, self._stage])
        self.add_class("myo")
        self.add_class("burst-lab")
        for name, value in _KEPT.get(case.seed, {}).items():
            setattr(self, name, value)
        self.observe(self._settle, list(self._STATE))
        self._draw()

    def start_again(self) -> None:
        """Forget all that was done in this recording, except where one is."""
        fresh = type(self).class_traits()
        with self.hold_trait_notifications():
            for name in self._STATE:
                if name != "step":
                    setattr(self, name, fresh[name].default(self))

    def stills(self) -> list[dict[str, Any]]:
        """Return what each step shows before it is marked, for a page that has no Python behind it.

        Examples
        --------
        >>> [still["title"] for still in burst_lab(1).stills()][:2]
        ['1 Threshold', '2 Caliper']
        """
        before = self.step
        stills = []
        for place, kind in enumerate(STEPS, 1):
            self.step = place
            seen = self._steps[place].seen
            stills.append(
                {
                    "title": f"{place} {kind.title}",
                    "task": kind.task,
                    "caption": seen.caption if seen else "",
                    "figure": seen.picture[MIME] if seen else None,
                    "columns": list(seen.columns) if seen else [],
                    "rows": [list(row) for row in seen.rows] if seen else [],
                }
            )
        self.step = before
        return stills

    def first_frame(self) -> str:
        """Return the steps and what each asks, as plain HTML."""
        rows = ((str(place), kind.title, kind.task) for place, kind in enumerate(STEPS, 1))
        lead = f"<p><strong>Laboratory.</strong> {_NOTICE.format(seed=self.case.seed, seconds=SECONDS)}</p>"
        return lead + html_table("With a kernel this is live, in six steps.", ["Step", "Name", "Task"], rows)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add the first frame for viewers that run no widgets: a printed page, a code host, a notebook viewer."""
        return super()._repr_mimebundle_(**kwargs) | {"text/html": self.first_frame(), "text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"<BurstLab: simulated recording {self.case.seed}, one of {len(HIDDEN)} kinds>"

    def _step_button(self, place: int, title: str) -> Any:
        return button(f"{place} {title}", lambda: setattr(self, "step", place))

    def _settle(self, change: dict[str, Any]) -> None:
        mark = self._WORK.get(change["name"])
        if mark and getattr(self, mark):
            setattr(self, mark, False)  # comes back here, and is then drawn
            return
        _KEPT[self.case.seed] = {name: getattr(self, name) for name in self._STATE}
        self._draw()

    @in_turn
    def _draw(self) -> None:
        for place, each in enumerate(self._bar, 1):
            (each.add_class if place == self.step else each.remove_class)("lab-now")
        if self.step not in self._steps:
            self._steps[self.step] = STEPS[self.step - 1](self)
        shown = self._steps[self.step]
        shown.draw()
        if self._stage.children != (shown.box,):
            self._stage.children = (shown.box,)


def burst_lab(seed: int = 1) -> BurstLab:
    """Open the laboratory on one simulated recording whose kind is hidden.

    Parameters
    ----------
    seed
        Which recording. The same seed is the same patient for everybody; what you did in it is there again when the
        cell is run again.

    Raises
    ------
    ValueError
        When the seed is not a whole number of zero or more.

    Examples
    --------
    >>> lab = burst_lab(1)
    >>> lab.threshold = 60
    >>> lab.threshold_marked = True
    >>> burst_lab(1).threshold
    60
    >>> lab.start_again()
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise BadValueError(f"The seed is {seed!r}; expected a whole number of zero or more.")
    return BurstLab(open_case(seed))

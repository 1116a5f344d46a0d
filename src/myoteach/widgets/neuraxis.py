"""The neuraxis: choose a level of the nervous system and see a jerk that starts there, with a millisecond caliper."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError
from ..knowledge import KnowledgeBase, load
from ._explorer import Explorer, checked, html_table
from ._modules import module, style
from ._neuraxis_levels import LEVELS
from .table import Table

if TYPE_CHECKING:
    from ..signals import Recording

_SIMULATED = "Simulated for teaching; this is not a patient's recording."
_COLUMNS = (
    "muscle",
    "clinical_name",
    "way_from_level_ms",
    "of_which_nerve_ms",
    "onset_ms",
    "burst_ms",
    "order",
    "rests_on",
)


class Neuraxis(Explorer):
    """The levels from cortex to muscle; of the selected one, the jerk, its order, its delays and what tells it.

    `caliper` holds the two handles and `t` the place of the impulse, both in milliseconds after the discharge.
    """

    _esm = module("neuraxis.js")
    _css = style("_figure.css", "neuraxis.css")

    level = traitlets.Unicode("cortex").tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)
    caliper = traitlets.List(traitlets.Float(), [0.0, 10.0], minlen=2, maxlen=2).tag(sync=True)
    snap = traitlets.Bool(False).tag(sync=True)
    same_scale = traitlets.Bool(False).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    t = traitlets.Float(0.0).tag(sync=True)
    opened = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        from ._neuraxis_payload import payload  # noqa: PLC0415  # numpy, which not every explorer needs

        super().__init__(data=payload(kb), **traits)

    @property
    def recording(self) -> Recording:
        """The recording from which the jerk of the selected level is cut, with its truth."""
        from ._neuraxis_payload import record  # noqa: PLC0415  # numpy, which not every explorer needs

        return record(LEVELS[self.level])

    def table(self) -> Table:
        """Return the muscles of the selected level: delay, onset and burst length of the jerk shown, and order."""
        shown = self._shown(self.level)
        rows = tuple(
            (
                trace["plain"],
                trace["clinical"],
                f"{trace['delay']:g}",
                f"{trace['nerve']:g}",
                *(_or_silent(trace[name]) for name in ("onset", "duration", "rank")),
                trace["rests"],
            )
            for trace in shown["traces"]
        )
        return Table(f"{shown['name']}: {shown['label']}. {_SIMULATED}", _COLUMNS, rows)

    def first_frame(self) -> str:
        """Return every level with its order of muscles, delays and burst lengths as plain HTML."""
        rows = (
            (level["name"], level["generator"], level["label"], said(level), _lengths(level), moved(level))
            for level in self.data["levels"]
        )
        head = (
            "Where it starts",
            "In clinical words",
            "Shown by",
            "Muscles in order, after the discharge",
            "Burst lengths",
            "What moves most, and when it has gone furthest",
        )
        intro = (
            "<p><strong>Neuraxis.</strong> With a kernel this is live: choose a level, see a jerk that starts there, "
            f"and measure it. It starts paused and never flashes. {_SIMULATED}</p>"
        )
        return intro + html_table("One jerk of each level.", head, rows)

    def _shown(self, level: str) -> dict[str, Any]:
        return next(row for row in self.data["levels"] if row["id"] == level)

    def __repr__(self) -> str:
        return f"<Neuraxis: {self.level}>"

    @traitlets.validate("level")
    def _refuse_unknown_level(self, proposal: Mapping[str, Any]) -> str:
        return checked(_require, str(proposal["value"]))


def neuraxis(level: str = "cortex", *, wording: str = "plain", kb: KnowledgeBase | None = None) -> Neuraxis:
    """Show the nervous system from cortex to muscle, and of one level a jerk that starts there.

    Nothing here is a patient: each jerk is simulated, and the explorer says so. It starts paused.

    Parameters
    ----------
    level
        Where to begin: ``"cortex"``, ``"loop"`` (cortex and thalamus), ``"deep"`` (basal ganglia, thalamus,
        cerebellum), ``"startle"`` and ``"brainstem"``, ``"segment"`` and ``"cord"``, ``"nerve"``, or ``"unit"`` (one
        nerve cell and its muscle strands: a look-alike).
    wording
        ``"plain"`` or ``"clinical"``: which wording leads.
    kb
        A knowledge base other than the package's own, for descriptions, rules and sources.

    Raises
    ------
    ValueError
        When there is no such level; the message names the nearest.
    traitlets.TraitError
        When the wording is not one of the two words above.

    Examples
    --------
    >>> explorer = neuraxis("cortex")
    >>> [row[0] for row in explorer.table().rows if row[6] in ("1", "2", "3")]
    ['right mouth muscle', 'right neck turner', 'right wrist straightener', 'right wrist bender']
    """
    return Neuraxis(kb or load(), level=_require(level), wording=wording)


def said(level: Mapping[str, Any]) -> str:
    """Say which muscles fire and when, in order, from the truth of the jerk.

    Examples
    --------
    >>> said({"traces": [{"plain": "right calf muscle", "onset": 17.6, "rank": 1}]})
    '1. right calf muscle 17.6 ms'
    """
    fired = sorted((trace for trace in level["traces"] if trace["rank"]), key=lambda trace: trace["onset"])
    return "; ".join(f"{trace['rank']}. {trace['plain']} {trace['onset']:g} ms" for trace in fired)


def moved(level: Mapping[str, Any]) -> str:
    """Say which parts the jerk moves most.

    Examples
    --------
    >>> moved({"moves": [{"part": "right wrist", "degrees": 18, "at": 154, "told": True}]})
    'right wrist 18°, after 154 ms'
    """
    parts = (
        f"{move['part']}" + (f" {move['degrees']}°" if move["told"] else "") + f", after {move['at']} ms"
        for move in level["moves"][:3]
    )
    return "; ".join(parts) or "nothing by a degree"


def _lengths(level: Mapping[str, Any]) -> str:
    lengths = sorted(round(trace["duration"]) for trace in level["traces"] if trace["rank"])
    return f"{lengths[0]} ms" if lengths[0] == lengths[-1] else f"{lengths[0]} to {lengths[-1]} ms"


def _or_silent(value: float | None) -> str:
    return "silent" if value is None else f"{value:g}"


def _require(level: str) -> str:
    if level not in LEVELS:
        near = get_close_matches(level, LEVELS, 1, 0.0)[0]
        raise BadValueError(f"There is no level {level!r}. Did you mean {near!r}? The levels: {', '.join(LEVELS)}.")
    return level

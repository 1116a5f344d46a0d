"""EEG against EMG: which came first, brain or muscle; a jerk, a silence, and a drop that is told and not drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Cause, Parameter, Rule, Sourced, Term
from ._explorer import checked, html_table, provenance, source_cards
from ._modules import module, style
from ._playing import Playing, staged

if TYPE_CHECKING:
    from ..signals import Recording


@dataclass(frozen=True, slots=True)
class Example:
    """One thing to be placed: what happens, its muscle and electrode, how far the EEG is moved, and its rows.

    `does` is ``jerk``, ``silence`` or ``drop``; `moved` is in milliseconds; `why` ends the sentence that tells when the
    wave comes. A drop has neither muscle nor electrode.
    """

    does: str
    rows: tuple[str, ...]
    site: str = ""
    electrode: str = ""
    moved: int = 0
    why: str = ""


_WAY = "That is about the time the signal needs on its way from the brain to this muscle."
_DEFAULT = "Wave and jerk belong together; how many milliseconds lie between is a default of the simulation, unsourced."
_SILENCE = "Then the muscle falls silent. In two patients 20 to 60 ms were measured."

#: What can be placed, by kind of `signals`; the drop is no kind, because no source gives it numbers.
EXAMPLES = {
    "cortical_action": Example("jerk", ("R2", "EPP008", "EPP014"), "ECR_R", "C3", 85, _WAY),
    "cortical_subcortical": Example(
        "jerk", ("C015", "spike-wave", "EPP037", "EPP038", "EPD002"), "DEL_R", "Fz", -95, _DEFAULT
    ),
    "epilepsia_partialis_continua": Example("jerk", ("C024", "EPP140", "EPP141", "EPP090"), "APB_R", "C3", 110, _WAY),
    "reticular": Example("jerk", ("subcortical-myoclonus", "EPP040"), "SCM_R", "Cz", -70),
    "cortical_negative": Example("silence", ("R11", "negative-myoclonus", "EPP070"), "ECR_R", "C3", 120, _SILENCE),
    "asterixis": Example("silence", ("R11", "asterixis", "EPP071"), "ECR_R", "C3", 75),
    "drop": Example("drop", ("C016", "myoclonic-atonic")),
}
DROP = (
    "A jerk, then for a moment no strength: the child nods or falls. It is told and not drawn, because no source we "
    "have gives the numbers from which to simulate the fall of strength."
)


class EpilepsyPlayer(Playing):
    """Averages of brain and muscle to be laid against each other, and the movement they belong to."""

    _esm = module("epilepsy_player.js")
    _css = style("_figure.css", "movement_player.css", "_scene.css", "epilepsy_player.css")

    kind = traitlets.Unicode("cortical_action").tag(sync=True)
    moved = traitlets.Dict().tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self.recordings: dict[str, Recording] = {}
        movements = {}
        for kind, example in EXAMPLES.items():
            if example.site:
                self.recordings[kind], movements[kind] = _staged(kind, example, kb)
        super().__init__(data=_data(kb) | {"movements": movements}, **traits)

    def first_frame(self) -> str:
        """Return what happens in brain and muscle, and in which order, as plain HTML."""
        rows = [(one["label"], one["does"], _order(one), one["texts"][0]["plain"]) for one in self.data["examples"]]
        caption = "Which came first, brain or muscle? Averages of simulated jerks, not of a patient."
        return (
            "<p><strong>Epilepsy player.</strong> With a kernel this is live: move the EEG to where it belongs, then "
            "see the movement. It starts paused and never flashes.</p>"
            + html_table(caption, ["Kind", "What happens", "Brain and muscle", "In plain words"], rows, left=True)
        )

    def __repr__(self) -> str:
        return f"<EpilepsyPlayer: {self.kind}>"

    @traitlets.validate("kind")
    def _refuse_unknown_kind(self, proposal: Mapping[str, Any]) -> str:
        return checked(_require, str(proposal["value"]))


def epilepsy_player(
    kind: str = "cortical_action", *, wording: str = "plain", kb: KnowledgeBase | None = None
) -> EpilepsyPlayer:
    """Let the learner lay EEG against EMG: the brain wave comes before, with or after the muscle, or there is none.

    The waves are averages of many simulated jerks; the time between brain and muscle is measured in them, as in a
    clinic. No light is shown, and nothing flashes.

    Parameters
    ----------
    kind
        One of `EXAMPLES`: four jerks, two silences, and ``"drop"``, which is told in words only.
    wording
        ``"plain"`` or ``"clinical"``.
    kb
        A knowledge base other than the package's own.

    Raises
    ------
    ValueError
        When there is no such kind; the nearest is named.
    traitlets.TraitError
        When the wording is not one of the two words above.

    Examples
    --------
    >>> player = epilepsy_player("cortical_negative")
    >>> example = next(one for one in player.data["examples"] if one["kind"] == player.kind)
    >>> example["does"], 20 <= example["locked"]["lead"] <= 60
    ('silence', True)
    """
    return EpilepsyPlayer(kb or load(), kind=_require(kind), wording=wording)


def _require(kind: str) -> str:
    if kind not in EXAMPLES:
        raise BadValueError(f"There is no kind {kind!r}.{hint(kind, list(EXAMPLES))} Kinds: {', '.join(EXAMPLES)}.")
    return kind


def _staged(kind: str, example: Example, kb: KnowledgeBase) -> tuple[Recording, dict[str, Any]]:
    """Return a kind as it is staged, always with its EEG above at most three muscles."""
    from ._movement_stages import STAGES  # noqa: PLC0415  # with the numbers it is staged from

    stage = STAGES[kind]
    movers = (*stage.movers, *stage.traces[3:])
    return staged(kind, kb, stage=replace(stage, eeg=(example.electrode,), traces=stage.traces[:3], movers=movers))


def _data(kb: KnowledgeBase) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    rows = [row for example in EXAMPLES.values() for row in _rows(kb, example)]
    return {"examples": [_example(kb, kind) for kind in EXAMPLES], "sources": source_cards(kb, rows)}


def _rows(kb: KnowledgeBase, example: Example) -> list[Sourced]:
    found = [kb.get(name, table="glossary" if name.islower() else None) for name in example.rows]
    return [row for row in found if isinstance(row, Sourced)]


def _example(kb: KnowledgeBase, kind: str) -> dict[str, Any]:
    example = EXAMPLES[kind]
    rows = _rows(kb, example)
    return {
        "kind": kind,
        "does": example.does,
        "label": _label(kind),
        "moved": example.moved,
        "why": example.why,
        "note": DROP if kind == "drop" else "",
        "locked": _locked(kind, example),
        "texts": [_text(row) for row in rows if not isinstance(row, Parameter)],
        "measured": [_measured(row) for row in rows if isinstance(row, Parameter)],
    }


def _label(kind: str) -> str:
    from ..signals import KINDS  # noqa: PLC0415  # numpy, which not every explorer needs

    return KINDS[kind].label if kind in KINDS else "Drop (myoclonic-atonic seizure)"


def _locked(kind: str, example: Example) -> dict[str, Any] | None:
    from ._locked import locked  # noqa: PLC0415  # numpy
    from ._movement_stages import STAGES  # noqa: PLC0415
    from ._muscles import muscle_words  # noqa: PLC0415

    if not example.site:
        return None
    found = locked(kind, example.site, example.electrode, STAGES[kind].seed)
    return found | {"muscle": muscle_words(example.site)}


def _text(row: Sourced) -> dict[str, Any]:
    """Return what a row says, in both wordings."""
    match row:
        case Rule():
            clinical = f"{row.measure}. {row.if_a}: {row.then_a}. {row.if_b}: {row.then_b}."
            words = {"name": row.rule, "plain": row.plain, "clinical": clinical[0].upper() + clinical[1:]}
        case Cause():
            words = {"name": row.plain_name, "plain": row.plain, "clinical": row.clinical}
        case Term():
            words = {"name": row.term, "plain": row.plain, "clinical": row.clinical}
        case _:
            raise TypeError(f"A row of the type {type(row).__name__} has no wording to show here.")
    return words | provenance(row)


def _measured(row: Parameter) -> dict[str, Any]:
    """Return one measurement of the tables: what was measured, its value, and its limits."""
    value = row.text or (f"{row.low:g} to {row.high:g}" if row.low is not None and row.high is not None else "")
    return {"name": row.parameter, "value": f"{value} {row.unit}".strip(), "note": row.note, "id": row.id} | provenance(
        row
    )


def _order(example: Mapping[str, Any]) -> str:
    """Say in which order brain and muscle come."""
    locked = example["locked"]
    if locked is None:
        return "told in words only"
    if locked["lead"] is None:
        return f"no wave goes with it (average of {locked['events']})"
    return f"the wave peaks {locked['lead']} ms before (average of {locked['events']})"

"""A body map that names where jerks are, and four small bedside tests that show what brings them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Category, Manoeuvre
from ._explorer import checked, html_table, provenance, source_cards
from ._modules import module, style
from ._playing import Playing, staged

if TYPE_CHECKING:
    from ..signals import Recording

#: Parts of the body, from head to foot; right and left are the person's own.
PARTS = {
    "face": "Face",
    "neck": "Neck",
    "trunk": "Trunk",
    "hips": "Hips",
    "arm_R": "Right arm",
    "arm_L": "Left arm",
    "hand_R": "Right hand",
    "hand_L": "Left hand",
    "leg_R": "Right leg",
    "leg_L": "Left leg",
    "foot_R": "Right foot",
    "foot_L": "Left foot",
}
#: The bedside tests: name, and what is done.
MANOEUVRES = {
    "rest": ("At rest", "The hands lie in the lap."),
    "hold": ("Arms out", "Both arms are held out in front."),
    "reach": ("Finger to nose", "The right finger goes to the nose and out again."),
    "tap": ("Tap or surprise", "A tap, a touch or a sudden sound."),
}
#: A dozen kinds of which the tables say what at least one test shows.
KINDS_EXAMINED = (
    *("cortical_action", "cortical_reflex", "cortical_tremor", "reticular", "startle", "palatal", "spinal_segmental"),
    *("asterixis", "cortical_negative", "epilepsia_partialis_continua", "parkinsonian_tremor", "fasciculation"),
)
#: Seconds at which a kind is tapped that answers to it, but is recorded without elsewhere.
_TAPS = {"reticular": (1.0, 3.0, 5.0, 7.0)}


class BodyMap(Playing):
    """The map: which parts are marked; and the examination: which kind, which test."""

    _esm = module("body_map.js")
    _css = style("_figure.css", "movement_player.css", "_scene.css", "body_map.css")

    parts = traitlets.List(traitlets.Enum(list(PARTS))).tag(sync=True)
    timing = traitlets.Enum(["together", "apart"], "together").tag(sync=True)
    task = traitlets.Int(-1).tag(sync=True)
    guess = traitlets.Unicode().tag(sync=True)
    kind = traitlets.Unicode(KINDS_EXAMINED[0]).tag(sync=True)
    manoeuvre = traitlets.Enum(list(MANOEUVRES), "rest").tag(sync=True)
    tried = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self.recordings: dict[str, Recording] = {}
        movements = {}
        for kind in KINDS_EXAMINED:
            self.recordings[kind], movement = staged(kind, kb, stimuli=_TAPS.get(kind))
            # At the bedside there is no electromyogram: the traces stay in the movement player.
            movements[kind] = movement | {"traces": []}
        super().__init__(data=_data(kb) | {"movements": movements}, **traits)

    def first_frame(self) -> str:
        """Return the words for where jerks are, and what each test shows in each kind, as plain HTML."""
        terms = ((term["label"], term["plain"], term["examples_plain"]) for term in self.data["terms"])
        tests = (
            (self.data["movements"][row["kind"]]["label"], MANOEUVRES[row["manoeuvre"]][0], row["shows"], row["plain"])
            for row in self.data["findings"]
        )
        return (
            "<p><strong>Body map.</strong> With a kernel this is live: mark the parts that jerk, then examine.</p>"
            + html_table("Words for where jerks are.", ["Word", "In plain words", "Example"], terms, left=True)
            + html_table(
                "What small tests show. What is not listed is not known.",
                ["Kind", "Test", "Shows it", "What is seen"],
                tests,
                left=True,
            )
        )

    def __repr__(self) -> str:
        return f"<BodyMap: {len(self.parts)} parts marked; {self.kind}, {self.manoeuvre}>"

    @traitlets.validate("kind")
    def _refuse_unknown_kind(self, proposal: Mapping[str, Any]) -> str:
        return checked(lambda kind: _require(kind, KINDS_EXAMINED, "kind"), str(proposal["value"]))


def body_map(
    parts: Iterable[str] = (),
    *,
    kind: str = "cortical_action",
    manoeuvre: str = "rest",
    wording: str = "plain",
    kb: KnowledgeBase | None = None,
) -> BodyMap:
    """Show a body on which the learner marks the parts that jerk, and a figure to be examined.

    The word for the marked parts follows: focal, segmental, axial, multifocal or generalised. Below, a kind of jerk and
    one of four small tests are chosen; a figure and words show what the tables know, and say what they do not.

    Parameters
    ----------
    parts
        Parts that are marked at first, of `PARTS`, for example ``["hand_R"]``.
    kind
        One of `KINDS_EXAMINED`.
    manoeuvre
        ``"rest"``, ``"hold"``, ``"reach"`` or ``"tap"``.
    wording
        ``"plain"`` or ``"clinical"``.
    kb
        A knowledge base other than the package's own.

    Raises
    ------
    ValueError
        When there is no such part, kind or test; the nearest is named.
    traitlets.TraitError
        When the wording is not one of the two words above.

    Examples
    --------
    >>> body_map(["hand_R"], kind="asterixis", manoeuvre="hold")
    <BodyMap: 1 parts marked; asterixis, hold>
    """
    marked = [_require(part, list(PARTS), "part") for part in parts]
    return BodyMap(
        kb or load(),
        parts=marked,
        kind=_require(kind, KINDS_EXAMINED, "kind"),
        manoeuvre=_require(manoeuvre, list(MANOEUVRES), "test"),
        wording=wording,
    )


def _require(value: str, valid: Iterable[str], what: str) -> str:
    known = list(valid)
    if value not in known:
        raise BadValueError(f"There is no {what} {value!r}.{hint(value, known)} The {what}s: {', '.join(known)}.")
    return value


def _data(kb: KnowledgeBase) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    terms = sorted(
        (row for row in kb.records("categories", Category) if row.axis == "distribution"), key=lambda row: row.order
    )
    findings = [row for row in kb.records("manoeuvres", Manoeuvre) if row.kind in KINDS_EXAMINED]
    return {
        "parts": [list(pair) for pair in PARTS.items()],
        "manoeuvres": [[name, *words] for name, words in MANOEUVRES.items()],
        "terms": [_term(row) for row in terms],
        "findings": [
            {name: getattr(row, name) for name in ("kind", "manoeuvre", "shows", "plain", "clinical")} | provenance(row)
            for row in findings
        ],
        "sources": source_cards(kb, [*terms, *findings]),
    }


def _term(row: Category) -> dict[str, Any]:
    names = ("id", "label", "plain", "clinical", "examples_plain", "examples_clinical")
    return {name: getattr(row, name) for name in names} | provenance(row)

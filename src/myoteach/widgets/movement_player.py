"""The movement player: a figure that moves because the simulated muscle fired, and its traces, on one clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import traitlets

from ..knowledge import KnowledgeBase, load
from ._explorer import Explorer, html_table
from ._modules import module, style
from ._movement_stages import NOT_SHOWN, STAGES, Stage

if TYPE_CHECKING:
    from ..signals import Recording

#: Slowest and fastest share of real speed.
SLOWEST, FASTEST = 0.05, 1.0
VIEWS = ("front", "three-quarter", "side")
#: Events in the first frame of a viewer that runs no widgets.
_FIRST = 8
_SIMULATED = "Simulated for teaching; this is not a patient's recording."


class MovementPlayer(Explorer):
    """One movement, or several side by side on one clock.

    The browser keeps the time; `t` is where it stood when it last stopped. `recordings` are what is shown.
    """

    _esm = module("movement_player.js")
    _css = style("_figure.css", "movement_player.css")

    kind = traitlets.Unicode().tag(sync=True)
    t = traitlets.Float(0.0).tag(sync=True)
    playing = traitlets.Bool(False).tag(sync=True)
    speed = traitlets.Float(0.25).tag(sync=True)
    view = traitlets.Enum(["", *VIEWS], "").tag(sync=True)
    blind = traitlets.Bool(False).tag(sync=True)
    ghost = traitlets.Bool(True).tag(sync=True)
    zoom = traitlets.Bool(True).tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)
    answers = traitlets.Dict().tag(sync=True)
    revealed = traitlets.List(traitlets.Unicode()).tag(sync=True)
    events_open = traitlets.Bool(False).tag(sync=True)
    sources_open = traitlets.Bool(False).tag(sync=True)

    def __init__(
        self, kinds: Sequence[str], *, kb: KnowledgeBase, compare: bool = False, seed: int | None = None, **traits: Any
    ) -> None:
        self._kb, self._seed = kb, seed
        self.recordings: dict[str, Recording] = {}
        movements = [self._stage(kind) for kind in kinds]
        data = {"compare": compare, "movements": movements, "choices": _choices()}
        super().__init__(data=data, **{"kind": kinds[0]} | traits)

    def _stage(self, kind: str) -> dict[str, Any]:
        """Record a kind and return what the module draws of it."""
        from ._movement_payload import payload, record  # noqa: PLC0415  # numpy, which not every explorer needs

        stage = STAGES[kind] if self._seed is None else replace(STAGES[kind], seed=self._seed)
        self.recordings[kind] = record(kind, stage)
        return payload(self.recordings[kind], stage, self._kb)

    @property
    def recording(self) -> Recording:
        """What is shown now, with its truth: the events that the table lists."""
        return self.recordings[self.kind]

    def first_frame(self) -> str:
        """Return what is seen and the first events as plain HTML."""
        movements = self.data["movements"] if self.data["compare"] else [self._movement(self.kind)]
        parts = [_frame_of(movement, self.blind, number) for number, movement in enumerate(movements)]
        intro = (
            "<p><strong>Movement player.</strong> With a kernel this is live: a figure moves with the traces of its "
            f"muscles. It starts paused and never flashes. {_SIMULATED}</p>"
        )
        return intro + "".join(parts)

    def _movement(self, kind: str) -> dict[str, Any]:
        return next(movement for movement in self.data["movements"] if movement["kind"] == kind)

    def __repr__(self) -> str:
        names = [f"movement {index + 1}" if self.blind else name for index, name in enumerate(self.recordings)]
        return f"<MovementPlayer: {', '.join(names)}>"

    @traitlets.validate("kind")
    def _add_unknown_kind(self, proposal: Mapping[str, Any]) -> str:
        """Record a kind that is not here yet, before it is shown."""
        kind = str(proposal["value"])
        try:
            _require(kind)
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None
        if kind not in self.recordings:
            self.data = self.data | {"movements": [*self.data["movements"], self._stage(kind)]}
        return kind

    @traitlets.validate("speed")
    def _refuse_absurd_speed(self, proposal: Mapping[str, Any]) -> float:
        try:
            return _require_speed(proposal["value"])
        except ValueError as error:
            raise traitlets.TraitError(str(error)) from None


def movement_player(
    kind: str = "cortical_action",
    *,
    others: Iterable[str] = (),
    speed: float = 0.25,
    blind: bool = False,
    view: str = "",
    wording: str = "plain",
    seed: int | None = None,
    kb: KnowledgeBase | None = None,
) -> MovementPlayer:
    """Show one kind of jerk or look-alike: a figure and the traces of its muscles, to be played slowly.

    It starts paused. Nothing here is a patient: the movement is simulated, and the player says so.

    Parameters
    ----------
    kind
        One of `STAGES`, for example ``"cortical_action"``, ``"asterixis"`` or ``"fasciculation"``.
    others
        More kinds to choose from in the player itself.
    speed
        Share of real speed, 0.05 to 1.
    blind
        Hide the name, and let the learner find it.
    view
        ``"front"``, ``"three-quarter"`` or ``"side"``; by default where the kind is seen best.
    wording
        ``"plain"`` or ``"clinical"`` names of the muscles.
    seed
        Another virtual patient than the one chosen for teaching.
    kb
        A knowledge base other than the package's own, for the sources of the numbers.

    Raises
    ------
    ValueError
        When there is no such kind (the nearest is named), or the speed is out of range.

    Examples
    --------
    >>> player = movement_player("asterixis", speed=0.1)
    >>> player.playing, len(player.recording.truth.jerks) > 3
    (False, True)
    """
    kinds = list(dict.fromkeys([kind, *others]))
    for name in kinds:
        _require(name)
    pace = _require_speed(speed)
    return MovementPlayer(kinds, kb=kb or load(), seed=seed, speed=pace, blind=blind, view=view, wording=wording)


def compare_movements(
    kinds: Iterable[str], blind: bool = False, *, speed: float = 0.25, kb: KnowledgeBase | None = None
) -> MovementPlayer:
    """Show several kinds side by side on one clock.

    Parameters
    ----------
    kinds
        Two to eight kinds, in the order of show.
    blind
        Hide the names; each movement has a letter and a list from which the learner names it.
    speed
        Share of real speed, 0.05 to 1.
    kb
        A knowledge base other than the package's own, for the sources of the numbers.

    Raises
    ------
    ValueError
        When there is no such kind (the nearest is named), one comes twice, or there are fewer than two or more than
        eight.

    Examples
    --------
    >>> compare_movements(["tic", "chorea"], blind=True)
    <MovementPlayer: movement 1, movement 2>
    """
    names = [kinds] if isinstance(kinds, str) else list(kinds)
    for name in names:
        _require(name)
    if len(set(names)) < len(names):
        raise ValueError(f"A kind is named twice in {', '.join(names)}; each can be shown once.")
    if not 2 <= len(names) <= 8:
        raise ValueError(f"There {'is' if len(names) == 1 else 'are'} {len(names)} to compare; expected two to eight.")
    return MovementPlayer(names, kb=kb or load(), compare=True, blind=blind, speed=_require_speed(speed))


def _require(kind: str) -> None:
    if kind in STAGES:
        return
    if kind in NOT_SHOWN:
        raise ValueError(f"The kind {kind!r} is not shown: {NOT_SHOWN[kind]}. Its signals can be simulated.")
    near = get_close_matches(str(kind), STAGES, 1, 0.0)[0]
    raise ValueError(f"There is no kind {kind!r}. Did you mean {near!r}? Kinds: {', '.join(STAGES)}.")


def _require_speed(speed: float) -> float:
    if not SLOWEST <= speed <= FASTEST:
        raise ValueError(f"The speed is {speed}; expected {SLOWEST} to {FASTEST:g} of real speed.")
    return float(speed)


def _choices() -> list[list[str]]:
    """Return every kind that can be the answer, by name in print."""
    from ..signals import KINDS  # noqa: PLC0415  # numpy, which not every explorer needs

    return sorted(([kind, KINDS[kind].label] for kind in STAGES), key=lambda pair: pair[1])


def _frame_of(movement: Mapping[str, Any], blind: bool, number: int) -> str:
    """Return one movement as a table of its first events; blind, without any name."""
    names = [trace["site"] for trace in movement["traces"]]
    rows = []
    for event in movement["events"][:_FIRST]:
        for site, onset, duration in event["bursts"]:
            plain = movement["muscles"][site]["plain"]
            hidden = f"trace {names.index(site) + 1}" if site in names else "another muscle"
            rows.append((f"{onset:.3f} s", hidden if blind else plain, f"{duration:g} ms"))
    count = len(movement["events"])
    name = f"Movement {chr(65 + number)}" if blind else movement["label"]
    caption = f"{name}. {movement['look']} {movement['said']} The first {min(count, _FIRST)} of {count} events:"
    lasts = "Silent for" if movement["negative"] else "Duration"
    return html_table(caption, ["Onset", "Muscle", lasts], rows)


def stage_of(kind: str) -> Stage:
    """Return how a kind is staged.

    Examples
    --------
    >>> stage_of("palatal").inset
    'mouth'
    """
    _require(kind)
    return STAGES[kind]

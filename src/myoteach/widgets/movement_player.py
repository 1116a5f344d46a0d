"""The movement player: a figure that moves because the simulated muscle fired, and its traces, on one clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError
from ..knowledge import KnowledgeBase, load
from ._explorer import Explorer, checked, html_table, when_idle
from ._modules import module, style
from ._movement_stages import NOT_SHOWN, STAGES

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

    The browser keeps the time; `t` is where it stood when it last stopped. In a kernel only what is seen first is made
    at once; the rest follows when the kernel has nothing else to do, so that it is there when the kernel is not.
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
        self,
        kinds: Sequence[str],
        *,
        kb: KnowledgeBase | None = None,
        compare: bool = False,
        seed: int | None = None,
        **traits: Any,
    ) -> None:
        self._kb, self._seed, self._is_whole = kb, seed, True
        self._recordings: dict[str, Recording] = {}
        movements = [self._stage(kind) for kind in (kinds if compare else kinds[:1])]
        data = {"compare": compare, "movements": movements, "offered": _labels(kinds), "choices": _choices()}
        super().__init__(data=data, **{"kind": kinds[0]} | traits)
        if not compare:
            self._is_whole = False
            when_idle(self._complete)

    def _stage(self, kind: str) -> dict[str, Any]:
        """Record a kind and return what the module draws of it."""
        from ._movement_payload import payload, record  # noqa: PLC0415  # numpy, which not every explorer needs

        stage = STAGES[kind] if self._seed is None else replace(STAGES[kind], seed=self._seed)
        self._recordings[kind] = record(kind, stage)
        return payload(self._recordings[kind], stage)

    def _complete(self) -> None:
        """Record what else is offered, and say what the numbers rest on: the first picture does not wait for it."""
        if self._is_whole:
            return
        self._is_whole = True
        others = [kind for kind, _ in self.data["offered"] if kind not in self._recordings]
        movements = [*self.data["movements"], *(self._stage(kind) for kind in others)]
        self.data = self.data | {"movements": [self._with_numbers(movement) for movement in movements]}

    def _with_numbers(self, movement: dict[str, Any]) -> dict[str, Any]:
        from ._simulated import numbers_of  # noqa: PLC0415  # signals, and with it numpy

        self._kb = self._kb or load()
        return movement | {"provenance": numbers_of(self._recordings[movement["kind"]], self._kb)}

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return the whole state, with what was still to come: a page made of it has no kernel to ask later."""
        if key is None:
            self._complete()
        return dict(super().get_state(key, drop_defaults))

    @property
    def recordings(self) -> dict[str, Recording]:
        """What is offered, recorded, by kind."""
        self._complete()
        return self._recordings

    @property
    def recording(self) -> Recording:
        """What is shown now, with its truth: the events that the table lists."""
        return self._recordings[self.kind]

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
        kinds = [kind for kind, _ in self.data["offered"]]
        names = [f"movement {index + 1}" if self.blind else kind for index, kind in enumerate(kinds)]
        return f"<MovementPlayer: {', '.join(names)}>"

    @traitlets.validate("kind")
    def _add_unknown_kind(self, proposal: Mapping[str, Any]) -> str:
        """Record a kind that is not here yet, before it is shown."""
        kind = checked(_require, str(proposal["value"]))
        if kind not in self._recordings:
            self._complete()
        if kind not in self._recordings:
            added = self._with_numbers(self._stage(kind))
            offered = [*self.data["offered"], *_labels([kind])]
            self.data = self.data | {"movements": [*self.data["movements"], added], "offered": offered}
        return kind

    @traitlets.validate("speed")
    def _refuse_absurd_speed(self, proposal: Mapping[str, Any]) -> float:
        return checked(_require_speed, float(proposal["value"]))


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
    return MovementPlayer(kinds, kb=kb, seed=seed, speed=pace, blind=blind, view=view, wording=wording)


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
        raise BadValueError(f"A kind is named twice in {', '.join(names)}; each can be shown once.")
    if not 2 <= len(names) <= 8:
        raise BadValueError(
            f"There {'is' if len(names) == 1 else 'are'} {len(names)} to compare; expected two to eight."
        )
    return MovementPlayer(names, kb=kb, compare=True, blind=blind, speed=_require_speed(speed))


def _require(kind: str) -> str:
    if kind in STAGES:
        return kind
    if kind in NOT_SHOWN:
        raise BadValueError(f"The kind {kind!r} is not shown: {NOT_SHOWN[kind]}. Its signals can be simulated.")
    near = get_close_matches(str(kind), STAGES, 1, 0.0)[0]
    raise BadValueError(f"There is no kind {kind!r}. Did you mean {near!r}? Kinds: {', '.join(STAGES)}.")


def _require_speed(speed: float) -> float:
    if not SLOWEST <= speed <= FASTEST:
        raise BadValueError(f"The speed is {speed}; expected {SLOWEST} to {FASTEST:g} of real speed.")
    return float(speed)


def _labels(kinds: Iterable[str]) -> list[list[str]]:
    """Return kinds with their names in print."""
    from ..signals import KINDS  # noqa: PLC0415  # numpy, which not every explorer needs

    return [[kind, KINDS[kind].label] for kind in kinds]


def _choices() -> list[list[str]]:
    """Return every kind that can be the answer, by name in print."""
    return sorted(_labels(STAGES), key=lambda pair: pair[1])


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

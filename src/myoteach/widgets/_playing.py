"""The traits of every explorer that plays a movement beside its own subject; `_scene.js` follows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import traitlets

from ..knowledge import KnowledgeBase
from ._explorer import Explorer

if TYPE_CHECKING:
    from ..signals import Recording
    from ._movement_stages import Stage

#: Slowest and fastest share of real speed, as in the movement player.
SLOWEST, FASTEST = 0.05, 1.0


class Playing(Explorer):
    """An explorer that plays; the browser keeps the time, `t` is where it stood when it last stopped."""

    playing = traitlets.Bool(False).tag(sync=True)
    t = traitlets.Float(0.0).tag(sync=True)
    speed = traitlets.Float(0.25, min=SLOWEST, max=FASTEST).tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)
    sources_open = traitlets.Bool(False).tag(sync=True)


def staged(
    kind: str, kb: KnowledgeBase, *, stage: Stage | None = None, stimuli: tuple[float, ...] | None = None
) -> tuple[Recording, dict[str, Any]]:
    """Return a kind's recording as the movement player stages it, or as `stage` says, and what the module draws of it.

    `stimuli` are times in seconds, for a kind that answers to them but is usually recorded without.

    Examples
    --------
    >>> from myoteach import load
    >>> recording, movement = staged("hiccup", load())
    >>> recording.truth.kind, movement["inset"]
    ('hiccup', 'throat')
    """
    from ._movement_payload import payload, record  # noqa: PLC0415  # numpy, which not every explorer needs
    from ._movement_stages import STAGES  # noqa: PLC0415
    from ._simulated import numbers_of  # noqa: PLC0415

    stage = stage or STAGES[kind]
    recording = record(kind, stage, stimuli)
    return recording, payload(recording, stage) | {"provenance": numbers_of(recording, kb)}

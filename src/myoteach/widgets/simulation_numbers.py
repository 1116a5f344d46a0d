"""Every number behind a simulated recording, with its source or the word that it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._told import BadValueError
from ..knowledge import KnowledgeBase, load
from ._simulated import UNSOURCED
from .table import Table

if TYPE_CHECKING:
    from ..signals import Recording

_COLUMNS = ("number", "value", "source", "what_the_source_says")


def simulation_numbers(recording: Recording, *, sourced_only: bool = False, kb: KnowledgeBase | None = None) -> Table:
    """List the numbers a simulated recording was made with.

    Parameters
    ----------
    recording
        From `myoteach.signals.simulate`.
    sourced_only
        Leave out what nobody has sourced; how many were left out is said.
    kb
        A knowledge base other than the package's own.

    Raises
    ------
    ValueError
        When the recording was not simulated.

    Examples
    --------
    >>> from myoteach.signals import simulate
    >>> shown = simulation_numbers(simulate("cortical_action", 5, seed=1))
    >>> [row[:1] + row[2:3] for row in shown.rows if row[0] == "duration"]
    [('duration', 'EPP003')]
    """
    if not recording.provenance:
        raise BadValueError("This recording was not simulated: it has no numbers to list. Use one from simulate().")
    kb = kb or load()
    rows = [_row(kb, each.parameter, each.value.replace("uV", "µV"), each.source) for each in recording.provenance]
    kept = [row for row in rows if row[2].startswith("EP")] if sourced_only else rows
    sourced = sum(row[2].startswith("EP") for row in rows)
    caption = (
        f"{len(rows)} numbers made this recording: {sourced} come from a row of the tables, "
        f"{sum(row[2] == UNSOURCED for row in rows)} are defaults that nobody has sourced."
    )
    return Table(caption, _COLUMNS, tuple(kept))


def _row(kb: KnowledgeBase, name: str, value: str, source: str) -> tuple[str, str, str, str]:
    if not source.startswith("EP"):
        return name, value, UNSOURCED if source == "default" else "set for this lesson, unsourced", ""
    row = kb.get(source)
    said = ": ".join(
        filter(None, (f"{getattr(row, 'kind', '')}, {getattr(row, 'parameter', '')}", getattr(row, "text", "")))
    )
    return name, value, source, said

"""What the numbers of a simulated recording rest on, in words."""

from __future__ import annotations

from ..knowledge import KnowledgeBase
from ..knowledge.records import Parameter, Source
from ..signals import Recording

UNSOURCED = "default, unsourced"


def numbers_of(recording: Recording, kb: KnowledgeBase) -> list[list[str]]:
    """Return every number of the simulation: its name, its value, and what it rests on in words.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.signals import simulate
    >>> numbers = numbers_of(simulate("cortical_action", 2, seed=1), load())
    >>> [rests.partition(":")[0] for name, value, rests in numbers if name == "duration"]
    ['EPP003']
    """
    return [[row.parameter.replace("_", " "), row.value, rests_on(row.source, kb)] for row in recording.provenance]


def rests_on(row_id: str, kb: KnowledgeBase) -> str:
    """Say what a number of the simulation rests on, by the id of its row in the tables.

    Examples
    --------
    >>> from myoteach import load
    >>> rests_on("EPD004", load())
    'default, unsourced'
    """
    row = measurements(kb).get(row_id)
    if row is None or not row.source_ids:
        return UNSOURCED
    if not kb.is_supported(row):
        return f"{row.id}: no source that can be identified, counts as unsourced"
    sources = "; ".join(_short(source) for source in kb.sources_of(row))
    return f"{row.id}: {sources}" + ("" if row.support == "direct" else " (on the topic)")


def measurements(kb: KnowledgeBase) -> dict[str, Parameter]:
    """Return the rows a simulation may take a number from, by their ids."""
    return {row.id: row for name in ("ep_parameters", "ep_defaults") for row in kb.records(name, Parameter)}


def _short(source: Source) -> str:
    first = source.authors.split(",")[0] if source.authors else source.title
    return f"{first} {source.year}".strip()

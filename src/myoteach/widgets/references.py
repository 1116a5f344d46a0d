"""The sources of a lesson, as a list that every viewer can show."""

from __future__ import annotations

import html
from dataclasses import dataclass

from ..knowledge import KnowledgeBase, load
from ..knowledge.records import Source


@dataclass(frozen=True, slots=True)
class References:
    """A list of sources; Jupyter shows it as HTML, a terminal as text."""

    sources: tuple[Source, ...]

    def _repr_html_(self) -> str:
        return f"<ul>{''.join(map(_item, self.sources))}</ul>"

    def __repr__(self) -> str:
        return "\n".join(f"[@{source.id}] {source.citation} {source.link}".rstrip() for source in self.sources)


def _item(source: Source) -> str:
    text = html.escape(source.citation)
    if source.link:
        text = f'<a href="{html.escape(source.link, quote=True)}" rel="noopener noreferrer" target="_blank">{text}</a>'
    note = "" if source.status == "complete" else " (no DOI, PMID or own page found yet)"
    return f"<li><strong>[@{html.escape(source.id)}]</strong> {text}{note}</li>"


def references(*ids: str, kb: KnowledgeBase | None = None) -> References:
    """List the sources that a lesson's text names.

    Parameters
    ----------
    ids
        Ids of sources, as they stand in square brackets in the text.
    kb
        A knowledge base other than the package's own.

    Raises
    ------
    KeyError
        When a source does not exist; the message names the nearest one.

    Examples
    --------
    >>> print(references("payne2017"))  # doctest: +ELLIPSIS
    [@payne2017] Payne LE, ... https://doi.org/10.1186/s13054-017-1856-1
    """
    kb = kb or load()
    found = [kb.get(name, table="sources") for name in ids]
    return References(tuple(source for source in found if isinstance(source, Source)))

"""The words of a page: some terms of the glossary, each folded under its name, for every viewer there is."""

from __future__ import annotations

import html
from dataclasses import dataclass

from ..knowledge import KnowledgeBase, load
from ..knowledge.records import Term
from ._terms import find_term

#: The heading under which a lesson calls `terms`; prose links to it as ``[asterixis](#Words-of-this-page)``.
HEADING = "Words of this page"


@dataclass(frozen=True, slots=True)
class Words:
    """Some terms with both meanings; Jupyter and a web page show them folded, a terminal as text."""

    rows: tuple[Term, ...]

    def _repr_html_(self) -> str:
        return "".join(map(_fold, self.rows))

    def __repr__(self) -> str:
        return "\n".join(f"{row.term}: {row.plain}" for row in self.rows)


def _fold(row: Term) -> str:
    also = f" <small>({html.escape('; '.join(row.also))})</small>" if row.also else ""
    mark = " <small>(needs a source)</small>" if row.support == "none" else ""
    return (
        f"<details><summary><strong>{html.escape(row.term)}</strong>{also}{mark}</summary>"
        f"<p>{html.escape(row.plain)}</p><p><em>For clinicians.</em> {html.escape(row.clinical)}</p></details>"
    )


def terms(*names: str, kb: KnowledgeBase | None = None) -> Words:
    """Show terms of the glossary under a lesson's heading *Words of this page*.

    A word in the prose links to them as ``[asterixis](#Words-of-this-page)``: plain Markdown, which a notebook, a web
    page, a keyboard and a phone all follow. What a term means stands in the table of the glossary and nowhere else.

    Parameters
    ----------
    names
        Terms, by their names, one of their other names, or their ids.
    kb
        A knowledge base other than the package's own.

    Raises
    ------
    KeyError
        When the glossary does not hold a term; the message names the nearest one.

    Examples
    --------
    >>> terms("rest myoclonus", "multifocal")
    Rest myoclonus: Jerks that come while the body part is relaxed.
    Multifocal: In several places, one here and one there, not all at the same time.
    """
    kb = kb or load()
    return Words(tuple(find_term(kb, name) for name in names))

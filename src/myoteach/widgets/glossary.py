"""The glossary: the terms of the field in plain and in clinical words, found by letter, by search, from each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Term
from ._explorer import Explorer, html_table, provenance, source_cards
from ._lessons import lesson_name
from ._modules import module, style
from ._terms import all_terms, find_term, lessons_using

if TYPE_CHECKING:
    import pandas


class Glossary(Explorer):
    """Terms under one letter, or those a search finds; one of them opened.

    A term for which no source was found is a draft: it is left out unless `drafts` is true, and then it is marked.
    """

    _esm = module("glossary.js")
    _css = style("glossary.css")

    query = traitlets.Unicode("").tag(sync=True)
    letter = traitlets.Unicode("A").tag(sync=True)
    opened = traitlets.Unicode("").tag(sync=True)
    wording = traitlets.Enum(["plain", "clinical"], "plain").tag(sync=True)
    drafts = traitlets.Bool(False).tag(sync=True)
    limit = traitlets.Int(12, min=1).tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._terms = {row.id: row for row in all_terms(kb)}
        super().__init__(data=_data(kb, tuple(self._terms.values())), **traits)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The terms on show, in order: those a search finds, or else those under the letter."""
        shown = [row for row in self._terms.values() if self.drafts or row.support != "none"]
        query = self.query.lower().strip()
        if not query:
            return tuple(row for row in shown if row.term[0].upper() == self.letter)
        ranked = ((_rank(row, query), row) for row in shown)
        return tuple(row for rank, row in sorted(ranked, key=lambda pair: pair[0]) if rank < _NOT_FOUND)

    def frame(self) -> pandas.DataFrame:
        """Return the terms on show, to take in hand.

        Examples
        --------
        >>> glossary("negative myoclonus").frame().loc["negative-myoclonus", "term"]
        'Negative myoclonus'
        """
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        rows = [(row.term, "; ".join(row.also), row.plain, row.clinical, row.support) for row in self.terms]
        index = pd.Index([row.id for row in self.terms], name="id")
        return pd.DataFrame(rows, columns=["term", "also", "plain", "clinical", "support"], index=index)

    def first_frame(self) -> str:
        """Return the opened term, or else all terms with a source, as plain HTML."""
        chosen = [self._terms[self.opened]] if self.opened else list(self._terms.values())
        rows = [row for row in chosen if self.opened or row.support != "none"]
        lead = "<p><strong>Glossary.</strong> With a kernel this is live: search, or choose a letter.</p>"
        cells = ((_said(row), row.plain, row.clinical) for row in rows)
        return lead + html_table(f"{len(rows)} terms", ["Term", "In plain words", "For clinicians"], cells, left=True)

    def __repr__(self) -> str:
        return f"<Glossary: {len(self._terms)} terms>"

    @traitlets.validate("opened")
    def _refuse_unknown_term(self, proposal: Mapping[str, Any]) -> str:
        name = str(proposal["value"])
        if name and name not in self._terms:
            raise traitlets.TraitError(f"The glossary has no term {name!r}.{hint(name, list(self._terms))}")
        return name


def glossary(term: str = "", *, wording: str = "plain", kb: KnowledgeBase | None = None) -> Glossary:
    """Show the glossary.

    Parameters
    ----------
    term
        A term to open, by its name, one of its other names, or its id; empty to begin at A.
    wording
        ``"plain"`` or ``"clinical"``: which meaning is shown first. An opened term shows both.
    kb
        A knowledge base other than the package's own.

    Raises
    ------
    KeyError
        When the glossary does not hold the term; the message names the nearest one.
    traitlets.TraitError
        When the wording is not one of the words above.

    Examples
    --------
    >>> shown = glossary("flapping tremor")
    >>> shown.opened, shown.terms[0].term
    ('asterixis', 'Asterixis')
    """
    kb = kb or load()
    shown = Glossary(kb, wording=wording)
    if term:
        row = find_term(kb, term)
        # Searched for, so that it stands first and those that speak of it follow.
        shown.query, shown.letter, shown.opened = row.term, row.term[0].upper(), row.id
        shown.drafts = row.support == "none"
    return shown


_NOT_FOUND = 4


def _rank(row: Term, query: str) -> int:
    """Say how well a term answers a search: its name begins so, another name does, a name holds it, a text holds it."""
    names = [name.lower() for name in (row.term, *row.also)]
    if names[0].startswith(query):
        return 0
    if any(name.startswith(query) for name in names[1:]):
        return 1
    if any(query in name for name in names):
        return 2
    return 3 if query in f"{row.plain}\n{row.clinical}".lower() else _NOT_FOUND


def _said(row: Term) -> str:
    return f"{row.term} (needs a source)" if row.support == "none" else row.term


def _data(kb: KnowledgeBase, rows: tuple[Term, ...]) -> dict[str, Any]:
    """Return what the module shows, as plain JSON; terms stand from A to Z."""
    return {"terms": [_card(row) for row in rows], "sources": source_cards(kb, rows)}


def _card(row: Term) -> dict[str, Any]:
    return {
        "id": row.id,
        "term": row.term,
        "also": list(row.also),
        "plain": row.plain,
        "clinical": row.clinical,
        "see": list(row.see_also),
        "lessons": [lesson_name(number) for number in lessons_using(row)],
    } | provenance(row)

"""A table of the knowledge base as a page shows it: whole sentences, nothing cut."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ..knowledge import KnowledgeBase, load
from ..knowledge.records import Record
from ._explorer import html_table

_DRAFT = " °"
_NOTE = "(°: our judgement; no source yet says it in so many words, and no clinician has signed it.)"
#: Rows that a terminal shows; the HTML holds all.
_MOST = 30


@dataclass(frozen=True, slots=True)
class Table:
    """Some columns of some rows; Jupyter shows it as HTML, a terminal as text."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def _repr_html_(self) -> str:
        return html_table(self.caption, self.heads, self.rows, left=True)

    def __repr__(self) -> str:
        more = [f"... and {len(self.rows) - _MOST} rows more"] if len(self.rows) > _MOST else []
        return "\n".join([*(" | ".join(row) for row in (self.heads, *self.rows[:_MOST])), *more])


def table(
    name: str,
    columns: Sequence[str] | Mapping[str, str],
    *,
    caption: str = "",
    kb: KnowledgeBase | None = None,
    **where: str | Collection[str],
) -> Table:
    """Show columns of a table, with whole sentences where a pandas frame would cut them.

    A cell that its row counts among the drafts carries a mark, and the caption says what the mark means.

    Parameters
    ----------
    name
        A table of the knowledge base.
    columns
        Its columns to show, in this order; a mapping gives each the words that stand above it.
    caption
        A sentence above the table.
    kb
        A knowledge base other than the package's own.
    **where
        Column and value, or several values of which one will do, that a row must have to be shown.

    Raises
    ------
    KeyError
        When the table or a column does not exist; the message names the nearest one.

    Examples
    --------
    >>> table("urgency", ["id"])
    id
    emergency
    urgent
    soon
    routine
    none
    >>> table("mimics", {"plain_name": "Movement", "rhythm": "Beat"}, id=("MIM02", "MIM03"))
    Movement | Beat
    Tic | irregular, in bouts
    Trembling | rhythmic
    >>> table("mimics", ["plain_name", "urgency"], id="MIM02")
    plain name | urgency
    Tic | routine °
    """
    kb = kb or load()
    rows = kb.table(name)
    for column in (*columns, *where):
        kb.require_column(name, column)
    wanted = {column: (values,) if isinstance(values, str) else values for column, values in where.items()}
    shown = (row for row in rows if all(getattr(row, column) in values for column, values in wanted.items()))
    cells = tuple(tuple(_cell(row, column) for column in columns) for row in shown)
    words = columns if isinstance(columns, Mapping) else {column: column.replace("_", " ") for column in columns}
    marked = any(cell.endswith(_DRAFT) for row in cells for cell in row)
    return Table(f"{caption} {_NOTE}".strip() if marked else caption, tuple(words.values()), cells)


def _cell(row: Record, column: str) -> str:
    text = _text(getattr(row, column))
    return text + _DRAFT if text and column in getattr(row, "draft_fields", ()) else text


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return "" if value is None else str(value)

"""A plate: a picture, the sentences under it and the table with the same content, shown together."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go


MIME = "application/vnd.plotly.v1+json"
#: No controls on the picture: what they would do, the table does for everybody.
_STILL = {"staticPlot": True, "displayModeBar": False, "responsive": True}


@dataclass(frozen=True, slots=True)
class Plate:
    """A figure that can be read without being seen.

    `caption` is written from the measured values, `columns` and `rows` hold what the picture shows, as text with units.

    Examples
    --------
    >>> import plotly.graph_objects as go
    >>> plate = Plate(go.Figure(), "Nothing yet.", ("muscle",), (("APB_R",),))
    >>> print(plate)
    Nothing yet.
    muscle
    APB_R
    """

    figure: go.Figure
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> str:
        """Caption and table as HTML; every cell is text."""
        head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in self.columns)
        body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in self.rows)
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>" if self.rows else ""
        return f'<div class="myo-plate"><p>{html.escape(self.caption)}</p>{table}</div>'

    def __str__(self) -> str:
        return "\n".join([self.caption, *(" | ".join(row) for row in (self.columns, *self.rows))])

    def _ipython_display_(self) -> None:
        """Show the picture and, below it, the words; one output could hold only one of the two."""
        from IPython.display import display  # noqa: PLC0415  # only a notebook calls this, and has it loaded

        show: Callable[..., object] = display
        show(self.picture, raw=True)
        show({"text/html": self.words, "text/plain": str(self)}, raw=True)

    @property
    def picture(self) -> dict[str, Any]:
        """The picture as a notebook stores it.

        plotly's own way does the same, but its first call imports nbformat and every renderer, which takes 2 s.
        """
        plain: dict[str, Any] = json.loads(json.dumps(self.figure.to_plotly_json()))
        return {MIME: plain | {"config": _STILL}, "text/plain": self.caption}


def plate(figure: go.Figure, caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Plate:
    """Put a plate together, with the caption in the figure too, for whatever shows it alone."""
    figure.update_layout(meta={"description": caption})
    return Plate(figure, caption, tuple(columns), tuple(tuple(row) for row in rows))

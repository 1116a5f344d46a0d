"""What stands on the cards: how large the names can be, and where their lines break."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

from ._cause_items import NEEDS_SOURCE, Item, sign_of
from ._lettering import LINE, wrap

#: From roomy to tight: size of the name in font sizes, and whether each note has a line of its own.
BESIDE = ((1.35, True), (1.2, True), (1.35, False), (1.2, False), (1.0, False))
STACKED = ((1.2, True), (1.0, True), (1.0, False))
Styles = Sequence[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class CardText:
    """Lines of one card, escaped for plotly; `size` is that of the name in font sizes."""

    name: tuple[str, ...]
    notes: tuple[str, ...]
    size: float

    @property
    def height(self) -> float:
        """Height of all lines in font sizes."""
        return (len(self.name) * self.size + len(self.notes)) * LINE


def card_texts(items: Sequence[Item], styles: Styles, width: float, room: float, font: float) -> list[CardText]:
    """Return the text of every card, all in the roomiest style in which every name fits whole.

    Parameters
    ----------
    items
        What the cards are about.
    styles
        From roomy to tight.
    width
        Width of the text in pixels.
    room
        Height of the text in font sizes. Where a name does not fit even in the tightest style, it ends in "…"; the
        table beside the picture has it whole.
    font
        Font size in pixels.
    """
    for style in styles:
        texts = [_card_text(item, style, width, font) for item in items]
        if all(text.height <= room for text in texts):
            return texts
    return [_card_text(item, styles[-1], width, font, room) for item in items]


def _card_text(item: Item, style: tuple[float, bool], width: float, font: float, room: float = math.inf) -> CardText:
    size, apart = style
    notes = _notes(item, apart, width, font)
    most = max(1, math.floor(min(99, (room / LINE - len(notes)) / size)))
    name = wrap(f"{item.number} {item.label}", width, size * font, bold=True, most=most)
    return CardText(tuple(f"<b>{escape(line)}</b>" for line in name), tuple(map(escape, notes)), size)


def _notes(item: Item, apart: bool, width: float, font: float) -> list[str]:
    missing = [NEEDS_SOURCE] if NEEDS_SOURCE in item.marks else []
    notes = [f"{sign_of(item.urgency)} {item.urgency_note}", item.removable_note, *missing]
    paragraphs = notes if apart else [" · ".join(notes)]
    return [line for text in paragraphs for line in wrap(text, width, font)]


def escape(text: str) -> str:
    """Make a text plain for plotly, which reads a little HTML."""
    return html.escape(text, quote=False)

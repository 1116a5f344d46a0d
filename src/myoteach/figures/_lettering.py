"""Break names into lines that fit a card.

plotly neither wraps text nor says how wide it is, so that the width is added up here from Arial's letter widths.
Liberation Sans and Helvetica have the same widths as Arial, and one of the three is on every desktop system.
"""

from __future__ import annotations

import re

#: What the figures ask for; see above why it is not the system font.
FONT = 'Arial, "Liberation Sans", Helvetica, sans-serif'
#: Height of a line of text in plotly, in font sizes.
LINE = 1.3
#: Room for a device that has none of the three fonts.
_SLACK = 1.04
_BOLDER = 1.07
_WIDTHS = {
    "ijl'|": 0.22,
    "ft .,:;!/I[]": 0.28,
    "r()-": 0.33,
    "*": 0.39,
    "ckvsxyzJ": 0.5,
    "wCDHNRUGOQ": 0.76,
    "mM%": 0.87,
    "W@▲◆●○–…": 1.0,
}
_WIDTH_OF = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_CAPITAL, _OTHER = 0.67, 0.56


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in pixels.

    Examples
    --------
    >>> text_width("ill", 20) < text_width("mow", 20) < text_width("mow", 20, bold=True)
    True
    """
    ems = sum(_WIDTH_OF.get(letter, _CAPITAL if letter.isupper() else _OTHER) for letter in text)
    return ems * size * _SLACK * (_BOLDER if bold else 1)


def wrap(text: str, width: float, size: float, *, bold: bool = False, most: int = 99) -> list[str]:
    """Break `text` into at most `most` lines no wider than `width` pixels; what is left over becomes "…".

    Examples
    --------
    >>> wrap("one two three", 80, 16)
    ['one two', 'three']
    >>> wrap("one two three", 80, 16, most=1)
    ['one two…']
    """
    lines = [""]
    for piece in _pieces(text, width, size, bold):
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), size, bold=bold) > width:
            lines.append("")
        lines[-1] += piece
    lines = [line.rstrip() for line in lines]
    return lines if len(lines) <= most else [*lines[: most - 1], _shortened(lines[most - 1], width, size, bold)]


def _pieces(text: str, width: float, size: float, bold: bool) -> list[str]:
    """Cut a text where a line may end: after a space, a hyphen or a slash, and inside a word wider than a line."""
    pieces: list[str] = []
    for piece in re.findall(r"[^\s/-]*[/-]+|\S*?(?=[/-])|\S+\s*|\s+", text):
        while text_width(piece.rstrip(), size, bold=bold) > width and len(piece) > 1:
            fits = max(1, _count_fitting(piece, width, size, bold))
            pieces.append(piece[:fits])
            piece = piece[fits:]  # noqa: PLW2901  # the rest of the same piece
        pieces.append(piece)
    return pieces


def _count_fitting(text: str, width: float, size: float, bold: bool) -> int:
    return next((n - 1 for n in range(1, len(text) + 1) if text_width(text[:n], size, bold=bold) > width), len(text))


def _shortened(line: str, width: float, size: float, bold: bool) -> str:
    while line and text_width(f"{line}…", size, bold=bold) > width:
        line = line[:-1]
    return f"{line.rstrip(' ,;(')}…"

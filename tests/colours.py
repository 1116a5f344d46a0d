"""The project's colours as its style sheets name them, and the contrast of two."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from pathlib import Path

from .conftest import ROOT

WIDGETS = ROOT / "src" / "myoteach" / "widgets"
COURSE = ROOT / "src" / "myoteach" / "course"
#: Pages without JupyterLab: the site, and the slides, on the same ground.
PAGES = [COURSE / "site" / "ground.css", COURSE / "site" / "site.css", COURSE / "slides" / "slides.css"]
#: Which of our three sets of colours a rule belongs to, by a mark in its selector.
_THEMES = {'[data-jp-theme-light="false"]': "dark", ":not([data-jp-theme-light])": "dark without Jupyter"}


@functools.cache
def rules(sheet: Path) -> tuple[tuple[str, dict[str, str]], ...]:
    """Every rule of a style sheet: its selector and what it sets. Rules for paper are left out."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL).split("@media print")[0]
    found = re.findall(r"([^{}]*)\{([^{}]*)\}", text)
    values = [dict(re.findall(r"([\w-]+):\s*([^;]+)", body)) for _, body in found]
    return tuple((" ".join(selector.split()), each) for (selector, _), each in zip(found, values, strict=True))


def themes(*sheets: Path) -> dict[str, dict[str, str]]:
    """The named colours of style sheets, for the light page, Jupyter's dark page, and a dark page without Jupyter."""
    found: dict[str, dict[str, str]] = {"light": {}, **{name: {} for name in _THEMES.values()}}
    for sheet in sheets:
        for selector, values in rules(sheet):
            theme = next((name for mark, name in _THEMES.items() if mark in selector), "light")
            for name, value in values.items():
                if name.startswith("--") and re.fullmatch(r"#[0-9a-f]{6}", value):
                    found[theme][name[2:]] = value
    return found


def rgb(colour: str) -> tuple[float, ...]:
    """Red, green and blue, 0 to 255."""
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def mixed(colour: str, share: float, ground: str) -> str:
    """What `color-mix(in srgb, colour share, ground)` gives."""
    parts = zip(rgb(colour), rgb(ground), strict=True)
    return "#" + "".join(f"{round(one * share + other * (1 - share)):02x}" for one, other in parts)


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    shares = [value / 255 for value in rgb(colour)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in shares]
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG defines it, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_low(theme: Mapping[str, str], marks: set[str], grounds: set[str], least: float) -> list[str]:
    """Which of these marks cannot be read on which of these grounds."""
    pairs = ((mark, ground, contrast(theme[mark], theme[ground])) for mark in marks for ground in grounds)
    return sorted(f"{mark} on {ground}: {ratio:.2f}" for mark, ground, ratio in pairs if ratio < least)

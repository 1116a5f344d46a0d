"""Every text and every mark that means something stands out from what it lies on, in every theme: computed from the
style sheets themselves, so that a colour nobody thought of is found here.

A text may come to stand on any ground, so that every colour of text is held against every ground. What cannot be so is
named, with its reason.
"""

from __future__ import annotations

import re
import sysconfig
from pathlib import Path

import pytest

from myoteach.figures import _ink
from tests.colours import COURSE, PAGES, WIDGETS, contrast, mixed, rules, themes, too_low

TEXT, MARK = 4.5, 3
SHEETS = sorted(WIDGETS.glob("*.css"))
NAMES = ["light", "dark", "dark without Jupyter"]
#: Colours of text that have a ground of their own: (text, ground).
OWN_GROUND = {
    "on-accent": {"accent"},  # buttons, and what is chosen
    "paper": {"a", "b"},  # the handles of the callipers
    "tone-0": {"paper"},  # the names of traces, beside them
    "tone-1": {"paper"},
    "tone": set[str](),  # one of four tones, see below
}
#: Fills of bars, lines and handles: nothing is written on them but what OWN_GROUND names.
NOT_A_GROUND = {"accent", "good", "dim", "ink", "edge", "tone", "tint"}
#: Marks that need no contrast, and why.
NOT_A_MARK = {
    "line": "parts what white space parts already",
    "soft": "parts rows",
    "urgent": "a fill inside an outline of ink, or the edge of a box whose words say the same",
    "tone": "one of four tones, which are marks themselves",
    "tone-now": "a tone, paler where it moves too fast to be shown without flashing",
    "line-now": "ink, paler where it moves too fast to be shown without flashing",
    "pale": "a share",
    "pale-line": "what ink and tones become where they move too fast to be shown without flashing",
    "paper": "the gap between two marks",
    "flesh": "a fill inside an outline of ink",
    "tissue": "a fill inside an outline",
    "mark": "hatching in the accent",
    "tint": "one of the signs' colours, see the tints",
    "accent-soft": "a fill inside an outline",
}
#: Grounds of pictures: what stands on them is outlined or drawn in ink.
GROUNDS_OF_MARKS = {"paper", "soft", "accent-soft"}


def used(*properties: str, sheets: list[Path] = SHEETS) -> set[str]:
    """The names of the colours that these properties take anywhere."""
    values = [values.get(name, "") for sheet in sheets for _, values in rules(sheet) for name in properties]
    return {name for value in values for name in re.findall(r"var\(--([\w-]+)", value)}


@pytest.fixture(scope="module")
def palettes() -> dict[str, dict[str, str]]:
    return themes(*SHEETS)


def test_both_dark_pages_have_the_same_colours(palettes: dict[str, dict[str, str]]) -> None:
    assert palettes["dark"] == palettes["dark without Jupyter"]
    assert palettes["dark"].keys() == palettes["light"].keys()
    site = themes(*PAGES)
    assert site["dark"] == site["dark without Jupyter"]


@pytest.mark.parametrize("name", NAMES)
def test_text_of_an_explorer_can_be_read(palettes: dict[str, dict[str, str]], name: str) -> None:
    texts = used("color") - OWN_GROUND.keys()
    grounds = used("background") - NOT_A_GROUND
    assert {"ink", "dim", "accent", "emergency", "soon", "good"} <= texts
    assert {"paper", "soft", "accent-soft", "emergency-soft", "good-soft", "day", "night"} <= grounds
    assert too_low(palettes[name], texts, grounds, TEXT) == []
    for text, own in OWN_GROUND.items():
        assert too_low(palettes[name], {text} & palettes[name].keys(), own, TEXT) == []
    tones = {f"tone-{number}" for number in range(4)}
    assert too_low(palettes[name], tones, {"paper"}, TEXT) == []  # the names over the traces


@pytest.mark.parametrize("name", NAMES)
def test_marks_of_an_explorer_can_be_seen(palettes: dict[str, dict[str, str]], name: str) -> None:
    edges = used("border", "border-color", "border-inline-start", "border-inline-start-color", "border-top")
    marks = edges | used("outline", "box-shadow", "stroke", "accent-color", "border-bottom")
    assert {"edge", "accent", "emergency", "soon", "good", "dim", "ink", "tone-0", "tone-1"} <= marks
    marks -= NOT_A_MARK.keys()
    assert too_low(palettes[name], marks | {"a", "b"}, GROUNDS_OF_MARKS, MARK) == []
    assert too_low(palettes[name], {f"tone-{number}" for number in range(4)}, {"paper"}, MARK) == []
    assert contrast(palettes[name]["ink"], palettes[name]["urgent"]) >= MARK or name != "light"


@pytest.mark.parametrize("name", NAMES)
def test_tints_carry_ink_and_signs(palettes: dict[str, dict[str, str]], name: str) -> None:
    """Lights and wedges are tinted with the colour of the sign that stands on them."""
    theme, seen = palettes[name], 0
    for sheet in SHEETS:
        for _, values in rules(sheet):
            paint = values.get("background", "") + values.get("fill", "")
            for tone, share in re.findall(r"color-mix\(in srgb, var\(--(\w+)\) (\d+)%, var\(--paper\)\)", paint):
                seen += 1
                for tint in ("emergency", "urgent", "soon", "accent", "dim"):
                    ground = mixed(theme[tint], int(share) / 100, theme["paper"])
                    assert contrast(theme["ink"], ground) >= TEXT, (sheet.name, tone, tint)
                    sign = theme["ink"] if tint == "urgent" else theme[tint]
                    assert contrast(sign, ground) >= MARK, (sheet.name, tone, tint)
    assert seen == 3


@pytest.mark.parametrize("name", NAMES)
def test_the_site_can_be_read(palettes: dict[str, dict[str, str]], name: str) -> None:
    site = themes(*PAGES)[name]
    texts = used("color", sheets=PAGES) - {"card"}  # stands on the accent alone: buttons, and what is chosen
    grounds = used("background", sheets=PAGES) - {"accent"}
    assert {"ink", "dim", "accent", "code-a", "code-b"} <= texts
    assert {"paper", "card", "soft", "warn-soft", "accent-soft"} <= grounds
    assert too_low(site, texts, grounds, TEXT) == []
    assert too_low(site, {"card"}, {"accent"}, TEXT) == []
    assert too_low(site, {"edge", "accent", "warn"}, grounds, MARK) == []
    own = {f"site {ground}": site[ground] for ground in ("paper", "card")}  # what explorers of a page lie on
    texts = used("color") - OWN_GROUND.keys()
    assert too_low(palettes[name] | own, texts, set(own), TEXT) == []


def test_pictures_can_be_read() -> None:
    """Plates bring their own sheet, the same in every theme."""
    for text in (_ink.INK, _ink.DIM):
        assert contrast(text, _ink.SHEET) >= TEXT
        assert contrast(text, _ink.BAND) >= TEXT
    for mark in {*_ink.SERIES, *_ink.KIND_INK.values()}:
        assert contrast(mark, _ink.SHEET) >= MARK
        assert contrast(mark, _ink.BAND) >= MARK
    assert contrast(_ink.PLAIN_BAR, _ink.SHEET) >= MARK


def jupyter_themes() -> list[str]:
    folder = Path(sysconfig.get_path("data"), "share", "jupyter", "lab", "themes", "@jupyterlab")
    return sorted(str(path) for path in folder.glob("theme-*/index.css"))


def over(colour: str, ground: str) -> str:
    """A colour of JupyterLab as it comes out on an opaque ground."""
    names = {"white": "#ffffff", "black": "#000000"}
    colour = names.get(colour, colour)
    if found := re.fullmatch(r"rgba\((\d+),(\d+),(\d+),([\d.]+)\)", colour):
        plain = "#" + "".join(f"{int(part):02x}" for part in found.groups()[:3])
        return mixed(plain, float(found[4]), ground)
    return "#" + "".join(2 * digit for digit in colour[1:]) if len(colour) == 4 else colour


def of_jupyter(sheet: str) -> dict[str, str]:
    """The colours a theme of JupyterLab names; a reference to another is followed, or its fallback taken."""
    found = dict(re.findall(r"--(jp-[\w-]+|md-[\w-]+):([^;}]+)", Path(sheet).read_text(encoding="utf-8")))

    def value(name: str) -> str:
        text = found.get(name, "")
        if not (reference := re.fullmatch(r"var\(--([\w-]+)(?:,(.*))?\)", text)):
            return text
        return value(reference[1]) or reference[2] or ""

    return {name: value(name) for name in found}


@pytest.mark.parametrize("sheet", jupyter_themes(), ids=lambda path: Path(path).parent.name)
def test_what_takes_the_colours_of_jupyterlab_can_be_read(palettes: dict[str, dict[str, str]], sheet: str) -> None:
    """The prose, the words below a picture and the first frames are text in JupyterLab's own colours; the rings and
    edges of an explorer lie on its page.
    """
    theirs = of_jupyter(sheet)
    ours = palettes["dark" if "dark" in Path(sheet).parent.name else "light"]
    grounds = [over(theirs[f"jp-layout-color{number}"], "#ffffff") for number in (0, 1)]
    grounds += [over(theirs["jp-rendermime-table-row-background"] or grounds[0], grounds[0])]
    for ground in grounds:
        for text in ("jp-content-font-color1", "jp-content-link-color"):
            if theirs[text]:
                assert contrast(over(theirs[text], ground), ground) >= TEXT, (text, ground)
        for mark in ("accent", "edge"):
            assert contrast(ours[mark], ground) >= MARK, (mark, ground)


def test_all_three_themes_of_jupyterlab_were_read() -> None:
    assert len(jupyter_themes()) >= 3


def test_an_explorer_takes_no_colour_from_jupyterlab() -> None:
    """It brings ink and paper together: with one of them from elsewhere, neither could be answered for."""
    taken = [(sheet.name, value) for sheet in SHEETS for _, values in rules(sheet) for value in values.values()]
    assert [entry for entry in taken if "var(--jp-" in entry[1]] == []


def test_nothing_moves_by_style() -> None:
    """What moves does so because somebody pressed Play, frame by frame in the modules, where its speed is known."""
    moving = ("transition", "animation", "scroll-behavior")
    for sheet in (*SHEETS, *PAGES):
        text = sheet.read_text(encoding="utf-8")
        assert "@keyframes" not in text
        found = re.findall(rf"\b((?:{'|'.join(moving)})[\w-]*):\s*([^;]+);", text)
        assert {value for _, value in found} <= {"none", "auto"}, sheet.name
    for script in (*WIDGETS.glob("*.js"), *COURSE.rglob("*.js")):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"\.animate\(|behavior: \"smooth\"|startViewTransition", text), script.name

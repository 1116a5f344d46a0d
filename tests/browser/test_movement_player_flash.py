"""Nothing flashes: every kind, sixty frames a second, by WCAG 2.3.1; and a page that must fail."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from myoteach import compare_movements, movement_player
from myoteach.widgets._movement_stages import STAGES

from .test_movement_player_alone import FIVE, show

#: The film: half a projector's 1280 by 720 pixels, finer than a tenth of a degree.
WIDTH, HEIGHT = 640, 360
#: Largest share of a third-of-screen window that may flash; the criterion itself allows 0.25.
MOST = 0.10
SPEEDS = (1.0, 0.5, 0.25, 0.1, 0.05)
#: Frames of a film: a second and a quarter, in which the liveliest part is played.
FRAMES = 75
#: A patient who was not chosen: what holds for the kinds must hold for every seed.
ANOTHER = 11
METER = (Path(__file__).parent / "flashes.js").read_text(encoding="utf-8")

_FILM = """
([start, frames, speed]) => {
  const meter = makeMeter(), camera = makeCamera();
  model.set("playing", false);
  model.set("t", start);
  model.set("speed", speed);
  tick(10000);  // whatever moved before is long forgotten
  model.set("playing", true);
  for (let frame = 0; frame < frames; frame += 1) { tick(1000 / 60); meter.push(camera.shoot()); }
  return meter.worst;
}
"""


def film(page: Page, piece: tuple[float, int, float]) -> dict[str, float]:
    """Play a piece (where it starts, how many frames, at what speed), film every frame and return what flashes."""
    return page.evaluate(_FILM, list(piece))


def loaded(context: BrowserContext, widget: Any, **options: Any) -> Page:
    page = show(context, widget, **options).page
    page.add_script_tag(content=METER)
    return page


def liveliest(widget: Any, seconds: float) -> float:
    """Where the piece of this length begins in which most events lie."""
    movements = widget.data["movements"]
    times = sorted(event["time"] for movement in movements for event in movement["events"])
    last = min(movement["seconds"] for movement in movements) - seconds
    return max(
        (min(max(time - 0.02, 0), last) for time in times),
        key=lambda start: sum(start <= time < start + seconds for time in times),
    )


def piece_at(widget: Any, speed: float) -> tuple[float, int, float]:
    """What is filmed at this speed: where it starts, how many frames."""
    return liveliest(widget, FRAMES / 60 * speed), FRAMES, speed


# Not every speed of every kind is filmed. The fills cannot flash (tests/widgets computes their luminance), and the
# budget for lines is spent in pixels and seconds of the screen, whatever the speed: the slower the film, the fewer
# lines pass in a second. The worst are full speed, where most happens, and half, where a line stops at more pixels on
# its way. In the dark the same lines pass the same places. Five at once are filmed at all speeds.
@pytest.mark.parametrize(
    "kinds", [tuple(STAGES)[first : first + 6] for first in range(0, len(STAGES), 6)], ids=" ".join
)
@pytest.mark.parametrize(("seed", "dark", "speeds"), [(None, False, (1.0, 0.5)), (ANOTHER, True, (1.0,))])
def test_no_kind_flashes(
    stage: BrowserContext, kinds: tuple[str, ...], seed: int | None, dark: bool, speeds: tuple[float, ...]
) -> None:
    widgets = {kind: movement_player(kind, seed=seed) for kind in kinds}
    page = loaded(stage, movement_player(kinds[0], others=kinds[1:], seed=seed), dark=dark)
    for kind, widget in widgets.items():
        page.evaluate("(kind) => model.set('kind', kind)", kind)
        for speed in speeds:
            worst = film(page, piece_at(widget, speed))
            print(f"\nflash {kind} {'dark' if dark else 'light'} {speed}: {worst}")
            assert max(worst["general"], worst["red"]) < MOST, (kind, speed)


@pytest.mark.parametrize("dark", [False, True])
def test_five_on_one_clock_do_not_flash(stage: BrowserContext, dark: bool) -> None:
    widget = compare_movements(FIVE)
    page = loaded(stage, widget, dark=dark)
    for speed in SPEEDS:
        worst = film(page, piece_at(widget, speed))
        print(f"\nflash five {speed}: {worst}")
        assert worst["general"] < MOST, speed
        assert worst["red"] < MOST, speed


@pytest.mark.parametrize("kind", ["chorea", "asterixis", "hemifacial_spasm"])
def test_a_phone_does_not_flash(stage: BrowserContext, kind: str) -> None:
    widget = movement_player(kind)
    page = loaded(stage, widget, width=390, height=844)
    worst = film(page, piece_at(widget, 1.0))
    assert max(worst["general"], worst["red"]) < MOST


@pytest.mark.parametrize("kind", ["chorea", "asterixis", "hemifacial_spasm", "startle", "cortical_negative"])
@pytest.mark.parametrize("button", ["Next event", "On 10 milliseconds", "▶ Play"])
def test_a_held_key_does_not_flash(stage: BrowserContext, kind: str, button: str) -> None:
    page = loaded(stage, movement_player(kind))
    page.get_by_role("button", name=button, exact=True).focus()
    worst = page.evaluate(
        """async () => {
          const meter = makeMeter(), camera = makeCamera();
          const held = document.activeElement;
          let due = realNow();
          for (let frame = 0; frame < 80; frame += 1) {
            if (frame % 2) held.click();  // a held Enter presses about thirty times a second
            await new Promise((go) => setTimeout(go, Math.max(due - realNow(), 0)));
            due += 1000 / 60;
            tick(1000 / 60);
            meter.push(camera.shoot());
          }
          return meter.worst;
        }"""
    )
    assert max(worst["general"], worst["red"]) < MOST


_FLASHING = """
([colour, frames]) => {
  const meter = makeMeter(), camera = makeCamera();
  const figure = document.querySelector(".mv-figure");
  const flash = document.createElementNS("http://www.w3.org/2000/svg", "path");
  flash.style.fill = colour;
  flash.style.stroke = "none";
  figure.append(flash);
  for (let frame = 0; frame < 120; frame += 1) {
    flash.setAttribute("d", Math.floor(frame / frames) % 2 ? "M-900-900H900V900H-900Z" : "");
    meter.push(camera.shoot());
  }
  flash.remove();
  return meter.worst;
}
"""


def test_a_page_that_flashes_fails(stage: BrowserContext) -> None:
    page = loaded(stage, movement_player("tic"))
    black = page.evaluate(_FLASHING, ["black", 6])  # five flashes a second
    assert black["general"] > 0.5
    assert page.evaluate(_FLASHING, ["rgb(255, 0, 0)", 6])["red"] > 0.5
    slow = page.evaluate(_FLASHING, ["black", 20])  # one and a half
    assert slow["general"] < MOST
    faint = page.evaluate(_FLASHING, ["rgb(245, 245, 245)", 6])
    assert faint["general"] < MOST


def decoded(page: Page, picture: bytes) -> None:
    """Show a screenshot's pixels to the page as `shot`."""
    page.evaluate(
        f"""async (text) => {{
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          const pen = new OffscreenCanvas({WIDTH}, {HEIGHT}).getContext("2d");
          pen.drawImage(await createImageBitmap(new Blob([bytes], {{ type: "image/png" }})), 0, 0, {WIDTH}, {HEIGHT});
          window.shot = pen.getImageData(0, 0, {WIDTH}, {HEIGHT});
        }}""",
        base64.b64encode(picture).decode("ascii"),
    )


@pytest.mark.parametrize("kind", ["chorea", "hemifacial_spasm", "sleep_start", "parkinsonian_tremor"])
def test_the_film_is_what_a_screenshot_shows(stage: BrowserContext, kind: str) -> None:
    page = loaded(stage, movement_player(kind))
    page.evaluate("window.camera = makeCamera()")
    box = page.locator(".mv-board").bounding_box()
    assert box is not None
    for time in (0.4, 1.3, 3.7):
        page.evaluate("(time) => model.set('t', time)", time)
        decoded(page, page.screenshot())
        away = page.evaluate(
            """([left, top, right, bottom]) => {
              const film = camera.shoot(); let sum = 0, count = 0;
              for (let y = top; y < bottom; y += 1) for (let x = left; x < right; x += 1) {
                const at = 4 * (y * film.width + x);
                sum += Math.abs(film.data[at + 1] - shot.data[at + 1]) / 255; count += 1;
              }
              return sum / count;
            }""",
            [round(v / 2) for v in (box["x"], box["y"], box["x"] + box["width"], box["y"] + box["height"])],
        )
        print(f"\n{kind} {time}: film and screenshot differ by {away:.4f}")
        assert away < 0.03


def test_screenshots_of_the_liveliest_second_do_not_flash(stage: BrowserContext) -> None:
    widget = movement_player("chorea")
    page = loaded(stage, widget)
    page.evaluate("window.meter = makeMeter()")
    page.evaluate("(t) => { model.set('speed', 1); model.set('t', t); }", liveliest(widget, FRAMES / 60))
    page.evaluate("tick(10000); model.set('playing', true)")
    for _ in range(FRAMES):
        page.evaluate("tick(1000 / 60)")
        decoded(page, page.screenshot())
        page.evaluate("meter.push(shot)")
    worst = page.evaluate("meter.worst")
    assert worst["frames"] == FRAMES
    assert max(worst["general"], worst["red"]) < MOST

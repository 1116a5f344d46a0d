"""The neuraxis without a kernel: every control by mouse and by keyboard, and nothing that moves unasked."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from myoteach import neuraxis
from myoteach.widgets._neuraxis_levels import LEVELS

from .axe import barriers
from .conftest import Visit, visit
from .standalone import mount_fifty_times, page_of
from .test_movement_player_alone import HAND_CLOCK
from .test_movement_player_flash import METER, MOST, decoded


def show(
    context: BrowserContext,
    level: str = "cortex",
    *,
    dark: bool = False,
    width: int = 1280,
    height: int = 900,
    by_hand: bool = False,
    **traits: Any,
) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": height})
    explorer = neuraxis(level)
    for name, value in traits.items():
        setattr(explorer, name, value)
    text = page_of(explorer, dark=dark)
    seen.page.set_content(text.replace("<style>", f"<script>{HAND_CLOCK}</script><style>", 1) if by_hand else text)
    seen.page.wait_for_selector(".nx-field svg")
    return seen


def state(page: Page, name: str) -> Any:
    return page.evaluate("(name) => model.get(name)", name)


def calipers(page: Page) -> list[float]:
    return list(state(page, "caliper"))


def x_of(page: Page, time: float) -> float:
    """Where a time stands on the screen."""
    level = page.evaluate("model.get('data').levels.find(({ id }) => id === model.get('level'))")
    box = page.locator(".nx-field").bounding_box()
    assert box is not None
    return float(box["x"] + box["width"] * (time - level["start"]) / (level["end"] - level["start"]))


def middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# ------------------------------------------------------------------------------------------------------- levels


def test_levels_by_mouse_by_arrow_and_by_tapping_the_drawing(stage: BrowserContext) -> None:
    page = show(stage).page
    page.get_by_role("radio", name="Deep brain", exact=True).check()
    assert state(page, "level") == "deep"
    page.keyboard.press("ArrowDown")
    assert state(page, "level") == "startle"
    assert page.evaluate("document.activeElement.value") == "startle"
    for name in LEVELS:
        page.mouse.click(*middle(page, f".nx-mark[data-level={name}] circle"))
        assert state(page, "level") == name
        assert page.locator(".nx-level input:checked").get_attribute("value") == name
        assert page.locator(".nx-mark.nx-on").get_attribute("data-level") == name


@pytest.mark.parametrize("name", LEVELS)
def test_the_page_shows_the_muscles_of_the_level_in_order(stage: BrowserContext, name: str) -> None:
    page = show(stage, name).page
    level = page.evaluate("model.get('data').levels.find(({ id }) => id === model.get('level'))")
    names = [text.split("\n")[-1] for text in page.locator(".nx-names li").all_inner_texts()]
    assert names == [trace["plain"] for trace in level["traces"]]
    table = page.locator("table", has_text="Way from the start")
    for row, trace in zip(table.locator("tbody tr").all(), level["traces"], strict=True):
        text = row.inner_text()
        assert trace["plain"] in text
        assert (f"{trace['onset']} ms" in text) if trace["rank"] else ("silent" in text)
    assert page.locator(".nx-band").count() == sum(trace["rank"] is not None for trace in level["traces"])


def test_the_way_is_said_in_a_polite_region(stage: BrowserContext) -> None:
    page = show(stage).page
    page.get_by_role("radio", name="Nerve", exact=True).check()
    expect(page.get_by_role("status")).to_contain_text("Nerve. First right")


def test_wording_and_folds(stage: BrowserContext) -> None:
    page = show(stage).page
    page.get_by_role("radio", name="Clinical").check()
    assert "Sensorimotor cortex" in page.locator("h2").inner_text()
    assert "right orbicularis oris" in page.locator(".nx-names").inner_text()
    for key in ("moves", "measured", "numbers", "sources"):
        button = page.locator(f"[data-key={key}]")
        assert button.get_attribute("aria-expanded") == "false"
        button.focus()
        page.keyboard.press("Enter")
        assert page.locator(f"[data-key={key}]").get_attribute("aria-expanded") == "true"
        assert page.evaluate("document.activeElement.dataset.key") == key
    assert "default, unsourced" in page.locator(".nx-detail").inner_text()
    assert state(page, "opened") == ["moves", "measured", "numbers", "sources"]


# ------------------------------------------------------------------------------------------------------ caliper


def test_the_caliper_by_keyboard(stage: BrowserContext) -> None:
    page = show(stage).page
    first, second = page.locator(".nx-grip").all()
    second.focus()
    page.keyboard.press("ArrowRight")
    assert calipers(page) == [0, 11]
    page.keyboard.press("Shift+ArrowRight")
    assert calipers(page) == [0, 21]
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert calipers(page) == [0, 10]
    page.keyboard.press("End")
    assert calipers(page)[1] == page.evaluate("model.get('data').levels[0].end")
    assert second.get_attribute("aria-valuetext") == f"{calipers(page)[1]:g} ms"
    first.focus()
    page.keyboard.press("Home")
    assert calipers(page)[0] == page.evaluate("model.get('data').levels[0].start")
    page.keyboard.press("ArrowLeft")  # the end of the scale is the end
    assert calipers(page)[0] == page.evaluate("model.get('data').levels[0].start")
    span = calipers(page)[1] - calipers(page)[0]
    expect(page.get_by_role("status")).to_have_text(f"{span:g} ms between the handles.")
    assert f"{span:g} ms" in page.locator(".nx-difference").inner_text()


def test_the_caliper_by_mouse(stage: BrowserContext) -> None:
    page = show(stage).page
    x, y = middle(page, ".nx-grip-2 span")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.up()
    assert calipers(page) == [0, 10]  # taking a handle moves nothing
    page.mouse.down()
    page.mouse.move(x_of(page, 37.2), y, steps=6)
    assert calipers(page) == [0, 37]  # whole milliseconds, not the burst's own beginning
    page.mouse.up()
    page.mouse.move(x_of(page, 60), y)
    assert calipers(page) == [0, 37]
    field = page.locator(".nx-field").bounding_box()
    assert field is not None
    page.mouse.click(x_of(page, 5), field["y"] + field["height"] / 2)  # a tap brings the nearer handle
    assert calipers(page) == [5, 37]
    page.mouse.move(x_of(page, 5), field["y"] - 10)
    page.mouse.down()
    page.mouse.move(-50, y)
    page.mouse.up()
    assert calipers(page)[0] == page.evaluate("model.get('data').levels[0].start")


def test_the_handles_can_cross_and_the_difference_stays_positive(stage: BrowserContext) -> None:
    page = show(stage, caliper=[30.0, 10.0]).page
    assert page.locator(".nx-difference").inner_text().strip() == "20 ms"


def test_snapping_is_off_until_asked_for(stage: BrowserContext) -> None:
    page = show(stage).page
    onset = page.evaluate("model.get('data').levels[0].traces[7].onset")
    box = page.get_by_label("Snap to bursts")
    assert not box.is_checked()
    x, y = middle(page, ".nx-grip-2 span")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x_of(page, onset + 0.7), y)
    page.mouse.up()
    assert calipers(page)[1] == round(onset + 0.7)
    box.check()
    page.mouse.move(*middle(page, ".nx-grip-2 span"))
    page.mouse.down()
    page.mouse.move(x_of(page, onset + 0.7), y)
    page.mouse.up()
    assert calipers(page)[1] == onset
    page.locator(".nx-grip").nth(1).focus()
    page.keyboard.press("ArrowRight")  # by keyboard a millisecond stays a millisecond
    assert calipers(page)[1] == pytest.approx(onset + 1)


def test_one_scale_for_all_levels(stage: BrowserContext) -> None:
    page = show(stage, "unit").page
    end = page.locator(".nx-grip").nth(1)
    own = float(end.get_attribute("aria-valuemax") or 0)
    page.get_by_label("Same scale at all levels").check()
    assert float(end.get_attribute("aria-valuemax") or 0) > own
    page.get_by_role("radio", name="Spinal cord, slow spread").check()
    assert page.evaluate("Math.max(...model.get('data').levels.map(({ end }) => end))") == float(
        end.get_attribute("aria-valuemax") or 0
    )


def test_keys_do_not_leak_into_jupyterlab(stage: BrowserContext) -> None:
    page = show(stage, opened=["moves", "measured", "numbers", "sources"]).page
    bare = page.evaluate(
        """[...document.querySelectorAll("button, input, select, a, [tabindex]")]
        .filter((node) => node.dataset.lmSuppressShortcuts !== "true").map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert bare == []
    page.evaluate("document.addEventListener('keydown', () => window.leaked = true)")
    page.locator(".nx-grip").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.leaked") is None


# ------------------------------------------------------------------------------------------------------ impulse


def test_nothing_moves_unasked(stage: BrowserContext) -> None:
    page = show(stage, playing=True, t=0.0).page  # as if the page had been left while it ran
    before = page.screenshot()
    page.wait_for_timeout(700)
    assert page.screenshot() == before
    assert state(page, "playing") is False


def test_the_clock_runs_pauses_and_ends(stage: BrowserContext) -> None:
    page = show(stage, "nerve").page
    page.get_by_role("button", name="Let an impulse run").click()
    assert state(page, "playing") is True
    expect(page.get_by_role("button", name="Let an impulse run")).to_be_visible()  # it has ended by itself
    assert state(page, "playing") is False
    assert state(page, "t") == page.evaluate("model.get('data').levels[7].still")
    assert page.locator(".nx-reached").count() == 2

    page.get_by_role("radio", name="Spinal cord, slow spread").check()
    assert state(page, "t") == 0
    assert page.locator(".nx-reached").count() == 0
    page.get_by_role("button", name="Let an impulse run").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(900)
    page.keyboard.press("Enter")  # the same button, now Pause
    stopped = state(page, "t")
    assert 1 < stopped < 12  # about five milliseconds a second
    page.wait_for_timeout(300)
    assert state(page, "t") == stopped


def play(page: Page, frames: int) -> float:
    """Run for so many sixtieths of a second; return how far the clock went in them."""
    before = float(state(page, "t"))
    page.evaluate("document.querySelector('[data-key=play]').click()")
    page.evaluate("(frames) => { tick(0); for (let i = 0; i < frames; i++) tick(1000 / 60); }", frames)
    page.evaluate("document.querySelector('[data-key=play]').click()")
    return float(state(page, "t")) - before


def test_the_limbs_are_ten_times_as_fast_as_the_impulse(stage: BrowserContext) -> None:
    page = show(stage, by_hand=True).page
    assert play(page, 60) == pytest.approx(5, abs=0.2)
    page.evaluate("model.set('t', 60)")
    assert play(page, 60) == pytest.approx(50, abs=1)


def test_reduced_motion_is_a_fifth_as_fast(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = show(context, by_hand=True).page
    assert play(page, 60) == pytest.approx(1, abs=0.1)
    page.evaluate("model.set('t', 60)")
    assert play(page, 60) == pytest.approx(10, abs=0.2)
    context.close()


def test_the_impulse_by_steps_and_then_the_limbs(stage: BrowserContext) -> None:
    page = show(stage).page
    onsets = sorted(page.evaluate("model.get('data').levels[0].traces.map(({ onset }) => onset)"))
    most = page.evaluate("model.get('data').levels[0].moves[0]")
    rest = figure(page)
    step = page.get_by_role("button", name="Next muscle")
    for onset in onsets[:3]:
        step.click()
        assert state(page, "t") == onset
    expect(page.get_by_role("status")).to_contain_text(f"after {onsets[2]} ms.")
    assert page.locator(".nx-reached").count() == 3
    for _ in onsets[3:]:
        step.click()
    assert state(page, "t") == onsets[-1]
    step.click()
    assert state(page, "t") == most["at"]
    expect(page.get_by_role("status")).to_contain_text(f"Moves most: {most['part']} {most['degrees']}°")
    assert figure(page) != rest
    page.get_by_role("button", name="Back", exact=True).click()
    assert state(page, "t") == 0
    assert page.locator(".nx-reached").count() == 0
    assert figure(page) == rest


# ------------------------------------------------------------------------------------------------------- figure


def figure(page: Page) -> list[str]:
    """The outlines of the figure now."""
    return list(
        page.evaluate("[...document.querySelectorAll('.mv-figure path')].map((path) => path.getAttribute('d'))")
    )


def test_impulse_cursor_and_figure_stand_at_one_time(stage: BrowserContext) -> None:
    page = show(stage).page
    rest = figure(page)
    time = page.get_by_role("slider", name="Time")
    time.fill("80")
    assert state(page, "t") == 80
    assert page.locator(".nx-reached").count() == 8
    sweep = page.locator(".nx-sweep").bounding_box()
    assert sweep is not None
    assert sweep["x"] + sweep["width"] / 2 == pytest.approx(x_of(page, 80), abs=2)
    moved = figure(page)
    assert moved != rest
    assert time.get_attribute("aria-valuetext") == "80 ms after the discharge"
    time.press("ArrowRight")
    assert state(page, "t") == 81
    assert figure(page) != moved
    time.press("End")  # the traces have ended long before: there is no line any more
    assert state(page, "t") == page.evaluate("model.get('data').levels[0].still")
    assert page.locator(".nx-sweep").is_hidden()
    page.evaluate("model.set('t', 80)")
    assert figure(page) == moved


@pytest.mark.parametrize("name", LEVELS)
def test_what_moves_is_said(stage: BrowserContext, name: str) -> None:
    page = show(stage, name, opened=["moves"]).page
    moves = page.evaluate("model.get('data').levels.find(({ id }) => id === model.get('level')).moves")
    said = page.locator(".nx-mover figcaption").inner_text()
    assert said in page.locator(".mv-figure").get_attribute("aria-label")
    if not moves:
        assert said.startswith("No part moves")
        return
    assert moves[0]["part"] in said
    rows = page.locator("table", has_text="Furthest after").locator("tbody tr").all_inner_texts()
    assert len(rows) == len(moves)
    assert all(move["part"] in row and f"{move['at']} ms" in row for move, row in zip(moves, rows, strict=True))


def test_one_nerve_cell_moves_nothing(stage: BrowserContext) -> None:
    page = show(stage, "unit").page
    rest = figure(page)
    page.get_by_role("slider", name="Time").fill("120")
    for before, after in zip(rest, figure(page), strict=True):
        places = zip(re.findall(r"-?[\d.]+", before), re.findall(r"-?[\d.]+", after), strict=True)
        assert all(abs(float(one) - float(other)) < 0.3 for one, other in places)  # of a centimetre


@pytest.mark.parametrize(("level", "dark", "how"), [("brainstem", False, "play"), ("loop", True, "next")])
def test_nothing_flashes(stage: BrowserContext, level: str, dark: bool, how: str) -> None:
    """Real screenshots of the liveliest second: while it plays, and while the key for the next step is held."""
    page = show(stage, level, dark=dark, height=720, by_hand=True).page
    page.add_script_tag(content=METER)
    page.evaluate("tick(10000); window.meter = makeMeter(); model.set('t', 60)")
    if how == "play":
        page.locator("[data-key=play]").click()
    for frame in range(70):
        if how == "next" and frame % 2:
            page.evaluate("document.querySelector('[data-key=next]').click()")
        page.evaluate("tick(1000 / 60)")
        decoded(page, page.screenshot())
        page.evaluate("meter.push(shot)")
    worst = page.evaluate("meter.worst")
    print(f"\nflash neuraxis {level} {how}: {worst}")
    assert worst["frames"] == 70
    assert max(worst["general"], worst["red"]) < MOST


def test_another_level_stops_the_impulse(stage: BrowserContext) -> None:
    page = show(stage, "cord").page
    page.get_by_role("button", name="Let an impulse run").click()
    page.wait_for_timeout(200)
    page.get_by_role("radio", name="Brainstem, startle").check()
    page.wait_for_timeout(200)
    assert (state(page, "playing"), state(page, "t")) == (False, 0)
    expect(page.get_by_role("button", name="Let an impulse run")).to_be_visible()


def test_the_impulse_leaves_the_cord_and_reaches_the_muscle_when_the_table_says(stage: BrowserContext) -> None:
    page = show(stage).page
    measured = page.evaluate(
        """() => {
          const [level] = model.get("data").levels;
          const ways = [...document.querySelectorAll(".nx-nerve")];
          const dots = [...document.querySelectorAll(".nx-dot")];
          return level.traces.map(({ onset, nerve }, i) => {
            const off = (time, point) => {
              model.set("t", time);
              return Math.hypot(dots[i].getAttribute("cx") - point.x, dots[i].getAttribute("cy") - point.y);
            };
            const length = ways[i].getTotalLength();
            return [off(onset - nerve, ways[i].getPointAtLength(0)), off(onset, ways[i].getPointAtLength(length)),
              off(onset - nerve / 2, ways[i].getPointAtLength(length / 2))];
          });
        }"""
    )
    assert len(measured) == 8
    assert all(distance < 1 for distances in measured for distance in distances), measured


# --------------------------------------------------------------------------------------------------- the whole


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("level", ["cortex", "unit"])
def test_axe_finds_nothing(stage: BrowserContext, level: str, dark: bool) -> None:
    seen = show(stage, level, dark=dark, opened=["moves", "measured", "numbers", "sources"], t=12.0)
    assert barriers(seen.page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int) -> None:
    page = show(stage, "loop", width=width, opened=["moves", "measured", "numbers", "sources"]).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_enough(stage: BrowserContext, width: int) -> None:
    page = show(stage, width=width).page
    small = page.evaluate(
        """[...document.querySelectorAll("button, .nx-level, .nx-check, .myo-segment, .nx-grip span")]
        .map((node) => [node.textContent.slice(0, 30), node.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


def test_hostile_text_stays_text(stage: BrowserContext) -> None:
    seen = show(stage)
    seen.page.evaluate(
        """() => { const level = model.get("data").levels[1]; level.name = "<img src=x onerror='window.hacked=1'>";
        level.about.plain = "<script>window.hacked=1</script>"; level.traces[0].plain = "<b>bold</b>";
        model.set("level", "loop"); }"""
    )
    assert "<script>" in seen.page.locator(".nx-detail").inner_text()
    assert "<b>bold</b>" in seen.page.locator(".nx-names").inner_text()
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.locator(".nx-head img, .nx-names b").count() == 0


def test_fifty_mounts_leave_no_listener_and_no_node(stage: BrowserContext) -> None:
    page = show(stage).page
    mount_fifty_times(page)


def test_nothing_leaves_the_page_and_nothing_is_logged(stage: BrowserContext) -> None:
    seen = show(stage)
    for name in LEVELS:
        seen.page.locator(f".nx-level input[value={name}]").check()
    assert seen.left_loopback == []
    assert seen.errors == []

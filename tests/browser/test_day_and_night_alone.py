"""Day and night without a kernel: still until asked, every control, keyboard, widths, no flash, nothing left behind."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from myoteach import day_and_night
from myoteach.widgets._everyday import MOMENTS

from .axe import barriers
from .standalone import mount_fifty_times
from .test_movement_player_alone import figure, get, show
from .test_movement_player_flash import MOST, film, loaded

PLAYED = [moment.id for moment in MOMENTS if moment.kind]


def until_moment(page: Page, name: str) -> None:
    """Wait until a moment is shown; the page's policy allows no function made from text."""
    for _ in range(100):
        if get(page, "moment") == name:
            return
        page.wait_for_timeout(50)
    pytest.fail(f"{name} was not shown in five seconds, but {get(page, 'moment')}")


def test_nothing_moves_unasked(stage: BrowserContext) -> None:
    strip = day_and_night("bang")
    strip.playing = True
    page = show(stage, strip, by_hand=False).page
    before = figure(page)
    page.wait_for_timeout(400)
    assert figure(page) == before
    assert get(page, "playing") is False
    assert page.evaluate("document.getAnimations().length") == 0


def test_every_moment_by_arrow_key(stage: BrowserContext) -> None:
    page = show(stage, day_and_night("waking"), by_hand=False).page
    page.get_by_role("radio", name="On waking").focus()
    for moment in MOMENTS:
        until_moment(page, moment.id)
        card = page.locator(".dn-card").inner_text()
        shown = next(one for one in day_and_night_data(page) if one["id"] == moment.id)
        assert shown["plain"] in card
        for flag in shown["flags"]:
            assert flag["action_plain"] in card
        for sign, word in shown["raised"]["plain"]:
            assert f"{word} {sign}" in card.replace("\n", " ")
        assert page.locator(".mv-figure").count() == (1 if moment.kind else 0)
        page.keyboard.press("ArrowRight")
    until_moment(page, "waking")
    assert page.evaluate("document.activeElement.type") == "radio"


def day_and_night_data(page: object) -> list[dict[str, object]]:
    return page.evaluate("model.get('data').moments")  # type: ignore[attr-defined,no-any-return]


def test_every_control_by_keyboard(stage: BrowserContext) -> None:
    page = show(stage, day_and_night("hiccup")).page
    events = page.evaluate("model.get('data').movements.hiccup.events.map((event) => event.time)")
    page.get_by_role("button", name="On 10 milliseconds").press("Enter")
    assert get(page, "t") == 0.01
    page.get_by_role("button", name="Back 10 milliseconds").press("Space")
    assert get(page, "t") == 0
    page.get_by_role("button", name="Next event").press("Enter")
    assert get(page, "t") == pytest.approx(events[0] - 0.03, abs=0.002)
    assert "event 1 of" in page.locator(".mv-now").inner_text()
    page.get_by_role("button", name="Previous event").press("Enter")
    page.wait_for_timeout(450)  # at most a few jumps a second are shown
    assert get(page, "t") == pytest.approx(events[-1] - 0.03, abs=0.002)
    page.get_by_role("slider", name="Time").press("Home")
    assert get(page, "t") == 0
    page.get_by_role("slider", name="Speed").press("ArrowRight")
    assert get(page, "speed") == 0.35
    page.get_by_role("radio", name="Plain").press("ArrowRight")
    assert get(page, "wording") == "clinical"
    assert "area postrema" in page.locator(".dn-card").inner_text()
    page.locator("summary").press("Enter")
    page.wait_for_selector(".myo-sources")
    assert get(page, "sources_open") is True
    before = figure(page)
    page.get_by_role("button", name="▶ Play").press("Enter")
    page.evaluate("(time) => { for (let i = 0; i < time / 0.0175 + 8; i++) tick(50) }", events[0])
    assert figure(page) != before
    page.get_by_role("button", name="❚❚ Pause").press("Enter")
    assert get(page, "t") > events[0]
    page.get_by_role("radio", name="Falling asleep").check()
    until_moment(page, "falling_asleep")
    assert (get(page, "moment"), get(page, "t"), get(page, "playing")) == ("falling_asleep", 0, False)


def test_the_state_of_the_traits_is_shown(stage: BrowserContext) -> None:
    page = show(stage, day_and_night()).page
    page.evaluate("model.set('moment', 'exercise'); model.set('t', 2); model.set('wording', 'clinical')")
    assert page.get_by_role("radio", name="Exercise").is_checked()
    assert "2.00 s" in page.locator(".mv-controls").inner_text()
    assert page.locator(".dn-title").inner_text().startswith("Exercise")
    page.evaluate("model.set('moment', 'baby')")
    assert page.locator(".mv-figure").count() == 0
    assert "Not to be waited out" in page.locator(".dn-card").inner_text()


def test_reduced_motion_is_slow(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = show(context, day_and_night()).page
    assert get(page, "speed") == 0.1
    context.close()


def test_it_stops_out_of_sight(stage: BrowserContext) -> None:
    page = show(stage, day_and_night("exercise"), by_hand=False).page
    page.locator(".mv-play").click()
    page.evaluate("document.querySelector('main').style.marginTop = '4000px'")
    page.get_by_role("button", name="▶ Play").wait_for(state="attached")
    assert get(page, "playing") is False


def test_fifty_mounts_leave_nothing(stage: BrowserContext) -> None:
    page = show(stage, day_and_night()).page
    mount_fifty_times(page)
    page.evaluate("unmount()")
    assert page.evaluate("listenerCount()") == 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("moment", ["hiccup", "baby"])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, moment: str) -> None:
    page = show(stage, day_and_night("hiccup"), dark=dark).page
    page.evaluate("(moment) => { model.set('moment', moment); model.set('sources_open', true); }", moment)
    assert barriers(page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int) -> None:
    page = show(stage, day_and_night(), width=width).page
    for moment in MOMENTS:
        page.evaluate("(moment) => { model.set('moment', moment); model.set('sources_open', true); }", moment.id)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, moment.id
    small = page.evaluate(
        """[...document.querySelectorAll("button, summary, .myo-segment, .dn-moment, input[type=range]")]
        .filter((node) => node.checkVisibility()).map((node) => [node.textContent, node.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


def test_keys_are_marked_for_jupyterlab_and_nothing_is_asked_or_logged(stage: BrowserContext) -> None:
    seen = show(stage, day_and_night())
    bare = seen.page.evaluate(
        """[...document.querySelectorAll("button, summary, input, a, [tabindex]")]
        .filter((node) => node.getAttribute("data-lm-suppress-shortcuts") !== "true").map((node) => node.outerHTML)"""
    )
    assert bare == []
    for moment in MOMENTS:
        seen.page.evaluate("(moment) => model.set('moment', moment)", moment.id)
    assert seen.left_loopback == []
    assert seen.errors == []


@pytest.mark.parametrize("moment", PLAYED)
@pytest.mark.parametrize("is_phone", [False, True])
def test_no_moment_flashes(stage: BrowserContext, moment: str, is_phone: bool) -> None:
    width, height = (390, 844) if is_phone else (1280, 720)
    page = loaded(stage, day_and_night(moment), dark=is_phone, width=width, height=height)
    kind = next(one.kind for one in MOMENTS if one.id == moment)
    start = page.evaluate("(kind) => Math.max(model.get('data').movements[kind].events[0].time - 0.05, 0)", kind)
    worst = film(page, (start, 90, 1.0))
    print(f"\nflash {moment} {width}: {worst}")
    assert max(worst["general"], worst["red"]) < MOST


def test_a_held_arrow_shows_at_most_three_moments_a_second(stage: BrowserContext) -> None:
    page = show(stage, day_and_night(), by_hand=False).page
    page.get_by_role("radio", name="Hiccups").focus()
    page.evaluate("() => { window.changes = []; model.on('change:moment', () => changes.push(performance.now())) }")
    for _ in range(40):
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(20)
    page.wait_for_timeout(500)
    gaps = page.evaluate("changes.slice(1).map((time, index) => time - changes[index])")
    assert len(gaps) > 1
    assert min(gaps) > 334
    assert page.evaluate("document.activeElement.value") == get(page, "moment")  # the last one asked for is shown

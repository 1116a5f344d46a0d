"""The epilepsy player without a kernel: placing and being told, every kind, keyboard, widths, no flash."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from myoteach import epilepsy_player
from myoteach.widgets.epilepsy_player import EXAMPLES

from .axe import barriers
from .standalone import mount_fifty_times
from .test_movement_player_alone import figure, get, show
from .test_movement_player_flash import MOST, film, loaded

DRAWN = [kind for kind in EXAMPLES if kind != "drop"]


def lead_of(page: Page, kind: str) -> int | None:
    return page.evaluate("(kind) => model.get('data').examples.find((one) => one.kind === kind).locked.lead", kind)  # type: ignore[no-any-return]


def verdict(page: Page) -> str:
    return str(page.locator(".ep-verdict").inner_text())


@pytest.mark.parametrize("kind", DRAWN)
def test_the_learner_is_told_by_where_the_wave_was_put(stage: BrowserContext, kind: str) -> None:
    page = show(stage, epilepsy_player(kind)).page
    lead = lead_of(page, kind)
    assert page.locator(".ep-told").inner_text() == ""
    assert verdict(page) == ""
    check = page.get_by_role("button", name="It belongs here")
    check.press("Enter")  # where somebody has moved it
    start = EXAMPLES[kind].moved
    assert get(page, "answers") == {kind: start}
    if lead is None:
        assert verdict(page).startswith("Here is no wave")
    else:
        place = start - lead
        side = "after" if place > 0 else "before"
        assert verdict(page).startswith(f"Not here. You put it {abs(place)} ms {side} the muscle.")
        assert ("cannot have set it off" in verdict(page)) == (place > 0)
    page.evaluate("([kind]) => model.set('moved', { [kind]: 10 })", [kind])
    check.press("Enter")
    assert verdict(page).startswith("Here is no wave" if lead is None else "Yes. You put it")
    page.get_by_role("button", name="No wave goes with it").press("Enter")
    assert verdict(page).startswith(
        "Yes." if lead is None else f"There is one. In this recording the wave peaks {lead}"
    )
    assert page.evaluate("document.activeElement.textContent") == "No wave goes with it"
    page.get_by_role("button", name="Show as recorded").press("Enter")
    assert get(page, "moved") == {kind: 0}
    name = page.locator(".ep-lay").get_attribute("aria-label") or ""
    assert (f"a wave peaks {lead} ms before" if lead is not None else "no wave stands out") in name


def test_the_slider_moves_the_curve_by_key(stage: BrowserContext) -> None:
    page = show(stage, epilepsy_player()).page
    move = page.get_by_role("slider", name="Move the EEG")
    assert move.get_attribute("aria-valuetext") == "where it stood at first"
    move.press("ArrowLeft")
    assert get(page, "moved") == {"cortical_action": 80}
    assert move.get_attribute("aria-valuetext") == "5 milliseconds earlier"
    assert page.locator(".ep-brain").get_attribute("transform") == "translate(80 0)"
    assert page.locator(".ep-truth").is_hidden()  # nothing is told before it is asked
    move.press("End")
    assert get(page, "moved") == {"cortical_action": 200}
    page.get_by_role("button", name="It belongs here").press("Enter")
    assert page.locator(".ep-truth").is_visible()


def test_a_curve_that_is_shaken_turns_pale_until_it_rests(stage: BrowserContext) -> None:
    page = show(stage, epilepsy_player("cortical_subcortical")).page
    pale = "Number(document.querySelector('.ep-brain path').style.getPropertyValue('--pale'))"
    page.evaluate("model.set('moved', { cortical_subcortical: -90 })")
    assert page.evaluate(pale) == 0
    page.evaluate(
        "for (let i = 0; i < 60; i++) { model.set('moved', { cortical_subcortical: 60 * (i % 2) }); tick(16); }"
    )
    assert page.evaluate(pale) > 0.3
    page.evaluate("tick(6000)")
    page.wait_for_timeout(500)
    assert page.evaluate(pale) == 0


def test_the_drop_is_told_and_nothing_is_drawn(stage: BrowserContext) -> None:
    page = show(stage, epilepsy_player()).page
    page.evaluate("model.set('kind', 'drop')")
    assert page.locator(".mv-figure, .ep-lay, canvas").count() == 0
    assert "told and not drawn" in page.locator(".ep-task").inner_text()
    assert "Childhood epilepsy with jerks and sudden falls" in page.locator(".ep-told").inner_text()


def test_nothing_moves_unasked(stage: BrowserContext) -> None:
    player = epilepsy_player("asterixis")
    player.playing = True
    page = show(stage, player, by_hand=False).page
    before = figure(page)
    page.wait_for_timeout(400)
    assert figure(page) == before
    assert get(page, "playing") is False


def test_every_control_by_keyboard(stage: BrowserContext) -> None:
    page = show(stage, epilepsy_player("cortical_negative"), by_hand=False).page
    page.get_by_role("button", name="Next event").press("Enter")
    assert "lapse 1 of" in page.locator(".mv-now").inner_text()
    page.get_by_role("slider", name="Speed").press("Home")
    assert get(page, "speed") == 0.05
    page.get_by_role("slider", name="Time").press("End")
    assert get(page, "t") == 8
    page.get_by_role("button", name="It belongs here").press("Enter")
    page.get_by_role("radio", name="Plain").press("ArrowRight")
    assert "EEG with EMG silence" in page.locator(".ep-told").inner_text()
    page.locator("summary").press("Enter")
    page.locator(".myo-sources").first.wait_for()
    page.get_by_role("button", name="▶ Play").press("Enter")
    assert get(page, "playing") is True
    page.get_by_role("radio", name="Cortical (epileptic) negative myoclonus").press("ArrowRight")
    assert (get(page, "kind"), get(page, "playing"), get(page, "t")) == ("asterixis", False, 0)
    assert page.evaluate("document.activeElement.value") == "asterixis"
    page.evaluate("model.set('kind', 'cortical_negative')")  # what was answered is still answered
    assert verdict(page).startswith("Not here.")


def test_reduced_motion_is_slow(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    assert get(show(context, epilepsy_player()).page, "speed") == 0.1
    context.close()


def test_fifty_mounts_leave_nothing(stage: BrowserContext) -> None:
    page = show(stage, epilepsy_player()).page
    mount_fifty_times(page)
    page.evaluate("unmount()")
    assert page.evaluate("listenerCount()") == 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", ["cortical_negative", "drop"])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, kind: str) -> None:
    page = show(stage, epilepsy_player(), dark=dark).page
    page.evaluate("(kind) => { model.set('kind', kind); model.set('answers', { [kind]: 60 }) }", kind)
    page.evaluate("model.set('sources_open', true)")
    assert barriers(page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int) -> None:
    page = show(stage, epilepsy_player(), width=width).page
    for kind in EXAMPLES:
        page.evaluate("(kind) => { model.set('kind', kind); model.set('answers', { [kind]: 60 }) }", kind)
        page.evaluate("model.set('sources_open', true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
    small = page.evaluate(
        """[...document.querySelectorAll("button, summary, .myo-segment, input[type=range]")]
        .filter((node) => node.checkVisibility()).map((node) => [node.textContent, node.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


def test_keys_are_marked_for_jupyterlab_and_nothing_is_asked_or_logged(stage: BrowserContext) -> None:
    seen = show(stage, epilepsy_player())
    for kind in (*EXAMPLES, "cortical_negative"):
        seen.page.evaluate("(kind) => { model.set('kind', kind); model.set('answers', { [kind]: 60 }) }", kind)
    bare = seen.page.evaluate(
        """[...document.querySelectorAll("button, summary, input, a, [tabindex]")]
        .filter((node) => node.getAttribute("data-lm-suppress-shortcuts") !== "true").map((node) => node.outerHTML)"""
    )
    assert bare == []
    assert seen.left_loopback == []
    assert seen.errors == []


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("is_phone", [False, True])
def test_no_kind_flashes(stage: BrowserContext, kind: str, is_phone: bool) -> None:
    width, height = (390, 844) if is_phone else (1280, 720)
    page = loaded(stage, epilepsy_player(kind), dark=is_phone, width=width, height=height)
    start = page.evaluate("(kind) => Math.max(model.get('data').movements[kind].events[0].time - 0.05, 0)", kind)
    if is_phone:
        page.evaluate("document.querySelector('.ep-task').remove()")  # the figure comes into sight
    worst = film(page, (start, 90, 1.0))
    print(f"\nflash {kind} {width}: {worst}")
    assert max(worst["general"], worst["red"]) < MOST


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("way", ["hold", "shake"])
def test_sliding_the_eeg_does_not_flash(stage: BrowserContext, kind: str, way: str) -> None:
    page = loaded(stage, epilepsy_player(kind))
    worst = page.evaluate(
        """([kind, way]) => {
          const meter = makeMeter(), camera = makeCamera();
          for (let frame = 0; frame < 120; frame += 1) {
            const place = way === "hold" ? -200 + 5 * (frame >> 1) : 60 * Math.sin(frame / 3);
            model.set("moved", { [kind]: Math.round(place) });
            tick(1000 / 60);
            meter.push(camera.shoot());
          }
          return meter.worst;
        }""",
        [kind, way],
    )
    print(f"\nflash slide {way} {kind}: {worst}")
    assert max(worst["general"], worst["red"]) < MOST

"""The movement player without a kernel: still until asked, every control, keyboard, widths, nothing left behind."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from myoteach import compare_movements, movement_player

from .axe import barriers
from .conftest import Visit, visit
from .standalone import page_of

FIVE = ("cortical_action", "fasciculation", "tic", "parkinsonian_tremor", "chorea")
#: The page's clock, driven by hand: no frame comes unless a test asks for it.
HAND_CLOCK = """
(() => {
  let now = 1000, queue = [], count = 0;
  window.realNow = performance.now.bind(performance);
  performance.now = () => now;
  window.costs = [];
  window.requestAnimationFrame = (call) => { queue.push([++count, call]); return count; };
  window.cancelAnimationFrame = (id) => { queue = queue.filter(([other]) => other !== id); };
  window.tick = (milliseconds) => {
    now += milliseconds;
    const due = queue; queue = [];
    const start = realNow();
    for (const [, call] of due) call(now);
    window.costs.push(realNow() - start);
  };
  window.waiting = () => queue.length;
})();
"""


def show(
    context: BrowserContext,
    widget: Any,
    *,
    dark: bool = False,
    width: int = 1280,
    height: int = 720,
    by_hand: bool = True,
    before: str = "",
) -> Visit:
    """Show a player on its own; `before` runs in the page before anything of it."""
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": height})
    script = (HAND_CLOCK if by_hand else "") + before
    seen.page.set_content(page_of(widget, dark=dark).replace("<style>", f"<script>{script}</script><style>", 1))
    seen.page.wait_for_selector(".mv-play")
    return seen


def figure(page: Page) -> str:
    """What the figure looks like now."""
    return str(page.evaluate("document.querySelector('.mv-figure').outerHTML"))


def get(page: Page, name: str) -> Any:
    return page.evaluate("(name) => model.get(name)", name)


def test_nothing_moves_unasked(stage: BrowserContext) -> None:
    page = show(stage, movement_player("chorea"), by_hand=False).page
    before, traces = figure(page), page.evaluate("document.querySelector('canvas').toDataURL()")
    page.wait_for_timeout(400)
    assert figure(page) == before
    assert page.evaluate("document.querySelector('canvas').toDataURL()") == traces
    assert get(page, "playing") is False
    assert page.evaluate("window.saves ?? 0") == 0
    assert page.evaluate("document.getAnimations().length") == 0


def test_a_page_opened_while_it_played_is_still(stage: BrowserContext) -> None:
    player = movement_player("chorea")
    player.playing = True
    page = show(stage, player).page
    assert get(page, "playing") is False
    assert page.evaluate("waiting()") == 0


def test_play_moves_the_figure_by_the_clock_and_pause_stops_it(stage: BrowserContext) -> None:
    page = show(stage, movement_player("clonus", speed=0.5)).page
    before = figure(page)
    page.locator(".mv-play").click()
    saves = page.evaluate("window.saves")
    page.evaluate("() => { for (let i = 0; i < 121; i++) tick(50) }")
    assert figure(page) != before
    assert page.evaluate("window.saves") == saves  # nothing is sent while it moves
    page.locator(".mv-play").click()
    assert get(page, "playing") is False
    assert get(page, "t") == pytest.approx(3.0, abs=0.01)
    assert page.evaluate("waiting()") == 0


def test_a_long_gap_between_two_frames_does_not_leap(stage: BrowserContext) -> None:
    page = show(stage, movement_player("clonus", speed=1)).page
    page.locator(".mv-play").click()
    page.evaluate("() => { tick(16); tick(60000) }")
    page.locator(".mv-play").click()
    assert get(page, "t") <= 0.101


def test_the_end_loops(stage: BrowserContext) -> None:
    page = show(stage, movement_player("clonus", speed=1)).page
    page.evaluate("model.set('t', 7.9)")
    page.locator(".mv-play").click()
    page.evaluate("() => { for (let i = 0; i < 5; i++) tick(50) }")
    assert get(page, "playing") is True
    page.locator(".mv-play").click()
    assert get(page, "t") == pytest.approx(0.1, abs=0.01)


def test_reduced_motion_is_slow_and_unlooped(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = show(context, movement_player("clonus")).page
    assert get(page, "speed") == 0.1
    page.evaluate("model.set('t', 7.995)")
    page.locator(".mv-play").click()
    page.evaluate("() => { for (let i = 0; i < 5; i++) tick(50) }")
    assert get(page, "playing") is False
    assert get(page, "t") == 8
    page.locator("input[type=range]").nth(1).press("ArrowRight")  # who wants it faster may have it
    assert get(page, "speed") == 0.15
    context.close()


def test_every_control_by_keyboard(stage: BrowserContext) -> None:
    page = show(stage, movement_player("fasciculation", others=["tic"])).page
    events = page.evaluate("model.get('data').movements[0].events.map((event) => event.time)")

    def press(name: str, key: str = "Enter") -> None:
        page.get_by_role("button", name=name, exact=True).press(key)

    press("On 10 milliseconds")
    press("On 10 milliseconds", "Space")
    assert get(page, "t") == 0.02
    press("Back 10 milliseconds")
    assert get(page, "t") == 0.01
    press("Next event")
    press("Next event")
    page.wait_for_timeout(450)  # at most a few jumps a second are shown, however fast the key
    assert get(page, "t") == pytest.approx(events[1] - 0.03, abs=0.002)
    press("Previous event")
    page.wait_for_timeout(450)
    assert get(page, "t") == pytest.approx(events[0] - 0.03, abs=0.002)
    time, speed = page.get_by_role("slider", name="Time"), page.get_by_role("slider", name="Speed")
    before = get(page, "t")
    time.press("ArrowRight")
    assert 0 < get(page, "t") - before <= 0.0101
    time.press("End")
    assert get(page, "t") == 8
    speed.press("ArrowRight")
    assert get(page, "speed") == 0.35
    speed.press("Home")
    assert get(page, "speed") == 0.05
    assert speed.get_attribute("aria-valuetext") == "0.05 of real speed"
    page.get_by_role("radio", name="Side", exact=True).press("ArrowLeft")
    assert get(page, "view") == "three-quarter"
    for name, trait, value in (
        ("Resting pose", "ghost", False),
        ("Enlarge", "zoom", False),
        ("Clinical names", "wording", "clinical"),
    ):
        page.get_by_role("checkbox", name=name).press("Space")
        assert get(page, trait) == value
    assert page.locator(".mv-zoom").is_hidden()
    assert "soleus" in page.locator(".mv-name").first.inner_text()
    page.locator("summary").first.press("Enter")
    page.wait_for_selector(".mv-table table")
    assert get(page, "events_open") is True
    page.get_by_role("button", name="Go to 3", exact=True).press("Enter")
    assert get(page, "t") == pytest.approx(events[2] - 0.03, abs=0.002)
    page.locator("summary").nth(1).press("Enter")
    page.get_by_text("no clinician has reviewed them").wait_for()
    page.get_by_role("combobox", name="Show").select_option("tic")
    assert (get(page, "kind"), get(page, "t")) == ("tic", 0)
    assert page.locator("h2").inner_text() == "Tic"
    press("▶ Play")
    assert get(page, "playing") is True


def test_focus_stays_when_the_movement_changes(stage: BrowserContext) -> None:
    page = show(stage, movement_player("fasciculation", others=["tic"])).page
    page.get_by_role("combobox", name="Show").focus()
    page.keyboard.press("ArrowDown")
    assert get(page, "kind") == "tic"
    assert page.evaluate("document.activeElement.tagName") == "SELECT"


def test_the_state_of_the_traits_is_shown(stage: BrowserContext) -> None:
    page = show(stage, movement_player("tic")).page
    page.evaluate(
        "model.set('t', 1.5); model.set('speed', 0.3); model.set('view', 'front'); model.set('playing', true)"
    )
    assert page.locator(".mv-play").inner_text() == "❚❚ Pause"
    assert "0.3×" in page.locator(".mv-controls").inner_text()
    page.evaluate("tick(16)")
    page.evaluate("model.set('t', 4)")  # also while it plays
    page.evaluate("model.set('playing', false)")
    assert "4.00 s" in page.locator(".mv-controls").inner_text()
    assert get(page, "t") == 4


def test_the_picture_is_a_function_of_the_time_alone(stage: BrowserContext) -> None:
    page = show(stage, movement_player("chorea")).page
    looks = []
    for route in ("[3.1]", "[0.2, 6.5, 3.1]"):
        page.evaluate(f"for (const t of {route}) model.set('t', t)")
        looks.append((figure(page), page.evaluate("document.querySelector('canvas').toDataURL()")))
    assert looks[0] == looks[1]


PALE = (
    "Math.max(...[...document.querySelectorAll('.mv-figure *')].map((n) => Number(n.style.getPropertyValue('--pale'))))"
)


def test_what_moves_much_is_pale_until_it_rests(stage: BrowserContext) -> None:
    page = show(stage, movement_player("reticular", speed=1)).page
    time = page.evaluate("model.get('data').movements[0].events[0].time")
    page.evaluate("(time) => model.set('t', Math.max(time - 0.1, 0))", time)
    assert page.evaluate(PALE) == 0
    page.locator(".mv-play").click()
    page.evaluate("() => { for (let i = 0; i < 35; i++) tick(1000 / 60) }")
    assert page.evaluate(PALE) > 0.3
    page.locator(".mv-play").click()
    page.evaluate("tick(4000)")  # the page's own clock goes on
    for _ in range(100):  # by time, as the frames are driven by hand; it looks again five times a second
        if page.evaluate(PALE) == 0:
            break
        page.wait_for_timeout(100)
    assert page.evaluate(PALE) == 0


def test_what_moves_little_stays_sharp(stage: BrowserContext) -> None:
    page = show(stage, movement_player("hemifacial_spasm", speed=1)).page
    page.locator(".mv-play").click()
    for _ in range(8):
        page.evaluate("() => { for (let i = 0; i < 60; i++) tick(1000 / 60) }")
        assert page.evaluate(PALE) == 0


def test_events_stand_as_a_table(stage: BrowserContext) -> None:
    player = movement_player("asterixis")
    page = show(stage, player).page
    page.evaluate("model.set('events_open', true)")
    rows = page.evaluate(
        """[...document.querySelectorAll(".mv-table tbody tr")]
        .map((row) => [...row.querySelectorAll("td")].map((cell) => parseFloat(cell.textContent)))"""
    )
    wanted = sorted((b.onset, b.duration * 1000) for b in player.recording.truth.bursts if b.onset < 8)
    assert len(rows) == len(wanted)
    for (onset, _, length), (true_onset, true_length) in zip(sorted(rows), wanted, strict=True):
        assert onset == pytest.approx(true_onset, abs=0.00061)
        assert length == pytest.approx(true_length, abs=0.56)
    assert page.locator(".mv-table th[scope=col]").last.inner_text() == "Silent for"


def test_blind_hides_names_until_one_is_chosen(stage: BrowserContext) -> None:
    page = show(stage, movement_player("palatal", blind=True)).page
    page.evaluate("model.set('events_open', true)")
    page.evaluate("model.set('sources_open', true)")
    text = page.locator(".mv").inner_text().replace(page.locator(".mv-ask").inner_text(), "")
    assert not any(word in text for word in ("Palatal", "palate lifter", "dentato"))
    check = page.get_by_role("button", name="Check")
    assert check.is_disabled()
    page.get_by_role("combobox").select_option("tic")
    check.press("Enter")
    assert "Not this one. It is: Palatal tremor" in page.locator(".mv-verdict").inner_text()
    assert (get(page, "answers"), get(page, "revealed")) == ({"palatal": "tic"}, ["palatal"])
    assert page.evaluate("document.activeElement.textContent") == "Check"
    assert "palate lifter" in page.locator(".mv-name").first.inner_text()
    assert page.locator("h2").inner_text().startswith("Palatal")


def test_five_on_one_clock(stage: BrowserContext) -> None:
    page = show(stage, compare_movements(FIVE, blind=True)).page
    assert page.locator(".mv-figure").count() == 5
    assert page.locator(".mv-stage h3").all_inner_texts() == list("ABCDE")
    page.locator("select").nth(1).select_option("fasciculation")
    page.get_by_role("button", name="Check").nth(1).click()
    assert "Yes: Fasciculation" in page.locator(".mv-verdict").nth(1).inner_text()
    assert page.locator(".mv-stage h3").all_inner_texts()[1] == "B · Fasciculation"
    before = page.evaluate("[...document.querySelectorAll('.mv-figure')].map((node) => node.outerHTML)")
    page.get_by_role("button", name="Next event").click()
    page.locator(".mv-play").click()
    page.evaluate("() => { for (let i = 0; i < 40; i++) tick(50) }")
    after = page.evaluate("[...document.querySelectorAll('.mv-figure')].map((node) => node.outerHTML)")
    assert sum(a != b for a, b in zip(before, after, strict=True)) >= 3


def test_it_stops_out_of_sight(stage: BrowserContext) -> None:
    page = show(stage, movement_player("clonus"), by_hand=False).page
    page.locator(".mv-play").click()
    page.evaluate("document.querySelector('main').style.marginTop = '4000px'")
    page.get_by_role("button", name="▶ Play").wait_for(state="attached")
    assert get(page, "playing") is False


def test_fifty_mounts_leave_no_listener_and_no_node(stage: BrowserContext) -> None:
    page = show(stage, compare_movements(FIVE)).page
    count = "document.getElementsByTagName('*').length"
    before, listeners = page.evaluate(count), page.evaluate("listenerCount()")
    page.locator(".mv-play").click()
    page.evaluate("() => { for (let i = 0; i < 50; i++) { unmount(); window.unmount = mount(); } }")
    assert page.evaluate(count) == before
    assert page.evaluate("listenerCount()") == listeners
    assert page.evaluate("waiting()") == 0
    page.evaluate("unmount()")
    assert page.evaluate("listenerCount()") == 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("kind", ["hemifacial_spasm", "cortical_reflex"])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, kind: str) -> None:
    seen = show(stage, movement_player(kind, others=["tic"], blind=kind == "hemifacial_spasm"), dark=dark)
    for trait in ("events_open", "sources_open"):
        seen.page.evaluate("(trait) => model.set(trait, true)", trait)
    assert barriers(seen.page) == []


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_in_five(stage: BrowserContext, dark: bool) -> None:
    seen = show(stage, compare_movements(FIVE, blind=True), dark=dark)
    seen.page.evaluate("model.set('revealed', ['tic'])")
    assert barriers(seen.page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("blind", [False, True])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int, blind: bool) -> None:
    for widget in (movement_player("cortical_subcortical", blind=blind), compare_movements(FIVE, blind=blind)):
        page = show(stage, widget, width=width).page
        page.evaluate("model.set('events_open', true); model.set('sources_open', true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        small = page.evaluate(
            """[...document.querySelectorAll("button, select, summary, .myo-segment, input[type=range], .mv-check")]
            .filter((node) => node.checkVisibility()).map((node) => [node.textContent, node.getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
        )
        assert small == []


def test_keys_are_marked_for_jupyterlab(stage: BrowserContext) -> None:
    page = show(stage, movement_player("tic", others=["chorea"], blind=True)).page
    bare = page.evaluate(
        """[...document.querySelectorAll("button, select, summary, input, [tabindex]")]
        .filter((node) => node.getAttribute("data-lm-suppress-shortcuts") !== "true").map((node) => node.outerHTML)"""
    )
    assert bare == []


def test_nothing_leaves_the_page_and_nothing_is_logged(stage: BrowserContext) -> None:
    seen = show(stage, compare_movements(FIVE))
    seen.page.locator(".mv-play").click()
    seen.page.evaluate("() => { for (let i = 0; i < 60; i++) tick(50) }")
    assert seen.left_loopback == []
    assert seen.errors == []


#: Keep where every text is written on a canvas, with the canvas' width.
_WRITTEN = """
window.written = [];
const write = CanvasRenderingContext2D.prototype.fillText;
CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
  const wide = this.measureText(text).width;
  const left = { center: x - wide / 2, right: x - wide, left: x }[this.textAlign];
  window.written.push([text, left, left + wide]);
  write.call(this, text, x, y);
};
"""


@pytest.mark.parametrize("kind", ["cortical_action", "cortical_tremor"])
def test_no_length_is_cut_where_a_page_ends(stage: BrowserContext, kind: str) -> None:
    page = show(stage, movement_player(kind), before=_WRITTEN).page
    width = page.evaluate("document.querySelector('.mv-traces canvas').width")
    written = page.evaluate("written")
    assert sum(text.endswith(" ms") for text, _, _ in written) > 3
    assert [text for text, left, right in written if left // width != (right - 0.01) // width] == []

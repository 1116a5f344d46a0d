"""The body map without a kernel: the word follows the map, every test of every kind, keyboard, widths, no flash."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from myoteach import body_map
from myoteach.widgets.body_map import KINDS_EXAMINED, MANOEUVRES

from .axe import barriers
from .standalone import mount_fifty_times
from .test_movement_player_alone import figure, get, show
from .test_movement_player_flash import MOST, film, loaded

ALL = ["face", "neck", "trunk", "hips", "arm_R", "arm_L", "hand_R", "hand_L", "leg_R", "leg_L", "foot_R", "foot_L"]


def word(page: Page) -> str:
    return str(page.locator(".bm-said strong").inner_text()).strip()


@pytest.mark.parametrize(
    ("parts", "timing", "said"),
    [
        ([], "together", "No part yet."),
        (["hand_R"], "together", "Focal."),
        (["neck"], "apart", "Focal."),
        (["arm_R", "hand_R"], "together", "Segmental."),
        (["face", "neck", "arm_L"], "together", "Segmental."),
        (["trunk"], "together", "Axial."),
        (["neck", "trunk", "hips"], "together", "Axial."),
        (["hand_R", "leg_L"], "apart", "Multifocal."),
        (["hand_R", "leg_L"], "together", "No single word."),
        (["arm_R", "hand_R"], "apart", "Multifocal."),
        (ALL, "together", "Generalised."),
        (ALL, "apart", "Multifocal."),
    ],
)
def test_the_word_follows_the_map(stage: BrowserContext, parts: list[str], timing: str, said: str) -> None:
    page = show(stage, body_map()).page
    page.evaluate("([parts, timing]) => { model.set('parts', parts); model.set('timing', timing) }", [parts, timing])
    assert word(page) == said


def test_parts_are_marked_by_key_and_by_pointer(stage: BrowserContext) -> None:
    page = show(stage, body_map()).page
    page.get_by_role("checkbox", name="Right hand").press("Space")
    assert get(page, "parts") == ["hand_R"]
    page.locator(".bm-arm path").first.click()
    assert sorted(get(page, "parts")) == ["arm_R", "hand_R"]
    assert page.get_by_role("checkbox", name="Right arm").is_checked()
    assert page.locator(".bm-on").count() == 2
    assert word(page) == "Segmental."
    page.get_by_role("radio", name="together").press("ArrowRight")
    assert (get(page, "timing"), word(page)) == ("apart", "Multifocal.")
    page.get_by_role("button", name="Clear").press("Enter")
    assert get(page, "parts") == []


def test_a_map_is_named_before_its_word_is_told(stage: BrowserContext) -> None:
    page = show(stage, body_map()).page
    verdicts = []
    for _ in range(7):
        page.get_by_role("button", name="Give me a map").press("Enter")
        assert page.locator(".bm-said").count() == 0
        page.get_by_role("radio", name="Multifocal").press("Space")
        verdicts.append(word(page).split(".")[0])
        assert page.evaluate("document.activeElement.value") == "CAT11"
    assert verdicts.count("Yes") == 2
    assert verdicts.count("Not this one") == 5
    page.get_by_role("checkbox", name="Face").press("Space")  # who changes the map is no longer asked
    assert (get(page, "task"), get(page, "guess")) == (-1, "")


def test_nothing_moves_unasked(stage: BrowserContext) -> None:
    examined = body_map(kind="asterixis", manoeuvre="hold")
    examined.playing = True
    page = show(stage, examined, by_hand=False).page
    before = figure(page)
    page.wait_for_timeout(400)
    assert figure(page) == before
    assert get(page, "playing") is False


def test_every_test_of_every_kind_says_what_the_tables_say(stage: BrowserContext) -> None:
    seen = show(stage, body_map())
    page = seen.page
    findings = {(row["kind"], row["manoeuvre"]): row for row in page.evaluate("model.get('data').findings")}
    for kind in KINDS_EXAMINED:
        for manoeuvre in MANOEUVRES:
            page.evaluate("([k, m]) => { model.set('kind', k); model.set('manoeuvre', m); }", [kind, manoeuvre])
            words = page.locator(".bm-words").inner_text()
            row = findings.get((kind, manoeuvre))
            assert (row["plain"] if row else "The figure does not guess") in words, (kind, manoeuvre)
            resting = figure(page)
            moves = page.evaluate(
                """() => {
                  const rest = document.querySelector(".mv-pictures").outerHTML;
                  for (let t = 0; t < 8; t += 0.02) {
                    model.set("t", t);
                    if (document.querySelector(".mv-pictures").outerHTML !== rest) return true;
                  }
                  return false;
                }"""
            )
            jerks = (
                row is not None and row["shows"] in ("yes", "some") and (kind, manoeuvre) != ("cortical_action", "tap")
            )
            assert moves == (jerks or manoeuvre == "reach"), (kind, manoeuvre)
            assert resting
    assert seen.errors == []


def test_the_finger_reaches_the_nose_by_the_clock_alone(stage: BrowserContext) -> None:
    page = show(stage, body_map(kind="palatal", manoeuvre="reach")).page
    looks = []
    for route in ("[2.1]", "[0.3, 4.4, 2.1]"):
        page.evaluate(f"for (const t of {route}) model.set('t', t)")
        looks.append(figure(page))
    assert looks[0] == looks[1]
    page.evaluate("model.set('t', 0)")
    assert figure(page) != looks[0]


def test_every_control_of_the_examination_by_keyboard(stage: BrowserContext) -> None:
    page = show(stage, body_map(kind="asterixis", manoeuvre="rest"), by_hand=False).page
    page.get_by_role("radio", name="At rest").press("ArrowRight")
    assert get(page, "manoeuvre") == "hold"
    assert page.evaluate("document.activeElement.value") == "hold"
    assert page.locator(".bm-found td").all_inner_texts() == [
        "– not shown",
        "✓ shown",
        "not tried yet",
        "not tried yet",
    ]
    page.get_by_role("button", name="Next event").press("Enter")
    assert "lapse 1 of" in page.locator(".mv-now").inner_text()
    page.get_by_role("slider", name="Speed").press("Home")
    assert get(page, "speed") == 0.05
    page.get_by_role("radio", name="Plain").press("ArrowRight")
    assert "Irregular lapses" in page.locator(".bm-words").inner_text()
    page.locator(".bm-words summary").press("Enter")
    page.locator(".bm-words .myo-sources").wait_for()
    page.get_by_role("button", name="▶ Play").press("Enter")
    assert get(page, "playing") is True
    page.wait_for_timeout(450)
    page.get_by_role("combobox", name="Kind").select_option("startle")
    assert (get(page, "kind"), get(page, "playing")) == ("startle", False)
    assert page.locator(".bm-found td").first.inner_text() == "not tried yet"


def test_reduced_motion_is_slow(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    assert get(show(context, body_map()).page, "speed") == 0.1
    context.close()


def test_fifty_mounts_leave_nothing(stage: BrowserContext) -> None:
    page = show(stage, body_map(["hand_R"])).page
    mount_fifty_times(page)
    page.evaluate("unmount()")
    assert page.evaluate("listenerCount()") == 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("asked", [False, True])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, asked: bool) -> None:
    page = show(stage, body_map(["arm_R", "hand_R"], kind="palatal"), dark=dark).page
    page.evaluate("(task) => { model.set('sources_open', true); model.set('task', task); }", 2 if asked else -1)
    page.evaluate("document.querySelectorAll('details').forEach((node) => node.open = true)")
    assert barriers(page) == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int) -> None:
    page = show(stage, body_map(["arm_R"], kind="palatal"), width=width).page
    page.evaluate("model.set('sources_open', true); model.set('task', 2)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """[...document.querySelectorAll("button, select, summary, .myo-segment, input[type=range], .mv-check")]
        .filter((node) => node.checkVisibility()).map((node) => [node.textContent, node.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


def test_keys_are_marked_for_jupyterlab_and_nothing_is_asked(stage: BrowserContext) -> None:
    seen = show(stage, body_map(["arm_R"]))
    bare = seen.page.evaluate(
        """[...document.querySelectorAll("button, summary, input, select, a, [tabindex]")]
        .filter((node) => node.getAttribute("data-lm-suppress-shortcuts") !== "true").map((node) => node.outerHTML)"""
    )
    assert bare == []
    assert seen.left_loopback == []


@pytest.mark.parametrize(
    ("kind", "manoeuvre"),
    [
        ("cortical_action", "hold"),
        ("cortical_action", "reach"),
        ("cortical_tremor", "reach"),
        ("reticular", "tap"),
        ("startle", "tap"),
        ("asterixis", "hold"),
        ("parkinsonian_tremor", "rest"),
        ("palatal", "reach"),
    ],
)
@pytest.mark.parametrize("is_phone", [False, True])
def test_no_test_flashes(stage: BrowserContext, kind: str, manoeuvre: str, is_phone: bool) -> None:
    width, height = (390, 844) if is_phone else (1280, 720)
    page = loaded(stage, body_map(kind=kind, manoeuvre=manoeuvre), dark=is_phone, width=width, height=height)
    page.evaluate("document.querySelector('.bm-where').remove()")  # the figure comes into sight
    worst = film(page, (0.6, 90, 1.0))
    print(f"\nflash {kind} {manoeuvre} {width}: {worst}")
    assert max(worst["general"], worst["red"]) < MOST

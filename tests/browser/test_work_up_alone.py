"""The work-up without a kernel: judges as Python does, every step can be taken, undone and named, nothing is cut."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import BrowserContext

from myoteach import load, work_up
from myoteach.widgets.work_up import CASES, STEPS, TIERS

from .axe import barriers
from .conftest import Visit, visit
from .standalone import mount_fifty_times, page_of

BEDSIDE = [section for sections in STEPS.values() for section in sections]
UNFOLD = "model.set('tiers', model.get('data').tiers)"


def show(context: BrowserContext, *, dark: bool = False, width: int = 1280, done: list[str] | None = None) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 800})
    widget = work_up()
    widget.done = done or []
    seen.page.set_content(page_of(widget, dark=dark))
    seen.page.wait_for_selector(".wu-choices .wu-step")
    seen.page.set_default_timeout(8_000)
    return seen


def test_the_module_judges_as_python_does(stage: BrowserContext) -> None:
    page = show(stage).page
    chance = random.Random(8)
    twin = work_up()
    steps = [*BEDSIDE, *(row["id"] for row in twin.data["tests"])]
    for number in range(40):
        twin.case = CASES[number % len(CASES)]
        first = chance.sample(BEDSIDE, chance.randint(0, 4)) if number % 2 else BEDSIDE
        twin.done = [*first, *chance.sample([step for step in steps if step not in first], 8)]
        said = page.evaluate(
            """([name, done]) => { const taken = module.follow(model.get("data"), name, done);
            return [taken.map(({ verdict }) => verdict), taken.at(-1).after.map(({ cause }) => cause.id)]; }""",
            [twin.case, twin.done],
        )
        assert said == [[twin.verdict(step) for step in twin.done], [match.cause.id for match in twin.matches]]


def test_every_step_can_be_taken_looked_at_and_undone(stage: BrowserContext) -> None:
    seen = show(stage)
    page = seen.page
    page.evaluate(UNFOLD)
    keys = page.evaluate("[...document.querySelectorAll('.wu-step')].map((node) => node.dataset.key)")
    assert len(keys) == len(BEDSIDE) + len(work_up().data["tests"])
    for index, key in enumerate(keys, 1):
        button = page.locator(f"[data-key='{key}']")
        button.click()
        assert page.locator(".wu-chip").count() == index
        name = button.inner_text().rstrip("●○✕▲ ")
        assert name.split("\n")[0].split(", taken")[0].rstrip("●○✕▲ ") in page.locator(".wu-card").inner_text()
    assert page.evaluate("new Set(model.get('done')).size") == len(keys)
    page.locator(".wu-chip").nth(0).click()
    assert "How it began" in page.locator(".wu-card .wu-verdict").inner_text()
    page.get_by_role("button", name="Undo").click()
    assert page.locator(".wu-chip").count() == len(keys) - 1
    page.get_by_role("button", name="Start again").click()
    assert page.evaluate("model.get('done')") == []
    assert (seen.errors, seen.left_loopback) == ([], [])


def test_a_needless_test_says_why_and_the_list_has_shrunk(stage: BrowserContext) -> None:
    page = show(stage, done=BEDSIDE).page
    counts = [int(text) for text in page.locator(".wu-trail strong").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert (counts[0], counts[-1]) == (len(load().all_causes), 1)
    page.evaluate(UNFOLD)
    page.locator("[data-key='step-IV19']").click()
    card = page.locator(".wu-card").inner_text()
    assert "Not needed here: nothing it can show fits as well" in card
    assert "Who needs it:" in card
    page.locator(".wu-card .myo-open").click()
    assert page.locator(".wu-card .myo-sources li").count() > 0


def test_naming_the_cause(stage: BrowserContext) -> None:
    page = show(stage, done=BEDSIDE[:2]).page
    page.locator(".wu-candidates li .myo-button").first.click()
    assert "made from another cause" in page.locator(".wu-card").first.inner_text()
    page.get_by_role("button", name="Show the answer").click()
    assert "made from: Kidney failure" in page.locator(".wu-solved").inner_text()
    assert page.locator(".wu-solved .myo-sources li").count() > 0
    page.get_by_label("2", exact=True).check()
    assert page.evaluate("[model.get('done'), model.get('named')]") == [[], ""]
    page.get_by_label("Clinical").check()
    assert page.evaluate("model.get('wording')") == "clinical"


def test_by_keyboard_alone_and_the_focus_stays(stage: BrowserContext) -> None:
    page = show(stage).page
    focused = "document.activeElement.dataset.key"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate(focused) == "step-how it began":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("model.get('done')") == ["how it began"]
    assert page.evaluate(focused) == "step-how it began"
    page.locator("[data-key='tier-specialist']").focus()
    page.keyboard.press("Space")
    assert "specialist" in page.evaluate("model.get('tiers')")
    assert page.evaluate(focused) == "tier-specialist"
    inner = "[...document.querySelectorAll('button, input, summary, a')]"
    assert page.evaluate(f"{inner}.every((node) => node.dataset.lmSuppressShortcuts === 'true')")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("done", [[], [*BEDSIDE, "IV19", "IV14", "IV03"]])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, done: list[str]) -> None:
    page = show(stage, dark=dark, done=done).page
    page.evaluate(UNFOLD)
    if done:
        page.get_by_role("button", name="Show the answer").click()
    assert barriers(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int) -> None:
    page = show(stage, width=width, done=[*BEDSIDE, "IV19", "IV14", "IV03"]).page
    page.evaluate(UNFOLD)
    page.get_by_role("button", name="Show the answer").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = """[...document.querySelectorAll("button, summary, .myo-segment")]
        .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 24)
        .map((node) => node.textContent)"""
    assert page.evaluate(small) == []
    if width < 700:
        page.get_by_role("button", name="What it shows").click()
        assert page.evaluate("document.activeElement.className") == "wu-results"


def test_hostile_text_stays_text_and_fifty_mounts_leave_nothing(stage: BrowserContext) -> None:
    page = show(stage, done=[*BEDSIDE, "IV03"]).page
    page.evaluate(
        """() => { model.get("data").tests.find(({ id }) => id === "IV03").indication = "<img src=x onerror='a=1'>";
        model.set("looked", "IV03"); }"""
    )
    assert "<img" in page.locator(".wu-card").inner_text()
    assert page.locator(".wu img").count() == 0
    mount_fifty_times(page)


def test_the_strip_has_a_column_for_every_kind_of_step(stage: BrowserContext) -> None:
    page = show(stage).page
    names = [name.lower() for name in page.locator(".wu-column").all_inner_texts()]
    assert names == [*(kind.lower() for kind in STEPS), *TIERS]

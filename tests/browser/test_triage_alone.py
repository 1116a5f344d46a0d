"""Triage without a kernel: decides as Python does, every box and button works, nothing is cut, nobody is reassured."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import BrowserContext

from myoteach import KnowledgeBase, load, triage

from .axe import barriers
from .conftest import Visit, visit
from .standalone import mount_fifty_times, page_of

UNFOLD = "model.set('sections', model.get('data').sections)"


def show(context: BrowserContext, *, dark: bool = False, width: int = 1280, **arguments: object) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.page.set_content(page_of(triage(**arguments), dark=dark))  # type: ignore[arg-type]
    seen.page.wait_for_selector(".tr-closing")
    seen.page.set_default_timeout(8_000)
    return seen


def test_the_module_decides_as_python_does(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage).page
    chance = random.Random(9)
    for _ in range(60):
        chosen = chance.sample([flag.id for flag in kb.red_flags], chance.randint(0, 4))
        said = page.evaluate(
            """(chosen) => { const { word, deciding, rest } = module.decide(model.get("data"), chosen);
            return [word, deciding.map(({ id }) => id), [...deciding, ...rest].map(({ id }) => id)]; }""",
            chosen,
        )
        twin = triage(chosen)
        assert said == [twin.urgency, list(twin.decided_by), [flag.id for flag in twin.signs]]


def test_every_sign_can_be_chosen_and_lights_its_state(stage: BrowserContext, kb: KnowledgeBase) -> None:
    seen = show(stage)
    page = seen.page
    page.evaluate(UNFOLD)
    for flag in kb.red_flags:
        box = page.locator(f".tr-sign input[value={flag.id}]")
        box.check()
        word = {"emergency": "Now", "urgent": "Today"}.get(flag.urgency, "Appointment")
        assert page.locator(".tr-on").inner_text().split() == [word, "(this", "one)"]
        assert flag.action_plain in (page.locator(".tr-chosen").text_content() or "")
        assert flag.why_plain in (page.locator(".tr-chosen").text_content() or "")
        box.uncheck()
    assert page.locator(".tr-on").count() == 0
    assert (seen.errors, seen.left_loopback) == ([], [])


def test_with_nothing_chosen_nobody_is_reassured(stage: BrowserContext) -> None:
    page = show(stage).page
    said = page.locator(".tr-answer").inner_text() + (page.locator(".tr-result").text_content() or "")
    assert "No warning sign is chosen. That does not mean" in said
    for part in ("newborn", "under two", "first-ever seizure", "first blackout", "Not a diagnosis", "not yet reviewed"):
        assert part in said
    assert not [word for word in ("harmless", "fine", "nothing to worry", "no visit") if word in said]
    page.evaluate("model.set('chosen', ['RF23'])")
    assert "newborn" in (page.locator(".tr-still").text_content() or "")
    page.evaluate("model.set('chosen', ['RF02'])")
    assert page.locator(".tr-still").count() == 0


def test_search_finds_in_every_section_and_says_when_it_does_not(stage: BrowserContext) -> None:
    page = show(stage).page
    flags = load().red_flags
    found = sum("baclofen" in f"{flag.flag_plain} {flag.flag_clinical}".lower() for flag in flags)
    page.locator("input[type=search]").fill("baclofen")
    assert page.locator(".tr-sign:visible").count() == found > 0
    assert f"{found} of {len(flags)}" in page.locator(".tr-found").inner_text()
    page.locator("input[type=search]").fill("xyz")
    assert page.locator(".tr-section:visible").count() == 0
    assert "says nothing about how serious" in page.locator(".tr-found").inner_text()
    page.get_by_role("button", name="Clear all").click()
    assert page.locator(".tr-section:visible").count() == 7
    assert page.evaluate("[model.get('query'), model.get('chosen')]") == ["", []]


def test_by_keyboard_alone(stage: BrowserContext) -> None:
    page = show(stage).page
    focused = "document.activeElement"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(f"{focused}.type") == "checkbox":
            break
    value = page.evaluate(f"{focused}.value")
    page.keyboard.press("Space")
    assert page.evaluate("model.get('chosen')") == [value]
    page.locator(".tr-section > summary").nth(2).focus()
    page.keyboard.press("Enter")
    assert len(page.evaluate("model.get('sections')")) == 2
    page.locator(".tr-chosen .myo-open").focus()
    page.keyboard.press("Enter")
    assert page.locator(".myo-sources li").count() > 0
    assert page.evaluate(f"{focused}.getAttribute('aria-expanded')") == "true"
    inner = "[...document.querySelectorAll('button, input, summary, a')]"
    assert page.evaluate(f"{inner}.every((node) => node.dataset.lmSuppressShortcuts === 'true')")


def test_wording_and_why_below(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, width=390, chosen=["RF08"]).page
    page.get_by_label("Clinical").check()
    flag = next(flag for flag in kb.red_flags if flag.id == "RF08")
    said = page.locator(".tr-chosen").text_content() or ""
    assert all(text in said for text in (flag.flag_clinical, flag.action_clinical, flag.think_of))
    page.get_by_role("button", name="Why").click()
    assert page.evaluate("document.activeElement.className") == "tr-result"


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("chosen", [[], ["RF02", "RF10", "RF19"]])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, chosen: list[str]) -> None:
    page = show(stage, dark=dark, chosen=chosen).page
    page.evaluate(UNFOLD)
    page.locator(".tr-result .myo-open").first.click()
    assert barriers(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int) -> None:
    page = show(stage, width=width, chosen=["RF02", "RF31"]).page
    page.evaluate(UNFOLD)
    page.locator(".tr-result .myo-open").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = """[...document.querySelectorAll("button, input[type=checkbox], summary, .myo-segment")]
        .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 24)
        .map((node) => node.textContent)"""
    assert page.evaluate(small) == []


def test_hostile_text_stays_text_and_fifty_mounts_leave_nothing(stage: BrowserContext) -> None:
    page = show(stage, chosen=["RF02"]).page
    page.evaluate(
        """() => { model.get("data").flags[1].action_plain = "<img src=x onerror='window.hacked=1'>";
        model.set("opened", "RF02"); }"""
    )
    assert "<img" in (page.locator(".tr-chosen").text_content() or "")
    assert page.locator(".tr img").count() == 0
    mount_fifty_times(page)

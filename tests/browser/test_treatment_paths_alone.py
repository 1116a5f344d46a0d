"""Treatment paths without a kernel: shows what Python shows, every control works, the rule stays in view."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext

from myoteach import KnowledgeBase, treatment_paths
from myoteach.knowledge.records import Treatment
from myoteach.widgets.treatment_paths import PATHS, RULE

from .axe import barriers
from .conftest import Visit, visit
from .standalone import mount_fifty_times, page_of


def show(context: BrowserContext, *, dark: bool = False, width: int = 1280, **arguments: object) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.page.set_content(page_of(treatment_paths(**arguments), dark=dark))  # type: ignore[arg-type]
    seen.page.wait_for_selector(".tp-list")
    seen.page.set_default_timeout(8_000)
    return seen


def test_every_choice_shows_what_python_shows(stage: BrowserContext) -> None:
    page = show(stage).page
    data = treatment_paths().data
    places = ["", *(place["id"] for place in data["generators"])]
    for cause in ["", *(cause["id"] for cause in data["causes"])]:
        for path in PATHS:
            for place in places if not cause else places[:2]:
                said = page.evaluate(
                    "(chosen) => module.rowsOf(model.get('data'), ...chosen).map(({ id }) => id)", [path, cause, place]
                )
                twin = treatment_paths(path)
                twin.cause, twin.generator = cause, place
                assert said == [row.id for row in twin.treatments]
        if cause > "C065":
            break


def test_every_path_and_every_row_opens_with_its_sources(stage: BrowserContext, kb: KnowledgeBase) -> None:
    seen = show(stage)
    page = seen.page
    rows = {row.id: row for row in kb.records("treatments", Treatment)}
    for path, (title, _) in PATHS.items():
        page.get_by_label(title).check()
        assert page.evaluate("model.get('path')") == path
        for name in [row.id for row in treatment_paths(path).treatments]:
            button = page.locator(f"[data-key='row-{name}']")
            if button.get_attribute("aria-expanded") == "false":
                button.click()
            assert rows[name].plain in page.locator(".tp-detail").inner_text()
            assert rows[name].avoid not in page.locator(".tp").inner_text()
            page.locator(f"[data-key='opened-{name}']").click()
            assert page.locator(".tp-detail .myo-sources li").count() == len(rows[name].source_ids)
    assert (seen.errors, seen.left_loopback) == ([], [])


def test_clinical_wording_shows_what_to_avoid_as_a_draft(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, path="jerk").page
    page.get_by_label("Clinical").check()
    row = next(row for row in kb.records("treatments", Treatment) if row.id == "TX04")
    page.locator("[data-key='row-TX04']").click()
    said = page.locator(".tp-detail").inner_text()
    assert all(text in said for text in (row.clinical, row.agents, row.avoid, row.evidence, "draft: no listed source"))
    assert RULE in page.locator(".tp").inner_text()


def test_a_cause_answers_three_questions_and_narrows(stage: BrowserContext) -> None:
    page = show(stage, path="jerk").page
    page.get_by_label("Cause", exact=True).select_option("C101")
    facts = page.locator(".tp-facts").inner_text()
    assert "Can the cause be removed?" in facts
    assert "no answer to the others" in facts
    assert page.locator(".tp-list .myo-open").first.inner_text().startswith("Lance-Adams")
    page.get_by_label("Nothing needed").check()
    assert "not advice to do nothing" in page.locator(".tp-status").inner_text()
    page.get_by_role("button", name="Clear").click()
    assert page.evaluate("model.get('cause')") == ""
    page.get_by_label("Calm the jerk").check()
    for place in treatment_paths().data["generators"]:
        page.locator(f".tp-places input[value={place['id']}]").check()
        assert place["plain"] in page.locator(".tp-place").inner_text()


def test_by_keyboard_alone(stage: BrowserContext) -> None:
    page = show(stage).page
    page.locator(".tp-fork input").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("[model.get('path'), document.activeElement.value]") == ["jerk", "jerk"]
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.key") == "row-TX03":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("[model.get('row'), document.activeElement.dataset.key]") == ["TX03", "row-TX03"]
    inner = "[...document.querySelectorAll('button, input, select, a')]"
    assert page.evaluate(f"{inner}.every((node) => node.dataset.lmSuppressShortcuts === 'true')")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("wording", ["plain", "clinical"])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, wording: str) -> None:
    page = show(stage, dark=dark, path="jerk", cause="C101", generator="CAT20", wording=wording).page
    page.locator("[data-key='opened-TX20']").click()
    assert barriers(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int) -> None:
    page = show(stage, width=width, path="jerk", cause="C101", generator="CAT20", wording="clinical").page
    page.locator("[data-key='opened-TX20']").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = """[...document.querySelectorAll("button, select, .myo-segment")]
        .filter((node) => node.checkVisibility() && node.getBoundingClientRect().height < 24)
        .map((node) => node.textContent)"""
    assert page.evaluate(small) == []


def test_hostile_text_stays_text_and_fifty_mounts_leave_nothing(stage: BrowserContext) -> None:
    page = show(stage).page
    page.evaluate(
        """() => { model.get("data").rows[0].plain = "<img src=x onerror='window.hacked=1'>";
        model.set("opened", "TX01"); }"""
    )
    assert "<img" in page.locator(".tp-detail").inner_text()
    assert page.locator(".tp img").count() == 0
    mount_fifty_times(page)

"""What is looked at in lesson 06, which has the most explorers: whatever happens, what is in them is there."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator

from myoteach import load
from myoteach.knowledge.records import Group

from .conftest import Lab


def keys_lead_through_all_explorers(lab: Lab) -> None:
    """Tab goes from the first cell through every explorer; what is pressed there stays there."""
    page, cells = lab.page, lab.cell_count()
    page.evaluate(
        """() => {
          const { content } = window.jupyterapp.shell.currentWidget;
          content.activeCellIndex = 0;
          content.mode = "command";
          content.activeCell.node.focus();
          window.passed = new Set();
          document.addEventListener("focusin", ({ target }) => window.passed.add(target.closest(".myo")));
        }"""
    )
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("[...document.querySelectorAll('.myo')].every((node) => window.passed.has(node))"):
            break
    passed = page.evaluate("[...document.querySelectorAll('.myo')].map((node) => window.passed.has(node))")
    assert len(passed) > 3
    assert all(passed)
    assert lab.cell_count() == cells
    page.locator(".cm input").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".cm").first.get_by_label("Clinical", exact=True).is_checked()
    for _ in range(4):  # two lists, the button, the first section
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "not sure"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.value") == "yes"
    assert "1 answer." in page.locator(".cm-status").first.inner_text()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "1 answer." not in page.locator(".cm-status").first.inner_text()


def matrix_and_map_are_set(lab: Lab) -> Any:
    """Answer a clue and go down into the map; return what both say then."""
    matrix = lab.reveal(".cm")
    matrix.get_by_label("Plain words", exact=True).check()
    matrix.get_by_text("What came before").click()
    matrix.locator(".cm-clue", has_text="known kidney failure").get_by_label("Yes").check()
    matrix.get_by_label("Clinical", exact=True).check()
    assert "1 answer." in matrix.locator(".cm-status").inner_text()
    causes = lab.reveal(".map")
    climb(causes)
    causes.locator(".wheel-wedge[data-part=Epilepsy] > path").click()
    causes.locator(".wheel-wedge").nth(3).locator("> path").click()
    assert causes.locator(".map-detail").count() == 1
    return _said(lab)


def _said(lab: Lab) -> list[Any]:
    matrix, causes = lab.reveal(".cm"), lab.reveal(".map")
    status, rows = matrix.locator(".cm-status").inner_text(), matrix.locator(".cm-list > li").all_inner_texts()
    return [status, rows, causes.locator(".map-body").text_content()]  # whether or not JupyterLab has it in sight


def matrix_and_map_stand_where_they_stood(lab: Lab, said: Any) -> None:
    assert _said(lab) == said
    assert lab.reveal(".cm").locator(".cm-clue", has_text="Renal failure").get_by_label("Yes").is_checked()
    everything = "__import__('ipywidgets').Widget.widgets.values()"
    assert {"CL06": "yes"} in lab.state(f"[w.answers for w in {everything} if hasattr(w, 'answers')]")
    python_moves_the_map(lab)


def python_moves_the_map(lab: Lab) -> None:
    the_map = "[w for w in __import__('ipywidgets').Widget.widgets.values() if type(w).__name__ == 'CauseMap'][-1]"
    assert lab.state(f"{the_map}.group") == "epileptic"
    lab.ask(f"{the_map}.opened = 'C051'")
    causes = lab.reveal(".map")
    causes.get_by_text("Upset body chemistry: 13 causes").first.wait_for(state="attached")
    assert causes.locator(".map-detail").count() == 1


def the_page_answers_without_its_kernel(lab: Lab) -> None:
    """What needs no kernel goes on working when the kernel is gone."""
    matrix = lab.reveal(".cm")
    clue = matrix.locator(".cm-clue", has_text="Renal failure")
    clue.get_by_label("Not sure").check()
    assert "1 answer." not in matrix.locator(".cm-status").inner_text()
    clue.get_by_label("Yes").check()
    assert "1 answer." in matrix.locator(".cm-status").inner_text()
    causes = lab.reveal(".map")
    causes.get_by_label("Find a cause").fill("hiccup")
    assert "Found “hiccup”" in causes.locator("h2").inner_text()
    climb(causes)
    causes.locator(".wheel-wedge[data-part=Epilepsy] > path").click()
    assert f"Epilepsy: {causes_of('Epilepsy')} causes" in causes.locator("h2").inner_text()


def climb(causes: Locator) -> None:
    """Leave a search and go back up to all families."""
    way_up = causes.get_by_role("button", name="←")
    while way_up.count():
        way_up.click()


def causes_of(family: str) -> int:
    """How many causes the tables have in a family."""
    kb = load()
    groups = {group.id for group in kb.records("groups", Group) if group.family == family}
    return sum(cause.group in groups for cause in kb.all_causes)


def a_phone_shows_it_without_sideways_scrolling(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 390, "height": 844})
    lab.command("application:toggle-left-area")
    lab.page.wait_for_timeout(500)
    wide = lab.page.evaluate(
        """[...document.querySelectorAll(".jp-OutputArea-output .myo")]
        .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className)"""
    )
    assert wide == []

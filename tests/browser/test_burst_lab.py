"""The neurophysiology laboratory in JupyterLab: every step answered by keyboard, marked, reported and reloaded."""

from __future__ import annotations

import os
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import unquote

from playwright.sync_api import Locator, Page

from .conftest import Lab
from .test_lessons import nothing_failed, run

#: The laboratory without the lesson around it.
ALONE = "laboratory.ipynb"
MARKS = ".burst-lab .lab-marks"
#: A control that only this step has, by its label.
OWN = ("Threshold (µV)", "Onset (ms)", "Cut (ms)", "Look back", "Travels", "1. Generator")
TRUTH = "__import__('myoteach.widgets._lab_case', fromlist=['x']).open_case(22)"
#: From within the page, in one go.
PRESS_ALL = """() => {
  const controls = [...document.querySelectorAll(".lab-step :is(button, input, select, textarea)")];
  for (const control of controls) {
    for (let index = 0; index < (control.options?.length ?? 0); index += 1) {
      control.selectedIndex = index;
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    if (control.type === "number") {
      control.stepUp();
      control.dispatchEvent(new Event("change", { bubbles: true }));
    }
    control.click();
  }
  return controls.length;
}"""


def opened(lab: Lab) -> Page:
    """Run it and bring the laboratory into view."""
    lab.write(ALONE, "from myoteach import burst_lab\nburst_lab(seed=22)")
    run(lab, ALONE)
    lab.reveal(".burst-lab")
    return lab.page


def step(lab: Lab, number: int) -> None:
    lab.page.locator(".lab-bar button").nth(number - 1).press("Enter")
    lab.page.wait_for_selector(f".lab-bar button:nth-child({number})[aria-current='step']")
    lab.page.get_by_label(OWN[number - 1]).wait_for(state="attached")


def fill(field: Locator, value: Any) -> None:
    """Type over what a field holds and leave it, as a keyboard does."""
    field.press("Control+a")
    field.press_sequentially(str(value))
    field.press("Tab")


def arrived(lab: Lab, trait: str, value: Any) -> None:
    """Wait until the kernel knows."""
    asked = (
        f"[w.{trait} for w in __import__('ipywidgets').Widget.widgets.values() if type(w).__name__ == 'BurstLab'][-1]"
    )
    end = monotonic() + 60
    while lab.state(asked) != value:
        assert monotonic() < end, f"{trait} is not {value}"
        lab.page.wait_for_timeout(50)


def said(page: Page, words: str) -> str:
    """Wait until the marks say something and return all of it."""
    page.locator(MARKS, has_text=words).wait_for()
    return page.locator(MARKS).inner_text()


def picture(lab: Lab, number: int) -> None:
    """Keep a picture of the laboratory where MYOTEACH_PICTURES asks for it."""
    folder = os.environ.get("MYOTEACH_PICTURES")
    if folder:
        lab.page.wait_for_timeout(800)
        lab.reveal(".burst-lab")
        theme = lab.page.evaluate("document.body.dataset.jpThemeLight")
        width = lab.page.viewport_size["width"]  # type: ignore[index]
        lab.page.screenshot(path=Path(folder) / f"lab-{width}-{theme}-{number}.png")


def answer_everything(lab: Lab) -> None:
    """Go through the six steps as a careful learner would, with the true edges known to the test."""
    page = lab.page
    button = page.get_by_role("button", name="Mark my threshold")
    field = page.get_by_label("Threshold (µV)")
    field.press("ArrowUp")
    arrived(lab, "threshold", 210)  # later messages go to another thread of the kernel, and might overtake the first
    fill(field, 40)
    arrived(lab, "threshold", 40)
    button.press("Enter")
    assert "At 40 µV" in said(page, "At 40 µV")
    picture(lab, 1)

    step(lab, 2)
    by_hand = f"for case in [{TRUTH}] for burst, view in zip(case.by_hand, case.views)"
    edges = lab.state(f"[[burst.onset - view, burst.onset + burst.duration - view] {by_hand}]")
    for number, (onset, offset) in enumerate(edges):
        page.get_by_label("Burst", exact=True).select_option(index=number)
        lab.ask("pass")  # the fields are filled by the kernel, which must not come after the typing
        fill(page.get_by_label("Onset (ms)"), round(1e3 * onset))
        fill(page.get_by_label("Offset (ms)"), round(1e3 * offset))
        lab.ask("pass")
    page.get_by_role("button", name="Mark my four bursts").press("Enter")
    assert "4 of 4 found, 0 false" in said(page, "of 4 found")
    picture(lab, 2)

    step(lab, 3)
    fill(page.get_by_label("Cut (ms)"), 44)
    assert page.locator(MARKS).inner_text().strip() == ""  # the labels are not shown before the choice
    page.get_by_role("button", name="Commit and show labels").press("Enter")
    assert "Your cut of 44 ms" in said(page, "Your cut of")
    picture(lab, 3)

    step(lab, 4)
    page.get_by_label("Jerks", exact=True).select_option(label="all there are")
    page.get_by_label("Before the jerk there is").select_option(index=1)
    page.get_by_role("button", name="Mark my reading").press("Enter")
    assert said(page, "jerks show").startswith("Right.")
    picture(lab, 4)

    step(lab, 5)
    page.get_by_label("Begins in").select_option(label="SCM_R")
    page.get_by_label("Travels").select_option(index=1)
    page.get_by_role("button", name="Mark my order").press("Enter")
    assert "Not so" not in said(page, "keep the order")
    picture(lab, 5)

    step(lab, 6)
    lines = ("Cortex", "mean 32 ms", "spike 14 ms before, at C3", "", "definite, cortical")
    for number, line in enumerate(lines, 1):
        if line:
            fill(page.locator(".burst-lab textarea").nth(number - 1), line)
    page.get_by_label("Line 4: Cannot be answered from this recording.").press("Space")
    page.get_by_role("button", name="Compare with the model report").press("Enter")
    said(page, "What was simulated")
    picture(lab, 6)


def test_the_six_steps_by_keyboard_on_a_phone_after_a_reload_and_pressed_at_random(lab: Lab) -> None:
    """One visit to the laboratory alone; opening JupyterLab is what takes the time."""
    page = opened(lab)
    answer_everything(lab)
    rows = page.locator(".burst-lab .lab-table tbody tr").all_inner_texts()
    assert len(rows) == 5
    assert [("Agrees as far" in row) for row in rows] == [True, True, True, False, True]
    assert "The recording does say" in rows[3]
    report = unquote(page.locator(".burst-lab a[download]").get_attribute("href") or "")
    assert "2. Burst duration: mean 32 ms" in report
    assert "4. Order and velocity: Cannot be answered from this recording." in report
    nothing_failed(lab)
    the_dark_theme_changes_it(lab)
    work_outlives_a_reload_and_a_second_run_of_the_cell(lab)
    assert press_every_step(lab) > 25
    nothing_failed(lab)
    a_phone_shows_it_without_sideways_scrolling(lab)
    page.get_by_role("button", name="Start again").press("Enter")
    lab.ask("pass")
    nothing_failed(lab)


def a_phone_shows_it_without_sideways_scrolling(lab: Lab) -> None:
    lab.page.set_viewport_size({"width": 390, "height": 844})
    lab.command("application:toggle-left-area")
    lab.page.wait_for_timeout(500)
    lab.reveal(".burst-lab")
    for number in range(1, 7):
        step(lab, number)
        wide = lab.page.evaluate(
            """[...document.querySelectorAll(".burst-lab, .burst-lab .lab-controls, .burst-lab .lab-bar")]
            .filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => node.className)"""
        )
        assert wide == [], number


def press_every_step(lab: Lab) -> int:
    """All choices of all lists, all boxes, all buttons, in no sensible order; return how many controls there were."""
    pressed = 0
    for number in range(1, 7):
        step(lab, number)
        pressed += lab.page.evaluate(PRESS_ALL)
        lab.ask("pass")  # everything sent to the kernel before this has been answered
    return pressed


def the_dark_theme_changes_it(lab: Lab) -> None:
    ground = "getComputedStyle(document.querySelector('.burst-lab')).backgroundColor"
    light = lab.page.evaluate(ground)
    lab.theme("JupyterLab Dark")
    assert lab.page.evaluate(ground) != light


def work_outlives_a_reload_and_a_second_run_of_the_cell(lab: Lab) -> None:
    page = lab.page
    step(lab, 6)
    fill(page.locator(".burst-lab textarea").first, "Cortex, perhaps")
    lab.ask("pass")
    lab.command("docmanager:save")
    lab.reload()
    lab.reveal(".burst-lab")
    assert page.locator(".burst-lab textarea").first.input_value() == "Cortex, perhaps"
    again = "__import__('myoteach').burst_lab(seed=22)"
    assert lab.state(f"[{again}.lines[0], {again}.step]") == ["Cortex, perhaps", 6]

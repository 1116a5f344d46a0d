"""The lessons in JupyterLab, as a learner meets them: run, press every control, reload, restart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import ElementHandle, Error

from . import lesson_six, movements
from .axe import barriers, barriers_of_colour
from .conftest import Lab, Server

#: Output areas only: JupyterLab's own interface has findings that are not ours to mend. A pandas frame writes an empty
#: corner into its own table head; a reader who wants the table accessible has it in the explorer.
OUTPUTS = {"include": [[".jp-OutputArea-output"]], "exclude": [[".dataframe"]]}
LESSONS = [
    "00_start_here.ipynb",
    "01_what_is_a_myoclonic_jerk.ipynb",
    "02_jerk_twitch_tic_or_tremor.ipynb",
    "03_everyday_jerks.ipynb",
    "04_where_when_and_what_sets_it_off.ipynb",
    "05_where_the_jerk_starts.ipynb",
    "06_what_causes_it.ipynb",
    "07_jerks_and_epilepsy.ipynb",
    "08_finding_the_cause.ipynb",
    "09_when_to_seek_help.ipynb",
    "10_neurophysiology_lab.ipynb",
]
SIXTH = LESSONS[6]
LOG = (
    "[[a.id, a.item, list(a.response), a.correct, a.confidence] "
    "for a in __import__('myoteach.questions', fromlist=['x']).read_log().attempts]"
)
CARD = ".jp-OutputArea-output .qz-card"
#: From within the page. What one list holds may depend on another; a list may be made anew by what it changes.
PRESS = """(place) => {
  const node = window.testControls[place];
  if (!node.isConnected || node.disabled) return;
  if (node.tagName !== "SELECT") return node.click();
  for (let index = 0; node.isConnected && index < node.options.length; index += 1) {
    node.selectedIndex = index;
    node.dispatchEvent(new Event("input", { bubbles: true }));
    node.dispatchEvent(new Event("change", { bubbles: true }));
  }
}"""
#: How many controls of one kind are tried with keys.
LIKES = 2
CONTROLS = ".jp-OutputArea-output :is(button, input, select, summary, [tabindex='0'])"


def run(lab: Lab, lesson: str) -> None:
    lab.open(lesson)
    lab.unfold()
    lab.run_all()
    lab.page.wait_for_selector(".jp-OutputArea-output .myo", state="attached")


def nothing(*_: Any) -> None:
    """Look at nothing more."""


class Looks(NamedTuple):
    """What else is looked at in a lesson while it is open."""

    at_first: Callable[[Lab], Any] = nothing
    before_the_reload: Callable[[Lab], Any] = nothing
    after_the_reload: Callable[[Lab, Any], Any] = nothing
    without_its_kernel: Callable[[Lab], Any] = nothing
    at_last: Callable[[Lab], Any] = nothing


LOOKS = {
    LESSONS[1]: Looks(movements.lesson_one_shows_what_its_words_promise),
    LESSONS[2]: Looks(movements.lesson_two_shows_no_name_before_it_is_asked_for),
    SIXTH: Looks(
        lesson_six.keys_lead_through_all_explorers,
        lesson_six.matrix_and_map_are_set,
        lesson_six.matrix_and_map_stand_where_they_stood,
        lesson_six.the_page_answers_without_its_kernel,
        lesson_six.a_phone_shows_it_without_sideways_scrolling,
    ),
}


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_run_read_answered_reloaded_killed_and_pressed(lab: Lab, lesson: str) -> None:
    """One visit to a lesson, in the order of a bad day; opening it is what takes the time."""
    looks = LOOKS.get(lesson, Looks())
    nobody_answered_before(lab)
    run(lab, lesson)
    looks.at_first(lab)
    nothing_failed(lab)
    axe_finds_nothing(lab)
    keys_stay(lab)
    first = the_log_outlives_a_reload(lab, looks)
    the_log_outlives_a_killed_kernel(lab, first, looks)
    if lesson != LESSONS[-1]:  # the laboratory, which shows a step at a time, has its own
        assert press_everything(lab) > 15
    nothing_failed(lab)
    looks.at_last(lab)


def nothing_failed(lab: Lab) -> None:
    """No error in a cell, in a message, in the page or on the server, and nothing asked of the network."""
    assert lab.kernel_errors() == []
    assert lab.visit.left_loopback == []
    assert lab.visit.errors == []
    assert "Traceback" not in lab.log()
    assert "Build is" not in lab.log()  # nobody asked whether JupyterLab should be built anew


def axe_finds_nothing(lab: Lab) -> None:
    """In either theme."""
    lab.theme("JupyterLab Dark")
    assert barriers(lab.page, OUTPUTS) == []
    lab.theme("JupyterLab Light")
    assert barriers_of_colour(lab.page, OUTPUTS) == []


def nobody_answered_before(lab: Lab) -> None:
    for file in lab.server.folder.parent.rglob("progress/*.jsonl"):
        file.unlink()


def give_up(lab: Lab) -> None:
    """Say of the first question of the notebook that one does not know, which every kind of question takes."""
    card = lab.reveal(".qz-card")
    card.locator("[data-key=pass]").press("Enter")
    card.locator(".qz-verdict").wait_for()


def the_log_outlives_a_reload(lab: Lab, looks: Looks) -> Any:
    """Answer, reload: the page says the same; return the log, which holds the attempt once."""
    give_up(lab)
    said = lab.page.locator(CARD).first.inner_text()
    kept = looks.before_the_reload(lab)
    lab.command("docmanager:save")
    lab.reload()
    looks.after_the_reload(lab, kept)
    card = lab.reveal(".qz-card")
    card.locator(".qz-verdict").wait_for()
    assert card.inner_text() == said
    log = lab.state(LOG)
    assert len(log) == 1
    card.locator("[data-key=next]").press("Enter")
    return log


def the_log_outlives_a_killed_kernel(lab: Lab, before: Any, looks: Looks) -> None:
    """Kill, run all again, answer: what was answered before stands, and one attempt more."""
    lab.kill()
    looks.without_its_kernel(lab)
    lab._ready()
    lab.run_all()
    assert lab.state(LOG) == before
    lab.visit.errors.clear()  # of the widgets whose kernel went
    give_up(lab)
    after = lab.state(LOG)
    assert after[:1] == before
    assert len(after) == 2


def keys_stay(lab: Lab) -> None:
    """With a control focused, `d` twice must not delete a cell, nor may `b`, `x` or `a` do what they do there."""
    before = lab.cell_count()
    tried: Counter[str] = Counter()
    for name, kind, place in controls(lab):
        if tried[kind] == LIKES:
            continue
        tried[kind] += 1
        lab.page.evaluate("place => window.testControls[place].focus()", place)
        lab.page.keyboard.type("ddbxa")
        assert lab.cell_count() == before, name
    assert sum(tried.values()) > 5  # the laboratory shows one of its six steps at a time


def press_everything(lab: Lab) -> int:
    """Press each control once, in rounds, until a round finds nothing new; return how many were pressed.

    The first control of a kind gets a person's click, its likes a click from the page: a hundred times faster.
    """
    done: set[str] = set()
    kinds: set[str] = set()
    for _ in range(4):
        fresh = [found for found in controls(lab) if found[0] not in done]
        for name, kind, place in fresh:
            done.add(name)
            press(lab, place, as_a_person=kind not in kinds)
            kinds.add(kind)
        if not fresh:
            break
    lab.ask("pass")  # everything sent to the kernel before this has been answered
    return len(done)


def controls(lab: Lab) -> list[tuple[str, str, int]]:
    """Every visible control: a name that stays the same while the page is redrawn, its kind, and its place.

    The page keeps the controls themselves, as `testControls`.
    """
    found = lab.page.evaluate(
        """(selector) => {
          window.testControls = [...document.querySelectorAll(selector)];
          return window.testControls.map((node, place) => {
            if (!node.getBoundingClientRect().width || node.disabled) return null;
            const label = node.getAttribute("aria-label") ?? node.textContent + (node.labels?.[0]?.textContent ?? "");
            const group = node.closest("fieldset")?.textContent ?? "";
            const explorer = node.closest(".myo")?.className ?? "";
            const kind = [node.tagName, node.type, node.className, explorer].join("|");
            return [[kind, node.value, label, group].join("|").slice(0, 400), kind, place];
          }).filter(Boolean);
        }""",
        CONTROLS,
    )
    return [tuple(each) for each in found]


def press(lab: Lab, place: int, *, as_a_person: bool) -> None:
    found = lab.page.evaluate_handle("place => window.testControls[place]", place) if as_a_person else None
    control = found and found.as_element()
    if control and control.evaluate("node => node.tagName !== 'SELECT' && node.checkVisibility()"):
        press_as_a_person(control)
    else:
        lab.page.evaluate(PRESS, place)


def press_as_a_person(control: ElementHandle, patience: int = 3) -> None:
    """Press what may shift or be made anew just now, by what was pressed before; an heir is found in the next round."""
    # to the middle, for JupyterLab shifts what stands at the edge when it draws a cell that comes into sight
    control.evaluate("node => node.scrollIntoView({ block: 'center' })")
    try:
        control.click(timeout=10_000, force=True)
    except Error:
        if control.evaluate("node => node.isConnected"):
            assert patience, "it cannot be pressed"
            press_as_a_person(control, patience - 1)


@pytest.fixture
def short_page(server: Server) -> Iterator[None]:
    """JupyterLab as it is by default: cells that are out of sight are not in the page."""
    server.keep_in_page("full")
    yield
    server.keep_in_page("none")


def test_what_left_the_page_comes_back_as_it_was(short_page: None, lab: Lab) -> None:
    run(lab, SIXTH)
    matrix = lab.page.locator(".jp-OutputArea-output .cm").first
    scroll_to = """async (selector) => {
      const { content } = window.jupyterapp.shell.currentWidget;
      const found = content.widgets.findIndex((cell) => selector && cell.node.querySelector(selector));
      const place = found < 0 ? content.widgets.length - 1 : found;
      document.activeElement.blur();  // the cell one is in stays in the page
      content.activeCellIndex = place;
      await content.scrollToItem(place, "start");
    }"""
    lab.page.evaluate(scroll_to, ".cm")
    matrix.get_by_text("What came before").click()
    matrix.locator(".cm-clue", has_text="known kidney failure").get_by_label("Yes").check()
    said = matrix.locator(".cm-status").inner_text()
    lab.page.evaluate(scroll_to, "")
    matrix.wait_for(state="hidden")
    lab.page.evaluate(scroll_to, ".cm")
    assert matrix.locator(".cm-status").inner_text() == said
    assert matrix.locator(".cm-clue", has_text="known kidney failure").get_by_label("Yes").is_checked()
    assert lab.visit.errors == []

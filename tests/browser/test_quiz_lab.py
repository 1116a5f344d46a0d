"""The quiz in JupyterLab: answered by keyboard, reloaded, its kernel killed; the log holds each attempt once."""

from __future__ import annotations

import json

from playwright.sync_api import Locator

from .conftest import Lab
from .test_lessons import CARD, LOG, axe_finds_nothing, nobody_answered_before, nothing_failed

NAME = "quiz.ipynb"
QUIZ = 'from myoteach import quiz\nquiz("lesson-07/opening")'


#: What JupyterLab writes into a notebook when it saves the widgets' state: every synchronised trait of every widget.
STATE = (
    "{key: {k: v for k, v in w.get_state().items() if k not in ('_esm', '_css', 'layout')} "
    "for key, w in __import__('ipywidgets').widgets.widget._instances.items() if type(w).__name__ == 'Quiz'}"
)


def test_a_quiz_is_answered_reloaded_saved_and_outlives_its_kernel(lab: Lab) -> None:
    """One visit, in the order of a bad day; opening JupyterLab is what takes the time."""
    nobody_answered_before(lab)
    lab.write(NAME, QUIZ, "", "")
    lab.open(NAME)
    lab.run_all()
    card = lab.reveal(".qz-card")
    assert keys_stay(lab, card) > 5
    axe_finds_nothing(lab)
    said = answered_by_keyboard(lab, card)
    assert keys_stay(lab, card) > 5
    axe_finds_nothing(lab)
    it_is_the_same_after_a_reload(lab, said)
    nothing_failed(lab)
    the_saved_notebook_holds_no_key(lab)
    a_killed_kernel_costs_no_answer(lab)


def choose(lab: Lab, card: Locator, place: int, sure: int) -> None:
    """Choose an option and how sure, by keys alone."""
    card.locator(".qz-option input").nth(place).focus()
    lab.page.keyboard.press("Space")
    card.locator(".qz-sureness input").nth(sure).focus()
    lab.page.keyboard.press("Space")


def check(lab: Lab, card: Locator) -> None:
    card.locator("[data-key=check]").press("Enter")


def keys_stay(lab: Lab, card: Locator) -> int:
    """Try each control with keys that JupyterLab would take for its own; return how many there were."""
    count = lab.cell_count()
    controls = card.locator(":is(button, input, select, summary, a, [tabindex])").element_handles()
    for control in controls:
        control.evaluate("node => node.focus()")
        lab.page.keyboard.type("ddbxa")
        assert lab.cell_count() == count, control.evaluate("node => node.outerHTML")
    return len(controls)


def answered_by_keyboard(lab: Lab, card: Locator) -> str:
    choose(lab, card, 0, 1)
    check(lab, card)
    card.locator(".qz-verdict").wait_for()
    assert "qz-verdict-head" in lab.page.evaluate("document.activeElement.className")
    ((_, item, _, _, confidence),) = lab.state(LOG)
    assert (item, confidence) == ("Q07-001", 2)
    return card.inner_text()


def it_is_the_same_after_a_reload(lab: Lab, said: str) -> None:
    lab.command("docmanager:save")
    lab.reload()
    card = lab.reveal(".qz-card")
    card.locator(".qz-verdict").wait_for()
    assert card.inner_text() == said
    lab.run_all()  # the cell again, in the same kernel: it goes on where it was
    lab.ask("pass")
    lab.reveal(".qz-verdict")
    assert lab.page.locator(CARD).inner_text() == said
    assert len(lab.state(LOG)) == 1


def the_saved_notebook_holds_no_key(lab: Lab) -> None:
    """Not even with its widgets."""
    lab.command("docmanager:save")
    lab.page.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty")
    lab.ask(f"open('live.json', 'w').write(__import__('json').dumps({STATE}))")
    saved = json.loads((lab.server.folder / NAME).read_text(encoding="utf-8"))
    widgets = json.loads((lab.server.folder / "live.json").read_text(encoding="utf-8"))
    found = lab.ask(
        "import json\nfrom myoteach.questions import leaks, read_bank\n"
        f"book = json.load(open({NAME!r})); book['metadata']['widgets'] = json.load(open('live.json'))\n"
        "print(json.dumps(list(leaks(book, read_bank()))))"
    )
    assert any(output["data"].get("text/html") for cell in saved["cells"] for output in cell.get("outputs", []))
    assert "Q07-001" in json.dumps(widgets)
    assert json.loads(found) == []


def a_killed_kernel_costs_no_answer(lab: Lab) -> None:
    lab.reveal(".qz-card").locator("[data-key=next]").press("Enter")
    before = lab.state(LOG)
    assert len(before) == 1
    lab.kill()
    card = lab.reveal(".qz-card")
    choose(lab, card, 2, 2)
    chosen = card.locator(".qz-option input").nth(2).input_value()
    check(lab, card)
    card.locator(".qz-hint", has_text="The kernel does not answer").wait_for()
    assert card.locator(".qz-option input").nth(2).is_checked()
    lab._ready()
    lab.run_all()
    lab.page.locator(CARD, has_text="Your answer from before is still here").wait_for()
    card = lab.reveal(".qz-card")
    assert card.locator(".qz-option input:checked").input_value() == chosen
    check(lab, card)
    card.locator(".qz-verdict").wait_for()
    after = lab.state(LOG)
    assert after[:1] == before
    assert [entry[1:3] for entry in after[1:]] == [["Q07-010", [chosen]]]
    assert after[1][4] == 3
    assert len({entry[0] for entry in after}) == 2

"""The clue matrix without a kernel: ranks as Python does, state in its traits, nothing left behind."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import BrowserContext

from myoteach import KnowledgeBase, clue_matrix

from .axe import barriers
from .conftest import Visit, visit
from .standalone import mount_fifty_times, page_of


def show(context: BrowserContext, *, dark: bool = False, width: int = 1280, **arguments: object) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.page.set_content(page_of(clue_matrix(**arguments), dark=dark))  # type: ignore[arg-type]
    seen.page.wait_for_selector(".cm-list")
    return seen


def unfold(seen: Visit) -> None:
    """Open every section of questions, and the warning signs."""
    seen.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    seen.page.wait_for_selector("details.cm-section:last-of-type[open]")


def test_the_module_ranks_as_python_does(stage: BrowserContext, kb: KnowledgeBase) -> None:
    seen = show(stage)
    chance = random.Random(6)
    for _ in range(150):
        clues = chance.sample(sorted(kb.clues), chance.randint(0, 8))
        answers = {clue: chance.choice(["yes", "no", "not sure"]) for clue in clues}
        ranked = seen.page.evaluate(
            """(answers) => module.ranking.rankCauses(model.get("data"), answers)
            .map((match) => [match.cause.id, match.score, module.ranking.reason(match, answers)])""",
            answers,
        )
        # the page says its clues in the order of show, Python in the order they were answered
        ordered = {clue: answers[clue] for clue in kb.clues if clue in answers}
        assert ranked == [[match.cause.id, match.score, match.reason] for match in kb.causes(ordered)]


def test_state_comes_from_the_traits_and_goes_back_to_them(stage: BrowserContext) -> None:
    page = show(stage, answers={"CL06": "yes"}).page
    page.evaluate("model.set('answers', { CL25: 'yes', CL07: 'no' })")
    assert "2 answers" in page.locator(".cm-status").inner_text()
    page.evaluate("model.set('sections', [...new Set(model.get('data').clues.map((clue) => clue.section))])")
    assert page.locator("details.cm-section[open]").count() == 4
    assert page.locator(".cm-clue[data-answer=yes]").count() == 1
    page.locator(".cm-clue[data-answer=yes] input[value=no]").check()
    assert page.evaluate("model.get('answers')") == {"CL25": "no", "CL07": "no"}
    assert page.evaluate("window.saves") > 0


def test_fifty_mounts_leave_no_listener_and_no_node(stage: BrowserContext) -> None:
    page = show(stage).page
    mount_fifty_times(page)


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool) -> None:
    seen = show(stage, dark=dark, answers={"CL06": "yes", "CL08": "yes", "CL07": "no"})
    seen.page.locator(".cm-open").first.click()
    unfold(seen)
    assert barriers(seen.page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int) -> None:
    page = show(stage, width=width, answers={"CL06": "yes", "CL08": "yes"}).page
    page.locator(".cm-open").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(stage: BrowserContext) -> None:
    seen = show(stage, answers={"CL06": "yes"})
    page = seen.page
    unfold(seen)
    small = page.evaluate(
        """[...document.querySelectorAll("button, select, summary, .myo-segment")]
        .map((node) => [node.textContent.slice(0, 30), node.getBoundingClientRect()])
        .filter(([, box]) => box.height < 24 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


def test_hostile_text_stays_text(stage: BrowserContext) -> None:
    seen = show(stage)
    seen.page.evaluate(
        """() => { const data = model.get("data"); const cause = data.causes.find((row) => row.id === "C051");
        cause.plain_name = "<img src=x onerror='window.hacked=1'>"; cause.plain = "<script>window.hacked=1</script>";
        data.sources[cause.sources[0]].citation = "<b>bold</b>";
        model.set("opened", "C051"); }"""
    )
    seen.page.wait_for_selector(".cm-detail")
    assert "<script>" in seen.page.locator(".cm-detail").inner_text()
    assert seen.page.evaluate("window.hacked") is None
    assert seen.page.locator(".cm-results img, .cm-results b").count() == 0


def test_nothing_leaves_the_page_and_nothing_is_logged(stage: BrowserContext) -> None:
    seen = show(stage)
    unfold(seen)
    for box in seen.page.locator(".cm-clue input[value=yes]").all():
        box.check()
    assert len(seen.page.evaluate("model.get('answers')")) == 25
    assert seen.left_loopback == []
    assert seen.errors == []


def test_what_had_the_focus_keeps_it(stage: BrowserContext) -> None:
    page = show(stage, answers={"CL06": "yes"}).page
    page.locator(".cm-open").nth(2).focus()
    key = page.evaluate("document.activeElement.dataset.key")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.key") == key
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"

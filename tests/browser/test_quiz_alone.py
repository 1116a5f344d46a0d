"""The quiz in a page of its own, marked by its Python half: by keyboard alone, in every state, with no key in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from myoteach import load
from myoteach.questions import Bank, Case, Item, Ordering, read_bank, read_log
from myoteach.widgets import _attempt_log
from myoteach.widgets._quiz_sets import QuizSet
from myoteach.widgets.quiz import Quiz
from tests.questions import samples

from .axe import barriers
from .conftest import Visit, visit
from .kernel import Kernel
from .standalone import mount_fifty_times, page_of

SINGLE, MULTIPLE, MATCHING, NUMBER, ORDER, CASE = ("Q06-001", "Q06-002", "Q06-003", "Q06-004", "Q06-005", "Q06-006a")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path / "progress"))
    monkeypatch.setattr(_attempt_log, "_log", None)
    return tmp_path / "progress"


@dataclass
class Quizzed:
    """A page with a quiz and the kernel behind it."""

    visit: Visit
    kernel: Kernel

    @property
    def page(self) -> Page:
        return self.visit.page

    def verdict(self) -> str:
        return self.page.locator(".qz-verdict-head").inner_text()

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.className"))

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, slot: str) -> None:
        self.page.evaluate("(slot) => model.set('at', slot)", slot)


def show(
    context: BrowserContext,
    *,
    vote: bool = False,
    dark: bool = False,
    width: int = 1280,
    bank: Bank | None = None,
    items: tuple[Item, ...] = (),
    label: str = "Draft: no clinician has reviewed these questions yet.",
) -> Quizzed:
    bank = bank or samples.bank()
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 800})
    widget = Quiz(QuizSet("Six kinds", items or bank.items, "quiz", label), bank=bank, kb=load(), vote=vote)
    kernel = Kernel(seen.page, widget)
    seen.page.set_content(page_of(widget, dark=dark))
    seen.page.wait_for_selector(".qz-stem")
    return Quizzed(seen, kernel)


def answer(quizzed: Quizzed, *, sure: str = "fairly sure") -> None:
    """Say how sure, check, and wait for the verdict."""
    quizzed.page.get_by_role("radio", name=sure, exact=True).check(force=True)
    quizzed.page.get_by_role("button", name="Check answer").click()
    quizzed.page.wait_for_selector(".qz-verdict")


def test_by_keyboard_alone_from_question_to_result(stage: BrowserContext, folder: Path) -> None:
    quizzed = show(stage)
    page = quizzed.page
    page.locator(".qz-option input").first.focus()
    key = page.locator(".qz-option input").nth(
        [option for option, _ in quizzed.kernel.widget.data["questions"][0]["first"]["options"]].index("b")
    )
    quizzed.press("Space")
    while not key.is_checked():
        quizzed.press("ArrowDown")
    quizzed.press("Tab", "Space", "ArrowRight")  # how sure: fairly
    quizzed.press("Tab", "Tab", "Enter")  # past "do not ask", check
    page.wait_for_selector(".qz-verdict")
    assert quizzed.verdict() == "Right. You were fairly sure."
    assert "qz-verdict-head" in quizzed.focused()
    assert page.locator(".qz-verdict").get_attribute("role") == "status"
    quizzed.press("Tab", "Enter")  # Next is one Tab away
    assert "qz-stem" in quizzed.focused()
    assert "Question 2 of 6" in page.locator(".qz-progress").inner_text()
    quizzed.press("Tab", "Space", "Tab", "Space")  # two boxes
    assert page.locator(".qz-count").inner_text() == "2 of 2 chosen"
    quizzed.go("end")
    assert "Of 6 questions: 1 right, 5 not answered yet." in page.locator(".qz-stem").inner_text()
    (attempt,) = read_log(folder).attempts
    assert (attempt.correct, attempt.confidence) == (True, 2)
    assert 0 < attempt.took < 60_000


def test_an_order_is_made_with_arrow_keys(stage: BrowserContext) -> None:
    quizzed = show(stage)
    page = quizzed.page
    quizzed.go(ORDER)
    ordering = next(item for item in samples.bank().items if isinstance(item, Ordering))
    for place, option in enumerate(ordering.options):
        line = page.locator(".qz-order li", has_text=option.text)
        line.locator("button").first.focus()
        while page.locator(".qz-order .qz-text").all_inner_texts().index(option.text) > place:
            quizzed.press("ArrowUp")
        assert option.text in str(page.evaluate("document.activeElement.innerText"))
    answer(quizzed)
    assert quizzed.verdict().startswith("Right.")


def test_a_moved_line_says_where_it_is(stage: BrowserContext) -> None:
    quizzed = show(stage)
    quizzed.go(ORDER)
    line = quizzed.page.locator(".qz-order li").first
    text = line.locator(".qz-text").inner_text()
    line.get_by_role("button", name="Move down").click()
    assert quizzed.page.locator("[role=status].myo-sr").inner_text() == f"{text}: now 2 of 3."


def test_matching_number_and_case(stage: BrowserContext, folder: Path) -> None:
    quizzed = show(stage)
    page = quizzed.page
    quizzed.go(MATCHING)
    page.get_by_role("button", name="Check answer").click()
    assert "two are left" in page.locator(".qz-hint").inner_text()
    page.get_by_label("A jolt on falling asleep").select_option("a")
    page.get_by_label("Hands that flap when held out").select_option("c")
    answer(quizzed)
    assert quizzed.verdict().startswith("Partly right.")
    assert page.locator(".qz-instead").inner_text() == "You chose: Tremor."
    quizzed.go(NUMBER)
    page.locator(".qz-number").type("a lot")
    page.get_by_role("button", name="Check answer").click()
    assert "Give a number in ms" in page.locator(".qz-hint").inner_text()
    page.locator(".qz-number").fill("52,5")
    answer(quizzed)
    assert quizzed.verdict().startswith("Right.")
    quizzed.go(CASE)
    assert "confused" not in page.content()
    page.get_by_role("button", name="I don’t know").click()
    page.wait_for_selector(".qz-verdict")
    page.get_by_role("button", name="Go on with the case").click()
    assert page.locator(".qz-case p").all_inner_texts() == [
        "A man of seventy has jerks since Tuesday.",
        "He is now confused.",
    ]
    assert "Question 6 of 6, part 2 of 2" in page.locator(".qz-progress").inner_text()
    assert [attempt.item for attempt in read_log(folder).attempts] == [MATCHING, NUMBER, CASE]


def said(why: str) -> str:
    """An explanation as the page says it."""
    told = why.removeprefix("Right: ")
    return told[0].upper() + told[1:]


def test_no_key_is_in_the_page_before_the_answer(stage: BrowserContext) -> None:
    quizzed = show(stage)
    bank = samples.bank()
    held = "document.documentElement.outerHTML + JSON.stringify([model.get('data'), model.get('picks')])"
    texts = {said(part.why) for item in bank.questions for part in getattr(item, "options", ()) if part.why}
    texts |= {item.feature for item in bank.questions}
    before = quizzed.page.evaluate(held)
    assert len(texts) > 10
    assert not [text for text in texts if text in before]
    quizzed.page.get_by_role("button", name="I don’t know").click()
    quizzed.page.wait_for_selector(".qz-verdict")
    after = quizzed.page.evaluate(held)
    told = {said(option.why) for option in bank.item(SINGLE).options} | {bank.item(SINGLE).feature}  # type: ignore[attr-defined]
    assert told <= {text for text in texts if text in after}
    traits = quizzed.page.evaluate("JSON.stringify([model.get('data'), model.get('picks')])")
    assert not [text for text in texts if text in traits]


def test_what_is_missing_is_said_and_gets_the_focus(stage: BrowserContext, folder: Path) -> None:
    quizzed = show(stage)
    page = quizzed.page
    check = page.get_by_role("button", name="Check answer")
    check.click()
    assert page.locator(".qz-hint").inner_text() == "Choose an answer first."
    assert page.evaluate("document.activeElement.type") == "radio"
    page.locator(".qz-option").first.click()
    check.click()
    assert page.locator(".qz-hint").inner_text() == "Say how sure you are first."
    assert not folder.exists() or not read_log(folder).attempts


def test_confidence_is_one_click_off_and_stays_off(stage: BrowserContext) -> None:
    quizzed = show(stage)
    page = quizzed.page
    page.get_by_role("button", name="Do not ask how sure I am").click()
    assert page.evaluate("model.get('confidence')") is False
    assert page.evaluate("document.activeElement.innerText") == "Ask how sure I am"
    page.locator(".qz-option").first.click()
    page.get_by_role("button", name="Check answer").click()
    page.wait_for_selector(".qz-verdict")
    assert quizzed.kernel.sent[-1]["confidence"] is None
    assert page.locator(".qz-sure").count() == 0


def test_a_silent_kernel_is_said_and_the_answer_is_sent_again(stage: BrowserContext, folder: Path) -> None:
    quizzed = show(stage)
    page = quizzed.page
    quizzed.kernel.answers = False
    page.locator(".qz-option").first.click()
    page.get_by_role("radio", name="unsure", exact=True).check(force=True)
    page.get_by_role("button", name="Check answer").click()
    page.locator(".qz-hint", has_text="The kernel does not answer").wait_for()
    assert page.locator(".qz-option input").first.is_checked()
    quizzed.kernel.answers = True
    page.get_by_role("button", name="Check answer").click()
    page.wait_for_selector(".qz-verdict")
    assert page.locator(".qz-hint").inner_text() == ""
    assert len(read_log(folder).attempts) == 1


def test_a_late_reply_is_shown(stage: BrowserContext) -> None:
    quizzed = show(stage)
    page = quizzed.page
    page.evaluate(
        """() => { const kernel = window.kernel;
        window.kernel = (call) => new Promise((done) => { window.letGo = () => done(kernel(call)); }); }"""
    )
    page.get_by_role("button", name="I don’t know").click()
    page.locator(".qz-hint", has_text="The kernel does not answer").wait_for()
    page.evaluate("letGo()")
    page.wait_for_selector(".qz-verdict")
    assert page.locator(".qz-hint").inner_text() == ""
    assert quizzed.verdict().startswith("You did not know")


def test_a_page_mounted_again_sees_what_was_answered(stage: BrowserContext) -> None:
    quizzed = show(stage)
    page = quizzed.page
    page.get_by_role("button", name="I don’t know").click()
    page.wait_for_selector(".qz-verdict")
    said = page.locator(".qz-card").inner_text()
    page.evaluate("() => { unmount(); window.unmount = mount(); }")
    page.wait_for_selector(".qz-verdict")
    assert page.locator(".qz-card").inner_text() == said


def test_start_again(stage: BrowserContext) -> None:
    quizzed = show(stage)
    page = quizzed.page
    page.get_by_role("button", name="I don’t know").click()
    page.wait_for_selector(".qz-verdict")
    page.get_by_role("button", name="Start again").click()
    page.wait_for_selector(".qz-last")
    assert page.locator(".qz-verdict").count() == 0
    assert "you did not know it" in page.locator(".qz-last").inner_text()
    assert "qz-stem" in quizzed.focused()


def test_the_look_alike_is_offered_after_a_wrong_answer(stage: BrowserContext) -> None:
    bank = read_bank()
    first, second = bank.item("Q01-008"), bank.item("Q04-014")
    quizzed = show(stage, bank=bank, items=(first,))
    page = quizzed.page
    wrong = next(option.id for option in first.options if not option.key)  # type: ignore[attr-defined]
    page.locator(f".qz-option input[value={wrong}]").check()
    answer(quizzed, sure="sure")
    page.get_by_role("button", name="Tell two look-alikes apart").click()
    page.locator(".qz-progress", has_text="Question 2 of 2").wait_for()
    assert second.stem in page.locator(".qz-stem").inner_text()
    assert "qz-stem" in quizzed.focused()
    page.get_by_role("button", name="I don’t know").click()
    page.wait_for_selector(".qz-verdict")
    assert "What tells the two apart." in page.locator(".qz-verdict").inner_text()


def test_a_vote_shows_no_key_until_it_is_revealed_and_counts_hands(stage: BrowserContext, folder: Path) -> None:
    quizzed = show(stage, vote=True)
    page = quizzed.page
    assert page.get_by_role("radio").count() == 0
    assert page.locator(".qz-letter").evaluate_all("nodes => nodes.map((node) => node.firstChild.data)") == list("ABCD")
    assert (
        page.locator(".qz-room .qz-option").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)") >= 18
    )
    page.get_by_role("button", name="Count hands").click()
    page.get_by_label("Hands for A").fill("7")
    page.get_by_label("Hands for B").fill("14")
    assert page.locator(".qz-total").inner_text() == "21 hands counted."
    widths = page.locator(".qz-bar").evaluate_all("bars => bars.map((bar) => bar.getBoundingClientRect().width)")
    assert widths[0] == pytest.approx(widths[1] / 2, abs=1)
    assert widths[2] == 0
    assert page.locator(".qz-is-right").count() == 0
    page.get_by_role("button", name="Reveal the answer").click()
    page.wait_for_selector(".qz-verdict")
    shown = [option for option, _ in quizzed.kernel.widget.data["questions"][0]["first"]["options"]]
    assert quizzed.verdict() == f"The answer is {'ABCD'[shown.index('b')]}."
    assert page.locator(".qz-why").count() == 4
    assert page.get_by_label("Hands for B").input_value() == "14"
    assert not folder.exists()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("vote", [False, True])
def test_axe_finds_nothing_in_any_state(stage: BrowserContext, dark: bool, vote: bool) -> None:
    quizzed = show(stage, dark=dark, vote=vote)
    page = quizzed.page
    for slot in (SINGLE, MULTIPLE, MATCHING, NUMBER, ORDER, CASE, "end"):
        quizzed.go(slot)
        if slot == "end" and vote:
            continue
        assert barriers(page) == []
        if slot != "end":
            page.locator("[data-key=pass], [data-key=reveal]").click()
            page.wait_for_selector(".qz-verdict")
            page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
            assert barriers(page) == []


def test_axe_finds_nothing_in_verdicts(stage: BrowserContext) -> None:
    for dark in (False, True):
        for value in "ab":
            quizzed = show(stage, dark=dark)
            quizzed.page.locator(f".qz-option input[value={value}]").check()
            answer(quizzed)
            assert barriers(quizzed.page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("vote", [False, True])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int, vote: bool) -> None:
    bank = read_bank()
    longest = [item for item in bank.items if not isinstance(item, Case)]
    longest.sort(key=lambda item: -max([len(option.text) for option in getattr(item, "options", ())] or [0]))
    kinds = {item.kind: item for item in reversed(longest)}
    quizzed = show(stage, width=width, vote=vote, bank=bank, items=tuple(kinds.values()))
    page = quizzed.page
    if vote:
        page.evaluate("model.set('counting', true)")
    for item in kinds.values():
        quizzed.go(item.id)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, item.id
        page.locator("[data-key=pass], [data-key=reveal]").click()
        page.wait_for_selector(".qz-verdict")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, item.id


def test_targets_are_large_enough_and_keep_their_keys(stage: BrowserContext) -> None:
    quizzed = show(stage)
    for slot in (SINGLE, MULTIPLE, MATCHING, NUMBER, ORDER):
        quizzed.go(slot)
        found = quizzed.page.evaluate(
            """() => [...document.querySelectorAll(".qz :is(button, select, summary, input, .myo-segment, [tabindex])")]
            .map((node) => [node.outerHTML.slice(0, 90), node.getBoundingClientRect(),
              node.matches(".myo-segment") || node.dataset.lmSuppressShortcuts === "true"])
            .filter(([, box, keeps]) => box.height < 24 || box.width < 24 || !keeps).map(([text]) => text)"""
        )
        assert found == []


def test_hostile_text_stays_text(stage: BrowserContext) -> None:
    hostile = "<img src=x onerror='window.hacked=1'>"
    single = samples.with_option(
        samples.changed(samples.SINGLE, stem=hostile, feature=hostile), "a", text=hostile, why=hostile
    )
    quizzed = show(stage, bank=samples.bank(single), label=hostile)
    page = quizzed.page
    page.locator(".qz-option input[value=a]").check()
    answer(quizzed)
    assert page.locator(".qz-verdict").inner_text().count(hostile) >= 2
    assert page.evaluate("window.hacked") is None
    assert page.locator(".qz img").count() == 0


def test_fifty_mounts_leave_no_listener_and_no_node(stage: BrowserContext) -> None:
    mount_fifty_times(show(stage).page)


def test_nothing_leaves_the_page_and_nothing_is_logged(stage: BrowserContext) -> None:
    quizzed = show(stage)
    for slot in (SINGLE, MULTIPLE, MATCHING, NUMBER, ORDER, CASE, "Q06-006b", "end"):
        quizzed.go(slot)
        if slot != "end":
            quizzed.page.get_by_role("button", name="I don’t know").click()
            quizzed.page.wait_for_selector(".qz-verdict")
    assert "7 not known" in quizzed.page.locator(".qz-stem").inner_text()
    assert quizzed.visit.left_loopback == []
    assert quizzed.visit.errors == []

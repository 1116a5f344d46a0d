"""The article on trial without a kernel: judged first, told then, counted as Python counts."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from myoteach import KnowledgeBase, article_on_trial
from myoteach.knowledge.records import Claim
from myoteach.widgets.article_on_trial import ArticleOnTrial

from .axe import barriers
from .conftest import Visit, visit
from .standalone import mount_fifty_times, page_of

FOCUSED = "document.activeElement.dataset.key"


def show(context: BrowserContext, trial: ArticleOnTrial, *, dark: bool = False, width: int = 1280) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.page.set_content(page_of(trial, dark=dark))
    seen.page.wait_for_selector(".trial-docket")
    return seen


def fresh(kb: KnowledgeBase, lesson: str = "") -> ArticleOnTrial:
    return ArticleOnTrial(kb, judged={}, lesson=lesson)


def vote(page: Page, name: str) -> None:
    page.get_by_role("group", name="Your judgement").get_by_role("button", name=name, exact=True).click()


def test_no_verdict_is_seen_before_the_judgement(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, fresh(kb)).page
    for row in kb.records("claims", Claim):
        page.evaluate("(id) => model.set('claim', id)", row.id)
        seen = page.locator("#root").inner_text()
        assert row.paraphrase in seen
        assert row.nuance not in seen
        assert "The verdict" not in seen
        page.evaluate("(id) => model.set('judged', { [id]: 'cannot say' })", row.id)
        assert row.nuance in page.locator(".trial-verdict").inner_text()


def test_every_claim_counts_as_python_counts(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, fresh(kb)).page
    for word in ("supported", "oversimplified", "wrong", "not about myoclonus"):
        twin = fresh(kb)
        twin.judged = {row.id: word for row in twin.claims}
        page.evaluate("(judged) => model.set('judged', judged)", twin.judged)
        agree = int(twin.frame()["agrees"].sum())
        expected = f"65 of 65 judged. You agree with the verdict on {agree} of 65."
        assert page.locator(".trial-count").inner_text() == expected
        assert page.locator(".trial-number.trial-agrees").count() == agree
    article_on_trial().judged = {}


def test_judge_read_go_on_by_keys_alone(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, fresh(kb, "07")).page
    page.locator("[data-key=claim]").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # "Right"
    assert page.evaluate(FOCUSED) == "verdict"
    assert "You agree with the verdict" in page.locator(".trial-verdict").inner_text()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the sources
    page.wait_for_selector(".trial-verdict .myo-sources li")
    page.locator("[data-key=next]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "claim"
    assert page.evaluate("model.get('claim')") == "S48"
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")  # "Needs a correction"
    assert page.evaluate("model.get('judged')") == {"S47": "supported", "S48": "oversimplified"}
    assert page.locator("[data-key=next]").count() == 0
    assert page.locator(".trial-count").inner_text() == "2 of 2 judged. You agree with the verdict on 1 of 2."


def test_every_control_does_what_it_says(stage: BrowserContext, kb: KnowledgeBase) -> None:
    seen = show(stage, fresh(kb))
    page = seen.page
    labels = ["Right", "Needs a correction", "Wrong", "Not about these jerks", "I cannot say"]
    for label in labels:
        vote(page, label)
        assert page.locator(".trial-both dd").first.inner_text() == label
        page.locator("[data-key=next]").click()
    assert page.locator(".trial-number:not(.trial-open)").count() == 5
    page.locator(".trial-number").first.click()
    page.locator("[data-key=again]").click()
    assert page.locator(".trial-ballot").is_visible()
    page.locator("[data-key=tally]").click()
    page.wait_for_selector(".trial-tally table")
    cells = [int(text) for text in page.locator(".trial-tally td").all_inner_texts()]
    assert sum(cells) == 4
    page.get_by_label("Claims of").select_option("03")
    assert page.locator(".trial-number").count() == 9
    page.get_by_role("button", name="Deal a few at random").click()
    assert page.locator(".trial-number").count() == 6
    dealt = page.evaluate("model.get('dealt')")
    page.get_by_role("button", name="Deal again").click()
    assert len(set(page.evaluate("model.get('dealt')"))) == 6
    vote(page, "Wrong")
    page.locator("[data-key=forget]").click()
    assert page.locator(".trial-number:not(.trial-open)").count() == 0
    assert len(page.evaluate("model.get('judged')")) == 4  # those of other claims stay
    page.get_by_role("button", name="Show them all").click()
    assert page.evaluate("model.get('dealt')") == []
    assert len(dealt) == 6
    assert seen.left_loopback == []
    assert seen.errors == []


def test_a_deal_begins_with_what_was_not_judged(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, fresh(kb, "03")).page
    judged = {row.id: "wrong" for row in kb.records("claims", Claim) if row.lesson == "03"}
    left = [judged.popitem()[0] for _ in range(6)]
    page.evaluate("(judged) => model.set('judged', judged)", judged)
    page.get_by_role("button", name="Deal a few at random").click()
    assert sorted(page.evaluate("model.get('dealt')")) == sorted(left)


def test_a_verdict_on_indirect_sources_says_so(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, fresh(kb)).page
    for row in kb.records("claims", Claim):
        page.evaluate("(id) => { model.set('judged', { [id]: 'wrong' }); model.set('claim', id); }", row.id)
        assert ("indirect sources" in page.locator(".trial-verdict").inner_text()) == (row.support != "direct")


def judge_some(page: Page) -> None:
    page.evaluate("model.set('judged', { S01: 'oversimplified', S02: 'wrong', S03: 'cannot say' })")
    page.evaluate("model.set('claim', 'S02'); model.set('show_sources', true); model.set('show_tally', true)")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("judged", [False, True])
def test_axe_finds_nothing(stage: BrowserContext, kb: KnowledgeBase, dark: bool, judged: bool) -> None:
    page = show(stage, fresh(kb), dark=dark).page
    if judged:
        judge_some(page)
    assert barriers(page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, kb: KnowledgeBase, width: int) -> None:
    page = show(stage, fresh(kb), width=width).page
    judge_some(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "[...document.querySelectorAll('.trial *')].filter((n) => n.getBoundingClientRect().right > innerWidth + 1)"
    outside = f"{wide}.filter((n) => !n.closest('.myo-sr, .myo-scroll')).map((n) => n.outerHTML.slice(0, 80))"
    assert page.evaluate(outside) == []


def test_targets_are_large_enough(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, fresh(kb)).page
    judge_some(page)
    small = page.evaluate(
        """[...document.querySelectorAll(".trial :is(button, select, summary):not([hidden])")]
        .filter((node) => { const { height, width } = node.getBoundingClientRect(); return height < 24 || width < 24; })
        .map((node) => node.textContent)"""
    )
    assert small == []


def test_hostile_text_stays_text(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, fresh(kb)).page
    page.evaluate(
        """() => { const claim = model.get("data").claims[0];
        claim.paraphrase = "<img src=x onerror='window.hacked=1'>"; claim.nuance = "<b>bold</b>";
        model.set("judged", { S01: "wrong" }); model.set("claim", "S01"); }"""
    )
    assert "<b>bold</b>" in page.locator(".trial-card").inner_text()
    assert page.locator(".trial-card img, .trial-card b").count() == 0
    assert page.evaluate("window.hacked") is None


def test_fifty_mounts_leave_no_listener_and_no_node(stage: BrowserContext, kb: KnowledgeBase) -> None:
    mount_fifty_times(show(stage, fresh(kb)).page)

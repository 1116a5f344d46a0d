"""The glossary without a kernel: finds what Python finds, links lead on, keys and phones reach everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from myoteach import KnowledgeBase, glossary
from myoteach.knowledge.records import Term

from .axe import barriers
from .conftest import Visit, visit
from .standalone import mount_fifty_times, page_of

FOCUSED = "document.activeElement.dataset.key"


def show(
    context: BrowserContext, *, dark: bool = False, width: int = 1280, term: str = "", wording: str = "plain"
) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.page.set_content(page_of(glossary(term, wording=wording), dark=dark))
    seen.page.wait_for_selector(".gl-foot")
    return seen


def listed(page: Page) -> list[str]:
    return page.locator(".gl-list h2").all_inner_texts()


def plain(names: list[str]) -> list[str]:
    """Names without the sign in front that says open or closed, which some browsers count as text."""
    return [name.removeprefix("▸ ").removeprefix("▾ ") for name in names]


@pytest.mark.parametrize("drafts", [False, True])
def test_every_letter_and_every_search_shows_what_python_shows(
    stage: BrowserContext, kb: KnowledgeBase, drafts: bool
) -> None:
    page = show(stage).page
    twin = glossary()
    twin.drafts = drafts
    page.evaluate("(drafts) => { model.set('drafts', drafts); model.set('limit', 500); }", drafts)
    for letter in sorted({row.term[0].upper() for row in kb.records("glossary", Term)}):
        twin.letter = letter
        page.evaluate("(letter) => model.set('letter', letter)", letter)
        assert plain(listed(page)) == [row.term for row in twin.terms]
    for query in ("tremor", "e", "SHOCK", "flap", "zzz", " 10 "):
        twin.query = query
        page.evaluate("(query) => model.set('query', query)", query)
        assert plain(listed(page)) == [row.term for row in twin.terms]


def test_search_as_you_type_by_keys_alone(stage: BrowserContext) -> None:
    page = show(stage).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "search"
    counts = []
    for letter in "flap":
        page.keyboard.press(letter)
        counts.append(page.locator(".gl-status").inner_text())
    assert counts[-1].endswith("“flap”")
    assert len(set(counts)) == 4
    assert page.evaluate("document.activeElement.type") == "search"
    assert plain(listed(page))[0] == "Asterixis"
    page.locator("[data-key=term-asterixis]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "term-asterixis"
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the first term beside it
    assert page.evaluate(FOCUSED) == "term-encephalopathy"
    assert page.evaluate("[model.get('letter'), model.get('query')]") == ["E", ""]


def test_every_control_does_what_it_says(stage: BrowserContext, kb: KnowledgeBase) -> None:
    seen = show(stage)
    page = seen.page
    names = page.locator(".gl-letter").all_inner_texts()
    for name in names:
        page.get_by_role("button", name=name, exact=True).click()
        assert page.locator(".gl-letter[aria-pressed=true]").all_inner_texts() == [name]
        assert all(term.startswith(name) for term in plain(listed(page)))
    page.get_by_role("button", name="S", exact=True).click()
    before = len(listed(page))
    page.locator("[data-key=more]").click()
    assert len(listed(page)) > before
    page.get_by_label("Clinical", exact=True).check()
    row = kb.get("seizure", table="glossary")
    assert isinstance(row, Term)
    item = page.locator(".gl-list > li", has=page.locator("[data-key=term-seizure]"))
    assert row.clinical in item.inner_text()
    assert row.plain not in item.inner_text()
    page.locator("[data-key=term-seizure]").click()
    assert row.plain in item.inner_text()
    assert item.locator(".myo-sources a").count() > 0
    page.locator("[data-key=term-seizure]").click()
    assert item.locator(".myo-sources").count() == 0
    page.get_by_label("Also 33 drafts").check()
    page.get_by_role("button", name="A", exact=True).click()
    assert "Amplitude" in plain(listed(page))
    amplitude = page.locator(".gl-list > li", has=page.locator("[data-key=term-amplitude]"))
    assert "needs a source" in amplitude.inner_text()
    page.get_by_label("Also 33 drafts").uncheck()
    assert "Amplitude" not in plain(listed(page))
    assert seen.left_loopback == []
    assert seen.errors == []


def test_no_link_leads_to_a_draft_that_is_left_out(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage).page
    drafts = {row.id for row in kb.records("glossary", Term) if row.support == "none"}
    linked = set()
    for row in kb.records("glossary", Term):
        if row.id not in drafts:
            page.evaluate("(id) => model.set('opened', id)", row.id)
            keys = page.evaluate("[...document.querySelectorAll('.gl-see button')].map((node) => node.dataset.key)")
            assert set(keys) == {f"see-{other}" for other in row.see_also if other not in drafts}
            linked |= set(keys)
    assert linked


def test_a_deep_link_shows_its_term(stage: BrowserContext) -> None:
    page = show(stage, term="sleep start").page
    assert plain(listed(page))[0] == "Sleep start"
    assert page.locator(".gl-opened").count() == 1
    assert page.locator(".gl-opened .myo-sources").is_visible()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("term", ["", "asterixis"])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, term: str) -> None:
    assert barriers(show(stage, dark=dark, term=term).page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("term", ["asterixis", "functional movement disorder"])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int, term: str) -> None:
    page = show(stage, width=width, term=term).page
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_are_large_enough(stage: BrowserContext) -> None:
    page = show(stage, term="asterixis", width=390).page
    small = page.evaluate(
        """[...document.querySelectorAll(".gl :is(button, .gl-find, .gl-drafts, .myo-segment)")]
        .filter((node) => { const { height, width } = node.getBoundingClientRect(); return height < 24 || width < 24; })
        .map((node) => node.textContent)"""
    )
    assert small == []


def test_hostile_text_stays_text(stage: BrowserContext) -> None:
    page = show(stage).page
    page.evaluate(
        """() => { const term = model.get("data").terms.find((row) => row.id === "asterixis");
        term.plain = "<img src=x onerror='window.hacked=1'>"; term.lessons = ["<b>bold</b>"];
        model.set("opened", "asterixis"); }"""
    )
    assert "<b>bold</b>" in page.locator(".gl-opened").inner_text()
    assert page.locator(".gl img, .gl b").count() == 0
    assert page.evaluate("window.hacked") is None


def test_fifty_mounts_leave_no_listener_and_no_node(stage: BrowserContext) -> None:
    mount_fifty_times(show(stage).page)

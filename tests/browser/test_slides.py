"""Slides in a real browser, from a file and with the network cut: turning, living explorers, votes, the presenter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from playwright.sync_api import Browser, BrowserContext, Page, expect

from myoteach import KnowledgeBase
from myoteach.course.site._hosts import Hosts
from myoteach.course.site._outputs import Page as Gathered
from myoteach.course.site._questions import Marking
from myoteach.course.site._shelf import Shelf
from myoteach.course.slides._derive import derive
from myoteach.course.slides._page import Writer
from myoteach.questions import Bank
from myoteach.widgets._lessons import lessons

from .axe import barriers
from .conftest import Visit, visit

#: Where the slides of lesson 1 stand, counted from 1.
PLAYER, RANGE, VOTE = 5, 7, 3
#: Of every slide: its name, whether it is longer than the window and says so, and the smallest type of its text.
_MEASURE = """async () => {
  const found = [];
  for (const [place, slide] of [...document.querySelectorAll(".slide")].entries()) {
    location.hash = `#${place + 1}`;
    while (slide.hidden) await new Promise((done) => setTimeout(done));
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const words = [...slide.querySelectorAll(".prose :is(p, li), td, th, .qz-text, .qz-stem")].filter(
      (word) => word.textContent.trim() && word.checkVisibility() && !word.closest(".myo:not(.qz), .source"));
    found.push({
      title: slide.dataset.title,
      isLong: slide.scrollHeight > slide.clientHeight + 2,
      saysSo: !document.getElementById("more").hidden && slide.tabIndex === 0,
      sideways: slide.scrollWidth - slide.clientWidth,
      type: Math.min(999, ...words.map((word) => parseFloat(getComputedStyle(word).fontSize))),
    });
  }
  return found;
}"""


@pytest.fixture
def deck(context: BrowserContext, built_slides: Path) -> Iterator[Visit]:
    """The slides of lesson 1 from their file; nothing else was asked for, and nothing went wrong."""
    seen = visit(context)
    address = next(built_slides.glob("01*")).as_uri()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    seen.page.goto(address)
    yield seen
    assert {url.split("#")[0] for url in asked if not url.startswith("data:")} == {address}
    assert seen.errors == []


def at(page: Page, number: int, of: int = 10) -> None:
    """The slide that is shown, in the bar as in the address."""
    expect(page.locator("#number")).to_have_text(f"{number} of {of}")
    expect(page.locator(".slide:visible")).to_have_count(1)
    assert page.url.endswith(f"#{number}")


def test_a_clicker_and_the_keys_turn_slides_and_a_reload_stays(deck: Visit) -> None:
    page = deck.page
    at(page, 1)
    for key, number in [("PageDown", 2), ("ArrowRight", 3), ("PageUp", 2), ("End", 10), ("Home", 1), ("Space", 2)]:
        page.keyboard.press(key)
        at(page, number)
    expect(page.locator("#said")).to_have_text("Slide 2 of 10: Safety line")
    page.reload()
    at(page, 2)
    page.get_by_role("button", name="Next slide").click()
    at(page, 3)
    page.keyboard.press("o")
    listed = page.get_by_role("dialog", name="Slides")
    expect(listed.locator("[aria-current]")).to_be_focused()
    listed.get_by_role("button", name="Take home").click()
    at(page, 9)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_contain_text("blank the screen")
    page.keyboard.press("PageDown")  # a dialog is read, not turned
    page.keyboard.press("Escape")
    at(page, 9)
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(page.locator("#blank")).to_be_visible()
        page.keyboard.press("PageDown")  # brings the slide back, and turns nothing
        expect(page.locator("#blank")).to_be_hidden()
        at(page, 9)


def test_a_player_plays_on_its_slide_and_keeps_its_keys(deck: Visit) -> None:
    page = deck.page
    page.evaluate(f"location.hash = '#{PLAYER}'")
    slide = page.locator(".slide:visible")
    time = slide.get_by_role("slider", name="Time")
    play = slide.get_by_role("button", name="Play")
    assert time.input_value() == "0"
    play.click()
    expect(time).not_to_have_value("0")
    page.keyboard.press("PageDown")  # the focus is on a button of the player; a clicker still turns
    at(page, 6)
    page.keyboard.press("PageUp")
    expect(slide.get_by_role("button", name="Play")).to_be_visible()  # out of sight it stopped
    before = float(time.input_value())
    time.focus()
    page.keyboard.press("ArrowRight")
    assert float(time.input_value()) > before
    page.keyboard.press("End")
    slide.get_by_role("combobox", name="Show").focus()
    page.keyboard.press("h")
    expect(page.locator("[data-do=names]")).to_have_attribute("aria-pressed", "false")
    at(page, PLAYER)


def test_names_are_hidden_and_come_back(deck: Visit) -> None:
    page = deck.page
    page.evaluate(f"location.hash = '#{RANGE}'")
    head = page.locator(".slide:visible h3.mv-title")
    expect(head.first).to_contain_text("Palatal tremor")
    page.keyboard.press("h")
    assert head.all_inner_texts() == ["A", "B", "C"]
    expect(page.locator("#said")).to_have_text("Names are hidden.")
    page.evaluate(f"location.hash = '#{PLAYER}'")  # mounted later, hidden too
    expect(page.locator(".slide:visible").get_by_text("which is it?")).to_be_visible()
    page.get_by_role("button", name="Hide names").click()
    page.evaluate(f"location.hash = '#{RANGE}'")
    expect(head.first).to_contain_text("Palatal tremor")


def test_a_vote_counts_hands_and_reveals(deck: Visit) -> None:
    page = deck.page
    page.evaluate(f"location.hash = '#{VOTE}'")
    slide = page.locator(".slide:visible")
    expect(slide.get_by_role("radio")).to_have_count(0)
    assert "The answer is" not in slide.inner_text()
    slide.get_by_role("button", name="Count hands").click()
    hands = slide.get_by_role("spinbutton", name="Hands for B")
    hands.focus()
    page.keyboard.type("12")
    expect(slide).to_contain_text("12 hands counted.")
    at(page, VOTE)
    slide.get_by_role("button", name="Reveal the answer").click()
    expect(slide.locator(".qz-verdict-head")).to_have_text(
        "The answer is "
        + slide.locator(".qz-answers li", has=page.locator(".qz-right, .qz-mark-right, svg")).first.inner_text()[0]
        + "."
    )
    slide.get_by_role("button", name="Next question").click()
    expect(slide).to_contain_text("Question 2 of 3")
    assert page.evaluate("localStorage.length") == 0


def test_the_presenters_window_shows_notes_and_drives(deck: Visit, context: BrowserContext) -> None:
    page = deck.page
    page.evaluate(f"location.hash = '#{PLAYER}'")
    with context.expect_page() as opened:
        page.keyboard.press("s")
    other = opened.value
    errors: list[str] = []
    other.on("pageerror", lambda error: errors.append(str(error)))
    expect(other.get_by_role("heading", level=1)).to_have_text(f"{PLAYER} of 10: The question")
    notes = other.get_by_role("group", name="Notes of this slide")
    expect(notes).to_contain_text("The player goes round to the last event")
    expect(other.locator("[data-part=next]")).to_have_text("See the range")
    expect(other.locator(".minutes")).to_have_text("Track A about 14 minutes")
    clock = other.get_by_role("timer")
    expect(clock).not_to_have_text("0:00")
    other.get_by_role("button", name="Pause").click()
    stopped = clock.inner_text()
    other.get_by_role("button", name="Back to 0:00").click()
    expect(clock).to_have_text("0:00")
    assert stopped != "0:00"
    other.get_by_role("button", name="Next ▶").click()
    at(page, 6)
    expect(other.get_by_role("heading", level=1)).to_contain_text("6 of 10")
    other.keyboard.press("PageUp")
    at(page, PLAYER)
    other.get_by_role("button", name="Blank").click()
    expect(page.locator("#blank")).to_be_visible()
    expect(other.get_by_role("heading", level=1)).to_contain_text("screen blank")
    other.locator("#presenter summary").click()
    expect(other.locator("[data-part=lesson]")).to_contain_text("Ask before play")
    assert barriers(other) == []
    assert errors == []


def test_where_no_window_opens_the_notes_come_below(context: BrowserContext, built_slides: Path) -> None:
    context.add_init_script("window.open = () => null")
    seen = visit(context)
    seen.page.goto(next(built_slides.glob("01*")).as_uri() + f"#{PLAYER}")
    seen.page.keyboard.press("s")
    notes = seen.page.get_by_role("region", name="Notes")
    expect(notes).to_contain_text("The player goes round to the last event")
    expect(seen.page.locator("#said")).to_contain_text("no second window")
    notes.focus()
    seen.page.keyboard.press("PageDown")
    expect(notes).to_contain_text("No notes for this slide.")
    seen.page.keyboard.press("n")
    expect(notes).to_be_hidden()
    assert seen.errors == []


def test_no_slide_is_cut_and_type_is_large(deck: Visit) -> None:
    """On two walls and on a phone: what does not fit says so and scrolls, and never sideways."""
    page = deck.page
    for width, height in [(1280, 720), (1920, 1080), (390, 844)]:
        page.set_viewport_size({"width": width, "height": height})
        measured = page.evaluate(_MEASURE)
        assert len(measured) == 10
        for slide in measured:
            assert slide["isLong"] == slide["saysSo"], (width, slide)
            assert slide["sideways"] <= 0, (width, slide)
            assert slide["type"] >= (height / 40 if width > 400 else 16), (width, slide)
        if width > 400:
            assert sum(slide["isLong"] for slide in measured) <= 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Slide before").click()
    at(page, 9)


def test_access_in_both_themes(deck: Visit) -> None:
    page = deck.page
    for theme in ("true", "false"):
        expect(page.locator("body")).to_have_attribute("data-jp-theme-light", theme)
        for number in (VOTE, PLAYER, 10):
            page.evaluate(f"location.hash = '#{number}'")
            at(page, number)
            assert barriers(page) == [], (number, theme)
        page.keyboard.press("d")
    page.keyboard.press("o")
    assert barriers(page) == []
    deck.errors.clear()  # axe itself asks for the style once more, which the policy refuses


def test_steps_and_a_slide_longer_than_the_window(context: BrowserContext, kb: KnowledgeBase, tmp_path: Path) -> None:
    cells = [("# One", "slide"), ("first", "fragment"), ("second", "fragment"), ("## Two\n\n" + "word " * 900, "slide")]
    notebook = new_notebook(
        cells=[new_markdown_cell(text, metadata={"slideshow": {"slide_type": kind}}) for text, kind in cells]
    )
    shelf = Shelf()
    hosts = Hosts(Marking(Bank(()), kb), shelf, {})
    text = Writer(lessons()[0], Gathered("x", shelf, {}, {}), hosts, kb).text(derive(notebook), "")
    (tmp_path / "own.html").write_text(text, encoding="utf-8")
    seen = visit(context)
    page = seen.page
    page.goto((tmp_path / "own.html").as_uri())
    first, second = page.get_by_text("first", exact=True), page.get_by_text("second", exact=True)
    expect(first).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(first).to_be_visible()
    expect(second).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(second).to_be_visible()
    page.keyboard.press("PageDown")
    at(page, 2, 3)
    page.keyboard.press("ArrowDown")  # there is more below: it scrolls
    assert page.locator(".slide:visible").evaluate("slide => slide.scrollTop") > 0
    at(page, 2, 3)
    page.locator("#more").click()
    page.locator(".slide:visible").evaluate("slide => slide.scrollTo(0, slide.scrollHeight)")
    expect(page.locator("#more")).to_be_hidden()
    page.keyboard.press("PageUp")
    expect(second).to_be_visible()
    assert seen.errors == []


def test_without_scripts_the_slides_stand_one_below_the_other(browser: Browser, built_slides: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(next(built_slides.glob("01*")).as_uri())
    assert page.locator(".slide:visible").count() == 10
    expect(page.locator("#bar")).to_be_hidden()
    expect(page.locator(".explorer .frame").first).to_be_visible()
    context.close()

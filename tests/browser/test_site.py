"""The offline site in a real browser, opened from files: every control, the quiz, what is kept, access, paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from myoteach.questions import read_code, read_lines, resume_code
from myoteach.widgets._lessons import lessons
from tests.course.test_site_log import attempts
from tests.hosts import served

from .axe import barriers, barriers_of_colour
from .conftest import Visit, visit
from .enlarged import nothing_is_lost

LESSONS = [lesson.file.replace(".ipynb", ".html") for lesson in lessons()]
EXTRAS = ["index", "progress", "review", "cards", "glossary", "sources", "search"]
PAGES = [*LESSONS, *(f"{name}.html" for name in EXTRAS)]
FIRST = LESSONS[0]
#: Opens every fold, and waits until every explorer is there.
_UNFOLD = """async () => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const places = [...document.querySelectorAll(".explorer")];
  while (!places.every((place) => place.querySelector(".live > *"))) await new Promise((done) => setTimeout(done, 20));
  return places.length;
}"""
#: Presses every control of every explorer, each as it is found after the presses before it.
_PRESS_ALL = """async () => {
  const controls = "button, summary, select, input, [role=button], [role=slider], [tabindex='0']";
  let pressed = 0;
  for (const live of document.querySelectorAll(".live")) {
    for (let place = 0; place < 400; place++) {
      const control = live.querySelectorAll(controls)[place];
      if (!control) break;
      if (control.disabled || control.type === "file") continue;
      control.focus();
      if (control.localName === "select") {
        for (let option = 0; option < control.options.length; option++) {
          control.selectedIndex = option;
          control.dispatchEvent(new Event("change", { bubbles: true }));
          if (!control.isConnected) break;
        }
      } else if (control.type === "range") {
        for (const value of [control.min, control.max]) {
          control.value = value;
          control.dispatchEvent(new Event("input", { bubbles: true }));
          control.dispatchEvent(new Event("change", { bubbles: true }));
        }
      } else control.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
      for (const key of ["Enter", "ArrowRight", "ArrowLeft", "Escape"]) {
        (control.isConnected ? control : live).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      }
      pressed += 1;
      if (place % 10 === 0) await new Promise((done) => setTimeout(done));
    }
  }
  await new Promise((done) => setTimeout(done, 100));
  return pressed;
}"""


def opened(context: BrowserContext, site: Path, page: str, *, unfold: bool = False) -> Visit:
    """A page of the site, from its file; nothing outside the folder may be asked for."""
    seen = visit(context)
    root = site.resolve().as_uri()
    seen.page.on(
        "request",
        lambda request: (
            None if request.url.startswith((root, "data:", "blob:")) else seen.left_loopback.append(request.url)
        ),
    )
    seen.page.goto(f"{root}/{page}")
    seen.page.wait_for_function("!document.querySelector('.explorer') || document.querySelector('.live > *')")
    if unfold:
        seen.page.evaluate(_UNFOLD)
    return seen


def is_clean(seen: Visit) -> None:
    """No error, no refusal of the policy, and nothing asked for outside the folder."""
    assert seen.errors == []
    assert seen.left_loopback == []


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_accessible_keeps_all_when_enlarged_and_every_control_can_be_pressed(
    context: BrowserContext, built_site: Path, page: str
) -> None:
    seen = opened(context, built_site, page, unfold=True)
    nothing_is_lost(seen.page)
    is_clean(seen)
    axe_finds_nothing(seen)
    count = seen.page.locator(".explorer").count()
    pressed = seen.page.evaluate(_PRESS_ALL)
    assert pressed >= 3 * count or page == "review.html"  # where nothing was answered, nothing is asked
    is_clean(seen)


def axe_finds_nothing(seen: Visit) -> None:
    """In either theme."""
    seen.page.emulate_media(color_scheme="light")
    assert barriers(seen.page) == []
    seen.page.emulate_media(color_scheme="dark")
    assert barriers_of_colour(seen.page) == []
    seen.errors.clear()  # axe itself asks for the style sheets once more, which the policy refuses


def answer_by_keyboard(page: Page) -> str:
    """Answer the first question of the first quiz with the keyboard alone, and return what was said."""
    quiz = page.locator(".explorer.quiz").first
    quiz.locator(".qz-option input").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(quiz.locator(".qz-verdict-head")).to_be_focused()
    return str(quiz.locator(".qz-card").inner_text())


def code_of(page: Page) -> str:
    page.get_by_role("button", name="Show my resume code").click()
    area = page.get_by_label("Your resume code")
    expect(area).to_have_value(re.compile("^MYO1-"))
    return str(area.input_value())


def test_an_answer_outlives_a_reload_and_a_closed_tab(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, FIRST)
    told = answer_by_keyboard(seen.page)
    assert "Source" in told
    expect(seen.page.locator(".explorer.progress .pr-numbers li").first).to_contain_text("1 of")  # lower on the page
    seen.page.reload()
    card = seen.page.locator(".explorer.quiz .qz-card").first
    card.locator(".qz-verdict").wait_for()
    assert card.inner_text() == told
    second = card.get_by_role("button", name="Next question")
    second.click()
    card.locator(".qz-option").nth(1).click()
    seen.page.close(run_before_unload=False)
    again = opened(context, built_site, FIRST)
    card = again.page.locator(".explorer.quiz .qz-card").first
    assert "Question 2 of" in card.inner_text()
    assert card.locator(".qz-option input").nth(1).is_checked()
    card.get_by_role("button", name="Back").click()
    assert card.inner_text().replace("\n", "").startswith(told.replace("\n", "")[:200])
    is_clean(again)


def test_start_again_asks_anew_and_says_how_it_went(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, FIRST)
    card = seen.page.locator(".explorer.quiz .qz-card").first
    card.get_by_role("button", name="I don’t know").click()
    card.get_by_role("button", name="Start again").click()
    expect(card.locator(".qz-last")).to_contain_text("you did not know it")
    assert card.locator(".qz-verdict").count() == 0


def test_no_verdict_and_no_key_is_shown_before_the_answer(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, FIRST)
    shown = seen.page.locator("main").inner_text()
    features = seen.page.evaluate(
        """Object.values(myoteachSite.questions).flatMap(({ parts }) => parts.map(({ feature }) => feature))"""
    )
    assert len(features) > 5
    assert not [feature for feature in features if feature in shown]


def test_progress_knows_the_answers_and_python_reads_its_code(context: BrowserContext, built_site: Path) -> None:
    answer_by_keyboard(opened(context, built_site, FIRST).page)
    seen = opened(context, built_site, "progress.html")
    expect(seen.page.locator(".pr-numbers li").first).to_contain_text("1 of")
    expect(seen.page.locator(".pr-table").first.locator("td").first).to_contain_text("1 of")
    (attempt,) = read_code(code_of(seen.page))
    assert attempt.item.startswith("Q00-")
    assert (attempt.confidence, attempt.mode, len(attempt.order)) == (1, "quiz", 4)
    with seen.page.expect_download() as caught:
        seen.page.get_by_role("button", name="Download the log", exact=True).click()
    assert read_lines(Path(caught.value.path()).read_bytes(), "log").attempts == (attempt,)
    is_clean(seen)


def test_a_code_of_python_goes_on_in_the_page(context: BrowserContext, built_site: Path, tmp_path: Path) -> None:
    made = attempts(9, 120)
    seen = opened(context, built_site, "progress.html")
    paste = seen.page.get_by_label("Paste it here", exact=False)
    go = seen.page.get_by_role("button", name="Go on with this code")
    status = seen.page.locator(".pr-section .pr-status")
    for said in ("Attempts added: 120; there already: 0.", "Attempts added: 0; there already: 120."):
        paste.fill(resume_code(made))
        go.click()
        expect(status).to_have_text(said)
    paste.fill(resume_code(made)[:-2])
    go.click()
    expect(status).to_contain_text("incomplete or altered")
    assert read_code(code_of(seen.page)) == tuple(made)
    assert seen.page.locator(".pr-due li").first.inner_text() != "0 now"
    other = opened(context, built_site, "review.html")
    expect(other.page.locator(".qz-progress")).to_contain_text("Question 1 of")
    other.page.get_by_role("button", name="I don’t know").click()
    expect(other.page.locator(".qz-verdict-head")).to_contain_text("You did not know")
    seen.page.bring_to_front()
    expect(seen.page.locator(".pr-dim").first).to_contain_text(
        "from 121 attempts"
    )  # without a press: another tab wrote
    is_clean(other)


def test_flashcards_keep_their_ratings(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, "cards.html")
    deck = seen.page.locator(".explorer.flashcards").first
    first = deck.locator("h2").inner_text()
    for number in range(10):
        deck.get_by_role("button", name="Show the back").click()
        seen.page.keyboard.press("4" if number else "3")
    expect(deck).to_contain_text("The first of them comes again in")
    seen.page.reload()
    expect(deck.locator("h2")).not_to_have_text(first)
    progress = opened(context, built_site, "progress.html")
    expect(progress.page.locator(".pr-table").last.locator("td").first).to_contain_text("10 of")
    is_clean(seen)


def test_a_look_alike_of_another_lesson_is_asked(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, LESSONS[1], unfold=True)
    quizzes = seen.page.locator(".explorer.quiz")
    for number in range(quizzes.count()):
        quiz = quizzes.nth(number)
        while quiz.get_by_role("button", name="I don’t know").count():
            quiz.get_by_role("button", name="I don’t know").click()
            quiz.locator(".qz-verdict").wait_for()
            offer = quiz.get_by_role("button", name="Tell two look-alikes apart")
            if offer.count():
                before = quiz.locator(".qz-stem").inner_text()
                offer.click()
                quiz.get_by_role("button", name="I don’t know").click()
                expect(quiz.locator(".qz-verdict")).to_contain_text("What tells the two apart")
                assert quiz.locator(".qz-stem").inner_text() != before
                is_clean(seen)
                return
            quiz.locator("[data-key=next]").click()
    pytest.fail("no look-alike was offered")


def test_a_browser_that_keeps_nothing_is_said(context: BrowserContext, built_site: Path) -> None:
    context.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused'); } });")
    seen = opened(context, built_site, FIRST)
    banner = seen.page.locator(".explorer.quiz [role=alert]").first
    expect(banner).to_contain_text("kept only until this page is closed")
    answer_by_keyboard(seen.page)
    is_clean(seen)


def test_the_search_finds_by_keyboard(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, FIRST)
    seen.page.get_by_role("searchbox", name="Search").focus()
    seen.page.keyboard.type("hyperalgesia opioid")
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_url("**/search.html?q=hyperalgesia*")
    hit = seen.page.locator(".hits a", has_text="two traps")
    expect(seen.page.locator("#found [role=status]")).to_contain_text("with “hyperalgesia opioid”")
    hit.first.click()
    seen.page.wait_for_url("**/06_what_causes_it.html#*")
    expect(seen.page.get_by_text("Opioid neuroexcitation brings")).to_be_visible()  # its fold was opened
    seen.page.goto(seen.page.url.split("#")[0].replace("06_what_causes_it", "search"))
    seen.page.get_by_role("searchbox", name="Search").fill("zzzz")
    expect(seen.page.locator("#found [role=status]")).to_have_text("0 places with “zzzz”.")
    is_clean(seen)


def test_colours_are_chosen_and_kept(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, FIRST)
    paper = "getComputedStyle(document.body).backgroundColor"
    before = seen.page.evaluate(paper)
    seen.page.get_by_label("Colours").select_option("dark")
    dark = seen.page.evaluate(paper)
    assert dark != before
    assert seen.page.evaluate("getComputedStyle(document.querySelector('.live .myo')).color") == "rgb(238, 242, 246)"
    other = opened(context, built_site, LESSONS[3])
    assert other.page.evaluate(paper) == dark
    other.page.get_by_label("Colours").select_option("as the system")
    assert other.page.evaluate(paper) == before


def test_on_paper_the_first_frames_stand_in_place_of_explorers(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, LESSONS[6])
    page = seen.page
    assert page.locator(".frame").first.is_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for place in range(page.locator(".explorer").count()):
        assert page.locator(".explorer").nth(place).locator(".frame").is_visible()
        assert page.locator(".explorer").nth(place).locator(".live").is_hidden()
    for hidden in (".top", ".contents", ".turn", ".code >> nth=0"):
        assert page.locator(hidden).is_hidden()
    assert page.get_by_text("Trap one: pain that grows with the dose.").is_visible()  # folded on screen
    assert len(page.pdf()) > 50_000
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.get_by_text("Trap one: pain that grows with the dose.").is_hidden()


def test_without_scripts_the_first_frames_can_be_read(browser: Browser, built_site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{built_site.resolve().as_uri()}/{LESSONS[6]}")
    assert page.locator(".frame").first.is_visible()
    context.close()


def test_the_policy_refuses_what_is_not_of_the_site(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, FIRST)
    blocked = seen.page.evaluate(
        """async () => {
          const refused = [];
          addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          await fetch("https://example.org/").catch(() => {});
          const image = new Image();
          image.src = "https://example.org/a.png";
          await new Promise((done) => setTimeout(done, 200));
          return [window.ran ?? false, refused.sort()];
        }"""
    )
    assert blocked == [False, ["connect-src", "img-src", "script-src-elem"]]


def test_it_works_from_a_plain_host_too(browser: Browser, built_site: Path) -> None:
    context = browser.new_context()
    seen = visit(context)
    with served(built_site) as address:
        seen.page.goto(f"{address}/{FIRST}")
        seen.page.locator(".live .myo").first.wait_for()
        is_clean(seen)
        context.close()

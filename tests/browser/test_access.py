"""What axe cannot see: the way of the keys through a lesson, enlarged and narrow pages, spaced text, the reader's own
colours, and how much is announced. On the pages of the offline site, which show the same explorers as JupyterLab.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .axe import barriers
from .conftest import visit
from .test_site import LESSONS, is_clean, opened


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[BrowserContext]:
    """One context for pages that keep nothing."""
    context = browser.new_context()
    yield context
    context.close()


def test_a_barrier_would_be_found(stage: BrowserContext) -> None:
    page = visit(stage).page
    page.set_content('<html lang="en"><title>A</title><main><h1>A</h1><p style="color: #999">pale</p><input></main>')
    assert {line.split()[0] for line in barriers(page)} == {"color-contrast", "label"}
    alike = "<p>dark</p><p>dark</p><p style='opacity: 0.5'>pale</p><p style='background: #222'>on black</p>" * 3
    page.set_content(f'<html lang="en"><title>A</title><main style="color: #333"><h1>A</h1>{alike}</main>')
    assert [line.count("<p") for line in barriers(page)] == [1, 1]  # each look once, wherever it stands


#: Keeps what gets the focus: whether it can be seen, what it is called, whether it comes later in the page.
_WATCH = """() => {
  const stops = window.stops = [];
  const shown = (node) => [node, node.nextElementSibling, node.closest("label"), node.parentElement]
    .filter(Boolean).map((each) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
      return [outlineStyle === "none" ? "" : outlineWidth, boxShadow].join(" ");
    }).join("|");
  const name = (node) => [node.getAttribute("aria-label"), node.title, node.placeholder, node.textContent,
    ...[...(node.labels ?? [])].map((label) => label.textContent)].filter(Boolean).join(" ").trim();
  // the same control, though an explorer made it anew
  window.same = (node) => {
    const asked = node.type === "radio" && node.closest("fieldset, [role=radiogroup]").textContent;
    const { view } = node.closest(".explorer")?.dataset ?? {};
    // a count in a name changes with an answer; of radio buttons one is a stop
    const own = asked || [node.dataset.key, name(node).split(/[0-9]/)[0]].join("|");
    return [view, node.localName, node.className, own].join("|");
  };
  let last = null, key = "";
  document.addEventListener("keydown", (event) => key = event.key, true);
  document.addEventListener("focusin", ({ target }) => {
    stops.push(target);
    target.stop = { name: name(target), focused: shown(target), same: window.same(target) };
    const isLater = !last || Boolean(last.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING);
    target.stop.later = isLater || key !== "Tab";
    last = target;
  });
  document.addEventListener("focusout", ({ target }) => setTimeout(() => {
    if (target.stop) target.stop.ring = shown(target) !== target.stop.focused;
  }));
}"""
#: What the walker needs to know of the element it stands on.
_HERE = """() => {
  const node = document.activeElement;
  return {
    tag: node.localName, type: node.type ?? "", text: node.textContent.trim(), at: window.stops.length,
    closed: node.localName === "summary" && !node.parentElement.open,
    answers: node.matches(".explorer.quiz :is(select, input)"), clue: node.matches(".cm-clue input"),
  };
}"""
_SETTLED = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30)))"
#: Controls of explorers that were not stopped at. Radio buttons of one name are one stop.
_MISSED = """() => {
  const visited = new Set(window.stops.map(({ stop }) => stop.same));
  const controls = ".live :is(button, a[href], input, select, textarea, summary, [tabindex='0'])";
  return [...document.querySelectorAll(controls)]
    .filter((node) => node.checkVisibility() && !node.disabled && node.tabIndex >= 0 && !visited.has(window.same(node)))
    .map((node) => `${node.localName}.${node.className} ${node.textContent.slice(0, 30)}`);
}"""


def walk(page: Page) -> int:
    """Go through the page with Tab; open what folds, answer the first question, say yes to the first clue."""
    answered = clue = False
    for presses in range(1, 2000):
        page.keyboard.press("Tab")
        here: dict[str, Any] = page.evaluate(_HERE)
        if here["tag"] == "body":
            return presses
        if here["closed"]:
            page.keyboard.press("Enter")
            page.evaluate(_SETTLED)  # an explorer draws anew what it now shows
        elif here["answers"] and not answered:
            page.keyboard.press("ArrowDown" if here["tag"] == "select" else "Space")
        elif here["text"] == "Check answer" and not answered:
            answered = True
            page.keyboard.press("Enter")
        elif here["clue"] and not clue:
            clue = True
            page.keyboard.press("ArrowLeft")
            page.keyboard.press("ArrowLeft")
    pytest.fail("The end of the page was not reached: something keeps the focus.")


def test_a_lesson_by_keys_alone(context: BrowserContext, built_site: Path) -> None:
    seen = opened(context, built_site, LESSONS[6])
    page = seen.page
    page.evaluate(_WATCH)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    stops = walk(page)
    assert stops > 200
    told = "stops.map(({ stop, localName, className }) => [localName + '.' + className, stop])"
    walked = page.evaluate(told)
    assert [what for what, stop in walked if not stop["name"]] == []
    assert [what for what, stop in walked if stop.get("ring") is False] == []
    assert [what for what, stop in walked if not stop["later"]] == []
    assert page.evaluate(_MISSED) == []
    assert page.locator(".explorer.quiz .qz-verdict").count() == 1
    assert "1 answer." in page.locator(".cm-status").first.inner_text()
    back = walk_back(page, 60)
    assert back == sorted(back, reverse=True)
    is_clean(seen)


def walk_back(page: Page, steps: int) -> list[int]:
    """Places in the page of what Shift+Tab stops at."""
    places = []
    for _ in range(steps):
        page.keyboard.press("Shift+Tab")
        places.append(page.evaluate("[...document.querySelectorAll('*')].indexOf(document.activeElement)"))
    return places


#: Presses one control of each kind and says where that made more than one live region speak.
_SPOKEN = """async () => {
  const live = () => [...document.querySelectorAll("[role=status], [role=alert], output, [aria-live]")]
    .filter((node) => node.ariaLive !== "off" && node.checkVisibility());
  const texts = () => new Map(live().map((node) => [node, node.textContent.trim()]));
  const press = (node) => {
    if (node.localName === "select") node.selectedIndex = (node.selectedIndex + 1) % node.options.length;
    else if (node.type === "range") node.value = Number(node.value) + (Number(node.step) || 1);
    else return node.click();
    for (const event of ["input", "change"]) node.dispatchEvent(new Event(event, { bubbles: true }));
  };
  const found = [], kinds = new Set();
  let spoken = 0;
  for (const explorer of document.querySelectorAll(".live")) {
    for (let place = 0; place < 150; place += 1) {
      const node = explorer.querySelectorAll("button, select, input:not([type=file], [type=search])")[place];
      if (!node) break;
      const words = (node.ariaLabel ?? node.textContent).replace(/[0-9]+/g, "").slice(0, 20);
      const around = node.closest("label, fieldset")?.className;
      const kind = [node.localName, node.type, node.className, around, words].join();
      if (kinds.has(kind) || node.disabled || !node.checkVisibility()) continue;
      kinds.add(kind);
      const before = texts();
      press(node);
      await new Promise((done) => setTimeout(done, 20));
      // a region that is put into the page with its text is not read out
      const said = [...texts()].filter(([one, text]) => text && before.has(one) && before.get(one) !== text);
      spoken += said.length;
      if (said.length > 1) found.push([kind, ...said.map(([, text]) => text)].join(" / "));
      if (node.textContent.includes("Pause")) node.click();
    }
  }
  return [spoken, found];
}"""


@pytest.mark.parametrize("lesson", [1, 3, 4, 6, 7, 9])
def test_a_press_is_announced_once_at_most(shared: BrowserContext, built_site: Path, lesson: int) -> None:
    seen = opened(shared, built_site, LESSONS[lesson], unfold=True)
    spoken, twice = seen.page.evaluate(_SPOKEN)
    assert spoken >= 1
    assert twice == []
    seen.page.close()


#: What is chosen must differ from what is not, pictures keep their sheet, and a ring is drawn.
_FORCED = """() => {
  const fill = (node) => getComputedStyle(node).backgroundColor;
  const chosen = [...document.querySelectorAll(".myo-segment input:checked + span, .nx-level:has(:checked)")];
  const others = ".myo-segment input:not(:checked) + span, .nx-level:has(input:not(:checked))";
  const rest = new Set([...document.querySelectorAll(others)].map(fill));
  const pictures = [...document.querySelectorAll(".wheel, .nx-body, .nx-field, .mv-figure, .mv-traces, .ep-lay")];
  const sheet = (node) => getComputedStyle(node).getPropertyValue("--paper");
  const probe = document.createElement("i");
  probe.style.forcedColorAdjust = "none";
  document.body.append(probe);
  const own = (node) => { probe.style.background = sheet(node); return fill(probe); };
  return {
    chosen: chosen.length, alike: chosen.filter((node) => rest.has(fill(node))).map((node) => node.textContent),
    bare: pictures.filter((node) => fill(node) !== own(node)).map((node) => node.className),
    pictures: pictures.length,
  };
}"""


@pytest.mark.parametrize("lesson", [5, 6, 7])
def test_the_readers_own_colours(browser: Browser, built_site: Path, lesson: int) -> None:
    """A contrast theme that is dark while the page was set to light: the worst case for what is drawn."""
    context = browser.new_context(forced_colors="active", color_scheme="dark")
    page = opened(context, built_site, LESSONS[lesson], unfold=True).page
    page.evaluate("document.body.dataset.jpThemeLight = 'true'")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    found = page.evaluate(_FORCED)
    assert found["chosen"] >= 2
    assert found["pictures"] > 0
    assert (found["alike"], found["bare"]) == ([], [])
    page.locator(".live button").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    ring = page.evaluate(
        "(({ outlineStyle, outlineWidth }) => [outlineStyle, outlineWidth])(getComputedStyle(document.activeElement))"
    )
    assert ring == ["solid", "3px"]
    context.close()

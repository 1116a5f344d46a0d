"""Whether anything is lost where a page is enlarged, narrow, or its text spaced."""

from __future__ import annotations

from playwright.sync_api import Page

#: WCAG 1.4.12: what a reader may set without losing anything.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
#: A window of 1280 by 720 at 200 %; 320 CSS pixels are 1280 at 400 %, alone and with the text spaced.
VIEWS = [(640, 360, ""), (320, 256, ""), (320, 640, SPACING)]
#: What is cut off, what runs out of its box, and what scrolls out of a keyboard's reach.
_LOST = """() => {
  const named = (node) => [node.localName, node.getAttribute("class"), node.textContent.trim().slice(0, 40)].join(" ");
  const found = [];
  const boxes = "button, summary, label, legend, td, th, p, h1, h2, h3, h4, h5, dt, dd, li, span, figcaption, pre";
  for (const node of document.querySelectorAll("body *")) {
    const wide = node.scrollWidth > node.clientWidth + 1, high = node.scrollHeight > node.clientHeight + 1;
    if (!(wide || high) || !node.clientWidth || node.closest(".myo-sr, .find label, svg")) continue;
    if (!node.checkVisibility()) continue;
    const { display, overflowX, overflowY } = getComputedStyle(node);
    const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
    const scrolls = (overflow) => overflow === "auto" || overflow === "scroll";
    if ((wide && cuts(overflowX)) || (high && cuts(overflowY))) found.push(`cut: ${named(node)}`);
    if (wide && overflowX === "visible" && display !== "inline" && node.matches(boxes)) {
      found.push(`out of its box: ${named(node)}`);
    }
    const isReached = node.tabIndex >= 0 || node.querySelector("a[href], button, input, select, textarea");
    if (((wide && scrolls(overflowX)) || (high && scrolls(overflowY))) && !isReached) {
      found.push(`no key scrolls it: ${named(node)}`);
    }
  }
  const width = document.documentElement.scrollWidth;
  if (width > innerWidth) found.push(`sideways: ${width}`);
  return found;
}"""


def nothing_is_lost(page: Page) -> None:
    """Look in every view, and leave the page as it was."""
    before = page.viewport_size
    for width, height, style in [*VIEWS, (before["width"], before["height"], "")]:  # type: ignore[index]
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate(
            """(text) => {
              const sheet = new CSSStyleSheet();
              sheet.replaceSync(text);
              document.adoptedStyleSheets = [sheet];
              return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            }""",
            style,
        )
        assert page.evaluate(_LOST) == [], (width, height, "spaced" if style else "")

"""What axe finds in a page."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

#: Every violation in full; of what passes only the rules, which halves the time.
_OPTIONS = {"resultTypes": ["violations"]}
#: What has to do with colours; two thirds of all that axe does.
COLOURS = ("color-contrast", "link-in-text-block")
#: Marks, of all that says something in the same colours and type on the same ground, the first; returns how many.
_MARK = """([within, without, mark]) => {
  const grounds = new Map(), looks = new Set();
  const ground = (node) => {
    if (!node) return "";
    if (!grounds.has(node)) {
      const { backgroundColor, backgroundImage, opacity, position } = getComputedStyle(node);
      const all = [backgroundColor, backgroundImage, opacity, position].join();
      const none = ["rgba(0, 0, 0, 0),none,1,static", "rgba(0, 0, 0, 0),none,1,relative"];
      grounds.set(node, `${ground(node.parentElement)} ${none.includes(all) ? "" : all}`);
    }
    return grounds.get(node);
  };
  const says = (node) => node.value || [...node.childNodes].some(({ nodeType, data }) => nodeType === 3 && data.trim());
  for (const part of document.querySelectorAll(within)) {
    for (const node of part.querySelectorAll("*")) {
      if (!says(node) || !node.checkVisibility() || (without && node.closest(without))) continue;
      const { color, fill, fontSize, fontWeight, textDecorationLine } = getComputedStyle(node);
      const isPassedOver = node.closest(":disabled, [aria-hidden=true]") !== null;  // by axe, which its likes are not
      const type = [node.localName, fontSize, fontWeight, textDecorationLine];
      const look = [...type, color, fill, ground(node), isPassedOver].join();
      if (!looks.has(look)) node.setAttribute(mark, "");
      looks.add(look);
    }
  }
  return looks.size;
}"""
_UNMARK = "(mark) => document.querySelectorAll(`[${mark}]`).forEach((node) => node.removeAttribute(mark))"
_MARKED = "data-first-of-its-look"


def look(page: Page, part: Any = None, **options: Any) -> dict[str, Any]:
    """Return all that axe says of a page, or of a part of it."""
    return dict(Axe().run(page, context=part, options=_OPTIONS | options).response)


def barriers(page: Page, part: Any = None) -> list[str]:
    """Return a line for each place that breaks a rule; of places that look alike the first stands for the colours."""
    others = look(page, part, rules={rule: {"enabled": False} for rule in COLOURS})
    return _lines(others) + barriers_of_colour(page, part)


def barriers_of_colour(page: Page, part: Any = None) -> list[str]:
    """Return a line for each look that breaks a rule of colour, which is all that a second theme can break."""
    whole = {"include": [["body"]], "exclude": []} | (part or {})
    within, without = (", ".join(place for (place,) in whole[side]) for side in ("include", "exclude"))
    if not page.evaluate(_MARK, [within, without, _MARKED]):
        return []
    said = look(page, whole | {"include": [[f"[{_MARKED}]"]]}, runOnly=list(COLOURS))
    page.evaluate(_UNMARK, _MARKED)
    return _lines(said)


def _lines(said: dict[str, Any]) -> list[str]:
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:300]} {node.get('failureSummary', '')}"
        for rule in said["violations"]
        for node in rule["nodes"]
    ]

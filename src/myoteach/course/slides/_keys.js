// Which key does what, and when a key belongs to the control that has the focus.

/** Keys by what they do, in the order of the help. @type {[string, string[], string][]} */
const KEYS = [
  ["next", ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"], "→  ↓  PageDown  Space  Enter|on"],
  ["back", ["ArrowLeft", "ArrowUp", "PageUp", "Backspace"], "←  ↑  PageUp  Backspace|back"],
  ["first", ["Home"], "Home|first slide"],
  ["last", ["End"], "End|last slide"],
  ["overview", ["o", "Escape"], "O  Esc|list of slides"],
  ["presenter", ["s"], "S|presenter window: notes, next slide, clock"],
  ["notes", ["n"], "N|notes in this window"],
  ["names", ["h"], "H|hide names, and show them again"],
  ["blank", ["b", "."], "B  .|blank the screen"],
  ["dark", ["d"], "D|dark or light"],
  ["full", ["f"], "F|full screen"],
  ["help", ["?"], "?|these keys"],
];
const OWN_KEYS = "input, select, textarea, [contenteditable], [role=slider], [role=listbox], [role=grid]";

/**
 * The action that a key asks for, if the key is not its target's own.
 *
 * A clicker sends PageUp and PageDown, which turn the slide wherever the focus is but in a field or a slider. In an
 * explorer the arrows, Space and Enter are the explorer's. Where a slide goes on below, up and down scroll it.
 * @param {KeyboardEvent} event
 * @param {boolean} isLong
 */
export function actionOf(event, isLong) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return "";
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const target = /** @type {Element} */ (event.target);
  if (target.closest?.(OWN_KEYS)) return "";
  const isClicker = key === "PageUp" || key === "PageDown";
  const isControl = target.closest?.("button, a, summary");
  if (isControl && (key === " " || key === "Enter")) return "";
  if (target.closest?.(".live, .notes, #notes") && key.length > 1 && !isClicker && key !== "Escape") return "";
  if (isLong && (key === "ArrowUp" || key === "ArrowDown")) return key === "ArrowUp" ? "higher" : "lower";
  return KEYS.find(([, keys]) => keys.includes(key))?.[0] ?? "";
}

/**
 * Write the keys into the help.
 * @param {HTMLElement} body of a table
 */
export function fillHelp(body) {
  for (const [, , words] of KEYS) {
    const row = body.appendChild(document.createElement("tr"));
    for (const [place, text] of words.split("|").entries()) {
      const cell = row.appendChild(document.createElement(place ? "td" : "th"));
      if (!place) cell.setAttribute("scope", "row");
      cell.textContent = text;
    }
  }
}

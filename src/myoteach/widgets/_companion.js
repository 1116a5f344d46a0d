// What stock ipywidgets lack in the page, for every widget that is made of them: keys that stay with the control that has
// them, names for pictures, and a word to the kernel on how much room there is. The widget's anywidget companion shows
// nothing and calls `accompany`.
import { put, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */

const CONTROLS = "button, input, select, textarea, a, summary, [tabindex]";
/** Widths are told in steps, so that a scroll bar that comes and goes redraws nothing. */
const STEP = 40;
/** A window that is being dragged wider reports once it rests. */
const REST_MS = 120;

/**
 * Tend to the widget around a companion for as long as it is in the page.
 * @param {{ model: Model, el: HTMLElement }} host
 * @param {string} selector the widget around the companion
 * @param {(root: Element) => void} tendTo gives the widget's parts what they lack
 */
export function accompany({ model, el }, selector, tendTo) {
  /** @type {Element | null} */
  let root = null;
  const tend = () => {
    if (!root) return;
    for (const node of root.querySelectorAll(CONTROLS)) give(node, { "data-lm-suppress-shortcuts": "true" });
    tendTo(root);
  };
  const changes = new MutationObserver(tend);
  const report = rested(() => reportRoom(model, el));
  // The widget's siblings exist only once it is in the page, which is also when it first has a width.
  const size = new ResizeObserver(() => {
    if (!root && (root = el.closest(selector))) {
      changes.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
    }
    tend();
    report();
  });
  size.observe(el);
  const unwatch = watch(model, ["spoken"], tend);
  return () => {
    changes.disconnect();
    size.disconnect();
    unwatch();
  };
}

/**
 * @param {Element} node
 * @param {Record<string, string>} attributes
 */
export function give(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
}

/**
 * @param {Model} model
 * @param {HTMLElement} el
 */
function reportRoom(model, el) {
  const width = Math.floor(el.clientWidth / STEP) * STEP;
  if (width && width !== model.get("width")) put(model, "width", width);
  if (width && window.innerHeight !== model.get("screen")) put(model, "screen", window.innerHeight);
}

/** @param {() => void} act */
function rested(act) {
  let timer = 0;
  let first = true;
  return () => {
    window.clearTimeout(timer);
    if (first) act();
    else timer = window.setTimeout(act, REST_MS);
    first = false;
  };
}

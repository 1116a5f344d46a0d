// The cause map is made of stock ipywidgets controls. This companion shows nothing; it gives the page what they leave
// out (keys that stay with the control that has them, a name for the picture, a spoken heading, a button that says
// when it does nothing) and tells the kernel how much room there is.
import { put, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */

const CONTROLS = "button, input, select, textarea, a, summary, [tabindex]";
/** Widths are told in steps, so that a scroll bar that comes and goes redraws nothing. */
const STEP = 40;
/** A window that is being dragged wider reports once it rests. */
const REST_MS = 120;

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  el.classList.add("cause-map-companion");
  /** @type {Element | null} */
  let root = null;
  const tend = () => root && tendTo(root, model.get("spoken"));
  const changes = new MutationObserver(tend);
  const report = rested(() => reportRoom(model, el));
  // The widget's siblings exist only once it is in the page, which is also when it first has a width.
  const size = new ResizeObserver(() => {
    if (!root && (root = el.closest(".cause-map"))) {
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
 * @param {Element} root
 * @param {string} spoken what the picture shows, in words
 */
function tendTo(root, spoken) {
  give(root, { role: "group", "aria-label": "Map of causes" });
  for (const node of root.querySelectorAll(CONTROLS)) give(node, { "data-lm-suppress-shortcuts": "true" });
  for (const node of root.querySelectorAll(".cause-map-heading")) give(node, { role: "status" });
  for (const node of root.querySelectorAll(".cause-map-picture")) give(node, { role: "img", "aria-label": spoken });
  for (const node of root.querySelectorAll(".cause-map-bar button")) {
    give(node, { "aria-disabled": String(node.classList.contains("cause-map-idle")) });
  }
}

/**
 * @param {Element} node
 * @param {Record<string, string>} attributes
 */
function give(node, attributes) {
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

export default { render };

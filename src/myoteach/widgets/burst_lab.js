// The laboratory is made of stock ipywidgets controls. This companion shows nothing; it gives the page what they lack:
// keys that stay with the control that has them, a name for the picture, and marks that are read out.
import { watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */

const CONTROLS = "button, input, select, textarea, a, summary, [tabindex]";

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  el.classList.add("lab-companion");
  /** @type {Element | null} */
  let root = null;
  const tend = () => root && tendTo(root, model.get("spoken"));
  const changes = new MutationObserver(tend);
  // The widget's siblings exist only once it is in the page, which is also when it first has a size.
  const size = new ResizeObserver(() => {
    if (!root && (root = el.closest(".burst-lab"))) {
      changes.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ["class"] });
    }
    tend();
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
  give(root, { role: "group", "aria-label": "Laboratory: a simulated recording to measure" });
  for (const node of root.querySelectorAll(CONTROLS)) give(node, { "data-lm-suppress-shortcuts": "true" });
  for (const node of root.querySelectorAll(".lab-marks")) give(node, { role: "status" });
  for (const node of root.querySelectorAll(".lab-picture")) give(node, { role: "img", "aria-label": spoken });
  for (const node of root.querySelectorAll(".lab-bar button")) {
    if (node.classList.contains("lab-now")) give(node, { "aria-current": "step" });
    else node.removeAttribute("aria-current");
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

export default { render };

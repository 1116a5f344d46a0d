// The laboratory is made of stock ipywidgets controls. This companion shows nothing: see _companion.js.
import { accompany, give } from "./_companion.js";

/** @typedef {import("./_prelude.js").Model} Model */

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  el.classList.add("lab-companion");
  return accompany({ model, el }, ".burst-lab", (root) => tendTo(root, model.get("spoken")));
}

/**
 * @param {Element} root
 * @param {string} spoken what the picture shows, in words
 */
function tendTo(root, spoken) {
  give(root, { role: "group", "aria-label": "Laboratory: a simulated recording to measure" });
  for (const node of root.querySelectorAll(".lab-marks")) give(node, { role: "status" });
  for (const node of root.querySelectorAll(".lab-picture")) give(node, { role: "img", "aria-label": spoken });
  for (const node of root.querySelectorAll(".lab-bar button")) {
    if (node.classList.contains("lab-now")) give(node, { "aria-current": "step" });
    else node.removeAttribute("aria-current");
  }
}

export default { render };

// The cause map is made of stock ipywidgets controls. This companion shows nothing; it gives the page what they leave
// out (keys that stay with the control that has them, a name for the picture, a spoken heading, a button that says
// when it does nothing) and tells the kernel how much room there is.
import { accompany, give } from "./_companion.js";

/** @typedef {import("./_prelude.js").Model} Model */

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  el.classList.add("cause-map-companion");
  return accompany({ model, el }, ".cause-map", (root) => tendTo(root, model.get("spoken")));
}

/**
 * @param {Element} root
 * @param {string} spoken what the picture shows, in words
 */
function tendTo(root, spoken) {
  give(root, { role: "group", "aria-label": "Map of causes" });
  for (const node of root.querySelectorAll(".cause-map-heading")) give(node, { role: "status" });
  for (const node of root.querySelectorAll(".cause-map-picture")) give(node, { role: "img", "aria-label": spoken });
  for (const node of root.querySelectorAll(".cause-map-bar button")) {
    give(node, { "aria-disabled": String(node.classList.contains("cause-map-idle")) });
  }
}

export default { render };

// A part that opens under a button, one at a time, its id in a trait: the sources of a row, or all of a row.
import { h, marks, put, segmented, sourcesBlock } from "./_prelude.js";

/**
 * @param {import("./_prelude.js").Model} model
 * @param {string} id what the trait holds while this part is open
 * @param {string} label
 * @param {() => Node} content made only when open
 * @param {string} [trait]
 * @returns {Node[]} the button, and the part when it is open
 */
export function opening(model, id, label, content, trait = "opened") {
  const open = model.get(trait) === id;
  const button = h("button", {
    type: "button",
    class: "myo-open",
    "data-key": `${trait}-${id}`,
    "aria-expanded": String(open),
    onclick: () => put(model, trait, open ? "" : id),
  }, label);
  return open ? [button, content()] : [button];
}

/**
 * The id by which other rows name this one, what it lacks, and its sources on request.
 * @param {import("./_prelude.js").Model} model
 * @param {string} id
 * @param {import("./_prelude.js").Provenance} row
 * @param {Record<string, import("./_prelude.js").Source>} sources
 * @param {string} name of the row, for those who hear the button without what stands above it
 */
export function sourced(model, id, row, sources, name) {
  const [button, part] = opening(model, id, "Sources", () => sourcesBlock(row, sources));
  /** @type {HTMLElement} */ (button).setAttribute("aria-label", `Sources: ${name}`);
  return h(
    "div",
    { class: "myo-sourced" },
    h("p", {}, button, " ", marks(row), h("span", { class: "myo-id" }, id)),
    part,
  );
}

/**
 * Ask for the plain or the clinical wording.
 * @param {import("./_prelude.js").Model} model
 */
export function wordingSwitch(model) {
  return segmented({
    legend: "Wording",
    options: [["plain", "Plain words"], ["clinical", "Clinical"]],
    value: model.get("wording"),
    onpick: (value) => put(model, "wording", value),
    quiet: true,
  });
}

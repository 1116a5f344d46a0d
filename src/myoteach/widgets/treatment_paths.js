// Treatment paths: a fork of three ways, with the situations of the table on each. No doses anywhere.
// What to avoid is for clinicians: the plain wording says so instead of listing medicines.
import { opening, sourced, wordingSwitch } from "./_opened.js";
import { chooser, h, pick, put, refill, s, segmented, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance} Provenance */
/** @typedef {Provenance & { id: string, context: string, plain: string, clinical: string, agents: string,
 *   avoid: string, evidence: string, paths: string[], classes: string[], causes: string[] }} Row */
/** @typedef {Provenance & { id: string, name: string, plain_name: string, cause_removable: string,
 *   disease_treatment: string, jerks_treatable: string }} Cause */
/** @typedef {Provenance & { id: string, label: string, plain: string, clinical: string }} Place */
/** @typedef {{ rule: string, paths: { id: string, name: string, said: string }[], rows: Row[], generators: Place[],
 *   causes: Cause[], sources: Record<string, import("./_prelude.js").Source> }} Data */
/** @typedef {"plain" | "clinical"} Wording */

const STATE = ["path", "generator", "cause", "row", "opened", "wording"];
const AVOID_NOTE = "Some medicines can make jerks worse. Which ones stands in the clinical wording, for those who " +
  "prescribe. Change nothing because of it: ask.";
const CLOSING = "No doses, not medical advice, not a diagnosis.";
/** A shape for each way: a plug pulled, a wave that calms, an empty ring. */
const SHAPES = /** @type {Record<string, string>} */ ({
  cause: "M3 8H8M8 4V12M13 8H21M13 5V11",
  jerk: "M1 8 4 8 6 2 8 14 10 5 12 10 14 8 23 8",
  nothing: "M7 8a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z",
});

/**
 * The rows of a path, narrowed by cause and, where jerks are calmed, by generator: the most
 * special first, those for everyone last.
 * @param {Data} data
 * @param {string} path
 * @param {string} cause
 * @param {string} generator
 */
export function rowsOf(data, path, cause, generator) {
  const places = data.generators.map(({ id }) => id);
  const chosen = path === "jerk" ? generator : "";
  const shown = data.rows.filter((row) => {
    const here = row.classes.filter((name) => places.includes(name));
    return row.paths.includes(path) && (!cause || !row.causes.length || row.causes.includes(cause)) &&
      (!chosen || !here.length || here.includes(chosen));
  });
  const distance = (/** @type {Row} */ row) => !cause ? 0 : row.causes.includes(cause) ? row.causes.length : Infinity;
  return shown.sort((a, b) => distance(a) === distance(b) ? 0 : distance(a) - distance(b));
}

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const bar = toolBar(model, data);
  const fork = forkOf(model, data);
  const places = placePicker(model, data);
  const facts = h("div", { class: "tp-facts" });
  const status = h("p", { class: "tp-status", role: "status" });
  const results = h("div", { class: "tp-results" });
  const root = h(
    "div",
    { role: "group", class: "myo tp", "aria-label": "Treatment paths" },
    h("p", { class: "tp-rule" }, s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, handShape()), data.rule),
    bar.node,
    facts,
    fork.node,
    places.node,
    status,
    results,
  );
  const draw = () => {
    const shown = rowsOf(data, model.get("path"), model.get("cause"), model.get("generator"));
    for (const part of [bar, fork, places]) part.update();
    refill(facts, ...factParts(model, data));
    const said = statusOf(model, data, shown);
    if (status.textContent !== said) status.textContent = said;
    refill(results, ...resultParts(model, data, shown));
  };
  el.replaceChildren(root);
  draw();
  return watch(model, STATE, draw);
}

/** An octagon with a bar, known from the road: a shape, not a colour, says stop. */
const handShape = () => s("path", { d: "M5 1H11L15 5V11L11 15H5L1 11V5ZM4.5 8H11.5" });

/**
 * @param {Model} model
 * @param {Data} data
 */
function toolBar(model, data) {
  const wording = wordingSwitch(model);
  const cause = chooser({
    label: "Cause",
    options: [
      ["", "any"],
      ...data.causes.map((row) => /** @type {[string, string]} */ ([row.id, row.plain_name])),
    ],
    value: model.get("cause"),
    onpick: (value) => put(model, "cause", value),
  });
  const clear = () => {
    for (const name of ["generator", "row", "opened"]) model.set(name, "");
    put(model, "cause", "");
  };
  const reset = h("button", { type: "button", class: "myo-button", onclick: clear }, "Clear");
  const list = /** @type {HTMLSelectElement} */ (cause.querySelector("select"));
  const update = () => {
    pick(wording, model.get("wording"));
    list.value = model.get("cause");
    for (const option of list.options) {
      const row = data.causes.find(({ id }) => id === option.value);
      const name = row ? nameOf(row, model.get("wording")) : "any";
      if (option.text !== name) option.text = name;
    }
  };
  return { node: h("div", { class: "myo-bar" }, cause, wording, reset), update };
}

/**
 * @param {Cause} cause
 * @param {Wording} wording
 */
const nameOf = (cause, wording) => wording === "clinical" ? cause.name : cause.plain_name;

/**
 * The fork: three ways as radio buttons, each with what it is for and how many rows of the table stand on it.
 * @param {Model} model
 * @param {Data} data
 */
function forkOf(model, data) {
  const node = segmented({
    legend: "Three paths of treatment",
    options: data.paths.map(({ id, name }) => /** @type {[string, string]} */ ([id, name])),
    value: model.get("path"),
    onpick: (value) => {
      model.set("row", rowsOf(data, value, model.get("cause"), model.get("generator"))[0]?.id ?? "");
      put(model, "path", value);
    },
    quiet: true,
    className: "tp-fork",
  });
  const labels = [.../** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll(".myo-segment > span"))];
  const counts = labels.map((label, index) => {
    const { id, said } = data.paths[index];
    const shape = s("svg", { viewBox: "0 0 24 16", "aria-hidden": "true" }, s("path", { d: SHAPES[id] }));
    const count = h("small", { class: "tp-count" });
    const name = h("strong", {}, label.textContent);
    label.replaceChildren(shape, name, h("small", { class: "tp-said" }, said), count);
    return { id, count };
  });
  const update = () => {
    pick(node, model.get("path"));
    for (const { id, count } of counts) {
      const { length } = rowsOf(data, id, model.get("cause"), model.get("generator"));
      const text = length === 1 ? "1 situation" : `${length} situations`;
      if (count.textContent !== text) count.textContent = text;
    }
  };
  return { node, update };
}

/**
 * Where the jerk starts, from the cortex down; it matters where jerks are calmed.
 * @param {Model} model
 * @param {Data} data
 */
function placePicker(model, data) {
  const group = segmented({
    legend: "Where the jerk starts",
    options: [
      ["", "anywhere"],
      ...data.generators.map(({ id, label }) => /** @type {[string, string]} */ ([id, label.replace(/ \(.*\)$/, "")])),
    ],
    value: model.get("generator"),
    onpick: (value) => put(model, "generator", value),
  });
  const text = h("div", { class: "tp-place" });
  const node = h("div", { class: "tp-places" }, group, text);
  const update = () => {
    node.hidden = model.get("path") !== "jerk";
    pick(group, model.get("generator"));
    const place = data.generators.find(({ id }) => id === model.get("generator"));
    refill(
      text,
      ...(place
        ? [
          h("p", {}, place[/** @type {Wording} */ (model.get("wording"))]),
          sourced(model, place.id, place, data.sources, place.label),
        ]
        : []),
    );
  };
  return { node, update };
}

/**
 * Three questions about the chosen cause, because “no” to the first is not “nothing can be done”.
 * @param {Model} model
 * @param {Data} data
 */
function factParts(model, data) {
  const cause = data.causes.find(({ id }) => id === model.get("cause"));
  if (!cause) return [];
  const questions = [
    ["Can the cause be removed?", cause.cause_removable],
    ["Is there treatment for the disease?", cause.disease_treatment],
    ["Can the jerks be eased?", cause.jerks_treatable],
  ];
  const name = nameOf(cause, model.get("wording"));
  return [
    h("p", { class: "tp-title" }, name),
    h("dl", { class: "tp-three" }, questions.map(([term, said]) => h("div", {}, h("dt", {}, term), h("dd", {}, said)))),
    h("p", { class: "tp-note" }, "A “no” to one question is no answer to the others."),
    sourced(model, cause.id, cause, data.sources, name),
  ];
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Row[]} shown
 */
function statusOf(model, data, shown) {
  const name = data.paths.find(({ id }) => id === model.get("path"))?.name;
  const own = shown.filter((row) => row.causes.includes(model.get("cause"))).length;
  if (model.get("cause") && !own) {
    return `${name}: no row of the table names this cause here. That is not advice to do nothing.`;
  }
  return `${name}: ${shown.length} ${shown.length === 1 ? "situation" : "situations"}. Open one to read it.`;
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Row[]} shown
 */
function resultParts(model, data, shown) {
  const wording = /** @type {Wording} */ (model.get("wording"));
  const unsigned = data.rows.filter(({ reviewed }) => !reviewed).length;
  return [
    h("ul", { class: "tp-list" }, shown.map((row) => h("li", {}, rowParts(model, data, row, wording)))),
    h(
      "p",
      { class: "tp-note" },
      `${CLOSING} ${unsigned} of ${data.rows.length} rows are not yet reviewed by a clinician.`,
    ),
  ];
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Row} row
 * @param {Wording} wording
 */
function rowParts(model, data, row, wording) {
  const [button, ...part] = opening(model, row.id, row.context, () => {
    const names = data.causes.filter(({ id }) => row.causes.includes(id)).map((cause) => nameOf(cause, wording));
    return h(
      "div",
      { class: "tp-detail" },
      h(
        "div",
        {},
        h("p", {}, row[wording]),
        wording === "clinical" && row.agents ? h("p", {}, h("strong", {}, "Used: "), row.agents) : null,
        wording === "clinical" ? h("p", {}, h("strong", {}, "Evidence: "), row.evidence) : null,
        names.length ? h("p", { class: "tp-note" }, h("strong", {}, "Causes: "), `${names.join("; ")}.`) : null,
        sourced(model, row.id, row, data.sources, row.context),
      ),
      avoidPart(row, wording),
    );
  }, "row");
  return [button, " ", h("span", { class: "myo-id" }, row.id), ...part];
}

/**
 * @param {Row} row
 * @param {Wording} wording
 */
function avoidPart(row, wording) {
  const clinical = wording === "clinical";
  const draft = row.draft.includes("what to avoid");
  return h(
    "div",
    { class: "tp-avoid", role: "group", "aria-label": "What to avoid and why" },
    h("p", { class: "tp-title" }, "What to avoid, and why"),
    h("p", {}, clinical ? row.avoid : AVOID_NOTE),
    clinical && draft
      ? h("p", {}, h("span", { class: "myo-mark" }, "draft: no listed source was seen to state it"))
      : null,
  );
}

export default { render };

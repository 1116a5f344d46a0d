// Body map: mark the parts that jerk and the word follows; then choose a kind and a small test, and see what it shows.
import { MAPS, termOf } from "./_body_terms.js";
import { hullPath, limbPath } from "./_figure.js";
import { beginStill, fold, keep, paced, watchTheme } from "./_playing.js";
import { chooser, h, hidden, marks, pick, put, refill, s, segmented, sourcesBlock, watch } from "./_prelude.js";
import { reachAngle, REACHES } from "./_reach.js";
import { makeScene, makeWording, numberList, SAFE, SCENE_STATE } from "./_scene.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance} Provenance */
/** @typedef {import("./_movement_data.js").Movement} Movement */
/** @typedef {import("./_movement_data.js").Moving} Moving */
/** @typedef {"plain" | "clinical"} Wording */
/**
 * @typedef {Provenance & { id: string, label: string, plain: string, clinical: string, examples_plain: string,
 *   examples_clinical: string }} Term
 * @typedef {Provenance & { kind: string, manoeuvre: string, shows: string, plain: string, clinical: string }} Finding
 * @typedef {{ parts: [string, string][], manoeuvres: [string, string, string][], terms: Term[], findings: Finding[],
 *   movements: Record<string, Movement>, sources: Record<string, import("./_prelude.js").Source> }} Data
 */

const TIMES = /** @type {[string, string][]} */ ([["together", "together"], ["apart", "each at its own time"]]);
const SHOWS = /** @type {Record<string, string>} */ ({
  yes: "✓ shown",
  some: "◐ in some people",
  no: "– not shown",
  "": "? not known",
});

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  beginStill(model);
  /** @type {Data} */
  const data = model.get("data");
  const wording = makeWording(model);
  const where = makeWhere(model, data);
  const test = makeExamination(model, data);
  const root = h(
    "div",
    { role: "group", class: "myo mv bm", "aria-label": "Body map" },
    h("div", { class: "mv-head" }, h("h2", { class: "mv-title" }, "1. Where does it jerk?"), wording.node),
    where.node,
    h("div", { class: "bm-second" }, h("h2", { class: "mv-title" }, "2. What brings it out?")),
    test.node,
    h("p", { class: "mv-foot" }, SAFE),
  );
  const update = () => {
    wording.update();
    where.update();
    test.update();
  };
  el.replaceChildren(root);
  update();
  const names = ["parts", "timing", "task", "guess", "kind", "manoeuvre", "tried", "sources_open", ...SCENE_STATE];
  const stops = [watch(model, names, update), watchTheme(() => test.repaint())];
  return () => {
    for (const stop of stops) stop();
    test.destroy();
  };
}

// --------------------------------------------------------------------------------------------------- where

/** Seen flat: the picture's left is the person's right. */
const flat = (/** @type {import("./_figure.js").Vec} */ point) => point;
/** @type {(from: [number, number, number], to: [number, number, number]) => string} */
const limb = ([x, y, r], [x1, y1, r1]) => limbPath(flat, [[x, y, 0], r], [[x1, y1, 0], r1]);
/** @type {(...balls: [number, number, number][]) => string} */
const outline = (...balls) => hullPath(flat, balls.map(([x, y, r]) => [[x, y, 0], r]));
/** Outlines in a box of 200 by 380, and where each part's tick stands. @type {Record<string, [string, number, number]>} */
const OUTLINES = {
  neck: [outline([93, 64, 4], [107, 64, 4], [90, 82, 4], [110, 82, 4]), 100, 78],
  face: [outline([100, 34, 22], [100, 46, 15]), 100, 42],
  trunk: [outline([76, 100, 9], [124, 100, 9], [84, 158, 8], [116, 158, 8]), 100, 134],
  hips: [outline([82, 180, 9], [118, 180, 9], [78, 200, 9], [122, 200, 9]), 100, 195],
  arm_R: [limb([56, 102, 10], [42, 176, 8]), 49, 144],
  arm_L: [limb([144, 102, 10], [158, 176, 8]), 151, 144],
  hand_R: [outline([38, 196, 8], [34, 212, 7], [43, 212, 6]), 38, 210],
  hand_L: [outline([162, 196, 8], [166, 212, 7], [157, 212, 6]), 162, 210],
  leg_R: [limb([80, 226, 13], [77, 332, 8]), 79, 278],
  leg_L: [limb([120, 226, 13], [123, 332, 8]), 121, 278],
  foot_R: [outline([76, 352, 8], [66, 362, 6], [82, 362, 5]), 74, 363],
  foot_L: [outline([124, 352, 8], [134, 362, 6], [118, 362, 5]), 126, 363],
};

/**
 * The body, the same parts as check boxes, and the word that follows.
 * @param {Model} model
 * @param {Data} data
 */
function makeWhere(model, data) {
  const toggle = (/** @type {string} */ part) => {
    const parts = model.get("parts");
    keep(model, {
      parts: parts.includes(part) ? parts.filter((/** @type {string} */ one) => one !== part) : [...parts, part],
      task: -1,
      guess: "",
    });
  };
  const shapes = Object.entries(OUTLINES).map(([part, [d, x, y]]) => {
    const tick = s("text", { x, y, class: "bm-tick" }, "✓");
    const look = `bm-part bm-${part.split("_")[0]}`;
    return { part, node: s("g", { class: look, onclick: () => toggle(part) }, s("path", { d }), tick) };
  });
  const body = s(
    "svg",
    { viewBox: "0 0 200 374", class: "bm-body", "aria-hidden": "true" },
    ...shapes.map((one) => one.node),
  );
  const boxes = data.parts.map(([part, name]) => {
    const box = h("input", { type: "checkbox", onchange: () => toggle(part) });
    return { part, box, node: h("label", { class: "mv-check" }, box, name) };
  });
  const timing = segmented({
    legend: "Several parts jerk",
    options: TIMES,
    value: model.get("timing"),
    onpick: (value) => keep(model, { timing: value, task: -1, guess: "" }),
    className: "bm-timing",
  });
  const examples = h(
    "p",
    { class: "bm-row" },
    h("button", { type: "button", class: "myo-button", onclick: () => ask(model) }, "Give me a map"),
    " ",
    h("button", {
      type: "button",
      class: "myo-button",
      onclick: () => keep(model, { parts: [], task: -1, guess: "" }),
    }, "Clear"),
  );
  const asked = h("div", { class: "bm-ask" });
  const word = h("div", { class: "bm-word" });
  const status = h("p", { class: "myo-sr", role: "status" });
  const node = h(
    "div",
    { class: "bm-where" },
    h(
      "figure",
      { class: "bm-figure" },
      body,
      h("figcaption", {}, "Seen from the front: the person’s right is on your left."),
    ),
    h(
      "div",
      {},
      h(
        "fieldset",
        {},
        h("legend", {}, "Parts that jerk"),
        h("div", { class: "bm-boxes" }, boxes.map((one) => one.node)),
      ),
      timing,
      examples,
      asked,
      word,
      status,
    ),
  );
  let said = "";
  const update = () => {
    const parts = model.get("parts");
    for (const { part, node: shape } of shapes) shape.classList.toggle("bm-on", parts.includes(part));
    for (const { part, box } of boxes) box.checked = parts.includes(part);
    pick(timing, model.get("timing"));
    const now = JSON.stringify(["parts", "timing", "task", "guess", "wording"].map((name) => model.get(name)));
    if (now === said) return;
    refill(asked, ...askedOf(model, data));
    refill(word, ...wordOf(model, data));
    if (said) status.textContent = word.querySelector(".bm-said")?.textContent ?? "";
    said = now;
  };
  return { node, update };
}

/**
 * Mark the next map whose word is to be found.
 * @param {Model} model
 */
function ask(model) {
  const task = (model.get("task") + 1) % MAPS.length;
  keep(model, { ...MAPS[task], task, guess: "" });
}

/**
 * The question which word fits, while a map is to be named.
 * @param {Model} model
 * @param {Data} data
 */
function askedOf(model, { terms }) {
  if (model.get("task") < 0) return [];
  const list = segmented({
    legend: "Which word fits this map?",
    options: terms.map(({ id, label }) => [id, shortLabel(label)]),
    value: model.get("guess"),
    onpick: (value) => put(model, "guess", value),
  });
  for (const box of list.querySelectorAll("input")) box.setAttribute("data-key", `guess ${box.value}`);
  return [list];
}

/** A label without what stands in brackets. @param {string} label */
const shortLabel = (label) => label.replace(/ \(.*\)/, "");

/**
 * The word for what is marked, its definition and sources; nothing while the learner is asked.
 * @param {Model} model
 * @param {Data} data
 */
function wordOf(model, data) {
  const { term, why } = termOf(model.get("parts"), model.get("timing"));
  const guess = model.get("guess");
  if (model.get("task") >= 0 && !guess) return [];
  const found = data.terms.find(({ id }) => id === term);
  const wording = /** @type {Wording} */ (model.get("wording"));
  const isAsked = model.get("task") >= 0;
  const verdict = isAsked ? (guess === term ? "Yes. " : "Not this one. ") : "";
  const head = h(
    "p",
    { class: "bm-said" },
    h(
      "strong",
      {},
      `${verdict}${found ? shortLabel(found.label) : model.get("parts").length ? "No single word" : "No part yet"}. `,
    ),
    why,
  );
  if (!found) return [head];
  return [
    head,
    h("p", {}, found[wording], " ", marks(found)),
    h(
      "p",
      { class: "bm-dim" },
      `For example: ${wording === "plain" ? found.examples_plain : found.examples_clinical}.`,
    ),
    h("details", { class: "mv-fold" }, h("summary", {}, "Sources"), h("div", {}, sourcesBlock(found, data.sources))),
  ];
}

// --------------------------------------------------------------------------------------------- examination

/**
 * A kind, a test, and what it shows.
 * @param {Model} model
 * @param {Data} data
 */
function makeExamination(model, data) {
  const pace = paced((/** @type {Record<string, any>} */ state) => keep(model, state));
  const kinds = Object.entries(data.movements).map((
    [kind, { label }],
  ) => /** @type {[string, string]} */ ([kind, label]));
  const list = chooser({
    label: "Kind",
    options: kinds,
    value: model.get("kind"),
    onpick: (kind) => pace.ask({ kind, manoeuvre: model.get("manoeuvre") }),
  });
  const tests = segmented({
    legend: "Test",
    options: data.manoeuvres.map(([name, label]) => [name, label]),
    value: model.get("manoeuvre"),
    onpick: (manoeuvre) => pace.ask({ kind: model.get("kind"), manoeuvre }),
    className: "bm-tests",
  });
  const bar = h("div", { class: "myo-bar" }, list, tests);
  const stage = h("div", {});
  const words = h("div", { class: "bm-words" });
  const status = h("p", { class: "myo-sr", role: "status" });
  const node = h("div", {}, bar, h("div", { class: "bm-examine" }, stage, words), status);
  /** @type {import("./_scene.js").PlayedScene | null} */
  let scene = null;
  /** @type {ReturnType<typeof fold> | null} */
  let sources = null;
  let shown = "";
  let said = "";

  const show = (/** @type {string} */ kind, /** @type {string} */ manoeuvre) => {
    scene?.destroy();
    scene = sceneOf(model, data, kind, manoeuvre);
    refill(stage, ...scene.nodes);
    scene.start();
  };
  const update = () => {
    const [kind, manoeuvre] = [model.get("kind"), model.get("manoeuvre")];
    if (!pace.isWaiting()) {
      pick(tests, manoeuvre);
      /** @type {any} */ (list.querySelector("select")).value = kind;
    }
    if (shown !== `${kind} ${manoeuvre}`) {
      const before = shown;
      shown = `${kind} ${manoeuvre}`;
      if (before) keep(model, { playing: false, t: 0, tried: [...new Set([...model.get("tried"), before, shown])] });
      show(kind, manoeuvre);
    }
    const now = JSON.stringify([shown, model.get("tried"), model.get("wording")]);
    if (now !== said) {
      sources = fold(model, "sources_open", "Sources", () => restsOf(data, kind, manoeuvre));
      refill(words, ...wordsOf(model, data, kind, manoeuvre), sources.node);
      if (said) status.textContent = words.querySelector(".bm-shows")?.textContent ?? "";
      said = now;
    }
    sources?.update(shown);
    scene?.update();
  };
  return {
    node,
    update,
    repaint: () => scene?.repaint(),
    destroy() {
      pace.cancel();
      scene?.destroy();
    },
  };
}

/**
 * @param {Data} data
 * @param {string} kind
 * @param {string} manoeuvre
 */
const findingOf = ({ findings }, kind, manoeuvre) =>
  findings.find((row) => row.kind === kind && row.manoeuvre === manoeuvre);

/**
 * Whether the figure has the movement in this test: only where the tables say so, and after a tap only if the
 * simulated one answers.
 * @param {Data} data
 * @param {string} kind
 * @param {string} manoeuvre
 */
function isPlayed(data, kind, manoeuvre) {
  const finding = findingOf(data, kind, manoeuvre);
  const { stimuli } = data.movements[kind];
  return ["yes", "some"].includes(finding?.shows ?? "") && (manoeuvre !== "tap" || stimuli.length > 0);
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {string} kind
 * @param {string} manoeuvre
 */
function sceneOf(model, data, kind, manoeuvre) {
  const movement = data.movements[kind];
  const plays = isPlayed(data, kind, manoeuvre);
  const done = data.manoeuvres.find(([name]) => name === manoeuvre)?.[2] ?? "";
  const finding = findingOf(data, kind, manoeuvre);
  const look = `${done} ${plays ? finding?.plain : "No jerk is drawn."}`;
  const posed = { ...movement, pose: poseOf(movement, manoeuvre), events: plays ? movement.events : [] };
  return makeScene(model, posed, {
    shape: (moving) => examined(moving, manoeuvre, plays),
    view: "three-quarter",
    look,
  });
}

/**
 * Flapping is looked for with the wrists bent back.
 * @param {Movement} movement
 * @param {string} manoeuvre
 */
function poseOf({ negative }, manoeuvre) {
  if (manoeuvre === "reach") return "nose";
  if (manoeuvre === "hold") return negative ? "cocked" : "arms_out";
  return "lap";
}

/**
 * The movement as it is in this test: led to the nose, or without its jerks.
 * @param {Moving} moving
 * @param {string} manoeuvre
 * @param {boolean} plays
 * @returns {Moving}
 */
function examined(moving, manoeuvre, plays) {
  const led = manoeuvre === "reach" ? reachAngle : () => 0;
  const reaches = manoeuvre === "reach" ? REACHES.map((time) => ({ time, bursts: [] })) : [];
  return {
    ...moving,
    movement: { ...moving.movement, events: [...moving.movement.events, ...reaches] },
    angle: (joint, time) => led(joint, time) + (plays ? moving.angle(joint, time) : 0),
    lift: (site, time) => (plays ? moving.lift(site, time) : 0),
  };
}

/**
 * What the test shows, in words, and what has been found so far.
 * @param {Model} model
 * @param {Data} data
 * @param {string} kind
 * @param {string} manoeuvre
 */
function wordsOf(model, data, kind, manoeuvre) {
  const wording = /** @type {Wording} */ (model.get("wording"));
  const finding = findingOf(data, kind, manoeuvre);
  const [, name, done] = data.manoeuvres.find(([id]) => id === manoeuvre) ?? ["", "", ""];
  const text = finding
    ? finding[wording]
    : "No source among ours says what this test shows in this kind. The figure does not guess.";
  const plays = isPlayed(data, kind, manoeuvre);
  return [
    h("h3", { class: "bm-name" }, `${name}: ${SHOWS[finding?.shows ?? ""]}`),
    h(
      "p",
      { class: "bm-shows" },
      h("span", { class: "bm-dim" }, `${done} `),
      text,
      " ",
      finding ? marks(finding) : null,
    ),
    noteOf(data, kind, manoeuvre, plays, finding),
    foundTable(model, data, kind),
  ].filter((node) => node instanceof Node);
}

/**
 * What must be said of the figure.
 * @param {Data} data
 * @param {string} kind
 * @param {string} manoeuvre
 * @param {boolean} plays
 * @param {Finding | undefined} finding
 */
function noteOf(data, kind, manoeuvre, plays, finding) {
  const { stimuli, stimulus, inset } = data.movements[kind];
  if (plays && manoeuvre === "tap") {
    const times = stimuli.slice(0, 3).map((time) => `${time.toFixed(1)} s`).join(", ");
    return h(
      "p",
      { class: "bm-dim" },
      `In the figure a ${stimulus} comes at ${times}${stimuli.length > 3 ? " and so on" : ""}.`,
    );
  }
  if (!plays && finding && finding.shows !== "no") {
    return h("p", { class: "bm-dim" }, "The simulation of this kind has no answer to a tap, so the figure sits still.");
  }
  return plays && inset ? h("p", { class: "bm-dim" }, "Watch the enlarged part.") : null;
}

/**
 * The four tests of this kind and what those tried have shown.
 * @param {Model} model
 * @param {Data} data
 * @param {string} kind
 */
function foundTable(model, data, kind) {
  const tried = new Set([...model.get("tried"), `${model.get("kind")} ${model.get("manoeuvre")}`]);
  const rows = data.manoeuvres.map(([name, label]) => {
    const result = tried.has(`${kind} ${name}`) ? SHOWS[findingOf(data, kind, name)?.shows ?? ""] : "not tried yet";
    return h("tr", {}, h("th", { scope: "row" }, label), h("td", {}, result));
  });
  const head = h("tr", {}, ["Test", "Found"].map((text) => h("th", { scope: "col" }, text)));
  const caption = h("caption", {}, hidden(`${data.movements[kind].label}: `), "What you have found");
  return h("table", { class: "bm-found" }, caption, h("thead", {}, head), h("tbody", {}, rows));
}

/**
 * @param {Data} data
 * @param {string} kind
 * @param {string} manoeuvre
 */
function restsOf(data, kind, manoeuvre) {
  const finding = findingOf(data, kind, manoeuvre);
  const movement = data.movements[kind];
  return h(
    "div",
    {},
    finding ? sourcesBlock(finding, data.sources) : h("p", {}, "There is no row for this test in this kind."),
    h(
      "p",
      {},
      `The figure is simulated. ${movement.said} The pace of the arm on its way to the nose is the drawing’s own. What its numbers rest on:`,
    ),
    numberList(movement),
  );
}

export default { render };

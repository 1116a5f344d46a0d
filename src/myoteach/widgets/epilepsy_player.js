// Epilepsy player: the learner moves the EEG to where it belongs against the EMG, is told, and sees the movement.
import { FARTHEST, makeLay } from "./_lay.js";
import { beginStill, fold, keep, paced, slider, watchTheme } from "./_playing.js";
import { h, marks, put, refill, sourcesBlock, uid, watch } from "./_prelude.js";
import { makeScene, makeWording, numberList, SAFE, SCENE_STATE } from "./_scene.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance} Provenance */
/** @typedef {"plain" | "clinical"} Wording */
/** @typedef {{ plain: string, clinical: string }} Worded */
/** @typedef {import("./_lay.js").Curve} Curve */
/**
 * `lead` is how many milliseconds the wave peaks before the muscle, or null where there is none.
 * @typedef {{ events: number, lead: number | null, electrode: string, eeg: Curve, emg: Curve, muscle: Worded }} Locked
 * @typedef {{ kind: string, does: string, label: string, moved: number, why: string, note: string, locked: Locked | null,
 *   texts: (Provenance & Worded & { name: string })[],
 *   measured: (Provenance & { id: string, name: string, value: string, note: string })[] }} Example
 * @typedef {{ examples: Example[], movements: Record<string, import("./_movement_data.js").Movement>,
 *   sources: Record<string, import("./_prelude.js").Source> }} Data
 */

const DOES = /** @type {Record<string, [string, string]>} */ ({
  jerk: ["▲", "Jerk"],
  silence: ["▼", "Silence"],
  drop: ["▲▼", "Drop"],
});
/** Milliseconds of one step of the slider, and within which a wave counts as where it belongs. */
const MOVE_STEP = 5;
const NEAR = 20;
const NONE = "none";

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  beginStill(model);
  /** @type {Data} */
  const data = model.get("data");
  const wording = makeWording(model);
  const kinds = makeKinds(model, data);
  const task = h("div", { class: "ep-task" });
  const stage = h("div", { class: "ep-stage" });
  const told = h("div", { class: "ep-told" });
  const root = h(
    "div",
    { role: "group", class: "myo mv ep", "aria-label": "Epilepsy player" },
    h("div", { class: "mv-head" }, h("h2", { class: "mv-title" }, "Brain and muscle: which came first?"), wording.node),
    kinds.node,
    h("div", { class: "ep-board" }, task, stage),
    told,
    h("p", { class: "mv-foot" }, `${SAFE} No flashing light is shown.`),
  );
  /** @type {import("./_scene.js").PlayedScene | null} */
  let scene = null;
  /** @type {ReturnType<typeof makeTask> | null} */
  let asked = null;
  /** @type {ReturnType<typeof fold> | null} */
  let sources = null;
  let shown = "";
  let said = "";

  const show = (/** @type {Example} */ example) => {
    scene?.destroy();
    asked?.destroy();
    const movement = data.movements[example.kind];
    scene = movement ? makeScene(model, movement) : null;
    asked = example.locked ? makeTask(model, example, example.locked) : null;
    refill(task, asked ? asked.node : h("p", { class: "ep-drop" }, example.note));
    refill(stage, ...(scene?.nodes ?? []));
    scene?.start();
  };
  const update = () => {
    const example = data.examples.find(({ kind }) => kind === model.get("kind")) ?? data.examples[0];
    if (example.kind !== shown) {
      const isFirst = !shown;
      shown = example.kind;
      if (!isFirst) keep(model, { playing: false, t: 0 });
      show(example);
    }
    const isTold = !example.locked || example.kind in model.get("answers");
    const now = JSON.stringify([shown, isTold, model.get("wording")]);
    if (now !== said) {
      said = now;
      sources = isTold ? fold(model, "sources_open", "Sources", () => restsOf(data, example)) : null;
      refill(told, ...(sources ? [...toldOf(example, model.get("wording")), sources.node] : []));
    }
    sources?.update(shown);
    wording.update();
    kinds.update(shown);
    asked?.update();
    scene?.update();
  };
  el.replaceChildren(root);
  update();
  const stops = [
    watch(model, ["kind", "moved", "answers", "sources_open", ...SCENE_STATE], update),
    watchTheme(() => scene?.repaint()),
  ];
  return () => {
    for (const stop of stops) stop();
    kinds.destroy();
    asked?.destroy();
    scene?.destroy();
  };
}

/**
 * The kinds as radio buttons: what happens, and its name.
 * @param {Model} model
 * @param {Data} data
 */
function makeKinds(model, { examples }) {
  const name = uid("example");
  const pace = paced((/** @type {string} */ kind) => put(model, "kind", kind));
  const boxes = examples.map(({ kind, does, label }) => {
    const box = h("input", { type: "radio", name, value: kind, onchange: () => pace.ask(kind) });
    const [sign, happens] = DOES[does];
    const words = h(
      "span",
      {},
      h("strong", {}, h("span", { "aria-hidden": "true" }, `${sign} `), happens),
      h("small", { class: "ep-label" }, label),
    );
    return { kind, box, node: h("label", { class: "myo-segment ep-kind" }, box, words) };
  });
  const node = h(
    "fieldset",
    { class: "ep-kinds" },
    h("legend", { class: "myo-sr" }, "What happens"),
    h("div", { class: "ep-segments" }, boxes.map((one) => one.node)),
  );
  const update = (/** @type {string} */ chosen) => {
    if (pace.isWaiting()) return;
    for (const { kind, box } of boxes) box.checked = kind === chosen;
  };
  return { node, update, destroy: pace.cancel };
}

// ---------------------------------------------------------------------------------------------------- task

/**
 * The two curves, the slider that moves the upper one, and what the learner is told.
 * @param {Model} model
 * @param {Example} example
 * @param {Locked} locked
 */
function makeTask(model, example, locked) {
  const { kind } = example;
  const isSilence = example.does === "silence";
  const moved = () => Number(model.get("moved")[kind] ?? example.moved);
  const moveTo = (/** @type {number} */ value) => put(model, "moved", { ...model.get("moved"), [kind]: value });
  const answer = (/** @type {string | number} */ value) =>
    put(model, "answers", { ...model.get("answers"), [kind]: value });
  const lay = makeLay({ ...locked, label: "" });
  const move = slider("Move the EEG", 2 * FARTHEST, MOVE_STEP, (value) => moveTo(value - FARTHEST));
  const button = (/** @type {string} */ text, /** @type {string} */ key, /** @type {() => void} */ onclick) =>
    h("button", { type: "button", class: "myo-button", "data-key": key, onclick }, text);
  const check = button("It belongs here", "check", () => answer(moved()));
  const none = button("No wave goes with it", "none", () => answer(NONE));
  const back = button("Show as recorded", "back", () => moveTo(0));
  const verdict = h("p", { class: "ep-verdict", role: "status" });
  const what = isSilence ? "silences" : "jerks";
  const node = h(
    "div",
    {},
    h(
      "p",
      { class: "ep-ask" },
      `${locked.events} ${what} laid on top of each other. Somebody has moved the EEG. Slide it to where it was recorded, ` +
        "or say that no wave goes with it.",
    ),
    h(
      "p",
      { class: "ep-legend" },
      h("span", { class: "ep-brain-name" }, "Above: brain (EEG, + is up)."),
      " ",
      h("span", { class: "ep-muscle-name" }, "Below: muscle (EMG)."),
      ` Upright broken line: the muscle ${isSilence ? "falls silent" : "fires"}.`,
    ),
    lay.node,
    h("div", { class: "mv-line-of ep-move" }, move.node),
    h("div", { class: "mv-line-of" }, check, none, back),
    verdict,
  );
  const update = () => {
    const place = moved();
    const said = model.get("answers")[kind];
    const isTold = said !== undefined;
    const wording = /** @type {Wording} */ (model.get("wording"));
    move.set(
      place + FARTHEST,
      place > example.moved ? "later" : place < example.moved ? "earlier" : "here",
      moveWords(place - example.moved),
    );
    lay.move(place);
    lay.mark(isTold);
    lay.name(layWords(example, locked, place, isTold, wording));
    back.toggleAttribute("hidden", !isTold);
    const text = isTold ? verdictOn(said, example, locked) : "";
    if (verdict.textContent !== text) verdict.textContent = text;
  };
  return { node, update, destroy: lay.destroy };
}

/** @param {number} by milliseconds from where it stood at first */
const moveWords = (by) =>
  by === 0 ? "where it stood at first" : `${Math.abs(by)} milliseconds ${by > 0 ? "later" : "earlier"}`;

/**
 * What the picture shows, in words.
 * @param {Example} example
 * @param {Locked} locked
 * @param {number} place
 * @param {boolean} isTold
 * @param {Wording} wording
 */
function layWords({ does }, { lead, electrode, muscle }, place, isTold, wording) {
  const below = `the muscle (${muscle[wording]}), which ${does === "silence" ? "falls silent" : "fires"} at 0`;
  const peak = lead === null ? "no wave stands out" : `a wave peaks ${sideOf(place - lead)}`;
  const recorded = isTold && lead !== null ? ` Broken line: as it was recorded, ${sideOf(-lead)}.` : "";
  return `Two averages. Above, the EEG at ${electrode}: ${peak}. Below, ${below}.${recorded}`;
}

/** @param {number} time of the peak in milliseconds from the onset */
function sideOf(time) {
  if (time === 0) return "with the muscle";
  return `${Math.abs(time)} ms ${time < 0 ? "before" : "after"} the muscle`;
}

/**
 * @param {string | number} said
 * @param {Example} example
 * @param {Locked} locked
 */
function verdictOn(said, { does, why }, { lead, events }) {
  const what = does === "silence" ? "silences" : "jerks";
  if (lead === null) {
    const truth = `In the average of ${events} ${what} no wave stands out beyond what chance makes.`;
    const limit = "A wave that is not found may still be there: a missing wave never rules the brain’s surface out.";
    return said === NONE ? `Yes. ${truth} ${limit}` : `Here is no wave to be placed. ${truth} ${limit}`;
  }
  const truth = `In this recording the wave peaks ${lead} ms before the muscle. ${why}`;
  if (said === NONE) return `There is one. ${truth}`;
  const place = Number(said) - lead;
  if (Math.abs(Number(said)) <= NEAR) return `Yes. You put it ${sideOf(place)}. ${truth}`;
  const wrong = place > 0 ? " What comes after the muscle cannot have set it off." : "";
  return `Not here. You put it ${sideOf(place)}.${wrong} ${truth}`;
}

// ---------------------------------------------------------------------------------------------------- told

/**
 * What the tables say of it.
 * @param {Example} example
 * @param {Wording} wording
 */
function toldOf({ texts, measured, label }, wording) {
  const rows = measured.map((row) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, row.name),
      h("td", {}, row.value),
      h("td", {}, row.note),
      h("td", {}, marks(row)),
    )
  );
  const head = h("tr", {}, ["Measured", "Value", "Limits", "Support"].map((text) => h("th", { scope: "col" }, text)));
  const table = h(
    "div",
    { class: "myo-scroll", tabindex: 0, role: "group", "aria-label": "What was measured" },
    h(
      "table",
      {},
      h("caption", { class: "myo-sr" }, "What was measured"),
      h("thead", {}, head),
      h("tbody", {}, rows),
    ),
  );
  return [
    h("h3", { class: "ep-title" }, label),
    ...texts.map((row) => h("p", {}, h("strong", {}, `${row.name}. `), row[wording], " ", marks(row))),
    ...(rows.length ? [table] : []),
  ];
}

/**
 * @param {Data} data
 * @param {Example} example
 */
function restsOf(data, { kind, texts, measured }) {
  const rows = [...texts, ...measured].flatMap((row) => [h("h4", {}, row.name), sourcesBlock(row, data.sources)]);
  const movement = data.movements[kind];
  const numbers = movement
    ? [
      h("h4", {}, "The figure and the curves"),
      h("p", {}, `Simulated. ${movement.said} What its numbers rest on:`),
      numberList(movement),
    ]
    : [];
  return h("div", {}, rows, numbers);
}

export default { render };

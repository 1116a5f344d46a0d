// Movement player: a figure that moves because the simulated muscle fired, its traces, and the events as text.
// It starts paused, nothing moves unasked, and the state is in the traits; the motion itself never leaves the browser.
import { chooser, h, pick, put, refill, segmented, setText, uid, watch } from "./_prelude.js";
import { unpack } from "./_movement_data.js";
import { FROM, makeFigure } from "./_figure.js";
import { makeInset } from "./_insets.js";
import { makeBudget } from "./_paling.js";
import {
  BEFORE,
  beginStill,
  checkbox,
  endOf,
  fold,
  keep,
  makeShow,
  round,
  scrolling,
  STEP,
  watchTheme,
} from "./_playing.js";
import { makeTransport } from "./_transport.js";
import { makeTraces } from "./_traces.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_movement_data.js").Movement} Movement */
/** @typedef {import("./_movement_data.js").JerkEvent} JerkEvent */
/**
 * `offered` names what can be chosen; of it some movements may still be on their way from the kernel.
 * @typedef {{ compare: boolean, movements: Movement[], offered: [string, string][], choices: [string, string][] }} Data
 */
/**
 * One movement on the page.
 * @typedef {{ node: HTMLElement, movement: Movement, draw: (time: number) => void, update: () => void,
 *   isPale: () => boolean, repaint: () => void, destroy: () => void }} Stage
 */

const SIMULATED = "Simulated for teaching: not a patient.";
/** Traces of each movement that are drawn when several stand side by side. */
const FEW = 3;
/** Seconds of trace in view when several stand side by side: the same for all, so that their lines walk together. */
const PAGE = 2;
/** Share of a third-of-screen window that one of several movements may use: no more than two lie in it. */
const SIDE_BY_SIDE = 0.5;
const STATE = [
  "playing",
  "t",
  "speed",
  "view",
  "blind",
  "ghost",
  "zoom",
  "wording",
  "answers",
  "revealed",
  "events_open",
  "sources_open",
];

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  beginStill(model);
  const root = h("div", { role: "group", class: "myo mv", "aria-label": "Movement player" });
  let shown = show(model, root);
  const rebuild = () => {
    shown.destroy();
    keep(model, { t: 0, view: "" });
    shown = show(model, root);
    shown.start();
  };
  el.replaceChildren(root);
  shown.start();
  const stops = [
    watch(model, STATE, () => shown.update()),
    watch(model, ["kind", "data"], () => shown.isStale() ? rebuild() : shown.update()),
    watchTheme(() => shown.repaint()),
  ];
  return () => {
    for (const stop of stops) stop();
    shown.destroy();
  };
}

/**
 * Fill the root with the movement, or the movements, that the state names.
 * @param {Model} model
 * @param {HTMLElement} root
 */
function show(model, root) {
  /** @type {Data} */
  const data = model.get("data");
  const kind = model.get("kind");
  const movements = data.compare ? data.movements : data.movements.filter(isKind(kind));
  const seconds = Math.min(...movements.map((movement) => movement.seconds));
  let view = model.get("view");

  const stages = movements.map((movement, index) => makeStage(model, data, movement, index));
  const playing = makeShow(model, {
    seconds,
    draw(time) {
      for (const stage of stages) stage.draw(time);
    },
    isPale: () => stages.some((stage) => stage.isPale()),
    tell: (time) => controls.tell(time),
  });
  const { clock } = playing;
  const events = data.compare ? everyEvent(movements, seconds) : movements[0].events;
  const controls = makeControls(model, data, clock, events);
  const text = data.compare ? null : makeText(model, movements[0], clock);
  const board = h("div", { class: "mv-board" }, stages.map(({ node }) => node));
  root.classList.toggle("mv-many", data.compare);
  const foot = h("p", { class: "mv-foot" }, footing(data));
  // One movement is seen first; for many, the controls stand where they are found without scrolling.
  const order = data.compare ? [controls.node, board] : [board, controls.node];
  refill(root, controls.head, ...order, ...(text ? [text.node] : []), foot);
  playing.watchOver(board);

  const update = () => {
    if (model.get("view") !== view) {
      view = model.get("view");
      for (const stage of stages) stage.update();
      clock.seek(clock.time);
    }
    playing.follow();
    for (const stage of stages) stage.update();
    controls.update();
    text?.update();
  };
  return {
    start() {
      clock.seek(model.get("t"));
      update();
    },
    update,
    isStale: () => model.get("kind") !== kind && model.get("data").movements.some(isKind(model.get("kind"))),
    repaint: () => stages.forEach((stage) => stage.repaint()),
    destroy() {
      controls.destroy();
      playing.destroy();
      for (const stage of stages) stage.destroy();
    },
  };
}

const isKind = (/** @type {string} */ kind) => (/** @type {Movement} */ movement) => movement.kind === kind;

/**
 * The events of all movements, in order of time.
 * @param {Movement[]} movements
 * @param {number} seconds
 */
function everyEvent(movements, seconds) {
  return movements.flatMap(({ events }) => events).filter(({ time }) => time < seconds).sort((a, b) => a.time - b.time);
}

// -------------------------------------------------------------------------------------------------- stages

/**
 * Figure, what is enlarged, and traces of one movement.
 * @param {Model} model
 * @param {Data} data
 * @param {Movement} movement
 * @param {number} index
 * @returns {Stage}
 */
function makeStage(model, data, movement, index) {
  const moving = unpack(data.compare ? { ...movement, traces: movement.traces.slice(0, FEW), window: PAGE } : movement);
  const budget = makeBudget(data.compare ? SIDE_BY_SIDE : 1);
  const inset = makeInset(moving, budget);
  const traces = makeTraces(moving, { compact: data.compare, label: `Traces. ${movement.said}` });
  const picture = h("div", { class: "mv-picture" });
  const zoom = inset
    ? h("figure", { class: "mv-zoom" }, inset.node, h("figcaption", {}, `Enlarged: ${inset.caption}`))
    : null;
  const card = data.compare ? makeCard(model, data, movement, index) : null;
  const node = h(
    "div",
    { class: "mv-stage", role: "group", "aria-label": `Movement ${letter(index)}` },
    card?.head,
    h("div", { class: "mv-pictures" }, picture, zoom),
    traces.node,
    card?.foot,
  );
  /** @type {ReturnType<typeof makeFigure> | null} */
  let figure = null;
  let drawn = "";
  let isEnlarged = model.get("zoom");
  let last = 0;
  const draw = (/** @type {number} */ time) => {
    last = time;
    figure?.draw(time);
    if (inset && model.get("zoom")) inset.draw(time);
    traces.draw(time);
  };
  const update = () => {
    const view = model.get("view") || movement.view;
    if (view !== drawn) {
      drawn = view;
      figure = makeFigure(moving, { view, label: `A figure, seen from ${FROM[view]}. ${movement.look}`, budget });
      picture.replaceChildren(figure.node);
      draw(last);
    }
    figure?.showGhost(model.get("ghost"));
    if (isEnlarged !== model.get("zoom")) {
      isEnlarged = model.get("zoom");
      if (isEnlarged) inset?.draw(last);
    }
    zoom?.toggleAttribute("hidden", !isEnlarged);
    const hidden = isHidden(model, movement);
    traces.setLabels(moving.traces.map((trace, number) => traceName(model, movement, trace, number, hidden)));
    card?.update();
  };
  const isPale = () => budget.pale(performance.now()) > 0;
  return { node, movement, draw, update, isPale, repaint: traces.repaint, destroy: traces.destroy };
}

const letter = (/** @type {number} */ index) => String.fromCharCode(65 + index);

/**
 * Whether the name of a movement is still to be found.
 * @param {Model} model
 * @param {Movement} movement
 */
const isHidden = (model, movement) => model.get("blind") && !model.get("revealed").includes(movement.kind);

/**
 * @param {Model} model
 * @param {Movement} movement
 * @param {{ site: string, kind: string }} trace
 * @param {number} number
 * @param {boolean} hidden
 */
function traceName(model, movement, { site, kind }, number, hidden) {
  if (hidden) return `${number + 1}`;
  if (kind === "eeg") return `${number + 1} EEG ${site}`;
  return `${number + 1} ${muscleName(model, movement, site)}`;
}

/**
 * @param {Model} model
 * @param {Movement} movement
 * @param {string} site
 */
const muscleName = (model, { muscles }, site) =>
  model.get("wording") === "clinical" ? muscles[site].clinical : muscles[site].plain;

/**
 * What stands over and under a movement that is compared with others.
 * @param {Model} model
 * @param {Data} data
 * @param {Movement} movement
 * @param {number} index
 */
function makeCard(model, data, movement, index) {
  const head = h("h3", { class: "mv-title" });
  const look = h("p", { class: "mv-look" }, movement.look);
  const naming = makeNaming(model, data, movement, `Movement ${letter(index)}`);
  const update = () => {
    setText(head, isHidden(model, movement) ? letter(index) : `${letter(index)} · ${movement.label}`);
    look.toggleAttribute("hidden", isHidden(model, movement));
    naming.update();
  };
  return { head, foot: h("div", {}, look, naming.node), update };
}

/**
 * A list of names and a button that says whether the one chosen is right; only in blind mode.
 * @param {Model} model
 * @param {Data} data
 * @param {Movement} movement
 * @param {string} title
 */
function makeNaming(model, data, movement, title) {
  const id = uid("name");
  const options = [["", "choose …"], ...data.choices].map(([kind, label]) => h("option", { value: kind }, label));
  const list = h("select", {
    id,
    onchange: () => put(model, "answers", { ...model.get("answers"), [movement.kind]: list.value }),
  }, options);
  const check = h("button", {
    type: "button",
    class: "myo-button",
    onclick: () => put(model, "revealed", [...new Set([...model.get("revealed"), movement.kind])]),
  }, "Check");
  const verdict = h("p", { class: "mv-verdict", role: "status" });
  const asked = h("p", { class: "mv-ask" }, h("label", { for: id }, `${title}: which is it?`), " ", list, " ", check);
  const node = h("div", { class: "mv-naming" }, asked, verdict);
  const update = () => {
    const answer = model.get("answers")[movement.kind] ?? "";
    const hidden = isHidden(model, movement);
    node.toggleAttribute("hidden", !model.get("blind"));
    list.value = answer;
    list.disabled = !hidden;
    check.disabled = hidden && !answer;
    check.setAttribute("aria-disabled", String(!hidden)); // not disabled: what has the focus must keep it
    const said = hidden ? "" : `${verdictOn(answer, movement)} ${movement.tell}`;
    setText(verdict, said);
  };
  return { node, update };
}

/**
 * @param {string} answer
 * @param {Movement} movement
 */
function verdictOn(answer, { kind, label }) {
  if (answer === kind) return `Yes: ${label}. What decides:`;
  return `${answer ? "Not this one. It" : "It"} is: ${label}. What decides:`;
}

// ------------------------------------------------------------------------------------------------ controls

/**
 * @param {Model} model
 * @param {Data} data
 * @param {import("./_clock.js").Clock} clock
 * @param {JerkEvent[]} events
 */
function makeControls(model, data, clock, events) {
  const transport = makeTransport(model, clock, events);
  const options = makeOptions(model, data);
  const head = makeHead(model, data);
  const node = h(
    "div",
    { class: "mv-controls" },
    h("div", { class: "mv-line-of" }, transport.play, transport.steps, transport.time),
    h("div", { class: "mv-line-of" }, transport.speed, options.node),
  );
  const update = () => {
    transport.update();
    options.update();
    head.update();
    transport.tell(clock.time);
  };
  return { head: head.node, node, update, tell: transport.tell, destroy: transport.destroy };
}

/**
 * The name of what is shown, and the list of what else there is.
 * @param {Model} model
 * @param {Data} data
 */
function makeHead(model, data) {
  const title = h("h2", { class: "mv-title" });
  const list = data.compare || data.offered.length < 2 ? null : chooser({
    label: "Show",
    options: data.offered,
    value: model.get("kind"),
    onpick: (kind) => put(model, "kind", kind),
  });
  list?.querySelector("select")?.setAttribute("data-key", "kind");
  const node = h("div", { class: "mv-head" }, title, h("span", { class: "mv-sim" }, SIMULATED), list);
  const update = () => {
    const movement = data.movements.find(isKind(model.get("kind")));
    const isOpen = !movement || !isHidden(model, movement);
    const own = isOpen ? movement?.label ?? "" : "Which movement is this?";
    setText(title, data.compare ? `${data.movements.length} movements, one clock` : own);
    const select = list?.querySelector("select");
    list?.toggleAttribute("hidden", !isOpen);
    if (!select) return;
    select.value = model.get("kind");
    for (const option of select.options) option.disabled = !model.get("data").movements.some(isKind(option.value));
  };
  return { node, update };
}

/**
 * View, ghost, enlargement, wording.
 * @param {Model} model
 * @param {Data} data
 */
function makeOptions(model, data) {
  const views = segmented({
    legend: "View",
    options: [["front", "Front"], ["three-quarter", "Half side"], ["side", "Side"]],
    value: "",
    onpick: (view) => put(model, "view", view),
    quiet: true,
    className: "mv-views",
  });
  const ghost = checkbox("Resting pose", (on) => put(model, "ghost", on));
  const zoom = checkbox("Enlarge", (on) => put(model, "zoom", on));
  const clinical = checkbox("Clinical names", (on) => put(model, "wording", on ? "clinical" : "plain"));
  const node = h("span", { class: "mv-options" }, views, ghost.node, zoom.node, clinical.node);
  const update = () => {
    const movement = data.movements.find(isKind(model.get("kind")));
    pick(views, model.get("view") || (data.compare ? "" : movement?.view ?? ""));
    ghost.set(model.get("ghost"));
    zoom.set(model.get("zoom"));
    zoom.node.toggleAttribute("hidden", !(data.compare ? data.movements : [movement]).some((one) => one?.inset));
    clinical.set(model.get("wording") === "clinical");
  };
  return { node, update };
}

// ---------------------------------------------------------------------------------------------------- text

/**
 * What is seen, in words; the name to be found; the events as a table; what the numbers rest on.
 * @param {Model} model
 * @param {Movement} movement
 * @param {import("./_clock.js").Clock} clock
 */
function makeText(model, movement, clock) {
  /** @type {Data} */
  const data = model.get("data");
  const said = h("p", { class: "mv-said" }, h("strong", {}, movement.look), " ", movement.said);
  const now = h("p", { class: "mv-now", role: "status" });
  const naming = makeNaming(model, data, movement, "This movement");
  const tell = h("p", { class: "mv-tell" }, h("strong", {}, "What decides. "), movement.tell);
  const events = fold(
    model,
    "events_open",
    `Events as text (${movement.events.length})`,
    () =>
      eventTable(model, movement, (time) => {
        clock.pause();
        clock.seek(Math.max(time - BEFORE, 0));
        keep(model, { t: round(clock.time) });
      }),
  );
  const sources = fold(model, "sources_open", "Where the numbers come from", () => provenanceTable(model, movement));
  const node = h("div", { class: "mv-text" }, said, now, naming.node, tell, events.node, sources.node);
  const update = () => {
    const hidden = isHidden(model, movement);
    tell.toggleAttribute("hidden", model.get("blind"));
    naming.update();
    events.update(`${hidden}${model.get("wording")}`);
    sources.update(`${hidden}${numbersOf(model, movement).length}`);
    setText(now, clock.isPlaying ? "" : eventSentence(model, movement, clock.time));
  };
  return { node, update };
}

/**
 * The event at which the clock stands, in a sentence; empty between events.
 * @param {Model} model
 * @param {Movement} movement
 * @param {number} time
 */
function eventSentence(model, movement, time) {
  const index = movement.events.filter((event) => event.time - BEFORE - STEP < time).length - 1;
  const event = movement.events[index];
  if (!event || time > endOf(event) + 0.25) return `At ${time.toFixed(2)} s: no event.`;
  const muscles = event.bursts.slice(0, 3).map(([site, , length]) =>
    `${siteWords(model, movement, site)} ${Math.round(length)} ms`
  );
  const rest = event.bursts.length > 3 ? ` and ${event.bursts.length - 3} more` : "";
  const does = movement.negative ? " silent" : "";
  return `Event ${index + 1} of ${movement.events.length}, at ${event.time.toFixed(2)} s: ` +
    `${muscles.join(", ")}${rest}${does}.`;
}

/**
 * A muscle's name, or in blind mode the number of its trace.
 * @param {Model} model
 * @param {Movement} movement
 * @param {string} site
 */
function siteWords(model, movement, site) {
  const index = movement.traces.findIndex((trace) => trace.site === site);
  if (isHidden(model, movement)) return index < 0 ? "another muscle" : `trace ${index + 1}`;
  return muscleName(model, movement, site);
}

/**
 * @param {Model} model
 * @param {Movement} movement
 * @param {(time: number) => void} go
 */
function eventTable(model, movement, go) {
  const rows = movement.events.flatMap(({ time, bursts }, index) =>
    bursts.map(([site, onset, length], number) =>
      h(
        "tr",
        {},
        number ? null : h(
          "th",
          { scope: "rowgroup", rowspan: bursts.length },
          h("button", { type: "button", class: "myo-button", onclick: () => go(time) }, `Go to ${index + 1}`),
        ),
        h("td", {}, `${onset.toFixed(3)} s`),
        h("td", {}, siteWords(model, movement, site)),
        h("td", {}, `${Math.round(length)} ms`),
      )
    )
  );
  const lasts = movement.negative ? "Silent for" : "Burst lasts";
  const head = ["Event", "Begins", "Muscle", lasts].map((text) => h("th", { scope: "col" }, text));
  return scrolling("Events", h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows)));
}

/**
 * What the numbers of a movement rest on; it comes from the kernel after the first picture.
 * @param {Model} model
 * @param {Movement} movement
 * @returns {Movement["provenance"]}
 */
const numbersOf = (model, { kind }) => model.get("data").movements.find(isKind(kind))?.provenance ?? [];

/**
 * @param {Model} model
 * @param {Movement} movement
 */
function provenanceTable(model, movement) {
  const rows = numbersOf(model, movement).map((row) => h("tr", {}, row.map((text) => h("td", {}, text))));
  const head = ["Number", "Value", "Rests on"].map((text) => h("th", { scope: "col" }, text));
  const made = isHidden(model, movement) ? "" : ` The jerk is made in: ${movement.generator}.`;
  return h(
    "div",
    {},
    h(
      "p",
      {},
      `${SIMULATED}${made} Figure and traces come from the same simulated muscles. What is seen and what decides are ` +
        "the authors’ words; no clinician has reviewed them.",
    ),
    scrolling("Numbers and sources", h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows))),
  );
}

/** @param {Data} data */
function footing(data) {
  const what = data.compare ? "They move" : "It moves";
  return `${what} only when you press Play. What moves much turns pale for a moment, so that nothing flashes; slower, ` +
    `or paused, it is sharp. ${SIMULATED}`;
}

export default { render };

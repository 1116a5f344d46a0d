// One movement that an explorer plays beside its own subject: figure, what is enlarged, traces where they are shown,
// and the transport. Still until asked; the state is in the traits `playing`, `t`, `speed` and `wording`.
import { unpack } from "./_movement_data.js";
import { makeFigure } from "./_figure.js";
import { makeInset } from "./_insets.js";
import { makeBudget } from "./_paling.js";
import { BEFORE, makeShow, STEP } from "./_playing.js";
import { makeTransport } from "./_transport.js";
import { makeTraces } from "./_traces.js";
import { h, pick, put, segmented, setText } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_movement_data.js").Movement} Movement */
/** @typedef {import("./_movement_data.js").Moving} Moving */
/**
 * A scene on the page. `update` follows the traits, `start` draws it where the clock stood.
 * @typedef {{ nodes: HTMLElement[], start: () => void, update: () => void, repaint: () => void,
 *   destroy: () => void }} PlayedScene
 */

/** What every explorer that moves says. */
export const SAFE =
  "It moves only when you press Play. What moves much turns pale for a moment, so that nothing flashes; " +
  "slower, or paused, it is sharp. Simulated for teaching: not a patient.";
/** Traits a scene follows. */
export const SCENE_STATE = ["playing", "t", "speed", "wording"];

/**
 * Figure, enlargement, traces and transport of one movement.
 * @param {Model} model
 * @param {Movement} movement
 * @param {{ shape?: (moving: Moving) => Moving, view?: string, look?: string }} [options] `shape` changes what is drawn,
 *   as a limb that is led somewhere on purpose; `look` is what is seen, where it is not the movement's own sentence
 * @returns {PlayedScene}
 */
export function makeScene(
  model,
  movement,
  { shape = (moving) => moving, view = movement.view, look = movement.look } = {},
) {
  const moving = shape(unpack(movement));
  const budget = makeBudget(1);
  const inset = makeInset(moving, budget);
  const figure = makeFigure(moving, { view, label: `A figure. ${look}`, budget });
  const traces = moving.traces.length
    ? makeTraces(moving, { compact: false, label: `Traces. ${movement.said}` })
    : null;
  const playing = makeShow(model, {
    seconds: movement.seconds,
    draw(time) {
      figure.draw(time);
      inset?.draw(time);
      traces?.draw(time);
    },
    isPale: () => budget.pale(performance.now()) > 0,
    tell: (time) => controls.tell(time),
  });
  const { clock } = playing;
  const controls = makeSceneControls(model, clock, movement);
  const node = h(
    "div",
    { class: "mv-stage" },
    h(
      "div",
      { class: "mv-pictures" },
      h("div", { class: "mv-picture" }, figure.node),
      inset ? h("figure", { class: "mv-zoom" }, inset.node, h("figcaption", {}, `Enlarged: ${inset.caption}`)) : null,
    ),
  );
  playing.watchOver(node);

  const update = () => {
    playing.follow();
    traces?.setLabels(moving.traces.map((trace, number) => `${number + 1} ${siteName(model, movement, trace)}`));
    controls.update();
  };
  return {
    nodes: traces ? [node, controls.node, traces.node] : [node, controls.node],
    start() {
      clock.seek(model.get("t"));
      update();
    },
    update,
    repaint: () => traces?.repaint(),
    destroy() {
      controls.destroy();
      playing.destroy();
      traces?.destroy();
    },
  };
}

/**
 * @param {Model} model
 * @param {Movement} movement
 * @param {{ site: string, kind: string }} trace
 */
function siteName(model, { muscles }, { site, kind }) {
  if (kind === "eeg") return `EEG ${site}`;
  return model.get("wording") === "clinical" ? muscles[site].clinical : muscles[site].plain;
}

/**
 * The transport, and in words where the clock stands.
 * @param {Model} model
 * @param {import("./_clock.js").Clock} clock
 * @param {Movement} movement
 */
function makeSceneControls(model, clock, movement) {
  const transport = makeTransport(model, clock, movement.events);
  const now = h("p", { class: "mv-now", role: "status" });
  const node = h(
    "div",
    { class: "mv-controls sc-controls" },
    h("div", { class: "mv-line-of" }, transport.play, transport.steps),
    h("div", { class: "mv-line-of" }, transport.time, transport.speed),
    now,
  );
  const tell = (/** @type {number} */ at) => {
    transport.tell(at);
    setText(now, clock.isPlaying ? "" : eventWords(movement, at));
  };
  const update = () => {
    transport.update();
    tell(clock.time);
  };
  return { node, update, tell, destroy: transport.destroy };
}

/**
 * Which event the clock stands at, in words.
 * @param {Movement} movement
 * @param {number} time
 */
function eventWords({ events, negative }, time) {
  if (!events.length) return "No jerk is drawn here.";
  const noun = negative ? "lapse" : "event";
  const index = events.filter((event) => event.time - BEFORE - STEP < time).length - 1;
  const near = index >= 0 && time < events[index].time + 0.4;
  const where = near ? `${noun} ${index + 1} of ${events.length}` : `no ${noun} (${events.length} in all)`;
  return `At ${time.toFixed(2)} s: ${where}.`;
}

/**
 * The switch between plain and clinical wording.
 * @param {Model} model
 */
export function makeWording(model) {
  const node = segmented({
    legend: "Wording",
    options: [["plain", "Plain"], ["clinical", "Clinical"]],
    value: model.get("wording"),
    onpick: (value) => put(model, "wording", value),
    quiet: true,
    className: "sc-wording",
  });
  return { node, update: () => pick(node, model.get("wording")) };
}

/**
 * What the numbers of a movement rest on, as a list.
 * @param {Movement} movement
 */
export const numberList = ({ provenance }) =>
  h(
    "ul",
    { class: "sc-numbers" },
    provenance.map(([number, value, rests]) => h("li", {}, `${number} ${value}: ${rests}`)),
  );

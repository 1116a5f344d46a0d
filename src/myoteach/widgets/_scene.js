// One movement that an explorer plays beside its own subject: figure, what is enlarged, traces where they are shown,
// and the transport. Still until asked; the state is in the traits `playing`, `t`, `speed` and `wording`.
import { unpack } from "./_movement_data.js";
import { makeFigure } from "./_figure.js";
import { makeInset } from "./_insets.js";
import { makeBudget } from "./_paling.js";
import { BEFORE, keep, makeJumps, makeShow, nearestSpeed, round, slider, SPEEDS, STEP } from "./_playing.js";
import { makeTraces } from "./_traces.js";
import { h, pick, put, segmented } from "./_prelude.js";

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
    tell: (time) => transport.tell(time),
  });
  const { clock } = playing;
  const transport = makeTransport(model, clock, movement);
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
    transport.update();
  };
  return {
    nodes: traces ? [node, transport.node, traces.node] : [node, transport.node],
    start() {
      clock.seek(model.get("t"));
      update();
    },
    update,
    repaint: () => traces?.repaint(),
    destroy() {
      transport.destroy();
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
 * Play, steps, time and speed.
 * @param {Model} model
 * @param {import("./_clock.js").Clock} clock
 * @param {Movement} movement
 */
function makeTransport(model, clock, movement) {
  const stopAt = (/** @type {number} */ time) => {
    jumps.cancel();
    clock.pause();
    clock.seek(time);
    keep(model, { t: round(clock.time) });
  };
  const button = (/** @type {string} */ text, /** @type {string} */ name, /** @type {() => void} */ onclick) =>
    h("button", { type: "button", class: "myo-button", "aria-label": name, title: name, onclick }, text);
  const play = h("button", {
    type: "button",
    class: "myo-button mv-play",
    "data-key": "play",
    onclick: () => put(model, "playing", !clock.isPlaying),
  });
  const jumps = makeJumps(clock, movement.events, stopAt);
  const steps = [
    button("◀ Event", "Previous event", () => jumps.go(-1)),
    button("−10 ms", "Back 10 milliseconds", () => stopAt(clock.time - STEP)),
    button("+10 ms", "On 10 milliseconds", () => stopAt(clock.time + STEP)),
    button("Event ▶", "Next event", () => jumps.go(1)),
  ];
  const time = slider("Time", clock.seconds, STEP, (value) => stopAt(value));
  const speed = slider("Speed", SPEEDS.length - 1, 1, (value) => put(model, "speed", SPEEDS[value]));
  const now = h("p", { class: "mv-now", role: "status" });
  const node = h(
    "div",
    { class: "mv-controls sc-controls" },
    h("div", { class: "mv-line-of" }, play, h("span", { class: "mv-steps" }, steps)),
    h("div", { class: "mv-line-of" }, time.node, speed.node),
    now,
  );
  const tell = (/** @type {number} */ at) => {
    time.set(at, `${at.toFixed(2)} s`, `${at.toFixed(2)} seconds`);
    const text = clock.isPlaying ? "" : eventWords(movement, at);
    if (now.textContent !== text) now.textContent = text;
  };
  const update = () => {
    play.textContent = clock.isPlaying ? "❚❚ Pause" : "▶ Play";
    const share = model.get("speed");
    speed.set(nearestSpeed(share), `${share}×`, `${share} of real speed`);
    tell(clock.time);
  };
  return { node, update, tell, destroy: jumps.cancel };
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

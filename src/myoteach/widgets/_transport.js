// Play, steps, time and speed: what moves the clock of every explorer that plays events.
import { keep, makeJumps, nearestSpeed, round, slider, SPEEDS, STEP } from "./_playing.js";
import { h, put, setText } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_movement_data.js").JerkEvent} JerkEvent */

/**
 * The controls, for the explorer to lay out.
 * @param {Model} model
 * @param {import("./_clock.js").Clock} clock
 * @param {JerkEvent[]} events
 */
export function makeTransport(model, clock, events) {
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
  const jumps = makeJumps(clock, events, stopAt);
  const steps = h(
    "span",
    { class: "mv-steps" },
    button("◀ Event", "Previous event", () => jumps.go(-1)),
    button("−10 ms", "Back 10 milliseconds", () => stopAt(clock.time - STEP)),
    button("+10 ms", "On 10 milliseconds", () => stopAt(clock.time + STEP)),
    button("Event ▶", "Next event", () => jumps.go(1)),
  );
  const time = slider("Time", clock.seconds, STEP, (value) => stopAt(value));
  const speed = slider("Speed", SPEEDS.length - 1, 1, (value) => put(model, "speed", SPEEDS[value]));
  return {
    play,
    steps,
    time: time.node,
    speed: speed.node,
    tell: (/** @type {number} */ now) => time.set(now, `${now.toFixed(2)} s`, `${now.toFixed(2)} seconds`),
    update() {
      setText(play, clock.isPlaying ? "❚❚ Pause" : "▶ Play");
      const share = model.get("speed");
      speed.set(nearestSpeed(share), `${share}×`, `${share} of real speed`);
    },
    destroy: jumps.cancel,
  };
}

// Brain above, muscle below, on one axis of milliseconds; the brain's curve can be moved along it. Nothing runs.
import { bytesOf } from "./_movement_data.js";
import { s } from "./_prelude.js";

/** @typedef {{ peak: number, data: string }} Curve one sample a millisecond */

/** Milliseconds shown before the onset, and the size of the picture, one unit a millisecond. */
const AHEAD_MS = 250;
const WIDE = 600;
const TALL = 250;
/** Middle of the brain's row, foot of the muscle's, and how far a full swing reaches. */
const BRAIN_Y = 74;
const MUSCLE_Y = 212;
const BRAIN_SWING = 52;
const MUSCLE_SWING = 78;
/** How far the brain's curve can be moved either way. */
export const FARTHEST = 200;

/** @param {Curve} curve */
const samplesOf = ({ data }) => new Int8Array(bytesOf(data).buffer);

/**
 * @param {Curve} curve
 * @param {(value: number) => number} height
 */
function curvePath(curve, height) {
  const samples = samplesOf(curve);
  const points = [];
  for (let x = 0; x < samples.length; x += 2) points.push(`${x} ${height(samples[x] / 127).toFixed(1)}`);
  return `M${points.join("L")}`;
}

/**
 * @param {{ eeg: Curve, emg: Curve, negative: boolean, label: string }} spec
 * @returns {{ node: SVGElement, move: (milliseconds: number) => void, mark: (shown: boolean) => void, name: (text: string) => void }}
 */
export function makeLay({ eeg, emg, negative, label }) {
  const wave = curvePath(eeg, (value) => BRAIN_Y - value * BRAIN_SWING);
  const brain = s("g", { class: "ep-brain" }, s("path", { d: wave }));
  const truth = s("g", { class: "ep-truth" }, s("path", { d: wave }));
  const muscle = s("path", { class: "ep-muscle", d: curvePath(emg, (value) => MUSCLE_Y - value * MUSCLE_SWING) });
  const ticks = [-200, -100, 0, 100, 200, 300].map((time) => AHEAD_MS + time);
  const node = s(
    "svg",
    { viewBox: `0 0 ${WIDE} ${TALL}`, class: "ep-lay", role: "img", "aria-label": label },
    s("path", {
      class: "ep-axis",
      d: `M0 ${MUSCLE_Y + 6}H${WIDE}${ticks.map((x) => `M${x} ${MUSCLE_Y + 6}v6`).join("")}`,
    }),
    ...ticks.map((x) =>
      s("text", { class: "ep-time", x, y: TALL - 12 }, x === AHEAD_MS ? "0 ms" : String(x - AHEAD_MS))
    ),
    s("path", { class: "ep-onset", d: `M${AHEAD_MS} 18V${MUSCLE_Y + 6}` }),
    s(
      "text",
      { class: "ep-onset-name", x: AHEAD_MS, y: 13 },
      negative ? "the muscle falls silent" : "the muscle fires",
    ),
    truth,
    brain,
    muscle,
    s("text", { class: "ep-name ep-brain-name", x: 6, y: 36 }, "Brain: EEG, + is up"),
    s("text", { class: "ep-name", x: 6, y: MUSCLE_Y - 84 }, "Muscle: EMG"),
  );
  return {
    node,
    move: (milliseconds) => brain.setAttribute("transform", `translate(${milliseconds} 0)`),
    mark: (shown) => truth.toggleAttribute("hidden", !shown),
    name: (text) => node.setAttribute("aria-label", text),
  };
}

// Brain above, muscle below, on one axis of milliseconds; the brain's curve can be moved along it. Nothing runs.
import { bytesOf } from "./_movement_data.js";
import { makeBudget } from "./_paling.js";
import { SETTLE } from "./_playing.js";
import { s } from "./_prelude.js";

/** @typedef {{ peak: number, data: string }} Curve one sample a millisecond */

/** Milliseconds shown before the onset, and the size of the picture, one unit a millisecond. */
const AHEAD_MS = 250;
const WIDE = 600;
const TALL = 236;
/** Middle of the brain's row, foot of the muscle's, and how far a full swing reaches. */
const BRAIN_Y = 64;
const MUSCLE_Y = 200;
const BRAIN_SWING = 52;
const MUSCLE_SWING = 78;
/** Pixels that a line covers in one step, however far it is moved: its own breadth and the edges it touches. */
const LINE_BREADTH = 4;
/** Share of the budget of a third of the screen: a curve that is shaken passes the same few pixels again and again. */
const CURVE_SHARE = 0.5;
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
 * How far a pen travels that draws a curve, in units of the picture.
 * @param {Curve} curve
 * @param {number} swing
 */
function lengthOf(curve, swing) {
  const samples = samplesOf(curve);
  let length = 0;
  for (let x = 1; x < samples.length; x += 1) length += Math.hypot(1, ((samples[x] - samples[x - 1]) / 127) * swing);
  return length;
}

/**
 * The two curves. What is moved much turns pale for a moment, by the same budget as a figure's lines (_paling.js).
 * @param {{ eeg: Curve, emg: Curve, label: string }} spec
 * @returns {{ node: SVGElement, move: (milliseconds: number) => void, mark: (shown: boolean) => void,
 *   name: (text: string) => void, destroy: () => void }}
 */
export function makeLay({ eeg, emg, label }) {
  const wave = curvePath(eeg, (value) => BRAIN_Y - value * BRAIN_SWING);
  const line = s("path", { d: wave });
  const brain = s("g", { class: "ep-brain" }, line);
  const truth = s("g", { class: "ep-truth" }, s("path", { d: wave }));
  const muscle = s("path", { class: "ep-muscle", d: curvePath(emg, (value) => MUSCLE_Y - value * MUSCLE_SWING) });
  const ticks = [-200, -100, 0, 100, 200, 300].map((time) => AHEAD_MS + time);
  const axis = `M0 ${MUSCLE_Y + 6}H${WIDE}${ticks.map((x) => `M${x} ${MUSCLE_Y + 6}v6`).join("")}`;
  const node = s(
    "svg",
    { viewBox: `0 0 ${WIDE} ${TALL}`, class: "ep-lay", role: "img", "aria-label": label },
    s("path", { class: "ep-axis", d: axis }),
    ...ticks.map((x) =>
      s("text", { class: "ep-time", x, y: TALL - 10 }, x === AHEAD_MS ? "0 ms" : String(x - AHEAD_MS))
    ),
    s("path", { class: "ep-onset", d: `M${AHEAD_MS} 6V${MUSCLE_Y + 6}` }),
    truth,
    brain,
    muscle,
  );
  const budget = makeBudget(CURVE_SHARE);
  const length = lengthOf(eeg, BRAIN_SWING);
  let place = NaN;
  let settling = 0;
  const pale = () => {
    clearTimeout(settling);
    const share = Math.round(20 * budget.pale(performance.now())) / 20;
    line.style.setProperty("--pale", String(share));
    if (share > 0) settling = Number(setTimeout(pale, SETTLE));
  };
  const move = (/** @type {number} */ milliseconds) => {
    if (milliseconds === place) return;
    const scale = node.clientWidth / WIDE;
    const moved = Math.abs(milliseconds - place) * scale;
    place = milliseconds;
    brain.setAttribute("transform", `translate(${milliseconds} 0)`);
    if (Number.isNaN(moved)) return;
    budget.spend(length * scale * Math.min(moved, LINE_BREADTH), performance.now());
    pale();
  };
  return {
    node,
    move,
    mark: (shown) => truth.toggleAttribute("hidden", !shown),
    name: (text) => node.setAttribute("aria-label", text),
    destroy: () => clearTimeout(settling),
  };
}

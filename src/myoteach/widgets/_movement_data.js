// What the player is sent, unpacked: samples, joint angles at any time, how strongly a muscle is firing.

/**
 * @typedef {{ site: string, kind: string, rate: number, peak: number, data: string }} PackedTrace
 * @typedef {{ time: number, bursts: [string, number, number][] }} JerkEvent
 * @typedef {{
 *   kind: string, label: string, role: string, generator: string, negative: boolean, seconds: number, window: number,
 *   pose: string, view: string, inset: string, nods: boolean, asleep: boolean, look: string, tell: string, said: string,
 *   traces: PackedTrace[], angles: { rate: number, step: number, joints: Record<string, string> },
 *   skin: { rate: number, sites: Record<string, string> } | null,
 *   muscles: Record<string, { plain: string, clinical: string }>, events: JerkEvent[], stimuli: number[],
 *   stimulus: string, provenance: [string, string, string][],
 * }} Movement
 */
/** @typedef {{ site: string, kind: string, rate: number, peak: number, samples: Int8Array, strength: Float32Array }} Trace */
/**
 * A movement ready to be drawn. `angle` is in degrees from the resting posture, `lift` (of the skin) from 0 to 1.
 * @typedef {{
 *   movement: Movement, traces: Trace[], joints: string[],
 *   angle: (joint: string, time: number) => number,
 *   lift: (site: string, time: number) => number,
 *   strength: (trace: Trace, time: number) => number,
 * }} Moving
 */

/** How fast the sign of a firing muscle swells and fades: the share of the way gone in one millisecond. */
const SWELL = 0.12;
const FADE = 0.02;

/** @param {string} text */
export function bytesOf(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/**
 * @param {Movement} movement
 * @returns {Moving}
 */
export function unpack(movement) {
  const joints = Object.fromEntries(
    Object.entries(movement.angles.joints).map(([name, text]) => [name, new Int16Array(bytesOf(text).buffer)]),
  );
  const skin = Object.fromEntries(
    Object.entries(movement.skin?.sites ?? {}).map(([site, text]) => [site, new Int8Array(bytesOf(text).buffer)]),
  );
  const traces = movement.traces.map(unpackTrace);
  return {
    movement,
    traces,
    joints: Object.keys(joints),
    angle: (joint, time) =>
      joints[joint] ? between(joints[joint], time * movement.angles.rate) * movement.angles.step : 0,
    lift: (site, time) => skin[site] && movement.skin ? between(skin[site], time * movement.skin.rate) / 127 : 0,
    strength: (trace, time) => trace.strength[Math.min(Math.round(time * trace.rate), trace.strength.length - 1)],
  };
}

/**
 * @param {PackedTrace} packed
 * @returns {Trace}
 */
function unpackTrace({ site, kind, rate, peak, data }) {
  const samples = new Int8Array(bytesOf(data).buffer);
  return { site, kind, rate, peak, samples, strength: strengthOf(samples, 1000 / rate) };
}

/**
 * The strength of a signal, 0 to 1: it swells fast and fades slowly, as the eye can follow.
 * @param {Int8Array} samples
 * @param {number} milliseconds between two samples
 */
function strengthOf(samples, milliseconds) {
  const out = new Float32Array(samples.length);
  let value = 0;
  for (let i = 0; i < samples.length; i += 1) {
    const goal = Math.abs(samples[i]) / 127;
    value += (goal - value) * Math.min((goal > value ? SWELL : FADE) * milliseconds, 1);
    out[i] = value;
  }
  return out;
}

/**
 * A value between two samples, on the straight line.
 * @param {Int16Array | Int8Array} samples
 * @param {number} place
 */
function between(samples, place) {
  const last = samples.length - 1;
  const first = Math.min(Math.max(Math.floor(place), 0), last);
  const next = Math.min(first + 1, last);
  return samples[first] + (samples[next] - samples[first]) * Math.min(Math.max(place - first, 0), 1);
}

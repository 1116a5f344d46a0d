// A limb led on purpose: the right finger goes to the nose and out again, and the jerks of a movement come on top.
// Its angles and its pace are those of the drawing; no source gives them.

/** @typedef {import("./_movement_data.js").Moving} Moving */

/** Degrees from the outstretched arm to the finger at the nose, found by trying until the two met. */
const AT_NOSE = /** @type {Record<string, number>} */ ({ elbow_R: 135, shoulder_R: -74, across_R: -59 });
/** Seconds: out, on the way, at the nose, on the way back. */
const PHASES = [0.6, 1.2, 0.6, 1.2];
const PERIOD = PHASES.reduce((sum, length) => sum + length);

/**
 * How far the finger is on its way, 0 out and 1 at the nose.
 * @param {number} time
 */
function wayOf(time) {
  const at = time % PERIOD;
  const [out, there, stays] = PHASES;
  const share = at < out
    ? 0
    : at < out + there
    ? (at - out) / there
    : at < out + there + stays
    ? 1
    : (PERIOD - at) / PHASES[3];
  return (1 - Math.cos(Math.PI * share)) / 2;
}

/** Times at which the arm is far from where it began. */
export const REACHES = [0.8, 1.2, 1.6, 2.0];

/**
 * The angle of a joint that is led to the nose.
 * @param {string} joint
 * @param {number} time
 */
export const reachAngle = (joint, time) => (AT_NOSE[joint] ?? 0) * wayOf(time);

// A body of joints in space: a posture and joint angles give frames (a place and three directions) for every part.
// Centimetres. A part's own directions: x to the person's left, y up along the part, z to the front.

/** @typedef {[number, number, number]} Vec */
/** @typedef {{ at: Vec, x: Vec, y: Vec, z: Vec }} Frame */
/** @typedef {"R" | "L"} Side */
/** @typedef {(joint: string) => number} Angles degrees from the resting posture */
/**
 * Degrees at rest; `flex` lifts the arm forward, `splay` spreads the arms, `leg` is for the right leg alone.
 * @typedef {{ lies: boolean, flex: number, splay: number, elbow: number, wrist: number, hip: number, knee: number,
 *   ankle: number, spread: number, turn: number, tilt: number, leg?: { hip: number, knee: number, ankle: number },
 *   arm?: { flex: number, splay: number, elbow: number, wrist: number } }} Posture
 */

/** Of the limbs, in centimetres. */
export const LENGTH = { upper: 28, fore: 25, thigh: 42, shank: 41 };

const SITS = { lies: false, hip: 84, knee: 84, ankle: 0, spread: 7, turn: 0, tilt: 0 };
const REACH = { flex: 80, splay: 9, elbow: 7, wrist: 3 };
const REST = { flex: 16, splay: -12, elbow: 47, wrist: 24 };

/** @type {Record<string, Posture>} */
export const POSTURES = {
  lap: { ...SITS, ...REST },
  arms_out: { ...SITS, ...REACH },
  cocked: { ...SITS, ...REACH, wrist: 52 },
  twisted: { ...SITS, ...REACH, flex: 66, elbow: 26, turn: 8, tilt: 22 },
  foot: { ...SITS, ...REST, leg: { hip: 78, knee: 12, ankle: 12 } },
  nose: { ...SITS, ...REST, arm: { flex: 74, splay: -8, elbow: 10, wrist: 0 } },
  lying: { ...SITS, lies: true, flex: 4, splay: 0, elbow: 10, wrist: 4, hip: 15, knee: 30, ankle: -14, spread: 6 },
};

/** @type {Frame} */
const UPRIGHT = { at: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] };
/** Head to the left of the picture, face up. @type {Frame} */
const SUPINE = { at: [0, 0, 0], x: [0, 0, -1], y: [-1, 0, 0], z: [0, 1, 0] };

/**
 * A place given in the directions of a frame.
 * @param {Frame} frame
 * @param {number} x
 * @param {number} y
 * @param {number} z
 * @returns {Vec}
 */
export function place(frame, x, y, z) {
  const { at, x: a, y: b, z: c } = frame;
  return [
    at[0] + x * a[0] + y * b[0] + z * c[0],
    at[1] + x * a[1] + y * b[1] + z * c[1],
    at[2] + x * a[2] + y * b[2] + z * c[2],
  ];
}

/**
 * The frame moved along its own directions.
 * @param {Frame} frame
 * @param {number} x
 * @param {number} y
 * @param {number} z
 * @returns {Frame}
 */
export const shift = (frame, x, y, z) => ({ ...frame, at: place(frame, x, y, z) });

/**
 * Turn two directions of a frame into one another.
 * @param {Vec} from
 * @param {Vec} to
 * @param {number} degrees
 * @returns {[Vec, Vec]}
 */
function swing(from, to, degrees) {
  const cos = Math.cos((degrees * Math.PI) / 180);
  const sin = Math.sin((degrees * Math.PI) / 180);
  return [
    [from[0] * cos + to[0] * sin, from[1] * cos + to[1] * sin, from[2] * cos + to[2] * sin],
    [to[0] * cos - from[0] * sin, to[1] * cos - from[1] * sin, to[2] * cos - from[2] * sin],
  ];
}

/**
 * Nod: positive bends what points up to the front.
 * @param {Frame} frame
 * @param {number} degrees
 * @returns {Frame}
 */
export function nod(frame, degrees) {
  const [y, z] = swing(frame.y, frame.z, degrees);
  return { at: frame.at, x: frame.x, y, z };
}

/**
 * Turn about the long axis: positive brings the front to the person's left.
 * @param {Frame} frame
 * @param {number} degrees
 * @returns {Frame}
 */
export function twist(frame, degrees) {
  const [z, x] = swing(frame.z, frame.x, degrees);
  return { at: frame.at, x, y: frame.y, z };
}

/**
 * Tilt sideways: positive brings what points up to the person's right.
 * @param {Frame} frame
 * @param {number} degrees
 * @returns {Frame}
 */
export function tilt(frame, degrees) {
  const [x, y] = swing(frame.x, frame.y, degrees);
  return { at: frame.at, x, y, z: frame.z };
}

/**
 * @typedef {{ upper: Frame, fore: Frame, hand: Frame, thumb: Frame, fingers: Frame[] }} Arm
 * @typedef {{ thigh: Frame, shank: Frame, foot: Frame }} Leg
 * @typedef {{ pelvis: Frame, waist: Frame, chest: Frame, head: Frame, bulge: number, arms: Record<Side, Arm>,
 *   legs: Record<Side, Leg> }} Body
 */

/**
 * The whole body in a posture, with the joints moved from rest.
 * @param {Posture} posture
 * @param {Angles} angles
 * @param {boolean} nods whether the neck muscles bend the neck (both act) or turn it (one acts)
 * @returns {Body}
 */
export function bodyOf(posture, angles, nods) {
  const pelvis = posture.lies ? SUPINE : UPRIGHT;
  const bend = angles("trunk");
  const waist = nod(shift(pelvis, 0, 10, 0), bend * 0.6);
  const chest = nod(shift(waist, 0, 15, 0), bend * 0.4);
  const jump = angles("abdomen") * 0.6;
  const arm = (/** @type {Side} */ side) => armOf(posture, chest, angles, side, jump);
  return {
    pelvis,
    waist,
    chest,
    head: headOf(posture, chest, angles("neck"), nods),
    bulge: angles("abdomen") * 0.14,
    arms: { R: arm("R"), L: arm("L") },
    legs: { R: legOf(posture, pelvis, angles, "R"), L: legOf(posture, pelvis, angles, "L") },
  };
}

/**
 * @param {Posture} posture
 * @param {Frame} chest
 * @param {number} neck
 * @param {boolean} nods
 */
function headOf(posture, chest, neck, nods) {
  const base = tilt(twist(shift(chest, 0, 26, 1), posture.turn), posture.tilt);
  return nods ? nod(base, neck * 0.9) : tilt(twist(base, neck * 1.5), neck * 0.4);
}

/** Sides as signs: the person's left is where x points. */
const SIGN = { R: -1, L: 1 };

/**
 * @param {Posture} posture
 * @param {Frame} chest
 * @param {Angles} angles
 * @param {Side} side
 * @param {number} jump how much both shoulders are lifted by the breath
 * @returns {Arm}
 */
function armOf(posture, chest, angles, side, jump) {
  const sign = SIGN[side];
  const rest = posture.arm && side === "R" ? posture.arm : posture;
  const lift = angles(`shoulder_girdle_${side}`) + jump;
  const girdle = tilt(shift(chest, 0, 16.5, 0), sign * lift);
  const raise = angles(`shoulder_${side}`);
  const shoulder = tilt(
    twist(shift(girdle, sign * 17, 0, 0), sign * (rest.splay + angles(`across_${side}`))),
    sign * raise * 0.5,
  );
  const upper = nod(shoulder, -(rest.flex + raise * 0.7));
  const fore = nod(shift(upper, 0, -LENGTH.upper, 0), -Math.max(rest.elbow + angles(`elbow_${side}`), -5));
  return { upper, fore, ...handOf(fore, rest.wrist, angles, side) };
}

/**
 * A hand on its forearm.
 * @param {Frame} fore
 * @param {number} wrist at rest
 * @param {Angles} angles
 * @param {Side} side
 */
export function handOf(fore, wrist, angles, side) {
  const inner = -SIGN[side];
  const hand = nod(shift(fore, 0, -LENGTH.fore, 0), -(wrist + angles(`wrist_${side}`)));
  const [thumb, finger] = [angles(`thumb_${side}`), angles(`finger_${side}`)];
  const fingers = [3.3, 1.1, -1.1, -3.2].map((offset, index) => {
    const spread = index === 0 ? 5 + finger * 0.55 : (offset * 2.2) * (1 - finger / 90);
    const curl = 6 + finger * (index === 0 ? 0.9 : 0.55);
    return nod(tilt(shift(hand, inner * offset, -9.5, 0), inner * (index === 0 ? spread : spread * 1)), curl);
  });
  return {
    hand,
    thumb: nod(tilt(shift(hand, inner * 3.4, -3, -0.6), inner * (38 + thumb * 0.5)), 8 + thumb * 0.7),
    fingers,
  };
}

/**
 * @param {Posture} posture
 * @param {Frame} pelvis
 * @param {Angles} angles
 * @param {Side} side
 * @returns {Leg}
 */
function legOf(posture, pelvis, angles, side) {
  const sign = SIGN[side];
  const rest = posture.leg && side === "R" ? posture.leg : posture;
  const knee = Math.min(Math.max(rest.knee - angles(`knee_${side}`), 2), 130);
  // Lying, the heel stays on the bed, so that a knee that bends takes the hip along.
  const hip = posture.lies ? rest.hip + (knee - rest.knee) / 2 : rest.hip;
  const thigh = nod(twist(shift(pelvis, sign * 9, -1, 0), sign * posture.spread), -hip);
  const shank = nod(shift(thigh, 0, -LENGTH.thigh, 0), knee);
  const foot = nod(shift(shank, 0, -LENGTH.shank, 0), -(rest.ankle + angles(`ankle_${side}`)));
  return { thigh, shank, foot };
}

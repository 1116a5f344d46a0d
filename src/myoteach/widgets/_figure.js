// The figure: a body of joints (_skeleton.js) seen from a place, as outlines that are redrawn when the joints move.
// Fills differ from the page by less than a tenth in luminance, so that a limb that moves cannot flash; the thin dark
// lines around them have a budget (_paling.js).
import { makePaling } from "./_paling.js";
import { bodyOf, LENGTH, nod, place, POSTURES, shift } from "./_skeleton.js";
import { s } from "./_prelude.js";

/** @typedef {import("./_skeleton.js").Vec} Vec */
/** @typedef {import("./_skeleton.js").Frame} Frame */
/** @typedef {import("./_skeleton.js").Body} Body */
/** @typedef {import("./_skeleton.js").Side} Side */
/** @typedef {import("./_movement_data.js").Moving} Moving */
/** @typedef {import("./_paling.js").Bone} Bone */
/** @typedef {import("./_paling.js").Budget} Budget */
/** @typedef {(point: Vec) => [number, number, number]} Camera right, down, and towards the viewer */
/** @typedef {[Vec, number]} Ball a place and a radius */

/** Where the viewer stands: degrees around the figure from its front, and from how high. */
const VIEWS = {
  front: { around: 0, above: 20 },
  "three-quarter": { around: 54, above: 13 },
  side: { around: 78, above: 9 },
};
const LYING_VIEWS = {
  front: { around: -62, above: 30 },
  "three-quarter": { around: -28, above: 34 },
  side: { around: -8, above: 16 },
};
/** The same in words. */
export const FROM = /** @type {Record<string, string>} */ ({
  front: "the front",
  "three-quarter": "half the side",
  side: "the side",
});
/** Smallest and largest share of the picture's height that is left free around the figure. */
const MARGIN = 4;
const FACE = 0.12;

/**
 * @param {string} view
 * @param {boolean} lies
 * @param {boolean} [isBust] level with the face
 * @returns {Camera}
 */
export function cameraOf(view, lies, isBust = false) {
  const views = /** @type {Record<string, { around: number, above: number }>} */ (lies ? LYING_VIEWS : VIEWS);
  const { around, above } = views[view] ?? views["three-quarter"];
  return camera(around, isBust ? 2 : above);
}

/**
 * @param {number} around
 * @param {number} above
 * @returns {Camera}
 */
export function camera(around, above) {
  const [yaw, pitch] = [around, above].map((degrees) => (degrees * Math.PI) / 180);
  const [cos, sin, up, down] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return ([x, y, z]) => {
    const near = z * cos - x * sin;
    return [x * cos + z * sin, near * down - y * up, near * up + y * down];
  };
}

// ------------------------------------------------------------------------------------------------ outlines

const short = (/** @type {number} */ value) => Math.round(value * 100) / 100;

/**
 * A limb: two balls and what lies between them.
 * @param {Camera} look
 * @param {Ball} from
 * @param {Ball} to
 */
export function limbPath(look, [from, r0], [to, r1]) {
  const [x0, y0] = look(from);
  const [x1, y1] = look(to);
  const distance = Math.hypot(x1 - x0, y1 - y0);
  if (distance <= Math.abs(r0 - r1) + 0.01) return r0 > r1 ? discPath(x0, y0, r0) : discPath(x1, y1, r1);
  const along = Math.atan2(y1 - y0, x1 - x0);
  const open = Math.acos((r0 - r1) / distance);
  const point = (/** @type {number} */ x, /** @type {number} */ y, /** @type {number} */ r, /** @type {number} */ a) =>
    `${short(x + r * Math.cos(a))} ${short(y + r * Math.sin(a))}`;
  const [a, b] = [along + open, along - open];
  const far = r0 > r1 ? 1 : 0;
  return `M${point(x0, y0, r0, a)}A${r0} ${r0} 0 ${far} 1 ${point(x0, y0, r0, b)}` +
    `L${point(x1, y1, r1, b)}A${r1} ${r1} 0 ${1 - far} 1 ${point(x1, y1, r1, a)}Z`;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} r
 */
const discPath = (x, y, r) =>
  `M${short(x - r)} ${short(y)}a${r} ${r} 0 1 1 ${short(2 * r)} 0a${r} ${r} 0 1 1 ${short(-2 * r)} 0Z`;

/** How many points stand for a ball in a hull. */
const ROUND = 18;
const CIRCLE = Array.from({ length: ROUND }, (_, index) => {
  const angle = (2 * Math.PI * index) / ROUND;
  return [Math.cos(angle), Math.sin(angle)];
});

/**
 * What a rubber band around some balls would enclose.
 * @param {Camera} look
 * @param {Ball[]} balls
 */
export function hullPath(look, balls) {
  /** @type {[number, number][]} */
  const points = balls.flatMap(([at, r]) => {
    const [x, y] = look(at);
    return CIRCLE.map(([cos, sin]) => /** @type {[number, number]} */ ([x + r * cos, y + r * sin]));
  });
  return `M${hull(points).map(([x, y]) => `${short(x)} ${short(y)}`).join("L")}Z`;
}

/**
 * The convex hull of points, by their order from left to right.
 * @param {[number, number][]} points
 */
function hull(points) {
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...chain(points), ...chain(points.reverse())];
}

/**
 * One side of the hull, without its last point.
 * @param {[number, number][]} points
 */
function chain(points) {
  /** @type {[number, number][]} */
  const out = [];
  for (const point of points) {
    while (out.length > 1 && turnsBack(out[out.length - 2], out[out.length - 1], point)) out.pop();
    out.push(point);
  }
  return out.slice(0, -1);
}

/**
 * @param {[number, number]} a
 * @param {[number, number]} b
 * @param {[number, number]} c
 */
const turnsBack = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) <= 0;

// --------------------------------------------------------------------------------------------------- parts

/** Lengths of the fingers in centimetres, from the index finger on. */
const FINGERS = [8.6, 9.6, 8.8, 6.8];

/**
 * The outlines of a hand: four fingers, palm and thumb.
 * @param {Camera} look
 * @param {import("./_skeleton.js").Arm} arm
 */
export function handPaths(look, { hand, thumb, fingers }) {
  const palm = hullPath(look, [
    [place(hand, -2.2, -0.5, 0), 2.1],
    [place(hand, 2.2, -0.5, 0), 2.1],
    [place(hand, -3.2, -9, 0), 1.7],
    [place(hand, 3.2, -9, 0), 1.7],
  ]);
  const joint = place(thumb, 0, -4.4, 0);
  const tip = place(nod(shift(thumb, 0, -4.4, 0), -10), 0, -4.4, 0);
  return [
    ...fingers.map((finger, index) => fingerPath(look, finger, FINGERS[index])),
    palm,
    limbPath(look, [thumb.at, 2.2], [joint, 1.8]) + limbPath(look, [joint, 1.8], [tip, 1.4]),
  ];
}

/**
 * @param {Camera} look
 * @param {Frame} finger
 * @param {number} length
 */
function fingerPath(look, finger, length) {
  const middle = shift(finger, 0, -length * 0.55, 0);
  const tip = place(nod(middle, 14), 0, -length * 0.45, 0);
  return limbPath(look, [finger.at, 1.6], [middle.at, 1.5]) + limbPath(look, [middle.at, 1.5], [tip, 1.2]);
}

/**
 * @param {Camera} look
 * @param {import("./_skeleton.js").Arm} arm
 */
const handPath = (look, arm) => handPaths(look, arm).join("");

/**
 * @param {Camera} look
 * @param {import("./_skeleton.js").Arm} arm
 */
const forePath = (look, { fore, hand }) => limbPath(look, [fore.at, 4.3], [hand.at, 2.7]);

/**
 * @param {Camera} look
 * @param {import("./_skeleton.js").Leg} leg
 */
export function shoePath(look, { foot }) {
  return hullPath(look, [
    [place(foot, 0, -1.5, -4), 3.9],
    [place(foot, 0, -2.6, 8), 3],
    [place(foot, 0, -3, 15), 2.4],
  ]);
}

/**
 * @param {Camera} look
 * @param {import("./_skeleton.js").Leg} leg
 */
export function trouserPath(look, { thigh, shank, foot }) {
  return limbPath(look, [thigh.at, 8.6], [shank.at, 6]) + limbPath(look, [shank.at, 6], [foot.at, 4]);
}

/**
 * @param {Camera} look
 * @param {Body} body
 */
function shirtPath(look, { waist, chest, bulge }) {
  const lower = hullPath(look, [
    [place(waist, -8, -7, 0), 8.2],
    [place(waist, 8, -7, 0), 8.2],
    [place(waist, 0, -1, 2.5 + bulge), 8],
    [place(chest, -8.5, 2, 0.5), 8.2],
    [place(chest, 8.5, 2, 0.5), 8.2],
  ]);
  const upper = hullPath(look, [
    [place(chest, -8.5, 2, 0.5), 8.2],
    [place(chest, 8.5, 2, 0.5), 8.2],
    [place(chest, -12.5, 15.5, 0), 6.4],
    [place(chest, 12.5, 15.5, 0), 6.4],
    [place(chest, 0, 19, 0), 5],
  ]);
  return lower + upper;
}

/**
 * @param {Camera} look
 * @param {Body} body
 */
function headPath(look, { head }) {
  const skull = hullPath(look, [
    [place(head, 0, 9.5, -1), 10],
    [place(head, 0, 8, 1.5), 9.2],
    [place(head, 0, 0.8, 4), 5.4],
  ]);
  return skull + limbPath(look, [place(head, 0, 7, 9.2), 1.4], [place(head, 0, 4.6, 11.3), 1.5]);
}

/**
 * @param {Camera} look
 * @param {Body} body
 */
const neckPath = (look, { chest, head }) =>
  limbPath(look, [place(chest, 0, 18, -0.5), 5.6], [place(head, 0, 3, -1), 5]);

/**
 * Hair: the back and the top of the skull, over the head's outline; the less of it, the more the face is seen.
 * @param {Camera} look
 * @param {Body} body
 */
function hairPath(look, { head }) {
  const facing = Math.max(look(place({ ...head, at: [0, 0, 0] }, 0, 0, 1))[2], 0);
  const full = Math.max((facing - 0.6) / 0.4, 0); // seen from the front it is a cap
  return hullPath(look, [
    [place(head, 0, 11.6 + 4 * facing, -3), 9.2 - 2.4 * facing - 2.2 * full],
    [place(head, 0, 5 + 10 * facing, -5.4), 6.2 - facing],
    [place(head, 0, 16, 1.4), 4.2],
    ...[-1, 1].flatMap((side) => /** @type {Ball[]} */ ([
      [place(head, side * 6.4 * full, 13.8, -2), 3],
      [place(head, side * 3.6 * full, 15.9, -2), 3.8],
    ])),
  ]);
}

// --------------------------------------------------------------------------------------------------- figure

/** Each part's look, and its outline from the body; in the order in which they hide each other, seen from the right. */
const PARTS = /** @type {[string, string, (look: Camera, body: Body) => string][]} */ ([
  ["leg L", "mv-cloth", (look, body) => trouserPath(look, body.legs.L)],
  ["shoe L", "mv-shoe", (look, body) => shoePath(look, body.legs.L)],
  ["sleeve L", "mv-shirt", (look, body) => sleevePath(look, body, "L")],
  ["hand L", "mv-skin", (look, body) => forePath(look, body.arms.L) + handPath(look, body.arms.L)],
  ["hips", "mv-cloth", (look, body) => hipsPath(look, body)],
  ["neck", "mv-skin", neckPath],
  ["shirt", "mv-shirt", shirtPath],
  ["head", "mv-skin", headPath],
  ["hair", "mv-hair", hairPath],
  ["leg R", "mv-cloth", (look, body) => trouserPath(look, body.legs.R)],
  ["shoe R", "mv-shoe", (look, body) => shoePath(look, body.legs.R)],
  ["sleeve R", "mv-shirt", (look, body) => sleevePath(look, body, "R")],
  ["hand R", "mv-skin", (look, body) => forePath(look, body.arms.R) + handPath(look, body.arms.R)],
]);
/** The same for a viewer in front, who sees legs and both arms before the trunk. */
const FROM_FRONT = [
  "hips",
  "neck",
  "shirt",
  "head",
  "hair",
  "leg L",
  "leg R",
  "shoe L",
  "shoe R",
  "sleeve L",
  "sleeve R",
  "hand L",
  "hand R",
];

/**
 * @param {Camera} look
 * @param {Body} body
 */
const hipsPath = (look, { pelvis }) =>
  hullPath(look, [[place(pelvis, -8, 0, -1), 8.6], [place(pelvis, 8, 0, -1), 8.6], [place(pelvis, 0, 5, 0), 8]]);

/**
 * @param {Camera} look
 * @param {Body} body
 * @param {Side} side
 */
function sleevePath(look, { arms }, side) {
  const { upper, fore } = arms[side];
  return limbPath(look, [place(upper, 0, -0.5, 0), 6], [fore.at, 4.9]);
}

/**
 * Where the lines of each part run, seen from the viewer: along limbs two, at a hand with its fingers eight.
 * @type {Record<string, (look: Camera, body: any) => Bone[]>}
 */
const BONES = {
  neck: (look, { chest, head }) => [[look(place(chest, 0, 18, 0)), look(place(head, 0, 3, 0)), 2]],
  shirt: (look, { waist, chest }) => [[look(place(waist, 0, -7, 8)), look(place(chest, 0, 19, 5)), 3]],
  head: (look, { head }) => [[look(place(head, 0, 0, 6)), look(place(head, 0, 19, 0)), 4]],
  hair: (look, { head }) => [[look(place(head, 0, 8, 0)), look(place(head, 0, 19, 0)), 2]],
  leg: (look, { thigh, shank, foot }) => [
    [look(thigh.at), look(shank.at), 2],
    [look(shank.at), look(foot.at), 2],
  ],
  shoe: (look, { foot }) => [[look(place(foot, 0, -2, -7)), look(place(foot, 0, -3, 16)), 4]],
  sleeve: (look, { upper, fore }) => [[look(upper.at), look(fore.at), 2]],
  hand: (look, { fore, hand, fingers }) => [
    [look(fore.at), look(hand.at), 2],
    [look(hand.at), look(place(fingers[1], 0, -9, 0)), 8],
  ],
};

/**
 * A shoe, and the helper's hand and arm that hold it.
 * @param {Camera} look
 * @param {import("./_skeleton.js").Leg} leg
 * @returns {Bone[]}
 */
export const heldFootBones = (look, leg) => [
  ...BONES.shoe(look, leg),
  [look(place(leg.foot, 0, -8, 14)), look(place(leg.foot, 0, -10.5, -1)), 5],
  [look(place(leg.foot, 0, -10.5, -1)), look(place(leg.foot, 0, -20, -20)), 4],
];

/**
 * The bones of a part by its name, which may end in a side.
 * @param {Camera} look
 * @param {string} name
 * @returns {(body: Body) => Bone[]}
 */
function bonesOf(look, name) {
  const [part, side] = name.split(" ");
  const bones = BONES[part];
  if (!bones) return () => [];
  if (!side) return (body) => bones(look, body);
  const limbs = part === "leg" || part === "shoe" ? "legs" : "arms";
  return (body) => bones(look, body[limbs][/** @type {Side} */ (side)]);
}

/**
 * A figure that follows a movement.
 * @param {Moving} moving
 * @param {{ view: string, label: string, budget: Budget }} spec
 * @returns {{ node: SVGElement, draw: (time: number) => void, showGhost: (shown: boolean) => void }}
 */
export function makeFigure(moving, { view, label, budget }) {
  const { movement } = moving;
  const posture = POSTURES[movement.pose] ?? POSTURES.lap;
  const isBust = view === "front" && HEADS.has(movement.inset);
  const look = cameraOf(view, posture.lies, isBust);
  const bodyAt = (/** @type {number} */ time) => bodyOf(posture, (joint) => moving.angle(joint, time), movement.nods);
  const resting = bodyOf(posture, () => 0, movement.nods);
  const order = view === "front" && !posture.lies
    ? FROM_FRONT.map((name) => /** @type {any} */ (PARTS.find((part) => part[0] === name)))
    : PARTS;
  const parts = order.map(([name, className, outline]) => ({ name, node: s("path", { class: className }), outline }));
  const ghost = s(
    "g",
    { class: "mv-ghost" },
    ...order.map(([, , outline]) => s("path", { d: outline(look, resting) })),
  );
  const face = makeFace(look);
  const box = frameOf(moving, look, bodyAt, { lies: posture.lies, isBust });
  const marks = makeMarks(moving, look, resting, Math.min(Math.max(Math.max(box[3], box[2] * 0.75) / 130, 0.45), 1.1));
  const helper = movement.pose === "foot" ? s("path", { class: "mv-helper" }) : null;
  const furniture = s("g", {}, ...(posture.lies ? bed(look) : stool(look)));
  const headAt = parts.findIndex(({ outline }) => outline === hairPath) + 1;
  const nodes = parts.map(({ node }) => node);
  const node = s(
    "svg",
    { viewBox: box.join(" "), class: "mv-figure", role: "img", "aria-label": label },
    furniture,
    ghost,
    ...nodes.slice(0, headAt),
    face.node,
    ...nodes.slice(headAt),
    ...(helper ? [helper] : []),
    marks.node,
  );
  const paling = makePaling(budget, node, box, [
    ...parts.map(({ name, node }) => ({
      nodes: name === "head" ? [node, face.node] : [node],
      bones: bonesOf(look, name),
    })),
    ...(helper ? [{ nodes: [helper], bones: (/** @type {Body} */ body) => heldFootBones(look, body.legs.R) }] : []),
    ...marks.parts,
  ]);
  const draw = (/** @type {number} */ time) => {
    const body = bodyAt(time);
    for (const part of parts) part.node.setAttribute("d", part.outline(look, body));
    helper?.setAttribute("d", helperPath(look, body));
    face.draw(body, (joint) => moving.angle(joint, time) + (movement.asleep && joint.startsWith("eyelid") ? SHUT : 0));
    marks.draw(body, time);
    paling(body);
  };
  return { node, draw, showGhost: (shown) => ghost.toggleAttribute("hidden", !shown) };
}

/**
 * A helper's hand that holds a foot up.
 * @param {Camera} look
 * @param {Body} body
 */
export function helperPath(look, { legs }) {
  const { foot } = legs.R;
  const palm = place(foot, 0, -8.6, 9);
  const wrist = place(foot, 0, -10.5, -1);
  return hullPath(look, [[palm, 2.2], [place(foot, 0, -8, 14), 1.7], [wrist, 2.4]]) +
    limbPath(look, [wrist, 2.6], [place(foot, 0, -20, -20), 4]);
}

/** What is enlarged in the head is seen with head and shoulders only. */
const HEADS = new Set(["face", "eye", "mouth"]);

/**
 * A view box that holds the figure in all its movements: left, top, width and height.
 * @param {Moving} moving
 * @param {Camera} look
 * @param {(time: number) => Body} bodyAt
 * @param {{ lies: boolean, isBust: boolean }} spec
 */
function frameOf({ movement }, look, bodyAt, { lies, isBust }) {
  const { events, seconds } = movement;
  const times = [0, ...events.flatMap(({ time }) => [time + 0.1, time + 0.18, time + 0.28])].filter((t) => t < seconds);
  const step = Math.max(Math.floor(times.length / 60), 1);
  const some = times.filter((_, index) => index % step === 0);
  const points = some.flatMap((time) => isBust ? bust(look, bodyAt(time)) : extent(look, bodyAt(time)));
  const floor = isBust ? [] : (lies ? bedCorners() : stoolCorners()).map(look);
  const all = [...points, ...floor];
  const [left, right] = [Math.min(...all.map(([x]) => x)), Math.max(...all.map(([x]) => x))];
  const [top, bottom] = [Math.min(...all.map(([, y]) => y)), Math.max(...all.map(([, y]) => y))];
  return [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + (isBust ? 1 : 2) * MARGIN].map(short);
}

/**
 * Points between which head and shoulders lie.
 * @param {Camera} look
 * @param {Body} body
 */
function bust(look, { head, chest }) {
  const [x, y] = look(place(head, 0, 9, 0));
  return [[x - 11, y - 12], [x + 11, y + 11], look(place(chest, -24, 6, 0)), look(place(chest, 24, 6, 0))];
}

/**
 * Points between which a body lies.
 * @param {Camera} look
 * @param {Body} body
 */
function extent(look, { head, arms, legs, pelvis }) {
  const balls = /** @type {Ball[]} */ ([
    [place(head, 0, 9, 0), 11],
    [place(pelvis, 0, 0, 0), 10],
    ...[arms.R, arms.L].flatMap((arm) => [[arm.fore.at, 5], [place(arm.fingers[1], 0, -9, 0), 2]]),
    ...[legs.R, legs.L].flatMap((leg) => [[leg.shank.at, 7], [place(leg.foot, 0, -3, 15), 4], [leg.foot.at, 6]]),
  ]);
  return balls.flatMap(([at, r]) => {
    const [x, y] = look(at);
    return [[x - r, y - r], [x + r, y + r]];
  });
}

const stoolCorners = () => /** @type {Vec[]} */ ([[-15, -50, -13], [15, -50, -13], [15, -50, 13], [-15, -50, 13]]);
const bedCorners = () => /** @type {Vec[]} */ ([[-55, -14, 26], [104, -14, 26], [104, -14, -30], [-55, -14, -30]]);

/** @param {Camera} look */
function stool(look) {
  const seat = stoolCorners().map(([x, , z]) => /** @type {Ball} */ ([[x, -12, z], 2.4]));
  const legs = stoolCorners().map(([x, , z]) =>
    limbPath(look, [[x * 0.8, -14, z * 0.8], 1.2], [[x * 0.95, -50, z * 0.95], 1])
  );
  return [s("path", { d: legs.join(""), class: "mv-wood" }), s("path", { d: hullPath(look, seat), class: "mv-wood" })];
}

/** @param {Camera} look */
function bed(look) {
  const mattress = bedCorners().flatMap((
    [x, y, z],
  ) => /** @type {Ball[]} */ ([[[x, y - 6, z], 2.5], [[x, y + 2, z], 2.5]]));
  const top = bedCorners().map(([x, y, z]) => /** @type {Ball} */ ([[x, y + 2, z], 2.5]));
  const pillow = [[-50, -18], [-50, 16], [-30, -18], [-30, 16]].map((
    [x, z],
  ) => /** @type {Ball} */ ([[x, -10.5, z], 3.4]));
  return [
    s("path", { d: hullPath(look, mattress), class: "mv-wood" }),
    s("path", { d: hullPath(look, top), class: "mv-sheet" }),
    s("path", { d: hullPath(look, pillow), class: "mv-sheet" }),
  ];
}

// ----------------------------------------------------------------------------------------------------- face

/** Degrees at which a lid is shut and a corner of the mouth has gone as far as it goes. */
const SHUT = 40;
const PULLED = 35;

/** @param {Camera} look */
function makeFace(look) {
  const eyes = { R: s("ellipse", { class: "mv-eye" }), L: s("ellipse", { class: "mv-eye" }) };
  const lines = s("path", { class: "mv-line" });
  const node = s("g", {}, lines, eyes.R, eyes.L);
  const draw = (/** @type {Body} */ { head }, /** @type {import("./_skeleton.js").Angles} */ angles) => {
    const facing = look(place({ ...head, at: [0, 0, 0] }, 0, 0, 1))[2];
    node.toggleAttribute("hidden", facing < -0.35);
    const strokes = [];
    for (const side of /** @type {Side[]} */ (["R", "L"])) {
      const sign = side === "R" ? -1 : 1;
      const normal = look(place({ ...head, at: [0, 0, 0] }, sign * 0.45, 0, 0.9))[2];
      const isSeen = normal > FACE;
      const closed = Math.min(Math.max(angles(`eyelid_${side}`) / SHUT, 0), 1);
      const [x, y] = look(place(head, sign * 3.7, 7.4, 9.4));
      setEye(eyes[side], x, y, isSeen ? normal : 0, closed);
      if (isSeen) strokes.push(...browAndEar(look, head, sign, closed));
      else if (normal < -0.2) continue;
    }
    strokes.push(mouthPath(look, head, angles));
    lines.setAttribute("d", strokes.join(""));
  };
  return { node, draw };
}

/**
 * @param {Element} eye
 * @param {number} x
 * @param {number} y
 * @param {number} width share of its full width that is seen
 * @param {number} closed
 */
function setEye(eye, x, y, width, closed) {
  eye.setAttribute("cx", String(short(x)));
  eye.setAttribute("cy", String(short(y + closed * 0.5)));
  eye.setAttribute("rx", String(short(width * (1.25 + closed * 0.9))));
  eye.setAttribute("ry", String(short(width ? 1.6 * (1 - closed) + 0.32 : 0)));
}

/**
 * @param {Camera} look
 * @param {Frame} head
 * @param {number} sign
 * @param {number} closed
 */
function browAndEar(look, head, sign, closed) {
  const brow = [[1.7, 10.4 - closed, 10], [3.8, 11 - closed, 9.4], [5.8, 10.4 - closed, 8]];
  const ear = [[8.6, 8.6, -0.6], [9.6, 7.4, -2.6], [8.6, 4.4, -0.8]];
  const seen = look(place({ ...head, at: [0, 0, 0] }, sign, 0, 0))[2] > 0.3 ? [brow, ear] : [brow];
  return seen.map((line) => curve(look, head, line.map(([x, y, z]) => [sign * x, y, z])));
}

/**
 * @param {Camera} look
 * @param {Frame} head
 * @param {import("./_skeleton.js").Angles} angles
 */
function mouthPath(look, head, angles) {
  const [right, left] = ["R", "L"].map((side) => Math.min(angles(`mouth_${side}`) / PULLED, 1));
  return curve(look, head, [
    [-2.6 - right * 1.7, 1.6 + right * 1.3, 8.6 - right],
    [0, 0.9, 9.7],
    [2.6 + left * 1.7, 1.6 + left * 1.3, 8.6 - left],
  ]);
}

/**
 * A curve through three places on the head.
 * @param {Camera} look
 * @param {Frame} head
 * @param {number[][]} points
 */
function curve(look, head, points) {
  const [a, b, c] = points.map(([x, y, z]) => look(place(head, x, y, z)));
  const through = [2 * b[0] - (a[0] + c[0]) / 2, 2 * b[1] - (a[1] + c[1]) / 2];
  return `M${short(a[0])} ${short(a[1])}Q${short(through[0])} ${short(through[1])} ${short(c[0])} ${short(c[1])}`;
}

// ---------------------------------------------------------------------------------------------------- marks

/** Where a muscle's electrode sits: on which part, and where there, for the person's left side. */
const SITES = /** @type {Record<string, (body: Body, side: Side) => Vec>} */ ({
  MAS: ({ head }, side) => place(head, outer(side, 7), 2.4, 4),
  OO: ({ head }, side) => place(head, outer(side, 7.4), 8, 6.4),
  OOR: ({ head }, side) => place(head, outer(side, 5), 1, 8),
  LVP: ({ head }, side) => place(head, outer(side, 3), 0.5, 8),
  LAR: ({ chest }) => place(chest, 0, 22, 6),
  SCM: ({ chest }, side) => place(chest, outer(side, 4.4), 23, 2),
  TRA: ({ chest }, side) => place(chest, outer(side, 9.5), 20.5, -1),
  DIA: ({ chest }, side) => place(chest, outer(side, 8), 0, 8),
  DEL: ({ arms }, side) => place(arms[side].upper, outer(side, 3.6), -3, 0),
  BIC: ({ arms }, side) => place(arms[side].upper, 0, -LENGTH.upper * 0.62, 3),
  TRI: ({ arms }, side) => place(arms[side].upper, 0, -LENGTH.upper * 0.6, -3.4),
  ECR: ({ arms }, side) => place(arms[side].fore, 0, -LENGTH.fore * 0.34, 2.6),
  FCR: ({ arms }, side) => place(arms[side].fore, 0, -LENGTH.fore * 0.5, -2.6),
  APB: ({ arms }, side) => place(arms[side].thumb, 0, -2, -1),
  FDI: ({ arms }, side) => place(arms[side].hand, outer(side, -3), -6.5, 0.5),
  PEC: ({ chest }, side) => place(chest, outer(side, 8), 11, 7),
  RA: ({ waist }, side) => place(waist, outer(side, 2.5), -2, 9.5),
  PSP: ({ chest }, side) => place(chest, outer(side, 3), 3, -8),
  QUA: ({ legs }, side) => place(legs[side].thigh, 0, -LENGTH.thigh * 0.55, 5),
  HAM: ({ legs }, side) => place(legs[side].thigh, 0, -LENGTH.thigh * 0.55, -5),
  TA: ({ legs }, side) => place(legs[side].shank, 0, -LENGTH.shank * 0.34, 3.6),
  SOL: ({ legs }, side) => place(legs[side].shank, 0, -LENGTH.shank * 0.34, -4),
  EDB: ({ legs }, side) => place(legs[side].foot, 0, 0, 8),
});

/**
 * A distance outward, for either side.
 * @param {Side} side
 * @param {number} distance
 */
const outer = (side, distance) => (side === "R" ? -distance : distance);

/**
 * @param {Body} body
 * @param {import("./_movement_data.js").Trace} trace
 */
function siteOf(body, { site, kind }) {
  if (kind === "eeg") return place(body.head, site === "C3" ? 5 : 0, 17.5, -2);
  const [code, side] = site.split("_");
  return SITES[code](body, side === "L" ? "L" : "R");
}

/** Size of a numbered electrode, how far its ring swells when the muscle fires, and what keeps two apart. */
const DISC = 3.1;
const RING = 3.4;
const BETWEEN = 0.8;

/**
 * Numbered electrodes that swell a little when their muscle fires.
 * @param {Moving} moving
 * @param {Camera} look
 * @param {Body} resting
 * @param {number} size share of the usual size
 */
function makeMarks(moving, look, resting, size) {
  const places = apart(moving.traces.map((trace) => look(siteOf(resting, trace))), (2 * DISC + BETWEEN) * size);
  const marks = moving.traces.map((trace, index) => {
    const ring = s("circle", { class: `mv-ring mv-tone-${index % 4}` });
    const disc = s("circle", { r: DISC, class: `mv-disc mv-tone-${index % 4}` });
    const number = s("text", { y: 1.45, class: `mv-number mv-tone-${index % 4}` }, String(index + 1));
    const [x, y] = look(siteOf(resting, trace));
    const aside = [places[index][0] - x, places[index][1] - y];
    return { trace, ring, aside, node: s("g", {}, ring, disc, number) };
  });
  const draw = (/** @type {Body} */ body, /** @type {number} */ time) => {
    for (const { trace, ring, aside, node } of marks) {
      const [x, y] = look(siteOf(body, trace));
      node.setAttribute("transform", `translate(${short(x + aside[0])} ${short(y + aside[1])}) scale(${size})`);
      const swell = trace.kind === "emg" ? moving.strength(trace, time) : 0;
      ring.setAttribute("r", String(short(DISC + RING * Math.min(swell * 1.6, 1))));
    }
  };
  const parts = marks.map(({ trace, node }) => ({
    nodes: [node],
    bones: (/** @type {Body} */ body) => discBones(look(siteOf(body, trace)), DISC * size),
  }));
  return { node: s("g", { class: "mv-marks" }, ...marks.map(({ node }) => node)), parts, draw };
}

/**
 * A disc and its ring as bones: two lines each, as long as the disc is wide.
 * @param {[number, number, number]} place
 * @param {number} radius
 * @returns {Bone[]}
 */
const discBones = ([x, y], radius) => [[[x, y - radius], [x, y + radius], 4]];

/**
 * Push places apart until no two discs touch.
 * @param {[number, number, number][]} places
 * @param {number} least distance of two
 */
function apart(places, least) {
  const out = places.map(([x, y]) => [x, y]);
  for (let round = 0; round < 40; round += 1) {
    for (let a = 0; a < out.length; a += 1) {
      for (let b = a + 1; b < out.length; b += 1) pushApart(out[a], out[b], least);
    }
  }
  return out;
}

/**
 * @param {number[]} a
 * @param {number[]} b
 * @param {number} least
 */
function pushApart(a, b, least) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const distance = Math.hypot(dx, dy);
  if (distance >= least) return;
  const [ux, uy] = distance > 0.01 ? [dx / distance, dy / distance] : [1, 0];
  const push = (least - distance) / 2;
  a[0] -= ux * push;
  a[1] -= uy * push;
  b[0] += ux * push;
  b[1] += uy * push;
}

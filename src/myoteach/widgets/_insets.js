// What is enlarged beside the figure, because at the size of a body nobody would see it: a face, an eye, an open mouth,
// the voice box, a hand, a calf, a foot. All are drawn by rule from the same joint angles as the figure.
import { camera, handPaths, heldFootBones, helperPath, limbPath, shoePath, trouserPath } from "./_figure.js";
import { makePaling } from "./_paling.js";
import { handOf, LENGTH, nod, place, POSTURES, shift } from "./_skeleton.js";
import { s, uid } from "./_prelude.js";

/** @typedef {import("./_movement_data.js").Moving} Moving */
/** @typedef {import("./_skeleton.js").Angles} Angles */
/** @typedef {{ node: SVGElement, caption: string, draw: (time: number) => void }} Inset */
/**
 * @typedef {{ box: string, caption: string, nodes: Element[], draw: (angles: Angles, lift: (site: string) => number) => void,
 *   parts?: import("./_paling.js").Part[] }} Scene `parts` are those that move far; they are followed with the angles
 */

/**
 * @param {Moving} moving
 * @param {import("./_paling.js").Budget} budget
 * @returns {Inset | null}
 */
export function makeInset(moving, budget) {
  const make = SCENES[moving.movement.inset];
  if (!make) return null;
  const scene = make(moving);
  const node = s(
    "svg",
    { viewBox: scene.box, class: "mv-inset", role: "img", "aria-label": `Enlarged: ${scene.caption}` },
    ...scene.nodes,
  );
  const paling = makePaling(budget, node, scene.box.split(" ").map(Number), scene.parts ?? []);
  const draw = (/** @type {number} */ time) => {
    const angles = (/** @type {string} */ joint) => moving.angle(joint, time);
    scene.draw(angles, (site) => moving.lift(site, time));
    paling(angles);
  };
  return { node, caption: scene.caption, draw };
}

/** @type {Record<string, (moving: Moving) => Scene>} */
const SCENES = {
  face: () => faceScene("0 0 200 220", "the face"),
  eye: () => faceScene("22 58 106 84", "the right eye"),
  mouth: mouthScene,
  throat: throatScene,
  hand: handScene,
  calf: calfScene,
  foot: footScene,
};

/**
 * A line or an area.
 * @param {string} look
 * @param {string} [d]
 */
const shape = (look, d = "") => s("path", { class: look, d });

const share = (/** @type {number} */ value, /** @type {number} */ full) => Math.min(Math.max(value / full, 0), 1);

// ----------------------------------------------------------------------------------------------------- face

/** Degrees at which a lid is shut, and at which a corner of the mouth is pulled as far as it goes. */
const LID_SHUT = 40;
const MOUTH_PULLED = 22;
const SIDES = /** @type {const} */ (["R", "L"]);

/**
 * A face from the front; the person's right is at the left of the picture.
 * @param {string} box
 * @param {string} caption
 * @returns {Scene}
 */
function faceScene(box, caption) {
  const head = shape(
    "mv-skin",
    "M100 14C52 14 36 52 38 96C34 92 27 96 29 108C31 120 37 126 42 124C48 160 70 206 100 206C130 206 152 160 158 124" +
      "C163 126 169 120 171 108C173 96 166 92 162 96C164 52 148 14 100 14Z",
  );
  const hair = shape(
    "mv-hair",
    "M36 92C30 36 60 6 100 6C140 6 170 36 164 92C158 70 150 56 134 48C110 58 70 56 60 50C48 58 42 72 36 92Z",
  );
  const nose = shape("mv-fine", "M100 92C97 108 92 122 90 130C94 137 106 137 110 130");
  const eyes = { R: eyeOf(70), L: eyeOf(130) };
  const mouth = shape("mv-lips");
  const cheeks = { R: shape("mv-fine"), L: shape("mv-fine") };
  const ripples = { R: shape("mv-fine"), L: shape("mv-fine") };
  const nodes = [head, hair, nose, cheeks.R, cheeks.L, ...eyes.R.nodes, ...eyes.L.nodes, ripples.R, ripples.L, mouth];
  return {
    box,
    caption,
    nodes,
    draw(angles, lift) {
      for (const side of SIDES) {
        const pulled = share(angles(`mouth_${side}`), MOUTH_PULLED);
        eyes[side].draw(share(angles(`eyelid_${side}`), LID_SHUT), lift(`OO_${side}`));
        cheeks[side].setAttribute("d", cheekPath(side === "R" ? -1 : 1, pulled));
        ripples[side].setAttribute("d", ripplePath(side === "R" ? 70 : 130, lift(`OO_${side}`)));
      }
      mouth.setAttribute("d", lipsPath(...pulledSides(angles)));
    },
  };
}

/**
 * @param {Angles} angles
 * @returns {[number, number]}
 */
const pulledSides = (angles) => [
  share(angles("mouth_R"), MOUTH_PULLED),
  share(angles("mouth_L"), MOUTH_PULLED),
];

/**
 * An eye that can be squeezed shut.
 * @param {number} x
 */
function eyeOf(x) {
  const id = uid("eye");
  const clip = s("path", {});
  const white = shape("mv-white");
  const iris = s("circle", { cx: x, cy: 99, r: 7.5, class: "mv-iris", "clip-path": `url(#${id})` });
  const pupil = s("circle", { cx: x, cy: 99, r: 3.2, class: "mv-pupil", "clip-path": `url(#${id})` });
  const lids = shape("mv-lid");
  const brow = shape("mv-brow");
  const folds = shape("mv-fine");
  const nodes = [s("clipPath", { id }, clip), white, iris, pupil, lids, brow, folds];
  const draw = (/** @type {number} */ closed, /** @type {number} */ lifted) => {
    const [upper, lower] = [99 - 12 * (1 - closed) + 4 * closed, 99 + 9 * (1 - closed) + 4 * closed - 4 * lifted];
    const open = `M${x - 16} 101Q${x} ${2 * upper - 101} ${x + 16} 101Q${x} ${2 * lower - 101} ${x - 16} 101Z`;
    for (const node of [clip, white, lids]) node.setAttribute("d", open);
    const low = 80 + 7 * closed;
    brow.setAttribute("d", `M${x - 20} ${low + 3}Q${x} ${low - 10} ${x + 20} ${low + 3}`);
    folds.setAttribute("d", squeezeFolds(x, closed));
  };
  return { nodes, draw };
}

/**
 * Folds beside an eye that is squeezed shut.
 * @param {number} x
 * @param {number} closed
 */
function squeezeFolds(x, closed) {
  if (closed < 0.25) return "";
  const away = x < 100 ? -1 : 1;
  const from = x + away * 20;
  const long = away * 10 * closed;
  return `M${from} 99l${long} -5M${from} 103l${long} 0M${from} 107l${long} 5`;
}

/**
 * Skin below an eye, which a flickering muscle lifts in waves.
 * @param {number} x
 * @param {number} lifted
 */
function ripplePath(x, lifted) {
  const wave = 7 * lifted;
  return `M${x - 15} 114q6 ${5 - wave} 12 ${4 - wave / 2}t14 ${-3 + wave}` +
    (lifted > 0.02 ? `M${x - 11} 121q6 ${3 - wave} 12 ${2.5}t10 ${-2 + wave / 2}` : "");
}

/**
 * The fold from nose to mouth.
 * @param {number} sign
 * @param {number} pulled
 */
function cheekPath(sign, pulled) {
  const [x, y] = [100 + sign * (29 + 8 * pulled), 162 - 10 * pulled];
  return `M${100 + sign * 15} 132Q${100 + sign * (24 + 9 * pulled)} ${140 - 4 * pulled} ${x} ${y}`;
}

/**
 * @param {number} right how far the right corner is pulled
 * @param {number} left
 */
function lipsPath(right, left) {
  const [x0, y0] = [78 - 15 * right, 167 - 12 * right];
  const [x1, y1] = [122 + 15 * left, 167 - 12 * left];
  const shift = 5 * (left - right);
  return `M${x0} ${y0}Q${88 + shift} 159 ${100 + shift} 162Q${112 + shift} 159 ${x1} ${y1}Q${
    100 + shift
  } 184 ${x0} ${y0}Z` +
    `M${x0} ${y0}Q${100 + shift} 171 ${x1} ${y1}`;
}

// ---------------------------------------------------------------------------------------- mouth and throat

/** Degrees at which the palate is fully raised, and the voice box shut. */
const RAISED = 55;
const CLOSED = 40;

/** A mouth held open, from the front: lips, teeth, tongue, and the soft palate with the uvula. @returns {Scene} */
function mouthScene() {
  const palate = shape("mv-palate");
  const uvula = shape("mv-palate");
  const nodes = [
    shape("mv-lips", "M12 84C30 30 70 14 110 22C150 14 190 30 208 84C200 150 160 178 110 178C60 178 20 150 12 84Z"),
    shape("mv-cavity", "M30 86C44 50 76 38 110 42C144 38 176 50 190 86C184 136 150 160 110 160C70 160 36 136 30 86Z"),
    palate,
    uvula,
    shape("mv-white", "M58 58C76 44 144 44 162 58L158 68C140 56 80 56 62 68Z"),
    shape(
      "mv-palate",
      "M44 118C60 104 92 108 110 116C128 108 160 104 176 118C166 146 140 158 110 158C80 158 54 146 44 118Z",
    ),
    shape("mv-fine", "M110 118V150"),
  ];
  return {
    box: "0 4 220 184",
    caption: "the open mouth",
    nodes,
    draw(angles) {
      const up = 20 * share(angles("palate"), RAISED) - 4 * share(-angles("palate"), RAISED);
      const [edge, tip] = [92 - up, 112 - 1.5 * up];
      palate.setAttribute(
        "d",
        `M40 76C60 50 160 50 180 76C172 96 150 ${edge + 4} 122 ${edge}H98C70 ${edge + 4} 48 96 40 76Z`,
      );
      uvula.setAttribute(
        "d",
        `M103 ${edge - 3}C101 ${tip - 6} 104 ${tip} 110 ${tip}C116 ${tip} 119 ${tip - 6} 117 ${edge - 3}`,
      );
    },
  };
}

/** The voice box from above: two cords that stand apart to breathe and meet to shut. @returns {Scene} */
function throatScene() {
  const gap = shape("mv-cavity");
  const nodes = [
    s("circle", { cx: 100, cy: 100, r: 84, class: "mv-skin" }),
    s("circle", { cx: 100, cy: 100, r: 64, class: "mv-palate" }),
    gap,
    shape("mv-fine", "M58 56C70 44 84 40 100 40C116 40 130 44 142 56"),
  ];
  return {
    box: "8 8 184 184",
    caption: "the voice box, from above",
    nodes,
    draw(angles) {
      const half = 26 * (1 - share(angles("glottis"), CLOSED)) + 1.5;
      gap.setAttribute("d", `M100 52L${100 + half} 138Q100 158 ${100 - half} 138Z`);
    },
  };
}

// ------------------------------------------------------------------------------------------ hand and foot

/** The right hand on a forearm that is held still. @param {Moving} moving @returns {Scene} */
function handScene({ movement }) {
  const posture = POSTURES[movement.pose] ?? POSTURES.lap;
  const look = camera(32, 58);
  const fore = nod(
    { at: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] },
    -(posture.flex + posture.elbow),
  );
  const handOn = (/** @type {Angles} */ angles) => ({ upper: fore, fore, ...handOf(fore, posture.wrist, angles, "R") });
  const rest = handOn(() => 0);
  const parts = handPaths(look, rest).map(() => shape("mv-skin"));
  const arm = shape("mv-skin");
  const [x, y] = look(place(rest.hand, 1, -7, 0));
  return {
    box: `${x - 17} ${y - 18} 34 34`,
    caption: "the right hand",
    nodes: [shape("mv-ghost-line", handPaths(look, rest).join("")), ...parts.slice(0, 4), arm, ...parts.slice(4)],
    parts: [{ nodes: [...parts, arm], bones: (/** @type {Angles} */ angles) => handBones(look, handOn(angles)) }],
    draw(angles) {
      const now = handOn(angles);
      arm.setAttribute("d", limbPath(look, [fore.at, 4.3], [now.hand.at, 2.7]));
      handPaths(look, now).forEach((d, index) => parts[index].setAttribute("d", d));
    },
  };
}

/**
 * A hand's palm and each of its fingers: two lines along each. A hand swings there
 * and back and crosses the same places again and again, so that each counts three times.
 * @param {import("./_figure.js").Camera} look
 * @param {import("./_skeleton.js").Arm} arm
 * @returns {import("./_paling.js").Bone[]}
 */
const handBones = (look, { hand, thumb, fingers }) => [
  [look(hand.at), look(place(hand, 0, -9, 0)), 6],
  ...[thumb, ...fingers].map((
    finger,
  ) => /** @type {import("./_paling.js").Bone} */ ([look(finger.at), look(place(finger, 0, -9, 0)), 6])),
];

/** The right foot on a leg that is held still, with the helper's hand. @param {Moving} moving @returns {Scene} */
function footScene({ movement }) {
  const posture = POSTURES[movement.pose] ?? POSTURES.lap;
  const rest = posture.leg ?? posture;
  const look = camera(78, 6);
  const thigh = nod({ at: [0, 0, 0], x: [1, 0, 0], y: [0, 1, 0], z: [0, 0, 1] }, -rest.hip);
  const shank = nod(shift(thigh, 0, -LENGTH.thigh, 0), rest.knee);
  const legAt = (/** @type {number} */ ankle) => ({
    thigh,
    shank,
    foot: nod(shift(shank, 0, -LENGTH.shank, 0), -(rest.ankle + ankle)),
  });
  const [leg, shoe, helper, still] = [shape("mv-cloth"), shape("mv-shoe"), shape("mv-skin"), shape("mv-ghost-line")];
  still.setAttribute("d", shoePath(look, legAt(0)));
  const [x, y] = look(place(legAt(0).foot, 0, -1, 5));
  return {
    box: `${x - 22} ${y - 18} 44 37`,
    caption: "the right foot, held up by a helper",
    nodes: [still, leg, shoe, helper],
    parts: [{
      nodes: [shoe, helper],
      bones: (/** @type {Angles} */ angles) => heldFootBones(look, legAt(angles("ankle_R"))),
    }],
    draw(angles) {
      const now = legAt(angles("ankle_R"));
      leg.setAttribute("d", trouserPath(look, now));
      shoe.setAttribute("d", shoePath(look, now));
      const body = /** @type {any} */ ({ legs: { R: now } });
      helper.setAttribute("d", helperPath(look, body));
    },
  };
}

// ---------------------------------------------------------------------------------------------------- calf

/** The right lower leg from the outside: where a unit fires, the skin rises. @returns {Scene} */
function calfScene() {
  const leg = shape("mv-skin");
  const waves = shape("mv-fine");
  const cloth = shape("mv-cloth", "M38 -14C38 2 46 10 82 12C116 12 128 4 130 -14Z");
  const kneecap = shape("mv-fine", "M104 34C114 40 115 54 108 62");
  const ankle = shape("mv-fine", "M78 214C84 210 90 214 88 220");
  return {
    box: "2 -12 168 268",
    caption: "the right calf; the skin is lifted more than in life",
    nodes: [leg, cloth, kneecap, ankle, waves],
    draw(_, lift) {
      const [back, front, thigh] = [lift("SOL_R"), lift("TA_R"), lift("QUA_R")];
      leg.setAttribute("d", calfPath(back, front, thigh));
      waves.setAttribute("d", calfWaves(back, front, thigh));
    },
  };
}

/**
 * @param {number} back
 * @param {number} front
 * @param {number} thigh
 */
function calfPath(back, front, thigh) {
  const [calf, shin, top] = [36 - 13 * back, 104 + 12 * front, 124 + 9 * thigh];
  return `M48 0C46 22 54 40 50 58C44 72 ${calf} 88 ${calf} 106C${calf} 130 50 160 56 186C59 200 58 210 54 222` +
    `C46 234 46 246 58 247C92 250 132 250 156 246C164 240 152 232 132 226C112 220 96 216 92 204` +
    `C90 180 94 150 98 128C${shin} 112 ${shin} 96 104 78C114 66 116 46 108 32C114 24 ${top} 14 122 0Z`;
}

/**
 * Lines where the skin is lifted, on both sides of the swelling.
 * @param {number} back
 * @param {number} front
 * @param {number} thigh
 */
function calfWaves(back, front, thigh) {
  return wave(48, 106, back, -1) + wave(92, 98, front, 1) + wave(108, 12, thigh, 1);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {number} side
 */
function wave(x, y, size, side) {
  if (size < 0.04) return "";
  const arc = (/** @type {number} */ from, /** @type {number} */ half) =>
    `M${from} ${y - half * size}q${side * 0.6 * half * size} ${half * size} 0 ${2 * half * size}`;
  return arc(x, 20) + arc(x - side * 9, 12);
}

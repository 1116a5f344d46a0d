// Pictures of the classes of myoclonus: what the category explorer shows on its cards.
// Each is 200 by 120 units: ink for the body, the accent colour with hatching for what the class is about.
// They are drawn here, once, by hand and by rule; nothing moves. `caption` stands below, `alt` is what a listener hears.
import { s, uid } from "./_prelude.js";

/** @typedef {{ caption: string, alt: string, draw: (hatch: string) => Element[] }} Picture */

/**
 * @param {string} id of a class
 * @returns {Picture}
 */
const pictureOf = (id) => PICTURES[id] ?? FALLBACK;

/** @param {string} id */
export const captionOf = (id) => pictureOf(id).caption;

/**
 * The picture of a class.
 * @param {string} id
 */
export function pictogram(id) {
  const { alt, draw } = pictureOf(id);
  const hatch = uid("hatch");
  return s(
    "svg",
    { viewBox: "0 0 200 120", class: "ce-picture", role: "img", "aria-label": alt },
    s("defs", {}, hatching(hatch)),
    ...draw(`url(#${hatch})`),
  );
}

/** @param {string} id */
function hatching(id) {
  return s(
    "pattern",
    { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { width: 6, height: 6, class: "pic-tint" }),
    s("path", { d: "M0 3H6", class: "pic-stripe" }),
  );
}

/**
 * A line or an area.
 * @param {string} look pic-ink, -thin, -ghost, -trace and -hot are lines; pic-body, -paper, -dot, -area and -mark areas
 * @param {string} d
 * @param {Record<string, any>} [props]
 */
const path = (look, d, props = {}) => s("path", { d, class: look, ...props });

/**
 * A circle.
 * @param {string} look
 * @param {number} cx
 * @param {number} cy
 * @param {number} r
 * @param {Record<string, any>} [props]
 */
const disc = (look, cx, cy, r, props = {}) => s("circle", { cx, cy, r, class: look, ...props });

/**
 * A word inside a picture.
 * @param {string} text
 * @param {number} x middle
 * @param {number} y base line
 */
const word = (text, x, y) => s("text", { x, y, class: "pic-word", "text-anchor": "middle" }, text);

/**
 * An electromyogram: a jagged line whose height follows `size`. The jags are computed, so that a picture never changes.
 * @param {number} from
 * @param {number} to
 * @param {number} y
 * @param {(x: number) => number} size
 */
function emg(from, to, y, size) {
  const points = [];
  for (let x = from, i = 0; x <= to; x += 1.8, i += 1) {
    const jag = 0.55 + 0.45 * Math.abs(Math.sin(i * 12.9898) * 43.7585 % 1);
    points.push(`${x.toFixed(1)} ${(y + (i % 2 ? 1 : -1) * jag * size(x)).toFixed(1)}`);
  }
  return `M${points.join("L")}`;
}

/**
 * Bursts of a given height and half-width at the places named, silence between.
 * @param {number[]} places
 * @param {number} height
 * @param {number} [half]
 */
const bursts = (places, height, half = 6) => (/** @type {number} */ x) =>
  Math.max(1, ...places.map((place) => height * Math.max(0, 1 - ((x - place) / half) ** 2)));

/**
 * A hand seen from the side, wrist at (x, y), turned by `angle` degrees.
 * @param {string} look
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 */
function hand(look, x, y, angle) {
  const palm = "M0-9C10-13 22-12 34-9L60-6Q66-3 60 1L38 4C28 9 14 10 0 9Z";
  const thumb = "M12 4Q22 20 38 15Q42 11 36 9L26 4";
  const place = { transform: `translate(${x} ${y}) rotate(${angle})` };
  return [path(look, palm, place), path(look, thumb, place)];
}

/**
 * A limb of even width with an outline, straight from point to point.
 * @param {string} d
 * @param {number} width
 */
const limb = (d, width) => [
  path("pic-limb-edge", d, { "stroke-width": width + 5 }),
  path("pic-limb", d, { "stroke-width": width }),
];

/**
 * The sign for a jerk, the same in every picture: two short arcs beside the part that moves.
 * @param {number} x
 * @param {number} y
 * @param {number} angle direction in degrees in which the arcs open; 0 is to the right
 * @param {number} [size]
 */
function jerk(x, y, angle, size = 1) {
  const place = { transform: `translate(${x} ${y}) rotate(${angle}) scale(${size})` };
  return [path("pic-hot", "M0-10Q7 0 0 10", place), path("pic-hot", "M9-16Q20 0 9 16", place)];
}

/**
 * An arrow along a path, with its head at (x, y) pointing at `angle` degrees.
 * @param {string} d
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 */
const arrow = (d, x, y, angle) => [
  path("pic-hot", d),
  path("pic-hot", "M-9-7L0 0-9 7", { transform: `translate(${x} ${y}) rotate(${angle})` }),
];

/** Parts of a body seen from the front: a path and how thick it is. */
const BODY = /** @type {Record<string, [string, number]>} */ ({
  neck: ["M100 29V33", 9],
  "left upper arm": ["M79 41L68 57", 10],
  "left forearm": ["M66 61L56 75", 9],
  "left hand": ["M52 82L50 85", 11],
  "right upper arm": ["M121 41L132 57", 10],
  "right forearm": ["M134 61L144 75", 9],
  "right hand": ["M148 82L150 85", 11],
  "left thigh": ["M91 78L86 92", 12],
  "left shin": ["M85 97L82 110", 10],
  "right thigh": ["M109 78L114 92", 12],
  "right shin": ["M115 97L118 110", 10],
  hips: ["M94 71H106L106 73H94Z", 13],
  trunk: ["M90 42H110L106 58H94Z", 13],
  head: ["M99 15V17H101V15Z", 19],
});

/**
 * A body with some parts marked.
 * @param {string} hatch
 * @param {string[]} marked
 */
function body(hatch, marked) {
  const parts = Object.entries(BODY);
  const one = (/** @type {string} */ look, /** @type {[string, number]} */ [d, width], /** @type {number} */ more) =>
    path(look, d, { "stroke-width": width + more });
  return [
    ...parts.map(([, part]) => one("pic-limb-edge", part, 5)),
    ...parts.map(([, part]) => one("pic-limb", part, 0)),
    ...marked.map((name) => one("pic-limb-hot", BODY[name], 6)),
    ...marked.map((name) =>
      path("pic-limb-mark", BODY[name][0], { "stroke-width": BODY[name][1], style: `--mark: ${hatch}; fill: ${hatch}` })
    ),
  ];
}

/** Where the parts of the nervous system lie in the picture of the generator. */
const NERVES = {
  brain: "M22 44C18 26 34 10 56 10C82 6 108 18 110 38C112 54 98 62 84 60C74 64 60 62 54 58C38 62 24 58 22 44Z",
  cortex: "M22 44C18 26 34 10 56 10C82 6 108 18 110 38",
  deep: "M58 40C58 32 78 32 80 40C80 48 60 50 58 40Z",
  stem: "M70 60L88 59L92 76Q86 80 80 77Z",
  nerve: "M96 98C116 100 122 86 142 88",
};

/** @param {number} index counted from the head */
const cord = (index) => `M82 ${84 + 10 * index}H92`;

/**
 * Brain, brainstem, cord, nerve and muscle, with the level marked and its way to the muscle.
 * @param {(hatch: string) => Element[]} level
 * @returns {(hatch: string) => Element[]}
 */
const generator = (level) => (hatch) => [
  path("pic-body", NERVES.brain),
  path("pic-thin", "M36 24Q46 30 42 42M62 12Q58 24 66 30M88 18Q82 28 92 34M28 50Q40 46 50 50M100 50Q92 44 84 50"),
  path("pic-paper", NERVES.deep),
  path("pic-body", NERVES.stem),
  ...[0, 1, 2, 3].flatMap((index) => limb(cord(index), 5)),
  path("pic-ink", NERVES.nerve),
  path("pic-body", "M138 88C148 74 172 74 184 86L194 88L184 92C172 104 148 102 138 88Z"),
  path("pic-thin", "M150 86Q164 82 178 87M150 92Q164 94 178 90"),
  ...level(hatch),
  ...jerk(164, 70, -90, 0.7),
];

/**
 * Mark an area or a thick line of a picture.
 * @param {string} hatch
 * @param {string} d
 */
const mark = (hatch, d) => path("pic-mark", d, { style: `--mark: ${hatch}` });

/**
 * @param {string} hatch
 * @param {string} d
 * @param {number} width
 */
const markLine = (hatch, d, width) => [
  path("pic-limb-hot", d, { "stroke-width": width + 5 }),
  path("pic-limb-mark", d, { "stroke-width": width, style: `--mark: ${hatch}` }),
];

/**
 * A line of time with a curve over it; the time that names the class is hatched.
 * @param {string} curve from the left edge to the right
 * @param {string} area
 * @returns {(hatch: string) => Element[]}
 */
const course = (curve, area) => (hatch) => [
  path("pic-area", area, { style: `--mark: ${hatch}` }),
  path("pic-ink", "M4 88H196M188 82L196 88 188 94"),
  path("pic-thin", "M56 82V95M140 82V95"),
  path("pic-hot", curve),
  word("days", 50, 114),
  word("3 months", 144, 114),
];

/** @type {Picture} */
const FALLBACK = {
  caption: "",
  alt: "Neutral sign: one box of three is marked.",
  draw: (hatch) => [
    path("pic-body", "M16 42H64V86H16Z"),
    mark(hatch, "M76 34H124V94H76Z"),
    path("pic-body", "M136 42H184V86H136Z"),
  ],
};

/** @type {Record<string, Picture>} */
const PICTURES = {
  CAT01: {
    caption: "sudden, brief, not willed",
    alt: "A line of movement is flat, shoots up and falls back at once; below, an arm whose hand jerks.",
    draw: () => [
      path("pic-hot", "M10 40H84L92 8 100 54 106 40H190"),
      ...limb("M-20 92H92", 14),
      ...hand("pic-body", 98, 92, 0),
      ...jerk(132, 76, -90, 0.8),
    ],
  },
  CAT02: {
    caption: "a burst lifts the hand",
    alt: "Muscle trace: silence, one short burst, silence. Below, the hand at rest jumps up.",
    draw: (hatch) => [
      path("pic-area", "M86 6H114V58H86Z", { style: `--mark: ${hatch}` }),
      path("pic-trace", emg(8, 192, 32, bursts([100], 25, 13))),
      path("pic-thin", "M0 108H200"),
      hand("pic-ghost", 104, 92, 6)[0],
      ...limb("M-20 92H98", 14),
      ...hand("pic-body", 104, 91, -30),
      ...arrow("M177 98Q182 82 175 68", 174, 66, -112),
    ],
  },
  CAT03: {
    caption: "a gap lets the hand drop",
    alt:
      "Muscle trace: steady activity, a short silent gap, activity again. Below, the hand held up drops for a moment.",
    draw: (hatch) => [
      path("pic-area", "M84 6H116V58H84Z", { style: `--mark: ${hatch}` }),
      path("pic-trace", emg(8, 192, 32, (x) => (x > 86 && x < 114 ? 0.8 : 17))),
      hand("pic-ghost", 104, 84, -22)[0],
      ...limb("M-20 84H98", 14),
      ...hand("pic-body", 104, 85, 26),
      ...arrow("M176 66Q184 84 178 98", 177, 100, 108),
    ],
  },
  CAT04: {
    caption: "while the limb lies still",
    alt: "A relaxed arm lies on a cushion; the hand jerks.",
    draw: () => [
      path("pic-paper", "M20 84H180Q190 96 180 108H20Q10 96 20 84Z"),
      ...limb("M-20 70H92", 16),
      ...hand("pic-body", 98, 70, 6),
      ...jerk(134, 48, -90),
    ],
  },
  CAT05: {
    caption: "while holding or moving",
    alt: "A person holds a cup at arm’s length; arm and cup jerk and the drink spills.",
    draw: () => [
      path("pic-body", "M20 118C20 84 26 62 46 58C64 60 70 84 70 118Z"),
      disc("pic-body", 46, 34, 19),
      ...limb("M50 72L122 64", 13),
      path("pic-paper", "M132 46L160 50 154 82 132 78Z"),
      path("pic-ink", "M159 58Q172 60 166 70L156 70"),
      ...limb("M124 64H134", 11),
      path("pic-dot", "M146 26Q152 36 146 38Q140 36 146 26ZM162 22Q168 32 162 34Q156 32 162 22Z"),
      ...jerk(112, 44, -90, 0.8),
      ...jerk(112, 86, 90, 0.8),
    ],
  },
  CAT06: {
    caption: "set off by touch, sound or light",
    alt: "A finger taps a resting hand; the hand jerks.",
    draw: () => [
      ...limb("M-20 92H68", 16),
      ...hand("pic-body", 74, 92, 2),
      ...limb("M182 10L164 28", 14),
      ...hand("pic-paper", 160, 32, 140),
      path("pic-hot", "M96 60L88 52M104 56L103 45M88 69L78 67"),
      ...jerk(150, 92, 0, 0.9),
    ],
  },
  CAT07: {
    caption: "far too strong a start",
    alt: "A sudden sound from a loudspeaker; a face with wide eyes and an open mouth starts.",
    draw: () => [
      path("pic-body", "M10 50H24L44 32V88L24 70H10Z"),
      path("pic-hot", "M54 48Q62 60 54 72M64 38Q78 60 64 82"),
      disc("pic-body", 132, 60, 44),
      disc("pic-paper", 116, 50, 9.5),
      disc("pic-paper", 148, 50, 9.5),
      disc("pic-pupil", 115, 50, 3.6),
      disc("pic-pupil", 147, 50, 3.6),
      path("pic-ink", "M104 33Q114 24 124 31M140 31Q150 24 160 33"),
      s("ellipse", { cx: 132, cy: 82, rx: 8, ry: 11, class: "pic-pupil" }),
      ...jerk(180, 60, 0, 0.8),
    ],
  },
  CAT08: {
    caption: "one part",
    alt: "A body with one part marked: one hand.",
    draw: (hatch) => body(hatch, ["right hand"]),
  },
  CAT09: {
    caption: "neighbouring parts",
    alt: "A body with neighbouring parts marked: face, neck and one upper arm.",
    draw: (hatch) => body(hatch, ["head", "neck", "right upper arm"]),
  },
  CAT10: {
    caption: "neck, trunk, hips",
    alt: "A body with the middle marked: neck, trunk and hips.",
    draw: (hatch) => body(hatch, ["neck", "trunk", "hips"]),
  },
  CAT11: {
    caption: "here and there",
    alt: "A body with separate parts marked: face, one hand, the other upper arm, a thigh and the other shin.",
    draw: (hatch) => body(hatch, ["head", "left hand", "right upper arm", "left thigh", "right shin"]),
  },
  CAT12: {
    caption: "most of the body at once",
    alt: "A body with every part marked.",
    draw: (hatch) => body(hatch, Object.keys(BODY)),
  },
  CAT13: {
    caption: "unequal gaps",
    alt: "Bursts of muscle activity at unequal intervals, with unequal distances marked below.",
    draw: () => rhythm([22, 46, 104, 126, 180]),
  },
  CAT14: {
    caption: "equal gaps",
    alt: "Bursts of muscle activity at equal intervals, with equal distances marked below.",
    draw: () => rhythm([20, 60, 100, 140, 180]),
  },
  CAT15: {
    caption: "in healthy people",
    alt: "A healthy face says “hic”.",
    draw: () => [
      disc("pic-body", 58, 68, 44),
      disc("pic-pupil", 48, 56, 4.2),
      disc("pic-pupil", 78, 56, 4.2),
      path("pic-ink", "M46 78Q62 96 80 76"),
      path("pic-paper", "M120 8H188Q196 8 196 16V44Q196 52 188 52H138L114 66 122 52Q112 52 112 44V16Q112 8 120 8Z"),
      word("hic!", 154, 37),
    ],
  },
  CAT16: {
    caption: "jerks, and little else",
    alt: "A list of findings: the jerk is ticked, the other lines are empty.",
    draw: () => checklist(),
  },
  CAT17: {
    caption: "epilepsy leads the picture",
    alt: "A head, and an EEG trace with spikes and waves.",
    draw: () => [
      path(
        "pic-body",
        "M34 116V96C16 84 10 66 12 50C14 26 32 12 54 12C78 12 92 28 92 48L101 66Q103 70 97 71L93 72 94 84Q94 94 82 94L70 93V116Z",
      ),
      path("pic-thin", "M26 54C24 36 38 24 54 24C72 24 82 36 80 50C76 62 60 60 54 64C40 64 28 64 26 54Z"),
      path("pic-hot", "M54 44H106L112 16 117 58C126 66 132 36 140 44L146 16 151 58C160 66 166 36 174 44H194"),
    ],
  },
  CAT18: {
    caption: "a sign of something else",
    alt: "An iceberg: the jerk is the tip, the larger cause lies below the water line.",
    draw: (hatch) => [
      path("pic-body", "M44 50H154L166 76 138 112H70L34 80Z"),
      mark(hatch, "M72 50L92 16 112 26 132 50Z"),
      path("pic-ink", "M6 50Q16 44 26 50T46 50M152 50Q162 44 172 50T194 50"),
      ...jerk(74, 22, -150, 0.7),
      ...jerk(128, 24, -30, 0.7),
      word("cause", 100, 88),
    ],
  },
  CAT19: {
    caption: "changes with attention",
    alt: "Bursts of changing size pause during a task and come back after it.",
    draw: (hatch) => [
      path("pic-area", "M72 8H128V112H72Z", { style: `--mark: ${hatch}` }),
      path(
        "pic-trace",
        emg(8, 192, 88, (x) => Math.max(bursts([18, 54, 168], 20, 7)(x), bursts([36, 144, 184], 11, 9)(x))),
      ),
      path("pic-paper", "M73 16H127V52H73Z"),
      word("task", 100, 41),
    ],
  },
  CAT20: {
    caption: "the surface of the brain",
    alt: "Brain, brainstem, spinal cord, nerve and muscle in a line; the surface of the brain is marked.",
    draw: generator((hatch) => markLine(hatch, NERVES.cortex, 9)),
  },
  CAT21: {
    caption: "surface and deep brain together",
    alt: "Brain to muscle in a line; the surface of the brain and the thalamus are marked, with arrows both ways.",
    draw: generator((hatch) => [
      ...markLine(hatch, NERVES.cortex, 9),
      mark(hatch, NERVES.deep),
      path("pic-hot", "M62 20V31M58 27L62 31 66 27M76 31V20M72 24L76 20 80 24"),
    ]),
  },
  CAT22: {
    caption: "deep brain or brainstem",
    alt: "Brain to muscle in a line; the deep nuclei and the brainstem are marked.",
    draw: generator((hatch) => [mark(hatch, NERVES.deep), mark(hatch, NERVES.stem)]),
  },
  CAT23: {
    caption: "one short piece",
    alt: "Brain to muscle in a line; one segment of the spinal cord is marked.",
    draw: generator((hatch) => markLine(hatch, cord(1), 6)),
  },
  CAT24: {
    caption: "a nerve outside the cord",
    alt: "Brain to muscle in a line; the nerve is marked.",
    draw: generator((hatch) => markLine(hatch, NERVES.nerve, 7)),
  },
  CAT31: {
    caption: "up and down the cord",
    alt: "Brain to muscle in a line; the whole spinal cord is marked, with an arrow up and down.",
    draw: generator((hatch) => [
      ...[0, 1, 2, 3].flatMap((index) => markLine(hatch, cord(index), 5)),
      path("pic-hot", "M64 82V114M57 90L64 82 71 90M57 106L64 114 71 106"),
    ]),
  },
  CAT32: {
    caption: "a steep start",
    alt: "A time line: the curve rises steeply within days.",
    draw: course("M4 86H14C34 86 34 20 54 20H192", "M14 86C34 86 34 20 54 20V86Z"),
  },
  CAT33: {
    caption: "a slow slope",
    alt: "A time line: the curve climbs slowly between days and three months.",
    draw: course("M4 86H50C94 86 98 20 140 20H192", "M50 86C94 86 98 20 140 20V86Z"),
  },
  CAT34: {
    caption: "goes on for months",
    alt: "A time line: the curve has risen and goes on beyond three months.",
    draw: course("M4 86H22C66 86 66 32 110 32H192", "M140 32H188V86H140Z"),
  },
  CAT35: {
    caption: "jerks, quiet, jerks",
    alt: "Groups of bursts with quiet in between.",
    draw: (hatch) => [
      ...[14, 132].map((x) => path("pic-area", `M${x} 20H${x + 50}V92H${x}Z`, { style: `--mark: ${hatch}` })),
      path("pic-trace", emg(6, 194, 56, bursts([24, 39, 54, 142, 157, 172], 28, 6))),
      word("quiet", 98, 112),
    ],
  },
  CAT36: {
    caption: "at night, or on waking",
    alt: "Night with a moon, then day with a sun; jerks on falling asleep and on waking.",
    draw: (hatch) => [
      path("pic-area", "M8 8H112V84H8Z", { style: `--mark: ${hatch}` }),
      path("pic-paper", "M62 20A24 24 0 1 0 82 58A30 30 0 0 1 62 20Z"),
      path("pic-ink", "M112 84H194"),
      path("pic-body", "M134 84A22 22 0 0 1 178 84Z"),
      path("pic-ink", "M156 52V42M132 62L125 55M180 62L187 55"),
      path("pic-hot", emg(8, 192, 102, bursts([26, 42, 126, 142], 14, 5))),
    ],
  },
  CAT37: {
    caption: "four kinds of cause",
    alt: "Four boxes, each with a sign of its own.",
    draw: (hatch) => [
      path("pic-body", "M30 8H94V54H30ZM106 8H170V54H106ZM30 66H94V112H30Z"),
      mark(hatch, "M106 66H170V112H106Z"),
      path(
        "pic-hot",
        "M50 30L60 40 78 20M118 32H128L134 18 142 46 148 32H158M42 90H50L54 76 58 94Q64 100 68 90L72 76 76 94Q80 98 84 90",
      ),
    ],
  },
  CAT25: {
    caption: "step by step",
    alt: "A flight of steps with an arrow to the goal.",
    draw: (hatch) => [
      mark(hatch, "M12 108V88H48V70H84V52H120V34H156V108Z"),
      ...arrow("M24 70L126 18", 128, 17, -27),
      path("pic-ink", "M172 108V22L192 32 172 42"),
    ],
  },
  CAT26: {
    caption: "names for genes",
    alt: "A double helix beside a name tag.",
    draw: (hatch) => [
      path("pic-ink", "M24 16C88 40 24 80 88 104M88 16C24 40 88 80 24 104"),
      path("pic-thin", "M34 24H78M46 42H66M46 78H66M34 96H78"),
      mark(hatch, "M116 46H164L186 62 164 78H116Z"),
      disc("pic-paper", 162, 62, 5),
    ],
  },
  CAT27: {
    caption: "described along several axes",
    alt: "Three axes from one point.",
    draw: (hatch) => [
      ...arrow("M90 80V14", 90, 12, -90),
      ...arrow("M90 80L172 104", 174, 105, 16),
      ...arrow("M90 80L30 108", 28, 109, 155),
      disc("pic-mark", 90, 80, 13, { style: `--mark: ${hatch}` }),
    ],
  },
};

/**
 * Bursts at the places named, and the distances between them.
 * @param {number[]} places
 */
function rhythm(places) {
  const spikes = places.map((x) => `${x - 9} 42L${emg(x - 8, x + 8, 42, bursts([x], 36, 8)).slice(1)}L${x + 9} 42`);
  const spans = places.slice(1).map((to, index) => `M${places[index]} 98H${to}`);
  return [
    path("pic-trace", `M0 42L${spikes.join("L")}L200 42`),
    path("pic-hot", spans.join("")),
    ...places.map((x) => path("pic-hot", `M${x} 87V109`)),
  ];
}

/** Four lines, of which only the first is ticked. */
function checklist() {
  return [
    path("pic-paper", "M22 6H178V114H22Z"),
    ...[14, 40, 66, 92].map((y) => path("pic-body", `M34 ${y}H50V${y + 14}H34Z`)),
    path("pic-hot", "M36 21L41 27 52 12"),
    path("pic-hot", "M64 22H90L96 10 104 32 110 22H164"),
    path("pic-ghost", "M64 48H164M64 74H164M64 100H164"),
  ];
}

// A body from the side with brain, cord and nerves drawn in; the ways from a level to its muscles, and an impulse on them.
import { s } from "./_prelude.js";

/** @typedef {{ site: string, delay: number, nerve: number, onset: number | null, rank: number | null }} Way */
/** @typedef {[number, number]} Point */

const VIEW = { left: 14, top: 8, width: 280, height: 604 };
const MARK = 13;

/** The lower brainstem and the cord: metres along the neuraxis as in the body map, and where that is drawn. */
const AXIS = /** @type {[number, number, number][]} */ ([
  [-0.045, 211, 138],
  [-0.03, 213, 147],
  [-0.01, 217, 161],
  [0, 220, 170],
  [0.03, 225, 187],
  [0.075, 233, 212],
  [0.12, 241, 238],
  [0.2, 247, 270],
  [0.28, 249, 300],
  [0.35, 246, 326],
  [0.42, 240, 346],
  [0.47, 234, 360],
]);

/** From cortex through the brain to the top of `AXIS`. */
const BRAIN = /** @type {Point[]} */ ([[178, 40], [190, 72], [204, 104]]);
/** Where a jerk starts: its mark, the way from it to the axis, and the place on the axis in metres. */
const ORIGINS = /** @type {Record<string, { mark: Point, before: Point[], place: number }>} */ ({
  cortex: { mark: [178, 38], before: BRAIN, place: -0.045 },
  loop: { mark: [216, 60], before: [[216, 60], [209, 90], [206, 110]], place: -0.045 },
  deep: { mark: [186, 92], before: [[186, 92], [204, 112]], place: -0.045 },
  startle: { mark: [213, 147], before: [], place: -0.03 },
  brainstem: { mark: [222, 178], before: [], place: 0.015 },
  segment: { mark: [236, 222], before: [], place: 0.095 },
  cord: { mark: [249, 300], before: [], place: 0.28 },
  nerve: { mark: [176, 158], before: [], place: -0.03 },
  unit: { mark: [76, 290], before: [], place: 0.12 },
});

/** Muscles: metres on the axis where the nerve leaves, the nerve's course, and the muscle at its end. */
const ARM = /** @type {Point[]} */ ([[206, 226], [172, 262]]);
const FOREARM = /** @type {Point[]} */ ([...ARM, [146, 290], [112, 290]]);
const LEG = /** @type {Point[]} */ ([[226, 392], [212, 440]]);
const SHIN = /** @type {Point[]} */ ([...LEG, [206, 486], [208, 520]]);
const FACIAL = /** @type {Point[]} */ ([[186, 156], [160, 150]]);
const MUSCLES = /** @type {Record<string, { place: number, nerve: Point[], at: Point, turn: number }>} */ ({
  MAS: { place: -0.045, nerve: [[176, 142]], at: [150, 160], turn: 75 },
  OO: { place: -0.03, nerve: FACIAL, at: [133, 112], turn: 20 },
  OOR: { place: -0.03, nerve: FACIAL, at: [124, 152], turn: 80 },
  SCM: { place: 0.03, nerve: [[212, 188]], at: [200, 196], turn: 70 },
  TRA: { place: 0.04, nerve: [[252, 196]], at: [258, 214], turn: 60 },
  DEL: { place: 0.07, nerve: [[222, 214]], at: [204, 238], turn: 110 },
  BIC: { place: 0.075, nerve: ARM, at: [160, 260], turn: 135 },
  TRI: { place: 0.1, nerve: [[208, 234], [186, 262]], at: [178, 278], turn: 135 },
  ECR: { place: 0.09, nerve: FOREARM, at: [104, 282], turn: 3 },
  FCR: { place: 0.09, nerve: FOREARM, at: [104, 300], turn: -3 },
  APB: { place: 0.12, nerve: [...FOREARM, [70, 290]], at: [46, 286], turn: 20 },
  FDI: { place: 0.12, nerve: [...FOREARM, [70, 290]], at: [40, 296], turn: 10 },
  RA: { place: 0.28, nerve: [[220, 312]], at: [178, 316], turn: 90 },
  PSP: { place: 0.33, nerve: [[256, 322]], at: [266, 318], turn: 90 },
  QUA: { place: 0.42, nerve: LEG, at: [196, 446], turn: 84 },
  TA: { place: 0.445, nerve: SHIN, at: [198, 528], turn: 88 },
  SOL: { place: 0.465, nerve: [...LEG, [218, 480]], at: [226, 520], turn: 88 },
  EDB: { place: 0.46, nerve: [...SHIN, [204, 566]], at: [178, 590], turn: 10 },
});

/** Where a muscle's number stands: beside it, unless something is in the way there. */
const BESIDE = /** @type {[number, number, string]} */ ([-14, 5, "end"]);
const LABELS = /** @type {Record<string, [number, number, string]>} */ ({
  TRA: [14, 5, "start"],
  BIC: [-9, -7, "end"],
  TRI: [8, 22, "middle"],
  ECR: [0, -10, "middle"],
  FCR: [0, 22, "middle"],
  APB: [0, -10, "middle"],
  FDI: [0, -10, "middle"],
  PSP: [12, 5, "start"],
  SOL: [14, 5, "start"],
});

const BODY = [
  "M124 92 C118 104 116 112 108 132 C104 142 116 142 118 146 C112 152 116 158 118 162 C116 182 132 186 160 182",
  "C170 190 172 200 168 212 C146 236 142 262 150 300 C152 330 156 356 158 384",
  "C160 430 176 460 182 484 C180 520 188 552 188 570 C170 578 152 586 148 596 C152 604 200 602 230 600",
  "C232 580 230 560 236 520 C240 490 246 452 258 412 C276 392 280 372 272 350 C280 310 286 262 272 226",
  "C264 208 254 200 252 184 C276 160 286 120 272 78 C256 30 210 14 174 20 C138 28 122 60 124 92 Z",
].join(" ");
const ARM_OUTLINE =
  "M222 214 C200 212 184 232 160 258 C148 270 138 276 120 274 C96 272 72 276 52 276 C36 276 26 286 30 300 C34 306 46 304 58 304 C84 310 116 314 140 310 C164 304 184 288 204 268 C218 252 236 232 222 214 Z";
const BRAIN_OUTLINE =
  "M136 92 C130 58 158 34 192 32 C236 30 264 62 262 98 C262 112 252 120 238 120 C226 128 212 126 204 118 C186 122 150 116 136 92 Z";
const FOLDS = [
  "M160 52 C166 62 160 72 166 80",
  "M186 38 C192 50 184 58 190 68",
  "M216 40 C212 54 224 60 218 72",
  "M242 62 C232 68 236 80 228 86",
  "M146 80 C156 82 160 92 172 94",
  "M252 94 C242 92 236 100 226 100",
];
const CEREBELLUM = "M230 124 C246 118 262 124 260 140 C256 156 236 156 230 146 C226 138 226 130 230 124 Z";
const BRAINSTEM =
  "M198 118 C198 134 196 148 206 154 C212 162 214 174 216 188 L230 184 C226 168 228 156 224 146 C222 134 220 126 220 118 Z";

/** @param {string} site */
const muscleOf = (site) => MUSCLES[site.split("_")[0]];

/**
 * Where a place on the neuraxis is drawn.
 * @param {number} metres
 * @returns {Point}
 */
function onAxis(metres) {
  const next = Math.max(AXIS.findIndex(([place]) => place >= metres), 1);
  const [[from, x0, y0], [to, x1, y1]] = [AXIS[next - 1], AXIS[next]];
  const share = Math.min(Math.max((metres - from) / (to - from), 0), 1);
  return [x0 + (x1 - x0) * share, y0 + (y1 - y0) * share];
}

/**
 * The neuraxis between two places, with its bends.
 * @param {number} from
 * @param {number} to
 * @returns {Point[]}
 */
function along(from, to) {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const bends = AXIS.filter(([place]) => place > low && place < high).map(([, x, y]) => /** @type {Point} */ ([x, y]));
  return [onAxis(from), ...(from > to ? bends.reverse() : bends), onAxis(to)];
}

/** @param {Point[]} points */
const line = (points) => `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;

/**
 * A point on a line of points, at a share of its length.
 * @param {Point[]} points
 * @param {number} share
 * @returns {Point}
 */
function pointAt(points, share) {
  const lengths = points.slice(1).map(([x, y], i) => Math.hypot(x - points[i][0], y - points[i][1]));
  let left = lengths.reduce((sum, length) => sum + length, 0) * Math.min(Math.max(share, 0), 1);
  for (const [i, length] of lengths.entries()) {
    if (left <= length && length) {
      const [[x0, y0], [x1, y1]] = [points[i], points[i + 1]];
      return [x0 + ((x1 - x0) * left) / length, y0 + ((y1 - y0) * left) / length];
    }
    left -= length;
  }
  return points[points.length - 1];
}

/**
 * The way from a level to a muscle: its part in brain and cord, and its part in the nerve.
 * @param {string} level
 * @param {string} site
 * @returns {{ central: Point[], nerve: Point[] }}
 */
function wayTo(level, site) {
  const origin = ORIGINS[level];
  const muscle = muscleOf(site);
  const nerve = /** @type {Point[]} */ ([onAxis(muscle.place), ...muscle.nerve, muscle.at]);
  if (level === "nerve" || level === "unit") return { central: [], nerve };
  return { central: [...origin.before, ...along(origin.place, muscle.place)], nerve };
}

/**
 * Where an impulse is that needs `onset` to arrive, the last `nerveTime` of it in the nerve.
 * @param {{ central: Point[], nerve: Point[] }} way
 * @param {number} onset
 * @param {number} nerveTime
 * @param {number} time
 */
function placeOf(way, onset, nerveTime, time) {
  const central = way.central.length ? Math.max(onset - nerveTime, 0) : 0;
  if (time < central) return pointAt(way.central, time / central);
  return pointAt(way.nerve, onset > central ? (time - central) / (onset - central) : 1);
}

/**
 * The drawing. A tap anywhere chooses the nearest level; the list of levels beside it does the same by keyboard, so that
 * the drawing itself is hidden from screen readers, which get the table.
 * @param {{ levels: { id: string, number: number }[], onpick: (level: string) => void }} spec
 */
export function makeDrawing({ levels, onpick }) {
  const ways = s("g");
  const spots = s("g");
  const dots = s("g");
  const marks = s("g", {}, ...levels.map(({ id, number }) => markOf(id, number)));
  const svg = s(
    "svg",
    { viewBox: `${VIEW.left} ${VIEW.top} ${VIEW.width} ${VIEW.height}`, class: "nx-body", "aria-hidden": "true" },
    ...scenery(),
    ways,
    spots,
    dots,
    marks,
  );
  svg.addEventListener("click", (/** @type {MouseEvent} */ event) => onpick(nearest(svg, levels, event)));
  /** @type {{ way: ReturnType<typeof wayTo>, muscle: Way, dot: Element, spot: Element }[]} */
  let running = [];

  const show = (/** @type {string} */ level, /** @type {Way[]} */ muscles) => {
    for (const mark of marks.children) mark.classList.toggle("nx-on", mark.dataset.level === level);
    const shown = muscles.filter(({ site }) => site.endsWith("_R"));
    ways.replaceChildren(...shown.flatMap((muscle) => drawWay(wayTo(level, muscle.site), muscle.rank !== null)));
    running = [];
    spots.replaceChildren(...shown.map((muscle) => {
      const spot = spotOf(muscle);
      if (muscle.onset !== null) {
        running.push({ way: wayTo(level, muscle.site), muscle, dot: s("circle", { r: 6, class: "nx-dot" }), spot });
      }
      return spot;
    }));
    dots.replaceChildren(...running.map(({ dot }) => dot));
  };
  const setTime = (/** @type {number} */ time) => {
    for (const { way, muscle, dot, spot } of running) {
      const onset = /** @type {number} */ (muscle.onset);
      const [x, y] = placeOf(way, onset, muscle.nerve, time);
      dot.setAttribute("cx", x.toFixed(1));
      dot.setAttribute("cy", y.toFixed(1));
      dot.classList.toggle("nx-gone", time <= 0 || time >= onset);
      spot.classList.toggle("nx-reached", time >= onset && time > 0);
    }
  };
  return { node: svg, show, setTime };
}

/** What never changes: body, brain, cord. */
function scenery() {
  return [
    s("path", { d: BODY, class: "nx-flesh" }),
    s("path", { d: BRAIN_OUTLINE, class: "nx-nerve-tissue" }),
    ...FOLDS.map((d) => s("path", { d, class: "nx-fold" })),
    s("ellipse", { cx: 190, cy: 92, rx: 20, ry: 13, class: "nx-deep" }),
    s("path", { d: CEREBELLUM, class: "nx-nerve-tissue" }),
    s("path", { d: "M236 130 H254 M234 138 H256 M238 146 H252", class: "nx-fold" }),
    s("path", { d: BRAINSTEM, class: "nx-nerve-tissue" }),
    s("path", { d: line(along(0.03, 0.47)), class: "nx-cord-edge" }),
    s("path", { d: line(along(0.03, 0.47)), class: "nx-cord" }),
    s("path", { d: line(along(0.03, 0.47)), class: "nx-segments" }),
    s("path", { d: ARM_OUTLINE, class: "nx-flesh nx-limb" }),
  ];
}

/**
 * @param {string} id
 * @param {number} number
 */
function markOf(id, number) {
  const [x, y] = ORIGINS[id].mark;
  const mark = s(
    "g",
    { class: "nx-mark" },
    s("circle", { cx: x, cy: y, r: MARK }),
    s("text", { x, y: y + 5 }, String(number)),
  );
  mark.dataset.level = id;
  return mark;
}

/**
 * @param {SVGSVGElement} svg
 * @param {{ id: string }[]} levels
 * @param {MouseEvent} event
 */
function nearest(svg, levels, event) {
  const box = svg.getBoundingClientRect();
  const scale = Math.max(VIEW.width / box.width, VIEW.height / box.height);
  const x = (event.clientX - box.left - box.width / 2) * scale + VIEW.left + VIEW.width / 2;
  const y = (event.clientY - box.top - box.height / 2) * scale + VIEW.top + VIEW.height / 2;
  const far = (/** @type {{ id: string }} */ { id }) => Math.hypot(ORIGINS[id].mark[0] - x, ORIGINS[id].mark[1] - y);
  return levels.reduce((best, level) => (far(level) < far(best) ? level : best)).id;
}

/**
 * @param {{ central: Point[], nerve: Point[] }} way
 * @param {boolean} isTaken
 */
function drawWay({ central, nerve }, isTaken) {
  const quiet = isTaken ? "" : " nx-quiet";
  return [
    central.length > 1 ? s("path", { d: line(central), class: `nx-central${quiet}` }) : null,
    s("path", { d: line(nerve), class: `nx-nerve${quiet}` }),
  ].filter((path) => path !== null);
}

/** @param {Way} muscle */
function spotOf({ site, rank, onset }) {
  const { at: [x, y], turn } = muscleOf(site);
  const [right, down, anchor] = LABELS[site.split("_")[0]] ?? BESIDE;
  return s(
    "g",
    { class: `nx-spot${onset === null ? " nx-quiet" : ""}` },
    s("ellipse", { cx: x, cy: y, rx: 13, ry: 6, transform: `rotate(${turn} ${x} ${y})` }),
    onset === null ? "" : s("text", { x: x + right, y: y + down, "text-anchor": anchor }, `${rank}`),
  );
}

// A wheel of equal wedges, each with a number, the shape of an urgency and a name. Equal, because no size may suggest
// how often something occurs.
import { h, s, urgencyShape } from "./_prelude.js";

/** @typedef {{ id: string, number: number, label: string, urgency: string, look: string, press: () => void }} Wedge */

/** Measures in the wheel's own units, near pixels where it is drawn large. A name has room for four lines. */
const RIM = 264, HUB = 68, SIGN = 102, INNER = 118, MARGIN = 3, HALF_HEIGHT = 34;

/**
 * Draw the wheel. It is one image to a screen reader, which needs the same in words beside it; for the pointer its
 * wedges and, if there is a way up, its hub are buttons.
 * @param {string} label
 * @param {Wedge[]} wedges
 * @param {string[]} centre lines of text in the hub
 * @param {(() => void) | null} up
 */
export function wheel(label, wedges, centre, up) {
  const lines = centre.map((line, index) => s("tspan", { x: 0, y: 6 + 20 * (index - (centre.length - 1) / 2) }, line));
  const look = up ? "wheel-hub wheel-up" : "wheel-hub";
  const hub = s("g", { class: look, onclick: up }, s("circle", { r: HUB - 6 }), s("text", {}, ...lines));
  const box = `${-RIM - 2} ${-RIM - 2} ${2 * RIM + 4} ${2 * RIM + 4}`;
  const drawn = wedges.map((wedge, index) => wedgeOf(wedge, index, wedges.length));
  return s("svg", { viewBox: box, role: "img", "aria-label": label, class: "wheel" }, ...drawn, hub);
}

/**
 * @param {Wedge} wedge
 * @param {number} index
 * @param {number} total
 */
function wedgeOf(wedge, index, total) {
  const turn = (index + 0.5) / total;
  const { x, y, half } = roomiest(turn, Math.PI / total);
  const place = { x: x - half, y: y - HALF_HEIGHT, width: 2 * half, height: 2 * HALF_HEIGHT, class: "wheel-name" };
  return s(
    "g",
    { class: `wheel-wedge ${wedge.look}`, "data-part": wedge.id, onclick: wedge.press },
    s("title", {}, `${wedge.number} ${wedge.label}`),
    s("path", { d: sector(index / total, (index + 1) / total - (total === 1 ? 1e-4 : 0)) }),
    tag(wedge, onCircle(turn, SIGN), "wheel-near"),
    tag(wedge, onCircle(turn, (HUB + RIM) / 2), "wheel-far"),
    s("foreignObject", place, h("div", { lang: "en" }, h("span", {}, wedge.label.replace(/ \(.*/, "")))),
  );
}

/**
 * The shape of the urgency and the number, side by side.
 * @param {Wedge} wedge
 * @param {[number, number]} place
 * @param {string} className
 */
function tag({ urgency, number }, [x, y], className) {
  const wide = number > 9 ? 6 : 0;
  const shape = { class: `wheel-sign myo-${urgency}`, transform: `translate(${-19 - wide} -8)` };
  const text = s("text", { x: 3 - wide, y: 8, class: "wheel-number" }, String(number));
  return s(
    "g",
    { transform: `translate(${x} ${y})` },
    s("g", { class: className }, s("g", shape, urgencyShape(urgency)), text),
  );
}

/** @type {Map<string, { x: number, y: number, half: number }>} what was found once, because a click must be quick */
const places = new Map();

/**
 * Where a wedge has the widest box for its name: its middle and half its width.
 * @param {number} turn middle of the wedge, as a share of a turn
 * @param {number} angle half of the wedge's
 */
function roomiest(turn, angle) {
  const known = places.get(`${turn} ${angle}`);
  if (known) return known;
  const [ux, uy] = onCircle(turn, 1);
  const isInside = (/** @type {number} */ x, /** @type {number} */ y) => {
    const radius = Math.hypot(x, y);
    const cosine = (x * ux + y * uy) / radius;
    return radius > INNER && radius < RIM - MARGIN && cosine >= Math.cos(Math.max(angle - MARGIN / radius, 0));
  };
  let best = { x: 0, y: 0, half: 0 };
  for (let out = INNER; out < RIM; out += 4) {
    const [x, y] = onCircle(turn, out);
    const fits = (/** @type {number} */ half) =>
      [x - half, x + half].every((px) => isInside(px, y - HALF_HEIGHT) && isInside(px, y + HALF_HEIGHT));
    let half = 0;
    while (fits(half + 2)) half += 2;
    if (half > best.half) best = { x, y, half };
  }
  places.set(`${turn} ${angle}`, best);
  return best;
}

/**
 * @param {number} turn share of a turn, clockwise from the top
 * @param {number} radius
 * @returns {[number, number]}
 */
function onCircle(turn, radius) {
  return [radius * Math.sin(2 * Math.PI * turn), -radius * Math.cos(2 * Math.PI * turn)];
}

/**
 * @param {number} start
 * @param {number} end
 */
function sector(start, end) {
  const large = end - start > 0.5 ? 1 : 0;
  const corner = (/** @type {number} */ turn, /** @type {number} */ radius) =>
    onCircle(turn, radius).map((value) => value.toFixed(1)).join(" ");
  return `M${corner(start, HUB)}L${corner(start, RIM)}A${RIM} ${RIM} 0 ${large} 1 ${corner(end, RIM)}` +
    `L${corner(end, HUB)}A${HUB} ${HUB} 0 ${large} 0 ${corner(start, HUB)}Z`;
}

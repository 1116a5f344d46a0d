// EMG traces on a scale of milliseconds, and a caliper of two handles over them: by mouse, by touch, by keyboard.
import { h, hidden, s } from "./_prelude.js";

/**
 * `data` holds samples from -127 to 127, `rate` of them in a millisecond, the first one at `first`; a silent muscle has no
 * onset.
 * @typedef {{ site: string, plain: string, clinical: string, onset: number | null, duration: number | null,
 *   rank: number | null, data: string }} Trace
 */
/** @typedef {{ start: number, end: number, first: number, rate: number, traces: Trace[], stimulus: number | null,
 *   stimulus_name: string }} Jerk */
/** @typedef {{ start: number, end: number }} Span in milliseconds after the discharge */

const NAMES = ["First handle", "Second handle"];
/** How near a handle must come to a beginning or an end to take it, as a share of what is shown. */
const PULL = 0.02;
/** Roughly how many numbers stand on the scale. */
const TICKS = 7;

/** @param {number} value */
export const tenth = (value) => Math.round(value * 10) / 10;

/**
 * Where a caliper's handle may stand.
 * @param {number} value
 * @param {Span} span
 */
export const within = (value, { start, end }) => Math.min(Math.max(value, start), end);

/**
 * The nearest beginning or end of a burst, if one is near; else the whole millisecond.
 * @param {number} value
 * @param {Trace[]} traces
 * @param {number} reach in milliseconds
 */
export function snapped(value, traces, reach) {
  const edges = traces.flatMap(({ onset, duration }) =>
    onset === null ? [] : [onset, onset + /** @type {number} */ (duration)]
  );
  const best = edges.reduce((near, edge) => (Math.abs(edge - value) < Math.abs(near - value) ? edge : near), Infinity);
  return Math.abs(best - value) <= reach ? tenth(best) : Math.round(value);
}

/**
 * Where a key sends a handle, or nothing when the key means nothing here: arrows one millisecond, with shift ten.
 * @param {string} key
 * @param {boolean} isBig
 * @param {number} value
 * @param {Span} span
 */
export function moved(key, isBig, value, { start, end }) {
  const step = isBig ? 10 : 1;
  const to = /** @type {Record<string, number>} */ ({
    ArrowRight: value + step,
    ArrowUp: value + step,
    ArrowLeft: value - step,
    ArrowDown: value - step,
    PageUp: value + 10,
    PageDown: value - 10,
    Home: start,
    End: end,
  })[key];
  return to === undefined ? null : within(tenth(to), { start, end });
}

/**
 * What a caliper says.
 * @param {number[]} handles
 */
export function difference([first, second]) {
  return `${tenth(Math.abs(second - first))} ms`;
}

/**
 * The traces of one jerk with the caliper over them.
 * @param {{ onmove: (handles: number[]) => void, handles: () => number[], snaps: () => boolean }} spec `onmove` is called
 *   at every step of a movement
 */
export function makeTraces({ onmove, handles, snaps }) {
  const rows = h("div", { class: "nx-rows" });
  const gap = h("div", { class: "nx-gap", "aria-hidden": "true" });
  const sweep = h("div", { class: "nx-sweep", "aria-hidden": "true", hidden: true });
  const grips = NAMES.map((name, index) => makeGrip(name, index));
  const field = h("div", { class: "nx-field" }, rows, gap, sweep, grips);
  const scale = h("div", { class: "nx-scale", "aria-hidden": "true" });
  const names = h("ul", { class: "nx-names" });
  const node = h("div", { class: "nx-plot" }, names, field, scale);
  /** @type {Jerk} */
  let jerk = { start: 0, end: 1, first: 0, rate: 1, traces: [], stimulus: null, stimulus_name: "" };
  /** @type {Span} */
  let span = jerk;
  /** What was drawn once; the samples do not change. */
  const pictures = new Map();

  const share = (/** @type {number} */ time) => (100 * (time - span.start)) / (span.end - span.start);
  const place = () => {
    const now = handles().map((value) => within(value, span));
    now.forEach((value, index) => {
      const grip = grips[index];
      grip.style.left = `${share(value)}%`;
      grip.setAttribute("aria-valuemin", span.start);
      grip.setAttribute("aria-valuemax", span.end);
      grip.setAttribute("aria-valuenow", tenth(value));
      grip.setAttribute("aria-valuetext", `${tenth(value)} ms`);
    });
    gap.style.left = `${share(Math.min(...now))}%`;
    gap.style.width = `${Math.abs(share(now[1]) - share(now[0]))}%`;
  };
  const put = (/** @type {number} */ index, /** @type {number} */ value) => {
    const now = handles().map((other) => within(other, span));
    now[index] = within(value, span);
    onmove(now);
  };
  listen(field, grips, {
    timeAt: (x) => {
      const box = field.getBoundingClientRect();
      const time = span.start + ((x - box.left) / box.width) * (span.end - span.start);
      return snaps() ? snapped(time, jerk.traces, (span.end - span.start) * PULL) : Math.round(time);
    },
    nearest: (time) => {
      const [first, second] = handles().map((value) => Math.abs(within(value, span) - time));
      return second < first ? 1 : 0;
    },
    put,
    key: (index, event) => moved(event.key, event.shiftKey, within(handles()[index], span), span),
  });
  const show = (/** @type {Jerk} */ shown, /** @type {Span} */ over, /** @type {"plain" | "clinical"} */ wording) => {
    jerk = shown;
    span = over;
    node.style.setProperty("--rows", String(jerk.traces.length));
    names.replaceChildren(...jerk.traces.map((trace) => nameOf(trace, wording)));
    if (pictures.get(jerk)?.span !== span) pictures.set(jerk, { span, svg: picture(jerk, span) });
    rows.replaceChildren(pictures.get(jerk).svg);
    scale.replaceChildren(...ticks(span, share), ...landmarks(jerk, share));
    place();
  };
  const setTime = (/** @type {number} */ time) => {
    // The movement goes on when the traces have ended.
    sweep.hidden = time <= 0 || time > span.end;
    sweep.style.left = `${share(within(time, span))}%`;
  };
  return { node, show, place, setTime };
}

/**
 * @param {string} name
 * @param {number} index
 */
function makeGrip(name, index) {
  return h(
    "div",
    {
      role: "slider",
      tabindex: 0,
      class: `nx-grip nx-grip-${index + 1}`,
      "aria-label": name,
      "aria-orientation": "horizontal",
      "data-key": `grip-${index}`,
    },
    h("span", { "aria-hidden": "true" }, String.fromCharCode(65 + index)),
  );
}

/**
 * Dragging a handle, tapping a place (which brings the nearer handle there), and keys.
 * @param {HTMLElement} field
 * @param {HTMLElement[]} grips
 * @param {{ timeAt: (x: number) => number, nearest: (time: number) => number,
 *   put: (index: number, value: number) => void, key: (index: number, event: KeyboardEvent) => number | null }} spec
 */
function listen(field, grips, { timeAt, nearest, put, key }) {
  let held = -1;
  field.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    const target = /** @type {Element} */ (event.target).closest(".nx-grip");
    held = grips.indexOf(/** @type {HTMLElement} */ (target));
    // A handle stays where it is until it is moved; a tap beside it is a place to go to.
    if (held < 0) {
      const time = timeAt(event.clientX);
      held = nearest(time);
      put(held, time);
    }
    field.setPointerCapture(event.pointerId);
    grips[held].focus({ preventScroll: true });
    event.preventDefault();
  });
  field.addEventListener("pointermove", (event) => {
    if (held >= 0) put(held, timeAt(event.clientX));
  });
  for (const end of ["pointerup", "pointercancel"]) {
    field.addEventListener(end, () => {
      held = -1;
    });
  }
  grips.forEach((grip, index) =>
    grip.addEventListener("keydown", (event) => {
      const value = event.altKey || event.ctrlKey || event.metaKey ? null : key(index, event);
      if (value === null) return;
      put(index, value);
      event.preventDefault();
      event.stopPropagation();
    })
  );
}

/**
 * The name of a trace, with its place in the order: number and word, for a colour alone would say nothing.
 * @param {Trace} trace
 * @param {"plain" | "clinical"} wording
 */
function nameOf(trace, wording) {
  const place = trace.rank === null ? "–" : String(trace.rank);
  return h(
    "li",
    { class: trace.rank === null ? "nx-silent" : "" },
    h("span", { class: "nx-rank", "aria-hidden": "true" }, place),
    hidden(trace.rank === null ? "Silent: " : `Number ${trace.rank}: `),
    h("span", {}, trace[wording]),
  );
}

/**
 * All traces as one picture, stretched to its place; lines keep their width.
 * @param {Jerk} jerk
 * @param {Span} span
 */
function picture(jerk, span) {
  const count = jerk.traces.length;
  const bands = jerk.traces.flatMap(({ onset, duration }, row) =>
    onset === null ? [] : [s("rect", { x: onset, y: row * 100 + 4, width: duration, height: 92, class: "nx-band" })]
  );
  const lines = jerk.traces.map((trace, row) =>
    s("path", { d: lineOf(trace, jerk, row * 100 + 50), class: trace.rank === null ? "nx-line nx-silent" : "nx-line" })
  );
  const zero = s("path", { d: `M0 0V${count * 100}`, class: "nx-zero" });
  const stimulus = jerk.stimulus === null
    ? []
    : [s("path", { d: `M${jerk.stimulus} 0V${count * 100}`, class: "nx-zero nx-stimulus" })];
  return s(
    "svg",
    {
      viewBox: `${span.start} 0 ${span.end - span.start} ${count * 100}`,
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    },
    ...bands,
    zero,
    ...stimulus,
    ...lines,
  );
}

/**
 * @param {Trace} trace
 * @param {Jerk} jerk
 * @param {number} middle
 */
function lineOf(trace, { first, rate }, middle) {
  const samples = new Int8Array(Uint8Array.from(atob(trace.data), (letter) => letter.charCodeAt(0)).buffer);
  const points = Array.from(samples, (value, index) => `${first + index / rate} ${middle - (value * 46) / 127}`);
  return `M${points.join("L")}`;
}

/**
 * @param {Span} span
 * @param {(time: number) => number} share
 */
function ticks(span, share) {
  const steps = [5, 10, 20, 50, 100];
  const step = steps.find((size) => (span.end - span.start) / size <= TICKS) ?? 100;
  const first = Math.ceil(span.start / step) * step;
  const times = [];
  for (let time = first; time <= span.end; time += step) times.push(time);
  return times.filter((time) => share(time) < 95).map((time) =>
    h("span", { class: "nx-tick", style: `left: ${share(time)}%` }, time === 0 ? "0 ms" : String(time))
  );
}

/**
 * @param {Jerk} jerk
 * @param {(time: number) => number} share
 */
function landmarks({ stimulus, stimulus_name }, share) {
  return stimulus === null
    ? []
    : [h("span", { class: "nx-tick nx-landmark", style: `left: ${share(stimulus)}%` }, stimulus_name)];
}

// What every explorer that plays a movement shares: its speeds, jumps that cannot flash, sliders, parts that fold.
import { makeClock } from "./_clock.js";
import { h, put, uid } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_movement_data.js").JerkEvent} JerkEvent */

/** Speeds on offer, as shares of real speed. */
export const SPEEDS = [0.05, 0.1, 0.15, 0.2, 0.25, 0.35, 0.5, 0.75, 1];
/** With reduced motion the player starts at a tenth of real speed. */
const CALM = 0.1;
/** Seconds by which a step goes on or back. */
export const STEP = 0.01;
/** Seconds before an event at which a jump to it stops. */
export const BEFORE = 0.03;
/** Seconds of real time between two jumps that are shown. */
export const BETWEEN_JUMPS = 0.4;
/** Seconds of real time between two changes of the numbers while playing. */
const TEXT_EVERY = 0.1;
/** Milliseconds between two looks at whether what stands still is sharp again. */
export const SETTLE = 200;

/**
 * Call back when Jupyter's theme or the system's changes.
 * @param {() => void} callback
 */
export function watchTheme(callback) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const observer = new MutationObserver(callback);
  observer.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
  dark.addEventListener("change", callback);
  return () => {
    observer.disconnect();
    dark.removeEventListener("change", callback);
  };
}

export const round = (/** @type {number} */ time) => Math.round(time * 1000) / 1000;

/**
 * Write several traits at once.
 * @param {Model} model
 * @param {Record<string, any>} state
 */
export function keep(model, state) {
  const changed = Object.entries(state).filter(([name, value]) => model.get(name) !== value);
  for (const [name, value] of changed) model.set(name, value);
  if (changed.length) model.save_changes();
}

/**
 * A page that is opened, or opened again, is still, and slow where less motion is asked for.
 * @param {Model} model
 */
export function beginStill(model) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  if (model.get("playing")) put(model, "playing", false);
  if (calm.matches && model.get("speed") > CALM) put(model, "speed", CALM);
}

/**
 * What is drawn along a clock that follows the traits `playing`, `t` and `speed`: it is told in words now and then, and
 * drawn once more where it stands, because what stands still must be sharp again. Out of sight it pauses.
 * @param {Model} model
 * @param {{ seconds: number, draw: (time: number) => void, isPale: () => boolean, tell: (time: number) => void }} spec
 */
export function makeShow(model, { seconds, draw, isPale, tell }) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let settling = 0;
  let saidAt = 0;
  let known = NaN;
  const paint = (/** @type {number} */ time) => {
    draw(time);
    clearTimeout(settling);
    if (!clock.isPlaying && isPale()) settling = Number(setTimeout(() => paint(clock.time), SETTLE));
  };
  const clock = makeClock({
    seconds,
    speed: () => model.get("speed"),
    loops: () => !calm.matches,
    ontick: (time) => {
      paint(time);
      const now = performance.now();
      if (clock.isPlaying && now - saidAt < TEXT_EVERY * 1000) return;
      saidAt = now;
      tell(time);
    },
    onstop: (time) => {
      paint(time);
      keep(model, { playing: false, t: round(time) });
    },
  });
  const sight = new IntersectionObserver(([entry]) => {
    if (!entry.isIntersecting) clock.pause();
  });
  return {
    clock,
    /** Say what must be in sight for it to play. */
    watchOver: (/** @type {Element} */ node) => sight.observe(node),
    follow() {
      if (model.get("playing") && !clock.isPlaying) clock.play();
      if (!model.get("playing") && clock.isPlaying) clock.pause();
      if (model.get("t") !== known) {
        known = model.get("t");
        if (Math.abs(known - clock.time) > STEP / 20) clock.seek(known);
      }
    },
    destroy() {
      clock.pause();
      clearTimeout(settling);
      sight.disconnect();
    },
  };
}

/**
 * Jumps from event to event, shown at most three times a second: a held key must not make the picture flash.
 * @param {import("./_clock.js").Clock} clock
 * @param {JerkEvent[]} events
 * @param {(time: number) => void} show
 */
export function makeJumps(clock, events, show) {
  /** @type {number | null} */
  let target = null;
  let timer = 0;
  let shownAt = -Infinity;
  const land = () => {
    const time = target ?? clock.time;
    shownAt = performance.now();
    show(time);
  };
  return {
    go(/** @type {number} */ way) {
      clock.pause();
      target = jumpTime(events, target ?? clock.time, way);
      const wait = shownAt + BETWEEN_JUMPS * 1000 - performance.now();
      if (wait <= 0) land();
      else if (!timer) timer = Number(setTimeout(land, wait));
    },
    cancel() {
      clearTimeout(timer);
      timer = 0;
      target = null;
    },
  };
}

/**
 * @param {number} share
 */
export function nearestSpeed(share) {
  const distances = SPEEDS.map((speed) => Math.abs(Math.log(speed / share)));
  return distances.indexOf(Math.min(...distances));
}

/**
 * The time to go to from here for the next event, or the one before; around the end to the other side.
 * @param {JerkEvent[]} events
 * @param {number} time
 * @param {number} way
 */
export function jumpTime(events, time, way) {
  const starts = events.map((event) => Math.max(round(event.time - BEFORE), 0));
  if (!starts.length) return time;
  const ahead = way > 0
    ? starts.find((start) => start > time + STEP / 5)
    : starts.filter((start) => start < time - STEP / 5).at(-1);
  return ahead ?? (way > 0 ? starts[0] : starts[starts.length - 1]);
}

/**
 * A native range input with its name and its value in words. The value beside it is for the eye: the slider says its own,
 * and an `output` would be announced once more, with each step and all the time something plays.
 * @param {string} name
 * @param {number} max
 * @param {number} step
 * @param {(value: number) => void} onpick
 */
export function slider(name, max, step, onpick) {
  const id = uid("range");
  const input = h("input", {
    type: "range",
    id,
    min: 0,
    max,
    step,
    value: 0,
    oninput: () => onpick(Number(input.value)),
  });
  const value = h("span", { class: "mv-value", "aria-hidden": "true" });
  const node = h("span", { class: "mv-slider" }, h("label", { for: id }, name), input, value);
  const set = (/** @type {number} */ now, /** @type {string} */ text, /** @type {string} */ spoken) => {
    if (Number(input.value) !== now) input.value = String(now);
    if (value.textContent === text) return;
    value.textContent = text;
    input.setAttribute("aria-valuetext", spoken);
  };
  return { node, set };
}

/**
 * @param {string} text
 * @param {(on: boolean) => void} onpick
 */
export function checkbox(text, onpick) {
  const box = h("input", { type: "checkbox", onchange: () => onpick(box.checked) });
  const set = (/** @type {boolean} */ on) => box.checked = on;
  return { node: h("label", { class: "mv-check" }, box, text), set };
}

/** @param {JerkEvent} event */
export const endOf = ({ bursts }) => Math.max(...bursts.map(([, onset, length]) => onset + length / 1000));

/**
 * A part that folds, whose state is a trait; its content is made when it is first open, and again when it must differ.
 * @param {Model} model
 * @param {string} trait
 * @param {string} title
 * @param {() => Node} content
 */
export function fold(model, trait, title, content) {
  const inside = h("div", {});
  const node = h(
    "details",
    { class: "mv-fold", ontoggle: () => node.open !== model.get(trait) && put(model, trait, node.open) },
    h("summary", {}, title),
    inside,
  );
  let made = "";
  const update = (/** @type {string} */ version) => {
    const open = model.get(trait);
    if (node.open !== open) node.open = open;
    if (!open || made === version) return;
    made = version;
    inside.replaceChildren(content());
  };
  return { node, update };
}

/**
 * A table in a frame of its own that scrolls, by keyboard too.
 * @param {string} label
 * @param {HTMLElement} table
 */
export const scrolling = (label, table) => {
  table.prepend(h("caption", { class: "myo-sr" }, label));
  return h("div", { class: "myo-scroll mv-table", tabindex: 0, role: "group", "aria-label": label }, table);
};

/**
 * Show what is asked for at once, or, when it is asked for too fast, the last of it a moment later: at most three times
 * a second, so that a held key cannot make a page flash.
 * @template T
 * @param {(value: T) => void} show
 */
export function paced(show) {
  let timer = 0;
  let shownAt = -Infinity;
  /** @type {T} */
  let wanted;
  const land = () => {
    timer = 0;
    show(wanted);
    shownAt = performance.now();
  };
  return {
    ask(/** @type {T} */ value) {
      wanted = value;
      const wait = shownAt + BETWEEN_JUMPS * 1000 - performance.now();
      if (timer) return;
      if (wait <= 0) land();
      else timer = Number(setTimeout(land, wait));
    },
    isWaiting: () => timer > 0,
    cancel() {
      clearTimeout(timer);
      timer = 0;
    },
  };
}

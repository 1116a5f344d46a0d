// Traces that are swept: a line walks over a still page of EMG and EEG, and the next page follows. They never scroll.
import { h } from "./_prelude.js";

/** @typedef {import("./_movement_data.js").Moving} Moving */
/** @typedef {import("./_movement_data.js").Trace} Trace */
/** @typedef {{ ink: string, dim: string, paper: string, line: string, band: string, tones: string[] }} Colours */
/** @typedef {{ width: number, height: number, scale: number, letter: number }} Size in pixels of the canvas */

const TONES = [0, 1, 2, 3];
/** How much of what has not been played yet shines through. */
const AHEAD = 0.62;
/** Sharper than this costs memory that nobody sees. */
const MOST_SCALE = 2;
/** Height of the scale of seconds below, and of the lengths above, in letters. */
const BELOW = 1.6;
const ABOVE = 1.5;

/**
 * @param {Moving} moving
 * @param {{ compact: boolean, label: string }} spec compact leaves out lengths and scale
 */
export function makeTraces(moving, { compact, label }) {
  const canvas = h("canvas", { role: "img", "aria-label": label });
  const names = moving.traces.map((_, index) => h("span", { class: `mv-name mv-tone-${index % 4}` }));
  const node = h("div", { class: "mv-traces" }, canvas, names);
  /** @type {{ strip: HTMLCanvasElement, size: Size, colours: Colours } | null} */
  let painted = null;
  let last = 0;

  const draw = (/** @type {number} */ time) => {
    last = time;
    if (!painted) {
      painted = prepare(canvas, moving, compact);
      if (painted) setNames(names, painted.size, compact);
    }
    if (painted) sweep(canvas, painted, moving, time);
  };
  const repaint = () => {
    painted = null;
    draw(last);
  };
  const observer = new ResizeObserver(repaint);
  observer.observe(canvas);
  return {
    node,
    draw,
    repaint,
    setLabels: (/** @type {string[]} */ texts) => names.forEach((name, index) => name.textContent = texts[index]),
    destroy: () => observer.disconnect(),
  };
}

/**
 * Draw the whole recording once, on a strip as long as it lasts.
 * @param {HTMLCanvasElement} canvas
 * @param {Moving} moving
 * @param {boolean} compact
 */
function prepare(canvas, moving, compact) {
  const size = sizeOf(canvas);
  if (!size.width || !size.height) return null;
  canvas.width = size.width;
  canvas.height = size.height;
  const colours = coloursOf(canvas);
  const strip = document.createElement("canvas");
  const perSecond = size.width / moving.movement.window;
  strip.width = Math.ceil(perSecond * moving.movement.seconds);
  strip.height = size.height;
  const pen = /** @type {CanvasRenderingContext2D} */ (strip.getContext("2d"));
  const rows = rowsOf(size, moving.traces.length, compact);
  pen.font = `600 ${size.letter * 0.8}px system-ui, sans-serif`;
  drawEvents(pen, moving, rows, size, colours, compact);
  if (!compact) drawScale(pen, moving, size, colours);
  moving.traces.forEach((trace, index) => {
    pen.fillStyle = colours.line;
    pen.fillRect(0, Math.round(rows.middle(index)), strip.width, 1);
    pen.strokeStyle = colours.tones[index % 4];
    drawTrace(pen, trace, rows.middle(index), rows.height * 0.46, perSecond, size);
  });
  return { strip, size, colours };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {Size}
 */
function sizeOf(canvas) {
  const scale = Math.min(devicePixelRatio || 1, MOST_SCALE);
  return {
    width: Math.round(canvas.clientWidth * scale),
    height: Math.round(canvas.clientHeight * scale),
    scale,
    letter: parseFloat(getComputedStyle(canvas).fontSize) * scale,
  };
}

/**
 * @param {Element} node
 * @returns {Colours}
 */
function coloursOf(node) {
  const style = getComputedStyle(node);
  const of = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"),
    dim: of("--dim"),
    paper: of("--paper"),
    line: of("--line"),
    band: of("--band"),
    tones: TONES.map((index) => of(`--tone-${index}`)),
  };
}

/**
 * Where each trace runs.
 * @param {Size} size
 * @param {number} count
 * @param {boolean} compact
 */
function rowsOf({ height, letter }, count, compact) {
  const top = compact ? 0 : ABOVE * letter;
  const row = (height - top - (compact ? 0 : BELOW * letter)) / count;
  return {
    top,
    height: row,
    bottom: top + row * count,
    middle: (/** @type {number} */ index) => top + row * (index + 0.5),
  };
}

/**
 * Bands where muscles fire, with the length of the first one written above where there is room; lines at stimuli.
 * @param {CanvasRenderingContext2D} pen
 * @param {Moving} moving
 * @param {{ top: number, bottom: number }} rows
 * @param {Size} size
 * @param {Colours} colours
 * @param {boolean} compact
 */
function drawEvents(pen, { movement }, rows, size, colours, compact) {
  const perSecond = size.width / movement.window;
  const shown = new Set(movement.traces.map(({ site }) => site));
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  let free = 0;
  for (const { bursts } of movement.events) {
    const seen = bursts.filter(([site]) => shown.has(site));
    if (!seen.length) continue;
    const [start, end] = [seen[0][1], Math.max(...seen.map(([, at, length]) => at + length / 1000))];
    pen.fillStyle = colours.band;
    pen.fillRect(start * perSecond, rows.top, Math.max((end - start) * perSecond, 2), rows.bottom - rows.top);
    const text = `${Math.round(seen[0][2])} ms`;
    const half = pen.measureText(text).width / 2 + size.letter * 0.3;
    const middle = ((start + end) / 2) * perSecond;
    if (compact || middle - half < free) continue;
    pen.fillStyle = colours.ink;
    pen.fillText(text, middle, rows.top / 2);
    free = middle + half;
  }
  pen.fillStyle = colours.ink;
  for (const time of movement.stimuli) {
    for (let y = rows.top; y < rows.bottom; y += 8 * size.scale) {
      pen.fillRect(Math.round(time * perSecond), y, 1.5 * size.scale, 4 * size.scale);
    }
  }
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Moving} moving
 * @param {Size} size
 * @param {Colours} colours
 */
function drawScale(pen, { movement }, { width, height, letter }, colours) {
  const perSecond = width / movement.window;
  pen.fillStyle = colours.dim;
  pen.textAlign = "left";
  for (let tenth = 0; tenth < movement.seconds * 10; tenth += 1) {
    const isHalf = tenth % 5 === 0;
    const x = (tenth / 10) * perSecond;
    pen.fillRect(x, height - BELOW * letter, Math.max(letter / 16, 1), letter * (isHalf ? 0.5 : 0.25));
    if (isHalf) pen.fillText(`${(tenth / 10).toFixed(1)} s`, x + letter * 0.25, height - letter * 0.6);
  }
}

/**
 * One trace: for every column of pixels the lowest and the highest sample.
 * @param {CanvasRenderingContext2D} pen
 * @param {Trace} trace
 * @param {number} middle
 * @param {number} reach pixels for a full swing
 * @param {number} perSecond
 * @param {Size} size
 */
function drawTrace(pen, trace, middle, reach, perSecond, { scale }) {
  const { samples, rate } = trace;
  const perColumn = rate / perSecond;
  pen.lineWidth = 1.25 * scale;
  pen.lineJoin = "round";
  pen.beginPath();
  const step = Math.max(1, Math.floor(1 / perColumn));
  for (let x = 0; x < pen.canvas.width; x += step) {
    const first = Math.min(Math.floor(x * perColumn), samples.length - 1);
    const last = Math.min(Math.max(Math.ceil((x + step) * perColumn), first + 1), samples.length);
    let [low, high] = [127, -127];
    for (let i = first; i < last; i += 1) {
      low = Math.min(low, samples[i]);
      high = Math.max(high, samples[i]);
    }
    pen.lineTo(x + 0.5, middle - (high / 127) * reach);
    if (high - low > 1) pen.lineTo(x + 0.5, middle - (low / 127) * reach);
  }
  pen.stroke();
}

/**
 * Show the page on which the time lies; what is still ahead stands back.
 * @param {HTMLCanvasElement} canvas
 * @param {{ strip: HTMLCanvasElement, size: Size, colours: Colours }} painted
 * @param {Moving} moving
 * @param {number} time
 */
function sweep(canvas, { strip, size, colours }, { movement }, time) {
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const page = Math.min(Math.floor(time / movement.window + 1e-9), Math.ceil(movement.seconds / movement.window) - 1);
  const perSecond = size.width / movement.window;
  const cursor = (time - page * movement.window) * perSecond;
  pen.globalAlpha = 1;
  pen.clearRect(0, 0, size.width, size.height);
  pen.drawImage(strip, -Math.round(page * size.width), 0);
  pen.globalAlpha = AHEAD;
  pen.fillStyle = colours.paper;
  pen.fillRect(cursor, 0, size.width - cursor, size.height);
  pen.globalAlpha = 1;
  pen.fillStyle = colours.ink;
  pen.fillRect(Math.round(cursor - size.scale), 0, 2 * size.scale, size.height);
}

/**
 * Put the names where their traces begin.
 * @param {HTMLElement[]} names
 * @param {Size} size
 * @param {boolean} compact
 */
function setNames(names, size, compact) {
  const rows = rowsOf(size, names.length, compact);
  names.forEach((name, index) => {
    name.style.top = `${(100 * (rows.top + rows.height * index)) / size.height}%`;
  });
}

// Traces that are swept: a line walks over a still page of EMG and EEG, and the next page follows. They never scroll.
import { h, setText } from "./_prelude.js";

/** @typedef {import("./_movement_data.js").Moving} Moving */
/** @typedef {import("./_movement_data.js").Trace} Trace */
/** @typedef {{ ink: string, dim: string, paper: string, line: string, band: string, tones: string[] }} Colours */
/** @typedef {{ top: number, height: number, bottom: number, middle: (index: number) => number }} Rows */
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
 * The whole recording, drawn once, and where on it the line stands.
 * @typedef {{ strip: HTMLCanvasElement, pen: CanvasRenderingContext2D, size: Size, colours: Colours, page: number,
 *   cursor: number }} Painted
 */

/**
 * @param {Moving} moving
 * @param {{ compact: boolean, label: string }} spec compact leaves out lengths and scale
 */
export function makeTraces(moving, { compact, label }) {
  const canvas = h("canvas", { role: "img", "aria-label": label });
  const names = moving.traces.map((_, index) => h("span", { class: `mv-name mv-tone-${index % 4}` }));
  const node = h("div", { class: "mv-traces", style: `--rows: ${names.length}` }, canvas, names);
  /** @type {Painted | null} */
  let painted = null;
  let last = 0;

  const draw = (/** @type {number} */ time) => {
    last = time;
    if (!painted) {
      painted = prepare(canvas, moving, compact);
      if (painted) setNames(names, painted.size, compact);
    }
    if (painted) sweep(painted, moving, time);
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
    setLabels: (/** @type {string[]} */ texts) => names.forEach((name, index) => setText(name, texts[index])),
    destroy: () => observer.disconnect(),
  };
}

/**
 * Draw the whole recording once, on a strip as long as it lasts.
 * @param {HTMLCanvasElement} canvas
 * @param {Moving} moving
 * @param {boolean} compact
 * @returns {Painted | null}
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
  drawStimuli(pen, moving, rows, size, colours, compact);
  if (!compact) drawScale(pen, moving, size, colours);
  moving.traces.forEach((trace, index) => {
    pen.fillStyle = colours.line;
    pen.fillRect(0, Math.round(rows.middle(index)), strip.width, 1);
    pen.strokeStyle = colours.tones[index % 4];
    drawTrace(pen, trace, rows.middle(index), rows.height * 0.42, perSecond, size);
  });
  const screen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  return { strip, pen: screen, size, colours, page: -1, cursor: 0 };
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
    middle: (/** @type {number} */ index) => top + row * (index + 0.56),
  };
}

/**
 * Bands where muscles fire or fall silent, and above them, where there is room, for how long the first one does.
 * @param {CanvasRenderingContext2D} pen
 * @param {Moving} moving
 * @param {Rows} rows
 * @param {Size} size
 * @param {Colours} colours
 * @param {boolean} compact
 */
function drawEvents(pen, { movement, traces }, rows, size, colours, compact) {
  const perSecond = size.width / movement.window;
  const rowOf = new Map(traces.map(({ site }, index) => [site, index]));
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  let free = 0;
  for (const { bursts } of movement.events) {
    const seen = bursts.filter(([site]) => rowOf.has(site));
    pen.fillStyle = colours.band;
    for (const [site, onset, length] of seen) {
      const top = rows.top + rows.height * (rowOf.get(site) ?? 0);
      pen.fillRect(onset * perSecond, top + 1, Math.max((length / 1000) * perSecond, 2), rows.height - 2);
    }
    if (seen.length && !compact) free = writeLength(pen, seen[0], perSecond, rows.top / 2, size, colours, free);
  }
}

/**
 * Write how long a burst lasts, unless that would touch what stands before; returns where the free space begins. On the
 * strip pages lie side by side: what would lie on two of them stays on that of the burst.
 * @param {CanvasRenderingContext2D} pen
 * @param {[string, number, number]} burst
 * @param {number} perSecond
 * @param {number} y
 * @param {Size} size
 * @param {Colours} colours
 * @param {number} free
 */
function writeLength(pen, [, onset, length], perSecond, y, size, colours, free) {
  const text = `${Math.round(length)} ms`;
  const half = pen.measureText(text).width / 2 + size.letter * 0.3;
  const centre = (onset + length / 2000) * perSecond;
  const page = Math.floor(centre / size.width) * size.width;
  const middle = Math.min(Math.max(centre, page + half), page + size.width - half);
  if (middle - half < free) return free;
  pen.fillStyle = colours.ink;
  pen.fillText(text, middle, y);
  return middle + half;
}

/**
 * A broken line at every stimulus, with its name.
 * @param {CanvasRenderingContext2D} pen
 * @param {Moving} moving
 * @param {Rows} rows
 * @param {Size} size
 * @param {Colours} colours
 * @param {boolean} compact
 */
function drawStimuli(pen, { movement }, rows, size, colours, compact) {
  const perSecond = size.width / movement.window;
  pen.fillStyle = colours.ink;
  pen.textAlign = "right";
  for (const time of movement.stimuli) {
    for (let y = rows.top; y < rows.bottom; y += 8 * size.scale) {
      pen.fillRect(Math.round(time * perSecond), y, 1.5 * size.scale, 4 * size.scale);
    }
    if (!compact) {
      pen.fillText(movement.stimulus, time * perSecond - size.letter * 0.3, rows.bottom - size.letter * 0.5);
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
  if (perColumn <= 1) samples.forEach((value, index) => pen.lineTo(index / perColumn, middle - (value / 127) * reach));
  else drawColumns(pen, samples, perColumn, (value) => middle - (value / 127) * reach);
  pen.stroke();
}

/**
 * @param {CanvasRenderingContext2D} pen
 * @param {Int8Array} samples
 * @param {number} perColumn
 * @param {(value: number) => number} height
 */
function drawColumns(pen, samples, perColumn, height) {
  for (let x = 0; x < pen.canvas.width; x += 1) {
    const column = samples.subarray(Math.floor(x * perColumn), Math.ceil((x + 1) * perColumn));
    if (!column.length) return;
    const [low, high] = [Math.min(...column), Math.max(...column)];
    pen.lineTo(x + 0.5, height(high));
    if (high - low > 1) pen.lineTo(x + 0.5, height(low));
  }
}

/**
 * Show the page on which the time lies; what is still ahead stands back. On the same page only the strip between the
 * line's old place and its new one is drawn again.
 * @param {Painted} painted
 * @param {Moving} moving
 * @param {number} time
 */
function sweep(painted, { movement }, time) {
  const { strip, pen, size, colours } = painted;
  const page = Math.min(Math.floor(time / movement.window + 1e-9), Math.ceil(movement.seconds / movement.window) - 1);
  const cursor = Math.round((time / movement.window - page) * size.width);
  const half = Math.ceil(size.scale);
  const isSame = painted.page === page;
  const from = isSame ? Math.max(Math.min(cursor, painted.cursor) - half, 0) : 0;
  const to = isSame ? Math.min(Math.max(cursor, painted.cursor) + half, size.width) : size.width;
  Object.assign(painted, { page, cursor });
  if (to <= from) return;
  pen.clearRect(from, 0, to - from, size.height);
  pen.drawImage(strip, page * size.width + from, 0, to - from, size.height, from, 0, to - from, size.height);
  pen.globalAlpha = AHEAD;
  pen.fillStyle = colours.paper;
  const ahead = Math.max(from, cursor);
  pen.fillRect(ahead, 0, to - ahead, size.height);
  pen.globalAlpha = 1;
  pen.fillStyle = colours.ink;
  pen.fillRect(cursor - half, 0, 2 * half, size.height);
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

// An attempt, and the line of text that keeps it: the same record as in the log files of JupyterLab (attempts.py).

/**
 * @typedef {{ id: string, time: number, item: string, version: number, order: string[], response: string[],
 *   correct: boolean, confidence: number | null, took: number, mode: string, easy: boolean }} Attempt
 */

const VERSION = 1;
const MAX_LINE = 4_000;
const MOST = 10 ** 14;
const ID = /^[0-9a-f]{8}-\d{1,9}$/;
const NAME = /^[!-~]{1,80}$/;
export const DONT_KNOW = "?";

/** Cards go into the same log, under ids of their own. */
export const isCard = (/** @type {string} */ item) => item.startsWith("card:");

/** Whether an answer was given rather than "I don't know". */
export const isKnown = (/** @type {Attempt} */ { response }) => response.length !== 1 || response[0] !== DONT_KNOW;

/** The line is not a whole attempt, or one of another version. */
export class LineError extends Error {
  /**
   * @param {string} message
   * @param {boolean} otherVersion
   */
  constructor(message, otherVersion = false) {
    super(message);
    this.otherVersion = otherVersion;
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, number) => {
  let rest = number;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** @param {string} text of ASCII letters */
function crc32(text) {
  let sum = 0xffffffff;
  for (let place = 0; place < text.length; place++) {
    sum = TABLE[(sum ^ text.charCodeAt(place)) & 255] ^ (sum >>> 8);
  }
  return ((sum ^ 0xffffffff) >>> 0).toString(16).padStart(8, "0");
}

/**
 * The line that keeps an attempt: a checksum, a space, JSON.
 * @param {Attempt} attempt
 */
export function toLine(attempt) {
  const fields = {
    ...{ v: VERSION, id: attempt.id, t: attempt.time, i: attempt.item, iv: attempt.version },
    ...{ o: attempt.order.join(" "), r: attempt.response.join(" "), c: attempt.correct ? 1 : 0 },
    ...{ k: attempt.confidence, ms: attempt.took, m: attempt.mode },
    ...(attempt.easy ? { e: 1 } : {}),
  };
  const escape = (/** @type {string} */ letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
  const body = JSON.stringify(fields).replace(/[^ -~]/g, escape);
  return `${crc32(body)} ${body}\n`;
}

/**
 * The attempt a line keeps.
 * @param {string} line
 * @returns {Attempt}
 */
export function fromLine(line) {
  if (line.length > MAX_LINE) throw new LineError(`longer than ${MAX_LINE} characters`);
  const text = line.replace(/[\r\n]+$/, "");
  const [checksum, body] = [text.slice(0, 8), text.slice(9)];
  if (text[8] !== " " || /[^\0-\x7f]/.test(body) || checksum !== crc32(body)) {
    throw new LineError("cut off or altered: the checksum does not fit");
  }
  const fields = parsed(body);
  if (typeof fields !== "object" || fields === null || Array.isArray(fields)) throw new LineError("not an attempt");
  if (fields.v !== VERSION) throw new LineError(`version ${fields.v}`, true);
  if (typeof fields.o !== "string" || typeof fields.r !== "string" || (fields.c !== 0 && fields.c !== 1)) {
    throw new LineError("a field is missing or of a wrong type");
  }
  return check({
    ...{ id: fields.id, time: fields.t, item: fields.i, version: fields.iv, order: words(fields.o) },
    ...{ response: words(fields.r), correct: fields.c === 1, confidence: fields.k ?? null, took: fields.ms },
    ...{ mode: fields.m, easy: fields.e === 1 },
  });
}

/** @param {string} body */
function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    throw new LineError("not JSON");
  }
}

/** @param {string} text */
export const words = (text) => text.split(/\s+/).filter((word) => word);

/**
 * The attempt, if its fields can be those of one.
 * @param {Attempt} attempt
 */
export function check(attempt) {
  for (const number of [attempt.time, attempt.version, attempt.took]) {
    if (!Number.isInteger(number) || number < 0 || number >= MOST) {
      throw new LineError("a number is missing or out of range");
    }
  }
  const names = [attempt.id, attempt.item, attempt.mode];
  if (!names.every((name) => typeof name === "string") || !attempt.response.length) {
    throw new LineError("a field is missing or of a wrong type");
  }
  const { id, item, mode, confidence } = attempt;
  if (!ID.test(id) || !NAME.test(item) || !NAME.test(mode) || ![null, 1, 2, 3].includes(confidence)) {
    throw new LineError("a field has a value it cannot have");
  }
  return attempt;
}

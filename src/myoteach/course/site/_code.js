// The resume code of resume.py, read and written in a page: columns of attempts, deflated, with a checksum in front.
import { check, LineError, words } from "./_record.js";

/** @typedef {import("./_record.js").Attempt} Attempt */

const CODE_PREFIX = "MYO1-";
const MAX_ATTEMPTS = 5_000;
const MAX_CODE = 250_000;
const MAX_PLAIN = 4_000_000;
const CHECKSUM = 6;
const ALTERED = "This resume code is incomplete or altered; copy it again from its first to its last character.";
const NOT_OURS = "This resume code was not made by myoteach.";

/** The code cannot be used; the message says why. */
export class CodeError extends Error {}

/**
 * A code for attempts in order of time; of too many the latest are taken.
 * @param {Attempt[]} attempts
 */
export async function resumeCode(attempts) {
  const plain = new TextEncoder().encode(JSON.stringify(columns(attempts.slice(-MAX_ATTEMPTS))));
  const packed = await through(new CompressionStream("deflate-raw"), plain, Infinity);
  const data = new Uint8Array(CHECKSUM + packed.length);
  data.set(sha256(packed).subarray(0, CHECKSUM));
  data.set(packed, CHECKSUM);
  return CODE_PREFIX + toBase64(data);
}

/**
 * The attempts of a code, as pasted.
 * @param {string} code
 * @returns {Promise<Attempt[]>}
 */
export async function readCode(code) {
  const text = code.slice(0, 2 * MAX_CODE).replace(/\s+/g, "");
  if (text.length > MAX_CODE) {
    throw new CodeError(`This is longer than any resume code (${MAX_CODE} characters); copy the code alone.`);
  }
  if (!text.startsWith(CODE_PREFIX)) {
    const near = text.startsWith("MYO")
      ? "it is a code of another version of myoteach"
      : `a code begins with ${CODE_PREFIX}`;
    throw new CodeError(`This is not a resume code: ${near}.`);
  }
  return attemptsOf(await unpack(text.slice(CODE_PREFIX.length)));
}

/** @param {string} text */
async function unpack(text) {
  const data = fromBase64(text);
  const packed = data.subarray(CHECKSUM);
  const sum = sha256(packed);
  if (toBase64(data) !== text || data.subarray(0, CHECKSUM).some((byte, place) => byte !== sum[place])) {
    throw new CodeError(ALTERED);
  }
  let plain;
  try {
    plain = await through(new DecompressionStream("deflate-raw"), packed, MAX_PLAIN);
  } catch (error) {
    throw error instanceof CodeError ? error : new CodeError(ALTERED);
  }
  try {
    return JSON.parse(new TextDecoder().decode(plain));
  } catch {
    throw new CodeError(ALTERED);
  }
}

/**
 * @param {CompressionStream | DecompressionStream} stream
 * @param {Uint8Array} data
 * @param {number} most bytes that may come out
 */
async function through(stream, data, most) {
  const writer = stream.writable.getWriter();
  const writing = writer.write(/** @type {any} */ (data)).then(() => writer.close());
  writing.catch(() => {}); // the reader hears of it
  const parts = [];
  let size = 0;
  for (const reader = stream.readable.getReader();;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    size += value.length;
    if (size > most) throw new CodeError("This resume code holds more than a course can; it was not made by myoteach.");
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * @param {Uint8Array} data
 */
function toBase64(data) {
  const letters = Array.from(data, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64(text) {
  if (!/^[\w-]*$/.test(text)) throw new CodeError(ALTERED);
  try {
    return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  } catch {
    throw new CodeError(ALTERED);
  }
}

/** @param {Attempt[]} attempts */
function columns(attempts) {
  const ids = attempts.map(({ id }) => id.split("-"));
  const texts = [
    indexed(ids.map(([session]) => session)),
    indexed(attempts.map(({ item, version }) => `${item} ${version}`)),
    indexed(attempts.map(({ order }) => order.join(" "))),
    indexed(attempts.map(({ response }) => response.join(" "))),
    indexed(attempts.map(({ mode }) => mode)),
  ];
  return [
    ...texts.flat(),
    steps(ids.map(([, number]) => Number(number))),
    steps(attempts.map(({ time }) => time)),
    attempts.map(({ took }) => took),
    attempts.map(({ confidence, easy, correct }) => (confidence ?? 0) * 4 + Number(easy) * 2 + Number(correct)),
  ];
}

/** @param {string[]} values */
function indexed(values) {
  const listed = [...new Set(values)].sort();
  const places = new Map(listed.map((value, place) => [value, place]));
  return [listed, values.map((value) => places.get(value))];
}

/** @param {number[]} values */
const steps = (values) => values.map((value, place) => value - (place ? values[place - 1] : 0));

/** @param {number[]} values */
function sums(values) {
  let total = 0;
  return values.map((value) => total += value);
}

/**
 * The attempts of a code whose checksum fits; one made by other hands may still be anything.
 * @param {any} found
 * @returns {Attempt[]}
 */
function attemptsOf(found) {
  try {
    const [sessions, items, orders, responses, modes] = [0, 2, 4, 6, 8].map((place) =>
      found[place + 1].map((/** @type {number} */ at) => text(found[place][at]))
    );
    const [numbers, times, took, flags] = found.slice(10);
    if (found.length !== 14 || [items, numbers, times, took, flags].some(({ length }) => length !== sessions.length)) {
      throw new CodeError(NOT_OURS);
    }
    const [numbered, timed] = [sums(numbers), sums(times)];
    return sessions.map((/** @type {string} */ session, /** @type {number} */ place) => {
      const [item, version] = items[place].split(" ");
      const flag = flags[place];
      return check({
        ...{ id: `${session}-${numbered[place]}`, time: timed[place], item, version: Number(version) },
        ...{ order: words(orders[place]), response: words(responses[place]), correct: Boolean(flag & 1) },
        ...{ confidence: flag >> 2 || null, took: took[place], mode: modes[place], easy: Boolean(flag & 2) },
      });
    });
  } catch (error) {
    if (error instanceof TypeError || error instanceof LineError) throw new CodeError(NOT_OURS);
    throw error;
  }
}

/** @param {unknown} value */
function text(value) {
  if (typeof value !== "string") throw new CodeError(NOT_OURS);
  return value;
}

const ROOTS = primes(64);
const K = Uint32Array.from(ROOTS, (prime) => fraction(Math.cbrt(prime)));

/** @param {number} count */
function primes(count) {
  const found = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime)) found.push(number);
  }
  return found;
}

/** The first 32 bits behind the point. */
function fraction(/** @type {number} */ number) {
  return Math.floor((number - Math.floor(number)) * 2 ** 32);
}

/**
 * SHA-256, because a page from a plain web server is not given the browser's own.
 * @param {Uint8Array} data
 */
export function sha256(data) {
  const size = ((data.length + 8) >> 6) + 1;
  const padded = new Uint8Array(size * 64);
  padded.set(data);
  padded[data.length] = 0x80;
  new DataView(padded.buffer).setBigUint64(padded.length - 8, BigInt(data.length) * 8n);
  const state = Uint32Array.from(ROOTS.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
  for (let at = 0; at < padded.length; at += 64) compress(state, new DataView(padded.buffer, at, 64));
  const digest = new Uint8Array(32);
  state.forEach((word, place) => new DataView(digest.buffer).setUint32(4 * place, word));
  return digest;
}

/**
 * @param {Uint32Array} state
 * @param {DataView} block
 */
function compress(state, block) {
  const turn = (/** @type {number} */ word, /** @type {number} */ by) => (word >>> by) | (word << (32 - by));
  const w = new Uint32Array(64);
  for (let place = 0; place < 64; place++) {
    if (place < 16) {
      w[place] = block.getUint32(4 * place);
      continue;
    }
    const [one, two] = [w[place - 15], w[place - 2]];
    const s0 = turn(one, 7) ^ turn(one, 18) ^ (one >>> 3);
    const s1 = turn(two, 17) ^ turn(two, 19) ^ (two >>> 10);
    w[place] = w[place - 16] + s0 + w[place - 7] + s1;
  }
  let [a, b, c, d, e, f, g, hh] = state;
  for (let place = 0; place < 64; place++) {
    const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
    const one = (hh + s1 + ((e & f) ^ (~e & g)) + K[place] + w[place]) >>> 0;
    const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) >>> 0;
    [hh, g, f, e, d, c, b, a] = [g, f, e, (d + one) >>> 0, c, b, a, (one + two) >>> 0];
  }
  [a, b, c, d, e, f, g, hh].forEach((word, place) => state[place] += word);
}

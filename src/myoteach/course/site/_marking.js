// Marks an answer by the rules of marking.py, with the explanations that the page carries.
import { DONT_KNOW } from "./_record.js";

/** @typedef {import("../../widgets/_answers.js").Part} Card */
/** @typedef {{ id: string, text: string, chosen: boolean, right: boolean, why: string }} Note */
/**
 * A question's part with all there is to say of it, as _questions.py writes it; `value` is a number and its tolerance.
 * @typedef {{ card: any, key: string[], value: [number, number] | null, notes: Note[],
 *   number: { answer: string, right: string, wrong: string } | null, feature: string, sources: object[] }} Part
 */
/** @typedef {{ response: string[], score: number, verdict: string }} Mark */

/** What is said first, by verdict; a test holds it against Python's. */
export const SAID = {
  "right": "Right.",
  "partly right": "Partly right.",
  "wrong": "Not right.",
  "not known": "You did not know; here is how to tell.",
};

/** The response cannot be one to this question; the message says what would be. */
export class ResponseError extends Error {}

/**
 * @param {Part} part
 * @param {string[]} given
 * @returns {Mark}
 */
export function grade(part, given) {
  const response = normalise(part, given);
  if (isPass(response)) return { response, score: 0, verdict: "not known" };
  const score = scoreOf(part, response);
  return { response, score, verdict: score === 1 ? "right" : score === 0 ? "wrong" : "partly right" };
}

/** @param {string[]} response */
const isPass = (response) => response.length === 1 && response[0] === DONT_KNOW;

/**
 * A response in the form the log keeps.
 * @param {Part} part
 * @param {string[]} given
 */
export function normalise(part, given) {
  const { card } = part;
  if (isPass(given)) return given;
  if (card.kind === "numeric") return [numberOf(card, given[0] ?? "")];
  if (card.kind === "matching") return matched(card, given);
  const ids = card.options.map((/** @type {string[]} */ [id]) => id);
  const count = card.kind === "ordering" ? ids.length : card.choose;
  const unknown = given.find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new ResponseError(`${card.id} has no option “${unknown}”; it has ${ids.join(", ")}.`);
  }
  if (given.length !== count || new Set(given).size !== count) {
    const noun = count > 1 ? "options" : "option";
    throw new ResponseError(`${card.id} asks for ${count} different ${noun}, not ${given.length}.`);
  }
  return card.kind === "ordering" ? [...given] : [...given].sort();
}

/**
 * @param {any} card
 * @param {string[]} given
 */
function matched(card, given) {
  const pairs = new Map(given.map((pair) => /** @type {[string, string]} */ (pair.split("=", 2))));
  const stems = card.stems.map((/** @type {string[]} */ [id]) => id);
  const options = card.options.map((/** @type {string[]} */ [id]) => id);
  const fits = given.length === stems.length && stems.every((/** @type {string} */ id) => pairs.has(id)) &&
    [...pairs.values()].every((id) => options.includes(id));
  if (!fits) {
    throw new ResponseError(`${card.id} asks for each of ${stems.join(", ")} with one of ${options.join(", ")}.`);
  }
  return stems.map((/** @type {string} */ id) => `${id}=${pairs.get(id)}`);
}

/**
 * @param {any} card
 * @param {string} text
 */
function numberOf(card, text) {
  let cleaned = text.trim();
  if (card.unit && cleaned.endsWith(card.unit)) cleaned = cleaned.slice(0, -card.unit.length);
  cleaned = cleaned.trim().replaceAll("\u2212", "-").replaceAll(",", ".");
  if (!/^[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})(e[+-]?\d{1,2})?$/i.test(cleaned)) {
    throw new ResponseError(`${card.id} asks for a number in ${card.unit}, not “${text.slice(0, 40)}”.`);
  }
  const number = Number(cleaned);
  const short = general(number);
  const near = Math.abs(Number(short) - number) <= 1e-9 * Math.max(Math.abs(Number(short)), Math.abs(number));
  return near ? short : cleaned;
}

/**
 * A number with six digits, as Python's format "g" writes it.
 * @param {number} number
 */
export function general(number) {
  if (number === 0) return Object.is(number, -0) ? "-0" : "0";
  const [digits, power] = number.toExponential(5).split("e");
  if (Number(power) >= -4 && Number(power) < 6) return String(Number(number.toPrecision(6)));
  const sign = Number(power) < 0 ? "-" : "+";
  return `${Number(digits)}e${sign}${String(Math.abs(Number(power))).padStart(2, "0")}`;
}

/**
 * @param {Part} part
 * @param {string[]} response
 */
function scoreOf(part, response) {
  const { card, key, value } = part;
  if (value) return Math.abs(Number(response[0]) - value[0]) <= value[1] * (1 + 1e-9) ? 1 : 0;
  if (card.kind === "matching") return key.filter((pair) => response.includes(pair)).length / key.length;
  if (card.kind === "ordering") return key.filter((id, place) => response[place] === id).length / key.length;
  const hits = response.filter((id) => key.includes(id)).length;
  return Math.max(0, hits - (response.length - hits)) / key.length;
}

/**
 * What is told after an answer, as the quiz shows it.
 * @param {Part} part
 * @param {Mark} mark
 * @param {string[]} order ids of the options as they were shown
 * @param {number | null} confidence
 */
export function feedback(part, mark, order, confidence) {
  const given = isPass(mark.response) ? [] : mark.response;
  const notes = part.notes.map((note, place) => ({ ...note, ...judged(part, note, place, given) }));
  const isChoice = part.card.kind === "single" || part.card.kind === "multiple";
  if (isChoice) notes.sort((one, two) => order.indexOf(one.id) - order.indexOf(two.id));
  const needless = mark.verdict === "right" || mark.verdict === "not known";
  return {
    ...{ verdict: mark.verdict, said: SAID[/** @type {keyof typeof SAID} */ (mark.verdict)], response: mark.response },
    ...{ confidence, notes, feature: part.feature, sources: part.sources },
    number: part.number && { ...part.number, wrong: needless ? "" : part.number.wrong },
  };
}

/**
 * @param {Part} part
 * @param {Note} note
 * @param {number} place
 * @param {string[]} given
 */
function judged(part, note, place, given) {
  if (part.card.kind === "matching") {
    const right = part.key.find((pair) => pair.startsWith(`${note.id}=`)) ?? "";
    return { chosen: given.length > 0, right: given.includes(right) };
  }
  if (part.card.kind === "ordering") return { chosen: given.length > 0, right: given[place] === note.id };
  return { chosen: given.includes(note.id), right: note.right };
}

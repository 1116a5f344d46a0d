// Which causes fit what is known of a patient, in an order of fit.
// It is the ranking of knowledge/_rank.py, written again so that it works without a kernel; a test compares them.

/** @typedef {{ id: string, section: string, short: string, plain: string, clinical: string, yes: string, no: string }} Clue */
/**
 * @typedef {import("./_prelude.js").Cause & { cells: string }} Cause
 * `cells` has one letter a clue: y expected, n speaks against, - unknown.
 */
/** @typedef {Pick<Cause, "id" | "name" | "urgency" | "cells">} Ranked what of a cause the ranking reads */
/**
 * @template {Ranked} [C=Cause]
 * @typedef {{ cause: C, fits: Clue[], against: Clue[], silent: Clue[], score: number }} Match
 */

/**
 * Hold the answers against every cause.
 * @template {Ranked} C
 * @param {{ clues: Clue[], causes: C[], urgency: { id: string }[] }} data
 * @param {Record<string, string>} answers clue id to yes, no or not sure
 * @returns {Match<C>[]} best first
 */
export function rankCauses(data, answers) {
  const order = Object.fromEntries(data.urgency.map((word, index) => [word.id, index]));
  const asked = data.clues
    .map((clue, index) => ({ clue, index, answer: answers[clue.id] }))
    .filter(({ answer }) => answer === "yes" || answer === "no");
  const matches = data.causes.map((cause) => matchCause(cause, asked));
  return matches.sort(
    (a, b) =>
      b.score - a.score ||
      order[a.cause.urgency] - order[b.cause.urgency] ||
      a.silent.length - b.silent.length ||
      (a.cause.name < b.cause.name ? -1 : 1),
  );
}

/**
 * @template {Ranked} C
 * @param {C} cause
 * @param {{ clue: Clue, index: number, answer: string }[]} asked
 * @returns {Match<C>}
 */
function matchCause(cause, asked) {
  /** @type {Match<C>} */
  const match = { cause, fits: [], against: [], silent: [], score: 0 };
  for (const { clue, index, answer } of asked) {
    const cell = cause.cells[index];
    if (cell === "-") match.silent.push(clue);
    else if (cell !== answer[0]) match.against.push(clue);
    else if (answer === "yes") match.fits.push(clue);
  }
  match.score = match.fits.length - match.against.length;
  return match;
}

/**
 * Whether a cause that fits must stay in view whatever else is chosen.
 * @param {Match<any>} match
 */
export const mustStay = (match) => match.cause.urgency === "emergency" && match.fits.length > 0;

/**
 * Put a match into words.
 * @param {Match} match
 * @param {Record<string, string>} answers
 */
export function reason(match, answers) {
  const parts = [];
  if (match.fits.length) parts.push(`Fits: ${match.fits.map((clue) => clue.yes).join(" ")}`);
  if (match.against.length) {
    const phrases = match.against.map((clue) => (answers[clue.id] === "yes" ? clue.yes : clue.no));
    parts.push(`Speaks against: ${phrases.join(" ")}`);
  }
  if (match.silent.length) parts.push(`Not known for this cause: ${match.silent.length} of your answers.`);
  return parts.join(" ") || "No answer given yet.";
}

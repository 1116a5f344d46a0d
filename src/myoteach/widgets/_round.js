// What surrounds a question: where the learner stands, what a case has told so far, how it went at the end.
import { h, hidden } from "./_prelude.js";
import { SURE, verdictName, verdictSign } from "./_verdict.js";

/** @typedef {import("./_answers.js").Part} Part */
/** @typedef {import("./_verdict.js").Feedback} Feedback */
/** @typedef {{ first: Part, parts: number }} Question */
/** @typedef {{ title: string, label: string, note: string, vote: boolean, round: number, questions: Question[] }} Data */
/** @typedef {{ part: Part, question: number, place: number, of: number }} Step a part that may be shown, and where it stands */
/** @typedef {Record<string, Feedback>} Told */

/** @param {Data} data */
export const title = (data) => h("p", { class: "qz-title" }, data.title);

/** @param {Data} data */
export const label = (data) => (data.label ? h("p", { class: "qz-label" }, data.label) : null);

/**
 * What the case has told up to this part.
 * @param {Step} step
 */
export function caseSoFar({ part }) {
  if (!part.tells.length) return null;
  const last = part.tells.length - 1;
  return h(
    "div",
    { class: "qz-case" },
    part.tells.map((text, index) => h("p", { class: index === last ? "qz-now" : "" }, text)),
  );
}

/**
 * One word for the parts of a question: the one they share, else partly.
 * @param {Feedback[]} told
 */
function overall(told) {
  const names = new Set(told.map(({ verdict }) => verdictName(verdict)));
  return names.size === 1 ? [...names][0] : "partly";
}

/** @param {Feedback} told */
function outcome(told) {
  const word = { "right": "right", "partly right": "partly right", "wrong": "not right" }[told.verdict] ?? "not known";
  return told.confidence ? `${word}, ${SURE[told.confidence]}` : word;
}

/** @param {(Feedback | undefined)[]} all */
export function summary(all) {
  const count = (/** @type {string} */ verdict) => all.filter((told) => told?.verdict === verdict).length;
  const parts = [
    [count("right"), "right"],
    [count("partly right"), "partly right"],
    [count("wrong"), "not right"],
    [count("not known"), "not known"],
    [all.filter((told) => !told).length, "not answered yet"],
  ].filter(([number]) => number).map(([number, word]) => `${number} ${word}`);
  return `Of ${all.length} questions: ${parts.join(", ")}.`;
}

/**
 * Whether an answer was wrong and sure, which the review asks first.
 * @param {(Feedback | undefined)[]} all
 */
export function sureAndWrong(all) {
  return all.some((told) => told?.confidence === 3 && told.verdict !== "right");
}

/**
 * Where the learner stands: in words, and as a bar with a piece for each question.
 * @param {Data} data
 * @param {Step[]} steps
 * @param {Told} told
 * @param {Step} [here]
 */
export function progress(data, steps, told, here) {
  const pieces = data.questions.map(({ parts }, index) => {
    const answers = steps.filter(({ question }) => question === index).map(({ part }) => told[part.id]);
    const done = answers.length === parts && answers.every(Boolean);
    const state = done ? `qz-piece-${data.vote ? "done" : overall(answers)}` : "";
    return h("span", { class: `qz-piece ${state} ${index === here?.question ? "qz-piece-here" : ""}` });
  });
  const part = here && here.of > 1 ? `, part ${here.place + 1} of ${here.of}` : "";
  const where = here ? `Question ${here.question + 1} of ${data.questions.length}${part}` : "Result";
  return h(
    "div",
    { class: "qz-progress" },
    h("p", {}, where),
    h("div", { class: "qz-pieces", "aria-hidden": "true" }, pieces),
  );
}

/**
 * How the question was answered before this round.
 * @param {{ time: number, verdict: string } | undefined} last
 */
export function lastTime(last) {
  if (!last) return null;
  const day = new Date(last.time).toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  const how = last.verdict === "?" ? "you did not know it" : last.verdict === "right" ? "right" : "not right";
  return h("p", { class: "qz-last" }, `Last time (${day}): ${how}.`);
}

/**
 * Every question with its outcome; each leads back to it.
 * @param {Step[]} steps
 * @param {Told} told
 * @param {(slot: string) => void} go
 */
export function resultList(steps, told, go) {
  const rows = steps.map(({ part, question, place, of }) => {
    const answer = told[part.id];
    const where = of > 1 ? `${question + 1}, part ${place + 1}` : `${question + 1}`;
    const open = h("span", { class: "qz-sign qz-open-sign", "aria-hidden": "true" });
    const look = h(
      "button",
      { type: "button", class: "qz-look", onclick: () => go(part.id) },
      hidden(`Question ${where}. `),
      part.stem,
      h("span", { class: "qz-outcome" }, answer ? outcome(answer) : "not answered yet"),
    );
    return h("li", {}, answer ? verdictSign(answer.verdict) : open, look);
  });
  return h("ul", { class: "qz-results" }, rows);
}

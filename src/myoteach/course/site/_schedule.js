// When a question is due again: FSRS as the library `fsrs` computes it without chance (_schedule.py), with the numbers
// that the library itself gives at build time.
import { isCard } from "./_record.js";

/** @typedef {import("./_record.js").Attempt} Attempt */
/**
 * @typedef {{ parameters: number[], desired_retention: number, learning_steps: number[], relearning_steps: number[],
 *   maximum_interval: number }} Plan
 */
/** @typedef {{ step: number | null, learnt: boolean, stability: number, difficulty: number, last: number, due: number }} State */

export const DAY = 86_400_000;
/** Older attempts hardly move the next date. */
const REPLAYED = 40;
const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4];

/**
 * When a question is due, in milliseconds since 1970.
 * @param {Plan} plan
 * @param {Attempt[]} attempts at one question, in order of time
 */
export function dueTime(plan, attempts) {
  /** @type {State | null} */
  let state = null;
  for (const attempt of attempts.slice(-REPLAYED)) state = review(plan, state, rating(attempt), attempt.time);
  return state?.due ?? 0;
}

/** @param {Attempt} attempt */
function rating({ correct, easy, confidence, item, response }) {
  if (!correct) return AGAIN;
  if (easy) return EASY;
  const isUnsure = confidence !== null && confidence < 2;
  return isUnsure || (isCard(item) && response.join() === "hard") ? HARD : GOOD;
}

/**
 * @param {Plan} plan
 * @param {State | null} state
 * @param {number} rated
 * @param {number} time
 * @returns {State}
 */
function review(plan, state, rated, time) {
  const next = state ? remembered(plan, state, rated, time) : begun(plan, rated);
  const steps = (state?.learnt ?? false) ? plan.relearning_steps : plan.learning_steps;
  const step = state ? state.step : 0;
  const { wait, at } = step === null
    ? afterReview(plan, next.stability, rated)
    : afterStep(plan, steps, step, next.stability, rated);
  const learnt = (state?.learnt ?? false) || at === null;
  return { ...next, step: at, learnt, last: time, due: time + wait };
}

/**
 * @param {Plan} plan
 * @param {number} rated
 */
function begun({ parameters: w }, rated) {
  return { stability: positive(w[rated - 1]), difficulty: within(firstDifficulty(w, rated)) };
}

/**
 * @param {Plan} plan
 * @param {State} state
 * @param {number} rated
 * @param {number} time
 */
function remembered(plan, { stability, difficulty, last }, rated, time) {
  const w = plan.parameters;
  const days = Math.floor((time - last) / DAY);
  const later = days < 1 ? shortTerm(w, stability, rated) : longTerm(w, stability, difficulty, days, rated);
  const change = ((10 - difficulty) * -(w[6] * (rated - 3))) / 9;
  const drawn = w[7] * firstDifficulty(w, EASY) + (1 - w[7]) * (difficulty + change);
  return { stability: positive(later), difficulty: within(drawn) };
}

/**
 * @param {number[]} w
 * @param {number} stability
 * @param {number} rated
 */
function shortTerm(w, stability, rated) {
  const rise = Math.E ** (w[17] * (rated - 3 + w[18])) * stability ** -w[19];
  return stability * (rated === AGAIN ? rise : Math.max(rise, 1));
}

/**
 * @param {number[]} w
 * @param {number} stability
 * @param {number} difficulty
 * @param {number} days
 * @param {number} rated
 */
function longTerm(w, stability, difficulty, days, rated) {
  const decay = -w[20];
  const factor = 0.9 ** (1 / decay) - 1;
  const recalled = (1 + (factor * Math.max(0, days)) / stability) ** decay;
  if (rated === AGAIN) {
    const long = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1) * Math.E ** ((1 - recalled) * w[14]);
    return Math.min(long, stability / Math.E ** (w[17] * w[18]));
  }
  const rise = Math.E ** w[8] * (11 - difficulty) * stability ** -w[9] * (Math.E ** ((1 - recalled) * w[10]) - 1);
  return stability * (1 + rise * (rated === HARD ? w[15] : 1) * (rated === EASY ? w[16] : 1));
}

/**
 * @param {number[]} w
 * @param {number} rated
 */
const firstDifficulty = (w, rated) => w[4] - Math.E ** (w[5] * (rated - 1)) + 1;

const positive = (/** @type {number} */ stability) => Math.max(stability, 0.001);
const within = (/** @type {number} */ difficulty) => Math.min(Math.max(difficulty, 1), 10);

/**
 * @param {Plan} plan
 * @param {number} stability
 * @param {number} rated
 */
function afterReview(plan, stability, rated) {
  if (rated === AGAIN && plan.relearning_steps.length) return { wait: 1000 * plan.relearning_steps[0], at: 0 };
  return { wait: interval(plan, stability), at: null };
}

/**
 * @param {Plan} plan
 * @param {number[]} steps in seconds
 * @param {number} step
 * @param {number} stability
 * @param {number} rated
 */
function afterStep(plan, steps, step, stability, rated) {
  const done = { wait: interval(plan, stability), at: null };
  if (!steps.length || (step >= steps.length && rated !== AGAIN)) return done;
  if (rated === AGAIN) return { wait: 1000 * steps[0], at: 0 };
  if (rated === HARD) {
    const first = steps.length === 1 ? 1.5 * steps[0] : (steps[0] + steps[1]) / 2;
    return { wait: 1000 * (step === 0 ? first : steps[step]), at: step };
  }
  if (rated === EASY || step + 1 === steps.length) return done;
  return { wait: 1000 * steps[step + 1], at: step + 1 };
}

/**
 * @param {Plan} plan
 * @param {number} stability
 */
function interval(plan, stability) {
  const decay = -plan.parameters[20];
  const factor = 0.9 ** (1 / decay) - 1;
  const days = rounded((stability / factor) * (plan.desired_retention ** (1 / decay) - 1));
  return DAY * Math.min(Math.max(days, 1), plan.maximum_interval);
}

/** Round as Python does: a half goes to the even neighbour. */
function rounded(/** @type {number} */ number) {
  const low = Math.floor(number);
  if (number - low !== 0.5) return Math.round(number);
  return low % 2 ? low + 1 : low;
}

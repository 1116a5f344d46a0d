// What a page keeps by itself: answers that have not reached the kernel, so that a kernel that dies loses none, and
// whether the learner wants to be asked how sure they are. Ids of options only; a page without storage keeps nothing.

const ANSWER = "myoteach-answer";
const CONFIDENCE = "myoteach-confidence";

/** @typedef {{ response?: string[], confidence?: number }} Pick */

/**
 * @template T
 * @param {() => T} action
 * @returns {T | null} null when the page may not store anything
 */
function tryTo(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

/**
 * @param {string} quiz
 * @param {{ id: string, version: number }} part
 */
const nameOf = (quiz, part) => `${ANSWER}:${quiz}:${part.id}:${part.version}`;

/**
 * Keep an answer that was chosen; without one, forget it.
 * @param {string} quiz
 * @param {{ id: string, version: number }} part
 * @param {Pick} [pick]
 */
export function keep(quiz, part, pick) {
  const name = nameOf(quiz, part);
  tryTo(() => pick ? sessionStorage.setItem(name, JSON.stringify(pick)) : sessionStorage.removeItem(name));
}

/**
 * The answer that was kept for a part, if there is one.
 * @param {string} quiz
 * @param {{ id: string, version: number }} part
 * @returns {Pick | null}
 */
export const kept = (quiz, part) => tryTo(() => JSON.parse(sessionStorage.getItem(nameOf(quiz, part)) ?? "null"));

/** Whether the learner has switched the question of confidence off, on this machine. */
export const confidenceOff = () => tryTo(() => localStorage.getItem(CONFIDENCE) === "off") ?? false;

/** @param {boolean} on */
export function keepConfidence(on) {
  tryTo(() => on ? localStorage.removeItem(CONFIDENCE) : localStorage.setItem(CONFIDENCE, "off"));
}

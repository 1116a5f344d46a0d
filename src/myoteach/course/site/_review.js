// What the review asks: the questions that are due, each alone, with what its case had told before it.
import { reviewQueue } from "./_tally.js";
import { span } from "./_cards_host.js";

/** @typedef {import("./_quiz_host.js").Question} Question */

/**
 * Every question by the id of its part; a part of a case stands alone, with what was told up to it.
 * @param {Record<string, Question>} questions
 * @returns {Record<string, Question>}
 */
export const alone = (questions) =>
  Object.fromEntries(
    Object.values(questions).flatMap(({ parts, contrast }) =>
      parts.map((part) => [part.card.id, { parts: [part], contrast: parts.length === 1 ? contrast : null }])
    ),
  );

/**
 * What is asked now, and the words above it.
 * @param {import("./_tally.js").Index} index
 * @param {import("./_log.js").Log} log
 */
export function dueNow(index, log) {
  const now = log.clock();
  const { chosen, next } = reviewQueue(index, log.reading.attempts, now);
  const drafts = chosen.filter((name) => index.items[name].draft).length;
  const which = drafts === chosen.length ? "these questions" : `${drafts} of these ${chosen.length} questions`;
  const label = drafts ? `Draft: no clinician has reviewed ${which} yet.` : "";
  const none = Number.isFinite(next)
    ? `Nothing is due now. The next question is due in ${span(next - now, "about")}.`
    : "Nothing to review yet. A question you have answered comes back here when it is time to ask it again.";
  return { asked: chosen, head: { title: "Review", label, note: chosen.length ? "" : none } };
}

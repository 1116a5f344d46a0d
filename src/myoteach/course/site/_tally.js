// What the attempts add up to (progress.py, overview.py, _queue.py): a fold over the log, nothing stored beside it.
import { isCard, isKnown } from "./_record.js";
import { DAY, dueTime } from "./_schedule.js";

/** @typedef {import("./_record.js").Attempt} Attempt */
/**
 * What _questions.py says of every question.
 * @typedef {{ version: number, lesson: string, objective: string, category: string, draft: boolean, stem: string,
 *   told: string }} Entry
 */
/**
 * @typedef {{ items: Record<string, Entry>, decks: Record<string, string[]>, pages: Record<string, string>,
 *   schedule: import("./_schedule.js").Plan | null }} Index
 */
/** @typedef {{ total: number, met: number, known: number, due: number }} Tally */

const SURE = 3;
/** Never more than this many of one category in a row. */
const RUN = 2;

/**
 * Attempts by question, in order of time; one dated later than now counts as made now.
 * @param {Attempt[]} attempts
 * @param {number} now
 */
export function byItem(attempts, now) {
  /** @type {Map<string, Attempt[]>} */
  const found = new Map();
  for (const attempt of attempts) {
    const made = attempt.time > now ? { ...attempt, time: now } : attempt;
    found.set(made.item, [...(found.get(made.item) ?? []), made]);
  }
  return found;
}

/**
 * When each question that was tried is due; one changed since then is due at once.
 * @param {Index} index
 * @param {Map<string, Attempt[]>} items
 * @param {(name: string) => number | undefined} version of what there is
 */
function dueTimes({ schedule }, items, version) {
  /** @type {Map<string, number>} */
  const due = new Map();
  for (const [name, made] of items) {
    const current = version(name);
    if (current === undefined || !schedule) continue;
    due.set(name, last(made).version < current ? 0 : dueTime(schedule, made));
  }
  return due;
}

/** @template T @param {T[]} list @returns {T} */
const last = (list) => list[list.length - 1];

/**
 * Questions whose latest answer was wrong and sure, latest first.
 * @param {Map<string, Attempt[]>} items
 */
function sureAndWrong(items) {
  const wrong = [...items].reverse().filter(([, made]) => {
    const latest = last(made);
    return isKnown(latest) && !latest.correct && latest.confidence === SURE;
  });
  return wrong.sort(([, one], [, two]) => last(two).time - last(one).time).map(([name]) => name);
}

/**
 * Progress, ready to be shown.
 * @param {Index} index
 * @param {Attempt[]} attempts in order of time
 * @param {number} now
 */
export function overview(index, attempts, now) {
  const questions = byItem(attempts.filter(({ item }) => !isCard(item)), now);
  const rated = byItem(attempts.filter(({ item }) => isCard(item)), now);
  const every = new Set(Object.values(index.decks).flat());
  const due = dueTimes(index, questions, (name) => index.items[name]?.version);
  const dueCards = dueTimes(index, rated, (name) => every.has(name) ? 1 : undefined);
  /** @type {Record<string, string[]>} */
  const inside = {};
  for (const [name, { objective }] of Object.entries(index.items)) (inside[objective] ??= []).push(name);
  const tallied = (/** @type {Record<string, string[]>} */ groups, /** @type {any} */ made, /** @type {any} */ dates) =>
    Object.fromEntries(Object.entries(groups).map(([name, names]) => [name, tally(names, made, dates, now)]));
  const coming = { now: 0, day: 0, week: 0, later: 0 };
  for (const time of due.values()) coming[when(time - now)] += 1;
  return {
    objectives: tallied(inside, questions, due),
    decks: tallied(index.decks, rated, dueCards),
    wrong: sureAndWrong(questions).filter((name) => name in index.items),
    coming,
    calibration: calibrated(attempts.filter(({ item }) => !isCard(item))),
    gone: attempts.filter(({ item }) => !(item in index.items) && !every.has(item)).length,
    future: attempts.filter(({ item, time }) => !isCard(item) && time > now).length,
  };
}

/**
 * @param {string[]} names
 * @param {Map<string, Attempt[]>} items
 * @param {Map<string, number>} due
 * @param {number} now
 * @returns {Tally}
 */
function tally(names, items, due, now) {
  const met = names.filter((name) => items.has(name));
  const known = met.filter((name) => {
    const latest = last(/** @type {Attempt[]} */ (items.get(name)));
    return latest.correct && latest.confidence !== 1;
  });
  const ready = names.filter((name) => (due.get(name) ?? Infinity) <= now);
  return { total: names.length, met: met.length, known: known.length, due: ready.length };
}

/** @param {number} wait @returns {"now" | "day" | "week" | "later"} */
function when(wait) {
  if (wait <= 0) return "now";
  return wait <= DAY ? "day" : wait <= 7 * DAY ? "week" : "later";
}

/** @param {Attempt[]} attempts */
function calibrated(attempts) {
  return ["unsure", "fairly sure", "sure"].map((word, place) => {
    const answered = attempts.filter((attempt) => isKnown(attempt) && attempt.confidence === place + 1);
    return { word, right: answered.filter(({ correct }) => correct).length, answered: answered.length };
  });
}

/**
 * What to ask now: the confidently wrong, then what is due, longest overdue first, categories mixed.
 * @param {Index} index
 * @param {Attempt[]} attempts
 * @param {number} now
 * @param {number} limit
 */
export function reviewQueue(index, attempts, now, limit = 20) {
  const items = byItem(attempts.filter(({ item }) => !isCard(item)), now);
  const due = dueTimes(index, items, (name) => index.items[name]?.version);
  const ready = [...due].filter(([, time]) => time <= now).sort(([, one], [, two]) => one - two).map(([name]) => name);
  const wrong = sureAndWrong(items).filter((name) => name in index.items);
  const chosen = [...new Set([...wrong, ...ready])].slice(0, limit);
  const next = Math.min(...due.values());
  return { chosen: mix(chosen, (name) => index.items[name].category), next };
}

/**
 * Cards to show: due ones, longest overdue first, then new ones.
 * @param {Index} index
 * @param {string[]} deck
 * @param {Attempt[]} attempts
 * @param {number} now
 * @param {number} limit
 */
export function cardQueue(index, deck, attempts, now, limit = 10) {
  const known = new Set(deck);
  const items = byItem(attempts.filter(({ item }) => known.has(item)), now);
  const due = dueTimes(index, items, () => 1);
  const ready = [...due].filter(([, time]) => time <= now).sort(([, one], [, two]) => one - two).map(([name]) => name);
  const fresh = deck.filter((name) => !items.has(name));
  const chosen = [...ready, ...fresh].slice(0, limit);
  return { chosen, next: Math.min(...due.values()) };
}

/**
 * Reorder as little as needed so that never more than two of one category follow each other; what cannot be placed is
 * left out.
 * @template T
 * @param {T[]} values
 * @param {(value: T) => string} category
 */
export function mix(values, category) {
  const [left, mixed] = [[...values], /** @type {T[]} */ ([])];
  while (left.length) {
    const tail = mixed.slice(-RUN).map(category);
    const third = (/** @type {T} */ value) => tail.length === RUN && tail.every((group) => group === category(value));
    const allowed = left.filter((value) => !third(value));
    if (!allowed.length) break;
    const counts = counted(left, category);
    const most = allowed.reduce((one, two) =>
      (counts.get(category(two)) ?? 0) > (counts.get(category(one)) ?? 0) ? two : one
    );
    const best = allowed.find((value) => canGoOn(left, mixed, value, category)) ?? most;
    left.splice(left.indexOf(best), 1);
    mixed.push(best);
  }
  return mixed;
}

/**
 * @template T
 * @param {T[]} values
 * @param {(value: T) => string} category
 */
function counted(values, category) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const value of values) counts.set(category(value), (counts.get(category(value)) ?? 0) + 1);
  return counts;
}

/**
 * Whether the rest can still all be placed once a value has been.
 * @template T
 * @param {T[]} left
 * @param {T[]} mixed
 * @param {T} value
 * @param {(value: T) => string} category
 */
function canGoOn(left, mixed, value, category) {
  const counts = counted(left, category);
  const group = category(value);
  counts.set(group, (counts.get(group) ?? 0) - 1);
  const tail = [...mixed.slice(-1), value].map(category);
  const run = tail.every((other) => other === group) ? tail.length : 1;
  const total = left.length - 1;
  return [...counts].every(([name, count]) => count <= RUN * (total - count + 1) - (name === group ? run : 0));
}

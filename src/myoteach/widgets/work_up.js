// Work-up: history, examination, tests. Each step taken shortens the list of causes or is said to have been needless.
// How a step stood is decided from the traits alone, as work_up.py does; a test compares the two.
import { opening, sourced, wordingSwitch } from "./_opened.js";
import { causeFacts, h, hidden, pick, put, refill, segmented, sourcesBlock, urgencyBadge, watch } from "./_prelude.js";
import { mustStay, rankCauses } from "./_ranking.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_ranking.js").Clue} Clue */
/** @typedef {Pick<import("./_ranking.js").Cause, "id" | "name" | "plain_name" | "urgency" | "cells">} Cause */
/** @typedef {import("./_ranking.js").Match<Cause>} Match */
/** @typedef {import("./_prelude.js").Provenance & { id: string, test: string, plain_name: string, tier: string,
 *   indication: string, shows_plain: string, shows_clinical: string, caveat: string, causes: string[] }} Test */
/** @typedef {{ cases: string[], steps: { kind: string, sections: string[] }[], tiers: string[], first: Test,
 *   tests: Test[], clues: Clue[], causes: Cause[], answers: Record<string, import("./_prelude.js").Cause>,
 *   urgency: { id: string, plain: string, clinical: string }[],
 *   sources: Record<string, import("./_prelude.js").Source> }} Data */
/** @typedef {"found" | "early" | "hit" | "fair" | "needless"} Verdict */
/** @typedef {{ step: string, test: Test | undefined, verdict: Verdict, before: Match[], after: Match[] }} Taken */
/**
 * What is drawn from: the data, the case, and the steps taken so far.
 * @typedef {{ data: Data, cause: Cause, clinical: boolean, taken: Taken[], ranked: Match[], examined: boolean }} View
 */

const STATE = ["case", "done", "named", "looked", "tiers", "opened", "wording"];
const SHOWN = 6;
const WATCHED = 4;
const LISTED = 3;
/** Shape and word of a verdict. */
const VERDICTS = {
  found: ["●", "found"],
  hit: ["●", "points to the cause"],
  fair: ["○", "fair question"],
  early: ["▲", "out of order"],
  needless: ["✕", "not needed here"],
};
const STRIP_NOTE =
  "What stands later is meant to take more time and effort: a judgement of the table, part draft. Minutes and costs " +
  "have no source, so that none are shown.";
const ORDER_OF_FIT =
  "An order of fit, not a probability, not a diagnosis. A cause that fits less well is not excluded.";

/**
 * What has been found in the case after these steps: clue id to yes or no.
 * @param {Data} data
 * @param {Cause} cause
 * @param {string[]} done
 */
function foundBy(data, cause, done) {
  const pairs = data.clues
    .map((clue, index) => /** @type {[Clue, string]} */ ([clue, cause.cells[index]]))
    .filter(([clue, cell]) => done.includes(clue.section) && cell !== "-")
    .map(([clue, cell]) => [clue.id, cell === "y" ? "yes" : "no"]);
  return Object.fromEntries(pairs);
}

/**
 * The causes a test may be asked about: those that fit best, and emergencies with more for than against.
 * @param {Match[]} ranked
 */
function inQuestion(ranked) {
  return ranked.filter((match) => match.score === ranked[0].score || (mustStay(match) && match.score > 0));
}

/**
 * Rankings by the answers they rest on: what a step left is asked for again at every later one.
 * @type {WeakMap<Data, Map<string, Match[]>>}
 */
const RANKINGS = new WeakMap();

/**
 * @param {Data} data
 * @param {Record<string, string>} answers
 */
function rankOnce(data, answers) {
  const known = RANKINGS.get(data) ?? new Map();
  RANKINGS.set(data, known);
  const key = JSON.stringify(answers);
  if (!known.has(key)) known.set(key, rankCauses(data, answers));
  return known.get(key);
}

/**
 * Every step taken, with the ranking before and after it and how it stood.
 * @param {Data} data
 * @param {string} caseId
 * @param {string[]} done
 * @returns {Taken[]}
 */
export function follow(data, caseId, done) {
  const cause = /** @type {Cause} */ (data.causes.find(({ id }) => id === caseId));
  let before = rankOnce(data, {});
  return done.map((step, index) => {
    const test = data.tests.find(({ id }) => id === step);
    const after = test ? before : rankOnce(data, foundBy(data, cause, done.slice(0, index + 1)));
    const taken = { step, test, verdict: judge(data, cause, done.slice(0, index), step, test, before), before, after };
    before = after;
    return taken;
  });
}

/**
 * @param {Data} data
 * @param {Cause} cause
 * @param {string[]} earlier
 * @param {string} step
 * @param {Test | undefined} test
 * @param {Match[]} ranked
 * @returns {Verdict}
 */
function judge(data, cause, earlier, step, test, ranked) {
  const [history, examination] = data.steps.map(({ sections }) => sections);
  const has = (/** @type {string[]} */ sections) => sections.every((name) => earlier.includes(name));
  if (!test) return examination.includes(step) && !has(history) ? "early" : "found";
  const examined = has([...history, ...examination]);
  const bedside = test.tier === "bedside";
  if (test.causes.includes(cause.id) && (bedside || examined)) return "hit";
  if (bedside) return "fair";
  if (!examined) return "early";
  return inQuestion(ranked).some((match) => test.causes.includes(match.cause.id)) ? "fair" : "needless";
}

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const bar = toolBar(model, data);
  const status = h("p", { class: "wu-status", role: "status" });
  const strip = h("div", { class: "wu-strip" });
  const choices = h("div", { class: "wu-choices" });
  const results = h("div", { class: "wu-results", tabindex: -1 });
  const jump = h(
    "button",
    { type: "button", class: "myo-button wu-jump", onclick: () => results.focus() },
    "What it shows ↓",
  );
  const root = h(
    "div",
    { role: "group", class: "myo wu", "aria-label": "Work-up: choose the next step" },
    bar.node,
    strip,
    status,
    jump,
    h("div", { class: "wu-grid" }, choices, results),
  );
  const draw = () => {
    const view = viewOf(model, data);
    bar.update();
    status.textContent = statusOf(view);
    refill(strip, ...stripParts(model, view));
    refill(choices, ...choiceParts(model, view));
    refill(results, ...resultParts(model, view));
  };
  el.replaceChildren(root);
  draw();
  return watch(model, STATE, draw);
}

/**
 * @param {Model} model
 * @param {Data} data
 * @returns {View}
 */
function viewOf(model, data) {
  const done = model.get("done");
  const taken = follow(data, model.get("case"), done);
  const sections = data.steps.flatMap((step) => step.sections);
  return {
    data,
    cause: /** @type {Cause} */ (data.causes.find(({ id }) => id === model.get("case"))),
    clinical: model.get("wording") === "clinical",
    taken,
    ranked: taken.at(-1)?.after ?? rankOnce(data, {}),
    examined: sections.every((name) => done.includes(name)),
  };
}

/**
 * @param {Model} model
 * @param {Data} data
 */
function toolBar(model, data) {
  const cases = segmented({
    legend: "Case",
    options: data.cases.map((id, index) => /** @type {[string, string]} */ ([id, index ? `${index + 1}` : "Case 1"])),
    value: model.get("case"),
    onpick: (value) => begin(model, value),
    quiet: true,
  });
  const wording = wordingSwitch(model);
  const back = h("button", { type: "button", class: "myo-button", onclick: () => undo(model) }, "Undo");
  const again = h(
    "button",
    { type: "button", class: "myo-button", onclick: () => begin(model, model.get("case")) },
    "Start again",
  );
  const update = () => {
    pick(cases, model.get("case"));
    pick(wording, model.get("wording"));
  };
  return { node: h("div", { class: "myo-bar" }, cases, wording, back, again), update };
}

/**
 * @param {Model} model
 * @param {string} id
 */
function begin(model, id) {
  model.set("done", []);
  for (const name of ["named", "looked", "opened"]) model.set(name, "");
  put(model, "case", id);
}

/** @param {Model} model */
function undo(model) {
  model.set("named", "");
  model.set("looked", "");
  put(model, "done", model.get("done").slice(0, -1));
}

/**
 * @param {Model} model
 * @param {string} step
 */
function take(model, step) {
  if (model.get("done").includes(step)) return put(model, "looked", step);
  model.set("looked", step);
  put(model, "done", [...model.get("done"), step]);
}

/**
 * @param {View} view
 * @param {string} step
 */
function nameOf({ data, clinical }, step) {
  const test = data.tests.find(({ id }) => id === step);
  return test ? (clinical ? test.test : test.plain_name) : step[0].toUpperCase() + step.slice(1);
}

/**
 * @param {{ name: string, plain_name: string }} cause
 * @param {boolean} clinical
 */
const causeName = (cause, clinical) => clinical ? cause.name : cause.plain_name;

/** @param {Match[]} ranked */
const bestCount = (ranked) => ranked.filter(({ score }) => score === ranked[0].score).length;

/** @param {View} view */
function statusOf(view) {
  const last = view.taken.at(-1);
  if (!last) return "Somebody has jerks. What do you do first?";
  const count = bestCount(view.ranked);
  const fit = `${count} ${count === 1 ? "cause fits" : "causes fit"} best.`;
  return `${nameOf(view, last.step)}: ${VERDICTS[last.verdict][1]}. ${fit}`;
}

/**
 * Time and effort: what was chosen, in the column where it comes.
 * @param {Model} model
 * @param {View} view
 */
function stripParts(model, view) {
  const { data, taken } = view;
  const columns = [...data.steps.map(({ kind }) => kind), ...data.tiers];
  const columnOf = (/** @type {Taken} */ { step, test }) =>
    test ? test.tier : data.steps.find(({ sections }) => sections.includes(step))?.kind;
  const cells = columns.map((name) => {
    const chips = taken.map((one, index) => columnOf(one) === name ? chip(model, view, one, index) : null);
    const label = name[0].toUpperCase() + name.slice(1);
    return h("li", {}, h("span", { class: "wu-column" }, label), h("span", { class: "wu-chips" }, chips));
  });
  return [
    h("ol", { class: "wu-columns", "aria-label": "Time and effort, from little to much" }, cells),
    h("p", { class: "wu-note" }, STRIP_NOTE),
  ];
}

/**
 * @param {Model} model
 * @param {View} view
 * @param {Taken} one
 * @param {number} index
 */
function chip(model, view, { step, verdict }, index) {
  const [shape, word] = VERDICTS[verdict];
  return h(
    "button",
    {
      type: "button",
      class: `wu-chip wu-${verdict}`,
      "data-key": `chip-${step}`,
      "aria-label": `Step ${index + 1}, ${nameOf(view, step)}: ${word}`,
      onclick: () => put(model, "looked", step),
    },
    `${index + 1} ${shape}`,
  );
}

/**
 * History, examination and tests, each as buttons.
 * @param {Model} model
 * @param {View} view
 */
function choiceParts(model, view) {
  const kinds = view.data.steps.map(({ kind, sections }, index) =>
    h(
      "div",
      { class: "wu-kind", role: "group", "aria-label": kind },
      h("p", { class: "wu-title" }, `${index + 1}  ${kind}`),
      h("div", { class: "wu-buttons" }, sections.map((name) => stepButton(model, view, name))),
    )
  );
  const tests = h(
    "div",
    { class: "wu-kind", role: "group", "aria-label": "Tests" },
    h("p", { class: "wu-title" }, `${kinds.length + 1}  Tests`),
    view.data.tiers.map((tier) => tierFold(model, view, tier)),
  );
  return [...kinds, tests];
}

/**
 * @param {Model} model
 * @param {View} view
 * @param {string} step
 */
function stepButton(model, view, step) {
  const one = view.taken.find((taken) => taken.step === step);
  const mark = one ? h("span", { "aria-hidden": "true" }, ` ${VERDICTS[one.verdict][0]}`) : null;
  return h(
    "button",
    {
      type: "button",
      class: `wu-step${one ? ` wu-done wu-${one.verdict}` : ""}`,
      "data-key": `step-${step}`,
      onclick: () => take(model, step),
    },
    nameOf(view, step),
    mark,
    one ? hidden(`, taken: ${VERDICTS[one.verdict][1]}`) : null,
  );
}

/**
 * @param {Model} model
 * @param {View} view
 * @param {string} tier
 */
function tierFold(model, view, tier) {
  const tests = view.data.tests.filter((test) => test.tier === tier);
  const open = model.get("tiers").includes(tier);
  const turn = (/** @type {Event} */ event) => {
    event.preventDefault(); // the trait opens and shuts it, so that nothing is known to the page alone
    const tiers = model.get("tiers");
    put(model, "tiers", open ? tiers.filter((/** @type {string} */ name) => name !== tier) : [...tiers, tier]);
  };
  const title = h("summary", { "data-key": `tier-${tier}`, onclick: turn }, tier[0].toUpperCase() + tier.slice(1));
  title.append(h("span", { class: "wu-count" }, ` ${tests.length} tests`));
  const buttons = open
    ? h("div", { class: "wu-buttons" }, tests.map((test) => stepButton(model, view, test.id)))
    : null;
  return h("details", { class: "wu-tier", open }, title, buttons);
}

/**
 * @param {Model} model
 * @param {View} view
 */
function resultParts(model, view) {
  const looked = view.taken.find(({ step }) => step === model.get("looked")) ?? view.taken.at(-1);
  const parts = [
    namedPart(model, view),
    looked ? stepCard(model, view, looked) : firstCard(model, view),
    trail(view),
    candidates(model, view),
  ];
  return /** @type {Node[]} */ (parts.filter(Boolean));
}

/**
 * Why one begins with talking and looking.
 * @param {Model} model
 * @param {View} view
 */
function firstCard(model, { data, clinical }) {
  const { first } = data;
  return h(
    "div",
    { class: "wu-card" },
    h("p", { class: "wu-title" }, "History, then examination, then tests"),
    h("p", {}, clinical ? first.shows_clinical : first.shows_plain),
    sourced(model, first.id, first, data.sources, first.plain_name),
  );
}

/**
 * What a step found, or why it was not the one to take.
 * @param {Model} model
 * @param {View} view
 * @param {Taken} one
 */
function stepCard(model, view, one) {
  const [shape, word] = VERDICTS[one.verdict];
  return h(
    "div",
    { class: `wu-card wu-${one.verdict}`, role: "group", "aria-label": "The step" },
    h(
      "p",
      { class: "wu-verdict" },
      h("span", { "aria-hidden": "true" }, `${shape} `),
      `${nameOf(view, one.step)}: ${word}`,
    ),
    one.test ? testWords(model, view, one, one.test) : findings(model, view, one),
  );
}

/**
 * @param {Model} model
 * @param {View} view
 * @param {Taken} one
 */
function findings(model, { data, cause }, { step, verdict }) {
  const said = data.clues.flatMap((clue, index) => {
    const cell = clue.section === step ? cause.cells[index] : "-";
    return cell === "-" ? [] : [[cell === "y" ? "● " : "– ", cell === "y" ? clue.yes : clue.no]];
  });
  const items = said.map(([sign, text]) => h("li", {}, h("span", { "aria-hidden": "true" }, sign), text));
  return [
    verdict === "early"
      ? h(
        "p",
        {},
        "Ask first, then examine: the history says what to look for. This order is a habit of teaching here.",
      )
      : null,
    items.length
      ? h("ul", { class: "wu-found-list" }, items)
      : h("p", {}, "Nothing telling for this case is in the tables."),
    verdict === "early" ? sourced(model, data.first.id, data.first, data.sources, data.first.plain_name) : null,
  ];
}

/**
 * @param {Model} model
 * @param {View} view
 * @param {Taken} one
 * @param {Test} test
 */
function testWords(model, view, one, test) {
  const { data, clinical } = view;
  return [
    h("p", {}, verdictWords(view, one, test)),
    h("p", {}, h("strong", {}, "Who needs it: "), test.indication),
    h("p", {}, h("strong", {}, "What it can show: "), clinical ? test.shows_clinical : test.shows_plain),
    clinical ? h("p", {}, h("strong", {}, "Limits: "), test.caveat) : null,
    sourced(model, test.id, test, data.sources, nameOf(view, test.id)),
  ];
}

/**
 * @param {View} view
 * @param {Taken} one
 * @param {Test} test
 */
function verdictWords(view, { verdict, before }, test) {
  const { data, clinical, cause } = view;
  const namesOf = (/** @type {Cause[]} */ causes) => causes.map((one) => causeName(one, clinical)).join(", ");
  const asked = inQuestion(before).map((match) => match.cause).filter(({ id }) => test.causes.includes(id));
  const all = data.causes.filter(({ id }) => test.causes.includes(id));
  const some = all.length > LISTED ? `${namesOf(all.slice(0, LISTED))} and ${all.length - LISTED} more` : namesOf(all);
  if (verdict === "hit") {
    return `It answers the question. In this made-up case it points to: ${causeName(cause, clinical)}.`;
  }
  if (verdict === "early") {
    return "Before history and examination are complete, nobody knows which question it is to answer.";
  }
  if (verdict === "fair") {
    const why = asked.length
      ? `it can show what still fits: ${namesOf(asked.slice(0, LISTED))}`
      : "it takes little at the bedside";
    return `A fair question: ${why}. In this made-up case it showed nothing of the kind.`;
  }
  if (!all.length) {
    return "Not needed here: the tables tie it to no single cause, so that it would not shorten the list.";
  }
  return `Not needed here: nothing it can show fits as well as the causes in view. It can show: ${some}.`;
}

/**
 * How many causes fit best after each part of history and examination. The bar counts causes; it says nothing of how
 * often they are met.
 * @param {View} view
 */
function trail({ data, taken }) {
  const total = data.causes.length;
  const rows = taken.filter(({ test }) => !test).map(({ step, after }) => {
    const count = bestCount(after);
    return h(
      "li",
      {},
      h("span", {}, step[0].toUpperCase() + step.slice(1)),
      h("span", { class: "wu-bar", "aria-hidden": "true" }, h("span", { style: `width: ${100 * count / total}%` })),
      h("strong", {}, String(count)),
    );
  });
  if (!rows.length) return null;
  return h(
    "div",
    { class: "wu-trail", role: "group", "aria-label": "How many causes fit best" },
    h("p", { class: "wu-title" }, `Of ${total} causes, this many fit best after`),
    h("ol", {}, rows),
  );
}

/**
 * The causes that fit best, each with a button that names it.
 * @param {Model} model
 * @param {View} view
 */
function candidates(model, view) {
  if (!view.taken.length) return null;
  const hit = view.taken.some(({ verdict }) => verdict === "hit");
  const best = view.ranked.filter(({ score }) => score === view.ranked[0].score);
  const shown = best.slice(0, SHOWN);
  if (hit && !shown.some(({ cause }) => cause.id === view.cause.id)) {
    shown.unshift(/** @type {Match} */ (view.ranked.find(({ cause }) => cause.id === view.cause.id)));
  }
  const more = best.length - SHOWN;
  const watched = view.ranked.filter((match) => mustStay(match) && match.score > 0 && !best.includes(match));
  const answer = () => put(model, "named", view.cause.id);
  return h(
    "div",
    { class: "wu-candidates", role: "group", "aria-label": "Causes that fit best" },
    h("p", { class: "wu-title" }, "Fit best now"),
    h("ul", {}, shown.map((match) => candidate(model, view, match, hit))),
    more > 0 ? h("p", { class: "wu-note" }, `and ${more} more that fit as well.`) : null,
    watched.length ? watchedPart(model, view, watched) : null,
    h("p", { class: "wu-note" }, ORDER_OF_FIT),
    h("button", { type: "button", class: "myo-button", "data-key": "answer", onclick: answer }, "Show the answer"),
  );
}

/**
 * Emergencies that fit in part: never out of view, but folded where they are many.
 * @param {Model} model
 * @param {View} view
 * @param {Match[]} watched
 */
function watchedPart(model, view, watched) {
  const namesOf = (/** @type {Match[]} */ matches) =>
    `${matches.map(({ cause }) => causeName(cause, view.clinical)).join(", ")}.`;
  const rest = watched.slice(WATCHED);
  return h(
    "div",
    { class: "wu-watch" },
    h("p", {}, urgencyBadge("emergency"), " fit in part and must not be missed: ", namesOf(watched.slice(0, WATCHED))),
    rest.length ? opening(model, "watched", `${rest.length} more`, () => h("p", {}, namesOf(rest))) : null,
  );
}

/**
 * @param {Model} model
 * @param {View} view
 * @param {Match} match
 * @param {boolean} hit
 */
function candidate(model, view, { cause }, hit) {
  const name = causeName(cause, view.clinical);
  const button = h(
    "button",
    {
      type: "button",
      class: "myo-button",
      "data-key": `name-${cause.id}`,
      "aria-label": `Name it: ${name}`,
      onclick: () => put(model, "named", cause.id),
    },
    "Name it",
  );
  const pointed = hit && cause.id === view.cause.id ? h("span", { class: "myo-mark" }, "a test points here") : null;
  return h("li", {}, h("span", {}, urgencyBadge(cause.urgency), " ", name, " ", pointed), button);
}

/**
 * What came of naming a cause.
 * @param {Model} model
 * @param {View} view
 */
function namedPart(model, view) {
  const named = view.data.causes.find(({ id }) => id === model.get("named"));
  if (!named) return null;
  if (named.id !== view.cause.id) {
    const said = `This case was made from another cause than “${causeName(named, view.clinical)}”. What else fits?`;
    return h("div", { class: "wu-card wu-early", role: "status" }, h("p", { class: "wu-verdict" }, said));
  }
  return h("div", { class: "wu-card wu-solved", role: "group", "aria-label": "The answer" }, answerParts(view));
}

/** @param {View} view */
function answerParts(view) {
  const { data, clinical, taken } = view;
  const cause = data.answers[view.cause.id];
  const urgency = data.urgency.find(({ id }) => id === cause.urgency);
  const serving = data.tests.filter(({ causes }) => causes.includes(cause.id)).map(({ id }) => nameOf(view, id));
  const needless = taken.filter(({ verdict }) => verdict === "needless").map(({ step }) => nameOf(view, step));
  const raised = /** @type {[string, string][]} */ ([
    ["More urgent if", clinical ? cause.raise_if_clinical : cause.raise_if_plain],
  ]);
  return [
    h("p", { class: "wu-verdict" }, `The case was made from: ${causeName(cause, clinical)}`),
    h("p", {}, clinical ? cause.clinical : cause.plain),
    h(
      "p",
      {},
      h("strong", {}, "Tests that can show it: "),
      serving.length ? `${serving.join(", ")}.` : "none in the table; history and examination name it.",
    ),
    h(
      "p",
      {},
      h("strong", {}, "Your steps: "),
      `${taken.length}, of which not needed: ${needless.join(", ") || "none"}.`,
    ),
    causeFacts(cause, urgency?.[clinical ? "clinical" : "plain"] ?? "", raised),
    sourcesBlock(cause, data.sources),
  ];
}

export default { render };

// Clue matrix: answer what is known of a patient; the causes re-order by fit, with the reasons in words.
import {
  causeFacts,
  chooser,
  h,
  marks,
  pick,
  put,
  refill,
  s,
  segmented,
  sourcesBlock,
  urgencyBadge,
  watch,
} from "./_prelude.js";
import { mustStay, rankCauses, reason } from "./_ranking.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance} Provenance */
/** @typedef {import("./_ranking.js").Clue} Clue */
/** @typedef {import("./_ranking.js").Cause} Cause */
/** @typedef {import("./_ranking.js").Match} Match */
/** @typedef {Provenance & { id: string, flag: string, action: string, flag_clinical: string, action_clinical: string,
 *   urgency: string, clues: string[] }} Flag */
/** @typedef {{ clues: Clue[], causes: Cause[], groups: { id: string, plain: string, clinical: string }[],
 *   urgency: { id: string, plain: string }[], flags: Flag[],
 *   sources: Record<string, import("./_prelude.js").Source> }} Data */

/** How many causes at a time. Each costs about a millisecond of every answer. */
const PAGE = 6;
const WATCHED = 4;
const MOST_COLUMNS = 5;
/** A disc fits, a cross speaks against, a hollow ring is not known, a dot is absent as expected. */
const SIGNS = {
  fits: "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0Z",
  against: "M-5-5 5 5M5-5-5 5",
  unknown: "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z",
  expected: "M-1.2 0a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0Z",
};
const ORDER_OF_FIT =
  "Best fit first: an order of fit, not a probability, not a diagnosis. A “no” lowers a cause; it never removes one.";
const STATE = ["answers", "audience", "group", "wording", "limit", "opened", "sections", "flags_open", "rest_open"];

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const clinical = () => model.get("wording") === "clinical";
  const form = clueForm(model, data);
  const bar = toolBar(model, data);
  const status = h("p", { class: "cm-status", role: "status" });
  const results = h("div", { class: "cm-results" });
  const root = h(
    "div",
    { role: "group", class: "myo cm", "aria-label": "Clue matrix: which causes fit the clues" },
    bar.node,
    status,
    h("div", { class: "cm-grid" }, form.node, results),
  );
  const draw = () => {
    const answers = model.get("answers");
    const ranked = rankCauses(data, answers);
    const allowed = ranked.filter((match) => isAllowed(model, match));
    bar.update();
    form.update();
    status.textContent = summary(data, ranked, answers, clinical());
    refill(
      results,
      watchStrip(model, data, ranked, answers, clinical()),
      h("p", { class: "cm-note" }, ORDER_OF_FIT),
      resultList(model, data, visible(model, ranked, allowed), answers, clinical()),
      footer(model, data, allowed.length),
    );
  };
  el.replaceChildren(root);
  draw();
  return watch(model, STATE, draw);
}

/**
 * @param {Model} model
 * @param {Data} data
 */
function toolBar(model, data) {
  const wording = segmented({
    legend: "Wording",
    options: [
      ["plain", "Plain words"],
      ["clinical", "Clinical"],
    ],
    value: model.get("wording"),
    onpick: (value) => put(model, "wording", value),
    quiet: true,
  });
  const audience = chooser({
    label: "Show",
    options: [
      ["clinician", "all causes"],
      ["public", "causes anyone may meet"],
    ],
    value: model.get("audience"),
    onpick: (value) => put(model, "audience", value),
  });
  const group = chooser({
    label: "Group",
    options: [
      ["", "every group"],
      ...data.groups.map((row) => /** @type {[string, string]} */ ([row.id, row.plain])),
    ],
    value: model.get("group"),
    onpick: (value) => put(model, "group", value),
  });
  const reset = h(
    "button",
    { type: "button", class: "myo-button", onclick: () => clear(model) },
    "Clear all answers",
  );
  const update = () => {
    pick(wording, model.get("wording"));
    audience.querySelector("select").value = model.get("audience");
    group.querySelector("select").value = model.get("group");
  };
  return { node: h("div", { class: "myo-bar" }, wording, audience, group, reset), update };
}

/** @param {Model} model */
function clear(model) {
  model.set("answers", {});
  model.set("limit", PAGE);
  model.set("opened", "");
  model.save_changes();
}

/**
 * The questions, in four sections that fold.
 * @param {Model} model
 * @param {Data} data
 */
function clueForm(model, data) {
  const rows = data.clues.map((clue) => ({ clue, box: clueBox(model, clue) }));
  const sections = [...new Set(data.clues.map((clue) => clue.section))].map((name) => {
    const inside = rows.filter(({ clue }) => clue.section === name);
    const count = h("span", { class: "cm-count" });
    const toggle = () => {
      const open = model.get("sections");
      if (open.includes(name) === fold.open) return;
      put(
        model,
        "sections",
        fold.open ? [...open, name] : open.filter((/** @type {string} */ other) => other !== name),
      );
    };
    const title = name[0].toUpperCase() + name.slice(1);
    const fold = h(
      "details",
      { class: "cm-section", open: model.get("sections").includes(name), ontoggle: toggle },
      h("summary", {}, title, " ", count),
      inside.map(({ box }) => box.node),
    );
    return { name, fold, count, inside, open: fold.open };
  });
  const update = () => {
    const answers = model.get("answers");
    for (const { clue, box } of rows) {
      box.update(answers[clue.id] ?? "not sure", model.get("wording") === "clinical");
    }
    for (const section of sections) {
      const { name, fold, count, inside } = section;
      // Only what changed in the trait moves a fold: its own toggle event may still be on the way.
      const open = model.get("sections").includes(name);
      if (open !== section.open) fold.open = section.open = open;
      const known = inside.filter(({ clue }) => ["yes", "no"].includes(answers[clue.id])).length;
      const said = known ? `${known} of ${inside.length} answered` : `${inside.length} questions`;
      if (count.textContent !== said) count.textContent = said;
    }
  };
  const intro = h(
    "p",
    { class: "cm-intro" },
    "Answer what you know. Leave the rest at “not sure”: it counts for nothing.",
  );
  return { node: h("div", { class: "cm-clues" }, intro, sections.map(({ fold }) => fold)), update };
}

/**
 * @param {Model} model
 * @param {Clue} clue
 */
function clueBox(model, clue) {
  const node = segmented({
    legend: clue.plain,
    options: [
      ["yes", "Yes"],
      ["no", "No"],
      ["not sure", "Not sure"],
    ],
    value: "not sure",
    onpick: (value) => {
      const { [clue.id]: _, ...rest } = model.get("answers");
      put(model, "answers", value === "not sure" ? rest : { ...rest, [clue.id]: value });
    },
    className: "cm-clue",
  });
  const legend = /** @type {HTMLElement} */ (node.querySelector("legend"));
  const update = (/** @type {string} */ answer, /** @type {boolean} */ clinical) => {
    const question = clinical ? clue.clinical : clue.plain;
    if (legend.textContent !== question) legend.textContent = question;
    if (node.dataset.answer === answer) return;
    node.dataset.answer = answer;
    pick(node, answer);
  };
  return { node, update };
}

/**
 * One sentence for eye and ear after each answer.
 * @param {Data} data
 * @param {Match[]} ranked
 * @param {Record<string, string>} answers
 * @param {boolean} clinical
 */
function summary(data, ranked, answers, clinical) {
  const given = Object.values(answers).filter((answer) => answer === "yes" || answer === "no").length;
  if (!given) return `${data.causes.length} causes, most urgent first. Answer a question to see which fit.`;
  const best = ranked[0];
  if (!best.fits.length) {
    const those = given === 1 ? "this answer" : `these ${given} answers`;
    return `No cause in the tables is known to fit ${those}. That excludes nothing.`;
  }
  const ties = ranked
    .filter((match) => match.score === best.score)
    .map(({ cause }) => (clinical ? cause.name : cause.plain_name));
  const names = ties.length > 3 ? `${ties.slice(0, 3).join(", ")} and ${ties.length - 3} more` : ties.join(", ");
  return `${given} ${given === 1 ? "answer" : "answers"}. Best fit: ${names}.`;
}

/**
 * Emergencies that fit, and warning signs the answers raise: never filtered, never outranked.
 * @param {Model} model
 * @param {Data} data
 * @param {Match[]} ranked
 * @param {Record<string, string>} answers
 * @param {boolean} clinical
 */
function watchStrip(model, data, ranked, answers, clinical) {
  const order = Object.fromEntries(data.urgency.map((word, index) => [word.id, index]));
  const flags = data.flags
    .filter((flag) => flag.clues.some((clue) => answers[clue] === "yes"))
    .sort((a, b) => order[a.urgency] - order[b.urgency]);
  const urgent = ranked.filter(mustStay);
  if (!urgent.length && !flags.length) return h("div", {});
  const nameOf = (/** @type {Match} */ { cause }) =>
    h("li", {}, openButton(model, cause, `watch-${cause.id}`, clinical));
  const namesOf = (/** @type {Match[]} */ matches) => h("ul", { class: "cm-names" }, matches.map(nameOf));
  const flagOf = (/** @type {Flag} */ flag) =>
    h(
      "li",
      {},
      urgencyBadge(flag.urgency),
      " ",
      h("strong", {}, clinical ? flag.flag_clinical : flag.flag),
      " ",
      clinical ? flag.action_clinical : flag.action,
    );
  const rest = urgent.slice(WATCHED);
  const complete = flags.filter((flag) =>
    flag.urgency === "emergency" && flag.clues.every((clue) => answers[clue] === "yes")
  );
  const [first] = complete.sort((a, b) => b.clues.length - a.clues.length);
  const [sign, action] = !first
    ? []
    : clinical
    ? [first.flag_clinical, first.action_clinical]
    : [first.flag, first.action];
  const act = sign ? h("p", {}, "Check first: ", h("strong", {}, sign), " ", action) : null;
  return h(
    "div",
    { class: "cm-watch", role: "group", "aria-label": "Must not be missed" },
    act,
    urgent.length
      ? [
        h(
          "p",
          {},
          urgencyBadge("emergency"),
          " ",
          h("strong", {}, "Fits and must not be missed"),
          ", whatever else you answer:",
        ),
        namesOf(urgent.slice(0, WATCHED)),
        rest.length ? foldOf(model, "rest_open", `${rest.length} more that fit`, () => namesOf(rest)) : null,
      ]
      : null,
    flags.length
      ? foldOf(model, "flags_open", `Warning signs to check (${flags.length})`, () => h("ul", {}, flags.map(flagOf)))
      : null,
  );
}

/**
 * A part that folds, whose state is a trait. What is folded away is not even made: an answer would pay for it.
 * @param {Model} model
 * @param {string} trait
 * @param {string} title
 * @param {() => Node} content
 */
function foldOf(model, trait, title, content) {
  const toggle = () => {
    if (fold.open !== model.get(trait)) put(model, trait, fold.open);
  };
  const open = model.get(trait);
  const summary = h("summary", { "data-key": trait }, title);
  const fold = h("details", { class: "cm-fold", open, ontoggle: toggle }, summary, open ? content() : null);
  return fold;
}

/**
 * @param {Model} model
 * @param {Cause} cause
 * @param {string} key
 * @param {boolean} clinical
 */
function openButton(model, cause, key, clinical) {
  const open = model.get("opened") === cause.id;
  return h(
    "button",
    {
      type: "button",
      class: "myo-open cm-open",
      "data-key": key,
      "aria-expanded": String(open),
      onclick: () => put(model, "opened", open ? "" : cause.id),
    },
    clinical ? cause.name : cause.plain_name,
  );
}

/**
 * The causes in order of fit: a list, because the order is what it says, and a list is laid out faster than a table.
 * @param {Model} model
 * @param {Data} data
 * @param {Match[]} shown
 * @param {Record<string, string>} answers
 * @param {boolean} clinical
 */
function resultList(model, data, shown, answers, clinical) {
  const given = data.clues.filter((clue) => ["yes", "no"].includes(answers[clue.id]));
  const columns = given.slice(0, MOST_COLUMNS);
  return h(
    "div",
    { class: "cm-ranking", style: `--columns: ${columns.length}` },
    columns.length ? columnHeads(columns, given.length, answers) : null,
    h(
      "ol",
      { class: "cm-list", "aria-label": "Causes in order of fit" },
      shown.map((match) => resultItem(model, data, match, columns, answers, clinical)),
    ),
  );
}

/**
 * What the columns of signs stand for. For the eye alone: the sentence under each cause says the same to every reader.
 * @param {Clue[]} columns
 * @param {number} given how many answers there are in all
 * @param {Record<string, string>} answers
 */
function columnHeads(columns, given, answers) {
  const more = given > columns.length ? ` Columns: the first ${columns.length} of ${given} answers.` : "";
  return h(
    "div",
    { class: "cm-line cm-heads", "aria-hidden": "true" },
    h("span", {}, `● fits  ✕ against  ○ not known  · absent as expected.${more}`),
    columns.map((clue) => h("span", {}, clue.short, h("br"), h("em", {}, answers[clue.id]))),
  );
}

/**
 * Whether audience and group let a cause be shown; what must stay always is.
 * @param {Model} model
 * @param {Match} match
 */
function isAllowed(model, match) {
  const [audience, group] = [model.get("audience"), model.get("group")];
  const chosen = (audience !== "public" || match.cause.audience === "both") &&
    (!group || match.cause.group === group);
  return chosen || mustStay(match);
}

/**
 * The causes on show: the page of the ranking, and the one that was opened elsewhere.
 * @param {Model} model
 * @param {Match[]} ranked
 * @param {Match[]} allowed
 */
function visible(model, ranked, allowed) {
  const page = allowed.slice(0, model.get("limit"));
  const opened = ranked.find((match) => match.cause.id === model.get("opened"));
  return !opened || page.includes(opened) ? page : [...page, opened];
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Match} match
 * @param {Clue[]} columns
 * @param {Record<string, string>} answers
 * @param {boolean} clinical
 */
function resultItem(model, data, match, columns, answers, clinical) {
  const { cause } = match;
  const removable = { yes: "cause can be removed", partly: "cause can partly be removed" }[cause.cause_removable];
  const other = clinical ? cause.plain_name : cause.name;
  const name = h(
    "div",
    {},
    urgencyBadge(cause.urgency),
    openButton(model, cause, `row-${cause.id}`, clinical),
    cause.plain_name === cause.name ? null : h("span", { class: "cm-other" }, other),
    removable ? h("span", { class: "cm-removable" }, "↺ ", removable) : null,
  );
  return h(
    "li",
    {},
    h("div", { class: "cm-line" }, name, columns.length ? signs(match, columns) : null),
    Object.keys(answers).length ? h("p", { class: "cm-reason" }, reason(match, answers)) : null,
    model.get("opened") === cause.id ? h("div", { class: "cm-detail" }, causeDetail(data, cause)) : null,
  );
}

/**
 * The signs of one cause in their columns, drawn as one picture: fifty words of text would cost half a redraw.
 * @param {Match} match
 * @param {Clue[]} columns
 */
function signs(match, columns) {
  const shapes = columns.map((clue, index) => {
    const kind = match.fits.includes(clue)
      ? "fits"
      : match.against.includes(clue)
      ? "against"
      : match.silent.includes(clue)
      ? "unknown"
      : "expected";
    return s("path", { class: `cm-${kind}`, d: SIGNS[kind], transform: `translate(${50 * index + 25} 10)` });
  });
  return s("svg", { class: "cm-signs", viewBox: `0 0 ${50 * columns.length} 20`, "aria-hidden": "true" }, ...shapes);
}

/**
 * All that is known of one cause, in both wordings, with its sources.
 * @param {Data} data
 * @param {Cause} cause
 */
function causeDetail(data, cause) {
  const urgency = data.urgency.find((word) => word.id === cause.urgency);
  /** @type {[string, string][]} */
  const raised = [
    ["More urgent if", cause.raise_if_plain],
    ["More urgent if (clinical)", cause.raise_if_clinical],
  ];
  return h(
    "div",
    { class: "cm-more" },
    h("p", {}, h("strong", {}, "In plain words. "), cause.plain),
    h("p", {}, h("strong", {}, "For clinicians. "), cause.clinical),
    causeFacts(cause, urgency?.plain ?? "", raised),
    h("p", {}, ...marks(cause)),
    sourcesBlock(cause, data.sources),
  );
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {number} count how many causes may be shown
 */
function footer(model, data, count) {
  const rest = count - model.get("limit");
  const more = () => put(model, "limit", model.get("limit") + PAGE);
  const unsigned = data.causes.filter((cause) => !cause.reviewed).length;
  return h(
    "p",
    { class: "cm-footer" },
    rest > 0
      ? h(
        "button",
        { type: "button", class: "myo-button", "data-key": "more", onclick: more },
        `Show ${Math.min(PAGE, rest)} more`,
      )
      : null,
    h(
      "span",
      {},
      `Nothing here is a diagnosis. ${unsigned} of ${data.causes.length} causes wait for a clinician’s review.`,
    ),
  );
}

/** What a test compares with Python. */
export const ranking = { rankCauses, reason };

export default { render };

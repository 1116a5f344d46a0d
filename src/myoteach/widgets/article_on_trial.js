// The article on trial: one claim at a time. The learner judges; only then verdict, correction and sources appear.
import { chooser, h, hidden, makeChange, marks, put, refill, sourcesBlock, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {{ id: string, label: string, means: string }} Word a judgement in plain words */
/** @typedef {import("./_prelude.js").Provenance & { id: string, lesson: string, seed_paragraph: number,
 *   paraphrase: string, verdict: string, nuance: string }} Claim */
/** @typedef {{ lead: string, verdicts: Word[], cannot: Word, lessons: { id: string, name: string }[], claims: Claim[],
 *   sources: Record<string, import("./_prelude.js").Source> }} Data */
/** @typedef {{ list: Claim[], index: number, claim: Claim, judged: Record<string, string> }} View */
/** @typedef {"agrees" | "differs" | "cannot" | ""} Outcome */
/** @typedef {(state: Record<string, any>, focus?: string) => void} Change sets traits, redraws once, focuses a `data-key` */

const FEW = 6;
const STATE = ["lesson", "dealt", "claim", "judged", "show_sources", "show_tally"];
/** A sign and a word for every outcome: nothing rests on colour. @type {Record<string, [string, string]>} */
const OUTCOMES = {
  agrees: ["✓", "you agree with the verdict"],
  differs: ["≠", "you and the verdict differ"],
  cannot: ["?", "you could not say"],
  "": ["", "not judged yet"],
};

/**
 * The claims on trial and the one that is open: the one chosen, or else the first without a judgement.
 * @param {Model} model
 * @param {Data} data
 * @returns {View}
 */
export function viewOf(model, data) {
  const [dealt, lesson, judged, chosen] = ["dealt", "lesson", "judged", "claim"].map((name) => model.get(name));
  const list = dealt.length
    ? dealt.flatMap((/** @type {string} */ id) => data.claims.filter((claim) => claim.id === id))
    : data.claims.filter((claim) => !lesson || claim.lesson === lesson);
  const at = list.findIndex((/** @type {Claim} */ claim) => claim.id === chosen);
  const open = list.findIndex((/** @type {Claim} */ claim) => !judged[claim.id]);
  const index = at >= 0 ? at : Math.max(open, 0);
  return { list, index, claim: list[index], judged };
}

/**
 * How a judgement stands to the verdict.
 * @param {Claim} claim
 * @param {Record<string, string>} judged
 * @returns {Outcome}
 */
export function outcomeOf(claim, judged) {
  const word = judged[claim.id];
  if (!word) return "";
  return word === claim.verdict ? "agrees" : word === "cannot say" ? "cannot" : "differs";
}

/**
 * The count in one sentence.
 * @param {View} view
 */
export function countOf({ list, judged }) {
  const outcomes = list.map((claim) => outcomeOf(claim, judged));
  const of = (/** @type {Outcome} */ kind) => outcomes.filter((outcome) => outcome === kind).length;
  const done = list.length - of("");
  if (!done) return `${list.length} claims, none judged yet.`;
  const weighed = of("agrees") + of("differs");
  const agree = weighed ? ` You agree with the verdict on ${of("agrees")} of ${weighed}.` : "";
  const unsure = of("cannot") ? ` “I cannot say”: ${of("cannot")}.` : "";
  return `${done} of ${list.length} judged.${agree}${unsure}`;
}

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const { change, unlessOwn } = makeChange(model, (focus) => {
    draw();
    if (focus) /** @type {HTMLElement | null} */ (root.querySelector(`[data-key="${focus}"]`))?.focus();
  });
  const bar = toolBar(model, data, change);
  const status = h("p", { class: "trial-count", role: "status" });
  const body = h("div", { class: "trial-grid" });
  const root = h(
    "div",
    { role: "group", class: "myo trial", "aria-label": "The article on trial: judge its claims" },
    h("p", { class: "trial-lead" }, data.lead),
    bar.node,
    status,
    body,
  );
  const draw = () => {
    const view = viewOf(model, data);
    bar.update(view);
    const count = countOf(view);
    if (status.textContent !== count) status.textContent = count;
    const isAny = view.list.some((claim) => view.judged[claim.id]);
    const below = isAny ? [tally(model, data, view)] : [];
    refill(body, card(model, data, view, change), side(view, isAny, change), ...below);
  };
  el.replaceChildren(root);
  draw();
  return watch(model, STATE, unlessOwn(draw));
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Change} change
 */
function toolBar(model, data, change) {
  const held = (/** @type {string} */ id) => data.claims.filter((claim) => claim.lesson === id).length;
  const lesson = chooser({
    label: "Claims of",
    options: [
      ["", `the whole article (${data.claims.length})`],
      ...data.lessons.map(({ id, name }) => /** @type {[string, string]} */ ([id, `${name} (${held(id)})`])),
    ],
    value: model.get("lesson"),
    onpick: (value) => change({ lesson: value, dealt: [], claim: "" }),
  });
  const deal = h("button", {
    type: "button",
    class: "myo-button",
    onclick: () => change({ dealt: dealFrom(model, data), claim: "" }, "claim"),
  });
  const whole = h("button", {
    type: "button",
    class: "myo-button",
    onclick: () => change({ dealt: [], claim: "" }, "claim"),
  }, "Show them all");
  const update = (/** @type {View} */ view) => {
    lesson.querySelector("select").value = model.get("lesson");
    const isDealt = model.get("dealt").length > 0;
    deal.textContent = isDealt ? "Deal again" : "Deal a few at random";
    deal.hidden = !isDealt && view.list.length <= FEW;
    whole.hidden = !isDealt;
  };
  return { node: h("div", { class: "myo-bar" }, lesson, deal, whole), update };
}

/**
 * A few claims by chance, those not judged yet before the others.
 * @param {Model} model
 * @param {Data} data
 */
function dealFrom(model, data) {
  const [lesson, judged] = [model.get("lesson"), model.get("judged")];
  return data.claims
    .filter((claim) => !lesson || claim.lesson === lesson)
    .map((claim) => ({ id: claim.id, place: Math.random() + (judged[claim.id] ? 1 : 0) }))
    .sort((a, b) => a.place - b.place)
    .slice(0, FEW)
    .map(({ id }) => id);
}

/**
 * The claim, the words to judge it by, and, once it is judged, the verdict.
 * @param {Model} model
 * @param {Data} data
 * @param {View} view
 * @param {Change} change
 */
function card(model, data, view, change) {
  const { claim, index, list, judged } = view;
  const place = claim.seed_paragraph ? `paragraph ${claim.seed_paragraph}` : "the title";
  return h(
    "div",
    { class: "trial-card" },
    h("p", { class: "trial-place" }, `Claim ${index + 1} of ${list.length}, from ${place} of the article`),
    h("h2", { tabindex: "-1", "data-key": "claim" }, hidden("The article says: "), claim.paraphrase),
    judged[claim.id] ? verdict(model, data, view, change) : ballot(data, view, change),
  );
}

/**
 * @param {Data} data
 * @param {View} view
 * @param {Change} change
 */
function ballot(data, { claim, judged }, change) {
  const judge = (/** @type {string} */ word) =>
    change({ judged: { ...judged, [claim.id]: word }, claim: claim.id, show_sources: false }, "verdict");
  return h(
    "div",
    { role: "group", "aria-label": "Your judgement", class: "trial-ballot" },
    h("p", { class: "trial-ask" }, "Your judgement?"),
    [...data.verdicts, data.cannot].map(({ id, label }) =>
      h(
        "button",
        { type: "button", class: "myo-button trial-vote", "data-key": `vote-${id}`, onclick: () => judge(id) },
        label,
      )
    ),
  );
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {View} view
 * @param {Change} change
 */
function verdict(model, data, view, change) {
  const { claim, index, list, judged } = view;
  const outcome = outcomeOf(claim, judged);
  const [sign, said] = OUTCOMES[outcome];
  const words = [...data.verdicts, data.cannot];
  const own = words.find(({ id }) => id === judged[claim.id]);
  const theirs = words.find(({ id }) => id === claim.verdict);
  const { [claim.id]: _, ...rest } = judged;
  const next = nextOf(view);
  const row = (/** @type {string} */ term, /** @type {string} */ text) => [h("dt", {}, term), h("dd", {}, text)];
  return h(
    "div",
    { class: `trial-verdict trial-${outcome}` },
    h(
      "dl",
      { class: "trial-both", tabindex: "-1", "data-key": "verdict", "aria-label": said },
      row("You say", own?.label ?? ""),
      row("The verdict", theirs?.label ?? ""),
    ),
    h(
      "p",
      { class: "trial-said" },
      h("span", { "aria-hidden": "true", class: "trial-sign" }, sign),
      ` ${capital(said)}.`,
    ),
    h("p", { class: "trial-nuance" }, h("span", { class: "trial-means" }, theirs?.means ?? ""), " ", claim.nuance),
    h(
      "p",
      {},
      claim.support === "direct" ? null : h("span", { class: "myo-mark", title: claim.said }, "indirect sources"),
      ...marks(claim),
    ),
    sourcesFold(model, data, claim),
    h(
      "div",
      { class: "trial-next" },
      next && h("button", {
        type: "button",
        class: "myo-button trial-go",
        "data-key": "next",
        onclick: () => change({ claim: next.id, show_sources: false }, "claim"),
      }, list.indexOf(next) === index + 1 ? "Next claim" : "To the next one not judged"),
      h("button", {
        type: "button",
        class: "myo-button",
        "data-key": "again",
        onclick: () => change({ judged: rest, claim: claim.id }, "claim"),
      }, "Judge it again"),
    ),
  );
}

/** @param {string} text */
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/**
 * The next claim: the one after this, or else the first that was left out; none when all are judged at the end.
 * @param {View} view
 */
function nextOf({ list, index, judged }) {
  return list[index + 1] ?? list.find((claim) => !judged[claim.id]);
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Claim} claim
 */
function sourcesFold(model, data, claim) {
  const open = model.get("show_sources");
  const toggle = () => fold.open !== model.get("show_sources") && put(model, "show_sources", fold.open);
  const count = `Sources (${claim.sources.length})`;
  const fold = h(
    "details",
    { class: "trial-fold", open, ontoggle: toggle },
    h("summary", { "data-key": "sources" }, count),
    open ? sourcesBlock(claim, data.sources) : null,
  );
  return fold;
}

/**
 * All claims as numbers to choose from.
 * @param {View} view
 * @param {boolean} isAny whether any of them was judged
 * @param {Change} change
 */
function side({ list, claim, judged }, isAny, change) {
  const buttons = list.map((one, place) => {
    const outcome = outcomeOf(one, judged);
    const [sign, said] = OUTCOMES[outcome];
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: `trial-number trial-${outcome || "open"}`,
          "data-key": `claim-${one.id}`,
          "aria-current": one === claim ? "step" : null,
          "aria-label": `Claim ${place + 1}: ${said}`,
          onclick: () => change({ claim: one.id, show_sources: false }),
        },
        String(place + 1),
        h("span", { class: "trial-sign", "aria-hidden": "true" }, sign),
      ),
    );
  });
  return h(
    "div",
    { class: "trial-side" },
    h("ol", { class: "trial-docket", "aria-label": "The claims" }, buttons),
    h(
      "p",
      { class: "trial-key" },
      ["✓ you agree", "≠ you differ", "? could not say"].map((text) => h("span", {}, text)),
    ),
    isAny
      ? h("button", {
        type: "button",
        class: "myo-button",
        "data-key": "forget",
        onclick: () => change({ judged: without(judged, list), claim: "" }, "claim"),
      }, "Forget these judgements")
      : null,
  );
}

/**
 * The judgements of the claims on trial are taken back, the others stay.
 * @param {Record<string, string>} judged
 * @param {Claim[]} list
 */
const without = (judged, list) =>
  Object.fromEntries(Object.entries(judged).filter(([id]) => !list.some((claim) => claim.id === id)));

/**
 * Own judgements against verdicts: a table, a row for each verdict, the diagonal being agreement.
 * @param {Model} model
 * @param {Data} data
 * @param {View} view
 */
function tally(model, data, { list, judged }) {
  const own = [...data.verdicts, data.cannot];
  const count = (/** @type {string} */ verdict, /** @type {string} */ word) =>
    list.filter((claim) => claim.verdict === verdict && judged[claim.id] === word).length;
  const cell = (/** @type {Word} */ verdict, /** @type {Word} */ word) =>
    h("td", { class: verdict.id === word.id ? "trial-same" : "" }, String(count(verdict.id, word.id)));
  const rows = data.verdicts.map((verdict) =>
    h("tr", {}, h("th", { scope: "row" }, verdict.label), own.map((word) => cell(verdict, word)))
  );
  const heads = own.map((word) => h("th", { scope: "col" }, word.label));
  const open = model.get("show_tally");
  const toggle = () => fold.open !== model.get("show_tally") && put(model, "show_tally", fold.open);
  const table = h(
    "table",
    {},
    h("caption", { class: "myo-sr" }, "Your judgements against the verdicts"),
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "The verdict"), heads)),
    h("tbody", {}, rows),
  );
  const key = "Rows: the verdict. Columns: what you said. Framed: where both are the same.";
  const fold = h(
    "details",
    { class: "trial-fold trial-tally", open, ontoggle: toggle },
    h("summary", { "data-key": "tally" }, "My judgements against the verdicts"),
    open ? h("p", { class: "trial-caption" }, key) : null,
    open
      ? h("div", { class: "myo-scroll", tabindex: "0", role: "group", "aria-label": "Table of judgements" }, table)
      : null,
  );
  return fold;
}

export default { render };

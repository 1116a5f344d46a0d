// Glossary: the terms under a letter, or those a search finds. A term opens in its place, with both wordings, the terms
// beside it, the lessons that use it and its sources.
import { h, makeChange, marks, pick, refill, segmented, sourcesBlock, uid, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance & { id: string, term: string, also: string[], plain: string,
 *   clinical: string, see: string[], lessons: string[] }} Term */
/** @typedef {{ terms: Term[], sources: Record<string, import("./_prelude.js").Source> }} Data from A to Z */
/** @typedef {{ query: string, letter: string, drafts: boolean }} Place */
/** @typedef {(state: Record<string, any>, focus?: string) => void} Change sets traits, redraws once, focuses a `data-key` */

const PAGE = 12;
const NOT_FOUND = 4;
const STATE = ["query", "letter", "opened", "wording", "drafts", "limit"];

/**
 * The terms on show, in order. Python's `Glossary.terms` says the same; a test compares them.
 * @param {Data} data
 * @param {Place} place
 * @returns {Term[]}
 */
export function termsOn(data, { query, letter, drafts }) {
  const shown = data.terms.filter((term) => drafts || term.support !== "none");
  const asked = query.trim().toLowerCase();
  if (!asked) return shown.filter((term) => initial(term) === letter);
  return shown
    .map((term) => ({ term, rank: rankOf(term, asked) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .sort((a, b) => a.rank - b.rank)
    .map(({ term }) => term);
}

/** @param {Term} term */
const initial = (term) => term.term[0].toUpperCase();

/**
 * How well a term answers a search: its name begins so, another name does, a name holds it, a text holds it.
 * @param {Term} term
 * @param {string} asked
 */
function rankOf(term, asked) {
  const [name, ...others] = [term.term, ...term.also].map((text) => text.toLowerCase());
  if (name.startsWith(asked)) return 0;
  if (others.some((other) => other.startsWith(asked))) return 1;
  if ([name, ...others].some((other) => other.includes(asked))) return 2;
  return `${term.plain}\n${term.clinical}`.toLowerCase().includes(asked) ? 3 : NOT_FOUND;
}

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const { change, unlessOwn } = makeChange(model, (focus) => {
    draw();
    if (!focus) return;
    const target = /** @type {HTMLElement | null} */ (root.querySelector(`[data-key="${CSS.escape(focus)}"]`));
    target?.focus();
    target?.closest("li")?.scrollIntoView({ block: "nearest" });
  });
  const bar = toolBar(model, data, change);
  const status = h("p", { class: "gl-status", role: "status" });
  const body = h("div", {});
  const root = h(
    "div",
    { role: "group", class: "myo gl", "aria-label": "Glossary" },
    bar.node,
    bar.letters,
    status,
    body,
  );
  const draw = () => {
    const place = { query: model.get("query"), letter: model.get("letter"), drafts: model.get("drafts") };
    const found = termsOn(data, place);
    bar.update(place);
    const said = headline(found, place);
    if (status.textContent !== said) status.textContent = said;
    refill(body, termList(model, data, found, change), foot(model, data, found, change));
  };
  el.replaceChildren(root);
  draw();
  return watch(model, STATE, unlessOwn(draw));
}

/**
 * @param {Term[]} found
 * @param {Place} place
 */
function headline(found, { query, letter }) {
  const count = `${found.length} ${found.length === 1 ? "term" : "terms"}`;
  return query.trim() ? `${count} for “${query.trim()}”` : `${count} under ${letter}`;
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Change} change
 */
function toolBar(model, data, change) {
  const wording = segmented({
    legend: "Wording",
    options: [["plain", "Plain words"], ["clinical", "Clinical"]],
    value: model.get("wording"),
    onpick: (value) => change({ wording: value }),
    quiet: true,
  });
  const id = uid("find");
  const find = h("input", {
    type: "search",
    id,
    class: "gl-find",
    autocomplete: "off",
    oninput: () => change({ query: find.value, opened: "", limit: PAGE }),
  });
  const count = data.terms.filter((term) => term.support === "none").length;
  const box = h("input", { type: "checkbox", onchange: () => change({ drafts: box.checked, opened: "" }) });
  const drafts = h("label", { class: "gl-drafts" }, box, ` Also ${count} drafts without a source`);
  const letters = h("div", { class: "gl-letters", role: "group", "aria-label": "Letters" });
  const update = (/** @type {Place} */ place) => {
    pick(wording, model.get("wording"));
    if (find.value !== place.query) find.value = place.query;
    box.checked = place.drafts;
    refill(letters, ...letterButtons(data, place, change));
  };
  const search = h("span", { class: "myo-chooser" }, h("label", { for: id }, "Find a term"), " ", find);
  return { node: h("div", { class: "myo-bar" }, search, wording, count ? drafts : null), letters, update };
}

/**
 * A button for every letter of which there are terms; the others are left out.
 * @param {Data} data
 * @param {Place} place
 * @param {Change} change
 */
function letterButtons(data, { query, letter, drafts }, change) {
  const shown = data.terms.filter((term) => drafts || term.support !== "none");
  const isSearch = query.trim() !== "";
  return [...new Set(shown.map(initial))].map((name) =>
    h("button", {
      type: "button",
      class: "gl-letter",
      "data-key": `letter-${name}`,
      "aria-pressed": String(!isSearch && name === letter),
      onclick: () => change({ letter: name, query: "", opened: "", limit: PAGE }),
    }, name)
  );
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Term[]} found
 * @param {Change} change
 */
function termList(model, data, found, change) {
  const opened = model.get("opened");
  const page = found.slice(0, model.get("limit"));
  const other = data.terms.find((term) => term.id === opened && !page.includes(term));
  const items = [...(other ? [other] : []), ...page].map((term) => termItem(model, data, term, change));
  const none = "No term holds this. Try a shorter piece of the word.";
  return items.length ? h("ul", { class: "gl-list" }, items) : h("p", {}, none);
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Term} term
 * @param {Change} change
 */
function termItem(model, data, term, change) {
  const open = model.get("opened") === term.id;
  const clinical = model.get("wording") === "clinical";
  const name = h("button", {
    type: "button",
    class: "myo-open",
    "data-key": `term-${term.id}`,
    "aria-expanded": String(open),
    onclick: () => change({ opened: open ? "" : term.id }),
  }, term.term);
  return h(
    "li",
    { class: open ? "gl-opened" : "" },
    h(
      "div",
      {},
      h("h2", {}, name),
      term.also.length ? h("span", { class: "gl-also" }, `also ${term.also.join(", ")}`) : null,
      " ",
      ...(open || term.support === "none" ? marks(term) : []),
    ),
    h("p", {}, clinical ? term.clinical : term.plain),
    open ? detail(model, data, term, clinical, change) : null,
  );
}

/**
 * What an opened term adds: the other wording, the terms beside it, where it is used, its sources.
 * @param {Model} model
 * @param {Data} data
 * @param {Term} term
 * @param {boolean} clinical
 * @param {Change} change
 */
function detail(model, data, term, clinical, change) {
  const seen = data.terms.filter(({ id, support }) =>
    term.see.includes(id) && (model.get("drafts") || support !== "none")
  );
  const go = (/** @type {Term} */ other) =>
    change({ opened: other.id, letter: initial(other), query: "", limit: PAGE }, `term-${other.id}`);
  const link = (/** @type {Term} */ other) =>
    h(
      "button",
      { type: "button", class: "myo-button", "data-key": `see-${other.id}`, onclick: () => go(other) },
      other.term,
    );
  return h(
    "div",
    { class: "gl-detail" },
    h(
      "p",
      {},
      h("strong", {}, clinical ? "In plain words. " : "For clinicians. "),
      clinical ? term.plain : term.clinical,
    ),
    seen.length ? h("p", { class: "gl-see" }, h("strong", {}, "See also"), ...seen.map(link)) : null,
    h("p", { class: "gl-used" }, h("strong", {}, "Used in the lessons"), term.lessons.length ? "" : ": none so far."),
    term.lessons.length ? h("ul", {}, term.lessons.map((lesson) => h("li", {}, lesson))) : null,
    sourcesBlock(term, data.sources),
  );
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Term[]} found
 * @param {Change} change
 */
function foot(model, data, found, change) {
  const rest = found.length - model.get("limit");
  const unsigned = data.terms.filter((term) => !term.reviewed).length;
  return h(
    "p",
    { class: "gl-foot" },
    rest > 0
      ? h("button", {
        type: "button",
        class: "myo-button",
        "data-key": "more",
        onclick: () => change({ limit: model.get("limit") + PAGE }),
      }, `Show ${Math.min(PAGE, rest)} more`)
      : null,
    h("span", {}, `${unsigned} of ${data.terms.length} terms wait for a clinician’s review.`),
  );
}

export default { render };

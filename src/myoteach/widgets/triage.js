// Triage: choose the warning signs that are there; the most urgent of them says how fast to act.
// Three states in shape, word and colour; with nothing chosen there is no state, and nothing is said to be well.
import { sourced, wordingSwitch } from "./_opened.js";
import { h, hidden, pick, put, refill, s, uid, urgencyBadge, urgencyShape, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance & { id: string, section: string, flag_plain: string,
 *   flag_clinical: string, why_plain: string, why_clinical: string, think_of: string, urgency: string,
 *   action_plain: string, action_clinical: string }} Flag */
/** @typedef {{ id: string, plain: string, clinical: string }} Word */
/** @typedef {{ name: string, words: string[] }} State */
/** @typedef {{ sections: string[], flags: Flag[], urgency: Word[], states: State[], never_reassured: string[],
 *   closing: string, sources: Record<string, import("./_prelude.js").Source> }} Data */
/** @typedef {"plain" | "clinical"} Wording */

const STATE = ["chosen", "query", "sections", "opened", "wording"];
const NOTHING = "No warning sign is chosen. That does not mean that there is none, or that the jerks need no doctor.";
const STILL = "A doctor must see these, however well the person looks:";

/**
 * The chosen signs, most urgent first, and the word that decides; an empty word while none is chosen.
 * @param {Data} data
 * @param {string[]} chosen
 */
export function decide(data, chosen) {
  const order = data.urgency.map(({ id }) => id);
  const signs = data.flags.filter(({ id }) => chosen.includes(id))
    .sort((a, b) => order.indexOf(a.urgency) - order.indexOf(b.urgency));
  const word = signs.length ? signs[0].urgency : "";
  return {
    word,
    deciding: signs.filter(({ urgency }) => urgency === word),
    rest: signs.filter((f) => f.urgency !== word),
  };
}

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const bar = toolBar(model);
  const list = signList(model, data);
  const lights = stateLights(data);
  const headline = h("p", { class: "tr-headline", role: "status" });
  const result = h("div", { class: "tr-result", tabindex: -1 });
  const jump = h("button", { type: "button", class: "myo-button tr-jump", onclick: () => result.focus() }, "Why ↓");
  const root = h(
    "div",
    { role: "group", class: "myo tr", "aria-label": "Triage: how fast to act on warning signs" },
    bar.node,
    h(
      "div",
      { class: "tr-grid" },
      h("div", { class: "tr-answer" }, lights.node, headline, jump),
      list.node,
      result,
    ),
  );
  const draw = () => {
    const wording = /** @type {Wording} */ (model.get("wording"));
    const decision = decide(data, model.get("chosen"));
    bar.update();
    list.update();
    lights.update(decision.word);
    const said = headlineOf(data, decision.word, wording);
    if (headline.textContent !== said) headline.textContent = said;
    refill(result, ...resultParts(model, data, decision, wording));
  };
  el.replaceChildren(root);
  draw();
  return watch(model, STATE, draw);
}

/** @param {Model} model */
function toolBar(model) {
  const wording = wordingSwitch(model);
  const id = uid("search");
  const field = h("input", { type: "search", id, oninput: () => put(model, "query", field.value) });
  const search = h("span", { class: "myo-chooser" }, h("label", { for: id }, "Find a sign"), " ", field);
  const clear = () => {
    model.set("opened", "");
    model.set("query", "");
    put(model, "chosen", []);
  };
  const reset = h("button", { type: "button", class: "myo-button", onclick: clear }, "Clear all");
  const update = () => {
    pick(wording, model.get("wording"));
    if (field.value !== model.get("query")) field.value = model.get("query");
  };
  return { node: h("div", { class: "myo-bar" }, search, wording, reset), update };
}

/**
 * Every sign as a box to tick, in sections that fold; a search unfolds those with a find and hides the rest.
 * @param {Model} model
 * @param {Data} data
 */
function signList(model, data) {
  const sections = data.sections.map((name) => signSection(model, data, name));
  const found = h("p", { class: "tr-found", role: "status" });
  const update = () => {
    const query = model.get("query").trim().toLowerCase();
    const count = sections.reduce((sum, section) => sum + section.update(query), 0);
    const said = !query
      ? ""
      : count
      ? `${count} of ${data.flags.length} signs contain “${query}”.`
      : `No sign of this list contains “${query}”. That says nothing about how serious it is.`;
    if (found.textContent !== said) found.textContent = said;
  };
  const intro = h("p", { class: "tr-intro" }, "Choose every sign that is there. All sections count.");
  return { node: h("div", { class: "tr-signs" }, intro, found, sections.map(({ node }) => node)), update };
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {string} name
 */
function signSection(model, data, name) {
  const rows = data.flags.filter(({ section }) => section === name).map((flag) => signRow(model, flag));
  const count = h("span", { class: "tr-count" });
  const title = name[0].toUpperCase() + name.slice(1);
  const turn = (/** @type {Event} */ event) => {
    event.preventDefault(); // the trait opens and shuts it, so that nothing is known to the page alone
    const open = model.get("sections");
    put(
      model,
      "sections",
      open.includes(name) ? open.filter((/** @type {string} */ other) => other !== name) : [...open, name],
    );
  };
  const boxes = h("fieldset", {}, h("legend", { class: "myo-sr" }, title), rows.map(({ node }) => node));
  const node = h("details", { class: "tr-section" }, h("summary", { onclick: turn }, title, " ", count), boxes);
  const update = (/** @type {string} */ query) => {
    const chosen = model.get("chosen");
    const found = rows.filter((row) => row.update(chosen, model.get("wording"), query)).length;
    const ticked = rows.filter(({ flag }) => chosen.includes(flag.id)).length;
    const said = ticked ? `${ticked} of ${rows.length} chosen` : `${rows.length} signs`;
    if (count.textContent !== said) count.textContent = said;
    const open = query ? found > 0 : model.get("sections").includes(name);
    if (node.open !== open) node.open = open;
    node.hidden = Boolean(query) && !found;
    return found;
  };
  return { node, update };
}

/**
 * @param {Model} model
 * @param {Flag} flag
 */
function signRow(model, flag) {
  const turn = () => {
    const others = model.get("chosen").filter((/** @type {string} */ id) => id !== flag.id);
    put(model, "chosen", box.checked ? [...others, flag.id] : others);
  };
  const box = h("input", { type: "checkbox", value: flag.id, onchange: turn });
  const text = h("span", {});
  const node = h("label", { class: "tr-sign" }, box, text);
  const words = `${flag.flag_plain} ${flag.flag_clinical}`.toLowerCase();
  const update = (/** @type {string[]} */ chosen, /** @type {Wording} */ wording, /** @type {string} */ query) => {
    const said = flag[`flag_${wording}`];
    if (text.textContent !== said) text.textContent = said;
    const ticked = chosen.includes(flag.id);
    if (box.checked !== ticked) box.checked = ticked;
    node.classList.toggle("tr-ticked", ticked);
    node.hidden = !words.includes(query);
    return !node.hidden;
  };
  return { flag, node, update };
}

/**
 * The three states side by side; the one that holds is filled and said.
 * @param {Data} data
 */
function stateLights(data) {
  const lights = data.states.map((state) => {
    const shape = s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, urgencyShape(state.words[0]));
    const here = hidden("");
    const node = h("li", { class: `tr-light tr-${state.words[0]}` }, shape, h("span", {}, state.name), here);
    return { state, node, here };
  });
  const update = (/** @type {string} */ word) => {
    for (const { state, node, here } of lights) {
      const on = state.words.includes(word);
      node.classList.toggle("tr-on", on);
      here.textContent = on ? " (this one)" : "";
    }
  };
  return {
    node: h("ul", { class: "tr-lights", "aria-label": "Three states" }, lights.map(({ node }) => node)),
    update,
  };
}

/**
 * @param {Data} data
 * @param {string} word
 * @param {Wording} wording
 */
function headlineOf(data, word, wording) {
  return data.urgency.find(({ id }) => id === word)?.[wording] ?? NOTHING;
}

/**
 * What decided, what else was chosen, and what stays in view while nothing is an emergency.
 * @param {Model} model
 * @param {Data} data
 * @param {ReturnType<typeof decide>} decision
 * @param {Wording} wording
 */
function resultParts(model, data, { word, deciding, rest }, wording) {
  const unseen = data.flags.filter(({ id }) => data.never_reassured.includes(id) && !model.get("chosen").includes(id));
  const parts = [
    signBlock(model, data, "What decided, and what to do", deciding, wording),
    signBlock(model, data, "Also chosen", rest, wording),
    word === "emergency" ? null : signBlock(model, data, STILL, unseen, wording, true),
    h("p", { class: "tr-closing" }, data.closing),
  ];
  return /** @type {Node[]} */ (parts.filter(Boolean));
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {string} title
 * @param {Flag[]} flags
 * @param {Wording} wording
 * @param {boolean} [short] the sign and what to do only
 */
function signBlock(model, data, title, flags, wording, short = false) {
  if (!flags.length) return null;
  const kind = short ? "tr-still" : "tr-chosen";
  const cards = flags.map((flag) => {
    const name = flag[`flag_${wording}`];
    return h(
      "li",
      {},
      urgencyBadge(flag.urgency),
      h("p", { class: "tr-name" }, name),
      h("p", {}, h("strong", {}, "Do: "), flag[`action_${wording}`]),
      short ? null : h("p", {}, h("strong", {}, "Why: "), flag[`why_${wording}`]),
      short || wording === "plain" ? null : h("p", {}, h("strong", {}, "Think of: "), flag.think_of),
      sourced(model, flag.id, flag, data.sources, name),
    );
  });
  return h(
    "div",
    { class: kind, role: "group", "aria-label": title },
    h("p", { class: "tr-title" }, title),
    h("ul", {}, cards),
  );
}

export default { render };

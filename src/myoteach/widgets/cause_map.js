// Map of causes: families, the groups of one, the causes of one group. A wheel of at most nine equal wedges and the
// table beside it say the same; a wedge is for the pointer, the button in the table for everybody.
import {
  causeFacts,
  chooser,
  h,
  makeChange,
  marks,
  pick,
  refill,
  segmented,
  sourcesBlock,
  uid,
  urgencyBadge,
  watch,
} from "./_prelude.js";
import { wheel } from "./_wheel.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Cause} Cause */
/** @typedef {{ id: string, family: string, plain: string, clinical: string }} Group */
/** @typedef {{ groups: Group[], causes: Cause[], urgency: { id: string, plain: string, clinical: string }[],
 *   sources: Record<string, import("./_prelude.js").Source> }} Data everything in the order of show */
/** @typedef {{ id: string, label: string, second: string, causes: Cause[], state: State }} Part what pressing sets */
/** @typedef {Record<string, string | number | boolean>} State */
/** @typedef {{ level: "family" | "group" | "cause", title: string, inside: Cause[], held: number, pages: number,
 *   page: number, first: number, parts: Part[] }} View `first` is the number of the first part of the page */
/** @typedef {(state: State, focus?: string) => void} Change sets traits, redraws once, and focuses a `data-key` */

const MOST = 9;
const STATE = ["family", "group", "query", "page", "opened", "audience", "wording", "show_sources"];
const HEADS = {
  family: ["Family", "Most urgent inside"],
  group: ["Group", "Most urgent inside"],
  cause: ["Cause", "How fast to act"],
};
/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const { change, unlessOwn } = makeChange(model, (focus) => {
    draw(focus === "heading");
    focusOn(root, focus);
  });
  const bar = toolBar(model, change);
  const status = h("p", { class: "myo-sr", role: "status" });
  const body = h("div", { class: "map-body" });
  const label = "Map of causes: families, groups and single causes";
  const root = h("div", { role: "group", class: "myo map", "aria-label": label }, bar.node, status, body);
  /** @param {boolean} [isRead] whether the heading gets the focus and is read out anyway */
  const draw = (isRead) => {
    const view = viewOf(model, data);
    bar.update();
    refill(body, ...page(model, data, view, change));
    const said = isRead ? "" : `${headline(view)}.`;
    if (status.textContent !== said) status.textContent = said;
  };
  root.addEventListener("pointerover", (event) => light(root, event.target));
  root.addEventListener("pointerleave", () => light(root, null));
  root.addEventListener("focusin", (event) => light(root, event.target));
  el.replaceChildren(root);
  draw();
  return watch(model, STATE, unlessOwn(draw));
}

/**
 * Focus what was pressed or what it led to, and bring an opened cause into sight.
 * @param {HTMLElement} root
 * @param {string} key
 */
function focusOn(root, key) {
  if (!key) return;
  const find = (/** @type {string} */ name) => root.querySelector(`[data-key="${CSS.escape(name)}"]`);
  /** @type {HTMLElement | null} */ (find(key) ?? find("heading"))?.focus();
  if (key.startsWith("part-")) root.querySelector(".map-detail")?.scrollIntoView({ block: "nearest" });
}

/**
 * Mark wedge and row of the part under the pointer or the focus.
 * @param {HTMLElement} root
 * @param {EventTarget | null} target
 */
function light(root, target) {
  const id = target instanceof Element ? target.closest("[data-part]")?.getAttribute("data-part") : null;
  for (const node of root.querySelectorAll("[data-part]")) {
    node.classList.toggle("map-lit", node.getAttribute("data-part") === id);
  }
}

/**
 * @param {Model} model
 * @param {Change} change
 */
function toolBar(model, change) {
  const wording = segmented({
    legend: "Wording",
    options: [["plain", "Plain words"], ["clinical", "Clinical"]],
    value: model.get("wording"),
    onpick: (value) => change({ wording: value }),
    quiet: true,
  });
  const audience = chooser({
    label: "Show",
    options: [["clinician", "all causes"], ["public", "causes anyone may meet"]],
    value: model.get("audience"),
    onpick: (value) => change({ audience: value, page: 1, opened: "" }),
  });
  const id = uid("find");
  const search = () => change({ query: find.value, page: 1, opened: "" });
  const find = h("input", { type: "search", id, class: "map-find", autocomplete: "off", oninput: search });
  const update = () => {
    pick(wording, model.get("wording"));
    audience.querySelector("select").value = model.get("audience");
    if (find.value !== model.get("query")) find.value = model.get("query");
  };
  const finder = h("span", { class: "myo-chooser" }, h("label", { for: id }, "Find a cause"), " ", find);
  return { node: h("div", { class: "myo-bar" }, wording, audience, finder), update };
}

/**
 * What is shown now. `cause_map.py` says the same for a frame; a test compares the two at every place.
 * @param {Model} model
 * @param {Data} data
 * @returns {View}
 */
export function viewOf(model, data) {
  const [query, family, group] = ["query", "family", "group"].map((name) => model.get(name));
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const inFamily = data.groups.filter((row) => !family || row.family === family);
  const places = new Set(inFamily.filter((row) => !group || row.id === group).map((row) => row.id));
  const all = data.causes.filter((cause) => words.length ? holds(cause, words) : places.has(cause.group));
  const inside = all.filter((cause) => model.get("audience") === "clinician" || cause.audience === "both");
  const level = words.length || group ? "cause" : family ? "group" : "family";
  const clinical = model.get("wording") === "clinical";
  const parts = level === "cause"
    ? inside.map((cause) => causePart(cause, clinical, model.get("opened")))
    : level === "group"
    ? inFamily.map((row) => groupPart(row, inside, clinical))
    : familyParts(data, inside, clinical);
  const shown = parts.filter((part) => part.causes.length);
  const pages = Math.max(1, Math.ceil(shown.length / MOST));
  const page = Math.min(model.get("page"), pages);
  const first = (page - 1) * MOST;
  const place = data.groups.find((row) => row.id === group);
  const title = words.length ? `Found “${query.trim()}”` : place ? named(place, clinical) : family || "All families";
  const held = all.length - inside.length;
  return { level, title, inside, held, pages, page, first: first + 1, parts: shown.slice(first, first + MOST) };
}

/**
 * @param {Cause} cause
 * @param {string[]} words
 */
function holds(cause, words) {
  const text = [cause.plain_name, cause.name, cause.plain, cause.clinical].join("\n").toLowerCase();
  return words.every((word) => text.includes(word));
}

/**
 * @param {Group} group
 * @param {boolean} clinical
 */
const named = (group, clinical) => (clinical ? group.clinical : group.plain);

/** @param {number} number */
const count = (number) => (number === 1 ? "1 cause" : `${number} causes`);

/** @param {View} view */
function headline(view) {
  const place = view.pages > 1 ? `, page ${view.page} of ${view.pages}` : "";
  return `${view.title}: ${count(view.inside.length)}${place}`;
}

/**
 * @param {Cause} cause
 * @param {boolean} clinical
 * @param {string} opened
 * @returns {Part}
 */
function causePart(cause, clinical, opened) {
  const names = [cause.plain_name, cause.name];
  const [label, second] = clinical ? names.reverse() : names;
  const state = { opened: opened === cause.id ? "" : cause.id };
  return { id: cause.id, label, second: second === label ? "" : second, causes: [cause], state };
}

/**
 * @param {Group} group
 * @param {Cause[]} inside
 * @param {boolean} clinical
 * @returns {Part}
 */
function groupPart(group, inside, clinical) {
  const causes = inside.filter((cause) => cause.group === group.id);
  const label = named(group, clinical);
  const other = named(group, !clinical);
  const second = other === label ? count(causes.length) : `${other} · ${count(causes.length)}`;
  return { id: group.id, label, second, causes, state: { family: group.family, group: group.id } };
}

/**
 * A family of one group leads straight to its causes.
 * @param {Data} data
 * @param {Cause[]} inside
 * @param {boolean} clinical
 * @returns {Part[]}
 */
function familyParts(data, inside, clinical) {
  return [...new Set(data.groups.map((row) => row.family))].map((family) => {
    const groups = data.groups.filter((row) => row.family === family);
    const ids = groups.map(({ id }) => id);
    const causes = inside.filter((cause) => ids.includes(cause.group));
    const second = groups.length === 1
      ? count(causes.length)
      : `${count(causes.length)}: ${groups.map((row) => named(row, clinical)).join("; ")}`;
    return { id: family, label: family, second, causes, state: { family, group: ids.length === 1 ? ids[0] : "" } };
  });
}

/**
 * Press a part: a cause opens or closes where it stands, a family or group leads inside.
 * @param {View} view
 * @param {Part} part
 * @param {Change} change
 */
function press(view, part, change) {
  if (view.level === "cause") change(part.state, `part-${part.id}`);
  else change({ ...part.state, page: 1, opened: "" }, "heading");
}

/**
 * The way up, if there is one: its words, what it sets, and what gets the focus there.
 * @param {Model} model
 * @param {Data} data
 * @returns {{ text: string, state: State, focus: string } | null}
 */
function wayUp(model, data) {
  const [family, group] = [model.get("family"), model.get("group")];
  const rest = { page: 1, opened: "" };
  if (model.get("query").trim()) return { text: "Leave the search", state: { query: "", ...rest }, focus: "heading" };
  if (!family) return null;
  if (!group || data.groups.filter((row) => row.family === family).length === 1) {
    return { text: "All families", state: { family: "", group: "", ...rest }, focus: `part-${family}` };
  }
  return { text: family, state: { group: "", ...rest }, focus: `part-${group}` };
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {View} view
 * @param {Change} change
 */
function page(model, data, view, change) {
  const up = wayUp(model, data);
  const climb = up && (() => change(up.state, up.focus));
  const back = up
    ? h("button", { type: "button", class: "myo-button map-up", "data-key": "up", onclick: climb }, `← ${up.text}`)
    : null;
  const heading = h("h2", { tabindex: -1, "data-key": "heading" }, headline(view));
  const head = h("div", { class: "map-head" }, back, heading, turner(view, change));
  if (!view.parts.length) return [head, h("p", {}, nothing(model, view))];
  const parts = [picture(view, change, climb, model.get("opened")), list(model, data, view, change)];
  return [head, h("div", { class: "map-grid" }, parts)];
}

/**
 * Why there is nothing to show.
 * @param {Model} model
 * @param {View} view
 */
function nothing(model, view) {
  if (view.held) return `${count(view.held)} here for clinicians only; choose “all causes” to see them.`;
  return model.get("query").trim() ? "No cause in the tables holds these words. That excludes nothing." : "No cause.";
}

/**
 * Pages of nine, by the numbers of the causes on them.
 * @param {View} view
 * @param {Change} change
 */
function turner(view, change) {
  if (view.pages === 1) return null;
  const buttons = Array.from({ length: view.pages }, (_, index) => {
    const last = Math.min((index + 1) * MOST, view.inside.length);
    const onclick = () => change({ page: index + 1, opened: "" });
    const props = { type: "button", class: "myo-button", "data-key": `page-${index + 1}`, onclick };
    return h("button", { ...props, "aria-pressed": String(view.page === index + 1) }, `${index * MOST + 1}–${last}`);
  });
  return h("div", { class: "map-pages", role: "group", "aria-label": "Which causes" }, buttons);
}

/** @param {View} view */
function caption(view) {
  const causes = view.inside;
  const without = causes.filter((cause) => cause.support === "none").length;
  const drafts = causes.filter((cause) => cause.support !== "none" && cause.draft.length).length;
  const signed = causes.filter((cause) => cause.reviewed).length;
  const share = (/** @type {number} */ n) => (n === causes.length ? "all" : n || "none");
  return [
    "The parts are equal on purpose: size says nothing about how often a cause occurs.",
    view.level === "cause" ? "Most urgent first." : "The shape is that of the most urgent cause inside.",
    view.held ? `For clinicians only, and not shown: ${view.held}.` : "",
    `Of ${count(causes.length)}, ${share(without)} without a source, ${share(drafts)} part draft, ` +
    `${share(signed)} reviewed by a clinician. Nothing here is a diagnosis.`,
  ].filter(Boolean).join(" ");
}

/**
 * @param {View} view
 * @param {Change} change
 * @param {(() => void) | null} climb
 * @param {string} opened
 */
function picture(view, change, climb, opened) {
  const wedges = view.parts.map((part, index) => {
    const urgency = part.causes[0].urgency;
    const look = `map-${view.level} map-is-${urgency} ${opened === part.id ? "map-open" : ""}`;
    return { ...part, number: view.first + index, urgency, look, press: () => press(view, part, change) };
  });
  const total = [String(view.inside.length), view.inside.length === 1 ? "cause" : "causes"];
  const label = `${headline(view)}. A wheel of ${wedges.length} equal parts; the table after it says the same.`;
  const drawn = wheel(label, wedges, climb ? ["↑", ...total] : total, climb);
  return h("figure", {}, drawn, h("figcaption", {}, caption(view)));
}

/**
 * The table: what the wheel shows, in words, with a button for each part.
 * @param {Model} model
 * @param {Data} data
 * @param {View} view
 * @param {Change} change
 */
function list(model, data, view, change) {
  const heads = HEADS[view.level].map((text) => h("th", { scope: "col" }, text));
  const rows = view.parts.flatMap((part, index) => {
    const isOpen = view.level === "cause" && model.get("opened") === part.id;
    const row = partRow(view, part, view.first + index, isOpen, change);
    if (!isOpen) return [row];
    const cell = h(
      "td",
      { colspan: 2 },
      h("div", { class: "map-more" }, ...detail(model, data, part.causes[0], change)),
    );
    return [row, h("tr", { class: "map-detail" }, cell)];
  });
  const seen = new Set(view.parts.map((part) => part.causes[0].urgency));
  const clinical = model.get("wording") === "clinical";
  const key = data.urgency.filter(({ id }) => seen.has(id)).map((word) =>
    h("li", {}, urgencyBadge(word.id), ": ", clinical ? word.clinical : word.plain)
  );
  return h(
    "div",
    { class: "map-list" },
    h(
      "table",
      {},
      h("caption", { class: "myo-sr" }, headline(view)),
      h("thead", {}, h("tr", {}, heads)),
      h("tbody", {}, rows),
    ),
    h("p", { class: "map-key" }, "How fast to act when the cause is suspected:"),
    h("ul", { class: "map-key" }, key),
  );
}

/**
 * @param {View} view
 * @param {Part} part
 * @param {number} number
 * @param {boolean} isOpen
 * @param {Change} change
 */
function partRow(view, part, number, isOpen, change) {
  const single = view.level === "cause";
  const [cause] = part.causes;
  const same = part.causes.filter((other) => other.urgency === cause.urgency).length;
  const able = (/** @type {string} */ word) => part.causes.filter((other) => other.cause_removable === word).length;
  const removable = single ? cause.cause_removable : `${able("yes")}, partly ${able("partly")}`;
  const props = {
    type: "button",
    class: "myo-open map-part",
    "data-key": `part-${part.id}`,
    onclick: () => press(view, part, change),
  };
  const button = h("button", single ? { ...props, "aria-expanded": String(isOpen) } : props, part.label);
  return h(
    "tr",
    { "data-part": part.id },
    h(
      "th",
      { scope: "row" },
      h("span", { class: "map-number" }, String(number)),
      h("div", {}, button, h("span", { class: "map-second" }, part.second), single ? marks(cause) : null),
    ),
    h(
      "td",
      {},
      urgencyBadge(cause.urgency),
      single ? null : h("span", { class: "map-second" }, `${same} of ${part.causes.length}`),
      h("span", { class: "map-second" }, `removable: ${removable}`),
    ),
  );
}

/**
 * All that is known of one cause, in the wording that was chosen.
 * @param {Model} model
 * @param {Data} data
 * @param {Cause} cause
 * @param {Change} change
 */
function detail(model, data, cause, change) {
  const clinical = model.get("wording") === "clinical";
  const word = data.urgency.find(({ id }) => id === cause.urgency);
  const shown = model.get("show_sources");
  const id = uid("sources");
  const toggle = h(
    "button",
    {
      type: "button",
      class: "myo-button",
      "data-key": "sources",
      "aria-expanded": String(shown),
      "aria-controls": id,
      onclick: () => change({ show_sources: !shown }, "sources"),
    },
    shown ? "Hide the sources" : "Show the sources",
  );
  return [
    h("p", {}, clinical ? cause.clinical : cause.plain),
    causeFacts(cause, (clinical ? word?.clinical : word?.plain) ?? "", [
      ["More urgent if", clinical ? cause.raise_if_clinical : cause.raise_if_plain],
    ]),
    toggle,
    h("div", { id }, shown ? sourcesBlock(cause, data.sources) : null),
  ];
}

export default { render };

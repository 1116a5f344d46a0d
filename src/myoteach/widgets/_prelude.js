// What the explorers share. Python puts this file in front of an explorer's module (see _modules.py), so that the
// browser receives one module without imports; editors and tests read both as ordinary ES modules.

/**
 * The part of a widget's model an explorer uses: anywidget's in Jupyter, a stand-in in an offline page.
 * @typedef {{
 *   get: (name: string) => any,
 *   set: (name: string, value: any) => void,
 *   save_changes: () => void,
 *   send: (content: any) => void,
 *   on: (event: string, callback: (...args: any[]) => void) => void,
 *   off: (event: string, callback: (...args: any[]) => void) => void,
 * }} Model
 */

/** @typedef {{ id: string, citation: string, link: string, complete: boolean }} Source */
/**
 * What a row rests on, in words where a reader sees it.
 * @typedef {{ sources: string[], support: string, said: string, draft: string[], reviewed: boolean, review: string }} Provenance
 */

/**
 * A cause as Python sends it (`cause_card`).
 * @typedef {Provenance & { id: string, name: string, plain_name: string, plain: string, clinical: string, group: string,
 *   urgency: string, raise_if_plain: string, raise_if_clinical: string, cause_removable: string,
 *   disease_treatment: string, jerks_treatable: string, audience: string }} Cause
 */

const SVG = "http://www.w3.org/2000/svg";
const FOCUSABLE = new Set(["button", "input", "select", "summary", "a", "textarea"]);

let serial = 0;

/**
 * A document-wide unique id.
 * @param {string} stem
 */
export function uid(stem) {
  serial += 1;
  return `myo-${stem}-${serial}-${Math.random().toString(36).slice(2, 7)}`;
}

/**
 * Make an element. Text is always text: nothing here ever becomes markup.
 * A control carries JupyterLab's mark that keeps its keys from running notebook commands.
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `on*` are listeners; false, null and undefined are left out
 * @param {...(Node | string | null | undefined | false | (Node | string | null | undefined | false)[])} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  if (FOCUSABLE.has(tag) || "tabindex" in props) node.setAttribute("data-lm-suppress-shortcuts", "true");
  setProps(node, props);
  node.append(.../** @type {any[]} */ (children.flat()).filter((child) => child || child === 0));
  return node;
}

/**
 * Make an SVG element.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node | string)} children
 * @returns {any}
 */
export function s(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  setProps(node, props);
  node.append(...children.flat());
  return node;
}

/**
 * @param {Element} node
 * @param {Record<string, any>} props
 */
function setProps(node, props) {
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "checked" || name === "selected" || name === "open") {
      /** @type {any} */ (node)[name] = Boolean(value);
    } else node.setAttribute(name, value === true ? "" : String(value));
  }
}

/**
 * Write a text where it is another one: the same text written again would be laid out and painted again.
 * @param {Element} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Text for screen readers only.
 * @param {string} text
 */
export const hidden = (text) => h("span", { class: "myo-sr" }, text);

/**
 * Write one trait and send it to the kernel, if there is one.
 * @param {Model} model
 * @param {string} name
 * @param {any} value
 */
export function put(model, name, value) {
  model.set(name, value);
  model.save_changes();
}

/**
 * Call back when any of the traits changes; returns the function that stops it.
 * @param {Model} model
 * @param {string[]} names
 * @param {() => void} callback
 */
export function watch(model, names, callback) {
  for (const name of names) model.on(`change:${name}`, callback);
  return () => {
    for (const name of names) model.off(`change:${name}`, callback);
  };
}

/**
 * Change several traits at once: what draws on a change of each (`unlessOwn`) is left out, and `after` is called once.
 * @param {Model} model
 * @param {(focus: string) => void} after told the key of what is to get the focus, or ""
 */
export function makeChange(model, after) {
  let isOwn = false;
  const change = (/** @type {Record<string, any>} */ state, focus = "") => {
    isOwn = true;
    for (const [name, value] of Object.entries(state)) model.set(name, value);
    model.save_changes();
    isOwn = false;
    after(focus);
  };
  return { change, unlessOwn: (/** @type {() => void} */ draw) => () => isOwn || draw() };
}

/**
 * A row of radio buttons in the shape of a segmented control.
 * @param {{ legend: string, options: [string, string][], value: string, onpick: (value: string) => void,
 *   quiet?: boolean, className?: string }} spec `quiet` hides the legend from sight only
 */
export function segmented({ legend, options, value, onpick, quiet = false, className = "" }) {
  const name = uid("radio");
  const boxes = options.map(([key, label]) =>
    h(
      "label",
      { class: "myo-segment" },
      h("input", { type: "radio", name, value: key, checked: key === value, onchange: () => onpick(key) }),
      h("span", {}, label),
    )
  );
  const head = h("legend", { class: quiet ? "myo-sr" : "" }, legend);
  return h(
    "fieldset",
    { class: `myo-segmented ${className}` },
    head,
    h("div", { class: "myo-segments" }, boxes),
  );
}

/**
 * Tick the radio button with this value in a group made by `segmented`.
 * @param {Element} group
 * @param {string} value
 */
export function pick(group, value) {
  for (const box of /** @type {NodeListOf<HTMLInputElement>} */ (group.querySelectorAll("input"))) {
    box.checked = box.value === value;
  }
}

/**
 * A labelled drop-down list.
 * @param {{ label: string, options: [string, string][], value: string, onpick: (value: string) => void }} spec
 */
export function chooser({ label, options, value, onpick }) {
  const id = uid("select");
  const items = options.map(([key, text]) => h("option", { value: key, selected: key === value }, text));
  const list = h("select", { id, onchange: () => onpick(list.value) }, items);
  return h("span", { class: "myo-chooser" }, h("label", { for: id }, label), " ", list);
}

/**
 * What can be done about a cause, as a list of terms.
 * @param {Cause} cause
 * @param {string} meaning of its urgency word
 * @param {[string, string][]} raised what makes it more urgent: a term and its text
 */
export function causeFacts(cause, meaning, raised) {
  const facts = [
    ["How fast to act", `${cause.urgency}: ${meaning}`],
    ...raised,
    ["Can the cause be removed?", cause.cause_removable],
    ["Is there treatment for the disease?", cause.disease_treatment],
    ["Can the jerks be eased?", cause.jerks_treatable],
  ].filter(([, text]) => text);
  return h("dl", { class: "myo-facts" }, facts.flatMap(([term, text]) => [h("dt", {}, term), h("dd", {}, text)]));
}

/** Shapes by which the five urgency words differ even without colour. */
const URGENCY_SHAPES = {
  emergency: () => s("path", { d: "M8 1 15 14H1Z" }),
  urgent: () => s("path", { d: "M8 1 15 8 8 15 1 8Z" }),
  soon: () => s("circle", { cx: 8, cy: 8, r: 6 }),
  routine: () => s("circle", { cx: 8, cy: 8, r: 5, class: "myo-hollow" }),
  none: () => s("path", { d: "M2 8H14", class: "myo-hollow" }),
};

/**
 * The shape of an urgency word, in a box of 16 by 16; a word the shapes do not know has that of an ordinary visit.
 * @param {string} word
 * @returns {Element}
 */
export function urgencyShape(word) {
  return (/** @type {Record<string, () => Element>} */ (URGENCY_SHAPES)[word] ?? URGENCY_SHAPES.routine)();
}

/**
 * How fast to act: a shape and the word.
 * @param {string} word one of the five urgency words
 */
export function urgencyBadge(word) {
  const icon = s("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, urgencyShape(word));
  return h("span", { class: `myo-urgency myo-${word}` }, icon, word);
}

/**
 * Say what a row still lacks: a source, a clinician's signature.
 * @param {Provenance} row
 */
export function marks(row) {
  const list = [];
  if (row.support === "none") list.push(["needs a source", "Nobody has found a source for this row yet."]);
  else if (row.draft.length) {
    list.push(["part draft", "Some of this row is a judgement that no listed source was seen to state."]);
  }
  if (!row.reviewed) list.push(["not reviewed", "No clinician has signed this row."]);
  return list.map(([word, title]) => h("span", { class: "myo-mark", title }, word));
}

/**
 * The sources of a row as a list, with what they carry and what they do not.
 * @param {Provenance} row
 * @param {Record<string, Source>} sources
 */
export function sourcesBlock(row, sources) {
  const items = row.sources.map((id) => {
    const source = sources[id];
    const note = source.complete ? "" : " (no DOI, PMID or own page found yet: does not count as support)";
    const text = source.citation + note;
    return h(
      "li",
      {},
      source.link ? h("a", { href: source.link, target: "_blank", rel: "noopener noreferrer" }, text) : text,
    );
  });
  return h(
    "div",
    { class: "myo-sources" },
    h("p", { class: "myo-sources-head" }, h("strong", {}, "Sources. "), row.said),
    items.length ? h("ul", {}, items) : null,
    row.draft.length ? h("p", {}, h("strong", {}, "Draft, not from a source: "), `${row.draft.join(", ")}.`) : null,
    h("p", {}, row.review),
  );
}

/**
 * Replace the children of a node and put the focus back on the control that had it, found by its `data-key`.
 * @param {HTMLElement} node
 * @param {...Node} children
 */
export function refill(node, ...children) {
  const active = /** @type {HTMLElement | null} */ (/** @type {any} */ (node.getRootNode()).activeElement);
  const key = active && node.contains(active) ? active.dataset.key : undefined;
  node.replaceChildren(...children);
  if (key) /** @type {HTMLElement | null} */ (node.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus();
}

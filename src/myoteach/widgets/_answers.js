// The controls by which a question is answered, one set for each kind of question. All native, none needs dragging.
// A response is a list of ids, as the attempt log keeps it: options, `premise=option` pairs, an order, or one number.
import { h, hidden, uid } from "./_prelude.js";

/**
 * A part of a quiz as Python sends it before the answer: no key, no explanation.
 * @typedef {{ id: string, version: number, kind: string, tells: string[], stem: string, options: [string, string][],
 *   stems: [string, string][], choose: number, unit: string, picture: string }} Part
 */
/**
 * `update` shows a response, `missing` says what is still to be done before it can be checked, "" when nothing is.
 * @typedef {{ node: HTMLElement, update: (response: string[]) => void, missing: (response: string[]) => string,
 *   first: () => HTMLElement }} Controls
 */
/** @typedef {(response: string[]) => void} OnPick */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight"];

/**
 * The letter an option goes by, in the order it is shown.
 * @param {number} index
 */
export const letter = (index) => LETTERS[index] ?? String(index + 1);

/** @param {number} count */
export const inWords = (count) => NUMBERS[count] ?? String(count);

/**
 * What a question is answered with before anything was chosen.
 * @param {Part} part
 */
export const blank = (part) => (part.kind === "ordering" ? part.options.map(([id]) => id) : []);

/**
 * Controls for a part.
 * @param {Part} part
 * @param {OnPick} onpick
 * @param {string} labelled id of the element that asks
 * @returns {Controls}
 */
export function answerControls(part, onpick, labelled) {
  const make = { matching: matchingControls, ordering: orderingControls, numeric: numericControls }[part.kind];
  return (make ?? choiceControls)(part, onpick, labelled);
}

/**
 * One of several, or a stated number of them.
 * @param {Part} part
 * @param {OnPick} onpick
 * @param {string} labelled
 * @returns {Controls}
 */
function choiceControls(part, onpick, labelled) {
  const many = part.kind === "multiple";
  const name = uid("option");
  /** @type {HTMLInputElement[]} */
  const boxes = part.options.map(([id]) =>
    h("input", {
      type: many ? "checkbox" : "radio",
      name,
      value: id,
      "data-key": `option-${id}`,
      onchange: () => onpick(chosen()),
    })
  );
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const rows = part.options.map(([, text], index) =>
    h("label", { class: "qz-option" }, boxes[index], letterOf(index), h("span", { class: "qz-text" }, text))
  );
  const count = many ? h("p", { class: "qz-count" }) : null;
  const node = h("div", { role: many ? "group" : "radiogroup", "aria-labelledby": labelled }, count, rows);
  return {
    node,
    update(response) {
      for (const box of boxes) box.checked = response.includes(box.value);
      if (count) count.textContent = `${response.length} of ${part.choose} chosen`;
    },
    missing(response) {
      if (response.length === part.choose) return "";
      if (!many) return "Choose an answer first.";
      return `Choose ${inWords(part.choose)} answers; you have chosen ${inWords(response.length)}.`;
    },
    first: () => boxes.find((box) => box.checked) ?? boxes[0],
  };
}

/** @param {number} index */
export const letterOf = (index) => h("span", { class: "qz-letter" }, letter(index), hidden(": "));

/**
 * Each premise is given one of the options.
 * @param {Part} part
 * @param {OnPick} onpick
 * @returns {Controls}
 */
function matchingControls(part, onpick) {
  const choices = part.options.map(([id, text], index) => h("option", { value: id }, `${letter(index)}: ${text}`));
  const lists = part.stems.map(([id]) =>
    h(
      "select",
      { id: uid("match"), "data-premise": id, onchange: () => onpick(chosen()) },
      h("option", { value: "" }, "choose …"),
      choices.map((choice) => choice.cloneNode(true)),
    )
  );
  const chosen = () =>
    lists.filter((list) => list.value).map((list) => `${list.getAttribute("data-premise")}=${list.value}`);
  const rows = part.stems.map(([, text], index) =>
    h("li", { class: "qz-pair" }, h("label", { for: lists[index].id }, text), lists[index])
  );
  const node = h("div", {}, optionList(part), h("ul", { class: "qz-pairs" }, rows));
  return {
    node,
    update(response) {
      const pairs = Object.fromEntries(response.map((pair) => pair.split("=")));
      for (const list of lists) list.value = pairs[list.getAttribute("data-premise") ?? ""] ?? "";
    },
    missing(response) {
      const left = part.stems.length - response.length;
      return left ? `Match every line first; ${inWords(left)} ${left === 1 ? "is" : "are"} left.` : "";
    },
    first: () => lists.find((list) => !list.value) ?? lists[0],
  };
}

/**
 * The options with their letters, to be read.
 * @param {Part} part
 */
export const optionList = (part) =>
  h(
    "ul",
    { class: "qz-list", "aria-label": "Answers to choose from" },
    part.options.map(([, text], index) => h("li", {}, letterOf(index), h("span", { class: "qz-text" }, text))),
  );

/**
 * A list whose lines are moved up and down, by button or by arrow key on a button.
 * @param {Part} part
 * @param {OnPick} onpick
 * @param {string} labelled
 * @returns {Controls}
 */
function orderingControls(part, onpick, labelled) {
  const texts = Object.fromEntries(part.options);
  /** @type {string[]} */
  let order = [];
  const said = h("p", { class: "myo-sr", role: "status" });
  const list = h("ol", { class: "qz-order", "aria-labelledby": labelled });
  const lines = Object.fromEntries(part.options.map(([id, text]) => [id, line(id, text)]));

  /**
   * @param {string} id
   * @param {number} step
   */
  function move(id, step) {
    const from = order.indexOf(id);
    const to = from + step;
    if (to < 0 || to >= order.length) return;
    const next = order.filter((other) => other !== id);
    next.splice(to, 0, id);
    const focused = /** @type {any} */ (list.getRootNode()).activeElement;
    onpick(next);
    focused?.focus(); // a line that is moved in the page loses the focus
    said.textContent = `${texts[id]}: now ${to + 1} of ${order.length}.`;
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  function line(id, text) {
    const button = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {number} */ step) =>
      h("button", { type: "button", class: "myo-button qz-move", onclick: () => move(id, step), onkeydown: keys }, [
        h("span", { "aria-hidden": "true" }, sign),
        hidden(`Move ${name}: ${text}`),
      ]);
    const keys = (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      move(id, step);
    };
    return h(
      "li",
      {},
      h("span", { class: "qz-place", "aria-hidden": "true" }),
      h("span", { class: "qz-text" }, text),
      h("span", { class: "qz-moves" }, button("↑", "up", -1), button("↓", "down", 1)),
    );
  }

  return {
    node: h("div", {}, list, said),
    update(response) {
      order = response;
      if ([...list.children].some((child, index) => child !== lines[order[index]]) || !list.children.length) {
        list.replaceChildren(...order.map((id) => lines[id]));
      }
      order.forEach((id, index) => lines[id].querySelector(".qz-place").textContent = `${index + 1}`);
    },
    missing: () => "",
    first: () => list.querySelector("button"),
  };
}

/**
 * A number in a unit.
 * @param {Part} part
 * @param {OnPick} onpick
 * @param {string} labelled
 * @returns {Controls}
 */
function numericControls(part, onpick, labelled) {
  const unit = uid("unit");
  const box = h("input", {
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    maxlength: 20,
    class: "qz-number",
    "aria-labelledby": `${labelled} ${unit}`,
    oninput: () => onpick(box.value.trim() ? [box.value.trim()] : []),
  });
  return {
    node: h("p", { class: "qz-numeric" }, box, " ", h("span", { id: unit }, part.unit)),
    update(response) {
      if (box.value.trim() !== (response[0] ?? "")) box.value = response[0] ?? "";
    },
    missing(response) {
      const isNumber = /^[+\-−]?(\d+([.,]\d*)?|[.,]\d+)$/.test(response[0] ?? "");
      return isNumber ? "" : `Give a number in ${part.unit} first, for example 12 or 0.5.`;
    },
    first: () => box,
  };
}

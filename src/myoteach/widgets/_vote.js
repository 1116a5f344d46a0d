// Blind voting in class: large letters, hands counted if the instructor wants to, the answer when it is revealed.
import { h } from "./_prelude.js";
import { letter, letterOf } from "./_answers.js";
import { deciding, markedParts, markedRow, sourceLine, tag, verdictSign } from "./_verdict.js";

/** @typedef {import("./_answers.js").Part} Part */
/** @typedef {import("./_verdict.js").Feedback} Feedback */
/** @typedef {Record<string, number>} Counts option id to raised hands */

/** No room is larger; a longer number is a slip of the finger. */
const MOST = 999;

/**
 * What the room sees of a question: before the answer is revealed the options alone, then what is right and why.
 * `update` shows the hands counted so far.
 * @param {Part} part
 * @param {Feedback | undefined} told
 * @param {{ counting: boolean, oncount: (id: string, count: number) => void }} hands
 */
export function voteBody(part, told, hands) {
  const bars = isChoice(part) && hands.counting ? barsOf(part, hands.oncount) : null;
  const rows = isChoice(part)
    ? choiceRows(part, told, bars)
    : told && !told.number
    ? markedParts(part, told)
    : asked(part);
  const node = h("div", { class: "qz-vote" }, rows, bars?.total, told ? answerBox(part, told) : null);
  return { node, update: bars?.update };
}

/** @param {Part} part */
export const isChoice = (part) => part.kind === "single" || part.kind === "multiple";

/**
 * The options in large letters; once revealed with what is right and why.
 * @param {Part} part
 * @param {Feedback | undefined} told
 * @param {ReturnType<typeof barsOf> | null} bars
 */
function choiceRows(part, told, bars) {
  const notes = Object.fromEntries((told?.notes ?? []).map((note) => [note.id, note]));
  const rows = part.options.map(([id, text], index) => {
    const note = notes[id];
    const words = h("span", { class: "qz-text" }, text, note ? h("span", { class: "qz-why" }, note.why) : null);
    const hand = bars?.nodes[index] ?? null;
    if (!note) return h("li", { class: "qz-option" }, letterOf(index), words, hand);
    return markedRow(note.right ? "right" : "", [letterOf(index), words, tag(note.right ? "right" : ""), hand]);
  });
  return h("ul", { class: "qz-answers" }, rows);
}

/**
 * @param {Part} part
 * @param {Feedback} told
 */
function answerBox(part, told) {
  const heading = h("p", { class: "qz-verdict-head", tabindex: "-1", "data-key": "verdict" }, revealed(part, told));
  const why = told.number ? h("p", {}, told.number.right) : null;
  return h(
    "div",
    { class: "qz-verdict qz-box-right", role: "status" },
    verdictSign("right"),
    h("div", { class: "qz-reasons" }, heading, why, deciding(told)),
  );
}

/** @param {Part} part */
function asked(part) {
  const premises = part.stems.length
    ? h("ol", { class: "qz-premises", "aria-label": "To be matched" }, part.stems.map(([, text]) => h("li", {}, text)))
    : null;
  const rows = part.options.map(([, text], index) =>
    h("li", { class: "qz-option" }, letterOf(index), h("span", { class: "qz-text" }, text))
  );
  const unit = part.kind === "numeric" ? h("p", {}, `A number in ${part.unit}.`) : null;
  return [premises, rows.length ? h("ul", { class: "qz-answers" }, rows) : null, unit];
}

/**
 * @param {Part} part
 * @param {Feedback} told
 */
function revealed(part, told) {
  if (told.number) return `The answer is ${told.number.answer}.`;
  if (part.kind === "matching" || part.kind === "ordering") return "This is how it is.";
  const keys = told.notes.filter((note) => note.right).map((note) => note.id);
  const letters = part.options.flatMap(([id], index) => (keys.includes(id) ? [letter(index)] : []));
  return letters.length === 1 ? `The answer is ${letters[0]}.` : `The answers are ${letters.join(" and ")}.`;
}

/**
 * A number for each letter, as a bar and as a number.
 * @param {Part} part
 * @param {(id: string, count: number) => void} oncount
 */
function barsOf(part, oncount) {
  const hands = part.options.map(([id], index) => {
    const box = h("input", {
      type: "number",
      min: 0,
      max: MOST,
      step: 1,
      inputmode: "numeric",
      "aria-label": `Hands for ${letter(index)}`,
      "data-key": `hands-${id}`,
      oninput: () => oncount(id, Math.min(MOST, Math.max(0, Math.trunc(Number(box.value)) || 0))),
    });
    const bar = h("span", { class: "qz-bar", "aria-hidden": "true" });
    return { id, box, bar, node: h("span", { class: "qz-hand" }, h("span", { class: "qz-track" }, bar), box) };
  });
  const total = h("p", { class: "qz-total" });
  const update = (/** @type {Counts} */ counts) => {
    const sum = hands.reduce((all, { id }) => all + (counts[id] ?? 0), 0);
    const most = Math.max(1, ...hands.map(({ id }) => counts[id] ?? 0));
    for (const { id, box, bar } of hands) {
      const count = counts[id] ?? 0;
      if ((Number(box.value) || 0) !== count) box.value = count ? String(count) : "";
      bar.style.setProperty("--share", String(count / most));
    }
    total.textContent = sum ? `${sum} ${sum === 1 ? "hand" : "hands"} counted.` : "Type how many hands went up.";
  };
  return { nodes: hands.map(({ node }) => node), total, update };
}

/**
 * @param {Feedback} told
 */
export const voteSources = (told) => h("div", { class: "qz-small" }, sourceLine(told));

/**
 * The instructor's buttons.
 * @param {{ told: boolean, counting: boolean, canCount: boolean, onreveal: () => void, oncounting: () => void }} spec
 */
export function voteButtons({ told, counting, canCount, onreveal, oncounting }) {
  const reveal = told ? null : h(
    "button",
    { type: "button", class: "myo-button qz-main", "data-key": "reveal", onclick: onreveal },
    "Reveal the answer",
  );
  const count = canCount
    ? h(
      "button",
      {
        type: "button",
        class: "myo-button",
        "data-key": "counting",
        "aria-pressed": String(counting),
        onclick: oncounting,
      },
      counting ? "Hide the count" : "Count hands",
    )
    : null;
  return h("div", { class: "qz-actions" }, reveal, count);
}

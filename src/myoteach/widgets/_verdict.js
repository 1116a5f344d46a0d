// What is said after an answer, in the order in which it helps: verdict, why yours is wrong, why the key is right, the
// deciding feature, the source. A verdict is told by word and shape; colour only repeats it.
import { h, hidden, s } from "./_prelude.js";
import { letterOf } from "./_answers.js";

/** @typedef {import("./_answers.js").Part} Part */
/** @typedef {{ id: string, text: string, chosen: boolean, right: boolean, why: string }} Note */
/**
 * @typedef {{ verdict: string, said: string, response: string[], confidence: number | null, notes: Note[],
 *   number: { answer: string, right: string, wrong: string } | null, feature: string,
 *   sources: import("./_prelude.js").Source[], contrast: boolean, apart: string, next: Part | null }} Feedback
 */

/** A longer list of sources is folded. */
const MOST_SOURCES = 2;
export const SURE = ["", "unsure", "fairly sure", "sure"];
const NAMES = { "right": "right", "partly right": "partly", "wrong": "wrong" };

/**
 * The class a verdict goes by.
 * @param {string} verdict
 */
export const verdictName = (verdict) => /** @type {Record<string, string>} */ (NAMES)[verdict] ?? "unknown";

const SHAPES = {
  right: () => s("path", { d: "M6.5 12.5 10.5 16.5 17.5 8" }),
  partly: () => s("path", { d: "M7 12H17" }),
  wrong: () => s("path", { d: "M8 8 16 16M16 8 8 16" }),
  unknown: () => s("path", { d: "M9 9.5C9 7.5 10.3 6.6 12 6.6S15 7.6 15 9.4C15 11.6 12 11.6 12 14M12 17V17.2" }),
};

/**
 * A verdict's sign: a tick, a dash, a cross or a question mark in a disc.
 * @param {string} verdict
 */
export function verdictSign(verdict) {
  const name = /** @type {keyof typeof SHAPES} */ (verdictName(verdict));
  const disc = s("circle", { cx: 12, cy: 12, r: 11, class: "qz-disc" });
  return s("svg", { viewBox: "0 0 24 24", class: `qz-sign qz-${name}`, "aria-hidden": "true" }, disc, SHAPES[name]());
}

/**
 * The question again, with what was right and what was chosen marked in its place.
 * @param {Part} part
 * @param {Feedback} told
 */
export function markedAnswers(part, told) {
  if (part.kind === "numeric") return markedNumber(part, told);
  if (part.kind === "matching" || part.kind === "ordering") return markedParts(part, told);
  const notes = Object.fromEntries(told.notes.map((note) => [note.id, note]));
  const rows = part.options.map(([id, text], index) => {
    const { chosen, right } = notes[id];
    const word = right ? (chosen ? "your answer, right" : "the right answer") : chosen ? "your answer, not right" : "";
    const look = right ? "right" : chosen ? "wrong" : "";
    return markedRow(look, [letterOf(index), h("span", { class: "qz-text" }, text), tag(word)]);
  });
  return h("ul", { class: "qz-answers" }, rows);
}

/**
 * A line with its sign: right, wrong, or neither.
 * @param {string} look
 * @param {(Node | null)[]} children
 */
export function markedRow(look, children) {
  const sign = look ? verdictSign(look) : h("span", { class: "qz-sign" });
  return h("li", { class: `qz-option qz-marked ${look && `qz-is-${look}`}` }, sign, children);
}

/** @param {string} word */
export const tag = (word) => (word ? h("span", { class: "qz-tag" }, word) : null);

/**
 * @param {Part} part
 * @param {Feedback} told
 */
function markedNumber(part, told) {
  const yours = told.verdict === "not known" ? "no number" : `${told.response[0]} ${part.unit}`;
  return h(
    "dl",
    { class: "qz-given" },
    h("dt", {}, "Your answer"),
    h("dd", {}, yours),
    h("dt", {}, "The answer"),
    h("dd", {}, told.number?.answer ?? ""),
  );
}

/**
 * Lines of a matching or an order, each as it is right, with what the answer had instead.
 * @param {Part} part
 * @param {Feedback} told
 */
export function markedParts(part, told) {
  const rows = told.notes.map((note) => {
    const instead = note.chosen && !note.right ? h("span", { class: "qz-instead" }, yours(part, told, note.id)) : null;
    const text = h("span", { class: "qz-text" }, note.text, instead, h("span", { class: "qz-why" }, note.why));
    const look = !note.chosen ? "" : note.right ? "right" : "wrong";
    return markedRow(look, [text, tag({ right: "right", wrong: "not right" }[look] ?? "")]);
  });
  const head = h(
    "p",
    { class: "qz-part-head" },
    part.kind === "ordering" ? "The right order" : "What belongs together",
  );
  return h("div", {}, head, h("ul", { class: "qz-answers" }, rows));
}

/**
 * What the answer had in place of what is right.
 * @param {Part} part
 * @param {Feedback} told
 * @param {string} id
 */
function yours(part, told, id) {
  if (part.kind === "ordering") return `You had it in place ${told.response.indexOf(id) + 1}.`;
  const chosen = told.response.map((pair) => pair.split("=")).find(([premise]) => premise === id)?.[1];
  return `You chose: ${Object.fromEntries(part.options)[chosen ?? ""]}.`;
}

/**
 * The verdict and the reasons. The heading takes the focus, so that a screen reader reads on from there.
 * @param {Part} part
 * @param {Feedback} told
 */
export function verdictBlock(part, told) {
  const heading = h(
    "p",
    { class: "qz-verdict-head", tabindex: "-1", "data-key": "verdict" },
    told.said,
    sureness(told),
  );
  return h(
    "div",
    { class: `qz-verdict qz-box-${verdictName(told.verdict)}`, role: "status" },
    verdictSign(told.verdict),
    h("div", { class: "qz-reasons" }, heading, reasons(part, told), deciding(told)),
  );
}

/** @param {Feedback} told */
function sureness(told) {
  return told.confidence ? h("span", { class: "qz-sure" }, ` You were ${SURE[told.confidence]}.`) : null;
}

/**
 * @param {Part} part
 * @param {Feedback} told
 */
function reasons(part, told) {
  if (told.number) {
    const { answer, right, wrong } = told.number;
    return [wrong ? reason("Your answer", wrong) : null, reason("The answer", right, answer)];
  }
  if (part.kind === "matching" || part.kind === "ordering") return partsRight(told);
  const wrong = told.notes.filter((note) => note.chosen && !note.right);
  const keys = told.notes.filter((note) => note.right);
  const missed = keys.some((note) => !note.chosen);
  return [
    ...wrong.map((note) => reason("Your answer", note.why, note.text)),
    ...keys.map((note) => reason(missed ? "The answer" : "Why it is right", note.why, missed ? note.text : "")),
  ];
}

/** @param {Feedback} told */
function partsRight(told) {
  if (told.verdict === "not known") return null;
  const right = told.notes.filter((note) => note.right).length;
  return h("p", {}, `As it should be: ${right} of ${told.notes.length} lines. Each is explained above.`);
}

/**
 * @param {string} head
 * @param {string} text
 * @param {string} [about] the answer spoken of, in its own words
 */
function reason(head, text, about = "") {
  return h("p", {}, h("strong", {}, about ? `${head}: ${about}` : `${head}.`), about ? h("br") : " ", text);
}

/** @param {Feedback} told */
export function deciding(told) {
  return [
    h("p", { class: "qz-feature" }, h("strong", {}, "What decides. "), told.feature),
    told.apart ? h("p", { class: "qz-feature" }, h("strong", {}, "What tells the two apart. "), told.apart) : null,
  ];
}

/**
 * Small print below the buttons: the options nobody chose, and the sources.
 * @param {Part} part
 * @param {Feedback} told
 */
export function smallPrint(part, told) {
  const isChoice = part.kind === "single" || part.kind === "multiple";
  const rest = isChoice ? told.notes.filter((note) => !note.chosen && !note.right) : [];
  const others = rest.length
    ? h(
      "details",
      { class: "qz-others" },
      h("summary", {}, rest.length === 1 ? "Why not the other answer" : "Why not the other answers"),
      h("dl", {}, rest.flatMap((note) => [h("dt", {}, note.text), h("dd", {}, note.why)])),
    )
    : null;
  return h("div", { class: "qz-small" }, others, sourceLine(told));
}

/** @param {Feedback} told */
export function sourceLine(told) {
  const items = told.sources.map(({ citation, link, complete }) => {
    const text = citation + (complete ? "" : " (no DOI, PMID or own page found yet: does not count as support)");
    const opens = hidden(" (opens in a new tab)");
    return h(
      "li",
      {},
      link ? h("a", { href: link, target: "_blank", rel: "noopener noreferrer" }, text, opens) : text,
    );
  });
  const list = h("ul", {}, items);
  if (items.length > MOST_SOURCES) {
    return h("details", { class: "qz-sources" }, h("summary", {}, `${items.length} sources`), list);
  }
  const head = h("p", { class: "qz-source-head" }, items.length === 1 ? "Source" : "Sources");
  return h("div", { class: "qz-sources" }, head, list);
}

// Flashcards: a front, its back when asked for, then how well it was known. Which card comes next is worked out from the
// ratings alone, so that a reload goes on where it was; Python keeps them in the log.
import { h, marks, pick, put, segmented, sourcesBlock, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/**
 * @typedef {import("./_prelude.js").Provenance & { id: string, asks: string, front_plain: string,
 *   front_clinical: string, back_plain: string, back_clinical: string }} Card
 */
/**
 * @typedef {{ title: string, cards: Card[], sources: Record<string, import("./_prelude.js").Source>, more?: string }} Data
 * `more` says how to get the next cards where there is no cell to run
 */
/** @typedef {[card: string, word: string, took: number]} Rated */

/** @type {[string, string, string][]} word, label, what it means */
const RATINGS = [
  ["again", "Again", "not known"],
  ["hard", "Hard", "with effort"],
  ["good", "Good", "known"],
  ["easy", "Easy", "at once"],
];
/** How long Python may take before the page says that it does not answer. */
const PATIENCE = 5000;
const NOT_KEPT =
  "Python does not answer, so that these ratings are not kept. If it was stopped or restarted, run the cell above again.";

/**
 * The cards still to come, in order: a card rated “again” comes once more at the end.
 * @param {string[]} ids
 * @param {Rated[]} rated
 */
export function cardsLeft(ids, rated) {
  const left = [...ids];
  for (const [card, word] of rated) {
    const place = left.indexOf(card);
    if (place >= 0) left.splice(place, 1);
    if (word === "again") left.push(card);
  }
  return left;
}

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const wording = segmented({
    legend: "Wording",
    options: [["plain", "Plain words"], ["clinical", "Clinical"]],
    value: model.get("wording"),
    onpick: (value) => put(model, "wording", value),
    quiet: true,
  });
  const status = h("p", { class: "fl-status", role: "status" });
  const count = h("p", { class: "fl-count" });
  const stage = h("div", { class: "fl-stage" });
  const clock = keptClock(model, status);
  let since = performance.now();
  const rate = (/** @type {string} */ word) => {
    const [card] = cardsLeft(data.cards.map(({ id }) => id), model.get("rated"));
    if (!card || !model.get("shown")) return;
    model.set("shown", false);
    model.set("rated", [...model.get("rated"), [card, word, Math.round(performance.now() - since)]]);
    model.save_changes();
    since = performance.now();
    clock.start();
  };
  const keys = (/** @type {KeyboardEvent} */ event) => {
    const rating = RATINGS[Number(event.key) - 1];
    if (!rating || !model.get("shown") || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    rate(rating[0]);
  };
  const root = h(
    "div",
    { role: "group", class: "myo fl", "aria-label": `Flashcards: ${data.title}`, onkeydown: keys },
    h("div", { class: "myo-bar" }, wording, count),
    h("div", {}, stage, status),
  );
  const draw = () => {
    pick(wording, model.get("wording"));
    const left = cardsLeft(data.cards.map(({ id }) => id), model.get("rated"));
    count.textContent = left.length ? `${left.length} of ${data.cards.length} cards to go` : "Session done";
    const held = stage.contains(/** @type {any} */ (stage.getRootNode()).activeElement);
    stage.replaceChildren(left.length ? cardFace(model, data, left[0], rate) : summary(model, data));
    if (held) stage.querySelector("[data-first]")?.focus();
    clock.update();
  };
  el.replaceChildren(root);
  draw();
  const unwatch = watch(model, ["rated", "shown", "wording", "ahead"], draw);
  const unclock = watch(model, ["kept", "memory"], clock.update);
  return () => {
    unwatch();
    unclock();
    clock.stop();
  };
}

/**
 * Say what is kept, and after a while without an answer that nothing is.
 * @param {Model} model
 * @param {HTMLElement} status
 */
function keptClock(model, status) {
  let timer = 0;
  const allKept = () => model.get("kept") >= model.get("rated").length;
  const say = (/** @type {string} */ text) => {
    if (status.textContent !== text) status.textContent = text;
  };
  const update = () => {
    if (!allKept()) return;
    clearTimeout(timer);
    say(model.get("memory"));
  };
  const start = () => {
    clearTimeout(timer);
    if (!allKept()) timer = setTimeout(() => say(NOT_KEPT), PATIENCE);
  };
  return { start, update, stop: () => clearTimeout(timer) };
}

/**
 * One card, its back when it is shown. The front is what has the focus first, then the back, then the ratings.
 * @param {Model} model
 * @param {Data} data
 * @param {string} id
 * @param {(word: string) => void} rate
 */
function cardFace(model, data, id, rate) {
  const card = /** @type {Card} */ (data.cards.find((row) => row.id === id));
  const clinical = model.get("wording") === "clinical";
  const shown = model.get("shown");
  const front = [
    h("p", { class: "fl-asks" }, card.asks),
    h("h2", {}, clinical ? card.front_clinical : card.front_plain),
  ];
  if (!shown) {
    const show = () => put(model, "shown", true);
    const button = h(
      "button",
      { type: "button", class: "myo-button fl-show", "data-first": true, onclick: show },
      "Show the back",
    );
    return h("div", { class: "fl-card" }, front, h("p", { class: "fl-try" }, "Say it to yourself first."), button);
  }
  const back = h(
    "div",
    { class: "fl-back", role: "group", "aria-label": "The back", tabindex: "-1", "data-first": true },
    h("p", {}, clinical ? card.back_clinical : card.back_plain),
    h("details", {}, h("summary", {}, "Source ", marks(card)), sourcesBlock(card, data.sources)),
  );
  return h("div", { class: "fl-card" }, front, back, ratingButtons(rate));
}

/** @param {(word: string) => void} rate */
function ratingButtons(rate) {
  const buttons = RATINGS.map(([word, label, meaning], place) =>
    h(
      "button",
      {
        type: "button",
        class: "myo-button fl-rate",
        "aria-keyshortcuts": String(place + 1),
        onclick: () => rate(word),
      },
      h("strong", {}, label),
      " ",
      h("span", {}, meaning),
    )
  );
  return h(
    "div",
    { role: "group", "aria-label": "How well did you know it?" },
    h("p", { class: "fl-how" }, "How well did you know it? (keys 1 to 4)"),
    h("div", { class: "fl-rates" }, buttons),
  );
}

/**
 * What the session came to.
 * @param {Model} model
 * @param {Data} data
 */
function summary(model, data) {
  /** @type {Rated[]} */
  const rated = model.get("rated");
  const first = new Map([...rated].reverse().map(([card, word]) => [card, word]));
  const counts = RATINGS.map(([word, label]) => ({
    label,
    number: [...first.values()].filter((given) => given === word).length,
  })).filter(({ number }) => number);
  const missed = data.cards.filter(({ id }) => first.get(id) === "again");
  const clinical = model.get("wording") === "clinical";
  const names = missed.map((card) => h("li", {}, clinical ? card.front_clinical : card.front_plain));
  const said = counts.map(({ label, number }) => `${label} ${number}`).join(", ");
  return h(
    "div",
    { class: "fl-card", tabindex: "-1", "data-first": true, role: "group", "aria-label": "Summary" },
    h("h2", {}, data.cards.length ? "Done" : "Nothing is due"),
    h(
      "p",
      {},
      data.cards.length
        ? `${data.cards.length} cards. At first sight: ${said}.`
        : "Every card of this deck was rated, and none is due yet. Come back later, or take another deck.",
    ),
    missed.length ? [h("p", {}, "Not known at first:"), h("ul", {}, names)] : null,
    model.get("ahead") ? h("p", {}, model.get("ahead")) : null,
    data.cards.length ? h("p", { class: "fl-try" }, data.more ?? "Run the cell again for the next cards.") : null,
  );
}

export default { render };

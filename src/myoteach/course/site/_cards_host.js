// Gives flashcards in a page their cards and keeps the ratings, as Python does in JupyterLab (flashcards.py).
import { cardQueue } from "./_tally.js";

const LONGEST_CARD = 3_600_000;
const UNITS = /** @type {[number, string][]} */ ([[86_400, "day"], [3_600, "hour"], [60, "minute"]]);

/** The half of flashcards that chooses and keeps. */
export class CardsHost {
  /**
   * @param {import("./_model.js").Model} model
   * @param {{ index: import("./_tally.js").Index, log: import("./_log.js").Log }} own
   */
  constructor(model, own) {
    this.model = model;
    this.own = own;
    const data = model.get("data");
    this.deck = data.cards.map((/** @type {any} */ { id }) => id);
    const { chosen } = this.queue();
    const cards = chosen.map((id) => data.cards.find((/** @type {any} */ card) => card.id === id));
    model.traits.data = { ...data, cards, more: "Load the page again for the next cards." };
    model.traits.memory = own.log.message;
    model.saved = () => this.keep();
  }

  queue() {
    return cardQueue(this.own.index, this.deck, this.own.log.reading.attempts, this.own.log.clock());
  }

  keep() {
    const rated = this.model.get("rated");
    for (const [item, word, took] of rated.slice(this.model.get("kept"))) {
      this.own.log.record({
        ...{ item, version: 1, order: [], response: [word], correct: word !== "again", confidence: null },
        ...{ took: Math.min(Math.round(took), LONGEST_CARD), mode: "flashcard", easy: word === "easy" },
      });
    }
    this.model.set("kept", Math.max(this.model.get("kept"), rated.length));
    this.model.set("memory", this.own.log.message);
    const latest = new Map(rated.map((/** @type {string[]} */ [item, word]) => [item, word]));
    const done = latest.size === this.model.get("data").cards.length && ![...latest.values()].includes("again");
    if (done && rated.length) this.model.set("ahead", this.ahead());
  }

  /** Say when the first of the cards comes again. */
  ahead() {
    const shown = new Set(this.model.get("data").cards.map((/** @type {any} */ { id }) => id));
    const attempts = this.own.log.reading.attempts.filter(({ item }) => shown.has(item));
    const { next } = cardQueue(this.own.index, [...shown], attempts, this.own.log.clock());
    return Number.isFinite(next) ? `The first of them comes again ${span(next - this.own.log.clock(), "in")}.` : "";
  }
}

/**
 * A time to come in words.
 * @param {number} milliseconds
 * @param {"in" | "about"} before
 */
export function span(milliseconds, before) {
  for (const [size, unit] of UNITS) {
    const number = Math.round(milliseconds / 1000 / size);
    if (number >= 1) return `${before} ${number} ${unit}${number === 1 ? "" : "s"}`;
  }
  return before === "in" ? "now" : "less than a minute";
}

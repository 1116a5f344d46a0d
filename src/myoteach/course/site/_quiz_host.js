// Answers a quiz in a page as the kernel does in JupyterLab (_quiz_session.py, quiz.py): a round of questions, each
// marked once, kept with what is chosen so that a page opened again goes on where its reader was.
import { feedback, grade, ResponseError } from "./_marking.js";
import { DONT_KNOW } from "./_record.js";

/** @typedef {import("./_marking.js").Part} Part */
/** @typedef {{ parts: Part[], contrast: [string, string] | null }} Question */
/**
 * A round as it is kept: items with the order of each part's options, answers as given, and what tells look-alikes
 * apart. `stamp` names versions and options: a round of questions that were changed since is no longer gone on with.
 * @typedef {{ round: number, began: number, stamp: string, items: [string, string[][]][], apart: Record<string, string>,
 *   answers: Record<string, { response: string[], confidence: number | null }>, at: string, picks: Record<string, any> }} Round
 */

const LONGEST = 86_400_000;

/** The half of a quiz that marks. */
export class QuizHost {
  /**
   * @param {import("./_model.js").Model} model
   * @param {{ asked: string[], questions: Record<string, Question>, log: import("./_log.js").Log, mode: string,
   *   storage: Storage | null, name: string, head?: object }} own
   */
  constructor(model, own) {
    this.own = own;
    this.model = model;
    this.round = this.kept() ?? this.newRound(1);
    model.traits.at = this.round.at;
    model.traits.picks = this.round.picks;
    model.traits.data = this.data();
    model.heard = (content) => this.receive(content ?? {});
    model.saved = () => this.keep();
  }

  /** @returns {Round | null} the round that this browser keeps, if these questions are still the ones asked */
  kept() {
    try {
      /** @type {Round} */
      const round = JSON.parse(this.own.storage?.getItem(this.own.name) ?? "null");
      const whole = round?.stamp === this.stamp(round.items) && this.isSound(round);
      return whole && (this.own.mode === "review" ? this.isOpen(round) : this.asksTheSame(round)) ? round : null;
    } catch {
      return null;
    }
  }

  /**
   * Whether all of a round can be shown: what a browser gives back may be damaged.
   * @param {Round} round
   */
  isSound({ round, began, items, apart, answers, at, picks }) {
    const parts = new Map(items.flatMap(([id]) => this.own.questions[id].parts.map((part) => [part.card.id, part])));
    const ordered = items.every(([id, orders]) =>
      this.own.questions[id].parts.every(({ card }, place) =>
        isTexts(orders[place]) && isSame([...orders[place]].sort(), optionIds(card).sort())
      )
    );
    const marked = Object.entries(answers).every(([slot, { response, confidence }]) => {
      const part = parts.get(slot);
      return part && isTexts(response) && grade(part, response) && [null, 1, 2, 3].includes(confidence);
    });
    const picked = Object.values(picks).every(({ response = [] }) => isTexts(response));
    return Number.isInteger(round) && Number.isFinite(began) && typeof at === "string" && ordered && marked && picked &&
      isTexts(Object.values(apart)) && [apart, answers, picks].every(isRecord);
  }

  /** @param {[string, string[][]][]} items */
  stamp(items) {
    const cards = items.flatMap(([id]) => this.own.questions[id].parts.map(({ card }) => card));
    return cards.map((card) => `${card.id}:${card.version}:${optionIds(card)}`).join(" ");
  }

  /**
   * A review goes on until all of it is answered; then there is another.
   * @param {Round} round
   */
  isOpen(round) {
    const slots = round.items.flatMap(([id]) => this.own.questions[id].parts.map(({ card }) => card.id));
    return slots.some((slot) => !round.answers[slot]);
  }

  /** @param {Round} round */
  asksTheSame(round) {
    const ids = round.items.map(([id]) => id);
    return this.own.asked.every((id) => ids.includes(id));
  }

  keep() {
    const { items } = this.round;
    Object.assign(this.round, { at: this.model.get("at"), picks: this.model.get("picks"), stamp: this.stamp(items) });
    try {
      this.own.storage?.setItem(this.own.name, JSON.stringify(this.round));
    } catch {
      // the log says that this browser keeps nothing
    }
  }

  /**
   * @param {number} number
   * @returns {Round}
   */
  newRound(number) {
    const items = this.own.asked.map((id) => this.shuffled(id));
    return { round: number, began: this.own.log.clock(), stamp: "", items, apart: {}, answers: {}, at: "", picks: {} };
  }

  /**
   * @param {string} id
   * @returns {[string, string[][]]}
   */
  shuffled(id) {
    return [id, this.own.questions[id].parts.map(({ card }) => shuffle(card))];
  }

  /** @returns {any} what may be seen before any answer */
  data() {
    const questions = this.round.items.map(([id]) => {
      const { parts } = this.own.questions[id];
      return { first: this.card(parts[0]), parts: parts.length };
    });
    return { ...this.model.get("data"), ...this.own.head, round: this.round.round, questions };
  }

  /** @param {Part} part */
  card({ card }) {
    const texts = new Map(card.options);
    return { ...card, options: this.order(card.id).map((id) => [id, texts.get(id)]) };
  }

  /**
   * Item, part and orders by the id of a part.
   * @param {string} slot
   */
  find(slot) {
    for (const [id, orders] of this.round.items) {
      const { parts } = this.own.questions[id];
      const place = parts.findIndex(({ card }) => card.id === slot);
      if (place >= 0) return { id, parts, place, orders };
    }
    throw new ResponseError(`This quiz does not ask “${slot}”; load the page again.`);
  }

  /** @param {string} slot */
  order(slot) {
    const { orders, place } = this.find(slot);
    return orders[place];
  }

  /** @param {any} asked */
  receive(asked) {
    const slot = String(asked.slot ?? "");
    try {
      if (asked.type === "hello") this.tell(Object.keys(this.round.answers), this.lastAnswers());
      else if (asked.type === "again") this.again();
      else if (asked.round !== this.round.round) this.tell(Object.keys(this.round.answers));
      else if (asked.type === "answer") this.answer(slot, asked);
      else if (asked.type === "contrast") this.contrast(slot);
    } catch (error) {
      if (!(error instanceof ResponseError)) throw error;
      this.model.tell("msg:custom", { type: "refused", slot, why: error.message });
    }
  }

  /**
   * @param {string} slot
   * @param {{ response: string[], confidence: number | null, took: number }} asked
   */
  answer(slot, asked) {
    const { parts, place } = this.find(slot);
    if (parts.slice(0, place).some(({ card }) => !this.round.answers[card.id])) {
      throw new ResponseError(`${slot} comes after a question of the same case that is not answered yet.`);
    }
    if (!this.round.answers[slot]) {
      const mark = grade(parts[place], asked.response);
      const confidence = mark.verdict === "not known" ? null : asked.confidence ?? null;
      if (!this.model.get("data").vote) this.record(parts[place], mark, confidence, asked.took);
      this.round.answers[slot] = { response: mark.response, confidence };
      this.keep();
    }
    this.tell([slot]);
  }

  /**
   * @param {Part} part
   * @param {import("./_marking.js").Mark} mark
   * @param {number | null} confidence
   * @param {number} took
   */
  record({ card }, mark, confidence, took) {
    this.own.log.record({
      ...{ item: card.id, version: card.version, order: this.order(card.id), response: mark.response },
      ...{ correct: mark.verdict === "right", confidence, mode: this.own.mode, easy: false },
      took: Math.round(Math.min(Math.max(took || 0, 0), LONGEST)),
    });
  }

  /** @param {string} slot */
  contrast(slot) {
    const { id } = this.find(slot);
    const pair = this.offered(slot);
    if (!pair) throw new ResponseError(`There is no look-alike to ask after ${slot}.`);
    const [other, deciding] = pair;
    this.round.apart[other] = deciding;
    const items = this.round.items;
    if (!items.some(([known]) => known === other)) {
      items.splice(items.findIndex(([known]) => known === id) + 1, 0, this.shuffled(other));
    }
    this.model.set("data", this.data());
    this.model.set("at", other);
    this.keep();
    if (this.round.answers[other]) this.tell([other]);
  }

  /**
   * The look-alike to offer after an answer that was not right.
   * @param {string} slot
   */
  offered(slot) {
    const answered = this.round.answers[slot];
    const { id, parts, place } = this.find(slot);
    const isRight = !answered || grade(parts[place], answered.response).verdict === "right";
    return isRight || this.model.get("data").vote ? null : this.own.questions[id].contrast;
  }

  again() {
    this.round = this.newRound(this.round.round + 1);
    const changes = { data: this.data(), at: "", picks: {}, counts: {} };
    for (const [name, value] of Object.entries(changes)) this.model.set(name, value);
    this.keep();
    this.tell([], this.lastAnswers());
  }

  /**
   * @param {string[]} slots
   * @param {object} [last]
   */
  tell(slots, last) {
    const known = slots.map((slot) => [slot, this.told(slot)]);
    const banner = this.model.get("data").vote ? {} : { banner: this.own.log.message };
    this.model.tell("msg:custom", {
      ...{ type: "told", round: this.round.round, feedback: Object.fromEntries(known) },
      ...banner,
      ...(last ? { last } : {}),
    });
  }

  /** @param {string} slot */
  told(slot) {
    const { parts, place, orders } = this.find(slot);
    const { response, confidence } = this.round.answers[slot];
    const next = parts[place + 1];
    return {
      ...feedback(parts[place], grade(parts[place], response), orders[place], confidence),
      ...{ contrast: this.offered(slot) !== null, apart: this.round.apart[slot] ?? "" },
      next: next ? this.card(next) : null,
    };
  }

  /** How each question was last answered before this round began. */
  lastAnswers() {
    if (this.model.get("data").vote) return {};
    const asked = new Set(this.round.items.flatMap(([id]) => this.own.questions[id].parts.map(({ card }) => card.id)));
    const found = this.own.log.reading.attempts.filter(({ item, time }) => asked.has(item) && time < this.round.began);
    return Object.fromEntries(found.map(({ item, time, correct, response }) => {
      const verdict = correct ? "right" : response[0] === DONT_KNOW ? "?" : "wrong";
      return [item, { time, verdict }];
    }));
  }
}

/** @param {any} value */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {any} values */
const isTexts = (values) => Array.isArray(values) && values.every((value) => typeof value === "string");

/**
 * @param {string[]} one
 * @param {string[]} two
 */
const isSame = (one, two) => one.length === two.length && one.every((value, place) => value === two[place]);

/** @param {any} card @returns {string[]} */
const optionIds = (card) => card.options.map((/** @type {string[]} */ [id]) => id);

/**
 * Ids of a part's options in an order by chance; an ordering never in the right one.
 * @param {any} card
 * @returns {string[]}
 */
function shuffle(card) {
  const ids = optionIds(card);
  const mixed = [...ids];
  for (let place = mixed.length - 1; place > 0; place--) {
    const other = Math.floor(Math.random() * (place + 1));
    [mixed[place], mixed[other]] = [mixed[other], mixed[place]];
  }
  const isRight = card.kind === "ordering" && mixed.every((id, place) => id === ids[place]);
  return isRight ? mixed.reverse() : mixed;
}

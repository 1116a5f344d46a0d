// The quiz: one question on screen, answered by native controls, marked in the kernel. The page has no key until the
// kernel sends it after the answer, as a message and never as a trait: neither a saved notebook nor an unanswered page
// holds one.
import { h, hidden, pick, put, refill, segmented, uid, watch } from "./_prelude.js";
import { answerControls, blank } from "./_answers.js";
import { confidenceOff, keep, keepConfidence, kept } from "./_kept.js";
import { caseSoFar, label, lastTime, progress, resultList, summary, sureAndWrong, title } from "./_round.js";
import { markedAnswers, smallPrint, SURE, verdictBlock } from "./_verdict.js";
import { isChoice, voteBody, voteButtons, voteSources } from "./_vote.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_answers.js").Part} Part */
/** @typedef {import("./_verdict.js").Feedback} Feedback */
/** @typedef {import("./_round.js").Data} Data */
/** @typedef {import("./_round.js").Step} Step */
/**
 * What the kernel has told this page, and what this page waits for.
 * @typedef {{ told: Record<string, Feedback>, last: Record<string, { time: number, verdict: string }>, banner: string,
 *   round: number, waiting: string, timer: number, since: number, slot: string, focus: string, hint: string }} Known
 */

/** Milliseconds after which an answer without a reply is said to have none. */
const PATIENCE = 3000;
const END = "end";
const DONT_KNOW = ["?"];
const SILENT =
  "The kernel does not answer: it may be busy, or it has stopped. Your answer is kept here. Wait a little; if nothing " +
  "comes, run this cell again and check the answer once more.";
const STILL_HERE = "Your answer from before is still here. It was not marked yet: check it to send it.";

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  const page = new Page(model);
  el.replaceChildren(page.root);
  page.begin();
  return () => page.end();
}

/** One view of a quiz. */
class Page {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    /** @type {Known} */
    this.known = {
      ...{ told: {}, last: {}, banner: "", round: this.data.round, waiting: "", timer: 0, since: 0, slot: "" },
      ...{ focus: "", hint: "" },
    };
    this.banner = h("div", { role: "alert" });
    this.card = h("div", { class: "qz-card" });
    this.status = h("p", { class: "qz-hint", role: "status" });
    /** @type {(() => void)[]} */
    this.updates = [];
    this.root = h("div", {
      role: "group",
      class: `myo qz ${this.data.vote ? "qz-room" : ""}`,
      "aria-label": `Quiz: ${this.data.title}`,
    }, h("div", {}, this.banner, this.card));
    this.stops = [];
    this.hear = (/** @type {any} */ message) => this.receive(message);
  }

  /** @returns {Data} */
  get data() {
    return this.model.get("data");
  }

  begin() {
    this.stops = [
      watch(this.model, ["data", "at", "confidence", "counting"], () => this.draw()),
      watch(this.model, ["picks", "counts"], () => this.refresh()),
    ];
    this.model.on("msg:custom", this.hear);
    if (confidenceOff() && this.model.get("confidence")) this.write("confidence", false);
    this.adopt();
    this.draw();
    this.send({ type: "hello" });
  }

  end() {
    clearTimeout(this.known.timer);
    for (const stop of this.stops) stop();
    this.model.off("msg:custom", this.hear);
  }

  /**
   * Write a trait; a connection that is closed is no reason to fail, the page goes on.
   * @param {string} name
   * @param {any} value
   */
  write(name, value) {
    try {
      put(this.model, name, value);
    } catch {
      // what was chosen is kept by the page (_kept.js) and sent when it is checked
    }
  }

  /** @param {Record<string, any>} content */
  send(content) {
    try {
      this.model.send({ ...content, round: this.data.round });
    } catch {
      // no reply will come, and the page says so when its patience ends
    }
  }

  /** Take up answers that a kernel that is gone never marked. */
  adopt() {
    if (this.data.vote) return;
    const picks = this.model.get("picks");
    const found = this.steps().map(({ part }) => ({ part, chosen: kept(this.data.title, part) }))
      .filter(({ part, chosen }) => chosen && !picks[part.id] && !this.known.told[part.id]);
    if (!found.length) return;
    this.write("picks", { ...picks, ...Object.fromEntries(found.map(({ part, chosen }) => [part.id, chosen])) });
    this.write("at", found[0].part.id);
    this.known.hint = STILL_HERE;
  }

  /** @param {any} message */
  receive(message) {
    if (message?.type === "refused") this.refused(message);
    if (message?.type !== "told" || message.round < this.data.round) return;
    const { known } = this;
    this.forget(message.round);
    Object.assign(known.told, message.feedback);
    known.last = message.last ?? known.last;
    known.banner = message.banner ?? known.banner;
    for (const { part } of this.steps()) if (known.told[part.id]) keep(this.data.title, part);
    if (known.waiting && known.told[known.waiting]) {
      if (known.waiting === this.step()?.part.id) known.focus = "verdict";
      this.settle();
    }
    this.draw();
  }

  /** @param {{ slot: string, why: string }} message */
  refused({ why }) {
    this.settle();
    this.say(why);
  }

  /** The reply is there. */
  settle() {
    clearTimeout(this.known.timer);
    Object.assign(this.known, { waiting: "", hint: "" });
  }

  /**
   * Forget what was told of an earlier round.
   * @param {number} round
   */
  forget(round) {
    if (round === this.known.round) return;
    Object.assign(this.known, { told: {}, last: {}, round, hint: "" });
  }

  /** @returns {Step[]} every part that may be shown now */
  steps() {
    return this.data.questions.flatMap((question, index) => {
      const parts = [question.first];
      for (let next; (next = this.known.told[parts[parts.length - 1].id]?.next);) parts.push(next);
      return parts.map((part, place) => ({ part, question: index, place, of: question.parts }));
    });
  }

  /** @returns {Step | undefined} the part on screen; none at the end */
  step() {
    const steps = this.steps();
    const at = this.model.get("at");
    return at === END ? undefined : steps.find(({ part }) => part.id === at) ?? steps[0];
  }

  /** @param {string} slot */
  go(slot) {
    this.known.focus = "question";
    this.known.hint = "";
    this.write("at", slot);
  }

  draw() {
    this.forget(this.data.round);
    this.updates = [];
    this.drawBanner();
    const step = this.step();
    if (!this.data.questions.length) refill(this.card, title(this.data), h("p", { class: "qz-note" }, this.data.note));
    else refill(this.card, ...(step ? this.question(step) : this.result()));
    if (step && step.part.id !== this.known.slot) {
      Object.assign(this.known, { slot: step.part.id, since: Date.now() });
    }
    this.refresh();
    this.moveFocus();
  }

  drawBanner() {
    const { banner } = this.known;
    if (this.banner.textContent === banner) return;
    this.banner.className = banner ? "qz-banner" : "";
    this.banner.textContent = banner;
  }

  refresh() {
    for (const update of this.updates) update();
    if (this.status.textContent !== this.known.hint) this.status.textContent = this.known.hint;
  }

  moveFocus() {
    const selector = { verdict: ".qz-verdict-head", question: ".qz-stem" }[this.known.focus];
    this.known.focus = "";
    const target = selector ? this.card.querySelector(selector) : null;
    if (!target) return;
    target.focus({ preventScroll: true });
    const whole = target.closest(".qz-verdict") ?? this.card.firstElementChild;
    whole.scrollIntoView({ block: "nearest" });
  }

  /** @param {string} text */
  say(text) {
    this.known.hint = text;
    this.refresh();
  }

  /** @param {Step} step */
  question(step) {
    const told = this.known.told[step.part.id];
    const asks = uid("stem");
    const stem = h(
      "p",
      { class: "qz-stem", id: asks, tabindex: "-1", "data-key": "stem" },
      hidden(`Question ${step.question + 1} of ${this.data.questions.length}. `),
      step.part.stem,
    );
    const head = [
      title(this.data),
      progress(this.data, this.steps(), this.known.told, step),
      told ? null : lastTime(this.known.last[step.part.id]),
      caseSoFar(step),
      stem,
    ];
    const picture = step.part.picture ? h("p", { class: "qz-note" }, `Picture: ${step.part.picture}`) : null;
    const body = this.data.vote ? this.voted(step, told) : told ? this.answered(step, told) : this.asked(step, asks);
    return [...head, picture, ...body, this.foot()].filter((node) => node !== null);
  }

  /**
   * @param {Step} step
   * @param {string} labelled
   */
  asked(step, labelled) {
    const { part } = step;
    const controls = answerControls(part, (response) => this.choose(part, { response }), labelled);
    const sure = this.model.get("confidence") ? this.sureness(part) : null;
    this.updates.push(() => {
      const picked = this.picked(part);
      controls.update(picked.response);
      if (sure) pick(sure, String(picked.confidence ?? ""));
    });
    const check = h(
      "button",
      {
        type: "button",
        class: "myo-button qz-main",
        "data-key": "check",
        onclick: () => this.check(part, controls, sure),
      },
      "Check answer",
    );
    const pass = h(
      "button",
      { type: "button", class: "myo-button", "data-key": "pass", onclick: () => this.answer(part, DONT_KNOW) },
      "I don’t know",
    );
    const actions = h("div", { class: "qz-actions" }, check, pass);
    return [controls.node, this.sureRow(sure), actions, this.status, this.steering(step, false)];
  }

  /**
   * What is chosen and not yet marked.
   * @param {Part} part
   * @returns {{ response: string[], confidence?: number }}
   */
  picked(part) {
    const chosen = this.model.get("picks")[part.id] ?? {};
    return { ...chosen, response: chosen.response ?? blank(part) };
  }

  /**
   * @param {Part} part
   * @param {{ response?: string[], confidence?: number }} change
   */
  choose(part, change) {
    const picks = this.model.get("picks");
    const chosen = { ...picks[part.id], ...change };
    keep(this.data.title, part, chosen);
    if (this.known.hint && !this.known.waiting) this.say("");
    this.write("picks", { ...picks, [part.id]: chosen });
  }

  /** @param {Part} part */
  sureness(part) {
    return segmented({
      legend: "How sure are you?",
      options: [1, 2, 3].map((level) => /** @type {[string, string]} */ ([String(level), SURE[level]])),
      value: "",
      onpick: (value) => this.choose(part, { confidence: Number(value) }),
      className: "qz-sureness",
    });
  }

  /** @param {HTMLElement | null} sure */
  sureRow(sure) {
    const flip = () => {
      keepConfidence(!sure);
      this.write("confidence", !sure);
    };
    const toggle = h(
      "button",
      { type: "button", class: "qz-quiet", "data-key": "confidence", onclick: flip },
      sure ? "Do not ask how sure I am" : "Ask how sure I am",
    );
    return h("div", { class: "qz-sure-row" }, sure, toggle);
  }

  /**
   * Send the answer if nothing is missing; else say what, and go there.
   * @param {Part} part
   * @param {import("./_answers.js").Controls} controls
   * @param {HTMLElement | null} sure
   */
  check(part, controls, sure) {
    const { response, confidence } = this.picked(part);
    const missing = controls.missing(response);
    if (missing) {
      controls.first()?.focus();
      return this.say(missing);
    }
    if (sure && !confidence) {
      sure.querySelector("input")?.focus();
      return this.say("Say how sure you are first.");
    }
    this.answer(part, response, sure ? confidence : undefined);
  }

  /**
   * @param {Part} part
   * @param {string[]} response
   * @param {number} [confidence]
   */
  answer(part, response, confidence) {
    const { known } = this;
    clearTimeout(known.timer);
    known.waiting = part.id;
    known.timer = setTimeout(() => this.say(SILENT), PATIENCE);
    this.say("");
    const took = Date.now() - known.since;
    this.send({ type: "answer", slot: part.id, response, confidence: confidence ?? null, took });
  }

  /**
   * @param {Step} step
   * @param {Feedback} told
   */
  answered(step, told) {
    const compare = told.contrast
      ? h(
        "button",
        {
          type: "button",
          class: "myo-button",
          "data-key": "contrast",
          onclick: () => {
            this.known.focus = "question";
            this.send({ type: "contrast", slot: step.part.id });
          },
        },
        "Tell two look-alikes apart",
      )
      : null;
    return [
      h("div", {}, markedAnswers(step.part, told)),
      verdictBlock(step.part, told),
      this.status,
      this.steering(step, true, compare),
      smallPrint(step.part, told),
    ];
  }

  /**
   * @param {Step} step
   * @param {Feedback} [told]
   */
  voted(step, told) {
    const { part } = step;
    const counting = this.model.get("counting");
    const oncount = (/** @type {string} */ id, /** @type {number} */ count) => {
      const counts = this.model.get("counts");
      this.write("counts", { ...counts, [part.id]: { ...counts[part.id], [id]: count } });
    };
    const body = voteBody(part, told, { counting, oncount });
    if (body.update) this.updates.push(() => body.update?.(this.model.get("counts")[part.id] ?? {}));
    const buttons = voteButtons({
      told: Boolean(told),
      counting,
      canCount: isChoice(part),
      onreveal: () => this.answer(part, DONT_KNOW),
      oncounting: () => this.write("counting", !counting),
    });
    return [body.node, buttons, this.status, this.steering(step, Boolean(told)), told ? voteSources(told) : null];
  }

  /**
   * Back and on.
   * @param {Step} step
   * @param {boolean} done whether this question is answered
   * @param {HTMLElement | null} [more]
   */
  steering(step, done, more = null) {
    const steps = this.steps();
    const place = steps.findIndex(({ part }) => part.id === step.part.id);
    const [before, after] = [steps[place - 1], steps[place + 1]];
    const word = after?.question === step.question
      ? "Go on with the case"
      : after
      ? done || this.data.vote ? "Next question" : "Skip"
      : this.data.vote
      ? ""
      : done
      ? "See the result"
      : "Skip to the result";
    const next = word
      ? h(
        "button",
        {
          type: "button",
          class: `myo-button ${done ? "qz-main" : ""}`,
          "data-key": "next",
          onclick: () => this.go(after?.part.id ?? END),
        },
        word,
        h("span", { "aria-hidden": "true" }, " ›"),
      )
      : null;
    const back = before
      ? h(
        "button",
        { type: "button", class: "myo-button", "data-key": "back", onclick: () => this.go(before.part.id) },
        h("span", { "aria-hidden": "true" }, "‹ "),
        "Back",
      )
      : null;
    return h("div", { class: `qz-steering ${done ? "qz-done" : ""}` }, done ? [next, more, back] : [back, next]);
  }

  result() {
    const steps = this.steps();
    const first = steps.find(({ part }) => !this.known.told[part.id]);
    const rest = first
      ? h(
        "button",
        { type: "button", class: "myo-button qz-main", onclick: () => this.go(first.part.id) },
        "Go to the first that is open",
      )
      : null;
    const answers = steps.map(({ part }) => this.known.told[part.id]);
    const sentence = h("p", { class: "qz-stem", tabindex: "-1", "data-key": "stem" }, summary(answers));
    return [
      title(this.data),
      progress(this.data, steps, this.known.told),
      sentence,
      sureAndWrong(answers) ? h("p", {}, "What you were sure of and had wrong comes back first in your review.") : null,
      resultList(steps, this.known.told, (slot) => this.go(slot)),
      h("div", { class: "qz-actions" }, rest, this.againButton("myo-button")),
      h("div", { class: "qz-foot" }, label(this.data)),
    ].filter((node) => node !== null);
  }

  foot() {
    const begun = Object.keys(this.known.told).length > 0;
    return h("div", { class: "qz-foot" }, label(this.data), begun ? this.againButton("qz-quiet") : null);
  }

  /** @param {string} look */
  againButton(look) {
    return h(
      "button",
      { type: "button", class: look, "data-key": "again", onclick: () => this.again() },
      "Start again",
    );
  }

  again() {
    for (const { part } of this.steps()) keep(this.data.title, part);
    this.known.focus = "question";
    this.send({ type: "again" });
  }
}

export default { render };

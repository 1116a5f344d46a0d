// Answers the progress explorer in a page as Python does in JupyterLab (progress.py), from what this browser keeps.
import { CodeError, readCode, resumeCode } from "./_code.js";
import { readLines } from "./_log.js";
import { toLine } from "./_record.js";
import { overview } from "./_tally.js";

const MOST_WRONG = 12;
const MAX_CARRIED = 5_000;
const NO_DATES = "This copy of the lessons was built without the schedule of reviews.";

/** The request cannot be met; the message says why. */
class Refusal extends Error {}

/** The half of the progress explorer that reads and writes the log. */
export class ProgressHost {
  /**
   * @param {import("./_model.js").Model} model
   * @param {{ index: import("./_tally.js").Index, log: import("./_log.js").Log }} own
   */
  constructor(model, own) {
    this.model = model;
    this.own = own;
    /** What Python counted from an empty log: every lesson, objective and deck. */
    this.base = model.get("data");
    model.traits.data = this.shown();
    model.heard = (content, buffers) => this.receive(content ?? {}, buffers);
  }

  refresh() {
    this.model.set("data", this.shown());
  }

  shown() {
    const { index, log } = this.own;
    const now = log.clock();
    const { attempts, damaged, others } = log.reading;
    const seen = overview(index, attempts, now);
    const lessons = this.base.lessons.map((/** @type {any} */ lesson) => {
      const objectives = lesson.objectives.map((/** @type {any} */ row) => ({ ...row, ...seen.objectives[row.id] }));
      return { ...lesson, objectives, ...sum(objectives) };
    });
    const wrong = seen.wrong.slice(0, MOST_WRONG).map((name) => this.wrong(name));
    return {
      ...this.base,
      ...sum(lessons),
      ...{ at: now, attempts: attempts.length, lessons, wrong, coming: seen.coming, calibration: seen.calibration },
      wrong_more: Math.max(0, seen.wrong.length - MOST_WRONG),
      no_dates: index.schedule ? "" : NO_DATES,
      decks: this.base.decks.map((/** @type {any} */ deck) => ({ ...deck, ...seen.decks[deck.deck] })),
      ...{ folder: "", memory: log.message, site: { kept: "In this browser, on this device.", review: "review.html" } },
      notes: [
        damaged.length ? `Lines that could not be read: ${damaged.length}, the first: ${damaged[0]}.` : "",
        others ? `Attempts that another version of myoteach wrote, kept and not counted: ${others}.` : "",
        seen.gone ? `${count(seen.gone)} at questions that this version does not have: kept, not counted.` : "",
        seen.future ? `${count(seen.future)} dated later than now, counted as made now: a clock was or is wrong.` : "",
      ].filter((note) => note),
    };
  }

  /** @param {string} name */
  wrong(name) {
    const { lesson, objective, stem, told } = this.own.index.items[name];
    const inside = this.base.lessons.find((/** @type {any} */ { id }) => id === lesson);
    const text = inside?.objectives.find((/** @type {any} */ { id }) => id === objective)?.text ?? "";
    const notebook = this.own.index.pages[lesson] ?? "";
    return { id: name, told, stem, objective: text, where: inside?.name ?? "", notebook };
  }

  /**
   * @param {any} asked
   * @param {ArrayBuffer[]} buffers
   */
  async receive(asked, buffers) {
    const id = String(asked.id ?? "");
    try {
      const text = await this.answer(asked, buffers);
      this.refresh();
      this.model.set("said", { id, ok: true, text });
    } catch (error) {
      if (!(error instanceof CodeError || error instanceof Refusal)) throw error;
      this.model.set("said", { id, ok: false, text: error.message });
    }
  }

  /**
   * @param {any} asked
   * @param {ArrayBuffer[]} buffers
   */
  async answer(asked, buffers) {
    if (asked.ask === "refresh") return "Read again.";
    if (asked.ask === "code") return await this.showCode();
    if (asked.ask === "import") return this.take(await readCode(String(asked.code ?? "")), "Attempts added");
    if (asked.ask === "download") return this.download(asked.id);
    if (asked.ask === "upload" && buffers.length) return this.upload(String(asked.name ?? "the file"), buffers[0]);
    throw new Refusal("The page asked for something that it does not know; load it again.");
  }

  async showCode() {
    const { attempts } = this.own.log.reading;
    if (!attempts.length) throw new Refusal("There is nothing to carry yet: answer a question first.");
    const code = await resumeCode(attempts);
    this.model.set("code", code);
    const carried = Math.min(attempts.length, MAX_CARRIED);
    const older = attempts.length > carried ? ` The ${attempts.length - carried} oldest are left out.` : "";
    return `The code is ${code.length.toLocaleString("en")} characters long and carries ${count(carried)}.${older}`;
  }

  /** @param {string} id */
  download(id) {
    const { attempts } = this.own.log.reading;
    if (!attempts.length) throw new Refusal("There is nothing to download yet: answer a question first.");
    const file = `myoteach-log-${new Date(this.own.log.clock()).toISOString().slice(0, 10)}.jsonl`;
    const bytes = new TextEncoder().encode(attempts.map(toLine).join(""));
    this.model.tell("msg:custom", { id, file }, [bytes]);
    return `${file} holds ${count(attempts.length)}.`;
  }

  /**
   * @param {string} name
   * @param {ArrayBuffer} data
   */
  upload(name, data) {
    const { attempts, damaged, others } = readLines(new TextDecoder().decode(data), name);
    if (!attempts.length && !others) {
      throw new Refusal(`${name} holds no attempt that myoteach wrote; nothing was taken. Choose a downloaded log.`);
    }
    const left = [
      others ? ` Left out, because another version of myoteach wrote them: ${others}.` : "",
      damaged.length ? ` Left out, because damaged: ${damaged.length}, the first: ${damaged[0]}.` : "",
    ];
    return this.take(attempts, "Attempts taken") + left.join("");
  }

  /**
   * @param {import("./_record.js").Attempt[]} attempts
   * @param {string} what
   */
  take(attempts, what) {
    const known = new Set(this.own.log.reading.attempts.map(({ id }) => id));
    const fresh = attempts.filter(({ id }) => !known.has(id));
    this.own.log.add(fresh);
    const there = attempts.length - fresh.length;
    return `${what}: ${fresh.length}; there already: ${there}. ${this.own.log.message}`.trimEnd();
  }
}

/** @param {import("./_tally.js").Tally[]} tallies */
function sum(tallies) {
  const total = { total: 0, met: 0, known: 0, due: 0 };
  for (const each of tallies) {
    for (const name of /** @type {(keyof typeof total)[]} */ (Object.keys(total))) total[name] += each[name];
  }
  return total;
}

/** @param {number} number */
const count = (number) => `${number.toLocaleString("en")} attempt${number === 1 ? "" : "s"}`;

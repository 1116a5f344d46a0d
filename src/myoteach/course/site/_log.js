// The attempt log in a browser: each page that is opened writes under a name of its own, so that two tabs never write
// over each other; what was answered is the union, repeats dropped, as with the files of JupyterLab (log.py).
import { fromLine, LineError, toLine } from "./_record.js";

/** @typedef {import("./_record.js").Attempt} Attempt */
/** @typedef {{ attempts: Attempt[], damaged: string[], others: number }} Reading */

const PREFIX = "myoteach-log:";
const FULL = "Your answers are kept only until this page is closed, because this browser keeps nothing for it. " +
  "Take a resume code before you leave.";

/** Parse the text of a log; bad lines are counted and left. */
export function readLines(/** @type {string} */ text, name = "line") {
  /** @type {Map<string, Attempt>} */
  const found = new Map();
  /** @type {string[]} */
  const damaged = [];
  const others = new Set();
  text.split("\n").forEach((line, place) => {
    if (!line.trim()) return;
    try {
      const attempt = fromLine(line);
      if (!found.has(attempt.id)) found.set(attempt.id, attempt);
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      if (error.otherVersion) others.add(line);
      else damaged.push(`${name}, line ${place + 1}: ${error.message}`);
    }
  });
  return { attempts: inOrder([...found.values()]), damaged, others: others.size };
}

/** @param {Attempt[]} attempts */
const inOrder = (attempts) => attempts.sort((one, two) => one.time - two.time || (one.id < two.id ? -1 : 1));

/** The log of this page. */
export class Log {
  /**
   * @param {Storage | null} storage where the browser keeps it; null where it keeps nothing
   * @param {() => number} clock milliseconds since 1970
   */
  constructor(storage, clock = Date.now) {
    this.storage = storage;
    this.clock = clock;
    this.message = storage ? "" : FULL;
    this.session = Array.from(crypto.getRandomValues(new Uint8Array(4)), (byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    this.count = 0;
    this.last = 0;
    this.key = "";
    this.waiting = "";
    this.here = ""; // all that this page wrote: a browser may take its storage away at any time
    /** @type {(() => void)[]} told of every attempt that is kept */
    this.listeners = [];
  }

  get name() {
    return `${PREFIX}${new Date(this.clock()).toISOString().slice(0, 10)}-${this.session}`;
  }

  /**
   * Keep an attempt under a new id, at a time that never goes back.
   * @param {Omit<Attempt, "id" | "time">} fields
   * @returns {Attempt}
   */
  record(fields) {
    this.count += 1;
    this.last = Math.max(this.last + 1, this.clock());
    const attempt = { id: `${this.session}-${this.count}`, time: this.last, ...fields };
    this.add([attempt]);
    return attempt;
  }

  /**
   * Write attempts as they are.
   * @param {Attempt[]} attempts
   */
  add(attempts) {
    const lines = attempts.map(toLine).join("");
    this.waiting += lines;
    this.here += lines;
    if (!this.waiting) return;
    try {
      if (!this.storage) throw new Error("no storage");
      const name = this.key ||= this.name;
      this.storage.setItem(name, (this.storage.getItem(name) ?? "") + this.waiting);
      this.waiting = "";
      this.message = "";
    } catch {
      this.message = FULL;
    }
    for (const call of this.listeners) call();
  }

  /** Everything the browser keeps, and what this page wrote. */
  get reading() {
    /** @type {string[]} */
    const kept = [];
    try {
      for (let place = 0; place < (this.storage?.length ?? 0); place++) {
        const name = this.storage?.key(place) ?? "";
        if (name.startsWith(PREFIX)) kept.push(this.storage?.getItem(name) ?? "");
      }
    } catch {
      this.message = FULL;
    }
    return readLines([...kept, this.here].join("\n"), "this browser’s log");
  }
}

/** The browser's storage, where a page may use it. */
export function browserStorage() {
  try {
    const name = "myoteach-try";
    localStorage.setItem(name, "");
    localStorage.removeItem(name);
    return localStorage;
  } catch {
    return null;
  }
}

// Progress: what was met, known and due, and the ways to carry it elsewhere. Python reads and writes the log; this page
// asks it with a message and shows what it answers, and says so when no answer comes.
import { h, put, refill, uid, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {{ total: number, met: number, known: number, due: number }} Tally */
/** @typedef {Tally & { id: string, text: string, track: string }} Objective */
/** @typedef {Tally & { id: string, name: string, objectives: Objective[] }} Lesson */
/** @typedef {{ word: string, right: number, answered: number }} Level */
/**
 * @typedef {Tally & { at: number, attempts: number, lessons: Lesson[], wrong_more: number, no_dates: string,
 *   wrong: { id: string, told: string, stem: string, objective: string, where: string, notebook: string }[],
 *   coming: Record<"now" | "day" | "week" | "later", number>, calibration: Level[],
 *   decks: (Tally & { deck: string })[], folder: string, memory: string, notes: string[], cap: number,
 *   forgets?: boolean, site?: { kept: string, review: string } }} Data `site` is there in a page without Python
 */
/** @typedef {(ask: string, more?: object, buffers?: ArrayBuffer[]) => void} Ask */
/** @typedef {(text: string, ok?: boolean) => void} Say */

/** How long Python may take before the page says that it does not answer. */
const PATIENCE = 5000;
/** With fewer answers a share says little: so many in all before the figure is drawn, so many of one level. */
const ENOUGH = { all: 10, level: 5 };
/** So many of the questions to read again are seen at once. */
const FIRST_WRONG = 4;
const NO_ANSWER =
  "Python does not answer. It may be busy; if it was stopped or restarted, run the cell above again. What was kept in the folder is still there.";
const KNOWN = "Known means: your latest answer was right, and you did not call it unsure.";

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  const status = statusLine();
  const { ask, stop } = asker(model, status.say);
  const banner = h("div", { role: "group", "aria-label": "Where your answers are kept" });
  const top = h("div", { class: "pr-top" });
  const refresh = h("button", { type: "button", class: "myo-button", onclick: () => ask("refresh") }, "Refresh");
  const body = h("div", { class: "pr-body" });
  const keep = keepSection(model);
  const lists = model.get("data").forgets ? [keep.node, body] : [body, keep.node];
  const root = h(
    "div",
    { role: "group", class: "myo pr", "aria-label": "Your progress" },
    h("div", {}, banner, h("div", { class: "pr-head" }, top, refresh), status.node, lists),
  );
  const draw = () => {
    /** @type {Data} */
    const data = model.get("data");
    banner.replaceChildren(...memoryBanner(data));
    top.replaceChildren(...headline(data));
    refill(body, ...sections(model, data));
    keep.update();
  };
  el.replaceChildren(root);
  draw();
  const unwatch = watch(model, ["data", "lessons", "all_wrong", "code"], draw);
  const unlook = model.get("data").forgets ? lookAgain(model, root) : () => {};
  return () => {
    unwatch();
    unlook();
    stop();
    keep.stop();
  };
}

/** A line for what was said, near what was pressed. */
function statusLine() {
  const node = h("p", { class: "pr-status", role: "status" });
  /** @type {Say} */
  const say = (text, ok = true) => {
    node.textContent = text;
    node.classList.toggle("pr-refused", !ok);
  };
  return { node, say };
}

/**
 * Ask Python, and hear what it answers to these questions and no others.
 * @param {Model} model
 * @param {Say} say
 */
function asker(model, say) {
  const mine = new Set();
  let timer = 0;
  /** @type {Ask} */
  const ask = (kind, more = {}, buffers = []) => {
    const id = uid("ask");
    mine.add(id);
    clearTimeout(timer);
    timer = setTimeout(() => say(NO_ANSWER, false), PATIENCE);
    try {
      /** @type {any} */ (model).send({ id, ask: kind, ...more }, undefined, buffers); // an offline page has none
    } catch {
      clearTimeout(timer);
      say(NO_ANSWER, false);
    }
  };
  const hear = () => {
    const { id, text, ok } = model.get("said");
    if (!mine.has(id)) return;
    clearTimeout(timer);
    say(text, ok);
  };
  const save = (/** @type {any} */ content, /** @type {BlobPart[]} */ buffers) => {
    if (mine.has(content?.id) && content.file) saveFile(content.file, buffers);
  };
  model.on("change:said", hear);
  model.on("msg:custom", save);
  const stop = () => {
    clearTimeout(timer);
    model.off("change:said", hear);
    model.off("msg:custom", save);
  };
  return { ask, stop };
}

/**
 * Hand a file to the browser; it never leaves this machine.
 * @param {string} name
 * @param {BlobPart[]} parts
 */
function saveFile(name, parts) {
  const href = URL.createObjectURL(new Blob(parts, { type: "application/x-ndjson" }));
  h("a", { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

/**
 * Have the log read again whenever this comes into view, so that the code is never older than the last answer.
 * @param {Model} model
 * @param {HTMLElement} root
 */
function lookAgain(model, root) {
  const eye = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    try {
      /** @type {any} */ (model).send({ id: uid("look"), ask: "refresh" });
    } catch { /* nobody pressed anything, so nobody waits for an answer */ }
  });
  eye.observe(root);
  return () => eye.disconnect();
}

/** @param {Data} data */
function memoryBanner(data) {
  const said = (/** @type {string} */ head, /** @type {string} */ rest) =>
    h("p", { class: "pr-banner" }, h("strong", {}, head, " "), rest);
  const code = data.attempts
    ? "Take the code below with you, and paste it here the next time. It is brought up to date whenever you look."
    : "Once you have answered a question, a code to take with you stands here. Have you one already? Paste it below.";
  return [
    data.forgets ? said("This server forgets you when it closes.", code) : null,
    data.memory ? said("Kept in memory only.", data.memory) : null,
  ].filter((banner) => banner !== null);
}

/** @param {Data} data */
function headline(data) {
  const time = new Date(data.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  if (!data.attempts) {
    return [
      h("h2", {}, "Nothing answered yet"),
      h(
        "p",
        {},
        "Open a lesson and answer its first question, then press Refresh: what you met, what you know and when to look again will stand here.",
      ),
      h("p", { class: "pr-dim" }, "Were you here before? Go on with a code or with a downloaded log, below."),
    ];
  }
  const numbers = [
    [String(data.met), `of ${data.total} questions met`],
    [String(data.known), "known now"],
    [data.no_dates ? "?" : String(data.due), "due now"],
  ];
  return [
    h("h2", {}, "Your progress"),
    h(
      "ul",
      { class: "pr-numbers" },
      numbers.map(([number, label]) => h("li", {}, h("strong", {}, number), " ", h("span", {}, label))),
    ),
    h("p", { class: "pr-dim" }, `${KNOWN} Counted at ${time} from ${count(data.attempts, "attempt")}.`),
  ];
}

/**
 * @param {Model} model
 * @param {Data} data
 */
function sections(model, data) {
  const lessons = section("By lesson", lessonTable(model, data));
  if (!data.attempts) return [lessons];
  return [
    section("Sure, and wrong: read these again first", ...wrongList(model, data), "pr-first"),
    h(
      "div",
      { class: "pr-pair" },
      section("Due for review", ...dueList(data)),
      section("How sure, how right", ...calibration(data.calibration)),
    ),
    lessons,
    section("Flashcards", deckTable(data)),
  ];
}

/**
 * @param {string} title
 * @param {...(Node | string)} content a class name may come last
 */
function section(title, ...content) {
  const id = uid("section");
  const className = typeof content.at(-1) === "string" ? content.pop() : "";
  return h(
    "section",
    { class: `pr-section ${className}`, "aria-labelledby": id },
    h("h3", { id }, title),
    /** @type {any} */ (content),
  );
}

/**
 * What was answered wrong and sure. The answer is not told: reading again is what teaches it.
 * @param {Model} model
 * @param {Data} data
 */
function wrongList(model, data) {
  if (!data.wrong.length) return [h("p", {}, "None: no latest answer was both sure and wrong.")];
  const items = data.wrong.map((row) =>
    h(
      "li",
      {},
      row.told ? h("p", {}, row.told) : null,
      h("p", { class: "pr-stem" }, row.stem),
      h("p", {}, h("span", { class: "pr-dim" }, "To learn: "), row.objective),
      h(
        "p",
        { class: "pr-dim" },
        `Read again: ${row.where}`,
        row.notebook ? [" (", notebookOf(data, row.notebook), ")"] : null,
      ),
    )
  );
  const rest = items.slice(FIRST_WRONG);
  const more = data.wrong_more ? [h("p", {}, `And ${count(data.wrong_more, "question")} more, older.`)] : [];
  const again = h("p", { class: "pr-dim" }, "They come first in ", reviewOf(data), ".");
  return [
    h("ol", { class: "pr-wrong" }, items.slice(0, FIRST_WRONG)),
    ...(rest.length ? [restOf(model, h("ol", { class: "pr-wrong" }, rest), rest.length)] : []),
    ...more,
    again,
  ];
}

/**
 * Where what is due is asked.
 * @param {Data} data
 */
const reviewOf = ({ site }) =>
  site ? h("a", { href: site.review }, "the review") : h("code", {}, "myoteach.quiz(due=True)");

/**
 * @param {Data} data
 * @param {string} name
 */
const notebookOf = ({ site }, name) => site ? h("a", { href: name }, "open it") : h("code", {}, name);

/**
 * What a long list keeps folded away.
 * @param {Model} model
 * @param {Node} list
 * @param {number} length
 */
function restOf(model, list, length) {
  const toggle = () => {
    if (fold.open !== model.get("all_wrong")) put(model, "all_wrong", fold.open);
  };
  const title = h("summary", { "data-key": "all_wrong" }, `${length} more`);
  const fold = h("details", { open: model.get("all_wrong"), ontoggle: toggle }, title, list);
  return fold;
}

/** @param {Data} data */
function dueList(data) {
  if (data.no_dates) return [h("p", {}, data.no_dates)];
  /** @type {[string, number][]} */
  const rows = [
    ["now", data.coming.now],
    ["within a day", data.coming.day],
    ["within a week", data.coming.week],
    ["later", data.coming.later],
  ];
  const boxes = rows.map(([when, number]) => h("li", {}, h("strong", {}, String(number)), h("span", {}, ` ${when}`)));
  return [
    h("ul", { class: "pr-due" }, boxes),
    h(
      "p",
      { class: "pr-dim" },
      "Questions, by when to be asked again: soon if wrong, later and later if right. To be asked now, ",
      data.site ? "open " : "run ",
      reviewOf(data),
      ".",
    ),
  ];
}

/**
 * How often right at each level of confidence, and the same in words.
 * @param {Level[]} levels
 */
export function calibration(levels) {
  const answered = levels.reduce((sum, level) => sum + level.answered, 0);
  if (answered < ENOUGH.all) {
    return [
      h(
        "p",
        {},
        `This needs ${ENOUGH.all} answers given with a confidence; there ${answered === 1 ? "is" : "are"} ${answered}.`,
      ),
    ];
  }
  const rows = levels.map(({ word, right, answered }) => {
    const share = Math.round((100 * right) / answered);
    const text = answered < ENOUGH.level
      ? `${right} of ${answered} right: too few to judge`
      : `${right} of ${answered} right, ${share} %`;
    const bar = answered < ENOUGH.level ? null : h("span", { class: "pr-known", style: `width: ${share}%` });
    return h(
      "li",
      {},
      h("span", { class: "pr-level" }, word),
      h("span", { class: "pr-bar", "aria-hidden": "true" }, bar),
      h("span", { class: "pr-share" }, text),
    );
  });
  return [
    h(
      "figure",
      {},
      h("ul", { class: "pr-levels", "aria-label": "How often right, by how sure" }, rows),
      h("figcaption", { class: "pr-dim" }, verdict(levels)),
    ),
  ];
}

/**
 * Whether being surer went with being right more often.
 * @param {Level[]} levels from unsure to sure
 */
function verdict(levels) {
  const shares = levels.filter(({ answered }) => answered >= ENOUGH.level).map(({ right, answered }) =>
    right / answered
  );
  if (shares.length < 2) return "Two levels with five answers each are needed to compare.";
  const rises = shares.every((share, index) => !index || share > shares[index - 1]);
  return rises
    ? "The surer you were, the more often you were right: your confidence is a guide."
    : "Being surer did not go with being right more often: look twice also when you feel sure.";
}

/**
 * @param {Model} model
 * @param {Data} data
 */
function lessonTable(model, data) {
  const opened = model.get("lessons");
  const toggle = (/** @type {string} */ id) =>
    put(
      model,
      "lessons",
      opened.includes(id) ? opened.filter((/** @type {string} */ other) => other !== id) : [...opened, id],
    );
  const rows = data.lessons.flatMap((lesson) => {
    const open = opened.includes(lesson.id);
    const button = h(
      "button",
      {
        type: "button",
        class: "myo-open",
        "data-key": lesson.id,
        "aria-expanded": String(open),
        onclick: () => toggle(lesson.id),
      },
      lesson.name,
    );
    const inside = open ? lesson.objectives : [];
    return [
      tallyRow(lesson, button, data),
      ...inside.map((row) => tallyRow(row, objectiveName(row), data, "pr-inner")),
    ];
  });
  return table("Filled: known. Striped: met and not known. Open a lesson for its objectives.", "Lesson", rows);
}

/** @param {Objective} row */
function objectiveName(row) {
  const badge = row.track === "B" ? [" ", h("span", { class: "myo-mark" }, "for clinicians")] : null;
  return h("span", {}, row.text, badge);
}

/** @param {Data} data */
function deckTable(data) {
  const rows = data.decks.map((deck) => tallyRow(deck, h("span", {}, deck.deck), data));
  return table("Cards there are, cards you rated, cards you did not rate “again”.", "Deck", rows);
}

/**
 * @param {string} caption
 * @param {string} first
 * @param {Node[]} rows
 */
function table(caption, first, rows) {
  const heads = [first, "Met", "Known", "Due now"].map((text) => h("th", { scope: "col" }, text));
  return h(
    "table",
    { class: "pr-table" },
    h("caption", {}, caption),
    h("thead", {}, h("tr", {}, heads)),
    h("tbody", {}, rows),
  );
}

/**
 * @param {Tally} tally
 * @param {Node} name
 * @param {Data} data
 * @param {string} className
 */
function tallyRow(tally, name, data, className = "") {
  const share = (/** @type {number} */ part) => `width: ${tally.total ? (100 * part) / tally.total : 0}%`;
  const bar = h(
    "span",
    { class: "pr-bar", "aria-hidden": "true" },
    h("span", { class: "pr-known", style: share(tally.known) }),
    h("span", { class: "pr-met", style: share(tally.met - tally.known) }),
  );
  return h(
    "tr",
    { class: `${className} ${tally.met ? "" : "pr-untouched"}` },
    h("th", { scope: "row" }, name, bar),
    h("td", { "data-name": "met" }, `${tally.met} of ${tally.total}`),
    h("td", { "data-name": "known" }, String(tally.known)),
    h("td", { "data-name": "due now" }, data.no_dates ? "?" : String(tally.due)),
  );
}

/**
 * Where progress is kept and how it travels. Made once: what is being pasted must survive a redraw.
 * @param {Model} model
 */
function keepSection(model) {
  const { node: status, say } = statusLine();
  const { ask, stop } = asker(model, say);
  const where = h("div", { class: "pr-box" });
  const code = codeBox(model, ask, say);
  const node = section(
    "Keep it, carry it",
    status,
    h("div", { class: "pr-boxes" }, where, code.node, pasteBox(ask, say), uploadBox(model, ask, say)),
  );
  const update = () => {
    const { folder, memory, notes, site } = model.get("data");
    const kept = site
      ? site.kept
      : memory
      ? "Meant for this folder, which does not take it now."
      : "In this folder, by the computer that runs Python.";
    where.replaceChildren(
      h("h4", {}, "Where it is kept"),
      ...(folder ? [h("p", {}, h("code", {}, folder))] : []),
      h("p", { class: "pr-dim" }, `${kept} No names; nothing is sent away.`),
      ...notes.map((/** @type {string} */ note) => h("p", { class: "pr-note" }, note)),
    );
    code.update();
  };
  return { node, update, stop };
}

/**
 * @param {Model} model
 * @param {Ask} ask
 * @param {Say} say
 */
function codeBox(model, ask, say) {
  const id = uid("code");
  const area = h("textarea", { id, class: "pr-code", readonly: true, rows: 4, spellcheck: "false" });
  const length = h("p", { class: "pr-dim" });
  const open = button("Show my resume code", () => ask("code"));
  const copy = button("Copy", () => copyFrom(area, say));
  const hide = button("Hide", () => {
    put(model, "code", "");
    open.focus(); // what had the focus is gone
  });
  const shown = h(
    "div",
    {},
    h("label", { for: id }, "Your resume code"),
    area,
    length,
    h("div", { class: "pr-buttons" }, copy, hide),
  );
  const download = button("Download the log", () => ask("download"));
  const node = h(
    "div",
    { class: "pr-box" },
    h("h4", {}, "Take it along"),
    h(
      "p",
      { class: "pr-dim" },
      "A code to paste, or a file: for another computer, or before a session that keeps nothing ends.",
    ),
    h("div", { class: "pr-buttons" }, open, download),
    shown,
  );
  const update = () => {
    const text = model.get("code");
    shown.hidden = !text;
    if (area.value !== text) area.value = text;
    length.textContent = `${text.length.toLocaleString("en")} characters`;
  };
  return { node, update };
}

/**
 * @param {HTMLTextAreaElement} area
 * @param {Say} say
 */
async function copyFrom(area, say) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    say(`Copied: ${area.value.length.toLocaleString("en")} characters.`);
  } catch {
    say("The code is selected: press Ctrl and C, on a Mac Cmd and C, to copy it.");
  }
}

/**
 * @param {Ask} ask
 * @param {Say} say
 */
function pasteBox(ask, say) {
  const id = uid("paste");
  const area = h("textarea", { id, rows: 3, spellcheck: "false", autocomplete: "off", placeholder: "MYO1-…" });
  const go = button("Go on with this code", () => {
    if (area.value.trim()) ask("import", { code: area.value.slice(0, 500_000) });
    else say("Paste a resume code first.", false);
  });
  return h(
    "div",
    { class: "pr-box" },
    h("h4", {}, "Go on with a code"),
    h("label", { for: id, class: "pr-dim" }, "Paste it here. What is there already is not added twice."),
    area,
    h("div", { class: "pr-buttons" }, go),
  );
}

/**
 * @param {Model} model
 * @param {Ask} ask
 * @param {Say} say
 */
function uploadBox(model, ask, say) {
  const id = uid("file");
  const input = h("input", { id, type: "file", accept: ".jsonl" });
  const read = async () => {
    const file = input.files[0];
    const cap = model.get("data").cap;
    if (!file) return say("Choose a file first.", false);
    if (file.size > cap) {
      return say(`${file.name} is larger than any log of this course (${cap / 1e6} MB); nothing was taken.`, false);
    }
    ask("upload", { name: file.name }, [await file.arrayBuffer()]);
    input.value = "";
  };
  return h(
    "div",
    { class: "pr-box" },
    h("h4", {}, "Go on with a downloaded log"),
    h(
      "label",
      { for: id, class: "pr-dim" },
      "A file that “Download the log” made. Each line is checked; nothing is run.",
    ),
    input,
    h("div", { class: "pr-buttons" }, button("Read this file", read)),
  );
}

/**
 * @param {string} text
 * @param {() => void} onclick
 */
const button = (text, onclick) => h("button", { type: "button", class: "myo-button", onclick }, text);

/**
 * @param {number} number
 * @param {string} noun
 */
const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

export default { render };

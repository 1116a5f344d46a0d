// The last script of every page: gives each explorer its state and a host in place of a kernel, and the page its
// search and its colours.
import { Model } from "./_model.js";
import { browserStorage, Log } from "./_log.js";
import { QuizHost } from "./_quiz_host.js";
import { ProgressHost } from "./_progress_host.js";
import { CardsHost } from "./_cards_host.js";
import { alone, dueNow } from "./_review.js";
import { answerField } from "./_search.js";
import { colours, folds } from "./_page.js";

const site = /** @type {any} */ (globalThis).myoteachSite;
const storage = browserStorage();
const log = new Log(storage);

/** @type {any[]} */
const views = [...document.querySelectorAll("script.view")].map((block) => JSON.parse(block.textContent ?? ""));

/**
 * A value with the parts that pages share put back where they belong.
 * @param {any} value
 * @returns {any}
 */
function whole(value) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(whole);
  if ("$shared" in value) return whole(site.data[value.$shared]);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, whole(inner)]));
}

/** @param {any} view */
function modelOf(view) {
  const traits = whole(view.traits);
  for (const [path, text] of view.buffers ?? []) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const owner = path.slice(0, -1).reduce((/** @type {any} */ inner, /** @type {any} */ key) => inner[key], traits);
    owner[path.at(-1)] = new DataView(bytes.buffer);
  }
  return new Model(traits);
}

/** @param {Element} place */
function mount(place) {
  const view = views[Number(place.getAttribute("data-view"))];
  const model = modelOf(view);
  host(view, model);
  const live = /** @type {HTMLElement} */ (place.querySelector(".live"));
  live.hidden = false;
  place.classList.add("mounted");
  site.explorers[view.explorer].render({ model, el: live });
}

/**
 * @param {any} view
 * @param {Model} model
 */
function host(view, model) {
  const index = site.data[view.index];
  if (view.explorer === "flashcards") new CardsHost(model, { index, log });
  if (view.explorer === "progress") {
    const progress = new ProgressHost(model, { index, log });
    log.listeners.push(() => progress.refresh());
    addEventListener("storage", () => progress.refresh()); // another tab has written
  }
  if (view.explorer !== "quiz") return;
  const own = { questions: site.questions, log, storage, name: `myoteach-quiz:${view.page}:${view.place}` };
  const due = view.mode === "review" ? { ...dueNow(index, log), questions: alone(site.questions) } : null;
  new QuizHost(model, { ...own, asked: view.asked, mode: view.mode, ...due });
}

/** @type {Element[]} */
const waiting = [];
for (const place of document.querySelectorAll(".explorer")) {
  const fold = place.closest("details.fold:not([open])");
  if (!fold) waiting.push(place);
  else fold.addEventListener("toggle", () => place.classList.contains("mounted") || mount(place));
}

/** One explorer after the other, so that the page answers between them. */
function mountNext() {
  const place = waiting.shift();
  if (!place) return;
  mount(place);
  setTimeout(mountNext);
}

const found = document.getElementById("found");
if (found) {
  const field = /** @type {HTMLInputElement} */ (document.getElementById("find"));
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  answerField(site.search, field, found);
}
colours();
folds();
mountNext();

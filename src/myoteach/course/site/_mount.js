// Gives each explorer its state and a host in place of a kernel: for the pages of the site and for slides.
import { Model } from "./_model.js";
import { QuizHost } from "./_quiz_host.js";
import { ProgressHost } from "./_progress_host.js";
import { CardsHost } from "./_cards_host.js";
import { alone, dueNow } from "./_review.js";

/**
 * A value with the parts that explorers share put back where they belong.
 * @param {any} value
 * @param {Record<string, any>} data
 * @returns {any}
 */
function whole(value, data) {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((inner) => whole(inner, data));
  if ("$shared" in value) return whole(data[value.$shared], data);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, whole(inner, data)]));
}

/**
 * @param {any} view
 * @param {Record<string, any>} data
 */
function modelOf(view, data) {
  const traits = whole(view.traits, data);
  for (const [path, text] of view.buffers ?? []) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const owner = path.slice(0, -1).reduce((/** @type {any} */ inner, /** @type {any} */ key) => inner[key], traits);
    owner[path.at(-1)] = new DataView(bytes.buffer);
  }
  return new Model(traits);
}

/**
 * What mounts an explorer at its place and returns its model.
 * @param {any} site what the scripts of the page have brought
 * @param {import("./_log.js").Log} log
 * @param {Storage | null} storage
 */
export function mounter(site, log, storage) {
  /** @type {any[]} */
  const views = [...document.querySelectorAll("script.view")].map((block) => JSON.parse(block.textContent ?? ""));
  return (/** @type {Element} */ place) => {
    const view = views[Number(place.getAttribute("data-view"))];
    const model = modelOf(view, site.data);
    host(view, model, site, log, storage);
    const live = /** @type {HTMLElement} */ (place.querySelector(".live"));
    live.hidden = false;
    place.classList.add("mounted");
    site.explorers[view.explorer].render({ model, el: live });
    return model;
  };
}

/**
 * @param {any} view
 * @param {Model} model
 * @param {any} site
 * @param {import("./_log.js").Log} log
 * @param {Storage | null} storage
 */
function host(view, model, site, log, storage) {
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

// The script of a file of slides: turns slides, mounts explorers as they come on, and speaks with the presenter's window.
import { Log } from "../site/_log.js";
import { mounter } from "../site/_mount.js";
import { actionOf, fillHelp } from "./_keys.js";
import { copiesIn, Slides } from "./_slides.js";
import { isPresenter, presenterView, Window } from "./_presenter.js";

const site = /** @type {any} */ (globalThis).myoteachSite;
const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Names and answers in sight, or hidden until they are asked for, in every explorer that has such a mode. */
class Names {
  constructor() {
    this.hidden = false;
    /** @type {Map<any, boolean>} model to whether its lesson hides names there */
    this.models = new Map();
  }

  /** @param {any} model */
  add(model) {
    if (typeof model.get("blind") !== "boolean") return;
    this.models.set(model, model.get("blind"));
    if (this.hidden) this.hide(model);
  }

  /** @param {any} model */
  hide(model) {
    for (const [name, value] of Object.entries({ revealed: [], answers: {}, blind: true })) model.set(name, value);
  }

  toggle() {
    this.hidden = !this.hidden;
    for (const [model, before] of this.models) {
      if (this.hidden) this.hide(model);
      else model.set("blind", before);
    }
  }
}

/** Run the deck in this window. */
function present() {
  const names = new Names();
  const mount = mounter(site, new Log(null), null); // a vote keeps nothing about anybody
  const slides = new Slides(byId("stage"), (slide) => {
    for (const place of slide.querySelectorAll(".explorer:not(.mounted)")) names.add(mount(place));
  });
  const said = byId("said");
  const presenter = new Window((asked) => run(asked), () => ({
    ...{ at: slides.at, step: slides.step, steps: slides.steps, blank: !byId("blank").hidden, names: names.hidden },
  }));

  /** @type {Record<string, () => void>} */
  const actions = {
    next: () => slides.turn(1),
    back: () => slides.turn(-1),
    lower: () => slides.scroll(0.25),
    higher: () => slides.scroll(-0.25),
    first: () => slides.go(0),
    last: () => slides.go(slides.all.length - 1),
    overview: () => openList(),
    help: () => /** @type {HTMLDialogElement} */ (byId("help")).showModal(),
    notes: () => press("notes", byId("notes").toggleAttribute("hidden")),
    names() {
      names.toggle();
      press("names", !names.hidden);
      said.textContent = names.hidden ? "Names are hidden." : "Names are shown as in the lesson.";
    },
    dark() {
      const dark = document.body.dataset.jpThemeLight !== "false";
      document.body.dataset.jpThemeLight = String(!dark);
      press("dark", !dark);
    },
    blank() {
      const blank = byId("blank");
      blank.hidden = !blank.hidden;
      if (!blank.hidden) blank.focus();
    },
    full() {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => said.textContent = "This browser refuses it.");
    },
    presenter() {
      if (presenter.open()) return;
      said.textContent = "The browser opened no second window. The notes are shown here.";
      if (byId("notes").hidden) actions.notes();
    },
  };

  /** @param {string} asked the name of an action, or the number of a slide */
  function run(asked) {
    if (/^\d+$/.test(asked)) slides.go(Number(asked));
    else actions[asked]?.();
    presenter.tell();
  }

  /**
   * @param {string} name
   * @param {boolean} isOff
   */
  function press(name, isOff) {
    document.querySelector(`[data-do="${name}"]`)?.setAttribute("aria-pressed", String(!isOff));
  }

  function openList() {
    const dialog = /** @type {HTMLDialogElement} */ (byId("overview"));
    dialog.showModal();
    /** @type {HTMLElement} */ (dialog.querySelectorAll("[data-do]")[slides.at]).focus();
  }

  slides.onchange = (isTurn) => {
    const { title, number } = slides.shown;
    byId("number").textContent = `${number} of ${slides.all.length}`;
    byId("slide-notes").replaceChildren(...slides.shown.notes);
    for (const [place, button] of document.querySelectorAll("#overview [data-do]").entries()) {
      if (place === slides.at) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
    }
    if (isTurn) said.textContent = `Slide ${number} of ${slides.all.length}: ${title}`;
  };
  document.addEventListener("click", (event) => {
    const button = /** @type {Element} */ (event.target).closest?.("[data-do]");
    if (!button) return;
    button.closest("dialog")?.close();
    run(button.getAttribute("data-do") ?? "");
  });
  document.addEventListener("keydown", (event) => {
    const action = actionOf(event, slides.isLong);
    if (!action || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    if (byId("blank").hidden || action === "blank") run(action);
    else run("blank");
  });
  addEventListener("hashchange", () => run(String(placeIn(location.hash))));
  byId("lesson-notes-here").replaceChildren(...copiesIn(byId("lesson-notes")));
  byId("bar").hidden = false;
  document.body.dataset.jpThemeLight = "true"; // for the projector, whatever the site's pages were set to
  slides.start(placeIn(location.hash));
}

/**
 * The place of the slide that an address names, from 0.
 * @param {string} hash
 */
const placeIn = (hash) => Math.max(Number.parseInt(hash.slice(1), 10) || 1, 1) - 1;

fillHelp(byId("keys"));
if (isPresenter()) presenterView(byId("presenter"));
else present();

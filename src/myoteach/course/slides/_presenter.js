// The presenter's window: the same file once more, which shows notes, the next slide and a clock. The two windows speak
// by messages between opener and opened, the one way that works between files.
import { actionOf } from "./_keys.js";
import { about, copiesIn } from "./_slides.js";

/** @typedef {{ at: number, step: number, steps: number, blank: boolean, names: boolean }} State */

const MARK = "#presenter";

/** Whether this window was opened to show the notes. */
export const isPresenter = () => location.hash === MARK && Boolean(opener);

/** The deck's half: opens the other window, tells it what is shown, and does what it asks. */
export class Window {
  /**
   * @param {(asked: string) => void} onask
   * @param {() => State} state
   */
  constructor(onask, state) {
    this.state = state;
    /** @type {WindowProxy | null} */
    this.window = null;
    addEventListener("message", (event) => {
      if (!this.window || event.source !== this.window) return;
      if (event.data?.ask === "hello") this.tell();
      else if (typeof event.data?.ask === "string") onask(event.data.ask);
    });
  }

  /** Whether the browser let the window be opened. */
  open() {
    if (this.window && !this.window.closed) this.window.focus();
    else this.window = window.open(location.href.split("#")[0] + MARK, "", "popup,width=1000,height=700");
    return Boolean(this.window);
  }

  tell() {
    if (this.window && !this.window.closed) this.window.postMessage({ state: this.state() }, "*"); // files have no origin
  }
}

/**
 * Show the presenter's half.
 * @param {HTMLElement} view
 */
export function presenterView(view) {
  /** @type {HTMLElement[]} */
  const slides = [...document.querySelectorAll(/** @type {"div"} */ (".slide"))];
  const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (view.querySelector(`[data-part="${name}"]`));
  const ask = (/** @type {string} */ what) => opener?.postMessage({ ask: what }, "*");
  document.body.classList.add("presenting");
  document.body.dataset.jpThemeLight = "true";
  document.title = `Notes: ${document.title}`;
  view.hidden = false;
  part("lesson").replaceChildren(...copiesIn(document.getElementById("lesson-notes")));
  addEventListener("message", (event) => {
    if (event.source !== opener || !event.data?.state) return;
    show(event.data.state);
  });
  view.addEventListener("click", (event) => {
    const asked = /** @type {Element} */ (event.target).closest("[data-ask]")?.getAttribute("data-ask");
    if (asked) ask(asked);
  });
  document.addEventListener("keydown", (event) => {
    const action = actionOf(event, false);
    if (!["next", "back", "first", "last", "blank", "names"].includes(action)) return;
    event.preventDefault();
    ask(action);
  });

  /** @param {State} state */
  function show({ at, step, steps, blank, names }) {
    const now = about(slides[at], at);
    const next = slides[at + 1];
    part("place").textContent = `${now.number} of ${slides.length}: ${now.title}` +
      (steps ? `, step ${step} of ${steps}` : "") + (blank ? ", screen blank" : "") + (names ? ", names hidden" : "");
    part("now").replaceChildren(copyOf(slides[at], step));
    part("next").textContent = next ? next.dataset.title ?? "" : "the end";
    part("notes").replaceChildren(...now.notes);
    part("notes").scrollTop = 0;
  }

  runClock(view, part("clock"));
  ask("hello");
}

/**
 * A slide's words; where an explorer stands on it, the explorer's name.
 * @param {HTMLElement} slide
 * @param {number} step
 */
function copyOf(slide, step) {
  const copy = /** @type {HTMLElement} */ (/** @type {Element} */ (slide.firstElementChild).cloneNode(true));
  for (const [number, fragment] of [...copy.querySelectorAll(".fragment")].entries()) {
    fragment.toggleAttribute("hidden", number >= step);
  }
  for (const place of copy.querySelectorAll(".explorer")) {
    const name = place.classList[1].replaceAll("_", " ");
    place.replaceWith(
      Object.assign(document.createElement("p"), { className: "alive", textContent: `On the slide: ${name}` }),
    );
  }
  return copy;
}

/**
 * Minutes and seconds since the window was opened or the clock set back.
 * @param {HTMLElement} view
 * @param {HTMLElement} face
 */
function runClock(view, face) {
  const pause = /** @type {HTMLElement} */ (view.querySelector('[data-clock="pause"]'));
  let before = 0;
  /** @type {number | null} */
  let since = performance.now();
  const passed = () => before + (since === null ? 0 : performance.now() - since);
  const draw = () => {
    const seconds = Math.floor(passed() / 1000);
    face.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  pause.addEventListener("click", () => {
    before = passed();
    since = since === null ? performance.now() : null;
    pause.textContent = since === null ? "Go on" : "Pause";
    draw();
  });
  view.querySelector('[data-clock="reset"]')?.addEventListener("click", () => {
    before = 0;
    if (since !== null) since = performance.now();
    draw();
  });
  setInterval(draw, 250);
  draw();
}

// The slides: which one is shown, how many of its steps, and that nothing of it is cut.

/** Sizes of type that are tried until a slide of text fits, as shares of the usual; the last is 1/38 of the height. */
const SIZES = [1.35, 1.15, 1, 0.9, 0.8, 0.7];

/** One line of slides; `go` and `turn` move in it. */
export class Slides {
  /**
   * @param {HTMLElement} stage
   * @param {(slide: HTMLElement) => void} onshow before a slide is seen for the first time
   */
  constructor(stage, onshow) {
    this.stage = stage;
    this.onshow = onshow;
    this.onchange = (/** @type {boolean} */ _isTurn) => {};
    /** @type {HTMLElement[]} */
    this.all = [...stage.querySelectorAll(/** @type {"div"} */ (".slide"))];
    this.more = /** @type {HTMLElement} */ (document.getElementById("more"));
    this.at = 0;
    this.step = 0;
    for (const slide of this.all) slide.addEventListener("scroll", () => this.hint(), { passive: true });
    this.more.addEventListener("click", () => this.scroll(0.8));
    new ResizeObserver(() => this.fit()).observe(stage);
    const watch = new ResizeObserver(() => this.hint());
    for (const slide of this.all) watch.observe(/** @type {Element} */ (slide.firstElementChild));
  }

  get slide() {
    return this.all[this.at];
  }

  get fragments() {
    return [...this.slide.querySelectorAll(/** @type {"div"} */ (".fragment"))];
  }

  get steps() {
    return this.fragments.length;
  }

  get shown() {
    return about(this.slide, this.at);
  }

  /** Whether the slide is longer than the window. */
  get isLong() {
    return this.slide.scrollHeight > this.slide.clientHeight + 2;
  }

  /** @param {number} share of what is seen */
  scroll(share) {
    this.slide.scrollBy(0, this.slide.clientHeight * share);
  }

  /** @param {number} place */
  start(place) {
    this.show(place, 0, false);
  }

  /**
   * @param {number} place
   * @param {number} [step]
   */
  go(place, step = 0) {
    this.show(place, step, true);
  }

  /** @param {1 | -1} way */
  turn(way) {
    const step = this.step + way;
    if (step >= 0 && step <= this.steps) return this.go(this.at, step);
    const other = this.at + way;
    if (other < 0 || other >= this.all.length) return;
    this.go(other, way > 0 ? 0 : this.all[other].querySelectorAll(".fragment").length);
  }

  /**
   * @param {number} place
   * @param {number} step
   * @param {boolean} isTurn
   */
  show(place, step, isTurn) {
    const before = this.slide;
    const hadFocus = before.contains(document.activeElement);
    this.at = Math.min(Math.max(place, 0), this.all.length - 1);
    this.step = step;
    for (const slide of this.all) slide.hidden = slide !== this.slide;
    for (const [number, fragment] of this.fragments.entries()) fragment.hidden = number >= step;
    const isOther = before !== this.slide;
    if (isOther) this.slide.scrollTop = 0;
    this.onshow(this.slide);
    if (isOther && hadFocus) this.stage.focus({ preventScroll: true });
    history.replaceState(null, "", `#${this.at + 1}`);
    this.fit();
    this.onchange(isTurn && isOther);
  }

  /** Set the largest type at which a slide of text fits; an explorer has its own. */
  fit() {
    const { slide } = this;
    const isText = !slide.querySelector(".explorer, img");
    for (const size of isText ? SIZES : SIZES.slice(2)) {
      slide.style.setProperty("--fit", String(size));
      if (!this.isLong || slide.querySelector(".explorer")) break;
    }
    this.hint();
  }

  /** A slide that goes on below says so, and can be scrolled by keyboard. */
  hint() {
    const { slide } = this;
    if (this.isLong) slide.tabIndex = 0;
    else slide.removeAttribute("tabindex");
    this.more.hidden = slide.scrollTop + slide.clientHeight > slide.scrollHeight - 3;
  }
}

/**
 * What a slide is called, and what its lecturer has noted.
 * @param {HTMLElement} slide
 * @param {number} place
 */
export function about(slide, place) {
  const noted = copiesIn(slide.querySelector(".notes"));
  const none = Object.assign(document.createElement("p"), { textContent: "No notes for this slide." });
  return { title: slide.dataset.title ?? "", number: place + 1, notes: noted.length ? noted : [none] };
}

/**
 * Copies of what stands in an element, to be shown elsewhere: the text never passes through markup again.
 * @param {Element | null} element
 */
export const copiesIn = (element) => [...(element?.childNodes ?? [])].map((node) => node.cloneNode(true));

// What has moved much within the last second is drawn with pale lines for a moment, so that no movement can flash.
// A dark line that runs over a pixel makes it flash once, and more than three flashes in a second are too many. So the
// area that flashes is at most a quarter of what dark lines have swept: there is a budget for that, whatever the
// movement, its speed, or the key that is held. Pale lines differ from the page by less than a tenth in luminance, like
// the fills, and cost nothing. Slower, or standing still, everything is sharp.

/** @typedef {[number, number, ...number[]]} Point on the screen, in the picture's units */
/** @typedef {[Point, Point, number]} Bone its two ends, and how many lines run along it */
/** @typedef {{ nodes: Element[], bones: (pose: any) => Bone[] }} Part */
/** @typedef {{ spend: (area: number, now: number) => void, pale: (now: number) => number }} Budget */

/** Swept areas, as shares of a third-of-screen window, at which lines begin to turn pale and are wholly pale. */
const SHARP = 0.8;
const PALE = 1.2;
/** Seconds in which what was swept is forgotten but for a third. */
const MEMORY = 1;
/** Pixels that a line can cover in one frame, however fast it is: its own breadth and the edges it touches. */
const BREADTH = 4;
/** Pixels that a part has moved when it is as pale as the budget asks; what stands still stays sharp. */
const STIRRED = 6;
/** Milliseconds after which the size of a picture is looked at again. */
const LOOK_AGAIN = 1000;

const clipped = (/** @type {number} */ value) => Math.min(Math.max(value, 0), 1);

/**
 * A budget for all pictures that can stand in the same third of the screen.
 * @param {number} share of the window that these pictures may use
 * @returns {Budget}
 */
export function makeBudget(share) {
  let swept = 0;
  let before = 0;
  const forget = (/** @type {number} */ now) => {
    swept *= Math.exp((before - now) / (1000 * MEMORY));
    before = now;
  };
  return {
    spend(area, now) {
      forget(now);
      swept += area;
    },
    pale(now) {
      forget(now);
      return clipped((swept / (share * (innerWidth * innerHeight) / 9) - SHARP) / (PALE - SHARP));
    },
  };
}

/**
 * Follow the parts of a picture: called with each pose that is drawn, it says how pale each part's lines are.
 * @param {Budget} budget
 * @param {Element} picture
 * @param {number[]} box its view box
 * @param {Part[]} parts
 * @returns {(pose: any) => void}
 */
export function makePaling(budget, picture, [, , width, height], parts) {
  const states = parts.map((part) => ({ ...part, ends: /** @type {Bone[]} */ ([]), moved: 0, shown: 0 }));
  let scale = 0;
  let lookedAt = -Infinity;
  let before = 0;
  return (pose) => {
    const now = performance.now();
    if (now - lookedAt > LOOK_AGAIN) {
      scale = Math.min(picture.clientWidth / width, picture.clientHeight / height);
      lookedAt = now;
    }
    const kept = Math.exp((before - now) / (1000 * MEMORY));
    before = now;
    for (const state of states) {
      const ends = state.bones(pose);
      const { area, step } = sweepOf(state.ends, ends, scale);
      budget.spend(area, now);
      Object.assign(state, { ends, moved: state.moved * kept + step });
    }
    const pale = budget.pale(now);
    for (const state of states) setPale(state, Math.round(20 * pale * clipped(state.moved / STIRRED)) / 20);
  };
}

/**
 * The area that lines along some bones have swept, and how far the quickest end has moved, both in pixels.
 * @param {Bone[]} before
 * @param {Bone[]} now
 * @param {number} scale
 */
function sweepOf(before, now, scale) {
  let area = 0;
  let step = 0;
  for (let index = 0; index < before.length; index += 1) {
    const [a, b, lines] = now[index];
    const [from, to] = [apartBy(before[index][0], a) * scale, apartBy(before[index][1], b) * scale];
    area += lines * apartBy(a, b) * scale * Math.min((from + to) / 2, BREADTH);
    step = Math.max(step, from, to);
  }
  return { area, step };
}

const apartBy = (/** @type {Point} */ a, /** @type {Point} */ b) => Math.hypot(a[0] - b[0], a[1] - b[1]);

/**
 * @param {{ nodes: Element[], shown: number }} state
 * @param {number} pale
 */
function setPale(state, pale) {
  if (state.shown === pale) return;
  state.shown = pale;
  for (const node of state.nodes) /** @type {SVGElement} */ (node).style.setProperty("--pale", String(pale));
}

// The figure beside the neuraxis: what the muscles of the jerk do to the limbs, at the time at which the impulse stands.
import { unpack } from "./_movement_data.js";
import { FROM, makeFigure } from "./_figure.js";
import { makeBudget } from "./_paling.js";
import { h } from "./_prelude.js";

/** @typedef {{ part: string, degrees: number, at: number, told: boolean }} Move a part, how far it goes, and when in ms */
/** @typedef {{ id: string, still: number, movement: any, moves: Move[] }} Moved */

/** Milliseconds between two looks at whether what stands still is sharp again. */
const SETTLE = 200;
/** Parts that are named; the table holds all. */
const NAMED = 3;

/** @param {Move} move */
const wayOf = ({ part, degrees, told }) => (told ? `${part} ${degrees}°` : part);

/**
 * What the jerk moves, in a sentence.
 * @param {Moved} level
 */
export function movesInWords({ moves, still }) {
  if (!moves.length) return "No part moves by a degree: so few muscle strands are too weak for that.";
  const rest = moves.length > NAMED ? ` and ${moves.length - NAMED} more` : "";
  const isCut = moves.every(({ at }) => at >= still - 1);
  const until = isCut ? `. After ${still} ms the next burst follows` : "";
  return `Moves most: ${moves.slice(0, NAMED).map(wayOf).join(", ")}${rest}${until}.`;
}

/**
 * A figure that starts still and stands where `setTime` says, in milliseconds after the discharge.
 * @returns {{ node: HTMLElement, show: (level: Moved) => void, setTime: (time: number) => void, stop: () => void }}
 */
export function makeMover() {
  const picture = h("div", { class: "nx-picture" });
  const caption = h("figcaption", {});
  const node = h("figure", { class: "mv nx-mover" }, picture, caption);
  const budget = makeBudget(1);
  /** @type {ReturnType<typeof makeFigure> | null} */
  let figure = null;
  let shown = "";
  let settling = 0;

  const setTime = (/** @type {number} */ time) => {
    figure?.draw(Math.max(time, 0) / 1000);
    clearTimeout(settling);
    // What stands still must be drawn once more to be sharp again.
    if (budget.pale(performance.now()) > 0) settling = Number(setTimeout(() => setTime(time), SETTLE));
  };
  const show = (/** @type {Moved} */ level) => {
    if (level.id === shown) return;
    shown = level.id;
    const { movement } = level;
    const words = movesInWords(level);
    const label = `A figure, seen from ${FROM[movement.view]}. ${words}`;
    figure = makeFigure(unpack(movement), { view: movement.view, label, budget });
    picture.replaceChildren(figure.node);
    caption.textContent = words;
  };
  return { node, show, setTime, stop: () => clearTimeout(settling) };
}

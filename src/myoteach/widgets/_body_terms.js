// Which word fits the parts of a body that jerk. The words are those of the axis "distribution" in the tables.

/** Parts that lie beside each other. */
const BESIDE = [
  ["face", "neck"],
  ["neck", "trunk"],
  ["trunk", "hips"],
  ...["R", "L"].flatMap((side) => [
    ["neck", `arm_${side}`],
    ["trunk", `arm_${side}`],
    [`arm_${side}`, `hand_${side}`],
    ["hips", `leg_${side}`],
    [`leg_${side}`, `foot_${side}`],
  ]),
];
const MIDDLE = new Set(["neck", "trunk", "hips"]);
/** How many of the twelve parts are "most of the body". */
const MOST_PARTS = 8;

/** @typedef {{ term: string, why: string }} TermVerdict `term` is the id of a class, or empty where no word fits */

/**
 * @param {string[]} parts
 * @param {string} timing "together" or "apart"
 * @returns {TermVerdict}
 */
export function termOf(parts, timing) {
  const together = timing === "together";
  if (!parts.length) return { term: "", why: "Mark the parts that jerk." };
  if (parts.length === 1 && !["trunk", "hips"].includes(parts[0])) {
    return { term: "CAT08", why: "One part, always the same." };
  }
  if (parts.every((part) => MIDDLE.has(part))) return { term: "CAT10", why: "Only the middle of the body." };
  if (!together) return { term: "CAT11", why: "Several parts, each at its own time." };
  if (parts.length >= MOST_PARTS) return { term: "CAT12", why: "Most of the body at once." };
  if (areJoined(parts)) return { term: "CAT09", why: "Parts that lie beside each other jerk together." };
  return {
    term: "",
    why: "Parts that do not lie beside each other jerk together: none of the five words says that. Name the parts.",
  };
}

/**
 * Whether one can walk from each part to each other over marked parts only.
 * @param {string[]} parts
 */
function areJoined(parts) {
  const reached = new Set([parts[0]]);
  for (let round = 0; round < parts.length; round += 1) {
    for (const [a, b] of BESIDE) {
      if (parts.includes(a) && parts.includes(b) && (reached.has(a) || reached.has(b))) reached.add(a).add(b);
    }
  }
  return reached.size === parts.length;
}

/** Maps to be named: parts and timing. @type {{ parts: string[], timing: string }[]} */
export const MAPS = [
  { parts: ["hand_L"], timing: "together" },
  { parts: ["hand_R", "leg_L", "face"], timing: "apart" },
  { parts: ["arm_R", "hand_R"], timing: "together" },
  { parts: ["trunk", "hips", "neck"], timing: "together" },
  {
    parts: ["face", "neck", "trunk", "hips", "arm_R", "arm_L", "hand_R", "hand_L", "leg_R", "leg_L"],
    timing: "together",
  },
  { parts: ["foot_R", "hand_R", "arm_L", "leg_L"], timing: "apart" },
  { parts: ["face", "neck", "arm_L"], timing: "together" },
];

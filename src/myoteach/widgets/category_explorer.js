// Category explorer: choose an axis, compare its classes by picture, open one and see definition, examples and causes.
import { h, marks, pick, put, refill, s, segmented, sourcesBlock, uid, urgencyBadge, watch } from "./_prelude.js";

/** @typedef {import("./_prelude.js").Model} Model */
/** @typedef {import("./_prelude.js").Provenance} Provenance */
/**
 * @typedef {Provenance & { id: string, axis: string, label: string, plain: string, clinical: string,
 *   examples_plain: string, examples_clinical: string, status: string, causes: string[], drafts: number }} Class
 * `causes` are ids, most urgent first; `drafts` says for how many of them the filing is a draft judgement.
 */
/** @typedef {{ id: string, name: string, question: string, classes: string[] }} Axis */
/** @typedef {{ id: string, label: string, plain: string, clinical: string, parts: string[] }} Column */
/** @typedef {{ id: string, name: string, plain_name: string, urgency: string }} Cause */
/** @typedef {{ axes: Axis[], classes: Record<string, Class>, columns: Column[], causes: Record<string, Cause>,
 *   sources: Record<string, import("./_prelude.js").Source> }} Data */

const FIRST = 9;
/** Numbers of cards for which rows of two or three, picture beside name, fill the width better than one row. */
const WIDE = new Set([1, 2, 3, 6]);
const STATE = ["axis", "selected", "wording", "show_sources", "show_all"];
const COLUMN_NAMES = {
  label: "the name",
  plain: "the plain text",
  clinical: "the clinical text",
  examples_plain: "the examples in plain words",
  examples_clinical: "the clinical examples",
  status: "how settled it is",
};

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const axes = axisBar(model, data);
  const wording = wordingSwitch(model);
  const question = h("p", { class: "ce-question", id: uid("question") });
  const board = h("fieldset", { class: "ce-board", "aria-labelledby": question.id });
  const detail = h("section", { class: "ce-detail", "aria-label": "The selected class" });
  const status = h("p", { class: "myo-sr", role: "status" });
  const footer = h("p", { class: "ce-footer" }, footing(data));
  let drawn = "";
  const draw = () => {
    const { axis, chosen } = current(model, data);
    pick(axes, axis.id);
    pick(wording, model.get("wording"));
    question.textContent = axis.question;
    const look = `${axis.id} ${model.get("wording")}`;
    // The cards stay in place while one is chosen: an arrow key must find the next radio button where it was.
    if (look !== drawn) refill(board, axis.id === "scheme" ? schemes(model, data) : cards(model, data, axis.classes));
    drawn = look;
    pick(board, chosen.id);
    refill(detail, ...about(model, data, chosen));
    const said = sentence(axis, chosen);
    if (status.textContent !== said) status.textContent = said;
  };
  el.replaceChildren(
    h(
      "section",
      { class: "myo ce", "aria-label": "Category explorer: how jerks are classified" },
      axes,
      h("div", { class: "ce-bar" }, question, wording),
      board,
      status,
      detail,
      footer,
    ),
  );
  draw();
  return watch(model, STATE, draw);
}

/**
 * The axis on show and the class that is open: the first one when the state names none of this axis.
 * @param {Model} model
 * @param {Data} data
 * @returns {{ axis: Axis, chosen: Class }}
 */
function current(model, data) {
  const axis = data.axes.find(({ id }) => id === model.get("axis")) ?? data.axes[0];
  const id = axis.classes.includes(model.get("selected")) ? model.get("selected") : axis.classes[0];
  return { axis, chosen: data.classes[id] };
}

/**
 * Open a class; the list of its causes starts short again.
 * @param {Model} model
 * @param {Record<string, string>} state
 */
function open(model, state) {
  for (const [name, value] of Object.entries(state)) model.set(name, value);
  put(model, "show_all", false);
}

/**
 * @param {Model} model
 * @param {Data} data
 */
function axisBar(model, data) {
  return segmented({
    quiet: true,
    legend: "Axis: sort jerks by",
    options: data.axes.map(({ id, name }) => /** @type {[string, string]} */ ([id, name])),
    value: model.get("axis"),
    onpick: (id) => {
      const axis = /** @type {Axis} */ (data.axes.find((other) => other.id === id));
      open(model, { axis: id, selected: axis.classes[0] });
    },
    className: "ce-axes",
  });
}

/** @param {Model} model */
function wordingSwitch(model) {
  return segmented({
    quiet: true,
    legend: "Which words lead",
    options: [
      ["plain", "Plain words"],
      ["clinical", "Clinical"],
    ],
    value: model.get("wording"),
    onpick: (value) => put(model, "wording", value),
    className: "ce-wording",
  });
}

/**
 * What is heard after a choice.
 * @param {Axis} axis
 * @param {Class} chosen
 */
function sentence(axis, chosen) {
  return `${axis.name}: ${chosen.label}.${chosen.axis === "scheme" ? "" : ` ${count(chosen.causes.length)}.`}`;
}

/** @param {number} number */
const count = (number) => (number === 1 ? "1 cause" : `${number} causes`);

/** @param {Data} data */
function footing(data) {
  const rows = Object.values(data.classes);
  const waiting = rows.filter((row) => !row.reviewed).length;
  return `Nothing here is a diagnosis. ${waiting} of ${rows.length} classes wait for a clinician’s review.`;
}

/**
 * Classes as a row of cards, one radio button each.
 * @param {Model} model
 * @param {Data} data
 * @param {string[]} ids
 */
function cards(model, data, ids) {
  const name = uid("class");
  const wide = WIDE.has(ids.length) ? "ce-wide" : "";
  return h("div", { class: `ce-cards ${wide}` }, ids.map((id) => card(model, data.classes[id], name)));
}

/**
 * @param {Model} model
 * @param {Class} row
 * @param {string} name of the group of radio buttons
 */
function card(model, row, name) {
  const [label, caption] = [uid("label"), uid("caption")];
  return h(
    "label",
    { class: "ce-card" },
    pictogram(row.id),
    h(
      "span",
      { class: "ce-text" },
      h("span", { class: "ce-name" }, radio(model, row.id, name, label, caption), " ", h("span", { id: label }, titled(row.label))),
      h("span", { class: "ce-caption", id: caption }, captionOf(row.id)),
    ),
  );
}

/**
 * A visible radio button that opens a class. Its name is the label alone; a picture's sentence would make it long.
 * @param {Model} model
 * @param {string} id
 * @param {string} name
 * @param {string} label id of the element that names it
 * @param {string} [caption] id of the element that describes it
 */
function radio(model, id, name, label, caption) {
  return h("input", {
    type: "radio",
    name,
    value: id,
    "data-key": id,
    "aria-labelledby": label,
    "aria-describedby": caption,
    onchange: () => open(model, { selected: id }),
  });
}

/**
 * Schemes that are divided stand side by side as columns; the other published work follows in one line.
 * @param {Model} model
 * @param {Data} data
 */
function schemes(model, data) {
  const name = uid("class");
  const divided = data.columns.filter(({ parts }) => parts.length > 1);
  const others = data.columns.filter((column) => !divided.includes(column)).flatMap(({ id, parts }) => [id, ...parts]);
  return h(
    "div",
    {},
    h("div", { class: "ce-columns" }, divided.map((column) => schemeColumn(model, data, column, name))),
    others.length ? h("p", { class: "ce-others" }, "Other published work") : null,
    h("ul", { class: "ce-line" }, others.map((id) => h("li", {}, choice(model, id, data.classes[id].label, name, "ce-part")))),
  );
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Column} column
 * @param {string} name
 */
function schemeColumn(model, data, column, name) {
  const parts = column.parts.map((id) => h("li", {}, choice(model, id, data.classes[id].label, name, "ce-part")));
  return h(
    "div",
    { class: "ce-column" },
    pictogram(column.id),
    column.id ? choice(model, column.id, column.label, name, "ce-head") : h("p", { class: "ce-head" }, column.label),
    h("p", { class: "ce-purpose" }, column[/** @type {"plain" | "clinical"} */ (model.get("wording"))]),
    h("ul", { class: "ce-parts" }, parts),
  );
}

/**
 * @param {Model} model
 * @param {string} id
 * @param {string} text
 * @param {string} name
 * @param {string} className
 */
function choice(model, id, text, name, className) {
  const label = uid("label");
  return h("label", { class: className }, radio(model, id, name, label), h("span", { id: label }, titled(text)));
}

/**
 * A label with what stands in brackets toned down, so that the term is found first.
 * @param {string} label
 */
function titled(label) {
  const at = label.indexOf(" (");
  return at < 0 ? [h("b", {}, label)] : [h("b", {}, label.slice(0, at)), h("span", {}, label.slice(at))];
}

/**
 * All that is known of one class.
 * @param {Model} model
 * @param {Data} data
 * @param {Class} row
 */
function about(model, data, row) {
  const shown = model.get("show_sources");
  const id = uid("sources");
  const words = [
    wordsOf("In plain words", row.plain, row.examples_plain),
    wordsOf("For clinicians", row.clinical, row.examples_clinical),
  ];
  return [
    h(
      "div",
      { class: "ce-title" },
      h("h2", {}, row.label),
      h("span", { class: "ce-status" }, row.status),
      h("span", {}, marks(row)),
      toggle(model, "show_sources", shown, shown ? "Hide the sources" : "Show the sources", id),
    ),
    h("div", { class: "ce-words" }, model.get("wording") === "plain" ? words : words.reverse()),
    h("div", { id }, shown ? sourcesBlock(row, data.sources, COLUMN_NAMES) : null),
    ...(row.axis === "scheme" ? [] : [causeList(model, data, row)]),
  ];
}

/**
 * @param {string} head
 * @param {string} text
 * @param {string} examples
 */
function wordsOf(head, text, examples) {
  return h(
    "div",
    {},
    h("h3", {}, head),
    h("p", { class: "ce-definition" }, text),
    examples ? h("p", {}, h("strong", {}, "Examples: "), examples) : null,
  );
}

/**
 * A button that opens or closes what it controls; the state is a trait.
 * @param {Model} model
 * @param {string} trait
 * @param {boolean} isOpen
 * @param {string} text
 * @param {string} controls
 */
function toggle(model, trait, isOpen, text, controls) {
  return h(
    "button",
    {
      type: "button",
      class: "myo-button ce-toggle",
      "data-key": trait,
      "aria-expanded": String(isOpen),
      "aria-controls": controls,
      onclick: () => put(model, trait, !isOpen),
    },
    text,
  );
}

/**
 * The causes filed under a class: nine at first, so that the list never buries the definition.
 * @param {Model} model
 * @param {Data} data
 * @param {Class} row
 */
function causeList(model, data, row) {
  const total = row.causes.length;
  if (!total) return h("p", { class: "ce-none" }, "No cause in the tables is filed under this class.");
  const all = model.get("show_all");
  const id = uid("causes");
  const items = row.causes.slice(0, all ? total : FIRST).map((key) => causeItem(model, data.causes[key]));
  const order = "Most urgent first, then by name: how common they are plays no part.";
  const drafts = row.drafts === total ? "" : ` for ${row.drafts} of them`;
  const more = all ? `Show the first ${FIRST}` : `Show all ${total}`;
  return h(
    "div",
    {},
    h("h3", {}, `${count(total)} with jerks of this kind`),
    h("p", { class: "ce-note" }, order, row.drafts ? ` That they belong here is a draft judgement${drafts}.` : ""),
    h("ul", { class: "ce-causes", id }, items),
    total > FIRST ? toggle(model, "show_all", all, more, id) : null,
  );
}

/**
 * @param {Model} model
 * @param {Cause} cause
 */
function causeItem(model, cause) {
  const names = [cause.plain_name, cause.name];
  const [first, second] = model.get("wording") === "plain" ? names : names.reverse();
  return h(
    "li",
    {},
    h("strong", {}, first),
    second === first ? null : h("span", { class: "ce-second" }, second),
    urgencyBadge(cause.urgency),
  );
}

// ---------------------------------------------------------------------------------------------------------------
// Pictures. Each is 200 by 120 units: ink for the body, the accent colour with hatching for what the class is about.
// They are drawn here, once, by hand and by rule; nothing moves. `caption` stands below, `alt` is what a listener hears.

/** @typedef {{ caption: string, alt: string, draw: (hatch: string) => Element[] }} Picture */

/**
 * @param {string} id of a class
 * @returns {Picture}
 */
const pictureOf = (id) => PICTURES[id] ?? FALLBACK;

/** @param {string} id */
const captionOf = (id) => pictureOf(id).caption;

/**
 * The picture of a class.
 * @param {string} id
 */
function pictogram(id) {
  const { alt, draw } = pictureOf(id);
  const hatch = uid("hatch");
  return s(
    "svg",
    { viewBox: "0 0 200 120", class: "ce-picture", role: "img", "aria-label": alt },
    s("defs", {}, hatching(hatch)),
    ...draw(`url(#${hatch})`),
  );
}

/** @param {string} id */
function hatching(id) {
  return s(
    "pattern",
    { id, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    s("rect", { width: 6, height: 6, class: "p-tint" }),
    s("path", { d: "M0 3H6", class: "p-stripe" }),
  );
}

/**
 * @param {string} look class names: p-ink, p-thin, p-ghost, p-trace, p-hot are lines; p-body, p-paper, p-dot are areas
 * @param {string} d
 * @param {Record<string, any>} [props]
 */
const path = (look, d, props = {}) => s("path", { d, class: look, ...props });

/**
 * A circle.
 * @param {string} look
 * @param {number} cx
 * @param {number} cy
 * @param {number} r
 * @param {Record<string, any>} [props]
 */
const disc = (look, cx, cy, r, props = {}) => s("circle", { cx, cy, r, class: look, ...props });

/**
 * A word inside a picture.
 * @param {string} text
 * @param {number} x middle
 * @param {number} y base line
 */
const word = (text, x, y) => s("text", { x, y, class: "p-word", "text-anchor": "middle" }, text);

/**
 * An electromyogram: a jagged line whose height follows `size`. The jags are computed, so that a picture never changes.
 * @param {number} from
 * @param {number} to
 * @param {number} y
 * @param {(x: number) => number} size
 */
function emg(from, to, y, size) {
  const points = [];
  for (let x = from, i = 0; x <= to; x += 1.8, i += 1) {
    const jag = 0.55 + 0.45 * Math.abs(Math.sin(i * 12.9898) * 43.7585 % 1);
    points.push(`${x.toFixed(1)} ${(y + (i % 2 ? 1 : -1) * jag * size(x)).toFixed(1)}`);
  }
  return `M${points.join("L")}`;
}

/**
 * Bursts of a given height and half-width at the places named, silence between.
 * @param {number[]} places
 * @param {number} height
 * @param {number} [half]
 */
const bursts = (places, height, half = 6) => (/** @type {number} */ x) =>
  Math.max(1, ...places.map((place) => height * Math.max(0, 1 - ((x - place) / half) ** 2)));

/**
 * A hand seen from the side, wrist at (x, y), turned by `angle` degrees.
 * @param {string} look
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 */
function hand(look, x, y, angle) {
  const palm = "M0-9C10-13 22-12 34-9L60-6Q66-3 60 1L38 4C28 9 14 10 0 9Z";
  const thumb = "M12 4Q22 20 38 15Q42 11 36 9L26 4";
  const place = { transform: `translate(${x} ${y}) rotate(${angle})` };
  return [path(look, palm, place), path(look, thumb, place)];
}

/**
 * A limb of even width with an outline, straight from point to point.
 * @param {string} d
 * @param {number} width
 */
const limb = (d, width) => [
  path("p-limb-edge", d, { "stroke-width": width + 5 }),
  path("p-limb", d, { "stroke-width": width }),
];

/**
 * The sign for a jerk, the same in every picture: two short arcs on each side of the place, given by angle.
 * @param {number} x
 * @param {number} y
 * @param {number} angle direction in degrees in which the arcs open; 0 is to the right
 * @param {number} [size]
 */
function jerk(x, y, angle, size = 1) {
  const place = { transform: `translate(${x} ${y}) rotate(${angle}) scale(${size})` };
  return [path("p-hot", "M0-10Q7 0 0 10", place), path("p-hot", "M9-16Q20 0 9 16", place)];
}

/**
 * An arrow along a path, with its head at (x, y) pointing at `angle` degrees.
 * @param {string} d
 * @param {number} x
 * @param {number} y
 * @param {number} angle
 */
const arrow = (d, x, y, angle) => [
  path("p-hot", d),
  path("p-hot", "M-9-7L0 0-9 7", { transform: `translate(${x} ${y}) rotate(${angle})` }),
];

/** Parts of a body seen from the front: a path and how thick it is. */
const BODY = /** @type {Record<string, [string, number]>} */ ({
  neck: ["M100 29V33", 9],
  "left upper arm": ["M79 41L68 57", 10],
  "left forearm": ["M66 61L56 75", 9],
  "left hand": ["M52 81L50 84", 9],
  "right upper arm": ["M121 41L132 57", 10],
  "right forearm": ["M134 61L144 75", 9],
  "right hand": ["M148 81L150 84", 9],
  "left thigh": ["M91 78L86 92", 12],
  "left shin": ["M85 97L82 110", 10],
  "right thigh": ["M109 78L114 92", 12],
  "right shin": ["M115 97L118 110", 10],
  hips: ["M94 71H106L106 73H94Z", 13],
  trunk: ["M90 42H110L106 58H94Z", 13],
  head: ["M99 15V17H101V15Z", 19],
});

/**
 * A body with some parts marked.
 * @param {string} hatch
 * @param {string[]} marked
 */
function body(hatch, marked) {
  const parts = Object.entries(BODY);
  const one = (/** @type {string} */ look, /** @type {[string, number]} */ [d, width], /** @type {number} */ more) =>
    path(look, d, { "stroke-width": width + more });
  return [
    ...parts.map(([, part]) => one("p-limb-edge", part, 5)),
    ...parts.map(([, part]) => one("p-limb", part, 0)),
    ...marked.map((name) => one("p-limb-hot", BODY[name], 6)),
    ...marked.map((name) => path("p-limb-mark", BODY[name][0], { "stroke-width": BODY[name][1], style: `--mark: ${hatch}` })),
  ];
}

/** Where the parts of the nervous system lie in the picture of the generator. */
const NERVES = {
  brain: "M22 44C18 26 34 10 56 10C82 6 108 18 110 38C112 54 98 62 84 60C74 64 60 62 54 58C38 62 24 58 22 44Z",
  cortex: "M22 44C18 26 34 10 56 10C82 6 108 18 110 38",
  deep: "M58 40C58 32 78 32 80 40C80 48 60 50 58 40Z",
  stem: "M70 60L88 59L92 76Q86 80 80 77Z",
  nerve: "M96 98C116 100 122 86 142 88",
};

/** @param {number} index counted from the head */
const cord = (index) => `M82 ${84 + 10 * index}H92`;

/**
 * Brain, brainstem, cord, nerve and muscle, with the level marked and its way to the muscle.
 * @param {(hatch: string) => Element[]} level
 * @returns {(hatch: string) => Element[]}
 */
const generator = (level) => (hatch) => [
  path("p-body", NERVES.brain),
  path("p-thin", "M36 24Q46 30 42 42M62 12Q58 24 66 30M88 18Q82 28 92 34M28 50Q40 46 50 50M100 50Q92 44 84 50"),
  path("p-paper", NERVES.deep),
  path("p-body", NERVES.stem),
  ...[0, 1, 2, 3].flatMap((index) => limb(cord(index), 5)),
  path("p-ink", NERVES.nerve),
  path("p-body", "M138 88C148 74 172 74 184 86L194 88L184 92C172 104 148 102 138 88Z"),
  path("p-thin", "M150 86Q164 82 178 87M150 92Q164 94 178 90"),
  ...level(hatch),
  ...jerk(164, 70, -90, 0.7),
];

/**
 * Mark an area or a thick line of a picture.
 * @param {string} hatch
 * @param {string} d
 */
const mark = (hatch, d) => path("p-mark", d, { style: `--mark: ${hatch}` });

/**
 * @param {string} hatch
 * @param {string} d
 * @param {number} width
 */
const markLine = (hatch, d, width) => [
  path("p-limb-hot", d, { "stroke-width": width + 5 }),
  path("p-limb-mark", d, { "stroke-width": width, style: `--mark: ${hatch}` }),
];

/**
 * A line of time with a curve over it; the time that names the class is hatched.
 * @param {string} curve from the left edge to the right
 * @param {string} area
 * @returns {(hatch: string) => Element[]}
 */
const course = (curve, area) => (hatch) => [
  path("p-area", area, { style: `--mark: ${hatch}` }),
  path("p-ink", "M4 88H196M188 82L196 88 188 94"),
  path("p-thin", "M56 82V95M140 82V95"),
  path("p-hot", curve),
  word("days", 50, 114),
  word("3 months", 144, 114),
];

/** @type {Picture} */
const FALLBACK = {
  caption: "",
  alt: "Neutral sign: one box of three is marked.",
  draw: (hatch) => [
    path("p-body", "M16 42H64V86H16Z"),
    mark(hatch, "M76 34H124V94H76Z"),
    path("p-body", "M136 42H184V86H136Z"),
  ],
};

/** @type {Record<string, Picture>} */
const PICTURES = {
  CAT01: {
    caption: "sudden, brief, not willed",
    alt: "A line of movement is flat, shoots up and falls back at once; below, an arm whose hand jerks.",
    draw: () => [
      path("p-ink", "M10 44H84L92 10 100 56 106 44H190"),
      ...limb("M-20 92H92", 14),
      ...hand("p-body", 98, 92, 0),
      ...jerk(132, 76, -90, 0.8),
      ...jerk(132, 108, 90, 0.5),
    ],
  },
  CAT02: {
    caption: "a burst lifts the hand",
    alt: "Muscle trace: silence, one short burst, silence. Below, the hand at rest jumps up.",
    draw: (hatch) => [
      path("p-area", "M86 6H114V58H86Z", { style: `--mark: ${hatch}` }),
      path("p-trace", emg(8, 192, 32, bursts([100], 25, 13))),
      path("p-thin", "M0 108H200"),
      hand("p-ghost", 104, 92, 6)[0],
      ...limb("M-20 92H98", 14),
      ...hand("p-body", 104, 91, -30),
      ...arrow("M177 98Q182 82 175 68", 174, 66, -112),
    ],
  },
  CAT03: {
    caption: "a gap lets the hand drop",
    alt: "Muscle trace: steady activity, a short silent gap, activity again. Below, the hand held up drops for a moment.",
    draw: (hatch) => [
      path("p-area", "M84 6H116V58H84Z", { style: `--mark: ${hatch}` }),
      path("p-trace", emg(8, 192, 32, (x) => (x > 86 && x < 114 ? 0.8 : 17))),
      hand("p-ghost", 104, 84, -22)[0],
      ...limb("M-20 84H98", 14),
      ...hand("p-body", 104, 85, 26),
      ...arrow("M176 66Q184 84 178 98", 177, 100, 108),
    ],
  },
  CAT04: {
    caption: "while the limb lies still",
    alt: "A relaxed arm lies on a cushion; the hand jerks.",
    draw: () => [
      path("p-paper", "M20 84H180Q190 96 180 108H20Q10 96 20 84Z"),
      ...limb("M-20 70H92", 16),
      ...hand("p-body", 98, 70, 6),
      ...jerk(134, 48, -90),
    ],
  },
  CAT05: {
    caption: "while holding or moving",
    alt: "A person holds a cup at arm’s length; arm and cup jerk and the drink spills.",
    draw: () => [
      path("p-body", "M20 118C20 84 26 62 46 58C64 60 70 84 70 118Z"),
      disc("p-body", 46, 34, 19),
      ...limb("M50 72L122 64", 13),
      path("p-paper", "M132 46L160 50 154 82 132 78Z"),
      path("p-ink", "M159 58Q172 60 166 70L156 70"),
      ...limb("M124 64H134", 11),
      path("p-dot", "M146 26Q152 36 146 38Q140 36 146 26ZM162 22Q168 32 162 34Q156 32 162 22Z"),
      ...jerk(112, 44, -90, 0.8),
      ...jerk(112, 86, 90, 0.8),
    ],
  },
  CAT06: {
    caption: "set off by touch, sound or light",
    alt: "A finger taps a resting hand; the hand jerks.",
    draw: () => [
      ...limb("M-20 92H68", 16),
      ...hand("p-body", 74, 92, 2),
      ...limb("M182 10L164 28", 14),
      ...hand("p-paper", 160, 32, 140),
      path("p-hot", "M96 60L88 52M104 56L103 45M88 69L78 67"),
      ...jerk(150, 92, 0, 0.9),
    ],
  },
  CAT07: {
    caption: "far too strong a start",
    alt: "A sudden sound from a loudspeaker; a face with wide eyes and an open mouth starts.",
    draw: () => [
      path("p-body", "M10 50H24L44 32V88L24 70H10Z"),
      path("p-hot", "M54 48Q62 60 54 72M64 38Q78 60 64 82"),
      disc("p-body", 132, 60, 44),
      disc("p-paper", 116, 50, 9.5),
      disc("p-paper", 148, 50, 9.5),
      disc("p-pupil", 115, 50, 3.6),
      disc("p-pupil", 147, 50, 3.6),
      path("p-ink", "M104 33Q114 24 124 31M140 31Q150 24 160 33"),
      s("ellipse", { cx: 132, cy: 82, rx: 8, ry: 11, class: "p-pupil" }),
      ...jerk(180, 60, 0, 0.8),
    ],
  },
  CAT08: {
    caption: "one part",
    alt: "A body with one part marked: one hand.",
    draw: (hatch) => body(hatch, ["right hand"]),
  },
  CAT09: {
    caption: "neighbouring parts",
    alt: "A body with neighbouring parts marked: face, neck and one upper arm.",
    draw: (hatch) => body(hatch, ["head", "neck", "right upper arm"]),
  },
  CAT10: {
    caption: "neck, trunk, hips",
    alt: "A body with the middle marked: neck, trunk and hips.",
    draw: (hatch) => body(hatch, ["neck", "trunk", "hips"]),
  },
  CAT11: {
    caption: "here and there",
    alt: "A body with separate parts marked: face, one hand, the other upper arm, one shin.",
    draw: (hatch) => body(hatch, ["head", "left hand", "right upper arm", "left thigh", "right shin"]),
  },
  CAT12: {
    caption: "most of the body at once",
    alt: "A body with every part marked.",
    draw: (hatch) => body(hatch, Object.keys(BODY)),
  },
  CAT13: {
    caption: "unequal gaps",
    alt: "Bursts of muscle activity at unequal intervals, with unequal distances marked below.",
    draw: () => rhythm([22, 44, 100, 116, 176]),
  },
  CAT14: {
    caption: "equal gaps",
    alt: "Bursts of muscle activity at equal intervals, with equal distances marked below.",
    draw: () => rhythm([20, 60, 100, 140, 180]),
  },
  CAT15: {
    caption: "in healthy people",
    alt: "A healthy face says “hic”.",
    draw: () => [
      disc("p-body", 58, 68, 44),
      disc("p-pupil", 48, 56, 4.2),
      disc("p-pupil", 78, 56, 4.2),
      path("p-ink", "M46 78Q62 96 80 76"),
      path("p-paper", "M120 8H188Q196 8 196 16V44Q196 52 188 52H138L114 66 122 52Q112 52 112 44V16Q112 8 120 8Z"),
      word("hic!", 154, 37),
    ],
  },
  CAT16: {
    caption: "jerks, and little else",
    alt: "A list of findings: the jerk is ticked, the other lines are empty.",
    draw: () => checklist(),
  },
  CAT17: {
    caption: "epilepsy leads the picture",
    alt: "A head, and an EEG trace with spikes and waves.",
    draw: () => [
      path("p-body", "M34 116V96C16 84 10 66 12 50C14 26 32 12 54 12C78 12 92 28 92 48L101 66Q103 70 97 71L93 72 94 84Q94 94 82 94L70 93V116Z"),
      path("p-thin", "M26 54C24 36 38 24 54 24C72 24 82 36 80 50C76 62 60 60 54 64C40 64 28 64 26 54Z"),
      path("p-hot", "M54 44H106L112 16 117 58C126 66 132 36 140 44L146 16 151 58C160 66 166 36 174 44H194"),
    ],
  },
  CAT18: {
    caption: "a sign of something else",
    alt: "An iceberg: the jerk is the tip, the larger cause lies below the water line.",
    draw: (hatch) => [
      path("p-body", "M44 50H154L166 76 138 112H70L34 80Z"),
      mark(hatch, "M72 50L92 16 112 26 132 50Z"),
      path("p-ink", "M6 50Q16 44 26 50T46 50M152 50Q162 44 172 50T194 50"),
      ...jerk(74, 22, -150, 0.7),
      ...jerk(128, 24, -30, 0.7),
      word("cause", 100, 88),
    ],
  },
  CAT19: {
    caption: "changes with attention",
    alt: "Bursts of changing size stop while the hand taps a task, and come back after it.",
    draw: (hatch) => [
      path("p-area", "M72 8H128V112H72Z", { style: `--mark: ${hatch}` }),
      path("p-trace", emg(8, 192, 88, (x) => Math.max(bursts([18, 54, 168], 20, 7)(x), bursts([36, 144, 184], 11, 9)(x)))),
      path("p-paper", "M73 16H127V52H73Z"),
      word("task", 100, 41),
    ],
  },
  CAT20: {
    caption: "the surface of the brain",
    alt: "Brain, brainstem, spinal cord, nerve and muscle in a line; the surface of the brain is marked.",
    draw: generator((hatch) => markLine(hatch, NERVES.cortex, 9)),
  },
  CAT21: {
    caption: "surface and deep brain together",
    alt: "Brain to muscle in a line; the surface of the brain and the thalamus are marked, with arrows to and fro.",
    draw: generator((hatch) => [
      ...markLine(hatch, NERVES.cortex, 9),
      mark(hatch, NERVES.deep),
      path("p-hot", "M62 20V31M58 27L62 31 66 27M76 31V20M72 24L76 20 80 24"),
    ]),
  },
  CAT22: {
    caption: "deep brain or brainstem",
    alt: "Brain to muscle in a line; the deep nuclei and the brainstem are marked.",
    draw: generator((hatch) => [mark(hatch, NERVES.deep), mark(hatch, NERVES.stem)]),
  },
  CAT23: {
    caption: "one short piece",
    alt: "Brain to muscle in a line; one segment of the spinal cord is marked.",
    draw: generator((hatch) => markLine(hatch, cord(1), 6)),
  },
  CAT24: {
    caption: "a nerve outside the cord",
    alt: "Brain to muscle in a line; the nerve is marked.",
    draw: generator((hatch) => markLine(hatch, NERVES.nerve, 7)),
  },
  CAT31: {
    caption: "up and down the cord",
    alt: "Brain to muscle in a line; the whole spinal cord is marked, with an arrow up and down.",
    draw: generator((hatch) => [
      ...[0, 1, 2, 3].flatMap((index) => markLine(hatch, cord(index), 5)),
      path("p-hot", "M64 82V114M57 90L64 82 71 90M57 106L64 114 71 106"),
    ]),
  },
  CAT32: {
    caption: "a steep start",
    alt: "A time line: the curve rises steeply within days.",
    draw: course("M4 86H14C34 86 34 20 54 20H192", "M14 86C34 86 34 20 54 20V86Z"),
  },
  CAT33: {
    caption: "a slow slope",
    alt: "A time line: the curve climbs slowly between days and three months.",
    draw: course("M4 86H50C94 86 98 20 140 20H192", "M50 86C94 86 98 20 140 20V86Z"),
  },
  CAT34: {
    caption: "here to stay a while",
    alt: "A time line: the curve has risen and goes on beyond three months.",
    draw: course("M4 86H22C66 86 66 32 110 32H192", "M140 32H188V86H140Z"),
  },
  CAT35: {
    caption: "jerks, quiet, jerks",
    alt: "Groups of bursts with quiet in between.",
    draw: (hatch) => [
      ...[14, 132].map((x) => path("p-area", `M${x} 20H${x + 50}V92H${x}Z`, { style: `--mark: ${hatch}` })),
      path("p-trace", emg(6, 194, 56, bursts([24, 39, 54, 142, 157, 172], 28, 6))),
      word("quiet", 98, 112),
    ],
  },
  CAT36: {
    caption: "at night, or on waking",
    alt: "Night with a moon, then day with a sun; jerks on falling asleep and on waking.",
    draw: (hatch) => [
      path("p-area", "M8 8H112V84H8Z", { style: `--mark: ${hatch}` }),
      path("p-paper", "M62 20A24 24 0 1 0 82 58A30 30 0 0 1 62 20Z"),
      path("p-ink", "M112 84H194"),
      path("p-body", "M134 84A22 22 0 0 1 178 84Z"),
      path("p-ink", "M156 52V42M132 62L125 55M180 62L187 55"),
      path("p-hot", emg(8, 192, 102, bursts([26, 42, 126, 142], 14, 5))),
    ],
  },
  CAT37: {
    caption: "four kinds of cause",
    alt: "Four boxes, each with a sign of its own.",
    draw: (hatch) => [
      path("p-body", "M30 8H94V54H30ZM106 8H170V54H106ZM30 66H94V112H30Z"),
      mark(hatch, "M106 66H170V112H106Z"),
      path("p-hot", "M50 30L60 40 78 20M118 32H128L134 18 142 46 148 32H158M42 90H50L54 76 58 94Q64 100 68 90L72 76 76 94Q80 98 84 90"),
    ],
  },
  CAT25: {
    caption: "step by step",
    alt: "A flight of steps with an arrow to the goal.",
    draw: (hatch) => [
      mark(hatch, "M12 108V88H48V70H84V52H120V34H156V108Z"),
      ...arrow("M24 70L126 18", 128, 17, -27),
      path("p-ink", "M172 108V22L192 32 172 42"),
    ],
  },
  CAT26: {
    caption: "names for genes",
    alt: "A double helix beside a name tag.",
    draw: (hatch) => [
      path("p-ink", "M24 16C88 40 24 80 88 104M88 16C24 40 88 80 24 104"),
      path("p-thin", "M34 24H78M46 42H66M46 78H66M34 96H78"),
      mark(hatch, "M116 46H164L186 62 164 78H116Z"),
      disc("p-paper", 162, 62, 5),
    ],
  },
  CAT27: {
    caption: "described along several axes",
    alt: "Three axes from one point.",
    draw: (hatch) => [
      ...arrow("M90 80V14", 90, 12, -90),
      ...arrow("M90 80L172 104", 174, 105, 16),
      ...arrow("M90 80L30 108", 28, 109, 155),
      disc("p-mark", 90, 80, 13, { style: `--mark: ${hatch}` }),
    ],
  },
};

/**
 * Bursts at the places named, and the distances between them.
 * @param {number[]} places
 */
function rhythm(places) {
  const spikes = places.map((x) => emg(x - 9, x + 9, 42, bursts([x], 36, 9)).slice(1));
  const spans = places.slice(1).map((to, index) => `M${places[index]} 98H${to}`);
  return [
    path("p-trace", `M0 42L${spikes.join("L")}L200 42`),
    path("p-hot", spans.join("")),
    ...places.map((x) => path("p-hot", `M${x} 87V109`)),
  ];
}

/** Four lines, of which only the first is ticked. */
function checklist() {
  return [
    path("p-paper", "M22 6H178V114H22Z"),
    ...[14, 40, 66, 92].map((y) => path("p-body", `M34 ${y}H50V${y + 14}H34Z`)),
    path("p-hot", "M36 21L41 27 52 12"),
    path("p-hot", "M64 22H90L96 10 104 32 110 22H164"),
    path("p-ghost", "M64 48H164M64 74H164M64 100H164"),
  ];
}

export default { render };

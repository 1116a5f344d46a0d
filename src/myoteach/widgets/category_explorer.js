// Category explorer: choose an axis, compare its classes by picture, open one and see definition, examples and causes.
import { h, marks, pick, put, refill, segmented, sourcesBlock, uid, urgencyBadge, watch } from "./_prelude.js";
import { captionOf, pictogram } from "./_pictograms.js";

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
/** Axes under which causes are not filed. */
const UNFILED = new Set(["definition", "scheme"]);
/** Numbers of cards for which rows of two or three, picture beside name, fill the width better than one row. */
const WIDE = new Set([1, 2, 3, 6]);
const STATE = ["axis", "selected", "wording", "show_sources", "show_all"];

/** @param {{ model: Model, el: HTMLElement }} host */
function render({ model, el }) {
  /** @type {Data} */
  const data = model.get("data");
  const axes = axisBar(model, data);
  const wording = wordingSwitch(model);
  const question = h("p", { class: "ce-question", id: uid("question") });
  const board = h("fieldset", { class: "ce-board", "aria-labelledby": question.id });
  const detail = h("div", { role: "group", class: "ce-detail", "aria-label": "The selected class" });
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
      "div",
      { role: "group", class: "myo ce", "aria-label": "Category explorer: how jerks are classified" },
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
  return `${axis.name}: ${chosen.label}.${UNFILED.has(chosen.axis) ? "" : ` ${count(chosen.causes.length)}.`}`;
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
  const size = `${WIDE.has(ids.length) ? "ce-wide" : ""} ${ids.length > 2 ? "ce-many" : ""}`;
  return h("div", { class: `ce-cards ${size}` }, ids.map((id) => card(model, data.classes[id], name)));
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
      h(
        "span",
        { class: "ce-name" },
        radio(model, row.id, name, label, caption),
        " ",
        h("span", { id: label }, titled(row.label)),
      ),
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
  const others = data.columns.filter((column) => !divided.includes(column));
  const entry = (/** @type {string} */ id) => choice(model, id, data.classes[id].label, name, "ce-part");
  const parts = (/** @type {string[]} */ ids) => ids.map((id) => h("li", { class: "ce-under" }, entry(id)));
  return h(
    "div",
    {},
    h("div", { class: "ce-columns" }, divided.map((column) => schemeColumn(model, data, column, name))),
    others.length ? h("p", { class: "ce-others" }, "Other published work") : null,
    h("ul", { class: "ce-line" }, others.flatMap((column) => [h("li", {}, entry(column.id)), ...parts(column.parts)])),
  );
}

/**
 * @param {Model} model
 * @param {Data} data
 * @param {Column} column
 * @param {string} name
 */
function schemeColumn(model, data, column, name) {
  const words = /** @type {"plain" | "clinical"} */ (model.get("wording"));
  // What a part means opens beside it, by the style sheet: the full account is below, often out of sight.
  const parts = column.parts.map((id) => {
    const part = data.classes[id];
    return h("li", {}, choice(model, id, part.label, name, "ce-part"), h("p", { class: "ce-aside" }, part[words]));
  });
  return h(
    "div",
    { class: "ce-column" },
    pictogram(column.id),
    column.id ? choice(model, column.id, column.label, name, "ce-head") : h("p", { class: "ce-head" }, column.label),
    h("p", { class: "ce-purpose" }, column[words]),
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
      h("h2", {}, titled(row.label)),
      h("span", { class: "ce-status" }, row.status),
      h("span", {}, marks(row)),
      toggle(model, "show_sources", shown, shown ? "Hide the sources" : "Show the sources", id),
    ),
    h("div", { id }, shown ? sourcesBlock(row, data.sources) : null),
    h("div", { class: "ce-words" }, model.get("wording") === "plain" ? words : words.reverse()),
    ...(UNFILED.has(row.axis) ? [] : [causeList(model, data, row)]),
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

export default { render };
